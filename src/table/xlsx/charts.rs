//! Native charts of trajectories: what was expected and what was measured, following what is edited.

use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker,
    ChartMarkerType, ChartType, Workbook, XlsxError,
};

use super::super::Table;

/// The sheet on which the charts stand.
pub(super) const CHART_SHEET: &str = "charts";

/// More charts than anybody looks at, and than a spreadsheet program opens at once.
const MOST_CHARTS: usize = 200;

/// Two charts beside each other; in px.
const SIZE: (u32, u32) = (620, 330);

const PLANNED: u32 = 0x555555;
const MEASURED: u32 = 0x0B4F8A;

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
        let title = rows[0]
            .get(usize::from(kpi))
            .map(|cell| cell.to_text().into_owned())
            .unwrap_or_default();
        let mut chart = Chart::new(ChartType::ScatterStraightWithMarkers);
        chart.title().set_name(&title);
        let mut series = |word: &str, at: u16, line: &mut ChartLine, marker: &mut ChartMarker| {
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
        disc.set_format(ChartFormat::new().set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(MEASURED)));
        series("actual", actual, &mut measured, &mut disc);
        chart.show_empty_cells_as(ChartEmptyCells::Connected);
        chart.x_axis().set_num_format("yyyy-mm").set_major_gridlines(false);
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
    sheet.set_landscape().set_paper_size(9).set_print_scale(70);
    let pages = (charts.len() as u32).div_ceil(4);
    sheet.set_page_breaks(&(1..pages).map(|page| page * 34).collect::<Vec<_>>())?;
    for (at, chart) in charts.iter().enumerate() {
        // A row is 20 px high and a column 64 px wide.
        let (row, column) = ((at / 2) as u32 * 17, (at % 2) as u16 * 10);
        sheet.insert_chart(row, column, chart)?;
    }
    Ok(())
}
