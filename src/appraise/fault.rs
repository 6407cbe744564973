//! What a map says of money that cannot be worked with.

use std::fmt;

use super::rates::BadRates;
use crate::finding::Subject;

/// What sort of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// Amounts in the prices of their own year that nothing brings to those of the price year.
    RealAndNominal,
    /// Anything else.
    Unusable,
}

/// Something that an appraisal cannot be made with, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// What sort of fault it is.
    pub kind: FaultKind,
    /// What it is about.
    pub subject: Subject,
    /// The field of that record.
    pub field: &'static str,
    /// What is wrong: one phrase in lower case.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, field `{}`: {}; {}",
            self.subject, self.field, self.message, self.help
        )
    }
}

/// Why there is no appraisal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The map does not say what it is appraised by.
    #[error(
        "the map has no appraisal: add `\"appraisal\": {{\"base_year\": \"2026-27\", \"end\": \"2035-36\"}}` with your own years"
    )]
    NoAppraisal,
    /// The map says something that cannot be worked with.
    #[error("{}", Told(.0))]
    Faulty(Vec<Fault>),
    /// There is no such option.
    #[error("there is no option `{id}`: the options are {}", .known.join(", "))]
    UnknownOption {
        /// The id.
        id: String,
        /// The ids that there are.
        known: Vec<String>,
    },
    /// The rates cannot be used.
    #[error(transparent)]
    Rates(#[from] BadRates),
    /// A result is too large to be held.
    #[error("the amounts are too large to be summed: write them in thousands or millions, and say so in the currency")]
    TooLarge,
}

impl Error {
    /// That no option has that id, of those that there are.
    pub(super) fn unknown_option<'i>(id: &str, known: impl Iterator<Item = &'i String>) -> Self {
        Self::UnknownOption {
            id: id.to_owned(),
            known: known.cloned().collect(),
        }
    }
}

struct Told<'f>(&'f [Fault]);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

/// Faults as they are found.
#[derive(Default)]
pub(super) struct Faults(pub(super) Vec<Fault>);

impl Faults {
    pub(super) fn tell(&mut self, subject: Subject, field: &'static str, message: impl Into<String>, help: &str) {
        self.0.push(Fault {
            kind: FaultKind::Unusable,
            subject,
            field,
            message: message.into(),
            help: help.to_owned(),
        });
    }

    pub(super) fn mixed(&mut self, subject: Subject, field: &'static str, message: impl Into<String>, help: &str) {
        self.tell(subject, field, message, help);
        if let Some(last) = self.0.last_mut() {
            last.kind = FaultKind::RealAndNominal;
        }
    }
}
