//! What may be typed: the one source of `--help`, the completions, the man pages and `docs/cli.md`.
//!
//! Here stand the list of commands and what several of them share; each family of commands has a file of its own.

mod audit;
mod begin;
mod check;
mod document;
mod draw;
mod drawings;
mod exchange;
mod formats;
mod groups;
mod money;
mod paper;
mod portfolio;
mod report;
mod survey;
mod track;
mod words;
#[cfg(feature = "web")]
mod workshop;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use benefit_map::map::written::{DayOrder, DecimalMark, Notation};
use benefit_map::scene::theme::Theme;
use benefit_map::track::Measurements;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, Error, Parser, Subcommand, ValueEnum};

use crate::{Verdict, files};

pub use audit::*;
pub use begin::*;
pub use check::*;
pub use document::*;
pub use draw::*;
pub use drawings::*;
pub use exchange::*;
pub use groups::{all, command};
pub use money::*;
pub use portfolio::*;
pub use report::*;
pub use survey::*;
pub use track::*;
#[cfg(feature = "web")]
pub use workshop::*;

/// Draw, check and track benefit maps: how investments lead to outcomes.
#[derive(Debug, Parser)]
#[command(
    name = "benefit-map",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    after_help = "Examples:\n  benefit-map demo                      write a full example to a folder of its own\n  benefit-map new map.json              begin a map\n  benefit-map check map.json            see what breaks the line of sight\n  benefit-map draw map.json -o map.svg  the picture\n\n`benefit-map help --all` lists every command; `benefit-map help draw` shows the help of one.\n\nWhere benefit-map.toml is in this folder or above it, its map and settings are used, and `benefit-map` alone shows the state of the project.\n\nDATE is a day such as 2027-03-31, `today` or `yesterday`. A month (2027-03) or a calendar quarter (2027-Q1) means its last day; for --from, its first day.\n\nExit codes: 0 clean, 1 findings, 2 could not run."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Whether to colour what is printed.
    #[arg(long, value_enum, default_value_t = Colour::Auto, global = true, value_name = "WHEN", alias = "colour")]
    pub color: Colour,
    /// Show only warnings, errors and what was left out
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Leave out what benefit-map.toml says
    #[arg(long, global = true)]
    pub no_project: bool,
}

/// Whether to colour what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// Only on a terminal, and not if NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands; the help lists them in the order of their groups.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(Demo),
    #[command(aliases = ["init", "create"])]
    New(New),
    #[command(aliases = ["validate", "lint"])]
    Check(Check),
    Explain(Explain),
    #[command(hide = true)]
    Rules(Rules),
    #[command(aliases = ["render", "picture"])]
    Draw(Draw),
    #[cfg(feature = "web")]
    Workshop(Workshop),
    Register(Register),
    Kpis(Kpis),
    Trajectory(Trajectory),
    Chart(Chart),
    Status(Status),
    Escalate(Escalate),
    #[command(subcommand)]
    Survey(Survey),
    Plan(Plan),
    #[command(subcommand)]
    Report(Report),
    Pack(Pack),
    #[command(subcommand)]
    Portfolio(Portfolio),
    Build(Build),
    #[command(hide = true)]
    Watch(Watch),
    Trace(Trace),
    Coverage(Coverage),
    #[command(aliases = ["appraisal", "money"])]
    Appraise(Appraise),
    Rates(Rates),
    #[command(aliases = ["whatif", "cut"])]
    WhatIf(WhatIf),
    Diff(Diff),
    Review(Review),
    Seal(Seal),
    Fmt(Fmt),
    Schema(Schema),
    #[command(subcommand)]
    Import(Import),
    #[command(subcommand)]
    Export(Export),
    Completions(Completions),
    #[command(name = "__complete", hide = true)]
    Complete(Complete),
    Man(Man),
    Help(Help),
}

impl Command {
    /// Whether it goes on until it is stopped: a workshop, or one that watches a map.
    pub fn is_endless(&self) -> bool {
        match self {
            #[cfg(feature = "web")]
            Self::Workshop(_) => true,
            Self::Watch(_) => true,
            Self::Pack(args) => args.watch,
            Self::Draw(args) => args.watch,
            Self::Portfolio(Portfolio::Watch(_)) => true,
            _ => false,
        }
    }
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Text to read, grouped by family.
    Text,
    /// For programs.
    Json,
}

/// Takes the themes by name, and lists them in the help; and a theme of a house by its file.
fn theme_parser() -> ThemeParser {
    ThemeParser
}

/// A theme by its name, or by the name of its file.
#[derive(Debug, Clone, Copy)]
pub struct ThemeParser;

impl TypedValueParser for ThemeParser {
    type Value = &'static Theme;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, Error> {
        let path = Path::new(value);
        if !is_theme_file(path) {
            let names = PossibleValuesParser::new(Theme::ALL.map(|theme| theme.name));
            let name = names.parse_ref(command, argument, value)?;
            // The parser takes no name that is not listed.
            return Ok(Theme::named(&name).unwrap_or_default());
        }
        files::theme(path).map_err(|why| {
            let told = format!("{why:#}").replace('\n', "\n  ");
            Error::raw(ErrorKind::ValueValidation, format!("{told}\n")).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let named = Theme::ALL.iter().map(|theme| PossibleValue::new(theme.name));
        let of_house =
            PossibleValue::new("FILE").help("Colours and typeface of your own, from a file (docs/themes.md)");
        Some(Box::new(named.chain([of_house])))
    }
}

/// Whether what is given for `--theme` names a file.
pub fn is_theme_file(value: &Path) -> bool {
    value.extension().is_some() || value.components().count() > 1
}

/// How the numbers and dates of tables are written, where they may be read in two ways.
#[derive(Debug, Clone, Args)]
pub struct Writing {
    /// The decimal separator of numbers [default: found from each column].
    #[arg(long, value_parser = words::explained::<DecimalMark>(), value_name = "SIGN")]
    pub decimal: Option<DecimalMark>,
    /// The order of day and month in dates such as 01/04/2031 [default: found from each column].
    #[arg(long, value_parser = words::explained::<DayOrder>(), value_name = "ORDER")]
    pub dates: Option<DayOrder>,
    /// The month in which a financial year such as 2026-27 begins, from 1 to 12.
    #[arg(long, value_name = "MONTH", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=12))]
    pub first_month: u8,
}

impl Writing {
    /// What was said, in the words of the library.
    pub fn notation(&self) -> Notation {
        let mut made = Notation::default();
        made.decimal = self.decimal;
        made.days = self.dates;
        made.first_month = self.first_month;
        made
    }
}

/// Where measured values are, and how their numbers are written.
#[derive(Debug, Args)]
pub struct Measured {
    /// Measured values: a CSV file or a workbook with the columns kpi, date, value, source, note, or a folder of CSV files (can be repeated).
    #[arg(short, long, value_name = "FILE")]
    pub measurements: Vec<PathBuf>,
    #[command(flatten)]
    pub writing: Writing,
    /// The same as --decimal comma.
    #[arg(long, hide = true, conflicts_with = "decimal")]
    pub decimal_comma: bool,
    /// The thousands separator, which also settles the decimal separator.
    #[arg(long, value_enum, value_name = "SEPARATOR", hide = true, conflicts_with = "decimal")]
    pub thousands: Option<Separator>,
    /// Exit with 1 if any row of measurements was left out.
    #[arg(long, requires = "measurements")]
    pub strict: bool,
    /// Show all remarks, not only the first few of each kind.
    #[arg(long)]
    pub all: bool,
}

impl Measured {
    /// How the values are written, as far as it was said.
    pub fn notation(&self) -> Notation {
        let by_thousands = self.thousands.and_then(|separator| match separator {
            Separator::Comma => Some(DecimalMark::Point),
            Separator::Point => Some(DecimalMark::Comma),
            Separator::Space | Separator::Apostrophe => None,
        });
        let by_flag = self.decimal_comma.then_some(DecimalMark::Comma);
        let declared = self.writing.notation();
        let mut made = declared;
        made.decimal = declared.decimal.or(by_flag).or(by_thousands);
        made
    }

    /// What the exit code must say of the rows that were left out.
    pub fn verdict(&self, measurements: Option<&Measurements>) -> Verdict {
        match measurements {
            Some(known) if self.strict && known.reception().count() > 0 => Verdict::Findings,
            _ => Verdict::Clean,
        }
    }
}

/// The separator of thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Separator {
    /// As in 1,234.
    Comma,
    /// As in 1.234.
    Point,
    /// As in 1 234.
    Space,
    /// As in 1'234.
    Apostrophe,
}

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Aligned columns, to be read.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}
