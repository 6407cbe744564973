//! The table of measured values, which is data beside the map.

use super::super::{Decision, Handling, RawTable};
use super::names::{Names, Taken, Unknown};
use super::reader::{Log, Sheet};
use crate::map::KpiId;
use crate::map::written::{Bound, Edge, Meant, Purse};
use crate::track::Measurement;

/// The measurements in the table, in the order of its rows, and what had to be decided. The table may have any name.
/// A row without a KPI, a day or a value that can be read is left out and told; whether the KPI exists, and which of
/// two values of one day holds, is not asked here.
pub fn measurements(table: &RawTable) -> (Vec<Measurement>, Vec<Decision>) {
    let mut log = Log {
        decisions: table.decisions.clone(),
        ..Log::default()
    };
    let mut taken = Taken::default();
    let mut kpis: Names<KpiId> = Names::new("kpi", Unknown::Mend);
    let sheet = Sheet::of("measurements", table, &mut log);
    let mut out = Vec::new();
    let purse = Purse::Any;
    let value = Meant::Value {
        unit: "",
        purse: &purse,
    };
    for row in sheet.rows() {
        let kpi = kpis.refer(&row.text("kpi"), &row, "kpi", &mut taken, &mut log);
        let date = row.day("date", (Edge::Last, Bound::Measured), "the measurement", &mut log);
        let value = row.number("value", value, "the measurement", &mut log);
        let (Some(kpi), Some(date), Some(value)) = (kpi, date, value) else {
            for (column, lacks) in [
                ("kpi", "does not name a KPI"),
                ("date", "has no date"),
                ("value", "has no value"),
            ] {
                row.missing(
                    column,
                    Handling::Fault,
                    &format!("the measurement {lacks}, so it was left out"),
                    "Fill in the cell, or delete the row.",
                    &mut log,
                );
            }
            continue;
        };
        out.push(Measurement {
            kpi,
            date,
            value,
            source: row.text("source"),
            note: row.text("note"),
        });
    }
    let mut decisions = log.decisions;
    decisions.sort_by_key(|decision| decision.row);
    (out, decisions)
}
