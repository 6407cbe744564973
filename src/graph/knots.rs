//! Which nodes are on a loop together where feedback counts as a link like any other.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::{BenefitGraph, NodeIx};

/// Which nodes reach each other along links and feedback.
#[derive(Debug, Clone)]
pub struct Knots {
    /// For every node, the number of its knot; a node that is on no loop has a knot of its own.
    of: Vec<u32>,
}

impl Knots {
    /// Whether each of the two reaches the other. A node reaches itself.
    pub fn tie(&self, a: NodeIx, b: NodeIx) -> bool {
        self.of[a.index()] == self.of[b.index()]
    }
}

impl<'m> BenefitGraph<'m> {
    /// Which nodes reach each other along all links, feedback included, and along `more`, which the map does not have.
    pub fn knots(&self, more: impl IntoIterator<Item = (NodeIx, NodeIx)>) -> Knots {
        let links = self.links().iter().map(|link| (link.from, link.to)).chain(more);
        let mut graph: DiGraph<(), ()> = DiGraph::from_edges(links);
        while graph.node_count() < self.len() {
            graph.add_node(());
        }
        let mut of = vec![0; self.len()];
        for (at, knot) in kosaraju_scc(&graph).into_iter().enumerate() {
            for ix in knot {
                of[ix.index()] = at as u32;
            }
        }
        Knots { of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{BenefitMap, Link, Node, NodeKind};

    #[test]
    fn feedback_ties_what_it_closes_a_loop_over() {
        let mut map = BenefitMap::new("Knots");
        let id = |text: &str| text.parse().unwrap();
        map.nodes = ["a", "b", "c", "d"]
            .map(|text| Node::new(id(text), NodeKind::Enabler, text))
            .to_vec();
        for (from, to, feedback) in [("a", "b", false), ("b", "c", false), ("c", "a", true), ("c", "d", true)] {
            let mut link = Link::new(id(from), id(to));
            link.feedback = feedback;
            map.links.push(link);
        }
        let graph = BenefitGraph::new(&map);
        let ix = |text: &str| graph.find(text).unwrap();
        let knots = graph.knots([]);
        assert!(knots.tie(ix("c"), ix("a")) && knots.tie(ix("a"), ix("b")));
        assert!(!knots.tie(ix("c"), ix("d")));
        assert!(graph.knots([(ix("d"), ix("b"))]).tie(ix("c"), ix("d")));
    }
}
