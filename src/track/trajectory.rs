//! Expected and actual values side by side, period by period.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Every, Measurements, Planned, Status};
use crate::map::{BenefitMap, Day, Kpi, KpiId, Number};

/// One KPI on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'m> {
    /// Whose row it is.
    pub kpi: &'m KpiId,
    /// A period's last day, or a day that matters to the KPI.
    pub date: Day,
    /// The expected value on that day; `None` where none is promised.
    pub expected: Option<Number>,
    /// The last value measured in the day's period up to the day; `None` where there is none.
    pub actual: Option<Number>,
    /// Actual less expected, in the KPI's unit; `None` where either is missing.
    pub variance: Option<Number>,
    /// The variance in per cent of the size of the expected value, rounded half to even to two places; `None` where
    /// the variance is, and where zero is expected.
    pub variance_percent: Option<Number>,
    /// How the KPI stands on that day.
    pub status: Status,
}

/// The rows of every KPI of the map, by KPI id, then by day: see [`trajectory_of`].
pub fn trajectory<'m>(
    map: &'m BenefitMap,
    measurements: &Measurements,
    as_of: Option<Day>,
    every: Every,
) -> Vec<Row<'m>> {
    let mut kpis: Vec<&Kpi> = map.kpis.iter().collect();
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    kpis.into_iter()
        .flat_map(|kpi| trajectory_of(kpi, measurements, as_of, every))
        .collect()
}

/// The rows of one KPI, by day, each day once: the last day of every period, the baseline's day, each target's day
/// and `as_of`, from the baseline's day (without one, from the first promised or measured day) to the last promised
/// day or `as_of`, whichever is later. Empty where the KPI has neither a dated plan nor a measurement.
///
/// A period's actual is the last value measured in it, up to the row's day; the baseline is the actual of its own
/// day where nothing was measured on it, and nothing before it counts. Rows later than `as_of` have no actual and are
/// not due. Without `as_of`, the end of the period of the latest measurement of all is taken.
pub fn trajectory_of<'m>(kpi: &'m Kpi, measurements: &Measurements, as_of: Option<Day>, every: Every) -> Vec<Row<'m>> {
    let observed = measurements.of(&kpi.id);
    let plan = Planned::with_first_value(kpi, observed.first().map(|o| o.value));
    let baseline = kpi.baseline.and_then(|b| b.date.map(|date| (date, b.value)));
    let first_seen = observed.first().map(|o| o.date);
    let promised = plan.days();
    let Some(first) = baseline
        .map(|b| b.0)
        .or_else(|| promised.map(|p| p.0).into_iter().chain(first_seen).min())
    else {
        return Vec::new();
    };
    let today = as_of
        .or_else(|| measurements.latest().map(|date| every.last_day(date)))
        .or(baseline.map(|b| b.0))
        .unwrap_or(first);
    // With nothing measured and no day to look from, only the baseline is known.
    let known = |date: Day| date <= today && (as_of.is_some() || !measurements.is_empty() || baseline.is_some());
    let last = promised.map_or(today, |(_, end)| end.max(today));

    let mut dates: BTreeSet<Day> = every.ends(first, last).collect();
    dates.extend(baseline.map(|b| b.0));
    dates.extend(kpi.targets.iter().filter_map(|target| target.date));
    dates.extend(as_of);
    dates.retain(|date| (first..=last.max(first)).contains(date));

    dates
        .into_iter()
        .map(|date| {
            let expected = plan.expected(date);
            let from = every.first_day(date).max(first);
            let actual = known(date)
                .then(|| {
                    measurements
                        .last_between(&kpi.id, from, date)
                        .filter(|o| baseline.is_none_or(|b| b.0 != date || o.date == date))
                        .map(|o| o.value)
                        .or_else(|| baseline.filter(|b| b.0 == date).map(|b| b.1))
                })
                .flatten();
            let status = match (actual, expected) {
                (Some(actual), _) => plan.status(date, actual),
                (None, Some(_)) if known(date) => Status::NoData,
                (None, _) => Status::NotDue,
            };
            let variance = difference(actual, expected);
            Row {
                kpi: &kpi.id,
                date,
                expected,
                actual,
                variance,
                variance_percent: percent(variance, expected),
                status,
            }
        })
        .collect()
}

/// Actual less expected.
pub(super) fn difference(actual: Option<Number>, expected: Option<Number>) -> Option<Number> {
    Number::rounded(actual?.decimal() - expected?.decimal())
}

/// The variance in per cent of the size of the expected value, to two places; `None` of zero.
pub(super) fn percent(variance: Option<Number>, expected: Option<Number>) -> Option<Number> {
    let share = variance?.decimal().checked_div(expected?.decimal().abs())?;
    Number::rounded(share.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(2))
}
