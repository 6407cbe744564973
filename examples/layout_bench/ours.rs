//! Our own side: the program as people run it, or the layout engine alone.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use benefit_map::layered::{Connection, Earlier, Flow, Input, Item, Options, Output, arrange};
use benefit_map::map::{BenefitMap, Node};

use crate::peer;
use crate::score::{Frame, Line, Picture};

/// What is measured on our side.
#[derive(Debug, Clone)]
pub enum Ours {
    /// `benefit-map draw --format scene`: reading, measuring texts, arranging, writing.
    Program(PathBuf),
    /// This program, called again to do nothing but arrange boxes of a plain size.
    Engine(PathBuf),
}

impl Ours {
    /// Reads the map at `map` and writes the scene to `scene`.
    pub fn command(&self, map: &Path, scene: &Path) -> Command {
        match self {
            Self::Program(program) => {
                let mut command = Command::new(program);
                command
                    .arg("draw")
                    .arg(map)
                    .args(["--share-lines", "never", "--format", "scene", "-o"])
                    .arg(scene);
                command
            }
            Self::Engine(program) => {
                let mut command = Command::new(program);
                command.arg("--arrange").arg(map).arg(scene);
                command
            }
        }
    }
}

/// The size of a box where no text is measured: three words or four take two lines, and so on.
fn size(node: &Node) -> (f64, f64) {
    let lines = node.title.split_whitespace().count().saturating_sub(1) / 2;
    (180.0, 28.0 + 16.0 * lines.max(1) as f64)
}

/// What the engine makes of a map, boxes being of a plain size.
pub fn arranged(map: &BenefitMap, earlier: Option<Earlier>) -> Picture {
    let (input, output) = arrangement(map, earlier);
    let frames = input.items.iter().zip(&output.centres).map(|(item, &(x, y))| Frame {
        stage: item.stage,
        x,
        y,
        w: item.width,
        h: item.height,
    });
    let lines = input.connections.iter().zip(&output.routes);
    let lines = lines.map(|(connection, route)| Line::curved(connection.from, connection.to, route));
    Picture {
        frames: frames.collect(),
        lines: lines.collect(),
        missing_links: 0,
    }
}

/// The same as a scene.
pub fn arranged_scene(map: &BenefitMap) -> String {
    let (input, output) = arrangement(map, None);
    let mut text = "{\"nodes\":[".to_owned();
    for (i, (item, (x, y))) in input.items.iter().zip(&output.centres).enumerate() {
        let (comma, id) = (if i > 0 { "," } else { "" }, &map.nodes[i].id);
        let Item { width, height, .. } = item;
        let _ = write!(
            text,
            "{comma}{{\"id\":\"{id}\",\"x\":{x},\"y\":{y},\"w\":{width},\"h\":{height}}}"
        );
    }
    text.push_str("],\"edges\":[");
    for (k, (connection, route)) in input.connections.iter().zip(&output.routes).enumerate() {
        let (from, to) = (&map.nodes[connection.from].id, &map.nodes[connection.to].id);
        let comma = if k > 0 { "," } else { "" };
        let _ = write!(text, "{comma}{{\"from\":\"{from}\",\"to\":\"{to}\",\"bezier\":[");
        for (i, (x, y)) in route.iter().enumerate() {
            let _ = write!(text, "{}[{x},{y}]", if i > 0 { "," } else { "" });
        }
        text.push_str("]}");
    }
    text.push_str("]}\n");
    text
}

/// What the engine is given for a map, and what it makes of it.
fn arrangement(map: &BenefitMap, earlier: Option<Earlier>) -> (Input, Output) {
    let items = map.nodes.iter().map(|node| {
        let (width, height) = size(node);
        Item {
            stage: node.kind.stage(),
            width,
            height,
        }
    });
    let connections = peer::ends(map).into_iter().map(|(from, to, link)| Connection {
        from,
        to,
        flow: if map.links[link].feedback {
            Flow::Feedback
        } else {
            Flow::Forward
        },
    });
    let input = Input {
        items: items.collect(),
        connections: connections.collect(),
        stages: 5,
        empty_width: 180.0,
        earlier,
        ..Input::default()
    };
    let output = arrange(&input, &Options::default());
    (input, output)
}

/// The boxes that the engine is given, without places.
pub fn boxes(map: &BenefitMap) -> Picture {
    let mut picture = Picture::undrawn(map);
    for (node, frame) in map.nodes.iter().zip(&mut picture.frames) {
        (frame.w, frame.h) = size(node);
    }
    picture
}

/// A picture as a scene, curves as the chords they were cut into.
pub fn scene(map: &BenefitMap, picture: &Picture) -> String {
    let nodes = map.nodes.iter().zip(&picture.frames);
    let nodes = nodes.map(|(node, f)| serde_json::json!({"id": node.id, "x": f.x, "y": f.y, "w": f.w, "h": f.h}));
    let lines = picture.lines.iter().map(|line| {
        let (from, to) = (&map.nodes[line.from].id, &map.nodes[line.to].id);
        serde_json::json!({"from": from, "to": to, "points": line.points})
    });
    serde_json::json!({"nodes": nodes.collect::<Vec<_>>(), "edges": lines.collect::<Vec<_>>()}).to_string()
}
