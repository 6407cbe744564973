//! Columns: how far right every layer is, and with it the centre of every box.

use super::channels::Channels;
use super::output::{Column, Point};
use super::placing::Placing;
use super::problem::Problem;

/// The column of every layer: as wide as its widest box, with the gaps of the placing and the room of the channels
/// between them. A layer without boxes is `empty_width` wide.
pub(super) fn columns(problem: &Problem, placing: &Placing, channels: &Channels, empty_width: f64) -> Vec<Column> {
    let stages = &problem.ranking.stage_of_layer;
    let mut widths: Vec<Option<f64>> = vec![None; stages.len()];
    for (item, &layer) in problem.items.iter().zip(&problem.ranking.layer_of) {
        widths[layer] = Some(widths[layer].map_or(item.width, |width| width.max(item.width)));
    }
    let mut x = 0.0;
    stages
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(c, (&stage, width))| {
            let column = Column {
                stage,
                x: x + channels.before[c],
                width: width.unwrap_or(empty_width.max(0.0)),
            };
            x = column.x + column.width + channels.after[c] + placing.gaps.get(c).copied().unwrap_or(0.0);
            column
        })
        .collect()
}

/// The centre of every item, in px.
pub(super) fn centres(problem: &Problem, placing: &Placing, columns: &[Column]) -> Vec<Point> {
    (0..problem.items.len())
        .map(|i| {
            let column = &columns[problem.ranking.layer_of[i]];
            (column.x + column.width / 2.0, placing.y[i])
        })
        .collect()
}
