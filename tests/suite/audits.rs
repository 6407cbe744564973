//! Audits: what is traced, what is covered, and how many chains there are, against reckoning by hand and by brute force.

use benefit_map::audit::{self, Axis, Measure};
use benefit_map::graph::{Backing, BenefitGraph};
use benefit_map::map::{BenefitMap, Evidence, Link, Node, NodeId, NodeKind, Number, Strength};
use benefit_map::table;
use proptest::prelude::*;

use crate::support::generate;

fn id(text: &str) -> NodeId {
    NodeId::new(text).unwrap()
}

/// A ladder: at every rung two nodes, each of which leads to both of the next.
fn ladder(rungs: usize) -> BenefitMap {
    let mut map = BenefitMap::new("ladder");
    map.nodes.push(Node::new(id("start"), NodeKind::Investment, "Start"));
    map.nodes.push(Node::new(id("end"), NodeKind::EndOutcome, "End"));
    let mut last = vec![id("start")];
    for rung in 0..rungs {
        let next = ["l", "r"].map(|side| id(&format!("{side}{rung}")));
        for node in &next {
            map.nodes
                .push(Node::new(node.clone(), NodeKind::Enabler, node.to_string()));
            for from in &last {
                map.links.push(Link::new(from.clone(), node.clone()));
            }
        }
        last = next.to_vec();
    }
    for from in last {
        map.links.push(Link::new(from, id("end")));
    }
    map
}

#[test]
fn a_ladder_of_a_hundred_rungs_is_counted_to_the_last_digit_and_its_best_chains_are_listed() {
    let map = ladder(100);
    let graph = BenefitGraph::new(&map);
    let matrix = audit::matrix(
        &graph,
        Axis::Kind(NodeKind::Investment),
        Axis::Kind(NodeKind::EndOutcome),
    );
    // 2^100, by `bc`.
    let connection = matrix.at(0, 0).unwrap();
    assert_eq!(connection.chains.digits(), "1267650600228229401496703205376");
    assert_eq!(connection.chains.told(), "about 1.26 × 10^30");
    assert_eq!((connection.length, connection.backing), (101, Backing::Nothing));
    let [from, to] = ["start", "end"].map(|node| graph.find(node).unwrap());
    let list = audit::chains(&graph, from, to, 3);
    assert!(list.cut, "most are not listed");
    let ways: Vec<Vec<&str>> = list
        .chains
        .iter()
        .map(|chain| chain.steps.iter().map(|step| step.node.id.as_str()).collect())
        .collect();
    assert_eq!(ways.len(), 3);
    assert!(ways.iter().all(|way| way.len() == 101));
    assert_eq!(ways[0][..2], ["l0", "l1"], "of equals the lower ids come first");
    assert!(ways[0] != ways[1] && ways[1] != ways[2] && ways[0] != ways[2]);
}

#[test]
fn a_matrix_is_rows_and_columns_in_a_spreadsheet() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "nodes": [
            {"id": "a", "kind": "investment", "title": "Fund"}, {"id": "b", "kind": "investment", "title": "Idle"},
            {"id": "x", "kind": "enabler"},
            {"id": "e", "kind": "end-outcome", "title": "=Readers"}, {"id": "f", "kind": "end-outcome", "title": "Lonely"},
            {"id": "g", "kind": "end-outcome", "title": "Twin"}, {"id": "h", "kind": "end-outcome", "title": "Twin"}],
           "links": [{"from": "a", "to": "x"}, {"from": "x", "to": "e"}, {"from": "a", "to": "e"},
            {"from": "a", "to": "g", "evidence": [{"source": "Counted, 2025", "strength": "strong"}]}]}"#,
    )
    .unwrap();
    let graph = BenefitGraph::new(&map);
    let matrix = audit::matrix(
        &graph,
        Axis::Kind(NodeKind::Investment),
        Axis::Kind(NodeKind::EndOutcome),
    );
    let csv = table::csv::write(&table::audit::matrix_grid(&matrix));
    // A title that a spreadsheet would run is none in the header either, and two of one title are told apart.
    assert_eq!(
        String::from_utf8(csv).unwrap(),
        "id,title,'=Readers,Lonely,Twin [g],Twin [h]\n\
         a,Fund,\"no evidence: 2 chains, 1 link\",,\"strong: 1 chain, 1 link, evidence on each\",\n\
         b,Idle,,,,\n"
    );
}

#[test]
fn a_ladder_past_a_hundred_and_twenty_eight_bits_is_exact_too() {
    let map = ladder(130);
    let graph = BenefitGraph::new(&map);
    let [from, to] = ["start", "end"].map(|node| graph.find(node).unwrap());
    let count = graph.chain_counter().from([from]).to(to);
    // 2^130, by `bc`.
    assert_eq!(count.digits(), "1361129467683753853853498429727072845824");
}

#[test]
fn a_loop_is_one_place_and_the_count_says_at_least() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "nodes": [
            {"id": "a", "kind": "investment"}, {"id": "x", "kind": "enabler"}, {"id": "y", "kind": "enabler"},
            {"id": "e", "kind": "end-outcome"}],
          "links": [{"from": "a", "to": "x"}, {"from": "x", "to": "y"}, {"from": "y", "to": "x"},
            {"from": "x", "to": "e"}, {"from": "y", "to": "e"}]}"#,
    )
    .unwrap();
    let graph = BenefitGraph::new(&map);
    let [a, e] = ["a", "e"].map(|node| graph.find(node).unwrap());
    let list = audit::chains(&graph, a, e, 10);
    assert!(list.count.is_lower_bound());
    assert_eq!(list.count.told(), "at least 2");
    assert_eq!(list.chains.len(), 2, "a-x-e and a-x-y-e");
    assert!(!list.cut);
    // A chain between two nodes of one loop is told as well.
    let [x, y] = ["x", "y"].map(|node| graph.find(node).unwrap());
    assert_eq!(audit::chains(&graph, y, x, 10).chains.len(), 1);
    assert!(graph.chain_counter().from([x]).to(x).is_zero());
}

#[test]
fn a_tangle_of_loops_answers_and_says_that_the_list_was_cut() {
    // Every one of forty nodes leads to every other: nobody can list the chains.
    let mut map = BenefitMap::new("tangle");
    map.nodes.push(Node::new(id("start"), NodeKind::Investment, ""));
    map.nodes.push(Node::new(id("end"), NodeKind::EndOutcome, ""));
    for a in 0..40 {
        let from = id(&format!("n{a}"));
        map.nodes.push(Node::new(from.clone(), NodeKind::Enabler, ""));
        map.links.push(Link::new(id("start"), from.clone()));
        map.links.push(Link::new(from.clone(), id("end")));
        for b in (0..40).filter(|b| *b != a) {
            map.links.push(Link::new(from.clone(), id(&format!("n{b}"))));
        }
    }
    let graph = BenefitGraph::new(&map);
    let [from, to] = ["start", "end"].map(|node| graph.find(node).unwrap());
    let list = audit::chains(&graph, from, to, 50);
    assert!(list.cut && list.count.is_lower_bound());
    assert_eq!(list.chains.len(), 50);
    assert_eq!(list.chains[0].steps.len(), 2, "the shortest first");
}

#[test]
fn chains_come_best_first_with_what_speaks_for_them() {
    let evidence = |strength| {
        let mut made = Evidence::new("Trial".to_owned());
        made.strength = Some(strength);
        made
    };
    let mut map = ladder(1);
    for link in &mut map.links {
        let strength = if link.from.as_str() == "r0" || link.to.as_str() == "r0" {
            Strength::Strong
        } else {
            Strength::Weak
        };
        link.evidence.push(evidence(strength));
    }
    let graph = BenefitGraph::new(&map);
    let [from, to] = ["start", "end"].map(|node| graph.find(node).unwrap());
    let list = audit::chains(&graph, from, to, 10);
    let backings: Vec<Backing> = list.chains.iter().map(|chain| chain.backing).collect();
    assert_eq!(backings, [Backing::Strong, Backing::Weak]);
    assert_eq!(list.chains[0].steps[0].node.id.as_str(), "r0");
    assert!(!list.cut);
}

#[test]
fn coverage_is_exact_and_a_share_short_of_all_is_never_told_as_all() {
    let mut map = BenefitMap::new("m");
    for n in 0..3000 {
        map.nodes
            .push(Node::new(id(&format!("e{n}")), NodeKind::EndOutcome, ""));
    }
    map.nodes.push(Node::new(id("money"), NodeKind::Investment, ""));
    for n in 0..2999 {
        map.links.push(Link::new(id("money"), id(&format!("e{n}"))));
    }
    let graph = BenefitGraph::new(&map);
    let coverage = audit::coverage(&graph, None);
    let sight = coverage.of(Measure::LineOfSight).unwrap();
    assert_eq!((sight.covered, sight.of), (Number::from(2999), Number::from(3000)));
    // 99.966… %: rounding would say 100.
    assert_eq!(sight.percent().unwrap().to_string(), "99.9");
    assert!(!sight.reaches(Number::from(100)) && sight.reaches("99.9".parse().unwrap()));
    assert_eq!(sight.uncovered[0].subject.to_string(), "node e2999");
    // Nothing to cover is no reason to pass.
    let money = coverage.of(Measure::Money).unwrap();
    assert_eq!(money.percent(), None);
    assert!(!money.reaches(Number::ZERO));
    assert!(coverage.of(Measure::Data).is_none());
}

proptest! {
    /// The counter agrees with the list of all chains, wherever no loop is in the way.
    #[test]
    fn counts_agree_with_the_list_of_all_chains(map in generate::maps()) {
        let graph = BenefitGraph::new(&map);
        let counter = graph.chain_counter();
        for from in graph.nodes() {
            let counted = counter.from([from]);
            for to in graph.nodes().filter(|to| *to != from) {
                let count = counted.to(to);
                let all = graph.chains(from, to, 5_000).count();
                if count.is_lower_bound() {
                    prop_assert!(count.digits().parse::<usize>().unwrap() <= all);
                    prop_assert!(!count.is_zero());
                } else {
                    prop_assert_eq!(count.digits(), all.to_string());
                }
                let list = audit::chains(&graph, from, to, 5_000);
                prop_assert_eq!(list.chains.len(), all);
                let order: Vec<_> = list.chains.iter().map(|c| (std::cmp::Reverse(c.backing), c.steps.len())).collect();
                prop_assert!(order.is_sorted());
                let best = graph.best_chains([from], benefit_map::graph::Way::Downstream);
                prop_assert_eq!(list.chains.first().map(|c| c.backing), best.backing(to));
            }
        }
    }
}

fn read(text: &str) -> BenefitMap {
    serde_json::from_str(text).unwrap()
}

/// A map of which tests change one thing at a time.
fn small() -> BenefitMap {
    read(
        r#"{"format": 1, "title": "m", "owners": [{"id": "o", "name": "Olive", "senior": true}],
          "nodes": [{"id": "a", "kind": "investment", "title": "A", "cost": [{"year": "1", "amount": 10}]},
            {"id": "b", "kind": "business-change", "title": "B"}, {"id": "c", "kind": "end-outcome", "title": "C"}],
          "links": [{"from": "a", "to": "b"}, {"from": "b", "to": "c", "assumptions": ["x", "y"]}],
          "kpis": [{"id": "k", "node": "c", "title": "K", "direction": "decrease",
            "baseline": {"date": "2026-01-01", "value": 100},
            "targets": [{"date": "2027-01-01", "value": 60}, {"date": "2028-01-01", "value": 40}]}]}"#,
    )
}

#[test]
fn what_changed_is_told_by_id_and_field_and_the_order_of_a_file_is_no_change() {
    let old = small();
    let mut new = old.clone();
    new.nodes.reverse();
    new.links.reverse();
    assert!(audit::compare(&old, &new, None).is_same());
    new.nodes.iter_mut().find(|node| node.id.as_str() == "b").unwrap().title = "Better".to_owned();
    new.links.retain(|link| link.from.as_str() != "a");
    new.links[0].assumptions = vec!["y".to_owned(), "z".to_owned()];
    new.nodes.push(Node::new(id("d"), NodeKind::Enabler, "D"));
    let found = audit::compare(&old, &new, None);
    let told: Vec<String> = found
        .changes
        .iter()
        .map(|change| {
            let fields: Vec<String> = change
                .fields
                .iter()
                .map(|f| format!(" {}:{}>{}", f.field, f.before, f.after))
                .collect();
            format!("{} {}{}", change.kind, change.subject, fields.concat())
        })
        .collect();
    assert_eq!(
        told,
        [
            "changed node b title:B>Better",
            "added node d",
            "removed link a -> b",
            "changed link b -> c assumptions:x> assumptions:>z",
        ]
    );
    let lost: Vec<String> = found.lost.iter().map(|change| change.subject.to_string()).collect();
    assert_eq!(lost, ["node a", "node c"]);
    assert!(found.gained.is_empty());
    let (_, before, after) = found
        .coverage
        .iter()
        .find(|(measure, ..)| *measure == Measure::Money)
        .unwrap();
    assert_eq!((before.covered, after.covered), (Number::from(10), Number::ZERO));
    let back = audit::compare(&new, &old, None);
    assert_eq!(back.gained, found.lost, "the other way round is the other way round");
}

#[test]
fn targets_that_were_eased_after_they_were_missed_are_called_out() {
    let old = small();
    let mut new = old.clone();
    new.kpis[0].targets[0].value = Number::from(70);
    new.kpis[0].targets[1].date = Some("2029-01-01".parse().unwrap());
    let measured: benefit_map::track::Measurements = [("2026-12-31", 75)]
        .map(|(date, value)| {
            let kpi = old.kpis[0].id.clone();
            benefit_map::track::Measurement::new(kpi, date.parse().unwrap(), Number::from(value))
        })
        .into_iter()
        .collect();
    let found = audit::compare(&old, &new, Some((&measured, "2027-06-01".parse().unwrap())));
    let told: Vec<String> = found.targets.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "kpi k: K: lowered: was 60 by 2027-01-01, now 70 by 2027-01-01, after it was missed (75 on 2026-12-31)",
            "kpi k: K: moved later: was 40 by 2028-01-01, now 40 by 2029-01-01",
        ]
    );
    // A bolder target is no easing, and a KPI that is gone takes its promises with it.
    new.kpis[0].targets = old.kpis[0].targets.clone();
    new.kpis[0].targets[0].value = Number::from(50);
    assert!(audit::compare(&old, &new, None).targets.is_empty());
    new.kpis.clear();
    assert_eq!(audit::compare(&old, &new, None).targets.len(), 2);
}

#[test]
fn a_review_is_suspect_once_what_was_agreed_has_changed() {
    use benefit_map::audit::ReviewState::{Agreed, Challenged, Superseded, Suspect};
    use benefit_map::map::Says;
    let by = benefit_map::map::OwnerId::new("o").unwrap();
    let day = |text: &str| text.parse::<benefit_map::map::Day>().unwrap();
    let map = audit::record_review(&small(), "link b -> c", &by, day("2026-05-01"), Says::Agreed, "").unwrap();
    let map = audit::record_review(&map, "a", &by, day("2026-05-01"), Says::Challenged, "too dear").unwrap();
    let states = |map: &BenefitMap| audit::reviews(map).rows.iter().map(|row| row.state).collect::<Vec<_>>();
    assert_eq!(states(&map), [Agreed, Challenged]);
    assert_eq!(audit::reviews(&map).links, (1, 2));
    let codes = |map: &BenefitMap| -> Vec<(String, String)> {
        use benefit_map::check::{Options, Profile, check};
        let report = check(&BenefitGraph::new(map), &Options::new(Profile::Audit));
        let of_reviews = report.findings.iter().filter(|finding| finding.code.starts_with("BM8"));
        of_reviews.map(|f| (f.code.to_owned(), f.subject.to_string())).collect()
    };
    assert_eq!(codes(&map), [("BM803".to_owned(), "node a".to_owned())]);

    // The node at the end of the link is part of what was agreed.
    let mut changed = map.clone();
    changed
        .nodes
        .iter_mut()
        .find(|node| node.id.as_str() == "c")
        .unwrap()
        .title = "Other".to_owned();
    assert_eq!(states(&changed), [Suspect, Challenged]);
    assert!(codes(&changed).contains(&("BM801".to_owned(), "link b -> c".to_owned())));
    let again = audit::record_review(&changed, "link b -> c", &by, day("2026-06-01"), Says::Agreed, "").unwrap();
    assert_eq!(states(&again), [Superseded, Agreed, Challenged]);
    let answered = audit::record_review(&again, "node a", &by, day("2026-06-01"), Says::Agreed, "").unwrap();
    assert!(codes(&answered).is_empty());

    let nothing = audit::record_review(&map, "link b -> d", &by, day("2026-06-01"), Says::Agreed, "");
    assert!(nothing.unwrap_err().to_string().contains("did you mean `link b -> c`?"));
}

fn sealed(times: usize) -> audit::SealBook {
    let mut book = None;
    let mut map = small();
    for n in 0..times {
        map.title = format!("m{n}");
        let sealing = audit::Sealing {
            on: format!("2026-0{}-01", n + 1).parse().unwrap(),
            made: "2026-01-01T12:00:00Z",
            by: "auditor",
            note: "",
            profile: benefit_map::check::Profile::Audit,
            measured: None,
        };
        book = Some(audit::SealBook::seal(book, &map, &sealing).unwrap());
    }
    book.unwrap()
}

#[test]
fn a_file_of_seals_that_was_touched_is_refused_with_the_place() {
    let book = sealed(3);
    let text = book.write();
    let again = audit::SealBook::read(&text).unwrap();
    assert_eq!(again, book);
    assert!(again.holds(&book.map) && !again.holds(&small()));
    let refused = |text: &str| audit::SealBook::read(text).unwrap_err().to_string();
    // Cut short at any line.
    let lines: Vec<&str> = text.lines().collect();
    for cut in 0..lines.len() - 1 {
        let short = lines[..cut].join("\n");
        assert!(
            refused(&short).starts_with("line "),
            "cut after line {cut}: {}",
            refused(&short)
        );
    }
    // Every figure, word and digest of a seal counts.
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    for field in ["on", "by", "map", "coverage", "findings"] {
        let mut edited = value.clone();
        edited["seals"][1][field] = edited["seals"][0][field].clone();
        if field == "by" {
            edited["seals"][1][field] = "nobody".into();
        }
        if edited != value {
            let told = refused(&edited.to_string());
            assert!(told.starts_with("seal 2 of "), "{field}: {told}");
        }
    }
    let mut edited = value.clone();
    edited["seals"].as_array_mut().unwrap().swap(0, 1);
    assert_eq!(
        refused(&edited.to_string()),
        "seal 1 of the file has the number 2: seals have been removed or moved"
    );
    edited = value.clone();
    edited["seals"].as_array_mut().unwrap().pop();
    assert!(refused(&edited.to_string()).contains("not the map of seal 2"));
    edited = value.clone();
    edited["map"]["title"] = "other".into();
    assert!(refused(&edited.to_string()).contains("not the map of seal 3"));
    edited["seals"] = serde_json::json!([]);
    assert!(refused(&edited.to_string()).contains("no seal"));
    // A chain that was made anew from the start is whole, but has another digest.
    let anew = sealed(2);
    assert!(
        audit::SealBook::read(&anew.write())
            .unwrap()
            .expect(&book.last().unwrap().digest)
            .is_err()
    );
}
