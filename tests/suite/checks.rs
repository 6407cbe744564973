//! The checks over whole maps: many faults at once, none hidden, none invented.

use std::collections::BTreeSet;

use benefit_map::check::{Options, Profile, check};
use benefit_map::finding::{Nowhere, Report, Severity, TextOptions};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};
use proptest::prelude::*;

fn audit(map: &BenefitMap) -> Report {
    check(&BenefitGraph::new(map), &Options::new(Profile::Audit))
}

/// Findings as `code subject`.
fn told(report: &Report) -> Vec<String> {
    let tell = |f: &benefit_map::finding::Finding| format!("{} {}", f.code, f.subject);
    report.findings.iter().map(tell).collect()
}

/// Findings of families 1, 2, 5 and 9 alone: the maps of this file say nothing of KPIs, evidence, risks and money.
fn ground(report: &Report) -> Vec<String> {
    let mut all = told(report);
    all.retain(|finding| {
        ["BM1", "BM2", "BM5", "BM9"]
            .iter()
            .any(|family| finding.starts_with(family))
    });
    all
}

fn node(id: &str, kind: NodeKind) -> Node {
    Node::new(NodeId::new(id).unwrap(), kind, format!("The {id}"))
}

fn link(from: &str, to: &str) -> Link {
    Link::new(NodeId::new(from).unwrap(), NodeId::new(to).unwrap())
}

/// A map of two programmes, without a fault in families 1, 2, 5 and 9.
fn sound() -> BenefitMap {
    let mut map: BenefitMap = serde_json::from_value(serde_json::json!({
        "format": 1, "title": "Two programmes",
        "owners": [
            {"id": "place", "name": "Director of Place", "senior": true},
            {"id": "people", "name": "Director of People", "senior": true}
        ],
        "plans": [
            {"owner": "place", "activities": [{"id": "one", "title": "One", "end": "2026-06-30"}]},
            {"owner": "people", "activities": [{"id": "two", "title": "Two", "start": "2026-07-01", "after": ["one"]}]}
        ]
    }))
    .unwrap();
    for (letter, owner) in [("a", "place"), ("b", "people")] {
        let kinds = NodeKind::ALL.iter().zip(["fund", "tool", "habit", "step", "goal"]);
        let ids: Vec<String> = kinds.clone().map(|(_, word)| format!("{letter}-{word}")).collect();
        for ((kind, _), id) in kinds.zip(&ids) {
            let mut node = node(id, *kind);
            node.owner = (*kind != NodeKind::Investment).then(|| owner.parse().unwrap());
            node.quick_win = *kind == NodeKind::IntermediateOutcome;
            map.nodes.push(node);
        }
        map.links.extend(ids.windows(2).map(|ends| link(&ends[0], &ends[1])));
    }
    map
}

fn at<'m>(map: &'m mut BenefitMap, id: &str) -> &'m mut Node {
    map.nodes.iter_mut().find(|node| node.id.as_str() == id).unwrap()
}

#[test]
fn a_sound_map_has_no_findings() {
    assert_eq!(ground(&audit(&sound())), [""; 0]);
}

#[test]
fn ten_planted_faults_of_ten_rules_are_found_in_one_run_and_no_others() {
    let mut map = sound();
    let place = map.owners[0].id.clone();
    // Each fault by itself, all in one map.
    at(&mut map, "a-habit").owner = Some("plase".parse().unwrap());
    map.links.push(link("b-tool", "b-tool"));
    map.links.push(link("b-fund", "b-tool"));
    map.links.push(link("b-step", "b-habit"));
    at(&mut map, "a-fund").title = "  ".into();
    at(&mut map, "b-goal").title = "Implement the b-goal".into();
    map.nodes.push({
        let mut node = node("alone", NodeKind::IntermediateOutcome);
        node.owner = Some(place.clone());
        node
    });
    map.nodes.push({
        let mut node = node("stopped", NodeKind::IntermediateOutcome);
        node.owner = Some(place.clone());
        node
    });
    map.links.push(link("a-habit", "stopped"));
    at(&mut map, "a-goal").owner = None;
    map.plans[1].activities[0].start = Some("2026-05-01".parse().unwrap());

    let report = audit(&map);
    let expected = [
        "BM101 node a-habit",
        "BM103 link b-tool -> b-tool",
        "BM104 link b-fund -> b-tool",
        "BM105 link b-step -> b-habit",
        "BM108 node a-fund",
        "BM110 node b-goal",
        "BM201 node alone",
        "BM206 node stopped",
        "BM501 node a-goal",
        "BM506 activity two",
    ];
    assert_eq!(ground(&report), expected);
    let message = |code: &str| &report.findings.iter().find(|f| f.code == code).unwrap().message;
    assert!(
        message("BM105").contains("`The b-habit` -> `The b-step` -> `The b-habit`"),
        "{}",
        message("BM105")
    );
    let help = &report.findings.iter().find(|f| f.code == "BM101").unwrap().help;
    assert_eq!(help, "did you mean `place`?");
}

#[test]
fn a_misspelt_link_makes_no_orphan_and_no_broken_chain() {
    // Every link of the map in turn, at either end.
    let whole = sound();
    for at in 0..whole.links.len() {
        for end in ["from", "to"] {
            let mut map = whole.clone();
            let link = &mut map.links[at];
            let id = if end == "from" { &mut link.from } else { &mut link.to };
            *id = format!("{id}s").parse().unwrap();
            let subject = format!("BM101 link {} -> {}", link.from, link.to);
            assert_eq!(ground(&audit(&map)), [subject]);
        }
    }
}

#[test]
fn a_twofold_id_is_one_fault() {
    for id in ["a-fund", "a-tool", "a-habit", "a-step", "a-goal"] {
        for kind in NodeKind::ALL {
            let mut map = sound();
            map.nodes.push(node(id, *kind));
            assert_eq!(ground(&audit(&map)), [format!("BM102 node {id}")]);
        }
    }
}

#[test]
fn a_broken_chain_is_told_once_with_the_place_where_it_stops() {
    let mut map = sound();
    map.links.retain(|link| link.from.as_str() != "b-step");
    at(&mut map, "b-goal").kind = NodeKind::IntermediateOutcome;
    map.links.push(link("b-step", "b-goal"));
    let report = audit(&map);
    assert_eq!(ground(&report), ["BM202 node b-fund"]);
    let message = &report.findings.iter().find(|f| f.code == "BM202").unwrap().message;
    let chain = "`The b-fund` -> `The b-tool` -> `The b-habit` -> `The b-step` -> `The b-goal`";
    assert!(
        message.contains(chain) && message.ends_with("stops at intermediate outcome `b-goal`"),
        "{message}"
    );
}

#[test]
fn a_second_stop_on_a_broken_chain_is_not_hidden() {
    let mut map = sound();
    map.links.retain(|link| link.from.as_str() != "b-step");
    map.nodes.retain(|node| node.id.as_str() != "b-goal");
    map.nodes.push({
        let mut node = node("b-more", NodeKind::IntermediateOutcome);
        node.owner = map.nodes[1].owner.clone();
        node
    });
    map.links.push(link("b-habit", "b-more"));
    assert_eq!(ground(&audit(&map)), ["BM202 node b-fund", "BM206 node b-more"]);
}

#[test]
fn a_loop_without_a_way_out_is_a_stop() {
    let mut map = sound();
    map.links.retain(|link| link.to.as_str() != "b-goal");
    map.nodes.retain(|node| node.id.as_str() != "b-goal");
    map.links.push(link("b-step", "b-habit"));
    let report = audit(&map);
    assert_eq!(ground(&report), ["BM105 link b-step -> b-habit", "BM202 node b-fund"]);
    assert!(
        report
            .findings
            .iter()
            .any(|f| f.message.contains("runs into a loop at `b-habit`")),
        "{report:?}"
    );
}

#[test]
fn a_map_without_a_stage_is_told_once() {
    let mut map = sound();
    for node in &mut map.nodes {
        if node.kind == NodeKind::EndOutcome {
            node.kind = NodeKind::IntermediateOutcome;
        }
    }
    assert_eq!(ground(&audit(&map)), ["BM202 map"]);
    let mut map = sound();
    map.nodes.retain(|node| node.kind != NodeKind::Investment);
    map.links.retain(|link| !link.from.as_str().ends_with("fund"));
    assert_eq!(ground(&audit(&map)), ["BM203 map"]);
    assert_eq!(told(&audit(&BenefitMap::new("Nothing yet"))), ["BM112 map"]);
}

#[test]
fn what_is_allowed_is_left_out_and_counted_and_nothing_else_is() {
    let mut map = sound();
    map.nodes.push(node("alone", NodeKind::Investment));
    map.nodes.push(node("apart", NodeKind::Investment));
    let allow = |rule: &str, subject: &str, reason: &str| {
        let mut allowance = benefit_map::map::Allowance::new(rule, subject, reason);
        allowance.by = "place".into();
        allowance.until = Some("2027-03-31".parse().unwrap());
        allowance
    };
    map.allow = vec![
        allow("orphan", "node alone", "it is new"),
        allow("BM201", "node alone", "it is new"),
        allow("orphan", "node gone", "it was new"),
        allow("orphan", "the map", "it is new"),
        allow("orphan", "node apart", " "),
        allow("orphans", "node apart", "it is new"),
        allow("bm501", "node a-goal", "nobody yet"),
    ];
    let report = audit(&map);
    let expected = [
        "BM201 node apart",
        "BM901 allowance 2",
        "BM901 allowance 3",
        "BM901 allowance 4",
        "BM901 allowance 5",
        "BM901 allowance 7",
        "BM902 allowance 6",
    ];
    assert_eq!(ground(&report), expected);
    assert_eq!(report.allowed, 1);
    // In the workshop the rules are off, so nothing can be said of the allowances, but that one names no rule.
    let workshop = check(&BenefitGraph::new(&map), &Options::new(Profile::Workshop));
    assert_eq!(told(&workshop), ["BM902 allowance 6"]);
}

#[test]
fn the_profile_sets_the_severity() {
    let mut map = sound();
    map.links.push(link("b-fund", "b-tool"));
    let severity = |profile| check(&BenefitGraph::new(&map), &Options::new(profile)).gravest();
    assert_eq!(severity(Profile::Workshop), Some(Severity::Warning));
    assert_eq!(severity(Profile::BusinessCase), Some(Severity::Error));
}

#[test]
fn the_finished_example_is_clean_and_the_draft_is_not() {
    let read = |text| -> BenefitMap { serde_json::from_str(text).unwrap() };
    let finished = read(include_str!("../../examples/maps/smart-waste/map.json"));
    let draft = read(include_str!("../../examples/maps/workshop-draft/map.json"));
    assert_eq!(told(&audit(&finished)), [""; 0]);
    assert!(ground(&audit(&draft)).len() > 3);
}

#[test]
fn a_million_links_between_two_nodes_are_one_fault() {
    let mut map = sound();
    map.links.extend(vec![link("a-fund", "a-tool"); 1_000_000]);
    map.links.extend(vec![link("a-fund", "nobody-knows"); 1000]);
    map.links.extend(vec![link("b-goal", "b-goal"); 1000]);
    let expected = [
        "BM101 link a-fund -> nobody-knows",
        "BM103 link b-goal -> b-goal",
        "BM104 link a-fund -> a-tool",
    ];
    assert_eq!(ground(&audit(&map)), expected);
}

#[test]
fn long_titles_and_markup_are_shown_as_text() {
    let mut map = sound();
    map.nodes.push({
        let mut node = node("alone", NodeKind::Enabler);
        node.title = format!("<b>\u{202e}\u{1b}[31m{}", "x and y ".repeat(700));
        node
    });
    let text = audit(&map).to_text(&Nowhere, &TextOptions::default());
    assert!(text.contains("<b>") && !text.contains(['\u{202e}', '\u{1b}']), "{text}");
    assert!(text.lines().all(|line| line.chars().count() < 400), "{text}");
}

/// Small maps of any links, with titles and owners now and then.
fn any_map() -> impl Strategy<Value = BenefitMap> {
    let node = (0usize..7, prop::sample::select(NodeKind::ALL.to_vec()), any::<bool>());
    let link = (0usize..8, 0usize..8, prop::bool::weighted(0.1));
    let parts = (prop::collection::vec(node, 0..9), prop::collection::vec(link, 0..14));
    parts.prop_map(|(nodes, links)| {
        let mut map = BenefitMap::new("Any");
        for (id, kind, disbenefit) in nodes {
            let mut node = self::node(&format!("n{id}"), kind);
            node.disbenefit = disbenefit;
            map.nodes.push(node);
        }
        for (from, to, feedback) in links {
            let mut link = self::link(&format!("n{from}"), &format!("n{to}"));
            link.feedback = feedback;
            map.links.push(link);
        }
        map
    })
}

/// Such a map without twofold ids and without links to nothing.
fn whole_map() -> impl Strategy<Value = BenefitMap> {
    any_map().prop_map(|mut map| {
        let mut ids = BTreeSet::new();
        map.nodes.retain(|node| ids.insert(node.id.clone()));
        map.links
            .retain(|link| ids.contains(&link.from) && ids.contains(&link.to));
        map
    })
}

proptest! {
    #[test]
    fn findings_do_not_depend_on_the_order_of_a_map_without_loops(map in whole_map(), seed in any::<u64>()) {
        let graph = BenefitGraph::new(&map);
        prop_assume!(graph.cycles().is_empty());
        let subjects = |map: &BenefitMap| told(&audit(map)).into_iter().collect::<BTreeSet<_>>();
        let mut other = map.clone();
        other.links.rotate_left(seed as usize % map.links.len().max(1));
        other.nodes.reverse();
        // Of two boxes that read the same the second is told, and which of two stops is the nearest depends on the order.
        let strict = |set: BTreeSet<String>| -> BTreeSet<String> {
            set.into_iter().filter(|f| !f.starts_with("BM109") && !f.starts_with("BM206")).collect()
        };
        prop_assert_eq!(strict(subjects(&map)), strict(subjects(&other)));
    }

    #[test]
    fn any_map_can_be_checked_and_told(map in any_map()) {
        let report = audit(&map);
        prop_assert_eq!(&report, &audit(&map));
        let text = report.to_text(&Nowhere, &{ let mut options = TextOptions::default(); options.shown_per_rule = usize::MAX; options });
        for finding in &report.findings {
            prop_assert!(text.contains(&finding.message), "{}", finding.message);
        }
    }

    #[test]
    fn no_broken_chain_goes_untold(map in whole_map()) {
        let graph = BenefitGraph::new(&map);
        let all = ground(&audit(&map));
        // What is so of every box is told of the map.
        let of_all = |code: &str| all.contains(&format!("{code} map"));
        let about = |code: &str, id: &str| of_all(code) || all.iter().any(|f| f.starts_with(code) && f.contains(id));
        let reaching = graph.reaching_end_outcome();
        for ix in graph.of_kind(NodeKind::Investment).filter(|ix| !reaching.contains(*ix)) {
            let id = graph.id(ix).as_str();
            let map_told = all.iter().any(|f| f == "BM202 map");
            prop_assert!(map_told || about("BM201", id) || about("BM202", id) || about("BM206", id), "{} in {:?}", id, all);
        }
        for ix in graph.of_kind(NodeKind::EndOutcome) {
            // An end outcome that no investment reaches has a finding at the head of one of its chains.
            if !graph.reached_from_investment().contains(ix) {
                let heads = ["BM201", "BM203", "BM205"];
                let up = graph.upstream(ix);
                let found = up.iter().any(|at| heads.iter().any(|code| about(code, graph.id(at).as_str())));
                prop_assert!(found || all.iter().any(|f| f == "BM203 map"), "{} in {:?}", graph.id(ix), all);
            }
        }
    }
}
