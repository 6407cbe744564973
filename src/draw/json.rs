//! The geometry of a scene as JSON, for programs that place or judge the picture themselves.

use crate::scene::Scene;

use super::number::push_decimal;

/// Where cards and routes are: `{"nodes":[{"id","x","y","w","h"}],"edges":[{"from","to","bezier":[[x,y],…]}]}`.
///
/// x and y are the centre of a card; `bezier` holds 3k + 1 control points; all in px with two decimals at most.
/// Nodes and edges stand in the order of the scene, one a line, with a final newline.
pub fn scene_json(scene: &Scene) -> String {
    let points: usize = scene.routes.iter().map(|route| route.bezier.len()).sum();
    let mut out = String::with_capacity(80 * (scene.cards.len() + scene.routes.len()) + 20 * points);
    out.push_str("{\"nodes\":[\n");
    for (i, card) in scene.cards.iter().enumerate() {
        out.push_str(if i > 0 { ",\n{\"id\":" } else { "{\"id\":" });
        out.push_str(&string(&card.id));
        for (name, value) in [("x", card.x), ("y", card.y), ("w", card.w), ("h", card.h)] {
            out.push_str(",\"");
            out.push_str(name);
            out.push_str("\":");
            push_decimal(value, &mut out);
        }
        out.push('}');
    }
    out.push_str("\n],\n\"edges\":[\n");
    for (i, route) in scene.routes.iter().enumerate() {
        out.push_str(if i > 0 { ",\n{\"from\":" } else { "{\"from\":" });
        out.push_str(&string(&route.from));
        out.push_str(",\"to\":");
        out.push_str(&string(&route.to));
        out.push_str(",\"bezier\":");
        for (j, &(x, y)) in route.bezier.iter().enumerate() {
            out.push_str(if j > 0 { ",[" } else { "[[" });
            push_decimal(x, &mut out);
            out.push(',');
            push_decimal(y, &mut out);
            out.push(']');
        }
        out.push_str(if route.bezier.is_empty() { "[]}" } else { "]}" });
    }
    out.push_str("\n]}\n");
    out
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
