//! Text for people, on its way to a terminal, a log or a file.
//!
//! A page is made line by line, and every line is made safe as it is added: words from a map, from a file or from the command
//! line cannot move the cursor, pass for a line of their own or command a build server. Colours are added beside words, never
//! within them.

use std::fmt::Display;

use benefit_map::escape::terminal::{self, Colours};
use benefit_map::finding::snippet::Style;

use crate::columns;
use crate::fold::fold;
use crate::output::Place;

/// Lines that are safe to print.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page(String);

impl Page {
    /// Adds a line. A line feed within it is shown as a sign: whoever wants two lines adds two.
    pub fn line(&mut self, text: impl Display) {
        self.0.push_str(&terminal::line(&text.to_string()));
        self.0.push('\n');
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.0.push('\n');
    }

    /// Adds lines that the library, or columns of this program, made safe and may have coloured.
    pub fn rendered(&mut self, text: &str, style: Style) {
        let colours = match style {
            Style::Coloured => Colours::Kept,
            _ => Colours::None,
        };
        self.0.push_str(&terminal::lines(text, colours));
    }

    /// Adds the lines of another page.
    pub fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// Whether there is no line yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text, to be written where it is the same whoever looks.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// The text as it goes there: to standard output in lines that are no wider than it.
    pub fn written(self, place: &Place) -> Vec<u8> {
        match place.path() {
            Some(_) => self.into_bytes(),
            None => self.printed(),
        }
    }

    /// The text for standard output, in lines that are no wider than it.
    pub fn printed(self) -> Vec<u8> {
        match columns::limit() {
            Some(width) => self.folded(width).into_bytes(),
            None => self.into_bytes(),
        }
    }

    /// The same in lines of at most that width, as far as words and colours allow.
    pub fn folded(&self, width: usize) -> Self {
        let folded = fold(&self.0, width);
        // A line that begins where another was broken commands nobody either. Colours were put in on purpose.
        Self(terminal::lines(&folded, Colours::Kept))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The words of a text on one line, made visible: for what is put among other words of a line.
pub fn words(text: &str) -> String {
    terminal::words(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line_and_commands_nobody() {
        let mut page = Page::default();
        page.line("a\n::error::b\u{1b}[2J");
        page.line("::error::c");
        page.gap();
        page.rendered("\u{1b}[1mhead\u{1b}[0m\u{1b}]0;x\n", Style::Coloured);
        page.rendered("\u{1b}[1mhead\n", Style::Plain);
        assert_eq!(
            page.as_str(),
            "a␊::error::b␛[2J\n: :error::c\n\n\u{1b}[1mhead\u{1b}[0m␛]0;x\n␛[1mhead\n"
        );
    }
}
