//! `draw` to one page to send.

use anyhow::{Result, bail};
use benefit_map::chart::{Size, chart};
use benefit_map::check;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{self, LayoutOptions};
use benefit_map::map::{Day, KpiId};
use benefit_map::report::viewer;
use benefit_map::scene::Scene;
use benefit_map::track::{self, Measurements};

use crate::Verdict;
use crate::args::Draw;
use crate::files::Files;
use crate::io::Terminal;
use crate::output::Place;

/// A chart as wide as the words beside it.
const SIZE: Size = Size {
    width: 560.0,
    height: 340.0,
};

/// The page: the picture as it would be drawn, charts of what was measured, and findings where they are asked for.
pub fn write(
    args: &Draw,
    graph: &BenefitGraph<'_>,
    options: &LayoutOptions,
    measurements: Option<&Measurements>,
    as_of: Day,
    (place, what): (&Place, &str),
    (files, terminal): (&Files, &Terminal),
) -> Result<Verdict> {
    if options.paper.is_some() || !args.slides.is_empty() {
        bail!("an HTML page has no sheets or slides: leave out --paper, --fit and --slides");
    }
    if args.pixels.scale.is_some() || args.pixels.dpi.is_some() {
        bail!("only a PNG has pixels: leave out --scale and --dpi, or name an output that ends in .png");
    }
    let charts: Vec<(KpiId, Scene)> = match measurements {
        None => Vec::new(),
        Some(known) => graph
            .map()
            .kpis
            .iter()
            .map(|kpi| {
                let series = track::series(kpi, known, as_of).in_language(graph.map().language());
                (kpi.id.clone(), chart(&series, "", SIZE))
            })
            .collect(),
    };
    let findings = args.findings.map(|profile| {
        let options = check::Options::new(profile).judged_on(as_of);
        match measurements {
            None => check::check(graph, &options),
            Some(known) => check::check_measured(graph, known, &options),
        }
    });
    let scene = layout::layout(graph, options);
    let mut page = viewer::Viewer::new(graph, &scene);
    page.theme = args.theme;
    page.charts = &charts;
    page.findings = findings.as_ref();
    let page = viewer::write(&page);
    files.write(place, page.as_bytes())?.say(what, terminal);
    Ok(Verdict::Clean)
}
