//! `report`: documents about a map.

use anyhow::Result;
use benefit_map::graph::BenefitGraph;
use benefit_map::report::{CaseOptions, business_case as the_case};

use crate::args::BusinessCase;
use crate::io::Terminal;
use crate::{Verdict, document, io, measured};

pub fn business_case(args: &BusinessCase, terminal: &Terminal) -> Result<Verdict> {
    let read = io::read_map(&args.map)?;
    let map = &read.map;
    let graph = BenefitGraph::new(map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let measurements = if args.measured.measurements.is_empty() {
        None
    } else {
        Some(measured::read(&args.measured, map, terminal)?)
    };
    let options = CaseOptions {
        as_of: io::day_or_today(args.as_of)?,
        measurements: measurements.as_ref(),
        source: args.map.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    document::write(&the_case(&graph, &options), map, &args.written, terminal)?;
    Ok(Verdict::Clean)
}
