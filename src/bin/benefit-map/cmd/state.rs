//! `benefit-map` alone in a project: on one screen what is in order, what is due and what to do next.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;
use benefit_map::audit;
use benefit_map::check::{self, also_said_by};
use benefit_map::finding::{Report, Severity};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Day, RiskStatus, limits};
use benefit_map::track::{self, Due, Measurements, Standing, Status};
use clap::FromArgMatches;

use super::check::{COUNTED, in_place, read_baseline};
use crate::args::{Check, Cli, Command};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::{self, Talk, Terminal};
use crate::page::Page;
use crate::project::{self, Fault, Project, Refused};
use crate::{Verdict, columns, measured};

/// How many things of a kind are named.
const NAMED: usize = 3;

/// The width of the words before each line.
const LABEL: usize = 10;

/// The width of the page.
const WIDTH: usize = 80;

pub fn run(project: &Project, model: &clap::Command, terminal: &Terminal) -> Result<Verdict> {
    let files = Files::new();
    let Some(map) = project.map() else {
        let fault = Fault::new(0..0, "the project file names no map", "add map = \"map.json\"");
        return Err(project.fault(fault).into());
    };
    // What `check` would take from the file is what is looked at here.
    let args = check_args(project, model)?;
    let document = files.map(&map)?;
    let graph = BenefitGraph::new(&document.map);
    let today = io::day_or_today(None)?;
    let quiet = Terminal {
        talk: Talk::Quiet,
        ..*terminal
    };
    let measurements = match args.measured.measurements.is_empty() {
        true => None,
        false => Some(measured::read(&args.measured, &document.map, today, &files, &quiet)?),
    };
    let options = check::Options::new(args.profile).judged_on(today);
    let mut report = match &measurements {
        None => check::check(&graph, &options),
        Some(known) => check::check_measured(&graph, known, &options),
    };
    if let Some(path) = &args.baseline {
        report = read_baseline(path, &files)?.compare(report, also_said_by).new;
    }
    let standing = measurements.as_ref().map(|known| track::standing(&graph, known, today));
    let due = match &measurements {
        Some(known) => track::due(&document.map, known, None, today, limits::FORM_ROWS.most),
        None => Vec::new(),
    };
    let stale = stale(project, &map, &args);

    let mut page = Page::default();
    let title = match document.map.title.trim() {
        "" => "A map without a title",
        title => title,
    };
    page.line(title);
    page.line(format!(
        "{}, as {} says, on {today}",
        map.display(),
        project.file.display()
    ));
    page.gap();
    let mut line = |label: &str, text: &str| {
        for (at, piece) in columns::lines(text, WIDTH - LABEL - 1).iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            page.line(format!("{label:<LABEL$} {piece}"));
        }
    };
    if graph.len() <= COUNTED
        && let Some(sound) = in_place(&graph)
    {
        line("In order", sound.trim_start_matches("in place: "));
    }
    line(
        "Check",
        &format!("{}, for the profile {}", report.summary(), options.profile),
    );
    line("Progress", &tracking(&document.map, standing.as_ref()));
    for (at, text) in due_lines(&document.map, &due, measurements.as_ref(), today)
        .iter()
        .enumerate()
    {
        line(if at == 0 { "Due" } else { "" }, text);
    }
    if let Some(text) = seals(project, &document.map, &files)? {
        line("Seals", &text);
    }
    if !project.builds.is_empty() {
        line("Build", &built(project, &stale));
    }
    page.gap();
    for text in next(&report, &due, standing.as_ref(), &stale) {
        page.line(text);
    }
    files.print(&page.printed())?;
    Ok(Verdict::Clean)
}

/// What `check` takes from the project file.
fn check_args(project: &Project, model: &clap::Command) -> Result<Check> {
    let words: Vec<OsString> = ["benefit-map", "check"].map(OsString::from).to_vec();
    let parsed = project::parse(&words, model, Some(project)).map_err(|refused| match refused {
        Refused::File(faults) => anyhow::Error::new(faults),
        Refused::Words(error) => anyhow::Error::new(error),
    })?;
    match Cli::from_arg_matches(&parsed.matches)?.command {
        Some(Command::Check(args)) => Ok(args),
        _ => anyhow::bail!("the project file cannot be used"),
    }
}

fn tracking(map: &BenefitMap, standing: Option<&Standing<'_>>) -> String {
    match standing {
        Some(standing) => super::status::counts(standing),
        None if map.kpis.is_empty() => "the map has no KPI".to_owned(),
        None => format!(
            "{}; the project file names no measurements",
            counted(map.kpis.len(), "KPI", "KPIs")
        ),
    }
}

/// What is due: measurements, risks to close, and reviews that somebody has to look at.
fn due_lines(map: &BenefitMap, due: &[Due<'_>], known: Option<&Measurements>, today: Day) -> Vec<String> {
    let mut lines = Vec::new();
    if !due.is_empty() {
        let names = due.iter().map(|due| format!("{} ({})", due.kpi.id, due.date));
        lines.push(listed(counted(due.len(), "measurement", "measurements"), names));
    }
    let open = |risk: &&benefit_map::map::Risk| {
        risk.status == RiskStatus::Open && risk.close_by.is_some_and(|day| day <= today)
    };
    let risks: Vec<String> = map.risks.iter().filter(open).map(|risk| risk.id.to_string()).collect();
    if !risks.is_empty() {
        let what = counted(risks.len(), "risk to close", "risks to close");
        lines.push(listed(what, risks.into_iter()));
    }
    let reviews = audit::reviews(map);
    let open: Vec<String> = reviews
        .rows
        .iter()
        .filter(|row| row.state.is_open())
        .map(|row| row.review.subject.to_string())
        .collect();
    if !open.is_empty() {
        let what = counted(open.len(), "review to settle", "reviews to settle");
        lines.push(listed(what, open.into_iter()));
    }
    if lines.is_empty() {
        let next = track::next_due(map, today).filter(|_| known.is_some());
        lines.push(match next {
            Some(next) => format!(
                "nothing today; next the measurement of {} on {}",
                next.kpi.id, next.date
            ),
            None => "nothing today".to_owned(),
        });
    }
    lines
}

/// `7 risks to close: a, b, c and 4 more`.
fn listed(what: String, names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let few: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    format!("{what}: {}{more}", few.join(", "))
}

/// Whether the map is that of its last seal; `None` where the project has no seals.
fn seals(project: &Project, map: &BenefitMap, files: &Files) -> Result<Option<String>> {
    let Some(path) = project.setting("seals").and_then(|seals| seals.values.first()) else {
        return Ok(None);
    };
    let path = Path::new(path);
    if !path.exists() {
        return Ok(Some(
            "not sealed yet: `benefit-map seal` adds the first seal".to_owned(),
        ));
    }
    let book = super::seal::read(path, files)?;
    let Some(seal) = book.last() else {
        return Ok(Some(format!("{} has no seal", path.display())));
    };
    let (number, on) = (seal.number, seal.on);
    Ok(Some(match book.holds(map) {
        true => format!("the map is that of seal {number} of {on}"),
        false => format!("the map has changed since seal {number} of {on}"),
    }))
}

/// The files of the build that are missing, or older than what they are made of.
fn stale(project: &Project, map: &Path, args: &Check) -> Vec<PathBuf> {
    let time = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).ok();
    let made_of = std::iter::once(map).chain(args.measured.measurements.iter().map(PathBuf::as_path));
    let newest: Option<SystemTime> = made_of.filter_map(time).max();
    let files = project.builds.iter().map(|build| project.folder.join(&build.file));
    files.filter(|file| time(file) < newest).collect()
}

fn built(project: &Project, stale: &[PathBuf]) -> String {
    let all = counted(project.builds.len(), "file", "files");
    match stale.len() {
        0 => format!("{all}, none older than the map"),
        count => listed(
            format!("{count} of {all} missing or older than the map"),
            stale.iter().map(|file| file.display().to_string()),
        ),
    }
}

/// The one thing to do now, and the command for it.
fn next(report: &Report, due: &[Due<'_>], standing: Option<&Standing<'_>>, stale: &[PathBuf]) -> Vec<String> {
    let step = check::next(report);
    let is_urgent = report.gravest().is_some_and(|gravest| gravest <= Severity::Warning);
    let of_step = step.map(|next| {
        vec![
            format!("Next: {}", next.step.what),
            format!("Why: {}.", next.step.why),
            "  benefit-map check --next".to_owned(),
        ]
    });
    let slipping = standing
        .into_iter()
        .flat_map(|standing| &standing.kpis)
        .filter(|kpi| kpi.status <= Status::OffTrack)
        .count();
    if let Some(lines) = of_step.clone().filter(|_| is_urgent) {
        return lines;
    }
    if !due.is_empty() {
        return vec![
            "Next: enter the measurements that are due.".to_owned(),
            "  benefit-map new measurements -o due.csv   a form with a row for each".to_owned(),
        ];
    }
    if slipping > 0 {
        return vec![
            format!(
                "Next: ask the owners about {}.",
                counted(slipping, "KPI that is off track", "KPIs that are off track")
            ),
            "  benefit-map escalate".to_owned(),
        ];
    }
    if let Some(lines) = of_step {
        return lines;
    }
    if !stale.is_empty() {
        return vec![
            "Next: write what has changed.".to_owned(),
            "  benefit-map build".to_owned(),
        ];
    }
    vec!["Nothing is left to do today.".to_owned()]
}
