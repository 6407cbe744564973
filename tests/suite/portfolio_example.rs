//! The city of the examples: what its maps are, and what is found in them.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::support::folder::Folder;

const FILE: &str = "examples/portfolio/portfolio.json";

/// The files of the example, from the root of the project.
pub fn files() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![FILE.to_owned()];
    for folder in ["examples/portfolio/maps", "examples/portfolio/measurements"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            found.push(format!("{folder}/{name}"));
        }
    }
    found.sort();
    found
}

/// A folder that has the example.
pub fn city() -> Folder {
    let folder = Folder::new();
    for path in files() {
        folder.put(
            &path,
            std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap(),
        );
    }
    folder
}

fn found(folder: &Folder) -> Vec<Value> {
    let ran = folder.run("portfolio check examples/portfolio/portfolio.json --as-of 2028-04-01 --format json");
    assert_eq!(ran.code, 1, "{}", ran.told);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    out["findings"].as_array().unwrap().clone()
}

#[test]
fn the_planted_double_count_is_found_and_gone_once_it_is_shown_only() {
    let folder = city();
    let all = found(&folder);
    let rules: BTreeSet<&str> = all.iter().map(|one| one["rule"].as_str().unwrap()).collect();
    let wanted = [
        "benefit-in-two-maps",
        "dependency-late",
        "overlap-undeclared",
        "shared-assumption-untested",
    ];
    assert_eq!(rules, BTreeSet::from(wanted));
    let double = all.iter().find(|one| one["rule"] == "benefit-in-two-maps").unwrap();
    assert_eq!(double["subject"], "claim warm-homes council-co2 -> co2");
    assert_eq!(double["file"], FILE);
    let text = std::fs::read_to_string(folder.at(FILE)).unwrap();
    let line = text.lines().nth(double["line"].as_u64().unwrap() as usize - 1).unwrap();
    assert!(line.contains("council-co2"), "{line}");

    let mut portfolio: Value = serde_json::from_str(&text).unwrap();
    for claim in portfolio["claims"].as_array_mut().unwrap() {
        if claim["map"] == "warm-homes" && claim["kpi"] == "council-co2" {
            claim["counts"] = "shown-only".into();
        }
    }
    folder.put(FILE, portfolio.to_string());
    assert!(found(&folder).iter().all(|one| one["rule"] != "benefit-in-two-maps"));
    let ran = folder.run("portfolio totals examples/portfolio/portfolio.json --as-of 2028-04-01 --format json");
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    let co2 = out["measures"]
        .as_array()
        .unwrap()
        .iter()
        .rfind(|one| one["id"] == "co2")
        .unwrap();
    assert_eq!(
        (&co2["at_least"], &co2["at_most"]),
        (&(-13_400).into(), &(-13_400).into())
    );
}

#[test]
fn the_figures_of_the_page_are_those_of_the_example() {
    let folder = city();
    let ran = folder.run("portfolio totals examples/portfolio/portfolio.json --as-of 2028-04-01 --format json");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    let of = |id: &str| {
        let measures = out["measures"].as_array().unwrap();
        let last = measures.iter().rfind(|one| one["id"] == id).unwrap();
        (last["at_least"].as_i64().unwrap(), last["at_most"].as_i64().unwrap())
    };
    assert_eq!(of("car-km-saved"), (6_400, 11_200));
    assert_eq!(of("fuel-poverty"), (-1_500, -1_800));
    assert_eq!(of("jobs"), (1_000, 1_150));
    assert_eq!(of("co2"), (-14_600, -14_600));
    let page = std::fs::read_to_string("docs/portfolio.md").unwrap();
    for said in [
        "6,400 to 11,200",
        "-1,500 to -1,800",
        "1,000 to 1,150",
        "-14,600 t",
        "-13,400 t",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn its_maps_have_no_errors_are_in_the_standard_form_and_say_that_they_are_invented() {
    let folder = city();
    for path in files() {
        if !path.ends_with(".json") {
            continue;
        }
        let ran = folder.run(&format!("fmt --check {path}"));
        assert_eq!(ran.code, 0, "{path}: {}", ran.told);
        let value: Value = serde_json::from_str(&std::fs::read_to_string(folder.at(&path)).unwrap()).unwrap();
        assert!(value["purpose"].as_str().unwrap().contains("invented"), "{path}");
        if path == FILE {
            continue;
        }
        assert!((20..=60).contains(&value["nodes"].as_array().unwrap().len()), "{path}");
        let ran = folder.run(&format!("check {path} --profile business-case --format json"));
        let out: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(out["summary"]["errors"], 0, "{path}: {}", ran.out);
    }
}
