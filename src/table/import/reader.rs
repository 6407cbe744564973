//! A raw table seen through the columns that it should have, and what its cells say.

mod footer;
mod free;
mod language;
mod lone;
mod long;

use crate::map::called::folded;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use super::super::decision::shown;
use super::super::sheet::{free_head, letters, nearest, other_name, required_columns};
use super::super::{Cell, Decision, DecisionKind, Handling, RawRow, RawTable, Values, known_columns, list};
use crate::map::limits::cut;
use crate::map::written::{Bound, Days, DecimalMark, Edge, Figure, Meant, Purse, Read, Refusal, Settled, Votes};
use crate::map::written::{financial_year, truth, within_whole};
use crate::map::{BadWord, Day, Number, Period, is_blank};

pub(in crate::table) use footer::reads_as_footer;

/// Every decision so far, in the order made, and what of the map bears on how its cells are read.
#[derive(Debug)]
pub(super) struct Log {
    pub(super) decisions: Vec<Decision>,
    /// The time that the map covers.
    pub(super) period: Option<Period>,
    /// What its amounts are in.
    pub(super) purse: Purse,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            decisions: Vec::new(),
            period: None,
            purse: Purse::Any,
        }
    }
}

/// What was decided, without the place.
pub(super) struct What<'w> {
    pub(super) kind: DecisionKind,
    pub(super) handling: Handling,
    pub(super) message: String,
    pub(super) help: &'w str,
}

/// A raw table of a known name, with its columns found.
#[derive(Debug)]
pub(super) struct Sheet<'t> {
    raw: &'t RawTable,
    /// Which table it is read as, whatever it is called.
    table: &'static str,
    columns: Vec<(&'static str, usize)>,
    /// The columns of free fields, by their names.
    free: Vec<(String, usize)>,
    /// How the numbers of each column are written.
    marks: BTreeMap<&'static str, Settled<DecimalMark>>,
    /// How the days of each column are written.
    days: BTreeMap<&'static str, Days>,
    /// The rows that are no records, by their number.
    footers: BTreeSet<usize>,
}

impl<'t> Sheet<'t> {
    /// The table's columns, matched by name whatever the case and the blanks. Unknown and missing columns are told.
    pub(super) fn of(table: &'static str, raw: &'t RawTable, log: &mut Log) -> Self {
        let known = known_columns(table);
        let mut columns: Vec<(&'static str, usize)> = Vec::new();
        let mut free: Vec<(String, usize)> = Vec::new();
        for (at, name) in raw.header.iter().enumerate() {
            if let Some(name) = free_head(table, name).filter(|name| free.iter().all(|(have, _)| have != name)) {
                free.push((name, at));
                continue;
            }
            let filled = raw
                .rows
                .iter()
                .filter(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty()))
                .count();
            let plain = folded(name);
            let mut column = known.iter().find(|column| folded(&column.name) == plain);
            if let (None, Some(meant)) = (column, other_name(table, &plain)) {
                // Only where the table has no column of the right name, before this one or after it.
                if !raw.header.iter().any(|name| folded(name) == meant)
                    && columns.iter().all(|(have, _)| *have != meant)
                {
                    column = known.iter().find(|column| column.name == meant);
                    log.decisions.push(Decision {
                        file: raw.file.clone(),
                        row: Some(raw.header_row),
                        column: Some(name.clone()),
                        kind: DecisionKind::ColumnUnderstood,
                        handling: Handling::Taken,
                        message: format!("`{}` was taken as the column `{meant}`", shown(name)),
                        help: String::new(),
                    });
                }
            }
            let second = column.is_some_and(|column| columns.iter().any(|(have, _)| *have == column.name));
            let (kind, message, help) = match column {
                Some(column) if !second => {
                    columns.push((&*column.name, at));
                    continue;
                }
                Some(column) => (
                    DecisionKind::SecondColumn,
                    format!(
                        "an earlier column is also called `{}`, so this one was left out",
                        column.name
                    ),
                    "Keep one of the two columns.".to_owned(),
                ),
                None if filled == 0 => continue,
                None if name.is_empty() => (
                    DecisionKind::UnknownColumn,
                    format!("the column has no name, so {} left out", cells(filled)),
                    "Name the column in the first row.".to_owned(),
                ),
                None => (
                    DecisionKind::UnknownColumn,
                    format!("`{table}` has no such column, so {} left out", cells(filled)),
                    match nearest(name, known.iter().map(|column| &*column.name)) {
                        Some(near) => format!("Did you mean `{near}`?"),
                        None => format!(
                            "The columns are {}.",
                            known
                                .iter()
                                .map(|column| format!("`{}`", column.name))
                                .collect::<Vec<_>>()
                                .join(", ")
                        ),
                    },
                ),
            };
            log.decisions.push(Decision {
                file: raw.file.clone(),
                row: Some(raw.header_row),
                column: Some(if name.is_empty() { letters(at) } else { name.clone() }),
                kind,
                handling: Handling::LeftOut,
                message,
                help,
            });
        }
        let mut sheet = Self {
            raw,
            table,
            columns,
            free,
            marks: BTreeMap::new(),
            days: BTreeMap::new(),
            footers: BTreeSet::new(),
        };
        sheet.look_over();
        sheet.set_footers_aside(log);
        sheet.tell_of_long_texts(log);
        let missing: Vec<&str> = required_columns(table)
            .iter()
            .copied()
            .filter(|name| !sheet.has(name))
            .collect();
        // An empty table lacks nothing that anybody would miss.
        if !missing.is_empty() && !raw.rows.is_empty() {
            let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
            log.decisions.push(Decision {
                file: raw.file.clone(),
                row: Some(raw.header_row),
                column: None,
                kind: DecisionKind::MissingColumn,
                handling: Handling::Fault,
                message: format!(
                    "the table does not have the column {}, so {} could be read",
                    names.join(" or "),
                    match raw.rows.len() {
                        1 => "not even its one row".to_owned(),
                        rows => format!("none of the {rows} rows"),
                    }
                ),
                help: "Add the column, or give it this name.".to_owned(),
            });
        }
        sheet
    }

    /// Looks at all cells of each column of numbers or days, for what they show of how it is written.
    fn look_over(&mut self) {
        let known = known_columns(self.table);
        for (name, at) in &self.columns {
            let Some(column) = known.iter().find(|column| column.name == *name) else {
                continue;
            };
            let texts = self.raw.rows.iter().filter_map(|row| match row.cells.get(*at) {
                Some(Cell::Text(text)) => Some((row.number, text.as_str())),
                _ => None,
            });
            match column.values {
                Values::Number => {
                    let mut votes = Votes::new(self.raw.notation.decimal);
                    for (number, text) in texts {
                        if let Some(figure) = Figure::new(text) {
                            figure.vote(&mut votes, || format!("row {number}"));
                        }
                    }
                    self.marks.insert(name, votes.settle(self.raw.own_mark));
                }
                Values::Day => {
                    let mut days = Days::new(&self.raw.notation);
                    for (number, text) in texts {
                        days.see(text, || format!("row {number}"));
                    }
                    self.days.insert(name, days);
                }
                _ => {}
            }
        }
    }

    /// Tells a decision about the whole table.
    pub(super) fn say(&self, log: &mut Log, column: Option<&str>, what: What<'_>) {
        log.decisions.push(Decision {
            file: self.raw.file.clone(),
            row: None,
            column: column
                .and_then(|column| self.place(column))
                .map(|at| self.raw.header[at].clone()),
            kind: what.kind,
            handling: what.handling,
            message: what.message,
            help: what.help.to_owned(),
        });
    }

    /// Whether there is a column of that name.
    pub(super) fn has(&self, column: &str) -> bool {
        self.place(column).is_some()
    }

    /// Where the column of that name stands, counted from 0.
    pub(super) fn place(&self, column: &str) -> Option<usize> {
        let known = self.columns.iter().find(|(name, _)| *name == column).map(|(_, at)| *at);
        known.or_else(|| self.free.iter().find(|(name, _)| name == column).map(|(_, at)| *at))
    }

    /// The rows in order; none where a column is missing without which no row can be taken.
    pub(super) fn rows<'s>(&'s self) -> impl Iterator<Item = Row<'s>> {
        let whole = required_columns(self.table).iter().all(|name| self.has(name));
        let rows = if whole { self.raw.rows.as_slice() } else { &[] };
        let records = rows.iter().filter(|row| !self.footers.contains(&row.number));
        records.map(move |row| Row { sheet: self, row })
    }
}

fn cells(count: usize) -> String {
    match count {
        0 => "it was".to_owned(),
        1 => "its one cell was".to_owned(),
        _ => format!("its {count} cells were"),
    }
}

/// One row of a sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'s> {
    sheet: &'s Sheet<'s>,
    row: &'s RawRow,
}

impl<'s> Row<'s> {
    /// The table that it is read as.
    pub(super) fn table(&self) -> &'static str {
        self.sheet.table
    }

    /// Its number as the spreadsheet shows it.
    pub(super) fn number_in_sheet(&self) -> usize {
        self.row.number
    }

    /// The cell under that column; empty where there is none.
    pub(super) fn cell(&self, column: &str) -> &'s Cell {
        let at = self.sheet.columns.iter().find(|(name, _)| *name == column);
        at.and_then(|(_, at)| self.row.cells.get(*at)).unwrap_or(&Cell::Empty)
    }

    /// What stands in the cell, as text; the beginning of it where it is longer than a map may hold.
    pub(super) fn text(&self, column: &str) -> String {
        let mut text = self.cell(column).to_text().into_owned();
        cut(column, &mut text);
        text
    }

    /// What stands in the cell, as [`Self::text`]; nothing where it is a word for what is still missing, which is told.
    pub(super) fn said(&self, column: &str, log: &mut Log) -> String {
        let text = self.text(column);
        if text.is_empty() || !is_blank(&text) || *self.had(column) == *self.cell(column) {
            return text;
        }
        let what = What {
            kind: DecisionKind::BlankWord,
            handling: Handling::Taken,
            message: format!("`{}` is only a placeholder, and was taken as empty", shown(&text)),
            help: "",
        };
        self.say(log, Some(column), what);
        String::new()
    }

    /// The texts of a list in the cell, each as [`Self::text`].
    pub(super) fn list(&self, column: &str) -> Vec<String> {
        let mut texts = list::split(&self.cell(column).to_text());
        for text in &mut texts {
            cut(column, text);
        }
        texts
    }

    /// Tells a decision about the cell under that column, or about the whole row.
    pub(super) fn say(&self, log: &mut Log, column: Option<&str>, what: What<'_>) {
        let at = column.and_then(|column| self.sheet.columns.iter().find(|(name, _)| *name == column));
        log.decisions.push(Decision {
            file: self.sheet.raw.file.clone(),
            row: Some(self.row.number),
            column: at.map(|(_, at)| self.sheet.raw.header[*at].clone()),
            kind: what.kind,
            handling: what.handling,
            message: what.message,
            help: what.help.to_owned(),
        });
    }

    /// What the map has in the place of the cell, where the row is brought onto a record of it.
    fn had(&self, column: &str) -> &Cell {
        let at = self.sheet.place(column);
        at.and_then(|at| self.row.had.get(at)).unwrap_or(&Cell::Empty)
    }

    /// The number in the cell. Where it is unreadable, `lost` (`it`, `the target`) is said to be left out.
    pub(super) fn number(&self, column: &str, meant: Meant<'_>, lost: &str, log: &mut Log) -> Option<Number> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        let shown = cell.to_text();
        let read = figure(cell, &shown).and_then(|figure| {
            let mark = self.sheet.marks.get(column).unwrap_or(&Settled::Open);
            let read = figure.read(meant, mark)?;
            if matches!(meant, Meant::Share) && *self.had(column) != Cell::Number(read.value) {
                within_whole(read.value)?;
            }
            Ok(read)
        });
        self.told(
            column,
            (DecisionKind::NumberUnderstood, DecisionKind::UnreadableNumber),
            &shown,
            (read, lost),
            log,
        )
    }

    /// Whether the cell has a number or a day, or why it has none, which is told.
    fn told<T: std::fmt::Display>(
        &self,
        column: &str,
        (understood, unreadable): (DecisionKind, DecisionKind),
        shown: &str,
        (read, lost): (Result<Read<T>, Refusal>, &str),
        log: &mut Log,
    ) -> Option<T> {
        match read {
            Ok(read) => {
                if !read.as_written {
                    let note = match read.note.as_str() {
                        "" => read.value.to_string(),
                        note => format!("{}, {note}", read.value),
                    };
                    self.understood(column, understood, shown, &note, log);
                }
                Some(read.value)
            }
            Err(refusal) => {
                self.unreadable(column, unreadable, shown, (&refusal.why, lost, &refusal.help), log);
                None
            }
        }
    }

    /// The whole number in the cell, where `make` can take it.
    pub(super) fn whole<T>(
        &self,
        column: &str,
        (meant, help): (&str, &str),
        make: impl Fn(u64) -> Option<T>,
        log: &mut Log,
    ) -> Option<T> {
        let number = self.number(column, Meant::Count, "it", log)?;
        let made = number.to_string().parse().ok().and_then(make);
        if made.is_none() {
            let text = self.cell(column).to_text();
            let why = format!("cannot be read as {}", article(meant));
            self.unreadable(column, DecisionKind::UnreadableNumber, &text, (&why, "it", help), log);
        }
        made
    }

    /// The day in the cell; of a month, a quarter or a year the one at that edge. Where it is unreadable, `lost` is said to
    /// be left out. One that lies far from the map's period is told as a fault.
    pub(super) fn day(&self, column: &str, (edge, bound): (Edge, Bound), lost: &str, log: &mut Log) -> Option<Day> {
        let cell = self.cell(column);
        let shown = cell.to_text();
        let day = match cell {
            Cell::Empty => return None,
            Cell::Day(day) => Some(*day),
            _ => {
                let read = match self.sheet.days.get(column) {
                    Some(days) => days.read(&shown, edge),
                    None => Days::new(&self.sheet.raw.notation).read(&shown, edge),
                };
                let kinds = (DecisionKind::DateUnderstood, DecisionKind::UnreadableDate);
                self.told(column, kinds, &shown, (read, lost), log)
            }
        }?;
        if *self.had(column) != Cell::Day(day)
            && let Some(how) = bound.beyond(day, log.period)
        {
            let what = What {
                kind: DecisionKind::FarDay,
                handling: Handling::Fault,
                message: format!("`{day}` {how}, so it may be a mistake"),
                help: "Correct the date, or the period of the map (table `map`, columns `start` and `end`).",
            };
            self.say(log, Some(column), what);
        }
        Some(day)
    }

    /// The year in the cell as text; a financial year in the one form that sorts.
    pub(super) fn year(&self, column: &str, log: &mut Log) -> String {
        let text = self.text(column);
        match financial_year(&text) {
            Some(year) if year != text && *self.had(column) != *self.cell(column) => {
                self.understood(column, DecisionKind::DateUnderstood, &text, &year, log);
                year
            }
            _ => text,
        }
    }

    /// Whether the cell says yes; an empty one says no.
    pub(super) fn truth(&self, column: &str, log: &mut Log) -> bool {
        let text: Cow<'_, str> = match self.cell(column) {
            Cell::Empty => return false,
            Cell::Bool(truth) => return *truth,
            other => other.to_text(),
        };
        match truth(&text) {
            Some((truth, true)) => truth,
            Some((truth, false)) => {
                self.understood(column, DecisionKind::WordUnderstood, &text, &truth.to_string(), log);
                truth
            }
            None => {
                self.unreadable(
                    column,
                    DecisionKind::UnreadableWord,
                    &text,
                    ("cannot be read as true or false", "it", "Write true or false."),
                    log,
                );
                false
            }
        }
    }

    /// The word in the cell, whatever its case and whatever stands between its parts, or one of the other words that
    /// mean the same. Where it is none, `None`, and it is told.
    pub(super) fn word<T: FromStr<Err = BadWord> + Copy + std::fmt::Display>(
        &self,
        column: &str,
        others: &[(&str, T)],
        log: &mut Log,
    ) -> Option<T> {
        match self.word_or_help(column, others, log) {
            Ok(word) => word,
            Err(help) => {
                let why = format!("cannot be read as one of the words for {column}");
                let text = self.cell(column).to_text();
                self.unreadable(column, DecisionKind::UnreadableWord, &text, (&why, "it", &help), log);
                None
            }
        }
    }

    /// As [`Self::word`], but what to do about a word that is none comes back untold.
    pub(super) fn word_or_help<T: FromStr<Err = BadWord> + Copy + std::fmt::Display>(
        &self,
        column: &str,
        others: &[(&str, T)],
        log: &mut Log,
    ) -> Result<Option<T>, String> {
        // Signs such as `+` fold to nothing, so they are compared as they stand.
        let other = |text: &str, folded: &str| {
            let is_it = |(other, _): &&(&str, T)| *other == folded || *other == text;
            others.iter().find(is_it).map(|(_, word)| *word)
        };
        self.meant_or_help(column, other, log)
    }

    /// The word in the cell, or what `other` makes of its text and its folded text; else what to do, untold.
    pub(super) fn meant_or_help<T: FromStr<Err = BadWord> + Copy + std::fmt::Display>(
        &self,
        column: &str,
        other: impl Fn(&str, &str) -> Option<T>,
        log: &mut Log,
    ) -> Result<Option<T>, String> {
        let text = match self.cell(column) {
            Cell::Empty => return Ok(None),
            other => other.to_text(),
        };
        let plain = folded(&text);
        let error = match plain.replace('_', "-").parse::<T>() {
            Ok(word) => return Ok(Some(word)),
            Err(error) => error,
        };
        match (other(&text, &plain), nearest(&text, error.words.iter().copied())) {
            (Some(word), _) => {
                self.understood(column, DecisionKind::WordUnderstood, &text, &word.to_string(), log);
                Ok(Some(word))
            }
            (None, Some(near)) => Err(format!("Did you mean `{near}`?")),
            (None, None) => Err(format!("Write one of {}.", error.words.join(", "))),
        }
    }

    /// Says that the cell has nothing in it, and what that means, unless it has something (which was told before).
    pub(super) fn missing(&self, column: &str, handling: Handling, message: &str, help: &str, log: &mut Log) {
        if self.cell(column).is_empty() {
            let what = What {
                kind: DecisionKind::MissingValue,
                handling,
                message: message.to_owned(),
                help,
            };
            self.say(log, Some(column), what);
        }
    }

    fn understood(&self, column: &str, kind: DecisionKind, text: &str, meant: &str, log: &mut Log) {
        let what = What {
            kind,
            handling: Handling::Taken,
            message: format!("`{}` was taken as {meant}", shown(text)),
            help: "",
        };
        self.say(log, Some(column), what);
    }

    fn unreadable(
        &self,
        column: &str,
        kind: DecisionKind,
        text: &str,
        (why, lost, help): (&str, &str, &str),
        log: &mut Log,
    ) {
        let what = What {
            kind,
            handling: Handling::LeftOut,
            message: format!("`{}` {why}, so {lost} was left out", shown(text)),
            help,
        };
        self.say(log, Some(column), what);
    }
}

/// The number in a cell that has something, in parts. `shown` is what stands there.
fn figure<'c>(cell: &Cell, shown: &'c str) -> Result<Figure<'c>, Refusal> {
    match cell {
        Cell::Number(number) => Ok(Figure::exact(*number, shown, None)),
        Cell::Percent(share) => Ok(Figure::percent(*share, shown)),
        Cell::Money(amount, currency) => Ok(Figure::exact(*amount, shown, Some(currency.clone()))),
        _ => Figure::new(shown).ok_or_else(Refusal::no_number),
    }
}

fn article(noun: &str) -> String {
    match noun {
        "number" | "date" | "whole number" => format!("a {noun}"),
        _ => noun.to_owned(),
    }
}
