//! The lines, areas and markers of a chart, as shapes of their own.

use crate::office::emu;
use crate::scene::{Area, Emphasis, Form, Ink, Part, Point, Shape, Tone, Verdict};

use crate::xml::el;

use super::colour::{Colour, solid};
use super::drawing::{dash, line, line_to, move_to, no_fill, no_line};
use super::shapes::Canvas;

impl Canvas {
    /// A line, an area or a marker of a chart, as a shape of its own.
    pub fn chart_shape(&mut self, shape: &Shape) {
        // Connectors keep to their boxes when those are moved; a dot would stay behind.
        if shape.part == Part::Join {
            return;
        }
        let (points, closed) = match &shape.form {
            Form::Line(points) => (points.clone(), false),
            Form::Area(points) => (points.clone(), true),
            Form::Marker(marker, (x, y)) => {
                let r = marker.reach();
                (vec![(x - r, *y), (*x, y - r), (x + r, *y), (*x, y + r)], true)
            }
        };
        let Some((&first, rest)) = points.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return;
        };
        let bounds = points.iter().fold((f64::MAX, f64::MAX, f64::MIN, f64::MIN), |b, p| {
            (b.0.min(p.0), b.1.min(p.1), b.2.max(p.0), b.3.max(p.1))
        });
        let area = Area {
            x: bounds.0,
            y: bounds.1,
            w: bounds.2 - bounds.0,
            h: bounds.3 - bounds.1,
        };
        let at = |p: Point| (emu(p.0 - area.x), emu(p.1 - area.y));
        let (x, y) = at(first);
        let mut path = vec![move_to(x, y)];
        for point in rest {
            let (x, y) = at(*point);
            path.push(line_to(x, y));
        }
        if closed {
            path.push(el("a:close"));
        }
        let filled = |colour: Colour| [solid(colour), no_line()];
        let stroke =
            |width: f64, colour: Colour, kind: &str| [no_fill(), line(width * self.scale, colour).add(dash(kind))];
        let second = self.palette.strong(Tone::Second);
        let third = self.palette.strong(Tone::Third);
        let muted = self.palette.ink(Ink::Muted, Emphasis::Normal);
        let ink = self.palette.ink(Ink::Text, Emphasis::Normal);
        let paint = match (shape.part, closed) {
            (Part::Within, _) => filled(self.palette.zone(0)),
            (Part::Doubtful, _) => filled(self.palette.zone(1)),
            (Part::Fan, _) => filled(self.palette.zone(2)),
            (Part::Actual | Part::Activity, true) => filled(second),
            (Part::Grid, _) => stroke(0.8, self.palette.border(), "solid"),
            (Part::Axis, _) => stroke(1.0, muted, "solid"),
            (Part::Limit, _) => stroke(1.2, self.palette.verdict(Verdict::Bad), "sysDash"),
            (Part::FanEdge, _) => stroke(1.0, third, "sysDot"),
            (Part::Planned, _) => stroke(1.8, muted, "lgDash"),
            (Part::Forecast, false) => stroke(2.2, third, "sysDash"),
            (Part::Forecast, true) => stroke(2.0, third, "solid"),
            (Part::Actual | Part::Activity, false) => stroke(2.8, second, "solid"),
            (Part::Target | Part::Baseline, _) => stroke(2.0, ink, "solid"),
            (Part::Waits, _) => stroke(1.1, ink, "solid"),
            (Part::WaitsHead, _) => filled(ink),
            (Part::FarLeft, _) => filled(self.palette.step(0)),
            (Part::Left, _) => filled(self.palette.step(1)),
            (Part::Right, _) => filled(self.palette.step(2)),
            (Part::FarRight, _) => filled(self.palette.step(3)),
            (Part::Aside, _) => stroke(1.0, muted, "solid"),
            (Part::Today | Part::Join, _) => stroke(1.2, muted, "dashDot"),
        };
        let extent = (emu(area.w).max(1), emu(area.h).max(1));
        self.freeform(&area, extent, path, paint);
    }
}
