//! A staged layout engine: boxes, stages and connections in, coordinates out. It knows no text and no map, and imports
//! nothing.
//!
//! Boxes of one stage stand in one column, or in a few where they feed each other; connections run from left to right
//! between columns as smooth curves, and what runs back is led around the drawing, or straight to the layer before. The stages of the work are those of
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
mod cover;
mod fill;
mod gather;
mod graph;
mod input;
mod levels;
mod order;
mod output;
mod place;
mod placing;
mod pool;
mod ports;
mod problem;
mod rank;
mod ranking;
mod route;
mod settle;
mod share;
mod straighten;
mod tracks;
mod uprights;
mod wiring;

pub use bands::{Band, bands};
pub use input::{Connection, Earlier, Effort, Flow, Input, Item, Options, Sharing, Spacing};
pub use output::{Column, Drawn, Join, Output, Point};

use graph::LayeredGraph;
use problem::Problem;
use ranking::{EdgeClass, Ranking};
use wiring::Wiring;

/// Arranges boxes in columns by stage, and draws lines between them.
///
/// The same input gives the same output, to the last bit. Sizes that are not finite, or below 0, count as 0. No two
/// boxes overlap, and no line runs through a box that is not its own.
pub fn arrange(input: &Input, options: &Options) -> Output {
    let items: Vec<Item> = input.items.iter().map(Item::sound).collect();
    let ranking = rank::rank(&items, &input.connections, input.stages);
    let graph = LayeredGraph::new(&input.connections, &ranking);
    let mut apart = vec![false; input.connections.len()];
    for &k in &input.apart {
        if let Some(apart) = apart.get_mut(k) {
            *apart = true;
        }
    }
    let work = Work {
        items: &items,
        input,
        options,
        ranking: &ranking,
        graph: &graph,
        apart: &apart,
    };
    let mut output = work.choose();
    settle::settle(&mut output, &items);
    output
}

/// What all stages read.
struct Work<'a> {
    items: &'a [Item],
    input: &'a Input,
    options: &'a Options,
    ranking: &'a Ranking,
    graph: &'a LayeredGraph,
    apart: &'a [bool],
}

/// From so many crossings a link on, links are drawn as trunks without being asked for, and as uprights where there are
/// more links than the third number.
const AUTO: (u64, u64, u64) = (3, 5, 100);
/// Maps of more vertices are drawn with single lines unless shared ones are asked for: nobody follows a line there.
const MOST_AUTO: usize = 1_000;
/// What a crossing weighs beside the length of lines, in px, when ways to share are compared.
const CROSSING: f64 = 60.0;
/// What it weighs that a line goes on past an upright that takes some of it.
const PAST: f64 = 10.0;

/// How much further apart shared lines are than single ones, for their corners.
const LANES: f64 = 1.5;
/// How much room shared lines are given, one after the other, until none lies upon another.
const ROOM: [f64; 3] = [1.0, 1.6, 2.4];

impl Work<'_> {
    /// Draws lines in the way that is asked for, or in the one that suits the map.
    fn choose(&self) -> Output {
        match self.options.sharing {
            Sharing::Never => self.single(),
            Sharing::Trunks => self.shared(Drawn::Trunks).output,
            Sharing::Uprights => self.shared(Drawn::Uprights).output,
            Sharing::Auto => self.suitable(),
        }
    }

    fn single(&self) -> Output {
        self.draw(self.graph, self.options.effort, Drawn::Apart, 1.0).output
    }

    fn suitable(&self) -> Output {
        let links = self
            .ranking
            .class
            .iter()
            .filter(|class| **class == EdgeClass::Forward)
            .count() as u64;
        if links < AUTO.0 || self.graph.len() > MOST_AUTO {
            return self.single();
        }
        let effort = if links >= 3 * self.items.len() as u64 {
            Effort::Quick
        } else {
            self.options.effort
        };
        let plain = self.draw(self.graph, effort, Drawn::Apart, 1.0);
        if plain.crossings >= AUTO.1 * links && links > AUTO.2 {
            let shared = self.shared(Drawn::Uprights);
            if 3 * shared.crossings <= plain.crossings {
                return shared.output;
            }
        } else if plain.crossings >= AUTO.0 * links && self.saves_many(links) {
            let shared = self.shared(Drawn::Trunks);
            if shared.cost() <= 0.8 * plain.cost() {
                return shared.output;
            }
        }
        if effort == self.options.effort {
            plain.output
        } else {
            self.single()
        }
    }

    /// Whether trunks are far fewer than what they stand for.
    fn saves_many(&self, links: u64) -> bool {
        let trunks = share::share(
            self.graph,
            &self.input.connections,
            self.ranking,
            self.apart,
            share::By::Fewest,
        );
        4 * (self.graph.len() - trunks.len()) as u64 >= links
    }

    /// The best of several ways to share lines.
    fn shared(&self, drawn: Drawn) -> Drawing {
        let way = |by: share::By, effort: Effort, room: f64| {
            let graph = share::share(self.graph, &self.input.connections, self.ranking, self.apart, by);
            self.draw(&graph, effort, drawn, room)
        };
        let best = |room: f64| {
            let tried = share::ways(self.graph)
                .iter()
                .map(|&by| (by, way(by, Effort::Quick, room)));
            tried.min_by(|a, b| a.1.upon.cmp(&b.1.upon).then(a.1.cost().total_cmp(&b.1.cost())))
        };
        // Where lines would lie upon one another there is not enough room between them.
        let tried = ROOM
            .iter()
            .filter(|_| drawn == Drawn::Uprights)
            .find_map(|&room| best(room).filter(|b| b.1.upon == 0));
        match (tried, drawn) {
            (Some((_, found)), _) => found,
            (None, Drawn::Uprights) => self.shared(Drawn::Trunks),
            (None, _) => {
                let Some((by, quick)) = best(1.0) else {
                    return self.draw(self.graph, self.options.effort, Drawn::Apart, 1.0);
                };
                if self.options.effort == Effort::Quick {
                    return quick;
                }
                let full = way(by, Effort::Full, 1.0);
                if full.cost() < quick.cost() { full } else { quick }
            }
        }
    }

    /// One stage after the other.
    fn draw(&self, graph: &LayeredGraph, effort: Effort, drawn: Drawn, room: f64) -> Drawing {
        let levels = order::order(graph, self.input.earlier.as_ref(), effort);
        let usual = &self.options.spacing;
        let spacing = match drawn {
            Drawn::Uprights => Spacing {
                around_items: usual.around_items * room,
                between_lines: usual.between_lines * LANES * room,
                ..*usual
            },
            Drawn::Apart | Drawn::Trunks => *usual,
        };
        let problem = Problem {
            items: self.items,
            connections: &self.input.connections,
            spacing: &spacing,
            ranking: self.ranking,
            graph,
            levels: &levels,
            drawn,
            apart: self.apart,
        };
        let mut ports = assign_ports::assign(&problem);
        let mut placing = place::place(&problem, &ports);
        if drawn == Drawn::Uprights {
            gather::gather(&problem, &mut placing);
        }
        straighten::straighten(&problem, &mut placing, &mut ports);
        fill::fill(&problem, self.input.earlier.as_ref(), &mut placing);
        let wiring = match drawn {
            Drawn::Uprights => uprights::wire(&problem, &mut ports, &mut placing),
            Drawn::Apart | Drawn::Trunks => Wiring::default(),
        };
        let channels = back_edges::channels(&problem, &ports, &placing);
        let columns = columns::columns(&problem, &placing, &channels, self.input.empty_width);
        let passed = (graph.real..graph.len()).map(|v| columns[graph.layer_of[v] as usize].width);
        let (ink, crossings) = match drawn {
            Drawn::Uprights => (wiring.ink, wiring.crossings),
            Drawn::Apart | Drawn::Trunks => (placing.rise(graph), order::crossings(graph, &levels)),
        };
        Drawing {
            ink: ink + passed.sum::<f64>(),
            crossings,
            past: wiring.past,
            upon: wiring.upon,
            output: Output {
                centres: columns::centres(&problem, &placing, &columns),
                column_of: self.ranking.layer_of.clone(),
                routes: route::routes(&problem, &ports, &placing, &channels, &columns, &wiring),
                joins: route::joins(&wiring, &channels, &columns),
                drawn,
                columns,
                ..Output::default()
            },
        }
    }
}

/// A way to draw a map, and what it costs the eye.
struct Drawing {
    output: Output,
    /// The length of all lines, about, in px.
    ink: f64,
    /// Their crossings between columns.
    crossings: u64,
    /// How often lines go on past uprights that take some of them.
    past: u64,
    /// Lines that can be misread.
    upon: usize,
}

impl Drawing {
    fn cost(&self) -> f64 {
        self.ink + CROSSING * self.crossings as f64 + PAST * self.past as f64
    }
}

/// The guide, whose example is run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../docs/layout.md")]
struct Guide;
