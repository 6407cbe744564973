//! A reader of drawn lines: it knows no links, only strokes, and goes along them as an eye does.
//!
//! Level strokes are read to the right. At a point where a curve leaves in the direction in which one is going, it may be
//! taken; strokes that meet at an angle only cross. Two strokes that lie upon one another are one stroke.

use std::collections::{BTreeMap, BTreeSet};

type Point = (f64, f64);
/// A point in hundredths of a px.
pub type Key = (i64, i64);

/// Strokes nearer than this are one, in hundredths of a px.
const SAME: i64 = 3;

pub fn key(p: Point) -> Key {
    ((p.0 * 100.0).round() as i64, (p.1 * 100.0).round() as i64)
}

/// Straight strokes of one direction, by the coordinate that they keep, as ranges of the other.
#[derive(Default)]
struct Rulers(BTreeMap<i64, Vec<(i64, i64)>>);

impl Rulers {
    fn add(&mut self, keeps: i64, a: i64, b: i64) {
        self.0.entry(keeps).or_default().push((a.min(b), a.max(b)));
    }

    /// Joins what touches, also upon lines so near that they look like one.
    fn join(&mut self) {
        let mut all: Vec<(i64, Vec<(i64, i64)>)> = vec![];
        for (keeps, ranges) in std::mem::take(&mut self.0) {
            match all.last_mut() {
                Some((at, list)) if keeps - *at <= SAME => list.extend(ranges),
                _ => all.push((keeps, ranges)),
            }
        }
        for (keeps, mut ranges) in all {
            ranges.sort_unstable();
            let mut joined: Vec<(i64, i64)> = vec![];
            for (a, b) in ranges {
                match joined.last_mut() {
                    Some(last) if a <= last.1 + SAME => last.1 = last.1.max(b),
                    _ => joined.push((a, b)),
                }
            }
            self.0.insert(keeps, joined);
        }
    }

    /// The stroke through a point.
    fn at(&self, keeps: i64, at: i64) -> Option<(i64, (i64, i64))> {
        let near = self.0.range(keeps - 2 * SAME..=keeps + 2 * SAME);
        let mut through = near.flat_map(|(&k, list)| list.iter().map(move |&range| (k, range)));
        through.find(|(_, (a, b))| *a - SAME <= at && at <= *b + SAME)
    }
}

/// Where one is, and which way one is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Going {
    Right(Key),
    Up(Key),
    Down(Key),
}

impl Going {
    /// The way, the coordinate that it keeps, and the other.
    fn split(self) -> (u8, i64, i64) {
        match self {
            Going::Right((x, y)) => (0, y, x),
            Going::Up((x, y)) => (1, x, y),
            Going::Down((x, y)) => (2, x, y),
        }
    }
}

fn going(from: Point, to: Point, at: Key) -> Going {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    if dx.abs() >= dy.abs() {
        Going::Right(at)
    } else if dy < 0.0 {
        Going::Up(at)
    } else {
        Going::Down(at)
    }
}

/// Of a picture of lines the pairs of a first and a last point between which one can go.
pub fn read(routes: &[&[Point]]) -> BTreeSet<(Key, Key)> {
    let (mut level, mut upright) = (Rulers::default(), Rulers::default());
    let mut curves: BTreeSet<(Going, Going)> = BTreeSet::new();
    for route in routes {
        for piece in route.windows(4).step_by(3) {
            let (a, d) = (key(piece[0]), key(piece[3]));
            let is_level = piece.iter().all(|p| (key(*p).1 - a.1).abs() <= 1);
            let is_upright = piece.iter().all(|p| (key(*p).0 - a.0).abs() <= 1);
            if is_level {
                level.add(a.1, a.0, d.0);
            } else if is_upright {
                upright.add(a.0, a.1, d.1);
            } else {
                curves.insert((going(piece[0], piece[1], a), going(piece[2], piece[3], d)));
            }
        }
    }
    level.join();
    upright.join();
    // Curves by the way in which they leave, and by the coordinate that this keeps.
    let mut leaving: BTreeMap<(u8, i64), Vec<(i64, Going)>> = BTreeMap::new();
    for &(from, to) in &curves {
        let (way, keeps, at) = from.split();
        leaving.entry((way, keeps)).or_default().push((at, to));
    }
    let ends: BTreeSet<Key> = routes.iter().map(|route| key(route[route.len() - 1])).collect();
    let starts: BTreeSet<Key> = routes.iter().map(|route| key(route[0])).collect();
    let mut found = BTreeSet::new();
    for &start in &starts {
        let mut seen = BTreeSet::from([Going::Right(start)]);
        let mut stack = vec![Going::Right(start)];
        while let Some(now) = stack.pop() {
            // All that is passed on the way straight on.
            let (way, keeps, at) = now.split();
            let stroke = if way == 0 {
                level.at(keeps, at)
            } else {
                upright.at(keeps, at)
            };
            let (keeps, (low, high)) = stroke.unwrap_or((keeps, (at, at)));
            let passed = match way {
                1 => low - SAME..=at + SAME,
                _ => at - SAME..=high + SAME,
            };
            if way == 0 {
                let here = ends
                    .iter()
                    .filter(|end| (end.1 - keeps).abs() <= 2 * SAME && passed.contains(&end.0));
                found.extend(here.map(|&end| (start, end)));
            }
            for list in leaving.range((way, keeps - 2 * SAME)..=(way, keeps + 2 * SAME)) {
                for (at, to) in list.1 {
                    if passed.contains(at) && seen.insert(*to) {
                        stack.push(*to);
                    }
                }
            }
        }
    }
    found
}
