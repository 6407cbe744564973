//! `register`: the benefit register.

use anyhow::Result;
use benefit_map::table::{self, Table, xlsx::Cover};

use crate::args::{Register, RegisterFormat};
use crate::files::Files;
use crate::{Verdict, output};

pub fn run(args: &Register, files: &Files) -> Result<Verdict> {
    let output = output::of("the benefit register", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    files.write(
        &output.place,
        &written(output.format, &table::benefit_register(&document.map), || {
            Cover::of_register(&document.map)
        })?,
    )?;
    Ok(Verdict::Clean)
}

/// The bytes of a register; `cover` is the first sheet of a workbook.
pub fn written(format: RegisterFormat, table: &Table, cover: impl FnOnce() -> Cover) -> Result<Vec<u8>> {
    match format {
        RegisterFormat::Csv => Ok(table::csv::write(table)),
        RegisterFormat::Xlsx => Ok(table::xlsx::write(std::slice::from_ref(table), &cover())?),
    }
}
