//! When measurements of a KPI fall due, and which of them have not come.

use std::collections::BTreeSet;

use super::{Missing, Planned};
use crate::map::Day;
use crate::track::frequency::Periods;
use crate::track::{Every, Observation};

impl Planned {
    /// How many measurements have fallen due by the end of the day and have not come since the last value.
    ///
    /// With a frequency, one falls due with each of its periods that ends: after the one of the last value; without a
    /// value, after that of the baseline; with neither, from that of the first promised day on. Without a frequency one
    /// falls due each year after the last value (the baseline, the first promised day), and with the calendar month of each
    /// target. Nothing falls due after the final target; its own figure is overdue once the period of its day has gone by
    /// without one.
    pub fn overdue(&self, last: Option<Observation>, as_of: Day) -> u32 {
        let measured = last.map(|o| o.date).or(self.start);
        let due = match self.measured {
            Some((_, periods)) => {
                let Some(first) = self.first_due(measured, &periods) else {
                    return 0;
                };
                let after = match self.closing() {
                    Some(closing) => periods.number(closing) + 1,
                    None => i64::MAX,
                };
                periods.ended(as_of).min(after) - first
            }
            None => self.due_days(measured, as_of).len() as i64,
        };
        let due = u32::try_from(due.max(0)).unwrap_or(u32::MAX);
        due.max(u32::from(self.is_final_overdue(last, as_of)))
    }

    /// What fell due from `first` to `last`, both days included, and has not come; `None` where nothing did. `before` is
    /// the last value before `first`, and there is none from then to `last`.
    pub fn fell_due(&self, before: Option<Observation>, first: Day, last: Day) -> Option<Missing> {
        if self.closing().is_some_and(|due| due <= last) && !before.is_some_and(|value| self.is_final(value)) {
            return Some(Missing::AwaitingFinalFigure);
        }
        let measured = before.map(|o| o.date).or(self.start);
        let due = match self.measured {
            Some((_, periods)) => {
                let from = self.first_due(measured, &periods)?;
                // The period that `first` lies in may have ended, and the value before may be its own.
                let period = periods.number(first).max(from);
                periods.last_day(period) <= last
                    && self.closing().is_none_or(|closing| period <= periods.number(closing))
            }
            None => self.is_due_between(measured, first, last),
        };
        due.then_some(Missing::NothingMeasured)
    }

    /// The days on which measurements fall due from `first` to `last`, both included, in order, at most `most` of them and
    /// one more. The day is the last of the period, and of the last period the day of the final target where that is earlier.
    /// Periods in which there is a value already are left out.
    pub fn due_from(&self, known: &[Observation], first: Option<Day>, last: Day, most: usize) -> Vec<Day> {
        let within = |day: &Day| *day <= last && first.is_none_or(|first| *day >= first);
        let Some((_, periods)) = self.measured else {
            let has_value = |end: Day| {
                let month = Every::Month.last_day(end);
                known.iter().any(|o| Every::Month.last_day(o.date) == month)
            };
            let days = self.due_days(self.start, last).into_iter();
            return days
                .filter(|day| within(day) && !has_value(*day))
                .take(most.saturating_add(1))
                .collect();
        };
        let Some(from) = self.first_due(self.start, &periods) else {
            return Vec::new();
        };
        let from = first.map_or(from, |first| from.max(periods.number(first)));
        let closing = self.closing().map(|day| periods.number(day));
        let until = (periods.number(last)).min(closing.unwrap_or(i64::MAX));
        let measured: BTreeSet<i64> = known.iter().map(|o| periods.number(o.date)).collect();
        (from..=until)
            .filter(|period| !measured.contains(period))
            .map(|period| match self.closing().filter(|_| Some(period) == closing) {
                Some(day) => day.min(periods.last_day(period)),
                None => periods.last_day(period),
            })
            .filter(within)
            .take(most.saturating_add(1))
            .collect()
    }

    /// The first day after `last` on which a measurement falls due; `None` where none does.
    pub fn next_due(&self, last: Day) -> Option<Day> {
        let after = last.later(1);
        // A period of a thousand years is the longest that is understood; most are far shorter.
        let ahead = self.measured.map_or(731, |(frequency, _)| 2 * frequency.length() + 1);
        let from = self
            .start
            .or(self.days().map(|days| days.0))
            .unwrap_or(after)
            .max(after);
        self.due_from(&[], Some(after), from.later(ahead), 0).first().copied()
    }

    /// The number of the first period in which a measurement falls due after that day, or with the first promised day where
    /// there is none; `None` where nothing is promised either.
    fn first_due(&self, measured: Option<Day>, periods: &Periods) -> Option<i64> {
        let promised = || self.days().map(|(first, _)| periods.number(first));
        measured.map(|day| periods.number(day) + 1).or_else(promised)
    }

    /// The day after whose period, or month, nothing is measured any more: that of the final target.
    fn closing(&self) -> Option<Day> {
        self.goal.and_then(|goal| goal.date)
    }

    /// Where the plan names no frequency, the days up to the last on which measurements have fallen due after that one.
    fn due_days(&self, measured: Option<Day>, last: Day) -> BTreeSet<Day> {
        let month = |day: Day| Every::Month.last_day(day);
        let targets = self.targets.iter().map(|(day, _)| month(*day));
        let mut days: BTreeSet<Day> = targets
            .filter(|end| measured.is_none_or(|day| *end > month(day)))
            .collect();
        if let Some(from) = measured.or(self.days().map(|days| days.0)) {
            let closing = self.closing().map(month);
            let years = (1..).map(|n| from.years_later(n));
            // At the end of the calendar a year later is the same day.
            let mut before = from;
            days.extend(years.take_while(|day| {
                let goes_on = *day <= last && *day > before && closing.is_none_or(|end| *day <= end);
                before = *day;
                goes_on
            }));
        }
        days.retain(|day| *day <= last);
        days
    }

    /// Whether one of [`Self::due_days`] lies from `first` to `last`, found without listing them: rows of long plans ask it
    /// of every period.
    fn is_due_between(&self, measured: Option<Day>, first: Day, last: Day) -> bool {
        let month = |day: Day| Every::Month.last_day(day);
        let within = |day: Day| first <= day && day <= last;
        let of_a_target = |end: Day| measured.is_none_or(|day| end > month(day)) && within(end);
        if self.targets.iter().any(|(day, _)| of_a_target(month(*day))) {
            return true;
        }
        let Some(from) = measured.or(self.days().map(|days| days.0)) else {
            return false;
        };
        let closing = self.closing().map(month);
        // The first year that can reach `first`, and one more for a day later in its year.
        let years = (i32::from(first.date().year()) - i32::from(from.date().year())).max(1);
        (years..=years + 1)
            .map(|n| from.years_later(n))
            .any(|day| day > from && within(day) && closing.is_none_or(|end| day <= end))
    }

    /// Whether the period of the final target's day has gone by without a final figure.
    fn is_final_overdue(&self, last: Option<Observation>, as_of: Day) -> bool {
        let Some(due) = self.closing() else { return false };
        let end = match self.measured {
            Some((_, periods)) => periods.last_day(periods.number(due)),
            None => Every::Month.last_day(due),
        };
        end < as_of && !last.is_some_and(|value| self.is_final(value))
    }
}

#[cfg(test)]
mod tests {
    use crate::map::{Day, Kpi};
    use crate::track::Planned;

    #[test]
    fn asking_whether_a_day_is_due_agrees_with_listing_all_due_days() {
        let day = |text: &str| Day::new(text).unwrap();
        for targets in ["[]", r#"[{"date": "2031-02-10", "value": 5}]"#, r#"[{"value": 5}]"#] {
            for start in ["2024-02-29", "2026-03-31"] {
                let kpi: Kpi = serde_json::from_str(&format!(
                    r#"{{"id": "k", "node": "n", "baseline": {{"date": "{start}", "value": 1}}, "targets": {targets}}}"#
                ))
                .unwrap();
                let plan = Planned::of(&kpi);
                for measured in [None, Some(day("2027-01-15")), Some(day("2028-02-29"))] {
                    let mut first = day("2024-01-01");
                    while first < day("2033-01-01") {
                        for last in [first.later(0), first.later(30), first.later(90), first.later(364)] {
                            let listed = plan.due_days(measured, last).range(first..).next().is_some();
                            assert_eq!(plan.is_due_between(measured, first, last), listed, "{first} {last}");
                        }
                        first = first.later(29);
                    }
                }
            }
        }
    }
}
