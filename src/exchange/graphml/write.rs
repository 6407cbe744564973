//! A map as GraphML (graphml.graphdrawing.org): every field as data, and for yEd the shapes at their places.

use super::super::fields;
use super::super::text::decimal;
use super::label;
use crate::graph::BenefitGraph;
use crate::map::{Effect, NodeKind};
use crate::scene::theme::DEFAULT;
use crate::scene::{Card, Scene};
use crate::xml::{Fidelity, Lines};

/// The text of a GraphML file.
pub(in super::super) fn write(graph: &BenefitGraph<'_>, scene: &Scene) -> String {
    let map = graph.map();
    let mut xml = Lines::new(Fidelity::Exact);
    xml.open(
        "graphml",
        &[
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xmlns:y", "http://www.yworks.com/xml/graphml"),
            (
                "xsi:schemaLocation",
                "http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd",
            ),
        ],
    );
    let key = |xml: &mut Lines, mark: &str, of: &str, name: &str| {
        let id = format!("{mark}.{name}");
        xml.empty(
            "key",
            &[("id", &id), ("for", of), ("attr.name", name), ("attr.type", "string")],
        );
    };
    for name in ["title", "purpose"].into_iter().chain(fields::map_names()) {
        key(&mut xml, "g", "graph", name);
    }
    for name in ["id", "title", "kind", "description"]
        .into_iter()
        .chain(fields::node_names())
    {
        key(&mut xml, "n", "node", name);
    }
    for name in fields::link_names() {
        key(&mut xml, "e", "edge", name);
    }
    xml.empty(
        "key",
        &[("id", "n.look"), ("for", "node"), ("yfiles.type", "nodegraphics")],
    );
    xml.empty(
        "key",
        &[("id", "e.look"), ("for", "edge"), ("yfiles.type", "edgegraphics")],
    );
    xml.open("graph", &[("id", "map"), ("edgedefault", "directed")]);
    let data = |xml: &mut Lines, mark: &str, name: &str, value: &str| {
        if !value.is_empty() {
            xml.text("data", &[("key", &format!("{mark}.{name}"))], value);
        }
    };
    data(&mut xml, "g", "title", &map.title);
    data(&mut xml, "g", "purpose", &map.purpose);
    for (name, value) in fields::of_map(map) {
        data(&mut xml, "g", name, &value);
    }
    let cards = scene.cards_by_id();
    for ix in graph.nodes() {
        let node = graph.node(ix);
        xml.open("node", &[("id", node.id.as_str())]);
        data(&mut xml, "n", "id", node.id.as_str());
        data(&mut xml, "n", "title", &node.title);
        data(&mut xml, "n", "kind", node.kind.as_str());
        data(&mut xml, "n", "description", &node.description);
        for (name, value) in fields::of_node(node) {
            data(&mut xml, "n", name, &value);
        }
        if let Some(card) = cards.get(node.id.as_str()) {
            shape(&mut xml, card, node.kind, &node.title);
        }
        xml.close();
    }
    for link in graph.links() {
        let ends = [
            ("source", graph.id(link.from).as_str()),
            ("target", graph.id(link.to).as_str()),
        ];
        xml.open("edge", &ends);
        for (name, value) in fields::of_link(link.link) {
            data(&mut xml, "e", name, &value);
        }
        let hinders = link.link.effect == Effect::Hinders;
        let (colour, line, arrow) = match (hinders, link.link.feedback) {
            (true, _) => (DEFAULT.adverse, "dashed", "t_shape"),
            (false, true) => (DEFAULT.back, "dotted", "standard"),
            (false, false) => (DEFAULT.onward, "line", "standard"),
        };
        xml.open("data", &[("key", "e.look")]);
        xml.open("y:PolyLineEdge", &[]);
        xml.empty("y:LineStyle", &[("color", colour), ("type", line), ("width", "1.5")]);
        xml.empty("y:Arrows", &[("source", "none"), ("target", arrow)]);
        xml.close();
        xml.close();
        xml.close();
    }
    xml.finish()
}

/// The box as yEd draws it.
fn shape(xml: &mut Lines, card: &Card, kind: NodeKind, title: &str) {
    let shade = DEFAULT.shade(card.tone);
    let area = card.area();
    let form = match kind {
        NodeKind::Investment => "rectangle",
        NodeKind::Enabler => "roundrectangle",
        NodeKind::BusinessChange => "hexagon",
        NodeKind::IntermediateOutcome => "rectangle3d",
        NodeKind::EndOutcome => "octagon",
    };
    let (x, y) = (decimal(area.x), decimal(area.y));
    let (w, h) = (decimal(area.w), decimal(area.h));
    xml.open("data", &[("key", "n.look")]);
    xml.open("y:ShapeNode", &[]);
    xml.empty("y:Geometry", &[("x", &x), ("y", &y), ("width", &w), ("height", &h)]);
    xml.empty("y:Fill", &[("color", shade.fill), ("transparent", "false")]);
    xml.empty(
        "y:BorderStyle",
        &[("color", shade.strong), ("type", "line"), ("width", "1.5")],
    );
    let look = [
        ("fontFamily", "Dialog"),
        ("fontSize", "13"),
        ("textColor", DEFAULT.text),
        ("alignment", "center"),
    ];
    xml.text("y:NodeLabel", &look, &label(title));
    xml.empty("y:Shape", &[("type", form)]);
    xml.close();
    xml.close();
}
