//! Rows that are no records: one text, and nothing beside it.

use super::{Row, Sheet};
use crate::map::is_id;

impl Sheet<'_> {
    /// Whether most rows have more than one cell, so that one with a single text is something else.
    pub(super) fn has_full_rows(&self) -> bool {
        let full = self
            .raw
            .rows
            .iter()
            .filter(|row| row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1);
        full.count() * 2 > self.raw.rows.len()
    }
}

impl Row<'_> {
    /// The one text of a row that holds nothing else, where it is no id and most rows hold more: a heading, a total or a
    /// note among the records.
    pub(in crate::table::import) fn lone_text(&self) -> Option<String> {
        let mut filled = self.row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let (at, cell) = filled.next().filter(|_| filled.next().is_none())?;
        if self.row.number == 0 || !self.sheet.has_full_rows() {
            return None;
        }
        let text = cell.to_text().into_owned();
        let is_id = self.sheet.place("id") == Some(at) && is_id(&text);
        (!is_id).then_some(text)
    }
}
