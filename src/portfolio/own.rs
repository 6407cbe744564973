//! What a place measures itself: the series of its measures, and how they do.

use rust_decimal::Decimal;

use super::model::{PlaceOutcome, Portfolio, SharedMeasure};
use super::totals::Gathered;
use crate::map::{BenefitMap, Day, Kpi, KpiId, Node, NodeId, NodeKind};
use crate::track::{self, Observation, Status};

/// A value that a place measured of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnValue {
    /// The day and the value, in the unit of the measure.
    pub last: Observation,
    /// The change from the baseline of the measure; `None` where it has no baseline.
    pub change: Option<Decimal>,
}

/// How a measure does that the place measures itself.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OwnStanding<'p> {
    /// The outcome that is measured.
    pub outcome: &'p PlaceOutcome,
    /// The measure.
    pub measure: &'p SharedMeasure,
    /// How it does on the reporting date, by its own targets.
    pub status: Status,
    /// What was measured last.
    pub measured: OwnValue,
    /// The change that the place wants by its last target; `None` without a baseline or a target.
    pub wanted: Option<Decimal>,
}

/// The measure as a KPI of a node; `None` where its id is not one.
pub(super) fn kpi_of(measure: &SharedMeasure, node: &NodeId) -> Option<Kpi> {
    let mut kpi = Kpi::new(KpiId::new(&measure.id).ok()?, node.clone(), measure.title.clone());
    kpi.unit.clone_from(&measure.unit);
    kpi.direction = measure.direction;
    kpi.baseline = measure.baseline;
    kpi.targets.clone_from(&measure.targets);
    Some(kpi)
}

/// The measures of a portfolio as the KPIs of one map, each under its id: tables of the place's own measurements are read by it.
pub fn measures(portfolio: &Portfolio) -> BenefitMap {
    let mut map = BenefitMap::new(portfolio.title.clone());
    for outcome in &portfolio.outcomes {
        let Ok(id) = NodeId::new(&outcome.id) else { continue };
        map.kpis
            .extend(outcome.measures.iter().filter_map(|measure| kpi_of(measure, &id)));
        map.nodes
            .push(Node::new(id, NodeKind::EndOutcome, outcome.title.clone()));
    }
    map
}

/// How every measure does that the place measures itself, in the portfolio's order. Those without a value are left out.
pub fn own_standings<'p>(portfolio: &'p Portfolio, gathered: &Gathered<'_>) -> Vec<OwnStanding<'p>> {
    let Some(measured) = gathered.measured else {
        return Vec::new();
    };
    let standing = |(outcome, measure): (&'p PlaceOutcome, &'p SharedMeasure)| {
        let kpi = kpi_of(measure, &NodeId::new(&outcome.id).ok()?)?;
        Some(OwnStanding {
            status: track::outlook(&kpi, measured, gathered.as_of).status,
            measured: value_by(measure, gathered, gathered.as_of)?,
            wanted: wanted(measure),
            outcome,
            measure,
        })
    };
    portfolio.measures().filter_map(standing).collect()
}

/// What the place measured last up to a day, from the day of the baseline on.
pub(super) fn value_by(measure: &SharedMeasure, gathered: &Gathered<'_>, day: Day) -> Option<OwnValue> {
    let id = KpiId::new(&measure.id).ok()?;
    let all = gathered.measured?.of(&id);
    let last = *all[..all.partition_point(|one| one.date <= day)].last()?;
    let baseline = measure.baseline;
    if baseline.and_then(|one| one.date).is_some_and(|first| last.date < first) {
        return None;
    }
    Some(OwnValue {
        last,
        change: baseline.and_then(|one| last.value.decimal().checked_sub(one.value.decimal())),
    })
}

/// The change from the baseline to the last target.
pub(super) fn wanted(measure: &SharedMeasure) -> Option<Decimal> {
    let target = measure.targets.iter().max_by_key(|target| target.date)?;
    let baseline = measure.baseline?;
    target.value.decimal().checked_sub(baseline.value.decimal())
}
