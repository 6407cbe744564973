//! The years of an appraisal: how they are written, and how far each is from year 0.

use crate::map::written::Year;
use crate::map::{Day, MOST_COST_YEARS};

/// The most years that an appraisal covers: the rates of the Green Book change for the last time after 300.
pub const MOST_YEARS: i64 = MOST_COST_YEARS;

/// Why a text is no year of an appraisal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadYear {
    /// It is no year.
    #[error("`{text}` is not a year: write a financial year such as `2026-27`, or a calendar year such as `2026`")]
    Shape {
        /// The text.
        text: String,
    },
    /// It is a calendar year among financial ones, or the other way round.
    #[error("`{text}` is not the same kind of year as the base year `{base}`: write all years in the same way")]
    Mixed {
        /// The text.
        text: String,
        /// How the base year is written.
        base: String,
    },
}

/// The years from year 0 to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    base: Year,
    /// How many years after the base year the last one is.
    last: i64,
    first_month: u16,
}

impl Calendar {
    /// The years from a base year to a last one. Financial years begin with that month.
    ///
    /// # Errors
    /// [`BadYear`] where the base year is none.
    pub fn from(base_year: &str, first_month: u16) -> Result<Self, BadYear> {
        let base = Year::read(base_year).ok_or_else(|| BadYear::Shape {
            text: base_year.to_owned(),
        })?;
        let first_month = if base.is_calendar() { 1 } else { first_month };
        Ok(Self {
            base,
            last: 0,
            first_month,
        })
    }

    /// The same to that year.
    pub(super) fn to(self, last: i64) -> Self {
        Self { last, ..self }
    }

    /// How many years there are.
    pub fn len(&self) -> usize {
        usize::try_from(self.last + 1).unwrap_or(0)
    }

    /// Never: there is always year 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many years after year 0 a year is, below zero for one before it.
    ///
    /// # Errors
    /// [`BadYear`] where the text is no year, or not one of the kind that the base year is.
    pub fn index(&self, text: &str) -> Result<i64, BadYear> {
        let year = Year::read(text).ok_or_else(|| BadYear::Shape { text: text.to_owned() })?;
        year.since(self.base).ok_or_else(|| BadYear::Mixed {
            text: text.to_owned(),
            base: self.label(0),
        })
    }

    /// How the year so many years after year 0 is written.
    pub fn label(&self, index: i64) -> String {
        self.base.after(index).to_string()
    }

    /// The year that a day is in, counted from year 0.
    pub fn of(&self, day: Day) -> i64 {
        let date = day.date();
        let year = i64::from(date.year());
        let before = u16::from(date.month().unsigned_abs()) < self.first_month;
        year - i64::from(before) - self.base.begins()
    }

    /// The last days of the twelve months of a year; fewer where the calendar has no more.
    pub(super) fn month_ends(&self, index: i64) -> Vec<Day> {
        let first = self.base.begins() + index;
        let ends = (0..12).filter_map(|month| {
            let at = i64::from(self.first_month) - 1 + month;
            let year = i16::try_from(first + at / 12).ok()?;
            let month = i8::try_from(at % 12 + 1).ok()?;
            let date = jiff::civil::Date::new(year, month, 1).ok()?;
            Some(Day::from(date.last_of_month()))
        });
        ends.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_counted_from_the_base_year() {
        let calendar = Calendar::from("2026/27", 4).unwrap().to(10);
        assert_eq!(calendar.index("2029-30"), Ok(3));
        assert_eq!(calendar.index("FY25/26"), Ok(-1));
        assert_eq!(calendar.label(73), "2099-00");
        assert_eq!(calendar.len(), 11);
        assert_eq!(calendar.of("2027-03-31".parse().unwrap()), 0);
        assert_eq!(calendar.of("2027-04-01".parse().unwrap()), 1);
        assert!(matches!(calendar.index("2029"), Err(BadYear::Mixed { .. })));
        assert!(matches!(calendar.index("soon"), Err(BadYear::Shape { .. })));
        let ends = calendar.month_ends(0);
        assert_eq!(
            (ends[0].to_string(), ends[11].to_string()),
            ("2026-04-30".to_owned(), "2027-03-31".to_owned())
        );
        let plain = Calendar::from("2026", 4).unwrap();
        assert_eq!(plain.month_ends(1)[0].to_string(), "2027-01-31");
    }
}
