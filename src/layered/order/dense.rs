//! The search for components with many crossings, whose good orders are far apart: long annealings from a heat that the graph
//! itself sets. Where links are dense they begin on a smaller graph, in which the dummies of one box in a layer are one
//! vertex.

use std::collections::BTreeMap;

use super::anneal::{self, Cooling, Dice};
use super::crossings;
use super::matrix::CrossingsMatrix;
use super::sift::sift;
use crate::layered::adjacency::Adjacency;
use crate::layered::graph::LayeredGraph;
use crate::layered::levels::Levels;

/// From this many links a box on a component is dense.
const DENSE: usize = 3;
/// Components of more vertices have no work left for this.
const MOST_VERTICES: usize = 1_000;
/// Work for a dense component, in pairs of line ends compared: about a fifth of a second.
const DENSE_WORK: usize = 40_000_000;
/// The same for one that is not dense but has a crossing for every second line or more: some milliseconds.
const SPARSE_WORK: usize = 700_000;
/// The heat of that, as a part of the mean change: the order is good already, and is not to be lost.
const WARM: f64 = 0.6;
/// Sweeps of one long annealing of the smaller graph, and of the whole one after it.
const SWEEPS: usize = 2_000;
/// Sweeps after which it is known which of the two smaller graphs is the better one.
const TRIAL: usize = 300;
/// How far a vertex is sifted after its dummies have been parted.
const WINDOW: usize = 64;

/// Lowers the crossings of an order by long annealings; never raises them.
pub(super) fn improve(graph: &LayeredGraph, best: &mut Levels) {
    let count = crossings::all(graph, best);
    let lines = graph.right.edges();
    if graph.len() > MOST_VERTICES || count == 0 {
        return;
    }
    let dummies = graph.len() - graph.real;
    let mut search = Search {
        graph,
        dice: Dice::new(graph.len() as u64 + 7),
        count,
        best,
    };
    if lines - dummies >= DENSE * graph.real {
        search.dense();
    } else if 2 * count >= lines as u64 {
        search.sparse();
    }
}

struct Search<'a> {
    graph: &'a LayeredGraph,
    dice: Dice,
    /// The crossings of the best order.
    count: u64,
    best: &'a mut Levels,
}

impl Search<'_> {
    /// One annealing of the best order.
    fn sparse(&mut self) {
        let mut levels = self.best.clone();
        let cooling = Cooling {
            sweeps: SPARSE_WORK / sweep_cost(self.graph),
            heat: WARM * mean_change(self.graph, &levels),
        };
        anneal::cool(self.graph, &mut levels, cooling, &mut self.dice);
        self.take(levels);
    }

    /// Annealings of the smaller graph, each spread out to the whole one and annealed again.
    fn dense(&mut self) {
        let graph = self.graph;
        let each = SWEEPS * 2 * sweep_cost(graph);
        let runs = (DENSE_WORK / each).max(1);
        // The largest have work for less than one whole run.
        let sweeps =
            |sweeps: usize| (sweeps as u64 * DENSE_WORK as u64 / (runs * each).max(DENSE_WORK) as u64) as usize;
        let mut merged = [End::Source, End::Target].map(|end| {
            let merged = Merged::new(graph, end);
            let start = merged.fold(self.best);
            let heat = mean_change(&merged.graph, &start);
            let found = self.anneal_merged(
                &merged,
                &start,
                Cooling {
                    sweeps: sweeps(TRIAL),
                    heat,
                },
            );
            (crossings::all(graph, &found), merged, start, heat)
        });
        merged.sort_by_key(|tried| tried.0);
        let [(_, merged, start, heat), _] = merged;
        for _ in 0..runs {
            let mut levels = self.anneal_merged(
                &merged,
                &start,
                Cooling {
                    sweeps: sweeps(SWEEPS),
                    heat,
                },
            );
            let heat = mean_change(graph, &levels);
            anneal::cool(
                graph,
                &mut levels,
                Cooling {
                    sweeps: sweeps(SWEEPS),
                    heat,
                },
                &mut self.dice,
            );
            self.take(levels);
        }
    }

    /// An order of the whole graph from an annealing of the smaller one.
    fn anneal_merged(&mut self, merged: &Merged, start: &Levels, cooling: Cooling) -> Levels {
        let mut levels = start.clone();
        anneal::cool(&merged.graph, &mut levels, cooling, &mut self.dice);
        let mut whole = merged.unfold(&levels);
        sift(self.graph, &mut whole, WINDOW, |_| true);
        whole
    }

    fn take(&mut self, levels: Levels) {
        let count = crossings::all(self.graph, &levels);
        if count < self.count {
            self.count = count;
            *self.best = levels;
        }
    }
}

/// What one sweep of an annealing compares, about.
fn sweep_cost(graph: &LayeredGraph) -> usize {
    2 * (2 * graph.right.edges() + graph.len())
}

/// By how many crossings an exchange of neighbours changes the order, in the mean.
fn mean_change(graph: &LayeredGraph, levels: &Levels) -> f64 {
    let mut matrix = CrossingsMatrix::new(graph);
    let (mut sum, mut n) = (0i64, 0usize);
    for c in 0..levels.layers.len() {
        matrix.load(graph, levels, c);
        for pair in matrix.sequence.windows(2) {
            sum += matrix.exchange_cost(pair[0], pair[1]).abs();
            n += 1;
        }
    }
    sum as f64 / n.max(1) as f64
}

/// Whose dummies become one vertex in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Those of the links that leave a box.
    Source,
    /// Those of the links that arrive at it.
    Target,
}

/// A graph in which the dummies of one layer that belong to one box are one vertex.
struct Merged {
    graph: LayeredGraph,
    /// The vertices that each of its vertices is.
    members: Vec<Vec<u32>>,
    /// Of every vertex, the vertex that it is part of.
    of: Vec<u32>,
}

impl Merged {
    fn new(graph: &LayeredGraph, end: End) -> Self {
        let n = graph.len();
        // The box that each vertex belongs to.
        let mut root: Vec<u32> = (0..n as u32).collect();
        let layers: Vec<usize> = match end {
            End::Source => (0..graph.layers.len()).collect(),
            End::Target => (0..graph.layers.len()).rev().collect(),
        };
        for c in layers {
            for &v in &graph.layers[c] {
                if graph.is_dummy(v) {
                    let near = if end == End::Source {
                        graph.left.of(v)
                    } else {
                        graph.right.of(v)
                    };
                    root[v as usize] = near.first().map_or(v, |&u| root[u as usize]);
                }
            }
        }
        let mut of = vec![0; n];
        let mut members: Vec<Vec<u32>> = vec![];
        let mut number = BTreeMap::new();
        for v in 0..n as u32 {
            let m = if graph.is_dummy(v) {
                *number
                    .entry((graph.layer_of[v as usize], root[v as usize]))
                    .or_insert(members.len())
            } else {
                members.len()
            };
            if m == members.len() {
                members.push(vec![]);
            }
            members[m].push(v);
            of[v as usize] = m as u32;
        }
        let mut layers = vec![vec![]; graph.layers.len()];
        let mut edges = vec![];
        let mut layer_of = vec![];
        for (m, list) in members.iter().enumerate() {
            let layer = graph.layer_of[list[0] as usize];
            layer_of.push(layer);
            layers[layer as usize].push(m as u32);
            for &v in list {
                edges.extend(graph.right.of(v).iter().map(|&to| (m as u32, of[to as usize])));
            }
        }
        Self {
            graph: LayeredGraph {
                layers,
                layer_of,
                real: graph.real,
                left: Adjacency::new(members.len(), edges.iter().map(|&(a, b)| (b, a))),
                right: Adjacency::new(members.len(), edges.iter().copied()),
                way: vec![],
                chains: vec![],
            },
            members,
            of,
        }
    }

    /// An order of the merged graph from one of the whole: by the mean place of the members.
    fn fold(&self, levels: &Levels) -> Levels {
        let mean = |m: u32| {
            let list = &self.members[m as usize];
            list.iter()
                .map(|&v| f64::from(levels.position[v as usize]))
                .sum::<f64>()
                / list.len() as f64
        };
        let mut layers = self.graph.layers.clone();
        for layer in &mut layers {
            layer.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)).then(a.cmp(&b)));
        }
        Levels::new(layers, self.members.len())
    }

    /// The order of the whole, members beside each other.
    fn unfold(&self, levels: &Levels) -> Levels {
        let layers: Vec<Vec<u32>> = levels
            .layers
            .iter()
            .map(|layer| {
                layer
                    .iter()
                    .flat_map(|&m| self.members[m as usize].iter().copied())
                    .collect()
            })
            .collect();
        Levels::new(layers, self.of.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::input::{Connection, Flow, Item};
    use super::super::super::rank::rank;
    use super::*;

    /// Four stages, most links past one or two of them.
    fn dense_graph() -> LayeredGraph {
        let mut dice = Dice::new(4);
        let item = |stage| Item {
            stage,
            width: 10.0,
            height: 10.0,
        };
        let items: Vec<Item> = (0..40).map(|i| item(i / 10)).collect();
        let mut connections = vec![];
        while connections.len() < 160 {
            let (from, to) = (dice.below(40), dice.below(40));
            if from / 10 < to / 10 {
                connections.push(Connection {
                    from,
                    to,
                    flow: Flow::Forward,
                });
            }
        }
        LayeredGraph::new(&connections, &rank(&items, &connections, 4))
    }

    #[test]
    fn the_smaller_graph_has_every_line_and_comes_apart_again() {
        let graph = dense_graph();
        let plain = Levels::new(graph.layers.clone(), graph.len());
        for end in [End::Source, End::Target] {
            let merged = Merged::new(&graph, end);
            assert!(merged.graph.len() < graph.len() * 3 / 4);
            assert_eq!(merged.graph.right.edges(), graph.right.edges());
            let folded = merged.fold(&plain);
            let whole = merged.unfold(&folded);
            for (layer, vertices) in whole.layers.iter().zip(&graph.layers) {
                let mut sorted = layer.clone();
                sorted.sort_unstable();
                assert_eq!(&sorted, vertices);
            }
            // Members beside each other cross each other in neither graph.
            assert!(crossings::all(&graph, &whole) >= crossings::all(&merged.graph, &folded));
        }
    }

    #[test]
    fn a_dense_order_gets_better_and_a_good_one_is_not_lost() {
        let graph = dense_graph();
        let mut levels = Levels::new(graph.layers.clone(), graph.len());
        let plain = crossings::all(&graph, &levels);
        improve(&graph, &mut levels);
        let found = crossings::all(&graph, &levels);
        assert!(found * 10 < plain * 7, "{plain} to {found}");
        let mut again = levels.clone();
        improve(&graph, &mut again);
        assert!(crossings::all(&graph, &again) <= found);
        let mut same = Levels::new(graph.layers.clone(), graph.len());
        improve(&graph, &mut same);
        assert_eq!(same, levels);
    }
}
