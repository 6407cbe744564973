//! Subjects and terms as Markdown.

use std::fmt::Write as _;

use super::{IN_GUIDE, SUBJECTS, Subject, TERMS, Term};

/// The page of one subject.
pub(super) fn subject(subject: &Subject) -> String {
    let mut out = String::new();
    section(&mut out, subject, "#");
    if !subject.written.is_empty() {
        let _ = write!(out, "\nIn the file of a map:\n\n```json\n{}\n```\n", subject.written);
    }
    out
}

/// The page of one term.
pub(super) fn term(term: &Term) -> String {
    let mut out = format!("# {}\n\n{}\n", capital(term.name), term.meaning);
    // Writing to a string cannot fail.
    if !term.also.is_empty() {
        let _ = write!(out, "\nAlso called: {}.\n", term.also.join(", "));
    }
    if !term.see.is_empty() {
        let _ = write!(out, "\nMore: `benefit-map explain {}`.\n", term.see);
    }
    out
}

/// The guide to the method, `docs/method.md`, in Markdown.
pub fn guide() -> String {
    let mut out = String::from(
        "# The method in two pages\n\nWhat the boxes mean, in which order to work, and what good looks like. \
         `benefit-map explain WORD` prints each part, as in\n`benefit-map explain enabler`. The words of the field are in the \
         [glossary](glossary.md), and each rule of the check has [a page](rules).\n",
    );
    for subject in &SUBJECTS[..IN_GUIDE] {
        out.push('\n');
        section(&mut out, subject, "##");
    }
    out
}

/// The glossary, `docs/glossary.md`, in Markdown.
pub fn glossary() -> String {
    let mut out = String::from(
        "# Glossary\n\nThe words of the field in plain English. `benefit-map explain WORD` prints each of them, by any of its \
         names.\n\n| word | what it means | also called |\n|---|---|---|\n",
    );
    for term in TERMS {
        let _ = writeln!(out, "| {} | {} | {} |", term.name, term.meaning, term.also.join(", "));
    }
    out
}

fn section(out: &mut String, subject: &Subject, marks: &str) {
    let _ = writeln!(out, "{marks} {}\n\n{}", subject.title, subject.sentence);
    if !subject.test.is_empty() {
        let _ = write!(out, "\nThe test: {}\n", subject.test);
    }
    if !subject.good.is_empty() {
        let _ = write!(out, "\nGood {}:\n\n", subject.examples);
        for good in subject.good {
            let _ = writeln!(out, "- {good}");
        }
        let _ = write!(out, "\nPoor {}, and what is wrong with them:\n\n", subject.examples);
        for (bad, why) in subject.bad {
            let _ = writeln!(out, "- {bad} ({why})");
        }
    }
    if !subject.steps.is_empty() {
        out.push('\n');
        for (at, (step, what)) in subject.steps.iter().enumerate() {
            let _ = writeln!(out, "{}. {step}: {}", at + 1, lower_first(what));
        }
    }
    for paragraph in subject.more {
        let _ = write!(out, "\n{paragraph}\n");
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// The text as it goes on behind a colon.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
