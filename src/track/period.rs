//! Calendar periods: months, quarters and years, and their last days.

use jiff::civil::Date;

use crate::map::{Day, words};

words! {
    /// How often: the calendar periods that rows are made for, or in which a KPI is to be measured. Quarters end in March,
    /// June, September and December, years on 31 December.
    Every {
        /// Calendar months.
        Month = "month",
        /// Calendar quarters.
        Quarter = "quarter",
        /// Calendar years.
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

#[cfg(test)]
mod tests {
    use super::*;

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
