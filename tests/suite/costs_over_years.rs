//! A cost that is paid again each year counts in all its years wherever costs are added up, and that of an option that is not proposed
//! counts nowhere.

use serde_json::json;

use crate::support::folder::Folder;

/// 1,000 once and 70 in each of four years; 400 in an option that is not proposed; 15 that lead nowhere.
fn map() -> serde_json::Value {
    json!({
        "format": 1, "title": "Sensors", "currency": "GBP",
        "owners": [{"id": "place", "name": "Director of Place"}],
        "nodes": [
            {"id": "fund", "kind": "investment", "title": "Smart bins fund", "cost": [
                {"year": "2026-27", "amount": 1000, "kind": "capital"},
                {"year": "FY27/28", "until": "2030-31", "amount": 70, "kind": "revenue"},
                {"year": "2026-27", "amount": 400, "option": "larger"}]},
            {"id": "idle", "kind": "investment", "title": "Idle money", "cost": [{"year": "2026-27", "until": "2028-29", "amount": 5}]},
            {"id": "streets", "kind": "end-outcome", "title": "Cleaner streets", "owner": "place"}
        ],
        "links": [{"from": "fund", "to": "streets"}],
        "appraisal": {"base_year": "2026-27", "end": "2035-36", "options": [
            {"id": "larger", "kind": "other", "title": "Larger", "nodes": ["fund"]},
            {"id": "proposed", "kind": "preferred", "title": "Proposed"}]}
    })
}

fn text(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.at(name)).unwrap()
}

#[test]
fn every_sum_of_costs_has_all_years_and_no_other_option() {
    let folder = Folder::new();
    folder.put("map.json", map().to_string());
    let coverage = folder.run("coverage map.json").out;
    assert!(coverage.contains("GBP 1,280  GBP 1,295"), "{coverage}");
    let trace = folder.run("trace map.json --node streets").out;
    assert!(trace.contains("including its own: GBP 1,280\n"), "{trace}");

    assert_eq!(folder.run("register map.json -o register.csv").code, 0);
    let register = text(&folder, "register.csv");
    assert!(
        register.contains("1280") && !register.contains("1680") && !register.contains("1070"),
        "{register}"
    );

    assert_eq!(folder.run("report business-case map.json -o case.md").code, 0);
    let case = text(&folder, "case.md");
    let row = |name: &str| {
        let line = case.lines().find(|line| line.starts_with(&format!("| {name} |")));
        line.unwrap_or_else(|| panic!("{name}: {case}"))
            .replace("**", "")
            .replace('\\', "")
    };
    assert!(case.contains("The programme costs £1,295 in all. Of that, £1,280 has a line of sight"));
    assert!(
        case.contains("What only other options cost, £400, is not part of this."),
        "{case}"
    );
    assert_eq!(
        row("Smart bins fund"),
        "| Smart bins fund | £1,000 | £70 | £70 | £70 | £70 | £1,280 |"
    );
    assert_eq!(row("**All**"), "| All | £1,005 | £75 | £75 | £70 | £70 | £1,295 |");
    assert_eq!(
        row("Of which revenue"),
        "| Of which revenue | – | £70 | £70 | £70 | £70 | £280 |"
    );
    assert_eq!(
        row("Kind not stated"),
        "| Kind not stated | £5 | £5 | £5 | – | – | £15 |"
    );
}

#[test]
fn more_years_than_a_page_holds_are_one_column() {
    let folder = Folder::new();
    let mut map = map();
    map["nodes"][1]["cost"][0]["until"] = json!("2085-86");
    folder.put("map.json", map.to_string());
    assert_eq!(folder.run("report business-case map.json -o case.md").code, 0);
    let case = text(&folder, "case.md");
    let head = case
        .lines()
        .find(|line| line.starts_with("| What | 2026"))
        .unwrap()
        .replace('\\', "");
    assert!(head.ends_with("| 2034-35 | 2035-36 to 2085-86 | Total |"), "{head}");
    // 51 years of 5.
    assert!(
        case.lines()
            .any(|line| line.starts_with("| Idle money |") && line.ends_with("| £255 | £300 |")),
        "{case}"
    );
}

#[test]
fn a_last_year_that_says_nothing_is_a_finding() {
    for until in ["for good", "2028", "2025-26", "2400-01"] {
        let folder = Folder::new();
        let mut map = map();
        map["nodes"][1]["cost"][0]["until"] = json!(until);
        folder.put("appraised.json", map.to_string());
        map.as_object_mut().unwrap().remove("appraisal");
        map["nodes"][0]["cost"][2].as_object_mut().unwrap().remove("option");
        folder.put("map.json", map.to_string());
        let ran = folder.run("check map.json --profile outline");
        assert_eq!(ran.code, 1);
        assert!(
            ran.out
                .contains("error[BM717]: a cost of investment `Idle money` is paid"),
            "{until}: {}",
            ran.out
        );
        // Where there is an appraisal, it is told once, by the rule on appraisals.
        let ran = folder.run("check appraised.json --profile outline");
        assert!(
            !ran.out.contains("BM717") && ran.out.contains("BM705"),
            "{until}: {}",
            ran.out
        );
    }
}

#[test]
fn a_paper_for_a_board_names_no_command() {
    let folder = Folder::new();
    let mut map = map();
    folder.put("appraised.json", map.to_string());
    // Its appraisal cannot be made, and says why with the marks of a terminal.
    map["appraisal"]["end"] = json!("2025-26");
    folder.put("faulty.json", map.to_string());
    map.as_object_mut().unwrap().remove("appraisal");
    folder.put("bare.json", map.to_string());
    for name in ["appraised", "faulty", "bare"] {
        let ran = folder.run(&format!(
            "report business-case {name}.json --sections appraisal,costs -o {name}.html"
        ));
        assert_eq!(ran.code, 0, "{}", ran.told);
        let page = text(&folder, &format!("{name}.html"));
        assert!(page.contains("Economic appraisal"));
        assert!(!page.contains('`') && !page.contains("benefit-map "), "{name}");
    }
}
