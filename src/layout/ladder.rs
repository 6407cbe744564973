//! The ladder: items and dummy nodes in columns, joined only between neighbouring columns.
//!
//! Every connection that runs through the map becomes a chain with a dummy node in each column that it passes. The
//! ladder holds no order; vertices are numbered items first, then dummies in the order of their connections.

use super::engine::{Connection, Item};
use super::rank::{Course, Ranking};

/// Lists of neighbours, one after another.
#[derive(Debug, Clone, Default)]
pub(super) struct Adjacency {
    start: Vec<u32>,
    ends: Vec<u32>,
}

impl Adjacency {
    fn new(n: usize, edges: &[(u32, u32)], of: impl Fn(&(u32, u32)) -> (u32, u32)) -> Self {
        let mut start = vec![0u32; n + 1];
        for edge in edges {
            start[of(edge).0 as usize + 1] += 1;
        }
        for v in 0..n {
            start[v + 1] += start[v];
        }
        let mut next = start.clone();
        let mut ends = vec![0u32; edges.len()];
        for edge in edges {
            let (v, to) = of(edge);
            ends[next[v as usize] as usize] = to;
            next[v as usize] += 1;
        }
        Self { start, ends }
    }

    /// The neighbours of `v`, as often as they are joined.
    #[inline]
    pub fn of(&self, v: u32) -> &[u32] {
        &self.ends[self.start[v as usize] as usize..self.start[v as usize + 1] as usize]
    }

    /// How many edges there are.
    pub fn edges(&self) -> usize {
        self.ends.len()
    }
}

/// A graph in columns; see the module.
#[derive(Debug, Clone)]
pub(super) struct Ladder {
    /// The vertices of every column, in the order of their numbers.
    pub columns: Vec<Vec<u32>>,
    /// The column of every vertex.
    pub column_of: Vec<u32>,
    /// How many vertices are items; the others are dummies.
    pub items: usize,
    /// Neighbours in the column to the left.
    pub left: Adjacency,
    /// Neighbours in the column to the right.
    pub right: Adjacency,
    /// The dummies of every connection, from left to right: the number of the first, and how many there are.
    pub chains: Vec<(u32, u32)>,
}

impl Ladder {
    /// Cuts connections at every column that they pass.
    pub fn new(items: &[Item], connections: &[Connection], ranking: &Ranking) -> Self {
        let mut column_of: Vec<u32> = ranking.column_of.iter().map(|&c| c as u32).collect();
        let mut edges = vec![];
        let mut chains = Vec::with_capacity(connections.len());
        for (c, course) in connections.iter().zip(&ranking.course) {
            let first = column_of.len() as u32;
            if *course == Course::Through {
                let mut last = c.from as u32;
                for column in ranking.column_of[c.from] + 1..ranking.column_of[c.to] {
                    let dummy = column_of.len() as u32;
                    column_of.push(column as u32);
                    edges.push((last, dummy));
                    last = dummy;
                }
                edges.push((last, c.to as u32));
            }
            chains.push((first, column_of.len() as u32 - first));
        }
        let mut columns = vec![vec![]; ranking.stage_of_column.len()];
        for (v, &column) in column_of.iter().enumerate() {
            columns[column as usize].push(v as u32);
        }
        let n = column_of.len();
        Self {
            columns,
            items: items.len(),
            left: Adjacency::new(n, &edges, |e| (e.1, e.0)),
            right: Adjacency::new(n, &edges, |e| (e.0, e.1)),
            column_of,
            chains,
        }
    }

    /// How many vertices there are.
    pub fn len(&self) -> usize {
        self.column_of.len()
    }

    /// Whether `v` is a dummy node.
    #[inline]
    pub fn is_dummy(&self, v: u32) -> bool {
        v as usize >= self.items
    }

    /// All vertices that `connection` passes, its ends included.
    pub fn path(&self, number: usize, connection: &Connection) -> impl Iterator<Item = u32> + use<> {
        let (first, count) = self.chains[number];
        std::iter::once(connection.from as u32)
            .chain(first..first + count)
            .chain(std::iter::once(connection.to as u32))
    }

    /// The ladder of some of the vertices, which must be whole components and rise: vertex `i` of it is `members[i]`.
    /// It has no chains, and columns only from the first to the last that are used. `index` is room for a number a
    /// vertex, of any content.
    pub fn part(&self, members: &[u32], index: &mut [u32]) -> Self {
        for (i, &v) in members.iter().enumerate() {
            index[v as usize] = i as u32;
        }
        let column = |v: u32| self.column_of[v as usize];
        let first = members.iter().map(|&v| column(v)).min().unwrap_or(0);
        let last = members.iter().map(|&v| column(v)).max().unwrap_or(0);
        let mut columns = vec![vec![]; (last - first) as usize + 1];
        let mut edges = vec![];
        for (i, &v) in members.iter().enumerate() {
            columns[(column(v) - first) as usize].push(i as u32);
            edges.extend(self.right.of(v).iter().map(|&to| (i as u32, index[to as usize])));
        }
        Self {
            columns,
            items: members.iter().filter(|&&v| !self.is_dummy(v)).count(),
            left: Adjacency::new(members.len(), &edges, |e| (e.1, e.0)),
            right: Adjacency::new(members.len(), &edges, |e| (e.0, e.1)),
            column_of: members.iter().map(|&v| column(v) - first).collect(),
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
