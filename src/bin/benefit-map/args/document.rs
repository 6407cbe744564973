//! What may be typed for documents and packs of pictures.

use std::path::PathBuf;

use benefit_map::map::Day;
use benefit_map::report::{Audience, Section};
use benefit_map::scene::theme::Theme;
use clap::{Args, Subcommand, ValueEnum};

use super::{Measured, WithAnswers, theme_parser, words};
use crate::days::day;
use crate::output;

/// Write a document about the map: Word, PDF, HTML or Markdown.
#[derive(Debug, Subcommand)]
pub enum Report {
    BusinessCase(BusinessCase),
    Profile(BenefitProfile),
    Audit(super::ReportAudit),
}

/// Write the measurement part of a business case (PAS 184, 5.1.3).
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map report business-case map.json -o case.docx\n  benefit-map report business-case map.json --measurements measurements.csv --as-of 2028-04-01 -o case.docx --template house-style.docx\n  benefit-map report business-case map.json -o case.pdf\n  benefit-map report business-case map.json --for board -o board-paper.pdf\n  benefit-map report business-case map.json --for board -o board-deck.pptx\n  benefit-map report business-case map.json --sections summary,register,risks -o short.docx"
)]
pub struct BusinessCase {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    #[command(flatten)]
    pub measured: Measured,
    #[command(flatten)]
    pub answered: WithAnswers,
    /// The reporting date of the document [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Who reads it [default: everything but the points to resolve].
    #[arg(long = "for", value_name = "READER", value_parser = words::explained::<Audience>())]
    pub audience: Option<Audience>,
    /// The sections to write, in this order, with commas between [default: those of the reader].
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', value_parser = words::explained::<Section>())]
    pub sections: Vec<Section>,
    #[command(flatten)]
    pub written: Written,
}

/// Write benefit profiles: one page for each benefit, with what the map says of it and what it does not say yet.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map report profile map.json -o profiles.docx                           every end outcome\n  benefit-map report profile map.json --benefit lower-cost -o lower-cost.pdf\n  benefit-map report profile map.json --measurements measurements.csv --as-of 2028-04-01 -o profiles.pdf"
)]
pub struct BenefitProfile {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Only this benefit, by id or title (can be repeated) [default: every end outcome].
    #[arg(long, value_name = "BENEFIT")]
    pub benefit: Vec<String>,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date of the profiles [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    #[command(flatten)]
    pub written: Written,
}

/// Where a document goes, and in what styles.
#[derive(Debug, Args)]
pub struct Written {
    /// Where to write. The ending decides the format: `.docx`, `.pdf`, `.pptx`, `.html` or `.md`; with --format any name works. The pictures of
    /// a Markdown document are saved next to it; `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[arg(long, value_enum, help = output::format_help::<DocumentFormat>())]
    pub format: Option<DocumentFormat>,
    /// Write in the way of this Word document (styles, theme, page size, headers), or for slides of this PowerPoint template or presentation.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Replace existing pictures.
    #[arg(long)]
    pub replace: bool,
}

/// What a document is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// For Word and LibreOffice.
    Docx,
    /// Pages to print or send.
    Pdf,
    /// Slides, with tables and charts that can be edited.
    Pptx,
    /// A web page in one file.
    Html,
    /// Text, with its pictures in separate files.
    Markdown,
}

/// What the files of a pack are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum PackFormat {
    /// Pictures for browsers and office programs.
    Svg,
    /// Pictures made of pixels.
    Png,
    /// Pages.
    Pdf,
    /// Slides.
    Pptx,
}

/// Write every view of the map: the whole map, and one view for each end outcome, owner and partner, with a page that lists them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map pack map.json -o pictures\n  benefit-map pack map.json -o pictures.zip --formats svg,pdf\n  benefit-map pack map.json -o pictures --measurements measurements.csv --as-of 2028-04-01\n  benefit-map pack map.json -o pictures --watch             again each time the map is saved\n\nFile names are made from ids and stay the same, and files that would not change are not written. Pictures that a document links to are therefore always current."
)]
pub struct Pack {
    #[command(flatten)]
    pub what: Packed,
    /// Write what has changed each time the map or the measurements are saved, until you stop it.
    #[arg(long)]
    pub watch: bool,
}

/// the old spelling of `pack --watch`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  benefit-map pack map.json -o pictures --watch")]
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
    /// The folder to write to, or a `.zip` file.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// The formats to write.
    #[arg(long, value_enum, value_name = "FORMATS", value_delimiter = ',', default_values_t = [PackFormat::Svg, PackFormat::Png, PackFormat::Pdf])]
    pub formats: Vec<PackFormat>,
    /// The colours: `print` is black on white with patterns.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date, shown in the footer and used for the status of KPIs [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Write into a folder that has other files in it.
    #[arg(long)]
    pub replace: bool,
}
