//! What may be typed about a portfolio of maps.

use std::path::PathBuf;

use benefit_map::map::Day;
use clap::{Args, Subcommand, ValueEnum};

use super::{ReportFormat, Schema, Seals, TableFormat, Writing};
use crate::days::day;
use crate::output;

/// Look at many maps together: what they bring about for one place, without counting anything twice.
#[derive(Debug, Subcommand)]
pub enum Portfolio {
    New(PortfolioNew),
    Check(PortfolioCheck),
    /// Add up what the maps bring about for each measure of the place, year by year: at least, and at most.
    #[command(
        after_help = "Examples:\n  benefit-map portfolio totals portfolio.json\n  benefit-map portfolio totals portfolio.json -o totals.csv\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
    )]
    Totals(PortfolioMade<TableFormat>),
    /// Show how every KPI that counts towards an outcome of the place is doing.
    #[command(
        after_help = "Examples:\n  benefit-map portfolio status portfolio.json\n  benefit-map portfolio status portfolio.json -o status.xlsx\n\nExit codes: 0 all are on track, 1 some are behind or a map could not be read, 2 could not run."
    )]
    Status(PortfolioMade<PlaceTable>),
    /// Show which project does what for which outcome of the place, with status, evidence and money.
    #[command(
        after_help = "Examples:\n  benefit-map portfolio matrix portfolio.json\n  benefit-map portfolio matrix portfolio.json -o matrix.html\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
    )]
    Matrix(PortfolioMade<PlaceTable>),
    /// List the outcomes of the place with their measures, owners and targets, and what the claims on them come to.
    #[command(
        after_help = "Examples:\n  benefit-map portfolio register portfolio.json\n  benefit-map portfolio register portfolio.json -o register.xlsx\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
    )]
    Register(PortfolioMade<PlaceTable>),
    /// Draw the programme: projects, what they bring about, and the outcomes of the place.
    #[command(
        after_help = "Examples:\n  benefit-map portfolio draw portfolio.json -o programme.svg\n  benefit-map portfolio draw portfolio.json -o programme.html\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
    )]
    Draw(PortfolioMade<PlacePicture>),
    /// Write the dashboard of the place: one page, slides or a workbook.
    #[command(
        after_help = "Examples:\n  benefit-map portfolio dashboard portfolio.json -o dashboard.html\n  benefit-map portfolio dashboard portfolio.json -o dashboard.pptx\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
    )]
    Dashboard(PortfolioMade<PlacePage>),
    /// Write the business case of the place: the programme, benefits by year, money, owners, risks and what does not fit together.
    #[command(
        after_help = "Example:\n  benefit-map portfolio report portfolio.json -o place-case.docx\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
    )]
    Report(PortfolioMade<PlaceDocument>),
    WhatIf(PortfolioWhatIf),
    Diff(PortfolioDiff),
    Lists(PortfolioLists),
    Seal(PortfolioSeal),
    Watch(PortfolioWatch),
    /// Print the JSON Schema of the portfolio file.
    #[command(after_help = "Example:\n  benefit-map portfolio schema -o portfolio.schema.json")]
    Schema(Schema),
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

/// A portfolio, and what is made of it.
#[derive(Debug, Args)]
pub struct PortfolioMade<F: output::Format + Send + Sync> {
    #[command(flatten)]
    pub file: PortfolioFile,
    #[arg(long, value_enum, help = output::format_help::<F>())]
    pub format: Option<F>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<F>())]
    pub output: Option<PathBuf>,
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

/// Record a tamper-evident seal of a portfolio with its maps and measurements, or verify them against their seals.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map portfolio seal portfolio.json -o portfolio.seal.json\n  benefit-map portfolio seal portfolio.json --verify portfolio.seal.json\n  benefit-map portfolio seal --verify portfolio.seal.json --expect DIGEST\n\nVerifying names every map and every file of measurements that is not as it was sealed. Only --expect can show that the newest seals were cut off.\n\nExit codes: 0 sealed, or everything matches the last seal; 1 something has changed, or the last seal is not signed; 2 the seals or a signature are not valid, or could not run."
)]
pub struct PortfolioSeal {
    /// The portfolio.
    #[arg(value_name = "PORTFOLIO", required_unless_present = "verify")]
    pub portfolio: Option<PathBuf>,
    #[command(flatten)]
    pub seals: Seals,
    #[command(flatten)]
    pub writing: Writing,
}

/// Write the dashboard of the place, and again each time the portfolio, one of its maps or a file of measurements is saved.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map portfolio watch portfolio.json -o dashboard.html\n\nIt goes on until you stop it with Ctrl+C. While a file cannot be read, the last dashboard stays as it is."
)]
pub struct PortfolioWatch {
    #[command(flatten)]
    pub made: PortfolioMade<PlacePage>,
}

/// How a table of a portfolio is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlaceTable {
    /// To be read.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// A workbook.
    Xlsx,
    /// A page.
    Html,
}

/// How the programme is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlacePicture {
    /// The programme alone, as a drawing.
    Svg,
    /// The programme alone, in pixels.
    Png,
    /// The programme and each map on pages, with bookmarks.
    Pdf,
    /// One page, where each project leads to its own map.
    Html,
    /// The programme and each map as slides.
    Pptx,
}

/// How the case of a place is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlaceDocument {
    /// For Word.
    Docx,
    /// For print.
    Pdf,
    /// One page.
    Html,
}

/// How the dashboard is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlacePage {
    /// One page that works without a network.
    Html,
    /// Slides.
    Pptx,
    /// A workbook with a sheet for each table.
    Xlsx,
}

/// Show what becomes of the outcomes of the place without some maps, or without some nodes of them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map portfolio what-if portfolio.json --without a\n  benefit-map portfolio what-if portfolio.json --without a:fewer-km\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
)]
pub struct PortfolioWhatIf {
    /// What is left out: a map by its id, or a node as `map:node`; give it again for more.
    #[arg(long, value_name = "WHAT", required = true)]
    pub without: Vec<String>,
    #[command(flatten)]
    pub made: PortfolioMade<PlaceTable>,
}

/// Show what differs between two portfolios: what is in them, and what their claims come to.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map portfolio diff portfolio.json portfolio.json\n\nExit codes: 0 nothing differs, 1 something does, 2 could not run."
)]
pub struct PortfolioDiff {
    /// The portfolio as it was.
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    #[command(flatten)]
    pub made: PortfolioMade<PlaceTable>,
}

/// Write the portfolio as lists for others: the table of major projects, and a tidy star of tables for dashboards of other tools.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map portfolio lists portfolio.json -o lists\n\nExit codes: 0 success, 1 a map could not be read, 2 could not run."
)]
pub struct PortfolioLists {
    #[command(flatten)]
    pub file: PortfolioFile,
    /// The folder; it is created if it does not exist.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}
