//! Owners by name, and by initials that tell them apart.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::graph::BenefitGraph;
use crate::map::{Owner, OwnerId};

use crate::text::clean;

/// Words that give no initial.
const SMALL: [&str; 6] = ["a", "and", "for", "of", "the", "to"];

/// The owners of a map, by id; of several with one id, the first.
pub(super) struct Owners<'m> {
    owners: BTreeMap<&'m str, &'m Owner>,
    initials: BTreeMap<&'m str, String>,
}

impl<'m> Owners<'m> {
    pub fn new(graph: &BenefitGraph<'m>) -> Self {
        let mut owners = BTreeMap::new();
        for owner in &graph.map().owners {
            owners.entry(owner.id.as_str()).or_insert(owner);
        }
        // An owner that nobody described still stands on its nodes.
        let ids: BTreeSet<&str> = graph
            .nodes()
            .filter_map(|ix| graph.node(ix).owner.as_ref())
            .map(OwnerId::as_str)
            .chain(owners.keys().copied())
            .collect();
        let mut taken = BTreeMap::new();
        let mut initials = BTreeMap::new();
        for id in ids {
            let letters = letters(owners.get(id).map_or(id, |o| o.name.as_str()));
            let times: &mut usize = taken.entry(letters.clone()).or_default();
            *times += 1;
            let own = if *times == 1 {
                letters
            } else {
                format!("{letters}{times}")
            };
            initials.insert(id, own);
        }
        Self { owners, initials }
    }

    /// The name, or the id where nobody described the owner or gave it a name.
    pub fn name<'s>(&'s self, id: &'s OwnerId) -> &'s str {
        self.owners.get(id.as_str()).map_or(id.as_str(), |owner| owner.label())
    }

    /// The organisation; empty where there is none.
    pub fn organisation(&self, id: &OwnerId) -> &str {
        self.owners
            .get(id.as_str())
            .map_or("", |owner| owner.organisation.as_str())
    }

    /// Initials that no other owner of the map has.
    pub fn initials(&self, id: &OwnerId) -> &str {
        self.initials.get(id.as_str()).map_or("", String::as_str)
    }

    /// Initials and names of the owners given, each once, in the order of the initials.
    pub fn spelled<'i>(&self, ids: impl Iterator<Item = &'i OwnerId>) -> Vec<String> {
        let ids: BTreeSet<&OwnerId> = ids.collect();
        let mut out: Vec<_> = ids
            .into_iter()
            .map(|id| (self.initials(id), clean(self.name(id))))
            .collect();
        out.sort();
        out.into_iter()
            .map(|(initials, name)| format!("{initials} {name}"))
            .collect()
    }
}

/// The first letters of up to three words that carry meaning, in capitals.
fn letters(name: &str) -> String {
    let name = clean(name);
    let mut words: Vec<&str> = name.unicode_words().filter(|word| !SMALL.contains(word)).collect();
    if words.is_empty() {
        words = name.split(' ').collect();
    }
    let first = |word: &&str| word.graphemes(true).next().unwrap_or_default().to_uppercase();
    words.iter().take(3).map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{BenefitMap, Node, NodeId, NodeKind};

    #[test]
    fn small_words_give_no_initial() {
        assert_eq!(letters("Director of Place"), "DP");
        assert_eq!(letters("head of climate and resources"), "HCR");
        assert_eq!(letters("of the"), "OT");
        assert_eq!(letters("\u{6771}\u{4eac} office"), "\u{6771}\u{4eac}O");
        assert_eq!(letters(""), "");
    }

    #[test]
    fn no_two_owners_share_initials() {
        let mut map = BenefitMap::new("");
        for (id, name) in [("b", "Diana Prince"), ("a", "Director of Place")] {
            map.owners.push(Owner {
                id: OwnerId::new(id).unwrap(),
                name: name.to_owned(),
                organisation: String::new(),
                senior: false,
            });
        }
        let mut node = Node::new(NodeId::new("n").unwrap(), NodeKind::Enabler, "");
        node.owner = Some(OwnerId::new("unknown-one").unwrap());
        map.nodes.push(node);
        let graph = BenefitGraph::new(&map);
        let owners = Owners::new(&graph);
        let id = |text| OwnerId::new(text).unwrap();
        assert_eq!(owners.initials(&id("a")), "DP");
        assert_eq!(owners.initials(&id("b")), "DP2");
        assert_eq!(owners.name(&id("unknown-one")), "unknown-one");
        let both = [id("b"), id("a"), id("b")];
        assert_eq!(
            owners.spelled(both.iter()),
            ["DP Director of Place", "DP2 Diana Prince"]
        );
    }
}
