//! What may be typed to check a map and to look rules up.

use std::path::PathBuf;

use benefit_map::check::Profile;
use benefit_map::finding::Severity;
use benefit_map::map::Day;
use clap::{Args, ValueEnum};

use super::words::{self, WordParser};
use super::{Measured, ReportFormat, WithAnswers};
use crate::days::day;

/// Check a map: what is wrong, where, and what to do.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map check map.json\n  benefit-map check map.json --next                        the one thing to do now, and why\n  benefit-map check map.json --profile outline\n  benefit-map check map.json --profile audit --format csv > findings.csv\n  benefit-map check map.json --measurements measurements.csv --as-of 2026-12-31\n  benefit-map check maps/*.json --format sarif > findings.sarif\n  benefit-map check map.json --write-baseline known.json   accept what is found now\n  benefit-map check map.json --baseline known.json         report only what is new\n\nExit codes: 0 nothing at or above the level of --deny, 1 findings, 2 could not run."
)]
pub struct Check {
    /// The map, or several; `-` reads standard input.
    #[arg(value_name = "MAP", required = true)]
    pub maps: Vec<PathBuf>,
    /// How strict to be.
    #[arg(long, value_parser = profiles(), default_value_t = Profile::BusinessCase)]
    pub profile: Profile,
    /// Show only the next thing to do and why, with how much is left after it.
    #[arg(long, conflicts_with = "write_baseline")]
    pub next: bool,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = FindingsFormat::Text)]
    pub format: FindingsFormat,
    /// Exit with 1 if a finding has this severity or a higher one.
    #[arg(long, value_parser = thresholds(), default_value_t = Severity::Warning, value_name = "SEVERITY")]
    pub deny: Severity,
    /// Leave out the findings in this file, which --write-baseline wrote.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings to this `.json` file for --baseline, instead of printing them.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// The date to check for [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    #[command(flatten)]
    pub measured: Measured,
    #[command(flatten)]
    pub answered: WithAnswers,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// Text to read, grouped by rule, with the place of each finding in the file.
    Text,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for code hosts, editors and dashboards.
    Sarif,
    /// JUnit test results, for build servers; findings below --deny are skipped tests.
    Junit,
    /// CSV for spreadsheets, with one row for each finding.
    Csv,
    /// Annotations of GitHub Actions.
    Github,
}

/// How strict a check is, also by the names of the stages of a business case.
pub fn profiles() -> WordParser<Profile> {
    words::explained()
        .also(Profile::Workshop, &["draft"])
        .also(Profile::Outline, &["outline-case", "obc"])
        .also(Profile::BusinessCase, &["full-case", "fbc"])
}

/// A severity as a threshold.
fn thresholds() -> WordParser<Severity> {
    words::some(&[
        (Severity::Error, "Errors only"),
        (Severity::Warning, "Errors and warnings"),
        (Severity::Note, "Everything"),
    ])
}

/// Explain a rule, a part of the method or a term: what it is, why it matters and what good looks like.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map explain                   list what can be explained\n  benefit-map explain enabler           what an enabler is, with good and poor titles\n  benefit-map explain order             the order to work in\n  benefit-map explain theory of change  a term of the field\n  benefit-map explain BM201             the page of a rule\n  benefit-map explain map-twice         the page of a rule of portfolios\n  benefit-map explain --rules           every rule with its severity in each profile\n  benefit-map explain --rules --format json"
)]
pub struct Explain {
    /// The code or name of a rule, a part of the method or a term; without it, a list of them all.
    #[arg(value_name = "WORD", conflicts_with = "rules")]
    pub words: Vec<String>,
    /// List every rule with its severity in each profile.
    #[arg(long)]
    pub rules: bool,
    /// The format of the list of rules.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text, requires = "rules", conflicts_with = "words")]
    pub format: ReportFormat,
}

/// the old spelling of `explain --rules`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map explain --rules --format json")]
pub struct Rules {
    /// The format of the list.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
}
