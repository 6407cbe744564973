//! What may be typed to write the audit report.

use std::path::PathBuf;

use benefit_map::map::Day;
use clap::{Args, ValueEnum};

use super::{Measured, WithAnswers};
use crate::days::day;
use crate::output;

/// Write the audit report as a web page, a Word document or a PDF: coverage, traceability, findings, evidence, reviews, changes and accepted findings.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map report audit map.json -o audit.html\n  benefit-map report audit map.json --measurements measurements.csv --seals map.seal.json -o audit.html\n  benefit-map report audit map.json -o audit.docx"
)]
pub struct ReportAudit {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    #[command(flatten)]
    pub answered: WithAnswers,
    /// The reporting date; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// The map's file of seals; the report lists changes since the last seal.
    #[arg(long, value_name = "FILE")]
    pub seals: Option<PathBuf>,
    /// Compare with this older map instead of the last seal.
    #[arg(long, value_name = "OLD")]
    pub since: Option<PathBuf>,
    #[arg(long, value_enum, help = output::format_help::<AuditFormat>())]
    pub format: Option<AuditFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<AuditFormat>())]
    pub output: Option<PathBuf>,
}

/// What the audit report is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// A web page in one file.
    Html,
    /// For Word and LibreOffice.
    Docx,
    /// Pages to print or send.
    Pdf,
}
