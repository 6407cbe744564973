//! What the links between two nodes say together.

use super::{Backing, BenefitGraph, NodeIx, Way};
use crate::map::{Effect, is_blank};

/// All that the links from one node to another say. What stands on the map twice is one claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'m> {
    /// Where they begin.
    pub from: NodeIx,
    /// Where they end: another node.
    pub to: NodeIx,
    /// Whether one of them is more than feedback.
    pub flows: bool,
    /// Whether one of them gives a reason.
    pub says_why: bool,
    /// The best of their evidence. Where one of them flows, feedback lends it nothing.
    pub backing: Backing,
    /// Whether one of them supports. Where one of them flows, feedback has no say.
    pub supports: bool,
    /// Whether one of them hinders, likewise.
    pub hinders: bool,
    /// The first assumption.
    pub assumption: Option<&'m str>,
}

impl<'m> BenefitGraph<'m> {
    /// Every pair of different nodes between which the map has a link, feedback too, each pair once; in the map's order
    /// of the first nodes, then of the links. A link from a node to itself claims nothing and is left out.
    /// ```
    /// use benefit_map::graph::{Backing, BenefitGraph};
    /// use benefit_map::map::BenefitMap;
    ///
    /// // Two links between the same two boxes make one claim, with the best that they say.
    /// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Twice",
    ///   "nodes": [{"id": "a", "kind": "enabler"}, {"id": "b", "kind": "business-change"}],
    ///   "links": [{"from": "a", "to": "b", "rationale": "Because"},
    ///             {"from": "a", "to": "b", "evidence": [{"source": "A trial", "strength": "strong"}]}]}"#)?;
    /// let pairs = BenefitGraph::new(&map).pairs();
    /// assert_eq!((pairs.len(), pairs[0].says_why, pairs[0].backing), (1, true, Backing::Strong));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn pairs(&self) -> Vec<Pair<'m>> {
        let mut pairs: Vec<Pair<'m>> = Vec::with_capacity(self.links.len());
        // For every node, the pair of the node at hand with it: its place in the list, from 1.
        let mut place = vec![0; self.len()];
        for from in self.nodes() {
            let first = pairs.len();
            for link in self.links_of(from, Way::Downstream).filter(|link| link.to != from) {
                let at = &mut place[link.to.index()];
                if *at <= first {
                    pairs.push(Pair {
                        from,
                        to: link.to,
                        flows: link.flows(),
                        says_why: false,
                        backing: Backing::Nothing,
                        supports: false,
                        hinders: false,
                        assumption: None,
                    });
                    *at = pairs.len();
                }
                let pair = &mut pairs[*at - 1];
                pair.says_why |= link.link.says_why();
                let said = link.link.assumptions.iter().find(|text| !is_blank(text));
                pair.assumption = pair.assumption.or(said.map(String::as_str));
                if link.flows() && !pair.flows {
                    pair.flows = true;
                    pair.backing = Backing::Nothing;
                    (pair.supports, pair.hinders) = (false, false);
                }
                if link.flows() == pair.flows {
                    pair.backing = pair.backing.max(link.backing());
                    pair.supports |= link.link.effect == Effect::Supports;
                    pair.hinders |= link.link.effect == Effect::Hinders;
                }
            }
        }
        pairs
    }
}
