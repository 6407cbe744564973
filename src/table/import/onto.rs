//! Tables brought onto a map that is there: rows matched by id, what has no row told.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::decision::shown;
use super::super::matching::{self, Pair};
use super::super::{Cell, Decision, DecisionKind, Error, Handling, RawRow, RawTable, TABLES, Table, export};
use super::reader::{Log, Sheet};
use super::{Import, import, recognised};
use crate::map::called::short;
use crate::map::written::{DecimalMark, Notation};
use crate::map::{BenefitMap, slug};

/// What becomes of a record of the map that has no row in its table any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It stays as it is.
    Keep,
    /// It is taken out, and what only it has with it.
    Prune,
}

/// The map after the tables were brought onto it, in canonical order.
///
/// A row is matched by its id (a link by its ends, a target by its KPI and day, and so on: see `docs/tables.md`) and
/// says what its record is from now on, in the columns that the table has; an empty cell empties. A row that matches
/// nothing is new, and is given an id where it needs one. A table or a column that is not there changes nothing, and a cell
/// that cannot be read leaves what the map has, which is told. Each
/// record that has no row in a table that is there is told of as a [`DecisionKind::RowMissing`].
///
/// ```
/// use benefit_map::map::BenefitMap;
/// use benefit_map::table::{Missing, csv, onto};
///
/// let map: BenefitMap = serde_json::from_str(
///     r#"{"format": 1, "nodes": [{"id": "n1", "kind": "enabler", "title": "Sensors", "tags": ["pilot"]}]}"#,
/// )?;
/// let nodes = csv::read("nodes.csv", b"id,kind,title\nn1,enabler,Sensors on bins\n,enabler,Masts\n")?;
/// let after = onto(&map, &[nodes], Missing::Keep)?.map;
/// assert_eq!(after.nodes[0].id.as_str(), "masts");
/// assert_eq!(after.nodes[1].title, "Sensors on bins");
/// assert_eq!(after.nodes[1].tags, ["pilot"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`import`], but a table of nodes may be missing.
pub fn onto(map: &BenefitMap, tables: &[RawTable], missing: Missing) -> Result<Import, Error> {
    let tables = &recognised(tables);
    let mut before = map.clone();
    before.canonicalize();
    let mut have: BTreeMap<String, Table> = export(&before).into_iter().map(|t| (t.name.clone(), t)).collect();
    let unsound = match missing {
        Missing::Keep => BTreeSet::new(),
        Missing::Prune => unsound(tables, &onto(map, tables, Missing::Keep)?.decisions),
    };
    let mut merged = Merged {
        missing,
        unsound,
        gone: BTreeSet::new(),
        tables: Vec::new(),
        decisions: Vec::new(),
    };
    // Records come before what hangs from them, so that nothing is told of the targets of a KPI that is gone itself.
    for name in TABLES {
        let given = tables.iter().find(|table| table.name == *name);
        match (given, have.remove(*name)) {
            (Some(given), Some(have)) => merged.merge(name, given, &have),
            (Some(given), None) => merged.tables.push(given.clone()),
            (None, Some(have)) => merged.keep(name, &have),
            (None, None) => {}
        }
    }
    // Whatever else was brought is judged as ever: a second table of one name, a table that no map has.
    let mut used = BTreeSet::new();
    let others = tables
        .iter()
        .filter(|table| !(TABLES.contains(&table.name.as_str()) && used.insert(&table.name)));
    merged.tables.extend(others.cloned());

    let mut after = import(&merged.tables)?;
    let kept = merged.keep_unread(&after.decisions);
    if !kept.is_empty() {
        // Once more, with what the map has in the place of what cannot be read.
        after = import(&merged.tables)?;
    }
    after.map.canonicalize();
    after.decisions.splice(0..0, kept);
    after.decisions.extend(merged.decisions);
    Ok(after)
}

/// The tables of which nothing may be taken out: those in which something was wrong or could not be read, as that may be
/// the very row that seems to be missing; and those whose records such a row may belong to.
fn unsound(tables: &[RawTable], decisions: &[Decision]) -> BTreeSet<&'static str> {
    let is_wrong = |told: &&Decision| {
        told.handling == Handling::Fault
            || is_unread(told)
            || (told.handling == Handling::LeftOut
                && matches!(
                    told.kind,
                    DecisionKind::RaggedRow
                        | DecisionKind::OpenQuote
                        | DecisionKind::UnreadableId
                        | DecisionKind::MissingValue
                        | DecisionKind::MergedCells
                ))
    };
    let files: BTreeSet<&str> = decisions
        .iter()
        .filter(is_wrong)
        .map(|told| told.file.as_str())
        .collect();
    let mut out: BTreeSet<&'static str> = TABLES
        .iter()
        .copied()
        .filter(|name| {
            tables
                .iter()
                .any(|table| table.name == *name && files.contains(table.file.as_str()))
        })
        .collect();
    for (part, whole) in [
        ("costs", "nodes"),
        ("stakeholders", "nodes"),
        ("arrangement", "nodes"),
        ("evidence", "links"),
        ("targets", "kpis"),
        ("trajectory", "kpis"),
        ("benefit_values", "kpis"),
        ("benefit_amounts", "kpis"),
        ("beneficiaries", "kpis"),
        ("differences", "options"),
        ("responses", "risks"),
        ("activities", "plans"),
    ] {
        if out.contains(part) {
            out.insert(whole);
        }
    }
    out
}

/// Whether the decision is that something stands in the cell of which nothing could be made.
fn is_unread(decision: &Decision) -> bool {
    match decision.kind {
        DecisionKind::UnreadableNumber
        | DecisionKind::UnreadableDate
        | DecisionKind::UnreadableWord
        | DecisionKind::FarDay
        | DecisionKind::CellError => true,
        DecisionKind::FormulaValue => decision.handling == Handling::LeftOut,
        _ => false,
    }
}

/// The map's tables with the given ones laid over them.
struct Merged {
    missing: Missing,
    /// The tables of which nothing may be taken out.
    unsound: BTreeSet<&'static str>,
    /// Records that have no row: the words that name them in other tables.
    gone: BTreeSet<Vec<String>>,
    tables: Vec<RawTable>,
    decisions: Vec<Decision>,
}

impl Merged {
    /// Puts back what the map has where a cell was given that cannot be read; tells of each.
    fn keep_unread(&mut self, decisions: &[Decision]) -> Vec<Decision> {
        let mut kept = Vec::new();
        for decision in decisions.iter().filter(|decision| is_unread(decision)) {
            let (Some(number), Some(column)) = (decision.row, &decision.column) else {
                continue;
            };
            let Some(table) = self.tables.iter_mut().find(|table| table.file == decision.file) else {
                continue;
            };
            let place = table.header.iter().position(|name| name == column);
            let row = table.rows.iter_mut().find(|row| row.number == number);
            let (Some(place), Some(row)) = (place, row) else {
                continue;
            };
            let Some(old) = row.had.get(place).filter(|old| !old.is_empty()).cloned() else {
                continue;
            };
            row.cells[place] = old.clone();
            // What was found while the sheet was read is told from here on.
            table.decisions.retain(|told| told != decision);
            let found = decision
                .message
                .rfind(", so ")
                .map_or(decision.message.as_str(), |at| &decision.message[..at]);
            kept.push(Decision {
                handling: Handling::LeftOut,
                message: format!("{found}, so what the map has, `{}`, was kept", shown(&old.to_text())),
                ..decision.clone()
            });
        }
        kept
    }

    /// The table with the map's own ids where they stand in another case or with blanks: `Lower-Cost` for `lower-cost`.
    fn with_known_ids(&mut self, name: &'static str, given: &RawTable, have: &Table) -> RawTable {
        let mut given = given.clone();
        let place = Sheet::of(name, &given, &mut Log::default()).place("id");
        let own = have.columns.iter().position(|column| column.name == "id");
        let (Some(place), Some(own)) = (place, own) else {
            return given;
        };
        let known: BTreeSet<String> = have.rows.iter().map(|row| row[own].to_text().into_owned()).collect();
        let text = |row: &RawRow| {
            row.cells
                .get(place)
                .map(|cell| cell.to_text().into_owned())
                .unwrap_or_default()
        };
        let standing: BTreeSet<String> = given.rows.iter().map(text).collect();
        for row in &mut given.rows {
            let written = text(row);
            let meant = slug(&written)
                .map(|id| short(&id))
                .filter(|id| known.contains(id) && !standing.contains(id));
            let (Some(id), false) = (meant, known.contains(&written)) else {
                continue;
            };
            self.decisions.push(Decision {
                file: given.file.clone(),
                row: Some(row.number),
                column: Some(given.header[place].clone()),
                kind: DecisionKind::NameForId,
                handling: Handling::Taken,
                message: format!("`{}` was taken as `{id}`, which the map has", shown(&written)),
                help: String::new(),
            });
            row.cells[place] = Cell::Text(id);
        }
        given
    }

    /// Lays a given table over that of the map. The columns stand as given, then those that only the map has.
    fn merge(&mut self, name: &'static str, given: &RawTable, have: &Table) {
        let given = &self.with_known_ids(name, given, have);
        // What there is to say of the columns is said when the merged table is read.
        let sheet = Sheet::of(name, given, &mut Log::default());
        let width = given.header.len();
        let mut header = given.header.clone();
        let mut places = Vec::new();
        for column in &have.columns {
            places.push(sheet.place(&column.name).unwrap_or_else(|| {
                header.push(column.name.to_string());
                header.len() - 1
            }));
        }
        let rows: Vec<Given<'_>> = given.rows.iter().map(|row| Given { sheet: &sheet, row }).collect();
        let old: Vec<matching::Exported<'_>> = matching::exported(have);
        let mut kept = Vec::new();
        let mut new = Vec::new();
        for pair in matching::pairs(name, &old, &rows) {
            let raw = match pair {
                Pair::Both(before, after) => {
                    let mut row = given.rows[after].clone();
                    row.cells.resize(width, Cell::Empty);
                    row.cells.resize(header.len(), Cell::Empty);
                    let mut had = vec![Cell::Empty; header.len()];
                    for (at, place) in places.iter().enumerate() {
                        had[*place] = have.rows[before][at].clone();
                        if *place >= width {
                            row.cells[*place] = have.rows[before][at].clone();
                        }
                    }
                    row.had = had;
                    row
                }
                Pair::After(after) => {
                    new.push(given.rows[after].clone());
                    continue;
                }
                Pair::Before(before) => {
                    if self.loses(name, &old[before], &given.file) {
                        continue;
                    }
                    let mut cells = vec![Cell::Empty; header.len()];
                    for (at, place) in places.iter().enumerate() {
                        cells[*place] = have.rows[before][at].clone();
                    }
                    RawRow {
                        number: 0,
                        had: cells.clone(),
                        cells,
                    }
                }
            };
            kept.push(raw);
        }
        if name == "arrangement" {
            // Its order is what it is for, so the rows stand as given.
            kept.sort_by_key(|row| (row.number == 0, row.number));
        }
        kept.extend(new);
        self.tables.push(RawTable {
            header,
            rows: kept,
            ..given.clone()
        });
    }

    /// A table of the map that was not given, without what belongs to records that were taken out.
    fn keep(&mut self, name: &'static str, have: &Table) {
        let old = matching::exported(have);
        let rows = old
            .iter()
            .zip(&have.rows)
            .filter(|(row, _)| self.missing == Missing::Keep || !self.gone.contains(&matching::belongs_to(name, *row)))
            .map(|(_, cells)| RawRow {
                number: 0,
                cells: cells.clone(),
                had: cells.clone(),
            })
            .collect();
        self.tables.push(RawTable {
            file: "the map".to_owned(),
            name: name.to_owned(),
            header: have.columns.iter().map(|column| column.name.to_string()).collect(),
            header_row: 1,
            rows,
            notation: Notation::default(),
            own_mark: Some(DecimalMark::Point),
            decisions: Vec::new(),
        });
    }

    /// Tells of a record without a row; whether it is taken out.
    fn loses(&mut self, name: &'static str, row: &matching::Exported<'_>, file: &str) -> bool {
        let part_of_gone = self.gone.contains(&matching::belongs_to(name, row));
        if self.unsound.contains(name) && !part_of_gone {
            let record = matching::named(name, row);
            self.decisions.push(Decision {
                file: file.to_owned(),
                row: None,
                column: None,
                kind: DecisionKind::RowMissing,
                handling: Handling::Taken,
                message: shown_whole(&format!(
                    "{record} has no row, but was kept, because something in this table or in one that belongs to it \
                     could not be read"
                )),
                help: "Correct it, and import with --prune again.".to_owned(),
            });
            return false;
        }
        self.gone.insert(matching::name_elsewhere(name, row));
        if !part_of_gone {
            let record = matching::named(name, row);
            let (handling, message, help) = match self.missing {
                Missing::Keep => (
                    Handling::Taken,
                    format!("{record} has no row, and was kept as it is in the map"),
                    "Import with --prune to delete what has no row.",
                ),
                Missing::Prune => (
                    Handling::LeftOut,
                    format!("{record} has no row, so it was deleted from the map"),
                    "",
                ),
            };
            self.decisions.push(Decision {
                file: file.to_owned(),
                row: None,
                column: None,
                kind: DecisionKind::RowMissing,
                handling,
                message: shown_whole(&message),
                help: help.to_owned(),
            });
        }
        self.missing == Missing::Prune
    }
}

/// The message on one line, whatever a title in it holds.
fn shown_whole(message: &str) -> String {
    message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A row that was given, through its columns.
struct Given<'g> {
    sheet: &'g Sheet<'g>,
    row: &'g RawRow,
}

impl matching::Row for Given<'_> {
    fn text(&self, column: &str) -> Cow<'_, str> {
        let cell = self.sheet.place(column).and_then(|at| self.row.cells.get(at));
        cell.map_or("".into(), Cell::to_text)
    }
}
