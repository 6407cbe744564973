//! Findings as JUnit test results, which most build servers show.
//!
//! Source: the schema of the Jenkins xUnit plug-in, `junit-10.xsd`; only attributes that it and its variants share are
//! written.

use std::collections::HashMap;

use crate::xml::{Element, Fidelity, Lines, el};

use super::rule::{RuleInfo, sentence};
use super::run::{Outcome, Run};
use super::{Finding, Report, Severity, Whereabouts};

impl Report {
    /// One test suite a rule that the profile turns on, in the order of `rules`. A rule without findings is one passed
    /// test; each finding is a test that failed, or, where it matters less than `least`, one that was skipped, with what it
    /// says. Ends with a line break.
    pub fn to_junit(&self, whereabouts: &dyn Whereabouts, rules: &[RuleInfo], least: Severity) -> String {
        let mut whole = Suites::default();
        for (rule, findings) in by_rule(self, rules) {
            let name = rule_name(rule);
            let mut suite = Cases::default();
            suite.rule(rule, &findings, &name, whereabouts, least);
            whole.add(&name, suite);
        }
        whole.finish()
    }
}

impl Run<'_> {
    /// One test suite a map, by the name of its file; its tests are those that [`Report::to_junit`] gives of one map, each with
    /// the name of the map in its `classname`. A map that could not be read is a suite with one test, which ended in an error.
    pub fn to_junit(&self, rules: &[RuleInfo], least: Severity) -> String {
        let mut whole = Suites::default();
        for map in self.0 {
            let mut suite = Cases::default();
            match map.outcome {
                Outcome::Checked(report, whereabouts) => {
                    for (rule, findings) in by_rule(report, rules) {
                        let class = format!("{} {}", map.file, rule_name(rule));
                        suite.rule(rule, &findings, &class, whereabouts, least);
                    }
                }
                Outcome::Unread(why) => suite.unread(map.file, why),
            }
            whole.add(map.file, suite);
        }
        whole.finish()
    }
}

fn rule_name(rule: &RuleInfo) -> String {
    format!("{} {}", rule.code, rule.slug)
}

/// The rules that are turned on or found something, in their order, each with its findings.
fn by_rule<'a>(report: &'a Report, rules: &'a [RuleInfo]) -> Vec<(&'a RuleInfo, Vec<&'a Finding>)> {
    let mut of_rule: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in &report.findings {
        of_rule.entry(finding.code).or_default().push(finding);
    }
    rules
        .iter()
        .map(|rule| (rule, of_rule.remove(rule.code).unwrap_or_default()))
        .filter(|(rule, findings)| rule.severity.is_some() || !findings.is_empty())
        .collect()
}

/// The suites of a report, counted.
#[derive(Default)]
struct Suites {
    suites: Vec<Element>,
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Suites {
    fn add(&mut self, name: &str, suite: Cases) {
        self.tests += suite.cases.len();
        self.failures += suite.failures;
        self.errors += suite.errors;
        self.suites.push(
            el("testsuite")
                .set("name", name)
                .set("tests", suite.cases.len())
                .set("failures", suite.failures)
                .set("errors", suite.errors)
                .set("skipped", suite.skipped)
                .add(suite.cases),
        );
    }

    fn finish(self) -> String {
        let mut out = Lines::new(Fidelity::Shown);
        out.element(
            &el("testsuites")
                .set("name", "benefit-map check")
                .set("tests", self.tests)
                .set("failures", self.failures)
                .set("errors", self.errors)
                .add(self.suites),
        );
        out.finish()
    }
}

/// The tests of a suite, counted.
#[derive(Default)]
struct Cases {
    cases: Vec<Element>,
    failures: usize,
    errors: usize,
    skipped: usize,
}

fn case(name: &str, class: &str) -> Element {
    el("testcase").set("name", name).set("classname", class)
}

impl Cases {
    /// The tests of one rule: its findings, or one that passed.
    fn rule(
        &mut self,
        rule: &RuleInfo,
        findings: &[&Finding],
        class: &str,
        whereabouts: &dyn Whereabouts,
        least: Severity,
    ) {
        if findings.is_empty() {
            self.cases.push(case(rule.summary, class));
        }
        for finding in findings {
            self.finding(finding, class, whereabouts, least);
        }
    }

    fn finding(&mut self, finding: &Finding, class: &str, whereabouts: &dyn Whereabouts, least: Severity) {
        let subject = match finding.field {
            Some(field) => format!("{}, {field}", finding.subject),
            None => finding.subject.to_string(),
        };
        let place = whereabouts.place(&finding.subject, finding.occurrence, finding.field);
        let place = place.map_or(String::new(), |place| {
            format!("{}:{}:{}\n", place.file, place.line, place.column)
        });
        let message = sentence(&finding.message);
        // The gravest severity comes first in their order.
        let outcome = if finding.severity <= least {
            self.failures += 1;
            let text = format!("{place}{message}\n{}", sentence(&finding.help));
            el("failure")
                .set("type", finding.severity.to_string())
                .set("message", &*message)
                .add(text.trim_end())
        } else {
            self.skipped += 1;
            el("skipped").set("message", &*message)
        };
        self.cases.push(case(&subject, class).add(outcome));
    }

    /// The one test of a map that could not be read.
    fn unread(&mut self, file: &str, why: &str) {
        self.errors += 1;
        let error = el("error").set("type", "unread").set("message", why).add(why);
        self.cases.push(case("the map can be read", file).add(error));
    }
}
