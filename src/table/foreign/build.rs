//! The tables of a map on their way, with where every row comes from.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::decision::shown;
use super::super::{Cell, Decision, DecisionKind, Handling, RawRow, RawTable, known_columns};
use crate::map::called::{folded, fresh_id, plain};
use crate::map::written::{DecimalMark, Notation};
use crate::map::{BenefitMap, NodeKind};

/// A cell of a sheet, for what is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Which of the tables that were found.
    pub(super) table: usize,
    /// The row as the spreadsheet shows it.
    pub(super) row: usize,
}

/// What was decided of a cell or a row.
pub(super) struct Told {
    pub(super) kind: DecisionKind,
    pub(super) handling: Handling,
    pub(super) message: String,
    pub(super) help: String,
}

impl Told {
    /// Something that is on the map, read as the message says.
    pub(super) fn taken(kind: DecisionKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            handling: Handling::Taken,
            message: message.into(),
            help: String::new(),
        }
    }

    /// Something that is not where its column belongs.
    pub(super) fn left_out(kind: DecisionKind, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            kind,
            handling: Handling::LeftOut,
            message: message.into(),
            help: help.into(),
        }
    }

    /// Something that contradicts itself.
    pub(super) fn fault(kind: DecisionKind, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            handling: Handling::Fault,
            ..Self::left_out(kind, message, help)
        }
    }
}

/// One row of a table of the map.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) place: Place,
    pub(super) cells: BTreeMap<Cow<'static, str>, Cell>,
}

impl Record {
    /// Sets a cell; nothing where there is nothing to set.
    pub(super) fn set(&mut self, column: impl Into<Cow<'static, str>>, cell: Cell) {
        if !cell.is_empty() {
            self.cells.insert(column.into(), cell);
        }
    }

    /// The text of a cell.
    pub(super) fn text(&self, column: &str) -> Cow<'_, str> {
        self.cells.get(column).map(Cell::to_text).unwrap_or_default()
    }
}

/// A box that the sheets name.
#[derive(Debug, Clone)]
pub(super) struct Boxed {
    pub(super) id: String,
    /// Its place among the rows of `nodes`; none where the map has it already.
    pub(super) at: Option<usize>,
    pub(super) title: String,
}

/// The tables as far as they have been made.
#[derive(Debug)]
pub(super) struct Builder<'k> {
    pub(super) known: Option<&'k BenefitMap>,
    /// What messages call each table that was found, and the head of each of its columns by where it goes.
    labels: Vec<(String, BTreeMap<String, String>)>,
    records: BTreeMap<&'static str, Vec<Record>>,
    boxes: Vec<Boxed>,
    by_title: BTreeMap<String, usize>,
    by_code: BTreeMap<String, usize>,
    links: BTreeMap<(String, String), usize>,
    given: BTreeSet<String>,
    pub(super) decisions: Vec<Decision>,
}

impl<'k> Builder<'k> {
    pub(super) fn new(known: Option<&'k BenefitMap>) -> Self {
        let mut builder = Self {
            known,
            labels: Vec::new(),
            records: BTreeMap::new(),
            boxes: Vec::new(),
            by_title: BTreeMap::new(),
            by_code: BTreeMap::new(),
            links: BTreeMap::new(),
            given: BTreeSet::new(),
            decisions: Vec::new(),
        };
        for node in known.iter().flat_map(|map| &map.nodes) {
            builder.remember(Boxed {
                id: node.id.to_string(),
                at: None,
                title: node.title.clone(),
            });
        }
        if let Some(map) = known {
            let ids = map.owners.iter().map(|owner| owner.id.to_string());
            builder.given.extend(ids);
            builder.given.extend(map.kpis.iter().map(|kpi| kpi.id.to_string()));
            builder.given.extend(map.risks.iter().map(|risk| risk.id.to_string()));
            builder
                .given
                .extend(map.partners.iter().map(|partner| partner.id.to_string()));
            let activities = map.plans.iter().flat_map(|plan| &plan.activities);
            builder.given.extend(activities.map(|activity| activity.id.to_string()));
        }
        builder
    }

    /// Begins with another table: what messages call it, and the heads of its columns by `table.column` of the map.
    pub(super) fn begin(&mut self, label: &str, heads: BTreeMap<String, String>) -> usize {
        self.labels.push((label.to_owned(), heads));
        self.labels.len() - 1
    }

    /// Says what was decided; `column` is the head of the column.
    pub(super) fn tell(&mut self, place: Place, column: Option<&str>, told: Told) {
        self.decisions.push(Decision {
            file: self.labels[place.table].0.clone(),
            row: (place.row > 0).then_some(place.row),
            column: column.filter(|head| !head.is_empty()).map(str::to_owned),
            kind: told.kind,
            handling: told.handling,
            message: told.message,
            help: told.help,
        });
    }

    fn remember(&mut self, boxed: Boxed) -> usize {
        let at = self.boxes.len();
        self.given.insert(boxed.id.clone());
        self.by_code.entry(folded(&boxed.id)).or_insert(at);
        if !boxed.title.is_empty() {
            self.by_title.entry(plain(&boxed.title)).or_insert(at);
            if let Some(code) = code_of(&boxed.title) {
                self.by_code.entry(folded(code)).or_insert(at);
            }
        }
        self.boxes.push(boxed);
        at
    }

    /// The box with that title, or that code.
    pub(super) fn called(&self, text: &str) -> Option<usize> {
        let by_title = self.by_title.get(&plain(text)).copied();
        by_title.or_else(|| self.coded(text))
    }

    /// The box with that code: its id as somebody wrote it, or what its title begins with.
    pub(super) fn coded(&self, text: &str) -> Option<usize> {
        self.by_code.get(&folded(text)).copied()
    }

    pub(super) fn boxed(&self, at: usize) -> &Boxed {
        &self.boxes[at]
    }

    /// A new box. `code` is its reference as it stands in the sheet.
    pub(super) fn node(&mut self, place: Place, kind: NodeKind, title: &str, code: &str) -> usize {
        let id = self.id(if code.is_empty() { title } else { code }, "box");
        let mut record = Record {
            place,
            cells: BTreeMap::new(),
        };
        record.set("id", Cell::text(id.clone()));
        record.set("kind", Cell::text(kind.to_string()));
        record.set("title", Cell::text(title));
        let rows = self.records.entry("nodes").or_default();
        rows.push(record);
        let at = Some(rows.len() - 1);
        let boxed = self.remember(Boxed {
            id,
            at,
            title: title.to_owned(),
        });
        if !code.is_empty() {
            self.by_code.entry(folded(code)).or_insert(boxed);
        }
        boxed
    }

    /// The record of a box; none where the map has it already.
    pub(super) fn record_of(&mut self, boxed: usize) -> Option<&mut Record> {
        let at = self.boxes[boxed].at?;
        self.records.get_mut("nodes").map(|rows| &mut rows[at])
    }

    /// A box that the map has, brought onto it: its row changes what it has in the columns of the sheet.
    pub(super) fn again(&mut self, boxed: usize, place: Place, kind: NodeKind) {
        if self.boxes[boxed].at.is_some() {
            return;
        }
        let id = self.boxes[boxed].id.clone();
        let node = self
            .known
            .and_then(|map| map.nodes.iter().find(|node| node.id.as_str() == id));
        let mut record = Record {
            place,
            cells: BTreeMap::new(),
        };
        record.set("id", Cell::text(id));
        record.set("kind", Cell::text(node.map_or(kind, |node| node.kind).to_string()));
        record.set("title", Cell::text(self.boxes[boxed].title.clone()));
        let rows = self.records.entry("nodes").or_default();
        rows.push(record);
        self.boxes[boxed].at = Some(rows.len() - 1);
    }

    /// The link between two boxes, made where there is none.
    pub(super) fn link(&mut self, place: Place, from: usize, to: usize) -> Option<&mut Record> {
        if from == to {
            return None;
        }
        let (from, to) = (self.boxes[from].id.clone(), self.boxes[to].id.clone());
        let key = (from.clone(), to.clone());
        let rows = self.records.entry("links").or_default();
        let at = *self.links.entry(key).or_insert_with(|| {
            let mut record = Record {
                place,
                cells: BTreeMap::new(),
            };
            record.set("from", Cell::text(from));
            record.set("to", Cell::text(to));
            rows.push(record);
            rows.len() - 1
        });
        rows.get_mut(at)
    }

    /// The boxes from which links lead to one, by their ids.
    pub(super) fn leads_to(&self, boxed: usize) -> Vec<(String, String)> {
        let id = &self.boxes[boxed].id;
        self.links.keys().filter(|(_, to)| to == id).cloned().collect()
    }

    /// The links that lead from a box.
    pub(super) fn leads_from(&self, boxed: usize) -> Vec<(String, String)> {
        let id = &self.boxes[boxed].id;
        self.links.keys().filter(|(from, _)| from == id).cloned().collect()
    }

    /// Adds an assumption to a link that is there.
    pub(super) fn assume(&mut self, ends: &(String, String), text: &str) {
        let Some(at) = self.links.get(ends).copied() else {
            return;
        };
        let Some(record) = self.records.get_mut("links").and_then(|rows| rows.get_mut(at)) else {
            return;
        };
        let mut all = super::super::list::split(&record.text("assumptions"));
        if !all.iter().any(|one| one == text) {
            all.push(text.to_owned());
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            record.set("assumptions", Cell::text(super::super::list::join(&all)));
        }
    }

    /// A row of a table.
    pub(super) fn add(&mut self, table: &'static str, place: Place) -> &mut Record {
        let rows = self.records.entry(table).or_default();
        rows.push(Record {
            place,
            cells: BTreeMap::new(),
        });
        let at = rows.len() - 1;
        &mut rows[at]
    }

    /// The last row of a table.
    pub(super) fn last(&mut self, table: &str) -> Option<&mut Record> {
        self.records.get_mut(table).and_then(|rows| rows.last_mut())
    }

    /// Sets a cell of a row.
    pub(super) fn set_in(&mut self, table: &str, at: usize, column: &'static str, cell: Cell) {
        if let Some(record) = self.records.get_mut(table).and_then(|rows| rows.get_mut(at)) {
            record.set(column, cell);
        }
    }

    /// The rows of a table as far as they have been made.
    pub(super) fn rows(&self, table: &str) -> &[Record] {
        self.records.get(table).map_or(&[], Vec::as_slice)
    }

    /// An id that nothing has, made from a text.
    pub(super) fn id(&mut self, text: &str, otherwise: &str) -> String {
        fresh_id(&mut self.given, text, otherwise)
    }

    /// Gives an id that is known to be free, or is that of a record of the map which is brought again.
    pub(super) fn give(&mut self, id: &str) {
        self.given.insert(id.to_owned());
    }

    /// The tables, with what tells each of their rows from another.
    pub(super) fn finish(self, file: &str) -> (Vec<RawTable>, Origins, Vec<Decision>) {
        let mut origins = Origins {
            file: file.to_owned(),
            labels: self.labels,
            places: Vec::new(),
        };
        let mut tables = Vec::new();
        for (name, records) in self.records {
            let mut header: Vec<Cow<'static, str>> = Vec::new();
            for column in known_columns(name) {
                if records.iter().any(|record| record.cells.contains_key(&column.name)) {
                    header.push(column.name.clone());
                }
            }
            let free: BTreeSet<&Cow<'static, str>> = records
                .iter()
                .flat_map(|record| record.cells.keys())
                .filter(|name| name.starts_with("x-"))
                .collect();
            header.extend(free.into_iter().cloned());
            let rows = records.iter().map(|record| {
                origins.places.push((name, record.place));
                RawRow {
                    number: origins.places.len(),
                    cells: header
                        .iter()
                        .map(|column| record.cells.get(column).cloned().unwrap_or_default())
                        .collect(),
                    had: Vec::new(),
                }
            });
            let rows = rows.collect();
            tables.push(RawTable {
                file: file.to_owned(),
                name: name.to_owned(),
                header: header.into_iter().map(Cow::into_owned).collect(),
                header_row: 0,
                rows,
                notation: Notation::default(),
                own_mark: Some(DecimalMark::Point),
                decisions: Vec::new(),
            });
        }
        (tables, origins, self.decisions)
    }
}

/// Where the rows of the tables come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    file: String,
    labels: Vec<(String, BTreeMap<String, String>)>,
    places: Vec<(&'static str, Place)>,
}

impl Origins {
    /// Where the row of that number comes from.
    pub(super) fn place(&self, number: usize) -> Option<Place> {
        self.places.get(number.wrapping_sub(1)).map(|(_, place)| *place)
    }

    /// The decisions of an import of the tables, told of the cells that the rows come from.
    pub fn retold(&self, decisions: Vec<Decision>) -> Vec<Decision> {
        let told = decisions.into_iter().map(|mut decision| {
            if decision.file != self.file {
                return decision;
            }
            let place = decision.row.and_then(|row| self.places.get(row.wrapping_sub(1)));
            if let Some((table, place)) = place {
                let (label, heads) = &self.labels[place.table];
                decision.file.clone_from(label);
                decision.row = Some(place.row);
                decision.column = decision
                    .column
                    .and_then(|column| heads.get(&format!("{table}.{column}")).cloned());
            } else {
                decision.row = None;
                decision.column = None;
            }
            decision
        });
        told.collect()
    }
}

/// The code that a title begins with, as `P01` of `P01 Sensors`.
pub(super) fn code_of(title: &str) -> Option<&str> {
    let word = title.split([' ', ':']).next()?.trim_end_matches(['.', ')', '-']);
    let letters = word.chars().take_while(char::is_ascii_alphabetic).count();
    let digits = word[letters..].trim_start_matches(['-', '.', '_']);
    let is_code = (1..=5).contains(&letters)
        && !digits.is_empty()
        && digits.len() <= 5
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && word.len() < title.len();
    is_code.then_some(word)
}

/// The parts of a cell that names several things: with `;`, a bar or a line break between them, or with commas where every
/// part begins with a code.
pub(super) fn several(text: &str) -> Vec<String> {
    let clean = |part: &str| {
        part.trim()
            .trim_start_matches(['•', '·', '*', '‣', '▪'])
            .trim_start_matches("- ")
            .trim()
            .to_owned()
    };
    let parts: Vec<String> = text
        .split([';', '\n', '|'])
        .map(clean)
        .filter(|part| !part.is_empty())
        .collect();
    if let [one] = parts.as_slice()
        && one.contains(',')
    {
        let by_comma: Vec<String> = one.split(',').map(clean).filter(|part| !part.is_empty()).collect();
        let is_coded = |part: &String| code_of(&format!("{part} ")).is_some();
        if by_comma.iter().all(is_coded) {
            return by_comma;
        }
    }
    parts
}

/// What `text` is called in a message.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", shown(text))
}
