//! Many maps and one place: what they bring about together, and between which bounds that lies.
//!
//! ```text
//!  portfolio.json ─▶ read ─▶ Portfolio ─┬▶ check  ─▶ what is wrong, of which thing
//!  maps, measurements ───────▶ Held ────┴▶ totals ─▶ by measure and year: at least, at most, planned and measured
//! ```
//!
//! A KPI of a map *claims* to count towards a measure of the place. How much two claims have in common is rarely known, and a sum
//! of them would promise the same thing twice. So a total is given as what it comes to at the least and at the most, and each
//! declaration of what claims have in common brings the two closer together.
//!
//! ```
//! use benefit_map::map::BenefitMap;
//! use benefit_map::portfolio::{Gathered, Held, read, totals};
//! use benefit_map::track::Measurements;
//!
//! let map: BenefitMap = serde_json::from_str(
//!     r#"{"format": 1, "title": "Bins", "nodes": [{"id": "o", "kind": "end-outcome", "title": "Cleaner air"}],
//!         "kpis": [{"id": "k", "node": "o", "title": "Emissions", "unit": "t", "direction": "decrease",
//!                   "baseline": {"date": "2026-12-31", "value": 100}, "targets": [{"date": "2028-12-31", "value": 60}]}]}"#,
//! )?;
//! let portfolio = read(
//!     "portfolio.json",
//!     r#"{"format": 1, "title": "City", "maps": [{"id": "a", "file": "a.json"}],
//!         "outcomes": [{"id": "air", "title": "Cleaner air", "measures": [{"id": "co2", "title": "Emissions", "unit": "t"}]}],
//!         "claims": [{"map": "a", "kpi": "k", "measure": "co2", "counts": "adds"}]}"#,
//! )?;
//! let measured = Measurements::default();
//! let held = [Held { id: "a", map: &map, measurements: &measured }];
//! let all = totals(&portfolio, &Gathered::new(&held, "2027-01-01".parse()?));
//! let last = all.last().unwrap();
//! assert_eq!((last.year.to_string().as_str(), last.planned.unwrap().at_most.to_string().as_str()), ("2028", "-40"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Everything here is a value: what reads folders is elsewhere. [`programme()`] gives a portfolio as one map, which is laid out and drawn as
//! any other.

mod across;
mod bounds;
mod check;
mod checking;
mod compare;
mod faults;
mod grid;
mod json;
mod model;
mod money;
mod own;
mod place;
mod programme;
mod read;
mod remark;
mod seal;
mod totals;
mod what_if;
mod year;

pub use bounds::Bounds;
pub use check::check;
pub use compare::{Difference, compare};
pub use grid::{Square, Standing, matrix};
pub use json::{findings_to_json, totals_to_json};
pub use model::{
    Adding, Claim, Counts, Dependency, Member, NodeOf, PlaceAppraisal, PlaceLink, PlaceOutcome, Portfolio, Shared,
    SharedCost, SharedMeasure,
};
pub use money::{Money, Project, Worth, money};
pub use own::{OwnStanding, OwnValue, measures, own_standings};
pub use place::Spot;
pub use programme::{programme, project_node};
pub use read::{Error, Fault, SCHEMA_ID, Source, read, read_with_places, schema, write};
pub use remark::{RULES, Remark, Rule, rule};
pub use seal::{
    PlaceBook, PlaceChange, PlaceChangeKind, PlaceSeal, PlaceSealing, SealedMap, SealedSeries, SealedTotal,
};
pub use totals::{Counted, Gathered, Held, Total, WhyNot, is_of_the_whole, totals};
pub use what_if::{Changed, Cut, WithoutThem, what_if};
pub use year::Year;
