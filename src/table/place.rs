//! A portfolio as tables: its totals, matrix, claims, money and risks.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Cell, Column, Table, Values};
use crate::map::{Node, NodeKind, Number};
use crate::portfolio::{
    Bounds, Held, Money, OwnStanding, Portfolio, Project, Remark, Source, Square, Total, WithoutThem,
};

pub(super) fn column(name: &'static str) -> Column {
    Column {
        name: name.into(),
        values: Values::Text,
    }
}

pub(super) fn table(name: &str, columns: &[&'static str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        name: name.to_owned(),
        columns: columns.iter().copied().map(column).collect(),
        rows,
    }
}

pub(super) fn word(text: &str) -> Cell {
    match text {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    }
}

fn number(value: Option<Decimal>) -> Cell {
    Cell::from(value.and_then(Number::rounded))
}

/// Pounds and pence, or whole units where there are many.
pub(super) fn amount(value: Option<Decimal>) -> Cell {
    number(value.map(|value| value.round_dp(0)))
}

/// One row for each claim of each measure and year, with the total in each. What the place measured itself is in the columns `place_…`, and
/// what the claims do not explain of it in `unexplained_…`.
pub fn totals(totals: &[Total<'_>]) -> Table {
    let mut rows = Vec::new();
    for total in totals {
        let of = |pick: fn(Bounds) -> Decimal, bounds: Option<Bounds>| number(bounds.map(pick));
        let own = total.own;
        let unexplained = total.unexplained();
        let begun = || {
            vec![
                word(total.outcome),
                word(&total.measure.id),
                word(&total.measure.unit),
                word(&total.year.to_string()),
                of(|b| b.at_least, total.planned),
                of(|b| b.at_most, total.planned),
                number(own.and_then(|own| own.change)),
                Cell::from(own.map(|own| own.last.date)),
                of(|b| b.at_least, unexplained),
                of(|b| b.at_most, unexplained),
                of(|b| b.at_least, total.forecast),
                of(|b| b.at_most, total.forecast),
            ]
        };
        if total.claims.is_empty() {
            let mut row = begun();
            row.resize(row.len() + 6, Cell::Empty);
            rows.push(row);
        }
        for one in &total.claims {
            let mut row = begun();
            row.extend([
                word(&one.claim.map),
                word(one.claim.kpi.as_str()),
                number(one.planned),
                number(one.achieved),
                word(one.claim.counts.map_or("", |counts| counts.as_str())),
                word(one.why_not.map_or("", |why| why.words())),
            ]);
            rows.push(row);
        }
    }
    let columns = [
        "outcome",
        "measure",
        "unit",
        "year",
        "at_least",
        "at_most",
        "place_change",
        "place_measured_on",
        "unexplained_at_least",
        "unexplained_at_most",
        "forecast_at_least",
        "forecast_at_most",
        "map",
        "kpi",
        "planned",
        "measured",
        "counts",
        "not_counted",
    ];
    table("totals", &columns, rows)
}

/// What each project does for each outcome: one row for each two that have to do with each other. The money of maps that are appraised
/// together is in the rows of the first of them; `money_with` names the others.
pub fn matrix(squares: &[Square<'_>], money: &Money<'_>) -> Table {
    let rows = squares.iter().filter(|square| !square.is_empty()).map(|square| {
        let claims: Vec<String> = square.claims.iter().map(|one| one.claim.kpi.to_string()).collect();
        let project = money.projects.iter().find(|project| project.maps.contains(&square.map));
        // What several maps cost together is with the first of them, so that nobody adds it up twice.
        let is_first = |project: &&Project<'_>| project.maps.first() == Some(&square.map);
        let worth = project.filter(is_first).and_then(|project| project.worth.as_ref().ok());
        let others = project.into_iter().flat_map(|project| &project.maps);
        let with: Vec<&str> = others.copied().filter(|map| *map != square.map).collect();
        vec![
            word(&square.outcome.id),
            word(square.outcome.title.trim()),
            word(square.map),
            word(square.status.map_or("", |status| status.label())),
            word(square.evidence.map_or("", |strength| strength.as_str())),
            word(&claims.join("; ")),
            amount(worth.map(|worth| worth.cost)),
            amount(worth.map(|worth| worth.npsv())),
            word(&with.join("; ")),
        ]
    });
    let columns = [
        "outcome",
        "title",
        "map",
        "status",
        "evidence",
        "kpis",
        "map_cost",
        "map_npsv",
        "money_with",
    ];
    table("matrix", &columns, rows.collect())
}

/// How everything goes: first one row for each measure that the place measures itself, which has no map and no KPI, then one for each claim.
pub fn status(squares: &[Square<'_>], own: &[OwnStanding<'_>]) -> Table {
    let of_the_place = own.iter().map(|one| {
        vec![
            word(&one.outcome.id),
            word(&one.measure.id),
            Cell::Empty,
            Cell::Empty,
            word(one.measure.title.trim()),
            word(one.status.label()),
            number(one.wanted),
            number(one.measured.change),
            word(&one.measure.unit),
            word("the place itself"),
        ]
    });
    let of_claims = squares.iter().flat_map(|square| {
        square.claims.iter().map(|one| {
            vec![
                word(&square.outcome.id),
                word(&one.claim.measure),
                word(square.map),
                word(one.claim.kpi.as_str()),
                word(&one.title),
                word(one.status.map_or("", |status| status.label())),
                number(one.planned),
                number(one.achieved),
                word(one.unit),
                word(one.claim.counts.map_or("not declared", |counts| counts.as_str())),
            ]
        })
    });
    let columns = [
        "outcome", "measure", "map", "kpi", "title", "status", "planned", "measured", "unit", "counts",
    ];
    table("status", &columns, of_the_place.chain(of_claims).collect())
}

/// The money of every project, and of all.
pub fn money(money: &Money<'_>) -> Table {
    let row = |maps: &str, worth: Option<crate::portfolio::Worth>, note: &str| {
        vec![
            word(maps),
            amount(worth.map(|worth| worth.cost)),
            amount(worth.map(|worth| worth.pvc)),
            amount(worth.map(|worth| worth.pvb)),
            amount(worth.map(|worth| worth.npsv())),
            number(worth.and_then(|worth| worth.bcr()).map(|bcr| bcr.round_dp(2))),
            word(&money.currency),
            word(&money.price_year),
            word(note),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = money
        .projects
        .iter()
        .map(|project| {
            let note = project.worth.as_ref().err().map_or("", String::as_str);
            row(&project.maps.join(" + "), project.worth.as_ref().ok().copied(), note)
        })
        .collect();
    rows.push(row("all", money.all, money.why_not.as_deref().unwrap_or_default()));
    let columns = [
        "project",
        "cost",
        "pv_cost",
        "pv_benefit",
        "npsv",
        "bcr",
        "currency",
        "prices",
        "note",
    ];
    table("money", &columns, rows)
}

/// Each outcome of the place with its measures, who answers for it, what it is to reach and what the claims come to: one row for
/// each measure.
pub fn register(portfolio: &Portfolio, totals: &[Total<'_>]) -> Table {
    let rows = portfolio.measures().map(|(outcome, measure)| {
        let own = || totals.iter().filter(|total| total.measure.id == measure.id);
        let last = own().next_back();
        let planned = last.and_then(|total| total.planned);
        let achieved = own().filter_map(|total| total.achieved).next_back();
        let own_value = own().filter_map(|total| total.own).next_back();
        let target = measure.targets.iter().max_by_key(|target| target.date);
        let owner = if measure.owner.trim().is_empty() {
            &outcome.owner
        } else {
            &measure.owner
        };
        let claims: Vec<String> = last
            .into_iter()
            .flat_map(|total| &total.claims)
            .map(|one| format!("{} {}", one.claim.map, one.claim.kpi))
            .collect();
        vec![
            word(&outcome.id),
            word(outcome.title.trim()),
            word(&outcome.objective),
            word(owner.trim()),
            word(&measure.id),
            word(measure.title.trim()),
            word(&measure.definition),
            word(&measure.unit),
            Cell::from(measure.baseline.map(|baseline| baseline.value)),
            Cell::from(target.map(|target| target.value)),
            word(
                &target
                    .and_then(|target| target.date)
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
            ),
            number(planned.map(|bounds| bounds.at_least)),
            number(planned.map(|bounds| bounds.at_most)),
            number(achieved.map(|bounds| bounds.at_least)),
            number(achieved.map(|bounds| bounds.at_most)),
            Cell::from(own_value.map(|own| own.last.value)),
            Cell::from(own_value.map(|own| own.last.date)),
            number(own_value.and_then(|own| own.change)),
            word(&claims.join("; ")),
        ]
    });
    let columns = [
        "outcome",
        "title",
        "objective",
        "owner",
        "measure",
        "measure_title",
        "definition",
        "unit",
        "baseline",
        "target",
        "target_date",
        "planned_at_least",
        "planned_at_most",
        "measured_at_least",
        "measured_at_most",
        "place_value",
        "place_measured_on",
        "place_change",
        "claims",
    ];
    table("register", &columns, rows.collect())
}

/// Every open risk of every map, the gravest first.
pub fn risks(maps: &[Held<'_>]) -> Table {
    let mut all: Vec<(u64, Vec<Cell>)> = Vec::new();
    for held in maps {
        for risk in held
            .map
            .risks
            .iter()
            .filter(|risk| risk.status == crate::map::RiskStatus::Open)
        {
            let (likelihood, impact) = (risk.likelihood.map(|one| one.get()), risk.impact.map(|one| one.get()));
            let score = u64::from(likelihood.unwrap_or_default()) * u64::from(impact.unwrap_or_default());
            let owner = risk.owner.as_ref();
            let owner = owner.and_then(|owner| held.map.owners.iter().find(|one| one.id == *owner));
            let of = |score: Option<u8>| Cell::from(score.map(|score| Number::from(i32::from(score))));
            all.push((
                score,
                vec![
                    word(held.id),
                    word(risk.id.as_str()),
                    word(risk.title.trim()),
                    of(likelihood),
                    of(impact),
                    number(Some(Decimal::from(score)).filter(|score| !score.is_zero())),
                    word(owner.map_or("", |owner| owner.name.trim())),
                    word(&risk.close_by.map(|day| day.to_string()).unwrap_or_default()),
                ],
            ));
        }
    }
    all.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let columns = [
        "map",
        "risk",
        "title",
        "likelihood",
        "impact",
        "score",
        "owner",
        "close_by",
    ];
    table("risks", &columns, all.into_iter().map(|(_, row)| row).collect())
}

/// What comes when: everything of every map that has a date, by its date, with what it waits for in other maps.
pub fn dates(portfolio: &Portfolio, maps: &[Held<'_>]) -> Table {
    let mut awaits: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for one in &portfolio.dependencies {
        let awaited = format!("{} {}", one.on.map, one.on.node);
        awaits.entry((&one.map, one.node.as_str())).or_default().push(awaited);
    }
    let leading: BTreeSet<(&str, &str)> = portfolio
        .links
        .iter()
        .map(|link| (link.map.as_str(), link.node.as_str()))
        .collect();
    let mut all: Vec<_> = Vec::new();
    for held in maps {
        let owners = &held.map.owners;
        for node in held.map.nodes.iter().filter(|node| node.due.is_some()) {
            let key = (held.id, node.id.as_str());
            let waits = awaits.get(&key).map_or(&[][..], Vec::as_slice);
            let owner = node
                .owner
                .as_ref()
                .and_then(|owner| owners.iter().find(|one| one.id == *owner));
            let matters = !waits.is_empty() || leading.contains(&key) || is_work(node);
            if let (Some(due), true) = (node.due, matters) {
                all.push((
                    due,
                    held.id,
                    node,
                    owner.map_or("", |owner| owner.name.trim()),
                    waits.join("; "),
                ));
            }
        }
    }
    all.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
    let rows = all.into_iter().map(|(due, map, node, owner, waits)| {
        vec![
            Cell::Day(due),
            word(map),
            word(node.id.as_str()),
            word(node.title.trim()),
            word(node.kind.label()),
            word(owner),
            word(&waits),
        ]
    });
    table(
        "dates",
        &["due", "map", "node", "title", "kind", "owner", "waits_for"],
        rows.collect(),
    )
}

fn is_work(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Enabler | NodeKind::BusinessChange)
}

/// The findings of a portfolio, each with its place.
pub fn findings(found: &[Remark], source: &Source) -> Table {
    let rows = found.iter().map(|one| {
        let spot = source.spot(&one.pointer);
        vec![
            word(one.rule.slug),
            word(&one.rule.severity.to_string()),
            word(&one.subject),
            word(&one.message),
            word(&one.help),
            word(&format!("{}:{}:{}", source.file(), spot.line, spot.column)),
        ]
    });
    table(
        "findings",
        &["rule", "severity", "subject", "message", "help", "place"],
        rows.collect(),
    )
}

/// What follows from a cut: every measure in its last year with all maps, and without those that are cut.
pub fn what_if(without: &WithoutThem<'_>) -> Table {
    let rows = without.measures.iter().map(|one| {
        let of = |pick: fn(Bounds) -> Decimal, bounds: Option<Bounds>| number(bounds.map(pick));
        vec![
            word(one.total.outcome),
            word(&one.total.measure.id),
            word(&one.total.measure.unit),
            word(&one.year.to_string()),
            of(|b| b.at_least, one.with_all),
            of(|b| b.at_most, one.with_all),
            of(|b| b.at_least, one.without),
            of(|b| b.at_most, one.without),
        ]
    });
    let columns = [
        "outcome",
        "measure",
        "unit",
        "year",
        "at_least",
        "at_most",
        "without_at_least",
        "without_at_most",
    ];
    table("what-if", &columns, rows.collect())
}

/// What differs between two portfolios: one row for each thing.
pub fn differences(all: &[crate::portfolio::Difference]) -> Table {
    let rows = all.iter().map(|one| {
        let change = match (&one.before, &one.after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        vec![
            word(&one.subject),
            word(change),
            word(one.before.as_deref().unwrap_or_default()),
            word(one.after.as_deref().unwrap_or_default()),
        ]
    });
    table("diff", &["subject", "change", "before", "after"], rows.collect())
}
