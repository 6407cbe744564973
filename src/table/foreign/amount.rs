//! A value of a KPI as people write it in registers: with its unit, its year, its sign of a change.

use rust_decimal::Decimal;

use super::super::Cell;
use super::heads::is_date;
use crate::map::written::{Currency, DecimalMark, Figure, Refusal, Settled, is_percent};
use crate::map::{Number, is_blank};

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing, or a word for what is still missing.
    Nothing,
    /// A value.
    Is(Amount),
    /// Words, or a number that cannot be read, and why.
    Words(Refusal),
}

/// A value with what stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    pub(super) number: Decimal,
    /// As it stands there, in words: `£`, `%`, `FTE`, `per 100k`.
    pub(super) unit: String,
    /// The power of ten that is in the number already: 6 of `£1.2m`.
    pub(super) tens: u32,
    /// Whether it is a plain number without a sign or a word.
    pub(super) is_bare: bool,
    /// The day or the year in it: `2024` of `38 (2024)`.
    pub(super) date: Option<String>,
    /// Whether it is a change and not a level, and which way it goes.
    pub(super) change: Option<Change>,
    /// What else it says: `about`, `at least`, `est.`
    pub(super) aside: String,
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    More,
    Less,
}

impl Change {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::More => "increase",
            Self::Less => "reduction",
        }
    }
}

const LESS: &[&str] = &[
    "reduction",
    "reduce",
    "reduced",
    "reducing",
    "decrease",
    "decreased",
    "fewer",
    "less",
    "lower",
    "cut",
    "drop",
    "fall",
    "down",
];
const MORE: &[&str] = &[
    "increase",
    "increased",
    "more",
    "rise",
    "growth",
    "higher",
    "up",
    "additional",
    "extra",
    "uplift",
    "gain",
];
const AROUND: &[&str] = &["reduction", "in", "of", "by", "a", "an", "to"];
const ABOUT: &[&str] = &[
    "c.",
    "ca.",
    "circa",
    "approx.",
    "approximately",
    "approx",
    "about",
    "around",
    "roughly",
    "est.",
    "estimated",
    "at least",
    "at most",
    "no more than",
    "no less than",
    "not more than",
    "up to",
    "over",
    "under",
    "more than",
    "less than",
    "minimum",
    "maximum",
    "min.",
    "max.",
    "min",
    "max",
];

/// What the cell says, in the writing of its column.
pub(super) fn value(cell: &Cell, mark: &Settled<DecimalMark>) -> Value {
    let plain = |number: Number, unit: String| {
        Value::Is(Amount {
            number: number.decimal(),
            is_bare: unit.is_empty(),
            unit,
            tens: 0,
            date: None,
            change: None,
            aside: String::new(),
        })
    };
    match cell {
        Cell::Empty => Value::Nothing,
        Cell::Number(number) => plain(*number, String::new()),
        Cell::Percent(share) => match Number::try_from(share.decimal() * Decimal::ONE_HUNDRED) {
            Ok(number) => plain(number, "%".to_owned()),
            Err(_) => Value::Words(Refusal::no_number()),
        },
        Cell::Money(amount, currency) => plain(*amount, currency.to_string()),
        Cell::Day(_) | Cell::Bool(_) => Value::Words(Refusal::no_number()),
        Cell::Text(text) if is_blank(text) => Value::Nothing,
        Cell::Text(text) => match spelled(text, mark) {
            Ok(amount) => Value::Is(amount),
            Err(refusal) => Value::Words(refusal),
        },
    }
}

/// The number of a text, for the vote of its column on the decimal separator.
pub(super) fn figure_of(text: &str) -> Option<Figure<'_>> {
    let text = without_words(text).0;
    Figure::new(text.split(['(', '[']).next().unwrap_or(text).trim())
}

fn spelled(text: &str, mark: &Settled<DecimalMark>) -> Result<Amount, Refusal> {
    let text = text.trim();
    let (mut rest, date, mut asides) = without_asides(text);
    let (bare, about, mut change) = without_words(&rest);
    if !about.is_empty() {
        asides.insert(0, about);
    }
    let bare = bare.to_owned();
    rest = bare;
    let figure = Figure::new(&rest).ok_or_else(Refusal::no_number)?;
    let apart = figure.apart(mark)?;
    let mut unit = apart.rest.trim().trim_matches([',', ';', ':']).trim().to_owned();
    // `10% reduction`, `400 fewer`, `5 fewer complaints`, `20% less than 2019`
    let beside = unit.clone();
    let mut words: Vec<&str> = beside.split_whitespace().collect();
    if let Some(first) = words.first().map(|word| word.to_lowercase()) {
        let way = match first.as_str() {
            word if LESS.contains(&word) => Some(Change::Less),
            word if MORE.contains(&word) => Some(Change::More),
            _ => None,
        };
        if let (Some(way), None) = (way, change) {
            change = Some(way);
            words.remove(0);
            while words
                .first()
                .is_some_and(|word| AROUND.contains(&word.to_lowercase().as_str()))
            {
                words.remove(0);
            }
            let said = words.join(" ");
            if !said.is_empty() && apart.percent {
                asides.push(said);
                words.clear();
            }
        }
    }
    unit = words.join(" ");
    // A range is no value, and a sentence is no unit.
    if unit.starts_with(['-', '–', '/', '+'])
        || unit.chars().any(|c| c.is_ascii_digit()) && !is_unit(&unit)
        || words.len() > 5
    {
        return Err(Refusal::no_number());
    }
    // `- 5 %` as a target may be a level below zero as well as a change: only a sign that is written out for a gain is one.
    if change.is_none() && rest.starts_with('+') {
        change = Some(Change::More);
    }
    let mut beside = String::new();
    if apart.percent {
        beside.push('%');
        if unit.eq_ignore_ascii_case("points") || unit.eq_ignore_ascii_case("pts") {
            beside = "percentage points".to_owned();
            unit.clear();
        }
    }
    if let Some(currency) = &apart.currency {
        beside = currency.to_string();
    }
    let unit = [beside.as_str(), unit.as_str()].join(" ").trim().to_owned();
    Ok(Amount {
        number: apart.value,
        is_bare: unit.is_empty() && apart.tens == 0,
        unit,
        tens: apart.tens,
        date,
        change,
        aside: asides.join(", "),
    })
}

/// The text without what stands in brackets at its end and without a year that follows it; the day in them; the other
/// asides.
fn without_asides(text: &str) -> (String, Option<String>, Vec<String>) {
    let (mut rest, mut date, mut asides) = (text.to_owned(), None, Vec::new());
    while let Some((before, inner)) = rest
        .strip_suffix([')', ']'])
        .and_then(|rest| rest.rsplit_once(['(', '[']))
    {
        // `(250)` is a number below zero.
        if before.trim().is_empty() {
            break;
        }
        let inner = inner.trim().to_owned();
        match date.is_none() && is_date(&inner) {
            true => date = Some(inner),
            false => asides.insert(0, inner),
        }
        rest = before.trim().to_owned();
    }
    if date.is_none() {
        for word in [" in ", " by ", " at ", " as at ", " as of ", ", ", " – ", " - ", ": "] {
            if let Some((before, after)) = rest.rsplit_once(word)
                && is_date(after.trim())
                && before.chars().any(|c| c.is_ascii_digit())
            {
                date = Some(after.trim().to_owned());
                rest = before.trim().to_owned();
                break;
            }
        }
        if date.is_none()
            && let Some((before, after)) = rest.split_once(": ")
            && is_date(before.trim())
        {
            date = Some(before.trim().to_owned());
            rest = after.trim().to_owned();
        }
    }
    (rest, date, asides)
}

/// The text without words before its number, what they say, and the change that they mean.
fn without_words(text: &str) -> (&str, String, Option<Change>) {
    let (mut rest, mut about, mut change) = (text.trim(), Vec::new(), None);
    loop {
        let before = rest;
        for sign in ["~", "≈", "<", ">", "≤", "≥", "<=", ">=", "="] {
            if let Some(after) = rest.strip_prefix(sign) {
                about.push(sign.to_owned());
                rest = after.trim_start();
            }
        }
        let lower = rest.to_lowercase();
        if lower.len() != rest.len() {
            break;
        }
        let follows = |word: &str| {
            let after = lower.strip_prefix(word)?;
            let ends = after.starts_with(|c: char| !c.is_alphabetic()) && !after.is_empty();
            (ends && after.chars().any(|c| c.is_ascii_digit())).then_some(word.len())
        };
        if let Some((word, length)) = ABOUT.iter().find_map(|word| Some((*word, follows(word)?))) {
            about.push(word.to_owned());
            rest = rest[length..].trim_start();
            continue;
        }
        for (words, way) in [(LESS, Change::Less), (MORE, Change::More)] {
            if let Some(length) = words.iter().find_map(|word| follows(word)) {
                rest = rest[length..].trim_start();
                // `reduce to 5` is a level, `reduce by 5` a change.
                if let Some(level) = rest.strip_prefix("to ") {
                    rest = level.trim_start();
                    continue;
                }
                let by = rest.strip_prefix("by ").or_else(|| rest.strip_prefix("of "));
                rest = by.unwrap_or(rest).trim_start();
                change = Some(way);
            }
        }
        if rest == before {
            break;
        }
    }
    (rest, about.join(" "), change)
}

/// Whether a text reads as a unit: a currency, a per cent sign, a scale, or one of the usual words.
pub(super) fn is_unit(text: &str) -> bool {
    let text = text.trim();
    let lower = text.to_lowercase();
    if lower.is_empty() || text.len() > 30 {
        return false;
    }
    let by_sign = Currency::at_start(text).is_some_and(|(_, rest)| rest.len() < 12) || is_percent(text);
    let first = lower.split([' ', '/']).next().unwrap_or("");
    by_sign
        || lower.starts_with("per ")
        || lower.starts_with('\'') && lower.contains("000")
        || lower.starts_with("000")
        || UNITS.contains(&lower.as_str())
        || UNITS.contains(&first) && lower.split_whitespace().count() <= 4
}

/// Words that are units by themselves.
const UNITS: &[&str] = &[
    "%",
    "fte",
    "ftes",
    "wte",
    "hrs",
    "hours",
    "hour",
    "hr",
    "h",
    "mins",
    "minutes",
    "min",
    "days",
    "day",
    "weeks",
    "months",
    "years",
    "yrs",
    "km",
    "m",
    "mm",
    "cm",
    "miles",
    "metres",
    "kg",
    "g",
    "t",
    "tonnes",
    "tonne",
    "tco2e",
    "tco2",
    "kgco2e",
    "co2e",
    "ha",
    "hectares",
    "l",
    "litres",
    "ml",
    "m2",
    "m3",
    "m²",
    "m³",
    "kwh",
    "mwh",
    "gwh",
    "kw",
    "mw",
    "no.",
    "no",
    "number",
    "nr",
    "count",
    "#",
    "people",
    "persons",
    "households",
    "homes",
    "visits",
    "jobs",
    "farmers",
    "women",
    "men",
    "children",
    "users",
    "calls",
    "incidents",
    "cases",
    "points",
    "score",
    "index",
    "ratio",
    "rate",
    "seconds",
    "secs",
    "mg",
    "µg",
    "µg/m3",
    "db",
    "gb",
    "tb",
    "bn",
    "k",
    "£m",
    "£k",
];

/// Whether a unit that stands beside a value may be the one of its column: the same, a shorter form of it, or one that says less.
pub(super) fn agrees(beside: &str, unit: &str) -> bool {
    let (one, other) = (plain(beside), plain(unit));
    if one.is_empty() || other.is_empty() || one == other {
        return true;
    }
    const ANY: &[&str] = &[
        "no",
        "number",
        "nr",
        "count",
        "#",
        "total",
        "cumulative",
        "value",
        "qty",
        "quantity",
    ];
    if ANY.contains(&other.as_str()) {
        return true;
    }
    let money = |text: &str| Currency::at_start(text.trim()).map(|(currency, _)| currency);
    match (money(beside), money(unit)) {
        (Some(one), Some(other)) => return one.may_be(&other),
        (None, None) => {}
        // `pa` beside `£ pa`.
        (None, Some(_)) => return other.split(' ').any(|word| is_short(&one, word)) || is_each_year(&one),
        (Some(_), None) => return is_each_year(&other),
    }
    if is_percent(beside) != is_percent(unit) {
        return false;
    }
    let mut words = other.split(' ');
    is_short(&one, &other)
        || words.any(|word| is_short(&one, word))
        || one.split(' ').any(|word| is_short(&other, word))
}

fn is_each_year(plain: &str) -> bool {
    matches!(
        plain,
        "pa" | "p a" | "per annum" | "a year" | "per year" | "annually" | "yr" | "each year" | "one off"
    )
}

/// Whether one word is a short form of another: it begins alike, and its letters are in the other in that order.
fn is_short(short: &str, long: &str) -> bool {
    if short.is_empty() || short.chars().next() != long.chars().next() {
        return false;
    }
    // One letter, as `t`, stands for a word that begins so; two words that begin alike are not one another's short form.
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c)) && (short.len() < 5 || long.starts_with(short))
        || (short.len() > 3 && long.len() > 3 && (short.trim_end_matches('s') == long.trim_end_matches('s')))
}

/// A unit as it is compared: in lower case, with scales written out.
fn plain(unit: &str) -> String {
    let lower = unit.to_lowercase().replace(',', "");
    let words = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | '(' | ')'))
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words
        .map(
            |word| match word.strip_suffix('k').and_then(|n| n.parse::<u64>().ok()) {
                Some(thousands) => (thousands * 1000).to_string(),
                None => word.to_owned(),
            },
        )
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String, Option<String>, Option<Change>)> {
        match value(&Cell::Text(text.to_owned()), &Settled::Assumed(DecimalMark::Point)) {
            Value::Is(amount) => Some((
                amount.number.normalize().to_string(),
                amount.unit,
                amount.date,
                amount.change,
            )),
            _ => None,
        }
    }

    #[test]
    fn units_years_and_changes_are_taken_off_values() {
        for (text, number, unit, date, change) in [
            ("£1.2m", "1200000", "£", None, None),
            ("£250k pa", "250000", "£ pa", None, None),
            ("12 FTE", "12", "FTE", None, None),
            ("38 (2024)", "38", "", Some("2024"), None),
            ("38% (March 2025)", "38", "%", Some("March 2025"), None),
            ("10 % reduction", "10", "%", None, Some(Change::Less)),
            ("10% reduction in calls", "10", "%", None, Some(Change::Less)),
            ("reduce by 10%", "10", "%", None, Some(Change::Less)),
            ("Reduced to 40", "40", "", None, None),
            ("400 fewer", "400", "", None, Some(Change::Less)),
            ("92 per 100k", "92", "per 100k", None, None),
            ("8,450 t", "8450", "t", None, None),
            ("58 hrs", "58", "hrs", None, None),
            ("c. 40", "40", "", None, None),
            ("<5%", "5", "%", None, None),
            ("at least 90%", "90", "%", None, None),
            ("2,000", "2000", "", None, None),
            ("45 by 2027", "45", "", Some("2027"), None),
            ("(250)", "-250", "", None, None),
            (
                "+5 percentage points",
                "5",
                "percentage points",
                None,
                Some(Change::More),
            ),
        ] {
            assert_eq!(
                read(text),
                Some((number.to_owned(), unit.to_owned(), date.map(str::to_owned), change)),
                "{text}"
            );
        }
        for text in [
            "Compliant",
            "10-12",
            "Qualitative",
            "18 to 24 by then",
            "Phase 2 complete",
            "3 of the 5 sites by 2027 at least",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_unit_beside_a_value_may_be_a_short_form_of_that_of_the_column() {
        for (beside, unit) in [
            ("hrs", "hours"),
            ("t", "tCO2e"),
            ("pa", "£ pa"),
            ("£", "£ pa"),
            ("per 100k", "per 100,000"),
            ("£ pa", "£"),
            ("mins", "minutes"),
            ("visits", "no."),
            ("FTE", "FTE"),
        ] {
            assert!(agrees(beside, unit), "{beside} {unit}");
        }
        for (beside, unit) in [
            ("hrs", "days"),
            ("€", "£ pa"),
            ("kg", "km"),
            ("%", "hours"),
            ("£", "FTE"),
            ("days", "%"),
        ] {
            assert!(!agrees(beside, unit), "{beside} {unit}");
        }
    }
}
