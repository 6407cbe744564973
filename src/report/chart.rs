//! How KPIs went and where they are heading, as charts and as signs: what `track` reckons under the names of the picture.

use std::collections::BTreeMap;

use crate::chart::{self, Sheet, Size};
use crate::map::{BenefitMap, Day, Kpi, KpiId, Language};
use crate::scene::{Scene, Verdict};
use crate::track::{self, Measurements, Series, Status};

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
    let subtitle = node.map(|node| node.title.as_str()).unwrap_or_default();
    let series = track::series(kpi, measurements, as_of).in_language(map.language());
    chart::chart(&series, subtitle, ALONE)
}

/// One KPI without words, to stand in a line of text.
pub fn spark(map: &BenefitMap, kpi: &Kpi, measurements: &Measurements, as_of: Day) -> Scene {
    let size = Size {
        width: 120.0,
        height: 28.0,
    };
    chart::sparkline(
        &track::series(kpi, measurements, as_of).in_language(map.language()),
        size,
    )
}

/// Several KPIs of a map of that language on one sheet, those that need attention first; three charts beside each other.
pub fn sheet((title, language): (String, Language), kpis: &[&Kpi], measurements: &Measurements, as_of: Day) -> Scene {
    sheet_of((title, language), kpis, measurements, as_of, SHEET_WIDTH)
}

/// The same on a sheet of that width in px.
pub fn sheet_of(
    (title, language): (String, Language),
    kpis: &[&Kpi],
    measurements: &Measurements,
    as_of: Day,
    width: f64,
) -> Scene {
    let all = kpis.iter().map(|kpi| track::series(kpi, measurements, as_of));
    let mut series: Vec<Series<'_>> = all.map(|series| series.in_language(language)).collect();
    // Stable: among equals the map's order.
    series.sort_by_key(|series| series.outlook.status);
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    for series in &series {
        *counts.entry(series.outlook.status).or_default() += 1;
    }
    let told: Vec<String> = counts
        .into_iter()
        .map(|(status, n)| format!("{n} {}", status.label()))
        .collect();
    let sheet = Sheet {
        title,
        subtitle: match series.len() {
            0 => String::new(),
            1 => format!("1 KPI: {}", told.join(", ")),
            n => format!("{n} KPIs: {}", told.join(", ")),
        },
        charts: &series,
    };
    chart::sheet(&sheet, width)
}

/// How every KPI of a map stands, as signs on its picture.
pub fn signals(map: &BenefitMap, measurements: &Measurements, as_of: Day) -> BTreeMap<KpiId, Status> {
    map.kpis
        .iter()
        .map(|kpi| {
            let status = track::outlook(kpi, measurements, as_of).status;
            (kpi.id.clone(), status)
        })
        .collect()
}

/// The judgement that a status amounts to.
pub fn verdict(status: Status) -> Verdict {
    chart::sign(status).1
}
