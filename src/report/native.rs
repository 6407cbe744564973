//! KPIs as charts that people can edit, in formats that have such: the planned path with its tolerances, what was measured, where the trend
//! leads, and what is to be reached.

use crate::draw::{DayMarks, Graph, Series, SeriesKind};
use crate::map::{Day, Kpi, Number};
use crate::track::Observation;

/// A day as spreadsheets count it.
fn serial(day: Day) -> i64 {
    Day::new("1899-12-30").map_or(0, |first| first.days_until(day))
}

/// How many marks an axis of days has at most, with that at its end.
const MARKS: f64 = 6.0;

/// The marks of an axis that shows these days: at the beginning of years, halves or quarters, so that no mark says a month that nobody
/// plans by.
fn marks(days: impl Iterator<Item = i64> + Clone) -> DayMarks {
    const YEAR: f64 = 365.25;
    let (from, to) = (days.clone().min().unwrap_or(0), days.max().unwrap_or(0));
    let apart = [YEAR / 4.0, YEAR / 2.0]
        .into_iter()
        .chain((1..).map(|years| YEAR * f64::from(years)))
        // As floats they are exact: no calendar has so many days.
        .find(|apart| (to - from) as f64 <= apart * (MARKS - 2.0))
        .unwrap_or(YEAR);
    let first = Day::new("1899-12-30").map_or(from, |zero| {
        let date = zero.later(from).date();
        let whole_months = match apart {
            apart if apart < YEAR / 3.0 => 3,
            apart if apart < YEAR => 6,
            _ => 12,
        };
        let month = (date.month() - 1) / whole_months * whole_months + 1;
        // On the 2nd, so that no mark falls on the last day of the year before, where years are shorter than they are on average.
        Day::new(&format!("{:04}-{month:02}-02", date.year())).map_or(from, serial)
    });
    DayMarks { first, apart }
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
        marks: marks(series.iter().flat_map(|one| &one.points).map(|(day, _)| *day)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_marked_at_the_beginning_of_years_or_of_parts_of_them() {
        let marked = |from: &str, to: &str| {
            let days = [from, to].map(|day| serial(Day::new(day).unwrap()));
            let marks = marks(days.into_iter());
            let first = Day::new("1899-12-30").unwrap().later(marks.first);
            (first.to_string(), marks.apart / 365.25)
        };
        for (from, to, first, years) in [
            ("2026-05-17", "2026-12-31", "2026-04-02", 0.25),
            ("2026-08-17", "2028-03-31", "2026-07-02", 0.5),
            ("2026-03-31", "2029-03-31", "2026-01-02", 1.0),
            ("2026-03-31", "2033-03-31", "2026-01-02", 2.0),
        ] {
            assert_eq!(marked(from, to), (first.to_owned(), years), "{from} to {to}");
        }
    }
}
