//! How things of the map are named in a message.

use crate::map::Node;

/// Characters of a title that a message shows.
const SHOWN: usize = 60;
/// Steps of a chain that a message shows whole; a longer one loses its middle.
const STEPS: usize = 24;

/// The title in backticks, or the id where there is none; a long title is cut.
pub(super) fn name(node: &Node) -> String {
    if blank(&node.title) {
        return format!("`{}`", node.id);
    }
    quoted(&node.title)
}

/// The text in backticks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("`{}…`", text[..at].trim_end()),
        None => format!("`{text}`"),
    }
}

/// The title in backticks, or the id where a reader sees no title; both are cut where they are long.
pub(super) fn title_or_id(title: &str, id: &str) -> String {
    quoted(if blank(title) { id } else { title })
}

/// Whether a reader sees nothing at all.
pub(super) fn blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
}

/// The nodes with arrows between them; of a very long chain the two ends.
pub(super) fn chain<'m>(nodes: impl ExactSizeIterator<Item = &'m Node>) -> String {
    let count = nodes.len();
    let mut out = String::new();
    for (at, node) in nodes.enumerate() {
        if count > STEPS && at >= STEPS / 2 && at < count - STEPS / 2 {
            if at == STEPS / 2 {
                out += &format!(" -> ({} more)", count - STEPS);
            }
            continue;
        }
        if at > 0 {
            out += " -> ";
        }
        out += &name(node);
    }
    out
}

/// `1 node`, `2 nodes`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `1 box`, `2 boxes`.
pub(super) fn boxes(number: usize) -> String {
    match number {
        1 => "1 box".to_owned(),
        n => format!("{n} boxes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{NodeId, NodeKind};

    #[test]
    fn names_and_chains_stay_short() {
        let node = |title: &str| Node::new(NodeId::new("n1").unwrap(), NodeKind::Enabler, title);
        assert_eq!(name(&node(" \u{200b} ")), "`n1`");
        assert_eq!(name(&node("Sensors")), "`Sensors`");
        assert!(name(&node(&"é".repeat(5000))).chars().count() < 70);
        let nodes = vec![node("a"); 1000];
        let shown = chain(nodes.iter());
        assert!(shown.contains("(976 more)") && shown.len() < 300, "{shown}");
        assert_eq!(chain(nodes[..2].iter()), "`a` -> `a`");
    }
}
