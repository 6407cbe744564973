//! Where lines cross, and where they lie on each other.

use std::collections::BTreeSet;

use super::grid::{Filed, Grid};
use super::{Picture, Point};

/// What was found of crossings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Crossings {
    /// How many there are.
    pub count: u64,
    /// In degrees; 0 where there are none.
    pub mean_angle: f64,
    /// How many are below [`SHARP`].
    pub sharp: u64,
    /// How many are below [`FLAT`].
    pub flat: u64,
}

/// In degrees: below, the eye no longer tells which line goes on where.
const SHARP: f64 = 15.0;
/// In degrees: below about this, readers follow lines more slowly (Huang, Eades and Hong 2014).
const FLAT: f64 = 30.0;
/// How near to a box two lines may cross that both end there: lines from one spot run as one over the level end of their curves.
const KIN: f64 = 12.0;

/// One straight piece of a line.
struct Piece {
    line: u32,
    a: Point,
    b: Point,
}

/// Counts the crossings of different lines, one for every point.
///
/// Every line is first moved by its own tiny distance, so that lines which touch at a corner or run through one point
/// either cross properly or not at all: no case is left in which the count depends on rounding.
pub fn of(picture: &Picture) -> Crossings {
    let pieces = pieces(picture);
    let Some((low, high)) = picture.bounds() else {
        return Crossings::default();
    };
    let mean = |length: fn(&Piece) -> f64| pieces.iter().map(length).sum::<f64>() / pieces.len().max(1) as f64;
    // A cell as large as the mean piece: then a piece is in three cells or so, and few pieces share one by chance.
    let grid = Grid::over(
        low,
        high,
        (mean(|p| (p.b.0 - p.a.0).abs()), mean(|p| (p.b.1 - p.a.1).abs())),
    );
    let filed = Filed::new(&grid, pieces.len(), |i, visit| {
        grid.along(pieces[i].a, pieces[i].b, visit)
    });
    let mut found = Crossings::default();
    let mut angles = 0.0;
    for cell in 0..grid.cells() {
        let here = filed.in_cell(cell);
        for (k, &i) in here.iter().enumerate() {
            let first = &pieces[i as usize];
            for &j in &here[k + 1..] {
                let second = &pieces[j as usize];
                if first.line == second.line {
                    continue;
                }
                // Where two pieces share several cells, the cell of the point counts it.
                let Some(at) = meet(first, second).filter(|&at| grid.cell_of(at) == cell) else {
                    continue;
                };
                if at_shared_box(picture, first.line, second.line, at) {
                    continue;
                }
                let angle = angle(first, second);
                found.count += 1;
                found.sharp += u64::from(angle < SHARP);
                found.flat += u64::from(angle < FLAT);
                angles += angle;
            }
        }
    }
    found.mean_angle = angles / found.count.max(1) as f64;
    found
}

fn pieces(picture: &Picture) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (i, line) in picture.lines.iter().enumerate() {
        let (dx, dy) = nudge(i as u64);
        let moved = |p: Point| (p.0 + dx, p.1 + dy);
        for ends in line.points.windows(2).filter(|ends| ends[0] != ends[1]) {
            pieces.push(Piece {
                line: i as u32,
                a: moved(ends[0]),
                b: moved(ends[1]),
            });
        }
    }
    pieces
}

/// At most a twenty-thousandth of a px each way, as if at random, the same for the same line.
fn nudge(line: u64) -> Point {
    let part = |salt: u64| {
        let mut z = (2 * line + salt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    };
    (1e-4 * part(1), 1e-4 * part(2))
}

/// Twice the area of a triangle, its sign telling on which side of `ab` `c` lies.
fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// Where two pieces cross.
fn meet(p: &Piece, q: &Piece) -> Option<Point> {
    let (qa, qb) = (turn(p.a, p.b, q.a), turn(p.a, p.b, q.b));
    if (qa > 0.0) == (qb > 0.0) || (turn(q.a, q.b, p.a) > 0.0) == (turn(q.a, q.b, p.b) > 0.0) {
        return None;
    }
    let t = qa / (qa - qb);
    Some((q.a.0 + t * (q.b.0 - q.a.0), q.a.1 + t * (q.b.1 - q.a.1)))
}

fn at_shared_box(picture: &Picture, first: u32, second: u32, at: Point) -> bool {
    let (first, second) = (&picture.lines[first as usize], &picture.lines[second as usize]);
    [first.from, first.to]
        .into_iter()
        .any(|end| (end == second.from || end == second.to) && picture.frames[end].holds(at, KIN))
}

/// From 0 to 90 degrees.
fn angle(p: &Piece, q: &Piece) -> f64 {
    let (u, v) = ((p.b.0 - p.a.0, p.b.1 - p.a.1), (q.b.0 - q.a.0, q.b.1 - q.a.1));
    let (across, along) = ((u.0 * v.1 - u.1 * v.0).abs(), (u.0 * v.0 + u.1 * v.1).abs());
    (across / along).atan().to_degrees()
}

/// Pairs of lines without a common box that have level pieces, or upright ones, on each other: less than half a px
/// apart for more than 2 px. Such lines look like one.
pub fn collinear(picture: &Picture) -> usize {
    let mut pairs = BTreeSet::new();
    // Level pieces, then upright ones with x and y changed over.
    for swap in [false, true] {
        // How high the piece lies, from where to where it runs, and whose it is.
        let mut runs: Vec<(f64, f64, f64, usize)> = Vec::new();
        for (i, line) in picture.lines.iter().enumerate() {
            for ends in line.points.windows(2) {
                let [(ax, ay), (bx, by)] = [ends[0], ends[1]].map(|(x, y)| if swap { (y, x) } else { (x, y) });
                if (ay - by).abs() < 1e-3 {
                    runs.push((ay, ax.min(bx), ax.max(bx), i));
                }
            }
        }
        runs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.3.cmp(&b.3)));
        for (k, &(y, start, end, i)) in runs.iter().enumerate() {
            for &(_, other_start, other_end, j) in runs[k + 1..].iter().take_while(|run| run.0 - y < 0.5) {
                if end.min(other_end) - start.max(other_start) > 2.0 && !are_kin(picture, i, j) {
                    pairs.insert((i.min(j), i.max(j)));
                }
            }
        }
    }
    pairs.len()
}

fn are_kin(picture: &Picture, i: usize, j: usize) -> bool {
    let (a, b) = (&picture.lines[i], &picture.lines[j]);
    i == j || a.from == b.from || a.to == b.to || a.from == b.to || a.to == b.from
}
