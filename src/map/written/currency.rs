//! Currencies as amounts name them: by sign, by ISO 4217 code, by name.

use std::fmt;

/// A currency as it stands beside an amount. A sign may be that of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    shown: String,
    codes: &'static [&'static str],
}

/// Signs and names with the codes that they may stand for, longer ones before those that they begin with.
const SIGNS: &[(&str, &[&str])] = &[
    ("US$", &["USD"]),
    ("CA$", &["CAD"]),
    ("C$", &["CAD"]),
    ("AU$", &["AUD"]),
    ("A$", &["AUD"]),
    ("NZ$", &["NZD"]),
    ("HK$", &["HKD"]),
    ("NT$", &["TWD"]),
    ("S$", &["SGD"]),
    ("R$", &["BRL"]),
    ("MX$", &["MXN"]),
    ("£", &["GBP", "GIP", "FKP", "SHP", "EGP"]),
    ("€", &["EUR"]),
    (
        "$",
        &[
            "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "JMD", "TTD", "BBD", "BSD", "BZD", "FJD", "XCD",
            "ARS", "CLP", "COP",
        ],
    ),
    ("¥", &["JPY", "CNY"]),
    ("￥", &["JPY", "CNY"]),
    ("₹", &["INR"]),
    ("₩", &["KRW"]),
    ("₽", &["RUB"]),
    ("₺", &["TRY"]),
    ("₪", &["ILS"]),
    ("₦", &["NGN"]),
    ("₱", &["PHP"]),
    ("₫", &["VND"]),
    ("฿", &["THB"]),
    ("zł", &["PLN"]),
    ("Kč", &["CZK"]),
    ("Ft", &["HUF"]),
    ("kr.", &["SEK", "NOK", "DKK", "ISK"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("FCFA", &["XOF", "XAF"]),
    ("F CFA", &["XOF", "XAF"]),
    ("CFA", &["XOF", "XAF"]),
    ("Fr.", &["CHF"]),
    ("pounds sterling", &["GBP"]),
    ("pounds", &["GBP", "GIP", "FKP", "SHP", "EGP"]),
    ("pound", &["GBP", "GIP", "FKP", "SHP", "EGP"]),
    ("euros", &["EUR"]),
    ("euro", &["EUR"]),
];

/// The codes of ISO 4217 that are in use.
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD",
    "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP",
    "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP",
    "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD",
    "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN",
    "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL",
    "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND",
    "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

impl Currency {
    /// The currency that a text begins with, and what follows it without white space before.
    pub(crate) fn at_start(text: &str) -> Option<(Self, &str)> {
        let ends =
            |rest: &str, shown: &str| !shown.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic);
        for (sign, codes) in SIGNS {
            if let Some(rest) = without_prefix(text, sign).filter(|rest| ends(rest, sign)) {
                let shown = text[..text.len() - rest.len()].to_owned();
                return Some((Self { shown, codes }, rest.trim_start()));
            }
        }
        let (code, rest) = (text.get(..3)?, text.get(3..)?);
        let at = CODES.iter().position(|known| known.eq_ignore_ascii_case(code))?;
        // Not the first letters of a word.
        ends(rest, code).then(|| {
            let currency = Self {
                shown: CODES[at].to_owned(),
                codes: &CODES[at..=at],
            };
            (currency, rest.trim_start())
        })
    }

    /// The currency that the whole text names, and nothing else.
    pub(crate) fn named(text: &str) -> Option<Self> {
        Self::at_start(text.trim())
            .filter(|(_, rest)| rest.is_empty())
            .map(|(currency, _)| currency)
    }

    /// Whether the two may be the same: `$` and `CAD` may, `US$` and `CAD` may not.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        self.codes.iter().any(|code| other.codes.contains(code))
    }

    /// The one code that it stands for; `None` where a sign is that of several.
    pub(crate) fn code(&self) -> Option<&'static str> {
        match self.codes {
            // What else has the sign of the pound is spent by few.
            [code] | [code @ "GBP", ..] => Some(code),
            _ => None,
        }
    }

    /// Whether amounts in it are mostly written with commas between thousands, and never with a third decimal.
    pub(super) fn groups_by_commas(&self) -> bool {
        self.codes.first().is_some_and(|code| matches!(*code, "GBP" | "USD"))
    }
}

impl fmt::Display for Currency {
    /// As it stands beside the amount.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// The rest of the text after a prefix, whatever the case of its ASCII letters.
pub(super) fn without_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_are_known_by_sign_code_and_name() {
        for (text, code, rest) in [
            ("£5", Some("GBP"), "5"),
            ("US$ 5", Some("USD"), "5"),
            ("CA$5", Some("CAD"), "5"),
            ("$5", None, "5"),
            ("kr 500", None, "500"),
            ("eur 500", Some("EUR"), "500"),
            ("XOF", Some("XOF"), ""),
            ("pounds a year", Some("GBP"), "a year"),
        ] {
            let (currency, after) = Currency::at_start(text).unwrap();
            assert_eq!((currency.code(), after), (code, rest), "{text}");
        }
        for text in ["5 £", "Europe", "m", "", "USDX", "kraft", "Funds"] {
            assert_eq!(Currency::at_start(text), None, "{text}");
        }
        let named = |text| Currency::named(text).unwrap();
        assert!(named("$").may_be(&named("CAD")) && !named("US$").may_be(&named("CAD")));
        assert!(!named("¥").may_be(&named("GBP")));
    }
}
