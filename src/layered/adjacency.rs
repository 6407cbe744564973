//! Lists of neighbours, one after another in one piece of memory.

/// What every vertex is joined to: a list for each, in the order in which it was given.
#[derive(Debug, Clone, Default)]
pub(super) struct Adjacency<T> {
    start: Vec<u32>,
    ends: Vec<T>,
}

impl<T: Copy> Adjacency<T> {
    /// The lists of `n` vertices, from pairs of a vertex and what it is joined to.
    pub fn new(n: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut start = vec![0u32; n + 1];
        for (v, _) in pairs.clone() {
            start[v as usize + 1] += 1;
        }
        for v in 0..n {
            start[v + 1] += start[v];
        }
        let Some((_, any)) = pairs.clone().next() else {
            return Self { start, ends: vec![] };
        };
        let mut next = start.clone();
        let mut ends = vec![any; start[n] as usize];
        for (v, end) in pairs {
            ends[next[v as usize] as usize] = end;
            next[v as usize] += 1;
        }
        Self { start, ends }
    }

    /// What `v` is joined to, as often as it is.
    #[inline]
    pub fn of(&self, v: u32) -> &[T] {
        &self.ends[self.start[v as usize] as usize..self.start[v as usize + 1] as usize]
    }

    /// How many there are in all lists together.
    pub fn edges(&self) -> usize {
        self.ends.len()
    }
}
