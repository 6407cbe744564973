//! Charts of KPIs and of plans: what `track` found out, as a [`Scene`] that is ready to be drawn.
//!
//! ```text
//!  KPI, measurements, day ─▶ track::series ─▶ scale, dates ─▶ plot ─▶ labels ─▶ cut ─▶ Scene
//!                            what is planned,  where 0 is,     lines    moved      clipped
//!                            measured, ahead   which ticks     and band apart     to the frame
//! ```
//!
//! Ticks are 1, 2, 2.5 or 5 times a power of ten apart, and the axis ends at ticks. The band around a planned path is the
//! KPI's tolerance.
//!
//! A chart is composed here, and not where it is drawn, because its labels must be measured. In goes a
//! [`Series`]; out comes a scene in which no two labels overlap and everything is inside the picture, whatever the
//! series. Colours are absent, and so are judgements: the status of a KPI comes with its series.

mod answer_rounds;
mod answers;
mod axes;
mod beside;
mod cut;
mod dates;
mod gantt;
mod key;
mod labels;
mod money;
mod plot;
mod scale;
mod sign;

use std::collections::BTreeSet;

use crate::map::{Day, Language};
use crate::scene::{Area, Ink, Part, Scene, Symbol, Text, TextStyle, Verdict};
use crate::text::{clean, count, height, typeset, with_minus};
use crate::track::Series;

pub use answer_rounds::{AnswerRounds, RoundBar, RoundsPanel, answer_rounds};
pub use answers::{AnswerBars, AnswerCell, AnswerGrid, AnswerRow, answer_bars, answer_grid};
pub use gantt::{A4_ACROSS, Gantt, GanttRow, Lane, gantt, gantt_pages};
pub use money::{
    CashFlow, FlowYear, MoneyBar, MoneyHead, MoneyLook, MoneyRow, MoneyRows, Spread, cash_flow, money_rows, spread,
};
pub use sign::sign;

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

/// Several charts with one key and one axis of days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet<'s> {
    /// What they are charts of.
    pub title: String,
    /// What is under the title; left out where it is empty.
    pub subtitle: String,
    /// The series, in reading order, each with its own title.
    pub charts: &'s [Series<'s>],
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
/// What finds no room for a label beside it is named in a key under the chart. The subtitle, such as whose KPI it is, is
/// left out where it is empty.
/// ```
/// use benefit_map::chart::{Size, chart};
/// use benefit_map::map::Kpi;
/// use benefit_map::track::{Measurement, series};
///
/// let kpi: Kpi = serde_json::from_str(r#"{"id": "km", "node": "rounds", "title": "Distance driven", "unit": "km",
///   "baseline": {"date": "2026-01-01", "value": 100}, "targets": [{"date": "2026-12-31", "value": 50}]}"#)?;
/// let measured = [Measurement::new(kpi.id.clone(), "2026-06-30".parse().unwrap(), 80.into())].into_iter().collect();
/// let series = series(&kpi, &measured, "2026-07-31".parse().unwrap());
/// let scene = chart(&series, "Director of Place", Size { width: 640.0, height: 360.0 });
/// assert_eq!(scene.width, 640.0);
/// // Those who do not see the picture are given the same in words.
/// assert!(scene.description.contains("80 on 30 June 2026"), "{}", scene.description);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn chart(chart: &Series<'_>, subtitle: &str, size: Size) -> Scene {
    let width = size.width.max(360.0);
    let room = width - 2.0 * MARGIN;
    let mut scene = Scene {
        language: chart.language.to_string(),
        title: clean(title(chart)),
        description: described(chart),
        width,
        ..Scene::default()
    };
    let heading = match width < 700.0 {
        true => TextStyle::Heading,
        false => TextStyle::Title,
    };
    let mut y = MARGIN;
    y = put(&mut scene, title(chart), heading, Ink::Text, (MARGIN, room, y)) + 2.0;
    y = put(&mut scene, subtitle, TextStyle::Purpose, Ink::Muted, (MARGIN, room, y)) + 4.0;
    y = verdict(&mut scene, chart, TextStyle::Purpose, (MARGIN, room, y)) + 8.0;

    // The key is set twice: once to see how much room it takes.
    let today = Some((chart.outlook.as_of, chart.language));
    let days = axes::days(std::slice::from_ref(chart));
    let mut plotted = Plot::new(chart, days, Detail::Whole);
    let mut left_over = BTreeSet::new();
    let mut key_height = 0.0;
    let mut laid = Vec::new();
    for _ in 0..2 {
        let h = (size.height - y - key_height - MARGIN).max(LEAST_PLOT);
        let area = Area {
            x: MARGIN,
            y,
            w: room,
            h,
        };
        let drawn = plotted.draw(area);
        left_over = drawn.unnamed.clone();
        key_height = match key::height(&left_over, today, room) {
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
        y = key::draw(&mut scene, &left_over, today, (MARGIN, room, y + KEY_GAP));
    }
    scene.height = (y + MARGIN).max(size.height);
    scene
}

/// The picture of several series in rows and columns, `width` px wide (at least 360) and as high as it takes.
///
/// All charts share the days from left to right, so that they can be read one above the other, and one key under the
/// title. Without charts it says that there are none.
pub fn sheet(sheet: &Sheet<'_>, width: f64) -> Scene {
    let language = sheet
        .charts
        .first()
        .map_or_else(Language::default, |chart| chart.language);
    let width = width.max(360.0);
    let room = width - 2.0 * MARGIN;
    let mut scene = Scene {
        language: language.to_string(),
        title: clean(&sheet.title),
        width,
        ..Scene::default()
    };
    let told: Vec<String> = sheet.charts.iter().map(described).collect();
    scene.description = match told.len() {
        0 => "No charts.".to_owned(),
        n => format!("{}. {}", count(n, "chart", "charts"), told.join(" ")),
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

    let days = axes::days(sheet.charts);
    let mut plots: Vec<Plot<'_>> = sheet
        .charts
        .iter()
        .map(|chart| Plot::new(chart, days, Detail::Small))
        .collect();
    let parts: BTreeSet<Part> = plots.iter().flat_map(Plot::parts).collect();
    let todays: BTreeSet<Day> = sheet.charts.iter().map(|chart| chart.outlook.as_of).collect();
    let today = match todays.len() {
        1 => todays.into_iter().next().map(|day| (day, language)),
        _ => None,
    };
    y = key::draw(&mut scene, &parts, today, (MARGIN, room, y)) + 14.0;

    let columns = (((room + GUTTER) / (NARROWEST + GUTTER)) as usize).clamp(1, plots.len().max(1));
    let w = (room - (columns - 1) as f64 * GUTTER) / columns as f64;
    for row in plots.chunks_mut(columns) {
        let mut bottom = y;
        for (i, plot) in row.iter().enumerate() {
            let x = MARGIN + i as f64 * (w + GUTTER);
            let under = put(&mut scene, title(plot.chart), TextStyle::Band, Ink::Text, (x, w, y)) + 2.0;
            bottom = verdict(&mut scene, plot.chart, TextStyle::Note, (x, w, under)).max(bottom);
        }
        bottom += 6.0;
        for (i, plot) in row.iter_mut().enumerate() {
            let x = MARGIN + i as f64 * (w + GUTTER);
            let drawn = plot.draw(Area {
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
pub fn sparkline(chart: &Series<'_>, size: Size) -> Scene {
    let (width, height) = (size.width.max(24.0), size.height.max(12.0));
    let mut plot = Plot::new(chart, axes::days(std::slice::from_ref(chart)), Detail::Spark);
    let drawn = plot.draw(Area {
        x: 0.0,
        y: 0.0,
        w: width,
        h: height,
    });
    Scene {
        language: chart.language.to_string(),
        title: clean(title(chart)),
        description: described(chart),
        width,
        height,
        shapes: drawn.shapes,
        ..Scene::default()
    }
}

fn title<'s>(chart: &'s Series<'_>) -> &'s str {
    &chart.outlook.kpi.title
}

/// What a chart shows, with what is not seen in its place.
fn described(chart: &Series<'_>) -> String {
    let mut out = clean(&chart.to_string());
    for value in axes::far(chart) {
        out += &format!(
            " The value of {} on {} lies far from all others and outside the chart.",
            with_minus(&chart.language.number(value.value)),
            chart.language.day(value.date)
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
fn verdict(scene: &mut Scene, chart: &Series<'_>, style: TextStyle, (x, w, y): (f64, f64, f64)) -> f64 {
    let (icon, verdict) = sign(chart.outlook.status);
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
    let text: Text = typeset(&chart.verdict(), style, ink, x + indent, w - indent, y);
    let bottom = y + height(&text).max(style.leading());
    if !text.lines.is_empty() {
        scene.texts.push(text);
    }
    bottom
}
