//! A scene as SVG, PNG, PDF and PowerPoint slides, and its geometry as JSON.
//!
//! ```text
//!  Scene ─┬▶ svg ─┬▶ the text, for the web and for documents
//!         │       ├▶ raster ─▶ PNG          ─┐ of the SVG, so that every format has the same picture
//!         │       └▶ pdf, a page or several  ─┘ (docs/decisions/0141-pictures-go-through-svg.md)
//!         ├▶ pptx: shapes with connectors that stay glued when people move them
//!         └▶ scene_json: boxes and lines as numbers, for whoever draws them in another way
//! ```
//!
//! In goes a [`Scene`] and a [`Theme`], out comes text. Nothing is measured, moved or left out here. The same scene
//! gives the same bytes. Every look is a class of its own in one style sheet, each selector a single class, because
//! office programs read no other; text stays text; numbers have two decimals at most.

mod chart;
#[cfg(feature = "documents")]
mod error;
#[cfg(feature = "documents")]
mod fonts;
mod graph;
mod head;
mod icon;
mod json;
mod number;
#[cfg(feature = "documents")]
pub mod pdf;
mod pieces;
#[cfg(feature = "documents")]
pub mod pptx;
#[cfg(feature = "documents")]
mod raster;
mod style;

use std::collections::BTreeSet;

use crate::scene::theme::{Texture, Theme};
use crate::scene::{
    self, Area, Badge, Card, Emphasis, Head, Icon, LegendEntry, Outline, Panel, PanelKind, Point, Route, STRIP, Sample,
    Scene, Text, TextDirection, Tone,
};
use crate::xml::{Element, el};

#[cfg(feature = "documents")]
pub use error::Error;
#[cfg(feature = "documents")]
pub use fonts::{EMOJI, Face, Fonts, MOST_LETTERS};
pub use graph::{DATA_SHEET, DayMarks, Graph, Series, SeriesKind};
pub use json::scene_json;
pub use pieces::{CardPiece, Pieces, RoutePiece, pieces};
#[cfg(feature = "documents")]
pub use raster::{MOST_LINES, Resolution, png};

use number::{Hundredths, decimal, path};

/// What a line of text says of its direction where it runs from right to left.
const RIGHT_TO_LEFT: &str = "rtl";

/// Radius of the corners of a card, in px.
const CORNER: f64 = 6.0;

/// The picture as an SVG document, with a final newline.
///
/// It is one image to a reader who does not see it, with a title and a description; each card is a group whose id
/// is `node-` and the card's id, with that id as `data-id`; each line and its head have the ids of their ends as `data-from`
/// and `data-to`.
pub fn svg(scene: &Scene, theme: &Theme) -> String {
    let mut out = picture(scene, theme, "").to_svg();
    out.push('\n');
    out
}

/// The picture that [`svg`](svg()) writes, as an element for a page. Every id in it and every reference to one begins with `prefix`, so
/// that several pictures can be on one page. `prefix` must be letters, digits and hyphens.
pub fn picture(scene: &Scene, theme: &Theme, prefix: &str) -> Element {
    let look = Look { theme, prefix };
    let (w, h) = (decimal(scene.width), decimal(scene.height));
    let size = match scene.paper {
        Some((across, down)) => (format!("{}mm", decimal(across)), format!("{}mm", decimal(down))),
        None => (w.clone(), h.clone()),
    };
    let (title, description) = (look.id("map-title"), look.id("map-description"));
    let mut root = el("svg")
        .set("xmlns", "http://www.w3.org/2000/svg")
        .set("xmlns:xlink", "http://www.w3.org/1999/xlink")
        .set("viewBox", format!("0 0 {w} {h}"))
        .set("width", size.0)
        .set("height", size.1)
        .set("role", "img")
        .set("lang", &scene.language)
        .set("xml:lang", &scene.language)
        .set("aria-labelledby", format!("{title} {description}"))
        .add(el("title").set("id", title).add(&scene.title))
        .add(el("desc").set("id", description).add(&scene.description))
        .add(el("style").add(format!("\n{}\n", style::sheet(scene, &look))))
        .add(definitions(scene, &look))
        .add(ground(scene))
        .add(chart::shapes(scene))
        .add(routes(scene))
        .add_all(scene.cards.iter().map(|card| self::card(card, &look)));
    over(&mut root, scene, &look);
    root
}

/// The style sheet that the picture has in this look, without the picture.
pub fn style_sheet(scene: &Scene, theme: &Theme) -> String {
    style::sheet(scene, &Look { theme, prefix: "" })
}

/// What the pieces of a picture have in common.
#[derive(Clone, Copy)]
struct Look<'p> {
    theme: &'p Theme,
    /// What every id begins with.
    prefix: &'p str,
}

impl Look<'_> {
    /// The id that something is known by in this picture.
    fn id(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }
}

/// The icons and patterns that the picture uses.
fn definitions(scene: &Scene, look: &Look<'_>) -> Element {
    let icons = icons(scene).into_iter().map(|icon| {
        el("symbol")
            .set("id", look.id(icon::name(icon)))
            .set("viewBox", "0 0 16 16")
            .add(el("path").set("d", icon::data(icon)))
    });
    let patterns = match look.theme.texture {
        Texture::Patterned => style::tones(scene),
        Texture::Plain => BTreeSet::new(),
    };
    el("defs")
        .add_all(icons)
        .add_all(patterns.into_iter().map(|tone| pattern(tone, look)))
}

/// What lies under everything: the page, the areas and the rules.
fn ground(scene: &Scene) -> Vec<Element> {
    let page = el("rect")
        .set("class", "page")
        .set("width", decimal(scene.width))
        .set("height", decimal(scene.height));
    let panels = scene.panels.iter().map(panel);
    let rules = scene.rules.iter().map(|rule| rectangle(&rule.area, &style::rule(rule)));
    std::iter::once(page).chain(panels).chain(rules).collect()
}

/// What lies over everything: symbols and texts that belong to no card, and the legend.
fn over(parent: &mut Element, scene: &Scene, look: &Look<'_>) {
    for symbol in &scene.symbols {
        parent.push(self::symbol(symbol, (0.0, 0.0), style::ink(symbol.ink), look));
    }
    for text in &scene.texts {
        parent.push(self::text(text, (0.0, 0.0), &style::text(text), look));
    }
    for entry in &scene.legend {
        parent.push(legend_entry(entry, look));
    }
}

/// Every icon that occurs, in their own order.
fn icons(scene: &Scene) -> BTreeSet<Icon> {
    let mut out = BTreeSet::new();
    out.extend(scene.symbols.iter().map(|s| s.icon));
    for card in &scene.cards {
        out.insert(card.icon);
        out.extend(card.symbols.iter().map(|s| s.icon));
        out.extend(card.badges.iter().flat_map(|b| &b.symbols).map(|s| s.icon));
    }
    for entry in &scene.legend {
        match &entry.sample {
            Sample::Card { icon, .. } => drop(out.insert(*icon)),
            Sample::Symbol(symbol) => drop(out.insert(symbol.icon)),
            Sample::Route(_) => {}
        }
    }
    out
}

fn rectangle(area: &Area, class: &str) -> Element {
    el("rect")
        .set("class", class)
        .set("x", decimal(area.x))
        .set("y", decimal(area.y))
        .set("width", decimal(area.w))
        .set("height", decimal(area.h))
}

fn panel(panel: &Panel) -> Element {
    let class = match panel.kind {
        PanelKind::Stage => "panel",
        PanelKind::Band => "band",
    };
    rectangle(&panel.area, class).set("rx", 10)
}

fn symbol(symbol: &scene::Symbol, origin: Point, class: String, look: &Look<'_>) -> Element {
    el("use")
        .set("class", class)
        .set("xlink:href", format!("#{}", look.id(icon::name(symbol.icon))))
        .set("x", decimal(symbol.x - origin.0))
        .set("y", decimal(symbol.y - origin.1))
        .set("width", decimal(symbol.size))
        .set("height", decimal(symbol.size))
}

/// One element a line where the text runs from right to left, for browsers order the words of one element as a whole;
/// else one element, so that the text can be marked and copied as one. In a typeface of a house, lines are as long as they were measured to be, so
/// that none leaves its box.
fn text(text: &Text, origin: Point, class: &str, look: &Look<'_>) -> Vec<Element> {
    let is_own = !look.theme.typeface.is_empty();
    let at = |element: Element, line: &scene::Line| {
        element
            .set("x", decimal(line.x - origin.0))
            .set("y", decimal(line.y - origin.1))
            .set("textLength", is_own.then(|| decimal(line.width)))
            .set("lengthAdjust", is_own.then_some("spacingAndGlyphs"))
            .add(&line.text)
    };
    let start = || el("text").set("class", class);
    match (text.direction, text.lines.as_slice()) {
        (TextDirection::RightToLeft, lines) => lines
            .iter()
            .map(|line| at(start().set("direction", RIGHT_TO_LEFT), line))
            .collect(),
        (TextDirection::LeftToRight, []) => Vec::new(),
        (TextDirection::LeftToRight, [line]) => vec![at(start(), line)],
        (TextDirection::LeftToRight, lines) => {
            vec![start().add_all(lines.iter().map(|line| at(el("tspan"), line)))]
        }
    }
}

fn card(card: &Card, look: &Look<'_>) -> Element {
    let area = card.area();
    let group = el("g")
        .set("id", look.id(&format!("node-{}", card.id)))
        .set("data-id", &card.id)
        .set(
            "transform",
            format!("translate({} {})", decimal(area.x), decimal(area.y)),
        );
    card_in(group, card, look)
}

/// What a card shows, drawn from its upper left corner.
fn card_in(mut group: Element, card: &Card, look: &Look<'_>) -> Element {
    let area = card.area();
    let origin = (area.x, area.y);
    let looks = style::card(card);
    group.push(tooltip(&card.tooltip));
    if card.emphasis == Emphasis::Focus {
        group.push(plate(-4.0, area.w, area.h, CORNER + 4.0).set("class", looks.ring));
    }
    group.push(plate(0.0, area.w, area.h, CORNER).set("class", looks.plate));
    group.push(el("path").set("class", looks.strip).set("d", strip(area.h)));
    if card.outline == Outline::Double {
        let inner = Area {
            x: STRIP + 3.0,
            y: 3.0,
            w: area.w - STRIP - 6.0,
            h: area.h - 6.0,
        };
        group.push(rectangle(&inner, &looks.inner).set("rx", 3));
    }
    let picture = scene::Symbol {
        icon: card.icon,
        x: (STRIP - 16.0) / 2.0,
        y: ((area.h - 16.0) / 2.0).min(14.0),
        size: 16.0,
        ink: scene::Ink::Text,
    };
    if look.theme.texture == Texture::Patterned && card.emphasis != Emphasis::Faded {
        group.push(disc(&picture));
    }
    group.push(symbol(&picture, (0.0, 0.0), looks.icon, look));
    for s in &card.symbols {
        group.push(symbol(s, origin, style::ink_on(card, s.ink), look));
    }
    for words in &card.texts {
        group.push(text(words, origin, &style::text_on(card, words), look));
    }
    for b in &card.badges {
        badge(&mut group, card, b, look);
    }
    group
}

/// What is shown where a pointer rests; nothing for no words.
fn tooltip(words: &str) -> Option<Element> {
    (!words.is_empty()).then(|| el("title").add(words))
}

/// The ground that a symbol stands on where the strip behind it has a pattern.
fn disc(symbol: &scene::Symbol) -> Element {
    let half = symbol.size / 2.0;
    el("circle")
        .set("class", "disc")
        .set("cx", decimal(symbol.x + half))
        .set("cy", decimal(symbol.y + half))
        .set("r", decimal(half + 2.0))
}

/// Lines and dots that tell the tones apart in black and white.
fn pattern(tone: Tone, look: &Look<'_>) -> Element {
    let (size, d) = match tone {
        Tone::First => (6, "M0 3h6"),
        Tone::Second => (6, "M-1 7L7-1M-1 1L1-1M5 7L7 5"),
        Tone::Third => (6, "M2 3h2M5 0h2M-1 0h2M5 6h2M-1 6h2"),
        Tone::Fourth => (6, "M0 3h6M3 0v6"),
        Tone::Fifth => (2, "M0 1h2M1 0v2"),
        Tone::Adverse => (4, "M-1-1L5 5M-1 3L1 5M3-1L5 1"),
    };
    el("pattern")
        .set("id", look.id(&style::pattern_id(tone)))
        .set("width", size)
        .set("height", size)
        .set("patternUnits", "userSpaceOnUse")
        .add(
            el("rect")
                .set("width", size)
                .set("height", size)
                .set("fill", look.theme.page),
        )
        .add(
            el("path")
                .set("d", d)
                .set("stroke", look.theme.shade(tone).strong)
                .set("stroke-width", if tone == Tone::Third { "2" } else { "1.2" }),
        )
}

fn plate(inset: f64, w: f64, h: f64, radius: f64) -> Element {
    let at = (inset != 0.0).then(|| decimal(inset));
    el("rect")
        .set("width", decimal(w - 2.0 * inset))
        .set("height", decimal(h - 2.0 * inset))
        .set("rx", decimal(radius))
        .set("x", at.clone())
        .set("y", at)
}

/// The left end of a card, rounded as the card is.
fn strip(h: f64) -> String {
    let (r, w) = (decimal(CORNER), decimal(STRIP));
    let straight = decimal(h - 2.0 * CORNER);
    format!(
        "M{w} 0v{}H{r}a{r} {r} 0 0 1-{r}-{r}v-{straight}a{r} {r} 0 0 1 {r}-{r}z",
        decimal(h)
    )
}

fn badge(group: &mut Element, card: &Card, badge: &Badge, look: &Look<'_>) {
    let area = card.area();
    let origin = (area.x, area.y);
    let area = Area {
        x: badge.area.x - origin.0,
        y: badge.area.y - origin.1,
        ..badge.area
    };
    group.push(rectangle(&area, &style::badge(card, badge.style)).set("rx", decimal(area.h / 2.0)));
    for s in &badge.symbols {
        group.push(symbol(s, origin, style::ink_on(card, s.ink), look));
    }
    group.push(text(&badge.text, origin, &style::text_on(card, &badge.text), look));
}

/// Routes with their looks in the order they are painted, what is set back underneath.
fn in_layers(scene: &Scene) -> Vec<(String, usize)> {
    let mut order: Vec<(String, usize)> = scene
        .routes
        .iter()
        .enumerate()
        .map(|(i, route)| (style::route(route), i))
        .collect();
    let layer = |route: &Route| (route.emphasis != Emphasis::Faded, route.stroke);
    order.sort_by(|a, b| (layer(&scene.routes[a.1]), &a.0, a.1).cmp(&(layer(&scene.routes[b.1]), &b.0, b.1)));
    order
}

/// Routes of one look in one group.
fn routes(scene: &Scene) -> Vec<Element> {
    in_layers(scene)
        .chunk_by(|a, b| a.0 == b.0)
        .map(|chunk| {
            el("g")
                .set("class", &chunk[0].0)
                .add_all(chunk.iter().map(|(_, i)| route(&scene.routes[*i])))
        })
        .collect()
}

/// A line and its head.
fn route(route: &Route) -> Vec<Element> {
    let Some(shape) = head::shape(route) else {
        return Vec::new();
    };
    // A sample in the legend leads from nowhere.
    let ends = (!route.from.is_empty()).then_some((&route.from, &route.to));
    let path = || {
        el("path")
            .set("data-from", ends.map(|(from, _)| from))
            .set("data-to", ends.map(|(_, to)| to))
    };
    let line = path().set("d", shape.line).add(tooltip(&route.tooltip));
    let head = shape.head.map(|d| path().set("class", style::head(route)).set("d", d));
    std::iter::once(line).chain(head).collect()
}

fn legend_entry(entry: &LegendEntry, look: &Look<'_>) -> Element {
    let mut group = el("g");
    match &entry.sample {
        Sample::Card { tone, icon, outline } => {
            let area = &entry.area;
            let sample = scene::Symbol {
                icon: *icon,
                x: area.x + (area.w - 11.0) / 2.0,
                y: area.y + (area.h - 11.0) / 2.0,
                size: 11.0,
                ink: scene::Ink::Text,
            };
            group.push(rectangle(area, &style::strip(*tone)).set("rx", 3));
            if *outline == Outline::Double {
                let around = Area {
                    x: area.x - 2.5,
                    y: area.y - 2.5,
                    w: area.w + 5.0,
                    h: area.h + 5.0,
                };
                group.push(rectangle(&around, &style::inner(*tone)).set("rx", 5));
            }
            if look.theme.texture == Texture::Patterned {
                group.push(disc(&sample));
            }
            group.push(symbol(&sample, (0.0, 0.0), style::on_strip(*tone), look));
        }
        Sample::Symbol(s) => group.push(symbol(s, (0.0, 0.0), style::ink(s.ink), look)),
        Sample::Route(sample) => group.push(el("g").set("class", style::route(sample)).add(route(sample))),
    }
    group.push(text(&entry.text, (0.0, 0.0), &style::text(&entry.text), look));
    group
}

/// A path through points, for the heads of routes.
fn polyline(points: &[Point]) -> String {
    let points: Vec<(Hundredths, Hundredths)> = points
        .iter()
        .map(|&(x, y)| (Hundredths::of(x), Hundredths::of(y)))
        .collect();
    path(&points, 'l')
}

/// Whether a head is filled.
fn is_filled(head: Head) -> bool {
    head == Head::Arrow
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::theme;
    use crate::scene::{Icon, Ink, Line, Symbol, Text, TextDirection, TextStyle};

    #[test]
    fn ids_and_what_names_them_begin_alike_and_words_stay() {
        let words = "url(#map-title) id=\"map-title\" <a href=\"#x\">";
        let scene = Scene {
            title: words.to_owned(),
            symbols: vec![Symbol {
                icon: Icon::Star,
                x: 0.0,
                y: 0.0,
                size: 16.0,
                ink: Ink::Text,
            }],
            texts: vec![Text {
                style: TextStyle::Card,
                ink: Ink::Text,
                direction: TextDirection::LeftToRight,
                lines: vec![Line {
                    x: 0.0,
                    y: 0.0,
                    width: 1.0,
                    text: words.to_owned(),
                }],
            }],
            ..Scene::default()
        };
        let plain = svg(&scene, &theme::PRINT);
        let within = picture(&scene, &theme::PRINT, "a-").to_svg();
        assert!(within.contains("id=\"a-star\"") && within.contains("xlink:href=\"#a-star\""));
        assert!(within.contains("aria-labelledby=\"a-map-title a-map-description\""));
        let shown = |svg: &str| svg[svg.find("<text").unwrap()..svg.find("</text>").unwrap()].to_owned();
        assert_eq!(shown(&plain), shown(&within));
    }
}
