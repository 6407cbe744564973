//! A work bench: one column laid out so that pairs of its vertices are compared quickly.

use super::Order;
use crate::layout::ladder::Ladder;

/// One column, and the places of all neighbours of its vertices, which stay as they are while it lies here.
#[derive(Debug, Default)]
pub(super) struct Bench {
    /// The vertices, by number on the bench.
    pub vertices: Vec<u32>,
    /// Numbers on the bench, from top to bottom.
    pub sequence: Vec<u32>,
    /// Where the places of left and of right neighbours start, and where they end, by number on the bench.
    range: Vec<[u32; 3]>,
    places: Vec<u32>,
}

/// Up to how many comparisons two lists of places are compared each with each, not merged.
const EACH_WITH_EACH: usize = 24;

impl Bench {
    /// Lays a column out.
    pub fn load(&mut self, ladder: &Ladder, order: &Order, c: usize) {
        self.vertices.clear();
        self.range.clear();
        self.places.clear();
        self.vertices.extend(&order.columns[c]);
        for &v in &self.vertices {
            let start = self.places.len();
            self.places
                .extend(ladder.left.of(v).iter().map(|&u| order.position[u as usize]));
            let middle = self.places.len();
            self.places
                .extend(ladder.right.of(v).iter().map(|&u| order.position[u as usize]));
            self.places[start..middle].sort_unstable();
            self.places[middle..].sort_unstable();
            self.range.push([start as u32, middle as u32, self.places.len() as u32]);
        }
        self.sequence.clear();
        self.sequence.extend(0..self.vertices.len() as u32);
    }

    /// Puts the column back as it now is.
    pub fn store(&self, order: &mut Order, c: usize) {
        for (i, &n) in self.sequence.iter().enumerate() {
            let v = self.vertices[n as usize];
            order.columns[c][i] = v;
            order.position[v as usize] = i as u32;
        }
    }

    /// How many crossings more there are with `b` above `a` than with `a` above `b`, by numbers on the bench.
    #[inline]
    pub fn harm(&self, a: u32, b: u32) -> i64 {
        let ([a0, a1, a2], [b0, b1, b2]) = (self.range[a as usize], self.range[b as usize]);
        let side = |a: std::ops::Range<u32>, b: std::ops::Range<u32>| {
            balance(
                &self.places[a.start as usize..a.end as usize],
                &self.places[b.start as usize..b.end as usize],
            )
        };
        side(a0..a1, b0..b1) + side(a1..a2, b1..b2)
    }
}

/// Of all pairs of a place in `a` and one in `b`, how many more rise than fall. Both are sorted.
#[inline]
fn balance(a: &[u32], b: &[u32]) -> i64 {
    if a.len() * b.len() <= EACH_WITH_EACH {
        let mut balance = 0i32;
        for p in a {
            for q in b {
                balance += i32::from(p < q) - i32::from(p > q);
            }
        }
        return i64::from(balance);
    }
    let (mut below, mut not_above) = (0usize, 0usize);
    let mut balance = 0i64;
    for &p in a {
        while below < b.len() && b[below] < p {
            below += 1;
        }
        not_above = not_above.max(below);
        while not_above < b.len() && b[not_above] <= p {
            not_above += 1;
        }
        balance += (b.len() - not_above) as i64 - below as i64;
    }
    balance
}

#[cfg(test)]
mod tests {
    use super::balance;

    #[test]
    fn merging_and_comparing_agree() {
        let a: Vec<u32> = (0..40)
            .map(|i| i * 7 % 31)
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        let b: Vec<u32> = vec![0, 3, 3, 5, 9, 9, 9, 14, 30];
        let plain: i64 = a
            .iter()
            .flat_map(|p| b.iter().map(move |q| i64::from(p < q) - i64::from(p > q)))
            .sum();
        assert_eq!(balance(&a, &b), plain);
        assert_eq!(balance(&b, &a), -plain);
    }
}
