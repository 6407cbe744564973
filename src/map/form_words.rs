//! The words of fields that hold one of a few, and what people read for each.

use super::NodeKind;

/// The words for how often something is measured that people choose from; the field is open.
pub(super) const FREQUENCIES: &[(&str, &str)] = &[
    ("daily", "daily"),
    ("weekly", "weekly"),
    ("monthly", "monthly"),
    ("quarterly", "quarterly"),
    ("yearly", "yearly"),
];

/// When in a year amounts fall.
pub(super) const TIMINGS: &[(&str, &str)] = &[
    ("start", "at the start of the year"),
    ("middle", "in the middle of the year"),
    ("end", "at the end of the year"),
];

/// The prices that an amount is in.
pub(super) const BASES: &[(&str, &str)] = &[("real", "Real"), ("nominal", "Nominal")];

/// What an option is among the others.
pub(super) const OPTION_KINDS: &[(&str, &str)] = &[
    ("business-as-usual", "Business as usual"),
    ("do-minimum", "Do minimum"),
    ("preferred", "Preferred"),
    ("other", "Other"),
];

/// How a KPI is measured.
pub(super) const METHODS: &[(&str, &str)] = &[
    ("real-time", "read from systems as it happens"),
    ("administrative", "taken from administrative records"),
    ("survey", "asked of people"),
    ("longitudinal", "the same people followed over years"),
    ("other", "another way"),
];

/// What the values of a period give together.
pub(super) const AGGREGATIONS: &[(&str, &str)] = &[
    ("latest", "the latest value"),
    ("cumulative", "their sum"),
    ("average", "the average of twelve months"),
];

/// What sort of benefit it is.
pub(super) const CLASSES: &[(&str, &str)] = &[
    ("cash-releasing", "Cash-releasing"),
    ("non-cash-releasing", "Non-cash-releasing"),
    ("quantifiable", "Quantifiable, without a value in money"),
    ("qualitative", "Qualitative"),
];

/// Who gains.
pub(super) const GAINS: &[(&str, &str)] = &[
    ("public-direct", "The public organisations behind the map"),
    ("public-indirect", "Other public organisations"),
    ("society", "Society"),
];

/// How sure people are.
pub(super) const CONFIDENCES: &[(&str, &str)] = &[("low", "low"), ("medium", "medium"), ("high", "high")];

/// Whether a risk is still open.
pub(super) const RISK_STATUSES: &[(&str, &str)] = &[("open", "Open"), ("closed", "Closed")];

/// The stages as people read them.
pub(super) const STAGES: &[(&str, &str)] = &[
    ("investment", NodeKind::Investment.label()),
    ("enabler", NodeKind::Enabler.label()),
    ("business-change", NodeKind::BusinessChange.label()),
    ("intermediate-outcome", NodeKind::IntermediateOutcome.label()),
    ("end-outcome", NodeKind::EndOutcome.label()),
];
