//! What the new map shows that the old one did not: shares of coverage that rose by leaving out, and statuses and warnings
//! that the same measurements give. This looks at the figures themselves, whatever was changed to get them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::callout::{Callouts, Place, Reason};
use crate::audit::coverage::{Measure, Measured, Share};
use crate::finding::Subject;
use crate::graph::{BenefitGraph, Pair, Sight};
use crate::map::{Kpi, NodeKind};
use crate::track::{NodeStanding, Outlook, Status, standing};

/// A measure before and after.
pub(super) type Shares = (Measure, Share, Share);

/// Whether a larger share is covered; also where nothing is left to cover.
fn has_risen(before: &Share, after: &Share) -> bool {
    let (a, b) = (before.of.decimal(), after.of.decimal());
    if a <= Decimal::ZERO {
        return false;
    }
    if b <= Decimal::ZERO {
        return before.covered < before.of;
    }
    // Divided, not multiplied: amounts may be as large as numbers go.
    before.covered.decimal() / a < after.covered.decimal() / b
}

/// Whether any measure covers a larger share.
pub(super) fn any_risen(shares: &[Shares]) -> bool {
    shares.iter().any(|(_, before, after)| has_risen(before, after))
}

/// What a map counts for each measure of coverage.
struct Counted<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    sight: Sight,
    /// The pairs of nodes with a link, and whether one of theirs is more than feedback.
    pairs: BTreeMap<(&'m str, &'m str), bool>,
}

impl<'g, 'm> Counted<'g, 'm> {
    fn new(graph: &'g BenefitGraph<'m>) -> Self {
        let pairs = graph.pairs().into_iter();
        let ends = |pair: &Pair<'m>| (graph.id(pair.from).as_str(), graph.id(pair.to).as_str());
        Self {
            graph,
            sight: graph.sight(),
            pairs: pairs.map(|pair| (ends(&pair), pair.flows)).collect(),
        }
    }

    /// Whether the subject is counted, covered or not. Of KPIs no more is said: by the same measurements, one that was overdue
    /// is not counted as covered because of anything that was measured.
    fn counts(&self, measure: Measure, subject: &Subject) -> bool {
        match subject {
            Subject::Node(id) => self.graph.find(id.as_str()).is_some_and(|ix| match measure {
                Measure::LineOfSight => self.sight.is_aim(ix),
                Measure::Investments => self.graph.kind(ix) == NodeKind::Investment,
                Measure::Money => !self.graph.node(ix).cost.is_empty(),
                _ => self.graph.kind(ix).is_outcome(),
            }),
            Subject::Link { from, to } => self
                .pairs
                .get(&(from.as_str(), to.as_str()))
                .is_some_and(|flows| *flows || measure == Measure::Rationale),
            _ => false,
        }
    }
}

/// What coverage counts no more, and money whose share rose though nothing is covered that was not.
pub(super) fn coverage(shares: &[Shares], old: &BenefitGraph<'_>, new: &BenefitGraph<'_>, out: &mut Callouts) {
    let counted = Counted::new(new);
    let mut left_out: BTreeMap<&Subject, Vec<Measure>> = BTreeMap::new();
    for (measure, before, after) in shares.iter().filter(|(_, before, after)| has_risen(before, after)) {
        let lacking: BTreeSet<&Subject> = after.uncovered.iter().map(|item| &item.subject).collect();
        let mut all_lacking = true;
        let no_more = before.uncovered.iter().map(|item| &item.subject);
        for subject in no_more.filter(|subject| !lacking.contains(subject)) {
            all_lacking = false;
            if !counted.counts(*measure, subject) {
                left_out.entry(subject).or_default().push(*measure);
            }
        }
        let lacked = |share: &Share| share.of.decimal() - share.covered.decimal();
        let as_much_lacks = all_lacking && lacked(after) >= lacked(before);
        if *measure == Measure::Money && as_much_lacks && !before.uncovered.is_empty() {
            let percent = |share: &Share| share.percent().map_or("nothing".to_owned(), |p| format!("{p}%"));
            let place = Place::new(Subject::Map, &new.map().title);
            let what = "the share of money that helps an end outcome has risen";
            let call = place.call(Reason::MoneyShareRisen, measure.as_str(), what);
            let call = call.was(percent(before), percent(after));
            out.push(call.note("no money is covered that was not").open());
        }
    }
    for (subject, measures) in left_out {
        let title = match subject {
            Subject::Node(id) => old.find(id.as_str()).map_or("", |ix| old.node(ix).title.as_str()),
            _ => "",
        };
        let measures: Vec<&str> = measures.iter().map(|measure| measure.as_str()).collect();
        let call = Place::new(subject.clone(), title).call(
            Reason::UncoveredLeftOut,
            &measures.join("; "),
            "what was not covered is no longer counted, and the share that is covered has risen",
        );
        out.push(call.was(format!("not covered ({})", measures.join(", ")), "not counted"));
    }
}

/// How good a status looks, the worst first. What is not due yet alarms nobody, and is no better than what is on track.
fn looks(status: Status) -> u8 {
    match status {
        Status::Missed => 0,
        Status::OffTrack => 1,
        Status::AtRisk => 2,
        Status::NoData => 3,
        Status::OnTrack | Status::NotDue => 4,
        Status::Achieved => 5,
    }
}

/// KPIs that stand better by the same measurements, and nodes that are warned no more.
pub(super) fn statuses(
    old: &BenefitGraph<'_>,
    new: &BenefitGraph<'_>,
    (measurements, as_of): Measured<'_>,
    out: &mut Callouts,
) {
    let (was, is) = (standing(old, measurements, as_of), standing(new, measurements, as_of));
    let mut before: BTreeMap<&str, &Outlook<'_>> = BTreeMap::new();
    for outlook in &was.kpis {
        before.entry(outlook.kpi.id.as_str()).or_insert(outlook);
    }
    for outlook in &is.kpis {
        let kpi: &Kpi = outlook.kpi;
        let Some(then) = before.get(kpi.id.as_str()) else {
            continue;
        };
        if looks(outlook.status) > looks(then.status) {
            let place = Place::new(Subject::Kpi(kpi.id.clone()), &kpi.title);
            let what = format!("by the same measurements its status on {as_of} is better");
            let call = place.call(Reason::GreenerStatus, "status", what);
            out.push(call.was(then.status, outlook.status));
        }
    }
    let warned: BTreeMap<&str, &NodeStanding<'_>> = {
        let all = was.nodes.iter().filter(|node| node.warning.is_some());
        all.map(|node| (node.node.id.as_str(), node)).collect()
    };
    for node in is.nodes.iter().filter(|node| node.warning.is_none()) {
        let Some(warning) = warned.get(node.node.id.as_str()).and_then(|node| node.warning.as_ref()) else {
            continue;
        };
        let place = Place::new(Subject::Node(node.node.id.clone()), &node.node.title);
        let what = format!("by the same measurements it no longer has a warning on {as_of}");
        let call = place.call(Reason::FewerWarnings, "warning", what);
        out.push(call.was(warning, ""));
    }
}
