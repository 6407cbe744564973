//! XML as a tree, with limits: no document type, so no entity but XML's own; bounded depth and number of elements.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Error;
use super::decode::place;

/// The most elements that may stand within each other.
const MAX_DEPTH: usize = 100;
/// The most elements that are read.
const MAX_ELEMENTS: usize = 4_000_000;

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    /// Names as they stand there, with any prefix, and values.
    pub(super) attributes: Vec<(String, String)>,
    /// All text that stands directly in it.
    pub(super) text: String,
    /// The elements in it.
    pub(super) children: Vec<Element>,
    /// The line in which it begins.
    pub(super) line: usize,
}

impl Element {
    /// The value of an attribute: by the name as it stands there, else by the name behind a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let local = |key: &str| key.rsplit_once(':').is_some_and(|(_, local)| local == name);
        let found = (self.attributes.iter().find(|(key, _)| key == name))
            .or_else(|| self.attributes.iter().find(|(key, _)| local(key)));
        found.map(|(_, value)| value.as_str())
    }

    /// The first element of that name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The elements of that name in it.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first element of that name in it; empty where there is none.
    pub(super) fn child_text(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.as_str())
    }

    /// Where it stands, for an account.
    pub(super) fn place(&self) -> String {
        format!("line {}", self.line)
    }
}

/// Refuses a document whose root element is another, and says what it probably is.
pub(super) fn expect_root(root: &Element, name: &str, wanted: &'static str) -> Result<(), Error> {
    if root.name == name {
        return Ok(());
    }
    let (found, help) = match root.name.as_str() {
        "mxfile" | "mxGraphModel" => (
            "a draw.io file",
            "benefit-map writes draw.io files but cannot read them, and draw.io exports no format that it can read: type the boxes and lines into tables for `import tables`",
        ),
        "graphml" => ("a GraphML file", "use `import graphml`"),
        "model"
            if root
                .attributes
                .iter()
                .any(|(_, value)| value.contains("archimatetool.com")) =>
        {
            (
                "a model as Archi itself keeps it",
                "in Archi, export it as an Open Exchange File, or as CSV for `import archi-csv`",
            )
        }
        "model" => ("an ArchiMate model", "use `import archimate`"),
        "svg" | "html" => (
            "a picture or a page",
            "give the file that the drawing tool itself exports",
        ),
        _ => ("", "give a file of the right format"),
    };
    let found = match found {
        "" => format!(
            "XML with the root element `{}`",
            root.name.chars().take(40).collect::<String>()
        ),
        found => found.to_owned(),
    };
    Err(Error::OtherFormat {
        found,
        wanted,
        help: help.to_owned(),
    })
}

/// The root element of a document.
pub(super) fn parse(text: &str) -> Result<Element, Error> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut elements = 0;
    loop {
        let at = reader.buffer_position() as usize;
        let fault = |message: String| {
            let (line, column) = place(text, at);
            Error::Syntax { line, column, message }
        };
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let (line, column) = place(text, reader.error_position() as usize);
                return Err(Error::Syntax {
                    line,
                    column,
                    message: format!("this is not well-formed XML: {error}"),
                });
            }
        };
        match event {
            Event::Start(start) | Event::Empty(start) if open.is_empty() && root.is_some() => {
                let name = String::from(start.name().as_ref());
                return Err(fault(format!(
                    "a second root element `{name}` follows the first: a document has one"
                )));
            }
            Event::Start(ref start) | Event::Empty(ref start) => {
                elements += 1;
                if elements > MAX_ELEMENTS {
                    return Err(Error::TooMany {
                        what: "elements",
                        limit: MAX_ELEMENTS,
                    });
                }
                if open.len() == MAX_DEPTH {
                    let (line, column) = place(text, at);
                    return Err(Error::TooDeep {
                        line,
                        column,
                        limit: MAX_DEPTH,
                    });
                }
                let element = element(start, text, at, lines.of(at))?;
                if matches!(event, Event::Start(_)) {
                    open.push(element);
                } else {
                    put(element, &mut open, &mut root);
                }
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    put(element, &mut open, &mut root);
                }
            }
            Event::Text(part) => add(&mut open, &part.xml10_content(), || {
                fault("there is text outside the root element".into())
            })?,
            Event::CData(part) => add(&mut open, &part.xml10_content(), || {
                fault("there is text outside the root element".into())
            })?,
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    Ok(None) => named(name),
                    Err(_) => None,
                };
                let Some(c) = resolved else {
                    let (line, column) = place(text, at);
                    return Err(Error::UnknownEntity {
                        line,
                        column,
                        name: name.chars().take(40).collect(),
                    });
                };
                add(&mut open, c.encode_utf8(&mut [0; 4]), || {
                    fault("there is text outside the root element".into())
                })?;
            }
            Event::DocType(_) => {
                let (line, column) = place(text, at);
                return Err(Error::Doctype { line, column });
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if let Some(element) = open.last() {
        let (line, column) = place(text, text.len());
        return Err(Error::Syntax {
            line,
            column,
            message: format!(
                "the file ends before `{}` of line {} is closed: part of it is missing",
                element.name, element.line
            ),
        });
    }
    root.ok_or_else(|| Error::Syntax {
        line: 1,
        column: 1,
        message: "the file has no XML element".to_owned(),
    })
}

/// The five entities of XML itself.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn element(start: &BytesStart<'_>, text: &str, at: usize, line: usize) -> Result<Element, Error> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let fault = |message: String| {
            let (line, column) = place(text, at);
            Error::Syntax { line, column, message }
        };
        let attribute = attribute.map_err(|error| fault(format!("an attribute here is not well-formed: {error}")))?;
        let key = String::from(attribute.key.as_ref());
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| fault(format!("the attribute `{key}` is not well-formed: {error}")))?;
        attributes.push((key, value.into_owned()));
    }
    Ok(Element {
        name: String::from(start.local_name().as_ref()),
        attributes,
        text: String::new(),
        children: Vec::new(),
        line,
    })
}

fn put(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => *root = Some(element),
    }
}

/// Adds text to the element that is open.
fn add(open: &mut [Element], text: &str, outside: impl Fn() -> Error) -> Result<(), Error> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(outside()),
    }
    Ok(())
}

/// Lines of bytes that are asked for from the first to the last.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if at > self.at {
            let passed = &self.text.as_bytes()[self.at..at];
            self.line += passed.iter().filter(|b| **b == b'\n').count();
            self.at = at;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_with_lines_and_entities() {
        let root = parse(
            "<?xml version='1.0'?>\n<a x='1&#10;2'>\n<b:c y:t='&lt;'>p&amp;<![CDATA[<q>]]>&#x41;</b:c><!-- no --></a>",
        )
        .unwrap();
        assert_eq!(
            (root.name.as_str(), root.attribute("x"), root.line),
            ("a", Some("1\n2"), 2)
        );
        let child = root.child("c").unwrap();
        assert_eq!(
            (child.text.as_str(), child.attribute("t"), child.line),
            ("p&<q>A", Some("<"), 3)
        );
    }

    #[test]
    fn what_could_harm_is_refused_with_its_place() {
        let laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><lolz>&lol2;</lolz>";
        assert_eq!(parse(laughs).unwrap_err(), Error::Doctype { line: 2, column: 1 });
        let entity = parse("<a>\n x&lol;</a>").unwrap_err();
        assert_eq!(
            entity.to_string(),
            "line 2, column 3: the entity `&lol;` is not one that XML knows: write the character itself"
        );
        let deep = "<a>".repeat(5000);
        assert!(matches!(
            parse(&deep).unwrap_err(),
            Error::TooDeep { limit: MAX_DEPTH, .. }
        ));
    }

    #[test]
    fn damage_is_told_with_its_place() {
        for (text, says) in [
            ("", "line 1, column 1: the file has no XML"),
            ("<a>\n<b></a>", "line 2, column 4"),
            ("<a>\n<b>", "line 2, column 4: the file ends before `b` of line 2"),
            ("<a/>\n<b/>", "line 2, column 1: a second root"),
            ("x<a/>", "line 1, column 1: there is text outside"),
            ("<a x='&no;'/>", "line 1, column 1: the attribute `x`"),
            ("<a x=1 x=2/>", "line 1, column 1: an attribute"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.starts_with(says), "{text}: {error}");
        }
    }
}
