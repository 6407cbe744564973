//! Fields of people's own, `x-…`: kept through every form that a map has.

use std::collections::BTreeMap;

use benefit_map::edit::{Edit, EditableMap};
use benefit_map::map::{BenefitMap, FreeValue};
use benefit_map::table::{self, RawTable, csv, xlsx};
use benefit_map::{exchange, file};

use crate::support::folder::Folder;
use crate::support::imported::Reader;

const MAP: &str = r#"{
  "format": 1,
  "title": "Free",
  "nodes": [
    {"id": "a", "kind": "enabler", "title": "A", "x-rag": "Green", "x-ward": 7, "x-code": "007", "x-text": "7"},
    {"id": "b", "kind": "end-outcome", "title": "B", "x-agreed": true}
  ],
  "links": [{"from": "a", "to": "b", "x-since": "2026"}],
  "kpis": [{"id": "k", "node": "b", "title": "K", "x-source-system": "=SUM(A1)"}],
  "risks": [{"id": "r", "title": "R", "threatens": "a", "x-score": 12.5}]
}"#;

fn map() -> BenefitMap {
    file::parse("map.json", MAP).unwrap_or_else(|faults| panic!("{faults}"))
}

/// All free fields of a map, by where they are.
fn free(map: &BenefitMap) -> BTreeMap<String, FreeValue> {
    let mut out = BTreeMap::new();
    let mut put = |of: &str, fields: &benefit_map::map::FreeFields| {
        out.extend(
            fields
                .iter()
                .map(|(name, value)| (format!("{of} {name}"), value.clone())),
        );
    };
    map.nodes.iter().for_each(|one| put(one.id.as_str(), &one.free));
    map.links.iter().for_each(|one| put("link", &one.free));
    map.kpis.iter().for_each(|one| put("kpi", &one.free));
    map.risks.iter().for_each(|one| put("risk", &one.free));
    out
}

#[test]
fn free_fields_are_read_and_written_with_their_types() {
    let map = map();
    let all = free(&map);
    assert_eq!(all.len(), 8);
    assert_eq!(all["a x-ward"], FreeValue::Number(7.into()));
    assert_eq!(all["a x-text"], FreeValue::Text("7".to_owned()));
    assert_eq!(all["b x-agreed"], FreeValue::Flag(true));
    let written = file::write(&map);
    assert!(
        written.contains("\"x-ward\": 7") && written.contains("\"x-text\": \"7\""),
        "{written}"
    );
    let again = file::parse("map.json", &written).unwrap();
    assert_eq!(file::write(&again), written);
}

#[test]
fn free_fields_come_back_from_tables_and_workbooks() {
    let map = map();
    let tables: Vec<RawTable> = table::export(&map)
        .iter()
        .map(|table| csv::read(&format!("{}.csv", table.name), &csv::write(table)).unwrap())
        .collect();
    let back = table::import(&tables).unwrap();
    assert_eq!(free(&back.map), free(&map));
    assert_eq!(back.decisions, []);
    let bytes = xlsx::workbook(&map).unwrap();
    let back = table::import(&xlsx::read("map.xlsx", &bytes).unwrap()).unwrap();
    assert_eq!(free(&back.map), free(&map));
    assert_eq!(back.decisions, []);
    // Onto a map, a table without the columns changes nothing, and one with them changes what it says.
    let nodes = csv::read("nodes.csv", b"id,kind,title\na,enabler,A2\n").unwrap();
    let after = table::onto(&map, &[nodes], table::Missing::Keep).unwrap().map;
    assert_eq!(free(&after), free(&map));
    let nodes = csv::read("nodes.csv", b"id,X-RAG,x-new\na,Amber,1\n").unwrap();
    let after = table::onto(&map, &[nodes], table::Missing::Keep).unwrap().map;
    assert_eq!(free(&after)["a x-rag"], FreeValue::Text("Amber".to_owned()));
    assert_eq!(free(&after)["a x-new"], FreeValue::Number(1.into()));
    let changes: Vec<String> = table::changes(&map, &after).iter().map(ToString::to_string).collect();
    assert_eq!(
        changes,
        ["node `a`: x-new was nothing and is 1; x-rag was `Green` and is `Amber`"]
    );
}

#[test]
fn free_fields_can_be_edited_and_undone() {
    let before = map();
    let mut edited = EditableMap::new(before.clone());
    for (edit, is) in [
        (
            r#"{"do": "set", "what": "node a", "field": "x-rag", "value": "Red"}"#,
            Some("Red"),
        ),
        (
            r#"{"do": "set", "what": "node a", "field": "x-rag", "value": null}"#,
            None,
        ),
        (
            r#"{"do": "set", "what": "node a", "field": "x-rag", "value": "Blue"}"#,
            Some("Blue"),
        ),
    ] {
        let edit: Edit = serde_json::from_str(edit).unwrap();
        let applied = edited.apply(&edit).unwrap_or_else(|refusal| panic!("{refusal}"));
        let node = edited
            .to_map()
            .nodes
            .into_iter()
            .find(|node| node.id.as_str() == "a")
            .unwrap();
        assert_eq!(node.free.get("x-rag").map(ToString::to_string).as_deref(), is);
        edited.apply(&applied.inverse).unwrap();
        assert_eq!(edited.to_map(), before);
        edited.apply(&edit).unwrap();
        edited.apply(&applied.inverse).unwrap();
    }
    let edit: Edit =
        serde_json::from_str(r#"{"do": "set", "what": "node a", "field": "rag", "value": "Red"}"#).unwrap();
    assert!(edited.apply(&edit).is_err());
}

#[test]
fn free_fields_come_back_from_other_tools() {
    let map = map();
    let own = |map: &BenefitMap| -> BTreeMap<String, FreeValue> {
        free(map)
            .into_iter()
            .filter(|(name, _)| !name.starts_with("kpi") && !name.starts_with("risk"))
            .collect()
    };
    let choices = exchange::Choices::default();
    let readers: [(exchange::Format, Reader); 3] = [
        (exchange::Format::Graphml, exchange::import_graphml),
        (exchange::Format::Dot, exchange::import_dot),
        (exchange::Format::Archimate, exchange::import_archimate),
    ];
    for (format, read) in readers {
        let text = exchange::export(&map, format).text;
        let back = read(text.as_bytes(), &choices).unwrap();
        assert_eq!(own(&back.map), own(&map), "{text}");
    }
}

#[test]
fn a_free_field_that_cannot_be_one_is_refused_with_its_place() {
    let folder = Folder::new();
    for (field, words) in [
        ("\"x-Rag Status\": \"Green\"", "did you mean `x-rag-status`"),
        ("\"x-\": \"Green\"", "cannot be the name of a field of your own"),
        ("\"x-rag\": [1]", "must be a text, a number, true or false"),
        ("\"x-rag\": 1, \"x-rag\": 2", "there twice"),
        ("\"rag\": 1", "has no field `rag`"),
    ] {
        folder.put(
            "map.json",
            format!(
                "{{\"format\": 1, \"title\": \"T\", \"nodes\": [{{\"id\": \"a\", \"kind\": \"enabler\", {field}}}]}}"
            ),
        );
        let ran = folder.run("check map.json");
        assert_eq!(ran.code, 2, "{field}: {}", ran.told);
        assert!(ran.told.contains(words), "{field}: {}", ran.told);
    }
    folder.put("map.json", MAP);
    assert_eq!(folder.run("fmt map.json").code, 0);
    let text = std::fs::read_to_string(folder.at("map.json")).unwrap();
    assert!(
        text.contains("\"x-rag\": \"Green\"") && text.contains("\"x-score\": 12.5"),
        "{text}"
    );
}

#[test]
fn the_schema_takes_free_fields_where_they_are_kept() {
    let schema: serde_json::Value = serde_json::from_str(&file::schema()).unwrap();
    let mut compiler = boon::Compiler::new();
    let mut schemas = boon::Schemas::new();
    compiler.add_resource("map.json", schema).unwrap();
    let schema = compiler.compile("map.json", &mut schemas).unwrap();
    let valid = |text: &str| schemas.validate(&serde_json::from_str(text).unwrap(), schema).is_ok();
    assert!(valid(MAP));
    for (from, to) in [
        ("\"x-rag\": \"Green\"", "\"rag\": \"Green\""),
        ("\"x-rag\": \"Green\"", "\"x-Rag\": \"Green\""),
        ("\"x-rag\": \"Green\"", "\"x-rag\": [1]"),
        ("\"title\": \"Free\"", "\"title\": \"Free\", \"x-rag\": 1"),
    ] {
        let text = MAP.replacen(from, to, 1);
        assert_ne!(text, MAP);
        assert!(!valid(&text), "{text}");
    }
}
