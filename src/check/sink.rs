//! Where rules put what they find.

use super::Rule;
use crate::finding::{Finding, Severity, Subject};

/// What a rule has found, before it is known how much it matters.
pub(super) struct Fault {
    finding: Finding,
}

impl Fault {
    /// A fault of a thing in the map: one phrase in lower case, names in backticks.
    pub(super) fn new(subject: Subject, message: impl Into<String>) -> Self {
        Self {
            finding: Finding {
                code: "",
                rule: "",
                severity: Severity::Note,
                message: message.into(),
                help: String::new(),
                subject,
                occurrence: 0,
                field: None,
                related: Vec::new(),
            },
        }
    }

    /// One sentence on what to do.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.finding.help = help.into();
        self
    }

    /// The field that is at fault.
    pub(super) fn field(mut self, field: &'static str) -> Self {
        self.finding.field = Some(field);
        self
    }

    /// Which of several records of the same id, from 0.
    pub(super) fn occurrence(mut self, occurrence: usize) -> Self {
        self.finding.occurrence = occurrence;
        self
    }

    /// A fact about the whole map, and the records that share it.
    pub(super) fn of_all(message: impl Into<String>, records: impl IntoIterator<Item = Subject>) -> Self {
        let mut fault = Self::new(Subject::Map, message);
        let related = records.into_iter().take(MOST_NAMED);
        fault.finding.related = related.map(|subject| (subject, "one of them".to_owned())).collect();
        fault
    }

    /// Another thing that explains it, with a phrase.
    pub(super) fn related(mut self, subject: Subject, phrase: impl Into<String>) -> Self {
        self.finding.related.push((subject, phrase.into()));
        self
    }
}

/// Records that are named one by one: as many as a room is shown.
const MOST_NAMED: usize = 200;

/// Takes the faults that one rule finds, and makes them findings.
pub(super) struct Sink<'f> {
    rule: &'static Rule,
    severity: Severity,
    findings: &'f mut Vec<Finding>,
}

impl<'f> Sink<'f> {
    pub(super) fn new(rule: &'static Rule, severity: Severity, findings: &'f mut Vec<Finding>) -> Self {
        Self {
            rule,
            severity,
            findings,
        }
    }

    /// Takes one fault.
    pub(super) fn push(&mut self, fault: Fault) {
        self.findings.push(Finding {
            code: self.rule.code,
            rule: self.rule.slug,
            severity: self.severity,
            ..fault.finding
        });
    }
}
