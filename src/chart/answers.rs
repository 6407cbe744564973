//! Answers of many people as bars that part at a line down the middle, and the groups of a set as a grid.
//!
//! In go plain rows of words and counts; out comes a [`Scene`], ready to be drawn. Every person is equally wide in every row, so
//! bars can be compared. Who could not say has a bar of their own at the side, in the same measure.

use crate::map::Language;
use crate::scene::{Area, Form, Icon, Ink, Part, Scene, Shape, Symbol, Text, TextStyle, Verdict};
use crate::text::{clean, height, measure, typeset};

use super::put;

/// The width of A4 across, in px.
pub(super) const WIDTH: f64 = 1122.0;
pub(super) const MARGIN: f64 = 28.0;
/// The width of the words on the left, in px.
const WORDS: f64 = 400.0;
/// Between the words and the bars, in px.
const GAP: f64 = 18.0;
/// The room for a number after what is beside the bars, in px.
const NUMBER: f64 = 44.0;
/// What is beside the bars has at least this width with its heading, in px.
const SIDE: f64 = 110.0;
/// A row is not lower, in px.
const ROW: f64 = 44.0;
const BAR: f64 = 22.0;
/// The bar of the round before.
const EARLIER: f64 = 8.0;
/// One person is not wider, in px, so that a room of three does not fill the page.
const WIDEST: f64 = 42.0;

/// How many people gave each answer to many questions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnswerBars {
    /// What was asked.
    pub title: String,
    /// What is under the title; left out where it is empty.
    pub subtitle: String,
    /// What the picture shows, in sentences, for readers who do not see it.
    pub description: String,
    /// The words of the points, lowest first: three or four.
    pub points: Vec<String>,
    /// What is beside the bars, such as `don't know`.
    pub beside: String,
    /// What the thin bars are, such as `round 1`; empty where there are none.
    pub earlier: String,
    /// The rows, from the top.
    pub rows: Vec<AnswerRow>,
    /// The language of the map that was asked about.
    pub language: Language,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnswerRow {
    /// Its subject; left out where it is empty.
    pub subject: String,
    /// What is asked.
    pub text: String,
    /// How many gave each point, lowest first.
    pub counts: Vec<u64>,
    /// How many could not say.
    pub beside: u64,
    /// How many gave each point the time before; empty where nothing is known of that.
    pub earlier: Vec<u64>,
    /// On what people are far apart, in words beside a sign; empty where they are not.
    pub apart: String,
}

/// The part that a point plays: of four points each its own; of three the first two are on the left.
fn part(point: usize, points: usize) -> Part {
    const FOUR: [Part; 4] = [Part::FarLeft, Part::Left, Part::Right, Part::FarRight];
    match points {
        0..=3 => [Part::FarLeft, Part::Left, Part::FarRight][point.min(2)],
        _ => FOUR[point.min(3)],
    }
}

/// How many points are on the left of the middle.
fn on_the_left(points: usize) -> usize {
    points.div_ceil(2)
}

/// The sums on the left and on the right of the middle.
pub(super) fn sides(counts: &[u64]) -> (u64, u64) {
    let (left, right) = counts.split_at(on_the_left(counts.len()).min(counts.len()));
    (left.iter().sum(), right.iter().sum())
}

/// Where a row is drawn.
pub(super) struct Across {
    /// The line down the middle.
    pub(super) middle: f64,
    /// The width of one person.
    pub(super) one: f64,
    /// The left side of what is beside the bars.
    pub(super) side: f64,
}

/// The picture, as wide as A4 across and as high as it takes.
///
/// ```
/// use benefit_map::chart::{AnswerBars, AnswerRow, answer_bars};
///
/// let row = AnswerRow { text: "We know our aim.".to_owned(), counts: vec![1, 0, 2, 5], beside: 1, ..AnswerRow::default() };
/// let points = ["strongly disagree", "tend to disagree", "tend to agree", "strongly agree"].map(str::to_owned);
/// let bars = AnswerBars { title: "Health check".to_owned(), points: points.to_vec(), rows: vec![row], ..AnswerBars::default() };
/// let scene = answer_bars(&bars);
/// assert!(scene.lines().any(|line| line.text == "We know our aim."), "every question is named");
/// ```
pub fn answer_bars(bars: &AnswerBars) -> Scene {
    let room = WIDTH - 2.0 * MARGIN;
    let mut scene = start(&bars.title, &bars.description, bars.language);
    let mut y = MARGIN;
    y = put(&mut scene, &bars.title, TextStyle::Title, Ink::Text, (MARGIN, room, y)) + 2.0;
    y = put(
        &mut scene,
        &bars.subtitle,
        TextStyle::Purpose,
        Ink::Muted,
        (MARGIN, room, y),
    ) + 12.0;
    let all = bars.rows.iter().flat_map(|row| [&row.counts, &row.earlier]);
    let (left, right) = all
        .map(|counts| sides(counts))
        .fold((1, 1), |(l, r), (a, b)| (l.max(a), r.max(b)));
    let beside = bars.rows.iter().map(|row| row.beside).max().unwrap_or(0);
    let wide = room - WORDS - 3.0 * GAP;
    let of = |count: u64| count as f64;
    let one = ((wide - NUMBER) / of(left + right + beside))
        .min((wide - SIDE) / of(left + right))
        .min(WIDEST);
    let side = (one * of(beside) + NUMBER).max(SIDE);
    // The bars are in the middle of their room, whatever side is longer.
    let start_of_bars = MARGIN + WORDS + GAP + (wide - side - one * of(left + right)) / 2.0;
    let across = Across {
        middle: start_of_bars + one * of(left),
        one,
        side: WIDTH - MARGIN - side,
    };
    y = key(&mut scene, bars, &across, y);
    let top = y;
    for row in &bars.rows {
        y = draw_row(&mut scene, row, &across, y);
    }
    if bars.rows.is_empty() {
        y = put(
            &mut scene,
            "Nobody has answered yet.",
            TextStyle::Purpose,
            Ink::Muted,
            (MARGIN, room, y),
        );
    } else {
        scene
            .shapes
            .push(line((across.middle, top), (across.middle, y), Part::Axis));
    }
    scene.height = y + MARGIN;
    scene
}

pub(super) fn start(title: &str, description: &str, language: Language) -> Scene {
    Scene {
        language: language.to_string(),
        title: clean(title),
        description: clean(description),
        width: WIDTH,
        ..Scene::default()
    }
}

pub(super) fn line(from: (f64, f64), to: (f64, f64), part: Part) -> Shape {
    Shape {
        part,
        form: Form::Line(vec![from, to]),
    }
}

fn rectangle(area: Area, part: Part) -> Shape {
    let Area { x, y, w, h } = area;
    Shape {
        part,
        form: Form::Area(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]),
    }
}

/// A text whose middle is at `x`.
fn centred(text: &str, style: TextStyle, ink: Ink, (x, y): (f64, f64)) -> Text {
    let width = measure(text, style);
    typeset(text, style, ink, x - width / 2.0, width + 0.5, y)
}

/// What the colours mean, in the order of the points, from the left at `y`; where the next words may begin.
pub(super) fn points_key(scene: &mut Scene, points: &[String], y: f64) -> f64 {
    let mut x = MARGIN;
    for (at, words) in points.iter().enumerate() {
        x = key_entry(scene, words, part(at, points.len()), (x, y)) + 22.0;
    }
    x
}

/// A box of a colour with what it means beside it; where the words end.
pub(super) fn key_entry(scene: &mut Scene, words: &str, look: Part, (x, y): (f64, f64)) -> f64 {
    const BOX: f64 = 13.0;
    let style = TextStyle::Footer;
    let area = Area {
        x,
        y: y + 1.5,
        w: BOX,
        h: BOX,
    };
    scene.shapes.push(rectangle(area, look));
    let width = measure(words, style);
    scene
        .texts
        .push(typeset(words, style, Ink::Text, x + BOX + 6.0, width + 1.0, y));
    x + BOX + 6.0 + width
}

/// The same with what is beside the bars over its column.
fn key(scene: &mut Scene, bars: &AnswerBars, across: &Across, y: f64) -> f64 {
    let style = TextStyle::Footer;
    let x = points_key(scene, &bars.points, y);
    if !bars.earlier.is_empty() {
        let words = format!("thin bar: {}", bars.earlier);
        let width = measure(&words, style);
        scene.texts.push(typeset(&words, style, Ink::Muted, x, width + 1.0, y));
    }
    let beside = typeset(
        &bars.beside,
        style,
        Ink::Text,
        across.side,
        WIDTH - MARGIN - across.side,
        y,
    );
    let bottom = y + height(&beside).max(style.leading()) + 8.0;
    scene.texts.push(beside);
    scene
        .shapes
        .push(line((MARGIN, bottom), (WIDTH - MARGIN, bottom), Part::Axis));
    bottom
}

fn draw_row(scene: &mut Scene, row: &AnswerRow, across: &Across, top: f64) -> f64 {
    let mut words_y = top + 6.0;
    words_y = put(
        scene,
        &row.subject,
        TextStyle::Band,
        Ink::Text,
        (MARGIN, WORDS, words_y),
    );
    words_y = put(scene, &row.text, TextStyle::Note, Ink::Text, (MARGIN, WORDS, words_y));
    if !row.apart.is_empty() {
        let size = 11.0;
        scene.symbols.push(Symbol {
            icon: Icon::Triangle,
            x: MARGIN,
            y: words_y + 2.0,
            size,
            ink: Ink::Verdict(Verdict::Doubtful),
        });
        words_y = put(
            scene,
            &row.apart,
            TextStyle::Note,
            Ink::Text,
            (MARGIN + size + 5.0, WORDS - size - 5.0, words_y + 1.0),
        );
    }
    let has_earlier = !row.earlier.is_empty();
    let least = if has_earlier { ROW + EARLIER + 4.0 } else { ROW };
    let high = (words_y + 7.0 - top).max(least);
    let bars = if has_earlier { BAR + EARLIER + 3.0 } else { BAR };
    let y = top + (high - bars) / 2.0;
    stack(scene, &row.counts, across, (y, BAR));
    if has_earlier {
        stack(scene, &row.earlier, across, (y + BAR + 3.0, EARLIER));
    }
    stack_aside(scene, row.beside, across, (y, BAR));
    let sum: u64 = row.counts.iter().sum();
    if sum == 0 {
        let at = (across.middle, y + (BAR - TextStyle::Note.leading()) / 2.0);
        scene
            .texts
            .push(centred("no answer", TextStyle::Note, Ink::Muted, (at.0 + 44.0, at.1)));
    }
    let bottom = top + high;
    scene
        .shapes
        .push(line((MARGIN, bottom), (WIDTH - MARGIN, bottom), Part::Grid));
    bottom
}

/// The bar of those who could not say, with their number after it; nothing where there are none.
pub(super) fn stack_aside(scene: &mut Scene, count: u64, across: &Across, (y, h): (f64, f64)) {
    if count == 0 {
        return;
    }
    let w = across.one * count as f64;
    let x = across.side;
    scene.shapes.push(rectangle(Area { x, y, w, h }, Part::Aside));
    let style = TextStyle::Note;
    let at = y + (h - style.leading()) / 2.0;
    scene
        .texts
        .push(typeset(&count.to_string(), style, Ink::Text, x + w + 6.0, 40.0, at));
}

/// One bar: the lower points from the middle to the left, the higher ones to the right, each with its count where there is room.
pub(super) fn stack(scene: &mut Scene, counts: &[u64], across: &Across, (y, h): (f64, f64)) {
    let points = counts.len();
    let (left, _) = sides(counts);
    let mut x = across.middle - across.one * left as f64;
    for (at, count) in counts.iter().enumerate() {
        let w = across.one * *count as f64;
        if *count == 0 {
            continue;
        }
        scene.shapes.push(rectangle(Area { x, y, w, h }, part(at, points)));
        let words = count.to_string();
        let style = TextStyle::Note;
        if h >= style.leading() && measure(&words, style) + 4.0 <= w {
            let place = (x + w / 2.0, y + (h - style.leading()) / 2.0);
            scene.texts.push(centred(&words, style, Ink::Text, place));
        }
        x += w;
    }
}

/// The groups of a set, each as good as the weakest thing in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnswerGrid {
    /// What was asked.
    pub title: String,
    /// What is under the title; left out where it is empty.
    pub subtitle: String,
    /// What the picture shows, in sentences, for readers who do not see it.
    pub description: String,
    /// The words of the points, lowest first: three or four.
    pub points: Vec<String>,
    /// The cells, in reading order.
    pub cells: Vec<AnswerCell>,
    /// The language of the map that was asked about.
    pub language: Language,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnswerCell {
    /// Its title.
    pub title: String,
    /// What is weakest in it.
    pub weakest: String,
    /// How that was answered, in words.
    pub answered: String,
    /// The place of that among the points, from 0; `None` where nobody answered.
    pub point: Option<usize>,
}

/// The sign of a point, each with a shape of its own.
fn sign(point: usize, points: usize) -> (Icon, Verdict) {
    match part(point, points) {
        Part::FarLeft => (Icon::Cross, Verdict::Bad),
        Part::Left => (Icon::Triangle, Verdict::Doubtful),
        Part::Right => (Icon::Ring, Verdict::Good),
        _ => (Icon::Tick, Verdict::Good),
    }
}

/// The picture: three cells in a row, as wide as A4 across and as high as it takes.
pub fn answer_grid(grid: &AnswerGrid) -> Scene {
    const COLUMNS: usize = 3;
    const GUTTER: f64 = 14.0;
    const PAD: f64 = 14.0;
    const SIGN: f64 = 26.0;
    let room = WIDTH - 2.0 * MARGIN;
    let mut scene = start(&grid.title, &grid.description, grid.language);
    let mut y = MARGIN;
    y = put(&mut scene, &grid.title, TextStyle::Title, Ink::Text, (MARGIN, room, y)) + 2.0;
    y = put(
        &mut scene,
        &grid.subtitle,
        TextStyle::Purpose,
        Ink::Muted,
        (MARGIN, room, y),
    ) + 14.0;
    let width = (room - GUTTER * (COLUMNS - 1) as f64) / COLUMNS as f64;
    let points = grid.points.len();
    for row in grid.cells.chunks(COLUMNS) {
        let mut bottom = y;
        let mut texts = Vec::new();
        for (column, cell) in row.iter().enumerate() {
            let x = MARGIN + column as f64 * (width + GUTTER);
            let (inner, words) = (x + PAD, width - 2.0 * PAD);
            let mut at = y + PAD;
            let mut set = |text: &str, style, ink, left: f64, room: f64| {
                let text = typeset(text, style, ink, left, room, at);
                at += height(&text);
                texts.push(text);
                at
            };
            set(
                &cell.title,
                TextStyle::Heading,
                Ink::Text,
                inner + SIGN + 10.0,
                words - SIGN - 10.0,
            );
            let under = at.max(y + PAD + SIGN) + 6.0;
            at = under;
            let mut set = |text: &str, style, ink| {
                let text = typeset(text, style, ink, inner, words, at);
                at += height(&text);
                texts.push(text);
                at
            };
            set(&cell.answered, TextStyle::Band, Ink::Text);
            let end = set(&cell.weakest, TextStyle::Note, Ink::Text);
            bottom = bottom.max(end + PAD);
        }
        for (column, cell) in row.iter().enumerate() {
            let x = MARGIN + column as f64 * (width + GUTTER);
            let area = Area {
                x,
                y,
                w: width,
                h: bottom - y,
            };
            let look = cell.point.map_or(Part::Aside, |point| part(point, points));
            scene.shapes.push(rectangle(area, look));
            let icon = cell.point.map_or(Icon::Stroke, |point| sign(point, points).0);
            scene.symbols.push(Symbol {
                icon,
                x: x + PAD,
                y: y + PAD - 2.0,
                size: SIGN,
                ink: Ink::Text,
            });
        }
        scene.texts.extend(texts);
        y = bottom + GUTTER;
    }
    y = grid_key(&mut scene, grid, y + 2.0);
    scene.height = y + MARGIN;
    scene
}

/// What the signs mean.
fn grid_key(scene: &mut Scene, grid: &AnswerGrid, y: f64) -> f64 {
    let style = TextStyle::Footer;
    let size = 13.0;
    let mut x = MARGIN;
    let intro = "The middle answer to the weakest question of each group:";
    let wide = measure(intro, style);
    scene.texts.push(typeset(intro, style, Ink::Muted, x, wide + 1.0, y));
    x += wide + 18.0;
    for (at, words) in grid.points.iter().enumerate() {
        let (icon, _) = sign(at, grid.points.len());
        scene.symbols.push(Symbol {
            icon,
            x,
            y: y + 1.5,
            size,
            ink: Ink::Text,
        });
        let width = measure(words, style);
        scene
            .texts
            .push(typeset(words, style, Ink::Text, x + size + 6.0, width + 1.0, y));
        x += size + 6.0 + width + 20.0;
    }
    y + style.leading()
}
