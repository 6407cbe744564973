//! What a scene holds, as shapes.

use std::collections::BTreeMap;

use crate::office::{emu, text};
use crate::scene::theme::{Texture, Theme};
use crate::scene::{
    Area, Badge, Card, Emphasis, Ink, Line, Outline, PanelKind, Point, Route, STRIP, Scene, Symbol, Text,
    TextDirection, TextStyle, Weight,
};

use super::colour::{Colour, Palette, solid};
use super::icon;

/// Above and below the baseline, as shares of the size: what the type that text was measured in has.
const ASCENT: f64 = 0.905;
const DESCENT: f64 = 0.212;
/// The radius of a card's corners in px, as the SVG has it.
const CORNER: f64 = 6.0;
/// Marks a shape that says nothing to those who listen.
const DECORATIVE: &str = "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext></a:extLst>";

/// A slide that is being filled.
pub(super) struct Canvas {
    pub palette: Palette,
    pub language: String,
    /// In px of the slide.
    pub size: Point,
    out: String,
    next: u32,
    pub texture: Texture,
    /// What cards are called, by their ids: a scene knows its lines only.
    titles: BTreeMap<String, String>,
    /// Px of the slide in a px of the scene, and where the scene begins on the slide.
    pub scale: f64,
    origin: Point,
}

/// What stands in a shape: who it is, and what it says to those who listen.
pub(super) struct Named<'s> {
    name: &'s str,
    words: &'s str,
}

/// A shape without a name that anybody would ask for.
pub(super) const PLAIN: Named<'static> = Named { name: "", words: "" };

/// Where ends of routes meet a card, in px of the scene.
pub(super) type Ports = Vec<Point>;

impl Canvas {
    pub fn new(theme: &'static Theme, language: &str, size: Point) -> Self {
        Self {
            palette: Palette::new(theme),
            language: text(language),
            size,
            out: String::new(),
            // The tree of shapes itself is 1.
            next: 2,
            texture: theme.texture,
            titles: BTreeMap::new(),
            scale: 1.0,
            origin: (0.0, 0.0),
        }
    }

    pub fn finish(self) -> String {
        self.out
    }

    pub fn push(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    pub fn id(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// The scene, fitted to the slide.
    pub fn scene(&mut self, scene: &Scene, title: &str, titles: &BTreeMap<String, String>) {
        self.titles = scene
            .cards
            .iter()
            .map(|card| {
                let lines = || card.texts.first().map(words_of).unwrap_or_default();
                (card.id.clone(), titles.get(&card.id).cloned().unwrap_or_else(lines))
            })
            .collect();
        self.scale = (self.size.0 / scene.width.max(1.0)).min(self.size.1 / scene.height.max(1.0));
        self.origin = (
            (self.size.0 - scene.width * self.scale) / 2.0,
            (self.size.1 - scene.height * self.scale) / 2.0,
        );
        let ids: BTreeMap<&str, u32> = scene.cards.iter().map(|card| (card.id.as_str(), self.id())).collect();
        for panel in &scene.panels {
            let (fill, line) = match panel.kind {
                PanelKind::Stage => (solid(&self.palette.panel()), "<a:ln><a:noFill/></a:ln>".to_owned()),
                PanelKind::Band => ("<a:noFill/>".to_owned(), self.line(1.0, &self.palette.band())),
            };
            self.rounded(&panel.area, 10.0, &fill, &line, &PLAIN);
        }
        for rule in &scene.rules {
            let colour = match rule.tone {
                Some(tone) => self.palette.strong(tone),
                None => self.palette.border(),
            };
            self.rounded(&rule.area, 0.0, &solid(&colour), "<a:ln><a:noFill/></a:ln>", &PLAIN);
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
            self.symbol(symbol, &self.palette.ink(symbol.ink, Emphasis::Normal));
        }
        self.title_and_texts(scene, title);
        for entry in &scene.legend {
            self.legend(entry);
        }
    }

    /// The texts that belong to no card; the one that is the title stands in the slide's own place for a title.
    fn title_and_texts(&mut self, scene: &Scene, title: &str) {
        let is_title = |text: &&Text| text.style == TextStyle::Title;
        let shown = scene.texts.iter().find(is_title);
        match shown {
            Some(text) => self.text(text, "<p:ph type=\"title\"/>"),
            // A slide without one cannot be found in a list of slides: it stands above the slide.
            None => {
                let id = self.id();
                let frame = format!(
                    "<a:off x=\"0\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/>",
                    emu(-40.0),
                    emu(self.size.0),
                    emu(32.0)
                );
                self.push(&format!(
                    "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>{frame}</a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"{}\" sz=\"1400\"/><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>",
                    self.language,
                    text(title)
                ));
            }
        }
        for text in &scene.texts {
            if shown.is_none_or(|shown| !std::ptr::eq(shown, text)) {
                self.text(text, "");
            }
        }
    }

    pub(super) fn at(&self, (x, y): Point) -> Point {
        (self.origin.0 + x * self.scale, self.origin.1 + y * self.scale)
    }

    /// Off and ext of an area of the scene.
    pub(super) fn frame(&self, area: &Area) -> String {
        let (x, y) = self.at((area.x, area.y));
        format!(
            "<a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/>",
            emu(x),
            emu(y),
            emu(area.w.max(0.0) * self.scale),
            emu(area.h.max(0.0) * self.scale)
        )
    }

    pub(super) fn line(&self, width: f64, colour: &Colour) -> String {
        format!(
            "<a:ln w=\"{}\">{}</a:ln>",
            emu(width * self.scale).max(1),
            solid(colour)
        )
    }

    /// What names a shape, and whether it is decoration.
    pub(super) fn named(id: u32, named: &Named<'_>, word: &str) -> String {
        let name = if named.name.is_empty() {
            format!("{word} {id}")
        } else {
            text(named.name)
        };
        match named.words {
            "" => format!("<p:cNvPr id=\"{id}\" name=\"{name}\">{DECORATIVE}</p:cNvPr>"),
            words => format!("<p:cNvPr id=\"{id}\" name=\"{name}\" descr=\"{}\"/>", text(words)),
        }
    }

    /// A rectangle with round corners of that radius in px of the scene.
    pub(super) fn rounded(&mut self, area: &Area, radius: f64, fill: &str, line: &str, who: &Named<'_>) {
        let id = self.id();
        let geometry = if radius > 0.0 {
            let share = (radius / area.w.min(area.h).max(0.01) * 100_000.0)
                .min(50_000.0)
                .round();
            format!(
                "<a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val {share}\"/></a:avLst></a:prstGeom>"
            )
        } else {
            "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>".to_owned()
        };
        let xml = format!(
            "<p:sp><p:nvSpPr>{}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>{geometry}{fill}{line}</p:spPr></p:sp>",
            Self::named(id, who, "Area"),
            self.frame(area),
        );
        self.push(&xml);
    }

    /// A shape of a path, whose points are in units of `across` by `down` over the area.
    pub fn freeform(&mut self, area: &Area, (across, down): (i64, i64), path: &str, paint: &str) {
        let id = self.id();
        let xml = format!(
            "<p:sp><p:nvSpPr>{}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst><a:path w=\"{across}\" h=\"{down}\">{path}</a:path></a:pathLst></a:custGeom>{paint}</p:spPr></p:sp>",
            Self::named(id, &PLAIN, "Sign"),
            self.frame(area),
        );
        self.push(&xml);
    }

    pub(super) fn symbol(&mut self, symbol: &Symbol, colour: &Colour) {
        let area = Area {
            x: symbol.x,
            y: symbol.y,
            w: symbol.size,
            h: symbol.size,
        };
        let paint = format!("{}<a:ln><a:noFill/></a:ln>", solid(colour));
        self.freeform(&area, (icon::SIDE, icon::SIDE), &icon::path(symbol.icon), &paint);
    }

    /// A text of its own, as one paragraph, so that it can be edited; it may be the title of the slide.
    pub(super) fn text(&mut self, words: &Text, place: &str) {
        let Some(area) = area_of(words) else { return };
        let id = self.id();
        let (locks, name, boxed) = match place {
            "" => ("", "Text", " txBox=\"1\""),
            _ => ("<a:spLocks noGrp=\"1\"/>", "Title", ""),
        };
        let xml = format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name} {id}\"/><p:cNvSpPr{boxed}>{locks}</p:cNvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"{}\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:noAutofit/></a:bodyPr><a:lstStyle/>{}</p:txBody></p:sp>",
            self.frame(&area),
            if words.lines.len() == 1 { "none" } else { "square" },
            self.paragraph(words, Emphasis::Normal, (0.0, 0.0)),
        );
        self.push(&xml);
    }

    /// A text as a paragraph: `indent` px of the scene before it, and px above it.
    fn paragraph(&self, words: &Text, emphasis: Emphasis, place: Point) -> String {
        self.paragraph_of(&words_of(words), words, emphasis, place)
    }

    /// The same with the words in whole, where they are known.
    fn paragraph_of(&self, whole: &str, words: &Text, emphasis: Emphasis, (indent, above): Point) -> String {
        let points = |px: f64| (px * 0.75 * self.scale * 100.0).round() as i64;
        let style = words.style;
        let size = points(style.size()).clamp(100, 400_000);
        let bold = if style.weight() == Weight::Bold { " b=\"1\"" } else { "" };
        let direction = match words.direction {
            TextDirection::LeftToRight => "algn=\"l\"",
            TextDirection::RightToLeft => "algn=\"r\" rtl=\"1\"",
        };
        let margin = match words.direction {
            TextDirection::LeftToRight => format!(" marL=\"{}\"", emu(indent * self.scale)),
            TextDirection::RightToLeft => format!(" marR=\"{}\"", emu(indent * self.scale)),
        };
        format!(
            "<a:p><a:pPr{margin} indent=\"0\" {direction}><a:lnSpc><a:spcPts val=\"{}\"/></a:lnSpc><a:spcBef><a:spcPts val=\"{}\"/></a:spcBef><a:buNone/></a:pPr><a:r><a:rPr lang=\"{}\" sz=\"{size}\"{bold}>{}</a:rPr><a:t>{}</a:t></a:r></a:p>",
            points(style.leading()),
            points(above.max(0.0)),
            self.language,
            solid(&self.palette.ink(words.ink, emphasis)),
            text(whole),
        )
    }

    fn card(&mut self, card: &Card, id: u32, ports: &[Point]) {
        let area = card.area();
        let group = self.id();
        let title = self.title_of(card);
        let frame = self.frame(&area);
        let inner = frame.replace("<a:off", "<a:chOff").replace("<a:ext ", "<a:chExt ");
        self.push(&format!(
            "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"{group}\" name=\"{}\" descr=\"{}\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{frame}{inner}</a:xfrm></p:grpSpPr>",
            text(&card.id),
            text(&self.described(card)),
        ));
        self.plate(card, &area, id, ports, &title);
        self.strip(card, &area);
        if card.outline == Outline::Double {
            let inset = Area {
                x: area.x + STRIP + 3.0,
                y: area.y + 3.0,
                w: area.w - STRIP - 6.0,
                h: area.h - 6.0,
            };
            let line = format!(
                "<a:ln w=\"{}\">{}<a:prstDash val=\"dash\"/></a:ln>",
                emu(self.scale),
                solid(&self.palette.outline(card.tone, card.emphasis))
            );
            self.rounded(&inset, 3.0, "<a:noFill/>", &line, &PLAIN);
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
        self.symbol(&picture, &self.palette.on_strip(card.tone, card.emphasis));
        for symbol in &card.symbols {
            self.symbol(symbol, &self.palette.ink(symbol.ink, card.emphasis));
        }
        for badge in &card.badges {
            self.badge(badge, card.emphasis);
        }
        self.push("</p:grpSp>");
    }

    /// The shape of a card: it holds its words, and routes are glued to it.
    fn plate(&mut self, card: &Card, area: &Area, id: u32, ports: &[Point], title: &str) {
        let (w, h) = (emu(area.w * self.scale), emu(area.h * self.scale));
        let r = emu(CORNER * self.scale).min(w / 2).min(h / 2);
        // Four sites where everybody looks for them, then one for every place where a route meets the card.
        let mut sites = String::new();
        for (angle, x, y) in [
            (16_200_000, w / 2, 0),
            (10_800_000, 0, h / 2),
            (5_400_000, w / 2, h),
            (0, w, h / 2),
        ] {
            sites.push_str(&format!("<a:cxn ang=\"{angle}\"><a:pos x=\"{x}\" y=\"{y}\"/></a:cxn>"));
        }
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
            sites.push_str(&format!(
                "<a:cxn ang=\"{angle}\"><a:pos x=\"{}\" y=\"{}\"/></a:cxn>",
                x.clamp(0, w),
                y.clamp(0, h)
            ));
        }
        let corner = |start: i64| format!("<a:arcTo wR=\"{r}\" hR=\"{r}\" stAng=\"{start}\" swAng=\"5400000\"/>");
        let to = |x: i64, y: i64| format!("<a:lnTo><a:pt x=\"{x}\" y=\"{y}\"/></a:lnTo>");
        let path = format!(
            "<a:moveTo><a:pt x=\"0\" y=\"{r}\"/></a:moveTo>{}{}{}{}{}{}{}<a:close/>",
            corner(10_800_000),
            to(w - r, 0),
            corner(16_200_000),
            to(w, h - r),
            corner(0),
            to(r, h),
            corner(5_400_000),
        );
        let line = match card.emphasis {
            Emphasis::Focus => self.line(2.5, &self.palette.strong(card.tone)),
            _ => self.line(1.0, &self.palette.outline(card.tone, card.emphasis)),
        };
        let xml = format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst>{sites}</a:cxnLst><a:rect l=\"l\" t=\"t\" r=\"r\" b=\"b\"/><a:pathLst><a:path w=\"{w}\" h=\"{h}\">{path}</a:path></a:pathLst></a:custGeom>{}{line}</p:spPr>{}</p:sp>",
            text(title),
            self.frame(area),
            solid(&self.palette.plate(card.tone, card.emphasis)),
            self.words(card, area),
        );
        self.push(&xml);
    }

    /// The words of a card: a paragraph each, where the picture has them.
    fn words(&self, card: &Card, area: &Area) -> String {
        let mut paragraphs = String::new();
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
            paragraphs.push_str(&self.paragraph_of(&whole, words, card.emphasis, (indent.max(0.0), above)));
            bottom = Some(place.y + place.h);
        }
        if paragraphs.is_empty() {
            paragraphs.push_str("<a:p/>");
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
        format!(
            "<p:txBody><a:bodyPr wrap=\"square\" lIns=\"{}\" tIns=\"{}\" rIns=\"{}\" bIns=\"0\" anchor=\"t\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody>",
            emu((left - area.x) * self.scale),
            emu((top - area.y).max(0.0) * self.scale),
            emu(right * self.scale),
        )
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
        let path = format!(
            "<a:moveTo><a:pt x=\"{w}\" y=\"0\"/></a:moveTo><a:lnTo><a:pt x=\"{w}\" y=\"{h}\"/></a:lnTo><a:lnTo><a:pt x=\"{r}\" y=\"{h}\"/></a:lnTo><a:arcTo wR=\"{r}\" hR=\"{r}\" stAng=\"5400000\" swAng=\"5400000\"/><a:lnTo><a:pt x=\"0\" y=\"{r}\"/></a:lnTo><a:arcTo wR=\"{r}\" hR=\"{r}\" stAng=\"10800000\" swAng=\"5400000\"/><a:close/>"
        );
        let line = match self.texture {
            Texture::Patterned => self.line(1.0, &self.palette.strong(card.tone)),
            Texture::Plain => "<a:ln><a:noFill/></a:ln>".to_owned(),
        };
        let paint = format!("{}{line}", self.palette.strip(card.tone, card.emphasis));
        self.freeform(&strip, (w, h), &path, &paint);
    }

    pub(super) fn disc(&mut self, symbol: &Symbol) {
        let area = Area {
            x: symbol.x - 2.0,
            y: symbol.y - 2.0,
            w: symbol.size + 4.0,
            h: symbol.size + 4.0,
        };
        let fill = solid(&self.palette.page());
        self.rounded(&area, area.w / 2.0, &fill, "<a:ln><a:noFill/></a:ln>", &PLAIN);
    }

    fn badge(&mut self, badge: &Badge, emphasis: Emphasis) {
        let (fill, line) = self.palette.badge(badge.style, emphasis);
        let id = self.id();
        let inset = badge.text.lines.first().map_or(0.0, |line| match badge.text.direction {
            TextDirection::LeftToRight => line.x - badge.area.x,
            TextDirection::RightToLeft => line.x - line.width - badge.area.x,
        });
        let xml = format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Badge {id}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm><a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val 50000\"/></a:avLst></a:prstGeom>{}{}</p:spPr><p:txBody><a:bodyPr wrap=\"none\" lIns=\"{}\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"><a:noAutofit/></a:bodyPr><a:lstStyle/>{}</p:txBody></p:sp>",
            self.frame(&badge.area),
            solid(&fill),
            self.line(1.0, &line),
            emu(inset * self.scale),
            self.paragraph(&badge.text, emphasis, (0.0, 0.0)),
        );
        self.push(&xml);
        for symbol in &badge.symbols {
            self.symbol(symbol, &self.palette.ink(symbol.ink, emphasis));
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
