//! `import register`: a map from a register, a logframe or a list, laid out as its owners keep it.

use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::file::{self, FileKind};
use benefit_map::map::{BenefitMap, limits};
use benefit_map::table::{self, Adopted, Change, Decision, Grid, Handling, Lack, Mapping, Missing, Said};
use serde::Serialize;

use super::tables::{Brought, Telling, contents, counted, tell, tell_changes, title_of};
use crate::args::{AccountFormat, ImportRegister};
use crate::files::{Files, Over};
use crate::io::Terminal;
use crate::output::Place;
use crate::{Verdict, io, output};

/// What the readers have an answer to; they say how to save the others.
const READ: [FileKind; 11] = [
    FileKind::Workbook,
    FileKind::BinaryWorkbook,
    FileKind::OldWorkbook,
    FileKind::OldOffice,
    FileKind::OpenWorkbook,
    FileKind::Table,
    FileKind::Measurements,
    FileKind::Text,
    FileKind::Binary,
    FileKind::Empty,
    FileKind::Zip,
];

/// How many of the things that lack something are named.
const A_FEW: usize = 5;

pub fn run(args: &ImportRegister, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = args.output.as_deref().map(output::map).transpose()?;
    let mapping_place = output::only("a mapping", &["json"], args.mapping.as_deref())?;
    let actuals_place = output::only("measurements", &["csv"], args.actuals.as_deref())?;
    if args.format == AccountFormat::Json && args.output.as_deref().is_some_and(io::is_stream) {
        bail!(
            "the map and its account cannot both go to standard output: name a file with -o, or leave --format json out"
        );
    }
    for (path, option) in [(&args.mapping, "--mapping"), (&args.actuals, "--actuals")] {
        if path.as_deref().is_some_and(io::is_stream) {
            bail!("{option} names a file, not standard output");
        }
    }
    let bytes = files.bytes_of(&args.register, "a register in a workbook or a CSV file", &READ)?;
    let name = args.register.file_name().unwrap_or_default().to_string_lossy();
    let grids = grids(args, &name, &bytes)?;
    let mapping = match args.mapping.as_deref().filter(|path| path.exists()) {
        Some(path) => Some(read_mapping(path, files)?),
        None => None,
    };
    let before = match args.output.as_deref() {
        Some(output) => Brought::before(&args.bringing, output, files)?,
        None => match &args.bringing.onto {
            Some(path) => Some((path.as_path(), files.map(path)?.map)),
            None => None,
        },
    };
    let known = before.as_ref().map(|(_, map)| map);
    let adopted = table::adopt(&name, &grids, mapping.as_ref(), known)?;
    let missing = match args.bringing.prune {
        true => Missing::Prune,
        false => Missing::Keep,
    };
    let imported = match known {
        Some(map) => table::onto(map, &adopted.tables, missing),
        None => table::import(&adopted.tables),
    };
    let mut imported = imported.with_context(|| format!("{name} could not be read"))?;
    imported.decisions = adopted.origins.retold(imported.decisions);
    let mut decisions = adopted.decisions.clone();
    decisions.extend(imported.decisions);
    let place_of = |file: &str| grids.iter().position(|grid| grid.file == file);
    decisions.sort_by_key(|decision| (place_of(&decision.file), decision.row));
    if name.to_lowercase().ends_with(".xlsm") {
        terminal.say(format!("{name} has macros, which were neither run nor read"));
    }
    let mut map = imported.map;
    if let Some(title) = &args.title {
        map.title.clone_from(title);
    } else if map.title.is_empty() {
        let stem = args.register.file_stem().unwrap_or_default().to_string_lossy();
        map.title = title_of(&stem);
    }
    if contents(&map).is_empty() {
        tell(&decisions, telling(args), terminal);
        bail!("nothing in {name} could be used, so no map was written: correct what is reported above, or the mapping");
    }
    limits::of_map(&map).with_context(|| args.register.display().to_string())?;
    let report = Report {
        adopted: &adopted,
        decisions: &decisions,
        changes: known.map(|before| table::changes(before, &map)),
        map: &map,
        before: before.as_ref().map(|(path, _)| *path),
    };
    let wrote = write(args, files, &report, (place.as_ref(), &mapping_place, &actuals_place))?;
    match args.format {
        AccountFormat::Json => files.print(report.json()?.as_bytes())?,
        AccountFormat::Text => report.tell(args, terminal),
    }
    for line in wrote {
        terminal.note(line);
    }
    let faults = decisions.iter().any(|told| told.handling == Handling::Fault);
    Ok(if faults { Verdict::Findings } else { Verdict::Clean })
}

fn telling(args: &ImportRegister) -> Telling {
    match args.bringing.all {
        true => Telling::All,
        false => Telling::AFew,
    }
}

/// The sheets of a workbook, or the one of a CSV file.
fn grids(args: &ImportRegister, name: &str, bytes: &[u8]) -> Result<Vec<Grid>> {
    let is_text = !bytes.starts_with(b"PK") && !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    let mut grids = match is_text {
        true => vec![Grid::of_csv(name, bytes)?],
        false => table::xlsx::grids(name, bytes)?,
    };
    for grid in &mut grids {
        grid.notation = args.writing.notation();
    }
    Ok(grids)
}

fn read_mapping(path: &Path, files: &Files) -> Result<Mapping> {
    let bytes = files.bytes(path)?;
    let name = path.display().to_string();
    let text = String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8 text"))?;
    Ok(Mapping::read(&name, &text)?)
}

/// Writes the map, the mapping and the measured values, or none of them where one may not be written; gives what to say of it.
fn write(
    args: &ImportRegister,
    files: &Files,
    report: &Report<'_>,
    (place, mapping_place, actuals_place): (Option<&Place>, &Place, &Place),
) -> Result<Vec<String>> {
    let map = file::write(report.map);
    let mapping = report.adopted.mapping.write();
    let measured = table::measured_table(report.adopted, &report.map.kpis);
    let actuals = measured.as_ref().map(table::csv::write);
    let mut said = Vec::new();
    let mut all: Vec<(&Place, &[u8], Over<'_>)> = Vec::new();
    let same = report.changes.as_ref().is_some_and(Vec::is_empty) && report.before == args.output.as_deref();
    if let Some(place) = place.filter(|_| !same) {
        let over = match report.before {
            Some(path) => Over::Itself(path),
            None if args.bringing.afresh => Over::Maps,
            None => Over::Results,
        };
        all.push((place, map.as_bytes(), over));
    }
    let new_mapping = args.mapping.as_deref().filter(|path| !path.exists());
    if new_mapping.is_some() {
        all.push((mapping_place, mapping.as_bytes(), Over::Results));
    }
    if let Some(actuals) = actuals.as_ref().filter(|_| args.actuals.is_some()) {
        all.push((actuals_place, actuals, Over::Results));
    }
    let dry = args.bringing.dry_run;
    if !dry && !all.is_empty() {
        files.write_all(&all)?.said_otherwise();
    }
    let holds = contents(report.map);
    said.push(match args.output.as_deref() {
        None => format!("nothing was written: name the map with -o; it would have {holds}"),
        Some(path) if dry => format!("nothing was written (--dry-run); {} would have {holds}", path.display()),
        Some(path) if same => format!("left {} as it was: {holds}", path.display()),
        Some(path) if io::is_stream(path) => format!("read a map: {holds}"),
        Some(path) => format!("wrote {}: {holds}", path.display()),
    });
    if let Some(path) = new_mapping.filter(|_| !dry) {
        said.push(format!(
            "wrote {}: correct what each column is, and import again with it",
            path.display()
        ));
    }
    let count = measured.as_ref().map_or(0, |table| table.rows.len());
    match (&args.actuals, count) {
        (Some(path), 0) => said.push(format!(
            "{} was not written, as the file has no measured values with a day",
            path.display()
        )),
        (Some(path), count) if !dry => said.push(format!(
            "wrote {}: {}; name it with --measurements",
            path.display(),
            counted(count, "measured value", "measured values")
        )),
        (None, count) if count > 0 => said.push(format!(
            "{} not part of the map: write them with --actuals FILE.csv",
            match count {
                1 => "1 measured value is".to_owned(),
                many => format!("{many} measured values are"),
            }
        )),
        _ => {}
    }
    Ok(said)
}

/// All that there is to say.
struct Report<'r> {
    adopted: &'r Adopted,
    decisions: &'r [Decision],
    changes: Option<Vec<Change>>,
    map: &'r BenefitMap,
    before: Option<&'r Path>,
}

impl Report<'_> {
    fn tell(&self, args: &ImportRegister, terminal: &Terminal) {
        for sheet in &self.adopted.account.sheets {
            let name = &sheet.sheet;
            if sheet.columns.is_empty() {
                terminal.say(format!("sheet {name}: {}", sheet.kind));
                continue;
            }
            let heads: Vec<String> = sheet.heads.iter().map(usize::to_string).collect();
            let rows = if heads.len() == 1 { "row" } else { "rows" };
            terminal.say(format!(
                "sheet {name}: taken as {}, with the column names in {rows} {} and {} below",
                sheet.kind,
                heads.join(" and "),
                counted(sheet.rows, "row", "rows")
            ));
            for column in &sheet.columns {
                let head = match column.head.as_str() {
                    "" => String::new(),
                    head => format!(" `{head}`"),
                };
                let date = column.date.as_ref().map_or(String::new(), |date| format!(", {date}"));
                terminal.say(format!(
                    "  {}{head}: {}{date} ({})",
                    column.column, column.is, column.how
                ));
            }
        }
        tell(self.decisions, telling(args), terminal);
        if let Some(changes) = &self.changes {
            tell_changes(changes, telling(args), terminal);
        }
        let lacks = table::lacks(self.map);
        for lack in &lacks {
            terminal.say(format!("lacks: {}", lack_line(lack, telling(args))));
            terminal.say(format!("  help: {}", lack.help));
        }
    }

    fn json(&self) -> Result<String> {
        #[derive(Serialize)]
        struct Whole<'w> {
            sheets: &'w [table::SheetAccount],
            decisions: Vec<Said<'w>>,
            lacks: Vec<Lack>,
            mapping: &'w Mapping,
            summary: Summary,
        }
        #[derive(Serialize)]
        struct Summary {
            nodes: usize,
            links: usize,
            owners: usize,
            kpis: usize,
            risks: usize,
            taken: usize,
            left_out: usize,
            faults: usize,
        }
        let count = |handling| self.decisions.iter().filter(|told| told.handling == handling).count();
        let whole = Whole {
            sheets: &self.adopted.account.sheets,
            decisions: self.decisions.iter().map(Said::from).collect(),
            lacks: table::lacks(self.map),
            mapping: &self.adopted.mapping,
            summary: Summary {
                nodes: self.map.nodes.len(),
                links: self.map.links.len(),
                owners: self.map.owners.len(),
                kpis: self.map.kpis.len(),
                risks: self.map.risks.len(),
                taken: count(Handling::Taken),
                left_out: count(Handling::LeftOut),
                faults: count(Handling::Fault),
            },
        };
        Ok(serde_json::to_string_pretty(&whole)? + "\n")
    }
}

fn lack_line(lack: &Lack, telling: Telling) -> String {
    let most = match telling {
        Telling::AFew => A_FEW,
        Telling::All => lack.of.len(),
    };
    let named: Vec<&str> = lack.of.iter().take(most).map(String::as_str).collect();
    let more = match lack.of.len().saturating_sub(most) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}: {}{more}", lack.what, named.join("; "))
}
