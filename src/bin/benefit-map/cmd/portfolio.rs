//! `portfolio`: many maps and one place.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use benefit_map::file::{Document, FileKind};
use benefit_map::finding::{Severity, snippet::Style};
use benefit_map::map::{BenefitMap, Day, slug};
use benefit_map::portfolio::{self, Bounds, Gathered, Held, Member, Money, Total};
use benefit_map::report::place::money_in_short;
use benefit_map::table;
use benefit_map::track::{Measurements, RowsRead};

use crate::args::{
    Measured, PortfolioCheck, PortfolioFile, PortfolioMade, PortfolioNew, ReportFormat, Schema, TableFormat,
};
use crate::columns::{self, Cell};
use crate::files::Files;
use crate::io::{self, Terminal};
use crate::page::{Page, words};
use crate::{Verdict, measured, output};

/// A portfolio with the maps that could be read.
pub struct Opened {
    pub portfolio: portfolio::Portfolio,
    pub source: portfolio::Source,
    pub as_of: Day,
    /// In the portfolio's order; of each the place of its member.
    maps: Vec<(usize, Document, Series)>,
    /// The ids of the others, each with why.
    unread: Vec<(String, String)>,
    /// What the place measured itself, or why that could not be read; `None` where it names no files.
    own: Option<Result<Series, String>>,
}

/// What was measured, and the rows as they were read where they are kept.
pub type Series = (Measurements, Option<RowsRead>);

/// What is kept of rows of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Their values.
    Values,
    /// Also what a seal holds of them.
    Rows,
}

impl Opened {
    pub fn held(&self) -> Vec<Held<'_>> {
        self.maps
            .iter()
            .map(|(at, document, series)| Held {
                id: &self.portfolio.maps[*at].id,
                map: &document.map,
                measurements: &series.0,
            })
            .collect()
    }

    /// The rows of each map that was read, and those of the place itself.
    pub fn rows(&self) -> (Vec<Option<&RowsRead>>, Option<&RowsRead>) {
        let maps = self.maps.iter().map(|(_, _, series)| series.1.as_ref());
        let own = self.own.as_ref().and_then(|own| own.as_ref().ok()?.1.as_ref());
        (maps.collect(), own)
    }

    /// Why something could not be read, the first of it; `None` where all could.
    pub fn failed(&self) -> Option<String> {
        let own = self.own.as_ref().and_then(|own| own.as_ref().err());
        let map = self
            .unread
            .first()
            .map(|(id, why)| format!("the map `{id}` could not be read: {why}"));
        map.or_else(|| own.map(|why| format!("what the place measured itself could not be read: {why}")))
    }

    /// What was read, of maps and unread maps that the caller keeps.
    pub fn gathered<'m>(&'m self, held: &'m [Held<'m>], unread: &'m [(&'m str, String)]) -> Gathered<'m> {
        let gathered = Gathered::new(held, self.as_of).without(unread);
        match &self.own {
            Some(own) => gathered.measured(own.as_ref().map(|own| &own.0).map_err(String::as_str)),
            None => gathered,
        }
    }

    pub fn unread(&self) -> Vec<(&str, String)> {
        self.unread.iter().map(|(id, why)| (id.as_str(), why.clone())).collect()
    }
}

pub fn open(args: &PortfolioFile, files: &Files, terminal: &Terminal) -> Result<Opened> {
    open_keeping(Keep::Values, args, files, terminal)
}

/// The same, with what a seal holds of measurements.
pub fn open_keeping(keep: Keep, args: &PortfolioFile, files: &Files, terminal: &Terminal) -> Result<Opened> {
    let name = args.portfolio.display().to_string();
    let kinds = [FileKind::Portfolio, FileKind::Json, FileKind::Map];
    let bytes = files.bytes_of(&args.portfolio, "a portfolio of maps", &kinds)?;
    let text = String::from_utf8(bytes)
        .ok()
        .with_context(|| format!("{name} is not UTF-8: save it again as UTF-8"))?;
    let (portfolio, source) = portfolio::read_with_places(&name, &text).map_err(|error| each_fault(error, terminal))?;
    let as_of = io::day_or_today(args.as_of)?;
    let folder = args.portfolio.parent().unwrap_or(Path::new(""));
    let mut opened = Opened {
        portfolio,
        source,
        as_of,
        maps: Vec::new(),
        unread: Vec::new(),
        own: None,
    };
    if !opened.portfolio.measurements.is_empty() {
        let map = portfolio::measures(&opened.portfolio);
        let named = &opened.portfolio.measurements;
        let own = measurements_of(named, folder, (args, &map, keep), as_of, (files, terminal));
        opened.own = Some(own.map_err(|error| io::why(&error)));
    }
    for (at, member) in opened.portfolio.maps.iter().enumerate() {
        match member_of(member, folder, (args, keep), as_of, (files, terminal)) {
            Ok((document, series)) => opened.maps.push((at, document, series)),
            Err(error) => opened.unread.push((member.id.clone(), io::why(&error))),
        }
    }
    Ok(opened)
}

fn member_of(
    member: &Member,
    folder: &Path,
    (args, keep): (&PortfolioFile, Keep),
    as_of: Day,
    (files, terminal): (&Files, &Terminal),
) -> Result<(Document, Series)> {
    let path = inside(folder, &member.file)?;
    let document = files.map(&path)?;
    let about = (args, &document.map, keep);
    let series = measurements_of(&member.measurements, folder, about, as_of, (files, terminal))?;
    Ok((document, series))
}

/// What files that a portfolio names say of the KPIs of a map.
fn measurements_of(
    named: &[String],
    folder: &Path,
    (args, map, keep): (&PortfolioFile, &BenefitMap, Keep),
    as_of: Day,
    (files, terminal): (&Files, &Terminal),
) -> Result<Series> {
    if named.is_empty() {
        return Ok((Measurements::default(), None));
    }
    let measured = Measured {
        measurements: named.iter().map(|file| inside(folder, file)).collect::<Result<_>>()?,
        writing: args.writing.clone(),
        decimal_comma: false,
        thousands: None,
        strict: false,
        all: false,
    };
    match keep {
        Keep::Values => Ok((measured::read(&measured, map, as_of, files, terminal)?, None)),
        Keep::Rows => {
            let (values, rows) = measured::read_rows(&measured, map, as_of, files, terminal)?;
            Ok((values, Some(rows)))
        }
    }
}

/// A file below the folder of the portfolio: nothing else is read, whatever the portfolio says.
fn inside(folder: &Path, file: &str) -> Result<PathBuf> {
    let named = Path::new(file);
    let is_below = named
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if file.trim().is_empty() || !is_below {
        bail!("`{file}` is not a file below the folder of the portfolio: move it there, and name it from there");
    }
    Ok(folder.join(named))
}

pub fn new(args: &PortfolioNew, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("a portfolio", &["json"], Some(&args.output))?;
    let folder = args.output.parent().unwrap_or(Path::new(""));
    let mut members: Vec<serde_json::Value> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for path in &args.maps {
        files.map(path)?;
        let within = path.strip_prefix(folder).unwrap_or(path);
        let file = within.to_string_lossy().replace('\\', "/");
        inside(folder, &file)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let stem = slug(&stem).unwrap_or_else(|| "map".to_owned());
        let mut id = stem.clone();
        let mut nth = 2;
        while ids.contains(&id) {
            id = format!("{stem}-{nth}");
            nth += 1;
        }
        ids.push(id.clone());
        members.push(serde_json::json!({"id": id, "file": file}));
    }
    let stem = args
        .output
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let title = args.title.clone().unwrap_or(stem);
    let begun = serde_json::json!({"format": 1, "title": title, "maps": members, "outcomes": []});
    let begun = portfolio::read("the portfolio", &begun.to_string())?;
    files.write_new(&place, portfolio::write(&begun).as_bytes())?.say(
        format!(
            "{} maps; add the outcomes of the place, and which KPI counts towards them",
            ids.len()
        ),
        terminal,
    );
    Ok(Verdict::Clean)
}

/// Says each fault of a text on a line of its own; what is left is how many they were.
pub fn each_fault(error: portfolio::Error, terminal: &Terminal) -> anyhow::Error {
    let portfolio::Error::Text { file, faults, more } = &error else {
        return error.into();
    };
    for fault in faults {
        let (line, column) = (fault.spot.line, fault.spot.column);
        terminal.error(&anyhow!("{file}:{line}:{column}: {}", fault.message));
    }
    match faults.len() + more {
        1 => anyhow!("`{file}` cannot be read: 1 fault"),
        many => anyhow!("`{file}` cannot be read: {many} faults"),
    }
}

/// Writes the schema of a portfolio.
pub fn schema(args: &Schema, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("the schema", &["json"], args.output.as_deref())?;
    files.write(&place, portfolio::schema().as_bytes())?.say("", terminal);
    Ok(Verdict::Clean)
}

pub fn check(args: &PortfolioCheck, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let opened = open(&args.file, files, terminal)?;
    let (held, unread) = (opened.held(), opened.unread());
    let found = portfolio::check(&opened.portfolio, &opened.gathered(&held, &unread));
    match args.format {
        ReportFormat::Json => files.print(portfolio::findings_to_json(&found, Some(&opened.source)).as_bytes())?,
        ReportFormat::Text => {
            let mut page = Page::default();
            for one in &found {
                page.line(words(&one.to_string()));
                let spot = opened.source.spot(&one.pointer);
                page.line(format!(
                    "  --> {}:{}:{}",
                    words(opened.source.file()),
                    spot.line,
                    spot.column
                ));
                page.line(format!("  help: {}", words(&one.help)));
            }
            let count = |severity| found.iter().filter(|one| one.rule.severity == severity).count();
            match found.len() {
                0 => page.line("no findings"),
                _ => page.line(format!(
                    "errors: {}, warnings: {}, notes: {}",
                    count(Severity::Error),
                    count(Severity::Warning),
                    count(Severity::Note)
                )),
            }
            files.print(&page.printed())?;
        }
    }
    let is_grave = found.iter().any(|one| one.rule.severity != Severity::Note);
    Ok(if is_grave { Verdict::Findings } else { Verdict::Clean })
}

pub fn totals(args: &PortfolioMade<TableFormat>, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("totals", args.format, args.output.as_deref())?;
    let opened = open(&args.file, files, terminal)?;
    let (held, unread) = (opened.held(), opened.unread());
    let totals = portfolio::totals(&opened.portfolio, &opened.gathered(&held, &unread));
    let money = portfolio::money(&opened.portfolio, &held);
    let bytes = match output.format {
        TableFormat::Text => text(&totals, &money, columns::width(&output.place)).written(&output.place),
        TableFormat::Json => portfolio::totals_to_json(&totals, &money).into_bytes(),
        TableFormat::Csv => table::csv::write(&table::place::totals(&totals)),
    };
    let measures = opened
        .portfolio
        .outcomes
        .iter()
        .map(|outcome| outcome.measures.len())
        .sum::<usize>();
    files.write(&output.place, &bytes)?.say(
        format!("{measures} measures, {} claims", opened.portfolio.claims.len()),
        terminal,
    );
    Ok(ended(&opened, terminal))
}

/// Names what could not be read, and says how the command ends.
pub fn ended(opened: &Opened, terminal: &Terminal) -> Verdict {
    for (id, why) in &opened.unread {
        terminal.warn(format!(
            "the map `{id}` could not be read, so nothing of it is counted: {why}"
        ));
    }
    let own = opened.own.as_ref().and_then(|own| own.as_ref().err());
    if let Some(why) = own {
        terminal.warn(format!("what the place measured itself could not be read: {why}"));
    }
    match opened.unread.is_empty() && own.is_none() {
        true => Verdict::Clean,
        false => Verdict::Findings,
    }
}

fn between(bounds: Option<Bounds>) -> String {
    match bounds {
        None => String::new(),
        Some(bounds) if bounds.is_exact() => bounds.at_least.to_string(),
        Some(bounds) => format!("{} to {}", bounds.at_least, bounds.at_most),
    }
}

/// As many columns as there are heads, from 5 to 8.
fn written(heads: &[&str], rows: Vec<Vec<Cell>>, width: columns::Width) -> String {
    fn fixed<const N: usize>(heads: &[&str], rows: Vec<Vec<Cell>>, width: columns::Width) -> String {
        let Ok(heads) = <[&str; N]>::try_from(heads) else {
            return String::new();
        };
        let rows: Vec<[Cell; N]> = rows.into_iter().filter_map(|row| row.try_into().ok()).collect();
        columns::write(heads, &rows, width, |_, piece| piece)
    }
    match heads.len() {
        5 => fixed::<5>(heads, rows, width),
        6 => fixed::<6>(heads, rows, width),
        7 => fixed::<7>(heads, rows, width),
        _ => fixed::<8>(heads, rows, width),
    }
}

fn text(totals: &[Total<'_>], money: &Money<'_>, width: columns::Width) -> Page {
    let mut page = Page::default();
    if totals.is_empty() {
        page.line("Nothing to add up: no measure has a claim with a baseline and a dated target.");
        return page;
    }
    let has_own = totals.iter().any(|total| total.own.is_some());
    let has_forecast = totals.iter().any(|total| total.forecast.is_some());
    // A column of which nothing is known is left out.
    let mut heads = vec!["measure", "year", "planned", "measured"];
    heads.extend(has_forecast.then_some("forecast"));
    heads.extend(
        has_own
            .then_some(["by the place", "not explained"])
            .into_iter()
            .flatten(),
    );
    heads.push("overlap not declared");
    let rows: Vec<Vec<Cell>> = totals
        .iter()
        .map(|total| {
            let gap: Vec<String> = total.undeclared().collect();
            let unit = match total.measure.unit.trim() {
                "" => String::new(),
                unit => format!(", {}", words(unit)),
            };
            let mut row: Vec<Cell> = vec![
                format!("{}{unit}", words(&total.measure.title)).into(),
                total.year.to_string().into(),
                between(total.planned).into(),
                between(total.achieved).into(),
            ];
            if has_forecast {
                row.push(between(total.forecast).into());
            }
            if has_own {
                let own = total.own.and_then(|own| own.change);
                row.push(own.map(|change| change.to_string()).unwrap_or_default().into());
                row.push(between(total.unexplained()).into());
            }
            row.push(words(&gap.join(", ")).into());
            row
        })
        .collect();
    page.rendered(&written(&heads, rows, width), Style::Plain);
    if let Some(said) = money_in_short(money) {
        page.gap();
        page.line(words(&said));
    }
    page
}
