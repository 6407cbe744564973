//! Tables of measured values of any length, read row by row.
//!
//! In goes a source of bytes, out go its rows into a [`track::Intake`](crate::track::Intake), which judges them; nothing
//! of the file stays in memory. Rows are counted as a spreadsheet shows them. Read is what [`csv`](super::csv) reads:
//! with or without a byte order mark, any line ending, `,`, `;` or a tab between cells, a line `sep=;`, quotes, rows above
//! the names of the columns. [`sheet`] does the same with a table that a workbook had. Absent: opening files, and judging
//! what a number or a date may mean.

use crate::map::called::folded;
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Cursor, Read};

use super::csv::{Quotes, counted, decode, delimiter, encoding_told, own_mark, separator_line, unguard};
use super::decision::{rows_above, shown};
use super::sheet::{HEADER_WITHIN, other_name};
use super::{Cell, Decision, DecisionKind, Handling, RawTable, known_columns};
use crate::map::written::{Encoding, Written, windows_1252};
use crate::track::{Intake, RawMeasurement, RemarkKind};

/// How many decisions of one file are kept word for word; all are counted.
const KEPT: usize = 1000;

/// The longest row that is read, in bytes. A cell of a spreadsheet holds 32,767 characters; a longer row is one whose
/// quotes never close.
const LONGEST_ROW: usize = 1 << 20;

/// Why measurements could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is no table as text at all.
    #[error(transparent)]
    Table(#[from] super::Error),
    /// There is not a byte in it but white space.
    #[error("{file} is empty: it has no column names and no rows; export it again, or leave it out")]
    Empty {
        /// The file as the user gave it.
        file: String,
    },
    /// None of the first rows names the columns without which no row says anything.
    #[error(
        "{file} has no column {}: a row near its top must name the columns, but the first row is `{header}`",
        .missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
    )]
    NoColumns {
        /// The file as the user gave it.
        file: String,
        /// The columns that are missing.
        missing: Vec<&'static str>,
        /// Its first row, cut.
        header: String,
    },
    /// The source failed.
    #[error("{file} could not be read")]
    Read {
        /// The file as the user gave it.
        file: String,
        /// Why.
        source: std::io::Error,
    },
}

/// What had to be decided to cut a file into rows; what its rows say is judged by the intake.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    /// The first thousand decisions, in the order of the rows.
    pub decisions: Vec<Decision>,
    /// How many there were besides.
    pub untold: u64,
    /// How many rows there were below the names of the columns, blank ones left aside.
    pub rows: u64,
}

impl Cut {
    fn tell(&mut self, decision: Decision) {
        if self.decisions.len() < KEPT {
            self.decisions.push(decision);
        } else {
            self.untold += 1;
        }
    }
}

/// Hands every row of a table of measurements to the intake, with the row's number. `file` is the name for messages.
///
/// A row with more cells than there are columns is left out, since its value may have been cut at a comma; what stands
/// after a quote that never closes is left out. The intake counts both. Rows above the names of the columns are passed over,
/// and told. A file of a header alone has nothing to say and is no error.
///
/// # Errors
/// [`Error::Table`] for what is no text, [`Error::Empty`] where there is nothing in it, [`Error::NoColumns`] where the
/// columns `kpi`, `date` and `value` are not all named in one of the first rows, [`Error::Read`] where the source fails;
/// then what came before has been handed over already.
pub fn measurements(file: &str, source: impl Read, intake: &mut Intake<'_>) -> Result<Cut, Error> {
    let failed = |source| Error::Read {
        file: file.to_owned(),
        source,
    };
    let mut source = BufReader::with_capacity(1 << 16, source);
    let first = source.fill_buf().map_err(failed)?;
    // Workbooks, other encodings and lines that end in CR alone are rare and small: they are read whole.
    let plain = !first.starts_with(b"PK\x03\x04")
        && !matches!(first, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0xD0, 0xCF, ..])
        && !first.contains(&0)
        && (first.contains(&b'\n') || !first.contains(&b'\r'));
    if plain {
        Rows::new(file, source).read(intake)
    } else {
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes).map_err(failed)?;
        let (text, encoding) = decode(file, &bytes)?;
        let told = (encoding == Encoding::Windows1252).then(|| encoding_told(file, &text));
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut rows = Rows::new(file, Cursor::new(text));
        rows.cut.decisions.extend(told);
        rows.read(intake)
    }
}

/// Hands every row of a table that a workbook had to the intake.
///
/// # Errors
/// [`Error::NoColumns`] where the columns `kpi`, `date` and `value` are not all named.
pub fn sheet(table: &RawTable, intake: &mut Intake<'_>) -> Result<Cut, Error> {
    let columns = Columns::of(&table.header).map_err(|missing| Error::NoColumns {
        file: table.file.clone(),
        missing,
        header: shown(&table.header.join(", ")),
    })?;
    let mut cut = Cut {
        decisions: table.decisions.clone(),
        rows: table.rows.len() as u64,
        ..Cut::default()
    };
    tell_columns((&table.file, table.header_row), &table.header, &columns, &mut cut);
    intake.file(&table.file, table.own_mark);
    for row in &table.rows {
        let cell = |at: usize| row.cells.get(at).unwrap_or(&Cell::Empty);
        let number = u32::try_from(row.number).unwrap_or(u32::MAX);
        let said = |at: Option<usize>| at.map_or(Cow::Borrowed(""), |at| cell(at).to_text());
        intake.said(&said(columns.source), &said(columns.note));
        intake.written(
            number,
            &cell(columns.kpi).to_text(),
            written(cell(columns.date)),
            written(cell(columns.value)),
        );
    }
    Ok(cut)
}

/// What a cell of a workbook holds, as the intake takes it.
fn written(cell: &Cell) -> Written<'_> {
    match cell {
        Cell::Empty => Written::Nothing,
        Cell::Text(text) => Written::text(text),
        Cell::Number(number) => Written::Number(*number),
        Cell::Percent(share) => Written::Percent(*share),
        Cell::Money(amount, currency) => Written::Money(*amount, currency),
        Cell::Day(day) => Written::Day(*day),
        Cell::Bool(true) => Written::Text("true"),
        Cell::Bool(false) => Written::Text("false"),
    }
}

/// Where the three cells of a measurement stand.
struct Columns {
    kpi: usize,
    date: usize,
    value: usize,
    /// What only a seal holds; where the file has no such column, nothing stands in it.
    source: Option<usize>,
    note: Option<usize>,
    count: usize,
}

impl Columns {
    /// The columns among these names, or which of the three are missing.
    fn of(names: &[String]) -> Result<Self, Vec<&'static str>> {
        let find = |wanted: &'static str| {
            let meant = |name: &String| other_name("measurements", &folded(name)) == Some(wanted);
            let at = names.iter().position(|name| own(name) == Some(wanted));
            at.or_else(|| names.iter().position(meant)).ok_or(wanted)
        };
        match (find("kpi"), find("date"), find("value")) {
            (Ok(kpi), Ok(date), Ok(value)) => Ok(Self {
                kpi,
                date,
                value,
                source: find("source").ok(),
                note: find("note").ok(),
                count: names.len(),
            }),
            (kpi, date, value) => Err([kpi, date, value].into_iter().filter_map(Result::err).collect()),
        }
    }
}

/// The column of measurements that has that name.
fn own(name: &str) -> Option<&'static str> {
    let known = known_columns("measurements");
    known
        .iter()
        .find(|column| folded(&column.name) == folded(name))
        .map(|column| column.name.as_ref())
}

/// Tells of columns that are not read.
fn tell_columns((file, row): (&str, usize), names: &[String], columns: &Columns, cut: &mut Cut) {
    for (at, name) in names.iter().enumerate() {
        let read = [columns.kpi, columns.date, columns.value].contains(&at);
        let first = names.iter().position(|other| folded(other) == folded(name)) == Some(at);
        if read || name.is_empty() || (own(name).is_some() && first) {
            continue;
        }
        let (kind, message) = if first {
            (
                DecisionKind::UnknownColumn,
                "measurements have no such column, so it was not read",
            )
        } else {
            (
                DecisionKind::SecondColumn,
                "an earlier column has the same name, so this one was not read",
            )
        };
        cut.tell(Decision {
            file: file.to_owned(),
            row: Some(row),
            column: Some(name.clone()),
            kind,
            handling: Handling::LeftOut,
            message: message.to_owned(),
            help: String::new(),
        });
    }
}

/// A file on its way through.
struct Rows<'f, R> {
    file: &'f str,
    source: R,
    /// The bytes of the row, without the end of its last line.
    line: Vec<u8>,
    /// The number of the row as a spreadsheet shows it.
    number: u32,
    delimiter: u8,
    /// Whether a cell was met that is no UTF-8.
    foreign: bool,
    cut: Cut,
}

impl<'f, R: BufRead> Rows<'f, R> {
    fn new(file: &'f str, source: R) -> Self {
        Self {
            file,
            source,
            line: Vec::new(),
            number: 0,
            delimiter: b',',
            foreign: false,
            cut: Cut::default(),
        }
    }

    fn read(mut self, intake: &mut Intake<'_>) -> Result<Cut, Error> {
        let columns = self.header()?;
        intake.file(self.file, own_mark(self.delimiter));
        while self.next(Some(intake))? {
            self.cut.rows += 1;
            self.row(&columns, intake);
        }
        Ok(self.cut)
    }

    /// Reads the next row that is not blank; whether there was one.
    fn next(&mut self, intake: Option<&mut Intake<'_>>) -> Result<bool, Error> {
        loop {
            self.line.clear();
            if !self.more()? {
                return Ok(false);
            }
            self.number = self.number.saturating_add(1);
            if self.line.contains(&b'"') && !self.close_quotes()? {
                if let Some(intake) = intake {
                    intake.uncut(
                        self.number,
                        RemarkKind::OpenQuote,
                        "a cell begins with a quote that is never closed; this row and the rest of the file were left out",
                        "Close the quote, or remove it.",
                    );
                }
                return Ok(false);
            }
            if !self.line.is_empty() {
                return Ok(true);
            }
        }
    }

    /// Appends a line of the source, without its end; whether there was one.
    fn more(&mut self) -> Result<bool, Error> {
        let read = self
            .source
            .read_until(b'\n', &mut self.line)
            .map_err(|source| Error::Read {
                file: self.file.to_owned(),
                source,
            })?;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
            if self.line.last() == Some(&b'\r') {
                self.line.pop();
            }
        }
        Ok(read > 0)
    }

    /// Appends lines until the quotes of the row close; whether they do.
    fn close_quotes(&mut self) -> Result<bool, Error> {
        let mut quotes = Quotes::default();
        let mut seen = 0;
        loop {
            quotes.read(&self.line[seen..], self.delimiter);
            if !quotes.are_open() {
                return Ok(true);
            }
            self.line.push(b'\n');
            quotes.read(b"\n", self.delimiter);
            seen = self.line.len();
            if seen > LONGEST_ROW || !self.more()? {
                return Ok(false);
            }
        }
    }

    /// Finds the row that names the columns, within the first few, and passes over those above it.
    fn header(&mut self) -> Result<Columns, Error> {
        let mut first: Option<(usize, Error)> = None;
        let mut said = None;
        for above in 0..HEADER_WITHIN {
            if !self.next(None)? {
                break;
            }
            if let Some(rest) = self.line.strip_prefix(b"\xEF\xBB\xBF") {
                self.line = rest.to_vec();
            }
            let line = String::from_utf8_lossy(&self.line).into_owned();
            if above == 0
                && let (_, Some(sign), _) = separator_line(&line)
            {
                said = Some(sign);
                continue;
            }
            self.delimiter = said.unwrap_or_else(|| delimiter(&line));
            let names: Vec<String> = self.cells().iter().map(|cell| text(cell).trim().to_owned()).collect();
            match Columns::of(&names) {
                Ok(columns) => {
                    let number = self.number as usize;
                    if let Some((first, _)) = first {
                        self.cut.tell(rows_above(self.file, first, number));
                    }
                    tell_columns((self.file, number), &names, &columns, &mut self.cut);
                    return Ok(columns);
                }
                Err(missing) => {
                    first.get_or_insert_with(|| {
                        let error = Error::NoColumns {
                            file: self.file.to_owned(),
                            missing,
                            header: shown(&String::from_utf8_lossy(&self.line)),
                        };
                        (self.number as usize, error)
                    });
                }
            }
        }
        Err(first.map_or_else(
            || Error::Empty {
                file: self.file.to_owned(),
            },
            |(_, error)| error,
        ))
    }

    /// The cells of the row that was read.
    fn cells(&self) -> Vec<Cow<'_, [u8]>> {
        if !self.line.contains(&b'"') {
            return self.line.split(|b| *b == self.delimiter).map(Cow::Borrowed).collect();
        }
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.line.as_slice());
        let mut record = ::csv::ByteRecord::new();
        // From memory, with quotes that close: it cannot fail.
        let _ = reader.read_byte_record(&mut record);
        record.iter().map(|cell| Cow::Owned(cell.to_vec())).collect()
    }

    /// Hands the row over.
    fn row(&mut self, columns: &Columns, intake: &mut Intake<'_>) {
        let mut found: [&[u8]; 5] = [b""; 5];
        let wanted = [
            Some(columns.kpi),
            Some(columns.date),
            Some(columns.value),
            columns.source,
            columns.note,
        ];
        let cells;
        let (mut count, mut filled) = (0, 0);
        let mut place = |at: usize, cell| {
            for (slot, column) in wanted.into_iter().enumerate() {
                if Some(at) == column {
                    found[slot] = cell;
                }
            }
            if at >= columns.count && !cell.trim_ascii().is_empty() {
                filled += 1;
            }
            count = at + 1;
        };
        if self.line.contains(&b'"') {
            cells = self.cells();
            cells.iter().enumerate().for_each(|(at, cell)| place(at, cell));
        } else {
            // The usual row, without a copy of anything.
            let split = self.line.split(|b| *b == self.delimiter);
            split.enumerate().for_each(|(at, cell)| place(at, cell));
        }
        if filled > 0 {
            let message = format!(
                "the row has {} under {}, and was left out: its value may have been cut in two",
                counted(count, "cell"),
                counted(columns.count, "column")
            );
            let help = "Put quotes round a cell that contains the separator, or name the column.";
            intake.uncut(self.number, RemarkKind::RaggedRow, &message, help);
            return;
        }
        let stranger = match self.foreign {
            true => None,
            false => found.iter().find(|cell| std::str::from_utf8(cell).is_err()),
        };
        let stranger = stranger.map(|cell| text(cell).into_owned());
        let [kpi, date, value, source, note] = found.map(text);
        intake.said(&source, &note);
        let row = RawMeasurement {
            kpi: &kpi,
            date: &date,
            value: &value,
        };
        intake.row(self.number, row);
        if let Some(sample) = stranger {
            self.foreign = true;
            self.cut.tell(encoding_told(self.file, &sample));
        }
    }
}

/// What a cell says. What is no UTF-8 is Windows-1252, as far as it can be.
fn text(cell: &[u8]) -> Cow<'_, str> {
    let decoded = match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => windows_1252(cell).map_or_else(|| String::from_utf8_lossy(cell), Cow::Owned),
    };
    match decoded {
        Cow::Borrowed(cell) if !cell.starts_with('\'') => Cow::Borrowed(cell),
        cell => match unguard(&cell) {
            Cell::Text(text) => Cow::Owned(text),
            _ => Cow::Borrowed(""),
        },
    }
}

#[cfg(test)]
mod tests;
