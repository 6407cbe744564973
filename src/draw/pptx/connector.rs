//! Routes as the connectors that PowerPoint knows: straight, curved, or elbows of one or two bends.
//!
//! A connector of its own shape would follow the route to the px, but lose it as soon as a box is moved. These keep
//! its ends where they are, its lane, and the gaps in which it changes lanes.

use crate::scene::{Area, Card, Point, Route};

/// What PowerPoint is told of a connector, in px of the slide.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Connector {
    /// The name of its shape.
    pub shape: &'static str,
    /// How its shape is adjusted, in hundred-thousandths of its frame.
    pub adjust: Vec<i64>,
    /// The upper left corner of its frame.
    pub corner: Point,
    /// Width and height of its frame, before it is turned.
    pub size: Point,
    /// Whether its frame is turned by a quarter, as routes from top to bottom want it.
    pub turned: bool,
    /// Whether it is mirrored left to right, and upside down.
    pub flipped: (bool, bool),
}

/// Less than this, in px, is no change of lane.
const LEVEL: f64 = 0.75;
/// A change of lane that takes more of the way than this is drawn as a curve, else as an elbow.
const MOSTLY: f64 = 0.7;
/// A frame is never thinner, in px: lanes are told in shares of it.
const THIN: f64 = 1.0;

/// A change of lane: between which places along the way, and from which lane to which.
#[derive(Debug, Clone, Copy)]
struct Change {
    along: (f64, f64),
    lanes: (f64, f64),
}

/// The connector of a route, `None` for one that is no curve. `cards` are what it should keep clear of.
pub(super) fn connector(route: &Route, cards: &[Card]) -> Option<Connector> {
    let n = route.bezier.len();
    if n < 4 {
        return None;
    }
    let (first, last) = (route.bezier[0], route.bezier[n - 1]);
    // A route leaves a card where its first control point points.
    let turned = (route.bezier[1].1 - first.1).abs() > (route.bezier[1].0 - first.0).abs();
    let swap = |(x, y): Point| if turned { (y, x) } else { (x, y) };
    let anchors: Vec<Point> = route.bezier.iter().step_by(3).map(|&p| swap(p)).collect();
    let (start, end) = (swap(first), swap(last));
    let mut changes: Vec<Change> = vec![];
    for pair in anchors.windows(2).filter(|pair| (pair[1].1 - pair[0].1).abs() > LEVEL) {
        match changes.last_mut() {
            // The corners of an upright and what is between them are one change.
            Some(last) if (last.along.1 - pair[0].0).abs() < LEVEL && (last.lanes.1 - pair[0].1).abs() < LEVEL => {
                last.along.1 = pair[1].0;
                last.lanes.1 = pair[1].1;
            }
            _ => changes.push(Change {
                along: (pair[0].0, pair[1].0),
                lanes: (pair[0].1, pair[1].1),
            }),
        }
    }
    let (across, down) = (end.0 - start.0, end.1 - start.1);
    let leaves_frame = anchors
        .iter()
        .any(|p| p.0 < start.0.min(end.0) - LEVEL || p.0 > start.0.max(end.0) + LEVEL);
    let width = across.abs().max(THIN);
    let height = down.abs().max(THIN);
    let share_along = |x: f64| share((x - start.0) * across.signum(), width);
    let share_down = |y: f64| share((y - start.1) * if down < 0.0 { -1.0 } else { 1.0 }, height);
    let middle = |change: &Change| (change.along.0 + change.along.1) / 2.0;
    let (shape, adjust) = match changes.as_slice() {
        _ if leaves_frame => {
            let rightmost = anchors.iter().map(|p| p.0).fold(f64::MIN, f64::max);
            let leftmost = anchors.iter().map(|p| p.0).fold(f64::MAX, f64::min);
            let lane = anchors
                .iter()
                .map(|p| p.1)
                .max_by(|a, b| (a - start.1).abs().total_cmp(&(b - start.1).abs()))
                .unwrap_or(start.1);
            // A route that leaves a card to its left first would have its ends the other way about.
            (
                "bentConnector5",
                vec![share_along(rightmost), share_down(lane), share_along(leftmost)],
            )
        }
        [] => ("straightConnector1", Vec::new()),
        [change] => {
            let much = (change.along.1 - change.along.0).abs() > MOSTLY * width;
            let shape = if much { "curvedConnector3" } else { "bentConnector3" };
            (shape, vec![share_along(middle(change))])
        }
        [from, .., to] => {
            let others = cards.iter().filter(|card| card.id != route.from && card.id != route.to);
            let boxes: Vec<Area> = others
                .map(|card| if turned { swapped(card.area()) } else { card.area() })
                .collect();
            let lane = free_lane(&changes, (middle(from), middle(to)), &boxes);
            (
                "bentConnector5",
                vec![share_along(middle(from)), share_down(lane), share_along(middle(to))],
            )
        }
    };
    let left = start.0.min(end.0);
    let top = start.1.min(end.1);
    // A thin frame lies around the line.
    let frame = (left - (width - across.abs()) / 2.0, top - (height - down.abs()) / 2.0);
    let flat = shape == "straightConnector1";
    let (w, h) = if flat {
        (across.abs(), down.abs())
    } else {
        (width, height)
    };
    let (x, y) = if flat { (left, top) } else { frame };
    Some(if turned {
        // Turned by a quarter about its centre: along becomes down, and down becomes to the left.
        let centre = (y + h / 2.0, x + w / 2.0);
        Connector {
            shape,
            adjust,
            corner: (centre.0 - w / 2.0, centre.1 - h / 2.0),
            size: (w, h),
            turned,
            flipped: (across < 0.0, down >= 0.0),
        }
    } else {
        Connector {
            shape,
            adjust,
            corner: (x, y),
            size: (w, h),
            turned,
            flipped: (across < 0.0, down < 0.0),
        }
    })
}

fn share(length: f64, whole: f64) -> i64 {
    (length / whole * 100_000.0).round() as i64
}

/// With x and y in each other's place.
fn swapped(area: Area) -> Area {
    Area {
        x: area.y,
        y: area.x,
        w: area.h,
        h: area.w,
    }
}

/// Of the lanes that a route takes, the one in which it meets the fewest boxes if it keeps to it.
fn free_lane(changes: &[Change], along: (f64, f64), boxes: &[Area]) -> f64 {
    let (low, high) = (along.0.min(along.1), along.0.max(along.1));
    let met = |lane: f64| {
        let meets = |area: &&Area| area.x < high && area.x + area.w > low && area.y < lane && area.y + area.h > lane;
        boxes.iter().filter(meets).count()
    };
    changes[..changes.len() - 1]
        .iter()
        .map(|change| change.lanes.1)
        .min_by_key(|lane| met(*lane))
        .unwrap_or(changes[0].lanes.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Dash, Emphasis, Head, Stroke};

    fn route(bezier: Vec<Point>) -> Route {
        Route {
            from: "a".to_owned(),
            to: "b".to_owned(),
            bezier,
            stroke: Stroke::Onward,
            dash: Dash::Solid,
            head: Head::Arrow,
            weight: 1.5,
            emphasis: Emphasis::Normal,
            tooltip: String::new(),
        }
    }

    /// Straight control points between anchors.
    fn through(anchors: &[Point]) -> Vec<Point> {
        let mut out = vec![anchors[0]];
        for pair in anchors.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            out.extend([(a.0 + (b.0 - a.0) / 2.0, a.1), (a.0 + (b.0 - a.0) / 2.0, b.1), b]);
        }
        out
    }

    #[test]
    fn a_route_takes_the_plainest_connector_that_keeps_its_lanes() {
        for (anchors, shape, adjust) in [
            (vec![(0.0, 5.0), (100.0, 5.0)], "straightConnector1", vec![]),
            (vec![(0.0, 0.0), (100.0, 50.0)], "curvedConnector3", vec![50_000]),
            (
                vec![(0.0, 0.0), (20.0, 50.0), (100.0, 50.0)],
                "bentConnector3",
                vec![10_000],
            ),
            (
                vec![(0.0, 0.0), (20.0, -50.0), (80.0, -50.0), (100.0, 100.0)],
                "bentConnector5",
                vec![10_000, -50_000, 90_000],
            ),
        ] {
            let connector = connector(&route(through(&anchors)), &[]).unwrap();
            assert_eq!((connector.shape, connector.adjust), (shape, adjust), "{anchors:?}");
            assert_eq!(connector.corner, (0.0, anchors[0].1.min(anchors[anchors.len() - 1].1)));
        }
    }

    #[test]
    fn an_upright_with_its_corners_is_one_bend() {
        let anchors = [
            (0.0, 0.0),
            (44.0, 0.0),
            (50.0, 6.0),
            (50.0, 74.0),
            (56.0, 80.0),
            (100.0, 80.0),
        ];
        let connector = connector(&route(through(&anchors)), &[]).unwrap();
        assert_eq!((connector.shape, connector.adjust), ("bentConnector3", vec![50_000]));
    }

    #[test]
    fn a_route_that_runs_down_is_turned_about_its_centre() {
        let down: Vec<Point> = through(&[(0.0, 0.0), (100.0, 40.0)])
            .iter()
            .map(|&(x, y)| (y, x))
            .collect();
        let connector = connector(&route(down), &[]).unwrap();
        assert!(connector.turned);
        // From (0, 0) to (40, 100): the frame of 100 by 40 about (20, 50).
        assert_eq!(connector.size, (100.0, 40.0));
        assert_eq!(connector.corner, (-30.0, 30.0));
        assert_eq!(connector.flipped, (false, true));
    }
}
