//! What may be typed to bring in and take out files of other drawing and modelling tools.

use std::path::PathBuf;

use benefit_map::exchange::Choice;
use clap::Args;

/// What to make of a file that a drawing or modelling tool wrote.
#[derive(Debug, Args)]
pub struct Drawn {
    /// The map to write, which ends in `.json`; `-` writes to standard output.
    #[arg(short, long, value_name = "MAP")]
    pub output: PathBuf,
    /// The title of the map [default: the title in the file, else the name of the file].
    #[arg(long)]
    pub title: Option<String>,
    /// What elements of a type become, as in `Goal=end-outcome` or `Driver=leave-out` (can be repeated).
    #[arg(long, value_name = "TYPE=KIND")]
    pub kind: Vec<Choice>,
    /// Replace an existing map, including everything that the file does not contain.
    #[arg(long)]
    pub replace: bool,
    /// Show what would be written and what would change, without writing anything.
    #[arg(long)]
    pub dry_run: bool,
    /// List what became of every element and relation in this `.csv` file.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// Read an ArchiMate model in the exchange format of The Open Group.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map import archimate model.xml -o map.json\n  benefit-map import archimate model.xml -o map.json --kind WorkPackage=enabler --report report.csv"
)]
pub struct ImportArchimate {
    /// The model; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub drawn: Drawn,
}

/// Read the CSV files that Archi exports: elements, relations and properties.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map import archi-csv my-model -o map.json")]
pub struct ImportArchiCsv {
    /// The files, or the folder that contains them.
    #[arg(value_name = "FILES", required = true, num_args = 1..)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub drawn: Drawn,
}

/// Read a Kumu project: its JSON file, or its tables of elements and connections.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map import kumu project.json -o map.json --kind 'Success factor=end-outcome'\n  benefit-map import kumu elements.csv connections.csv -o map.json"
)]
pub struct ImportKumu {
    /// The JSON file, or elements (label, type) and connections (from, to) as CSV files, a folder of CSV files or an Excel workbook.
    #[arg(value_name = "FILES", required = true, num_args = 1..)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub drawn: Drawn,
}

/// Read a GraphML file from yEd, Gephi or another tool.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map import graphml drawing.graphml -o map.json")]
pub struct ImportGraphml {
    /// The file; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub drawn: Drawn,
}

/// Read a Graphviz DOT file.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map import dot drawing.dot -o map.json --kind box=enabler")]
pub struct ImportDot {
    /// The file; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub drawn: Drawn,
}

/// Which map to write where.
#[derive(Debug, Args)]
pub struct Sent {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Where to write: a file with the ending of the format. `-`, or no FILE, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Write a map as a draw.io (diagrams.net) file with native shapes and attached lines.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map export drawio map.json -o map.drawio")]
pub struct ExportDrawio {
    #[command(flatten)]
    pub sent: Sent,
}

/// Write a map as an ArchiMate model in the exchange format of The Open Group.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map export archimate map.json -o map.xml")]
pub struct ExportArchimate {
    #[command(flatten)]
    pub sent: Sent,
}

/// Write a map as GraphML, with shapes for yEd.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map export graphml map.json -o map.graphml")]
pub struct ExportGraphml {
    #[command(flatten)]
    pub sent: Sent,
}

/// Write a map as Graphviz DOT.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map export dot map.json | dot -Tsvg -o map.svg")]
pub struct ExportDot {
    #[command(flatten)]
    pub sent: Sent,
}

/// Write a map as a Mermaid flowchart, for Markdown pages.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map export mermaid map.json -o map.mmd")]
pub struct ExportMermaid {
    #[command(flatten)]
    pub sent: Sent,
}
