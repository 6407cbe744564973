//! What is read of a Word document, and what is put into its parts, event by event.

use std::collections::BTreeMap;

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use crate::xml::Element;

/// Where the names of WordprocessingML are at home.
pub const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn reader(part: &str) -> Reader<&[u8]> {
    Reader::from_str(part.trim_start_matches('\u{feff}'))
}

/// Whether a part has a document type, in which it could define texts that grow as they are read. A part in an encoding
/// other than UTF-8 could hide one.
pub fn has_document_type(part: &str) -> bool {
    let mut reader = reader(part);
    loop {
        match reader.read_event() {
            Ok(Event::DocType(_)) => return true,
            // It comes before the root element.
            Ok(Event::Start(_) | Event::Empty(_) | Event::Eof) => return part.contains('\0'),
            Ok(_) => {}
            Err(_) => return part.contains("<!") || part.contains('\0'),
        }
    }
}

/// From the names of the styles of a part, in lower case, to their ids; of several with one name the first. `None` for
/// what is no XML.
pub fn style_ids(styles: &str) -> Option<BTreeMap<String, String>> {
    let mut reader = reader(styles);
    let mut out = BTreeMap::new();
    let mut id = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == "style" => id = attribute(&tag, "styleId"),
            Event::Empty(tag) | Event::Start(tag) if tag.local_name().as_ref() == "name" => {
                if let (Some(id), Some(name)) = (id.take(), attribute(&tag, "val")) {
                    out.entry(name.to_lowercase()).or_insert(id);
                }
            }
            Event::Eof => return Some(out),
            _ => {}
        }
    }
}

/// The page of the last section of a document, in twentieths of a point: width, height, and its margins at the top,
/// right, bottom and left. `None` where it does not say all of them, or says what no page has.
pub fn page(document: &str) -> Option<[u32; 6]> {
    let mut reader = reader(document);
    let mut out = [None; 6];
    loop {
        match reader.read_event().ok()? {
            Event::Empty(tag) | Event::Start(tag) => {
                let number = |name: &str| {
                    attribute(&tag, name)?
                        .parse::<u32>()
                        .ok()
                        .filter(|n| (1..32_000).contains(n))
                };
                match tag.local_name().as_ref() {
                    "pgSz" => (out[0], out[1]) = (number("w"), number("h")),
                    "pgMar" => {
                        for (place, side) in ["top", "right", "bottom", "left"].into_iter().enumerate() {
                            out[2 + place] = number(side);
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let [Some(w), Some(h), Some(top), Some(right), Some(bottom), Some(left)] = out else {
        return None;
    };
    Some([w, h, top, right, bottom, left])
}

/// A header or a footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// At the head of a page.
    Header,
    /// At its foot.
    Footer,
}

/// On which pages it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// On the first page of a section.
    First,
    /// On even pages, where those differ.
    Even,
    /// On all others.
    Default,
}

impl Which {
    /// The word of the format.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Even => "even",
            Self::Default => "default",
        }
    }
}

/// What stands around the text of the last section of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Furniture {
    /// What the document calls its headers and footers; a section that names none has those of the one before.
    pub parts: BTreeMap<(Side, Which), String>,
    /// Whether its first page has a header and a footer of its own.
    pub has_first_page: bool,
    /// How far header and footer are from the edge, in twentieths of a point.
    pub distances: (Option<u32>, Option<u32>),
}

/// The furniture of a document; `None` for what is no XML.
pub fn furniture(document: &str) -> Option<Furniture> {
    let mut reader = reader(document);
    let mut out = Furniture::default();
    loop {
        let tag = match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::Eof => return Some(out),
            _ => continue,
        };
        let number = |name: &str| attribute(&tag, name)?.parse::<u32>().ok().filter(|n| *n < 32_000);
        let side = match tag.local_name().as_ref() {
            "headerReference" => Side::Header,
            "footerReference" => Side::Footer,
            "sectPr" => {
                out.has_first_page = false;
                continue;
            }
            "titlePg" => {
                out.has_first_page = says_yes(&tag);
                continue;
            }
            "pgMar" => {
                out.distances = (number("header"), number("footer"));
                continue;
            }
            _ => continue,
        };
        let which = match attribute(&tag, "type").as_deref() {
            Some("first") => Which::First,
            Some("even") => Which::Even,
            _ => Which::Default,
        };
        if let Some(id) = attribute(&tag, "id") {
            out.parts.insert((side, which), id);
        }
    }
}

/// Whether an element that switches something on does so.
fn says_yes(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off"))
}

/// Whether a part switches something on by an element of that local name.
pub fn is_on(part: &str, name: &str) -> bool {
    let mut reader = reader(part);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == name => return says_yes(&tag),
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// The id of the style that a house gives its tables: the one that the document uses, else the first table style of the
/// house's own making; `None` where there is neither.
pub fn own_table_style(document: &str, styles: &str) -> Option<String> {
    let mut of_house = Vec::new();
    let mut parts = reader(styles);
    loop {
        match parts.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "style" => {
                let is_table = attribute(&tag, "type").as_deref() == Some("table");
                if let Some(id) = attribute(&tag, "styleId").filter(|_| is_table) {
                    let is_own = matches!(attribute(&tag, "customStyle").as_deref(), Some("1" | "true" | "on"));
                    of_house.push((id, is_own));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut text = reader(document);
    loop {
        match text.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "tblStyle" => {
                let id = attribute(&tag, "val");
                if let Some((id, _)) = of_house.iter().find(|(known, _)| Some(known) == id.as_ref()) {
                    return Some(id.clone());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    of_house.into_iter().find(|(_, is_own)| *is_own).map(|(id, _)| id)
}

/// The size of the text of a document in half points: that of its style `Normal`, else its default; `None` where neither says.
pub fn type_size(styles: &str) -> Option<u32> {
    let mut reader = reader(styles);
    let (mut is_normal, mut in_defaults) = (false, false);
    let (mut normal, mut default) = (None, None);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "style" => is_normal = attribute(&tag, "styleId").as_deref() == Some("Normal"),
                "docDefaults" => in_defaults = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "sz" => {
                let size = attribute(&tag, "val").and_then(|text| text.parse::<u32>().ok());
                let size = size.filter(|size| (8..200).contains(size));
                if is_normal {
                    normal = normal.or(size);
                } else if in_defaults {
                    default = default.or(size);
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "style" => is_normal = false,
                "docDefaults" => in_defaults = false,
                _ => {}
            },
            Event::Eof => return normal.or(default),
            _ => {}
        }
    }
}

/// What a template says where the text goes in: alone in a paragraph, or as the name of a bookmark.
pub const PLACEHOLDER: &str = "benefit-map";

/// The prefixes that our elements use, and what they must mean.
const PREFIXES: [(&str, &str); 5] = [
    ("xmlns:w", WORDS),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "xmlns:wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// Whether a document says where text goes in.
pub fn has_placeholder(document: &str) -> bool {
    filled(document, &[], None).is_some()
}

/// A document without its declaration, with elements in place of the first paragraph that says `{{benefit-map}}` or holds a bookmark of that
/// name, and with its last section as given. `None` for what is no XML, has no such paragraph, or gives our prefixes another
/// meaning.
pub fn filled(document: &str, elements: &[Element], section: Option<&Element>) -> Option<String> {
    let mut reader = reader(document);
    let mut out = Part {
        writer: Writer::new(Vec::new()),
        waiting: Vec::new(),
        knows_prefix: true,
    };
    let mut depth = 0_usize;
    let mut child: Vec<Event<'_>> = Vec::new();
    let mut is_filled = false;
    loop {
        let event = reader.read_event().ok()?;
        let (begins, ends) = (matches!(event, Event::Start(_)), matches!(event, Event::End(_)));
        match event {
            Event::Eof => break,
            Event::Decl(_) | Event::DocType(_) => continue,
            Event::Text(_) if depth == 0 => continue,
            Event::Start(mut tag) if depth == 0 => {
                for (prefix, means) in PREFIXES {
                    match attribute_of(&tag, prefix) {
                        None => tag.push_attribute((prefix, means)),
                        Some(known) if known == means => {}
                        Some(_) => return None,
                    }
                }
                out.event(Event::Start(tag));
            }
            // Within the body: a paragraph or a table at a time.
            event if depth > 2 || (depth == 2 && !ends) => {
                child.push(event);
                let is_whole = (depth == 2 && !begins) || (depth == 3 && ends);
                if is_whole {
                    let whole = std::mem::take(&mut child);
                    let name = match &whole[0] {
                        Event::Start(tag) | Event::Empty(tag) => tag.local_name().as_ref().to_owned(),
                        _ => String::new(),
                    };
                    if name == "sectPr"
                        && let Some(section) = section
                    {
                        out.event(Event::Text(BytesText::from_escaped(section.to_xml())));
                    } else if !is_filled && name == "p" && is_placeholder(&whole) {
                        is_filled = true;
                        for element in elements {
                            out.event(Event::Text(BytesText::from_escaped(element.to_xml())));
                        }
                    } else {
                        whole.into_iter().for_each(|event| out.event(event));
                    }
                }
            }
            event => out.event(event),
        }
        depth = match (begins, ends) {
            (true, _) => depth + 1,
            (_, true) => depth.checked_sub(1)?,
            _ => depth,
        };
    }
    (is_filled && depth == 0).then(|| String::from_utf8(out.writer.into_inner()).unwrap_or_default())
}

/// Whether a paragraph says where text goes in. Word cuts words into runs as it likes.
fn is_placeholder(paragraph: &[Event<'_>]) -> bool {
    let mut words = String::new();
    for event in paragraph {
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "bookmarkStart" => {
                let name = attribute(tag, "name").unwrap_or_default().replace('_', "-");
                if name.eq_ignore_ascii_case(PLACEHOLDER) {
                    return true;
                }
            }
            Event::Text(text) => words.push_str(text),
            _ => {}
        }
    }
    words.trim().eq_ignore_ascii_case(&format!("{{{{{PLACEHOLDER}}}}}"))
}

/// Elements that a part is to have.
#[derive(Debug, Clone)]
pub struct Insert {
    /// The first child of the root with one of these names comes after them; they come last where there is none.
    pub before: &'static [&'static str],
    /// The elements, in order.
    pub elements: Vec<Element>,
}

/// A part without its declaration, with more elements in its root, and without the elements within that `leave_out` says by their
/// local names. `None` for what is no XML, or has another root than the one of that local name.
///
/// Prefixes are those of the part: elements bring the prefix `w` along where the root gives it no meaning, or another one.
pub fn rewritten(part: &str, root: &str, inserts: &[Insert], leave_out: fn(&str) -> bool) -> Option<String> {
    let mut reader = reader(part);
    let mut out = Part {
        writer: Writer::new(Vec::new()),
        waiting: inserts.iter().collect(),
        knows_prefix: true,
    };
    let mut depth = 0_usize;
    let mut is_left_out = None;
    let mut is_done = false;
    loop {
        let event = reader.read_event().ok()?;
        let name = match &event {
            Event::Start(tag) | Event::Empty(tag) => Some(tag.local_name().as_ref().to_owned()),
            _ => None,
        };
        match (&event, name.as_deref()) {
            (Event::Eof, _) => break,
            // The package writes a declaration of its own.
            (Event::Decl(_) | Event::DocType(_), _) => continue,
            (Event::Text(_), _) if depth == 0 => continue,
            (Event::Start(tag) | Event::Empty(tag), Some(name)) if depth == 0 => {
                if name != root || is_done {
                    return None;
                }
                out.knows_prefix = attribute_of(tag, "xmlns:w").as_deref() == Some(WORDS);
            }
            (_, Some(name)) if depth == 1 => out.insert_before(name),
            (Event::End(_), _) if depth == 1 => out.insert_rest(),
            _ => {}
        }
        let begins = matches!(event, Event::Start(_));
        let ends = matches!(event, Event::End(_));
        let leaves_out = depth > 0 && name.as_deref().is_some_and(leave_out);
        if is_left_out.is_none() && leaves_out && begins {
            is_left_out = Some(depth);
        }
        let is_written = is_left_out.is_none() && !leaves_out;
        depth = match (begins, ends) {
            (true, _) => depth + 1,
            (_, true) => depth.checked_sub(1)?,
            _ => depth,
        };
        if ends && is_left_out == Some(depth) {
            is_left_out = None;
        }
        is_done |= depth == 0 && (ends || name.is_some());
        match event {
            // A root without anything in it becomes one with something.
            Event::Empty(tag) if depth == 0 && !inserts.is_empty() => {
                let end = BytesEnd::new(tag.name().as_ref().to_owned());
                out.event(Event::Start(tag));
                out.insert_rest();
                out.event(Event::End(end));
            }
            event if is_written => out.event(event),
            _ => {}
        }
    }
    (is_done && depth == 0).then(|| String::from_utf8(out.writer.into_inner()).unwrap_or_default())
}

/// A part that is being written again.
struct Part<'i> {
    writer: Writer<Vec<u8>>,
    waiting: Vec<&'i Insert>,
    knows_prefix: bool,
}

impl Part<'_> {
    fn event(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.writer.write_event(event);
    }

    fn insert_before(&mut self, name: &str) {
        let (now, later) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|insert| insert.before.contains(&name));
        self.waiting = later;
        self.insert(now);
    }

    fn insert_rest(&mut self) {
        let now = std::mem::take(&mut self.waiting);
        self.insert(now);
    }

    fn insert(&mut self, inserts: Vec<&Insert>) {
        for element in inserts.into_iter().flat_map(|insert| &insert.elements) {
            let xml = match self.knows_prefix {
                true => element.to_xml(),
                false => element.clone().set("xmlns:w", WORDS).to_xml(),
            };
            self.event(Event::Text(BytesText::from_escaped(xml)));
        }
    }
}

/// What an attribute says, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|a| a.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
}

/// What the attribute of exactly that name says.
fn attribute_of(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::el;

    #[test]
    fn styles_are_found_by_their_names() {
        let ids = style_ids("<w:styles><w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/></w:style></w:styles>").unwrap();
        assert_eq!(ids["heading 1"], "berschrift1");
        assert_eq!(style_ids("<w:styles><w:style"), None);
        let ids =
            style_ids("<s:styles><s:style s:styleId='a'><s:name s:val='Q &amp; A'></s:name></s:style></s:styles>");
        assert_eq!(ids.unwrap()["q & a"], "a");
    }

    #[test]
    fn a_page_is_known_by_all_its_sides() {
        let page_of = |left: &str| {
            page(&format!(
                "<w:sectPr><w:pgSz w:w=\"6000\" w:h=\"9000\"/><w:pgMar w:top=\"500\" w:right=\"501\" w:bottom=\"502\" {left}/></w:sectPr>"
            ))
        };
        assert_eq!(page_of("w:left=\"503\""), Some([6000, 9000, 500, 501, 502, 503]));
        assert_eq!(page_of(""), None);
        assert_eq!(page_of("w:left=\"-3\""), None);
        assert_eq!(page("<w:body/>"), None);
    }

    fn with_style(part: &str) -> Option<String> {
        let insert = Insert {
            before: &["last"],
            elements: vec![el("w:style").set("w:styleId", "N")],
        };
        rewritten(part, "styles", &[insert], |name| name.starts_with("embed"))
    }

    #[test]
    fn styles_are_put_in_whatever_the_part_is_written_like() {
        let root = format!("xmlns:w=\"{WORDS}\"");
        let style = "<w:style w:styleId=\"N\"/>";
        let of_its_own = format!("<w:style w:styleId=\"N\" xmlns:w=\"{WORDS}\"/>");
        for (part, whole) in [
            // Nothing in it, written as one tag or as two.
            (
                format!("<w:styles {root}/>"),
                format!("<w:styles {root}>{style}</w:styles>"),
            ),
            (
                format!("<w:styles {root}></w:styles >"),
                format!("<w:styles {root}>{style}</w:styles>"),
            ),
            // A declaration, a byte order mark, white space and a comment that speaks of the end.
            (
                format!(
                    "\u{feff}<?xml version='1.0'?>\n<w:styles {root}><!-- </w:styles> --><w:a>&amp;</w:a></w:styles>\n"
                ),
                format!("<w:styles {root}><!-- </w:styles> --><w:a>&amp;</w:a>{style}</w:styles>"),
            ),
            // Before what must come last, and not before one of that name further in.
            (
                format!("<w:styles {root}><w:a><w:last/></w:a><w:last/><w:last/></w:styles>"),
                format!("<w:styles {root}><w:a><w:last/></w:a>{style}<w:last/><w:last/></w:styles>"),
            ),
            // Other prefixes, or none.
            (
                format!("<s:styles xmlns:s=\"{WORDS}\"/>"),
                format!("<s:styles xmlns:s=\"{WORDS}\">{of_its_own}</s:styles>"),
            ),
            (
                format!("<styles xmlns=\"{WORDS}\" xmlns:w=\"urn:x\"><a/></styles>"),
                format!("<styles xmlns=\"{WORDS}\" xmlns:w=\"urn:x\"><a/>{of_its_own}</styles>"),
            ),
            // What is left out goes with all that is in it.
            (
                format!(
                    "<w:styles {root}><w:f><w:embedBold r:id=\"1\"/><w:embedX><w:embedY/><w:b/></w:embedX></w:f></w:styles>"
                ),
                format!("<w:styles {root}><w:f></w:f>{style}</w:styles>"),
            ),
        ] {
            assert_eq!(with_style(&part).as_deref(), Some(whole.as_str()), "{part}");
        }
        for bad in [
            "",
            "words",
            "<w:fonts/>",
            "<w:styles>",
            "<w:styles></w:fonts>",
            "<w:styles/><w:styles/>",
            "<w:styles><w:style></w:styles>",
        ] {
            assert_eq!(with_style(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_document_type_is_seen_where_there_is_one() {
        for (part, has) in [
            ("<?xml version=\"1.0\"?><!DOCTYPE a><a/>", true),
            ("<!doctype a [<!ENTITY b \"c\">]><a/>", true),
            ("<a\0/>", true),
            ("<!-- <!DOCTYPE a> --><a/>", false),
            ("<a b=\"&lt;!DOCTYPE\">&lt;!ENTITY</a>", false),
        ] {
            assert_eq!(has_document_type(part), has, "{part}");
        }
    }
}
