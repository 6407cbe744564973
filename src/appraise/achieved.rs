//! What benefits are worth as planned, as measured so far, and as forecast, side by side.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::appraisal::Assumed;
use super::exact::sum;
use super::fault::Error;
use super::fault::Faults;
use super::json::number;
use super::quantity::Path;
use super::setup::Setup;
use super::value_line;
use crate::graph::BenefitGraph;
use crate::map::{Day, Kpi, KpiId, Number};
use crate::track::{Measurements, series};

/// What a KPI is worth over all years of the appraisal: in real prices, with everything that is taken off, not discounted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValueSoFar {
    /// The KPI.
    pub kpi: KpiId,
    /// What it is called.
    pub title: String,
    /// What was planned to be gained by the changes up to the day; `None` where amounts are stated by year.
    pub planned_so_far: Option<Decimal>,
    /// The same by the changes that were measured up to the day; `None` where nothing was measured, too.
    pub achieved_so_far: Option<Decimal>,
    /// What is planned over all years.
    pub planned: Decimal,
    /// What is forecast over all years: as measured, then by the trend, and level after its end; `None` without a trend.
    pub forecast: Option<Decimal>,
}

/// The value of every KPI that has one in money: as planned, as measured up to a day, and as forecast from then on. A measured value
/// holds until the next; between baseline and first value nothing has changed.
///
/// # Errors
/// As [`appraise`](super::appraise()).
pub fn values_so_far(
    graph: &BenefitGraph<'_>,
    measurements: &Measurements,
    as_of: Day,
    assumed: &Assumed,
) -> Result<Vec<ValueSoFar>, Error> {
    let map = graph.map();
    let Some(appraisal) = &map.appraisal else {
        return Err(Error::NoAppraisal);
    };
    let mut faults = Faults::default();
    let Some(setup) = Setup::of(map, appraisal, assumed.rates.as_ref(), &mut faults) else {
        return Err(Error::Faulty(faults.0));
    };
    let known = Known {
        measurements,
        as_of,
        assumed,
        setup: &setup,
    };
    let mut out = Vec::new();
    for kpi in &map.kpis {
        if kpi.value.as_ref().is_some_and(|value| value.is_in_money()) {
            out.extend(known.of(kpi, &mut faults));
        }
    }
    match faults.0.is_empty() {
        true => Ok(out),
        false => Err(Error::Faulty(faults.0)),
    }
}

struct Known<'a> {
    measurements: &'a Measurements,
    as_of: Day,
    assumed: &'a Assumed,
    setup: &'a Setup,
}

impl Known<'_> {
    fn of(&self, kpi: &Kpi, faults: &mut Faults) -> Option<ValueSoFar> {
        let value = kpi.value.as_ref()?;
        let late = self.assumed.late.get(&kpi.id).copied().unwrap_or(0);
        let later = self.assumed.later.saturating_add(late);
        let mut worth = |path: &Path<'_>| {
            let line = value_line::of((kpi, value), (later, path), self.setup, faults)?;
            sum(line.amounts)
        };
        let planned = worth(&Path::Planned)?;
        let mut out = ValueSoFar {
            kpi: kpi.id.clone(),
            title: kpi.title.clone(),
            planned_so_far: None,
            achieved_so_far: None,
            planned,
            forecast: None,
        };
        if value.unit_value.is_none() {
            return Some(out);
        }
        out.planned_so_far = worth(&Path::PlannedUntil(self.as_of));
        let shown = series(kpi, self.measurements, self.as_of);
        let mut values: Vec<(Day, Number)> = shown.actuals.iter().map(|o| (o.date, o.value)).collect();
        if values.is_empty() {
            return Some(out);
        }
        out.achieved_so_far = worth(&Path::Values(&values, Some(self.as_of)));
        let ahead: Vec<(Day, Number)> = shown.forecast.iter().map(|f| (f.date, f.value)).collect();
        if !ahead.is_empty() {
            values.extend(self.by_month(&ahead));
            out.forecast = worth(&Path::Values(&values, None));
        }
        Some(out)
    }

    /// A line through points as values at the ends of months after the day, and at its last point.
    fn by_month(&self, line: &[(Day, Number)]) -> Vec<(Day, Number)> {
        let Some((last, at_last)) = line.last().copied() else {
            return Vec::new();
        };
        let calendar = &self.setup.calendar;
        let years = calendar.of(self.as_of)..=calendar.of(last);
        let days = years.flat_map(|year| calendar.month_ends(year));
        let days = days.filter(|day| *day > self.as_of && *day < last);
        let mut out: Vec<(Day, Number)> = days.filter_map(|day| Some((day, between(line, day)?))).collect();
        out.push((last, at_last));
        out
    }
}

/// The value of a line through points on a day.
fn between(line: &[(Day, Number)], day: Day) -> Option<Number> {
    let pair = line.windows(2).find(|pair| pair[0].0 <= day && day <= pair[1].0)?;
    let ((from, a), (to, b)) = (pair[0], pair[1]);
    let all = Decimal::from(from.days_until(to).max(1));
    let gone = Decimal::from(from.days_until(day));
    let change = b
        .decimal()
        .checked_sub(a.decimal())?
        .checked_mul(gone)?
        .checked_div(all)?;
    Number::rounded(a.decimal().checked_add(change)?)
}

/// Values side by side for programs.
pub fn values_so_far_value(all: &[ValueSoFar]) -> Value {
    let maybe = |value: Option<Decimal>| value.map_or(Value::Null, number);
    let one = |one: &ValueSoFar| {
        json!({"kpi": one.kpi.as_str(), "title": one.title, "planned_so_far": maybe(one.planned_so_far),
            "achieved_so_far": maybe(one.achieved_so_far), "planned": number(one.planned), "forecast": maybe(one.forecast)})
    };
    all.iter().map(one).collect()
}
