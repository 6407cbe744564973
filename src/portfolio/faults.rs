//! What keeps a text from being a portfolio, all of it: the text against the schema of the file.

use serde_json::{Map, Value};

use super::place::escaped;
use crate::finding::nearest;
use crate::map::Day;

/// A fault: where, and what is wrong.
pub(super) struct Misfit {
    /// The part, as a pointer.
    pub(super) pointer: String,
    /// What is wrong, in lower case without a full stop.
    pub(super) message: String,
}

/// Every part of a value that its schema does not allow. Schemas are those of our own types, so what they may say is known.
pub(super) fn misfits(schema: &Value, value: &Value) -> Vec<Misfit> {
    let mut walk = Walk {
        root: schema,
        found: Vec::new(),
    };
    walk.value(schema, value, String::new());
    walk.found
}

struct Walk<'s> {
    root: &'s Value,
    found: Vec<Misfit>,
}

impl<'s> Walk<'s> {
    fn wrong(&mut self, pointer: &str, message: String) {
        self.found.push(Misfit {
            pointer: pointer.to_owned(),
            message,
        });
    }

    fn followed(&self, schema: &'s Value) -> &'s Value {
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|name| self.root.pointer(name.trim_start_matches('#')));
        target.unwrap_or(schema)
    }

    fn value(&mut self, schema: &'s Value, value: &Value, pointer: String) {
        let schema = self.followed(schema);
        let branches = |name: &str| schema.get(name).and_then(Value::as_array);
        if let Some(words) = branches("oneOf") {
            let known: Vec<&str> = words.iter().filter_map(|one| one.get("const")?.as_str()).collect();
            return self.word(&known, value, &pointer);
        }
        if let Some(either) = branches("anyOf") {
            // A field that may be left out: nothing, or a value of its own.
            let own = either
                .iter()
                .find(|one| one.get("type").and_then(Value::as_str) != Some("null"));
            if let (Some(own), false) = (own, value.is_null()) {
                self.value(own, value, pointer);
            }
            return;
        }
        let kinds: Vec<&str> = match schema.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        if !kinds.iter().any(|kind| is_a(kind, value)) {
            let wanted = kinds.first().map_or("something else", |kind| named(kind));
            return self.wrong(
                &pointer,
                format!("{} is needed here, and this is {}", wanted, what(value)),
            );
        }
        match value {
            Value::Object(fields) => self.object(schema, fields, &pointer),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    if let Some(of) = schema.get("items") {
                        self.value(of, item, format!("{pointer}/{at}"));
                    }
                }
            }
            Value::String(text)
                if schema.get("format").and_then(Value::as_str) == Some("date") && text.parse::<Day>().is_err() =>
            {
                self.wrong(&pointer, format!("`{text}` is not a day: write it as 2026-12-31"));
            }
            Value::String(text)
                if schema.get("format").is_none() && schema.get("pattern").is_some() && !crate::map::is_id(text) =>
            {
                let message = format!(
                    "`{text}` is not an id: one begins with a-z or 0-9 and continues with a-z, 0-9, `.`, `_` or `-`"
                );
                self.wrong(&pointer, message);
            }
            Value::Number(number) => {
                let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
                let is_out = number.as_f64().is_some_and(|number| {
                    bound("minimum").is_some_and(|least| number < least)
                        || bound("maximum").is_some_and(|most| number > most)
                });
                if is_out {
                    let message = match (bound("minimum"), bound("maximum")) {
                        (Some(least), Some(most)) => format!("{number} is not between {least} and {most}"),
                        _ => format!("{number} is out of bounds"),
                    };
                    self.wrong(&pointer, message);
                }
            }
            _ => {}
        }
    }

    fn word(&mut self, known: &[&str], value: &Value, pointer: &str) {
        let Some(word) = value.as_str() else {
            return self.wrong(pointer, format!("a word is needed here, and this is {}", what(value)));
        };
        if !known.contains(&word) {
            let meant = nearest(word, known.iter().copied());
            let meant = meant.map_or_else(String::new, |meant| format!(": did you mean `{meant}`?"));
            let message = format!(
                "`{word}` is not one of the words here, which are {}{meant}",
                known.join(", ")
            );
            self.wrong(pointer, message);
        }
    }

    fn object(&mut self, schema: &'s Value, fields: &Map<String, Value>, pointer: &str) {
        let Some(known) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        for (name, value) in fields {
            let inner = format!("{pointer}/{}", escaped(name));
            match known.get(name) {
                Some(schema) => self.value(schema, value, inner),
                None => {
                    let help = match nearest(name, known.keys().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!(
                            "the fields here are {}",
                            known.keys().cloned().collect::<Vec<_>>().join(", ")
                        ),
                    };
                    self.wrong(&inner, format!("there is no field `{name}` here: {help}"));
                }
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                self.wrong(pointer, format!("the field `{name}` is missing"));
            }
        }
    }
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => true,
    }
}

fn named(kind: &str) -> &'static str {
    match kind {
        "object" => "an object",
        "array" => "a list",
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        _ => "something else",
    }
}

fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
