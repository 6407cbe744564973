//! `trajectory`: expected against actual, period by period.

use std::path::Path;

use anyhow::{Context, Result};
use benefit_map::{file, table, track};

use crate::args::{Every, Trajectory};
use crate::io::Terminal;
use crate::{Verdict, io};

pub fn run(args: &Trajectory, terminal: &Terminal) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    let measurements = match &args.measurements {
        Some(path) => measurements(path, terminal)?,
        None => Default::default(),
    };
    let every = match args.every {
        Every::Month => track::Every::Month,
        Every::Quarter => track::Every::Quarter,
        Every::Year => track::Every::Year,
    };
    let as_of = io::day_or_today(args.as_of)?;
    let rows = track::trajectory(&document.map, &measurements, Some(as_of), every);
    io::write_register(args.output.as_deref(), &table::trajectory(&rows), || {
        table::xlsx::Cover::of_trajectory(&document.map, as_of)
    })?;
    Ok(Verdict::Clean)
}

/// The measured values of a CSV file; what could not be read is told with its row.
pub fn measurements(path: &Path, terminal: &Terminal) -> Result<track::Measurements> {
    let bytes = file::read(path)?;
    let name = path.display().to_string();
    let raw = table::csv::read(&name, &bytes).with_context(|| format!("{name} could not be read"))?;
    let (measurements, decisions) = table::measurements(&raw);
    super::tables::tell(&decisions, super::tables::Telling::AFew, terminal);
    Ok(measurements.into_iter().collect())
}
