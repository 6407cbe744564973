//! The values of a KPI that are held against its plan, made of what was measured.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::Observation;
use crate::map::{Aggregation, Day, Kpi, Number};

/// The value of the KPI on each day on which something was measured, in their order.
///
/// Where the latest counts, what was measured. Where measured values are cumulative: the baseline and all that was
/// measured after its day, added up; what was measured up to that day is in the baseline and left out. Where they are
/// averaged: the mean of those of the twelve months up to the day, to two decimals more than they have; what was
/// measured before the baseline's day is not mixed with what was measured from it on.
pub(super) fn aggregated<'o>(kpi: &Kpi, measured: &'o [Observation]) -> Cow<'o, [Observation]> {
    let start = kpi.baseline.and_then(|baseline| baseline.date);
    match kpi.aggregation {
        None | Some(Aggregation::Latest) => Cow::Borrowed(measured),
        Some(Aggregation::Cumulative) => {
            let from = start.map_or(0, |day| measured.partition_point(|o| o.date <= day));
            let baseline = kpi.baseline.map_or(Decimal::ZERO, |baseline| baseline.value.decimal());
            let totals = measured[from..].iter().scan(baseline, |total, o| {
                *total += o.value.decimal();
                Some((o.date, *total))
            });
            totals.filter_map(|(date, total)| at(date, total)).collect()
        }
        Some(Aggregation::Average) => {
            let from = start.map_or(0, |day| measured.partition_point(|o| o.date < day));
            let (before, after) = measured.split_at(from);
            means(before).chain(means(after)).collect()
        }
    }
}

/// The mean of the twelve months up to each day.
fn means(measured: &[Observation]) -> impl Iterator<Item = Observation> + '_ {
    measured.iter().enumerate().filter_map(|(last, o)| {
        // The day of a year before is the first that counts no more: 31 March 2028 looks back to 1 April 2027.
        let out = o
            .date
            .date()
            .checked_sub(jiff::Span::new().years(1))
            .ok()
            .map(Day::from);
        let first = out.map_or(0, |out| measured.partition_point(|o| o.date <= out));
        let counted = &measured[first..=last];
        let sum: Decimal = counted.iter().map(|o| o.value.decimal()).sum();
        let places = counted.iter().map(|o| o.value.decimal().normalize().scale()).max()?;
        let mean = Number::rounded_to(sum / Decimal::from(counted.len()), places + 2);
        mean.map(|value| Observation { date: o.date, value })
    })
}

/// A value too large to be one is left out.
fn at(date: Day, value: Decimal) -> Option<Observation> {
    Number::rounded(value).map(|value| Observation { date, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(kpi: &str, rows: &[(&str, &str)]) -> Vec<String> {
        let kpi: Kpi = serde_json::from_str(&format!("{{\"id\": \"k\", \"node\": \"n\", {kpi}}}")).unwrap();
        let measured: Vec<Observation> = rows
            .iter()
            .map(|(date, value)| Observation {
                date: Day::new(date).unwrap(),
                value: Number::new(value).unwrap(),
            })
            .collect();
        let values = aggregated(&kpi, &measured);
        values.iter().map(|o| format!("{} {}", o.date, o.value)).collect()
    }

    #[test]
    fn cumulative_values_add_up_from_the_day_after_the_baseline() {
        let rows = [
            ("2026-02-28", "40"),
            ("2026-03-31", "50"),
            ("2026-04-30", "10.5"),
            ("2026-06-30", "-2"),
        ];
        let baseline = r#""aggregation": "cumulative", "baseline": {"date": "2026-03-31", "value": 100}"#;
        assert_eq!(values(baseline, &rows), ["2026-04-30 110.5", "2026-06-30 108.5"]);
        // Without a baseline all that is known counts from nothing; with one without a day, on top of it.
        let none = r#""aggregation": "cumulative""#;
        assert_eq!(values(none, &rows)[3], "2026-06-30 98.5");
        let undated = r#""aggregation": "cumulative", "baseline": {"value": 1}"#;
        assert_eq!(values(undated, &rows)[0], "2026-02-28 41");
    }

    #[test]
    fn an_average_looks_back_twelve_months_and_not_over_the_baseline() {
        let rows = [
            ("2026-03-30", "7"),
            ("2026-03-31", "60"),
            ("2027-03-30", "70"),
            ("2027-03-31", "75"),
            ("2028-02-29", "62"),
        ];
        let kpi = r#""aggregation": "average", "baseline": {"date": "2026-03-31", "value": 60}"#;
        assert_eq!(
            values(kpi, &rows),
            [
                "2026-03-30 7",
                "2026-03-31 60",
                // (60 + 70) / 2; a year later to the day the first has left: (70 + 75) / 2.
                "2027-03-30 65",
                "2027-03-31 72.5",
                // The leap day looks back to 2027-03-01: (70 + 75 + 62) / 3.
                "2028-02-29 69",
            ]
        );
        assert_eq!(
            values(
                r#""aggregation": "average""#,
                &[("2026-01-01", "1"), ("2026-02-01", "2"), ("2026-03-01", "2")]
            )[2],
            "2026-03-01 1.67"
        );
    }

    #[test]
    fn the_latest_value_stands_for_itself() {
        assert_eq!(
            values(
                r#""aggregation": "latest""#,
                &[("2026-01-01", "1"), ("2026-02-01", "2")]
            )[1],
            "2026-02-01 2"
        );
    }
}
