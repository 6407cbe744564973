//! What a node reaches and what reaches it, and the shortest chains that show it.

use std::collections::VecDeque;

use super::{BenefitGraph, GraphLink, NodeIx, NodeSet, Way};
use crate::map::NodeKind;

/// Between which investments and which end outcomes a node stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOfSight {
    /// The investments that reach the node, itself included where it is one; in the map's order.
    pub investments: Vec<NodeIx>,
    /// The end outcomes that the node reaches, itself included where it is one; in the map's order.
    pub end_outcomes: Vec<NodeIx>,
    /// One shortest chain from an investment to the node, both included; `None` where no investment reaches it.
    pub from_investment: Option<Vec<NodeIx>>,
    /// One shortest chain from the node to an end outcome, both included; `None` where it reaches none.
    pub to_end_outcome: Option<Vec<NodeIx>>,
}

impl LineOfSight {
    /// The witness: investment to node to end outcome, each once in a row. `None` where either half is missing. In a
    /// map with loops a node may stand on it twice, where there is no way through the node but along a loop.
    pub fn chain(&self) -> Option<Vec<NodeIx>> {
        let mut chain = self.from_investment.clone()?;
        chain.extend(&self.to_end_outcome.as_ref()?[1..]);
        Some(chain)
    }
}

impl<'m> BenefitGraph<'m> {
    /// The nodes of a kind, in the map's order.
    pub fn of_kind(&self, kind: NodeKind) -> impl Iterator<Item = NodeIx> {
        self.nodes().filter(move |ix| self.kind(*ix) == kind)
    }

    /// Everything that can be reached from the starts along links that flow, the starts included.
    pub fn reach(&self, starts: impl IntoIterator<Item = NodeIx>, way: Way) -> NodeSet {
        let mut set = NodeSet::with_capacity(self.len());
        let mut open: Vec<NodeIx> = starts.into_iter().filter(|ix| set.insert(*ix)).collect();
        while let Some(ix) = open.pop() {
            open.extend(self.neighbours(ix, way).filter(|next| set.insert(*next)));
        }
        set
    }

    /// Everything that can be reached from the starts along those links that flow and that `follow` agrees to, the
    /// starts included.
    pub fn reach_along(
        &self,
        starts: impl IntoIterator<Item = NodeIx>,
        way: Way,
        mut follow: impl FnMut(&GraphLink<'m>) -> bool,
    ) -> NodeSet {
        let mut set = NodeSet::with_capacity(self.len());
        let mut open: Vec<NodeIx> = starts.into_iter().filter(|ix| set.insert(*ix)).collect();
        while let Some(ix) = open.pop() {
            for link in self.links_of(ix, way) {
                let next = match way {
                    Way::Downstream => link.to,
                    Way::Upstream => link.from,
                };
                if link.flows() && !set.contains(next) && follow(link) {
                    set.insert(next);
                    open.push(next);
                }
            }
        }
        set
    }

    /// What the node brings about, directly and indirectly, the node itself included.
    pub fn downstream(&self, ix: NodeIx) -> NodeSet {
        self.reach([ix], Way::Downstream)
    }

    /// What brings the node about, directly and indirectly, the node itself included.
    pub fn upstream(&self, ix: NodeIx) -> NodeSet {
        self.reach([ix], Way::Upstream)
    }

    /// Every node from which an end outcome is reached, the end outcomes included.
    pub fn reaching_end_outcome(&self) -> NodeSet {
        self.reach(self.of_kind(NodeKind::EndOutcome), Way::Upstream)
    }

    /// Every node that an investment reaches, the investments included.
    pub fn reached_from_investment(&self) -> NodeSet {
        self.reach(self.of_kind(NodeKind::Investment), Way::Downstream)
    }

    /// Between which investments and which end outcomes the node stands, with one shortest chain as witness.
    /// ```
    /// use benefit_map::graph::BenefitGraph;
    /// use benefit_map::map::BenefitMap;
    ///
    /// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Rounds",
    ///   "nodes": [{"id": "fund", "kind": "investment"}, {"id": "sensors", "kind": "enabler"},
    ///             {"id": "rounds", "kind": "business-change"}, {"id": "streets", "kind": "end-outcome"}],
    ///   "links": [{"from": "fund", "to": "sensors"}, {"from": "sensors", "to": "rounds"}, {"from": "rounds", "to": "streets"}]}"#)?;
    /// let graph = BenefitGraph::new(&map);
    /// let sight = graph.line_of_sight(graph.find("sensors").unwrap());
    /// assert_eq!((sight.investments.len(), sight.end_outcomes.len()), (1, 1));
    /// let ids: Vec<&str> = sight.chain().unwrap().into_iter().map(|ix| graph.id(ix).as_str()).collect();
    /// assert_eq!(ids, ["fund", "sensors", "rounds", "streets"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn line_of_sight(&self, ix: NodeIx) -> LineOfSight {
        let is = |kind| move |at: &NodeIx| self.kind(*at) == kind;
        let mut from_investment = self.nearest(ix, Way::Upstream, |at| is(NodeKind::Investment)(&at));
        if let Some(chain) = &mut from_investment {
            chain.reverse();
        }
        LineOfSight {
            investments: self.upstream(ix).iter().filter(is(NodeKind::Investment)).collect(),
            end_outcomes: self.downstream(ix).iter().filter(is(NodeKind::EndOutcome)).collect(),
            from_investment,
            to_end_outcome: self.nearest(ix, Way::Downstream, |at| is(NodeKind::EndOutcome)(&at)),
        }
    }

    /// One shortest chain from the first node to the second, both included; a node is a chain to itself. Of several
    /// shortest ones the first in the map's order of links. `None` where there is none.
    pub fn shortest_chain(&self, from: NodeIx, to: NodeIx) -> Option<Vec<NodeIx>> {
        self.nearest(from, Way::Downstream, |at| at == to)
    }

    /// One shortest chain from the node to the nearest one that is wanted, both included, in the order walked.
    /// The node itself counts. `None` where none is reached.
    pub fn nearest(&self, start: NodeIx, way: Way, wanted: impl Fn(NodeIx) -> bool) -> Option<Vec<NodeIx>> {
        let mut before: Vec<Option<NodeIx>> = vec![None; self.len()];
        let mut seen = NodeSet::with_capacity(self.len());
        let mut open = VecDeque::from([start]);
        seen.insert(start);
        while let Some(ix) = open.pop_front() {
            if wanted(ix) {
                let mut chain: Vec<NodeIx> = std::iter::successors(Some(ix), |at| before[at.index()]).collect();
                chain.reverse();
                return Some(chain);
            }
            for next in self.neighbours(ix, way) {
                if seen.insert(next) {
                    before[next.index()] = Some(ix);
                    open.push_back(next);
                }
            }
        }
        None
    }
}
