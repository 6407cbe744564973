//! The traceability matrix: which rows lead to which columns, by how many chains, and how well these are backed.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::graph::{Backing, BenefitGraph, ChainCount, NodeIx, SignedReach, Signs, Way};
use crate::map::{Effect, NodeKind};

/// What the rows or the columns of a matrix are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// The nodes of a kind, each by itself.
    Kind(NodeKind),
    /// Owners, each with all nodes that are theirs; last the nodes that nobody owns.
    Owner,
    /// Partners, each with all nodes that they share in; last the nodes in which none does.
    Partner,
}

/// A text that names no [`Axis`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is neither a kind of node ({}), nor `owner`, nor `partner`", NodeKind::WORDS.join(", "))]
pub struct UnknownAxis {
    /// The refused text.
    pub text: String,
}

impl FromStr for Axis {
    type Err = UnknownAxis;
    fn from_str(text: &str) -> Result<Self, UnknownAxis> {
        match text {
            "owner" => Ok(Self::Owner),
            "partner" => Ok(Self::Partner),
            _ => text
                .parse()
                .map(Self::Kind)
                .map_err(|_| UnknownAxis { text: text.to_owned() }),
        }
    }
}

impl Axis {
    /// What its groups are together: `Investments`, `Owners`.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.heading(),
            Self::Owner => "Owners",
            Self::Partner => "Partners",
        }
    }
}

/// A row or a column: the nodes that stand together in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'m> {
    /// The id of the node, owner or partner; empty for the nodes that have none.
    pub id: &'m str,
    /// Its title or name; the id where it has none.
    pub title: &'m str,
    /// Its nodes, in the map's order; one for a kind.
    pub nodes: Vec<NodeIx>,
    /// Whether every one of its nodes, and there is one, is a disbenefit: to hinder it is good.
    pub disbenefit: bool,
}

/// How a row leads to a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The place of the column.
    pub column: usize,
    /// How many chains of at least one link there are.
    pub chains: ChainCount,
    /// Whether these chains help or hinder their ends: of each the product of its links.
    pub signs: Signs,
    /// Whether all that they do is harm: they hinder, or help what is a disbenefit.
    pub only_harm: bool,
    /// How well the best chain is backed: no better than its weakest link.
    pub backing: Backing,
    /// How many links the best chain has, the shortest of those equally well backed.
    pub length: usize,
}

impl Connection {
    /// Whether every link of the best chain has evidence that is more than an assumption.
    pub fn is_evidenced(&self) -> bool {
        self.backing.is_evidence()
    }

    /// How many chains there are, how long the best is, and whether they hinder, in words: `2 chains, 3 links`,
    /// `2 chains, 3 links, all hinder`.
    pub fn told(&self) -> String {
        let one = self.chains.digits() == "1";
        let chains = if one { "chain" } else { "chains" };
        let links = if self.length == 1 { "link" } else { "links" };
        let hinder = match self.signs {
            Signs::Helps => "",
            Signs::Hinders if one => ", hinders",
            Signs::Hinders => ", all hinder",
            Signs::Both => ", some hinder",
        };
        format!("{} {chains}, {} {links}{hinder}", self.chains.told(), self.length)
    }
}

/// Rows, columns, and how they are connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix<'m> {
    /// What the rows are.
    pub rows_are: Axis,
    /// What the columns are.
    pub columns_are: Axis,
    /// The rows, by id.
    pub rows: Vec<Group<'m>>,
    /// The columns, by id.
    pub columns: Vec<Group<'m>>,
    /// For every row its connections, in the order of the columns; columns that it does not lead to are left out.
    pub connections: Vec<Vec<Connection>>,
}

impl Matrix<'_> {
    /// How a row leads to a column; `None` where it does not.
    pub fn at(&self, row: usize, column: usize) -> Option<&Connection> {
        let all = self.connections.get(row)?;
        let at = all.binary_search_by_key(&column, |connection| connection.column).ok()?;
        all.get(at)
    }

    /// The places of rows that lead to no column.
    pub fn loose_rows(&self) -> impl Iterator<Item = usize> {
        let all = self.connections.iter().enumerate();
        all.filter(|(_, all)| all.is_empty()).map(|(at, _)| at)
    }

    /// The places of columns that no row leads to.
    pub fn loose_columns(&self) -> Vec<usize> {
        let mut met = vec![false; self.columns.len()];
        for connection in self.connections.iter().flatten() {
            met[connection.column] = true;
        }
        (0..met.len()).filter(|at| !met[*at]).collect()
    }
}

/// The matrix of a map.
///
/// A group of several nodes leads to another by every chain from any of its nodes to any of the other's; a chain that
/// begins at a later node of a longer one is one of its own, and a node is no chain to itself. Feedback is left out.
/// Takes rows times the links that they lead to.
pub fn matrix<'m>(graph: &BenefitGraph<'m>, rows: Axis, columns: Axis) -> Matrix<'m> {
    let counter = graph.chain_counter();
    let (row_groups, column_groups) = (groups(graph, rows), groups(graph, columns));
    let connections = row_groups
        .iter()
        .map(|row| {
            let counted = counter.from(row.nodes.iter().copied());
            let best = graph.best_chains(row.nodes.iter().copied(), Way::Downstream);
            let starts = row.nodes.iter().map(|ix| (*ix, Effect::Supports));
            let reach = graph.signed_reach(starts, Way::Downstream);
            let found = column_groups.iter().enumerate().filter_map(|(column, group)| {
                let mut chains = ChainCount::default();
                let mut top: Option<(Backing, usize)> = None;
                let (mut signs, mut only_harm) = (None, true);
                for ix in &group.nodes {
                    let count = counted.to(*ix);
                    if count.is_zero() {
                        continue;
                    }
                    chains.add(&count);
                    let (found, here) = if row.nodes.contains(ix) {
                        (from_others(graph, &best, *ix), signs_from_others(graph, &reach, *ix))
                    } else {
                        let found = best.backing(*ix).map(|backing| (backing, best.links(*ix).len()));
                        (found, reach.signs(*ix))
                    };
                    let harm = match graph.node(*ix).disbenefit {
                        true => Signs::Helps,
                        false => Signs::Hinders,
                    };
                    only_harm &= here == Some(harm);
                    signs = both(signs, here);
                    top = match (top, found) {
                        (Some(a), Some(b)) if (b.0, std::cmp::Reverse(b.1)) > (a.0, std::cmp::Reverse(a.1)) => Some(b),
                        (Some(a), _) => Some(a),
                        (None, b) => b,
                    };
                }
                let (backing, length) = top?;
                Some(Connection {
                    column,
                    chains,
                    signs: signs.unwrap_or(Signs::Helps),
                    only_harm,
                    backing,
                    length,
                })
            });
            found.collect()
        })
        .collect();
    Matrix {
        rows_are: rows,
        columns_are: columns,
        rows: row_groups,
        columns: column_groups,
        connections,
    }
}

/// The best chain of at least one link to a node that is itself a start: by its last link.
fn from_others(
    graph: &BenefitGraph<'_>,
    best: &crate::graph::BestChains<'_, '_>,
    ix: NodeIx,
) -> Option<(Backing, usize)> {
    graph
        .links_of(ix, Way::Upstream)
        .filter(|link| link.flows() && link.from != ix)
        .filter_map(|link| {
            let backing = best.backing(link.from)?.min(link.backing());
            Some((backing, best.links(link.from).len() + 1))
        })
        .max_by_key(|(backing, length)| (*backing, std::cmp::Reverse(*length)))
}

/// Whether chains of at least one link to a node that is itself a start help or hinder: by their last link.
fn signs_from_others(graph: &BenefitGraph<'_>, reach: &SignedReach, ix: NodeIx) -> Option<Signs> {
    let links = graph.links_of(ix, Way::Upstream);
    links
        .filter(|link| link.flows() && link.from != ix)
        .filter_map(|link| Some(reach.signs(link.from)?.then(link.link.effect)))
        .reduce(Signs::and)
}

fn both(one: Option<Signs>, other: Option<Signs>) -> Option<Signs> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.and(other)),
        (one, other) => one.or(other),
    }
}

/// How many rows and columns [`matrix`] would have.
pub fn size(graph: &BenefitGraph<'_>, rows: Axis, columns: Axis) -> (usize, usize) {
    (groups(graph, rows).len(), groups(graph, columns).len())
}

fn groups<'m>(graph: &BenefitGraph<'m>, axis: Axis) -> Vec<Group<'m>> {
    let map = graph.map();
    let named = |id: &'m str, title: &'m str| if title.trim().is_empty() { id } else { title };
    let mut groups: Vec<Group<'m>> = match axis {
        Axis::Kind(kind) => graph
            .of_kind(kind)
            .map(|ix| {
                let node = graph.node(ix);
                let id = node.id.as_str();
                Group {
                    id,
                    title: named(id, &node.title),
                    nodes: vec![ix],
                    disbenefit: false,
                }
            })
            .collect(),
        Axis::Owner => {
            let names: BTreeMap<&str, &str> = map
                .owners
                .iter()
                .rev()
                .map(|o| (o.id.as_str(), o.name.as_str()))
                .collect();
            let of = |ix| graph.node(ix).owner.iter().map(|id| id.as_str()).collect();
            gathered(graph, &names, "(no owner)", of)
        }
        Axis::Partner => {
            let names = map.partners.iter().rev().map(|p| (p.id.as_str(), p.name.as_str()));
            let names: BTreeMap<&str, &str> = names.collect();
            let of = |ix| graph.node(ix).partners.iter().map(|id| id.as_str()).collect();
            gathered(graph, &names, "(no partner)", of)
        }
    };
    for group in &mut groups {
        let mut nodes = group.nodes.iter();
        group.disbenefit = !group.nodes.is_empty() && nodes.all(|ix| graph.node(*ix).disbenefit);
    }
    groups.sort_by(|a, b| (a.id.is_empty(), a.id).cmp(&(b.id.is_empty(), b.id)));
    groups
}

fn gathered<'m>(
    graph: &BenefitGraph<'m>,
    names: &BTreeMap<&'m str, &'m str>,
    nobody: &'static str,
    of: impl Fn(NodeIx) -> Vec<&'m str>,
) -> Vec<Group<'m>> {
    let mut all: BTreeMap<&'m str, Vec<NodeIx>> = names.keys().map(|id| (*id, Vec::new())).collect();
    for ix in graph.nodes() {
        let mut ids = of(ix);
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            ids.push("");
        }
        for id in ids {
            all.entry(id).or_default().push(ix);
        }
    }
    all.into_iter()
        .map(|(id, nodes)| {
            let name = names.get(id).copied().filter(|name| !name.trim().is_empty());
            Group {
                id,
                title: name.unwrap_or(if id.is_empty() { nobody } else { id }),
                nodes,
                disbenefit: false,
            }
        })
        .collect()
}
