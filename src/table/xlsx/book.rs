//! The sheets of a workbook of an appraisal, as they are to be compared.

use std::collections::{BTreeMap, HashMap};

use crate::table::sheet::letters;
use crate::table::{Cell, Error};

use super::appraisal::INPUT_HEADS;
use super::read::{Found, Rows, every_cell};

/// The first row of data in every sheet.
pub(super) const FIRST: u32 = 2;

/// The sheets, in the order of the workbook.
const SHEETS: [&str; 7] = [
    "Results",
    "Years",
    "Present values",
    "Flows",
    "Options",
    "Inputs",
    "Rates",
];

/// The sheets of a workbook by name.
pub(super) struct Book {
    file: String,
    sheets: HashMap<String, Rows>,
}

impl Book {
    pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Self, Error> {
        let book = Self {
            file: file.to_owned(),
            sheets: every_cell(file, bytes)?.into_iter().collect(),
        };
        if let Some(lacks) = SHEETS.iter().find(|name| !book.sheets.contains_key(**name)) {
            return Err(book.is_not(format!("it has no sheet `{lacks}`")));
        }
        for (column, head) in (0u32..).zip(INPUT_HEADS) {
            if book.text("Inputs", 1, column) != head {
                let cell = place(1, column);
                return Err(book.is_not(format!("cell {cell} of its sheet `Inputs` does not say `{head}`")));
            }
        }
        Ok(book)
    }

    pub(super) fn is_not(&self, lacks: String) -> Error {
        Error::NotAppraisal {
            file: self.file.clone(),
            lacks,
        }
    }

    pub(super) fn rows(&self, sheet: &str) -> Option<&Rows> {
        self.sheets.get(sheet)
    }

    pub(super) fn at(&self, sheet: &str, row: u32, column: u32) -> Option<&Found> {
        self.rows(sheet)?.get(&row)?.get(&column)
    }

    pub(super) fn text(&self, sheet: &str, row: u32, column: u32) -> String {
        self.at(sheet, row, column)
            .map(|found| found.cell.to_text().trim().to_owned())
            .unwrap_or_default()
    }

    /// A number as a spreadsheet works with it: an empty cell is 0. `None` where something else is there.
    pub(super) fn number(&self, sheet: &str, row: u32, column: u32) -> Option<f64> {
        match self.at(sheet, row, column) {
            None => Some(0.0),
            Some(found) if found.error.is_some() => None,
            Some(found) => match &found.cell {
                Cell::Empty => Some(0.0),
                _ => found.number,
            },
        }
    }

    /// What a cell shows.
    pub(super) fn shown(&self, sheet: &str, row: u32, column: u32) -> String {
        match self.at(sheet, row, column) {
            None => "nothing".to_owned(),
            Some(Found { error: Some(error), .. }) => format!("the error {error}"),
            Some(found) => match &found.cell {
                Cell::Empty => "nothing".to_owned(),
                Cell::Number(number) => number.grouped(),
                cell => format!("the text `{}`", cell.to_text()),
            },
        }
    }

    /// The columns after those named, by what their first row says.
    pub(super) fn columns(&self, sheet: &str, from: u32) -> Vec<(String, u32)> {
        let head = self.rows(sheet).and_then(|rows| rows.get(&1));
        let named = head.into_iter().flatten().filter(|(column, _)| **column >= from);
        named
            .map(|(column, found)| (found.cell.to_text().trim().to_owned(), *column))
            .filter(|(name, _)| !name.is_empty())
            .collect()
    }

    /// The rows of `Inputs`, with how they are known: record, words, and which of several of the same.
    pub(super) fn lines(&self) -> BTreeMap<u32, (String, String, usize)> {
        let mut seen: HashMap<(String, String), usize> = HashMap::new();
        let rows = self.rows("Inputs").into_iter().flat_map(|rows| rows.keys().copied());
        let mut out = BTreeMap::new();
        for row in rows.filter(|row| *row >= FIRST) {
            let (record, what) = (self.text("Inputs", row, 0), self.text("Inputs", row, 1));
            if record.is_empty() {
                continue;
            }
            let nth = seen.entry((record.clone(), what.clone())).or_default();
            out.insert(row, (record, what, *nth));
            *nth += 1;
        }
        out
    }
}

/// A cell by its letters and its number.
pub(super) fn place(row: u32, column: u32) -> String {
    format!("{}{row}", letters(column as usize))
}
