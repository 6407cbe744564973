//! What each project does for each outcome of the place, and how that goes.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::model::{Claim, PlaceLink, PlaceOutcome, Portfolio};
use super::totals::{Gathered, Held, Total, WhyNot};
use crate::map::{Kpi, KpiId, Strength};
use crate::track::{self, Status};

/// One project and one outcome.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Square<'p> {
    /// The outcome.
    pub outcome: &'p PlaceOutcome,
    /// The map.
    pub map: &'p str,
    /// The worst status of the KPIs that count; `None` where none does.
    pub status: Option<Status>,
    /// How well the best of the links is shown; `None` where nobody has said.
    pub evidence: Option<Strength>,
    /// The links from the map to the outcome.
    pub links: Vec<&'p PlaceLink>,
    /// The KPIs of the map that count towards measures of the outcome.
    pub claims: Vec<Standing<'p>>,
}

impl Square<'_> {
    /// Whether the project does nothing for the outcome.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty() && self.claims.is_empty()
    }
}

/// How a claim goes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Standing<'p> {
    /// The claim.
    pub claim: &'p Claim,
    /// What its KPI is called.
    pub title: String,
    /// The unit of the measure.
    pub unit: &'p str,
    /// How its KPI stands; `None` where the map or the KPI is not there.
    pub status: Option<Status>,
    /// The change that is planned by the end of the last year.
    pub planned: Option<Decimal>,
    /// The change that was measured by the reporting date.
    pub achieved: Option<Decimal>,
    /// Why it is not counted; `None` where it is.
    pub why_not: Option<WhyNot>,
}

/// What is planned, what was measured, and why it is not counted.
type Figures = (Option<Decimal>, Option<Decimal>, Option<WhyNot>);

/// Every outcome by every map, in the portfolio's order, outcome by outcome. `totals` are those of the portfolio.
pub fn matrix<'p>(portfolio: &'p Portfolio, gathered: &Gathered<'_>, totals: &[Total<'p>]) -> Vec<Square<'p>> {
    let kpis: BTreeMap<(&str, &KpiId), (&Kpi, &Held<'_>)> = gathered
        .maps
        .iter()
        .flat_map(|held| held.map.kpis.iter().map(move |kpi| ((held.id, &kpi.id), (kpi, held))))
        .collect();
    // The last year, and the last in which something was measured.
    let mut planned: BTreeMap<(&str, &str, &KpiId), Figures> = BTreeMap::new();
    for total in totals {
        for one in &total.claims {
            let claim = one.claim;
            let entry = planned.entry((&claim.measure, &claim.map, &claim.kpi)).or_default();
            entry.0 = one.planned.or(entry.0);
            entry.1 = one.achieved.or(entry.1);
            entry.2 = one.why_not;
        }
    }
    let mut out = Vec::new();
    for outcome in &portfolio.outcomes {
        let mut squares: BTreeMap<&str, Square<'p>> = BTreeMap::new();
        for member in &portfolio.maps {
            let square = Square {
                outcome,
                map: &member.id,
                status: None,
                evidence: None,
                links: Vec::new(),
                claims: Vec::new(),
            };
            squares.insert(&member.id, square);
        }
        for link in portfolio.links.iter().filter(|link| link.outcome == outcome.id) {
            if let Some(square) = squares.get_mut(link.map.as_str()) {
                square.links.push(link);
                // The strongest comes first.
                square.evidence = match (square.evidence, link.evidence) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
        }
        for measure in &outcome.measures {
            for claim in portfolio.claims.iter().filter(|claim| claim.measure == measure.id) {
                let Some(square) = squares.get_mut(claim.map.as_str()) else {
                    continue;
                };
                let known = kpis.get(&(claim.map.as_str(), &claim.kpi));
                let status = known.map(|(kpi, held)| track::outlook(kpi, held.measurements, gathered.as_of).status);
                let (planned, achieved, why_not) = planned
                    .get(&(claim.measure.as_str(), claim.map.as_str(), &claim.kpi))
                    .copied()
                    .unwrap_or_default();
                square.status = match (square.status, status) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
                square.claims.push(Standing {
                    claim,
                    title: known.map_or_else(|| claim.kpi.to_string(), |(kpi, _)| kpi.title.trim().to_owned()),
                    unit: &measure.unit,
                    status,
                    planned,
                    achieved,
                    why_not,
                });
            }
        }
        out.extend(
            portfolio
                .maps
                .iter()
                .filter_map(|member| squares.remove(member.id.as_str())),
        );
    }
    out
}
