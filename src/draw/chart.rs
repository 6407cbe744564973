//! The lines, areas and markers of a chart: neighbours of one part in one group, each part with a look of its own.

use crate::scene::theme::Theme;
use crate::scene::{Form, Marker, Part, Point, Scene, Shape, Tone, Verdict};

use crate::xml::{Element, el};

use super::polyline;

/// The shapes of a scene in their order, neighbours of one look in one group.
pub(super) fn shapes(scene: &Scene) -> Vec<Element> {
    scene
        .shapes
        .chunk_by(|a, b| class(a) == class(b))
        .map(|chunk| {
            let paths = chunk.iter().filter_map(|shape| data(&shape.form));
            el("g")
                .set("class", class(&chunk[0]))
                .add_all(paths.map(|d| el("path").set("d", d)))
        })
        .collect()
}

/// The dots where shared lines join, alone.
pub(super) fn joins(scene: &Scene) -> Option<Element> {
    let dots = scene.shapes.iter().filter(|shape| shape.part == Part::Join);
    let mut paths = dots.filter_map(|shape| data(&shape.form)).peekable();
    paths.peek()?;
    let paths: Vec<Element> = paths.map(|d| el("path").set("d", d)).collect();
    Some(el("g").set("class", "join").add_all(paths))
}

/// Path data; `None` for a form of too few points.
fn data(form: &Form) -> Option<String> {
    match form {
        Form::Line(points) if points.len() > 1 => Some(polyline(points)),
        Form::Area(points) if points.len() > 2 => Some(polyline(points) + "z"),
        Form::Line(_) | Form::Area(_) => None,
        Form::Marker(marker, at) => Some(self::marker(*marker, *at)),
    }
}

fn marker(marker: Marker, (x, y): Point) -> String {
    let r = marker.reach();
    match marker {
        Marker::Disc | Marker::Dot | Marker::Knot => {
            let d = super::decimal(r);
            let turn = super::decimal(2.0 * r);
            format!(
                "M{} {}a{d} {d} 0 1 0 {turn} 0a{d} {d} 0 1 0-{turn} 0z",
                super::decimal(x - r),
                super::decimal(y)
            )
        }
        Marker::Diamond => polyline(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]) + "z",
        Marker::Square => polyline(&[(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]) + "z",
    }
}

fn class(shape: &Shape) -> &'static str {
    match (shape.part, &shape.form) {
        (Part::Actual, Form::Marker(..)) => "actual-mark",
        (Part::Forecast, Form::Marker(..)) => "forecast-mark",
        (Part::Grid, _) => "grid",
        (Part::Axis, _) => "axis",
        (Part::Within, _) => "within",
        (Part::Doubtful, _) => "doubtful",
        (Part::Limit, _) => "limit",
        (Part::Fan, _) => "fan",
        (Part::FanEdge, _) => "fan-edge",
        (Part::Planned, _) => "planned",
        (Part::Forecast, _) => "forecast",
        (Part::Actual, _) => "actual",
        (Part::Target, _) => "target",
        (Part::Baseline, _) => "baseline",
        (Part::Today, _) => "today",
        (Part::Activity, _) => "activity",
        (Part::Waits, _) => "waits",
        (Part::WaitsHead, _) => "waits-head",
        (Part::FarLeft, _) => "far-left",
        (Part::Left, _) => "left",
        (Part::Right, _) => "right",
        (Part::FarRight, _) => "far-right",
        (Part::Aside, _) => "aside",
        (Part::Join, _) => "join",
    }
}

/// The class and the look of every part that occurs. Lines differ by dashes and thickness as well as by colour.
pub(super) fn looks(scene: &Scene, theme: &Theme) -> Vec<(&'static str, String)> {
    scene
        .shapes
        .iter()
        .map(|shape| (class(shape), look(shape, theme)))
        .collect()
}

/// A step across a middle: a quiet area with a line around it, so that neighbours are told apart without colour too.
fn step(theme: &Theme, at: usize) -> String {
    format!("fill:{};stroke:{};stroke-width:1", theme.zones.steps[at], theme.muted)
}

fn look(shape: &Shape, theme: &Theme) -> String {
    let line = |colour: &str, width: &str, dash: &str| {
        let dash = match dash {
            "" => String::new(),
            dash => format!(";stroke-dasharray:{dash}"),
        };
        format!("fill:none;stroke:{colour};stroke-width:{width}{dash}")
    };
    let hollow = |colour: &str| format!("fill:{};stroke:{colour};stroke-width:2", theme.page);
    let actual = theme.shade(Tone::Second).strong;
    let forecast = theme.shade(Tone::Third).strong;
    match (shape.part, &shape.form) {
        (Part::Actual, Form::Marker(..)) => format!("fill:{actual}"),
        (Part::Forecast, Form::Marker(..)) => hollow(forecast),
        (Part::Grid, _) => line(theme.faded.line, "0.8", ""),
        (Part::Axis, _) => line(theme.muted, "1", ""),
        (Part::Within, _) => format!("fill:{}", theme.zones.within),
        (Part::Doubtful, _) => format!("fill:{}", theme.zones.doubtful),
        (Part::Fan, _) => format!("fill:{}", theme.zones.fan),
        (Part::Limit, _) => line(theme.verdict(Verdict::Bad), "1.2", "2 3"),
        (Part::FanEdge, _) => line(forecast, "1", "1 3"),
        (Part::Planned, _) => line(theme.onward, "1.8", "9 4"),
        (Part::Forecast, _) => line(forecast, "2.2", "4 3"),
        (Part::Actual, _) => line(actual, "2.8", "") + ";stroke-linejoin:round",
        (Part::Target | Part::Baseline, _) => hollow(theme.text),
        (Part::Today, _) => line(theme.muted, "1.2", "8 3 1.5 3"),
        (Part::Activity, _) => format!(
            "fill:{};stroke:{};stroke-width:1.2",
            theme.shade(Tone::Second).fill,
            theme.shade(Tone::Second).strong
        ),
        (Part::Waits, _) => line(theme.text, "1.1", ""),
        (Part::WaitsHead, _) => format!("fill:{}", theme.text),
        (Part::FarLeft, _) => step(theme, 0),
        (Part::Left, _) => step(theme, 1),
        (Part::Right, _) => step(theme, 2),
        (Part::FarRight, _) => step(theme, 3),
        (Part::Join, _) => format!("fill:{}", theme.onward),
        (Part::Aside, _) => format!("fill:{};stroke:{};stroke-width:1", theme.panel, theme.muted),
    }
}
