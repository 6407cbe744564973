//! Registers of risks and lists of actions.

use super::super::{Cell, DecisionKind, RawRow};
use super::build::{Builder, Place, Told, quoted, several};
use super::cells::{Cells, DayIn};
use super::found::Found;
use super::grid::Grid;
use super::mapping::free_name;
use super::register::free_fields;
use super::role::Role;
use super::rows::{Sort, Sorter, tell_group};
use crate::map::called::folded;
use crate::map::is_blank;
use crate::map::written::Edge;

/// The rows of a risk register, brought into the tables.
pub(super) fn risks(grid: &Grid, found: &Found, table: usize, builder: &mut Builder<'_>) {
    let cells = Cells::new(grid, found);
    let sorter = Sorter::new(grid, found);
    for row in &found.rows {
        let place = Place { table, row: row.number };
        if !is_record(sorter.sort(row, place, builder), place, builder) {
            continue;
        }
        let title = cells.said(row, Role::Title);
        let code = cells.said(row, Role::Id);
        if title.is_empty() {
            untitled("risk", place, builder);
            continue;
        }
        let known = builder.known.and_then(|map| {
            map.risks
                .iter()
                .find(|risk| crate::map::called::plain(&risk.title) == crate::map::called::plain(&title))
        });
        let id = match (known, code.as_str()) {
            (Some(risk), _) => risk.id.to_string(),
            (None, "") => builder.id(&title, "risk"),
            (None, code) => builder.id(code, "risk"),
        };
        let close = day(&cells, row, Role::Due, Edge::Last, place, builder);
        let mut threatened = Vec::new();
        let mut unknown = Vec::new();
        for part in several(&cells.said(row, Role::BelongsTo)) {
            match builder.called(&part) {
                Some(at) => threatened.push(builder.boxed(at).id.clone()),
                None => unknown.push(part),
            }
        }
        let belongs = found
            .column(Role::BelongsTo)
            .map(|column| column.head.clone())
            .unwrap_or_default();
        let mut scores = Vec::new();
        for (role, column) in [(Role::Likelihood, "likelihood"), (Role::Impact, "impact")] {
            let cell = cells.cell(row, role);
            let head = found.column(role).map(|column| column.head.clone()).unwrap_or_default();
            let text = cell.to_text().trim().to_owned();
            if is_blank(&text) {
                continue;
            }
            match score(&text) {
                Some((score, as_written)) => {
                    if !as_written {
                        let message = format!("{} was taken as {score} of 5", quoted(&text));
                        builder.tell(place, Some(&head), Told::taken(DecisionKind::WordUnderstood, message));
                    }
                    scores.push((column, Cell::Text(score.to_string())));
                }
                None => {
                    let name = free_name(&head).unwrap_or_else(|| format!("x-{column}"));
                    let message = format!(
                        "{} is not a score from 1 to 5, so it was kept as `{name}`",
                        quoted(&text)
                    );
                    builder.tell(
                        place,
                        Some(&head),
                        Told::left_out(
                            DecisionKind::UnreadableNumber,
                            message,
                            "Write a whole number from 1 to 5.",
                        ),
                    );
                    scores.push(("", Cell::text(text)));
                }
            }
        }
        let status = cells.said(row, Role::Status);
        let description = cells.said(row, Role::Description);
        let free = free_fields(&cells, row);
        let record = builder.add("risks", place);
        record.set("id", Cell::text(id.clone()));
        record.set("title", Cell::text(title.clone()));
        record.set("owner", cells.cell(row, Role::Owner).clone());
        for (column, cell) in scores {
            match column {
                "" => record.set("x-score", cell),
                column => record.set(column, cell),
            }
        }
        match &close {
            Ok(day) => record.set("close_by", Cell::from(*day)),
            Err((name, text)) => record.set(name.clone(), Cell::text(text.clone())),
        }
        match folded(&status).as_str() {
            "" => {}
            "open" | "live" | "active" | "ongoing" | "new" | "in_progress" | "monitoring" => {
                record.set("status", Cell::text("open"))
            }
            "closed" | "resolved" | "done" | "complete" | "completed" | "expired" => {
                record.set("status", Cell::text("closed"))
            }
            _ => record.set("x-status", Cell::text(status)),
        }
        record.set("x-description", Cell::text(description));
        for (name, cell) in free {
            record.set(name, cell);
        }
        record.set("threatens", Cell::text(threatened.first().cloned().unwrap_or_default()));
        if threatened.len() > 1 {
            record.set("x-threatens", Cell::text(threatened[1..].join("; ")));
            let message = format!(
                "the risk threatens several things; the map has {} for it, and the others were kept as `x-threatens`",
                quoted(&threatened[0])
            );
            builder.tell(
                place,
                Some(&belongs),
                Told::left_out(
                    DecisionKind::SecondColumn,
                    message,
                    "Give each of them a risk of its own.",
                ),
            );
        }
        if !unknown.is_empty() {
            let text = unknown.join("; ");
            let name = free_name(&belongs).unwrap_or_else(|| "x-threatens".to_owned());
            let message = format!(
                "{} is neither the reference nor the title of anything in the file, so it was kept as `{name}`",
                quoted(&text)
            );
            builder.tell(
                place,
                Some(&belongs),
                Told::left_out(
                    DecisionKind::NoSuchRecord,
                    message,
                    "Write the reference or the title of a benefit.",
                ),
            );
            if let Some(record) = builder.last("risks") {
                record.set(name, Cell::text(text));
            }
        }
        for column in cells.columns(Role::Response) {
            for part in several(&Grid::cell(row, column.at).to_text()) {
                if !is_blank(&part) {
                    let record = builder.add("responses", place);
                    record.set("risk", Cell::text(id.clone()));
                    record.set("action", Cell::text(part));
                    record.set("chosen", Cell::Bool(true));
                }
            }
        }
    }
}

/// The rows of a list of actions, brought into the tables.
pub(super) fn actions(grid: &Grid, found: &Found, table: usize, builder: &mut Builder<'_>) {
    let cells = Cells::new(grid, found);
    let sorter = Sorter::new(grid, found);
    for row in &found.rows {
        let place = Place { table, row: row.number };
        if !is_record(sorter.sort(row, place, builder), place, builder) {
            continue;
        }
        let title = cells.said(row, Role::Title);
        if title.is_empty() {
            untitled("action", place, builder);
            continue;
        }
        let owner = cells.cell(row, Role::Owner).clone();
        if is_blank(&owner.to_text()) {
            let message = format!(
                "the action {} has no owner, and an action belongs to the plan of one, so it was left out",
                quoted(&title)
            );
            builder.tell(
                place,
                None,
                Told::fault(DecisionKind::MissingValue, message, "Name who does it."),
            );
            continue;
        }
        let code = cells.said(row, Role::Id);
        let known = builder.known.and_then(|map| {
            let mut all = map.plans.iter().flat_map(|plan| &plan.activities);
            all.find(|one| crate::map::called::plain(&one.title) == crate::map::called::plain(&title))
        });
        let id = match (known, code.as_str()) {
            (Some(one), _) => one.id.to_string(),
            (None, "") => builder.id(&title, "action"),
            (None, code) => builder.id(code, "action"),
        };
        let start = day(&cells, row, Role::Start, Edge::First, place, builder);
        let end = day(&cells, row, Role::Due, Edge::Last, place, builder);
        let belongs = cells.said(row, Role::BelongsTo);
        let node = builder
            .called(&belongs)
            .filter(|_| !belongs.is_empty())
            .map(|at| builder.boxed(at).id.clone());
        let record = builder.add("activities", place);
        record.set("owner", owner);
        record.set("id", Cell::text(id));
        record.set("title", Cell::text(title.clone()));
        record.set("node", Cell::text(node.clone().unwrap_or_default()));
        record.set("start", Cell::from(start.clone().unwrap_or_default()));
        record.set("end", Cell::from(end.clone().unwrap_or_default()));
        record.set(
            "priority",
            match cells.cell(row, Role::Priority) {
                Cell::Number(number) => Cell::Number(*number),
                Cell::Text(text) if text.bytes().all(|b| b.is_ascii_digit()) => Cell::text(text.clone()),
                _ => Cell::Empty,
            },
        );
        let mut lost: Vec<String> = free_fields(&cells, row)
            .into_iter()
            .map(|(name, cell)| format!("{} ({})", cell.to_text(), name.trim_start_matches("x-")))
            .collect();
        lost.extend([start, end].into_iter().filter_map(Result::err).map(|(_, text)| text));
        for role in [Role::Status, Role::Description] {
            lost.extend([cells.said(row, role)].into_iter().filter(|text| !text.is_empty()));
        }
        if node.is_none() && !belongs.is_empty() {
            lost.push(belongs);
        }
        if !lost.is_empty() {
            let message = format!(
                "an action on a map cannot hold {}, so it was left out",
                quoted(&lost.join("; "))
            );
            builder.tell(
                place,
                None,
                Told::left_out(DecisionKind::UnknownColumn, message, "Keep it in your own list."),
            );
        }
    }
}

fn is_record(sort: Sort, place: Place, builder: &mut Builder<'_>) -> bool {
    match sort {
        Sort::Record => true,
        Sort::Aside => false,
        Sort::Group(text) => {
            tell_group(&text, place, builder);
            false
        }
    }
}

fn untitled(what: &str, place: Place, builder: &mut Builder<'_>) {
    let message = format!("the row does not say what the {what} is, so it was left out");
    builder.tell(
        place,
        None,
        Told::fault(DecisionKind::MissingValue, message, "Fill in its title."),
    );
}

/// The day in a column; else the free field that keeps its words.
fn day(
    cells: &Cells<'_>,
    row: &RawRow,
    role: Role,
    edge: Edge,
    place: Place,
    builder: &mut Builder<'_>,
) -> Result<Option<crate::map::Day>, (String, String)> {
    let Some(column) = cells.found.column(role) else {
        return Ok(None);
    };
    match cells.day(row, role, edge) {
        DayIn::Nothing => Ok(None),
        DayIn::Is(day, told) => {
            if let Some(told) = told {
                builder.tell(place, Some(&column.head), told);
            }
            Ok(Some(day))
        }
        DayIn::Words(mut told) => {
            let name = free_name(&column.head).unwrap_or_else(|| "x-date".to_owned());
            told.message.push_str(", so it has no date");
            builder.tell(place, Some(&column.head), told);
            Err((name, cells.text(row, role)))
        }
    }
}

/// A score from 1 to 5, and whether it stands there as one.
fn score(text: &str) -> Option<(u8, bool)> {
    let plain = folded(text);
    // `4 - Likely`, `4/5`
    let first = text.trim().split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
    if let Ok(n @ 1..=5) = first.parse::<u8>()
        && !text.contains('%')
        && !text.contains("/10")
    {
        return Some((n, text.trim() == first));
    }
    let score = match plain.as_str() {
        "very_low" | "vl" | "rare" | "remote" | "negligible" | "insignificant" | "very_unlikely"
        | "highly_unlikely" => 1,
        "low" | "l" | "unlikely" | "minor" | "slight" => 2,
        "medium" | "m" | "med" | "moderate" | "possible" => 3,
        "high" | "h" | "likely" | "probable" | "major" | "significant" => 4,
        "very_high" | "vh" | "almost_certain" | "certain" | "severe" | "catastrophic" | "critical" | "very_likely"
        | "highly_likely" | "extreme" => 5,
        _ => return None,
    };
    Some((score, false))
}
