//! The pace of a KPI: the Theil–Sen slope, its confidence interval, and what lies ahead if the pace holds.
//!
//! The slope is the median of the slopes between all pairs of points. One wild value does not move it, it needs no
//! assumption about how values scatter, and anybody can work it out by hand. Exponential smoothing, the other common
//! choice, wants a parameter that nobody can justify to an auditor, and more points than most benefit KPIs ever get.
//!
//! Source: H. Theil, "A rank-invariant method of linear and polynomial regression analysis", Proc. KNAW 53 (1950);
//! P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968), 1379–1389, whose
//! equation (2.6) gives the variance where values are tied. The small-sample distribution of Kendall's statistic: M. G.
//! Kendall, "A new measure of rank correlation", Biometrika 30 (1938).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Observation;
use crate::map::{Day, MAX_DIGITS, Number};

/// How many points a trend needs to be told at all.
pub const FEWEST_POINTS: usize = 3;

/// The share of cases that the interval is to cover: 9 in 10. With fewer than four points no interval does, equal or not.
pub const CONFIDENCE: f64 = 0.9;

/// The standard normal quantile that leaves 5% above it.
const Z: f64 = 1.644_853_626_951_472_2;

/// Up to so many points without ties, the interval comes from the exact distribution; above, from the normal one.
const EXACT_UP_TO: usize = 10;

/// A straight line through observations. The slopes are in the KPI's unit a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// The Theil–Sen slope.
    pub slope: Decimal,
    /// The confidence interval of the slope, lowest first; `None` where there are too few points for one.
    pub interval: Option<(Decimal, Decimal)>,
    /// What it was worked out from, in the order of the days.
    pub points: Vec<Observation>,
    /// The same slopes as fractions, so that what follows from them is divided, and so rounded, only once.
    exact: (Fraction, Option<(Fraction, Fraction)>),
}

/// A rise over a run of days.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Fraction {
    rise: Decimal,
    /// Above zero.
    run: Decimal,
}

impl Fraction {
    fn value(self) -> Option<Decimal> {
        self.rise.checked_div(self.run)
    }

    /// Half-way between two fractions.
    fn middle(self, other: Self) -> Option<Self> {
        let (a, b) = (self.rise.checked_mul(other.run)?, other.rise.checked_mul(self.run)?);
        Some(Self {
            rise: a.checked_add(b)?,
            run: self.run.checked_mul(other.run)?.checked_mul(Decimal::TWO)?,
        })
    }
}

/// What a trend comes to on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// The day.
    pub date: Day,
    /// On the line of the slope, to six significant digits.
    pub value: Number,
    /// On the lines of the interval's ends, lowest first; `None` where the trend has no interval. It tells how sure
    /// the pace is, not how far a single measurement may stray.
    pub interval: Option<(Number, Number)>,
}

impl Trend {
    /// The trend of observations that are in the order of their days, each day once; `None` for fewer than
    /// [`FEWEST_POINTS`]. Takes time and memory in the square of their number: give it tens, not thousands.
    /// The interval is of the pairs' slopes in order, as many from each end as Kendall's statistic leaves outside of [`CONFIDENCE`]: from its
    /// exact distribution up to ten points without ties, from the normal one above that.
    ///
    /// ```
    /// use benefit_map::track::{Observation, Trend};
    ///
    /// let on = |day: &str, value: i32| Observation { date: day.parse().unwrap(), value: value.into() };
    /// // One wild value among five that fall by ten a day: the median of the slopes does not move.
    /// let days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"];
    /// let points: Vec<Observation> = days.iter().zip([100, 90, 500, 70, 60]).map(|(day, value)| on(day, value)).collect();
    /// let trend = Trend::of(&points).unwrap();
    /// assert_eq!(trend.slope.to_string(), "-10");
    /// assert!(Trend::of(&points[..2]).is_none(), "two points are not a trend");
    /// ```
    pub fn of(points: &[Observation]) -> Option<Self> {
        if points.len() < FEWEST_POINTS {
            return None;
        }
        let mut slopes = Vec::with_capacity(points.len() * (points.len() - 1) / 2);
        for (i, a) in points.iter().enumerate() {
            for b in &points[i + 1..] {
                let fraction = Fraction {
                    rise: b.value.decimal() - a.value.decimal(),
                    run: Decimal::from(a.date.days_until(b.date)),
                };
                slopes.push((fraction.value()?, fraction));
            }
        }
        slopes.sort_by_key(|(value, _)| *value);
        let ends = rank(points).map(|rank| (slopes[rank - 1], slopes[slopes.len() - rank]));
        let middle = slopes.len() / 2;
        let slope = match slopes.len() % 2 {
            1 => slopes[middle].1,
            _ => slopes[middle - 1].1.middle(slopes[middle].1)?,
        };
        Some(Self {
            slope: slope.value()?,
            interval: ends.map(|(low, high)| (low.0, high.0)),
            points: points.to_vec(),
            exact: (slope, ends.map(|(low, high)| (low.1, high.1))),
        })
    }

    /// What the trend comes to on a day; `None` where the number is too large to be one.
    pub fn at(&self, date: Day) -> Option<Forecast> {
        self.forecast(date, told)
    }

    /// The same, with the lines' values as `told` makes figures of them: each is rounded once.
    pub(super) fn forecast(&self, date: Day, told: impl Fn(Decimal) -> Option<Number>) -> Option<Forecast> {
        Some(Forecast {
            date,
            value: told(self.line(self.exact.0, date)?.value()?)?,
            interval: match self.exact.1 {
                None => None,
                Some((low, high)) => {
                    let told = |slope| told(self.line(slope, date)?.value()?);
                    let (a, b) = (told(low)?, told(high)?);
                    Some((a.min(b), a.max(b)))
                }
            },
        })
    }

    /// Whether the day is no further from the last point than the first point is.
    pub fn looks_ahead_to(&self, date: Day) -> bool {
        match (self.points.first(), self.points.last()) {
            (Some(first), Some(last)) => last.date.days_until(date) <= first.date.days_until(last.date),
            _ => false,
        }
    }

    /// The first day after the last observation on which the line has come to `value`; `None` where it runs the other
    /// way, has passed it, or stands still, and where it gets there only after the calendar's end.
    pub fn reaches(&self, value: Number) -> Option<Day> {
        let last = self.points.last()?.date;
        let (slope, line) = (self.exact.0, self.line(self.exact.0, last)?);
        // The way that is left, and the days that it takes.
        let ahead = value.decimal().checked_mul(line.run)?.checked_sub(line.rise)?;
        let days = ahead
            .checked_mul(slope.run)?
            .checked_div(line.run.checked_mul(slope.rise)?)?;
        let days = (days >= Decimal::ZERO).then(|| days.ceil().max(Decimal::ONE))?;
        let span = jiff::Span::new().try_days(days.to_i64()?).ok()?;
        last.date().checked_add(span).ok().map(Day::from)
    }

    /// The value on a day of the line of that slope which has as many points above it as below.
    fn line(&self, slope: Fraction, date: Day) -> Option<Fraction> {
        let mut values = Vec::with_capacity(self.points.len());
        for point in &self.points {
            let days = Decimal::from(point.date.days_until(date));
            let from = point.value.decimal().checked_mul(slope.run)?;
            values.push(from.checked_add(slope.rise.checked_mul(days)?)?);
        }
        values.sort();
        let middle = values.len() / 2;
        Some(match values.len() % 2 {
            1 => Fraction {
                rise: values[middle],
                run: slope.run,
            },
            _ => Fraction {
                rise: values[middle - 1].checked_add(values[middle])?,
                run: slope.run.checked_mul(Decimal::TWO)?,
            },
        })
    }
}

/// An estimate is not told more exactly than it is known: six significant digits.
pub(super) fn told(value: Decimal) -> Option<Number> {
    told_to(value, MAX_DIGITS)
}

/// The same, and to at most so many digits after the point; rounded once, half to even.
pub(super) fn told_to(value: Decimal, places: u32) -> Option<Number> {
    const DIGITS: u32 = 6;
    let whole = value.trunc().abs().mantissa().unsigned_abs();
    if whole >= 10u128.pow(DIGITS) {
        return Number::rounded(value.round_sf(DIGITS)?);
    }
    let after = match (whole, value.is_zero()) {
        (0, true) => 0,
        // Zeros after the point are no digits of a value below one.
        (0, false) => value.scale() - (value.mantissa().unsigned_abs().ilog10() + 1) + DIGITS,
        (whole, _) => DIGITS - (whole.ilog10() + 1),
    };
    Number::rounded_to(value, after.min(places))
}

/// The rank, counted from 1, of the slope at the interval's lower end; the upper end has the same rank from above.
/// `None` where even the smallest and the largest slope are too close for [`CONFIDENCE`].
fn rank(points: &[Observation]) -> Option<usize> {
    let n = points.len();
    if n <= FEWEST_POINTS {
        return None;
    }
    let ties = ties(points);
    let rank = if n <= EXACT_UP_TO && ties.is_empty() {
        exact_rank(n, 1.0 - CONFIDENCE)
    } else {
        normal_rank(n, &ties, Z)
    };
    (rank >= 1).then_some(rank)
}

/// How many points share each value that is shared.
fn ties(points: &[Observation]) -> Vec<usize> {
    let mut values: Vec<Number> = points.iter().map(|point| point.value).collect();
    values.sort();
    values
        .chunk_by(|a, b| a == b)
        .map(<[Number]>::len)
        .filter(|n| *n > 1)
        .collect()
}

/// The largest rank whose two tails together hold at most `outside` of all orders of `n` untied values.
fn exact_rank(n: usize, outside: f64) -> usize {
    // How many of the n! orders have k pairs the wrong way round (Kendall's numbers, also called Mahonian).
    let mut orders = vec![1u64];
    for size in 2..=n {
        let mut next = vec![0u64; orders.len() + size - 1];
        for (k, count) in orders.iter().enumerate() {
            for slot in &mut next[k..k + size] {
                *slot += count;
            }
        }
        orders = next;
    }
    let all: u64 = orders.iter().sum();
    let mut tail = 0;
    orders
        .iter()
        .take_while(|count| {
            tail += **count;
            2.0 * tail as f64 <= outside * all as f64
        })
        .count()
}

/// The same by Sen's equation (2.6), rounded down, that is to the wider interval.
fn normal_rank(n: usize, ties: &[usize], z: f64) -> usize {
    let term = |k: usize| (k * (k - 1) * (2 * k + 5)) as f64;
    let variance = (term(n) - ties.iter().map(|k| term(*k)).sum::<f64>()) / 18.0;
    let pairs = (n * (n - 1) / 2) as f64;
    // All values tied: nothing varies, and every slope is zero.
    ((pairs - z * variance.max(0.0).sqrt()) / 2.0).max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on days counted from 2026-01-01.
    fn points(pairs: &[(i64, &str)]) -> Vec<Observation> {
        let first = Day::new("2026-01-01").unwrap().date();
        pairs
            .iter()
            .map(|(day, value)| Observation {
                date: Day::from(first.checked_add(jiff::Span::new().days(*day)).unwrap()),
                value: Number::new(value).unwrap(),
            })
            .collect()
    }

    fn number(text: &str) -> Number {
        Number::new(text).unwrap()
    }

    /// The seven points of the example in Sen (1968).
    fn sen() -> Vec<Observation> {
        points(&[
            (1, "9"),
            (2, "15"),
            (3, "19"),
            (4, "20"),
            (10, "45"),
            (12, "55"),
            (18, "78"),
        ])
    }

    #[test]
    fn the_example_of_the_paper_comes_out() {
        let trend = Trend::of(&sen()).unwrap();
        assert_eq!(trend.slope, Decimal::from(4));
        // The slopes in order, by hand: 1, 5/2, 11/3, 26/7, 15/4, 23/6, 59/15, 63/16, 4, 4, 4, 4, 69/17, 33/8, 29/7,
        // 25/6, 46/11, 35/8, 5, 5, 6. The eleventh is 4. Two tails of 174 of 5,040 orders are 6.9%, of 343 13.6%:
        // nine in ten takes the fifth from either end.
        let ratio = |a: i64, b: i64| Decimal::from(a) / Decimal::from(b);
        assert_eq!(trend.interval, Some((ratio(15, 4), ratio(46, 11))));
        // On day 0 the points less 4 a day are 5, 7, 7, 4, 5, 7, 6: the median is 6, as R's `deming` has it.
        assert_eq!(trend.at(points(&[(0, "0")])[0].date).unwrap().value, number("6"));
        // At 93%, by the normal distribution, SciPy (`theilslopes`) and `deming` give 26/7 to 35/8: rank 4 of the
        // above. Variance 7 x 6 x 19 / 18 = 44.33, root 6.658, times 1.812 is 12.06; (21 - 12.06) / 2 = 4.47.
        assert_eq!(normal_rank(7, &[], 1.811_911), 4);
    }

    #[test]
    fn exact_ranks_follow_from_counting_the_orders() {
        // n = 4: 1 of 24 orders has no pair the wrong way round, 3 have one. Two tails of 1/24 are 8.3%, of 4/24 33%.
        assert_eq!(exact_rank(4, 0.1), 1);
        assert_eq!(exact_rank(4, 0.05), 0);
        // n = 3: two tails of 1/6 are 33%: no interval.
        assert_eq!(exact_rank(3, 0.1), 0);
        // n = 7 of 5,040 orders: 1, 6, 20, 49, 98 with 0 to 4; 2 x 76 / 5040 = 3.0%, 2 x 174 / 5040 = 6.9%.
        assert_eq!(exact_rank(7, 0.05), 4);
        assert_eq!(exact_rank(7, 0.07), 5);
        // At ten the two ways meet: variance 10 x 9 x 25 / 18 = 125, (45 - 1.645 x 11.18) / 2 = 13.3;
        // of 3,628,800 orders 7.3% have at most 12 pairs wrong at either end, 10.8% at most 13.
        assert_eq!(normal_rank(10, &[], Z), 13);
        assert_eq!(exact_rank(10, 0.1), 13);
    }

    #[test]
    fn one_wild_value_does_not_move_the_slope() {
        // Two a day, but for the third value. Pairs without it: 2 each, six of ten; the median is 2.
        let trend = Trend::of(&points(&[(0, "10"), (1, "12"), (2, "900"), (3, "16"), (4, "18")])).unwrap();
        assert_eq!(trend.slope, Decimal::TWO);
        let on_day_10 = points(&[(10, "0")])[0].date;
        assert_eq!(trend.at(on_day_10).unwrap().value, number("30"));
    }

    #[test]
    fn too_few_points_tell_no_trend_and_no_interval() {
        assert_eq!(Trend::of(&points(&[(0, "1"), (5, "2")])), None);
        let three = Trend::of(&points(&[(0, "1"), (5, "2"), (10, "4")])).unwrap();
        assert_eq!(three.interval, None);
        // Slopes 1/5, 3/10, 2/5: the median is 0.3.
        assert_eq!(three.slope, Decimal::new(3, 1));
        let four = Trend::of(&points(&[(0, "0"), (1, "1"), (2, "2"), (3, "6")])).unwrap();
        // Slopes 1, 1, 1, 2, 2.5, 4: rank 1 from either end.
        assert_eq!(four.interval, Some((Decimal::ONE, Decimal::from(4))));
        assert_eq!(four.slope, Decimal::new(15, 1));
    }

    #[test]
    fn a_forecast_is_the_line_with_as_many_points_above_as_below() {
        let trend = Trend::of(&points(&[(0, "0"), (1, "1"), (2, "2"), (3, "6")])).unwrap();
        let forecast = trend.at(points(&[(5, "0")])[0].date).unwrap();
        // Slope 1.5: 0 + 7.5, 1 + 6, 2 + 4.5, 6 + 3 are 7.5, 7, 6.5, 9: median 7.25.
        assert_eq!(forecast.value, number("7.25"));
        // Slope 1: 5, 5, 5, 8: median 5. Slope 4: 20, 17, 14, 14: median 15.5.
        assert_eq!(forecast.interval, Some((number("5"), number("15.5"))));
    }

    #[test]
    fn the_day_on_which_a_value_is_reached() {
        let up = Trend::of(&points(&[(0, "0"), (10, "10"), (20, "20")])).unwrap();
        assert_eq!(up.reaches(number("30")).unwrap().to_string(), "2026-01-31"); // day 30
        assert_eq!(up.reaches(number("30.5")).unwrap().to_string(), "2026-02-01"); // day 31: rounded up
        assert_eq!(up.reaches(number("-5")), None); // behind it
        // A third a day: 30 days for 10, not 31.
        let thirds = Trend::of(&points(&[(0, "0"), (3, "1"), (6, "2")])).unwrap();
        assert_eq!(thirds.reaches(number("10")).unwrap().to_string(), "2026-01-31");
        let flat = Trend::of(&points(&[(0, "5"), (10, "5"), (20, "5")])).unwrap();
        assert_eq!(flat.reaches(number("6")), None);
        let slow = Trend::of(&points(&[(0, "0"), (10000, "0.001"), (20000, "0.002")])).unwrap();
        assert_eq!(slow.reaches(number("1000000")), None);
    }

    #[test]
    fn tied_values_narrow_the_variance_as_the_paper_says() {
        // n = 4 with two pairs of equal values: (4x3x13 - 2 x 2x1x9) / 18 = (156 - 36) / 18 = 6.67; root 2.58;
        // (6 - 4.25) / 2 = 0.88: rank 0, no interval.
        assert_eq!(normal_rank(4, &[2, 2], Z), 0);
        // All twelve equal: no variance, the interval is the median itself; three are too few all the same.
        let same: Vec<(i64, &str)> = (0..12).map(|day| (day, "5")).collect();
        let trend = Trend::of(&points(&same)).unwrap();
        assert_eq!(trend.interval, Some((Decimal::ZERO, Decimal::ZERO)));
        assert_eq!(Trend::of(&points(&same[..3])).unwrap().interval, None);
    }

    #[test]
    fn a_slope_of_thirds_is_divided_once_so_that_a_half_is_seen_as_one() {
        // 0.1 in three days: 12.35 on day 9 and 12.45 on day 12, to the last digit.
        let thirds = Trend::of(&points(&[(0, "12.05"), (3, "12.15"), (6, "12.25")])).unwrap();
        let at = |day, places| {
            let forecast = thirds.forecast(points(&[(day, "0")])[0].date, |value| told_to(value, places));
            forecast.unwrap().value
        };
        assert_eq!((at(9, 15), at(9, 1)), (number("12.35"), number("12.4")));
        assert_eq!((at(12, 15), at(12, 1)), (number("12.45"), number("12.4")));
    }
}
