//! What a report tells of the rules that made its findings.

use super::Severity;

/// A rule, as reports for machines describe it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// The code, such as `BM101`.
    pub code: &'static str,
    /// The name in kebab-case.
    pub slug: &'static str,
    /// What the rule is about, in kebab-case.
    pub family: &'static str,
    /// What it finds, in one phrase.
    pub summary: &'static str,
    /// The clause or paper that it comes from.
    pub source: &'static str,
    /// The rule's page, in Markdown.
    pub page: &'static str,
    /// How much its findings matter in the profile of the run; `None` where the profile turns it off.
    pub severity: Option<Severity>,
}

impl RuleInfo {
    /// The page without its heading and its two example maps, in Markdown.
    pub fn about(&self) -> &'static str {
        let body = self.page.split_once('\n').map_or("", |(_, rest)| rest);
        body.split_once("\n## Bad").map_or(body, |(about, _)| about).trim()
    }
}

/// The first letter as a capital; names in backticks stay as they are.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// A phrase as a sentence: with a capital, and a full stop unless it ends in a mark already.
pub(super) fn sentence(phrase: &str) -> String {
    let mut sentence = capital(phrase.trim());
    if !sentence.is_empty() && !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}
