//! What a reckoned value of a KPI can sensibly be said to be.

use rust_decimal::Decimal;

use super::Observation;
use super::trend::told_to;
use crate::map::{Kpi, Number};

/// How exactly a forecast is told, and within which limits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sensible {
    /// The most decimals among the figures that are known of the KPI.
    decimals: u32,
    /// Nothing known of it is below zero, so it is not forecast to be.
    least: Option<Number>,
    /// It is a percentage, and nothing known of it is above a hundred.
    most: Option<Number>,
}

impl Sensible {
    /// Of the figures that the map states and those that were measured.
    pub fn of(kpi: &Kpi, measured: &[Observation]) -> Self {
        let stated = kpi.baseline.iter().map(|baseline| baseline.value);
        let stated = stated.chain(kpi.targets.iter().map(|target| target.value));
        let known: Vec<Number> = stated.chain(measured.iter().map(|o| o.value)).collect();
        let percent = matches!(kpi.unit.split_whitespace().next(), Some(unit) if unit.starts_with('%'));
        let hundred = Number::from(100);
        Self {
            decimals: known
                .iter()
                .map(|value| value.decimal().normalize().scale())
                .max()
                .unwrap_or(0),
            least: known.iter().all(|value| *value >= Number::ZERO).then_some(Number::ZERO),
            most: (percent && known.iter().all(|value| *value <= hundred)).then_some(hundred),
        }
    }

    /// A value of the trend within the limits, to one decimal more than the figures have, or two where that would leave
    /// fewer than two digits, and to no more than six digits; rounded once. `None` where it is too large for a number.
    pub fn told(&self, value: Decimal) -> Option<Number> {
        let value = self.within(value);
        let short = value.round_sf(2).map_or(0, |short| short.normalize().scale());
        told_to(value, short.clamp(self.decimals + 1, self.decimals + 2))
    }

    /// The value within the limits, as exactly as it was reckoned: what is drawn has no steps.
    pub fn within(&self, value: Decimal) -> Decimal {
        let value = self.least.map_or(value, |least| value.max(least.decimal()));
        self.most.map_or(value, |most| value.min(most.decimal()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Day;

    fn told(unit: &str, target: &str, measured: &str, value: &str) -> String {
        let json = format!(r#"{{"id": "k", "node": "n", "unit": "{unit}", "targets": [{{"value": {target}}}]}}"#);
        let kpi: Kpi = serde_json::from_str(&json).unwrap();
        let (date, number) = (Day::new("2026-01-01").unwrap(), |text: &str| Number::new(text).unwrap());
        let measured = [Observation {
            date,
            value: number(measured),
        }];
        Sensible::of(&kpi, &measured)
            .told(number(value).decimal())
            .unwrap()
            .to_string()
    }

    #[test]
    fn a_forecast_has_one_decimal_more_than_the_figures() {
        assert_eq!(told("km", "80", "95", "87.2581"), "87.3");
        assert_eq!(told("km", "80", "95.25", "87.2581"), "87.258");
        assert_eq!(told("", "1", "0", "0.0137"), "0.01");
        assert_eq!(told("", "1", "0", "0.137"), "0.14");
        // Once: to six digits first it would be 87.25, and that 87.2.
        assert_eq!(told("km", "80", "95", "87.2500001"), "87.3");
        assert_eq!(told("km", "80", "95", "1234567.89"), "1234570");
        assert_eq!(told("km", "80", "95", "12345.678"), "12345.7");
        assert_eq!(told("km", "80", "95", "0"), "0");
    }

    #[test]
    fn a_share_of_a_hundred_stays_one_and_a_count_does_not_fall_below_nothing() {
        assert_eq!(told("% of bins", "98", "91", "122.258"), "100");
        // Growth in per cent passes a hundred, and did so before.
        assert_eq!(told("%", "150", "91", "122.258"), "122.3");
        assert_eq!(told("points", "98", "91", "122.258"), "122.3");
        assert_eq!(told("bins", "5", "10", "-3.4"), "0");
        assert_eq!(told("\u{b0}C", "-5", "10", "-3.42"), "-3.4");
    }
}
