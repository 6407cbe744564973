//! `demo`: the full example with everything that the other commands make of it.

use anyhow::{Context, Result, bail};
use benefit_map::check::{self, Profile};
use benefit_map::file::Document;
use benefit_map::finding::TextOptions;
use benefit_map::finding::snippet::Style;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use benefit_map::map::Day;
use benefit_map::report::deck::{DeckOptions, SlideKind, deck};
use benefit_map::report::viewer;
use benefit_map::report::{CaseOptions, business_case, chart, docx};
use benefit_map::track::Measurements;
use benefit_map::{draw, layout, table, track};

use crate::args::Demo;
use crate::files::{Files, InFolder, there};
use crate::io::{Talk, Terminal};
use crate::page::Page;
use crate::{Verdict, document, fonts, output};

const MAP: &str = include_str!("../../../../examples/maps/smart-waste/map.json");
const MEASUREMENTS: &str = include_str!("../../../../examples/maps/smart-waste/measurements.csv");
const ANSWERS: &str = include_str!("../../../../examples/maps/smart-waste/answers.csv");
const DRAFT: &str = include_str!("../../../../examples/maps/workshop-draft/map.json");
/// The day after the example's last measurement: the demo is the same whenever it is run.
const AS_OF: &str = "2028-04-01";

pub fn run(args: &Demo, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let made = make(terminal)?;
    let dir = &args.dir;
    output::folder("the example", dir)?;
    for (name, bytes, _) in &made {
        let path = dir.join(name);
        if path.exists() && there(&path).as_ref() != Some(bytes) {
            bail!(
                "{} already exists and is different: name another folder, or move it away",
                path.display()
            );
        }
    }
    let written: Vec<(String, Vec<u8>)> = made
        .iter()
        .map(|(name, bytes, _)| ((*name).to_owned(), bytes.clone()))
        .collect();
    let (wrote, _) = files.write_folder(dir, &written, InFolder::Results)?;
    let mut told = Page::default();
    if let Some(line) = wrote.line(format!("{} files", written.len())) {
        told.line(format!("{line}:"));
    }
    told.gap();
    for (name, _, what) in &made {
        told.line(format!("  {name:<16} {what}"));
    }
    told.gap();
    let picture = dir.join("map.svg");
    told.line(format!(
        "Open {} in a browser first. Then change a title in map.json, and",
        dir.join("map.html").display()
    ));
    told.line(format!(
        "  benefit-map draw {} -o {}",
        dir.join("map.json").display(),
        picture.display()
    ));
    if terminal.talk == Talk::All {
        terminal.tell(&told);
    }
    Ok(Verdict::Clean)
}

/// Each file's name, its bytes, and what it is.
fn make(terminal: &Terminal) -> Result<Vec<(&'static str, Vec<u8>, &'static str)>> {
    let document = Document::parse("map.json", MAP.as_bytes()).context("the example map cannot be read")?;
    let map = &document.map;
    let as_of: Day = AS_OF.parse().context("the example's day")?;
    let raw = table::csv::read("measurements.csv", MEASUREMENTS.as_bytes())?;
    let (measurements, _) = table::measurements(&raw);
    let measurements = measurements.into_iter().collect();

    let graph = BenefitGraph::new(map);
    let mut drawing = layout::LayoutOptions::default();
    drawing.as_of = Some(as_of);
    drawing.source = "map.json".to_owned();
    let scene = layout::layout(&graph, &drawing);
    let picture = draw::svg(&scene, Default::default());
    let report = check::check(&graph, &check::Options::new(Profile::Audit).judged_on(as_of));
    let report = report.to_text(&document.source, &TextOptions::default());
    let rows = track::trajectory(map, &measurements, Some(as_of), track::Every::Quarter);
    let kpis: Vec<_> = map.kpis.iter().collect();
    let charts = chart::sheet((map.title.clone(), map.language()), &kpis, &measurements, as_of);
    let standing = super::status::text(
        map,
        &measurements,
        &track::standing(&graph, &measurements, as_of),
        crate::columns::Width::Free,
        Style::Plain,
    );
    let draft = Document::parse("draft.json", DRAFT.as_bytes()).context("the draft cannot be read")?;
    let options = check::Options::new(Profile::BusinessCase).judged_on(as_of);
    let found = check::check(&BenefitGraph::new(&draft.map), &options);
    let found = found.to_text(&draft.source, &TextOptions::default());
    Ok(vec![
        (
            "map.html",
            viewer::write(&viewer::Viewer::new(&graph, &scene)).into_bytes(),
            "the map as one page: the picture to explore, words and tables",
        ),
        (
            "case.docx",
            case(&graph, &measurements, as_of, terminal)?,
            "the benefits part of a business case, for Word",
        ),
        (
            "slides.pptx",
            slides(&graph, drawing, &measurements, as_of)?,
            "slides whose boxes and lines can be edited",
        ),
        (
            "draft.json",
            DRAFT.into(),
            "a first draft from a workshop, with much to correct",
        ),
        ("draft-check.txt", found.into_bytes(), "what a check says of the draft"),
        (
            "map.svg",
            picture.into_bytes(),
            "the picture, from investments to end outcomes",
        ),
        (
            "charts.svg",
            draw::svg(&charts, Default::default()).into_bytes(),
            "every KPI: planned, measured and forecast",
        ),
        ("map.json", MAP.into(), "the map itself: one file to keep and to change"),
        ("check.txt", report.into_bytes(), "the findings of an audit check"),
        (
            "kpis.csv",
            table::csv::write(&table::kpi_register(map)),
            "the KPI register, for a spreadsheet",
        ),
        ("measurements.csv", MEASUREMENTS.into(), "measured values"),
        (
            "answers.csv",
            ANSWERS.into(),
            "what eight invented people answered in a health check",
        ),
        (
            "trajectory.csv",
            table::csv::write(&table::trajectory(&rows)),
            "expected against actual, by quarter",
        ),
        (
            "status.txt",
            standing.as_str().into(),
            "the status of everything on 1 April 2028, worst first, and why",
        ),
    ])
}

/// The business case as a Word document.
fn case(graph: &BenefitGraph<'_>, measurements: &Measurements, as_of: Day, terminal: &Terminal) -> Result<Vec<u8>> {
    let map: &BenefitMap = graph.map();
    let mut options = CaseOptions::new(as_of);
    options.measurements = Some(measurements);
    options.source = "map.json".to_owned();
    let fonts = fonts::for_letters(document::lacking(map), terminal);
    Ok(docx::write(&business_case(graph, &options), &fonts, None)?)
}

/// The map and the status of its KPIs as slides.
fn slides(
    graph: &BenefitGraph<'_>,
    layout: layout::LayoutOptions,
    measurements: &Measurements,
    as_of: Day,
) -> Result<Vec<u8>> {
    let standing = track::standing(graph, measurements, as_of);
    let mut options = DeckOptions::new(vec![SlideKind::Overview, SlideKind::Status]);
    options.layout = layout;
    options.standing = Some(&standing);
    Ok(draw::pptx::write(&deck(graph, &options))?)
}
