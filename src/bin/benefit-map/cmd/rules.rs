//! `rules`: every rule, with its severity in each profile.

use std::fmt::Write;

use anyhow::Result;
use benefit_map::check::{Family, Profile, RULES, Rule};

use crate::args::{ReportFormat, Rules};
use crate::files::Files;
use crate::{Verdict, io};

pub fn run(args: &Rules, files: &Files) -> Result<Verdict> {
    match args.format {
        ReportFormat::Text => files.print(text().as_bytes())?,
        ReportFormat::Json => files.print(&json()?)?,
    }
    Ok(Verdict::Clean)
}

/// What the rules of a family ask, in a few words.
fn about(family: Family) -> &'static str {
    match family {
        Family::Structure => "what the map is made of",
        Family::LineOfSight => "whether money and work lead to end outcomes",
        Family::TheoryOfChange => "why each step should hold",
        Family::Tracking => "how anyone will know",
        Family::Delivery => "who answers for what, and their plans",
        Family::Risk => "what may go wrong",
        Family::MoneyAndPartners => "what it costs, and who shares in it",
        Family::Reviews => "who has agreed to what",
        Family::Checker => "what the map says to the checker",
    }
}

/// By family: a line a rule, with its severity in each profile and what it finds.
fn text() -> String {
    let severity = |rule: &Rule, profile| match rule.severities.of(profile) {
        Some(severity) => severity.as_str(),
        None => "-",
    };
    let width = RULES.iter().map(|rule| rule.slug.len()).max().unwrap_or_default();
    let mut out = String::new();
    for rules in RULES.chunk_by(|a, b| a.family == b.family) {
        let _ = writeln!(out, "{}: {}", &rules[0].code[..3], about(rules[0].family));
        let _ = writeln!(
            out,
            "  {:<5}  {:<width$}  {:<8}  {:<13}  {:<7}  finds",
            "code", "rule", "workshop", "business-case", "audit"
        );
        for rule in rules {
            let _ = writeln!(
                out,
                "  {}  {:<width$}  {:<8}  {:<13}  {:<7}  {}",
                rule.code,
                rule.slug,
                severity(rule, Profile::Workshop),
                severity(rule, Profile::BusinessCase),
                severity(rule, Profile::Audit),
                rule.summary,
            );
        }
        out.push('\n');
    }
    out.push_str("A dash: the profile leaves the rule out. `benefit-map explain RULE` prints the page of a rule.\n");
    out
}

fn json() -> Result<Vec<u8>> {
    let rules: Vec<serde_json::Value> = RULES
        .iter()
        .map(|rule| {
            serde_json::json!({
                "code": rule.code,
                "rule": rule.slug,
                "family": rule.family,
                "summary": rule.summary,
                "source": rule.source,
                "severities": {
                    "workshop": rule.severities.workshop,
                    "business-case": rule.severities.business_case,
                    "audit": rule.severities.audit,
                },
            })
        })
        .collect();
    io::json(&rules.into())
}
