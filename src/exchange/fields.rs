//! The fields of nodes, links and the map as attributes with a name and a text, and back.
//!
//! One spelling for every format that has attributes: a field is named as in the map file. A text, a day or a word
//! stands as it is; a number, a flag and a list stand as JSON, so that no text in a list can be taken for its end.

use crate::map::called::folded;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::free::{self, FREE};
use super::text::{Ids, shortened};
use crate::map::record::{self, Kind, Record};
use crate::map::{
    BenefitMap, Link, Node, NodeId, NodeKind, Owner, OwnerId, Partner, PartnerId, is_blank, is_free_name,
};

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

/// A field and how it is written.
type Written = (&'static str, Writing);

/// Of a node, besides its id, kind, title and description, for which every format has a place of its own.
static NODE: LazyLock<Vec<Written>> = LazyLock::new(|| all_but(&record::NODE, &["id", "kind", "title", "description"]));
/// Of a link, besides its ends.
static LINK: LazyLock<Vec<Written>> = LazyLock::new(|| all_but(&record::LINK, &["from", "to"]));
/// What says that benefit-map wrote the file, and in which format of the map.
const WRITTEN_HERE: &str = "benefit_map";

/// Of the map, besides its title and purpose, what boxes and lines refer to: other records have no place in a drawing.
static MAP: LazyLock<Vec<Written>> = LazyLock::new(|| {
    let wanted = ["period", "currency", "language", "owners", "partners"];
    let fields = wanted.iter().filter_map(|name| record::MAP.field(name));
    fields.map(|field| (field.name, writing(&field.kind))).collect()
});

fn all_but(record: &'static Record, elsewhere: &[&str]) -> Vec<Written> {
    let fields = record.fields.iter().filter(|field| !elsewhere.contains(&field.name));
    let mut all: Vec<Written> = fields.map(|field| (field.name, writing(&field.kind))).collect();
    if record.free {
        all.push((FREE, Json));
    }
    all
}

fn writing(kind: &Kind) -> Writing {
    match kind {
        Kind::Flag => Flag,
        Kind::List(Kind::Text | Kind::Reference(_)) => List,
        Kind::Text | Kind::Day | Kind::Language | Kind::Word(_) | Kind::Reference(_) | Kind::Id | Kind::Threatened => {
            Text
        }
        _ => Json,
    }
}

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
    std::iter::once(WRITTEN_HERE).chain(MAP.iter().map(|(name, _)| *name))
}

/// The fields of a node that say something.
pub(super) fn of_node(node: &Node) -> Vec<(&'static str, String)> {
    written(node, &NODE)
}

/// The fields of a link that say something.
pub(super) fn of_link(link: &Link) -> Vec<(&'static str, String)> {
    written(link, &LINK)
}

/// The fields of the map that say something, and that it was written here.
pub(super) fn of_map(map: &BenefitMap) -> Vec<(&'static str, String)> {
    let mut said = vec![(WRITTEN_HERE, crate::map::FORMAT.to_string())];
    said.extend(written(map, &MAP));
    said
}

fn written(record: &impl Serialize, fields: &[(&'static str, Writing)]) -> Vec<(&'static str, String)> {
    let Ok(Value::Object(mut values)) = serde_json::to_value(record) else {
        return Vec::new();
    };
    free::gather(&mut values);
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let of = |name: &'static str| values.get(name).map(|value| (name, text(value)));
    fields.iter().filter_map(|(name, _)| of(name)).collect()
}

/// An attribute that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its name as it stands there.
    pub(super) name: String,
    pub(super) text: String,
    /// Where it stands, for an account.
    pub(super) place: String,
}

/// The tags that headings become.
pub(super) fn tags(headings: &[String], place: &str) -> Option<Attribute> {
    let list = || Value::from(headings.to_vec()).to_string();
    (!headings.is_empty()).then(|| Attribute::new("tags", list(), place))
}

impl Attribute {
    pub(super) fn new(name: impl Into<String>, text: impl Into<String>, place: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            place: place.into(),
        }
    }
}

/// Whether attributes of a graph or a model say that benefit-map wrote the file. Then its texts are what somebody put in
/// a map, also where they say nothing (`?`), and are all kept.
pub(super) fn written_here(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.name == WRITTEN_HERE)
}

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

/// A text with line feeds alone between its lines, and nothing around it.
pub(super) fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// What becomes of texts that say only that something is missing, such as `TBC`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    /// They are as empty as they say.
    Empty,
    /// They are kept.
    Kept,
}

/// An attribute that is not in the map, or not as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) name: String,
    /// What stands there; of a field that no map has, how often it occurs.
    pub(super) text: String,
    /// Where it stands.
    pub(super) place: String,
    /// What it was taken as; empty where it is not in the map.
    pub(super) became: String,
    pub(super) why: String,
}

/// Attributes that are not in the map.
#[derive(Debug, Default)]
pub(super) struct Unread {
    /// Names that no map has, with their number and the first place.
    unknown: BTreeMap<String, (usize, String)>,
    /// Those that a map has, each by itself.
    known: Vec<Left>,
}

impl Unread {
    /// Adds one of a name that no map has.
    pub(super) fn unknown(&mut self, attribute: &Attribute) {
        let (count, _) = self
            .unknown
            .entry(attribute.name.clone())
            .or_insert_with(|| (0, attribute.place.clone()));
        *count += 1;
    }

    /// Adds one that a map could hold, and why it does not.
    pub(super) fn left(&mut self, attribute: &Attribute, why: impl Into<String>) {
        self.taken(attribute, String::new(), why.into());
    }

    /// Adds one that is in the map in other words.
    pub(super) fn taken(&mut self, attribute: &Attribute, became: String, how: String) {
        self.known.push(Left {
            name: attribute.name.clone(),
            text: attribute.text.clone(),
            place: attribute.place.clone(),
            became,
            why: how,
        });
    }

    /// Each that could be in the map, in the order met; then a name that no map has each.
    pub(super) fn into_each(self) -> impl Iterator<Item = Left> {
        let unknown = self.unknown.into_iter().map(|(name, (count, place))| Left {
            name,
            text: if count == 1 {
                "once".to_owned()
            } else {
                format!("{count} times")
            },
            place,
            became: String::new(),
            why: NO_FIELD.to_owned(),
        });
        self.known.into_iter().chain(unknown)
    }
}

/// Why an attribute that no map has is left out.
pub(super) const NO_FIELD: &str = "a map has no such field";

/// Why a text that says only that something is missing is left out.
pub(super) const SAYS_NOTHING: &str = "it is only a placeholder, so it is taken as empty";

/// The fields of the map among attributes; those that are none are left to `unread`.
pub(super) fn read_map(map: &mut BenefitMap, attributes: &[Attribute], people: &mut People, unread: &mut Unread) {
    let base = Map::from_iter([("format".to_owned(), Value::from(crate::map::FORMAT))]);
    let known: Vec<Attribute> = attributes
        .iter()
        .filter(|one| one.name != WRITTEN_HERE)
        .cloned()
        .collect();
    let blanks = match written_here(attributes) {
        true => Blanks::Kept,
        false => Blanks::Empty,
    };
    let read: BenefitMap = read(base, &known, (&MAP, blanks), unread, |_, value| value);
    people.know(read.owners, read.partners);
    map.period = read.period;
    map.currency = read.currency;
    map.language = read.language;
}

/// A node of such an id, kind and title, with the fields among the attributes.
pub(super) fn read_node(
    (id, kind, title): (&NodeId, NodeKind, &str),
    (attributes, blanks): (&[Attribute], Blanks),
    people: &mut People,
    unread: &mut Unread,
) -> Node {
    let base = Map::from_iter([
        ("id".to_owned(), Value::from(id.as_str())),
        ("kind".to_owned(), Value::from(kind.as_str())),
        ("title".to_owned(), Value::from(title)),
    ]);
    read(base, attributes, (&NODE, blanks), unread, |name, value| {
        match (name, value) {
            ("owner", Value::String(text)) => Value::from(people.owner(&text)),
            ("partners", Value::Array(texts)) => {
                let known = |text| match text {
                    Value::String(text) => Value::from(people.partner(&text)),
                    other => other,
                };
                texts.into_iter().map(known).collect()
            }
            (_, value) => value,
        }
    })
}

/// A link of such ends, with the fields among the attributes.
pub(super) fn read_link(
    (from, to): (&NodeId, &NodeId),
    (attributes, blanks): (&[Attribute], Blanks),
    unread: &mut Unread,
) -> Link {
    let base = Map::from_iter([
        ("from".to_owned(), Value::from(from.as_str())),
        ("to".to_owned(), Value::from(to.as_str())),
    ]);
    read(base, attributes, (&LINK, blanks), unread, |_, value| value)
}

/// A record of what is certain and of every attribute that is a field and can be read as one.
fn read<T: DeserializeOwned>(
    base: Map<String, Value>,
    attributes: &[Attribute],
    (fields, blanks): (&[(&'static str, Writing)], Blanks),
    unread: &mut Unread,
    mut known: impl FnMut(&str, Value) -> Value,
) -> T {
    let mut record = base.clone();
    // The first text of each field that there is.
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for attribute in attributes {
        let text = attribute.text.as_str();
        if text.trim().is_empty() {
            continue;
        }
        let folded = folded(&attribute.name);
        if fields.iter().any(|(name, _)| *name == FREE) && (folded == FREE || is_free_name(&attribute.name)) {
            let is_readable = |whole| serde_json::from_value::<T>(Value::Object(whole)).is_ok();
            for why in free::take((&attribute.name, text), &base, &mut record, is_readable) {
                unread.left(attribute, why);
            }
            continue;
        }
        let Some((name, writing)) = fields.iter().find(|(name, _)| *name == folded) else {
            unread.unknown(attribute);
            continue;
        };
        let mut value = value_of(text, *writing);
        if blanks == Blanks::Empty {
            match &mut value {
                Value::String(text) if is_blank(text) => {
                    unread.left(attribute, SAYS_NOTHING);
                    continue;
                }
                Value::Array(texts) if *writing == List => {
                    texts.retain(|text| {
                        let says = !text.as_str().is_some_and(is_blank);
                        if !says {
                            unread.left(attribute, SAYS_NOTHING);
                        }
                        says
                    });
                    if texts.is_empty() {
                        continue;
                    }
                }
                _ => {}
            }
        }
        if let Some(first) = taken.get(*name) {
            match (record.get_mut(*name), value) {
                // Of a list every part counts.
                (Some(Value::Array(texts)), Value::Array(more)) => {
                    let Value::Array(more) = known(name, Value::Array(more)) else {
                        continue;
                    };
                    let new: Vec<Value> = more.into_iter().filter(|one| !texts.contains(one)).collect();
                    texts.extend(new);
                }
                _ if first.trim() != text.trim() => unread.left(
                    attribute,
                    format!("it is there a second time, and `{}` was taken", shortened(first)),
                ),
                _ => {}
            }
            continue;
        }
        // Each field is tried by itself, so that one that cannot be read costs no other.
        let is_readable = |value: &Value| {
            let mut alone = base.clone();
            alone.insert((*name).to_owned(), value.clone());
            serde_json::from_value::<T>(Value::Object(alone)).is_ok()
        };
        // Names of people are known only after that, since knowing one makes it.
        let people = matches!(*name, "owner" | "partners");
        let value = if people { known(name, value) } else { value };
        match is_readable(&value) {
            true => {
                taken.insert(name, text);
                record.insert((*name).to_owned(), value);
            }
            false => unread.left(attribute, unreadable(name, *writing)),
        }
    }
    match serde_json::from_value(Value::Object(record)) {
        Ok(record) => record,
        // Every field was tried, so this does not come to pass; the certain part stands by itself.
        Err(_) => serde_json::from_value(Value::Object(base)).expect("ids, kinds and texts make a record"),
    }
}

/// Why a text is not in the map as that field, and what to write.
fn unreadable(name: &str, writing: Writing) -> String {
    match (name, writing) {
        ("start" | "due", _) => "it cannot be read as a date: write it as in 2027-03-31".to_owned(),
        ("contribution", _) => "it cannot be read as a share: write a number from 0 to 1".to_owned(),
        ("effect", _) => "it cannot be read as an effect: write supports or hinders".to_owned(),
        (_, Flag) => "it cannot be read as a yes or a no: write true or false".to_owned(),
        _ => "its value cannot be read as this field of a map".to_owned(),
    }
}

fn value_of(text: &str, writing: Writing) -> Value {
    let json = || serde_json::from_str::<Value>(text).ok();
    let plain = || Value::from(text.trim());
    match writing {
        Text => Value::from(text),
        Json => json().unwrap_or_else(plain),
        Flag => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "y" | "x" | "1" => Value::from(true),
            "false" | "no" | "n" | "0" => Value::from(false),
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

    fn attributes(pairs: &[(&str, &str)]) -> Vec<Attribute> {
        let each = pairs.iter().enumerate();
        each.map(|(at, (name, text))| Attribute::new(*name, *text, format!("line {}", at + 1)))
            .collect()
    }

    fn node(pairs: &[(&str, &str)], blanks: Blanks) -> (Node, People, Vec<Left>) {
        let (mut people, mut unread) = (People::default(), Unread::default());
        let id = NodeId::new("n").unwrap();
        let node = read_node(
            (&id, NodeKind::Enabler, "t"),
            (&attributes(pairs), blanks),
            &mut people,
            &mut unread,
        );
        (node, people, unread.into_each().collect())
    }

    #[test]
    fn what_is_no_field_or_cannot_be_read_is_told_and_costs_nothing_else() {
        let pairs = [
            ("Tags", "a; b"),
            ("due", "soon"),
            ("weight", "3"),
            ("Owner", "Ann Lee"),
            ("quick win", "yes"),
        ];
        let (node, _, left) = node(&pairs, Blanks::Empty);
        assert_eq!(node.tags, ["a", "b"]);
        assert_eq!(node.owner.unwrap().as_str(), "ann-lee");
        assert!(node.quick_win && node.due.is_none());
        let left: Vec<_> = left
            .iter()
            .map(|left| (left.name.as_str(), left.text.as_str(), left.place.as_str()))
            .collect();
        assert_eq!(left, [("due", "soon", "line 2"), ("weight", "once", "line 3")]);
    }

    #[test]
    fn of_two_values_the_first_is_taken_and_lists_are_put_together() {
        let pairs = [
            ("Owner", "Ada"),
            ("owner", "Ben"),
            ("Tags", "a"),
            ("tags", "a;b"),
            ("Owner", "Ada"),
        ];
        let (node, people, left) = node(&pairs, Blanks::Empty);
        assert_eq!(
            (node.owner.unwrap().as_str(), node.tags),
            ("ada", vec!["a".to_owned(), "b".to_owned()])
        );
        let mut map = BenefitMap::new("");
        people.settle(&mut map);
        assert_eq!(map.owners.len(), 1, "the one left out is no owner of nothing");
        assert_eq!(left.len(), 1);
        assert_eq!(
            (left[0].text.as_str(), left[0].why.as_str()),
            ("Ben", "it is there a second time, and `Ada` was taken")
        );
    }

    #[test]
    fn words_for_what_is_missing_are_empty_and_told_but_kept_where_a_map_had_them() {
        let pairs = [
            ("owner", "TBC"),
            ("due", "n/a"),
            ("tags", "a; tbd"),
            ("partners", "[\"?\"]"),
        ];
        let (read, people, left) = node(&pairs, Blanks::Empty);
        assert!(read.owner.is_none() && read.due.is_none() && read.partners.is_empty() && read.tags == ["a"]);
        assert_eq!(left.len(), 4);
        let mut map = BenefitMap::new("");
        people.settle(&mut map);
        assert!(map.owners.is_empty() && map.partners.is_empty());
        let (kept, ..) = node(&pairs[2..], Blanks::Kept);
        assert_eq!((kept.tags.len(), kept.partners.len()), (2, 1));
    }
}
