//! Fields of people's own as one attribute of a box or a line.

use serde_json::{Map, Value};

use super::text::shortened;
use crate::map::called::folded;
use crate::map::is_free_name;

/// The one attribute that holds all of them, as an object of JSON: a format lists the names of its attributes beforehand.
pub(super) const FREE: &str = "free_fields";

/// Puts the free fields of a record under the name of that attribute.
pub(super) fn gather(values: &mut Map<String, Value>) {
    let free = values.iter().filter(|(name, _)| is_free_name(name));
    let free: Map<String, Value> = free.map(|(name, value)| (name.clone(), value.clone())).collect();
    if !free.is_empty() {
        values.insert(FREE.to_owned(), Value::Object(free));
    }
}

/// Takes free fields into a record: all of them in that attribute, or one under its own name. Gives why something was left out.
pub(super) fn take(
    (name, text): (&str, &str),
    base: &Map<String, Value>,
    record: &mut Map<String, Value>,
    is_readable: impl Fn(Map<String, Value>) -> bool,
) -> Vec<String> {
    let given = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(all)) if folded(name) == FREE => all,
        _ if is_free_name(name) => Map::from_iter([(name.to_owned(), Value::from(text))]),
        _ => return vec!["it cannot be read as fields of JSON".to_owned()],
    };
    let mut left = Vec::new();
    for (name, value) in given {
        let mut alone = base.clone();
        alone.insert(name.clone(), value.clone());
        match is_free_name(&name) && is_readable(alone) {
            true => drop(record.entry(name).or_insert(value)),
            false => left.push(format!("`{}` cannot be read as a field of your own", shortened(&name))),
        }
    }
    left
}
