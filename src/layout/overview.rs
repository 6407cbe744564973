//! A map condensed to its end outcomes, each with the numbers of what leads to it.

use crate::graph::{BenefitGraph, Way};
use crate::map::{BenefitMap, Link, Lookup, Node, NodeId, NodeKind};

use super::select::Selection;
use crate::text::{clean, count};

/// How many titles a condensed node names in its description.
const NAMED: usize = 12;

/// Each selected end outcome at the end of a chain of one node a kind, whose title is a number: `12 enablers`.
/// Kinds that have no selected node on the chains to it are passed over. KPIs and owners of end outcomes are kept.
pub(super) fn overview(graph: &BenefitGraph<'_>, selection: &Selection) -> BenefitMap {
    let whole = graph.map();
    let records = Lookup::new(whole);
    let mut map = BenefitMap {
        nodes: Vec::new(),
        links: Vec::new(),
        kpis: Vec::new(),
        risks: Vec::new(),
        plans: Vec::new(),
        allow: Vec::new(),
        ..whole.clone()
    };
    let mut ends: Vec<_> = graph
        .of_kind(NodeKind::EndOutcome)
        .filter(|&ix| selection.node(ix).is_some())
        .collect();
    ends.sort_by_key(|&ix| graph.id(ix));
    for end in ends {
        let upstream = graph.reach([end], Way::Upstream);
        let mut last: Option<NodeId> = None;
        for &kind in &NodeKind::ALL[..NodeKind::EndOutcome.stage()] {
            let mut nodes: Vec<&Node> = upstream
                .iter()
                .filter(|&ix| selection.node(ix).is_some())
                .map(|ix| graph.node(ix))
                .filter(|node| node.kind == kind)
                .collect();
            nodes.sort_by(|a, b| a.id.cmp(&b.id));
            let Ok(id) = NodeId::new(format!("overview.{kind}.{}", graph.id(end))) else {
                continue;
            };
            if nodes.is_empty() {
                continue;
            }
            let (one, many) = (kind.label().to_lowercase(), kind.heading().to_lowercase());
            let mut condensed = Node::new(id.clone(), kind, count(nodes.len(), &one, &many));
            let titles: Vec<String> = nodes.iter().take(NAMED).map(|node| clean(&node.title)).collect();
            condensed.description = titles.join("; ");
            map.nodes.push(condensed);
            if let Some(last) = last.replace(id.clone()) {
                map.links.push(Link::new(last, id));
            }
        }
        map.nodes.push(graph.node(end).clone());
        map.kpis
            .extend(records.kpis_of(graph.id(end)).iter().map(|kpi| (*kpi).clone()));
        if let Some(last) = last {
            map.links.push(Link::new(last, graph.id(end).clone()));
        }
    }
    map
}
