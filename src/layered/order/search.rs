//! The search for a good order of one component: several starts, the best of them improved until the work is spent.

use super::anneal::{self, Dice, Schedule};
use super::matrix::CrossingsMatrix;
use super::sift::sift;
use super::spectral::{self, From};
use super::sweep::{self, By};
use super::{crossings, dense, exact};
use crate::layered::graph::LayeredGraph;
use crate::layered::input::Effort;
use crate::layered::levels::Levels;

/// Work for annealing, in pairs of line ends compared: for a map of any size, and for every vertex.
const WORK: (usize, usize) = (1_200_000, 600);
/// The same for components past [`SMALL`]. Twice as much gains 1,000 nodes at most a hundredth of their crossings and 10,000
/// nodes three hundredths; small ones come to their best with what they have, and so hold still when something is added.
const LARGE_WORK: (usize, usize) = (800_000, 400);
/// Work for sifting, likewise.
const SIFT_WORK: (usize, usize) = (20_000_000, 10_000);
/// Work for the exact search of a small graph, in steps: some hundredths of a second.
const EXACT_WORK: usize = 10_000_000;
/// How far a vertex is sifted; farther gained nothing where annealing follows.
const WINDOW: usize = 16;
/// Sweeps of one annealing at the most, and of all: small maps are at their best long before.
const EACH_SWEEPS: usize = 500;
const MOST_SWEEPS: usize = 1_500;
/// Starts of one small map that are annealed, at the most.
const MOST_KEPT: usize = 8;
/// Components up to this many vertices are tried from more starts.
const SMALL: usize = 400;

/// The steps after which the eigenvector is taken to start from: early it is smooth, late it is true, and no single
/// choice is best for all maps.
const STEPS: [usize; 3] = [16, 32, 64];
/// Vectors begun at vertices drawn by lot, and their steps. Maps without a wide structure are at the mercy of where
/// the vector begins: from the worst vertex a random map of 1,000 nodes keeps a tenth more crossings.
const LOTS: (usize, usize) = (6, 8);

/// Orders a component that is part of a map of `map_size` vertices: the smaller its part, the less work it gets.
pub(super) fn order(graph: &LayeredGraph, map_size: usize, effort: Effort) -> Levels {
    let share = |(any, each): (usize, usize)| any * graph.len() / map_size.max(1) + each * graph.len();
    let small = graph.len() <= SMALL;
    let sweep_work = 2 * (2 * graph.right.edges() + graph.len());
    let sweeps = share(if small { WORK } else { LARGE_WORK }) / sweep_work;
    // The last run of a small map is that of the best start again, so what is left goes to the starts.
    let kept = if small {
        (sweeps / EACH_SWEEPS).saturating_sub(1).clamp(2, MOST_KEPT)
    } else {
        1
    };
    let mut starts = starts(graph);
    starts.sort_by_key(|start| start.0);
    starts.truncate(kept.max(2));
    let window = WINDOW.min(share(SIFT_WORK) / (2 * sweep_work)).max(1);
    for (count, levels) in &mut starts {
        *count -= sift(graph, levels, window, |_| true);
    }
    starts.sort_by_key(|start| start.0);
    starts.truncate(kept);
    let runs = if small { starts.len() + 1 } else { 1 };
    let sweeps = (sweeps.min(MOST_SWEEPS) / runs).min(EACH_SWEEPS);
    let mut dice = Dice::new(graph.len() as u64);
    let wide = Schedule {
        sweeps,
        hot: if small { 0.7 } else { 0.8 },
        cold: 0.05,
        neutral: 1.0,
    };
    for (count, levels) in &mut starts {
        *count -= anneal::anneal(graph, levels, wide, &mut dice, |_, _| true);
    }
    starts.sort_by_key(|start| start.0);
    let (_, mut best) = starts.swap_remove(0);
    if small {
        anneal::anneal(graph, &mut best, Schedule { hot: 0.4, ..wide }, &mut dice, |_, _| true);
    }
    for _ in 0..3 {
        if sift(graph, &mut best, window, |_| true) == 0 {
            break;
        }
    }
    if effort == Effort::Full {
        dense::improve(graph, &mut best);
    }
    if exact::fits(graph) {
        // Where the work runs out the order is the best that is known, and nothing more is claimed of it.
        exact::improve(graph, &mut best, share((EXACT_WORK, 0)) as u64);
    }
    settle_ties(graph, &mut best);
    if mostly_reversed(graph, &best) {
        best.turn_over();
        settle_ties(graph, &mut best);
    }
    best
}

/// Orders to start from, each with its crossings.
fn starts(graph: &LayeredGraph) -> Vec<(u64, Levels)> {
    let plain = Levels::new(graph.layers.clone(), graph.len());
    let mut starts = vec![];
    let mut add = |mut levels: Levels, rounds: usize| {
        let mut best = (crossings::all(graph, &levels), levels.clone());
        for round in 0..rounds {
            sweep::sweep(graph, &mut levels, if round % 4 == 3 { By::Median } else { By::Mean });
            let count = crossings::all(graph, &levels);
            if count < best.0 {
                best = (count, levels.clone());
            }
        }
        starts.push(best);
    };
    let mut dice = Dice::new(graph.len() as u64);
    let lots = (0..LOTS.0).map(|_| (From::Vertex(dice.below(graph.len()) as u32), &[LOTS.1][..]));
    for (from, steps) in std::iter::once((From::FarOff, &STEPS[..])).chain(lots) {
        for value in spectral::values(graph, from, steps) {
            let mut levels = plain.clone();
            spectral::sort(&mut levels, &value);
            add(levels, 1);
        }
    }
    if graph.len() <= SMALL || starts.is_empty() {
        let mut add = |mut levels: Levels| {
            for round in 0..8 {
                sweep::sweep(graph, &mut levels, if round % 4 == 3 { By::Median } else { By::Mean });
            }
            starts.push((crossings::all(graph, &levels), levels));
        };
        add(plain);
    }
    starts
}

/// Puts neighbours that may change places without harm in the order of their neighbours' mean, then of their numbers:
/// shorter lines, and a reading order for twins.
pub(super) fn settle_ties(graph: &LayeredGraph, levels: &mut Levels) {
    let height = |levels: &Levels, v: u32| {
        (f64::from(levels.position[v as usize]) + 0.5) / levels.layers[graph.layer_of[v as usize] as usize].len() as f64
    };
    let mut matrix = CrossingsMatrix::new(graph);
    for c in 0..levels.layers.len() {
        matrix.load(graph, levels, c);
        let wish: Vec<f64> = matrix
            .vertices
            .iter()
            .map(|&v| {
                let near = || graph.left.of(v).iter().chain(graph.right.of(v));
                near().map(|&u| height(levels, u)).sum::<f64>() / near().count().max(1) as f64
            })
            .collect();
        // Insertion, as far up as every exchange is free of harm.
        for i in 1..matrix.sequence.len() {
            let mut at = i;
            while at > 0 {
                let (a, b) = (matrix.sequence[at - 1], matrix.sequence[at]);
                let key = |n: u32| (wish[n as usize], matrix.vertices[n as usize]);
                let above = key(b).0.total_cmp(&key(a).0).then(key(b).1.cmp(&key(a).1)).is_lt();
                if !above || matrix.exchange_cost(a, b) != 0 {
                    break;
                }
                matrix.sequence.swap(at - 1, at);
                at -= 1;
            }
        }
        matrix.store(levels, c);
    }
}

/// Whether the layers run against the numbers of their vertices more than with them.
fn mostly_reversed(graph: &LayeredGraph, levels: &Levels) -> bool {
    let mut agreement = 0i64;
    for (column, by_number) in levels.layers.iter().zip(&graph.layers) {
        let middle = column.len() as i64 - 1;
        for (rank, &v) in by_number.iter().enumerate() {
            if !graph.is_dummy(v) {
                agreement += (2 * rank as i64 - middle) * (2 * i64::from(levels.position[v as usize]) - middle);
            }
        }
    }
    agreement < 0
}
