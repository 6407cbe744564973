//! Rules over a map: map in, findings out.
//!
//! A rule says what is wrong and where; how much that matters is set outside it, by the [`Profile`]. No rule stops
//! another, and no rule reports what only follows from what another has found: a link to nothing makes no orphan. What
//! the map's list `allow` accepts is left out and counted. Absent on purpose: any text of a file, and the clock.
//!
//! A rule knows itself: what it needs, its words for engineers and for a room, what puts it right. To add one: its file in
//! `rules/`, its line there and in [`RULES`], and its page in `docs/rules/`.

mod allow;
mod broken;
mod context;
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
use crate::track::Measurements;

pub use registry::{Family, Fix, Needs, Plain, RULES, Rule, Severities, UnknownRule, also_said_by, described, explain};

words! {
    /// How far a map should have come, which decides how much a finding matters.
    Profile {
        /// The map is being born: only what makes it nonsense.
        Workshop = "workshop",
        /// What a reader of the business case will challenge.
        BusinessCase = "business-case",
        /// Everything.
        Audit = "audit",
    }
}

/// How a map is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// Runs every rule that the profile turns on and that needs to know the map alone. Takes time in proportion to nodes
/// and links.
pub fn check(graph: &BenefitGraph<'_>, options: &Options) -> Report {
    run(graph, options, None)
}

/// The same with what has been measured: runs also the rules that judge measurements, those that need to know the day
/// only where the options have one.
pub fn check_measured(graph: &BenefitGraph<'_>, measurements: &Measurements, options: &Options) -> Report {
    run(graph, options, Some(measurements))
}

fn run<'m>(graph: &'m BenefitGraph<'m>, options: &Options, measurements: Option<&'m Measurements>) -> Report {
    let context = context::Context::new(graph, options, measurements);
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
