//! The nearest of some nodes, for every node at once.

use std::collections::VecDeque;

use super::{BenefitGraph, NodeIx, Way};

/// For every node, a shortest way to the nearest of some targets.
#[derive(Debug, Clone)]
pub struct Nearest {
    /// The next node on the way, the target and the steps to it.
    entries: Vec<Option<(NodeIx, NodeIx, u32)>>,
}

impl Nearest {
    /// The nearest target; `None` where none is reached.
    pub fn target(&self, from: NodeIx) -> Option<NodeIx> {
        self.entries[from.index()].map(|(_, target, _)| target)
    }

    /// How many links the way has: 0 at a target; `None` where none is reached.
    pub fn distance(&self, from: NodeIx) -> Option<usize> {
        self.entries[from.index()].map(|(_, _, steps)| steps as usize)
    }

    /// The way from the node to the target, both included; empty where no target is reached.
    pub fn chain(&self, from: NodeIx) -> impl Iterator<Item = NodeIx> {
        let first = self.entries[from.index()].map(|_| from);
        std::iter::successors(first, |at| match self.entries[at.index()] {
            Some((next, _, steps)) if steps > 0 => Some(next),
            _ => None,
        })
    }
}

impl BenefitGraph<'_> {
    /// For every node that reaches one of the targets along links that flow, going `way`, a shortest way to the nearest.
    /// Of several the one whose target comes first.
    /// ```
    /// use benefit_map::graph::{BenefitGraph, Way};
    /// use benefit_map::map::{BenefitMap, NodeKind};
    ///
    /// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Rounds",
    ///   "nodes": [{"id": "a", "kind": "enabler"}, {"id": "b", "kind": "business-change"}, {"id": "c", "kind": "end-outcome"}],
    ///   "links": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}]}"#)?;
    /// let graph = BenefitGraph::new(&map);
    /// let nearest = graph.nearest_to(graph.of_kind(NodeKind::EndOutcome), Way::Downstream);
    /// let a = graph.find("a").unwrap();
    /// assert_eq!((nearest.target(a), nearest.distance(a)), (graph.find("c"), Some(2)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn nearest_to(&self, targets: impl IntoIterator<Item = NodeIx>, way: Way) -> Nearest {
        let back = match way {
            Way::Downstream => Way::Upstream,
            Way::Upstream => Way::Downstream,
        };
        let mut entries: Vec<Option<(NodeIx, NodeIx, u32)>> = vec![None; self.len()];
        let mut open = VecDeque::new();
        for target in targets {
            if entries[target.index()].is_none() {
                entries[target.index()] = Some((target, target, 0));
                open.push_back((target, target, 0));
            }
        }
        while let Some((ix, target, steps)) = open.pop_front() {
            for before in self.neighbours(ix, back) {
                if entries[before.index()].is_none() {
                    entries[before.index()] = Some((ix, target, steps + 1));
                    open.push_back((before, target, steps + 1));
                }
            }
        }
        Nearest { entries }
    }
}
