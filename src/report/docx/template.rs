//! The styles that a document is written in: our own, or those of somebody's template.

use std::collections::BTreeMap;

use crate::office::{self, style_ids as ids_of};

use super::super::model::Numbering;
use super::{Error, parts};

/// Styles, and the page that they are for.
#[derive(Debug, Clone)]
pub struct Template {
    /// The part of styles, ours added where it lacked them.
    pub(super) styles: String,
    /// From the name of a style, in lower case, to its id.
    ids: BTreeMap<String, String>,
    /// The part of lists.
    pub(super) numbering: Option<String>,
    /// Theme and table of fonts, which styles may refer to: name, kind of relation, content type, bytes.
    pub(super) others: Vec<(&'static str, &'static str, &'static str, Vec<u8>)>,
    pub(super) page: PageSize,
    /// Whether headings get our numbers: a template has its own way.
    pub(super) numbered: bool,
}

/// A page, in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PageSize {
    /// Short side across.
    pub width: u32,
    pub height: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
    pub left: u32,
}

impl PageSize {
    /// The short side across, whichever way the page lies; `None` where margins leave less than an inch to write on.
    fn of([w, h, top, right, bottom, left]: [u32; 6]) -> Option<Self> {
        let page = Self {
            width: w.min(h),
            height: w.max(h),
            top,
            right,
            bottom,
            left,
        };
        (left + right + 1440 < page.width && top + bottom + 1440 < page.width).then_some(page)
    }
}

/// A4 with margins of 20 and 22 mm.
const A4: PageSize = PageSize {
    width: 11906,
    height: 16838,
    top: 1134,
    right: 1247,
    bottom: 1134,
    left: 1247,
};

impl Template {
    /// Our own styles, on A4.
    pub(super) fn own(numbering: Numbering) -> Self {
        let styles = parts::styles(&[], numbering);
        Self {
            ids: ids_of(&styles).unwrap_or_default(),
            styles,
            numbering: None,
            others: Vec::new(),
            page: A4,
            numbered: numbering == Numbering::Decimal,
        }
    }

    /// The styles, the theme, the lists and the size of the page of a Word document; its text is left out.
    ///
    /// Styles are found by their names, such as `heading 1`, `caption` or `Title`, whatever their ids are; those that
    /// the document lacks are added to it in our own way.
    ///
    /// # Errors
    /// [`Error::DocumentType`] where a part could define texts that grow, [`Error::Office`] for what is no package, [`Error::NoStyles`] for one that is no Word document,
    /// [`Error::DamagedStyles`] where its styles are no XML.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut archive = office::open(bytes)?;
        let mut text = |name: &str| -> Result<Option<String>, Error> {
            let part = office::part(&mut archive, name)?;
            let part = part.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            // In another encoding it could hide one.
            match part {
                Some(text) if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") || text.contains('\0') => {
                    Err(Error::DocumentType { part: name.to_owned() })
                }
                part => Ok(part),
            }
        };
        let styles = text("word/styles.xml")?.ok_or(Error::NoStyles)?;
        let document = text("word/document.xml")?.ok_or(Error::NoStyles)?;
        let numbering = text("word/numbering.xml")?;
        let mut others = Vec::new();
        for (name, relation, kind) in [
            (
                "word/theme/theme1.xml",
                "theme",
                "application/vnd.openxmlformats-officedocument.theme+xml",
            ),
            (
                "word/fontTable.xml",
                "fontTable",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml",
            ),
        ] {
            if let Some(part) = text(name)? {
                // Faces within a template would need parts of their own; without them the face of the reader serves.
                let part = without_embedded_faces(&part);
                others.push((name, relation, kind, part.into_bytes()));
            }
        }
        let known = ids_of(&styles).ok_or(Error::DamagedStyles)?;
        let names: Vec<&str> = known.keys().map(String::as_str).collect();
        let missing = parts::styles(&names, Numbering::Plain);
        let inside = missing
            .split_once("</w:docDefaults>")
            .and_then(|(_, rest)| rest.rsplit_once("</w:styles>"))
            .map_or("", |(inside, _)| inside);
        let end = styles.rfind("</w:styles>").ok_or(Error::DamagedStyles)?;
        let styles = format!(
            "{}{inside}{}",
            &without_declaration(&styles)[..end - declaration(&styles)],
            "</w:styles>"
        );
        Ok(Self {
            ids: ids_of(&styles).ok_or(Error::DamagedStyles)?,
            styles,
            numbering: numbering.map(|xml| without_declaration(&xml).to_owned()),
            others: others
                .into_iter()
                .map(|(n, r, k, bytes)| {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    (n, r, k, without_declaration(&text).as_bytes().to_vec())
                })
                .collect(),
            page: office::page(&document).and_then(PageSize::of).unwrap_or(A4),
            numbered: false,
        })
    }

    /// The id of the style of that name; the name itself where nobody knows it.
    pub(super) fn id(&self, name: &str) -> String {
        self.ids
            .get(&name.to_lowercase())
            .cloned()
            .unwrap_or_else(|| name.replace(' ', ""))
    }
}

/// How long the declaration at the head of a part is, with the white space after it.
fn declaration(xml: &str) -> usize {
    xml.len() - without_declaration(xml).len()
}

/// The part without its declaration: the package writes one.
fn without_declaration(xml: &str) -> &str {
    let xml_start = xml.trim_start_matches('\u{feff}').trim_start();
    match xml_start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.trim_start(),
        None => xml_start,
    }
}

fn without_embedded_faces(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(start) = rest.find("<w:embed") {
        out.push_str(&rest[..start]);
        let Some(end) = rest[start..].find("/>") else { break };
        rest = &rest[start + end + 2..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_room_is_not_taken() {
        assert_eq!(PageSize::of([9000, 6000, 500, 500, 500, 700]).unwrap().width, 6000);
        assert_eq!(PageSize::of([6000, 9000, 500, 500, 500, 5000]), None);
    }

    #[test]
    fn our_own_styles_are_styles() {
        let own = Template::own(Numbering::Decimal);
        for name in [
            "heading 1",
            "heading 4",
            "Title",
            "caption",
            "toc 2",
            "List Bullet",
            "Report Table",
            "Note Box",
        ] {
            assert!(own.ids.contains_key(&name.to_lowercase()), "{name}");
        }
    }
}
