//! Annealing: neighbours change places, harmful changes are taken less and less.

use super::matrix::CrossingsMatrix;
use crate::layered::graph::LayeredGraph;
use crate::layered::levels::Levels;

/// Numbers that look random and are the same everywhere (Marsaglia 2003, "Xorshift RNGs").
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`, which fits 32 bits.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.roll() * n as u64) >> 32) as usize
    }

    /// A number below 2^32.
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 32
    }
}

/// How to anneal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule {
    /// Sweeps over all layers.
    pub sweeps: usize,
    /// The chance to take a change that makes one crossing more, at first; two more are taken with its square.
    pub hot: f64,
    /// The same, at last.
    pub cold: f64,
    /// The chance to take a change that makes no difference.
    pub neutral: f64,
}

/// From how many crossings more a change is never taken.
const NEVER: usize = 16;

/// Exchanges neighbours where `may_pass` allows it; leaves the best order met, gives how many crossings it saves.
///
/// Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over adjacent exchange (Eades and Kelly 1986, "Heuristics
/// for reducing crossings in 2-layered networks"). A sweep goes through a layer from top to bottom with one exchange
/// tried at every place, so that in one sweep a vertex can travel the whole layer.
pub(super) fn anneal(
    graph: &LayeredGraph,
    levels: &mut Levels,
    schedule: Schedule,
    dice: &mut Dice,
    may_pass: impl Fn(u32, u32) -> bool,
) -> u64 {
    let mut total = 0i64;
    let mut best = 0i64;
    let mut kept = levels.clone();
    let mut matrix = CrossingsMatrix::new(graph);
    let columns = levels.layers.len();
    for sweep in 0..schedule.sweeps {
        let share = sweep as f64 / schedule.sweeps.max(2).saturating_sub(1) as f64;
        let odds = schedule.hot + (schedule.cold - schedule.hot) * share;
        let mut chance = [0u64; NEVER];
        let mut p = 1.0;
        for (worse, chance) in chance.iter_mut().enumerate() {
            *chance = (if worse == 0 { schedule.neutral } else { p } * 4_294_967_296.0) as u64;
            p *= odds;
        }
        for k in 0..columns {
            let c = if sweep % 2 == 0 { k } else { columns - 1 - k };
            if levels.layers[c].len() < 2 {
                continue;
            }
            matrix.load(graph, levels, c);
            for i in 1..matrix.sequence.len() {
                let (a, b) = (matrix.sequence[i - 1], matrix.sequence[i]);
                if !may_pass(matrix.vertices[a as usize], matrix.vertices[b as usize]) {
                    continue;
                }
                let worse = matrix.exchange_cost(a, b);
                if worse >= 0 && (worse >= NEVER as i64 || dice.roll() >= chance[worse as usize]) {
                    continue;
                }
                matrix.sequence.swap(i - 1, i);
                total += worse;
            }
            matrix.store(levels, c);
        }
        if total < best {
            best = total;
            kept.clone_from(levels);
        }
    }
    *levels = kept;
    best.unsigned_abs()
}
