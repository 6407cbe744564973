//! Blocks of vertices that touch in a layer, for weighted isotonic regression (Barlow, Bartholomew, Bremner and Brunk 1972).

/// Blocks from the first vertex to the last, each as its weight, its weighted sum of wishes and how many vertices it has.
pub(super) struct Blocks(Vec<(f64, f64, usize)>);

impl Blocks {
    pub fn for_vertices(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Adds a vertex by its weight and its weighted wish; it becomes one with the blocks before it that wish to be below it.
    pub fn push(&mut self, weight: f64, sum: f64) {
        let mut block = (weight, sum, 1);
        while let Some(last) = self.0.last() {
            if last.1 * block.0 <= block.1 * last.0 {
                break;
            }
            block = (last.0 + block.0, last.1 + block.1, last.2 + block.2);
            self.0.pop();
        }
        self.0.push(block);
    }

    /// The place of each vertex, in their order.
    pub fn places(self) -> impl Iterator<Item = f64> {
        let blocks = self.0.into_iter();
        blocks.flat_map(|(weight, sum, count)| std::iter::repeat_n(sum / weight, count))
    }
}
