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
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
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
