//! The styles that a document is written in: our own, or those of somebody's template.

use std::collections::BTreeMap;

use crate::office::{self, Furniture, House, Insert, Reference, Side, Target, Which, style_ids as ids_of};

use super::super::flow::Lie;
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
    /// What stands around the text on its pages, and the parts that this is made of.
    pub(super) furniture: Furniture,
    pub(super) house: House,
    /// The document whose text ours goes into, and what it refers to; `None` where it does not say where.
    pub(super) around: Option<(String, Vec<Reference>)>,
    /// Whether even pages have headers and footers of their own.
    pub(super) has_even_pages: bool,
    /// How much larger than ours its text is; never smaller than 1.
    pub(super) enlarged: f64,
    /// How much wider than the face that we measure in its own face may be.
    pub(super) wider: f64,
    /// Whether headings get our numbers: a template has its own way.
    pub(super) numbered: bool,
}

/// What our style of tables is called, in lower case.
const OUR_TABLE: &str = "report table";
/// The size of our own text, in half points.
const OUR_TYPE: f64 = 21.0;

/// A document that text goes into, and what it refers to.
type Around = (String, Vec<Reference>);

/// The headers and footers of a document by the names of their parts, those parts with all that they show, and the document
/// itself where it says where text goes in.
fn furnished(archive: &mut office::Archive<'_>, document: String) -> Result<(Furniture, House, Option<Around>), Error> {
    let mut furniture = office::furniture(&document).unwrap_or_default();
    let references = office::references_of(archive, "word/document.xml")?;
    let part_of = |id: &String| {
        let found = references.iter().find(|reference| reference.id == *id)?;
        match &found.target {
            Target::Part(name) => Some(name.clone()),
            Target::Outside(_) => None,
        }
    };
    let names: Vec<_> = (furniture.parts.iter())
        .filter_map(|(place, id)| Some((*place, part_of(id)?)))
        .collect();
    // What the text of the template names by itself, and notes, which it names by their number.
    let is_named = |reference: &&Reference| {
        let is = |word: &str| reference.kind.ends_with(&format!("/{word}"));
        let is_note = |part: &str, mark: &str| is(part) && document.contains(mark);
        document.contains(&format!("\"{}\"", reference.id))
            || is_note("footnotes", "footnoteReference")
            || is_note("endnotes", "endnoteReference")
            || is_note("comments", "commentReference")
    };
    let says_where = office::has_placeholder(&document);
    let own: Vec<&Reference> = match says_where {
        true => references.iter().filter(is_named).collect(),
        false => Vec::new(),
    };
    let of_text = own.iter().filter_map(|reference| part_of(&reference.id));
    let mut house = House::of(archive, names.iter().map(|(_, name)| name.clone()).chain(of_text))?;
    furniture.parts = names
        .into_iter()
        .filter_map(|(place, name)| Some((place, house.name(&name)?)))
        .collect();
    let taken: Vec<Reference> = own
        .into_iter()
        .filter_map(|reference| house.taken_over(reference))
        .collect();
    let around = says_where.then_some((document, taken));
    Ok((furniture, house, around))
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
            furniture: Furniture::default(),
            house: House::default(),
            around: None,
            has_even_pages: false,
            enlarged: 1.0,
            wider: 1.0,
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
        let settings = text("word/settings.xml")?.unwrap_or_default();
        let mut known = ids_of(&styles).ok_or(Error::DamagedStyles)?;
        // Tables look as the house has them.
        let table = office::own_table_style(&document, &styles);
        if let Some(id) = &table {
            known.entry(OUR_TABLE.to_owned()).or_insert_with(|| id.clone());
        }
        let enlarged = office::type_size(&styles).map_or(1.0, |size| (f64::from(size) / OUR_TYPE).max(1.0));
        let missing = Insert {
            before: &[],
            elements: styles::missing(|name| known.contains_key(name)),
        };
        let styles = office::rewritten(&styles, "styles", &[missing], |_| false).ok_or(Error::DamagedStyles)?;
        let mut ids = ids_of(&styles).ok_or(Error::DamagedStyles)?;
        if let Some(id) = table {
            ids.entry(OUR_TABLE.to_owned()).or_insert(id);
        }
        let page = office::page(&document).and_then(PageSize::of).unwrap_or(A4);
        let (furniture, house, around) = furnished(&mut archive, document)?;
        Ok(Self {
            ids,
            styles,
            numbering,
            others,
            page,
            furniture,
            house,
            around,
            has_even_pages: office::is_on(&settings, "evenAndOddHeaders"),
            enlarged,
            // Georgia and Verdana, the widest in common use, are about a fifth wider than Arial.
            wider: 1.2,
            numbered: false,
        })
    }

    /// Whether it has a foot of its own on most pages.
    pub(super) fn has_footer(&self) -> bool {
        self.furniture.parts.contains_key(&(Side::Footer, Which::Default))
    }

    /// The margins of a page that lies so: top, right, bottom, left, in twentieths of a point.
    pub(super) fn margins(&self, lie: Lie) -> [u32; 4] {
        let page = self.page;
        match lie {
            Lie::Standing => [page.top, page.right, page.bottom, page.left],
            // What stands at the head and the foot of a house's pages keeps its room; the wide side wants the rest.
            _ if !self.furniture.parts.is_empty() => [page.top, page.right.min(850), page.bottom, page.left.min(850)],
            // Turned with the page; the wide side wants its room.
            _ => [page.left, page.top, page.right, page.bottom].map(|margin| margin.min(850)),
        }
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
