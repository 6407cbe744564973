//! The one thing to do next: what was found, in the order in which a map is best worked on.

use crate::finding::{Finding, Report, Severity, Subject};

/// A step of the work on a map.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do, in the imperative.
    pub what: &'static str,
    /// Why now, in one sentence.
    pub why: &'static str,
    /// What explains how it is done, as in `benefit-map explain order`; empty where the finding says it all.
    pub explain: &'static str,
    /// The rules whose findings it settles, the most urgent first.
    codes: &'static [&'static str],
}

/// The next thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next<'r> {
    /// The step that it belongs to.
    pub step: &'static Step,
    /// The finding to settle.
    pub finding: &'r Finding,
    /// How many more findings belong to the same step.
    pub alike: usize,
    /// How many findings belong to later steps.
    pub later: usize,
}

/// No end outcome: the rule on lines of sight says so of the map.
static END_OUTCOMES: Step = Step {
    what: "Add the end outcomes",
    why: "everything else on the map is judged by what it leads to",
    explain: "end-outcome",
    codes: &["BM202"],
};

/// The steps in their order.
pub(super) static STEPS: &[Step] = &[
    Step {
        what: "Start the map",
        why: "an empty map has nothing to check",
        explain: "order",
        codes: &["BM112"],
    },
    Step {
        what: "Correct what the map says of itself",
        why: "while a reference leads nowhere or a link runs in a loop, nothing after it can be judged",
        explain: "",
        codes: &[
            "BM101", "BM102", "BM103", "BM105", "BM106", "BM104", "BM114", "BM108", "BM413", "BM902", "BM802",
        ],
    },
    Step {
        what: "Restore the line of sight",
        why: "money that leads to no outcome cannot be explained, and an outcome that nothing leads to will not come",
        explain: "line of sight",
        codes: &["BM202", "BM201", "BM203", "BM204", "BM205", "BM206", "BM211", "BM107"],
    },
    Step {
        what: "Say what each box is",
        why: "a box that can be read in two ways cannot be owned or measured",
        explain: "outcome",
        codes: &["BM113", "BM115", "BM110", "BM116", "BM111", "BM109"],
    },
    Step {
        what: "Find an owner for each outcome",
        why: "an outcome that nobody answers for is nobody's work",
        explain: "owner",
        codes: &["BM501", "BM502", "BM504"],
    },
    Step {
        what: "Measure each outcome",
        why: "without a measure nobody will know whether the outcome came about",
        explain: "measure",
        codes: &["BM401", "BM403", "BM417"],
    },
    Step {
        what: "Give each measure a baseline and a dated target",
        why: "a change can only be seen between two values with their days",
        explain: "measure",
        codes: &[
            "BM404", "BM406", "BM407", "BM405", "BM408", "BM418", "BM419", "BM409", "BM410", "BM415", "BM420",
        ],
    },
    Step {
        what: "Give each link its reason",
        why: "readers who doubt a link look for the sentence that says how it works",
        explain: "reason",
        codes: &["BM301", "BM304"],
    },
    Step {
        what: "Support the links with evidence",
        why: "a chain is as strong as its weakest link",
        explain: "evidence",
        codes: &["BM302", "BM303", "BM307", "BM305", "BM306"],
    },
    Step {
        what: "Say what it costs",
        why: "benefits are weighed against costs",
        explain: "investment",
        codes: &["BM701", "BM704"],
    },
    Step {
        what: "Make the appraisal sound",
        why: "a figure without a method or a source is rejected, however good it is",
        explain: "",
        codes: &[
            "BM705", "BM717", "BM706", "BM707", "BM710", "BM712", "BM713", "BM708", "BM709", "BM711", "BM715", "BM714",
            "BM716",
        ],
    },
    Step {
        what: "Plan how and when to measure",
        why: "a measure that nobody takes is a measure that nobody has",
        explain: "measure",
        codes: &["BM411", "BM416", "BM414", "BM412", "BM402"],
    },
    Step {
        what: "Plan the work of the owners",
        why: "outcomes come about through changes that somebody carries out",
        explain: "benefits realisation plan",
        codes: &["BM508", "BM505", "BM506", "BM503", "BM507"],
    },
    Step {
        what: "Ask what could go wrong",
        why: "a risk that is named early can still be answered",
        explain: "",
        codes: &[
            "BM603", "BM602", "BM605", "BM601", "BM604", "BM608", "BM607", "BM606", "BM209",
        ],
    },
    Step {
        what: "Settle the reviews",
        why: "an agreement holds only for what was agreed",
        explain: "",
        codes: &["BM805", "BM801", "BM803", "BM804", "BM806"],
    },
    Step {
        what: "Round off the map",
        why: "these points make the map easier to read and to defend",
        explain: "",
        codes: &["BM208", "BM207", "BM210", "BM702", "BM703", "BM901", "BM903"],
    },
];

/// The next thing to do about what was found; `None` where nothing was found. Errors and warnings come before notes, and
/// within these the steps in their order.
/// ```
/// use benefit_map::check::{self, Options, Profile};
/// use benefit_map::graph::BenefitGraph;
/// use benefit_map::map::BenefitMap;
///
/// let map = BenefitMap::new("Nothing yet");
/// let report = check::check(&BenefitGraph::new(&map), &Options::new(Profile::Workshop));
/// let next = check::next(&report).unwrap();
/// assert_eq!((next.step.what, next.finding.code), ("Start the map", "BM112"));
/// ```
pub fn next(report: &Report) -> Option<Next<'_>> {
    let place = |finding: &Finding| {
        let no_end = finding.code == "BM202" && finding.subject == Subject::Map;
        let at = STEPS.iter().enumerate().find_map(|(at, step)| {
            let within = step.codes.iter().position(|code| *code == finding.code)?;
            Some((at, within))
        });
        // Every rule has a step, which a test holds; a rule without one would come last.
        let (at, within) = at.unwrap_or((STEPS.len() - 1, usize::MAX));
        // Without an end outcome nothing has a line of sight, so that comes right after what is wrong in itself.
        match no_end {
            true => (2, 0, 0),
            false => (at, 1, within),
        }
    };
    let is_note = |finding: &Finding| finding.severity == Severity::Note;
    // `min_by_key` keeps the first of equals, in the order of the report.
    let first = report
        .findings
        .iter()
        .min_by_key(|finding| (is_note(finding), place(finding), finding.severity))?;
    let (at, kind, _) = place(first);
    let step = match kind {
        0 => &END_OUTCOMES,
        _ => &STEPS[at],
    };
    let same =
        |finding: &&Finding| is_note(finding) == is_note(first) && place(finding).0 == at && place(finding).1 == kind;
    let alike = report.findings.iter().filter(same).count() - 1;
    Some(Next {
        step,
        finding: first,
        alike,
        later: report.findings.len() - alike - 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::RULES;

    #[test]
    fn every_rule_has_one_step() {
        for rule in RULES {
            let steps = STEPS
                .iter()
                .flat_map(|step| step.codes)
                .filter(|code| **code == rule.code);
            assert_eq!(steps.count(), 1, "put {} into one step of STEPS", rule.code);
        }
        let codes = STEPS.iter().map(|step| step.codes.len()).sum::<usize>();
        assert_eq!(codes, RULES.len());
        for step in STEPS.iter().chain([&END_OUTCOMES]) {
            assert!(
                step.explain.is_empty() || crate::method::explain(step.explain).is_ok(),
                "{}",
                step.explain
            );
        }
    }
}
