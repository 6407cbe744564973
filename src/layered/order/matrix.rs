//! The crossings matrix of one layer: how many crossings the exchange of two of its vertices costs.
//!
//! Its entries c(a, b), the crossings of the lines of `a` and `b` with `a` above `b` while the neighbouring layers hold
//! still (Jünger and Mutzel 1997), are not stored: they are counted when asked for, from the places of the neighbours.

use crate::layered::graph::LayeredGraph;
use crate::layered::levels::{BELOW, Levels};

/// One layer, and the places of all neighbours of its vertices, which stay as they are while it is loaded.
#[derive(Debug)]
pub(super) struct CrossingsMatrix {
    /// The neighbours of every vertex of the graph, as they go into a row.
    near: Vec<Near>,
    /// The vertices, by number in the layer.
    pub vertices: Vec<u32>,
    /// Numbers in the layer, from top to bottom.
    pub sequence: Vec<u32>,
    /// What is known of every vertex, by number in the layer.
    rows: Vec<Row>,
    /// The places of all neighbours of vertices that have too many for a row: of each first the left ones, then the
    /// right ones, each sorted.
    places: Vec<i32>,
}

/// How many neighbours to a side a row holds.
const FEW: usize = 4;
/// Stands in the free fields of a row, below all places.
const BLANK: i32 = BELOW as i32;

/// The neighbours of a vertex: in the free fields stands no vertex, whose place is below all.
#[derive(Debug, Clone, Copy)]
struct Near {
    left: [u32; FEW],
    right: [u32; FEW],
    /// `FEW` times the number of neighbours, or below 0 where they do not go into a row.
    blanks: i32,
}

/// The places of the neighbours of a vertex, where they are few.
#[derive(Debug, Clone, Copy)]
struct Row {
    left: [i32; FEW],
    right: [i32; FEW],
    /// `FEW` times the number of neighbours: what the blanks of a row add to a comparison.
    blanks: i32,
    many: bool,
    /// Where left and right neighbours start in `places`, and where they end.
    range: [u32; 3],
}

impl CrossingsMatrix {
    /// A matrix for the layers of a graph.
    pub fn new(graph: &LayeredGraph) -> Self {
        let nobody = graph.len() as u32;
        let near = |v: u32| {
            let (left, right) = (graph.left.of(v), graph.right.of(v));
            let mut near = Near {
                left: [nobody; FEW],
                right: [nobody; FEW],
                blanks: (FEW * (left.len() + right.len())) as i32,
            };
            if left.len() > FEW || right.len() > FEW {
                near.blanks = -1;
            } else {
                near.left[..left.len()].copy_from_slice(left);
                near.right[..right.len()].copy_from_slice(right);
            }
            near
        };
        Self {
            near: (0..nobody).map(near).collect(),
            vertices: vec![],
            sequence: vec![],
            rows: vec![],
            places: vec![],
        }
    }

    /// Loads a layer.
    pub fn load(&mut self, graph: &LayeredGraph, levels: &Levels, c: usize) {
        self.vertices.clear();
        self.vertices.extend(&levels.layers[c]);
        self.rows.clear();
        self.places.clear();
        let place = |u: u32| levels.position[u as usize] as i32;
        for &v in &self.vertices {
            let near = &self.near[v as usize];
            let mut row = Row {
                left: near.left.map(place),
                right: near.right.map(place),
                blanks: near.blanks,
                many: near.blanks < 0,
                range: [0; 3],
            };
            if row.many {
                let start = self.places.len();
                self.places.extend(graph.left.of(v).iter().map(|&u| place(u)));
                let middle = self.places.len();
                self.places.extend(graph.right.of(v).iter().map(|&u| place(u)));
                self.places[start..middle].sort_unstable();
                self.places[middle..].sort_unstable();
                row.range = [start as u32, middle as u32, self.places.len() as u32];
            }
            self.rows.push(row);
        }
        self.sequence.clear();
        self.sequence.extend(0..self.vertices.len() as u32);
    }

    /// Puts the layer back as it now is.
    pub fn store(&self, levels: &mut Levels, c: usize) {
        for (i, &n) in self.sequence.iter().enumerate() {
            let v = self.vertices[n as usize];
            levels.layers[c][i] = v;
            levels.position[v as usize] = i as u32;
        }
    }

    /// How many crossings more there are with `b` above `a` than with `a` above `b`, by numbers in the layer.
    #[inline]
    pub fn exchange_cost(&self, a: u32, b: u32) -> i64 {
        let (a, b) = (&self.rows[a as usize], &self.rows[b as usize]);
        if a.many || b.many {
            return self.exchange_cost_of_many(a, b);
        }
        // A blank is below all places and level with other blanks: one of a falls to every place of b, to one of b
        // every place of a rises. Blanks and places are `FEW` together, so the sum of that is known beforehand.
        i64::from(few(&a.left, &b.left) + few(&a.right, &b.right) + b.blanks - a.blanks)
    }

    fn exchange_cost_of_many(&self, a: &Row, b: &Row) -> i64 {
        let (a, b) = (self.sides(a), self.sides(b));
        balance(a.0, b.0) + balance(a.1, b.1)
    }

    /// The places of left and of right neighbours, those of a row with blanks and in no order.
    fn sides<'a>(&'a self, row: &'a Row) -> (&'a [i32], &'a [i32]) {
        if row.many {
            let [start, middle, end] = row.range.map(|i| i as usize);
            (&self.places[start..middle], &self.places[middle..end])
        } else {
            (&row.left, &row.right)
        }
    }
}

/// The balance of two sides of rows, blanks counted: without a branch, as most of all work is done here.
#[inline]
fn few(a: &[i32; FEW], b: &[i32; FEW]) -> i32 {
    let mut balance = 0;
    for p in a {
        for q in b {
            balance += i32::from(p < q) - i32::from(p > q);
        }
    }
    balance
}

/// Of all pairs of a place in `a` and one in `b`, how many more rise than fall. Lists of more than `FEW` are sorted;
/// blanks do not count.
fn balance(a: &[i32], b: &[i32]) -> i64 {
    if a.len() <= FEW || b.len() <= FEW {
        let mut balance = 0;
        for &p in a.iter().filter(|&&p| p != BLANK) {
            for &q in b.iter().filter(|&&q| q != BLANK) {
                balance += i64::from(p < q) - i64::from(p > q);
            }
        }
        return balance;
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
    use super::{BLANK, FEW, balance, few};

    #[test]
    fn merging_and_comparing_agree() {
        let a: Vec<i32> = (0..40)
            .map(|i| i * 7 % 31)
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        let b: Vec<i32> = vec![0, 3, 3, 5, 9, 9, 9, 14, 30];
        let plain: i64 = a
            .iter()
            .flat_map(|p| b.iter().map(move |q| i64::from(p < q) - i64::from(p > q)))
            .sum();
        assert_eq!(balance(&a, &b), plain);
        assert_eq!(balance(&b, &a), -plain);
    }

    #[test]
    fn rows_and_lists_agree() {
        for (a, b) in [
            (&[1, 5, 9][..], &[2, 5][..]),
            (&[], &[3]),
            (&[4, 4, 4, 4], &[0, 9, 4, 7]),
            (&[2], &[]),
        ] {
            let row = |list: &[i32]| {
                let mut row = [BLANK; FEW];
                row.iter_mut().zip(list).for_each(|(field, &p)| *field = p);
                row
            };
            let by_card = few(&row(a), &row(b)) + (FEW * b.len()) as i32 - (FEW * a.len()) as i32;
            assert_eq!(i64::from(by_card), balance(a, b), "{a:?} {b:?}");
        }
    }
}
