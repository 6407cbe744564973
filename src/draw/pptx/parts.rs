//! The parts that every presentation has: theme, masters, layout.

use crate::office::{self, Package, SlideHouse};
use crate::scene::theme::Theme;
use crate::xml::{Element, el};

use super::colour::{list, scheme, solid};
use super::drawing::{colours_of_master, ground, held, looks, named, place, placed, preset, root, run, shape, tree};
use super::kind;

/// Around everything on our own slides, in px.
pub(super) const MARGIN: f64 = 48.0;
/// How much of our own slides the title takes, in px: two lines of it at most.
pub(super) const HEAD: f64 = 96.0;
/// How much of them the foot takes, in px.
pub(super) const FOOT: f64 = 36.0;
/// The numbers of the places for the footer and for the number of the slide.
pub(super) const FOOTER: u32 = 11;
pub(super) const NUMBER: u32 = 12;
/// Text is measured with the metrics of this face, which office programs have.
const FACE: &str = "Arial";

/// Adds them all, for slides of that size in px.
pub(super) fn add(package: &mut Package, theme: &Theme, size: (f64, f64), template: Option<&SlideHouse>) {
    match template {
        Some(house) => house.add_to(package),
        None => masters(package, size),
    }
    others(package, theme, template);
}

/// Our own master and layout.
fn masters(package: &mut Package, (w, h): (f64, f64)) {
    let master = "ppt/slideMasters/slideMaster1.xml";
    let layout = package.relate(master, "slideLayout", "../slideLayouts/slideLayout1.xml");
    package.relate(master, "theme", "../theme/theme1.xml");
    let styles = el("p:txStyles")
        .add(el("p:titleStyle").add(level("a:lvl1pPr", "2400", Face::Major)))
        .add(el("p:bodyStyle").add_all(levels()))
        .add(el("p:otherStyle").add_all(levels()));
    let layouts = el("p:sldLayoutIdLst").add(el("p:sldLayoutId").set("id", 2_147_483_649_u32).set("r:id", layout));
    package.xml(
        master,
        &kind("slideMaster"),
        &root("p:sldMaster")
            .add(el("p:cSld").add((ground(), tree(places(w, h)))))
            .add(colours())
            .add((layouts, styles)),
    );
    let name = "ppt/slideLayouts/slideLayout1.xml";
    package.relate(name, "slideMaster", "../slideMasters/slideMaster1.xml");
    package.xml(
        name,
        &kind("slideLayout"),
        &root("p:sldLayout")
            .set("type", "titleOnly")
            .set("preserve", 1)
            .add(el("p:cSld").set("name", "Title only").add(tree(places(w, h))))
            .add(colours_of_master()),
    );
}

/// The parts that every presentation has, whoever made its master.
fn others(package: &mut Package, theme: &Theme, template: Option<&SlideHouse>) {
    let notes = "ppt/notesMasters/notesMaster1.xml";
    package.relate(notes, "theme", "../theme/theme2.xml");
    let slide = shape(
        named(2, "Slide"),
        held(&[]),
        Some(place("sldImg").set("idx", 2)),
        looks(placed((72.0, 120.0), (576.0, 324.0)), preset("rect", [])),
        None,
    );
    let words = shape(
        named(3, "Notes"),
        held(&[]),
        Some(place("body").set("sz", "quarter").set("idx", 1)),
        looks(placed((72.0, 462.0), (576.0, 378.0)), preset("rect", [])),
        Some(sample(el("a:bodyPr"), "Notes")),
    );
    package.xml(
        notes,
        &kind("notesMaster"),
        &root("p:notesMaster")
            .add(el("p:cSld").add((ground(), tree([slide, words]))))
            .add(colours())
            .add(el("p:notesStyle").add_all(levels())),
    );
    // PowerPoint mends presentations that lack these.
    let presentation = "ppt/presentation.xml";
    for (name, element) in [("presProps", "p:presentationPr"), ("viewProps", "p:viewPr")] {
        package.relate(presentation, name, &format!("{name}.xml"));
        package.xml(&format!("ppt/{name}.xml"), &kind(name), &root(element));
    }
    package.relate(presentation, "tableStyles", "tableStyles.xml");
    package.xml(
        "ppt/tableStyles.xml",
        &kind("tableStyles"),
        &el("a:tblStyleLst")
            .set("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
            .set("def", "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"),
    );
    let face = if theme.typeface.is_empty() {
        FACE
    } else {
        theme.typeface
    };
    // The first is that of our own master, the second that of the notes.
    let names = ["ppt/theme/theme2.xml", "ppt/theme/theme1.xml"];
    for name in names.into_iter().take(if template.is_some() { 1 } else { 2 }) {
        package.xml(
            name,
            "application/vnd.openxmlformats-officedocument.theme+xml",
            &office::theme(&format!("Benefit map, {}", theme.name), &list(theme), face, Some(9525)),
        );
    }
}

/// The places of our own layout on a slide of that size in px: title, footer and the number of the slide.
fn places(width: f64, height: f64) -> [Element; 3] {
    let foot = |id: u32, name: &str, kind: &str, index: u32, (x, w): (f64, f64), align: &str, words: Element| {
        let style = level("a:lvl1pPr", "1000", Face::Minor).set("algn", align);
        let body = el("p:txBody")
            .add([el("a:bodyPr").set("anchor", "ctr"), el("a:lstStyle").add(style)])
            .add(el("a:p").add(words));
        shape(
            named(id, name),
            held(&[]),
            Some(place(kind).set("sz", "quarter").set("idx", index)),
            looks(placed((x, height - FOOT), (w, FOOT - 10.0)), preset("rect", [])),
            Some(body),
        )
    };
    let number = el("a:fld")
        .set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        .set("type", "slidenum")
        .add(el("a:rPr"))
        .add(el("a:t").add("‹#›"));
    [
        title(width),
        foot(
            3,
            "Footer",
            "ftr",
            FOOTER,
            (MARGIN, width - 2.0 * MARGIN - 90.0),
            "l",
            el("a:endParaRPr"),
        ),
        foot(
            4,
            "Slide number",
            "sldNum",
            NUMBER,
            (width - MARGIN - 80.0, 80.0),
            "r",
            number,
        ),
    ]
}

/// The place for the title at the head of a slide that is so wide, in px.
fn title(width: f64) -> Element {
    let margins = ["lIns", "tIns", "rIns", "bIns"].map(|side| (side, 0));
    shape(
        named(2, "Title"),
        held(&[]),
        Some(place("title")),
        looks(
            placed((MARGIN, 20.0), (width - 2.0 * MARGIN, HEAD - 28.0)),
            preset("rect", []),
        ),
        Some(sample(el("a:bodyPr").set_all(margins).set("anchor", "ctr"), "Title")),
    )
}

/// Words that show where words go.
fn sample(about: Element, words: &str) -> Element {
    el("p:txBody")
        .add([about, el("a:lstStyle")])
        .add(el("a:p").add(run(words, el("a:rPr"))))
}

/// Which colours of the theme are ground and ink.
fn colours() -> Element {
    let same = [
        "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
    ];
    el("p:clrMap")
        .set_all([("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2")])
        .set_all(same.map(|name| (name, name)))
}

/// The face of headings, or of everything else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Major,
    Minor,
}

/// How words of a level look; titles are bold.
fn level(name: &'static str, size: &str, face: Face) -> Element {
    let (latin, east, complex) = match face {
        Face::Major => ("+mj-lt", "+mj-ea", "+mj-cs"),
        Face::Minor => ("+mn-lt", "+mn-ea", "+mn-cs"),
    };
    let is_title = face == Face::Major;
    let words = el("a:defRPr")
        .set("sz", size)
        .set("b", is_title.then_some("1"))
        .add(solid(scheme("tx1")))
        .add(faces(latin, east, complex));
    el(name).set("algn", is_title.then_some("l")).add(words)
}

/// The nine levels of everything but titles.
pub(super) fn levels() -> [Element; 9] {
    [
        "a:lvl1pPr",
        "a:lvl2pPr",
        "a:lvl3pPr",
        "a:lvl4pPr",
        "a:lvl5pPr",
        "a:lvl6pPr",
        "a:lvl7pPr",
        "a:lvl8pPr",
        "a:lvl9pPr",
    ]
    .map(|name| level(name, "1800", Face::Minor))
}

fn faces(latin: &str, east: &str, complex: &str) -> [Element; 3] {
    [("a:latin", latin), ("a:ea", east), ("a:cs", complex)].map(|(name, face)| el(name).set("typeface", face))
}
