//! How often a KPI is to be measured, and the periods that follow from it.

mod words;

use std::fmt;

use jiff::civil::Date;

use super::Every;
use crate::map::Day;

/// How often a KPI is to be measured: once in each of a row of periods that follow one another without a gap.
///
/// Read from the open text of a measurement plan by [`Frequency::of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Frequency {
    unit: Unit,
    /// How many units make a period; at least 1.
    count: u32,
    /// The month in which a year of measuring begins: 1 for the calendar year, 4 for the financial year.
    first_month: u8,
}

/// What periods are counted in, the shortest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Unit {
    Day,
    /// Monday to Sunday.
    Week,
    Month,
}

/// The longest period that is counted, in units: a thousand years of months.
const MOST: u32 = 12_000;

impl Frequency {
    /// Once a day.
    pub const DAILY: Self = Self::every(Unit::Day, 1);
    /// Once a week, Monday to Sunday.
    pub const WEEKLY: Self = Self::every(Unit::Week, 1);
    /// Once a calendar month.
    pub const MONTHLY: Self = Self::every(Unit::Month, 1);
    /// Once a calendar quarter.
    pub const QUARTERLY: Self = Self::every(Unit::Month, 3);
    /// Once a calendar year.
    pub const YEARLY: Self = Self::every(Unit::Month, 12);

    /// Once every so many days; 0 is taken as 1.
    pub const fn days(count: u32) -> Self {
        Self::every(Unit::Day, count)
    }

    /// Once every so many weeks; 0 is taken as 1.
    pub const fn weeks(count: u32) -> Self {
        Self::every(Unit::Week, count)
    }

    /// Once every so many calendar months; 0 is taken as 1.
    pub const fn months(count: u32) -> Self {
        Self::every(Unit::Month, count)
    }

    const fn every(unit: Unit, count: u32) -> Self {
        Self {
            unit,
            count: if count == 0 {
                1
            } else if count > MOST {
                MOST
            } else {
                count
            },
            first_month: 1,
        }
    }

    /// The same in years that begin with that month, counted from 1: 4 for the financial year from April to March.
    /// Without effect on what is counted in days or weeks.
    pub fn in_years_from(mut self, first_month: u8) -> Self {
        let months = first_month.clamp(1, 12) - 1;
        self.first_month = 1 + match (self.unit, self.count) {
            // Quarters of a year from April are those of the calendar.
            (Unit::Month, count @ 1..=11) if 12 % count == 0 => months % count as u8,
            (Unit::Month, count) if count % 12 == 0 => months,
            _ => 0,
        };
        self
    }

    /// The frequency that an open text names: `monthly`, `each quarter`, `3 times a year`, `every 2 weeks`, `by financial
    /// year`, `p.a.`; where it names several, the least often. `None` where it names none. What is understood is listed in
    /// `docs/tracking.md`.
    /// ```
    /// use benefit_map::track::Frequency;
    ///
    /// let days = |text: &str| Frequency::of(text).map(Frequency::length);
    /// assert_eq!(days("monthly"), Some(30));
    /// assert_eq!(days("every 2 weeks"), Some(14));
    /// assert_eq!(days("on a rolling basis"), None);
    /// ```
    pub fn of(text: &str) -> Option<Self> {
        words::frequency(text)
    }

    /// How many days a period has, leap days left aside: 30 for a month, 91 for a quarter, 365 for a year.
    pub fn length(self) -> i64 {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Day => count,
            Unit::Week => 7 * count,
            Unit::Month => count * 365 / 12,
        }
    }

    /// How many days a measurement may be late before the last one no longer holds: as many as a period has, at least a
    /// week and at most 30 days.
    pub fn grace(self) -> i64 {
        self.length().clamp(7, 30)
    }

    /// How many days before the day of a final target a measurement counts as one of that day: a tenth of the period,
    /// whole days only.
    pub fn lead(self) -> i64 {
        self.length() / 10
    }

    /// The calendar periods that measurements are condensed to for a trend.
    pub(super) fn condensed(self) -> Every {
        match self.length() {
            ..=60 => Every::Month,
            61..=364 => Every::Quarter,
            _ => Every::Year,
        }
    }

    /// The periods themselves. Weeks, months, quarters and all that divides a year stand where the calendar has them.
    /// Others (every 10 days, every 2 weeks, every 5 months, every 2 years) are counted so that one of them ends with the
    /// day, the week, the month or the year of `anchor`.
    pub(super) fn periods(self, anchor: Option<Day>) -> Periods {
        let count = i64::from(self.count);
        let first = i64::from(self.first_month) - 1;
        let start = match (self.unit, anchor) {
            (_, None) | (Unit::Day | Unit::Week, Some(_)) if count == 1 => 0,
            (Unit::Month, _) if 12 % count == 0 => first,
            (Unit::Month, Some(anchor)) if count % 12 == 0 => (month(anchor) - first).div_euclid(12) * 12 + 12 + first,
            (Unit::Month, None) => first,
            (unit, Some(anchor)) => unit.number(anchor) + 1,
            (_, None) => 0,
        };
        Periods {
            unit: self.unit,
            count,
            start,
        }
    }
}

/// Months since January of the year 0.
fn month(day: Day) -> i64 {
    i64::from(day.date().year()) * 12 + i64::from(day.date().month()) - 1
}

impl Unit {
    /// The number of the unit that the day lies in, one more for each later unit.
    fn number(self, day: Day) -> i64 {
        match self {
            Self::Day => day.number(),
            // 0001-01-01 was a Monday.
            Self::Week => day.number().div_euclid(7),
            Self::Month => month(day),
        }
    }

    /// The first day of the unit of that number; `None` outside the calendar.
    fn first_day(self, number: i64) -> Option<Day> {
        let days = |count: i64| {
            let span = jiff::Span::new().try_days(count).ok()?;
            Date::new(1, 1, 1).ok()?.checked_add(span).ok()
        };
        let date = match self {
            Self::Day => days(number),
            Self::Week => days(number.checked_mul(7)?),
            Self::Month => {
                let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
                Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()
            }
        };
        date.filter(|date| date.year() >= 1).map(Day::from)
    }
}

impl fmt::Display for Frequency {
    /// As it stands after "to be measured": `monthly`, `every 2 weeks`, `each financial year`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match (self.unit, self.count, self.first_month) {
            (Unit::Day, 1, _) => "daily",
            (Unit::Week, 1, _) => "weekly",
            (Unit::Month, 1, _) => "monthly",
            (Unit::Month, 3, _) => "quarterly",
            (Unit::Month, 12, 1) => "yearly",
            (Unit::Month, 12, 4) => "each financial year",
            (Unit::Month, 12, 9) => "each school year",
            (Unit::Month, 12, _) => "yearly",
            (Unit::Day, n, _) => return write!(f, "every {n} days"),
            (Unit::Week, n, _) => return write!(f, "every {n} weeks"),
            (Unit::Month, n, _) if n % 12 == 0 => return write!(f, "every {} years", n / 12),
            (Unit::Month, n, _) => return write!(f, "every {n} months"),
        };
        f.pad(word)
    }
}

/// The periods of a [`Frequency`], counted without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Periods {
    unit: Unit,
    count: i64,
    /// The number of the unit with which period 0 begins.
    start: i64,
}

impl Periods {
    /// The number of the period that the day lies in: the same for two days of one period, and one more for each
    /// later period.
    pub fn number(self, day: Day) -> i64 {
        (self.unit.number(day) - self.start).div_euclid(self.count)
    }

    /// The last day of the period of that number; the calendar's last day where it ends later.
    pub fn last_day(self, number: i64) -> Day {
        let next = self.unit.first_day(self.start + (number + 1) * self.count);
        let last = next.and_then(|day| day.date().yesterday().ok());
        Day::from(last.unwrap_or(Date::MAX))
    }

    /// How many periods have ended by the end of the day, counted as [`Periods::number`] counts.
    pub fn ended(self, day: Day) -> i64 {
        match day.date().tomorrow() {
            Ok(tomorrow) => self.number(Day::from(tomorrow)),
            Err(_) => self.number(day) + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::new(text).unwrap()
    }

    #[test]
    fn periods_are_counted_without_a_gap() {
        // 2026-03-29 is a Sunday; the last days of a period and the first of the next.
        let financial = Frequency::YEARLY.in_years_from(4);
        for (frequency, last, next) in [
            (Frequency::DAILY, "2026-03-29", "2026-03-30"),
            (Frequency::WEEKLY, "2026-03-29", "2026-03-30"),
            (Frequency::MONTHLY, "2028-02-29", "2028-03-01"),
            (Frequency::months(2), "2026-04-30", "2026-05-01"),
            (Frequency::QUARTERLY, "2026-12-31", "2027-01-01"),
            (Frequency::months(4), "2026-08-31", "2026-09-01"),
            (Frequency::months(6), "2026-06-30", "2026-07-01"),
            (Frequency::YEARLY, "2026-12-31", "2027-01-01"),
            (financial, "2026-03-31", "2026-04-01"),
            (Frequency::YEARLY.in_years_from(9), "2026-08-31", "2026-09-01"),
            (Frequency::months(6).in_years_from(4), "2026-09-30", "2026-10-01"),
        ] {
            for anchor in [None, Some(day("2025-02-13"))] {
                let periods = frequency.periods(anchor);
                let number = periods.number(day(last));
                assert_eq!(periods.number(day(next)), number + 1, "{frequency}");
                // A period has ended with its last day.
                assert_eq!(periods.ended(day(last)), number + 1, "{frequency}");
                assert_eq!(periods.last_day(number), day(last), "{frequency}");
            }
        }
    }

    #[test]
    fn periods_that_the_calendar_does_not_have_end_with_the_anchor() {
        let last = |frequency: Frequency, anchor: &str, of: &str| {
            let periods = frequency.periods(Some(day(anchor)));
            periods.last_day(periods.number(day(of))).to_string()
        };
        // Two weeks after the week of the baseline, which ends on Sunday 2026-04-05.
        assert_eq!(last(Frequency::weeks(2), "2026-03-31", "2026-03-31"), "2026-04-05");
        assert_eq!(last(Frequency::weeks(2), "2026-03-31", "2026-04-06"), "2026-04-19");
        assert_eq!(last(Frequency::days(10), "2026-03-31", "2026-04-01"), "2026-04-10");
        assert_eq!(last(Frequency::months(5), "2026-03-31", "2026-04-01"), "2026-08-31");
        // Every two years after the year of the baseline: 2027 and 2028.
        assert_eq!(last(Frequency::months(24), "2026-03-31", "2026-12-31"), "2026-12-31");
        assert_eq!(last(Frequency::months(24), "2026-03-31", "2027-01-01"), "2028-12-31");
        // In financial years: the baseline lies in that which ends on 2026-03-31.
        let financial = Frequency::months(24).in_years_from(4);
        assert_eq!(last(financial, "2026-03-31", "2026-04-01"), "2028-03-31");
        // A census: 2021, and then by the end of 2031.
        assert_eq!(last(Frequency::months(120), "2021-03-21", "2022-01-01"), "2031-12-31");
    }

    #[test]
    fn every_period_is_as_long_as_it_says_and_the_calendar_ends() {
        for frequency in [
            Frequency::days(7),
            Frequency::weeks(3),
            Frequency::months(5),
            Frequency::months(18),
            Frequency::months(60).in_years_from(9),
        ] {
            let periods = frequency.periods(Some(day("2024-02-29")));
            let mut end = day("2024-02-29");
            for _ in 0..40 {
                let next = Day::from(end.date().tomorrow().unwrap());
                let after = periods.last_day(periods.number(next));
                let days = end.days_until(after);
                let (least, most) = (frequency.length() - 3, frequency.length() + 3);
                if end != day("2024-02-29") {
                    assert!((least..=most).contains(&days), "{frequency}: {days}");
                }
                end = after;
            }
        }
        let last = day("9999-12-31");
        let periods = Frequency::months(120).periods(None);
        assert_eq!(periods.last_day(periods.number(last) + 5), last);
        assert_eq!(Frequency::DAILY.periods(None).ended(last), last.number() + 1);
    }

    #[test]
    fn grace_and_lead_are_shares_of_the_period() {
        for (frequency, length, grace, lead) in [
            (Frequency::DAILY, 1, 7, 0),
            (Frequency::WEEKLY, 7, 7, 0),
            (Frequency::weeks(2), 14, 14, 1),
            (Frequency::MONTHLY, 30, 30, 3),
            (Frequency::QUARTERLY, 91, 30, 9),
            (Frequency::months(6), 182, 30, 18),
            (Frequency::YEARLY, 365, 30, 36),
            (Frequency::months(24), 730, 30, 73),
        ] {
            assert_eq!(
                (frequency.length(), frequency.grace(), frequency.lead()),
                (length, grace, lead),
                "{frequency}"
            );
        }
    }
}
