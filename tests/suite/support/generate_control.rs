//! What a benefit profile says beside the benefit, for generated maps: every field in use.

use benefit_map::map::{Approval, DocumentControl, ReviewPlan, Stake, Stakeholder};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::generate::{day, some_text, text};

/// Objectives, constraints, stakeholders and the plan of reviews of a node.
pub type Profile = (Vec<String>, Vec<String>, Vec<Stakeholder>, Option<ReviewPlan>);

pub fn profile() -> BoxedStrategy<Profile> {
    let stakeholder = (some_text(), of(select(Stake::ALL)), text()).prop_map(|(who, stake, what)| {
        let mut made = Stakeholder::new(who);
        made.stake = stake;
        made.what = what;
        made
    });
    let review = (of(day()), text()).prop_map(|(next, line)| {
        let mut made = ReviewPlan::default();
        made.next = next;
        made.reporting_line = line;
        made
    });
    (
        vec(some_text(), 0..3),
        vec(some_text(), 0..3),
        vec(stakeholder, 0..3),
        of(review),
    )
        .boxed()
}

/// Which version a map is.
pub fn document() -> BoxedStrategy<DocumentControl> {
    let approval = (some_text(), text(), of(day()), text()).prop_map(|(by, role, on, version)| {
        let mut made = Approval::new(by);
        made.role = role;
        made.on = on;
        made.version = version;
        made
    });
    (text(), text(), text(), vec(approval, 0..3))
        .prop_map(|(version, status, marking, approvals)| {
            let mut made = DocumentControl::default();
            made.version = version;
            made.status = status;
            made.marking = marking;
            made.approvals = approvals;
            made
        })
        .boxed()
}
