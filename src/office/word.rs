//! What is read of a Word document: the names of its styles, and its page.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// From the names of the styles of a part, in lower case, to their ids; of several with one name the first. `None` for
/// what is no XML.
pub fn style_ids(styles: &str) -> Option<BTreeMap<String, String>> {
    let mut reader = Reader::from_str(styles);
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
    let mut reader = Reader::from_str(document);
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

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| a.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_found_by_their_names() {
        let ids = style_ids("<w:styles><w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/></w:style></w:styles>").unwrap();
        assert_eq!(ids["heading 1"], "berschrift1");
        assert_eq!(style_ids("<w:styles><w:style"), None);
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
}
