//! Benefits by year, outcome by project, and money.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::chart::verdict;
use super::super::wording::Figures;
use super::super::{Align, Block, Cell, Column, Inline, ListKind, Picture, Report, Table};
use super::known::Place;
use crate::chart::{MoneyBar, MoneyHead, MoneyLook, MoneyRow, MoneyRows, money_rows};
use crate::finding::Severity;
use crate::map::group_digits;
use crate::portfolio::{Bounds, Money, OwnStanding, Square, Total, is_of_the_whole};
use crate::scene::Scene;
use crate::text::with_minus;
use crate::track::Status;
use std::collections::BTreeMap;

/// A figure with its digits in groups, with at most two digits after the point.
fn figure(value: Decimal) -> String {
    let value = if value.abs() >= Decimal::ONE_HUNDRED {
        value.round_dp(0)
    } else {
        value.round_dp(2)
    };
    with_minus(&group_digits(&value.normalize().to_string()))
}

/// What a cell says where there is no figure.
const NOTHING: &str = "–";

fn between(bounds: Option<Bounds>) -> String {
    match bounds {
        None => NOTHING.to_owned(),
        Some(bounds) if bounds.is_exact() => figure(bounds.at_least),
        Some(bounds) => format!("{} to {}", figure(bounds.at_least), figure(bounds.at_most)),
    }
}

fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

fn with_unit(value: String, unit: &str) -> String {
    match unit.trim() {
        "" => value,
        unit => format!("{value} {unit}"),
    }
}

pub(super) fn in_short(place: &Place<'_>, report: &mut Report) {
    report.push(Block::heading(1, "In short"));
    let mut items = Vec::new();
    let count = |severity| {
        place
            .findings
            .iter()
            .filter(|one| one.rule.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counted = |many: usize, what: &str| match many {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{many} {what}s")),
    };
    let found: Vec<String> = [counted(errors, "error"), counted(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    items.push(match found.is_empty() {
        true => "Nothing is wrong with how the projects fit together.".to_owned(),
        false => format!(
            "How the projects fit together: {}, listed at the end.",
            found.join(" and ")
        ),
    });
    for (id, why) in place.unread {
        items.push(format!(
            "The map `{id}` could not be read, and nothing of it is counted: {why}"
        ));
    }
    let mut statuses: BTreeMap<Status, usize> = BTreeMap::new();
    for one in place.matrix.iter().flat_map(|square| &square.claims) {
        if let Some(status) = one.status {
            *statuses.entry(status).or_default() += 1;
        }
    }
    if !statuses.is_empty() {
        let parts: Vec<String> = statuses
            .iter()
            .map(|(status, many)| format!("{many} {}", status.label()))
            .collect();
        items.push(format!(
            "Of the KPIs that count towards an outcome: {}.",
            parts.join(", ")
        ));
    }
    if !place.own.is_empty() {
        let parts: Vec<String> = place
            .own
            .iter()
            .map(|one| format!("{} {}", one.measure.title.trim(), one.status.label()))
            .collect();
        items.push(format!("What the place measures itself: {}.", parts.join(", ")));
    }
    items.extend(money_in_short(place.money));
    report.push(Block::list(ListKind::Bullets, items));
}

/// What all projects cost and are worth, in one sentence; `None` where no map has any money.
pub fn money_in_short(money: &Money<'_>) -> Option<String> {
    let currency = &money.currency;
    match (money.all, &money.why_not) {
        (Some(all), _) => {
            let ratio = all.bcr().map_or_else(String::new, |bcr| {
                format!(", {} of benefit for each unit of cost", bcr.round_dp(2))
            });
            let prices = match money.price_year.as_str() {
                "" => String::new(),
                year => format!(", in prices of {year}"),
            };
            Some(format!(
                "All projects cost {} {currency} and have a net present social value of {} {currency}{ratio}{prices}.",
                Figures::default().money(all.cost),
                Figures::default().money(all.npsv()),
            ))
        }
        (None, Some(why)) => Some(format!("The money of all projects is not added up: {why}.")),
        (None, None) => None,
    }
}

pub(super) fn outcomes(place: &Place<'_>, report: &mut Report) {
    report.push(Block::heading(1, "Benefits by year"));
    for outcome in &place.portfolio.outcomes {
        report.push(Block::heading(2, outcome.title.clone()));
        if outcome.measures.is_empty() {
            report.push(Block::text("It has no measure."));
        }
        for measure in &outcome.measures {
            let own: Vec<&Total<'_>> = place
                .totals
                .iter()
                .filter(|total| total.measure.id == measure.id)
                .collect();
            let name = with_unit(
                measure.title.trim().to_owned(),
                &if measure.unit.is_empty() {
                    String::new()
                } else {
                    format!("({})", measure.unit)
                },
            );
            let target = measure.targets.iter().max_by_key(|target| target.date);
            if let (Some(baseline), Some(target)) = (measure.baseline, target) {
                let day = target.date.map(|day| format!(" by {day}")).unwrap_or_default();
                let wanted = target.value.decimal() - baseline.value.decimal();
                let last = own.last().and_then(|total| total.planned);
                let how = match (is_of_the_whole(measure), last) {
                    (true, Some(last)) => format!(
                        " Projects explain {} of that change; the rest, {}, is not explained.",
                        between(Some(last)),
                        between(Some(Bounds {
                            at_least: wanted - last.at_least,
                            at_most: wanted - last.at_most,
                        }))
                    ),
                    (false, Some(last)) => format!(" The projects plan {}.", between(Some(last))),
                    (_, None) => " No project says how much it adds.".to_owned(),
                };
                report.push(Block::text(with_minus(&format!(
                    "{name}: from {} to {}{day}, a change of {}.{how}",
                    figure(baseline.value.decimal()),
                    figure(target.value.decimal()),
                    figure(wanted)
                ))));
            }
            let measured = place.own.iter().find(|one| one.measure.id == measure.id);
            if let Some(measured) = measured {
                report.push(Block::Paragraph(how_it_changed(measured, &own)));
            }
            if own.iter().any(|total| total.planned.is_some()) {
                report.push(Block::picture(Picture::new(by_year(&own, &name), name.clone())));
                report.push(Block::Table(table_by_year(place, &own, &name)));
            }
        }
    }
}

/// What the place measured last, and how much of its change the projects explain.
fn how_it_changed(measured: &OwnStanding<'_>, totals: &[&Total<'_>]) -> Vec<Inline> {
    let value = with_unit(figure(measured.measured.last.value.decimal()), &measured.measure.unit);
    let mut said = format!(": the place measured {value} on {}", measured.measured.last.date);
    if let Some(change) = measured.measured.change {
        said += &format!(", a change of {}", figure(change));
    }
    said += ".";
    if let Some(total) = totals.iter().rfind(|total| total.own.is_some()) {
        match (total.achieved, total.unexplained()) {
            (None, Some(_)) => said += " None of what the projects bring about has been measured.",
            (achieved, Some(rest)) => {
                said += &format!(
                    " The projects explain {} of it; the rest, {}, is not explained.",
                    between(achieved),
                    between(Some(rest))
                );
            }
            (_, None) => {}
        }
    }
    vec![
        Inline::Mark(verdict(measured.status), measured.status.label().to_owned()),
        Inline::text(with_minus(&said)),
    ]
}

/// Planned and measured by year; with what the place measured itself, where it did. What was measured in a year that goes on is said to be so far.
fn table_by_year(place: &Place<'_>, totals: &[&Total<'_>], name: &str) -> Table {
    let has_gap = totals.iter().any(|total| !total.gap.is_empty());
    let has_own = totals.iter().any(|total| total.own.is_some());
    let has_forecast = totals.iter().any(|total| total.forecast.is_some());
    let mut columns = vec![
        Column::new("Year", 1.5),
        Column::new("Planned", 2.0).align(Align::End),
        Column::new("Measured of the projects", 2.0).align(Align::End),
    ];
    if has_forecast {
        columns.push(Column::new("Forecast", 2.0).align(Align::End));
    }
    if has_own {
        columns.push(Column::new("Measured by the place", 2.0).align(Align::End));
        columns.push(Column::new("Not explained", 2.0).align(Align::End));
    }
    if has_gap {
        columns.push(Column::new("Counted twice, perhaps", 3.0));
    }
    let mut table = Table::new(format!("{name} by year"), columns);
    for total in totals {
        let goes_on = total.year.last_day() > place.as_of;
        let so_far = |figure: String| match goes_on && figure != NOTHING {
            true => Cell::text(format!("{figure} so far")),
            false => Cell::text(figure),
        };
        let mut cells = vec![
            Cell::text(total.year.to_string()),
            Cell::text(between(total.planned)),
            so_far(between(total.achieved)),
        ];
        if has_forecast {
            cells.push(Cell::text(between(total.forecast)));
        }
        if has_own {
            let change = total.own.and_then(|own| own.change);
            cells.push(so_far(change.map_or_else(|| NOTHING.to_owned(), figure)));
            cells.push(so_far(between(total.unexplained())));
        }
        if has_gap {
            cells.push(Cell::text(perhaps_twice(place, total)));
        }
        table.push(cells);
    }
    table
}

/// The projects whose claims make the gap, by their names; of several claims of one project also what each is called.
fn perhaps_twice(place: &Place<'_>, total: &Total<'_>) -> String {
    let claims: Vec<(&str, &str)> = total
        .gap
        .iter()
        .filter_map(|at| total.claims.get(*at))
        .map(|one| (one.claim.map.as_str(), one.claim.kpi.as_str()))
        .collect();
    let names: Vec<String> = claims
        .iter()
        .map(|(map, kpi)| {
            let title = place.map_title(map);
            match claims.iter().filter(|(other, _)| other == map).count() {
                1 => title,
                _ => format!("{title}: {}", place.kpi_title(map, kpi)),
            }
        })
        .collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

/// A bar for each year: what is certain, and after it what may be counted twice.
fn by_year(totals: &[&Total<'_>], name: &str) -> Scene {
    let rows: Vec<MoneyRow> = totals
        .iter()
        .map(|total| {
            let planned = total.planned.unwrap_or_default();
            let (least, most) = (float(planned.at_least), float(planned.at_most));
            let mut bars = vec![MoneyBar {
                from: 0.0,
                to: least,
                look: MoneyLook::Benefit,
            }];
            if !planned.is_exact() {
                bars.push(MoneyBar {
                    from: least,
                    to: most,
                    look: MoneyLook::Total,
                });
            }
            MoneyRow {
                title: total.year.to_string(),
                bars,
                figures: between(total.planned),
            }
        })
        .collect();
    let words: Vec<String> = totals
        .iter()
        .map(|total| format!("{}: {}.", total.year, between(total.planned)))
        .collect();
    let mut key = vec![(MoneyLook::Benefit, "at least".to_owned())];
    if totals
        .iter()
        .any(|total| total.planned.is_some_and(|planned| !planned.is_exact()))
    {
        key.push((MoneyLook::Total, "at most, where nothing is counted twice".to_owned()));
    }
    money_rows(&MoneyRows {
        head: MoneyHead {
            title: name.to_owned(),
            subtitle: "Planned change since the baseline, by the end of each year".to_owned(),
            description: format!("Planned change of {name} by the end of each year. {}", words.join(" ")),
            unit: String::new(),
            ..MoneyHead::default()
        },
        key,
        mark: None,
        rows,
    })
}

pub(super) fn matrix_of(place: &Place<'_>, report: &mut Report) {
    report.push(Block::heading(1, "Outcome by project"));
    report.push(Block::text(
        "The worst status of the KPIs that count, and how well it is shown that the project leads to the outcome.",
    ));
    let mut columns = vec![Column::new("Outcome", 2.0)];
    if !place.own.is_empty() {
        columns.push(Column::new("The place itself", 1.5));
    }
    columns.extend(
        place
            .portfolio
            .maps
            .iter()
            .map(|member| Column::new(place.map_title(&member.id), 1.5)),
    );
    let squares: BTreeMap<(&str, &str), &Square<'_>> = place
        .matrix
        .iter()
        .map(|one| ((one.outcome.id.as_str(), one.map), one))
        .collect();
    let mut table = Table::new("Outcome by project", columns);
    for outcome in &place.portfolio.outcomes {
        let mut cells = vec![Cell::text(outcome.title.clone())];
        if !place.own.is_empty() {
            let own = place.own.iter().filter(|one| one.outcome.id == outcome.id);
            let worst = own.map(|one| one.status).min();
            cells.push(worst.map_or_else(Cell::default, |status| Cell::mark(verdict(status), status.label())));
        }
        for member in &place.portfolio.maps {
            let square = squares.get(&(outcome.id.as_str(), member.id.as_str()));
            cells.push(square.map_or_else(Cell::default, |square| square_cell(square)));
        }
        table.push(cells);
    }
    let mut costs = vec![Cell::text("Cost")];
    if !place.own.is_empty() {
        costs.push(Cell::default());
    }
    for member in &place.portfolio.maps {
        costs.push(Cell::text(worth_of(place, &member.id)));
    }
    table.push_total(costs);
    report.push(Block::Table(table));
}

fn worth_of(place: &Place<'_>, map: &str) -> String {
    let project = place.money.projects.iter().find(|project| project.maps.contains(&map));
    match project {
        Some(project) if project.maps.len() > 1 && project.maps[0] != map => {
            format!("with {}", place.map_title(project.maps[0]))
        }
        Some(project) => match &project.worth {
            Ok(worth) => format!("{} {}", Figures::default().money(worth.cost), place.money.currency),
            Err(_) => "not known".to_owned(),
        },
        None => String::new(),
    }
}

fn square_cell(square: &Square<'_>) -> Cell {
    if square.is_empty() {
        return Cell::default();
    }
    let mut lines = Vec::new();
    match square.status {
        Some(status) => lines.push(Inline::Mark(verdict(status), status.label().to_owned())),
        None => lines.push(Inline::text("no KPI counts")),
    }
    lines.push(Inline::Break);
    lines.push(Inline::text(match square.evidence {
        Some(strength) => format!("evidence: {}", strength.as_str()),
        None => "evidence: nobody has said".to_owned(),
    }));
    Cell(lines)
}

pub(super) fn money_of(place: &Place<'_>, report: &mut Report) {
    report.push(Block::heading(1, "Money"));
    let money = place.money;
    let unit = match (money.currency.as_str(), money.price_year.as_str()) {
        ("", _) => String::new(),
        (currency, "") => format!(" ({currency})"),
        (currency, year) => format!(" ({currency}, prices of {year})"),
    };
    let columns = [
        Column::new("Project", 3.0),
        Column::new("Cost", 1.5).align(Align::End),
        Column::new("Costs, present value", 1.5).align(Align::End),
        Column::new("Benefits, present value", 1.5).align(Align::End),
        Column::new("Net present social value", 1.5).align(Align::End),
        Column::new("Benefits per unit of cost", 1.2).align(Align::End),
    ];
    let mut table = Table::new(format!("What the projects cost and are worth{unit}"), columns);
    let cells = |name: String, worth: crate::portfolio::Worth| {
        [
            Cell::text(name),
            Cell::text(Figures::default().money(worth.cost)),
            Cell::text(Figures::default().money(worth.pvc)),
            Cell::text(Figures::default().money(worth.pvb)),
            Cell::text(Figures::default().money(worth.npsv())),
            Cell::text(worth.bcr().map(|bcr| bcr.round_dp(2).to_string()).unwrap_or_default()),
        ]
    };
    let mut notes = Vec::new();
    for project in &money.projects {
        let names: Vec<String> = project.maps.iter().map(|id| place.map_title(id)).collect();
        match &project.worth {
            Ok(worth) => table.push(cells(names.join(" with "), *worth)),
            Err(why) => notes.push(format!("{}: {why}", names.join(" with "))),
        }
    }
    if let Some(all) = money.all {
        table.push_total(cells("All".to_owned(), all));
    }
    report.push(Block::Table(table));
    if !place.portfolio.shared_costs.is_empty() {
        let names: Vec<String> = place
            .portfolio
            .shared_costs
            .iter()
            .map(|cost| {
                if cost.title.is_empty() {
                    cost.id.clone()
                } else {
                    cost.title.clone()
                }
            })
            .collect();
        report.push(Block::text(format!(
            "Counted once, though several projects show it: {}.",
            names.join("; ")
        )));
    }
    notes.extend(money.why_not.iter().map(|why| format!("Not added up: {why}")));
    if !notes.is_empty() {
        report.push(Block::list(ListKind::Bullets, notes));
    }
}
