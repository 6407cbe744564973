//! Chains that stop before they come to an end outcome: where they begin, and where they stop.

use super::context::Context;
use crate::graph::{Nearest, NodeIx, NodeSet, Way};
use crate::map::{Node, NodeKind};

/// The part of a map from which no end outcome is reached.
pub(super) struct Broken {
    /// Where to tell of it: every investment, and every node that none of the part leads to; in the map's order.
    /// Without nodes that stop the chain themselves.
    pub(super) heads: Vec<NodeIx>,
    /// The way from every node of the part to the nearest stop.
    pub(super) way: Nearest,
    /// Nodes that nothing flows on from.
    pub(super) stops: NodeSet,
    /// The stops at which the chains of the heads end, without investments.
    pub(super) told: NodeSet,
}

/// Whether somebody wants the node: what is only suffered comes about without any care for stages, and leads nowhere.
pub(super) fn aimed_at(node: &Node) -> bool {
    !node.disbenefit && !node.unintended
}

/// Whether a chain may stop here.
pub(super) fn may_stop(node: &Node) -> bool {
    node.kind == NodeKind::EndOutcome || (node.kind.is_outcome() && !aimed_at(node))
}

impl Broken {
    pub(super) fn new(ctx: &Context<'_>) -> Self {
        let graph = ctx.graph;
        let part: NodeSet = ctx
            .linked()
            .iter()
            .filter(|ix| !ctx.reaching_end_outcome().contains(*ix))
            .collect();
        let on = |ix: NodeIx| graph.neighbours(ix, Way::Downstream).filter(move |to| *to != ix);
        let stops: NodeSet = part.iter().filter(|ix| on(*ix).next().is_none()).collect();
        let mut ends = stops.clone();
        // What reaches no stop runs into a loop that nothing leads out of: there the loop is the stop.
        let stopped = graph.reach(stops.iter(), Way::Upstream);
        for cycle in ctx.cycles() {
            let first = cycle.nodes[0];
            if part.contains(first) && !stopped.contains(first) {
                ends.extend(cycle.nodes.iter().copied());
            }
        }
        let way = graph.nearest_to(ends.iter(), Way::Downstream);
        let mut heads = ctx.heads(&part, Way::Downstream);
        heads.extend(part.iter().filter(|ix| ctx.kind(*ix) == NodeKind::Investment));
        let heads: Vec<NodeIx> = heads
            .iter()
            .filter(|ix| !stops.contains(*ix) && !may_stop(ctx.node(*ix)))
            .collect();
        // Of an investment that leads nowhere is told in any case.
        let spent = |ix: &NodeIx| ctx.kind(*ix) == NodeKind::Investment;
        let told = heads
            .iter()
            .filter_map(|ix| way.target(*ix))
            .filter(|ix| !spent(ix))
            .collect();
        Self {
            heads,
            way,
            stops,
            told,
        }
    }
}
