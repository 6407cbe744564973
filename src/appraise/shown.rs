//! Figures as people read them.

use rust_decimal::{Decimal, RoundingStrategy};

use super::line::InputUnit;
use crate::map::group_digits;

/// A figure with so many places, thousands grouped, rounded half away from zero as finance people do; never `-0`.
pub fn figure(value: Decimal, places: u32) -> String {
    let mut rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    if rounded.is_zero() {
        rounded = Decimal::ZERO;
    }
    group_digits(&format!("{rounded:.*}", places as usize))
}

/// An amount of money in whole units, or with two places where all of a table is below a thousand.
pub fn money(value: Decimal) -> String {
    figure(value, 0)
}

/// A factor of discounting, to four places.
pub fn factor(value: Decimal) -> String {
    figure(value, 4)
}

/// A ratio of benefits to costs, to two places; `n/a` where there is none.
pub fn ratio(value: Option<Decimal>) -> String {
    value.map_or("n/a".to_owned(), |value| figure(value, 2))
}

/// A value of an input in its own writing.
pub fn input(value: Decimal, unit: InputUnit) -> String {
    match unit {
        InputUnit::Money if value.abs() < Decimal::ONE_HUNDRED => figure(value, 2),
        InputUnit::Money => figure(value, 0),
        InputUnit::Share => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(percent) => format!("{}%", figure(percent, 1)),
            None => value.to_string(),
        },
        InputUnit::Percent => format!("{}%", figure(value, 1)),
        InputUnit::Factor => figure(value, 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_never_below_zero_for_nothing() {
        let of = |text: &str, places| figure(text.parse().unwrap(), places);
        assert_eq!(of("1234567.5", 0), "1,234,568");
        assert_eq!(of("-0.004", 2), "0.00");
        assert_eq!(of("-1234.5", 2), "-1,234.50");
        assert_eq!(input("0.25".parse().unwrap(), InputUnit::Share), "25.0%");
    }
}
