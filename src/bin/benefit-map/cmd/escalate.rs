//! `escalate`: what each owner must be told.

use anyhow::Result;
use benefit_map::finding::snippet::Style;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{Day, Locale, limits};
use benefit_map::report::escalation_report;
use benefit_map::table::{self, markdown};
use benefit_map::track::{self, Cause, Escalation, Matter, Reception};

use crate::args::{Escalate, LetterFormat};
use crate::cmd::tables::counted;
use crate::columns::Cell;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, columns, document as paper, io, measured, output};

pub fn run(args: &Escalate, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("what owners need to know", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let graph = BenefitGraph::new(&document.map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read(&args.measured, &document.map, as_of, files, terminal)?;
    let parts = track::escalate(&document.map, &track::standing(&graph, &measurements, as_of));
    let bytes = match output.format {
        LetterFormat::Text => {
            text(&parts, as_of, measurements.reception(), columns::width(&output.place)).written(&output.place)
        }
        LetterFormat::Markdown => markdown_of(&parts, as_of, measurements.reception()).into_bytes(),
        LetterFormat::Csv => table::csv::write(&table::escalations(&parts)),
        LetterFormat::Docx | LetterFormat::Pdf => {
            limits::of_document(&document.map)?;
            let report = escalation_report(&document.map, &parts, as_of, measurements.reception());
            match output.format {
                LetterFormat::Docx => paper::docx(&report, &document.map, terminal)?,
                _ => paper::pdf(&report, &document.map, terminal)?,
            }
        }
    };
    let matters = parts.iter().map(|part| part.matters.len()).sum();
    let what = counted(matters, "issue", "issues");
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(args.measured.verdict(Some(&measurements)))
}

fn heading(part: &Escalation<'_>) -> String {
    match part.owner {
        None => "No owner: these need one".to_owned(),
        Some(owner) => owner.in_full(),
    }
}

/// What a matter is about: a node and its KPI by their titles, as a number says nothing beside the name of the node alone. Of an
/// early warning the KPI is another node's, which the chain names.
fn about(matter: &Matter<'_>) -> String {
    let kpi = &matter.kpi;
    let measure = match kpi.title.trim() {
        "" => kpi.id.to_string(),
        title => format!("{title} ({})", kpi.id),
    };
    let Some(node) = matter.node else { return measure };
    let node = node.label();
    match matter.cause {
        Cause::EarlyWarning => format!("{node} (by {})", kpi.id),
        _ => format!("{node}: {measure}"),
    }
}

fn text(parts: &[Escalation<'_>], as_of: Day, reception: &Reception, width: columns::Width) -> Page {
    let mut out = Page::default();
    if let Some(sentence) = reception.sentence() {
        out.line(words(&sentence));
    }
    if parts.is_empty() {
        out.line(format!("As of {as_of}, no owner needs to act."));
    }
    for part in parts {
        let rows: Vec<[Cell; 3]> = part
            .matters
            .iter()
            .map(|matter| {
                [
                    matter.cause.label().into(),
                    about(matter).into(),
                    matter.facts(Locale::plain()).into(),
                ]
            })
            .collect();
        if !out.is_empty() {
            out.gap();
        }
        out.line(format!("{}, as of {as_of}", words(&heading(part))));
        out.gap();
        let table = columns::write(["what", "of", "facts"], &rows, width, |_, piece| piece);
        out.rendered(&table, Style::Plain);
    }
    out
}

fn markdown_of(parts: &[Escalation<'_>], as_of: Day, reception: &Reception) -> String {
    let mut out = format!("# What owners need to know, as of {as_of}\n");
    if let Some(sentence) = reception.sentence() {
        out.push_str(&format!("\n{}\n", markdown::escape(&sentence)));
    }
    if parts.is_empty() {
        out.push_str("\nNo owner needs to act.\n");
    }
    for part in parts {
        out.push_str(&format!("\n## {}\n\n", markdown::escape(&heading(part))));
        for matter in &part.matters {
            out.push_str(&format!(
                "- **{}**: {}: {}\n",
                matter.cause.label(),
                markdown::escape(&about(matter)),
                markdown::escape(&matter.facts(Locale::plain()))
            ));
        }
    }
    out
}
