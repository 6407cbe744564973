//! Texts, numbers and days as cells of a workbook hold them, both ways.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::{Cell, csv};
use crate::escape::cell::coded;
use crate::map::{Day, Number};

/// The text as it is written: as it is, unless it would come back as another, and then with a mark before it.
pub(super) fn marked(text: &str) -> Cow<'_, str> {
    let cell = coded(text);
    match unmarked(&cell) {
        Cell::Text(back) if back == text => cell,
        _ => format!("'{cell}").into(),
    }
}

/// What a text cell holds: without its mark where it carries one, else without the white space around it.
pub(super) fn unmarked(text: &str) -> Cell {
    csv::unguard(text)
}

/// Whether a program that took the cell for something typed would run it.
pub(super) fn would_run(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\'', '\t', '\r'])
}

/// The number that a spreadsheet shows for a float: its first 15 significant digits, as a cell or, where a map cannot
/// hold it, as the digits in a text.
pub(super) fn number(value: f64) -> Cell {
    // Fifteen digits, which is what spreadsheets keep: 0.1 + 0.2 is 0.3.
    let text = format!("{value:.14e}");
    let exact = || {
        let (mantissa, exponent) = text.split_once('e')?;
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        // Below that there is nothing left in fifteen places.
        if exponent.parse::<i32>().ok()? < -20 {
            return Some(Number::ZERO);
        }
        Number::rounded(Decimal::from_scientific(&format!("{mantissa}e{exponent}")).ok()?)
    };
    exact().map_or_else(|| Cell::Text(value.to_string()), Cell::Number)
}

/// Whether the day is written as a number of days. Before March 1900 spreadsheets disagree, since Excel holds 1900 for a
/// leap year; and up to January 1906 that number could be a year that somebody typed.
pub(super) fn is_serial(day: Day) -> bool {
    day.date() >= Date::constant(1906, 1, 8)
}

/// Numbers that are years far more often than they are days of 1905 and 1906: somebody typed a year into a cell that is
/// shown as a date.
const YEARS: std::ops::Range<f64> = 1900.0..2200.0;

/// The day of a date cell, or a text where it is no whole day. A number that is a year comes back as that number.
pub(super) fn day(date: calamine::ExcelDateTime) -> Cell {
    let serial = date.as_f64();
    if !date.is_duration() && YEARS.contains(&serial) && serial.fract() == 0.0 {
        return number(serial);
    }
    // Beyond the last day the reader would give the last day.
    if date.is_duration() || !(0.0..2_958_466.0).contains(&serial) {
        return match number(serial) {
            Cell::Number(days) => Cell::Text(format!("{days} days")),
            other => other,
        };
    }
    let (y, m, d, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let civil = Date::new(
        y.try_into().unwrap_or(0),
        m.try_into().unwrap_or(0),
        d.try_into().unwrap_or(0),
    );
    match civil {
        Ok(civil) if serial >= 1.0 && (hour, minute, second, milli) == (0, 0, 0, 0) => Cell::Day(civil.into()),
        Ok(civil) if serial >= 1.0 => Cell::Text(format!("{civil} {hour:02}:{minute:02}:{second:02}")),
        // A time alone, or the 29th of February 1900.
        _ => Cell::Text(format!("{hour:02}:{minute:02}:{second:02}")),
    }
}

/// The day of a cell that spells its date out, or the text as it stands.
pub(super) fn spelled_day(text: &str) -> Cell {
    let bare = text
        .strip_suffix("T00:00:00")
        .or_else(|| text.strip_suffix("T00:00:00.000"));
    match Day::new(bare.unwrap_or(text)) {
        Ok(day) => Cell::Day(day),
        Err(_) => Cell::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn floats_are_the_numbers_that_a_spreadsheet_shows() {
        for (value, shown) in [
            (0.1 + 0.2, "0.3"),
            (5.0, "5"),
            (-0.0, "0"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e-15, "0.000000000000001"),
            (1e-40, "0"),
            (1.0 / 3.0, "0.333333333333333"),
        ] {
            assert_eq!(number(value).to_text(), shown);
            assert!(matches!(number(value), Cell::Number(_)), "{shown}");
        }
        for value in [1e15, -4e300, f64::INFINITY, f64::NAN] {
            assert!(matches!(number(value), Cell::Text(_)), "{value}");
        }
    }

    #[test]
    fn serial_days_are_days_in_either_date_system() {
        let read = |serial, is_1904| {
            day(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904))
                .to_text()
                .into_owned()
        };
        // 46113 is what Excel shows for 2026-04-01 formatted as a number; the other system counts 1462 days fewer.
        assert_eq!(read(46113.0, false), "2026-04-01");
        assert_eq!(read(46113.0 - 1462.0, true), "2026-04-01");
        assert_eq!(read(2_958_465.0, false), "9999-12-31");
        assert_eq!(read(46113.5, false), "2026-04-01 12:00:00");
        assert_eq!(read(0.25, false), "06:00:00");
        // A year in a cell that is shown as a date; the day after the last of them is a day again.
        assert_eq!(read(2030.0, false), "2030");
        assert_eq!(read(2200.0, false), "1906-01-08");
        assert_eq!(read(3e6, false), "3000000 days");
        assert_eq!(read(-1.0, false), "-1 days");
        assert_eq!(
            spelled_day("2026-04-01T00:00:00"),
            Cell::Day(Day::new("2026-04-01").unwrap())
        );
    }

    proptest! {
        #[test]
        fn every_number_survives_the_float(mantissa in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0u32..=15) {
            let exact = Number::try_from(Decimal::new(mantissa, scale)).unwrap();
            prop_assert_eq!(number(exact.to_f64()), Cell::Number(exact));
        }

        #[test]
        fn every_text_comes_back(text in "[a='+@ \t\u{a0}\n-]{0,6}") {
            prop_assert_eq!(unmarked(&marked(&text)), Cell::Text(text));
        }
    }
}
