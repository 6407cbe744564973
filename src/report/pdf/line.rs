//! Lines of text: measured, broken, and written as SVG.

use crate::scene::theme::DEFAULT;
use crate::scene::{TextDirection, TextStyle, Weight};
use crate::text::{clean, direction, measure};
use crate::xml::{Element, el};

use super::super::label::{Labels, Lead};
use super::super::model::{Inline, Report};

/// From one baseline to the next, as a share of the size.
const LEADING: f64 = 1.38;
/// From the top of a line to its baseline, as a share of the size.
const BASELINE: f64 = 1.02;

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub size: f64,
    pub weight: Weight,
    pub ink: &'static str,
}

impl Style {
    pub fn plain(size: f64, ink: &'static str) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            ink,
        }
    }

    pub fn bold(size: f64, ink: &'static str) -> Self {
        Self {
            weight: Weight::Bold,
            ..Self::plain(size, ink)
        }
    }

    pub fn leading(&self) -> f64 {
        self.size * LEADING
    }
}

/// How far words reach, in px.
pub(super) fn width(words: &str, size: f64, weight: Weight) -> f64 {
    let like = match weight {
        Weight::Regular => TextStyle::Card,
        Weight::Bold => TextStyle::Heading,
    };
    measure(words, like) * size / like.size()
}

/// Where words lead.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum To {
    Address(String),
    Block(String),
}

/// Words of one look on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub words: String,
    pub weight: Weight,
    pub ink: &'static str,
    pub to: Option<To>,
    /// From the start of the line, in px.
    pub x: f64,
    pub width: f64,
}

/// A paragraph in lines.
#[derive(Debug, Clone)]
pub(super) struct Set {
    pub lines: Vec<Vec<Run>>,
    pub style: Style,
    pub direction: TextDirection,
    /// The room that it was broken for, in px.
    pub width: f64,
}

impl Set {
    /// The words of a paragraph, broken so that no line is wider than `width` px.
    pub fn new(report: &Report, labels: &Labels, line: &[Inline], style: &Style, width: f64) -> Self {
        let mut set = Filler {
            lines: vec![Vec::new()],
            x: 0.0,
            width: width.max(20.0),
            size: style.size,
        };
        let mut plain = String::new();
        for inline in line {
            if *inline == Inline::Break {
                set.next();
                continue;
            }
            let (words, lead) = labels.resolve(report, inline);
            let to = match lead {
                Lead::Nowhere => None,
                Lead::Address(address) => Some(To::Address(address.to_owned())),
                Lead::Place(id) => Some(To::Block(id.to_owned())),
            };
            let weight = match inline {
                Inline::Strong(_) => Weight::Bold,
                _ => style.weight,
            };
            let ink = if to.is_some() { super::STRONG } else { style.ink };
            plain.push_str(&words);
            if let Inline::Mark(verdict, word) = inline {
                let sign = Inline::sign(*verdict);
                set.add(sign, weight, DEFAULT.verdict(*verdict), &None);
                set.add(&format!(" {word}"), weight, style.ink, &None);
            } else {
                set.add(&words, weight, ink, &to);
            }
        }
        while set.lines.last().is_some_and(Vec::is_empty) && set.lines.len() > 1 {
            set.lines.pop();
        }
        Self {
            lines: set.lines,
            style: *style,
            direction: direction(&plain),
            width,
        }
    }

    pub fn height(&self) -> f64 {
        self.lines.len() as f64 * self.style.leading()
    }

    /// Some of the lines as SVG, `width` px wide; `from` px from its left side where they run from left to right.
    pub fn svg(&self, lines: std::ops::Range<usize>, from: impl Fn(f64) -> f64) -> Element {
        let height = (lines.len() as f64 * self.style.leading()).max(1.0);
        let mut out = sheet(self.width.max(1.0), height);
        for (i, runs) in self.lines[lines].iter().enumerate() {
            let y = i as f64 * self.style.leading() + BASELINE * self.style.size;
            if self.direction == TextDirection::RightToLeft {
                let words: String = runs.iter().map(|run| run.words.as_str()).collect();
                let style = Style {
                    ink: runs.first().map_or(self.style.ink, |run| run.ink),
                    ..self.style
                };
                out.push(
                    words_at(&words, (self.width, y), &style)
                        .set("xml:space", "preserve")
                        .set("direction", "rtl"),
                );
                continue;
            }
            let shift = from(line_width(runs));
            for run in runs {
                let style = Style {
                    weight: run.weight,
                    ink: run.ink,
                    ..self.style
                };
                out.push(words_at(&run.words, (shift + run.x, y), &style).set("xml:space", "preserve"));
            }
        }
        out
    }
}

/// An empty drawing of that size.
pub(super) fn sheet(width: f64, height: f64) -> Element {
    el("svg")
        .set("xmlns", "http://www.w3.org/2000/svg")
        .set("viewBox", format!("0 0 {width:.2} {height:.2}"))
        .set("width", px(width))
        .set("height", px(height))
}

/// A length as drawings have it, in px.
pub(super) fn px(length: f64) -> String {
    format!("{length:.2}")
}

/// Words whose line begins there; where they run from right to left, it ends there.
pub(super) fn words_at(words: &str, (x, y): (f64, f64), style: &Style) -> Element {
    el("text")
        .set("font-family", "Liberation Sans")
        .set("x", px(x))
        .set("y", px(y))
        .set("font-size", style.size.to_string())
        .set("font-weight", (style.weight == Weight::Bold).then_some("700"))
        .set("fill", style.ink)
        .add(words)
}

/// How far a line reaches, in px.
pub(super) fn line_width(runs: &[Run]) -> f64 {
    runs.last().map_or(0.0, |run| run.x + run.width)
}

struct Filler {
    lines: Vec<Vec<Run>>,
    x: f64,
    width: f64,
    size: f64,
}

impl Filler {
    fn next(&mut self) {
        self.lines.push(Vec::new());
        self.x = 0.0;
    }

    /// Words after what is there, on lines of their own where they must.
    fn add(&mut self, words: &str, weight: Weight, ink: &'static str, to: &Option<To>) {
        let begins_apart = words.starts_with(char::is_whitespace);
        let ends_apart = words.ends_with(char::is_whitespace);
        let bare = clean(words);
        let mut first = true;
        for word in bare.split(' ').filter(|word| !word.is_empty()) {
            let spaced = self.ends_in_space();
            let apart = !first || begins_apart || spaced;
            let gap = if apart && !spaced && self.x > 0.0 { " " } else { "" };
            first = false;
            let whole = width(&format!("{gap}{word}"), self.size, weight);
            if self.x + whole <= self.width {
                self.put(&format!("{gap}{word}"), weight, ink, to);
                continue;
            }
            if self.x > 0.0 {
                if apart {
                    self.next();
                } else {
                    self.take_along(whole);
                    if self.x + whole <= self.width {
                        self.put(word, weight, ink, to);
                        continue;
                    }
                }
            }
            let mut rest = word;
            while width(rest, self.size, weight) > self.width - self.x {
                let cut = fitting(rest, self.width - self.x, self.size, weight);
                if cut == 0 && self.x > 0.0 {
                    self.next();
                    continue;
                }
                let cut = cut.max(rest.chars().next().map_or(rest.len(), char::len_utf8));
                self.put(&rest[..cut], weight, ink, to);
                rest = &rest[cut..];
                if rest.is_empty() {
                    break;
                }
                self.next();
            }
            if !rest.is_empty() {
                self.put(rest, weight, ink, to);
            }
        }
        if ends_apart && self.x > 0.0 && !self.ends_in_space() {
            self.put(" ", weight, ink, &None);
        }
    }

    fn ends_in_space(&self) -> bool {
        let run = self.lines.last().and_then(|line| line.last());
        run.is_some_and(|run| run.words.ends_with(' '))
    }

    /// Begins a new line with the last word of this one, on which something hangs that is `more` px wide; leaves both
    /// where they are if they would not fit on a line of their own either.
    fn take_along(&mut self, more: f64) {
        let Some(line) = self.lines.last_mut() else { return };
        // The runs that the word is made of: back to the last space.
        let mut from = line.len();
        let mut cut = 0;
        while from > 0 {
            from -= 1;
            if let Some(space) = line[from].words.rfind(' ') {
                cut = space + 1;
                break;
            }
        }
        let begins_line = from == 0 && cut == 0;
        let start = line
            .get(from)
            .map_or(0.0, |run| run.x + width(&run.words[..cut], self.size, run.weight));
        if begins_line || self.x - start + more > self.width {
            return;
        }
        let mut moved = line.split_off(from);
        if cut > 0
            && let Some(run) = moved.first_mut()
        {
            let kept = Run {
                words: run.words[..cut].to_owned(),
                width: width(&run.words[..cut], self.size, run.weight),
                ..run.clone()
            };
            run.words.drain(..cut);
            line.push(kept);
        }
        self.next();
        for run in moved.into_iter().filter(|run| !run.words.is_empty()) {
            self.put(&run.words, run.weight, run.ink, &run.to);
        }
    }

    fn put(&mut self, words: &str, weight: Weight, ink: &'static str, to: &Option<To>) {
        let x = self.x;
        let line = match self.lines.last_mut() {
            Some(line) => line,
            None => return,
        };
        match line.last_mut() {
            Some(run) if (run.weight, run.ink, &run.to) == (weight, ink, to) => run.words.push_str(words),
            _ => line.push(Run {
                words: words.to_owned(),
                weight,
                ink,
                to: to.clone(),
                x,
                width: 0.0,
            }),
        }
        if let Some(run) = line.last_mut() {
            run.width = width(&run.words, self.size, weight);
            self.x = run.x + run.width;
        }
    }
}

/// How much of a word fits, in bytes, cut between characters.
fn fitting(word: &str, room: f64, size: f64, weight: Weight) -> usize {
    let mut used = 0.0;
    for (at, c) in word.char_indices() {
        used += width(c.encode_utf8(&mut [0; 4]), size, weight);
        if used > room {
            return at;
        }
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_wide_and_no_word_is_lost() {
        let report = Report::new("r");
        let labels = Labels::of(&report);
        let long = "x".repeat(400);
        let line = [
            Inline::text("The first words, "),
            Inline::Strong("bold ones".to_owned()),
            Inline::text(format!(" and {long} one")),
            Inline::Break,
            Inline::text("after"),
        ];
        let set = Set::new(&report, &labels, &line, &Style::plain(14.0, "#000000"), 160.0);
        assert!(set.lines.len() > 12);
        let mut all = String::new();
        for line in &set.lines {
            assert!(line_width(line) <= 161.0, "{line:?}");
            all.extend(
                line.iter()
                    .flat_map(|run| run.words.chars())
                    .filter(|c| !c.is_whitespace()),
            );
        }
        assert_eq!(all, format!("Thefirstwords,boldonesand{long}oneafter"));
        assert!(set.svg(0..3, |_| 0.0).to_svg().contains("font-weight=\"700\" x="));
    }

    #[test]
    fn lines_end_between_words_however_words_are_marked() {
        let report = Report::new("r");
        let labels = Labels::of(&report);
        let line = [
            Inline::text("See "),
            Inline::Strong("Delivers ".to_owned()),
            Inline::text("Digital rounds"),
            Inline::text(" (as "),
            Inline::Emphasis("planned".to_owned()),
            Inline::text("), and the sensors"),
        ];
        let whole = "See Delivers Digital rounds (as planned), and the sensors";
        for wide in 80..400 {
            let set = Set::new(&report, &labels, &line, &Style::plain(14.0, "#000000"), f64::from(wide));
            let lines: Vec<String> = set
                .lines
                .iter()
                .map(|line| {
                    line.iter()
                        .map(|run| run.words.as_str())
                        .collect::<String>()
                        .trim()
                        .to_owned()
                })
                .collect();
            assert_eq!(lines.join(" "), whole, "{wide} px");
            assert!(
                set.lines.iter().all(|line| line_width(line) <= f64::from(wide) + 5.0),
                "{wide} px"
            );
        }
    }
}
