//! Rules on what a map says and cannot mean: placeholders, tolerances, targets, costs, days, feedback.

use crate::support::clinic::{clinic, looked_at, messages, told};
use benefit_map::check::{Options, Profile, check};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use serde_json::{Value, json};

#[test]
fn the_clinic_is_sound() {
    assert_eq!(messages(&clinic()), [""; 0]);
}

#[test]
fn an_empty_map_is_no_clean_map() {
    assert_eq!(told(&json!({"format": 1, "title": "Nothing"})), ["BM112 map nodes"]);
}

#[test]
fn placeholders_are_no_answers() {
    let mut map = clinic();
    map["owners"][0]["name"] = json!("TBC");
    map["links"][3]["rationale"] = json!("TBC");
    map["links"][3]["evidence"][0]["source"] = json!("TBC");
    map["kpis"][0]["measurement"]["frequency"] = json!("to be confirmed");
    map["nodes"][1]["title"] = json!("Title here");
    map["nodes"][2]["description"] = json!("Lorem ipsum dolor sit amet");
    map["nodes"][3]["description"] = json!("n/a");
    map["partners"][0]["name"] = json!("[name]");
    map["risks"][0]["title"] = json!("?");
    map["plans"][0]["activities"][0]["title"] = json!("Train [number] nurses");
    let found = told(&map);
    for of in [
        "node tool title",
        "node work description",
        "link mid -> fin rationale",
        "link mid -> fin evidence",
        "owner boss name",
        "kpi k-tool measurement",
        "risk r1 title",
        "activity a1 title",
        "partner trust name",
    ] {
        assert!(found.contains(&format!("BM113 {of}")), "{of}: {found:?}");
    }
    assert_eq!(found.iter().filter(|f| f.starts_with("BM113")).count(), 9, "{found:?}");
    let said = messages(&map).join("\n");
    for words in [
        "the name of owner `boss` is only a placeholder: `TBC`, so nobody answers for the 5 boxes of that owner",
        "is only a placeholder: `TBC`, yet it is rated as strong",
        "the title of activity `a1` still has a gap to fill in: `Train [number] nurses`",
    ] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn placeholders_everywhere_are_one_fact() {
    let mut map = clinic();
    for link in map["links"].as_array_mut().unwrap() {
        link["rationale"] = json!("tbc");
    }
    let found: Vec<String> = told(&map).into_iter().filter(|f| f.starts_with("BM113")).collect();
    assert_eq!(found, ["BM113 map -"]);
    assert!(messages(&map).contains(&"all 4 reasons for links are only placeholders, such as `tbc`".to_owned()));
}

#[test]
fn a_cost_below_0_is_found_wherever_it_is() {
    let mut map = clinic();
    map["nodes"][0]["cost"] = json!([{"year": "2026-27", "amount": 100}, {"year": "2027-28", "amount": -40_000}]);
    map["risks"][0]["responses"][0]["cost"] = json!(-5);
    assert_eq!(told(&map), ["BM704 node money cost", "BM704 risk r1 responses"]);
    assert!(
        messages(&map)[0].contains("costs -40,000 in `2027-28`"),
        "{:?}",
        messages(&map)
    );
    let mut map = clinic();
    map["nodes"][0]["cost"] = json!([{"year": "2026-27", "amount": -100}, {"year": "2027-28", "amount": -40}]);
    assert_eq!(told(&map), ["BM704 map -"]);
}

#[test]
fn a_kpi_says_in_what_unit_its_figures_are() {
    for unit in ["", " ", "TBC", "-"] {
        let mut map = clinic();
        map["kpis"][1]["unit"] = json!(unit);
        assert_eq!(told(&map), ["BM417 kpi k-work unit"], "{unit:?}");
    }
    let mut map = clinic();
    map["kpis"][1]["unit"] = json!("");
    map["kpis"][1]["title"] = json!("Number of clinics open after six");
    assert_eq!(told(&map), [""; 0]);
    for kpi in map["kpis"].as_array_mut().unwrap() {
        kpi["unit"] = json!("");
        kpi["title"] = json!("Satisfaction");
    }
    assert_eq!(told(&map), ["BM417 map unit"]);
}

#[test]
fn a_target_that_promises_nothing_is_found() {
    let targets = |values: &[(&str, i32)]| -> Value {
        values
            .iter()
            .map(|(date, value)| json!({"date": date, "value": value}))
            .collect()
    };
    for (given, said) in [
        (
            targets(&[("2028-03-31", 10)]),
            "its target is the baseline, 10%: it is reached on the first day",
        ),
        (
            targets(&[("2027-03-31", 10), ("2028-03-31", 10)]),
            "its last target is the baseline, 10%: it is reached on the first day",
        ),
        (
            targets(&[("2027-03-31", 60), ("2028-03-31", 50)]),
            "its target for 2028-03-31, 50%, is easier than that for 2027-03-31, 60%",
        ),
        (
            targets(&[("2028-03-31", 150)]),
            "the target of KPI `Measure of mid`, 150%, can never be reached",
        ),
        (targets(&[("2028-03-31", -5)]), "can never be reached"),
    ] {
        let mut map = clinic();
        map["kpis"][2]["targets"] = given;
        let codes = told(&map);
        assert!(codes.contains(&"BM418 kpi k-mid targets".to_owned()), "{codes:?}");
        assert!(messages(&map).iter().any(|m| m.contains(said)), "{:?}", messages(&map));
    }
    // No change is expected in the first year; what may pass 100; what is to be kept.
    let mut map = clinic();
    map["kpis"][2]["targets"] = targets(&[("2027-03-31", 10), ("2028-03-31", 30)]);
    map["kpis"][3]["unit"] = json!("% of the 2019 level");
    map["kpis"][3]["targets"] = targets(&[("2028-03-31", 150)]);
    map["kpis"][1]["direction"] = json!("maintain");
    map["kpis"][1]["targets"] = targets(&[("2028-03-31", 10)]);
    assert_eq!(told(&map), [""; 0]);
}

#[test]
fn a_target_long_after_its_box_is_due_is_found() {
    let mut map = clinic();
    map["kpis"][3]["targets"] = json!([{"date": "2027-03-30", "value": 20}, {"date": "2029-04-01", "value": 50}]);
    assert_eq!(told(&map), ["BM419 kpi k-fin targets"]);
    for targets in [
        json!([{"date": "2029-03-31", "value": 50}]),
        json!([{"date": "2028-01-31", "value": 40}, {"date": "2030-03-31", "value": 50}]),
        json!([{"date": "2028-09-30", "value": 40}, {"date": "2030-03-31", "value": 50}]),
    ] {
        map["kpis"][3]["targets"] = targets;
        assert_eq!(told(&map), [""; 0]);
    }
}

#[test]
fn an_effect_comes_after_its_cause() {
    // The end outcome rests, through two boxes that began early, on an enabler that starts later.
    let mut map = clinic();
    map["nodes"][1]["start"] = json!("2027-01-01");
    map["nodes"][4]["start"] = json!("2026-04-02");
    map["nodes"][4]["due"] = json!("2026-05-01");
    map["kpis"][3]["targets"][0]["date"] = json!("2026-05-01");
    assert_eq!(told(&map), ["BM508 node fin due"]);
    assert_eq!(
        messages(&map),
        [
            "end outcome `Healthier residents` is due on 2026-05-01, but enabler `Booking system`, which it rests on through \
             `More patients seen`, starts on 2027-01-01"
        ]
    );
    // Through boxes without any day.
    for at in [2, 3] {
        for field in ["start", "due"] {
            map["nodes"][at].as_object_mut().unwrap().remove(field);
        }
    }
    assert_eq!(told(&map), ["BM508 node fin due"]);
    // Another chain that begins early may bring it about.
    map["links"].as_array_mut().unwrap().push(json!({
        "from": "money", "to": "mid", "rationale": "It pays for a second nurse.", "contribution": 0.1,
        "evidence": [{"source": "Trial in two clinics, 2024", "strength": "strong"}]
    }));
    let found = told(&map);
    assert!(!found.iter().any(|f| f.starts_with("BM508")), "{found:?}");
}

#[test]
fn an_effect_comes_after_the_work_straight_before_it_is_delivered() {
    let mut map = clinic();
    map["nodes"][3]["due"] = json!("2027-03-31");
    assert_eq!(told(&map), ["BM508 node mid due"]);
    assert!(
        messages(&map)[0]
            .ends_with("business change `Clinics run in evenings`, which leads to it, is itself due on 2028-03-31"),
        "{:?}",
        messages(&map)
    );
    // What hinders may come later, and so may feedback.
    for (field, value) in [("effect", json!("hinders")), ("feedback", json!(true))] {
        let mut map = map.clone();
        map["links"][2][field] = value;
        let found = told(&map);
        assert!(!found.iter().any(|f| f.starts_with("BM508")), "{found:?}");
    }
}

#[test]
fn days_in_a_loop_are_no_endless_search() {
    let mut map = clinic();
    map["links"]
        .as_array_mut()
        .unwrap()
        .push(json!({"from": "fin", "to": "work"}));
    map["nodes"][3]["start"] = json!("2029-01-01");
    map["nodes"][3]["due"] = json!("2029-06-01");
    let found = told(&map);
    assert!(found.contains(&"BM508 node fin due".to_owned()), "{found:?}");
}

#[test]
fn the_days_of_a_kpi_fit_those_of_its_box() {
    for (baseline, target, said) in [
        (
            "2028-04-30",
            "2029-03-31",
            "after end outcome `Healthier residents` was due on 2028-03-31",
        ),
        (
            "2026-05-01",
            "2028-03-31",
            "began on 2026-04-01, so a part of the effect is in it",
        ),
        (
            "2025-01-01",
            "2026-03-31",
            "the last target of KPI `Measure of fin` is for 2026-03-31, before",
        ),
    ] {
        let mut map = clinic();
        map["period"]["start"] = json!("2025-01-01");
        map["kpis"][3]["baseline"]["date"] = json!(baseline);
        map["kpis"][3]["targets"][0]["date"] = json!(target);
        assert_eq!(told(&map).len(), 1, "{:?}", messages(&map));
        assert!(messages(&map)[0].contains(said), "{:?}", messages(&map));
    }
    // Of an output, the figure at the start is a baseline all the same.
    let mut map = clinic();
    map["kpis"][0]["baseline"]["date"] = json!("2026-06-30");
    assert_eq!(told(&map), [""; 0]);
}

#[test]
fn days_outside_the_period_are_found_and_a_period_that_is_too_short_is_one_finding() {
    let mut map = clinic();
    map["nodes"][4]["due"] = json!("2031-03-31");
    assert_eq!(told(&map), ["BM508 node fin due"]);
    map["period"]["end"] = json!("2027-03-31");
    assert_eq!(told(&map), ["BM508 map period"]);
    assert_eq!(
        messages(&map),
        [
            "the days of 5 boxes and targets of 4 KPIs lie outside the map's period, which is 2026-04-01 to 2027-03-31: they are \
             2028-03-31 to 2031-03-31"
        ]
    );
}

#[test]
fn feedback_that_feeds_nothing_back_is_found() {
    let mut map = clinic();
    let feedback = |from: &str, to: &str| {
        json!({
            "from": from, "to": to, "feedback": true, "rationale": "What is learnt is used.",
            "evidence": [{"source": "Trial in two clinics, 2024", "strength": "strong"}]
        })
    };
    let links = map["links"].as_array_mut().unwrap();
    links.push(feedback("fin", "work"));
    links.push(feedback("fin", "mid"));
    assert_eq!(told(&map), [""; 0]);
    map["links"].as_array_mut().unwrap().push(feedback("money", "work"));
    assert_eq!(told(&map), ["BM114 link money -> work feedback"]);
    // A misspelt link on the way back is one fault.
    let mut map = clinic();
    map["links"].as_array_mut().unwrap().push(feedback("mid", "mid-two"));
    let mut second = map["nodes"][3].clone();
    second["id"] = json!("mid-two");
    second["title"] = json!("More patients seen in time");
    map["nodes"].as_array_mut().unwrap().push(second);
    map["links"]
        .as_array_mut()
        .unwrap()
        .push(json!({"from": "mid-tw", "to": "mid"}));
    let found = told(&map);
    assert!(!found.iter().any(|f| f.starts_with("BM114")), "{found:?}");
}

#[test]
fn an_allowance_that_has_run_out_allows_no_more() {
    let mut map = clinic();
    map["nodes"][3]["quick_win"] = json!(false);
    let entry = |by: &str, until: Option<&str>| json!([{"rule": "no-quick-win", "subject": "map", "reason": "The first year is spent on buying.", "by": by, "until": until}]);
    map["allow"] = entry("boss", Some("2026-11-25"));
    assert_eq!(told(&map), [""; 0]);
    map["allow"] = entry("boss", Some("2026-11-24"));
    assert_eq!(told(&map), ["BM208 map -"]);
    assert_eq!(
        messages(&map),
        ["nothing in the map is marked as a quick win; it was accepted until 2026-11-24"]
    );
    // Without a day to look by nobody can say that it has run out.
    let read: BenefitMap = serde_json::from_value(map.clone()).unwrap();
    let report = check(&BenefitGraph::new(&read), &Options::new(Profile::Audit));
    assert_eq!((report.findings.len(), report.allowed), (0, 1));
    // Renewed by a second entry, the first is only left over.
    let mut renewed = entry("boss", Some("2026-11-24"));
    renewed
        .as_array_mut()
        .unwrap()
        .extend(entry("boss", Some("2027-11-24")).as_array().unwrap().clone());
    map["allow"] = renewed;
    assert_eq!(told(&map), ["BM901 allowance 1 -"]);
    // Run out, and with nothing left to accept.
    map["allow"] = entry("boss", Some("2026-11-24"));
    map["nodes"][3]["quick_win"] = json!(true);
    assert_eq!(told(&map), ["BM901 allowance 1 -"]);
}

#[test]
fn an_allowance_says_who_and_until_when() {
    for (by, until, said) in [
        ("", None, "does not say who accepted it or until when"),
        ("TBC", Some("2027-03-31"), "does not say who accepted it"),
        ("Programme board", None, "does not say until when it is accepted"),
    ] {
        let mut map = clinic();
        map["nodes"][3]["quick_win"] = json!(false);
        map["allow"] = json!([
            {"rule": "no-quick-win", "subject": "map", "reason": "The first year is spent on buying.", "by": by, "until": until}
        ]);
        assert_eq!(told(&map), ["BM903 allowance 1 -"]);
        assert!(messages(&map)[0].ends_with(said), "{:?}", messages(&map));
    }
    // A reason that is a placeholder is none.
    let mut map = clinic();
    map["nodes"][3]["quick_win"] = json!(false);
    map["allow"] = json!([{"rule": "no-quick-win", "subject": "map", "reason": "TBC"}]);
    assert_eq!(told(&map), ["BM208 map -", "BM901 allowance 1 -"]);
}

/// A map of one chain from an investment, whose last node and last link are given.
fn money(last: Value, link: Value) -> Value {
    let mut map = clinic();
    for (field, value) in last.as_object().unwrap() {
        map["nodes"][4][field] = value.clone();
    }
    for (field, value) in link.as_object().unwrap() {
        map["links"][3][field] = value.clone();
    }
    map
}

fn harmful(map: &Value) -> Vec<(String, String)> {
    let all = looked_at(map, "2026-11-25")
        .findings
        .into_iter()
        .filter(|f| f.code == "BM211");
    all.map(|f| (f.subject.to_string(), f.message)).collect()
}

#[test]
fn money_that_only_harms_is_found() {
    let chain =
        "`Grant` -> `Booking system` -> `Clinics run in evenings` -> `More patients seen` -> `Healthier residents`";
    let start = format!("investment `Grant` only does harm: the chain {chain}");
    for (map, end) in [
        (
            money(json!({"disbenefit": true}), json!({})),
            " brings about `Healthier residents`, which is a disbenefit",
        ),
        (
            money(json!({}), json!({"effect": "hinders"})),
            " works against `Healthier residents`",
        ),
    ] {
        assert_eq!(harmful(&map), [("node money".to_owned(), format!("{start}{end}"))]);
    }
    // To work against a disbenefit is to do good, and so is to hinder what hinders.
    let mut twice = money(json!({}), json!({"effect": "hinders"}));
    twice["links"][2]["effect"] = json!("hinders");
    for map in [
        clinic(),
        money(json!({"disbenefit": true}), json!({"effect": "hinders"})),
        twice,
    ] {
        assert_eq!(harmful(&map), []);
    }
}

#[test]
fn money_that_also_does_good_is_no_fault() {
    let mut map = money(json!({"disbenefit": true}), json!({}));
    let mut good = map["nodes"][4].clone();
    good["id"] = json!("good");
    good["title"] = json!("Shorter waits");
    good["disbenefit"] = json!(false);
    map["nodes"].as_array_mut().unwrap().push(good);
    map["links"]
        .as_array_mut()
        .unwrap()
        .push(json!({"from": "mid", "to": "good"}));
    assert_eq!(harmful(&map), []);
    // Perhaps it does: the link is misspelt.
    map["links"][4]["to"] = json!("goood");
    assert_eq!(harmful(&map), []);
}

#[test]
fn money_that_is_spent_along_the_way_is_told_once_and_all_of_it_as_one_fact() {
    let mut map = money(json!({"disbenefit": true}), json!({}));
    map["nodes"][2]["cost"] = json!([{"year": "2026-27", "amount": 5}]);
    assert_eq!(harmful(&map)[0].0, "node money");
    assert_eq!(harmful(&map).len(), 1);
    // No investment leads to it: then it is told itself.
    map["links"].as_array_mut().unwrap().remove(0);
    map["links"].as_array_mut().unwrap().remove(0);
    assert_eq!(harmful(&map)[0].0, "node work");
    let mut map = money(json!({"disbenefit": true}), json!({}));
    let mut second = map["nodes"][0].clone();
    second["id"] = json!("loan");
    map["nodes"].as_array_mut().unwrap().push(second);
    map["links"]
        .as_array_mut()
        .unwrap()
        .push(json!({"from": "loan", "to": "tool"}));
    let all = harmful(&map);
    assert_eq!(all[0].0, "map");
    assert!(
        all[0].1.starts_with("none of the 2 investments does any good"),
        "{all:?}"
    );
}
