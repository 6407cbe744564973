//! Which rows of a table are records, and which are headings of groups, totals and notes.

use super::super::import::reads_as_footer;
use super::super::{Cell, DecisionKind, RawRow};
use super::build::{Builder, Place, Told, quoted};
use super::found::{Found, filled};
use super::grid::{Grid, Merged};

/// What a row of a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    /// A record, or more of the one above.
    Record,
    /// The heading of the rows that follow.
    Group(String),
    /// A sum of the rows above, or a note about the table.
    Aside,
}

/// Looks at the rows of a table, in their order.
pub(super) struct Sorter {
    /// How many cells a row mostly has.
    usual: usize,
    merged: Vec<Merged>,
    width: usize,
}

const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sub total",
    "sub-total",
    "subtotal",
    "overall total",
    "sum",
    "programme total",
    "project total",
];

impl Sorter {
    pub(super) fn new(grid: &Grid, found: &Found) -> Self {
        let mut counts: Vec<usize> = found.rows.iter().map(filled).collect();
        counts.sort_unstable();
        Self {
            usual: counts.get(counts.len() / 2).copied().unwrap_or(0),
            merged: grid.merged.clone(),
            width: found.columns.len(),
        }
    }

    /// What a row is; what is left out is told.
    pub(super) fn sort(&self, row: &RawRow, place: Place, builder: &mut Builder<'_>) -> Sort {
        let cells: Vec<(usize, &Cell)> = row
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let Some((first, cell)) = cells.first() else {
            return Sort::Aside;
        };
        let text = cell.to_text().trim().to_owned();
        let lower = text.to_lowercase();
        let bare = lower.trim_end_matches(':').trim();
        let figures = cells[1..].iter().filter(|(_, cell)| is_figure(cell)).count();
        let says_total = TOTALS.contains(&bare)
            || TOTALS.iter().any(|word| {
                bare.strip_prefix(word)
                    .is_some_and(|rest| rest.starts_with(' ') && figures > 0 && figures == cells.len() - 1)
            });
        if says_total && figures + 1 == cells.len() {
            let message = format!(
                "the row begins with {} and holds sums, so it was left out",
                quoted(&text)
            );
            builder.tell(
                place,
                None,
                Told::left_out(
                    DecisionKind::NoteRow,
                    message,
                    "If it is a benefit, give it another title.",
                ),
            );
            return Sort::Aside;
        }
        if reads_as_footer(&text) && cells.len() <= 2 && self.usual > 2 {
            let message = format!("the row says {} and is a note, so it was left out", quoted(&text));
            builder.tell(place, None, Told::left_out(DecisionKind::NoteRow, message, ""));
            return Sort::Aside;
        }
        let across = self.merged.iter().any(|region| {
            region.top == row.number
                && region.left == *first
                && region.right > region.left
                && (region.right - region.left + 1) * 2 > self.width
        });
        let repeated = cells.len() > 1 && self.usual > 2 && cells.iter().all(|(_, cell)| cell.to_text().trim() == text);
        if (cells.len() == 1 && self.usual > 2 && !is_figure(cell)) || across || repeated {
            return Sort::Group(text);
        }
        Sort::Record
    }
}

/// Tells of the heading of a group, which is no record.
pub(super) fn tell_group(text: &str, place: Place, builder: &mut Builder<'_>) {
    let message = format!(
        "the row holds {} and nothing else, so it was taken for the heading of a group and left out",
        quoted(text)
    );
    builder.tell(
        place,
        None,
        Told::left_out(
            DecisionKind::NoteRow,
            message,
            "If it is a record, fill in another cell of the row.",
        ),
    );
}

fn is_figure(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) | Cell::Percent(_) | Cell::Money(..) => true,
        Cell::Text(text) => super::amount::figure_of(text).is_some(),
        _ => false,
    }
}
