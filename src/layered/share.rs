//! Shared lines: links with a common end run as one through the columns that they pass.
//!
//! In: a layered graph in which every link has dummies of its own. Out: the same with trunks in their place, each of which is
//! the dummy of several links. The first dummies of a link may belong to the trunk of its source and the rest to the
//! trunk of its target, so that what is shared always has a common end: from a box, trunks lead to what it links to and
//! to nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::adjacency::Adjacency;
use super::cover::{self, Cover};
use super::graph::LayeredGraph;
use super::input::Connection;
use super::ranking::{EdgeClass, Ranking};

/// Past so many dummies every link shares with its source: the least choice takes too long, and is not seen.
const MOST_CHOSEN: usize = 2_000;

/// Which links share the columns that they pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Those of one source, all the way.
    Source,
    /// Those of one target, all the way.
    Target,
    /// Each a first part with its source and the rest with its target, so that there are as few trunks as can be.
    Fewest,
}

/// The ways that are worth trying on a graph.
pub(super) fn ways(graph: &LayeredGraph) -> &'static [By] {
    match graph.len() - graph.real {
        0 => &[By::Source],
        dummies if dummies > MOST_CHOSEN => &[By::Source],
        _ => &[By::Source, By::Target, By::Fewest],
    }
}

/// The graph with trunks. Links for which `apart` holds keep dummies of their own.
pub(super) fn share(
    graph: &LayeredGraph,
    connections: &[Connection],
    ranking: &Ranking,
    apart: &[bool],
    by: By,
) -> LayeredGraph {
    let with_source = with_source(graph, connections, ranking, apart, by);
    let mut layer_of: Vec<u32> = graph.layer_of[..graph.real].to_vec();
    let mut number: BTreeMap<(End, u32, u32), u32> = BTreeMap::new();
    let (mut way, mut chains) = (vec![], vec![]);
    let mut edges = BTreeSet::new();
    for (k, c) in connections.iter().enumerate() {
        let first = way.len() as u32;
        for (step, &dummy) in graph.dummies(k).iter().enumerate() {
            let layer = graph.layer_of[dummy as usize];
            let owner = if apart[k] {
                (End::Alone, k as u32, layer)
            } else if step < with_source[k] {
                (End::Source, c.from as u32, layer)
            } else {
                (End::Target, c.to as u32, layer)
            };
            way.push(*number.entry(owner).or_insert_with(|| {
                layer_of.push(layer);
                layer_of.len() as u32 - 1
            }));
        }
        chains.push((first, way.len() as u32 - first));
        if ranking.class[k] == EdgeClass::Forward {
            let mut last = c.from as u32;
            for &v in way[first as usize..].iter().chain([&(c.to as u32)]) {
                edges.insert((last, v));
                last = v;
            }
        }
    }
    let mut layers = vec![vec![]; graph.layers.len()];
    for (v, &layer) in layer_of.iter().enumerate() {
        layers[layer as usize].push(v as u32);
    }
    let n = layer_of.len();
    LayeredGraph {
        layers,
        real: graph.real,
        left: Adjacency::new(n, edges.iter().map(|&(from, to)| (to, from))),
        right: Adjacency::new(n, edges.iter().copied()),
        layer_of,
        way,
        chains,
    }
}

/// Whose a trunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Source,
    Target,
    Alone,
}

/// How many of the first dummies of every link belong to its source.
fn with_source(
    graph: &LayeredGraph,
    connections: &[Connection],
    ranking: &Ranking,
    apart: &[bool],
    by: By,
) -> Vec<usize> {
    let all = |k: usize| graph.dummies(k).len();
    match by {
        By::Source => (0..connections.len()).map(all).collect(),
        By::Target => vec![0; connections.len()],
        By::Fewest => {
            let mut cover = Cover::default();
            for (k, c) in connections.iter().enumerate() {
                if ranking.class[k] != EdgeClass::Forward || apart[k] {
                    continue;
                }
                let layers = graph.dummies(k).iter().map(|&v| graph.layer_of[v as usize]);
                cover.add(c.from as u32, c.to as u32, layers);
            }
            let chosen = cover::least(&cover);
            (0..connections.len())
                .map(|k| {
                    let from = connections[k].from as u32;
                    let layers = graph.dummies(k).iter().map(|&v| graph.layer_of[v as usize]);
                    layers.take_while(|&layer| chosen.contains(&(from, layer))).count()
                })
                .collect()
        }
    }
}
