//! How often the net value comes to what, in many draws.

use crate::scene::{Area, Ink, Part, Scene, TextStyle};
use crate::text::measure;

use super::super::scale::Scale;
use super::{Across, MARGIN, MoneyHead, MoneyLook, WIDTH, centred, key, line, rectangle, start};

/// The height of the plot, in px.
const PLOT: f64 = 260.0;
/// Between a line and its words, in px.
const BESIDE: f64 = 8.0;

/// How many draws fell into each of many stretches of equal width.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spread {
    /// The title and what is beside it.
    pub head: MoneyHead,
    /// What draws below 0 are, and those above it.
    pub sides: [String; 2],
    /// The lowest draw.
    pub lowest: f64,
    /// The highest draw.
    pub highest: f64,
    /// How many draws fell into each stretch between them.
    pub counts: Vec<usize>,
    /// Amounts that a line marks, each with what it is.
    pub marks: Vec<(f64, String)>,
}

/// The picture: a bar for each stretch, as high as there are draws in it.
pub fn spread(chart: &Spread) -> Scene {
    let (mut scene, mut y) = start(&chart.head);
    let entries = [
        (MoneyLook::Cost.part(), chart.sides[0].clone()),
        (MoneyLook::Benefit.part(), chart.sides[1].clone()),
    ];
    y = key(&mut scene, &entries, y);
    let marks = chart.marks.iter().map(|(amount, _)| *amount);
    let amounts = [chart.lowest, chart.highest].into_iter().chain(marks);
    let (low, high) = amounts.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), amount| {
        (low.min(amount), high.max(amount))
    });
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    let look = (TextStyle::Note, Ink::Text);
    let scale = Scale::in_language((low, high), 7, chart.head.language);
    // Words are on the right of their line, and the farther to the right that is, the lower: so no line runs through words.
    let mut marks: Vec<&(f64, String)> = chart.marks.iter().collect();
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let room = WIDTH - 2.0 * MARGIN;
    let w = marks.iter().fold(room, |w, (amount, words)| {
        let share = (amount - scale.low) / (scale.high - scale.low);
        w.min((room - BESIDE - measure(words, look.0)) / share.max(0.01))
    });
    let across = Across {
        scale,
        x: MARGIN,
        w: w.max(room / 2.0),
    };
    let top = y + chart.marks.len() as f64 * (look.0.leading() + 2.0) + 4.0;
    let bottom = top + PLOT;
    let under = across.ticks(&mut scene, &chart.head, (top, bottom));
    let most = chart.counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let wide = (chart.highest - chart.lowest) / chart.counts.len().max(1) as f64;
    for (nth, count) in chart.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let from = chart.lowest + nth as f64 * wide;
        let to = from + wide;
        // A stretch across 0 is on both sides.
        let pieces = match from < 0.0 && to > 0.0 {
            true => vec![(from, 0.0), (0.0, to)],
            false => vec![(from, to)],
        };
        for (from, to) in pieces {
            let look = if to <= 0.0 { MoneyLook::Cost } else { MoneyLook::Benefit };
            let high = PLOT * *count as f64 / most;
            let area = Area {
                x: across.at(from),
                y: bottom - high,
                w: (across.at(to) - across.at(from)).max(0.75),
                h: high,
            };
            scene.shapes.push(rectangle(area, look.part()));
        }
    }
    let right = across.x + across.w;
    scene.shapes.push(line((MARGIN, bottom), (right, bottom), Part::Axis));
    for (nth, (amount, words)) in marks.into_iter().enumerate() {
        let x = across.at(*amount);
        let words_y = y + nth as f64 * (look.0.leading() + 2.0);
        let width = measure(words, look.0);
        centred(&mut scene, words, look, (x + BESIDE + width / 2.0, words_y));
        scene.shapes.push(line((x, words_y), (x, bottom), Part::Today));
    }
    scene.height = under + MARGIN;
    scene
}
