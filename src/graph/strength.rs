//! How well chains are backed by evidence: the best of the weakest.
//!
//! A chain is no better than its weakest link, and a node is as well backed as the best chain to it. That is a widest-path
//! problem (M. Pollack, "The maximum capacity through a network", Operations Research 8 (1960)); with six levels it is six
//! breadth-first walks at most, so it takes time in proportion to nodes and links, and no chain is listed.

use std::collections::VecDeque;

use super::{BenefitGraph, GraphLink, NodeIx, Way};
use crate::map::{Link, Strength};

/// How well a link is backed by its evidence, from the worst to the best: a greater one is better.
///
/// A link is as well backed as its strongest piece of evidence: a weak study beside a strong one takes nothing away.
/// Evidence that nobody has weighed is more than an assumption, for a source is named, and less than weak, for nobody
/// vouches for what it shows. Evidence that cites nothing is none, however strong: see
/// [`is_cited`](crate::map::Evidence::is_cited). Evidence that a link hinders counts as evidence: it shows that the link
/// is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Backing {
    /// No evidence at all.
    Nothing,
    /// Only assumed, and said to be.
    Assumed,
    /// A source is named that nobody has weighed.
    Unweighed,
    /// Suggested.
    Weak,
    /// Shown, but seldom or elsewhere.
    Moderate,
    /// Shown repeatedly, in settings like this one.
    Strong,
}

impl Backing {
    /// Every level, the worst first.
    pub const ALL: [Backing; 6] = [
        Self::Nothing,
        Self::Assumed,
        Self::Unweighed,
        Self::Weak,
        Self::Moderate,
        Self::Strong,
    ];

    /// How well the link is backed.
    pub fn of(link: &Link) -> Self {
        let weigh = |strength| match strength {
            None => Self::Unweighed,
            Some(Strength::Assumed) => Self::Assumed,
            Some(Strength::Weak) => Self::Weak,
            Some(Strength::Moderate) => Self::Moderate,
            Some(Strength::Strong) => Self::Strong,
        };
        let cited = link.evidence.iter().filter(|evidence| evidence.is_cited());
        let levels = cited.map(|evidence| weigh(evidence.strength));
        levels.max().unwrap_or(Self::Nothing)
    }

    /// The level in one or two words, to stand in a table: `strong`, `moderate`, `weak`, `not weighed`, `assumed`,
    /// `no evidence`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Nothing => "no evidence",
            Self::Assumed => "assumed",
            Self::Unweighed => "not weighed",
            Self::Weak => "weak",
            Self::Moderate => "moderate",
            Self::Strong => "strong",
        }
    }

    /// Whether there is more than an assumption: a source that bears on the link.
    pub fn is_evidence(self) -> bool {
        self > Self::Assumed
    }
}

impl GraphLink<'_> {
    /// How well the link is backed by its evidence.
    pub fn backing(&self) -> Backing {
        Backing::of(self.link)
    }
}

/// For every node, the best backed chain between it and some nodes: see [`BenefitGraph::best_chains`].
#[derive(Debug, Clone)]
pub struct BestChains<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    way: Way,
    /// The walks, the one over the best links alone first.
    walks: Vec<Walk>,
    /// For every node, the first walk that came to it.
    first: Vec<u8>,
}

/// A breadth-first walk over links that are at least so well backed.
#[derive(Debug, Clone)]
struct Walk {
    level: Backing,
    /// For every node, the place in the graph's links of the one that the walk came along; or one of the next two.
    came_by: Vec<u32>,
}

const NOT_MET: u32 = u32::MAX;
const START: u32 = u32::MAX - 1;
const NEVER: u8 = u8::MAX;

impl<'m> BenefitGraph<'m> {
    /// For every node, the best backed chain from any of `starts` to it ([`Way::Downstream`]), or from it to any of them
    /// ([`Way::Upstream`]).
    ///
    /// A chain is as well backed as its weakest link. Of several that are equally well backed the shortest is taken, and of
    /// several shortest the first in the order of `starts` and of the map's links. Chains run along links that flow:
    /// feedback is left out, links that hinder carry as others do, and of several links between two nodes the best counts.
    /// A start is a chain to itself, of no link, and [`Backing::Strong`], since nothing weakens it.
    ///
    /// ```
    /// use benefit_map::graph::{Backing, BenefitGraph, Way};
    ///
    /// let map: benefit_map::map::BenefitMap = serde_json::from_str(r#"{
    ///   "format": 1,
    ///   "nodes": [
    ///     {"id": "fund", "kind": "investment"}, {"id": "sensors", "kind": "enabler"},
    ///     {"id": "rounds", "kind": "business-change"}
    ///   ],
    ///   "links": [
    ///     {"from": "fund", "to": "rounds"},
    ///     {"from": "fund", "to": "sensors", "evidence": [{"source": "Invoices", "strength": "strong"}]},
    ///     {"from": "sensors", "to": "rounds", "evidence": [{"source": "Trial", "strength": "weak"}]}
    ///   ]
    /// }"#).unwrap();
    /// let graph = BenefitGraph::new(&map);
    /// let [fund, rounds] = ["fund", "rounds"].map(|id| graph.find(id).unwrap());
    /// let best = graph.best_chains([fund], Way::Downstream);
    /// // The straight link has no evidence, so the way round is better.
    /// assert_eq!(best.backing(rounds), Some(Backing::Weak));
    /// assert_eq!(best.chain(rounds).len(), 3);
    /// ```
    pub fn best_chains(&self, starts: impl IntoIterator<Item = NodeIx>, way: Way) -> BestChains<'_, 'm> {
        let starts: Vec<NodeIx> = starts.into_iter().collect();
        let backing: Vec<Backing> = self.links.iter().map(GraphLink::backing).collect();
        let mut there = [false; Backing::ALL.len()];
        // The first walk is made in any case: a start is a chain to itself.
        there[Backing::Strong as usize] = true;
        for (link, backing) in self.links.iter().zip(&backing) {
            there[*backing as usize] |= link.flows();
        }
        let levels = Backing::ALL.into_iter().rev().filter(|level| there[*level as usize]);
        let mut best = BestChains {
            graph: self,
            way,
            walks: Vec::new(),
            first: vec![NEVER; self.len()],
        };
        let mut open = VecDeque::new();
        for (at, level) in levels.enumerate() {
            // A walk goes over nodes again that a better one has met: where the last link is weak, a shorter chain to it
            // may be made of weaker links too.
            let mut came_by = vec![NOT_MET; self.len()];
            let mut meet = |ix: NodeIx, link: u32, open: &mut VecDeque<NodeIx>| {
                if came_by[ix.index()] == NOT_MET {
                    came_by[ix.index()] = link;
                    open.push_back(ix);
                    if best.first[ix.index()] == NEVER {
                        best.first[ix.index()] = at as u8;
                    }
                }
            };
            for start in &starts {
                meet(*start, START, &mut open);
            }
            while let Some(ix) = open.pop_front() {
                for entry in self.entries(ix, way) {
                    if entry.flows && backing[entry.link as usize] >= level {
                        meet(entry.node, entry.link, &mut open);
                    }
                }
            }
            best.walks.push(Walk { level, came_by });
        }
        best
    }
}

impl<'g, 'm> BestChains<'g, 'm> {
    /// How well the best chain is backed; `None` where there is no chain.
    pub fn backing(&self, ix: NodeIx) -> Option<Backing> {
        self.walk(ix).map(|walk| walk.level)
    }

    /// The links of the best chain, in the order in which they flow. Empty where the node is itself a start, and where
    /// there is no chain.
    pub fn links(&self, ix: NodeIx) -> Vec<&'g GraphLink<'m>> {
        let Some(walk) = self.walk(ix) else { return Vec::new() };
        let graph = self.graph;
        let mut links: Vec<&GraphLink<'m>> = Vec::new();
        let mut at = ix;
        while let Some(link) = graph.links.get(walk.came_by[at.index()] as usize) {
            links.push(link);
            at = match self.way {
                Way::Downstream => link.from,
                Way::Upstream => link.to,
            };
        }
        if self.way == Way::Downstream {
            links.reverse();
        }
        links
    }

    /// The best chain, both ends included, in the order in which it flows; empty where there is none.
    pub fn chain(&self, ix: NodeIx) -> Vec<NodeIx> {
        if self.walk(ix).is_none() {
            return Vec::new();
        }
        let links = self.links(ix);
        let first = links.first().map_or(ix, |link| link.from);
        std::iter::once(first).chain(links.iter().map(|link| link.to)).collect()
    }

    /// The first of the weakest links of the best chain; `None` where it has none.
    pub fn weakest(&self, ix: NodeIx) -> Option<&'g GraphLink<'m>> {
        // `min_by_key` takes the first of several.
        self.links(ix).into_iter().min_by_key(|link| link.backing())
    }

    fn walk(&self, ix: NodeIx) -> Option<&Walk> {
        self.walks.get(self.first[ix.index()] as usize)
    }
}
