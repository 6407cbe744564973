//! All findings of one run, in one order, counted, and as JSON.

use serde::Serialize;

use crate::escape::json::pretty;

use super::{Finding, Severity, Whereabouts};

/// What a run of the rules found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// In canonical order: by code, then subject, field, occurrence and message; the order never depends on where
    /// things stand in a file.
    pub findings: Vec<Finding>,
    /// How many findings were left out, for the map allows them.
    pub allowed: usize,
    /// How many findings were left out, for a [`Baseline`](super::Baseline) has them.
    pub standing: usize,
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Of severity error.
    pub errors: usize,
    /// Of severity warning.
    pub warnings: usize,
    /// Of severity note.
    pub notes: usize,
    /// Left out, for the map allows them.
    pub allowed: usize,
    /// Left out, for a baseline has them.
    pub standing: usize,
}

impl Report {
    /// The findings in canonical order.
    pub fn new(mut findings: Vec<Finding>, allowed: usize) -> Self {
        findings.sort_by(|a, b| {
            let key = |f: &Finding| (f.code, f.field, f.occurrence);
            (a.code.cmp(b.code))
                .then_with(|| a.subject.cmp(&b.subject))
                .then_with(|| key(a).cmp(&key(b)))
                .then_with(|| a.message.cmp(&b.message))
        });
        Self {
            findings,
            allowed,
            standing: 0,
        }
    }

    /// How many findings there are of each severity.
    pub fn summary(&self) -> Summary {
        let count = |severity| self.findings.iter().filter(|f| f.severity == severity).count();
        Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            allowed: self.allowed,
            standing: self.standing,
        }
    }

    /// The gravest severity of any finding; `None` where there is no finding.
    pub fn gravest(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).min()
    }

    /// The findings for machines: one object of `findings` and `summary`, two spaces a level, with a final line break.
    /// What is not known (`field`, or `file`, `line` and `column` of a map made in memory) is `null`.
    pub fn to_json(&self, whereabouts: &dyn Whereabouts) -> String {
        let whole = ReportRow {
            findings: Rows(&self.findings, whereabouts),
            summary: self.summary(),
        };
        pretty(&whole)
    }
}

impl std::fmt::Display for Summary {
    /// One line: `2 errors, 1 warning and 3 notes; 1 finding allowed`, or `no findings`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<String> = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", plural(count)))
            .collect();
        match parts.split_last() {
            None => f.write_str("no findings")?,
            Some((only, [])) => f.write_str(only)?,
            Some((last, first)) => write!(f, "{} and {last}", first.join(", "))?,
        }
        if self.allowed > 0 {
            write!(f, "; {} finding{} allowed", self.allowed, plural(self.allowed))?;
        }
        if self.standing > 0 {
            write!(
                f,
                "; {} from the baseline remain{}",
                self.standing,
                if self.standing == 1 { "s" } else { "" }
            )?;
        }
        Ok(())
    }
}

pub(super) fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[derive(Serialize)]
struct ReportRow<'a> {
    findings: Rows<'a>,
    summary: Summary,
}

/// The findings, made into rows one at a time: a report may have hundreds of thousands.
pub(super) struct Rows<'a>(pub(super) &'a [Finding], pub(super) &'a dyn Whereabouts);

impl<'a> Rows<'a> {
    pub(super) fn each(self) -> impl Iterator<Item = FindingRow<'a>> {
        self.0.iter().map(move |finding| FindingRow::new(finding, self.1))
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|finding| FindingRow::new(finding, self.1)))
    }
}

impl Finding {
    /// The finding with its place, as an object of the `findings` of [`Report::to_json`].
    pub fn to_row<'a>(&'a self, whereabouts: &'a dyn Whereabouts) -> impl Serialize + use<'a> {
        FindingRow::new(self, whereabouts)
    }
}

#[derive(Serialize)]
pub(super) struct FindingRow<'a> {
    code: &'static str,
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    help: &'a str,
    subject: String,
    field: Option<&'static str>,
    file: Option<std::borrow::Cow<'a, str>>,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> FindingRow<'a> {
    fn new(finding: &'a Finding, whereabouts: &'a dyn Whereabouts) -> Self {
        let place = whereabouts.place(&finding.subject, finding.occurrence, finding.field);
        Self {
            code: finding.code,
            rule: finding.rule,
            severity: finding.severity,
            message: &finding.message,
            help: &finding.help,
            subject: finding.subject.to_string(),
            field: finding.field,
            line: place.as_ref().map(|place| place.line),
            column: place.as_ref().map(|place| place.column),
            file: place.map(|place| place.file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Nowhere;
    use crate::finding::sample::finding;

    #[test]
    fn json_has_every_finding_with_the_agreed_fields() {
        let report = Report::new(vec![finding("BM101", "z", Severity::Warning)], 2);
        let json: serde_json::Value = serde_json::from_str(&report.to_json(&Nowhere)).unwrap();
        let expected = serde_json::json!({
            "findings": [{
                "code": "BM101", "rule": "some-rule", "severity": "warning", "message": "`z` is wrong",
                "help": "correct it", "subject": "node z", "field": null, "file": null, "line": null, "column": null
            }],
            "summary": {"errors": 0, "warnings": 1, "notes": 0, "allowed": 2, "standing": 0}
        });
        assert_eq!(json, expected);
    }
}
