//! Findings as a table, for spreadsheets.

use super::register::columns;
use super::{Cell, Table, Values};
use crate::check::explain;
use crate::finding::{Outcome, Report, Run, Severity, Whereabouts};
use crate::map::Number;

const FINDINGS: &[(&str, Values)] = &[
    ("severity", Values::Word(Severity::WORDS)),
    ("code", Values::Text),
    ("rule", Values::Text),
    ("subject", Values::Text),
    ("field", Values::Text),
    ("file", Values::Text),
    ("line", Values::Number),
    ("column", Values::Number),
    ("message", Values::Text),
    ("help", Values::Text),
    ("clause", Values::Text),
];

/// Every finding of a report, one a row, in the report's order; `clause` is what the rule comes from. What is not known,
/// such as the place in a map that was made in memory, is an empty cell.
pub fn findings(report: &Report, whereabouts: &dyn Whereabouts) -> Table {
    table(rows(report, whereabouts))
}

/// As [`findings`], of several maps: map after map, each row with its `file`. A map that could not be read has no row.
pub fn findings_of(run: &Run<'_>) -> Table {
    let checked = run.0.iter().filter_map(|map| match map.outcome {
        Outcome::Checked(report, whereabouts) => Some(rows(report, whereabouts)),
        Outcome::Unread(_) => None,
    });
    table(checked.flatten().collect())
}

fn table(rows: Vec<Vec<Cell>>) -> Table {
    Table {
        name: "findings".to_owned(),
        columns: columns(FINDINGS),
        rows,
    }
}

fn rows(report: &Report, whereabouts: &dyn Whereabouts) -> Vec<Vec<Cell>> {
    let number = |count: usize| Cell::from(i32::try_from(count).ok().map(Number::from));
    let rows = report.findings.iter().map(|finding| {
        let place = whereabouts.place(&finding.subject, finding.occurrence, finding.field);
        vec![
            Cell::text(finding.severity.as_str()),
            Cell::text(finding.code),
            Cell::text(finding.rule),
            Cell::text(finding.subject.to_string()),
            finding.field.map_or(Cell::Empty, Cell::text),
            place.as_ref().map_or(Cell::Empty, |place| Cell::text(&*place.file)),
            place.as_ref().map_or(Cell::Empty, |place| number(place.line)),
            place.as_ref().map_or(Cell::Empty, |place| number(place.column)),
            Cell::text(&*finding.message),
            Cell::text(&*finding.help),
            explain(finding.code).map_or(Cell::Empty, |rule| Cell::text(rule.source)),
        ]
    });
    rows.collect()
}
