//! Sifting: one vertex at a time is moved to the best place of its column.

use super::Order;
use super::bench::Bench;
use crate::layout::ladder::Ladder;

/// Sifts every vertex that `may_move` once, within `window` places up and down; gives the crossings saved.
///
/// Matuszewski, Schönfeld and Molitor 1999, "Using sifting for k-layer straightline crossing minimization", after
/// Rudell's sifting of decision diagrams. What a move saves is the sum of what its exchanges of neighbours save (Jünger
/// and Mutzel 1997, "2-layer straightline crossing minimization", crossing numbers), so nothing is counted anew.
pub(super) fn sift(ladder: &Ladder, order: &mut Order, window: usize, may_move: impl Fn(u32) -> bool) -> u64 {
    let mut saved = 0;
    let mut bench = Bench::new(ladder);
    let mut at: Vec<usize> = vec![];
    for c in 0..order.columns.len() {
        bench.load(ladder, order, c);
        at.clear();
        at.extend(0..bench.sequence.len());
        let mut moved = false;
        for n in 0..bench.sequence.len() as u32 {
            if !may_move(bench.vertices[n as usize]) {
                continue;
            }
            let from = at[n as usize];
            let (to, less) = best_place(&bench, n, from, window);
            if less == 0 {
                continue;
            }
            moved = true;
            saved += less;
            let (low, high) = (to.min(from), to.max(from));
            if to < from {
                bench.sequence[low..=high].rotate_right(1);
            } else {
                bench.sequence[low..=high].rotate_left(1);
            }
            for (i, &n) in bench.sequence[low..=high].iter().enumerate() {
                at[n as usize] = low + i;
            }
        }
        if moved {
            bench.store(order, c);
        }
    }
    saved
}

/// The best place for a vertex near its own, and how many crossings it saves there.
fn best_place(bench: &Bench, n: u32, from: usize, window: usize) -> (usize, u64) {
    let (mut best, mut to) = (0i64, from);
    let mut change = 0i64;
    for i in (from.saturating_sub(window)..from).rev() {
        change += bench.harm(bench.sequence[i], n);
        if change < best {
            (best, to) = (change, i);
        }
    }
    change = 0;
    for i in from + 1..(from + window + 1).min(bench.sequence.len()) {
        change += bench.harm(n, bench.sequence[i]);
        if change < best {
            (best, to) = (change, i);
        }
    }
    (to, best.unsigned_abs())
}
