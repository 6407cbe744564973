//! Maps and registers as tables, for people who live in spreadsheets.
//!
//! Out: [`export`] turns a map into [`Table`]s, [`benefit_register`], [`kpi_register`] and [`trajectory`] make the
//! registers, [`csv::write`] turns a table into bytes and `xlsx::write` several into a workbook. In: [`csv::read`] turns
//! bytes into a [`RawTable`] and `xlsx::read` a workbook into several, [`import`] turns raw tables into a map, [`onto`]
//! brings them onto a map that is there, of which [`changes`] tells what that came to, and [`measurements`] reads the table of measured values, which is data beside the map; [`stream::measurements`] does so
//! row by row, for tables of any length.
//!
//! ```text
//!  map ─▶ export ─▶ tables of the map ─┬▶ csv::write, xlsx::workbook
//!         registers, status, findings ─┘
//!  csv::read, xlsx::read ─▶ raw tables ─▶ columns by name ─▶ numbers and days ─▶ ids and names ─▶ map
//!                                         as people write     by the whole         one meaning     └▶ Decisions: each with
//!                                         them                column               or none             its row and column
//! ```
//!
//! ```
//! use benefit_map::table::{csv, import};
//!
//! let nodes = csv::read("nodes.csv", b"Kind;Title;Owner\noutcome;Safer streets;Ada Nwosu\n")?;
//! let import = import(&[nodes])?;
//! assert_eq!(import.map.owners[0].name, "Ada Nwosu");
//! assert!(!import.decisions.is_empty(), "what had to be decided is said, with its place");
//! # Ok::<(), benefit_map::table::Error>(())
//! ```
//!
//! Everything here is a value: what reads folders and writes files is elsewhere. A table knows the file and the rows
//! it came from, so that each [`Decision`] of the import can be found again in the spreadsheet.
//!
//! Absent: judging the map. A link to nothing or two nodes of one id are imported as they stand; `check` finds them.

pub mod appraise;
pub mod audit;
mod benefits;
#[cfg(feature = "xlsx")]
mod bundle;
mod change;
pub mod csv;
mod decision;
mod export;
mod findings;
mod flat;
mod foreign;
mod import;
mod list;
pub mod markdown;
mod matching;
pub mod place;
pub mod place_lists;
mod register;
mod sheet;
mod standing;
pub mod stream;
mod survey;
pub mod what_if;
#[cfg(feature = "xlsx")]
pub mod xlsx;

use rust_decimal::Decimal;

use crate::map::written::{Currency, DecimalMark, Notation};
use crate::map::{Day, Number};

pub use benefits::{benefit_register, benefit_register_sheets, register_within_limits};
#[cfg(feature = "xlsx")]
pub use bundle::bundle;
pub use change::{Change, Changed, changes};
pub use decision::{Decision, DecisionKind, Handling, one_sheet_of};
pub use export::export;
pub use findings::{findings, findings_of};
pub use flat::{Flat, flat, is_plain_list};
pub use foreign::{
    Account, Adopted, BadMapping, ColumnAccount, ColumnMapping, Grid, Lack, Mapping, Merged, NoRegister, Origins, Role,
    Said, SheetAccount, SheetKind, SheetMapping, adopt, lacks, measured_table,
};
pub use foreign::{Differs, Likeness, likeness};
pub use import::{Import, Missing, import, measurements, onto};
pub use register::{kpi_register, measurements_due, trajectory};
pub use sheet::{Column, TABLES, Values, known_columns};
pub use standing::{escalations, realization_plans, status};
pub use survey::{answer_form, answers, answers_table, form_paragraphs, results_table};

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, also an empty one that must be told from nothing.
    Text(String),
    /// An exact number.
    Number(Number),
    /// A day.
    Day(Day),
    /// Yes or no.
    Bool(bool),
    /// A share that the source shows as a percentage: 0.615, shown as 61.5%. Only workbooks have such cells.
    Percent(Number),
    /// An amount that the source shows with the sign of a currency. Only workbooks have such cells.
    Money(Number, Currency),
}

impl Cell {
    /// The cell as it stands in a text file, before any quoting: nothing is the empty text. What is shown as a percentage or
    /// with a currency is so: `61.5%`, `€ 5`.
    pub fn to_text(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => number.to_string().into(),
            Self::Day(day) => day.to_string().into(),
            Self::Bool(true) => "true".into(),
            Self::Bool(false) => "false".into(),
            Self::Percent(share) => format!("{}%", (share.decimal() * Decimal::ONE_HUNDRED).normalize()).into(),
            Self::Money(amount, currency) => format!("{currency} {amount}").into(),
        }
    }

    /// Whether there is nothing in it; a text of nothing is something.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// A text cell; an empty text becomes an empty cell, as the two mean the same in a map.
    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<Option<Number>> for Cell {
    /// The number, or an empty cell.
    fn from(value: Option<Number>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }
}

impl From<Option<Day>> for Cell {
    /// The day, or an empty cell.
    fn from(value: Option<Day>) -> Self {
        value.map_or(Self::Empty, Self::Day)
    }
}

/// A table that is going out: typed cells under named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the file or the sheet is called, without an ending: `nodes`.
    pub name: String,
    /// The columns, in the order in which they are written.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A table that came in: nothing in it has been judged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawTable {
    /// The file or sheet as the user gave it, for messages: `nodes.csv`.
    pub file: String,
    /// Which table it is, in lower case and without an ending: `nodes`. It may be none that a map has.
    pub name: String,
    /// The names of the columns as they stand there; empty where the source is empty.
    pub header: Vec<String>,
    /// The row in which the header stands; 1 nearly always.
    pub header_row: usize,
    /// The rows that are not blank, in order.
    pub rows: Vec<RawRow>,
    /// How its numbers and days are written, as far as somebody has said so.
    pub notation: Notation,
    /// What stands before a fraction where neither somebody nor the column says: a point, as the format has it. `None` in
    /// a file with `;` between its cells, as spreadsheets write it where the comma stands before a fraction.
    pub own_mark: Option<DecimalMark>,
    /// What had to be decided to read it, such as a row that never ends.
    pub decisions: Vec<Decision>,
}

/// One row that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// As a spreadsheet shows it: the header is row 1, and a blank row counts.
    pub number: usize,
    /// The cells as they stand there, without the white space around them; more or fewer than there are columns
    /// where the row is ragged.
    pub cells: Vec<Cell>,
    /// What the map has under each column, where the row is brought onto a record that is there; else empty. A value that
    /// the map has already is not judged again.
    pub had: Vec<Cell>,
}

/// Why a table or a set of tables could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A byte that no UTF-8 text holds there, in a file that is not Windows-1252 either.
    #[error(
        "{file}, line {line}: the byte 0x{byte:02X} after {after} characters is not UTF-8: save the file again as UTF-8"
    )]
    Encoding {
        /// The file as the user gave it.
        file: String,
        /// The line of the text, counted from 1.
        line: usize,
        /// How many characters of that line come before it.
        after: usize,
        /// The byte.
        byte: u8,
    },
    /// The bytes are no text, but something known.
    #[error("{file} is {what}, not a table as text: {help}")]
    NotText {
        /// The file as the user gave it.
        file: String,
        /// What it is.
        what: &'static str,
        /// What to do.
        help: &'static str,
    },
    /// The map is too large for a workbook.
    #[error(transparent)]
    TooMuch(#[from] crate::map::limits::TooMuch),
    /// The bytes are something other than a workbook.
    #[error("{file} is {what}: {help}")]
    NotWorkbook {
        /// The file as the user gave it.
        file: String,
        /// What it is.
        what: &'static str,
        /// What to do.
        help: &'static str,
    },
    /// A workbook of which a part cannot be read.
    #[error(
        "{file} is a damaged workbook ({reason}): open it in a spreadsheet program, let the program repair it, and save it"
    )]
    Damaged {
        /// The file as the user gave it.
        file: String,
        /// What could not be read, as the reader of workbooks says it.
        reason: String,
    },
    /// A workbook larger than anybody makes by hand, and perhaps made to fill the memory.
    #[error("{file} is too large to be read: {how}")]
    TooLarge {
        /// The file as the user gave it.
        file: String,
        /// Which limit it passes.
        how: &'static str,
    },
    /// A text that no cell of a workbook can hold.
    #[error(
        "the text in sheet {sheet}, row {row}, column {column} has {units} UTF-16 units, and a cell of a workbook holds 32767: shorten it, or write CSV"
    )]
    CellTooLong {
        /// The sheet.
        sheet: String,
        /// The row as a spreadsheet would show it.
        row: usize,
        /// The name of the column.
        column: String,
        /// How long it is.
        units: usize,
    },
    /// More rows than a sheet of a workbook has.
    #[error("the table {sheet} has {rows} rows, and a sheet of a workbook holds 1048575: write CSV")]
    TooManyRows {
        /// The sheet.
        sheet: String,
        /// How many there are.
        rows: usize,
    },
    /// Tables that cannot stand in one workbook.
    #[error("the workbook cannot be written: {reason}")]
    NotWritable {
        /// Why, as the writer of workbooks says it.
        reason: String,
    },
    /// A workbook, but none of an appraisal.
    #[error(
        "{file} is a workbook, but not one that `benefit-map appraise -o case.xlsx` wrote: {lacks}. Its sheets, their first rows and the order of \
         their columns have to stay as they were written"
    )]
    NotAppraisal {
        /// The file as the user gave it.
        file: String,
        /// What it lacks.
        lacks: String,
    },
    /// No table of nodes among the tables, so there is no map.
    #[error("the table `nodes` is missing among {}", list_or_nothing(.found))]
    NoNodes {
        /// The files that there are, in the order given.
        found: Vec<String>,
    },
    /// None of the first rows of a table of answers names the columns without which no row says anything.
    #[error(
        "{file} has no columns `question` and `answer`: a row near its top must name the columns, but the first row is `{header}`"
    )]
    NoAnswerColumns {
        /// The file as the user gave it.
        file: String,
        /// Its first row, cut.
        header: String,
    },
    /// The table of nodes names neither ids nor titles, so no row of it says which node it is.
    #[error(
        "{file} has neither a column `id` nor a column `title`: its first row must name the columns, but it is `{header}`"
    )]
    NoNodeColumns {
        /// The file as the user gave it.
        file: String,
        /// Its first row.
        header: String,
    },
}

fn list_or_nothing(found: &[String]) -> String {
    if found.is_empty() {
        "no tables at all".to_owned()
    } else {
        found.join(", ")
    }
}
