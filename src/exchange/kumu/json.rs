//! A map of a Kumu project as JSON: `{"elements": [{"_id", "attributes": {…}}], "connections": [{"from", "to", …}]}`.

use serde_json::Value;

use super::super::Error;
use super::super::account::Import;
use super::super::decode::{Declared, decode};
use super::super::draft::{Course, Draft};
use super::super::fields::Attribute;
use super::super::kinds::Choices;
use super::{Elements, Said, element, relation};
use crate::escape::json::reason;

pub(in super::super) fn read(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    let decoded = decode(bytes, Declared::Nowhere)?;
    let whole: Value = serde_json::from_str(&decoded.text).map_err(|error| Error::Syntax {
        line: error.line().max(1),
        column: error.column().max(1),
        message: format!("this is not JSON: {}", reason(&error)),
    })?;
    let missing = |what: &str| Error::Missing {
        place: "line 1".to_owned(),
        what: what.to_owned(),
    };
    let Value::Object(mut whole) = whole else {
        return Err(missing(
            "a Kumu project is an object with `elements` and `connections`, and this is not",
        ));
    };
    if whole.contains_key("nodes") && whole.contains_key("format") {
        return Err(Error::OtherFormat {
            found: "a benefit map".to_owned(),
            wanted: "a Kumu project",
            help: "it does not need to be imported".to_owned(),
        });
    }
    let list = |value: Option<Value>, name: &str| match value {
        Some(Value::Array(list)) => Ok(list),
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(_) => Err(missing(&format!(
            "`{name}` is not a list: export the project from Kumu again"
        ))),
    };
    if !whole.contains_key("elements") {
        return Err(missing(
            "the file has no `elements`: export the project from Kumu again",
        ));
    }
    let mut draft = Draft::default();
    let title = whole.remove("name").or_else(|| whole.remove("title"));
    draft.title = title.as_ref().map(text_of).unwrap_or_default();
    draft.purpose = whole.remove("description").as_ref().map(text_of).unwrap_or_default();
    let mut elements = Elements::default();
    for (at, value) in list(whole.remove("elements"), "elements")?.into_iter().enumerate() {
        let place = format!("element {}", at + 1);
        let (mut top, mut said) = parts(value, &place)?;
        let id = take(&mut top, &["_id", "id"]);
        said.append(&mut top);
        let label = said
            .iter()
            .find(|one| one.name.eq_ignore_ascii_case("label"))
            .map(|one| one.text.clone());
        let Some(key) = id.or_else(|| label.clone().filter(|label| !label.trim().is_empty())) else {
            draft.fault("element", "", place, "it has no id and no label");
            continue;
        };
        elements.know(&key, label.as_deref().unwrap_or(&key));
        draft.elements.push(element(key, place, Said(said)));
    }
    let connections = list(whole.remove("connections"), "connections")?;
    for (at, value) in connections.into_iter().enumerate() {
        let place = format!("connection {}", at + 1);
        let (mut top, mut said) = parts(value, &place)?;
        let id = take(&mut top, &["_id", "id"]).unwrap_or_default();
        let ends = ["from", "to"].map(|end| {
            let name = take(&mut top, &[end]).unwrap_or_default();
            elements.named(&name, &place, &mut draft)
        });
        let course = match take(&mut top, &["reversed"]).as_deref() {
            Some("true") => Course::Turned("turned, as the connection is marked as reversed"),
            _ => Course::Onward,
        };
        // What is only said not to be is no news.
        top.retain(|one| one.text != "false");
        said.append(&mut top);
        let [from, to] = ends;
        draft
            .relations
            .push(relation(id, place, (from, to), Said(said), course));
    }
    for (name, value) in whole {
        let count = match &value {
            Value::Array(list) => list.len(),
            Value::Object(fields) => fields.len(),
            _ => 1,
        };
        draft.leave_out(
            &name,
            format!("{count} entries"),
            String::new(),
            "views and settings of Kumu are not part of a map",
        );
    }
    if let Some(note) = decoded.note {
        draft.note("the encoding", note);
    }
    draft.finish(choices)
}

type Texts = Vec<Attribute>;

/// The fields of an entry, and what stands under `attributes`.
fn parts(value: Value, place: &str) -> Result<(Texts, Texts), Error> {
    let Value::Object(mut fields) = value else {
        return Err(Error::Missing {
            place: place.to_owned(),
            what: "it is not an object: export the project from Kumu again".to_owned(),
        });
    };
    let inner = match fields.remove("attributes") {
        Some(Value::Object(inner)) => inner,
        _ => serde_json::Map::new(),
    };
    let texts = |fields: serde_json::Map<String, Value>| {
        let each = fields.iter();
        each.map(|(name, value)| Attribute::new(name.as_str(), text_of(value), place))
            .collect()
    };
    Ok((texts(fields), texts(inner)))
}

fn take(texts: &mut Texts, names: &[&str]) -> Option<String> {
    let at = texts
        .iter()
        .position(|one| names.contains(&one.name.as_str()) && !one.text.is_empty())?;
    Some(texts.remove(at).text)
}

/// A value as the text of an attribute: a list as JSON, which the fields of a map read.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
