//! The order in which people want to see the nodes of each stage.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{NodeId, NodeKind};

/// How people have arranged the picture of the map. It does not change what the map means.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Arrangement {
    /// The nodes of each stage from the top. A stage that is not listed, and a node that is not, goes where it crosses
    /// least.
    #[serde(default)]
    pub order: StageOrder,
}

/// For each stage the ids of its nodes, from the top.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StageOrder {
    /// Of the investments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub investment: Vec<NodeId>,
    /// Of the enablers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enabler: Vec<NodeId>,
    /// Of the business changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub business_change: Vec<NodeId>,
    /// Of the intermediate outcomes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intermediate_outcome: Vec<NodeId>,
    /// Of the end outcomes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub end_outcome: Vec<NodeId>,
}

impl StageOrder {
    /// The order of one stage; empty where people have not ordered it.
    pub fn of(&self, kind: NodeKind) -> &[NodeId] {
        match kind {
            NodeKind::Investment => &self.investment,
            NodeKind::Enabler => &self.enabler,
            NodeKind::BusinessChange => &self.business_change,
            NodeKind::IntermediateOutcome => &self.intermediate_outcome,
            NodeKind::EndOutcome => &self.end_outcome,
        }
    }

    /// The order of one stage, to be changed.
    pub fn of_mut(&mut self, kind: NodeKind) -> &mut Vec<NodeId> {
        match kind {
            NodeKind::Investment => &mut self.investment,
            NodeKind::Enabler => &mut self.enabler,
            NodeKind::BusinessChange => &mut self.business_change,
            NodeKind::IntermediateOutcome => &mut self.intermediate_outcome,
            NodeKind::EndOutcome => &mut self.end_outcome,
        }
    }

    /// Every id with its stage, the stages in their order and the ids from the top.
    pub fn iter(&self) -> impl Iterator<Item = (NodeKind, &NodeId)> {
        NodeKind::ALL
            .iter()
            .flat_map(|kind| self.of(*kind).iter().map(|id| (*kind, id)))
    }

    /// Whether no stage is ordered.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}
