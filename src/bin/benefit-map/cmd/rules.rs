//! `explain --rules`: every rule, with its severity in each profile.

use std::fmt::Write;

use anyhow::Result;
use benefit_map::check::{self, Family, Profile, RULES, Rule};
use benefit_map::finding::snippet::Style;

use crate::args::{ReportFormat, Rules};
use crate::columns::Cell;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::Page;
use crate::{Verdict, columns};

/// The old spelling.
pub fn old(args: &Rules, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    terminal.renamed("benefit-map rules", "benefit-map explain --rules");
    run(args.format, files)
}

pub fn run(format: ReportFormat, files: &Files) -> Result<Verdict> {
    match format {
        ReportFormat::Text => files.print(&text().printed())?,
        ReportFormat::Json => files.print(check::rules_to_json().as_bytes())?,
    }
    Ok(Verdict::Clean)
}

/// From this width on the rules stand in columns.
const IN_COLUMNS: usize = 110;

/// What the rules of a family ask, in a few words.
fn about(family: Family) -> &'static str {
    match family {
        Family::Structure => "the structure of the map",
        Family::LineOfSight => "whether money and work lead to end outcomes",
        Family::TheoryOfChange => "why each step should work",
        Family::Tracking => "how success is measured",
        Family::Delivery => "who answers for what, and their plans",
        Family::Risk => "what may go wrong",
        Family::MoneyAndPartners => "what it costs, and who shares in it",
        Family::Reviews => "who agreed to what",
        Family::Checker => "the map's own settings for checks",
    }
}

/// By family: a line a rule, with its severity in each profile and what it finds.
fn text() -> Page {
    let mut page = Page::default();
    match columns::limit() {
        Some(width) if width < IN_COLUMNS => page.rendered(&in_blocks(), Style::Plain),
        Some(width) => page.rendered(&in_columns(width), Style::Plain),
        None => page.rendered(&in_lines(), Style::Plain),
    }
    page.line(
        "A dash means that the profile leaves the rule out. `benefit-map explain RULE` prints the page of a rule.",
    );
    page
}

fn severity(rule: &Rule, profile: Profile) -> &'static str {
    rule.severities.of(profile).map_or("-", |severity| severity.as_str())
}

/// What every form says of a rule: code, name, the severities by profile, what it finds.
fn cells(rule: &Rule) -> [&'static str; 7] {
    let severity = |profile| severity(rule, profile);
    [
        rule.code,
        rule.slug,
        severity(Profile::Workshop),
        severity(Profile::Outline),
        severity(Profile::BusinessCase),
        severity(Profile::Audit),
        rule.summary,
    ]
}

fn heading(rules: &[&Rule]) -> String {
    format!("{}: {}", &rules[0].code[..3], about(rules[0].family))
}

/// In little width: the code and the name, and under them what they say.
fn in_blocks() -> String {
    let mut out = String::new();
    for rules in RULES.chunk_by(|a, b| a.family == b.family) {
        let _ = writeln!(out, "{}\n", heading(rules));
        for rule in rules {
            let [code, slug, workshop, outline, case, audit, finds] = cells(rule);
            let severities = format!("workshop {workshop}, outline {outline}, business-case {case}, audit {audit}");
            let _ = writeln!(out, "{code} {slug}\n  {severities}\n  {finds}");
        }
        out.push('\n');
    }
    out
}

/// In columns, of which the last is folded.
fn in_columns(width: usize) -> String {
    let mut out = String::new();
    for rules in RULES.chunk_by(|a, b| a.family == b.family) {
        let rows: Vec<[Cell; 7]> = rules.iter().map(|rule| cells(rule).map(Cell::from)).collect();
        let head = ["code", "rule", "workshop", "outline", "business-case", "audit", "finds"];
        let table = columns::write(head, &rows, columns::Width::Most(width), |_, piece| piece);
        let _ = writeln!(out, "{}\n{table}", heading(rules));
    }
    out
}

/// A line a rule, whatever its length: for files and other programs.
fn in_lines() -> String {
    let width = RULES.iter().map(|rule| rule.slug.len()).max().unwrap_or_default();
    let mut out = String::new();
    for rules in RULES.chunk_by(|a, b| a.family == b.family) {
        let _ = writeln!(out, "{}", heading(rules));
        let _ = writeln!(
            out,
            "  {:<5}  {:<width$}  {:<8}  {:<7}  {:<13}  {:<7}  finds",
            "code", "rule", "workshop", "outline", "business-case", "audit"
        );
        for rule in rules {
            let [code, slug, workshop, outline, case, audit, finds] = cells(rule);
            let _ = writeln!(
                out,
                "  {code}  {slug:<width$}  {workshop:<8}  {outline:<7}  {case:<13}  {audit:<7}  {finds}"
            );
        }
        out.push('\n');
    }
    out
}
