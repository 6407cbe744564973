//! Algorithms of petgraph run on a benefit map as it is, and agree with what the graph says itself.

use std::collections::BTreeSet;

use benefit_map::file;
use benefit_map::graph::{BenefitGraph, NodeIx, Way};
use benefit_map::map::BenefitMap;
use petgraph::algo::{
    condensation, dijkstra, has_path_connecting, is_cyclic_directed, kosaraju_scc, page_rank, tarjan_scc, toposort,
    tred,
};
use petgraph::visit::{Bfs, EdgeRef, IntoEdgeReferences, IntoNeighbors, IntoNodeReferences, NodeCount, Reversed};
use proptest::prelude::*;

use crate::support::generate;

fn example() -> BenefitMap {
    file::parse("map.json", include_str!("../../examples/maps/smart-waste/map.json")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn petgraph_and_the_graph_agree(map in generate::maps()) {
        let graph = BenefitGraph::new(&map);
        let flowing = graph.flowing();

        // Strong components of two nodes and more are the knots whose loops the graph names.
        let knots: BTreeSet<BTreeSet<NodeIx>> = tarjan_scc(&flowing)
            .into_iter()
            .filter(|knot| knot.len() > 1)
            .map(|knot| knot.into_iter().collect())
            .collect();
        let cycles = graph.cycles();
        prop_assert_eq!(cycles.len(), knots.len());
        for cycle in &cycles {
            let knot = knots.iter().find(|knot| knot.contains(&cycle.nodes[0])).unwrap();
            prop_assert!(cycle.nodes.iter().all(|ix| knot.contains(ix)) && cycle.knot == knot.len());
        }
        prop_assert_eq!(kosaraju_scc(&flowing).len(), tarjan_scc(&flowing).len());

        for start in graph.nodes().take(4) {
            // What a breadth-first walk meets is what is reached, either way.
            let mut met = BTreeSet::new();
            let mut walk = Bfs::new(&flowing, start);
            while let Some(ix) = walk.next(&flowing) {
                met.insert(ix);
            }
            prop_assert_eq!(&met, &graph.downstream(start).iter().collect());
            let back = Reversed(&flowing);
            let mut met = BTreeSet::new();
            let mut walk = Bfs::new(back, start);
            while let Some(ix) = walk.next(back) {
                met.insert(ix);
            }
            prop_assert_eq!(&met, &graph.upstream(start).iter().collect());

            // The shortest way, counted in steps.
            let far = dijkstra(&flowing, start, None, |_| 1usize);
            for end in graph.nodes() {
                let chain = graph.nearest(start, Way::Downstream, |ix| ix == end);
                prop_assert_eq!(far.get(&end).copied(), chain.map(|chain| chain.len() - 1));
                prop_assert_eq!(far.contains_key(&end), has_path_connecting(&flowing, start, end, None));
            }
        }

        // Where nothing runs in a circle there is an order, and a closure.
        let loops = graph.links().iter().any(|link| link.flows() && link.from == link.to);
        prop_assert_eq!(is_cyclic_directed(&flowing), loops || !cycles.is_empty());
        if let Ok(order) = toposort(&flowing, None) {
            let place: Vec<usize> = graph.nodes().map(|ix| order.iter().position(|other| *other == ix).unwrap()).collect();
            for link in graph.links().iter().filter(|link| link.flows()) {
                prop_assert!(place[link.from.index()] < place[link.to.index()]);
            }
        }
    }
}

#[test]
fn the_transitive_closure_of_a_map_is_its_reach() {
    let map = example();
    let graph = BenefitGraph::new(&map);
    if graph.links().iter().any(|link| !link.flows()) {
        // The closure wants the map as it is: without feedback here.
        let mut plain = map.clone();
        plain.links.retain(|link| !link.feedback);
        return closure_is_reach(&BenefitGraph::new(&plain));
    }
    closure_is_reach(&graph);
}

fn closure_is_reach(graph: &BenefitGraph<'_>) {
    let order = toposort(graph, None).unwrap();
    let (list, place) = tred::dag_to_toposorted_adjacency_list::<_, NodeIx>(graph, &order);
    let (_, closure) = tred::dag_transitive_reduction_closure(&list);
    assert_eq!(closure.node_count(), graph.len());
    for from in graph.nodes() {
        let reached: BTreeSet<NodeIx> = graph.downstream(from).iter().filter(|ix| *ix != from).collect();
        let back = |ix: NodeIx| order[ix.index()];
        let closed: BTreeSet<NodeIx> = closure.neighbors(place[from.index()]).map(back).collect();
        assert_eq!(closed, reached);
    }
}

#[test]
fn nodes_and_links_are_the_weights() {
    let map = example();
    let graph = BenefitGraph::new(&map);
    for (ix, node) in graph.node_references() {
        assert_eq!(node, graph.node(ix));
    }
    for edge in graph.edge_references() {
        assert_eq!(edge.weight(), &map.links[edge.id()]);
        assert_eq!(graph.node(edge.source()).id, edge.weight().from);
        assert_eq!(graph.node(edge.target()).id, edge.weight().to);
    }
    // One that the graph has no counterpart for.
    let ranks = page_rank(&graph, 0.85_f64, 20);
    assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    let copied = petgraph::graph::DiGraph::<(), ()>::from_edges(graph.links().iter().map(|link| (link.from, link.to)));
    assert_eq!(condensation(copied, true).node_count(), tarjan_scc(&graph).len());
}
