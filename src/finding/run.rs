//! The findings of several maps, as one report for machines.

use serde::Serialize;

use crate::escape::json::pretty;

use super::report::Rows;
use super::{Report, Summary, Whereabouts};

/// One map of a run.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// The name of its file, as the user gave it.
    pub file: &'a str,
    /// What came of it.
    pub outcome: Outcome<'a>,
}

/// What came of looking at a map.
#[derive(Clone, Copy)]
pub enum Outcome<'a> {
    /// It was checked: what was found, and where that stands.
    Checked(&'a Report, &'a dyn Whereabouts),
    /// It could not be read, and why.
    Unread(&'a str),
}

/// The maps of one run, in the order in which they were given.
#[derive(Clone, Copy)]
pub struct Run<'a>(pub &'a [Checked<'a>]);

impl<'a> Run<'a> {
    /// How many findings there are of each severity in all maps.
    pub fn summary(&self) -> Summary {
        self.checked().fold(Summary::default(), |sum, (_, report, _)| {
            let own = report.summary();
            Summary {
                errors: sum.errors + own.errors,
                warnings: sum.warnings + own.warnings,
                notes: sum.notes + own.notes,
                allowed: sum.allowed + own.allowed,
                standing: sum.standing + own.standing,
            }
        })
    }

    /// One object of `findings` and `summary`, as [`Report::to_json`] gives of one map, with the findings of every map in
    /// `findings`; `maps` has an object for each map: its `file` and its own `summary`, or `error`, which says why it could
    /// not be read.
    pub fn to_json(&self) -> String {
        let whole = RunRow {
            findings: AllRows(*self),
            summary: self.summary(),
            maps: self
                .0
                .iter()
                .map(|map| match map.outcome {
                    Outcome::Checked(report, _) => MapRow {
                        file: map.file,
                        summary: Some(report.summary()),
                        error: None,
                    },
                    Outcome::Unread(why) => MapRow {
                        file: map.file,
                        summary: None,
                        error: Some(why),
                    },
                })
                .collect(),
        };
        pretty(&whole)
    }

    /// The maps that were checked.
    pub(super) fn checked(self) -> impl Iterator<Item = (&'a str, &'a Report, &'a dyn Whereabouts)> {
        self.0.iter().filter_map(|map| match map.outcome {
            Outcome::Checked(report, whereabouts) => Some((map.file, report, whereabouts)),
            Outcome::Unread(_) => None,
        })
    }

    /// The maps that could not be read, and why.
    pub(super) fn unread(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(|map| match map.outcome {
            Outcome::Checked(..) => None,
            Outcome::Unread(why) => Some((map.file, why)),
        })
    }
}

#[derive(Serialize)]
struct RunRow<'a> {
    findings: AllRows<'a>,
    summary: Summary,
    maps: Vec<MapRow<'a>>,
}

#[derive(Serialize)]
struct MapRow<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Summary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

struct AllRows<'a>(Run<'a>);

impl Serialize for AllRows<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self
            .0
            .checked()
            .flat_map(|(_, report, places)| Rows(&report.findings, places).each());
        serializer.collect_seq(rows)
    }
}
