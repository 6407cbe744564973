//! One record of whatever sort: found, put in, taken out and changed by what names it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Refusal, Sort};
use crate::finding::Subject;
use crate::map::{Activity, BenefitMap, Kpi, Link, Node, Owner, OwnerId, Partner, Plan, Risk, is_id, slug};

/// One record.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Record {
    Node(Node),
    Link(Link),
    Owner(Owner),
    Kpi(Kpi),
    Risk(Risk),
    Plan(Plan),
    Activity(Activity),
    Partner(Partner),
}

/// Does the same with whichever record it is.
macro_rules! each {
    ($record:expr, $inner:ident => $what:expr) => {
        match $record {
            Record::Node($inner) => $what,
            Record::Link($inner) => $what,
            Record::Owner($inner) => $what,
            Record::Kpi($inner) => $what,
            Record::Risk($inner) => $what,
            Record::Plan($inner) => $what,
            Record::Activity($inner) => $what,
            Record::Partner($inner) => $what,
        }
    };
}

impl Record {
    /// The record that the fields make.
    pub fn read(sort: Sort, fields: Map<String, Value>) -> Result<Self, String> {
        fn read<T: DeserializeOwned>(fields: Map<String, Value>) -> Result<T, String> {
            serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
        }
        Ok(match sort {
            Sort::Node => Self::Node(read(fields)?),
            Sort::Link => Self::Link(read(fields)?),
            Sort::Owner => Self::Owner(read(fields)?),
            Sort::Kpi => Self::Kpi(read(fields)?),
            Sort::Risk => Self::Risk(read(fields)?),
            Sort::Plan => Self::Plan(read(fields)?),
            Sort::Activity => Self::Activity(read(fields)?),
            Sort::Partner => Self::Partner(read(fields)?),
        })
    }

    /// Its fields, as in the file.
    pub fn fields(&self) -> Map<String, Value> {
        each!(self, record => fields_of(record))
    }

    pub fn sort(&self) -> Sort {
        match self {
            Self::Node(_) => Sort::Node,
            Self::Link(_) => Sort::Link,
            Self::Owner(_) => Sort::Owner,
            Self::Kpi(_) => Sort::Kpi,
            Self::Risk(_) => Sort::Risk,
            Self::Plan(_) => Sort::Plan,
            Self::Activity(_) => Sort::Activity,
            Self::Partner(_) => Sort::Partner,
        }
    }

    /// What names it.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Node(node) => Subject::Node(node.id.clone()),
            Self::Link(link) => Subject::Link {
                from: link.from.clone(),
                to: link.to.clone(),
            },
            Self::Owner(owner) => Subject::Owner(owner.id.clone()),
            Self::Kpi(kpi) => Subject::Kpi(kpi.id.clone()),
            Self::Risk(risk) => Subject::Risk(risk.id.clone()),
            Self::Plan(plan) => Subject::Plan(plan.owner.clone()),
            Self::Activity(activity) => Subject::Activity(activity.id.clone()),
            Self::Partner(partner) => Subject::Partner(partner.id.clone()),
        }
    }
}

/// The fields of a record that say something.
fn fields_of(record: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        // Records are structures with string keys and finite numbers.
        _ => Map::new(),
    }
}

/// Where a record stands: its place in its list, and for an activity whose plan that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub at: usize,
    pub plan: Option<OwnerId>,
}

/// Where the first record of that name stands.
pub(super) fn find(map: &BenefitMap, what: &Subject) -> Option<Place> {
    let at = match what {
        Subject::Map | Subject::Allowance(_) | Subject::Review(_) => None,
        Subject::Node(id) => map.nodes.iter().position(|node| node.id == *id),
        Subject::Link { from, to } => map.links.iter().position(|link| link.from == *from && link.to == *to),
        Subject::Owner(id) => map.owners.iter().position(|owner| owner.id == *id),
        Subject::Kpi(id) => map.kpis.iter().position(|kpi| kpi.id == *id),
        Subject::Risk(id) => map.risks.iter().position(|risk| risk.id == *id),
        Subject::Plan(id) => map.plans.iter().position(|plan| plan.owner == *id),
        Subject::Partner(id) => map.partners.iter().position(|partner| partner.id == *id),
        Subject::Activity(id) => {
            return map.plans.iter().find_map(|plan| {
                let at = plan.activities.iter().position(|activity| activity.id == *id)?;
                let plan = Some(plan.owner.clone());
                Some(Place { at, plan })
            });
        }
    };
    at.map(|at| Place { at, plan: None })
}

/// The record of that name.
pub(super) fn get(map: &BenefitMap, what: &Subject) -> Option<Record> {
    let Place { at, .. } = find(map, what)?;
    Some(match what {
        Subject::Node(_) => Record::Node(map.nodes[at].clone()),
        Subject::Link { .. } => Record::Link(map.links[at].clone()),
        Subject::Owner(_) => Record::Owner(map.owners[at].clone()),
        Subject::Kpi(_) => Record::Kpi(map.kpis[at].clone()),
        Subject::Risk(_) => Record::Risk(map.risks[at].clone()),
        Subject::Plan(_) => Record::Plan(map.plans[at].clone()),
        Subject::Partner(_) => Record::Partner(map.partners[at].clone()),
        Subject::Activity(id) => {
            let mut all = map.plans.iter().flat_map(|plan| &plan.activities);
            Record::Activity(all.find(|activity| activity.id == *id)?.clone())
        }
        Subject::Map | Subject::Allowance(_) | Subject::Review(_) => return None,
    })
}

/// Puts a record at its place, or at the end of its list where the list is shorter. An activity whose plan is not there is
/// left out; callers look first.
pub(super) fn insert(map: &mut BenefitMap, record: Record, place: &Place) {
    fn put<T>(list: &mut Vec<T>, at: usize, record: T) {
        list.insert(at.min(list.len()), record);
    }
    let at = place.at;
    match record {
        Record::Node(node) => put(&mut map.nodes, at, node),
        Record::Link(link) => put(&mut map.links, at, link),
        Record::Owner(owner) => put(&mut map.owners, at, owner),
        Record::Kpi(kpi) => put(&mut map.kpis, at, kpi),
        Record::Risk(risk) => put(&mut map.risks, at, risk),
        Record::Plan(plan) => put(&mut map.plans, at, plan),
        Record::Partner(partner) => put(&mut map.partners, at, partner),
        Record::Activity(activity) => {
            let mut plans = map.plans.iter_mut();
            if let Some(plan) = plans.find(|plan| place.plan.as_ref() == Some(&plan.owner)) {
                put(&mut plan.activities, at, activity);
            }
        }
    }
}

/// Takes the record at that place out.
pub(super) fn take(map: &mut BenefitMap, sort: Sort, place: &Place) {
    let at = place.at;
    match sort {
        Sort::Node => drop(map.nodes.remove(at)),
        Sort::Link => drop(map.links.remove(at)),
        Sort::Owner => drop(map.owners.remove(at)),
        Sort::Kpi => drop(map.kpis.remove(at)),
        Sort::Risk => drop(map.risks.remove(at)),
        Sort::Plan => drop(map.plans.remove(at)),
        Sort::Partner => drop(map.partners.remove(at)),
        Sort::Activity => {
            let mut plans = map.plans.iter_mut();
            if let Some(plan) = plans.find(|plan| place.plan.as_ref() == Some(&plan.owner)) {
                plan.activities.remove(at);
            }
        }
    }
}

/// Fields that name a record, or hold records of their own.
fn is_fixed(sort: Sort, field: &str) -> bool {
    match sort {
        Sort::Link => matches!(field, "from" | "to"),
        Sort::Plan => matches!(field, "owner" | "activities"),
        _ => field == "id",
    }
}

/// The record with another value in a field; `null` empties it.
pub(super) fn with(record: &Record, field: &str, value: &Value) -> Result<Record, String> {
    if is_fixed(record.sort(), field) {
        return Err(match record.sort() {
            Sort::Plan => "add, set and remove its activities one by one",
            Sort::Link => "remove the link and make another",
            _ => "an id stays as it is",
        }
        .to_owned());
    }
    let mut fields = record.fields();
    replace(&mut fields, field, value);
    Record::read(record.sort(), fields)
}

pub(super) fn replace(fields: &mut Map<String, Value>, field: &str, value: &Value) {
    match value {
        Value::Null => drop(fields.remove(field)),
        value => drop(fields.insert(field.to_owned(), value.clone())),
    }
}

/// What a field of a record says, as JSON; `null` where it says nothing.
pub(super) fn value_of(record: &Record, field: &str) -> Value {
    record.fields().remove(field).unwrap_or(Value::Null)
}

/// Whether anything in the map has the id.
pub(super) fn is_taken(map: &BenefitMap, id: &str) -> bool {
    map.nodes.iter().any(|r| r.id.as_str() == id)
        || map.owners.iter().any(|r| r.id.as_str() == id)
        || map.kpis.iter().any(|r| r.id.as_str() == id)
        || map.risks.iter().any(|r| r.id.as_str() == id)
        || map.partners.iter().any(|r| r.id.as_str() == id)
        || (map.plans.iter().flat_map(|plan| &plan.activities)).any(|r| r.id.as_str() == id)
}

/// Whether a record of that sort has the id. Other sorts may share it in a map that was at fault before it was edited.
pub(super) fn is_taken_by(map: &BenefitMap, sort: Sort, id: &str) -> bool {
    match sort {
        Sort::Node => map.nodes.iter().any(|r| r.id.as_str() == id),
        Sort::Owner => map.owners.iter().any(|r| r.id.as_str() == id),
        Sort::Kpi => map.kpis.iter().any(|r| r.id.as_str() == id),
        Sort::Risk => map.risks.iter().any(|r| r.id.as_str() == id),
        Sort::Partner => map.partners.iter().any(|r| r.id.as_str() == id),
        Sort::Activity => (map.plans.iter().flat_map(|plan| &plan.activities)).any(|r| r.id.as_str() == id),
        Sort::Link | Sort::Plan => false,
    }
}

/// The longest id that is made of a title, before a number.
const LONGEST: usize = 48;

/// A new id made from a title: its first words, and a number where that is taken; the sort's name and a number where the title
/// has no letter of the Latin alphabet and no digit.
pub(super) fn new_id(map: &BenefitMap, sort: Sort, title: &str) -> String {
    let mut base = slug(title).unwrap_or_default();
    if base.len() > LONGEST {
        // An id is ASCII throughout.
        let cut = base[..=LONGEST].rfind('-').filter(|at| *at > 0).unwrap_or(LONGEST);
        base.truncate(cut);
        let kept = base.trim_end_matches(['-', '.', '_']).len();
        base.truncate(kept);
    }
    if is_id(&base) && !is_taken(map, &base) {
        return base;
    }
    if base.is_empty() {
        base = sort.as_str().to_owned();
    }
    // Numbers are tried from where they may be free: of n things, one of the first n + 1 numbers is.
    let mut number = 2u64;
    loop {
        let id = format!("{base}-{number}");
        if !is_taken(map, &id) {
            return id;
        }
        number += 1;
    }
}

/// What people call a thing: its title or name in quotes with what it is, such as `the box "Kiosks"`; for a link both ends.
pub fn describe(map: &BenefitMap, what: &Subject) -> String {
    let box_of = |id: &crate::map::NodeId| {
        let node = map.nodes.iter().find(|node| node.id == *id);
        shown(node.map_or("", |node| &node.title), id.as_str())
    };
    match (what, get(map, what)) {
        (Subject::Map, _) => "the map".to_owned(),
        (Subject::Link { from, to }, _) => format!("the link from {} to {}", box_of(from), box_of(to)),
        (Subject::Node(id), _) => format!("the box {}", box_of(id)),
        (Subject::Plan(id), _) => {
            let owner = map.owner(id);
            format!(
                "the plan of {}",
                shown(owner.map_or("", |owner| &owner.name), id.as_str())
            )
        }
        (_, Some(Record::Owner(owner))) => format!("the owner {}", shown(&owner.name, owner.id.as_str())),
        (_, Some(Record::Partner(partner))) => format!("the partner {}", shown(&partner.name, partner.id.as_str())),
        (_, Some(Record::Kpi(kpi))) => format!("the KPI {}", shown(&kpi.title, kpi.id.as_str())),
        (_, Some(Record::Risk(risk))) => format!("the risk {}", shown(&risk.title, risk.id.as_str())),
        (_, Some(Record::Activity(activity))) => {
            format!("the activity {}", shown(&activity.title, activity.id.as_str()))
        }
        (other, _) => other.to_string(),
    }
}

/// A title in quotes, shortened; the id where there is none.
pub(super) fn shown(title: &str, id: &str) -> String {
    const MOST: usize = 60;
    let line: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return format!("`{id}`");
    }
    if line.chars().count() > MOST {
        let start: String = line.chars().take(MOST - 1).collect();
        return format!("\"{}…\"", start.trim_end());
    }
    format!("\"{line}\"")
}

/// The record that the fields make, with an id made from the title or the name where there is none.
pub(super) fn made(map: &BenefitMap, sort: Sort, fields: &Map<String, Value>) -> Result<Record, Refusal> {
    let mut fields = fields.clone();
    let named = !matches!(sort, Sort::Link | Sort::Plan);
    if named && fields.get("id").is_none_or(Value::is_null) {
        let title = ["title", "name"].iter().find_map(|field| fields.get(*field)?.as_str());
        let id = new_id(map, sort, title.unwrap_or_default());
        fields.insert("id".to_owned(), Value::String(id));
    }
    Record::read(sort, fields).map_err(|why| Refusal::NoRecord { sort, why })
}
