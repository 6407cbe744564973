//! The picture in pieces, and what is different between two pictures.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::draw::Pieces;
use crate::map::NodeKind;
use crate::scene::{PanelKind, Scene};

/// A picture, each piece by its name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Picture {
    columns: Vec<Column>,
    defs: String,
    ground: String,
    height: Px,
    over: String,
    style: String,
    width: Px,
    cards: BTreeMap<String, Card>,
    routes: BTreeMap<String, Route>,
}

/// A stage with the area behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Column {
    h: Px,
    kind: NodeKind,
    w: Px,
    x: Px,
    y: Px,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Card {
    h: Px,
    svg: Box<str>,
    w: Px,
    x: Px,
    y: Px,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Route {
    from: Box<str>,
    head: Box<str>,
    head_look: Box<str>,
    line: Box<str>,
    look: Box<str>,
    to: Box<str>,
    tooltip: Box<str>,
}

/// In px, with two decimals at most.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Px(f64);

impl Px {
    fn new(value: f64) -> Self {
        Self((value * 100.0).round() / 100.0)
    }
}

impl Serialize for Px {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.fract() == 0.0 {
            true => serializer.serialize_i64(self.0 as i64),
            false => serializer.serialize_f64(self.0),
        }
    }
}

/// What is new in a picture: what has stayed is not in it, and what is gone is `null`.
#[derive(Debug, Serialize)]
pub struct PicturePatch<'p> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    cards: BTreeMap<&'p str, Option<CardPatch<'p>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<&'p [Column]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    defs: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<Px>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over: Option<&'p str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    routes: BTreeMap<&'p str, Option<RoutePatch<'p>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<Px>,
}

/// The fields of a card that are new.
#[derive(Debug, Serialize)]
struct CardPatch<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    h: Option<Px>,
    #[serde(skip_serializing_if = "Option::is_none")]
    svg: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    w: Option<Px>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<Px>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<Px>,
}

/// The fields of a line that are new.
#[derive(Debug, Serialize)]
struct RoutePatch<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head_look: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    look: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tooltip: Option<&'p str>,
}

/// A piece of a picture, of which only what is new is sent.
trait Piece: PartialEq {
    type Patch<'p>
    where
        Self: 'p;

    /// The fields that are other than before; all of them where there was nothing before.
    fn patch<'p>(&'p self, before: Option<&Self>) -> Self::Patch<'p>;
}

/// Makes the patch of a piece: each field with how it is borrowed.
macro_rules! patch {
    ($piece:ident => $patch:ident { $($field:ident: $get:expr),* $(,)? }) => {
        impl Piece for $piece {
            type Patch<'p> = $patch<'p>;

            fn patch<'p>(&'p self, before: Option<&Self>) -> $patch<'p> {
                $patch {$(
                    $field: before.is_none_or(|before| before.$field != self.$field).then(|| $get(&self.$field)),
                )*}
            }
        }
    };
}

fn px(value: &Px) -> Px {
    *value
}

fn text(value: &str) -> &str {
    value
}

patch!(Card => CardPatch { h: px, svg: text, w: px, x: px, y: px });
patch!(Route => RoutePatch { from: text, head: text, head_look: text, line: text, look: text, to: text, tooltip: text });

impl Picture {
    /// A scene that was drawn in pieces.
    pub(super) fn new(scene: &Scene, pieces: Pieces) -> Self {
        let stages = scene.panels.iter().filter(|panel| panel.kind == PanelKind::Stage);
        let columns = stages.zip(NodeKind::ALL).map(|(panel, kind)| {
            let area = panel.area;
            Column {
                h: Px::new(area.h),
                kind: *kind,
                w: Px::new(area.w),
                x: Px::new(area.x),
                y: Px::new(area.y),
            }
        });
        let cards = pieces.cards.into_iter().map(|card| {
            let area = card.area;
            let piece = Card {
                h: Px::new(area.h),
                svg: card.svg.into(),
                w: Px::new(area.w),
                x: Px::new(area.x),
                y: Px::new(area.y),
            };
            (card.id, piece)
        });
        let mut routes = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for route in pieces.routes {
            let name = format!("{} -> {}", route.from, route.to);
            let number = numbers.entry(name.clone()).or_insert(0_u32);
            *number += 1;
            let key = match *number {
                1 => name,
                number => format!("{name} #{number}"),
            };
            let piece = Route {
                from: route.from.into(),
                head: route.head.into(),
                head_look: route.head_look.into(),
                line: route.line.into(),
                look: route.look.into(),
                to: route.to.into(),
                tooltip: route.tooltip.into(),
            };
            routes.insert(key, piece);
        }
        Self {
            columns: columns.collect(),
            defs: inner(&pieces.defs).to_owned(),
            ground: pieces.ground,
            height: Px::new(pieces.height),
            over: pieces.over,
            style: pieces.style,
            width: Px::new(pieces.width),
            cards: cards.collect(),
            routes,
        }
    }

    /// What is in `new` and not here, what is other there, and what is gone.
    pub fn patch<'p>(&'p self, new: &'p Picture) -> PicturePatch<'p> {
        fn changed<'p>(old: &str, new: &'p str) -> Option<&'p str> {
            (old != new).then_some(new)
        }
        PicturePatch {
            cards: parts(&self.cards, &new.cards),
            columns: (self.columns != new.columns).then_some(&new.columns),
            defs: changed(&self.defs, &new.defs),
            ground: changed(&self.ground, &new.ground),
            height: (self.height != new.height).then_some(new.height),
            over: changed(&self.over, &new.over),
            routes: parts(&self.routes, &new.routes),
            style: changed(&self.style, &new.style),
            width: (self.width != new.width).then_some(new.width),
        }
    }
}

fn parts<'p, P: Piece>(
    old: &'p BTreeMap<String, P>,
    new: &'p BTreeMap<String, P>,
) -> BTreeMap<&'p str, Option<P::Patch<'p>>> {
    let mut out = BTreeMap::new();
    for (key, piece) in new {
        let before = old.get(key);
        if before != Some(piece) {
            out.insert(key.as_str(), Some(piece.patch(before)));
        }
    }
    let gone = old.keys().filter(|key| !new.contains_key(*key));
    out.extend(gone.map(|key| (key.as_str(), None)));
    out
}

/// What an element holds.
fn inner(element: &str) -> &str {
    let start = element.find('>').map_or(0, |at| at + 1);
    let end = element.rfind("</").unwrap_or(start).max(start);
    element[start..end].trim()
}
