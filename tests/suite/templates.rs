//! What `new` writes: a map of a sector, an empty one, and a form for measurements.

use std::collections::BTreeSet;

use benefit_map::check::{Options, Profile, check};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::map::{BenefitMap, NodeKind};
use benefit_map::method::TEMPLATES;
use benefit_map::{draw, file};
use serde_json::Value;

use crate::support::folder::Folder;

/// The rules that find something in a map under a profile.
fn codes(map: &BenefitMap, profile: Profile) -> BTreeSet<&'static str> {
    let report = check(&BenefitGraph::new(map), &Options::new(profile));
    report.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn every_template_is_canonical_and_clean_in_a_workshop() {
    assert!(TEMPLATES.len() >= 6);
    for template in TEMPLATES {
        let name = template.name;
        let map = template.map().unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(file::write(&map), template.json, "{name} is not in the canonical form");
        assert_eq!(codes(&map, Profile::Workshop), BTreeSet::new(), "{name}");
        // No placeholder, and nothing that a careful reader would call badly worded or badly linked.
        for code in codes(&map, Profile::Audit) {
            let is_wording_or_chain = code.starts_with("BM1") || code.starts_with("BM2") || code == "BM508";
            assert!(
                !is_wording_or_chain || ["BM115", "BM209"].contains(&code),
                "{name}: {code}"
            );
        }
    }
}

#[test]
fn every_template_shows_each_thing_that_a_map_needs() {
    for template in TEMPLATES {
        let (name, map) = (template.name, template.map().unwrap());
        for kind in NodeKind::ALL {
            assert!(map.nodes.iter().any(|node| node.kind == *kind), "{name} has no {kind}");
        }
        assert!((8..=14).contains(&map.nodes.len()), "{name}: {} boxes", map.nodes.len());
        assert!(
            map.owners.len() >= 3 && map.owners.iter().all(|owner| owner.name.contains(' ')),
            "{name}"
        );
        assert!(map.nodes.iter().all(|node| node.owner.is_some()), "{name}");
        assert!(map.nodes.iter().any(|node| node.quick_win), "{name}");
        for link in &map.links {
            assert!(
                link.rationale.split_whitespace().count() >= 6,
                "{name}: {}",
                link.rationale
            );
        }
        assert!(map.links.iter().any(|link| !link.assumptions.is_empty()), "{name}");
        for node in map.nodes.iter().filter(|node| node.kind.is_outcome()) {
            let kpi = map.kpis.iter().find(|kpi| kpi.node == node.id);
            let kpi = kpi.unwrap_or_else(|| panic!("{name}: `{}` has no measure", node.title));
            assert!(
                kpi.baseline.is_some_and(|baseline| baseline.date.is_some()),
                "{name}: {}",
                kpi.id
            );
            assert!(
                kpi.targets.iter().any(|target| target.date.is_some()),
                "{name}: {}",
                kpi.id
            );
            assert!(!kpi.unit.is_empty() && kpi.measurement.is_some(), "{name}: {}", kpi.id);
        }
        let picture = draw::svg(
            &layout(&BenefitGraph::new(&map), &LayoutOptions::default()),
            Default::default(),
        );
        assert!(picture.contains(&map.title), "{name}");
    }
}

#[test]
fn templates_differ_in_every_box() {
    let mut titles = BTreeSet::new();
    for template in TEMPLATES {
        for node in template.map().unwrap().nodes {
            assert!(titles.insert(node.title.clone()), "{}: {}", template.name, node.title);
        }
    }
}

#[test]
fn a_template_is_taken_by_its_name_or_another_usual_word() {
    let folder = Folder::new();
    for (name, title) in [
        ("housing", "Repairs right first time"),
        ("adult-social-care", "Reablement at home after hospital"),
        ("nhs", "Falls clinic close to home"),
        ("digital", "Parking permits online"),
    ] {
        let ran = folder.run(&format!("new {name}.json --template {name}"));
        assert_eq!(ran.code, 0, "{}", ran.told);
        let map = file::load(&folder.at(&format!("{name}.json"))).unwrap().map;
        assert_eq!(map.title, title);
        assert_eq!(folder.run(&format!("check {name}.json --profile workshop")).code, 0);
    }
    let ran = folder.run_words(&["new", "own.json", "--template", "health", "--title", "Falls in Ashby"]);
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert_eq!(file::load(&folder.at("own.json")).unwrap().map.title, "Falls in Ashby");
}

#[test]
fn templates_are_listed_and_an_unknown_one_names_the_likely_one() {
    let folder = Folder::new();
    let listed = folder.run("new --templates");
    assert_eq!((listed.code, listed.told.as_str()), (0, ""));
    for template in TEMPLATES {
        assert!(
            listed.out.contains(template.name) && listed.out.contains(template.about),
            "{}",
            template.name
        );
    }
    let ran = folder.run("new map.json --template housng");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.told.contains("'housing'") && ran.told.contains("adult-care"),
        "{}",
        ran.told
    );
    let ran = folder.run("new map.json --template xyzzy");
    assert_eq!(ran.code, 2);
    for template in TEMPLATES {
        assert!(ran.told.contains(template.name), "{}", ran.told);
    }
    assert_eq!(folder.run("new").code, 2);
    assert_eq!(folder.run("new --template housing").code, 2);
    assert_eq!(folder.run("new map.json --empty --template housing").code, 2);
    assert!(folder.everything().is_empty(), "nothing was written");
}

#[test]
fn an_empty_map_has_a_title_and_the_format_and_nothing_else() {
    let folder = Folder::new();
    let ran = folder.run_words(&["new", "map.json", "--empty", "--title", "School streets"]);
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(
        ran.told.contains("benefit-map workshop map.json") && ran.told.contains("explain order"),
        "{}",
        ran.told
    );
    let text = std::fs::read_to_string(folder.at("map.json")).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value, serde_json::json!({"format": 1, "title": "School streets"}));
    assert_eq!(folder.run("new map.json --empty").code, 2, "it is not written over");
    assert_eq!(std::fs::read_to_string(folder.at("map.json")).unwrap(), text);
}

#[test]
fn a_form_for_measurements_has_a_row_for_each_due_period_and_is_read_back() {
    let folder = Folder::new();
    folder.run("new map.json --template housing");
    let ran = folder.run("new measurements map.json --as-of 2027-06-30 -o measurements.csv");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let form = std::fs::read_to_string(folder.at("measurements.csv")).unwrap();
    let rows: Vec<&str> = form.lines().collect();
    assert_eq!(rows[0], "kpi,date,value,source,note");
    // Five KPIs monthly for April, May and June, and one quarterly.
    assert_eq!(rows.len(), 1 + 5 * 3 + 1, "{form}");
    assert!(form.contains("cost-of-repair,2027-06-30,,finance system,\n"), "{form}");
    assert!(
        ran.told.contains("16 rows for 6 KPIs, up to 2027-06-30"),
        "{}",
        ran.told
    );

    // Filled in, it is what every command reads.
    let filled: String = rows
        .iter()
        .enumerate()
        .map(|(at, row)| match at {
            0 => format!("{row}\n"),
            _ => format!("{}\n", row.replacen(",,", ",50,", 1)),
        })
        .collect();
    folder.put("measurements.csv", filled);
    let status = folder.run("status map.json --measurements measurements.csv --as-of 2027-06-30 --strict");
    assert_eq!(status.code, 0, "{}", status.told);
    assert!(
        !status.out.contains("overdue") && !status.told.contains("left out"),
        "{}{}",
        status.out,
        status.told
    );

    // What is measured needs no second row, and what is filled in is not lost.
    let again =
        folder.run("new measurements map.json --as-of 2027-07-31 --measurements measurements.csv -o missing.csv");
    assert_eq!(again.code, 0, "{}", again.told);
    let missing = std::fs::read_to_string(folder.at("missing.csv")).unwrap();
    assert_eq!(missing.lines().count(), 1 + 5, "{missing}");
    assert!(
        missing.lines().skip(1).all(|row| row.contains(",2027-07-31,,")),
        "{missing}"
    );
    let over = folder.run("new measurements map.json --as-of 2027-07-31 -o measurements.csv");
    assert_eq!(over.code, 2);
    assert!(over.told.contains("measurements.csv"), "{}", over.told);
}

#[test]
fn a_form_before_anything_is_due_says_when_the_first_is() {
    let folder = Folder::new();
    folder.run("new map.json --template housing");
    let ran = folder.run("new measurements map.json --as-of 2026-11-26");
    assert_eq!((ran.code, ran.out.as_str()), (0, "kpi,date,value,source,note\n"));
    assert!(ran.told.contains("the first falls due on 2027-04-30"), "{}", ran.told);
    let later = folder.run("new measurements map.json --as-of 2027-12-31 --from 2027-12-01");
    assert!(
        later.out.lines().skip(1).all(|row| row.contains(",2027-12-31,,")),
        "{}",
        later.out
    );
    folder.run("new empty.json --empty");
    let none = folder.run("new measurements empty.json -o m.csv");
    assert_eq!(none.code, 2);
    assert!(
        none.told.contains("empty.json has no KPI") && none.told.contains("explain kpi"),
        "{}",
        none.told
    );
    for line in [
        "new measurements map.json -o m.xlsx",
        "new measurements missing.json -o m.csv",
        "new measurements map.json --as-of tomorrow",
        "new measurements map.json -o map.json",
    ] {
        assert_eq!(folder.run(line).code, 2, "{line}");
    }
    assert!(!folder.at("m.csv").exists() && !folder.at("m.xlsx").exists());
}
