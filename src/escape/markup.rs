//! XML and HTML.

use super::unseen::{is_unshown, shown, turns};

/// What becomes of white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Line feeds and tabs stay; a carriage return becomes a space.
    Kept,
    /// Each line feed, carriage return and tab becomes a space.
    Plain,
    /// The text comes back from a reader as it was, from within an element: what a reader would change is written by its
    /// number, and line feeds stay.
    Exact,
    /// The same from within a quoted attribute, where line feeds are written by their number.
    ExactAttribute,
}

/// What becomes of double quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// They are escaped, as they must be within a quoted attribute.
    Escaped,
    /// They stay, as they may in the words of an element.
    Kept,
}

/// Adds a text to XML or HTML, also within a quoted attribute. Characters that no XML file may hold become U+FFFD, and so do
/// the other controls and those that turn the direction of text, unless the text is to come back exactly: then they are
/// written by their number. No line of it is a command to a build server.
pub fn push(out: &mut String, text: &str, space: Space, quotes: Quotes) {
    // Most of a picture is numbers.
    if text
        .bytes()
        .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b' ' | b'-' | b'.' | b'#' | b'(' | b')'))
    {
        out.push_str(text);
        return;
    }
    let exact = matches!(space, Space::Exact | Space::ExactAttribute);
    // What stands before the text in its line is not known, so it may begin one.
    let mut starts_line = true;
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quotes == Quotes::Escaped => out.push_str("&quot;"),
            '\n' if matches!(space, Space::Kept | Space::Exact) => out.push(c),
            '\t' if space == Space::Kept => out.push(c),
            '\n' | '\r' | '\t' if !exact => out.push(' '),
            '\n' | '\r' | '\t' | '\u{7f}'..='\u{9f}' if exact => by_number(out, c),
            c if exact && turns(c) => by_number(out, c),
            ':' if starts_line && text[at..].starts_with("::") => by_number(out, c),
            '[' if out.ends_with("##") || ends_with_vso(out) => by_number(out, c),
            c => out.push(shown(c)),
        }
        starts_line = c == '\n' || (starts_line && c.is_whitespace());
    }
}

fn ends_with_vso(out: &str) -> bool {
    let bytes = out.as_bytes();
    bytes.len() >= 5 && bytes[bytes.len() - 5..].eq_ignore_ascii_case(b"##vso")
}

fn by_number(out: &mut String, c: char) {
    out.push_str(&format!("&#{};", u32::from(c)));
}

/// The text without the characters that [`push`] replaces, its markup not escaped: for writers that escape it themselves.
pub fn legal(text: &str) -> String {
    match text.contains(is_unshown) {
        true => text.chars().map(shown).collect(),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, space: Space) -> String {
        let mut out = String::new();
        push(&mut out, text, space, Quotes::Escaped);
        out
    }

    #[test]
    fn text_is_data_and_never_markup() {
        let hostile = "<a b=\"c\">&'\u{b}\u{9b}\u{202e}\r\n\t]]>\u{ffff}";
        let words = "&lt;a b=&quot;c&quot;&gt;&amp;'\u{fffd}";
        assert_eq!(
            text(hostile, Space::Kept),
            format!("{words}\u{fffd}\u{fffd} \n\t]]&gt;\u{fffd}")
        );
        assert_eq!(
            text(hostile, Space::Plain),
            format!("{words}\u{fffd}\u{fffd}   ]]&gt;\u{fffd}")
        );
        assert_eq!(
            text(hostile, Space::Exact),
            format!("{words}&#155;&#8238;&#13;\n&#9;]]&gt;\u{fffd}")
        );
        assert_eq!(
            text(hostile, Space::ExactAttribute),
            format!("{words}&#155;&#8238;&#13;&#10;&#9;]]&gt;\u{fffd}")
        );
        assert_eq!(
            text("a: b\n ::error:: ##[c ##vso[d", Space::Kept),
            "a: b\n &#58;:error:: ##&#91;c ##vso&#91;d"
        );
        assert_eq!(legal("<\u{1b}\u{202e}é>"), "<\u{fffd}\u{fffd}é>");
    }
}
