//! Tables as CSV (RFC 4180), UTF-8.
//!
//! Written: a comma between cells, quotes only where they are needed, a line feed at the end of each row and no byte
//! order mark. RFC 4180 ends lines with CR LF; every spreadsheet reads either, and a bare line feed keeps the tables
//! readable in a diff and the same bytes under every version control.
//!
//! Read: with or without a byte order mark, UTF-8, Windows-1252 (which is told) or (with its mark) UTF-16, any line ending, `,`, `;` or a tab between
//! cells as the header shows, line breaks inside quotes, and a first line `sep=;` as some spreadsheets write it.
//!
//! # Text that a spreadsheet would run
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula. Such a
//! text is written with an apostrophe before it, and read without it. The same mark keeps white space at either end,
//! which is otherwise trimmed on reading. A text that already looks like one so marked (apostrophes, and then
//! something that would need the mark) gets one more, so every text comes back as it was; any other text that begins
//! with an apostrophe, such as `'smart' bins`, is left alone both ways. Numbers are numbers: `-5` in a number cell
//! carries no mark.
//!
//! # Characters that are not seen
//! A control other than white space, and a character that turns the direction of text, is written by its number as
//! workbooks do, `_x001B_`, and read back ([`crate::escape::cell`]).

use crate::map::called::folded;
use std::borrow::Cow;

use crate::escape::cell::{coded, decoded};

use super::decision::{rows_above, shown};
use super::sheet::HEADER_WITHIN;
use super::{Cell, Decision, DecisionKind, Error, Handling, RawRow, RawTable, Table};
use crate::map::written::{DecimalMark, Encoding, NotUtf8, Notation, decode_text};

/// The table as CSV: a header, then a line for each row. The same table always gives the same bytes.
pub fn write(table: &Table) -> Vec<u8> {
    let mut out = Vec::new();
    let header: Vec<Cow<'_, str>> = table.columns.iter().map(|column| guard(&column.name)).collect();
    write_record(&mut out, &header);
    for row in &table.rows {
        let cells: Vec<Cow<'_, str>> = row
            .iter()
            .map(|cell| match cell {
                Cell::Text(text) => guard(text),
                other => other.to_text(),
            })
            .collect();
        write_record(&mut out, &cells);
    }
    out
}

fn write_record(out: &mut Vec<u8>, cells: &[Cow<'_, str>]) {
    // One lone empty cell would be a blank line, which readers skip.
    if let [cell] = cells
        && cell.is_empty()
    {
        out.extend_from_slice(b"\"\"\n");
        return;
    }
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        // A `;` or a tab is quoted too, so that no reader takes it for the end of a cell.
        if cell.contains([',', '"', '\n', '\r', ';', '\t']) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.push(b'\n');
}

/// Whether the text, behind any apostrophes, is one that must not stand bare in a cell.
fn needs_mark(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let first = bare.chars().next();
    // The full-width forms are turned into the plain ones by some spreadsheets.
    matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
        || bare.trim() != bare
        // Nothing but apostrophes: one alone stands for an empty text, so more than that must be told from it.
        || (bare.is_empty() && bare.len() != text.len())
}

/// The text as it stands in a cell.
fn guard(text: &str) -> Cow<'_, str> {
    if text.is_empty() {
        // A text that is nothing, where nothing at all would be something else.
        "'".into()
    } else {
        let text = coded(text);
        match needs_mark(&text) {
            true => format!("'{text}").into(),
            false => text,
        }
    }
}

/// What a cell holds: the inverse of [`guard`], and trimmed where it carries no mark.
pub(super) fn unguard(cell: &str) -> Cell {
    match cell.strip_prefix('\'') {
        Some(text) if needs_mark(cell) => Cell::Text(decoded(text).into_owned()),
        _ => match cell.trim() {
            "" => Cell::Empty,
            text => Cell::Text(decoded(text).into_owned()),
        },
    }
}

/// The table in the bytes of a file. `file` is its name as the user gave it; the table is named after its stem, in
/// lower case, and after what follows a ` - ` in it, as in `Our map - nodes.csv`. Every cell that is not empty is a text.
///
/// Blank rows are skipped but counted. Ragged rows and a quote that never closes are told in the table's decisions.
///
/// # Errors
/// [`Error::NotText`] where the bytes are a workbook or hold zero bytes, [`Error::Encoding`] where they are neither UTF-8
/// nor Windows-1252 (nor UTF-16 with a byte order mark).
pub fn read(file: &str, bytes: &[u8]) -> Result<RawTable, Error> {
    let mut table = rows_of(file, bytes, delimiter)?;
    find_header(&mut table);
    for row in &table.rows {
        let told = ragged(&table, row.number, &row.cells);
        table.decisions.extend(told);
    }
    table.decisions.sort_by_key(|decision| decision.row);
    Ok(table)
}

/// The rows of a file, the first that holds something as the header.
pub(super) fn rows_of(file: &str, bytes: &[u8], separator: fn(&str) -> u8) -> Result<RawTable, Error> {
    let (text, encoding) = decode(file, bytes)?;
    let whole = text.as_ref();
    let (text, said, header_row) = separator_line(whole);
    let delimiter = said.unwrap_or_else(|| separator(text));
    let mut table = RawTable {
        file: file.to_owned(),
        name: table_name(file),
        header: Vec::new(),
        header_row,
        rows: Vec::new(),
        notation: Notation::default(),
        own_mark: own_mark(delimiter),
        decisions: Vec::new(),
    };
    if encoding == Encoding::Windows1252 {
        table.decisions.push(encoding_told(file, whole));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = header_row;
    let mut end = 0;
    // The text is UTF-8 already and comes from memory, so reading cannot fail; if it did, the rest would be unread.
    while let Ok(true) = reader.read_record(&mut record) {
        let start = end;
        end = (reader.position().byte() as usize).min(text.len());
        let raw = &text[start..end];
        row += blank_lines(text.as_bytes(), start, raw);
        if end == text.len() && ends_in_quotes(raw.trim_start_matches(['\r', '\n']), delimiter as char) {
            table.decisions.push(Decision {
                file: file.to_owned(),
                row: Some(row),
                column: None,
                kind: DecisionKind::OpenQuote,
                handling: Handling::Fault,
                message:
                    "a cell of this row begins with a quote that is never closed, so the rest of the file is inside it"
                        .to_owned(),
                help: "Close the quote, or remove it.".to_owned(),
            });
        }
        if table.header.is_empty() && record.iter().any(|cell| !cell.trim().is_empty()) {
            table.header = record.iter().map(|cell| cell.trim().to_owned()).collect();
            table.header_row = row;
        } else if !record.iter().all(|cell| cell.trim().is_empty()) {
            let cells: Vec<Cell> = record.iter().map(unguard).collect();
            table.rows.push(RawRow {
                number: row,
                cells,
                had: Vec::new(),
            });
        }
        row += 1;
    }
    Ok(table)
}

/// Looks whether a row below the first names more columns of the table, which then stand below a title or a date; what
/// stands above them is left out, and told.
fn find_header(table: &mut RawTable) {
    let known = super::known_columns(&table.name);
    let names = |cells: &mut dyn Iterator<Item = String>| {
        cells
            .filter(|text| known.iter().any(|column| folded(&column.name) == folded(text)))
            .count()
    };
    let first = names(&mut table.header.iter().cloned());
    let within = table.rows.iter().take(HEADER_WITHIN - 1).enumerate();
    let counts = within.map(|(at, row)| (at, names(&mut row.cells.iter().map(|cell| cell.to_text().into_owned()))));
    // The first of several with as many.
    let best = counts.rev().max_by_key(|(_, count)| *count);
    let Some((at, _)) = best.filter(|(_, count)| *count > first.max(1)) else {
        return;
    };
    let below = table.rows.split_off(at + 1);
    let above = std::mem::replace(&mut table.rows, below);
    if let Some(row) = above.last() {
        table.header = row.cells.iter().map(|cell| cell.to_text().trim().to_owned()).collect();
        let first = std::mem::replace(&mut table.header_row, row.number);
        table.decisions.push(rows_above(&table.file, first, row.number));
    }
}

/// What the make of a file says of the numbers in it. Spreadsheets write `;` between cells where the comma stands before
/// a fraction.
pub(super) fn own_mark(delimiter: u8) -> Option<DecimalMark> {
    (delimiter != b';').then_some(DecimalMark::Point)
}

/// `1 cell`, `3 cells`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// What to say about a row that has not as many cells as the header.
fn ragged(table: &RawTable, row: usize, cells: &[Cell]) -> Option<Decision> {
    let (have, want) = (cells.len(), table.header.len());
    let beyond = cells.iter().skip(want).find(|cell| !cell.is_empty());
    let (handling, message, help) = match beyond {
        Some(first) => (
            Handling::LeftOut,
            format!(
                "the row has {} under {}; everything after that, from `{}`, was left out",
                counted(have, "cell"),
                counted(want, "column"),
                shown(&first.to_text())
            ),
            "Put quotes round a cell that contains the separator, or name the column.",
        ),
        None if have < want => (
            Handling::Taken,
            format!(
                "the row has {} under {}; the rest was taken as empty",
                counted(have, "cell"),
                counted(want, "column")
            ),
            "Check that the cells of the row have not moved to the left.",
        ),
        None => return None,
    };
    Some(Decision {
        file: table.file.clone(),
        row: Some(row),
        column: None,
        kind: DecisionKind::RaggedRow,
        handling,
        message,
        help: help.to_owned(),
    })
}

/// What the file calls its table.
fn table_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let own = folded(stem);
    let last = folded(stem.rsplit(" - ").next().unwrap_or(stem));
    if super::known_columns(&own).is_empty() && !super::known_columns(&last).is_empty() {
        last
    } else {
        own
    }
}

/// The bytes as text, without a byte order mark, and what they were.
pub(super) fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<(Cow<'b, str>, Encoding), Error> {
    let not_text = |what, help| Error::NotText {
        file: file.to_owned(),
        what,
        help,
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(not_text("a workbook or an archive", "save the sheet as `CSV UTF-8`"));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(not_text("an old Excel workbook", "save the sheet as `CSV UTF-8`"));
    }
    decode_text(bytes).map_err(|why| match why {
        NotUtf8::Binary if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) => {
            not_text("damaged UTF-16", "save it again as `CSV UTF-8`")
        }
        NotUtf8::Binary => not_text("binary", "give a table that was saved as `CSV UTF-8`"),
        NotUtf8::At(at) => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            let (good, bad) = bytes.split_at(at.min(bytes.len()));
            let line = &good[good.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1)..];
            Error::Encoding {
                file: file.to_owned(),
                line: good.iter().filter(|b| **b == b'\n').count() + 1,
                after: String::from_utf8_lossy(line).chars().count(),
                byte: bad.first().copied().unwrap_or(0),
            }
        }
    })
}

/// What to say of a file that is no UTF-8, with a word of it that shows whether it was read rightly.
pub(super) fn encoding_told(file: &str, sample: &str) -> Decision {
    let word = sample
        .split(|c: char| !c.is_alphanumeric() && c.is_ascii())
        .find(|word| !word.is_ascii());
    let sample = word.map_or(String::new(), |word| format!(", as in `{}`", shown(word)));
    Decision {
        file: file.to_owned(),
        row: None,
        column: None,
        kind: DecisionKind::Encoding,
        handling: Handling::Taken,
        message: format!("the file is not in UTF-8, and was read as Windows-1252{sample}"),
        help: "Check that letters with accents and signs such as £ are right; save it as `CSV UTF-8` to be sure."
            .to_owned(),
    }
}

/// The text after a line `sep=;`, the separator that the line names, and the row that follows it.
pub(super) fn separator_line(text: &str) -> (&str, Option<u8>, usize) {
    let line = text.lines().next().unwrap_or("");
    match line.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([b',' | b';' | b'|']) => {}
        _ => return (text, None, 1),
    }
    let said = line.as_bytes()[4];
    let rest = &text[line.len()..];
    let rest = rest.strip_prefix('\r').unwrap_or(rest);
    (rest.strip_prefix('\n').unwrap_or(rest), Some(said), 2)
}

/// The separator that stands most often in the header outside quotes; a comma where none stands there.
pub(super) fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut inside = false;
    for b in text.trim_start_matches(['\r', '\n']).bytes() {
        match b {
            b'"' => inside = !inside,
            b'\n' | b'\r' if !inside => break,
            _ if inside => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == b) {
                    *count += 1;
                }
            }
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(sign, _)| sign)
}

/// How many blank lines stand before the record in `raw`, which begins at byte `start` of the whole.
/// The reader skips them, and a spreadsheet shows them as rows.
fn blank_lines(text: &[u8], start: usize, raw: &str) -> usize {
    let mut raw = raw.as_bytes();
    // The reader ends a row at the CR of a CR LF, and leaves the LF to the next.
    if start > 0 && text[start - 1] == b'\r' && raw.first() == Some(&b'\n') {
        raw = &raw[1..];
    }
    let mut count = 0;
    loop {
        raw = match raw {
            [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => rest,
            _ => return count,
        };
        count += 1;
    }
}

/// Whether the record's last cell is quoted and never closed.
fn ends_in_quotes(raw: &str, delimiter: char) -> bool {
    let mut quotes = Quotes::default();
    quotes.read(raw.as_bytes(), delimiter as u8);
    quotes.are_open()
}

/// Where a reader of cells stands, as far as quotes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Quotes {
    /// At the start of a cell.
    #[default]
    Start,
    /// In a cell without quotes.
    Bare,
    /// In a cell within quotes.
    Inside,
    /// After a quote that closes, or is the first of two that stand for one.
    Closed,
}

impl Quotes {
    /// Goes on over these bytes of a record.
    pub(super) fn read(&mut self, bytes: &[u8], delimiter: u8) {
        for b in bytes {
            *self = match (*self, *b) {
                (Self::Inside, b'"') => Self::Closed,
                (Self::Inside, _) => Self::Inside,
                (Self::Closed | Self::Start, b'"') => Self::Inside,
                (_, b) if b == delimiter => Self::Start,
                _ => Self::Bare,
            };
        }
    }

    /// Whether the cell goes on in the next line.
    pub(super) fn are_open(self) -> bool {
        self == Self::Inside
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Values};
    use super::*;
    use proptest::prelude::*;

    fn one(texts: &[&str]) -> Table {
        Table {
            name: "nodes".to_owned(),
            columns: vec![
                Column {
                    name: "id".into(),
                    values: Values::Id,
                },
                Column {
                    name: "title".into(),
                    values: Values::Text,
                },
            ],
            rows: texts
                .iter()
                .enumerate()
                .map(|(i, text)| vec![Cell::Text(format!("n{i}")), Cell::Text((*text).to_owned())])
                .collect(),
        }
    }

    fn texts(table: &RawTable) -> Vec<String> {
        table
            .rows
            .iter()
            .map(|row| row.cells[1].to_text().into_owned())
            .collect()
    }

    #[test]
    fn a_formula_is_written_as_text_and_comes_back() {
        let nasty = [
            "=1+1",
            "+x",
            "-5",
            "@sum",
            "\tx",
            "'=x",
            "'smart' bins",
            "'",
            " x ",
            "''",
        ];
        let bytes = write(&one(&nasty));
        let written = String::from_utf8(bytes.clone()).unwrap();
        for shown in ["'=1+1", "'-5", "''=x", ",'smart' bins", "' x "] {
            assert!(written.contains(shown), "{shown} in {written}");
        }
        assert_eq!(texts(&read("nodes.csv", &bytes).unwrap()), nasty);
    }

    #[test]
    fn a_number_that_is_negative_is_no_formula() {
        let mut table = one(&["x"]);
        table.rows[0][1] = Cell::Number("-5".parse().unwrap());
        assert_eq!(write(&table), b"id,title\nn0,-5\n");
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        for ending in ["\n", "\r\n", "\r"] {
            let text = ["id,title", "a,\"two\nlines\"", "", "", "b,x", ",", "c,y", ""].join(ending);
            let table = read("nodes.csv", text.as_bytes()).unwrap();
            let rows: Vec<usize> = table.rows.iter().map(|row| row.number).collect();
            assert_eq!(rows, [2, 5, 7], "{ending:?}");
        }
    }

    #[test]
    fn the_header_shows_what_separates() {
        for (text, title) in [
            ("\u{feff}id;title\r\na;x, y\r\n", "x, y"),
            ("id\ttitle\na\tx; y\n", "x; y"),
            ("\"id, or; name; or\",title\na,\"x\ny\"\n", "x\ny"),
            ("sep=;\r\nid;title\r\na;x\r\n", "x"),
        ] {
            let table = read("nodes.csv", text.as_bytes()).unwrap();
            assert_eq!(texts(&table), [title], "{text}");
            assert!(table.decisions.is_empty());
        }
        let wide: Vec<u8> = "\u{feff}id\ttitle\na\té🚮\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(texts(&read("nodes.txt", &wide).unwrap()), ["é🚮"]);
    }

    #[test]
    fn windows_1252_is_read_and_told() {
        let table = read("nodes.csv", b"id,title\na,x\nb,don\x92t\n").unwrap();
        assert_eq!(texts(&table), ["x", "don\u{2019}t"]);
        assert_eq!(
            table.decisions[0].to_string(),
            "nodes.csv: the file is not in UTF-8, and was read as Windows-1252, as in `don\u{2019}t`"
        );
    }

    #[test]
    fn what_is_not_text_is_told_with_its_place() {
        // UTF-8, but for one byte: it was damaged, and would be rubbish as Windows-1252.
        let error = read("nodes.csv", b"id,title\na,caf\xC3\xA9\nb,don\x92t\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "nodes.csv, line 3: the byte 0x92 after 5 characters is not UTF-8: save the file again as UTF-8"
        );
        for bytes in [&b"PK\x03\x04..."[..], b"a\0b", b"\xFF\xFEa"] {
            assert!(matches!(read("nodes.csv", bytes), Err(Error::NotText { .. })));
        }
    }

    #[test]
    fn ragged_rows_and_open_quotes_are_told() {
        let table = read("nodes.csv", b"id,title\na,x,more\nb\nc,z,\nd,\"open\ne,f\n").unwrap();
        let told: Vec<_> = table
            .decisions
            .iter()
            .map(|d| (d.row.unwrap(), d.kind, d.handling))
            .collect();
        assert_eq!(
            told,
            [
                (2, DecisionKind::RaggedRow, Handling::LeftOut),
                (3, DecisionKind::RaggedRow, Handling::Taken),
                (5, DecisionKind::OpenQuote, Handling::Fault),
            ]
        );
        assert_eq!(texts(&read("a.csv", b"id,title\na,5\" pipe\n").unwrap()), ["5\" pipe"]);
    }

    #[test]
    fn a_table_is_named_after_its_file() {
        for (file, name) in [
            ("nodes.csv", "nodes"),
            ("a/b/Nodes.CSV", "nodes"),
            ("Our map - KPIs.csv", "kpis"),
            ("cost plan.csv", "cost_plan"),
        ] {
            assert_eq!(read(file, b"id\n").unwrap().name, name);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@ a;,\"\t\r\n\u{a0}－-]{0,6}") {
            let table = read("nodes.csv", &write(&one(&[&text]))).unwrap();
            prop_assert_eq!(&table.rows[0].cells[1], &Cell::Text(text));
            prop_assert!(table.decisions.is_empty());
        }

        #[test]
        fn no_bytes_are_too_much(bytes in prop::collection::vec(prop::sample::select(b"a,;\t\"\r\n'= \xC3\xA9".to_vec()), 0..40)) {
            if let Ok(table) = read("nodes.csv", &bytes) {
                prop_assert!(table.rows.windows(2).all(|two| two[0].number < two[1].number));
            }
        }
    }
}
