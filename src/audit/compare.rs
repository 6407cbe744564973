//! Two maps by id: what was added, removed and changed, field by field, and what that did to line of sight and coverage.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::Measure;
use super::coverage::{Measured, Share, coverage};
use super::greener::{Callout, Gained, Judgement, TargetChange, callouts, target_changes};
use crate::finding::Subject;
use crate::graph::{BenefitGraph, Sight};
use crate::map::{
    Activity, BenefitMap, Kpi, Link, Node, NodeId, NodeKind, Owner, OwnerId, Partner, Plan, Risk, Threatened, words,
};

words! {
    /// What became of a record.
    ChangeKind {
        /// The new map has it, the old one has not.
        Added = "added",
        /// The old map had it.
        Removed = "removed",
        /// Both have it, and they say different things of it.
        Changed = "changed",
    }
}

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was done to it.
    pub kind: ChangeKind,
    /// The record.
    pub subject: Subject,
    /// What it is called, in the new map where it is in both; empty where it has no title or name.
    pub title: String,
    /// Which fields say something else, in the order of the file; empty where it was added or removed.
    pub fields: Vec<FieldChange>,
}

/// What a field said and says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field as the file names it, such as `owner` or `measurement.source`. A list has an entry for each of its
    /// items that came or went.
    pub field: String,
    /// What it said; empty where it said nothing.
    pub before: String,
    /// What it says; empty where it says nothing.
    pub after: String,
}

/// A node whose line of sight was lost or gained; both maps have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SightChange {
    /// An investment or an end outcome.
    pub kind: NodeKind,
    /// The node.
    pub subject: Subject,
    /// What it is called.
    pub title: String,
}

/// How two maps differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The records that differ: the map itself first, then by kind of record and id.
    pub changes: Vec<Change>,
    /// Investments that helped an end outcome and no longer do, and end outcomes that an investment helped.
    pub lost: Vec<SightChange>,
    /// The same the other way.
    pub gained: Vec<SightChange>,
    /// For each measure that was taken of both maps, the share before and after.
    pub coverage: Vec<(Measure, Share, Share)>,
    /// Targets that promise less, or later, than they did, and those that are gone; by KPI and day.
    pub targets: Vec<TargetChange>,
    /// All that makes the new map look better, or may, without anything having become better; the targets too. What does
    /// so for sure comes first.
    pub greener: Vec<Callout>,
}

impl Comparison {
    /// Whether the maps say the same.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty()
    }

    /// What is called out with that judgement.
    pub fn called_out(&self, judgement: Judgement) -> impl Iterator<Item = &Callout> {
        self.greener
            .iter()
            .filter(move |callout| callout.judgement == judgement)
    }

    /// How many records were added, removed and changed.
    pub fn counts(&self) -> [(ChangeKind, usize); 3] {
        let count = |kind| self.changes.iter().filter(|change| change.kind == kind).count();
        [ChangeKind::Added, ChangeKind::Removed, ChangeKind::Changed].map(|kind| (kind, count(kind)))
    }

    /// The same in words, without what there is none of: `1 added`, `2 changed`.
    pub fn counted(&self) -> Vec<String> {
        let counts = self.counts();
        let there = counts.iter().filter(|(_, count)| *count > 0);
        there.map(|(kind, count)| format!("{count} {kind}")).collect()
    }
}

/// How the new map differs from the old one. Order in lists whose order says nothing makes no difference. With
/// measurements and a day, targets that were missed before they were changed are told as such.
pub fn compare(old: &BenefitMap, new: &BenefitMap, measured: Option<Measured<'_>>) -> Comparison {
    // In one order, so that records of one name are held against each other as everywhere.
    let [mut old, mut new] = [old, new].map(BenefitMap::clone);
    old.canonicalize();
    new.canonicalize();
    let changes = changes(&mut old, &mut new);
    let (old_graph, new_graph) = (BenefitGraph::new(&old), BenefitGraph::new(&new));
    let (covered, covers) = (coverage(&old_graph, measured), coverage(&new_graph, measured));
    let shares: Vec<(Measure, Share, Share)> = covered
        .shares
        .iter()
        .filter_map(|share| Some((share.measure, share.clone(), covers.of(share.measure)?.clone())))
        .collect();
    let (lost, gained) = (sight(&old_graph, &new_graph), sight(&new_graph, &old_graph));
    let targets = target_changes(&old, &new, measured);
    let greener = match changes.is_empty() {
        true => Vec::new(),
        false => {
            let anything = match gained.is_empty() {
                true => Gained::Nothing,
                false => Gained::Something,
            };
            callouts([&old_graph, &new_graph], &shares, &targets, anything, measured)
        }
    };
    Comparison {
        changes,
        lost,
        gained,
        coverage: shares,
        targets,
        greener,
    }
}

/// The records that differ. Only those are ever spelled out, one after the other: a map may have a million.
fn changes(old: &mut BenefitMap, new: &mut BenefitMap) -> Vec<Change> {
    let [old_head, new_head] = [&mut *old, &mut *new].map(head);
    let (before, after) = (records(old, old_head), records(new, new_head));
    let nodes = new.nodes.iter().chain(&old.nodes).rev();
    let titles: BTreeMap<&NodeId, &str> = nodes.map(|node| (&node.id, node.title.as_str())).collect();
    let mut changes = Vec::new();
    let (mut a, mut b) = (before.as_slice(), after.as_slice());
    while let Some(subject) = a.first().into_iter().chain(b.first()).map(|(subject, _)| subject).min() {
        let (olds, news);
        (olds, a) = of_that_name(a, subject);
        (news, b) = of_that_name(b, subject);
        for at in 0..olds.len().max(news.len()) {
            let (kind, value, fields) = match (olds.get(at), news.get(at)) {
                (Some((_, a)), Some((_, b))) if a == b => continue,
                (Some((_, a)), Some((_, b))) => {
                    let (a, b) = (a.value(), b.value());
                    let mut fields = Vec::new();
                    differences("", &a, &b, &mut fields);
                    if fields.is_empty() {
                        // What differs is told of another record: the activities of a plan.
                        continue;
                    }
                    (ChangeKind::Changed, b, fields)
                }
                (Some((_, a)), None) => (ChangeKind::Removed, a.value(), Vec::new()),
                (None, Some((_, b))) => (ChangeKind::Added, b.value(), Vec::new()),
                (None, None) => break,
            };
            changes.push(Change {
                kind,
                subject: subject.clone(),
                title: title(subject, &value, &titles),
                fields,
            });
        }
    }
    changes
}

/// The first records, which are of that name, and the rest.
fn of_that_name<'a, 'm>(records: &'a [Named<'m>], subject: &Subject) -> (&'a [Named<'m>], &'a [Named<'m>]) {
    let count = records.iter().take_while(|(other, _)| other == subject).count();
    records.split_at(count)
}

fn title(subject: &Subject, value: &Value, titles: &BTreeMap<&NodeId, &str>) -> String {
    if let Subject::Link { from, to } = subject {
        let node = |id: &NodeId| titles.get(id).copied().filter(|title| !title.is_empty());
        return node(from)
            .zip(node(to))
            .map_or(String::new(), |(a, b)| format!("{a} → {b}"));
    }
    let mut named = ["title", "name"].iter();
    let title = named.find_map(|field| value.get(field)?.as_str());
    title.unwrap_or_default().to_owned()
}

/// Nodes of both maps that have a line of sight in the first and none in the second.
fn sight(first: &BenefitGraph<'_>, second: &BenefitGraph<'_>) -> Vec<SightChange> {
    let mut out = Vec::new();
    let (had, has) = (first.sight(), second.sight());
    for kind in [NodeKind::Investment, NodeKind::EndOutcome] {
        let helps = |sight: &Sight, ix| match kind {
            NodeKind::Investment => sight.does_good(ix),
            _ => sight.is_served(ix),
        };
        for ix in first.of_kind(kind).filter(|ix| helps(&had, *ix)) {
            let node = first.node(ix);
            let Some(there) = second.find(node.id.as_str()) else {
                continue;
            };
            if second.kind(there) == kind && !helps(&has, there) {
                out.push(SightChange {
                    kind,
                    subject: Subject::Node(node.id.clone()),
                    title: node.title.clone(),
                });
            }
        }
    }
    out.sort_by(|a, b| (a.kind, &a.subject).cmp(&(b.kind, &b.subject)));
    out
}

/// A record where it is in its map.
#[derive(PartialEq)]
enum Record<'m> {
    Owner(&'m Owner),
    Node(&'m Node),
    Link(&'m Link),
    Kpi(&'m Kpi),
    Risk(&'m Risk),
    /// All of it but its activities.
    Plan(&'m Plan),
    Activity(&'m OwnerId, &'m Activity),
    Partner(&'m Partner),
    /// The map itself, spelled out.
    Head(Value),
}

impl Record<'_> {
    fn value(&self) -> Value {
        match self {
            Self::Owner(owner) => value(owner),
            Self::Node(node) => value(node),
            Self::Link(link) => value(link),
            Self::Kpi(kpi) => value(kpi),
            Self::Risk(risk) => value(risk),
            Self::Plan(plan) => {
                let mut value = value(plan);
                value["activities"] = Value::Null;
                value
            }
            Self::Activity(owner, activity) => {
                let mut value = value(activity);
                value["owner"] = Value::String(owner.to_string());
                value
            }
            Self::Partner(partner) => value(partner),
            Self::Head(value) => value.clone(),
        }
    }
}

/// A record, and what it is called.
type Named<'m> = (Subject, Record<'m>);

/// What a map says of itself: all but its records. Allowances and reviews have no id, and are items of its lists.
fn head(map: &mut BenefitMap) -> Value {
    let mut records = BenefitMap::new("");
    let swap = |map: &mut BenefitMap, records: &mut BenefitMap| {
        std::mem::swap(&mut map.owners, &mut records.owners);
        std::mem::swap(&mut map.nodes, &mut records.nodes);
        std::mem::swap(&mut map.links, &mut records.links);
        std::mem::swap(&mut map.kpis, &mut records.kpis);
        std::mem::swap(&mut map.risks, &mut records.risks);
        std::mem::swap(&mut map.plans, &mut records.plans);
        std::mem::swap(&mut map.partners, &mut records.partners);
    };
    swap(map, &mut records);
    let value = value(map);
    swap(map, &mut records);
    value
}

/// Every record of a map by what it is called; several of one name in their order.
fn records(map: &BenefitMap, head: Value) -> Vec<Named<'_>> {
    let mut all = vec![(Subject::Map, Record::Head(head))];
    all.extend(
        map.owners
            .iter()
            .map(|owner| (Subject::Owner(owner.id.clone()), Record::Owner(owner))),
    );
    all.extend(
        map.nodes
            .iter()
            .map(|node| (Subject::Node(node.id.clone()), Record::Node(node))),
    );
    all.extend(map.links.iter().map(|link| {
        let (from, to) = (link.from.clone(), link.to.clone());
        (Subject::Link { from, to }, Record::Link(link))
    }));
    all.extend(
        map.kpis
            .iter()
            .map(|kpi| (Subject::Kpi(kpi.id.clone()), Record::Kpi(kpi))),
    );
    all.extend(
        map.risks
            .iter()
            .map(|risk| (Subject::Risk(risk.id.clone()), Record::Risk(risk))),
    );
    for plan in &map.plans {
        let record = |activity| Record::Activity(&plan.owner, activity);
        let activities = plan.activities.iter();
        all.extend(activities.map(|activity| (Subject::Activity(activity.id.clone()), record(activity))));
        all.push((Subject::Plan(plan.owner.clone()), Record::Plan(plan)));
    }
    let partners = map.partners.iter();
    all.extend(partners.map(|partner| (Subject::Partner(partner.id.clone()), Record::Partner(partner))));
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn value(record: &impl Serialize) -> Value {
    // Records have string keys and finite numbers: there is nothing that JSON cannot hold.
    serde_json::to_value(record).unwrap_or_default()
}

/// The fields in which two values differ, each with its path.
fn differences(path: &str, a: &Value, b: &Value, out: &mut Vec<FieldChange>) {
    if a == b {
        return;
    }
    let empty = Value::Null;
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            let keys = x.keys().chain(y.keys().filter(|key| !x.contains_key(*key)));
            for key in keys {
                let below = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                let (a, b) = (x.get(key).unwrap_or(&empty), y.get(key).unwrap_or(&empty));
                differences(&below, a, b, out);
            }
        }
        (Value::Array(_) | Value::Null, Value::Array(_) | Value::Null) => {
            let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
            let (x, y) = (items(a), items(b));
            let before = out.len();
            for item in without(&x, &y) {
                out.push(change(path, &item, &empty));
            }
            for item in without(&y, &x) {
                out.push(change(path, &empty, &item));
            }
            if out.len() == before {
                out.push(FieldChange {
                    field: path.to_owned(),
                    before: "the same items in another order".to_owned(),
                    after: x
                        .iter()
                        .zip(&y)
                        .find(|(a, b)| a != b)
                        .map_or(String::new(), |(_, b)| spelled(b)),
                });
            }
        }
        _ => out.push(change(path, a, b)),
    }
}

/// The items of the first list that the second lacks, each as often as it lacks it.
fn without(x: &[Value], y: &[Value]) -> Vec<Value> {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for item in y {
        *left.entry(item.to_string()).or_default() += 1;
    }
    x.iter()
        .filter(|item| match left.get_mut(&item.to_string()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .cloned()
        .collect()
}

fn change(path: &str, a: &Value, b: &Value) -> FieldChange {
    FieldChange {
        field: path.to_owned(),
        before: spelled(a),
        after: spelled(b),
    }
}

/// A value in the fewest words: a text as it is, a record as `date 2028-03-31, value 3100`.
fn spelled(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            let parts: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{key} {}", spelled(value)))
                .collect();
            parts.join(", ")
        }
        Value::Array(items) => items.iter().map(spelled).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// The boxes and lines that differ, by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The nodes.
    pub nodes: BTreeMap<NodeId, ChangeKind>,
    /// The links, by their ends.
    pub links: BTreeMap<(NodeId, NodeId), ChangeKind>,
}

impl Comparison {
    /// The boxes and lines that differ, for a picture of [`both`] maps. A node whose KPI or risk differs has changed too.
    pub fn marks(&self, both: &BenefitMap) -> Marks {
        let mut marks = Marks::default();
        for change in &self.changes {
            match &change.subject {
                Subject::Node(id) => drop(marks.nodes.insert(id.clone(), change.kind)),
                Subject::Link { from, to } => drop(marks.links.insert((from.clone(), to.clone()), change.kind)),
                _ => {}
            }
        }
        // Of several with one id the first counts.
        let kpis: BTreeMap<_, _> = both.kpis.iter().rev().map(|kpi| (&kpi.id, kpi)).collect();
        let risks: BTreeMap<_, _> = both.risks.iter().rev().map(|risk| (&risk.id, risk)).collect();
        for change in &self.changes {
            let node = match &change.subject {
                Subject::Kpi(id) => kpis.get(id).map(|kpi| &kpi.node),
                Subject::Risk(id) => match risks.get(id).and_then(|risk| risk.threatens.as_ref()) {
                    Some(Threatened::Node(node)) => Some(node),
                    _ => None,
                },
                _ => None,
            };
            if let Some(node) = node {
                marks.nodes.entry(node.clone()).or_insert(ChangeKind::Changed);
            }
        }
        marks
    }
}

/// The new map with the nodes and links of the old one that it no longer has.
pub fn both(old: &BenefitMap, new: &BenefitMap) -> BenefitMap {
    let mut map = new.clone();
    let nodes: BTreeSet<_> = new.nodes.iter().map(|node| &node.id).collect();
    let links: BTreeSet<_> = new.links.iter().map(|link| (&link.from, &link.to)).collect();
    let gone = old.nodes.iter().filter(|node| !nodes.contains(&node.id));
    map.nodes.extend(gone.cloned());
    let gone = old.links.iter().filter(|link| !links.contains(&(&link.from, &link.to)));
    map.links.extend(gone.cloned());
    let owners: BTreeSet<_> = new.owners.iter().map(|owner| &owner.id).collect();
    map.owners
        .extend(old.owners.iter().filter(|owner| !owners.contains(&owner.id)).cloned());
    map
}
