//! How long a check takes, and how much memory: `cargo bench --bench check`.
//!
//! `sound` maps have few findings; `bare` ones are the same maps without owners, which is a finding for nearly every
//! node. About 1.8 links a node. The columns of `max alloc` tell of the most memory that was held at once.

use benefit_map::check::{Options, Profile, check};
use benefit_map::file::{self, Source};
use benefit_map::finding::{Nowhere, Report, TextOptions};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use divan::{AllocProfiler, Bencher, black_box};

#[path = "../examples/large/generator.rs"]
mod generator;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const SEED: u64 = 1;

fn main() {
    divan::main();
}

fn sound(nodes: usize) -> BenefitMap {
    generator::map(nodes, SEED)
}

fn bare(nodes: usize) -> BenefitMap {
    let mut map = sound(nodes);
    map.nodes.iter_mut().for_each(|node| node.owner = None);
    map
}

fn audit(map: &BenefitMap) -> Report {
    check(&BenefitGraph::new(map), &Options::new(Profile::Audit))
}

fn parsed(text: &str) -> BenefitMap {
    file::parse("map.json", text).expect("what the library writes it also reads")
}

/// From the text of a file to the findings.
#[divan::bench(args = SIZES)]
fn read_and_check(bencher: Bencher, nodes: usize) {
    let text = file::write(&sound(nodes));
    bencher.bench(|| audit(&parsed(black_box(&text))));
}

#[divan::bench(args = SIZES)]
fn check_sound(bencher: Bencher, nodes: usize) {
    let map = sound(nodes);
    bencher.bench(|| audit(black_box(&map)));
}

#[divan::bench(args = SIZES)]
fn check_bare(bencher: Bencher, nodes: usize) {
    let map = bare(nodes);
    bencher.bench(|| audit(black_box(&map)));
}

/// From the text of a file to a JSON report in which every finding of a bare map has its line and column.
#[divan::bench(args = SIZES)]
fn read_check_and_tell(bencher: Bencher, nodes: usize) {
    let text = file::write(&bare(nodes));
    bencher.bench(|| {
        let text = black_box(&text);
        audit(&parsed(text)).to_json(&Source::new("map.json", text.as_str()))
    });
}

/// All findings of a bare map as text, ten a rule as the command line shows them.
#[divan::bench(args = SIZES)]
fn tell_as_text(bencher: Bencher, nodes: usize) {
    let report = audit(&bare(nodes));
    bencher.bench(|| black_box(&report).to_text(&Nowhere, &TextOptions::default()));
}

/// Every finding of a bare map as text.
#[divan::bench(args = SIZES)]
fn tell_all_as_text(bencher: Bencher, nodes: usize) {
    let report = audit(&bare(nodes));
    let mut options = TextOptions::default();
    options.shown_per_rule = usize::MAX;
    bencher.bench(|| black_box(&report).to_text(&Nowhere, &options));
}

/// Every finding of a bare map as JSON.
#[divan::bench(args = SIZES)]
fn tell_as_json(bencher: Bencher, nodes: usize) {
    let report = audit(&bare(nodes));
    bencher.bench(|| black_box(&report).to_json(&Nowhere));
}
