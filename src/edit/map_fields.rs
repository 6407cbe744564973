//! The fields of the map that an edit may set, by the one description of it, to be read and set one by one.

use serde_json::{Map, Value};

use super::record::replace;
use crate::map::BenefitMap;
use crate::map::record::MAP;

/// The fields of the map that an edit may set; all others are empty in it.
#[derive(Debug, PartialEq)]
pub(super) struct MapFields(BenefitMap);

impl MapFields {
    /// Those of a map that has nothing in its lists but reviews.
    pub fn of(map: &mut BenefitMap) -> Self {
        let mut fields = own_fields(map);
        fields.retain(|name, _| name == "format" || MAP.may_be_set(name));
        // What was read or made once is read again.
        Self::canonical(read(fields).unwrap_or_default())
    }

    /// As files have them, so that what says the same is the same.
    fn canonical(mut map: BenefitMap) -> Self {
        map.canonicalize();
        Self(map)
    }

    fn fields(&self) -> Map<String, Value> {
        fields_of(&self.0)
    }

    /// What a field says, as JSON; `null` where it says nothing.
    pub fn value(&self, field: &str) -> Value {
        let says_something = |value: &Value| value.as_str() != Some("");
        let value = self.fields().remove(field).filter(says_something);
        value.unwrap_or(Value::Null)
    }

    /// The same with another value in a field; `null` empties it.
    pub fn with(&self, field: &str, value: &Value) -> Result<Self, String> {
        if !MAP.may_be_set(field) {
            return Err(format!(
                "only {} of the map can be set; records are added, set and removed one by one",
                listed()
            ));
        }
        let mut fields = self.fields();
        replace(&mut fields, field, value);
        read(fields).map(Self::canonical)
    }

    /// Puts them into a map in the place of its own.
    pub fn put(self, map: &mut BenefitMap) {
        let mut fields = own_fields(map);
        fields.retain(|name, _| !MAP.may_be_set(name));
        fields.extend(self.fields());
        if let Ok(changed) = read(fields) {
            let reviews = std::mem::take(&mut map.reviews);
            *map = BenefitMap { reviews, ..changed };
        }
    }
}

/// The fields of a map but its reviews, of which there may be many.
fn own_fields(map: &mut BenefitMap) -> Map<String, Value> {
    let reviews = std::mem::take(&mut map.reviews);
    let fields = fields_of(map);
    map.reviews = reviews;
    fields
}

fn fields_of(map: &BenefitMap) -> Map<String, Value> {
    match serde_json::to_value(map) {
        Ok(Value::Object(fields)) => fields,
        // A map is a structure with string keys and finite numbers.
        _ => Map::new(),
    }
}

fn read(fields: Map<String, Value>) -> Result<BenefitMap, String> {
    serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
}

/// The names of all, as a sentence has them.
fn listed() -> String {
    let names: Vec<&str> = MAP.settable().collect();
    match names.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::map::{Arrangement, NodeId, NodeKind};

    #[test]
    fn a_field_is_set_and_all_else_of_the_map_stays() {
        let mut map = BenefitMap::new("Kiosks");
        map.schema = "map.schema.json".to_owned();
        let mut arrangement = Arrangement::default();
        *arrangement.order.of_mut(NodeKind::Enabler) = vec![NodeId::new("a").unwrap()];
        map.arrangement = Some(arrangement);
        let before = map.clone();
        let now = MapFields::of(&mut map);
        assert_eq!(now.value("title"), json!("Kiosks"));
        assert_eq!(now.value("purpose"), Value::Null);
        let then = now.with("period", &json!({"start": "2026-04-01"})).unwrap();
        assert_ne!(then, now);
        let cleared = then.with("title", &Value::Null).unwrap();
        assert_eq!(cleared.value("title"), Value::Null);
        cleared.put(&mut map);
        assert_eq!((map.title.as_str(), map.period.is_some()), ("", true));
        now.put(&mut map);
        assert_eq!(map, before);
    }

    #[test]
    fn what_has_edits_of_its_own_is_not_set() {
        let now = MapFields::of(&mut BenefitMap::new(""));
        for field in ["format", "nodes", "arrangement", "allow", "$schema", "nothing"] {
            assert_eq!(
                now.with(field, &Value::Null).unwrap_err(),
                "only title, purpose, period, currency, language, document and appraisal of the map can be set; records are added, set and removed one by one"
            );
        }
        assert!(now.with("period", &json!("soon")).is_err());
        let refused = now.with("language", &json!("german")).unwrap_err();
        assert!(
            refused.starts_with("`german` is not the tag of a language: did you mean `de-DE`?"),
            "{refused}"
        );
        let german = now.with("language", &json!("de-de")).unwrap();
        assert_eq!(german.value("language"), json!("de-DE"));
    }
}
