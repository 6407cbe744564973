//! Nodes that belong together, by owner, partner or tag.

use std::collections::BTreeMap;

use crate::graph::BenefitGraph;
use crate::map::Node;

use super::Grouping;
use super::content::{Content, Entry};
use super::owners::Owners;
use crate::text::clean;

/// What cards belong to, in the order of the groups: by name, then what belongs to none, then the cards that stand for
/// boxes of several groups on other pages.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Named(String),
    None,
    Elsewhere,
}

/// The groups of one picture.
pub(super) struct Groups {
    /// By name; what belongs to none comes after them, and what stands for boxes on other pages last.
    pub names: Vec<String>,
    /// The group of every card, as an index into the names.
    pub of: Vec<usize>,
}

impl Groups {
    pub fn new(graph: &BenefitGraph<'_>, content: &Content<'_, '_>, owners: &Owners<'_>, by: Grouping) -> Self {
        let partner = |id: &str| {
            let known = graph.map().partners.iter().find(|partner| partner.id.as_str() == id);
            known.map_or(id.to_owned(), |partner| partner.name.clone())
        };
        let name_of = |node: &Node| {
            let name = match by {
                Grouping::Owner => owners.name(node.owner.as_ref()?).to_owned(),
                Grouping::Partner => partner(node.partners.iter().min()?.as_str()),
                Grouping::Tag => node.tags.iter().min()?.clone(),
            };
            Some(clean(&name)).filter(|name| !name.is_empty())
        };
        let node_of = |entry: &Entry| match entry {
            Entry::Node(ix, _) => Some(*ix),
            // What is on another page stands with its own group, where it can be told.
            Entry::Elsewhere(elsewhere) => graph.find(&elsewhere.id),
        };
        let keys: Vec<Key> = content
            .entries
            .iter()
            .map(|entry| match node_of(entry) {
                Some(ix) => name_of(graph.node(ix)).map_or(Key::None, Key::Named),
                None => Key::Elsewhere,
            })
            .collect();
        let mut places: BTreeMap<&Key, usize> = keys.iter().map(|key| (key, 0)).collect();
        for (i, place) in places.values_mut().enumerate() {
            *place = i;
        }
        let none = match by {
            Grouping::Owner => "No owner",
            Grouping::Partner => "No partner",
            Grouping::Tag => "No tag",
        };
        let shown = |key: &Key| match key {
            Key::Named(name) => name.clone(),
            Key::None => none.to_owned(),
            Key::Elsewhere => "On other pages".to_owned(),
        };
        Self {
            of: keys.iter().map(|key| places[key]).collect(),
            names: places.keys().map(|key| shown(key)).collect(),
        }
    }
}
