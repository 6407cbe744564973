//! The seam of the layout: sizes, stages and connections in, coordinates out; no text, no map.
//!
//! [`arrange`] runs the four steps of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical
//! system structures" (1981): rank, order, place, route, each in a module of its own.

use super::{fill, ladder::Ladder, lane, order, place, rank, route, straighten};

/// One box to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// The stage, from 0 at the left.
    pub stage: usize,
    /// In px.
    pub width: f64,
    /// In px.
    pub height: f64,
}

/// A line to be drawn between two boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// Where it leaves, as an index into the items.
    pub from: usize,
    /// Where it arrives, as an index into the items.
    pub to: usize,
    /// Whether it may run back.
    pub flow: Flow,
}

/// Whether a connection belongs to the flow from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It runs with the stages. Where it closes a loop, or runs to an earlier stage, it is routed as feedback is.
    Forward,
    /// It runs back on purpose, in a lane around the map, and has no say in the order.
    Feedback,
}

/// What is to be arranged. Ties are broken by the order of the items.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Input {
    /// The boxes.
    pub items: Vec<Item>,
    /// The lines.
    pub connections: Vec<Connection>,
    /// How many stages there are: each has at least one column, even without boxes. A box may name a later one.
    pub stages: usize,
    /// The width of a column without boxes, in px.
    pub empty_width: f64,
    /// An order to start from and to keep, where there is one.
    pub earlier: Option<Earlier>,
}

/// An order that the boxes had before, or that people gave them. It is kept whatever it costs in crossings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Earlier {
    /// For every item its place from the top among the items of its stage, in any rising numbers; `None` where it
    /// had none. Items beyond the end of the list had none.
    pub places: Vec<Option<usize>>,
}

/// How to arrange.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// The distances.
    pub spacing: Spacing,
}

/// Distances, in px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    /// Between boxes of one column.
    pub between_items: f64,
    /// Between the sides of neighbouring columns, at least.
    pub between_columns: f64,
    /// Between a line and a box that it passes, at least.
    pub around_items: f64,
    /// Between two lines side by side.
    pub between_lines: f64,
}

impl Default for Spacing {
    fn default() -> Self {
        Self {
            between_items: 20.0,
            between_columns: 120.0,
            around_items: 8.0,
            between_lines: 8.0,
        }
    }
}

/// One column of boxes: a stage, or a part of one where nodes of one stage feed each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// The stage that it belongs to.
    pub stage: usize,
    /// Left side, in px.
    pub x: f64,
    /// In px.
    pub width: f64,
}

/// Where everything is. All in px, x to the right, y down, the top left corner of the whole at (0, 0).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Output {
    /// From left to right; at least one for every stage of `Input::stages`.
    pub columns: Vec<Column>,
    /// The centre of every item, in the order of the input.
    pub centres: Vec<(f64, f64)>,
    /// The column of every item, as an index into `columns`.
    pub column_of: Vec<usize>,
    /// A cubic Bézier chain for every connection, in the order of the input: 3k + 1 control points from the side of
    /// the first box to the side of the second. It leaves at the right side and arrives at the left one, save that a
    /// self-link comes back to the right side. Empty for a connection to an item that there is not.
    pub routes: Vec<Vec<(f64, f64)>>,
    /// The extent of boxes and lines together.
    pub width: f64,
    /// The extent of boxes and lines together.
    pub height: f64,
}

/// Arranges boxes in columns by stage, and draws lines between them.
///
/// The same input gives the same output, to the last bit. Sizes that are not finite, or below 0, count as 0.
pub fn arrange(input: &Input, options: &Options) -> Output {
    let spacing = &options.spacing;
    let items: Vec<Item> = input.items.iter().map(sound).collect();
    let ranking = rank::rank(&items, &input.connections, input.stages);
    let ladder = Ladder::new(&items, &input.connections, &ranking);
    let order = order::order(&ladder, input.earlier.as_ref());
    let mut ports = route::Ports::new(&ladder, &ranking, &order, &items, &input.connections, spacing);
    let mut columns: Vec<Column> = ranking
        .stage_of_column
        .iter()
        .map(|&stage| Column {
            stage,
            x: 0.0,
            width: 0.0,
        })
        .collect();
    let mut held = vec![false; columns.len()];
    for (item, &column) in items.iter().zip(&ranking.column_of) {
        columns[column].width = columns[column].width.max(item.width);
        held[column] = true;
    }
    for (column, held) in columns.iter_mut().zip(held) {
        if !held {
            column.width = input.empty_width.max(0.0);
        }
    }
    let mut placing = place::place(
        &ladder,
        &order,
        &items,
        &input.connections,
        &ranking.course,
        &ports,
        spacing,
    );
    let lines = straighten::Lines {
        ladder: &ladder,
        order: &order,
        items: &items,
        connections: &input.connections,
        courses: &ranking.course,
        spacing,
    };
    lines.straighten(&mut placing, &mut ports);
    let room = fill::Room {
        ladder: &ladder,
        items: &items,
        connections: &input.connections,
        courses: &ranking.course,
        earlier: input.earlier.as_ref(),
        spacing,
    };
    room.fill(&mut placing);
    let lanes = lane::plan(&ranking, &items, &input.connections, &ports, &placing, spacing);
    let mut x = 0.0;
    for (c, column) in columns.iter_mut().enumerate() {
        column.x = x + lanes.before(c);
        x = column.x + column.width + lanes.after(c) + placing.gaps.get(c).copied().unwrap_or(0.0);
    }
    let mut output = Output {
        centres: (0..items.len())
            .map(|i| {
                let column = &columns[ranking.column_of[i]];
                (column.x + column.width / 2.0, placing.y[i])
            })
            .collect(),
        column_of: ranking.column_of.clone(),
        columns,
        ..Output::default()
    };
    let drawing = route::Drawing {
        ladder: &ladder,
        ranking: &ranking,
        items: &items,
        connections: &input.connections,
        ports: &ports,
        placing: &placing,
        lanes: &lanes,
    };
    output.routes = route::routes(&drawing, &output);
    settle(&mut output, &items);
    output
}

/// An item whose sizes can be reckoned with.
fn sound(item: &Item) -> Item {
    let size = |v: f64| if v.is_finite() { v.max(0.0) } else { 0.0 };
    Item {
        width: size(item.width),
        height: size(item.height),
        ..*item
    }
}

/// Moves everything so that the top left corner is (0, 0), and rounds to hundredths of a px: in one place.
fn settle(output: &mut Output, items: &[Item]) {
    let (mut left, mut top, mut right, mut bottom) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let mut reach = |x0: f64, y0: f64, x1: f64, y1: f64| {
        left = left.min(x0);
        top = top.min(y0);
        right = right.max(x1);
        bottom = bottom.max(y1);
    };
    for (item, &(x, y)) in items.iter().zip(&output.centres) {
        let (w, h) = (item.width / 2.0, item.height / 2.0);
        reach(x - w, y - h, x + w, y + h);
    }
    for &(x, y) in output.routes.iter().flatten() {
        reach(x, y, x, y);
    }
    if top > bottom {
        (top, bottom) = (0.0, 0.0);
    }
    for column in &output.columns {
        left = left.min(column.x);
        right = right.max(column.x + column.width);
    }
    if left > right {
        (left, right) = (0.0, 0.0);
    }
    let round = |v: f64| (v * 100.0).round() / 100.0;
    let (left, top) = (round(left), round(top));
    for column in &mut output.columns {
        column.x = round(column.x - left);
    }
    for (x, y) in output.centres.iter_mut().chain(output.routes.iter_mut().flatten()) {
        *x = round(*x - left);
        *y = round(*y - top);
    }
    output.width = round(right - left);
    output.height = round(bottom - top);
}
