//! The rules of a portfolio, and what they find.

use std::fmt;

use crate::finding::Severity;

/// A rule of a portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What it is called, in kebab-case.
    pub slug: &'static str,
    /// How much what it finds matters.
    pub severity: Severity,
    /// What it finds, in one phrase.
    pub about: &'static str,
    /// Its page in Markdown: why it matters, how it judges, a portfolio that it finds something in and one that it does not.
    pub page: &'static str,
}

/// The rule of that name; `None` where there is none.
pub fn rule(slug: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.slug == slug)
}

/// One thing that is wrong with a portfolio. Displayed, it is one line: `error[map-twice]: …`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What it is about: `map a`, `outcome air`, `measure co2`, `claim a k -> co2`, `portfolio`.
    pub subject: String,
    /// The part of the file that it is about, as a pointer (RFC 6901): `/claims/3/measure`.
    pub pointer: String,
    /// What is wrong: one phrase in lower case without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}]: {}: {}",
            self.rule.severity, self.rule.slug, self.subject, self.message
        )
    }
}

macro_rules! rules {
    ($($name:ident = $slug:literal, $severity:ident, $about:literal;)*) => {
        $(pub(super) const $name: &Rule = &Rule {
            slug: $slug,
            severity: Severity::$severity,
            about: $about,
            page: include_str!(concat!("../../docs/portfolio-rules/", $slug, ".md")),
        };)*
        /// Every rule of a portfolio, in the order in which their findings are given.
        pub const RULES: &[&Rule] = &[$($name),*];
    };
}

rules! {
    BAD_ID = "bad-id", Error, "an id that is not written as one";
    DUPLICATE_ID = "duplicate-id", Error, "two maps, outcomes or measures with one id";
    SAME_MAP = "map-twice", Error, "one file that is two members of the portfolio";
    NOT_READ = "map-not-read", Error, "a map that could not be read";
    SERIES_NOT_READ = "series-not-read", Error, "measurements of the place that could not be read";
    UNKNOWN = "unknown-reference", Error, "a claim or a link that names something which is not there";
    LOOP = "dependency-loop", Error, "a project that waits for something that waits for it";
    CURRENCY = "currencies-differ", Error, "maps whose amounts are in different currencies";
    CLAIMED_TWICE = "claimed-twice", Error, "one KPI that counts twice towards one measure";
    SHARE = "share-unclear", Error, "a share that is missing or is not between 0 and 1";
    OVERLAP = "overlap-unclear", Error, "an overlap with a claim that is not there, with itself, or larger than the claim";
    UNITS = "units-differ", Error, "a KPI in another unit than the measure that it counts towards";
    DEFINITIONS = "definitions-differ", Warning, "a KPI that is defined otherwise than the measure that it counts towards";
    SAME_BENEFIT = "benefit-in-two-maps", Warning, "KPIs of two maps that look like one benefit, and both count";
    ONE_CHAIN = "claims-on-one-chain", Warning, "two KPIs of one map on one chain that both count towards one measure";
    PER_CENT = "percentage-without-whole", Warning, "a percentage that does not say of how many";
    NO_PATH = "claim-without-path", Warning, "a KPI without a baseline or a dated target that counts towards a measure";
    MORE_THAN_CHANGED = "more-explained-than-changed", Warning, "claims that explain more than the place has changed";
    SHORT = "targets-do-not-add-up", Warning, "claims that come to less than the place is to reach";
    NOT_SERVED = "outcome-not-served", Warning, "an outcome of the place that no map leads to";
    SERVES_NONE = "map-serves-none", Warning, "a map that leads to no outcome of the place";
    TWO_OWNERS = "two-owners", Warning, "one outcome for which two people answer";
    LATE = "dependency-late", Warning, "a project that waits for something that comes too late";
    ASSUMED = "shared-assumption-untested", Warning, "an assumption that several maps rest on and nobody tests";
    PRICE_YEARS = "price-years-differ", Warning, "maps whose amounts are in the prices of different years";
    COST_TWICE = "cost-in-two-maps", Warning, "a cost that looks the same in several maps, and is not declared as one";
    COSTS_DIFFER = "shared-costs-differ", Warning, "a shared cost that two maps show with different amounts";
    OUT_OF_DATE = "map-out-of-date", Warning, "a map without a measured value of the last year, where others have one";
    UNDECLARED = "overlap-undeclared", Warning, "claims that may overlap: nobody has said by how much";
    CLAIMED_BY_MANY = "counts-in-two-measures", Note, "one KPI that counts towards several measures";
}
