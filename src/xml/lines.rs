//! XML written as it goes: an element a line, indented, so that a diff shows what changed.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use crate::escape::markup::{Quotes, Space};

use super::element::{Element, Node};
use super::syntax::{Out, Tag};

/// How well texts come back from a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fidelity {
    /// As they were: what a reader would change is written by its number.
    Exact,
    /// As they are read by people: controls and what turns the direction of text are replaced.
    Shown,
}

/// A document of XML that is being written.
pub struct Lines {
    out: Out,
    open: Vec<&'static str>,
    fidelity: Fidelity,
}

impl Lines {
    /// A document with its declaration.
    pub fn new(fidelity: Fidelity) -> Self {
        let mut out = Out::new(Writer::new_with_indent(Vec::new(), b' ', 2));
        out.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        Self {
            out,
            open: Vec::new(),
            fidelity,
        }
    }

    fn start<'a>(&mut self, name: &str, attributes: impl Iterator<Item = (&'a str, &'a str)>, tag: Tag) {
        let space = match self.fidelity {
            Fidelity::Exact => Space::ExactAttribute,
            Fidelity::Shown => Space::Kept,
        };
        self.out.start(name, attributes, space, tag);
    }

    fn words(&mut self, text: &str) {
        let space = match self.fidelity {
            Fidelity::Exact => Space::Exact,
            Fidelity::Shown => Space::Kept,
        };
        self.out.text(text, space, Quotes::Escaped);
    }

    /// Begins an element with elements in it.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes.iter().copied(), Tag::Open);
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.end(name);
        }
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes.iter().copied(), Tag::Empty);
    }

    /// An element with a text in it.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes.iter().copied(), Tag::Open);
        self.words(text);
        self.out.end(name);
    }

    /// A tree of elements, each of which holds either elements or words.
    pub fn element(&mut self, element: &Element) {
        let attributes = element.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let tag = match element.children().is_empty() {
            true => Tag::Empty,
            false => Tag::Open,
        };
        self.start(element.name, attributes, tag);
        if tag == Tag::Empty {
            return;
        }
        for child in element.children() {
            match child {
                Node::Element(child) => self.element(child),
                Node::Text(text) => self.words(text),
            }
        }
        self.out.end(element.name);
    }

    /// The document, with all that is open closed and a final newline.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        let mut out = self.out.finish();
        out.push('\n');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::el;
    use super::*;

    #[test]
    fn text_is_never_markup() {
        let mut xml = Lines::new(Fidelity::Exact);
        xml.open("a", &[("k", "\"<&'\n\t\u{1}]]>")]);
        xml.text("b", &[], "\"<&\r\n]]>");
        xml.empty("c", &[]);
        xml.text("d", &[], "");
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a k=\"&quot;&lt;&amp;'&#10;&#9;\u{fffd}]]&gt;\">\n  <b>&quot;&lt;&amp;&#13;\n]]&gt;</b>\n  <c/>\n  <d></d>\n</a>\n"
        );
    }

    #[test]
    fn a_tree_is_written_as_its_elements_are() {
        let mut xml = Lines::new(Fidelity::Shown);
        xml.element(&el("a").set("n", 1).add(el("b").add("x\u{1b}\ny")).add(el("c")));
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a n=\"1\">\n  <b>x\u{fffd}\ny</b>\n  <c/>\n</a>\n"
        );
    }
}
