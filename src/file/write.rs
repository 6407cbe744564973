//! A map as text: the one canonical form, and the JSON Schema of it.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::escape::json::printable;
use crate::map::BenefitMap;
use crate::map::limits::longest;

/// Where the JSON Schema of the format says that it stands; a name, not an address that is fetched.
pub const SCHEMA_ID: &str = "https://benefit-map.example/schema/benefit-map-1.schema.json";

/// The map in its one canonical form: [`BenefitMap::canonicalize`]d, two spaces a level, a final newline, fields that
/// say nothing left out, what is not seen in a text written by its number, as `\\u202e`. The same map gives the same bytes, and reading them and writing them again changes none.
pub fn write(map: &BenefitMap) -> String {
    let mut map = map.clone();
    map.canonicalize();
    pretty(&map)
}

/// The JSON Schema (2020-12) of the file, two spaces a level and a final newline; descriptions are those of the model.
///
/// The schema knows types, words, patterns and unknown fields. It does not know whether an id is unique or a reference
/// leads anywhere, which `check` finds, nor whether a day is on the calendar where a validator leaves `format` aside.
pub fn schema() -> String {
    let mut schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<BenefitMap>();
    schema.insert("$id".to_owned(), SCHEMA_ID.into());
    schema.insert("title".to_owned(), "Benefit map".into());
    if let Some(fields) = schema.get_mut("properties") {
        bound_texts(fields);
    }
    for record in schema
        .get_mut("$defs")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
    {
        if let Some(fields) = record.1.get_mut("properties") {
            bound_texts(fields);
        }
        // A record with fields of people's own has no others, which is lost where their description is put together with its own.
        if let Some(record) = record
            .1
            .as_object_mut()
            .filter(|record| record.contains_key("patternProperties"))
        {
            record.insert("additionalProperties".to_owned(), false.into());
        }
    }
    pretty(&schema)
}

/// Says of every free text among the fields of a record how long it may be.
fn bound_texts(fields: &mut Value) {
    for (name, field) in fields.as_object_mut().into_iter().flatten() {
        let text = match field.get("type").and_then(Value::as_str) {
            Some("array") => field.get_mut("items"),
            _ => Some(field),
        };
        let Some(Value::Object(text)) = text else { continue };
        let is_free = text.get("type").is_some_and(|kind| kind == "string")
            && ["pattern", "format", "enum", "const"]
                .iter()
                .all(|bound| !text.contains_key(*bound));
        if is_free {
            text.insert("maxLength".to_owned(), longest(name).into());
        }
    }
}

fn pretty(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("a map and a schema have string keys and finite numbers");
    let mut text = printable(text);
    text.push('\n');
    text
}
