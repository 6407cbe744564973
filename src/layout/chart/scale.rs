//! The axis of values: a range that ends at ticks, ticks at round numbers, and numbers as they stand beside them.

use crate::map::{Number, group_digits};

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
}

/// Round steps, in tenths.
const STEPS: [i128; 5] = [10, 20, 25, 50, 100];

impl Scale {
    /// The axis for values from `low` to `high`, with about `ticks` ticks. Where both are equal, room is made on both
    /// sides, or above zero.
    pub fn of(low: f64, high: f64, ticks: usize) -> Self {
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
            m if m >= 1e7 => (6, "million"),
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
                    group_digits(&written(k * unit, place - power)),
                )
            })
            .collect();
        Self {
            low: ticks[0].0,
            high: ticks[ticks.len() - 1].0,
            factor,
            power,
            place,
            ticks,
        }
    }

    /// A number as it stands in the picture: exact where it has few digits, else to one digit more than the ticks,
    /// never without its last whole ones.
    pub fn number(&self, value: Number) -> String {
        self.rounded(value, (self.power - self.place).max(0) + 1)
    }

    /// The same of an estimate: not to more than a digit below the ticks.
    pub fn estimate(&self, value: Number) -> String {
        self.rounded(value, self.power - self.place + 1)
    }

    fn rounded(&self, value: Number, places: i32) -> String {
        let scaled = times_float(value.to_f64(), -self.power);
        let places = usize::try_from(places).unwrap_or(0).min(15);
        let text = format!("{scaled:.places$}");
        let text = match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.'),
            false => &text,
        };
        group_digits(if text == "-0" { "0" } else { text })
    }
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
    use proptest::prelude::*;

    fn words(scale: &Scale) -> Vec<&str> {
        scale.ticks.iter().map(|(_, words)| words.as_str()).collect()
    }

    #[test]
    fn ticks_stand_at_round_numbers() {
        assert_eq!(
            words(&Scale::of(3900.0, 5200.0, 5)),
            ["3,500", "4,000", "4,500", "5,000", "5,500"]
        );
        assert_eq!(words(&Scale::of(0.0, 1.0, 4)), ["0.00", "0.25", "0.50", "0.75", "1.00"]);
        assert_eq!(words(&Scale::of(-3.0, 4.0, 4)), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(words(&Scale::of(100.0, 100.0, 2)), ["90", "100", "110"]);
        assert_eq!(words(&Scale::of(0.0, 0.0, 2)), ["0.0", "0.5", "1.0"]);
    }

    #[test]
    fn large_and_small_numbers_take_a_factor() {
        let large = Scale::of(0.0, 4.0e7, 4);
        assert_eq!(
            (words(&large), large.factor),
            (vec!["0", "10", "20", "30", "40"], "million")
        );
        assert_eq!(large.number(Number::new("12345678").unwrap()), "12.3");
        let small = Scale::of(0.0, 4e-5, 4);
        assert_eq!(
            (words(&small), small.factor),
            (vec!["0", "10", "20", "30", "40"], "millionths of")
        );
    }

    #[test]
    fn a_number_has_a_digit_more_than_the_ticks() {
        let scale = Scale::of(3900.0, 5200.0, 5);
        assert_eq!(scale.number(Number::new("4720.26").unwrap()), "4,720.3");
        assert_eq!(scale.number(Number::new("4720").unwrap()), "4,720");
        assert_eq!(scale.estimate(Number::new("3282.31").unwrap()), "3,282");
        let fine = Scale::of(74.0, 75.0, 4);
        assert_eq!(fine.number(Number::new("74.5").unwrap()), "74.5");
        assert_eq!(fine.number(Number::new("-0.0001").unwrap()), "0");
    }

    proptest! {
        #[test]
        fn every_value_is_on_the_axis(a in -1e15..1e15f64, b in -1e15..1e15f64, shrink in 0i32..28, n in 2usize..9) {
            let (a, b) = (a / ten(shrink), b / ten(shrink));
            let scale = Scale::of(a, b, n);
            let slack = (scale.high - scale.low) * 1e-6;
            prop_assert!(scale.low < scale.high);
            prop_assert!(scale.low <= a.min(b) + slack && a.max(b) <= scale.high + slack);
            prop_assert!((2..=2 * n + 3).contains(&scale.ticks.len()), "{:?}", scale.ticks);
            prop_assert!(scale.ticks.is_sorted_by(|x, y| x.0 < y.0 && x.1 != y.1));
        }
    }
}
