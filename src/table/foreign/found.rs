//! A table that was found on a sheet, and its columns.

use super::super::RawRow;
use super::super::sheet::letters;
use super::mapping::{ColumnMapping, Meaning, SheetMapping, free_name};
use super::role::{Role, SheetKind};

/// How it was found out what a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The mapping says it.
    Mapped,
    /// Its head is known.
    Known,
    /// The words of its head speak for it.
    Words,
    /// Its values speak for it.
    Values,
    /// Its values are on the map.
    Map,
    /// It says something that a map has no field for.
    Unplaced,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// From 0.
    pub(super) at: usize,
    pub(super) head: String,
    pub(super) meaning: Meaning,
    pub(super) date: Option<String>,
    pub(super) unit: String,
    pub(super) how: How,
}

/// One table of a sheet.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Which of the grids.
    pub(super) grid: usize,
    pub(super) kind: SheetKind,
    /// The rows that name the columns; none where the columns have no names.
    pub(super) heads: Vec<usize>,
    pub(super) columns: Vec<Column>,
    /// The rows of the table, those that name the columns left out.
    pub(super) rows: Vec<RawRow>,
    /// The texts above the heads.
    pub(super) above: Vec<(usize, String)>,
    /// Rows that repeat the heads.
    pub(super) repeated: Vec<usize>,
}

impl Found {
    /// The column of that role; the first of several.
    pub(super) fn column(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|column| column.meaning == Meaning::Is(role))
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }

    /// What it is, for a mapping.
    pub(super) fn mapping(&self, sheet: &str) -> SheetMapping {
        let columns = self.columns.iter();
        SheetMapping {
            sheet: sheet.to_owned(),
            kind: self.kind,
            heads: self.heads.clone(),
            columns: columns
                .map(|column| {
                    ColumnMapping::new(
                        column.at,
                        &column.head,
                        &column.meaning,
                        column.date.as_deref(),
                        &column.unit,
                    )
                })
                .collect(),
        }
    }
}

/// How many cells of a row hold something.
pub(super) fn filled(row: &RawRow) -> usize {
    row.cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// What becomes of a column that a map has no field for.
pub(super) fn unplaced(head: &str, at: usize) -> Meaning {
    let name = free_name(head).or_else(|| free_name(&format!("column-{}", letters(at))));
    name.map_or(Meaning::LeftOut, Meaning::Free)
}
