//! Rules over a map: map in, findings out.
//!
//! A rule says what is wrong and where; how much that matters is set outside it, by the [`Profile`]. No rule stops
//! another, and no rule reports what only follows from what another has found: a link to nothing makes no orphan. What
//! the map's list `allow` accepts is left out and counted. Absent on purpose: any text of a file, and the clock.
//!
//! ```text
//!                        ┌▶ rule BM101 ─┐                        ┌▶ severity, by the profile
//!  map ─▶ graph ─▶ Context ┼▶ rule BM102 ─┼▶ Sink ─▶ the faults ─┼▶ allow: accepted, and counted
//!  measurements, day ──▶ └▶ …           ─┘   in one order        └▶ what only follows is left out ─▶ Report
//! ```
//!
//! What several rules ask of a map is worked out once, in the context, and only where a rule asks for it: reach and chains,
//! who is named, which KPIs are whole, what is broken. So a check takes time in proportion to nodes and links, whatever
//! the number of rules.
//!
//! ```
//! use benefit_map::check::{self, Options, Profile};
//! use benefit_map::graph::BenefitGraph;
//! use benefit_map::map::BenefitMap;
//!
//! let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Loops",
//!   "nodes": [{"id": "a", "kind": "enabler", "title": "A"}, {"id": "b", "kind": "enabler", "title": "B"}],
//!   "links": [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}, {"from": "b", "to": "c"}]}"#)?;
//! let report = check::check(&BenefitGraph::new(&map), &Options::new(Profile::Workshop));
//! let found: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
//! assert!(found.contains(&"unknown-reference") && found.contains(&"cycle"), "neither fault hides the other");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! A rule knows itself: what it needs, its words for engineers and for a room, what puts it right. To add one: its file in
//! `rules/`, its line there and in [`RULES`], and its page in `docs/rules/`.

mod allow;
mod broken;
mod context;
mod json;
mod money;
mod next;
mod owners;
mod placeholder;
mod registry;
mod rules;
mod sink;
mod title;
mod whole;
mod wording;

use crate::finding::Report;
use crate::graph::BenefitGraph;
use crate::map::{Day, words};
use crate::survey::{Answers, QuestionSet};
use crate::track::Measurements;

pub use json::{next_to_json, rules_to_json};
pub use next::{Next, Step, next};
pub use registry::{Family, Fix, Needs, Plain, RULES, Rule, Severities, UnknownRule, also_said_by, described, explain};

words! {
    /// How far a map should have come, which decides how much a finding matters.
    Profile {
        /// An early draft: only what makes the map meaningless.
        Workshop = "workshop",
        /// An outline business case: the chains hold, each link has a reason, outcomes have owners and measures.
        Outline = "outline",
        /// A full business case: what a careful reader will challenge.
        BusinessCase = "business-case",
        /// Everything.
        Audit = "audit",
    }
}

/// How a map is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// How far the map should have come.
    pub profile: Profile,
    /// The day to judge by; without one, rules that need to know the day are silent.
    pub as_of: Option<Day>,
}

impl Options {
    /// The options with a profile and no day.
    pub fn new(profile: Profile) -> Self {
        Self { profile, as_of: None }
    }

    /// The same, judging by a day.
    ///
    /// ```
    /// use benefit_map::check::{Options, Profile};
    ///
    /// let options = Options::new(Profile::Audit).judged_on("2026-11-26".parse().unwrap());
    /// assert!(options.as_of.is_some());
    /// ```
    #[must_use]
    pub fn judged_on(self, day: Day) -> Self {
        Self {
            as_of: Some(day),
            ..self
        }
    }
}

/// What is known beside the map.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Known<'k> {
    /// What has been measured; `None` where that is not known.
    pub measurements: Option<&'k Measurements>,
    /// What people answered, with the sets that they were asked and the links of the map among them; `None` where that is not
    /// known.
    pub answered: Option<(&'k [QuestionSet], &'k Answers)>,
}

/// Runs every rule that the profile turns on and that needs to know the map alone. Takes time in proportion to nodes
/// and links.
pub fn check(graph: &BenefitGraph<'_>, options: &Options) -> Report {
    check_with(graph, Known::default(), options)
}

/// The same with what has been measured: runs also the rules that judge measurements, those that need to know the day
/// only where the options have one.
/// ```
/// use benefit_map::check::{Options, Profile, check_measured};
/// use benefit_map::graph::BenefitGraph;
/// use benefit_map::map::BenefitMap;
/// use benefit_map::track::Measurements;
///
/// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Rounds",
///   "nodes": [{"id": "rounds", "kind": "business-change", "title": "Rounds planned by need"}],
///   "kpis": [{"id": "km", "node": "rounds", "title": "Distance driven", "baseline": {"date": "2026-01-01", "value": 100},
///             "targets": [{"date": "2027-12-31", "value": 50}], "measurement": {"frequency": "monthly"}}]}"#)?;
/// let options = Options::new(Profile::Audit).judged_on("2026-12-31".parse().unwrap());
/// let report = check_measured(&BenefitGraph::new(&map), &Measurements::default(), &options);
/// assert!(report.findings.iter().any(|finding| finding.rule == "measurement-overdue"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check_measured(graph: &BenefitGraph<'_>, measurements: &Measurements, options: &Options) -> Report {
    let known = Known {
        measurements: Some(measurements),
        ..Known::default()
    };
    check_with(graph, known, options)
}

/// The same with all that is known beside the map: rules that judge answers run only where there are some.
///
/// ```
/// use benefit_map::check::{Known, Options, Profile, check_with};
/// use benefit_map::graph::BenefitGraph;
/// use benefit_map::map::BenefitMap;
/// use benefit_map::survey::{Intake, Row, built_in};
///
/// let sets = built_in();
/// let mut intake = Intake::new(&sets);
/// let mut row = Row::default();
/// (row.question, row.respondent, row.answer, row.on) = ("clarity.scope", "Ada", "1", "2026-03-01");
/// intake.row(&row);
/// let answers = intake.finish();
/// let mut known = Known::default();
/// known.answered = Some((&sets, &answers));
/// let map = BenefitMap::new("Rounds");
/// let report = check_with(&BenefitGraph::new(&map), known, &Options::new(Profile::Audit));
/// assert!(report.findings.iter().any(|finding| finding.rule == "risk-trigger-not-taken-up"));
/// ```
pub fn check_with<'m>(graph: &'m BenefitGraph<'m>, known: Known<'m>, options: &Options) -> Report {
    let context = context::Context::new(graph, options, known);
    let mut findings = Vec::new();
    let mut ran = Vec::with_capacity(RULES.len());
    for (at, rule) in RULES.iter().enumerate() {
        if let Some(severity) = rule.severities.of(options.profile).filter(|_| context.can_judge(rule)) {
            ran.push(at);
            (rule.run)(&context, &mut sink::Sink::new(rule, severity, &mut findings));
        }
    }
    let allowed = allow::apply(graph.map(), &ran, options, &mut findings);
    Report::new(findings, allowed)
}
