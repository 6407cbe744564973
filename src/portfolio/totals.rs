//! What the maps of a portfolio bring about together, by measure and year.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::bounds::{Bounds, Common, union};
use super::model::{Adding, Claim, Counts, Portfolio, SharedMeasure};
use super::own::{OwnValue, value_by};
use super::year::Year;
use crate::map::called::folded;
use crate::map::written::is_percent;
use crate::map::{BenefitMap, Day, Direction, Kpi, KpiId, Number};
use crate::track::{self, Measurements, Observation, Outlook, Planned};

/// No measure is followed for longer.
const MOST_YEARS: usize = 200;
/// Up to how many claims that nobody declared are paired with those that name them; of more, nothing of them is known.
const MOST_PAIRED: usize = 300;

/// A map of a portfolio that was read.
#[derive(Debug, Clone, Copy)]
pub struct Held<'m> {
    /// What the portfolio calls it.
    pub id: &'m str,
    /// The map.
    pub map: &'m BenefitMap,
    /// What was measured.
    pub measurements: &'m Measurements,
}

/// What was read for a portfolio, and up to which day it counts.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Gathered<'m> {
    /// The maps that could be read, in the portfolio's order.
    pub maps: &'m [Held<'m>],
    /// The ids of the others, each with why.
    pub unread: &'m [(&'m str, String)],
    /// What the place measured itself, each measure under its id; `None` where it names no files, or they could not be read.
    pub measured: Option<&'m Measurements>,
    /// Why they could not be read; `None` where they could.
    pub not_measured: Option<&'m str>,
    /// The reporting date. What was measured later is left out.
    pub as_of: Day,
}

impl<'m> Gathered<'m> {
    /// Maps, of which all could be read; nothing was measured of the place itself.
    pub fn new(maps: &'m [Held<'m>], as_of: Day) -> Self {
        Self {
            maps,
            unread: &[],
            measured: None,
            not_measured: None,
            as_of,
        }
    }

    /// The same, without maps that could not be read: their ids, each with why.
    pub fn without(self, unread: &'m [(&'m str, String)]) -> Self {
        Self { unread, ..self }
    }

    /// The same, with what the place measured itself, or why that could not be read.
    pub fn measured(self, measured: Result<&'m Measurements, &'m str>) -> Self {
        Self {
            measured: measured.ok(),
            not_measured: measured.err(),
            ..self
        }
    }
}

/// What a shared measure comes to in a year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Total<'p> {
    /// The id of the outcome that is measured.
    pub outcome: &'p str,
    /// The measure.
    pub measure: &'p SharedMeasure,
    /// The year; changes are counted up to its last day.
    pub year: Year,
    /// The change that is planned; `None` where no claim can be counted.
    pub planned: Option<Bounds>,
    /// The change that was measured, of the claims of which something was; `None` where nothing was.
    pub achieved: Option<Bounds>,
    /// The change that is forecast, in years that end after the reporting date; `None` where a claim that is planned has no forecast, for a part
    /// of them is not the whole. No trend is drawn further ahead than it looks back.
    pub forecast: Option<Bounds>,
    /// What the place measured of itself by the end of the year; `None` where it did not, or the year has not begun.
    pub own: Option<OwnValue>,
    /// Each claim on the measure, in the portfolio's order.
    pub claims: Vec<Counted<'p>>,
    /// The claims that make the difference between the least and the most, by their places in `claims`.
    pub gap: Vec<usize>,
}

impl Total<'_> {
    /// The part of the measured change of the place that what was measured of the claims does not explain; `None` where the place has not
    /// measured a change. Where no claim was measured it is the whole change.
    pub fn unexplained(&self) -> Option<Bounds> {
        let change = self.own?.change?;
        let explained = self.achieved.unwrap_or_default();
        Some(Bounds {
            at_least: change - explained.at_most,
            at_most: change - explained.at_least,
        })
    }

    /// The claims of the [`gap`](Self::gap), each as its map and its KPI.
    pub fn undeclared(&self) -> impl Iterator<Item = String> + '_ {
        self.gap
            .iter()
            .map(|at| format!("{} {}", self.claims[*at].claim.map, self.claims[*at].claim.kpi))
    }
}

/// What one claim adds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Counted<'p> {
    /// The claim.
    pub claim: &'p Claim,
    /// The change of its KPI from the baseline that is planned by the end of the year, as far as it counts, in the unit of the
    /// measure.
    pub planned: Option<Decimal>,
    /// The same, as measured.
    pub achieved: Option<Decimal>,
    /// The same by the trend, in a year that ends after the reporting date.
    pub forecast: Option<Decimal>,
    /// Why it is not counted.
    pub why_not: Option<WhyNot>,
}

/// Why a claim is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WhyNot {
    /// Its map was not read, or has no such KPI.
    Unknown,
    /// The same KPI counts towards the measure by an earlier claim.
    Twice,
    /// It is only shown.
    ShownOnly,
    /// It is measured in something else.
    Unit,
    /// It is to be kept as it is, and brings no change.
    Kept,
    /// It has no baseline or no target with a day, so that no change is known.
    NoPath,
    /// It is in per cent, and it is not known of how many.
    NoDenominator,
}

impl WhyNot {
    /// In words, as the end of a sentence: `is in another unit than the measure`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unknown => "is in no map that was read",
            Self::Twice => "counts towards the measure already",
            Self::ShownOnly => "is only shown",
            Self::Unit => "is in another unit than the measure",
            Self::Kept => "is to be kept as it is, so that it is counted and not added",
            Self::NoPath => "has no baseline or no target with a day",
            Self::NoDenominator => "is in per cent, and the claim or the measure does not say of how many",
        }
    }
}

/// A claim that can be counted: what its KPI is planned to be and was, and what its change is multiplied by.
struct Usable<'m> {
    plan: Planned,
    baseline: Decimal,
    factor: Decimal,
    /// Up to the day looked from, in the order of the days.
    actuals: Vec<Observation>,
    outlook: Outlook<'m>,
    measurements: &'m Measurements,
}

/// The totals of every measure, in the portfolio's order, each in the years from the first day to the last for which anything
/// is planned.
///
/// A change is that of a KPI from its baseline. The least and the most are changes in the direction of the measure: of two
/// reductions of 40 and 30 of which nobody knows what they have in common, the total is at least -40 and at most -70.
pub fn totals<'p>(portfolio: &'p Portfolio, gathered: &Gathered<'_>) -> Vec<Total<'p>> {
    let as_of = gathered.as_of;
    let maps: BTreeMap<&str, &Held<'_>> = gathered.maps.iter().map(|held| (held.id, held)).collect();
    let kpis: BTreeMap<(&str, &KpiId), (&Kpi, &Measurements)> = maps
        .values()
        .flat_map(|held| {
            held.map
                .kpis
                .iter()
                .map(|kpi| ((held.id, &kpi.id), (kpi, held.measurements)))
        })
        .collect();
    let mut by_measure: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in &portfolio.claims {
        by_measure.entry(&claim.measure).or_default().push(claim);
    }
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for outcome in &portfolio.outcomes {
        for measure in &outcome.measures {
            let claims = by_measure.get(measure.id.as_str()).map_or(&[][..], Vec::as_slice);
            let usable: Vec<Result<Usable<'_>, WhyNot>> = claims
                .iter()
                .map(|claim| match kpis.get(&(claim.map.as_str(), &claim.kpi)) {
                    _ if !seen.insert((&claim.measure, &claim.map, &claim.kpi)) => Err(WhyNot::Twice),
                    None => Err(WhyNot::Unknown),
                    Some((kpi, measurements)) => usable(claim, measure, (kpi, measurements), as_of),
                })
                .collect();
            let loose = loose(claims);
            let first_month = portfolio.first_month.unwrap_or(1);
            let own = value_by(measure, gathered, as_of).map(|own| own.last.date);
            let mut years = years(measure, (&usable, own), first_month);
            if years.is_empty() && !claims.is_empty() {
                // That none of them can be counted is said once.
                years.push(Year::of(as_of, first_month));
            }
            for year in years {
                out.push(total(
                    (&outcome.id, measure),
                    (claims, &usable, &loose),
                    (year, gathered),
                ));
            }
        }
    }
    out
}

fn usable<'m>(
    claim: &Claim,
    measure: &SharedMeasure,
    (kpi, measurements): (&'m Kpi, &'m Measurements),
    as_of: Day,
) -> Result<Usable<'m>, WhyNot> {
    if claim.counts == Some(Counts::ShownOnly) {
        return Err(WhyNot::ShownOnly);
    }
    if kpi.direction == Some(Direction::Maintain) || kpi.kept_within().is_some() {
        return Err(WhyNot::Kept);
    }
    if folded(&kpi.unit) != folded(&measure.unit) {
        return Err(WhyNot::Unit);
    }
    let plan = Planned::of(kpi);
    let baseline = kpi.baseline.ok_or(WhyNot::NoPath)?.value.decimal();
    plan.days().ok_or(WhyNot::NoPath)?;
    let mut factor = Decimal::ONE;
    if is_percent(&measure.unit) {
        let of = |number: Option<Number>| number.map(Number::decimal).filter(|of| *of > Decimal::ZERO);
        let (Some(part), Some(whole)) = (of(claim.of), of(measure.of)) else {
            return Err(WhyNot::NoDenominator);
        };
        factor = part.checked_div(whole).ok_or(WhyNot::NoDenominator)?;
    }
    if let (Some(Counts::Share), Some(share)) = (claim.counts, claim.share) {
        factor *= share.decimal().clamp(Decimal::ZERO, Decimal::ONE);
    }
    Ok(Usable {
        plan,
        baseline,
        factor,
        actuals: track::actuals(kpi, measurements, as_of),
        outlook: track::outlook(kpi, measurements, as_of),
        measurements,
    })
}

fn years(
    measure: &SharedMeasure,
    (usable, own): (&[Result<Usable<'_>, WhyNot>], Option<Day>),
    first_month: u8,
) -> Vec<Year> {
    let plans = usable.iter().flatten().filter_map(|one| one.plan.days());
    let mut days: Vec<Day> = plans.flat_map(|(first, last)| [first, last]).collect();
    days.extend(measure.targets.iter().filter_map(|target| target.date));
    days.extend(own);
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return Vec::new();
    };
    let last = Year::of(*last, first_month);
    std::iter::successors(Some(Year::of(*first, first_month)), |year| Some(year.next()))
        .take(MOST_YEARS)
        .take_while(|year| *year <= last)
        .collect()
}

fn total<'p>(
    (outcome, measure): (&'p str, &'p SharedMeasure),
    (claims, usable, loose): (&[&'p Claim], &[Result<Usable<'_>, WhyNot>], &[bool]),
    (year, gathered): (Year, &Gathered<'_>),
) -> Total<'p> {
    let as_of = gathered.as_of;
    let end = year.last_day();
    let has_begun = Year::of(as_of, year.first_month()) >= year;
    let counted: Vec<Counted<'p>> = claims
        .iter()
        .zip(usable)
        .map(|(claim, usable)| match usable {
            Err(why) => Counted {
                claim,
                planned: None,
                achieved: None,
                forecast: None,
                why_not: Some(*why),
            },
            Ok(one) => Counted {
                claim,
                planned: one.change(one.plan.expected(end)),
                achieved: one.change(has_begun.then(|| one.measured(end.min(as_of))).flatten()),
                forecast: one.change((end > as_of).then(|| one.forecast(end)).flatten()),
                why_not: None,
            },
        })
        .collect();
    let of = |value: fn(&Counted<'p>) -> Option<Decimal>| {
        let values: Vec<Option<Decimal>> = counted.iter().map(value).collect();
        bounds(measure, claims, &values)
    };
    let planned = of(|one| one.planned);
    let achieved = of(|one| one.achieved);
    let is_whole = counted
        .iter()
        .all(|one| one.planned.is_none() || one.forecast.is_some());
    let forecast = is_whole.then(|| of(|one| one.forecast)).flatten();
    let gap = match planned {
        Some(bounds) if !bounds.is_exact() => (0..counted.len())
            .filter(|at| counted[*at].planned.is_some() && loose[*at])
            .collect(),
        _ => Vec::new(),
    };
    Total {
        outcome,
        measure,
        year,
        planned,
        achieved,
        forecast,
        own: has_begun.then(|| value_by(measure, gathered, end.min(as_of))).flatten(),
        claims: counted,
        gap,
    }
}

impl Usable<'_> {
    fn change(&self, value: Option<Number>) -> Option<Decimal> {
        let change = value?.decimal().checked_sub(self.baseline)?;
        Some(change.checked_mul(self.factor)?.normalize())
    }

    fn forecast(&self, day: Day) -> Option<Number> {
        self.outlook.forecast_on(self.measurements, day).map(|one| one.value)
    }

    fn measured(&self, day: Day) -> Option<Number> {
        let upto = self.actuals.partition_point(|one| one.date <= day);
        self.actuals[..upto].last().map(|one| one.value)
    }
}

/// Of each claim on a measure, whether how much it has in common with others is not known to the last.
fn loose(claims: &[&Claim]) -> Vec<bool> {
    let overlapping = claims.iter().filter(|one| one.counts == Some(Counts::Overlaps));
    let named: BTreeSet<(&str, &KpiId)> = overlapping
        .flat_map(|one| &one.with)
        .filter(|shared| shared.by.is_none())
        .map(|shared| (shared.map.as_str(), &shared.kpi))
        .collect();
    let is_loose = |claim: &&Claim| match claim.counts {
        None => true,
        Some(Counts::Overlaps) => claim.with.is_empty() || claim.with.iter().any(|shared| shared.by.is_none()),
        _ => named.contains(&(claim.map.as_str(), &claim.kpi)),
    };
    claims.iter().map(is_loose).collect()
}

/// The bounds of the values of claims; `None` where there is none.
fn bounds(measure: &SharedMeasure, claims: &[&Claim], values: &[Option<Decimal>]) -> Option<Bounds> {
    let known: Vec<(usize, Decimal)> = values
        .iter()
        .enumerate()
        .filter_map(|(at, v)| Some((at, (*v)?)))
        .collect();
    if known.is_empty() {
        return None;
    }
    let is_down = match measure.direction {
        Some(Direction::Increase) => false,
        Some(Direction::Decrease) => true,
        _ => known.iter().map(|(_, value)| *value).sum::<Decimal>() < Decimal::ZERO,
    };
    let forward = |value: Decimal| if is_down { -value } else { value };
    // What makes it better, and what makes it worse: each with itself alone can have something in common.
    let side = |is_wanted: bool| {
        let part = |(at, value): &(usize, Decimal)| {
            let value = forward(*value);
            (value != Decimal::ZERO && (value > Decimal::ZERO) == is_wanted).then(|| (*at, value.abs()))
        };
        together(claims, &known.iter().filter_map(part).collect::<Vec<_>>())
    };
    let (better, worse) = (side(true), side(false));
    Some(Bounds {
        at_least: forward(better.at_least - worse.at_most).normalize(),
        at_most: forward(better.at_most - worse.at_least).normalize(),
    })
}

/// The bounds of claims that all pull one way, each with how much.
fn together(claims: &[&Claim], parts: &[(usize, Decimal)]) -> Bounds {
    let place: BTreeMap<(&str, &KpiId), usize> = parts
        .iter()
        .enumerate()
        .map(|(at, (claim, _))| ((claims[*claim].map.as_str(), &claims[*claim].kpi), at))
        .collect();
    let values: Vec<Decimal> = parts.iter().map(|(_, value)| *value).collect();
    let mut pairs: BTreeMap<(usize, usize), Option<Decimal>> = BTreeMap::new();
    let mut named = BTreeSet::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, (claim, _)) in parts.iter().enumerate() {
        let claim = claims[*claim];
        match claim.counts {
            None => open.push(at),
            // Whoever overlaps with nobody in particular may overlap with anybody who has not said.
            Some(Counts::Overlaps) if claim.with.is_empty() => open.push(at),
            Some(Counts::Overlaps) => {
                for shared in &claim.with {
                    let Some(&other) = place.get(&(shared.map.as_str(), &shared.kpi)) else {
                        continue;
                    };
                    if other == at {
                        continue;
                    }
                    named.insert(other);
                    let by = shared.by.map(Number::decimal);
                    let have = pairs.entry((at.min(other), at.max(other))).or_insert(by);
                    // Where two say different things, the one who knows is right, and of two the larger.
                    *have = (*have).max(by);
                }
            }
            Some(_) => {}
        }
    }
    if open.len() > MOST_PAIRED || open.iter().all(|at| !named.contains(at)) {
        // Nothing is known of them beside the largest and the sum; where others name them, nothing of those either.
        let is_open: BTreeSet<usize> = open.iter().copied().collect();
        let named_by = pairs.keys().filter(|(a, b)| is_open.contains(a) || is_open.contains(b));
        let loose: BTreeSet<usize> = named_by
            .flat_map(|(a, b)| [*a, *b])
            .chain(open.iter().copied())
            .collect();
        let rest = union_of(&values, &pairs, |at| !loose.contains(&at));
        return Bounds {
            at_least: rest.at_least + loose.iter().map(|at| values[*at]).max().unwrap_or_default(),
            at_most: rest.at_most + loose.iter().map(|at| values[*at]).sum::<Decimal>(),
        };
    }
    for (nth, one) in open.iter().enumerate() {
        for other in &open[nth + 1..] {
            pairs.entry((*one.min(other), *one.max(other))).or_insert(None);
        }
    }
    union_of(&values, &pairs, |_| true)
}

/// The bounds of some of the values, by what pairs of them have in common; `None` for a pair of which nobody knows how much.
fn union_of(
    values: &[Decimal],
    pairs: &BTreeMap<(usize, usize), Option<Decimal>>,
    is_in: impl Fn(usize) -> bool,
) -> Bounds {
    let places: Vec<usize> = (0..values.len()).filter(|at| is_in(*at)).collect();
    let parts: Vec<Decimal> = places.iter().map(|at| values[*at]).collect();
    let commons: Vec<Common> = pairs
        .iter()
        .filter_map(|((a, b), by)| {
            let (one, other) = (places.binary_search(a).ok()?, places.binary_search(b).ok()?);
            let smaller = parts[one].min(parts[other]);
            let (least, most) = match by {
                None => (Decimal::ZERO, smaller),
                // Once both are there in full they have that much in common; before that it is at most the smaller.
                Some(by) if *by <= smaller => (*by, *by),
                Some(_) => (Decimal::ZERO, smaller),
            };
            Some(Common {
                one,
                other,
                least: least.max(Decimal::ZERO),
                most: most.max(Decimal::ZERO),
            })
        })
        .collect();
    union(&parts, &commons)
}

/// Whether a measure is of the place as a whole, so that its claims explain it and do not make it up.
pub fn is_of_the_whole(measure: &SharedMeasure) -> bool {
    measure.adding == Some(Adding::WholePlace)
}
