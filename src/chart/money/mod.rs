//! Charts of an appraisal: money by year, from costs to net value, what moves the net value, and how draws spread.
//!
//! In go plain rows of words and amounts; out comes a [`Scene`], ready to be drawn. Costs and benefits differ by where they are as well
//! as by colour, and every figure that matters is written beside its bar.

mod flow;
mod rows;
mod spread;

pub use flow::{CashFlow, FlowYear, cash_flow};
pub use rows::{MoneyBar, MoneyRow, MoneyRows, money_rows};
pub use spread::{Spread, spread};

use crate::map::Language;
use crate::scene::{Area, Form, Ink, Part, Scene, Shape, TextStyle};
use crate::text::{clean, measure, typeset};

use super::put;
use super::scale::Scale;

/// The width of all of them, in px.
const WIDTH: f64 = 960.0;
const MARGIN: f64 = 28.0;

/// What every chart of money begins with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MoneyHead {
    /// What it shows.
    pub title: String,
    /// What is under the title; left out where it is empty.
    pub subtitle: String,
    /// What the picture shows, in sentences, for readers who do not see it.
    pub description: String,
    /// What amounts are in, such as a currency; may be empty.
    pub unit: String,
    /// The language whose numbers it writes.
    pub language: Language,
}

/// What an amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MoneyLook {
    /// A cost, or what is bad for the net value.
    Cost,
    /// A benefit, or what is good for it.
    Benefit,
    /// What both come to.
    Total,
}

impl MoneyLook {
    fn part(self) -> Part {
        match self {
            Self::Cost => Part::FarLeft,
            Self::Benefit => Part::FarRight,
            Self::Total => Part::Aside,
        }
    }
}

/// An empty picture with its title; gives the lower side of that.
fn start(head: &MoneyHead) -> (Scene, f64) {
    let mut scene = Scene {
        language: head.language.to_string(),
        title: clean(&head.title),
        description: clean(&head.description),
        width: WIDTH,
        ..Scene::default()
    };
    let room = WIDTH - 2.0 * MARGIN;
    let mut y = MARGIN;
    y = put(
        &mut scene,
        &head.title,
        TextStyle::Heading,
        Ink::Text,
        (MARGIN, room, y),
    ) + 2.0;
    y = put(
        &mut scene,
        &head.subtitle,
        TextStyle::Purpose,
        Ink::Muted,
        (MARGIN, room, y),
    ) + 10.0;
    (scene, y)
}

/// What amounts are in, by the axis: `GBP million`; empty for plain numbers.
fn unit(head: &MoneyHead, scale: &Scale) -> String {
    let unit = clean(&head.unit);
    match (unit.as_str(), scale.factor) {
        ("", "") => String::new(),
        ("", factor) => format!("in {factor}s"),
        (unit, "") => format!("in {unit}"),
        (unit, factor) => format!("in {unit} {factor}"),
    }
}

fn line(from: (f64, f64), to: (f64, f64), part: Part) -> Shape {
    Shape {
        part,
        form: Form::Line(vec![from, to]),
    }
}

fn rectangle(Area { x, y, w, h }: Area, part: Part) -> Shape {
    Shape {
        part,
        form: Form::Area(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]),
    }
}

/// Sets one line of words whose middle is at `x`, within the picture.
fn centred(scene: &mut Scene, words: &str, (style, ink): (TextStyle, Ink), (x, y): (f64, f64)) {
    let width = measure(words, style);
    let left = (x - width / 2.0).min(WIDTH - 4.0 - width).max(4.0);
    scene.texts.push(typeset(words, style, ink, left, width + 1.0, y));
}

/// What colours and lines mean, in a row; gives its lower side.
fn key(scene: &mut Scene, entries: &[(Part, String)], y: f64) -> f64 {
    const BOX: (f64, f64) = (22.0, 12.0);
    let style = TextStyle::Note;
    let (mut x, mut y) = (MARGIN, y);
    for (part, words) in entries {
        let width = measure(words, style);
        if x > MARGIN && x + BOX.0 + 7.0 + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + style.leading() + 4.0);
        }
        let top = y + (style.leading() - BOX.1) / 2.0;
        let middle = top + BOX.1 / 2.0;
        scene.shapes.push(match part {
            Part::Actual | Part::Planned | Part::Today => line((x, middle), (x + BOX.0, middle), *part),
            part => rectangle(
                Area {
                    x,
                    y: top,
                    w: BOX.0,
                    h: BOX.1,
                },
                *part,
            ),
        });
        scene
            .texts
            .push(typeset(words, style, Ink::Text, x + BOX.0 + 7.0, width + 1.0, y));
        x += BOX.0 + 7.0 + width + 24.0;
    }
    y + style.leading() + 10.0
}

/// Amounts from left to right.
struct Across {
    scale: Scale,
    x: f64,
    w: f64,
}

impl Across {
    fn at(&self, value: f64) -> f64 {
        let share = (value - self.scale.low) / (self.scale.high - self.scale.low);
        self.x + share.clamp(0.0, 1.0) * self.w
    }

    /// Lines at the ticks from top to bottom, with their numbers under them; gives the lower side of those.
    fn ticks(&self, scene: &mut Scene, head: &MoneyHead, (top, bottom): (f64, f64)) -> f64 {
        let look = (TextStyle::Note, Ink::Muted);
        // Numbers that would touch are left out, every second or third.
        let widest = self
            .scale
            .ticks
            .iter()
            .map(|(_, words)| measure(words, look.0))
            .fold(0.0, f64::max);
        let apart = self.w / (self.scale.ticks.len() - 1).max(1) as f64;
        let every = ((widest + 10.0) / apart).ceil().max(1.0) as usize;
        for (nth, (value, words)) in self.scale.ticks.iter().enumerate() {
            let x = self.at(*value);
            let part = if *value == 0.0 { Part::Axis } else { Part::Grid };
            scene.shapes.push(line((x, top), (x, bottom), part));
            if nth % every == 0 {
                centred(scene, words, look, (x, bottom + 4.0));
            }
        }
        let y = bottom + 4.0 + look.0.leading();
        let words = unit(head, &self.scale);
        if words.is_empty() {
            return y;
        }
        centred(scene, &words, look, (self.x + self.w / 2.0, y + 1.0));
        y + 1.0 + look.0.leading()
    }
}

/// The least and the most of some amounts and 0.
fn ends(amounts: impl Iterator<Item = f64>) -> (f64, f64) {
    amounts
        .filter(|amount| amount.is_finite())
        .fold((0.0, 0.0), |(low, high), amount| {
            (f64::min(low, amount), f64::max(high, amount))
        })
}
