//! Coverage against reckoning by hand from `docs/audit.md`, and against what `check` finds of the same things.

use std::collections::BTreeSet;

use benefit_map::audit::{self, Coverage, Lack, Measure};
use benefit_map::check::{self, Options, Profile};
use benefit_map::finding::{Finding, Subject};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Effect, Evidence, Kpi, Link, Method, Node, NodeKind, Number, Strength, is_blank};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn read(text: &str) -> BenefitMap {
    serde_json::from_str(text).unwrap()
}

/// A text: something, nothing, or a word for what is missing.
fn text() -> impl Strategy<Value = String> {
    select(vec!["Trial, 2025", "It does.", "", "  ", "TBC", "n/a", "?"]).prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = Number> {
    (-5i32..60).prop_map(Number::from)
}

/// Whole maps in which everything that coverage counts is there, missing, blank or astray; ids are their own alone.
fn maps() -> impl Strategy<Value = BenefitMap> {
    let node = (
        select(NodeKind::ALL.to_vec()),
        prop::bool::weighted(0.25),
        of(0usize..5),
        of(number()),
    );
    let evidence = (text(), of(select(Strength::ALL.to_vec())), text());
    let link = (
        (0usize..9, 0usize..9),
        (prop::bool::weighted(0.15), prop::bool::weighted(0.3)),
        text(),
        prop::collection::vec(evidence, 0..3),
    );
    let plan = (of(select(Method::ALL.to_vec())), text(), text(), of(0usize..5));
    let kpi = (
        0usize..9,
        of((any::<bool>(), number())),
        prop::collection::vec((any::<bool>(), number()), 0..3),
        (any::<bool>(), any::<bool>()),
        of(plan),
    );
    (
        prop::collection::vec(node, 1..9),
        prop::collection::vec(link, 0..14),
        prop::collection::vec(kpi, 0..7),
    )
        .prop_map(|(nodes, links, kpis)| {
            // Owner 3 has no name, owner 4 is not on the map.
            let mut map = read(
                r#"{"format": 1, "owners": [{"id": "o0", "name": "Olive"}, {"id": "o1", "name": "TBC"},
                    {"id": "o2", "name": "Director of Place"}, {"id": "o3", "name": ""}]}"#,
            );
            let count = nodes.len();
            let id = |n: usize| format!("n{}", n % count).parse().unwrap();
            let owner = |n: usize| if n == 4 { "stranger".to_owned() } else { format!("o{n}") };
            for (n, (kind, disbenefit, owned, cost)) in nodes.into_iter().enumerate() {
                let mut node = Node::new(id(n), kind, format!("Node {n}"));
                node.disbenefit = disbenefit;
                node.owner = owned.map(|n| owner(n).parse().unwrap());
                node.cost = cost
                    .into_iter()
                    .map(|amount| serde_json::from_value(serde_json::json!({"year": "1", "amount": amount})).unwrap())
                    .collect();
                map.nodes.push(node);
            }
            for ((from, to), (feedback, hinders), rationale, evidence) in links {
                let mut link = Link::new(id(from), id(to));
                link.feedback = feedback;
                link.effect = if hinders { Effect::Hinders } else { Effect::Supports };
                link.rationale = rationale;
                link.evidence = evidence
                    .into_iter()
                    .map(|(source, strength, url)| {
                        let mut made = Evidence::new(source);
                        made.strength = strength;
                        made.url = url;
                        made
                    })
                    .collect();
                map.links.push(link);
            }
            for (n, (node, baseline, targets, (kept, bounded), plan)) in kpis.into_iter().enumerate() {
                let day = |dated: bool| dated.then_some("2027-01-01");
                let dated = |(dated, value): (bool, Number)| serde_json::json!({"date": day(dated), "value": value});
                let targets: Vec<_> = targets.into_iter().map(dated).collect();
                let mut kpi: Kpi = serde_json::from_value(serde_json::json!({
                    "id": format!("k{n}"), "node": format!("n{}", node % count), "title": "K",
                    "baseline": baseline.map(dated),
                    "targets": targets,
                    "direction": if kept { "maintain" } else { "increase" },
                }))
                .unwrap();
                kpi.band = bounded.then(|| serde_json::from_str(r#"{"lower": 1}"#).unwrap());
                kpi.measurement = plan.map(|(method, source, frequency, by)| {
                    serde_json::from_value(serde_json::json!({
                        "method": method, "source": source, "frequency": frequency, "responsible": by.map(owner),
                    }))
                    .unwrap()
                });
                map.kpis.push(kpi);
            }
            map
        })
}

/// What is counted of each measure, and what of it is covered, reckoned from the words of the page alone.
fn naive(map: &BenefitMap, measure: Measure) -> (BTreeSet<String>, BTreeSet<String>) {
    let node = |n: &Node| format!("node {}", n.id);
    // Every walk, with the product of its effects; feedback and links of a node to itself lead nowhere.
    let walks = |start: &Node| {
        let mut met: Vec<(String, bool)> = vec![(start.id.to_string(), true)];
        loop {
            let before = met.len();
            for link in map.links.iter().filter(|l| !l.feedback && l.from != l.to) {
                for good in [true, false] {
                    let next = (link.to.to_string(), good == (link.effect == Effect::Supports));
                    if met.contains(&(link.from.to_string(), good)) && !met.contains(&next) {
                        met.push(next);
                    }
                }
            }
            if met.len() == before {
                return met;
            }
        }
    };
    let helps = |from: &Node, end: &Node| {
        end.kind == NodeKind::EndOutcome && walks(from).contains(&(end.id.to_string(), !end.disbenefit))
    };
    let leads_to_good = |from: &Node| map.nodes.iter().any(|end| helps(from, end));
    // Of several links between two nodes, that flow if any does, the best counts.
    let pairs: BTreeSet<(&str, &str)> = map
        .links
        .iter()
        .filter(|l| l.from != l.to)
        .map(|l| (l.from.as_str(), l.to.as_str()))
        .collect();
    let links_of = |pair: &(&str, &str)| -> Vec<&Link> {
        map.links
            .iter()
            .filter(|l| (l.from.as_str(), l.to.as_str()) == *pair)
            .collect()
    };
    let flowing: Vec<&(&str, &str)> = pairs
        .iter()
        .filter(|pair| links_of(pair).iter().any(|l| !l.feedback))
        .collect();
    let evidenced = |pair: &(&str, &str), good: &[Option<Strength>]| {
        links_of(pair).iter().filter(|l| !l.feedback).any(|l| {
            l.evidence
                .iter()
                .any(|e| !(is_blank(&e.source) && is_blank(&e.url)) && good.contains(&e.strength))
        })
    };
    let link = |pair: &(&str, &str)| format!("link {} -> {}", pair.0, pair.1);
    let answers = |id: Option<&benefit_map::map::OwnerId>| {
        id.is_some_and(|id| map.owners.iter().any(|o| o.id == *id && !is_blank(&o.name)))
    };
    let outcomes = || map.nodes.iter().filter(|n| n.kind.is_outcome());
    let every = |wanted: &dyn Fn(&Kpi) -> bool| -> BTreeSet<String> {
        outcomes()
            .filter(|n| {
                let kpis: Vec<&Kpi> = map.kpis.iter().filter(|k| k.node == n.id).collect();
                !kpis.is_empty() && kpis.iter().all(|k| wanted(k))
            })
            .map(node)
            .collect()
    };
    let all_outcomes = || outcomes().map(node).collect();
    match measure {
        Measure::LineOfSight => {
            let against = |end: &Node| {
                map.nodes
                    .iter()
                    .any(|n| walks(n).contains(&(end.id.to_string(), false)))
            };
            let aims: Vec<&Node> = map
                .nodes
                .iter()
                .filter(|n| n.kind == NodeKind::EndOutcome && (!n.disbenefit || against(n)))
                .collect();
            let investments = || map.nodes.iter().filter(|n| n.kind == NodeKind::Investment);
            let served = aims.iter().filter(|end| investments().any(|i| helps(i, end)));
            let served = served.map(|n| node(n)).collect();
            (aims.iter().map(|n| node(n)).collect(), served)
        }
        Measure::Investments => {
            let all = || map.nodes.iter().filter(|n| n.kind == NodeKind::Investment);
            (
                all().map(node).collect(),
                all().filter(|n| leads_to_good(n)).map(node).collect(),
            )
        }
        Measure::Money => {
            let all = || map.nodes.iter().filter(|n| !n.cost.is_empty());
            (
                all().map(node).collect(),
                all().filter(|n| leads_to_good(n)).map(node).collect(),
            )
        }
        Measure::Rationale => {
            let said = |pair: &&(&str, &str)| links_of(pair).iter().any(|l| !is_blank(&l.rationale));
            (
                pairs.iter().map(link).collect(),
                pairs.iter().filter(said).map(link).collect(),
            )
        }
        Measure::Evidence | Measure::EvidenceModerate | Measure::EvidenceStrong => {
            use Strength::{Moderate, Strong, Weak};
            let good: &[Option<Strength>] = match measure {
                Measure::Evidence => &[None, Some(Weak), Some(Moderate), Some(Strong)],
                Measure::EvidenceModerate => &[Some(Moderate), Some(Strong)],
                _ => &[Some(Strong)],
            };
            let covered = flowing.iter().filter(|pair| evidenced(pair, good));
            (
                flowing.iter().map(|pair| link(pair)).collect(),
                covered.map(|pair| link(pair)).collect(),
            )
        }
        Measure::Owner => (
            all_outcomes(),
            outcomes().filter(|n| answers(n.owner.as_ref())).map(node).collect(),
        ),
        Measure::Kpi => (all_outcomes(), every(&|_| true)),
        Measure::Baseline => (all_outcomes(), every(&|k| k.baseline.is_some_and(|b| b.date.is_some()))),
        Measure::Target => (
            all_outcomes(),
            every(&|k| {
                let band = k.direction == Some(benefit_map::map::Direction::Maintain) && k.band.is_some();
                k.targets.iter().all(|t| t.date.is_some()) && (!k.targets.is_empty() || band)
            }),
        ),
        Measure::MeasurementPlan => (
            all_outcomes(),
            every(&|k| {
                k.measurement.as_ref().is_some_and(|plan| {
                    let how = plan.method.is_some_and(|m| m != Method::Other) || !is_blank(&plan.source);
                    how && !is_blank(&plan.frequency) && answers(plan.responsible.as_ref())
                })
            }),
        ),
        Measure::Data => (BTreeSet::new(), BTreeSet::new()),
    }
}

fn uncovered(coverage: &Coverage, measure: Measure) -> BTreeSet<String> {
    let share = coverage.of(measure).unwrap();
    share
        .uncovered
        .iter()
        .map(|missing| missing.subject.to_string())
        .collect()
}

proptest! {
    #[test]
    fn every_measure_agrees_with_the_words_of_the_page(map in maps()) {
        let coverage = audit::coverage(&BenefitGraph::new(&map), None);
        for share in &coverage.shares {
            let (all, covered) = naive(&map, share.measure);
            let missing: BTreeSet<String> = all.difference(&covered).cloned().collect();
            prop_assert_eq!(&uncovered(&coverage, share.measure), &missing, "{}", share.measure);
            if share.measure == Measure::Money {
                let sum = |names: &BTreeSet<String>| {
                    let nodes = map.nodes.iter().filter(|n| names.contains(&format!("node {}", n.id)));
                    nodes.flat_map(|n| &n.cost).map(|c| c.amount.decimal()).sum::<rust_decimal::Decimal>()
                };
                prop_assert_eq!((share.of.decimal(), share.covered.decimal()), (sum(&all), sum(&covered)));
            } else {
                let count = |n: usize| Number::from(n as i32);
                prop_assert_eq!((share.of, share.covered), (count(all.len()), count(covered.len())), "{}", share.measure);
            }
        }
    }

    /// A share of 100% and a finding on the same thing are never both reported, nor is a share short of it where no
    /// rule has anything to say.
    #[test]
    fn coverage_and_check_never_contradict_each_other(map in maps()) {
        let graph = BenefitGraph::new(&map);
        let coverage = audit::coverage(&graph, None);
        let report = check::check(&graph, &Options::new(Profile::Audit));
        // What is so of all records is one finding about the map, which names them.
        let found = |codes: &[&str]| -> BTreeSet<String> {
            let of_codes = report.findings.iter().filter(|finding| codes.contains(&finding.code));
            let named = |finding: &Finding| -> Vec<String> {
                match finding.related.as_slice() {
                    records @ [_, ..] if finding.subject == Subject::Map => records.iter().map(|(one, _)| one.to_string()).collect(),
                    _ => vec![finding.subject.to_string()],
                }
            };
            of_codes.flat_map(named).collect()
        };
        let outcomes_of = |kpis: &BTreeSet<String>| -> BTreeSet<String> {
            let hit = map.kpis.iter().filter(|k| kpis.contains(&format!("kpi {}", k.id)));
            let nodes = hit.map(|k| format!("node {}", k.node));
            let outcome = |name: &String| map.nodes.iter().any(|n| n.kind.is_outcome() && format!("node {}", n.id) == *name);
            nodes.filter(outcome).collect()
        };
        // Placeholders are told where they stand, those of all records of a sort once, of the map.
        let held = |field: &str| -> BTreeSet<String> {
            let of_field = report.findings.iter().filter(|f| f.code == "BM113" && (f.field == Some(field) || f.field.is_none()));
            of_field.map(|finding| finding.subject.to_string()).collect()
        };
        let told_of = |all: &BTreeSet<String>, name: &String| all.contains(name) || all.contains("map");

        // A fault of all links is told once, of the map.
        for (code, field, measure) in [("BM301", "rationale", Measure::Rationale), ("BM302", "evidence", Measure::Evidence)] {
            let missing = uncovered(&coverage, measure);
            let (rule, places) = (found(&[code]), held(field));
            let whole = rule.contains("map");
            prop_assert!(rule.iter().all(|name| name == "map" || missing.contains(name)), "{} {:?}", code, rule);
            let count = coverage.of(measure).unwrap().of;
            prop_assert!(!whole || Number::from(missing.len() as i32) == count);
            for name in &missing {
                // What is said to be an assumption is honest, and no evidence.
                let assumed = measure == Measure::Evidence && map.links.iter().any(|l| {
                    let assumed = |e: &Evidence| e.strength == Some(Strength::Assumed) && !(is_blank(&e.source) && is_blank(&e.url));
                    format!("link {} -> {}", l.from, l.to) == *name && !l.feedback && l.evidence.iter().any(assumed)
                });
                prop_assert!(assumed || told_of(&rule, name) || told_of(&places, name), "{} {}", code, name);
            }
        }

        // An owner who is not on the map, or who has no name but a placeholder, is told by rules of their own.
        let astray = |id: &benefit_map::map::OwnerId| match id.as_str() {
            "stranger" => !found(&["BM101"]).is_empty(),
            "o3" => found(&["BM108"]).contains("owner o3"),
            "o1" => told_of(&held("name"), &"owner o1".to_owned()),
            _ => false,
        };
        let missing = uncovered(&coverage, Measure::Owner);
        let outcome = |name: &String| map.nodes.iter().any(|n| n.kind.is_outcome() && format!("node {}", n.id) == *name);
        let unowned: BTreeSet<String> = found(&["BM501", "BM502"]).into_iter().filter(outcome).collect();
        prop_assert!(unowned.is_subset(&missing));
        for node in map.nodes.iter().filter(|n| missing.contains(&format!("node {}", n.id))) {
            let told = unowned.contains(&format!("node {}", node.id));
            prop_assert!(told || node.owner.as_ref().is_some_and(astray));
        }

        let without = found(&["BM401", "BM606"]);
        prop_assert_eq!(&without, &uncovered(&coverage, Measure::Kpi));
        let with = |kpis: BTreeSet<String>| without.union(&outcomes_of(&kpis)).cloned().collect::<BTreeSet<_>>();
        prop_assert_eq!(with(found(&["BM404"])), uncovered(&coverage, Measure::Baseline));
        prop_assert_eq!(with(found(&["BM406", "BM407"])), uncovered(&coverage, Measure::Target));
        let mut unplanned = found(&["BM411"]);
        prop_assert!(with(unplanned.clone()).is_subset(&uncovered(&coverage, Measure::MeasurementPlan)));
        for kpi in &map.kpis {
            let name = format!("kpi {}", kpi.id);
            let responsible = kpi.measurement.as_ref().and_then(|plan| plan.responsible.as_ref());
            // A method beside a source that is a placeholder is a way of measuring all the same.
            let gaps = !kpi.plan_gaps(&map.named_owners()).is_empty();
            if gaps && (told_of(&held("measurement"), &name) || responsible.is_some_and(astray)) {
                unplanned.insert(name);
            }
        }
        prop_assert_eq!(with(unplanned), uncovered(&coverage, Measure::MeasurementPlan));

        // Of a broken line of sight one rule or another tells, where it begins or where it ends.
        let missing = |measure| coverage.of(measure).unwrap().uncovered.iter().any(|m| m.lack == Lack::Missing);
        let broken = found(&["BM201", "BM202", "BM206"]);
        let investments = uncovered(&coverage, Measure::Investments);
        for node in map.nodes.iter().filter(|n| n.kind == NodeKind::Investment) {
            let name = format!("node {}", node.id);
            prop_assert!(!broken.contains(&name) || investments.contains(&name), "{}", name);
        }
        prop_assert!(!missing(Measure::Investments) || !broken.is_empty());
        let unpaid = found(&["BM201", "BM203", "BM205"]);
        prop_assert!(!missing(Measure::LineOfSight) || !unpaid.is_empty());
        let money = uncovered(&coverage, Measure::Money);
        for node in map.nodes.iter().filter(|n| !n.cost.is_empty()) {
            let name = format!("node {}", node.id);
            prop_assert!(!found(&["BM202"]).contains(&name) || money.contains(&name), "{}", name);
        }
    }
}

fn told(map: &BenefitMap, measure: Measure) -> (String, Vec<Lack>) {
    let coverage = audit::coverage(&BenefitGraph::new(map), None);
    let share = coverage.of(measure).unwrap();
    let lacks = share.uncovered.iter().map(|missing| missing.lack).collect();
    (format!("{} of {}", share.covered, share.of), lacks)
}

/// Money, a tool, a new way of working, and one end outcome.
fn chain(last_link: &str, end: &str) -> BenefitMap {
    read(&format!(
        r#"{{"format": 1, "nodes": [{{"id": "money", "kind": "investment", "cost": [{{"year": "1", "amount": 100}}]}},
            {{"id": "tool", "kind": "enabler"}}, {{"id": "way", "kind": "business-change"}},
            {{"id": "mid", "kind": "intermediate-outcome"}}, {{"id": "end", "kind": "end-outcome"{end}}}],
          "links": [{{"from": "money", "to": "tool"}}, {{"from": "tool", "to": "way"}}, {{"from": "way", "to": "mid"}},
            {{"from": "mid", "to": "end"{last_link}}}]}}"#
    ))
}

#[test]
fn money_that_only_harms_is_covered_by_nothing() {
    for (map, of) in [
        (chain(r#", "effect": "hinders""#, ""), "0 of 1"),
        // Nobody aims at a disbenefit that nothing works against.
        (chain("", r#", "disbenefit": true"#), "0 of 0"),
    ] {
        assert_eq!(
            told(&map, Measure::Money),
            ("0 of 100".to_owned(), vec![Lack::OnlyHarm])
        );
        assert_eq!(
            told(&map, Measure::Investments),
            ("0 of 1".to_owned(), vec![Lack::OnlyHarm])
        );
        assert_eq!(told(&map, Measure::LineOfSight).0, of);
        let coverage = audit::coverage(&BenefitGraph::new(&map), None);
        let hundred = Number::from(100);
        assert!(!coverage.of(Measure::LineOfSight).unwrap().reaches(hundred));
        assert!(!coverage.of(Measure::Money).unwrap().reaches(hundred));
    }
    // To hinder what is unwanted is good, and so is one chain among others that helps.
    let against = chain(r#", "effect": "hinders""#, r#", "disbenefit": true"#);
    assert_eq!(told(&against, Measure::Money), ("100 of 100".to_owned(), vec![]));
    assert_eq!(told(&against, Measure::LineOfSight), ("1 of 1".to_owned(), vec![]));
    let mut both = chain(r#", "effect": "hinders""#, "");
    both.links
        .push(Link::new("way".parse().unwrap(), "end".parse().unwrap()));
    assert_eq!(told(&both, Measure::Money).0, "100 of 100");
}

#[test]
fn coverage_contradicts_check_in_nothing() {
    let mut map = chain("", "");
    map.kpis = ["mid", "end"]
        .map(|node| {
            serde_json::from_value(serde_json::json!({
                "id": format!("k-{node}"), "node": node, "title": "K", "unit": "%",
                "baseline": {"value": 10}, "measurement": {"frequency": "monthly"},
            }))
            .unwrap()
        })
        .to_vec();
    for measure in [Measure::Baseline, Measure::MeasurementPlan, Measure::Target] {
        assert_eq!(told(&map, measure).0, "0 of 2", "{measure}");
    }
    // Feedback needs no evidence: no chain rests on it, and the rule leaves it out too.
    for link in &mut map.links {
        link.evidence = vec![{
            let mut made = Evidence::new("Trial 2024".to_owned());
            made.strength = Some(Strength::Strong);
            made
        }];
    }
    let mut back = Link::new("end".parse().unwrap(), "money".parse().unwrap());
    back.feedback = true;
    map.links.push(back);
    assert_eq!(told(&map, Measure::Evidence).0, "4 of 4");
    map.links[0].evidence[0].source = "TBC".to_owned();
    assert_eq!(told(&map, Measure::EvidenceStrong).0, "3 of 4", "however strong");
    let report = check::check(&BenefitGraph::new(&map), &Options::new(Profile::Audit));
    let codes: Vec<&str> = report
        .findings
        .iter()
        .filter(|f| f.subject.to_string() == "link money -> tool" && f.field == Some("evidence"))
        .map(|f| f.code)
        .collect();
    assert_eq!(codes, ["BM113"], "told once");
}

#[test]
fn a_redundant_link_through_a_loop_is_left_alone() {
    let map = read(
        r#"{"format": 1, "nodes": [{"id": "e", "kind": "enabler"}, {"id": "c", "kind": "business-change", "title": "Open in evenings"},
            {"id": "health", "kind": "intermediate-outcome"}, {"id": "diet", "kind": "intermediate-outcome"},
            {"id": "x", "kind": "end-outcome"}],
          "links": [{"from": "e", "to": "c"}, {"from": "c", "to": "health"}, {"from": "c", "to": "diet"},
            {"from": "diet", "to": "health"}, {"from": "health", "to": "diet"},
            {"from": "diet", "to": "x"}, {"from": "health", "to": "x"}]}"#,
    );
    let redundant = |map: &BenefitMap| -> Vec<String> {
        let report = check::check(&BenefitGraph::new(map), &Options::new(Profile::Audit));
        let found = report.findings.iter().filter(|f| f.code == "BM210");
        found.map(|f| f.subject.to_string()).collect()
    };
    assert_eq!(redundant(&map), [""; 0]);
    // Once the loop is cut there is something to say; and a chain that only passes a loop by is a longer chain.
    let mut cut = map.clone();
    cut.links
        .retain(|l| (l.from.as_str(), l.to.as_str()) != ("health", "diet"));
    assert_eq!(redundant(&cut), ["link c -> health", "link diet -> x"]);
    let mut past = map;
    past.nodes.push(Node::new(
        "y".parse().unwrap(),
        NodeKind::IntermediateOutcome,
        "Fewer falls",
    ));
    for to in ["health", "x"] {
        past.links.push(Link::new("y".parse().unwrap(), to.parse().unwrap()));
    }
    assert_eq!(redundant(&past), ["link y -> x"]);
}
