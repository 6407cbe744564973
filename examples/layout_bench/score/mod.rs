//! How good a drawn map is, in figures, reckoned from what was drawn and nothing else.
//!
//! In: a [`Picture`], which is a map's boxes and links together with where a drawing put them. Out: a [`Score`].
//! No layout is asked for its own opinion: crossings are those of the lines as drawn, not those of an order of nodes.
//! So the same figures can be had of any engine that says where its boxes and lines are.
//!
//! Absent: taste, and everything about text.
//!
//! A curve is taken as 16 chords a cubic, which is finer than a line is wide at any size that a map has.

mod boxes;
mod crossings;
mod grid;
mod look;
mod picture;
mod sides;

use serde::Serialize;

pub use look::Look;
pub use picture::{Frame, Line, Picture, PictureError, Point};

/// What was counted in one picture. Lengths are in px.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Score {
    /// Boxes that the map has.
    pub nodes: usize,
    /// Lines that the map has.
    pub links: usize,
    /// Boxes of the map that were not drawn, or have no place.
    pub missing_nodes: usize,
    /// Links of the map that were not drawn, or have a point that is no number.
    pub missing_links: usize,
    /// Points where two lines cross, save those in or within 12 px of a box that both lines end at.
    pub crossings: u64,
    /// Pairs of boxes that cover each other by more than half a px both ways.
    pub overlaps: u64,
    /// Pairs of a line and a box that is not one of its ends, where the line runs more than 1 px deep into the box.
    pub through: u64,
    /// Lines with an end more than 14 px away from its box.
    pub detached: usize,
    /// Boxes that do not stand left of every box of every later stage.
    pub out_of_stage: usize,
    /// Pairs of lines at one side of one box that swap places within 30 px of it.
    pub side_crossings: u64,
    /// Pairs of lines with no box in common that lie on each other, level or upright, for more than 2 px.
    pub collinear: usize,
    /// Of all lines together.
    pub length: f64,
    /// Mean angle of the crossings in degrees, 90 being best; 0 where nothing crosses.
    pub mean_angle: f64,
    /// Crossings at less than 15 degrees.
    pub sharp_crossings: u64,
    /// Crossings at less than 30 degrees.
    pub flat_crossings: u64,
    /// What tires the eye besides.
    pub look: Look,
    /// Extent of boxes and lines.
    pub width: f64,
    /// Extent of boxes and lines.
    pub height: f64,
}

impl Score {
    /// Reckons all figures of a picture.
    pub fn of(picture: &Picture) -> Self {
        let crossings = crossings::of(picture);
        let bounds = picture.bounds();
        Self {
            nodes: picture.frames.len(),
            links: picture.lines.len() + picture.missing_links,
            missing_nodes: picture.frames.iter().filter(|frame| !frame.is_placed()).count(),
            missing_links: picture.missing_links,
            crossings: crossings.count,
            overlaps: boxes::overlaps(picture),
            through: boxes::through(picture),
            detached: picture.lines.iter().filter(|line| is_detached(picture, line)).count(),
            out_of_stage: out_of_stage(picture),
            side_crossings: sides::of(picture),
            collinear: crossings::collinear(picture),
            length: picture.lines.iter().map(Line::length).sum(),
            mean_angle: crossings.mean_angle,
            sharp_crossings: crossings.sharp,
            flat_crossings: crossings.flat,
            look: look::of(picture),
            width: bounds.map_or(0.0, |(low, high)| high.0 - low.0),
            height: bounds.map_or(0.0, |(low, high)| high.1 - low.1),
        }
    }

    /// What no picture may have, each as a phrase with its number; empty where the picture is correct.
    pub fn faults(&self) -> Vec<String> {
        let figures = [
            (self.missing_nodes as u64, "boxes are missing"),
            (self.missing_links as u64, "lines are missing"),
            (self.overlaps, "pairs of boxes overlap"),
            (self.through, "times a line runs through a foreign box"),
            (self.detached as u64, "lines do not reach their boxes"),
            (self.out_of_stage as u64, "boxes are out of their stage"),
        ];
        figures
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect()
    }
}

/// How far a line may stop short of its box: room for an arrowhead.
const REACH: f64 = 14.0;

fn is_detached(picture: &Picture, line: &Line) -> bool {
    let (Some(&first), Some(&last)) = (line.points.first(), line.points.last()) else {
        return true;
    };
    !picture.frames[line.from].holds(first, REACH) || !picture.frames[line.to].holds(last, REACH)
}

fn out_of_stage(picture: &Picture) -> usize {
    let placed = || picture.frames.iter().filter(|frame| frame.is_placed());
    let stages = placed().map(|frame| frame.stage + 1).max().unwrap_or(0);
    // The left-most centre of each stage, and then of each stage and all later ones.
    let mut bound = vec![f64::INFINITY; stages + 1];
    for frame in placed() {
        bound[frame.stage] = bound[frame.stage].min(frame.x);
    }
    for stage in (0..stages).rev() {
        bound[stage] = bound[stage].min(bound[stage + 1]);
    }
    placed().filter(|frame| frame.x >= bound[frame.stage + 1] - 0.5).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A box of 100 by 40.
    fn frame(stage: usize, x: f64, y: f64) -> Frame {
        Frame {
            stage,
            x,
            y,
            w: 100.0,
            h: 40.0,
        }
    }

    /// A straight line between the facing sides of two boxes.
    fn straight(frames: &[Frame], from: usize, to: usize) -> Line {
        let (a, b) = (frames[from], frames[to]);
        Line::through(from, to, vec![(a.x + 50.0, a.y), (b.x - 50.0, b.y)])
    }

    fn score(frames: &[Frame], lines: Vec<Line>) -> Score {
        Score::of(&Picture {
            frames: frames.to_vec(),
            lines,
            missing_links: 0,
        })
    }

    /// Two columns of three boxes, 100 px apart.
    fn ladder() -> Vec<Frame> {
        (0..6)
            .map(|i| frame(i / 3, 300.0 * (i / 3) as f64, 100.0 * (i % 3) as f64))
            .collect()
    }

    #[test]
    fn lines_in_reverse_order_all_cross_once() {
        let frames = ladder();
        let all = |pairs: [(usize, usize); 3]| pairs.map(|(from, to)| straight(&frames, from, to)).to_vec();
        let score = |lines| score(&frames, lines);
        assert_eq!(score(all([(0, 3), (1, 4), (2, 5)])).crossings, 0);
        assert_eq!(score(all([(0, 4), (1, 3), (2, 5)])).crossings, 1);
        let reversed = score(all([(0, 5), (1, 4), (2, 3)]));
        assert_eq!(reversed.crossings, 3);
        // Two diagonals of a square cross at a right angle, and each crosses the level line at 45 degrees.
        assert!((reversed.mean_angle - 60.0).abs() < 1e-3, "{reversed:?}");
        assert_eq!(reversed.sharp_crossings, 0);
        assert_eq!(reversed.faults(), Vec::<String>::new());
        assert!((reversed.length - (200.0 + 2.0 * 80_000f64.sqrt())).abs() < 1e-6);
        assert_eq!((reversed.width, reversed.height), (400.0, 240.0));
    }

    #[test]
    fn a_crossing_at_a_shared_box_is_none_but_farther_off_it_is_one() {
        let frames = ladder();
        let from_the_first = |to: usize, way: f64| {
            Line::through(
                0,
                to,
                vec![(50.0, 0.0), (52.0, way), (54.0, -way), (250.0, 100.0 * (to - 3) as f64)],
            )
        };
        assert_eq!(
            score(&frames, vec![from_the_first(4, 1.0), from_the_first(5, -1.0)]).crossings,
            0
        );
        // They leave in the wrong order, and cross half way.
        let wrong = [(4, 10.0), (5, -10.0)].map(|(to, port)| {
            Line::through(
                0,
                to,
                vec![(50.0, port), (60.0, port), (250.0, 100.0 * (to - 3) as f64)],
            )
        });
        let wrong = score(&frames, wrong.to_vec());
        assert_eq!((wrong.crossings, wrong.side_crossings), (1, 0));
    }

    #[test]
    fn lines_that_swap_places_at_the_side_of_their_box_are_counted() {
        let frames = ladder();
        let swapping = |to: usize, port: f64| {
            Line::through(
                0,
                to,
                vec![(50.0, port), (75.0, -port), (250.0, 100.0 * (to - 3) as f64)],
            )
        };
        assert_eq!(
            score(&frames, vec![swapping(4, 10.0), swapping(5, -10.0)]).side_crossings,
            1
        );
        // In the order of their other ends there is nothing to count, nor where two share a port.
        assert_eq!(
            score(&frames, vec![straight(&frames, 0, 4), straight(&frames, 0, 5)]).side_crossings,
            0
        );
        // The same at the far side: both enter the last box.
        let entering = |from: usize, port: f64| {
            Line::through(
                from,
                5,
                vec![
                    (50.0, 100.0 * from as f64),
                    (225.0, 200.0 - port),
                    (250.0, 200.0 + port),
                ],
            )
        };
        assert_eq!(
            score(&frames, vec![entering(0, 10.0), entering(1, -10.0)]).side_crossings,
            1
        );
    }

    #[test]
    fn boxes_overlap_when_they_share_more_than_a_seam() {
        let touching = [frame(0, 0.0, 0.0), frame(0, 0.0, 40.0), frame(1, 100.0, 20.0)];
        assert_eq!(score(&touching, vec![]).overlaps, 0);
        let sunk = [
            frame(0, 0.0, 0.0),
            frame(0, 0.0, 39.0),
            frame(0, 0.0, 30.0),
            frame(1, 99.0, 20.0),
        ];
        // Each of the first three with each other, and with the fourth.
        assert_eq!(score(&sunk, vec![]).overlaps, 6);
    }

    #[test]
    fn a_line_through_a_foreign_box_is_counted_once_and_its_own_boxes_never() {
        let frames = [frame(0, 0.0, 0.0), frame(1, 200.0, 0.0), frame(2, 400.0, 0.0)];
        let past = score(&frames, vec![straight(&frames, 0, 2)]);
        assert_eq!(past.through, 1);
        assert_eq!(past.faults(), ["1 times a line runs through a foreign box"]);
        // Along the upper side it does not enter.
        let along = Line::through(0, 2, vec![(50.0, 0.0), (120.0, -20.0), (280.0, -20.0), (350.0, 0.0)]);
        assert_eq!(score(&frames, vec![along]).through, 0);
        let own = Line::through(0, 1, vec![(-50.0, 0.0), (250.0, 0.0)]);
        assert_eq!(score(&frames, vec![own]).through, 0);
    }

    #[test]
    fn a_curve_counts_where_it_runs_not_where_its_control_points_are() {
        let frames = [frame(0, 0.0, 0.0), frame(1, 400.0, 0.0), frame(2, 800.0, 0.0)];
        // The middle of this cubic is three quarters of the way to its control points: 75 px up, or 15.
        let over = |height: f64| Line::curved(0, 2, &[(50.0, 0.0), (50.0, -height), (750.0, -height), (750.0, 0.0)]);
        assert_eq!(score(&frames, vec![over(100.0)]).through, 0);
        assert_eq!(score(&frames, vec![over(20.0)]).through, 1);
        assert_eq!(over(100.0).points[8], (400.0, -75.0));
    }

    #[test]
    fn ends_stages_and_missing_things_are_seen() {
        let frames = [
            frame(0, 0.0, 0.0),
            frame(1, 300.0, 0.0),
            frame(1, -10.0, 100.0),
            frame(2, f64::NAN, 0.0),
        ];
        let lines = vec![
            Line::through(0, 1, vec![(64.0, 0.0), (236.0, 0.0)]),
            Line::through(0, 1, vec![(50.0, 0.0), (235.0, 0.0)]),
        ];
        let score = Score::of(&Picture {
            frames: frames.to_vec(),
            lines,
            missing_links: 2,
        });
        assert_eq!((score.nodes, score.links), (4, 4));
        assert_eq!((score.missing_nodes, score.missing_links), (1, 2));
        assert_eq!(score.detached, 1);
        // The first box stands right of one of the next stage.
        assert_eq!(score.out_of_stage, 1);
        assert_eq!(score.faults().len(), 4);
    }

    #[test]
    fn lines_that_lie_on_each_other_are_seen_unless_they_are_kin() {
        let frames = ladder();
        let level = |from: usize, to: usize, y: f64| Line::through(from, to, vec![(100.0, y), (200.0, y)]);
        assert_eq!(score(&frames, vec![level(0, 3, 50.0), level(1, 4, 50.3)]).collinear, 1);
        assert_eq!(score(&frames, vec![level(0, 3, 50.0), level(1, 4, 50.6)]).collinear, 0);
        assert_eq!(score(&frames, vec![level(0, 3, 50.0), level(0, 4, 50.0)]).collinear, 0);
        let upright = |from: usize, to: usize, y: f64| Line::through(from, to, vec![(150.0, y), (150.0, y + 10.0)]);
        assert_eq!(
            score(&frames, vec![upright(0, 3, 0.0), upright(1, 4, 7.0)]).collinear,
            1
        );
        assert_eq!(
            score(&frames, vec![upright(0, 3, 0.0), upright(1, 4, 8.5)]).collinear,
            0
        );
    }

    #[test]
    fn a_grid_of_lines_crosses_everywhere() {
        // 300 lines one way and 300 the other: 90,000 crossings, at right angles.
        let mut frames = vec![];
        let mut lines = vec![];
        for i in 0..300 {
            let at = 10.0 * i as f64;
            for (stage, (x, y)) in [(0, (-60.0, at)), (1, (3060.0, at)), (0, (at, -60.0)), (1, (at, 3060.0))] {
                frames.push(Frame {
                    stage,
                    x,
                    y,
                    w: 4.0,
                    h: 4.0,
                });
            }
            let n = frames.len();
            lines.push(Line::through(n - 4, n - 3, vec![(-58.0, at), (3058.0, at)]));
            lines.push(Line::through(n - 2, n - 1, vec![(at, -58.0), (at, 3058.0)]));
        }
        let score = score(&frames, lines);
        assert_eq!(score.crossings, 90_000);
        assert!((score.mean_angle - 90.0).abs() < 1e-3);
    }

    #[test]
    fn an_empty_picture_has_no_faults() {
        assert_eq!(score(&[], vec![]), Score::default());
    }
}
