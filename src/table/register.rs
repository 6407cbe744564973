//! The registers: tables that are read, not imported.

use std::collections::BTreeMap;

use super::sheet::{cells, placed};
use super::{Cell, Column, Table, Values, known_columns};
use crate::map::{BenefitMap, Kpi, Node, OwnerId, record};
use crate::track::{Due, Row};

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

/// The columns of the KPI register: those of the table `kpis`, with the stage and the owner of what is measured, and with
/// the final target in place of how it is approached.
fn register_columns() -> Vec<Column> {
    let mut out: Vec<Column> = Vec::new();
    for column in known_columns("kpis") {
        match &*column.name {
            "profile" | "amber" | "red" | "baseline_date" => {}
            "responsible" => out.extend(columns(&[("responsible", Values::Text)])),
            "node" => {
                out.push(column.clone());
                out.extend(columns(&[("kind", Values::Word(crate::map::NodeKind::WORDS))]));
            }
            "baseline_value" => {
                out.push(column.clone());
                out.extend(columns(&[
                    ("baseline_date", Values::Day),
                    ("final_target_value", Values::Number),
                    ("final_target_date", Values::Day),
                    ("owner", Values::Text),
                ]));
            }
            _ => out.push(column.clone()),
        }
    }
    out
}

const MEASUREMENTS_DUE: &[(&str, Values)] = &[
    ("kpi", Values::Reference("kpis")),
    ("date", Values::Day),
    ("value", Values::Number),
    ("source", Values::Text),
    ("note", Values::Text),
];

/// A form for measurements, a row for each that is due: the columns of a file of measurements, with the value and the note
/// left empty.
pub fn measurements_due(due: &[Due<'_>]) -> Table {
    let row = |due: &Due<'_>| {
        let source = due.kpi.measurement.as_ref().map_or("", |plan| plan.source.as_str());
        vec![
            Cell::text(due.kpi.id.as_str()),
            Cell::Day(due.date),
            Cell::Empty,
            Cell::text(source),
            Cell::Empty,
        ]
    };
    Table {
        name: "measurements".to_owned(),
        columns: columns(MEASUREMENTS_DUE),
        rows: due.iter().map(row).collect(),
    }
}

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
    let mut kpis: Vec<&Kpi> = map.kpis.iter().collect();
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    let fields = placed(&record::KPI);
    let columns = register_columns();
    let own: Vec<Option<usize>> = columns
        .iter()
        .map(|column| known_columns("kpis").iter().position(|known| known.name == column.name))
        .collect();
    let rows = kpis.into_iter().map(|kpi| {
        let node = nodes.get(kpi.node.as_str());
        let target = kpi.final_target();
        let responsible = kpi.measurement.as_ref().and_then(|plan| plan.responsible.as_ref());
        let said = cells(&fields, kpi);
        let cell = |(column, own): (&Column, &Option<usize>)| match &*column.name {
            "kind" => node.map_or(Cell::Empty, |node| Cell::text(node.kind.as_str())),
            "final_target_value" => target.map(|target| target.value).into(),
            "final_target_date" => target.and_then(|target| target.date).into(),
            "owner" => name(node.and_then(|node| node.owner.as_ref())),
            "responsible" => name(responsible),
            _ => own.map_or(Cell::Empty, |at| said[at].clone()),
        };
        columns.iter().zip(&own).map(cell).collect()
    });
    let rows = rows.collect();
    Table {
        name: "kpis".to_owned(),
        columns,
        rows,
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
