//! What would follow from a change of a map as a table that is read, not imported.

use rust_decimal::Decimal;

use super::register::columns;
use super::{Cell, Table, Values};
use crate::appraise::{Candidate, CutMoney, KeepAll, Later, LostValue, Saved, Touched, TouchedKpi, WhatIf};
use crate::map::{Day, Number};

const COLUMNS: &[(&str, Values)] = &[
    ("effect", Values::Text),
    ("record", Values::Text),
    ("id", Values::Text),
    ("title", Values::Text),
    ("kind", Values::Text),
    ("at_least", Values::Number),
    ("at_most", Values::Number),
    ("due", Values::Day),
    ("then", Values::Day),
];

/// One row.
struct Row<'a> {
    effect: &'a str,
    record: &'a str,
    id: &'a str,
    title: &'a str,
    kind: &'a str,
    least: Cell,
    most: Cell,
    due: Option<Day>,
    then: Option<Day>,
}

impl<'a> Row<'a> {
    fn new(effect: &'a str, record: &'a str, id: &'a str, title: &'a str) -> Self {
        Self {
            effect,
            record,
            id,
            title,
            kind: "",
            least: Cell::Empty,
            most: Cell::Empty,
            due: None,
            then: None,
        }
    }

    fn node(effect: &'a str, node: &'a Touched) -> Self {
        Self {
            kind: node.kind.as_str(),
            ..Self::new(effect, "node", node.id.as_str(), &node.title)
        }
    }

    fn kpi(effect: &'a str, kpi: &'a TouchedKpi) -> Self {
        Self::new(effect, "kpi", kpi.id.as_str(), &kpi.title)
    }

    fn saved(effect: &'a str, saved: &'a Saved) -> Self {
        Self {
            least: money(saved.amount),
            most: money(saved.amount),
            ..Self::new(effect, "node", saved.node.as_str(), &saved.title)
        }
    }

    fn lost(lost: &'a LostValue) -> Self {
        Self {
            least: money(lost.at_least),
            most: money(lost.at_most),
            ..Self::new("value-lost", "kpi", lost.kpi.as_str(), &lost.title)
        }
    }

    fn later(later: &'a Later) -> Self {
        let months = |months: u16| Cell::Number(Number::from(i32::from(months)));
        let (record, id) = match &later.kpi {
            Some(kpi) => ("kpi", kpi.as_str()),
            None => ("node", later.node.as_str()),
        };
        Self {
            least: months(later.at_least),
            most: months(later.at_most),
            due: later.due,
            then: later.then(),
            ..Self::new("later-by-months", record, id, &later.title)
        }
    }

    fn candidate(effect: &'a str, candidate: &'a Candidate) -> Self {
        let cost = || candidate.cost.map_or(Cell::Empty, money);
        Self {
            least: cost(),
            most: cost(),
            ..Self::node(effect, &candidate.investment)
        }
    }

    fn cells(self) -> Vec<Cell> {
        let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::text(text) };
        vec![
            Cell::text(self.effect),
            Cell::text(self.record),
            Cell::text(self.id),
            text(self.title),
            text(self.kind),
            self.least,
            self.most,
            self.due.map_or(Cell::Empty, Cell::Day),
            self.then.map_or(Cell::Empty, Cell::Day),
        ]
    }
}

fn money(amount: Decimal) -> Cell {
    Number::rounded(amount).map_or_else(|| Cell::text(amount.round().to_string()), Cell::Number)
}

/// A row for each effect on a box or a KPI: first the investments to keep, where those were looked for. `at_least` and `at_most` are
/// money, or months of what comes later.
pub fn what_if(found: &WhatIf, costs: &CutMoney, keep: Option<&KeepAll>) -> Table {
    let mut rows: Vec<Row<'_>> = Vec::new();
    if let Some(keep) = keep {
        rows.extend(keep.kept.iter().map(|one| Row::candidate("kept", one)));
        rows.extend(keep.left_out.iter().map(|one| Row::candidate("not-kept", one)));
    }
    for (effect, nodes) in [
        ("left-out", &found.without),
        ("lost", &found.lost),
        ("weakened", &found.weakened),
        ("no-more-harm", &found.no_more_harm),
        ("unpaid", &found.unpaid),
        ("leads-nowhere", &found.leads_nowhere),
    ] {
        rows.extend(nodes.iter().map(|node| Row::node(effect, node)));
    }
    rows.extend(found.kpis_lost.iter().map(|kpi| Row::kpi("lost", kpi)));
    rows.extend(found.kpis_weakened.iter().map(|kpi| Row::kpi("weakened", kpi)));
    rows.extend(found.later.iter().map(Row::later));
    rows.extend(costs.saved.iter().map(|saved| Row::saved("saved", saved)));
    rows.extend(costs.idle.iter().map(|saved| Row::saved("could-be-saved", saved)));
    rows.extend(costs.value.iter().flat_map(|value| &value.lost).map(Row::lost));
    Table {
        name: "what-if".to_owned(),
        columns: columns(COLUMNS),
        rows: rows.into_iter().map(Row::cells).collect(),
    }
}
