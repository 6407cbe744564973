//! An edit applied in place, with its inverse.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::record::{self, Place, Record, is_taken, is_taken_by, made, replace, value_of};
use super::{Edit, Refusal, Sort, references, removal};
use crate::finding::Subject;
use crate::map::{Allowance, Arrangement, BenefitMap, Node, NodeId, NodeKind, OwnerId, Plan};

/// What became of an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The edit with every id that was made for it: applied to the same map again, it does the same.
    pub edit: Edit,
    /// What takes it back.
    pub inverse: Edit,
    /// The ids of what was added, in order.
    pub ids: Vec<String>,
    /// What was added, changed or removed, each once, in their own order.
    pub touches: BTreeSet<Subject>,
}

/// Changes the map, and tells how to change it back.
///
/// Where nothing else happened in between, applying the inverse gives the same map again. Takes time in proportion to the map's
/// records at most, for each edit of a group.
///
/// # Errors
/// [`Refusal`] where the edit does not keep within the bounds ([`check`](super::check)) or the map cannot take it; the map is then as
/// it was.
pub fn apply(map: &mut BenefitMap, edit: &Edit) -> Result<Applied, Refusal> {
    super::check(edit)?;
    apply_again(map, edit)
}

/// As [`apply`], for an edit that was taken before or that takes one back: whatever its size.
///
/// # Errors
/// [`Refusal`] where the map cannot take the edit; it is then as it was.
pub fn apply_again(map: &mut BenefitMap, edit: &Edit) -> Result<Applied, Refusal> {
    let mut work = Work {
        map,
        undo: Vec::new(),
        ids: Vec::new(),
        touches: BTreeSet::new(),
    };
    match work.run(edit) {
        Ok(edit) => {
            let (mut undo, ids, touches) = (work.undo, work.ids, work.touches);
            undo.reverse();
            let inverse = match undo.len() {
                1 => undo.remove(0),
                _ => Edit::group(undo),
            };
            Ok(Applied {
                edit,
                inverse,
                ids,
                touches,
            })
        }
        Err(refusal) => {
            let undo = std::mem::take(&mut work.undo);
            for step in undo.iter().rev() {
                // What was just done can be taken back.
                let taken_back = work.run(step);
                debug_assert!(taken_back.is_ok(), "{step:?}: {taken_back:?}");
            }
            Err(refusal)
        }
    }
}

struct Work<'m> {
    map: &'m mut BenefitMap,
    /// What takes back what was done, in the order that it was done.
    undo: Vec<Edit>,
    ids: Vec<String>,
    touches: BTreeSet<Subject>,
}

impl Work<'_> {
    /// Applies an edit, and gives it back with its ids.
    fn run(&mut self, edit: &Edit) -> Result<Edit, Refusal> {
        match edit {
            Edit::AddNode {
                id,
                kind,
                title,
                from,
                to,
                below,
            } => {
                let id = match id {
                    Some(id) => id.clone(),
                    None => self.new_node_id(title)?,
                };
                self.add(Record::Node(Node::new(id.clone(), *kind, title.clone())), None, None)?;
                for other in from {
                    self.link(other, &id)?;
                }
                for other in to {
                    self.link(&id, other)?;
                }
                return Ok(Edit::AddNode {
                    id: Some(id),
                    kind: *kind,
                    title: title.clone(),
                    from: from.clone(),
                    to: to.clone(),
                    below: below.clone(),
                });
            }
            Edit::Add { what, fields, plan, at } => {
                let record = made(self.map, *what, fields)?;
                let fields = record.fields();
                self.add(record, plan.as_ref(), *at)?;
                return Ok(Edit::Add {
                    what: *what,
                    fields,
                    plan: plan.clone(),
                    at: *at,
                });
            }
            Edit::Remove { what } => self.remove(what)?,
            Edit::Unlink { from, to } => self.remove(&Subject::Link {
                from: from.clone(),
                to: to.clone(),
            })?,
            Edit::Take { what, was } => self.take(what, was)?,
            Edit::Set {
                what,
                field,
                value,
                was,
            } => match what {
                Subject::Map => self.set_map(field, value, was.as_ref())?,
                _ => self.set(what, field, value, was.as_ref())?,
            },
            Edit::Link { from, to } => self.link(from, to)?,
            Edit::Arrange { kind, order } => self.arrange(*kind, order),
            Edit::Allow {
                rule,
                subject,
                reason,
                by,
                until,
                at,
            } => {
                let entry = Allowance {
                    rule: rule.clone(),
                    subject: subject.clone(),
                    reason: reason.clone(),
                    by: by.clone(),
                    until: *until,
                };
                self.allow(entry, *at);
            }
            Edit::Disallow { rule, subject } => self.disallow(rule, subject)?,
            Edit::Group { label, edits } => {
                let edits = edits.iter().map(|edit| self.run(edit)).collect::<Result<_, _>>()?;
                return Ok(Edit::Group {
                    label: label.clone(),
                    edits,
                });
            }
        }
        Ok(edit.clone())
    }

    fn new_node_id(&self, title: &str) -> Result<NodeId, Refusal> {
        NodeId::new(record::new_id(self.map, Sort::Node, title)).map_err(|error| Refusal::NoRecord {
            sort: Sort::Node,
            why: error.to_string(),
        })
    }

    fn link(&mut self, from: &NodeId, to: &NodeId) -> Result<(), Refusal> {
        let link = crate::map::Link::new(from.clone(), to.clone());
        self.add(Record::Link(link), None, None)
    }

    fn add(&mut self, record: Record, plan: Option<&OwnerId>, at: Option<usize>) -> Result<(), Refusal> {
        let subject = record.subject();
        // What is put back at its place may share its id with another sort, if it did so before.
        let taken = |map: &BenefitMap, sort, id: &str| match at {
            Some(_) => is_taken_by(map, sort, id),
            None => is_taken(map, id),
        };
        match &record {
            Record::Link(link) if link.from == link.to => {
                let name = record::describe(self.map, &Subject::Node(link.from.clone()));
                return Err(Refusal::LeadsToItself { name });
            }
            Record::Link(_) if record::find(self.map, &subject).is_some() => {
                let name = record::describe(self.map, &subject);
                return Err(Refusal::LinkedAlready { name });
            }
            Record::Plan(plan) => {
                if record::find(self.map, &subject).is_some() {
                    let name = record::describe(self.map, &subject);
                    return Err(Refusal::PlannedAlready { name });
                }
                let mut own = BTreeSet::new();
                for activity in &plan.activities {
                    let id = activity.id.as_str();
                    if !own.insert(id) || taken(self.map, Sort::Activity, id) {
                        return Err(Refusal::IdTaken { id: id.to_owned() });
                    }
                }
            }
            _ => {}
        }
        if let Some(id) = record.fields().get("id").and_then(Value::as_str) {
            if taken(self.map, record.sort(), id) {
                return Err(Refusal::IdTaken { id: id.to_owned() });
            }
            self.ids.push(id.to_owned());
        }
        for (field, missing) in references::of(&record) {
            if missing != subject && record::find(self.map, &missing).is_none() {
                return Err(Refusal::PointsAtNothing { field, missing });
            }
        }
        if matches!(record, Record::Activity(_)) {
            let owner = plan.ok_or_else(|| Refusal::NoRecord {
                sort: Sort::Activity,
                why: "say in `plan` whose plan it belongs to".to_owned(),
            })?;
            if record::find(self.map, &Subject::Plan(owner.clone())).is_none() {
                let plan = Plan {
                    owner: owner.clone(),
                    activities: Vec::new(),
                };
                self.add(Record::Plan(plan), None, None)?;
            }
        }
        let (sort, fields) = (record.sort(), record.fields());
        let place = Place {
            at: at.unwrap_or(usize::MAX),
            plan: plan.filter(|_| sort == Sort::Activity).cloned(),
        };
        record::insert(self.map, record, &place);
        self.touches.insert(subject.clone());
        self.undo.push(Edit::Take {
            what: subject,
            was: Value::Object(fields),
        });
        Ok(())
    }

    fn take(&mut self, what: &Subject, was: &Value) -> Result<(), Refusal> {
        let gone = || Refusal::Gone { what: what.clone() };
        let place = record::find(self.map, what).ok_or_else(gone)?;
        let now = record::get(self.map, what).ok_or_else(gone)?;
        let was = was.as_object().cloned().unwrap_or_default();
        if Record::read(now.sort(), was).ok().as_ref() != Some(&now) {
            let name = record::describe(self.map, what);
            return Err(Refusal::ChangedSince { name });
        }
        if let Some(by) = references::who_needs(self.map, what) {
            let name = |what| record::describe(self.map, what);
            return Err(Refusal::StillNeeded {
                name: name(what),
                by: name(&by),
            });
        }
        if let Subject::Node(id) = what {
            self.leave_order(id);
        }
        record::take(self.map, now.sort(), &place);
        self.touches.insert(what.clone());
        self.undo.push(Edit::Add {
            what: now.sort(),
            fields: now.fields(),
            plan: place.plan,
            at: Some(place.at),
        });
        Ok(())
    }

    fn remove(&mut self, what: &Subject) -> Result<(), Refusal> {
        for step in removal::steps(self.map, what)? {
            self.run(&step)?;
        }
        Ok(())
    }

    fn set(&mut self, what: &Subject, field: &str, value: &Value, was: Option<&Value>) -> Result<(), Refusal> {
        let gone = || Refusal::Gone { what: what.clone() };
        let unsettable = |why| Refusal::Unsettable {
            what: what.clone(),
            field: field.to_owned(),
            why,
        };
        let place = record::find(self.map, what).ok_or_else(gone)?;
        let now = record::get(self.map, what).ok_or_else(gone)?;
        let then = record::with(&now, field, value).map_err(unsettable)?;
        // Several ways of writing say the same, so it is records that are compared.
        if was.is_some_and(|was| record::with(&now, field, was).as_ref() != Ok(&now)) {
            return Err(Refusal::SetSince {
                name: record::describe(self.map, what),
                field: field.to_owned(),
                now: told(&value_of(&now, field)),
            });
        }
        let before = references::of(&now);
        for (role, missing) in references::of(&then) {
            let is_new = !before.contains(&(role, missing.clone()));
            if is_new && record::find(self.map, &missing).is_none() {
                return Err(Refusal::PointsAtNothing { field: role, missing });
            }
        }
        let inverse = Edit::Set {
            what: what.clone(),
            field: field.to_owned(),
            value: value_of(&now, field),
            was: Some(value_of(&then, field)),
        };
        if let (Record::Node(now), Record::Node(then)) = (&now, &then)
            && now.kind != then.kind
        {
            self.leave_order(&now.id);
        }
        record::take(self.map, now.sort(), &place);
        record::insert(self.map, then, &place);
        self.touches.insert(what.clone());
        self.undo.push(inverse);
        Ok(())
    }

    /// A box that leaves its stage leaves its order. This comes before the leaving, so that it is taken back after it.
    fn leave_order(&mut self, id: &NodeId) {
        for kind in NodeKind::ALL {
            let order = self.order(*kind);
            if order.contains(id) {
                let rest: Vec<NodeId> = order.into_iter().filter(|other| other != id).collect();
                self.arrange(*kind, &rest);
            }
        }
    }

    fn order(&self, kind: NodeKind) -> Vec<NodeId> {
        let arrangement = self.map.arrangement.as_ref();
        arrangement.map_or_else(Vec::new, |arrangement| arrangement.order.of(kind).to_vec())
    }

    fn arrange(&mut self, kind: NodeKind, order: &[NodeId]) {
        let before = self.order(kind);
        let there: BTreeSet<&NodeId> = self.map.nodes.iter().map(|node| &node.id).collect();
        let mut seen = BTreeSet::new();
        let order: Vec<NodeId> = order
            .iter()
            .filter(|id| there.contains(id) && seen.insert(*id))
            .cloned()
            .collect();
        let arrangement = self.map.arrangement.get_or_insert_with(Arrangement::default);
        *arrangement.order.of_mut(kind) = order;
        if arrangement.order.is_empty() {
            self.map.arrangement = None;
        }
        self.touches.insert(Subject::Map);
        self.undo.push(Edit::Arrange { kind, order: before });
    }

    fn allow(&mut self, entry: Allowance, at: Option<usize>) {
        let (rule, subject) = (entry.rule.clone(), entry.subject.clone());
        let same = self
            .map
            .allow
            .iter_mut()
            .find(|e| e.rule == rule && e.subject == subject);
        let inverse = match (at, same) {
            (None, Some(same)) => {
                let before = std::mem::replace(same, entry);
                Edit::Allow {
                    rule: before.rule,
                    subject: before.subject,
                    reason: before.reason,
                    by: before.by,
                    until: before.until,
                    at: None,
                }
            }
            (at, _) => {
                let place = at.unwrap_or(usize::MAX).min(self.map.allow.len());
                self.map.allow.insert(place, entry);
                Edit::Disallow { rule, subject }
            }
        };
        self.touches.insert(Subject::Map);
        self.undo.push(inverse);
    }

    fn disallow(&mut self, rule: &str, subject: &str) -> Result<(), Refusal> {
        let mut all = self.map.allow.iter();
        let Some(at) = all.position(|entry| entry.rule == rule && entry.subject == subject) else {
            return Err(Refusal::NotAllowed {
                rule: rule.to_owned(),
                subject: subject.to_owned(),
            });
        };
        let gone = self.map.allow.remove(at);
        self.touches.insert(Subject::Map);
        self.undo.push(Edit::Allow {
            rule: gone.rule,
            subject: gone.subject,
            reason: gone.reason,
            by: gone.by,
            until: gone.until,
            at: Some(at),
        });
        Ok(())
    }

    /// Sets one of the fields of the map that are no list of records.
    fn set_map(&mut self, field: &str, value: &Value, was: Option<&Value>) -> Result<(), Refusal> {
        let now = MapFields::of(self.map);
        let unsettable = |why| Refusal::Unsettable {
            what: Subject::Map,
            field: field.to_owned(),
            why,
        };
        let then = now.with(field, value).map_err(unsettable)?;
        if was.is_some_and(|was| now.with(field, was).as_ref() != Ok(&now)) {
            return Err(Refusal::SetSince {
                name: "the map".to_owned(),
                field: field.to_owned(),
                now: told(&now.value(field)),
            });
        }
        let inverse = Edit::Set {
            what: Subject::Map,
            field: field.to_owned(),
            value: now.value(field),
            was: Some(then.value(field)),
        };
        then.put(self.map);
        self.touches.insert(Subject::Map);
        self.undo.push(inverse);
        Ok(())
    }
}

/// The map's own fields: those that are no list and no order.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MapFields {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    purpose: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<crate::map::Period>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    currency: String,
}

impl MapFields {
    fn of(map: &BenefitMap) -> Self {
        Self {
            title: map.title.clone(),
            purpose: map.purpose.clone(),
            period: map.period,
            currency: map.currency.clone(),
        }
    }

    fn fields(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        }
    }

    fn value(&self, field: &str) -> Value {
        self.fields().remove(field).unwrap_or(Value::Null)
    }

    fn with(&self, field: &str, value: &Value) -> Result<Self, String> {
        if !matches!(field, "title" | "purpose" | "period" | "currency") {
            return Err("only title, purpose, period and currency of the map can be set; records are added, set and removed one by one".to_owned());
        }
        let mut fields = self.fields();
        replace(&mut fields, field, value);
        serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
    }

    fn put(self, map: &mut BenefitMap) {
        map.title = self.title;
        map.purpose = self.purpose;
        map.period = self.period;
        map.currency = self.currency;
    }
}

/// A value for a message: short, and on one line.
fn told(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => record::shown(text, ""),
        other => record::shown(&other.to_string(), ""),
    }
}
