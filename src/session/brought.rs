//! What a changed map says as edits, so that what came from elsewhere is one step of a session like any other.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::difference::difference;
use crate::edit::{Edit, Sort};
use crate::finding::Subject;
use crate::map::{BenefitMap, NodeId, NodeKind};

/// The sorts in an order in which nothing points at what is not there yet.
const IN_ORDER: [Sort; 7] = [
    Sort::Owner,
    Sort::Partner,
    Sort::Node,
    Sort::Link,
    Sort::Kpi,
    Sort::Risk,
    Sort::Plan,
];

/// The edits that bring a map from `before` to `after`: what is new is added, in the order of `order` where it is a box, and
/// every field that is another is set, if it still says what it said. What is gone in `after` stays. Of the map as a whole
/// title, purpose, period and currency are set.
///
/// ```
/// use benefit_map::edit::{Edit, apply};
/// use benefit_map::map::{BenefitMap, Node, NodeKind};
/// use benefit_map::session::brought;
///
/// let before = BenefitMap::new("Kiosks");
/// let mut after = before.clone();
/// after.nodes.push(Node::new("kiosk".parse().unwrap(), NodeKind::Enabler, "Kiosks in libraries"));
/// let mut map = before.clone();
/// apply(&mut map, &Edit::group(brought(&before, &after, &[]))).unwrap();
/// assert_eq!(map, after);
/// ```
pub fn brought(before: &BenefitMap, after: &BenefitMap, order: &[NodeId]) -> Vec<Edit> {
    let (mut before, mut after) = (before.clone(), after.clone());
    before.canonicalize();
    after.canonicalize();
    let found = difference(&before, &after);
    let olds = difference(&after, &before).changed;
    let places: HashMap<&str, usize> = order.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let mut out = Vec::new();
    if let Some(Value::Object(head)) = found.changed.get("map") {
        let old = olds.get("map").and_then(Value::as_object);
        for field in crate::map::record::MAP.settable() {
            out.extend(set(&Subject::Map, field, old, head));
        }
    }
    for sort in IN_ORDER {
        let prefix = format!("{} ", sort.as_str());
        let mut changed: Vec<(&String, &Value)> = found
            .changed
            .iter()
            .filter(|(name, _)| name.starts_with(&prefix))
            .collect();
        // Boxes as they came; the sort keeps all else as it is.
        changed.sort_by_key(|(name, _)| places.get(&name[prefix.len()..]).copied().unwrap_or(usize::MAX));
        for (name, value) in changed {
            let (Some(fields), Ok(what)) = (value.as_object(), name.parse::<Subject>()) else {
                continue;
            };
            let old = olds.get(name).and_then(Value::as_object);
            if old.is_none() {
                out.push(Edit::Add {
                    what: sort,
                    fields: fields.clone(),
                    plan: None,
                    at: None,
                });
                continue;
            }
            let names = old.into_iter().flat_map(Map::keys).chain(fields.keys());
            let names: BTreeSet<&String> = names.collect();
            for field in names {
                out.extend(set(&what, field, old, fields));
            }
        }
    }
    out
}

/// Sets a field that says something new.
fn set(what: &Subject, field: &str, old: Option<&Map<String, Value>>, new: &Map<String, Value>) -> Option<Edit> {
    let value =
        |fields: Option<&Map<String, Value>>| fields.and_then(|fields| fields.get(field)).cloned().unwrap_or_default();
    let (was, value) = (value(old), value(Some(new)));
    (was != value).then(|| Edit::Set {
        what: what.clone(),
        field: field.to_owned(),
        value,
        was: Some(was),
    })
}

/// The edits that put new boxes under those that stand in their stage, in this order; `stand` is how boxes stand.
pub fn in_their_order(after: &BenefitMap, new: &[NodeId], stand: &dyn Fn(NodeKind) -> Vec<NodeId>) -> Vec<Edit> {
    let kinds: HashMap<&NodeId, NodeKind> = after.nodes.iter().map(|node| (&node.id, node.kind)).collect();
    let mut out = Vec::new();
    for kind in NodeKind::ALL {
        let fresh: Vec<NodeId> = new.iter().filter(|id| kinds.get(id) == Some(kind)).cloned().collect();
        if fresh.len() < 2 {
            continue;
        }
        let mut order = stand(*kind);
        order.extend(fresh);
        out.push(Edit::Arrange { kind: *kind, order });
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::edit::apply;

    fn map(value: Value) -> BenefitMap {
        let mut map: BenefitMap = serde_json::from_value(value).unwrap();
        map.canonicalize();
        map
    }

    #[test]
    fn all_that_is_new_or_other_is_brought_and_what_is_gone_stays() {
        let before = map(json!({"format": 1, "title": "A", "nodes": [
            {"id": "a", "kind": "enabler", "title": "A", "tags": ["x"]}, {"id": "gone", "kind": "enabler", "title": "Gone"}]}));
        let after = map(json!({"format": 1, "title": "B", "currency": "GBP",
            "owners": [{"id": "ada", "name": "Ada"}], "partners": [{"id": "p", "name": "P"}],
            "nodes": [{"id": "a", "kind": "business-change", "title": "A", "owner": "ada"},
                      {"id": "b", "kind": "end-outcome", "title": "B", "partners": ["p"]}],
            "links": [{"from": "a", "to": "b", "rationale": "because"}],
            "kpis": [{"id": "k", "node": "b", "title": "K", "targets": [{"date": "2030-01-01", "value": 3}]}],
            "risks": [{"id": "r", "title": "R", "threatens": "a -> b"}],
            "plans": [{"owner": "ada", "activities": [{"id": "do", "title": "Do", "node": "a"}]}]}));
        let edits = brought(&before, &after, &[]);
        let mut now = before.clone();
        apply(&mut now, &Edit::group(edits.clone())).unwrap();
        now.canonicalize();
        let mut wanted = after.clone();
        wanted.nodes.push(
            before
                .nodes
                .iter()
                .find(|node| node.id.as_str() == "gone")
                .unwrap()
                .clone(),
        );
        wanted.canonicalize();
        assert_eq!(now, wanted);
        assert!(brought(&now, &now, &[]).is_empty());
    }

    #[test]
    fn boxes_come_in_the_order_that_is_asked_for() {
        let after = map(json!({"format": 1, "nodes": [
            {"id": "a", "kind": "enabler", "title": "A"}, {"id": "b", "kind": "enabler", "title": "B"}]}));
        let order: Vec<NodeId> = ["b", "a"].iter().map(|id| id.parse().unwrap()).collect();
        let edits = brought(&BenefitMap::default(), &after, &order);
        let ids: Vec<String> = edits
            .iter()
            .map(|edit| match edit {
                Edit::Add { fields, .. } => fields["id"].as_str().unwrap().to_owned(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(ids, ["b", "a"]);
        let arranged = in_their_order(&after, &order, &|_| vec!["x".parse().unwrap()]);
        assert_eq!(
            json!(arranged),
            json!([{"do": "arrange", "kind": "enabler", "order": ["x", "b", "a"]}])
        );
    }
}
