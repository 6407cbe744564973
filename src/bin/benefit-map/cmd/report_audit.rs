//! `report`: documents about a map.

use anyhow::{Context as _, Result};
use benefit_map::audit::{self, Axis, RowsHeld};
use benefit_map::check::{self, Options, Profile};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{NodeKind, limits};
use benefit_map::report::{self, audit::AuditInput};
use benefit_map::track::Measurements;

use crate::args::{AuditFormat, ReportAudit};
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, document, io, measured, output, progress};

/// The audit report.
pub fn audit(args: &ReportAudit, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the audit report", args.format, args.output.as_deref())?;
    let read = files.map(&args.map)?;
    let map = &read.map;
    let as_of = io::day_or_today(args.as_of)?;
    let given = match args.measured.measurements.is_empty() {
        true => None,
        false => Some(measured::read_rows(&args.measured, map, as_of, files, terminal)?),
    };
    let measurements = given.as_ref().map(|(values, _)| values);
    let graph = BenefitGraph::new(map);
    let (from, to) = (Axis::Kind(NodeKind::Investment), Axis::Kind(NodeKind::EndOutcome));
    let (rows, columns) = audit::matrix_size(&graph, from, to);
    limits::AUDIT_PAIRS.hold(rows.saturating_mul(columns))?;
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let mut options = Options::new(Profile::Audit);
    options.as_of = Some(as_of);
    let answered = super::survey::beside(&args.answered, map, files, terminal)?;
    let answered = answered.as_ref().map(|(sets, answers)| (&sets[..], answers));
    progress::stage("Checking the map");
    let mut known = check::Known::default();
    (known.measurements, known.answered) = (measurements, answered);
    let findings = check::check_with(&graph, known, &options);
    let measured = measurements.map(|m| (m, as_of));
    let book = match &args.seals {
        Some(path) => Some(super::seal::read(path, files)?),
        None => None,
    };
    let mut held_verdict = Verdict::Clean;
    let mut sealed_measurements = Vec::new();
    if let (Some(book), Some(path)) = (&book, &args.seals) {
        let (held, told) = super::seal::rows_held(book, given.as_ref());
        let same = measurements.filter(|_| held == Some(RowsHeld::Same));
        book.refigured(same)
            .with_context(|| format!("{} is not valid", path.display()))?;
        // That more has been measured since is as it should be; that sealed rows are others is not.
        if matches!(held, Some(RowsHeld::Changed(_))) {
            held_verdict = Verdict::Findings;
        }
        if !matches!(held, Some(RowsHeld::Same | RowsHeld::NotSealed)) {
            told.iter().for_each(|line| terminal.say(line));
        }
        if held != Some(RowsHeld::NotSealed) {
            sealed_measurements = told;
        }
    }
    let old = match &args.since {
        Some(path) => Some(files.map(path)?),
        None => None,
    };
    // An old map that is named counts before the last seal.
    let before = match (&old, &book, &args.since) {
        (Some(old), _, Some(path)) => Some((&old.map, path.display().to_string())),
        (_, Some(book), _) => book
            .last()
            .map(|seal| (&book.map, format!("seal {} of {}", seal.number, seal.on))),
        _ => None,
    };
    let changes = before.map(|(before, name)| (audit::compare(before, map, measured), name));
    let input = AuditInput {
        map,
        source: &args.map.file_name().unwrap_or_default().to_string_lossy(),
        as_of,
        reception: measurements.map(Measurements::reception),
        findings: &findings,
        answered,
        whereabouts: &read.source,
        coverage: &audit::coverage(&graph, measured),
        matrix: &audit::matrix(&graph, from, to),
        changes: changes.as_ref().map(|(changes, name)| (changes, name.as_str())),
        seals: book.as_ref().map_or(&[], |book| &book.seals),
        sealed_measurements: &sealed_measurements,
    };
    progress::stage("Writing the report");
    let report = report::audit::audit_report(&input);
    let bytes = match output.format {
        AuditFormat::Html => report::html::write(&report).into_bytes(),
        AuditFormat::Docx => document::docx(&report, map, terminal)?,
        AuditFormat::Pdf => document::pdf(&report, map, terminal)?,
    };
    files.write(&output.place, &bytes)?.say(findings.summary(), terminal);
    Ok(args.measured.verdict(measurements).max(held_verdict))
}
