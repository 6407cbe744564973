//! All that one node rests on, and all that it is for.

use crate::graph::{Backing, BenefitGraph, NodeIx, Signs, Way};
use crate::map::{Effect, Kpi, Link, Node, NodeKind, Number, Owner};

/// What an auditor asks of one node.
#[derive(Debug, Clone, PartialEq)]
pub struct Story<'m> {
    /// The node.
    pub node: &'m Node,
    /// Who answers for it.
    pub owner: Option<&'m Owner>,
    /// How it is measured.
    pub kpis: Vec<&'m Kpi>,
    /// Why it is done: the links from it, in the map's order.
    pub onward: Vec<StoryStep<'m>>,
    /// The end outcomes that it leads to, by id.
    pub end_outcomes: Vec<StoryEnd<'m>>,
    /// What it rests on directly: the links to it, in the map's order.
    pub resting_on: Vec<StoryStep<'m>>,
    /// Everything that it rests on, the investments first, by id within a kind; the node itself is not among them.
    pub upstream: Vec<&'m Node>,
    /// The investments among them, by id.
    pub investments: Vec<StoryEnd<'m>>,
    /// Everything that it brings about, the end outcomes last; the node itself is not among them.
    pub downstream: Vec<&'m Node>,
    /// What all that it rests on costs, the node itself included, each cost once; `None` where nothing has a cost.
    pub cost: Option<Number>,
}

/// A link of the node, and the node at its other end.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryStep<'m> {
    /// The link.
    pub link: &'m Link,
    /// How well it is backed.
    pub backing: Backing,
    /// The node at the other end.
    pub node: &'m Node,
}

/// A node at the far end of chains.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryEnd<'m> {
    /// The node.
    pub node: &'m Node,
    /// How well the best chain is backed.
    pub backing: Backing,
    /// How many links that chain has.
    pub links: usize,
    /// Whether the chains help or hinder the node at their end.
    pub signs: Signs,
}

/// The story of a node: up to the money, down to the end outcomes. Feedback is left out.
pub fn story<'m>(graph: &BenefitGraph<'m>, ix: NodeIx) -> Story<'m> {
    let map = graph.map();
    let node = graph.node(ix);
    let steps = |way| {
        graph
            .links_of(ix, way)
            .filter(|link| link.flows())
            .map(|link| StoryStep {
                link: link.link,
                backing: link.backing(),
                node: graph.node(if way == Way::Downstream { link.to } else { link.from }),
            })
            .collect()
    };
    let all = |way| {
        let mut nodes: Vec<&Node> = graph
            .reach([ix], way)
            .iter()
            .filter(|other| *other != ix)
            .map(|other| graph.node(other))
            .collect();
        nodes.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        nodes
    };
    let ends = |way, kind: NodeKind| {
        let best = graph.best_chains([ix], way);
        let reach = graph.signed_reach([(ix, Effect::Supports)], way);
        let others = graph.of_kind(kind).filter(|other| *other != ix);
        let mut found: Vec<StoryEnd<'_>> = others
            .filter_map(|other| {
                Some(StoryEnd {
                    node: graph.node(other),
                    backing: best.backing(other)?,
                    links: best.links(other).len(),
                    signs: reach.signs(other)?,
                })
            })
            .collect();
        found.sort_by(|a, b| a.node.id.cmp(&b.node.id));
        found
    };
    let costs = graph.upstream(ix);
    let cost = map.cost_of_all(costs.iter().map(|at| graph.node(at)));
    Story {
        node,
        owner: node.owner.as_ref().and_then(|id| map.owner(id)),
        kpis: map.kpis_of(&node.id).collect(),
        onward: steps(Way::Downstream),
        end_outcomes: ends(Way::Downstream, NodeKind::EndOutcome),
        resting_on: steps(Way::Upstream),
        upstream: all(Way::Upstream),
        investments: ends(Way::Upstream, NodeKind::Investment),
        downstream: all(Way::Downstream),
        cost,
    }
}
