//! What is planned for one KPI: the path of expected values, the goal, the direction, the tolerances, and when it is
//! to be measured.

mod due;
mod verdict;

use rust_decimal::Decimal;

use super::frequency::Periods;
use super::path::between;
use super::{Frequency, Status};
use crate::map::{Band, Day, Direction, Kpi, Number, Point, Profile, Target, Tolerance, Trajectory, is_blank};

pub use verdict::{Missing, Verdict};

/// The red tolerance where a KPI states none: a tenth of the expected value. The amber tolerance is then 0, for
/// what was never agreed is not tolerated.
pub const DEFAULT_RED: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// What the KPI is finally to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// The day by which it is to be reached; `None` where no target has a day.
    pub date: Option<Day>,
    /// In the KPI's unit.
    pub value: Number,
}

crate::map::words! {
    /// What the map says of a KPI in a way that cannot be used; what is stated in its place is told in
    /// `docs/tracking.md`.
    Unclear {
        /// The text says how often it is measured in words that are not understood: it counts as not stated.
        Frequency = "frequency",
        /// A tolerance is no share between 0 and 1, or red is below amber: what is wrong counts as not stated.
        Tolerance = "tolerance",
    }
}

/// The plan of one KPI, ready to be asked. Borrows nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Corners of the path, strictly ascending by day; empty where nothing dated is promised.
    corners: Vec<(Day, Decimal)>,
    /// The dated targets from the baseline's day on, strictly ascending by day.
    targets: Vec<(Day, Number)>,
    profile: Profile,
    goal: Option<Goal>,
    direction: Option<Direction>,
    /// What it is to be kept within, instead of the path.
    band: Option<Band>,
    /// The baseline's day, from which a band holds.
    start: Option<Day>,
    /// |goal - start|: the scale of a shortfall where the expected value is zero.
    change: Decimal,
    amber: Decimal,
    red: Decimal,
    /// To how many decimals an expected value is told: two more than the map's own figures of the KPI have.
    decimals: u32,
    /// How often it is to be measured, with the periods; `None` where the plan does not say so.
    measured: Option<(Frequency, Periods)>,
    unclear: Vec<Unclear>,
}

/// The expected value of the KPI on that day, rounded as by [`Planned::expected`]; `None` before the plan begins
/// and where nothing dated is promised. To ask for many days, make a [`Planned`] once.
///
/// Between two corners the share of the way is, with `t` the days gone over the days between: linear `t`, s-curve
/// `3t² - 2t³`, step 0 until the day of the later corner. Source: `docs/tracking.md`.
/// ```
/// use benefit_map::map::Kpi;
/// use benefit_map::track::expected;
///
/// // From 5,200 on the first day to 3,200 a hundred days later.
/// let kpi: Kpi = serde_json::from_str(r#"{"id": "km", "node": "rounds", "baseline": {"date": "2026-01-01", "value": 5200},
///   "targets": [{"date": "2026-04-11", "value": 3200}], "trajectory": {"profile": "s-curve"}}"#)?;
/// let on = |day: &str| expected(&kpi, day.parse().unwrap()).map(|value| value.to_string());
/// assert_eq!(on("2025-12-31"), None);
/// // A quarter of the way in days: 3 × 0.0625 - 2 × 0.015625 = 0.15625 of the change.
/// assert_eq!(on("2026-01-26").as_deref(), Some("4887.5"));
/// assert_eq!(on("2026-02-20").as_deref(), Some("4200"));
/// assert_eq!(on("2026-04-11").as_deref(), Some("3200"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn expected(kpi: &Kpi, day: Day) -> Option<Number> {
    Planned::of(kpi).expected(day)
}

/// The most decimals among the figures that the map states of the KPI.
fn decimals(kpi: &Kpi, points: &[Point]) -> u32 {
    let baseline = kpi.baseline.iter().map(|baseline| baseline.value);
    let targets = kpi.targets.iter().map(|target| target.value);
    let points = points.iter().map(|point| point.value);
    let scale = |value: Number| value.decimal().normalize().scale();
    baseline.chain(targets).chain(points).map(scale).max().unwrap_or(0)
}

impl Planned {
    /// The plan of that KPI, from the map alone.
    ///
    /// The path starts at the baseline, if that has a day, and runs through every target that has one, in the order
    /// of their days; with listed points it runs through the points instead, and on through the targets later than
    /// the last point. What lies before the baseline's day is left out; of several values for one day the last
    /// stated holds, in the order baseline, targets or points.
    pub fn of(kpi: &Kpi) -> Self {
        Self::with_first_value(kpi, None)
    }

    /// The same, with the KPI's first measured value to stand in for a missing baseline when the direction is
    /// inferred. It never becomes part of the path: a plan is not made up after the fact.
    pub fn with_first_value(kpi: &Kpi, first: Option<Number>) -> Self {
        let (profile, points) = match &kpi.trajectory {
            Some(Trajectory::Profile(profile)) => (*profile, &[][..]),
            Some(Trajectory::Points(points)) => (Profile::Linear, points.as_slice()),
            None => (Profile::Linear, &[][..]),
        };
        let last_point = points.iter().map(|point| point.date).max();
        let dated = |target: &Target| target.date.map(|date| (date, target.value));
        let mut promised: Vec<(Day, Number)> = points.iter().map(|point| (point.date, point.value)).collect();
        promised.extend(kpi.targets.iter().filter_map(dated).filter(|t| Some(t.0) > last_point));
        // Stable, so that of two on one day the later stated stays later.
        promised.sort_by_key(|(date, _)| *date);

        let start = kpi.baseline.and_then(|b| b.date.map(|date| (date, b.value)));
        promised.retain(|(date, _)| start.is_none_or(|(from, _)| *date >= from));
        let mut corners: Vec<(Day, Decimal)> = Vec::new();
        if !promised.is_empty() {
            for (date, value) in start.into_iter().chain(promised) {
                match corners.last_mut() {
                    Some(last) if last.0 == date => last.1 = value.decimal(),
                    _ => corners.push((date, value.decimal())),
                }
            }
        }

        let mut targets: Vec<(Day, Number)> = kpi.targets.iter().filter_map(dated).collect();
        targets.retain(|(date, _)| start.is_none_or(|(from, _)| *date >= from));
        targets.sort_by_key(|(date, _)| *date);
        targets.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = later.1;
            }
            same
        });

        let last_stated = points.iter().max_by_key(|point| point.date);
        // A target without a day is the goal only where nothing has a day: beside listed points it is some day's wish.
        let goal = match (kpi.final_target(), last_stated) {
            (Some(target), None) => Some(Goal {
                date: target.date,
                value: target.value,
            }),
            (Some(target), Some(_)) if target.date.is_some() => Some(Goal {
                date: target.date,
                value: target.value,
            }),
            (_, point) => point.map(|point| Goal {
                date: Some(point.date),
                value: point.value,
            }),
        };
        let origin = kpi.baseline.map(|baseline| baseline.value).or(first).or_else(|| {
            // Several targets show a way by themselves; a single one does not.
            let first = corners.first().map(|corner| corner.1)?;
            let last = corners.last().map(|corner| corner.1)?;
            (first != last).then(|| Number::rounded(first)).flatten()
        });
        let band = kpi.kept_within();
        let direction = kpi.direction.or(band.map(|_| Direction::Maintain)).or_else(|| {
            let (origin, goal) = (origin?, goal?.value);
            Some(match goal.cmp(&origin) {
                std::cmp::Ordering::Greater => Direction::Increase,
                std::cmp::Ordering::Less => Direction::Decrease,
                std::cmp::Ordering::Equal => Direction::Maintain,
            })
        });
        let change = match (origin, goal) {
            (Some(origin), Some(goal)) => (goal.value.decimal() - origin.decimal()).abs(),
            _ => Decimal::ZERO,
        };
        let (amber, red, shares) = shares(kpi.tolerance);
        let text = kpi.measurement.as_ref().map_or("", |plan| plan.frequency.as_str());
        let frequency = Frequency::of(text);
        let unclear = [
            (!is_blank(text) && frequency.is_none()).then_some(Unclear::Frequency),
            (!shares).then_some(Unclear::Tolerance),
        ];
        let first = start.map(|(date, _)| date).or(corners.first().map(|corner| corner.0));
        Self {
            corners,
            targets,
            profile,
            goal,
            direction,
            band,
            start: start.map(|(date, _)| date),
            change,
            amber: amber.unwrap_or(Decimal::ZERO),
            red: red.unwrap_or_else(|| DEFAULT_RED.max(amber.unwrap_or(Decimal::ZERO))),
            decimals: 2 + decimals(kpi, points),
            measured: frequency.map(|frequency| (frequency, frequency.periods(first))),
            unclear: unclear.into_iter().flatten().collect(),
        }
    }

    /// The expected value on that day, rounded once, half to even: to two decimals more than the KPI's baseline, targets
    /// and points have, or to four significant digits where these are finer. `None` before the first corner of the path,
    /// and of what is to be kept within a band. From the last corner on, its value holds.
    pub fn expected(&self, day: Day) -> Option<Number> {
        let value = self.unrounded(day)?;
        // Always within the two values, and so within what a Number holds. Small values keep four digits, so that their
        // variance is not one of the rounding.
        let places = value.round_sf(4).map_or(0, |short| short.normalize().scale());
        Number::rounded_to(value, self.decimals.max(places))
    }

    /// The same as the formula of the path gives it, for what is worked out further.
    pub fn unrounded(&self, day: Day) -> Option<Decimal> {
        if self.band.is_some() {
            return None;
        }
        let later = self.corners.partition_point(|(date, _)| *date <= day);
        let (from_day, from) = *self.corners.get(later.checked_sub(1)?)?;
        Some(match self.corners.get(later) {
            None => from,
            Some((to_day, to)) => {
                let (gone, whole) = (from_day.days_until(day), from_day.days_until(*to_day));
                between(from, *to, gone, whole, self.profile)
            }
        })
    }

    /// The band that it is to be kept within; `None` where it follows a path.
    pub fn band(&self) -> Option<Band> {
        self.band
    }

    /// Whether a value is promised for that day: on the path, or within the band from the baseline's day on.
    pub fn promises(&self, day: Day) -> bool {
        match self.band {
            Some(_) => self.start.is_none_or(|start| start <= day),
            None => self.expected(day).is_some(),
        }
    }

    /// What `actual` is held against on that day: the expected value, or the bound of the band that it lies beyond, and
    /// within the band itself; `None` where nothing is promised.
    pub fn wanted(&self, day: Day, actual: Number) -> Option<Number> {
        match self.band {
            Some(band) => self.promises(day).then(|| nearest_within(band, actual)),
            None => self.expected(day),
        }
    }

    /// The first and the last day of the path; `None` where nothing dated is promised.
    pub fn days(&self) -> Option<(Day, Day)> {
        Some((self.corners.first()?.0, self.corners.last()?.0))
    }

    /// The corners of the path, in the order of their days, each day once.
    pub fn corners(&self) -> impl Iterator<Item = (Day, Number)> {
        self.corners
            .iter()
            .filter_map(|(day, value)| Some((*day, Number::rounded(*value)?)))
    }

    /// The final target: the last dated one, else the last listed point, else the last target stated without a day.
    pub fn goal(&self) -> Option<Goal> {
        self.goal
    }

    /// The way that the KPI is meant to go: the stated one, else the way from the baseline (failing that, from the
    /// first measured value, then from the first of several targets) to the goal, and `maintain` where these are
    /// equal. `None` where nothing tells.
    pub fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// How often it is to be measured; `None` where the map does not say so in words that are understood.
    pub fn frequency(&self) -> Option<Frequency> {
        self.measured.map(|(frequency, _)| frequency)
    }

    /// The same with its periods.
    pub(super) fn measured(&self) -> Option<(Frequency, Periods)> {
        self.measured
    }

    /// What the map says of the KPI in a way that cannot be used.
    pub fn unclear(&self) -> &[Unclear] {
        &self.unclear
    }

    /// The amber and the red tolerance as shares of the expected value, from 0 to below 1. Where amber is not stated it
    /// is 0; where red is not stated it is [`DEFAULT_RED`], or amber where that is larger. What is no share (5 for 5%) is
    /// not stated, and where red is below amber neither is.
    pub fn tolerances(&self) -> (Decimal, Decimal) {
        (self.amber, self.red)
    }

    /// How `actual`, standing for `day`, compares with the plan **of that day**; never [`Status::NoData`]. How the KPI
    /// stands on a later day is said by [`Planned::verdict`].
    ///
    /// From the goal's day on: achieved where it is met, missed where not. Before: achieved where the goal is met
    /// early; not due where no value is expected; else by how far `actual` falls short of the expected value on the wrong
    /// side (on either side for `maintain`), as a share of the expected value or, where that is zero, of the planned change:
    /// off track beyond red, at risk beyond amber. While something is promised for a later day that `actual` does not meet,
    /// nothing is achieved; nor is it early where something stricter is expected for the day.
    /// A goal of `maintain` is met within the red tolerance, one of a band within the band, and neither early. Of a band the
    /// shortfall is how far `actual` lies outside, and the tolerances are shares of the bound.
    /// ```
    /// use benefit_map::map::Kpi;
    /// use benefit_map::track::{Planned, Status};
    ///
    /// let kpi: Kpi = serde_json::from_str(r#"{"id": "km", "node": "rounds", "baseline": {"date": "2026-01-01", "value": 5200},
    ///   "targets": [{"date": "2026-04-11", "value": 3200}], "tolerance": {"amber": 0.05, "red": 0.15}}"#)?;
    /// let plan = Planned::of(&kpi);
    /// let status = |value: i32| plan.status("2026-02-20".parse().unwrap(), value.into());
    /// // 4,200 is expected half-way: amber begins 210 above, red 630 above.
    /// assert_eq!((status(4400), status(4411), status(4831)), (Status::OnTrack, Status::AtRisk, Status::OffTrack));
    /// // The goal is met early.
    /// assert_eq!(status(3200), Status::Achieved);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn status(&self, day: Day, actual: Number) -> Status {
        let expected = self.wanted(day, actual);
        let short = expected.map_or(Decimal::ZERO, |expected| self.shortfall(actual, expected));
        if let Some(goal) = self.goal {
            let met = self.meets(goal.value, actual);
            let due = goal.date.is_some_and(|due| due <= day);
            if due && !met {
                return Status::Missed;
            }
            let early = short.is_zero() && matches!(self.direction, Some(Direction::Increase | Direction::Decrease));
            if met && (due || early) && !self.is_more_to_come(day, actual) {
                return Status::Achieved;
            }
        }
        match expected {
            None => Status::NotDue,
            Some(expected) if self.beyond(short, expected, self.red) => Status::OffTrack,
            Some(expected) if self.beyond(short, expected, self.amber) => Status::AtRisk,
            Some(_) => Status::OnTrack,
        }
    }

    /// Whether something is promised for a day after that one which `actual` does not meet. Between two corners a path
    /// asks for nothing that is stricter than both.
    fn is_more_to_come(&self, day: Day, actual: Number) -> bool {
        self.promised_after(day).any(|value| !self.meets(value, actual))
    }

    /// What is promised for days after that one: targets and corners of the path, the last first, some of them twice; nothing
    /// of what is to be kept within a band.
    pub fn promised_after(&self, day: Day) -> impl Iterator<Item = Number> + '_ {
        let follows_a_path = self.band.is_none();
        let targets = self.targets.iter().rev().map(|(date, value)| (*date, *value));
        let corners = self.corners.iter().rev();
        let corners = corners.filter_map(|(date, value)| Some((*date, Number::rounded(*value)?)));
        let later = move |(date, _): &(Day, Number)| follows_a_path && *date > day;
        let all = targets.take_while(later).chain(corners.take_while(later));
        all.map(|(_, value)| value)
    }

    /// Whether `actual` falls short of `wanted`, or of its band, by more than the red tolerance.
    pub fn is_far_from(&self, wanted: Number, actual: Number) -> bool {
        let wanted = self.band.map_or(wanted, |band| nearest_within(band, actual));
        self.beyond(self.shortfall(actual, wanted), wanted, self.red)
    }

    /// Whether `actual` meets the `target` in the KPI's direction; for what is to be kept within a band,
    /// whether it lies within; for any other `maintain`, and where nothing tells the direction, whether it lies within the
    /// red tolerance of the target.
    pub fn meets(&self, target: Number, actual: Number) -> bool {
        let short = self.shortfall(actual, target);
        match self.direction {
            _ if self.band.is_some() => short.is_zero(),
            Some(Direction::Increase | Direction::Decrease) => short.is_zero(),
            Some(Direction::Maintain) | None => !self.beyond(short, target, self.red),
        }
    }

    /// How far `actual` lies on the wrong side of `expected`, in the KPI's unit; 0 where it does not. Of a
    /// band, how far it lies outside.
    pub fn shortfall(&self, actual: Number, expected: Number) -> Decimal {
        let expected = self.band.map_or(expected, |band| nearest_within(band, actual));
        let ahead = actual.decimal() - expected.decimal();
        match self.direction {
            Some(Direction::Increase) => (-ahead).max(Decimal::ZERO),
            Some(Direction::Decrease) => ahead.max(Decimal::ZERO),
            Some(Direction::Maintain) | None => ahead.abs(),
        }
    }

    /// The lowest and the highest value that are within that tolerance of `expected`, the tolerance being a share as
    /// in [`Planned::tolerances`]. One side is open (`None`) where the KPI is to increase or to decrease.
    pub fn tolerated(&self, expected: Number, tolerance: Decimal) -> (Option<Number>, Option<Number>) {
        let width = tolerance.checked_mul(self.scale(expected));
        let low = width.and_then(|w| Number::rounded(expected.decimal() - w));
        let high = width.and_then(|w| Number::rounded(expected.decimal() + w));
        match self.direction {
            Some(Direction::Increase) => (low, None),
            Some(Direction::Decrease) => (None, high),
            Some(Direction::Maintain) | None => (low, high),
        }
    }

    fn scale(&self, expected: Number) -> Decimal {
        let size = expected.decimal().abs();
        match self.band {
            _ if !size.is_zero() => size,
            // Of a bound of zero there is no share, so the tolerance is one of the width of the band.
            Some(Band {
                lower: Some(lower),
                upper: Some(upper),
            }) => (upper.decimal() - lower.decimal()).abs(),
            _ => self.change,
        }
    }

    fn beyond(&self, short: Decimal, expected: Number, tolerance: Decimal) -> bool {
        // A tolerance too large to reckon with tolerates everything.
        tolerance
            .checked_mul(self.scale(expected))
            .is_some_and(|limit| short > limit)
    }
}

/// Amber and red as far as they are shares, from 0 to below 1 and amber not above red; and whether all that is stated is.
fn shares(stated: Option<Tolerance>) -> (Option<Decimal>, Option<Decimal>, bool) {
    let Some(stated) = stated else {
        return (None, None, true);
    };
    let share = |value: Option<Number>| {
        let value = value.map(Number::decimal);
        value.filter(|value| *value >= Decimal::ZERO && *value < Decimal::ONE)
    };
    let (amber, red) = (share(stated.amber), share(stated.red));
    if amber.zip(red).is_some_and(|(amber, red)| red < amber) {
        return (None, None, false);
    }
    (
        amber,
        red,
        amber.is_some() == stated.amber.is_some() && red.is_some() == stated.red.is_some(),
    )
}

/// The value of the band that is nearest: its bound where the value lies beyond one, else the value.
fn nearest_within(band: Band, value: Number) -> Number {
    match band {
        Band { lower: Some(lower), .. } if value < lower => lower,
        Band { upper: Some(upper), .. } if value > upper => upper,
        _ => value,
    }
}

#[cfg(test)]
mod tests;
