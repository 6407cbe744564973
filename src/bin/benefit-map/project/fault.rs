//! What is wrong with a project file: where, and what to do.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use benefit_map::finding::snippet::{Message, Style, render};
use benefit_map::finding::{Place, Severity};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The bytes of the file that it is about.
    pub span: Range<usize>,
}

impl Fault {
    /// A fault of these bytes.
    pub fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
            span,
        }
    }
}

/// Why a project file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    /// The file, as the user would name it.
    pub file: PathBuf,
    /// What is in it.
    pub text: String,
    /// What is wrong, in the order of the file.
    pub list: Vec<Fault>,
}

impl Faults {
    /// Each fault with its line, as faults of a map are shown; ends with a line feed.
    pub fn render(&self, style: Style) -> String {
        let file = self.file.display().to_string();
        let mut out = String::new();
        for fault in &self.list {
            let (line, column) = line_and_column(&self.text, fault.span.start);
            let place = Place {
                file: Cow::Borrowed(&file),
                line,
                column,
                span: fault.span.clone(),
                text: &self.text,
            };
            let said = Message {
                level: Severity::Error,
                code: None,
                message: &fault.message,
                place: Some(&place),
                help: &fault.help,
            };
            let shown = render(&said, style);
            out.push_str(shown.trim_end());
            out.push_str("\n\n");
        }
        out
    }
}

/// The line of a byte, counted from 1, and its column in characters.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        match self.list.as_slice() {
            [_] => write!(f, "{file} cannot be used: 1 fault"),
            many => write!(f, "{file} cannot be used: {} faults", many.len()),
        }
    }
}

impl std::error::Error for Faults {}
