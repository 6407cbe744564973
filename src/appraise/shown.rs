//! Figures as people read them.

use rust_decimal::{Decimal, RoundingStrategy};

use super::line::InputUnit;
use crate::map::Language;

/// How the figures of an appraisal are written for readers of a language.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures(pub Language);

impl Figures {
    /// A figure with so many places, thousands grouped, rounded half away from zero as finance people do; never `-0`.
    pub fn figure(self, value: Decimal, places: u32) -> String {
        let mut rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        if rounded.is_zero() {
            rounded = Decimal::ZERO;
        }
        self.0.digits(&format!("{rounded:.*}", places as usize))
    }

    /// An amount of money in whole units.
    pub fn money(self, value: Decimal) -> String {
        self.figure(value, 0)
    }

    /// A factor of discounting, to four places.
    pub fn factor(self, value: Decimal) -> String {
        self.figure(value, 4)
    }

    /// A ratio of benefits to costs, to two places; `n/a` where there is none.
    pub fn ratio(self, value: Option<Decimal>) -> String {
        value.map_or("n/a".to_owned(), |value| self.figure(value, 2))
    }

    /// A value of an input in its own writing.
    pub fn input(self, value: Decimal, unit: InputUnit) -> String {
        match unit {
            InputUnit::Money if value.abs() < Decimal::ONE_HUNDRED => self.figure(value, 2),
            InputUnit::Money => self.figure(value, 0),
            InputUnit::Share => match value.checked_mul(Decimal::ONE_HUNDRED) {
                Some(percent) => format!("{}%", self.figure(percent, 1)),
                None => value.to_string(),
            },
            InputUnit::Percent => format!("{}%", self.figure(value, 1)),
            InputUnit::Factor => self.figure(value, 3),
        }
    }
}

/// [`Figures::figure`] in English.
pub fn figure(value: Decimal, places: u32) -> String {
    Figures::default().figure(value, places)
}

/// [`Figures::money`] in English.
pub fn money(value: Decimal) -> String {
    Figures::default().money(value)
}

/// [`Figures::factor`] in English.
pub fn factor(value: Decimal) -> String {
    Figures::default().factor(value)
}

/// [`Figures::ratio`] in English.
pub fn ratio(value: Option<Decimal>) -> String {
    Figures::default().ratio(value)
}

/// [`Figures::input`] in English.
pub fn input(value: Decimal, unit: InputUnit) -> String {
    Figures::default().input(value, unit)
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
        assert_eq!(
            Figures(Language::new("de").unwrap()).figure("-1234.5".parse().unwrap(), 2),
            "-1.234,50"
        );
        assert_eq!(input("0.25".parse().unwrap(), InputUnit::Share), "25.0%");
    }
}
