//! Findings for people: by rule, the gravest first, each with its place.

use std::fmt::Write as _;

use super::report::plural;
use super::snippet::{self, Style};
use super::{Finding, Place, Report, Severity, Subject, Whereabouts};

/// How a report is told as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextOptions {
    /// With or without colours.
    pub style: Style,
    /// How many findings of each rule are shown with the line that they stand on and what to do.
    pub whole_per_rule: usize,
    /// How many findings of each rule are shown at all, the rest of them in one line each; what goes beyond is counted.
    pub shown_per_rule: usize,
    /// Stands behind the count of those that are not shown: how to see them.
    pub to_see_all: &'static str,
    /// How wide a line of a source may be shown, in columns; `None` shows it up to 140.
    pub width: Option<usize>,
}

impl Default for TextOptions {
    /// Plain; ten findings a rule, three of them whole.
    fn default() -> Self {
        Self {
            style: Style::Plain,
            whole_per_rule: 3,
            shown_per_rule: 10,
            to_see_all: "",
            width: None,
        }
    }
}

/// How many other places are named under one finding.
const RELATED_SHOWN: usize = 8;
/// With more rules than this an overview of them stands before the last line.
const OVERVIEW: usize = 3;

impl Report {
    /// The findings for people: by rule, rules with errors first, each finding with its place; then, where several rules
    /// found something, a line a rule, and a summary of one line. Ends with a line break. Of a rule with many findings the
    /// first are shown whole, some more in a line each, and the rest is counted.
    pub fn to_text(&self, whereabouts: &dyn Whereabouts, options: &TextOptions) -> String {
        let mut out = String::new();
        let mut groups: Vec<&[Finding]> = self.findings.chunk_by(|a, b| a.code == b.code).collect();
        // Stable: within a severity the rules stay in the order of their codes.
        groups.sort_by_key(|group| gravest(group));
        for group in &groups {
            group_of(&mut out, group, whereabouts, options);
        }
        if groups.len() > OVERVIEW {
            overview(&mut out, &groups);
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", self.summary());
        out
    }
}

impl Finding {
    /// The finding for people: what is wrong, the line that it is about, and what to do. Ends with a line break.
    pub fn to_text(&self, whereabouts: &dyn Whereabouts, options: &TextOptions) -> String {
        let mut out = String::new();
        text_of(&mut out, self, &self.help, whereabouts, options);
        out
    }
}

fn gravest(group: &[Finding]) -> Option<Severity> {
    group.iter().map(|finding| finding.severity).min()
}

fn group_of(out: &mut String, group: &[Finding], whereabouts: &dyn Whereabouts, options: &TextOptions) {
    let (count, code, rule) = (group.len(), group[0].code, group[0].rule);
    let _ = writeln!(out, "{code} {rule}: {count} finding{}\n", plural(count));
    let shown = &group[..count.min(options.shown_per_rule)];
    let (whole, brief) = shown.split_at(shown.len().min(options.whole_per_rule));
    let mut said = None;
    for finding in whole {
        // What to do is said once where it is the same.
        let help = if said == Some(&finding.help) { "" } else { &finding.help };
        said = Some(&finding.help);
        text_of(out, finding, help, whereabouts, options);
        out.push('\n');
    }
    for finding in brief {
        line_of(out, finding, whereabouts);
    }
    let hidden = count - shown.len();
    if hidden > 0 {
        let more = if shown.is_empty() { "" } else { "more " };
        let _ = writeln!(out, "... and {hidden} {more}of {code} ({rule}){}", options.to_see_all);
    }
    if hidden > 0 || !brief.is_empty() {
        out.push('\n');
    }
}

/// A line a rule: how many findings, how much they matter, and which rule.
fn overview(out: &mut String, groups: &[&[Finding]]) {
    let width = groups
        .iter()
        .map(|group| group.len().to_string().len())
        .max()
        .unwrap_or(0);
    for group in groups {
        let severity = gravest(group).map_or("", Severity::as_str);
        let (count, code, rule) = (group.len(), group[0].code, group[0].rule);
        let _ = writeln!(out, "{count:>width$}  {severity:<7}  {code} {rule}");
    }
    out.push('\n');
}

/// One line: the place and what is wrong.
fn line_of(out: &mut String, finding: &Finding, whereabouts: &dyn Whereabouts) {
    let message = snippet::one_line(&finding.message);
    let _ = match whereabouts.place(&finding.subject, finding.occurrence, finding.field) {
        Some(Place { file, line, column, .. }) => {
            let file = snippet::one_line(&file);
            writeln!(out, "{file}:{line}:{column}: {message}")
        }
        None => writeln!(out, "{}: {message}", finding.subject),
    };
}

fn text_of(out: &mut String, finding: &Finding, help: &str, whereabouts: &dyn Whereabouts, options: &TextOptions) {
    let find = |subject, occurrence, field| whereabouts.place(subject, occurrence, field);
    let place = find(&finding.subject, finding.occurrence, finding.field);
    // Without a place nothing says which record is meant, so the subject does.
    let message = match (&place, &finding.subject) {
        (None, subject) if *subject != Subject::Map => format!("{subject}: {}", finding.message),
        _ => finding.message.clone(),
    };
    let said = snippet::Message {
        level: finding.severity,
        code: Some(finding.code),
        message: &message,
        place: place.as_ref(),
        help,
    };
    *out += &snippet::render_within(&said, options.style, options.width);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Nowhere;
    use crate::finding::sample::finding;

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
                whole_per_rule: 1,
                shown_per_rule: 2,
                to_see_all: "; ask for more",
                ..TextOptions::default()
            },
        );
        assert!(text.starts_with("BM101 some-rule: 1 finding\n\nerror[BM101]"), "{text}");
        let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} in {text}"));
        assert!(
            at("error[BM101]: node z: `z` is wrong") < at("note[BM201]: node a"),
            "{text}"
        );
        assert!(at("node a") < at("node b:"), "{text}");
        assert!(!text.contains("node c"), "{text}");
        assert!(text.contains(" = see map: the whole\n"), "{text}");
        assert!(
            text.contains("\nnode b: `b` is wrong\n... and 1 more of BM201 (some-rule); ask for more\n\n1 error"),
            "{text}"
        );
        assert!(text.ends_with("\n1 error and 3 notes; 1 finding allowed\n"), "{text}");
        assert_eq!(report.gravest(), Some(Severity::Error));
        assert_eq!(
            Report::default().to_text(&Nowhere, &TextOptions::default()),
            "no findings\n"
        );
    }

    #[test]
    fn errors_come_first_and_many_rules_have_an_overview() {
        let mut all = vec![
            finding("BM101", "a", Severity::Note),
            finding("BM102", "b", Severity::Warning),
        ];
        for node in 0..12 {
            all.push(finding("BM103", &format!("n{node}"), Severity::Error));
        }
        all.push(finding("BM104", "c", Severity::Warning));
        let text = Report::new(all, 0).to_text(&Nowhere, &TextOptions::default());
        assert!(
            text.starts_with("BM103 some-rule: 12 findings\n\nerror[BM103]"),
            "{text}"
        );
        assert!(
            text.ends_with(
                "\n12  error    BM103 some-rule\n 1  warning  BM102 some-rule\n 1  warning  BM104 some-rule\n 1  note     BM101 some-rule\n\n12 errors, 2 warnings and 1 note\n"
            ),
            "{text}"
        );
    }
}
