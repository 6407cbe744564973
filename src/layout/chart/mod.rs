//! Charts of KPIs: plain series in, a [`Scene`] out, ready to be drawn.
//!
//! A chart is composed here, and not where it is drawn, because its labels must be measured. In goes a [`Chart`] of days
//! and numbers that knows no KPI and no rule; out comes a scene in which no two labels overlap and everything stands
//! inside the picture, whatever the series. Colours are absent, and so are judgements: how a KPI stands is told.

mod axes;
mod beside;
mod cut;
mod dates;
mod gantt;
mod key;
mod labels;
mod plot;
mod scale;

use std::collections::BTreeSet;

use crate::map::{Band, Day, Number};
use crate::scene::{Ink, Part, Scene, Symbol, Text, TextStyle, Verdict};

pub use gantt::{Gantt, GanttRow, Lane, gantt, gantt_pages};

use super::Signal;
use super::card::sign;
use super::text::{height, typeset};
use super::words;
use plot::{Detail, Plot};

/// Around the whole picture, in px.
const MARGIN: f64 = 24.0;
/// Between two charts, in px.
const GUTTER: f64 = 36.0;
/// A chart among others is not narrower, in px.
const NARROWEST: f64 = 330.0;
/// The height of the plot of a chart among others, in px.
const SMALL_PLOT: f64 = 204.0;
/// Over a key under a chart, in px.
const KEY_GAP: f64 = 8.0;
/// A plot is not lower, in px.
const LEAST_PLOT: f64 = 140.0;

/// What is shown of one series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// What is measured.
    pub title: String,
    /// What stands under the title, such as whose it is; left out where it is empty.
    pub subtitle: String,
    /// The unit of all values; left out where it is empty.
    pub unit: String,
    /// Where it began.
    pub baseline: Option<Value>,
    /// The band that it is to be kept within, over the days of the plan.
    pub band: Option<Band>,
    /// The planned path, in the order of its days.
    pub planned: Vec<Planned>,
    /// What is to be reached, in the order of the days.
    pub targets: Vec<Value>,
    /// What is to be reached some day.
    pub undated_target: Option<Number>,
    /// What was measured, in the order of the days.
    pub actuals: Vec<Value>,
    /// What is forecast, in the order of the days.
    pub forecast: Vec<Forecast>,
    /// The day that the chart speaks of.
    pub today: Option<Day>,
    /// How it stands; `None` where nobody judges.
    pub signal: Option<Signal>,
    /// How it stands in words, beside the sign; left out where it is empty.
    pub verdict: String,
    /// What the chart shows, in sentences, for readers who do not see it.
    pub description: String,
}

/// A value on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// The day.
    pub date: Day,
    /// In the unit of the chart.
    pub value: Number,
}

/// A place on the planned path with the lowest and the highest values that are tolerated there. Where a side is open,
/// its limit is the value itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The day.
    pub date: Day,
    /// What was planned; `None` where any value between the two bounds of a band was.
    pub value: Option<Number>,
    /// Beyond these it is to be watched.
    pub amber: (Number, Number),
    /// Beyond these it is bad.
    pub red: (Number, Number),
}

/// What is forecast for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// The day.
    pub date: Day,
    /// The central value.
    pub value: Number,
    /// The lowest and the highest value of the interval; `None` where there is none.
    pub interval: Option<(Number, Number)>,
}

/// Several charts with one key and one axis of days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// What they are charts of.
    pub title: String,
    /// What stands under the title; left out where it is empty.
    pub subtitle: String,
    /// The charts, in reading order; their own subtitles are left out.
    pub charts: Vec<Chart>,
}

/// Width and height of a picture, in px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// The picture of one series: of that width, and of that height unless the words around the plot need more. Widths
/// under 360 px are taken as 360.
///
/// What finds no room for a label beside it stands in a key under the chart.
pub fn chart(chart: &Chart, size: Size) -> Scene {
    let width = size.width.max(360.0);
    let room = width - 2.0 * MARGIN;
    let mut scene = Scene {
        language: "en".to_owned(),
        title: super::text::clean(&chart.title),
        description: described(chart),
        width,
        ..Scene::default()
    };
    let title = match width < 700.0 {
        true => TextStyle::Heading,
        false => TextStyle::Title,
    };
    let mut y = MARGIN;
    y = put(&mut scene, &chart.title, title, Ink::Text, (MARGIN, room, y)) + 2.0;
    y = put(
        &mut scene,
        &chart.subtitle,
        TextStyle::Purpose,
        Ink::Muted,
        (MARGIN, room, y),
    ) + 4.0;
    y = verdict(&mut scene, chart, TextStyle::Purpose, (MARGIN, room, y)) + 8.0;

    // The key is set twice: once to see how much room it takes.
    let days = axes::days(std::slice::from_ref(chart));
    let mut plotted = Plot::new(chart, days, Detail::Whole);
    let mut left_over = BTreeSet::new();
    let mut key_height = 0.0;
    let mut laid = Vec::new();
    for _ in 0..2 {
        let h = (size.height - y - key_height - MARGIN).max(LEAST_PLOT);
        let area = crate::scene::Area {
            x: MARGIN,
            y,
            w: room,
            h,
        };
        let drawn = plotted.draw(area);
        left_over = drawn.unnamed.clone();
        key_height = match key::height(&left_over, chart.today, room) {
            0.0 => 0.0,
            high => high + KEY_GAP,
        };
        laid = vec![(drawn, y + h)];
    }
    for (drawn, bottom) in laid {
        y = bottom;
        scene.shapes.extend(drawn.shapes);
        scene.texts.extend(drawn.texts);
    }
    if key_height > 0.0 {
        y = key::draw(&mut scene, &left_over, chart.today, (MARGIN, room, y + KEY_GAP));
    }
    scene.height = (y + MARGIN).max(size.height);
    scene
}

/// The picture of several series in rows and columns, `width` px wide (at least 360) and as high as it takes.
///
/// All charts share the days from left to right, so that they can be read one above the other, and one key under the
/// title. Without charts it says that there are none.
pub fn sheet(sheet: &Sheet, width: f64) -> Scene {
    let width = width.max(360.0);
    let room = width - 2.0 * MARGIN;
    let mut scene = Scene {
        language: "en".to_owned(),
        title: super::text::clean(&sheet.title),
        width,
        ..Scene::default()
    };
    let told: Vec<String> = sheet.charts.iter().map(described).collect();
    scene.description = match told.len() {
        0 => "No charts.".to_owned(),
        n => format!("{}. {}", words::count(n, "chart", "charts"), told.join(" ")),
    };
    let mut y = MARGIN;
    y = put(&mut scene, &sheet.title, TextStyle::Title, Ink::Text, (MARGIN, room, y)) + 2.0;
    y = put(
        &mut scene,
        &sheet.subtitle,
        TextStyle::Purpose,
        Ink::Muted,
        (MARGIN, room, y),
    ) + 6.0;

    let days = axes::days(&sheet.charts);
    let mut plots: Vec<Plot<'_>> = sheet
        .charts
        .iter()
        .map(|chart| Plot::new(chart, days, Detail::Small))
        .collect();
    let parts: BTreeSet<Part> = plots.iter().flat_map(Plot::parts).collect();
    let todays: BTreeSet<Option<Day>> = sheet.charts.iter().map(|chart| chart.today).collect();
    let today = match todays.len() {
        1 => todays.into_iter().next().flatten(),
        _ => None,
    };
    y = key::draw(&mut scene, &parts, today, (MARGIN, room, y)) + 14.0;

    let columns = (((room + GUTTER) / (NARROWEST + GUTTER)) as usize).clamp(1, plots.len().max(1));
    let w = (room - (columns - 1) as f64 * GUTTER) / columns as f64;
    for row in plots.chunks_mut(columns) {
        let mut bottom = y;
        for (i, plot) in row.iter().enumerate() {
            let x = MARGIN + i as f64 * (w + GUTTER);
            let under = put(&mut scene, &plot.chart.title, TextStyle::Band, Ink::Text, (x, w, y)) + 2.0;
            bottom = verdict(&mut scene, plot.chart, TextStyle::Note, (x, w, under)).max(bottom);
        }
        bottom += 6.0;
        for (i, plot) in row.iter_mut().enumerate() {
            let x = MARGIN + i as f64 * (w + GUTTER);
            let drawn = plot.draw(crate::scene::Area {
                x,
                y: bottom,
                w,
                h: SMALL_PLOT,
            });
            scene.shapes.extend(drawn.shapes);
            scene.texts.extend(drawn.texts);
        }
        y = bottom + SMALL_PLOT + 22.0;
    }
    if sheet.charts.is_empty() {
        y = put(
            &mut scene,
            "There is nothing to chart.",
            TextStyle::Purpose,
            Ink::Muted,
            (MARGIN, room, y),
        );
    }
    scene.height = y + MARGIN - 8.0;
    scene
}

/// A chart without words, to stand in a line of text: the planned path, the actuals and the last of them, the final
/// target. Exactly of that size, at least 24 by 12 px.
pub fn sparkline(chart: &Chart, size: Size) -> Scene {
    let (width, height) = (size.width.max(24.0), size.height.max(12.0));
    let mut plot = Plot::new(chart, axes::days(std::slice::from_ref(chart)), Detail::Spark);
    let drawn = plot.draw(crate::scene::Area {
        x: 0.0,
        y: 0.0,
        w: width,
        h: height,
    });
    Scene {
        language: "en".to_owned(),
        title: super::text::clean(&chart.title),
        description: described(chart),
        width,
        height,
        shapes: drawn.shapes,
        ..Scene::default()
    }
}

/// What a chart shows, with what is not seen in its place.
fn described(chart: &Chart) -> String {
    let mut out = super::text::clean(&chart.description);
    for value in axes::far(chart) {
        out += &format!(
            " The value of {} on {} lies far from all others and outside the chart.",
            value.value.grouped(),
            words::day(value.date)
        );
    }
    out
}

/// Sets a text, and gives its lower side; `y` where it is empty.
fn put(scene: &mut Scene, text: &str, style: TextStyle, ink: Ink, (x, w, y): (f64, f64, f64)) -> f64 {
    let text = typeset(text, style, ink, x, w, y);
    let bottom = y + height(&text);
    if !text.lines.is_empty() {
        scene.texts.push(text);
    }
    bottom
}

/// The sign and the words of how it stands; gives their lower side.
fn verdict(scene: &mut Scene, chart: &Chart, style: TextStyle, (x, w, y): (f64, f64, f64)) -> f64 {
    let Some(signal) = chart.signal else {
        return put(scene, &chart.verdict, style, Ink::Muted, (x, w, y));
    };
    let (icon, verdict) = sign(signal);
    let size = style.size() * 0.9;
    scene.symbols.push(Symbol {
        icon,
        x,
        y: y + (style.leading() - size) / 2.0,
        size,
        ink: Ink::Verdict(verdict),
    });
    let indent = size + 7.0;
    let ink = match verdict {
        Verdict::Open => Ink::Muted,
        _ => Ink::Text,
    };
    let text: Text = typeset(&chart.verdict, style, ink, x + indent, w - indent, y);
    let bottom = y + height(&text).max(style.leading());
    if !text.lines.is_empty() {
        scene.texts.push(text);
    }
    bottom
}
