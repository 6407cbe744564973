//! `check`: what is wrong with a map.

use anyhow::Result;
use benefit_map::check;
use benefit_map::finding::{Severity, TextOptions};
use benefit_map::graph::BenefitGraph;

use crate::args::{Check, Deny, Profile, ReportFormat};
use crate::io::Terminal;
use crate::{Verdict, io, measured};

pub fn run(args: &Check, terminal: &Terminal) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    let options = check::Options {
        profile: match args.profile {
            Profile::Workshop => check::Profile::Workshop,
            Profile::BusinessCase => check::Profile::BusinessCase,
            Profile::Audit => check::Profile::Audit,
        },
        as_of: Some(io::day_or_today(args.as_of)?),
    };
    let graph = BenefitGraph::new(&document.map);
    let report = if args.measured.measurements.is_empty() {
        check::check(&graph, &options)
    } else {
        let measurements = measured::read(&args.measured, &document.map, terminal)?;
        check::check_measured(&graph, &measurements, &options)
    };
    let text = match args.format {
        ReportFormat::Text => report.to_text(
            &document.source,
            &TextOptions {
                style: terminal.out,
                ..Default::default()
            },
        ),
        ReportFormat::Json => report.to_json(&document.source),
    };
    io::write(None, text.as_bytes())?;
    let least = match args.deny {
        Deny::Error => Severity::Error,
        Deny::Warning => Severity::Warning,
        Deny::Note => Severity::Note,
    };
    // The gravest severity comes first in their order.
    let denied = report.gravest().is_some_and(|gravest| gravest <= least);
    Ok(if denied { Verdict::Findings } else { Verdict::Clean })
}
