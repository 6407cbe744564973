//! Whether chains help or harm agrees with multiplying the effects along every chain.

use benefit_map::audit::{self, Axis};
use benefit_map::graph::{BenefitGraph, NodeIx, Signs, Way};
use benefit_map::map::{BenefitMap, Effect, Link, Node, NodeId, NodeKind};
use benefit_map::{report, table};
use proptest::prelude::*;

use crate::support::program::program;

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
            map.nodes.push({
                let mut node = Node::new(id(n), kind, "");
                node.disbenefit = disbenefit;
                node
            });
        }
        for (from, to, feedback, hinders) in links {
            map.links.push({
                let mut link = Link::new(id(from % count), id(to % count));
                link.feedback = feedback;
                link.effect = if hinders { Effect::Hinders } else { Effect::Supports };
                link
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

proptest! {
    /// A cell of the matrix says what all chains between a row and a column do, and every listed chain what it does.
    #[test]
    fn the_matrix_and_the_list_of_chains_tell_the_product(map in small()) {
        let graph = BenefitGraph::new(&map);
        let steps = steps(&map);
        prop_assume!(!has_loop(graph.len(), &steps));
        // Two links between two nodes that contradict each other are one step of a chain, and no single effect.
        let mut ends: Vec<(usize, usize)> = steps.iter().map(|(a, b, _)| (*a, *b)).collect();
        ends.sort_unstable();
        prop_assume!(ends.windows(2).all(|pair| pair[0] != pair[1]));
        let kinds = [NodeKind::Investment, NodeKind::EndOutcome];
        for (rows, columns) in [(kinds[0], kinds[1]), (kinds[0], kinds[0])] {
            let matrix = audit::matrix(&graph, Axis::Kind(rows), Axis::Kind(columns));
            for (row, connections) in matrix.rows.iter().zip(&matrix.connections) {
                let from = row.nodes[0];
                let mut found = Vec::new();
                products(from.index(), 1, &steps, &mut Vec::new(), &mut found);
                found.remove(0);
                for connection in connections {
                    let to = matrix.columns[connection.column].nodes[0];
                    prop_assert_eq!(Some(connection.signs), signs(&found, to.index()));
                    let harm = if graph.node(to).disbenefit { Signs::Helps } else { Signs::Hinders };
                    prop_assert_eq!(connection.only_harm, connection.signs == harm);
                    let mut listed: Vec<i8> = audit::chains(&graph, from, to, 1000)
                        .chains
                        .iter()
                        .map(|chain| if chain.effect == Effect::Supports { 1 } else { -1 })
                        .collect();
                    let mut wanted: Vec<i8> = found.iter().filter(|(at, _)| *at == to.index()).map(|(_, sign)| *sign).collect();
                    listed.sort_unstable();
                    wanted.sort_unstable();
                    prop_assert_eq!(listed, wanted);
                }
            }
        }
    }
}

#[test]
fn what_is_traced_says_where_it_hinders_in_every_format() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "nodes": [
            {"id": "charge", "kind": "investment", "title": "Charge"}, {"id": "traffic", "kind": "business-change", "title": "Traffic"},
            {"id": "air", "kind": "end-outcome", "title": "Clean air"}, {"id": "trade", "kind": "end-outcome", "title": "Town trade"},
            {"id": "noise", "kind": "end-outcome", "title": "Noise", "disbenefit": true}],
          "links": [{"from": "charge", "to": "traffic", "effect": "hinders"}, {"from": "traffic", "to": "air", "effect": "hinders"},
            {"from": "traffic", "to": "trade"}, {"from": "traffic", "to": "noise"}]}"#,
    )
    .unwrap();
    let graph = BenefitGraph::new(&map);
    let matrix = audit::matrix(
        &graph,
        Axis::Kind(NodeKind::Investment),
        Axis::Kind(NodeKind::EndOutcome),
    );
    let told: Vec<String> = matrix.connections[0]
        .iter()
        .map(|c| format!("{}: {} {}", matrix.columns[c.column].id, c.told(), c.only_harm))
        .collect();
    assert_eq!(
        told,
        [
            "air: 1 chain, 2 links false",
            "noise: 1 chain, 2 links, hinders false",
            "trade: 1 chain, 2 links, hinders true"
        ]
    );
    let csv = String::from_utf8(table::csv::write(&table::audit::matrix(&matrix))).unwrap();
    assert!(
        csv.contains("charge,Charge,trade,Town trade,1,,hinders,true,no evidence"),
        "{csv}"
    );
    let grid = String::from_utf8(table::csv::write(&table::audit::matrix_grid(&matrix))).unwrap();
    assert!(grid.contains("\"no evidence: 1 chain, 2 links, hinders\""), "{grid}");
    let page = report::html::write(&report::matrix::matrix_page(&map, &matrix));
    assert!(page.contains("only harm") && page.contains("Noise (disbenefit)"));

    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("map.json");
    std::fs::write(&file, benefit_map::file::write(&map)).unwrap();
    let run = |args: &[&str]| {
        let output = std::process::Command::new(program())
            .arg("trace")
            .arg(&file)
            .args(args)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let chains = |to: &str| run(&["--from", "charge", "--to", to]);
    assert!(chains("air").contains("Chain 1: no evidence, 2 links, helps\n"));
    assert!(chains("trade").contains("Chain 1: no evidence, 2 links, hinders its end, which is harm\n"));
    assert!(chains("noise").contains("hinders a disbenefit, which is good\n"));
    assert!(chains("air").contains("  -> hinders Clean air [air]"));
    let text = run(&[]);
    assert!(
        text.contains("Noise (disbenefit)") && text.contains("hinders"),
        "{text}"
    );
    let json: serde_json::Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    assert_eq!(json["connections"][2]["effect"], "hinders");
    assert_eq!(json["connections"][2]["only_harm"], true);
    let story = run(&["--node", "traffic"]);
    assert!(
        story.contains("Charge [charge]: 1 link, best chain no evidence, hinders"),
        "{story}"
    );
}

#[test]
fn a_chain_of_a_hundred_thousand_signs_is_safe() {
    let mut map = BenefitMap::new("");
    map.nodes = (0..100_000).map(|n| Node::new(id(n), NodeKind::Enabler, "")).collect();
    map.nodes[99_999].kind = NodeKind::EndOutcome;
    for n in 1..100_000 {
        map.links.push({
            let mut link = Link::new(id(n - 1), id(n));
            link.effect = Effect::Hinders;
            link
        });
    }
    let graph = BenefitGraph::new(&map);
    let sight = graph.sight();
    let helping = graph.nodes().filter(|ix| sight.does_good(*ix)).count();
    assert_eq!((helping, graph.len()), (50_000, 100_000), "every second one");
}
