//! Money: what a map costs and what its benefits are worth, discounted, by option, and how sure that is.
//!
//! In go a map and what is assumed beside it; out comes an [`Appraised`] with everything that it was made from. Amounts are
//! decimals of 28 digits; factors are never rounded before they are used. Nothing is estimated: what has no value in money is
//! listed as [`Unmonetised`], and never counts as 0. The formulas, with a worked example, are in `docs/appraisal.md`.
//!
//! Source: HM Treasury, the Green Book (2026), and its supplementary guidance.

mod achieved;
mod appraisal;
mod bands;
mod behind;
mod cost_line;
mod cover;
mod exact;
mod explain;
mod fault;
mod formulas;
mod json;
mod keep_all;
mod line;
mod membership;
mod quantity;
mod rates;
mod setup;
pub mod shown;
mod uncertain;
mod unmonetised;
mod value_line;
mod weighting;
mod what_if;
mod what_if_json;
mod what_if_money;
mod year;

pub use achieved::{ValueSoFar, values_so_far, values_so_far_value};
pub use appraisal::{Appraised, Assumed, Counted, OptionResult, Switching, Totals, View, YearResult, appraise, faults};
pub use bands::Bands;
pub use behind::{Behind, Part, behind, behind_value};
pub use explain::{Branch, Explained};
pub use fault::{Error, Fault, FaultKind};
pub use formulas::{
    Adjustment, Published, additionality, income_ratio, mixed_bias, optimism_bias, published, triangular_mean,
    welfare_weight,
};
pub use json::tables_json;
pub use keep_all::{Candidate, KeepAll, keep_all};
pub use line::{Input, InputUnit, Line, Side};
pub use membership::nodes_of;
pub use rates::{BadRates, DEFAULT_RATES, Factors, RateTable, tables};
pub use uncertain::{
    Assumption, BINS, Distribution, INDEPENDENCE, MOST_DRAWS, Scenario, Sensitivity, scenarios_value,
    sensitivities_value,
};
pub use unmonetised::Unmonetised;
pub use weighting::{GroupShare, GroupWeight, Weighting};
pub use what_if::{Cut, LOGIC, Later, Touched, TouchedKpi, WhatIf, what_if, what_if_in};
pub use what_if_money::{CutMoney, CutValue, LostValue, Saved, what_if_money};
pub use year::{BadYear, Calendar, MOST_YEARS};
