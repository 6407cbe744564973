//! Years, as a portfolio counts them.

use std::fmt;

use crate::map::Day;

/// A year of twelve months, which need not begin in January.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year {
    /// Its first day.
    first: Day,
}

impl Year {
    /// The year that holds a day, where years begin in a month from 1 to 12; others count as 1.
    pub fn of(day: Day, first_month: u8) -> Self {
        let first_month = if (1..=12).contains(&first_month) {
            first_month
        } else {
            1
        };
        let date = day.date();
        let begins = date.year() - i16::from(date.month().unsigned_abs() < first_month);
        // Before the first year of the calendar no year begins.
        let first = Day::new(&format!("{begins:04}-{first_month:02}-01")).unwrap_or(day);
        Self { first }
    }

    /// The year after it; the last year of the calendar has none, and comes again.
    pub fn next(self) -> Self {
        Self {
            first: self.first.years_later(1),
        }
    }

    /// Its last day; the last day of the calendar where it ends after that.
    pub fn last_day(self) -> Day {
        let next = self.first.years_later(1);
        match next.date().year() > self.first.date().year() {
            true => next.later(-1),
            false => self.first.later(i64::MAX),
        }
    }

    /// The month in which it begins, from 1 to 12.
    pub fn first_month(self) -> u8 {
        self.first.date().month().unsigned_abs()
    }
}

impl fmt::Display for Year {
    /// `2029`, or `2029-30` where it does not begin in January.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let begins = self.first.date().year();
        match self.first_month() {
            1 => write!(f, "{begins:04}"),
            _ => write!(f, "{begins:04}-{:02}", (begins + 1) % 100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_called_by_its_first_and_last_and_ends_with_a_day() {
        let of = |day: &str, first| Year::of(day.parse().unwrap(), first);
        assert_eq!(of("2030-03-31", 4).to_string(), "2029-30");
        assert_eq!(of("2030-04-01", 4).to_string(), "2030-31");
        assert_eq!(of("2030-03-31", 1).to_string(), "2030");
        assert_eq!(of("2030-03-31", 4).last_day().to_string(), "2030-03-31");
        assert_eq!(of("2030-03-31", 1).last_day().to_string(), "2030-12-31");
        assert_eq!(of("2029-05-01", 4).next().to_string(), "2030-31");
    }
}
