//! `explain`: a rule, a part of the method or a term; without a word, the list of them.

use anyhow::{Result, anyhow};
use benefit_map::check::{self, RULES};
use benefit_map::finding::nearest;
use benefit_map::finding::snippet::Style;
use benefit_map::method::{self, SUBJECTS, TERMS};
use benefit_map::portfolio;

use crate::Verdict;
use crate::args::Explain;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::Page;

pub fn run(args: &Explain, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    if args.rules {
        return super::rules::run(args.format, files);
    }
    if args.words.is_empty() {
        files.print(&list().printed())?;
        return Ok(Verdict::Clean);
    }
    let text = markdown(&args.words.join(" "))?;
    let mut page = Page::default();
    match terminal.out {
        Style::Coloured => page.rendered(&with_bold_headings(&text), Style::Coloured),
        style => page.rendered(&text, style),
    }
    files.print(&page.printed())?;
    Ok(Verdict::Clean)
}

/// The page of a rule, a subject or a term in Markdown.
fn markdown(word: &str) -> Result<String> {
    if let Ok(rule) = check::explain(word.trim()) {
        return Ok(rule.page.to_owned());
    }
    // Some rules of portfolios are called as rules of maps are.
    let of_portfolios = word.trim();
    let of_portfolios = of_portfolios.strip_prefix("portfolio ").unwrap_or(of_portfolios);
    if let Some(rule) = portfolio::rule(of_portfolios.trim()) {
        return Ok(rule.page.to_owned());
    }
    method::explain(word).map(|answer| answer.page()).map_err(|unknown| {
        // Of a word of the method and of a rule that are both like it, the nearer one.
        let rules = RULES.iter().flat_map(|rule| [rule.code, rule.slug]);
        let rules = rules.chain(portfolio::RULES.iter().map(|rule| rule.slug));
        let meant = match nearest(word.trim(), unknown.nearest.into_iter().chain(rules)) {
            Some(name) => format!("; did you mean `{name}`?"),
            None => ":".to_owned(),
        };
        anyhow!(
            "`{}` is not a rule, a part of the method or a term{meant} `benefit-map explain` lists them all",
            word.trim()
        )
    })
}

/// What can be explained: a line for each part of the method, the terms, and where the rules are listed.
fn list() -> Page {
    let mut page = Page::default();
    page.line("The method:");
    page.gap();
    let width = SUBJECTS
        .iter()
        .map(|subject| subject.name.len())
        .max()
        .unwrap_or_default();
    for subject in SUBJECTS {
        let sentence = subject
            .sentence
            .split_once(". ")
            .map_or(subject.sentence, |(first, _)| first);
        page.line(format!(
            "  {:<width$}  {}",
            subject.name,
            sentence.trim_end_matches('.')
        ));
    }
    page.gap();
    page.line("Terms:");
    page.gap();
    let names: Vec<&str> = TERMS.iter().map(|term| term.name).collect();
    page.line(format!("  {}", names.join(", ")));
    page.gap();
    page.line("Rules:");
    page.gap();
    let width = RULES.iter().map(|rule| rule.slug.len()).max().unwrap_or_default();
    for rule in RULES {
        page.line(format!("  {}  {:<width$}  {}", rule.code, rule.slug, rule.summary));
    }
    page.gap();
    page.line("Rules of portfolios:");
    page.gap();
    let width = portfolio::RULES
        .iter()
        .map(|rule| rule.slug.len())
        .max()
        .unwrap_or_default();
    for rule in portfolio::RULES {
        page.line(format!("  {:<width$}  {}", rule.slug, rule.about));
    }
    page.gap();
    page.line("`benefit-map explain WORD` prints one of them. `benefit-map explain --rules` lists the rules with how much each matters.");
    page
}

/// The page for a terminal: headings stand out, and the marks that make them are gone.
fn with_bold_headings(page: &str) -> String {
    let line = |line: &str| match line.split_once(' ') {
        Some((marks, heading)) if !marks.is_empty() && marks.bytes().all(|b| b == b'#') => {
            format!("\x1b[1m{heading}\x1b[0m\n")
        }
        _ => format!("{line}\n"),
    };
    page.lines().map(line).collect()
}
