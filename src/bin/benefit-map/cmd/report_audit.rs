//! `report`: documents about a map.

use anyhow::Result;
use benefit_map::audit::{self, Axis};
use benefit_map::check::{self, Options, Profile};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::NodeKind;
use benefit_map::report::{self, audit::AuditInput};
use benefit_map::track::Measurements;

use crate::args::{AuditFormat, ReportAudit};
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, io, measured, output};

/// The audit report, one page that stands alone.
pub fn audit(args: &ReportAudit, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the audit report", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = match args.measured.measurements.is_empty() {
        true => None,
        false => Some(measured::read(&args.measured, map, as_of, files, terminal)?),
    };
    let graph = BenefitGraph::new(map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let options = Options {
        as_of: Some(as_of),
        ..Options::new(Profile::Audit)
    };
    let findings = match &measurements {
        Some(measurements) => check::check_measured(&graph, measurements, &options),
        None => check::check(&graph, &options),
    };
    let measured = measurements.as_ref().map(|m| (m, as_of));
    let book = match &args.seals {
        Some(path) => Some(super::seal::read(path, files)?),
        None => None,
    };
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
        reception: measurements.as_ref().map(Measurements::reception),
        findings: &findings,
        whereabouts: &document.source,
        coverage: &audit::coverage(&graph, measured),
        matrix: &audit::matrix(
            &graph,
            Axis::Kind(NodeKind::Investment),
            Axis::Kind(NodeKind::EndOutcome),
        ),
        changes: changes.as_ref().map(|(changes, name)| (changes, name.as_str())),
        seals: book.as_ref().map_or(&[], |book| &book.seals),
    };
    let report = report::audit::audit_report(&input);
    let bytes = match output.format {
        AuditFormat::Html => report::html::write(&report).into_bytes(),
    };
    files.write(&output.place, &bytes)?;
    Ok(args.measured.verdict(measurements.as_ref()))
}
