//! What a picture shows, in words, for readers who do not see it.

use crate::graph::BenefitGraph;
use crate::map::{Effect, NodeKind};
use crate::scene::Emphasis;

use super::LayoutOptions;
use super::content::{Content, Entry};
use crate::text::{clean, count};

/// How many titles of a kind are named before the rest is only counted.
const NAMED: usize = 12;

/// What the map shows: how much of each kind with the first titles, and what is out of the ordinary.
pub(super) fn description(graph: &BenefitGraph<'_>, options: &LayoutOptions, content: &Content<'_, '_>) -> String {
    let links: Vec<_> = content.ties.iter().map(|tie| tie.link).collect();
    let shown: Vec<_> = content
        .entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Node(ix, emphasis) => Some((graph.node(*ix), *emphasis)),
            Entry::Elsewhere(_) => None,
        })
        .collect();
    let from = match options.stage_words.first_key_value() {
        Some((_, words)) => words.as_str(),
        None => NodeKind::Investment.heading(),
    };
    let mut sentences = vec![format!(
        "A benefit map that reads from {} to {}, with {} and {}.",
        from.to_lowercase(),
        options.heading_of(NodeKind::EndOutcome).to_lowercase(),
        count(shown.len(), "box", "boxes"),
        count(links.len(), "link", "links"),
    )];
    for &kind in NodeKind::ALL {
        let mut nodes: Vec<_> = shown.iter().map(|(node, _)| *node).filter(|n| n.kind == kind).collect();
        nodes.sort_by(|a, b| a.id.cmp(&b.id));
        let titles: Vec<String> = nodes.iter().take(NAMED).map(|n| clean(&n.title)).collect();
        let rest = nodes.len() - titles.len();
        sentences.push(match (nodes.len(), rest) {
            // What a picture with words of its own does not have, it is not about.
            (0, _) if !options.stage_words.is_empty() => continue,
            (0, _) => format!("{}: none.", options.heading_of(kind)),
            (_, 0) => format!("{}: {}.", options.heading_of(kind), titles.join("; ")),
            _ => format!("{}: {}; and {rest} more.", options.heading_of(kind), titles.join("; ")),
        });
    }
    let mut marks = Vec::new();
    let mut mark = |n: usize, one: &str, many: &str| {
        if n > 0 {
            marks.push(count(n, one, many));
        }
    };
    let nodes = || shown.iter().map(|(node, _)| node);
    mark(nodes().filter(|n| n.disbenefit).count(), "disbenefit", "disbenefits");
    mark(
        nodes().filter(|n| n.unintended).count(),
        "unintended effect",
        "unintended effects",
    );
    mark(nodes().filter(|n| n.quick_win).count(), "quick win", "quick wins");
    let hinder = links.iter().filter(|l| l.link.effect == Effect::Hinders).count();
    mark(hinder, "link that hinders", "links that hinder");
    mark(
        links.iter().filter(|l| l.link.feedback).count(),
        "feedback link",
        "feedback links",
    );
    if !marks.is_empty() {
        sentences.push(format!("Marked on it: {}.", marks.join(", ")));
    }
    let mut focus: Vec<_> = shown
        .iter()
        .filter(|(_, e)| *e == Emphasis::Focus)
        .map(|(n, _)| n)
        .collect();
    focus.sort_by(|a, b| a.id.cmp(&b.id));
    if !focus.is_empty() {
        let titles: Vec<String> = focus.iter().map(|n| clean(&n.title)).collect();
        sentences.push(format!(
            "The line of sight of this is brought out: {}.",
            titles.join("; ")
        ));
    }
    sentences.join(" ")
}
