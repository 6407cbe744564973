//! Measurements against planned trajectories: expected value, variance, status.
//!
//! In go a map's KPIs, the measurements of them and a day; out come plain values. What is planned for one KPI is a
//! [`Planned`]; what was measured is a [`Measurements`]; [`trajectory`] lays the two side by side. Nothing here reads
//! a file or a clock: the day to look from is always passed in. The formulae, with a worked example, stand in
//! `docs/tracking.md`.
//!
//! Source: PAS 184:2017, 5.3 (baselines, time-bound targets, planned trajectories, monitoring that lets people step
//! in early).
//!
//! Rows as people have written them come in by an [`Intake`]:
//!
//! ```
//! use benefit_map::map::BenefitMap;
//! use benefit_map::map::written::Notation;
//! use benefit_map::track::{Intake, RawMeasurement, RemarkKind};
//!
//! let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Rounds",
//!   "kpis": [{"id": "km", "node": "rounds", "title": "Distance driven"}]}"#)?;
//! let mut intake = Intake::new(&map, Notation::default());
//! intake.file("measurements.csv", None);
//! intake.row(2, RawMeasurement { kpi: "Distance driven", date: "2026-03-31", value: "1,250.5" });
//! intake.row(3, RawMeasurement { kpi: "miles", date: "2026-03-31", value: "7" });
//! let taken = intake.finish();
//! assert_eq!(taken.measurements.of(&map.kpis[0].id)[0].value.to_string(), "1250.5");
//! assert_eq!(taken.counts.get(&RemarkKind::UnknownKpi), Some(&1));
//! # Ok::<(), serde_json::Error>(())
//! ```

mod aggregation;
mod at_due;
mod escalation;
mod form;
mod frequency;
mod gaps;
mod intake;
mod json;
mod measurements;
mod outlook;
mod path;
mod period;
mod planned;
mod realization;
mod reception;
mod rows;
#[cfg(test)]
mod sample;
mod sensible;
mod series;
mod sources;
mod standing;
mod status;
mod trajectory;
mod trend;
mod words;

pub use at_due::{AtDue, PromisedBy, at_due};
pub use escalation::{Cause, Escalation, Matter, Sign, escalate};
pub use form::{Due, due, next_due};
pub use frequency::Frequency;
pub use intake::{Intake, RawMeasurement, Taken};
pub use measurements::{Beside, Measurement, Measurements, Observation};
pub use outlook::{Heading, Outlook, Prospect, TREND_PERIODS, outlook};
pub use period::Every;
pub use planned::{DEFAULT_RED, Goal, Missing, Planned, Unclear, Verdict, expected};
pub use realization::{PlannedActivity, RealizationPlan, realization_plans};
pub use reception::{KEPT_REMARKS, LeftOut, Reception, Remark, RemarkKind};
pub use rows::{RowsOf, RowsRead};
pub use series::{PlannedPoint, Series, actuals, series};
pub use standing::{NodeStanding, Standing, Warning, standing};
pub use status::Status;
pub use trajectory::{Row, trajectory, trajectory_of};
pub use trend::{CONFIDENCE, FEWEST_POINTS, Forecast, Trend};
