//! Findings that were there before: they stand, and only new ones count.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::escape::json::{pretty, reason};

use super::{Finding, Report, Subject};

/// The number of the baseline format that is read and written.
const FORMAT: u32 = 1;

/// The findings of an earlier run, each by its fingerprint: see [`Report::fingerprints`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    known: BTreeSet<String>,
}

/// A report held against a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The findings that the baseline does not have; [`Report::standing`] counts the rest.
    pub new: Report,
    /// What the baseline has and the report has not, by fingerprint, in order.
    pub gone: Vec<String>,
}

/// Why a text is no baseline.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// It is not JSON, or not of this shape.
    #[error("line {}, column {}: this is not a baseline: {}", .0.line(), .0.column(), reason(.0))]
    Shape(#[source] serde_json::Error),
    /// It is of a format that this version does not know.
    #[error(
        "baseline format {found} is not known: this version reads format {FORMAT}; write the baseline again with --write-baseline"
    )]
    Format {
        /// The number that it gives.
        found: u32,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    baseline: u32,
    findings: Vec<String>,
}

impl Baseline {
    /// All findings of a report.
    pub fn of(report: &Report) -> Self {
        Self {
            known: report.fingerprints().into_iter().collect(),
        }
    }

    /// The baseline that a file holds.
    ///
    /// # Errors
    /// [`BaselineError`] where the text is none, with line and column.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: File = serde_json::from_str(text).map_err(BaselineError::Shape)?;
        if file.baseline != FORMAT {
            return Err(BaselineError::Format { found: file.baseline });
        }
        Ok(Self {
            known: file.findings.into_iter().collect(),
        })
    }

    /// The file: JSON with one finding a line, in order, so that a diff shows what came and went.
    pub fn write(&self) -> String {
        let file = File {
            baseline: FORMAT,
            findings: self.known.iter().cloned().collect(),
        };
        pretty(&file)
    }

    /// The line of the rule of that finding about another subject, whatever the field.
    fn line_of(&self, finding: &Finding, subject: &Subject) -> Option<&String> {
        let line = format!("{} {}: {subject}", finding.code, finding.rule);
        let mut from = self
            .known
            .range(line.clone()..)
            .take_while(|known| known.starts_with(&line));
        from.find(|known| matches!(known.as_bytes().get(line.len()), None | Some(b',')))
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What is new in a report, and what is gone from it.
    ///
    /// What was known of the map as a whole, as that none of its boxes has an owner, was known of each of its records;
    /// and what is so of the whole map is known where it was known of every record that the finding names. `also_said_by`
    /// gives for the code of a rule those of other rules whose findings about the whole map tell of its own as well.
    pub fn compare(&self, report: Report, also_said_by: impl Fn(&str) -> &'static [&'static str]) -> Compared {
        let fingerprints = report.fingerprints();
        let mut gone = self.known.clone();
        for fingerprint in &fingerprints {
            gone.remove(fingerprint);
        }
        let of_the_map = |line: &&String| {
            line.split_once(": ")
                .is_some_and(|(_, of)| of == "map" || of.starts_with("map,"))
        };
        let facts: HashMap<&str, &String> = self
            .known
            .iter()
            .filter(of_the_map)
            .filter_map(|line| Some((line.split_once(' ')?.0, line)))
            .collect();
        let mut findings = Vec::new();
        for (finding, fingerprint) in report.findings.into_iter().zip(&fingerprints) {
            if self.known.contains(fingerprint) {
                continue;
            }
            let mut codes = std::iter::once(finding.code).chain(also_said_by(finding.code).iter().copied());
            if let Some(whole) = codes.find_map(|code| facts.get(code)) {
                gone.remove(*whole);
                continue;
            }
            let each = finding.related.iter().map(|(one, _)| self.line_of(&finding, one));
            let each: Option<Vec<&String>> = each.collect();
            match each.filter(|each| finding.subject == Subject::Map && !each.is_empty()) {
                Some(each) => each.into_iter().for_each(|line| _ = gone.remove(line)),
                None => findings.push(finding),
            }
        }
        Compared {
            new: Report {
                standing: report.standing + fingerprints.len() - findings.len(),
                findings,
                allowed: report.allowed,
            },
            gone: gone.into_iter().collect(),
        }
    }
}
