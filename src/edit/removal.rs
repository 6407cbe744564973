//! What removing a record means: the small edits that leave nothing pointing at it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::editable::EditableMap;
use super::record::{Record, value_of};
use super::{Edit, Refusal};
use crate::finding::Subject;
use crate::map::{ActivityId, Appraisal, OwnerId, PartnerId};

/// The edits that remove a record with all that refers to it, in their order.
pub(super) fn steps(map: &EditableMap, what: &Subject) -> Result<Vec<Edit>, Refusal> {
    if matches!(what, Subject::Map | Subject::Allowance(_) | Subject::Review(_)) {
        return Err(Refusal::NotRemovable { what: what.clone() });
    }
    let gone = map.get(what).ok_or_else(|| Refusal::Gone { what: what.clone() })?;
    let mut steps = Vec::new();
    match (what, &gone) {
        (Subject::Node(id), _) => {
            let kpis = map.users(what).filter_map(|user| match user {
                Subject::Kpi(kpi) => Some(kpi.as_str()),
                _ => None,
            });
            without_difference(map, &kpis.chain([id.as_str()]).collect(), &mut steps);
            without_node(map, what, &mut steps);
        }
        (Subject::Kpi(id), _) => without_difference(map, &BTreeSet::from([id.as_str()]), &mut steps),
        (Subject::Link { .. }, _) => unthreaten(map, what, &mut steps),
        (Subject::Owner(id), _) => without_owner(map, what, id, &mut steps),
        (Subject::Partner(id), _) => without_partner(map, what, id, &mut steps),
        (Subject::Activity(id), _) => no_longer_after(map, &[id], &mut steps),
        (_, Record::Plan(plan)) => {
            let own: Vec<&ActivityId> = plan.activities.iter().map(|activity| &activity.id).collect();
            no_longer_after(map, &own, &mut steps);
        }
        _ => {}
    }
    take(map, &gone, &mut steps);
    Ok(steps)
}

/// Its links and its KPIs go with a box; risks and activities no longer point at it. It leaves its order when it is taken.
fn without_node(map: &EditableMap, what: &Subject, steps: &mut Vec<Edit>) {
    for record in map.users(what).flat_map(|user| map.all(user)) {
        match &record {
            Record::Link(_) => {
                unthreaten(map, &record.subject(), steps);
                take(map, &record, steps);
            }
            Record::Kpi(_) => take(map, &record, steps),
            Record::Risk(_) => set(&record, "threatens", Value::Null, steps),
            Record::Activity(_) => set(&record, "node", Value::Null, steps),
            _ => {}
        }
    }
}

/// The options of an appraisal no longer name nodes and KPIs of those ids.
fn without_difference(map: &EditableMap, gone: &BTreeSet<&str>, steps: &mut Vec<Edit>) {
    let Some(appraisal) = map.appraisal() else { return };
    let mut rest = appraisal.clone();
    for option in &mut rest.options {
        option.nodes.retain(|node| !gone.contains(node.as_str()));
        option
            .differences
            .retain(|difference| !gone.contains(difference.of.as_str()));
    }
    if rest == *appraisal {
        return;
    }
    // An appraisal is a structure with string keys and finite numbers: it always has a value.
    let value = |appraisal: &Appraisal| serde_json::to_value(appraisal).unwrap_or_default();
    steps.push(Edit::Set {
        what: Subject::Map,
        field: "appraisal".to_owned(),
        value: value(&rest),
        was: Some(value(appraisal)),
    });
}

fn without_owner(map: &EditableMap, what: &Subject, id: &OwnerId, steps: &mut Vec<Edit>) {
    let mut plan_of = None;
    for record in map.users(what).flat_map(|user| map.all(user)) {
        match &record {
            Record::Node(_) | Record::Risk(_) => set(&record, "owner", Value::Null, steps),
            Record::Kpi(_) => {
                let mut value = value_of(&record, "measurement");
                if let Value::Object(fields) = &mut value {
                    fields.remove("responsible");
                }
                set(&record, "measurement", value, steps);
            }
            Record::Plan(plan) if plan.owner == *id => plan_of = Some(record),
            _ => {}
        }
    }
    if let Some(Record::Plan(plan)) = &plan_of {
        let own: Vec<&ActivityId> = plan.activities.iter().map(|activity| &activity.id).collect();
        no_longer_after(map, &own, steps);
        // Activities of the plan that came after each other were not touched: they go together.
        plan_of.iter().for_each(|record| take(map, record, steps));
    }
}

fn without_partner(map: &EditableMap, what: &Subject, id: &PartnerId, steps: &mut Vec<Edit>) {
    for record in map.users(what).flat_map(|user| map.all(user)) {
        if let Record::Node(node) = &record {
            let rest: Vec<Value> = (node.partners.iter())
                .filter(|other| *other != id)
                .map(|other| Value::from(other.as_str()))
                .collect();
            set(&record, "partners", Value::Array(rest), steps);
        }
    }
}

/// Takes a record away, and what is accepted of it.
fn take(map: &EditableMap, gone: &Record, steps: &mut Vec<Edit>) {
    let what = gone.subject();
    disallow(map, &what, steps);
    if let Record::Plan(plan) = gone {
        for activity in &plan.activities {
            disallow(map, &Subject::Activity(activity.id.clone()), steps);
        }
    }
    steps.push(Edit::Take {
        what,
        was: Value::Object(gone.fields()),
    });
}

fn disallow(map: &EditableMap, what: &Subject, steps: &mut Vec<Edit>) {
    let entries = map.accepted_of(what).into_iter();
    steps.extend(entries.map(|(rule, subject)| Edit::Disallow { rule, subject }));
}

fn unthreaten(map: &EditableMap, what: &Subject, steps: &mut Vec<Edit>) {
    for record in map.users(what).flat_map(|user| map.all(user)) {
        if matches!(record, Record::Risk(_)) {
            set(&record, "threatens", Value::Null, steps);
        }
    }
}

/// Activities outside `gone` no longer wait for those in it.
fn no_longer_after(map: &EditableMap, gone: &[&ActivityId], steps: &mut Vec<Edit>) {
    let gone: BTreeSet<&ActivityId> = gone.iter().copied().collect();
    let users = gone.iter().flat_map(|id| {
        let users: Vec<&Subject> = map.users(&Subject::Activity((*id).clone())).collect();
        users
    });
    let waiting: BTreeSet<&Subject> = users
        .filter(|user| !matches!(user, Subject::Activity(id) if gone.contains(id)))
        .collect();
    for record in waiting.into_iter().filter_map(|user| map.get(user)) {
        if let Record::Activity(activity) = &record {
            let rest: Vec<Value> = (activity.after.iter())
                .filter(|id| !gone.contains(id))
                .map(|id| Value::from(id.as_str()))
                .collect();
            set(&record, "after", Value::Array(rest), steps);
        }
    }
}

fn set(record: &Record, field: &str, value: Value, steps: &mut Vec<Edit>) {
    steps.push(Edit::Set {
        what: record.subject(),
        field: field.to_owned(),
        value,
        was: Some(value_of(record, field)),
    });
}
