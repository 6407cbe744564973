//! What may be typed for documents and packs of pictures.

use std::path::PathBuf;

use benefit_map::map::Day;
use benefit_map::scene::theme::Theme;
use clap::{Args, Subcommand, ValueEnum};

use super::{Measured, theme_parser};
use crate::output;

/// Write a document about the map: Word, PDF, HTML or Markdown.
#[derive(Debug, Subcommand)]
pub enum Report {
    BusinessCase(BusinessCase),
    Audit(super::ReportAudit),
}

/// Write the measurement part of a business case (PAS 184, 5.1.3).
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map report business-case map.json -o case.docx\n  benefit-map report business-case map.json --measurements measurements.csv --as-of 2028-04-01 -o case.docx --template house-style.docx\n  benefit-map report business-case map.json -o case.pdf"
)]
pub struct BusinessCase {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    /// The day that the document speaks of [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    #[command(flatten)]
    pub written: Written,
}

/// Where a document goes, and in what styles.
#[derive(Debug, Args)]
pub struct Written {
    /// Where to write. The ending decides what: `.docx`, `.pdf`, `.html` or `.md`; with --format any name will do. Pictures of
    /// Markdown are written beside it; `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[arg(long, value_enum, help = output::format_help::<DocumentFormat>())]
    pub format: Option<DocumentFormat>,
    /// A Word document whose styles, theme and page are used.
    #[arg(long, value_name = "DOCX")]
    pub template: Option<PathBuf>,
    /// Replace pictures that are there already.
    #[arg(long)]
    pub replace: bool,
}

/// What a document is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// For Word and LibreOffice.
    Docx,
    /// Pages to print and to send.
    Pdf,
    /// One page that stands alone.
    Html,
    /// Text, with its pictures beside it.
    Markdown,
}

/// What the files of a pack are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum PackFormat {
    /// Pictures for browsers and office programs.
    Svg,
    /// Pictures of pixels.
    Png,
    /// Pages.
    Pdf,
    /// Slides.
    Pptx,
}

/// Write every view of the map: the whole, and one an end outcome, owner and partner, with a page that lists them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map pack map.json -o pictures\n  benefit-map pack map.json -o pictures.zip --formats svg,pdf\n  benefit-map pack map.json -o pictures --measurements measurements.csv --as-of 2028-04-01\n\nNames are made of ids and stay the same, and files that would not change are left untouched: a document with linked pictures brings itself up to date."
)]
pub struct Pack {
    #[command(flatten)]
    pub what: Packed,
}

/// Write the pack again at every save of the map, until it is stopped.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map watch map.json -o pictures\n  benefit-map watch map.json -o pictures --formats svg"
)]
pub struct Watch {
    #[command(flatten)]
    pub what: Packed,
}

/// What goes into a pack.
#[derive(Debug, Args)]
pub struct Packed {
    /// The map.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// The folder to write to, or a file that ends in `.zip`.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMATS", value_delimiter = ',', default_values_t = [PackFormat::Svg, PackFormat::Png, PackFormat::Pdf])]
    pub formats: Vec<PackFormat>,
    /// The look: `print` is black on white with patterns.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    #[command(flatten)]
    pub measured: Measured,
    /// The day in the footer, and of how KPIs stand where they were measured [default: today].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// Write into a folder that holds other things.
    #[arg(long)]
    pub replace: bool,
}
