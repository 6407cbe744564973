//! The method in plain words: what each kind of box is, the order to work in, what a good reason, measure and owner look
//! like, and the terms of the field.
//!
//! In goes a word that somebody typed; out comes the subject or the term that it means, and its page in Markdown. The
//! guide `docs/method.md`, the glossary `docs/glossary.md`, the command `explain` and the templates of `new` all take their
//! words from here. Absent on purpose: rules, and any look at a map.
//!
//! Source of the method: PAS 184:2017 clause 5, PAS 181:2014, OASIS Transformational Government Framework; in words of our
//! own.

mod glossary;
mod kinds;
mod page;
mod practice;
mod search;
mod templates;

pub use glossary::TERMS;
pub use page::{glossary, guide};
pub use search::{Answer, UnknownSubject, explain, of_kind};
pub use templates::{STARTER, TEMPLATES};

use crate::map::{BenefitMap, NodeKind};

/// One thing that the method asks for, with what tells a good one from a poor one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The word to ask for it by, in kebab-case.
    pub name: &'static str,
    /// The kind of box that it speaks of; `None` where it speaks of something else.
    pub kind: Option<NodeKind>,
    /// The heading, in sentence case.
    pub title: &'static str,
    /// Other words that people ask for it by, in lower case.
    pub aliases: &'static [&'static str],
    /// What it is, in one or two sentences.
    pub sentence: &'static str,
    /// The question that tells whether something is one; empty where the subject is a way of working.
    pub test: &'static str,
    /// What the examples are, in the plural: `titles`, `reasons`.
    pub examples: &'static str,
    /// Good examples.
    pub good: &'static [&'static str],
    /// Poor examples, each with what is wrong with it.
    pub bad: &'static [(&'static str, &'static str)],
    /// Steps to take in this order; empty where there are none.
    pub steps: &'static [(&'static str, &'static str)],
    /// What else is worth knowing, a paragraph each.
    pub more: &'static [&'static str],
    /// How it is written in the file of a map: some of its members, which are a sound map with a title; empty where nothing is.
    pub written: &'static str,
}

impl Subject {
    /// A subject with a name, a heading and its sentence, and nothing else yet.
    const fn new(name: &'static str, title: &'static str, sentence: &'static str) -> Self {
        Self {
            name,
            kind: None,
            title,
            aliases: &[],
            sentence,
            test: "",
            examples: "",
            good: &[],
            bad: &[],
            steps: &[],
            more: &[],
            written: "",
        }
    }

    /// The page of the subject in Markdown, with a heading of the first level; ends with a line break.
    pub fn page(&self) -> String {
        page::subject(self)
    }
}

/// Every subject: those of the guide in its order, then those that only `explain` prints.
pub static SUBJECTS: &[&Subject] = &[
    &practice::MAP,
    &practice::ORDER,
    &kinds::INVESTMENT,
    &kinds::ENABLER,
    &kinds::BUSINESS_CHANGE,
    &kinds::INTERMEDIATE_OUTCOME,
    &kinds::END_OUTCOME,
    &practice::REASON,
    &practice::MEASURE,
    &practice::OWNER,
    &kinds::OUTPUT,
    &kinds::OUTCOME,
    &practice::EVIDENCE,
    &practice::PLAN,
    &practice::RISK,
    &practice::PROFILES,
];

/// How many of the [`SUBJECTS`] the guide has, which fits on two pages.
const IN_GUIDE: usize = 10;

/// A word of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The term, as it is written within a sentence.
    pub name: &'static str,
    /// Other names of the same thing, as they are written within a sentence.
    pub also: &'static [&'static str],
    /// What it means, in one or two sentences.
    pub meaning: &'static str,
    /// The name of the [`Subject`] that says more; empty where none does.
    pub see: &'static str,
}

impl Term {
    /// The page of the term in Markdown, with a heading of the first level; ends with a line break.
    pub fn page(&self) -> String {
        page::term(self)
    }
}

/// A map to begin with, all of it invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// The word to ask for it by, in kebab-case.
    pub name: &'static str,
    /// What it is about, in one phrase.
    pub about: &'static str,
    /// Other words that people ask for it by.
    pub also: &'static [&'static str],
    /// The file.
    pub json: &'static str,
}

impl Template {
    /// The map.
    ///
    /// # Errors
    /// None in a released version: a test reads every template.
    pub fn map(&self) -> Result<BenefitMap, serde_json::Error> {
        serde_json::from_str(self.json)
    }
}
