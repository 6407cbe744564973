//! What removing a record means: the small edits that leave nothing pointing at it.

use serde_json::Value;

use super::record::{self, Record, value_of};
use super::references::threatens;
use super::{Edit, Refusal};
use crate::finding::Subject;
use crate::map::{ActivityId, BenefitMap, NodeKind};

/// The edits that remove a record with all that refers to it, in their order.
pub(super) fn steps(map: &BenefitMap, what: &Subject) -> Result<Vec<Edit>, Refusal> {
    if matches!(what, Subject::Map | Subject::Allowance(_) | Subject::Review(_)) {
        return Err(Refusal::NotRemovable { what: what.clone() });
    }
    let gone = record::get(map, what).ok_or_else(|| Refusal::Gone { what: what.clone() })?;
    let mut steps = Vec::new();
    match what {
        Subject::Node(id) => {
            for link in map.links.iter().filter(|link| link.from == *id || link.to == *id) {
                take_link(map, &Record::Link(link.clone()), &mut steps);
            }
            for kpi in map.kpis.iter().filter(|kpi| kpi.node == *id) {
                take(map, &Record::Kpi(kpi.clone()), &mut steps);
            }
            unthreaten(map, what, &mut steps);
            for activity in map.plans.iter().flat_map(|plan| &plan.activities) {
                if activity.node.as_ref() == Some(id) {
                    set(&Record::Activity(activity.clone()), "node", Value::Null, &mut steps);
                }
            }
            for kind in NodeKind::ALL {
                let order = map.arrangement.as_ref().map_or(&[][..], |a| a.order.of(*kind));
                if order.contains(id) {
                    steps.push(Edit::Arrange {
                        kind: *kind,
                        order: order.iter().filter(|other| *other != id).cloned().collect(),
                    });
                }
            }
        }
        Subject::Link { .. } => {
            take_link(map, &gone, &mut steps);
            return Ok(steps);
        }
        Subject::Owner(id) => {
            for node in map.nodes.iter().filter(|node| node.owner.as_ref() == Some(id)) {
                set(&Record::Node(node.clone()), "owner", Value::Null, &mut steps);
            }
            for kpi in &map.kpis {
                let Some(plan) = &kpi.measurement else { continue };
                if plan.responsible.as_ref() == Some(id) {
                    let record = Record::Kpi(kpi.clone());
                    let mut value = value_of(&record, "measurement");
                    if let Value::Object(fields) = &mut value {
                        fields.remove("responsible");
                    }
                    set(&record, "measurement", value, &mut steps);
                }
            }
            for risk in map.risks.iter().filter(|risk| risk.owner.as_ref() == Some(id)) {
                set(&Record::Risk(risk.clone()), "owner", Value::Null, &mut steps);
            }
            if let Some(plan) = map.plans.iter().find(|plan| plan.owner == *id) {
                let own: Vec<&ActivityId> = plan.activities.iter().map(|activity| &activity.id).collect();
                no_longer_after(map, &own, &mut steps);
                // Activities of the plan that came after each other were not touched: they go together.
                take(map, &Record::Plan(plan.clone()), &mut steps);
            }
        }
        Subject::Partner(id) => {
            for node in map.nodes.iter().filter(|node| node.partners.contains(id)) {
                let rest: Vec<Value> = (node.partners.iter())
                    .filter(|other| *other != id)
                    .map(|other| Value::from(other.as_str()))
                    .collect();
                set(&Record::Node(node.clone()), "partners", Value::Array(rest), &mut steps);
            }
        }
        Subject::Activity(id) => no_longer_after(map, &[id], &mut steps),
        Subject::Plan(owner) => {
            let plan = map.plans.iter().find(|plan| plan.owner == *owner);
            let own: Vec<&ActivityId> = plan.iter().flat_map(|plan| &plan.activities).map(|a| &a.id).collect();
            no_longer_after(map, &own, &mut steps);
        }
        Subject::Map | Subject::Kpi(_) | Subject::Risk(_) | Subject::Allowance(_) | Subject::Review(_) => {}
    }
    take(map, &gone, &mut steps);
    Ok(steps)
}

/// Takes a record away, and what is accepted of it.
fn take(map: &BenefitMap, gone: &Record, steps: &mut Vec<Edit>) {
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

fn take_link(map: &BenefitMap, gone: &Record, steps: &mut Vec<Edit>) {
    unthreaten(map, &gone.subject(), steps);
    take(map, gone, steps);
}

fn disallow(map: &BenefitMap, what: &Subject, steps: &mut Vec<Edit>) {
    let meant = |subject: &str| subject.parse::<Subject>().is_ok_and(|subject| subject == *what);
    for entry in map.allow.iter().filter(|entry| meant(&entry.subject)) {
        steps.push(Edit::Disallow {
            rule: entry.rule.clone(),
            subject: entry.subject.clone(),
        });
    }
}

fn unthreaten(map: &BenefitMap, what: &Subject, steps: &mut Vec<Edit>) {
    for risk in map.risks.iter().filter(|risk| threatens(risk, what)) {
        set(&Record::Risk(risk.clone()), "threatens", Value::Null, steps);
    }
}

/// Activities outside `gone` no longer wait for those in it.
fn no_longer_after(map: &BenefitMap, gone: &[&ActivityId], steps: &mut Vec<Edit>) {
    for activity in map.plans.iter().flat_map(|plan| &plan.activities) {
        if gone.contains(&&activity.id) || !activity.after.iter().any(|id| gone.contains(&id)) {
            continue;
        }
        let rest: Vec<Value> = (activity.after.iter())
            .filter(|id| !gone.contains(id))
            .map(|id| Value::from(id.as_str()))
            .collect();
        set(&Record::Activity(activity.clone()), "after", Value::Array(rest), steps);
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
