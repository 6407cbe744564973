//! Links as lines: what their colour, dash, thickness and head tell.

use crate::graph::BenefitGraph;
use crate::map::{Effect, Link, Strength};
use crate::scene::{Dash, Emphasis, Head, Point, Route, Stroke};

use super::arranged::Curve;
use super::content::{Content, Tie};
use super::{LayoutOptions, LinkDetail, Mark};
use crate::text::clean;

/// Ends of routes nearer than this to each other, in px, share one head.
const HEAD_ROOM: f64 = 5.0;
/// The thickness of a line that says nothing by it, in px.
pub(super) const USUAL_WEIGHT: f64 = 1.5;
/// The thickness of a line that divides people, in px.
pub(super) const DIVIDED_WEIGHT: f64 = 4.0;

/// The thickness of a line that leads to hardly any money, and of the one that leads to most, in px.
const THINNEST: f64 = 1.0;
const THICKEST: f64 = 5.0;

/// Whether the line of a link says nothing but that the first helps the second, and may be one with others.
pub(super) fn is_plain(options: &LayoutOptions, link: &Link) -> bool {
    let ends = || (link.from.clone(), link.to.clone());
    let looks = match options.link_detail {
        LinkDetail::Plain => true,
        // How thick each one is says how much money it leads to.
        LinkDetail::Money => false,
        LinkDetail::Evidence => evidence_dash(link) == Dash::Solid && link.contribution.is_none(),
        LinkDetail::Changes => !options.marks.links.contains_key(&ends()),
        LinkDetail::Confidence => {
            let votes = options.votes.get(&ends());
            vote_dash(votes.and_then(|votes| votes.lowest)) == Dash::Solid && votes.is_some_and(|votes| !votes.divided)
        }
    };
    looks && link.effect == Effect::Supports && !link.feedback
}

/// The line of a link along a curve that is moved to its place; `None` where there is no curve.
pub(super) fn route(
    graph: &BenefitGraph<'_>,
    options: &LayoutOptions,
    content: &Content<'_, '_>,
    tie: &Tie<'_, '_>,
    curve: &Curve,
    (dx, dy): Point,
) -> Option<Route> {
    if curve.points.len() < 4 {
        return None;
    }
    let link = tie.link.link;
    // Also a link that closes a loop is drawn as one that runs back, because the engine leads it back.
    let stroke = match (link.effect, link.feedback || curve.runs_back) {
        (Effect::Hinders, _) => Stroke::Adverse,
        (Effect::Supports, true) => Stroke::Back,
        (Effect::Supports, false) => Stroke::Onward,
    };
    let (dash, head) = match stroke {
        Stroke::Adverse => (Dash::Short, Head::Bar),
        Stroke::Back => (Dash::Long, Head::Open),
        Stroke::Onward => (Dash::Solid, Head::Arrow),
    };
    let mut route = Route {
        from: content.entries[tie.from].id(graph).to_owned(),
        to: content.entries[tie.to].id(graph).to_owned(),
        bezier: curve.points.iter().map(|&(x, y)| (x + dx, y + dy)).collect(),
        stroke,
        dash,
        head,
        weight: USUAL_WEIGHT,
        emphasis: tie.emphasis,
        tooltip: clean(&link.rationale),
    };
    if options.link_detail == LinkDetail::Evidence && stroke == Stroke::Onward {
        route.dash = evidence_dash(link);
        if let Some(share) = &link.contribution {
            route.weight = 1.0 + 3.0 * share.to_f64().clamp(0.0, 1.0);
        }
    }
    if options.link_detail == LinkDetail::Changes {
        let ends = (link.from.clone(), link.to.clone());
        let mark = options.marks.links.get(&ends).copied();
        (route.dash, route.weight) = look(mark, route.dash);
        if let Some(mark) = mark {
            route.tooltip = format!("{mark:?}: {}", route.tooltip)
                .trim_end_matches([' ', ':'])
                .to_owned();
        }
    }
    if options.link_detail == LinkDetail::Confidence {
        let votes = options.votes.get(&(link.from.clone(), link.to.clone()));
        if stroke == Stroke::Onward {
            route.dash = vote_dash(votes.and_then(|votes| votes.lowest));
        }
        if votes.is_some_and(|votes| votes.divided) {
            route.weight = DIVIDED_WEIGHT;
        }
        let said = votes.map_or("Nobody answered.", |votes| votes.words.as_str());
        route.tooltip = clean(&format!("{said} {}", link.rationale));
    }
    if options.link_detail == LinkDetail::Money {
        let money = options.money.get(&(link.from.clone(), link.to.clone()));
        match money {
            Some(money) => route.weight = THINNEST + (THICKEST - THINNEST) * money.share.clamp(0.0, 1.0),
            None if stroke == Stroke::Onward => route.dash = Dash::Dotted,
            None => {}
        }
        let said = money.map_or("No benefit with a value in money.", |money| money.words.as_str());
        route.tooltip = clean(&format!("{said} {}", link.rationale));
    }
    Some(route)
}

/// The dash of the lowest answer, from 1; of none, dots.
pub(super) fn vote_dash(lowest: Option<u8>) -> Dash {
    match lowest {
        Some(4..) => Dash::Solid,
        Some(3) => Dash::Long,
        Some(2) => Dash::Short,
        Some(_) => Dash::DashDot,
        None => Dash::Dotted,
    }
}

/// Dash and thickness of a line that was added, removed or changed; of one that was not, its own.
pub(super) fn look(mark: Option<Mark>, own: Dash) -> (Dash, f64) {
    match mark {
        None => (own, USUAL_WEIGHT),
        Some(Mark::Added) => (own, 4.0),
        Some(Mark::Removed) => (Dash::Dotted, 2.5),
        Some(Mark::Changed) => (Dash::DashDot, 3.0),
    }
}

/// The dash of the strongest evidence that has been weighed.
fn evidence_dash(link: &Link) -> Dash {
    match link.evidence.iter().filter_map(|e| e.strength).min() {
        Some(Strength::Strong) => Dash::Solid,
        Some(Strength::Moderate) => Dash::Long,
        Some(Strength::Weak) => Dash::Short,
        Some(Strength::Assumed) => Dash::DashDot,
        None => Dash::Dotted,
    }
}

/// Where lines of one look end on one spot, one head stands for all, that none is drawn upon another.
pub(super) fn merge_heads(routes: &mut [Route]) {
    let mut order: Vec<usize> = (0..routes.len()).collect();
    let end = |r: &Route| r.bezier[r.bezier.len() - 1];
    let look = |r: &Route| (r.emphasis == Emphasis::Faded, r.stroke);
    order.sort_by(|&a, &b| {
        let (a, b) = (&routes[a], &routes[b]);
        (a.to.cmp(&b.to))
            .then(look(a).cmp(&look(b)))
            .then(end(a).0.total_cmp(&end(b).0))
            .then(end(a).1.total_cmp(&end(b).1))
    });
    let mut last: Option<usize> = None;
    for i in order {
        let is_shared = last.is_some_and(|l| {
            let (a, b) = (&routes[l], &routes[i]);
            let ((ax, ay), (bx, by)) = (end(a), end(b));
            a.to == b.to && look(a) == look(b) && (ax - bx).abs() < HEAD_ROOM && (ay - by).abs() < HEAD_ROOM
        });
        if is_shared {
            routes[i].head = Head::None;
        } else {
            last = Some(i);
        }
    }
}
