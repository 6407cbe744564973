//! What may be typed to ask many people, and to see what they answered.

use std::path::PathBuf;

use benefit_map::scene::theme::Theme;
use benefit_map::survey::Stage;
use clap::{Args, Subcommand, ValueEnum};

use super::{Pixels, theme_parser, words};
use crate::output;

/// Ask many people how healthy the project is, and see where they differ.
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Examples:\n  benefit-map survey sets\n  benefit-map survey form critical-success-factors -o form.html\n  benefit-map survey results map.json --answers answers.csv"
)]
pub enum Survey {
    Sets(SurveySets),
    Form(SurveyForm),
    Workbook(SurveyWorkbook),
    Collect(SurveyCollect),
    Results(SurveyResults),
    Triggers(SurveyTriggers),
}

/// List the question sets, with their questions.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  benefit-map survey sets\n  benefit-map survey sets --format json -o sets.json")]
pub struct SurveySets {
    #[arg(long, value_enum, help = output::format_help::<SetsFormat>())]
    pub format: Option<SetsFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<SetsFormat>())]
    pub output: Option<PathBuf>,
}

/// How the sets are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SetsFormat {
    /// One line for each set.
    Text,
    /// Every question, for programs.
    Json,
}

/// Which questions are asked.
#[derive(Debug, Args)]
pub struct Asked {
    /// The id of a set, a file with a set of your own, or `links` for the links of a map.
    #[arg(value_name = "SET")]
    pub set: String,
    /// The map whose links are asked about.
    #[arg(id = "links_of", long = "map", value_name = "MAP")]
    pub links_of: Option<PathBuf>,
    /// Ask only about links on the way to this box, by id or title.
    #[arg(long, value_name = "BOX", requires = "links_of")]
    pub outcome: Option<String>,
}

/// Write a form that people fill in offline: one web page.
///
/// The page saves the answers as a small CSV file, which `survey results` reads.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map survey form critical-success-factors -o form.html\n  benefit-map survey form links --map map.json -o links.html"
)]
pub struct SurveyForm {
    #[command(flatten)]
    pub asked: Asked,
    /// The round that the form is for.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=9999))]
    pub round: u32,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<FormFormat>())]
    pub output: Option<PathBuf>,
}

/// What a form is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormFormat {
    /// A web page in one file.
    Html,
}

/// Write a form as an Excel workbook, for one person to fill in.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map survey workbook critical-success-factors -o form.xlsx")]
pub struct SurveyWorkbook {
    #[command(flatten)]
    pub asked: Asked,
    /// Where to write; the name ends in `.xlsx`. `-`, or no FILE, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Files of answers, and the sets that they answer.
#[derive(Debug, Default, Args)]
pub struct Answered {
    /// A set of your own that is answered too: a JSON file (can be repeated).
    #[arg(long, value_name = "FILE")]
    pub questions: Vec<PathBuf>,
    /// List everything that was found in the rows, and not only a few of each kind.
    #[arg(long)]
    pub all: bool,
    /// Exit with 1 if a row does not count.
    #[arg(long)]
    pub strict: bool,
}

/// What people answered, beside a map.
#[derive(Debug, Default, Args)]
pub struct WithAnswers {
    /// Answers of a health check: a file (CSV, Excel), or a folder with such files (can be repeated).
    #[arg(long, value_name = "FILE")]
    pub answers: Vec<PathBuf>,
    /// A set of your own that is answered too: a JSON file (can be repeated).
    #[arg(long, value_name = "FILE", requires = "answers")]
    pub questions: Vec<PathBuf>,
}

/// Which answers to look at.
#[derive(Debug, Args)]
pub struct Looked {
    /// Answers: a file (CSV, Excel), or a folder with such files (can be repeated).
    #[arg(long, value_name = "FILE", required = true)]
    pub answers: Vec<PathBuf>,
    #[command(flatten)]
    pub answered: Answered,
    /// Look only at this set: its id, or a file with a set of your own [default: every set that was answered].
    #[arg(long, value_name = "SET")]
    pub set: Option<String>,
    /// Look at this round [default: the last].
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=9999))]
    pub round: Option<u32>,
}

/// Put the answers of many files into one table.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map survey collect answers.csv -o all-answers.csv")]
pub struct SurveyCollect {
    /// Answers: a file (CSV, Excel), or a folder with such files (can be repeated).
    #[arg(value_name = "FILES", required = true)]
    pub files: Vec<PathBuf>,
    /// A map whose links were asked about.
    #[arg(id = "links_of", long = "map", value_name = "MAP")]
    pub links_of: Option<PathBuf>,
    #[command(flatten)]
    pub answered: Answered,
    /// Where to write; the name ends in `.csv`. `-`, or no FILE, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Show how people answered: every answer counted, never an average.
///
/// The weakest statements come first: those with the lowest median, then with the lowest single answer.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map survey results map.json --answers answers.csv\n  benefit-map survey results map.json --answers answers.csv --set critical-success-factors -o results.csv\n  benefit-map survey results map.json --answers answers.csv -o results.svg\n  benefit-map survey results map.json --answers answers.csv -o results.docx\n  benefit-map survey results map.json --answers answers.csv -o results.pptx"
)]
pub struct SurveyResults {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub looked: Looked,
    /// In a picture, show a panel for each question with every round up to this one.
    #[arg(long, conflicts_with = "grid")]
    pub rounds: bool,
    /// In a picture, show the groups as a grid, each by its weakest question.
    #[arg(long)]
    pub grid: bool,
    /// In pictures, show every question, and not only the weakest of each factor.
    #[arg(long)]
    pub every: bool,
    #[arg(long, value_enum, help = output::format_help::<ResultsFormat>())]
    pub format: Option<ResultsFormat>,
    /// The colours of a picture: `print` is black on white.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<ResultsFormat>())]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub pixels: Pixels,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ResultsFormat {
    /// Aligned columns, to be read.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// A picture: bars that part at a line down the middle.
    Svg,
    /// The same picture made of pixels.
    Png,
    /// A document with pictures, every count and the notes, to print or send.
    Pdf,
    /// The same document as a web page in one file.
    Html,
    /// The same document for Word and LibreOffice.
    Docx,
    /// The same as slides, with tables that can be edited.
    Pptx,
}

/// List the statements that people do not agree with: each is a risk to look at.
///
/// With `--add` each becomes a risk of the map, which keeps the statement, where it comes from and how it was answered.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map survey triggers map.json --answers answers.csv\n  benefit-map survey triggers map.json --answers answers.csv --stage before-commitment --add -o with-risks.json\n\nExit codes: 0 no trigger, or all are risks of the map; 1 a trigger is not a risk of the map yet; 2 could not run."
)]
pub struct SurveyTriggers {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub looked: Looked,
    /// How far the project has come.
    #[arg(long, value_parser = words::explained::<Stage>(), default_value_t = Stage::Early, value_name = "STAGE")]
    pub stage: Stage,
    /// Add the triggers to the map as risks.
    #[arg(long)]
    pub add: bool,
    /// Take only this question, by its id (can be repeated).
    #[arg(long, value_name = "QUESTION")]
    pub only: Vec<String>,
    #[arg(long, value_enum, conflicts_with = "add", help = output::format_help::<TriggersFormat>())]
    pub format: Option<TriggersFormat>,
    /// Where to write the list, or with `--add` the map [default: standard output; with `--add` the map itself].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How triggers are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TriggersFormat {
    /// Aligned columns, to be read.
    Text,
    /// For programs.
    Json,
}
