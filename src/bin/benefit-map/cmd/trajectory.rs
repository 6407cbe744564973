//! `trajectory`: expected against actual, period by period.

use anyhow::Result;
use benefit_map::{table, track};

use crate::args::Trajectory;
use crate::io::Terminal;
use crate::{Verdict, io, measured};

pub fn run(args: &Trajectory, terminal: &Terminal) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    let measurements = measured::read(&args.measured, &document.map, terminal)?;
    let as_of = io::day_or_today(args.as_of)?;
    let rows = track::trajectory(&document.map, &measurements, Some(as_of), args.every.into());
    io::write_register(args.output.as_deref(), &table::trajectory(&rows), || {
        table::xlsx::Cover::of_trajectory(&document.map, as_of)
    })?;
    Ok(Verdict::Clean)
}
