//! Answers of many people over several rounds: a small picture for each question, all in one measure, with a bar for each round.

use super::answers::{Across, MARGIN, WIDTH, key_entry, line, points_key, sides, stack, stack_aside, start};
use super::put;
use crate::map::Language;
use crate::scene::{Ink, Part, Scene, TextStyle};
use crate::text::{measure, typeset};

/// Panels beside each other.
const COLUMNS: usize = 3;
/// Between panels, in px.
const GUTTER: f64 = 26.0;
/// Between rows of panels, in px.
const BETWEEN: f64 = 22.0;
const BAR: f64 = 17.0;
/// From the top of one bar to the top of the next, in px.
const STEP: f64 = 22.0;
/// Room for the number of those who could not say, in px.
const NUMBER: f64 = 30.0;
/// One person is not wider, in px.
const WIDEST: f64 = 22.0;

/// How many people gave each answer to many questions, round after round.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnswerRounds {
    /// What was asked.
    pub title: String,
    /// What is under the title; left out where it is empty.
    pub subtitle: String,
    /// What the picture shows, in sentences, for readers who do not see it.
    pub description: String,
    /// The language that it is written in.
    pub language: Language,
    /// The words of the points, lowest first: three or four.
    pub points: Vec<String>,
    /// What the grey bars and the numbers at the right are, such as `don't know`.
    pub beside: String,
    /// A panel for each question, in reading order.
    pub panels: Vec<RoundsPanel>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoundsPanel {
    /// Its subject; left out where it is empty.
    pub subject: String,
    /// What is asked.
    pub text: String,
    /// Its rounds, from the top.
    pub rounds: Vec<RoundBar>,
}

/// One round of a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoundBar {
    /// What it is called, such as `Round 2`.
    pub label: String,
    /// How many gave each point, lowest first.
    pub counts: Vec<u64>,
    /// How many could not say.
    pub beside: u64,
}

/// What all panels have in common: where the parts of a panel begin, from its left side, and how wide one person is.
struct Measure {
    panel: f64,
    middle: f64,
    one: f64,
    side: f64,
}

impl Measure {
    fn of(panels: &[RoundsPanel]) -> Self {
        let panel = (WIDTH - 2.0 * MARGIN - GUTTER * (COLUMNS - 1) as f64) / COLUMNS as f64;
        let bars = || panels.iter().flat_map(|panel| &panel.rounds);
        let label = bars()
            .map(|bar| measure(&bar.label, TextStyle::Note))
            .fold(0.0, f64::max)
            + 10.0;
        let (left, right) = bars()
            .map(|bar| sides(&bar.counts))
            .fold((1, 1), |(l, r), (a, b)| (l.max(a), r.max(b)));
        let beside = bars().map(|bar| bar.beside).max().unwrap_or(0);
        let of = |count: u64| count as f64;
        // A gap before those who could not say keeps their bars from the others.
        let number = if beside > 0 { NUMBER + 10.0 } else { 0.0 };
        let one = ((panel - label - number) / of(left + right + beside)).min(WIDEST);
        Self {
            panel,
            middle: label + one * of(left),
            one,
            side: panel - number - one * of(beside) + if beside > 0 { 10.0 } else { 0.0 },
        }
    }
}

/// The picture, as wide as A4 across and as high as it takes. One person is equally wide in all panels, and the line down the middle is
/// in the same place, so panels can be compared across and down.
///
/// ```
/// use benefit_map::chart::{AnswerRounds, RoundBar, RoundsPanel, answer_rounds};
///
/// let round = |label: &str, counts: [u64; 4]| RoundBar { label: label.to_owned(), counts: counts.to_vec(), beside: 0 };
/// let rounds = vec![round("Round 1", [3, 2, 1, 0]), round("Round 2", [0, 1, 3, 2])];
/// let panel = RoundsPanel { text: "We know our aim.".to_owned(), rounds, ..RoundsPanel::default() };
/// let scene = answer_rounds(&AnswerRounds { panels: vec![panel], ..AnswerRounds::default() });
/// assert!(scene.lines().any(|line| line.text == "Round 2"), "every round is named");
/// ```
pub fn answer_rounds(all: &AnswerRounds) -> Scene {
    let room = WIDTH - 2.0 * MARGIN;
    let mut scene = start(&all.title, &all.description, all.language);
    let mut y = MARGIN;
    y = put(&mut scene, &all.title, TextStyle::Title, Ink::Text, (MARGIN, room, y)) + 2.0;
    let under = (MARGIN, room, y);
    y = put(&mut scene, &all.subtitle, TextStyle::Purpose, Ink::Muted, under) + 12.0;
    y = key(&mut scene, all, y) + 14.0;
    let measure = Measure::of(&all.panels);
    let mut bottom = y;
    for row in all.panels.chunks(COLUMNS) {
        let left = |column: usize| MARGIN + column as f64 * (measure.panel + GUTTER);
        let texts = row.iter().enumerate();
        let bars = texts.map(|(column, panel)| words(&mut scene, panel, (left(column), measure.panel, y)));
        // Bars of one row of panels begin at one height.
        let bars = bars.fold(y, f64::max) + 6.0;
        let bottoms = row.iter().enumerate();
        let bottoms = bottoms.map(|(column, panel)| draw_bars(&mut scene, panel, &measure, (left(column), bars)));
        bottom = bottoms.fold(bars, f64::max);
        y = bottom + BETWEEN;
    }
    if all.panels.is_empty() {
        let nobody = "Nobody has answered yet.";
        bottom = put(&mut scene, nobody, TextStyle::Purpose, Ink::Muted, (MARGIN, room, y));
    }
    scene.height = bottom + MARGIN;
    scene
}

fn key(scene: &mut Scene, all: &AnswerRounds, y: f64) -> f64 {
    let x = points_key(scene, &all.points, y);
    if all
        .panels
        .iter()
        .flat_map(|panel| &panel.rounds)
        .any(|bar| bar.beside > 0)
    {
        key_entry(scene, &all.beside, Part::Aside, (x, y));
    }
    let bottom = y + TextStyle::Footer.leading() + 8.0;
    scene
        .shapes
        .push(line((MARGIN, bottom), (WIDTH - MARGIN, bottom), Part::Axis));
    bottom
}

/// What a panel is about; where its words end.
fn words(scene: &mut Scene, panel: &RoundsPanel, (x, width, y): (f64, f64, f64)) -> f64 {
    let y = put(scene, &panel.subject, TextStyle::Band, Ink::Text, (x, width, y));
    put(scene, &panel.text, TextStyle::Note, Ink::Text, (x, width, y))
}

/// The bars of a panel under each other; where they end.
fn draw_bars(scene: &mut Scene, panel: &RoundsPanel, measure: &Measure, (x, top): (f64, f64)) -> f64 {
    let style = TextStyle::Note;
    let across = Across {
        middle: x + measure.middle,
        one: measure.one,
        side: x + measure.side,
    };
    let mut y = top;
    for bar in &panel.rounds {
        let at = y + (BAR - style.leading()) / 2.0;
        let label = typeset(&bar.label, style, Ink::Text, x, measure.middle.max(40.0), at);
        scene.texts.push(label);
        stack(scene, &bar.counts, &across, (y, BAR));
        if bar.counts.iter().all(|count| *count == 0) {
            let none = typeset("no answer", style, Ink::Muted, across.middle + 6.0, 80.0, at);
            scene.texts.push(none);
        }
        stack_aside(scene, bar.beside, &across, (y, BAR));
        y += STEP;
    }
    let bottom = y - (STEP - BAR) + 2.0;
    scene
        .shapes
        .push(line((across.middle, top - 2.0), (across.middle, bottom), Part::Axis));
    bottom
}
