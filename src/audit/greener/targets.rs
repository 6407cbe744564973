//! Targets that promise less, or later, than they did.

use std::collections::BTreeMap;
use std::fmt;

use crate::audit::coverage::Measured;
use crate::map::{BenefitMap, Direction, Kpi, KpiId, Target};
use crate::track::{Observation, Planned};

/// What became of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetChange {
    /// Whose target it is.
    pub kpi: KpiId,
    /// What the KPI is called.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// What was promised.
    pub before: Target,
    /// What is promised in its place; `None` where nothing is.
    pub after: Option<Target>,
    /// Whether less is promised than was.
    pub lowered: bool,
    /// Whether it is promised for a later day, or for none.
    pub later: bool,
    /// The measurement that missed the old target on its day; `None` where it was not missed, was not due yet, or where
    /// nothing is known of it.
    pub missed: Option<Observation>,
}

/// The targets of the old map of which the new one promises less or later. The old map's direction decides what is less;
/// of a KPI that is to be maintained every other value is.
pub(in crate::audit) fn target_changes(
    old: &BenefitMap,
    new: &BenefitMap,
    measured: Option<Measured<'_>>,
) -> Vec<TargetChange> {
    let mut there: BTreeMap<&str, &Kpi> = BTreeMap::new();
    for kpi in &new.kpis {
        there.entry(kpi.id.as_str()).or_insert(kpi);
    }
    let mut out = Vec::new();
    for kpi in &old.kpis {
        let planned = Planned::of(kpi);
        let after = there.get(kpi.id.as_str()).map_or(&[][..], |kpi| &kpi.targets);
        for (before, after) in pairs(&kpi.targets, after) {
            let lowered = after.is_none_or(|after| match planned.direction() {
                Some(Direction::Increase) => after.value < before.value,
                Some(Direction::Decrease) => after.value > before.value,
                Some(Direction::Maintain) | None => after.value != before.value,
            });
            let later = after.is_some_and(|after| match (before.date, after.date) {
                (Some(before), Some(after)) => after > before,
                (Some(_), None) => true,
                (None, _) => false,
            });
            if !lowered && !later {
                continue;
            }
            let missed = measured.zip(before.date).and_then(|((measurements, as_of), day)| {
                if day > as_of {
                    return None;
                }
                let all = measurements.of(&kpi.id);
                let last = all[..all.partition_point(|o| o.date <= day)].last().copied()?;
                (!planned.meets(before.value, last.value)).then_some(last)
            });
            out.push(TargetChange {
                kpi: kpi.id.clone(),
                title: kpi.title.clone(),
                unit: kpi.unit.clone(),
                before,
                after,
                lowered,
                later,
                missed,
            });
        }
    }
    out.sort_by(|a, b| (&a.kpi, a.before.date).cmp(&(&b.kpi, b.before.date)));
    out
}

/// Every old target that is not among the new ones, with what stands in its place: the target of the same day, else the
/// one of the same value, else the next that is left in the order of the days.
fn pairs(old: &[Target], new: &[Target]) -> Vec<(Target, Option<Target>)> {
    let mut left: Vec<Target> = new.to_vec();
    let mut take = |same: &dyn Fn(&Target) -> bool| left.iter().position(same).map(|at| left.remove(at));
    let gone: Vec<Target> = old
        .iter()
        .copied()
        .filter(|target| take(&|other| other == target).is_none())
        .collect();
    let mut found: Vec<(Target, Option<Target>)> = Vec::new();
    for target in gone {
        found.push((target, take(&|other| other.date.is_some() && other.date == target.date)));
    }
    for (target, after) in found.iter_mut().filter(|(_, after)| after.is_none()) {
        *after = take(&|other| other.value == target.value);
    }
    for (_, after) in found.iter_mut().filter(|(_, after)| after.is_none()) {
        *after = take(&|_| true);
    }
    found
}

impl fmt::Display for TargetChange {
    /// `kpi rounds-km: Distance driven a week: lowered: was 3100 km by 2028-03-31, now 3600 km by 2028-03-31, after it was
    /// missed (4100 on 2028-03-31)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (&self.after, self.lowered, self.later) {
            (None, ..) => "withdrawn",
            (_, true, true) => "lowered and moved later",
            (_, true, false) => "lowered",
            _ => "moved later",
        };
        let told = |target: &Target| {
            let unit = if self.unit.is_empty() {
                String::new()
            } else {
                format!(" {}", self.unit)
            };
            let day = target.date.map_or("by no day".to_owned(), |day| format!("by {day}"));
            format!("{}{unit} {day}", target.value)
        };
        write!(f, "kpi {}: ", self.kpi)?;
        if !self.title.is_empty() {
            write!(f, "{}: ", self.title)?;
        }
        write!(f, "{what}: was {}", told(&self.before))?;
        if let Some(after) = &self.after {
            write!(f, ", now {}", told(after))?;
        }
        if let Some(missed) = self.missed {
            write!(f, ", after it was missed ({} on {})", missed.value, missed.date)?;
        }
        Ok(())
    }
}
