//! Text on its way to a terminal, or to the log of a build server.

use std::borrow::Cow;
use std::fmt::Write;

use super::unseen::{breaks, is_hidden, is_idle_joiner, turns};
use super::workflow;

/// The text on one line, with everything in it that is not seen made visible: a control as its picture (`␛` for ESC, `␊` for
/// a line feed), C1 and whatever turns or hides text by its number, as `<U+202E>`.
///
/// Joiners stay where letters or emoji need them. Nothing is lost: two texts that differ look different.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{0}'..='\u{1f}' => {
                out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            '\u{7f}' => out.push('\u{2421}'),
            c if c.is_control()
                || turns(c)
                || breaks(c)
                || is_hidden(c)
                || is_idle_joiner(before, c, chars.peek().copied()) =>
            {
                // Writing to a string cannot fail.
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            c => out.push(c),
        }
        before = Some(c);
    }
    Cow::Owned(out)
}

/// The words of a text on one line: runs of white space, line ends among them, as one space, none at either end, and the
/// rest [`visible`].
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() && c != '\u{85}') {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&visible(word));
    }
    out
}

/// One whole line of output: [`visible`], and no command to a build server ([`workflow::harmless`]).
pub fn line(text: &str) -> String {
    workflow::harmless(&visible(text)).into_owned()
}

/// Whether colours may be in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// The text was coloured by us, after what came from people in it had been made visible.
    Kept,
    /// There are none.
    None,
}

/// Whole lines of output that were made elsewhere: line feeds stay, and colours where they were put in on purpose; each line
/// is otherwise as [`line()`] makes it.
///
/// Colours are no door for text from people: whoever puts them in must have made that text visible before.
pub fn lines(text: &str, colours: Colours) -> String {
    let mut out = String::with_capacity(text.len());
    for whole in text.split_inclusive('\n') {
        let (whole, end) = match whole.strip_suffix('\n') {
            Some(whole) => (whole, "\n"),
            None => (whole, ""),
        };
        match colours {
            Colours::None => out.push_str(&line(whole)),
            Colours::Kept => {
                let mut made = String::with_capacity(whole.len());
                let mut rest = whole;
                while let Some(at) = rest.find("\u{1b}[") {
                    let (before, from) = rest.split_at(at);
                    made.push_str(&visible(before));
                    let length = colour(from);
                    made.push_str(&from[..length]);
                    rest = &from[length..];
                    if length == 0 {
                        made.push('\u{241b}');
                        rest = &rest[1..];
                    }
                }
                made.push_str(&visible(rest));
                out.push_str(&workflow::harmless(&made));
            }
        }
        out.push_str(end);
    }
    out
}

/// How long the sequence is that a text begins with, if it does nothing but choose colours (ECMA-48, 8.3.117, SGR); else 0.
pub(super) fn colour(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else {
        return 0;
    };
    let parameters = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b';').count();
    match rest.as_bytes().get(parameters) {
        Some(b'm') => parameters + 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_seen_instead() {
        assert_eq!(visible("plain, Grüße, 東京"), "plain, Grüße, 東京");
        assert_eq!(visible("\u{1b}]52;c;x\u{7}\u{8}\0\n\r\t\u{7f}"), "␛]52;c;x␇␈␀␊␍␉␡");
        assert_eq!(
            visible("\u{9b}2J \u{202e}a\u{2066}\u{200b}\u{feff}\u{85}\u{2028}"),
            "<U+009B>2J <U+202E>a<U+2066><U+200B><U+FEFF><U+0085><U+2028>"
        );
        assert_eq!(
            visible("\u{1f468}\u{200d}\u{1f469} x\u{200d}y"),
            "\u{1f468}\u{200d}\u{1f469} x<U+200D>y"
        );
    }

    #[test]
    fn words_stand_on_one_line() {
        assert_eq!(words("  a\r\n\tb \u{1b}c\u{2029}d\u{85}e "), "a b ␛c d<U+0085>e");
        assert_eq!(words(" \n "), "");
    }

    #[test]
    fn only_colours_of_ours_go_through() {
        let text = "\u{1b}[1;31merror\u{1b}[0m: \u{1b}[2Jx\u{9b}\u{1b}]0;t\n::error::y\n";
        assert_eq!(
            lines(text, Colours::Kept),
            "\u{1b}[1;31merror\u{1b}[0m: ␛[2Jx<U+009B>␛]0;t\n: :error::y\n"
        );
        assert_eq!(lines("a\u{1b}[0mb\nc", Colours::None), "a␛[0mb\nc");
        assert_eq!(
            lines("\u{1b}[31m::error::\u{1b}[0m", Colours::Kept),
            "\u{1b}[31m: :error::\u{1b}[0m"
        );
    }
}
