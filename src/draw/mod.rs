//! A scene as SVG, PNG, PDF and PowerPoint slides, and its geometry as JSON.
//!
//! In goes a [`Scene`] and a [`Theme`], out comes text. Nothing is measured, moved or left out here. The same scene
//! gives the same bytes. Every look is a class of its own in one style sheet, each selector a single class, because
//! office programs read no other; text stays text; numbers have two decimals at most.

mod chart;
#[cfg(feature = "documents")]
mod error;
#[cfg(feature = "documents")]
mod fonts;
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
mod within;

use std::collections::BTreeSet;

use svg::Document;
use svg::node::element::{
    Circle, Definitions, Description, Element, Group, Path, Pattern, Rectangle, Style, Symbol, Title, Use,
};
use svg::node::{Node, Text as Characters};

use crate::escape::markup::{legal, quiet};
use crate::scene::theme::{Texture, Theme};
use crate::scene::{
    self, Area, Badge, Card, Emphasis, Head, Icon, LegendEntry, Outline, Panel, PanelKind, Point, Route, STRIP, Sample,
    Scene, Text, TextDirection, Tone,
};

#[cfg(feature = "documents")]
pub use error::Error;
#[cfg(feature = "documents")]
pub use fonts::{EMOJI, Face, Fonts, MOST_LETTERS};
pub use json::scene_json;
pub use pieces::{CardPiece, Pieces, RoutePiece, pieces};
#[cfg(feature = "documents")]
pub use raster::{MOST_LINES, Resolution, png};
pub use within::svg_within;

use number::{Hundredths, decimal, path};

/// Radius of the corners of a card, in px.
const CORNER: f64 = 6.0;

/// The picture as an SVG document, with a final newline.
///
/// It is one image to a reader who does not see it, with a title and a description; each card is a group whose id
/// is `node-` and the card's id, with that id as `data-id`; each line and its head have the ids of their ends as `data-from`
/// and `data-to`.
pub fn svg(scene: &Scene, theme: &Theme) -> String {
    let (w, h) = (decimal(scene.width), decimal(scene.height));
    let size = match scene.paper {
        Some((across, down)) => (format!("{}mm", decimal(across)), format!("{}mm", decimal(down))),
        None => (w.clone(), h.clone()),
    };
    let mut document = Document::new()
        .set("xmlns:xlink", "http://www.w3.org/1999/xlink")
        .set("viewBox", format!("0 0 {w} {h}"))
        .set("width", size.0)
        .set("height", size.1)
        .set("role", "img")
        .set("lang", scene.language.as_str())
        .set("xml:lang", scene.language.as_str())
        .set("aria-labelledby", "map-title map-description")
        .add(Title::new(legal(&scene.title)).set("id", "map-title"))
        .add(
            Description::new()
                .set("id", "map-description")
                .add(Characters::new(legal(&scene.description))),
        )
        .add(Style::new(style::sheet(scene, theme)));
    document = add_all(document.add(definitions(scene, theme)), ground(scene));
    for group in chart::shapes(scene) {
        document = document.add(group);
    }
    for group in routes(scene) {
        document = document.add(group);
    }
    for card in &scene.cards {
        document = document.add(self::card(card, theme.texture));
    }
    document = over(document, scene, theme);
    let mut out = quiet(document.to_string());
    out.push('\n');
    out
}

/// The style sheet that the picture has in this look, without the picture.
pub fn style_sheet(scene: &Scene, theme: &Theme) -> String {
    style::sheet(scene, theme)
}

/// The icons and patterns that the picture uses.
fn definitions(scene: &Scene, theme: &Theme) -> Definitions {
    let mut definitions = Definitions::new();
    for icon in icons(scene) {
        definitions = definitions.add(
            Symbol::new()
                .set("id", icon::name(icon))
                .set("viewBox", "0 0 16 16")
                .add(Path::new().set("d", icon::data(icon))),
        );
    }
    if theme.texture == Texture::Patterned {
        for tone in style::tones(scene) {
            definitions = definitions.add(pattern(tone, theme));
        }
    }
    definitions
}

/// What lies under everything: the page, the areas and the rules.
fn ground(scene: &Scene) -> Vec<Rectangle> {
    let page = Rectangle::new()
        .set("class", "page")
        .set("width", decimal(scene.width))
        .set("height", decimal(scene.height));
    let panels = scene.panels.iter().map(panel);
    let rules = scene.rules.iter().map(|rule| rectangle(&rule.area, &style::rule(rule)));
    std::iter::once(page).chain(panels).chain(rules).collect()
}

fn add_all<P: Node, C: Into<Box<dyn Node>>>(mut parent: P, children: Vec<C>) -> P {
    for child in children {
        parent.append(child.into());
    }
    parent
}

/// What lies over everything: symbols and texts that belong to no card, and the legend.
fn over<P: Node>(mut parent: P, scene: &Scene, theme: &Theme) -> P {
    for symbol in &scene.symbols {
        parent.append(self::symbol(symbol, (0.0, 0.0), style::ink(symbol.ink)));
    }
    for text in &scene.texts {
        parent = add_text(parent, text, (0.0, 0.0), &style::text(text));
    }
    for entry in &scene.legend {
        parent.append(legend_entry(entry, theme.texture));
    }
    parent
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

fn rectangle(area: &Area, class: &str) -> Rectangle {
    Rectangle::new()
        .set("class", class)
        .set("x", decimal(area.x))
        .set("y", decimal(area.y))
        .set("width", decimal(area.w))
        .set("height", decimal(area.h))
}

fn panel(panel: &Panel) -> Rectangle {
    let class = match panel.kind {
        PanelKind::Stage => "panel",
        PanelKind::Band => "band",
    };
    rectangle(&panel.area, class).set("rx", 10)
}

fn symbol(symbol: &scene::Symbol, origin: Point, class: String) -> Use {
    Use::new()
        .set("class", class)
        .set("xlink:href", format!("#{}", icon::name(symbol.icon)))
        .set("x", decimal(symbol.x - origin.0))
        .set("y", decimal(symbol.y - origin.1))
        .set("width", decimal(symbol.size))
        .set("height", decimal(symbol.size))
}

/// One element a line where the text runs from right to left, for browsers order the words of one element as a whole;
/// else one element, so that the text can be marked and copied as one.
fn add_text<P: Node>(mut parent: P, text: &Text, origin: Point, class: &str) -> P {
    let at = |element: &mut Element, line: &scene::Line| {
        element.assign("x", decimal(line.x - origin.0));
        element.assign("y", decimal(line.y - origin.1));
        element.append(Characters::new(legal(&line.text)));
    };
    let start = || {
        let mut element = Element::new("text");
        element.assign("class", class);
        element
    };
    match (text.direction, text.lines.as_slice()) {
        (TextDirection::RightToLeft, lines) => {
            for line in lines {
                let mut element = start();
                element.assign("direction", "rtl");
                at(&mut element, line);
                parent.append(element);
            }
        }
        (TextDirection::LeftToRight, []) => {}
        (TextDirection::LeftToRight, [line]) => {
            let mut element = start();
            at(&mut element, line);
            parent.append(element);
        }
        (TextDirection::LeftToRight, lines) => {
            let mut element = start();
            for line in lines {
                let mut span = Element::new("tspan");
                at(&mut span, line);
                element.append(span);
            }
            parent.append(element);
        }
    }
    parent
}

fn card(card: &Card, texture: Texture) -> Group {
    let area = card.area();
    let group = Group::new()
        .set("id", format!("node-{}", card.id))
        .set("data-id", card.id.as_str())
        .set(
            "transform",
            format!("translate({} {})", decimal(area.x), decimal(area.y)),
        );
    card_in(group, card, texture)
}

/// What a card shows, drawn from its upper left corner.
fn card_in(mut group: Group, card: &Card, texture: Texture) -> Group {
    let area = card.area();
    let origin = (area.x, area.y);
    let looks = style::card(card);
    if !card.tooltip.is_empty() {
        group = group.add(Title::new(legal(&card.tooltip)));
    }
    if card.emphasis == Emphasis::Focus {
        group = group.add(plate(-4.0, area.w, area.h, CORNER + 4.0).set("class", looks.ring));
    }
    group = group
        .add(plate(0.0, area.w, area.h, CORNER).set("class", looks.plate))
        .add(Path::new().set("class", looks.strip).set("d", strip(area.h)));
    if card.outline == Outline::Double {
        let inner = Rectangle::new()
            .set("class", looks.inner)
            .set("x", decimal(STRIP + 3.0))
            .set("y", 3)
            .set("width", decimal(area.w - STRIP - 6.0))
            .set("height", decimal(area.h - 6.0))
            .set("rx", 3);
        group = group.add(inner);
    }
    let picture = scene::Symbol {
        icon: card.icon,
        x: (STRIP - 16.0) / 2.0,
        y: ((area.h - 16.0) / 2.0).min(14.0),
        size: 16.0,
        ink: scene::Ink::Text,
    };
    if texture == Texture::Patterned && card.emphasis != Emphasis::Faded {
        group = group.add(disc(&picture));
    }
    group = group.add(symbol(&picture, (0.0, 0.0), looks.icon));
    for s in &card.symbols {
        group = group.add(symbol(s, origin, style::ink_on(card, s.ink)));
    }
    for text in &card.texts {
        group = add_text(group, text, origin, &style::text_on(card, text));
    }
    for b in &card.badges {
        group = badge(group, card, b, origin);
    }
    group
}

/// The ground that a symbol stands on where the strip behind it has a pattern.
fn disc(symbol: &scene::Symbol) -> Circle {
    let half = symbol.size / 2.0;
    Circle::new()
        .set("class", "disc")
        .set("cx", decimal(symbol.x + half))
        .set("cy", decimal(symbol.y + half))
        .set("r", decimal(half + 2.0))
}

/// Lines and dots that tell the tones apart in black and white.
fn pattern(tone: Tone, theme: &Theme) -> Pattern {
    let (size, d) = match tone {
        Tone::First => (6, "M0 3h6"),
        Tone::Second => (6, "M-1 7L7-1M-1 1L1-1M5 7L7 5"),
        Tone::Third => (6, "M2 3h2M5 0h2M-1 0h2M5 6h2M-1 6h2"),
        Tone::Fourth => (6, "M0 3h6M3 0v6"),
        Tone::Fifth => (2, "M0 1h2M1 0v2"),
        Tone::Adverse => (4, "M-1-1L5 5M-1 3L1 5M3-1L5 1"),
    };
    Pattern::new()
        .set("id", style::pattern_id(tone))
        .set("width", size)
        .set("height", size)
        .set("patternUnits", "userSpaceOnUse")
        .add(
            Rectangle::new()
                .set("width", size)
                .set("height", size)
                .set("fill", theme.page),
        )
        .add(
            Path::new()
                .set("d", d)
                .set("stroke", theme.shade(tone).strong)
                .set("stroke-width", if tone == Tone::Third { "2" } else { "1.2" }),
        )
}

fn plate(inset: f64, w: f64, h: f64, radius: f64) -> Rectangle {
    let mut out = Rectangle::new()
        .set("width", decimal(w - 2.0 * inset))
        .set("height", decimal(h - 2.0 * inset))
        .set("rx", decimal(radius));
    if inset != 0.0 {
        out = out.set("x", decimal(inset)).set("y", decimal(inset));
    }
    out
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

fn badge(group: Group, card: &Card, badge: &Badge, origin: Point) -> Group {
    let area = Area {
        x: badge.area.x - origin.0,
        y: badge.area.y - origin.1,
        ..badge.area
    };
    let mut group = group.add(rectangle(&area, &style::badge(card, badge.style)).set("rx", decimal(area.h / 2.0)));
    for s in &badge.symbols {
        group = group.add(symbol(s, origin, style::ink_on(card, s.ink)));
    }
    add_text(group, &badge.text, origin, &style::text_on(card, &badge.text))
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
fn routes(scene: &Scene) -> Vec<Group> {
    let order = in_layers(scene);
    let mut groups: Vec<Group> = Vec::new();
    for chunk in order.chunk_by(|a, b| a.0 == b.0) {
        let mut group = Group::new().set("class", chunk[0].0.clone());
        for (_, i) in chunk {
            group = add_route(group, &scene.routes[*i]);
        }
        groups.push(group);
    }
    groups
}

fn add_route(group: Group, route: &Route) -> Group {
    let Some(shape) = head::shape(route) else {
        return group;
    };
    let path = || match route.from.is_empty() {
        // A sample in the legend leads from nowhere.
        true => Path::new(),
        false => Path::new()
            .set("data-from", route.from.as_str())
            .set("data-to", route.to.as_str()),
    };
    let mut line = path().set("d", shape.line);
    if !route.tooltip.is_empty() {
        line = line.add(Title::new(legal(&route.tooltip)));
    }
    let group = group.add(line);
    match shape.head {
        Some(d) => group.add(path().set("class", style::head(route)).set("d", d)),
        None => group,
    }
}

fn legend_entry(entry: &LegendEntry, texture: Texture) -> Group {
    let group = Group::new();
    let group = match &entry.sample {
        Sample::Card { tone, icon, outline } => {
            let area = &entry.area;
            let sample = scene::Symbol {
                icon: *icon,
                x: area.x + (area.w - 11.0) / 2.0,
                y: area.y + (area.h - 11.0) / 2.0,
                size: 11.0,
                ink: scene::Ink::Text,
            };
            let group = group.add(rectangle(area, &style::strip(*tone)).set("rx", 3));
            let group = match outline {
                Outline::Double => {
                    let around = Area {
                        x: area.x - 2.5,
                        y: area.y - 2.5,
                        w: area.w + 5.0,
                        h: area.h + 5.0,
                    };
                    group.add(rectangle(&around, &style::inner(*tone)).set("rx", 5))
                }
                Outline::Solid => group,
            };
            let group = match texture {
                Texture::Patterned => group.add(disc(&sample)),
                Texture::Plain => group,
            };
            group.add(symbol(&sample, (0.0, 0.0), style::on_strip(*tone)))
        }
        Sample::Symbol(s) => group.add(symbol(s, (0.0, 0.0), style::ink(s.ink))),
        Sample::Route(route) => {
            let inner = add_route(Group::new().set("class", style::route(route)), route);
            group.add(inner)
        }
    };
    add_text(group, &entry.text, (0.0, 0.0), &style::text(&entry.text))
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
