//! Whether chains help or harm: reach that knows the product of the effects along a chain.
//!
//! A chain supports its end where it has an even number of links that hinder, and hinders it where that number is odd. To
//! know for every node which of the two there is, the graph is walked twice over: every node stands in it once for each
//! effect, and a link that hinders leads from one half to the other (the signed double cover: T. Zaslavsky, "Signed
//! graphs", Discrete Applied Mathematics 4 (1982)). That takes time in proportion to nodes and links.
//!
//! Without loops this agrees with looking at every chain. Within a loop whose links hinder an odd number of times what
//! goes in comes out both ways, and both are reported. To ask for chains that pass no node twice is NP-complete
//! (A. LaPaugh, C. Papadimitriou, "The even-path problem for graphs and digraphs", Networks 14 (1984)).

use super::{BenefitGraph, GraphLink, NodeIx, NodeSet, Way};
use crate::map::{Effect, NodeKind, words};

words! {
    /// What the chains between some nodes do together.
    Signs {
        /// Every one of them helps.
        Helps = "helps",
        /// Every one of them hinders.
        Hinders = "hinders",
        /// Some help and some hinder.
        Both = "both",
    }
}

impl Signs {
    /// The sign of chains of that one effect.
    pub fn of(effect: Effect) -> Self {
        match effect {
            Effect::Supports => Self::Helps,
            Effect::Hinders => Self::Hinders,
        }
    }

    /// The sign of these chains and some others.
    pub fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Both }
    }

    /// The sign of these chains, each lengthened by a link of that effect.
    pub fn then(self, effect: Effect) -> Self {
        match (self, effect) {
            (Self::Helps, Effect::Hinders) => Self::Hinders,
            (Self::Hinders, Effect::Hinders) => Self::Helps,
            (sign, _) => sign,
        }
    }
}

/// For every node, whether chains between it and some nodes help or hinder: see [`BenefitGraph::signed_reach`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedReach {
    /// Nodes with a chain that supports.
    pub supporting: NodeSet,
    /// Nodes with a chain that hinders.
    pub hindering: NodeSet,
}

impl SignedReach {
    /// What the chains between the node and the starts do; `None` where there is none.
    pub fn signs(&self, ix: NodeIx) -> Option<Signs> {
        match (self.supporting.contains(ix), self.hindering.contains(ix)) {
            (true, true) => Some(Signs::Both),
            (true, false) => Some(Signs::Helps),
            (false, true) => Some(Signs::Hinders),
            (false, false) => None,
        }
    }
}

/// Which nodes do good, and which end outcomes are done good: see [`BenefitGraph::sight`].
///
/// A chain does good that supports an end outcome which is a benefit, or hinders one that is a disbenefit. It does harm
/// the other way round. What a disbenefit on the way leads to is told by its links, so only the end of a chain counts.
#[derive(Debug, Clone)]
pub struct Sight {
    /// Supporting is what does good, hindering what does harm.
    done: SignedReach,
    /// The chains from investments.
    paid: SignedReach,
    /// The chains from any node at all.
    any: SignedReach,
    /// End outcomes that are disbenefits.
    disbenefits: NodeSet,
    ends: NodeSet,
}

impl Sight {
    /// Whether a chain from the node to some end outcome does good. A benefit does good by itself.
    pub fn does_good(&self, ix: NodeIx) -> bool {
        self.done.supporting.contains(ix)
    }

    /// Whether a chain from the node to some end outcome does harm. A disbenefit does harm by itself.
    pub fn does_harm(&self, ix: NodeIx) -> bool {
        self.done.hindering.contains(ix)
    }

    /// Whether chains from the node lead to end outcomes and every one of them does harm.
    pub fn only_harms(&self, ix: NodeIx) -> bool {
        self.does_harm(ix) && !self.does_good(ix)
    }

    /// Whether the map aims at the node: an end outcome that is a benefit, or a disbenefit that something on the map
    /// works against. A disbenefit that is only suffered needs nobody's money.
    pub fn is_aim(&self, ix: NodeIx) -> bool {
        self.ends.contains(ix) && (!self.disbenefits.contains(ix) || self.any.hindering.contains(ix))
    }

    /// Whether a chain from an investment does the end outcome good: supports a benefit, or hinders a disbenefit. An
    /// investment never does itself good; of a node that is no end outcome the answer is no.
    pub fn is_served(&self, ix: NodeIx) -> bool {
        let reach = if self.disbenefits.contains(ix) {
            &self.paid.hindering
        } else {
            &self.paid.supporting
        };
        self.ends.contains(ix) && reach.contains(ix)
    }

    /// Whether chains from investments lead to the end outcome and every one of them does it harm.
    pub fn is_only_harmed(&self, ix: NodeIx) -> bool {
        self.ends.contains(ix) && self.paid.signs(ix).is_some() && !self.is_served(ix)
    }
}

impl BenefitGraph<'_> {
    /// For every node, whether a chain between it and any of `starts` supports or hinders. Each start comes with the
    /// effect that it begins with, and is a chain of that effect to itself. Feedback is left out.
    ///
    /// ```
    /// use benefit_map::graph::{BenefitGraph, Signs, Way};
    /// use benefit_map::map::Effect;
    ///
    /// // A charge hinders traffic, and traffic hinders clean air.
    /// let map: benefit_map::map::BenefitMap = serde_json::from_str(r#"{"format": 1,
    ///   "nodes": [{"id": "charge", "kind": "business-change"}, {"id": "traffic", "kind": "intermediate-outcome"},
    ///             {"id": "air", "kind": "end-outcome"}],
    ///   "links": [{"from": "charge", "to": "traffic", "effect": "hinders"}, {"from": "traffic", "to": "air", "effect": "hinders"}]
    /// }"#).unwrap();
    /// let graph = BenefitGraph::new(&map);
    /// let [charge, traffic, air] = ["charge", "traffic", "air"].map(|id| graph.find(id).unwrap());
    /// let reach = graph.signed_reach([(charge, Effect::Supports)], Way::Downstream);
    /// assert_eq!(reach.signs(traffic), Some(Signs::Hinders));
    /// assert_eq!(reach.signs(air), Some(Signs::Helps));
    /// ```
    pub fn signed_reach(&self, starts: impl IntoIterator<Item = (NodeIx, Effect)>, way: Way) -> SignedReach {
        let mut reach = SignedReach {
            supporting: NodeSet::with_capacity(self.len()),
            hindering: NodeSet::with_capacity(self.len()),
        };
        let mut open = Vec::new();
        let mut meet = |ix: NodeIx, effect: Effect, open: &mut Vec<(NodeIx, Effect)>| {
            let half = match effect {
                Effect::Supports => &mut reach.supporting,
                Effect::Hinders => &mut reach.hindering,
            };
            if half.insert(ix) {
                open.push((ix, effect));
            }
        };
        for (ix, effect) in starts {
            meet(ix, effect, &mut open);
        }
        while let Some((ix, effect)) = open.pop() {
            // A link from a node to itself claims nothing.
            let on = self.entries(ix, way).iter();
            for entry in on.filter(|entry| entry.flows && entry.node != ix) {
                let link = self.links[entry.link as usize].link;
                meet(entry.node, effect.then(link.effect), &mut open);
            }
        }
        reach
    }

    /// Whether the node is a disbenefit: the map says so, or it is an unintended effect that works against what it leads to.
    /// To support a disbenefit is to work against, and to hinder one is not.
    pub fn is_disbenefit(&self, ix: NodeIx) -> bool {
        let node = self.node(ix);
        let works_against = |link: &GraphLink<'_>| {
            link.flows() && (link.link.effect == Effect::Hinders) != self.node(link.to).disbenefit
        };
        node.disbenefit || (node.unintended && self.links_of(ix, Way::Downstream).any(works_against))
    }

    /// Which nodes do good and which end outcomes are done good, for all nodes at once.
    pub fn sight(&self) -> Sight {
        let ends = || self.of_kind(NodeKind::EndOutcome);
        let good = |ix: NodeIx| match self.node(ix).disbenefit {
            true => Effect::Hinders,
            false => Effect::Supports,
        };
        let supporting = |ix: NodeIx| (ix, Effect::Supports);
        Sight {
            done: self.signed_reach(ends().map(|ix| (ix, good(ix))), Way::Upstream),
            paid: self.signed_reach(self.of_kind(NodeKind::Investment).map(supporting), Way::Downstream),
            any: self.signed_reach(self.nodes().map(supporting), Way::Downstream),
            disbenefits: ends().filter(|ix| self.node(*ix).disbenefit).collect(),
            ends: ends().collect(),
        }
    }
}
