//! Scenes as a presentation whose every box can be edited: each card a shape with its text, each route a connector that
//! is glued to its cards, in the colours of the presentation's own theme.
//!
//! Places and sizes are those of the scene, to the px. What PowerPoint has no word for is said another way: a bar at
//! the end of a line becomes a disc, and a route that winds through several lanes becomes an elbow through one.

mod chart;
mod colour;
mod connector;
mod icon;
mod parts;
mod routes;
mod shapes;
mod table;

use std::collections::BTreeMap;

use crate::office::{Package, emu, text};
use crate::scene::Scene;
use crate::scene::theme::Theme;

pub use table::{Grid, GridCell};

use super::Error;
use shapes::Canvas;

/// A presentation.
#[derive(Debug, Clone)]
pub struct Deck {
    /// What it is called.
    pub title: String,
    /// Who answers for it; empty where nobody is named.
    pub author: String,
    /// A BCP 47 tag.
    pub language: String,
    /// Its colours, which become the theme of the presentation.
    pub theme: &'static Theme,
    /// Width and height of every slide in millimetres.
    pub size: (f64, f64),
    /// Its slides, in order.
    pub slides: Vec<Slide>,
}

/// One slide.
#[derive(Debug, Clone)]
pub struct Slide {
    /// What it is called, for lists of slides and for readers who listen. A picture shows its own title.
    pub title: String,
    /// What it shows.
    pub content: Content,
    /// What stands in the notes, a paragraph each.
    pub notes: Vec<String>,
}

/// What a slide shows.
#[derive(Debug, Clone)]
pub enum Content {
    /// A picture, fitted to the slide.
    Picture {
        /// What is drawn.
        scene: Box<Scene>,
        /// What its cards are called, by their ids: a scene knows only the lines that titles were broken into. The
        /// lines stand for those that are not here.
        titles: BTreeMap<String, String>,
    },
    /// Tables under the title, one below the other.
    Grids {
        /// What stands under the title; empty for nothing.
        subtitle: String,
        /// The tables.
        grids: Vec<Grid>,
    },
}

/// A slide of 16 to 9, in millimetres.
pub const WIDE: (f64, f64) = (338.67, 190.5);

/// Px in a millimetre.
const PX_IN_MM: f64 = 96.0 / 25.4;

const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

/// What a part is, for the list of parts.
fn kind(word: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.presentationml.{word}+xml")
}

/// The presentation as PPTX (ECMA-376, transitional).
///
/// # Errors
/// [`Error::Office`] where the archive cannot be packed.
pub fn write(deck: &Deck) -> Result<Vec<u8>, Error> {
    let mut package = Package::new();
    package.relate("", "officeDocument", "ppt/presentation.xml");
    package.describe(&deck.title, &deck.author, &deck.language, "");
    // Office programs and slides of less than an inch do not go together.
    let size = (deck.size.0.max(25.4) * PX_IN_MM, deck.size.1.max(25.4) * PX_IN_MM);
    let presentation = "ppt/presentation.xml";
    let master = package.relate(presentation, "slideMaster", "slideMasters/slideMaster1.xml");
    let notes_master = package.relate(presentation, "notesMaster", "notesMasters/notesMaster1.xml");
    let ids: Vec<String> = (1..=deck.slides.len())
        .map(|n| package.relate(presentation, "slide", &format!("slides/slide{n}.xml")))
        .collect();
    package.relate(presentation, "theme", "theme/theme1.xml");
    let list: String = ids
        .iter()
        .enumerate()
        .map(|(i, id)| format!("<p:sldId id=\"{}\" r:id=\"{id}\"/>", 256 + i))
        .collect();
    package.text(
        presentation,
        &kind("presentation.main"),
        &format!(
            "<p:presentation {NAMESPACES} saveSubsetFonts=\"1\"><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"{master}\"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"{notes_master}\"/></p:notesMasterIdLst><p:sldIdLst>{list}</p:sldIdLst><p:sldSz cx=\"{}\" cy=\"{}\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>",
            emu(size.0),
            emu(size.1),
        ),
    );
    parts::add(&mut package, deck.theme, size);
    for (i, slide) in deck.slides.iter().enumerate() {
        add_slide(&mut package, deck, slide, i + 1, size);
    }
    package.pack().map_err(Error::Office)
}

fn add_slide(package: &mut Package, deck: &Deck, slide: &Slide, number: usize, size: (f64, f64)) {
    let name = format!("ppt/slides/slide{number}.xml");
    let mut canvas = Canvas::new(deck.theme, &deck.language, size);
    match &slide.content {
        Content::Picture { scene, titles } => canvas.scene(scene, &slide.title, titles),
        Content::Grids { subtitle, grids } => canvas.grids(&slide.title, subtitle, grids),
    }
    package.text(
        &name,
        &kind("slide"),
        &format!(
            "<p:sld {NAMESPACES}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg><p:spTree>{}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
            parts::ROOT,
            canvas.finish()
        ),
    );
    package.relate(&name, "slideLayout", "../slideLayouts/slideLayout1.xml");
    let notes = format!("ppt/notesSlides/notesSlide{number}.xml");
    package.relate(&name, "notesSlide", &format!("../notesSlides/notesSlide{number}.xml"));
    package.relate(&notes, "notesMaster", "../notesMasters/notesMaster1.xml");
    package.relate(&notes, "slide", &format!("../slides/slide{number}.xml"));
    let language = text(&deck.language);
    let paragraphs: String = slide
        .notes
        .iter()
        .map(|line| {
            format!(
                "<a:p><a:r><a:rPr lang=\"{language}\"/><a:t>{}</a:t></a:r></a:p>",
                text(line)
            )
        })
        .collect();
    let paragraphs = if paragraphs.is_empty() {
        "<a:p/>".to_owned()
    } else {
        paragraphs
    };
    package.text(
        &notes,
        &kind("notesSlide"),
        &format!(
            "<p:notes {NAMESPACES}><p:cSld><p:spTree>{}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
            parts::ROOT,
        ),
    );
}
