//! The workbook of a chart in a document or on a slide: its values, by which people edit it.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::super::Error;
use super::value::marked;
use super::write::not_writable;

/// Values of a chart: a name, and days counted as spreadsheets do with their values.
pub type ChartSeries<'s> = (&'s str, Vec<(i64, f64)>);

/// A workbook of one sheet of that name: two columns for each series, days and values, the second under the name of the series. The same
/// series always give the same bytes.
///
/// # Errors
/// [`Error::NotWritable`] where a sheet cannot hold them.
pub fn chart_data(sheet: &str, series: &[ChartSeries<'_>]) -> Result<Vec<u8>, Error> {
    filled(sheet, series).map_err(not_writable)
}

fn filled(name: &str, series: &[ChartSeries<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let head = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    for (at, (name, points)) in (0_u16..).zip(series) {
        let column = 2 * at;
        sheet.set_column_width(column, 11)?.set_column_width(column + 1, 14)?;
        sheet.write_string_with_format(0, column, "day", &head)?;
        sheet.write_string_with_format(0, column + 1, marked(name), &head)?;
        for (row, (date, value)) in (1_u32..).zip(points) {
            // `as` holds: days are far fewer than a float counts.
            sheet.write_number_with_format(row, column, *date as f64, &day)?;
            sheet.write_number(row, column + 1, *value)?;
        }
    }
    workbook.save_to_buffer()
}
