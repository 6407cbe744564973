//! A KPI and measurements for the tests of this room.

use super::{Measurement, Measurements};
use crate::map::{Baseline, Day, Kpi, KpiId, NodeId, Number, Target, Tolerance};

pub(super) fn day(text: &str) -> Day {
    Day::new(text).unwrap()
}

pub(super) fn number(text: &str) -> Number {
    Number::new(text).unwrap()
}

/// Values of a KPI by day.
pub(super) fn measured(kpi: &str, rows: &[(&str, &str)]) -> Measurements {
    let row = |(date, value): &(&str, &str)| Measurement::new(KpiId::new(kpi).unwrap(), day(date), number(value));
    rows.iter().map(row).collect()
}

/// 1000 days from 5000 to 4000, one a day.
pub(super) fn kpi() -> Kpi {
    let mut kpi = Kpi::new(KpiId::new("km").unwrap(), NodeId::new("n").unwrap(), "Distance driven");
    kpi.unit = "km".to_owned();
    kpi.baseline = Some(Baseline {
        date: Some(day("2026-01-01")),
        value: number("5000"),
    });
    kpi.targets = vec![Target {
        date: Some(day("2028-09-27")),
        value: number("4000"),
    }];
    kpi.tolerance = Some(Tolerance {
        amber: Some(number("0.05")),
        red: Some(number("0.1")),
    });
    kpi
}
