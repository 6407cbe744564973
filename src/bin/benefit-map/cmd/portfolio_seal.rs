//! `portfolio seal`: what a portfolio, its maps and measurements were on a day, and whether they still are.

use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::portfolio::{self, PlaceBook, PlaceChange, PlaceChangeKind, PlaceSealing};

use super::portfolio::{Keep, Opened, open_keeping};
use super::seal::{Asked, asked, chain, not_valid, rows_told, save, text_of};
use crate::args::{PortfolioFile, PortfolioSeal};
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, io, output};

pub fn run(args: &PortfolioSeal, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    match asked(&args.seals, "portfolio")? {
        Asked::Verify(book) => verify(args, book, files, terminal),
        Asked::Seal(output) => seal(args, output, files, terminal),
    }
}

fn read(path: &Path, files: &Files) -> Result<PlaceBook> {
    PlaceBook::read(&text_of(path, files)?).with_context(|| not_valid(path))
}

/// The portfolio that was named, as of a day, with the rows of measurements.
fn opened(args: &PortfolioSeal, path: &Path, on: benefit_map::map::Day, at: (&Files, &Terminal)) -> Result<Opened> {
    let file = PortfolioFile {
        portfolio: path.to_owned(),
        writing: args.writing.clone(),
        as_of: Some(on),
    };
    open_keeping(Keep::Rows, &file, at.0, at.1)
}

fn seal(args: &PortfolioSeal, output: &Path, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let Some(path) = &args.portfolio else {
        bail!("name the portfolio to seal")
    };
    if io::is_stream(output) {
        bail!("seals are added to a file: name the file with -o");
    }
    let place = output::only("a file of seals", &["json"], Some(output))?;
    let on = io::day_or_today(args.seals.as_of)?;
    let opened = opened(args, path, on, (files, terminal))?;
    if let Some(why) = opened.failed() {
        bail!("{why}; a seal is of all maps and measurements: correct it, or take it out of the portfolio");
    }
    let book = match output.exists() {
        true => Some(read(output, files)?),
        false => None,
    };
    let (held, unread) = (opened.held(), opened.unread());
    let (rows, own) = opened.rows();
    let sealing = PlaceSealing {
        made: &io::now(),
        by: args.seals.by.as_deref().unwrap_or(""),
        note: args.seals.note.as_deref().unwrap_or(""),
        rows: &rows,
        own,
    };
    let book = PlaceBook::seal(book, &opened.portfolio, &opened.gathered(&held, &unread), &sealing)?;
    let Some(seal) = book.last() else {
        bail!("no seal was made")
    };
    save(
        (&place, output),
        (&book.write(), seal),
        args.seals.sign.as_deref(),
        (files, terminal),
    )?;
    terminal.note(format!(
        "sealed {} with {} as seal {} of {} in {}: {}",
        path.display(),
        super::tables::counted(held.len(), "map", "maps"),
        seal.number,
        seal.on,
        output.display(),
        seal.findings,
    ));
    terminal.say(format!("keep this digest elsewhere: {}", seal.digest));
    Ok(Verdict::Clean)
}

fn verify(args: &PortfolioSeal, path: &Path, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let book = read(path, files)?;
    let mut out = Page::default();
    let mut verdict = chain(&book.seals, path, &args.seals, files, &mut out)?;
    if let (Some(portfolio), Some(last)) = (&args.portfolio, book.last()) {
        let opened = opened(args, portfolio, last.on, (files, terminal))?;
        for (id, why) in opened.unread() {
            terminal.warn(format!("the map `{id}` could not be read: {why}"));
        }
        let (held, unread) = (opened.held(), opened.unread());
        let (rows, own) = opened.rows();
        let gathered = opened.gathered(&held, &unread);
        let changes = book.changes(&opened.portfolio, &gathered, (&rows, own));
        if changes.is_empty() {
            out.line(format!(
                "{}, its maps and its measurements are those of the last seal, and add up to the same.",
                portfolio.display()
            ));
        } else {
            verdict = Verdict::Findings;
            out.line(format!("{} is not as it was sealed last:", portfolio.display()));
            out.gap();
            for change in &changes {
                said(change, &book, &opened.portfolio, &mut out);
            }
        }
    }
    files.print(&out.printed())?;
    Ok(verdict)
}

fn said(change: &PlaceChange, book: &PlaceBook, now: &portfolio::Portfolio, out: &mut Page) {
    let what = match &change.map {
        Some(map) => format!("the map `{}`", words(map)),
        None => "the place itself".to_owned(),
    };
    match &change.kind {
        PlaceChangeKind::Edited if change.map.is_none() => {
            out.line("The portfolio was edited:");
            for one in portfolio::compare((&book.portfolio, &[]), (now, &[])) {
                let how = match (&one.before, &one.after) {
                    (None, _) => "added",
                    (_, None) => "removed",
                    _ => "changed",
                };
                out.line(format!("  {how}: {}", words(&one.subject)));
            }
        }
        PlaceChangeKind::Edited => out.line(format!("{what} was edited.")),
        PlaceChangeKind::Added => out.line(format!("{what} was not sealed.")),
        PlaceChangeKind::Missing => out.line(format!("{what} was sealed and was not read now.")),
        PlaceChangeKind::MeasuredOrNot => out.line(format!(
            "{what}: measurements were sealed and none are named, or they are named and none were sealed."
        )),
        PlaceChangeKind::Rows(held) => {
            for line in rows_told(held) {
                out.line(format!("{what}: {}", words(&line)));
            }
        }
        PlaceChangeKind::Total(total) => out.line(format!(
            "The total {} is another one, though nothing that was sealed has changed: a different version made the seal, or it was edited.",
            words(total)
        )),
        _ => out.line(format!("{what} has changed.")),
    }
}
