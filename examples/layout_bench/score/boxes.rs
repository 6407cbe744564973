//! Boxes that cover each other, and lines that run through boxes.

use super::grid::{Filed, Grid};
use super::{Picture, Point};

/// Two boxes may share this much, for rounding's sake.
const SEAM: f64 = 0.5;
/// A line may run this deep along the edge of a box.
const SKIN: f64 = 1.0;

/// Pairs of boxes that cover each other by more than [`SEAM`] both ways.
pub fn overlaps(picture: &Picture) -> u64 {
    let mut placed: Vec<_> = picture.frames.iter().filter(|frame| frame.is_placed()).collect();
    placed.sort_by(|a, b| a.corners().0.1.total_cmp(&b.corners().0.1));
    let mut pairs = 0;
    // Of the boxes above, those whose lower side is still to come.
    let mut open: Vec<&super::Frame> = Vec::new();
    for frame in placed {
        let top = frame.corners().0.1;
        open.retain(|above| above.corners().1.1 > top + SEAM);
        let beside = |above: &&&super::Frame| (frame.x - above.x).abs() < (frame.w + above.w) / 2.0 - SEAM;
        pairs += open.iter().filter(beside).count() as u64;
        open.push(frame);
    }
    pairs
}

/// Pairs of a line and a foreign box that it enters deeper than [`SKIN`].
pub fn through(picture: &Picture) -> u64 {
    let Some((low, high)) = picture.bounds() else {
        return 0;
    };
    let side = 120f64.max(((high.0 - low.0) * (high.1 - low.1) / 4e6).sqrt());
    let grid = Grid::over(low, high, (side, side));
    let filed = Filed::new(&grid, picture.frames.len(), |i, visit| {
        let frame = &picture.frames[i];
        if frame.is_placed() {
            let (low, high) = frame.corners();
            grid.within(low, high, visit);
        }
    });
    let mut pairs = 0;
    let mut entered: Vec<u32> = Vec::new();
    for line in &picture.lines {
        entered.clear();
        for ends in line.points.windows(2) {
            grid.along(ends[0], ends[1], |cell| {
                for &i in filed.in_cell(cell) {
                    if i as usize == line.from || i as usize == line.to {
                        continue;
                    }
                    let (low, high) = picture.frames[i as usize].corners();
                    let (low, high) = ((low.0 + SKIN, low.1 + SKIN), (high.0 - SKIN, high.1 - SKIN));
                    if enters(ends[0], ends[1], low, high) {
                        entered.push(i);
                    }
                }
            });
        }
        entered.sort_unstable();
        entered.dedup();
        pairs += entered.len() as u64;
    }
    pairs
}

/// Whether a straight piece has more than a point in an upright rectangle: what is left of it after it is cut at each
/// of the four sides (Liang and Barsky 1984).
fn enters(a: Point, b: Point, low: Point, high: Point) -> bool {
    let (mut from, mut to) = (0f64, 1f64);
    for (start, way, low, high) in [(a.0, b.0 - a.0, low.0, high.0), (a.1, b.1 - a.1, low.1, high.1)] {
        if way == 0.0 {
            if start < low || start > high {
                return false;
            }
            continue;
        }
        let (t, u) = ((low - start) / way, (high - start) / way);
        from = from.max(t.min(u));
        to = to.min(t.max(u));
    }
    from < to
}
