//! How a tree is written: as a part of an office file, as a picture, as a page.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::escape::markup::{Quotes, Space, push};

use super::element::{Element, Node, Nodes};

/// What the languages differ in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// XML on one line.
    Part,
    /// SVG: an element a line, attributes in the order of their names.
    Picture,
    /// The same for a program that draws it: what turns the direction of text reaches it.
    Drawing,
    /// HTML: elements that cannot hold anything have no end, all others have one. A picture within is SVG.
    Page,
}

/// Elements of HTML that hold nothing (HTML Living Standard, 13.1.2).
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

impl Element {
    /// As a part of an office file: on one line, with the declaration of XML before it. Line ends in texts become spaces.
    pub fn to_part(&self) -> String {
        let mut out = Out::part();
        out.element(self, Syntax::Part);
        out.finish()
    }

    /// As XML on one line, without a declaration.
    pub fn to_xml(&self) -> String {
        self.written(Syntax::Part)
    }

    /// As a picture, or a piece of one, without a line end after it.
    pub fn to_svg(&self) -> String {
        self.written(Syntax::Picture)
    }

    /// As a picture for a program that shapes its texts: unlike in [`to_svg`](Self::to_svg), what turns the direction of text is in it, by
    /// its number.
    pub fn to_drawing(&self) -> String {
        self.written(Syntax::Drawing)
    }

    /// As a piece of a page. Within `style` and `script` nothing is escaped: what is put into these must come from the program.
    pub fn to_html(&self) -> String {
        self.written(Syntax::Page)
    }

    /// As a whole page, with its document type and a final newline.
    pub fn to_page(&self) -> String {
        let mut out = Out::default();
        out.bare("<!doctype html>\n");
        out.element(self, Syntax::Page);
        out.bare("\n");
        out.finish()
    }

    fn written(&self, syntax: Syntax) -> String {
        let mut out = Out::default();
        out.element(self, syntax);
        out.finish()
    }
}

/// A script or a style sheet in which nothing could end its element: its own language takes the backslash for nothing.
fn without_end(text: &str) -> Cow<'_, str> {
    let lower = text.to_ascii_lowercase();
    match lower.contains("</style") || lower.contains("</script") {
        true => Cow::Owned(text.replace("</", "<\\/")),
        false => Cow::Borrowed(text),
    }
}

/// A part of an office file that was written elsewhere, with the declaration of XML before it. It must be XML already.
pub fn declared(part: &str) -> String {
    let mut out = Out::part();
    out.bare(part);
    out.finish()
}

impl Nodes {
    /// As pieces of a page, one after the other: see [`Element::to_html`].
    pub fn to_html(&self) -> String {
        let mut out = Out::default();
        for node in &self.0 {
            match node {
                Node::Element(element) => out.element(element, Syntax::Page),
                Node::Text(text) => out.text(text, Space::Kept, Quotes::Escaped),
            }
        }
        out.finish()
    }
}

/// Markup on its way out.
pub(super) struct Out {
    writer: Writer<Vec<u8>>,
    /// For the event that is being made, so that not each needs memory of its own.
    scratch: String,
}

impl Default for Out {
    fn default() -> Self {
        Self::new(Writer::new(Vec::new()))
    }
}

/// Attributes of HTML that say something by being there (HTML Living Standard, 2.3.2).
const FLAGS: &[&str] = &["hidden"];

/// How a start tag ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Open,
    Empty,
}

impl Out {
    pub fn new(writer: Writer<Vec<u8>>) -> Self {
        Self {
            writer,
            scratch: String::new(),
        }
    }

    /// The beginning of a part of an office file.
    fn part() -> Self {
        let mut out = Self::default();
        out.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        out.bare("\n");
        out
    }

    pub fn event(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.writer.write_event(event);
    }

    /// Writes what is markup already, or needs no escaping.
    pub fn bare(&mut self, text: &str) {
        self.event(Event::Text(BytesText::from_escaped(text)));
    }

    pub fn start<'a>(
        &mut self,
        name: &str,
        attributes: impl Iterator<Item = (&'a str, &'a str)>,
        space: Space,
        tag: Tag,
    ) {
        let mut content = std::mem::take(&mut self.scratch);
        content.clear();
        content.push_str(name);
        for (key, value) in attributes {
            content.push(' ');
            content.push_str(key);
            if value.is_empty() && FLAGS.contains(&key) {
                continue;
            }
            content.push_str("=\"");
            push(&mut content, value, space, Quotes::Escaped);
            content.push('"');
        }
        let start = BytesStart::from_content(content.as_str(), name.len());
        self.event(match tag {
            Tag::Open => Event::Start(start),
            Tag::Empty => Event::Empty(start),
        });
        self.scratch = content;
    }

    pub fn end(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    pub fn text(&mut self, text: &str, space: Space, quotes: Quotes) {
        let mut escaped = std::mem::take(&mut self.scratch);
        escaped.clear();
        push(&mut escaped, text, space, quotes);
        self.bare(&escaped);
        self.scratch = escaped;
    }

    fn element(&mut self, element: &Element, syntax: Syntax) {
        // Whatever page it stands in, a picture is written as one.
        let syntax = match (syntax, element.name) {
            (Syntax::Page, "svg") => Syntax::Picture,
            (syntax, _) => syntax,
        };
        let children = element.children();
        let is_void = syntax == Syntax::Page && VOID.contains(&element.name);
        let tag = match syntax {
            Syntax::Page => Tag::Open,
            _ if children.is_empty() => Tag::Empty,
            _ => Tag::Open,
        };
        let pairs = element.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        match syntax {
            Syntax::Part => self.start(element.name, pairs, Space::Plain, tag),
            Syntax::Page => self.start(element.name, pairs, Space::Kept, tag),
            Syntax::Picture | Syntax::Drawing => {
                let mut pairs: Vec<_> = pairs.collect();
                pairs.sort_by_key(|(name, _)| *name);
                self.start(element.name, pairs.into_iter(), Space::Kept, tag);
            }
        }
        if is_void || tag == Tag::Empty {
            return;
        }
        // White space among words would be seen.
        let has_words = children.iter().any(|child| matches!(child, Node::Text(_)));
        let on_own_line = matches!(syntax, Syntax::Picture | Syntax::Drawing) && !has_words;
        for child in children {
            if on_own_line {
                self.bare("\n");
            }
            match (child, syntax) {
                (Node::Element(child), syntax) => self.element(child, syntax),
                (Node::Text(text), Syntax::Part) => self.text(text, Space::Plain, Quotes::Escaped),
                (Node::Text(text), Syntax::Picture) => self.text(text, Space::Kept, Quotes::Kept),
                (Node::Text(text), Syntax::Drawing) => self.text(text, Space::Exact, Quotes::Kept),
                (Node::Text(text), Syntax::Page) => match element.name {
                    "style" | "script" => self.bare(&without_end(text)),
                    _ => self.text(text, Space::Kept, Quotes::Escaped),
                },
            }
        }
        if on_own_line {
            self.bare("\n");
        }
        self.end(element.name);
    }

    pub fn finish(self) -> String {
        // All that went in was text.
        String::from_utf8(self.writer.into_inner()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::el;

    /// What no reader of markup may take for anything but words.
    const HOSTILE: &str = "\"><a b='c'>&\u{1b}\r]]>";

    #[test]
    fn words_and_values_are_never_markup() {
        let tree = el("a").set("k", HOSTILE).add(HOSTILE).add(el("b"));
        let words = "&gt;&lt;a b='c'&gt;&amp;\u{fffd} ]]&gt;";
        assert_eq!(tree.to_xml(), format!("<a k=\"&quot;{words}\">&quot;{words}<b/></a>"));
        assert_eq!(
            tree.to_html(),
            format!("<a k=\"&quot;{words}\">&quot;{words}<b></b></a>")
        );
        assert_eq!(tree.to_svg(), format!("<a k=\"&quot;{words}\">\"{words}<b/></a>"));
    }

    #[test]
    fn each_language_is_written_its_own_way() {
        let picture = el("svg")
            .set("y", 1)
            .set("x", 2)
            .add(el("text").add("\"t\""))
            .add(el("g"));
        assert_eq!(
            picture.to_svg(),
            "<svg x=\"2\" y=\"1\">\n<text>\"t\"</text>\n<g/>\n</svg>"
        );
        let page = el("p").add(el("br")).add(el("i")).add(picture.clone());
        assert_eq!(page.to_html(), format!("<p><br><i></i>{}</p>", picture.to_svg()));
        let sheet = el("style").add("a>b{}</style>");
        assert_eq!(sheet.to_html(), "<style>a>b{}<\\/style></style>");
        assert_eq!(sheet.to_svg(), "<style>a&gt;b{}&lt;/style&gt;</style>");
        assert_eq!(
            el("a").add("").to_part(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a></a>"
        );
    }

    #[test]
    fn what_is_left_out_is_not_written_and_lines_are_lines() {
        let list = el("ul")
            .set("id", None::<&str>)
            .set("start", Some(3))
            .lines([el("li"), el("li")])
            .add(None::<&str>);
        assert_eq!(list.to_html(), "<ul start=\"3\">\n<li></li>\n<li></li>\n</ul>");
        assert_eq!((list.get("start"), list.get("id")), (Some("3"), None));
    }

    #[test]
    fn no_line_is_a_command_to_a_build_server_though_it_comes_in_pieces() {
        let tree = el("p").add("##").add("[error]\n").add("::x::");
        assert_eq!(tree.to_html(), "<p>##&#91;error]\n&#58;:x::</p>");
    }
}
