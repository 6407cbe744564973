//! Amounts as bars from left to right, a row for each: steps from costs to net value, or what moves the net value.

use crate::scene::{Area, Ink, Part, Scene, TextStyle};
use crate::text::{height, measure, typeset};

use super::super::scale::Scale;
use super::{Across, MARGIN, MoneyHead, MoneyLook, WIDTH, ends, key, line, rectangle, start};

/// The width of the words on the left, in px.
const WORDS: f64 = 290.0;
const GAP: f64 = 16.0;
/// A row is not lower, in px.
const ROW: f64 = 34.0;
const BAR: f64 = 20.0;

/// Rows of bars on one axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MoneyRows {
    /// The title and what is beside it.
    pub head: MoneyHead,
    /// What the looks of the bars mean.
    pub key: Vec<(MoneyLook, String)>,
    /// An amount that a line down all rows marks, and what it is; left out where it is `None`.
    pub mark: Option<(f64, String)>,
    /// The rows, from the top.
    pub rows: Vec<MoneyRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MoneyRow {
    /// What it is.
    pub title: String,
    /// Its bars.
    pub bars: Vec<MoneyBar>,
    /// Its figures, on the right.
    pub figures: String,
}

/// A bar between two amounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MoneyBar {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What it is.
    pub look: MoneyLook,
}

/// The picture, as high as it takes. A thin line leads from the end of each bar to the next row where that begins there.
///
/// ```
/// use benefit_map::chart::{MoneyBar, MoneyLook, MoneyRow, MoneyRows, money_rows};
///
/// let bar = MoneyBar { from: 0.0, to: -100.0, look: MoneyLook::Cost };
/// let row = MoneyRow { title: "New vans".to_owned(), bars: vec![bar], figures: "-100".to_owned() };
/// let scene = money_rows(&MoneyRows { rows: vec![row], ..MoneyRows::default() });
/// assert!(scene.lines().any(|line| line.text == "New vans"));
/// ```
pub fn money_rows(chart: &MoneyRows) -> Scene {
    let (mut scene, mut y) = start(&chart.head);
    let mut entries: Vec<(Part, String)> = chart
        .key
        .iter()
        .map(|(look, words)| (look.part(), words.clone()))
        .collect();
    if let Some((_, words)) = &chart.mark {
        entries.push((Part::Today, words.clone()));
    }
    y = key(&mut scene, &entries, y);
    let style = TextStyle::Note;
    let figures = chart
        .rows
        .iter()
        .map(|row| measure(&row.figures, style))
        .fold(0.0, f64::max);
    let bars = || chart.rows.iter().flat_map(|row| &row.bars);
    let mark = chart.mark.iter().map(|(amount, _)| *amount);
    let (low, high) = ends(bars().flat_map(|bar| [bar.from, bar.to]).chain(mark));
    let left = MARGIN + WORDS + GAP;
    let across = Across {
        scale: Scale::in_language((low, high), 6, chart.head.language),
        x: left,
        w: (WIDTH - MARGIN - figures - GAP - left).max(200.0),
    };
    // The lines of the axis are under the bars, so that the rows are measured first.
    let texts: Vec<_> = (chart.rows.iter())
        .map(|row| typeset(&row.title, style, Ink::Text, MARGIN, WORDS, 0.0))
        .collect();
    let heights: Vec<f64> = texts.iter().map(|text| (height(text) + 10.0).max(ROW)).collect();
    let bottom = y + heights.iter().sum::<f64>();
    let under = across.ticks(&mut scene, &chart.head, (y, bottom));
    let mut top = y;
    for (nth, (row, high)) in chart.rows.iter().zip(&heights).enumerate() {
        let words_y = top + (high - height(&texts[nth])) / 2.0;
        scene
            .texts
            .push(typeset(&row.title, style, Ink::Text, MARGIN, WORDS, words_y));
        let bar_y = top + (high - BAR) / 2.0;
        for bar in &row.bars {
            let (a, b) = (across.at(bar.from), across.at(bar.to));
            let area = Area {
                x: a.min(b),
                y: bar_y,
                w: (a - b).abs().max(0.75),
                h: BAR,
            };
            scene.shapes.push(rectangle(area, bar.look.part()));
        }
        let next = chart.rows.get(nth + 1).and_then(|row| row.bars.first());
        if let (Some(bar), Some(next)) = (row.bars.last(), next)
            && (bar.to == next.from || bar.to == next.to)
        {
            let x = across.at(bar.to);
            let below = top + high + (heights[nth + 1] - BAR) / 2.0;
            scene.shapes.push(line((x, bar_y + BAR), (x, below), Part::Axis));
        }
        let width = measure(&row.figures, style);
        let place = (WIDTH - MARGIN - width, top + (high - style.leading()) / 2.0);
        scene
            .texts
            .push(typeset(&row.figures, style, Ink::Text, place.0, width + 1.0, place.1));
        top += high;
    }
    if let Some((amount, _)) = &chart.mark {
        let x = across.at(*amount);
        scene.shapes.push(line((x, y), (x, bottom), Part::Today));
    }
    scene.height = under + MARGIN;
    scene
}
