//! `seal`: what a map was on a day, and whether it still is.

use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::audit::{self, SealBook, Sealing};
use benefit_map::check::{self, Options, Profile};
use benefit_map::graph::BenefitGraph;

use crate::args::Seal;
use crate::files::{Files, Over};
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, io, measured, output};

pub fn run(args: &Seal, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    match (&args.verify, &args.output) {
        (Some(book), None) => verify(args, book, files, terminal),
        (None, Some(output)) => seal(args, output, files, terminal),
        (Some(_), Some(_)) => bail!("either seal with -o, or hold a map against its seals with --verify"),
        (None, None) => bail!("name the file of seals: -o FILE to seal, --verify FILE to hold the map against it"),
    }
}

/// The seals of a file, every one held against its digest.
pub fn read(path: &Path, files: &Files) -> Result<SealBook> {
    let shown = path.display();
    let bytes = files.bytes(path)?;
    let text = std::str::from_utf8(&bytes).with_context(|| format!("{shown} is not UTF-8 text"))?;
    SealBook::read(text).with_context(|| format!("{shown} is refused"))
}

fn seal(args: &Seal, output: &Path, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let Some(path) = &args.map else {
        bail!("name the map to seal")
    };
    if io::is_stream(output) {
        bail!("seals are added to a file: name it with -o");
    }
    let place = output::only("a file of seals", &["json"], Some(output))?;
    let document = files.map(path)?;
    let map = &document.map;
    let book = if output.exists() {
        Some(read(output, files)?)
    } else {
        None
    };
    let on = io::day_or_today(args.on)?;
    let measurements = match args.measured.measurements.is_empty() {
        true => None,
        false => Some(measured::read(&args.measured, map, on, files, terminal)?),
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
    files.write_over(&place, book.write().as_bytes(), Over::Itself(output))?;
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

fn verify(args: &Seal, path: &Path, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let book = read(path, files)?;
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
        let document = files.map(map)?;
        if book.holds(&document.map) {
            out.line(format!("{} is the map of the last seal.", map.display()));
        } else {
            verdict = Verdict::Findings;
            out.line(format!("{} is not the map of the last seal:", map.display()));
            out.gap();
            out.append(&super::diff::text(&audit::compare(&book.map, &document.map, None)));
        }
        if !args.measured.measurements.is_empty() {
            let measurements = measured::read(
                &args.measured,
                &document.map,
                io::day_or_today(args.on)?,
                files,
                terminal,
            )?;
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
    files.print(out.as_str().as_bytes())?;
    Ok(verdict)
}
