//! Scenes as a presentation whose every box can be edited: each card a shape with its text, each route a connector that
//! is glued to its cards, in the colours of the presentation's own theme.
//!
//! Places and sizes are those of the scene, to the px. What PowerPoint has no word for is said another way: a bar at
//! the end of a line becomes a disc, and a route that winds through several lanes becomes an elbow through one.

mod chart;
mod colour;
mod connector;
mod drawing;
mod frame;
mod graph;
mod icon;
mod parts;
mod routes;
mod shapes;
mod table;

use std::collections::BTreeMap;

use crate::office::{Package, SlideHouse, SlideLayout, emu};
use crate::scene::Scene;
use crate::scene::theme::Theme;
use crate::xml::{Element, el};

pub use super::graph::{DayMarks, Graph, Series, SeriesKind};
pub use frame::room;
pub use graph::{ChartType, add_chart};
pub use table::{Grid, GridCell};

use super::Error;
use drawing::{colours_of_master, ground, held, named, place, root, run, shape, tree};
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
    /// What stands at the foot of every slide where a template has nothing of its own there; empty for nothing.
    pub footer: String,
    /// The presentation whose masters and layouts it is made in; `None` for our own.
    pub template: Option<Box<SlideHouse>>,
    /// Its slides, in order.
    pub slides: Vec<Slide>,
}

/// One slide.
#[derive(Debug, Clone)]
pub struct Slide {
    /// What it is called: it stands in the place that the layout keeps for a title.
    pub title: String,
    /// What it shows.
    pub content: Content,
    /// What stands in the notes, a paragraph each.
    pub notes: Vec<String>,
}

/// What a slide shows.
#[derive(Debug, Clone)]
pub enum Content {
    /// The first slide: its title, and lines under it.
    Opening {
        /// The lines.
        lines: Vec<String>,
    },
    /// Tables across the slide, and under them a chart with words beside it.
    Mixed {
        /// The tables.
        grids: Vec<Grid>,
        /// The chart.
        graph: Option<Graph>,
        /// The words, a paragraph each; some words that carry weight, and the rest.
        lines: Vec<(String, String)>,
    },
    /// A picture, fitted to what a slide leaves under its title.
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
    let size = slide_size(deck.size, deck.template.as_deref());
    let presentation = "ppt/presentation.xml";
    let masters: Vec<Element> = match &deck.template {
        Some(house) => (house.masters().iter())
            .map(|(number, part)| {
                let id = package.relate(presentation, "slideMaster", &format!("/{part}"));
                el("p:sldMasterId").set("id", *number).set("r:id", id)
            })
            .collect(),
        None => {
            let id = package.relate(presentation, "slideMaster", "slideMasters/slideMaster1.xml");
            vec![el("p:sldMasterId").set("id", 2_147_483_648_u32).set("r:id", id)]
        }
    };
    let notes_master = package.relate(presentation, "notesMaster", "notesMasters/notesMaster1.xml");
    let ids: Vec<String> = (1..=deck.slides.len())
        .map(|n| package.relate(presentation, "slide", &format!("slides/slide{n}.xml")))
        .collect();
    match deck.template.as_deref().map(SlideHouse::theme) {
        None => drop(package.relate(presentation, "theme", "theme/theme1.xml")),
        Some(theme) => drop(theme.map(|part| package.relate(presentation, "theme", &format!("/{part}")))),
    }
    let ids = ids.iter().enumerate();
    let slides = ids.map(|(i, id)| el("p:sldId").set("id", 256 + i).set("r:id", id));
    let size_of = |name: &'static str, (w, h): (i64, i64)| el(name).set("cx", w).set("cy", h);
    package.xml(
        presentation,
        &kind("presentation.main"),
        &root("p:presentation")
            .set("saveSubsetFonts", 1)
            .add(el("p:sldMasterIdLst").add_all(masters))
            .add(el("p:notesMasterIdLst").add(el("p:notesMasterId").set("r:id", notes_master)))
            .add(el("p:sldIdLst").add_all(slides))
            .add(size_of("p:sldSz", (emu(size.0), emu(size.1))))
            .add(size_of("p:notesSz", (6_858_000, 9_144_000)))
            // Words outside placeholders would else be in whatever face a program has as its own, and not in the one measured.
            .add(el("p:defaultTextStyle").add_all(parts::levels())),
    );
    parts::add(&mut package, deck.theme, size, deck.template.as_deref());
    for (i, slide) in deck.slides.iter().enumerate() {
        add_slide(&mut package, deck, slide, i + 1, size);
    }
    package.pack().map_err(Error::Office)
}

/// The size of a slide in px.
fn slide_size((width, height): (f64, f64), template: Option<&SlideHouse>) -> (f64, f64) {
    const EMU_IN_PX: f64 = 9525.0;
    match template {
        Some(house) => (house.size.0 as f64 / EMU_IN_PX, house.size.1 as f64 / EMU_IN_PX),
        None => (width.max(25.4) * PX_IN_MM, height.max(25.4) * PX_IN_MM),
    }
}

fn add_slide(package: &mut Package, deck: &Deck, slide: &Slide, number: usize, size: (f64, f64)) {
    let name = format!("ppt/slides/slide{number}.xml");
    let mut canvas = Canvas::new(deck.theme, &deck.language, size);
    canvas.room = frame::room(deck.size, deck.template.as_deref());
    let layout = deck.template.as_deref().map(|house| match slide.content {
        Content::Opening { .. } => &house.opening,
        _ => &house.content,
    });
    canvas.title(&slide.title, layout);
    match &slide.content {
        Content::Opening { lines } => canvas.opening(lines, layout),
        Content::Picture { scene, titles } => canvas.scene(scene, titles),
        Content::Grids { subtitle, grids } => canvas.grids(subtitle, grids),
        Content::Mixed { grids, graph, lines } => {
            let chart = graph.as_ref().map(|graph| {
                let chart = format!("ppt/charts/chart{number}.xml");
                add_chart(package, &chart, graph, (ChartType::Slide, &deck.language));
                (
                    package.relate(&name, "chart", &format!("../charts/chart{number}.xml")),
                    graph,
                )
            });
            canvas.mixed(grids, chart, lines);
        }
    }
    canvas.foot(layout, &deck.footer, number);
    // The ground of a house is that of its master.
    let ground = layout.is_none().then(ground);
    package.xml(
        &name,
        &kind("slide"),
        &root("p:sld")
            .add(el("p:cSld").add(ground).add(tree(canvas.finish())))
            .add(colours_of_master()),
    );
    match layout {
        Some(SlideLayout { part, .. }) => package.relate(&name, "slideLayout", &format!("/{part}")),
        None => package.relate(&name, "slideLayout", "../slideLayouts/slideLayout1.xml"),
    };
    let notes = format!("ppt/notesSlides/notesSlide{number}.xml");
    package.relate(&name, "notesSlide", &format!("../notesSlides/notesSlide{number}.xml"));
    package.relate(&notes, "notesMaster", "../notesMasters/notesMaster1.xml");
    package.relate(&notes, "slide", &format!("../slides/slide{number}.xml"));
    let paragraph = |line: &String| el("a:p").add(run(line, el("a:rPr").set("lang", &deck.language)));
    let mut paragraphs: Vec<Element> = slide.notes.iter().map(paragraph).collect();
    if paragraphs.is_empty() {
        paragraphs.push(el("a:p"));
    }
    let picture = shape(
        named(2, "Slide"),
        held(&["noRot", "noChangeAspect"]),
        Some(place("sldImg")),
        el("p:spPr"),
        None,
    );
    let words = el("p:txBody").add([el("a:bodyPr"), el("a:lstStyle")]).add(paragraphs);
    let words = shape(
        named(3, "Notes"),
        held(&[]),
        Some(place("body").set("idx", 1)),
        el("p:spPr"),
        Some(words),
    );
    package.xml(
        &notes,
        &kind("notesSlide"),
        &root("p:notes")
            .add(el("p:cSld").add(tree([picture, words])))
            .add(colours_of_master()),
    );
}
