//! The matrix, the chains between two nodes, and the story of one.

use serde::Serialize;

use crate::audit::{Chain, ChainList, Connection, Group, Matrix, Step, Story, StoryEnd, StoryStep};
use crate::escape::json::document;
use crate::graph::Signs;
use crate::map::{KpiId, Link, Node, NodeId, Number, Owner, OwnerId};

impl Matrix<'_> {
    /// The matrix as JSON: `rows` and `columns`, each with its `id`, `title`, number of `nodes` and whether it is a
    /// `disbenefit`; and `connections`, an object for each row that leads to a column, with the ids of both in `from` and
    /// `to`. Of a connection `chains` is a text of digits, for it may be larger than a number of JSON; `at_least` says that
    /// loops make it a lower bound.
    pub fn to_json(&self) -> String {
        let connections = self.rows.iter().zip(&self.connections);
        let connections = connections.flat_map(|(row, all)| {
            all.iter()
                .map(|connection| ConnectionJson::new(row, &self.columns[connection.column], connection))
        });
        document(&MatrixJson {
            rows: self.rows.iter().map(GroupJson::new).collect(),
            columns: self.columns.iter().map(GroupJson::new).collect(),
            connections: connections.collect(),
        })
    }
}

#[derive(Serialize)]
struct MatrixJson<'a> {
    rows: Vec<GroupJson<'a>>,
    columns: Vec<GroupJson<'a>>,
    connections: Vec<ConnectionJson<'a>>,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    id: &'a str,
    title: &'a str,
    nodes: usize,
    disbenefit: bool,
}

impl<'a> GroupJson<'a> {
    fn new(group: &Group<'a>) -> Self {
        Self {
            id: group.id,
            title: group.title,
            nodes: group.nodes.len(),
            disbenefit: group.disbenefit,
        }
    }
}

#[derive(Serialize)]
struct ConnectionJson<'a> {
    from: &'a str,
    to: &'a str,
    chains: String,
    at_least: bool,
    effect: Signs,
    only_harm: bool,
    best_chain: &'static str,
    links: usize,
    evidence_on_every_link: bool,
}

impl<'a> ConnectionJson<'a> {
    fn new(row: &Group<'a>, column: &Group<'a>, connection: &Connection) -> Self {
        Self {
            from: row.id,
            to: column.id,
            chains: connection.chains.digits(),
            at_least: connection.chains.is_lower_bound(),
            effect: connection.signs,
            only_harm: connection.only_harm,
            best_chain: connection.backing.label(),
            links: connection.length,
            evidence_on_every_link: connection.is_evidenced(),
        }
    }
}

impl ChainList<'_> {
    /// The chains as JSON: their `count` as a text of digits, whether that is `at_least`, whether the list is `cut`, and
    /// `chains`, the best backed first. A chain has its `start` and its `steps`, each with the whole `link` as in the map.
    pub fn to_json(&self) -> String {
        document(&ChainsJson {
            count: self.count.digits(),
            at_least: self.count.is_lower_bound(),
            cut: self.cut,
            chains: self.chains.iter().map(ChainJson::new).collect(),
        })
    }
}

#[derive(Serialize)]
struct ChainsJson<'a> {
    count: String,
    at_least: bool,
    cut: bool,
    chains: Vec<ChainJson<'a>>,
}

#[derive(Serialize)]
struct ChainJson<'a> {
    backing: &'static str,
    effect: Signs,
    start: &'a NodeId,
    steps: Vec<StepJson<'a>>,
}

impl<'a> ChainJson<'a> {
    fn new(chain: &Chain<'a>) -> Self {
        Self {
            backing: chain.backing.label(),
            effect: Signs::of(chain.effect),
            start: &chain.start.id,
            steps: chain.steps.iter().map(StepJson::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct StepJson<'a> {
    link: &'a Link,
    backing: &'static str,
    node: &'a NodeId,
    title: &'a str,
    owner: Option<&'a OwnerId>,
    kpis: Vec<&'a KpiId>,
}

impl<'a> StepJson<'a> {
    fn new(step: &Step<'a>) -> Self {
        Self {
            link: step.link,
            backing: step.backing.label(),
            node: &step.node.id,
            title: &step.node.title,
            owner: step.owner.map(|owner| &owner.id),
            kpis: step.kpis.iter().map(|kpi| &kpi.id).collect(),
        }
    }
}

impl Story<'_> {
    /// The story as JSON: the `node` and its `owner` as in the map, the ids of its `kpis`; `leads_to` and `rests_on`, the
    /// links from it and to it; `end_outcomes` and `investments` at the far ends of its chains; the ids of all nodes
    /// `downstream` and `upstream`; and the `cost` of all that it rests on, in the map's currency.
    pub fn to_json(&self) -> String {
        document(&StoryJson {
            node: self.node,
            owner: self.owner,
            kpis: self.kpis.iter().map(|kpi| &kpi.id).collect(),
            leads_to: self.onward.iter().map(StoryStepJson::new).collect(),
            end_outcomes: self.end_outcomes.iter().map(StoryEndJson::new).collect(),
            downstream: self.downstream.iter().map(|node| &node.id).collect(),
            rests_on: self.resting_on.iter().map(StoryStepJson::new).collect(),
            investments: self.investments.iter().map(StoryEndJson::new).collect(),
            upstream: self.upstream.iter().map(|node| &node.id).collect(),
            cost: self.cost,
        })
    }
}

#[derive(Serialize)]
struct StoryJson<'a> {
    node: &'a Node,
    owner: Option<&'a Owner>,
    kpis: Vec<&'a KpiId>,
    leads_to: Vec<StoryStepJson<'a>>,
    end_outcomes: Vec<StoryEndJson<'a>>,
    downstream: Vec<&'a NodeId>,
    rests_on: Vec<StoryStepJson<'a>>,
    investments: Vec<StoryEndJson<'a>>,
    upstream: Vec<&'a NodeId>,
    cost: Option<Number>,
}

#[derive(Serialize)]
struct StoryStepJson<'a> {
    node: &'a NodeId,
    title: &'a str,
    backing: &'static str,
    link: &'a Link,
}

impl<'a> StoryStepJson<'a> {
    fn new(step: &StoryStep<'a>) -> Self {
        Self {
            node: &step.node.id,
            title: &step.node.title,
            backing: step.backing.label(),
            link: step.link,
        }
    }
}

#[derive(Serialize)]
struct StoryEndJson<'a> {
    node: &'a NodeId,
    title: &'a str,
    effect: Signs,
    best_chain: &'static str,
    links: usize,
}

impl<'a> StoryEndJson<'a> {
    fn new(end: &StoryEnd<'a>) -> Self {
        Self {
            node: &end.node.id,
            title: &end.node.title,
            effect: end.signs,
            best_chain: end.backing.label(),
            links: end.links,
        }
    }
}
