//! `coverage`: what share of a map is backed by what it needs.

use anyhow::Result;
use benefit_map::audit::{self, Measure, Share};
use benefit_map::finding::snippet::Style;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::Number;
use benefit_map::table::{self, markdown, xlsx::Cover};

use crate::args::{Coverage, CoverageFormat};
use crate::cmd::tables::contents;
use crate::columns::Cell;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, columns, io, measured, output};

/// How many things that are not covered are named of each measure.
const NAMED: usize = 10;

pub fn run(args: &Coverage, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("coverage", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    let graph = BenefitGraph::new(map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let floors = || args.deny.iter().chain(&args.fail_under);
    if !args.fail_under.is_empty() {
        terminal.renamed("--fail-under", "--deny");
    }
    let measurements = if args.measured.measurements.is_empty() {
        None
    } else {
        let as_of = io::day_or_today(args.as_of)?;
        Some((measured::read(&args.measured, map, as_of, files, terminal)?, as_of))
    };
    if measurements.is_none()
        && let Some((measure, _)) = floors().find(|(measure, _)| *measure == Measure::Data)
    {
        anyhow::bail!("`{measure}` is a share of what was measured: name the files with --measurements");
    }
    let coverage = audit::coverage(&graph, measurements.as_ref().map(|(m, day)| (m, *day)));
    let bytes = match output.format {
        CoverageFormat::Text => text(&coverage, columns::width(&output.place)).written(&output.place),
        CoverageFormat::Json => coverage.to_json().into_bytes(),
        CoverageFormat::Csv => table::csv::write(&table::audit::coverage(&coverage)),
        CoverageFormat::Markdown => markdown_of(&map.title, &coverage).into_bytes(),
        CoverageFormat::Xlsx => table::xlsx::write(
            &[
                table::audit::coverage(&coverage),
                table::audit::uncovered(&coverage),
                table::audit::links_by_backing(&coverage),
            ],
            &Cover::of_coverage(map),
        )?,
    };
    files.write(&output.place, &bytes)?.say(contents(map), terminal);
    let mut verdict = args.measured.verdict(measurements.as_ref().map(|(known, _)| known));
    for (measure, floor) in floors() {
        let Some(share) = coverage.of(*measure) else { continue };
        if !share.reaches(*floor) {
            terminal.say(format!("{measure}: {}, wanted {floor}%", told(share)));
            verdict = Verdict::Findings;
        }
    }
    Ok(verdict)
}

/// `92.3%`, or that nothing to cover.
fn told(share: &Share) -> String {
    match share.percent() {
        Some(percent) => format!("{percent}%"),
        None => "nothing to cover".to_owned(),
    }
}

fn amount(share: &Share, value: Number, currency: &str) -> String {
    match (share.measure, currency) {
        (Measure::Money, "") => value.grouped(),
        (Measure::Money, currency) => format!("{} {}", words(currency), value.grouped()),
        _ => value.grouped(),
    }
}

fn text(coverage: &audit::Coverage, width: columns::Width) -> Page {
    let rows: Vec<[Cell; 5]> = coverage
        .shares
        .iter()
        .map(|share| {
            [
                share.measure.label().into(),
                amount(share, share.covered, &coverage.currency).into(),
                amount(share, share.of, &coverage.currency).into(),
                share
                    .percent()
                    .map_or("nothing".to_owned(), |percent| format!("{percent}%"))
                    .into(),
                share.measure.to_string().into(),
            ]
        })
        .collect();
    let mut out = Page::default();
    out.rendered(
        &columns::write(
            ["what", "covered", "of", "share", "measure"],
            &rows,
            width,
            |_, piece| piece,
        ),
        Style::Plain,
    );
    let levels = coverage.links_by_backing.iter().filter(|(_, n)| *n > 0);
    let levels: Vec<String> = levels.map(|(backing, n)| format!("{n} {}", backing.label())).collect();
    if !levels.is_empty() {
        out.gap();
        out.line(format!("Links by their best evidence: {}.", levels.join(", ")));
    }
    let mut told: Vec<&Share> = Vec::new();
    for share in coverage.shares.iter().filter(|share| !share.uncovered.is_empty()) {
        // What lacks evidence of any kind is named once; the same list under another name is only pointed at.
        if matches!(share.measure, Measure::EvidenceModerate | Measure::EvidenceStrong) {
            continue;
        }
        let measure = share.measure;
        let same = told.iter().find(|other| other.uncovered == share.uncovered);
        if let Some(other) = same {
            out.gap();
            out.line(format!(
                "Not covered by `{measure}`: the same as by `{}`.",
                other.measure
            ));
            continue;
        }
        told.push(share);
        if share.covered == Number::ZERO && share.uncovered.len() > NAMED {
            out.gap();
            out.line(format!(
                "Not covered by `{measure}`: none of the {} is.",
                share.uncovered.len()
            ));
            continue;
        }
        out.gap();
        out.line(format!("Not covered by `{measure}`:"));
        for missing in share.uncovered.iter().take(NAMED) {
            let cost = missing
                .amount
                .map(|value| format!(", {}", amount(share, value, &coverage.currency)));
            let remark = match missing.remark(measure) {
                "" => String::new(),
                remark => format!(" ({remark})"),
            };
            out.line(format!(
                "  {}{}{remark}",
                words(&named(missing)),
                cost.unwrap_or_default()
            ));
        }
        if let Some(more) = share.uncovered.len().checked_sub(NAMED).filter(|n| *n > 0) {
            out.line(format!("  … and {more} more (--format json, or a workbook, names all)"));
        }
    }
    out
}

fn named(missing: &audit::Uncovered) -> String {
    let subject = missing.subject.to_string();
    if subject.ends_with(&missing.name) {
        subject
    } else {
        format!("{subject}: {}", missing.name)
    }
}

fn markdown_of(title: &str, coverage: &audit::Coverage) -> String {
    let mut out = format!("# Coverage: {}\n\n", markdown::escape(title));
    out.push_str(&markdown::write(&table::audit::coverage(coverage)));
    out.push_str("\n## Links by their best evidence\n\n");
    out.push_str(&markdown::write(&table::audit::links_by_backing(coverage)));
    let uncovered = table::audit::uncovered(coverage);
    if !uncovered.rows.is_empty() {
        out.push_str("\n## Not covered\n\n");
        out.push_str(&markdown::write(&uncovered));
    }
    out
}
