//! What may be typed to begin with a map, keep it in form and look things up.

use std::path::PathBuf;

use clap::Args;

/// Write a full example with its picture, tables and check report, and say what to open.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map demo my-demo")]
pub struct Demo {
    /// The folder to write into; it is made where it is missing.
    #[arg(default_value = "benefit-map-demo", value_name = "DIR")]
    pub dir: PathBuf,
}

/// Write a small valid map to begin with.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map new library.json --title \"Libraries open on Sundays\"")]
pub struct New {
    /// The file to make; a file that is there already is left alone.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// What the map is of.
    #[arg(long, default_value = "My benefit map")]
    pub title: String,
}

/// Write maps in their one canonical form, in place.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  benefit-map fmt map.json\n  benefit-map fmt --check maps/*.json")]
pub struct Fmt {
    /// The maps; `-` reads standard input and writes standard output.
    #[arg(value_name = "MAP", required = true)]
    pub maps: Vec<PathBuf>,
    /// Write nothing; name the maps that are not in canonical form, and exit with 1 where there are any.
    #[arg(long)]
    pub check: bool,
}

/// Print the JSON Schema of the map file.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map schema -o benefit-map.schema.json")]
pub struct Schema {
    /// Where to write, a file that ends in `.json`; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Print completions for a shell.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map completions bash > ~/.local/share/bash-completion/completions/benefit-map"
)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Write the manual pages.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map man -o ~/.local/share/man/man1")]
pub struct Man {
    /// The folder to write into; without it, the main page goes to standard output.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}
