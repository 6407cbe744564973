//! `kpis`: the KPI register.

use anyhow::Result;
use benefit_map::table::{self, xlsx::Cover};

use super::register;
use super::tables::counted;
use crate::args::Kpis;
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, output};

pub fn run(args: &Kpis, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the KPI register", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    if let Some(seen) = register::seen(args.format, &output.place, &table::kpi_register(&document.map)) {
        files.print(&seen)?;
        return Ok(Verdict::Clean);
    }
    let bytes = register::written(output.format, &table::kpi_register(&document.map), || {
        Cover::of_kpis(&document.map)
    })?;
    let what = counted(document.map.kpis.len(), "KPI", "KPIs");
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(Verdict::Clean)
}
