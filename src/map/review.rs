//! Who has looked at something on the map, and what they said of it.

use std::borrow::Cow;
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
        /// It cannot be relied on as it is.
        Challenged = "challenged",
    }
}

/// One review of one thing. If an owner reviews a thing more than once, the last review in the list counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// What was reviewed, as findings write it: `map`, `node bin-sensors`, `link a -> b`, `kpi rounds-km`, `risk r`.
    pub subject: String,
    /// The owner who reviewed it.
    pub by: OwnerId,
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// What they said.
    pub says: Says,
    /// Why; what is asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What the thing said then, how it was measured, and who said what of it when, as [`Fingerprints::bind`] writes it;
    /// empty where that is not known. One that begins with `sha256:` was written by an earlier version, and covers the
    /// text of the thing alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fingerprint: String,
}

impl Review {
    /// What an owner said of a subject, on no stated day and without a note; it covers nothing until it has a fingerprint.
    pub fn new(subject: impl Into<String>, by: OwnerId, says: Says) -> Self {
        Self {
            subject: subject.into(),
            by,
            on: None,
            says,
            note: String::new(),
            fingerprint: String::new(),
        }
    }
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
/// Made once for any number of subjects: it holds the map in its canonical form, which is a copy of it unless it was in
/// that form already.
#[derive(Debug, Clone)]
pub struct Fingerprints<'m> {
    map: Cow<'m, BenefitMap>,
    /// Where the records of a subject stand in their list; of an activity also in which plan.
    places: HashMap<String, Vec<(usize, usize)>>,
    /// The KPIs of each node, by their place.
    kpis: HashMap<String, Vec<usize>>,
}

/// What a fingerprint says of the review that it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The map has no such subject.
    OfNothing,
    /// There is no fingerprint, or none that can be read.
    Unknown,
    /// The review does not read as it was written: subject, reviewer, day, verdict, note or fingerprint were changed.
    Altered,
    /// The reviewer had another name when they looked, or is gone from the map.
    OtherReviewer,
    /// The subject says something else now.
    TextChanged,
    /// The subject says what it said, and its KPIs do not.
    MeasuresChanged,
    /// The subject says what it said. An earlier version wrote the fingerprint, which covers neither its KPIs nor who
    /// said what of it when.
    TextOnly,
    /// All of it is as it was.
    Whole,
}

/// With what fingerprints begin that cover the KPIs and the review itself.
const SECOND: &str = "v2:";

impl<'m> Fingerprints<'m> {
    /// The fingerprints of that map, which is copied.
    pub fn new(map: &'m BenefitMap) -> Self {
        let mut map = map.clone();
        map.canonicalize();
        Self::over(Cow::Owned(map))
    }

    /// The fingerprints of a map that is in its canonical form: nothing is copied.
    pub(crate) fn of_canonical(map: &'m BenefitMap) -> Self {
        Self::over(Cow::Borrowed(map))
    }

    fn over(map: Cow<'m, BenefitMap>) -> Self {
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
        let mut kpis: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, kpi) in map.kpis.iter().enumerate() {
            kpis.entry(kpi.node.to_string()).or_default().push(at);
        }
        Self { map, places, kpis }
    }

    /// What a thing says now: `sha256:` and 64 hexadecimal digits (FIPS 180-4) of its canonical form, `None` where the map
    /// has no such thing. `subject` is written as findings write it.
    ///
    /// Covered is the whole record as `fmt` writes it, every record of it where several share an id, and:
    /// for a link also the records of the nodes at both ends; for a plan its activities; for the map everything but the
    /// reviews and the arrangement, which say nothing of what the map claims. The KPIs of a node are covered by
    /// [`Self::measures_of`].
    pub fn of(&self, subject: &str) -> Option<String> {
        let subject = spelled_out(subject);
        let mut hash = Sha256::new();
        if subject == "map" {
            let mut map = BenefitMap::clone(&self.map);
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

    /// What is shown of how a thing is measured: the digest of the KPIs of a node, or of both ends of a link, without
    /// their measurement plans. `None` where the map has no such thing. Other things are covered whole by [`Self::of`],
    /// and have none to cover.
    pub fn measures_of(&self, subject: &str) -> Option<String> {
        let subject = spelled_out(subject);
        if subject != "map" && !self.places.contains_key(&subject) {
            return None;
        }
        let ends: Vec<&str> = match subject.split_once(' ') {
            Some(("node", id)) => vec![id],
            Some(("link", ends)) => ends.split(" -> ").collect(),
            _ => Vec::new(),
        };
        let mut hash = Sha256::new();
        for end in ends {
            take(&mut hash, "node", &end);
            for at in self.kpis.get(end).into_iter().flatten() {
                let mut kpi = self.map.kpis[*at].clone();
                // Who measures, and how often, may be settled later: that is no other promise.
                kpi.measurement = None;
                take(&mut hash, "kpi", &kpi);
            }
        }
        Some(spelled(hash))
    }

    /// The fingerprint to be written with a review: `v2:` and four digests with colons between them: of what its subject
    /// says now, of how that is measured, of who reviews (id and name), and of the whole review: subject, reviewer,
    /// day, what is said, note and the three digests before. `None` where the map has no such subject.
    pub fn bind(&self, review: &Review) -> Option<String> {
        let text = self.of(&review.subject)?;
        let measures = self.measures_of(&review.subject)?;
        let parts = [text, measures, self.reviewer(&review.by)];
        let whole = bound(review, &parts.each_ref().map(|part| bare(part)));
        let [text, measures, reviewer] = parts.each_ref().map(|part| bare(part));
        Some(format!("{SECOND}{text}:{measures}:{reviewer}:{}", bare(&whole)))
    }

    /// Who reviews: the id and the name.
    fn reviewer(&self, by: &OwnerId) -> String {
        let name = self.map.owner(by).map_or("", |owner| owner.name.as_str());
        let mut hash = Sha256::new();
        take(&mut hash, "reviewer", &(by, name.trim()));
        spelled(hash)
    }

    /// What a review is worth against what the map says now.
    pub fn weigh(&self, review: &Review) -> Binding {
        let Some(now) = self.of(&review.subject) else {
            return Binding::OfNothing;
        };
        let was = review.fingerprint.trim();
        let Some(parts) = was.strip_prefix(SECOND) else {
            return match was {
                was if was == now => Binding::TextOnly,
                was if was.starts_with("sha256:") => Binding::TextChanged,
                _ => Binding::Unknown,
            };
        };
        let parts: Vec<&str> = parts.split(':').collect();
        let [text, measures, reviewer, whole] = parts[..] else {
            return Binding::Altered;
        };
        if bare(&bound(review, &[text, measures, reviewer])) != whole {
            return Binding::Altered;
        }
        if bare(&self.reviewer(&review.by)) != reviewer {
            return Binding::OtherReviewer;
        }
        if bare(&now) != text {
            return Binding::TextChanged;
        }
        match self.measures_of(&review.subject) {
            Some(now) if bare(&now) == measures => Binding::Whole,
            _ => Binding::MeasuresChanged,
        }
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

/// The subject as findings write it, however blanks stand in it.
fn spelled_out(subject: &str) -> String {
    let words: Vec<&str> = subject.split_whitespace().collect();
    words.join(" ").replace("->", " -> ").replace("  ", " ")
}

/// The digest of a whole review, given the digests of the subject's text, its KPIs and the reviewer.
fn bound(review: &Review, parts: &[&str; 3]) -> String {
    let mut hash = Sha256::new();
    let subject = spelled_out(&review.subject);
    take(
        &mut hash,
        "review",
        &(subject, &review.by, review.on, review.says, review.note.trim(), parts),
    );
    spelled(hash)
}

/// The digits of a digest.
fn bare(digest: &str) -> &str {
    digest.strip_prefix("sha256:").unwrap_or(digest)
}

/// Adds a record to the hash, under the name of its kind on a line of its own.
fn take(hash: &mut Sha256, kind: &str, record: &impl Serialize) {
    hash.update(kind.as_bytes());
    hash.update(b"\n");
    // Records have string keys and finite numbers: there is nothing that JSON cannot hold.
    hash.update(serde_json::to_vec(record).unwrap_or_default());
    hash.update(b"\n");
}

/// The digest of a record as compact JSON, written as [`digest`] does.
pub(crate) fn json_digest<T: Serialize + ?Sized>(record: &T) -> String {
    // As in `take_in`: there is nothing that JSON cannot hold.
    digest(&serde_json::to_vec(record).unwrap_or_default())
}

/// The digest of some bytes as fingerprints are written: `sha256:` and 64 hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(bytes);
    spelled(hash)
}

/// The SHA-256 of some bytes, as it is.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
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
