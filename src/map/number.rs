//! Exact decimal numbers: money, KPI values, shares.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::Language;

/// How many significant digits a [`Number`] may have.
///
/// Spreadsheets keep 15, and every reader of JSON that holds numbers as binary64 gives 15 back unchanged
/// (RFC 7493 §2.2 gives the reason); a number with more would change on its way through another tool, unseen.
pub const MAX_DIGITS: u32 = 15;

/// An exact decimal number of at most [`MAX_DIGITS`] significant digits, at most 15 of them after the point.
/// It is never held as a binary float, trailing zeros are dropped, and there is no negative zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(Decimal);

/// Why a text or a value is not a [`Number`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadNumber {
    /// The text is not a decimal number.
    #[error("`{text}` is not a number")]
    Shape {
        /// The refused text.
        text: String,
    },
    /// The number has more digits than other tools would keep.
    #[error("`{text}` has more than {MAX_DIGITS} significant digits, which is more than a spreadsheet keeps: round it")]
    Digits {
        /// The refused text.
        text: String,
    },
}

impl Number {
    /// Zero.
    pub const ZERO: Number = Number(Decimal::ZERO);
    /// One.
    pub const ONE: Number = Number(Decimal::ONE);

    /// The number in a JSON-like text: an optional minus, digits, optionally a point with digits, optionally an
    /// exponent. Grouping characters, a decimal comma and a leading plus are refused: who accepts them must say so.
    ///
    /// # Errors
    /// [`BadNumber::Shape`] where the text is not such a number, [`BadNumber::Digits`] where it has too many digits.
    pub fn new(text: &str) -> Result<Self, BadNumber> {
        let shape = || BadNumber::Shape { text: text.to_owned() };
        let digits = || BadNumber::Digits { text: text.to_owned() };
        if !is_json_number(text) {
            return Err(shape());
        }
        let value = if text.contains(['e', 'E']) {
            Decimal::from_scientific(text)
        } else {
            Decimal::from_str_exact(text)
        };
        Self::try_from(value.map_err(|_| digits())?).map_err(|_| digits())
    }

    /// The value, for reckoning with. Results go back through [`Number::rounded`] or `try_from`.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// The nearest `Number` to a computed value: rounded once, half to even, to what [`MAX_DIGITS`] allows.
    /// A value too large for that (10^15 and more) comes back as `None`.
    pub fn rounded(value: Decimal) -> Option<Self> {
        Self::rounded_to(value, MAX_DIGITS)
    }

    /// The same to at most so many digits after the point: to fewer where the number would have too many digits. It is
    /// rounded once: what is rounded to fifteen digits first may come out on the other side of a half.
    pub fn rounded_to(value: Decimal, places: u32) -> Option<Self> {
        // The digits before the point, none of 0.5.
        let whole = value.trunc().abs();
        let before = if whole.is_zero() {
            0
        } else {
            whole.mantissa().unsigned_abs().ilog10() + 1
        };
        let after = MAX_DIGITS.checked_sub(before)?;
        Self::try_from(value.round_dp(places.min(after))).ok()
    }

    /// As people read it in English: `-1,234,567.5`. [`Language::number`] writes it in the language of a map.
    pub fn grouped(self) -> String {
        group_digits(&self.to_string())
    }

    /// The nearest binary float, for drawing and statistics only.
    pub fn to_f64(self) -> f64 {
        use rust_decimal::prelude::ToPrimitive;
        self.0.to_f64().unwrap_or(0.0)
    }
}

/// The digits of a written number before its point in threes, parted by commas: `-1234.5` becomes `-1,234.5`.
/// [`Language::digits`] writes them in the language of a map.
pub fn group_digits(text: &str) -> String {
    Language::default().digits(text)
}

/// Whether `text` is a number by the grammar of RFC 8259 §6.
fn is_json_number(text: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((m, e)) => (m, Some(e)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((w, f)) => (w, Some(f)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

impl TryFrom<Decimal> for Number {
    type Error = BadNumber;
    fn try_from(value: Decimal) -> Result<Self, BadNumber> {
        let mut value = value.normalize();
        if value.is_zero() {
            value = Decimal::ZERO;
        }
        // The whole part alone may not pass the limit either: 10^15 is one significant digit, but sixteen places.
        let limit = 10i128.pow(MAX_DIGITS);
        if value.scale() <= MAX_DIGITS && value.mantissa().abs() < limit && value.trunc().mantissa().abs() < limit {
            Ok(Self(value))
        } else {
            Err(BadNumber::Digits {
                text: value.to_string(),
            })
        }
    }
}

impl From<i32> for Number {
    /// The same value.
    fn from(value: i32) -> Self {
        Self(Decimal::from(value).normalize())
    }
}

impl std::str::FromStr for Number {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        Self::new(text)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.scale() == 0 {
            // At most 15 digits: always within i64.
            serializer.serialize_i64(self.0.mantissa() as i64)
        } else {
            // 15 significant digits survive binary64 both ways, so what is written is the decimal itself.
            serializer.serialize_f64(self.to_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;
        impl Visitor<'_> for NumberVisitor {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
                Number::try_from(Decimal::from(value)).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
                Number::try_from(Decimal::from(value)).map_err(E::custom)
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
                // The shortest text that reads back as this float is the text that was typed, up to 15 digits.
                Number::new(&value.to_string()).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(NumberVisitor)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_grammar_is_that_of_json() {
        for (text, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("1.50", "1.5"),
            ("-12.25", "-12.25"),
            ("1e3", "1000"),
            ("2.5E-3", "0.0025"),
            ("300000", "300000"),
            ("999999999999999", "999999999999999"),
        ] {
            assert_eq!(Number::new(text).unwrap().to_string(), shown, "{text}");
        }
        for text in [
            "", "-", ".5", "5.", "+1", "01", "1,5", "1 000", "TBC", "NaN", "1e", "0x10", "½",
        ] {
            assert!(matches!(Number::new(text), Err(BadNumber::Shape { .. })), "{text}");
        }
        for text in [
            "1000000000000000",
            "1e15",
            "0.1234567890123456",
            "1e-16",
            "1e400",
            "-1e99",
        ] {
            assert!(matches!(Number::new(text), Err(BadNumber::Digits { .. })), "{text}");
        }
    }

    #[test]
    fn digits_are_grouped_in_threes() {
        for (text, shown) in [
            ("0", "0"),
            ("-123", "-123"),
            ("1234", "1,234"),
            ("-1234567.12345", "-1,234,567.12345"),
        ] {
            assert_eq!(Number::new(text).unwrap().grouped(), shown);
        }
        assert_eq!(group_digits("1000.50"), "1,000.50");
    }

    #[test]
    fn a_computed_value_is_rounded_to_fit() {
        let third = Decimal::ONE / Decimal::from(3);
        assert_eq!(Number::rounded(third).unwrap().to_string(), "0.333333333333333");
        assert_eq!(Number::rounded(Decimal::from(10i64.pow(15))), None);
        assert_eq!(Number::rounded(Decimal::from(10i64.pow(16) + 1)), None);
    }

    #[test]
    fn a_computed_value_is_rounded_once() {
        let rounded = |text: &str, places: u32| {
            let value = Decimal::from_str_exact(text).unwrap();
            Number::rounded_to(value, places).unwrap().to_string()
        };
        // To two places it would be .46, and that to one digit .5.
        assert_eq!(rounded("12345678901234.455", 2), "12345678901234.5");
        assert_eq!(rounded("12345678901234.449", 2), "12345678901234.4");
        assert_eq!(rounded("12345678901234.45", 2), "12345678901234.4");
        assert_eq!(rounded("999999999999.995", 2), "1000000000000");
        assert_eq!(rounded("2.345", 2), "2.34");
        assert_eq!(rounded("-2.3451", 2), "-2.35");
        assert_eq!(rounded("0.00000000000000049999", 15), "0");
        assert_eq!(rounded("0.123456789012345499", 15), "0.123456789012345");
        assert_eq!(rounded("0", 2), "0");
    }

    proptest! {
        #[test]
        fn json_keeps_every_digit(mantissa in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0u32..=15) {
            let number = Number::try_from(Decimal::new(mantissa, scale)).unwrap();
            let json = serde_json::to_string(&number).unwrap();
            prop_assert_eq!(serde_json::from_str::<Number>(&json).unwrap(), number);
            prop_assert_eq!(Number::new(&json).unwrap(), number);
        }
    }
}
