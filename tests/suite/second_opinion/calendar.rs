//! A calendar that is walked along day by day. Days are numbers from 2024-01-01, a Monday, which is 0.

use benefit_map::map::Day;

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of a number, by walking there from 2024-01-01.
pub fn date(number: i64) -> (i64, i64, i64) {
    let (mut year, mut month, mut left) = (2024, 1, number);
    while left < 0 {
        (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
        left += month_length(year, month);
    }
    while left >= month_length(year, month) {
        left -= month_length(year, month);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    (year, month, left + 1)
}

pub fn day_of(number: i64) -> Day {
    let (y, m, d) = date(number);
    Day::new(&format!("{y:04}-{m:02}-{d:02}")).unwrap()
}

pub fn number(year: i64, month: i64, day: i64) -> i64 {
    let mut at = (year - 2024) * 365 + (month - 1) * 30;
    loop {
        match date(at).cmp(&(year, month, day)) {
            std::cmp::Ordering::Equal => return at,
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => at -= 1,
        }
    }
}

/// The same day so many years later, 28 February for a leap day.
pub fn years_later(day: i64, years: i64) -> i64 {
    let (y, m, d) = date(day);
    number(y + years, m, d.min(month_length(y + years, m)))
}

pub fn month_end(day: i64) -> i64 {
    let (y, m, _) = date(day);
    number(y, m, month_length(y, m))
}
