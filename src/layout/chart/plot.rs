//! The plot of one chart: its axes, bands, lines, markers, and the labels beside them.

use std::collections::BTreeSet;

use crate::layout::words;
use crate::map::{Day, Number};
use crate::scene::{Area, Form, Ink, Marker, Part, Point, Shape, Text, TextStyle, Tone, Verdict};

use super::dates::{self, DateTick};
use super::labels::{Labels, Need, line, size};
use super::scale::Scale;
use super::{Chart, Value, cut};

/// How much is told beside the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Everything by name.
    Whole,
    /// The last value and the final target, by their numbers; a shared key names the rest.
    Small,
    /// Nothing, not even axes.
    Spark,
}

/// A chart, about to be drawn.
pub(super) struct Plot<'c> {
    pub chart: &'c Chart,
    detail: Detail,
    days: Option<(i64, i64)>,
    /// The least and the greatest value that must be seen; `None` where there is none.
    range: Option<(f64, f64)>,
}

/// What came of it.
pub(super) struct Drawn {
    pub shapes: Vec<Shape>,
    pub texts: Vec<Text>,
    /// Parts that have no label beside them.
    pub unnamed: BTreeSet<Part>,
}

/// The first and the last day of all charts, as [`Day::number`] counts; `None` without any.
pub(super) fn days(charts: &[Chart]) -> Option<(i64, i64)> {
    let mut all = charts.iter().flat_map(|chart| {
        let values = chart.baseline.iter().chain(&chart.targets).chain(&chart.actuals);
        values
            .map(|value| value.date)
            .chain(chart.planned.iter().map(|p| p.date))
            .chain(chart.forecast.iter().map(|f| f.date))
            .chain(chart.today)
            .map(Day::number)
    });
    let first = all.next()?;
    Some(all.fold((first, first), |(low, high), day| (low.min(day), high.max(day))))
}

/// Days and values to px.
struct Axes {
    area: Area,
    days: (f64, f64),
    scale: Scale,
}

impl Axes {
    fn x(&self, day: f64) -> f64 {
        let share = (day - self.days.0) / (self.days.1 - self.days.0);
        self.area.x + share.clamp(0.0, 1.0) * self.area.w
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.scale.low) / (self.scale.high - self.scale.low);
        self.area.y + (1.0 - share.clamp(0.0, 1.0)) * self.area.h
    }

    fn at(&self, (day, value): (f64, f64)) -> Point {
        (self.x(day), self.y(value))
    }

    fn holds(&self, value: Number) -> bool {
        (self.scale.low..=self.scale.high).contains(&value.to_f64())
    }

    /// The pieces of a line that are inside, in px.
    fn line(&self, points: &[(f64, f64)]) -> Vec<Vec<Point>> {
        cut::line(points, self.scale.low, self.scale.high)
            .into_iter()
            .map(|piece| piece.into_iter().map(|p| self.at(p)).collect())
            .collect()
    }

    /// The outline of a band, in px; empty where it has no width.
    fn band(&self, below: &[(f64, f64)], above: &[(f64, f64)]) -> Vec<Point> {
        cut::band(below, above, self.scale.low, self.scale.high)
            .into_iter()
            .map(|p| self.at(p))
            .collect()
    }
}

/// A series as places: days since the year 1, and values.
fn places<T>(items: &[T], date: impl Fn(&T) -> Day, value: impl Fn(&T) -> Number) -> Vec<(f64, f64)> {
    items
        .iter()
        .map(|item| (date(item).number() as f64, value(item).to_f64()))
        .collect()
}

fn place(value: &Value) -> (f64, f64) {
    (value.date.number() as f64, value.value.to_f64())
}

impl<'c> Plot<'c> {
    pub fn new(chart: &'c Chart, days: Option<(i64, i64)>, detail: Detail) -> Self {
        Self {
            chart,
            detail,
            days,
            range: range(chart),
        }
    }

    /// The parts that occur.
    pub fn parts(&self) -> BTreeSet<Part> {
        let chart = self.chart;
        let mut out = BTreeSet::new();
        let mut mark = |part: Part, occurs: bool| {
            if occurs {
                out.insert(part);
            }
        };
        mark(Part::Actual, !chart.actuals.is_empty());
        mark(Part::Planned, chart.planned.len() > 1);
        mark(Part::Baseline, chart.baseline.is_some());
        mark(
            Part::Target,
            !chart.targets.is_empty() || chart.undated_target.is_some(),
        );
        mark(
            Part::Within,
            chart.planned.len() > 1 && chart.planned.iter().any(|p| p.amber.0 != p.amber.1),
        );
        mark(
            Part::Doubtful,
            chart.planned.len() > 1 && chart.planned.iter().any(|p| p.red != p.amber),
        );
        mark(
            Part::Limit,
            chart.planned.len() > 1 && chart.planned.iter().any(|p| p.red.0 != p.red.1),
        );
        mark(Part::Forecast, chart.forecast.len() > 1);
        mark(
            Part::Fan,
            chart.forecast.len() > 1 && chart.forecast.iter().any(|f| f.interval.is_some_and(|(a, b)| a != b)),
        );
        mark(Part::Today, chart.today.is_some() && self.detail != Detail::Spark);
        out
    }

    /// The chart in that area: axes and labels are inside it.
    pub fn draw(&mut self, outer: Area) -> Drawn {
        let mut drawn = Drawn {
            shapes: Vec::new(),
            texts: Vec::new(),
            unnamed: BTreeSet::new(),
        };
        let (Some(range), Some(days)) = (self.range, self.days) else {
            if self.detail != Detail::Spark {
                let words = "Nothing to show: no values on any day.";
                drawn
                    .texts
                    .push(line(words, (TextStyle::Note, Ink::Muted), (outer.x, outer.y + 20.0)));
            }
            return drawn;
        };
        let axes = self.axes(range, days, outer);
        let mut labels = Labels::new(Area {
            // Labels keep off the axis on the left and may use the margin on the right.
            x: axes.area.x + 4.0,
            y: axes.area.y,
            w: outer.x + outer.w - axes.area.x - 4.0,
            h: axes.area.h - 2.0,
        });
        self.bands(&axes, &mut drawn.shapes);
        if self.detail != Detail::Spark {
            self.furniture(&axes, outer, &mut drawn);
        }
        self.lines(&axes, &mut drawn.shapes, &mut labels);
        if self.detail != Detail::Spark {
            drawn.unnamed = self.parts();
            self.label(&axes, &mut labels, &mut drawn.unnamed);
            drawn.texts.append(&mut labels.texts);
        }
        drawn
    }

    fn axes(&self, range: (f64, f64), (first, last): (i64, i64), outer: Area) -> Axes {
        let spark = self.detail == Detail::Spark;
        let (top, bottom) = match self.detail {
            Detail::Whole => (42.0, 42.0),
            Detail::Small => (26.0, 40.0),
            Detail::Spark => (5.0, 5.0),
        };
        let h = (outer.h - top - bottom).max(2.0);
        let mut scale = Scale::of(range.0, range.1, ((h / 46.0) as usize).clamp(2, 8));
        if spark {
            // No tick to end at.
            (scale.low, scale.high) = match range {
                (a, b) if a < b => (a, b),
                _ => (scale.low, scale.high),
            };
        }
        let left = match self.detail {
            Detail::Spark => 5.0,
            _ => {
                let widest = scale.ticks.iter().map(|(_, words)| size(words, TextStyle::Note).0);
                widest.fold(0.0, f64::max) + 9.0
            }
        };
        let right = match self.detail {
            Detail::Whole => 26.0,
            Detail::Small => 14.0,
            Detail::Spark => 5.0,
        };
        let room = ((last - first) as f64 * 0.015).max(if first == last { 3.0 } else { 0.5 });
        Axes {
            area: Area {
                x: outer.x + left,
                y: outer.y + top,
                w: (outer.w - left - right).max(2.0),
                h,
            },
            days: (first as f64 - room, last as f64 + room),
            scale,
        }
    }

    /// Axes with ticks, unit and today.
    fn furniture(&self, axes: &Axes, outer: Area, drawn: &mut Drawn) {
        let Axes { area, scale, .. } = axes;
        let look = (TextStyle::Note, Ink::Muted);
        let (left, right, foot) = (area.x, area.x + area.w, area.y + area.h);
        for (value, words) in &scale.ticks {
            let y = axes.y(*value);
            drawn.shapes.push(Shape {
                part: Part::Grid,
                form: Form::Line(vec![(left, y), (right, y)]),
            });
            let (w, h) = size(words, look.0);
            drawn.texts.push(line(words, look, (left - 8.0 - w, y - h / 2.0)));
        }
        let unit = [scale.factor, self.chart.unit.trim()].join(" ");
        let unit = crate::layout::text::clean(&unit);
        let head = match self.detail {
            Detail::Whole => outer.y + 2.0,
            _ => outer.y,
        };
        if let Some(first) = crate::layout::text::wrap(&unit, look.0, outer.w).first() {
            // A unit of several lines would take the room of the plot: the first line stands for it.
            let words = if *first == unit {
                unit
            } else {
                shortened(first, look.0, outer.w)
            };
            drawn.texts.push(line(&words, look, (outer.x, head)));
        }

        drawn.shapes.push(Shape {
            part: Part::Axis,
            form: Form::Line(vec![(left, foot), (right, foot)]),
        });
        let px_a_day = area.w / (axes.days.1 - axes.days.0);
        let mut free = [outer.x, outer.x];
        for DateTick { day, words, below } in dates::ticks(axes.days.0.ceil() as i64, axes.days.1 as i64, px_a_day) {
            let x = axes.x(day as f64);
            let length = if below.is_empty() { 5.0 } else { 8.0 };
            drawn.shapes.push(Shape {
                part: Part::Axis,
                form: Form::Line(vec![(x, foot), (x, foot + length)]),
            });
            for (row, words) in [words, below].into_iter().enumerate() {
                let (w, _) = size(&words, look.0);
                let from = (x - w / 2.0).clamp(outer.x, (outer.x + outer.w - w).max(outer.x));
                if !words.is_empty() && from >= free[row] {
                    drawn
                        .texts
                        .push(line(&words, look, (from, foot + 9.0 + 16.0 * row as f64)));
                    free[row] = from + w + 6.0;
                }
            }
        }
    }

    fn bands(&self, axes: &Axes, shapes: &mut Vec<Shape>) {
        if self.detail == Detail::Spark {
            return;
        }
        let mut add = |part: Part, outline: Vec<Point>| {
            if outline.len() > 2 {
                shapes.push(Shape {
                    part,
                    form: Form::Area(outline),
                });
            }
        };
        let planned = &self.chart.planned;
        let edge = |value: &dyn Fn(&super::Planned) -> Number| places(planned, |p| p.date, value);
        let red = (edge(&|p| p.red.0), edge(&|p| p.red.1));
        let amber = (edge(&|p| p.amber.0), edge(&|p| p.amber.1));
        add(Part::Doubtful, axes.band(&red.0, &red.1));
        add(Part::Within, axes.band(&amber.0, &amber.1));
        let (below, above) = self.fan();
        add(Part::Fan, axes.band(&below, &above));
    }

    /// The lower and the upper edge of the forecast.
    fn fan(&self) -> (Vec<(f64, f64)>, Vec<(f64, f64)>) {
        let edge = |pick: fn((Number, Number)) -> Number| {
            places(&self.chart.forecast, |f| f.date, |f| f.interval.map_or(f.value, pick))
        };
        (edge(|i| i.0), edge(|i| i.1))
    }

    /// The edges of the red tolerance, below and above, where they differ from the plan.
    fn limits(&self) -> [Vec<(f64, f64)>; 2] {
        let planned = &self.chart.planned;
        let side = |pick: fn(&super::Planned) -> Number| match planned.iter().any(|p| pick(p) != p.value) {
            true => places(planned, |p| p.date, pick),
            false => Vec::new(),
        };
        [side(|p| p.red.0), side(|p| p.red.1)]
    }

    fn lines(&self, axes: &Axes, shapes: &mut Vec<Shape>, labels: &mut Labels) {
        let chart = self.chart;
        let spark = self.detail == Detail::Spark;
        let mut add = |part: Part, points: &[(f64, f64)]| {
            for piece in axes.line(points) {
                labels.avoid_line(&piece);
                shapes.push(Shape {
                    part,
                    form: Form::Line(piece),
                });
            }
        };
        if let Some(day) = chart.today.filter(|_| !spark) {
            let day = day.number() as f64;
            add(Part::Today, &[(day, axes.scale.low), (day, axes.scale.high)]);
        }
        if !spark {
            for limit in self.limits() {
                add(Part::Limit, &limit);
            }
            let (below, above) = self.fan();
            if self.parts().contains(&Part::Fan) {
                add(Part::FanEdge, &below);
                add(Part::FanEdge, &above);
            }
        }
        add(Part::Planned, &places(&chart.planned, |p| p.date, |p| p.value));
        if let Some(value) = chart.undated_target {
            let value = value.to_f64();
            add(Part::Planned, &[(axes.days.0, value), (axes.days.1, value)]);
        }
        if !spark {
            add(Part::Forecast, &places(&chart.forecast, |f| f.date, |f| f.value));
        }
        let actuals = thinned(&places(&chart.actuals, |a| a.date, |a| a.value), axes.area.w);
        add(Part::Actual, &actuals);

        let mut mark = |part: Part, marker: Marker, at: Point| {
            let r = marker.reach() + 1.0;
            labels.avoid(Area {
                x: at.0 - r,
                y: at.1 - r,
                w: 2.0 * r,
                h: 2.0 * r,
            });
            shapes.push(Shape {
                part,
                form: Form::Marker(marker, at),
            });
        };
        if spark {
            if let Some(last) = chart.actuals.last() {
                mark(Part::Actual, Marker::Dot, axes.at(place(last)));
            }
            return;
        }
        if let Some(baseline) = &chart.baseline {
            mark(Part::Baseline, Marker::Square, axes.at(place(baseline)));
        }
        for target in &chart.targets {
            mark(Part::Target, Marker::Diamond, axes.at(place(target)));
        }
        if let Some(end) = chart
            .forecast
            .last()
            .filter(|f| chart.forecast.len() > 1 && axes.holds(f.value))
        {
            mark(
                Part::Forecast,
                Marker::Disc,
                axes.at((end.date.number() as f64, end.value.to_f64())),
            );
        }
        // Single values are marked where they have room.
        if (actuals.len() as f64) * 9.0 <= axes.area.w {
            for at in &actuals[..actuals.len().saturating_sub(1)] {
                mark(Part::Actual, Marker::Dot, axes.at(*at));
            }
        }
        if let Some(last) = actuals.last() {
            mark(Part::Actual, Marker::Disc, axes.at(*last));
        }
    }

    /// Names what it can, the most wanted first, and takes it out of `unnamed`.
    fn label(&self, axes: &Axes, labels: &mut Labels, unnamed: &mut BTreeSet<Part>) {
        let chart = self.chart;
        let whole = self.detail == Detail::Whole;
        let named = |word: &str, value: Number| match self.detail {
            Detail::Whole => format!("{word} {}", self.beside(axes, value)),
            _ => self.beside(axes, value),
        };
        let actual = (
            if whole { TextStyle::Band } else { TextStyle::Note },
            Ink::Tone(Tone::Second),
        );
        let plain = (TextStyle::Note, Ink::Text);
        let forecast = (TextStyle::Note, Ink::Tone(Tone::Third));
        let mut name = |part: Part, done: bool| {
            if done && whole {
                unnamed.remove(&part);
            }
        };
        if let Some(last) = chart.actuals.last() {
            let at = axes.at(place(last));
            let words = named("measured", last.value);
            name(
                Part::Actual,
                labels.around(at, Marker::Disc.reach(), &words, actual, Need::Wanted),
            );
        }
        if let Some(last) = chart.targets.last() {
            let at = axes.at(place(last));
            let words = named("target", last.value);
            name(
                Part::Target,
                labels.around(at, Marker::Diamond.reach(), &words, plain, Need::Wanted),
            );
        }
        if let Some(value) = chart.undated_target {
            let (y, words) = (axes.y(value.to_f64()), named("target, without a date,", value));
            let done = labels.place(&beside_level(axes, y, &words), &words, plain, Need::Wanted);
            name(Part::Target, done && chart.targets.is_empty());
        }
        if !whole {
            return;
        }
        if let Some(end) = chart
            .forecast
            .last()
            .filter(|f| chart.forecast.len() > 1 && axes.holds(f.value))
        {
            let at = axes.at((end.date.number() as f64, end.value.to_f64()));
            let words = format!("forecast {}", self.with_unit(axes, axes.scale.estimate(end.value)));
            name(
                Part::Forecast,
                labels.around(at, Marker::Disc.reach(), &words, forecast, Need::Wanted),
            );
        }
        if let Some(baseline) = &chart.baseline {
            let at = axes.at(place(baseline));
            let words = named("baseline", baseline.value);
            name(
                Part::Baseline,
                labels.around(at, Marker::Square.reach(), &words, plain, Need::Wanted),
            );
        }
        for target in chart.targets.iter().rev().skip(1) {
            let at = axes.at(place(target));
            let words = named("target", target.value);
            labels.around(at, Marker::Diamond.reach(), &words, plain, Need::Optional);
        }
        if let Some(day) = chart.today {
            name(Part::Today, self.today(axes, day, labels));
        }
        let planned = axes.line(&places(&chart.planned, |p| p.date, |p| p.value));
        let done = along(&planned, "planned", (TextStyle::Note, Ink::Muted), labels);
        name(Part::Planned, done && chart.planned.len() > 1);
        let bad = (TextStyle::Note, Ink::Verdict(Verdict::Bad));
        let [below, above] = self.limits().map(|limit| axes.line(&limit));
        let below_done = below.is_empty() || beyond(&below, Side::Below, "off track below this", bad, labels);
        let above_done = above.is_empty() || beyond(&above, Side::Above, "off track above this", bad, labels);
        // A limit that lies outside needs no name either.
        name(Part::Limit, below_done && above_done);
    }

    /// The day that the chart speaks of, over its line.
    fn today(&self, axes: &Axes, day: Day, labels: &mut Labels) -> bool {
        let words = format!("as of {}", words::day(day));
        let look = (TextStyle::Note, Ink::Muted);
        let (w, h) = size(&words, look.0);
        let right = axes.area.x + axes.area.w + 20.0 - w;
        if right < axes.area.x {
            return false;
        }
        // Not over the words of the ticks on the left.
        let x = (axes.x(day.number() as f64) - w / 2.0).clamp(axes.area.x, right);
        labels.texts.push(line(&words, look, (x, axes.area.y - h - 4.0)));
        true
    }

    /// A value with what of its unit is short.
    fn beside(&self, axes: &Axes, value: Number) -> String {
        self.with_unit(axes, axes.scale.number(value))
    }

    fn with_unit(&self, axes: &Axes, number: String) -> String {
        let unit = self.chart.unit.trim();
        if !axes.scale.factor.is_empty() {
            return match axes.scale.factor.split_once(' ') {
                None => format!("{number} {}", axes.scale.factor),
                Some(_) => number,
            };
        }
        match unit.split_whitespace().next() {
            Some("%") => format!("{number}%"),
            Some(word) if word.len() == unit.len() && unit.chars().count() <= 6 => format!("{number} {unit}"),
            _ => number,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    Above,
}

/// Along a level, from the right.
fn beside_level(axes: &Axes, y: f64, words: &str) -> Vec<Point> {
    let (w, h) = size(words, TextStyle::Note);
    let mut out = Vec::new();
    for share in [1.0, 0.75, 0.5, 0.25, 0.0] {
        let x = axes.area.x + 6.0 + share * (axes.area.w - w - 6.0).max(0.0);
        out.extend([(x, y - h - 4.0), (x, y + 4.0)]);
    }
    out
}

/// Names a line somewhere beside it, where nothing is crossed.
fn along(pieces: &[Vec<Point>], words: &str, look: (TextStyle, Ink), labels: &mut Labels) -> bool {
    let (w, h) = size(words, look.0);
    let mut places = Vec::new();
    for out in [3.0, 8.0, 14.0] {
        for (x, y) in spots(pieces) {
            places.extend([
                (x - w / 2.0, y - h - out),
                (x - w / 2.0, y + out),
                (x + out + 3.0, y - h - out / 2.0),
                (x - w - out - 3.0, y + out / 2.0),
                (x + out + 3.0, y + out / 2.0),
                (x - w - out - 3.0, y - h - out / 2.0),
            ]);
        }
    }
    labels.place(&places, words, look, Need::Optional)
}

/// Names what lies beyond a line, on that side of it.
fn beyond(pieces: &[Vec<Point>], side: Side, words: &str, look: (TextStyle, Ink), labels: &mut Labels) -> bool {
    let (w, h) = size(words, look.0);
    let mut places = Vec::new();
    for out in [3.0, 8.0, 16.0, 26.0] {
        for (x, y) in spots(pieces) {
            let y = match side {
                Side::Below => y + out,
                Side::Above => y - h - out,
            };
            places.extend([(x - w / 2.0, y), (x, y), (x - w, y)]);
        }
    }
    labels.place(&places, words, look, Need::Optional)
}

/// Places on a line, those in its middle first.
fn spots(pieces: &[Vec<Point>]) -> Vec<Point> {
    let mut out = Vec::new();
    for piece in pieces {
        for pair in piece.windows(2) {
            let steps = ((pair[1].0 - pair[0].0).abs() / 16.0).ceil().clamp(1.0, 200.0) as usize;
            for i in 0..steps {
                let share = (i as f64 + 0.5) / steps as f64;
                out.push((
                    pair[0].0 + share * (pair[1].0 - pair[0].0),
                    pair[0].1 + share * (pair[1].1 - pair[0].1),
                ));
            }
        }
    }
    let n = out.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|i| (2 * i + 1).abs_diff(n));
    order.into_iter().map(|i| out[i]).collect()
}

/// At most a few points a px of width: of each stretch the first, the lowest, the highest and the last, in their order.
fn thinned(points: &[(f64, f64)], width: f64) -> Vec<(f64, f64)> {
    let stretches = width.max(1.0) as usize;
    if points.len() <= 4 * stretches {
        return points.to_vec();
    }
    let mut out = Vec::with_capacity(4 * stretches);
    for stretch in points.chunks(points.len().div_ceil(stretches)) {
        let by_value = |a: &usize, b: &usize| stretch[*a].1.total_cmp(&stretch[*b].1);
        let last = stretch.len() - 1;
        let mut keep = vec![0, last];
        keep.extend((0..=last).min_by(by_value));
        keep.extend((0..=last).max_by(by_value));
        keep.sort_unstable();
        keep.dedup();
        out.extend(keep.into_iter().map(|i| stretch[i]));
    }
    out
}

/// As much of a text as fits, with an ellipsis.
fn shortened(text: &str, style: TextStyle, width: f64) -> String {
    let mut out = text.to_owned();
    while !out.is_empty() && size(&format!("{out}\u{2026}"), style).0 > width {
        out.pop();
    }
    out.trim_end().to_owned() + "\u{2026}"
}

/// The least and the greatest value that must be seen. All that is planned and measured is seen; limits and forecasts
/// as far as they leave that readable; zero where it is not far.
fn range(chart: &Chart) -> Option<(f64, f64)> {
    let fold = |values: &mut dyn Iterator<Item = f64>| {
        values.fold(None, |all: Option<(f64, f64)>, v| {
            Some(all.map_or((v, v), |(low, high)| (low.min(v), high.max(v))))
        })
    };
    let dated = chart.baseline.iter().chain(&chart.targets).chain(&chart.actuals);
    let core = dated.map(|value| value.value).chain(chart.undated_target);
    let core = core.chain(chart.planned.iter().map(|p| p.value));
    let core = fold(&mut core.map(Number::to_f64));
    let central = fold(&mut chart.forecast.iter().map(|f| f.value.to_f64()));
    let (low, high) = core.or(central)?;
    let size = match high - low {
        0.0 => low.abs() * 0.2,
        size => size,
    };
    let limits = chart.planned.iter().flat_map(|p| [p.red.0, p.red.1]);
    let fan = chart
        .forecast
        .iter()
        .filter_map(|f| f.interval)
        .flat_map(|(a, b)| [a, b]);
    let edges = fold(&mut limits.chain(fan).map(Number::to_f64));
    let mut out = (low, high);
    for (more, (below, above)) in [(0.6, central), (0.3, edges)]
        .into_iter()
        .filter_map(|(more, found)| Some((more, found?)))
    {
        out.0 = out.0.min(below.max(low - more * size));
        out.1 = out.1.max(above.min(high + more * size));
    }
    // What never was below zero is not shown to go there, and what is a share of a hundred not above.
    if low >= 0.0 {
        out.0 = out.0.max(0.0);
        if out.0 <= 0.4 * out.1 {
            out.0 = 0.0;
        }
    }
    if chart.unit.trim().starts_with('%') && high <= 100.0 {
        out.1 = out.1.min(100.0);
    }
    Some(out)
}
