//! The thread that draws: the newest map, with the order of the last picture kept, and what is new in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use serde_json::json;

use super::findings;
use super::hub::{Event, Hub, Shown};
use super::picture::Picture;
use super::records::difference;
use super::room::with_room;
use super::told::Told;
use crate::check::Profile;
use crate::draw;
use crate::graph::BenefitGraph;
use crate::layout::{self, LayoutOptions};
use crate::map::{BenefitMap, Day, NodeId, NodeKind};
use crate::scene::Scene;

/// What is to be drawn.
pub(super) enum Painting {
    /// A map, after these steps.
    Map {
        map: Arc<BenefitMap>,
        rev: u64,
        hash: String,
        steps: Vec<Told>,
        /// New boxes, and below which each is wished.
        below: Vec<(String, String)>,
    },
    /// The same map with no order kept but what people arranged.
    Tidy,
}

pub(super) struct Painter {
    hub: Arc<Hub>,
    today: Option<Day>,
    shown: Shown,
    /// The boxes of every stage from the top, as they were drawn.
    order: Arc<Order>,
}

/// The boxes of every stage, from the top.
pub(super) type Order = BTreeMap<NodeKind, Vec<NodeId>>;

impl Painter {
    pub fn new(hub: Arc<Hub>, today: Option<Day>) -> Self {
        Self {
            hub,
            today,
            shown: Shown::default(),
            order: Arc::default(),
        }
    }

    /// Draws the map once, so that whoever comes first finds it.
    pub fn begin(&mut self, map: Arc<BenefitMap>, rev: u64, hash: String) {
        let shown = self.painted(map, rev, hash, &[]);
        self.show(shown, None);
    }

    /// Draws what comes in; of several maps that wait, only the newest.
    pub fn run(mut self, asked: &Receiver<Painting>) {
        while let Ok(first) = asked.recv() {
            let mut newest = None;
            let (mut steps, mut below) = (Vec::new(), Vec::new());
            for painting in std::iter::once(first).chain(asked.try_iter()) {
                match painting {
                    Painting::Map {
                        map,
                        rev,
                        hash,
                        steps: more,
                        below: wishes,
                    } => {
                        newest = Some((map, rev, hash));
                        steps.extend(more);
                        below.extend(wishes);
                    }
                    Painting::Tidy => self.order = Arc::default(),
                }
            }
            let same = || (self.shown.map.clone(), self.shown.rev, self.shown.hash.clone());
            let (map, rev, hash) = newest.unwrap_or_else(same);
            self.paint(map, rev, hash, &steps, &below);
        }
    }

    fn paint(&mut self, map: Arc<BenefitMap>, rev: u64, hash: String, steps: &[Told], below: &[(String, String)]) {
        let shown = self.painted(map, rev, hash, below);
        let changes = difference(&self.shown.map, &shown.map);
        let news = json!({
            "rev": rev,
            "hash": shown.hash,
            "edits": steps,
            "changed": changes.changed,
            "gone": changes.gone,
            "picture": self.shown.picture.difference(&shown.picture),
        });
        let mut news = news.to_string();
        news.pop();
        news.push_str(",\"findings\":");
        // The revision stands in the findings, but does not make them new.
        let is_same = findings::without_rev(&shown.findings) == findings::without_rev(&self.shown.findings);
        news.push_str(if is_same { "null" } else { &shown.findings });
        news.push('}');
        self.show(shown, Some(news));
    }

    /// The map as it is shown. What it takes to get there is let go of piece by piece: on a large map it is much.
    fn painted(&mut self, map: Arc<BenefitMap>, rev: u64, hash: String, below: &[(String, String)]) -> Shown {
        let graph = BenefitGraph::new(&map);
        let options = LayoutOptions {
            order: kept(&self.order, &map, below),
            ..LayoutOptions::default()
        };
        let scene = layout::layout(&graph, &options);
        self.order = Arc::new(order_of(&scene, &map));
        let letters = letters(&scene);
        let roomy = with_room(&scene);
        drop(scene);
        let pieces = draw::pieces(&roomy, Default::default());
        let picture = Arc::new(Picture::new(&roomy, pieces));
        drop(roomy);
        let findings: Arc<str> = findings::json(&graph, Profile::Workshop, self.today, rev)
            .to_string()
            .into();
        drop(graph);
        Shown {
            rev,
            hash,
            picture,
            findings,
            order: self.order.clone(),
            letters,
            map,
            greeting: Arc::default(),
        }
    }

    fn show(&mut self, shown: Shown, news: Option<String>) {
        self.shown = shown;
        self.hub.send(Event::Map(Box::new(self.shown.clone()), news));
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

/// The boxes of every stage, from the top, as the scene has them.
fn order_of(scene: &Scene, map: &BenefitMap) -> Order {
    let kinds: BTreeMap<&str, &crate::map::Node> = map.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let mut order: BTreeMap<NodeKind, Vec<(f64, NodeId)>> = BTreeMap::new();
    for card in &scene.cards {
        if let Some(node) = kinds.get(card.id.as_str()) {
            order.entry(node.kind).or_default().push((card.y, node.id.clone()));
        }
    }
    let sorted = order.into_iter().map(|(kind, mut cards)| {
        cards.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        (kind, cards.into_iter().map(|(_, id)| id).collect())
    });
    sorted.collect()
}

/// The order to keep: that of the last picture, with new boxes where they are wished, and with the boxes that people arranged in
/// the order they gave them, in the places that these boxes had. What is new and wished nowhere is left to the layout.
pub(super) fn kept(last: &Order, map: &BenefitMap, below: &[(String, String)]) -> Vec<NodeId> {
    let mut out = Vec::new();
    if last.is_empty() {
        return out;
    }
    for kind in NodeKind::ALL {
        let here: BTreeSet<&NodeId> = map.nodes.iter().filter(|n| n.kind == *kind).map(|n| &n.id).collect();
        let before = last.get(kind).map_or(&[][..], Vec::as_slice);
        let mut order: Vec<&NodeId> = before.iter().filter(|id| here.contains(id)).collect();
        for (id, above) in below {
            let Some(id) = here.iter().copied().find(|other| other.as_str() == id) else {
                continue;
            };
            let place = match order.iter().position(|other| other.as_str() == above) {
                Some(at) => at + 1,
                None if above.is_empty() => 0,
                None => continue,
            };
            if !order.contains(&id) {
                order.insert(place, id);
            }
        }
        let arranged = map.arrangement.as_ref().map_or(&[][..], |a| a.order.of(*kind));
        arrange(&mut order, arranged.iter().filter(|id| here.contains(id)).collect());
        out.extend(order.into_iter().cloned());
    }
    out
}

/// Brings the arranged ones into their order, in the places that they have among the others.
fn arrange<'m>(order: &mut Vec<&'m NodeId>, arranged: Vec<&'m NodeId>) {
    for (at, id) in arranged.iter().enumerate() {
        if !order.contains(id) {
            let above = arranged[..at]
                .iter()
                .rev()
                .find_map(|a| order.iter().position(|o| o == a));
            order.insert(above.map_or(0, |at| at + 1), id);
        }
    }
    let wanted: BTreeSet<&NodeId> = arranged.iter().copied().collect();
    let places: Vec<usize> = (0..order.len()).filter(|&at| wanted.contains(order[at])).collect();
    for (place, id) in places.into_iter().zip(arranged) {
        order[place] = id;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Arrangement, Node};

    fn ids(list: &str) -> Vec<NodeId> {
        list.split_whitespace().map(|id| NodeId::new(id).unwrap()).collect()
    }

    fn kept_of(last: &str, now: &str, arranged: &str, below: &[(&str, &str)]) -> String {
        let mut map = BenefitMap::new("");
        map.nodes = ids(now)
            .into_iter()
            .map(|id| Node::new(id, NodeKind::Enabler, ""))
            .collect();
        let mut arrangement = Arrangement::default();
        *arrangement.order.of_mut(NodeKind::Enabler) = ids(arranged);
        map.arrangement = Some(arrangement);
        let below: Vec<_> = below.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let order = Order::from([(NodeKind::Enabler, ids(last))]);
        let kept = kept(&order, &map, &below);
        kept.iter().map(NodeId::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_last_picture_holds_still() {
        assert_eq!(kept_of("a b c", "c b a", "", &[]), "a b c");
        assert_eq!(kept_of("a b c", "a c d", "", &[]), "a c");
        assert_eq!(kept_of("a b c", "a b c d", "", &[("d", "a")]), "a d b c");
        assert_eq!(kept_of("a b c", "a b c d", "", &[("d", "")]), "d a b c");
        assert_eq!(
            kept_of("a b c", "a b c d e", "", &[("d", "c"), ("e", "d")]),
            "a b c d e"
        );
        assert_eq!(kept_of("a b c", "a b c d", "", &[("d", "gone")]), "a b c");
    }

    #[test]
    fn what_people_arranged_comes_first() {
        assert_eq!(kept_of("a b c", "a b c", "c a b", &[]), "c a b");
        assert_eq!(kept_of("a b c d", "a b c d", "d b", &[]), "a d c b");
        assert_eq!(kept_of("a b c", "a b c x", "b x", &[]), "a b x c");
    }
}
