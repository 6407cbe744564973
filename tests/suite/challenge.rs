//! Reasons, evidence, risks, money and partners: what one map cannot show on a page.

use benefit_map::check::{Options, Profile, check};
use benefit_map::finding::{Finding, Report};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Effect, Evidence, Link, Node, NodeId, NodeKind, Strength};

fn audit(map: &BenefitMap, as_of: Option<&str>) -> Report {
    let mut options = Options::new(Profile::Audit);
    options.as_of = as_of.map(|day| day.parse().unwrap());
    check(&BenefitGraph::new(map), &options)
}

/// The findings of one rule.
fn of(map: &BenefitMap, rule: &str) -> Vec<Finding> {
    let mut findings = audit(map, None).findings;
    findings.retain(|finding| finding.rule == rule);
    findings
}

fn told(map: &BenefitMap, rule: &str) -> Vec<String> {
    of(map, rule)
        .iter()
        .map(|finding| finding.subject.to_string())
        .collect()
}

fn link(from: &str, to: &str) -> Link {
    let id = |text: &str| NodeId::new(text).unwrap();
    Link::new(id(from), id(to))
}

fn evidence(strength: Option<Strength>) -> Vec<Evidence> {
    vec![{
        let mut made = Evidence::new("A study");
        made.strength = strength;
        made
    }]
}

/// Money to work to change to two outcomes, the second an end outcome, with nothing said on any link.
fn bare() -> BenefitMap {
    let mut map = BenefitMap::new("Bare");
    for (kind, id) in NodeKind::ALL.iter().zip(["fund", "tool", "habit", "step", "goal"]) {
        map.nodes
            .push(Node::new(NodeId::new(id).unwrap(), *kind, format!("The {id}")));
    }
    let ends = ["fund", "tool", "habit", "step", "goal"];
    map.links = ends.windows(2).map(|ends| link(ends[0], ends[1])).collect();
    map
}

#[test]
fn what_is_so_of_all_is_told_once_and_of_some_one_by_one() {
    let mut map = bare();
    for rule in [
        "link-without-rationale",
        "link-without-evidence",
        "outcome-without-risk-review",
    ] {
        assert_eq!(told(&map, rule), ["map"], "{rule}");
    }
    assert_eq!(
        told(&map, "weak-chain"),
        [""; 0],
        "without any evidence the map is told of that alone"
    );
    map.links[1].rationale = "Because".into();
    map.links[1].evidence = evidence(Some(Strength::Strong));
    for rule in ["link-without-rationale", "link-without-evidence"] {
        let links = ["link fund -> tool", "link habit -> step", "link step -> goal"];
        assert_eq!(told(&map, rule), links, "{rule}");
    }
    assert_eq!(told(&map, "weak-chain"), ["node goal"]);
}

#[test]
fn a_chain_is_judged_by_its_weakest_step_and_the_best_way_counts() {
    let mut map = bare();
    for link in &mut map.links {
        link.evidence = evidence(Some(Strength::Moderate));
    }
    assert_eq!(told(&map, "weak-chain"), [""; 0]);
    map.links[2].evidence = evidence(Some(Strength::Assumed));
    let [found] = &of(&map, "weak-chain")[..] else { panic!() };
    assert!(
        found.message.contains("from `The habit` to `The step` is only assumed"),
        "{}",
        found.message
    );
    assert_eq!(found.related.len(), 1);
    // A source that nobody has weighed can be looked up.
    map.links[2].evidence = evidence(None);
    assert_eq!(told(&map, "weak-chain"), [""; 0]);
    assert_eq!(told(&map, "evidence-not-weighed"), ["link habit -> step"]);
    // A second way, every step of which is shown, is enough; one that is feedback is none.
    map.links[2].evidence = evidence(Some(Strength::Assumed));
    map.links.push({
        let mut link = link("habit", "goal");
        link.evidence = evidence(Some(Strength::Weak));
        link
    });
    assert_eq!(told(&map, "weak-chain"), [""; 0]);
    map.links[4].feedback = true;
    assert_eq!(told(&map, "weak-chain"), ["node goal"]);
}

#[test]
fn shares_are_added_exactly_and_hindrances_by_themselves() {
    let mut map = bare();
    for id in ["a", "b", "c"] {
        map.nodes
            .push(Node::new(NodeId::new(id).unwrap(), NodeKind::IntermediateOutcome, id));
        map.links.push(link(id, "goal"));
    }
    let shares = |map: &mut BenefitMap, shares: [&str; 3]| {
        for (at, share) in shares.iter().enumerate() {
            map.links[4 + at].contribution = Some(share.parse().unwrap());
        }
        told(map, "contribution-over-whole")
    };
    // In binary floats 0.7 + 0.2 + 0.1 is not 1.
    assert_eq!(shares(&mut map, ["0.7", "0.2", "0.1"]), [""; 0]);
    assert_eq!(shares(&mut map, ["0.7", "0.2", "0.100000000000001"]), ["node goal"]);
    assert_eq!(
        shares(&mut map, ["0.5", "0.5", "60"]),
        ["link c -> goal"],
        "60 is no share"
    );
    assert_eq!(shares(&mut map, ["0.5", "0.5", "-0.1"]), ["link c -> goal"]);
    map.links[6].effect = Effect::Hinders;
    assert_eq!(
        shares(&mut map, ["0.5", "0.5", "0.9"]),
        [""; 0],
        "what hinders is another whole"
    );
    map.links[5].effect = Effect::Hinders;
    assert_eq!(shares(&mut map, ["0.5", "0.5", "0.9"]), ["node goal"]);
    map.links[5].feedback = true;
    assert_eq!(shares(&mut map, ["0.5", "0.5", "0.9"]), [""; 0]);
    // The same link twice is a fault of its own, and no share is counted twice for it.
    map.links.push(map.links[4].clone());
    map.links.push(map.links[4].clone());
    assert_eq!(shares(&mut map, ["0.5", "0.5", "0.9"]), [""; 0]);
}

#[test]
fn an_assumption_is_tested_by_evidence_by_two_kpis_or_by_a_watched_risk() {
    let mut map = bare();
    map.owners = vec![serde_json::from_value(serde_json::json!({"id": "o", "name": "Director of Place"})).unwrap()];
    map.links[2].assumptions = vec![" ".into(), "People take it up".into()];
    let untested = ["link habit -> step"];
    let found = of(&map, "assumption-nobody-tests");
    assert!(found[0].message.contains("assumes `People take it up`"), "{found:?}");
    let kpi = |node: &str, method: bool| {
        let plan = if method {
            serde_json::json!({"method": "survey", "frequency": "yearly", "responsible": "o"})
        } else {
            serde_json::json!({"method": "survey"})
        };
        serde_json::from_value(serde_json::json!({"id": format!("k-{node}"), "node": node, "measurement": plan}))
            .unwrap()
    };
    map.kpis = vec![kpi("step", true)];
    assert_eq!(
        told(&map, "assumption-nobody-tests"),
        untested,
        "one end alone shows nothing"
    );
    map.kpis.push(kpi("habit", false));
    assert_eq!(
        told(&map, "assumption-nobody-tests"),
        untested,
        "a KPI without a whole plan is not looked at"
    );
    map.kpis[1] = kpi("habit", true);
    assert_eq!(told(&map, "assumption-nobody-tests"), [""; 0]);
    map.kpis.clear();
    let risk = serde_json::json!({"id": "r", "threatens": "habit -> step", "owner": "o"});
    map.risks = vec![serde_json::from_value(risk).unwrap()];
    assert_eq!(told(&map, "assumption-nobody-tests"), [""; 0]);
    map.risks[0].owner = None;
    assert_eq!(told(&map, "assumption-nobody-tests"), untested);
    map.links[2].evidence = evidence(Some(Strength::Assumed));
    assert_eq!(told(&map, "assumption-nobody-tests"), untested);
    map.links[2].evidence = evidence(Some(Strength::Weak));
    assert_eq!(told(&map, "assumption-nobody-tests"), [""; 0]);
}

#[test]
fn a_risk_is_overdue_after_its_day_and_a_closed_one_never() {
    let mut map = bare();
    let risk = serde_json::json!({"id": "r", "threatens": "goal", "close_by": "2026-06-30"});
    map.risks = vec![serde_json::from_value(risk).unwrap()];
    let overdue = |map: &BenefitMap, day| {
        let report = audit(map, day);
        report.findings.iter().any(|finding| finding.rule == "risk-overdue")
    };
    assert!(!overdue(&map, Some("2026-06-30")) && overdue(&map, Some("2026-07-01")));
    assert!(!overdue(&map, None), "without a day nothing is overdue");
    map.risks[0].status = "closed".parse().unwrap();
    assert!(!overdue(&map, Some("2030-01-01")));
    for rule in ["risk-without-owner", "risk-not-scored", "risk-without-close-date"] {
        assert_eq!(told(&map, rule), [""; 0], "{rule}");
    }
    // A closed risk shows that somebody has asked.
    assert_eq!(told(&map, "outcome-without-risk-review"), ["node step"]);
}

#[test]
fn twelve_is_high() {
    let mut map = bare();
    for (likelihood, impact) in [(3, 4), (4, 3), (2, 5), (3, 3)] {
        let id = format!("r{likelihood}{impact}");
        let risk = serde_json::json!({"id": id, "likelihood": likelihood, "impact": impact});
        map.risks.push(serde_json::from_value(risk).unwrap());
    }
    assert_eq!(told(&map, "high-risk-without-response"), ["risk r34", "risk r43"]);
}

#[test]
fn partners_are_told_once_where_none_gains() {
    let mut map = bare();
    let partner = |id: &str| serde_json::from_value(serde_json::json!({"id": id, "name": id})).unwrap();
    map.partners = vec![partner("one"), partner("two")];
    map.nodes[1].partners = vec!["one".parse().unwrap()];
    assert_eq!(told(&map, "partner-without-benefit"), ["map"]);
    assert_eq!(told(&map, "benefit-without-partner-share"), [""; 0]);
    map.nodes[3].partners = vec!["one".parse().unwrap()];
    assert_eq!(told(&map, "partner-without-benefit"), ["partner two"]);
    assert_eq!(told(&map, "benefit-without-partner-share"), ["node goal"]);
    // Nobody gains from a disbenefit.
    map.nodes[3].disbenefit = true;
    assert_eq!(told(&map, "partner-without-benefit"), ["map"]);
}
