//! By how much a KPI moves the right way in each year: as planned, and as measured.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::setup::Setup;
use crate::map::{Aggregation, Day, Direction, Kpi, Number};
use crate::track::Planned;

/// Why there is no planned change of a KPI.
pub(super) struct NoQuantity {
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

/// The planned change of a KPI by year.
pub(super) struct Change {
    /// The first year of the plan, counted from year 0.
    pub(super) first: i64,
    /// By year, from the first on.
    by_year: BTreeMap<i64, Decimal>,
    /// In every year after those.
    after: Decimal,
}

impl Change {
    /// The change in a year, counted from year 0: 0 before the plan begins.
    pub(super) fn in_year(&self, year: i64) -> Decimal {
        match self.by_year.get(&year) {
            Some(change) => *change,
            None if year < self.first => Decimal::ZERO,
            None => self.after,
        }
    }
}

/// What a change counts for by the direction of the KPI.
fn sign(direction: Option<Direction>) -> Option<Decimal> {
    match direction? {
        Direction::Increase => Some(Decimal::ONE),
        Direction::Decrease => Some(Decimal::NEGATIVE_ONE),
        Direction::Maintain => None,
    }
}

/// Which path of a KPI its change is taken from.
pub(super) enum Path<'a> {
    /// As planned, in all years.
    Planned,
    /// As planned up to a day, and no change after it.
    PlannedUntil(Day),
    /// Values that hold from their day to the next, the earliest first: up to a day, and no change after it; or without end.
    Values(&'a [(Day, Number)], Option<Day>),
}

/// The planned change of a KPI: see [`change`].
pub(super) fn planned(kpi: &Kpi, setup: &Setup) -> Result<Change, NoQuantity> {
    change(kpi, setup, &Path::Planned)
}

/// The change from the baseline in each year: the mean of that at the ends of its twelve months. Of a KPI whose values add up it is
/// what is added in the year.
pub(super) fn change(kpi: &Kpi, setup: &Setup, path: &Path<'_>) -> Result<Change, NoQuantity> {
    let fault = |message, help| NoQuantity { message, help };
    let Some(baseline) = kpi.baseline else {
        return Err(fault(
            "a value for each unit needs the baseline of the KPI, from which its change is counted",
            "give the KPI a `baseline`, or give `amounts` by year",
        ));
    };
    let plan = Planned::of(kpi);
    let days = plan.days().filter(|_| plan.band().is_none());
    let Some((begins, ends)) = days else {
        return Err(fault(
            "a value for each unit needs a planned path of the KPI, from which its change is taken",
            "give the KPI a dated target, or give `amounts` by year",
        ));
    };
    let Some(sign) = sign(plan.direction()) else {
        return Err(fault(
            "a value for each unit needs a KPI that is to increase or to decrease",
            "give the KPI a `direction`, or give `amounts` by year",
        ));
    };
    let from = baseline.value.decimal();
    let adds_up = kpi.aggregation == Some(Aggregation::Cumulative);
    let planned_at = |day: Day| match day < begins {
        true => from,
        false => plan.unrounded(day.min(ends)).unwrap_or(from),
    };
    // What adds up stays where it is after the last day; of anything else no change is known any more.
    let held = |day: Day, until: Day| match day > until {
        true if adds_up => Some(until),
        true => None,
        false => Some(day),
    };
    let at = |day: Day| match path {
        Path::Planned => planned_at(day),
        Path::PlannedUntil(until) => held(day, *until).map_or(from, planned_at),
        Path::Values(values, until) => {
            let day = until.map_or(Some(day), |until| held(day, until));
            let before = day.map_or(0, |day| values.partition_point(|(date, _)| *date <= day));
            let last = before.checked_sub(1).and_then(|last| values.get(last));
            last.map_or(from, |(_, value)| value.decimal())
        }
    };
    let calendar = &setup.calendar;
    let (first, last) = match path {
        Path::Planned => (calendar.of(begins), calendar.of(ends).min(setup.last as i64)),
        _ => (calendar.of(begins), setup.last as i64),
    };
    let mut by_year = BTreeMap::new();
    for year in first..=last {
        let months = calendar.month_ends(year);
        let change = match (adds_up, months.last()) {
            (true, Some(end)) => {
                let before = calendar.month_ends(year - 1).last().map_or(from, |day| at(*day));
                at(*end) - before
            }
            _ => {
                // At most twelve values of fifteen digits: their sum is no more than a decimal holds.
                let sum: Decimal = months.iter().map(|day| at(*day)).sum();
                match months.len() as u64 {
                    0 => Decimal::ZERO,
                    months => sum / Decimal::from(months) - from,
                }
            }
        };
        by_year.insert(year, change * sign);
    }
    let after = match (adds_up, path) {
        (false, Path::Planned) => (at(ends) - from) * sign,
        _ => Decimal::ZERO,
    };
    Ok(Change { first, by_year, after })
}
