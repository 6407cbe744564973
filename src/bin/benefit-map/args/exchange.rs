//! What may be typed to bring a map in from elsewhere and to take it out.

use std::ffi::OsString;
use std::path::PathBuf;

use benefit_map::map::Day;
use clap::{Args, Subcommand};

use super::{
    Every, ExportArchimate, ExportDot, ExportDrawio, ExportGraphml, ExportMermaid, ImportArchiCsv, ImportArchimate,
    ImportDot, ImportGraphml, ImportKumu, Measured, Writing,
};

/// Make a map of what other tools wrote.
#[derive(Debug, Subcommand)]
pub enum Import {
    Tables(ImportTables),
    #[command(visible_alias = "workbook")]
    Xlsx(ImportXlsx),
    Archimate(ImportArchimate),
    ArchiCsv(ImportArchiCsv),
    Kumu(ImportKumu),
    Graphml(ImportGraphml),
    #[command(visible_alias = "graphviz")]
    Dot(ImportDot),
    /// A format of another name, or one that is not read.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

/// What is done with a map that is there, and how much is told.
#[derive(Debug, Args)]
pub struct Bringing {
    /// The map that the tables are brought onto, row by row by id [default: MAP, where it is there].
    #[arg(long, value_name = "MAP", conflicts_with = "afresh")]
    pub onto: Option<PathBuf>,
    /// Make a map of the tables alone, whatever stands in MAP.
    #[arg(long)]
    pub afresh: bool,
    /// Take out of the map what has no row in a table that is there; otherwise it is told of and kept.
    #[arg(long, conflicts_with = "afresh")]
    pub prune: bool,
    /// Say what would change, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Tell of every decision and change instead of the first few of each kind.
    #[arg(long)]
    pub all: bool,
}

/// Make a map of a folder of CSV tables (nodes.csv, links.csv, owners.csv, kpis.csv, …).
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map import tables my-tables -o map.json\n  benefit-map import tables my-tables -o map.json --prune"
)]
pub struct ImportTables {
    /// The folder with the tables.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// The map to write, which ends in `.json`; one that is there keeps what the tables do not speak of. `-` writes to standard output.
    #[arg(short, long, value_name = "MAP")]
    pub output: PathBuf,
    /// The title, where the tables hold none [default: the folder's name].
    #[arg(long)]
    pub title: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub bringing: Bringing,
}

/// Make a map of an Excel workbook with a sheet for each table (nodes, links, owners, kpis, …).
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map import xlsx map.xlsx -o map.json\n  benefit-map import xlsx map.xlsx -o map.json --prune"
)]
pub struct ImportXlsx {
    /// The workbook.
    #[arg(value_name = "FILE")]
    pub workbook: PathBuf,
    /// The map to write, which ends in `.json`; one that is there keeps what the tables do not speak of. `-` writes to standard output.
    #[arg(short, long, value_name = "MAP")]
    pub output: PathBuf,
    /// The title, where the workbook holds none [default: the file's name].
    #[arg(long)]
    pub title: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub bringing: Bringing,
}

/// Write a map for other tools.
#[derive(Debug, Subcommand)]
pub enum Export {
    Tables(ExportTables),
    #[command(visible_alias = "workbook")]
    Xlsx(ExportXlsx),
    Drawio(ExportDrawio),
    Archimate(ExportArchimate),
    Graphml(ExportGraphml),
    #[command(visible_alias = "graphviz")]
    Dot(ExportDot),
    Mermaid(ExportMermaid),
    /// A format of another name, or one that is not written.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

/// Write a map as an Excel workbook, a sheet for each table, to be changed there and read back.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map export xlsx map.json -o map.xlsx\n  benefit-map export xlsx map.json --measurements measurements.csv --as-of 2026-12-31 -o map.xlsx"
)]
pub struct ExportXlsx {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The day that statuses are told as of [default: today where measurements are named, else each KPI's baseline].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// How long a period is on the sheet of progress.
    #[arg(long, value_enum, default_value_t = Every::Quarter, value_name = "PERIOD")]
    pub every: Every,
    /// The workbook to write, which ends in `.xlsx`; `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// Write a map as a folder of CSV tables.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map export tables map.json -o my-tables")]
pub struct ExportTables {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// The folder; it is made where it is missing.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Replace tables that are there already.
    #[arg(long)]
    pub replace: bool,
}
