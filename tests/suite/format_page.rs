//! `docs/format.md` says what is so.

use std::path::Path;

use benefit_map::file;
use benefit_map::map::record::{self, Kind, Presence, Record};
use serde_json::Value;

#[test]
fn the_page_of_the_format_is_true() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md");
    let page = std::fs::read_to_string(page).unwrap();
    let example = page.split_once("```json\n").unwrap().1.split_once("```").unwrap().0;
    let map = file::parse("format.md", example).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(file::write(&map), example, "the example is in the canonical form");

    // Every field that the schema knows stands in a row of the page, and every word of a closed list.
    let schema: Value = serde_json::from_str(&file::schema()).unwrap();
    let rows: String = page.lines().filter(|line| line.starts_with('|')).collect();
    let mut seen = 0;
    let mut todo = vec![&schema];
    while let Some(value) = todo.pop() {
        let fields = value["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str());
        let words = value["enum"].as_array().into_iter().flatten().chain(value.get("const"));
        for word in fields.chain(words.filter_map(Value::as_str)) {
            seen += 1;
            assert!(rows.contains(&format!("`{word}`")), "{word}");
        }
        match value {
            Value::Object(inner) => todo.extend(inner.values()),
            Value::Array(inner) => todo.extend(inner),
            _ => {}
        }
    }
    assert!(seen > 110, "{seen}");
}

/// Every record that the description of a map names, the map first.
fn records() -> Vec<&'static Record> {
    let mut all: Vec<&'static Record> = Vec::new();
    let mut todo = vec![&record::MAP];
    while let Some(record) = todo.pop() {
        if all.iter().any(|known| std::ptr::eq(*known, record)) {
            continue;
        }
        all.push(record);
        for field in record.fields {
            let mut kind = field.kind;
            while let Kind::List(inner) = kind {
                kind = *inner;
            }
            match kind {
                Kind::Record(inner) => todo.push(inner),
                Kind::Trajectory => todo.push(&record::TRAJECTORY),
                _ => {}
            }
        }
    }
    all
}

#[test]
fn the_description_of_the_records_is_that_of_the_schema() {
    let schema: Value = serde_json::from_str(&file::schema()).unwrap();
    // What the schema says of every structure: its fields, and those that must be there.
    let mut structures: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let mut todo = vec![&schema];
    while let Some(value) = todo.pop() {
        if let Some(fields) = value["properties"].as_object() {
            let required = value["required"].as_array().into_iter().flatten();
            let mut names: Vec<String> = fields.keys().cloned().collect();
            let mut required: Vec<String> = required.map(|name| name.as_str().unwrap().to_owned()).collect();
            names.sort();
            required.sort();
            structures.push((names, required));
        }
        match value {
            Value::Object(inner) => todo.extend(inner.values()),
            Value::Array(inner) => todo.extend(inner),
            _ => {}
        }
    }
    let all = records();
    assert!(all.len() >= 22, "{}", all.len());
    for record in all.into_iter().filter(|record| record.name != "trajectory") {
        let mut names: Vec<String> = record.names.iter().map(|name| (*name).to_owned()).collect();
        names.sort();
        let must = record
            .fields
            .iter()
            .filter(|field| field.presence == Presence::Required);
        let mut required: Vec<String> = must.map(|field| field.name.to_owned()).collect();
        required.sort();
        assert!(
            structures
                .iter()
                .any(|(fields, must)| *fields == names && *must == required),
            "{}: {names:?}, of which {required:?} must be there",
            record.name
        );
    }
}

#[test]
fn the_page_lists_the_fields_of_every_record_in_their_order_and_marks_those_that_must_be_there() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md");
    let page = std::fs::read_to_string(page).unwrap();
    for record in records().into_iter().filter(|record| record.name != "order") {
        let row = page.lines().find(|line| {
            let first = line
                .strip_prefix("| ")
                .and_then(|line| line.split(" |").next())
                .unwrap_or_default();
            first
                .split(" (")
                .next()
                .unwrap_or_default()
                .split(", ")
                .any(|name| name == record.name)
        });
        let row = row.unwrap_or_else(|| panic!("no row for `{}`", record.name));
        let mut rest = row;
        for field in record.fields {
            let named = match field.presence {
                Presence::Required => format!("**`{}`**", field.name),
                _ => format!("`{}`", field.name),
            };
            let at = rest
                .find(&named)
                .unwrap_or_else(|| panic!("{}: `{named}` in its place of {row}", record.name));
            rest = &rest[at + named.len()..];
        }
    }
}
