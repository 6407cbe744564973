//! Periods without a measurement, between measurements.

use super::Planned;
use super::measurements::Observation;
use crate::map::Kpi;

/// Says which periods lie empty between the first and the last measurement; `None` where none does, and where the KPI
/// names no frequency. What is missing after the last is overdue, and told elsewhere.
pub(super) fn gap(kpi: &Kpi, all: &[Observation]) -> Option<String> {
    let plan = Planned::of(kpi);
    let (frequency, periods) = plan.measured()?;
    let start = kpi.baseline.and_then(|baseline| baseline.date);
    let goal = plan.goal().and_then(|goal| goal.date);
    let mut missing = 0;
    let mut first = None;
    for pair in all.windows(2) {
        let (a, b) = (pair[0].date, pair[1].date);
        // Nothing was due before the baseline, nor is after the final target.
        if start.is_some_and(|day| a < day) || goal.is_some_and(|day| a >= day) {
            continue;
        }
        let empty = periods.number(b) - periods.number(a) - 1;
        if empty > 0 {
            first.get_or_insert((a, b));
            missing += empty;
        }
    }
    let (a, b) = first?;
    let empty = match missing {
        1 => format!("1 period has no measurement: it lies between {a} and {b}"),
        more => format!("{more} periods have no measurement, the first between {a} and {b}"),
    };
    Some(format!("`{}` is to be measured {frequency}, and {empty}", kpi.id))
}
