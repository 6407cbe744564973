//! How KPIs went and where they are heading, as charts and as signs: what `track` reckons under the names of the picture.

use std::collections::BTreeMap;

use crate::layout::chart::{Chart, Forecast, Planned, Sheet, Size, Value};
use crate::layout::{self, Signal};
use crate::map::{BenefitMap, Day, Kpi, KpiId};
use crate::scene::{Scene, Verdict};
use crate::track::{self, Measurements, Observation, Series, Status};

/// One chart, as on a slide of 16 to 9.
const ALONE: Size = Size {
    width: 960.0,
    height: 540.0,
};

/// Three charts beside each other.
const SHEET_WIDTH: f64 = 1200.0;

/// One KPI alone, with the title of its node.
pub fn alone(map: &BenefitMap, kpi: &Kpi, measurements: &Measurements, as_of: Day) -> Scene {
    let node = map.nodes.iter().find(|node| node.id == kpi.node);
    let mut one = of(&track::series(kpi, measurements, as_of));
    one.subtitle = node.map(|node| node.title.clone()).unwrap_or_default();
    layout::chart::chart(&one, ALONE)
}

/// One KPI without words, to stand in a line of text.
pub fn spark(kpi: &Kpi, measurements: &Measurements, as_of: Day) -> Scene {
    let size = Size {
        width: 120.0,
        height: 28.0,
    };
    layout::chart::sparkline(&of(&track::series(kpi, measurements, as_of)), size)
}

/// Several KPIs on one sheet, those that need attention first; three charts beside each other.
pub fn sheet(title: String, kpis: &[&Kpi], measurements: &Measurements, as_of: Day) -> Scene {
    sheet_of(title, kpis, measurements, as_of, SHEET_WIDTH)
}

/// The same on a sheet of that width in px.
pub fn sheet_of(title: String, kpis: &[&Kpi], measurements: &Measurements, as_of: Day, width: f64) -> Scene {
    let mut series: Vec<Series<'_>> = kpis.iter().map(|kpi| track::series(kpi, measurements, as_of)).collect();
    // Stable: among equals the map's order.
    series.sort_by_key(|series| series.outlook.status);
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    for series in &series {
        *counts.entry(series.outlook.status).or_default() += 1;
    }
    let charts: Vec<Chart> = series.iter().map(of).collect();
    let told: Vec<String> = counts
        .into_iter()
        .map(|(status, n)| format!("{n} {}", status.as_str().replace('-', " ")))
        .collect();
    let sheet = Sheet {
        title,
        subtitle: match charts.len() {
            0 => String::new(),
            1 => format!("1 KPI: {}", told.join(", ")),
            n => format!("{n} KPIs: {}", told.join(", ")),
        },
        charts,
    };
    layout::chart::sheet(&sheet, width)
}

/// The chart of a series: the same values under the names of the picture.
pub fn of(series: &Series<'_>) -> Chart {
    let value = |o: &Observation| Value {
        date: o.date,
        value: o.value,
    };
    Chart {
        title: series.outlook.kpi.title.clone(),
        subtitle: String::new(),
        unit: series.outlook.kpi.unit.clone(),
        baseline: series.baseline.as_ref().map(value),
        band: series.band,
        planned: series
            .planned
            .iter()
            .map(|p| Planned {
                date: p.date,
                value: p.value,
                amber: p.amber,
                red: p.red,
            })
            .collect(),
        targets: series.targets.iter().map(value).collect(),
        undated_target: series.undated_target,
        actuals: series.actuals.iter().map(value).collect(),
        forecast: series
            .forecast
            .iter()
            .map(|f| Forecast {
                date: f.date,
                value: f.value,
                interval: f.interval,
            })
            .collect(),
        today: Some(series.outlook.as_of),
        signal: Some(signal(series.outlook.status)),
        verdict: series.verdict(),
        description: series.to_string(),
    }
}

/// How every KPI of a map stands, as signs on its picture.
pub fn signals(map: &BenefitMap, measurements: &Measurements, as_of: Day) -> BTreeMap<KpiId, Signal> {
    map.kpis
        .iter()
        .map(|kpi| {
            let status = track::outlook(kpi, measurements, as_of).status;
            (kpi.id.clone(), signal(status))
        })
        .collect()
}

/// The sign of a status.
pub fn signal(status: Status) -> Signal {
    match status {
        Status::Missed => Signal::Missed,
        Status::OffTrack => Signal::OffTrack,
        Status::AtRisk => Signal::AtRisk,
        Status::NoData => Signal::NoData,
        Status::OnTrack => Signal::OnTrack,
        Status::Achieved => Signal::Achieved,
        Status::NotDue => Signal::NotDue,
    }
}

/// The judgement that a status amounts to.
pub fn verdict(status: Status) -> Verdict {
    match status {
        Status::Missed | Status::OffTrack => Verdict::Bad,
        Status::AtRisk => Verdict::Doubtful,
        Status::OnTrack | Status::Achieved => Verdict::Good,
        Status::NoData | Status::NotDue => Verdict::Open,
    }
}
