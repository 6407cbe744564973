//! Cells of a workbook that somebody else made, written anew with everything around them left as it is, to the byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::sheet::letters;
use super::super::{Cell, Error};
use super::read::look_at_sizes;
use super::tags::{Form, Tag, attribute, tags};
use crate::map::Day;
use crate::xml::{Element, el};

/// A cell that is to hold something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// The name of the sheet.
    pub sheet: String,
    /// From 1.
    pub row: usize,
    /// From 0.
    pub column: usize,
    /// What it is to hold.
    pub value: Cell,
}

/// A workbook with some of its cells changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patched {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// The changes that were not made, because the cell holds a formula.
    pub formulas: Vec<CellChange>,
}

/// The workbook with these cells changed. A cell keeps its style, and one with a formula is left as it is. Every part in which
/// nothing changes is the same, byte by byte; where something does, the workbook asks the spreadsheet to calculate its formulas
/// when it is opened.
///
/// # Errors
/// As [`read`](super::read); [`Error::NotWritable`] where a sheet or a row is not there.
pub fn patched(file: &str, bytes: &[u8], changes: &[CellChange]) -> Result<Patched, Error> {
    look_at_sizes(file, bytes)?;
    let damaged = |error: &dyn std::fmt::Display| Error::Damaged {
        file: file.to_owned(),
        reason: error.to_string(),
    };
    let refused = |reason: String| Error::NotWritable { reason };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut part = |name: &str| -> Result<String, Error> {
        let mut text = String::new();
        let mut part = archive.by_name(name).map_err(|error| damaged(&error))?;
        part.read_to_string(&mut text).map_err(|error| damaged(&error))?;
        Ok(text)
    };
    let book = book_of(&part("_rels/.rels")?);
    let workbook = part(&book)?;
    let relations = part(&relations_of(&book))?;
    let is_1904 = tags(&workbook).any(|tag| {
        tag.name == "workbookPr"
            && attribute(tag.attributes, "date1904").is_some_and(|text| text == "1" || text == "true")
    });
    let epoch = if is_1904 { Epoch::Of1904 } else { Epoch::Of1900 };
    let mut by_sheet: BTreeMap<&str, Vec<&CellChange>> = BTreeMap::new();
    for change in changes {
        by_sheet.entry(&change.sheet).or_default().push(change);
    }
    let mut new: BTreeMap<String, String> = BTreeMap::new();
    let mut formulas = Vec::new();
    for (sheet, mut changes) in by_sheet {
        let path = path_of(sheet, &workbook, &relations, &book)
            .ok_or_else(|| refused(format!("it has no sheet `{sheet}` any more")))?;
        changes.sort_by_key(|change| (change.row, change.column));
        let text = part(&path)?;
        let made = sheet_with(&text, &changes, epoch).map_err(refused)?;
        formulas.extend(made.1);
        if made.0 != text {
            new.insert(path, made.0);
        }
    }
    if new.is_empty() {
        return Ok(Patched {
            bytes: bytes.to_vec(),
            formulas,
        });
    }
    let calculated = calculating(&workbook);
    if calculated != workbook {
        new.insert(book, calculated);
    }
    let bytes = packed(&mut archive, &new).map_err(|error| damaged(&error))?;
    Ok(Patched { bytes, formulas })
}

/// The archive with other texts in some of its parts; the others are copied as they are.
fn packed(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    new: &BTreeMap<String, String>,
) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at)?;
        let name = part.name()?.into_owned();
        match new.get(&name) {
            None => writer.raw_copy_file(part)?,
            Some(text) => {
                let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                if let Some(time) = part.last_modified() {
                    options = options.last_modified_time(time);
                }
                writer.start_file(name, options)?;
                writer.write_all(text.as_bytes())?;
            }
        }
    }
    Ok(writer.finish()?.into_inner())
}

/// The part with the workbook.
fn book_of(relations: &str) -> String {
    let found = tags(relations).find(|tag| {
        tag.name == "Relationship"
            && attribute(tag.attributes, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
    });
    let target = found.and_then(|tag| attribute(tag.attributes, "Target"));
    target.map_or_else(
        || "xl/workbook.xml".to_owned(),
        |path| path.trim_start_matches('/').to_owned(),
    )
}

fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part with the sheet of that name.
fn path_of(sheet: &str, workbook: &str, relations: &str, book: &str) -> Option<String> {
    let found = tags(workbook)
        .find(|tag| tag.name == "sheet" && attribute(tag.attributes, "name").as_deref() == Some(sheet))?;
    let id = attribute(found.attributes, "id")?;
    let relation = tags(relations)
        .find(|tag| tag.name == "Relationship" && attribute(tag.attributes, "Id").as_deref() == Some(&id))?;
    let target = attribute(relation.attributes, "Target")?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => match book.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{target}"),
            None => target,
        },
    })
}

/// The workbook, asking for its formulas to be calculated when it is opened.
fn calculating(workbook: &str) -> String {
    const ASKS: &str = "fullCalcOnLoad";
    let Some(tag) = tags(workbook).find(|tag| tag.name == "calcPr") else {
        return workbook.to_owned();
    };
    if tag.attributes.contains(ASKS) {
        return workbook.to_owned();
    }
    let at = tag.span.start + 1 + tag.whole_name.len();
    format!("{} {ASKS}=\"1\"{}", &workbook[..at], &workbook[at..])
}

/// The day from which a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Epoch {
    Of1900,
    Of1904,
}

/// A row of a sheet as it is written.
struct Row<'x> {
    tag: Tag<'x>,
    /// Where its closing tag begins; where it has none, the row is empty.
    end: Option<usize>,
    cells: Vec<OldCell<'x>>,
}

struct OldCell<'x> {
    column: usize,
    span: Range<usize>,
    tag: Tag<'x>,
    has_formula: bool,
}

/// The sheet with these cells changed, and the changes that a formula is in the way of.
fn sheet_with(text: &str, changes: &[&CellChange], epoch: Epoch) -> Result<(String, Vec<CellChange>), String> {
    let rows = rows_of(text);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut formulas = Vec::new();
    for change in changes {
        let row = rows
            .get(&change.row)
            .ok_or_else(|| format!("sheet `{}` has no row {} any more", change.sheet, change.row))?;
        let old = row.cells.iter().find(|cell| cell.column == change.column);
        if old.is_some_and(|old| old.has_formula) {
            formulas.push((*change).clone());
            continue;
        }
        let prefix = row.tag.whole_name.strip_suffix("row").unwrap_or_default();
        let style = old.and_then(|old| attribute(old.tag.attributes, "s"));
        let place = format!("{}{}", letters(change.column), change.row);
        let made = cell(prefix, &place, style.as_deref(), &change.value, epoch)?.to_xml();
        match (old, row.end) {
            (Some(old), _) => edits.push((old.span.clone(), made)),
            (None, Some(end)) => {
                let after = row.cells.iter().find(|cell| cell.column > change.column);
                let at = after.map_or(end, |cell| cell.span.start);
                edits.push((at..at, made));
            }
            (None, None) => {
                // An empty row is opened for its first cell.
                let slash = row.tag.span.end - 2;
                let closing = format!("{}/{}{}", '<', row.tag.whole_name, '>');
                match edits.last_mut() {
                    Some((span, opened)) if span.start == slash => {
                        let at = opened.len() - closing.len();
                        opened.insert_str(at, &made);
                    }
                    _ => edits.push((slash..row.tag.span.end, format!("{}{made}{closing}", '>'))),
                }
            }
        }
    }
    let mut out = String::with_capacity(text.len() + 64 * edits.len());
    let mut at = 0;
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    for (span, made) in edits {
        out.push_str(&text[at..span.start]);
        out.push_str(&made);
        at = span.end;
    }
    out.push_str(&text[at..]);
    Ok((out, formulas))
}

/// The rows of a sheet by their numbers.
fn rows_of(text: &str) -> BTreeMap<usize, Row<'_>> {
    let mut rows: BTreeMap<usize, Row<'_>> = BTreeMap::new();
    let (mut number, mut column) = (0, 0);
    let mut inside: Option<OldCell<'_>> = None;
    for tag in tags(text) {
        match (tag.name, tag.form) {
            ("row", Form::Open | Form::Empty) => {
                let said = attribute(tag.attributes, "r").and_then(|text| text.parse::<usize>().ok());
                number = said.unwrap_or(number + 1);
                column = 0;
                let row = Row {
                    tag,
                    end: None,
                    cells: Vec::new(),
                };
                rows.insert(number, row);
            }
            ("row", Form::Close) => {
                if let Some(row) = rows.get_mut(&number) {
                    row.end = Some(tag.span.start);
                }
            }
            ("c", Form::Open | Form::Empty) => {
                let said = attribute(tag.attributes, "r").and_then(|place| column_of(&place));
                let at = said.unwrap_or(column);
                column = at + 1;
                let cell = OldCell {
                    column: at,
                    span: tag.span.clone(),
                    has_formula: false,
                    tag: tag.clone(),
                };
                match tag.form {
                    Form::Empty => {
                        if let Some(row) = rows.get_mut(&number) {
                            row.cells.push(cell);
                        }
                    }
                    _ => inside = Some(cell),
                }
            }
            ("f", Form::Open | Form::Empty) => {
                if let Some(cell) = &mut inside {
                    cell.has_formula = true;
                }
            }
            ("c", Form::Close) => {
                if let Some(mut cell) = inside.take() {
                    cell.span.end = tag.span.end;
                    if let Some(row) = rows.get_mut(&number) {
                        row.cells.push(cell);
                    }
                }
            }
            _ => {}
        }
    }
    rows
}

/// The column that a place names, from 0: 1 of `B7`.
fn column_of(place: &str) -> Option<usize> {
    let mut column = 0usize;
    for letter in place.bytes().take_while(u8::is_ascii_alphabetic) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    column.checked_sub(1)
}

/// A cell as it is written.
fn cell(prefix: &str, place: &str, style: Option<&str>, value: &Cell, epoch: Epoch) -> Result<Element, String> {
    let [c, v, is, t] = match prefix {
        "" => ["c", "v", "is", "t"],
        "x:" => ["x:c", "x:v", "x:is", "x:t"],
        other => {
            return Err(format!(
                "its sheets have names with the prefix `{other}`: save it again with a spreadsheet program"
            ));
        }
    };
    let mut made = el(c).set("r", place);
    if let Some(style) = style {
        made = made.set("s", style);
    }
    Ok(match value {
        Cell::Empty => made,
        Cell::Number(number) | Cell::Percent(number) | Cell::Money(number, _) => {
            made.add(el(v).add(number.to_string()))
        }
        Cell::Day(day) => made.add(el(v).add(serial(*day, epoch).to_string())),
        Cell::Bool(flag) => made.set("t", "b").add(el(v).add(if *flag { "1" } else { "0" })),
        Cell::Text(text) => made.set("t", "inlineStr").add(
            el(is).add(
                el(t)
                    .set("xml:space", "preserve")
                    .add(super::value::marked(text).into_owned()),
            ),
        ),
    })
}

/// A day as a spreadsheet counts it.
fn serial(day: Day, epoch: Epoch) -> i64 {
    let first = match epoch {
        Epoch::Of1904 => Date::constant(1904, 1, 1),
        Epoch::Of1900 => Date::constant(1899, 12, 30),
    };
    day.date().since(first).map_or(0, |span| i64::from(span.get_days()))
}
