//! Native charts of trajectories: what was expected and what was measured, following what is edited.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker,
    ChartMarkerType, ChartSolidFill, ChartType, Workbook, XlsxError,
};

use crate::escape::markup::legal;

use super::super::{Cell, Table};

/// The sheet on which the charts stand.
pub(super) const CHART_SHEET: &str = "Charts";

/// More charts than anybody looks at, and than a spreadsheet program opens at once.
const MOST_CHARTS: usize = 200;

/// Two charts beside each other and two above each other fill a page of A4 across; in px.
const SIZE: (u32, u32) = (620, 430);
/// A place for a chart in cells of the sheet: rows of 20 px, columns of 64 px.
const PLACE: (u32, u16) = (22, 10);

/// How far a chart is from the corner of its place, in px.
const INSET: u32 = 5;

const PLANNED: u32 = 0x555555;
const MEASURED: u32 = 0x0B4F8A;
const INK: u32 = 0x1F3A5F;
const TARGET: u32 = 0x8A3B00;
const GRID: u32 = 0xD9DDE2;

/// From here on thousands are grouped.
const GROUPED: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// A sheet with a chart for each KPI of a table of trajectories, whose rows stand together; nothing for another table.
pub(super) fn add(workbook: &mut Workbook, table: &Table) -> Result<(), XlsxError> {
    let column = |name: &str| {
        table
            .columns
            .iter()
            .position(|column| column.name == name)
            .map(|at| at as u16)
    };
    let (Some(kpi), Some(date), Some(expected), Some(actual)) =
        (column("kpi"), column("date"), column("expected"), column("actual"))
    else {
        return Ok(());
    };
    let name = table.name.as_str();
    let mut first = 1_u32;
    let mut charts = Vec::new();
    for rows in table
        .rows
        .chunk_by(|a, b| a.get(usize::from(kpi)) == b.get(usize::from(kpi)))
    {
        let last = first + rows.len() as u32 - 1;
        let said = |at: Option<u16>| {
            let cell = at.and_then(|at| rows[0].get(usize::from(at)));
            cell.map(|cell| cell.to_text().into_owned()).unwrap_or_default()
        };
        let title = match said(column("title")) {
            title if title.is_empty() => said(Some(kpi)),
            title => title,
        };
        let title = words(&title, 250);
        let mut chart = Chart::new(ChartType::ScatterStraightWithMarkers);
        chart
            .title()
            .set_name(&title)
            .set_font(ChartFont::new().set_size(12).set_color(INK));
        // One of which nothing can be drawn would only stand in the legend; values may still be typed.
        let is_told = |at: u16| {
            rows.iter()
                .any(|row| row.get(usize::from(at)).is_some_and(|c| !c.is_empty()))
        };
        let mut series = |word: &str, at: u16, line: &mut ChartLine, marker: &mut ChartMarker| {
            if at != actual && !is_told(at) {
                return;
            }
            chart
                .add_series()
                .set_name(word)
                .set_categories((name, first, date, last, date))
                .set_values((name, first, at, last, at))
                .set_format(ChartFormat::new().set_line(line))
                .set_marker(marker);
        };
        // Told apart by dashes and markers as well as by colour.
        let mut planned = ChartLine::new();
        planned
            .set_color(PLANNED)
            .set_width(1.75)
            .set_dash_type(ChartLineDashType::Dash);
        series("expected", expected, &mut planned, ChartMarker::new().set_none());
        let mut measured = ChartLine::new();
        measured.set_color(MEASURED).set_width(2.25);
        let mut disc = ChartMarker::new();
        disc.set_type(ChartMarkerType::Circle).set_size(6);
        disc.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(MEASURED)));
        series("actual", actual, &mut measured, &mut disc);
        if let Some(at) = column("target") {
            let mut diamond = ChartMarker::new();
            diamond.set_type(ChartMarkerType::Diamond).set_size(10);
            diamond.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(TARGET)));
            series("target", at, ChartLine::new().set_hidden(true), &mut diamond);
        }
        // What is to be kept within a band has bounds in place of a path.
        for bound in ["lower", "upper"] {
            let Some(at) = column(bound) else { continue };
            let mut line = ChartLine::new();
            line.set_color(PLANNED)
                .set_width(1.25)
                .set_dash_type(ChartLineDashType::RoundDot);
            series(bound, at, &mut line, ChartMarker::new().set_none());
        }
        let unit = words(&said(column("unit")), 60);
        if !unit.is_empty() {
            let font = ChartFont::new().set_size(9).unset_bold().clone();
            chart.y_axis().set_name(&unit).set_name_font(&font);
        }
        let large = |row: &Vec<Cell>| {
            [expected, actual].iter().any(|at| match row.get(usize::from(*at)) {
                Some(Cell::Number(number)) => number.decimal().abs() >= GROUPED,
                _ => false,
            })
        };
        if rows.iter().any(large) {
            chart.y_axis().set_num_format("#,##0");
        }
        chart.show_empty_cells_as(ChartEmptyCells::Connected);
        chart.x_axis().set_num_format("yyyy-mm").set_major_gridlines(false);
        chart
            .y_axis()
            .set_major_gridlines_line(ChartLine::new().set_color(GRID).set_width(0.75));
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.set_width(SIZE.0).set_height(SIZE.1);
        chart.set_alt_text(format!("{title}: expected and actual values by date"));
        charts.push(chart);
        first = last + 1;
        if charts.len() == MOST_CHARTS {
            break;
        }
    }
    if charts.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(CHART_SHEET)?;
    sheet.set_screen_gridlines(false);
    // Four charts a page of A4, none of them cut.
    sheet.set_landscape().set_paper_size(9).set_print_scale(65);
    sheet.set_margins(0.5, 0.5, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&A&RPage &P of &N");
    // Said outright: what a program takes for usual depends on its fonts.
    sheet.set_column_range_width_pixels(0, 2 * PLACE.1 - 1, 64)?;
    let pages = (charts.len() as u32).div_ceil(4);
    sheet.set_page_breaks(&(1..pages).map(|page| page * 2 * PLACE.0).collect::<Vec<_>>())?;
    for (at, chart) in charts.iter().enumerate() {
        let (row, column) = ((at / 2) as u32 * PLACE.0, (at % 2) as u16 * PLACE.1);
        // Off the edges of the page, so that no border of it is drawn on the page before.
        sheet.insert_chart_with_offset(row, column, chart, INSET, INSET)?;
    }
    Ok(())
}

/// The text as words of a chart. The writer takes a text like `=a[b]` or `costs!A1` for a reference to cells; between
/// blanks it is none.
fn words(text: &str, most: usize) -> String {
    // The writer escapes markup in them, and nothing else.
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = legal(&one_line).chars().take(most).collect();
    match short.starts_with('=') || short.contains('!') {
        true => format!(" {short} "),
        false => short,
    }
}
