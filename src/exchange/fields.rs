//! The fields of nodes, links and the map as attributes with a name and a text, and back.
//!
//! One spelling for every format that has attributes: a field is named as in the map file. A text, a day or a word
//! stands as it is; a number, a flag and a list stand as JSON, so that no text in a list can be taken for its end.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::text::{Ids, fold};
use crate::map::{BenefitMap, Link, Node, NodeId, NodeKind, Owner, OwnerId, Partner, PartnerId};

/// How a field stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// As it is.
    Text,
    /// As JSON.
    Json,
    /// As JSON, and read from `yes` and `1` too.
    Flag,
    /// As JSON, and read from a list with `;` or `|` in it too.
    List,
}

use Writing::{Flag, Json, List, Text};

/// Of a node, besides its id, kind, title and description.
const NODE: &[(&str, Writing)] = &[
    ("owner", Text),
    ("start", Text),
    ("due", Text),
    ("quick_win", Flag),
    ("disbenefit", Flag),
    ("unintended", Flag),
    ("partners", List),
    ("tags", List),
    ("cost", Json),
];
/// Of a link, besides its ends.
const LINK: &[(&str, Writing)] = &[
    ("rationale", Text),
    ("contribution", Json),
    ("effect", Text),
    ("feedback", Flag),
    ("assumptions", List),
    ("evidence", Json),
];
/// Of the map, besides its title and purpose.
const MAP: &[(&str, Writing)] = &[
    ("period", Json),
    ("currency", Text),
    ("owners", Json),
    ("partners", Json),
];

/// The names of the fields of a node, in the order in which they are written.
pub(super) fn node_names() -> impl Iterator<Item = &'static str> {
    NODE.iter().map(|(name, _)| *name)
}

/// The names of the fields of a link.
pub(super) fn link_names() -> impl Iterator<Item = &'static str> {
    LINK.iter().map(|(name, _)| *name)
}

/// The names of the fields of the map.
pub(super) fn map_names() -> impl Iterator<Item = &'static str> {
    MAP.iter().map(|(name, _)| *name)
}

/// The fields of a node that say something.
pub(super) fn of_node(node: &Node) -> Vec<(&'static str, String)> {
    written(node, NODE)
}

/// The fields of a link that say something.
pub(super) fn of_link(link: &Link) -> Vec<(&'static str, String)> {
    written(link, LINK)
}

/// The fields of the map that say something.
pub(super) fn of_map(map: &BenefitMap) -> Vec<(&'static str, String)> {
    written(map, MAP)
}

fn written(record: &impl Serialize, fields: &[(&'static str, Writing)]) -> Vec<(&'static str, String)> {
    let Ok(Value::Object(values)) = serde_json::to_value(record) else {
        return Vec::new();
    };
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let of = |name: &'static str| values.get(name).map(|value| (name, text(value)));
    fields.iter().filter_map(|(name, _)| of(name)).collect()
}

/// An attribute that came in: its name as it stands there, and its text.
pub(super) type Attribute = (String, String);

/// The owners and partners of a map that comes in, by id and by name.
#[derive(Debug, Default)]
pub(super) struct People {
    owners: BTreeMap<String, Owner>,
    partners: BTreeMap<String, Partner>,
    owner_ids: Ids,
    partner_ids: Ids,
}

impl People {
    /// Those that the map itself names.
    fn know(&mut self, owners: Vec<Owner>, partners: Vec<Partner>) {
        for owner in owners {
            self.owner_ids.take_exactly(owner.id.as_str());
            self.owners.entry(owner.id.to_string()).or_insert(owner);
        }
        for partner in partners {
            self.partner_ids.take_exactly(partner.id.as_str());
            self.partners.entry(partner.id.to_string()).or_insert(partner);
        }
    }

    /// The id of an owner who is named by id or by name; one that is not there yet is made.
    fn owner(&mut self, text: &str) -> String {
        if let Some(owner) = self
            .owners
            .get(text)
            .or_else(|| self.owners.values().find(|owner| owner.name == text))
        {
            return owner.id.to_string();
        }
        let id = self.owner_ids.take(&[text], "owner");
        if let Ok(owner_id) = OwnerId::new(&id) {
            let owner = Owner {
                id: owner_id,
                name: text.to_owned(),
                organisation: String::new(),
                senior: false,
            };
            self.owners.insert(id.clone(), owner);
        }
        id
    }

    /// The same of a partner.
    fn partner(&mut self, text: &str) -> String {
        if let Some(partner) = self
            .partners
            .get(text)
            .or_else(|| self.partners.values().find(|one| one.name == text))
        {
            return partner.id.to_string();
        }
        let id = self.partner_ids.take(&[text], "partner");
        if let Ok(partner_id) = PartnerId::new(&id) {
            let name = text.to_owned();
            self.partners.insert(id.clone(), Partner { id: partner_id, name });
        }
        id
    }

    /// Puts them into the map.
    pub(super) fn settle(self, map: &mut BenefitMap) {
        map.owners = self.owners.into_values().collect();
        map.partners = self.partners.into_values().collect();
    }
}

/// Attributes that say nothing to a map, by name with their number, and why.
#[derive(Debug, Default)]
pub(super) struct Unread(BTreeMap<(String, String), usize>);

impl Unread {
    fn add(&mut self, name: &str, why: &str) {
        *self.0.entry((name.to_owned(), why.to_owned())).or_default() += 1;
    }

    /// Name, reason and number of each sort, in order.
    pub(super) fn into_sorts(self) -> impl Iterator<Item = (String, String, usize)> {
        self.0.into_iter().map(|((name, why), count)| (name, why, count))
    }
}

const NO_FIELD: &str = "a map has no such field";

/// The fields of the map among attributes; those that are none are left to `unread`.
pub(super) fn read_map(map: &mut BenefitMap, attributes: &[Attribute], people: &mut People, unread: &mut Unread) {
    let base = Map::from_iter([("format".to_owned(), Value::from(crate::map::FORMAT))]);
    let read: BenefitMap = read(base, attributes, MAP, unread, |_, value| value);
    people.know(read.owners, read.partners);
    map.period = read.period;
    map.currency = read.currency;
}

/// A node of such an id, kind and title, with the fields among the attributes.
pub(super) fn read_node(
    (id, kind, title): (&NodeId, NodeKind, &str),
    attributes: &[Attribute],
    people: &mut People,
    unread: &mut Unread,
) -> Node {
    let base = Map::from_iter([
        ("id".to_owned(), Value::from(id.as_str())),
        ("kind".to_owned(), Value::from(kind.as_str())),
        ("title".to_owned(), Value::from(title)),
    ]);
    read(base, attributes, NODE, unread, |name, value| match (name, value) {
        ("owner", Value::String(text)) => Value::from(people.owner(&text)),
        ("partners", Value::Array(texts)) => {
            let known = |text| match text {
                Value::String(text) => Value::from(people.partner(&text)),
                other => other,
            };
            texts.into_iter().map(known).collect()
        }
        (_, value) => value,
    })
}

/// A link of such ends, with the fields among the attributes.
pub(super) fn read_link((from, to): (&NodeId, &NodeId), attributes: &[Attribute], unread: &mut Unread) -> Link {
    let base = Map::from_iter([
        ("from".to_owned(), Value::from(from.as_str())),
        ("to".to_owned(), Value::from(to.as_str())),
    ]);
    read(base, attributes, LINK, unread, |_, value| value)
}

/// A record of what is certain and of every attribute that is a field and can be read as one.
fn read<T: DeserializeOwned>(
    base: Map<String, Value>,
    attributes: &[Attribute],
    fields: &[(&'static str, Writing)],
    unread: &mut Unread,
    mut known: impl FnMut(&str, Value) -> Value,
) -> T {
    let mut record = base.clone();
    for (own_name, text) in attributes {
        if text.trim().is_empty() {
            continue;
        }
        let folded = fold(own_name);
        let Some((name, writing)) = fields.iter().find(|(name, _)| *name == folded) else {
            unread.add(own_name, NO_FIELD);
            continue;
        };
        let value = known(name, value_of(text, *writing));
        // Each field is tried by itself, so that one that cannot be read costs no other.
        let mut alone = base.clone();
        alone.insert((*name).to_owned(), value.clone());
        match serde_json::from_value::<T>(Value::Object(alone)) {
            Ok(_) => {
                record.insert((*name).to_owned(), value);
            }
            Err(_) => unread.add(own_name, "its value cannot be read as this field of a map"),
        }
    }
    match serde_json::from_value(Value::Object(record)) {
        Ok(record) => record,
        // Every field was tried, so this does not come to pass; the certain part stands by itself.
        Err(_) => serde_json::from_value(Value::Object(base)).expect("ids, kinds and texts make a record"),
    }
}

fn value_of(text: &str, writing: Writing) -> Value {
    let json = || serde_json::from_str::<Value>(text).ok();
    let plain = || Value::from(text.trim());
    match writing {
        Text => Value::from(text),
        Json => json().unwrap_or_else(plain),
        Flag => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "1" => Value::from(true),
            "false" | "no" | "0" => Value::from(false),
            _ => plain(),
        },
        List => match json() {
            Some(list @ Value::Array(_)) => list,
            _ => text
                .split([';', '|'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_field_or_cannot_be_read_is_told_and_costs_nothing_else() {
        let attributes = [
            ("Tags", "a; b"),
            ("due", "soon"),
            ("weight", "3"),
            ("Owner", "Ann Lee"),
            ("quick win", "yes"),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned()));
        let (mut people, mut unread) = (People::default(), Unread::default());
        let id = NodeId::new("n").unwrap();
        let node = read_node((&id, NodeKind::Enabler, "t"), &attributes, &mut people, &mut unread);
        assert_eq!(node.tags, ["a", "b"]);
        assert_eq!(node.owner.unwrap().as_str(), "ann-lee");
        assert!(node.quick_win && node.due.is_none());
        let unread: Vec<_> = unread.into_sorts().map(|(name, _, count)| (name, count)).collect();
        assert_eq!(unread, [("due".to_owned(), 1), ("weight".to_owned(), 1)]);
    }
}
