//! `import xlsx` and `export xlsx`: a map and an Excel workbook.

use anyhow::Result;
use benefit_map::file::FileKind;
use benefit_map::table;

use super::tables::{Brought, contents, title_of};
use crate::args::{ExportXlsx, ImportXlsx};
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, io, measured, output, progress};

/// What the reader of workbooks has an answer to: it says how to save the others.
const WORKBOOKS: [FileKind; 5] = [
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
    let not_read = table::xlsx::changed_progress(&name, &bytes)?;
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
    brought.write(tables, &args.output, files, terminal)
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
