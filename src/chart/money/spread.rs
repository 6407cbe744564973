//! How often the net value comes to what, in many draws.

use crate::scene::{Area, Ink, Part, Scene, TextStyle};
use crate::text::measure;

use super::super::scale::Scale;
use super::{Across, MARGIN, MoneyHead, MoneyLook, WIDTH, centred, key, line, rectangle, start};

/// The height of the plot, in px.
const PLOT: f64 = 260.0;

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
    let across = Across {
        scale: Scale::of(low, high, 7),
        x: MARGIN,
        w: WIDTH - 2.0 * MARGIN,
    };
    // A line of words for each mark, so that none covers another.
    let look = (TextStyle::Note, Ink::Text);
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
    scene
        .shapes
        .push(line((MARGIN, bottom), (WIDTH - MARGIN, bottom), Part::Axis));
    for (nth, (amount, words)) in chart.marks.iter().enumerate() {
        let x = across.at(*amount);
        let words_y = y + nth as f64 * (look.0.leading() + 2.0);
        let width = measure(words, look.0);
        // Beside its line, on the side with room, so that lines from below do not run through words.
        let middle = if x + 8.0 + width < WIDTH - MARGIN {
            x + 8.0 + width / 2.0
        } else {
            x - 8.0 - width / 2.0
        };
        centred(&mut scene, words, look, (middle, words_y));
        scene.shapes.push(line((x, words_y), (x, bottom), Part::Today));
    }
    scene.height = under + MARGIN;
    scene
}
