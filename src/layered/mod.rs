//! A staged layout engine: boxes, stages and connections in, coordinates out. It knows no text and no map, and imports
//! nothing.
//!
//! Boxes of one stage stand in one column, or in a few where they feed each other; connections run from left to right
//! between columns as smooth curves, and what runs back is led around the drawing. The stages of the work are those of
//! Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981): cycles are
//! opened and layers given, long edges are cut by dummy nodes, crossings are reduced, coordinates found, lines routed.
//! Each is a module of its own. Stages share types and never call each other; [`arrange`] is the list of them. What each
//! of them follows, and what the constants are, is said in `docs/layout.md` and at its functions.
//!
//! ```text
//! Input ─▶ rank ─▶ LayeredGraph ─▶ order ─▶ ports ─▶ place ─▶ straighten ─▶ fill ─▶ back edges ─▶ route ─▶ Output
//!          layers   dummy nodes    levels            heights                        channels      curves
//! ```
//!
//! The same input gives the same output, to the last bit, on every machine: effort is counted in units of work and
//! never in time.
//!
//! ```
//! use benefit_map::layered::{Connection, Flow, Input, Item, Options, arrange};
//!
//! let item = |stage| Item { stage, width: 100.0, height: 40.0 };
//! let link = |from, to| Connection { from, to, flow: Flow::Forward };
//! let input = Input {
//!     items: vec![item(0), item(0), item(1), item(2)],
//!     connections: vec![link(0, 2), link(1, 2), link(2, 3)],
//!     stages: 3,
//!     ..Input::default()
//! };
//! let output = arrange(&input, &Options::default());
//! assert_eq!(output.columns.len(), 3);
//! assert_eq!(output.column_of, [0, 0, 1, 2]);
//! // The two boxes of the first stage keep their distance.
//! assert!((output.centres[0].1 - output.centres[1].1).abs() >= 60.0);
//! // A line begins at the right side of its first box and ends at the left side of its second.
//! assert_eq!(output.routes[2].first().map(|p| p.0), Some(output.centres[2].0 + 50.0));
//! assert_eq!(output.routes[2].last().map(|p| p.0), Some(output.centres[3].0 - 50.0));
//! ```

mod adjacency;
mod assign_ports;
mod back_edges;
mod bands;
mod channels;
mod columns;
mod fill;
mod graph;
mod input;
mod levels;
mod order;
mod output;
mod place;
mod placing;
mod ports;
mod problem;
mod rank;
mod ranking;
mod route;
mod settle;
mod straighten;

pub use bands::{Band, bands};
pub use input::{Connection, Earlier, Flow, Input, Item, Options, Spacing};
pub use output::{Column, Output, Point};

use graph::LayeredGraph;
use problem::Problem;

/// Arranges boxes in columns by stage, and draws lines between them.
///
/// The same input gives the same output, to the last bit. Sizes that are not finite, or below 0, count as 0. No two
/// boxes overlap, and no line runs through a box that is not its own.
pub fn arrange(input: &Input, options: &Options) -> Output {
    let items: Vec<Item> = input.items.iter().map(Item::sound).collect();
    let ranking = rank::rank(&items, &input.connections, input.stages);
    let graph = LayeredGraph::new(&input.connections, &ranking);
    let levels = order::order(&graph, input.earlier.as_ref());
    let problem = Problem {
        items: &items,
        connections: &input.connections,
        spacing: &options.spacing,
        ranking: &ranking,
        graph: &graph,
        levels: &levels,
    };
    let mut ports = assign_ports::assign(&problem);
    let mut placing = place::place(&problem, &ports);
    straighten::straighten(&problem, &mut placing, &mut ports);
    fill::fill(&problem, input.earlier.as_ref(), &mut placing);
    let channels = back_edges::channels(&problem, &ports, &placing);
    let columns = columns::columns(&problem, &placing, &channels, input.empty_width);
    let mut output = Output {
        centres: columns::centres(&problem, &placing, &columns),
        column_of: ranking.layer_of.clone(),
        routes: route::routes(&problem, &ports, &placing, &channels, &columns),
        columns,
        ..Output::default()
    };
    settle::settle(&mut output, &items);
    output
}

/// The guide, whose example is run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../docs/layout.md")]
struct Guide;
