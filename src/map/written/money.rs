//! What units say of the values in them: a currency, a per cent, thousands or millions.

use super::Currency;
use super::currency::without_prefix;

/// The currency of the amounts of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Purse {
    /// The one that the map names.
    Named(String),
    /// The map names none, and no two amounts name different ones.
    Any,
    /// The map names none, and its amounts name these two.
    Mixed(Currency, Currency),
}

impl Purse {
    /// Whether an amount in that currency may be taken as it stands.
    pub(super) fn takes(&self, currency: &Currency) -> bool {
        match self {
            Self::Named(name) => match Currency::named(name) {
                Some(own) => own.may_be(currency),
                None => name.trim().eq_ignore_ascii_case(&currency.to_string()),
            },
            Self::Any => true,
            Self::Mixed(..) => false,
        }
    }
}

/// Words for thousands and millions with their power of ten, longer ones before those that they begin with.
const SCALES: &[(&str, u32)] = &[
    ("thousands", 3),
    ("thousand", 3),
    ("tsd", 3),
    ("'000s", 3),
    ("'000", 3),
    ("’000s", 3),
    ("’000", 3),
    ("000s", 3),
    ("millions", 6),
    ("million", 6),
    ("mio", 6),
    ("mln", 6),
    ("mn", 6),
    ("billions", 9),
    ("billion", 9),
    ("mrd", 9),
    ("bn", 9),
    ("k", 3),
    ("m", 6),
];

/// The power of ten that a text begins with as a word (`m`, `million`), the word, and what follows.
pub(super) fn scale_at_start(text: &str) -> Option<(u32, &'static str, &str)> {
    SCALES.iter().find_map(|(word, tens)| {
        let rest = without_prefix(text, word)?;
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        // Not the first letters of a word: `5 km`.
        (!rest.starts_with(char::is_alphanumeric)).then(|| (*tens, *word, rest.trim_start()))
    })
}

/// What comes after `%` or a word for it, where the text begins so.
pub(super) fn percent_at_start(text: &str) -> Option<&str> {
    const WORDS: [&str; 6] = ["percentage", "per cent", "percent", "pct", "％", "%"];
    WORDS.iter().find_map(|word| {
        let rest = without_prefix(text, word)?;
        let ends = !word.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic);
        ends.then(|| rest.strip_prefix('.').unwrap_or(rest).trim_start())
    })
}

/// What a KPI's unit says of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit<'u> {
    pub(super) text: &'u str,
    pub(super) percent: bool,
    /// It is a share of the whole: 0.45 where others write 45%.
    pub(super) share: bool,
    pub(super) currency: Option<Currency>,
    /// The power of ten that one of it is worth: 6 for `£m`.
    pub(super) tens: u32,
}

/// Whether values in that unit are per cent: it is `%` or a word for it, or begins so.
pub(crate) fn is_percent(unit: &str) -> bool {
    percent_at_start(unit.trim_start()).is_some()
}

/// The power of ten that one of the unit is worth: 6 for `£m`, 0 for most.
pub(crate) fn unit_tens(unit: &str) -> u32 {
    Unit::of(unit).tens
}

impl<'u> Unit<'u> {
    pub(super) fn of(text: &'u str) -> Self {
        let text = text.trim();
        let first = text.split_whitespace().next().unwrap_or("").to_lowercase();
        let mut unit = Self {
            text,
            percent: is_percent(text),
            share: matches!(
                first.as_str(),
                "share" | "shares" | "ratio" | "proportion" | "fraction" | "index" | "probability"
            ),
            currency: None,
            tens: 0,
        };
        let mut rest = text;
        for _ in 0..2 {
            if let Some((currency, after)) = Currency::at_start(rest).filter(|_| unit.currency.is_none()) {
                unit.currency = Some(currency);
                rest = after;
            } else if let Some((tens, word, after)) = scale_at_start(rest).filter(|_| unit.tens == 0) {
                // A letter is a scale only beside a currency: `m` alone may be metres.
                if word.len() == 1 && unit.currency.is_none() && Currency::at_start(after).is_none() {
                    break;
                }
                unit.tens = tens;
                rest = after;
            }
        }
        unit
    }

    /// Whether the text is the unit, in full or as far as people write it beside a number.
    pub(super) fn is(&self, text: &str) -> bool {
        let same = |unit: &str| !unit.is_empty() && unit.to_lowercase() == text.to_lowercase();
        let before_bracket = self.text.split('(').next().unwrap_or("").trim();
        let first = self.text.split_whitespace().next().unwrap_or("");
        same(self.text) || same(before_bracket) || same(first)
    }

    /// Whether a letter behind a number may be the unit as well as a scale.
    pub(super) fn may_begin_with(&self, word: &str) -> bool {
        let mut lower = self.text.chars().flat_map(char::to_lowercase);
        self.currency.is_none() && word.len() == 1 && lower.next() == word.chars().next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_say_what_their_values_are() {
        for (text, percent, currency, tens) in [
            ("%", true, None, 0),
            ("% of residents", true, None, 0),
            ("per cent", true, None, 0),
            ("percentile", false, None, 0),
            ("£m", false, Some("GBP"), 6),
            ("£ million a year", false, Some("GBP"), 6),
            ("GBP '000", false, Some("GBP"), 3),
            ("million GBP", false, Some("GBP"), 6),
            ("thousand visits", false, None, 3),
            ("m", false, None, 0),
            ("km", false, None, 0),
            ("minutes", false, None, 0),
        ] {
            let unit = Unit::of(text);
            let code = unit.currency.as_ref().and_then(Currency::code);
            assert_eq!((unit.percent, code, unit.tens), (percent, currency, tens), "{text}");
        }
        assert!(Unit::of("km a week").is("km") && Unit::of("FTE (posts)").is("fte"));
    }
}
