//! A map as a draw.io (diagrams.net) file: the picture of `draw` as native shapes that can be moved and changed.
//!
//! Each box is a shape in the container of its stage, with the fields of its node as properties; each link is a line
//! attached to its boxes. The file is not compressed, so that it can be read and compared.

use std::collections::{BTreeMap, HashMap};

use super::fields;
use super::text::{decimal, one_line};
use crate::graph::BenefitGraph;
use crate::map::{Effect, Link, Node, NodeKind};
use crate::scene::theme::DEFAULT;
use crate::scene::{Area, Card, Dash, Head, Line, PanelKind, Route, Sample, Scene, Stroke, Text, TextStyle};
use crate::xml::{Content, Fidelity, Lines, Nodes, el};

/// The text of a draw.io file.
pub(super) fn write(graph: &BenefitGraph<'_>, scene: &Scene) -> String {
    let map = graph.map();
    let mut xml = Lines::new(Fidelity::Exact);
    xml.open("mxfile", &[("host", "benefit-map")]);
    let title = one_line(&map.title);
    xml.open(
        "diagram",
        &[
            ("id", "map"),
            ("name", if title.is_empty() { "Benefit map" } else { &title }),
        ],
    );
    let (width, height) = (whole(scene.width), whole(scene.height));
    xml.open(
        "mxGraphModel",
        &[
            ("grid", "1"),
            ("gridSize", "10"),
            ("guides", "1"),
            ("tooltips", "1"),
            ("connect", "1"),
            ("arrows", "1"),
            ("fold", "0"),
            ("page", "1"),
            ("pageScale", "1"),
            ("pageWidth", &width),
            ("pageHeight", &height),
            ("background", DEFAULT.page),
        ],
    );
    xml.open("root", &[]);
    xml.empty("mxCell", &[("id", "0")]);
    xml.empty("mxCell", &[("id", "1"), ("parent", "0")]);
    let stages = stages(&mut xml, scene);
    for (at, text) in scene.texts.iter().enumerate() {
        words(&mut xml, &format!("text-{at}"), text);
    }
    for card in &scene.cards {
        if let Some(ix) = graph.find(&card.id) {
            box_of(&mut xml, graph, card, graph.node(ix), &stages);
        }
    }
    let (cards, routes) = (scene.cards_by_id(), scene.routes_by_ends());
    let mut numbers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for link in graph.links() {
        let ends = (graph.id(link.from).as_str(), graph.id(link.to).as_str());
        let number = numbers.entry(ends).or_default();
        *number += 1;
        let id = match *number {
            1 => format!("link-{} {}", ends.0, ends.1),
            n => format!("link-{} {} {n}", ends.0, ends.1),
        };
        line_of(&mut xml, &id, ends, link.link, routes.get(&ends).copied(), &cards);
    }
    legend(&mut xml, scene);
    xml.finish()
}

fn whole(value: f64) -> String {
    format!("{:.0}", value.ceil())
}

fn geometry(xml: &mut Lines, area: Area) {
    let [x, y, w, h] = [area.x, area.y, area.w, area.h].map(decimal);
    xml.empty(
        "mxGeometry",
        &[("x", &x), ("y", &y), ("width", &w), ("height", &h), ("as", "geometry")],
    );
}

/// A shape without words of its own that stands in no other.
fn shape(xml: &mut Lines, id: &str, value: &str, style: &str, area: Area) {
    xml.open(
        "mxCell",
        &[
            ("id", id),
            ("value", value),
            ("style", style),
            ("parent", "1"),
            ("vertex", "1"),
        ],
    );
    geometry(xml, area);
    xml.close();
}

/// The containers of the stages, each with its area.
fn stages(xml: &mut Lines, scene: &Scene) -> Vec<(String, Area)> {
    let panels = scene.panels.iter().filter(|panel| panel.kind == PanelKind::Stage);
    let each = panels
        .enumerate()
        .map(|(at, panel)| (format!("stage-{at}"), panel.area));
    let stages: Vec<_> = each.collect();
    for (id, area) in &stages {
        let style = format!(
            "rounded=0;html=1;container=1;collapsible=0;recursiveResize=0;fillColor={};strokeColor=none;pointerEvents=0;",
            DEFAULT.panel
        );
        shape(xml, id, "", &style, *area);
    }
    stages
}

/// A text of the picture.
fn words(xml: &mut Lines, id: &str, text: &Text) {
    let (Some(first), Some(last)) = (text.lines.first(), text.lines.last()) else {
        return;
    };
    let leading = text.style.leading();
    let across = text.lines.iter().map(|line| line.width).fold(0.0, f64::max);
    let rightward = text.direction == crate::scene::TextDirection::RightToLeft;
    let left = |line: &Line| if rightward { line.x - line.width } else { line.x };
    let x = text.lines.iter().map(left).fold(f64::INFINITY, f64::min);
    let area = Area {
        x,
        y: first.y - leading * 0.8,
        // Room for a typeface that runs wider than ours; the lines are broken already.
        w: across * 1.06 + 8.0,
        h: last.y - first.y + leading * 1.2,
    };
    let bold = match text.style {
        TextStyle::Title | TextStyle::Heading | TextStyle::Band => 1,
        _ => 0,
    };
    let muted = matches!(text.style, TextStyle::Footer | TextStyle::Note | TextStyle::Purpose);
    let style = format!(
        "text;html=1;strokeColor=none;fillColor=none;align={};verticalAlign=top;whiteSpace=nowrap;overflow=visible;spacing=0;fontFamily=Helvetica;fontSize={};fontStyle={bold};fontColor={};",
        if rightward { "right" } else { "left" },
        decimal(text.style.size()),
        if muted { DEFAULT.muted } else { DEFAULT.text },
    );
    shape(xml, id, &lines(text), &style, area);
}

/// The lines of a text as the HTML that draw.io draws.
fn lines(text: &Text) -> String {
    under_each_other(text.lines.iter().map(|line| &line.text)).to_html()
}

/// Lines under each other, as HTML.
fn under_each_other<C: Content>(lines: impl IntoIterator<Item = C>) -> Nodes {
    let mut out = Nodes::new();
    for line in lines {
        if !out.is_empty() {
            out.push(el("br"));
        }
        out.push(line);
    }
    out
}

/// A text of several lines as HTML.
fn html(text: &str) -> Nodes {
    under_each_other(text.split('\n'))
}

/// The shape of a kind, which tells it without colour.
fn form(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Investment => "rounded=0;",
        NodeKind::Enabler => "shape=process;size=0.03;rounded=0;",
        NodeKind::BusinessChange => "rounded=1;absoluteArcSize=1;arcSize=16;",
        NodeKind::IntermediateOutcome => "rounded=1;arcSize=50;",
        NodeKind::EndOutcome => "shape=ext;double=1;margin=3;rounded=0;",
    }
}

fn box_of(xml: &mut Lines, graph: &BenefitGraph<'_>, card: &Card, node: &Node, stages: &[(String, Area)]) {
    let shade = DEFAULT.shade(card.tone);
    let area = card.area();
    let within = |stage: &Area| {
        card.x >= stage.x && card.x <= stage.x + stage.w && card.y >= stage.y && card.y <= stage.y + stage.h
    };
    let stage = stages.iter().find(|(_, stage)| within(stage));
    let (parent, origin) = stage.map_or(("1", (0.0, 0.0)), |(id, stage)| (id.as_str(), (stage.x, stage.y)));
    let style = format!(
        "{}html=1;whiteSpace=wrap;overflow=hidden;align=center;verticalAlign=middle;spacingLeft=8;spacingRight=8;fontFamily=Helvetica;fontSize=15;\
         fontColor={};fillColor={};strokeColor={};strokeWidth=2;{}",
        form(node.kind),
        DEFAULT.text,
        shade.fill,
        shade.strong,
        if node.disbenefit { "dashed=1;" } else { "" },
    );
    let map = graph.map();
    let mut properties = vec![
        ("label".to_owned(), label(card, node, map.kpis_of(&node.id).count())),
        ("id".to_owned(), format!("node-{}", node.id)),
    ];
    let mut say = |name: &str, value: &str| {
        if !value.is_empty() {
            properties.push((name.to_owned(), value.to_owned()));
        }
    };
    say("node", node.id.as_str());
    say("kind", node.kind.as_str());
    say("title", &node.title);
    say("description", &node.description);
    let owner = node.owner.as_ref().and_then(|id| map.owner(id));
    say("owner_name", owner.map_or("", |owner| &owner.name));
    for (name, value) in fields::of_node(node) {
        say(name, &value);
    }
    let kpis: Vec<&str> = map.kpis_of(&node.id).map(|kpi| kpi.title.as_str()).collect();
    say("kpi_titles", &kpis.join("; "));
    if !card.tooltip.is_empty() {
        say("tooltip", &html(&card.tooltip).to_html());
    }
    let attributes: Vec<(&str, &str)> = properties
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    xml.open("object", &attributes);
    xml.open("mxCell", &[("style", &style), ("parent", parent), ("vertex", "1")]);
    geometry(
        xml,
        Area {
            x: area.x - origin.0,
            y: area.y - origin.1,
            ..area
        },
    );
    xml.close();
    xml.close();
}

/// Title, owner and marks. The lines are those of the picture only where a word is longer than a line: draw.io breaks
/// between words by itself.
fn label(card: &Card, node: &Node, kpis: usize) -> String {
    let title = card.texts.iter().find(|text| text.style == TextStyle::Card);
    let drawn = title.map(|text| text.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>());
    let mut out = match drawn {
        Some(drawn) if one_line(&drawn.join(" ")) != one_line(&node.title) => under_each_other(drawn),
        _ => html(&node.title),
    };
    let mut small: Vec<String> = card
        .texts
        .iter()
        .filter(|text| text.style != TextStyle::Card)
        .map(said)
        .collect();
    // The number of KPIs stands beside the owner, so that the box holds no more lines than in the picture.
    let measured = match kpis {
        0 => None,
        1 => Some("1 KPI".to_owned()),
        n => Some(format!("{n} KPIs")),
    };
    match (small.last_mut(), measured) {
        (Some(last), Some(measured)) => last.push_str(&format!(" · {measured}")),
        (_, measured) => small.extend(measured),
    }
    // In the picture a symbol says what a number counts.
    let words = |text: &String| !text.chars().all(|c| c.is_ascii_digit());
    let marks: Vec<String> = card
        .badges
        .iter()
        .map(|badge| said(&badge.text))
        .filter(words)
        .collect();
    if !marks.is_empty() {
        small.push(marks.join(" · "));
    }
    for line in small {
        let words = el("font").set("color", DEFAULT.muted).set("style", "font-size: 13px;");
        out.push((el("br"), words.add(html(&line))));
    }
    out.to_html()
}

fn said(text: &Text) -> String {
    text.lines
        .iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn line_of(
    xml: &mut Lines,
    id: &str,
    ends: (&str, &str),
    link: &Link,
    route: Option<&Route>,
    cards: &HashMap<&str, &Card>,
) {
    let mut style = "edgeStyle=none;curved=1;html=1;endSize=8;".to_owned();
    let hinders = link.effect == Effect::Hinders;
    let (colour, head) = match (hinders, link.feedback) {
        (true, _) => (DEFAULT.adverse, "endArrow=baseDash;endFill=0;endSize=14;"),
        (false, true) => (DEFAULT.back, "endArrow=open;endFill=0;"),
        (false, false) => (DEFAULT.onward, "endArrow=block;endFill=1;"),
    };
    style.push_str(&format!("{head}strokeColor={colour};strokeWidth=1.5;"));
    if link.feedback || hinders {
        style.push_str(if hinders {
            "dashed=1;dashPattern=8 4;"
        } else {
            "dashed=1;dashPattern=2 4;"
        });
    }
    let mut points: &[(f64, f64)] = &[];
    if let Some(route) = route {
        let at = |id: &str, point: (f64, f64)| {
            let area = cards.get(id)?.area();
            let share =
                |value: f64, from: f64, length: f64| decimal(((value - from) / length.max(1.0)).clamp(0.0, 1.0) * 1.0);
            Some((share(point.0, area.x, area.w), share(point.1, area.y, area.h)))
        };
        if let [first, inner @ .., last] = route.bezier.as_slice() {
            if let Some((x, y)) = at(ends.0, *first) {
                style.push_str(&format!("exitX={x};exitY={y};exitDx=0;exitDy=0;"));
            }
            if let Some((x, y)) = at(ends.1, *last) {
                style.push_str(&format!("entryX={x};entryY={y};entryDx=0;entryDy=0;"));
            }
            points = inner;
        }
    }
    let mut properties = vec![("label".to_owned(), String::new()), ("id".to_owned(), id.to_owned())];
    for (name, value) in fields::of_link(link) {
        properties.push((name.to_owned(), value));
    }
    if !link.rationale.is_empty() {
        properties.push(("tooltip".to_owned(), html(&link.rationale).to_html()));
    }
    let attributes: Vec<(&str, &str)> = properties
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let (source, target) = (format!("node-{}", ends.0), format!("node-{}", ends.1));
    xml.open("object", &attributes);
    xml.open(
        "mxCell",
        &[
            ("style", &style),
            ("parent", "1"),
            ("source", &source),
            ("target", &target),
            ("edge", "1"),
        ],
    );
    // draw.io draws a curve through the middles between its points, so the control points of ours bend it alike; the
    // points in which two of our curves meet lie between theirs.
    let bends: Vec<&(f64, f64)> = points
        .iter()
        .enumerate()
        .filter(|(at, _)| at % 3 != 2)
        .map(|(_, point)| point)
        .collect();
    if bends.is_empty() {
        xml.empty("mxGeometry", &[("relative", "1"), ("as", "geometry")]);
    } else {
        xml.open("mxGeometry", &[("relative", "1"), ("as", "geometry")]);
        xml.open("Array", &[("as", "points")]);
        for (x, y) in bends {
            xml.empty("mxPoint", &[("x", &decimal(*x)), ("y", &decimal(*y))]);
        }
        xml.close();
        xml.close();
    }
    xml.close();
    xml.close();
}

/// What the shapes and lines mean.
fn legend(xml: &mut Lines, scene: &Scene) {
    for (at, entry) in scene.legend.iter().enumerate() {
        let id = format!("legend-{at}");
        let area = entry.area;
        match &entry.sample {
            Sample::Card { tone, .. } => {
                let kind = NodeKind::ALL
                    .iter()
                    .find(|kind| said(&entry.text).starts_with(kind.label()));
                let shade = DEFAULT.shade(*tone);
                let form = kind.map_or("rounded=0;dashed=1;", |kind| form(*kind));
                let style = format!(
                    "{form}html=1;fillColor={};strokeColor={};strokeWidth=2;",
                    shade.fill, shade.strong
                );
                shape(xml, &id, "", &style, area);
            }
            Sample::Route(route) => sample_line(xml, &id, route, area),
            // The small pictures of the marks are not drawn; their words stand in the boxes.
            Sample::Symbol(_) => continue,
        }
        words(xml, &format!("{id}-text"), &entry.text);
    }
}

fn sample_line(xml: &mut Lines, id: &str, route: &Route, area: Area) {
    let colour = match route.stroke {
        Stroke::Onward => DEFAULT.onward,
        Stroke::Back => DEFAULT.back,
        Stroke::Adverse => DEFAULT.adverse,
    };
    let head = match route.head {
        Head::Arrow => "block;endFill=1",
        Head::Open => "open;endFill=0",
        Head::Bar => "baseDash;endFill=0;endSize=14",
        Head::None => "none",
    };
    let dashes = if route.dash == Dash::Solid { "" } else { "dashed=1;" };
    let style = format!("edgeStyle=none;html=1;endArrow={head};strokeColor={colour};strokeWidth=1.5;{dashes}");
    xml.open(
        "mxCell",
        &[("id", id), ("style", &style), ("parent", "1"), ("edge", "1")],
    );
    xml.open("mxGeometry", &[("relative", "1"), ("as", "geometry")]);
    let y = decimal(area.y + area.h / 2.0);
    xml.empty("mxPoint", &[("x", &decimal(area.x)), ("y", &y), ("as", "sourcePoint")]);
    xml.empty(
        "mxPoint",
        &[("x", &decimal(area.x + area.w)), ("y", &y), ("as", "targetPoint")],
    );
    xml.close();
    xml.close();
}
