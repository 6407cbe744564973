//! What is wrong with a map, of which thing in it, and what to do: findings, and how they are told.
//!
//! A finding speaks of a [`Subject`], never of text or a line; [`Whereabouts`] is implemented by whoever knows where a
//! subject stands in a source (a JSON file, a sheet, a page), so that one rule serves all of them.

mod baseline;
mod fingerprint;
mod github;
mod junit;
mod nearest;
mod report;
mod rule;
mod run;
#[cfg(test)]
mod sample;
mod sarif;
pub mod snippet;
mod subject;
mod text;

use std::borrow::Cow;
use std::ops::Range;

use crate::map::words;

pub use baseline::{Baseline, BaselineError, Compared};
pub use nearest::nearest;
pub use report::{Report, Summary};
pub use rule::RuleInfo;
pub use run::{Checked, Outcome, Run};
pub use subject::{BadSubject, Subject};
pub use text::TextOptions;

words! {
    /// How much a finding matters, the gravest first.
    Severity {
        /// The map is wrong, or says something that it cannot mean.
        Error = "error",
        /// A careful reader will challenge it.
        Warning = "warning",
        /// Worth knowing.
        Note = "note",
    }
}

/// One thing that is wrong, said so that somebody can act on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code, such as `BM101`.
    pub code: &'static str,
    /// The rule's slug, such as `unknown-reference`.
    pub rule: &'static str,
    /// After the profile.
    pub severity: Severity,
    /// What is wrong: one phrase in lower case without a full stop, names from the map in backticks.
    pub message: String,
    /// What to do about it: one sentence; empty where the message says it.
    pub help: String,
    /// The thing in the map that it is about.
    pub subject: Subject,
    /// Which record, counted from 0, where several share the subject's id; 0 nearly always.
    pub occurrence: usize,
    /// The field of the record as the file names it, such as `owner` or `targets`; `None` for the whole record.
    pub field: Option<&'static str>,
    /// Other things that explain it, each with a phrase: the first of two duplicates, the links of a loop.
    pub related: Vec<(Subject, String)>,
}

/// A place in a source, for people and for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'s> {
    /// The source's name as the user gave it.
    pub file: Cow<'s, str>,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The bytes of the source that it covers, where the source is text.
    pub span: Range<usize>,
    /// The whole text of the source, for showing the line; empty where there is none.
    pub text: &'s str,
}

/// Knows where a map's things stand.
pub trait Whereabouts {
    /// Where the field of the subject's record stands; where the record lacks the field, the record's id; where the
    /// record is unknown, the top of the source. `None` where there is no source at all.
    fn place(&self, subject: &Subject, occurrence: usize, field: Option<&str>) -> Option<Place<'_>>;
}

/// No source: a map that was made in memory.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nowhere;

impl Whereabouts for Nowhere {
    fn place(&self, _: &Subject, _: usize, _: Option<&str>) -> Option<Place<'_>> {
        None
    }
}
