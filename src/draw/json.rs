//! The geometry of a scene as JSON, for programs that place or judge the picture themselves.

use crate::scene::{Point, Scene};

use super::number::decimal;

/// Where cards and routes are: `{"nodes":[{"id","x","y","w","h"}],"edges":[{"from","to","bezier":[[x,y],…]}]}`.
///
/// x and y are the centre of a card; `bezier` holds 3k + 1 control points; all in px with two decimals at most.
/// Nodes and edges stand in the order of the scene, one a line, with a final newline.
pub fn scene_json(scene: &Scene) -> String {
    let nodes: Vec<String> = scene
        .cards
        .iter()
        .map(|card| {
            format!(
                "{{\"id\":{},\"x\":{},\"y\":{},\"w\":{},\"h\":{}}}",
                string(&card.id),
                decimal(card.x),
                decimal(card.y),
                decimal(card.w),
                decimal(card.h),
            )
        })
        .collect();
    let edges: Vec<String> = scene
        .routes
        .iter()
        .map(|route| {
            let points: Vec<String> = route.bezier.iter().map(point).collect();
            format!(
                "{{\"from\":{},\"to\":{},\"bezier\":[{}]}}",
                string(&route.from),
                string(&route.to),
                points.join(","),
            )
        })
        .collect();
    format!(
        "{{\"nodes\":[\n{}\n],\n\"edges\":[\n{}\n]}}\n",
        nodes.join(",\n"),
        edges.join(",\n")
    )
}

fn point(&(x, y): &Point) -> String {
    format!("[{},{}]", decimal(x), decimal(y))
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
