//! Loops, named whole.

use std::collections::VecDeque;

use super::{BenefitGraph, NodeIx, NodeSet, Way};

/// A knot of nodes each of which reaches every other, and one loop in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// The loop, from the node that stands first in the map, each node once: the last leads back to the first.
    pub nodes: Vec<NodeIx>,
    /// How many nodes the whole knot has: more than `nodes` where loops hang together.
    pub knot: usize,
}

/// Below this many steps (nodes times links of the knot) the loop is the shortest of its knot for certain.
const EXACT: usize = 100_000;
/// Above it, the search for a shorter loop ends after this many walks over the knot.
const WALKS: usize = 64;

impl<'m> BenefitGraph<'m> {
    /// One loop for every knot of nodes that reach each other, feedback left out; in the map's order of their first
    /// nodes. A link from a node to itself is no loop.
    ///
    /// The loop is a shortest one of the knot where nodes times links of the knot are at most 100,000; in larger
    /// knots it is the shortest that 64 walks over the knot find, so that the time stays in proportion.
    /// ```
    /// use benefit_map::graph::BenefitGraph;
    /// use benefit_map::map::BenefitMap;
    ///
    /// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Loops",
    ///   "nodes": [{"id": "a", "kind": "enabler"}, {"id": "b", "kind": "enabler"}, {"id": "c", "kind": "enabler"}],
    ///   "links": [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}, {"from": "b", "to": "c"},
    ///             {"from": "c", "to": "b", "feedback": true}]}"#)?;
    /// let graph = BenefitGraph::new(&map);
    /// let cycles = graph.cycles();
    /// // The way back from c is marked as feedback, so it makes no second loop.
    /// assert_eq!((cycles.len(), cycles[0].nodes.len(), cycles[0].knot), (1, 2, 2));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn cycles(&self) -> Vec<Cycle> {
        let mut knots: Vec<Vec<NodeIx>> = self
            .components()
            .all
            .iter()
            .filter(|knot| knot.len() > 1)
            .map(|knot| {
                let mut knot = knot.clone();
                knot.sort();
                knot
            })
            .collect();
        knots.sort();
        let mut walk = Walk {
            graph: self,
            before: vec![None; self.len()],
            knot_of: vec![u32::MAX; self.len()],
        };
        for (at, knot) in knots.iter().enumerate() {
            for ix in knot {
                walk.knot_of[ix.index()] = at as u32;
            }
        }
        knots.iter().map(|knot| walk.shortest_loop(knot)).collect()
    }

    /// Whether links that flow make a loop within a set of nodes; a link from a node to itself does not count.
    pub(super) fn has_cycle_within(&self, set: &NodeSet) -> bool {
        // Kahn: take away what nothing leads to; what stays is held by a loop.
        let within = |ix: NodeIx, way| {
            self.neighbours(ix, way)
                .filter(move |next| *next != ix && set.contains(*next))
        };
        let mut waiting = vec![0u32; self.len()];
        for ix in set.iter() {
            waiting[ix.index()] = within(ix, Way::Upstream).count() as u32;
        }
        let mut open: Vec<NodeIx> = set.iter().filter(|ix| waiting[ix.index()] == 0).collect();
        let mut taken = 0;
        while let Some(ix) = open.pop() {
            taken += 1;
            for next in within(ix, Way::Downstream) {
                waiting[next.index()] -= 1;
                if waiting[next.index()] == 0 {
                    open.push(next);
                }
            }
        }
        taken < set.len()
    }
}

/// Breadth-first walks inside one knot, with tables that are used again.
struct Walk<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    before: Vec<Option<NodeIx>>,
    knot_of: Vec<u32>,
}

impl Walk<'_, '_> {
    fn shortest_loop(&mut self, knot: &[NodeIx]) -> Cycle {
        let inside = |ix: NodeIx| self.knot_of[ix.index()];
        let links: usize = knot
            .iter()
            .map(|ix| {
                let next = self.graph.neighbours(*ix, Way::Downstream);
                next.filter(|to| inside(*to) == inside(*ix)).count()
            })
            .sum();
        let mut budget = EXACT.max(WALKS * links);
        let mut best: Option<Vec<NodeIx>> = None;
        for start in knot {
            let longest = best.as_ref().map_or(usize::MAX, |nodes| nodes.len() - 1);
            if longest < 2 || (budget == 0 && best.is_some()) {
                break;
            }
            if let Some(found) = self.loop_through(*start, longest, &mut budget) {
                best = Some(found);
            }
        }
        let mut nodes = best.unwrap_or_default();
        // The same loop is the same list, wherever the walk began.
        if let Some(first) = (0..nodes.len()).min_by_key(|at| nodes[*at]) {
            nodes.rotate_left(first);
        }
        Cycle {
            nodes,
            knot: knot.len(),
        }
    }

    /// A shortest loop through the node of at most that many nodes.
    fn loop_through(&mut self, start: NodeIx, longest: usize, budget: &mut usize) -> Option<Vec<NodeIx>> {
        let knot = self.knot_of[start.index()];
        let mut open = VecDeque::from([(start, 1)]);
        let mut touched = vec![start];
        let mut seen_start = false;
        let mut last = None;
        'walk: while let Some((ix, length)) = open.pop_front() {
            if length > longest {
                break;
            }
            for next in self.graph.neighbours(ix, Way::Downstream) {
                if self.knot_of[next.index()] != knot || next == ix {
                    continue;
                }
                *budget = budget.saturating_sub(1);
                if next == start {
                    last = Some(ix);
                    seen_start = true;
                    break 'walk;
                }
                if self.before[next.index()].is_none() {
                    self.before[next.index()] = Some(ix);
                    touched.push(next);
                    open.push_back((next, length + 1));
                }
            }
        }
        let found = seen_start.then(|| {
            let mut nodes: Vec<NodeIx> = std::iter::successors(last, |at| self.before[at.index()]).collect();
            nodes.reverse();
            nodes
        });
        for ix in touched {
            self.before[ix.index()] = None;
        }
        found
    }
}
