//! `seal`: what a map was on a day, and whether it still is.

use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::audit::{self, SealBook, Sealing};
use benefit_map::check::{self, Options, Profile};
use benefit_map::graph::BenefitGraph;

use crate::args::Seal;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, io, measured};

/// A file of seals of more bytes than this is not one.
const MOST_BYTES: u64 = 1 << 30;

pub fn run(args: &Seal, terminal: &Terminal) -> Result<Verdict> {
    match (&args.verify, &args.output) {
        (Some(book), None) => verify(args, book, terminal),
        (None, Some(output)) => seal(args, output, terminal),
        (Some(_), Some(_)) => bail!("either seal with -o, or hold a map against its seals with --verify"),
        (None, None) => bail!("name the file of seals: -o FILE to seal, --verify FILE to hold the map against it"),
    }
}

/// The seals of a file, every one held against its digest.
pub fn read(path: &Path) -> Result<SealBook> {
    let shown = path.display();
    let size = std::fs::metadata(path)
        .with_context(|| format!("{shown} could not be read"))?
        .len();
    if size > MOST_BYTES {
        bail!("{shown} is larger than a file of seals may be");
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown} could not be read"))?;
    SealBook::read(&text).with_context(|| format!("{shown} is refused"))
}

fn seal(args: &Seal, output: &Path, terminal: &Terminal) -> Result<Verdict> {
    let Some(path) = &args.map else {
        bail!("name the map to seal")
    };
    if io::is_stream(output) {
        bail!("seals are added to a file: name it with -o");
    }
    let document = io::read_map(path)?;
    let map = &document.map;
    let book = if output.exists() { Some(read(output)?) } else { None };
    let on = io::day_or_today(args.on)?;
    let measurements = match args.measured.measurements.is_empty() {
        true => None,
        false => Some(measured::read(&args.measured, map, terminal)?),
    };
    let graph = BenefitGraph::new(map);
    let options = Options {
        as_of: Some(on),
        ..Options::new(Profile::Audit)
    };
    let report = match &measurements {
        Some(measurements) => check::check_measured(&graph, measurements, &options),
        None => check::check(&graph, &options),
    };
    let coverage = audit::coverage(&graph, measurements.as_ref().map(|m| (m, on)));
    let sealing = Sealing {
        on,
        by: args.by.as_deref().unwrap_or(""),
        note: args.note.as_deref().unwrap_or(""),
        measurements: measurements.as_ref(),
        coverage: &coverage,
        findings: report.summary(),
    };
    let book = SealBook::seal(book, map, &sealing)?;
    io::write(Some(output), book.write().as_bytes())?;
    if let Some(seal) = book.last() {
        terminal.say(format!(
            "sealed {} as seal {} of {} in {}: {}",
            path.display(),
            seal.number,
            seal.on,
            output.display(),
            report.summary(),
        ));
        terminal.say(format!("keep this digest elsewhere: {}", seal.digest));
    }
    Ok(Verdict::Clean)
}

fn verify(args: &Seal, path: &Path, terminal: &Terminal) -> Result<Verdict> {
    let book = read(path)?;
    if let Some(expected) = &args.expect {
        book.expect(expected)
            .with_context(|| format!("{} is refused", path.display()))?;
    }
    let mut out = Page::default();
    for seal in &book.seals {
        let by = if seal.by.is_empty() {
            String::new()
        } else {
            format!(" by {}", words(&seal.by))
        };
        let findings = seal.findings;
        out.line(format!(
            "seal {} of {}{by}: {} errors, {} warnings, {} notes, {} allowed; {}",
            seal.number, seal.on, findings.errors, findings.warnings, findings.notes, findings.allowed, seal.digest
        ));
    }
    out.line("The chain of seals is whole.");
    let mut verdict = Verdict::Clean;
    if let Some(map) = &args.map {
        let document = io::read_map(map)?;
        if book.holds(&document.map) {
            out.line(format!("{} is the map of the last seal.", map.display()));
        } else {
            verdict = Verdict::Findings;
            out.line(format!("{} is not the map of the last seal:", map.display()));
            out.gap();
            out.append(&super::diff::text(&audit::compare(&book.map, &document.map, None)));
        }
        if !args.measured.measurements.is_empty() {
            let measurements = measured::read(&args.measured, &document.map, terminal)?;
            match book.holds_measurements(&measurements) {
                Some(true) => out.line("The measurements are those of the last seal."),
                Some(false) => {
                    verdict = Verdict::Findings;
                    out.line("The measurements are not those of the last seal.");
                }
                None => out.line("No measurements were sealed."),
            }
        }
    }
    terminal.print(None, &out)?;
    Ok(verdict)
}
