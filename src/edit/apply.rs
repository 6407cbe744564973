//! An edit applied in place, with its inverse.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::editable::EditableMap;
use super::label::label_in;
use super::map_fields::MapFields;
use super::record::{self, Place, Record, base_of_id, described, value_of};
use super::{Edit, Refusal, Sort, references, removal};
use crate::finding::Subject;
use crate::map::{Allowance, BenefitMap, Node, NodeId, NodeKind, OwnerId, Plan};

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
/// Where nothing else happened in between, applying the inverse gives the same map again. Takes time in proportion to the size of
/// the map and of the edit; where many edits come one after the other, [`EditableMap`] spares the map's part.
///
/// # Errors
/// [`Refusal`] where the edit does not keep within the bounds ([`check`](super::check)) or the map cannot take it; the map is then as
/// it was.
pub fn apply(map: &mut BenefitMap, edit: &Edit) -> Result<Applied, Refusal> {
    super::check(edit)?;
    let mut editable = EditableMap::new(std::mem::take(map));
    let applied = editable.apply_again(edit);
    *map = editable.into_map();
    applied
}

/// The most that one edit may touch, in values of records as JSON: far more than any map that people make has.
const MOST_TOUCHED: usize = 10_000_000;

impl EditableMap {
    /// Changes the map, and tells how to change it back, as [`apply`] does. Takes time in proportion to the size of the edit and of what
    /// it touches.
    ///
    /// # Errors
    /// As [`apply`].
    pub fn apply(&mut self, edit: &Edit) -> Result<Applied, Refusal> {
        super::check(edit)?;
        self.apply_again(edit)
    }

    /// As [`Self::apply`], for an edit that was taken before or that takes one back: whatever its size.
    ///
    /// # Errors
    /// [`Refusal`] where the map cannot take the edit; it is then as it was.
    pub fn apply_again(&mut self, edit: &Edit) -> Result<Applied, Refusal> {
        let mut work = Work {
            map: self,
            undo: Vec::new(),
            ids: Vec::new(),
            touches: BTreeSet::new(),
            numbers: HashMap::new(),
            leaving: BTreeMap::new(),
            ordered_before: BTreeSet::new(),
            touched: 0,
            course: Course::Onward,
            nths: BTreeMap::new(),
            nth: 0,
        };
        let done = work.run(edit);
        work.leave_orders();
        match done {
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
                work.course = Course::Back;
                work.ordered_before.clear();
                for (at, step) in undo.iter().enumerate().rev() {
                    work.nth = work.nths.get(&at).copied().unwrap_or(0);
                    // What was just done can be taken back.
                    let taken_back = work.run(step);
                    debug_assert!(taken_back.is_ok(), "{step:?}: {taken_back:?}");
                }
                work.leave_orders();
                Err(refusal)
            }
        }
    }

    /// What an edit does, in a few words that read well after "undo".
    pub fn label(&self, edit: &Edit) -> String {
        label_in(self, edit)
    }
}

struct Work<'m> {
    map: &'m mut EditableMap,
    /// What takes back what was done, in the order that it was done.
    undo: Vec<Edit>,
    ids: Vec<String>,
    touches: BTreeSet<Subject>,
    /// The number that was last put behind an id of that beginning.
    numbers: HashMap<String, u64>,
    /// Boxes that have left the order of a stage, which is written anew once for all of them.
    leaving: BTreeMap<NodeKind, BTreeSet<NodeId>>,
    /// Stages whose order from before is in `undo` already: taking that back, which comes last, takes all back.
    ordered_before: BTreeSet<NodeKind>,
    /// How many values of records were touched so far.
    touched: usize,
    course: Course,
    /// Which of the plans of one owner an activity was taken from, where not from the first, by the place in `undo`.
    nths: BTreeMap<usize, usize>,
    /// That of what is taken back now.
    nth: usize,
}

/// Whether an edit is done, or what was just done is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Onward,
    /// Everything was as it will be a moment ago, so there is nothing to be asked.
    Back,
}

/// How many values a piece of JSON is.
fn values_in(value: &Value) -> usize {
    match value {
        Value::Array(entries) => 1 + entries.iter().map(values_in).sum::<usize>(),
        Value::Object(fields) => values_in_fields(fields),
        _ => 1,
    }
}

fn values_in_fields(fields: &Map<String, Value>) -> usize {
    1 + fields.values().map(values_in).sum::<usize>()
}

impl Work<'_> {
    fn spend(&mut self, values: usize) -> Result<(), Refusal> {
        self.touched += values;
        match self.course == Course::Onward && self.touched > MOST_TOUCHED {
            true => Err(Refusal::TooMuch),
            false => Ok(()),
        }
    }

    fn describe(&self, what: &Subject) -> String {
        described(self.map, what)
    }

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
                let record = self.made(*what, fields)?;
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
            Edit::Arrange { kind, order } => self.arrange(*kind, order)?,
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

    fn new_node_id(&mut self, title: &str) -> Result<NodeId, Refusal> {
        NodeId::new(self.new_id(Sort::Node, title)).map_err(|error| Refusal::NoRecord {
            sort: Sort::Node,
            why: error.to_string(),
        })
    }

    /// A new id made from a title: its first words, and the next number that is free where that is taken.
    fn new_id(&mut self, sort: Sort, title: &str) -> String {
        let (base, may_stand_alone) = base_of_id(sort, title);
        if may_stand_alone && !self.map.is_taken(&base) {
            return base;
        }
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            // Of n things, one of the first n + 1 numbers is free; where one edit makes many ids, it goes on counting.
            *number += 1;
            let id = format!("{base}-{number}");
            if !self.map.is_taken(&id) {
                return id;
            }
        }
    }

    /// The record that the fields make, with an id made from the title or the name where there is none.
    fn made(&mut self, sort: Sort, fields: &Map<String, Value>) -> Result<Record, Refusal> {
        self.spend(values_in_fields(fields))?;
        let mut fields = fields.clone();
        let named = !matches!(sort, Sort::Link | Sort::Plan);
        if named && fields.get("id").is_none_or(Value::is_null) {
            let title = ["title", "name"].iter().find_map(|field| fields.get(*field)?.as_str());
            let id = self.new_id(sort, title.unwrap_or_default());
            fields.insert("id".to_owned(), Value::String(id));
        }
        Record::read(sort, fields).map_err(|why| Refusal::NoRecord { sort, why })
    }

    fn link(&mut self, from: &NodeId, to: &NodeId) -> Result<(), Refusal> {
        let link = crate::map::Link::new(from.clone(), to.clone());
        self.add(Record::Link(link), None, None)
    }

    fn add(&mut self, record: Record, plan: Option<&OwnerId>, at: Option<usize>) -> Result<(), Refusal> {
        let subject = record.subject();
        let fields = record.fields();
        self.spend(values_in_fields(&fields))?;
        let id = fields.get("id").and_then(Value::as_str);
        if self.course == Course::Onward {
            self.may_be_added(&record, &subject, id, at)?;
        }
        self.ids.extend(id.map(str::to_owned));
        if matches!(record, Record::Activity(_)) {
            let owner = plan.ok_or_else(|| Refusal::NoRecord {
                sort: Sort::Activity,
                why: "say in `plan` whose plan it belongs to".to_owned(),
            })?;
            if !self.map.has(&Subject::Plan(owner.clone())) {
                let plan = Plan {
                    owner: owner.clone(),
                    activities: Vec::new(),
                };
                self.add(Record::Plan(plan), None, None)?;
            }
        }
        let place = Place {
            at: at.unwrap_or(usize::MAX),
            plan: plan.filter(|_| record.sort() == Sort::Activity).cloned(),
            nth: std::mem::take(&mut self.nth),
        };
        self.map.insert(record, &place);
        self.touches.insert(subject.clone());
        self.undo.push(Edit::Take {
            what: subject,
            was: Value::Object(fields),
        });
        Ok(())
    }

    fn may_be_added(
        &self,
        record: &Record,
        subject: &Subject,
        id: Option<&str>,
        at: Option<usize>,
    ) -> Result<(), Refusal> {
        // What is put back at its place may share its id with another sort, if it did so before.
        let taken = |sort, id: &str| match at {
            Some(_) => self.map.is_taken_by(sort, id),
            None => self.map.is_taken(id),
        };
        self.map.has_room_for(record)?;
        match record {
            Record::Link(link) if link.from == link.to => {
                let name = self.describe(&Subject::Node(link.from.clone()));
                return Err(Refusal::LeadsToItself { name });
            }
            Record::Link(_) if self.map.has(subject) => {
                let name = self.describe(subject);
                return Err(Refusal::LinkedAlready { name });
            }
            Record::Plan(plan) => {
                if self.map.has(subject) {
                    let name = self.describe(subject);
                    return Err(Refusal::PlannedAlready { name });
                }
                let mut own = BTreeSet::new();
                for activity in &plan.activities {
                    let id = activity.id.as_str();
                    if !own.insert(id) || taken(Sort::Activity, id) {
                        return Err(Refusal::IdTaken { id: id.to_owned() });
                    }
                }
            }
            _ => {}
        }
        if let Some(id) = id.filter(|id| taken(record.sort(), id)) {
            return Err(Refusal::IdTaken { id: id.to_owned() });
        }
        for (field, missing) in references::of(record) {
            if missing != *subject && !self.map.has(&missing) {
                return Err(Refusal::PointsAtNothing { field, missing });
            }
        }
        Ok(())
    }

    fn take(&mut self, what: &Subject, was: &Value) -> Result<(), Refusal> {
        let gone = || Refusal::Gone { what: what.clone() };
        let place = self.map.place(what).ok_or_else(gone)?;
        let now = self.map.get(what).ok_or_else(gone)?;
        let fields = now.fields();
        self.spend(values_in_fields(&fields))?;
        if self.course == Course::Onward {
            let was = was.as_object().cloned().unwrap_or_default();
            let was = Record::read(now.sort(), was);
            if !was.is_ok_and(|was| was.says_the_same_as(&now)) {
                let name = self.describe(what);
                return Err(Refusal::ChangedSince { name });
            }
            if let Some(by) = self.map.who_needs(what) {
                return Err(Refusal::StillNeeded {
                    name: self.describe(what),
                    by: self.describe(&by),
                });
            }
        }
        if let Subject::Node(id) = what {
            self.leave_order(id);
        }
        self.map.take(what);
        self.touches.insert(what.clone());
        if place.nth > 0 {
            self.nths.insert(self.undo.len(), place.nth);
        }
        self.undo.push(Edit::Add {
            what: now.sort(),
            fields,
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
        let unsettable = |why| Refusal::Unsettable {
            what: what.clone(),
            field: field.to_owned(),
            why,
        };
        let gone = || Refusal::Gone { what: what.clone() };
        let now = self.map.get(what).ok_or_else(gone)?;
        self.spend(values_in_fields(&now.fields()) + values_in(value))?;
        let then = record::with(&now, field, value).map_err(unsettable)?;
        // Several ways of writing say the same, so it is records that are compared.
        let is_now = |was| record::with(&now, field, was).is_ok_and(|was| was.says_the_same_as(&now));
        if !was.is_none_or(is_now) {
            return Err(Refusal::SetSince {
                name: self.describe(what),
                field: field.to_owned(),
                now: told(&value_of(&now, field)),
            });
        }
        let before: BTreeSet<(&str, Subject)> = references::of(&now).into_iter().collect();
        for (role, missing) in references::of(&then) {
            let is_new = !before.contains(&(role, missing.clone()));
            if is_new && self.course == Course::Onward && !self.map.has(&missing) {
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
        self.map.replace(then);
        self.touches.insert(what.clone());
        self.undo.push(inverse);
        Ok(())
    }

    /// A box that leaves its stage leaves its order. This comes before the leaving, so that it is taken back after it.
    fn leave_order(&mut self, id: &NodeId) {
        for kind in self.map.orders_with(id) {
            self.keep_order(kind);
            self.map.leaves(id, kind);
            self.leaving.entry(kind).or_default().insert(id.clone());
            self.touches.insert(Subject::Map);
        }
    }

    /// Keeps the order of a stage to come back to, where that has not been done.
    fn keep_order(&mut self, kind: NodeKind) {
        if self.ordered_before.insert(kind) {
            let order = self.map.order(kind);
            self.undo.push(Edit::Arrange { kind, order });
        }
    }

    /// Brings the orders up to date that boxes have left.
    fn leave_orders(&mut self) {
        for (kind, gone) in std::mem::take(&mut self.leaving) {
            let order = self.map.order(kind).into_iter().filter(|id| !gone.contains(id));
            let order = order.collect();
            self.map.set_order(kind, order);
        }
    }

    fn arrange(&mut self, kind: NodeKind, order: &[NodeId]) -> Result<(), Refusal> {
        self.leave_orders();
        self.keep_order(kind);
        self.spend(order.len() + self.map.order(kind).len())?;
        let mut seen = BTreeSet::new();
        let is_back = self.course == Course::Back;
        let kept = order
            .iter()
            .filter(|id| is_back || (self.map.has_node(id) && seen.insert(*id)));
        let order: Vec<NodeId> = kept.cloned().collect();
        self.map.set_order(kind, order);
        self.touches.insert(Subject::Map);
        Ok(())
    }

    fn allow(&mut self, entry: Allowance, at: Option<usize>) {
        let (rule, subject) = (entry.rule.clone(), entry.subject.clone());
        let inverse = match self.map.allowance(&rule, &subject) {
            Some(same) if at.is_none() => {
                let before = std::mem::replace(same, entry);
                Edit::Allow {
                    rule,
                    subject,
                    reason: before.reason,
                    by: before.by,
                    until: before.until,
                    at: None,
                }
            }
            _ => {
                self.map.accept(at.unwrap_or(usize::MAX), entry);
                Edit::Disallow { rule, subject }
            }
        };
        self.touches.insert(Subject::Map);
        self.undo.push(inverse);
    }

    fn disallow(&mut self, rule: &str, subject: &str) -> Result<(), Refusal> {
        let Some((at, gone)) = self.map.no_longer_accept(rule, subject) else {
            return Err(Refusal::NotAllowed {
                rule: rule.to_owned(),
                subject: subject.to_owned(),
            });
        };
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
        let now = MapFields::of(self.map.head());
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
        then.put(self.map.head());
        self.touches.insert(Subject::Map);
        self.undo.push(inverse);
        Ok(())
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
