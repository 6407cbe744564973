//! Measurements from the command line: which files, read as a stream, and what is told of their rows.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use benefit_map::map::BenefitMap;
use benefit_map::table::{self, stream};
use benefit_map::track::{DecimalMark, Intake, KEPT_REMARKS, Measurements, Notation, RemarkKind, Taken};

use crate::args::{Measured, Separator};
use crate::cmd::tables::{Telling, counted, tell};
use crate::files::Files;
use crate::io::Terminal;

/// How many remarks of one kind are told before the rest are counted.
const A_FEW: usize = 3;

/// The measurements of the files that were named; what was left out, superseded or unknown is told.
///
/// In a folder every CSV file is read that names the columns of measurements and is not named after another table; the
/// others are told.
pub fn read(args: &Measured, map: &BenefitMap, files: &Files, terminal: &Terminal) -> Result<Measurements> {
    let notation = Notation {
        decimal: if args.decimal_comma {
            DecimalMark::Comma
        } else {
            DecimalMark::Point
        },
        thousands: args.thousands.map(|separator| match separator {
            Separator::Comma => ',',
            Separator::Point => '.',
            Separator::Space => ' ',
            Separator::Apostrophe => '\'',
        }),
    };
    if notation.thousands == Some(if args.decimal_comma { ',' } else { '.' }) {
        bail!("the decimal mark cannot stand between thousands too: give another --thousands");
    }
    let telling = if args.all { Telling::All } else { Telling::AFew };
    let mut named: Vec<(PathBuf, bool)> = Vec::new();
    let mut passed = Vec::new();
    for path in &args.measurements {
        if path.is_dir() {
            // Targets have the columns of measurements, but are none: the tables of a map are known by their names.
            let (tables, others): (Vec<_>, Vec<_>) =
                files.list(path, "csv")?.into_iter().partition(|file| is_table(file));
            passed.extend(tables.iter().map(|file| file.display().to_string()));
            named.extend(others.into_iter().map(|file| (file, true)));
        } else {
            named.push((path.clone(), false));
        }
    }
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |about| about.len());
    let mut progress = Progress::new(named.iter().map(|(path, _)| size(path)).sum());
    let mut intake = Intake::new(map, notation);
    let mut decisions = Vec::new();
    let (mut untold, mut read) = (0, 0);
    for (path, in_folder) in &named {
        let name = path.display().to_string();
        let source = files.open(path)?;
        let watched = Watched {
            source,
            progress: &mut progress,
        };
        match stream::measurements(&name, watched, &mut intake) {
            Ok(cut) => {
                decisions.extend(cut.decisions);
                untold += cut.untold;
                read += 1;
            }
            Err(stream::Error::NoColumns { .. }) if *in_folder => passed.push(name),
            Err(error) => return Err(error.into()),
        }
    }
    let taken = intake.finish();
    progress.clear();
    if read == 0 && !args.measurements.is_empty() {
        bail!(
            "no CSV file of {} names the columns kpi, date and value",
            args.measurements
                .iter()
                .map(|p| p.display().to_string())
                .collect::<Vec<_>>()
                .join(", ")
        );
    }
    if !passed.is_empty() {
        terminal.say(format!(
            "not read, as {} no measurements: {}",
            if passed.len() == 1 { "it holds" } else { "they hold" },
            passed.join(", ")
        ));
    }
    tell(&decisions, telling, terminal);
    if untold > 0 {
        terminal.say(format!("… and {untold} more rows that could not be cut into cells"));
    }
    remarks(&taken, telling, terminal);
    Ok(taken.measurements)
}

/// Whether the file is named after a table of a map.
fn is_table(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    table::TABLES.contains(&stem.as_str())
}

/// Tells what was found in the rows, kind by kind.
fn remarks(taken: &Taken, telling: Telling, terminal: &Terminal) {
    for (kind, count) in &taken.counts {
        let word = match kind {
            kind if kind.leaves_out() => "left out",
            RemarkKind::Correction | RemarkKind::Duplicate => "superseded",
            _ => "note",
        };
        let most = match telling {
            Telling::AFew => A_FEW,
            Telling::All => KEPT_REMARKS,
        };
        let of_a_kind = taken.remarks.iter().filter(|remark| remark.kind == *kind);
        let mut told = 0;
        for remark in of_a_kind.take(most) {
            terminal.say(format!("{word}: {remark}"));
            told += 1;
        }
        if told < *count {
            let more = match telling {
                Telling::AFew => " (--all tells them)",
                Telling::All => "",
            };
            terminal.say(format!("{word}: … and {} more like this{more}", count - told));
        }
        let help = match kind {
            RemarkKind::UndeclaredNotation => "Say how the numbers are written: --decimal-comma, --thousands.",
            RemarkKind::UnknownKpi => "Give the row the id of a KPI of the map.",
            RemarkKind::BadDate => "Write the day as 2026-03-31.",
            _ => continue,
        };
        terminal.say(format!("  help: {help}"));
    }
    let left_out: u64 = taken
        .counts
        .iter()
        .filter(|(kind, _)| kind.leaves_out())
        .map(|(_, count)| count)
        .sum();
    if left_out > 0 {
        terminal.say(format!(
            "{left_out} of {} left out",
            counted(usize::try_from(taken.rows).unwrap_or(usize::MAX), "row", "rows")
        ));
    }
}

/// A source that tells how much of it has been read.
struct Watched<'p> {
    source: Box<dyn Read>,
    progress: &'p mut Progress,
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(into)?;
        self.progress.read(count as u64);
        Ok(count)
    }
}

/// A line on standard error on work that lasts, where that is a terminal.
struct Progress {
    shown: bool,
    on_terminal: bool,
    total: u64,
    done: u64,
    next: Instant,
}

impl Progress {
    fn new(total: u64) -> Self {
        Self {
            shown: false,
            on_terminal: std::io::stderr().is_terminal(),
            total,
            done: 0,
            next: Instant::now() + Duration::from_millis(500),
        }
    }

    fn read(&mut self, bytes: u64) {
        self.done += bytes;
        if self.on_terminal && Instant::now() >= self.next {
            self.next = Instant::now() + Duration::from_millis(200);
            self.shown = true;
            let share = (self.done * 100).checked_div(self.total).unwrap_or(0).min(100);
            let done = self.done / 1_000_000;
            // A closed standard error is no reason to fail.
            let _ = write!(std::io::stderr(), "\rreading measurements: {done} MB, {share} % \x1b[K");
        }
    }

    fn clear(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
