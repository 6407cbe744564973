//! The theme of a document: its colours and its faces (ECMA-376 part 1, 20.1.6).

use crate::xml::{Element, el};

/// Where the names of DrawingML are at home.
pub(super) const DRAWINGS: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";

/// A theme of that name: its twelve colours `#rrggbb` by the names of their elements, such as `a:dk1`, in their order, the face of
/// all words, and how thick lines are that do not say it, in English Metric Units.
pub fn theme(name: &str, colours: &[(&'static str, &str)], face: &str, line: Option<i64>) -> Element {
    let colour = |value: &str| el("a:srgbClr").set("val", value.trim_start_matches('#').to_uppercase());
    let colours = colours.iter().map(|(name, value)| el(name).add(colour(value)));
    let faces = |name: &'static str| {
        let faces = [("a:latin", face), ("a:ea", ""), ("a:cs", "")];
        el(name).add(faces.map(|(name, face)| el(name).set("typeface", face)))
    };
    let three = |name: &'static str, style: Element| el(name).add([style.clone(), style.clone(), style]);
    let fill = || el("a:solidFill").add(el("a:schemeClr").set("val", "phClr"));
    let formats = el("a:fmtScheme")
        .set("name", "Benefit map")
        .add(three("a:fillStyleLst", fill()))
        .add(three("a:lnStyleLst", el("a:ln").set("w", line).add(fill())))
        .add(three("a:effectStyleLst", el("a:effectStyle").add(el("a:effectLst"))))
        .add(three("a:bgFillStyleLst", fill()));
    let elements = el("a:themeElements")
        .add(el("a:clrScheme").set("name", name).add_all(colours))
        .add(
            el("a:fontScheme")
                .set("name", "Benefit map")
                .add([faces("a:majorFont"), faces("a:minorFont")]),
        )
        .add(formats);
    el("a:theme").set("xmlns:a", DRAWINGS).set("name", name).add(elements)
}
