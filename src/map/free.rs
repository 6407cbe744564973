//! Fields of an organisation's own, which the format has no word for: `x-rag`, `x-directorate`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::limits::LONGEST_ID;
use super::{Number, is_id};

/// What a free field says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FreeValue {
    /// A text.
    Text(String),
    /// A number.
    Number(Number),
    /// Yes or no.
    Flag(bool),
}

impl fmt::Display for FreeValue {
    /// A text as it is, a number in digits, and `true` or `false`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
        }
    }
}

/// The free fields of a record, by name. Each name is `x-` and what an id is made of.
///
/// ```
/// use benefit_map::map::{FreeValue, Node};
///
/// let node: Node = serde_json::from_str(r#"{"id": "n", "kind": "enabler", "x-rag": "Green"}"#)?;
/// assert_eq!(node.free.get("x-rag"), Some(&FreeValue::Text("Green".to_owned())));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct FreeFields(BTreeMap<String, FreeValue>);

/// Whether a name is that of a free field: `x-`, and what an id is made of.
pub fn is_free_name(name: &str) -> bool {
    name.len() <= LONGEST_ID && name.strip_prefix("x-").is_some_and(is_id)
}

impl FreeFields {
    /// What the field of that name says.
    pub fn get(&self, name: &str) -> Option<&FreeValue> {
        self.0.get(name)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FreeValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Takes those of another record in that it does not have itself.
    pub fn add(&mut self, others: &Self) {
        for (name, value) in &others.0 {
            self.0.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }

    /// Sets a field; an empty text takes it away. A name that is none of a free field is passed over, as is told by the answer.
    pub fn set(&mut self, name: &str, value: FreeValue) -> bool {
        if !is_free_name(name) {
            return false;
        }
        match value {
            FreeValue::Text(text) if text.is_empty() => drop(self.0.remove(name)),
            value => drop(self.0.insert(name.to_owned(), value)),
        }
        true
    }
}

/// A value as JSON has it, or nothing.
#[derive(Deserialize)]
#[serde(untagged)]
enum Held {
    Flag(bool),
    Number(Number),
    Text(String),
    Nothing,
}

impl Held {
    /// What it says; an empty text says as little as `null`.
    fn said(self) -> Option<FreeValue> {
        Some(match self {
            Self::Flag(flag) => FreeValue::Flag(flag),
            Self::Number(number) => FreeValue::Number(number),
            Self::Text(text) if text.is_empty() => return None,
            Self::Text(text) => FreeValue::Text(text),
            Self::Nothing => return None,
        })
    }
}

impl<'de> Deserialize<'de> for FreeFields {
    /// Whatever is left of a record once its own fields are read: a name without `x-` is a field that there is not.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = FreeFields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("free fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<FreeFields, A::Error> {
                let mut out = FreeFields::default();
                while let Some(name) = fields.next_key::<String>()? {
                    if !is_free_name(&name) {
                        return Err(de::Error::custom(format_args!(
                            "unknown field `{name}`; a field of your own begins with `x-`"
                        )));
                    }
                    let Some(value) = fields.next_value::<Held>()?.said() else {
                        continue;
                    };
                    match out.0.entry(name) {
                        Entry::Vacant(entry) => drop(entry.insert(value)),
                        Entry::Occupied(entry) => {
                            return Err(de::Error::custom(format_args!("duplicate field `{}`", entry.key())));
                        }
                    }
                }
                Ok(out)
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
    }
}

impl JsonSchema for FreeFields {
    fn schema_name() -> Cow<'static, str> {
        "FreeFields".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "patternProperties": {
                "^x-[a-z0-9][a-z0-9._-]*$": {
                    "description": "A field of your own, which is kept as it is.",
                    "type": ["string", "number", "boolean", "null"],
                    "maxLength": super::limits::LONGEST_TEXT,
                },
            },
            "additionalProperties": false,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::map::{BenefitMap, Node};

    #[test]
    fn a_record_keeps_fields_of_its_own_and_no_others() {
        let text = r#"{"id":"n","kind":"enabler","title":"T","x-b":0.1,"x-a":"Green","x-c":true,"x-d":"","x-e":null}"#;
        let node: Node = serde_json::from_str(text).unwrap();
        let written = serde_json::to_string(&node).unwrap();
        assert_eq!(
            written,
            r#"{"id":"n","kind":"enabler","title":"T","x-a":"Green","x-b":0.1,"x-c":true}"#
        );
        assert_eq!(serde_json::from_str::<Node>(&written).unwrap(), node);
        for text in [
            r#"{"id":"n","kind":"enabler","rag":"Green"}"#,
            r#"{"id":"n","kind":"enabler","x-":"Green"}"#,
            r#"{"id":"n","kind":"enabler","x-A":"Green"}"#,
            r#"{"id":"n","kind":"enabler","x-a":[]}"#,
            r#"{"id":"n","kind":"enabler","x-a":1,"x-a":2}"#,
        ] {
            assert!(serde_json::from_str::<Node>(text).is_err(), "{text}");
        }
        assert!(serde_json::from_str::<BenefitMap>(r#"{"format":1,"x-a":1}"#).is_err());
    }
}
