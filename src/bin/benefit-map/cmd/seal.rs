//! `seal`: what a map was on a day, and whether it still is.

use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::audit::{self, ChainedSeal, RowsHeld, SealBook, SealError, Sealing, expected_seal};
use benefit_map::check::Profile;
use benefit_map::file::FileKind;
use benefit_map::finding::Nowhere;
use benefit_map::track::{Measurements, RowsRead};

use crate::args::{Seal, Seals};
use crate::files::{Files, Over};
use crate::io::Terminal;
use crate::output::Place;
use crate::page::{Page, words};
use crate::{Verdict, io, measured, output, signature};

pub fn run(args: &Seal, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    match asked(&args.seals, "map")? {
        Asked::Verify(book) => verify(args, book, files, terminal),
        Asked::Seal(output) => seal(args, output, files, terminal),
    }
}

/// What is to be done with a file of seals.
pub enum Asked<'a> {
    /// Something is held against it.
    Verify(&'a Path),
    /// A seal is added to it.
    Seal(&'a Path),
}

/// What is asked for; `what` is sealed, as in `map`.
pub fn asked<'a>(seals: &'a Seals, what: &str) -> Result<Asked<'a>> {
    match (&seals.verify, &seals.output) {
        (Some(book), None) => Ok(Asked::Verify(book)),
        (None, Some(output)) => Ok(Asked::Seal(output)),
        (Some(_), Some(_)) => bail!("either seal with -o, or verify a {what} against its seals with --verify"),
        (None, None) => bail!("name the file of seals: -o FILE to seal, --verify FILE to verify the {what} against it"),
    }
}

/// The seals of a file, every one held against its digest.
pub fn read(path: &Path, files: &Files) -> Result<SealBook> {
    SealBook::read(&text_of(path, files)?).with_context(|| not_valid(path))
}

/// The text of a file of seals.
pub fn text_of(path: &Path, files: &Files) -> Result<String> {
    let bytes = files.bytes_of(path, "a file of seals", &[FileKind::Seals])?;
    let text = String::from_utf8(bytes).ok();
    text.with_context(|| format!("{} is not UTF-8 text", path.display()))
}

/// What is said of a file of seals that is refused.
pub fn not_valid(path: &Path) -> String {
    format!("{} is not valid", path.display())
}

fn seal(args: &Seal, output: &Path, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let Some(path) = &args.map else {
        bail!("name the map to seal")
    };
    if io::is_stream(output) {
        bail!("seals are added to a file: name the file with -o");
    }
    let place = output::only("a file of seals", &["json"], Some(output))?;
    let document = files.map(path)?;
    let map = &document.map;
    let book = if output.exists() {
        Some(read(output, files)?)
    } else {
        None
    };
    if args.on.is_some() {
        terminal.renamed("--on", "--as-of");
    }
    let on = io::day_or_today(args.seals.as_of.or(args.on))?;
    let measured = match args.measured.measurements.is_empty() {
        true => None,
        false => Some(measured::read_rows(&args.measured, map, on, files, terminal)?),
    };
    let sealing = Sealing {
        on,
        made: &io::now(),
        by: args.seals.by.as_deref().unwrap_or(""),
        note: args.seals.note.as_deref().unwrap_or(""),
        profile: Profile::Audit,
        measured: measured.as_ref().map(|(values, rows)| (values, rows)),
    };
    let book = SealBook::seal(book, map, &sealing)?;
    let Some(seal) = book.last() else {
        bail!("no seal was made")
    };
    let text = book.write();
    save(
        (&place, output),
        (&text, seal),
        args.seals.sign.as_deref(),
        (files, terminal),
    )?;
    terminal.note(format!(
        "sealed {} as seal {} of {} in {}: {}",
        path.display(),
        seal.number,
        seal.on,
        output.display(),
        seal.findings,
    ));
    terminal.say(format!("keep this digest elsewhere: {}", seal.digest));
    Ok(Verdict::Clean)
}

/// Writes a file of seals, with the signature of the last one beside it where a key is given.
pub fn save(
    (place, output): (&Place, &Path),
    (text, last): (&str, &impl ChainedSeal),
    sign: Option<&Path>,
    (files, terminal): (&Files, &Terminal),
) -> Result<()> {
    let book = (place, text.as_bytes(), Over::Itself(output));
    let Some(key) = sign else {
        files.write_over(book.0, book.1, book.2)?.said_otherwise();
        return Ok(());
    };
    files.reads(key);
    // Signed before anything is written: where that fails there is no new seal.
    let signed = signature::sign(key, last.digest())?;
    let beside = signature::beside(output, last.number());
    let name = beside.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let signature = place.beside(&name).context("a signature is written next to a file")?;
    files
        .write_all(&[book, (&signature, &signed, Over::Results)])?
        .said_otherwise();
    terminal.note(format!("signed in {}", beside.display()));
    Ok(())
}

/// Lists the seals of a chain that was read, and says whether it has the seal that was expected and who signed it.
pub fn chain<S: ChainedSeal>(seals: &[S], path: &Path, args: &Seals, files: &Files, out: &mut Page) -> Result<Verdict> {
    for seal in seals {
        let by = match seal.by() {
            "" => String::new(),
            by => format!(" by {}", words(by)),
        };
        out.line(format!(
            "seal {} of {}{by}: {}; {}",
            seal.number(),
            seal.on(),
            seal.findings(),
            seal.digest()
        ));
        if !seal.made().is_empty() {
            let under = match seal.profile() {
                Some(profile) => format!(", under the profile {profile}"),
                None => String::new(),
            };
            out.line(format!(
                "  made {} by the clock, with benefit-map {}{under}",
                words(seal.made()),
                words(seal.version())
            ));
        }
    }
    out.line("The chain of seals is complete.");
    match &args.expect {
        Some(expected) => {
            let number = expected_seal(seals, expected)
                .with_context(|| not_valid(path))?
                .number();
            out.line(match seals.len() - number {
                0 => format!("Seal {number} is the one expected, and the last."),
                1 => format!("Seal {number} is the one expected; 1 seal was added since."),
                more => format!("Seal {number} is the one expected; {more} seals were added since."),
            });
        }
        None => out.line(
            "No digest was given, so seals that were cut off or made again cannot be noticed. Use --expect with a \
                 digest that you kept elsewhere.",
        ),
    }
    match &args.verify_signature {
        Some(allowed) => {
            files.reads(allowed);
            signatures(seals, path, allowed, out)
        }
        None => Ok(Verdict::Clean),
    }
}

fn verify(args: &Seal, path: &Path, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let book = read(path, files)?;
    let refused = || not_valid(path);
    let mut out = Page::default();
    let mut verdict = chain(&book.seals, path, &args.seals, files, &mut out)?;
    let document = match &args.map {
        Some(map) => Some(files.map(map)?),
        None => None,
    };
    let measured = match args.measured.measurements.is_empty() {
        true => None,
        false => {
            // As whoever sealed them read them: by the KPIs of the sealed map, from the day of the seal.
            let map = &book.map;
            let on = book.last().map_or(io::day_or_today(None)?, |seal| seal.on);
            Some(measured::read_rows(&args.measured, map, on, files, terminal)?)
        }
    };
    let (held, told) = rows_held(&book, measured.as_ref());
    let same = held == Some(RowsHeld::Same);
    let values = measured.as_ref().filter(|_| same).map(|(values, _)| values);
    verdict = verdict.max(figures(&book, values, &mut out).with_context(refused)?);
    if let (Some(map), Some(document)) = (&args.map, &document) {
        if book.holds(&document.map) {
            out.line(format!("{} is the map of the last seal.", map.display()));
        } else {
            verdict = Verdict::Findings;
            out.line(format!("{} is not the map of the last seal:", map.display()));
            out.gap();
            let sources = audit::Sources {
                old: &Nowhere,
                new: &document.source,
            };
            out.append(&super::diff::text(
                &audit::compare(&book.map, &document.map, None),
                &sources,
            ));
            out.gap();
        }
    }
    for line in &told {
        out.line(words(line));
    }
    if !matches!(held, Some(RowsHeld::Same | RowsHeld::NotSealed)) {
        verdict = Verdict::Findings;
    }
    files.print(&out.printed())?;
    Ok(verdict)
}

/// Computes the figures of the last seal again and says what came of it.
fn figures(book: &SealBook, values: Option<&Measurements>, out: &mut Page) -> Result<Verdict, SealError> {
    let found = book.refigured(values)?;
    let number = book.seals.len();
    let (part, of_the_map) = match found.whole {
        true => (format!("The coverage and the findings of seal {number} are"), "those"),
        false => (
            format!("The coverage of seal {number}, as far as it does not depend on measurements, is"),
            "that",
        ),
    };
    match (&found.other_version, found.differences.is_empty()) {
        (None, _) => out.line(format!("{part} {of_the_map} of the map beside it.")),
        (Some(version), true) => out.line(format!(
            "{part} found again by this version, {}, though {}.",
            audit::VERSION,
            made_by(version)
        )),
        (Some(version), false) => {
            out.line(format!(
                "The figures of seal {number} cannot be compared: {}, and this is {}, whose rules may differ. What differs:",
                made_by(version),
                audit::VERSION
            ));
            for difference in &found.differences {
                out.line(format!("  {difference}"));
            }
            return Ok(Verdict::Findings);
        }
    }
    Ok(Verdict::Clean)
}

fn made_by(version: &str) -> String {
    match version {
        "" => "an earlier version made it, which did not record its number".to_owned(),
        version => format!("benefit-map {} made it", words(version)),
    }
}

/// How measurements compare with those of the last seal, with what to say of it, a line each; `None` where some were
/// sealed and none are given.
pub fn rows_held(book: &SealBook, measured: Option<&(Measurements, RowsRead)>) -> (Option<RowsHeld>, Vec<String>) {
    let Some(seal) = book.last().filter(|seal| seal.seals_measurements()) else {
        let told = match measured {
            Some(_) => vec!["No measurements were sealed.".to_owned()],
            None => Vec::new(),
        };
        return (Some(RowsHeld::NotSealed), told);
    };
    let Some((values, rows)) = measured else {
        let told = format!(
            "Measurements were sealed with seal {}, but none were given: they have NOT been verified. Name them with \
             --measurements.",
            seal.number
        );
        return (None, vec![told]);
    };
    let held = book.holds_rows(values, rows);
    let mut told = rows_told(&held);
    if seal.format == 1 {
        told.push(
            "An earlier version made that seal: it holds the values that counted, not sources, notes or superseded rows."
                .to_owned(),
        );
    }
    (Some(held), told)
}

/// What is said of rows that were compared with sealed ones, a line each.
pub fn rows_told(held: &RowsHeld) -> Vec<String> {
    let not_same = "The measurements are not the same as in the last seal.".to_owned();
    match held {
        RowsHeld::NotSealed | RowsHeld::Same => vec!["The measurements are the same as in the last seal.".to_owned()],
        RowsHeld::Added(count) => vec![
            not_same,
            format!(
                "Every sealed row is unchanged, and {count} {} after.",
                if *count == 1 { "row came" } else { "rows came" }
            ),
        ],
        RowsHeld::Changed(kpis) => {
            let named: Vec<String> = kpis
                .iter()
                .map(|kpi| match kpi.as_str() {
                    "" => "rows that were left out".to_owned(),
                    id => format!("rows of {id}"),
                })
                .collect();
            let mut told = vec![not_same];
            if !named.is_empty() {
                told.push(format!(
                    "Changed, moved or deleted since (value, date, source, note, or which came last): {}.",
                    named.join(", ")
                ));
            }
            told
        }
    }
}

/// Verifies the signatures that are there, and says whether the last seal has one.
fn signatures<S: ChainedSeal>(seals: &[S], path: &Path, allowed: &Path, out: &mut Page) -> Result<Verdict> {
    let mut verdict = Verdict::Clean;
    for seal in seals {
        let file = signature::beside(path, seal.number());
        if file.exists() {
            let who = signature::verify(&file, allowed, seal.digest())
                .with_context(|| format!("the signature of seal {} is not valid", seal.number()))?;
            out.line(format!("Seal {} is signed by {}.", seal.number(), words(&who)));
        } else if seal.number() == seals.len() {
            out.line(format!(
                "Seal {} is not signed: the file {} does not exist.",
                seal.number(),
                file.display()
            ));
            verdict = Verdict::Findings;
        }
    }
    Ok(verdict)
}
