//! What a scene holds, as shapes.

use std::collections::BTreeMap;

use crate::office::emu;
use crate::scene::theme::{Texture, Theme};
use crate::scene::{
    Area, Badge, Card, Emphasis, Ink, Line, Outline, PanelKind, Point, Route, STRIP, Scene, Symbol, Text,
    TextDirection, TextStyle, Weight,
};

use crate::xml::{Element, Nodes, el};

use super::colour::{Colour, Palette, solid};
use super::drawing::{
    self, adjust, body, corner, custom, dash, decoration, free, line_to, looks, move_to, named, no_fill, no_line,
    placed, preset, properties, run, shape, text_box,
};
use super::icon;

/// Above and below the baseline, as shares of the size: what the type that text was measured in has.
const ASCENT: f64 = 0.905;
const DESCENT: f64 = 0.212;
/// The radius of a card's corners in px, as the SVG has it.
const CORNER: f64 = 6.0;
/// A slide that is being filled.
pub(super) struct Canvas {
    pub palette: Palette,
    pub language: String,
    /// What is left under the title, in px of the slide.
    pub room: Area,
    out: Nodes,
    next: u32,
    pub texture: Texture,
    /// What cards are called, by their ids: a scene knows its lines only.
    titles: BTreeMap<String, String>,
    /// Px of the slide in a px of the scene, and where the scene begins on the slide.
    pub scale: f64,
    origin: Point,
}

/// Where ends of routes meet a card, in px of the scene.
pub(super) type Ports = Vec<Point>;

impl Canvas {
    pub fn new(theme: &'static Theme, language: &str, size: Point) -> Self {
        Self {
            palette: Palette::new(theme),
            language: language.to_owned(),
            room: Area {
                x: 0.0,
                y: 0.0,
                w: size.0,
                h: size.1,
            },
            out: Nodes::new(),
            // The tree of shapes itself is 1.
            next: 2,
            texture: theme.texture,
            titles: BTreeMap::new(),
            scale: 1.0,
            origin: (0.0, 0.0),
        }
    }

    pub fn finish(self) -> Nodes {
        self.out
    }

    pub fn push(&mut self, shape: Element) {
        self.out.push(shape);
    }

    pub fn id(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// The scene, fitted to the room that there is.
    pub fn scene(&mut self, scene: &Scene, titles: &BTreeMap<String, String>) {
        self.titles = scene
            .cards
            .iter()
            .map(|card| {
                let lines = || card.texts.first().map(words_of).unwrap_or_default();
                (card.id.clone(), titles.get(&card.id).cloned().unwrap_or_else(lines))
            })
            .collect();
        let room = self.room;
        self.scale = (room.w / scene.width.max(1.0)).min(room.h / scene.height.max(1.0));
        self.origin = (
            room.x + (room.w - scene.width * self.scale) / 2.0,
            room.y + (room.h - scene.height * self.scale) / 2.0,
        );
        let ids: BTreeMap<&str, u32> = scene.cards.iter().map(|card| (card.id.as_str(), self.id())).collect();
        for panel in &scene.panels {
            let paint = match panel.kind {
                PanelKind::Stage => [solid(self.palette.panel()), no_line()],
                PanelKind::Band => [no_fill(), self.line(1.0, self.palette.band())],
            };
            self.rounded(&panel.area, 10.0, paint);
        }
        for rule in &scene.rules {
            let colour = match rule.tone {
                Some(tone) => self.palette.strong(tone),
                None => self.palette.border(),
            };
            self.rounded(&rule.area, 0.0, [solid(colour), no_line()]);
        }
        for shape in &scene.shapes {
            self.chart_shape(shape);
        }
        let mut ports: BTreeMap<&str, Ports> = BTreeMap::new();
        let layer = |route: &&Route| (route.emphasis != Emphasis::Faded, route.stroke);
        let mut routes: Vec<&Route> = scene.routes.iter().collect();
        routes.sort_by_key(layer);
        for route in routes {
            self.route(scene, route, &ids, &mut ports);
        }
        for card in &scene.cards {
            let ports = ports.remove(card.id.as_str()).unwrap_or_default();
            self.card(card, ids[card.id.as_str()], &ports);
        }
        for symbol in &scene.symbols {
            self.symbol(symbol, self.palette.ink(symbol.ink, Emphasis::Normal));
        }
        // The title is in the place of the slide that is for it.
        for text in scene.texts.iter().filter(|text| text.style != TextStyle::Title) {
            self.text(text);
        }
        for entry in &scene.legend {
            self.legend(entry);
        }
    }

    pub(super) fn at(&self, (x, y): Point) -> Point {
        (self.origin.0 + x * self.scale, self.origin.1 + y * self.scale)
    }

    /// Where an area of the scene is on the slide.
    pub(super) fn frame(&self, area: &Area) -> [Element; 2] {
        let size = (area.w.max(0.0) * self.scale, area.h.max(0.0) * self.scale);
        placed(self.at((area.x, area.y)), size)
    }

    /// A line of that width in px of the scene.
    pub(super) fn line(&self, width: f64, colour: Colour) -> Element {
        drawing::line(width * self.scale, colour)
    }

    /// A rectangle with round corners of that radius in px of the scene, and its fill and line.
    pub(super) fn rounded(&mut self, area: &Area, radius: f64, paint: [Element; 2]) {
        let id = self.id();
        let geometry = if radius > 0.0 {
            let share = (radius / area.w.min(area.h).max(0.01) * 100_000.0)
                .min(50_000.0)
                .round();
            preset("roundRect", [adjust("adj", share)])
        } else {
            preset("rect", [])
        };
        let looks = looks(self.frame(area), (geometry, paint));
        self.push(shape(decoration(id, "Area"), free(), None, looks, None));
    }

    /// A shape of a path, whose points are in units of `units` over the area, and its fill and line.
    pub fn freeform(&mut self, area: &Area, units: (i64, i64), path: Vec<Element>, paint: [Element; 2]) {
        let id = self.id();
        let geometry = custom(units, path, Nodes::new(), ["0", "0", "r", "b"]);
        let looks = looks(self.frame(area), (geometry, paint));
        self.push(shape(decoration(id, "Sign"), free(), None, looks, None));
    }

    pub(super) fn symbol(&mut self, symbol: &Symbol, colour: Colour) {
        let area = Area {
            x: symbol.x,
            y: symbol.y,
            w: symbol.size,
            h: symbol.size,
        };
        let units = (icon::SIDE, icon::SIDE);
        self.freeform(&area, units, icon::path(symbol.icon), [solid(colour), no_line()]);
    }

    /// A text of its own, as one paragraph, so that it can be edited.
    pub(super) fn text(&mut self, words: &Text) {
        let Some(area) = area_of(words) else { return };
        let id = self.id();
        let wrap = if words.lines.len() == 1 { "none" } else { "square" };
        let paragraph = self.paragraph(words, Emphasis::Normal);
        let words = body([0.0; 3], wrap, "t", el("a:noAutofit"), paragraph);
        let frame = self.frame(&area);
        self.push(text_box(id, frame, words));
    }

    /// A text as a paragraph.
    fn paragraph(&self, words: &Text, emphasis: Emphasis) -> Element {
        self.paragraph_of(&words_of(words), words, emphasis, (0.0, 0.0))
    }

    /// The same with the words in whole, where they are known; `indent` px of the scene before it, and px above it.
    fn paragraph_of(&self, whole: &str, words: &Text, emphasis: Emphasis, (indent, above): Point) -> Element {
        let points = |px: f64| (px * 0.75 * self.scale * 100.0).round() as i64;
        let style = words.style;
        let size = points(style.size()).clamp(100, 400_000);
        let indent = emu(indent * self.scale);
        let about = match words.direction {
            TextDirection::LeftToRight => el("a:pPr").set("marL", indent).set("indent", 0).set("algn", "l"),
            TextDirection::RightToLeft => el("a:pPr")
                .set("marR", indent)
                .set("indent", 0)
                .set("algn", "r")
                .set("rtl", 1),
        };
        let spaced = |name: &'static str, px: f64| el(name).add(el("a:spcPts").set("val", points(px)));
        let about = about
            .add(spaced("a:lnSpc", style.leading()))
            .add(spaced("a:spcBef", above.max(0.0)))
            .add(el("a:buNone"));
        let properties = properties(&self.language, size)
            .set("b", (style.weight() == Weight::Bold).then_some("1"))
            .add(solid(self.palette.ink(words.ink, emphasis)));
        el("a:p").add(about).add(run(whole, properties))
    }

    fn card(&mut self, card: &Card, id: u32, ports: &[Point]) {
        let area = card.area();
        let group = self.id();
        let title = self.title_of(card);
        // What is in the group is placed on the slide itself.
        let (from, inside) = (
            self.at((area.x, area.y)),
            (area.w.max(0.0) * self.scale, area.h.max(0.0) * self.scale),
        );
        let within = [
            el("a:chOff").set("x", emu(from.0)).set("y", emu(from.1)),
            el("a:chExt").set("cx", emu(inside.0)).set("cy", emu(inside.1)),
        ];
        let about = el("p:nvGrpSpPr")
            .add(named(group, &card.id).set("descr", self.described(card)))
            .add([el("p:cNvGrpSpPr"), el("p:nvPr")]);
        let frame = el("p:grpSpPr").add(el("a:xfrm").add((self.frame(&area), within)));
        let before = std::mem::take(&mut self.out);
        self.plate(card, &area, id, ports, &title);
        self.strip(card, &area);
        if card.outline == Outline::Double {
            let inset = Area {
                x: area.x + STRIP + 3.0,
                y: area.y + 3.0,
                w: area.w - STRIP - 6.0,
                h: area.h - 6.0,
            };
            let dashed = self
                .line(1.0, self.palette.outline(card.tone, card.emphasis))
                .add(dash("dash"));
            self.rounded(&inset, 3.0, [no_fill(), dashed]);
        }
        let picture = Symbol {
            icon: card.icon,
            x: area.x + (STRIP - 16.0) / 2.0,
            y: area.y + ((area.h - 16.0) / 2.0).min(14.0),
            size: 16.0,
            ink: Ink::Text,
        };
        if self.texture == Texture::Patterned && card.emphasis != Emphasis::Faded {
            self.disc(&picture);
        }
        self.symbol(&picture, self.palette.on_strip(card.tone, card.emphasis));
        for symbol in &card.symbols {
            self.symbol(symbol, self.palette.ink(symbol.ink, card.emphasis));
        }
        for badge in &card.badges {
            self.badge(badge, card.emphasis);
        }
        let inside = std::mem::replace(&mut self.out, before);
        self.push(el("p:grpSp").add((about, frame)).add(inside));
    }

    /// The shape of a card: it holds its words, and routes are glued to it.
    fn plate(&mut self, card: &Card, area: &Area, id: u32, ports: &[Point], title: &str) {
        let (w, h) = (emu(area.w * self.scale), emu(area.h * self.scale));
        let r = emu(CORNER * self.scale).min(w / 2).min(h / 2);
        // Four sites where everybody looks for them, then one for every place where a route meets the card.
        let site = |angle: i64, x: i64, y: i64| el("a:cxn").set("ang", angle).add(el("a:pos").set("x", x).set("y", y));
        let mut sites: Nodes = [
            site(16_200_000, w / 2, 0),
            site(10_800_000, 0, h / 2),
            site(5_400_000, w / 2, h),
            site(0, w, h / 2),
        ]
        .into_iter()
        .collect();
        for port in ports {
            let (x, y) = (emu((port.0 - area.x) * self.scale), emu((port.1 - area.y) * self.scale));
            let angle = if x <= 0 {
                10_800_000
            } else if x >= w {
                0
            } else if y <= 0 {
                16_200_000
            } else {
                5_400_000
            };
            sites.push(site(angle, x.clamp(0, w), y.clamp(0, h)));
        }
        let path = [
            move_to(0, r),
            corner(r, 10_800_000),
            line_to(w - r, 0),
            corner(r, 16_200_000),
            line_to(w, h - r),
            corner(r, 0),
            line_to(r, h),
            corner(r, 5_400_000),
            el("a:close"),
        ];
        let line = match card.emphasis {
            Emphasis::Focus => self.line(2.5, self.palette.strong(card.tone)),
            _ => self.line(1.0, self.palette.outline(card.tone, card.emphasis)),
        };
        let fill = solid(self.palette.plate(card.tone, card.emphasis));
        let geometry = custom((w, h), path, sites, ["l", "t", "r", "b"]);
        let looks = looks(self.frame(area), (geometry, fill, line));
        let words = self.words(card, area);
        self.push(shape(named(id, title), free(), None, looks, Some(words)));
    }

    /// The words of a card: a paragraph each, where the picture has them.
    fn words(&self, card: &Card, area: &Area) -> Element {
        let mut paragraphs = Nodes::new();
        let mut bottom = None;
        let left = self.left_of(card);
        let titles = std::iter::once(Some(self.title_of(card))).chain(std::iter::repeat(None));
        for (words, title) in card.texts.iter().zip(titles) {
            let Some(place) = area_of(words) else { continue };
            let above = bottom.map_or(0.0, |bottom| place.y - bottom);
            let indent = match words.direction {
                TextDirection::LeftToRight => place.x - left,
                TextDirection::RightToLeft => 0.0,
            };
            let whole = title.unwrap_or_else(|| words_of(words));
            paragraphs.push(self.paragraph_of(&whole, words, card.emphasis, (indent.max(0.0), above)));
            bottom = Some(place.y + place.h);
        }
        if paragraphs.is_empty() {
            paragraphs.push(el("a:p"));
        }
        // As wide as the longest line of a title that is broken, and a hair more, so that it breaks where the picture
        // has it: nobody rounds alike.
        let broken = card.texts.iter().any(|words| words.lines.len() > 1);
        let reach = card
            .texts
            .iter()
            .flat_map(|words| &words.lines)
            .map(|line| line.x + line.width);
        let right = match reach.reduce(f64::max) {
            Some(right) if broken => (area.x + area.w - right - 3.0).max(0.0),
            _ => 8.0,
        };
        let top = card
            .texts
            .iter()
            .filter_map(area_of)
            .map(|a| a.y)
            .fold(area.y + area.h, f64::min);
        let room = [left - area.x, (top - area.y).max(0.0), right].map(|px| px * self.scale);
        body(room, "square", "t", el("a:normAutofit"), paragraphs)
    }

    /// What a card is called.
    fn title_of(&self, card: &Card) -> String {
        self.title_by_id(&card.id).to_owned()
    }

    /// What the card of that id is called; empty where there is none.
    pub(super) fn title_by_id(&self, id: &str) -> &str {
        self.titles.get(id).map_or("", String::as_str)
    }

    /// What a card says to those who listen: its words, its marks, and what a pointer would show.
    fn described(&self, card: &Card) -> String {
        let mut parts = vec![self.title_of(card)];
        parts.extend(card.texts.iter().skip(1).map(words_of));
        parts.extend(card.badges.iter().map(|badge| words_of(&badge.text)));
        parts.push(card.tooltip.clone());
        parts.retain(|part| !part.is_empty());
        parts.join(". ")
    }

    /// Where the words of a card begin.
    fn left_of(&self, card: &Card) -> f64 {
        card.area().x + STRIP + 10.0
    }

    /// The left end of a card, rounded as the card is.
    fn strip(&mut self, card: &Card, area: &Area) {
        let strip = Area { w: STRIP, ..*area };
        let (w, h) = (emu(STRIP * self.scale), emu(area.h * self.scale));
        let r = emu(CORNER * self.scale).min(w / 2).min(h / 2);
        let path = vec![
            move_to(w, 0),
            line_to(w, h),
            line_to(r, h),
            corner(r, 5_400_000),
            line_to(0, r),
            corner(r, 10_800_000),
            el("a:close"),
        ];
        let line = match self.texture {
            Texture::Patterned => self.line(1.0, self.palette.strong(card.tone)),
            Texture::Plain => no_line(),
        };
        let fill = self.palette.strip(card.tone, card.emphasis);
        self.freeform(&strip, (w, h), path, [fill, line]);
    }

    pub(super) fn disc(&mut self, symbol: &Symbol) {
        let area = Area {
            x: symbol.x - 2.0,
            y: symbol.y - 2.0,
            w: symbol.size + 4.0,
            h: symbol.size + 4.0,
        };
        let fill = solid(self.palette.page());
        self.rounded(&area, area.w / 2.0, [fill, no_line()]);
    }

    fn badge(&mut self, badge: &Badge, emphasis: Emphasis) {
        let (fill, line) = self.palette.badge(badge.style, emphasis);
        let id = self.id();
        let inset = badge.text.lines.first().map_or(0.0, |line| match badge.text.direction {
            TextDirection::LeftToRight => line.x - badge.area.x,
            TextDirection::RightToLeft => line.x - line.width - badge.area.x,
        });
        let paint = (solid(fill), self.line(1.0, line));
        let looks = looks(
            self.frame(&badge.area),
            (preset("roundRect", [adjust("adj", 50_000)]), paint),
        );
        let room = [inset * self.scale, 0.0, 0.0];
        let paragraph = self.paragraph(&badge.text, emphasis);
        let words = body(room, "none", "ctr", el("a:noAutofit"), paragraph);
        let name = named(id, &format!("Badge {id}"));
        self.push(shape(name, free(), None, looks, Some(words)));
        for symbol in &badge.symbols {
            self.symbol(symbol, self.palette.ink(symbol.ink, emphasis));
        }
    }
}

/// The area that a text covers; `None` for a text without lines.
fn area_of(words: &Text) -> Option<Area> {
    let (first, last) = (words.lines.first()?, words.lines.last()?);
    let style = words.style;
    let baseline = (style.leading() - (ASCENT + DESCENT) * style.size()) / 2.0 + ASCENT * style.size();
    let left = |line: &Line| match words.direction {
        TextDirection::LeftToRight => line.x,
        TextDirection::RightToLeft => line.x - line.width,
    };
    let x = words.lines.iter().map(left).fold(f64::MAX, f64::min);
    let right = words
        .lines
        .iter()
        .map(|line| left(line) + line.width)
        .fold(f64::MIN, f64::max);
    Some(Area {
        x,
        y: first.y - baseline,
        // As wide as its longest line and a little more: programs do not round alike, and a line that breaks is worse.
        w: (right - x) * 1.02 + 4.0,
        h: last.y - first.y + style.leading(),
    })
}

/// The lines of a text as one again.
fn words_of(words: &Text) -> String {
    let lines: Vec<&str> = words.lines.iter().map(|line| line.text.as_str()).collect();
    lines.join(" ")
}
