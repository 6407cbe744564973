//! Counting crossings.

use super::Order;
use crate::layout::ladder::Ladder;

/// All crossings of an order, between all neighbouring columns.
pub(super) fn all(ladder: &Ladder, order: &Order) -> u64 {
    let mut counter = Counter::default();
    (1..order.columns.len())
        .map(|c| counter.between(ladder, order, c - 1))
        .sum()
}

/// Room for counting, kept between counts.
#[derive(Debug, Default)]
pub(super) struct Counter {
    tree: Vec<u32>,
    ends: Vec<u32>,
}

impl Counter {
    /// The crossings between column `c` and the next, in O(e log v): the inversions in the sequence of right ends,
    /// counted by an accumulator tree (Barth, Mutzel and Jünger 2004, "Simple and efficient bilayer cross counting").
    pub fn between(&mut self, ladder: &Ladder, order: &Order, c: usize) -> u64 {
        let width = order.columns[c + 1].len();
        self.tree.clear();
        self.tree.resize(width + 1, 0);
        let mut crossings = 0u64;
        let mut before = 0u64;
        for &v in &order.columns[c] {
            let right = ladder.right.of(v);
            // Lines of one vertex do not cross each other: count all of them before any is entered.
            self.ends.clear();
            self.ends.extend(right.iter().map(|&to| order.position[to as usize]));
            for &end in &self.ends {
                let mut i = end as usize + 1;
                let mut not_below = 0u64;
                while i > 0 {
                    not_below += u64::from(self.tree[i]);
                    i &= i - 1;
                }
                crossings += before - not_below;
            }
            for &end in &self.ends {
                let mut i = end as usize + 1;
                while i <= width {
                    self.tree[i] += 1;
                    i += i & i.wrapping_neg();
                }
            }
            before += self.ends.len() as u64;
        }
        crossings
    }
}
