//! The rules, and the next thing to do, for programs.

use serde::Serialize;

use super::next;
use super::registry::{Family, RULES, Rule, Severities};
use crate::escape::json::document;
use crate::finding::{Report, Summary, Whereabouts};

/// Every rule as JSON, in the order of the codes: a list of objects with the `code`, the name as `rule`, the `family`, what
/// it finds (`summary`), where that comes from (`source`), and its `severities` by profile, `null` where the profile
/// leaves the rule out.
pub fn rules_to_json() -> String {
    let rules: Vec<RuleJson> = RULES.iter().map(|rule| RuleJson::new(rule)).collect();
    document(&rules)
}

#[derive(Serialize)]
struct RuleJson {
    code: &'static str,
    rule: &'static str,
    family: Family,
    summary: &'static str,
    source: &'static str,
    severities: Severities,
}

impl RuleJson {
    fn new(rule: &Rule) -> Self {
        Self {
            code: rule.code,
            rule: rule.slug,
            family: rule.family,
            summary: rule.summary,
            source: rule.source,
            severities: rule.severities,
        }
    }
}

/// The next thing to do as JSON: `next`, which is `null` where nothing was found, and the `summary` of all findings. Of
/// `next` the `finding` is an object as in [`Report::to_json`]; `alike` counts the other findings of the same step, `later`
/// those of later steps.
pub fn next_to_json(report: &Report, whereabouts: &dyn Whereabouts) -> String {
    document(&NextsJson {
        next: next(report).map(|next| NextJson {
            step: next.step.what,
            why: next.step.why,
            explain: next.step.explain,
            finding: next.finding.to_row(whereabouts),
            alike: next.alike,
            later: next.later,
        }),
        summary: report.summary(),
    })
}

#[derive(Serialize)]
struct NextsJson<F> {
    next: Option<NextJson<F>>,
    summary: Summary,
}

#[derive(Serialize)]
struct NextJson<F> {
    step: &'static str,
    why: &'static str,
    explain: &'static str,
    finding: F,
    alike: usize,
    later: usize,
}
