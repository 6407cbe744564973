//! What would follow from a cut or a delay, against naive walks over every chain and every choice; and `what-if` as people meet it.

use std::collections::BTreeSet;

use benefit_map::appraise::{Assumed, Cut, appraise, behind, keep_all, what_if, what_if_money};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, NodeId};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::folder::Folder;
use crate::support::program::Ran;

const KINDS: [&str; 5] = [
    "investment",
    "enabler",
    "business-change",
    "intermediate-outcome",
    "end-outcome",
];

/// A small map: boxes of every kind in order, links that run forward, some of which hinder; costs, and a value for some outcomes.
fn maps() -> impl Strategy<Value = Value> {
    let boxes = proptest::collection::vec((0usize..5, 0i64..9, any::<bool>()), 3..10);
    (boxes, proptest::collection::vec((any::<u16>(), any::<u16>(), 0u8..5), 2..16)).prop_map(|(mut boxes, links)| {
        boxes.sort_by_key(|(kind, ..)| *kind);
        boxes.insert(0, (0, 3, false));
        boxes.push((4, 0, false));
        let nodes: Vec<Value> = boxes
            .iter()
            .enumerate()
            .map(|(at, (kind, cost, is_disbenefit))| {
                let mut node = json!({"id": format!("n{at}"), "kind": KINDS[*kind], "title": format!("N {at}")});
                if *cost > 0 && *kind < 3 {
                    node["cost"] = json!([{"year": "2026-27", "amount": cost}]);
                }
                if *is_disbenefit && *kind > 2 && at % 3 == 0 {
                    node["disbenefit"] = json!(true);
                }
                node
            })
            .collect();
        let count = nodes.len();
        let mut pairs = BTreeSet::new();
        let mut made = Vec::new();
        for (a, b, sort) in links {
            let (a, b) = (usize::from(a) % count, usize::from(b) % count);
            let (from, to) = (a.min(b), a.max(b));
            if from == to || !pairs.insert((from, to)) {
                continue;
            }
            let mut link = json!({"from": format!("n{from}"), "to": format!("n{to}")});
            match sort {
                0 => link["effect"] = json!("hinders"),
                1 => link["assumptions"] = json!(["Staff stay."]),
                _ => {}
            }
            made.push(link);
        }
        let kpis: Vec<Value> = nodes
            .iter()
            .enumerate()
            .filter(|(at, node)| at % 2 == 0 && node["kind"].as_str().unwrap().ends_with("outcome"))
            .map(|(at, _)| {
                json!({"id": format!("k{at}"), "node": format!("n{at}"),
                    "value": {"amounts": [{"year": "2027-28", "amount": 10 + at}]}})
            })
            .collect();
        json!({"format": 1, "appraisal": {"base_year": "2026-27", "end": "2030-31"}, "nodes": nodes, "links": made, "kpis": kpis})
    })
}

/// Whether some chain without the boxes and links that are cut leads from an investment to the box and does it good: every chain is
/// walked, one after the other.
fn is_served(map: &Value, without: &BTreeSet<String>, holds: bool, to: &str, from: Option<&BTreeSet<String>>) -> bool {
    let nodes = map["nodes"].as_array().unwrap();
    let of = |id: &str| nodes.iter().find(|node| node["id"] == id).unwrap();
    let wanted = of(to)["disbenefit"] != json!(true);
    let mut open: Vec<(String, bool)> = nodes
        .iter()
        .filter(|node| node["kind"] == "investment")
        .map(|node| node["id"].as_str().unwrap().to_owned())
        .filter(|id| from.is_none_or(|from| from.contains(id)))
        .map(|id| (id, true))
        .collect();
    while let Some((at, sign)) = open.pop() {
        if without.contains(&at) {
            continue;
        }
        if at == to && sign == wanted {
            return true;
        }
        for link in map["links"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|link| link["from"] == at.as_str())
        {
            let falls = !holds && link.get("assumptions").is_some();
            if !falls {
                let sign = sign == (link["effect"] != "hinders");
                open.push((link["to"].as_str().unwrap().to_owned(), sign));
            }
        }
    }
    false
}

fn ids<'a>(of: impl Iterator<Item = &'a Value>) -> Vec<String> {
    of.map(|node| node["id"].as_str().unwrap().to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn what_is_lost_is_what_no_chain_serves_any_more(map in maps(), bits in any::<u16>(), holds in any::<bool>()) {
        let read: BenefitMap = serde_json::from_value(map.clone()).unwrap();
        let nodes = map["nodes"].as_array().unwrap();
        let without: BTreeSet<String> = ids(nodes.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1 && at % 3 == 0).map(|(_, node)| node))
            .into_iter().collect();
        let mut cut = Cut::default();
        cut.nodes = without.iter().map(|id| id.parse().unwrap()).collect();
        if !holds {
            cut.assumptions.push("Staff stay.".to_owned());
        }
        let graph = BenefitGraph::new(&read);
        let found = what_if(&graph, &cut);
        let none = BTreeSet::new();
        let outcomes = ids(nodes.iter().filter(|node| node["kind"].as_str().unwrap().ends_with("outcome")));
        let expected: BTreeSet<String> = outcomes.iter()
            .filter(|id| is_served(&map, &none, true, id, None) && !is_served(&map, &without, holds, id, None))
            .cloned().collect();
        let lost: BTreeSet<String> = found.lost.iter().map(|one| one.id.to_string()).collect();
        prop_assert_eq!(&lost, &expected);
        for one in &found.weakened {
            prop_assert!(is_served(&map, &without, holds, one.id.as_str(), None));
        }
        // In money: what is lost for certain is the value of the KPIs of lost and left-out boxes, and what is saved the costs left out.
        let money = what_if_money(&graph, (&cut, &found), None, &Assumed::default()).unwrap();
        let amounts = |wanted: &dyn Fn(&str) -> bool| -> f64 {
            map["kpis"].as_array().unwrap().iter().filter(|kpi| wanted(kpi["node"].as_str().unwrap()))
                .map(|kpi| kpi["value"]["amounts"][0]["amount"].as_f64().unwrap() / 1.035).sum()
        };
        let saved: f64 = nodes.iter().filter(|node| without.contains(node["id"].as_str().unwrap()))
            .filter_map(|node| node["cost"][0]["amount"].as_f64()).sum();
        let float = |value: rust_decimal::Decimal| value.to_string().parse::<f64>().unwrap();
        prop_assert!((float(money.saved_sum().unwrap()) - saved).abs() < 1e-9);
        let value = money.value.unwrap();
        let (least, most) = value.lost_sum().unwrap();
        let gone = amounts(&|node| lost.contains(node) || without.contains(node));
        prop_assert!((float(least) - gone).abs() < 1e-9, "{} {}", least, gone);
        prop_assert!(least <= most && value.worst.npsv <= value.best.npsv);
        let weak: BTreeSet<&str> = found.weakened.iter().map(|one| one.id.as_str()).collect();
        prop_assert!((float(most) - gone - amounts(&|node| weak.contains(node))).abs() < 1e-9);
    }

    #[test]
    fn the_kept_investments_are_the_cheapest_of_all_choices(map in maps()) {
        let read: BenefitMap = serde_json::from_value(map.clone()).unwrap();
        let graph = BenefitGraph::new(&read);
        let found = keep_all(&graph, None, &Assumed::default()).unwrap();
        let nodes = map["nodes"].as_array().unwrap();
        let none = BTreeSet::new();
        let investments = ids(nodes.iter().filter(|node| node["kind"] == "investment"));
        let ends: Vec<String> = ids(nodes.iter().filter(|node| node["kind"] == "end-outcome"))
            .into_iter().filter(|id| is_served(&map, &none, true, id, None)).collect();
        let cost = |set: &BTreeSet<String>| -> i64 {
            let mut reached = set.clone();
            let mut open: Vec<String> = set.iter().cloned().collect();
            while let Some(at) = open.pop() {
                for link in map["links"].as_array().unwrap().iter().filter(|link| link["from"] == at.as_str()) {
                    let to = link["to"].as_str().unwrap().to_owned();
                    if reached.insert(to.clone()) {
                        open.push(to);
                    }
                }
            }
            nodes.iter().filter(|node| reached.contains(node["id"].as_str().unwrap()))
                .filter_map(|node| node["cost"][0]["amount"].as_i64()).sum()
        };
        let best = (0..1u32 << investments.len()).filter_map(|bits| {
            let set: BTreeSet<String> = investments.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1)
                .map(|(_, id)| id.clone()).collect();
            let keeps = ends.iter().all(|end| is_served(&map, &none, true, end, Some(&set)));
            keeps.then(|| (cost(&set), set.len()))
        }).min().unwrap();
        let kept: BTreeSet<String> = found.kept.iter().map(|one| one.investment.id.to_string()).collect();
        prop_assert!(found.is_exact());
        prop_assert_eq!((found.cost, kept.len()), (best.0.into(), best.1));
        prop_assert!(ends.iter().all(|end| is_served(&map, &none, true, end, Some(&kept))));
        prop_assert_eq!((cost(&kept), found.in_sight), (best.0, ends.len()));
        prop_assert_eq!(found.kept.len() + found.left_out.len(), investments.len());
    }

    #[test]
    fn the_latest_is_the_chain_with_most_months(map in maps(), months in proptest::collection::vec(0u16..9, 12)) {
        let read: BenefitMap = serde_json::from_value(map.clone()).unwrap();
        let nodes = map["nodes"].as_array().unwrap();
        let of = |at: usize| months.get(at).copied().filter(|_| at.is_multiple_of(2)).unwrap_or(0);
        let mut cut = Cut::default();
        cut.delays = (0..nodes.len()).filter(|at| of(*at) > 0).map(|at| (format!("n{at}").parse::<NodeId>().unwrap(), of(at))).collect();
        let graph = BenefitGraph::new(&read);
        let found = what_if(&graph, &cut);
        // Links run forward, so one pass in order finds the longest.
        let mut most = vec![0u16; nodes.len()];
        let number = |id: &Value| id.as_str().unwrap()[1..].parse::<usize>().unwrap();
        for at in 0..nodes.len() {
            let before = map["links"].as_array().unwrap().iter().filter(|link| number(&link["to"]) == at);
            most[at] = of(at) + before.map(|link| most[number(&link["from"])]).max().unwrap_or(0);
        }
        for (at, most) in most.iter().enumerate() {
            let id = format!("n{at}");
            let later = found.later.iter().find(|one| one.kpi.is_none() && one.node.as_str() == id);
            prop_assert_eq!(later.map_or(0, |one| one.at_most), *most);
            prop_assert!(later.is_none_or(|one| one.at_least <= one.at_most));
        }
        let money = what_if_money(&graph, (&cut, &found), None, &Assumed::default()).unwrap();
        let (least, most) = money.value.unwrap().lost_sum().unwrap();
        prop_assert!(least >= 0.into() && least <= most);
    }
}

fn map() -> Value {
    json!({"format": 1, "title": "Streets", "currency": "GBP", "appraisal": {"base_year": "2026-27", "end": "2035-36"},
        "nodes": [
            {"id": "vans", "kind": "investment", "title": "New vans", "cost": [{"year": "2026-27", "amount": 100}]},
            {"id": "app", "kind": "investment", "title": "Collection app", "cost": [{"year": "2026-27", "amount": 30}]},
            {"id": "rounds", "kind": "business-change", "title": "Rounds by fill level", "due": "2027-03-31",
                "cost": [{"year": "2027-28", "amount": 20}]},
            {"id": "streets", "kind": "end-outcome", "title": "Cleaner streets"},
            {"id": "air", "kind": "end-outcome", "title": "Cleaner air"}],
        "links": [
            {"from": "vans", "to": "rounds", "assumptions": ["Drivers stay.", "Depots have power."]},
            {"from": "rounds", "to": "air"}, {"from": "rounds", "to": "streets"},
            {"from": "app", "to": "streets", "assumptions": ["Drivers stay."]}],
        "kpis": [
            {"id": "no2", "node": "air", "title": "Nitrogen dioxide", "targets": [{"date": "2028-03-31", "value": 5}],
                "value": {"amounts": [{"year": "2027-28", "amount": 207}]}},
            {"id": "litter", "node": "streets", "title": "Litter", "value": {"amounts": [{"year": "2026-27", "amount": 50}]}}]})
}

fn folder(map: &Value) -> Folder {
    let folder = Folder::new();
    folder.put("map.json", serde_json::to_string_pretty(map).unwrap());
    folder
}

/// Runs a command line in which words between single quotes are one.
fn run(map: &Value, line: &str) -> Ran {
    let pieces = line.split('\'').enumerate();
    let words = pieces.flat_map(|(at, piece)| match at % 2 {
        0 => piece.split_whitespace().collect::<Vec<_>>(),
        _ => vec![piece],
    });
    folder(map).run_words(&words.collect::<Vec<_>>())
}

fn json_of(map: &Value, options: &str) -> Value {
    let ran = run(map, &format!("what-if map.json --format json {options}"));
    assert_eq!(ran.code, 0, "{}", ran.told);
    serde_json::from_str(&ran.out).unwrap()
}

fn named(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect()
}

#[test]
fn a_box_that_is_left_out_costs_outcomes_and_value_and_saves_money() {
    let found = json_of(&map(), "--without vans");
    assert_eq!(named(&found["lost"]), ["air"]);
    assert_eq!(named(&found["weakened"]), ["streets"]);
    assert_eq!(
        (named(&found["kpis_lost"]), named(&found["kpis_weakened"])),
        (vec!["no2"], vec!["litter"])
    );
    assert_eq!(named(&found["unpaid"]), ["rounds"]);
    let money = &found["money"];
    assert_eq!(
        (&money["saved"], &money["basis"]),
        (&json!(100), &json!("present-value"))
    );
    assert!((money["could_be_saved"].as_f64().unwrap() - 20.0 / 1.035).abs() < 1e-9);
    let value = &money["value"];
    assert_eq!(
        (&value["lost_at_least"], &value["lost_at_most"]),
        (&json!(200), &json!(250))
    );
    // 250 − 149.32 before; nothing is left but the app.
    let net = |of: &str| value[of]["npsv"].as_f64().unwrap();
    assert!((net("before") - (250.0 - 130.0 - 20.0 / 1.035)).abs() < 1e-9);
    assert!((net("worst") - (0.0 - 30.0 - 20.0 / 1.035)).abs() < 1e-9);
    assert!((net("best") - (50.0 - 30.0)).abs() < 1e-9);
    let text = run(&map(), "what-if map.json --without 'New vans'");
    for part in [
        "Cleaner air [air], end outcome",
        "does not prove",
        "saved: costs of what is left out",
        "200 to 250",
    ] {
        assert!(text.out.contains(part), "{part}\n{}", text.out);
    }
}

/// The same map with options: all of it, and the app alone.
fn map_with_options() -> Value {
    let mut map = map();
    map["appraisal"]["options"] = json!([
        {"id": "all", "kind": "preferred", "title": "Vans and app"},
        {"id": "small", "kind": "do-minimum", "title": "App alone", "nodes": ["app"]}]);
    map
}

#[test]
fn chains_are_those_of_the_option_whose_money_is_shown() {
    // In the whole map the vans keep the streets in sight; the app alone has nothing else.
    let whole = json_of(&map_with_options(), "--without app");
    assert_eq!(
        (named(&whole["lost"]), named(&whole["weakened"])),
        (vec![], vec!["streets"])
    );
    assert_eq!((&whole["option"], &whole["not_in_option"]), (&Value::Null, &json!([])));
    let small = json_of(&map_with_options(), "--option small --without app");
    assert_eq!(
        (named(&small["lost"]), named(&small["weakened"])),
        (vec!["streets"], vec![])
    );
    assert_eq!(
        (&small["option"], named(&small["not_in_option"])),
        (&json!("small"), vec!["vans", "rounds", "air"])
    );
    assert_eq!(small["money"]["value"]["worst"]["npsv"], 0);
    // What the option never had in sight is not looked at.
    assert_eq!(small["out_of_sight_before"], json!([]));
    let text = run(&map_with_options(), "what-if map.json --option small --without app");
    assert!(
        text.out
            .contains("In the option `small`, to which 3 boxes of the map do not belong"),
        "{}",
        text.out
    );
    let other = run(&map_with_options(), "what-if map.json --option small --without vans");
    assert_eq!(other.code, 2);
    assert!(
        other.told.contains("`vans` does not belong to the option `small`"),
        "{}",
        other.told
    );
    assert!(other.told.contains("name another one with --option"), "{}", other.told);
    // Without the air, which it cannot serve, the app alone keeps every end outcome of its option.
    let kept = json_of(&map_with_options(), "--option small --keep-all");
    assert_eq!(
        (&kept["keep_all"]["cost"], &kept["keep_all"]["exact"]),
        (&json!(30), &json!(true))
    );
}

#[test]
fn an_option_without_a_chain_of_its_own_follows_those_of_the_map() {
    let mut map = map_with_options();
    map["appraisal"]["options"][0]["nodes"] = json!(["vans"]);
    let found = json_of(&map, "--without rounds");
    assert_eq!((&found["option"], named(&found["lost"])), (&Value::Null, vec!["air"]));
    let unknown = run(&map, "what-if map.json --option big --without vans");
    assert_eq!(unknown.code, 2);
    assert!(unknown.told.contains("the options are all, small"), "{}", unknown.told);
}

/// Of every chain from a box to another, whether it supports, and the product of the parts that its links have.
fn chains(map: &Value, from: &str, to: &str) -> Vec<(bool, f64)> {
    if from == to {
        return vec![(true, 1.0)];
    }
    let links = map["links"].as_array().unwrap();
    let part = |link: &Value| match link["contribution"].as_f64() {
        Some(part) => part,
        None => f64::from(links.iter().filter(|other| other["to"] == link["to"]).count() == 1),
    };
    let next = links.iter().filter(|link| link["from"] == from);
    next.flat_map(|link| {
        let rest = chains(map, link["to"].as_str().unwrap(), to);
        let (supports, part) = (link["effect"] != "hinders", part(link));
        rest.into_iter()
            .map(move |(sign, product)| (sign == supports, product * part))
            .collect::<Vec<_>>()
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_an_investment_is_behind_is_the_sum_over_its_chains(mut map in maps(), parts in proptest::collection::vec(0u8..5, 16)) {
        for (link, part) in map["links"].as_array_mut().unwrap().iter_mut().zip(&parts) {
            if *part > 0 {
                link["contribution"] = json!(f64::from(*part) / 8.0);
            }
        }
        let read: BenefitMap = serde_json::from_value(map.clone()).unwrap();
        let graph = BenefitGraph::new(&read);
        let appraised = appraise(&graph, &Assumed::default()).unwrap();
        let found = behind(&graph, &appraised, &appraised.options[0]).unwrap();
        let nodes = map["nodes"].as_array().unwrap();
        prop_assert_eq!(found.len(), nodes.iter().filter(|node| node["kind"] == "investment").count());
        for one in &found {
            let (mut share, mut all) = (0.0, 0.0);
            for kpi in map["kpis"].as_array().unwrap() {
                let node = nodes.iter().find(|node| node["id"] == kpi["node"]).unwrap();
                let good = node["disbenefit"] != json!(true);
                let worth = kpi["value"]["amounts"][0]["amount"].as_f64().unwrap() / 1.035;
                let chains = chains(&map, one.investment.as_str(), node["id"].as_str().unwrap());
                let good: Vec<f64> = chains.into_iter().filter(|(sign, _)| *sign == good).map(|(_, product)| product).collect();
                share += worth * good.iter().sum::<f64>();
                all += if good.is_empty() { 0.0 } else { worth };
            }
            let float = |value: rust_decimal::Decimal| value.to_string().parse::<f64>().unwrap();
            prop_assert!((one.gains.share.map_or(0.0, float) - share).abs() < 1e-9, "{:?} {}", one.gains.share, share);
            prop_assert!((float(one.gains.all) - all).abs() < 1e-9, "{} {}", one.gains.all, all);
            prop_assert_eq!(one.losses.values, 0);
        }
    }
}

#[test]
fn an_appraisal_says_what_each_investment_is_behind() {
    let mut map = map();
    map["links"][2]["contribution"] = json!(0.25);
    let ran = run(&map, "appraise map.json --format json");
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    // The vans have all of the air, 207 in the next year, and a quarter of the streets, 50 now; nobody says how much the app has.
    assert_eq!(
        found["options"][0]["by_investment"],
        json!([
        {"investment": "vans", "title": "New vans", "gains": {"values": 2, "share": 212.5, "all": 250}, "losses": {"values": 0, "share": 0, "all": 0}},
        {"investment": "app", "title": "Collection app", "gains": {"values": 1, "share": null, "all": 50}, "losses": {"values": 0, "share": 0, "all": 0}}])
    );
    let text = run(&map, "appraise map.json");
    let words: Vec<&str> = text.out.split_whitespace().collect();
    let of = |title: &str| {
        text.out
            .lines()
            .find(|line| line.trim_start().starts_with(title))
            .unwrap()
            .split_whitespace()
            .rev()
            .take(2)
            .collect::<Vec<_>>()
    };
    assert!(
        words.windows(3).any(|three| three == ["Benefits", "by", "investment,"]),
        "{}",
        text.out
    );
    assert_eq!(
        (of("New vans"), of("Collection app")),
        (vec!["250", "213"], vec!["50", "stated"])
    );
}

#[test]
fn an_assumption_falls_on_every_link_that_rests_on_it() {
    let found = json_of(&map(), "--without-assumption 'drivers  STAY.'");
    assert_eq!(found["cut_links"].as_array().unwrap().len(), 2);
    assert_eq!(named(&found["lost"]), ["streets", "air"]);
    assert_eq!(found["money"]["saved"], 0);
    let by_place = json_of(&map(), "--without-assumption 'vans -> rounds#2'");
    assert_eq!(by_place["without_assumptions"], json!(["Depots have power."]));
    assert_eq!(named(&by_place["lost"]), ["air"]);
    for (text, part) in [
        ("Drivers stey.", "did you mean `Drivers stay.`?"),
        ("vans -> rounds", "#1 Drivers stay.; #2 Depots have power."),
        ("vans -> rounds#3", "assumption 3 of a link that has 2"),
        ("rounds -> air", "has no assumptions"),
        ("snow", "no such assumption"),
    ] {
        let ran = run(&map(), &format!("what-if map.json --without-assumption '{text}'"));
        assert_eq!(ran.code, 2);
        assert!(ran.told.contains(part), "{part}\n{}", ran.told);
    }
}

#[test]
fn a_delay_moves_what_depends_on_it_and_costs_value() {
    let found = json_of(&map(), "--delay vans=12 --delay rounds=6");
    let later = found["later"].as_array().unwrap();
    let of = |id: &str, kpi: Value| {
        let one = later.iter().find(|one| one["node"] == id && one["kpi"] == kpi).unwrap();
        (
            one["months_at_least"].as_u64().unwrap(),
            one["months_at_most"].as_u64().unwrap(),
            one["then"].clone(),
        )
    };
    assert_eq!(of("rounds", Value::Null), (12, 18, json!("2028-09-30")));
    assert_eq!(of("air", json!("no2")), (12, 18, json!("2029-09-30")));
    assert_eq!(of("streets", Value::Null).0, 0, "the app leads to it too");
    // 200 of present value a year later is 200 ÷ 1.035, and half of that again half a year after it.
    let value = &found["money"]["value"]["lost"][0];
    let (least, most) = (value["at_least"].as_f64().unwrap(), value["at_most"].as_f64().unwrap());
    assert!((least - (200.0 - 200.0 / 1.035)).abs() < 1e-9, "{least}");
    assert!(
        (most - (200.0 - 100.0 / 1.035 - 100.0 / 1.035 / 1.035)).abs() < 1e-9,
        "{most}"
    );
    for (options, part) in [
        ("--delay vans", "bin-sensors=6"),
        ("--delay vans=0", "from 1 to 1200"),
        ("--delay wans=2", "did you mean `vans`?"),
        ("--delay vans=2 --without vans", "left out and delayed"),
        ("--delay vans=2 --delay vans=3", "delayed twice"),
        ("--without vons", "did you mean `vans`?"),
        ("--without vans --option nothing", "no option `nothing`"),
        ("", "--without"),
        ("--keep-all --without vans", "cannot be used with"),
    ] {
        let ran = run(&map(), &format!("what-if map.json {options}"));
        assert_eq!(ran.code, 2, "{options}");
        assert!(ran.told.contains(part), "{options}: {part}\n{}", ran.told);
    }
}

#[test]
fn the_cheapest_investments_that_keep_all_are_named_with_what_they_lose() {
    let found = json_of(&map(), "--keep-all");
    let keep = &found["keep_all"];
    assert_eq!(
        (named(&keep["kept"]), named(&keep["left_out"])),
        (vec!["vans"], vec!["app"])
    );
    assert_eq!(
        (&keep["exact"], &keep["end_outcomes_in_sight"]),
        (&json!(true), &json!(2))
    );
    assert!((keep["cost"].as_f64().unwrap() - (100.0 + 20.0 / 1.035)).abs() < 1e-9);
    assert_eq!(named(&found["weakened"]), ["streets"]);
    let csv = run(&map(), "what-if map.json --keep-all --format csv");
    let rows: Vec<&str> = csv.out.lines().collect();
    assert_eq!(
        rows[0].trim_start_matches('\u{feff}'),
        "effect,record,id,title,kind,at_least,at_most,due,then"
    );
    assert_eq!(rows[1], "kept,node,vans,New vans,investment,100,100,,");
    assert!(rows.contains(&"value-lost,kpi,litter,Litter,,0,50,,"), "{rows:#?}");
    // Without a cost nothing is known of what is saved, and it says so.
    let mut bare = map();
    bare["nodes"][1].as_object_mut().unwrap().remove("cost");
    let ran = run(&bare, "what-if map.json --keep-all");
    assert!(ran.out.contains("1 investment has no cost in the map"), "{}", ran.out);
}

#[test]
fn a_map_without_an_appraisal_has_its_costs_summed_and_no_values() {
    let mut plain = map();
    plain.as_object_mut().unwrap().remove("appraisal");
    plain["nodes"][0]["cost"] = json!([{"year": "2026-27", "amount": 100, "until": "2028-29"}]);
    let found = json_of(&plain, "--without vans");
    assert_eq!(
        (&found["money"]["saved"], &found["money"]["value"]),
        (&json!(300), &Value::Null)
    );
    assert_eq!(found["money"]["basis"], "undiscounted");
    let ran = run(&plain, "what-if map.json --without vans");
    assert!(
        ran.out.contains("not discounted, as the map has no appraisal"),
        "{}",
        ran.out
    );
    let ran = run(&plain, "what-if map.json --without vans --option preferred");
    assert_eq!(ran.code, 2);
}

#[test]
fn what_remains_of_a_cut_is_what_the_rest_of_the_map_comes_to() {
    // Everything of `vans` and what only it brings about is taken out of the map by hand.
    let found = json_of(&map(), "--without vans");
    let mut rest = map();
    for (list, gone) in [("nodes", &["vans", "rounds"][..]), ("kpis", &["no2"])] {
        rest[list]
            .as_array_mut()
            .unwrap()
            .retain(|one| !gone.contains(&one["id"].as_str().unwrap()));
    }
    rest["links"]
        .as_array_mut()
        .unwrap()
        .retain(|link| link["from"] == "app");
    let rest: BenefitMap = serde_json::from_value(rest).unwrap();
    let appraised = appraise(&BenefitGraph::new(&rest), &Assumed::default()).unwrap();
    let best: f64 = appraised.options[0].society.npsv.to_string().parse().unwrap();
    assert!((found["money"]["value"]["best"]["npsv"].as_f64().unwrap() - best).abs() < 1e-9);
}
