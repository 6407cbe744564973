//! The picture in pieces as JSON, and what is different between two pictures.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::draw::Pieces;
use crate::map::NodeKind;
use crate::scene::{PanelKind, Scene};

/// A picture, each piece by its name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Picture {
    #[serde(flatten)]
    whole: BTreeMap<&'static str, Value>,
    cards: BTreeMap<String, Card>,
    routes: BTreeMap<String, Route>,
}

/// A card, as it is told.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Card {
    x: Px,
    y: Px,
    w: Px,
    h: Px,
    svg: Box<str>,
}

/// A line, as it is told.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Route {
    from: Box<str>,
    to: Box<str>,
    look: Box<str>,
    line: Box<str>,
    head: Box<str>,
    head_look: Box<str>,
    tooltip: Box<str>,
}

/// In px, with two decimals at most.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Px(f64);

impl Serialize for Px {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        px(self.0).serialize(serializer)
    }
}

/// A piece that is told by its fields.
trait Piece: PartialEq + Serialize {
    fn fields(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        }
    }
}

impl Piece for Card {}
impl Piece for Route {}

impl Picture {
    pub fn new(scene: &Scene, pieces: Pieces) -> Self {
        let stages = scene.panels.iter().filter(|panel| panel.kind == PanelKind::Stage);
        let columns: Vec<Value> = stages
            .zip(NodeKind::ALL)
            .map(|(panel, kind)| {
                let area = panel.area;
                json!({"kind": kind, "x": px(area.x), "y": px(area.y), "w": px(area.w), "h": px(area.h)})
            })
            .collect();
        let whole = BTreeMap::from([
            ("width", px(pieces.width)),
            ("height", px(pieces.height)),
            ("style", Value::from(pieces.style)),
            ("defs", Value::from(inner(&pieces.defs))),
            ("ground", Value::from(pieces.ground)),
            ("over", Value::from(pieces.over)),
            ("columns", Value::from(columns)),
        ]);
        let cards = pieces.cards.into_iter().map(|card| {
            let area = card.area;
            let piece = Card {
                x: Px(rounded(area.x)),
                y: Px(rounded(area.y)),
                w: Px(rounded(area.w)),
                h: Px(rounded(area.h)),
                svg: card.svg.into(),
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
                to: route.to.into(),
                look: route.look.into(),
                line: route.line.into(),
                head: route.head.into(),
                head_look: route.head_look.into(),
                tooltip: route.tooltip.into(),
            };
            routes.insert(key, piece);
        }
        Self {
            whole,
            cards: cards.collect(),
            routes,
        }
    }

    /// What is in `new` and not here, what is other there, and what is gone as `null`.
    pub fn difference(&self, new: &Picture) -> Value {
        let mut out = Map::new();
        for (name, value) in &new.whole {
            if self.whole.get(name) != Some(value) {
                out.insert((*name).to_owned(), value.clone());
            }
        }
        let is_first = self.whole.is_empty();
        let lists = [
            ("cards", parts(&self.cards, &new.cards)),
            ("routes", parts(&self.routes, &new.routes)),
        ];
        for (name, parts) in lists {
            if !parts.is_empty() || is_first {
                out.insert(name.to_owned(), Value::Object(parts));
            }
        }
        Value::Object(out)
    }
}

fn parts<P: Piece>(old: &BTreeMap<String, P>, new: &BTreeMap<String, P>) -> Map<String, Value> {
    let mut out = Map::new();
    for (key, piece) in new {
        let before = old.get(key);
        if before == Some(piece) {
            continue;
        }
        let before = before.map(Piece::fields).unwrap_or_default();
        let mut news = piece.fields();
        news.retain(|name, value| before.get(name) != Some(value));
        out.insert(key.clone(), Value::Object(news));
    }
    out.extend(
        old.keys()
            .filter(|key| !new.contains_key(*key))
            .map(|key| (key.clone(), Value::Null)),
    );
    out
}

/// To two decimals.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// In px, with two decimals at most.
fn px(value: f64) -> Value {
    let rounded = rounded(value);
    if rounded.fract() == 0.0 {
        json!(rounded as i64)
    } else {
        json!(rounded)
    }
}

/// What stands in an element.
fn inner(element: &str) -> &str {
    let start = element.find('>').map_or(0, |at| at + 1);
    let end = element.rfind("</").unwrap_or(start).max(start);
    element[start..end].trim()
}
