//! What may be typed to bring a map in from elsewhere and to take it out.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Make a map of what other tools wrote.
#[derive(Debug, Subcommand)]
pub enum Import {
    Tables(ImportTables),
    Workbook(ImportWorkbook),
}

/// Make a map of a folder of CSV tables (nodes.csv, links.csv, owners.csv, kpis.csv, …).
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map import tables my-tables -o map.json")]
pub struct ImportTables {
    /// The folder with the tables.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// The map to write; `-` writes to standard output.
    #[arg(short, long, value_name = "MAP")]
    pub output: PathBuf,
    /// The title, where the tables hold none [default: the folder's name].
    #[arg(long)]
    pub title: Option<String>,
    /// Tell every decision instead of a few of each kind.
    #[arg(long)]
    pub all: bool,
}

/// Make a map of an Excel workbook with a sheet for each table (nodes, links, owners, kpis, …).
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map import workbook map.xlsx -o map.json")]
pub struct ImportWorkbook {
    /// The workbook.
    #[arg(value_name = "FILE")]
    pub workbook: PathBuf,
    /// The map to write; `-` writes to standard output.
    #[arg(short, long, value_name = "MAP")]
    pub output: PathBuf,
    /// The title, where the workbook holds none [default: the file's name].
    #[arg(long)]
    pub title: Option<String>,
    /// Tell every decision instead of a few of each kind.
    #[arg(long)]
    pub all: bool,
}

/// Write a map for other tools.
#[derive(Debug, Subcommand)]
pub enum Export {
    Tables(ExportTables),
    Workbook(ExportWorkbook),
}

/// Write a map as an Excel workbook, a sheet for each table, to be changed there and read back.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map export workbook map.json -o map.xlsx")]
pub struct ExportWorkbook {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// The workbook to write; `-` writes to standard output.
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
