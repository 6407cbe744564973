//! The proper layering: items and dummy nodes in layers, joined only between neighbouring layers.
//!
//! Every forward connection becomes a chain with a dummy node in each layer that it passes. The graph holds no order;
//! vertices are numbered items first, then dummies in the order of their connections.

use super::adjacency::Adjacency;
use super::input::Connection;
use super::ranking::{EdgeClass, Ranking};

/// A graph in layers; see the module.
#[derive(Debug, Clone)]
pub(super) struct LayeredGraph {
    /// The vertices of every layer, in the order of their numbers.
    pub layers: Vec<Vec<u32>>,
    /// The layer of every vertex.
    pub layer_of: Vec<u32>,
    /// How many vertices are items; the others are dummies.
    pub real: usize,
    /// Neighbours in the layer to the left.
    pub left: Adjacency<u32>,
    /// Neighbours in the layer to the right.
    pub right: Adjacency<u32>,
    /// The dummies of all connections, one connection after the other, each from left to right. Those of a trunk are
    /// dummies of several connections.
    pub way: Vec<u32>,
    /// Where those of every connection begin, and how many there are.
    pub chains: Vec<(u32, u32)>,
}

impl LayeredGraph {
    /// Cuts connections at every layer that they pass.
    pub fn new(connections: &[Connection], ranking: &Ranking) -> Self {
        let mut layer_of: Vec<u32> = ranking.layer_of.iter().map(|&c| c as u32).collect();
        let mut edges = vec![];
        let mut chains = Vec::with_capacity(connections.len());
        for (c, class) in connections.iter().zip(&ranking.class) {
            let first = layer_of.len() as u32;
            if *class == EdgeClass::Forward {
                let mut last = c.from as u32;
                for layer in ranking.layer_of[c.from] + 1..ranking.layer_of[c.to] {
                    let dummy = layer_of.len() as u32;
                    layer_of.push(layer as u32);
                    edges.push((last, dummy));
                    last = dummy;
                }
                edges.push((last, c.to as u32));
            }
            let items = ranking.layer_of.len() as u32;
            chains.push((first - items, layer_of.len() as u32 - first));
        }
        let mut layers = vec![vec![]; ranking.stage_of_layer.len()];
        for (v, &layer) in layer_of.iter().enumerate() {
            layers[layer as usize].push(v as u32);
        }
        let n = layer_of.len();
        Self {
            layers,
            real: ranking.layer_of.len(),
            left: Adjacency::new(n, edges.iter().map(|&(from, to)| (to, from))),
            right: Adjacency::new(n, edges.iter().copied()),
            way: (ranking.layer_of.len() as u32..n as u32).collect(),
            layer_of,
            chains,
        }
    }

    /// How many vertices there are.
    pub fn len(&self) -> usize {
        self.layer_of.len()
    }

    /// Whether `v` is a dummy node.
    #[inline]
    pub fn is_dummy(&self, v: u32) -> bool {
        v as usize >= self.real
    }

    /// The dummies of a connection, from left to right.
    pub fn dummies(&self, number: usize) -> &[u32] {
        let (first, count) = self.chains[number];
        &self.way[first as usize..(first + count) as usize]
    }

    /// All vertices that `connection` passes, its ends included.
    pub fn path(&self, number: usize, connection: &Connection) -> impl Iterator<Item = u32> {
        std::iter::once(connection.from as u32)
            .chain(self.dummies(number).iter().copied())
            .chain(std::iter::once(connection.to as u32))
    }

    /// The graph of some of the vertices, which must be whole components and rise: vertex `i` of it is `members[i]`.
    /// It has no chains, and layers only from the first to the last that are used. `index` is room for a number a
    /// vertex, of any content.
    pub fn part(&self, members: &[u32], index: &mut [u32]) -> Self {
        for (i, &v) in members.iter().enumerate() {
            index[v as usize] = i as u32;
        }
        let layer = |v: u32| self.layer_of[v as usize];
        let first = members.iter().map(|&v| layer(v)).min().unwrap_or(0);
        let last = members.iter().map(|&v| layer(v)).max().unwrap_or(0);
        let mut layers = vec![vec![]; (last - first) as usize + 1];
        let mut edges = vec![];
        for (i, &v) in members.iter().enumerate() {
            layers[(layer(v) - first) as usize].push(i as u32);
            edges.extend(self.right.of(v).iter().map(|&to| (i as u32, index[to as usize])));
        }
        Self {
            layers,
            real: members.iter().filter(|&&v| !self.is_dummy(v)).count(),
            left: Adjacency::new(members.len(), edges.iter().map(|&(from, to)| (to, from))),
            right: Adjacency::new(members.len(), edges.iter().copied()),
            layer_of: members.iter().map(|&v| layer(v) - first).collect(),
            way: vec![],
            chains: vec![],
        }
    }

    /// The connected component of every vertex, numbered by their first vertices, and how many there are.
    pub fn components(&self) -> (Vec<u32>, usize) {
        const NONE: u32 = u32::MAX;
        let mut component = vec![NONE; self.len()];
        let mut count = 0;
        let mut stack = vec![];
        for root in 0..self.len() as u32 {
            if component[root as usize] != NONE {
                continue;
            }
            component[root as usize] = count;
            stack.push(root);
            while let Some(v) = stack.pop() {
                for &to in self.left.of(v).iter().chain(self.right.of(v)) {
                    if component[to as usize] == NONE {
                        component[to as usize] = count;
                        stack.push(to);
                    }
                }
            }
            count += 1;
        }
        (component, count as usize)
    }
}
