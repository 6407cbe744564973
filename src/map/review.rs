//! Who has looked at something on the map, and what they said of it.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{BenefitMap, Day, OwnerId, words};

words! {
    /// What a reviewer says.
    Says {
        /// It is as it should be.
        Agreed = "agreed",
        /// It is not to be relied on as it stands.
        Challenged = "challenged",
    }
}

/// One look at one thing. Of several by one owner at one thing the last in the list holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// What was looked at, as findings write it: `map`, `node bin-sensors`, `link a -> b`, `kpi rounds-km`, `risk r`.
    pub subject: String,
    /// Who looked.
    pub by: OwnerId,
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// What they said.
    pub says: Says,
    /// Why; what is asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What the thing said then, as [`Fingerprints::of`] tells it; empty where that is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fingerprint: String,
}

impl BenefitMap {
    /// The reviews that hold: of several by one owner of one subject the one of the latest day, of one day the last in the
    /// list. Each with its place in the list from 0, in the order of the list.
    pub fn standing_reviews(&self) -> Vec<(usize, &Review)> {
        let mut last: HashMap<(&str, &str), usize> = HashMap::new();
        for (at, review) in self.reviews.iter().enumerate() {
            let held = last.entry((review.subject.trim(), review.by.as_str())).or_insert(at);
            if self.reviews[*held].on <= review.on {
                *held = at;
            }
        }
        let mut places: Vec<usize> = last.into_values().collect();
        places.sort_unstable();
        places.into_iter().map(|at| (at, &self.reviews[at])).collect()
    }
}

/// Fingerprints of what stands on one map.
///
/// Made once for any number of subjects: it holds the map in its canonical form.
#[derive(Debug, Clone)]
pub struct Fingerprints {
    map: BenefitMap,
    /// Where the records of a subject stand in their list; of an activity also in which plan.
    places: HashMap<String, Vec<(usize, usize)>>,
}

impl Fingerprints {
    /// The fingerprints of that map.
    pub fn new(map: &BenefitMap) -> Self {
        let mut map = map.clone();
        map.canonicalize();
        let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        let mut put = |subject: String, at: (usize, usize)| places.entry(subject).or_default().push(at);
        for (at, node) in map.nodes.iter().enumerate() {
            put(format!("node {}", node.id), (at, 0));
        }
        for (at, link) in map.links.iter().enumerate() {
            put(format!("link {} -> {}", link.from, link.to), (at, 0));
        }
        for (at, owner) in map.owners.iter().enumerate() {
            put(format!("owner {}", owner.id), (at, 0));
        }
        for (at, kpi) in map.kpis.iter().enumerate() {
            put(format!("kpi {}", kpi.id), (at, 0));
        }
        for (at, risk) in map.risks.iter().enumerate() {
            put(format!("risk {}", risk.id), (at, 0));
        }
        for (at, partner) in map.partners.iter().enumerate() {
            put(format!("partner {}", partner.id), (at, 0));
        }
        for (at, plan) in map.plans.iter().enumerate() {
            put(format!("plan {}", plan.owner), (at, 0));
            for (inner, activity) in plan.activities.iter().enumerate() {
                put(format!("activity {}", activity.id), (at, inner));
            }
        }
        Self { map, places }
    }

    /// What a thing says now: `sha256:` and 64 hexadecimal digits (FIPS 180-4) of its canonical form, `None` where the map
    /// has no such thing. `subject` is written as findings write it.
    ///
    /// Covered is the whole record as `fmt` writes it, every record of it where several share an id, and:
    /// for a link also the records of the nodes at both ends; for a plan its activities; for the map everything but the
    /// reviews and the arrangement, which say nothing of what the map claims. What refers to the record, such as a KPI of
    /// a node, is not covered: it has reviews of its own.
    pub fn of(&self, subject: &str) -> Option<String> {
        let words: Vec<&str> = subject.split_whitespace().collect();
        let subject = words.join(" ").replace("->", " -> ").replace("  ", " ");
        let mut hash = Sha256::new();
        if subject == "map" {
            let mut map = self.map.clone();
            map.reviews.clear();
            map.arrangement = None;
            take(&mut hash, "map", &map);
            return Some(spelled(hash));
        }
        if !self.add(&mut hash, &subject) {
            return None;
        }
        if let Some((from, to)) = subject.strip_prefix("link ").and_then(|ends| ends.split_once(" -> ")) {
            for end in [from, to] {
                self.add(&mut hash, &format!("node {end}"));
            }
        }
        Some(spelled(hash))
    }

    /// Adds the records of a subject to the hash; returns whether there are any.
    fn add(&self, hash: &mut Sha256, subject: &str) -> bool {
        let map = &self.map;
        let Some(places) = self.places.get(subject) else {
            return false;
        };
        let kind = subject.split(' ').next().unwrap_or_default();
        for (at, inner) in places {
            match kind {
                "node" => take(hash, kind, &map.nodes[*at]),
                "link" => take(hash, kind, &map.links[*at]),
                "owner" => take(hash, kind, &map.owners[*at]),
                "kpi" => take(hash, kind, &map.kpis[*at]),
                "risk" => take(hash, kind, &map.risks[*at]),
                "partner" => take(hash, kind, &map.partners[*at]),
                "plan" => take(hash, kind, &map.plans[*at]),
                _ => take(hash, kind, &map.plans[*at].activities[*inner]),
            }
        }
        true
    }
}

/// Adds a record to the hash, under the name of its kind on a line of its own.
fn take(hash: &mut Sha256, kind: &str, record: &impl Serialize) {
    hash.update(kind.as_bytes());
    hash.update(b"\n");
    // Records have string keys and finite numbers: there is nothing that JSON cannot hold.
    hash.update(serde_json::to_vec(record).unwrap_or_default());
    hash.update(b"\n");
}

/// The digest of some bytes as fingerprints are written: `sha256:` and 64 hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(bytes);
    spelled(hash)
}

fn spelled(hash: Sha256) -> String {
    let mut out = String::from("sha256:");
    for byte in hash.finalize() {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_standard() {
        // FIPS 180-4, the example of one block.
        assert_eq!(
            digest(b"abc"),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_fingerprint_follows_what_was_agreed_and_nothing_else() {
        let text = r#"{"format": 1, "owners": [{"id": "o", "name": "O"}],
            "nodes": [{"id": "a", "kind": "enabler", "title": "A"}, {"id": "b", "kind": "end-outcome", "title": "B"}],
            "links": [{"from": "a", "to": "b", "rationale": "because"}]}"#;
        let map: BenefitMap = serde_json::from_str(text).unwrap();
        let all = |map: &BenefitMap| {
            let prints = Fingerprints::new(map);
            ["node a", "node b", "link a -> b", "owner o", "map"].map(|subject| prints.of(subject).unwrap())
        };
        let before = all(&map);
        let mut other = map.clone();
        other.nodes.reverse();
        assert_eq!(all(&other), before, "the order of the file has no say");
        other.nodes[0].title = "B, renamed".to_owned();
        let after = all(&other);
        let changed: Vec<bool> = before.iter().zip(&after).map(|(a, b)| a != b).collect();
        assert_eq!(changed, [false, true, true, false, true]);
        for nothing in ["node z", "link b -> a", "thing a", "", "allowance 1"] {
            assert_eq!(Fingerprints::new(&map).of(nothing), None, "{nothing}");
        }
    }
}
