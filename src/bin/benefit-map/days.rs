//! A day as people type it: a date, `today`, `yesterday`, or a month or quarter, of which its last day is meant.

use benefit_map::map::Day;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::io;

/// The last day of what was typed.
///
/// # Errors
/// Says what can be typed.
pub fn day(text: &str) -> Result<Day, String> {
    span(text).map(|(_, last)| last)
}

/// The first day of what was typed, where days begin.
///
/// # Errors
/// Says what can be typed.
pub fn first_day(text: &str) -> Result<Day, String> {
    span(text).map(|(first, _)| first)
}

/// The first and the last day of what was typed.
fn span(text: &str) -> Result<(Day, Day), String> {
    let typed = text.trim();
    let known = match typed.to_lowercase().as_str() {
        "today" => Some(today()?),
        "yesterday" => Some(today()?.yesterday().map_err(|error| error.to_string())?),
        _ => typed.parse::<Day>().ok().map(Day::date),
    };
    if let Some(day) = known {
        return Ok((day.into(), day.into()));
    }
    let months = months(typed).ok_or_else(|| {
        format!(
            "it is not a day: write it as 2027-03-31, or write today, yesterday, a month such as 2027-03 or a quarter such as 2027-Q1{}",
            meant(typed)
        )
    })?;
    Ok((months.0.first_of_month().into(), months.1.last_of_month().into()))
}

fn today() -> Result<Date, String> {
    io::day_or_today(None).map(Day::date).map_err(|error| error.to_string())
}

/// A day in the first and in the last of the months that a text names: `2027-03` or `2027-Q1`.
fn months(text: &str) -> Option<(Date, Date)> {
    let (year, rest) = text.split_once('-')?;
    let is_number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    let year: i16 = year.parse().ok().filter(|_| is_number(year, 4))?;
    if is_number(rest, 2) {
        let month = Date::new(year, rest.parse().ok()?, 1).ok()?;
        return Some((month, month));
    }
    let quarter = rest.strip_prefix(['Q', 'q']).filter(|n| is_number(n, 1))?;
    let quarter: i8 = quarter.parse().ok().filter(|n| (1..=4).contains(n))?;
    let first = Date::new(year, quarter * 3 - 2, 1).ok()?;
    Some((first, first.checked_add(2.months()).ok()?))
}

/// What a date in another order is, where only one can be meant.
fn meant(text: &str) -> String {
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    let [day, month, year] = parts.as_slice() else {
        return String::new();
    };
    let date = (year.len() == 4)
        .then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())
        .flatten();
    match date {
        // With a day of at most 12 the two may be the other way round.
        Some(date) if date.day() > 12 => format!("; did you mean {date}?"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_quarters_are_days() {
        for (text, first, last) in [
            ("2027-03-31", "2027-03-31", "2027-03-31"),
            ("2027-02", "2027-02-01", "2027-02-28"),
            ("2028-02", "2028-02-01", "2028-02-29"),
            ("2027-Q1", "2027-01-01", "2027-03-31"),
            (" 2027-q4 ", "2027-10-01", "2027-12-31"),
        ] {
            assert_eq!(first_day(text).unwrap().to_string(), first, "{text}");
            assert_eq!(day(text).unwrap().to_string(), last, "{text}");
        }
        assert_eq!(day("Today").unwrap(), day("today").unwrap());
        let before = day("yesterday").unwrap().date();
        assert_eq!(before.tomorrow().unwrap(), day("today").unwrap().date());
    }

    #[test]
    fn what_is_not_a_day_says_what_is() {
        for text in [
            "",
            "2027",
            "2027-13",
            "2027-00",
            "2027-Q5",
            "2027-Q0",
            "27-03",
            "2027-3",
            "2027-Q",
            "tomorrow?",
            "2027-02-30",
        ] {
            let why = day(text).unwrap_err();
            assert!(why.contains("2027-03-31") && why.contains("2027-Q1"), "{text}: {why}");
        }
        assert!(day("30/06/2026").unwrap_err().ends_with("did you mean 2026-06-30?"));
        assert!(
            !day("03/06/2026").unwrap_err().contains("did you mean"),
            "it may be March"
        );
    }
}
