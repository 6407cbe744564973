//! `kpis`: the KPI register.

use anyhow::Result;
use benefit_map::table::{self, xlsx::Cover};

use crate::args::Kpis;
use crate::{Verdict, io};

pub fn run(args: &Kpis) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    io::write_register(args.output.as_deref(), &table::kpi_register(&document.map), || {
        Cover::of_kpis(&document.map)
    })?;
    Ok(Verdict::Clean)
}
