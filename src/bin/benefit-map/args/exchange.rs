//! What may be typed to bring a map in from elsewhere and to take it out.

use std::ffi::OsString;
use std::path::PathBuf;

use benefit_map::map::Day;
use benefit_map::track::Every;
use clap::{Args, Subcommand, ValueEnum};

use super::words;
use super::{
    ExportArchimate, ExportDot, ExportDrawio, ExportGraphml, ExportMermaid, ImportArchiCsv, ImportArchimate, ImportDot,
    ImportGraphml, ImportKumu, Measured, Writing,
};
use crate::days::day;

/// Make a map from the file of another tool.
#[derive(Debug, Subcommand)]
pub enum Import {
    Tables(ImportTables),
    #[command(visible_alias = "workbook")]
    Xlsx(ImportXlsx),
    #[command(visible_aliases = ["logframe", "risks"])]
    Register(ImportRegister),
    Archimate(ImportArchimate),
    ArchiCsv(ImportArchiCsv),
    Kumu(ImportKumu),
    Graphml(ImportGraphml),
    #[command(visible_alias = "graphviz")]
    Dot(ImportDot),
    /// A format with another name, or one that is not supported.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

/// What is done with a map that is there, and how much is told.
#[derive(Debug, Args)]
pub struct Bringing {
    /// Update this map with the tables, matching rows by id [default: MAP, if it exists].
    #[arg(long, value_name = "MAP", conflicts_with = "afresh")]
    pub onto: Option<PathBuf>,
    /// Make a new map from the tables only, and ignore what MAP contains.
    #[arg(long)]
    pub afresh: bool,
    /// Delete from the map what has no row in its table; without this, it is reported and kept.
    #[arg(long, conflicts_with = "afresh")]
    pub prune: bool,
    /// Show what would change, without writing anything.
    #[arg(long)]
    pub dry_run: bool,
    /// Show every decision and change, not only the first few of each kind.
    #[arg(long)]
    pub all: bool,
}

/// Read a folder of CSV tables (nodes.csv, links.csv, owners.csv, kpis.csv, …).
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map import tables my-tables -o map.json\n  benefit-map import tables my-tables -o map.json --prune"
)]
pub struct ImportTables {
    /// The folder with the tables.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// The map to write, a `.json` file. An existing map keeps what the tables do not contain. `-` writes to standard output.
    #[arg(short, long, value_name = "MAP")]
    pub output: PathBuf,
    /// The title, if the tables have none [default: the name of the folder].
    #[arg(long)]
    pub title: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub bringing: Bringing,
}

/// Read an Excel workbook with a sheet for each table (nodes, links, owners, kpis, …).
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map import xlsx map.xlsx -o map.json\n  benefit-map import xlsx map.xlsx -o map.json --prune"
)]
pub struct ImportXlsx {
    /// The workbook.
    #[arg(value_name = "FILE")]
    pub workbook: PathBuf,
    /// The map to write, a `.json` file. An existing map keeps what the tables do not contain. `-` writes to standard output.
    #[arg(short, long, value_name = "MAP")]
    pub output: PathBuf,
    /// Write the measured values in the workbook to this CSV file: the sheet `measurements`, and actual values typed on `Progress`.
    #[arg(long, value_name = "FILE")]
    pub actuals: Option<PathBuf>,
    /// The title, if the workbook has none [default: the name of the file].
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
    Register(ExportRegister),
    Drawio(ExportDrawio),
    Archimate(ExportArchimate),
    Graphml(ExportGraphml),
    #[command(visible_alias = "graphviz")]
    Dot(ExportDot),
    Mermaid(ExportMermaid),
    /// A format with another name, or one that is not supported.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

/// Write a map as an Excel workbook that you can edit and import again, with a sheet for each table.
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
    /// The reporting date for statuses [default: today if there are measurements, else the baseline of each KPI].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// The length of a period on the sheet `Progress`.
    #[arg(long, value_parser = words::explained::<Every>(), default_value_t = Every::Quarter, value_name = "PERIOD")]
    pub every: Every,
    /// The workbook to write, an `.xlsx` file; `-` writes to standard output.
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
    /// The folder; it is created if it does not exist.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Replace existing tables.
    #[arg(long)]
    pub replace: bool,
}

/// Read a benefits register, a logframe, a list of KPIs, a risk register or a list of actions, laid out as you have it.
///
/// The row of column names is found on any sheet. What each column was taken as, and every cell that could not be taken as it is, is
/// reported.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map import register register.xlsx\n  benefit-map import register register.xlsx --mapping mapping.json -o map.json\n  benefit-map import register register.csv --actuals actual-values.csv -o map.json"
)]
pub struct ImportRegister {
    /// The register: an `.xlsx`, `.xlsm` or `.csv` file.
    #[arg(value_name = "FILE")]
    pub register: PathBuf,
    /// The map to write, a `.json` file [default: nothing is written]. An existing map is updated. `-` writes to standard output.
    #[arg(short, long, value_name = "MAP")]
    pub output: Option<PathBuf>,
    /// What each column is. The file is written if it does not exist; correct it and import again.
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Write the measured values to this CSV file, to be named with --measurements.
    #[arg(long, value_name = "FILE")]
    pub actuals: Option<PathBuf>,
    /// How the account of what was decided is written; `json` goes to standard output.
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: AccountFormat,
    /// The title of a new map [default: the name of the file].
    #[arg(long)]
    pub title: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub bringing: Bringing,
}

/// How the account of an import is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccountFormat {
    /// Lines, to be read.
    Text,
    /// For programs.
    Json,
}

/// Write the current figures of a map into the shape of your own register.
///
/// Cells that differ from the map are changed, in the writing of the sheet. Everything else stays as it is: columns, order,
/// formats, formulas and the rest of the workbook.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map export register from-register.json --like register.xlsx -o current.xlsx\n  benefit-map export register from-register.json --like register.xlsx --measurements actuals.csv -o current.xlsx"
)]
pub struct ExportRegister {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// The register whose shape is wanted: the `.xlsx` or `.xlsm` file that the map was made of.
    #[arg(long, value_name = "FILE")]
    pub like: PathBuf,
    /// What each column is, as `import register` wrote it.
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    #[command(flatten)]
    pub measured: Measured,
    /// The day up to which measured values count [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// The workbook to write; `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}
