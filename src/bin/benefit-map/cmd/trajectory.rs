//! `trajectory`: expected against actual, period by period.

use anyhow::Result;
use benefit_map::{table, track};

use super::register;
use super::tables::counted;
use crate::args::Trajectory;
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, io, measured, output};

pub fn run(args: &Trajectory, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the trajectory", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read(&args.measured, &document.map, as_of, files, terminal)?;
    let rows = track::trajectory(&document.map, &measurements, Some(as_of), args.every);
    if let Some(seen) = register::seen(args.format, &output.place, &table::trajectory(&rows)) {
        files.print(&seen)?;
        return Ok(args.measured.verdict(Some(&measurements)));
    }
    let bytes = register::written(output.format, &table::trajectory(&rows), || {
        table::xlsx::Cover::of_trajectory(&document.map, as_of).saying(measurements.reception().sentence())
    })?;
    let what = format!(
        "{} for {}",
        counted(rows.len(), "row", "rows"),
        counted(document.map.kpis.len(), "KPI", "KPIs")
    );
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(args.measured.verdict(Some(&measurements)))
}
