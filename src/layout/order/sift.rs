//! Sifting: one vertex at a time is moved to the best place of its column.

use super::Order;
use crate::layout::ladder::{Adjacency, Ladder};

/// Sifts every vertex once within `window` places up and down; gives the crossings saved.
///
/// Matuszewski, Schönfeld and Molitor 1999, "Using sifting for k-layer straightline crossing minimization"; the
/// counts follow from those of pairs of neighbours, so that nothing is counted anew.
pub(super) fn sift(ladder: &Ladder, order: &mut Order, window: usize) -> u64 {
    let mut saved = 0;
    for c in 0..order.columns.len() {
        for v in order.columns[c].clone() {
            saved += sift_one(ladder, order, c, v, window);
        }
    }
    saved
}

/// Moves one vertex to the best place near its own; gives the crossings saved.
fn sift_one(ladder: &Ladder, order: &mut Order, c: usize, v: u32, window: usize) -> u64 {
    let from = order.position[v as usize] as usize;
    let (mut best, mut to) = (0i64, from);
    let mut change = 0i64;
    for i in (from.saturating_sub(window)..from).rev() {
        change -= gain(ladder, order, order.columns[c][i], v);
        if change < best {
            (best, to) = (change, i);
        }
    }
    change = 0;
    for i in from + 1..(from + window + 1).min(order.columns[c].len()) {
        change -= gain(ladder, order, v, order.columns[c][i]);
        if change < best {
            (best, to) = (change, i);
        }
    }
    let column = &mut order.columns[c];
    if to < from {
        column[to..=from].rotate_right(1);
    } else {
        column[from..=to].rotate_left(1);
    }
    let (low, high) = (to.min(from), to.max(from));
    for (i, &v) in column[low..=high].iter().enumerate() {
        order.position[v as usize] = (low + i) as u32;
    }
    best.unsigned_abs()
}

/// How many crossings fewer there are with `b` above `a` than with `a` above `b`.
fn gain(ladder: &Ladder, order: &Order, a: u32, b: u32) -> i64 {
    side(&ladder.left, order, a, b) + side(&ladder.right, order, a, b)
}

fn side(neighbours: &Adjacency, order: &Order, a: u32, b: u32) -> i64 {
    let mut balance = 0;
    for &u in neighbours.of(a) {
        let p = order.position[u as usize];
        for &w in neighbours.of(b) {
            let q = order.position[w as usize];
            balance += i64::from(p > q) - i64::from(p < q);
        }
    }
    balance
}
