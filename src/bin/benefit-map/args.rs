//! What may be typed: the one source of `--help`, the completions, the man pages and `docs/cli.md`.

use std::path::PathBuf;

use benefit_map::map::{Day, KpiId, NodeId, NodeKind, OwnerId, PartnerId};
use benefit_map::scene::theme::Theme;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Benefit maps: how investments become outcomes, checked, drawn and tracked.
#[derive(Debug, Parser)]
#[command(
    name = "benefit-map",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  benefit-map demo                      see everything at once, in a folder of its own\n  benefit-map new map.json              begin a map\n  benefit-map check map.json            what breaks the line of sight\n  benefit-map draw map.json -o map.svg  the picture\n\nExit codes: 0 clean, 1 findings, 2 could not run."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Whether to colour what is printed.
    #[arg(long, value_enum, default_value_t = Colour::Auto, global = true, value_name = "WHEN")]
    pub color: Colour,
}

/// Whether to colour what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands, in the order of a first hour.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(Demo),
    New(New),
    Check(Check),
    Explain(Explain),
    Rules(Rules),
    Draw(Draw),
    Register(Register),
    Kpis(Kpis),
    Trajectory(Trajectory),
    Chart(Chart),
    Status(Status),
    Escalate(Escalate),
    Plan(Plan),
    Fmt(Fmt),
    Schema(Schema),
    #[command(subcommand)]
    Import(Import),
    #[command(subcommand)]
    Export(Export),
    Completions(Completions),
    Man(Man),
}

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

/// Say what is wrong with a map, where, and what to do.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map check map.json\n  benefit-map check map.json --profile audit --format json\n  benefit-map check map.json --measurements measurements.csv --as-of 2026-12-31\n\nExit codes: 0 nothing at or above the level of --deny, 1 findings, 2 could not run."
)]
pub struct Check {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// How strict to be.
    #[arg(long, value_enum, default_value_t = Profile::BusinessCase)]
    pub profile: Profile,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// The least severity that makes the exit code 1.
    #[arg(long, value_enum, default_value_t = Deny::Warning, value_name = "SEVERITY")]
    pub deny: Deny,
    /// The day to check as of [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    #[command(flatten)]
    pub measured: Measured,
}

/// How strict a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// The map is being born: only what makes it nonsense.
    Workshop,
    /// What a reader will challenge.
    BusinessCase,
    /// Everything.
    Audit,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people: grouped by rule, each with its place in the file.
    Text,
    /// For programs.
    Json,
}

/// A severity as a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Errors alone.
    Error,
    /// Errors and warnings.
    Warning,
    /// Everything.
    Note,
}

/// Print the page of one rule: what it finds, why, and how to mend it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map explain BM201")]
pub struct Explain {
    /// The rule's code or slug.
    #[arg(value_name = "RULE")]
    pub rule: String,
}

/// List every rule with its severity in each profile.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map rules --format json")]
pub struct Rules {
    /// How to print them.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
}

/// Draw the map.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map draw map.json -o map.svg\n  benefit-map draw map.json -o fewer-calls.svg --focus fewer-calls\n  benefit-map draw map.json -o print.svg --paper a4 --theme print"
)]
pub struct Draw {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Where to write; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What to write [default: by the output's ending: `.svg` or `.json`, else svg].
    #[arg(long, value_enum)]
    pub format: Option<DrawFormat>,
    /// Keep what is upstream and downstream of this node and fade the rest; may be given again.
    #[arg(long, value_name = "NODE")]
    pub focus: Vec<NodeId>,
    /// Keep only what is this many steps from the nodes in focus.
    #[arg(long, value_name = "STEPS", requires = "focus")]
    pub depth: Option<usize>,
    /// Leave the rest out instead of fading it.
    #[arg(long)]
    pub only: bool,
    /// Keep the nodes of this owner; may be given again.
    #[arg(long, value_name = "OWNER")]
    pub owner: Vec<OwnerId>,
    /// Keep the nodes that this partner shares in; may be given again.
    #[arg(long, value_name = "PARTNER")]
    pub partner: Vec<PartnerId>,
    /// Keep the nodes of this kind; may be given again.
    #[arg(long, value_name = "KIND", value_parser = kind_parser())]
    pub kind: Vec<NodeKind>,
    /// Forget the order that the map holds, and take the one with the fewest crossings.
    #[arg(long)]
    pub tidy: bool,
    /// Keep what belongs together in bands across all stages.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub group_by: Option<GroupBy>,
    /// Which way the map is read.
    #[arg(long, value_enum, default_value_t = Direction::Right)]
    pub direction: Direction,
    /// The paper to fit the map to; where it does not fit on one sheet, it goes on several, FILE-1, FILE-2 and so on.
    #[arg(long, value_enum, default_value_t = PaperName::None)]
    pub paper: PaperName,
    /// The long side of the paper across (as it is without this).
    #[arg(long, conflicts_with = "portrait")]
    pub landscape: bool,
    /// The long side of the paper down.
    #[arg(long)]
    pub portrait: bool,
    /// Draw each end outcome with the numbers of what leads to it, instead of every box.
    #[arg(long)]
    pub overview: bool,
    /// Replace sheets that are there already.
    #[arg(long)]
    pub replace: bool,
    /// The look: `print` is black on white with patterns.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    /// How owners are shown.
    #[arg(long, value_enum, default_value_t = Owners::Names)]
    pub owners: Owners,
    /// What the lines tell.
    #[arg(long, value_enum, default_value_t = Lines::Plain)]
    pub lines: Lines,
    #[command(flatten)]
    pub measured: Measured,
    /// The day in the footer, and of how KPIs stand where they were measured [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
}

/// What bands keep together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    /// The nodes of an owner.
    Owner,
    /// The nodes that a partner shares in.
    Partner,
    /// The nodes with a tag.
    Tag,
}

/// Which way a map is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Direction {
    /// From left to right.
    Right,
    /// From top to bottom.
    Down,
}

/// A paper by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperName {
    /// None: one picture of any size.
    None,
    /// 297 by 210 mm.
    A4,
    /// 420 by 297 mm.
    A3,
    /// 594 by 420 mm.
    A2,
    /// A slide.
    #[value(name = "16x9")]
    Slide,
}

/// How owners are shown in their boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Owners {
    /// By name, under the title.
    Names,
    /// By initials, which the legend spells out.
    Initials,
    /// Not at all.
    Hidden,
}

/// What lines tell besides what leads to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lines {
    /// Nothing more.
    Plain,
    /// Contribution by weight, strength of evidence by dashes.
    Evidence,
}

/// Takes the themes by name, and lists them in the help.
fn theme_parser() -> impl clap::builder::TypedValueParser<Value = &'static Theme> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Theme::ALL.map(|theme| theme.name))
        .try_map(|name| Theme::named(&name).ok_or("no such theme"))
}

/// Takes the five kinds, and lists them in the help.
fn kind_parser() -> impl clap::builder::TypedValueParser<Value = NodeKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(NodeKind::WORDS).try_map(|word| word.parse::<NodeKind>())
}

/// What a drawing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DrawFormat {
    /// A picture.
    Svg,
    /// Boxes and lines as numbers, for programs.
    Scene,
}

/// Write the benefit register, a row for each outcome, as CSV or as a workbook.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map register map.json -o register.csv\n  benefit-map register map.json -o register.xlsx"
)]
pub struct Register {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Where to write: a workbook where the name ends in `.xlsx`, else CSV; `-`, or nothing, writes CSV to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Write the KPI register as CSV or as a workbook.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map kpis map.json -o kpis.csv")]
pub struct Kpis {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Where to write: a workbook where the name ends in `.xlsx`, else CSV; `-`, or nothing, writes CSV to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Write expected and actual values of every KPI, period by period, as CSV or as a workbook.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map trajectory map.json --measurements measurements.csv --every quarter -o trajectory.csv"
)]
pub struct Trajectory {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The day that statuses are told as of [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// How long a period is.
    #[arg(long, value_enum, default_value_t = Every::Quarter, value_name = "PERIOD")]
    pub every: Every,
    /// Where to write: a workbook where the name ends in `.xlsx`, else CSV; `-`, or nothing, writes CSV to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Draw what was planned, measured and is forecast: one KPI, or several on one sheet.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map chart map.json --measurements measurements.csv --kpi rounds-km -o rounds-km.svg\n  benefit-map chart map.json --measurements measurements.csv --owner dir-place -o dir-place.svg"
)]
pub struct Chart {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The day to look from [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// This KPI alone.
    #[arg(long, value_name = "KPI", conflicts_with_all = ["node", "owner"])]
    pub kpi: Option<KpiId>,
    /// The KPIs of this node.
    #[arg(long, value_name = "NODE", conflicts_with = "owner")]
    pub node: Option<NodeId>,
    /// The KPIs of this owner's nodes.
    #[arg(long, value_name = "OWNER")]
    pub owner: Option<OwnerId>,
    /// The look: `print` is black on white.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    /// Where to write; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Every {
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
    /// Calendar years.
    Year,
}

/// Where measured values are, and how their numbers are written.
#[derive(Debug, Args)]
pub struct Measured {
    /// Measured values: CSV files with the columns kpi, date, value, source, note, or folders of them.
    #[arg(long, value_name = "FILES", num_args = 1..)]
    pub measurements: Vec<PathBuf>,
    /// Measured values have a comma before the fraction, as in 1234,5.
    #[arg(long, requires = "measurements")]
    pub decimal_comma: bool,
    /// What may stand between the thousands of measured values.
    #[arg(long, value_enum, value_name = "SEPARATOR", requires = "measurements")]
    pub thousands: Option<Separator>,
    /// Tell everything found in the measurements, instead of a few of each kind.
    #[arg(long, requires = "measurements")]
    pub all: bool,
}

/// What stands between thousands.
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

/// Say how everything stands, worst first, and what explains it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map status map.json --measurements measurements.csv --as-of 2026-12-31\n  benefit-map status map.json --measurements measured/ --format csv -o status.csv\n\nExit codes: 0 told, 1 a KPI stands as --deny says or worse, 2 could not run."
)]
pub struct Status {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The day to look from: nothing measured later is known [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub format: TableFormat,
    /// The status of a KPI that, or a worse one, makes the exit code 1 [default: none does].
    #[arg(long, value_enum, value_name = "STATUS")]
    pub deny: Option<DenyStatus>,
    /// Where to write; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people: aligned columns.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// A status as a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DenyStatus {
    /// A missed target.
    Missed,
    /// Off track, or missed.
    OffTrack,
    /// At risk, or worse.
    AtRisk,
    /// No data, or worse.
    NoData,
}

/// Say what each owner must be told: off track, overdue, at risk upstream.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  benefit-map escalate map.json --measurements measurements.csv --as-of 2026-12-31 --format markdown"
)]
pub struct Escalate {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The day to look from: nothing measured later is known [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = LetterFormat::Text)]
    pub format: LetterFormat,
    /// Where to write; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How what owners must be told is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LetterFormat {
    /// Aligned columns, one part an owner.
    Text,
    /// A row a matter, for spreadsheets.
    Csv,
    /// One part an owner, for a report.
    Markdown,
}

/// Write the benefit realization plan of each owner.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map plan map.json --owner depot-manager -o plan.md")]
pub struct Plan {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Only the plan of this owner; may be given again.
    #[arg(long, value_name = "OWNER")]
    pub owner: Vec<OwnerId>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = PlanFormat::Markdown)]
    pub format: PlanFormat,
    /// Where to write; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// One part an owner, to be read.
    Markdown,
    /// A row each outcome, activity, KPI and risk, for spreadsheets.
    Csv,
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
    /// Where to write; `-`, or nothing, writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

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
