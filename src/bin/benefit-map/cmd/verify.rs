//! `appraise --verify`: a workbook of an appraisal against the map.

use std::path::Path;

use anyhow::Result;
use benefit_map::appraise::{Assumed, appraise};
use benefit_map::escape::json::pretty;
use benefit_map::graph::BenefitGraph;
use benefit_map::table::xlsx::{Difference, DifferenceKind, Verified, verify_appraisal};
use serde_json::json;

use crate::args::{Appraise, AppraiseFormat};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, io, output};

/// How many differences of one kind text shows.
const LONGEST: usize = 40;

pub fn run(args: &Appraise, book: &Path, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    use AppraiseFormat::{Json, Text};
    let output = output::among("a comparison", &[Text, Json], args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let graph = BenefitGraph::new(&document.map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let mut assumed = Assumed::default();
    let rates = args.rates.as_deref().map(|name| super::appraise::rates_of(name, files));
    assumed.rates = rates.transpose()?;
    let appraised = appraise(&graph, &assumed).map_err(|why| super::appraise::told(&why, &document))?;
    let bytes = files.bytes(book)?;
    let file = book.display().to_string();
    let verified = verify_appraisal(&file, &bytes, &appraised)?;
    let bytes = match output.format {
        Json => as_json(&verified).into_bytes(),
        _ => text(&verified, &file, &args.map.display().to_string()).written(&output.place),
    };
    let what = counted(verified.differences.len(), "difference", "differences");
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(match verified.differences.is_empty() {
        true => Verdict::Clean,
        false => Verdict::Findings,
    })
}

fn as_json(verified: &Verified) -> String {
    let one = |one: &Difference| {
        json!({"kind": one.kind.as_str(), "sheet": one.sheet, "cell": one.cell, "what": one.what,
            "expected": one.expected, "found": one.found})
    };
    pretty(&json!({
        "same": verified.differences.is_empty(),
        "inputs": verified.inputs,
        "figures": verified.figures,
        "differences": verified.differences.iter().map(one).collect::<Vec<_>>(),
    }))
}

fn text(verified: &Verified, book: &str, map: &str) -> Page {
    let mut page = Page::default();
    let compared = format!(
        "{} compared and {} worked out again",
        counted(verified.inputs, "input", "inputs"),
        counted(verified.figures, "figure", "figures")
    );
    if verified.differences.is_empty() {
        page.line(format!("{book} and {map} agree: {compared}."));
        return page;
    }
    let count = counted(verified.differences.len(), "difference", "differences");
    page.line(format!("{book} and {map} differ: {count}; {compared}."));
    for (kind, heading, by) in [
        (DifferenceKind::Input, "Inputs that differ", "the map has"),
        (
            DifferenceKind::Formula,
            "Formulas that were changed or typed over",
            "was written as",
        ),
        (
            DifferenceKind::Calculation,
            "Figures that the inputs of the workbook do not come to: save it again with a program that calculates",
            "its inputs come to",
        ),
        (DifferenceKind::Result, "Results that differ", "the map comes to"),
    ] {
        let all: Vec<&Difference> = verified.differences.iter().filter(|one| one.kind == kind).collect();
        if all.is_empty() {
            continue;
        }
        page.gap();
        page.line(format!("{heading} ({})", all.len()));
        for one in all.iter().take(LONGEST) {
            let place = match one.cell.as_str() {
                "" => words(&one.sheet),
                cell => format!("{}!{cell}", words(&one.sheet)),
            };
            page.line(format!(
                "  {place}, {}: {by} {}, the workbook has {}",
                words(&one.what),
                words(&one.expected),
                words(&one.found)
            ));
        }
        if let Some(more) = all.len().checked_sub(LONGEST).filter(|more| *more > 0) {
            page.line(format!("  … and {more} more: see --format json"));
        }
    }
    page
}
