//! Nodes that belong together, by owner, partner or tag.

use std::collections::BTreeMap;

use crate::graph::BenefitGraph;

use super::Grouping;
use super::content::{Content, Entry};
use super::owners::Owners;
use crate::text::clean;

/// The groups of one picture.
pub(super) struct Groups {
    /// By name; what belongs to none comes last.
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
        let keys: Vec<Option<String>> = content
            .entries
            .iter()
            .map(|entry| {
                let node = match entry {
                    Entry::Node(ix, _) => graph.node(*ix),
                    // What is on another page stands with its own group, where it can be told.
                    Entry::Elsewhere(elsewhere) => graph.node(graph.find(&elsewhere.id)?),
                };
                let name = match by {
                    Grouping::Owner => owners.name(node.owner.as_ref()?).to_owned(),
                    Grouping::Partner => partner(node.partners.iter().min()?.as_str()),
                    Grouping::Tag => node.tags.iter().min()?.clone(),
                };
                Some(clean(&name)).filter(|name| !name.is_empty())
            })
            .collect();
        // Names in order, and after them what has none.
        let mut places: BTreeMap<(bool, &str), usize> = BTreeMap::new();
        for key in &keys {
            places.insert((key.is_none(), key.as_deref().unwrap_or_default()), 0);
        }
        for (i, place) in places.values_mut().enumerate() {
            *place = i;
        }
        let none = match by {
            Grouping::Owner => "No owner",
            Grouping::Partner => "No partner",
            Grouping::Tag => "No tag",
        };
        Self {
            of: keys
                .iter()
                .map(|key| places[&(key.is_none(), key.as_deref().unwrap_or_default())])
                .collect(),
            names: places
                .keys()
                .map(|(is_none, name)| if *is_none { none.to_owned() } else { (*name).to_owned() })
                .collect(),
        }
    }
}
