//! `import tables` and `export tables`: a map and a folder of CSV files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use benefit_map::file::{self, FileKind};
use benefit_map::map::{self, limits};
use benefit_map::table::{self, Change, Decision, DecisionKind, Handling, Missing, RawTable};

use crate::args::{Bringing, ExportTables, ImportTables};
use crate::files::{self, Files, InFolder, Over};
use crate::io::Terminal;
use crate::{Verdict, io, output};

/// How many decisions of one kind are told before the rest are counted.
const A_FEW: usize = 5;

/// How much to tell of many decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// The first few of each kind, and how many more there are.
    AFew,
    /// Each of them.
    All,
}

pub fn import(args: &ImportTables, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let mut tables = Vec::new();
    for path in csv_files(&args.dir, files)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut table = table::csv::read(&name, &files.bytes(&path)?)
            .with_context(|| format!("the tables of {} could not be read", args.dir.display()))?;
        table.notation = args.writing.notation();
        tables.push(table);
    }
    let whole = args.dir.canonicalize();
    let name = whole.as_deref().unwrap_or(&args.dir).file_name().unwrap_or_default();
    let brought = Brought {
        from: &args.dir,
        title: args.title.clone(),
        fallback: title_of(&name.to_string_lossy()),
        bringing: &args.bringing,
        not_read: Vec::new(),
    };
    brought.write(tables, &args.output, files, terminal)
}

/// The CSV files of a folder, of which there must be some.
pub fn csv_files(dir: &Path, files: &Files) -> Result<Vec<PathBuf>> {
    let shown = dir.display();
    if let Some(kind) = files::kind_of(dir) {
        let advice = match kind {
            FileKind::Table | FileKind::Measurements | FileKind::Empty | FileKind::Text => {
                "name the folder that it is in".to_owned()
            }
            kind => format!("it is {}, and {}", kind.label(), kind.advice()),
        };
        bail!("{shown} is a file, but a folder of CSV files is needed: {advice}");
    }
    let found = files.list(dir, "csv")?;
    if found.is_empty() {
        let others = files::names_in(dir);
        let there = match others.as_slice() {
            [] => "it is empty".to_owned(),
            [one] => format!("{one} is there"),
            many if many.len() <= A_FEW => format!("{} are there", many.join(", ")),
            many => format!("{} and {} more are there", many[..A_FEW].join(", "), many.len() - A_FEW),
        };
        bail!("{shown} has no .csv files ({there}): save each table as CSV, or name another folder");
    }
    Ok(found)
}

/// Tables that were brought, and what to do with them.
pub struct Brought<'b> {
    /// The folder or the workbook that they come from.
    pub from: &'b Path,
    /// The title that was asked for.
    pub title: Option<String>,
    /// The title where none was asked for and the tables hold none.
    pub fallback: String,
    /// What to bring them onto, and how much to tell.
    pub bringing: &'b Bringing,
    /// What was found in parts that are not read into the map.
    pub not_read: Vec<Decision>,
}

impl Brought<'_> {
    /// Writes the map in the tables, and tells of it and of measurements among them.
    pub fn write(
        self,
        mut tables: Vec<RawTable>,
        output: &Path,
        files: &Files,
        terminal: &Terminal,
    ) -> Result<Verdict> {
        let place = output::map(output)?;
        let from = self.from.display();
        let telling = match self.bringing.all {
            true => Telling::All,
            false => Telling::AFew,
        };
        let before = Self::before(self.bringing, output, files)?;
        let missing = match self.bringing.prune {
            true => Missing::Prune,
            false => Missing::Keep,
        };
        let imported = match &before {
            Some((_, before)) => table::onto(before, &tables, missing),
            None => table::import(&tables),
        };
        let mut imported = imported.with_context(|| format!("the tables of {from} could not be read"))?;
        if let Some(title) = &self.title {
            imported.map.title.clone_from(title);
        } else if imported.map.title.is_empty() && before.is_none() {
            imported.map.title.clone_from(&self.fallback);
        }
        if before.is_none() && contents(&imported.map).is_empty() {
            tell(&imported.decisions, telling, terminal);
            bail!(
                "nothing from {from} could be used, so no map was written: a table `nodes` needs a row for each box, with the \
                 columns id, kind and title"
            );
        }
        limits::of_map(&imported.map).with_context(|| from.to_string())?;
        let changes = before.as_ref().map(|(_, before)| table::changes(before, &imported.map));
        // A file that says the same already stays as it is, to the byte.
        let same = changes.as_ref().is_some_and(Vec::is_empty)
            && before
                .as_ref()
                .is_some_and(|(path, _)| *path == output && !io::is_stream(path));
        if !same && !self.bringing.dry_run {
            let over = match &before {
                Some((path, _)) => Over::Itself(path),
                None if self.bringing.afresh => Over::Maps,
                None => Over::Results,
            };
            let wrote = files.write_over(&place, file::write(&imported.map).as_bytes(), over)?;
            wrote.said_otherwise();
        }

        imported.decisions.extend(self.not_read);
        tell(&imported.decisions, telling, terminal);
        let wrote = match (same, io::is_stream(output)) {
            (false, _) if self.bringing.dry_run => {
                format!("nothing was written (--dry-run); {} would be", output.display())
            }
            (true, _) => format!("left {} as it was", output.display()),
            (false, true) => "read a map".to_owned(),
            (false, false) => format!("wrote {}", output.display()),
        };
        let holds = contents(&imported.map);
        match (&before, changes) {
            (Some((path, _)), Some(changes)) => {
                tell_changes(&changes, telling, terminal);
                let onto = path.display();
                let count = match changes.len() {
                    0 => "nothing was changed".to_owned(),
                    1 => "1 record was changed".to_owned(),
                    many => format!("{many} records were changed"),
                };
                terminal.note(format!("{wrote}, with {from} merged into {onto}: {count}; {holds}"));
            }
            _ => terminal.note(format!("{wrote} from {from}: {holds}")),
        }
        let mut faults = imported.decisions.iter().any(|told| told.handling == Handling::Fault);
        for table in tables.iter_mut().filter(|table| table.name == "measurements") {
            // What was decided to read the table at all has been told with the rest.
            table.decisions.clear();
            let (values, decisions) = table::measurements(table);
            faults |= decisions.iter().any(|told| told.handling == Handling::Fault);
            tell(&decisions, telling, terminal);
            terminal.say(format!(
                "{} holds {}, which are data and are not part of the map: name the file with --measurements",
                table.file,
                counted(values.len(), "measurement", "measurements")
            ));
        }
        Ok(if faults { Verdict::Findings } else { Verdict::Clean })
    }

    /// The map that the tables are brought onto: the one that was named, else the one that stands where it is written.
    pub fn before<'p>(
        bringing: &'p Bringing,
        output: &'p Path,
        files: &Files,
    ) -> Result<Option<(&'p Path, map::BenefitMap)>> {
        let path = match &bringing.onto {
            Some(path) => path.as_path(),
            None if bringing.afresh || io::is_stream(output) || !output.exists() => return Ok(None),
            None => output,
        };
        let read = files.map(path).with_context(|| {
            let path = path.display();
            format!("{path} has no map to update with the tables; use --afresh to make a map from the tables only")
        })?;
        Ok(Some((path, read.map)))
    }
}

pub fn export(args: &ExportTables, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    output::folder("a folder of tables", &args.output)?;
    let document = files.map(&args.map)?;
    let tables = table::export(&document.map);
    let written: Vec<(String, Vec<u8>)> = tables
        .iter()
        .map(|table| (format!("{}.csv", table.name), table::csv::write(table)))
        .collect();
    if !args.replace {
        let there: Vec<String> = written
            .iter()
            .map(|(name, _)| args.output.join(name))
            .filter(|path| path.exists())
            .map(|path| path.display().to_string())
            .collect();
        if !there.is_empty() {
            bail!(
                "{} already there: use --replace, or name another folder",
                there.join(", ") + if there.len() == 1 { " is" } else { " are" }
            );
        }
    }
    let (wrote, _) = files.write_folder(&args.output, &written, InFolder::Anything)?;
    // A table of an earlier export that the map no longer fills would come back at the next import.
    for path in files::list(&args.output, "csv")? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_written = written.iter().any(|(file, _)| *file == format!("{name}.csv"));
        let left_over = table::TABLES.contains(&name.as_str()) && !is_written;
        if left_over && name != "measurements" {
            terminal.warn(format!(
                "{} is from before, and this map has nothing for it: delete it before you import the folder",
                path.display()
            ));
        }
    }
    wrote.say(counted(written.len(), "table", "tables"), terminal);
    Ok(Verdict::Clean)
}

/// A file's or a folder's name as a title: `my-tables` is "My tables".
pub fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// What a map holds, in a line.
pub fn contents(map: &map::BenefitMap) -> String {
    [
        (map.nodes.len(), "node", "nodes"),
        (map.links.len(), "link", "links"),
        (map.owners.len(), "owner", "owners"),
        (map.kpis.len(), "KPI", "KPIs"),
        (map.risks.len(), "risk", "risks"),
        (map.plans.len(), "plan", "plans"),
        (map.partners.len(), "partner", "partners"),
    ]
    .iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| counted(*count, one, many))
    .collect::<Vec<_>>()
    .join(", ")
}

pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Tells what became of the records of a map that was there, a line each.
pub fn tell_changes(changes: &[Change], telling: Telling, terminal: &Terminal) {
    let most = match telling {
        Telling::AFew => 4 * A_FEW,
        Telling::All => changes.len(),
    };
    for change in changes.iter().take(most) {
        terminal.say(format!("changed: {change}"));
    }
    if changes.len() > most {
        terminal.say(format!(
            "changed: … and {} more (--all shows them)",
            changes.len() - most
        ));
    }
}

/// Tells what was decided, the gravest first and kind by kind.
pub fn tell(decisions: &[Decision], telling: Telling, terminal: &Terminal) {
    let mut kinds: BTreeMap<(Handling, DecisionKind), Vec<&Decision>> = BTreeMap::new();
    for decision in decisions {
        kinds
            .entry((decision.handling, decision.kind))
            .or_default()
            .push(decision);
    }
    for ((handling, _), of_a_kind) in kinds {
        let word = match handling {
            Handling::Fault => "fault",
            Handling::LeftOut => "left out",
            Handling::Taken => "taken",
        };
        let most = match telling {
            Telling::AFew => A_FEW,
            Telling::All => of_a_kind.len(),
        };
        let mut help = "";
        for decision in of_a_kind.iter().take(most) {
            // The advice of a run of decisions that share it stands once, under the last of them.
            if help != decision.help && !help.is_empty() {
                terminal.say(format!("  help: {help}"));
            }
            terminal.say(format!("{word}: {decision}"));
            help = &decision.help;
        }
        if of_a_kind.len() > most {
            terminal.say(format!(
                "{word}: … and {} more like this (--all shows them)",
                of_a_kind.len() - most
            ));
        }
        if !help.is_empty() {
            terminal.say(format!("  help: {help}"));
        }
    }
}
