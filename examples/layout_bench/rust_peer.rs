//! layout-rs on the same boxes, in a process of its own: it may take minutes, or end in a panic.
//!
//! It has no way to say which stage a box belongs to, so it is asked for its own levels, from left to right.

use std::path::Path;
use std::process::Command;

use benefit_map::map::BenefitMap;
use layout::core::base::Orientation;
use layout::core::format::{ClipHandle, RenderBackend};
use layout::core::geometry::Point as At;
use layout::core::style::StyleAttr;
use layout::std_shapes::shapes::{Arrow, Element, ShapeKind};
use layout::topo::layout::VisualGraph;

use crate::peer;
use crate::score::{Line, Picture, Point};

/// The word of the command line that [`drawn`] is behind.
pub const WORD: &str = "--layout-rs";

/// This program, called again to have layout-rs draw the map at `map`, with boxes as large as those of the scene at `sizes`, as
/// the scene `output`.
pub fn command(me: &Path, map: &Path, sizes: &Path, output: &Path) -> Command {
    let mut command = Command::new(me);
    command.arg(WORD).arg(map).arg(sizes).arg(output);
    command
}

/// What layout-rs makes of a map, with boxes as large as those of `sizes`.
pub fn drawn(map: &BenefitMap, sizes: &Picture) -> Picture {
    let mut graph = VisualGraph::new(Orientation::LeftToRight);
    // It checks the whole graph after every edge otherwise.
    graph.dag.set_validate(false);
    let boxes: Vec<_> = (sizes.frames.iter().enumerate())
        .map(|(i, frame)| {
            let (shape, look) = (ShapeKind::new_box(""), StyleAttr::simple());
            let size = At::new(frame.w, frame.h);
            graph.add_node(Element::create_with_properties(
                shape,
                look,
                Orientation::LeftToRight,
                size,
                i.to_string(),
            ))
        })
        .collect();
    let ends = peer::ends(map);
    for (from, to, _) in &ends {
        let arrow = Arrow::simple_with_properties("", format!("{from} {to}"));
        graph.add_edge(arrow, boxes[*from], boxes[*to]);
    }
    let mut picture = Picture::undrawn(map);
    picture.missing_links = ends.len();
    let mut seen = Seen(picture);
    graph.do_it(false, false, false, &mut seen);
    let Seen(mut picture) = seen;
    for (frame, size) in picture.frames.iter_mut().zip(&sizes.frames) {
        (frame.w, frame.h) = (size.w, size.h);
    }
    picture
}

/// What layout-rs draws, taken down as places.
struct Seen(Picture);

impl RenderBackend for Seen {
    fn draw_rect(&mut self, xy: At, size: At, _: &StyleAttr, named: Option<String>, _: Option<ClipHandle>) {
        let at = named.and_then(|name| name.parse::<usize>().ok());
        if let Some(frame) = at.and_then(|at| self.0.frames.get_mut(at)) {
            (frame.x, frame.y) = (xy.x + size.x / 2.0, xy.y + size.y / 2.0);
        }
    }

    /// A line is the way out of its first box, then the way into each point that it passes; a smooth curve runs through them, as
    /// SVG's `S` draws it.
    fn draw_arrow(
        &mut self,
        path: &[(At, At)],
        _: bool,
        head: (bool, bool),
        _: &StyleAttr,
        named: Option<String>,
        _: &str,
    ) {
        let named = named.unwrap_or_default();
        let ends = named.split_once(' ');
        let ends = ends.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
        let (Some((from, to)), [first, second, rest @ ..]) = (ends, path) else {
            return;
        };
        let point = |at: &At| -> Point { (at.x, at.y) };
        let mut controls = vec![point(&first.0), point(&first.1), point(&second.0), point(&second.1)];
        for (control, end) in rest {
            let [.., before, here] = controls[..] else { return };
            let mirrored = (2.0 * here.0 - before.0, 2.0 * here.1 - before.1);
            controls.extend([mirrored, point(control), point(end)]);
        }
        // Where it turned a link round, the head is at the first point.
        if head.0 && !head.1 {
            controls.reverse();
        }
        self.0.lines.push(Line::curved(from, to, &controls));
        self.0.missing_links -= 1;
    }

    fn draw_line(&mut self, _: At, _: At, _: &StyleAttr, _: Option<String>) {}

    fn draw_circle(&mut self, _: At, _: At, _: &StyleAttr, _: Option<String>) {}

    fn draw_text(&mut self, _: At, _: &str, _: &StyleAttr) {}

    fn create_clip(&mut self, _: At, _: At, _: usize) -> ClipHandle {
        0
    }
}
