//! A plan as bars over days: lanes of rows, what waits for what, days that matter, today.
//!
//! In go plain rows of titles and days; out comes a [`Scene`], ready to be drawn.

use std::collections::BTreeMap;

use crate::map::{Day, Language};
use crate::scene::{Area, Form, Ink, Marker, Part, Point, Scene, Shape, TextStyle};
use crate::text::{clean, height, typeset};

use super::dates::{self, DateTick};
use super::labels::{Labels, Need, line, size};
use super::put;

/// The width of A4 across, in px.
const WIDTH: f64 = 1122.0;
/// The height of A4 across, in px.
pub const A4_ACROSS: f64 = 793.0;
const MARGIN: f64 = 28.0;
/// The width of the titles on the left, in px.
const TITLES: f64 = 330.0;
/// A row is not lower, in px.
const ROW: f64 = 27.0;
const BAR: f64 = 13.0;

/// A plan of several owners.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gantt {
    /// What is planned.
    pub title: String,
    /// What stands under the title; left out where it is empty.
    pub subtitle: String,
    /// What the picture shows, in sentences, for readers who do not see it.
    pub description: String,
    /// The lanes, from the top.
    pub lanes: Vec<Lane>,
    /// The day that the picture speaks of.
    pub today: Option<Day>,
    /// The first and the last day from left to right; `None` takes those of the rows.
    pub across: Option<(Day, Day)>,
    /// The language whose days it writes.
    pub language: Language,
}

/// What one owner has to see to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lane {
    /// Whose it is.
    pub name: String,
    /// From the top.
    pub rows: Vec<GanttRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GanttRow {
    /// What others wait for it by; each once, or empty.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What is done in it, from its first to its last day; where one of them is missing, the bar ends in a short stretch.
    pub span: Option<(Option<Day>, Option<Day>)>,
    /// The ids of the rows that it waits for.
    pub after: Vec<String>,
    /// The days that matter, each with its word.
    pub days: Vec<(Day, String)>,
}

/// The picture of a plan, as wide as A4 across and as high as it takes. Rows without a day say so. Every row keeps to
/// its line, and words beside markers do not overlap.
/// ```
/// use benefit_map::chart::{Gantt, GanttRow, Lane, gantt};
///
/// let day = |text: &str| text.parse().ok();
/// let row = |id: &str, from: &str, to: &str, after: &[&str]| GanttRow {
///     id: id.to_owned(),
///     title: id.to_owned(),
///     span: Some((day(from), day(to))),
///     after: after.iter().map(|id| (*id).to_owned()).collect(),
///     days: Vec::new(),
/// };
/// let plan = Gantt {
///     title: "Plan of the director".to_owned(),
///     lanes: vec![Lane {
///         name: "Director".to_owned(),
///         rows: vec![row("Buy", "2026-01-01", "2026-03-31", &[]), row("Train", "2026-04-01", "2026-05-31", &["Buy"])],
///     }],
///     ..Gantt::default()
/// };
/// let scene = gantt(&plan);
/// let mut lines = scene.texts.iter().flat_map(|text| &text.lines);
/// assert!(lines.any(|line| line.text == "Train"), "every row is named");
/// ```
pub fn gantt(gantt: &Gantt) -> Scene {
    let room = WIDTH - 2.0 * MARGIN;
    let mut scene = Scene {
        language: gantt.language.to_string(),
        title: clean(&gantt.title),
        description: clean(&gantt.description),
        width: WIDTH,
        ..Scene::default()
    };
    let mut y = MARGIN;
    y = put(&mut scene, &gantt.title, TextStyle::Title, Ink::Text, (MARGIN, room, y)) + 2.0;
    y = put(
        &mut scene,
        &gantt.subtitle,
        TextStyle::Purpose,
        Ink::Muted,
        (MARGIN, room, y),
    ) + 8.0;
    let Some((first, last)) = days(gantt) else {
        let words = "There is nothing with a day to show.";
        scene.height = put(&mut scene, words, TextStyle::Purpose, Ink::Muted, (MARGIN, room, y)) + MARGIN;
        return scene;
    };
    let (first, last) = (first.number(), last.number());
    let spare = ((last - first) as f64 * 0.02).max(3.0);
    let across = Across {
        left: MARGIN + TITLES + 14.0,
        width: room - TITLES - 14.0,
        days: (first as f64 - spare, last as f64 + 4.0 * spare),
    };
    // The words of the ticks stand between the key and the lanes.
    y = key(&mut scene, gantt, y) + 46.0;
    let top = y;
    let mut bars: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
    let mut rows: Vec<(f64, &GanttRow)> = Vec::new();
    for lane in &gantt.lanes {
        scene.shapes.push(rule(MARGIN, WIDTH - MARGIN, y, Part::Axis));
        y = put(
            &mut scene,
            &lane.name,
            TextStyle::Band,
            Ink::Text,
            (MARGIN, room, y + 6.0),
        ) + 3.0;
        for row in &lane.rows {
            let title = typeset(
                &row.title,
                TextStyle::Note,
                Ink::Text,
                MARGIN + 10.0,
                TITLES - 10.0,
                y + 5.0,
            );
            let high = (height(&title) + 9.0).max(ROW);
            scene.texts.push(title);
            scene.shapes.push(rule(MARGIN, WIDTH - MARGIN, y + high, Part::Grid));
            rows.push((y + high / 2.0, row));
            y += high;
        }
        y += 8.0;
    }
    let bottom = y;
    axis(&mut scene, &across, (top, bottom), gantt.language);
    let mut labels = Labels::new(Area {
        x: across.left,
        y: top,
        w: WIDTH - MARGIN - across.left,
        h: bottom - top,
    });
    for (middle, row) in &rows {
        let Some((from, to)) = row.span.and_then(|span| across.span(span)) else {
            continue;
        };
        let (upper, lower) = (middle - BAR / 2.0, middle + BAR / 2.0);
        scene.shapes.push(Shape {
            part: Part::Activity,
            form: Form::Area(vec![(from, upper), (to, upper), (to, lower), (from, lower)]),
        });
        labels.avoid(Area {
            x: from,
            y: upper,
            w: to - from,
            h: BAR,
        });
        if !row.id.is_empty() {
            bars.entry(&row.id).or_insert((from, to, *middle));
        }
    }
    // What waits is drawn over the bars that it passes.
    for (_, row) in &rows {
        for before in &row.after {
            if let (Some(from), Some(to)) = (bars.get(before.as_str()), bars.get(row.id.as_str())) {
                let shapes = waits(*from, *to);
                for shape in &shapes {
                    if let Form::Line(points) = &shape.form {
                        labels.avoid_line(points);
                    }
                }
                scene.shapes.extend(shapes);
            }
        }
    }
    if let Some(today) = gantt.today {
        let x = across.x(today.number() as f64);
        scene.shapes.push(Shape {
            part: Part::Today,
            form: Form::Line(vec![(x, top), (x, bottom)]),
        });
        labels.avoid_line(&[(x, top), (x, bottom)]);
    }
    marks(&mut scene, &across, &rows, &mut labels);
    scene.texts.append(&mut labels.texts);
    scene.height = bottom + MARGIN;
    scene
}

/// The same plan on pages that are as wide as A4 across and so high, in px, over the same days: as many lanes on a page as it holds,
/// and a lane that is longer than a page goes on upon the next. What waits for something on another page has no arrow. At least one
/// page.
pub fn gantt_pages(gantt: &Gantt, high: f64) -> Vec<Scene> {
    let across = days(gantt);
    let with = |lanes: &[Lane]| Gantt {
        lanes: lanes.to_vec(),
        across,
        ..gantt.clone()
    };
    let fits = |lanes: &[Lane]| self::gantt(&with(lanes)).height <= high;
    let mut pages: Vec<Vec<Lane>> = Vec::new();
    let mut page: Vec<Lane> = Vec::new();
    for lane in &gantt.lanes {
        page.push(lane.clone());
        if fits(&page) {
            continue;
        }
        page.pop();
        if !page.is_empty() {
            pages.push(std::mem::take(&mut page));
        }
        // A lane alone, in as many pieces as it takes.
        let mut rest = lane.clone();
        loop {
            let mut count = rest.rows.len();
            let piece = |count: usize| Lane {
                name: rest.name.clone(),
                rows: rest.rows[..count].to_vec(),
            };
            while count > 1 && !fits(&[piece(count)]) {
                count -= 1;
            }
            let piece = piece(count);
            rest.rows.drain(..count);
            if rest.rows.is_empty() {
                page.push(piece);
                break;
            }
            pages.push(vec![piece]);
            rest.name = format!("{} (continued)", lane.name);
        }
    }
    if !page.is_empty() || pages.is_empty() {
        pages.push(page);
    }
    let scenes = pages.iter().map(|lanes| {
        let mut scene = self::gantt(&with(lanes));
        scene.height = scene.height.max(high);
        scene
    });
    scenes.collect()
}

/// Days across the picture.
struct Across {
    left: f64,
    width: f64,
    days: (f64, f64),
}

impl Across {
    fn x(&self, day: f64) -> f64 {
        let share = (day - self.days.0) / (self.days.1 - self.days.0);
        self.left + share.clamp(0.0, 1.0) * self.width
    }

    /// From the morning of the first day to the evening of the last; a day that is missing is a month away.
    fn span(&self, span: (Option<Day>, Option<Day>)) -> Option<(f64, f64)> {
        let number = |day: Day| day.number() as f64;
        let (from, to) = match span {
            (Some(from), Some(to)) => (number(from.min(to)), number(to.max(from)) + 1.0),
            (Some(from), None) => (number(from), number(from) + 30.0),
            (None, Some(to)) => (number(to) - 29.0, number(to) + 1.0),
            (None, None) => return None,
        };
        let (from, to) = (self.x(from), self.x(to));
        Some((from, to.max(from + 3.0)))
    }
}

/// The first and the last day of all; `None` without any.
fn days(gantt: &Gantt) -> Option<(Day, Day)> {
    if let Some((first, last)) = gantt.across {
        return Some((first, last.max(first)));
    }
    let rows = gantt.lanes.iter().flat_map(|lane| &lane.rows);
    let mut all = rows.flat_map(|row| {
        let span = row.span.iter().flat_map(|span| [span.0, span.1]).flatten();
        span.chain(row.days.iter().map(|(day, _)| *day))
    });
    let first = all.next()?;
    let (first, last) = all.fold((first, first), |(low, high), day| (low.min(day), high.max(day)));
    let today = gantt.today.unwrap_or(first);
    Some((first.min(today), last.max(today)))
}

/// Ticks over the lanes, and lines down through them.
fn axis(scene: &mut Scene, across: &Across, (top, bottom): (f64, f64), language: Language) {
    let px_a_day = across.width / (across.days.1 - across.days.0);
    let look = (TextStyle::Note, Ink::Muted);
    let mut free = [across.left, across.left];
    for DateTick { day, words, below } in
        dates::ticks(across.days.0.ceil() as i64, across.days.1 as i64, px_a_day, language)
    {
        let x = across.x(day as f64);
        scene.shapes.push(Shape {
            part: Part::Grid,
            form: Form::Line(vec![(x, top), (x, bottom)]),
        });
        for (row, words) in [words, below].into_iter().enumerate() {
            let (w, h) = size(&words, look.0);
            let from = (x - w / 2.0).clamp(across.left, WIDTH - MARGIN - w);
            if !words.is_empty() && from >= free[row] {
                let y = top - 5.0 - h - 15.0 * (1 - row) as f64;
                scene.texts.push(line(&words, look, (from, y)));
                free[row] = from + w + 6.0;
            }
        }
    }
}

/// Diamonds on the days that matter, with their words where there is room, and a word for rows that have no day.
fn marks(scene: &mut Scene, across: &Across, rows: &[(f64, &GanttRow)], labels: &mut Labels) {
    let look = (TextStyle::Note, Ink::Text);
    let place = |day: Day, middle: f64| (across.x(day.number() as f64 + 0.5), middle);
    for (middle, row) in rows {
        for (day, _) in &row.days {
            let at = place(*day, *middle);
            let r = Marker::Diamond.reach() + 1.0;
            labels.avoid(Area {
                x: at.0 - r,
                y: at.1 - r,
                w: 2.0 * r,
                h: 2.0 * r,
            });
            scene.shapes.push(Shape {
                part: Part::Target,
                form: Form::Marker(Marker::Diamond, at),
            });
        }
    }
    for (middle, row) in rows {
        for (day, words) in &row.days {
            let (x, _) = place(*day, *middle);
            let (w, h) = size(words, look.0);
            let beside = [
                (x + Marker::Diamond.reach() + 4.0, middle - h / 2.0),
                (x - Marker::Diamond.reach() - 4.0 - w, middle - h / 2.0),
            ];
            if !words.is_empty() {
                labels.place(&beside, words, look, Need::Wanted);
            }
        }
        if row.days.is_empty() && row.span.is_none_or(|span| span.0.is_none() && span.1.is_none()) {
            let h = size("no day", look.0).1;
            labels.texts.push(line(
                "no day stated",
                (look.0, Ink::Muted),
                (across.left + 6.0, middle - h / 2.0),
            ));
        }
    }
}

/// From the end of what is waited for to the beginning of what waits, with a head.
fn waits((from_left, from_right, from_y): (f64, f64, f64), (to_left, _, to_y): (f64, f64, f64)) -> Vec<Shape> {
    let side = if to_y > from_y { 1.0 } else { -1.0 };
    // Out of the end, down or up to just over the bar that waits, and into its beginning from above.
    let x_out = if to_left > from_right + 10.0 {
        to_left + 5.0
    } else {
        (to_left + 5.0).max(from_left)
    };
    let start = (from_right, from_y);
    let tip = (x_out.min(to_left + 5.0).max(to_left + 2.0), to_y - side * BAR / 2.0);
    let mut points: Vec<Point> = vec![start];
    if tip.0 > from_right {
        points.push((tip.0, from_y));
    } else {
        let middle = from_y + side * (BAR / 2.0 + 4.0);
        points.extend([(from_right + 6.0, from_y), (from_right + 6.0, middle), (tip.0, middle)]);
    }
    points.push(tip);
    vec![
        Shape {
            part: Part::Waits,
            form: Form::Line(points),
        },
        Shape {
            part: Part::WaitsHead,
            form: Form::Area(vec![
                tip,
                (tip.0 - 3.5, tip.1 - side * 6.0),
                (tip.0 + 3.5, tip.1 - side * 6.0),
            ]),
        },
    ]
}

/// What the marks mean, in one line; gives its lower side.
fn key(scene: &mut Scene, gantt: &Gantt, y: f64) -> f64 {
    let rows = || gantt.lanes.iter().flat_map(|lane| &lane.rows);
    let mut x = MARGIN;
    let middle = y + 9.0;
    let mut entry = |words: &str, occurs: bool, sample: &dyn Fn(f64) -> Vec<Shape>| {
        if occurs {
            scene.shapes.extend(sample(x));
            let look = (TextStyle::Note, Ink::Text);
            let (w, h) = size(words, look.0);
            scene.texts.push(line(words, look, (x + 34.0, middle - h / 2.0)));
            x += 34.0 + w + 26.0;
        }
    };
    entry("activity", rows().any(|row| row.span.is_some()), &|x| {
        let (upper, lower) = (middle - BAR / 2.0, middle + BAR / 2.0);
        vec![Shape {
            part: Part::Activity,
            form: Form::Area(vec![(x, upper), (x + 26.0, upper), (x + 26.0, lower), (x, lower)]),
        }]
    });
    entry("waits for", rows().any(|row| !row.after.is_empty()), &|x| {
        let tip = (x + 26.0, middle);
        vec![
            Shape {
                part: Part::Waits,
                form: Form::Line(vec![(x, middle), tip]),
            },
            Shape {
                part: Part::WaitsHead,
                form: Form::Area(vec![tip, (tip.0 - 6.0, middle - 3.5), (tip.0 - 6.0, middle + 3.5)]),
            },
        ]
    });
    entry(
        "due, or a target of a KPI",
        rows().any(|row| !row.days.is_empty()),
        &|x| {
            vec![Shape {
                part: Part::Target,
                form: Form::Marker(Marker::Diamond, (x + 13.0, middle)),
            }]
        },
    );
    if let Some(today) = gantt.today {
        entry(&format!("as of {}", gantt.language.day(today)), true, &|x| {
            vec![Shape {
                part: Part::Today,
                form: Form::Line(vec![(x + 13.0, middle - 9.0), (x + 13.0, middle + 9.0)]),
            }]
        });
    }
    y + 20.0
}

fn rule(left: f64, right: f64, y: f64, part: Part) -> Shape {
    Shape {
        part,
        form: Form::Line(vec![(left, y), (right, y)]),
    }
}
