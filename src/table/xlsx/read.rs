//! A workbook made into raw tables.

use crate::map::called::folded;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};
use zip::ZipArchive;

use super::super::decision::{rows_above, shown};
use super::super::sheet::{HEADER_WITHIN, letters, other_name, recognise, required_columns};
use super::super::{Cell, Decision, DecisionKind, Error, Handling, RawRow, RawTable, Values, known_columns};
use super::charts::CHART_SHEET;
use super::format::{Beside, Formats};
use super::progress::{self, Actuals, PROGRESS_SHEET};
use super::{COVER_SHEET, READ_ME, value};
use crate::map::written::{DecimalMark, Notation};

/// The most that the parts of a workbook may unpack to, in bytes.
const MOST_BYTES: u64 = 256 << 20;
/// The most parts that a workbook may have.
const MOST_PARTS: usize = 10_000;
/// The most cells that a workbook may have, those between and before filled ones included.
pub(super) const MOST_CELLS: usize = 10_000_000;
/// The most text that its cells may hold, in bytes: a string that is stored once may be shown a million times.
pub(super) const MOST_TEXT: usize = 256 << 20;
/// The sheets that are made from the map, and what people call one of their own.
const MADE_HERE: [&str; 4] = [COVER_SHEET, READ_ME, PROGRESS_SHEET, CHART_SHEET];

/// The sheets of a workbook as raw tables, in the workbook's order, each named after its sheet. `file` is the workbook's
/// name as the user gave it; the tables are told of as `map.xlsx, sheet nodes`, with rows as the spreadsheet numbers
/// them. The sheets `Start here`, `Progress` and `Charts` are passed over; of a sheet that is no table of a map only the name is
/// taken, for [`import`](super::super::import()) to tell.
///
/// Formulas count by the value that the spreadsheet last reckoned. Filtered and hidden rows are read like all others.
/// What had to be decided (formulas, errors, merged cells, hidden sheets, rows above the header) is in the tables'
/// decisions.
///
/// # Errors
/// [`Error::NotWorkbook`] where the bytes are something else, [`Error::Damaged`] where a part of it cannot be read,
/// [`Error::TooLarge`] where it unpacks to more than 256 MiB, or has more than 10,000 parts or 10 million cells.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<RawTable>, Error> {
    read_some(file, bytes, Wanted::TablesOfAMap)
}

/// As [`read`], but every sheet is read, whatever it is called: for the tables that other tools keep in a workbook. Of a
/// sheet that is no table of a map the first row that is not blank names the columns.
///
/// # Errors
/// As [`read`].
pub fn read_every_sheet(file: &str, bytes: &[u8]) -> Result<Vec<RawTable>, Error> {
    read_some(file, bytes, Wanted::EverySheet)
}

/// The figures that somebody changed on the sheet `Progress`, or on a copy of it: it is made from the map and the
/// measurements and is not read back, so each is told with the value that was written, the one that stands there now, and
/// where it belongs. Each is a fault, as what was typed is lost. Nothing is told of variance, variance % and status, which
/// follow the rest.
///
/// # Errors
/// As [`read`].
pub fn changed_progress(file: &str, bytes: &[u8]) -> Result<Vec<Decision>, Error> {
    let tables = read_some(file, bytes, Wanted::Progress)?;
    Ok(tables
        .iter()
        .flat_map(|table| progress::changed(table, Actuals::Told))
        .collect())
}

/// What somebody typed on sheets of progress.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedOver {
    /// The actual values, as tables of measurements with the rows of their sheets.
    pub measured: Vec<RawTable>,
    /// What became of each figure: actual values are taken, and all others are faults, as for [`changed_progress`].
    pub decisions: Vec<Decision>,
}

/// The actual values that somebody typed on the sheet `Progress`, or on a copy of it, to be read as measurements; and what else
/// was changed there.
///
/// # Errors
/// As [`read`].
pub fn typed_over(file: &str, bytes: &[u8]) -> Result<TypedOver, Error> {
    let tables = read_some(file, bytes, Wanted::Progress)?;
    Ok(TypedOver {
        measured: tables.iter().filter_map(progress::typed).collect(),
        decisions: tables
            .iter()
            .flat_map(|table| progress::changed(table, Actuals::Read))
            .collect(),
    })
}

/// Which sheets of a workbook are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    TablesOfAMap,
    EverySheet,
    /// Those that are none of a map's, that of progress included.
    Progress,
}

fn read_some(file: &str, bytes: &[u8], wanted: Wanted) -> Result<Vec<RawTable>, Error> {
    look_at_sizes(file, bytes)?;
    guarded(file, || sheets(file, bytes, wanted))
}

/// Every cell of every sheet that is shown as a table, with the name of the sheet, in the workbook's order.
///
/// # Errors
/// As [`read`].
pub(super) fn every_cell(file: &str, bytes: &[u8]) -> Result<Vec<(String, Rows)>, Error> {
    look_at_sizes(file, bytes)?;
    let all = || {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(file, &error))?;
        let mut left = Allowance {
            cells: MOST_CELLS,
            text: MOST_TEXT,
        };
        let sheets = workbook.sheets_metadata().to_vec();
        let sheets = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets
            .map(|sheet| Ok((sheet.name.clone(), cells(&mut workbook, &sheet.name, file, &mut left)?)))
            .collect()
    };
    guarded(file, all)
}

/// The reader is not ours and reads what strangers send; a panic in it is damage in the file, not a fault here.
fn guarded<T>(file: &str, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(Error::Damaged {
            file: file.to_owned(),
            reason: "part of it cannot be understood".to_owned(),
        })
    })
}

/// Unpacks every part into nothing and counts: what an archive says of its sizes need not be true.
pub(super) fn look_at_sizes(file: &str, bytes: &[u8]) -> Result<(), Error> {
    let not = |what, help| {
        Err(Error::NotWorkbook {
            file: file.to_owned(),
            what,
            help,
        })
    };
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return not(
            "an old Excel workbook, or one with a password",
            "open it and save it as `Excel workbook (.xlsx)` without a password",
        );
    }
    if !bytes.starts_with(b"PK") {
        return not(
            "no workbook",
            "give an .xlsx file; for a folder of CSV files use `import tables`",
        );
    }
    let damaged = |error: &dyn std::fmt::Display| Error::Damaged {
        file: file.to_owned(),
        reason: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > MOST_PARTS {
        return Err(too_large(file, "it has more than 10,000 parts"));
    }
    if archive.index_for_name("[Content_Types].xml").is_none() {
        return if archive.index_for_name("mimetype").is_some() {
            not(
                "an OpenDocument file",
                "open it and save it as `Excel workbook (.xlsx)`",
            )
        } else {
            not("an archive, not a workbook", "give an .xlsx file")
        };
    }
    if archive.index_for_name("xl/workbook.bin").is_some() {
        return not(
            "a binary workbook (.xlsb)",
            "open it and save it as `Excel workbook (.xlsx)`",
        );
    }
    let mut left = MOST_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(&error))?;
        let unpacked =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|error| damaged(&error))?;
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| too_large(file, "it unpacks to more than 256 MiB"))?;
    }
    Ok(())
}

fn too_large(file: &str, how: &'static str) -> Error {
    Error::TooLarge {
        file: file.to_owned(),
        how,
    }
}

pub(super) fn damaged(file: &str, error: &XlsxError) -> Error {
    Error::Damaged {
        file: file.to_owned(),
        reason: error.to_string(),
    }
}

/// How much may still be taken out of the workbook.
pub(super) struct Allowance {
    pub(super) cells: usize,
    pub(super) text: usize,
}

fn sheets(file: &str, bytes: &[u8], wanted: Wanted) -> Result<Vec<RawTable>, Error> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(file, &error))?;
    let mut left = Allowance {
        cells: MOST_CELLS,
        text: MOST_TEXT,
    };
    let mut tables = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        let name = folded(&sheet.name);
        let wanted_here = match wanted {
            Wanted::Progress if name == folded(PROGRESS_SHEET) => true,
            Wanted::Progress if !known_columns(&name).is_empty() => false,
            _ => !MADE_HERE.map(folded).contains(&name),
        };
        if sheet.typ != SheetType::WorkSheet || !wanted_here {
            continue;
        }
        let mut table = RawTable {
            file: format!("{file}, sheet {}", shown(&sheet.name)),
            name,
            header: Vec::new(),
            header_row: 1,
            rows: Vec::new(),
            notation: Notation::default(),
            own_mark: Some(DecimalMark::Point),
            decisions: Vec::new(),
        };
        let is_known = wanted != Wanted::TablesOfAMap || !known_columns(&table.name).is_empty();
        let found = cells(&mut workbook, &sheet.name, file, &mut left)?;
        let merged = workbook
            .merge_cells_by_sheet_name(&sheet.name)
            .map_err(|error| damaged(file, &error))?;
        if sheet.visible != SheetVisible::Visible && !found.is_empty() {
            let message = "the sheet is hidden, but was read".to_owned();
            let help = "Delete the sheet if it is not part of the map.";
            table.decide((None, None), DecisionKind::HiddenSheet, Handling::Taken, message, help);
        }
        table.fill(found);
        table.fill_merged(&merged);
        table.tell_merged(&merged);
        if !is_known && recognise(&table.header).is_none() {
            // It may be anything: the name is all that is told of it.
            table.header.clear();
            table.rows.clear();
            table.decisions.clear();
        }
        tables.push(table);
    }
    Ok(tables)
}

/// One cell that is not empty, or that holds a formula.
pub(super) struct Found {
    pub(super) cell: Cell,
    /// The number as the workbook has it, which a cell of a table may round.
    pub(super) number: Option<f64>,
    pub(super) formula: Option<String>,
    /// The error that stands there instead of a value.
    pub(super) error: Option<String>,
}

impl Found {
    fn says_something(&self) -> bool {
        !self.cell.is_empty() || self.error.is_some()
    }
}

/// The rows of a sheet by number from 1, each with its cells by column from 0.
pub(super) type Rows = BTreeMap<u32, BTreeMap<u32, Found>>;

pub(super) fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    file: &str,
    left: &mut Allowance,
) -> Result<Rows, Error> {
    let damaged = |error: XlsxError| damaged(file, &error);
    let beside = beside(workbook, sheet).map_err(damaged)?;
    let mut rows = Rows::new();
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(damaged)?;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = record.pos;
        let mut error = None;
        let number = match &record.value {
            DataRef::Float(number) => Some(*number),
            DataRef::Int(number) => Some(*number as f64),
            _ => None,
        };
        let cell = match record.value {
            DataRef::Empty => Cell::Empty,
            DataRef::SharedString(text) => taken(text, file, left)?,
            DataRef::String(text) => taken(&text, file, left)?,
            DataRef::Float(number) => value::number(number),
            DataRef::Int(number) => value::number(number as f64),
            DataRef::Bool(truth) => Cell::Bool(truth),
            DataRef::DateTime(date) => value::day(date),
            DataRef::DateTimeIso(text) => value::spelled_day(&text),
            DataRef::DurationIso(text) => Cell::Text(text),
            DataRef::Error(kind) => {
                error = Some(kind.to_string());
                Cell::Empty
            }
        };
        let cell = match beside.get(&record.pos) {
            Some(beside) => beside.show(cell),
            None => cell,
        };
        let formula = record.formula.map(|formula| match formula {
            XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
            _ => String::new(),
        });
        let found = Found {
            cell,
            number,
            formula,
            error,
        };
        // Cells that are only coloured are as if they were not there.
        if found.says_something() || found.formula.is_some() {
            // Every cell before it in its row is made too.
            left.cells = left
                .cells
                .checked_sub(column as usize + 1)
                .ok_or_else(|| too_large(file, "it has more than 10 million cells"))?;
            rows.entry(row.saturating_add(1)).or_default().insert(column, found);
        }
    }
    Ok(rows)
}

/// What is shown beside the numbers of a sheet, by row and column from 0, where something is.
fn beside(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<BTreeMap<(u32, u32), Beside>, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let formats = Formats::of(reader.styles());
    let mut out = BTreeMap::new();
    if formats.is_empty() {
        return Ok(out);
    }
    while let Some((row, column, style)) = reader.next_style_id()? {
        if let Some(beside) = formats.get(style)
            && out.len() < MOST_CELLS
        {
            out.insert((row, column), beside.clone());
        }
    }
    Ok(out)
}

/// What a text cell says, counted.
fn taken(text: &str, file: &str, left: &mut Allowance) -> Result<Cell, Error> {
    left.text = left
        .text
        .checked_sub(text.len())
        .ok_or_else(|| too_large(file, "its cells hold more than 256 MiB of text"))?;
    Ok(value::unmarked(text))
}

impl RawTable {
    fn decide(
        &mut self,
        (row, column): (Option<usize>, Option<u32>),
        kind: DecisionKind,
        handling: Handling,
        message: String,
        help: &str,
    ) {
        let named = |at: u32| match self.header.get(at as usize) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => letters(at as usize),
        };
        self.decisions.push(Decision {
            file: self.file.clone(),
            row,
            column: column.map(named),
            kind,
            handling,
            message,
            help: help.to_owned(),
        });
    }

    /// The header and the rows out of the cells of a sheet.
    fn fill(&mut self, mut found: Rows) {
        found.retain(|_, row| row.values().any(Found::says_something));
        let Some(header) = header_row(&self.name, &found) else {
            return;
        };
        self.header_row = header as usize;
        let first = found.keys().next().copied().unwrap_or(header);
        let mut below = found.split_off(&header);
        let names = below.remove(&header).unwrap_or_default();
        let columns = names.keys().chain(below.values().flat_map(BTreeMap::keys)).max();
        let columns = columns.map_or(0, |last| *last as usize + 1);
        self.header = vec![String::new(); columns];
        for (at, name) in &names {
            self.header[*at as usize] = name.cell.to_text().trim().to_owned();
        }
        if first < header {
            self.decisions
                .push(rows_above(&self.file, first as usize, header as usize));
        }
        for (number, cells) in below {
            let number = number as usize;
            let width = cells.keys().last().map_or(0, |last| *last as usize + 1);
            let mut row = vec![Cell::Empty; width];
            for (at, found) in cells {
                self.tell_formula(number, at, &found);
                row[at as usize] = found.cell;
            }
            self.rows.push(RawRow {
                number,
                cells: row,
                had: Vec::new(),
            });
        }
    }

    /// Says what a formula or an error in a cell was taken for.
    pub(super) fn tell_formula(&mut self, row: usize, column: u32, found: &Found) {
        let at = (Some(row), Some(column));
        if let Some(error) = &found.error {
            let message = format!("the cell holds the error `{}`, so it was left out", shown(error));
            let help = "Correct the formula, or write the value.";
            self.decide(at, DecisionKind::CellError, Handling::LeftOut, message, help);
            return;
        }
        let Some(formula) = &found.formula else { return };
        let formula = match formula.as_str() {
            // How LibreOffice writes a plain yes or no.
            "TRUE()" | "FALSE()" => return,
            "" => "the cell holds a formula".to_owned(),
            formula => format!("`={}` is a formula", shown(formula)),
        };
        let (handling, message, help) = match &found.cell {
            Cell::Empty => (
                Handling::LeftOut,
                format!("{formula} and has no value, so it was left out"),
                "Open the workbook, let it calculate, and save it; or write the value.",
            ),
            value => (
                Handling::Taken,
                format!("{formula}, and its last value, {}, was taken", shown(&value.to_text())),
                "The formula itself is not part of the map.",
            ),
        };
        self.decide(at, DecisionKind::FormulaValue, handling, message, help);
    }

    /// Takes what stands in cells that are merged downward as meant for each of their rows. Merged ids are no ids of the rows
    /// below the first, so these are left out.
    fn fill_merged(&mut self, merged: &[Dimensions]) {
        let ids = known_columns(&self.name)
            .iter()
            .find(|column| column.values == Values::Id);
        for region in merged {
            let (top, bottom) = (region.start.0 as usize + 1, region.end.0 as usize + 1);
            let at = region.start.1 as usize;
            if top <= self.header_row || bottom == top || at >= self.header.len() {
                continue;
            }
            let named = |row: usize| format!("{}{row}", letters(at));
            let value = self
                .rows
                .iter()
                .find(|row| row.number == top)
                .and_then(|row| row.cells.get(at))
                .cloned();
            let value = value.filter(|cell| !cell.is_empty());
            let place = (Some(top), Some(region.start.1));
            if ids.is_some_and(|id| folded(&id.name) == folded(&self.header[at])) {
                let before = self.rows.len();
                self.rows.retain(|row| !(top + 1..=bottom).contains(&row.number));
                if self.rows.len() < before {
                    let message = format!(
                        "the ids in {} to {} are merged, so that only the first row has one, and the others were left out",
                        named(top),
                        named(bottom)
                    );
                    let help = "Unmerge the cells, and give each row its own id.";
                    self.decide(place, DecisionKind::MergedCells, Handling::Fault, message, help);
                }
                continue;
            }
            let Some(value) = value else { continue };
            let mut filled = 0;
            for row in self
                .rows
                .iter_mut()
                .filter(|row| (top + 1..=bottom).contains(&row.number))
            {
                if row.cells.len() <= at {
                    row.cells.resize(at + 1, Cell::Empty);
                }
                if row.cells[at].is_empty() {
                    row.cells[at] = value.clone();
                    filled += 1;
                }
            }
            if filled > 0 {
                let message = format!(
                    "the cells {} to {} are merged: `{}` was taken for each of their rows",
                    named(top),
                    named(bottom),
                    shown(&value.to_text())
                );
                self.decide(place, DecisionKind::MergedCells, Handling::Taken, message, "");
            }
        }
    }

    fn tell_merged(&mut self, merged: &[Dimensions]) {
        for region in merged.iter().filter(|region| region.start.1 != region.end.1) {
            let (first, last) = (region.start, region.end);
            let (top, bottom) = (first.0 as usize + 1, last.0 as usize + 1);
            if bottom < self.header_row || first.1 as usize >= self.header.len() {
                continue;
            }
            let cell = |column: u32, row: usize| format!("{}{row}", letters(column as usize));
            let message = format!(
                "the cells {} to {} are merged: the value was taken for the first of them only",
                cell(first.1, top),
                cell(last.1, bottom)
            );
            let at = (Some(top), Some(first.1));
            let help = "Unmerge the cells, and write the value in each cell that needs it.";
            self.decide(at, DecisionKind::MergedCells, Handling::Taken, message, help);
        }
    }
}

/// Whether a row names the columns of measurements, whatever its sheet is called.
fn names_measurements(row: &BTreeMap<u32, Found>) -> bool {
    let names: Vec<String> = row.values().map(|found| folded(&found.cell.to_text())).collect();
    required_columns("measurements").iter().all(|wanted| {
        let is_it = |name: &String| name == wanted || other_name("measurements", name) == Some(*wanted);
        names.iter().any(is_it)
    })
}

/// The row that names the columns: of the first few that are not blank the one with most names that the table knows;
/// the first of several.
fn header_row(table: &str, rows: &Rows) -> Option<u32> {
    let known = known_columns(table);
    let names = |row: &BTreeMap<u32, Found>| {
        let texts = row.values().map(|found| folded(&found.cell.to_text()));
        texts
            .filter(|text| known.iter().any(|column| folded(&column.name) == *text))
            .count()
    };
    let first = rows.iter().take(HEADER_WITHIN);
    if known.is_empty()
        && let Some((number, _)) = first.clone().find(|(_, row)| names_measurements(row))
    {
        return Some(*number);
    }
    let (number, _) = first.rev().max_by_key(|(_, row)| names(row))?;
    Some(*number)
}
