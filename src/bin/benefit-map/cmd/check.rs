//! `check`: what is wrong with a map.

use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::audit::{self, Measure};
use benefit_map::check::{self, also_said_by, described};
use benefit_map::file::{FileKind, Source};
use benefit_map::finding::{self, Baseline, Checked, Outcome, Report, Severity, TextOptions, Whereabouts};
use benefit_map::graph::BenefitGraph;
use benefit_map::table;
use benefit_map::track::Measurements;

use crate::args::{Check, FindingsFormat};
use crate::cmd::survey;
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::Page;
use crate::{Verdict, columns, io, measured, output, progress};

mod next;

/// Fingerprints that are told one by one.
const GONE_TOLD: usize = 10;

pub fn run(args: &Check, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let baseline = args
        .baseline
        .as_deref()
        .map(|path| read_baseline(path, files))
        .transpose()?;
    let settings = Settings {
        options: check::Options::new(args.profile).judged_on(io::day_or_today(args.as_of)?),
        least: args.deny,
        baseline,
    };
    if args.next && !matches!(args.format, FindingsFormat::Text | FindingsFormat::Json) {
        bail!("--next is written as text or JSON: leave --format out, or give --format json");
    }
    let [map] = &args.maps[..] else {
        if args.next {
            bail!("--next names the next thing to do on one map: name one");
        }
        let beside = !args.measured.measurements.is_empty() || !args.answered.answers.is_empty();
        if args.baseline.is_some() || args.write_baseline.is_some() || beside {
            bail!("a baseline, measurements and answers belong to one map: name only one map");
        }
        return one_after_the_other(args, &settings, files, terminal);
    };
    check_map(map, args, &settings, files, terminal)
}

/// What holds for every map of a run.
struct Settings {
    options: check::Options,
    /// The least severity that is a failure.
    least: Severity,
    baseline: Option<Baseline>,
}

/// Several maps: one that cannot be read does not keep the others from being checked.
fn one_after_the_other(args: &Check, settings: &Settings, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    if !matches!(args.format, FindingsFormat::Text | FindingsFormat::Github) {
        return together(args, settings, files, terminal);
    }
    let mut verdict = Verdict::Clean;
    let mut unread = 0;
    for map in &args.maps {
        if args.format == FindingsFormat::Text {
            let mut head = Page::default();
            head.line(map.display());
            head.gap();
            files.print(&head.printed())?;
        }
        match check_map(map, args, settings, files, terminal) {
            Ok(Verdict::Clean) => {}
            Ok(Verdict::Findings) => verdict = Verdict::Findings,
            Err(error) if io::is_broken_pipe(&error) => return Err(error),
            Err(error) => {
                terminal.error(&error);
                unread += 1;
            }
        }
        if args.format == FindingsFormat::Text {
            files.print(b"\n")?;
        }
    }
    all_read(unread, args)?;
    Ok(verdict)
}

/// Where things stand in a map, and what was found.
type Found = (Source, Report);

/// Several maps in one report for machines, which also holds those that cannot be read.
fn together(args: &Check, settings: &Settings, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let mut looked: Vec<(String, Result<Found, String>)> = Vec::new();
    for map in &args.maps {
        let outcome = match files.map(map) {
            Ok(document) => {
                let report = check::check(&BenefitGraph::new(&document.map), &settings.options);
                Ok((document.source, report))
            }
            Err(error) => {
                terminal.error(&error);
                Err(io::why(&error))
            }
        };
        let name = match &outcome {
            Ok((source, _)) => source.name().to_owned(),
            Err(_) if io::is_stream(map) => "<stdin>".to_owned(),
            Err(_) => map.display().to_string(),
        };
        looked.push((name, outcome));
    }
    let maps: Vec<Checked<'_>> = looked
        .iter()
        .map(|(file, outcome)| Checked {
            file,
            outcome: match outcome {
                Ok((source, report)) => Outcome::Checked(report, source),
                Err(why) => Outcome::Unread(why),
            },
        })
        .collect();
    let run = finding::Run(&maps);
    let rules = described(settings.options.profile);
    let bytes = match args.format {
        FindingsFormat::Sarif => run.to_sarif(&rules).into_bytes(),
        FindingsFormat::Junit => run.to_junit(&rules, settings.least).into_bytes(),
        FindingsFormat::Csv => table::csv::write(&table::findings_of(&run)),
        FindingsFormat::Json | FindingsFormat::Text | FindingsFormat::Github => run.to_json().into_bytes(),
    };
    files.print(&bytes)?;
    let reports = || looked.iter().filter_map(|(_, outcome)| outcome.as_ref().ok());
    all_read(looked.len() - reports().count(), args)?;
    // The gravest severity comes first in their order.
    let gravest = reports().filter_map(|(_, report)| report.gravest()).min();
    Ok(match gravest {
        Some(gravest) if gravest <= settings.least => Verdict::Findings,
        _ => Verdict::Clean,
    })
}

/// That every map was read, or how many were not.
fn all_read(unread: usize, args: &Check) -> Result<()> {
    match unread {
        0 => Ok(()),
        _ => bail!(
            "{unread} of {} could not be checked",
            counted(args.maps.len(), "map", "maps")
        ),
    }
}

fn check_map(map: &Path, args: &Check, settings: &Settings, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let document = files.map(map)?;
    let graph = BenefitGraph::new(&document.map);
    let as_of = match settings.options.as_of {
        Some(day) => day,
        None => io::day_or_today(None)?,
    };
    let measurements = measured::read_named(&args.measured, &document.map, as_of, files, terminal)?;
    let answered = survey::beside(&args.answered, &document.map, files, terminal)?;
    progress::stage("Checking the map");
    let mut known = check::Known::default();
    known.measurements = measurements.as_ref();
    known.answered = answered.as_ref().map(|(sets, answers)| (&sets[..], answers));
    let mut report = check::check_with(&graph, known, &settings.options);
    if let Some(path) = &args.write_baseline {
        return write_baseline(path, &report, files, terminal);
    }
    if let (Some(baseline), Some(path)) = (&settings.baseline, &args.baseline) {
        let compared = baseline.compare(report, also_said_by);
        tell_gone(&compared.gone, path, terminal);
        report = compared.new;
    }
    let none = Measurements::default();
    let places = measurements.as_ref().unwrap_or(&none).beside(&document.source);
    if args.next {
        let bytes = next::render(args, settings.options.profile, &report, &places, terminal);
        files.print(&bytes)?;
    } else {
        let in_place = match args.format {
            FindingsFormat::Text if graph.len() <= COUNTED => in_place(&graph),
            FindingsFormat::Text => {
                Some("in place: `benefit-map coverage` counts it for a map of this size".to_owned())
            }
            _ => None,
        };
        files.print(&render(args, settings, &report, &places, terminal, in_place.as_deref()))?;
    }
    // The gravest severity comes first in their order.
    let denied = report.gravest().is_some_and(|gravest| gravest <= settings.least);
    if args.maps.len() == 1 {
        // The program ends here: to take a large map down record by record would be a tenth of its time.
        std::mem::forget((report, measurements, graph));
        std::mem::forget(document);
    }
    Ok(if denied { Verdict::Findings } else { Verdict::Clean })
}

fn render(
    args: &Check,
    settings: &Settings,
    report: &Report,
    places: &dyn Whereabouts,
    terminal: &Terminal,
    in_place: Option<&str>,
) -> Vec<u8> {
    let profile = settings.options.profile;
    let text = match args.format {
        FindingsFormat::Text => {
            let mut shown = TextOptions::default();
            shown.style = terminal.out;
            shown.to_see_all = "; --all shows every one";
            shown.width = columns::limit();
            if args.measured.all {
                shown.shown_per_rule = usize::MAX;
            }
            let mut page = Page::default();
            page.rendered(&report.to_text(places, &shown), terminal.out);
            in_place.into_iter().for_each(|line| page.line(line));
            return page.printed();
        }
        FindingsFormat::Json => report.to_json(places),
        FindingsFormat::Sarif => report.to_sarif(places, &described(profile)),
        FindingsFormat::Junit => report.to_junit(places, &described(profile), settings.least),
        FindingsFormat::Csv => return table::csv::write(&table::findings(report, places)),
        FindingsFormat::Github => report.to_github(places),
    };
    text.into_bytes()
}

/// Boxes of a map of which it is counted what is in place: on a larger one that takes as long as half of the check.
pub const COUNTED: usize = 10_000;

/// What is in place already, in one line: of each thing that a map needs, how many have it. `None` where nothing has.
pub fn in_place(graph: &BenefitGraph<'_>) -> Option<String> {
    let shares = [
        (
            Measure::Investments,
            "investment",
            "helps an end outcome",
            "help an end outcome",
        ),
        (Measure::Rationale, "link", "has a reason", "have a reason"),
        (Measure::Evidence, "link", "has evidence", "have evidence"),
        (Measure::Owner, "outcome", "has an owner", "have an owner"),
        (Measure::Kpi, "outcome", "has a KPI", "have a KPI"),
        (Measure::Baseline, "outcome", "has a baseline", "have a baseline"),
        (Measure::Target, "outcome", "has a dated target", "have a dated target"),
    ];
    let coverage = audit::coverage(graph, None);
    let said = shares.into_iter().filter_map(|(measure, noun, one, many)| {
        let share = coverage.of(measure)?;
        let (covered, of) = (share.covered.to_string(), share.of.to_string());
        Some(match (covered.as_str(), of.as_str()) {
            // What nothing has yet is among the findings.
            ("0", _) => return None,
            ("1", "1") => format!("the only {noun} {one}"),
            (covered, of) if covered == of => format!("all {of} {noun}s {many}"),
            ("1", of) => format!("1 of {of} {noun}s {one}"),
            (covered, of) => format!("{covered} of {of} {noun}s {many}"),
        })
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("in place: {}", said.join("; ")))
}

pub fn read_baseline(path: &Path, files: &Files) -> Result<Baseline> {
    let bytes = files.bytes_of(path, "a baseline of findings", &[FileKind::Baseline])?;
    let text = std::str::from_utf8(&bytes).with_context(|| format!("{} is not UTF-8 text", path.display()))?;
    Baseline::parse(text).with_context(|| path.display().to_string())
}

fn write_baseline(path: &Path, report: &Report, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let baseline = Baseline::of(report);
    let place = output::only("a baseline", &["json"], Some(path))?;
    let what = counted(baseline.len(), "finding", "findings");
    files
        .write(&place, baseline.write().as_bytes())?
        .say(format!("{what} accepted from now on"), terminal);
    terminal.note(format!(
        "`benefit-map check --baseline {}` reports only new ones",
        path.display()
    ));
    Ok(Verdict::Clean)
}

/// Says what has been mended since the baseline was written, so that it can be written anew.
fn tell_gone(gone: &[String], path: &Path, terminal: &Terminal) {
    if gone.is_empty() {
        return;
    }
    terminal.say(format!(
        "{} of {} {} gone; --write-baseline takes {} out:",
        counted(gone.len(), "finding", "findings"),
        path.display(),
        if gone.len() == 1 { "is" } else { "are" },
        if gone.len() == 1 { "it" } else { "them" }
    ));
    for fingerprint in gone.iter().take(GONE_TOLD) {
        terminal.say(format!("  {fingerprint}"));
    }
    if let Some(more) = gone.len().checked_sub(GONE_TOLD).filter(|more| *more > 0) {
        terminal.say(format!("  ... and {more} more"));
    }
}
