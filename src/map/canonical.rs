//! The one order that a map is written in.

use std::collections::BTreeSet;

use super::{Activity, Appraisal, BenefitMap, Kpi, Link, Node, NodeKind, Plan, Range, Trajectory};

impl BenefitMap {
    /// Brings every list whose order carries no meaning into one order, so that the same map is always written as
    /// the same bytes and a changed line in a diff is a changed fact.
    ///
    /// Nodes stand by stage, then by id; links by `from`, then `to`; all other records by id; plans by owner;
    /// targets and points by day, those without a day last; costs by year, then cost centre; allowances by rule,
    /// then subject; rate bands by their first year, the nodes of an option by id, prices and amounts by year; reviews by subject, then owner, then day; sets of words and ids (tags, partners, `after`) in order and each once. Lists that people
    /// order themselves, such as assumptions, evidence and responses, stay as they are. The order of an
    /// arrangement is what it is for; an id that it names again is dropped. An empty trajectory, band, tolerance, period,
    /// arrangement, measurement plan, review plan, document control, deflator, set of weights, range or value, which says nothing, is dropped.
    pub fn canonicalize(&mut self) {
        self.owners.sort_by(|a, b| a.id.cmp(&b.id));
        self.partners.sort_by(|a, b| a.id.cmp(&b.id));
        self.nodes.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        self.links.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        self.kpis.sort_by(|a, b| a.id.cmp(&b.id));
        self.risks.sort_by(|a, b| a.id.cmp(&b.id));
        self.plans.sort_by(|a, b| a.owner.cmp(&b.owner));
        self.allow
            .sort_by(|a, b| (&a.rule, &a.subject).cmp(&(&b.rule, &b.subject)));
        // Stable: of several looks of one owner on one day the last given stays the last.
        self.reviews
            .sort_by(|a, b| (&a.subject, &a.by, a.on).cmp(&(&b.subject, &b.by, b.on)));
        if self.period.is_some_and(|p| p.start.is_none() && p.end.is_none()) {
            self.period = None;
        }
        if let Some(arrangement) = &mut self.arrangement {
            for kind in NodeKind::ALL {
                let mut seen = BTreeSet::new();
                arrangement.order.of_mut(*kind).retain(|id| seen.insert(id.clone()));
            }
            if arrangement.order.is_empty() {
                self.arrangement = None;
            }
        }
        if self.document == Some(Default::default()) {
            self.document = None;
        }
        if let Some(appraisal) = &mut self.appraisal {
            appraisal.canonicalize();
        }
        self.nodes.iter_mut().for_each(Node::canonicalize);
        self.links.iter_mut().for_each(Link::canonicalize);
        self.kpis.iter_mut().for_each(Kpi::canonicalize);
        self.plans.iter_mut().for_each(Plan::canonicalize);
    }
}

// What the lists of a map's records are brought into, each record can be brought into by itself: an edit is compared with what is there
// whatever order either was written in.

impl Appraisal {
    fn canonicalize(&mut self) {
        self.bands.sort_by_key(|band| band.from);
        if let Some(deflator) = &mut self.deflator {
            deflator.index.sort_by(|a, b| a.year.cmp(&b.year));
        }
        if self.deflator == Some(Default::default()) {
            self.deflator = None;
        }
        if self.weights == Some(Default::default()) {
            self.weights = None;
        }
        for option in &mut self.options {
            option.nodes.sort();
            option.nodes.dedup();
        }
    }
}

/// A range without a side says nothing.
fn said(range: &mut Option<Range>) {
    if *range == Some(Range::default()) {
        *range = None;
    }
}

impl Node {
    pub(crate) fn canonicalize(&mut self) {
        self.partners.sort();
        self.partners.dedup();
        self.tags.retain(|tag| !tag.is_empty());
        self.tags.sort();
        self.tags.dedup();
        self.cost
            .sort_by(|a, b| (&a.year, &a.cost_centre).cmp(&(&b.year, &b.cost_centre)));
        for cost in &mut self.cost {
            said(&mut cost.range);
        }
        self.objectives.retain(|text| !text.is_empty());
        self.constraints.retain(|text| !text.is_empty());
        if self.review == Some(Default::default()) {
            self.review = None;
        }
    }
}

impl Link {
    pub(crate) fn canonicalize(&mut self) {
        self.assumptions.retain(|text| !text.is_empty());
    }
}

impl Kpi {
    pub(crate) fn canonicalize(&mut self) {
        self.targets.sort_by_key(|target| (target.date.is_none(), target.date));
        match &mut self.trajectory {
            Some(Trajectory::Points(points)) if points.is_empty() => self.trajectory = None,
            Some(Trajectory::Points(points)) => points.sort_by_key(|point| point.date),
            _ => {}
        }
        if self.band.is_some_and(|b| b.lower.is_none() && b.upper.is_none()) {
            self.band = None;
        }
        if self.tolerance.is_some_and(|t| t.amber.is_none() && t.red.is_none()) {
            self.tolerance = None;
        }
        if self.measurement == Some(Default::default()) {
            self.measurement = None;
        }
        if let Some(value) = &mut self.value {
            value.amounts.sort_by(|a, b| a.year.cmp(&b.year));
            said(&mut value.range);
        }
        if self.value == Some(Default::default()) {
            self.value = None;
        }
    }
}

impl Plan {
    pub(crate) fn canonicalize(&mut self) {
        self.activities.sort_by(|a, b| a.id.cmp(&b.id));
        self.activities.iter_mut().for_each(Activity::canonicalize);
    }
}

impl Activity {
    pub(crate) fn canonicalize(&mut self) {
        self.after.sort();
        self.after.dedup();
    }
}
