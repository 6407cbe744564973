//! `portfolio`: pictures, tables and documents of many maps and one place.

use std::cell::RefCell;
use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::draw::pptx::{self, Deck, Slide, WIDE};
use benefit_map::draw::{self, Resolution};
use benefit_map::map::{Lookup, NodeId};
use benefit_map::portfolio::{self, Cut, Held, Money, NodeOf, OwnStanding, Remark, Square, Total};
use benefit_map::report::deck::{programme_slides, project_slides, report_deck};
use benefit_map::report::place::{self, Place};
use benefit_map::report::{self, Block, docx, html, pdf};
use benefit_map::scene::Scene;
use benefit_map::scene::theme::{self, Theme};
use benefit_map::table::{self, Table, xlsx::Cover};
use benefit_map::text;

use super::portfolio::{Opened, ended, open};
use super::tables::counted;
use crate::args::{
    PlaceDocument, PlacePage, PlacePicture, PlaceTable, PortfolioDiff, PortfolioFile, PortfolioLists, PortfolioMade,
    PortfolioWatch, PortfolioWhatIf,
};
use crate::files::{Files, InFolder};
use crate::io::{self, Terminal};
use crate::output::Output;
use crate::page::{Page, words};
use crate::{Verdict, columns, fonts, output, watch};

/// How wide text is in files and for other programs, in letters.
const WIDTH_OF_FILES: usize = 120;

/// What was found out about a portfolio that was opened.
struct Known<'o> {
    opened: &'o Opened,
    held: &'o [Held<'o>],
    totals: Vec<Total<'o>>,
    matrix: Vec<Square<'o>>,
    own: Vec<OwnStanding<'o>>,
    money: Money<'o>,
    unread: &'o [(&'o str, String)],
    findings: Vec<Remark>,
    source: String,
}

impl<'o> Known<'o> {
    fn of(opened: &'o Opened, held: &'o [Held<'o>], unread: &'o [(&'o str, String)]) -> Self {
        let portfolio = &opened.portfolio;
        let gathered = opened.gathered(held, unread);
        let totals = portfolio::totals(portfolio, &gathered);
        Self {
            matrix: portfolio::matrix(portfolio, &gathered, &totals),
            own: portfolio::own_standings(portfolio, &gathered),
            money: portfolio::money(portfolio, held),
            findings: portfolio::check(portfolio, &gathered),
            source: name(opened.source.file()),
            opened,
            held,
            totals,
            unread,
        }
    }

    fn place(&self) -> Place<'_> {
        Place {
            portfolio: &self.opened.portfolio,
            maps: self.held,
            unread: self.unread,
            totals: &self.totals,
            matrix: &self.matrix,
            own: &self.own,
            money: &self.money,
            findings: &self.findings,
            as_of: self.opened.as_of,
            source: &self.source,
        }
    }

    /// Every letter that may be shown.
    fn letters(&self) -> std::collections::BTreeSet<char> {
        let mut all = serde_json::to_string(&self.opened.portfolio).unwrap_or_default();
        for held in self.held {
            all += &serde_json::to_string(held.map).unwrap_or_default();
        }
        text::lacking(&all)
    }
}

fn name(path: &str) -> String {
    Path::new(path)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

pub fn draw(args: &PortfolioMade<PlacePicture>, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the programme", args.format, args.output.as_deref())?;
    let opened = open(&args.file, files, terminal)?;
    let (held, unread) = (opened.held(), opened.unread());
    let known = Known::of(&opened, &held, &unread);
    let place = known.place();
    let (map, scene) = place::programme_scene(&place);
    let theme: &'static Theme = &theme::DEFAULT;
    let what = counted(map.nodes.len(), "box", "boxes");
    let with_maps = |scene: Scene| {
        let maps = held.iter().map(|held| place::project_scene(held, opened.as_of));
        std::iter::once(scene).chain(maps).collect::<Vec<Scene>>()
    };
    let bytes = match output.format {
        PlacePicture::Svg => draw::svg(&scene, theme).into_bytes(),
        PlacePicture::Png => {
            let scenes = [scene];
            let fonts = fonts::for_scenes(&scenes, terminal);
            draw::png(&scenes[0], theme, &fonts, Resolution::within_limits(&scenes[0], 2.0))?
        }
        PlacePicture::Pdf => {
            let scenes = with_maps(scene);
            let fonts = fonts::for_scenes(&scenes, terminal);
            draw::pdf::write(&draw::pdf::of_scenes(&scenes, theme)?, &fonts)?
        }
        PlacePicture::Html => html::write(&place::programme_report(&place)).into_bytes(),
        PlacePicture::Pptx => {
            let mut slides = programme_slides(&place);
            slides.extend(held.iter().flat_map(|held| project_slides(held, opened.as_of)));
            pptx::write(&deck(&opened, slides))?
        }
    };
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(ended(&opened, terminal))
}

fn deck(opened: &Opened, slides: Vec<Slide>) -> Deck {
    Deck {
        title: opened.portfolio.title.clone(),
        author: String::new(),
        language: benefit_map::map::LANGUAGE.to_owned(),
        theme: &theme::DEFAULT,
        size: WIDE,
        footer: String::new(),
        template: None,
        slides,
    }
}

/// Writes one table in the format that was asked for; where people read it, with a last sentence.
fn write(
    title: &str,
    table: &Table,
    output: &Output<PlaceTable>,
    foot: Option<&str>,
    (files, terminal): (&Files, &Terminal),
) -> Result<()> {
    let bytes = match output.format {
        PlaceTable::Text => {
            let width = match columns::width(&output.place) {
                columns::Width::Most(most) => most,
                columns::Width::Free => WIDTH_OF_FILES,
            };
            match table.rows.is_empty() {
                true => {
                    let mut page = Page::default();
                    page.line("Nothing to show.");
                    page.written(&output.place)
                }
                false => {
                    let mut page = columns::blocks_of(table, width);
                    if let Some(foot) = foot {
                        page.gap();
                        page.line(words(foot));
                    }
                    page.written(&output.place)
                }
            }
        }
        PlaceTable::Json => rows_json(table).into_bytes(),
        PlaceTable::Csv => table::csv::write(table),
        PlaceTable::Xlsx => table::xlsx::write(std::slice::from_ref(table), &cover(title))?,
        PlaceTable::Html => html::write(&page_of(title, table, foot)).into_bytes(),
    };
    let what = counted(table.rows.len(), "row", "rows");
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(())
}

fn cover(title: &str) -> Cover {
    Cover {
        title: title.to_owned(),
        paragraphs: vec![
            "Made from a portfolio of benefit maps. What is changed here changes no map: change the maps and the portfolio, and make this workbook again."
                .to_owned(),
        ],
    }
}

fn rows_json(table: &Table) -> String {
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = table
        .rows
        .iter()
        .map(|row| {
            let cells = table.columns.iter().zip(row);
            cells
                .map(|(column, cell)| (column.name.to_string(), value(cell)))
                .collect()
        })
        .collect();
    let whole = serde_json::json!({ "rows": rows });
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

fn value(cell: &table::Cell) -> serde_json::Value {
    match cell {
        table::Cell::Empty => serde_json::Value::Null,
        table::Cell::Number(number) => serde_json::to_value(number).unwrap_or_default(),
        table::Cell::Bool(yes) => (*yes).into(),
        cell => cell.to_text().into_owned().into(),
    }
}

fn page_of(title: &str, table: &Table, foot: Option<&str>) -> report::Report {
    let mut page = report::Report::new(title);
    let columns = table
        .columns
        .iter()
        .map(|column| report::Column::new(column.name.replace('_', " "), 1.0));
    let mut shown = report::Table::new("", columns);
    for row in &table.rows {
        shown.push(row.iter().map(|cell| match cell {
            table::Cell::Number(number) => report::Cell::text(number.grouped()),
            cell => report::Cell::text(cell.to_text()),
        }));
    }
    page.push(Block::Table(shown));
    if let Some(foot) = foot {
        page.push(Block::text(foot));
    }
    page
}

/// Opens a portfolio, makes one table of it, and writes that.
fn tabled(
    args: &PortfolioMade<PlaceTable>,
    what: &str,
    make: impl Fn(&Known<'_>) -> Table,
    (files, terminal): (&Files, &Terminal),
) -> Result<(Verdict, bool)> {
    let output = output::of(what, args.format, args.output.as_deref())?;
    let opened = open(&args.file, files, terminal)?;
    let (held, unread) = (opened.held(), opened.unread());
    let known = Known::of(&opened, &held, &unread);
    let title = format!("{}: {what}", opened.portfolio.title.trim());
    let foot = place::money_in_short(&known.money);
    write(&title, &make(&known), &output, foot.as_deref(), (files, terminal))?;
    let is_behind = known
        .matrix
        .iter()
        .filter_map(|square| square.status)
        .chain(known.own.iter().map(|one| one.status))
        .any(|status| status.is_behind());
    Ok((ended(&opened, terminal), is_behind))
}

pub fn status(args: &PortfolioMade<PlaceTable>, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let make = |known: &Known<'_>| table::place::status(&known.matrix, &known.own);
    let (verdict, is_behind) = tabled(args, "the status", make, (files, terminal))?;
    Ok(if is_behind { Verdict::Findings } else { verdict })
}

pub fn matrix(args: &PortfolioMade<PlaceTable>, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let make = |known: &Known<'_>| table::place::matrix(&known.matrix, &known.money);
    Ok(tabled(args, "the matrix", make, (files, terminal))?.0)
}

pub fn register(args: &PortfolioMade<PlaceTable>, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let make = |known: &Known<'_>| table::place::register(&known.opened.portfolio, &known.totals);
    Ok(tabled(args, "the register of outcomes", make, (files, terminal))?.0)
}

pub fn what_if(args: &PortfolioWhatIf, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("what follows", args.made.format, args.made.output.as_deref())?;
    let opened = open(&args.made.file, files, terminal)?;
    let held = opened.held();
    let cuts: Vec<Cut> = args
        .without
        .iter()
        .map(|text| cut(text, &opened, &held))
        .collect::<Result<_>>()?;
    let unread = opened.unread();
    let without = portfolio::what_if(&opened.portfolio, &opened.gathered(&held, &unread), &cuts);
    let table = table::place::what_if(&without);
    let title = format!("{}: without {}", opened.portfolio.title.trim(), args.without.join(", "));
    write(&title, &table, &output, None, (files, terminal))?;
    let mut said = Page::default();
    for id in &without.no_longer_served {
        said.line(format!("no map leads to the outcome `{id}` any more"));
    }
    for (map, node) in &without.left_waiting {
        said.line(format!(
            "{} {} waits for something that is cut",
            words(map),
            words(node)
        ));
    }
    terminal.tell(&said);
    Ok(ended(&opened, terminal))
}

/// A map by its id, or a node as `map:node`.
fn cut(text: &str, opened: &Opened, held: &[Held<'_>]) -> Result<Cut> {
    let (map, node) = text
        .split_once(':')
        .map_or((text, None), |(map, node)| (map, Some(node)));
    if opened.portfolio.maps.iter().all(|member| member.id != map) {
        let known: Vec<&str> = opened.portfolio.maps.iter().map(|member| member.id.as_str()).collect();
        bail!(
            "--without {text}: the portfolio has no map `{map}`; its maps are {}",
            known.join(", ")
        );
    }
    let Some(node) = node else {
        return Ok(Cut::Map(map.to_owned()));
    };
    let held = held.iter().find(|held| held.id == map);
    let held = held.with_context(|| format!("--without {text}: the map `{map}` could not be read"))?;
    let id = NodeId::new(node)
        .ok()
        .filter(|id| Lookup::new(held.map).node(id).is_some());
    let id = id.with_context(|| format!("--without {text}: the map `{map}` has no node `{node}`"))?;
    Ok(Cut::Node(NodeOf::new(map, id)))
}

pub fn diff(args: &PortfolioDiff, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("what differs", args.made.format, args.made.output.as_deref())?;
    let earlier = PortfolioFile {
        portfolio: args.old.clone(),
        writing: args.made.file.writing.clone(),
        as_of: args.made.file.as_of,
    };
    let old = open(&earlier, files, terminal)?;
    let new = open(&args.made.file, files, terminal)?;
    let (old_held, old_unread) = (old.held(), old.unread());
    let (new_held, new_unread) = (new.held(), new.unread());
    let before = portfolio::totals(&old.portfolio, &old.gathered(&old_held, &old_unread));
    let after = portfolio::totals(&new.portfolio, &new.gathered(&new_held, &new_unread));
    let all = portfolio::compare((&old.portfolio, &before), (&new.portfolio, &after));
    let title = format!("{}: what differs", new.portfolio.title.trim());
    write(
        &title,
        &table::place::differences(&all),
        &output,
        None,
        (files, terminal),
    )?;
    let read = [ended(&old, terminal), ended(&new, terminal)];
    Ok(match all.is_empty() && read.iter().all(|one| *one == Verdict::Clean) {
        true => Verdict::Clean,
        false => Verdict::Findings,
    })
}

pub fn report(args: &PortfolioMade<PlaceDocument>, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the case of the place", args.format, args.output.as_deref())?;
    let opened = open(&args.file, files, terminal)?;
    let (held, unread) = (opened.held(), opened.unread());
    let known = Known::of(&opened, &held, &unread);
    let report = place::place_case(&known.place());
    let bytes = match output.format {
        PlaceDocument::Docx => docx::write(&report, &fonts::for_letters(known.letters(), terminal), None)?,
        PlaceDocument::Pdf => {
            pdf::within_limits(&report)?;
            pdf::write(&report, &fonts::for_letters(known.letters(), terminal))?
        }
        PlaceDocument::Html => html::write(&report).into_bytes(),
    };
    files
        .write(&output.place, &bytes)?
        .say(counted(held.len(), "map", "maps"), terminal);
    Ok(ended(&opened, terminal))
}

pub fn dashboard(args: &PortfolioMade<PlacePage>, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the dashboard", args.format, args.output.as_deref())?;
    let opened = open(&args.file, files, terminal)?;
    let (held, unread) = (opened.held(), opened.unread());
    let known = Known::of(&opened, &held, &unread);
    let report = place::dashboard(&known.place());
    let bytes = match output.format {
        PlacePage::Html => html::write(&report).into_bytes(),
        PlacePage::Pptx => {
            let mut deck = report_deck(&report, &theme::DEFAULT, None);
            // After the opening.
            let after = 1.min(deck.slides.len());
            deck.slides.splice(after..after, programme_slides(&known.place()));
            pptx::write(&deck)?
        }
        PlacePage::Xlsx => {
            let portfolio = &opened.portfolio;
            let tables = [
                table::place::register(portfolio, &known.totals),
                table::place::totals(&known.totals),
                table::place::matrix(&known.matrix, &known.money),
                table::place::status(&known.matrix, &known.own),
                table::place::money(&known.money),
                table::place::dates(portfolio, &held),
                table::place::risks(&held),
                table::place::findings(&known.findings, &opened.source),
            ];
            table::xlsx::write(&tables, &cover(portfolio.title.trim()))?
        }
    };
    files
        .write(&output.place, &bytes)?
        .say(counted(held.len(), "map", "maps"), terminal);
    Ok(ended(&opened, terminal))
}

/// Writes the dashboard again each time one of the files is saved that it was made from.
pub fn watch(args: &PortfolioWatch, terminal: &Terminal) -> Result<Verdict> {
    let args = &args.made;
    if args.output.as_deref().is_none_or(io::is_stream) || io::is_stream(&args.file.portfolio) {
        bail!("a portfolio is watched where it is a file and the dashboard is one: name both");
    }
    let inputs = RefCell::new(vec![args.file.portfolio.clone()]);
    let again = || {
        // What was written the last time is written again.
        let files = Files::new();
        let done = dashboard(args, &files, terminal);
        // A file that could not be read now may be put right: it is still waited for.
        let mut inputs = inputs.borrow_mut();
        inputs.extend(files.inputs());
        inputs.sort();
        inputs.dedup();
        done.map(|_| ())
    };
    watch::watch(|| inputs.borrow().clone(), again, terminal)
}

pub fn lists(args: &PortfolioLists, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    output::folder("the lists", &args.output)?;
    let opened = open(&args.file, files, terminal)?;
    let held = opened.held();
    let money = portfolio::money(&opened.portfolio, &held);
    let mut tables = vec![table::place_lists::major_projects(&held, &money)];
    tables.extend(table::place_lists::star(&opened.portfolio, &held, opened.as_of));
    let written: Vec<(String, Vec<u8>)> = tables
        .iter()
        .map(|table| (format!("{}.csv", table.name), table::csv::write(table)))
        .collect();
    let (wrote, changed) = files.write_folder(&args.output, &written, InFolder::Results)?;
    wrote.say(
        format!("{}, {changed} changed", counted(written.len(), "table", "tables")),
        terminal,
    );
    Ok(ended(&opened, terminal))
}
