//! The parts beside the text: lists, settings, the foot of the page.

use crate::office::{self, Insert, Package};
use crate::xml::{Element, el};

use super::super::model::Report;
use super::template::Template;
use super::{kind, root, val};

/// The list of dots, and the first of the numbered lists, among the lists of a document without a template.
const BULLETS: u32 = 1;
/// What headings are numbered by.
pub(super) const HEADINGS: u32 = 2;
/// Lists of a template keep their numbers; ours come after this.
pub(super) const OURS: u32 = 9000;

/// The number of the list of dots.
pub(super) fn bullets() -> u32 {
    OURS + BULLETS
}

/// The number of the n-th numbered list, from 0: each counts from 1.
pub(super) fn numbers(n: usize) -> u32 {
    OURS + 10 + n as u32
}

/// Adds them all; `lists` is how many numbered lists there are.
pub(super) fn add(package: &mut Package, report: &Report, template: &Template, lists: usize) {
    let document = "word/document.xml";
    package.relate(document, "styles", "styles.xml");
    package.text("word/styles.xml", &kind("styles"), &template.styles);
    package.relate(document, "numbering", "numbering.xml");
    let lists = Lists::new(lists, template);
    let numbering = template
        .numbering
        .as_deref()
        .and_then(|part| office::rewritten(part, "numbering", &lists.inserts(), |_| false));
    match numbering {
        Some(part) => package.text("word/numbering.xml", &kind("numbering"), &part),
        None => {
            let own = root("w:numbering").add((lists.kinds, lists.used));
            package.xml("word/numbering.xml", &kind("numbering"), &own);
        }
    }
    package.relate(document, "settings", "settings.xml");
    let mode = el("w:compatSetting")
        .set("w:name", "compatibilityMode")
        .set("w:uri", "http://schemas.microsoft.com/office/word")
        .set("w:val", 15);
    let settings = root("w:settings")
        .add(el("w:zoom").set("w:percent", 100))
        .add(val("w:defaultTabStop", 720))
        .add(template.has_even_pages.then(|| el("w:evenAndOddHeaders")))
        .add(val("w:characterSpacingControl", "doNotCompress"))
        .add(el("w:compat").add(mode));
    package.xml("word/settings.xml", &kind("settings"), &settings);
    for (name, relation, what, part) in &template.others {
        package.relate(document, relation, name.trim_start_matches("word/"));
        package.text(name, what, part);
    }
    if template.others.is_empty() {
        // Word wants a theme and a table of faces.
        package.relate(document, "theme", "theme/theme1.xml");
        package.xml(
            "word/theme/theme1.xml",
            "application/vnd.openxmlformats-officedocument.theme+xml",
            &office::theme("Benefit map", &COLOURS, FACE, None),
        );
        package.relate(document, "fontTable", "fontTable.xml");
        let face = el("w:font")
            .set("w:name", FACE)
            .add(val("w:family", "swiss"))
            .add(val("w:pitch", "variable"));
        package.xml("word/fontTable.xml", &kind("fontTable"), &root("w:fonts").add(face));
    }
    if !template.has_footer() {
        package.xml("word/footer1.xml", &kind("footer"), &footer(report, template));
    }
    template.house.add_to(package);
}

/// The foot of a page: the title, and which page it is of how many.
fn footer(report: &Report, template: &Template) -> Element {
    let words = |words: &str| el("w:r").add(el("w:t").set("xml:space", "preserve").add(words));
    let field = |word: &str| {
        el("w:fldSimple")
            .set("w:instr", format!(" {word} "))
            .add(el("w:r").add(el("w:t").add("1")))
    };
    let style = el("w:pPr").add(val("w:pStyle", template.id("footer")));
    let paragraph = el("w:p")
        .add(style)
        .add(words(&format!("{}  ·  Page ", report.title)))
        .add((field("PAGE"), words(" of "), field("NUMPAGES")));
    root("w:ftr").add(paragraph)
}

/// The colours of our own documents: those of the default theme of pictures.
const COLOURS: [(&str, &str); 12] = [
    ("a:dk1", "#17212b"),
    ("a:lt1", "#ffffff"),
    ("a:dk2", "#4d5a67"),
    ("a:lt2", "#f4f6f8"),
    ("a:accent1", "#8f690a"),
    ("a:accent2", "#17467d"),
    ("a:accent3", "#8044b5"),
    ("a:accent4", "#1b7471"),
    ("a:accent5", "#0f3526"),
    ("a:accent6", "#98211f"),
    ("a:hlink", "#17467d"),
    ("a:folHlink", "#8044b5"),
];
const FACE: &str = "Arial";

/// Our lists: what kinds there are, and those that are used.
struct Lists {
    kinds: Vec<Element>,
    used: Vec<Element>,
}

impl Lists {
    fn new(lists: usize, template: &Template) -> Self {
        let level = |n: u32, format: &str, sign: &str, indent: u32, style: Option<Element>| {
            let indent = el("w:ind").set("w:left", indent).set("w:hanging", indent);
            el("w:lvl")
                .set("w:ilvl", n)
                .add((val("w:start", 1), val("w:numFmt", format)))
                .add(style)
                .add((val("w:lvlText", sign), val("w:lvlJc", "left")))
                .add(el("w:pPr").add(indent))
        };
        let define = |id: u32, kind: &str, levels: Vec<Element>| {
            el("w:abstractNum")
                .set("w:abstractNumId", id)
                .add(val("w:multiLevelType", kind))
                .add(levels)
        };
        let headings = [("%1", 0), ("%1.%2", 1), ("%1.%2.%3", 2)].map(|(sign, n)| {
            let style = template.numbering.is_none();
            let style = style.then(|| val("w:pStyle", format!("Heading{}", n + 1)));
            level(n, "decimal", sign, 680, style)
        });
        let single = "hybridMultilevel";
        let kinds = vec![
            define(OURS + BULLETS, single, vec![level(0, "bullet", "•", 357, None)]),
            define(OURS + HEADINGS, "multilevel", headings.to_vec()),
            define(OURS + 3, single, vec![level(0, "decimal", "%1.", 357, None)]),
        ];
        let list = |number: u32, kind: u32| el("w:num").set("w:numId", number).add(val("w:abstractNumId", kind));
        let again = || el("w:lvlOverride").set("w:ilvl", 0).add(val("w:startOverride", 1));
        let mut used = vec![
            list(OURS + BULLETS, OURS + BULLETS),
            list(OURS + HEADINGS, OURS + HEADINGS),
        ];
        used.extend((0..lists).map(|n| list(numbers(n), OURS + 3).add(again())));
        Self { kinds, used }
    }

    /// Where they go among those of a template: kinds of lists stand before lists.
    fn inserts(&self) -> [Insert; 2] {
        [
            Insert {
                before: &["num", "numIdMacAtCleanup"],
                elements: self.kinds.clone(),
            },
            Insert {
                before: &["numIdMacAtCleanup"],
                elements: self.used.clone(),
            },
        ]
    }
}
