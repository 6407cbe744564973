//! A plain picture between layout and drawing: boxes, routes and texts in px; knows nothing of benefits.
//!
//! A [`Scene`] goes in as what `layout` decided, and out as what `draw` writes. Every coordinate is final: x runs to
//! the right, y runs down, the top left corner is (0, 0), and one px is 1/96 inch. Every text is already broken into
//! lines. Colours are absent: a [`Tone`] names one, and a [`theme::Theme`] says which it is.

use std::collections::HashMap;

mod shape;
pub mod theme;

pub use shape::{Form, Marker, Part, Shape};

/// A whole picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// The language of the words that the layout adds, as a BCP 47 tag such as `en`.
    pub language: String,
    /// What the picture is called, for readers who do not see it.
    pub title: String,
    /// What the picture shows, in words, for readers who do not see it.
    pub description: String,
    /// In px.
    pub width: f64,
    /// In px.
    pub height: f64,
    /// Width and height of the paper that the picture fills, in millimetres; `None` where it is not for paper.
    pub paper: Option<(f64, f64)>,
    /// Areas behind everything else, in the order they are painted.
    pub panels: Vec<Panel>,
    /// Lines between cards, in the order they are painted; under the cards.
    pub routes: Vec<Route>,
    /// The boxes, in the order they are painted. No two overlap.
    pub cards: Vec<Card>,
    /// Title, headings, notes and footer: texts that belong to no card.
    pub texts: Vec<Text>,
    /// Symbols that belong to no card, such as those of the headings.
    pub symbols: Vec<Symbol>,
    /// Straight rules, such as those under headings.
    pub rules: Vec<Rule>,
    /// What a chart shows, in the order it is painted; under the texts. Empty for a map.
    pub shapes: Vec<Shape>,
    /// What the marks mean: only those that occur in this picture, in reading order. Empty where none needs a word.
    pub legend: Vec<LegendEntry>,
}

impl Scene {
    /// Every line of text that is drawn, in no order that means anything.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.every_text().flat_map(|text| &text.lines)
    }

    /// The smallest type that is drawn, in points on its paper, or at 96 px to the inch where it is for none; `None` without texts.
    pub fn least_type(&self) -> Option<f64> {
        let shown = self.every_text().filter(|text| !text.lines.is_empty());
        let least = shown.map(|text| text.style.size()).min_by(f64::total_cmp)?;
        Some(least * 72.0 * self.paper.map_or(1.0 / 96.0, |(across, _)| across / 25.4 / self.width))
    }

    fn every_text(&self) -> impl Iterator<Item = &Text> {
        let badges = self.cards.iter().flat_map(|card| &card.badges).map(|badge| &badge.text);
        let cards = self.cards.iter().flat_map(|card| &card.texts);
        let legend = self.legend.iter().map(|entry| &entry.text);
        self.texts.iter().chain(cards).chain(badges).chain(legend)
    }

    /// Every card by its id; of several with one id the first.
    pub fn cards_by_id(&self) -> HashMap<&str, &Card> {
        let cards = self.cards.iter().rev();
        cards.map(|card| (card.id.as_str(), card)).collect()
    }

    /// Every line by the ids of what it leads from and to; of several between the same two the first.
    pub fn routes_by_ends(&self) -> HashMap<(&str, &str), &Route> {
        let routes = self.routes.iter().rev();
        routes
            .map(|route| ((route.from.as_str(), route.to.as_str()), route))
            .collect()
    }
}

/// A point in px.
pub type Point = (f64, f64);

/// An area.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// An area behind the cards.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Where it is.
    pub area: Area,
    /// What it gathers.
    pub kind: PanelKind,
}

/// What a panel gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PanelKind {
    /// The cards of one stage.
    Stage,
    /// The cards of one group, across all stages.
    Band,
}

/// A colour by its role; the theme says which colour it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// The first of five kinds.
    First,
    /// The second of five kinds.
    Second,
    /// The third of five kinds.
    Third,
    /// The fourth of five kinds.
    Fourth,
    /// The fifth of five kinds.
    Fifth,
    /// Something unwelcome, of whatever kind.
    Adverse,
}

impl Tone {
    /// Every tone, in its own order.
    pub const ALL: [Tone; 6] = [
        Tone::First,
        Tone::Second,
        Tone::Third,
        Tone::Fourth,
        Tone::Fifth,
        Tone::Adverse,
    ];

    /// The tone of the kind at that place, counted from 0; places past the fifth take the fifth.
    pub fn of_kind(place: usize) -> Self {
        Self::ALL[place.min(4)]
    }
}

/// How much a thing is meant to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Emphasis {
    /// As everything else.
    #[default]
    Normal,
    /// Set back, because attention is asked for something else.
    Faded,
    /// What attention is asked for.
    Focus,
}

/// A line around a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Outline {
    /// One solid line.
    #[default]
    Solid,
    /// Two lines, the inner one dashed.
    Double,
}

/// A box with its texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// What it stands for; each once in a scene.
    pub id: String,
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
    /// Colour.
    pub tone: Tone,
    /// The line around it.
    pub outline: Outline,
    /// The picture in its strip, which tells the kind without colour.
    pub icon: Icon,
    /// How much it is meant to be seen.
    pub emphasis: Emphasis,
    /// Title and owner, in px of the scene.
    pub texts: Vec<Text>,
    /// Symbols beside its texts, in px of the scene.
    pub symbols: Vec<Symbol>,
    /// Small marks with a word, in px of the scene.
    pub badges: Vec<Badge>,
    /// What a pointer resting on it shows; empty where there is nothing more to say.
    pub tooltip: String,
}

impl Card {
    /// The area that the card covers.
    pub fn area(&self) -> Area {
        Area {
            x: self.x - self.w / 2.0,
            y: self.y - self.h / 2.0,
            w: self.w,
            h: self.h,
        }
    }

    /// Moves the card and all that stands in it, by px.
    pub fn move_by(&mut self, dx: f64, dy: f64) {
        self.x += dx;
        self.y += dy;
        for text in &mut self.texts {
            text.move_by(dx, dy);
        }
        for symbol in &mut self.symbols {
            symbol.move_by(dx, dy);
        }
        for badge in &mut self.badges {
            badge.area.x += dx;
            badge.area.y += dy;
            for symbol in &mut badge.symbols {
                symbol.move_by(dx, dy);
            }
            badge.text.move_by(dx, dy);
        }
    }
}

/// Width of the coloured strip at the left side of a card, in px.
pub const STRIP: f64 = 28.0;

/// A small mark with a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Badge {
    /// Where it is.
    pub area: Area,
    /// How it looks.
    pub style: BadgeStyle,
    /// The pictures before and after the word.
    pub symbols: Vec<Symbol>,
    /// The word.
    pub text: Text,
}

/// How a badge looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BadgeStyle {
    /// A quiet fact.
    Plain,
    /// Good news.
    Bright,
    /// A warning.
    Adverse,
}

/// A picture of 16 by 16 units, scaled to its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Symbol {
    /// Which picture.
    pub icon: Icon,
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width and height.
    pub size: f64,
    /// Colour.
    pub ink: Ink,
}

impl Symbol {
    /// Moves it, by px.
    pub fn move_by(&mut self, dx: f64, dy: f64) {
        self.x += dx;
        self.y += dy;
    }
}

/// The colour of a symbol or a text by its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// The colour of text.
    Text,
    /// The colour of quiet text.
    Muted,
    /// The strong colour of a tone.
    Tone(Tone),
    /// The colour of the words on a badge.
    Badge(BadgeStyle),
    /// The colour of a judgement.
    Verdict(Verdict),
}

/// A judgement that has a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// To be watched.
    Doubtful,
    /// Not as it should be.
    Bad,
    /// Nothing to judge.
    Open,
}

/// Pictures that tell kinds and marks apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Icon {
    /// A pile of coins.
    Coins,
    /// A nut with six sides.
    Nut,
    /// Two arrows that pass each other.
    Exchange,
    /// A diamond, as milestones have.
    Diamond,
    /// A star.
    Star,
    /// A triangle with an exclamation mark.
    Warning,
    /// A bolt of lightning.
    Bolt,
    /// Three bars.
    Bars,
    /// A wave.
    Wave,
    /// Head and shoulders.
    Person,
    /// A disc.
    Disc,
    /// A triangle on its base.
    Triangle,
    /// A square.
    Square,
    /// A tick.
    Tick,
    /// A cross of two strokes.
    Cross,
    /// A ring.
    Ring,
    /// A short horizontal stroke.
    Stroke,
    /// A sheet of paper with a folded corner.
    Page,
    /// A plus.
    Plus,
}

impl Icon {
    /// Every icon, in its own order.
    pub const ALL: [Icon; 19] = [
        Icon::Coins,
        Icon::Nut,
        Icon::Exchange,
        Icon::Diamond,
        Icon::Star,
        Icon::Warning,
        Icon::Bolt,
        Icon::Bars,
        Icon::Wave,
        Icon::Person,
        Icon::Disc,
        Icon::Triangle,
        Icon::Square,
        Icon::Tick,
        Icon::Cross,
        Icon::Ring,
        Icon::Stroke,
        Icon::Page,
        Icon::Plus,
    ];
}

/// A text, already broken into lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Size and weight.
    pub style: TextStyle,
    /// Colour.
    pub ink: Ink,
    /// Which way it runs.
    pub direction: TextDirection,
    /// From top to bottom; none is empty.
    pub lines: Vec<Line>,
}

impl Text {
    /// Moves it, by px.
    pub fn move_by(&mut self, dx: f64, dy: f64) {
        for line in &mut self.lines {
            line.x += dx;
            line.y += dy;
        }
    }
}

/// One line of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where the line begins: its left end, or its right end where the text runs from right to left.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// How far it reaches, as measured.
    pub width: f64,
    /// The words, without white space at either end.
    pub text: String,
}

/// Which way a text runs, by its first letter that has a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum TextDirection {
    /// From left to right.
    #[default]
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// What a text is for, which settles its size and weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextStyle {
    /// The title of the picture.
    Title,
    /// What stands under the title.
    Purpose,
    /// The heading of a stage.
    Heading,
    /// The name of a band.
    Band,
    /// What stands in a card.
    Card,
    /// What stands under it.
    Note,
    /// The word of a badge.
    Badge,
    /// Legend and footer.
    Footer,
}

impl TextStyle {
    /// Every style, in its own order.
    pub const ALL: [TextStyle; 8] = [
        TextStyle::Title,
        TextStyle::Purpose,
        TextStyle::Heading,
        TextStyle::Band,
        TextStyle::Card,
        TextStyle::Note,
        TextStyle::Badge,
        TextStyle::Footer,
    ];

    /// The size of the type in px.
    pub fn size(self) -> f64 {
        match self {
            Self::Title => 28.0,
            Self::Purpose | Self::Card => 15.0,
            Self::Heading => 16.0,
            Self::Band => 14.0,
            Self::Note | Self::Badge | Self::Footer => 13.0,
        }
    }

    /// The weight of the type.
    pub fn weight(self) -> Weight {
        match self {
            Self::Title | Self::Heading | Self::Band => Weight::Bold,
            Self::Purpose | Self::Card | Self::Note | Self::Badge | Self::Footer => Weight::Regular,
        }
    }

    /// From one baseline to the next, in px.
    pub fn leading(self) -> f64 {
        match self {
            Self::Title => 34.0,
            Self::Purpose => 21.0,
            Self::Heading => 20.0,
            Self::Card => 19.0,
            Self::Band => 18.0,
            Self::Note | Self::Badge | Self::Footer => 16.0,
        }
    }
}

/// How heavy a type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// 400.
    Regular,
    /// 700.
    Bold,
}

/// A straight, horizontal rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Where it is; its height is its thickness.
    pub area: Area,
    /// Its colour: a tone, or the quiet colour of borders.
    pub tone: Option<Tone>,
}

/// A line from card to card.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The id of the card that it leaves.
    pub from: String,
    /// The id of the card that it enters.
    pub to: String,
    /// A chain of cubic Bézier curves: 3k + 1 control points.
    pub bezier: Vec<Point>,
    /// Its colour.
    pub stroke: Stroke,
    /// Whether it is broken, and how.
    pub dash: Dash,
    /// What stands at its end.
    pub head: Head,
    /// Thickness in px.
    pub weight: f64,
    /// How much it is meant to be seen.
    pub emphasis: Emphasis,
    /// What a pointer resting on it shows; empty where there is nothing to say.
    pub tooltip: String,
}

/// The colour of a route by its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stroke {
    /// It runs with the stages, and helps.
    Onward,
    /// It runs back.
    Back,
    /// It stands against its target.
    Adverse,
}

/// Whether a line is broken, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    /// Not broken.
    Solid,
    /// Long dashes.
    Long,
    /// Short dashes.
    Short,
    /// Dots.
    Dotted,
    /// Dash and dot in turn.
    DashDot,
}

/// What stands at the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// A filled arrowhead.
    Arrow,
    /// An arrowhead of two strokes.
    Open,
    /// A bar across the line.
    Bar,
    /// Nothing: another route's head already stands there.
    None,
}

/// One entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// The place of the sample, to the left of the words.
    pub area: Area,
    /// What is explained.
    pub sample: Sample,
    /// The words.
    pub text: Text,
}

/// What a legend entry shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Sample {
    /// A small card.
    Card {
        /// Its colour.
        tone: Tone,
        /// Its picture.
        icon: Icon,
        /// The line around it.
        outline: Outline,
    },
    /// A picture alone.
    Symbol(Symbol),
    /// A line, from the left side to the right side of the area.
    Route(Route),
}
