//! The styles that a document is written in: our own, or those of somebody's template.

use std::collections::BTreeMap;

use crate::office::{self, Insert, style_ids as ids_of};

use super::super::model::Numbering;
use super::{Error, styles};

/// Styles, and the page that they are for.
#[derive(Debug, Clone)]
pub struct Template {
    /// The part of styles, ours added where it lacked them.
    pub(super) styles: String,
    /// From the name of a style, in lower case, to its id.
    ids: BTreeMap<String, String>,
    /// The part of lists.
    pub(super) numbering: Option<String>,
    /// Theme and table of fonts, which styles may refer to: name, kind of relation, content type, text.
    pub(super) others: Vec<(&'static str, &'static str, &'static str, String)>,
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
    /// Our own styles, on A4, for words in that language.
    pub(super) fn own(numbering: Numbering, language: &str) -> Self {
        let styles = styles::part(numbering, language).to_xml();
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
            match part.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
                Some(text) if office::has_document_type(&text) => Err(Error::DocumentType { part: name.to_owned() }),
                part => Ok(part),
            }
        };
        let styles = text("word/styles.xml")?.ok_or(Error::NoStyles)?;
        let document = text("word/document.xml")?.ok_or(Error::NoStyles)?;
        let numbering = text("word/numbering.xml")?;
        let mut others = Vec::new();
        for (name, root, relation, kind) in [
            (
                "word/theme/theme1.xml",
                "theme",
                "theme",
                "application/vnd.openxmlformats-officedocument.theme+xml",
            ),
            (
                "word/fontTable.xml",
                "fonts",
                "fontTable",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml",
            ),
        ] {
            // Faces within a template would need parts of their own; without them the face of the reader serves.
            let part =
                text(name)?.and_then(|part| office::rewritten(&part, root, &[], |name| name.starts_with("embed")));
            others.extend(part.map(|part| (name, relation, kind, part)));
        }
        let known = ids_of(&styles).ok_or(Error::DamagedStyles)?;
        let missing = Insert {
            before: &[],
            elements: styles::missing(|name| known.contains_key(name)),
        };
        let styles = office::rewritten(&styles, "styles", &[missing], |_| false).ok_or(Error::DamagedStyles)?;
        Ok(Self {
            ids: ids_of(&styles).ok_or(Error::DamagedStyles)?,
            styles,
            numbering,
            others,
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
        let own = Template::own(Numbering::Decimal, "en");
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
