//! Levels: the order of the vertices of every layer.

/// Below all places, and fit for signed numbers too.
pub(super) const BELOW: u32 = i32::MAX as u32;

/// The order of every layer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Levels {
    /// The vertices of every layer, from top to bottom.
    pub layers: Vec<Vec<u32>>,
    /// The place of every vertex in its layer, from 0; at the end one more, below all places, of no vertex.
    pub position: Vec<u32>,
}

impl Levels {
    /// Takes layers as they are.
    pub fn new(layers: Vec<Vec<u32>>, vertices: usize) -> Self {
        let mut levels = Self {
            layers,
            position: vec![0; vertices + 1],
        };
        levels.position[vertices] = BELOW;
        for c in 0..levels.layers.len() {
            levels.number(c);
        }
        levels
    }

    /// Brings the places of one layer up to date.
    pub fn number(&mut self, layer: usize) {
        for (i, &v) in self.layers[layer].iter().enumerate() {
            self.position[v as usize] = i as u32;
        }
    }

    /// Turns every layer upside down, which changes no crossing.
    pub fn turn_over(&mut self) {
        for c in 0..self.layers.len() {
            self.layers[c].reverse();
            self.number(c);
        }
    }
}
