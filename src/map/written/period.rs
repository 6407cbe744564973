//! Months, quarters, halves and years where a day is meant.

use jiff::civil::Date;

use crate::map::Day;

/// A piece of a text: letters, or digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Letters, as they stand.
    Word(&'t str),
    /// So many digits, and the number that they are.
    Digits(usize, u32),
}

/// The words and the numbers of a text in their order, each with what stands before it. `None` where a number is longer
/// than any that a date has.
pub(super) fn tokens(text: &str) -> Option<Vec<(&str, Token<'_>)>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from) = rest.split_at(start);
        let is_digit = from.starts_with(|c: char| c.is_ascii_digit());
        let end = from
            .find(|c: char| !c.is_alphanumeric() || c.is_ascii_digit() != is_digit)
            .unwrap_or(from.len());
        let (token, after) = from.split_at(end);
        out.push(match is_digit {
            true if token.len() > 8 => return None,
            true => (before, Token::Digits(token.len(), token.parse().ok()?)),
            false => (before, Token::Word(token)),
        });
        rest = after;
    }
    Some(out)
}

/// A time longer than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// A calendar year.
    Year(i16),
    /// A financial year, by the calendar year that it begins in.
    FinancialYear(i16),
    /// A calendar month.
    Month(i16, i8),
    /// One of the parts of a year (four quarters, two halves), from 1: of a calendar year.
    Part { year: i16, part: i8, of: i8 },
    /// The same of a financial year.
    FinancialPart { year: i16, part: i8, of: i8 },
}

/// What the text of a span may be instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spanned {
    /// It can be this alone.
    One(Span),
    /// A month or a financial year, as `2011-12`.
    Two(Span, Span),
}

/// The months in English, in lower case.
pub(crate) const MONTHS: [&str; 12] = [
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

/// The month that a word names, from 1.
pub(crate) fn month_named(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| *month == word || month[..3] == word || (word == "sept" && *month == "september"))?;
    u32::try_from(at + 1).ok()
}

/// The year that two digits stand for: 1980 to 2079.
pub(super) fn in_full(short: u32) -> u32 {
    if short < 80 { 2000 + short } else { 1900 + short }
}

/// A span of a year or a part of it; `None` where the text names none.
pub(super) fn span(text: &str) -> Option<Spanned> {
    use Token::{Digits, Word};
    let tokens = tokens(text)?;
    let mut rest: Vec<(&str, Token<'_>)> = Vec::new();
    let (mut financial, mut part) = (false, None);
    let mut at = 0;
    while let Some((before, token)) = tokens.get(at) {
        let next = tokens.get(at + 1).map(|(_, token)| *token);
        at += 1;
        match (token, next) {
            (Word(word), Some(Digits(1, n))) if part.is_none() && word.eq_ignore_ascii_case("q") => {
                part = Some((i8::try_from(n).ok().filter(|n| (1..=4).contains(n))?, 4));
                at += 1;
            }
            (Word(word), Some(Digits(1, n))) if part.is_none() && word.eq_ignore_ascii_case("h") => {
                part = Some((i8::try_from(n).ok().filter(|n| (1..=2).contains(n))?, 2));
                at += 1;
            }
            (Word(word), Some(Word(after))) if is_financial(word, after) => {
                financial = true;
                at += 1;
            }
            (Word(word), _) if word.eq_ignore_ascii_case("fy") => financial = true,
            (Word(word), _) if part.is_some() && word.eq_ignore_ascii_case("of") => {}
            _ => rest.push((before, *token)),
        }
    }
    let year = |n: u32| i16::try_from(n).ok().filter(|n| (1000..=9999).contains(n));
    let one = |span| Some(Spanned::One(span));
    let follows = |first: u32, second: u32| (first + 1) % 100 == second % 100;
    let pair = match rest.as_slice() {
        [(_, Digits(4, a)), (between, Digits(2, b))] if pairs(between) && follows(*a, *b) => Some(*a),
        [(_, Digits(4, a)), (between, Digits(4, b))] if pairs(between) && a + 1 == *b => Some(*a),
        [(_, Digits(2, a)), (between, Digits(2, b))] if pairs(between) && follows(*a, *b) => {
            // 11/12 may be a day without its year.
            (financial || part.is_some() || *a > 12).then(|| in_full(*a))
        }
        _ => None,
    };
    if let Some(first) = pair {
        let first = year(first)?;
        let whole = Span::FinancialYear(first);
        return Some(match (part, rest.as_slice()) {
            (Some((part, of)), _) => Spanned::One(Span::FinancialPart { year: first, part, of }),
            // Of 2011-12 nobody can say whether December 2011 is meant.
            (None, [(_, Digits(4, _)), (_, Digits(2, month @ 1..=12))]) if !financial => {
                Spanned::Two(whole, Span::Month(first, i8::try_from(*month).ok()?))
            }
            _ => Spanned::One(whole),
        });
    }
    if financial {
        // FY27 is the year that ends in 2027 for some, and the one that begins in it for others.
        return None;
    }
    match (part, rest.as_slice()) {
        (Some((part, of)), [(_, Digits(4, n))]) => one(Span::Part {
            year: year(*n)?,
            part,
            of,
        }),
        (None, [(_, Digits(4, n))]) => one(Span::Year(year(*n)?)),
        (None, [(_, Digits(4, n)), (between, Digits(1..=2, month @ 1..=12))])
        | (None, [(_, Digits(1..=2, month @ 1..=12)), (between, Digits(4, n))])
            if matches!(*between, "-" | "/" | ".") =>
        {
            one(Span::Month(year(*n)?, i8::try_from(*month).ok()?))
        }
        (None, [(_, Word(word)), (_, Digits(4, n))] | [(_, Digits(4, n)), (_, Word(word))]) => {
            one(Span::Month(year(*n)?, i8::try_from(month_named(word)?).ok()?))
        }
        // `Mar-29` and `Mar '29`, as spreadsheets show a month; `Mar 29` is as well the day without a year.
        (None, [(_, Word(word)), (between, Digits(2, n))]) if between.contains(['-', '\'', '’']) => {
            one(Span::Month(year(in_full(*n))?, i8::try_from(month_named(word)?).ok()?))
        }
        _ => None,
    }
}

fn is_financial(word: &str, after: &str) -> bool {
    ["financial", "fiscal", "f"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
        && ["year", "y"].iter().any(|known| after.eq_ignore_ascii_case(known))
}

/// Whether two years may stand so beside each other.
fn pairs(between: &str) -> bool {
    matches!(between.trim(), "-" | "/" | "–" | "—" | "to")
}

impl Span {
    /// Its first and its last day, where financial years begin with that month.
    pub(super) fn days(self, first_month: u8) -> Option<(Day, Day)> {
        let begins = i8::try_from(first_month.clamp(1, 12)).unwrap_or(4);
        // So many months, the first of which is that one of that year; months may pass December.
        let months = |year: i16, month: i8, count: i8| {
            let date = |months: i8| {
                let (year, month) = (year + i16::from((months - 1) / 12), (months - 1) % 12 + 1);
                Date::new(year, month, 1).ok()
            };
            let last = date(month + count - 1)?.last_of_month();
            Some((Day::from(date(month)?), Day::from(last)))
        };
        match self {
            Self::Year(year) => months(year, 1, 12),
            Self::FinancialYear(year) => months(year, begins, 12),
            Self::Month(year, month) => months(year, month, 1),
            Self::Part { year, part, of } => months(year, 1 + (part - 1) * (12 / of), 12 / of),
            Self::FinancialPart { year, part, of } => months(year, begins + (part - 1) * (12 / of), 12 / of),
        }
    }

    /// What it is called where its last or first day is told: `the year from April 2026`.
    pub(super) fn named(self, first_month: u8) -> String {
        let month_of = |day: Day| day.spelled().split_once(' ').map(|(_, rest)| rest.to_owned());
        let from = self
            .days(first_month)
            .and_then(|(first, _)| month_of(first))
            .unwrap_or_default();
        match self {
            Self::Year(year) => year.to_string(),
            Self::FinancialYear(_) => format!("the year from {from}"),
            Self::Month(..) => from,
            Self::Part { of, .. } | Self::FinancialPart { of, .. } => {
                let what = if of == 2 { "half-year" } else { "quarter" };
                format!("the {what} from {from}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<String> {
        match span(text)? {
            Spanned::One(span) => {
                let (first, last) = span.days(4)?;
                Some(format!("{first} {last}"))
            }
            Spanned::Two(..) => None,
        }
    }

    #[test]
    fn spans_have_their_first_and_last_days() {
        for (text, meant) in [
            ("2030", "2030-01-01 2030-12-31"),
            ("2026-27", "2026-04-01 2027-03-31"),
            ("2026/27", "2026-04-01 2027-03-31"),
            ("2026–27", "2026-04-01 2027-03-31"),
            ("2026-2027", "2026-04-01 2027-03-31"),
            ("FY26/27", "2026-04-01 2027-03-31"),
            ("FY 2011-12", "2011-04-01 2012-03-31"),
            ("financial year 2026-27", "2026-04-01 2027-03-31"),
            ("26/27", "2026-04-01 2027-03-31"),
            ("2028/29", "2028-04-01 2029-03-31"),
            ("Q1 26/27", "2026-04-01 2026-06-30"),
            ("Q4 2026/27", "2027-01-01 2027-03-31"),
            ("2026/27 Q2", "2026-07-01 2026-09-30"),
            ("Q1FY26/27", "2026-04-01 2026-06-30"),
            ("2026-Q1", "2026-01-01 2026-03-31"),
            ("Q3 2026", "2026-07-01 2026-09-30"),
            ("Q3 of 2026", "2026-07-01 2026-09-30"),
            ("H2 2026-27", "2026-10-01 2027-03-31"),
            ("March 2029", "2029-03-01 2029-03-31"),
            ("2029 Feb", "2029-02-01 2029-02-28"),
            ("2029-03", "2029-03-01 2029-03-31"),
            ("03/2029", "2029-03-01 2029-03-31"),
            ("Mar-29", "2029-03-01 2029-03-31"),
            ("Mar '29", "2029-03-01 2029-03-31"),
        ] {
            assert_eq!(days(text).as_deref(), Some(meant), "{text}");
        }
        for text in [
            "", "FY27", "11/12", "26/28", "2026-28", "2026-13", "Q5 2026", "Mar 29", "29-Mar", "Ongoing", "2011-12",
            "end 2030", "20260401", "26",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
