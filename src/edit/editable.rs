//! A map held so that edits take little time, however large it is: every record is found by what names it, with all that refers to it.

use std::collections::{BTreeMap, HashMap};

use super::Sort;
use super::keys::Activities;
use super::list::{Keyed, List};
use super::record::{Names, Place, Record};
use super::references::each_reference;
use super::refusal::Refusal;
use crate::finding::Subject;
use crate::map::limits;
use crate::map::{
    Activity, ActivityId, Allowance, Appraisal, Arrangement, BenefitMap, Kpi, KpiId, Link, Node, NodeId, NodeKind,
    Owner, OwnerId, Partner, PartnerId, Risk, RiskId,
};

/// A map that many edits are applied to: each takes time in proportion to what it touches, not to the map.
///
/// ```
/// use benefit_map::edit::{Edit, EditableMap};
/// use benefit_map::map::BenefitMap;
///
/// let mut map = EditableMap::new(BenefitMap::new("Kiosks"));
/// let add: Edit = serde_json::from_str(r#"{"do": "add-node", "kind": "enabler", "title": "Kiosks"}"#)?;
/// let applied = map.apply(&add)?;
/// assert_eq!(map.to_map().nodes[0].id.as_str(), "kiosks");
/// map.apply(&applied.inverse)?;
/// assert_eq!(map.into_map(), BenefitMap::new("Kiosks"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct EditableMap {
    /// The map's own fields, and the lists that no edit is about; the others are empty in it.
    head: BenefitMap,
    nodes: List<Node>,
    links: List<Link>,
    owners: List<Owner>,
    kpis: List<Kpi>,
    risks: List<Risk>,
    partners: List<Partner>,
    plans: List<Activities>,
    allow: List<Allowance>,
    /// How many records of whatever sort have an id.
    ids: HashMap<String, usize>,
    /// What refers to a record, and how often.
    users: HashMap<Subject, BTreeMap<Subject, usize>>,
    /// What is accepted of a record, as rule and subject of the entries, and how often.
    accepted: HashMap<Subject, BTreeMap<(String, String), usize>>,
    /// Whose plans have an activity.
    planned: HashMap<ActivityId, BTreeMap<OwnerId, usize>>,
    /// In the orders of which stages a box stands.
    ordered: HashMap<NodeId, Vec<NodeKind>>,
}

/// One more, or one less of something.
#[derive(Debug, Clone, Copy)]
enum Change {
    More,
    Less,
}

fn count<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K, change: Change) {
    let now = counts.get(&key).copied().unwrap_or(0);
    match change {
        Change::More => drop(counts.insert(key, now + 1)),
        Change::Less if now > 1 => drop(counts.insert(key, now - 1)),
        Change::Less => drop(counts.remove(&key)),
    }
}

impl EditableMap {
    /// The map, to be edited. Takes time in proportion to its size.
    pub fn new(mut map: BenefitMap) -> Self {
        let mut made = Self {
            nodes: List::new(Vec::new()),
            links: List::new(Vec::new()),
            owners: List::new(Vec::new()),
            kpis: List::new(Vec::new()),
            risks: List::new(Vec::new()),
            partners: List::new(Vec::new()),
            plans: List::new(Vec::new()),
            allow: List::new(Vec::new()),
            ids: HashMap::new(),
            users: HashMap::new(),
            accepted: HashMap::new(),
            planned: HashMap::new(),
            ordered: HashMap::new(),
            head: BenefitMap::default(),
        };
        macro_rules! listed {
            ($($list:ident $sort:ident),* $(,)?) => {$(
                let noted = std::mem::take(&mut map.$list).into_iter().filter_map(|record| {
                    let record = Record::$sort(record);
                    made.note(&record, Change::More);
                    // It is what it was made of.
                    if let Record::$sort(record) = record { Some(record) } else { None }
                });
                let $list: Vec<_> = noted.collect();
            )*};
        }
        listed!(nodes Node, links Link, owners Owner, kpis Kpi, risks Risk, partners Partner, plans Plan);
        (made.nodes, made.links) = (List::new(nodes), List::new(links));
        (made.owners, made.kpis) = (List::new(owners), List::new(kpis));
        (made.risks, made.partners) = (List::new(risks), List::new(partners));
        made.plans = List::new(plans.into_iter().map(Activities::new).collect());
        let allow = std::mem::take(&mut map.allow);
        for entry in &allow {
            made.note_accepted(entry, Change::More);
        }
        made.allow = List::new(allow);
        made.head = map;
        for kind in NodeKind::ALL {
            for id in made.order(*kind) {
                made.ordered.entry(id).or_default().push(*kind);
            }
        }
        made
    }

    /// The map as it is, its lists in the order that they are held in.
    pub fn to_map(&self) -> BenefitMap {
        BenefitMap {
            nodes: self.nodes.iter().cloned().collect(),
            links: self.links.iter().cloned().collect(),
            owners: self.owners.iter().cloned().collect(),
            kpis: self.kpis.iter().cloned().collect(),
            risks: self.risks.iter().cloned().collect(),
            partners: self.partners.iter().cloned().collect(),
            plans: self.plans.iter().map(Activities::plan).collect(),
            allow: self.allow.iter().cloned().collect(),
            ..self.head.clone()
        }
    }

    /// As [`Self::to_map`], where it is edited no more.
    pub fn into_map(self) -> BenefitMap {
        BenefitMap {
            nodes: self.nodes.into_records(),
            links: self.links.into_records(),
            owners: self.owners.into_records(),
            kpis: self.kpis.into_records(),
            risks: self.risks.into_records(),
            partners: self.partners.into_records(),
            plans: (self.plans.into_records().into_iter())
                .map(Activities::into_plan)
                .collect(),
            allow: self.allow.into_records(),
            ..self.head
        }
    }

    /// The fields of the map that are no list of records.
    pub(super) fn head(&mut self) -> &mut BenefitMap {
        &mut self.head
    }

    /// What an appraisal of the map goes by.
    pub(super) fn appraisal(&self) -> Option<&Appraisal> {
        self.head.appraisal.as_ref()
    }

    /// Whether there is a record of that name.
    pub(super) fn has(&self, what: &Subject) -> bool {
        match what {
            Subject::Map | Subject::Allowance(_) | Subject::Review(_) => false,
            Subject::Node(id) => self.nodes.has(id),
            Subject::Link { from, to } => self.links.has(&(from.clone(), to.clone())),
            Subject::Owner(id) => self.owners.has(id),
            Subject::Kpi(id) => self.kpis.has(id),
            Subject::Risk(id) => self.risks.has(id),
            Subject::Plan(id) => self.plans.has(id),
            Subject::Partner(id) => self.partners.has(id),
            Subject::Activity(id) => self.planned.contains_key(id),
        }
    }

    pub(super) fn has_node(&self, id: &NodeId) -> bool {
        self.nodes.has(id)
    }

    /// Where the first record of that name stands.
    pub(super) fn place(&self, what: &Subject) -> Option<Place> {
        let at = match what {
            Subject::Map | Subject::Allowance(_) | Subject::Review(_) => None,
            Subject::Node(id) => self.nodes.place(id),
            Subject::Link { from, to } => self.links.place(&(from.clone(), to.clone())),
            Subject::Owner(id) => self.owners.place(id),
            Subject::Kpi(id) => self.kpis.place(id),
            Subject::Risk(id) => self.risks.place(id),
            Subject::Plan(id) => self.plans.place(id),
            Subject::Partner(id) => self.partners.place(id),
            Subject::Activity(id) => {
                let plan = self.plan_with(id)?;
                let same = self.plans.all(&plan.owner);
                return Some(Place {
                    at: plan.list.place(id)?,
                    plan: Some(plan.owner.clone()),
                    nth: same.iter().position(|plan| plan.list.has(id))?,
                });
            }
        };
        at.map(|at| Place { at, plan: None, nth: 0 })
    }

    /// The first plan that has an activity.
    fn plan_with(&self, id: &ActivityId) -> Option<&Activities> {
        let has = |plan: &&Activities| plan.list.has(id);
        let mut first: Option<(usize, &Activities)> = None;
        for owner in self.planned.get(id)?.keys() {
            let place = self.plans.place(owner)?;
            // Where several plans have one owner, it may be in a later one.
            let plan = self.plans.get(owner).filter(has);
            let plan = plan.or_else(|| self.plans.all(owner).into_iter().find(has))?;
            if first.is_none_or(|(earliest, _)| place < earliest) {
                first = Some((place, plan));
            }
        }
        first.map(|(_, plan)| plan)
    }

    /// The first record of that name.
    pub(super) fn get(&self, what: &Subject) -> Option<Record> {
        Some(match what {
            Subject::Node(id) => Record::Node(self.nodes.get(id)?.clone()),
            Subject::Link { from, to } => Record::Link(self.links.get(&(from.clone(), to.clone()))?.clone()),
            Subject::Owner(id) => Record::Owner(self.owners.get(id)?.clone()),
            Subject::Kpi(id) => Record::Kpi(self.kpis.get(id)?.clone()),
            Subject::Risk(id) => Record::Risk(self.risks.get(id)?.clone()),
            Subject::Plan(id) => Record::Plan(self.plans.get(id)?.plan()),
            Subject::Partner(id) => Record::Partner(self.partners.get(id)?.clone()),
            Subject::Activity(id) => Record::Activity(self.plan_with(id)?.list.get(id)?.clone()),
            Subject::Map | Subject::Allowance(_) | Subject::Review(_) => return None,
        })
    }

    /// All records of that name, in their order: several in a map with that fault.
    pub(super) fn all(&self, what: &Subject) -> Vec<Record> {
        fn records<T: Keyed + Clone>(list: &List<T>, key: &T::Key, make: impl Fn(T) -> Record) -> Vec<Record> {
            list.all(key).into_iter().cloned().map(make).collect()
        }
        match what {
            Subject::Node(id) => records(&self.nodes, id, Record::Node),
            Subject::Link { from, to } => records(&self.links, &(from.clone(), to.clone()), Record::Link),
            Subject::Kpi(id) => records(&self.kpis, id, Record::Kpi),
            Subject::Risk(id) => records(&self.risks, id, Record::Risk),
            other => self.get(other).into_iter().collect(),
        }
    }

    /// Whether the map can take another record of that sort and still be read again.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`] where it has as many as a map may have.
    pub(super) fn has_room_for(&self, record: &Record) -> Result<(), Refusal> {
        let held = match record {
            Record::Node(_) => limits::BOXES.hold(self.nodes.len() + 1),
            Record::Link(_) => limits::LINKS.hold(self.links.len() + 1),
            Record::Kpi(_) => limits::KPIS.hold(self.kpis.len() + 1),
            _ => Ok(()),
        };
        held.map_err(Refusal::TooLarge)
    }

    /// Puts a record at its place, or at the end of its list where the list is shorter. An activity whose plan is not there is
    /// left out; callers look first.
    pub(super) fn insert(&mut self, record: Record, place: &Place) {
        if let Record::Activity(_) = record
            && !place.plan.as_ref().is_some_and(|owner| self.plans.has(owner))
        {
            return;
        }
        self.note(&record, Change::More);
        let at = place.at;
        match record {
            Record::Node(node) => self.nodes.insert(at, node),
            Record::Link(link) => self.links.insert(at, link),
            Record::Owner(owner) => self.owners.insert(at, owner),
            Record::Kpi(kpi) => self.kpis.insert(at, kpi),
            Record::Risk(risk) => self.risks.insert(at, risk),
            Record::Plan(plan) => self.plans.insert(at, Activities::new(plan)),
            Record::Partner(partner) => self.partners.insert(at, partner),
            Record::Activity(activity) => {
                if let Some(owner) = &place.plan
                    && let Some(plan) = self.plans.nth_mut(owner, place.nth)
                {
                    count(
                        self.planned.entry(activity.id.clone()).or_default(),
                        owner.clone(),
                        Change::More,
                    );
                    plan.list.insert(at, activity);
                }
            }
        }
    }

    /// Takes the first record of that name out.
    pub(super) fn take(&mut self, what: &Subject) -> Option<Record> {
        let record = match what {
            Subject::Node(id) => Record::Node(self.nodes.remove(id)?),
            Subject::Link { from, to } => Record::Link(self.links.remove(&(from.clone(), to.clone()))?),
            Subject::Owner(id) => Record::Owner(self.owners.remove(id)?),
            Subject::Kpi(id) => Record::Kpi(self.kpis.remove(id)?),
            Subject::Risk(id) => Record::Risk(self.risks.remove(id)?),
            Subject::Plan(id) => Record::Plan(self.plans.remove(id)?.into_plan()),
            Subject::Partner(id) => Record::Partner(self.partners.remove(id)?),
            Subject::Activity(id) => {
                let place = self.place(what)?;
                let owner = place.plan?;
                let plan = self.plans.nth_mut(&owner, place.nth)?;
                let activity = plan.list.remove(id)?;
                self.no_longer_planned(id, &owner);
                Record::Activity(activity)
            }
            Subject::Map | Subject::Allowance(_) | Subject::Review(_) => return None,
        };
        self.note(&record, Change::Less);
        Some(record)
    }

    /// Puts a record in the place of the first of its name.
    pub(super) fn replace(&mut self, record: Record) {
        let what = record.subject();
        if let Some(now) = self.get(&what) {
            self.note(&now, Change::Less);
            self.note(&record, Change::More);
        }
        fn put<T: Keyed>(list: &mut List<T>, record: T) {
            if let Some(there) = list.get_mut(&record.key()) {
                *there = record;
            }
        }
        match record {
            Record::Node(node) => put(&mut self.nodes, node),
            Record::Link(link) => put(&mut self.links, link),
            Record::Owner(owner) => put(&mut self.owners, owner),
            Record::Kpi(kpi) => put(&mut self.kpis, kpi),
            Record::Risk(risk) => put(&mut self.risks, risk),
            Record::Plan(plan) => put(&mut self.plans, Activities::new(plan)),
            Record::Partner(partner) => put(&mut self.partners, partner),
            Record::Activity(activity) => {
                let place = self.place(&what);
                let (owner, nth) = place.map_or((None, 0), |place| (place.plan, place.nth));
                if let Some(plan) = owner.and_then(|owner| self.plans.nth_mut(&owner, nth)) {
                    put(&mut plan.list, activity);
                }
            }
        }
    }

    fn no_longer_planned(&mut self, id: &ActivityId, owner: &OwnerId) {
        if let Some(owners) = self.planned.get_mut(id) {
            count(owners, owner.clone(), Change::Less);
            if owners.is_empty() {
                self.planned.remove(id);
            }
        }
    }

    /// Keeps ids and references up to date with a record that comes or goes.
    fn note(&mut self, record: &Record, change: Change) {
        let ids = &mut self.ids;
        let mut id = |id: &str| {
            let now = ids.get(id).copied().unwrap_or(0);
            match change {
                Change::More => drop(ids.insert(id.to_owned(), now + 1)),
                Change::Less if now > 1 => drop(ids.insert(id.to_owned(), now - 1)),
                Change::Less => drop(ids.remove(id)),
            }
        };
        match record {
            Record::Node(node) => id(node.id.as_str()),
            Record::Owner(owner) => id(owner.id.as_str()),
            Record::Kpi(kpi) => id(kpi.id.as_str()),
            Record::Risk(risk) => id(risk.id.as_str()),
            Record::Partner(partner) => id(partner.id.as_str()),
            Record::Activity(activity) => id(activity.id.as_str()),
            Record::Plan(plan) => {
                for activity in &plan.activities {
                    id(activity.id.as_str());
                }
                for activity in &plan.activities {
                    match change {
                        Change::More => count(
                            self.planned.entry(activity.id.clone()).or_default(),
                            plan.owner.clone(),
                            change,
                        ),
                        Change::Less => self.no_longer_planned(&activity.id, &plan.owner),
                    }
                }
            }
            Record::Link(_) => {}
        }
        let users = &mut self.users;
        each_reference(record, |user, target| match change {
            Change::More => count(users.entry(target).or_default(), user, change),
            Change::Less => {
                if let Some(counts) = users.get_mut(&target) {
                    count(counts, user, change);
                    if counts.is_empty() {
                        users.remove(&target);
                    }
                }
            }
        });
    }

    /// What refers to a record, each once, in their own order.
    pub(super) fn users(&self, what: &Subject) -> impl Iterator<Item = &Subject> {
        self.users.get(what).into_iter().flat_map(BTreeMap::keys)
    }

    /// The first record that points at another; of a plan, what points at its activities from outside.
    pub(super) fn who_needs(&self, what: &Subject) -> Option<Subject> {
        let Subject::Plan(owner) = what else {
            return self.users(what).find(|user| *user != what).cloned();
        };
        let own = &self.plans.get(owner)?.list;
        let is_own = |user: &Subject| matches!(user, Subject::Activity(id) if own.has(id));
        let needed = |activity: &Activity| {
            let what = Subject::Activity(activity.id.clone());
            let mut users = self.users(&what);
            users.find(|user| !is_own(user)).cloned()
        };
        own.iter().find_map(needed)
    }

    /// Whether anything in the map has the id.
    pub(super) fn is_taken(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// Whether a record of that sort has the id. Other sorts may share it in a map that was at fault before it was edited.
    pub(super) fn is_taken_by(&self, sort: Sort, id: &str) -> bool {
        if !self.is_taken(id) {
            return false;
        }
        match sort {
            Sort::Node => NodeId::new(id).is_ok_and(|id| self.nodes.has(&id)),
            Sort::Owner => OwnerId::new(id).is_ok_and(|id| self.owners.has(&id)),
            Sort::Kpi => KpiId::new(id).is_ok_and(|id| self.kpis.has(&id)),
            Sort::Risk => RiskId::new(id).is_ok_and(|id| self.risks.has(&id)),
            Sort::Partner => PartnerId::new(id).is_ok_and(|id| self.partners.has(&id)),
            Sort::Activity => ActivityId::new(id).is_ok_and(|id| self.planned.contains_key(&id)),
            Sort::Link | Sort::Plan => false,
        }
    }

    /// The order that people want of a stage.
    pub(super) fn order(&self, kind: NodeKind) -> Vec<NodeId> {
        let arrangement = self.head.arrangement.as_ref();
        arrangement.map_or_else(Vec::new, |arrangement| arrangement.order.of(kind).to_vec())
    }

    /// The stages in whose orders a box stands.
    pub(super) fn orders_with(&self, id: &NodeId) -> Vec<NodeKind> {
        self.ordered.get(id).cloned().unwrap_or_default()
    }

    /// Gives a stage another order; none at all where no stage has one any more.
    pub(super) fn set_order(&mut self, kind: NodeKind, order: Vec<NodeId>) {
        for id in self.order(kind) {
            self.leaves(&id, kind);
        }
        for id in &order {
            let kinds = self.ordered.entry(id.clone()).or_default();
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let arrangement = self.head.arrangement.get_or_insert_with(Arrangement::default);
        *arrangement.order.of_mut(kind) = order;
        if arrangement.order.is_empty() {
            self.head.arrangement = None;
        }
    }

    /// A box is to leave the order of a stage, which is brought up to date by [`Self::set_order`].
    pub(super) fn leaves(&mut self, id: &NodeId, kind: NodeKind) {
        if let Some(kinds) = self.ordered.get_mut(id) {
            kinds.retain(|other| *other != kind);
            if kinds.is_empty() {
                self.ordered.remove(id);
            }
        }
    }

    /// The entry that accepts what a rule finds of a subject, to be changed in its reason alone.
    pub(super) fn allowance(&mut self, rule: &str, subject: &str) -> Option<&mut Allowance> {
        self.allow.get_mut(&(rule.to_owned(), subject.to_owned()))
    }

    pub(super) fn accept(&mut self, at: usize, entry: Allowance) {
        self.note_accepted(&entry, Change::More);
        self.allow.insert(at, entry);
    }

    /// Takes the first entry of that rule and subject out, with its place.
    pub(super) fn no_longer_accept(&mut self, rule: &str, subject: &str) -> Option<(usize, Allowance)> {
        let key = (rule.to_owned(), subject.to_owned());
        let at = self.allow.place(&key)?;
        let entry = self.allow.remove(&key)?;
        self.note_accepted(&entry, Change::Less);
        Some((at, entry))
    }

    fn note_accepted(&mut self, entry: &Allowance, change: Change) {
        let Ok(subject) = entry.subject.parse::<Subject>() else {
            return;
        };
        let entries = self.accepted.entry(subject.clone()).or_default();
        count(entries, (entry.rule.clone(), entry.subject.clone()), change);
        if entries.is_empty() {
            self.accepted.remove(&subject);
        }
    }

    /// The entries that accept something of a record, as rule and subject; one that is there twice comes twice.
    pub(super) fn accepted_of(&self, what: &Subject) -> Vec<(String, String)> {
        let entries = self.accepted.get(what).into_iter().flatten();
        entries
            .flat_map(|(entry, count)| std::iter::repeat_n(entry.clone(), *count))
            .collect()
    }
}

impl Names for EditableMap {
    fn name(&self, what: &Subject) -> Option<&str> {
        Some(match what {
            Subject::Node(id) => &self.nodes.get(id)?.title,
            Subject::Owner(id) => &self.owners.get(id)?.name,
            Subject::Kpi(id) => &self.kpis.get(id)?.title,
            Subject::Risk(id) => &self.risks.get(id)?.title,
            Subject::Partner(id) => &self.partners.get(id)?.name,
            Subject::Activity(id) => &self.plan_with(id)?.list.get(id)?.title,
            _ => return None,
        })
    }
}
