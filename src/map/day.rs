//! Civil days, written `YYYY-MM-DD` and no other way.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::Language;

/// A day of the civil calendar, years 0001 to 9999, with no time and no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
pub struct Day(Date);

/// Why a text is not a [`Day`]. Holds the text as it was given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadDay {
    /// The text does not look like `YYYY-MM-DD`.
    #[error("`{text}` is not a date: write it as YYYY-MM-DD, as in 2026-04-01")]
    Shape {
        /// The refused text.
        text: String,
    },
    /// The text has the shape of a date, but the calendar has no such day.
    #[error("`{text}` is not a date in the calendar")]
    Calendar {
        /// The refused text.
        text: String,
    },
}

impl Day {
    /// The day, or why the text is none.
    ///
    /// # Errors
    /// [`BadDay`] where the text is not written `YYYY-MM-DD` or names no day of the calendar.
    pub fn new(text: &str) -> Result<Self, BadDay> {
        let b = text.as_bytes();
        let shaped = b.len() == 10
            && b.iter().enumerate().all(|(i, c)| match i {
                4 | 7 => *c == b'-',
                _ => c.is_ascii_digit(),
            });
        if !shaped {
            return Err(BadDay::Shape { text: text.to_owned() });
        }
        let part = |from: usize, to: usize| b[from..to].iter().fold(0i16, |n, c| n * 10 + i16::from(c - b'0'));
        let year = part(0, 4);
        // Two digits each: the conversions to i8 cannot lose anything.
        let (month, day) = (part(5, 7) as i8, part(8, 10) as i8);
        match Date::new(year, month, day) {
            Ok(date) if year >= 1 => Ok(Self(date)),
            _ => Err(BadDay::Calendar { text: text.to_owned() }),
        }
    }

    /// The day in the `jiff` calendar, for reckoning with.
    pub fn date(self) -> Date {
        self.0
    }

    /// As it is read in British English: `23 November 2026`. [`Language::day`] writes it in the language of a map.
    pub fn spelled(self) -> String {
        Language::default().day(self)
    }

    /// As it is read in British English where room is short: `23 Nov 2026`.
    pub fn abbreviated(self) -> String {
        Language::default().short_day(self)
    }

    /// Days from `self` to `other`: positive where `other` is later.
    pub fn days_until(self, other: Day) -> i64 {
        other.number() - self.number()
    }

    /// So many days later; the last day of the calendar where that is after its end, the first where before.
    pub fn later(self, days: i64) -> Day {
        let span = jiff::Span::new().try_days(days);
        let day = span.ok().and_then(|span| self.0.checked_add(span).ok());
        let end = if days < 0 {
            Date::new(1, 1, 1).ok()
        } else {
            Some(Date::MAX)
        };
        let day = day.filter(|day| day.year() >= 1).or(end);
        day.map_or(self, Self)
    }

    /// The same day so many years later, 28 February for a leap day that the year does not have; the last day of the
    /// calendar where that is after its end.
    pub fn years_later(self, years: i32) -> Day {
        let span = jiff::Span::new().try_years(years);
        Self(
            span.ok()
                .and_then(|span| self.0.checked_add(span).ok())
                .unwrap_or(Date::MAX),
        )
    }

    /// The same day so many months later, the last of a month that has no such day; the last day of the calendar where that is
    /// after its end.
    pub fn months_later(self, months: u16) -> Day {
        let span = jiff::Span::new().try_months(months);
        Self(
            span.ok()
                .and_then(|span| self.0.checked_add(span).ok())
                .unwrap_or(Date::MAX),
        )
    }

    /// Days since 0001-01-01, which is 0 (proleptic Gregorian calendar).
    pub fn number(self) -> i64 {
        // Whole-day arithmetic by the calendar's own cycle; exact, and free of rounding.
        let (y, m, d) = (
            i64::from(self.0.year()),
            i64::from(self.0.month()),
            i64::from(self.0.day()),
        );
        let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
        365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 307
    }
}

impl From<Date> for Day {
    /// The same day.
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day());
        f.pad(&text)
    }
}

impl std::str::FromStr for Day {
    type Err = BadDay;
    fn from_str(text: &str) -> Result<Self, BadDay> {
        Self::new(text)
    }
}

impl TryFrom<Cow<'_, str>> for Day {
    type Error = BadDay;
    fn try_from(text: Cow<'_, str>) -> Result<Self, BadDay> {
        Self::new(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_form_is_read() {
        assert_eq!(Day::new("2024-02-29").unwrap().to_string(), "2024-02-29");
        for shape in [
            "",
            "2026-4-1",
            "20260401",
            "2026-04-01T00:00",
            "01/04/2026",
            "2026-04-0a",
        ] {
            assert!(matches!(Day::new(shape), Err(BadDay::Shape { .. })), "{shape}");
        }
        for none in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01"] {
            assert!(matches!(Day::new(none), Err(BadDay::Calendar { .. })), "{none}");
        }
    }

    #[test]
    fn later_days_stay_within_the_calendar() {
        let day = |t| Day::new(t).unwrap();
        assert_eq!(day("2024-02-28").later(2), day("2024-03-01"));
        assert_eq!(day("2024-03-01").later(-2), day("2024-02-28"));
        assert_eq!(day("9999-12-30").later(5), day("9999-12-31"));
        assert_eq!(day("9999-12-30").later(i64::MAX), day("9999-12-31"));
        assert_eq!(day("0001-01-03").later(-5), day("0001-01-01"));
        assert_eq!(day("2024-02-29").years_later(1), day("2025-02-28"));
        assert_eq!(day("2024-02-29").years_later(4), day("2028-02-29"));
        assert_eq!(day("9999-02-01").years_later(1), day("9999-12-31"));
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        let day = |t| Day::new(t).unwrap();
        assert_eq!(day("0001-01-01").number(), 0);
        assert_eq!(day("2024-02-28").days_until(day("2024-03-01")), 2);
        assert_eq!(day("2023-02-28").days_until(day("2023-03-01")), 1);
        assert_eq!(day("2026-04-01").days_until(day("2031-03-31")), 1825);
        assert_eq!(day("1970-01-01").number(), 719_162);
        let mut date = day("1899-12-25").date();
        let mut number = day("1899-12-25").number();
        while date.year() < 2101 {
            date = date.tomorrow().unwrap();
            number += 1;
            assert_eq!(Day::from(date).number(), number, "{date}");
        }
    }
}
