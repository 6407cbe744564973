//! The key: what lines, areas and markers stand for, in one row or several.

use std::collections::BTreeSet;

use crate::map::{Day, Language};
use crate::scene::{Area, Form, Ink, Marker, Part, Scene, Shape, TextStyle};

use super::labels::{line, size};

const ROW: f64 = 24.0;
const SAMPLE: (f64, f64) = (34.0, 14.0);
const INDENT: f64 = SAMPLE.0 + 7.0;
const APART: f64 = 24.0;

/// The order in which a reader wants to know.
const ORDER: [Part; 10] = [
    Part::Actual,
    Part::Planned,
    Part::Baseline,
    Part::Target,
    Part::Within,
    Part::Doubtful,
    Part::Limit,
    Part::Forecast,
    Part::Fan,
    Part::Today,
];

fn entries(parts: &BTreeSet<Part>, today: Option<(Day, Language)>) -> Vec<(Part, String)> {
    let words = |part: Part| {
        Some(match part {
            Part::Actual => "measured".to_owned(),
            Part::Planned => "planned".to_owned(),
            Part::Baseline => "baseline".to_owned(),
            Part::Target => "target".to_owned(),
            Part::Within => "tolerated".to_owned(),
            Part::Doubtful => "at risk".to_owned(),
            Part::Limit => "beyond this: off track".to_owned(),
            Part::Forecast => "forecast at the recent pace".to_owned(),
            Part::Fan => "nine cases in ten".to_owned(),
            Part::Today => match today {
                Some((day, language)) => format!("as of {}", language.day(day)),
                None => "as of this day".to_owned(),
            },
            _ => return None,
        })
    };
    ORDER
        .into_iter()
        .filter(|part| parts.contains(part))
        .filter_map(|part| Some((part, words(part)?)))
        .collect()
}

/// Where each entry stands, from the upper left corner of the key, and how high the key is.
fn places(entries: &[(Part, String)], width: f64) -> (Vec<(f64, f64)>, f64) {
    let (mut x, mut y) = (0.0, 0.0);
    let mut out = Vec::new();
    for (_, words) in entries {
        let w = INDENT + size(words, TextStyle::Note).0;
        if x > 0.0 && x + w > width {
            (x, y) = (0.0, y + ROW);
        }
        out.push((x, y));
        x += w + APART;
    }
    (out, if entries.is_empty() { 0.0 } else { y + ROW })
}

/// How high the key is, in px; 0 without entries.
pub(super) fn height(parts: &BTreeSet<Part>, today: Option<(Day, Language)>, width: f64) -> f64 {
    places(&entries(parts, today), width).1
}

/// Draws the key with its left side, width and upper side; gives its lower side.
pub(super) fn draw(
    scene: &mut Scene,
    parts: &BTreeSet<Part>,
    today: Option<(Day, Language)>,
    (left, width, top): (f64, f64, f64),
) -> f64 {
    let entries = entries(parts, today);
    let (places, high) = places(&entries, width);
    for ((part, words), (x, y)) in entries.iter().zip(places) {
        let area = Area {
            x: left + x,
            y: top + y + (ROW - SAMPLE.1) / 2.0,
            w: SAMPLE.0,
            h: SAMPLE.1,
        };
        scene.shapes.extend(sample(*part, &area));
        let look = (TextStyle::Note, Ink::Text);
        let h = size(words, look.0).1;
        scene
            .texts
            .push(line(words, look, (left + x + INDENT, top + y + (ROW - h) / 2.0)));
    }
    top + high
}

fn sample(part: Part, area: &Area) -> Vec<Shape> {
    let shape = |part, form| Shape { part, form };
    let (left, right) = (area.x, area.x + area.w);
    let (top, bottom) = (area.y, area.y + area.h);
    let middle = (area.x + area.w / 2.0, area.y + area.h / 2.0);
    let across = |y: f64| Form::Line(vec![(left, y), (right, y)]);
    let whole = || Form::Area(vec![(left, top), (right, top), (right, bottom), (left, bottom)]);
    match part {
        Part::Actual => vec![
            shape(part, across(middle.1)),
            shape(part, Form::Marker(Marker::Disc, middle)),
        ],
        Part::Baseline => vec![shape(part, Form::Marker(Marker::Square, middle))],
        Part::Target => vec![shape(part, Form::Marker(Marker::Diamond, middle))],
        Part::Within | Part::Doubtful => vec![shape(part, whole())],
        Part::Fan => vec![
            shape(part, whole()),
            shape(Part::FanEdge, across(top)),
            shape(Part::FanEdge, across(bottom)),
        ],
        Part::Today => vec![shape(part, Form::Line(vec![(middle.0, top), (middle.0, bottom)]))],
        _ => vec![shape(part, across(middle.1))],
    }
}
