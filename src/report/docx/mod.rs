//! A report as a Word document: real styles and headings, captions and references that count, tables whose heads repeat,
//! a table of contents, pictures as SVG with PNG beside it, and pages that lie across where they must.

mod body;
mod charts;
mod parts;
mod pieces;
mod styles;
mod template;

use crate::draw::{self, Fonts};
use crate::layout::PaperSize;
use crate::office::{self, Package};
use crate::xml::{Element, Value, el};

use super::model::Report;
use super::parts::{ACROSS, in_parts};
use body::Body;
pub use template::Template;

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The package could not be written, or the template could not be read.
    #[error(transparent)]
    Office(#[from] office::Error),
    /// A picture could not be drawn.
    #[error("a picture of the document could not be drawn")]
    Picture(#[from] draw::Error),
    /// The template is a package, but no Word document.
    #[error("the template has no styles, so it is not a Word document (.docx)")]
    NoStyles,
    /// A part of the template has a document type, in which it could define texts that grow as they are read.
    #[error(
        "the template is refused: its part {part} has a document type (<!DOCTYPE>), which Word never writes; open it in Word, and save it again"
    )]
    DocumentType {
        /// The part.
        part: String,
    },
    /// The styles of the template cannot be read.
    #[error("the styles of the template are damaged: open it in Word, and save it again")]
    DamagedStyles,
}

/// What a part is, for the list of parts.
fn kind(word: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{word}+xml")
}

/// The root of a part, with the names that parts of a document use.
fn root(name: &'static str) -> Element {
    el(name)
        .set("xmlns:w", office::WORDS)
        .set(
            "xmlns:r",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        )
        .set(
            "xmlns:wp",
            "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        )
        .set("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .set("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture")
}

/// An element that says one thing, as most of WordprocessingML do.
fn val(name: &'static str, value: impl Value) -> Element {
    el(name).set("w:val", value)
}

/// Bold, for both kinds of scripts.
fn bold() -> [Element; 2] {
    [el("w:b"), el("w:bCs")]
}

/// The report as DOCX (ECMA-376, transitional), in the styles of the template where there is one.
///
/// Nothing of the clock goes in: the same report gives the same bytes.
///
/// # Errors
/// [`Error::Picture`] where a picture cannot be drawn, [`Error::Office`] where the archive cannot be packed.
pub fn write(report: &Report, fonts: &Fonts, template: Option<&Template>) -> Result<Vec<u8>, Error> {
    let report = &*in_parts(report, ACROSS, PaperSize::Report);
    let own = Template::own(report.numbering, &report.language);
    let template = template.unwrap_or(&own);
    let mut package = Package::new();
    package.relate("", "officeDocument", "word/document.xml");
    package.describe(&report.title, &report.author, &report.language, &report.subtitle);
    if let Some((_, references)) = &template.around {
        for reference in references {
            package.refer("word/document.xml", reference);
        }
    }
    let mut body = Body::new(report, template, fonts);
    body.write(&mut package)?;
    let lists = body.numbered_lists();
    let (text, section) = body.finish();
    let around = template.around.as_ref();
    match around.and_then(|(document, _)| office::filled(document, &text, section.as_ref())) {
        Some(whole) => package.text("word/document.xml", &kind("document.main"), &whole),
        None => package.xml(
            "word/document.xml",
            &kind("document.main"),
            &root("w:document").add(el("w:body").add_all(text).add(section)),
        ),
    }
    parts::add(&mut package, report, template, lists);
    Ok(package.pack()?)
}
