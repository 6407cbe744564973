//! What counts as stated: the one definition each of evidence, a reason, a baseline, a promise, a measurement plan and
//! an owner.
//!
//! Coverage counts by these definitions and rules find faults by them, so that the two never contradict each other. A
//! text that says nothing ([`is_blank`]) counts as nothing, whatever stands beside it.

use std::collections::HashMap;

use super::{BenefitMap, Day, Evidence, Kpi, Link, Method, Number, Owner, OwnerId, is_blank};

impl Evidence {
    /// Whether somebody could look it up: it names a source or an address. `TBC` is no source, however strong.
    pub fn is_cited(&self) -> bool {
        !is_blank(&self.source) || !is_blank(&self.url)
    }
}

impl Link {
    /// Whether it gives a reason why the one end should bring about the other.
    pub fn says_why(&self) -> bool {
        !is_blank(&self.rationale)
    }
}

impl Owner {
    /// Whether it names somebody. `TBC` and `vacant` name nobody.
    pub fn is_named(&self) -> bool {
        !is_blank(&self.name)
    }
}

/// What a KPI promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Nothing.
    Nothing,
    /// At least one of its targets has no day, so nobody can ever say that it was missed.
    Undated,
    /// Every target has its day; or there are none, and it is to be kept within a band.
    Dated,
}

/// Something that a measurement plan does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanGap {
    /// How it is measured: neither a method nor a source. `other` needs the source, which is to say it.
    How,
    /// How often.
    HowOften,
    /// By whom: nobody, or nobody whom the map knows by name.
    ByWhom,
}

impl PlanGap {
    /// As it reads in a sentence: `how`, `how often`, `by whom`.
    pub fn words(self) -> &'static str {
        match self {
            Self::How => "how",
            Self::HowOften => "how often",
            Self::ByWhom => "by whom",
        }
    }
}

impl Kpi {
    /// Where it stood before the change, and on which day. A baseline without its day is none: nobody can say what
    /// has changed since.
    pub fn dated_baseline(&self) -> Option<(Day, Number)> {
        let baseline = self.baseline?;
        Some((baseline.date?, baseline.value))
    }

    /// What it promises.
    pub fn promise(&self) -> Promise {
        if self.targets.iter().any(|target| target.date.is_none()) {
            Promise::Undated
        } else if self.targets.is_empty() && self.kept_within().is_none() {
            Promise::Nothing
        } else {
            Promise::Dated
        }
    }

    /// What its measurement plan leaves open, in the order how, how often, by whom; empty where the plan is whole. A
    /// KPI without a plan leaves all of it open.
    pub fn plan_gaps(&self, owners: &NamedOwners<'_>) -> Vec<PlanGap> {
        let plan = self.measurement.as_ref();
        let how = plan.is_some_and(|plan| {
            matches!(plan.method, Some(method) if method != Method::Other) || !is_blank(&plan.source)
        });
        let how_often = plan.is_some_and(|plan| !is_blank(&plan.frequency));
        let by_whom = plan.is_some_and(|plan| owners.answering(plan.responsible.as_ref()).is_some());
        [
            (how, PlanGap::How),
            (how_often, PlanGap::HowOften),
            (by_whom, PlanGap::ByWhom),
        ]
        .into_iter()
        .filter_map(|(said, gap)| (!said).then_some(gap))
        .collect()
    }
}

/// The owners of a map, to be looked up by id any number of times.
#[derive(Debug, Clone)]
pub struct NamedOwners<'m> {
    by_id: HashMap<&'m str, &'m Owner>,
}

impl<'m> NamedOwners<'m> {
    /// The owner of that id, the first where several share it, named or not; `None` where there is none.
    pub fn get(&self, id: &OwnerId) -> Option<&'m Owner> {
        self.by_id.get(id.as_str()).copied()
    }

    /// Who answers where that owner is stated: an owner whom the map knows and who is named. `None` for nobody.
    pub fn answering(&self, id: Option<&OwnerId>) -> Option<&'m Owner> {
        id.and_then(|id| self.get(id)).filter(|owner| owner.is_named())
    }
}

impl BenefitMap {
    /// The owners, ready to be looked up by id.
    ///
    /// ```
    /// let map: benefit_map::map::BenefitMap = serde_json::from_str(r#"{"format": 1,
    ///   "owners": [{"id": "place", "name": "Director of Place"}, {"id": "new", "name": "TBC"}],
    ///   "nodes": [{"id": "a", "kind": "end-outcome", "owner": "place"}, {"id": "b", "kind": "end-outcome", "owner": "new"}]
    /// }"#).unwrap();
    /// let owners = map.named_owners();
    /// let answers = |at: usize| owners.answering(map.nodes[at].owner.as_ref()).is_some();
    /// assert!(answers(0));
    /// assert!(!answers(1), "a post that is still to be filled answers for nothing");
    /// ```
    pub fn named_owners(&self) -> NamedOwners<'_> {
        // The first of several stays: it is put in last.
        let all = self.owners.iter().rev();
        NamedOwners {
            by_id: all.map(|owner| (owner.id.as_str(), owner)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kpi(rest: &str) -> Kpi {
        serde_json::from_str(&format!(r#"{{"id": "k", "node": "n"{rest}}}"#)).unwrap()
    }

    #[test]
    fn a_baseline_without_its_day_and_a_source_that_is_to_be_confirmed_are_none() {
        assert_eq!(kpi(r#", "baseline": {"value": 1}"#).dated_baseline(), None);
        assert!(
            kpi(r#", "baseline": {"value": 1, "date": "2026-01-01"}"#)
                .dated_baseline()
                .is_some()
        );
        let cited = |source: &str, url: &str| {
            Evidence {
                source: source.to_owned(),
                strength: Some(crate::map::Strength::Strong),
                url: url.to_owned(),
            }
            .is_cited()
        };
        assert!(!cited("TBC", "") && !cited(" ", "n/a") && cited("TBC", "https://example.org") && cited("Trial", ""));
    }

    #[test]
    fn a_promise_has_a_day_for_every_target_or_a_band() {
        let dated = r#"{"date": "2027-01-01", "value": 1}"#;
        for (rest, wanted) in [
            (String::new(), Promise::Nothing),
            (format!(r#", "targets": [{dated}]"#), Promise::Dated),
            (format!(r#", "targets": [{dated}, {{"value": 2}}]"#), Promise::Undated),
            (
                r#", "direction": "maintain", "band": {"lower": 1}"#.to_owned(),
                Promise::Dated,
            ),
            (
                r#", "direction": "increase", "band": {"lower": 1}"#.to_owned(),
                Promise::Nothing,
            ),
        ] {
            assert_eq!(kpi(&rest).promise(), wanted, "{rest}");
        }
    }

    #[test]
    fn a_plan_says_how_how_often_and_by_whom() {
        use PlanGap::{ByWhom, How, HowOften};
        let map: BenefitMap = serde_json::from_str(
            r#"{"format": 1, "owners": [{"id": "o", "name": "Olive"}, {"id": "v", "name": "vacant"}]}"#,
        )
        .unwrap();
        let owners = map.named_owners();
        for (plan, wanted) in [
            (
                r#"{"method": "survey", "frequency": "monthly", "responsible": "o"}"#,
                &[][..],
            ),
            (
                r#"{"source": "Panel", "frequency": "monthly", "responsible": "o"}"#,
                &[],
            ),
            (
                r#"{"method": "other", "frequency": "monthly", "responsible": "o"}"#,
                &[How],
            ),
            (r#"{"frequency": "monthly"}"#, &[How, ByWhom]),
            (
                r#"{"method": "survey", "frequency": "TBC", "responsible": "v"}"#,
                &[HowOften, ByWhom],
            ),
            (
                r#"{"method": "survey", "frequency": "weekly", "responsible": "x"}"#,
                &[ByWhom],
            ),
            ("null", &[How, HowOften, ByWhom]),
        ] {
            let kpi = kpi(&format!(r#", "measurement": {plan}"#));
            assert_eq!(kpi.plan_gaps(&owners), wanted, "{plan}");
        }
    }
}
