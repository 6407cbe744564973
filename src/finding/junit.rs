//! Findings as JUnit test results, which most build servers show.
//!
//! Source: the schema of the Jenkins xUnit plug-in, `junit-10.xsd`; only attributes that it and its variants share are
//! written.

use std::collections::HashMap;
use std::fmt::Write;

use crate::escape::markup::markup;

use super::rule::{RuleInfo, sentence};
use super::{Finding, Report, Severity, Whereabouts};

impl Report {
    /// One test suite a rule that the profile turns on, in the order of `rules`. A rule without findings is one passed
    /// test; each finding is a test that failed, or, where it matters less than `least`, one that was skipped, with what it
    /// says. Ends with a line break.
    pub fn to_junit(&self, whereabouts: &dyn Whereabouts, rules: &[RuleInfo], least: Severity) -> String {
        let mut of_rule: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in &self.findings {
            of_rule.entry(finding.code).or_default().push(finding);
        }
        // The gravest severity comes first in their order.
        let fails = |finding: &Finding| finding.severity <= least;
        let (mut suites, mut tests, mut failures) = (String::new(), 0, 0);
        for rule in rules {
            let findings = of_rule.remove(rule.code).unwrap_or_default();
            if rule.severity.is_none() && findings.is_empty() {
                continue;
            }
            let failed = findings.iter().filter(|finding| fails(finding)).count();
            let (count, skipped) = (findings.len().max(1), findings.len() - failed);
            (tests, failures) = (tests + count, failures + failed);
            let name = markup(&format!("{} {}", rule.code, rule.slug));
            // Writing to a string cannot fail.
            let _ = writeln!(
                suites,
                r#"  <testsuite name="{name}" tests="{count}" failures="{failed}" errors="0" skipped="{skipped}">"#
            );
            if findings.is_empty() {
                let _ = writeln!(
                    suites,
                    r#"    <testcase name="{}" classname="{name}"/>"#,
                    markup(rule.summary)
                );
            }
            for finding in findings {
                let subject = match finding.field {
                    Some(field) => format!("{}, {field}", finding.subject),
                    None => finding.subject.to_string(),
                };
                let place = whereabouts.place(&finding.subject, finding.occurrence, finding.field);
                let place = place.map_or(String::new(), |place| {
                    format!("{}:{}:{}\n", place.file, place.line, place.column)
                });
                let message = markup(&sentence(&finding.message));
                let _ = writeln!(
                    suites,
                    r#"    <testcase name="{}" classname="{name}">"#,
                    markup(&subject)
                );
                let _ = if fails(finding) {
                    let text = format!("{place}{}\n{}", sentence(&finding.message), sentence(&finding.help));
                    writeln!(
                        suites,
                        r#"      <failure type="{}" message="{message}">{}</failure>"#,
                        finding.severity,
                        markup(text.trim_end())
                    )
                } else {
                    writeln!(suites, r#"      <skipped message="{message}"/>"#)
                };
                suites.push_str("    </testcase>\n");
            }
            suites.push_str("  </testsuite>\n");
        }
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"benefit-map check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n{suites}</testsuites>\n"
        )
    }
}
