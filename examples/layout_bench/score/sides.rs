//! Whether the links of one box leave it and enter it in the order in which they go on.

use super::{Line, Picture, Point};

/// How far from the side of a box lines are followed, in px: less than any gap between columns.
const NEAR: f64 = 30.0;
/// Lines that are this near to each other are side by side in no order.
const TIE: f64 = 0.05;

/// Pairs of lines that leave one box to the right, or enter it from the left, and have swapped places [`NEAR`] px away
/// from it. Two lines from one port have no order there to change. Lines that turn away before are left out.
pub fn of(picture: &Picture) -> u64 {
    let mut leaving: Vec<Vec<(f64, f64)>> = vec![Vec::new(); picture.frames.len()];
    let mut entering = leaving.clone();
    for line in &picture.lines {
        let Line { from, to, points, .. } = line;
        let right = picture.frames[*from].corners().1.0;
        leaving[*from].extend(course(points.iter().copied(), right + NEAR));
        // The same, seen in a mirror.
        let left = picture.frames[*to].corners().0.0;
        entering[*to].extend(course(points.iter().rev().map(|&(x, y)| (-x, y)), -left + NEAR));
    }
    leaving.iter().chain(&entering).map(|side| swaps(side)).sum()
}

/// The height at which a line begins, and at which it first comes to `x`.
fn course(points: impl Iterator<Item = Point>, x: f64) -> Option<(f64, f64)> {
    let mut first = None;
    let mut last: Option<Point> = None;
    for point in points {
        let begin = *first.get_or_insert(point.1);
        if point.0 >= x {
            let (ax, ay) = last?;
            return Some((begin, ay + (point.1 - ay) * (x - ax) / (point.0 - ax)));
        }
        last = Some(point);
    }
    None
}

fn swaps(side: &[(f64, f64)]) -> u64 {
    let mut count = 0;
    for (i, a) in side.iter().enumerate() {
        for b in &side[i + 1..] {
            let (before, after) = (a.0 - b.0, a.1 - b.1);
            count += u64::from(before.abs() > TIE && after.abs() > TIE && (before > 0.0) != (after > 0.0));
        }
    }
    count
}
