//! What comes when, who answers for what, risks, and what does not fit together.

use std::collections::{BTreeMap, BTreeSet};

use super::super::wording::in_quotes;
use super::super::{Align, Block, Cell, Column, ListKind, Picture, Report, Table, Width};
use super::known::{Place, title_of};
use crate::chart::{Gantt, GanttRow, Lane, gantt, gantt_pages};
use crate::finding::Severity;
use crate::map::{Day, NodeKind};
use crate::portfolio::Remark;
use crate::scene::Verdict;

/// A part of a plan is no higher than what a slide holds in type of 10 pt, in px.
const SLIDE: f64 = 560.0;

/// What a box of a project is called in the plan.
fn id(map: &str, node: &str) -> String {
    format!("{map} {node}")
}

/// What is wrong with a dependency that comes too late, with names for ids; as the finding says it where they are not known.
fn lateness(place: &Place<'_>, found: &Remark) -> String {
    let said = || {
        let dependencies = found.pointer.strip_prefix("/dependencies/")?;
        let nth: usize = dependencies.split('/').next()?.parse().ok()?;
        let one = place.portfolio.dependencies.get(nth)?;
        let waiting = place.node(&one.map, &one.node)?;
        let awaited = place.node(&one.on.map, &one.on.node)?;
        Some(format!(
            "“{}” of {} is due on {}, and waits for “{}” of {}, which is due on {}.",
            waiting.title.trim(),
            place.map_title(&one.map),
            waiting.due?,
            awaited.title.trim(),
            place.map_title(&one.on.map),
            awaited.due?
        ))
    };
    said().unwrap_or_else(|| found.message.clone())
}

pub(super) fn when(place: &Place<'_>, report: &mut Report) {
    let portfolio = place.portfolio;
    let awaited: BTreeSet<(&str, &str)> = portfolio
        .dependencies
        .iter()
        .map(|one| (one.on.map.as_str(), one.on.node.as_str()))
        .collect();
    let mut awaits: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for one in &portfolio.dependencies {
        let awaited = id(&one.on.map, one.on.node.as_str());
        awaits.entry((&one.map, one.node.as_str())).or_default().push(awaited);
    }
    let leading: BTreeSet<(&str, &str)> = portfolio
        .links
        .iter()
        .map(|link| (link.map.as_str(), link.node.as_str()))
        .collect();
    let mut lanes = Vec::new();
    for held in place.maps {
        let mut rows: Vec<(Option<Day>, GanttRow)> = Vec::new();
        for node in &held.map.nodes {
            let key = (held.id, node.id.as_str());
            let waits = awaits.get(&key).cloned().unwrap_or_default();
            let matters = !waits.is_empty() || leading.contains(&key) || awaited.contains(&key);
            if !matters && node.kind != NodeKind::Investment {
                continue;
            }
            let row = GanttRow {
                id: id(held.id, node.id.as_str()),
                title: node.title.clone(),
                span: node.due.map(|due| (node.start, Some(due))),
                after: waits,
                days: Vec::new(),
            };
            rows.push((node.due, row));
        }
        rows.sort_by_key(|(due, _)| *due);
        lanes.push(Lane {
            name: title_of(held),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        });
    }
    lanes.retain(|lane| !lane.rows.is_empty());
    if lanes.is_empty() {
        return;
    }
    report.push(Block::heading(1, "What comes when"));
    let late = place.findings.iter().filter(|one| one.rule.slug == "dependency-late");
    let late: Vec<String> = late.map(|one| lateness(place, one)).collect();
    if !late.is_empty() {
        report.push(Block::list(ListKind::Bullets, late));
    }
    let plan = Gantt {
        title: "What comes when".to_owned(),
        subtitle: "Investments, what leads to an outcome of the place, and what projects wait for".to_owned(),
        description: format!("A plan of {} projects with what each waits for in others.", lanes.len()),
        lanes,
        today: Some(place.as_of),
        ..Gantt::default()
    };
    let mut picture = Picture::new(gantt(&plan), "What comes when, across projects");
    // Where it goes on several slides, each has the title in its own place.
    let untitled = Gantt {
        title: String::new(),
        subtitle: String::new(),
        ..plan
    };
    picture.parts = gantt_pages(&untitled, SLIDE);
    picture.width = Width::Landscape;
    report.push(Block::picture(picture));
}

pub(super) fn owners(place: &Place<'_>, report: &mut Report) {
    let mut owned: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for outcome in &place.portfolio.outcomes {
        owned
            .entry(outcome.owner.trim().to_owned())
            .or_default()
            .0
            .push(outcome.title.trim().to_owned());
    }
    for link in &place.portfolio.links {
        let Some(held) = place.maps.iter().find(|held| held.id == link.map) else {
            continue;
        };
        let Some(node) = held.map.nodes.iter().find(|node| node.id == link.node) else {
            continue;
        };
        let owner = node
            .owner
            .as_ref()
            .and_then(|owner| held.map.owners.iter().find(|one| one.id == *owner));
        let name = owner.map(|owner| owner.name.trim().to_owned()).unwrap_or_default();
        let what = format!("{} ({})", node.title.trim(), title_of(held));
        let entry = owned.entry(name).or_default();
        if !entry.1.contains(&what) {
            entry.1.push(what);
        }
    }
    report.push(Block::heading(1, "Who answers for what"));
    let columns = [
        Column::new("Who", 2.0),
        Column::new("Outcomes of the place", 3.0),
        Column::new("What projects bring about for them", 4.0),
    ];
    let mut table = Table::new("Who answers for what", columns);
    for (name, (outcomes, nodes)) in owned {
        let name = if name.is_empty() {
            "Nobody is named".to_owned()
        } else {
            name
        };
        table.push([Cell::text(name), Cell::lines(outcomes), Cell::lines(nodes)]);
    }
    report.push(Block::Table(table));
}

pub(super) fn risks(place: &Place<'_>, report: &mut Report) {
    let mut squares: BTreeMap<(u8, u8), usize> = BTreeMap::new();
    let mut gravest: Vec<(u8, [Cell; 4])> = Vec::new();
    for held in place.maps {
        for risk in held
            .map
            .risks
            .iter()
            .filter(|risk| risk.status == crate::map::RiskStatus::Open)
        {
            let (Some(likelihood), Some(impact)) = (risk.likelihood, risk.impact) else {
                continue;
            };
            *squares.entry((likelihood.get(), impact.get())).or_default() += 1;
            let owner = risk.owner.as_ref();
            let owner = owner.and_then(|owner| held.map.owners.iter().find(|one| one.id == *owner));
            let score = likelihood.get() * impact.get();
            let row = [
                Cell::mark(heat(score), score.to_string()),
                Cell::text(risk.title.clone()),
                Cell::text(title_of(held)),
                Cell::text(owner.map_or("nobody", |owner| owner.name.trim())),
            ];
            gravest.push((score, row));
        }
    }
    report.push(Block::heading(1, "Risks"));
    if gravest.is_empty() {
        report.push(Block::text("No map has an open risk with a likelihood and an impact."));
        return;
    }
    let mut columns = vec![Column::new("Likelihood", 1.5)];
    columns.extend((1..=5).map(|impact| Column::new(format!("Impact {impact}"), 1.0).align(Align::Middle)));
    let mut table = Table::new("How many open risks, by likelihood and impact", columns);
    for likelihood in (1..=5).rev() {
        let mut cells = vec![Cell::text(likelihood.to_string())];
        cells.extend((1..=5).map(|impact| match squares.get(&(likelihood, impact)) {
            Some(many) => Cell::mark(heat(likelihood * impact), many.to_string()),
            None => Cell::text("–"),
        }));
        table.push(cells);
    }
    report.push(Block::Table(table));
    gravest.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let columns = [
        Column::new("Score", 1.0),
        Column::new("Risk", 4.0),
        Column::new("Project", 2.0),
        Column::new("Who", 2.0),
    ];
    let mut table = Table::new("The gravest open risks", columns);
    for (_, row) in gravest.into_iter().take(15) {
        table.push(row);
    }
    report.push(Block::Table(table));
}

fn heat(score: u8) -> Verdict {
    match score {
        15.. => Verdict::Bad,
        8.. => Verdict::Doubtful,
        _ => Verdict::Good,
    }
}

pub(super) fn found(place: &Place<'_>, report: &mut Report) {
    report.push(Block::heading(1, "What does not fit together"));
    if place.findings.is_empty() {
        report.push(Block::text("Nothing was found."));
        return;
    }
    let columns = [
        Column::new("What", 2.9),
        Column::new("Where", 2.2),
        Column::new("What is wrong", 4.6),
        Column::new("What to do", 3.6),
    ];
    let mut table = Table::new("Findings", columns);
    for one in place.findings {
        let mark = match one.rule.severity {
            Severity::Error => Verdict::Bad,
            Severity::Warning => Verdict::Doubtful,
            Severity::Note => Verdict::Open,
        };
        table.push([
            Cell::mark(mark, one.rule.slug),
            Cell::text(one.subject.clone()),
            Cell::text(in_quotes(&one.message)),
            Cell::text(in_quotes(&one.help)),
        ]);
    }
    report.push(Block::Table(table));
}
