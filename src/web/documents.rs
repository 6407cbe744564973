//! The documents that a workshop hands out at its end: slides, the business case, the benefits register, one page to send.

use super::export::{Source, fonts, layout_of, scene};
use crate::draw;
use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, Day, limits};
use crate::report::deck::{DeckOptions, SlideKind, deck, within_limits};
use crate::report::{CaseOptions, Report, benefit_register, business_case, docx, pdf};
use crate::session::View;

/// What a document takes for each box with its lines and its line of sight, in bytes.
const A_BOX: usize = 64 << 10;

/// About how much memory a document takes.
pub(super) fn takes(view: &View) -> usize {
    view.map.nodes.len() * A_BOX
}

/// The day that documents speak of.
fn day(source: &Source) -> Day {
    source.today.unwrap_or_else(super::today)
}

/// A document about the map, where it is not too large for one.
fn document(source: &Source, make: fn(&BenefitGraph<'_>, &CaseOptions<'_>) -> Report) -> Result<Report, String> {
    let map: &BenefitMap = &source.view.map;
    limits::of_document(map).map_err(|error| error.to_string())?;
    let mut options = CaseOptions::new(day(source));
    options.source.clone_from(&source.name);
    Ok(make(&BenefitGraph::new(map), &options))
}

/// The map and the line of sight of each end outcome as slides.
pub(super) fn slides(source: &Source) -> Result<Vec<u8>, String> {
    let graph = BenefitGraph::new(&source.view.map);
    let mut options = DeckOptions::new(vec![SlideKind::Overview, SlideKind::Outcomes, SlideKind::Status]);
    options.layout = layout_of(source);
    within_limits(&graph, &options).map_err(|error| error.to_string())?;
    draw::pptx::write(&deck(&graph, &options)).map_err(|error| error.to_string())
}

/// The business case as a Word document.
pub(super) fn word(source: &Source) -> Result<Vec<u8>, String> {
    let report = document(source, business_case)?;
    let fonts = fonts(source, &[scene(source)]);
    docx::write(&report, &fonts, None).map_err(|error| error.to_string())
}

/// The business case as pages.
pub(super) fn pages(source: &Source) -> Result<Vec<u8>, String> {
    let report = document(source, business_case)?;
    pdf::within_limits(&report).map_err(|error| error.to_string())?;
    let fonts = fonts(source, &[scene(source)]);
    pdf::write(&report, &fonts).map_err(|error| error.to_string())
}

/// The benefits register as a Word document.
pub(super) fn register(source: &Source) -> Result<Vec<u8>, String> {
    let report = document(source, benefit_register)?;
    let fonts = fonts(source, &[scene(source)]);
    docx::write(&report, &fonts, None).map_err(|error| error.to_string())
}
