//! All chains between two nodes, one at a time.

use super::{BenefitGraph, NodeIx, NodeSet, Way};

/// Every chain from one node to another, none of which passes a node twice, in the map's order of links.
///
/// There may be more chains than anybody can read, so the iterator stops at a limit and says so:
/// [`Chains::limit_reached`]. Every step that it takes leads to a chain, so the next chain never takes longer than a walk
/// over the part of the graph between the two nodes for each node on the chain, however tangled that part is.
/// (`petgraph::algo::all_simple_paths` goes down every blind alley and may run for ever.)
#[derive(Debug)]
pub struct Chains<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    to: NodeIx,
    /// Nodes that stand on some way from the first to the last.
    between: NodeSet,
    /// Whether `between` holds a loop, so that a step may lead back onto the chain.
    tangled: bool,
    chain: Vec<NodeIx>,
    on_chain: NodeSet,
    /// For every node of the chain, the steps from it that are still to be tried, the last first.
    steps: Vec<Vec<NodeIx>>,
    left: usize,
    limit_reached: bool,
}

impl<'m> BenefitGraph<'m> {
    /// The chains from one node to another, both included, `limit` at most. A node is the only chain to itself.
    /// ```
    /// use benefit_map::graph::BenefitGraph;
    /// use benefit_map::map::BenefitMap;
    ///
    /// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Two ways",
    ///   "nodes": [{"id": "a", "kind": "enabler"}, {"id": "b", "kind": "business-change"}, {"id": "c", "kind": "end-outcome"}],
    ///   "links": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}, {"from": "a", "to": "c"}]}"#)?;
    /// let graph = BenefitGraph::new(&map);
    /// let [a, c] = ["a", "c"].map(|id| graph.find(id).unwrap());
    /// assert_eq!(graph.chains(a, c, 10).count(), 2);
    /// let mut first = graph.chains(a, c, 1);
    /// assert!(first.next().is_some() && first.next().is_none() && first.limit_reached());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn chains(&self, from: NodeIx, to: NodeIx, limit: usize) -> Chains<'_, 'm> {
        let between = self.downstream(from).intersection(&self.upstream(to));
        let mut chains = Chains {
            graph: self,
            to,
            tangled: self.has_cycle_within(&between),
            chain: Vec::new(),
            on_chain: NodeSet::with_capacity(self.len()),
            steps: Vec::new(),
            left: limit,
            limit_reached: false,
            between,
        };
        if chains.between.contains(from) {
            chains.push(from);
        }
        chains
    }
}

impl Chains<'_, '_> {
    /// Whether the iterator has stopped though there are more chains. Settled once it has returned `None`.
    pub fn limit_reached(&self) -> bool {
        self.limit_reached
    }

    fn push(&mut self, ix: NodeIx) {
        self.chain.push(ix);
        self.on_chain.insert(ix);
        let mut steps = Vec::new();
        if ix != self.to {
            let mut seen = NodeSet::default();
            let open = self.tangled.then(|| self.still_reaching());
            for next in self.graph.neighbours(ix, Way::Downstream) {
                let leads_on = match &open {
                    Some(open) => open.contains(next),
                    None => self.between.contains(next),
                };
                // A link from a node to itself is no loop, so an untangled part may still hold one.
                if leads_on && next != ix && seen.insert(next) {
                    steps.push(next);
                }
            }
            steps.reverse();
        }
        self.steps.push(steps);
    }

    /// The nodes from which the last node is reached without touching the chain.
    fn still_reaching(&self) -> NodeSet {
        self.graph.reach_along([self.to], Way::Upstream, |link| {
            self.between.contains(link.from) && !self.on_chain.contains(link.from)
        })
    }

    fn pop(&mut self) {
        if let Some(ix) = self.chain.pop() {
            self.on_chain.remove(ix);
            self.steps.pop();
        }
    }
}

impl Iterator for Chains<'_, '_> {
    type Item = Vec<NodeIx>;

    fn next(&mut self) -> Option<Vec<NodeIx>> {
        while let Some(last) = self.chain.last() {
            if *last == self.to {
                if self.left == 0 {
                    self.limit_reached = true;
                    self.chain.clear();
                    return None;
                }
                self.left -= 1;
                let found = self.chain.clone();
                self.pop();
                return Some(found);
            }
            match self.steps.last_mut().and_then(Vec::pop) {
                Some(next) => self.push(next),
                None => self.pop(),
            }
        }
        None
    }
}
