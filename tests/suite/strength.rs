//! The best of the weakest: evidence along chains agrees with listing every chain.

use std::cmp::Reverse;

use benefit_map::graph::{Backing, BenefitGraph, NodeIx, Way};
use benefit_map::map::{BenefitMap, Effect, Evidence, Link, Node, NodeId, NodeKind, Strength};
use proptest::prelude::*;

fn id(n: usize) -> NodeId {
    NodeId::new(format!("n{n}")).unwrap()
}

fn evidence(strength: Option<Strength>) -> Evidence {
    let mut made = Evidence::new("A study");
    made.strength = strength;
    made
}

fn node(n: usize) -> Node {
    Node::new(id(n), NodeKind::Enabler, format!("Node {n}"))
}

/// Small maps of any links: doubled, looped, to themselves, hindering, feedback, with none to three pieces of evidence.
fn small() -> impl Strategy<Value = BenefitMap> {
    let strength = prop::option::weighted(0.8, prop::sample::select(Strength::ALL.to_vec()));
    let evidence = prop::collection::vec(strength.prop_map(evidence), 0..3);
    let link = (0usize..8, 0usize..8, prop::bool::weighted(0.1), any::<bool>(), evidence);
    (1usize..8, prop::collection::vec(link, 0..18)).prop_map(|(nodes, links)| {
        let mut map = BenefitMap::new("");
        map.nodes = (0..nodes).map(node).collect();
        for (from, to, feedback, hinders, evidence) in links {
            map.links.push({
                let mut link = Link::new(id(from % nodes), id(to % nodes));
                link.feedback = feedback;
                link.effect = if hinders { Effect::Hinders } else { Effect::Supports };
                link.evidence = evidence;
                link
            });
        }
        map
    })
}

/// What a link is worth, worked out otherwise than the library does: the place in this list, the best of its evidence.
fn worth(link: &Link) -> usize {
    let order = [
        Some(Strength::Assumed),
        None,
        Some(Strength::Weak),
        Some(Strength::Moderate),
        Some(Strength::Strong),
    ];
    let place = |e: &Evidence| 1 + order.iter().position(|s| *s == e.strength).unwrap();
    link.evidence.iter().map(place).max().unwrap_or(0)
}

/// What every chain from one node to another comes to, by walking each of them: the worth of its weakest link, and its
/// length, so that the greatest is the best.
fn naive(map: &BenefitMap, chain: &mut Vec<NodeId>, to: &NodeId, worst: usize, out: &mut Vec<(usize, Reverse<usize>)>) {
    let at = chain[chain.len() - 1].clone();
    if at == *to {
        out.push((worst, Reverse(chain.len() - 1)));
        return;
    }
    for link in map.links.iter().filter(|link| link.from == at && !link.feedback) {
        if !chain.contains(&link.to) {
            chain.push(link.to.clone());
            naive(map, chain, to, worst.min(worth(link)), out);
            chain.pop();
        }
    }
}

proptest! {
    #[test]
    fn the_best_chain_is_the_best_of_all(map in small(), picked in prop::collection::vec(0usize..8, 1..4)) {
        let graph = BenefitGraph::new(&map);
        let nodes: Vec<NodeIx> = graph.nodes().collect();
        let starts: Vec<NodeIx> = picked.iter().map(|at| nodes[at % nodes.len()]).collect();
        for way in [Way::Downstream, Way::Upstream] {
            let best = graph.best_chains(starts.iter().copied(), way);
            for ix in &nodes {
                let mut all = Vec::new();
                for start in &starts {
                    let (from, to) = match way {
                        Way::Downstream => (*start, *ix),
                        Way::Upstream => (*ix, *start),
                    };
                    naive(&map, &mut vec![graph.id(from).clone()], graph.id(to), 5, &mut all);
                }
                let wanted = all.into_iter().max();
                let (chain, links) = (best.chain(*ix), best.links(*ix));
                let Some((worst, steps)) = wanted else {
                    prop_assert_eq!(best.backing(*ix), None);
                    prop_assert!(chain.is_empty() && links.is_empty() && best.weakest(*ix).is_none());
                    continue;
                };
                prop_assert_eq!(best.backing(*ix), Some(Backing::ALL[worst]));
                prop_assert_eq!(links.len(), steps.0);
                // The witness is a chain of the map, between the two, and as good as is said.
                prop_assert_eq!(chain.len(), links.len() + 1);
                let (near, far) = match way {
                    Way::Downstream => (chain[0], chain[chain.len() - 1]),
                    Way::Upstream => (chain[chain.len() - 1], chain[0]),
                };
                prop_assert!(starts.contains(&near));
                prop_assert_eq!(far, *ix);
                for (step, link) in chain.windows(2).zip(&links) {
                    prop_assert_eq!((step[0], step[1]), (link.from, link.to));
                    prop_assert!(link.flows());
                }
                let least = links.iter().map(|link| worth(link.link)).min();
                prop_assert_eq!(least.unwrap_or(5), worst);
                prop_assert_eq!(best.weakest(*ix).map(|link| worth(link.link)), least);
            }
        }
    }
}

#[test]
fn levels_stand_in_the_order_that_is_documented() {
    let of = |strengths: &[Option<Strength>]| {
        let mut link = Link::new(id(0), id(1));
        link.evidence = strengths.iter().copied().map(evidence).collect();
        Backing::of(&link)
    };
    assert_eq!(of(&[]), Backing::Nothing);
    assert_eq!(of(&[Some(Strength::Assumed)]), Backing::Assumed);
    assert_eq!(of(&[Some(Strength::Assumed), None]), Backing::Unweighed);
    assert_eq!(of(&[Some(Strength::Weak), None]), Backing::Weak);
    assert_eq!(of(&[Some(Strength::Strong), Some(Strength::Weak)]), Backing::Strong);
    let mut nameless = evidence(Some(Strength::Strong));
    nameless.source = " ".into();
    let link = |evidence| {
        let mut link = Link::new(id(0), id(1));
        link.evidence = vec![evidence];
        link
    };
    assert_eq!(Backing::of(&link(nameless.clone())), Backing::Nothing);
    nameless.url = "https://example.org".into();
    assert_eq!(Backing::of(&link(nameless)), Backing::Strong);
    assert!(Backing::ALL.is_sorted());
    assert!(!Backing::Assumed.is_evidence() && Backing::Unweighed.is_evidence());
}

#[test]
fn a_ladder_of_a_hundred_thousand_rungs_is_answered_at_once() {
    // Two nodes a rung and every link between neighbours: 2^100,000 chains, and one weak rung in the middle.
    let rungs = 100_000;
    let mut map = BenefitMap::new("");
    map.nodes = (0..2 * rungs).map(node).collect();
    for rung in 1..rungs {
        for (from, to) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let strength = if rung == rungs / 2 {
                Strength::Weak
            } else {
                Strength::Strong
            };
            map.links.push({
                let mut link = Link::new(id(2 * (rung - 1) + from), id(2 * rung + to));
                link.evidence = vec![evidence(Some(strength))];
                link
            });
        }
    }
    let graph = BenefitGraph::new(&map);
    let (first, last) = (graph.find("n0").unwrap(), graph.find("n199999").unwrap());
    let best = graph.best_chains([first], Way::Downstream);
    assert_eq!(best.backing(last), Some(Backing::Weak));
    assert_eq!(best.chain(last).len(), rungs);
    assert_eq!(best.weakest(last).map(|link| link.link.to.as_str()), Some("n100000"));
}
