//! Findings for machines: SARIF, JUnit, CSV, annotations and baselines.

use std::collections::BTreeSet;

use benefit_map::check::{Options, Profile, RULES, also_said_by, check, check_measured, described};
use benefit_map::file::{self, Source};
use benefit_map::finding::{Baseline, Nowhere, Report, Severity};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use benefit_map::map::written::Notation;
use benefit_map::table::{self, stream};
use benefit_map::track::Intake;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::generate;
use crate::support::schemas::{against_the_schema, against_the_schema_of_junit};

const DRAFT: &str = include_str!("../../examples/maps/workshop-draft/map.json");
const FINISHED: &str = include_str!("../../examples/maps/smart-waste/map.json");

/// Lines and columns that are counted by hand; two of its names would do harm outside JSON.
const SMALL: &str = r#"{
  "format": 1,
  "title": "Small",
  "nodes": [
    {"id": "fund", "kind": "investment", "title": "Fund, 50%: <b>\"new\"</b>\n::error::x"},
    {"id": "goal", "kind": "end-outcome", "title": "Größere Höfe",
     "owner": "nobody"}
  ],
  "kpis": [
    {"id": "höfe", "node": "goal"}
  ]
}
"#;

fn map(text: &str) -> BenefitMap {
    serde_json::from_str(text).unwrap()
}

fn small() -> String {
    SMALL.replace("höfe", "yards")
}

fn audit(map: &BenefitMap) -> Report {
    check(&BenefitGraph::new(map), &Options::new(Profile::Audit))
}

fn sarif(report: &Report, source: &Source) -> Value {
    serde_json::from_str(&report.to_sarif(source, &described(Profile::Audit))).unwrap()
}

#[test]
fn what_is_known_of_all_is_known_of_each_and_the_other_way_round() {
    let of = |owners: [&str; 3]| {
        let mut map: Value =
            serde_json::from_str(r#"{"format": 1, "owners": [{"id": "ada", "name": "Ada"}], "nodes": [{"id": "kit", "kind": "enabler", "title": "Kit"}]}"#).unwrap();
        for (at, owner) in owners.iter().enumerate() {
            let mut node =
                serde_json::json!({"id": format!("goal-{at}"), "kind": "end-outcome", "title": format!("Goal {at}")});
            if !owner.is_empty() {
                node["owner"] = (*owner).into();
            }
            map["nodes"].as_array_mut().unwrap().push(node);
        }
        let mut report = audit(&serde_json::from_value(map).unwrap());
        report
            .findings
            .retain(|finding| ["BM501", "BM503"].contains(&finding.code));
        report
    };
    let (none, one) = (of(["", "", ""]), of(["ada", "", ""]));
    assert_eq!((none.findings.len(), one.findings.len()), (1, 3));
    // Who begins to close the gaps has no new findings, and who loses the first has none either where all others are known.
    let compared = Baseline::of(&none).compare(one.clone(), also_said_by);
    assert_eq!((compared.new.findings.len(), compared.new.standing), (0, 3));
    assert_eq!(compared.gone, [""; 0]);
    let compared = Baseline::of(&one).compare(none.clone(), also_said_by);
    assert_eq!(compared.new.findings.len(), 1, "goal-0 has lost its owner");
    let two = of(["", "", "ada"]);
    assert_eq!(Baseline::of(&one).compare(two, also_said_by).new.findings.len(), 1);
    let mut known = one.fingerprints();
    known.push("BM501 end-outcome-without-owner: node goal-0, owner".to_owned());
    let known = serde_json::json!({"baseline": 1, "findings": known}).to_string();
    let mut ends = none;
    ends.findings[0]
        .related
        .retain(|(subject, _)| subject.to_string().starts_with("node goal"));
    assert_eq!(
        Baseline::parse(&known)
            .unwrap()
            .compare(ends, also_said_by)
            .new
            .findings,
        []
    );
}

#[test]
fn sarif_is_valid_by_the_published_schema() {
    for (name, text) in [
        ("our maps/a draft.json", DRAFT),
        ("/srv/maps/50% done: finished.json", FINISHED),
        ("<stdin>", &small()),
        ("m.json", r#"{"format": 1}"#),
    ] {
        let log = sarif(&audit(&map(text)), &Source::new(name, text));
        against_the_schema(&log).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let log = serde_json::from_str(&audit(&map(DRAFT)).to_sarif(&Nowhere, &[])).unwrap();
    against_the_schema(&log).unwrap();
    // The validator does look.
    let mut broken = sarif(&audit(&map(DRAFT)), &Source::new("m", DRAFT));
    broken["runs"][0]["results"][0]["level"] = "grave".into();
    assert!(against_the_schema(&broken).is_err());
}

#[test]
fn regions_are_those_that_were_counted_by_hand() {
    let text = small();
    let log = sarif(&audit(&map(&text)), &Source::new("our maps/m.json", text.as_str()));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let region = |code: &str| {
        let all = run["results"].as_array().unwrap();
        let result = all.iter().find(|result| result["ruleId"] == code).unwrap();
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "our%20maps/m.json");
        let of = |name: &str| place["region"][name].as_u64().unwrap();
        [of("startLine"), of("startColumn"), of("endLine"), of("endColumn")]
    };
    // `"nobody"` in line 7 begins behind thirteen and a blank, and has eight characters.
    assert_eq!(region("BM101"), [7, 15, 7, 23]);
    // The investment without a cost, by its id in line 5: `    {"id": ` has eleven characters, `"fund"` six.
    assert_eq!(region("BM701"), [5, 12, 5, 18]);
    // The KPI without a baseline, by its id in line 10.
    assert_eq!(region("BM404"), [10, 12, 10, 19]);
    // The map as a whole, at its first bracket.
    assert_eq!(region("BM208"), [1, 1, 1, 2]);
}

#[test]
fn every_result_has_a_place_and_every_rule_its_help_and_clause() {
    let report = audit(&map(DRAFT));
    let log = sarif(&report, &Source::new("m.json", DRAFT));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), RULES.len());
    for (told, rule) in rules.iter().zip(RULES) {
        assert_eq!(told["id"], rule.code);
        assert_eq!(told["properties"]["clause"], rule.source);
        let help = told["help"]["markdown"].as_str().unwrap();
        assert!(
            help.contains("## Why it matters") && !help.contains("```"),
            "{}: {help}",
            rule.code
        );
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), report.findings.len());
    for (result, finding) in results.iter().zip(&report.findings) {
        assert!(
            result["locations"][0]["physicalLocation"]["region"]["startLine"].is_u64(),
            "{result}"
        );
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[at]["id"], result["ruleId"]);
        assert_eq!(result["level"], finding.severity.as_str());
    }
}

#[test]
fn junit_is_xml_and_counts_what_failed() {
    let (text, rules) = (small(), described(Profile::Audit));
    let report = audit(&map(&text));
    let xml = report.to_junit(&Source::new("<m>.json", text.as_str()), &rules, Severity::Error);
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut cases, mut failures, mut skipped, mut suites, mut told) = (0, 0, 0, 0, String::new());
    let mut promised = (0, 0, 0);
    loop {
        let event = reader.read_event().unwrap();
        let tag = match &event {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => tag,
            quick_xml::events::Event::Eof => break,
            _ => continue,
        };
        let attribute = |name: &str| {
            let found = tag.attributes().map(Result::unwrap).find(|a| a.key.as_ref() == name);
            found.map(|a| a.value.into_owned())
        };
        let number = |name: &str| attribute(name).unwrap().parse::<usize>().unwrap();
        match tag.name().as_ref() {
            "testsuite" => {
                suites += 1;
                promised.0 += number("tests");
                promised.1 += number("failures");
                promised.2 += number("skipped");
            }
            "testcase" => cases += 1,
            "failure" => failures += 1,
            "skipped" => {
                skipped += 1;
                told += &attribute("message").unwrap();
            }
            _ => {}
        }
    }
    assert_eq!((cases, failures, skipped), promised);
    let errors = report.summary().errors;
    assert_eq!((failures, skipped), (errors, report.findings.len() - errors));
    assert_eq!(suites, RULES.len(), "a rule without findings is a passed test");
    assert!(!xml.contains("<b>") && !xml.contains("<m>"), "{xml}");
    assert!(told.contains("Nothing in the map is marked as a quick win."), "{told}");
}

#[test]
fn junit_keeps_the_schema_of_jenkins() {
    let (text, rules) = (small(), described(Profile::Audit));
    for least in [Severity::Error, Severity::Note] {
        let xml = audit(&map(&text)).to_junit(&Source::new("<m>.json", text.as_str()), &rules, least);
        assert_eq!(against_the_schema_of_junit(&xml), None);
        // It would say so.
        let broken = xml
            .replacen("<testcase ", "<testcaze ", 1)
            .replacen("</testcase>", "</testcaze>", 1);
        assert_eq!(
            against_the_schema_of_junit(&broken).is_some(),
            crate::support::foreign::there("xmllint")
        );
    }
}

#[test]
fn annotations_stay_one_command_each() {
    let text = small();
    let report = audit(&map(&text));
    let out = report.to_github(&Source::new("a, b: c.json", text.as_str()));
    assert_eq!(out.lines().count(), report.findings.len());
    for line in out.lines() {
        assert!(
            ["::error file=", "::warning file=", "::notice file="]
                .iter()
                .any(|start| line.starts_with(start)),
            "{line}"
        );
    }
    let free = out
        .lines()
        .find(|line| line.contains("BM701") && line.contains("line=5"))
        .unwrap();
    let start =
        "::error file=a%2C b%3A c.json,line=5,col=12,title=BM701 investment-without-cost::Investment `Fund, 50%25:";
    assert!(free.starts_with(start), "{free}");
    assert!(free.contains("%0A"), "what to do stands on a line of its own: {free}");
    // The gravest come first, for only ten of a kind are shown.
    let draft = audit(&map(DRAFT)).to_github(&Nowhere);
    let kinds: Vec<&str> = draft.lines().map(|line| line.split_once(' ').unwrap().0).collect();
    let grave = |kind: &&str| {
        ["::error", "::warning", "::notice"]
            .iter()
            .position(|known| known == kind)
    };
    assert!(kinds.is_sorted_by_key(grave), "{kinds:?}");
    assert!(kinds.contains(&"::error") && kinds.contains(&"::notice"), "{kinds:?}");
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let text = small();
    let report = audit(&map(&text));
    let bytes = table::csv::write(&table::findings(&report, &Source::new("=1+1.json", text.as_str())));
    let csv = String::from_utf8(bytes).unwrap();
    assert!(
        csv.starts_with("severity,code,rule,subject,field,file,line,column,message,help,clause"),
        "{csv}"
    );
    assert!(csv.contains(",'=1+1.json,5,12,") && !csv.contains(",=1"), "{csv}");
    let read = table::csv::read("findings.csv", csv.as_bytes()).unwrap();
    assert_eq!(read.rows.len(), report.findings.len());
}

#[test]
fn a_finding_of_a_measurement_stands_at_its_row_in_every_format() {
    let map = map(FINISHED);
    let rows = "kpi,date,value\nrounds-km,2026-04-30,5200\nround-km,2026-05-31,5100\nround-km,2026-06-30,5000\n";
    let mut intake = Intake::new(&map, Notation::default());
    stream::measurements("data/may, june.csv", rows.as_bytes(), &mut intake).unwrap();
    let taken = intake.finish();
    let report = check_measured(
        &BenefitGraph::new(&map),
        &taken.measurements,
        &Options::new(Profile::Audit),
    );
    let codes: Vec<&str> = report.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["BM413"]);
    let source = Source::new("map.json", FINISHED);
    let places = taken.measurements.beside(&source);

    let json: Value = serde_json::from_str(&report.to_json(&places)).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(
        (&finding["file"], &finding["line"]),
        (&"data/may, june.csv".into(), &3.into())
    );
    let log: Value = serde_json::from_str(&report.to_sarif(&places, &described(Profile::Audit))).unwrap();
    against_the_schema(&log).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "data/may%2C%20june.csv");
    assert_eq!(place["region"]["startLine"], 3);
    assert!(
        report
            .to_github(&places)
            .starts_with("::error file=data/may%2C june.csv,line=3,col=1,")
    );
    assert!(
        report
            .to_junit(&places, &described(Profile::Audit), Severity::Error)
            .contains("data/may, june.csv:3:1")
    );
    assert!(
        report
            .to_text(&places, &Default::default())
            .contains("data/may, june.csv:3:1")
    );
    let csv = String::from_utf8(table::csv::write(&table::findings(&report, &places))).unwrap();
    assert!(csv.contains(r#","data/may, june.csv",3,1,"#), "{csv}");
}

#[test]
fn old_findings_stand_and_new_ones_are_told() {
    let before = map(DRAFT);
    let baseline = Baseline::of(&audit(&before));
    assert_eq!(Baseline::parse(&baseline.write()).unwrap(), baseline);
    let same = baseline.compare(audit(&before), also_said_by);
    assert_eq!((same.new.findings.len(), same.gone.len()), (0, 0));
    assert_eq!(same.new.standing, audit(&before).findings.len());
    assert!(
        same.new.summary().to_string().starts_with("no findings; "),
        "{}",
        same.new.summary()
    );

    let mut after = before;
    after.risks[0].owner = Some("trust-flow".parse().unwrap());
    after.nodes[0].owner = Some("nobody-known".parse().unwrap());
    let compared = baseline.compare(audit(&after), also_said_by);
    let new: Vec<&str> = compared.new.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(new, ["unknown-reference"]);
    assert_eq!(compared.gone, ["BM602 risk-without-owner: risk no-carers, owner"]);
}

#[test]
fn what_is_no_baseline_is_refused_with_its_place() {
    let refused = |text: &str| Baseline::parse(text).unwrap_err().to_string();
    assert!(
        refused("").starts_with("line 1, column 0: this is not a baseline"),
        "{}",
        refused("")
    );
    let cut = Baseline::of(&audit(&map(DRAFT))).write();
    assert!(
        refused(&cut[..cut.len() / 2]).contains("line "),
        "{}",
        refused(&cut[..cut.len() / 2])
    );
    let report = audit(&map(DRAFT)).to_json(&Nowhere);
    assert!(refused(&report).starts_with("line 3, column "), "{}", refused(&report));
    assert!(refused(r#"{"baseline": 2, "findings": []}"#).contains("--write-baseline"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What a finding is known by does not depend on lines, order or wording, and is known to no other.
    #[test]
    fn fingerprints_outlast_lines_order_and_titles(map in generate::maps()) {
        let known = |map: &BenefitMap| {
            let report = audit(map);
            let all: BTreeSet<String> = report.fingerprints().into_iter().collect();
            assert_eq!(all.len(), report.findings.len(), "{all:?}");
            all
        };
        let mut other = map.clone();
        for node in &mut other.nodes {
            if !node.title.trim().is_empty() {
                node.title.push_str(" (draft)");
            }
        }
        other.risks.reverse();
        other.owners.reverse();
        // Rules on titles judge the titles, and which of several alike is told of depends on the order.
        let fixed = |all: BTreeSet<String>| -> BTreeSet<String> {
            let titles = ["BM102", "BM108", "BM109", "BM110", "BM111", "BM113"];
            all.into_iter().filter(|f| !titles.iter().any(|code| f.starts_with(code))).collect()
        };
        prop_assert_eq!(fixed(known(&map)), fixed(known(&other)));
    }

    #[test]
    fn any_map_has_valid_sarif(map in generate::maps()) {
        let source = Source::new("m.json", file::write(&map));
        let log = sarif(&audit(&map), &source);
        prop_assert_eq!(against_the_schema(&log), Ok(()));
    }
}
