//! `import xlsx` and `export xlsx`: a map and an Excel workbook.

use anyhow::Result;
use benefit_map::{file, table};

use super::tables::{Brought, title_of};
use crate::args::{ExportXlsx, ImportXlsx};
use crate::io::Terminal;
use crate::{Verdict, io};

pub fn import(args: &ImportXlsx, terminal: &Terminal) -> Result<Verdict> {
    let name = args.workbook.file_name().unwrap_or_default().to_string_lossy();
    let tables = table::xlsx::read(&name, &file::read(&args.workbook)?)?;
    let stem = args.workbook.file_stem().unwrap_or_default().to_string_lossy();
    let brought = Brought {
        from: &args.workbook,
        title: args.title.clone(),
        fallback: title_of(&stem),
        bringing: &args.bringing,
    };
    brought.write(tables, &args.output, terminal)
}

pub fn export(args: &ExportXlsx, terminal: &Terminal) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    io::write(Some(&args.output), &table::xlsx::workbook(&document.map)?)?;
    if !io::is_stream(&args.output) {
        terminal.say(format!("wrote {}", args.output.display()));
    }
    Ok(Verdict::Clean)
}
