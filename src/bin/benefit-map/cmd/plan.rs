//! `plan`: the benefits realisation plan of each owner.

use anyhow::Result;
use benefit_map::chart::{self, Gantt, GanttRow, Lane};
use benefit_map::map::{BenefitMap, Day, Kpi, Number, Owner, limits, with_unit};
use benefit_map::report::{Picture, Width, plan_report};
use benefit_map::scene::Scene;
use benefit_map::table::{self, Cell, Table, markdown};
use benefit_map::track::{self, RealizationPlan};

use crate::args::{Plan, PlanFormat};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::picture::{self, PictureFormat, Replace, Wanted};
use crate::{Verdict, columns, document as paper, io, named, output};

/// The parts of a plan as the table calls them, with their headings.
const PARTS: [(&str, &str); 5] = [
    ("outcome", "Outcomes"),
    ("output", "What brings them about"),
    ("activity", "Activities, in order"),
    ("kpi", "KPIs"),
    ("risk", "Risks"),
];

pub fn run(args: &Plan, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the plan", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let mut plans = track::realization_plans(&document.map);
    if !args.owner.is_empty() {
        let owners = named::find_all::<Owner>("--owner", &args.owner, &document.map, &args.map.display())?;
        plans.retain(|plan| owners.iter().any(|owner| owner.id == plan.owner.id));
    }
    let what = counted(plans.len(), "owner", "owners");
    let drawn = |format| {
        let (scenes, wanted) = drawn(args, &document.map, &plans, format)?;
        picture::write(&scenes, &wanted, (&output.place, &what), files, terminal)?;
        Ok(Verdict::Clean)
    };
    if let Some(width) = columns::seen(&output.place).filter(|_| args.format.is_none()) {
        files.print(&seen(&document.map.title, &plans, width).printed())?;
        return Ok(Verdict::Clean);
    }
    let bytes = match output.format {
        PlanFormat::Markdown => markdown_of(&document.map.title, &plans).into_bytes(),
        PlanFormat::Svg => return drawn(PictureFormat::Svg),
        PlanFormat::Png => return drawn(PictureFormat::Png),
        PlanFormat::Docx | PlanFormat::Pdf => {
            limits::of_document(&document.map)?;
            let as_of = io::day_or_today(args.as_of)?;
            let report = plan_report(&document.map, &plans, pages(args, &document.map, &plans, as_of), as_of);
            match output.format {
                PlanFormat::Docx => paper::docx(&report, &document.map, terminal)?,
                _ => paper::pdf(&report, &document.map, terminal)?,
            }
        }
        PlanFormat::Csv => table::csv::write(&table::realization_plans(&plans)),
    };
    files.write(&output.place, &bytes)?.say(&what, terminal);
    Ok(Verdict::Clean)
}

/// The plans as pictures, each for a page of a document that lies across; none where nothing has a day.
fn pages(args: &Plan, map: &BenefitMap, plans: &[RealizationPlan<'_>], as_of: Day) -> Vec<Picture> {
    let gantt = gantt_of(map, plans, as_of);
    if gantt.lanes.is_empty() {
        return Vec::new();
    }
    let scenes = chart::gantt_pages(&gantt, chart::A4_ACROSS);
    let many = scenes.len();
    let picture = |(at, scene): (usize, Scene)| {
        let caption = match many {
            1 => "The plans over time".to_owned(),
            _ => format!("The plans over time, part {} of {many}", at + 1),
        };
        let mut picture = Picture::new(scene, caption);
        (picture.theme, picture.width) = (args.theme, Width::Landscape);
        picture
    };
    scenes.into_iter().enumerate().map(picture).collect()
}

/// The plans as one picture.
fn drawn(
    args: &Plan,
    map: &BenefitMap,
    plans: &[RealizationPlan<'_>],
    format: PictureFormat,
) -> Result<(Vec<Scene>, Wanted)> {
    let gantt = gantt_of(map, plans, io::day_or_today(args.as_of)?);
    let scenes = vec![chart::gantt(&gantt)];
    let wanted = Wanted {
        format,
        theme: args.theme,
        pixels: args.pixels,
        replace: Replace::No,
    };
    Ok((scenes, wanted))
}

/// The plans as a picture shows them: of each owner the activities in order, then what is due, then the targets.
fn gantt_of(map: &BenefitMap, plans: &[RealizationPlan<'_>], as_of: Day) -> Gantt {
    let lanes: Vec<Lane> = plans
        .iter()
        .map(|plan| {
            let activities = plan.activities.iter().map(|planned| GanttRow {
                id: planned.activity.id.to_string(),
                title: named(&planned.activity.title, planned.activity.id.as_str()),
                span: Some((planned.activity.start, planned.activity.end)),
                after: planned.activity.after.iter().map(ToString::to_string).collect(),
                days: Vec::new(),
            });
            let nodes = plan.outputs.iter().chain(&plan.outcomes);
            let due = nodes.filter_map(|node| {
                Some(GanttRow {
                    title: format!("Due: {}", named(&node.title, node.id.as_str())),
                    days: vec![(node.due?, String::new())],
                    ..GanttRow::default()
                })
            });
            let owned = |kpi: &&&Kpi| {
                map.nodes
                    .iter()
                    .any(|n| n.id == kpi.node && n.owner.as_ref() == Some(&plan.owner.id))
            };
            let kpis = plan.kpis.iter().filter(owned).filter_map(|kpi| {
                let unit = kpi.unit.trim();
                let said = |value: Number| match unit {
                    unit if unit.chars().count() <= 6 => with_unit(&value.grouped(), unit),
                    _ => value.grouped(),
                };
                let days: Vec<(Day, String)> = kpi
                    .targets
                    .iter()
                    .filter_map(|target| Some((target.date?, said(target.value))))
                    .collect();
                (!days.is_empty()).then(|| GanttRow {
                    title: format!("KPI: {}", named(&kpi.title, kpi.id.as_str())),
                    days,
                    ..GanttRow::default()
                })
            });
            Lane {
                name: match plan.owner.organisation.as_str() {
                    "" => plan.owner.name.clone(),
                    organisation => format!("{}, {organisation}", plan.owner.name),
                },
                rows: activities.chain(due).chain(kpis).collect(),
            }
        })
        .filter(|lane| !lane.rows.is_empty())
        .collect();
    Gantt {
        title: format!("Benefits realisation plan: {}", map.title),
        subtitle: String::new(),
        description: described(plans, as_of),
        lanes,
        today: Some(as_of),
        language: map.language(),
        ..Gantt::default()
    }
}

/// The picture in words: whose activities, from when to when, and what waits for what.
fn described(plans: &[RealizationPlan<'_>], as_of: Day) -> String {
    let mut out = format!("The benefits realisation plans as of {as_of}.");
    for plan in plans.iter().filter(|plan| !plan.activities.is_empty()) {
        let told: Vec<String> = plan
            .activities
            .iter()
            .map(|planned| {
                let activity = planned.activity;
                let from = activity.start.map(|day| format!(" from {day}"));
                let to = activity.end.map(|day| format!(" to {day}"));
                let after: Vec<&str> = activity.after.iter().map(|id| id.as_str()).collect();
                let after = (!after.is_empty()).then(|| format!(", after {}", after.join(" and ")));
                let parts: String = [from, to, after].into_iter().flatten().collect();
                format!("{}{parts}", named(&activity.title, activity.id.as_str()))
            })
            .collect();
        out.push_str(&format!(" {}: {}.", plan.owner.name, told.join("; ")));
    }
    out
}

fn named(title: &str, id: &str) -> String {
    match title {
        "" => id.to_owned(),
        title => title.to_owned(),
    }
}

fn markdown_of(title: &str, plans: &[RealizationPlan<'_>]) -> String {
    let mut out = format!("# Benefits realisation plans: {}\n", markdown::escape(title));
    if plans.is_empty() {
        out.push_str("\nNo owner has anything to do.\n");
    }
    for plan in plans {
        let owner = plan.owner;
        out.push_str(&format!("\n## {}\n", markdown::escape(&owner.name)));
        if !owner.organisation.is_empty() {
            out.push_str(&format!("\n{}\n", markdown::escape(&owner.organisation)));
        }
        let whole = table::realization_plans(std::slice::from_ref(plan));
        for (part, heading) in PARTS {
            let part = bare(part_of(&whole, part));
            if part.rows.is_empty() {
                continue;
            }
            out.push_str(&format!("\n### {heading}\n\n{}", markdown::write(&part)));
        }
    }
    out
}

/// The plans as they are read on a terminal.
fn seen(title: &str, plans: &[RealizationPlan<'_>], width: usize) -> Page {
    let mut out = Page::default();
    out.line(format!("Benefits realisation plans: {}", words(title)));
    if plans.is_empty() {
        out.line("No owner has anything to do.");
    }
    for plan in plans {
        out.gap();
        out.line(words(&plan.owner.in_full()));
        let whole = table::realization_plans(std::slice::from_ref(plan));
        for (part, heading) in PARTS {
            let part = bare(part_of(&whole, part));
            if !part.rows.is_empty() {
                out.gap();
                out.line(heading);
                out.gap();
                out.append(&columns::blocks_of(&part, width));
            }
        }
    }
    out
}

/// The part without the owner and its name, which stand in the headings.
fn bare(mut part: Table) -> Table {
    if !part.rows.is_empty() {
        part.columns.drain(..3);
        part.rows.iter_mut().for_each(|row| drop(row.drain(..3)));
    }
    part
}

/// The rows of one part.
fn part_of(whole: &Table, part: &str) -> Table {
    let of_part = |row: &&Vec<Cell>| row.get(2).is_some_and(|cell| cell.to_text() == part);
    Table {
        rows: whole.rows.iter().filter(of_part).cloned().collect(),
        ..whole.clone()
    }
}
