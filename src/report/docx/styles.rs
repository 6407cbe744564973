//! The styles of our own documents.

use crate::xml::{Content, Element, Nodes, el};

use super::super::model::Numbering;
use super::parts::{HEADINGS, OURS};
use super::{bold, root, val};

/// The colours that styles use.
const INK: &str = "17212B";
const QUIET: &str = "4D5A67";
const STRONG: &str = "17467D";
const GROUND: &str = "F4F6F8";
const RULE: &str = "D5DBE1";

/// The part of styles, for words in that language.
pub(super) fn part(numbering: Numbering, language: &str) -> Element {
    let face = el("w:rFonts")
        .set("w:ascii", "Arial")
        .set("w:hAnsi", "Arial")
        .set("w:eastAsia", "Arial")
        .set("w:cs", "Arial");
    let language = val("w:lang", language)
        .set("w:eastAsia", "zh-CN")
        .set("w:bidi", "ar-SA");
    let words = (face, val("w:color", INK), (size(21), language));
    let spacing = spacing(None, Some(140)).set("w:line", 276).set("w:lineRule", "auto");
    let defaults = el("w:docDefaults")
        .add(el("w:rPrDefault").add(el("w:rPr").add(words)))
        .add(el("w:pPrDefault").add(el("w:pPr").add(spacing)));
    let styles = all(numbering).into_iter().map(|style| {
        let is_default = matches!(style.name, "Normal" | "Default Paragraph Font" | "Normal Table");
        style.element(is_default.then_some("1"))
    });
    root("w:styles").add(defaults).add_all(styles)
}

/// The styles whose names, in lower case, `is_known` does not know, for a document that has others.
pub(super) fn missing(is_known: impl Fn(&str) -> bool) -> Vec<Element> {
    all(Numbering::Plain)
        .into_iter()
        .filter(|style| !is_known(&style.name.to_lowercase()))
        .map(|style| style.element(None))
        .collect()
}

/// One style: its kind, its name, and what it says.
struct Style {
    kind: &'static str,
    name: &'static str,
    inside: Nodes,
}

impl Style {
    fn element(self, default: Option<&str>) -> Element {
        let is_ours = matches!(self.name, "Report Table" | "Note Box" | "Table Text" | "Code Words");
        el("w:style")
            .set("w:type", self.kind)
            .set("w:default", default)
            .set("w:customStyle", is_ours.then_some("1"))
            .set("w:styleId", id_of(self.name))
            .add(val("w:name", self.name))
            .add(self.inside)
    }
}

/// `heading 1` is `Heading1`.
fn id_of(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or(String::new(), |c| c.to_uppercase().collect::<String>() + chars.as_str())
        })
        .collect()
}

fn style(kind: &'static str, name: &'static str, inside: impl Content) -> Style {
    let mut nodes = Nodes::new();
    nodes.push(inside);
    Style {
        kind,
        name,
        inside: nodes,
    }
}

fn paragraph(name: &'static str, inside: impl Content) -> Style {
    style("paragraph", name, inside)
}

fn character(name: &'static str, inside: impl Content) -> Style {
    style("character", name, inside)
}

/// A size in half points, for both kinds of scripts.
fn size(half_points: u32) -> [Element; 2] {
    [val("w:sz", half_points), val("w:szCs", half_points)]
}

/// Room before and after a paragraph, in twentieths of a point.
fn spacing(before: Option<u32>, after: Option<u32>) -> Element {
    el("w:spacing").set("w:before", before).set("w:after", after)
}

/// The same, with lines that far from each other, in 240ths of a line.
fn spaced(before: Option<u32>, after: Option<u32>, line: u32) -> Element {
    spacing(before, after).set("w:line", line).set("w:lineRule", "auto")
}

fn properties(inside: impl Content) -> Element {
    el("w:pPr").add(inside)
}

fn words(inside: impl Content) -> Element {
    el("w:rPr").add(inside)
}

fn length(name: &'static str, width: u32) -> Element {
    el(name).set("w:w", width).set("w:type", "dxa")
}

/// A line on one side of something: how thick in eighths of a point, how far off, and its colour.
fn border(side: &'static str, weight: u32, space: u32, colour: &str) -> Element {
    val(side, "single")
        .set("w:sz", weight)
        .set("w:space", space)
        .set("w:color", colour)
}

/// A ground of one colour.
fn ground() -> Element {
    val("w:shd", "clear").set("w:color", "auto").set("w:fill", GROUND)
}

/// Every style that a document is written in.
fn all(numbering: Numbering) -> Vec<Style> {
    let on = || val("w:basedOn", "Normal");
    let based = || [on(), val("w:next", "Normal")];
    let format = || el("w:qFormat");
    let rank = |priority: u32| val("w:uiPriority", priority);
    let hidden = || el("w:semiHidden");
    let mut out = vec![
        paragraph("Normal", format()),
        character("Default Paragraph Font", [rank(1), hidden()]),
        style("table", "Normal Table", ([rank(99), hidden()], normal_table())),
        paragraph(
            "Title",
            (
                (based(), format()),
                properties(spaced(Some(480), Some(120), 240)),
                words((bold(), size(56))),
            ),
        ),
        paragraph(
            "Subtitle",
            (
                (based(), format()),
                properties(spacing(None, Some(360))),
                words((val("w:color", QUIET), size(26))),
            ),
        ),
    ];
    let headings = [
        ("heading 1", 34, 480),
        ("heading 2", 27, 360),
        ("heading 3", 23, 280),
        ("heading 4", 21, 240),
    ];
    for (level, (name, large, before)) in (0u32..).zip(headings) {
        let is_numbered = numbering == Numbering::Decimal && level < 3;
        let list = is_numbered.then(|| el("w:numPr").add([val("w:ilvl", level), val("w:numId", OURS + HEADINGS)]));
        out.push(paragraph(
            name,
            (
                (based(), rank(9), format()),
                properties((
                    ([el("w:keepNext"), el("w:keepLines")], list),
                    spaced(Some(before), Some(120), 252),
                    val("w:outlineLvl", level),
                )),
                words((bold(), val("w:color", STRONG), size(large))),
            ),
        ));
    }
    for (name, left) in [("toc 1", 0), ("toc 2", 480)] {
        let tab = val("w:tab", "right").set("w:leader", "dot").set("w:pos", 9400);
        out.push(paragraph(
            name,
            (
                (based(), rank(39)),
                properties((
                    el("w:tabs").add(tab),
                    spaced(None, Some(20), 252),
                    el("w:ind").set("w:left", left),
                )),
            ),
        ));
    }
    out.extend([
        paragraph(
            "TOC Heading",
            (
                (based(), rank(39), format()),
                properties((el("w:keepNext"), spacing(Some(360), Some(120)))),
                words((bold(), val("w:color", STRONG), size(27))),
            ),
        ),
        paragraph(
            "caption",
            (
                (based(), rank(35), format()),
                properties(spaced(Some(120), Some(100), 252)),
                words((bold(), size(19))),
            ),
        ),
        paragraph("List Bullet", (on(), properties(spacing(None, Some(70))))),
        paragraph("List Number", (on(), properties(spacing(None, Some(70))))),
        paragraph(
            "Note Box",
            (
                on(),
                properties((
                    (el("w:pBdr").add(border("w:left", 24, 8, STRONG)), ground()),
                    spacing(Some(120), Some(200)),
                    el("w:ind").set("w:left", 200),
                )),
            ),
        ),
        paragraph(
            "Table Text",
            (on(), properties(spaced(Some(40), Some(40), 240)), words(size(17))),
        ),
        paragraph(
            "footer",
            (
                (on(), rank(99)),
                properties(spacing(None, Some(0))),
                words((val("w:color", QUIET), size(16))),
            ),
        ),
        character(
            "Hyperlink",
            (rank(99), words((val("w:color", STRONG), val("w:u", "single")))),
        ),
        character("Strong", (format(), words(bold()))),
        character("Emphasis", (format(), words([el("w:i"), el("w:iCs")]))),
        character(
            "Code Words",
            words(
                el("w:rFonts")
                    .set("w:ascii", "Courier New")
                    .set("w:hAnsi", "Courier New")
                    .set("w:cs", "Courier New"),
            ),
        ),
        style("table", "Report Table", report_table()),
    ]);
    out
}

fn normal_table() -> Element {
    let margins = [("w:top", 0), ("w:left", 108), ("w:bottom", 0), ("w:right", 108)];
    el("w:tblPr")
        .add(length("w:tblInd", 0))
        .add(el("w:tblCellMar").add(margins.map(|(side, width)| length(side, width))))
}

fn report_table() -> [Element; 4] {
    let rules = ["w:top", "w:bottom", "w:insideH"].map(|side| border(side, 4, 0, RULE));
    let margins = ["w:left", "w:right"].map(|side| length(side, 85));
    let head = el("w:tcBorders").add(border("w:bottom", 12, 0, STRONG));
    [
        val("w:basedOn", "NormalTable"),
        properties(spaced(None, Some(0), 240)),
        el("w:tblPr")
            .add(el("w:tblBorders").add(rules))
            .add(el("w:tblCellMar").add(margins)),
        el("w:tblStylePr")
            .set("w:type", "firstRow")
            .add(words(bold()))
            .add(el("w:tcPr").add((head, ground()))),
    ]
}
