//! What may be typed to tell how things stand, who answers for them and what is planned.

use std::path::PathBuf;

use benefit_map::map::Day;
use benefit_map::scene::theme::Theme;
use benefit_map::track::{self, Every};
use clap::{Args, ValueEnum};

use super::words::{self, WordParser};
use super::{Measured, Pixels, theme_parser};
use crate::days::day;
use crate::output;

/// Write the benefits register as a table or a document, with one row for each KPI of each benefit.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map register map.json -o register.csv\n  benefit-map register map.json --measurements measurements.csv --as-of 2028-04-01 -o register.xlsx\n  benefit-map register map.json --measurements measurements.csv -o register.docx"
)]
pub struct Register {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    #[arg(long, value_enum, help = output::format_help::<BenefitFormat>())]
    pub format: Option<BenefitFormat>,
    /// Use the styles, theme and page size of this Word document.
    #[arg(long, value_name = "DOCX")]
    pub template: Option<PathBuf>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<BenefitFormat>())]
    pub output: Option<PathBuf>,
}

/// What the benefits register is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BenefitFormat {
    /// For spreadsheets and programs.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// For Word and LibreOffice.
    Docx,
    /// Pages to print or send.
    Pdf,
    /// A web page in one file.
    Html,
    /// Markdown text.
    Markdown,
}

/// Write the KPI register as CSV or an Excel workbook.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map kpis map.json -o kpis.csv")]
pub struct Kpis {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[arg(long, value_enum, help = output::format_help::<RegisterFormat>())]
    pub format: Option<RegisterFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<RegisterFormat>())]
    pub output: Option<PathBuf>,
}

/// Write the expected and actual values of every KPI, period by period, as CSV or an Excel workbook.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map trajectory map.json --measurements measurements.csv --every quarter -o trajectory.csv"
)]
pub struct Trajectory {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date for statuses [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// The length of a period.
    #[arg(long, value_parser = words::explained::<Every>(), default_value_t = Every::Quarter, value_name = "PERIOD")]
    pub every: Every,
    #[arg(long, value_enum, help = output::format_help::<RegisterFormat>())]
    pub format: Option<RegisterFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<RegisterFormat>())]
    pub output: Option<PathBuf>,
}

/// What a register is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RegisterFormat {
    /// For spreadsheets and programs.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

/// Show the status of every KPI and box, worst first, and what explains it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map status map.json --measurements measurements.csv --as-of 2026-12-31\n  benefit-map status map.json --measurements measured/ --format csv -o status.csv\n  benefit-map status map.json --measurements measurements.csv -o status.docx\n\nExit codes: 0 success, 1 a KPI has the --deny status or worse, 2 could not run."
)]
pub struct Status {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    #[arg(long, value_enum, help = output::format_help::<StatusFormat>())]
    pub format: Option<StatusFormat>,
    /// Exit with 1 if a KPI has this status or a worse one.
    #[arg(long, value_parser = thresholds(), value_name = "STATUS")]
    pub deny: Option<track::Status>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<StatusFormat>())]
    pub output: Option<PathBuf>,
}

/// How the status is printed or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    /// Aligned columns, to be read.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For Word and LibreOffice.
    Docx,
    /// Pages to print or send.
    Pdf,
}

/// A status as a threshold.
fn thresholds() -> WordParser<track::Status> {
    words::some(&[
        (track::Status::Missed, "A missed target"),
        (track::Status::OffTrack, "Off track, or missed"),
        (track::Status::AtRisk, "At risk, or worse"),
        (track::Status::NoData, "No data, or worse"),
    ])
}

/// List what each owner needs to know: off track, overdue, at risk upstream.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map escalate map.json --measurements measurements.csv --as-of 2026-12-31 --format markdown\n  benefit-map escalate map.json --measurements measurements.csv -o owners.docx"
)]
pub struct Escalate {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    #[arg(long, value_enum, help = output::format_help::<LetterFormat>())]
    pub format: Option<LetterFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<LetterFormat>())]
    pub output: Option<PathBuf>,
}

/// The formats of an escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LetterFormat {
    /// Aligned columns, with one section for each owner.
    Text,
    /// For spreadsheets, with one row for each issue.
    Csv,
    /// For a report, with one section for each owner.
    Markdown,
    /// For Word and LibreOffice, with one section for each owner.
    Docx,
    /// Pages to print or send.
    Pdf,
}

/// Write the benefits realisation plan of each owner.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map plan map.json --owner dir-place -o plan.md\n  benefit-map plan map.json -o plan.svg\n  benefit-map plan map.json -o plan.docx"
)]
pub struct Plan {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Write only the plan of this owner, by id or name (can be repeated).
    #[arg(long, value_name = "OWNER")]
    pub owner: Vec<String>,
    #[arg(long, value_enum, help = output::format_help::<PlanFormat>())]
    pub format: Option<PlanFormat>,
    /// The date to mark in a picture [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// The colours of the picture: `print` is black on white.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<PlanFormat>())]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub pixels: Pixels,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// Text to read, with one section for each owner.
    Markdown,
    /// For spreadsheets, with one row for each outcome, activity, KPI and risk.
    Csv,
    /// A picture of activities, due dates and targets over time.
    Svg,
    /// The same picture made of pixels.
    Png,
    /// For Word and LibreOffice: the picture, then one section for each owner.
    Docx,
    /// The same on pages to print or send.
    Pdf,
}
