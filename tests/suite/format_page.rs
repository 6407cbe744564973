//! `docs/format.md` says what is so.

use std::path::Path;

use benefit_map::file;
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
