//! What may be typed about a portfolio of maps.

use std::path::PathBuf;

use benefit_map::map::Day;
use clap::{Args, Subcommand};

use super::{ReportFormat, TableFormat, Writing};
use crate::days::day;
use crate::output;

/// Look at many maps together: what they bring about for one place, without counting anything twice.
#[derive(Debug, Subcommand)]
pub enum Portfolio {
    New(PortfolioNew),
    Check(PortfolioCheck),
    Totals(PortfolioTotals),
}

/// Begin a portfolio of maps.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map portfolio new a.json b.json -o portfolio.json")]
pub struct PortfolioNew {
    /// The maps that belong to it.
    #[arg(value_name = "MAP", required = true)]
    pub maps: Vec<PathBuf>,
    /// What it is called [default: the name of the file].
    #[arg(long)]
    pub title: Option<String>,
    /// The portfolio to write, a `.json` file in the folder of the maps or above it.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// A portfolio, and how its maps are read.
#[derive(Debug, Args)]
pub struct PortfolioFile {
    /// The portfolio.
    #[arg(value_name = "FILE")]
    pub portfolio: PathBuf,
    #[command(flatten)]
    pub writing: Writing,
    /// The reporting date; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

/// Find what is wrong with a portfolio: claims on nothing, units that differ, benefits that may be counted twice.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map portfolio check portfolio.json\n\nExit codes: 0 no errors or warnings, 1 findings, 2 could not run."
)]
pub struct PortfolioCheck {
    #[command(flatten)]
    pub file: PortfolioFile,
    /// How the findings are printed.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
}

/// Add up what the maps bring about for each measure of the place, year by year: at least, and at most.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map portfolio totals portfolio.json\n  benefit-map portfolio totals portfolio.json -o totals.csv\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
)]
pub struct PortfolioTotals {
    #[command(flatten)]
    pub file: PortfolioFile,
    #[arg(long, value_enum, help = output::format_help::<TableFormat>())]
    pub format: Option<TableFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<TableFormat>())]
    pub output: Option<PathBuf>,
}
