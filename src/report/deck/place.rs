//! A portfolio on slides: what leads to each outcome of the place, and the map of each project.

use super::super::place::{Place, composed, project_options};
use super::{DeckOptions, SlideKind, deck};
use crate::draw::pptx::Slide;
use crate::graph::BenefitGraph;
use crate::map::Day;
use crate::portfolio::Held;

/// The slides of the programme: for each outcome of the place what leads to it, in type of 10 pt or more. All of it on one slide can be
/// read of no place that has more than a few projects; which project serves which outcome is in a table of the dashboard.
pub fn programme_slides(place: &Place<'_>) -> Vec<Slide> {
    let (map, layout) = composed(place);
    let options = DeckOptions {
        layout,
        ..DeckOptions::new(vec![SlideKind::Outcomes])
    };
    deck(&BenefitGraph::new(&map), &options).slides
}

/// The slides of one map of the portfolio, called after it: as many as it takes for 10 pt.
pub fn project_slides(held: &Held<'_>, as_of: Day) -> Vec<Slide> {
    let options = DeckOptions {
        layout: project_options(held, as_of),
        ..DeckOptions::new(vec![SlideKind::Overview])
    };
    deck(&BenefitGraph::new(held.map), &options).slides
}
