//! Prints a large map to measure with: `cargo run --example large -- 1000 > large.json`.
//!
//! The first number is how many nodes, the second (optional) picks one of many maps of that size.

mod generator;

use std::error::Error;
use std::io::{self, Write};

use benefit_map::file;

fn main() -> Result<(), Box<dyn Error>> {
    #[allow(clippy::disallowed_methods, reason = "a program reads its arguments")]
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let nodes = numbers.next().unwrap_or(Ok(300))?;
    let seed = numbers.next().unwrap_or(Ok(1))?;
    let map = generator::map(usize::try_from(nodes)?, seed);
    io::stdout().write_all(file::write(&map).as_bytes())?;
    Ok(())
}
