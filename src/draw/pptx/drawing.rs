//! The words of DrawingML and PresentationML that many shapes share (ECMA-376 part 1, 19 and 20).

use crate::office::emu;
use crate::xml::{Content, Element, Nodes, el};

use super::colour::{Colour, solid};

/// The root of a part, with the names that parts of a presentation use.
pub(super) fn root(name: &'static str) -> Element {
    el(name)
        .set("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .set(
            "xmlns:r",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        )
        .set("xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main")
}

/// What every tree of shapes begins with.
pub(super) fn tree(shapes: impl Content) -> Element {
    let at = |name: &'static str| el(name).set("x", 0).set("y", 0);
    let size = |name: &'static str| el(name).set("cx", 0).set("cy", 0);
    let group = el("p:nvGrpSpPr")
        .add(el("p:cNvPr").set("id", 1).set("name", ""))
        .add(el("p:cNvGrpSpPr"))
        .add(el("p:nvPr"));
    let frame = [at("a:off"), size("a:ext"), at("a:chOff"), size("a:chExt")];
    el("p:spTree")
        .add(group)
        .add(el("p:grpSpPr").add(el("a:xfrm").add(frame)))
        .add(shapes)
}

/// The slide takes the colours of its master.
pub(super) fn colours_of_master() -> Element {
    el("p:clrMapOvr").add(el("a:masterClrMapping"))
}

/// The ground of a slide.
pub(super) fn ground() -> Element {
    let reference = el("p:bgRef").set("idx", 1001);
    el("p:bg").add(reference.add(el("a:schemeClr").set("val", "bg1")))
}

/// Where something is and how large, in px of the slide.
pub(super) fn placed((x, y): (f64, f64), (w, h): (f64, f64)) -> [Element; 2] {
    [
        el("a:off").set("x", emu(x)).set("y", emu(y)),
        el("a:ext").set("cx", emu(w)).set("cy", emu(h)),
    ]
}

/// A point of a path.
pub(super) fn point(x: i64, y: i64) -> Element {
    el("a:pt").set("x", x).set("y", y)
}

/// The step of a path to where it begins.
pub(super) fn move_to(x: i64, y: i64) -> Element {
    el("a:moveTo").add(point(x, y))
}

/// The step of a path straight on to a point.
pub(super) fn line_to(x: i64, y: i64) -> Element {
    el("a:lnTo").add(point(x, y))
}

/// The step of a path round a corner: a quarter of a circle of that radius, from that angle on.
pub(super) fn corner(radius: i64, start: i64) -> Element {
    el("a:arcTo")
        .set("wR", radius)
        .set("hR", radius)
        .set("stAng", start)
        .set("swAng", 5_400_000)
}

/// A shape that programs know by name, with what adjusts it.
pub(super) fn preset(name: &str, adjust: impl IntoIterator<Item = Element>) -> Element {
    el("a:prstGeom").set("prst", name).add(el("a:avLst").add_all(adjust))
}

/// What adjusts a shape.
pub(super) fn adjust(name: &str, value: impl std::fmt::Display) -> Element {
    el("a:gd").set("name", name).set("fmla", format!("val {value}"))
}

/// A shape of a path of its own, in a frame of so many units.
pub(super) fn custom((across, down): (i64, i64), path: impl Content, sites: Nodes, edges: [&str; 4]) -> Element {
    let [l, t, r, b] = edges;
    el("a:custGeom")
        .add([el("a:avLst"), el("a:gdLst"), el("a:ahLst")])
        .add(el("a:cxnLst").add(sites))
        .add(el("a:rect").set("l", l).set("t", t).set("r", r).set("b", b))
        .add(el("a:pathLst").add(el("a:path").set("w", across).set("h", down).add(path)))
}

/// A line of that width in px of the slide and that colour.
pub(super) fn line(width: f64, colour: Colour) -> Element {
    el("a:ln").set("w", emu(width).max(1)).add(solid(colour))
}

/// How a line is dashed.
pub(super) fn dash(kind: &str) -> Element {
    el("a:prstDash").set("val", kind)
}

/// No fill.
pub(super) fn no_fill() -> Element {
    el("a:noFill")
}

/// No line.
pub(super) fn no_line() -> Element {
    el("a:ln").add(no_fill())
}

/// A shape: what names it, how it is held, what it stands for, its looks, and its words.
pub(super) fn shape(
    named: Element,
    held: Element,
    place: Option<Element>,
    looks: Element,
    words: Option<Element>,
) -> Element {
    let about = el("p:nvSpPr").add(named).add(held).add(el("p:nvPr").add(place));
    el("p:sp").add(about).add(looks).add(words)
}

/// What names a shape.
pub(super) fn named(id: u32, name: &str) -> Element {
    el("p:cNvPr").set("id", id).set("name", name)
}

/// A shape that stands in the place that a layout keeps for it, with what else it is held by.
pub(super) fn held(more: &[&'static str]) -> Element {
    let locks = el("a:spLocks").set("noGrp", 1);
    el("p:cNvSpPr").add(locks.set_all(more.iter().map(|name| (*name, "1"))))
}

/// A shape that is held by nothing; one that is made of its words alone is a box of text.
pub(super) fn free() -> Element {
    el("p:cNvSpPr")
}

/// The place of a layout that a shape stands in.
pub(super) fn place(kind: &str) -> Element {
    el("p:ph").set("type", kind)
}

/// The looks of a shape: its frame, its shape and its paint.
pub(super) fn looks(frame: impl Content, paint: impl Content) -> Element {
    el("p:spPr").add(el("a:xfrm").add(frame)).add(paint)
}

/// The words of a shape, with room around them in px of the slide: left, top, right.
pub(super) fn body(room: [f64; 3], wrap: &str, anchor: &str, fit: Element, paragraphs: impl Content) -> Element {
    let [left, top, right] = room.map(emu);
    let about = el("a:bodyPr")
        .set("wrap", wrap)
        .set("lIns", left)
        .set("tIns", top)
        .set("rIns", right)
        .set("bIns", 0)
        .set("anchor", anchor);
    el("p:txBody").add(about.add(fit)).add(el("a:lstStyle")).add(paragraphs)
}

/// Words of one look: how large in hundredths of a point, what else is said of them, and what paints them.
pub(super) fn run(words: &str, properties: Element) -> Element {
    el("a:r").add(properties).add(el("a:t").add(words))
}

/// What is said of words: their language, and their size in hundredths of a point.
pub(super) fn properties(language: &str, size: i64) -> Element {
    el("a:rPr").set("lang", language).set("sz", size)
}

/// What names a shape that says nothing to those who listen.
pub(super) fn decoration(id: u32, word: &str) -> Element {
    let mark = el("adec:decorative")
        .set(
            "xmlns:adec",
            "http://schemas.microsoft.com/office/drawing/2017/decorative",
        )
        .set("val", 1);
    let extension = el("a:ext")
        .set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
        .add(mark);
    named(id, &format!("{word} {id}")).add(el("a:extLst").add(extension))
}

/// A box of text.
pub(super) fn text_box(id: u32, frame: [Element; 2], words: Element) -> Element {
    let looks = looks(frame, (preset("rect", []), no_fill()));
    let name = named(id, &format!("Text {id}"));
    shape(name, free().set("txBox", 1), None, looks, Some(words))
}
