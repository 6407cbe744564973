//! Messages are sentences: they agree with their counts, and say a place and a cause once.

use benefit_map::check::{Options, Profile, check};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;

use crate::support::folder::Folder;

const MAP: &str = r#"{"format": 1, "title": "Car pool", "nodes": [
  {"id": "pool", "kind": "enabler", "title": "Car pool closed"},
  {"id": "rules", "kind": "business-change", "title": "Parking rules changed"},
  {"id": "claims", "kind": "end-outcome", "title": "Lower mileage claims"}
], "links": [{"from": "pool", "to": "rules"}, {"from": "rules", "to": "pool"}, {"from": "rules", "to": "claims"}],
 "kpis": [{"id": "k", "node": "claims", "title": "Claims", "unit": "n", "measurement": {"method": "administrative", "source": "payroll", "frequency": "monthly"}}]}"#;

fn findings(text: &str, code: &str) -> Vec<String> {
    let map: BenefitMap = serde_json::from_str(text).unwrap();
    let report = check(&BenefitGraph::new(&map), &Options::new(Profile::Audit));
    let of_code = report.findings.iter().filter(|finding| finding.code == code);
    of_code
        .map(|finding| format!("{}: {}", finding.message, finding.help))
        .collect()
}

#[test]
fn badly_worded_a_chain_that_begins_in_a_loop_is_a_sentence() {
    let with_money = MAP.replace(
        "\"nodes\": [",
        "\"nodes\": [{\"id\": \"fund\", \"kind\": \"investment\", \"title\": \"Fund\"},",
    );
    let told = findings(&with_money, "BM203");
    assert!(
        told.iter()
            .any(|told| told.contains("only nodes of a loop lead to it; from it the chain runs `")),
        "{told:?}"
    );
    assert!(
        told.iter().all(|told| !told.contains("lead to it, and runs")),
        "{told:?}"
    );
    let straight = with_money.replace(r#"{"from": "rules", "to": "pool"}, "#, "");
    let told = findings(&straight, "BM203");
    assert!(
        told[0].contains("the chain begins here, and runs `Car pool closed` -> "),
        "{told:?}"
    );
}

#[test]
fn badly_worded_an_unknown_rule_is_said_in_one_sentence_with_what_to_do() {
    let allowed = MAP.replace(
        "\"kpis\":",
        "\"allow\": [{\"rule\": \"zzz\", \"subject\": \"map\", \"reason\": \"so\"}], \"kpis\":",
    );
    assert_eq!(
        findings(&allowed, "BM902"),
        [
            "the allowance is for `zzz`, which is not the code or name of a rule: write the code or the name of a rule, such as \
             `no-quick-win`; `benefit-map explain --rules` lists them"
        ]
    );
}

#[test]
fn badly_worded_causes_and_places_are_said_once() {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    folder.put("empty", "");
    folder.put("cut.json", "{\"format\": 2, \"seals\": [");
    folder.put("known.json", "{\"baseline\": 1, \"findings\": [");
    folder.put("kumu.json", "{\"elements\": [");
    for (line, place) in [
        ("seal map.json --verify empty", ""),
        ("seal map.json --verify cut.json", "line 1, column "),
        ("check map.json --baseline known.json", "line 1, column "),
        ("check missing.json", "missing.json"),
        ("check missing/folder/map.json", "missing/folder/map.json"),
        ("status map.json --measurements missing.csv", "missing.csv"),
        ("import kumu kumu.json -o a.json", ""),
        ("import tables missing -o a.json", "missing"),
        ("seal map.json --verify missing.json", "missing.json"),
        ("check empty", ""),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(ran.told.contains(place), "{line}: {}", ran.told);
        assert!(!ran.told.contains("os error"), "{line}: {}", ran.told);
        assert!(!ran.told.contains("No such file"), "{line}: {}", ran.told);
        // No part of a line is said again in it.
        for told in ran.told.lines() {
            let parts: Vec<&str> = told.split(": ").filter(|part| part.len() > 6).collect();
            for (at, part) in parts.iter().enumerate() {
                let others = parts[..at].iter().any(|other| other.contains(part));
                assert!(!others, "{line}: `{part}` is said twice: {told}");
            }
            assert!(told.matches("line 1").count() <= 1, "{line}: {told}");
        }
    }
}

#[test]
fn badly_worded_counts_agree_with_what_is_counted() {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    for (rows, words) in [
        (
            "k,2026-01-31,1\nk,2026-03-31,2\n",
            "1 period has no measurement: it lies between 2026-01-31 and 2026-03-31",
        ),
        (
            "k,2026-01-31,1\nk,2026-04-30,2\n",
            "2 periods have no measurement, the first between 2026-01-31 and 2026-04-30",
        ),
    ] {
        folder.put("m.csv", format!("kpi,date,value\n{rows}"));
        let ran = folder.run("status map.json --measurements m.csv --as-of 2026-04-30");
        assert!(ran.told.contains(words), "{}", ran.told);
    }
    for (rows, words) in [
        ("k,2027-02-29,1\n", "calendar does not have this date"),
        ("k,2026-01-31,1234567890123456\n", "digits"),
    ] {
        folder.put("m.csv", format!("kpi,date,value\n{rows}"));
        let ran = folder.run("status map.json --measurements m.csv --as-of 2027-04-30");
        assert!(ran.told.contains(words), "{}", ran.told);
        assert!(!ran.told.contains("is not a number"), "{}", ran.told);
    }
    folder.put("tables/nodes.csv", "title\nSeats,enabler\n");
    let ran = folder.run("import tables tables -o a.json");
    assert!(
        ran.told
            .contains("the row has 2 cells under 1 column; everything after that, from `enabler`"),
        "{}",
        ran.told
    );
}

#[test]
fn docs_say_otherwise_ids_are_unique_across_the_map() {
    let page = include_str!("../../docs/format.md");
    assert!(page.contains("No two things in a map share an id, of whatever kind they are"));
    let shared = MAP.replace(
        "\"nodes\": [",
        "\"owners\": [{\"id\": \"pool\", \"name\": \"Ann\"}], \"nodes\": [",
    );
    assert_eq!(findings(&shared, "BM102").len(), 1);
    assert_eq!(findings(MAP, "BM102"), [""; 0]);
}

#[test]
fn docs_say_otherwise_a_trajectory_looks_from_today() {
    let page = include_str!("../../docs/tracking.md");
    assert!(page.contains("The command looks from today unless `--as-of` names a day."));
    let folder = Folder::new();
    folder.put("map.json", MAP);
    folder.put("m.csv", "kpi,date,value\nk,2025-11-30,1\n");
    // Today, as the tests set it.
    let ran = folder.run("trajectory map.json --measurements m.csv");
    assert!(
        ran.out.lines().last().unwrap().starts_with("k,2026-03-31,"),
        "{}",
        ran.out
    );
    let ran = folder.run("trajectory map.json --measurements m.csv --as-of 2025-12-31");
    assert!(
        ran.out.lines().last().unwrap().starts_with("k,2025-12-31,"),
        "{}",
        ran.out
    );
}

#[test]
fn docs_say_otherwise_targets_in_any_order_are_no_finding_of_bm410() {
    let targets = |days: &str| MAP.replace("\"unit\": \"n\",", &format!("\"unit\": \"n\", \"targets\": [{days}],"));
    let backwards = targets(r#"{"date": "2028-03-31", "value": 2}, {"date": "2027-03-31", "value": 1}"#);
    assert_eq!(findings(&backwards, "BM410"), [""; 0]);
    let twice = targets(r#"{"date": "2028-03-31", "value": 2}, {"date": "2028-03-31", "value": 1}"#);
    assert_eq!(findings(&twice, "BM410").len(), 1);
    let rule = benefit_map::check::explain("BM410").unwrap();
    assert_eq!(
        rule.summary,
        "trajectory points that are not in order of date, or two targets for one day"
    );
}

#[test]
fn docs_say_otherwise_a_date_with_points_has_the_day_first() {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    let told = |rows: &str, more: &str| {
        folder.put("m.csv", format!("kpi,date,value\n{rows}"));
        let ran = folder.run(&format!(
            "status map.json --measurements m.csv --as-of 2027-04-30 --format json {more}"
        ));
        assert_eq!(ran.code, 0, "{}", ran.told);
        (ran.out, ran.told)
    };
    let (out, said) = told("k,01.04.2026,1\n", "--all");
    assert!(out.contains("\"2026-04-01\""), "{out}");
    assert!(
        said.contains("01.04.2026") && said.contains("2026-04-01"),
        "it is reported: {said}"
    );
    // The other dates of the column follow it, and what is declared holds.
    assert!(
        told("k,01.04.2026,1\nk,02/05/2026,2\n", "")
            .0
            .contains("\"2026-05-02\"")
    );
    assert!(told("k,01.04.2026,1\n", "--dates mdy").0.contains("\"2026-01-04\""));
    // Where another date has the month first it is open, and left out.
    let (out, said) = told("k,01.04.2026,1\nk,12/31/2025,2\n", "");
    assert!(
        !out.contains("\"2026-04-01\"") && !out.contains("\"2026-01-04\""),
        "{out}"
    );
    assert!(said.contains("may be 1 April 2026 or 4 January 2026"), "{said}");
}
