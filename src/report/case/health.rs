//! What people answered in a health check, and how sure they are of the links.

use crate::survey::{Results, Scale, Stage, Trigger, triggers};

use super::super::model::{Block, Cell, Column, Table};
use super::super::survey::{Lines, Medium, bars_in_parts, grid_of, subtitle};
use super::super::wording;
use super::{Case, summary};

/// So many links that people are least sure of are listed.
const LEAST_SURE: usize = 12;
/// So many statements that nobody has taken up are for a board.
const FOR_A_BOARD: usize = 6;

/// The section; nothing where nobody was asked.
pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let mut out = vec![Block::heading_at(1, "Health check", "health-check")];
    let answered = case.options.answered.into_iter();
    let all: Vec<Results<'_>> = answered
        .flat_map(|(sets, answers)| Results::of_all(sets, answers))
        .collect();
    if all.is_empty() {
        if case.options.sections.is_empty() {
            return Vec::new();
        }
        out.push(Block::note("Nobody has answered a health check yet."));
        return out;
    }
    for results in &all {
        match results.set.scale {
            Scale::Confidence => links(results, &mut out),
            _ => statements(case, results, &mut out),
        }
    }
    out
}

/// A set of statements: each group by its weakest, and those that somebody does not agree with.
fn statements(case: &Case<'_, '_>, results: &Results<'_>, out: &mut Vec<Block>) {
    out.push(Block::heading(2, results.set.title.clone()));
    out.push(Block::text(subtitle(results)));
    out.extend(grid_of(results));
    if !case.is_short() {
        out.extend(bars_in_parts(results, Lines::Factors, Medium::Pages));
    }
    let all = triggers(results, case.map, Stage::Early);
    if all.is_empty() {
        out.push(Block::text("Nobody disagrees with any statement."));
        return;
    }
    let taken = all.iter().filter(|trigger| trigger.taken_up).count();
    out.push(Block::text(format!(
        "At least one person disagrees with {}; {} on the map.",
        wording::counted(all.len(), "statement", "statements"),
        match taken {
            0 => "none is a risk".to_owned(),
            taken => wording::counted(taken, "is a risk", "are risks"),
        }
    )));
    let mut table = Table::new(
        "Statements that somebody disagrees with, weakest first",
        [
            Column::new("Statement", 5.0),
            summary::number_column("Disagree", 1.0),
            summary::number_column("Of", 0.7),
            Column::new("Risk on the map", 2.4),
        ],
    );
    let most = if case.is_short() { FOR_A_BOARD } else { usize::MAX };
    for trigger in all.iter().take(most) {
        table.push([
            Cell::text(trigger.result.question.text.clone()),
            Cell::text(trigger.below.to_string()),
            Cell::text(trigger.result.tally.n().to_string()),
            Cell::text(risk(case, trigger)),
        ]);
    }
    if all.len() > most {
        table.push([Cell::text(format!("… and {} more, in the annex", all.len() - most))]);
    }
    out.push(Block::Table(table));
}

/// The risk that has taken a statement up.
fn risk(case: &Case<'_, '_>, trigger: &Trigger<'_, '_>) -> String {
    let known = case.map.risks.iter().find(|risk| risk.id == trigger.risk);
    match known {
        Some(risk) if risk.owner.is_none() => "Yes, without an owner".to_owned(),
        Some(risk) => format!(
            "Yes, owned by {}",
            risk.owner.as_ref().map_or("", |id| wording::owner(&case.records, id))
        ),
        None => "No".to_owned(),
    }
}

/// How sure people are of the links: those that divide them, and those that they are least sure of.
fn links(results: &Results<'_>, out: &mut Vec<Block>) {
    out.push(Block::heading(2, "How sure people are of the links"));
    out.push(Block::text(format!(
        "{} Votes say what people believe: they are not evidence.",
        subtitle(results)
    )));
    let mut shown: Vec<_> = results
        .weakest_first()
        .into_iter()
        .filter(|result| result.tally.answered() > 0)
        .collect();
    // Those that divide the room first; the order among them stays.
    shown.sort_by_key(|result| !result.tally.divides());
    let divided = shown.iter().filter(|result| result.tally.divides()).count();
    let mut table = Table::new(
        match divided {
            0 => "Links that people are least sure of",
            _ => "Links that divide people, then those that they are least sure of",
        },
        [Column::new("Link", 4.4), Column::new("How sure people are", 4.6)],
    );
    for result in shown.iter().take(LEAST_SURE.max(divided)) {
        table.push([
            Cell::text(result.question.text.clone()),
            Cell::text(wording::capital(&result.tally.words(Scale::Confidence))),
        ]);
    }
    out.push(Block::Table(table));
}
