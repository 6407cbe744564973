//! The time of the layout engine by size of map: `cargo bench --bench layered`.

use benefit_map::layered::{Connection, Flow, Input, Item, Options, Output, arrange};

fn main() {
    divan::main();
}

/// A map of five stages whose items link mostly to items near them.
fn map(n: usize) -> Input {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = move |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 33) as usize) % n.max(1)
    };
    let per_stage = n.div_ceil(5);
    let mut input = Input {
        stages: 5,
        ..Input::default()
    };
    for i in 0..n {
        input.items.push(Item {
            stage: i / per_stage,
            width: 180.0,
            height: 44.0 + 16.0 * below(3) as f64,
        });
    }
    for from in 0..n - n.min(per_stage) {
        for _ in 0..1 + below(3) {
            let to = (from + per_stage + below(7)).saturating_sub(3).min(n - 1);
            input.connections.push(Connection {
                from,
                to,
                flow: Flow::Forward,
            });
        }
    }
    input
}

#[divan::bench(args = [12, 100, 300, 1_000, 3_000, 10_000])]
fn arrange_map(bencher: divan::Bencher, n: usize) {
    bencher
        .with_inputs(|| map(n))
        .bench_values(|input| -> Output { arrange(&input, &Options::default()) });
}
