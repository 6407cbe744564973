//! `kpis`: the KPI register.

use anyhow::Result;
use benefit_map::table;

use crate::args::Kpis;
use crate::{Verdict, io};

pub fn run(args: &Kpis) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    io::write(
        args.output.as_deref(),
        &table::csv::write(&table::kpi_register(&document.map)),
    )?;
    Ok(Verdict::Clean)
}
