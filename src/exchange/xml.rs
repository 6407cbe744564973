//! Writing XML: an element a line, indented, so that a diff shows what changed.

use crate::escape::markup::{self, Space};

/// A writer of XML.
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document with its declaration.
    pub(super) fn new() -> Self {
        Self {
            out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push_str(&"  ".repeat(self.open.len()));
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            markup::push(&mut self.out, value, Space::ExactAttribute);
            self.out.push('"');
        }
    }

    /// Begins an element with elements in it.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str(&"  ".repeat(self.open.len()));
            self.out.push_str(&format!("</{name}>\n"));
        }
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str("/>\n");
    }

    /// An element with a text in it.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        self.out.push('>');
        markup::push(&mut self.out, text, Space::Exact);
        self.out.push_str(&format!("</{name}>\n"));
    }

    /// The document, with all that is open closed.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        let mut xml = Xml::new();
        xml.open("a", &[("k", "\"<&'\n\t\u{1}]]>")]);
        xml.text("b", &[], "\"<&\r\n]]>");
        xml.empty("c", &[]);
        assert_eq!(
            xml.finish().lines().skip(1).collect::<Vec<_>>().join("\n"),
            "<a k=\"&quot;&lt;&amp;'&#10;&#9;\u{fffd}]]&gt;\">\n  <b>&quot;&lt;&amp;&#13;\n]]&gt;</b>\n  <c/>\n</a>"
        );
    }
}
