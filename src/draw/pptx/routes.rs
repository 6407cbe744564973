//! Routes as glued connectors, and what explains them.

use std::collections::BTreeMap;

use crate::scene::{
    Area, Dash, Emphasis, Head, Ink, LegendEntry, Outline, Point, Route, Sample, Scene, Stroke, Symbol, theme::Texture,
};

use crate::xml::{Element, el};

use super::connector::connector;
use super::drawing::{adjust, dash, decoration, free, line, looks, named, no_fill, no_line, placed, preset, shape};
use super::shapes::{Canvas, Ports};

impl Canvas {
    pub(super) fn route<'s>(
        &mut self,
        scene: &'s Scene,
        route: &'s Route,
        ids: &BTreeMap<&str, u32>,
        ports: &mut BTreeMap<&'s str, Ports>,
    ) {
        let (Some(from), Some(to)) = (ids.get(route.from.as_str()), ids.get(route.to.as_str())) else {
            return;
        };
        let Some(form) = connector(route, &scene.cards) else {
            return;
        };
        let mut site = |card: &'s str, port: Point| {
            let known = ports.entry(card).or_default();
            let same = |other: &Point| (other.0 - port.0).abs() < 0.01 && (other.1 - port.1).abs() < 0.01;
            let at = known.iter().position(same).unwrap_or_else(|| {
                known.push(port);
                known.len() - 1
            });
            // After the four sites that every card has.
            at + 4
        };
        let (first, last) = (route.bezier[0], route.bezier[route.bezier.len() - 1]);
        let (begin, end) = (site(&route.from, first), site(&route.to, last));
        let id = self.id();
        let adjusted = form
            .adjust
            .iter()
            .enumerate()
            .map(|(i, value)| adjust(&format!("adj{}", i + 1), value));
        let verb = match (route.head, route.stroke) {
            (_, Stroke::Adverse) => "works against",
            (_, Stroke::Back) => "feeds back to",
            _ => "helps to bring about",
        };
        let mut words = format!(
            "{} {verb} {}.",
            self.title_by_id(&route.from),
            self.title_by_id(&route.to)
        );
        if !route.tooltip.is_empty() {
            words.push_str(&format!(" {}", route.tooltip));
        }
        let glued = |name: &'static str, card: &u32, site: usize| el(name).set("id", *card).set("idx", site);
        let about = el("p:nvCxnSpPr")
            .add(named(id, &format!("{} to {}", route.from, route.to)).set("descr", words))
            .add(
                el("p:cNvCxnSpPr")
                    .add(glued("a:stCxn", from, begin))
                    .add(glued("a:endCxn", to, end)),
            )
            .add(el("p:nvPr"));
        let size = (form.size.0 * self.scale, form.size.1 * self.scale);
        let frame = el("a:xfrm")
            .set("rot", form.turned.then_some("5400000"))
            .set("flipH", form.flipped.0.then_some("1"))
            .set("flipV", form.flipped.1.then_some("1"))
            .add(placed(self.at(form.corner), size));
        let looks = el("p:spPr")
            .add(frame)
            .add(preset(form.shape, adjusted))
            .add(self.stroke(route));
        self.push(el("p:cxnSp").add(about).add(looks));
    }

    fn stroke(&self, route: &Route) -> Element {
        let kind = match route.dash {
            Dash::Solid => "solid",
            Dash::Long => "dash",
            Dash::Short => "sysDash",
            Dash::Dotted => "sysDot",
            Dash::DashDot => "dashDot",
        };
        let head = match route.head {
            Head::Arrow => Some(("triangle", "med")),
            Head::Open => Some(("arrow", "med")),
            Head::Bar => Some(("oval", "sm")),
            Head::None => None,
        };
        let head = head.map(|(kind, size)| el("a:tailEnd").set("type", kind).set("w", size).set("len", size));
        line(
            route.weight * self.scale,
            self.palette.route(route.stroke, route.emphasis),
        )
        .add(dash(kind))
        .add(el("a:round"))
        .add(head)
    }

    pub(super) fn legend(&mut self, entry: &LegendEntry) {
        match &entry.sample {
            Sample::Card { tone, icon, outline } => {
                let fill = self.palette.strip(*tone, Emphasis::Normal);
                self.rounded(&entry.area, 3.0, [fill, no_line()]);
                if *outline == Outline::Double {
                    let around = Area {
                        x: entry.area.x - 2.5,
                        y: entry.area.y - 2.5,
                        w: entry.area.w + 5.0,
                        h: entry.area.h + 5.0,
                    };
                    let dashed = line(self.scale, self.palette.strong(*tone)).add(dash("dash"));
                    self.rounded(&around, 5.0, [no_fill(), dashed]);
                }
                let sample = Symbol {
                    icon: *icon,
                    x: entry.area.x + (entry.area.w - 11.0) / 2.0,
                    y: entry.area.y + (entry.area.h - 11.0) / 2.0,
                    size: 11.0,
                    ink: Ink::Text,
                };
                if self.texture == Texture::Patterned {
                    self.disc(&sample);
                }
                self.symbol(&sample, self.palette.on_strip(*tone, Emphasis::Normal));
            }
            Sample::Symbol(symbol) => self.symbol(symbol, self.palette.ink(symbol.ink, Emphasis::Normal)),
            // A plain line, for it is glued to nothing.
            Sample::Route(route) => {
                let ends = (route.bezier.first(), route.bezier.last());
                if let (Some(&(x, y)), Some(&(to, _))) = ends {
                    let area = Area {
                        x,
                        y,
                        w: to - x,
                        h: 0.0,
                    };
                    let id = self.id();
                    let looks = looks(self.frame(&area), [preset("line", []), self.stroke(route)]);
                    self.push(shape(decoration(id, "Sample"), free(), None, looks, None));
                }
            }
        }
        self.text(&entry.text);
    }
}
