//! A portfolio as the lists that others ask for: the table of major projects, and a tidy star of tables for tools of business intelligence.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{amount, column, table, word};
use super::{Cell, Column, Table, Values};
use crate::map::{Node, NodeKind};
use crate::portfolio::{Held, Money, Portfolio};

/// The transparency table of government major projects, with the projects as columns. What only people can judge, such as the
/// delivery confidence, is left empty.
pub fn major_projects(maps: &[Held<'_>], money: &Money<'_>) -> Table {
    let mut columns = vec![column("Project")];
    let mut rows: Vec<Vec<Cell>> = [
        "GMPP ID Number",
        "Project Name",
        "Department",
        "Description / Aims",
        "Delivery Confidence Assessment",
        "Departmental commentary on actions planned or taken on the DCA",
        "Project - Start Date",
        "Project - End Date",
        "Departmental narrative on schedule",
        "Financial Year Baseline",
        "Financial Year Forecast",
        "Financial Year Variance",
        "Departmental narrative on budget/forecast variance",
        "TOTAL Baseline Whole Life Costs",
        "TOTAL Baseline Benefits",
        "Departmental narrative on Whole Life Costs",
    ]
    .into_iter()
    .map(|name| vec![word(name)])
    .collect();
    for held in maps {
        let map = held.map;
        columns.push(Column {
            name: held.id.to_owned().into(),
            values: Values::Text,
        });
        let dates = |pick: fn(&Node) -> Option<crate::map::Day>| map.nodes.iter().filter_map(pick);
        let start = dates(|node| node.start)
            .min()
            .or_else(|| map.period.and_then(|period| period.start));
        let end = map
            .period
            .and_then(|period| period.end)
            .or_else(|| dates(|node| node.due).max());
        let worth = money
            .projects
            .iter()
            .find(|project| project.maps == [held.id])
            .and_then(|project| project.worth.as_ref().ok());
        let department = map
            .owners
            .iter()
            .find(|owner| owner.senior)
            .map_or("", |owner| owner.organisation.as_str());
        let cells = [
            word(held.id),
            word(map.title.trim()),
            word(department),
            word(map.purpose.trim()),
            Cell::Empty,
            Cell::Empty,
            Cell::from(start),
            Cell::from(end),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            amount(worth.map(|worth| worth.cost)),
            amount(worth.map(|worth| worth.pvb)),
            Cell::Empty,
        ];
        for (row, cell) in rows.iter_mut().zip(cells) {
            row.push(cell);
        }
    }
    Table {
        name: "major-projects".to_owned(),
        columns,
        rows,
    }
}

/// What the keys of outcomes of the place begin with, where those of others begin with their map.
const PLACE: &str = "place";

/// The portfolio as a tidy star: nodes, KPIs and owners as dimensions, measured and expected values as facts, and which investment
/// reaches which outcome of any map and of the place as a bridge. Every key begins with the id of the map, and that of an outcome of the place with
/// `place`. Measured values up to the day `as_of` are given, and
/// expected values on the days of measured ones and of targets.
pub fn star(portfolio: &Portfolio, maps: &[Held<'_>], as_of: crate::map::Day) -> Vec<Table> {
    let key = |map: &str, id: &str| Cell::Text(format!("{map}:{id}"));
    let mut claimed: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for claim in &portfolio.claims {
        claimed
            .entry((&claim.map, claim.kpi.as_str()))
            .or_default()
            .push(&claim.measure);
    }
    let (mut nodes, mut kpis, mut owners) = (Vec::new(), Vec::new(), Vec::new());
    let (mut measured, mut expected) = (Vec::new(), Vec::new());
    for held in maps {
        for owner in &held.map.owners {
            owners.push(vec![
                key(held.id, owner.id.as_str()),
                word(held.id),
                word(owner.name.trim()),
                word(owner.organisation.trim()),
            ]);
        }
        for node in &held.map.nodes {
            let owner = node
                .owner
                .as_ref()
                .map_or(Cell::Empty, |owner| key(held.id, owner.as_str()));
            nodes.push(vec![
                key(held.id, node.id.as_str()),
                word(held.id),
                word(node.title.trim()),
                word(node.kind.as_str()),
                owner,
                Cell::from(node.due),
            ]);
        }
        for kpi in &held.map.kpis {
            let measures = claimed.get(&(held.id, kpi.id.as_str())).map_or(&[][..], Vec::as_slice);
            kpis.push(vec![
                key(held.id, kpi.id.as_str()),
                key(held.id, kpi.node.as_str()),
                word(kpi.title.trim()),
                word(&kpi.unit),
                word(kpi.direction.map_or("", |direction| direction.as_str())),
                Cell::from(kpi.baseline.map(|baseline| baseline.value)),
                word(&measures.join("; ")),
            ]);
            let all = crate::track::actuals(kpi, held.measurements, as_of);
            let mut days: Vec<_> = kpi.targets.iter().filter_map(|target| target.date).collect();
            for one in &all {
                days.push(one.date);
                measured.push(vec![
                    key(held.id, kpi.id.as_str()),
                    Cell::Day(one.date),
                    Cell::Number(one.value),
                ]);
            }
            days.sort_unstable();
            days.dedup();
            let plan = crate::track::Planned::of(kpi);
            for day in days {
                if let Some(value) = plan.expected(day) {
                    expected.push(vec![key(held.id, kpi.id.as_str()), Cell::Day(day), Cell::Number(value)]);
                }
            }
        }
    }
    for outcome in &portfolio.outcomes {
        nodes.push(vec![
            key(PLACE, &outcome.id),
            Cell::Empty,
            word(outcome.title.trim()),
            word("place-outcome"),
            Cell::Empty,
            Cell::Empty,
        ]);
    }
    let box_key = |(map, id): Box<'_>| key(if map.is_empty() { PLACE } else { map }, id);
    let reach: Vec<Vec<Cell>> = reached(portfolio, maps)
        .into_iter()
        .map(|(from, to)| vec![box_key(from), box_key(to)])
        .collect();
    vec![
        table("dim_node", &["node", "map", "title", "kind", "owner", "due"], nodes),
        table(
            "dim_kpi",
            &["kpi", "node", "title", "unit", "direction", "baseline", "measures"],
            kpis,
        ),
        table("dim_owner", &["owner", "map", "name", "organisation"], owners),
        table("fact_measurement", &["kpi", "date", "value"], measured),
        table("fact_expected", &["kpi", "date", "value"], expected),
        table("bridge_reach", &["investment", "outcome"], reach),
    ]
}

/// A box of a map, by the map and its id; an outcome of the place has no map.
type Box<'m> = (&'m str, &'m str);

/// Which investment leads to which end outcome of any map and to which outcome of the place: along links that do not run back, dependencies
/// between maps, and links to the place.
fn reached<'m>(portfolio: &'m Portfolio, maps: &[Held<'m>]) -> Vec<(Box<'m>, Box<'m>)> {
    let mut out: BTreeMap<Box<'m>, Vec<Box<'m>>> = BTreeMap::new();
    let mut ends: BTreeSet<Box<'m>> = BTreeSet::new();
    let mut begins = Vec::new();
    for held in maps {
        for link in held.map.links.iter().filter(|link| !link.feedback) {
            let to = (held.id, link.to.as_str());
            out.entry((held.id, link.from.as_str())).or_default().push(to);
        }
        for node in &held.map.nodes {
            match node.kind {
                NodeKind::Investment => begins.push((held.id, node.id.as_str())),
                NodeKind::EndOutcome => {
                    ends.insert((held.id, node.id.as_str()));
                }
                _ => {}
            }
        }
    }
    for one in &portfolio.dependencies {
        let waiting = (one.map.as_str(), one.node.as_str());
        out.entry((&one.on.map, one.on.node.as_str()))
            .or_default()
            .push(waiting);
    }
    for link in &portfolio.links {
        out.entry((&link.map, link.node.as_str()))
            .or_default()
            .push(("", &link.outcome));
    }
    ends.extend(portfolio.outcomes.iter().map(|outcome| ("", outcome.id.as_str())));
    let mut found = Vec::new();
    for from in begins {
        let mut seen = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            for to in out.get(&node).into_iter().flatten() {
                if seen.insert(*to) {
                    open.push(*to);
                }
            }
        }
        found.extend(seen.into_iter().filter(|node| ends.contains(node)).map(|to| (from, to)));
    }
    found
}
