//! Days, numbers and sums of money as people who read a language write them.

use super::custom::{CUSTOMS, Custom, OTHER};
use super::{Day, Kpi, Language, Number, with_unit};

impl Language {
    /// The row of the language with its region, or else of the language alone.
    fn custom(&self) -> &'static Custom {
        let of = |tag: &str| CUSTOMS.iter().find(|custom| custom.tag == tag);
        // What is not a variant of its own region writes as its language does: `de-DE` as `de`, `en-IE` as `en`.
        of(self.as_str())
            .or_else(|| {
                of(match self.primary() {
                    "no" => "nb",
                    language => language,
                })
            })
            .unwrap_or(&OTHER)
    }

    /// A day as it is read: `23 November 2026`, `23. November 2026`, `23 de noviembre de 2026`.
    pub fn day(&self, day: Day) -> String {
        let custom = self.custom();
        written(custom.long, custom.months[0], day)
    }

    /// A day as it is read where room is short: `23 Nov 2026`, `23. Nov. 2026`.
    pub fn short_day(&self, day: Day) -> String {
        let custom = self.custom();
        written(custom.short, custom.months[1], day)
    }

    /// A month without a day, where room is short: `Nov`, `Nov.`, `11`.
    pub fn short_month(&self, day: Day) -> String {
        let [_, short, alone] = self.custom().months;
        month(if alone.is_empty() { short } else { alone }, day)
    }

    /// A number as it is read: `-1,234,567.5`, `-1.234.567,5`.
    pub fn number(&self, number: Number) -> String {
        self.digits(&number.to_string())
    }

    /// The same of a number that is written out with a point and without groups: `-1234.50`.
    pub fn digits(&self, text: &str) -> String {
        let custom = self.custom();
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text),
        };
        let (whole, fraction) = rest
            .split_once('.')
            .map_or((rest, None), |(whole, part)| (whole, Some(part)));
        let count = whole.chars().count();
        let mut out = sign.to_owned();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && count >= custom.least && (count - i).is_multiple_of(3) {
                out.push_str(custom.group);
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push_str(custom.decimal);
            out.push_str(fraction);
        }
        out
    }

    /// Digits that are written as this language has them, with the sign or the code of their currency: `£300,000`, `300.000 €`,
    /// `CHF 1,200`. A code has a space beside it everywhere.
    pub fn money(&self, currency: &str, digits: &str) -> String {
        let pattern = self.custom().money;
        let is_code = currency.chars().count() > 1;
        let currency = match (is_code, pattern.strip_prefix('¤')) {
            (true, Some(rest)) if rest.starts_with('#') => format!("{currency} "),
            _ => currency.to_owned(),
        };
        pattern.replace('#', digits).replace('¤', &currency)
    }
}

/// How a text writes its days and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    language: Language,
    days: Days,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    AsFiles,
    Short,
    Long,
}

impl Locale {
    /// As registers, files and the terminal have them, whatever the language of the map: days as `2026-04-01`, numbers as
    /// `5,200.5`.
    pub fn plain() -> Self {
        Self {
            language: Language::default(),
            days: Days::AsFiles,
        }
    }

    /// A day.
    pub fn day(self, day: Day) -> String {
        match self.days {
            Days::AsFiles => day.to_string(),
            Days::Short => self.language.short_day(day),
            Days::Long => self.language.day(day),
        }
    }

    /// A number.
    pub fn number(self, number: Number) -> String {
        self.language.number(number)
    }

    /// A value of a KPI with the unit beside it, as [`Kpi::amount`].
    pub fn amount(self, kpi: &Kpi, value: Number) -> String {
        with_unit(&self.number(value), kpi.unit_in_a_line())
    }
}

impl Language {
    /// Days spelled out: `23 November 2026`.
    pub fn long(self) -> Locale {
        Locale {
            language: self,
            days: Days::Long,
        }
    }

    /// Days where room is short: `23 Nov 2026`.
    pub fn short(self) -> Locale {
        Locale {
            language: self,
            days: Days::Short,
        }
    }
}

fn written(pattern: &str, months: &str, day: Day) -> String {
    if pattern.is_empty() {
        return day.to_string();
    }
    let date = day.date();
    let mut out = String::new();
    for c in pattern.chars() {
        match c {
            'D' => out.push_str(&date.day().to_string()),
            'M' => out.push_str(&month(months, day)),
            'N' => out.push_str(&format!("{:02}", date.month())),
            'Y' => out.push_str(&date.year().to_string()),
            c => out.push(c),
        }
    }
    out
}

fn month(months: &str, day: Day) -> String {
    let number = day.date().month();
    let names = months.split('|').filter(|name| !name.is_empty());
    let name = names.clone().nth(usize::from(number.unsigned_abs()) - 1);
    name.map_or_else(|| number.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        Language::new(tag).unwrap()
    }

    /// As `Intl.NumberFormat` and `Intl.DateTimeFormat` of another program write them (ICU 78), but for the width of spaces.
    #[test]
    fn days_and_numbers_are_written_as_others_write_them() {
        let number: Number = "-1234567.125".parse().unwrap();
        let day: Day = "2026-11-23".parse().unwrap();
        for (tag, digits, long, short) in [
            ("en-GB", "-1,234,567.125", "23 November 2026", "23 Nov 2026"),
            ("en-IE", "-1,234,567.125", "23 November 2026", "23 Nov 2026"),
            ("en-US", "-1,234,567.125", "November 23, 2026", "Nov 23, 2026"),
            ("cy", "-1,234,567.125", "23 Tachwedd 2026", "23 Tach 2026"),
            ("ga", "-1,234,567.125", "23 Samhain 2026", "23 Samh 2026"),
            ("de", "-1.234.567,125", "23. November 2026", "23. Nov. 2026"),
            ("de-CH", "-1'234'567.125", "23. November 2026", "23. Nov. 2026"),
            (
                "de-AT",
                "-1\u{a0}234\u{a0}567,125",
                "23. November 2026",
                "23. Nov. 2026",
            ),
            ("fr", "-1\u{a0}234\u{a0}567,125", "23 novembre 2026", "23 nov. 2026"),
            ("fr-CA", "-1\u{a0}234\u{a0}567,125", "23 novembre 2026", "23 nov. 2026"),
            ("es", "-1.234.567,125", "23 de noviembre de 2026", "23 nov 2026"),
            (
                "pt-BR",
                "-1.234.567,125",
                "23 de novembro de 2026",
                "23 de nov. de 2026",
            ),
            ("fi", "-1\u{a0}234\u{a0}567,125", "23. marraskuuta 2026", "23.11.2026"),
            ("cs", "-1\u{a0}234\u{a0}567,125", "23. listopadu 2026", "23. 11. 2026"),
            ("pl", "-1\u{a0}234\u{a0}567,125", "23 listopada 2026", "23 lis 2026"),
            ("hu", "-1\u{a0}234\u{a0}567,125", "2026. november 23.", "2026. nov. 23."),
            (
                "lt",
                "-1\u{a0}234\u{a0}567,125",
                "2026 m. lapkričio 23 d.",
                "2026-11-23",
            ),
            // Not in the table.
            ("ja-JP", "-1\u{a0}234\u{a0}567.125", "2026-11-23", "2026-11-23"),
        ] {
            let language = language(tag);
            assert_eq!(language.number(number), digits, "{tag}");
            assert_eq!(language.day(day), long, "{tag}");
            assert_eq!(language.short_day(day), short, "{tag}");
        }
    }

    #[test]
    fn four_digits_are_grouped_where_that_is_the_custom() {
        for (tag, shown) in [
            ("en", "1,234"),
            ("de", "1.234"),
            ("es", "1234"),
            ("pl", "1234"),
            ("it", "1234"),
            ("fr", "1\u{a0}234"),
        ] {
            assert_eq!(language(tag).digits("1234"), shown, "{tag}");
        }
        assert_eq!(language("es").digits("12345.5"), "12.345,5");
        assert_eq!(language("de").digits("1000.50"), "1.000,50");
    }

    #[test]
    fn the_sign_of_a_currency_goes_where_readers_look_for_it() {
        for (tag, currency, shown) in [
            ("en", "£", "£12"),
            ("en", "CHF", "CHF 12"),
            ("de", "€", "12\u{a0}€"),
            ("de", "GBP", "12\u{a0}GBP"),
            ("nl", "€", "€\u{a0}12"),
            ("de-CH", "CHF", "CHF\u{a0}12"),
        ] {
            assert_eq!(language(tag).money(currency, "12"), shown, "{tag}");
        }
    }

    #[test]
    fn every_row_names_a_language_once_and_twelve_months() {
        for (at, custom) in CUSTOMS.iter().enumerate() {
            assert_eq!(language(custom.tag).as_str(), custom.tag);
            assert!(
                CUSTOMS[..at].iter().all(|before| before.tag != custom.tag),
                "{}",
                custom.tag
            );
            for (list, months) in custom.months.iter().enumerate() {
                let count = months.split('|').filter(|name| !name.is_empty()).count();
                assert!(count == 12 || count == 0 && list > 0, "{} {months}", custom.tag);
            }
            assert!(custom.money.contains('¤') && custom.money.contains('#'));
        }
    }
}
