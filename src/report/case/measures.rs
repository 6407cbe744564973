//! KPIs: what is measured, how, and how it went.

use crate::draw::Graph;
use crate::map::{Day, Kpi, Language, NodeKind, record};
use crate::track::Measurements;
#[cfg(feature = "documents")]
use crate::track::series;

use super::super::model::{Block, Cell, Column, Inline, Picture, Table, Width};
#[cfg(feature = "documents")]
use super::super::native::graph_of;
use super::super::{chart, wording};
use super::{Case, status_and_why};

/// Charts on one page.
const CHARTS: usize = 6;
/// How wide a page of charts is, in px: two beside each other.
const SHEET: f64 = 800.0;

pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![Block::heading_at(1, "How benefits are measured", "kpis")];
    if map.kpis.is_empty() {
        out.push(Block::note("The map has no KPIs yet, so nothing is measured."));
        return out;
    }
    let leading = map
        .kpis
        .iter()
        .filter(|kpi| wording::indicator(kpi) == "Leading")
        .count();
    out.push(Block::Paragraph(vec![
        Inline::text(format!(
            "{} {} the programme, {leading} of them leading: they move before the outcomes do, so they warn early. ",
            wording::capital(&wording::counted(map.kpis.len(), "KPI", "KPIs")),
            if map.kpis.len() == 1 { "follows" } else { "follow" },
        )),
        Inline::Reference("kpi-table".to_owned()),
        Inline::text(" names each with its baseline, its targets and how it is measured."),
    ]));
    if let Some(sentence) = case.options.measurements.and_then(|known| known.reception().sentence()) {
        out.push(Block::note(sentence));
    }
    out.push(Block::Table(kpis(case)));
    let nothing = Measurements::default();
    let known = case.options.measurements.unwrap_or(&nothing);
    out.push(Block::heading(2, "Trajectories"));
    out.push(Block::text(match case.options.measurements {
        Some(_) => "Each chart shows the planned path with its tolerances, what was measured, and where the trend leads.",
        None => "Each chart shows the planned path from the baseline through the targets, with its tolerances. Nothing has been measured yet.",
    }));
    let has_values = |kpi: &Kpi| kpi.baseline.is_some() || !kpi.targets.is_empty() || !known.of(&kpi.id).is_empty();
    let bare = map.kpis.iter().filter(|kpi| !has_values(kpi)).count();
    if bare > 0 {
        out.push(Block::note(format!(
            "{} no chart, as they have no baseline, no target and no measurement.",
            match bare {
                1 => "One KPI has".to_owned(),
                n => format!("{} have", wording::capital(&wording::counted(n, "KPI", "KPIs"))),
            }
        )));
    }
    for (kind, words) in [
        (NodeKind::EndOutcome, "KPIs of end outcomes"),
        (NodeKind::IntermediateOutcome, "KPIs of intermediate outcomes"),
        (NodeKind::BusinessChange, "KPIs of business changes"),
        (NodeKind::Enabler, "KPIs of enablers"),
    ] {
        let of_kind = |kpi: &&Kpi| case.records.node(&kpi.node).is_some_and(|node| node.kind == kind);
        let kpis: Vec<&Kpi> = (map.kpis.iter())
            .filter(of_kind)
            .filter(|kpi| has_values(kpi))
            .collect();
        let sheets = kpis.len().div_ceil(CHARTS);
        for (i, part) in kpis.chunks(CHARTS).enumerate() {
            let scene = chart::sheet_of(
                (String::new(), case.map.language()),
                part,
                known,
                case.options.as_of,
                SHEET,
            );
            let caption = match sheets {
                1 => words.to_owned(),
                _ => format!("{words}, part {} of {sheets}", i + 1),
            };
            let mut picture = Picture::new(scene, caption);
            picture.graphs = graphs(part, known, (case.options.as_of, case.map.language()));
            out.push(Block::picture(picture));
        }
    }
    out
}

/// The charts of a sheet, in the order of the picture: those that need attention first.
#[cfg(feature = "documents")]
fn graphs(kpis: &[&Kpi], known: &Measurements, (as_of, language): (Day, Language)) -> Vec<Graph> {
    let mut all: Vec<_> = kpis
        .iter()
        .map(|kpi| (*kpi, series(kpi, known, as_of).in_language(language)))
        .collect();
    all.sort_by_key(|(_, series)| series.outlook.status);
    all.iter().filter_map(|(kpi, series)| graph_of(kpi, series)).collect()
}

#[cfg(not(feature = "documents"))]
fn graphs(_: &[&Kpi], _: &Measurements, _: (Day, Language)) -> Vec<Graph> {
    Vec::new()
}

fn kpis(case: &Case<'_, '_>) -> Table {
    let map = case.map;
    let mut columns = vec![
        Column::new("KPI", 2.6),
        Column::new("Kind", 0.9),
        Column::new("Baseline", 2.7),
        Column::new("Targets", 2.9),
        Column::new("Measured", 3.2),
    ];
    if case.standing.is_some() {
        columns.extend([Column::new("Last value", 1.9), Column::new("Status and why", 2.6)]);
    }
    let mut table = Table::new("KPIs, their targets and how they are measured", columns);
    table.width = Width::Landscape;
    table.anchor = "kpi-table".to_owned();
    for node in NodeKind::ALL
        .iter()
        .rev()
        .flat_map(|kind| map.nodes.iter().filter(move |n| n.kind == *kind))
    {
        let kpis = case.records.kpis_of(&node.id);
        if kpis.is_empty() {
            continue;
        }
        table.push_group(format!("{} ({})", node.label(), node.kind.label().to_lowercase()));
        for kpi in kpis {
            let mut cells = vec![
                title(kpi),
                Cell::text(wording::indicator(kpi)),
                Cell::text(wording::short_baseline(case.map.language(), kpi)),
                Cell::lines(kpi.targets.iter().map(|target| match target.date {
                    Some(day) => format!(
                        "{} by {}",
                        wording::value(case.map.language(), kpi, target.value),
                        case.map.language().short_day(day)
                    ),
                    None => wording::value(case.map.language(), kpi, target.value),
                })),
                Cell::text(measured(case, kpi)),
            ];
            if let Some(o) = case.standing.as_ref().and_then(|standing| standing.of(kpi)) {
                let last = wording::last_measured(o, case.map.language());
                cells.push(Cell::text(last.unwrap_or_else(|| "Not measured".to_owned())));
                cells.push(status_and_why(o, case.map.language()));
            }
            table.push(cells);
        }
    }
    table
}

/// What is measured, and in sentences under it whatever else the map says of that.
fn title(kpi: &Kpi) -> Cell {
    let mut inlines = vec![Inline::text(kpi.label())];
    for (_, text) in record::KPI.prose(kpi) {
        inlines.extend([Inline::Break, Inline::Emphasis(text)]);
    }
    Cell(inlines)
}

/// How, how often, from what and by whom.
fn measured(case: &Case<'_, '_>, kpi: &Kpi) -> String {
    let Some(plan) = &kpi.measurement else {
        return "No plan".to_owned();
    };
    let mut parts = Vec::new();
    if !plan.frequency.trim().is_empty() {
        parts.push(wording::capital(plan.frequency.trim()));
    }
    if !plan.source.trim().is_empty() {
        parts.push(format!("from {}", plan.source.trim()));
    }
    if let Some(responsible) = &plan.responsible {
        parts.push(format!("by the {}", wording::owner(&case.records, responsible)).replace("by the the", "by the"));
    }
    wording::capital(&parts.join(", "))
}
