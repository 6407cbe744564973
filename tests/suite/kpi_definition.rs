//! How a measure is defined: the text goes wherever the KPI goes, and no change of it passes unnoticed.

use benefit_map::audit::{self, ReviewState};
use benefit_map::edit::{self, Edit};
use benefit_map::file;
use benefit_map::finding::Subject;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::map::limits::LONGEST_TEXT;
use benefit_map::map::{BenefitMap, OwnerId, Says};
use benefit_map::report::viewer::{self, Viewer};
use benefit_map::report::{CaseOptions, business_case, html, markdown};
use benefit_map::table::{RawTable, Table, benefit_register, csv, export, import, kpi_register, xlsx};
use serde_json::{Value, json};

const DEFINITION: &str = "Streets scored 2 or better on the day of the walk; alleys are not counted.";

fn text(definition: &str) -> String {
    format!(
        r#"{{"format": 1, "title": "Cleaner streets",
          "owners": [{{"id": "place", "name": "Director of Place", "senior": true}}],
          "nodes": [{{"id": "clean", "kind": "end-outcome", "title": "Streets are cleaner", "owner": "place"}}],
          "kpis": [{{"id": "score", "node": "clean", "title": "Clean streets", {definition} "unit": "%", "direction": "increase",
                    "baseline": {{"date": "2026-03-31", "value": 61}}, "targets": [{{"date": "2029-03-31", "value": 80}}]}}]}}"#
    )
}

fn map() -> BenefitMap {
    file::parse("map.json", &text(&format!(r#""definition": "{DEFINITION}","#))).unwrap()
}

fn column(table: &Table, name: &str) -> Vec<String> {
    let at = table.columns.iter().position(|column| column.name == name);
    let at = at.unwrap_or_else(|| panic!("a column `{name}` in {}", table.name));
    table.rows.iter().map(|row| row[at].to_text().into_owned()).collect()
}

#[test]
fn it_is_read_written_after_the_title_and_in_the_schema() {
    let map = map();
    assert_eq!(map.kpis[0].definition, DEFINITION);
    let written = file::write(&map);
    let after = written.split_once(r#""title": "Clean streets","#).unwrap().1;
    assert!(after.trim_start().starts_with(r#""definition": "#), "{written}");
    assert_eq!(file::parse("map.json", &written).unwrap(), map);

    let schema: Value = serde_json::from_str(&file::schema()).unwrap();
    let field = &schema["$defs"]["Kpi"]["properties"]["definition"];
    assert_eq!(
        (&field["type"], &field["maxLength"]),
        (&json!("string"), &json!(LONGEST_TEXT))
    );

    // A map without one is written as it always was.
    let without = file::parse("map.json", &text("")).unwrap();
    assert!(!file::write(&without).contains("definition"));
}

#[test]
fn what_is_no_text_or_too_long_is_refused_with_its_place() {
    for (bad, wanted) in [
        (r#""definition": 5,"#.to_owned(), "definition"),
        (r#""definition": null,"#.to_owned(), "definition"),
        (r#""definitoin": "x","#.to_owned(), "did you mean `definition`"),
        (
            format!(r#""definition": "{}","#, "x".repeat(LONGEST_TEXT + 1)),
            "32,767",
        ),
    ] {
        let faults = file::parse("map.json", &text(&bad)).unwrap_err().to_string();
        assert!(faults.contains(wanted), "{wanted}: {faults}");
        assert!(faults.contains("map.json:4"), "the line: {faults}");
    }
}

#[test]
fn tables_and_workbooks_carry_it_out_and_back() {
    let map = map();
    let tables = export(&map);
    let kpis = tables.iter().find(|table| table.name == "kpis").unwrap();
    assert_eq!(column(kpis, "definition"), [DEFINITION]);
    let written = tables
        .iter()
        .map(|table| (format!("{}.csv", table.name), csv::write(table)));
    let raw: Vec<RawTable> = written.map(|(name, bytes)| csv::read(&name, &bytes).unwrap()).collect();
    assert_eq!(import(&raw).unwrap().map, map);
    let book = xlsx::workbook(&map).unwrap();
    assert_eq!(import(&xlsx::read("map.xlsx", &book).unwrap()).unwrap().map, map);
}

#[test]
fn a_cell_that_says_only_that_it_is_missing_is_empty_and_reported() {
    let nodes = csv::read("nodes.csv", b"id,kind,title\nclean,end-outcome,Streets are cleaner\n").unwrap();
    let kpis = csv::read("kpis.csv", b"id,node,title,Definition\nscore,clean,Clean streets,TBC\n").unwrap();
    let import = import(&[nodes, kpis]).unwrap();
    assert_eq!(import.map.kpis[0].definition, "");
    let said: Vec<String> = import.decisions.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|decision| decision.contains("TBC")), "{said:?}");
}

#[test]
fn registers_the_business_case_and_the_page_to_send_show_it() {
    let map = map();
    assert_eq!(column(&kpi_register(&map), "definition"), [DEFINITION]);
    assert_eq!(column(&benefit_register(&map, None), "kpi_definition"), [DEFINITION]);
    let graph = BenefitGraph::new(&map);
    let mut options = CaseOptions::new("2027-01-01".parse().unwrap());
    options.source = "map.json".to_owned();
    let case = business_case(&graph, &options);
    assert!(html::write(&case).contains(DEFINITION));
    assert!(markdown::write(&case, "case").text.contains(DEFINITION));
    let scene = layout(&graph, &LayoutOptions::default());
    let page = viewer::write(&Viewer::new(&graph, &scene));
    assert!(page.contains(&format!("Definition: {DEFINITION}")));
}

#[test]
fn it_can_be_set_emptied_and_undone() {
    let mut map = map();
    let set = |value: Value| Edit::Set {
        what: Subject::Kpi("score".parse().unwrap()),
        field: "definition".to_owned(),
        value,
        was: None,
    };
    let applied = edit::apply(&mut map, &set(json!("Streets without litter"))).unwrap();
    assert_eq!(map.kpis[0].definition, "Streets without litter");
    edit::apply(&mut map, &applied.inverse).unwrap();
    assert_eq!(map.kpis[0].definition, DEFINITION);
    edit::apply(&mut map, &set(Value::Null)).unwrap();
    assert_eq!(map.kpis[0].definition, "");
    assert!(edit::apply(&mut map, &set(json!("x".repeat(LONGEST_TEXT + 1)))).is_err());
    assert!(edit::apply(&mut map, &set(json!(7))).is_err());
}

#[test]
fn a_change_is_in_the_comparison_and_in_what_was_agreed() {
    let by = OwnerId::new("place").unwrap();
    let day = "2026-05-01".parse().unwrap();
    let agreed = audit::record_review(&map(), "node clean", &by, day, Says::Agreed, "").unwrap();
    let mut other = agreed.clone();
    other.kpis[0].definition = "All streets".to_owned();
    let changes = audit::compare(&agreed, &other, None).changes;
    let [change] = &changes[..] else { panic!("{changes:?}") };
    let field = &change.fields[0];
    assert_eq!(
        (field.field.as_str(), field.before.as_str(), field.after.as_str()),
        ("definition", DEFINITION, "All streets")
    );
    let state = |map: &BenefitMap| audit::reviews(map).rows[0].state;
    assert_eq!(state(&agreed), ReviewState::Agreed);
    assert_ne!(state(&other), ReviewState::Agreed);
    // Something else is counted: whether that is better cannot be seen.
    let called: Vec<_> = audit::compare(&agreed, &other, None).greener;
    let [callout] = &called[..] else { panic!("{called:?}") };
    assert_eq!(
        (callout.field.as_str(), callout.judgement),
        ("definition", audit::Judgement::Open)
    );
    assert!(callout.to_string().contains("something else is counted"), "{callout}");
    // What is said for the first time counts nothing else.
    let mut silent = agreed.clone();
    silent.kpis[0].definition.clear();
    assert!(audit::compare(&silent, &agreed, None).greener.is_empty());
}
