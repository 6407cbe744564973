//! The pictures of the scene as paths of DrawingML.

use resvg::tiny_skia::PathSegment;
use resvg::usvg::{Node, Options, Tree};

use super::super::icon;
use crate::scene::Icon;

/// Units of a path across the square of 16 by 16 that pictures are drawn in.
pub(super) const SIDE: i64 = 16_000;

/// The picture as the inside of `a:path`, in a square of [`SIDE`] units.
pub(super) fn path(icon: Icon) -> String {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"16\"><path d=\"{}\"/></svg>",
        icon::data(icon)
    );
    let mut out = String::new();
    // A test draws every picture: none of them is no path.
    let Ok(tree) = Tree::from_str(&svg, &Options::default()) else {
        return out;
    };
    let point = |x: f32, y: f32| format!("<a:pt x=\"{}\" y=\"{}\"/>", units(x), units(y));
    for node in tree.root().children() {
        let Node::Path(path) = node else { continue };
        let mut open = false;
        for segment in path.data().segments() {
            match segment {
                PathSegment::MoveTo(p) => {
                    if open {
                        out.push_str("<a:close/>");
                    }
                    open = true;
                    out.push_str(&format!("<a:moveTo>{}</a:moveTo>", point(p.x, p.y)));
                }
                PathSegment::LineTo(p) => out.push_str(&format!("<a:lnTo>{}</a:lnTo>", point(p.x, p.y))),
                PathSegment::QuadTo(a, p) => {
                    out.push_str(&format!(
                        "<a:quadBezTo>{}{}</a:quadBezTo>",
                        point(a.x, a.y),
                        point(p.x, p.y)
                    ));
                }
                PathSegment::CubicTo(a, b, p) => out.push_str(&format!(
                    "<a:cubicBezTo>{}{}{}</a:cubicBezTo>",
                    point(a.x, a.y),
                    point(b.x, b.y),
                    point(p.x, p.y)
                )),
                PathSegment::Close => {
                    out.push_str("<a:close/>");
                    open = false;
                }
            }
        }
    }
    out
}

fn units(v: f32) -> i64 {
    (v * 1000.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_a_path_within_its_square() {
        for icon in Icon::ALL {
            let path = path(icon);
            assert!(
                path.starts_with("<a:moveTo>") && path.ends_with("<a:close/>"),
                "{icon:?}: {path}"
            );
            for number in path.split("=\"").skip(1) {
                let number: i64 = number.split('"').next().unwrap().parse().unwrap();
                assert!((0..=SIDE).contains(&number), "{icon:?}: {number}");
            }
        }
    }
}
