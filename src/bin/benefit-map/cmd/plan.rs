//! `plan`: the benefit realization plan of each owner.

use anyhow::{Result, bail};
use benefit_map::table::{self, Cell, Table, markdown};
use benefit_map::track::{self, RealizationPlan};

use crate::args::{Plan, PlanFormat};
use crate::{Verdict, io};

/// The parts of a plan as the table calls them, with their headings.
const PARTS: [(&str, &str); 5] = [
    ("outcome", "Outcomes"),
    ("output", "What brings them about"),
    ("activity", "Activities, in order"),
    ("kpi", "KPIs"),
    ("risk", "Risks"),
];

pub fn run(args: &Plan) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    let mut plans = track::realization_plans(&document.map);
    if !args.owner.is_empty() {
        if let Some(nobody) = args.owner.iter().find(|id| document.map.owner(id).is_none()) {
            bail!("the map has no owner `{nobody}`");
        }
        plans.retain(|plan| args.owner.contains(&plan.owner.id));
    }
    let bytes = match args.format {
        PlanFormat::Markdown => markdown_of(&document.map.title, &plans).into_bytes(),
        PlanFormat::Csv => table::csv::write(&table::realization_plans(&plans)),
    };
    io::write(args.output.as_deref(), &bytes)?;
    Ok(Verdict::Clean)
}

fn markdown_of(title: &str, plans: &[RealizationPlan<'_>]) -> String {
    let mut out = format!("# Benefit realization plans: {}\n", markdown::escape(title));
    if plans.is_empty() {
        out.push_str("\nNo owner has anything to see to.\n");
    }
    for plan in plans {
        let owner = plan.owner;
        out.push_str(&format!("\n## {}\n", markdown::escape(&owner.name)));
        if !owner.organisation.is_empty() {
            out.push_str(&format!("\n{}\n", markdown::escape(&owner.organisation)));
        }
        let whole = table::realization_plans(std::slice::from_ref(plan));
        for (part, heading) in PARTS {
            let mut part = part_of(&whole, part);
            if part.rows.is_empty() {
                continue;
            }
            // The owner and the part stand in the headings.
            part.columns.drain(..3);
            part.rows.iter_mut().for_each(|row| drop(row.drain(..3)));
            out.push_str(&format!("\n### {heading}\n\n{}", markdown::write(&part)));
        }
    }
    out
}

/// The rows of one part.
fn part_of(whole: &Table, part: &str) -> Table {
    let of_part = |row: &&Vec<Cell>| row.get(2).is_some_and(|cell| cell.to_text() == part);
    Table {
        rows: whole.rows.iter().filter(of_part).cloned().collect(),
        ..whole.clone()
    }
}
