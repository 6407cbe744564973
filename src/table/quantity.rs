//! Numbers, days and yes-or-no as people write them in cells: understood where they can mean only one thing.

use jiff::civil::Date;

use crate::map::{BadNumber, Day, Number};

/// How a cell was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading<T> {
    /// As the format has it.
    Plain(T),
    /// In another writing that can mean only one thing.
    Understood(T),
    /// Not at all, for the reason given: a sentence that says what to do.
    Unreadable(&'static str),
}

/// What a percentage in the column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Percent {
    /// `5 %` is the share 0.05.
    Share,
    /// `45 %` may be 45 or 0.45, after the unit of the value: it cannot be told.
    Unclear,
}

const WRITE_A_NUMBER: &str = "Write a plain number, such as 1234.5.";
const EITHER_SEPARATOR: &str =
    "The sign may stand for thousands or for a decimal point: write a plain number, such as 1234.5.";

/// The number in a cell. Currency signs and codes, grouped thousands, a decimal comma, accounting brackets and a plus
/// are understood where they leave one meaning; `1,234` and `1.234,` alone leave two.
pub(super) fn number(text: &str, percent: Percent) -> Reading<Number> {
    let text = text.trim();
    if let Ok(number) = Number::new(text) {
        return Reading::Plain(number);
    }
    let mut rest = text;
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        negative = true;
        rest = inner.trim();
    }
    let (bare, share) = match rest.strip_suffix('%') {
        Some(_) if percent == Percent::Unclear => {
            return Reading::Unreadable(
                "Write the number in the KPI's unit: 45 where that is %, 0.45 where it is a share.",
            );
        }
        Some(bare) => (bare.trim_end(), true),
        None => (rest, false),
    };
    let (bare, currency) = without_currency(bare);
    let (bare, sign) = match bare.strip_prefix(['-', '−']) {
        Some(bare) => (bare.trim_start(), true),
        None => (bare.strip_prefix('+').unwrap_or(bare), false),
    };
    // The sign may stand before the currency, as in -£5.
    let (bare, currency) = match without_currency(bare) {
        (bare, None) => (bare, currency),
        (bare, inner) => (bare, inner),
    };
    if negative && sign {
        return Reading::Unreadable(WRITE_A_NUMBER);
    }
    let plain = match ungrouped(bare, currency) {
        Ok(plain) => plain,
        Err(help) => return Reading::Unreadable(help),
    };
    let signed = if negative || sign { format!("-{plain}") } else { plain };
    let number = match Number::new(&signed) {
        Ok(number) => Some(number),
        // More digits than a spreadsheet keeps, as programs write 0.30000000000000004.
        Err(BadNumber::Digits { .. }) => signed.parse().ok().and_then(Number::rounded),
        Err(_) => None,
    };
    let number = number.and_then(|number| {
        if share {
            Number::rounded(number.decimal() / rust_decimal::Decimal::ONE_HUNDRED)
        } else {
            Some(number)
        }
    });
    match number {
        Some(number) => Reading::Understood(number),
        None => Reading::Unreadable(WRITE_A_NUMBER),
    }
}

/// The text without one currency sign or code at either end, and the sign, where it has one.
fn without_currency(text: &str) -> (&str, Option<&str>) {
    const SIGNS: &[&str] = &[
        "£", "$", "€", "¥", "₹", "GBP", "USD", "EUR", "CAD", "AUD", "NZD", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN",
    ];
    for sign in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            return (rest.trim_start(), Some(sign));
        }
        if let Some(rest) = text.strip_suffix(sign) {
            return (rest.trim_end(), Some(sign));
        }
    }
    (text, None)
}

/// The digits with a point and nothing else, where the grouping leaves one meaning.
fn ungrouped(text: &str, currency: Option<&str>) -> Result<String, &'static str> {
    let is_blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if text.is_empty()
        || !text
            .chars()
            .all(|c| c.is_ascii_digit() || c == ',' || c == '.' || is_blank(c))
    {
        return Err(WRITE_A_NUMBER);
    }
    let grouped = |whole: &str, by: &dyn Fn(char) -> bool| -> Option<String> {
        let mut parts = whole.split(by);
        let first = parts.next()?;
        let mut out = first.to_owned();
        if !all_digits(first) || first.len() > 3 || first.starts_with('0') {
            return None;
        }
        for part in parts {
            if part.len() != 3 || !all_digits(part) {
                return None;
            }
            out.push_str(part);
        }
        Some(out)
    };
    let commas = text.matches(',').count();
    let points = text.matches('.').count();
    let blanks = text.chars().filter(|c| is_blank(*c)).count();
    // Which sign parts the fraction off, where one does, and which groups the thousands.
    let (whole, fraction): (&str, &str) = match (commas, points) {
        (0, 0) => (text, ""),
        (0, 1) => text.split_once('.').unwrap_or((text, "")),
        (1, 0) => {
            let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
            let may_group = fraction.len() == 3 && grouped(text, &|c| c == ',').is_some();
            if may_group && matches!(currency, Some("£" | "$" | "GBP" | "USD")) {
                // Where these are spent a comma groups, and money has no third decimal.
                (text, "")
            } else if may_group {
                return Err(EITHER_SEPARATOR);
            } else {
                (whole, fraction)
            }
        }
        (_, 0) | (0, _) => (text, ""),
        _ if commas >= 1 && points == 1 && text.rfind(',') < text.find('.') => {
            text.split_once('.').unwrap_or((text, ""))
        }
        _ if points >= 1 && commas == 1 && text.rfind('.') < text.find(',') => {
            text.split_once(',').unwrap_or((text, ""))
        }
        _ => return Err(WRITE_A_NUMBER),
    };
    if !fraction.is_empty() && !all_digits(fraction) {
        return Err(WRITE_A_NUMBER);
    }
    // At most one sign may group.
    let signs = usize::from(whole.contains(',')) + usize::from(whole.contains('.')) + usize::from(blanks > 0);
    let whole = match signs {
        0 if whole.is_empty() && !fraction.is_empty() => "0".to_owned(),
        0 if all_digits(whole) => {
            let kept = whole.trim_start_matches('0');
            (if kept.is_empty() { "0" } else { kept }).to_owned()
        }
        1 => grouped(whole, &|c| c == ',' || c == '.' || is_blank(c)).ok_or(WRITE_A_NUMBER)?,
        _ => return Err(WRITE_A_NUMBER),
    };
    Ok(if fraction.is_empty() {
        whole
    } else {
        format!("{whole}.{fraction}")
    })
}

const WRITE_A_DAY: &str = "Write the date as YYYY-MM-DD, as in 2026-04-01.";
const DAY_OR_MONTH: &str = "The day and the month may be either way round: write the date as YYYY-MM-DD.";
const WHICH_DAY: &str = "It names no single day: write the date as YYYY-MM-DD, such as the last day that is meant.";

/// The day in a cell. The year in four digits first, a month by its name, a time of day after it, and numbers that can
/// stand in only one order are understood; `01/04/2026` can stand in two.
pub(super) fn day(text: &str) -> Reading<Day> {
    let text = text.trim();
    if let Ok(day) = Day::new(text) {
        return Reading::Plain(day);
    }
    let mut found = Vec::new();
    let mut month = None;
    // A time of day says nothing about the day: `2026-04-01T00:00:00Z`, `01-Apr-2026 12:30`.
    for part in without_time(text).split(|c: char| !c.is_alphanumeric()) {
        if part.is_empty() {
            continue;
        }
        let digits = part.trim_end_matches(|c: char| c.is_alphabetic());
        let ordinal = matches!(
            &part[digits.len()..].to_ascii_lowercase()[..],
            "" | "st" | "nd" | "rd" | "th"
        );
        if ordinal
            && digits.len() <= 8
            && let Ok(n) = digits.parse::<u32>()
        {
            found.push((digits.len(), n));
            continue;
        }
        match (month_named(part), is_weekday(part) || part.eq_ignore_ascii_case("of")) {
            (Some(n), _) if month.is_none() => month = Some(n),
            (_, true) => {}
            _ => return Reading::Unreadable(WRITE_A_DAY),
        }
    }
    let made = |year: u32, month: u32, day: u32| -> Reading<Day> {
        let date = || Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok();
        match date() {
            Some(date) => Reading::Understood(date.into()),
            None => Reading::Unreadable("The calendar has no such day: write the date as YYYY-MM-DD."),
        }
    };
    match (found.as_slice(), month) {
        // A month by its name.
        ([(4, year), (1..=2, day)] | [(1..=2, day), (4, year)], Some(month)) => made(*year, month, *day),
        // The year first: the month follows.
        ([(4, year), (1..=2, month), (1..=2, day)], None) => made(*year, *month, *day),
        ([(8, whole)], None) if (19_000_000..22_000_000).contains(whole) => {
            made(whole / 10_000, whole / 100 % 100, whole % 100)
        }
        // The year last: which of the others is the month?
        ([(1..=2, a), (1..=2, b), (4, year)], None) => match (*a, *b) {
            (a, b) if a > 12 => made(*year, b, a),
            (a, b) if b > 12 => made(*year, a, b),
            (a, b) if a == b => made(*year, a, b),
            _ => Reading::Unreadable(DAY_OR_MONTH),
        },
        ([(4, _)], _) | ([(4, _), (1..=2, _)] | [(1..=2, _), (4, _)], None) => Reading::Unreadable(WHICH_DAY),
        _ => Reading::Unreadable(WRITE_A_DAY),
    }
}

/// The text up to a time of day, where one follows a blank or a `T`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = &text[..colon];
    match before.rfind([' ', 'T', ',']) {
        Some(at) => &before[..at],
        None => text,
    }
}

fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| *month == word || month[..3] == word || (word == "sept" && *month == "september"))?;
    u32::try_from(at + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let word = word.to_lowercase();
    DAYS.iter().any(|day| *day == word || day[..3] == word)
}

/// Yes or no.
pub(super) fn truth(text: &str) -> Reading<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" => Reading::Plain(true),
        "false" => Reading::Plain(false),
        "yes" | "y" | "x" | "1" | "✓" | "✔" => Reading::Understood(true),
        "no" | "n" | "0" | "-" => Reading::Understood(false),
        _ => Reading::Unreadable("Write true or false."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        match number(text, Percent::Unclear) {
            Reading::Plain(n) | Reading::Understood(n) => Some(n.to_string()),
            Reading::Unreadable(_) => None,
        }
    }

    #[test]
    fn numbers_are_understood_where_they_mean_one_thing() {
        for (text, meant) in [
            ("1,234,567", "1234567"),
            ("1,234.5", "1234.5"),
            ("1.234,5", "1234.5"),
            ("1.234.567", "1234567"),
            ("£1,234", "1234"),
            ("-£1,234.50", "-1234.5"),
            ("£ -5", "-5"),
            ("GBP 300000", "300000"),
            ("300 000 EUR", "300000"),
            ("1 234", "1234"),
            ("1\u{a0}234\u{a0}567,8", "1234567.8"),
            ("1'234", "1234"),
            ("1,5", "1.5"),
            ("0,123", "0.123"),
            ("1234,567", "1234.567"),
            ("(250)", "-250"),
            ("+5", "5"),
            ("−5", "-5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("007", "7"),
            ("0.30000000000000004", "0.3"),
        ] {
            assert_eq!(read(text).as_deref(), Some(meant), "{text}");
            assert!(
                matches!(number(text, Percent::Unclear), Reading::Understood(_)),
                "{text}"
            );
        }
        for text in [
            "1,234",
            "€1,234",
            "TBC",
            "",
            "-",
            "12,34,567",
            "1,23,4.5",
            "1.2.3",
            "1 2 3",
            "5 to 7",
            "3.5m",
            "45%",
            "<10",
            "(-5)",
            "1,234.567,8",
            "1 234,567.8",
            "1234567890123456",
            "½",
            "1e400",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(matches!(number("2.50", Percent::Unclear), Reading::Plain(_)));
    }

    #[test]
    fn a_percentage_is_a_share_only_where_shares_are_meant() {
        let share = Reading::Understood("0.05".parse().unwrap());
        assert_eq!(number("5%", Percent::Share), share);
        assert_eq!(number("5 %", Percent::Share), share);
    }

    #[test]
    fn days_are_understood_where_they_mean_one_thing() {
        for (text, meant) in [
            ("2026/04/01", "2026-04-01"),
            ("2026-4-1", "2026-04-01"),
            ("20260401", "2026-04-01"),
            ("1 April 2026", "2026-04-01"),
            ("1st of April, 2026", "2026-04-01"),
            ("01-Apr-2026", "2026-04-01"),
            ("April 1, 2026", "2026-04-01"),
            ("Wednesday, 1 Apr 2026", "2026-04-01"),
            ("2026-04-01 00:00:00", "2026-04-01"),
            ("2026-04-01T09:30:00Z", "2026-04-01"),
            ("31/12/2026", "2026-12-31"),
            ("12/31/2026", "2026-12-31"),
            ("04.04.2026", "2026-04-04"),
            ("2026 Sept 3", "2026-09-03"),
        ] {
            assert_eq!(day(text), Reading::Understood(Day::new(meant).unwrap()), "{text}");
        }
        for text in [
            "01/04/2026",
            "1.4.2026",
            "TBC",
            "",
            "2026",
            "April 2026",
            "Q1 2026",
            "2026-27",
            "1/4/26",
            "46113",
            "31/04/2026",
            "2026-02-30",
            "1 April",
            "12:30",
            "é",
            "Marchioness 2026",
        ] {
            assert!(matches!(day(text), Reading::Unreadable(_)), "{text}");
        }
    }
}
