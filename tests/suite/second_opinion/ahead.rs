//! The trend of the last periods, and where it leads.

use super::age::Told;
use super::calendar::date;
use super::fraction::Frac;
use super::kpi::{Case, Rows};

/// How many days after the last measurement the day is looked for on which the target would be met.
pub const DAYS_AHEAD: i64 = 20_000;

/// Where it is heading.
pub struct Ahead {
    pub slope: Option<Frac>,
    pub interval: Option<(Frac, Frac)>,
    pub heading: &'static str,
    pub next: Option<(i64, Frac)>,
    pub forecast: Option<(Frac, Option<(Frac, Frac)>)>,
    pub prospect: &'static str,
    pub would_meet: Option<i64>,
}

impl Case {
    pub fn outlook(&self, rows: &Rows, as_of: i64) -> Ahead {
        let known = self.known(rows, as_of);
        let first = known.first().map(|row| row.1);
        let told = self.status_as_of(rows, as_of);
        // The last value of each of the last twelve months, quarters or years that have one.
        let months = match self.lengths().map(|lengths| lengths.0) {
            Some(61..=364) => 3,
            Some(365..) => 12,
            _ => 1,
        };
        let period = |day: i64| {
            let (y, m, _) = date(day);
            (12 * y + m - 1).div_euclid(months)
        };
        let mut points: Rows = Vec::new();
        for row in &known {
            points.retain(|point| period(point.0) != period(row.0));
            points.push(*row);
        }
        let points = points[points.len().saturating_sub(12)..].to_vec();

        let mut slopes: Vec<Frac> = Vec::new();
        for (i, a) in points.iter().enumerate() {
            for b in &points[i + 1..] {
                slopes.push(b.1.sub(a.1).div(Frac::whole_number(b.0 - a.0)));
            }
        }
        slopes.sort_by(|a, b| a.cmp(*b));
        let slope = (points.len() >= 3).then(|| median(&slopes));
        let rank = rank(&points);
        let interval = (points.len() > 3 && rank > 0).then(|| (slopes[rank - 1], slopes[slopes.len() - rank]));

        let way = self.direction(first);
        let zero = Frac(0, 1);
        let heading = match (slope, way, interval) {
            (None, ..) | (_, None, _) => "unknown",
            (Some(slope), ..) if slope.is_zero() => "steady",
            (_, Some(way), Some((low, high))) if zero.lt(low) || high.lt(zero) => match (way, zero.lt(low)) {
                (0, _) => "moving",
                (1, true) | (-1, false) => "better",
                _ => "worse",
            },
            _ => "unclear",
        };
        let next = self.next(as_of);
        let line = |slope: Frac, day: i64| {
            let mut on = points
                .iter()
                .map(|point| point.1.add(slope.mul(Frac::whole_number(day - point.0))))
                .collect::<Vec<_>>();
            on.sort_by(|a, b| a.cmp(*b));
            median(&on)
        };
        let forecast = slope.zip(next).and_then(|(slope, (day, _))| {
            let (from, to) = (points[0].0, points[points.len() - 1].0);
            if day - to > to - from {
                return None;
            }
            let value = self.sensible(&known, line(slope, day));
            let ends = interval.map(|(low, high)| {
                let (a, b) = (
                    self.sensible(&known, line(low, day)),
                    self.sensible(&known, line(high, day)),
                );
                if b.lt(a) { (b, a) } else { (a, b) }
            });
            Some((value, ends))
        });
        let prospect = match (forecast, next) {
            (Some((value, Some((low, high)))), Some((_, goal))) if told.verdict.1.is_empty() => {
                let met = [low, value, high].map(|value| self.meets(goal, value, first));
                match met {
                    [true, true, true] => "likely",
                    [false, false, false] => "unlikely",
                    _ => "open",
                }
            }
            (Some(_), Some(_)) => "open",
            _ => "",
        };
        let would_meet = self.would_meet(&told, (slope, heading), as_of, &line);
        Ahead {
            slope,
            interval,
            heading,
            next,
            forecast,
            prospect,
            would_meet,
        }
    }

    fn would_meet(
        &self,
        told: &Told,
        (slope, heading): (Option<Frac>, &str),
        as_of: i64,
        line: &impl Fn(Frac, i64) -> Frac,
    ) -> Option<i64> {
        let (slope, goal, last) = (slope?, self.goal()?.1, told.last?.0);
        let met_now = told.first_met.is_some() && told.lost.is_none();
        if heading != "better" || met_now {
            return None;
        }
        let there = |day: i64| {
            let left = goal.sub(line(slope, day));
            left.is_zero() || left.lt(Frac(0, 1)) == Frac(0, 1).lt(slope)
        };
        // On the last day the line may be at the target, but not beyond it.
        let at_last = goal.sub(line(slope, last));
        if there(last) && !at_last.is_zero() {
            return None;
        }
        let day = (last + 1..last + DAYS_AHEAD).find(|day| there(*day))?;
        (day > as_of).then_some(day)
    }

    /// The next dated target, or the final one.
    fn next(&self, as_of: i64) -> Option<(i64, Frac)> {
        let mut best: Option<(i64, Frac)> = None;
        for (date, v) in &self.targets {
            if let Some(date) = date
                && *date > as_of
                && best.is_none_or(|known| *date <= known.0)
            {
                best = Some((*date, self.value(*v)));
            }
        }
        let goal = self.goal().and_then(|(date, value)| Some((date?, value)));
        best.or(goal.filter(|goal| goal.0 > as_of))
    }

    /// A forecast as it is told.
    fn sensible(&self, known: &Rows, value: Frac) -> Frac {
        let mut figures: Vec<Frac> = known.iter().map(|row| row.1).collect();
        figures.extend(self.targets.iter().map(|target| self.value(target.1)));
        figures.extend(self.baseline.map(|baseline| self.value(baseline.1)));
        let zero = Frac(0, 1);
        let value = match figures.iter().any(|figure| figure.lt(zero)) {
            false if value.lt(zero) => zero,
            _ => value,
        };
        if value.is_zero() {
            return value;
        }
        let decimals = figures.iter().map(|figure| figure.decimals()).max().unwrap();
        // One decimal more, two where that leaves fewer than two digits that are not zero; at most six digits.
        let two = value.round(1 - value.exponent());
        let places = two.decimals().clamp(decimals + 1, decimals + 2);
        value.round(places.min(5 - value.exponent()))
    }
}

fn median(sorted: &[Frac]) -> Frac {
    let middle = sorted.len() / 2;
    match sorted.len() % 2 {
        1 => sorted[middle],
        _ => sorted[middle - 1].add(sorted[middle]).div(Frac(2, 1)),
    }
}

/// The rank of the interval's ends among the slopes.
fn rank(points: &Rows) -> usize {
    let n = points.len();
    let mut values: Vec<Frac> = points.iter().map(|point| point.1).collect();
    values.sort_by(|a, b| a.cmp(*b));
    let ties: Vec<usize> = values
        .chunk_by(|a, b| a.cmp(*b).is_eq())
        .map(<[Frac]>::len)
        .filter(|k| *k > 1)
        .collect();
    if n <= 10 && ties.is_empty() {
        // Of all orders of n values, how many have at most so many pairs the wrong way round.
        let all: f64 = (1..=n).map(|k| k as f64).product();
        let mut rank = 0;
        let mut tail = 0;
        loop {
            tail += orders(n, rank);
            if 2.0 * tail as f64 > 0.1 * all * (1.0 + 1e-12) {
                return rank;
            }
            rank += 1;
        }
    }
    let term = |k: usize| (k * (k - 1) * (2 * k + 5)) as f64;
    let variance = (term(n) - ties.iter().map(|k| term(*k)).sum::<f64>()) / 18.0;
    let pairs = (n * n.saturating_sub(1) / 2) as f64;
    ((pairs - 1.644_853_626_951_472_2 * variance.sqrt()) / 2.0)
        .max(0.0)
        .floor() as usize
}

/// How many orders of n values have exactly so many pairs the wrong way round: the largest stands at any of n places.
fn orders(n: usize, wrong: usize) -> u64 {
    if n <= 1 {
        return u64::from(wrong == 0);
    }
    (0..n.min(wrong + 1)).map(|past| orders(n - 1, wrong - past)).sum()
}
