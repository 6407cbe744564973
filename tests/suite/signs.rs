//! Whether chains help or harm agrees with multiplying the effects along every chain.

use benefit_map::graph::{BenefitGraph, NodeIx, Signs, Way};
use benefit_map::map::{BenefitMap, Effect, Link, Node, NodeId, NodeKind};
use proptest::prelude::*;

fn id(n: usize) -> NodeId {
    NodeId::new(format!("n{n}")).unwrap()
}

/// Small maps of any kinds and links: doubled, looped, to themselves, hindering, feedback; some nodes are disbenefits.
fn small() -> impl Strategy<Value = BenefitMap> {
    let kinds = prop::sample::select(NodeKind::ALL.to_vec());
    let node = (kinds, prop::bool::weighted(0.3));
    let link = (
        0usize..8,
        0usize..8,
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.4),
    );
    (prop::collection::vec(node, 1..8), prop::collection::vec(link, 0..14)).prop_map(|(nodes, links)| {
        let mut map = BenefitMap::new("");
        let count = nodes.len();
        for (n, (kind, disbenefit)) in nodes.into_iter().enumerate() {
            map.nodes.push(Node {
                disbenefit,
                ..Node::new(id(n), kind, "")
            });
        }
        for (from, to, feedback, hinders) in links {
            map.links.push(Link {
                feedback,
                effect: if hinders { Effect::Hinders } else { Effect::Supports },
                ..Link::new(id(from % count), id(to % count))
            });
        }
        map
    })
}

/// The flowing links as places and factors: 1 and -1.
fn steps(map: &BenefitMap) -> Vec<(usize, usize, i8)> {
    let at = |id: &NodeId| map.nodes.iter().position(|node| node.id == *id).unwrap();
    let flowing = map.links.iter().filter(|link| !link.feedback && link.from != link.to);
    let factor = |link: &Link| if link.effect == Effect::Hinders { -1 } else { 1 };
    flowing
        .map(|link| (at(&link.from), at(&link.to), factor(link)))
        .collect()
}

/// The products of the factors along every chain from `at` to every node; a chain passes no node twice.
fn products(at: usize, sign: i8, steps: &[(usize, usize, i8)], passed: &mut Vec<usize>, out: &mut Vec<(usize, i8)>) {
    passed.push(at);
    out.push((at, sign));
    for (_, to, factor) in steps.iter().filter(|(from, ..)| *from == at) {
        if !passed.contains(to) {
            products(*to, sign * factor, steps, passed, out);
        }
    }
    passed.pop();
}

/// The same of every walk, round loops too: what is met after as many steps as there are nodes and signs.
fn walked(at: usize, count: usize, steps: &[(usize, usize, i8)]) -> Vec<(usize, i8)> {
    let mut met = vec![(at, 1i8)];
    for _ in 0..2 * count {
        for (from, to, factor) in steps {
            for sign in [1, -1] {
                if met.contains(&(*from, sign)) && !met.contains(&(*to, sign * factor)) {
                    met.push((*to, sign * factor));
                }
            }
        }
    }
    met
}

fn has_loop(count: usize, steps: &[(usize, usize, i8)]) -> bool {
    (0..count).any(|at| {
        let after: Vec<usize> = steps
            .iter()
            .filter(|(from, ..)| *from == at)
            .map(|(_, to, _)| *to)
            .collect();
        after
            .iter()
            .any(|next| walked(*next, count, steps).iter().any(|(met, _)| *met == at))
    })
}

fn signs(found: &[(usize, i8)], at: usize) -> Option<Signs> {
    let has = |sign| found.contains(&(at, sign));
    match (has(1), has(-1)) {
        (true, true) => Some(Signs::Both),
        (true, false) => Some(Signs::Helps),
        (false, true) => Some(Signs::Hinders),
        (false, false) => None,
    }
}

proptest! {
    #[test]
    fn the_sign_of_every_chain_is_known_without_listing_any(map in small()) {
        let graph = BenefitGraph::new(&map);
        let steps = steps(&map);
        let looped = has_loop(graph.len(), &steps);
        let back: Vec<(usize, usize, i8)> = steps.iter().map(|(a, b, sign)| (*b, *a, *sign)).collect();
        for start in graph.nodes() {
            for (way, steps) in [(Way::Downstream, &steps), (Way::Upstream, &back)] {
                let reach = graph.signed_reach([(start, Effect::Supports)], way);
                let mut chains = Vec::new();
                products(start.index(), 1, steps, &mut Vec::new(), &mut chains);
                let walks = walked(start.index(), graph.len(), steps);
                for ix in graph.nodes() {
                    let at = ix.index();
                    prop_assert_eq!(reach.signs(ix), signs(&walks, at));
                    let simple = signs(&chains, at);
                    // A loop can only add what is on it; without one the two are the same.
                    prop_assert!(simple == reach.signs(ix) || (looped && reach.signs(ix) == Some(Signs::Both)));
                }
            }
        }
    }

    #[test]
    fn what_does_good_agrees_with_every_walk_to_every_end_outcome(map in small()) {
        let graph = BenefitGraph::new(&map);
        let steps = steps(&map);
        let sight = graph.sight();
        let all: Vec<Vec<(usize, i8)>> = (0..graph.len()).map(|at| walked(at, graph.len(), &steps)).collect();
        let ends: Vec<usize> = graph.of_kind(NodeKind::EndOutcome).map(NodeIx::index).collect();
        let good = |end: usize| if map.nodes[end].disbenefit { -1 } else { 1 };
        for ix in graph.nodes() {
            let at = ix.index();
            let does = |sign: i8| ends.iter().any(|end| all[at].contains(&(*end, sign * good(*end))));
            prop_assert_eq!(sight.does_good(ix), does(1));
            prop_assert_eq!(sight.does_harm(ix), does(-1));
            prop_assert_eq!(sight.only_harms(ix), does(-1) && !does(1));
            let is_end = ends.contains(&at);
            let against = all.iter().any(|met| met.contains(&(at, -1)));
            prop_assert_eq!(sight.is_aim(ix), is_end && (!map.nodes[at].disbenefit || against));
            let paid = |sign: i8| graph.of_kind(NodeKind::Investment).any(|i| all[i.index()].contains(&(at, sign)));
            prop_assert_eq!(sight.is_served(ix), is_end && paid(good(at)));
            prop_assert_eq!(sight.is_only_harmed(ix), is_end && paid(-good(at)) && !paid(good(at)));
        }
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_signs_is_safe() {
    let mut map = BenefitMap::new("");
    map.nodes = (0..100_000).map(|n| Node::new(id(n), NodeKind::Enabler, "")).collect();
    map.nodes[99_999].kind = NodeKind::EndOutcome;
    for n in 1..100_000 {
        map.links.push(Link {
            effect: Effect::Hinders,
            ..Link::new(id(n - 1), id(n))
        });
    }
    let graph = BenefitGraph::new(&map);
    let sight = graph.sight();
    let helping = graph.nodes().filter(|ix| sight.does_good(*ix)).count();
    assert_eq!((helping, graph.len()), (50_000, 100_000), "every second one");
}
