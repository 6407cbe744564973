//! What may be typed to draw a map or a chart.

use std::path::PathBuf;

use benefit_map::map::{Day, KpiId, NodeId, NodeKind, OwnerId, PartnerId};
use benefit_map::report::deck::SlideKind;
use benefit_map::scene::theme::Theme;
use clap::{Args, ValueEnum};

use super::{Measured, Profile, theme_parser};
use crate::output;

/// Draw the map.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map draw map.json -o map.svg\n  benefit-map draw map.json -o fewer-calls.svg --focus fewer-calls\n  benefit-map draw map.json -o print.svg --paper a4 --theme print\n  benefit-map draw map.json -o map.png --dpi 300\n  benefit-map draw map.json -o map.pdf --paper a3\n  benefit-map draw map.json -o map.pptx --slides overview,outcomes,status\n  benefit-map draw map.json -o map.html --measurements measurements.csv --findings   one page to send"
)]
pub struct Draw {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<DrawFormat>())]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, help = output::format_help::<DrawFormat>())]
    pub format: Option<DrawFormat>,
    #[command(flatten)]
    pub pixels: Pixels,
    /// What slides a presentation has [default: overview].
    #[arg(long, value_name = "SLIDES", value_delimiter = ',', value_parser = slide_parser())]
    pub slides: Vec<SlideKind>,
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
    /// The paper to fit the map to; where it does not fit on one sheet, it goes on several: pages of a PDF, else files
    /// FILE-1, FILE-2 and so on.
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
    /// Show on an HTML page what a check finds, as strict as the profile.
    #[arg(long, value_enum, value_name = "PROFILE", num_args = 0..=1, default_missing_value = "business-case")]
    pub findings: Option<Profile>,
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

/// How many pixels a PNG has.
#[derive(Debug, Clone, Copy, Args)]
pub struct Pixels {
    /// How many pixels a PNG has for each px of the drawing [default: 2, or as much as a large one may have].
    #[arg(long, value_name = "TIMES", conflicts_with = "dpi")]
    pub scale: Option<f64>,
    /// How many pixels a PNG has to the inch.
    #[arg(long, value_name = "PIXELS")]
    pub dpi: Option<f64>,
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
    /// From left to right; on paper from top to bottom where only that fits.
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

/// Takes the five kinds, and lists them in the help.
fn kind_parser() -> impl clap::builder::TypedValueParser<Value = NodeKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(NodeKind::WORDS).try_map(|word| word.parse::<NodeKind>())
}

/// Takes the kinds of slides, and lists them in the help.
fn slide_parser() -> impl clap::builder::TypedValueParser<Value = SlideKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(SlideKind::WORDS).try_map(|word| word.parse::<SlideKind>())
}

/// What a drawing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DrawFormat {
    /// A picture for browsers and office programs.
    Svg,
    /// A picture of pixels.
    Png,
    /// Pages to print and to search.
    Pdf,
    /// Slides whose boxes and links can be edited; on `--paper 16x9` unless another is asked for.
    Pptx,
    /// One page to send: the picture to explore, and the map in words and tables; it needs no server.
    Html,
    /// Boxes and lines as numbers, for programs.
    Scene,
}

/// Draw what was planned, measured and is forecast: one KPI, or several on one sheet.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map chart map.json --measurements measurements.csv --kpi rounds-km -o rounds-km.svg\n  benefit-map chart map.json --measurements measurements.csv --owner dir-place -o dir-place.pdf"
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
    /// Without words, small enough to stand in a line of text; with --kpi.
    #[arg(long, requires = "kpi")]
    pub sparkline: bool,
    /// The KPIs of this node.
    #[arg(long, value_name = "NODE", conflicts_with = "owner")]
    pub node: Option<NodeId>,
    /// The KPIs of this owner's nodes.
    #[arg(long, value_name = "OWNER")]
    pub owner: Option<OwnerId>,
    /// The look: `print` is black on white.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    #[arg(long, value_enum, help = output::format_help::<ChartFormat>())]
    pub format: Option<ChartFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<ChartFormat>())]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub pixels: Pixels,
}

/// What a chart is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChartFormat {
    /// A picture for browsers and office programs.
    Svg,
    /// A picture of pixels.
    Png,
    /// A page to print.
    Pdf,
}
