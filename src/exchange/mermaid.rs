//! A map as a Mermaid flowchart: a subgraph a stage, a class a kind.

use std::collections::BTreeSet;

use super::text::{one_line, wrap};
use crate::escape::json::printable;
use crate::escape::unseen::shown as seen;
use crate::graph::BenefitGraph;
use crate::map::{Effect, Node, NodeKind};
use crate::scene::Tone;
use crate::scene::theme::DEFAULT;
use crate::xml::el;

/// The longest word that is left in one piece, in columns: Mermaid breaks lines between words alone.
const COLUMNS: usize = 28;

/// The text of a Mermaid file.
pub(super) fn write(graph: &BenefitGraph<'_>) -> String {
    let mut out = String::new();
    let title = one_line(&graph.map().title);
    if !title.is_empty() {
        // Mermaid takes a title for HTML and shows no sign that is written by its number, so signs of HTML stand in
        // their full-width form. The front matter is YAML, of which a JSON string is a part.
        let shown = title.replace('&', "＆").replace('<', "＜").replace('>', "＞");
        let shown = printable(serde_json::Value::from(shown).to_string());
        out.push_str(&format!("---\ntitle: {shown}\n---\n"));
    }
    out.push_str("flowchart LR\n");
    let names = names(graph);
    for kind in NodeKind::ALL {
        let of_kind: Vec<_> = graph.nodes().filter(|ix| graph.kind(*ix) == *kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        out.push_str(&format!("  subgraph stage_{} [\"{}\"]\n", class(*kind), kind.heading()));
        for ix in of_kind {
            let node = graph.node(ix);
            let (open, close) = shape(*kind);
            let class = if node.disbenefit { "disbenefit" } else { class(*kind) };
            out.push_str(&format!(
                "    {}{open}\"{}\"{close}:::{class}\n",
                names[ix.index()],
                label(node)
            ));
        }
        out.push_str("  end\n");
        let (panel, border, text) = (DEFAULT.panel, DEFAULT.border, DEFAULT.text);
        out.push_str(&format!(
            "  style stage_{} fill:{panel},stroke:{border},color:{text}\n",
            class(*kind)
        ));
    }
    let mut looks = Vec::new();
    for (at, link) in graph.links().iter().enumerate() {
        let (mut from, mut to) = (&names[link.from.index()], &names[link.to.index()]);
        let hinders = link.link.effect == Effect::Hinders;
        // A line against the stages would turn the whole chart round, so feedback that runs back is drawn from the
        // left, with the way that it runs in its label.
        let back = link.link.feedback && graph.kind(link.from) > graph.kind(link.to);
        if back {
            std::mem::swap(&mut from, &mut to);
        }
        let line = match (hinders, link.link.feedback, back) {
            (false, false, _) => "-->",
            (true, false, _) => "--x|\"hinders\"|",
            (false, true, false) => "-.->|\"feedback\"|",
            (true, true, false) => "-.-x|\"hinders, feedback\"|",
            (false, true, true) => "-.-|\"◂ feedback\"|",
            (true, true, true) => "-.-|\"◂ hinders, feedback\"|",
        };
        let look = match (hinders, link.link.feedback) {
            (true, _) => Some(format!("stroke:{},stroke-width:2px", DEFAULT.adverse)),
            (false, true) => Some(format!("stroke:{}", DEFAULT.back)),
            (false, false) => None,
        };
        out.push_str(&format!("  {from} {line} {to}\n"));
        looks.extend(look.map(|look| format!("  linkStyle {at} {look}\n")));
    }
    for kind in NodeKind::ALL {
        if graph
            .nodes()
            .any(|ix| graph.kind(ix) == *kind && !graph.node(ix).disbenefit)
        {
            out.push_str(&class_line(class(*kind), Tone::of_kind(kind.stage())));
        }
    }
    if graph.nodes().any(|ix| graph.node(ix).disbenefit) {
        out.push_str(&class_line("disbenefit", Tone::Adverse));
    }
    out.extend(looks);
    out
}

fn class_line(name: &str, tone: Tone) -> String {
    let shade = DEFAULT.shade(tone);
    format!(
        "  classDef {name} fill:{},stroke:{},stroke-width:2px,color:{}\n",
        shade.fill, shade.strong, DEFAULT.text
    )
}

/// A kind as the name of a class.
fn class(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Investment => "investment",
        NodeKind::Enabler => "enabler",
        NodeKind::BusinessChange => "businessChange",
        NodeKind::IntermediateOutcome => "intermediateOutcome",
        NodeKind::EndOutcome => "endOutcome",
    }
}

/// The shape of a kind, which tells it without colour.
fn shape(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Investment => ("[", "]"),
        NodeKind::Enabler => ("[[", "]]"),
        NodeKind::BusinessChange => ("{{", "}}"),
        NodeKind::IntermediateOutcome => ("(", ")"),
        NodeKind::EndOutcome => ("([", "])"),
    }
}

/// A name for each node: its id with what Mermaid would read as a sign as `_`. The `n_` before it keeps it apart from
/// words of the language, such as `end`.
fn names(graph: &BenefitGraph<'_>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let of = |node: &Node| {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let base: String = format!("n_{}", node.id).chars().map(plain).collect();
        let mut name = base.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{base}__{number}");
            number += 1;
        }
        name
    };
    graph.nodes().map(|ix| graph.node(ix)).map(of).collect()
}

/// A title as a quoted label: every character that Mermaid, Markdown or HTML would read as a sign by its number.
fn label(node: &Node) -> String {
    let long = node.title.split_whitespace().any(|word| word.chars().count() > COLUMNS);
    let lines: Vec<String> = match long {
        true => wrap(&node.title, COLUMNS),
        false => node.title.lines().map(str::to_owned).collect(),
    };
    let escaped: Vec<String> = lines.iter().map(|line| escape(line.trim())).collect();
    match escaped.iter().all(String::is_empty) {
        // An empty label is none to Mermaid.
        true => "#160;".to_owned(),
        false => escaped.join(&el("br").to_xml()),
    }
}

fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // `1. ` and `- ` at the beginning would make a list.
    let number = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in line.char_indices() {
        let lists = (at == 0 && matches!(c, '-' | '+')) || (at == number && number > 0 && matches!(c, '.' | ')'));
        let sign = matches!(
            c,
            '"' | '#' | '&' | '<' | '>' | '`' | '*' | '_' | '~' | '\\' | '$' | ';' | '%' | '{' | '}' | '[' | ']' | '|'
        );
        match c {
            c if lists || sign => out.push_str(&format!("#{};", c as u32)),
            c if c.is_control() => out.push(' '),
            c => out.push(seen(c)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn signs_are_written_by_their_number() {
        assert_eq!(escape("a \"b\" <c> & #1;"), "a #34;b#34; #60;c#62; #38; #35;1#59;");
        assert_eq!(escape("12. x"), "12#46; x");
        assert_eq!(escape("- x-y"), "#45; x-y");
        assert_eq!(escape("v1.2"), "v1.2");
    }
}
