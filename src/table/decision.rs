//! What an import had to decide, and where.

use std::fmt;

use crate::map::words;

words! {
    /// What became of the thing that a decision is about, the gravest first.
    Handling {
        /// The tables contradict themselves, or do not say what a row belongs to: somebody must mend them.
        Fault = "fault",
        /// A cell, a column or a row is not in the map, as it could not be read or says nothing.
        LeftOut = "left-out",
        /// It is in the map, read as the message says.
        Taken = "taken",
    }
}

words! {
    /// The sorts of decision, so that a thousand of one sort can be told as one.
    DecisionKind {
        /// A table that no map has.
        UnknownTable = "unknown-table",
        /// A table of another name that has the columns of a map's table.
        TableUnderstood = "table-understood",
        /// A row of headings, totals or notes among the records.
        NoteRow = "note-row",
        /// A second table of one name.
        SecondTable = "second-table",
        /// A column that the table does not have.
        UnknownColumn = "unknown-column",
        /// A second column of one name.
        SecondColumn = "second-column",
        /// Another name for a column of the table.
        ColumnUnderstood = "column-understood",
        /// A column without which no row of the table can be taken.
        MissingColumn = "missing-column",
        /// A file that is not in UTF-8.
        Encoding = "encoding",
        /// A row with more or fewer cells than there are columns.
        RaggedRow = "ragged-row",
        /// A quoted cell that never ends.
        OpenQuote = "open-quote",
        /// A formula in a workbook, which counts by its value.
        FormulaValue = "formula-value",
        /// A cell of a workbook that holds an error, such as `#REF!`.
        CellError = "cell-error",
        /// Several cells of a workbook made one.
        MergedCells = "merged-cells",
        /// A sheet of a workbook that is not shown.
        HiddenSheet = "hidden-sheet",
        /// Rows of a workbook above the one that names the columns.
        RowsAboveHeader = "rows-above-header",
        /// A figure that was changed on a sheet which is made from the map and is not read back.
        ChangedFigure = "changed-figure",
        /// A record of the map that has no row in its table any more.
        RowMissing = "row-missing",
        /// A row of `map` after the first.
        SecondMapRow = "second-map-row",
        /// An empty cell in which the map must have something.
        MissingValue = "missing-value",
        /// A row that belongs to a record that is not there.
        NoSuchRecord = "no-such-record",
        /// A text where a number is meant.
        UnreadableNumber = "unreadable-number",
        /// A text where a date is meant.
        UnreadableDate = "unreadable-date",
        /// A word that is none of a closed list.
        UnreadableWord = "unreadable-word",
        /// A text from which no id can be made.
        UnreadableId = "unreadable-id",
        /// A text that is longer than a map may hold.
        TextTooLong = "text-too-long",
        /// A cell that says what another cell or table says better.
        Superseded = "superseded",
        /// A word that says that something is still missing, such as `TBC`.
        BlankWord = "blank-word",
        /// An id that stands in two rows of a table.
        DuplicateId = "duplicate-id",
        /// A name in the place of an id, for which a record was made.
        NameMadeRecord = "name-made-record",
        /// A name or a title in the place of the id of a record that is there.
        NameForId = "name-for-id",
        /// An id that was none, and was made one.
        IdMended = "id-mended",
        /// A row without an id, which was given one.
        IdMade = "id-made",
        /// A number in an unusual writing that can mean only one thing.
        NumberUnderstood = "number-understood",
        /// A date in an unusual writing that can mean only one thing.
        DateUnderstood = "date-understood",
        /// A day that lies far from the time that the map covers.
        FarDay = "far-day",
        /// Amounts with the sign of a currency, in a map that names none.
        CurrencyUnnamed = "currency-unnamed",
        /// Another word for one of a closed list.
        WordUnderstood = "word-understood",
    }
}

/// One thing that an import decided. Displayed, it begins with the place: `nodes.csv, row 7, column due: …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The file or sheet as the user gave it.
    pub file: String,
    /// The row as a spreadsheet shows it (the header is row 1); `None` where it is about the whole table.
    pub row: Option<usize>,
    /// The name of the column as it stands in the header; `None` where it is about the whole row.
    pub column: Option<String>,
    /// What sort of decision it is.
    pub kind: DecisionKind,
    /// What became of the thing.
    pub handling: Handling,
    /// What was decided: one phrase in lower case without a full stop, what stands in the cell in backticks.
    pub message: String,
    /// What to do about it: one sentence; empty where nothing need be done.
    pub help: String,
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// What to say of the rows from the first that holds something to the one before the row that names the columns.
pub(super) fn rows_above(file: &str, first: usize, header: usize) -> Decision {
    let rows = match header - first {
        1 => "a row above the column names was".to_owned(),
        count => format!("{count} rows above the column names were"),
    };
    Decision {
        file: file.to_owned(),
        row: Some(first),
        column: None,
        kind: DecisionKind::RowsAboveHeader,
        handling: Handling::LeftOut,
        message: format!("{rows} left out: row {header} names them"),
        help: String::new(),
    }
}

/// A text from a cell, short enough to stand in a message: control characters shown as blanks, cut at 60 characters.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == MOST {
            out.push('…');
            break;
        }
        // A backtick would end the quotation, and a direction mark would turn the rest of the line round.
        let plain = match c {
            '`' => '\'',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        };
        out.push(plain);
    }
    out
}

/// What is told where only one sheet of several was read: the one with the most rows.
pub fn one_sheet_of(file: &str, many: usize) -> Decision {
    Decision {
        file: file.to_owned(),
        row: None,
        column: None,
        kind: DecisionKind::UnknownTable,
        handling: Handling::LeftOut,
        message: format!("this is the longest of {many} sheets; the others were left out"),
        help: "To take another one, copy its cells and paste them.".to_owned(),
    }
}
