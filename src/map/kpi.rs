//! How a node is measured: KPIs with their baselines, targets, trajectories and measurement plans (PAS 184, 5.3).

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BenefitValue, Day, FreeFields, KpiId, Locale, NodeId, Number, OwnerId, words};

words! {
    /// Whether a KPI measures the outcome itself or something that moves before it.
    Indicator {
        /// Measures the outcome itself.
        Outcome = "outcome",
        /// Moves earlier, and so warns early.
        Leading = "leading",
    }
}

words! {
    /// Which way a KPI is meant to move.
    Direction {
        /// More is better.
        Increase = "increase",
        /// Less is better.
        Decrease = "decrease",
        /// It should stay the same.
        Maintain = "maintain",
    }
}

words! {
    /// How the measured values of a KPI make the value that is compared with its plan.
    Aggregation {
        /// The last measured value counts by itself.
        Latest = "latest",
        /// They add up from the baseline on, as savings do.
        Cumulative = "cumulative",
        /// The mean of those of the last twelve months counts.
        Average = "average",
    }
}

words! {
    /// The shape of the planned path between two stated values.
    Profile {
        /// Even progress.
        Linear = "linear",
        /// Slow, then fast, then slow.
        SCurve = "s-curve",
        /// Nothing until the day, then all at once.
        Step = "step",
    }
}

words! {
    /// How a KPI is measured.
    Method {
        /// Read from systems as it happens.
        RealTime = "real-time",
        /// Taken from administrative records.
        Administrative = "administrative",
        /// Asked of people.
        Survey = "survey",
        /// The same people or places followed over years.
        Longitudinal = "longitudinal",
        /// Some other way, said in the source.
        Other = "other",
    }
}

/// A measure of one node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Kpi {
    /// Unique across the map.
    pub id: KpiId,
    /// The node that it measures.
    pub node: NodeId,
    /// What is measured.
    #[serde(default)]
    pub title: String,
    /// How the measure is defined: what is counted, and what is not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub definition: String,
    /// Outcome or leading indicator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Indicator>,
    /// The unit of every value of this KPI.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Which way is better.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// How measured values make its value; `None` means the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregation: Option<Aggregation>,
    /// The range to keep the value within; only for a KPI to be maintained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    /// Its value before the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// What is promised, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// The planned path from the baseline through the targets; `None` means linear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trajectory: Option<Trajectory>,
    /// How far off the path is tolerable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Tolerance>,
    /// How, how often and by whom it is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measurement: Option<MeasurementPlan>,
    /// What the benefit that it measures is worth in money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Box<BenefitValue>>,
    /// Fields of the organisation's own, each named `x-` and a word.
    #[serde(flatten)]
    pub free: FreeFields,
}

impl Kpi {
    /// A KPI with an id, a node and a title, and nothing else set.
    pub fn new(id: KpiId, node: NodeId, title: impl Into<String>) -> Self {
        Self {
            id,
            node,
            title: title.into(),
            definition: String::new(),
            indicator: None,
            unit: String::new(),
            direction: None,
            aggregation: None,
            band: None,
            baseline: None,
            targets: Vec::new(),
            trajectory: None,
            tolerance: None,
            measurement: None,
            value: None,
            free: FreeFields::default(),
        }
    }

    /// The last target in time, and among several on one day the last listed.
    /// Targets without a date count only where no target has one.
    pub fn final_target(&self) -> Option<&Target> {
        self.targets.iter().max_by_key(|target| target.date)
    }

    /// The unit as it stands beside a number in a line of text: what comes before its first bracket.
    pub fn unit_in_a_line(&self) -> &str {
        let unit = self.unit.trim();
        match unit.find('(') {
            Some(at) if at > 0 => unit[..at].trim_end(),
            _ => unit,
        }
    }

    /// A value with the unit beside it, as it stands in a line of text; thousands are grouped: `5,200 km`, `92% of homes`.
    pub fn amount(&self, value: Number) -> String {
        Locale::plain().amount(self, value)
    }

    /// The band that it is to be kept within: the stated one, where it has a bound and the KPI is not to increase or
    /// to decrease.
    pub fn kept_within(&self) -> Option<Band> {
        let counts = matches!(self.direction, None | Some(Direction::Maintain));
        self.band
            .filter(|band| counts && (band.lower.is_some() || band.upper.is_some()))
    }
}

/// A difference between two values of a unit, as people in Britain write it: `5,200 km`, and of percentages `9 percentage points`,
/// which `9%` would not say.
pub fn difference_with_unit(number: &str, unit: &str) -> String {
    match unit.trim().strip_prefix('%') {
        Some(of) => with_unit(number, &format!("percentage points{of}")),
        None => with_unit(number, unit),
    }
}

/// Whether values of a unit of different times can be added up: tonnes of two years can, shares and rates cannot.
pub fn adds_up(unit: &str) -> bool {
    let unit = unit.to_lowercase();
    let mut words = unit.split_whitespace();
    !unit.trim().starts_with('%') && !words.any(|word| word == "per" || word.starts_with("percent"))
}

/// A number as it was written, with a unit behind it as people in Britain write the two: `5,200 km`, `92%`, `92% of homes`; the
/// number alone where there is no unit.
pub fn with_unit(number: &str, unit: &str) -> String {
    match unit.trim() {
        "" => number.to_owned(),
        unit if unit.starts_with('%') => format!("{number}{unit}"),
        unit => format!("{number} {unit}"),
    }
}

/// The values that a KPI is to be kept between. A side without a bound is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// It is to be no lower, in the KPI's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<Number>,
    /// It is to be no higher, in the KPI's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<Number>,
}

impl Band {
    /// The values between two bounds, in the KPI's unit; `None` leaves a side open.
    pub fn new(lower: Option<Number>, upper: Option<Number>) -> Self {
        Self { lower, upper }
    }
}

impl Band {
    /// `18 to 24`, `at least 18` or `at most 24`; `any value` where it has no bound.
    pub fn shown(self, locale: Locale) -> String {
        let number = |bound| locale.number(bound);
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) => format!("{} to {}", number(lower), number(upper)),
            (Some(lower), None) => format!("at least {}", number(lower)),
            (None, Some(upper)) => format!("at most {}", number(upper)),
            (None, None) => "any value".to_owned(),
        }
    }
}

impl fmt::Display for Band {
    /// As [`Band::shown`] in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown(Locale::plain()))
    }
}

/// The value of a KPI before the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The day it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// In the KPI's unit.
    pub value: Number,
}

impl Baseline {
    /// A value, and the day on which it was measured, in the KPI's unit.
    pub fn new(date: Option<Day>, value: Number) -> Self {
        Self { date, value }
    }
}

/// A promised value and its day. A target without a day is kept, and found by the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The day by which the value is to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// In the KPI's unit.
    pub value: Number,
}

impl Target {
    /// A value in the KPI's unit, and the day by which it is to be reached.
    pub fn new(date: Option<Day>, value: Number) -> Self {
        Self { date, value }
    }
}

/// A planned path, written `{"profile": "s-curve"}` or `{"points": [{"date": …, "value": …}]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Trajectory {
    /// A shape between the baseline and each target in turn.
    Profile(Profile),
    /// Stated values, joined by straight lines.
    Points(Vec<Point>),
}

/// One stated value of a planned path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The day.
    pub date: Day,
    /// In the KPI's unit.
    pub value: Number,
}

impl Point {
    /// A value in the KPI's unit that is planned for a day.
    pub fn new(date: Day, value: Number) -> Self {
        Self { date, value }
    }
}

/// How far a KPI may fall behind its path, as shares of the expected value (0.05 is 5%).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// Beyond this it is at risk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amber: Option<Number>,
    /// Beyond this it is off track.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub red: Option<Number>,
}

impl Tolerance {
    /// The shares of the expected value (0.05 is 5%) beyond which a KPI is at risk and off track.
    pub fn new(amber: Option<Number>, red: Option<Number>) -> Self {
        Self { amber, red }
    }
}

/// How, how often and by whom a KPI is measured (PAS 184, 5.3).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct MeasurementPlan {
    /// The way of measuring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The system, survey or record that the values come from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// How often, as people write it: `monthly`, `each quarter`, `twice a year`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub frequency: String,
    /// Who delivers the values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<OwnerId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_percentages_is_in_points_and_no_sum_is_made_of_rates() {
        assert_eq!(difference_with_unit("9", "% of homes"), "9 percentage points of homes");
        assert_eq!(difference_with_unit("9", "%"), "9 percentage points");
        assert_eq!(difference_with_unit("5,200", "km"), "5,200 km");
        for unit in ["t", "tonnes a year", "persons", ""] {
            assert!(adds_up(unit), "{unit}");
        }
        for unit in ["%", "% of homes", "per 100,000", "Missed per week", "percent"] {
            assert!(!adds_up(unit), "{unit}");
        }
    }
}
