//! What to do first: `check --next`, the profile between workshop and business case, and what a check says is in place.

use benefit_map::check::{Options, Profile, RULES, check, next};
use benefit_map::finding::Severity;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use serde_json::{Value, json};

use crate::support::folder::Folder;

fn map(value: Value) -> BenefitMap {
    serde_json::from_value(value).unwrap()
}

/// What is to be done next on the map, in a business case, and which rule says so.
fn step(value: Value) -> (&'static str, &'static str) {
    let map = map(value);
    let report = check(&BenefitGraph::new(&map), &Options::new(Profile::BusinessCase));
    let next = next(&report).unwrap();
    assert_eq!(next.alike + next.later + 1, report.findings.len());
    (next.step.what, next.finding.code)
}

/// A map that grows: each step adds what the one before was asked for.
#[test]
fn each_answer_leads_to_the_next_question() {
    let mut map = json!({"format": 1, "title": "School streets"});
    assert_eq!(step(map.clone()), ("Start the map", "BM112"));

    map["nodes"] = json!([
        {"id": "money", "kind": "investment", "title": "Grant for signs", "cost": [{"year": "2027-28", "amount": 50000}]},
        {"id": "signs", "kind": "enabler", "title": "Signs at six schools", "owner": "roads"},
        {"id": "closed", "kind": "business-change", "title": "Streets close at drop-off", "owner": "roads", "quick_win": true},
        {"id": "cars", "kind": "intermediate-outcome", "title": "Fewer cars at the gate"}
    ]);
    map["links"] =
        json!([{"from": "money", "to": "singns"}, {"from": "signs", "to": "closed"}, {"from": "closed", "to": "cars"}]);
    map["owners"] = json!([{"id": "roads", "name": "Director of Roads", "senior": true}]);
    assert_eq!(step(map.clone()), ("Correct what the map says of itself", "BM101"));

    map["links"][0]["to"] = json!("signs");
    assert_eq!(step(map.clone()), ("Add the end outcomes", "BM202"));

    map["nodes"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "walk", "kind": "end-outcome", "title": "Improved service"}));
    assert_eq!(step(map.clone()).0, "Restore the line of sight");

    map["links"]
        .as_array_mut()
        .unwrap()
        .push(json!({"from": "cars", "to": "walk"}));
    assert_eq!(step(map.clone()), ("Say what each box is", "BM116"));

    map["nodes"][4]["title"] = json!("More children walk to school");
    assert_eq!(step(map.clone()), ("Find an owner for each outcome", "BM501"));

    map["nodes"][3]["owner"] = json!("roads");
    map["nodes"][4]["owner"] = json!("roads");
    assert_eq!(step(map.clone()), ("Measure each outcome", "BM401"));

    map["kpis"] = json!([
        {"id": "k1", "node": "cars", "title": "Cars at the gate", "unit": "cars a morning", "indicator": "outcome"},
        {"id": "k2", "node": "walk", "title": "Children who walk", "unit": "% of children", "indicator": "outcome"}
    ]);
    assert_eq!(
        step(map.clone()),
        ("Give each measure a baseline and a dated target", "BM404")
    );

    for (at, from, to) in [(0, 80, 30), (1, 40, 60)] {
        map["kpis"][at]["baseline"] = json!({"date": "2027-03-31", "value": from});
        map["kpis"][at]["targets"] = json!([{"date": "2029-03-31", "value": to}]);
    }
    assert_eq!(step(map.clone()), ("Give each link its reason", "BM301"));

    for link in map["links"].as_array_mut().unwrap() {
        link["rationale"] = json!("The sign is what closes the street to cars.");
    }
    assert_eq!(step(map.clone()), ("Support the links with evidence", "BM302"));
}

#[test]
fn next_shows_one_finding_with_its_place_and_what_is_left() {
    let folder = Folder::new();
    folder.put(
        "map.json",
        r#"{"format": 1, "title": "m", "nodes": [
  {"id": "a", "kind": "investment", "title": "Grant"},
  {"id": "b", "kind": "end-outcome", "title": "More children walk to school"}
], "links": [{"from": "a", "to": "c"}]}"#,
    );
    let ran = folder.run("check map.json --next");
    assert_eq!(ran.code, 1, "{}", ran.told);
    assert!(
        ran.out.starts_with("Next: Correct what the map says of itself\nWhy: "),
        "{}",
        ran.out
    );
    assert_eq!(
        ran.out.matches("error[").count() + ran.out.matches("warning[").count(),
        1,
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("map.json:4:") && ran.out.contains("How: benefit-map explain BM101"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("Left after it: 0 findings of this step, "),
        "{}",
        ran.out
    );
    let json = folder.run("check map.json --next --format json");
    let value: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["next"]["finding"]["code"], "BM101");
    assert_eq!(value["next"]["finding"]["line"], 4);
    assert_eq!(value["next"]["alike"], 0);
    for line in ["check map.json --next --format sarif", "check map.json map.json --next"] {
        let ran = folder.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{line}");
        assert!(ran.told.contains("--next"), "{}", ran.told);
    }
}

#[test]
fn an_empty_map_is_never_praised_and_is_asked_for_its_end_outcomes() {
    let folder = Folder::new();
    folder.run("new map.json --empty --title Streets");
    for profile in ["workshop", "outline", "business-case", "audit"] {
        let ran = folder.run(&format!("check map.json --profile {profile}"));
        assert_eq!(ran.code, i32::from(profile != "workshop"), "{profile}");
        assert!(
            ran.out.contains("BM112") && ran.out.contains("end outcomes"),
            "{profile}: {}",
            ran.out
        );
        assert!(
            !ran.out.contains("no findings") && !ran.out.contains("in place"),
            "{profile}: {}",
            ran.out
        );
        let next = folder.run(&format!("check map.json --profile {profile} --next"));
        assert!(next.out.starts_with("Next: Start the map\n"), "{profile}: {}", next.out);
        assert!(
            next.out.contains("How: benefit-map explain order"),
            "{profile}: {}",
            next.out
        );
    }
}

#[test]
fn a_profile_that_is_met_names_the_stricter_one() {
    let folder = Folder::new();
    folder.run("new map.json --template health --title Falls");
    let ran = folder.run("check map.json --profile workshop --next");
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(
        ran.out,
        "Nothing is left to do for the profile workshop.\nNext: benefit-map check map.json --profile outline --next\n"
    );
}

#[test]
fn a_check_says_what_is_in_place_as_well() {
    let folder = Folder::new();
    folder.run("new map.json --template housing");
    let ran = folder.run("check map.json --profile workshop");
    assert_eq!(
        ran.out,
        "no findings\nin place: the only investment helps an end outcome; all 10 links have a reason; all 4 outcomes have an owner; all 4 outcomes have a KPI; all 4 outcomes have a baseline; all 4 outcomes have a dated \
         target\n"
    );
    // The form for machines is as it was.
    let json: Value = serde_json::from_str(&folder.run("check map.json --format json").out).unwrap();
    assert!(json.as_object().unwrap().keys().eq(["findings", "summary"]), "{json}");
}

#[test]
fn the_outline_profile_lies_between_workshop_and_business_case() {
    let rank = |severity: Option<Severity>| match severity {
        None => 0,
        Some(Severity::Note) => 1,
        Some(Severity::Warning) => 2,
        Some(Severity::Error) => 3,
    };
    for rule in RULES {
        let ranks: Vec<i32> = Profile::ALL
            .iter()
            .map(|profile| rank(rule.severities.of(*profile)))
            .collect();
        assert!(
            ranks.is_sorted(),
            "{}: a stricter profile is never milder: {ranks:?}",
            rule.code
        );
    }
    let on = |profile: Profile| {
        RULES
            .iter()
            .filter(|rule| rule.severities.of(profile).is_some())
            .count()
    };
    assert!(on(Profile::Workshop) < on(Profile::Outline) && on(Profile::Outline) < on(Profile::BusinessCase));

    // A template has all that an outline asks for but words of one's own, which is a note.
    let folder = Folder::new();
    folder.run("new map.json --template estates");
    let ran = folder.run("check map.json --profile outline");
    assert_eq!(ran.code, 0, "{}", ran.out);
    let found: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("BM")).collect();
    assert!(found.iter().all(|line| line.starts_with("BM115")), "{found:?}");
    assert_eq!(folder.run("check map.json --profile obc").code, 0);
    let wrong = folder.run("check map.json --profile outlin");
    assert_eq!(wrong.code, 2);
    assert!(wrong.told.contains("outline"), "{}", wrong.told);
}

#[test]
fn what_new_wrote_is_a_finding_until_it_is_changed() {
    let folder = Folder::new();
    folder.run("new map.json");
    let found = |text: &str| {
        let map: BenefitMap = serde_json::from_str(text).unwrap();
        let report = check(&BenefitGraph::new(&map), &Options::new(Profile::BusinessCase));
        let of_rule = report.findings.into_iter().filter(|finding| finding.code == "BM115");
        of_rule.map(|finding| finding.message).collect::<Vec<_>>()
    };
    let text = std::fs::read_to_string(folder.at("map.json")).unwrap();
    let all = found(&text);
    for part in [
        "the title of the map is as the template wrote it: `My benefit map`",
        "the purpose of the map is as the template wrote it",
        "all 5 titles of boxes are as the template wrote them",
        "all 4 reasons for links",
        "all 4 sources of evidence",
        "all 4 KPIs",
        "all 2 risks",
    ] {
        assert!(all.iter().any(|message| message.contains(part)), "{part}: {all:#?}");
    }
    assert_eq!(all.len(), 7, "{all:#?}");
    // One text of one's own, and the others are named one by one.
    let changed = text.replace("Self-service kiosks in every library", "Kiosks in four libraries");
    let boxes = found(&changed)
        .into_iter()
        .filter(|message| message.contains("the title of ") && !message.contains("map is"));
    assert_eq!(boxes.count(), 4);
    // The same words under an id of one's own are one's own.
    let own = text.replace("\"more-people-learning\"", "\"readers\"");
    assert!(
        found(&own).iter().any(|message| message.contains("box")) || found(&own).len() > 7,
        "{:#?}",
        found(&own)
    );
    assert_eq!(
        found(&own)
            .iter()
            .filter(|message| message.contains("More people read"))
            .count(),
        0
    );
    let other = r#"{"format": 1, "title": "Kiosks", "nodes": [{"id": "x", "kind": "enabler", "title": "Self-service kiosks in every library"}]}"#;
    assert_eq!(found(other), [""; 0]);
}

#[test]
fn on_a_map_that_nobody_reads_whole_coverage_counts_what_is_in_place() {
    let folder = Folder::new();
    let nodes: Vec<Value> = (0..10_001)
        .map(|n| json!({"id": format!("n{n}"), "kind": "enabler", "title": format!("Depot {n}"), "owner": "roads"}))
        .collect();
    let large = json!({"format": 1, "title": "Depots", "nodes": nodes, "owners": [{"id": "roads", "name": "Roads"}]});
    folder.put("map.json", large.to_string());
    let ran = folder.run("check map.json --profile workshop");
    assert!(
        ran.out
            .ends_with("in place: `benefit-map coverage` counts it for a map of this size\n"),
        "{}",
        ran.out
    );
}
