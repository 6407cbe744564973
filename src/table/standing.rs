//! How a map stands, what owners need to know and what they have planned, as tables that are read, not imported.

use super::register::{columns, name_of};
use super::{Cell, Table, Values};
use crate::map::{BenefitMap, Kpi, Locale, Node, Number};
use crate::track::{Escalation, Outlook, RealizationPlan, Standing};

const STATUS: &[(&str, Values)] = &[
    ("node", Values::Reference("nodes")),
    ("node_title", Values::Text),
    ("owner", Values::Text),
    ("node_status", Values::Word(crate::track::Status::WORDS)),
    ("early_warning", Values::Text),
    ("kpi", Values::Reference("kpis")),
    ("kpi_title", Values::Text),
    ("unit", Values::Text),
    ("status", Values::Word(crate::track::Status::WORDS)),
    ("why", Values::Word(crate::track::Missing::WORDS)),
    ("date", Values::Day),
    ("actual", Values::Number),
    ("age_days", Values::Number),
    ("holds_until", Values::Day),
    ("expected", Values::Number),
    ("variance", Values::Number),
    ("variance_percent", Values::Number),
    ("frequency", Values::Text),
    ("periods_overdue", Values::Number),
    ("unclear", Values::Text),
    ("heading", Values::Text),
    ("next_target_date", Values::Day),
    ("next_target_value", Values::Number),
    ("forecast", Values::Number),
    ("forecast_low", Values::Number),
    ("forecast_high", Values::Number),
    ("prospect", Values::Text),
    ("would_meet", Values::Day),
    ("first_met", Values::Day),
    ("lost", Values::Day),
];

const ESCALATION: &[(&str, Values)] = &[
    ("owner", Values::Reference("owners")),
    ("owner_name", Values::Text),
    ("cause", Values::Word(crate::track::Cause::WORDS)),
    ("node", Values::Reference("nodes")),
    ("node_title", Values::Text),
    ("kpi", Values::Reference("kpis")),
    ("kpi_title", Values::Text),
    ("facts", Values::Text),
];

const PLAN: &[(&str, Values)] = &[
    ("owner", Values::Reference("owners")),
    ("owner_name", Values::Text),
    ("part", Values::Text),
    ("place", Values::Number),
    ("id", Values::Id),
    ("title", Values::Text),
    ("node", Values::Text),
    ("from", Values::Day),
    ("until", Values::Day),
    ("priority", Values::Number),
    ("after", Values::Text),
    ("detail", Values::Text),
];

/// The standing, worst first as by [`Standing::worst_first`]: a row for each KPI, beside its node (in the order of
/// their own statuses, then by id), and one for each node without any; last the KPIs whose node is not on the map.
/// `owner` is a name. What is not known is an empty cell.
pub fn status(map: &BenefitMap, standing: &Standing<'_>) -> Table {
    let mut rows = Vec::new();
    for node in standing.worst_first() {
        let head = vec![
            Cell::text(node.node.id.as_str()),
            Cell::text(&node.node.title),
            name_of(map, node.node.owner.as_ref()),
            node.status.map_or(Cell::Empty, |status| Cell::text(status.as_str())),
            node.warning
                .as_ref()
                .map_or(Cell::Empty, |warning| Cell::text(warning.to_string())),
        ];
        let mut own: Vec<&Outlook<'_>> = standing.kpis.iter().filter(|o| o.kpi.node == node.node.id).collect();
        own.sort_by_key(|o| o.status);
        if own.is_empty() {
            rows.push(head.into_iter().chain(vec![Cell::Empty; STATUS.len() - 5]).collect());
            continue;
        }
        rows.extend(
            own.into_iter()
                .map(|o| head.iter().cloned().chain(outlook(o)).collect()),
        );
    }
    let on_map: std::collections::BTreeSet<&str> = standing.nodes.iter().map(|n| n.node.id.as_str()).collect();
    for o in standing.kpis.iter().filter(|o| !on_map.contains(o.kpi.node.as_str())) {
        let mut head = vec![Cell::Empty; 5];
        head[0] = Cell::text(o.kpi.node.as_str());
        rows.push(head.into_iter().chain(outlook(o)).collect());
    }
    Table {
        name: "status".to_owned(),
        columns: columns(STATUS),
        rows,
    }
}

/// What each owner must be told, a row a matter, in the order given.
pub fn escalations(escalations: &[Escalation<'_>]) -> Table {
    let rows = escalations.iter().flat_map(|part| {
        part.matters.iter().map(|matter| {
            vec![
                part.owner.map_or(Cell::Empty, |owner| Cell::text(owner.id.as_str())),
                part.owner.map_or(Cell::Empty, |owner| Cell::text(&owner.name)),
                Cell::text(matter.cause.as_str()),
                Cell::text(matter.node.map_or(matter.kpi.node.as_str(), |node| node.id.as_str())),
                Cell::text(matter.node.map_or("", |node| &node.title)),
                Cell::text(matter.kpi.id.as_str()),
                Cell::text(&matter.kpi.title),
                Cell::text(matter.facts(Locale::plain())),
            ]
        })
    });
    Table {
        name: "escalations".to_owned(),
        columns: columns(ESCALATION),
        rows: rows.collect(),
    }
}

/// The benefits realisation plans, in the order given, a row for each `outcome`, `output`, `activity`, `kpi` and
/// `risk`, each part numbered from 1. `node` is what an activity,
/// a KPI or a risk is about. A KPI is dated from its baseline to its final target, a risk until the day by
/// which it is to be settled.
pub fn realization_plans(plans: &[RealizationPlan<'_>]) -> Table {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for plan in plans {
        let mut add = |part: &str, place: usize, rest: [Cell; 8]| {
            let head = [
                Cell::text(plan.owner.id.as_str()),
                Cell::text(&plan.owner.name),
                Cell::text(part),
                Cell::Number((place as i32 + 1).into()),
            ];
            rows.push(head.into_iter().chain(rest).collect());
        };
        for (part, nodes) in [("outcome", &plan.outcomes), ("output", &plan.outputs)] {
            for (at, node) in nodes.iter().enumerate() {
                add(part, at, node_cells(node));
            }
        }
        for (at, planned) in plan.activities.iter().enumerate() {
            let a = planned.activity;
            let after: Vec<String> = planned
                .waits_for
                .iter()
                .map(|(id, owner)| match owner {
                    Some(owner) if **owner == plan.owner.id => id.to_string(),
                    Some(owner) => format!("{id} (of {owner})"),
                    None => format!("{id} (not in the map)"),
                })
                .collect();
            add(
                "activity",
                at,
                [
                    Cell::text(a.id.as_str()),
                    Cell::text(&a.title),
                    Cell::text(a.node.as_ref().map_or("", |node| node.as_str())),
                    a.start.into(),
                    a.end.into(),
                    a.priority.map_or(Cell::Empty, |p| Cell::Number(i32::from(p).into())),
                    Cell::text(after.join("; ")),
                    Cell::text(if planned.in_loop { "waits for itself" } else { "" }),
                ],
            );
        }
        for (at, kpi) in plan.kpis.iter().enumerate() {
            add("kpi", at, kpi_cells(kpi));
        }
        for (at, risk) in plan.risks.iter().enumerate() {
            let exposure = risk.exposure().map(|e| format!("exposure {e} of 25"));
            add(
                "risk",
                at,
                [
                    Cell::text(risk.id.as_str()),
                    Cell::text(&risk.title),
                    Cell::text(risk.threatens.as_ref().map(ToString::to_string).unwrap_or_default()),
                    Cell::Empty,
                    risk.close_by.into(),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::text(exposure.unwrap_or_default()),
                ],
            );
        }
    }
    Table {
        name: "plans".to_owned(),
        columns: columns(PLAN),
        rows,
    }
}

fn node_cells(node: &Node) -> [Cell; 8] {
    [
        Cell::text(node.id.as_str()),
        Cell::text(&node.title),
        Cell::Empty,
        Cell::Empty,
        node.due.into(),
        Cell::Empty,
        Cell::Empty,
        Cell::text(node.kind.as_str()),
    ]
}

fn kpi_cells(kpi: &Kpi) -> [Cell; 8] {
    let target = kpi.final_target();
    let detail: Vec<String> = [
        kpi.baseline.map(|b| format!("from {}", kpi.amount(b.value))),
        target.map(|t| format!("to {}", kpi.amount(t.value))),
        kpi.kept_within().map(|band| {
            format!("kept within {band} {}", kpi.unit_in_a_line())
                .trim_end()
                .to_owned()
        }),
        kpi.measurement
            .as_ref()
            .filter(|m| !m.frequency.is_empty())
            .map(|m| format!("measured {}", m.frequency)),
    ]
    .into_iter()
    .flatten()
    .collect();
    [
        Cell::text(kpi.id.as_str()),
        Cell::text(&kpi.title),
        Cell::text(kpi.node.as_str()),
        kpi.baseline.and_then(|b| b.date).into(),
        target.and_then(|t| t.date).into(),
        Cell::Empty,
        Cell::Empty,
        Cell::text(detail.join(", ")),
    ]
}

fn outlook(o: &Outlook<'_>) -> Vec<Cell> {
    let interval = o.forecast.and_then(|forecast| forecast.interval);
    vec![
        Cell::text(o.kpi.id.as_str()),
        Cell::text(&o.kpi.title),
        Cell::text(&o.kpi.unit),
        Cell::text(o.status.as_str()),
        o.missing.map_or(Cell::Empty, |missing| Cell::text(missing.as_str())),
        o.last.map(|last| last.date).into(),
        o.last.map(|last| last.value).into(),
        o.age.and_then(|days| Number::rounded(days.into())).into(),
        o.holds_until.into(),
        o.expected.into(),
        o.variance.into(),
        o.variance_percent.into(),
        o.frequency
            .map_or(Cell::Empty, |frequency| Cell::text(frequency.to_string())),
        Cell::Number(i32::try_from(o.overdue).unwrap_or(i32::MAX).into()),
        Cell::text(
            o.unclear
                .iter()
                .map(|unclear| unclear.as_str())
                .collect::<Vec<_>>()
                .join("; "),
        ),
        Cell::text(o.heading.as_str()),
        o.next.and_then(|next| next.date).into(),
        o.next.map(|next| next.value).into(),
        o.forecast.map(|forecast| forecast.value).into(),
        interval.map(|(low, _)| low).into(),
        interval.map(|(_, high)| high).into(),
        o.prospect.map_or(Cell::Empty, |prospect| Cell::text(prospect.as_str())),
        o.would_meet.into(),
        o.first_met.into(),
        o.lost.into(),
    ]
}
