//! All findings of one run, told as text for people or as JSON for machines.

use std::fmt::Write as _;

use serde::Serialize;

use super::snippet::{self, Style};
use super::{Finding, Place, Severity, Subject, Whereabouts};

/// What a run of the rules found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// In canonical order: by code, then subject, field, occurrence and message; the order never depends on where
    /// things stand in a file.
    pub findings: Vec<Finding>,
    /// How many findings were left out, for the map allows them.
    pub allowed: usize,
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
}

/// How a report is told as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOptions {
    /// With or without colours.
    pub style: Style,
    /// How many findings of each rule are shown whole; the rest are counted.
    pub shown_per_rule: usize,
}

impl Default for TextOptions {
    /// Plain, ten findings a rule.
    fn default() -> Self {
        Self {
            style: Style::Plain,
            shown_per_rule: 10,
        }
    }
}

/// How many other places are named under one finding.
const RELATED_SHOWN: usize = 8;

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
        Self { findings, allowed }
    }

    /// How many findings there are of each severity.
    pub fn summary(&self) -> Summary {
        let count = |severity| self.findings.iter().filter(|f| f.severity == severity).count();
        Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            allowed: self.allowed,
        }
    }

    /// The gravest severity of any finding; `None` where there is no finding.
    pub fn gravest(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).min()
    }

    /// The findings for people: by rule, each with its place, and a summary of one line at the end; ends with a line
    /// break. Of a rule with many findings the first are shown and the rest counted.
    pub fn to_text(&self, whereabouts: &dyn Whereabouts, options: &TextOptions) -> String {
        let mut out = String::new();
        for group in self.findings.chunk_by(|a, b| a.code == b.code) {
            let count = group.len();
            let _ = writeln!(
                out,
                "{} {}: {count} finding{}\n",
                group[0].code,
                group[0].rule,
                plural(count)
            );
            for finding in group.iter().take(options.shown_per_rule) {
                text_of(&mut out, finding, whereabouts, options.style);
                out.push('\n');
            }
            if let Some(hidden) = group.len().checked_sub(options.shown_per_rule).filter(|n| *n > 0) {
                let (code, rule) = (group[0].code, group[0].rule);
                let more = if options.shown_per_rule == 0 { "" } else { "more " };
                let _ = writeln!(out, "... and {hidden} {more}of {code} ({rule})\n");
            }
        }
        let _ = writeln!(out, "{}", self.summary());
        out
    }

    /// The findings for machines: one object of `findings` and `summary`, two spaces a level, with a final line break.
    /// What is not known (`field`, or `file`, `line` and `column` of a map made in memory) is `null`.
    pub fn to_json(&self, whereabouts: &dyn Whereabouts) -> String {
        let whole = ReportRow {
            findings: Rows(&self.findings, whereabouts),
            summary: self.summary(),
        };
        // Strings and numbers alone: there is nothing that JSON cannot hold.
        let mut json = serde_json::to_string_pretty(&whole).unwrap_or_default();
        json.push('\n');
        json
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
        Ok(())
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn text_of(out: &mut String, finding: &Finding, whereabouts: &dyn Whereabouts, style: Style) {
    let find = |subject, occurrence, field| whereabouts.place(subject, occurrence, field);
    let place = find(&finding.subject, finding.occurrence, finding.field);
    // Without a place nothing says which record is meant, so the subject does.
    let message = match (&place, &finding.subject) {
        (None, subject) if *subject != Subject::Map => format!("{subject}: {}", finding.message),
        _ => finding.message.clone(),
    };
    let code = Some(finding.code);
    *out += &snippet::render(finding.severity, code, &message, place.as_ref(), &finding.help, style);
    out.push('\n');
    // The renderer sets what it adds under the numbers of the lines; what is added here stands in line with that.
    let indent = place.map_or(0, |place| match place.text {
        "" => 0,
        _ => place.line.to_string().len(),
    });
    for (subject, phrase) in finding.related.iter().take(RELATED_SHOWN) {
        let phrase = snippet::one_line(phrase);
        let _ = match find(subject, 0, None) {
            Some(Place { file, line, column, .. }) => {
                let file = snippet::one_line(&file);
                writeln!(out, "{:indent$} = see {file}:{line}:{column}: {phrase}", "")
            }
            None => writeln!(out, "{:indent$} = see {subject}: {phrase}", ""),
        };
    }
    if let Some(more) = finding.related.len().checked_sub(RELATED_SHOWN).filter(|n| *n > 0) {
        let _ = writeln!(out, "{:indent$} = see also {more} more", "");
    }
}

#[derive(Serialize)]
struct ReportRow<'a> {
    findings: Rows<'a>,
    summary: Summary,
}

/// The findings, made into rows one at a time: a report may have hundreds of thousands.
struct Rows<'a>(&'a [Finding], &'a dyn Whereabouts);

impl Serialize for Rows<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|finding| FindingRow::new(finding, self.1)))
    }
}

#[derive(Serialize)]
struct FindingRow<'a> {
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
    use crate::map::NodeId;

    fn finding(code: &'static str, node: &str, severity: Severity) -> Finding {
        Finding {
            code,
            rule: "some-rule",
            severity,
            message: "`x` is wrong".into(),
            help: "mend it".into(),
            subject: Subject::Node(NodeId::new(node).unwrap()),
            occurrence: 0,
            field: None,
            related: vec![(Subject::Map, "the whole".into())],
        }
    }

    #[test]
    fn the_order_is_canonical_and_the_rest_is_counted() {
        let many = vec![
            finding("BM201", "c", Severity::Note),
            finding("BM201", "a", Severity::Note),
            finding("BM101", "z", Severity::Error),
            finding("BM201", "b", Severity::Note),
        ];
        let mut other = many.clone();
        other.reverse();
        let report = Report::new(many, 1);
        assert_eq!(report, Report::new(other, 1));
        let text = report.to_text(
            &Nowhere,
            &TextOptions {
                shown_per_rule: 2,
                ..TextOptions::default()
            },
        );
        assert!(text.starts_with("BM101 some-rule: 1 finding\n\nerror[BM101]"), "{text}");
        let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} in {text}"));
        assert!(
            at("error[BM101]: node z: `x` is wrong") < at("note[BM201]: node a"),
            "{text}"
        );
        assert!(at("node a") < at("node b"), "{text}");
        assert!(!text.contains("node c"), "{text}");
        assert!(text.contains(" = see map: the whole\n"), "{text}");
        assert!(text.contains("... and 1 more of BM201 (some-rule)\n"), "{text}");
        assert!(text.ends_with("\n1 error and 3 notes; 1 finding allowed\n"), "{text}");
        assert_eq!(report.gravest(), Some(Severity::Error));
        assert_eq!(
            Report::default().to_text(&Nowhere, &TextOptions::default()),
            "no findings\n"
        );
    }

    #[test]
    fn json_has_every_finding_with_the_agreed_fields() {
        let report = Report::new(vec![finding("BM101", "z", Severity::Warning)], 2);
        let json: serde_json::Value = serde_json::from_str(&report.to_json(&Nowhere)).unwrap();
        let expected = serde_json::json!({
            "findings": [{
                "code": "BM101", "rule": "some-rule", "severity": "warning", "message": "`x` is wrong",
                "help": "mend it", "subject": "node z", "field": null, "file": null, "line": null, "column": null
            }],
            "summary": {"errors": 0, "warnings": 1, "notes": 0, "allowed": 2}
        });
        assert_eq!(json, expected);
    }
}
