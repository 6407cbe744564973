//! The graph over a map agrees with a naive walk, and is safe on long chains.

use benefit_map::graph::{BenefitGraph, NodeIx, Way};
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};
use proptest::prelude::*;

fn id(n: usize) -> NodeId {
    NodeId::new(format!("n{n}")).unwrap()
}

fn map(kinds: &[NodeKind], links: &[(usize, usize, bool)]) -> BenefitMap {
    let mut map = BenefitMap::new("");
    map.nodes = kinds
        .iter()
        .enumerate()
        .map(|(n, kind)| Node::new(id(n), *kind, format!("Node {n}")))
        .collect();
    map.links = links
        .iter()
        .map(|(from, to, feedback)| {
            let mut link = Link::new(id(*from), id(*to));
            link.feedback = *feedback;
            link
        })
        .collect();
    map
}

/// Nodes with kinds, and links that may double, loop, run to themselves or be feedback.
fn small() -> impl Strategy<Value = BenefitMap> {
    let kind = prop::sample::select(NodeKind::ALL.to_vec());
    prop::collection::vec(kind, 1..8).prop_flat_map(|kinds| {
        let n = kinds.len();
        let link = (0..n, 0..n, prop::bool::weighted(0.15));
        prop::collection::vec(link, 0..16).prop_map(move |links| map(&kinds, &links))
    })
}

/// The flowing links as pairs of indices.
fn pairs(graph: &BenefitGraph) -> Vec<(usize, usize)> {
    graph
        .links()
        .iter()
        .filter(|link| !link.link.feedback)
        .map(|link| (link.from.index(), link.to.index()))
        .collect()
}

/// `reach[a][b]`: b is reached from a, a node from itself; without the nodes that are taken away.
fn closure(n: usize, links: &[(usize, usize)], without: Option<usize>) -> Vec<Vec<bool>> {
    let mut reach = vec![vec![false; n]; n];
    for (at, row) in reach.iter_mut().enumerate() {
        row[at] = Some(at) != without;
    }
    for (a, b) in links {
        if Some(*a) != without && Some(*b) != without {
            reach[*a][*b] = true;
        }
    }
    for k in 0..n {
        for i in 0..n {
            for j in 0..n {
                reach[i][j] |= reach[i][k] && reach[k][j];
            }
        }
    }
    reach
}

/// Every chain without a repeated node, by plain recursion.
fn naive_chains(from: usize, to: usize, links: &[(usize, usize)], chain: &mut Vec<usize>, out: &mut Vec<Vec<usize>>) {
    chain.push(from);
    if from == to {
        out.push(chain.clone());
    } else {
        let mut next: Vec<usize> = links.iter().filter(|(a, _)| *a == from).map(|(_, b)| *b).collect();
        next.sort_unstable();
        next.dedup();
        for b in next {
            if !chain.contains(&b) {
                naive_chains(b, to, links, chain, out);
            }
        }
    }
    chain.pop();
}

fn numbers(chain: &[NodeIx]) -> Vec<usize> {
    chain.iter().map(|ix| ix.index()).collect()
}

proptest! {
    #[test]
    fn reach_and_line_of_sight_agree_with_a_naive_walk(map in small()) {
        let graph = BenefitGraph::new(&map);
        let links = pairs(&graph);
        let reach = closure(graph.len(), &links, None);
        let (reaching, reached) = (graph.reaching_end_outcome(), graph.reached_from_investment());
        let kind = |at: usize| map.nodes[at].kind;
        for ix in graph.nodes() {
            let (down, up, sight) = (graph.downstream(ix), graph.upstream(ix), graph.line_of_sight(ix));
            let mut ends = Vec::new();
            let mut investments = Vec::new();
            for other in graph.nodes() {
                let (a, b) = (ix.index(), other.index());
                prop_assert_eq!(down.contains(other), reach[a][b]);
                prop_assert_eq!(up.contains(other), reach[b][a]);
                if reach[a][b] && kind(b) == NodeKind::EndOutcome { ends.push(other); }
                if reach[b][a] && kind(b) == NodeKind::Investment { investments.push(other); }
                prop_assert_eq!(graph.shortest_chain(ix, other).is_some(), reach[a][b]);
            }
            prop_assert_eq!(down.iter().count(), down.len());
            prop_assert_eq!(reaching.contains(ix), !ends.is_empty());
            prop_assert_eq!(reached.contains(ix), !investments.is_empty());
            prop_assert_eq!(sight.chain().is_some(), !ends.is_empty() && !investments.is_empty());
            if let Some(chain) = sight.chain() {
                prop_assert_eq!(kind(chain[0].index()), NodeKind::Investment);
                prop_assert_eq!(kind(chain[chain.len() - 1].index()), NodeKind::EndOutcome);
                prop_assert!(chain.contains(&ix));
                for step in chain.windows(2) {
                    prop_assert!(links.contains(&(step[0].index(), step[1].index())));
                }
            }
            prop_assert_eq!(sight.end_outcomes, ends);
            prop_assert_eq!(sight.investments, investments);
        }
    }

    #[test]
    fn chains_are_all_chains_and_the_limit_is_reported(map in small(), from in 0usize..8, to in 0usize..8, limit in 0usize..6) {
        let graph = BenefitGraph::new(&map);
        let nodes: Vec<NodeIx> = graph.nodes().collect();
        let (from, to) = (nodes[from % nodes.len()], nodes[to % nodes.len()]);
        let mut naive = Vec::new();
        naive_chains(from.index(), to.index(), &pairs(&graph), &mut Vec::new(), &mut naive);
        naive.sort();

        let mut all = graph.chains(from, to, usize::MAX);
        let mut found: Vec<Vec<usize>> = all.by_ref().map(|chain| numbers(&chain)).collect();
        found.sort();
        prop_assert!(!all.limit_reached());
        prop_assert_eq!(&found, &naive);
        let shortest = graph.shortest_chain(from, to).map(|chain| chain.len());
        prop_assert_eq!(shortest, naive.iter().map(Vec::len).min());

        let mut some = graph.chains(from, to, limit);
        prop_assert_eq!(some.by_ref().count(), naive.len().min(limit));
        prop_assert_eq!(some.limit_reached(), naive.len() > limit);
        prop_assert_eq!(some.next(), None);
    }

    #[test]
    fn every_knot_is_named_once_by_a_shortest_loop(map in small()) {
        let graph = BenefitGraph::new(&map);
        let mut links = pairs(&graph);
        links.retain(|(a, b)| a != b);
        let n = graph.len();
        let reach = closure(n, &links, None);
        let knot_of = |a: usize| (0..n).filter(|b| reach[a][*b] && reach[*b][a]).collect::<Vec<_>>();
        let mut knots: Vec<Vec<usize>> = (0..n).map(knot_of).filter(|knot| knot.len() > 1).collect();
        knots.sort();
        knots.dedup();
        let cycles = graph.cycles();
        prop_assert_eq!(cycles.len(), knots.len());
        for (cycle, knot) in cycles.iter().zip(&knots) {
            let nodes = numbers(&cycle.nodes);
            prop_assert_eq!(cycle.knot, knot.len());
            prop_assert!(nodes.iter().all(|at| knot.contains(at)));
            prop_assert_eq!(nodes.iter().min(), nodes.first());
            // The shortest loop: a link and the shortest way back.
            let mut shortest = usize::MAX;
            for (a, b) in links.iter().filter(|(a, _)| knot.contains(a)) {
                let mut back = Vec::new();
                naive_chains(*b, *a, &links, &mut Vec::new(), &mut back);
                shortest = back.iter().map(Vec::len).min().unwrap_or(usize::MAX).min(shortest);
            }
            prop_assert_eq!(nodes.len(), shortest);
            for at in 0..nodes.len() {
                prop_assert!(links.contains(&(nodes[at], nodes[(at + 1) % nodes.len()])));
            }
        }
    }

    #[test]
    fn a_bottleneck_is_a_node_without_which_no_investment_reaches(map in small()) {
        let graph = BenefitGraph::new(&map);
        let links = pairs(&graph);
        let n = graph.len();
        let investments: Vec<usize> = graph.of_kind(NodeKind::Investment).map(NodeIx::index).collect();
        let bottlenecks = graph.bottlenecks();
        let reached = |without| {
            let reach = closure(n, &links, without);
            (0..n).map(|at| investments.iter().any(|i| reach[*i][at])).collect::<Vec<_>>()
        };
        let with_all = reached(None);
        let without: Vec<Vec<bool>> = (0..n).map(|at| reached(Some(at))).collect();
        for ix in graph.nodes() {
            let at = ix.index();
            let wanted: Vec<usize> = (0..n).filter(|b| *b != at && with_all[at] && !without[*b][at]).collect();
            let mut found: Vec<usize> = bottlenecks.of(ix).map(NodeIx::index).collect();
            found.sort_unstable();
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn columns_within_a_stage_put_every_feeder_to_the_left(map in small()) {
        let graph = BenefitGraph::new(&map);
        let kind = |at: usize| map.nodes[at].kind;
        let mut links = pairs(&graph);
        links.retain(|(a, b)| kind(*a) == kind(*b));
        let columns = graph.columns_within_stage();
        prop_assert_eq!(columns.len(), graph.len());
        let reach = closure(graph.len(), &links, None);
        let loops = links.iter().any(|(a, b)| reach[*b][*a]);
        for (at, column) in columns.iter().enumerate() {
            let before: Vec<usize> = links.iter().filter(|(_, b)| *b == at).map(|(a, _)| columns[*a]).collect();
            if !loops {
                prop_assert_eq!(*column, before.iter().map(|c| c + 1).max().unwrap_or(0));
            }
            // Something just to the left feeds every node that is not in the first column.
            prop_assert!(*column == 0 || before.contains(&(column - 1)));
        }
    }

    #[test]
    fn the_graph_keeps_the_order_of_the_map(map in small()) {
        let graph = BenefitGraph::new(&map);
        for ix in graph.nodes() {
            prop_assert_eq!(graph.find(graph.id(ix).as_str()), Some(ix));
            let out: Vec<usize> = graph.links_of(ix, Way::Downstream).map(|link| link.position).collect();
            let naive: Vec<usize> = (0..map.links.len()).filter(|at| map.links[*at].from == *graph.id(ix)).collect();
            prop_assert_eq!(out, naive);
            let into: Vec<usize> = graph.links_of(ix, Way::Upstream).map(|link| link.position).collect();
            let naive: Vec<usize> = (0..map.links.len()).filter(|at| map.links[*at].to == *graph.id(ix)).collect();
            prop_assert_eq!(into, naive);
        }
    }
}

#[test]
fn a_link_to_nothing_is_listed_and_the_first_of_two_ids_stands() {
    let mut map = map(
        &[NodeKind::Investment, NodeKind::Enabler],
        &[(0, 1, false), (1, 5, false), (7, 8, false)],
    );
    map.nodes.push(Node::new(id(0), NodeKind::EndOutcome, "A second n0"));
    let graph = BenefitGraph::new(&map);
    assert_eq!(graph.len(), 2);
    assert_eq!(graph.links().len(), 1);
    let n0 = graph.find("n0").unwrap();
    assert_eq!(graph.node(n0).kind, NodeKind::Investment);
    assert_eq!(graph.duplicates(), [(2, n0)]);
    let dangling: Vec<_> = graph.dangling().iter().map(|d| (d.position, d.from, d.to)).collect();
    assert_eq!(dangling, [(1, graph.find("n1"), None), (2, None, None)]);
    assert!(BenefitGraph::new(&BenefitMap::new("")).is_empty());
}

#[test]
fn a_chain_of_a_hundred_thousand_nodes_is_safe() {
    const N: usize = 100_000;
    let mut kinds = vec![NodeKind::IntermediateOutcome; N];
    (kinds[0], kinds[N - 1]) = (NodeKind::Investment, NodeKind::EndOutcome);
    let mut links: Vec<_> = (1..N).map(|to| (to - 1, to, false)).collect();
    let straight = map(&kinds, &links);
    let graph = BenefitGraph::new(&straight);
    let ends: Vec<NodeIx> = [0, N / 2, N - 1]
        .map(|at| graph.find(&format!("n{at}")).unwrap())
        .into();
    assert_eq!(graph.line_of_sight(ends[1]).chain().unwrap().len(), N);
    assert_eq!(graph.chains(ends[0], ends[2], 5).next().unwrap().len(), N);
    assert_eq!(graph.bottlenecks().of(ends[2]).count(), N - 1);
    assert_eq!(graph.columns_within_stage()[N - 2], N - 3);
    assert_eq!(graph.cycles(), []);
    links.push((N - 1, 0, false));
    let looped = map(&kinds, &links);
    let cycles = BenefitGraph::new(&looped).cycles();
    assert_eq!((cycles.len(), cycles[0].nodes.len(), cycles[0].knot), (1, N, N));
}

#[test]
fn a_ladder_of_more_chains_than_can_be_counted_stops_at_the_limit() {
    // Sixty rungs of two: 2^60 chains; and a link back from the end, so that the ladder is one knot.
    let kinds = vec![NodeKind::IntermediateOutcome; 181];
    let mut links = Vec::new();
    for rung in 0..60 {
        let at = rung * 3;
        links.extend([
            (at, at + 1, false),
            (at, at + 2, false),
            (at + 1, at + 3, false),
            (at + 2, at + 3, false),
        ]);
    }
    for back in [false, true] {
        if back {
            links.push((180, 1, false));
        }
        let map = map(&kinds, &links);
        let graph = BenefitGraph::new(&map);
        let (from, to) = (graph.find("n0").unwrap(), graph.find("n180").unwrap());
        let mut chains = graph.chains(from, to, 1000);
        assert_eq!(chains.by_ref().count(), 1000);
        assert!(chains.limit_reached());
    }
}

#[test]
fn a_knot_with_blind_alleys_does_not_hold_up_the_chains() {
    // A clique of 40 from which the goal is left through its entrance only: a blind search would try 39! ways.
    let n = 40;
    let kinds = vec![NodeKind::IntermediateOutcome; n + 1];
    let mut links = vec![(0, n, false)];
    for a in 0..n {
        links.extend((0..n).filter(|b| a != *b).map(|b| (a, b, false)));
    }
    let map = map(&kinds, &links);
    let graph = BenefitGraph::new(&map);
    let mut chains = graph.chains(graph.find("n0").unwrap(), graph.find("n40").unwrap(), 10);
    assert_eq!(chains.by_ref().map(|chain| chain.len()).collect::<Vec<_>>(), [2]);
    assert!(!chains.limit_reached());
}
