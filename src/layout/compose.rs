//! Everything brought together: cards arranged by the engine, with headings, title, legend and footer around them.

use std::collections::BTreeMap;

use crate::graph::{BenefitGraph, GraphLink, NodeIx};
use crate::map::{Effect, KpiId, NodeKind, Strength};
use crate::scene::{Card, Dash, Emphasis, Head, Point, Route, Scene, Stroke};

use super::card::{self, Facts, usual_width};
use super::engine::{self, Connection, Flow, Input, Item, Output, Spacing};
use super::furniture::Frame;
use super::owners::Owners;
use super::select::Selection;
use super::text::clean;
use super::{LayoutOptions, LinkDetail, OwnerLabel, words};

/// Ends of routes nearer than this to each other, in px, share one head.
const HEAD_ROOM: f64 = 5.0;
/// The thickness of a line that says nothing by it, in px.
pub(super) const USUAL_WEIGHT: f64 = 1.5;

pub(super) fn compose(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Scene {
    let selection = Selection::new(graph, options);
    let nodes = nodes_in_order(graph, &selection);
    let links = links_in_order(graph, &selection);
    let owners = Owners::new(graph);
    let mut cards = cards(graph, options, &nodes, &owners);
    let output = arrange(graph, &nodes, &links, &cards);

    let frame = Frame::new(graph, options, &selection, &output);
    let (dx, dy) = (frame.left, frame.top);
    for (card, &(x, y)) in cards.iter_mut().zip(&output.centres) {
        let (old_x, old_y) = (card.x, card.y);
        card.move_by(x + dx - old_x, y + dy - old_y);
    }
    let mut routes: Vec<Route> = links
        .iter()
        .zip(&output.routes)
        .filter(|(_, curve)| curve.len() >= 4)
        .map(|(&(link, emphasis), curve)| {
            let curve = curve.iter().map(|&(x, y)| (x + dx, y + dy)).collect();
            route(graph, options, link, curve, emphasis)
        })
        .collect();
    merge_heads(&mut routes);

    let mut scene = Scene {
        language: "en".to_owned(),
        title: title(graph),
        description: words::description(graph, &selection),
        routes,
        cards,
        ..Scene::default()
    };
    let spelled = match options.owner_label {
        OwnerLabel::Initials => owners.spelled(nodes.iter().filter_map(|(ix, _)| graph.node(*ix).owner.as_ref())),
        OwnerLabel::Name | OwnerLabel::Hidden => Vec::new(),
    };
    frame.furnish(&mut scene, spelled);
    scene
}

/// The title of the map, or a word for it where it has none.
pub(super) fn title(graph: &BenefitGraph<'_>) -> String {
    match clean(&graph.map().title) {
        empty if empty.is_empty() => "Benefit map".to_owned(),
        title => title,
    }
}

/// What is shown, by stage, then id: the order of the map's list has no say in the picture.
fn nodes_in_order(graph: &BenefitGraph<'_>, selection: &Selection) -> Vec<(NodeIx, Emphasis)> {
    let mut nodes: Vec<_> = graph.nodes().filter_map(|ix| Some((ix, selection.node(ix)?))).collect();
    nodes.sort_by_key(|&(ix, _)| (graph.node(ix).kind, graph.id(ix)));
    nodes
}

/// What is shown, by the ids of its ends; of several between the same ends, by what they do.
fn links_in_order<'g, 'm>(graph: &'g BenefitGraph<'m>, selection: &Selection) -> Vec<(&'g GraphLink<'m>, Emphasis)> {
    let mut links: Vec<_> = graph
        .links()
        .iter()
        .filter_map(|link| Some((link, selection.link(link)?)))
        .collect();
    let key = |l: &GraphLink<'m>| (graph.id(l.from), graph.id(l.to), l.link.effect, l.link.feedback);
    links.sort_by(|(a, _), (b, _)| {
        key(a)
            .cmp(&key(b))
            .then_with(|| a.link.rationale.cmp(&b.link.rationale))
    });
    links
}

fn cards(
    graph: &BenefitGraph<'_>,
    options: &LayoutOptions,
    nodes: &[(NodeIx, Emphasis)],
    owners: &Owners<'_>,
) -> Vec<Card> {
    let mut kpis: BTreeMap<&str, Vec<&KpiId>> = BTreeMap::new();
    for kpi in &graph.map().kpis {
        kpis.entry(kpi.node.as_str()).or_default().push(&kpi.id);
    }
    for ids in kpis.values_mut() {
        ids.sort();
    }
    let mut widths = Vec::with_capacity(nodes.len());
    for stage in nodes.chunk_by(|&(a, _), &(b, _)| graph.node(a).kind == graph.node(b).kind) {
        let stage: Vec<_> = stage.iter().map(|&(ix, _)| graph.node(ix)).collect();
        widths.extend(card::widths(&stage));
    }
    nodes
        .iter()
        .zip(widths)
        .map(|(&(ix, emphasis), width)| {
            let node = graph.node(ix);
            let measured_by = kpis.get(node.id.as_str()).map_or(&[][..], Vec::as_slice);
            let mut facts = Facts {
                kpis: measured_by.len(),
                signals: measured_by
                    .iter()
                    .filter_map(|&id| options.signals.get(id).copied())
                    .collect(),
                ..Facts::default()
            };
            if let (Some(owner), OwnerLabel::Name | OwnerLabel::Initials) = (&node.owner, options.owner_label) {
                facts.owner = owners.name(owner).to_owned();
                facts.organisation = owners.organisation(owner).to_owned();
                if options.owner_label == OwnerLabel::Initials {
                    facts.initials = owners.initials(owner).to_owned();
                }
            }
            card::card(node, &facts, emphasis, width)
        })
        .collect()
}

fn arrange(
    graph: &BenefitGraph<'_>,
    nodes: &[(NodeIx, Emphasis)],
    links: &[(&GraphLink<'_>, Emphasis)],
    cards: &[Card],
) -> Output {
    let mut place = vec![0; graph.len()];
    for (i, (ix, _)) in nodes.iter().enumerate() {
        place[ix.index()] = i;
    }
    let input = Input {
        items: nodes
            .iter()
            .zip(cards)
            .map(|(&(ix, _), card)| Item {
                stage: graph.node(ix).kind.stage(),
                width: card.w,
                height: card.h,
            })
            .collect(),
        connections: links
            .iter()
            .map(|(link, _)| Connection {
                from: place[link.from.index()],
                to: place[link.to.index()],
                flow: if link.link.feedback {
                    Flow::Feedback
                } else {
                    Flow::Forward
                },
            })
            .collect(),
        stages: NodeKind::ALL.len(),
        empty_width: usual_width(),
        ..Input::default()
    };
    let options = engine::Options {
        spacing: Spacing {
            between_items: 18.0,
            between_columns: 76.0,
            ..Spacing::default()
        },
    };
    engine::arrange(&input, &options)
}

fn route(
    graph: &BenefitGraph<'_>,
    options: &LayoutOptions,
    link: &GraphLink<'_>,
    bezier: Vec<Point>,
    emphasis: Emphasis,
) -> Route {
    // Also a link that closes a loop is drawn as one that runs back, because the engine leads it back.
    let runs_back = link.link.feedback || bezier[bezier.len() - 1].0 <= bezier[0].0;
    let stroke = match (link.link.effect, runs_back) {
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
        from: graph.id(link.from).to_string(),
        to: graph.id(link.to).to_string(),
        bezier,
        stroke,
        dash,
        head,
        weight: USUAL_WEIGHT,
        emphasis,
        tooltip: clean(&link.link.rationale),
    };
    if options.link_detail == LinkDetail::Evidence && stroke == Stroke::Onward {
        route.dash = evidence_dash(link.link.evidence.iter().filter_map(|e| e.strength).min());
        if let Some(share) = &link.link.contribution {
            route.weight = 1.0 + 3.0 * share.to_f64().clamp(0.0, 1.0);
        }
    }
    route
}

/// The dash of the strongest evidence that has been weighed.
pub(super) fn evidence_dash(strongest: Option<Strength>) -> Dash {
    match strongest {
        Some(Strength::Strong) => Dash::Solid,
        Some(Strength::Moderate) => Dash::Long,
        Some(Strength::Weak) => Dash::Short,
        Some(Strength::Assumed) => Dash::DashDot,
        None => Dash::Dotted,
    }
}

/// Where lines of one look end on one spot, one head stands for all, that none is drawn upon another.
fn merge_heads(routes: &mut [Route]) {
    let mut order: Vec<usize> = (0..routes.len()).collect();
    let end = |r: &Route| r.bezier[r.bezier.len() - 1];
    order.sort_by(|&a, &b| {
        let key = |r: &Route| (r.emphasis == Emphasis::Faded, r.stroke);
        let (a, b) = (&routes[a], &routes[b]);
        (a.to.cmp(&b.to))
            .then(key(a).cmp(&key(b)))
            .then(end(a).0.total_cmp(&end(b).0))
            .then(end(a).1.total_cmp(&end(b).1))
    });
    let mut last: Option<usize> = None;
    for i in order {
        let shared = last.is_some_and(|l| {
            let (a, b) = (&routes[l], &routes[i]);
            let ((ax, ay), (bx, by)) = (end(a), end(b));
            a.to == b.to
                && a.stroke == b.stroke
                && (a.emphasis == Emphasis::Faded) == (b.emphasis == Emphasis::Faded)
                && (ax - bx).abs() < HEAD_ROOM
                && (ay - by).abs() < HEAD_ROOM
        });
        if shared {
            routes[i].head = Head::None;
        } else {
            last = Some(i);
        }
    }
}
