//! How documents say things: names in place of ids, days as they are read, amounts with their currency.

use rust_decimal::Decimal;

use crate::appraise::InputUnit;
use crate::appraise::shown;
use crate::map::{
    BenefitMap, Day, Gains, Indicator, Kpi, Language, Lookup, Node, NodeId, Number, Owner, OwnerId, group_digits,
    with_unit,
};
use crate::text::with_minus;
use crate::track::{Outlook, Status};

/// The title of a node; its id where it has none or is not on the map.
pub(super) fn title<'m>(records: &Lookup<'m>, id: &'m NodeId) -> &'m str {
    records.node(id).map_or(id.as_str(), Node::label)
}

/// The name of an owner; the id where there is none.
pub(super) fn owner<'m>(records: &Lookup<'m>, id: &'m OwnerId) -> &'m str {
    records.owner(id).map_or(id.as_str(), Owner::label)
}

/// An amount of money: `£300,000`, or with the code of the currency before it.
pub(super) fn money(map: &BenefitMap, amount: Number) -> String {
    in_currency(map.language(), &map.currency, amount)
}

/// A message as a document says it: the marks of code are for a terminal.
pub(super) fn in_quotes(message: &str) -> String {
    message.replace('`', "\"")
}

/// An amount in a currency of that code, which may be empty: `£300,000`, `SEK 5,000`, `12`.
pub(super) fn in_currency(language: Language, code: &str, amount: Number) -> String {
    // Where there are pence, there are two digits of them.
    let digits = match amount.to_string() {
        exact if exact.rfind('.') == Some(exact.len().wrapping_sub(2)) => exact + "0",
        exact => exact,
    };
    in_code(language, code, &language.digits(&digits))
}

/// The same of an amount that is written out.
pub(super) fn in_code(language: Language, code: &str, digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix(['-', '−']) {
        Some(rest) => ("−", rest),
        None => ("", digits),
    };
    let shown = match code.trim() {
        "GBP" => language.money("£", digits),
        "EUR" => language.money("€", digits),
        "USD" => language.money("$", digits),
        "" => digits.to_owned(),
        code => language.money(code, digits),
    };
    format!("{sign}{shown}")
}

/// A value of a KPI with its unit: `5,200 km`, `12%`, `£3`.
pub(super) fn value(language: Language, kpi: &Kpi, value: Number) -> String {
    with_unit(&number(language, value), &kpi.unit)
}

/// A number as a document has it: `5,200`, `−0.5`.
pub(super) fn number(language: Language, value: Number) -> String {
    with_minus(&language.number(value))
}

/// Why a KPI has its status, in the words of `status`.
pub(super) fn because(outlook: &Outlook<'_>, language: Language) -> String {
    with_minus(&outlook.because(language.short()).join("; "))
}

/// What lies ahead of a KPI, in the words of `status`.
pub(super) fn ahead(outlook: &Outlook<'_>, language: Language) -> Option<String> {
    outlook.ahead(language.short()).map(|words| with_minus(&words))
}

/// The last value of a KPI, and when it was measured.
pub(super) fn last_measured(outlook: &Outlook<'_>, language: Language) -> Option<String> {
    outlook.last_measured(language.short()).map(|words| with_minus(&words))
}

/// The figures of an appraisal as documents have them: those of [`shown`], with a minus sign below zero.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures(pub Language);

impl Figures {
    pub fn figure(self, value: Decimal, places: u32) -> String {
        with_minus(&shown::Figures(self.0).figure(value, places))
    }

    pub fn money(self, value: Decimal) -> String {
        with_minus(&shown::Figures(self.0).money(value))
    }

    pub fn factor(self, value: Decimal) -> String {
        with_minus(&shown::Figures(self.0).factor(value))
    }

    pub fn ratio(self, value: Option<Decimal>) -> String {
        with_minus(&shown::Figures(self.0).ratio(value))
    }

    pub fn input(self, value: Decimal, unit: InputUnit) -> String {
        with_minus(&shown::Figures(self.0).input(value, unit))
    }
}

/// The baseline in words: `5,200 km (31 March 2026)`; empty where there is none.
pub(super) fn baseline(language: Language, kpi: &Kpi) -> String {
    match &kpi.baseline {
        Some(baseline) => dated(language, kpi, baseline.value, baseline.date),
        None => String::new(),
    }
}

/// The final target in words: `3,100 km by 31 March 2028`; empty where there is none.
pub(super) fn target(language: Language, kpi: &Kpi) -> String {
    match kpi.final_target() {
        Some(target) => match target.date {
            Some(day) => format!("{} by {}", value(language, kpi, target.value), language.day(day)),
            None => format!("{}, no date", value(language, kpi, target.value)),
        },
        None => String::new(),
    }
}

/// The baseline where room is short: `5,200 km (31 Mar 2026)`; empty where there is none.
pub(super) fn short_baseline(language: Language, kpi: &Kpi) -> String {
    match &kpi.baseline {
        Some(baseline) => match baseline.date {
            Some(day) => format!("{} ({})", value(language, kpi, baseline.value), language.short_day(day)),
            None => value(language, kpi, baseline.value),
        },
        None => String::new(),
    }
}

/// A value with its day.
pub(super) fn dated(language: Language, kpi: &Kpi, number: Number, day: Option<Day>) -> String {
    match day {
        Some(day) => format!("{} ({})", value(language, kpi, number), language.day(day)),
        None => value(language, kpi, number),
    }
}

/// A status as people say it, beginning with a capital: `Off track`.
pub(super) fn status(status: Status) -> String {
    capital(status.label())
}

/// What kind of indicator a KPI is, in a word; empty where nobody has said.
pub(super) fn indicator(kpi: &Kpi) -> &'static str {
    match kpi.indicator {
        Some(Indicator::Outcome) => "Outcome",
        Some(Indicator::Leading) => "Leading",
        None => "",
    }
}

/// Who gains, in words.
pub(super) fn gains(gains: Gains) -> &'static str {
    match gains {
        Gains::PublicDirect => "the public organisations behind the map",
        Gains::PublicIndirect => "other public organisations",
        Gains::Society => "society",
    }
}

/// The words with a capital at their beginning.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => String::new(),
    }
}

/// A number of things: `1 link`, `3 links`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The same in words up to ten, for running text: `three links`.
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let number = WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned());
    format!("{number} {}", if n == 1 { one } else { many })
}

/// How many things are named in a row before the rest are counted: nobody reads more, and of a large map they would fill pages.
const NAMED: usize = 100;

/// Things in a row: `a`, `a and b`, `a, b and c`; of very many the first, and how many more there are.
pub(super) fn row<T: AsRef<str>>(things: &[T]) -> String {
    match things {
        first if first.len() > NAMED => {
            let first: Vec<&str> = first[..NAMED].iter().map(AsRef::as_ref).collect();
            let rest = group_digits(&(things.len() - NAMED).to_string());
            format!("{} and {rest} more", first.join(", "))
        }
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_rows_read_as_people_write_them() {
        let mut map = BenefitMap::new("m");
        for (currency, shown) in [("GBP", "−£1,200"), ("CHF", "−CHF 1,200"), ("", "−1,200")] {
            map.currency = currency.to_owned();
            assert_eq!(money(&map, Number::from(-1200)), shown);
        }
        map.currency = "GBP".to_owned();
        assert_eq!(money(&map, "1800000.5".parse().unwrap()), "£1,800,000.50");
        assert_eq!(money(&map, "0.125".parse().unwrap()), "£0.125");
        assert_eq!(row(&["a", "b", "c"]), "a, b and c");
        assert!(row(&["a"; 1_200]).ends_with("a, a and 1,100 more"));
        assert_eq!(counted(3, "link", "links"), "three links");
        assert_eq!(counted(11, "link", "links"), "11 links");
        assert_eq!(capital("off track"), "Off track");
    }
}
