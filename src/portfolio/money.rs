//! What the maps of a portfolio cost and are worth, at one set of rates and in the prices of one year.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::model::Portfolio;
use super::totals::Held;
use crate::appraise::{Assumed, appraise};
use crate::graph::BenefitGraph;
use crate::map::{Appraisal, BenefitMap};

/// What a project, or several of them together, cost and are worth, in the portfolio's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Worth {
    /// What it costs in all its years, as the appraisal counts them, not discounted.
    pub cost: Decimal,
    /// The present value of the costs.
    pub pvc: Decimal,
    /// The present value of the benefits that have a value.
    pub pvb: Decimal,
}

impl Worth {
    /// The net present social value.
    pub fn npsv(self) -> Decimal {
        self.pvb - self.pvc
    }

    /// Benefits for each unit of cost; `None` where nothing is paid.
    pub fn bcr(self) -> Option<Decimal> {
        (self.pvc > Decimal::ZERO)
            .then(|| self.pvb.checked_div(self.pvc))
            .flatten()
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            cost: self.cost.checked_add(other.cost)?,
            pvc: self.pvc.checked_add(other.pvc)?,
            pvb: self.pvb.checked_add(other.pvb)?,
        })
    }
}

/// Projects that are appraised together; mostly one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Project<'p> {
    /// The ids of its maps.
    pub maps: Vec<&'p str>,
    /// What it is worth, or why that is not known.
    pub worth: Result<Worth, String>,
}

/// The money of a portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Money<'p> {
    /// The currency of all maps; empty where they have none.
    pub currency: String,
    /// The prices that all amounts are in; empty where it is not known.
    pub price_year: String,
    /// Each project once, in the portfolio's order.
    pub projects: Vec<Project<'p>>,
    /// All projects of which the worth is known, together; `None` where there is none, or where they cannot be added up.
    pub all: Option<Worth>,
    /// Why projects are not added up; `None` where they are.
    pub why_not: Option<String>,
}

/// What the maps cost and are worth. A shared cost counts in the first of its maps alone. Where the portfolio has an appraisal, its
/// years, prices and rates are those of every map.
pub fn money<'p>(portfolio: &'p Portfolio, maps: &[Held<'_>]) -> Money<'p> {
    let held: BTreeMap<&str, &Held<'_>> = maps.iter().map(|held| (held.id, held)).collect();
    let shared: BTreeSet<(&str, &str)> = portfolio
        .shared_costs
        .iter()
        .flat_map(|cost| cost.nodes.iter().skip(1))
        .map(|one| (one.map.as_str(), one.node.as_str()))
        .collect();
    let end = last_year(portfolio, maps);
    let mut currencies = BTreeSet::new();
    let mut prices = BTreeSet::new();
    let mut single: BTreeMap<&str, Result<Worth, String>> = BTreeMap::new();
    for member in &portfolio.maps {
        let id = member.id.as_str();
        let worth = match held.get(id) {
            None => Err("the map could not be read".to_owned()),
            Some(held) => {
                let map = set(portfolio, held, &shared, &end);
                if !map.currency.is_empty() {
                    currencies.insert(map.currency.clone());
                }
                if let Some(appraisal) = &map.appraisal {
                    let year = if appraisal.price_year.is_empty() {
                        &appraisal.base_year
                    } else {
                        &appraisal.price_year
                    };
                    prices.insert((appraisal.base_year.clone(), year.clone()));
                }
                worth(&map)
            }
        };
        single.insert(id, worth);
    }
    let groups = portfolio.appraisal.iter().flat_map(|one| &one.together);
    let groups: Vec<Vec<&str>> = groups.map(|group| group.iter().map(String::as_str).collect()).collect();
    let mut projects: Vec<Project<'p>> = Vec::new();
    for member in &portfolio.maps {
        let id = member.id.as_str();
        if projects.iter().any(|one| one.maps.contains(&id)) {
            continue;
        }
        let mut ids = vec![id];
        if let Some(group) = groups.iter().find(|group| group.contains(&id)) {
            let is_free = |other: &&str| *other != id && !projects.iter().any(|one| one.maps.contains(other));
            ids.extend(
                group
                    .iter()
                    .copied()
                    .filter(is_free)
                    .filter(|other| single.contains_key(other)),
            );
        }
        let worth = ids.iter().try_fold(Worth::default(), |sum, id| match single.get(id) {
            Some(Ok(worth)) => sum.plus(*worth).ok_or_else(|| "a sum is too large".to_owned()),
            Some(Err(why)) if ids.len() == 1 => Err(why.clone()),
            Some(Err(why)) => Err(format!("{id}: {why}")),
            None => Err("the map could not be read".to_owned()),
        });
        projects.push(Project { maps: ids, worth });
    }
    let why_not = match (currencies.len(), prices.len()) {
        (2.., _) => Some("the maps are in different currencies".to_owned()),
        (_, 2..) => Some(
            "the maps have different base years or prices: give the portfolio an `appraisal` that holds for all"
                .to_owned(),
        ),
        _ => None,
    };
    let known: Vec<Worth> = projects
        .iter()
        .filter_map(|one| one.worth.as_ref().ok().copied())
        .collect();
    let all = match (&why_not, known.is_empty()) {
        (None, false) => known.into_iter().try_fold(Worth::default(), Worth::plus),
        _ => None,
    };
    Money {
        currency: currencies.into_iter().collect::<Vec<_>>().join(", "),
        price_year: prices
            .into_iter()
            .map(|(_, year)| year)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
            .join(", "),
        projects,
        all,
        why_not,
    }
}

/// The last year of the appraisal of all maps, where the portfolio has one.
fn last_year(portfolio: &Portfolio, maps: &[Held<'_>]) -> String {
    let Some(own) = &portfolio.appraisal else {
        return String::new();
    };
    let ends = maps.iter().filter_map(|held| held.map.appraisal.as_ref());
    match own.end.as_str() {
        "" => ends
            .map(|appraisal| appraisal.end.as_str())
            .max()
            .unwrap_or(&own.base_year)
            .to_owned(),
        end => end.to_owned(),
    }
}

/// The map as it is appraised in the portfolio.
fn set(portfolio: &Portfolio, held: &Held<'_>, shared: &BTreeSet<(&str, &str)>, end: &str) -> BenefitMap {
    let mut map = held.map.clone();
    for node in &mut map.nodes {
        if shared.contains(&(held.id, node.id.as_str())) {
            node.cost.clear();
        }
    }
    if let Some(own) = &portfolio.appraisal {
        let mut appraisal = map
            .appraisal
            .take()
            .unwrap_or_else(|| Appraisal::new(own.base_year.clone(), end));
        appraisal.base_year.clone_from(&own.base_year);
        appraisal.price_year.clone_from(&own.price_year);
        end.clone_into(&mut appraisal.end);
        if !own.rates.is_empty() {
            appraisal.rates.clone_from(&own.rates);
            appraisal.bands.clear();
        }
        map.appraisal = Some(appraisal);
    }
    map
}

fn worth(map: &BenefitMap) -> Result<Worth, String> {
    let graph = BenefitGraph::new(map);
    let appraised = appraise(&graph, &Assumed::default()).map_err(|why| why.to_string())?;
    let option = appraised.preferred().ok_or("nothing is proposed")?;
    let cost = option
        .years
        .iter()
        .try_fold(Decimal::ZERO, |sum, year| sum.checked_add(year.cost));
    Ok(Worth {
        cost: cost.ok_or("a sum is too large")?,
        pvc: option.society.pvc,
        pvb: option.society.pvb,
    })
}
