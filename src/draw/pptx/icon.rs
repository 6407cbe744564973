//! The pictures of the scene as paths of DrawingML.

use resvg::tiny_skia::{PathSegment, Point};
use resvg::usvg::{Node, Options, Tree};

use super::super::icon;
use crate::scene::Icon;
use crate::xml::{Element, el};

use super::drawing::point;

/// Units of a path across the square of 16 by 16 that pictures are drawn in.
pub(super) const SIDE: i64 = 16_000;

/// The steps of the picture's path, in a square of [`SIDE`] units.
pub(super) fn path(icon: Icon) -> Vec<Element> {
    let svg = el("svg")
        .set("xmlns", "http://www.w3.org/2000/svg")
        .set("width", 16)
        .set("height", 16)
        .add(el("path").set("d", icon::data(icon)));
    let mut out = Vec::new();
    // A test draws every picture: none of them is no path.
    let Ok(tree) = Tree::from_str(&svg.to_drawing(), &Options::default()) else {
        return out;
    };
    let at = |p: Point| point(units(p.x), units(p.y));
    for node in tree.root().children() {
        let Node::Path(path) = node else { continue };
        let mut open = false;
        for segment in path.data().segments() {
            let step = match segment {
                PathSegment::MoveTo(p) => {
                    if open {
                        out.push(el("a:close"));
                    }
                    el("a:moveTo").add(at(p))
                }
                PathSegment::LineTo(p) => el("a:lnTo").add(at(p)),
                PathSegment::QuadTo(a, p) => el("a:quadBezTo").add([at(a), at(p)]),
                PathSegment::CubicTo(a, b, p) => el("a:cubicBezTo").add([at(a), at(b), at(p)]),
                PathSegment::Close => el("a:close"),
            };
            open = segment != PathSegment::Close;
            out.push(step);
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
            let path: String = path(icon).iter().map(Element::to_xml).collect();
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
