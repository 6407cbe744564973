//! KPIs as charts that people can edit, in formats that have such: the planned path with its tolerances, what was measured, where the trend
//! leads, and what is to be reached.

use crate::draw::{Graph, Series, SeriesKind};
use crate::map::{Day, Kpi, Number};
use crate::track::Observation;

/// A day as spreadsheets count it.
fn serial(day: Day) -> i64 {
    Day::new("1899-12-30").map_or(0, |first| first.days_until(day))
}

/// The chart of a KPI; `None` where it has no values to show.
pub(super) fn graph_of(kpi: &Kpi, told: &crate::track::Series<'_>) -> Option<Graph> {
    let point = |day: Day, value: Number| (serial(day), value.to_string());
    let observed = |all: &[Observation]| all.iter().map(|one| point(one.date, one.value)).collect::<Vec<_>>();
    let planned = told
        .planned
        .iter()
        .filter_map(|one| Some(point(one.date, one.value?)))
        .collect();
    // A side without a limit has the expected value for one; a band has a limit on both sides.
    let red = |side: fn((Number, Number)) -> Number| {
        let is_limit = told.planned.iter().any(|one| one.value != Some(side(one.red)));
        let points = told.planned.iter().filter(|_| is_limit);
        points.map(|one| point(one.date, side(one.red))).collect::<Vec<_>>()
    };
    let forecast = told.forecast.iter().map(|one| point(one.date, one.value)).collect();
    let all = [
        ("Off track below", SeriesKind::Limit, red(|(low, _)| low)),
        ("Off track above", SeriesKind::Limit, red(|(_, high)| high)),
        ("Planned", SeriesKind::Planned, planned),
        ("Measured", SeriesKind::Measured, observed(&told.actuals)),
        ("Forecast", SeriesKind::Forecast, forecast),
        ("Target", SeriesKind::Target, observed(&told.targets)),
    ];
    let series: Vec<Series> = all
        .into_iter()
        .filter(|(_, _, points)| !points.is_empty())
        .map(|(name, kind, points)| Series {
            name: name.to_owned(),
            kind,
            points,
        })
        .collect();
    (!series.is_empty()).then(|| Graph {
        title: kpi.label().chars().take(80).collect(),
        description: format!("{}: {}", kpi.label(), told.verdict()),
        unit: kpi.unit.chars().take(40).collect(),
        series,
        workbook: Vec::new(),
    })
}

/// The same with the workbook by which people edit it. Without one, as where the program is built without workbooks, the chart is there all
/// the same.
pub(super) fn editable(graph: Graph) -> Graph {
    let workbook = workbook(&graph);
    Graph { workbook, ..graph }
}

#[cfg(feature = "xlsx")]
fn workbook(graph: &Graph) -> Vec<u8> {
    use rust_decimal::Decimal;
    use rust_decimal::prelude::ToPrimitive;

    let value = |text: &String| text.parse::<Decimal>().ok()?.to_f64();
    let columns: Vec<_> = (graph.series.iter())
        .map(|one| {
            let points = one.points.iter();
            let points = points.map(|(day, text)| (*day, value(text).unwrap_or_default()));
            (one.name.as_str(), points.collect::<Vec<_>>())
        })
        .collect();
    crate::table::xlsx::chart_data(crate::draw::DATA_SHEET, &columns).unwrap_or_default()
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: &Graph) -> Vec<u8> {
    Vec::new()
}
