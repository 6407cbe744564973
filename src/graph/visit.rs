//! A benefit map as a graph of petgraph's: its visit traits for [`BenefitGraph`], so that every algorithm of that crate runs on a
//! map without a copy of it.
//!
//! The nodes are [`NodeIx`], in the map's order; the weight of a node is its [`Node`] and that of an edge its [`Link`].
//! Edges are known by their place in [`BenefitGraph::links`]. Feedback is among them; [`BenefitGraph::flowing`] gives
//! the graph without it.
//!
//! ```
//! use benefit_map::graph::BenefitGraph;
//! use petgraph::algo::{dominators, is_cyclic_directed, toposort};
//!
//! let map: benefit_map::map::BenefitMap = serde_json::from_str(r#"{
//!   "format": 1,
//!   "nodes": [{"id": "a", "kind": "investment"}, {"id": "b", "kind": "enabler"},
//!             {"id": "c", "kind": "enabler"}, {"id": "d", "kind": "end-outcome"}],
//!   "links": [{"from": "a", "to": "b"}, {"from": "a", "to": "c"}, {"from": "b", "to": "d"}, {"from": "c", "to": "d"},
//!             {"from": "d", "to": "a", "feedback": true}]
//! }"#).unwrap();
//! let graph = BenefitGraph::new(&map);
//! let flowing = graph.flowing();
//! let [a, d] = ["a", "d"].map(|id| graph.find(id).unwrap());
//!
//! assert!(is_cyclic_directed(&graph) && !is_cyclic_directed(&flowing));
//! assert_eq!(toposort(&flowing, None).unwrap().first(), Some(&a));
//! assert_eq!(dominators::simple_fast(&flowing, a).immediate_dominator(d), Some(a));
//! ```

use std::iter::{Copied, Map};
use std::ops::Range;
use std::slice::Iter;

use petgraph::visit::{
    Data, EdgeCount, EdgeFiltered, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount,
    NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Directed, Direction};

use super::{BenefitGraph, Entry, GraphLink, NodeIx, NodeSet, Way};
use crate::map::{Link, Node};

/// The graph without the links that nothing flows along.
pub type Flowing<'g, 'm> = EdgeFiltered<&'g BenefitGraph<'m>, fn(GraphLink<'m>) -> bool>;

impl<'m> BenefitGraph<'m> {
    /// The graph as petgraph sees it, without feedback: nothing flows along that.
    pub fn flowing(&self) -> Flowing<'_, 'm> {
        EdgeFiltered(self, |link: GraphLink<'m>| link.flows())
    }
}

impl EdgeRef for GraphLink<'_> {
    type NodeId = NodeIx;
    type EdgeId = usize;
    type Weight = Link;

    fn source(&self) -> NodeIx {
        self.from
    }

    fn target(&self) -> NodeIx {
        self.to
    }

    fn weight(&self) -> &Link {
        self.link
    }

    fn id(&self) -> usize {
        self.position
    }
}

impl GraphBase for BenefitGraph<'_> {
    type NodeId = NodeIx;
    type EdgeId = usize;
}

impl Data for BenefitGraph<'_> {
    type NodeWeight = Node;
    type EdgeWeight = Link;
}

impl GraphProp for BenefitGraph<'_> {
    type EdgeType = Directed;
}

impl NodeCount for BenefitGraph<'_> {
    fn node_count(&self) -> usize {
        self.len()
    }
}

impl EdgeCount for BenefitGraph<'_> {
    fn edge_count(&self) -> usize {
        self.links().len()
    }
}

impl NodeIndexable for BenefitGraph<'_> {
    fn node_bound(&self) -> usize {
        self.len()
    }

    fn to_index(&self, ix: NodeIx) -> usize {
        ix.index()
    }

    fn from_index(&self, index: usize) -> NodeIx {
        NodeIx::new(index)
    }
}

impl NodeCompactIndexable for BenefitGraph<'_> {}

impl VisitMap<NodeIx> for NodeSet {
    fn visit(&mut self, ix: NodeIx) -> bool {
        self.insert(ix)
    }

    fn is_visited(&self, ix: &NodeIx) -> bool {
        self.contains(*ix)
    }

    fn unvisit(&mut self, ix: NodeIx) -> bool {
        self.remove(ix)
    }
}

impl Visitable for BenefitGraph<'_> {
    type Map = NodeSet;

    fn visit_map(&self) -> NodeSet {
        NodeSet::with_capacity(self.len())
    }

    fn reset_map(&self, set: &mut NodeSet) {
        *set = self.visit_map();
    }
}

impl IntoNodeIdentifiers for &BenefitGraph<'_> {
    type NodeIdentifiers = Map<Range<usize>, fn(usize) -> NodeIx>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.len()).map(NodeIx::new)
    }
}

/// Every node with its record, in the map's order.
#[derive(Debug, Clone)]
pub struct NodeReferences<'g> {
    nodes: std::iter::Enumerate<Iter<'g, &'g Node>>,
}

impl<'g> Iterator for NodeReferences<'g> {
    type Item = (NodeIx, &'g Node);

    fn next(&mut self) -> Option<Self::Item> {
        self.nodes.next().map(|(at, node)| (NodeIx::new(at), *node))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.nodes.size_hint()
    }
}

impl<'g> IntoNodeReferences for &'g BenefitGraph<'_> {
    type NodeRef = (NodeIx, &'g Node);
    type NodeReferences = NodeReferences<'g>;

    fn node_references(self) -> NodeReferences<'g> {
        NodeReferences {
            nodes: self.nodes.iter().enumerate(),
        }
    }
}

impl<'g, 'm> IntoEdgeReferences for &'g BenefitGraph<'m> {
    type EdgeRef = GraphLink<'m>;
    type EdgeReferences = Copied<Iter<'g, GraphLink<'m>>>;

    fn edge_references(self) -> Self::EdgeReferences {
        self.links().iter().copied()
    }
}

/// The nodes one step from another, along every link.
pub type Neighbours<'g> = Map<Iter<'g, Entry>, fn(&'g Entry) -> NodeIx>;

impl<'g> IntoNeighbors for &'g BenefitGraph<'_> {
    type Neighbors = Neighbours<'g>;

    fn neighbors(self, ix: NodeIx) -> Neighbours<'g> {
        self.neighbors_directed(ix, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for &'g BenefitGraph<'_> {
    type NeighborsDirected = Neighbours<'g>;

    fn neighbors_directed(self, ix: NodeIx, direction: Direction) -> Neighbours<'g> {
        self.entries(ix, way(direction)).iter().map(|entry| entry.node)
    }
}

/// The links of one node, in the map's order.
#[derive(Debug, Clone)]
pub struct Edges<'g, 'm> {
    entries: Iter<'g, Entry>,
    links: &'g [GraphLink<'m>],
}

impl<'m> Iterator for Edges<'_, 'm> {
    type Item = GraphLink<'m>;

    fn next(&mut self) -> Option<GraphLink<'m>> {
        self.entries.next().map(|entry| self.links[entry.link as usize])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
    }
}

impl<'g, 'm> IntoEdges for &'g BenefitGraph<'m> {
    type Edges = Edges<'g, 'm>;

    fn edges(self, ix: NodeIx) -> Edges<'g, 'm> {
        self.edges_directed(ix, Direction::Outgoing)
    }
}

impl<'g, 'm> IntoEdgesDirected for &'g BenefitGraph<'m> {
    type EdgesDirected = Edges<'g, 'm>;

    fn edges_directed(self, ix: NodeIx, direction: Direction) -> Edges<'g, 'm> {
        Edges {
            entries: self.entries(ix, way(direction)).iter(),
            links: self.links(),
        }
    }
}

pub(super) fn way(direction: Direction) -> Way {
    match direction {
        Direction::Outgoing => Way::Downstream,
        Direction::Incoming => Way::Upstream,
    }
}
