//! What an appraisal goes by, read from the map and found sound.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::fault::Faults;
use super::rates::RateTable;
use super::weighting::Weighting;
use super::year::{Calendar, MOST_YEARS};
use crate::finding::Subject;
use crate::map::{Appraisal, BenefitMap, Timing};

/// What all amounts are worked out by.
pub(super) struct Setup {
    pub(super) calendar: Calendar,
    /// The last year, counted from year 0.
    pub(super) last: usize,
    pub(super) timing: Timing,
    /// The year whose prices results are in, counted from year 0.
    pub(super) price_year: i64,
    /// The level of prices by year, counted from year 0.
    pub(super) prices: BTreeMap<i64, Decimal>,
    pub(super) rates: RateTable,
    /// How much benefits count by who has them, where the map says so.
    pub(super) weighting: Option<Weighting>,
}

impl Setup {
    /// `None` where too little is sound to go on; what is not is told.
    pub(super) fn of(
        map: &BenefitMap,
        appraisal: &Appraisal,
        given: Option<&RateTable>,
        faults: &mut Faults,
    ) -> Option<Self> {
        let first_month = appraisal.first_month.unwrap_or(4);
        let tell = |faults: &mut Faults, message: String, help: &str| {
            faults.tell(Subject::Map, "appraisal", message, help);
        };
        let calendar = match Calendar::from(&appraisal.base_year, first_month) {
            Ok(calendar) => calendar,
            Err(why) => {
                tell(
                    faults,
                    format!("the base year cannot be used: {why}"),
                    "correct `base_year`",
                );
                return None;
            }
        };
        let last = match calendar.index(&appraisal.end) {
            Ok(last) if last < 0 => {
                let message = format!(
                    "the last year `{}` is before the base year `{}`",
                    appraisal.end, appraisal.base_year
                );
                tell(faults, message, "correct `end` or `base_year`");
                return None;
            }
            Ok(last) if last >= MOST_YEARS => {
                let message = format!(
                    "the appraisal covers {} years from `{}` to `{}`, and {MOST_YEARS} is the most",
                    last + 1,
                    appraisal.base_year,
                    appraisal.end
                );
                tell(faults, message, "correct `end`");
                return None;
            }
            Ok(last) => last,
            Err(why) => {
                tell(faults, format!("the last year cannot be used: {why}"), "correct `end`");
                return None;
            }
        };
        let calendar = calendar.to(last);
        let price_year = match appraisal.price_year.trim() {
            "" => 0,
            text => match calendar.index(text) {
                Ok(year) => year,
                Err(why) => {
                    tell(
                        faults,
                        format!("the price year cannot be used: {why}"),
                        "correct `price_year`",
                    );
                    0
                }
            },
        };
        let prices = prices(appraisal, &calendar, faults);
        let rates = match given.map_or_else(|| RateTable::of(appraisal), |given| Ok(given.clone())) {
            Ok(rates) => rates,
            Err(why) => {
                tell(
                    faults,
                    why.to_string(),
                    "name a table that `benefit-map rates` lists, or give `bands`",
                );
                return None;
            }
        };
        let last = usize::try_from(last).unwrap_or(0);
        if let Err(why) = rates.factors(last) {
            let help = "let the bands follow each other, from year 0 to the last year, each with a rate such as 0.035";
            tell(faults, why.to_string(), help);
            return None;
        }
        options(map, appraisal, faults);
        let weighting = appraisal.weights.as_ref();
        let weighting = weighting.map(|weights| Weighting::of(weights, faults));
        Some(Self {
            calendar,
            last,
            timing: appraisal.timing.unwrap_or(Timing::Start),
            price_year,
            prices,
            rates,
            weighting,
        })
    }

    /// What an amount in the prices of one year is multiplied by to be in those of the price year; `None` where the deflator
    /// has not both years.
    pub(super) fn to_price_year(&self, from: i64) -> Option<Decimal> {
        if from == self.price_year {
            return Some(Decimal::ONE);
        }
        let (to, from) = (self.prices.get(&self.price_year)?, self.prices.get(&from)?);
        to.checked_div(*from)
    }
}

fn prices(appraisal: &Appraisal, calendar: &Calendar, faults: &mut Faults) -> BTreeMap<i64, Decimal> {
    let mut prices = BTreeMap::new();
    for price in appraisal.deflator.iter().flat_map(|deflator| &deflator.index) {
        let year = match calendar.index(&price.year) {
            Ok(year) => year,
            Err(why) => {
                let message = format!("a year of the deflator cannot be used: {why}");
                faults.tell(Subject::Map, "appraisal", message, "correct the year in `deflator`");
                continue;
            }
        };
        let level = price.level.decimal();
        if level <= Decimal::ZERO {
            let message = format!("the deflator has the level {} for {}", price.level, price.year);
            faults.tell(
                Subject::Map,
                "appraisal",
                message,
                "give a level above zero, such as 100",
            );
        } else if prices.insert(year, level).is_some() {
            let message = format!("the deflator has two levels for {}", price.year);
            faults.tell(Subject::Map, "appraisal", message, "keep one of them");
        }
    }
    prices
}

fn options(map: &BenefitMap, appraisal: &Appraisal, faults: &mut Faults) {
    use crate::map::OptionKind::{BusinessAsUsual, Preferred};
    let mut tell = |message: String, help: &str| faults.tell(Subject::Map, "appraisal", message, help);
    let mut seen = BTreeSet::new();
    let known: BTreeSet<&str> = (map.nodes.iter().map(|node| node.id.as_str()))
        .chain(map.kpis.iter().map(|kpi| kpi.id.as_str()))
        .collect();
    for option in &appraisal.options {
        let id = &option.id;
        if !seen.insert(id) {
            tell(format!("two options have the id `{id}`"), "give one of them another id");
        }
        if option.nodes.is_empty() && !matches!(option.kind, Some(BusinessAsUsual | Preferred)) {
            tell(
                format!("the option `{id}` names no nodes"),
                "list in `nodes` the investments, enablers and business changes that belong to it",
            );
        }
        for difference in &option.differences {
            if !known.contains(difference.of.as_str()) {
                tell(
                    format!(
                        "the option `{id}` differs in `{}`, but the map has no node and no KPI with that id",
                        difference.of
                    ),
                    "correct the id in `differences`",
                );
            }
            if difference.factor.decimal() < Decimal::ZERO {
                tell(
                    format!(
                        "the option `{id}` multiplies `{}` by {}",
                        difference.of, difference.factor
                    ),
                    "give a factor of 0 or more: 0.5 is half",
                );
            }
        }
    }
    let usual = appraisal
        .options
        .iter()
        .filter(|option| option.kind == Some(BusinessAsUsual));
    if usual.count() > 1 {
        tell(
            "more than one option is business as usual".to_owned(),
            "keep one, as all others are compared with it",
        );
    }
}
