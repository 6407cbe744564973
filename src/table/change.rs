//! What differs between two maps, record by record, in the words of their tables.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::decision::shown;
use super::matching::{self, Pair};
use super::{Cell, Table, export};
use crate::map::BenefitMap;

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Cells of it are others now: the column, what stood there, what stands there.
    Cells(Vec<(Cow<'static, str>, Cell, Cell)>),
}

/// One record that differs. Displayed, it names the record and says what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The table in which it has its row.
    pub table: String,
    /// The record in words: ``node `bin-sensors` ``.
    pub record: String,
    /// What became of it.
    pub changed: Changed,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.changed {
            Changed::Added => write!(f, "{} is new", self.record),
            Changed::Removed => write!(f, "{} is gone", self.record),
            Changed::Cells(cells) => {
                let said = |cell: &Cell| match cell {
                    cell if cell.to_text().is_empty() => "nothing".to_owned(),
                    Cell::Text(text) => format!("`{}`", shown(text)),
                    other => other.to_text().into_owned(),
                };
                let parts: Vec<String> = cells
                    .iter()
                    .map(|(column, old, new)| format!("{column} was {} and is {}", said(old), said(new)))
                    .collect();
                write!(f, "{}: {}", self.record, parts.join("; "))
            }
        }
    }
}

/// What differs between the two maps, table by table in the order of [`TABLES`](super::TABLES), within one in the
/// order of the rows before, then of those that are new. Records are matched as [`onto`](super::onto) matches them.
/// The order of lists that carries no meaning is no difference.
pub fn changes(before: &BenefitMap, after: &BenefitMap) -> Vec<Change> {
    let tables = |map: &BenefitMap| {
        let mut map = map.clone();
        map.canonicalize();
        let tables = export(&map).into_iter().map(|table| (table.name.clone(), table));
        tables.collect::<BTreeMap<String, Table>>()
    };
    let (before, after) = (tables(before), tables(after));
    let mut out = Vec::new();
    for name in super::TABLES {
        let none = Table {
            name: (*name).to_owned(),
            columns: Vec::new(),
            rows: Vec::new(),
        };
        let (old, new) = (before.get(*name).unwrap_or(&none), after.get(*name).unwrap_or(&none));
        let (olds, news) = (matching::exported(old), matching::exported(new));
        for pair in matching::pairs(name, &olds, &news) {
            let (record, changed) = match pair {
                Pair::Before(at) => (matching::named(name, &olds[at]), Changed::Removed),
                Pair::After(at) => (matching::named(name, &news[at]), Changed::Added),
                Pair::Both(was, is) => {
                    let cells = differing((old, was), (new, is));
                    if cells.is_empty() {
                        continue;
                    }
                    (matching::named(name, &news[is]), Changed::Cells(cells))
                }
            };
            out.push(Change {
                table: (*name).to_owned(),
                record,
                changed,
            });
        }
    }
    out
}

/// The cells of two rows that are not the same, in the order of the columns.
fn differing((old, was): (&Table, usize), (new, is): (&Table, usize)) -> Vec<(Cow<'static, str>, Cell, Cell)> {
    let cell = |table: &Table, row: usize, name: &str| {
        let at = table.columns.iter().position(|column| column.name == name);
        at.map_or(Cell::Empty, |at| table.rows[row][at].clone())
    };
    // A free field that nothing has any more has no column.
    let gone = old
        .columns
        .iter()
        .filter(|column| new.columns.iter().all(|other| other.name != column.name));
    new.columns
        .iter()
        .chain(gone)
        .map(|column| {
            (
                column.name.clone(),
                cell(old, was, &column.name),
                cell(new, is, &column.name),
            )
        })
        .filter(|(name, old, new)| old != new && *name != super::sheet::NTH.name)
        .collect()
}
