//! Writes a map of many KPIs and a file of many measurements, to measure with:
//! `cargo run --release --example many_measurements -- target/many 10000 10000000`.
//!
//! The first argument is the folder, the second how many KPIs, the third how many rows. The rows come day by day, as a
//! ledger grows: every KPI on one day, then every KPI on the next.

#![allow(
    clippy::disallowed_methods,
    reason = "a program reads its arguments and writes its files"
)]

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use benefit_map::file;
use benefit_map::map::{BenefitMap, Day};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let dir = PathBuf::from(args.next().unwrap_or_else(|| "target/many".to_owned()));
    let mut number = |or: u64| args.next().map_or(Ok(or), |text| text.parse::<u64>());
    let (kpis, rows) = (number(10_000)?.max(1), number(10_000_000)?);

    let first = Day::new("2026-01-01")?;
    let days = rows.div_ceil(kpis);
    let later = |days: u64| -> Result<Day, Box<dyn Error>> {
        Ok(first
            .date()
            .checked_add(jiff::Span::new().try_days(i64::try_from(days)?)?)?
            .into())
    };
    let mut map: BenefitMap = serde_json::from_value(serde_json::json!({"format": 1, "title": "Many measurements"}))?;
    for at in 0..kpis {
        let node = format!("node-{}", at / 10);
        if at % 10 == 0 {
            map.nodes.push(serde_json::from_value(serde_json::json!(
                {"id": node, "kind": "intermediate-outcome", "title": format!("Outcome {}", at / 10)}
            ))?);
        }
        map.kpis.push(serde_json::from_value(serde_json::json!({
            "id": format!("kpi-{at:05}"), "node": node, "title": format!("KPI {at}"), "unit": "hours",
            "direction": "increase", "baseline": {"date": first, "value": 100},
            "targets": [{"date": later(days * 2)?, "value": 200}],
            "tolerance": {"amber": 0.05, "red": 0.15}, "measurement": {"frequency": "daily"},
        }))?);
    }
    std::fs::create_dir_all(&dir)?;
    std::fs::write(dir.join("map.json"), file::write(&map))?;

    let mut out = BufWriter::new(File::create(dir.join("measurements.csv"))?);
    writeln!(out, "kpi,date,value,source,note")?;
    // Not random, but scattered: a step that shares no factor with the range.
    let mut noise = 0u64;
    for row in 0..rows {
        let (day, kpi) = (row / kpis, row % kpis);
        let date = later(day)?;
        noise = (noise + 7_919) % 10_007;
        let tenths = 1000 + 1000 * day / (days * 2) + noise % 40;
        writeln!(out, "kpi-{kpi:05},{date},{}.{},ledger,", tenths / 10, tenths % 10)?;
    }
    out.flush()?;
    Ok(())
}
