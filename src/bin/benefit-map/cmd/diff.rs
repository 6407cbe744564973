//! `diff`: what changed between two maps, and what that did.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use benefit_map::audit::{self, Callout, Change, ChangeKind, Comparison, Judgement, Share, SightChange, Sources};
use benefit_map::file::Document;
use benefit_map::finding::Place;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::NodeKind;
use benefit_map::table::markdown;
use benefit_map::{draw, layout, report, table};

use crate::args::{DenyChange, Diff, DiffFormat};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, git, io, measured, output, progress};

pub fn run(args: &Diff, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the changes", args.format, args.output.as_deref())?;
    let (old, new) = match (args.maps.as_slice(), &args.git) {
        ([new], Some(revision)) => {
            let bytes = git::show(revision, new)?;
            let name = format!("{revision}:{}", new.display());
            (Document::parse(&name, bytes)?, files.map(new)?)
        }
        ([old, new], None) => (files.map(old)?, files.map(new)?),
        ([_], None) => bail!("name two maps, the old one first, or one map with --git REVISION"),
        _ => bail!("with --git name one map"),
    };
    let measurements = if args.measured.measurements.is_empty() {
        None
    } else {
        let as_of = io::day_or_today(args.as_of)?;
        let both = measured::read(&args.measured, &new.map, as_of, files, terminal)?;
        Some((both, as_of))
    };
    let measured = measurements.as_ref().map(|(m, day)| (m, *day));
    progress::stage("Comparing the maps");
    let comparison = audit::compare(&old.map, &new.map, measured);
    let sources = Sources {
        old: &old.source,
        new: &new.source,
    };
    let bytes = match output.format {
        DiffFormat::Text => text(&comparison, &sources).written(&output.place),
        DiffFormat::Json => comparison.to_json(&sources).into_bytes(),
        DiffFormat::Csv => table::csv::write(&table::audit::changes(&comparison)),
        DiffFormat::Html => {
            let page = report::changes::changes_page(&new.map, &comparison, old.source.name());
            report::html::write(&page).into_bytes()
        }
        DiffFormat::Markdown => markdown_of(&new.map.title, &comparison).into_bytes(),
        DiffFormat::Svg => picture(&old, &new, &comparison)?.into_bytes(),
    };
    let what = counted(comparison.changes.len(), "change", "changes");
    files.write(&output.place, &bytes)?.say(what, terminal);
    let any = |judgement| comparison.called_out(judgement).next().is_some();
    let denied = match args.deny {
        DenyChange::Greener => any(Judgement::Greener),
        DenyChange::Open => any(Judgement::Greener) || any(Judgement::Open),
        DenyChange::Difference => !comparison.is_same(),
    };
    Ok(if denied { Verdict::Findings } else { Verdict::Clean })
}

fn picture(old: &Document, new: &Document, comparison: &Comparison) -> Result<String> {
    let both = audit::both(&old.map, &new.map);
    let mark = |kind: &ChangeKind| match kind {
        ChangeKind::Added => layout::Mark::Added,
        ChangeKind::Removed => layout::Mark::Removed,
        ChangeKind::Changed => layout::Mark::Changed,
    };
    let marks = comparison.marks(&both);
    let mut options = layout::LayoutOptions::default();
    options.link_detail = layout::LinkDetail::Changes;
    options.marks = layout::Marks {
        nodes: marks.nodes.iter().map(|(id, kind)| (id.clone(), mark(kind))).collect(),
        links: marks
            .links
            .iter()
            .map(|(ends, kind)| (ends.clone(), mark(kind)))
            .collect(),
    };
    let graph = BenefitGraph::new(&both);
    layout::within_limits(&graph, &options)?;
    Ok(draw::svg(&layout::layout(&graph, &options), Default::default()))
}

/// `1 record added, 2 changed`, or that nothing was.
fn counts(comparison: &Comparison) -> String {
    let parts = comparison.counted();
    if parts.is_empty() {
        "The maps are the same.".to_owned()
    } else {
        format!("Records: {}.", parts.join(", "))
    }
}

fn sight(lost: &[SightChange], verb: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (kind, one, many) in [
        (NodeKind::Investment, "investment", "investments"),
        (NodeKind::EndOutcome, "end outcome", "end outcomes"),
    ] {
        let of_kind: Vec<String> = lost
            .iter()
            .filter(|change| change.kind == kind)
            .map(|change| named(&change.subject.to_string(), &change.title))
            .collect();
        if !of_kind.is_empty() {
            let noun = if of_kind.len() == 1 { one } else { many };
            let its = if of_kind.len() == 1 { "its" } else { "their" };
            out.push(format!(
                "{} {noun} {verb} {its} line of sight: {}",
                of_kind.len(),
                of_kind.join("; ")
            ));
        }
    }
    out
}

fn named(subject: &str, title: &str) -> String {
    if title.is_empty() {
        subject.to_owned()
    } else {
        format!("{subject}: {title}")
    }
}

fn coverage(comparison: &Comparison) -> Vec<String> {
    let percent = |share: &Share| {
        share
            .percent()
            .map_or("nothing to cover".to_owned(), |p| format!("{p}%"))
    };
    comparison
        .coverage
        .iter()
        .filter(|(_, a, b)| (a.covered, a.of) != (b.covered, b.of))
        .map(|(measure, a, b)| {
            let fraction = |s: &Share| format!("{} of {}, {}", s.covered.grouped(), s.of.grouped(), percent(s));
            format!("{}: from {} to {}", measure.label(), fraction(a), fraction(b))
        })
        .collect()
}

/// What is called out, with its place where that is known.
fn called_out(comparison: &Comparison, places: &[Option<Place<'_>>]) -> Vec<(&'static str, Vec<String>)> {
    let lines = |judgement| {
        let all = comparison.greener.iter().enumerate();
        let called = all.filter(|(_, call)| call.judgement == judgement);
        let line = |(at, call): (usize, &Callout)| match places.get(at).and_then(Option::as_ref) {
            Some(place) => format!("{call} ({}:{})", place.file, place.line),
            None => call.to_string(),
        };
        called.map(line).collect()
    };
    let parts = vec![
        ("What makes the map look better", lines(Judgement::Greener)),
        (
            "What may make the map look better: please decide",
            lines(Judgement::Open),
        ),
    ];
    parts
        .into_iter()
        .filter(|(_, lines): &(_, Vec<String>)| !lines.is_empty())
        .collect()
}

/// What the changes did, part by part.
fn effects(comparison: &Comparison) -> Vec<(&'static str, Vec<String>)> {
    let mut sights = sight(&comparison.lost, "lost");
    sights.extend(sight(&comparison.gained, "gained"));
    let parts = vec![("Line of sight", sights), ("Coverage", coverage(comparison))];
    parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

fn fields(change: &Change) -> Vec<String> {
    let told = |text: &str| {
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            format!("\"{}\"", words(text))
        }
    };
    change
        .fields
        .iter()
        .map(|field| format!("{}: {} -> {}", field.field, told(&field.before), told(&field.after)))
        .collect()
}

fn sign(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "+",
        ChangeKind::Removed => "-",
        ChangeKind::Changed => "~",
    }
}

/// The changes for people.
pub fn text(comparison: &Comparison, sources: &Sources<'_>) -> Page {
    let mut out = Page::default();
    out.line(counts(comparison));
    let called = called_out(comparison, &sources.places(comparison));
    for (heading, lines) in called.into_iter().chain(effects(comparison)) {
        out.gap();
        out.line(heading);
        for line in lines {
            out.line(format!("  {}", words(&line)));
        }
    }
    if !comparison.changes.is_empty() {
        out.gap();
        out.line("Changes");
    }
    for change in &comparison.changes {
        let name = words(&named(&change.subject.to_string(), &change.title));
        out.line(format!("{} {} {name}", sign(change.kind), change.kind));
        for field in fields(change) {
            out.line(format!("    {field}"));
        }
    }
    out
}

fn markdown_of(title: &str, comparison: &Comparison) -> String {
    let mut out = format!("# Changes: {}\n\n{}\n", markdown::escape(title), counts(comparison));
    let called = called_out(comparison, &[]);
    for (heading, lines) in called.into_iter().chain(effects(comparison)) {
        let _ = write!(out, "\n## {heading}\n\n");
        for line in lines {
            let _ = writeln!(out, "- {}", markdown::escape(&line));
        }
    }
    for (kind, heading) in [
        (ChangeKind::Added, "Added"),
        (ChangeKind::Removed, "Removed"),
        (ChangeKind::Changed, "Changed"),
    ] {
        let of_kind: Vec<&Change> = comparison.changes.iter().filter(|change| change.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let _ = write!(out, "\n## {heading}\n\n");
        for change in of_kind {
            let name = named(&change.subject.to_string(), &change.title);
            let _ = writeln!(out, "- {}", markdown::escape(&name));
            for field in fields(change) {
                let _ = writeln!(out, "  - {}", markdown::escape(&field));
            }
        }
    }
    out
}
