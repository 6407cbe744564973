//! Orders: who stands above whom in a column, so that lines cross little.
//!
//! In: a ladder, perhaps an earlier order. Out: every column from top to bottom. How hard is tried is counted in units
//! of work, not in time, so that the same map has the same order everywhere.

mod crossings;
mod sift;
mod sweep;

use super::engine::Earlier;
use super::ladder::Ladder;

/// An order of all columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Order {
    /// The vertices of every column, from top to bottom.
    pub columns: Vec<Vec<u32>>,
    /// The place of every vertex in its column, from 0.
    pub position: Vec<u32>,
}

impl Order {
    /// Takes columns as they are.
    fn new(columns: Vec<Vec<u32>>, vertices: usize) -> Self {
        let mut order = Self {
            columns,
            position: vec![0; vertices],
        };
        for c in 0..order.columns.len() {
            order.number(c);
        }
        order
    }

    /// Brings the places of one column up to date.
    fn number(&mut self, column: usize) {
        for (i, &v) in self.columns[column].iter().enumerate() {
            self.position[v as usize] = i as u32;
        }
    }
}

/// Orders a ladder.
pub(super) fn order(ladder: &Ladder, earlier: Option<&Earlier>) -> Order {
    let _ = earlier;
    let mut order = Order::new(ladder.columns.clone(), ladder.len());
    let mut best = order.clone();
    let mut least = crossings::all(ladder, &order);
    for round in 0..12 {
        let by = if round % 2 == 0 {
            sweep::By::Median
        } else {
            sweep::By::Mean
        };
        sweep::sweep(ladder, &mut order, by);
        let count = crossings::all(ladder, &order);
        if count < least {
            least = count;
            best = order.clone();
        }
    }
    for _ in 0..6 {
        if sift::sift(ladder, &mut best, 50) == 0 {
            break;
        }
    }
    best
}
