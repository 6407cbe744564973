//! How a map stands, what each owner needs to know, and each owner's plan, as documents: what `status`, `escalate` and `plan` print, to be
//! handed round.

use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, Day, Effect, Kpi, Language, Lookup, Node};
use crate::scene::Verdict;
use crate::text::with_minus;
use crate::track::{Cause, Escalation, Matter, Outlook, RealizationPlan, Reception, Sign, Standing, Status, Warning};

use super::model::{Block, Cell, Column, Fact, Inline, ListKind, Picture, Report, Table, Width};
use super::{chart, wording};

/// A document about the map: what it is called, the map it is of, and the day that it speaks of.
fn begun(what: &str, map: &BenefitMap, as_of: Day, reception: Option<&Reception>) -> Report {
    let mut report = Report::new(match map.title.trim() {
        "" => what.to_owned(),
        title => format!("{what}: {title}"),
    })
    .in_language(map.language());
    let language = map.language();
    report.facts.push(Fact::new("As of", language.day(as_of)));
    report
        .facts
        .extend((!map.currency.is_empty()).then(|| Fact::new("Currency", map.currency.clone())));
    if let Some(sentence) = reception.and_then(Reception::sentence) {
        report.push(Block::note(sentence));
    }
    report
}

/// How every KPI stands, worst first, with its last value, what was expected, its target and its outlook; then what is warned from upstream.
pub fn status_report(graph: &BenefitGraph<'_>, standing: &Standing<'_>) -> Report {
    let map = graph.map();
    let records = Lookup::new(map);
    let mut report = begun("Status", map, standing.as_of, Some(&standing.reception));
    let counts: Vec<String> = (Status::ALL.iter())
        .map(|status| {
            let n = standing.kpis.iter().filter(|outlook| outlook.status == *status).count();
            (n, wording::status(*status).to_lowercase())
        })
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    report.push(Block::text(match counts.is_empty() {
        true => "The map has no KPIs yet, so nothing is measured.".to_owned(),
        false => format!(
            "Of {}, {}.",
            wording::counted(standing.kpis.len(), "KPI", "KPIs"),
            wording::row(&counts)
        ),
    }));
    let mut worst: Vec<&Outlook<'_>> = standing.kpis.iter().collect();
    worst.sort_by_key(|outlook| outlook.status);
    if !worst.is_empty() {
        let mut table = Table::new(
            "Every KPI, those that need most attention first",
            [
                Column::new("KPI", 2.4),
                Column::new("Of", 2.2),
                Column::new("Owner", 1.6),
                Column::new("Last value", 1.9),
                Column::new("Target", 1.9),
                Column::new("Status and why", 2.8),
                Column::new("Outlook", 2.3),
            ],
        );
        table.width = Width::Landscape;
        for outlook in worst {
            table.push(kpi_cells(&records, outlook));
        }
        report.push(Block::Table(table));
    }
    let warned = standing
        .nodes
        .iter()
        .filter_map(|one| Some((one.node, one.warning.as_ref()?)));
    let warned: Vec<Vec<Inline>> = warned
        .map(|(node, warning)| {
            vec![
                Inline::Strong(node.label().to_owned()),
                Inline::text(format!(": {}.", chain(warning))),
            ]
        })
        .collect();
    if !warned.is_empty() {
        report.push(Block::heading(1, "Early warnings"));
        report.push(Block::text(
            "What leads to these is missed or off track, so that they are at risk although their own figures may not show it yet.",
        ));
        report.push(Block::List {
            kind: ListKind::Bullets,
            items: warned,
        });
    }
    report
}

fn kpi_cells(records: &Lookup<'_>, outlook: &Outlook<'_>) -> Vec<Cell> {
    let kpi = outlook.kpi;
    let owner = records.node(&kpi.node).and_then(|node| node.owner.as_ref());
    let language = records.language();
    let last = wording::last_measured(outlook, language);
    vec![
        Cell::text(kpi.label()),
        Cell::text(wording::title(records, &kpi.node)),
        Cell::text(owner.map_or("No owner", |id| wording::owner(records, id))),
        Cell::text(last.unwrap_or_else(|| "Not measured".to_owned())),
        Cell::text(wording::target(language, kpi)),
        status_and_why(outlook, language),
        Cell::text(wording::capital(&wording::ahead(outlook, language).unwrap_or_default())),
    ]
}

/// How a KPI stands, and under it why, in the words of `status`.
pub(super) fn status_and_why(outlook: &Outlook<'_>, language: Language) -> Cell {
    let why = wording::because(outlook, language);
    Cell(vec![
        Inline::Mark(chart::verdict(outlook.status), wording::status(outlook.status)),
        Inline::Break,
        Inline::text(wording::capital(&why)),
    ])
}

/// What each owner needs to know, a part for each owner, the gravest first.
pub fn escalation_report(map: &BenefitMap, parts: &[Escalation<'_>], as_of: Day, reception: &Reception) -> Report {
    let mut report = begun("What owners need to know", map, as_of, Some(reception));
    if parts.is_empty() {
        report.push(Block::note("No owner needs to act."));
    }
    for part in parts {
        report.push(Block::heading(
            1,
            match part.owner {
                None => "No owner: these need one".to_owned(),
                Some(owner) => owner.in_full(),
            },
        ));
        let mut table = Table::new(
            "",
            [
                Column::new("What", 1.5),
                Column::new("Of", 2.6),
                Column::new("KPI", 2.4),
                Column::new("Facts", 4.5),
            ],
        );
        for matter in &part.matters {
            table.push([
                Cell::mark(verdict(matter.cause), wording::capital(matter.cause.label())),
                Cell::text(matter.node.map_or("", |node| node.label())),
                Cell::text(matter.kpi.label()),
                Cell::text(wording::capital(&facts(matter, map.language()))),
            ]);
        }
        report.push(Block::Table(table));
    }
    report
}

/// What shows it, as a paper says it: days spelled, boxes by their titles.
fn facts(matter: &Matter<'_>, language: Language) -> String {
    match (&matter.sign, matter.cause) {
        (Sign::Upstream(warning), _) => chain(warning),
        (Sign::Itself(_), Cause::Overdue) => with_minus(&matter.facts(language.short())),
        (Sign::Itself(outlook), _) => with_minus(&outlook.facts(language.short())),
    }
}

/// What is behind upstream, and the chain from there.
fn chain(warning: &Warning<'_>) -> String {
    let names: Vec<&str> = warning.path.iter().map(|node| node.label()).collect();
    let (first, others) = names
        .split_first()
        .map_or(("", &[][..]), |(first, others)| (*first, others));
    let mut out = format!("{first} is {}", wording::status(warning.status).to_lowercase());
    for (name, effect) in others.iter().zip(&warning.effects) {
        out.push_str(match effect {
            Effect::Supports => ", which helps to bring about ",
            Effect::Hinders => ", which hinders ",
        });
        out.push_str(name);
    }
    out
}

fn verdict(cause: Cause) -> Verdict {
    match cause {
        Cause::Missed | Cause::OffTrack | Cause::Lost => chart::verdict(Status::OffTrack),
        Cause::AtRisk | Cause::TargetUnlikely | Cause::EarlyWarning => chart::verdict(Status::AtRisk),
        Cause::Overdue => chart::verdict(Status::NoData),
    }
}

/// The benefits realisation plan of each owner: what each is responsible for, their activities in the order in which they can be done, their
/// KPIs and risks; and pictures of all plans over time at the end.
pub fn plan_report(map: &BenefitMap, plans: &[RealizationPlan<'_>], pictures: Vec<Picture>, as_of: Day) -> Report {
    let records = Lookup::new(map);
    let mut report = begun("Benefits realisation plans", map, as_of, None);
    if plans.is_empty() {
        report.push(Block::note("No owner has anything to do."));
        return report;
    }
    for plan in plans {
        report.push(Block::heading(1, plan.owner.in_full()));
        report.extend(of_owner(&records, plan));
        if !plan.kpis.is_empty() {
            report.push(Block::Table(kpis(&records, &plan.kpis)));
        }
        if !plan.risks.is_empty() {
            let mut table = Table::new(
                format!("Risks of the {}", plan.owner.label()),
                [
                    Column::new("Risk", 5.0),
                    Column::new("Exposure", 1.6),
                    Column::new("Close by", 1.8),
                ],
            );
            for risk in &plan.risks {
                let title = match risk.title.trim() {
                    "" => risk.id.as_str(),
                    title => title,
                };
                table.push([
                    Cell::text(title),
                    Cell::text(
                        risk.exposure()
                            .map_or("Not scored".to_owned(), |of| format!("{of} of 25")),
                    ),
                    Cell::text(
                        risk.close_by
                            .map_or(String::new(), |day| records.language().short_day(day)),
                    ),
                ]);
            }
            report.push(Block::Table(table));
        }
    }
    if !pictures.is_empty() {
        report.push(Block::heading(1, "The plans over time"));
        report.extend(pictures.into_iter().map(Block::picture));
    }
    report
}

fn kpis(records: &Lookup<'_>, kpis: &[&Kpi]) -> Table {
    let mut table = Table::new(
        "",
        [
            Column::new("KPI", 2.6),
            Column::new("Of", 2.4),
            Column::new("Baseline", 2.0),
            Column::new("Final target", 2.2),
        ],
    );
    for kpi in kpis {
        table.push([
            Cell::text(kpi.label()),
            Cell::text(wording::title(records, &kpi.node)),
            Cell::text(wording::short_baseline(records.language(), kpi)),
            Cell::text(wording::target(records.language(), kpi)),
        ]);
    }
    table
}

/// What an owner is responsible for, and their activities in the order in which they can be done.
pub(super) fn of_owner(records: &Lookup<'_>, plan: &RealizationPlan<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    let names = |nodes: &[&Node]| wording::row(&nodes.iter().map(|node| node.label()).collect::<Vec<_>>());
    let mut line = Vec::new();
    if !plan.outcomes.is_empty() {
        line.push(Inline::Strong("Responsible for ".to_owned()));
        line.push(Inline::text(format!("{}. ", names(&plan.outcomes))));
    }
    if !plan.outputs.is_empty() {
        line.push(Inline::Strong("Delivers ".to_owned()));
        line.push(Inline::text(format!("{}.", names(&plan.outputs))));
    }
    if !line.is_empty() {
        out.push(Block::Paragraph(line));
    }
    if plan.activities.is_empty() {
        out.push(Block::text("No activities are planned."));
        return out;
    }
    let mut table = Table::new(
        format!("Activities of the {}", plan.owner.label()),
        [
            Column::new("Activity", 3.4),
            Column::new("For", 2.6),
            Column::new("From", 1.5),
            Column::new("To", 1.5),
            Column::new("After", 2.2),
        ],
    );
    for planned in &plan.activities {
        let activity = planned.activity;
        let waits = planned.waits_for.iter();
        let waits = waits.map(|(id, _)| {
            let known = records.activity(id);
            known.map_or(id.to_string(), |activity| activity.label().to_owned())
        });
        table.push([
            Cell::text(activity.label()),
            Cell::text(activity.node.as_ref().map_or("", |id| wording::title(records, id))),
            Cell::text(
                activity
                    .start
                    .map_or(String::new(), |day| records.language().short_day(day)),
            ),
            Cell::text(
                activity
                    .end
                    .map_or(String::new(), |day| records.language().short_day(day)),
            ),
            Cell::lines(waits),
        ]);
    }
    out.push(Block::Table(table));
    out
}
