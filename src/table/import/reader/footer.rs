//! Rows that are no records: totals, sums, notes and sources under a list, known by their shape and not by a word alone.

use super::super::super::decision::shown;
use super::super::super::{Cell, Decision, DecisionKind, Handling, RawRow};
use super::{Log, Sheet, figure};
use crate::map::is_id;
use crate::map::written::{Figure, Meant, Purse, Settled};

/// What heads a row of sums when nothing else stands in its cell.
const TOTALS: [&str; 14] = [
    "total",
    "totals",
    "grand total",
    "sub total",
    "sub-total",
    "subtotal",
    "subtotals",
    "overall total",
    "sum",
    "sum total",
    "gesamt",
    "summe",
    "zwischensumme",
    "total général",
];

/// What heads a note, with a colon behind it.
const NOTES: [&str; 12] = [
    "note",
    "notes",
    "nb",
    "n.b.",
    "source",
    "sources",
    "key",
    "disclaimer",
    "caveat",
    "caveats",
    "footnote",
    "footnotes",
];

/// How a line about the sheet itself begins.
const ABOUT: [&str; 8] = [
    "prepared by",
    "produced by",
    "last updated",
    "printed on",
    "printed:",
    "generated on",
    "version:",
    "date:",
];

/// What a total may be of, and still be a total: words that are no change in anything.
const OF_A_TOTAL: [&str; 34] = [
    "amount",
    "amounts",
    "benefit",
    "benefits",
    "budget",
    "by",
    "capital",
    "cost",
    "costs",
    "expenditure",
    "for",
    "funding",
    "gbp",
    "eur",
    "usd",
    "gross",
    "in",
    "investment",
    "investments",
    "kpis",
    "links",
    "net",
    "nodes",
    "of",
    "outcomes",
    "outputs",
    "owners",
    "per",
    "programme",
    "project",
    "revenue",
    "spend",
    "the",
    "year",
];

impl Sheet<'_> {
    /// Leaves out rows that stand under a list and are none of its records, and tells each.
    pub(super) fn set_footers_aside(&mut self, log: &mut Log) {
        let raw = self.raw;
        let mut last = 0;
        for (at, row) in raw.rows.iter().enumerate() {
            let Some((text, what)) = self.footer(row, &raw.rows[last..at]) else {
                continue;
            };
            last = at + 1;
            self.footers.insert(row.number);
            log.decisions.push(Decision {
                file: raw.file.clone(),
                row: Some(row.number),
                column: None,
                kind: DecisionKind::NoteRow,
                handling: Handling::LeftOut,
                message: format!("the row begins with `{}` and {what}, so it was left out", shown(text)),
                help: match self.has("kind") {
                    true => "If it is a box, give it an id and a kind.".to_owned(),
                    false => "If it is a record, give it an id and a name that is not a heading.".to_owned(),
                },
            });
        }
    }

    /// The text that heads a row that is no record, and what speaks for that. `above` are the rows that it may be a sum of.
    fn footer<'r>(&self, row: &'r RawRow, above: &[RawRow]) -> Option<(&'r str, &'static str)> {
        // What the map itself has is a record, whatever it is called; and so is what has a kind.
        let cell = |column: &str| {
            self.place(column)
                .and_then(|at| row.cells.get(at))
                .unwrap_or(&Cell::Empty)
        };
        if row.number == 0 || row.had.iter().any(|cell| !cell.is_empty()) || !cell("kind").is_empty() {
            return None;
        }
        let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let (first, Cell::Text(text)) = filled.next()? else {
            return None;
        };
        let rest: Vec<(usize, &Cell)> = filled.collect();
        let words = plain(text);
        if is_page(&words) {
            return Some((text, "counts pages"));
        }
        // A title beside an id of its own is a box, whatever it says.
        let is_id_and_title =
            self.place("id") == Some(first) && is_id(text) && rest.iter().any(|(_, cell)| !is_figure(cell));
        if is_id_and_title {
            return None;
        }
        let heads_a_note = heads_a_note(&words);
        // One text alone in a table of nodes is looked at with the other rows of its kind.
        if rest.is_empty() && self.table == "nodes" {
            return None;
        }
        if heads_a_note && (rest.is_empty() || self.has("kind") || words.contains(':')) {
            return Some((text, "has the shape of a note"));
        }
        if !rest.iter().all(|(_, cell)| is_figure(cell)) || (rest.is_empty() && !self.has_full_rows()) {
            return None;
        }
        let is_total = total_of(&words)?.split(' ').all(is_of_figures);
        if is_total {
            return Some((text, "has only figures next to it"));
        }
        let is_sum = rest.iter().any(|(at, _)| self.is_sum(*at, row, above));
        is_sum.then_some((text, "has the totals of the rows above it"))
    }

    /// Whether the number in the row is the sum of those above it, of which there are two at least.
    fn is_sum(&self, at: usize, row: &RawRow, above: &[RawRow]) -> bool {
        let name = self
            .columns
            .iter()
            .find(|(_, place)| *place == at)
            .map(|(name, _)| *name);
        let number = |row: &RawRow| {
            let cell = row.cells.get(at).filter(|cell| !cell.is_empty())?;
            let shown = cell.to_text();
            let mark = name.and_then(|name| self.marks.get(name)).unwrap_or(&Settled::Open);
            let read = figure(cell, &shown)
                .and_then(|figure| figure.read(Meant::Money(&Purse::Any), mark))
                .ok()?;
            Some(read.value.decimal())
        };
        let parts: Vec<_> = above.iter().filter_map(number).collect();
        parts.len() > 1 && number(row).is_some_and(|sum| sum == parts.into_iter().sum())
    }
}

/// Whether a text that stands alone in its row is plainly a total or a note.
pub(in crate::table) fn reads_as_footer(text: &str) -> bool {
    let words = plain(text);
    is_page(&words) || heads_a_note(&words) || total_of(&words).is_some_and(|of| of.split(' ').all(is_of_figures))
}

fn heads_a_note(words: &str) -> bool {
    let is_note = |word: &&str| words.strip_prefix(*word).is_some_and(|after| after.starts_with(':'));
    NOTES.iter().any(is_note) || ABOUT.iter().any(|word| words.starts_with(word))
}

/// What a total is said to be of; the empty text where it says nothing more.
fn total_of(words: &str) -> Option<&str> {
    let bare = words.split(['(', ':']).next().unwrap_or_default().trim();
    let after = |word: &&str| {
        let rest = bare.strip_prefix(*word)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start())
    };
    TOTALS.iter().filter_map(after).min_by_key(|of| of.len())
}

fn is_of_figures(word: &str) -> bool {
    word.is_empty() || OF_A_TOTAL.contains(&word) || word.chars().any(|c| c.is_ascii_digit())
}

/// In lower case, with single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// `page 1 of 3`, `page 1/3`.
fn is_page(words: &str) -> bool {
    words.strip_prefix("page ").is_some_and(|rest| {
        let numbers: Vec<&str> = rest
            .split(" of ")
            .flat_map(|part| part.split('/'))
            .map(str::trim)
            .collect();
        numbers.len() <= 2
            && numbers
                .iter()
                .all(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
    })
}

/// A number, with a word or two behind it that say of what: `2 benefits`; or the sign for none.
fn is_figure(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) | Cell::Percent(_) | Cell::Money(..) => true,
        Cell::Text(text) => {
            let text = text.trim();
            let words: Vec<&str> = text.split_whitespace().collect();
            let begins = words.first().is_some_and(|word| {
                word.chars().any(|c| c.is_ascii_digit()) && Figure::new(word.trim_end_matches(':')).is_some()
            });
            Figure::new(text).is_some() || (begins && words.len() <= 3) || matches!(text, "-" | "–" | "—")
        }
        Cell::Empty | Cell::Day(_) | Cell::Bool(_) => false,
    }
}
