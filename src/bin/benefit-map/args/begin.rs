//! What may be typed to begin with a map, keep it in form and look things up.

use std::path::PathBuf;

use benefit_map::map::Day;
use benefit_map::method::{STARTER, TEMPLATES, Template};
use clap::{Args, Subcommand, ValueEnum};

use super::Measured;
use crate::days::{day, first_day};

/// Write a full example with its picture, tables and check report, and say what to open.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map demo my-demo")]
pub struct Demo {
    /// The folder to write into; it is created if it does not exist.
    #[arg(default_value = "benefit-map-demo", value_name = "DIR")]
    pub dir: PathBuf,
}

/// Start a map: a small example, a template for a sector or an empty map; or a form for measurements.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  benefit-map new library.json --title \"Libraries open on Sundays\"\n  benefit-map new --templates                                list the templates\n  benefit-map new repairs.json --template housing            a whole map to change\n  benefit-map new map.json --empty                           a title and nothing else\n  benefit-map new map.json --project                         with a project file that names it\n  benefit-map new measurements map.json -o measurements.csv  a form to fill in"
)]
pub struct New {
    /// What to start, where it is not a map.
    #[command(subcommand)]
    pub form: Option<NewForm>,
    /// The file to make; a file that exists already is left alone.
    #[arg(value_name = "MAP", required_unless_present = "templates")]
    pub map: Option<PathBuf>,
    /// What the map is of [default: the title of the template].
    #[arg(long)]
    pub title: Option<String>,
    /// Start from the map of a sector, all of it invented.
    #[arg(long, value_name = "NAME", value_parser = template_parser(), conflicts_with = "empty")]
    pub template: Option<&'static Template>,
    /// Start with a title and nothing else.
    #[arg(long)]
    pub empty: bool,
    /// Also write a project file, benefit-map.toml, that names the map.
    #[arg(long)]
    pub project: bool,
    /// List the templates, and write nothing.
    #[arg(long, conflicts_with_all = ["map", "title", "template", "empty", "project"])]
    pub templates: bool,
}

/// What `new` can start beside a map.
#[derive(Debug, Subcommand)]
pub enum NewForm {
    Measurements(NewMeasurements),
}

/// Write a form for measurements: a row for each KPI and period that is due, with the value left empty.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map new measurements map.json -o measurements.csv\n  benefit-map new measurements map.json --as-of 2028-03-31 --measurements measurements.csv -o missing.csv   what is still missing"
)]
pub struct NewMeasurements {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// The day up to which rows are written [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// The day from which rows are written [default: the baseline of each KPI].
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub from: Option<Day>,
    #[command(flatten)]
    pub measured: Measured,
    /// Where to write, a new file that ends in `.csv`; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Takes the templates by name or by another usual word, and lists them in the help.
fn template_parser() -> impl clap::builder::TypedValueParser<Value = &'static Template> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    let known = || TEMPLATES.iter().chain([&STARTER]);
    let value = |template: &'static Template| {
        PossibleValue::new(template.name)
            .help(template.about)
            .aliases(template.also.iter().copied())
    };
    PossibleValuesParser::new(known().map(value)).try_map(move |name| {
        let named = |template: &&Template| template.name == name || template.also.contains(&name.as_str());
        known().find(named).ok_or("it is not the name of a template")
    })
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

/// Print the JSON Schema of the map file, or of a theme.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map schema -o benefit-map.schema.json\n  benefit-map schema theme -o theme.schema.json"
)]
pub struct Schema {
    /// What the schema is of.
    #[arg(value_enum, value_name = "WHAT", default_value_t = SchemaOf::Map)]
    pub of: SchemaOf,
    /// Where to write, a file that ends in `.json`; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The map file.
    Map,
    /// Colours and typeface for `--theme`.
    Theme,
}

/// Print completions for a shell: commands, options, their values, and the ids of the map that was named.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map completions bash > ~/.local/share/bash-completion/completions/benefit-map\n  benefit-map completions zsh > ~/.zfunc/_benefit-map            with `fpath+=~/.zfunc` before compinit in ~/.zshrc\n  benefit-map completions fish > ~/.config/fish/completions/benefit-map.fish"
)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// what can come next on a command line; the scripts of `completions` ask for it
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map __complete -- draw map.json --owner ''")]
pub struct Complete {
    /// The words after `benefit-map`, the one that is being typed last.
    #[arg(value_name = "WORDS", trailing_var_arg = true, allow_hyphen_values = true)]
    pub words: Vec<String>,
}

/// Write the manual pages.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map man -o ~/.local/share/man/man1")]
pub struct Man {
    /// The folder to write into; without it, the main page goes to standard output.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// Show this help, the help of a command, or the list of all commands.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map help --all          every command, with those that are rarely needed\n  benefit-map help draw           the help of a command\n  benefit-map help import tables"
)]
pub struct Help {
    /// The command; without it, the help of benefit-map.
    #[arg(value_name = "COMMAND", conflicts_with = "all")]
    pub words: Vec<String>,
    /// List every command, also those that are rarely needed.
    #[arg(long)]
    pub all: bool,
}

/// Write every file that the project file, benefit-map.toml, lists.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map build                    every file\n  benefit-map build out/case.docx      one of them\n  benefit-map build --as-of 2027-Q4    as of the last day of a quarter\n  benefit-map build --list             what would be written, and by which command"
)]
pub struct Build {
    /// The files to write, as the project file names them [default: all].
    #[arg(value_name = "FILE")]
    pub only: Vec<PathBuf>,
    /// The reporting date of everything that has one [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// List what would be written, and write nothing.
    #[arg(long)]
    pub list: bool,
}
