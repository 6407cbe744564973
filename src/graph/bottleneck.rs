//! Nodes that every chain runs through.
//!
//! Source: T. Lengauer, R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM TOPLAS 1 (1979),
//! the simple version, O(links × log nodes). `petgraph::algo::dominators` takes quadratic time on long chains with
//! short cuts, so it is not used.

use super::{BenefitGraph, NodeIx, Way};
use crate::map::NodeKind;

/// For every node, the nodes through which every chain from any investment to it runs.
#[derive(Debug, Clone)]
pub struct Bottlenecks {
    nearest: Vec<Option<NodeIx>>,
}

impl Bottlenecks {
    /// The last node before this one that every chain from an investment to it runs through. `None` where there is
    /// none, and where no investment reaches the node.
    pub fn nearest(&self, ix: NodeIx) -> Option<NodeIx> {
        self.nearest.get(ix.index()).copied().flatten()
    }

    /// All such nodes, the node itself left out, from the nearest to the farthest.
    pub fn of(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> {
        std::iter::successors(self.nearest(ix), |at| self.nearest(*at))
    }
}

const NONE: u32 = u32::MAX;
/// Stands before every investment, so that chains from any of them begin in one place.
const SOURCE: u32 = 0;

impl BenefitGraph<'_> {
    /// Finds the nodes that every chain from any investment runs through, for all nodes at once.
    /// A node is one of them exactly where it dominates the other in the sense of control flow, with all investments as one entry. To
    /// take it out of the map would cut every chain of the money.
    ///
    /// ```
    /// use benefit_map::graph::BenefitGraph;
    /// use benefit_map::map::BenefitMap;
    ///
    /// // Two ways lead to the crews, and one from them to the streets.
    /// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Rounds",
    ///   "nodes": [{"id": "fund", "kind": "investment"}, {"id": "sensors", "kind": "enabler"}, {"id": "vans", "kind": "enabler"},
    ///             {"id": "crews", "kind": "business-change"}, {"id": "streets", "kind": "end-outcome"}],
    ///   "links": [{"from": "fund", "to": "sensors"}, {"from": "fund", "to": "vans"}, {"from": "sensors", "to": "crews"},
    ///             {"from": "vans", "to": "crews"}, {"from": "crews", "to": "streets"}]}"#)?;
    /// let graph = BenefitGraph::new(&map);
    /// let through = graph.bottlenecks();
    /// let streets = graph.find("streets").unwrap();
    /// let ids: Vec<&str> = through.of(streets).map(|ix| graph.id(ix).as_str()).collect();
    /// assert_eq!(ids, ["crews", "fund"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn bottlenecks(&self) -> Bottlenecks {
        // Nodes are numbered as a depth-first walk from the source meets them; `number` is NONE where it never does.
        let mut number = vec![NONE; self.len()];
        let mut node: Vec<Option<NodeIx>> = vec![None];
        let mut parent: Vec<u32> = vec![SOURCE];
        let mut open = Vec::new();
        for investment in self.of_kind(NodeKind::Investment) {
            if number[investment.index()] != NONE {
                continue;
            }
            let mut met = Some((investment, SOURCE));
            loop {
                if let Some((ix, from)) = met.take() {
                    let at = node.len() as u32;
                    number[ix.index()] = at;
                    node.push(Some(ix));
                    parent.push(from);
                    open.push((at, self.neighbours(ix, Way::Downstream)));
                }
                let Some((at, neighbours)) = open.last_mut() else { break };
                match neighbours.next() {
                    Some(next) if number[next.index()] == NONE => met = Some((next, *at)),
                    Some(_) => {}
                    None => {
                        open.pop();
                    }
                }
            }
        }

        let count = node.len();
        let mut semi: Vec<u32> = (0..count as u32).collect();
        let mut dominator = vec![SOURCE; count];
        let mut forest = Forest {
            label: semi.clone(),
            above: vec![NONE; count],
            path: Vec::new(),
        };
        // The nodes whose semidominator is the index, as lists threaded through one table.
        let (mut bucket, mut in_bucket_after) = (vec![NONE; count], vec![NONE; count]);
        for at in (1..count as u32).rev() {
            let w = at as usize;
            if let Some(ix) = node[w] {
                if self.kind(ix) == NodeKind::Investment {
                    semi[w] = SOURCE;
                }
                for before in self.neighbours(ix, Way::Upstream) {
                    let v = number[before.index()];
                    if v != NONE {
                        let u = forest.least(v, &semi);
                        semi[w] = semi[w].min(semi[u as usize]);
                    }
                }
            }
            let s = semi[w] as usize;
            in_bucket_after[w] = bucket[s];
            bucket[s] = at;
            forest.above[w] = parent[w];
            let mut v = std::mem::replace(&mut bucket[parent[w] as usize], NONE);
            while v != NONE {
                let u = forest.least(v, &semi);
                dominator[v as usize] = if semi[u as usize] < semi[v as usize] {
                    u
                } else {
                    parent[w]
                };
                v = in_bucket_after[v as usize];
            }
        }
        let mut nearest = vec![None; self.len()];
        for w in 1..count {
            if dominator[w] != semi[w] {
                dominator[w] = dominator[dominator[w] as usize];
            }
            if let Some(ix) = node[w] {
                nearest[ix.index()] = node[dominator[w] as usize];
            }
        }
        Bottlenecks { nearest }
    }
}

/// The forest of the walk as far as it has been put together, with paths made short as they are looked at.
struct Forest {
    label: Vec<u32>,
    above: Vec<u32>,
    path: Vec<u32>,
}

impl Forest {
    /// The node of least semidominator on the way from `v` up to its root, the root left out.
    fn least(&mut self, v: u32, semi: &[u32]) -> u32 {
        let mut at = v;
        while self.above[at as usize] != NONE && self.above[self.above[at as usize] as usize] != NONE {
            self.path.push(at);
            at = self.above[at as usize];
        }
        while let Some(at) = self.path.pop() {
            let above = self.above[at as usize] as usize;
            if semi[self.label[above] as usize] < semi[self.label[at as usize] as usize] {
                self.label[at as usize] = self.label[above];
            }
            self.above[at as usize] = self.above[above];
        }
        self.label[v as usize]
    }
}
