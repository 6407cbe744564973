//! What the records of each list are found by.

use super::list::{Keyed, List};
use crate::map::{
    Activity, ActivityId, Allowance, Kpi, KpiId, Link, Node, NodeId, Owner, OwnerId, Partner, PartnerId, Plan, Risk,
    RiskId,
};

/// A plan.
#[derive(Debug, Clone)]
pub(super) struct Activities {
    pub owner: OwnerId,
    pub list: List<Activity>,
}

macro_rules! found_by_id {
    ($($record:ty: $id:ty),* $(,)?) => {$(
        impl Keyed for $record {
            type Key = $id;

            fn key(&self) -> $id {
                self.id.clone()
            }

            fn has_key(&self, key: &$id) -> bool {
                self.id == *key
            }
        }
    )*};
}

found_by_id!(Node: NodeId, Owner: OwnerId, Kpi: KpiId, Risk: RiskId, Partner: PartnerId, Activity: ActivityId);

impl Keyed for Link {
    type Key = (NodeId, NodeId);

    fn key(&self) -> Self::Key {
        (self.from.clone(), self.to.clone())
    }

    fn has_key(&self, key: &Self::Key) -> bool {
        self.from == key.0 && self.to == key.1
    }
}

impl Keyed for Activities {
    type Key = OwnerId;

    fn key(&self) -> OwnerId {
        self.owner.clone()
    }

    fn has_key(&self, key: &OwnerId) -> bool {
        self.owner == *key
    }
}

impl Keyed for Allowance {
    type Key = (String, String);

    fn key(&self) -> Self::Key {
        (self.rule.clone(), self.subject.clone())
    }

    fn has_key(&self, key: &Self::Key) -> bool {
        self.rule == key.0 && self.subject == key.1
    }
}

impl Activities {
    pub fn new(plan: Plan) -> Self {
        Self {
            owner: plan.owner,
            list: List::new(plan.activities),
        }
    }

    pub fn plan(&self) -> Plan {
        Plan {
            owner: self.owner.clone(),
            activities: self.list.iter().cloned().collect(),
        }
    }

    pub fn into_plan(self) -> Plan {
        Plan {
            owner: self.owner,
            activities: self.list.into_records(),
        }
    }
}
