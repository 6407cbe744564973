//! The table `arrangement`: the order in which people want to see the nodes.

use std::collections::BTreeMap;

use super::Sheets;
use super::names::{Names, Taken};
use super::reader::Log;
use crate::map::{Arrangement, Node, NodeId, NodeKind};
use crate::table::Handling;

/// The rows of each kind from the top; `None` where no row can be taken.
pub(super) fn read(
    sheets: &Sheets<'_>,
    nodes: &[Node],
    names: &mut Names<NodeId>,
    taken: &mut Taken,
    log: &mut Log,
) -> Option<Arrangement> {
    let kinds: BTreeMap<&NodeId, NodeKind> = nodes.iter().map(|node| (&node.id, node.kind)).collect();
    let mut arrangement = Arrangement::default();
    for row in sheets.rows("arrangement") {
        let Some(node) = names.refer(&row.text("node"), &row, "node", taken, log) else {
            row.missing(
                "node",
                Handling::Fault,
                "the row does not name a node, so it was left out",
                "Name the node.",
                log,
            );
            continue;
        };
        // A kind that is missing or unreadable is that of the node.
        let own = kinds.get(&node).copied();
        match row.word("kind", &[], log).or(own) {
            Some(kind) => arrangement.order.of_mut(kind).push(node),
            None => {
                row.missing(
                    "kind",
                    Handling::Fault,
                    "the row does not name a kind, so it was left out",
                    "Name the kind.",
                    log,
                );
            }
        }
    }
    (!arrangement.order.is_empty()).then_some(arrangement)
}
