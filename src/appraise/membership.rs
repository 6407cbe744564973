//! Which costs and values belong to which option.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::fault::Error;
use crate::graph::{BenefitGraph, NodeIx, Way};
use crate::map::{Appraisal, AppraisalOption, NodeId, OptionId, OptionKind, proposed};

/// An option with what belongs to it.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) kind: OptionKind,
    own: Option<OptionId>,
    /// The nodes of it: those that it names, and the outcomes that they lead to.
    nodes: HashSet<NodeId>,
    /// What amounts of a node or a KPI are multiplied by.
    factors: HashMap<String, Decimal>,
}

impl Choice {
    /// The options of an appraisal in their order; without any, the whole map as the preferred one.
    pub(super) fn all(graph: &BenefitGraph<'_>, appraisal: &Appraisal) -> Vec<Self> {
        if appraisal.options.is_empty() {
            return vec![Self {
                id: OptionKind::Preferred.as_str().to_owned(),
                title: graph.map().title.clone(),
                kind: OptionKind::Preferred,
                own: None,
                nodes: every(graph),
                factors: HashMap::new(),
            }];
        }
        let choice = |option: &AppraisalOption| {
            let kind = option.kind_or_other();
            let nodes = match (option.nodes.is_empty(), kind) {
                (true, OptionKind::Preferred) => every(graph),
                _ => reached(graph, &option.nodes),
            };
            let mut factors = HashMap::new();
            for difference in &option.differences {
                let factor = factors.entry(difference.of.clone()).or_insert(Decimal::ONE);
                *factor = factor.checked_mul(difference.factor.decimal()).unwrap_or_default();
            }
            Self {
                id: option.id.to_string(),
                title: match option.title.trim() {
                    "" => kind.label().to_owned(),
                    title => title.to_owned(),
                },
                kind,
                own: Some(option.id.clone()),
                nodes,
                factors,
            }
        };
        appraisal.options.iter().map(choice).collect()
    }

    /// The option of that id, or the one that is [`proposed`].
    ///
    /// # Errors
    /// [`Error::UnknownOption`].
    pub(super) fn named(all: Vec<Self>, id: Option<&str>) -> Result<Self, Error> {
        let at = match id {
            Some(id) => all
                .iter()
                .position(|choice| choice.id == id)
                .ok_or_else(|| Error::unknown_option(id, all.iter().map(|choice| &choice.id)))?,
            None => proposed(all.iter().map(|choice| choice.kind)),
        };
        all.into_iter().nth(at).ok_or(Error::NoAppraisal)
    }

    /// Whether a node belongs to it.
    pub(super) fn has(&self, node: &NodeId) -> bool {
        self.nodes.contains(node)
    }

    /// What a cost of a node counts for in it: 0 where it does not belong to it.
    pub(super) fn of_cost(&self, node: &NodeId, option: Option<&OptionId>) -> Decimal {
        let belongs = match option {
            Some(option) => self.own.as_ref() == Some(option),
            None => self.has(node),
        };
        match belongs {
            true => self.factor(node.as_str()),
            false => Decimal::ZERO,
        }
    }

    /// The same of the value of a KPI of a node.
    pub(super) fn of_value(&self, node: &NodeId, kpi: &str) -> Decimal {
        match self.has(node) {
            true => self.factor(kpi),
            false => Decimal::ZERO,
        }
    }

    fn factor(&self, id: &str) -> Decimal {
        self.factors.get(id).copied().unwrap_or(Decimal::ONE)
    }
}

/// The named nodes, and the outcomes that they lead to: what belongs to options that name them.
pub fn nodes_of<'i>(graph: &BenefitGraph<'_>, named: impl Iterator<Item = &'i NodeId>) -> HashSet<NodeId> {
    let named: Vec<NodeId> = named.cloned().collect();
    reached(graph, &named)
}

fn every(graph: &BenefitGraph<'_>) -> HashSet<NodeId> {
    graph.nodes().map(|ix| graph.id(ix).clone()).collect()
}

/// The named nodes, and the outcomes that chains through named nodes and outcomes lead to.
fn reached(graph: &BenefitGraph<'_>, named: &[NodeId]) -> HashSet<NodeId> {
    let mut waiting: Vec<NodeIx> = named.iter().filter_map(|id| graph.find(id.as_str())).collect();
    let mut nodes: HashSet<NodeId> = waiting.iter().map(|ix| graph.id(*ix).clone()).collect();
    while let Some(ix) = waiting.pop() {
        for next in graph.neighbours(ix, Way::Downstream) {
            if graph.kind(next).is_outcome() && nodes.insert(graph.id(next).clone()) {
                waiting.push(next);
            }
        }
    }
    nodes
}
