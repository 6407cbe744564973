//! The scorer of drawn maps agrees with a naive one, which looks at every pair of pieces by the same definitions.
//!
//! The scorer's own tests stand beside its code.

use std::collections::HashMap;

use benefit_map::draw::scene_json;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::map::{BenefitMap, Link, NodeId};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::score::{Picture, PictureError, Score};
use crate::support::staged::{self, Dice, Pattern};

/// What is wrong with our own picture of a map, by the scorer.
fn faults_of(map: &BenefitMap, options: &LayoutOptions) -> Vec<String> {
    let scene = layout(&BenefitGraph::new(map), options);
    let drawing = scene_json(&scene);
    let score = Score::of(&Picture::of(map, &drawing).unwrap());
    let mut faults = score.faults();
    if score.side_crossings > 0 {
        faults.push(format!("{} swaps at a side", score.side_crossings));
    }
    faults
}

/// The same map with so many links more, each from a box to one of an earlier stage.
fn with_feedback(mut map: BenefitMap, count: usize, seed: u64) -> BenefitMap {
    let mut dice = Dice::new(seed);
    let known = |map: &BenefitMap, from: &NodeId, to: &NodeId| {
        let mut links = map.links.iter();
        links.any(|link| (&link.from, &link.to) == (from, to))
    };
    let mut left = count;
    for _ in 0..count * 100 {
        let [from, to] = [(); 2].map(|()| dice.below(map.nodes.len() as u64) as usize);
        let (from, to) = (&map.nodes[from], &map.nodes[to]);
        if left == 0 || to.kind.stage() >= from.kind.stage() || known(&map, &from.id, &to.id) {
            continue;
        }
        let mut link = Link::new(from.id.clone(), to.id.clone());
        link.feedback = true;
        map.links.push(link);
        left -= 1;
    }
    map
}

#[test]
fn what_runs_back_crosses_little() {
    let maps: Vec<BenefitMap> = (1..=40)
        .map(|seed| with_feedback(staged::map(30, Pattern::Local, seed), 4, seed))
        .collect();
    let crossings = |map: &BenefitMap| {
        let scene = layout(&BenefitGraph::new(map), &LayoutOptions::default());
        Score::of(&Picture::of(map, &scene_json(&scene)).unwrap()).crossings
    };
    let all: u64 = maps.iter().map(crossings).sum();
    let mean = all as f64 / maps.len() as f64;
    assert!(mean <= 62.0, "{mean} crossings with four links that run back");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn pictures_of_random_maps_have_no_fault(
        nodes in 5usize..90,
        pattern in prop::sample::select(vec![Pattern::Local, Pattern::Random]),
        seed in any::<u64>(),
        dropped in 0usize..60,
        feedback in 0usize..6,
    ) {
        let mut map = staged::map(nodes, pattern, seed);
        // Nodes without links, and parts that fall apart.
        map.links.truncate(map.links.len().saturating_sub(dropped));
        let map = with_feedback(map, feedback, seed);
        prop_assert_eq!(faults_of(&map, &LayoutOptions::default()), Vec::<String>::new());
    }
}

/// A drawing that is bad in every way that a scorer looks at, but draws every box and every line.
fn bad_drawing(map: &BenefitMap, seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let mut rows = [0.0; 5];
    let mut nodes = Vec::new();
    let mut at = std::collections::BTreeMap::new();
    for node in &map.nodes {
        let stage = node.kind.stage();
        // Some stand a stage too far to the right; some lie on the one above.
        let stray = if dice.below(30) == 0 { 320.0 } else { 0.0 };
        let (w, h) = (180.0, 44.0 + 16.0 * dice.below(3) as f64);
        rows[stage] += h + if dice.below(20) == 0 { -9.0 } else { 20.0 };
        let (x, y) = (300.0 * stage as f64 + stray, rows[stage] - h / 2.0);
        nodes.push(json!({"id": node.id, "x": x, "y": y, "w": w, "h": h}));
        at.insert(&node.id, (x, y));
    }
    let mut edges = Vec::new();
    for link in &map.links {
        let ((ax, ay), (bx, by)) = (at[&link.from], at[&link.to]);
        // Each at a height of its own, so that no two lines only touch.
        let (ay, by) = (
            ay + dice.below(1 << 20) as f64 / 131_072.0,
            by + dice.below(1 << 20) as f64 / 131_072.0,
        );
        let (ax, bx) = (ax + 90.0, bx - 90.0 - if dice.below(25) == 0 { 20.0 } else { 0.0 });
        let middle = (ax + bx) / 2.0 + dice.below(1 << 20) as f64 / 16_384.0 - 32.0;
        edges.push(match dice.below(3) {
            0 => json!({"from": link.from, "to": link.to, "bezier": [[ax, ay], [middle, ay], [middle, by], [bx, by]]}),
            1 => json!({"from": link.from, "to": link.to, "points": [[ax, ay], [bx, by]]}),
            _ => json!({"from": link.from, "to": link.to, "points": [[ax, ay], [middle, ay], [middle, by], [bx, by]]}),
        });
    }
    json!({"nodes": nodes, "edges": edges})
}

type Place = (f64, f64);

/// A box by its centre, and its stage.
struct Frame {
    stage: usize,
    at: Place,
    size: Place,
}

impl Frame {
    /// Whether the place lies in the box, made larger on every side.
    fn holds(&self, place: Place, margin: f64) -> bool {
        let (x, y) = ((place.0 - self.at.0).abs(), (place.1 - self.at.1).abs());
        x <= self.size.0 / 2.0 + margin && y <= self.size.1 / 2.0 + margin
    }

    /// Whether the piece comes more than 1 px into the box: its nearest place to the middle is sought by halves, which finds
    /// it as the larger of the two distances is a convex function.
    fn is_entered(&self, a: Place, b: Place) -> bool {
        let depth = |t: f64| {
            let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
            ((x - self.at.0).abs() - self.size.0 / 2.0).max((y - self.at.1).abs() - self.size.1 / 2.0)
        };
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let (one, two) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
            if depth(one) < depth(two) { high = two } else { low = one }
        }
        depth(low) < -1.0
    }
}

/// Where two pieces cross.
fn crossing(a: (Place, Place), b: (Place, Place)) -> Option<Place> {
    let (d, e) = ((a.1.0 - a.0.0, a.1.1 - a.0.1), (b.1.0 - b.0.0, b.1.1 - b.0.1));
    let across = d.0 * e.1 - d.1 * e.0;
    let between = (b.0.0 - a.0.0, b.0.1 - a.0.1);
    let (t, u) = (
        (between.0 * e.1 - between.1 * e.0) / across,
        (between.0 * d.1 - between.1 * d.0) / across,
    );
    let inside = |t: f64| t > 0.0 && t < 1.0;
    (inside(t) && inside(u)).then_some((a.0.0 + t * d.0, a.0.1 + t * d.1))
}

/// A curve as sixteen chords a cubic.
fn chords(corners: &[Place]) -> Vec<Place> {
    let mut places = vec![corners[0]];
    for cubic in corners[1..].chunks(3) {
        let from = *places.last().unwrap();
        for step in 1..=16 {
            let (t, u) = (f64::from(step) / 16.0, 1.0 - f64::from(step) / 16.0);
            let at = |axis: fn(&Place) -> f64| {
                let [a, b, c, d] = [axis(&from), axis(&cubic[0]), axis(&cubic[1]), axis(&cubic[2])];
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            places.push((at(|p| p.0), at(|p| p.1)));
        }
    }
    places
}

#[test]
fn a_naive_scorer_finds_the_same_in_the_same_drawing() {
    for (nodes, pattern, seed) in [
        (12, Pattern::Local, 1),
        (40, Pattern::Random, 2),
        (90, Pattern::Local, 3),
        (140, Pattern::Random, 4),
    ] {
        let map = staged::map(nodes, pattern, seed);
        let drawing = bad_drawing(&map, seed);
        let ours = Score::of(&Picture::of(&map, &drawing.to_string()).unwrap());

        let place = |pair: &Value| (pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap());
        let stages: HashMap<&str, usize> = map.nodes.iter().map(|n| (n.id.as_str(), n.kind.stage())).collect();
        let number = |of: &Value, name: &str| of[name].as_f64().unwrap();
        let drawn = drawing["nodes"].as_array().unwrap();
        let at: HashMap<&str, usize> = drawn
            .iter()
            .zip(0..)
            .map(|(n, at)| (n["id"].as_str().unwrap(), at))
            .collect();
        let frames: Vec<Frame> = drawn
            .iter()
            .map(|node| Frame {
                stage: stages[node["id"].as_str().unwrap()],
                at: (number(node, "x"), number(node, "y")),
                size: (number(node, "w"), number(node, "h")),
            })
            .collect();
        let lines: Vec<(usize, usize, Vec<Place>)> = drawing["edges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|edge| {
                let places = |name: &str| {
                    edge[name]
                        .as_array()
                        .map(|all| all.iter().map(place).collect::<Vec<_>>())
                };
                let line = places("points").unwrap_or_else(|| chords(&places("bezier").unwrap()));
                (
                    at[edge["from"].as_str().unwrap()],
                    at[edge["to"].as_str().unwrap()],
                    line,
                )
            })
            .collect();

        let pairs = |count: usize| (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)));
        let overlaps = pairs(frames.len()).filter(|(a, b)| {
            let (a, b) = (&frames[*a], &frames[*b]);
            let cover = |one: f64, other: f64, sizes: f64| sizes / 2.0 - (one - other).abs() > 0.5;
            cover(a.at.0, b.at.0, a.size.0 + b.size.0) && cover(a.at.1, b.at.1, a.size.1 + b.size.1)
        });
        assert_eq!(ours.overlaps as usize, overlaps.count());
        let through = lines.iter().map(|(from, to, line)| {
            let foreign = frames.iter().enumerate().filter(|(at, _)| at != from && at != to);
            foreign
                .filter(|(_, frame)| line.windows(2).any(|piece| frame.is_entered(piece[0], piece[1])))
                .count()
        });
        assert_eq!(ours.through as usize, through.sum::<usize>());
        let detached = lines.iter().filter(|(from, to, line)| {
            !frames[*from].holds(line[0], 14.0) || !frames[*to].holds(*line.last().unwrap(), 14.0)
        });
        assert_eq!(ours.detached, detached.count());
        let out_of_stage = frames.iter().filter(|frame| {
            let mut later = frames.iter().filter(|other| other.stage > frame.stage);
            later.any(|other| frame.at.0 >= other.at.0 - 0.5)
        });
        assert_eq!(ours.out_of_stage, out_of_stage.count());
        let crossings = pairs(lines.len()).map(|(a, b)| {
            let shared = [lines[a].0, lines[a].1]
                .into_iter()
                .filter(|end| [lines[b].0, lines[b].1].contains(end));
            let shared: Vec<usize> = shared.collect();
            let pieces = |line: usize| lines[line].2.windows(2).map(|piece| (piece[0], piece[1]));
            let met = pieces(a).flat_map(|one| pieces(b).filter_map(move |other| crossing(one, other)));
            met.filter(|place| !shared.iter().any(|end| frames[*end].holds(*place, 12.0)))
                .count()
        });
        // Lines that only touch may cross for one and not for the other.
        let crossings = crossings.sum::<usize>() as f64;
        assert!(
            (ours.crossings as f64 - crossings).abs() <= 0.01 * crossings,
            "{crossings}: {ours:?}"
        );
        assert!(crossings > 0.0 && ours.overlaps > 0 || map.nodes.len() < 50, "{ours:?}");
        let length = lines.iter().flat_map(|(_, _, line)| line.windows(2));
        let length: f64 = length
            .map(|piece| (piece[1].0 - piece[0].0).hypot(piece[1].1 - piece[0].1))
            .sum();
        assert!((ours.length - length).abs() < 1e-6 * length, "{length}: {ours:?}");
        let corners = frames.iter().flat_map(|f| {
            let (w, h) = (f.size.0 / 2.0, f.size.1 / 2.0);
            [(f.at.0 - w, f.at.1 - h), (f.at.0 + w, f.at.1 + h)]
        });
        let all: Vec<Place> = corners.chain(lines.iter().flat_map(|line| line.2.clone())).collect();
        let extent = |axis: fn(&Place) -> f64| {
            let values = || all.iter().map(axis);
            values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min)
        };
        assert!(
            (ours.width - extent(|p| p.0)).abs() < 1e-6 && (ours.height - extent(|p| p.1)).abs() < 1e-6,
            "{ours:?}"
        );
    }
}

#[test]
fn a_drawing_of_another_map_is_refused() {
    let map = staged::map(12, Pattern::Local, 1);
    let mut drawing = bad_drawing(&map, 1);
    let link = &map.links[0];
    drawing["edges"]
        .as_array_mut()
        .unwrap()
        .push(json!({"from": link.from, "to": link.to, "points": [[0, 0], [1, 1]]}));
    let error = Picture::of(&map, &drawing.to_string()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the drawing has a line `{}` -> `{}` too many", link.from, link.to)
    );
    drawing["edges"].as_array_mut().unwrap().clear();
    let undrawn = Score::of(&Picture::of(&map, &drawing.to_string()).unwrap());
    assert_eq!(undrawn.missing_links, map.links.len());
    drawing["nodes"][0]["id"] = "elsewhere".into();
    let error = Picture::of(&map, &drawing.to_string()).unwrap_err();
    assert!(matches!(error, PictureError::StrangeBox { .. }));
    assert_eq!(error.to_string(), "the drawing has a box `elsewhere` too many");
}
