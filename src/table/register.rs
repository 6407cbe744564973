//! The registers: tables that are read, not imported.

use std::collections::BTreeMap;

use super::{Cell, Column, Table, Values};
use crate::map::{BenefitMap, Kpi, Node, OwnerId};
use crate::track::Row;

const KPI_REGISTER: &[(&str, Values)] = &[
    ("id", Values::Id),
    ("node", Values::Reference("nodes")),
    ("kind", Values::Word(crate::map::NodeKind::WORDS)),
    ("title", Values::Text),
    ("indicator", Values::Word(crate::map::Indicator::WORDS)),
    ("unit", Values::Text),
    ("direction", Values::Word(crate::map::Direction::WORDS)),
    ("aggregation", Values::Word(crate::map::Aggregation::WORDS)),
    ("lower", Values::Number),
    ("upper", Values::Number),
    ("baseline_value", Values::Number),
    ("baseline_date", Values::Day),
    ("final_target_value", Values::Number),
    ("final_target_date", Values::Day),
    ("owner", Values::Text),
    ("method", Values::Word(crate::map::Method::WORDS)),
    ("source", Values::Text),
    ("frequency", Values::Text),
    ("responsible", Values::Text),
];

const TRAJECTORY: &[(&str, Values)] = &[
    ("kpi", Values::Reference("kpis")),
    ("date", Values::Day),
    ("expected", Values::Number),
    ("actual", Values::Number),
    ("measured_on", Values::Day),
    ("expected_then", Values::Number),
    ("variance", Values::Number),
    ("variance_percent", Values::Number),
    ("status", Values::Text),
    ("why", Values::Text),
];

/// The KPI register, one row a KPI, by KPI id: what is measured, of which node, from which baseline to which final
/// target, and who answers for it.
///
/// `owner` is the name of the owner of the KPI's node and `responsible` the name of who delivers the values; an id
/// that names nobody stands as it is. What the map does not say is an empty cell.
pub fn kpi_register(map: &BenefitMap) -> Table {
    // The first record of an id, as everywhere.
    let mut nodes: BTreeMap<&str, &Node> = BTreeMap::new();
    for node in &map.nodes {
        nodes.entry(node.id.as_str()).or_insert(node);
    }
    let name = |id| name_of(map, id);
    let word = |word: Option<&str>| word.map_or(Cell::Empty, Cell::text);
    let mut kpis: Vec<&Kpi> = map.kpis.iter().collect();
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    let rows = kpis.into_iter().map(|kpi| {
        let node = nodes.get(kpi.node.as_str());
        let target = kpi.final_target();
        let plan = kpi.measurement.as_ref();
        vec![
            Cell::text(kpi.id.as_str()),
            Cell::text(kpi.node.as_str()),
            word(node.map(|node| node.kind.as_str())),
            Cell::text(&kpi.title),
            word(kpi.indicator.map(|indicator| indicator.as_str())),
            Cell::text(&kpi.unit),
            word(kpi.direction.map(|direction| direction.as_str())),
            word(kpi.aggregation.map(|aggregation| aggregation.as_str())),
            kpi.band.and_then(|band| band.lower).into(),
            kpi.band.and_then(|band| band.upper).into(),
            kpi.baseline.map(|baseline| baseline.value).into(),
            kpi.baseline.and_then(|baseline| baseline.date).into(),
            target.map(|target| target.value).into(),
            target.and_then(|target| target.date).into(),
            name(node.and_then(|node| node.owner.as_ref())),
            word(plan.and_then(|plan| plan.method).map(|method| method.as_str())),
            Cell::text(plan.map_or("", |plan| &plan.source)),
            Cell::text(plan.map_or("", |plan| &plan.frequency)),
            name(plan.and_then(|plan| plan.responsible.as_ref())),
        ]
    });
    Table {
        name: "kpis".to_owned(),
        columns: columns(KPI_REGISTER),
        rows: rows.collect(),
    }
}

/// Expected and actual values as a table, a row for each row given, in the same order: the KPI, the day, what was
/// expected, what was measured, on which day and what was expected then, the difference in the KPI's unit and in per cent,
/// the status, and why the measured value does not give it. See
/// [`track::trajectory`](crate::track::trajectory) for what the figures are.
pub fn trajectory(rows: &[Row<'_>]) -> Table {
    Table {
        name: "trajectory".to_owned(),
        columns: columns(TRAJECTORY),
        rows: rows
            .iter()
            .map(|row| {
                let kpi = Cell::text(row.kpi.as_str());
                let why = row.missing.map_or(Cell::Empty, |missing| Cell::text(missing.as_str()));
                std::iter::once(kpi).chain(figures(row)).chain([why]).collect()
            })
            .collect(),
    }
}

/// The figures of a row: day, expected, actual, its day, expected on that, variance, variance % and status.
pub(super) fn figures(row: &Row<'_>) -> [Cell; 8] {
    [
        Cell::Day(row.date),
        row.expected.into(),
        row.actual.into(),
        row.measured.into(),
        row.expected_then.into(),
        row.variance.into(),
        row.variance_percent.into(),
        Cell::text(row.status.as_str()),
    ]
}

/// The name of an owner; the id where there is no name.
pub(super) fn name_of(map: &BenefitMap, id: Option<&OwnerId>) -> Cell {
    id.map_or(Cell::Empty, |id| {
        let name = map.owner(id).map(|owner| owner.name.as_str());
        Cell::text(name.filter(|name| !name.is_empty()).unwrap_or(id.as_str()))
    })
}

pub(super) fn columns(named: &[(&'static str, Values)]) -> Vec<Column> {
    named
        .iter()
        .map(|(name, values)| Column {
            name: (*name).into(),
            values: *values,
        })
        .collect()
}
