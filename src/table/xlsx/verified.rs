//! Where a workbook of an appraisal and a map differ, and how two cells are compared.

use super::book::{Book, place};
use crate::map::{Number, words};

words! {
    /// In what a workbook and a map differ.
    DifferenceKind {
        /// An input, or a row or a column of inputs.
        Input = "input",
        /// A formula was changed or typed over.
        Formula = "formula",
        /// A figure is not what the inputs of the workbook come to.
        Calculation = "calculation",
        /// A result of an option.
        Result = "result",
    }
}

/// A place where a workbook and a map differ.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What sort of difference it is.
    pub kind: DifferenceKind,
    /// The sheet.
    pub sheet: String,
    /// The cell, such as `E2`; empty for a whole row or column that is missing.
    pub cell: String,
    /// What the cell is, in words.
    pub what: String,
    /// What it would be by the map; for a calculation by the inputs of the workbook.
    pub expected: String,
    /// What the workbook has.
    pub found: String,
}

/// What came of comparing a workbook with a map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Verified {
    /// Every difference: inputs first, then formulas, calculations and results.
    pub differences: Vec<Difference>,
    /// How many inputs were compared.
    pub inputs: usize,
    /// How many figures were worked out again.
    pub figures: usize,
}

/// By how much of itself a figure may differ: spreadsheets keep fifteen digits, and sums lose some of them.
const CLOSE: f64 = 1e-9;
/// By how much any figure may differ, far below the last place that a sheet shows.
const NOTHING: f64 = 1e-9;
pub(super) fn is_close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= NOTHING.max(CLOSE * a.abs().max(b.abs()).max(scale * 1e-3))
}

/// A number that was worked out, as people read it.
fn shown(number: f64) -> String {
    let read = format!("{number:.6}").parse::<rust_decimal::Decimal>().ok();
    let read = read.and_then(Number::rounded);
    read.map_or_else(|| number.to_string(), |number| number.grouped())
}

impl Verified {
    pub(super) fn differ(
        &mut self,
        kind: DifferenceKind,
        (sheet, cell): (&str, String),
        what: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) {
        self.differences.push(Difference {
            kind,
            sheet: sheet.to_owned(),
            cell,
            what: what.into(),
            expected: expected.into(),
            found: found.into(),
        });
    }

    /// Compares an input of both.
    pub(super) fn compare(
        &mut self,
        (ours, theirs): (&Book, &Book),
        sheet: &str,
        (our_row, our_column): (u32, u32),
        (row, column): (u32, u32),
        what: String,
    ) {
        self.inputs += 1;
        let was = ours.number(sheet, our_row, our_column).unwrap_or_default();
        let is_same = theirs
            .number(sheet, row, column)
            .is_some_and(|is| is_close(was, is, 0.0));
        if !is_same {
            let (was, is) = (ours.shown(sheet, our_row, our_column), theirs.shown(sheet, row, column));
            let was = if was == "nothing" { "0".to_owned() } else { was };
            self.differ(DifferenceKind::Input, (sheet, place(row, column)), what, was, is);
        }
    }

    /// Compares a figure with what it was worked out to be; `scale` is how large the figures are that it was summed from.
    pub(super) fn calculated(
        &mut self,
        book: &Book,
        (sheet, row, column): (&str, u32, u32),
        what: String,
        (is, scale): (f64, f64),
    ) {
        self.figures += 1;
        let is_same = book
            .number(sheet, row, column)
            .is_some_and(|shown| is_close(is, shown, scale));
        if !is_same {
            let found = book.shown(sheet, row, column);
            self.differ(
                DifferenceKind::Calculation,
                (sheet, place(row, column)),
                what,
                shown(is),
                found,
            );
        }
    }
}
