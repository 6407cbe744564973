//! What cells name beside the record of their row: projects, objectives, dependencies, risks and assumptions. They wait until every
//! table has its boxes, as a reference may name one further down.

use super::super::{Cell, DecisionKind};
use super::build::{Builder, Place, Told, quoted, several};
use super::mapping::free_name;
use super::role::Role;
use crate::map::NodeKind;
use crate::map::called::{folded, plain};

/// What is left until every table has its boxes: a reference may name one further down.
pub(super) struct Waiting {
    pub(super) place: Place,
    pub(super) head: String,
    pub(super) boxed: usize,
    pub(super) text: String,
    pub(super) role: Role,
    /// On which links an assumption is.
    pub(super) assumed: Side,
}

/// The links of a box on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Those that lead to it, as a register says what a benefit needs.
    Below,
    /// Those that lead from it, as a logframe says what takes a result to the next level.
    Above,
}

/// Settles what waited until all boxes were there.
pub(super) fn settle(waiting: Vec<Waiting>, builder: &mut Builder<'_>) {
    // Assumptions belong to links, so these come first.
    let (assumptions, others): (Vec<Waiting>, Vec<Waiting>) =
        waiting.into_iter().partition(|one| one.role == Role::Assumptions);
    chains(&others, builder);
    for one in others {
        match one.role {
            Role::Project => {
                for part in several(&one.text) {
                    let from = match builder.called(&part) {
                        Some(at) => at,
                        None => builder.node(one.place, NodeKind::Investment, &part, ""),
                    };
                    builder.link(one.place, from, one.boxed);
                }
            }
            Role::Objective => {
                for part in several(&one.text) {
                    let to = match builder.called(&part) {
                        Some(at) => at,
                        None => builder.node(one.place, NodeKind::EndOutcome, &part, ""),
                    };
                    builder.link(one.place, one.boxed, to);
                }
            }
            Role::DependsOn | Role::LeadsTo => related(&one, builder),
            Role::Disbenefit => disbenefit(&one, builder),
            Role::Risk => risks(&one, builder),
            _ => {}
        }
    }
    for one in assumptions {
        let links = match one.assumed {
            Side::Below => {
                let below = builder.leads_to(one.boxed);
                if below.is_empty() {
                    builder.leads_from(one.boxed)
                } else {
                    below
                }
            }
            Side::Above => builder.leads_from(one.boxed),
        };
        if links.is_empty() {
            let message = format!(
                "{} is an assumption, but nothing links the box to another, so it was kept as `x-assumptions`",
                quoted(&one.text)
            );
            builder.tell(
                one.place,
                Some(&one.head),
                Told::left_out(
                    DecisionKind::NoSuchRecord,
                    message,
                    "Link the box to what it leads to or depends on, and move the assumption to that link.",
                ),
            );
            if let Some(record) = builder.record_of(one.boxed) {
                record.set("x-assumptions", Cell::text(one.text.clone()));
            }
            continue;
        }
        for ends in links {
            for part in several(&one.text) {
                builder.assume(&ends, &part);
            }
        }
    }
}

/// Columns of boxes beside the benefit: each stage leads to the next along the row, and the last to the benefit.
fn chains(waiting: &[Waiting], builder: &mut Builder<'_>) {
    let mut at = 0;
    while at < waiting.len() {
        let place = waiting[at].place;
        let row: Vec<&Waiting> = waiting[at..].iter().take_while(|one| one.place == place).collect();
        at += row.len();
        let mut before: Vec<usize> = Vec::new();
        let Some(boxed) = row.first().map(|one| one.boxed) else {
            continue;
        };
        let own = NodeKind::IntermediateOutcome;
        let mut stages: Vec<(NodeKind, &Waiting)> =
            row.iter().filter_map(|one| Some((one.role.kind()?, *one))).collect();
        stages.sort_by_key(|(kind, _)| *kind);
        let mut last: Option<NodeKind> = None;
        for (kind, one) in stages {
            let these: Vec<usize> = several(&one.text)
                .iter()
                .map(|part| match builder.called(part) {
                    Some(at) => at,
                    None => builder.node(place, kind, part, ""),
                })
                .collect();
            if kind >= own {
                for to in &these {
                    builder.link(place, boxed, *to);
                }
                continue;
            }
            for from in &before {
                for to in &these {
                    builder.link(place, *from, *to);
                }
            }
            if last != Some(kind) || !these.is_empty() {
                before = these;
            }
            last = Some(kind);
        }
        for from in before {
            builder.link(place, from, boxed);
        }
    }
}

/// Links to boxes that a cell names by their reference or title; what names none stays a free field.
fn related(one: &Waiting, builder: &mut Builder<'_>) {
    let mut rest = Vec::new();
    for part in several(&one.text) {
        match builder.called(&part) {
            Some(other) if other == one.boxed => {}
            Some(other) => {
                let (from, to) = match one.role {
                    Role::DependsOn => (other, one.boxed),
                    _ => (one.boxed, other),
                };
                builder.link(one.place, from, to);
            }
            None => rest.push(part),
        }
    }
    if rest.is_empty() {
        return;
    }
    let name = free_name(&one.head).unwrap_or_else(|| "x-dependencies".to_owned());
    let text = rest.join("; ");
    let message = format!(
        "{} is neither the reference nor the title of anything in the file, so it was kept as `{name}`",
        quoted(&text)
    );
    builder.tell(
        one.place,
        Some(&one.head),
        Told::left_out(
            DecisionKind::NoSuchRecord,
            message,
            "Write the reference or the title of what is meant, with `;` between several.",
        ),
    );
    if let Some(record) = builder.record_of(one.boxed) {
        record.set(name, Cell::text(text));
    }
}

fn disbenefit(one: &Waiting, builder: &mut Builder<'_>) {
    let word = folded(&one.text);
    match word.as_str() {
        "yes" | "y" | "true" | "x" | "disbenefit" | "dis_benefit" => {
            if let Some(record) = builder.record_of(one.boxed) {
                record.set("disbenefit", Cell::Bool(true));
            }
        }
        "no" | "n" | "false" | "benefit" => {}
        _ => {
            for part in several(&one.text) {
                let made = match builder.called(&part) {
                    Some(at) => at,
                    None => builder.node(one.place, NodeKind::IntermediateOutcome, &part, ""),
                };
                if let Some(record) = builder.record_of(made) {
                    record.set("disbenefit", Cell::Bool(true));
                }
                builder.link(one.place, one.boxed, made);
            }
        }
    }
}

fn risks(one: &Waiting, builder: &mut Builder<'_>) {
    let node = builder.boxed(one.boxed).id.clone();
    for part in several(&one.text) {
        let rows = builder.rows("risks");
        let same = |record: &super::build::Record| {
            plain(&record.text("title")) == plain(&part)
                || record.text("x-ref").eq_ignore_ascii_case(&part)
                || record.text("id") == folded(&part).replace('_', "-")
        };
        if let Some(at) = rows.iter().position(same) {
            let threatens = rows[at].text("threatens").into_owned();
            if threatens.is_empty() {
                builder.set_in("risks", at, "threatens", Cell::text(node.clone()));
            }
            continue;
        }
        let id = builder.id(&part, "risk");
        let record = builder.add("risks", one.place);
        record.set("id", Cell::text(id));
        record.set("title", Cell::text(part));
        record.set("threatens", Cell::text(node.clone()));
    }
}
