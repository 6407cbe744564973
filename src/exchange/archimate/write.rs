//! A map as an ArchiMate model: elements, relations, properties, and a view with every box at its place.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fields;
use super::types;
use crate::graph::BenefitGraph;
use crate::scene::theme::{Colour, DEFAULT};
use crate::scene::{Card, Route, Scene, Text, TextStyle};
use crate::xml::{Fidelity, Lines};

/// The text of a model. Its parts stand in the order that the schema of the format asks for.
pub(in super::super) fn write(graph: &BenefitGraph<'_>, scene: &Scene) -> String {
    let map = graph.map();
    let mut xml = Lines::new(Fidelity::Exact);
    xml.open(
        "model",
        &[
            ("xmlns", "http://www.opengroup.org/xsd/archimate/3.0/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://www.opengroup.org/xsd/archimate/3.0/ http://www.opengroup.org/xsd/archimate/3.1/archimate3_Diagram.xsd",
            ),
            ("identifier", "benefit-map"),
        ],
    );
    let mut defined = BTreeSet::new();
    xml.text("name", &[], &map.title);
    documentation(&mut xml, &map.purpose);
    properties(&mut xml, &mut defined, &fields::of_map(map));
    if !graph.is_empty() {
        xml.open("elements", &[]);
        for ix in graph.nodes() {
            let node = graph.node(ix);
            let id = format!("n-{}", node.id);
            xml.open(
                "element",
                &[("identifier", &id), ("xsi:type", types::element(node.kind))],
            );
            xml.text("name", &[], &node.title);
            documentation(&mut xml, &node.description);
            let mut said = vec![("id", node.id.to_string())];
            said.extend(fields::of_node(node));
            properties(&mut xml, &mut defined, &said);
            xml.close();
        }
        xml.close();
    }
    let ids = relation_ids(graph);
    if !graph.links().is_empty() {
        xml.open("relationships", &[]);
        for (link, id) in graph.links().iter().zip(&ids) {
            let relation = types::relation(graph.kind(link.from), graph.kind(link.to), link.link);
            let ends = [link.from, link.to].map(|end| format!("n-{}", graph.id(end)));
            let mut attributes = vec![("identifier", id.as_str()), ("source", &ends[0]), ("target", &ends[1])];
            attributes.push(("xsi:type", relation.word));
            attributes.extend(relation.attribute);
            let mut said = fields::of_link(link.link);
            said.retain(|(name, _)| *name != "rationale");
            if said.is_empty() && link.link.rationale.is_empty() {
                xml.empty("relationship", &attributes);
                continue;
            }
            xml.open("relationship", &attributes);
            documentation(&mut xml, &link.link.rationale);
            properties(&mut xml, &mut defined, &said);
            xml.close();
        }
        xml.close();
    }
    if !defined.is_empty() {
        xml.open("propertyDefinitions", &[]);
        for name in &defined {
            xml.open(
                "propertyDefinition",
                &[("identifier", &format!("p-{name}")), ("type", "string")],
            );
            xml.text("name", &[], name);
            xml.close();
        }
        xml.close();
    }
    if !graph.is_empty() {
        view(&mut xml, graph, scene, &ids);
    }
    xml.finish()
}

/// An id for each relation, made of its ends, so that a changed map changes few of them.
fn relation_ids(graph: &BenefitGraph<'_>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let of = |link: &crate::graph::GraphLink<'_>| {
        let base = format!("l-{}-to-{}", graph.id(link.from), graph.id(link.to));
        let mut id = base.clone();
        while !taken.insert(id.clone()) {
            let number = seen.entry(base.clone()).or_insert(1);
            *number += 1;
            id = format!("{base}--{number}");
        }
        id
    };
    graph.links().iter().map(of).collect()
}

fn documentation(xml: &mut Lines, text: &str) {
    if !text.is_empty() {
        xml.text("documentation", &[], text);
    }
}

fn properties<'n>(xml: &mut Lines, defined: &mut BTreeSet<&'n str>, said: &[(&'n str, String)]) {
    if said.is_empty() {
        return;
    }
    xml.open("properties", &[]);
    for (name, value) in said {
        defined.insert(name);
        xml.open("property", &[("propertyDefinitionRef", &format!("p-{name}"))]);
        xml.text("value", &[], value);
        xml.close();
    }
    xml.close();
}

fn view(xml: &mut Lines, graph: &BenefitGraph<'_>, scene: &Scene, ids: &[String]) {
    xml.open("views", &[]);
    xml.open("diagrams", &[]);
    xml.open("view", &[("identifier", "view-map"), ("xsi:type", "Diagram")]);
    xml.text("name", &[], "Benefit map");
    let headings = scene
        .texts
        .iter()
        .filter(|text| matches!(text.style, TextStyle::Title | TextStyle::Heading));
    for (at, text) in headings.enumerate() {
        label(xml, &format!("t-{at}"), text);
    }
    for card in &scene.cards {
        box_of(xml, card);
    }
    let routes = scene.routes_by_ends();
    for (link, id) in graph.links().iter().zip(ids) {
        let (from, to) = (graph.id(link.from).as_str(), graph.id(link.to).as_str());
        let ends = [from, to].map(|end| format!("v-{end}"));
        let id_here = format!("c-{id}");
        let attributes = [
            ("identifier", id_here.as_str()),
            ("relationshipRef", id),
            ("xsi:type", "Relationship"),
            ("source", &ends[0]),
            ("target", &ends[1]),
        ];
        let bends = routes.get(&(from, to)).map(|route| bends(route)).unwrap_or_default();
        if bends.is_empty() {
            xml.empty("connection", &attributes);
            continue;
        }
        xml.open("connection", &attributes);
        for (x, y) in bends {
            xml.empty("bendpoint", &[("x", &whole(x)), ("y", &whole(y))]);
        }
        xml.close();
    }
    xml.close();
    xml.close();
    xml.close();
}

/// Where a route that goes round boxes turns; nothing for one that runs straight across a gap.
fn bends(route: &Route) -> Vec<(f64, f64)> {
    let curves = route.bezier.len() / 3;
    (1..curves).map(|at| route.bezier[3 * at]).collect()
}

/// A number as the schema wants it: whole, and not below 0.
fn whole(value: f64) -> String {
    format!("{:.0}", value.max(0.0))
}

fn label(xml: &mut Lines, id: &str, text: &Text) {
    let Some(first) = text.lines.first() else { return };
    let left = text.lines.iter().map(|line| line.x).fold(f64::INFINITY, f64::min);
    let across = text.lines.iter().map(|line| line.width).fold(1.0, f64::max);
    let down = text.style.leading() * text.lines.len() as f64;
    let attributes = [
        ("identifier", id),
        ("xsi:type", "Label"),
        ("x", &whole(left)),
        ("y", &whole(first.y - text.style.size())),
        ("w", &whole(across.ceil() + 8.0)),
        ("h", &whole(down.ceil() + 4.0)),
    ];
    let words: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
    xml.open("node", &attributes);
    xml.text("label", &[], &words.join(" "));
    xml.close();
}

fn box_of(xml: &mut Lines, card: &Card) {
    let area = card.area();
    let shade = DEFAULT.shade(card.tone);
    let (id, element) = (format!("v-{}", card.id), format!("n-{}", card.id));
    let attributes = [
        ("identifier", id.as_str()),
        ("elementRef", &element),
        ("xsi:type", "Element"),
        ("x", &whole(area.x)),
        ("y", &whole(area.y)),
        ("w", &whole(area.w.max(1.0))),
        ("h", &whole(area.h.max(1.0))),
    ];
    xml.open("node", &attributes);
    xml.open("style", &[]);
    colour(xml, "fillColor", shade.fill);
    colour(xml, "lineColor", shade.strong);
    xml.close();
    xml.close();
}

/// A colour `#rrggbb` by its three parts.
fn colour(xml: &mut Lines, name: &str, colour: Colour) {
    let part = |at: usize| {
        colour
            .get(at..at + 2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .unwrap_or(0)
            .to_string()
    };
    xml.empty(name, &[("r", &part(1)), ("g", &part(3)), ("b", &part(5))]);
}
