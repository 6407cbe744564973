//! A map in which every mark of a picture occurs, and its picture.

use benefit_map::draw::svg;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, LinkDetail, layout};
use benefit_map::map::{
    BenefitMap, Day, Effect, Evidence, Kpi, KpiId, Link, Node, NodeId, NodeKind, Number, Owner, Strength,
};
use benefit_map::scene::Scene;
use benefit_map::track::Status;

pub fn id(text: &str) -> NodeId {
    NodeId::new(text).unwrap()
}

/// A map in which every mark of a picture occurs.
pub fn marked() -> BenefitMap {
    let mut map = BenefitMap::new("Every <mark> & more");
    map.purpose = "To show them all".to_owned();
    let owner = |name: &str, text: &str| {
        let mut owner = Owner::new(text.parse().unwrap(), name.to_owned());
        owner.organisation = "The Council".to_owned();
        owner.senior = true;
        owner
    };
    map.owners = vec![
        owner("Director of Place", "dp"),
        owner("\u{5de}\u{5e0}\u{5d4}\u{5dc}\u{5ea}", "he"),
    ];
    for (name, kind, title) in [
        ("i", NodeKind::Investment, "Money"),
        ("e", NodeKind::Enabler, "Sensors \"quoted\" <b>bold</b> & 'more'"),
        (
            "c",
            NodeKind::BusinessChange,
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd}",
        ),
        (
            "m",
            NodeKind::IntermediateOutcome,
            "\u{6771}\u{4eac}\u{90fd}\u{306e}\u{4ea4}\u{901a}\u{4fe1}\u{53f7}\u{5236}\u{5fa1}",
        ),
        (
            "z",
            NodeKind::EndOutcome,
            "Cleaner streets for everybody who walks along them on any day of the week",
        ),
        ("bad", NodeKind::EndOutcome, "Less predictable shifts"),
    ] {
        map.nodes.push(Node::new(id(name), kind, title));
    }
    map.nodes[1].quick_win = true;
    map.nodes[1].owner = Some("dp".parse().unwrap());
    map.nodes[2].owner = Some("he".parse().unwrap());
    map.nodes[5].disbenefit = true;
    map.nodes[5].unintended = true;
    for (from, to) in [("i", "e"), ("e", "c"), ("c", "m"), ("m", "z"), ("c", "bad"), ("i", "z")] {
        map.links.push(Link::new(id(from), id(to)));
    }
    let mut hinder = Link::new(id("bad"), id("z"));
    hinder.effect = Effect::Hinders;
    let mut back = Link::new(id("z"), id("i"));
    back.feedback = true;
    map.links.extend([hinder, back]);
    map.links[0].contribution = Some(Number::new("0.8").unwrap());
    for (link, strength) in map.links.iter_mut().zip(Strength::ALL) {
        link.evidence.push({
            let mut made = Evidence::new("A study".to_owned());
            made.strength = Some(*strength);
            made
        });
    }
    for (i, node) in ["e", "e", "m", "m", "z", "z", "z"].into_iter().enumerate() {
        map.kpis.push(Kpi::new(
            KpiId::new(format!("k{i}")).unwrap(),
            id(node),
            "Something counted",
        ));
    }
    map
}

pub fn everything() -> LayoutOptions {
    let mut options = LayoutOptions::default();
    options.as_of = Some(Day::new("2026-11-23").unwrap());
    options.source = "map <1>.json".to_owned();
    options.link_detail = LinkDetail::Evidence;
    options.signals = [
        Status::OnTrack,
        Status::AtRisk,
        Status::OffTrack,
        Status::Achieved,
        Status::Missed,
        Status::NotDue,
        Status::NoData,
    ]
    .into_iter()
    .enumerate()
    .map(|(i, signal)| (KpiId::new(format!("k{i}")).unwrap(), signal))
    .collect();
    options
}

pub fn draw(map: &BenefitMap, options: &LayoutOptions) -> (Scene, String) {
    let scene = layout(&BenefitGraph::new(map), options);
    let text = svg(&scene, &benefit_map::scene::theme::DEFAULT);
    (scene, text)
}
