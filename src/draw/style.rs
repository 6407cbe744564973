//! The style sheet, and the class of every element. Each selector is one class, and only classes that occur are written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::scene::theme::{Texture, Theme};
use crate::scene::{
    BadgeStyle, Card, Dash, Emphasis, Head, Ink, Outline, Route, Rule, Sample, Scene, Stroke, Text, TextStyle, Tone,
    Verdict, Weight,
};

use super::Look;

/// What text is drawn with: the type that it was measured in, then those of the same widths.
const FAMILY: &str = "\"Liberation Sans\",Arial,Helvetica,sans-serif";

/// The classes of a card's parts.
pub(super) struct CardClasses {
    pub plate: String,
    pub strip: String,
    pub inner: String,
    pub icon: String,
    pub ring: String,
}

pub(super) fn card(card: &Card) -> CardClasses {
    let tone = letter(card.tone);
    let faded = card.emphasis == Emphasis::Faded;
    let class = |part: &str| {
        if faded {
            format!("{part}-faded")
        } else {
            format!("{part}-{tone}")
        }
    };
    CardClasses {
        plate: class("plate"),
        strip: class("strip"),
        inner: class("inner"),
        icon: class("icon"),
        ring: format!("ring-{tone}"),
    }
}

pub(super) fn strip(tone: Tone) -> String {
    format!("strip-{}", letter(tone))
}

/// Every tone that a card or the legend shows, in their own order.
pub(super) fn tones(scene: &Scene) -> BTreeSet<Tone> {
    let legend = scene.legend.iter().filter_map(|entry| match entry.sample {
        Sample::Card { tone, .. } => Some(tone),
        _ => None,
    });
    scene.cards.iter().map(|card| card.tone).chain(legend).collect()
}

/// The id of a tone's pattern in the document.
pub(super) fn pattern_id(tone: Tone) -> String {
    format!("pattern-{}", letter(tone))
}

pub(super) fn on_strip(tone: Tone) -> String {
    format!("icon-{}", letter(tone))
}

pub(super) fn inner(tone: Tone) -> String {
    format!("inner-{}", letter(tone))
}

fn letter(tone: Tone) -> char {
    match tone {
        Tone::First => 'a',
        Tone::Second => 'b',
        Tone::Third => 'c',
        Tone::Fourth => 'd',
        Tone::Fifth => 'e',
        Tone::Adverse => 'x',
    }
}

pub(super) fn ink(ink: Ink) -> String {
    match ink {
        Ink::Text => "ink".to_owned(),
        Ink::Muted => "ink-muted".to_owned(),
        Ink::Tone(tone) => format!("ink-{}", letter(tone)),
        Ink::Badge(style) => format!("ink-{}", badge_word(style)),
        Ink::Verdict(Verdict::Good) => "ink-good".to_owned(),
        Ink::Verdict(Verdict::Doubtful) => "ink-doubtful".to_owned(),
        Ink::Verdict(Verdict::Bad) => "ink-bad".to_owned(),
        Ink::Verdict(Verdict::Open) => "ink-open".to_owned(),
    }
}

/// The ink of something on a card: all one where the card is set back.
pub(super) fn ink_on(card: &Card, own: Ink) -> String {
    match card.emphasis {
        Emphasis::Faded => "ink-faded".to_owned(),
        _ => ink(own),
    }
}

fn badge_word(style: BadgeStyle) -> &'static str {
    match style {
        BadgeStyle::Plain => "plain",
        BadgeStyle::Bright => "bright",
        BadgeStyle::Adverse => "adverse",
    }
}

pub(super) fn badge(card: &Card, style: BadgeStyle) -> String {
    match card.emphasis {
        Emphasis::Faded => "badge-faded".to_owned(),
        _ => format!("badge-{}", badge_word(style)),
    }
}

fn type_word(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Title => "title",
        TextStyle::Purpose => "purpose",
        TextStyle::Heading => "heading",
        TextStyle::Band => "band-name",
        TextStyle::Card => "words",
        TextStyle::Note => "note",
        TextStyle::Badge => "badge",
        TextStyle::Footer => "small",
    }
}

pub(super) fn text(text: &Text) -> String {
    format!("{} {}", type_word(text.style), ink(text.ink))
}

pub(super) fn text_on(card: &Card, text: &Text) -> String {
    format!("{} {}", type_word(text.style), ink_on(card, text.ink))
}

pub(super) fn rule(rule: &Rule) -> String {
    match rule.tone {
        Some(tone) => ink(Ink::Tone(tone)),
        None => "rule".to_owned(),
    }
}

fn stroke_word(route: &Route) -> &'static str {
    match (route.emphasis, route.stroke) {
        (Emphasis::Faded, _) => "faded",
        (_, Stroke::Onward) => "onward",
        (_, Stroke::Back) => "back",
        (_, Stroke::Adverse) => "adverse",
    }
}

/// The weight in tenths of a px: as fine as anybody sees.
fn weight(route: &Route) -> u32 {
    (route.weight * 10.0).round().clamp(1.0, 1000.0) as u32
}

fn dash_word(dash: Dash) -> Option<&'static str> {
    match dash {
        Dash::Solid => None,
        Dash::Long => Some("long"),
        Dash::Short => Some("short"),
        Dash::Dotted => Some("dotted"),
        Dash::DashDot => Some("dash-dot"),
    }
}

/// The classes of a route's line: colour, weight, dash.
pub(super) fn route(route: &Route) -> String {
    let mut out = format!("line-{} w{}", stroke_word(route), weight(route));
    if let Some(word) = dash_word(route.dash) {
        out.push(' ');
        out.push_str(word);
    }
    out
}

/// The class of a route's head.
pub(super) fn head(route: &Route) -> String {
    match route.head {
        Head::Arrow | Head::None => format!("head-{}", stroke_word(route)),
        Head::Open => "open".to_owned(),
        Head::Bar => "bar".to_owned(),
    }
}

/// The style sheet of a scene, in the order of the classes' names.
pub(super) fn sheet(scene: &Scene, look: &Look<'_>) -> String {
    let theme = look.theme;
    let mut rules = Rules {
        look,
        theme,
        written: BTreeMap::new(),
    };
    rules.put("page", format!("fill:{}", theme.page));
    rules.put("panel", format!("fill:{}", theme.panel));
    rules.put("band", format!("fill:none;stroke:{}", theme.band));
    rules.put("rule", format!("fill:{}", theme.border));
    for card in &scene.cards {
        rules.card(card);
    }
    for rule in &scene.rules {
        if let Some(tone) = rule.tone {
            rules.ink(Ink::Tone(tone));
        }
    }
    for symbol in &scene.symbols {
        rules.ink(symbol.ink);
    }
    for text in &scene.texts {
        rules.text(text);
    }
    for route in &scene.routes {
        rules.route(route);
    }
    for entry in &scene.legend {
        rules.text(&entry.text);
        match &entry.sample {
            Sample::Card { tone, outline, .. } => rules.tone(*tone, *outline),
            Sample::Symbol(symbol) => rules.ink(symbol.ink),
            Sample::Route(route) => rules.route(route),
        }
    }
    for (class, look) in super::chart::looks(scene, theme) {
        rules.put(class, look);
    }
    let own = match theme.typeface {
        "" => String::new(),
        face => format!("\"{face}\","),
    };
    let mut out = format!("text{{font-family:{own}{FAMILY}}}");
    for (class, look) in rules.written {
        let _ = write!(out, "\n.{class}{{{look}}}");
    }
    out
}

struct Rules<'t> {
    look: &'t Look<'t>,
    theme: &'t Theme,
    written: BTreeMap<String, String>,
}

impl Rules<'_> {
    fn put(&mut self, class: &str, look: String) {
        if !self.written.contains_key(class) {
            self.written.insert(class.to_owned(), look);
        }
    }

    fn tone(&mut self, tone: Tone, outline: Outline) {
        let shade = self.theme.shade(tone);
        match self.theme.texture {
            Texture::Plain => self.put(&strip(tone), format!("fill:{}", shade.strong)),
            Texture::Patterned => {
                self.put(
                    &strip(tone),
                    format!("fill:url(#{});stroke:{}", self.look.id(&pattern_id(tone)), shade.strong),
                );
                self.put("disc", format!("fill:{}", self.theme.page));
            }
        }
        self.put(&on_strip(tone), format!("fill:{}", shade.on_strong));
        if outline == Outline::Double {
            self.put(
                &inner(tone),
                format!("fill:none;stroke:{};stroke-dasharray:4 3", shade.strong),
            );
        }
    }

    fn card(&mut self, card: &Card) {
        let classes = self::card(card);
        let faded = self.theme.faded;
        if card.emphasis == Emphasis::Faded {
            self.put(&classes.plate, format!("fill:{};stroke:{}", faded.fill, faded.line));
            self.put(&classes.strip, format!("fill:{}", faded.strip));
            self.put(&classes.icon, format!("fill:{}", faded.text));
            self.put(
                &classes.inner,
                format!("fill:none;stroke:{};stroke-dasharray:4 3", faded.line),
            );
            self.put("badge-faded", format!("fill:{};stroke:{}", faded.fill, faded.line));
            self.put("ink-faded", format!("fill:{}", faded.text));
        } else {
            let shade = self.theme.shade(card.tone);
            self.put(&classes.plate, format!("fill:{};stroke:{}", shade.fill, shade.line));
            self.tone(card.tone, card.outline);
            if card.emphasis == Emphasis::Focus {
                self.put(
                    &classes.ring,
                    format!("fill:none;stroke:{};stroke-width:2.5", shade.strong),
                );
            }
        }
        for text in &card.texts {
            self.typeface(text.style);
            self.ink_on(card, text.ink);
        }
        for symbol in &card.symbols {
            self.ink_on(card, symbol.ink);
        }
        for badge in &card.badges {
            self.typeface(badge.text.style);
            self.ink_on(card, badge.text.ink);
            for symbol in &badge.symbols {
                self.ink_on(card, symbol.ink);
            }
            if card.emphasis != Emphasis::Faded {
                let plate = self.theme.plate(badge.style);
                self.put(
                    &self::badge(card, badge.style),
                    format!("fill:{};stroke:{}", plate.fill, plate.line),
                );
            }
        }
    }

    fn ink_on(&mut self, card: &Card, ink: Ink) {
        if card.emphasis != Emphasis::Faded {
            self.ink(ink);
        }
    }

    fn ink(&mut self, ink: Ink) {
        let colour = match ink {
            Ink::Text => self.theme.text,
            Ink::Muted => self.theme.muted,
            Ink::Tone(tone) => self.theme.shade(tone).strong,
            Ink::Badge(style) => self.theme.plate(style).text,
            Ink::Verdict(verdict) => self.theme.verdict(verdict),
        };
        self.put(&self::ink(ink), format!("fill:{colour}"));
    }

    fn text(&mut self, text: &Text) {
        self.typeface(text.style);
        self.ink(text.ink);
    }

    fn typeface(&mut self, style: TextStyle) {
        let weight = match style.weight() {
            Weight::Regular => "",
            Weight::Bold => ";font-weight:700",
        };
        self.put(type_word(style), format!("font-size:{}px{weight}", style.size()));
    }

    fn route(&mut self, route: &Route) {
        let colour = match (route.emphasis, route.stroke) {
            (Emphasis::Faded, _) => self.theme.faded.line,
            (_, Stroke::Onward) => self.theme.onward,
            (_, Stroke::Back) => self.theme.back,
            (_, Stroke::Adverse) => self.theme.adverse,
        };
        self.put(
            &format!("line-{}", stroke_word(route)),
            format!("fill:none;stroke:{colour}"),
        );
        let tenths = weight(route);
        self.put(
            &format!("w{tenths}"),
            format!("stroke-width:{}", super::decimal(f64::from(tenths) / 10.0)),
        );
        if let Some(word) = dash_word(route.dash) {
            let pattern = match route.dash {
                Dash::Solid => "none",
                Dash::Long => "8 4",
                Dash::Short => "4 3",
                Dash::Dotted => "1 4;stroke-linecap:round",
                Dash::DashDot => "8 3 1.5 3",
            };
            self.put(word, format!("stroke-dasharray:{pattern}"));
        }
        match route.head {
            Head::Arrow => self.put(&head(route), format!("fill:{colour};stroke:none")),
            Head::Open => self.put("open", "stroke-dasharray:none;stroke-width:1.6".to_owned()),
            Head::Bar => self.put("bar", "stroke-dasharray:none;stroke-width:2.6".to_owned()),
            Head::None => {}
        }
    }
}
