//! The shape of a route: its line, ending where its head begins, and the head.

use crate::scene::{Head, Point, Route};

use super::number::{Hundredths, path};
use super::{is_filled, polyline};

/// Path data of a route.
pub(super) struct Shape {
    pub line: String,
    pub head: Option<String>,
}

/// `None` for a route of fewer than four points, which is no curve.
pub(super) fn shape(route: &Route) -> Option<Shape> {
    let n = route.bezier.len();
    if n < 4 {
        return None;
    }
    let mut curve = route.bezier.clone();
    let tip = curve[n - 1];
    let along = direction(&curve);
    let at = |back: f64, aside: f64| {
        (
            tip.0 - along.0 * back - along.1 * aside,
            tip.1 - along.1 * back + along.0 * aside,
        )
    };
    // A heavier line has a larger head.
    let scale = 0.7 + 0.2 * route.weight;
    let (back, points) = match route.head {
        Head::Arrow => (
            7.0 * scale,
            vec![
                at(9.0 * scale, 3.8 * scale),
                at(0.0, 0.0),
                at(9.0 * scale, -3.8 * scale),
            ],
        ),
        Head::Open => (
            1.0,
            vec![
                at(7.0 * scale, 4.0 * scale),
                at(1.0, 0.0),
                at(7.0 * scale, -4.0 * scale),
            ],
        ),
        Head::Bar => (4.0, vec![at(4.0, 6.0 * scale), at(4.0, -6.0 * scale)]),
        Head::None => (0.0, Vec::new()),
    };
    // The line ends inside the head; both control points go back together, so that it still arrives straight.
    for point in &mut curve[n - 2..] {
        *point = (point.0 - along.0 * back, point.1 - along.1 * back);
    }
    let rounded: Vec<_> = curve
        .iter()
        .map(|&(x, y)| (Hundredths::of(x), Hundredths::of(y)))
        .collect();
    let head = (!points.is_empty()).then(|| {
        let mut d = polyline(&points);
        if is_filled(route.head) {
            d.push('z');
        }
        d
    });
    Some(Shape {
        line: path(&rounded, 'c'),
        head,
    })
}

/// The direction of the last piece of the curve that has a length, as a unit vector; to the right where none has.
fn direction(curve: &[Point]) -> Point {
    let tip = curve[curve.len() - 1];
    curve
        .iter()
        .rev()
        .map(|&(x, y)| (tip.0 - x, tip.1 - y))
        .find_map(|(dx, dy)| {
            let length = (dx * dx + dy * dy).sqrt();
            (length > 0.01).then(|| (dx / length, dy / length))
        })
        .unwrap_or((1.0, 0.0))
}
