//! `status`: how the map stands as of a day.

use std::collections::BTreeSet;

use anyhow::Result;
use benefit_map::finding::snippet::Style;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Locale, OwnerId, limits};
use benefit_map::report::status_report;
use benefit_map::table;
use benefit_map::track::{self, Measurements, NodeStanding, Outlook, Standing, Warning};

use crate::args::{Status, StatusFormat};
use crate::cmd::tables::counted;
use crate::columns::Cell;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, columns, document as paper, io, measured, output, spark};

pub fn run(args: &Status, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the status", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let graph = BenefitGraph::new(&document.map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read(&args.measured, &document.map, as_of, files, terminal)?;
    let standing = track::standing(&graph, &measurements, as_of);
    let bytes = match output.format {
        StatusFormat::Text => text(
            &document.map,
            &measurements,
            &standing,
            columns::width(&output.place),
            terminal.out,
        )
        .written(&output.place),
        StatusFormat::Json => standing.to_json().into_bytes(),
        StatusFormat::Csv => table::csv::write(&table::status(&document.map, &standing)),
        StatusFormat::Docx | StatusFormat::Pdf => {
            limits::of_document(&document.map)?;
            let report = status_report(&graph, &standing);
            match output.format {
                StatusFormat::Docx => paper::docx(&report, &document.map, terminal)?,
                _ => paper::pdf(&report, &document.map, terminal)?,
            }
        }
    };
    let what = counted(standing.kpis.len(), "KPI", "KPIs");
    files.write(&output.place, &bytes)?.say(what, terminal);
    // The status that needs most attention comes first in their order.
    let denied = |least| standing.kpis.iter().any(|outlook| outlook.status <= least);
    let denied = args.deny.is_some_and(denied);
    Ok(match denied {
        true => Verdict::Findings,
        false => args.measured.verdict(Some(&measurements)),
    })
}

/// The standing for people: a line of counts, then a table, worst first.
pub fn text(
    map: &BenefitMap,
    measurements: &Measurements,
    standing: &Standing<'_>,
    width: columns::Width,
    style: Style,
) -> Page {
    let line = |o: &Outlook<'_>| spark::line(&track::actuals(o.kpi, measurements, standing.as_of));
    let mut rows: Vec<[Cell; 4]> = Vec::new();
    let mut quiet = 0;
    for node in standing.worst_first() {
        let mut own: Vec<&Outlook<'_>> = standing.kpis.iter().filter(|o| o.kpi.node == node.node.id).collect();
        own.sort_by_key(|o| o.status);
        if own.is_empty() && node.warning.is_none() {
            quiet += 1;
            continue;
        }
        let mut why: Vec<String> = own
            .iter()
            .map(|o| {
                let status = (Some(o.status) != node.status).then(|| format!("{}, ", o.status.label()));
                format!("{}: {}{}{}", o.kpi.id, line(o), status.unwrap_or_default(), facts(o))
            })
            .collect();
        why.extend(node.warning.as_ref().map(chain));
        rows.push([
            word(node).into(),
            name(&node.node.title, node.node.id.as_str()).into(),
            owner(map, node.node.owner.as_ref()).into(),
            Cell::lines(why),
        ]);
    }
    let on_map: BTreeSet<&str> = standing.nodes.iter().map(|n| n.node.id.as_str()).collect();
    for o in standing.kpis.iter().filter(|o| !on_map.contains(o.kpi.node.as_str())) {
        rows.push([
            o.status.label().into(),
            format!("{} (not on the map)", o.kpi.node).into(),
            "".into(),
            format!("{}: {}{}", o.kpi.id, line(o), facts(o)).into(),
        ]);
    }
    let mut out = Page::default();
    out.line(format!("As of {}: {}", standing.as_of, counts(standing)));
    if let Some(sentence) = standing.reception.sentence() {
        out.line(words(&sentence));
    }
    if !rows.is_empty() {
        out.gap();
        let head = ["status", "node", "owner", "why"];
        let table = columns::write(head, &rows, width, |status, piece| paint(status, piece, style));
        out.rendered(&table, style);
    }
    if quiet > 0 {
        let (nodes, have) = if quiet == 1 { ("node", "has") } else { ("nodes", "have") };
        out.gap();
        out.line(format!(
            "{quiet} {nodes} without a KPI {have} nothing off track upstream, and {} not listed.",
            if quiet == 1 { "is" } else { "are" }
        ));
    }
    out
}

/// How many KPIs have each status, worst first.
pub fn counts(standing: &Standing<'_>) -> String {
    let of = |status: track::Status| standing.kpis.iter().filter(|o| o.status == status).count();
    let mut parts: Vec<String> = track::Status::ALL
        .iter()
        .map(|status| (of(*status), status.label()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if parts.is_empty() {
        return "the map has no KPI".to_owned();
    }
    let kpis = standing.kpis.len();
    parts[0] = format!("of {kpis} KPI{} {}", if kpis == 1 { "" } else { "s" }, parts[0]);
    let warned = standing.nodes.iter().filter(|node| node.warning.is_some()).count();
    if warned > 0 {
        parts.push(format!(
            "{warned} node{} warned from upstream",
            if warned == 1 { " is" } else { "s are" }
        ));
    }
    parts.join(", ")
}

/// What stands in the first column.
fn word(node: &NodeStanding<'_>) -> String {
    use track::Status::{AtRisk, Missed, OffTrack};
    match node.status {
        Some(status @ (Missed | OffTrack | AtRisk)) => status.label().to_owned(),
        // Its own figures say nothing worse than what comes from upstream.
        Some(status) if node.warning.is_some() => format!("{}, warned", status.label()),
        Some(status) => status.label().to_owned(),
        None => "warned".to_owned(),
    }
}

fn paint(status: &str, piece: String, style: Style) -> String {
    let Style::Coloured = style else { return piece };
    let escape = match status {
        "missed" | "off track" => "\x1b[1;31m",
        "on track" | "achieved" => "\x1b[32m",
        "no data" | "not due" => "\x1b[2m",
        _ => "\x1b[33m",
    };
    format!("{escape}{piece}\x1b[0m")
}

fn name(title: &str, id: &str) -> String {
    if title.is_empty() {
        id.to_owned()
    } else {
        format!("{title} [{id}]")
    }
}

fn owner(map: &BenefitMap, id: Option<&OwnerId>) -> String {
    let Some(id) = id else { return "nobody".to_owned() };
    let name = map
        .owner(id)
        .map(|owner| owner.name.as_str())
        .filter(|name| !name.is_empty());
    name.unwrap_or(id.as_str()).to_owned()
}

/// What is upstream: the chain with the KPI at its head.
fn chain(warning: &Warning<'_>) -> String {
    let chain = warning.to_string().replace("(off-track)", "(off track)");
    format!("upstream: {chain}, by {}", warning.kpi.id)
}

/// How a KPI stands, in one line.
fn facts(o: &Outlook<'_>) -> String {
    o.facts(Locale::plain())
}
