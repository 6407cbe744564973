//! The axis of values: a range that ends at ticks, ticks at round numbers, and numbers as they stand beside them.

use crate::map::{Language, Number};
use crate::text::with_minus;

/// A range of values from tick to tick.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// The value at the foot of the axis.
    pub low: f64,
    /// The value at its head; always above `low`.
    pub high: f64,
    /// Each tick's value and its words, the lowest first; at least two.
    pub ticks: Vec<(f64, String)>,
    /// What every number is to be multiplied by, in words that go before the unit; empty for one.
    pub factor: &'static str,
    /// Numbers are divided by ten to this power.
    power: i32,
    /// The place of the last digit of a step: 2 where steps are hundreds.
    place: i32,
    /// Whose numbers it writes.
    language: Language,
}

/// From here on values are written in millions.
const LARGE: f64 = 1e7;

/// Round steps, in tenths.
const STEPS: [i128; 5] = [10, 20, 25, 50, 100];

impl Scale {
    /// The axis for values from `low` to `high`, with about `ticks` ticks. Where both are equal, room is made on both
    /// sides, or above zero.
    pub fn in_language((low, high): (f64, f64), ticks: usize, language: Language) -> Self {
        let (mut low, mut high) = if low <= high { (low, high) } else { (high, low) };
        if low == high {
            let room = if low == 0.0 { 1.0 } else { low.abs() * 0.1 };
            high += room;
            if low != 0.0 {
                low -= room;
            }
        }
        let raw = (high - low) / ticks.max(2) as f64;
        let mut exponent = 0;
        while ten(exponent + 1) <= raw {
            exponent += 1;
        }
        while ten(exponent) > raw {
            exponent -= 1;
        }
        let step = STEPS
            .into_iter()
            .find(|tenths| times(*tenths, exponent - 1) >= raw)
            .unwrap_or(100);
        let size = times(step, exponent - 1);
        // Values that stand on a tick but for the last bit belong to it.
        let first = (low / size + 1e-9).floor() as i128;
        let last = ((high / size - 1e-9).ceil() as i128).max(first + 1);

        let most = low.abs().max(high.abs());
        let (power, factor) = match most {
            m if m >= 1e13 => (12, "trillion"),
            m if m >= 1e10 => (9, "billion"),
            m if m >= LARGE => (6, "million"),
            m if m >= 1e-3 => (0, ""),
            m if m >= 1e-6 => (-6, "millionths of"),
            m if m >= 1e-9 => (-9, "billionths of"),
            _ => (-15, "quadrillionths of"),
        };
        let (unit, place) = if step % 10 == 0 {
            (step / 10, exponent)
        } else {
            (step, exponent - 1)
        };
        let ticks: Vec<(f64, String)> = (first..=last)
            .map(|k| {
                (
                    times(k * step, exponent - 1),
                    with_minus(&language.digits(&written(k * unit, place - power))),
                )
            })
            .collect();
        Self {
            low: ticks[0].0,
            high: ticks[ticks.len() - 1].0,
            factor,
            power,
            place,
            language,
            ticks,
        }
    }

    /// A value by name, beside what shows it: its digits, and the words of its factor, empty for one. A value too small for
    /// the factor of the axis is written without it, and none loses its first three digits: one slip among the values widens
    /// the axis, and must not make a nought of the others.
    pub fn named(&self, value: Number) -> (String, &'static str) {
        match self.is_small(value) {
            true => (exact(value, 6), ""),
            false => {
                let places = (self.power - self.place).max(0) + 1;
                (
                    self.rounded(value, places.max(self.places_of_three(value))),
                    self.factor,
                )
            }
        }
    }

    /// The same of an estimate, to fewer digits.
    pub fn named_estimate(&self, value: Number) -> (String, &'static str) {
        match self.is_small(value) {
            true => (exact(value, 4), ""),
            false => {
                let places = self.power - self.place + 1;
                (
                    self.rounded(value, places.max(self.places_of_three(value))),
                    self.factor,
                )
            }
        }
    }

    /// Whether the value is too small for the factor of the axis.
    fn is_small(&self, value: Number) -> bool {
        self.power > 0 && value != Number::ZERO && value.to_f64().abs() < LARGE
    }

    /// The digits after the point that the value needs for three of its own.
    fn places_of_three(&self, value: Number) -> i32 {
        let size = value.to_f64().abs();
        if size == 0.0 {
            return 0;
        }
        let mut first = 0;
        while ten(first + 1) <= size {
            first += 1;
        }
        while ten(first) > size {
            first -= 1;
        }
        2 - (first - self.power)
    }

    fn rounded(&self, value: Number, places: i32) -> String {
        let scaled = times_float(value.to_f64(), -self.power);
        let places = usize::try_from(places).unwrap_or(0).min(15);
        let text = format!("{scaled:.places$}");
        let text = match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.'),
            false => &text,
        };
        with_minus(&self.language.digits(if text == "-0" { "0" } else { text }))
    }
}

/// A number to so many digits, the whole ones always.
fn exact(value: Number, digits: u32) -> String {
    let short = value.decimal().round_sf(digits).and_then(Number::rounded);
    short.unwrap_or(value).grouped()
}

/// Ten to that power, exactly rounded.
fn ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::MAX)
}

/// `n` times ten to that power; a division where the power is negative, which rounds only once.
fn times(n: i128, exponent: i32) -> f64 {
    times_float(n as f64, exponent)
}

fn times_float(n: f64, exponent: i32) -> f64 {
    if exponent < 0 {
        n / ten(-exponent)
    } else {
        n * ten(exponent)
    }
}

/// The digits of `n` times ten to that power.
fn written(n: i128, exponent: i32) -> String {
    let sign = if n < 0 { "-" } else { "" };
    let digits = n.unsigned_abs().to_string();
    match usize::try_from(exponent) {
        _ if n == 0 && exponent >= 0 => "0".to_owned(),
        Ok(zeros) => format!("{sign}{digits}{}", "0".repeat(zeros)),
        Err(_) => {
            let places = exponent.unsigned_abs() as usize;
            let digits = format!("{digits:0>width$}", width = places + 1);
            let (whole, fraction) = digits.split_at(digits.len() - places);
            format!("{sign}{whole}.{fraction}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(low: f64, high: f64, ticks: usize) -> Scale {
        Scale::in_language((low, high), ticks, Language::default())
    }
    use proptest::prelude::*;

    fn words(scale: &Scale) -> Vec<&str> {
        scale.ticks.iter().map(|(_, words)| words.as_str()).collect()
    }

    #[test]
    fn ticks_stand_at_round_numbers() {
        assert_eq!(
            words(&axis(3900.0, 5200.0, 5)),
            ["3,500", "4,000", "4,500", "5,000", "5,500"]
        );
        assert_eq!(words(&axis(0.0, 1.0, 4)), ["0.00", "0.25", "0.50", "0.75", "1.00"]);
        assert_eq!(words(&axis(-3.0, 4.0, 4)), ["−4", "−2", "0", "2", "4"]);
        assert_eq!(words(&axis(100.0, 100.0, 2)), ["90", "100", "110"]);
        assert_eq!(words(&axis(0.0, 0.0, 2)), ["0.0", "0.5", "1.0"]);
    }

    #[test]
    fn large_and_small_numbers_take_a_factor() {
        let large = axis(0.0, 4.0e7, 4);
        assert_eq!(
            (words(&large), large.factor),
            (vec!["0", "10", "20", "30", "40"], "million")
        );
        assert_eq!(large.named(Number::new("12345678").unwrap()).0, "12.3");
        let small = axis(0.0, 4e-5, 4);
        assert_eq!(
            (words(&small), small.factor),
            (vec!["0", "10", "20", "30", "40"], "millionths of")
        );
    }

    #[test]
    fn a_slip_that_widens_the_axis_makes_no_nought_of_the_others() {
        let named = |scale: &Scale, value: &str| scale.named(Number::new(value).unwrap());
        let wide = axis(30_000.0, 4.4e7, 5);
        assert_eq!(named(&wide, "48000"), ("48,000".to_owned(), ""));
        assert_eq!(named(&wide, "42500.5"), ("42,500.5".to_owned(), ""));
        assert_eq!(named(&wide, "44000000"), ("44".to_owned(), "million"));
        assert_eq!(named(&wide, "0"), ("0".to_owned(), "million"));
        // A share among per cents.
        let percent = axis(0.0, 80.0, 5);
        assert_eq!(named(&percent, "0.725"), ("0.725".to_owned(), ""));
        assert_eq!(named(&percent, "71.23"), ("71.2".to_owned(), ""));
        assert_eq!(named(&axis(74.0, 75.0, 4), "74.5"), ("74.5".to_owned(), ""));
    }

    #[test]
    fn a_number_has_a_digit_more_than_the_ticks() {
        let scale = axis(3900.0, 5200.0, 5);
        assert_eq!(scale.named(Number::new("4720.26").unwrap()).0, "4,720.3");
        assert_eq!(scale.named(Number::new("4720").unwrap()).0, "4,720");
        assert_eq!(scale.named_estimate(Number::new("3282.31").unwrap()).0, "3,282");
        let fine = axis(74.0, 75.0, 4);
        assert_eq!(fine.named(Number::new("74.5").unwrap()).0, "74.5");
        assert_eq!(fine.named(Number::new("-0.0001").unwrap()).0, "−0.0001");
    }

    proptest! {
        #[test]
        fn every_value_is_on_the_axis(a in -1e15..1e15f64, b in -1e15..1e15f64, shrink in 0i32..28, n in 2usize..9) {
            let (a, b) = (a / ten(shrink), b / ten(shrink));
            let scale = axis(a, b, n);
            let slack = (scale.high - scale.low) * 1e-6;
            prop_assert!(scale.low < scale.high);
            prop_assert!(scale.low <= a.min(b) + slack && a.max(b) <= scale.high + slack);
            prop_assert!((2..=2 * n + 3).contains(&scale.ticks.len()), "{:?}", scale.ticks);
            prop_assert!(scale.ticks.is_sorted_by(|x, y| x.0 < y.0 && x.1 != y.1));
        }
    }
}
