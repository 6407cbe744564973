//! `import xlsx` and `export xlsx`: a map and an Excel workbook.

use anyhow::{Result, bail};
use benefit_map::file::FileKind;
use benefit_map::table::{self, Cell, Handling, RawTable, Table};

use super::tables::{Brought, Telling, contents, counted, tell, title_of};
use crate::args::{ExportXlsx, ImportXlsx};
use crate::files::{Files, Over};
use crate::io::Terminal;
use crate::output::Place;
use crate::{Verdict, io, measured, output, progress};

/// What the reader of workbooks has an answer to: it says how to save the others.
pub const WORKBOOKS: [FileKind; 5] = [
    FileKind::Workbook,
    FileKind::BinaryWorkbook,
    FileKind::OldWorkbook,
    FileKind::OldOffice,
    FileKind::OpenWorkbook,
];

pub fn import(args: &ImportXlsx, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let name = args.workbook.file_name().unwrap_or_default().to_string_lossy();
    let bytes = files.bytes_of(&args.workbook, "an Excel workbook", &WORKBOOKS)?;
    let mut tables = table::xlsx::read(&name, &bytes)?;
    let actuals = output::only("measurements", &["csv"], args.actuals.as_deref())?;
    if args.actuals.as_deref().is_some_and(io::is_stream) {
        bail!("--actuals names a file, not standard output");
    }
    let mut measured = Vec::new();
    let not_read = match args.actuals {
        Some(_) => {
            let typed = table::xlsx::typed_over(&name, &bytes)?;
            measured = typed.measured;
            typed.decisions
        }
        None => table::xlsx::changed_progress(&name, &bytes)?,
    };
    for table in &mut tables {
        table.notation = args.writing.notation();
    }
    let stem = args.workbook.file_stem().unwrap_or_default().to_string_lossy();
    let brought = Brought {
        from: &args.workbook,
        title: args.title.clone(),
        fallback: title_of(&stem),
        bringing: &args.bringing,
        not_read,
    };
    if let Some(path) = args.actuals.as_deref().filter(|_| !args.bringing.dry_run) {
        // Whether both may be written is looked at before either is.
        files.may_write(path, Over::Results)?;
    }
    // What is typed over comes after what the sheet of measurements has, as the later of two values counts.
    let of_sheets = tables.iter().filter(|table| table.name == "measurements").cloned();
    let measured: Vec<RawTable> = of_sheets.chain(measured).collect();
    if args.actuals.is_some() {
        tables.retain(|table| table.name != "measurements");
    }
    let verdict = brought.write(tables, &args.output, files, terminal)?;
    match args.actuals {
        Some(_) => Ok(
            match (verdict, write_actuals(args, &measured, (&actuals, files), terminal)?) {
                (Verdict::Clean, Verdict::Clean) => Verdict::Clean,
                _ => Verdict::Findings,
            },
        ),
        None => Ok(verdict),
    }
}

/// Writes the measured values of a workbook beside the map.
fn write_actuals(
    args: &ImportXlsx,
    tables: &[RawTable],
    (place, files): (&Place, &Files),
    terminal: &Terminal,
) -> Result<Verdict> {
    let mut rows = Vec::new();
    let mut verdict = Verdict::Clean;
    for table in tables {
        let (values, decisions) = table::measurements(table);
        if decisions.iter().any(|told| told.handling == Handling::Fault) {
            verdict = Verdict::Findings;
        }
        tell(&decisions, Telling::AFew, terminal);
        rows.extend(values.into_iter().map(|one| {
            vec![
                Cell::Text(one.kpi.to_string()),
                Cell::Day(one.date),
                Cell::Number(one.value),
                text(one.source),
                text(one.note),
            ]
        }));
    }
    let shown = args
        .actuals
        .as_deref()
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    match rows.len() {
        0 => terminal.note(format!(
            "{shown} was not written, as the workbook has no measured values"
        )),
        count if args.bringing.dry_run => terminal.note(format!(
            "{shown} would have {}",
            counted(count, "measured value", "measured values")
        )),
        count => {
            let table = Table {
                name: "measurements".to_owned(),
                columns: table::known_columns("measurements").to_vec(),
                rows,
            };
            let wrote = files.write(place, &table::csv::write(&table))?;
            wrote.say(counted(count, "measured value", "measured values"), terminal);
        }
    }
    Ok(verdict)
}

fn text(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

pub fn export(args: &ExportXlsx, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("a workbook", &["xlsx"], Some(&args.output))?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    let day = io::day_or_today(args.as_of)?;
    let measurements = measured::read(&args.measured, map, day, files, terminal)?;
    // Without measurements the workbook tells of the map alone, and is the same on any day.
    let as_of = match args.measured.measurements.as_slice() {
        [] => args.as_of,
        _ => Some(io::day_or_today(args.as_of)?),
    };
    progress::stage("Writing the workbook");
    let bytes = table::xlsx::tracked(map, &measurements, as_of, args.every)?;
    files.write(&place, &bytes)?.say(contents(map), terminal);
    Ok(Verdict::Clean)
}
