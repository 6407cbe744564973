//! The plot of one chart: its axes, bands, lines, markers, and the labels beside them.

use std::collections::BTreeSet;

use crate::map::{Day, Number};
use crate::scene::{Area, Form, Ink, Marker, Part, Point, Shape, Text, TextStyle, Tone, Verdict};
use crate::text::{clean, wrap};
use crate::track::{Observation, PlannedPoint, Series};

use super::axes::{At, Axes, far, place, places, range, thinned};
use super::beside::{Side, along, beside_level, beyond};
use super::dates::{self, DateTick};
use super::labels::{Labels, Need, line, size};
use super::scale::Scale;

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
    pub chart: &'c Series<'c>,
    detail: Detail,
    days: Option<(i64, i64)>,
    /// The least and the greatest value that must be seen; `None` where there is none.
    range: Option<(f64, f64)>,
    /// Measured values that lie so far from all others that they are not seen in their place.
    far: Vec<Observation>,
}

/// What came of it.
pub(super) struct Drawn {
    pub shapes: Vec<Shape>,
    pub texts: Vec<Text>,
    /// Parts that have no label beside them.
    pub unnamed: BTreeSet<Part>,
}

impl<'c> Plot<'c> {
    pub fn new(chart: &'c Series<'c>, days: Option<(i64, i64)>, detail: Detail) -> Self {
        let far = far(chart);
        Self {
            chart,
            detail,
            days,
            range: range(chart, &far),
            far,
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
        mark(Part::Today, self.detail != Detail::Spark);
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
        let mut scale = Scale::in_language(range, ((h / 46.0) as usize).clamp(2, 8), self.chart.language);
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
        let unit = [scale.factor, self.chart.outlook.kpi.unit.trim()].join(" ");
        let unit = clean(&unit);
        let head = match self.detail {
            Detail::Whole => outer.y + 2.0,
            _ => outer.y,
        };
        if let Some(first) = wrap(&unit, look.0, outer.w).first() {
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
        for DateTick { day, words, below } in dates::ticks(
            axes.days.0.ceil() as i64,
            axes.days.1 as i64,
            px_a_day,
            self.chart.language,
        ) {
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
        let edge = |value: &dyn Fn(&PlannedPoint) -> Number| places(planned, |p| p.date, value);
        let red = (edge(&|p| p.red.0), edge(&|p| p.red.1));
        let amber = (edge(&|p| p.amber.0), edge(&|p| p.amber.1));
        add(Part::Doubtful, axes.band(&red.0, &red.1));
        add(Part::Within, axes.band(&amber.0, &amber.1));
        let (below, above) = self.fan();
        add(Part::Fan, axes.band(&below, &above));
    }

    /// The lower and the upper edge of the forecast.
    fn fan(&self) -> (Vec<At>, Vec<At>) {
        let edge = |pick: fn((Number, Number)) -> Number| {
            places(&self.chart.forecast, |f| f.date, |f| f.interval.map_or(f.value, pick))
        };
        (edge(|i| i.0), edge(|i| i.1))
    }

    /// The edges of the red tolerance, below and above, where they differ from the plan.
    fn limits(&self) -> [Vec<(f64, f64)>; 2] {
        let planned = &self.chart.planned;
        let side = |pick: fn(&PlannedPoint) -> Number| match planned.iter().any(|p| Some(pick(p)) != p.value) {
            true => places(planned, |p| p.date, pick),
            false => Vec::new(),
        };
        [side(|p| p.red.0), side(|p| p.red.1)]
    }

    /// The planned path, or the two bounds of a band.
    fn paths(&self) -> Vec<Vec<(f64, f64)>> {
        let planned = &self.chart.planned;
        let level = |value: Number| places(planned, |p| p.date, |_| value);
        match self.chart.band {
            Some(band) => [band.lower, band.upper].into_iter().flatten().map(level).collect(),
            None => {
                let stated: Vec<_> = planned.iter().filter_map(|p| Some((p.date, p.value?))).collect();
                vec![places(&stated, |p| p.0, |p| p.1)]
            }
        }
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
        if !spark {
            let day = chart.outlook.as_of.number() as f64;
            add(Part::Today, &[(day, axes.scale.low), (day, axes.scale.high)]);
            for limit in self.limits() {
                add(Part::Limit, &limit);
            }
            let (below, above) = self.fan();
            if self.parts().contains(&Part::Fan) {
                add(Part::FanEdge, &below);
                add(Part::FanEdge, &above);
            }
        }
        for path in self.paths() {
            add(Part::Planned, &path);
        }
        if let Some(value) = chart.undated_target {
            let value = value.to_f64();
            add(Part::Planned, &[(axes.days.0, value), (axes.days.1, value)]);
        }
        if !spark {
            add(Part::Forecast, &places(&chart.forecast, |f| f.date, |f| f.value));
        }
        let actuals = thinned(&places(&chart.actuals, |a| a.date, |a| a.value), axes.area.w);
        add(Part::Actual, &actuals);
        let is_far = |at: &(f64, f64)| self.far.iter().any(|value| place(value) == *at);

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
            for at in actuals[..actuals.len().saturating_sub(1)]
                .iter()
                .filter(|at| !is_far(at))
            {
                mark(Part::Actual, Marker::Dot, axes.at(*at));
            }
        }
        if let Some(last) = actuals.last().filter(|last| !is_far(last)) {
            mark(Part::Actual, Marker::Disc, axes.at(*last));
        }
        // What lies outside has an arrow at the edge where its line leaves the plot.
        for value in &self.far {
            let (x, y) = axes.at(place(value));
            let back = if axes.is_above(value.value) { 9.0 } else { -9.0 };
            shapes.push(Shape {
                part: Part::Actual,
                form: Form::Line(vec![(x - 6.0, y + back), (x, y), (x + 6.0, y + back)]),
            });
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
        for value in &self.far {
            let (number, factor) = axes.scale.named(value.value);
            let words = format!("{}, outside the chart", self.with_unit(number, factor));
            labels.around(axes.at(place(value)), 9.0, &words, actual, Need::Wanted);
        }
        if let Some(last) = chart.actuals.last().filter(|last| !self.far.contains(last)) {
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
            let (number, factor) = axes.scale.named_estimate(end.value);
            let words = format!("forecast {}", self.with_unit(number, factor));
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
        name(Part::Today, self.today(axes, chart.outlook.as_of, labels));
        let muted = (TextStyle::Note, Ink::Muted);
        let mut done = chart.planned.len() > 1;
        match chart.band {
            Some(band) => {
                for (bound, word, side) in [
                    (band.lower, "at least", Side::Above),
                    (band.upper, "at most", Side::Below),
                ] {
                    let Some(bound) = bound else { continue };
                    let line = axes.line(&places(&chart.planned, |p| p.date, |_| bound));
                    done &= beyond(&line, side, &named(word, bound), muted, labels);
                }
            }
            None => {
                for path in self.paths() {
                    done &= along(&axes.line(&path), "planned", muted, labels);
                }
            }
        }
        name(Part::Planned, done);
        let bad = (TextStyle::Note, Ink::Verdict(Verdict::Bad));
        let [below, above] = self.limits().map(|limit| axes.line(&limit));
        let below_done = below.is_empty() || beyond(&below, Side::Below, "off track below this", bad, labels);
        let above_done = above.is_empty() || beyond(&above, Side::Above, "off track above this", bad, labels);
        // A limit that lies outside needs no name either.
        name(Part::Limit, below_done && above_done);
    }

    /// The day that the chart speaks of, over its line.
    fn today(&self, axes: &Axes, day: Day, labels: &mut Labels) -> bool {
        let words = format!("as of {}", self.chart.language.day(day));
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
        let (number, factor) = axes.scale.named(value);
        self.with_unit(number, factor)
    }

    fn with_unit(&self, number: String, factor: &str) -> String {
        let unit = self.chart.outlook.kpi.unit.trim();
        if !factor.is_empty() {
            return match factor.split_once(' ') {
                None => format!("{number} {factor}"),
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

/// As much of a text as fits, with an ellipsis.
fn shortened(text: &str, style: TextStyle, width: f64) -> String {
    let mut out = text.to_owned();
    while !out.is_empty() && size(&format!("{out}\u{2026}"), style).0 > width {
        out.pop();
    }
    out.trim_end().to_owned() + "\u{2026}"
}
