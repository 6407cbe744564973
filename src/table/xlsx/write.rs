//! Tables made into a workbook.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::super::sheet::NTH;
use super::super::{Cell, Column, Error, TABLES, Table, Values, export, known_columns};
use super::guard::{Ids, guard};
use super::progress::{ACTUAL, AS_WRITTEN, KEPT, Progress, VARIANCE, progress};
use super::value::{is_serial, marked, would_run};
use super::{COVER_SHEET, Cover, MOST_ROWS, MOST_UNITS, charts};
use crate::escape::markup::legal;
use crate::map::{BenefitMap, Day, Number, limits};
use crate::track::{Every, Measurements, Status};

/// How many empty rows below the last have their ids offered in drop-down lists, for records that are still to come.
const SPARE_ROWS: usize = 200;

/// Widths in characters, as Excel measures them.
const NARROWEST: usize = 8;
const WIDEST: usize = 42;
/// The same in a form to print, which has many columns on a page.
const WIDEST_OF_FORM: usize = 18;

/// The map as a workbook, one sheet for every table that a map may have, empty ones included, so that records can be
/// added where there are none yet. Reading it back with [`read`](super::read) and [`import`](super::super::import())
/// gives the same map, as with [`export`]. Where a KPI has a dated plan there are sheets of its progress too, as by
/// [`tracked`] with nothing measured.
///
/// # Errors
/// As [`write()`], and [`Error::TooMuch`] before anything is made.
pub fn workbook(map: &BenefitMap) -> Result<Vec<u8>, Error> {
    tracked(map, &Measurements::default(), None, Every::Quarter)
}

/// The same with what was measured: the sheet `Progress` has the rows of [`trajectory`](crate::track::trajectory) with
/// variance, variance % and status as formulas that follow what is typed, coloured by status, and the sheet `Charts`
/// draws each KPI of it. Both are made from the map and the measurements; reading passes them over.
///
/// # Errors
/// As [`write()`], and [`Error::TooMuch`] before anything is made.
pub fn tracked(
    map: &BenefitMap,
    measurements: &Measurements,
    as_of: Option<Day>,
    every: Every,
) -> Result<Vec<u8>, Error> {
    limits::of_workbook(map)?;
    let filled = export(map);
    let tables: Vec<Table> = TABLES
        .iter()
        .map(|name| match filled.iter().find(|table| table.name == *name) {
            Some(table) => table.clone(),
            None => Table {
                name: (*name).to_owned(),
                columns: known_columns(name)
                    .iter()
                    .filter(|column| **column != NTH)
                    .cloned()
                    .collect(),
                rows: Vec::new(),
            },
        })
        .collect();
    let progress = progress(map, measurements, as_of, every);
    let cover = Cover::of_map(map).saying(measurements.reception().sentence());
    book(&tables, &cover, progress.as_ref(), Ids::Guarded)
}

/// The tables as a workbook: the cover first, then a sheet for each table in the order given.
///
/// # Errors
/// [`Error::CellTooLong`] where a text has more than 32,767 UTF-16 units, [`Error::TooManyRows`] where a table has more
/// than 1,048,575 rows, [`Error::NotWritable`] where the tables cannot stand in one workbook, such as two of one name.
pub fn write(tables: &[Table], cover: &Cover) -> Result<Vec<u8>, Error> {
    book(tables, cover, None, Ids::Free)
}

fn book(tables: &[Table], cover: &Cover, progress: Option<&Progress>, ids: Ids) -> Result<Vec<u8>, Error> {
    let made_here = progress.map(|progress| &progress.table);
    let all: Vec<&Table> = made_here.into_iter().chain(tables).collect();
    if let Some(table) = all.iter().find(|table| table.rows.len() >= MOST_ROWS) {
        return Err(Error::TooManyRows {
            sheet: table.name.clone(),
            rows: table.rows.len(),
        });
    }
    let mut formats = Formats::default();
    let mut workbook = Workbook::new();
    // The clock stays out of it: the same tables give the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(not_writable)?;
    let properties = DocProperties::new()
        .set_title(legal(&cover.title).chars().take(200).collect::<String>())
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    write_cover(workbook.add_worksheet(), &all, cover).map_err(not_writable)?;
    if let Some(progress) = progress {
        write_progress(workbook.add_worksheet(), progress, &mut formats)?;
        charts::add(&mut workbook, &progress.table).map_err(not_writable)?;
    }
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&table.name).map_err(not_writable)?;
        let widths = write_cells(sheet, table, &mut formats, ids)?;
        furnish(sheet, table, &widths, tables, ids).map_err(not_writable)?;
        if is_form(table) {
            // A printed page says what it is of. `&` begins an instruction, and a header holds 255 characters.
            let title: String = legal(&cover.title).chars().take(120).collect();
            sheet.set_header(format!("&L{}", title.replace('&', "&&")));
        }
    }
    for table in tables {
        charts::add(&mut workbook, table).map_err(not_writable)?;
    }
    workbook.save_to_buffer().map_err(not_writable)
}

/// The sheet of progress: values, and over them the formulas that come to the same.
fn write_progress(sheet: &mut Worksheet, progress: &Progress, formats: &mut Formats) -> Result<(), Error> {
    let table = &progress.table;
    sheet.set_name(&table.name).map_err(not_writable)?;
    let widths = write_cells(sheet, table, formats, Ids::Free)?;
    // What comes to nothing is to show nothing before it is reckoned again.
    sheet.set_formula_result_default("");
    for (r, formulas) in progress.formulas.iter().enumerate() {
        for (column, formula) in (VARIANCE..).zip(formulas) {
            let is = table.rows[r].get(usize::from(column));
            let look = match is {
                Some(Cell::Number(number)) => number_look(*number),
                _ => table
                    .columns
                    .get(usize::from(column))
                    .map_or(Look::Text, |column| look(column.values)),
            };
            // A cell that shows a text would take a formula for one.
            let look = if look == Look::Text { Look::Said } else { look };
            sheet
                .write_formula_with_format(r as u32 + 1, column, formula.clone(), formats.of(look, Prefix::None))
                .map_err(not_writable)?;
        }
    }
    furnish(sheet, table, &widths, &[], Ids::Free).map_err(not_writable)?;
    sheet.set_column_hidden(KEPT).map_err(not_writable)?;
    let what_if = DataValidation::new()
        .allow_any_value()
        .set_input_title("What if")
        .and_then(|told| {
            told.set_input_message(
                "A value typed here changes the variance, status and chart. It is not read back, and import says so: put \
                 measured values in the files that you name with --measurements.",
            )
        })
        .map_err(not_writable)?;
    sheet
        .add_data_validation(1, ACTUAL, table.rows.len() as u32, ACTUAL, &what_if)
        .map_err(not_writable)?;
    Ok(())
}

#[allow(clippy::needless_pass_by_value, reason = "it is the argument of map_err")]
pub(super) fn not_writable(error: XlsxError) -> Error {
    Error::NotWritable {
        reason: error.to_string(),
    }
}

const INK: u32 = 0x1F3A5F;
const PAPER: u32 = 0xFFFFFF;
const LINE: u32 = 0xD0D5DB;
/// Ids look like what they are: not to be written on.
const KEPT_INK: u32 = 0x4A5460;
/// What stands in the row above already: 4.6 to 1 on white, so that it can still be read.
const AGAIN: u32 = 0x747474;
/// The column of a printed register before which all is said of the benefit.
const FIRST_OF_KPI: &str = "KPI";
const KEPT_PAPER: u32 = 0xF0F2F5;

fn write_cover(sheet: &mut Worksheet, tables: &[&Table], cover: &Cover) -> Result<(), XlsxError> {
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let heading = Format::new()
        .set_bold()
        .set_font_size(16)
        .set_font_color(INK)
        .set_text_wrap();
    let label = Format::new().set_bold().set_align(FormatAlign::Top).set_font_color(INK);
    sheet.set_name(COVER_SHEET)?;
    const WIDTH: usize = 92;
    sheet.set_column_width(0, 18)?.set_column_width(1, WIDTH as f64)?;
    sheet.set_screen_gridlines(false);
    let mut row = 0;
    let fits = |text: &str| legal(text).chars().take(MOST_UNITS / 2).collect::<String>();
    sheet.merge_range(row, 0, row, 1, &fits(&cover.title), &heading)?;
    sheet.set_row_height(row, 42)?;
    row += 1;
    for paragraph in &cover.paragraphs {
        grow(sheet, row, lines(paragraph, WIDTH) + 1)?;
        sheet.write_string_with_format(row, 1, fits(paragraph), &text)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, "sheet", &label)?;
    sheet.write_string_with_format(row, 1, "what each row is", &label)?;
    for table in tables {
        row += 1;
        let rows = match table.rows.len() {
            0 => "empty".to_owned(),
            1 => "1 row".to_owned(),
            many => format!("{many} rows"),
        };
        let link = rust_xlsxwriter::Url::new(format!("internal:'{}'!A1", table.name)).set_text(&table.name);
        sheet.write_url(row, 0, link)?;
        let line = format!("{} ({rows})", super::cover::about(table));
        grow(sheet, row, lines(&line, WIDTH))?;
        sheet.write_string_with_format(row, 1, line, &text)?;
    }
    sheet.set_portrait().set_paper_size(9).set_print_fit_to_pages(1, 1);
    Ok(())
}

/// The looks of cells, each made once.
#[derive(Default)]
struct Formats(BTreeMap<(Look, Prefix), Format>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Text,
    Number,
    Whole,
    Long,
    Day,
    Word,
    /// An id that is to stay.
    Kept,
    /// What a formula says.
    Said,
}

/// Whether a cell says that it was typed with an apostrophe, so that it stays a text when it is edited.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Prefix {
    None,
    Quote,
}

impl Formats {
    fn of(&mut self, look: Look, prefix: Prefix) -> &Format {
        self.0.entry((look, prefix)).or_insert_with(|| {
            let format = Format::new()
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(LINE);
            let format = match look {
                Look::Text => format.set_num_format("@").set_text_wrap(),
                // Enough places for shares, and thousands grouped as the reader's own system does.
                Look::Number => format.set_align(FormatAlign::Right).set_indent(1),
                // Thousands grouped as the reader's own system does it; with a fraction that would end whole
                // numbers in a point.
                Look::Whole => format
                    .set_num_format("#,##0")
                    .set_align(FormatAlign::Right)
                    .set_indent(1),
                // What was reckoned has more places than anybody reads; the cell still holds them.
                Look::Long => format
                    .set_num_format("#,##0.00##")
                    .set_align(FormatAlign::Right)
                    .set_indent(1),
                Look::Day => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
                Look::Word => format.set_num_format("@").set_align(FormatAlign::Center),
                Look::Kept => format
                    .set_num_format("@")
                    .set_text_wrap()
                    .set_font_color(KEPT_INK)
                    .set_background_color(KEPT_PAPER),
                Look::Said => format.set_align(FormatAlign::Center),
            };
            match prefix {
                Prefix::None => format,
                Prefix::Quote => format.set_quote_prefix(),
            }
        })
    }
}

fn look(values: Values) -> Look {
    match values {
        Values::Number => Look::Number,
        Values::Day => Look::Day,
        Values::Bool => Look::Word,
        _ => Look::Text,
    }
}

/// Whole numbers with their thousands grouped, and those with many places shown with few.
fn number_look(number: Number) -> Look {
    match number.decimal().scale() {
        0 => Look::Whole,
        5.. if number.decimal().abs() >= Decimal::ONE => Look::Long,
        _ => Look::Number,
    }
}

/// Writes the header and the rows; gives the widths of the columns.
fn write_cells(sheet: &mut Worksheet, table: &Table, formats: &mut Formats, ids: Ids) -> Result<Vec<usize>, Error> {
    let header = Format::new()
        .set_bold()
        .set_font_color(PAPER)
        .set_background_color(INK)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    for (at, column) in table.columns.iter().enumerate() {
        let at = column_number(at)?;
        let look = look(column.values);
        sheet
            .set_column_format(at, formats.of(look, Prefix::None))
            .map_err(not_writable)?;
        sheet
            .write_string_with_format(0, at, marked(&column.name), &header)
            .map_err(not_writable)?;
    }
    let widths: Vec<usize> = (0..table.columns.len()).map(|at| width(table, at)).collect();
    for (r, cells) in table.rows.iter().enumerate() {
        // Fewer than 2^20 rows, as was looked at before.
        let row = r as u32 + 1;
        let lines = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| lines(&cell.to_text(), *width))
            .max();
        grow(sheet, row, lines.unwrap_or(1)).map_err(not_writable)?;
        for (c, cell) in cells.iter().enumerate() {
            let at = column_number(c)?;
            let done = match cell {
                Cell::Empty => {
                    let look = table.columns.get(c).map_or(Look::Text, |column| look(column.values));
                    sheet.write_blank(row, at, formats.of(look, Prefix::None))
                }
                Cell::Number(number) | Cell::Percent(number) | Cell::Money(number, _) => {
                    // Fifteen digits survive the float both ways.
                    let look = number_look(*number);
                    sheet.write_number_with_format(row, at, number.to_f64(), formats.of(look, Prefix::None))
                }
                Cell::Day(day) if is_serial(*day) => {
                    let date = day.date();
                    let date = ExcelDateTime::from_ymd(
                        date.year().unsigned_abs(),
                        date.month().unsigned_abs(),
                        date.day().unsigned_abs(),
                    );
                    date.and_then(|date| {
                        sheet.write_datetime_with_format(row, at, &date, formats.of(Look::Day, Prefix::None))
                    })
                }
                // A word means the same in every language of the program, and survives LibreOffice, which now and
                // then makes 1 of TRUE.
                Cell::Bool(_) => {
                    sheet.write_string_with_format(row, at, cell.to_text(), formats.of(Look::Word, Prefix::None))
                }
                Cell::Day(_) | Cell::Text(_) => {
                    let text = cell.to_text();
                    let text = marked(&text);
                    let units = text.encode_utf16().count();
                    if units > MOST_UNITS {
                        return Err(Error::CellTooLong {
                            sheet: table.name.clone(),
                            row: r + 2,
                            column: table.columns.get(c).map_or("", |column| &column.name).to_owned(),
                            units,
                        });
                    }
                    let prefix = if would_run(&text) { Prefix::Quote } else { Prefix::None };
                    let is_id = table.columns.get(c).is_some_and(|column| column.values == Values::Id);
                    let look = match (ids, is_id) {
                        (Ids::Guarded, true) => Look::Kept,
                        _ => Look::Text,
                    };
                    sheet.write_string_with_format(row, at, text, formats.of(look, prefix))
                }
            };
            done.map_err(not_writable)?;
        }
    }
    Ok(widths)
}

fn column_number(at: usize) -> Result<u16, Error> {
    u16::try_from(at).map_err(|_| not_writable(XlsxError::RowColumnLimitError))
}

/// What makes a sheet of cells a sheet to work in.
fn furnish(
    sheet: &mut Worksheet,
    table: &Table,
    widths: &[usize],
    tables: &[Table],
    ids: Ids,
) -> Result<(), XlsxError> {
    let (rows, columns) = (table.rows.len() as u32, table.columns.len() as u16);
    if columns == 0 {
        return Ok(());
    }
    // An id, and a title that stands beside it, stay in sight.
    let kept = match table.columns.as_slice() {
        [id, title, ..] if id.values == Values::Id && title.name == "title" => 2,
        [id, ..] if id.values == Values::Id => 1,
        [reference, benefit, ..] if reference.name == "Ref" && benefit.name == "Benefit" => 2,
        [kpi, title, ..] if kpi.name == "kpi" && title.name == "title" => 2,
        _ => 0,
    };
    let spare = (rows + 10_000).min(MOST_ROWS as u32 - 1);
    sheet.set_freeze_panes(1, kept)?;
    sheet.autofilter(0, 0, rows, columns - 1)?;
    let headers = table.columns.iter().zip(widths);
    let tall = headers.map(|(column, width)| lines(&column.name, *width)).max();
    grow(sheet, 0, tall.unwrap_or(1).max(2))?;
    for (at, (column, width)) in table.columns.iter().zip(widths).enumerate() {
        let at = at as u16;
        sheet.set_column_width(at, (*width).min(WIDEST) as f64)?;
        if let Some(validation) = offered(column, tables)? {
            sheet.add_data_validation(1, at, spare, at, &validation)?;
        }
        if column.name == "status" && table.columns.iter().any(|column| column.name == "expected") {
            colour_statuses(sheet, at, rows.max(1), |status| status.as_str().to_owned())?;
        }
        if column.name == "Status" {
            colour_statuses(sheet, at, rows.max(1), |status| status.label().to_owned())?;
        }
    }
    if ids == Ids::Guarded {
        guard(sheet, table, spare)?;
    }
    let kpi = table.columns.iter().position(|column| column.name == FIRST_OF_KPI);
    if let (Some(kpi), true) = (kpi, rows > 1) {
        // What a row shares with the one above it steps back, also after sorting; it stays there for filters and listeners.
        let again = ConditionalFormatFormula::new()
            .set_rule("=AND($A3=$A2,A3=A2)")
            .set_format(Format::new().set_font_color(AGAIN));
        sheet.add_conditional_format(2, 0, rows, kpi as u16 - 1, &again)?;
    }
    let across: usize = widths.iter().sum();
    let printed = kpi.is_some();
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    match across {
        // A4, as wide as the page.
        ..=200 => sheet.set_paper_size(9).set_print_fit_to_pages(1, 0),
        // A3.
        201..=300 => sheet.set_paper_size(8).set_print_fit_to_pages(1, 0),
        // A form keeps its columns side by side.
        _ if printed => sheet.set_paper_size(8).set_print_fit_to_pages(1, 0),
        // Nobody reads what is fitted smaller than that: several sheets beside each other, each with what names the row.
        _ => sheet.set_paper_size(8).set_print_scale(60),
    };
    if across > 300 && kept > 0 && !printed {
        sheet.set_repeat_columns(0, kept - 1)?;
    }
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&A&RPage &P of &N");
    Ok(())
}

/// Whether it is a form to print: a register with a row for each KPI.
fn is_form(table: &Table) -> bool {
    table.columns.iter().any(|column| column.name == FIRST_OF_KPI)
}

/// The width of a column: its longest line, but no wider than reads well, where texts are wrapped.
fn width(table: &Table, at: usize) -> usize {
    const FILTER_ARROW: usize = 4;
    let header = &table.columns[at].name;
    // A long name is wrapped between its words, which are parted by `_`; spreadsheets break there only when they must.
    // The words of a form wrap.
    let (header, widest) = match is_form(table) {
        true => (
            header.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0),
            WIDEST_OF_FORM,
        ),
        false => (header.width(), WIDEST),
    };
    let header = header + FILTER_ARROW;
    let cells = table.rows.iter().filter_map(|row| row.get(at));
    let longest = cells
        .map(|cell| match cell {
            Cell::Day(_) => 11,
            // Grouped thousands take a third more.
            Cell::Number(number) => {
                let digits = cell.to_text().len();
                let shown = if number_look(*number) == Look::Long {
                    digits.min(12)
                } else {
                    digits
                };
                shown * 4 / 3 + 1
            }
            cell => cell.to_text().lines().map(|line| line.width() + 2).max().unwrap_or(0),
        })
        .max()
        .unwrap_or(0);
    match table.columns[at].name.as_ref() {
        // It is not shown, and makes no row taller.
        AS_WRITTEN => longest,
        _ => longest.max(header).clamp(NARROWEST, widest),
    }
}

/// How many lines a text takes in a column of that width, as nearly as can be told without the reader's font.
fn lines(text: &str, width: usize) -> usize {
    // A column is as wide as so many digits, and most letters are narrower; that makes up for words moved down whole.
    let across = width.max(1);
    let lines = text.lines().map(|line| line.width().div_ceil(across).max(1));
    lines.sum::<usize>().max(1)
}

/// Makes a row of several lines so tall; one of a single line is left to grow by itself. Programs that trust the file
/// do not reckon the height of wrapped text.
fn grow(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    const LINE: usize = 15;
    const TALLEST: usize = 405;
    if lines > 1 {
        sheet.set_row_height(row, (lines * LINE).min(TALLEST) as f64)?;
    }
    Ok(())
}

/// The drop-down list of a column: its words, or the ids on the sheet that it points at.
fn offered(column: &Column, tables: &[Table]) -> Result<Option<DataValidation>, XlsxError> {
    let (validation, message) = match column.values {
        Values::Word(words) => (
            DataValidation::new().allow_list_strings(words)?,
            format!("The words here are {}.", words.join(", ")),
        ),
        Values::Bool => (
            DataValidation::new().allow_list_strings(&["true"])?,
            "`true` means yes; leave the cell empty for no.".to_owned(),
        ),
        Values::Reference(name) => {
            let Some(table) = tables.iter().find(|table| table.name == name) else {
                return Ok(None);
            };
            // The ids stand in the first column of every table that is pointed at.
            if table.columns.first().map(|column| column.values) != Some(Values::Id) {
                return Ok(None);
            }
            let last = (table.rows.len() + SPARE_ROWS + 1).min(MOST_ROWS);
            let list = Formula::new(format!("={name}!$A$2:$A${last}"));
            (
                DataValidation::new().allow_list_formula(list),
                format!("The sheet `{name}` has no such id in its first column."),
            )
        }
        _ => return Ok(None),
    };
    // A warning, not a stop: import understands more than the list has.
    let validation = validation
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Not in the list")?
        .set_error_message(message.chars().take(250).collect::<String>())?;
    Ok(Some(validation))
}

/// Statuses by colour, following what is edited. The word stands there all the same: colour says nothing alone.
fn colour_statuses(
    sheet: &mut Worksheet,
    at: u16,
    last: u32,
    word: impl Fn(Status) -> String,
) -> Result<(), XlsxError> {
    for (status, ink, paper) in [
        (Status::Missed, 0x7A0014, 0xF9D0D5),
        (Status::OffTrack, 0x7A0014, 0xF9D0D5),
        (Status::AtRisk, 0x6B4700, 0xFDE9B8),
        (Status::NoData, 0x444444, 0xE6E6E6),
        (Status::OnTrack, 0x0B4F8A, 0xD6E8F7),
        (Status::Achieved, 0x0B4F8A, 0xD6E8F7),
    ] {
        let format = Format::new().set_font_color(ink).set_background_color(paper);
        let condition = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(word(status)))
            .set_format(format);
        sheet.add_conditional_format(1, at, last, at, &condition)?;
    }
    Ok(())
}
