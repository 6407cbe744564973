//! Other words that people write for those of the format, in folded form. Those for kinds of node are at home in `map`.

use crate::map::{Aggregation, Direction, Effect, Indicator, Method, Profile, RiskStatus, Strength};

pub(super) const EFFECTS: &[(&str, Effect)] = &[
    ("+", Effect::Supports),
    ("positive", Effect::Supports),
    ("support", Effect::Supports),
    ("-", Effect::Hinders),
    ("negative", Effect::Hinders),
    ("hinder", Effect::Hinders),
];
pub(super) const STRENGTHS: &[(&str, Strength)] = &[
    ("high", Strength::Strong),
    ("medium", Strength::Moderate),
    ("low", Strength::Weak),
    ("none", Strength::Assumed),
    ("assumption", Strength::Assumed),
];
pub(super) const INDICATORS: &[(&str, Indicator)] = &[
    ("lagging", Indicator::Outcome),
    ("lag", Indicator::Outcome),
    ("outcome_indicator", Indicator::Outcome),
    ("lead", Indicator::Leading),
    ("leading_indicator", Indicator::Leading),
];
pub(super) const DIRECTIONS: &[(&str, Direction)] = &[
    ("up", Direction::Increase),
    ("higher", Direction::Increase),
    ("increasing", Direction::Increase),
    ("down", Direction::Decrease),
    ("lower", Direction::Decrease),
    ("decreasing", Direction::Decrease),
    ("reduce", Direction::Decrease),
    ("stable", Direction::Maintain),
    ("hold", Direction::Maintain),
    ("keep", Direction::Maintain),
];
pub(super) const PROFILES: &[(&str, Profile)] = &[("straight", Profile::Linear), ("scurve", Profile::SCurve)];
pub(super) const METHODS: &[(&str, Method)] = &[
    ("realtime", Method::RealTime),
    ("admin", Method::Administrative),
    ("administrative_data", Method::Administrative),
    ("administrative_records", Method::Administrative),
    ("questionnaire", Method::Survey),
];
pub(super) const STATUSES: &[(&str, RiskStatus)] = &[
    ("live", RiskStatus::Open),
    ("active", RiskStatus::Open),
    ("resolved", RiskStatus::Closed),
    ("done", RiskStatus::Closed),
];
pub(super) const AGGREGATIONS: &[(&str, Aggregation)] = &[
    ("last", Aggregation::Latest),
    ("level", Aggregation::Latest),
    ("snapshot", Aggregation::Latest),
    ("sum", Aggregation::Cumulative),
    ("total", Aggregation::Cumulative),
    ("running_total", Aggregation::Cumulative),
    ("mean", Aggregation::Average),
    ("averaged", Aggregation::Average),
    ("rolling_average", Aggregation::Average),
];
