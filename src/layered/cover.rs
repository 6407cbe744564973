//! The least number of trunks that all links can share.
//!
//! Each place where a link passes a layer must be covered by the trunk of its source or by that of its target there; a
//! trunk of a source that is in a layer is in all layers before it, one of a target in all layers after it. This is a
//! vertex cover of a bipartite graph with precedences, whose matrix is totally unimodular, so a minimum cut is exact
//! (Picard 1976, "Maximal closure of a graph and applications to combinatorial problems"). The cut is found by
//! augmenting paths of least length (Edmonds and Karp 1972; all capacities are 1).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What must be covered.
#[derive(Debug, Default)]
pub(super) struct Cover {
    /// The trunks of sources and of targets, by box and layer, and their numbers.
    sources: BTreeMap<(u32, u32), usize>,
    targets: BTreeMap<(u32, u32), usize>,
    /// Places that must be covered: the trunk of the source, or that of the target.
    places: BTreeSet<(usize, usize)>,
}

impl Cover {
    /// A link, and the layers that it passes.
    pub fn add(&mut self, from: u32, to: u32, layers: impl Iterator<Item = u32>) {
        for layer in layers {
            let next = self.sources.len();
            let source = *self.sources.entry((from, layer)).or_insert(next);
            let next = self.targets.len();
            let target = *self.targets.entry((to, layer)).or_insert(next);
            self.places.insert((source, target));
        }
    }
}

/// Edges of a network by twos, there and back, with what they can still carry.
#[derive(Default)]
struct Network {
    head: Vec<Vec<usize>>,
    to: Vec<usize>,
    left: Vec<u32>,
}

impl Network {
    fn join(&mut self, from: usize, to: usize, capacity: u32) {
        for (a, b, capacity) in [(from, to, capacity), (to, from, 0)] {
            self.head[a].push(self.to.len());
            self.to.push(b);
            self.left.push(capacity);
        }
    }

    /// For every vertex that can still be reached from `start` the edge that leads to it.
    fn reach(&self, start: usize) -> Vec<Option<usize>> {
        let mut by = vec![None; self.head.len()];
        let mut queue = VecDeque::from([start]);
        while let Some(v) = queue.pop_front() {
            for &edge in &self.head[v] {
                let to = self.to[edge];
                if self.left[edge] > 0 && to != start && by[to].is_none() {
                    by[to] = Some(edge);
                    queue.push_back(to);
                }
            }
        }
        by
    }
}

/// The trunks of sources in a choice with the fewest trunks, by box and layer.
pub(super) fn least(cover: &Cover) -> BTreeSet<(u32, u32)> {
    const ENDLESS: u32 = u32::MAX / 2;
    let (sources, targets) = (cover.sources.len(), cover.targets.len());
    let (start, end) = (sources + targets, sources + targets + 1);
    let mut network = Network {
        head: vec![vec![]; end + 1],
        ..Network::default()
    };
    for s in 0..sources {
        network.join(start, s, 1);
    }
    for t in 0..targets {
        network.join(sources + t, end, 1);
    }
    for &(s, t) in &cover.places {
        network.join(s, sources + t, ENDLESS);
    }
    // Trunks cut off from the start, and those of targets not cut off, are chosen.
    let in_order = |list: &BTreeMap<(u32, u32), usize>| {
        let list: Vec<((u32, u32), usize)> = list.iter().map(|(&key, &number)| (key, number)).collect();
        let pairs = list.windows(2).filter(|pair| pair[0].0.0 == pair[1].0.0);
        pairs.map(|pair| (pair[0].1, pair[1].1)).collect::<Vec<_>>()
    };
    for (before, after) in in_order(&cover.sources) {
        network.join(before, after, ENDLESS);
    }
    for (before, after) in in_order(&cover.targets) {
        network.join(sources + before, sources + after, ENDLESS);
    }
    loop {
        let by = network.reach(start);
        if by[end].is_none() {
            let chosen = cover.sources.iter().filter(|(_, s)| by[**s].is_none());
            return chosen.map(|(&key, _)| key).collect();
        }
        let mut at = end;
        while let Some(edge) = by[at] {
            network.left[edge] -= 1;
            network.left[edge ^ 1] += 1;
            at = network.to[edge ^ 1];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least number of trunks, by trying all prefixes of all links.
    fn plain(links: &[(u32, u32, std::ops::Range<u32>)]) -> usize {
        let Some(longest) = links.iter().map(|l| l.2.len()).max() else {
            return 0;
        };
        let mut least = usize::MAX;
        let choices = (longest + 1).pow(links.len() as u32);
        for choice in 0..choices {
            let mut rest = choice;
            let mut trunks = BTreeSet::new();
            for (from, to, layers) in links {
                let share = rest % (longest + 1);
                rest /= longest + 1;
                for (step, layer) in layers.clone().enumerate() {
                    trunks.insert(if step < share {
                        (0, *from, layer)
                    } else {
                        (1, *to, layer)
                    });
                }
            }
            least = least.min(trunks.len());
        }
        least
    }

    #[test]
    fn the_cut_has_as_few_trunks_as_any_choice() {
        let cases: [&[(u32, u32, std::ops::Range<u32>)]; 5] = [
            &[],
            &[(0, 9, 1..3), (1, 9, 1..3), (2, 9, 1..3)],
            &[(0, 7, 1..3), (0, 8, 1..3), (0, 9, 1..3), (1, 9, 1..3), (2, 9, 1..3)],
            &[(0, 8, 1..4), (0, 9, 1..4), (1, 9, 2..4), (2, 9, 3..4), (3, 8, 1..4)],
            &[
                (0, 5, 1..2),
                (0, 6, 1..3),
                (1, 6, 1..3),
                (1, 7, 1..4),
                (2, 7, 2..4),
                (2, 6, 2..3),
            ],
        ];
        for links in cases {
            let mut cover = Cover::default();
            for (from, to, layers) in links {
                cover.add(*from, *to, layers.clone());
            }
            let chosen = least(&cover);
            let mut trunks = BTreeSet::new();
            for (from, to, layers) in links {
                let share = layers
                    .clone()
                    .take_while(|&layer| chosen.contains(&(*from, layer)))
                    .count();
                for (step, layer) in layers.clone().enumerate() {
                    trunks.insert(if step < share {
                        (0, *from, layer)
                    } else {
                        (1, *to, layer)
                    });
                }
            }
            assert_eq!(trunks.len(), plain(links), "{links:?}");
        }
    }
}
