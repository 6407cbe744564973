//! The order of the boxes in their stages: read off a picture, and kept in the next one.

use std::collections::{BTreeMap, BTreeSet};

use super::step::Placement;
use crate::map::{BenefitMap, NodeId, NodeKind};
use crate::scene::Scene;

/// The boxes of every stage, from the top.
pub type Order = BTreeMap<NodeKind, Vec<NodeId>>;

/// The boxes of every stage, from the top, as the scene has them.
pub(super) fn order_of(scene: &Scene, map: &BenefitMap) -> Order {
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

/// The order to keep: that of the last picture, with new boxes where they should be, and with the boxes that people arranged in
/// the order they gave them, in the places that these boxes had. Other new boxes are left to the layout.
pub(super) fn kept(last: &Order, map: &BenefitMap, placements: &[Placement]) -> Vec<NodeId> {
    let mut out = Vec::new();
    if last.is_empty() {
        return out;
    }
    for kind in NodeKind::ALL {
        let here: BTreeSet<&NodeId> = map.nodes.iter().filter(|n| n.kind == *kind).map(|n| &n.id).collect();
        let before = last.get(kind).map_or(&[][..], Vec::as_slice);
        let mut order: Vec<&NodeId> = before.iter().filter(|id| here.contains(id)).collect();
        for Placement { id, below: above } in placements {
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
        let placed = |(id, below): &(&str, &str)| Placement {
            id: (*id).to_owned(),
            below: (*below).to_owned(),
        };
        let below: Vec<_> = below.iter().map(placed).collect();
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
