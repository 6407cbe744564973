//! Costs and benefits year by year, with what both have come to so far.

use crate::scene::{Area, Form, Ink, Marker, Part, Scene, Shape, TextStyle};
use crate::text::{measure, typeset};

use super::super::scale::Scale;
use super::{MARGIN, MoneyHead, MoneyLook, WIDTH, centred, ends, key, line, rectangle, start, unit};

/// The height of the plot, in px.
const PLOT: f64 = 330.0;

/// Costs and benefits of many years.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CashFlow {
    /// The title and what is beside it.
    pub head: MoneyHead,
    /// What the bars that go up are.
    pub benefits: String,
    /// What the bars that go down are.
    pub costs: String,
    /// What the line is.
    pub so_far: String,
    /// The years, in order.
    pub years: Vec<FlowYear>,
}

/// One year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowYear {
    /// What it is called.
    pub label: String,
    /// What is paid in it.
    pub cost: f64,
    /// What is gained in it; below 0 for a loss.
    pub benefit: f64,
    /// What both have come to by its end.
    pub so_far: f64,
}

/// The picture: benefits go up from 0 and costs down, and a line shows what they have come to so far.
///
/// ```
/// use benefit_map::chart::{CashFlow, FlowYear, cash_flow};
///
/// let year = |label: &str, cost, benefit, so_far| FlowYear { label: label.to_owned(), cost, benefit, so_far };
/// let flow = CashFlow { years: vec![year("2026-27", 100.0, 0.0, -100.0), year("2027-28", 0.0, 60.0, -42.0)], ..CashFlow::default() };
/// let scene = cash_flow(&flow);
/// assert!(scene.lines().any(|line| line.text == "2026-27"));
/// ```
pub fn cash_flow(flow: &CashFlow) -> Scene {
    let (mut scene, mut y) = start(&flow.head);
    let entries = [
        (MoneyLook::Benefit.part(), flow.benefits.clone()),
        (MoneyLook::Cost.part(), flow.costs.clone()),
        (Part::Actual, flow.so_far.clone()),
    ];
    y = key(&mut scene, &entries, y);
    let amounts = flow.years.iter().flat_map(|year| {
        let up = year.benefit.max(0.0) + (-year.cost).max(0.0);
        let down = year.cost.max(0.0) + (-year.benefit).max(0.0);
        [up, -down, year.so_far]
    });
    let (low, high) = ends(amounts);
    let scale = Scale::in_language((low, high), 6, flow.head.language);
    let look = (TextStyle::Note, Ink::Muted);
    let words = unit(&flow.head, &scale);
    if !words.is_empty() {
        let width = measure(&words, look.0);
        scene
            .texts
            .push(typeset(&words, look.0, look.1, MARGIN, width + 1.0, y));
        y += look.0.leading() + 4.0;
    }
    let widest = scale
        .ticks
        .iter()
        .map(|(_, words)| measure(words, look.0))
        .fold(0.0, f64::max);
    let left = MARGIN + widest + 8.0;
    let (top, bottom) = (y + 4.0, y + 4.0 + PLOT);
    let at = |value: f64| {
        let share = (value - scale.low) / (scale.high - scale.low);
        bottom - share.clamp(0.0, 1.0) * (bottom - top)
    };
    for (value, words) in &scale.ticks {
        let y = at(*value);
        let part = if *value == 0.0 { Part::Axis } else { Part::Grid };
        scene.shapes.push(line((left, y), (WIDTH - MARGIN, y), part));
        let width = measure(words, look.0);
        let place = (left - 8.0 - width, y - look.0.leading() / 2.0);
        scene
            .texts
            .push(typeset(words, look.0, look.1, place.0, width + 1.0, place.1));
    }
    let slot = (WIDTH - MARGIN - left) / flow.years.len().max(1) as f64;
    let middle = |nth: usize| left + (nth as f64 + 0.5) * slot;
    let wide = (slot * 0.62).min(46.0);
    for (nth, year) in flow.years.iter().enumerate() {
        // A loss goes down under the costs, and money that comes back up over the benefits.
        let stacks = [
            (year.benefit.max(0.0), MoneyLook::Benefit, 0.0, 1.0),
            ((-year.cost).max(0.0), MoneyLook::Cost, year.benefit.max(0.0), 1.0),
            (year.cost.max(0.0), MoneyLook::Cost, 0.0, -1.0),
            ((-year.benefit).max(0.0), MoneyLook::Benefit, year.cost.max(0.0), -1.0),
        ];
        for (size, look, from, sign) in stacks.into_iter().filter(|(size, ..)| *size > 0.0) {
            let (a, b) = (at(sign * from), at(sign * (from + size)));
            let area = Area {
                x: middle(nth) - wide / 2.0,
                y: a.min(b),
                w: wide,
                h: (a - b).abs().max(0.5),
            };
            scene.shapes.push(rectangle(area, look.part()));
        }
    }
    let points: Vec<(f64, f64)> = (flow.years.iter().enumerate())
        .map(|(nth, year)| (middle(nth), at(year.so_far)))
        .collect();
    if points.len() > 1 {
        scene.shapes.push(Shape {
            part: Part::Actual,
            form: Form::Line(points.clone()),
        });
    }
    let marker = if slot > 14.0 { Marker::Disc } else { Marker::Dot };
    scene.shapes.extend(points.into_iter().map(|point| Shape {
        part: Part::Actual,
        form: Form::Marker(marker, point),
    }));
    let widest = flow
        .years
        .iter()
        .map(|year| measure(&year.label, look.0))
        .fold(0.0, f64::max);
    let every = ((widest + 8.0) / slot).ceil().max(1.0) as usize;
    for (nth, year) in flow.years.iter().enumerate().step_by(every) {
        centred(&mut scene, &year.label, look, (middle(nth), bottom + 5.0));
    }
    scene.height = bottom + 5.0 + look.0.leading() + MARGIN;
    scene
}
