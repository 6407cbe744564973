//! `chart`: planned, measured and forecast values as a picture.

use std::collections::BTreeMap;

use anyhow::Result;
use benefit_map::layout::Signal;
use benefit_map::layout::chart::{self, Chart, Forecast, Planned, Sheet, Size, Value};
use benefit_map::map::{BenefitMap, Day, Kpi, KpiId};
use benefit_map::track::{self, Measurements, Observation, Series, Status};
use benefit_map::{draw, scene::Scene};

use crate::args::Chart as ChartArgs;
use crate::io::Terminal;
use crate::{Verdict, io, measured};

/// One chart, as on a slide of 16 to 9.
const ALONE: Size = Size {
    width: 960.0,
    height: 540.0,
};

/// Three charts beside each other.
const SHEET_WIDTH: f64 = 1200.0;

pub fn run(args: &ChartArgs, terminal: &Terminal) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    let map = &document.map;
    known(args, map)?;
    let measurements = measured::read(&args.measured, map, terminal)?;
    let as_of = io::day_or_today(args.as_of)?;
    let scene = match &args.kpi {
        Some(id) => map
            .kpis
            .iter()
            .find(|kpi| kpi.id == *id)
            .map(|kpi| alone(map, kpi, &measurements, as_of))
            .unwrap_or_default(),
        None => {
            let (title, kpis) = selected(args, map);
            sheet(title, &kpis, &measurements, as_of)
        }
    };
    io::write(args.output.as_deref(), draw::svg(&scene, args.theme).as_bytes())?;
    Ok(Verdict::Clean)
}

fn known(args: &ChartArgs, map: &BenefitMap) -> Result<()> {
    let file = args.map.display();
    let kpis = map.kpis.iter().map(|kpi| kpi.id.as_str());
    super::draw::known("--kpi", args.kpi.as_slice(), "KPI", kpis, &file)?;
    let nodes = map.nodes.iter().map(|node| node.id.as_str());
    super::draw::known("--node", args.node.as_slice(), "node", nodes, &file)?;
    let owners = map.owners.iter().map(|owner| owner.id.as_str());
    super::draw::known("--owner", args.owner.as_slice(), "owner", owners, &file)
}

/// The title of the sheet and the KPIs on it: of a node, of an owner's nodes, or all, in the map's order.
fn selected<'m>(args: &ChartArgs, map: &'m BenefitMap) -> (String, Vec<&'m Kpi>) {
    if let Some(id) = &args.node {
        let title = map
            .nodes
            .iter()
            .find(|node| node.id == *id)
            .map(|node| node.title.clone());
        let kpis = map.kpis.iter().filter(|kpi| kpi.node == *id).collect();
        return (title.unwrap_or_default(), kpis);
    }
    if let Some(id) = &args.owner {
        let title = map
            .owners
            .iter()
            .find(|owner| owner.id == *id)
            .map(|owner| owner.name.clone());
        let owned = |kpi: &Kpi| {
            map.nodes
                .iter()
                .any(|n| n.id == kpi.node && n.owner.as_ref() == Some(id))
        };
        let kpis = map.kpis.iter().filter(|kpi| owned(kpi)).collect();
        return (title.unwrap_or_default(), kpis);
    }
    (map.title.clone(), map.kpis.iter().collect())
}

/// One KPI alone, with the title of its node.
fn alone(map: &BenefitMap, kpi: &Kpi, measurements: &Measurements, as_of: Day) -> Scene {
    let node = map.nodes.iter().find(|node| node.id == kpi.node);
    let mut one = of(&track::series(kpi, measurements, as_of));
    one.subtitle = node.map(|node| node.title.clone()).unwrap_or_default();
    chart::chart(&one, ALONE)
}

/// Several KPIs on one sheet, those that need attention first.
pub fn sheet(title: String, kpis: &[&Kpi], measurements: &Measurements, as_of: Day) -> Scene {
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
    chart::sheet(&sheet, SHEET_WIDTH)
}

/// The chart of a series: the same values under the names of the picture.
fn of(series: &Series<'_>) -> Chart {
    let value = |o: &Observation| Value {
        date: o.date,
        value: o.value,
    };
    Chart {
        title: series.outlook.kpi.title.clone(),
        subtitle: String::new(),
        unit: series.outlook.kpi.unit.clone(),
        baseline: series.baseline.as_ref().map(value),
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

fn signal(status: Status) -> Signal {
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
