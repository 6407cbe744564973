//! Findings as annotations of GitHub Actions.
//!
//! Source: GitHub, "Workflow commands for GitHub Actions"; the escapes are those of its own toolkit (actions/toolkit,
//! `packages/core/src/command.ts`).

use std::fmt::Write;

use crate::escape::workflow::{data, property};

use super::rule::sentence;
use super::{Report, Severity, Whereabouts};

impl Report {
    /// One workflow command a finding, each on its own line, the gravest first, since GitHub shows the first ten of a
    /// kind only: `::error file=map.json,line=3,col=7,title=BM201 orphan::…`.
    ///
    /// Whatever would end the command or begin another is escaped: a title from a map is data.
    pub fn to_github(&self, whereabouts: &dyn Whereabouts) -> String {
        let mut out = String::new();
        for severity in Severity::ALL {
            let command = match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            for finding in self.findings.iter().filter(|finding| finding.severity == *severity) {
                let mut at = String::new();
                if let Some(place) = whereabouts.place(&finding.subject, finding.occurrence, finding.field) {
                    // Writing to a string cannot fail.
                    let _ = write!(
                        at,
                        "file={},line={},col={},",
                        property(&place.file),
                        place.line,
                        place.column
                    );
                }
                let title = property(&format!("{} {}", finding.code, finding.rule));
                let text = format!("{}\n{}", sentence(&finding.message), sentence(&finding.help));
                let _ = writeln!(out, "::{command} {at}title={title}::{}", data(text.trim_end()));
            }
        }
        out
    }
}
