//! `rules`: every rule, with its severity in each profile.

use std::fmt::Write;

use anyhow::Result;
use benefit_map::check::{Profile, RULES};

use crate::args::{ReportFormat, Rules};
use crate::{Verdict, io};

pub fn run(args: &Rules) -> Result<Verdict> {
    let text = match args.format {
        ReportFormat::Text => text(),
        ReportFormat::Json => json()?,
    };
    io::write(None, text.as_bytes())?;
    Ok(Verdict::Clean)
}

fn text() -> String {
    let severity = |rule: &benefit_map::check::Rule, profile| match rule.severities.of(profile) {
        Some(severity) => severity.as_str(),
        None => "-",
    };
    let width = RULES.iter().map(|rule| rule.slug.len()).max().unwrap_or_default();
    let mut out = format!(
        "{:<5}  {:<width$}  {:<8}  {:<13}  audit\n",
        "code", "rule", "workshop", "business-case"
    );
    for rule in RULES {
        let _ = writeln!(
            out,
            "{}  {:<width$}  {:<8}  {:<13}  {}",
            rule.code,
            rule.slug,
            severity(rule, Profile::Workshop),
            severity(rule, Profile::BusinessCase),
            severity(rule, Profile::Audit),
        );
    }
    out.push_str("\n`benefit-map explain RULE` prints the page of a rule.\n");
    out
}

fn json() -> Result<String> {
    let rules: Vec<serde_json::Value> = RULES
        .iter()
        .map(|rule| {
            serde_json::json!({
                "code": rule.code,
                "rule": rule.slug,
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
    Ok(serde_json::to_string_pretty(&rules)? + "\n")
}
