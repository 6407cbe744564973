//! The chains between two nodes, the best first, with all that speaks for each step.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::graph::{Backing, BenefitGraph, ChainCount, ChainCounter, GraphLink, NodeIx, Way};
use crate::map::{Effect, Kpi, Link, Node, Owner};

/// How many steps the search takes in search of further chains through loops, before it says that it was cut short.
const MOST_STEPS: usize = 2_000_000;

/// Chains between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainList<'m> {
    /// How many there are.
    pub count: ChainCount,
    /// Those that are listed: the best backed first, of these the shortest first.
    pub chains: Vec<Chain<'m>>,
    /// Whether there are chains that are not listed.
    pub cut: bool,
}

/// One chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain<'m> {
    /// No better than its weakest link.
    pub backing: Backing,
    /// Whether it supports or hinders its end: the product of its links.
    pub effect: Effect,
    /// Where it begins.
    pub start: &'m Node,
    /// Its steps in order, at least one.
    pub steps: Vec<Step<'m>>,
}

/// A link, and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'m> {
    /// The link; the best backed of several between the two nodes.
    pub link: &'m Link,
    /// How well it is backed.
    pub backing: Backing,
    /// Where it leads.
    pub node: &'m Node,
    /// Who answers for that node; `None` where nobody does, or the map does not know them.
    pub owner: Option<&'m Owner>,
    /// How that node is measured, in the map's order.
    pub kpis: Vec<&'m Kpi>,
}

/// The chains of at least one link from one node to another, the best first, at most `limit` of them.
///
/// Best is what is best backed at its weakest link, then what has the fewest links; of equals those come first whose
/// nodes have the lower ids. No chain passes a node twice. Where the map has loops between the two nodes the search may
/// be cut short before the limit, and says so; which of several equals are then listed is no more than always the same.
pub fn chains<'m>(graph: &BenefitGraph<'m>, from: NodeIx, to: NodeIx, limit: usize) -> ChainList<'m> {
    let counter = graph.chain_counter();
    let count = counter.from([from]).to(to);
    let mut found = Vec::new();
    let mut exhausted = true;
    if !count.is_zero() && from != to {
        let mut search = Search::new(graph, &counter, from, to);
        loop {
            if found.len() == limit {
                exhausted = search.is_done();
                break;
            }
            match search.next() {
                Some(chain) => found.push(chain),
                None => {
                    exhausted = search.steps < MOST_STEPS;
                    break;
                }
            }
        }
    }
    // Equals are met in the order of the walk, which is not always that of their ids.
    found.sort_by(|(a, one), (b, other)| {
        let ids = |links: &Vec<GraphLink<'m>>| links.iter().map(|link| graph.id(link.to)).collect::<Vec<_>>();
        let best = b.cmp(a).then(one.len().cmp(&other.len()));
        best.then_with(|| ids(one).cmp(&ids(other)))
    });
    ChainList {
        count,
        chains: found
            .into_iter()
            .map(|(backing, links)| told(graph, backing, from, &links))
            .collect(),
        cut: !exhausted,
    }
}

fn told<'m>(graph: &BenefitGraph<'m>, backing: Backing, from: NodeIx, links: &[GraphLink<'m>]) -> Chain<'m> {
    let map = graph.map();
    Chain {
        backing,
        effect: links
            .iter()
            .fold(Effect::Supports, |effect, link| effect.then(link.link.effect)),
        start: graph.node(from),
        steps: links
            .iter()
            .map(|link| {
                let node = graph.node(link.to);
                Step {
                    link: link.link,
                    backing: link.backing(),
                    node,
                    owner: node.owner.as_ref().and_then(|id| map.owner(id)),
                    kpis: map.kpis_of(&node.id).collect(),
                }
            })
            .collect(),
    }
}

/// A best-first search whose estimate of what is left is exact where there are no loops: every step that it takes then
/// leads to a chain (the A* of P. Hart, N. Nilsson, B. Raphael, IEEE Trans. SSC 4 (1968)).
struct Search<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    counter: &'g ChainCounter,
    to: NodeIx,
    /// For every level of backing, how many links at least as good lead from each node to the last one at least.
    left: Vec<Vec<u32>>,
    /// Beginnings of chains: the link that leads to each, and what comes before it.
    begun: Vec<(u32, GraphLink<'m>)>,
    open: BinaryHeap<Open>,
    steps: usize,
}

/// A beginning of a chain. The greatest is taken first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    /// How well the whole chain can be backed.
    backing: Backing,
    /// How many links it then has.
    length: Reverse<u32>,
    /// Of equals the longest beginning: it is the nearest to its end.
    depth: u32,
    /// Of equals the one that was met first.
    met: Reverse<u32>,
    node: NodeIx,
    /// How well the beginning is backed.
    so_far: Backing,
    /// Its place in `begun`; none for the start.
    last: u32,
}

const NONE: u32 = u32::MAX;

impl<'g, 'm> Search<'g, 'm> {
    fn new(graph: &'g BenefitGraph<'m>, counter: &'g ChainCounter, from: NodeIx, to: NodeIx) -> Self {
        let left = Backing::ALL.iter().map(|level| distances(graph, to, *level)).collect();
        let mut search = Self {
            graph,
            counter,
            to,
            left,
            begun: Vec::new(),
            open: BinaryHeap::new(),
            steps: 0,
        };
        search.push(from, Backing::Strong, NONE, 0);
        search
    }

    /// Whether no chain is left.
    fn is_done(&self) -> bool {
        self.open.is_empty()
    }

    fn push(&mut self, node: NodeIx, so_far: Backing, last: u32, depth: u32) {
        // The best that can still become of it.
        let levels = Backing::ALL.iter().rev().filter(|level| **level <= so_far);
        let reached = levels
            .map(|level| (*level, self.left[*level as usize][node.index()]))
            .find(|(_, left)| *left != NONE);
        if let Some((backing, left)) = reached {
            self.open.push(Open {
                backing,
                length: Reverse(depth + left),
                depth,
                met: Reverse(u32::try_from(self.steps).unwrap_or(NONE)),
                node,
                so_far,
                last,
            });
            self.steps += 1;
        }
    }

    fn links(&self, last: u32) -> Vec<GraphLink<'m>> {
        let mut links = Vec::new();
        let mut at = last;
        while let Some((before, link)) = self.begun.get(at as usize) {
            links.push(*link);
            at = *before;
        }
        links.reverse();
        links
    }

    fn next(&mut self) -> Option<(Backing, Vec<GraphLink<'m>>)> {
        while let Some(open) = self.open.pop() {
            if open.node == self.to {
                return Some((open.backing, self.links(open.last)));
            }
            if self.steps >= MOST_STEPS {
                return None;
            }
            // Only on a loop can a chain come back to where it was.
            let before = if self.counter.on_loop(open.node) {
                self.links(open.last)
            } else {
                Vec::new()
            };
            let mut on: Vec<GraphLink<'m>> = self
                .graph
                .links_of(open.node, Way::Downstream)
                .filter(|link| link.flows() && link.to != open.node)
                .filter(|link| {
                    !before
                        .iter()
                        .any(|passed| passed.from == link.to || passed.to == link.to)
                })
                .copied()
                .collect();
            // Of several links between two nodes the best counts.
            on.sort_by(|a, b| {
                let id = |link: &GraphLink<'m>| self.graph.id(link.to);
                id(a).cmp(id(b)).then(b.backing().cmp(&a.backing()))
            });
            on.dedup_by_key(|link| link.to);
            for link in on {
                self.begun.push((open.last, link));
                let last = (self.begun.len() - 1) as u32;
                self.push(link.to, open.so_far.min(link.backing()), last, open.depth + 1);
            }
        }
        None
    }
}

/// How many links that are at least so well backed lead from each node to the last one at least.
fn distances(graph: &BenefitGraph<'_>, to: NodeIx, level: Backing) -> Vec<u32> {
    let mut left = vec![NONE; graph.len()];
    left[to.index()] = 0;
    let mut open = VecDeque::from([to]);
    while let Some(ix) = open.pop_front() {
        for link in graph.links_of(ix, Way::Upstream) {
            if link.flows() && link.backing() >= level && left[link.from.index()] == NONE {
                left[link.from.index()] = left[ix.index()] + 1;
                open.push_back(link.from);
            }
        }
    }
    left
}
