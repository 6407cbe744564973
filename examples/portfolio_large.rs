//! Writes a portfolio of many maps to measure with: `cargo run --release --example portfolio_large -- target/place 300 3000 1000000`.
//!
//! The first argument is the folder, the second how many maps of 100 boxes, the third how many claims on measures of the place, the
//! fourth how many rows of measurements in all. The same numbers give the same files on every machine. Nobody's programme.

#![allow(
    clippy::disallowed_methods,
    reason = "a program reads its arguments and writes its files"
)]

#[path = "large/generator.rs"]
mod generator;

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use benefit_map::file;
use benefit_map::map::{BenefitMap, Day};
use serde_json::{Value, json};

/// How many boxes a map has.
const NODES: usize = 100;
/// How many outcomes the place has, and how many measures each of them has.
const OUTCOMES: usize = 20;
const MEASURES: usize = 2;
/// How many boxes of each map lead to outcomes of the place.
const LINKS: usize = 4;
/// One map in so many waits for another, and one in so many shares a cost with another.
const WAITING: usize = 3;
const SHARING: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let dir = PathBuf::from(args.next().unwrap_or_else(|| "target/place".to_owned()));
    let mut number = |or: usize| args.next().map_or(Ok(or), |text| text.parse::<usize>());
    let (maps, claims, rows) = (number(300)?.max(2), number(3_000)?, number(1_000_000)?);

    fs::create_dir_all(&dir)?;
    let all: Vec<BenefitMap> = (0..maps).map(map).collect::<Result<_, _>>()?;
    let kpis: usize = all.iter().map(|map| map.kpis.len()).sum();
    let mut left = rows;
    for (at, map) in all.iter().enumerate() {
        fs::write(dir.join(format!("{}.json", id(at))), file::write(map))?;
        let days = rows.div_ceil(kpis).min(left.div_ceil(map.kpis.len()));
        left -= measure(&dir, at, map, days, left)?;
    }
    let mut text = serde_json::to_string_pretty(&portfolio(&all, claims))?;
    text.push('\n');
    fs::write(dir.join("portfolio.json"), text)?;
    Ok(())
}

fn id(at: usize) -> String {
    format!("p{at:03}")
}

/// A map whose titles say which project it is, so that no two of them look like one thing.
fn map(at: usize) -> Result<BenefitMap, Box<dyn Error>> {
    let mut map = generator::map(NODES, at as u64 + 1);
    map.title = format!("Project {at}");
    for node in &mut map.nodes {
        node.title = format!("{} ({at})", node.title);
    }
    for (nth, kpi) in map.kpis.iter_mut().enumerate() {
        kpi.title = format!("{} ({at})", kpi.title);
        let first = 60 + (at * 7 + nth * 13) % 90;
        kpi.baseline = Some(serde_json::from_value(json!({"date": "2026-03-31", "value": first}))?);
    }
    Ok(map)
}

/// Writes what was measured of a map: every KPI each fourth day, on so many days, and at most so many rows. Gives their number.
fn measure(dir: &Path, at: usize, map: &BenefitMap, days: usize, most: usize) -> Result<usize, Box<dyn Error>> {
    let mut text = "kpi,date,value,source,note\n".to_owned();
    let mut day = Day::new("2026-04-04")?;
    let mut written = 0;
    for nth in 0..days {
        for (number, kpi) in map.kpis.iter().enumerate().take(most - written) {
            // Not random, but scattered: a step that shares no factor with the range.
            let noise = (at * 7_919 + nth * 104_729 + number * 1_299_709) % 10_007 % 40;
            writeln!(text, "{},{day},{}.{},ledger,", kpi.id, 60 + noise, nth % 10)?;
        }
        written += map.kpis.len().min(most - written);
        day = day.later(4);
    }
    fs::write(dir.join(format!("{}.csv", id(at))), text)?;
    Ok(written)
}

/// The portfolio: every fifth claim adds, the next two overlap with the claim before, of which one says by how much, the next counts
/// by a share, and of the last nobody has said anything.
fn portfolio(maps: &[BenefitMap], claims: usize) -> Value {
    let measure = |at: usize| format!("m{}", at % (OUTCOMES * MEASURES));
    // Claim by claim the next map, and in each the next of its KPIs; measures in turn.
    let claimed = |at: usize| {
        let (round, map) = (at / maps.len(), at % maps.len());
        let kpis = &maps[map].kpis;
        (id(map), kpis[(round * 3) % kpis.len()].id.to_string())
    };
    let claim = |at: usize| {
        let (map, kpi) = claimed(at);
        let mut claim = json!({"map": map, "kpi": kpi, "measure": measure(at)});
        let before = at.checked_sub(OUTCOMES * MEASURES).map(claimed);
        // By the place among the claims on its measure.
        match (at / (OUTCOMES * MEASURES) % 5, before) {
            (0, _) => claim["counts"] = "adds".into(),
            (3, _) => {
                claim["counts"] = "share".into();
                claim["share"] = json!(0.4);
            }
            (kind @ (1 | 2), Some((map, kpi))) => {
                claim["counts"] = "overlaps".into();
                claim["with"] = json!([{"map": map, "kpi": kpi}]);
                if kind == 2 {
                    claim["with"][0]["by"] = 5.into();
                }
            }
            _ => {}
        }
        // What an overlap names does not say that it has nothing in common with others.
        if (at / (OUTCOMES * MEASURES)).is_multiple_of(5) && at + OUTCOMES * MEASURES < claims {
            let (map, kpi) = claimed(at + OUTCOMES * MEASURES);
            claim["counts"] = "overlaps".into();
            claim["with"] = json!([{"map": map, "kpi": kpi}]);
        }
        claim
    };
    let members = (0..maps.len()).map(
        |at| json!({"id": id(at), "file": format!("{}.json", id(at)), "measurements": [format!("{}.csv", id(at))]}),
    );
    let outcomes = (0..OUTCOMES).map(|outcome| {
        let measures = (0..MEASURES).map(|nth| {
            json!({"id": measure(outcome * MEASURES + nth), "title": format!("Measure {nth} of outcome {outcome}"),
                "unit": "cases a month", "direction": "decrease",
                "baseline": {"date": "2026-03-31", "value": 100_000},
                "targets": [{"date": "2031-03-31", "value": 99_000}]})
        });
        json!({"id": format!("o{outcome}"), "title": format!("What the place wants, number {outcome}"),
            "owner": format!("Director {outcome}"), "measures": measures.collect::<Vec<_>>()})
    });
    let ends = |at: usize| maps[at].nodes.iter().rev().take(LINKS).enumerate();
    let links = (0..maps.len()).flat_map(|at| {
        ends(at).map(move |(nth, node)| {
            json!({"map": id(at), "node": node.id, "outcome": format!("o{}", (at + nth * 7) % OUTCOMES), "evidence": "moderate"})
        })
    });
    let first = |at: usize| json!({"map": id(at), "node": maps[at].nodes[0].id});
    let waiting = (1..maps.len()).filter(|at| at % WAITING == 0).map(|at| {
        let mut one = first(at);
        one["on"] = first(at - 1);
        one
    });
    let sharing = (1..maps.len())
        .filter(|at| at % SHARING == 0)
        .map(|at| json!({"id": format!("cost-{at}"), "in": [first(at), first(at - 1)]}));
    json!({
        "format": 1, "title": format!("A place of {} projects", maps.len()),
        "purpose": "Generated, to measure with. Nobody's programme.",
        "first_month": 4,
        "maps": members.collect::<Vec<_>>(), "outcomes": outcomes.collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(), "claims": (0..claims).map(claim).collect::<Vec<_>>(),
        "dependencies": waiting.collect::<Vec<_>>(), "shared_costs": sharing.collect::<Vec<_>>(),
        "appraisal": {"base_year": "2026-27", "end": "2035-36", "rates": "green-book-2026"},
    })
}
