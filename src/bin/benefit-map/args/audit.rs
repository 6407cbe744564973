//! What may be typed to trace claims, to say what is covered and what changed, to review and to seal.

use std::path::PathBuf;

use benefit_map::audit::Axis;
use benefit_map::map::{Day, Number};
use clap::{Args, ValueEnum};

use super::{Measured, TableFormat};
use crate::days::day;
use crate::output;

/// Show which investments lead to which end outcomes, by how many chains, and how strong the evidence is.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map trace map.json\n  benefit-map trace map.json --rows owner --columns end-outcome -o matrix.xlsx\n  benefit-map trace map.json --from inv-digital --to cleaner-city\n  benefit-map trace map.json --node dynamic-rounds\n\nA chain is as strong as its weakest link. Chains that go through a loop cannot all be counted; the number then reads `at least`."
)]
pub struct Trace {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// What to show as rows: a kind of node, `owner` or `partner`.
    #[arg(long, value_name = "WHAT", default_value = "investment", conflicts_with_all = ["from", "node"])]
    pub rows: Axis,
    /// What to show as columns: a kind of node, `owner` or `partner`.
    #[arg(long, value_name = "WHAT", default_value = "end-outcome", conflicts_with_all = ["from", "node"])]
    pub columns: Axis,
    /// Write the CSV as a list that can be filtered, with one row for each connected pair, instead of a grid.
    #[arg(long, conflicts_with_all = ["from", "node"])]
    pub list: bool,
    /// List the chains from this node (its id or title), strongest first.
    #[arg(long, value_name = "NODE", requires = "to", conflicts_with = "node")]
    pub from: Option<String>,
    /// The node where the listed chains end.
    #[arg(long, value_name = "NODE", requires = "from")]
    pub to: Option<String>,
    /// The most chains to list.
    #[arg(long, value_name = "COUNT", default_value_t = 10, requires = "from")]
    pub limit: usize,
    /// Explain why a node is there and what it depends on.
    #[arg(long, value_name = "NODE")]
    pub node: Option<String>,
    #[arg(long, value_enum, help = output::format_help::<TraceFormat>())]
    pub format: Option<TraceFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<TraceFormat>())]
    pub output: Option<PathBuf>,
}

/// The formats of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TraceFormat {
    /// Aligned columns, to be read.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets: the matrix, or one row for each step.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// A web page; for the matrix only.
    Html,
}

/// Show what share of a map has the evidence, owners and measures that it needs, and what is missing.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map coverage map.json\n  benefit-map coverage map.json --deny line-of-sight=100 --deny evidence=80\n  benefit-map coverage map.json --measurements measurements.csv --as-of 2028-04-01 -o coverage.xlsx\n\nExit codes: 0 success, 1 a share is below --deny, 2 could not run."
)]
pub struct Coverage {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Exit with 1 if a measure is below this percentage, as in line-of-sight=100 (can be repeated).
    #[arg(long, value_name = "MEASURE=PERCENT", value_parser = floor)]
    pub deny: Vec<(benefit_map::audit::Measure, Number)>,
    /// The old spelling of --deny.
    #[arg(long, hide = true, value_name = "MEASURE=PERCENT", value_parser = floor)]
    pub fail_under: Vec<(benefit_map::audit::Measure, Number)>,
    #[arg(long, value_enum, help = output::format_help::<CoverageFormat>())]
    pub format: Option<CoverageFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<CoverageFormat>())]
    pub output: Option<PathBuf>,
}

/// The formats of coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// Aligned columns, to be read.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// Markdown, for a report.
    Markdown,
    /// An Excel workbook.
    Xlsx,
}

fn floor(text: &str) -> Result<(benefit_map::audit::Measure, Number), String> {
    let (measure, percent) = text
        .split_once('=')
        .ok_or("write a measure and a percentage, as in line-of-sight=100")?;
    let measure = benefit_map::audit::UnknownMeasure::find(measure.trim()).map_err(|error| error.to_string())?;
    let percent: Number = percent
        .trim()
        .trim_end_matches('%')
        .parse()
        .map_err(|error: benefit_map::map::BadNumber| error.to_string())?;
    if percent < Number::ZERO || percent > Number::from(100) {
        return Err(format!("{percent} is not a percentage: write a number from 0 to 100"));
    }
    Ok((measure, percent))
}

/// Show what changed between two maps, which changes make the map look better although nothing improved, and
/// how line of sight and coverage changed.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map diff old.json new.json\n  benefit-map diff old.json new.json --measurements measurements.csv --as-of 2028-04-01\n  benefit-map diff --git HEAD~1 map.json --deny greener\n  benefit-map diff old.json new.json -o changes.html\n\nWith measurements, the status of both maps on that day is compared too.\n\nExit codes: 0 no change at the level of --deny, 1 a change at that level, 2 could not run."
)]
pub struct Diff {
    /// The old map and the new map; with --git only the new one.
    #[arg(value_name = "MAP", required = true, num_args = 1..=2)]
    pub maps: Vec<PathBuf>,
    /// Compare with this revision in git.
    #[arg(long, value_name = "REVISION")]
    pub git: Option<String>,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Exit with 1 for a change at this level.
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "difference")]
    pub deny: DenyChange,
    #[arg(long, value_enum, help = output::format_help::<DiffFormat>())]
    pub format: Option<DiffFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<DiffFormat>())]
    pub output: Option<PathBuf>,
}

/// The level of change that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DenyChange {
    /// A change that makes the map look better although nothing improved.
    Greener,
    /// The same, and any change that may be one.
    Open,
    /// Any difference.
    Difference,
}

/// The formats of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Text to read.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets: one row for each change.
    Csv,
    /// Markdown, for a report.
    Markdown,
    /// A web page.
    Html,
    /// A picture of the new map with every change marked, including what was removed.
    Svg,
}

/// Record that an owner agrees with or challenges something on the map, or show the status of all reviews.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map review map.json --agree \"link bin-sensors -> dynamic-rounds\" --by dir-place\n  benefit-map review map.json --challenge cleaner-city --by dir-place --note \"The survey is of another year.\"\n  benefit-map review map.json --status\n\nThe map is saved in its standard form. A review is valid until the thing that was reviewed changes; `check` then reports it as suspect.\n\nExit codes: 0 saved, or no review is suspect or challenged; 1 a review is suspect or challenged; 2 could not run."
)]
pub struct Review {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// What the owner agrees with, written as in findings: `node ID`, `link ID -> ID`, `kpi ID` or `map`. An id alone means a node (can be repeated).
    #[arg(long, value_name = "SUBJECT", requires = "by")]
    pub agree: Vec<String>,
    /// What the owner challenges (can be repeated).
    #[arg(long, value_name = "SUBJECT", requires = "by")]
    pub challenge: Vec<String>,
    /// The owner who reviewed it, by id or name.
    #[arg(long, value_name = "OWNER")]
    pub by: Option<String>,
    /// The reason, or what the owner asks for.
    #[arg(long, value_name = "TEXT", requires = "by")]
    pub note: Option<String>,
    /// The day of the review [default: today].
    #[arg(long, value_name = "DATE", requires = "by", value_parser = day)]
    pub as_of: Option<Day>,
    /// The old spelling of --as-of.
    #[arg(long, hide = true, value_name = "DATE", requires = "by", conflicts_with = "as_of", value_parser = day)]
    pub on: Option<Day>,
    /// Show the status of all reviews (the default without --agree or --challenge).
    #[arg(long, conflicts_with_all = ["agree", "challenge"])]
    pub status: bool,
    /// The format of the status [default: by the ending of FILE, else text].
    #[arg(long, value_enum, conflicts_with_all = ["agree", "challenge"])]
    pub format: Option<TableFormat>,
    /// Where to write [default: the map itself, or standard output for the status of reviews]. Use `.json` for a map. For a status, the
    /// ending decides the format: `.txt`, `.json` or `.csv`.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A file of seals, and what is done with it.
#[derive(Debug, Args)]
pub struct Seals {
    /// The file to add the seal to; it is created if it does not exist.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Verify this file of seals, and what is named against its last seal.
    #[arg(long, value_name = "FILE")]
    pub verify: Option<PathBuf>,
    /// The digest of a seal that you kept elsewhere: proves that this seal and all earlier ones are unchanged.
    #[arg(long, value_name = "DIGEST", requires = "verify")]
    pub expect: Option<String>,
    /// The person who seals.
    #[arg(long, value_name = "WHO", requires = "output")]
    pub by: Option<String>,
    /// Sign the seal with this SSH key, using ssh-keygen. The signature is saved next to the file as FILE.NUMBER.sig.
    #[arg(long, value_name = "KEY", requires = "output")]
    pub sign: Option<PathBuf>,
    /// Verify the signatures next to the file against this list of allowed signers (see ssh-keygen(1)). The last seal must have one.
    #[arg(long, value_name = "ALLOWED_SIGNERS", requires = "verify")]
    pub verify_signature: Option<PathBuf>,
    /// A note to store with the seal.
    #[arg(long, value_name = "TEXT", requires = "output")]
    pub note: Option<String>,
    /// The day of the seal [default: today].
    #[arg(long, value_name = "DATE", requires = "output", value_parser = day)]
    pub as_of: Option<Day>,
}

/// Record a tamper-evident seal of a map, or verify a map against its seals.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map seal map.json --measurements measurements.csv -o map.seal.json\n  benefit-map seal map.json --verify map.seal.json --measurements measurements.csv\n  benefit-map seal --verify map.seal.json --expect DIGEST\n  benefit-map seal map.json -o map.seal.json --sign ~/.ssh/id_ed25519\n  benefit-map seal --verify map.seal.json --verify-signature allowed_signers\n\nVerifying also calculates the figures of the last seal again from the map. Only --expect can show that the newest seals were cut off.\n\nExit codes: 0 sealed, or everything matches the last seal; 1 the map, the measurements or the figures have changed, sealed measurements were not given, or the last seal is not signed; 2 the seals or a signature are not valid, or could not run."
)]
pub struct Seal {
    /// The map.
    #[arg(value_name = "MAP", required_unless_present = "verify")]
    pub map: Option<PathBuf>,
    #[command(flatten)]
    pub seals: Seals,
    /// The old spelling of --as-of.
    #[arg(long, hide = true, value_name = "DATE", requires = "output", conflicts_with = "as_of", value_parser = day)]
    pub on: Option<Day>,
    #[command(flatten)]
    pub measured: Measured,
}
