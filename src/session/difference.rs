//! What is different between two maps, record by record.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::map::BenefitMap;

/// What is different between two maps.
#[derive(Debug, Default, Serialize, PartialEq)]
pub struct Difference {
    /// Records that are new or other than before, by what names them.
    pub changed: BTreeMap<String, Value>,
    /// Records that are gone.
    pub gone: Vec<String>,
}

/// What is in `new` and was not in `old`, and what is gone. Both are canonical.
/// ```
/// use benefit_map::map::{BenefitMap, Node, NodeKind};
/// use benefit_map::session::difference;
///
/// let old = BenefitMap::new("Kiosks");
/// let mut new = old.clone();
/// new.nodes.push(Node::new("kiosk".parse().unwrap(), NodeKind::Enabler, "Kiosks in libraries"));
/// let found = difference(&old, &new);
/// assert_eq!(found.changed.keys().collect::<Vec<_>>(), ["node kiosk"]);
/// assert!(found.gone.is_empty());
/// ```
pub fn difference(old: &BenefitMap, new: &BenefitMap) -> Difference {
    let mut out = Difference::default();
    let (old_head, new_head) = (head(old), head(new));
    if old_head != new_head {
        out.changed.insert("map".to_owned(), new_head);
    }
    out.list(&old.nodes, &new.nodes, |r| format!("node {}", r.id));
    out.list(&old.links, &new.links, |r| format!("link {} -> {}", r.from, r.to));
    out.list(&old.owners, &new.owners, |r| format!("owner {}", r.id));
    out.list(&old.kpis, &new.kpis, |r| format!("kpi {}", r.id));
    out.list(&old.risks, &new.risks, |r| format!("risk {}", r.id));
    out.list(&old.plans, &new.plans, |r| format!("plan {}", r.owner));
    out.list(&old.partners, &new.partners, |r| format!("partner {}", r.id));
    out
}

impl Difference {
    fn list<T: PartialEq + Serialize>(&mut self, old: &[T], new: &[T], name: impl Fn(&T) -> String) {
        if old == new {
            return;
        }
        let mut before: BTreeMap<String, &T> = old.iter().map(|record| (name(record), record)).collect();
        for record in new {
            let name = name(record);
            if before.remove(&name) != Some(record) {
                let value = serde_json::to_value(record).unwrap_or_default();
                self.changed.insert(name, value);
            }
        }
        let there: std::collections::BTreeSet<String> = new.iter().map(&name).collect();
        self.gone
            .extend(before.into_keys().filter(|name| !there.contains(name)));
    }
}

/// The fields of a map that are no list of records, arrangement and allowances among them.
fn head(map: &BenefitMap) -> Value {
    // Each field by its name: a new one cannot be forgotten here.
    let BenefitMap {
        schema,
        format,
        title,
        purpose,
        period,
        currency,
        language,
        document,
        appraisal,
        owners: _,
        nodes: _,
        links: _,
        kpis: _,
        risks: _,
        plans: _,
        partners: _,
        reviews,
        arrangement,
        allow,
    } = map;
    let head = BenefitMap {
        schema: schema.clone(),
        format: *format,
        title: title.clone(),
        purpose: purpose.clone(),
        period: *period,
        currency: currency.clone(),
        language: *language,
        document: document.clone(),
        appraisal: appraisal.clone(),
        reviews: reviews.clone(),
        arrangement: arrangement.clone(),
        allow: allow.clone(),
        ..BenefitMap::default()
    };
    serde_json::to_value(head).unwrap_or(Value::Object(Map::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Link, Node, NodeId, NodeKind};

    #[test]
    fn only_what_is_new_is_in_it() {
        let id = |id: &str| NodeId::new(id).unwrap();
        let mut old = BenefitMap::new("Old");
        old.nodes = ["a", "b", "c"].map(|n| Node::new(id(n), NodeKind::Enabler, n)).to_vec();
        old.links = vec![Link::new(id("a"), id("b")), Link::new(id("b"), id("c"))];
        let mut new = old.clone();
        assert_eq!(difference(&old, &new), Difference::default());
        new.nodes[1].title = "B".to_owned();
        new.links.remove(1);
        new.title = "New".to_owned();
        let found = difference(&old, &new);
        assert_eq!(found.gone, ["link b -> c"]);
        assert_eq!(found.changed.keys().collect::<Vec<_>>(), ["map", "node b"]);
        assert_eq!(found.changed["map"], serde_json::json!({"format": 1, "title": "New"}));
    }
}
