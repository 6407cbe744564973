//! `new`: a map to begin with, or a form for measurements.

use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::map::{BenefitMap, limits};
use benefit_map::method::{STARTER, TEMPLATES};
use benefit_map::{file, table, track};

use crate::args::{New, NewForm, NewMeasurements};
use crate::cmd::tables::counted;
use crate::files::{Files, Over};
use crate::io::{Talk, Terminal};
use crate::output::Place;
use crate::page::Page;
use crate::{Verdict, io, measured, output, project};

/// A project file to change.
const PROJECT: &str = include_str!("../project/new.toml");

/// The title of an empty map that was given none.
const UNTITLED: &str = "My benefit map";

pub fn run(args: &New, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    if let Some(NewForm::Measurements(args)) = &args.form {
        return measurements(args, files, terminal);
    }
    if args.templates {
        files.print(&list().printed())?;
        return Ok(Verdict::Clean);
    }
    let Some(path) = &args.map else {
        bail!("name the file to make, as in `benefit-map new map.json`");
    };
    let mut map = match (args.empty, args.template) {
        (true, _) => BenefitMap::new(UNTITLED),
        (false, template) => template
            .unwrap_or(&STARTER)
            .map()
            .context("the template cannot be read")?,
    };
    if let Some(title) = &args.title {
        map.title.clone_from(title);
    }
    let place = output::map(path)?;
    let project = match args.project {
        true => Some(project(path, &place)?),
        false => None,
    };
    let wrote = files.write_new(&place, file::write(&map).as_bytes())?;
    let what = match map.nodes.len() {
        0 => "an empty map".to_owned(),
        boxes => counted(boxes, "box", "boxes"),
    };
    if let Some(line) = wrote.line(what).filter(|_| terminal.talk == Talk::All) {
        terminal.tell(&next(&line, path, &map));
    }
    if let Some((place, text)) = project {
        let wrote = files.write_new(&place, text.as_bytes())?;
        wrote.say("`benefit-map` alone now shows the state of the project", terminal);
    }
    Ok(Verdict::Clean)
}

/// The project file beside a new map, and what is in it.
fn project(map: &Path, place: &Place) -> Result<(Place, String)> {
    let beside = place
        .beside(project::NAME)
        .context("a project file is written next to the map: name a file for the map")?;
    if let Some(there) = beside.path().filter(|path| path.exists()) {
        bail!(
            "{} already exists: leave out --project, or edit that file",
            there.display()
        );
    }
    let name = map.file_name().unwrap_or_default().to_string_lossy();
    let name = name.replace('\\', "\\\\").replace('"', "\\\"");
    Ok((beside, PROJECT.replace("map.json", &name)))
}

/// What to do with a new map.
fn next(wrote: &str, path: &Path, map: &BenefitMap) -> Page {
    let path = path.display();
    let mut page = Page::default();
    page.line(wrote);
    page.gap();
    page.line("Next:");
    let check = (format!("check {path} --next"), "the next thing to do");
    let hints = match map.nodes.is_empty() {
        true => vec![
            (format!("workshop {path}"), "add boxes and links in a browser"),
            ("explain order".to_owned(), "the order to work in"),
            check,
        ],
        false => vec![
            (format!("draw {path} -o map.svg"), "then open map.svg in a browser"),
            (format!("workshop {path}"), "change it in a browser"),
            check,
        ],
    };
    let width = hints.iter().map(|(command, _)| command.chars().count()).max();
    for (command, what) in &hints {
        page.line(format!(
            "  benefit-map {command:<0$}   {what}",
            width.unwrap_or_default()
        ));
    }
    page
}

/// The templates, one a line.
fn list() -> Page {
    let mut page = Page::default();
    page.line("Templates, all of them invented:");
    page.gap();
    for template in TEMPLATES.iter().chain([&STARTER]) {
        page.line(format!("  {:<15}  {}", template.name, template.about));
    }
    page.gap();
    page.line("`benefit-map new map.json --template NAME` starts from one; without --template it is `starter`.");
    page
}

/// A row for each KPI and period that is due and has no value.
fn measurements(args: &NewMeasurements, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("measurements", &["csv"], args.output.as_deref())?;
    let map = files.map(&args.map)?.map;
    let as_of = io::day_or_today(args.as_of)?;
    let known = measured::read_named(&args.measured, &map, as_of, files, terminal)?.unwrap_or_default();
    if map.kpis.is_empty() {
        bail!(
            "{} has no KPI, so nothing is to be measured: `benefit-map explain kpi` says what one needs",
            args.map.display()
        );
    }
    let due = track::due(&map, &known, args.from, as_of, limits::FORM_ROWS.most);
    if due.len() > limits::FORM_ROWS.most {
        bail!(
            "more than {} are due up to {as_of}: name a later first day with --from",
            counted(limits::FORM_ROWS.most, "measurement", "measurements")
        );
    }
    if let Some(path) = place.path() {
        files.may_write(path, Over::Results)?;
    }
    let kpis = due.chunk_by(|a, b| a.kpi.id == b.kpi.id).count();
    let what = match due.len() {
        0 => format!("no measurement is due up to {as_of}"),
        rows => format!(
            "{} for {}, up to {as_of}; fill in the column `value`",
            counted(rows, "row", "rows"),
            counted(kpis, "KPI", "KPIs")
        ),
    };
    files
        .write_new(&place, &table::csv::write(&table::measurements_due(&due)))?
        .say(what, terminal);
    if due.is_empty()
        && let Some(first) = track::next_due(&map, as_of)
    {
        terminal.note(format!(
            "the first falls due on {}, for `{}`: --as-of {} writes its row",
            first.date, first.kpi.id, first.date
        ));
    }
    Ok(args.measured.verdict(Some(&known)))
}
