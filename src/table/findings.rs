//! Findings as a table, for spreadsheets.

use super::register::columns;
use super::{Cell, Table, Values};
use crate::check::explain;
use crate::finding::{Report, Severity, Whereabouts};
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
    Table {
        name: "findings".to_owned(),
        columns: columns(FINDINGS),
        rows: rows.collect(),
    }
}
