//! Documents about a portfolio: the dashboard, the case of a place, and the programme with every map.

mod delivery;
mod known;
mod outcomes;

use std::collections::BTreeMap;

use super::chart::signals;
use super::{Block, Inline, ListKind, Numbering, Picture, Report, Target, Width};
use crate::graph::BenefitGraph;
use crate::layout::{self, Heading, LayoutOptions};
use crate::map::{BenefitMap, Day, KpiId, NodeKind};
use crate::portfolio::{Held, OwnStanding, Square, programme};
use crate::scene::Scene;
use crate::track::Status;
use delivery::{found, owners, risks, when};
use known::title_of;
use outcomes::{in_short, matrix_of, money_of, outcomes};

pub use known::Place;
pub use outcomes::money_in_short;

/// How the picture of the programme is composed: by the layout of a map, with the words of a place.
pub fn programme_options(source: &str, as_of: Day) -> LayoutOptions {
    let words = [
        (NodeKind::BusinessChange, "Projects"),
        (NodeKind::IntermediateOutcome, "What they bring about"),
        (NodeKind::EndOutcome, "Outcomes of the place"),
    ];
    LayoutOptions {
        stage_words: words
            .into_iter()
            .map(|(kind, words)| (kind, words.to_owned()))
            .collect(),
        source: source.to_owned(),
        as_of: Some(as_of),
        ..LayoutOptions::default()
    }
}

/// The status of each measure, for signs on the picture of the programme: its own where the place measures it, else the worst of the KPIs
/// that count towards it.
pub fn measure_signals(matrix: &[Square<'_>], own: &[OwnStanding<'_>]) -> BTreeMap<KpiId, Status> {
    let mut out: BTreeMap<KpiId, Status> = BTreeMap::new();
    for one in matrix.iter().flat_map(|square| &square.claims) {
        if let (Some(status), Ok(id)) = (one.status, KpiId::new(&one.claim.measure)) {
            let entry = out.entry(id).or_insert(status);
            *entry = (*entry).min(status);
        }
    }
    let own = own
        .iter()
        .filter_map(|one| Some((KpiId::new(&one.measure.id).ok()?, one.status)));
    out.extend(own);
    out
}

/// The picture of the programme, with the map that it shows.
pub fn programme_scene(place: &Place<'_>) -> (BenefitMap, Scene) {
    let (map, options) = composed(place);
    let scene = layout::layout(&BenefitGraph::new(&map), &options);
    (map, scene)
}

/// The programme as a map, and how its picture is composed, with the status of each measure.
pub(super) fn composed(place: &Place<'_>) -> (BenefitMap, LayoutOptions) {
    let options = LayoutOptions {
        signals: measure_signals(place.matrix, place.own),
        ..programme_options(place.source, place.as_of)
    };
    (programme(place.portfolio, place.maps), options)
}

/// The picture of one map of the portfolio, called after it.
pub fn project_scene(held: &Held<'_>, as_of: Day) -> Scene {
    layout::layout(&BenefitGraph::new(held.map), &project_options(held, as_of))
}

/// How the picture of one map of the portfolio is composed.
pub(super) fn project_options(held: &Held<'_>, as_of: Day) -> LayoutOptions {
    LayoutOptions {
        signals: signals(held.map, held.measurements, as_of),
        as_of: Some(as_of),
        source: held.id.to_owned(),
        heading: Some(Heading {
            title: title_of(held),
            purpose: held.map.purpose.clone(),
        }),
        ..LayoutOptions::default()
    }
}

/// The page for those who look after the place: how its outcomes go, with which money, what is wrong, what comes when.
pub fn dashboard(place: &Place<'_>) -> Report {
    let mut report = place.begun(place.title(), Numbering::Plain);
    in_short(place, &mut report);
    state(place, &mut report);
    report
}

/// How the outcomes of a place go, with which money, what comes when, who answers for it, and what is wrong.
fn state(place: &Place<'_>, report: &mut Report) {
    outcomes(place, report);
    matrix_of(place, report);
    money_of(place, report);
    when(place, report);
    owners(place, report);
    risks(place, report);
    found(place, report);
}

/// The business case of a place: the dashboard as a document to be read, with the programme and how figures are added up.
pub fn place_case(place: &Place<'_>) -> Report {
    let mut report = place.begun(format!("{}: the case of the place", place.title()), Numbering::Decimal);
    report.push(Block::Contents);
    in_short(place, &mut report);
    report.push(Block::heading(1, "The programme"));
    report.push(Block::text(
        "Each project is at the left. In the middle is what it brings about, and at the right what the place wants.",
    ));
    let mut picture = Picture::new(programme_scene(place).1, "The programme");
    picture.width = Width::Foldout;
    report.push(Block::picture(picture));
    state(place, &mut report);
    report.push(Block::heading(1, "How figures are added up"));
    report.push(Block::text(
        "The value of a claim in a year is the change of its KPI from its baseline that is planned, or measured, by the last day of that \
         year. Where nobody has said what two claims have in common, a total is given as what it comes to at the least and at the most: \
         at least the largest of them, at most their sum. What several projects share as a cost counts once. A measure of the whole \
         place is never summed: projects explain a part of its change.",
    ));
    report
}

/// The programme, and each project with its own map.
pub fn programme_report(place: &Place<'_>) -> Report {
    let mut report = place.begun(place.title(), Numbering::Plain);
    report.push(Block::heading(1, "The programme"));
    let (_, scene) = programme_scene(place);
    let mut picture = Picture::new(scene, "");
    picture.width = Width::Foldout;
    report.push(Block::picture(picture));
    report.push(Block::heading(1, "The projects"));
    // By its place, for two ids may look alike in an address.
    let anchor = |nth: usize| format!("project-{}", nth + 1);
    let items = place.maps.iter().enumerate().map(|(nth, held)| {
        vec![Inline::Link {
            text: title_of(held),
            target: Target::Place(anchor(nth)),
        }]
    });
    report.push(Block::List {
        kind: ListKind::Bullets,
        items: items.collect(),
    });
    for (nth, held) in place.maps.iter().enumerate() {
        report.push(Block::heading_at(2, title_of(held), anchor(nth)));
        let mut picture = Picture::new(project_scene(held, place.as_of), "");
        picture.width = Width::Foldout;
        report.push(Block::picture(picture));
    }
    report
}
