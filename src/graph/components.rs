//! The strong components of what flows: worked out once for a graph, however many ask.

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::visit::{GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, Visitable};

use super::visit::way;
use super::{BenefitGraph, Entry, NodeIx, NodeSet};

/// Nodes that reach each other, feedback left out.
#[derive(Debug, Clone)]
pub(super) struct Components {
    /// Each with its nodes, in an order in which links lead to later ones.
    pub(super) all: Vec<Vec<NodeIx>>,
    /// For every node the place of its component in that list.
    pub(super) of: Vec<u32>,
}

impl BenefitGraph<'_> {
    /// The components of this graph. Kosaraju's algorithm and not Tarjan's: petgraph's version of the first does not recurse.
    pub(super) fn components(&self) -> &Components {
        self.components.get_or_init(|| {
            let mut all = kosaraju_scc(Carrying(self));
            all.reverse();
            let mut of = vec![0; self.len()];
            for (at, component) in all.iter().enumerate() {
                for ix in component {
                    of[ix.index()] = at as u32;
                }
            }
            Components { all, of }
        })
    }

    /// The nodes in an order in which links that flow lead to later ones; nodes that lead to each other come together.
    ///
    /// ```
    /// use benefit_map::graph::BenefitGraph;
    ///
    /// let map = serde_json::from_str(r#"{"format": 1, "nodes": [{"id": "end", "kind": "end-outcome"}, {"id": "money", "kind": "investment"}],
    ///   "links": [{"from": "money", "to": "end"}]}"#)?;
    /// let graph = BenefitGraph::new(&map);
    /// let order: Vec<&str> = graph.loops_in_order().flatten().map(|ix| graph.id(*ix).as_str()).collect();
    /// assert_eq!(order, ["money", "end"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn loops_in_order(&self) -> impl DoubleEndedIterator<Item = &[NodeIx]> {
        self.components().all.iter().map(Vec::as_slice)
    }

    /// Whether the two nodes reach each other along links that flow, or are the same.
    pub fn on_one_loop(&self, one: NodeIx, other: NodeIx) -> bool {
        let of = &self.components().of;
        of[one.index()] == of[other.index()]
    }
}

/// The same as [`BenefitGraph::flowing`] where only the nodes matter: no link is looked up in the map.
#[derive(Clone, Copy)]
struct Carrying<'g, 'm>(&'g BenefitGraph<'m>);

impl GraphBase for Carrying<'_, '_> {
    type NodeId = NodeIx;
    type EdgeId = usize;
}

impl petgraph::visit::GraphRef for Carrying<'_, '_> {}

impl Visitable for Carrying<'_, '_> {
    type Map = NodeSet;

    fn visit_map(&self) -> NodeSet {
        self.0.visit_map()
    }

    fn reset_map(&self, set: &mut NodeSet) {
        self.0.reset_map(set);
    }
}

impl<'g> IntoNodeIdentifiers for Carrying<'g, '_> {
    type NodeIdentifiers = <&'g BenefitGraph<'static> as IntoNodeIdentifiers>::NodeIdentifiers;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        self.0.node_identifiers()
    }
}

/// The nodes at the other ends of links that flow.
struct Carried<'g>(std::slice::Iter<'g, Entry>);

impl Iterator for Carried<'_> {
    type Item = NodeIx;

    fn next(&mut self) -> Option<NodeIx> {
        self.0.find(|entry| entry.flows).map(|entry| entry.node)
    }
}

impl<'g> IntoNeighbors for Carrying<'g, '_> {
    type Neighbors = Carried<'g>;

    fn neighbors(self, ix: NodeIx) -> Carried<'g> {
        self.neighbors_directed(ix, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for Carrying<'g, '_> {
    type NeighborsDirected = Carried<'g>;

    fn neighbors_directed(self, ix: NodeIx, direction: Direction) -> Carried<'g> {
        Carried(self.0.entries(ix, way(direction)).iter())
    }
}
