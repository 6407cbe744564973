//! A map as tables.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::sheet::{NTH, cells, free_cells, placed};
use super::{Cell, Column, Table, Values, known_columns};
use crate::map::record::{self, Record};
use crate::map::{Appraisal, BenefitMap, FreeFields, IncomeGroup, Number, PriceIndex, Trajectory};

/// The map as tables, in the order of [`TABLES`](super::TABLES): `nodes` and `links` always, any other only where it
/// has rows. Rows stand in the order of the map's lists. Reading them back with [`import`](super::import) gives the
/// same map; only what a map cannot tell from nothing (an empty list, text or period) is lost.
pub fn export(map: &BenefitMap) -> Vec<Table> {
    let tables = [
        about(map),
        with_free(nodes(map), map.nodes.iter().map(|one| &one.free)),
        with_free(
            records("links", &record::LINK, map.links.iter()),
            map.links.iter().map(|one| &one.free),
        ),
        records("owners", &record::OWNER, map.owners.iter()),
        with_free(
            records("kpis", &record::KPI, map.kpis.iter()),
            map.kpis.iter().map(|one| &one.free),
        ),
        targets(map),
        trajectory(map),
        evidence(map),
        costs(map),
        stakeholders(map),
        values(map),
        amounts(map),
        beneficiaries(map),
        with_free(
            records("risks", &record::RISK, map.risks.iter()),
            map.risks.iter().map(|one| &one.free),
        ),
        responses(map),
        records("plans", &record::PLAN, map.plans.iter()),
        activities(map),
        records("partners", &record::PARTNER, map.partners.iter()),
        records("reviews", &record::REVIEW, map.reviews.iter()),
        arrangement(map),
        allow(map),
        document(map),
        records(
            "approvals",
            &record::APPROVAL,
            map.document.iter().flat_map(|document| &document.approvals),
        ),
        records("appraisal", &record::APPRAISAL, map.appraisal.iter()),
        records(
            "rate_bands",
            &record::RATE_BAND,
            appraised(map, |appraisal| appraisal.bands.as_slice()),
        ),
        records("deflator", &record::PRICE_INDEX, appraised(map, prices)),
        records("income_groups", &record::INCOME_GROUP, appraised(map, groups)),
        records(
            "options",
            &record::OPTION,
            appraised(map, |appraisal| appraisal.options.as_slice()),
        ),
        differences(map),
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

fn about(map: &BenefitMap) -> Table {
    let period = map.period.unwrap_or(crate::map::Period { start: None, end: None });
    let row = vec![
        Cell::text(&map.title),
        Cell::text(&map.purpose),
        period.start.into(),
        period.end.into(),
        Cell::text(&map.currency),
        map.language
            .map_or(Cell::Empty, |language| Cell::text(language.as_str())),
        Cell::text(&map.schema),
    ];
    let says = row.iter().any(|cell| !cell.is_empty());
    table("map", says.then_some(row))
}

/// A table of which a row is a record of that description.
fn records<'m, T: Serialize + 'm>(name: &str, described: &'static Record, all: impl Iterator<Item = &'m T>) -> Table {
    let fields = placed(described);
    table(name, all.map(|record| cells(&fields, record)))
}

/// The table with a column for each free field that one of its records has.
fn with_free<'m>(mut table: Table, all: impl Iterator<Item = &'m FreeFields>) -> Table {
    let rows: Vec<Vec<(String, Cell)>> = all.map(free_cells).collect();
    let names: BTreeSet<&str> = rows.iter().flatten().map(|(name, _)| name.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    for (row, own) in table.rows.iter_mut().zip(&rows) {
        let start = row.len();
        row.resize(start + names.len(), Cell::Empty);
        for (name, cell) in own {
            if let Ok(at) = names.binary_search(&name.as_str()) {
                row[start + at] = cell.clone();
            }
        }
    }
    let columns = names.into_iter().map(|name| Column {
        name: name.to_owned().into(),
        values: Values::Text,
    });
    table.columns.extend(columns);
    table
}

/// A table of records that are inside of others: what each belongs to, the record, and which of several of one name that
/// it belongs to.
fn inside<'m, K: Ord, T: Serialize + 'm>(
    name: &str,
    described: &'static Record,
    all: impl Iterator<Item = (K, Vec<Cell>, &'m [T])>,
) -> Table {
    let fields = placed(described);
    let mut nth = Nth::new();
    let rows = all.flat_map(|(key, belongs_to, held)| {
        let nth = nth.of(key);
        let row = |record| [belongs_to.clone(), cells(&fields, record), vec![nth.clone()]].concat();
        held.iter().map(row).collect::<Vec<_>>()
    });
    table(name, rows.collect::<Vec<_>>())
}

fn targets(map: &BenefitMap) -> Table {
    let held = map
        .kpis
        .iter()
        .map(|kpi| (&kpi.id, vec![id(&kpi.id)], kpi.targets.as_slice()));
    inside("targets", &record::TARGET, held)
}

fn trajectory(map: &BenefitMap) -> Table {
    let held = map.kpis.iter().map(|kpi| {
        let points = match &kpi.trajectory {
            Some(Trajectory::Points(points)) => points.as_slice(),
            _ => &[],
        };
        (&kpi.id, vec![id(&kpi.id)], points)
    });
    inside("trajectory", &record::POINT, held)
}

fn evidence(map: &BenefitMap) -> Table {
    let held = map.links.iter().map(|link| {
        let ends = vec![id(&link.from), id(&link.to)];
        ((&link.from, &link.to), ends, link.evidence.as_slice())
    });
    inside("evidence", &record::EVIDENCE, held)
}

fn costs(map: &BenefitMap) -> Table {
    let held = map
        .nodes
        .iter()
        .map(|node| (&node.id, vec![id(&node.id)], node.cost.as_slice()));
    let table = inside("costs", &record::COST, held);
    // What only an appraisal needs is not shown to those who have none.
    let own = ["node", "year", "amount", "cost_centre", &NTH.name];
    filled(table, |column| own.contains(&column))
}

/// The boxes. What only a benefit profile says is not shown to those who have none.
fn nodes(map: &BenefitMap) -> Table {
    let table = records("nodes", &record::NODE, map.nodes.iter());
    let of_profile = ["objectives", "constraints", "review_next", "review_reporting_line"];
    filled(table, |column| !of_profile.contains(&column))
}

/// Which version the map is. Approvals alone need no row of it, which would be blank.
fn document(map: &BenefitMap) -> Table {
    let mut table = records("document", &record::DOCUMENT, map.document.iter());
    table.rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    table
}

fn stakeholders(map: &BenefitMap) -> Table {
    let held = (map.nodes.iter()).map(|node| (&node.id, vec![id(&node.id)], node.stakeholders.as_slice()));
    inside("stakeholders", &record::STAKEHOLDER, held)
}

/// The table without the columns that are empty all the way down, apart from those that are always there.
fn filled(mut table: Table, always: impl Fn(&str) -> bool) -> Table {
    let kept: Vec<bool> = (table.columns.iter().enumerate())
        .map(|(at, column)| always(&column.name) || table.rows.iter().any(|row| !row[at].is_empty()))
        .collect();
    keep(&mut table.columns, &kept);
    table.rows.iter_mut().for_each(|row| keep(row, &kept));
    table
}

/// Keeps the entries of a list that are marked.
fn keep<T>(list: &mut Vec<T>, marked: &[bool]) {
    let mut marks = marked.iter();
    list.retain(|_| marks.next().copied().unwrap_or(true));
}

/// A KPI has one value at most.
fn values(map: &BenefitMap) -> Table {
    let held = map
        .kpis
        .iter()
        .map(|kpi| (&kpi.id, vec![id(&kpi.id)], kpi.value.as_slice()));
    inside("benefit_values", &record::VALUE, held)
}

fn amounts(map: &BenefitMap) -> Table {
    let held = map.kpis.iter().map(|kpi| {
        let amounts = kpi.value.as_ref().map_or(&[][..], |value| value.amounts.as_slice());
        (&kpi.id, vec![id(&kpi.id)], amounts)
    });
    inside("benefit_amounts", &record::AMOUNT, held)
}

fn beneficiaries(map: &BenefitMap) -> Table {
    let held = map.kpis.iter().map(|kpi| {
        let groups = kpi
            .value
            .as_ref()
            .map_or(&[][..], |value| value.beneficiaries.as_slice());
        (&kpi.id, vec![id(&kpi.id)], groups)
    });
    inside("beneficiaries", &record::BENEFICIARY, held)
}

/// What a list of the appraisal holds.
fn appraised<'m, T: 'm>(map: &'m BenefitMap, list: impl Fn(&'m Appraisal) -> &'m [T]) -> impl Iterator<Item = &'m T> {
    map.appraisal.iter().flat_map(list)
}

fn prices(appraisal: &Appraisal) -> &[PriceIndex] {
    appraisal
        .deflator
        .as_ref()
        .map_or(&[], |deflator| deflator.index.as_slice())
}

fn groups(appraisal: &Appraisal) -> &[IncomeGroup] {
    appraisal
        .weights
        .as_ref()
        .map_or(&[], |weights| weights.groups.as_slice())
}

fn differences(map: &BenefitMap) -> Table {
    let options = appraised(map, |appraisal| appraisal.options.as_slice());
    let held = options.map(|option| (&option.id, vec![id(&option.id)], option.differences.as_slice()));
    inside("differences", &record::DIFFERENCE, held)
}

fn responses(map: &BenefitMap) -> Table {
    let held = map
        .risks
        .iter()
        .map(|risk| (&risk.id, vec![id(&risk.id)], risk.responses.as_slice()));
    inside("responses", &record::RESPONSE, held)
}

fn activities(map: &BenefitMap) -> Table {
    let held = map
        .plans
        .iter()
        .map(|plan| (&plan.owner, vec![id(&plan.owner)], plan.activities.as_slice()));
    inside("activities", &record::ACTIVITY, held)
}

fn arrangement(map: &BenefitMap) -> Table {
    let order = map.arrangement.iter().flat_map(|arrangement| arrangement.order.iter());
    table(
        "arrangement",
        order.map(|(kind, node)| vec![Cell::text(kind.as_str()), id(node)]),
    )
}

fn allow(map: &BenefitMap) -> Table {
    let fields = placed(&record::ALLOWANCE);
    let rows = map.allow.iter().map(|allowance| {
        let mut row = cells(&fields, allowance);
        // An entry that says nothing would be a blank row, and blank rows are skipped.
        if row.iter().all(Cell::is_empty) {
            row[0] = Cell::Text(String::new());
        }
        row
    });
    table("allow", rows)
}
