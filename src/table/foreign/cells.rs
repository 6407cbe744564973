//! The cells of one table, read by what their columns are.

use std::collections::BTreeMap;

use super::super::{Cell, DecisionKind, RawRow};
use super::amount::{self, Value, figure_of};
use super::build::{Told, quoted};
use super::found::{Column, Found};
use super::grid::Grid;
use super::mapping::Meaning;
use super::role::Role;
use crate::map::written::{Days, DecimalMark, Edge, Settled, Votes, written_day};
use crate::map::{Day, is_blank};

/// A table with what all its cells show of how numbers and days are written.
pub(super) struct Cells<'g> {
    pub(super) found: &'g Found,
    marks: BTreeMap<usize, Settled<DecimalMark>>,
    days: Days,
}

/// A day that a cell says, or why it says none.
pub(super) enum DayIn {
    Nothing,
    Is(Day, Option<Told>),
    Words(Told),
}

impl<'g> Cells<'g> {
    /// Looks over all cells first.
    pub(super) fn new(grid: &Grid, found: &'g Found) -> Self {
        let mut marks = BTreeMap::new();
        let mut whole = Votes::new(grid.notation.decimal);
        let mut by_column = BTreeMap::new();
        let mut noughts = None;
        let mut days = Days::new(&grid.notation);
        for column in &found.columns {
            let mut votes = Votes::new(grid.notation.decimal);
            for row in &found.rows {
                let Cell::Text(text) = Grid::cell(row, column.at) else {
                    continue;
                };
                let place = || format!("row {}", row.number);
                if let Meaning::Is(role) = column.meaning {
                    if role.is_value()
                        && let Some(figure) = figure_of(text)
                    {
                        if text.contains(",000") || text.contains(".000") {
                            noughts = figure.open().map(other).or(noughts);
                        }
                        figure.vote(&mut votes, place);
                    }
                    if is_day(role) {
                        days.see(text, place);
                    }
                }
            }
            whole.join(&votes, "");
            by_column.insert(column.at, votes);
        }
        // What a column leaves open the others show: one sheet is written in one way.
        for (at, votes) in by_column {
            let settled = match votes.settle(None) {
                Settled::Open => whole.settle(grid.own_mark),
                settled => settled,
            };
            // Three noughts are no fraction; and where only the heads say how people write, they are in English.
            let settled = match settled {
                Settled::Open => match noughts.or(grid.own_mark) {
                    Some(mark) => Settled::Assumed(mark),
                    None => Settled::Open,
                },
                settled => settled,
            };
            marks.insert(at, settled);
        }
        Self { found, marks, days }
    }

    /// The cell under the first column of that role.
    pub(super) fn cell<'r>(&self, row: &'r RawRow, role: Role) -> &'r Cell {
        static NOTHING: Cell = Cell::Empty;
        self.found
            .column(role)
            .map_or(&NOTHING, |column| Grid::cell(row, column.at))
    }

    /// What stands there as text, without white space at its ends.
    pub(super) fn text(&self, row: &RawRow, role: Role) -> String {
        self.cell(row, role).to_text().trim().to_owned()
    }

    /// The same; nothing where it is a word for what is still missing.
    pub(super) fn said(&self, row: &RawRow, role: Role) -> String {
        let text = self.text(row, role);
        // A unit may be a sign alone.
        let is_sign = role == Role::Unit && text.contains(['%', '£', '€', '$', '¥', '#', '‰', '°']);
        if is_blank(&text) && !is_sign {
            String::new()
        } else {
            text
        }
    }

    /// A word in a cell that says that something is still missing, told; nothing where there is none.
    pub(super) fn blank(&self, row: &RawRow, column: &Column) -> Option<Told> {
        let Cell::Text(text) = Grid::cell(row, column.at) else {
            return None;
        };
        is_blank(text).then(|| Told {
            help: "Fill it in when it is known.".to_owned(),
            ..Told::taken(
                DecisionKind::BlankWord,
                format!("{} says nothing yet, and was taken as empty", quoted(text)),
            )
        })
    }

    /// The columns of a role.
    pub(super) fn columns(&self, role: Role) -> impl Iterator<Item = &'g Column> {
        self.found
            .columns
            .iter()
            .filter(move |column| column.meaning == Meaning::Is(role))
    }

    /// The value in a column.
    pub(super) fn value(&self, row: &RawRow, column: &Column) -> Value {
        let open = Settled::Open;
        amount::value(Grid::cell(row, column.at), self.marks.get(&column.at).unwrap_or(&open))
    }

    /// The day in the first column of a role, with what is to be told of how it was read.
    pub(super) fn day(&self, row: &RawRow, role: Role, edge: Edge) -> DayIn {
        let cell = self.cell(row, role);
        match cell {
            Cell::Empty => DayIn::Nothing,
            Cell::Day(day) => DayIn::Is(*day, None),
            Cell::Text(text) if is_blank(text) => DayIn::Nothing,
            Cell::Number(number) => {
                let whole = number.to_string();
                // What a spreadsheet counts days by, in a cell that is not shown as a date.
                if whole.len() == 5
                    && let Some(day) = whole.parse::<i32>().ok().and_then(serial)
                {
                    let told = format!("{} was taken as {day}, as spreadsheets count days", quoted(&whole));
                    return DayIn::Is(day, Some(Told::taken(DecisionKind::DateUnderstood, told)));
                }
                self.spelled(&whole, edge)
            }
            other => self.spelled(&other.to_text(), edge),
        }
    }

    /// The day that a text says.
    pub(super) fn spelled(&self, text: &str, edge: Edge) -> DayIn {
        let text = text.trim();
        match self.days.read(text, edge) {
            Ok(read) => {
                let told = (!read.as_written).then(|| {
                    let note = match read.note.as_str() {
                        "" => String::new(),
                        note => format!(", {note}"),
                    };
                    Told::taken(
                        DecisionKind::DateUnderstood,
                        format!("{} was taken as {}{note}", quoted(text), read.value),
                    )
                });
                DayIn::Is(read.value, told)
            }
            Err(refusal) => DayIn::Words(Told::left_out(
                DecisionKind::UnreadableDate,
                format!("{} {}", quoted(text), refusal.why),
                refusal.help,
            )),
        }
    }
}

/// What stands before a fraction where that sign stands between thousands.
fn other(sign: DecimalMark) -> DecimalMark {
    match sign {
        DecimalMark::Point => DecimalMark::Comma,
        DecimalMark::Comma => DecimalMark::Point,
    }
}

/// The day that a head or a row above the heads names.
pub(super) fn day_named(text: &str, edge: Edge) -> Option<Day> {
    let written = written_day(text).ok()?;
    written.read(edge, &Settled::Open, 4).ok().map(|read| read.value)
}

fn is_day(role: Role) -> bool {
    matches!(
        role,
        Role::Start | Role::Due | Role::BaselineDate | Role::TargetDate | Role::ActualDate
    )
}

fn serial(days: i32) -> Option<Day> {
    let date = jiff::civil::Date::constant(1899, 12, 30)
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    (1970..=2170).contains(&date.year()).then(|| date.into())
}
