//! `chart`: planned, measured and forecast values as a picture.

use anyhow::Result;
use benefit_map::map::{BenefitMap, Kpi, Node, Owner};
use benefit_map::report::chart;

use crate::args::{Chart as ChartArgs, ChartFormat};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::picture::{self, PictureFormat, Replace, Wanted};
use crate::{Verdict, io, measured, named, output};

pub fn run(args: &ChartArgs, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("a chart", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    let file = args.map.display();
    let kpi = args
        .kpi
        .as_deref()
        .map(|text| named::find::<Kpi>("--kpi", text, map, &file));
    let kpi = kpi.transpose()?;
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read(&args.measured, map, as_of, files, terminal)?;
    let (scene, count) = match kpi {
        Some(kpi) if args.sparkline => (chart::spark(map, kpi, &measurements, as_of), 1),
        Some(kpi) => (chart::alone(map, kpi, &measurements, as_of), 1),
        None => {
            let (title, kpis) = selected(args, map)?;
            (
                chart::sheet((title, map.language()), &kpis, &measurements, as_of),
                kpis.len(),
            )
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
    let what = counted(count, "KPI", "KPIs");
    picture::write(&[scene], &wanted, (&output.place, &what), files, terminal)?;
    Ok(args.measured.verdict(Some(&measurements)))
}

/// The title of the sheet and the KPIs on it: of a node, of an owner's nodes, or all, in the map's order.
fn selected<'m>(args: &ChartArgs, map: &'m BenefitMap) -> Result<(String, Vec<&'m Kpi>)> {
    let file = args.map.display();
    if let Some(text) = &args.node {
        let node = named::find::<Node>("--node", text, map, &file)?;
        let kpis = map.kpis.iter().filter(|kpi| kpi.node == node.id).collect();
        return Ok((node.title.clone(), kpis));
    }
    if let Some(text) = &args.owner {
        let owner = named::find::<Owner>("--owner", text, map, &file)?;
        let owned = |kpi: &Kpi| {
            map.nodes
                .iter()
                .any(|node| node.id == kpi.node && node.owner.as_ref() == Some(&owner.id))
        };
        let kpis = map.kpis.iter().filter(|kpi| owned(kpi)).collect();
        return Ok((owner.name.clone(), kpis));
    }
    Ok((map.title.clone(), map.kpis.iter().collect()))
}
