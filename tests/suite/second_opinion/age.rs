//! Measuring periods, what has fallen due, and the status as of a day.

use super::calendar::{date, day_of, month_end, month_length, number, years_later};
use super::fraction::Frac;
use super::kpi::{Case, Rows, Words};

/// What is told of a KPI as of a day.
pub struct Told {
    pub last: Option<(i64, Frac)>,
    pub expected: Option<Frac>,
    pub variance: Option<Frac>,
    pub percent: Option<Frac>,
    pub verdict: (&'static str, &'static str),
    pub overdue: i64,
    pub holds_until: Option<i64>,
    pub first_met: Option<i64>,
    pub lost: Option<i64>,
}

impl Case {
    /// Length, grace and lead in days.
    pub fn lengths(&self) -> Option<(i64, i64, i64)> {
        let (_, unit, count, _) = Words::ALL[self.frequency];
        let length = match unit {
            'd' => count,
            'w' => 7 * count,
            'm' => count * 365 / 12,
            _ => return None,
        };
        Some((length, length.clamp(7, 30), length / 10))
    }

    /// The last day of the measuring period that a day lies in, found by walking.
    pub fn period_end(&self, day: i64) -> i64 {
        let anchor = self.start().or(self.path().first().map(|corner| corner.0));
        let mut end = day;
        while !self.is_period_end(end, anchor) {
            end += 1;
        }
        end
    }

    pub fn is_period_end(&self, day: i64, anchor: Option<i64>) -> bool {
        let (_, unit, count, first) = Words::ALL[self.frequency];
        // 2024-01-01 was a Monday.
        let week = |day: i64| day.div_euclid(7);
        let month = |day: i64| {
            let (y, m, _) = date(day);
            12 * y + m - 1
        };
        let zero = number(2024, 1, 1) - 738_885;
        match unit {
            'd' => match anchor {
                Some(anchor) if count > 1 => (day - anchor).rem_euclid(count) == 0,
                _ => (day - zero).rem_euclid(count) == count - 1,
            },
            'w' => {
                let ends = day.rem_euclid(7) == 6;
                ends && match anchor {
                    Some(anchor) if count > 1 => (week(day) - week(anchor)).rem_euclid(count) == 0,
                    _ => (week(day) - week(zero)).rem_euclid(count) == count - 1,
                }
            }
            _ => {
                let (y, m, d) = date(day);
                if d != month_length(y, m) {
                    return false;
                }
                match (12 % count == 0, anchor) {
                    // In the year from its first month on, the months that a period ends with.
                    (true, _) => (m - first).rem_euclid(12) % count == count - 1,
                    (false, Some(anchor)) if count % 12 == 0 => {
                        // The month that ends the anchor's year.
                        let (ay, am, _) = date(anchor);
                        let ends = 12 * ay + am - 1 + (first - 1 - am).rem_euclid(12);
                        (month(day) - ends).rem_euclid(count) == 0
                    }
                    (false, Some(anchor)) => (month(day) - month(anchor)).rem_euclid(count) == 0,
                    (false, None) => (month(day) - (first - 1)).rem_euclid(count) == count - 1,
                }
            }
        }
    }

    pub fn holds_until(&self, day: i64) -> i64 {
        match self.lengths() {
            Some((_, grace, _)) => self.period_end(self.period_end(day) + 1) + grace,
            None => years_later(day, 1),
        }
    }

    pub fn is_final(&self, last: (i64, Frac), first: Option<Frac>) -> bool {
        let Some((Some(due), goal)) = self.goal() else {
            return false;
        };
        let lead = self.lengths().map_or(36, |lengths| lengths.2);
        let early = self.profile != 2 || self.meets(goal, last.1, first);
        last.0 >= due || early && due - last.0 <= lead
    }

    /// The days on which a measurement falls due after that one, up to a day.
    pub fn due_days(&self, measured: Option<i64>, upto: i64) -> Vec<i64> {
        let from = measured.or(self.start());
        let promised = self.path().first().map(|corner| corner.0);
        let goal = self.goal().and_then(|goal| goal.0);
        let mut out = Vec::new();
        if self.lengths().is_some() {
            // The first period that is due ends on that day.
            let mut end = match (from, promised) {
                (Some(from), _) => self.period_end(self.period_end(from) + 1),
                (None, Some(first)) => self.period_end(first),
                (None, None) => return out,
            };
            let last = goal.map_or(upto, |goal| self.period_end(goal)).min(upto);
            while end <= last {
                out.push(end);
                end = self.period_end(end + 1);
            }
        } else {
            for (date, _) in &self.targets {
                if let Some(date) = date
                    && self.start().is_none_or(|start| *date >= start)
                    && from.is_none_or(|from| month_end(*date) > month_end(from))
                {
                    out.push(month_end(*date));
                }
            }
            if let Some(from) = from.or(promised) {
                for years in 1..20 {
                    let day = years_later(from, years);
                    if goal.is_none_or(|goal| day <= month_end(goal)) {
                        out.push(day);
                    }
                }
            }
            out.retain(|day| *day <= upto);
            out.sort();
            out.dedup();
        }
        out
    }

    pub fn overdue(&self, last: Option<(i64, Frac)>, as_of: i64, first: Option<Frac>) -> i64 {
        let count = self.due_days(last.map(|last| last.0), as_of).len() as i64;
        let gone_by = self.goal().and_then(|goal| goal.0).is_some_and(|goal| {
            let end = match self.lengths() {
                Some(_) => self.period_end(goal),
                None => month_end(goal),
            };
            end < as_of
        });
        let settled = last.is_some_and(|last| self.is_final(last, first));
        count.max(i64::from(gone_by && !settled))
    }

    /// The table of a verdict that has an age.
    pub fn verdict(&self, last: Option<(i64, Frac)>, as_of: i64, first: Option<Frac>) -> (&'static str, &'static str) {
        let due = self.goal().and_then(|goal| goal.0).filter(|due| *due <= as_of);
        let Some(last) = last else {
            return match due.is_some() || self.overdue(None, as_of, first) > 0 {
                true => ("no-data", "nothing-measured"),
                false => ("not-due", ""),
            };
        };
        let then = self.then(last.0, last.1, first);
        let behind = matches!(then, "off-track" | "at-risk" | "missed");
        if let Some(due) = due {
            if !self.is_final(last, first) {
                return (if behind { then } else { "no-data" }, "awaiting-final-figure");
            }
            match self.then(last.0.max(due), last.1, first) {
                "missed" => return ("missed", ""),
                "achieved" if behind => return (then, ""),
                "achieved" => return ("achieved", ""),
                _ => {}
            }
        }
        let promised = self.against(as_of, last.1).is_some();
        if as_of <= self.holds_until(last.0) {
            (then, "")
        } else if behind {
            (then, "stale")
        } else if then == "not-due" && !promised && self.overdue(Some(last), as_of, first) == 0 {
            ("not-due", "")
        } else {
            ("no-data", "stale")
        }
    }

    /// The values that are held against the plan.
    pub fn values(&self, rows: &Rows) -> Rows {
        let start = self.start();
        match self.aggregation {
            2 => {
                let mut total = self.baseline.map_or(Frac(0, 1), |baseline| self.value(baseline.1));
                let counted = rows.iter().filter(|row| start.is_none_or(|start| row.0 > start));
                counted
                    .map(|(date, value)| {
                        total = total.add(*value);
                        (*date, total)
                    })
                    .collect()
            }
            3 => rows
                .iter()
                .map(|(at, _)| {
                    let out = {
                        let (y, m, d) = date(*at);
                        number(y - 1, m, d.min(month_length(y - 1, m)))
                    };
                    let same = |row: &i64| start.is_none_or(|start| (*row < start) == (*at < start));
                    let counted: Vec<Frac> = rows
                        .iter()
                        .filter(|(row, _)| *row > out && row <= at && same(row))
                        .map(|row| row.1)
                        .collect();
                    let places = counted.iter().map(|value| value.decimals()).max().unwrap();
                    let sum = counted.iter().fold(Frac(0, 1), |sum, value| sum.add(*value));
                    (*at, sum.div(Frac::whole_number(counted.len() as i64)).round(places + 2))
                })
                .collect(),
            _ => rows.clone(),
        }
    }

    pub fn known(&self, rows: &Rows, as_of: i64) -> Rows {
        let all = self.values(rows).into_iter();
        all.filter(|row| row.0 <= as_of && self.start().is_none_or(|start| row.0 >= start))
            .collect()
    }

    pub fn beside(&self, last: (i64, Frac)) -> (Option<Frac>, Option<Frac>) {
        let Some(of) = self.against(last.0, last.1) else {
            return (None, None);
        };
        let variance = last.1.sub(of);
        let percent = match (self.band().is_some() && variance.is_zero(), of.is_zero()) {
            (true, _) => Some(Frac(0, 1)),
            (_, true) => None,
            _ => Some(variance.mul(Frac(100, 1)).div(of.abs()).round(2)),
        };
        (Some(variance), percent)
    }

    pub fn status_as_of(&self, rows: &Rows, as_of: i64) -> Told {
        let known = self.known(rows, as_of);
        let first = known.first().map(|row| row.1);
        let last = known.last().copied();
        let (variance, percent) = last.map_or((None, None), |last| self.beside(last));
        // On its own day, or as the final figure.
        let achieved = |row: &(i64, Frac)| {
            self.then(row.0, row.1, first) == "achieved"
                || self.is_final(*row, first) && self.verdict(Some(*row), as_of, first).0 == "achieved"
        };
        let met: Vec<usize> = (0..known.len()).filter(|at| achieved(&known[*at])).collect();
        let lost = met.last().filter(|at| **at + 1 < known.len()).map(|at| known[at + 1].0);
        Told {
            last,
            expected: last.and_then(|last| self.expected(last.0)),
            variance,
            percent,
            verdict: self.verdict(last, as_of, first),
            overdue: self.overdue(last, as_of, first),
            holds_until: last.map(|last| self.holds_until(last.0)),
            first_met: met.first().map(|at| known[*at].0),
            lost,
        }
    }

    /// The rows of a trajectory by periods of so many months, each as a line of its figures.
    pub fn trajectory(&self, rows: &Rows, as_of: i64, months: i64) -> Vec<String> {
        let values = self.values(rows);
        let first_value = values.first().map(|row| row.1);
        let path = self.path();
        let begins = path.first().map(|corner| corner.0);
        let first = match (self.start(), begins, values.first().map(|row| row.0)) {
            (Some(start), ..) => start,
            (None, Some(a), Some(b)) => a.min(b),
            (None, Some(a), None) | (None, None, Some(a)) => a,
            (None, None, None) => return Vec::new(),
        };
        let last = path.last().map_or(as_of, |corner| corner.0.max(as_of));
        let ends = |day: i64| {
            let (y, m, d) = date(day);
            d == month_length(y, m) && m % months == 0
        };
        let mut out = Vec::new();
        for day in first..=last.max(first) {
            let named = self.targets.iter().any(|target| target.0 == Some(day));
            if !((ends(day) && day <= last) || named || day == as_of || self.start() == Some(day)) {
                continue;
            }
            let mut from = day;
            while from > first && !ends(from - 1) {
                from -= 1;
            }
            let baseline = self
                .baseline
                .filter(|b| b.2 && b.0 == day)
                .map(|b| (day, self.value(b.1)));
            let in_row = values.iter().rfind(|row| row.0 >= from && row.0 <= day).copied();
            let actual = match baseline {
                Some(baseline) => Some(in_row.filter(|row| row.0 == day).unwrap_or(baseline)),
                None => in_row,
            };
            let actual = actual.filter(|_| day <= as_of);
            let status = match actual {
                Some(actual) => self.verdict(Some(actual), day, first_value).0,
                None if day > as_of => "not-due",
                None => {
                    let before = values.iter().rfind(|row| row.0 < from && row.0 >= first).copied();
                    let due = self.due_days(before.map(|row| row.0), day);
                    let goal = self.goal().and_then(|goal| goal.0).is_some_and(|goal| goal <= day);
                    let settled = before.is_some_and(|row| self.is_final(row, first_value));
                    match due.iter().any(|due| *due >= from) || goal && !settled {
                        true => "no-data",
                        false => "not-due",
                    }
                }
            };
            let shown = |value: Option<Frac>| value.map(Frac::text).unwrap_or_default();
            let (variance, percent) = actual.map_or((None, None), |actual| self.beside(actual));
            out.push(format!(
                "{} {} {} {} {} {} {} {status}",
                day_of(day),
                shown(self.expected(day)),
                shown(actual.map(|actual| actual.1)),
                actual.map(|actual| day_of(actual.0).to_string()).unwrap_or_default(),
                shown(actual.and_then(|actual| self.expected(actual.0))),
                shown(variance),
                shown(percent),
            ));
        }
        out
    }
}
