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
    /// From how many crossings more a change is never taken.
    const NEVER: usize = 16;
    let chances = |sweep: usize, chances: &mut Vec<u64>| {
        let share = sweep as f64 / schedule.sweeps.max(2).saturating_sub(1) as f64;
        fill(
            chances,
            NEVER,
            schedule.neutral,
            schedule.hot + (schedule.cold - schedule.hot) * share,
        );
    };
    run(graph, levels, schedule.sweeps, chances, dice, may_pass)
}

/// How to anneal for long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cooling {
    /// Sweeps over all layers.
    pub sweeps: usize,
    /// How many crossings more are taken with a chance of one in e, at first.
    pub heat: f64,
}

/// The heat at the end: one crossing more is taken once in twenty.
const COLD: f64 = 0.33;

/// The same from any heat, which falls by the same factor again and again.
pub(super) fn cool(graph: &LayeredGraph, levels: &mut Levels, cooling: Cooling, dice: &mut Dice) -> u64 {
    /// From how many crossings more a change is never taken.
    const NEVER: usize = 64;
    /// How often the heat falls: so often can the factor be had by square roots, which are exact everywhere.
    const FALLS: usize = 64;
    let Cooling { sweeps, heat } = cooling;
    let mut heat = heat.max(COLD);
    let factor = (0..FALLS.ilog2()).fold(COLD / heat, |factor, _| factor.sqrt());
    let mut falls = 0;
    let chances = |sweep: usize, chances: &mut Vec<u64>| {
        let due = sweep * FALLS / sweeps.max(1);
        while falls < due {
            heat *= factor;
            falls += 1;
        }
        if chances.is_empty() || sweep * FALLS % sweeps.max(1) < FALLS {
            fill(chances, NEVER, 1.0, one_in_e(heat));
        }
    };
    run(graph, levels, sweeps, chances, dice, |_, _| true)
}

/// The chance of one crossing more at a heat: e to the power of minus one by the heat, by multiplications alone.
fn one_in_e(heat: f64) -> f64 {
    const DOUBLINGS: i32 = 12;
    let base = 1.0 - 1.0 / (heat * f64::from(1 << DOUBLINGS));
    (0..DOUBLINGS).fold(base, |power, _| power * power)
}

/// The chances to take a change by how many crossings more it makes, in parts of 2^32: of one more `odds`, of two its
/// square.
fn fill(chances: &mut Vec<u64>, never: usize, neutral: f64, odds: f64) {
    chances.clear();
    let mut p = 1.0;
    for worse in 0..never {
        chances.push((if worse == 0 { neutral } else { p } * 4_294_967_296.0) as u64);
        p *= odds;
    }
}

fn run(
    graph: &LayeredGraph,
    levels: &mut Levels,
    sweeps: usize,
    mut chances: impl FnMut(usize, &mut Vec<u64>),
    dice: &mut Dice,
    may_pass: impl Fn(u32, u32) -> bool,
) -> u64 {
    let mut total = 0i64;
    let mut best = 0i64;
    let mut kept = levels.clone();
    let mut matrix = CrossingsMatrix::new(graph);
    let columns = levels.layers.len();
    let mut chance = vec![];
    for sweep in 0..sweeps {
        chances(sweep, &mut chance);
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
                if worse >= 0 && (worse >= chance.len() as i64 || dice.roll() >= chance[worse as usize]) {
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
