//! Tables as they come in, with named columns, whatever read them.

use super::text::fold;

/// A table of texts under named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The file or sheet as the user gave it, for messages: `elements.csv`.
    pub name: String,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet shows it; the header is row 1.
    pub number: usize,
    /// The cells; fewer than there are columns where the rest is empty.
    pub cells: Vec<String>,
}

impl Sheet {
    /// The place of a column whose folded name is one of these, the first name that there is.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.header.iter().position(|own| fold(own) == *name))
    }

    /// Where a row stands.
    pub(super) fn place(&self, row: &Row) -> String {
        format!("{}, row {}", self.name, row.number)
    }
}

impl Row {
    /// The cell of a column; empty where there is none.
    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }
}
