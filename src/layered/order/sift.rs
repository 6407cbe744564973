//! Sifting: one vertex at a time is moved to the best place of its layer.

use super::matrix::CrossingsMatrix;
use crate::layered::graph::LayeredGraph;
use crate::layered::levels::Levels;

/// Sifts every vertex that `may_move` once, within `window` places up and down; gives the crossings saved.
///
/// Matuszewski, Schönfeld and Molitor 1999, "Using sifting for k-layer straightline crossing minimization", after
/// Rudell's sifting of decision diagrams. What a move saves is the sum of what its exchanges of neighbours save (Jünger
/// and Mutzel 1997, "2-layer straightline crossing minimization", crossing numbers), so nothing is counted anew.
pub(super) fn sift(graph: &LayeredGraph, levels: &mut Levels, window: usize, may_move: impl Fn(u32) -> bool) -> u64 {
    let mut saved = 0;
    let mut matrix = CrossingsMatrix::new(graph);
    let mut at: Vec<usize> = vec![];
    for c in 0..levels.layers.len() {
        matrix.load(graph, levels, c);
        at.clear();
        at.extend(0..matrix.sequence.len());
        let mut moved = false;
        for n in 0..matrix.sequence.len() as u32 {
            if !may_move(matrix.vertices[n as usize]) {
                continue;
            }
            let from = at[n as usize];
            let (to, less) = best_place(&matrix, n, from, window);
            if less == 0 {
                continue;
            }
            moved = true;
            saved += less;
            let (low, high) = (to.min(from), to.max(from));
            if to < from {
                matrix.sequence[low..=high].rotate_right(1);
            } else {
                matrix.sequence[low..=high].rotate_left(1);
            }
            for (i, &n) in matrix.sequence[low..=high].iter().enumerate() {
                at[n as usize] = low + i;
            }
        }
        if moved {
            matrix.store(levels, c);
        }
    }
    saved
}

/// The best place for a vertex near its own, and how many crossings it saves there.
fn best_place(matrix: &CrossingsMatrix, n: u32, from: usize, window: usize) -> (usize, u64) {
    let (mut best, mut to) = (0i64, from);
    let mut change = 0i64;
    for i in (from.saturating_sub(window)..from).rev() {
        change += matrix.exchange_cost(matrix.sequence[i], n);
        if change < best {
            (best, to) = (change, i);
        }
    }
    change = 0;
    for i in from + 1..(from + window + 1).min(matrix.sequence.len()) {
        change += matrix.exchange_cost(n, matrix.sequence[i]);
        if change < best {
            (best, to) = (change, i);
        }
    }
    (to, best.unsigned_abs())
}
