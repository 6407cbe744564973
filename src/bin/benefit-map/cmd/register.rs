//! `register`: the benefits register.

use anyhow::{Result, bail};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::limits;
use benefit_map::report::{self, CaseOptions};
use benefit_map::table::{self, Table, xlsx::Cover};
use benefit_map::track;

use super::tables::counted;
use crate::args::{BenefitFormat, DocumentFormat, Register, RegisterFormat, Written};
use crate::files::Files;
use crate::io::Terminal;
use crate::output::{Output, Place};
use crate::{Verdict, columns, document, io, measured, output};

pub fn run(args: &Register, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the benefits register", args.format, args.output.as_deref())?;
    if args.template.is_some() && output.format != BenefitFormat::Docx {
        bail!("only a Word document has a template: leave out --template, or name an output that ends in .docx");
    }
    let read = files.map(&args.map)?;
    let map = &read.map;
    table::register_within_limits(map)?;
    let graph = BenefitGraph::new(map);
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read_named(&args.measured, map, as_of, files, terminal)?;
    let document = |format: DocumentFormat| {
        let mut options = CaseOptions::new(as_of);
        options.measurements = measurements.as_ref();
        options.source = args.map.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let output = Output {
            format,
            place: output.place.clone(),
        };
        let written = Written {
            output: args.output.clone().unwrap_or_default(),
            format: Some(format),
            template: args.template.clone(),
            replace: false,
        };
        limits::of_document(map)?;
        let register = report::benefit_register(&graph, &options);
        document::write(&register, map, &output, &written, files, terminal)
    };
    let standing = measurements.as_ref().map(|known| track::standing(&graph, known, as_of));
    match output.format {
        BenefitFormat::Csv => {
            let table = table::benefit_register(map, standing.as_ref());
            if let Some(seen) = seen(args.format, &output.place, &table) {
                files.print(&seen)?;
                return Ok(args.measured.verdict(measurements.as_ref()));
            }
            let what = counted(table.rows.len(), "row", "rows");
            files
                .write(&output.place, &table::csv::write(&table))?
                .say(what, terminal);
        }
        BenefitFormat::Xlsx => {
            let sheets = table::benefit_register_sheets(map, standing.as_ref());
            let cover = Cover::of_register(map, standing.as_ref());
            let what = counted(map.kpis.len(), "KPI", "KPIs");
            files
                .write(&output.place, &table::xlsx::write(&sheets, &cover)?)?
                .say(what, terminal);
        }
        BenefitFormat::Docx => document(DocumentFormat::Docx)?,
        BenefitFormat::Pdf => document(DocumentFormat::Pdf)?,
        BenefitFormat::Html => document(DocumentFormat::Html)?,
        BenefitFormat::Markdown => document(DocumentFormat::Markdown)?,
    }
    Ok(args.measured.verdict(measurements.as_ref()))
}

/// What is shown of a table on a terminal where no format was asked for; `None` where it is to be written.
pub fn seen<F>(asked: Option<F>, place: &Place, table: &Table) -> Option<Vec<u8>> {
    let width = columns::seen(place).filter(|_| asked.is_none())?;
    Some(columns::of_table(table, width).printed())
}

/// The bytes of a register; `cover` is the first sheet of a workbook.
pub fn written(format: RegisterFormat, table: &Table, cover: impl FnOnce() -> Cover) -> Result<Vec<u8>> {
    match format {
        RegisterFormat::Csv => Ok(table::csv::write(table)),
        RegisterFormat::Xlsx => Ok(table::xlsx::write(std::slice::from_ref(table), &cover())?),
    }
}
