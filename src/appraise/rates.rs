//! Discount rates: the tables that come with the program, those of a map, and the factors that follow from them.

use std::ops::Range;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::exact::{ONE, root, times};
use crate::map::{Appraisal, Number, RateBand, Timing};

/// A table of discount rates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateTable {
    /// The name that maps and the command line use.
    pub name: String,
    /// What it is.
    #[serde(default)]
    pub title: String,
    /// The edition of its source.
    #[serde(default)]
    pub edition: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// The rates, as shares, by the years that they hold for.
    pub bands: Vec<RateBand>,
}

/// The table that an appraisal goes by where it names none.
pub const DEFAULT_RATES: &str = "green-book-2026";

/// The tables that come with the program, with their editions and sources.
pub fn tables() -> Vec<RateTable> {
    // It is part of the program, and a test reads it.
    serde_json::from_str(include_str!("../../assets/rates/tables.json")).unwrap_or_default()
}

/// Why rates cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadRates {
    /// There is no table of that name.
    #[error("there are no rates named `{name}`: the tables are {}", .known.join(", "))]
    Unknown {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// There is no band.
    #[error("the rates have no band")]
    Empty,
    /// Two bands hold for the same year.
    #[error("two bands of the rates hold for year {year}")]
    Overlap {
        /// The year, counted from year 0.
        year: u16,
    },
    /// No band holds for a year.
    #[error("no band of the rates holds for year {year}")]
    Gap {
        /// The year, counted from year 0.
        year: i64,
    },
    /// A band ends before it begins.
    #[error("a band of the rates ends in year {to}, before it begins in year {from}")]
    Backwards {
        /// Its first year.
        from: u16,
        /// Its last year.
        to: u16,
    },
    /// A rate is no share.
    #[error("a rate of {rate} is not a share from 0 to 1: 3.5% is written 0.035")]
    NotAShare {
        /// The rate.
        rate: Number,
    },
}

impl RateTable {
    /// The table of that name that comes with the program.
    ///
    /// # Errors
    /// [`BadRates::Unknown`] where there is none.
    pub fn named(name: &str) -> Result<Self, BadRates> {
        let all = tables();
        let known: Vec<String> = all.iter().map(|table| table.name.clone()).collect();
        let found = all.into_iter().find(|table| table.name == name.trim());
        found.ok_or_else(|| BadRates::Unknown {
            name: name.to_owned(),
            known,
        })
    }

    /// The rates that an appraisal goes by.
    ///
    /// # Errors
    /// [`BadRates::Unknown`] where it names a table that does not come with the program, and has no bands of its own.
    pub fn of(appraisal: &Appraisal) -> Result<Self, BadRates> {
        if appraisal.bands.is_empty() {
            let name = match appraisal.rates.trim() {
                "" => DEFAULT_RATES,
                name => name,
            };
            return Self::named(name);
        }
        Ok(Self {
            name: "own".to_owned(),
            title: "Rates of the map".to_owned(),
            edition: String::new(),
            source: appraisal.rates.trim().to_owned(),
            bands: appraisal.bands.clone(),
        })
    }

    /// The same rates, each lower or higher by so much, but not below zero.
    pub fn shifted(&self, by: Decimal) -> Self {
        let moved = |band: &RateBand| {
            let rate = (band.rate.decimal() + by).max(Decimal::ZERO);
            RateBand::new(band.from, band.to, Number::rounded(rate).unwrap_or(band.rate))
        };
        Self {
            bands: self.bands.iter().map(moved).collect(),
            ..self.clone()
        }
    }

    /// The factors of the years 0 to `last`.
    ///
    /// # Errors
    /// [`BadRates`] where the bands leave a gap, overlap, or have no share as a rate.
    pub fn factors(&self, last: usize) -> Result<Factors, BadRates> {
        let mut bands = self.bands.clone();
        bands.sort_by_key(|band| band.from);
        if bands.is_empty() {
            return Err(BadRates::Empty);
        }
        for band in &bands {
            let rate = band.rate.decimal();
            if rate < Decimal::ZERO || rate >= ONE {
                return Err(BadRates::NotAShare { rate: band.rate });
            }
            if let Some(to) = band.to.filter(|to| *to < band.from) {
                return Err(BadRates::Backwards { from: band.from, to });
            }
        }
        for pair in bands.windows(2) {
            let next = pair[1].from;
            match pair[0].to {
                Some(to) if to + 1 < next => {
                    return Err(BadRates::Gap {
                        year: i64::from(to) + 1,
                    });
                }
                Some(to) if to + 1 == next => {}
                _ => return Err(BadRates::Overlap { year: next }),
            }
        }
        // Year 0 is not discounted, so the first rate that matters is that of year 1.
        if bands[0].from > 1 {
            return Err(BadRates::Gap { year: 1 });
        }
        let rate_of = |year: usize| {
            let band = bands
                .iter()
                .find(|band| usize::from(band.from) <= year && band.to.is_none_or(|to| usize::from(to) >= year));
            band.map(|band| band.rate.decimal())
                .ok_or(BadRates::Gap { year: year as i64 })
        };
        let mut factors = Factors {
            start: vec![ONE],
            middle: Vec::new(),
            rates: Vec::new(),
            sums: [Vec::new(), Vec::new()],
        };
        for year in 0..=last {
            // What is in the middle or at the end of the last year needs the rate of the year after it: that of the last band
            // holds on.
            let next = match rate_of(year + 1) {
                Err(_) if year == last && last > 0 => rate_of(year)?,
                other => other?,
            };
            let growth = ONE + next;
            let here = factors.start[year];
            // Rates are from 0 to below 1, and factors from 0 to 1: neither root nor quotient is too large.
            let half = root(growth).and_then(|half| here.checked_div(half)).unwrap_or(here);
            factors.rates.push(next);
            factors.middle.push(half);
            factors.start.push(here.checked_div(growth).unwrap_or_default());
        }
        factors.sums = [&factors.start, &factors.middle].map(|all| sums(all));
        Ok(factors)
    }
}

/// What an amount of one is worth in year 0, by the year that it falls in. Never rounded to fewer than 28 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factors {
    /// By year, one more than is asked for.
    start: Vec<Decimal>,
    middle: Vec<Decimal>,
    /// The rates that they follow from, from year 1.
    rates: Vec<Decimal>,
    /// By year the sum of all the factors before it: of those at the start, and of those in the middle.
    sums: [Vec<Decimal>; 2],
}

/// The sum of all before each place, and of all at the end.
fn sums(all: &[Decimal]) -> Vec<Decimal> {
    let mut sum = Decimal::ZERO;
    let mut out = vec![sum];
    // At most 302 factors from 0 to 1.
    out.extend(all.iter().map(|one| {
        sum += one;
        sum
    }));
    out
}

impl Factors {
    /// The rate of a year, from year 1 to the one after the last; 0 for any other.
    pub fn rate(&self, year: usize) -> Decimal {
        let at = year.checked_sub(1);
        at.and_then(|at| self.rates.get(at)).copied().unwrap_or_default()
    }

    /// The factor of a year: 1 ÷ ((1 + r₁) × … × (1 + r_t)) at the start of year t; half a year more in its middle, and a year
    /// more at its end.
    pub fn of(&self, year: usize, timing: Timing) -> Decimal {
        let found = match timing {
            Timing::Start => self.start.get(year),
            Timing::Middle => self.middle.get(year),
            Timing::End => self.start.get(year + 1),
        };
        found.copied().unwrap_or_default()
    }

    /// The present value of amounts by year; `None` where it is too large to be held.
    pub fn present_value(&self, amounts: &[Decimal], timing: Timing) -> Option<Decimal> {
        let mut first = 0;
        let mut worth = Decimal::ZERO;
        // Most amounts stay the same for many years: a run of them is worth the amount times the sum of its factors.
        for run in amounts.chunk_by(|a, b| a == b) {
            let years = first..first + run.len();
            first = years.end;
            if !run[0].is_zero() {
                worth = worth.checked_add(times(run[0], self.over(years, timing))?)?;
            }
        }
        Some(worth)
    }

    /// The sum of the factors of some years.
    fn over(&self, years: Range<usize>, timing: Timing) -> Decimal {
        let (sums, further) = match timing {
            Timing::Start => (&self.sums[0], 0),
            Timing::Middle => (&self.sums[1], 0),
            Timing::End => (&self.sums[0], 1),
        };
        let until = |year: usize| sums.get(year + further).or(sums.last()).copied().unwrap_or_default();
        until(years.end) - until(years.start)
    }
}
