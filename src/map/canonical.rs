//! The one order that a map is written in.

use std::collections::BTreeSet;

use super::{BenefitMap, NodeKind, Trajectory};

impl BenefitMap {
    /// Brings every list whose order carries no meaning into one order, so that the same map is always written as
    /// the same bytes and a changed line in a diff is a changed fact.
    ///
    /// Nodes stand by stage, then by id; links by `from`, then `to`; all other records by id; plans by owner;
    /// targets and points by day, those without a day last; costs by year, then cost centre; allowances by rule,
    /// then subject; reviews by subject, then owner, then day; sets of words and ids (tags, partners, `after`) in order and each once. Lists that people
    /// order themselves, such as assumptions, evidence and responses, stay as they are. The order of an
    /// arrangement is what it is for; an id that it names again is dropped. An empty trajectory, band, tolerance, period,
    /// arrangement or measurement plan, which says nothing, is dropped.
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
        for node in &mut self.nodes {
            node.partners.sort();
            node.partners.dedup();
            node.tags.retain(|tag| !tag.is_empty());
            node.tags.sort();
            node.tags.dedup();
            node.cost
                .sort_by(|a, b| (&a.year, &a.cost_centre).cmp(&(&b.year, &b.cost_centre)));
        }
        for link in &mut self.links {
            link.assumptions.retain(|text| !text.is_empty());
        }
        for kpi in &mut self.kpis {
            kpi.targets.sort_by_key(|target| (target.date.is_none(), target.date));
            match &mut kpi.trajectory {
                Some(Trajectory::Points(points)) if points.is_empty() => kpi.trajectory = None,
                Some(Trajectory::Points(points)) => points.sort_by_key(|point| point.date),
                _ => {}
            }
            if kpi.band.is_some_and(|b| b.lower.is_none() && b.upper.is_none()) {
                kpi.band = None;
            }
            if kpi.tolerance.is_some_and(|t| t.amber.is_none() && t.red.is_none()) {
                kpi.tolerance = None;
            }
            if kpi.measurement == Some(Default::default()) {
                kpi.measurement = None;
            }
        }
        for plan in &mut self.plans {
            plan.activities.sort_by(|a, b| a.id.cmp(&b.id));
            for activity in &mut plan.activities {
                activity.after.sort();
                activity.after.dedup();
            }
        }
    }
}
