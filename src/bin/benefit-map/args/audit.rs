//! What may be typed to trace claims, to say what is covered and what changed, to review and to seal.

use std::path::PathBuf;

use benefit_map::audit::Axis;
use benefit_map::map::{Day, Number, OwnerId};
use clap::{Args, ValueEnum};

use super::{Measured, TableFormat};
use crate::output;

/// Show which investments lead to which end outcomes, by how many chains, and how well these are backed.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map trace map.json\n  benefit-map trace map.json --rows owner --columns end-outcome -o matrix.xlsx\n  benefit-map trace map.json --from fund --to cleaner-streets\n  benefit-map trace map.json --node route-planning\n\nA chain is as well backed as its weakest link. Chains through a loop are counted as one way in and one way out, and the number then reads `at least`."
)]
pub struct Trace {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// What the rows are: a kind of node, `owner` or `partner`.
    #[arg(long, value_name = "WHAT", default_value = "investment", conflicts_with_all = ["from", "node"])]
    pub rows: Axis,
    /// What the columns are: a kind of node, `owner` or `partner`.
    #[arg(long, value_name = "WHAT", default_value = "end-outcome", conflicts_with_all = ["from", "node"])]
    pub columns: Axis,
    /// Write CSV as a list to filter, a row for each pair that is connected, instead of rows and columns.
    #[arg(long, conflicts_with_all = ["from", "node"])]
    pub list: bool,
    /// List the chains from this node, the best first.
    #[arg(long, value_name = "NODE", requires = "to", conflicts_with = "node")]
    pub from: Option<String>,
    /// The node that the listed chains lead to.
    #[arg(long, value_name = "NODE", requires = "from")]
    pub to: Option<String>,
    /// How many chains are listed at most.
    #[arg(long, value_name = "COUNT", default_value_t = 10, requires = "from")]
    pub limit: usize,
    /// Tell why one node is done and what it rests on.
    #[arg(long, value_name = "NODE")]
    pub node: Option<String>,
    #[arg(long, value_enum, help = output::format_help::<TraceFormat>())]
    pub format: Option<TraceFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<TraceFormat>())]
    pub output: Option<PathBuf>,
}

/// How what is traced is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TraceFormat {
    /// For people: aligned columns.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets: the matrix, or a row a step.
    Csv,
    /// As a workbook.
    Xlsx,
    /// As a page of its own; of the matrix alone.
    Html,
}

/// Say what share of a map is backed by what it needs, and what is missing.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map coverage map.json\n  benefit-map coverage map.json --fail-under line-of-sight=100 --fail-under evidence=80\n  benefit-map coverage map.json --measurements measurements.csv --as-of 2028-04-01 -o coverage.xlsx\n\nExit codes: 0 told, 1 a share is under what --fail-under wants, 2 could not run."
)]
pub struct Coverage {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The day to look from [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// A measure and the share in per cent below which the exit code is 1, as in line-of-sight=100; may be given again.
    #[arg(long, value_name = "MEASURE=PERCENT", value_parser = floor)]
    pub fail_under: Vec<(benefit_map::audit::Measure, Number)>,
    #[arg(long, value_enum, help = output::format_help::<CoverageFormat>())]
    pub format: Option<CoverageFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<CoverageFormat>())]
    pub output: Option<PathBuf>,
}

/// How coverage is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// For people: aligned columns.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For a report.
    Markdown,
    /// As a workbook.
    Xlsx,
}

fn floor(text: &str) -> Result<(benefit_map::audit::Measure, Number), String> {
    let (measure, percent) = text
        .split_once('=')
        .ok_or("write a measure and per cent, as in line-of-sight=100")?;
    let measure = benefit_map::audit::UnknownMeasure::find(measure.trim()).map_err(|error| error.to_string())?;
    let percent: Number = percent
        .trim()
        .trim_end_matches('%')
        .parse()
        .map_err(|error: benefit_map::map::BadNumber| error.to_string())?;
    if percent < Number::ZERO || percent > Number::from(100) {
        return Err(format!("{percent} is no share: write a number from 0 to 100"));
    }
    Ok((measure, percent))
}

/// Say what changed between two maps, what of that makes the map look better without anything having become better, and
/// what it did to line of sight and coverage.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map diff old.json new.json\n  benefit-map diff old.json new.json --measurements measurements.csv --as-of 2028-04-01\n  benefit-map diff --git HEAD~1 map.json --deny greener\n  benefit-map diff old.json new.json -o changes.html\n\nWith measurements, how both maps stand on the day is compared, too.\n\nExit codes: 0 nothing at or above the level of --deny, 1 the maps differ, or as --deny says, 2 could not run."
)]
pub struct Diff {
    /// The old map and the new one; with --git the new one alone.
    #[arg(value_name = "MAP", required = true, num_args = 1..=2)]
    pub maps: Vec<PathBuf>,
    /// Compare with what git holds in this revision.
    #[arg(long, value_name = "REVISION")]
    pub git: Option<String>,
    #[command(flatten)]
    pub measured: Measured,
    /// The day to look from [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// What makes the exit code 1.
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "difference")]
    pub deny: DenyChange,
    #[arg(long, value_enum, help = output::format_help::<DiffFormat>())]
    pub format: Option<DiffFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<DiffFormat>())]
    pub output: Option<PathBuf>,
}

/// A change as a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DenyChange {
    /// What makes the map look better without anything having become better.
    Greener,
    /// That, and what may: where it is open.
    Open,
    /// Any difference.
    Difference,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets: a row for each change.
    Csv,
    /// For a report.
    Markdown,
    /// As a page of its own.
    Html,
    /// The new map with what was removed, every change marked.
    Svg,
}

/// Write down that an owner agrees with something on the map or challenges it, or tell how reviews stand.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map review map.json --agree \"link bin-sensors -> dynamic-rounds\" --by dir-place\n  benefit-map review map.json --challenge cleaner-city --by dir-place --note \"The survey is of another year.\"\n  benefit-map review map.json --status\n\nThe map is written in its canonical form. A review holds until what it is of changes; `check` then finds it suspect.\n\nExit codes: 0 written, or nothing is suspect or challenged; 1 something is; 2 could not run."
)]
pub struct Review {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// What is agreed to, as findings write it, such as `node ID`, `link ID -> ID`, `kpi ID` or `map`; an id alone is a node's. May be given again.
    #[arg(long, value_name = "SUBJECT", requires = "by")]
    pub agree: Vec<String>,
    /// What is challenged; may be given again.
    #[arg(long, value_name = "SUBJECT", requires = "by")]
    pub challenge: Vec<String>,
    /// The owner who looked.
    #[arg(long, value_name = "OWNER")]
    pub by: Option<OwnerId>,
    /// Why, or what is asked for.
    #[arg(long, value_name = "TEXT", requires = "by")]
    pub note: Option<String>,
    /// The day of the review [default: today].
    #[arg(long, value_name = "DATE", requires = "by")]
    pub on: Option<Day>,
    /// Tell how all reviews stand; so does a review without --agree and --challenge.
    #[arg(long, conflicts_with_all = ["agree", "challenge"])]
    pub status: bool,
    /// How the standing of reviews is written [default: by the ending of the output, else text].
    #[arg(long, value_enum, conflicts_with_all = ["agree", "challenge"])]
    pub format: Option<TableFormat>,
    /// Where to write [default: the map itself, or standard output for the standing of reviews]. A map ends in `.json`; the ending of
    /// the standing decides what it is: `.txt`, `.json` or `.csv`.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Hold on to what a map is today, in a chain of seals, or hold a map against its seals.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map seal map.json --measurements measurements.csv -o map.seal.json\n  benefit-map seal map.json --verify map.seal.json --measurements measurements.csv\n  benefit-map seal --verify map.seal.json --expect sha256:5f0c…\n  benefit-map seal map.json -o map.seal.json --sign ~/.ssh/id_ed25519\n  benefit-map seal --verify map.seal.json --verify-signature allowed_signers\n\nThe figures of the last seal are computed again from the map in the file. That seals were cut off at the end is seen with --expect alone.\n\nExit codes: 0 sealed, or all that was sealed last is as it was; 1 the map, the measurements or the figures are others, or measurements were sealed and none are given, or the last seal is not signed; 2 the seals or a signature are refused, or could not run."
)]
pub struct Seal {
    /// The map.
    #[arg(value_name = "MAP", required_unless_present = "verify")]
    pub map: Option<PathBuf>,
    /// The file that the seal is added to; made where it is not there.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A file of seals to hold against its own digests, and the map against the last seal.
    #[arg(long, value_name = "FILE")]
    pub verify: Option<PathBuf>,
    /// The digest of any seal, as it was kept elsewhere: that seal and all before it are then shown to be as they were.
    #[arg(long, value_name = "DIGEST", requires = "verify")]
    pub expect: Option<String>,
    /// Who seals.
    #[arg(long, value_name = "WHO", requires = "output")]
    pub by: Option<String>,
    /// Sign the seal with this SSH key, by ssh-keygen; the signature is written beside the file, as FILE.NUMBER.sig.
    #[arg(long, value_name = "KEY", requires = "output")]
    pub sign: Option<PathBuf>,
    /// Verify the signatures beside the file against this file of allowed signers (see ssh-keygen(1)); the last seal must have one.
    #[arg(long, value_name = "ALLOWED_SIGNERS", requires = "verify")]
    pub verify_signature: Option<PathBuf>,
    /// What is to be said with the seal.
    #[arg(long, value_name = "TEXT", requires = "output")]
    pub note: Option<String>,
    /// The day of the seal [default: today].
    #[arg(long, value_name = "DATE", requires = "output")]
    pub on: Option<Day>,
    #[command(flatten)]
    pub measured: Measured,
}
