//! The scorer of drawn maps agrees with another one, written by other people from the same definitions.
//!
//! The other one is no part of this package: it is looked for beside it, and where it is not, or cannot be built
//! without a network, that is said and nothing is held against it. The scorer's own tests stand beside its code.

#![allow(clippy::disallowed_methods, reason = "a test hands files to another program")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use benefit_map::draw::scene_json;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::map::BenefitMap;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::score::{Picture, PictureError, Score};
use crate::staged::{self, Dice, Pattern};

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn pictures_of_random_maps_have_no_fault(
        nodes in 5usize..90,
        pattern in prop::sample::select(vec![Pattern::Local, Pattern::Random]),
        seed in any::<u64>(),
        dropped in 0usize..60,
    ) {
        let mut map = staged::map(nodes, pattern, seed);
        // Nodes without links, and parts that fall apart.
        map.links.truncate(map.links.len().saturating_sub(dropped));
        prop_assert_eq!(faults_of(&map, &LayoutOptions::default()), Vec::<String>::new());
    }
}

/// The other scorer, built; `None` where there is none.
fn other_scorer() -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/score");
    if !source.is_dir() {
        say("not held against another scorer: ../shared/bench/score is not there");
        return None;
    }
    // Built from a copy, so that nothing is written where it lies.
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("other-scorer");
    std::fs::create_dir_all(copy.join("src")).unwrap();
    for file in ["Cargo.toml", "src/main.rs"] {
        std::fs::copy(source.join(file), copy.join(file)).unwrap();
    }
    // Without this, cargo would take it for a member of the workspace around it.
    let manifest = std::fs::read_to_string(copy.join("Cargo.toml")).unwrap();
    std::fs::write(copy.join("Cargo.toml"), manifest + "\n[workspace]\n").unwrap();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--quiet", "--manifest-path"])
        .arg(copy.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(copy.join("target"))
        .output()
        .unwrap();
    if !built.status.success() {
        say(&format!(
            "not held against another scorer, which does not build here:\n{}",
            String::from_utf8_lossy(&built.stderr)
        ));
        return None;
    }
    Some(
        copy.join("target/debug")
            .join(format!("score{}", std::env::consts::EXE_SUFFIX)),
    )
}

/// Past the test harness, which would swallow it.
fn say(text: &str) {
    std::io::stderr()
        .write_all(format!("scoring: {text}\n").as_bytes())
        .unwrap();
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

#[test]
fn both_scorers_find_the_same_in_the_same_drawing() {
    let Some(program) = other_scorer() else { return };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (nodes, pattern, seed) in [
        (12, Pattern::Local, 1),
        (60, Pattern::Random, 2),
        (150, Pattern::Local, 3),
        (400, Pattern::Random, 4),
    ] {
        let map = staged::map(nodes, pattern, seed);
        let drawing = bad_drawing(&map, seed).to_string();
        let ours = Score::of(&Picture::of(&map, &drawing).unwrap());

        let nodes = map
            .nodes
            .iter()
            .map(|node| json!({"id": node.id, "stage": node.kind.stage(), "w": 1, "h": 1}));
        let links = map.links.iter().map(|link| json!({"from": link.from, "to": link.to}));
        let graph = json!({"nodes": nodes.collect::<Vec<_>>(), "edges": links.collect::<Vec<_>>()});
        let files = ["graph", "drawing"].map(|name| folder.join(format!("scoring-{name}.json")));
        std::fs::write(&files[0], graph.to_string()).unwrap();
        std::fs::write(&files[1], &drawing).unwrap();
        let output = Command::new(&program).args(&files).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let theirs: Value = serde_json::from_slice(&output.stdout).unwrap();
        let theirs = |figure: &str| theirs[figure].as_f64().unwrap_or_else(|| panic!("no {figure}"));

        // The other one moves lines apart by other tiny distances: lines that touch may cross there and not here.
        let crossings = ours.crossings as f64;
        assert!((crossings - theirs("crossings")).abs() <= 0.01 * crossings, "{ours:?}");
        assert!(crossings > 0.0 && ours.overlaps > 0 || map.nodes.len() < 50, "{ours:?}");
        assert_eq!(ours.overlaps as f64, theirs("node_overlaps"));
        assert_eq!(ours.through as f64, theirs("through_pairs"));
        assert_eq!(ours.detached as f64, theirs("detached"));
        assert_eq!(ours.missing_nodes as f64, theirs("missing_nodes"));
        assert_eq!(ours.missing_links as f64, theirs("missing_edges"));
        assert_eq!(ours.length.round(), theirs("edge_length"));
        assert_eq!(ours.width.round(), theirs("width"));
        assert_eq!(ours.height.round(), theirs("height"));
        // It looks only at the next stage, so it can only see less.
        assert!(ours.out_of_stage as f64 >= theirs("stage_order_viol"));
        // It finds pieces on each other only where they fall into one cell of its grid.
        assert!(ours.collinear as f64 >= theirs("collinear_edge_pairs"), "{ours:?}");
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
