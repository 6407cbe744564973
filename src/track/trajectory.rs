//! Expected and actual values side by side, period by period.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::aggregation::aggregated;
use super::{Every, Measurements, Missing, Observation, Planned, Status};
use crate::map::{BenefitMap, Day, Kpi, KpiId, Number};

/// One KPI on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'m> {
    /// Whose row it is.
    pub kpi: &'m KpiId,
    /// A period's last day, or a day that matters to the KPI.
    pub date: Day,
    /// The expected value on that day; `None` where none is promised, and of what is to be kept within a band.
    pub expected: Option<Number>,
    /// The last value measured in the day's period up to the day, or what it comes to with those before where these add up
    /// or are averaged; `None` where nothing was measured in the period.
    pub actual: Option<Number>,
    /// The day that `actual` stands for: that of the row or before it; `None` where nothing was measured in the period.
    pub measured: Option<Day>,
    /// What was expected on that day, and so what `actual` is held against.
    pub expected_then: Option<Number>,
    /// Actual less what was expected on its own day, in the KPI's unit, or how far it lies outside its band; `None` where
    /// either is missing.
    pub variance: Option<Number>,
    /// The variance in per cent of the size of that expected value, rounded half to even to two places; `None` where
    /// the variance is, and where zero is expected.
    pub variance_percent: Option<Number>,
    /// How the KPI stands on the row's day by `actual` and its age; without it, `no-data` where a measurement fell due in
    /// the row's period and did not come, else `not-due`.
    pub status: Status,
    /// Why `actual` does not say how it stands on the row's day, or what fell due and did not come.
    pub missing: Option<Missing>,
    /// What fell due in the row's period up to its day and had not come before it: what is missing where `actual` is.
    pub fell_due: Option<Missing>,
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
/// day where nothing was measured on it, and nothing before it counts. It is held against what was expected on the day
/// that it was measured, and its status is that of [`Planned::verdict`] on the row's day. Rows later than `as_of` have no
/// actual and are not due. Without `as_of`, the end of the period of the latest measurement of all is taken.
/// ```
/// use benefit_map::map::Kpi;
/// use benefit_map::track::{Every, Measurement, Status, trajectory_of};
///
/// let kpi: Kpi = serde_json::from_str(r#"{"id": "km", "node": "rounds", "baseline": {"date": "2026-01-01", "value": 100},
///   "targets": [{"date": "2026-12-31", "value": 27}]}"#)?;
/// let measured = Measurement::new(kpi.id.clone(), "2026-03-31".parse().unwrap(), 90.into());
/// let rows = trajectory_of(&kpi, &[measured].into_iter().collect(), Some("2026-06-30".parse().unwrap()), Every::Quarter);
/// let days: Vec<String> = rows.iter().map(|row| row.date.to_string()).collect();
/// assert_eq!(days, ["2026-01-01", "2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]);
/// // 89 of 364 days are gone, and with them 17.848 of 73.
/// assert_eq!(rows[1].actual.map(|value| value.to_string()).as_deref(), Some("90"));
/// assert_eq!(rows[4].status, Status::NotDue, "nothing is known of later days");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn trajectory_of<'m>(kpi: &'m Kpi, measurements: &Measurements, as_of: Option<Day>, every: Every) -> Vec<Row<'m>> {
    let observed = aggregated(kpi, measurements.of(&kpi.id));
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
            let own_baseline = baseline.filter(|b| b.0 == date);
            let known = known(date);
            let actual = last_between(&observed, from, date)
                .filter(|o| own_baseline.is_none() || o.date == date)
                .or(own_baseline.map(|(date, value)| Observation { date, value }))
                .filter(|_| known);
            let before = last_between(&observed, first, from.later(-1)).filter(|_| first < from);
            let fell_due = plan.fell_due(before, from, date).filter(|_| known);
            let (status, missing) = match (actual, fell_due) {
                (Some(_), _) => {
                    let verdict = plan.verdict(actual, date);
                    (verdict.status, verdict.missing)
                }
                (None, Some(_)) => (Status::NoData, fell_due),
                (None, None) => (Status::NotDue, None),
            };
            let (variance, variance_percent) = actual.map_or((None, None), |o| beside(&plan, o.date, o.value));
            Row {
                kpi: &kpi.id,
                date,
                expected,
                actual: actual.map(|o| o.value),
                measured: actual.map(|o| o.date),
                expected_then: actual.and_then(|o| plan.expected(o.date)),
                variance,
                variance_percent,
                status,
                missing,
                fell_due,
            }
        })
        .collect()
}

/// The last observation from `first` to `last`, both days included.
fn last_between(observed: &[Observation], first: Day, last: Day) -> Option<Observation> {
    let upto = observed.partition_point(|o| o.date <= last);
    observed[..upto].last().copied().filter(|o| o.date >= first)
}

/// Actual less expected, or less the bound of the band that it lies beyond (0 within), and the same in per cent of the
/// size of what it is held against, to two places; `None` of zero, but 0 within a band.
pub(super) fn beside(plan: &Planned, day: Day, actual: Number) -> (Option<Number>, Option<Number>) {
    let Some(wanted) = plan.wanted(day, actual) else {
        return (None, None);
    };
    let variance = Number::rounded(actual.decimal() - wanted.decimal());
    let percent = variance.and_then(|variance| {
        // Within a band there is nothing to be a share of: it is none at all, also of a bound of zero.
        if plan.band().is_some() && variance == Number::ZERO {
            return Some(Number::ZERO);
        }
        let share = variance.decimal().checked_div(wanted.decimal().abs())?;
        Number::rounded_to(share.checked_mul(Decimal::ONE_HUNDRED)?, 2)
    });
    (variance, percent)
}
