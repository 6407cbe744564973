//! What tires the eye in a picture, beside crossings: lines that run close together, steep ones, tight bends, flat crossings,
//! arrowheads upon one another, lines that graze boxes, and type that becomes small on paper.
//!
//! Lines are sampled every [`STEP`] px. Figures are shares of links, of their length or of crossings, so that maps of any size compare.

use serde::Serialize;

use super::grid::{Filed, Grid};
use super::{Line, Picture, Point};

/// Between two samples of a line, in px.
const STEP: f64 = 3.0;
/// Two lines so near, centre to centre, are one grey band to the eye.
const BAND: f64 = 4.5;
/// Lines within this many degrees of each other run side by side.
const PARALLEL: f64 = 15.0;
/// A line is steep above this, in degrees.
const STEEP: f64 = 75.0;
/// A bend of a smaller radius looks like a kink, in px.
const KINK: f64 = 6.0;
/// A line keeps so far from foreign boxes, in px; less a rounding.
const CLEAR: f64 = 8.0 - 0.05;
/// An arrowhead is so wide, in px.
const HEAD: f64 = 7.6;
/// The type of a title in a picture, in px.
const TYPE: f64 = 15.0;
/// A sheet of A4 lying across within its margins of 10 mm, and a slide of 16:9 (13.33 by 7.5 in) within 0.3 in, in pt.
const PAPERS: [Point; 2] = [(785.0, 538.0), (917.0, 497.0)];

/// Shares are from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Look {
    /// Length that runs within 4.5 px of another line, and nearly parallel to it.
    pub banded: f64,
    /// Links that are somewhere steeper than 75°.
    pub steep: f64,
    /// Links with a bend of a radius under 6 px.
    pub kinked: f64,
    /// Links nearer than 8 px to a box that is none of their ends.
    pub grazing: f64,
    /// Pairs of arrowheads at one box that lie on each other in part: a head where several lines arrive at one spot is one.
    pub heads: u64,
    /// Size of the type on A4, in pt.
    pub on_a4: f64,
    /// Size of the type on a slide of 16:9, in pt.
    pub on_slide: f64,
}

/// A point of a line, which way the line runs there, and whose it is.
struct Sample {
    at: Point,
    way: Point,
    line: u32,
}

/// Looks at a picture.
pub fn of(picture: &Picture) -> Look {
    let Some((low, high)) = picture.bounds() else {
        return Look::default();
    };
    let samples = samples(&picture.lines);
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    let lines = &picture.lines;
    let some = |is: &dyn Fn(&Line) -> bool| share(lines.iter().filter(|line| is(line)).count(), lines.len());
    let kind = (high.0 - low.0, high.1 - low.1);
    let [on_a4, on_slide] = PAPERS.map(|(w, h)| TYPE * (w / kind.0.max(1.0)).min(h / kind.1.max(1.0)).min(0.75 * 1.25));
    Look {
        banded: share(banded(&samples, low, high), samples.len()),
        steep: some(&|line| pieces(line).any(|(a, b)| (b.1 - a.1).abs().atan2((b.0 - a.0).abs()).to_degrees() > STEEP)),
        kinked: some(&is_kinked),
        grazing: share(grazing(picture, &samples), lines.len()),
        heads: heads(picture),
        on_a4,
        on_slide,
    }
}

/// The pieces of a line that are long enough to have a direction.
fn pieces(line: &Line) -> impl Iterator<Item = (Point, Point)> + '_ {
    let long = |(a, b): &(Point, Point)| (b.0 - a.0).abs() + (b.1 - a.1).abs() > 0.5;
    line.points.windows(2).map(|ends| (ends[0], ends[1])).filter(long)
}

fn samples(lines: &[Line]) -> Vec<Sample> {
    let mut out = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        for (a, b) in pieces(line) {
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let length = dx.hypot(dy);
            let steps = (length / STEP).ceil().max(1.0);
            for step in 0..steps as usize {
                let t = (step as f64 + 0.5) / steps;
                out.push(Sample {
                    at: (a.0 + dx * t, a.1 + dy * t),
                    way: (dx / length, dy / length),
                    line: i as u32,
                });
            }
        }
    }
    out
}

/// How many samples have one of another line beside them. A line on top of another, where both are drawn as one, is not beside it.
fn banded(samples: &[Sample], low: Point, high: Point) -> usize {
    let grid = Grid::over(low, high, (12.0, 12.0));
    let reach = |p: Point, by: f64| ((p.0 - by, p.1 - by), (p.0 + by, p.1 + by));
    let filed = Filed::new(&grid, samples.len(), |i, visit| visit(grid.cell_of(samples[i].at)));
    let alike = PARALLEL.to_radians().cos();
    let beside = |one: &Sample, other: &Sample| {
        let (dx, dy) = (other.at.0 - one.at.0, other.at.1 - one.at.1);
        let apart = (dx * one.way.1 - dy * one.way.0).abs();
        one.line != other.line
            && apart <= BAND
            && apart > 0.25
            && (dx * one.way.0 + dy * one.way.1).abs() <= STEP
            && (one.way.0 * other.way.0 + one.way.1 * other.way.1).abs() >= alike
    };
    samples
        .iter()
        .filter(|one| {
            let (from, to) = reach(one.at, BAND + STEP);
            let mut found = false;
            grid.within(from, to, |cell| {
                found = found || filed.in_cell(cell).iter().any(|&i| beside(one, &samples[i as usize]));
            });
            found
        })
        .count()
}

/// Whether a line bends within less than [`KINK`]. Of straight pieces: the angle between two of them, over half their length.
fn is_kinked(line: &Line) -> bool {
    if let Some(radius) = line.tightest {
        return radius < KINK;
    }
    let pieces: Vec<(Point, Point)> = pieces(line).collect();
    pieces.windows(2).any(|two| {
        let way = |(a, b): (Point, Point)| (b.0 - a.0, b.1 - a.1);
        let (u, v) = (way(two[0]), way(two[1]));
        let turn = (u.0 * v.1 - u.1 * v.0).abs().atan2(u.0 * v.0 + u.1 * v.1);
        turn > 0.05 && (u.0.hypot(u.1) + v.0.hypot(v.1)) / 2.0 / turn < KINK
    })
}

/// How many lines come nearer to a foreign box than they may.
fn grazing(picture: &Picture, samples: &[Sample]) -> usize {
    let Some((low, high)) = picture.bounds() else {
        return 0;
    };
    let grid = Grid::over(low, high, (120.0, 120.0));
    let filed = Filed::new(&grid, picture.frames.len(), |i, visit| {
        let frame = &picture.frames[i];
        if frame.is_placed() {
            let (low, high) = frame.corners();
            grid.within((low.0 - CLEAR, low.1 - CLEAR), (high.0 + CLEAR, high.1 + CLEAR), visit);
        }
    });
    let mut lines: Vec<u32> = Vec::new();
    for sample in samples {
        let line = &picture.lines[sample.line as usize];
        let grazes = filed.in_cell(grid.cell_of(sample.at)).iter().any(|&i| {
            let frame = &picture.frames[i as usize];
            let beyond = |a: f64, centre: f64, size: f64| ((a - centre).abs() - size / 2.0).max(0.0);
            i as usize != line.from
                && i as usize != line.to
                && beyond(sample.at.0, frame.x, frame.w).hypot(beyond(sample.at.1, frame.y, frame.h)) < CLEAR
        });
        if grazes {
            lines.push(sample.line);
        }
    }
    lines.dedup();
    lines.len()
}

/// Pairs of neighbouring ends at one box, in different spots and nearer than a head is wide.
fn heads(picture: &Picture) -> u64 {
    let mut ends: Vec<(usize, Point)> = picture
        .lines
        .iter()
        .filter_map(|line| Some((line.to, *line.points.last()?)))
        .collect();
    ends.sort_by(|a, b| {
        let spot = |one: &(usize, Point)| (one.0, one.1.1, one.1.0);
        let ((i, y, x), (j, v, u)) = (spot(a), spot(b));
        i.cmp(&j).then(y.total_cmp(&v)).then(x.total_cmp(&u))
    });
    let near = |two: &&[(usize, Point)]| {
        let apart = (two[1].1.0 - two[0].1.0).hypot(two[1].1.1 - two[0].1.1);
        two[0].0 == two[1].0 && apart > 0.25 && apart < HEAD
    };
    ends.windows(2).filter(near).count() as u64
}

#[cfg(test)]
mod tests {
    use super::super::Frame;
    use super::*;

    fn frame(x: f64, y: f64) -> Frame {
        Frame {
            stage: 0,
            x,
            y,
            w: 100.0,
            h: 40.0,
        }
    }

    fn look(frames: Vec<Frame>, lines: Vec<Vec<Point>>) -> Look {
        of(&Picture {
            frames,
            lines: lines.into_iter().map(|points| Line::through(0, 1, points)).collect(),
            missing_links: 0,
        })
    }

    #[test]
    fn lines_side_by_side_are_a_band_and_those_apart_or_crossing_are_not() {
        let level = |y: f64| vec![(0.0, y), (300.0, y)];
        let of = |lines| look(vec![], lines).banded;
        assert_eq!(of(vec![level(0.0), level(4.0)]), 1.0);
        assert_eq!(of(vec![level(0.0), level(5.0)]), 0.0);
        assert_eq!(of(vec![level(0.0), level(0.0)]), 0.0, "one line to the eye");
        assert_eq!(of(vec![level(0.0), vec![(150.0, -100.0), (150.0, 100.0)]]), 0.0);
        let half = of(vec![level(0.0), vec![(0.0, 3.0), (150.0, 3.0)]]);
        assert!((half - 2.0 / 3.0).abs() < 0.02, "{half}");
    }

    #[test]
    fn steepness_and_bends_are_counted_by_link() {
        let of = |points| look(vec![], vec![points, vec![(0.0, 500.0), (300.0, 500.0)]]);
        assert_eq!(of(vec![(0.0, 0.0), (10.0, 40.0)]).steep, 0.5);
        assert_eq!(of(vec![(0.0, 0.0), (10.0, 35.0)]).steep, 0.0);
        // A right angle in two pieces of 4 px is a bend of 2.5 px, in two of 40 px one of 25 px.
        assert_eq!(of(vec![(0.0, 0.0), (4.0, 0.0), (4.0, 4.0)]).kinked, 0.5);
        assert_eq!(of(vec![(0.0, 0.0), (40.0, 0.0), (40.0, 40.0)]).kinked, 0.0);
        // A quarter of a circle in one cubic has the radius of the circle all along.
        let quarter = |r: f64| Line::curved(0, 1, &[(0.0, 0.0), (0.552 * r, 0.0), (r, 0.448 * r), (r, r)]);
        for (radius, is) in [(5.0, true), (7.0, false), (40.0, false)] {
            let line = quarter(radius);
            assert!((line.tightest.unwrap() / radius - 1.0).abs() < 0.05, "{line:?}");
            assert_eq!(is_kinked(&line), is, "{radius}");
        }
    }

    #[test]
    fn a_line_past_the_corner_of_a_foreign_box_grazes_it_within_8_px() {
        let frames = || vec![frame(0.0, 0.0), frame(600.0, 0.0), frame(300.0, 0.0)];
        let past = |gap: f64| vec![(50.0, -20.0 - gap), (550.0, -20.0 - gap)];
        assert_eq!(look(frames(), vec![past(7.0)]).grazing, 1.0);
        assert_eq!(look(frames(), vec![past(8.0)]).grazing, 0.0);
        // Its own boxes it may touch.
        assert_eq!(look(frames(), vec![vec![(0.0, 0.0), (100.0, 0.0)]]).grazing, 0.0);
    }

    #[test]
    fn heads_overlap_where_ends_are_near_and_not_where_they_are_one() {
        let to = |y: f64| vec![(0.0, 0.0), (550.0, y)];
        let frames = || vec![frame(0.0, 0.0), frame(600.0, 0.0)];
        assert_eq!(look(frames(), vec![to(0.0), to(7.0), to(14.0)]).heads, 2);
        assert_eq!(look(frames(), vec![to(0.0), to(8.0)]).heads, 0);
        assert_eq!(look(frames(), vec![to(0.0), to(0.0)]).heads, 0);
    }

    #[test]
    fn type_shrinks_with_the_picture() {
        let wide = look(vec![frame(0.0, 0.0), frame(1470.0, 0.0)], vec![]);
        assert!((wide.on_a4 - 15.0 * 785.0 / 1570.0).abs() < 1e-9, "{wide:?}");
        let small = look(vec![frame(0.0, 0.0)], vec![]);
        assert_eq!(small.on_a4, 15.0 * 0.75 * 1.25, "a small map is not blown up further");
    }
}
