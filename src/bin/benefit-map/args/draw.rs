//! What may be typed to draw a map or a chart.

use std::path::PathBuf;

use benefit_map::check::Profile;
use benefit_map::layout::{Grouping, LinkDetail, OwnerLabel, ReadingDirection, ShareLines};
use benefit_map::map::{Day, NodeKind, Words};
use benefit_map::report::deck::SlideKind;
use benefit_map::scene::theme::Theme;
use clap::{Args, ValueEnum};

use super::paper::OnPaper;
use super::words::{self, WordParser};
use super::{Measured, theme_parser};
use crate::days::day;
use crate::output;

/// Draw the map.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map draw map.json -o map.svg\n  benefit-map draw map.json -o fewer-km.svg --focus fewer-km\n  benefit-map draw map.json -o print.svg --paper a4 --theme print\n  benefit-map draw map.json -o map.png --dpi 300\n  benefit-map draw map.json -o map.pdf --paper a3\n  benefit-map draw map.json -o slide.png --fit 1920x1080\n  benefit-map draw map.json -o map.pptx --slides overview,outcomes,status\n  benefit-map draw map.json -o map.html --measurements measurements.csv --findings   one page to send\n  benefit-map draw map.json -o map.svg --watch              again each time the map is saved"
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
    /// Which slides to include [default: overview].
    #[arg(long, value_name = "SLIDES", value_delimiter = ',', value_parser = words::plain::<SlideKind>())]
    pub slides: Vec<SlideKind>,
    /// Make the slides in the way of this PowerPoint template or presentation: its masters, layouts, placeholders, colours and footer.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Highlight what leads to this node (its id or title) and what follows from it, and fade the rest (can be repeated).
    #[arg(long, value_name = "NODE")]
    pub focus: Vec<String>,
    /// Highlight only what is within this many steps of the nodes in focus.
    #[arg(long, value_name = "STEPS", requires = "focus")]
    pub depth: Option<usize>,
    /// Leave the rest out instead of fading it.
    #[arg(long)]
    pub only: bool,
    /// Highlight the nodes of this owner, by id or name (can be repeated).
    #[arg(long, value_name = "OWNER")]
    pub owner: Vec<String>,
    /// Highlight the nodes that this partner shares, by id or name (can be repeated).
    #[arg(long, value_name = "PARTNER")]
    pub partner: Vec<String>,
    /// Highlight the nodes of this kind (can be repeated).
    #[arg(long, value_name = "KIND", value_parser = words::plain::<NodeKind>())]
    pub kind: Vec<NodeKind>,
    /// Ignore the order saved in the map, and use the one with the fewest crossings.
    #[arg(long)]
    pub tidy: bool,
    /// Group the nodes in bands that run across all stages.
    #[arg(long, value_parser = words::explained::<Grouping>(), value_name = "WHAT")]
    pub group_by: Option<Grouping>,
    /// The direction in which the map is read.
    #[arg(long, value_parser = words::explained::<ReadingDirection>(), default_value_t = ReadingDirection::Right)]
    pub direction: ReadingDirection,
    #[command(flatten)]
    pub on_paper: OnPaper,
    /// Draw each end outcome with counts of what leads to it, instead of every box.
    #[arg(long)]
    pub overview: bool,
    /// Show the findings of a check with this profile on an HTML page.
    #[arg(long, value_parser = super::check::profiles(), value_name = "PROFILE", num_args = 0..=1, require_equals = true, default_missing_value = "business-case")]
    pub findings: Option<Profile>,
    /// Replace existing sheets.
    #[arg(long)]
    pub replace: bool,
    /// Draw again each time the map or the measurements are saved, until you stop it.
    #[arg(long, requires = "output")]
    pub watch: bool,
    /// The colours: `print` is black on white with patterns.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    /// How to show owners.
    #[arg(long, value_parser = words::explained::<OwnerLabel>(), default_value_t = OwnerLabel::Name)]
    pub owners: OwnerLabel,
    /// What the lines show.
    #[arg(long, value_parser = details(), default_value_t = LinkDetail::Plain)]
    pub lines: LinkDetail,
    /// Whether links that leave or reach the same box share a line. Links that hinder, feed back or are marked never do.
    #[arg(long, value_parser = words::explained::<ShareLines>(), value_name = "WAY", default_value_t = ShareLines::Auto)]
    pub share_lines: ShareLines,
    /// Answers on how sure people are of each link, for `--lines confidence`: a file (CSV, Excel), or a folder with such files (can be repeated).
    #[arg(long, value_name = "FILE")]
    pub answers: Vec<PathBuf>,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date, shown in the footer and used for the status of KPIs [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

/// How many pixels a PNG has.
#[derive(Debug, Clone, Copy, Args)]
pub struct Pixels {
    /// The scale of a PNG: how many pixels it has for each px of the drawing [default: 2, or less for a large drawing].
    #[arg(long, value_name = "TIMES", conflicts_with = "dpi")]
    pub scale: Option<f64>,
    /// The resolution of a PNG, in pixels per inch.
    #[arg(long, value_name = "PIXELS")]
    pub dpi: Option<f64>,
}

/// What lines show in a picture of one map.
fn details() -> WordParser<LinkDetail> {
    words::some(
        &[
            LinkDetail::Plain,
            LinkDetail::Evidence,
            LinkDetail::Confidence,
            LinkDetail::Money,
        ]
        .map(|detail| (detail, detail.about())),
    )
}

/// What a drawing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DrawFormat {
    /// A picture for browsers and office programs.
    Svg,
    /// A picture made of pixels.
    Png,
    /// Pages to print and search.
    Pdf,
    /// Slides with boxes and links that can be edited; `--paper 16x9` unless you choose another.
    Pptx,
    /// One page to send, with the picture to explore and the map in words and tables; it works offline.
    Html,
    /// Boxes and lines as numbers, for programs.
    Scene,
}

/// Draw a chart of what was planned, measured and forecast, for one KPI or several.
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
    /// The reporting date; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Only this KPI, by id or title.
    #[arg(long, value_name = "KPI", conflicts_with_all = ["node", "owner"])]
    pub kpi: Option<String>,
    /// Draw the KPI without words, small enough to go in a line of text.
    #[arg(long, requires = "kpi")]
    pub sparkline: bool,
    /// The KPIs of this node, by id or title.
    #[arg(long, value_name = "NODE", conflicts_with = "owner")]
    pub node: Option<String>,
    /// The KPIs of this owner's nodes, by id or name.
    #[arg(long, value_name = "OWNER")]
    pub owner: Option<String>,
    /// The colours: `print` is black on white.
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
    /// A picture made of pixels.
    Png,
    /// A page to print.
    Pdf,
}
