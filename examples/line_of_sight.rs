//! Where does the money go? For each end outcome: the investments that reach it, what they cost, and one chain as
//! proof. `cargo run --example line_of_sight -- examples/maps/smart-waste/map.json`
//!
//! Money is not divided between outcomes: an investment that serves three end outcomes stands behind each of them
//! with its whole cost, because a map says what leads to what, not how a pound is shared.

#![allow(clippy::disallowed_methods, reason = "a program reads its arguments")]

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use benefit_map::file;
use benefit_map::graph::{BenefitGraph, NodeIx};
use benefit_map::map::{Node, NodeKind};
use rust_decimal::Decimal;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which map?")?;
    print(Path::new(&path), &mut io::stdout())
}

/// Writes the report on the map at `path` to `out`.
pub fn print(path: &Path, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let map = file::load(path)?.map;
    let currency = match map.currency.as_str() {
        "" => String::new(),
        code => format!("{code} "),
    };
    let graph = BenefitGraph::new(&map);
    let title = |ix: NodeIx| graph.node(ix).title.as_str();

    for end in graph.of_kind(NodeKind::EndOutcome) {
        let sight = graph.line_of_sight(end);
        let total: Decimal = sight.investments.iter().map(|ix| cost(graph.node(*ix))).sum();
        writeln!(out, "{}: {currency}{total}", title(end))?;
        for investment in &sight.investments {
            writeln!(out, "  {:>9}  {}", cost(graph.node(*investment)), title(*investment))?;
            let chain = graph.shortest_chain(*investment, end).unwrap_or_default();
            let steps: Vec<&str> = chain.iter().skip(1).map(|ix| title(*ix)).collect();
            writeln!(out, "             -> {}", steps.join(" -> "))?;
        }
    }

    // The other way round: money that leads nowhere is what an auditor looks for first.
    let seen = graph.reaching_end_outcome();
    for lost in graph.of_kind(NodeKind::Investment).filter(|ix| !seen.contains(*ix)) {
        writeln!(
            out,
            "No line of sight: {currency}{} for {}",
            cost(graph.node(lost)),
            title(lost)
        )?;
    }
    Ok(())
}

/// What a node costs over all years.
fn cost(node: &Node) -> Decimal {
    node.cost.iter().map(|part| part.amount.decimal()).sum()
}
