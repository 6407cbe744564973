//! From days and values to places in px, and how far the axes reach.

use crate::map::{Day, Number};
use crate::scene::{Area, Point};
use crate::track::{Observation, Series};

use super::cut;
use super::scale::Scale;

/// The first and the last day of all charts, as [`Day::number`] counts; `None` without any.
pub(super) fn days(charts: &[Series<'_>]) -> Option<(i64, i64)> {
    let mut all = charts.iter().flat_map(|chart| {
        let values = chart.baseline.iter().chain(&chart.targets).chain(&chart.actuals);
        values
            .map(|value| value.date)
            .chain(chart.planned.iter().map(|p| p.date))
            .chain(chart.forecast.iter().map(|f| f.date))
            .chain([chart.outlook.as_of])
            .map(Day::number)
    });
    let first = all.next()?;
    Some(all.fold((first, first), |(low, high), day| (low.min(day), high.max(day))))
}

/// Days and values to px.
pub(super) struct Axes {
    pub area: Area,
    pub days: (f64, f64),
    pub scale: Scale,
}

impl Axes {
    pub fn x(&self, day: f64) -> f64 {
        let share = (day - self.days.0) / (self.days.1 - self.days.0);
        self.area.x + share.clamp(0.0, 1.0) * self.area.w
    }

    pub fn y(&self, value: f64) -> f64 {
        let share = (value - self.scale.low) / (self.scale.high - self.scale.low);
        self.area.y + (1.0 - share.clamp(0.0, 1.0)) * self.area.h
    }

    pub fn at(&self, (day, value): (f64, f64)) -> Point {
        (self.x(day), self.y(value))
    }

    pub fn is_above(&self, value: Number) -> bool {
        value.to_f64() > self.scale.high
    }

    pub fn holds(&self, value: Number) -> bool {
        (self.scale.low..=self.scale.high).contains(&value.to_f64())
    }

    /// The pieces of a line that are inside, in px.
    pub fn line(&self, points: &[(f64, f64)]) -> Vec<Vec<Point>> {
        cut::line(points, self.scale.low, self.scale.high)
            .into_iter()
            .map(|piece| piece.into_iter().map(|p| self.at(p)).collect())
            .collect()
    }

    /// The outline of a band, in px; empty where it has no width.
    pub fn band(&self, below: &[(f64, f64)], above: &[(f64, f64)]) -> Vec<Point> {
        cut::band(below, above, self.scale.low, self.scale.high)
            .into_iter()
            .map(|p| self.at(p))
            .collect()
    }
}

/// A day, counted since the year 1, and a value.
pub(super) type At = (f64, f64);

/// A series as places: days since the year 1, and values.
pub(super) fn places<T>(items: &[T], date: impl Fn(&T) -> Day, value: impl Fn(&T) -> Number) -> Vec<(f64, f64)> {
    items
        .iter()
        .map(|item| (date(item).number() as f64, value(item).to_f64()))
        .collect()
}

pub(super) fn place(value: &Observation) -> (f64, f64) {
    (value.date.number() as f64, value.value.to_f64())
}

/// At most a few points a px of width: of each stretch the first, the lowest, the highest and the last, in their order.
pub(super) fn thinned(points: &[(f64, f64)], width: f64) -> Vec<(f64, f64)> {
    let stretches = width.max(1.0) as usize;
    if points.len() <= 4 * stretches {
        return points.to_vec();
    }
    let mut out = Vec::with_capacity(4 * stretches);
    for stretch in points.chunks(points.len().div_ceil(stretches)) {
        let by_value = |a: &usize, b: &usize| stretch[*a].1.total_cmp(&stretch[*b].1);
        let last = stretch.len() - 1;
        let mut keep = vec![0, last];
        keep.extend((0..=last).min_by(by_value));
        keep.extend((0..=last).max_by(by_value));
        keep.sort_unstable();
        keep.dedup();
        out.extend(keep.into_iter().map(|i| stretch[i]));
    }
    out
}

/// How many times the breadth of all other values a measured one may lie beyond them before it is shown at the edge.
const FAR: f64 = 20.0;

/// Measured values that would flatten all others: each so far beyond what is planned and measured otherwise that the rest
/// would be a line at the edge. At most one in five, in the order of their days.
pub(super) fn far(chart: &Series<'_>) -> Vec<Observation> {
    let planned = chart.baseline.iter().chain(&chart.targets).map(|value| value.value);
    let planned = planned.chain(chart.undated_target);
    let planned = planned.chain(chart.planned.iter().filter_map(|p| p.value));
    let planned = planned.chain(chart.band.iter().flat_map(|band| [band.lower, band.upper]).flatten());
    let planned: Vec<f64> = planned.map(Number::to_f64).collect();
    let mut rest: Vec<(f64, usize)> = chart.actuals.iter().map(|a| a.value.to_f64()).zip(0..).collect();
    rest.sort_by(|a, b| a.0.total_cmp(&b.0));
    let least = planned.iter().copied().fold(f64::INFINITY, f64::min);
    let most = planned.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut out = Vec::new();
    for _ in 0..(rest.len() / 5).max(1) {
        // The others: two figures at least, or nothing is far from them.
        if rest.len() + planned.len().min(2) < 3 {
            break;
        }
        let (first, last) = (rest[0], rest[rest.len() - 1]);
        let beyond = |value: f64, others: &[(f64, usize)]| {
            let low = others.first().map_or(least, |other| other.0.min(least));
            let high = others.last().map_or(most, |other| other.0.max(most));
            let breadth = (high - low).max(low.abs().max(high.abs()) * 0.5);
            (value - high).max(low - value) > FAR * breadth
        };
        if beyond(last.0, &rest[..rest.len() - 1]) {
            rest.pop();
            out.push(last.1);
        } else if beyond(first.0, &rest[1..]) {
            rest.remove(0);
            out.push(first.1);
        } else {
            break;
        }
    }
    out.sort_unstable();
    out.into_iter().map(|at| chart.actuals[at]).collect()
}

/// The least and the greatest value that must be seen. All that is planned and measured is seen, but for what lies `far`;
/// limits and forecasts as far as they leave that readable; zero where it is not far.
pub(super) fn range(chart: &Series<'_>, far: &[Observation]) -> Option<(f64, f64)> {
    let fold = |values: &mut dyn Iterator<Item = f64>| {
        values.fold(None, |all: Option<(f64, f64)>, v| {
            Some(all.map_or((v, v), |(low, high)| (low.min(v), high.max(v))))
        })
    };
    let actuals = chart.actuals.iter().filter(|value| !far.contains(value));
    let dated = chart.baseline.iter().chain(&chart.targets).chain(actuals);
    let core = dated.map(|value| value.value).chain(chart.undated_target);
    let core = core.chain(chart.planned.iter().filter_map(|p| p.value));
    let core = core.chain(chart.band.iter().flat_map(|band| [band.lower, band.upper]).flatten());
    let core = fold(&mut core.map(Number::to_f64));
    let central = fold(&mut chart.forecast.iter().map(|f| f.value.to_f64()));
    let (low, high) = core.or(central)?;
    let size = match high - low {
        0.0 => low.abs() * 0.2,
        size => size,
    };
    let limits = chart.planned.iter().flat_map(|p| [p.red.0, p.red.1]);
    let fan = chart
        .forecast
        .iter()
        .filter_map(|f| f.interval)
        .flat_map(|(a, b)| [a, b]);
    let edges = fold(&mut limits.chain(fan).map(Number::to_f64));
    let mut out = (low, high);
    for (more, (below, above)) in [(0.6, central), (0.3, edges)]
        .into_iter()
        .filter_map(|(more, found)| Some((more, found?)))
    {
        out.0 = out.0.min(below.max(low - more * size));
        out.1 = out.1.max(above.min(high + more * size));
    }
    // What never was below zero is not shown to go there, and what is a share of a hundred not above.
    if low >= 0.0 {
        out.0 = out.0.max(0.0);
        if out.0 <= 0.4 * out.1 {
            out.0 = 0.0;
        }
    }
    if chart.outlook.kpi.unit.trim().starts_with('%') && high <= 100.0 {
        out.1 = out.1.min(100.0);
    }
    Some(out)
}
