//! A map as DOT: a cluster a stage, read from left to right, every field as an attribute.

use super::super::fields;
use super::super::text::{one_line, wrap};
use crate::escape::unseen::shown;
use crate::graph::BenefitGraph;
use crate::map::{Effect, Node, NodeKind};
use crate::scene::Tone;
use crate::scene::theme::{DEFAULT, Shade};

/// How wide a box is, in columns of text.
const COLUMNS: usize = 26;

/// The text of a DOT file.
pub(in super::super) fn write(graph: &BenefitGraph<'_>) -> String {
    let map = graph.map();
    let mut out = String::new();
    let mut line = |depth: usize, text: &str| {
        out.push_str(&"  ".repeat(depth));
        out.push_str(text);
        out.push('\n');
    };
    line(0, &format!("digraph {} {{", quote(&map.title)));
    let mut look = list(&[
        ("rankdir", "LR"),
        ("newrank", "true"),
        ("nodesep", "0.2"),
        ("ranksep", "0.9"),
    ]);
    look.extend(list(&[
        ("fontname", "Helvetica"),
        ("fontsize", "22"),
        ("labelloc", "t"),
        ("labeljust", "l"),
    ]));
    look.extend(label(&map.title, 90));
    if !map.purpose.is_empty() {
        look.push(("purpose".into(), map.purpose.clone()));
    }
    look.extend(owned(fields::of_map(map)));
    line(1, &format!("graph {};", attributes(&look)));
    let font = [
        ("fontname", "Helvetica"),
        ("fontsize", "12"),
        ("fontcolor", DEFAULT.text),
        ("margin", "0.18,0.1"),
    ];
    line(1, &format!("node {};", attributes(&list(&font))));
    line(
        1,
        &format!(
            "edge {};",
            attributes(&list(&[("color", DEFAULT.onward), ("arrowsize", "0.7")]))
        ),
    );
    let mut anchors: Vec<&Node> = Vec::new();
    for kind in NodeKind::ALL {
        let nodes: Vec<&Node> = graph
            .nodes()
            .map(|ix| graph.node(ix))
            .filter(|node| node.kind == *kind)
            .collect();
        let Some(first) = nodes.first() else { continue };
        anchors.push(first);
        let shade = DEFAULT.shade(Tone::of_kind(kind.stage()));
        line(1, &format!("subgraph {} {{", quote(&format!("cluster_{kind}"))));
        let heading = [
            ("label", kind.heading()),
            ("fontsize", "14"),
            ("fontcolor", shade.strong),
            ("labeljust", "c"),
        ];
        let mut around = list(&heading);
        around.extend(list(&[("style", "filled"), ("color", DEFAULT.panel), ("rank", "same")]));
        line(2, &format!("graph {};", attributes(&around)));
        line(2, &format!("node {};", attributes(&shape(*kind, shade))));
        for node in nodes {
            line(
                2,
                &format!("{} {};", quote(node.id.as_str()), attributes(&of_node(node))),
            );
        }
        line(1, "}");
    }
    for link in graph.links() {
        let mut said = Vec::new();
        if link.link.effect == Effect::Hinders {
            said.extend(list(&[
                ("color", DEFAULT.adverse),
                ("arrowhead", "tee"),
                ("style", "dashed"),
            ]));
        }
        if link.link.feedback {
            // A link that runs back must not turn the stages round.
            said.extend(list(&[("constraint", "false"), ("style", "dotted")]));
            said.retain(|(name, value)| name != "style" || value == "dotted");
        }
        said.extend(owned(fields::of_link(link.link)));
        let ends = format!(
            "{} -> {}",
            quote(graph.id(link.from).as_str()),
            quote(graph.id(link.to).as_str())
        );
        match said.is_empty() {
            true => line(1, &format!("{ends};")),
            false => line(1, &format!("{ends} {};", attributes(&said))),
        }
    }
    // Stages stand in their order also where no link says so.
    for pair in anchors.windows(2) {
        let ends = format!("{} -> {}", quote(pair[0].id.as_str()), quote(pair[1].id.as_str()));
        line(
            1,
            &format!("{ends} {};", attributes(&list(&[("style", "invis"), ("weight", "0")]))),
        );
    }
    line(0, "}");
    out
}

type Attributes = Vec<(String, String)>;

fn list(pairs: &[(&str, &str)]) -> Attributes {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn owned(pairs: Vec<(&'static str, String)>) -> Attributes {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The shape of a kind, which tells it without colour.
fn shape(kind: NodeKind, shade: Shade) -> Attributes {
    let (shape, style, lines) = match kind {
        NodeKind::Investment => ("box", "filled", "1"),
        NodeKind::Enabler => ("component", "filled", "1"),
        NodeKind::BusinessChange => ("cds", "filled", "1"),
        NodeKind::IntermediateOutcome => ("box", "filled,rounded", "1"),
        NodeKind::EndOutcome => ("box", "filled", "2"),
    };
    list(&[
        ("shape", shape),
        ("style", style),
        ("peripheries", lines),
        ("fillcolor", shade.fill),
        ("color", shade.strong),
    ])
}

fn of_node(node: &Node) -> Attributes {
    let mut said = label(&node.title, COLUMNS);
    said.push(("kind".into(), node.kind.to_string()));
    if !node.description.is_empty() {
        said.push(("description".into(), node.description.clone()));
    }
    if node.disbenefit {
        let shade = DEFAULT.shade(Tone::Adverse);
        said.extend(list(&[("fillcolor", shade.fill), ("color", shade.strong)]));
    }
    said.extend(owned(fields::of_node(node)));
    said
}

/// The label with its lines, and the title where the lines do not say it exactly.
fn label(title: &str, columns: usize) -> Attributes {
    let lines = wrap(title, columns);
    // Graphviz reads `&lt;` in a label as `<`; in no other attribute.
    let escaped: Vec<String> = lines.iter().map(|line| line.replace('&', "&amp;")).collect();
    let mut said = vec![("label".to_owned(), escaped.join("\n"))];
    if one_line(&lines.join(" ")) != title {
        said.push(("title".to_owned(), title.to_owned()));
    }
    said
}

fn attributes(pairs: &[(String, String)]) -> String {
    let each: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", quote(value)))
        .collect();
    format!("[{}]", each.join(", "))
}

/// A text in quotes: a backslash is doubled and a line feed is `\n`, as in labels.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' | '\r' => out.push_str("\\n"),
            c => out.push(shown(c)),
        }
    }
    out.push('"');
    out
}
