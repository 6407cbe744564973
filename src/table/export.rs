//! A map as tables.

use std::collections::BTreeMap;

use super::sheet::NTH;
use super::{Cell, Table, known_columns, list};
use crate::map::{BenefitMap, Effect, Number, RiskStatus, Trajectory};

/// The map as tables, in the order of [`TABLES`](super::TABLES): `nodes` and `links` always, any other only where it
/// has rows. Rows stand in the order of the map's lists. Reading them back with [`import`](super::import) gives the
/// same map; only what a map cannot tell from nothing (an empty list, text or period) is lost.
pub fn export(map: &BenefitMap) -> Vec<Table> {
    let tables = [
        about(map),
        nodes(map),
        links(map),
        owners(map),
        kpis(map),
        targets(map),
        trajectory(map),
        evidence(map),
        costs(map),
        risks(map),
        responses(map),
        plans(map),
        activities(map),
        partners(map),
        reviews(map),
        arrangement(map),
        allow(map),
    ];
    tables
        .into_iter()
        .filter(|table| !table.rows.is_empty() || matches!(table.name.as_str(), "nodes" | "links"))
        .collect()
}

fn table(name: &str, rows: impl IntoIterator<Item = Vec<Cell>>) -> Table {
    let mut table = Table {
        name: name.to_owned(),
        columns: known_columns(name).to_vec(),
        rows: rows.into_iter().collect(),
    };
    // The last column is there for records that share an id, which is rare and a fault.
    let first = Cell::Number(Number::ONE);
    if table.columns.last() == Some(&NTH) && table.rows.iter().all(|row| row.last() == Some(&first)) {
        table.columns.pop();
        for row in &mut table.rows {
            row.pop();
        }
    }
    table
}

/// Counts the records of each key: 1 for the first, 2 for the second of the same key.
struct Nth<K>(BTreeMap<K, i32>);

impl<K: Ord> Nth<K> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn of(&mut self, key: K) -> Cell {
        let count = self.0.entry(key).or_insert(0);
        *count += 1;
        Cell::Number((*count).into())
    }
}

fn id(id: impl AsRef<str>) -> Cell {
    Cell::text(id.as_ref())
}

fn maybe<T: AsRef<str>>(id: Option<&T>) -> Cell {
    id.map_or(Cell::Empty, |id| Cell::text(id.as_ref()))
}

fn word<T: std::fmt::Display>(word: Option<T>) -> Cell {
    word.map_or(Cell::Empty, |word| Cell::text(word.to_string()))
}

fn flag(flag: bool) -> Cell {
    if flag { Cell::Bool(true) } else { Cell::Empty }
}

fn about(map: &BenefitMap) -> Table {
    let period = map.period.unwrap_or(crate::map::Period { start: None, end: None });
    let row = vec![
        Cell::text(&map.title),
        Cell::text(&map.purpose),
        period.start.into(),
        period.end.into(),
        Cell::text(&map.currency),
        Cell::text(&map.schema),
    ];
    let says = row.iter().any(|cell| !cell.is_empty());
    table("map", says.then_some(row))
}

fn nodes(map: &BenefitMap) -> Table {
    let rows = map.nodes.iter().map(|node| {
        vec![
            id(&node.id),
            word(Some(node.kind)),
            Cell::text(&node.title),
            Cell::text(&node.description),
            maybe(node.owner.as_ref()),
            node.start.into(),
            node.due.into(),
            flag(node.quick_win),
            flag(node.disbenefit),
            flag(node.unintended),
            Cell::text(list::join(&node.partners)),
            Cell::text(list::join(&node.tags)),
        ]
    });
    table("nodes", rows)
}

fn links(map: &BenefitMap) -> Table {
    let rows = map.links.iter().map(|link| {
        vec![
            id(&link.from),
            id(&link.to),
            Cell::text(&link.rationale),
            link.contribution.into(),
            word((link.effect != Effect::Supports).then_some(link.effect)),
            flag(link.feedback),
            Cell::text(list::join(&link.assumptions)),
        ]
    });
    table("links", rows)
}

fn owners(map: &BenefitMap) -> Table {
    let rows = map.owners.iter().map(|owner| {
        vec![
            id(&owner.id),
            Cell::text(&owner.name),
            Cell::text(&owner.organisation),
            flag(owner.senior),
        ]
    });
    table("owners", rows)
}

fn kpis(map: &BenefitMap) -> Table {
    let rows = map.kpis.iter().map(|kpi| {
        let plan = kpi.measurement.as_ref();
        let profile = match kpi.trajectory {
            Some(Trajectory::Profile(profile)) => Some(profile),
            _ => None,
        };
        vec![
            id(&kpi.id),
            id(&kpi.node),
            Cell::text(&kpi.title),
            word(kpi.indicator),
            Cell::text(&kpi.unit),
            word(kpi.direction),
            word(kpi.aggregation),
            kpi.band.and_then(|band| band.lower).into(),
            kpi.band.and_then(|band| band.upper).into(),
            kpi.baseline.and_then(|baseline| baseline.date).into(),
            kpi.baseline.map(|baseline| baseline.value).into(),
            word(profile),
            kpi.tolerance.and_then(|tolerance| tolerance.amber).into(),
            kpi.tolerance.and_then(|tolerance| tolerance.red).into(),
            word(plan.and_then(|plan| plan.method)),
            plan.map_or(Cell::Empty, |plan| Cell::text(&plan.source)),
            plan.map_or(Cell::Empty, |plan| Cell::text(&plan.frequency)),
            maybe(plan.and_then(|plan| plan.responsible.as_ref())),
        ]
    });
    table("kpis", rows)
}

fn targets(map: &BenefitMap) -> Table {
    let mut nth = Nth::new();
    let rows = map.kpis.iter().flat_map(|kpi| {
        let nth = nth.of(&kpi.id);
        kpi.targets
            .iter()
            .map(move |target| vec![id(&kpi.id), target.date.into(), Cell::Number(target.value), nth.clone()])
    });
    table("targets", rows.collect::<Vec<_>>())
}

fn trajectory(map: &BenefitMap) -> Table {
    let mut nth = Nth::new();
    let rows = map.kpis.iter().flat_map(|kpi| {
        let nth = nth.of(&kpi.id);
        let points = match &kpi.trajectory {
            Some(Trajectory::Points(points)) => points.as_slice(),
            _ => &[],
        };
        points.iter().map(move |point| {
            vec![
                id(&kpi.id),
                Cell::Day(point.date),
                Cell::Number(point.value),
                nth.clone(),
            ]
        })
    });
    table("trajectory", rows.collect::<Vec<_>>())
}

fn evidence(map: &BenefitMap) -> Table {
    let mut nth = Nth::new();
    let rows = map.links.iter().flat_map(|link| {
        let nth = nth.of((&link.from, &link.to));
        link.evidence.iter().map(move |evidence| {
            vec![
                id(&link.from),
                id(&link.to),
                Cell::text(&evidence.source),
                word(evidence.strength),
                Cell::text(&evidence.url),
                nth.clone(),
            ]
        })
    });
    table("evidence", rows.collect::<Vec<_>>())
}

fn costs(map: &BenefitMap) -> Table {
    let mut nth = Nth::new();
    let rows = map.nodes.iter().flat_map(|node| {
        let nth = nth.of(&node.id);
        node.cost.iter().map(move |cost| {
            vec![
                id(&node.id),
                Cell::text(&cost.year),
                Cell::Number(cost.amount),
                Cell::text(&cost.cost_centre),
                nth.clone(),
            ]
        })
    });
    table("costs", rows.collect::<Vec<_>>())
}

fn risks(map: &BenefitMap) -> Table {
    let score = |score: Option<crate::map::Score>| Cell::from(score.map(|score| Number::from(i32::from(score.get()))));
    let rows = map.risks.iter().map(|risk| {
        vec![
            id(&risk.id),
            Cell::text(&risk.title),
            word(risk.threatens.as_ref()),
            score(risk.likelihood),
            score(risk.impact),
            maybe(risk.owner.as_ref()),
            risk.close_by.into(),
            word((risk.status != RiskStatus::Open).then_some(risk.status)),
        ]
    });
    table("risks", rows)
}

fn responses(map: &BenefitMap) -> Table {
    let mut nth = Nth::new();
    let rows = map.risks.iter().flat_map(|risk| {
        let nth = nth.of(&risk.id);
        risk.responses.iter().map(move |response| {
            vec![
                id(&risk.id),
                Cell::text(&response.action),
                response.cost.into(),
                flag(response.chosen),
                nth.clone(),
            ]
        })
    });
    table("responses", rows.collect::<Vec<_>>())
}

fn plans(map: &BenefitMap) -> Table {
    table("plans", map.plans.iter().map(|plan| vec![id(&plan.owner)]))
}

fn activities(map: &BenefitMap) -> Table {
    let mut nth = Nth::new();
    let rows = map.plans.iter().flat_map(|plan| {
        let nth = nth.of(&plan.owner);
        plan.activities.iter().map(move |activity| {
            vec![
                id(&plan.owner),
                id(&activity.id),
                Cell::text(&activity.title),
                maybe(activity.node.as_ref()),
                activity.start.into(),
                activity.end.into(),
                Cell::text(list::join(&activity.after)),
                activity
                    .priority
                    .map(|priority| Number::from(i32::from(priority)))
                    .into(),
                nth.clone(),
            ]
        })
    });
    table("activities", rows.collect::<Vec<_>>())
}

fn partners(map: &BenefitMap) -> Table {
    let rows = map
        .partners
        .iter()
        .map(|partner| vec![id(&partner.id), Cell::text(&partner.name)]);
    table("partners", rows)
}

fn arrangement(map: &BenefitMap) -> Table {
    let order = map.arrangement.iter().flat_map(|arrangement| arrangement.order.iter());
    table(
        "arrangement",
        order.map(|(kind, node)| vec![word(Some(kind)), id(node)]),
    )
}

fn reviews(map: &BenefitMap) -> Table {
    let rows = map.reviews.iter().map(|review| {
        vec![
            Cell::text(&review.subject),
            id(&review.by),
            review.on.into(),
            word(Some(review.says)),
            Cell::text(&review.note),
            Cell::text(&review.fingerprint),
        ]
    });
    table("reviews", rows)
}

fn allow(map: &BenefitMap) -> Table {
    let rows = map.allow.iter().map(|allowance| {
        let mut row = vec![
            Cell::text(&allowance.rule),
            Cell::text(&allowance.subject),
            Cell::text(&allowance.reason),
            Cell::text(&allowance.by),
            allowance.until.into(),
        ];
        // An entry that says nothing would be a blank row, and blank rows are skipped.
        if row.iter().all(Cell::is_empty) {
            row[0] = Cell::Text(String::new());
        }
        row
    });
    table("allow", rows)
}
