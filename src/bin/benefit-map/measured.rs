//! Measurements from the command line: which files, read as a stream, and what is told of their rows.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use benefit_map::file::FileKind;
use benefit_map::map::{BenefitMap, Day};
use benefit_map::table::{self, stream};
use benefit_map::track::{Intake, KEPT_REMARKS, Measurements, RemarkKind, RowsRead, Taken};

use crate::args::Measured;
use crate::cmd::tables::{Telling, counted, tell};
use crate::files::Files;
use crate::io::{self, Terminal};
use crate::progress;

/// How many remarks of one kind are told before the rest are counted.
const A_FEW: usize = 3;

/// The measurements of the files that were named, to be looked at from that day; what was left out, superseded or unknown
/// is told.
///
/// In a folder every CSV file is read that names the columns of measurements and is not named after another table; the
/// others are told. Of a workbook every sheet is read that names them and is not named after another table.
pub fn read(args: &Measured, map: &BenefitMap, as_of: Day, files: &Files, terminal: &Terminal) -> Result<Measurements> {
    Ok(taken(args, map, (as_of, Keep::Values), files, terminal)?.measurements)
}

/// The same, where files are named at all.
pub fn read_named(
    args: &Measured,
    map: &BenefitMap,
    as_of: Day,
    files: &Files,
    terminal: &Terminal,
) -> Result<Option<Measurements>> {
    match args.measurements.is_empty() {
        true => Ok(None),
        false => read(args, map, as_of, files, terminal).map(Some),
    }
}

/// The same, with the rows as they were read, which a seal holds.
pub fn read_rows(
    args: &Measured,
    map: &BenefitMap,
    as_of: Day,
    files: &Files,
    terminal: &Terminal,
) -> Result<(Measurements, RowsRead)> {
    let taken = taken(args, map, (as_of, Keep::Rows), files, terminal)?;
    Ok((taken.measurements, taken.rows_read.unwrap_or_default()))
}

/// What is kept of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    Values,
    Rows,
}

fn taken(
    args: &Measured,
    map: &BenefitMap,
    (as_of, keep): (Day, Keep),
    files: &Files,
    terminal: &Terminal,
) -> Result<Taken> {
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
    let mut intake = Intake::new(map, args.notation()).looking_from(as_of, io::day_or_today(None)?);
    if keep == Keep::Rows {
        intake = intake.keeping_rows();
    }
    let mut decisions = Vec::new();
    let mut without_rows = Vec::new();
    let (mut untold, mut read) = (0, 0);
    for (path, in_folder) in &named {
        let name = path.display().to_string();
        let (source, kind) = files.open(path)?;
        if !*in_folder {
            // Words without separators are for the reader to tell of, which knows the columns; so are packages that are no workbook.
            let read = [
                FileKind::Measurements,
                FileKind::Table,
                FileKind::Text,
                FileKind::Empty,
                FileKind::Workbook,
                FileKind::BinaryWorkbook,
                FileKind::OpenWorkbook,
                FileKind::Zip,
                // A table with a stray control character in a cell is one, and is read.
                FileKind::Binary,
            ];
            crate::files::expect(path, kind, "a table of measurements", &read)?;
        }
        let watched = Watched {
            source,
            progress: &mut progress,
        };
        let mut source = BufReader::new(watched);
        let start = source.fill_buf().with_context(|| format!("{name} could not be read"))?;
        let taken = if start.starts_with(b"PK\x03\x04") {
            let mut bytes = Vec::new();
            source
                .read_to_end(&mut bytes)
                .with_context(|| format!("{name} could not be read"))?;
            let typed = table::xlsx::typed_over(&name, &bytes)?;
            decisions.extend(typed.decisions);
            let read = workbook(&name, &bytes, &typed.measured, &mut intake)?;
            passed.extend(read.passed);
            Ok(read.cuts)
        } else {
            stream::measurements(&name, source, &mut intake).map(|cut| vec![cut])
        };
        match taken {
            Ok(cuts) => {
                if cuts.iter().all(|cut| cut.rows == 0) {
                    without_rows.push(name);
                }
                for cut in cuts {
                    decisions.extend(cut.decisions);
                    untold += cut.untold;
                }
                read += 1;
            }
            Err(stream::Error::NoColumns { .. } | stream::Error::Empty { .. }) if *in_folder => passed.push(name),
            Err(error) => return Err(error.into()),
        }
    }
    let taken = intake.finish();
    if read == 0 && !args.measurements.is_empty() {
        bail!(
            "no CSV file in {} has the columns kpi, date and value",
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
    for name in without_rows {
        terminal.warn(format!(
            "{name} has column names but no rows, so it has no measurements"
        ));
    }
    tell(&decisions, telling, terminal);
    if untold > 0 {
        terminal.say(format!("… and {untold} more decisions on columns and rows"));
    }
    remarks(&taken, telling, terminal);
    Ok(taken)
}

/// What a workbook gave.
struct FromWorkbook {
    cuts: Vec<stream::Cut>,
    /// The sheets that hold no measurements.
    passed: Vec<String>,
}

/// The sheets of a workbook that name the columns of measurements, whatever they are called, and are not named after another
/// table; and the actual values that somebody typed on the sheet of progress, which is otherwise made from measurements.
fn workbook(name: &str, bytes: &[u8], typed: &[table::RawTable], intake: &mut Intake<'_>) -> Result<FromWorkbook> {
    let (mut cuts, mut passed) = (Vec::new(), Vec::new());
    let (mut tables, mut others) = (Vec::new(), Vec::new());
    for sheet in table::xlsx::read_every_sheet(name, bytes)? {
        if table::TABLES.contains(&sheet.name.as_str()) {
            tables.push(sheet.name);
            continue;
        }
        // A sheet of progress under another name has the columns too, but its values are made from measurements.
        if table::xlsx::is_progress(&sheet) {
            passed.push(sheet.file);
            continue;
        }
        match stream::sheet(&sheet, intake) {
            Ok(cut) => cuts.push(cut),
            Err(_) => {
                let heads: String = sheet.header.join(", ").chars().take(60).collect();
                let shown = sheet
                    .file
                    .rsplit_once(", sheet ")
                    .map_or(sheet.file.as_str(), |(_, sheet)| sheet);
                others.push(match heads.as_str() {
                    "" => format!("{shown}, which is empty"),
                    heads => format!("{shown}, which begins with `{heads}`"),
                });
                passed.push(sheet.file);
            }
        }
    }
    for table in typed {
        cuts.push(stream::sheet(table, intake)?);
        passed.retain(|file| *file != table.file);
    }
    if cuts.is_empty() {
        if !tables.is_empty() {
            let tables = tables.join(", ");
            others.push(format!(
                "the tables of a map ({tables}), none of which has measurements; nor does `Progress`, which is made from them"
            ));
        }
        let found = match others.as_slice() {
            [] => "no sheet that can be read".to_owned(),
            others => others.join("; "),
        };
        bail!(
            "{name} has no sheet of measurements: a row near the top of a sheet must name the columns kpi, date and value. \
         The workbook has {found}"
        );
    }
    Ok(FromWorkbook { cuts, passed })
}

/// Whether the file is named after a table of a map.
fn is_table(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    table::TABLES.contains(&stem.as_str())
}

/// What was said of rows that count: a build reads the same files many times.
static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn said_before(line: &str) -> bool {
    let mut said = SAID.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    !said.insert(line.to_owned())
}

/// Tells what was found in the rows, kind by kind.
fn remarks(taken: &Taken, telling: Telling, terminal: &Terminal) {
    for (kind, count) in &taken.counts {
        // What stays out of the figures is said even to those who want to hear little.
        let say = |line: String| match kind.leaves_out() {
            true => terminal.say(line),
            false if said_before(&line) => {}
            false => terminal.note(line),
        };
        let word = match kind {
            kind if kind.leaves_out() => "left out",
            RemarkKind::Correction | RemarkKind::Duplicate => "superseded",
            RemarkKind::Understood => "taken",
            _ => "note",
        };
        let most = match (telling, kind) {
            (Telling::All, _) => KEPT_REMARKS,
            // Whoever looks back has many of them, and knows.
            (Telling::AFew, RemarkKind::AfterLooking) => 1,
            (Telling::AFew, _) => A_FEW,
        };
        let of_a_kind = taken.remarks.iter().filter(|remark| remark.kind == *kind);
        let mut told = 0;
        let mut help = "";
        for remark in of_a_kind.take(most) {
            // The advice of a run of remarks that share it stands once, under the last of them.
            if help != remark.help && !help.is_empty() {
                say(format!("  help: {help}"));
            }
            say(format!("{word}: {remark}"));
            help = &remark.help;
            told += 1;
        }
        if told < *count {
            let more = match telling {
                Telling::AFew => " (--all shows them)",
                Telling::All => "",
            };
            say(format!("{word}: … and {} more like this{more}", count - told));
        }
        if !help.is_empty() {
            say(format!("  help: {help}"));
        }
    }
    let reception = taken.measurements.reception();
    let left_out = reception.count();
    if left_out > 0 {
        terminal.say(format!(
            "{left_out} of {} left out",
            counted(usize::try_from(reception.rows).unwrap_or(usize::MAX), "row", "rows")
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

/// How far the files are read: a stage for every tenth of them.
struct Progress {
    total: u64,
    done: u64,
    tenths: u64,
}

impl Progress {
    fn new(total: u64) -> Self {
        progress::stage("Reading the measurements");
        Self {
            total,
            done: 0,
            tenths: 0,
        }
    }

    fn read(&mut self, bytes: u64) {
        self.done += bytes;
        let tenths = (self.done * 10).checked_div(self.total).unwrap_or(0).min(10);
        if tenths > self.tenths {
            self.tenths = tenths;
            progress::stage(format!("Reading the measurements, {tenths}0%"));
        }
    }
}
