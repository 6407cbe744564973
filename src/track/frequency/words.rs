//! The usual ways to write how often something is measured.
//!
//! A text is read word by word. A word such as `monthly` names a period, together with what stands before it (`six
//! monthly`, `twice yearly`, `bi-weekly`); so does a word such as `month` where something before it says that it comes
//! round (`each month`, `3 times a year`, `end of term`). Of all that are named the longest counts.

use super::{Frequency, Unit};
use crate::map::written::{WEEKDAYS, month_named};

/// The month in which the financial year begins.
const FINANCIAL: u8 = 4;
/// The month in which the school year begins.
const SCHOOL: u8 = 9;

/// The frequency that a text names; of several the least often.
pub(super) fn frequency(text: &str) -> Option<Frequency> {
    let words = split(text);
    let found = (0..words.len()).filter_map(|at| {
        adverb(&words, at)
            .or_else(|| noun(&words, at))
            .or_else(|| listed_months(&words, at))
            .or_else(|| letter(&words, at))
    });
    let longest = found.max_by_key(|frequency| (frequency.length(), frequency.first_month))?;
    Some(match stated_year(&words) {
        Some(first) if longest.unit == Unit::Month && longest.first_month == 1 => longest.in_years_from(first),
        _ => longest,
    })
}

/// The words and numbers of the text in lower case; what abbreviates is spelled out.
fn split(text: &str) -> Vec<String> {
    let text = text
        .to_lowercase()
        .replace(['\u{d7}', '*'], " x ")
        .replace("p.a.", " pa ")
        .replace("p.a", " pa ")
        .replace("24/7", " continuously ");
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut slash = false;
    for c in text.chars().chain([' ']) {
        if c == '\'' || c == '\u{2019}' {
            continue;
        }
        let boundary = !c.is_alphanumeric();
        // `4x`, `6m` and `1yr` are a number and a word; `2nd` is one.
        let turned = word
            .chars()
            .next_back()
            .is_some_and(|last| last.is_ascii_digit() != c.is_ascii_digit());
        if (boundary || turned) && !word.is_empty() {
            let done = std::mem::take(&mut word);
            if slash && Noun::of(&done).is_some() {
                words.push("per".to_owned());
            }
            slash = false;
            let ordinal = matches!(done.as_str(), "st" | "nd" | "rd" | "th");
            match words.last_mut() {
                Some(number) if ordinal && number.chars().all(|c| c.is_ascii_digit()) => number.push_str(&done),
                _ => words.push(done),
            }
        }
        if !boundary {
            word.push(c);
        } else if c == '/' {
            slash = true;
        }
    }
    words
}

/// A word that names a period by itself, such as `monthly`.
fn adverb(words: &[String], at: usize) -> Option<Frequency> {
    let word = words[at].as_str();
    if matches!(word, "time" | "times") {
        // `real time`; `3 times` is a number of times.
        return (before(words, at, 1) == Some("real")).then_some(Frequency::DAILY);
    }
    let (mut prefix, base) = named(word)?;
    let mut from = at;
    if prefix.is_none() {
        prefix = match before(words, at, 1) {
            Some("bi") => Some(Prefix::Bi),
            Some("semi" | "half") => Some(Prefix::Half),
            Some("tri") => Some(Prefix::Tri),
            Some("quarter") if base == Frequency::YEARLY => Some(Prefix::Fourth),
            _ => None,
        };
        if prefix.is_some() {
            from -= 1;
        }
    }
    let yearly = base.unit == Unit::Month && base.count == 12;
    // What is told in two ways is taken as the less frequent of them, but for what dictionaries agree on.
    let base = match prefix {
        None => base,
        Some(Prefix::Bi) if yearly && word.contains("annual") => divided(base, 2),
        Some(Prefix::Bi) => multiplied(base, 2),
        Some(Prefix::Tri) if yearly => divided(base, 3),
        Some(Prefix::Tri) => multiplied(base, 3),
        Some(Prefix::Half) => divided(base, 2),
        Some(Prefix::Fourth) => divided(base, 4),
    };
    let base = match before(words, from, 1).and_then(year) {
        Some(first) => base.in_years_from(first),
        None => base,
    };
    if let Some((times, _)) = times_before(words, from) {
        return Some(divided(base, times));
    }
    // `six monthly`, `2-yearly`; a number before a daily or a weekly figure is none of its period.
    match from.checked_sub(1).and_then(|at| number(&words[at])) {
        Some(count) if count > 1 => Some(multiplied(base, count)),
        _ => Some(base),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Bi,
    Tri,
    Half,
    Fourth,
}

/// What a word such as `monthly`, `bimonthly` or `halfyearly` names, with its prefix apart.
fn named(word: &str) -> Option<(Option<Prefix>, Frequency)> {
    let alone = |word: &str| {
        Some(match word {
            "daily" | "dly" | "hourly" | "nightly" | "continuous" | "continuously" | "continual" | "continually"
            | "realtime" | "live" | "constantly" => Frequency::DAILY,
            "weekly" | "wkly" | "weekely" => Frequency::WEEKLY,
            "fortnightly" | "fortnightley" => Frequency::weeks(2),
            "monthly" | "mthly" | "mnthly" | "mly" | "montly" | "monthley" => Frequency::MONTHLY,
            "quarterly" | "qtrly" | "qrtly" | "qly" | "qtly" => Frequency::QUARTERLY,
            "termly" => Frequency::months(4),
            "semesterly" => Frequency::months(6),
            "yearly" | "yrly" | "annual" | "annually" | "annum" | "pa" | "ann" | "anual" | "anually" => {
                Frequency::YEARLY
            }
            "biennial" | "biennially" => Frequency::months(24),
            "triennial" | "triennially" => Frequency::months(36),
            "quadrennial" | "quadrennially" => Frequency::months(48),
            "quinquennial" | "quinquennially" => Frequency::months(60),
            "decennial" | "decennially" => Frequency::months(120),
            _ => return None,
        })
    };
    if let Some(frequency) = alone(word) {
        return Some((None, frequency));
    }
    for (prefix, rest) in [
        (Prefix::Bi, word.strip_prefix("bi")),
        (Prefix::Tri, word.strip_prefix("tri")),
        (
            Prefix::Half,
            word.strip_prefix("semi").or_else(|| word.strip_prefix("half")),
        ),
    ] {
        let rest = rest.and_then(|rest| alone(rest).filter(|_| rest.len() > 3));
        if let Some(frequency) = rest {
            return Some((Some(prefix), frequency));
        }
    }
    // One slip of the keyboard in a long word is not another word: `quaterly`, `anualy` are what they look like.
    const LONG: [&str; 8] = [
        "monthly",
        "quarterly",
        "annually",
        "fortnightly",
        "bimonthly",
        "biennial",
        "biannually",
        "biannual",
    ];
    let slip = |known: &&&str| {
        (7..=14).contains(&word.len()) && word.starts_with(&known[..1]) && strsim::osa_distance(word, known) == 1
    };
    let known = LONG.iter().find(slip)?;
    alone(known).map(|frequency| (None, frequency)).or_else(|| named(known))
}

/// A word such as `month`, and what it is a count of.
#[derive(Debug, Clone, Copy)]
struct Noun {
    unit: Unit,
    count: u32,
    first_month: u8,
}

impl Noun {
    fn of(word: &str) -> Option<Self> {
        let (unit, count) = match word {
            // More often than daily is daily.
            "minute" | "minutes" | "hour" | "hours" | "hrs" | "hr" => (Unit::Day, 1),
            "day" | "days" | "weekday" | "weekdays" => (Unit::Day, 1),
            "week" | "weeks" | "wk" | "wks" => (Unit::Week, 1),
            "fortnight" | "fortnights" => (Unit::Week, 2),
            "month" | "months" | "mth" | "mths" | "mnth" | "mo" => (Unit::Month, 1),
            "quarter" | "quarters" | "qtr" | "qtrs" | "trimester" | "trimesters" => (Unit::Month, 3),
            "term" | "terms" => (Unit::Month, 4),
            "semester" | "semesters" => (Unit::Month, 6),
            "year" | "years" | "yr" | "yrs" | "annum" | "fy" => (Unit::Month, 12),
            "decade" | "decades" => (Unit::Month, 120),
            _ if weekday(word) => (Unit::Week, 1),
            _ => return None,
        };
        let first_month = if word == "fy" { FINANCIAL } else { 1 };
        Some(Self {
            unit,
            count,
            first_month,
        })
    }

    fn frequency(self) -> Frequency {
        Frequency::every(self.unit, self.count).in_years_from(self.first_month)
    }
}

/// A word that names a period where something before or after it says that it comes round: `each month`.
fn noun(words: &[String], at: usize) -> Option<Frequency> {
    let mut noun = Noun::of(&words[at])?;
    let mut i = at;
    // What kind of month or year it is.
    while let Some(kind) = before(words, i, 1) {
        match kind {
            "half" if noun.count % 2 == 0 => noun.count /= 2,
            "half" | "calendar" | "working" | "business" | "full" | "single" | "whole" | "consecutive"
            | "reporting" | "new" | "successive" | "given" => {}
            _ => match year(kind) {
                Some(first) => noun.first_month = first,
                None => break,
            },
        }
        i -= 1;
    }
    let plain = noun.frequency();
    // `month end`, `year-end`; with a number after it, it is a day.
    let dated = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.chars().all(|c| c.is_ascii_digit()))
    };
    if matches!(words.get(at + 1).map(String::as_str), Some("end" | "ends" | "close")) {
        return (!dated(at + 2)).then_some(plain);
    }
    // Mondays come round by themselves.
    if weekday(&words[at]) && words[at].ends_with('s') && noun.unit == Unit::Week && words[at].ends_with("days") {
        return Some(plain);
    }
    // How many of them: `every 3 months`, `every 3 to 6 months`, `every third month`.
    let mut count = None;
    while let Some(word) = before(words, i, 1) {
        match number(word).or_else(|| ordinal(word)) {
            Some(n) => {
                count.get_or_insert(n);
            }
            None if count.is_some()
                && matches!(word, "to" | "or")
                && before(words, i, 2).is_some_and(|w| number(w).is_some()) => {}
            None => break,
        }
        i -= 1;
    }
    let whole = |from: usize| from == 0 && at + 1 == words.len();
    let shorter = words[at].starts_with("minute") || words[at].starts_with('h');
    let several = multiplied(plain, count.filter(|_| !shorter).unwrap_or(1));
    let alone = i;
    match before(words, i, 1) {
        Some("every" | "each" | "per" | "ev") => {
            let i = i - 1;
            // `each and every month`
            let i = if before(words, i, 1) == Some("and") && before(words, i, 2) == Some("each") {
                i - 2
            } else {
                i
            };
            let times = times_before(words, i).map(|(times, _)| times);
            let times = times.or_else(|| {
                let bare = i.checked_sub(1).and_then(|at| number(&words[at]));
                bare.filter(|_| before(words, alone, 1) == Some("per"))
            });
            Some(times.map_or(several, |times| divided(several, times)))
        }
        Some("alternate" | "alternating") => Some(multiplied(plain, 2)),
        Some("a" | "an") => {
            // `once a year`, `once in a year`, `2 a year`
            let mut j = i - 1;
            while matches!(before(words, j, 1), Some("in" | "within")) {
                j -= 1;
            }
            let times = times_before(words, j).map(|(times, _)| times);
            let times = times.or_else(|| j.checked_sub(1).and_then(|at| number(&words[at])))?;
            Some(divided(several, times))
        }
        Some("x" | "times" | "time") => {
            // `4 x year`
            let (times, _) = times_before(words, i)?;
            Some(divided(plain, times))
        }
        Some("by") if count.is_none() && !dated(at + 1) => Some(plain),
        Some("in" | "within" | "the" | "of" | "any") => {
            let mut j = i - 1;
            while matches!(before(words, j, 1), Some("in" | "within" | "the" | "of" | "any")) {
                j -= 1;
            }
            match (times_before(words, j), before(words, j, 1)) {
                (Some((times, _)), _) => Some(divided(several, times)),
                (None, Some("end" | "close" | "start" | "beginning")) if count.is_none() && !dated(at + 1) => {
                    Some(plain)
                }
                _ => None,
            }
        }
        Some("end") if count.is_none() && !dated(at + 1) => Some(plain),
        _ if whole(alone) => Some(several),
        _ => None,
    }
}

/// `every March`, `each April and October`: so many times a year.
fn listed_months(words: &[String], at: usize) -> Option<Frequency> {
    month(&words[at])?;
    let more = words[at + 1..].iter().find(|word| *word != "and");
    if more.is_some_and(|word| month(word).is_some() || word.chars().all(|c| c.is_ascii_digit())) {
        return None;
    }
    let (mut count, mut i) = (1, at);
    while let Some(word) = before(words, i, 1) {
        match (month(word), word) {
            (Some(_), _) => count += 1,
            (None, "and") => {}
            _ => break,
        }
        i -= 1;
    }
    let comes_round = matches!(before(words, i, 1), Some("every" | "each")) || i == 0 && at + 1 == words.len();
    comes_round.then(|| divided(Frequency::YEARLY, count))
}

/// A whole text of a letter, with or without a number: `M`, `Q`, `6m`.
fn letter(words: &[String], at: usize) -> Option<Frequency> {
    let frequency = match words[at].as_str() {
        "d" => Frequency::DAILY,
        "w" => Frequency::WEEKLY,
        "m" => Frequency::MONTHLY,
        "q" => Frequency::QUARTERLY,
        "y" | "a" => Frequency::YEARLY,
        "hy" => Frequency::months(6),
        _ => return None,
    };
    match words {
        [_] => Some(frequency),
        [count, _] if at == 1 => number(count).map(|count| multiplied(frequency, count)),
        _ => None,
    }
}

/// How many times, where that stands right before the word of that place: `once`, `twice`, `3 times`, `4 x`; and the
/// place at which it begins.
fn times_before(words: &[String], at: usize) -> Option<(u32, usize)> {
    let counted = |at: usize| at.checked_sub(1).and_then(|at| Some((number(&words[at])?, at)));
    match before(words, at, 1)? {
        "once" => Some((1, at - 1)),
        "twice" => Some((2, at - 1)),
        "thrice" => Some((3, at - 1)),
        "times" | "time" | "x" => counted(at - 1),
        _ => None,
    }
}

/// The word so many places before that of a place.
fn before(words: &[String], at: usize, places: usize) -> Option<&str> {
    words.get(at.checked_sub(places)?).map(String::as_str)
}

fn number(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    if let Some(at) = NUMBERS.iter().position(|known| *known == word) {
        return Some(at as u32 + 1);
    }
    word.parse().ok().filter(|n| (1..1000).contains(n))
}

fn ordinal(word: &str) -> Option<u32> {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    if word == "other" {
        return Some(2);
    }
    if let Some(at) = ORDINALS.iter().position(|known| *known == word) {
        return Some(at as u32 + 1);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    number(digits)
}

/// The first month of a year of that kind.
fn year(word: &str) -> Option<u8> {
    match word {
        "financial" | "fiscal" | "fin" | "budget" | "tax" | "accounting" => Some(FINANCIAL),
        "school" | "academic" | "college" | "teaching" => Some(SCHOOL),
        _ => None,
    }
}

/// The first month of the year where the text says which it is: `year ending June`, `April to March`.
fn stated_year(words: &[String]) -> Option<u8> {
    let ending = words.windows(3).find_map(|three| {
        let ends = matches!(three[1].as_str(), "ending" | "ends" | "ended" | "end" | "to");
        (Noun::of(&three[0])?.count == 12 && ends).then(|| month(&three[2]))?
    });
    let spans = words.windows(3).find_map(|three| {
        let (first, last) = (month(&three[0])?, month(&three[2])?);
        (matches!(three[1].as_str(), "to" | "until") && last % 12 + 1 == first).then_some(first)
    });
    ending.map(|last| last % 12 + 1).or(spans)
}

fn month(word: &str) -> Option<u8> {
    month_named(word).and_then(|month| u8::try_from(month).ok())
}

fn weekday(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    WEEKDAYS.contains(&word)
}

/// So many of its periods in one.
fn multiplied(frequency: Frequency, count: u32) -> Frequency {
    Frequency::every(frequency.unit, frequency.count.saturating_mul(count.max(1))).in_years_from(frequency.first_month)
}

/// So many periods in one of its own: months where they come out even, else weeks or days.
fn divided(frequency: Frequency, times: u32) -> Frequency {
    if times <= 1 {
        return frequency;
    }
    let first_month = frequency.first_month;
    if frequency.count.is_multiple_of(times) {
        return Frequency::every(frequency.unit, frequency.count / times).in_years_from(first_month);
    }
    if frequency.unit == Unit::Month && frequency.count == 12 && matches!(times, 24 | 26 | 52) {
        return Frequency::weeks(if times == 52 { 1 } else { 2 });
    }
    Frequency::days((frequency.length() / i64::from(times)).max(1) as u32)
}

#[cfg(test)]
mod tests;
