//! What is shown, and how much: the lines of sight that are looked at, and the filters.

use std::collections::BTreeSet;

use crate::graph::{BenefitGraph, GraphLink, NodeIx, NodeSet, Way};
use crate::scene::Emphasis;

use super::{LayoutOptions, Rest};

/// The answer to "is it shown, and how?" for every node and link.
pub(super) struct Selection {
    /// `None` for a node that is not shown.
    nodes: Vec<Option<Emphasis>>,
    /// For every node that is looked at: what leads to it, and what it leads to, itself in both. Empty where nothing
    /// is looked at in particular.
    sides: Vec<(NodeSet, NodeSet)>,
    rest: Rest,
}

impl Selection {
    pub fn new(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Self {
        let focus: BTreeSet<NodeIx> = options.focus.iter().filter_map(|id| graph.find(id.as_str())).collect();
        let sides: Vec<(NodeSet, NodeSet)> = focus
            .iter()
            .map(|&ix| {
                let side = |way| reach(graph, ix, way, options.depth);
                (side(Way::Upstream), side(Way::Downstream))
            })
            .collect();
        let nodes = graph
            .nodes()
            .map(|ix| {
                if !passes(graph, ix, options) {
                    return None;
                }
                if focus.is_empty() || sides.iter().any(|(up, down)| up.contains(ix) || down.contains(ix)) {
                    let looked_at = focus.contains(&ix);
                    return Some(if looked_at { Emphasis::Focus } else { Emphasis::Normal });
                }
                match options.rest {
                    Rest::Faded => Some(Emphasis::Faded),
                    Rest::Hidden => None,
                }
            })
            .collect();
        Self {
            nodes,
            sides,
            rest: options.rest,
        }
    }

    /// How much a node is to be seen; `None` where it is not shown.
    pub fn node(&self, ix: NodeIx) -> Option<Emphasis> {
        self.nodes[ix.index()]
    }

    /// How much a link is to be seen: as much as everything else where it lies on a chain through one of the nodes
    /// that are looked at; `None` where it is not shown.
    pub fn link(&self, link: &GraphLink<'_>) -> Option<Emphasis> {
        self.node(link.from).and(self.node(link.to))?;
        let within = |set: &NodeSet| set.contains(link.from) && set.contains(link.to);
        if self.sides.is_empty() || self.sides.iter().any(|(up, down)| within(up) || within(down)) {
            return Some(Emphasis::Normal);
        }
        match self.rest {
            Rest::Faded => Some(Emphasis::Faded),
            Rest::Hidden => None,
        }
    }
}

/// Whether a node passes every filter: it is one of the kinds, of one of the owners, shared by one of the partners.
fn passes(graph: &BenefitGraph<'_>, ix: NodeIx, options: &LayoutOptions) -> bool {
    let node = graph.node(ix);
    (options.kinds.is_empty() || options.kinds.contains(&node.kind))
        && (options.owners.is_empty() || node.owner.as_ref().is_some_and(|owner| options.owners.contains(owner)))
        && (options.partners.is_empty() || node.partners.iter().any(|partner| options.partners.contains(partner)))
}

/// Everything within so many steps one way, the start included.
fn reach(graph: &BenefitGraph<'_>, start: NodeIx, way: Way, depth: Option<usize>) -> NodeSet {
    let Some(depth) = depth else {
        return graph.reach([start], way);
    };
    let mut set = NodeSet::with_capacity(graph.len());
    set.insert(start);
    let mut edge = vec![start];
    for _ in 0..depth {
        let mut next = Vec::new();
        for ix in edge {
            next.extend(graph.neighbours(ix, way).filter(|&to| set.insert(to)));
        }
        if next.is_empty() {
            break;
        }
        edge = next;
    }
    set
}
