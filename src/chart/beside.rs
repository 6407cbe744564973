//! Places for the names of lines: somewhere beside them.

use crate::scene::{Ink, Point, TextStyle};

use super::axes::Axes;
use super::labels::{Labels, Need, size};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Above,
}

/// Along a level, from the right.
pub(super) fn beside_level(axes: &Axes, y: f64, words: &str) -> Vec<Point> {
    let (w, h) = size(words, TextStyle::Note);
    let mut out = Vec::new();
    for share in [1.0, 0.75, 0.5, 0.25, 0.0] {
        let x = axes.area.x + 6.0 + share * (axes.area.w - w - 6.0).max(0.0);
        out.extend([(x, y - h - 4.0), (x, y + 4.0)]);
    }
    out
}

/// Names a line somewhere beside it, where nothing is crossed.
pub(super) fn along(pieces: &[Vec<Point>], words: &str, look: (TextStyle, Ink), labels: &mut Labels) -> bool {
    let (w, h) = size(words, look.0);
    let mut places = Vec::new();
    for out in [3.0, 8.0, 14.0] {
        for (x, y) in spots(pieces) {
            places.extend([
                (x - w / 2.0, y - h - out),
                (x - w / 2.0, y + out),
                (x + out + 3.0, y - h - out / 2.0),
                (x - w - out - 3.0, y + out / 2.0),
                (x + out + 3.0, y + out / 2.0),
                (x - w - out - 3.0, y - h - out / 2.0),
            ]);
        }
    }
    labels.place(&places, words, look, Need::Optional)
}

/// Names what lies beyond a line, on that side of it.
pub(super) fn beyond(
    pieces: &[Vec<Point>],
    side: Side,
    words: &str,
    look: (TextStyle, Ink),
    labels: &mut Labels,
) -> bool {
    let (w, h) = size(words, look.0);
    let mut places = Vec::new();
    for out in [3.0, 8.0, 16.0, 26.0] {
        for (x, y) in spots(pieces) {
            let y = match side {
                Side::Below => y + out,
                Side::Above => y - h - out,
            };
            places.extend([(x - w / 2.0, y), (x, y), (x - w, y)]);
        }
    }
    labels.place(&places, words, look, Need::Optional)
}

/// Places on a line, those in its middle first.
fn spots(pieces: &[Vec<Point>]) -> Vec<Point> {
    let mut out = Vec::new();
    for piece in pieces {
        for pair in piece.windows(2) {
            let steps = ((pair[1].0 - pair[0].0).abs() / 16.0).ceil().clamp(1.0, 200.0) as usize;
            for i in 0..steps {
                let share = (i as f64 + 0.5) / steps as f64;
                out.push((
                    pair[0].0 + share * (pair[1].0 - pair[0].0),
                    pair[0].1 + share * (pair[1].1 - pair[0].1),
                ));
            }
        }
    }
    let n = out.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|i| (2 * i + 1).abs_diff(n));
    order.into_iter().map(|i| out[i]).collect()
}
