//! A map as a graph, and the only home of petgraph: reach, chains, loops, line of sight and strength of evidence.
//!
//! In goes a [`BenefitMap`], whatever is wrong with it; out come answers in terms of [`NodeIx`], in the map's order.
//! A link to a node that does not exist is left out and listed in [`BenefitGraph::dangling`]; of several nodes with
//! one id the first stands for all. Links marked `feedback` are in the graph, but nothing flows along them: reach,
//! chains, loops and bottlenecks leave them out. A link that hinders carries as one that supports does; whether a chain
//! helps or harms its end is told by [`BenefitGraph::signed_reach`] and [`BenefitGraph::sight`].
//!
//! Everything takes time and memory in proportion to nodes and links unless it says otherwise, and nothing recurses,
//! so that a chain of any length is safe. [`visit`] lets every algorithm of petgraph run on a map without a copy. Absent on
//! purpose: severities and messages.

mod bottleneck;
mod chains;
mod columns;
mod components;
mod count;
mod cycles;
mod knots;
mod nearest;
mod order;
mod pairs;
mod reach;
mod redundant;
mod set;
mod signs;
mod strength;
pub mod visit;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::map::{BenefitMap, Link, Node, NodeId, NodeKind};

pub use bottleneck::Bottlenecks;
pub use chains::Chains;
pub use count::{ChainCount, ChainCounter, Counted};
pub use cycles::Cycle;
pub use knots::Knots;
pub use nearest::Nearest;
pub use pairs::Pair;
pub use reach::LineOfSight;
pub use redundant::{Shortcut, Shortcuts};
pub use set::NodeSet;
pub use signs::{Sight, SignedReach, Signs};
pub use strength::{Backing, BestChains};

/// A node of one [`BenefitGraph`], by its place among the graph's nodes from 0, which `index()` gives. Means nothing in another
/// graph. It is petgraph's index, so that petgraph's algorithms take it.
pub type NodeIx = petgraph::graph::NodeIndex<u32>;

/// A link both of whose ends exist.
#[derive(Debug, Clone, Copy)]
pub struct GraphLink<'m> {
    /// Where it begins.
    pub from: NodeIx,
    /// Where it ends.
    pub to: NodeIx,
    /// The link in the map.
    pub link: &'m Link,
    /// Its place in the map's list of links, from 0.
    pub position: usize,
}

impl GraphLink<'_> {
    /// Whether anything flows along it: not along feedback.
    pub fn flows(&self) -> bool {
        !self.link.feedback
    }
}

/// A link that is not in the graph, for an end of it names no node.
#[derive(Debug, Clone, Copy)]
pub struct Dangling<'m> {
    /// The link in the map.
    pub link: &'m Link,
    /// Its place in the map's list of links, from 0.
    pub position: usize,
    /// Where it begins, where that exists.
    pub from: Option<NodeIx>,
    /// Where it ends, where that exists.
    pub to: Option<NodeIx>,
}

/// Which way to go from a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With the links, towards the end outcomes.
    Downstream,
    /// Against the links, towards the investments.
    Upstream,
}

/// The links of every node one way, in one table: walks over a large map stay within few lines of memory.
#[derive(Debug, Clone)]
struct Adjacency {
    /// Where the entries of each node begin; one more than there are nodes.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

/// One link of a node, seen from it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The node at the other end.
    node: NodeIx,
    /// Place in `links`.
    link: u32,
    flows: bool,
}

impl Adjacency {
    fn new(nodes: usize, links: &[GraphLink<'_>], ends: impl Fn(&GraphLink<'_>) -> (NodeIx, NodeIx)) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        for link in links {
            starts[ends(link).0.index() + 1] += 1;
        }
        for at in 0..nodes {
            starts[at + 1] += starts[at];
        }
        let nowhere = Entry {
            node: NodeIx::new(0),
            link: 0,
            flows: false,
        };
        let mut entries = vec![nowhere; links.len()];
        let mut free = starts.clone();
        for (index, link) in links.iter().enumerate() {
            let (here, there) = ends(link);
            let at = &mut free[here.index()];
            entries[*at as usize] = Entry {
                node: there,
                link: index as u32,
                flows: link.flows(),
            };
            *at += 1;
        }
        Self { starts, entries }
    }

    fn of(&self, ix: NodeIx) -> &[Entry] {
        let at = ix.index();
        &self.entries[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// A map seen as a graph; `'m` always means "borrowed from the map". It does not change once made.
#[derive(Debug, Clone)]
pub struct BenefitGraph<'m> {
    map: &'m BenefitMap,
    nodes: Vec<&'m Node>,
    positions: Vec<u32>,
    by_id: HashMap<&'m str, NodeIx>,
    duplicates: Vec<(usize, NodeIx)>,
    links: Vec<GraphLink<'m>>,
    dangling: Vec<Dangling<'m>>,
    kinds: Vec<NodeKind>,
    downstream: Adjacency,
    upstream: Adjacency,
    components: OnceLock<components::Components>,
}

impl<'m> BenefitGraph<'m> {
    /// The graph of a map.
    pub fn new(map: &'m BenefitMap) -> Self {
        let mut nodes = Vec::with_capacity(map.nodes.len());
        let mut positions = Vec::with_capacity(map.nodes.len());
        let mut by_id = HashMap::with_capacity(map.nodes.len());
        let mut duplicates = Vec::new();
        for (position, node) in map.nodes.iter().enumerate() {
            let ix = NodeIx::new(nodes.len());
            let first = *by_id.entry(node.id.as_str()).or_insert(ix);
            if first == ix {
                nodes.push(node);
                positions.push(position as u32);
            } else {
                duplicates.push((position, first));
            }
        }
        let mut links = Vec::with_capacity(map.links.len());
        let mut dangling = Vec::new();
        let mut last: Option<(&NodeId, Option<NodeIx>)> = None;
        for (position, link) in map.links.iter().enumerate() {
            let end = |id: &NodeId| by_id.get(id.as_str()).copied();
            // In canonical order links from one node stand together, and need not be looked up one by one.
            let from = match last {
                Some((id, from)) if *id == link.from => from,
                _ => end(&link.from),
            };
            last = Some((&link.from, from));
            match (from, end(&link.to)) {
                (Some(from), Some(to)) => links.push(GraphLink {
                    from,
                    to,
                    link,
                    position,
                }),
                (from, to) => dangling.push(Dangling {
                    link,
                    position,
                    from,
                    to,
                }),
            }
        }
        Self {
            map,
            kinds: nodes.iter().map(|node: &&Node| node.kind).collect(),
            downstream: Adjacency::new(nodes.len(), &links, |link| (link.from, link.to)),
            upstream: Adjacency::new(nodes.len(), &links, |link| (link.to, link.from)),
            nodes,
            positions,
            by_id,
            duplicates,
            links,
            dangling,
            components: OnceLock::new(),
        }
    }

    /// The map that the graph was made of.
    pub fn map(&self) -> &'m BenefitMap {
        self.map
    }

    /// How many nodes there are, each id once.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every node, in the map's order.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeIx> + DoubleEndedIterator + use<> {
        (0..self.nodes.len()).map(NodeIx::new)
    }

    /// The node in the map. Panics on an index of another, larger graph.
    pub fn node(&self, ix: NodeIx) -> &'m Node {
        self.nodes[ix.index()]
    }

    /// The node's kind.
    pub fn kind(&self, ix: NodeIx) -> NodeKind {
        self.kinds[ix.index()]
    }

    /// The node's id.
    pub fn id(&self, ix: NodeIx) -> &'m NodeId {
        &self.node(ix).id
    }

    /// The node's place in the map's list of nodes, from 0.
    pub fn position(&self, ix: NodeIx) -> usize {
        self.positions[ix.index()] as usize
    }

    /// The node of that id.
    pub fn find(&self, id: &str) -> Option<NodeIx> {
        self.by_id.get(id).copied()
    }

    /// Nodes that are not in the graph, for an earlier node has their id: their places in the map's list of nodes, in
    /// order, each with the node that stands for it.
    pub fn duplicates(&self) -> &[(usize, NodeIx)] {
        &self.duplicates
    }

    /// Every link both of whose ends exist, feedback included, in the map's order.
    pub fn links(&self) -> &[GraphLink<'m>] {
        &self.links
    }

    /// Links that are not in the graph, in the map's order.
    pub fn dangling(&self) -> &[Dangling<'m>] {
        &self.dangling
    }

    /// The links that leave a node (downstream) or arrive at it (upstream), feedback included, in the map's order.
    pub fn links_of(&self, ix: NodeIx, way: Way) -> impl Iterator<Item = &GraphLink<'m>> {
        self.entries(ix, way)
            .iter()
            .map(|entry| &self.links[entry.link as usize])
    }

    /// The nodes one step from a node along links that flow, in the map's order of links; a node comes as often as
    /// links lead to it.
    pub fn neighbours(&self, ix: NodeIx, way: Way) -> impl Iterator<Item = NodeIx> {
        let entries = self.entries(ix, way).iter();
        entries.filter(|entry| entry.flows).map(|entry| entry.node)
    }

    fn entries(&self, ix: NodeIx, way: Way) -> &[Entry] {
        match way {
            Way::Downstream => self.downstream.of(ix),
            Way::Upstream => self.upstream.of(ix),
        }
    }
}
