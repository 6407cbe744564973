//! A sheet as somebody else laid it out: cells in rows, of which nobody has said which one names the columns.

use super::super::decision::shown;
use super::super::sheet::letters;
use super::super::{Cell, Decision, DecisionKind, Error, Handling, RawRow, csv};
use crate::map::written::{DecimalMark, Notation};

/// One sheet of a workbook, or one CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// As messages name it: `council.xlsx, sheet Benefits`, or the name of the CSV file.
    pub file: String,
    /// The name of the sheet; the name of the file where it has no sheets.
    pub sheet: String,
    /// The rows that hold something, in order, each with its number as a spreadsheet shows it.
    pub rows: Vec<RawRow>,
    /// Cells made one: rows from 1 and columns from 0, the last ones included.
    pub merged: Vec<Merged>,
    /// How its numbers and days are written, as far as somebody has said so.
    pub notation: Notation,
    /// What the make of the file says of its numbers.
    pub own_mark: Option<DecimalMark>,
    /// What had to be decided to read it.
    pub decisions: Vec<Decision>,
}

/// Cells that were made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// The first row, from 1.
    pub top: usize,
    /// The last row.
    pub bottom: usize,
    /// The first column, from 0.
    pub left: usize,
    /// The last column.
    pub right: usize,
}

impl Grid {
    /// The rows of a CSV file, none of which was taken for the one that names the columns. `file` is its name as the user
    /// gave it.
    ///
    /// # Errors
    /// As [`csv::read`].
    pub fn of_csv(file: &str, bytes: &[u8]) -> Result<Self, Error> {
        let mut table = csv::rows_of(file, bytes, separator)?;
        let header = std::mem::take(&mut table.header);
        let mut rows = table.rows;
        if !header.is_empty() {
            let first = RawRow {
                number: table.header_row,
                cells: header.into_iter().map(Cell::text).collect(),
                had: Vec::new(),
            };
            rows.insert(0, first);
        }
        Ok(Self {
            file: file.to_owned(),
            sheet: file.to_owned(),
            rows,
            merged: Vec::new(),
            notation: table.notation,
            own_mark: table.own_mark,
            decisions: table.decisions,
        })
    }

    /// What stands in a cell; nothing where the row or the column has none.
    pub(super) fn cell(row: &RawRow, at: usize) -> &Cell {
        row.cells.get(at).unwrap_or(&Cell::Empty)
    }

    /// Where a cell is, as spreadsheets name it: `B7`.
    pub(super) fn place(at: usize, row: usize) -> String {
        format!("{}{row}", letters(at))
    }

    /// How many columns it has.
    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// The value of cells that are merged downward counts for each of their rows below `heads`; each is told. A group heading
    /// that is merged across most of the table keeps its one cell.
    pub(super) fn fill_down(&mut self, heads: usize) {
        for region in self.merged.clone() {
            if region.top <= heads || region.bottom == region.top {
                continue;
            }
            let at = region.left;
            let value = self.rows.iter().find(|row| row.number == region.top);
            let value = value.map(|row| Self::cell(row, at).clone()).unwrap_or_default();
            if value.is_empty() {
                continue;
            }
            let mut filled = 0;
            for row in &mut self.rows {
                if row.number > region.top && row.number <= region.bottom {
                    if row.cells.len() <= at {
                        row.cells.resize(at + 1, Cell::Empty);
                    }
                    if row.cells[at].is_empty() {
                        row.cells[at] = value.clone();
                        filled += 1;
                    }
                }
            }
            if filled > 0 {
                self.decisions.push(Decision {
                    file: self.file.clone(),
                    row: Some(region.top),
                    column: None,
                    kind: DecisionKind::MergedCells,
                    handling: Handling::Taken,
                    message: format!(
                        "the cells {} to {} are merged: `{}` was taken for each of their rows",
                        Self::place(at, region.top),
                        Self::place(at, region.bottom),
                        shown(&value.to_text())
                    ),
                    help: String::new(),
                });
            }
        }
    }
}

/// The separator that stands most often in the first lines outside quotes: a title above the columns has none.
fn separator(text: &str) -> u8 {
    const LINES: usize = 30;
    let mut counts = [(b'\t', 0), (b';', 0), (b',', 0)];
    let (mut inside, mut lines) = (false, 0);
    for b in text.bytes() {
        match b {
            b'"' => inside = !inside,
            b'\n' if !inside => lines += 1,
            _ if inside => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == b) {
                    *count += 1;
                }
            }
        }
        if lines == LINES {
            break;
        }
    }
    // A comma may be a decimal comma or part of a sentence, so another sign that is there about as often is the separator.
    let [tabs, semicolons, commas] = counts.map(|(_, count)| count);
    match () {
        () if tabs > lines && tabs * 2 > commas.max(semicolons) => b'\t',
        () if semicolons > lines && semicolons * 2 > commas => b';',
        () => b',',
    }
}
