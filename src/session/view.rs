//! The map as everybody sees it: the picture with what is missing, made of a map and of the view before.

use std::sync::Arc;

use serde::Serialize;

use super::difference::{Difference, difference};
use super::findings::Findings;
use super::foot::with_feet;
use super::order::{Order, kept, order_of};
use super::picture::{Picture, PicturePatch};
use super::step::{HistoryEntry, Placement};
use crate::check::Profile;
use crate::draw;
use crate::graph::BenefitGraph;
use crate::layout::{self, EmptyStages, LayoutOptions};
use crate::map::{BenefitMap, Day};
use crate::scene::Scene;

/// A map at a revision.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The revision.
    pub rev: u64,
    /// The hash of the map's canonical text.
    pub hash: String,
    /// The map, in its canonical order.
    pub map: Arc<BenefitMap>,
}

/// Which order of the boxes a new picture keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxOrder {
    /// That of the picture before, with new boxes fitted in.
    AsBefore,
    /// None but what people arranged.
    Arranged,
}

/// The map as everybody sees it.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Which view of this session it is, counted from 1; 0 before anything was drawn.
    pub number: u64,
    /// The revision of the map.
    pub rev: u64,
    /// The hash of the map's canonical text.
    pub hash: String,
    /// The map, in its canonical order.
    pub map: Arc<BenefitMap>,
    /// The boxes of every stage, from the top, as the picture has them.
    pub order: Arc<Order>,
    /// How many letters the picture has.
    pub letters: usize,
    /// The picture in pieces.
    pub picture: Arc<Picture>,
    /// What is missing; `None` before anything was drawn.
    pub findings: Option<Arc<Findings>>,
}

/// What is new between two views: what is sent to those who have the first.
#[derive(Debug, Serialize)]
pub struct Patch<'v> {
    #[serde(flatten)]
    difference: Difference,
    /// The view that this makes from the one before: who has another one asks for everything.
    view: u64,
    /// What was done.
    edits: &'v [HistoryEntry],
    hash: &'v str,
    picture: PicturePatch<'v>,
    rev: u64,
    /// `None` where they say the same as before.
    findings: Option<&'v Findings>,
}

impl View {
    /// The view of a map after this one, with new boxes placed as was asked for. Findings are judged by `today`.
    pub fn next(&self, revision: Revision, boxes: BoxOrder, placements: &[Placement], today: Option<Day>) -> Self {
        let Revision { rev, hash, map } = revision;
        let graph = BenefitGraph::new(&map);
        let order = match boxes {
            BoxOrder::AsBefore => kept(&self.order, &map, placements),
            BoxOrder::Arranged => Vec::new(),
        };
        let options = LayoutOptions {
            order,
            empty_stages: EmptyStages::Column,
            ..LayoutOptions::default()
        };
        // What it takes to get there is let go of piece by piece: on a large map it is much.
        let scene = layout::layout(&graph, &options);
        let order = Arc::new(order_of(&scene, &map));
        let letters = letters(&scene);
        let footed = with_feet(&scene);
        drop(scene);
        let pieces = draw::pieces(&footed, Default::default());
        let picture = Arc::new(Picture::new(&footed, pieces));
        drop(footed);
        let findings = Arc::new(Findings::new(&graph, Profile::Workshop, today, rev));
        drop(graph);
        Self {
            number: self.number + 1,
            rev,
            hash,
            map,
            order,
            letters,
            picture,
            findings: Some(findings),
        }
    }

    /// The revision that it shows.
    pub fn revision(&self) -> Revision {
        Revision {
            rev: self.rev,
            hash: self.hash.clone(),
            map: self.map.clone(),
        }
    }

    /// What is new in a later view, after those steps.
    pub fn patch<'v>(&'v self, later: &'v View, edits: &'v [HistoryEntry]) -> Patch<'v> {
        let same = match (&self.findings, &later.findings) {
            (Some(before), Some(now)) => before.says_the_same_as(now),
            (before, now) => before.is_none() && now.is_none(),
        };
        Patch {
            difference: difference(&self.map, &later.map),
            view: later.number,
            edits,
            hash: &later.hash,
            picture: self.picture.patch(&later.picture),
            rev: later.rev,
            findings: later.findings.as_deref().filter(|_| !same),
        }
    }
}

/// How many letters a picture has.
fn letters(scene: &Scene) -> usize {
    let cards = scene.cards.iter().flat_map(|card| {
        let badges = card.badges.iter().map(|badge| &badge.text);
        card.texts.iter().chain(badges)
    });
    let lines = scene.texts.iter().chain(cards).flat_map(|text| &text.lines);
    lines.map(|line| line.text.len()).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::map::{Link, Node, NodeId, NodeKind};

    fn revision(rev: u64, map: &BenefitMap) -> Revision {
        let hash = rev.to_string();
        let map = Arc::new(map.clone());
        Revision { rev, hash, map }
    }

    fn patch_of(before: &View, later: &View) -> Value {
        serde_json::to_value(before.patch(later, &[])).unwrap()
    }

    #[test]
    fn a_patch_says_what_is_new_and_nothing_else() {
        let id = |id: &str| NodeId::new(id).unwrap();
        let mut map = BenefitMap::new("Kiosks");
        map.nodes = vec![
            Node::new(id("a"), NodeKind::Enabler, "Kiosks"),
            Node::new(id("b"), NodeKind::EndOutcome, "More people learn"),
        ];
        map.links = vec![Link::new(id("a"), id("b"))];
        let first = View::default().next(revision(1, &map), BoxOrder::AsBefore, &[], None);
        let same = first.next(revision(2, &map), BoxOrder::AsBefore, &[], None);
        assert_eq!(
            patch_of(&first, &same),
            json!({"view": 2, "rev": 2, "hash": "2", "edits": [], "changed": {}, "gone": [], "picture": {}, "findings": null})
        );
        map.nodes[0].title = "Kiosks in every library".to_owned();
        map.nodes[1].title.clear();
        map.links.clear();
        let other = first.next(revision(3, &map), BoxOrder::AsBefore, &[], None);
        let patch = patch_of(&first, &other);
        assert_eq!(patch["changed"]["node a"]["title"], "Kiosks in every library");
        assert_eq!(patch["gone"], json!(["link a -> b"]));
        assert_eq!(patch["picture"]["routes"], json!({"a -> b": null}));
        assert!(patch["picture"]["cards"]["a"]["svg"].is_string());
        map.links.push(Link::new(id("a"), id("a")));
        let wrong = other.next(revision(4, &map), BoxOrder::AsBefore, &[], None);
        let patch = patch_of(&other, &wrong);
        assert_eq!(patch["findings"]["rev"], 4);
        assert_eq!(patch["findings"]["groups"][0]["rule"], "self-link");
    }

    #[test]
    fn a_new_box_is_drawn_where_it_was_asked_for() {
        let id = |id: &str| NodeId::new(id).unwrap();
        let mut map = BenefitMap::new("");
        let enabler = |name: &str| Node::new(id(name), NodeKind::Enabler, name);
        map.nodes = vec![enabler("a"), enabler("b")];
        let first = View::default().next(revision(1, &map), BoxOrder::AsBefore, &[], None);
        map.nodes.push(enabler("c"));
        let top = Placement {
            id: "c".to_owned(),
            below: String::new(),
        };
        let next = first.next(revision(2, &map), BoxOrder::AsBefore, &[top], None);
        let mut wanted = vec![id("c")];
        wanted.extend(first.order[&NodeKind::Enabler].clone());
        assert_eq!(next.order[&NodeKind::Enabler], wanted);
    }
}
