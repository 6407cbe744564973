//! Labels beside what they name: placed one after the other, the most wanted first, where nothing else stands.

use crate::scene::{Area, Ink, Line, Point, Text, TextDirection, TextStyle};
use crate::text::{ASCENT, DESCENT, measure};

/// From a label to what it names, in px.
const GAP: f64 = 4.0;
/// Between two labels, in px.
const APART: f64 = 3.0;

/// What stands in the picture already.
pub(super) struct Labels {
    /// Labels stay within it.
    bounds: Area,
    taken: Vec<Area>,
    lines: Vec<(Point, Point)>,
    /// The labels that found a place.
    pub texts: Vec<Text>,
}

/// What a label may cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It is placed over a line rather than not at all.
    Wanted,
    /// It is left out rather than placed over a line.
    Optional,
}

impl Labels {
    pub fn new(bounds: Area) -> Self {
        Self {
            bounds,
            taken: Vec::new(),
            lines: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Keeps labels away from an area.
    pub fn avoid(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Keeps labels away from a line, where there is a choice.
    pub fn avoid_line(&mut self, points: &[Point]) {
        self.lines.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
    }

    /// Places a label around a point that something `reach` px large marks; tells whether there was room.
    pub fn around(&mut self, at: Point, reach: f64, text: &str, look: (TextStyle, Ink), need: Need) -> bool {
        let (w, h) = size(text, look.0);
        let mut places = Vec::new();
        for out in [reach + GAP, reach + GAP + 14.0, reach + GAP + 30.0] {
            let (x, y) = at;
            places.extend([
                (x - w / 2.0, y - out - h),
                (x - w / 2.0, y + out),
                (x + out, y - h / 2.0),
                (x - out - w, y - h / 2.0),
                (x, y - out - h),
                (x, y + out),
                (x - w, y - out - h),
                (x - w, y + out),
                (x - w - 5.0, y - out - h),
                (x - w - 5.0, y + out),
                (x + 5.0, y - out - h),
                (x + 5.0, y + out),
                (x + out, y - h),
                (x - out - w, y - h),
                (x + out, y),
                (x - out - w, y),
            ]);
        }
        self.place(&places, text, look, need)
    }

    /// Places a label at the first or the best of these places, each its upper left corner; tells whether there was
    /// room.
    pub fn place(&mut self, places: &[Point], text: &str, look: (TextStyle, Ink), need: Need) -> bool {
        let (w, h) = size(text, look.0);
        let mut best: Option<(usize, Area)> = None;
        for (x, y) in places {
            let area = Area { x: *x, y: *y, w, h };
            let inside = area.x >= self.bounds.x
                && area.y >= self.bounds.y
                && area.x + w <= self.bounds.x + self.bounds.w
                && area.y + h <= self.bounds.y + self.bounds.h;
            if !inside || self.taken.iter().any(|other| overlap(other, &area)) {
                continue;
            }
            // A line that touches a word is as bad as one that runs through it.
            let wide = Area {
                x: area.x - APART,
                w: w + 2.0 * APART,
                h: h + 1.0,
                ..area
            };
            let crossed = self.lines.iter().filter(|line| crosses(line, &wide)).count();
            if best.as_ref().is_none_or(|(least, _)| crossed < *least) {
                best = Some((crossed, area));
            }
            if crossed == 0 {
                break;
            }
        }
        match best {
            Some((crossed, area)) if crossed == 0 || need == Need::Wanted => {
                self.taken.push(Area {
                    x: area.x - APART,
                    y: area.y - APART / 2.0,
                    w: area.w + 2.0 * APART,
                    h: area.h + APART,
                });
                self.texts.push(line(text, look, (area.x, area.y)));
                true
            }
            _ => false,
        }
    }
}

/// Width and height of a text of one line, in px.
pub(super) fn size(text: &str, style: TextStyle) -> (f64, f64) {
    (measure(text, style), (ASCENT + DESCENT) * style.size())
}

/// A text of one line with its upper left corner there.
pub(super) fn line(text: &str, (style, ink): (TextStyle, Ink), (x, y): Point) -> Text {
    Text {
        style,
        ink,
        direction: TextDirection::LeftToRight,
        lines: vec![Line {
            x,
            y: y + ASCENT * style.size(),
            width: measure(text, style),
            text: text.to_owned(),
        }],
    }
}

fn overlap(a: &Area, b: &Area) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// Whether a line runs through an area (Liang and Barsky).
fn crosses(&((x1, y1), (x2, y2)): &(Point, Point), area: &Area) -> bool {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (p, q) in [
        (-dx, x1 - area.x),
        (dx, area.x + area.w - x1),
        (-dy, y1 - area.y),
        (dy, area.y + area.h - y1),
    ] {
        if p == 0.0 {
            if q < 0.0 {
                return false;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_an_area_is_seen() {
        let area = Area {
            x: 10.0,
            y: 10.0,
            w: 10.0,
            h: 10.0,
        };
        assert!(crosses(&((0.0, 15.0), (30.0, 15.0)), &area));
        assert!(crosses(&((0.0, 0.0), (30.0, 30.0)), &area));
        assert!(!crosses(&((0.0, 0.0), (30.0, 5.0)), &area));
        assert!(!crosses(&((0.0, 15.0), (9.0, 15.0)), &area));
        assert!(!crosses(&((25.0, 0.0), (25.0, 30.0)), &area));
    }

    #[test]
    fn labels_make_way_for_each_other_and_for_lines() {
        let mut labels = Labels::new(Area {
            x: 0.0,
            y: 0.0,
            w: 200.0,
            h: 60.0,
        });
        let look = (TextStyle::Note, Ink::Text);
        labels.avoid_line(&[(0.0, 22.0), (200.0, 22.0)]);
        assert!(labels.around((100.0, 30.0), 3.0, "first", look, Need::Wanted));
        assert!(labels.texts[0].lines[0].y > 30.0, "under the line");
        assert!(labels.around((100.0, 30.0), 3.0, "second", look, Need::Wanted));
        let all = "a label that is much wider than the whole picture can hold";
        assert!(!labels.around((100.0, 30.0), 3.0, all, look, Need::Wanted));
        assert_eq!(labels.texts.len(), 2);
    }
}
