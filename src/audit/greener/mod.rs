//! What makes a map look better without anything having become better: the one home of that judgement.
//!
//! Every field of a map was gone through with one question: can a change of it make a status, a share of coverage, a check,
//! a trace or an amount look better? `docs/audit.md` has the answers as a table. Fields are judged by what they mean, not by
//! how they are written, and paths by what they expect on the days that matter. Beside the fields stand the figures: what
//! left coverage, and what the same measurements say of both maps.

mod callout;
mod kpis;
mod matched;
mod money;
mod network;
mod path;
mod register;
mod shown;
mod targets;

use std::collections::BTreeMap;

use super::coverage::Measured;
use crate::graph::BenefitGraph;
use crate::map::KpiId;
use shown::Shares;

pub use callout::{Callout, Judgement, Reason};
pub(super) use network::Gained;
pub use targets::TargetChange;
pub(super) use targets::target_changes;

/// What is called out of the change from the old map to the new one: first what makes it look better for sure, then what
/// is open, each by record and field. `shares` are the measures of coverage before and after, `targets` the targets that
/// promise less or later, `gained` says whether anything gained a line of sight. With measurements, how both maps stand on
/// the day is compared, too.
pub(super) fn callouts(
    [old, new]: [&BenefitGraph<'_>; 2],
    shares: &[Shares],
    targets: &[TargetChange],
    gained: Gained,
    measured: Option<Measured<'_>>,
) -> Vec<Callout> {
    let (before, after) = (old.map(), new.map());
    let mut out = Vec::new();
    let mut of_kpi: BTreeMap<&KpiId, Vec<&TargetChange>> = BTreeMap::new();
    for change in targets {
        of_kpi.entry(&change.kpi).or_default().push(change);
    }
    for both in matched::matched(&before.kpis, &after.kpis, |kpi| kpi.id.clone()) {
        match both {
            (Some(kpi), None) => kpis::removed(kpi, &mut out),
            (Some(old), Some(new)) => {
                let targets = of_kpi.get(&old.id).map_or(&[][..], Vec::as_slice);
                kpis::changed(old, new, targets, &mut out);
            }
            (None, _) => {}
        }
    }
    network::nodes(before, after, &mut out);
    let gained = match shown::any_risen(shares) {
        true => Gained::Something,
        false => gained,
    };
    network::links(before, after, gained, &mut out);
    register::risks(before, after, &mut out);
    register::plans(before, after, &mut out);
    register::people(before, after, &mut out);
    register::whole(before, after, &mut out);
    money::money(before, after, &mut out);
    shown::coverage(shares, old, new, &mut out);
    if let Some(measured) = measured {
        shown::statuses(old, new, measured, &mut out);
    }
    // Stable: of one field what was found first stays first.
    out.sort_by(|a, b| (a.judgement, &a.subject, &a.field).cmp(&(b.judgement, &b.subject, &b.field)));
    out
}
