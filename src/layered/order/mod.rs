//! Crossing reduction: the order of the vertices of every layer, so that lines cross little.
//!
//! In: a layered graph, perhaps an earlier order. Out: every layer from top to bottom. How hard is tried is counted in units
//! of work, not in time, so that the same map has the same order everywhere.

mod anneal;
mod crossings;
mod dense;
mod exact;
mod fresh;
mod keep;
mod matrix;
mod search;
mod sift;
mod spectral;
mod sweep;

use super::graph::LayeredGraph;
use super::input::{Earlier, Effort};
use super::levels::Levels;

/// The levels of a graph, by an earlier order if there is one.
pub(super) fn order(graph: &LayeredGraph, earlier: Option<&Earlier>, effort: Effort) -> Levels {
    match earlier {
        Some(earlier) if earlier.places.iter().take(graph.real).any(Option::is_some) => keep::order(graph, earlier),
        _ => fresh::fresh(graph, effort),
    }
}

/// All crossings of an order, between neighbouring layers.
pub(super) fn crossings(graph: &LayeredGraph, levels: &Levels) -> u64 {
    crossings::all(graph, levels)
}

#[cfg(test)]
mod tests {
    use super::super::input::{Connection, Flow, Item};
    use super::super::rank::rank;
    use super::anneal::Dice;
    use super::*;

    /// A graph of layers of the given sizes, with every possible line between neighbours drawn with a chance of one
    /// in `rare`.
    fn graph(sizes: &[usize], rare: usize, dice: &mut Dice) -> LayeredGraph {
        let items: Vec<Item> = (0..sizes.len())
            .flat_map(|stage| {
                (0..sizes[stage]).map(move |_| Item {
                    stage,
                    width: 10.0,
                    height: 10.0,
                })
            })
            .collect();
        let mut connections = vec![];
        for from in 0..items.len() {
            for to in 0..items.len() {
                if items[from].stage + 1 == items[to].stage && dice.below(rare) == 0 {
                    connections.push(Connection {
                        from,
                        to,
                        flow: Flow::Forward,
                    });
                }
            }
        }
        let ranking = rank(&items, &connections, sizes.len());
        LayeredGraph::new(&connections, &ranking)
    }

    /// Crossings counted pair by pair, from positions alone.
    fn plain_count(graph: &LayeredGraph, levels: &Levels) -> u64 {
        let mut lines = vec![];
        for v in 0..graph.len() as u32 {
            lines.extend(graph.right.of(v).iter().map(|&to| (graph.layer_of[v as usize], v, to)));
        }
        let at = |v: u32| levels.position[v as usize];
        let mut count = 0;
        for (i, a) in lines.iter().enumerate() {
            for b in &lines[i + 1..] {
                count +=
                    u64::from(a.0 == b.0 && (at(a.1) < at(b.1)) != (at(a.2) < at(b.2)) && a.1 != b.1 && a.2 != b.2);
            }
        }
        count
    }

    fn permutations(list: &[u32]) -> Vec<Vec<u32>> {
        if list.len() < 2 {
            return vec![list.to_vec()];
        }
        let mut all = vec![];
        for (i, &first) in list.iter().enumerate() {
            let mut rest = list.to_vec();
            rest.remove(i);
            all.extend(permutations(&rest).into_iter().map(|mut p| {
                p.insert(0, first);
                p
            }));
        }
        all
    }

    /// The least crossings that any order has: every order of every layer is tried, layer by layer.
    fn least(graph: &LayeredGraph) -> u64 {
        let mut before: Vec<(Vec<u32>, u64)> = permutations(&graph.layers[0]).into_iter().map(|p| (p, 0)).collect();
        let mut position = vec![0usize; graph.len()];
        for column in &graph.layers[1..] {
            let mut next = vec![];
            for right in permutations(column) {
                right.iter().enumerate().for_each(|(i, &v)| position[v as usize] = i);
                let mut best = u64::MAX;
                for (left, so_far) in &before {
                    let ends: Vec<(usize, usize)> = left
                        .iter()
                        .enumerate()
                        .flat_map(|(i, &v)| graph.right.of(v).iter().map(move |&to| (i, to)))
                        .map(|(i, to)| (i, position[to as usize]))
                        .collect();
                    let pairs = ends
                        .iter()
                        .enumerate()
                        .flat_map(|(k, a)| ends[k + 1..].iter().map(move |b| (a, b)));
                    best = best.min(so_far + pairs.filter(|(a, b)| a.0 != b.0 && a.1 > b.1).count() as u64);
                }
                next.push((right, best));
            }
            before = next;
        }
        before.iter().map(|b| b.1).min().unwrap_or(0)
    }

    #[test]
    fn counts_agree_with_plain_counting() {
        let mut dice = Dice::new(3);
        for size in [1, 2, 5, 20] {
            let graph = graph(&[size, size + 3, size], 3, &mut dice);
            let levels = Levels::new(graph.layers.clone(), graph.len());
            assert_eq!(crossings::all(&graph, &levels), plain_count(&graph, &levels));
        }
    }

    #[test]
    fn small_graphs_are_solved_to_the_optimum() {
        let mut dice = Dice::new(11);
        for round in 0..40 {
            let sizes: &[usize] = [&[5, 5][..], &[4, 5, 4], &[3, 4, 4, 3], &[2, 5, 5, 2]][round % 4];
            let graph = graph(sizes, 2 + round % 3, &mut dice);
            let levels = order(&graph, None, Effort::Full);
            assert_eq!(plain_count(&graph, &levels), least(&graph), "round {round}: {graph:?}");
        }
    }

    /// A graph of layers of the given sizes with `lines` lines at random, some of them past a layer: `None` if a
    /// layer is wider than the exact search takes, or the graph falls apart.
    fn dense_graph(sizes: &[usize], lines: usize, long: usize, dice: &mut Dice) -> Option<LayeredGraph> {
        let mut items = vec![];
        for (stage, &size) in sizes.iter().enumerate() {
            items.extend(std::iter::repeat_n(stage, size).map(|stage| Item {
                stage,
                width: 10.0,
                height: 10.0,
            }));
        }
        let mut connections = vec![];
        while connections.len() < lines + long {
            let (from, to) = (dice.below(items.len()), dice.below(items.len()));
            let span = if connections.len() < lines { 1 } else { 2 };
            if items[from].stage + span == items[to].stage {
                connections.push(Connection {
                    from,
                    to,
                    flow: Flow::Forward,
                });
            }
        }
        let ranking = rank(&items, &connections, sizes.len());
        let graph = LayeredGraph::new(&connections, &ranking);
        (exact::fits(&graph) && graph.components().1 == 1).then_some(graph)
    }

    /// The least crossings of a graph of up to three layers: every order of the second is tried, and for each the
    /// others are ordered by whatever set of their vertices is best above the rest.
    fn least_of_three(graph: &LayeredGraph) -> u64 {
        let middle = &graph.layers[1];
        let mut best = u64::MAX;
        let mut position = vec![0usize; graph.len()];
        for order in permutations(middle) {
            order.iter().enumerate().for_each(|(i, &v)| position[v as usize] = i);
            let mut sides = vec![];
            let mut bound = 0;
            for (c, column) in graph.layers.iter().enumerate().filter(|(c, _)| *c != 1) {
                let ends = |v: u32| if c == 0 { graph.right.of(v) } else { graph.left.of(v) };
                let mut above = vec![vec![0u64; column.len()]; column.len()];
                for (i, &u) in column.iter().enumerate() {
                    for (j, &v) in column.iter().enumerate() {
                        for a in ends(u) {
                            above[i][j] += ends(v)
                                .iter()
                                .filter(|b| position[**b as usize] < position[*a as usize])
                                .count() as u64;
                        }
                    }
                }
                for (i, row) in above.iter().enumerate() {
                    bound += (0..i).map(|j| row[j].min(above[j][i])).sum::<u64>();
                }
                sides.push(above);
            }
            if bound >= best {
                continue;
            }
            let total = sides.iter().map(|above| {
                let n = above.len();
                let mut least = vec![0u64; 1 << n];
                for set in 1usize..1 << n {
                    let lowest = (0..n).filter(|v| set >> v & 1 == 1).map(|v| {
                        let rest = set & !(1 << v);
                        least[rest] + (0..n).filter(|u| rest >> u & 1 == 1).map(|u| above[u][v]).sum::<u64>()
                    });
                    least[set] = lowest.min().unwrap_or(0);
                }
                least[(1 << n) - 1]
            });
            best = best.min(total.sum());
        }
        best
    }

    /// Holds the order of every graph against another count, and the exact search from the worst start too.
    fn hold_to_the_least(shapes: &[(&[usize], usize, usize)], seed: u64, least: fn(&LayeredGraph) -> u64) {
        let mut dice = Dice::new(seed);
        for &(sizes, lines, long) in shapes {
            let graph = (0..200)
                .find_map(|_| dense_graph(sizes, lines, long, &mut dice))
                .expect("a connected graph");
            let least = least(&graph);
            assert_eq!(
                plain_count(&graph, &order(&graph, None, Effort::Full)),
                least,
                "{sizes:?} {lines}"
            );
            let mut plain = Levels::new(graph.layers.clone(), graph.len());
            let outcome = exact::improve(&graph, &mut plain, 100_000_000);
            assert_eq!(outcome, exact::Outcome::Optimal, "{sizes:?} {lines}");
            assert_eq!(plain_count(&graph, &plain), least, "{sizes:?} {lines} from a bad start");
        }
    }

    #[test]
    fn two_and_three_columns_of_eight_are_solved_to_the_optimum() {
        let shapes: [(&[usize], usize, usize); 4] = [
            (&[8, 8], 18, 0),
            (&[8, 8], 30, 0),
            (&[8, 8, 8], 32, 0),
            (&[8, 5, 8], 24, 3),
        ];
        hold_to_the_least(&shapes, 21, least_of_three);
    }

    #[test]
    fn five_columns_with_long_lines_are_solved_to_the_optimum() {
        let shapes: [(&[usize], usize, usize); 4] = [
            (&[4, 4, 4, 4, 4], 26, 0),
            (&[4, 3, 3, 3, 4], 22, 4),
            (&[5, 5, 5, 5, 5], 34, 0),
            (&[3, 3, 3, 3, 3], 18, 5),
        ];
        hold_to_the_least(&shapes, 22, least);
    }

    #[test]
    fn a_search_without_work_says_so_and_harms_nothing() {
        let graph = graph(&[8, 8, 8], 2, &mut Dice::new(9));
        let mut levels = Levels::new(graph.layers.clone(), graph.len());
        let before = levels.clone();
        assert_eq!(exact::improve(&graph, &mut levels, 1000), exact::Outcome::Stopped);
        assert_eq!(levels, before);
    }

    #[test]
    fn savings_are_what_the_counts_say() {
        let mut dice = Dice::new(5);
        let graph = graph(&[12, 14, 12, 9], 4, &mut dice);
        let mut levels = Levels::new(graph.layers.clone(), graph.len());
        let before = crossings::all(&graph, &levels);
        let sifted = sift::sift(&graph, &mut levels, 6, |_| true);
        assert_eq!(before - sifted, crossings::all(&graph, &levels));
        let schedule = anneal::Schedule {
            sweeps: 50,
            hot: 0.6,
            cold: 0.05,
            neutral: 1.0,
        };
        let annealed = anneal::anneal(&graph, &mut levels, schedule, &mut dice, |_, _| true);
        assert_eq!(before - sifted - annealed, plain_count(&graph, &levels));
    }

    #[test]
    fn an_earlier_order_is_held() {
        let graph = graph(&[6, 6], 2, &mut Dice::new(8));
        let places = (0..12).map(|v| Some(100 - v)).collect();
        let kept = order(&graph, Some(&Earlier { places }), Effort::Full);
        assert_eq!(kept.layers, [[5, 4, 3, 2, 1, 0], [11, 10, 9, 8, 7, 6]]);
    }
}
