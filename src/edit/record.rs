//! One record of whatever sort: its fields, what names it, and what people call it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Sort;
use crate::finding::Subject;
use crate::map::{Activity, BenefitMap, Kpi, Link, Node, NodeId, Owner, OwnerId, Partner, Plan, Risk, is_id, slug};

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

    /// Whether both say the same, in whatever order their lists are that have no order: the map may have been written and read since.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        self == other || self.clone().canonical() == other.clone().canonical()
    }

    /// The record as files have it.
    fn canonical(mut self) -> Self {
        match &mut self {
            Self::Node(node) => node.canonicalize(),
            Self::Link(link) => link.canonicalize(),
            Self::Kpi(kpi) => kpi.canonicalize(),
            Self::Plan(plan) => plan.canonicalize(),
            Self::Activity(activity) => activity.canonicalize(),
            Self::Owner(_) | Self::Risk(_) | Self::Partner(_) => {}
        }
        self
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
    /// Which of the plans of that owner it is, from 0: several in a map with that fault.
    pub nth: usize,
}

/// The record with another value in a field; `null` empties it.
pub(super) fn with(record: &Record, field: &str, value: &Value) -> Result<Record, String> {
    if record.sort().description().fixed.contains(&field) {
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

/// The longest id that is made of a title, before a number.
const LONGEST: usize = 48;

/// What a new id is made of: the first words of a title, or the sort's name where the title has no letter of the Latin alphabet and
/// no digit. Whether it may stand without a number.
pub(super) fn base_of_id(sort: Sort, title: &str) -> (String, bool) {
    let mut base = slug(title).unwrap_or_default();
    if base.len() > LONGEST {
        // An id is ASCII throughout.
        let cut = base[..=LONGEST].rfind('-').filter(|at| *at > 0).unwrap_or(LONGEST);
        base.truncate(cut);
        let kept = base.trim_end_matches(['-', '.', '_']).len();
        base.truncate(kept);
    }
    match is_id(&base) {
        true => (base, true),
        false => (sort.as_str().to_owned(), false),
    }
}

/// What the records of a map are called.
pub(super) trait Names {
    /// The title or the name of a record; `None` where there is no such record, or it has none.
    fn name(&self, what: &Subject) -> Option<&str>;
}

impl Names for BenefitMap {
    fn name(&self, what: &Subject) -> Option<&str> {
        Some(match what {
            Subject::Node(id) => &self.nodes.iter().find(|node| node.id == *id)?.title,
            Subject::Owner(id) => &self.owner(id)?.name,
            Subject::Kpi(id) => &self.kpis.iter().find(|kpi| kpi.id == *id)?.title,
            Subject::Risk(id) => &self.risks.iter().find(|risk| risk.id == *id)?.title,
            Subject::Partner(id) => &self.partners.iter().find(|partner| partner.id == *id)?.name,
            Subject::Activity(id) => {
                let mut all = self.plans.iter().flat_map(|plan| &plan.activities);
                &all.find(|activity| activity.id == *id)?.title
            }
            _ => return None,
        })
    }
}

/// What people call a thing: its title or name in quotes with what it is, such as `the box "Kiosks"`; for a link both ends.
pub fn describe(map: &BenefitMap, what: &Subject) -> String {
    described(map, what)
}

/// As [`describe`], in whatever knows what the records are called.
pub(super) fn described(names: &impl Names, what: &Subject) -> String {
    let box_of = |id: &NodeId| {
        let title = names.name(&Subject::Node(id.clone()));
        shown(title.unwrap_or_default(), id.as_str())
    };
    let named = |sort: &str, id: &str| match names.name(what) {
        Some(name) => format!("the {sort} {}", shown(name, id)),
        None => what.to_string(),
    };
    match what {
        Subject::Map => "the map".to_owned(),
        Subject::Link { from, to } => format!("the link from {} to {}", box_of(from), box_of(to)),
        Subject::Node(id) => format!("the box {}", box_of(id)),
        Subject::Plan(id) => {
            let name = names.name(&Subject::Owner(id.clone()));
            format!("the plan of {}", shown(name.unwrap_or_default(), id.as_str()))
        }
        Subject::Owner(id) => named("owner", id.as_str()),
        Subject::Partner(id) => named("partner", id.as_str()),
        Subject::Kpi(id) => named("KPI", id.as_str()),
        Subject::Risk(id) => named("risk", id.as_str()),
        Subject::Activity(id) => named("activity", id.as_str()),
        Subject::Allowance(_) | Subject::Review(_) => what.to_string(),
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
