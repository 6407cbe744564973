//! The picture in pieces as JSON, and what is different between two pictures.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::draw::Pieces;
use crate::map::NodeKind;
use crate::scene::{PanelKind, Scene};

/// A picture, each piece by its name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Picture {
    #[serde(flatten)]
    whole: BTreeMap<&'static str, Value>,
    cards: BTreeMap<String, Map<String, Value>>,
    routes: BTreeMap<String, Map<String, Value>>,
}

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
            let mut fields = Map::new();
            for (name, value) in [
                ("x", card.area.x),
                ("y", card.area.y),
                ("w", card.area.w),
                ("h", card.area.h),
            ] {
                fields.insert(name.to_owned(), px(value));
            }
            fields.insert("svg".to_owned(), Value::from(card.svg));
            (card.id, fields)
        });
        let mut routes = BTreeMap::new();
        for route in pieces.routes {
            let name = format!("{} -> {}", route.from, route.to);
            let mut key = name.clone();
            for number in 2.. {
                if !routes.contains_key(&key) {
                    break;
                }
                key = format!("{name} #{number}");
            }
            let mut fields = Map::new();
            fields.insert("from".to_owned(), Value::from(route.from));
            fields.insert("to".to_owned(), Value::from(route.to));
            fields.insert("look".to_owned(), Value::from(route.look));
            fields.insert("line".to_owned(), Value::from(route.line));
            fields.insert("head".to_owned(), Value::from(route.head));
            fields.insert("head_look".to_owned(), Value::from(route.head_look));
            fields.insert("tooltip".to_owned(), Value::from(route.tooltip));
            routes.insert(key, fields);
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
        for (name, old, new) in [
            ("cards", &self.cards, &new.cards),
            ("routes", &self.routes, &new.routes),
        ] {
            let parts = parts(old, new);
            if !parts.is_empty() || self.whole.is_empty() {
                out.insert(name.to_owned(), Value::Object(parts));
            }
        }
        Value::Object(out)
    }
}

fn parts(old: &BTreeMap<String, Map<String, Value>>, new: &BTreeMap<String, Map<String, Value>>) -> Map<String, Value> {
    let mut out = Map::new();
    for (key, fields) in new {
        let before = old.get(key);
        if before == Some(fields) {
            continue;
        }
        let differs = |(name, value): &(&String, &Value)| before.is_none_or(|before| before.get(*name) != Some(*value));
        let news = fields
            .iter()
            .filter(differs)
            .map(|(name, value)| (name.clone(), value.clone()));
        out.insert(key.clone(), Value::Object(news.collect()));
    }
    out.extend(
        old.keys()
            .filter(|key| !new.contains_key(*key))
            .map(|key| (key.clone(), Value::Null)),
    );
    out
}

/// In px, with two decimals at most.
fn px(value: f64) -> Value {
    let rounded = (value * 100.0).round() / 100.0;
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
