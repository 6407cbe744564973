//! `chart`: planned, measured and forecast values as a picture.

use anyhow::Result;
use benefit_map::map::{BenefitMap, Kpi};
use benefit_map::report::chart;

use crate::args::{Chart as ChartArgs, ChartFormat};
use crate::files::Files;
use crate::io::Terminal;
use crate::picture::{self, PictureFormat, Replace, Wanted};
use crate::{Verdict, io, measured, output};

pub fn run(args: &ChartArgs, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("a chart", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    known(args, map)?;
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read(&args.measured, map, as_of, files, terminal)?;
    let scene = match &args.kpi {
        Some(id) => map
            .kpis
            .iter()
            .find(|kpi| kpi.id == *id)
            .map(|kpi| match args.sparkline {
                true => chart::spark(kpi, &measurements, as_of),
                false => chart::alone(map, kpi, &measurements, as_of),
            })
            .unwrap_or_default(),
        None => {
            let (title, kpis) = selected(args, map);
            chart::sheet(title, &kpis, &measurements, as_of)
        }
    };
    let wanted = Wanted {
        format: match output.format {
            ChartFormat::Svg => PictureFormat::Svg,
            ChartFormat::Png => PictureFormat::Png,
            ChartFormat::Pdf => PictureFormat::Pdf,
        },
        theme: args.theme,
        pixels: args.pixels,
        replace: Replace::No,
    };
    picture::write(&[scene], &wanted, &output.place, files, terminal)?;
    Ok(args.measured.verdict(Some(&measurements)))
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
