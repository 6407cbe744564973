//! The pieces that a text is made of: what is said of a paragraph, runs of words, fields, pictures.

use crate::scene::{TextDirection, TextStyle};
use crate::text::{direction, measure};
use crate::xml::{Content, Element, Nodes, el};

use super::super::columns::Place;
use super::super::model::{Align, Inline};
use super::val;

/// What is said of a paragraph beside its style, in the two places where the schema wants it: what keeps it together or puts it into a
/// list comes before the direction, spacing and place after it.
#[derive(Default)]
pub(super) struct About {
    pub keeping: Option<Element>,
    pub spacing: Vec<Element>,
}

impl About {
    pub fn keeping(keeping: Option<Element>) -> Self {
        Self {
            keeping,
            spacing: Vec::new(),
        }
    }

    pub fn after(spacing: Element) -> Self {
        Self {
            keeping: None,
            spacing: vec![spacing],
        }
    }
}

/// Keeps a paragraph on the page of the next one.
pub(super) fn keep_next() -> Element {
    el("w:keepNext")
}

/// Words without a look of their own; nothing for no words.
pub(super) fn run(words: &str) -> Option<Element> {
    run_of(words, Nodes::new())
}

/// Words of a look; nothing for no words.
pub(super) fn run_of(words: &str, look: impl Content) -> Option<Element> {
    if words.is_empty() {
        return None;
    }
    let rtl = match direction(words) {
        TextDirection::RightToLeft => Some(el("w:rtl")),
        TextDirection::LeftToRight => None,
    };
    let look = el("w:rPr").add(look).add(rtl);
    let has_look = !look.children().is_empty();
    let words = el("w:t").set("xml:space", "preserve").add(words);
    Some(el("w:r").add(has_look.then_some(look)).add(words))
}

/// Words that Word counts again.
pub(super) fn field(instruction: &str, words: &str) -> Element {
    el("w:fldSimple").set("w:instr", instruction).add(run(words))
}

pub(super) fn width_of(name: &'static str, width: u32) -> Element {
    el(name).set("w:w", width).set("w:type", "dxa")
}

pub(super) fn place(align: Align) -> Option<Element> {
    match align {
        Align::Start => None,
        Align::Middle => Some(val("w:jc", "center")),
        Align::End => Some(val("w:jc", "end")),
    }
}

/// The run that shows a picture: what it is called and shows, its size in English Metric Units, its PNG and its SVG.
pub(super) fn drawing(
    number: u32,
    (name, words): (&str, &str),
    (cx, cy): (i64, i64),
    (png, svg): (&str, &str),
) -> Element {
    let called = |element: &'static str| el(element).set("id", number).set("name", name).set("descr", words);
    let size = |element: &'static str| el(element).set("cx", cx).set("cy", cy);
    let distance = ["distT", "distB", "distL", "distR"].map(|side| (side, 0));
    let vector = el("asvg:svgBlip")
        .set(
            "xmlns:asvg",
            "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
        )
        .set("r:embed", svg);
    let extension = el("a:ext")
        .set("uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}")
        .add(vector);
    let fill = el("pic:blipFill")
        .add(el("a:blip").set("r:embed", png).add(el("a:extLst").add(extension)))
        .add(el("a:stretch").add(el("a:fillRect")));
    let frame = el("a:xfrm").add((el("a:off").set("x", 0).set("y", 0), size("a:ext")));
    let shape = el("a:prstGeom").set("prst", "rect").add(el("a:avLst"));
    let picture = el("pic:pic")
        .add(el("pic:nvPicPr").add((called("pic:cNvPr"), el("pic:cNvPicPr"))))
        .add((fill, el("pic:spPr").add((frame, shape))));
    let data = el("a:graphicData")
        .set("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")
        .add(picture);
    let locks = el("a:graphicFrameLocks").set("noChangeAspect", 1);
    let inline = el("wp:inline")
        .set_all(distance)
        .add((size("wp:extent"), called("wp:docPr")))
        .add(el("wp:cNvGraphicFramePr").add(locks))
        .add(el("a:graphic").add(data));
    el("w:r").add(el("w:drawing").add(inline))
}

/// How wide a word is in a table, with what a cell keeps free beside it, in twentieths of a point: in the type and the margins of
/// [`styles`](super::styles), and by the widths of the face of our pictures, which is no narrower than those of Word.
pub(super) fn word_width(word: &str, place: Place) -> f64 {
    const SIZE: f64 = 170.0;
    const BESIDE: f64 = 2.0 * 85.0;
    let like = match place {
        Place::Head => TextStyle::Heading,
        Place::Body => TextStyle::Card,
    };
    measure(word, like) * SIZE / like.size() + BESIDE
}

/// The words of a line alone.
pub(super) fn plain(line: &[Inline]) -> String {
    let mut out = String::new();
    for inline in line {
        match inline {
            Inline::Text(words) | Inline::Strong(words) | Inline::Emphasis(words) | Inline::Code(words) => {
                out.push_str(words);
            }
            Inline::Link { text, .. } => out.push_str(text),
            Inline::Mark(_, word) => out.push_str(word),
            Inline::Break => out.push(' '),
            Inline::Reference(_) => {}
        }
    }
    out
}
