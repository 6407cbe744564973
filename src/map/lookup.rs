//! Records of a map by their ids, for what looks up many of them.

use std::collections::HashMap;

use super::{Activity, ActivityId, BenefitMap, Kpi, Language, Node, NodeId, Owner, OwnerId};

/// The records of one map, found in the same time however large the map is. Of several with one id the first is found, as
/// [`BenefitMap::owner`] finds it.
#[derive(Debug, Clone)]
pub struct Lookup<'m> {
    language: Language,
    nodes: HashMap<&'m str, &'m Node>,
    owners: HashMap<&'m str, &'m Owner>,
    kpis: HashMap<&'m str, Vec<&'m Kpi>>,
    activities: HashMap<&'m str, &'m Activity>,
}

impl<'m> Lookup<'m> {
    /// The records of that map. Takes time in proportion to its size.
    pub fn new(map: &'m BenefitMap) -> Self {
        let mut kpis: HashMap<&str, Vec<&Kpi>> = HashMap::new();
        for kpi in &map.kpis {
            kpis.entry(kpi.node.as_str()).or_default().push(kpi);
        }
        let activities = map.plans.iter().flat_map(|plan| &plan.activities);
        Self {
            language: map.language(),
            nodes: first(map.nodes.iter().map(|node| (node.id.as_str(), node))),
            owners: first(map.owners.iter().map(|owner| (owner.id.as_str(), owner))),
            kpis,
            activities: first(activities.map(|activity| (activity.id.as_str(), activity))),
        }
    }

    /// The language of the map.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The node of that id.
    pub fn node(&self, id: &NodeId) -> Option<&'m Node> {
        self.nodes.get(id.as_str()).copied()
    }

    /// The owner of that id.
    pub fn owner(&self, id: &OwnerId) -> Option<&'m Owner> {
        self.owners.get(id.as_str()).copied()
    }

    /// The KPIs of a node, in the map's order.
    pub fn kpis_of(&self, node: &NodeId) -> &[&'m Kpi] {
        self.kpis.get(node.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The activity of that id.
    pub fn activity(&self, id: &ActivityId) -> Option<&'m Activity> {
        self.activities.get(id.as_str()).copied()
    }
}

fn first<'m, T>(records: impl Iterator<Item = (&'m str, &'m T)>) -> HashMap<&'m str, &'m T> {
    let mut out = HashMap::new();
    for (id, record) in records {
        out.entry(id).or_insert(record);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::NodeKind;

    #[test]
    fn the_first_of_an_id_is_found_and_kpis_keep_their_order() {
        let map: BenefitMap = serde_json::from_str(
            r#"{"format": 1, "nodes": [{"id": "a", "kind": "enabler"}, {"id": "a", "kind": "end-outcome"}],
                "kpis": [{"id": "z", "node": "a"}, {"id": "b", "node": "c"}, {"id": "k", "node": "a"}]}"#,
        )
        .unwrap();
        let lookup = Lookup::new(&map);
        let a = &map.nodes[0].id;
        assert_eq!(lookup.node(a).map(|node| node.kind), Some(NodeKind::Enabler));
        let kpis: Vec<&str> = lookup.kpis_of(a).iter().map(|kpi| kpi.id.as_str()).collect();
        assert_eq!(kpis, ["z", "k"]);
        assert!(lookup.node(&map.kpis[1].node).is_none());
    }
}
