//! Calendar periods: months, quarters and years, and their last days.

use jiff::civil::Date;

use crate::map::{Day, words};

words! {
    /// How often: the calendar periods that rows are made for, or in which a KPI is to be measured.
    Every {
        /// Calendar months.
        Month = "month",
        /// Calendar quarters, which end in March, June, September and December.
        Quarter = "quarter",
        /// Calendar years, which end on 31 December.
        Year = "year",
    }
}

impl Every {
    /// The first day of the period that `day` lies in.
    pub fn first_day(self, day: Day) -> Day {
        let date = day.date();
        let month = match self {
            Self::Month => date.month(),
            Self::Quarter => (date.month() - 1) / 3 * 3 + 1,
            Self::Year => 1,
        };
        // The first of a month of a year that is in range is always a day.
        Day::from(Date::new(date.year(), month, 1).unwrap_or(date))
    }

    /// The last day of the period that `day` lies in.
    pub fn last_day(self, day: Day) -> Day {
        let date = day.date();
        let month = match self {
            Self::Month => date.month(),
            Self::Quarter => (date.month() - 1) / 3 * 3 + 3,
            Self::Year => 12,
        };
        Day::from(Date::new(date.year(), month, 1).map_or(date, Date::last_of_month))
    }

    /// The last days of all periods that end from `first` to `last`, both included, in order. Empty where `last` is
    /// before `first`.
    pub fn ends(self, first: Day, last: Day) -> impl Iterator<Item = Day> {
        let mut next = (first <= last).then(|| self.last_day(first));
        std::iter::from_fn(move || {
            let end = next.filter(|end| *end <= last)?;
            // The calendar ends with the year 9999; so do its periods.
            next = end.date().tomorrow().ok().map(|day| self.last_day(Day::from(day)));
            Some(end)
        })
    }
}

words! {
    /// How often a KPI is to be measured, as far as its measurement plan's open text tells, the most often first.
    Frequency {
        /// Once a day.
        Daily = "daily",
        /// Once a week, Monday to Sunday.
        Weekly = "weekly",
        /// Once a calendar month.
        Monthly = "monthly",
        /// Once a calendar quarter.
        Quarterly = "quarterly",
        /// Once a calendar year.
        Yearly = "yearly",
    }
}

impl Frequency {
    /// The frequency that an open text names: one of the words, `annual` or `annually`, in any case, anywhere in the
    /// text; where it names several, the least often. `None` where it names none.
    pub fn of(text: &str) -> Option<Self> {
        text.split(|c: char| !c.is_alphabetic())
            .filter_map(|word| match word.to_ascii_lowercase().as_str() {
                "annual" | "annually" => Some(Self::Yearly),
                word => word.parse().ok(),
            })
            .max()
    }

    /// The number of the period that the day lies in: the same for two days of one period, and one more for each
    /// later period.
    pub(super) fn period(self, day: Day) -> i64 {
        let (year, month) = (i64::from(day.date().year()), i64::from(day.date().month()) - 1);
        match self {
            Self::Daily => day.number(),
            // 0001-01-01 was a Monday.
            Self::Weekly => day.number() / 7,
            Self::Monthly => year * 12 + month,
            Self::Quarterly => year * 4 + month / 3,
            Self::Yearly => year,
        }
    }

    /// How many periods have ended by the end of `as_of`, counted as [`Frequency::period`] counts.
    pub(super) fn ended(self, as_of: Day) -> i64 {
        match as_of.date().tomorrow() {
            Ok(tomorrow) => self.period(Day::from(tomorrow)),
            Err(_) => self.period(as_of) + 1,
        }
    }

    /// The calendar periods that measurements are condensed to for a trend: months, where measured more often.
    pub(super) fn every(self) -> Every {
        match self {
            Self::Daily | Self::Weekly | Self::Monthly => Every::Month,
            Self::Quarterly => Every::Quarter,
            Self::Yearly => Every::Year,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frequency_is_found_in_open_text() {
        for (text, frequency) in [
            ("monthly", Some(Frequency::Monthly)),
            ("Quarterly / rolling", Some(Frequency::Quarterly)),
            ("Annually", Some(Frequency::Yearly)),
            ("weekly, reported monthly", Some(Frequency::Monthly)),
            ("Once per school year", None),
            ("On a rolling basis", None),
            ("", None),
        ] {
            assert_eq!(Frequency::of(text), frequency, "{text}");
        }
    }

    #[test]
    fn periods_are_counted_without_a_gap() {
        // 2026-03-29 is a Sunday.
        for (frequency, last, next) in [
            (Frequency::Daily, "2026-03-29", "2026-03-30"),
            (Frequency::Weekly, "2026-03-29", "2026-03-30"),
            (Frequency::Monthly, "2026-12-31", "2027-01-01"),
            (Frequency::Quarterly, "2026-12-31", "2027-01-01"),
            (Frequency::Yearly, "2026-12-31", "2027-01-01"),
        ] {
            assert_eq!(
                frequency.period(day(next)) - frequency.period(day(last)),
                1,
                "{frequency}"
            );
            // A period has ended with its last day.
            assert_eq!(frequency.ended(day(last)), frequency.period(day(next)), "{frequency}");
        }
    }

    fn day(text: &str) -> Day {
        Day::new(text).unwrap()
    }

    #[test]
    fn periods_end_where_the_calendar_says() {
        for (every, text, first, last) in [
            (Every::Month, "2024-02-10", "2024-02-01", "2024-02-29"),
            (Every::Month, "2023-02-28", "2023-02-01", "2023-02-28"),
            (Every::Month, "2026-12-31", "2026-12-01", "2026-12-31"),
            (Every::Quarter, "2026-01-01", "2026-01-01", "2026-03-31"),
            (Every::Quarter, "2026-06-30", "2026-04-01", "2026-06-30"),
            (Every::Quarter, "2026-11-15", "2026-10-01", "2026-12-31"),
            (Every::Year, "2024-02-29", "2024-01-01", "2024-12-31"),
            (Every::Year, "9999-12-31", "9999-01-01", "9999-12-31"),
        ] {
            assert_eq!(every.first_day(day(text)), day(first), "{every} {text}");
            assert_eq!(every.last_day(day(text)), day(last), "{every} {text}");
        }
    }

    #[test]
    fn ends_run_from_first_to_last_inclusive() {
        let ends = |every: Every, a, b| every.ends(day(a), day(b)).map(String::from).collect::<Vec<_>>();
        assert_eq!(
            ends(Every::Month, "2024-01-31", "2024-03-30"),
            ["2024-01-31", "2024-02-29"]
        );
        assert_eq!(
            ends(Every::Quarter, "2026-02-01", "2026-09-30"),
            ["2026-03-31", "2026-06-30", "2026-09-30"]
        );
        assert_eq!(
            ends(Every::Year, "9998-05-01", "9999-12-31"),
            ["9998-12-31", "9999-12-31"]
        );
        assert!(ends(Every::Month, "2026-02-02", "2026-02-01").is_empty());
    }
}
