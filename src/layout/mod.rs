//! From a graph to a picture: ranks, orders, places, routes, and text measured with real font metrics.
//!
//! In goes a [`BenefitGraph`], whatever is wrong with its map; out comes a [`Scene`]. The same map gives the same
//! scene, and so does the same map with its nodes and links in any other order. Absent: colours, which are a matter
//! of the theme, and the clock, for the day is passed in.

mod card;
mod compose;
pub mod engine;
mod furniture;
mod ladder;
mod lane;
mod legend;
mod order;
mod owners;
mod place;
mod rank;
mod route;
mod select;
pub mod text;
mod words;

use std::collections::BTreeMap;

use crate::graph::BenefitGraph;
use crate::map::{Day, KpiId, NodeId, NodeKind, OwnerId, PartnerId};
use crate::scene::Scene;

/// What is to be shown, and how, beyond the map itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayoutOptions {
    /// Nodes to look at: what leads to them and what they lead to stays as it is, the rest is set back. Ids that name
    /// no node are left alone; where none does, nothing is set back.
    pub focus: Vec<NodeId>,
    /// How many steps from the nodes that are looked at still belong to them; `None` for all the way.
    pub depth: Option<usize>,
    /// What becomes of the rest.
    pub rest: Rest,
    /// Only nodes of these owners; empty for all.
    pub owners: Vec<OwnerId>,
    /// Only nodes that one of these partners shares in; empty for all.
    pub partners: Vec<PartnerId>,
    /// Only nodes of these kinds; empty for all.
    pub kinds: Vec<NodeKind>,
    /// How owners are named.
    pub owner_label: OwnerLabel,
    /// How KPIs stand; those that are not in it show no sign.
    pub signals: BTreeMap<KpiId, Signal>,
    /// What the thickness and the dashes of links tell.
    pub link_detail: LinkDetail,
    /// The day that the picture speaks of, for the footer; left out where there is none.
    pub as_of: Option<Day>,
    /// Where the map comes from, such as a file name, for the footer; left out where it is empty.
    pub source: String,
}

/// What becomes of nodes that are not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rest {
    /// They are set back.
    #[default]
    Faded,
    /// They are left out, with their links.
    Hidden,
}

/// How owners are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OwnerLabel {
    /// By name, under the title.
    #[default]
    Name,
    /// By initials, which the legend spells out.
    Initials,
    /// Not at all.
    Hidden,
}

/// What the thickness and the dashes of links tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkDetail {
    /// Nothing more than what the link does: it helps, hinders or feeds back.
    #[default]
    Plain,
    /// A link that helps is as thick as its contribution, and dashed by its strongest evidence.
    Evidence,
}

/// How a KPI stands, each with a shape of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// It follows its path.
    OnTrack,
    /// It has fallen behind, but not far.
    AtRisk,
    /// It has fallen far behind.
    OffTrack,
    /// Its target is reached.
    Achieved,
    /// Its target day has passed, and the target is not reached.
    Missed,
    /// Nothing is expected of it yet.
    NotDue,
    /// Nothing has been measured.
    NoData,
}

impl Signal {
    /// Every signal, in its own order.
    pub const ALL: [Signal; 7] = [
        Signal::OnTrack,
        Signal::AtRisk,
        Signal::OffTrack,
        Signal::Achieved,
        Signal::Missed,
        Signal::NotDue,
        Signal::NoData,
    ];
}

/// The picture of a map.
///
/// Cards stand in the order of stage, then id; routes in the order of the ids of their ends, then of what they do.
/// No two cards overlap and no route runs through a card that is not its own. A map without nodes gives the five
/// headings over empty columns.
pub fn layout(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Scene {
    compose::compose(graph, options)
}
