//! Routes as glued connectors, and what explains them.

use std::collections::BTreeMap;

use crate::office::{emu, text};
use crate::scene::{
    Area, Dash, Emphasis, Head, Ink, LegendEntry, Outline, Point, Route, Sample, Scene, Stroke, Symbol, theme::Texture,
};

use super::colour::solid;
use super::connector::connector;
use super::shapes::{Canvas, PLAIN, Ports};

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
        let Some(shape) = connector(route, &scene.cards) else {
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
        let adjust: String = shape
            .adjust
            .iter()
            .enumerate()
            .map(|(i, v)| format!("<a:gd name=\"adj{}\" fmla=\"val {v}\"/>", i + 1))
            .collect();
        let (x, y) = self.at(shape.corner);
        let turn = if shape.turned { " rot=\"5400000\"" } else { "" };
        let flip = |on: bool, word: &str| if on { format!(" {word}=\"1\"") } else { String::new() };
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
        let xml = format!(
            "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"{id}\" name=\"{} to {}\" descr=\"{}\"/><p:cNvCxnSpPr><a:stCxn id=\"{from}\" idx=\"{begin}\"/><a:endCxn id=\"{to}\" idx=\"{end}\"/></p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm{turn}{}{}><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:prstGeom prst=\"{}\"><a:avLst>{adjust}</a:avLst></a:prstGeom>{}</p:spPr></p:cxnSp>",
            text(&route.from),
            text(&route.to),
            text(&words),
            flip(shape.flipped.0, "flipH"),
            flip(shape.flipped.1, "flipV"),
            emu(x),
            emu(y),
            emu(shape.size.0 * self.scale),
            emu(shape.size.1 * self.scale),
            shape.shape,
            self.stroke(route),
        );
        self.push(&xml);
    }

    fn stroke(&self, route: &Route) -> String {
        let dash = match route.dash {
            Dash::Solid => "solid",
            Dash::Long => "dash",
            Dash::Short => "sysDash",
            Dash::Dotted => "sysDot",
            Dash::DashDot => "dashDot",
        };
        let head = match route.head {
            Head::Arrow => "<a:tailEnd type=\"triangle\" w=\"med\" len=\"med\"/>",
            Head::Open => "<a:tailEnd type=\"arrow\" w=\"med\" len=\"med\"/>",
            Head::Bar => "<a:tailEnd type=\"oval\" w=\"sm\" len=\"sm\"/>",
            Head::None => "",
        };
        format!(
            "<a:ln w=\"{}\">{}<a:prstDash val=\"{dash}\"/><a:round/>{head}</a:ln>",
            emu(route.weight * self.scale).max(1),
            solid(&self.palette.route(route.stroke, route.emphasis)),
        )
    }

    pub(super) fn legend(&mut self, entry: &LegendEntry) {
        match &entry.sample {
            Sample::Card { tone, icon, outline } => {
                let fill = self.palette.strip(*tone, Emphasis::Normal);
                self.rounded(&entry.area, 3.0, &fill, "<a:ln><a:noFill/></a:ln>", &PLAIN);
                if *outline == Outline::Double {
                    let around = Area {
                        x: entry.area.x - 2.5,
                        y: entry.area.y - 2.5,
                        w: entry.area.w + 5.0,
                        h: entry.area.h + 5.0,
                    };
                    let line = format!(
                        "<a:ln w=\"{}\">{}<a:prstDash val=\"dash\"/></a:ln>",
                        emu(self.scale),
                        solid(&self.palette.strong(*tone))
                    );
                    self.rounded(&around, 5.0, "<a:noFill/>", &line, &PLAIN);
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
                self.symbol(&sample, &self.palette.on_strip(*tone, Emphasis::Normal));
            }
            Sample::Symbol(symbol) => self.symbol(symbol, &self.palette.ink(symbol.ink, Emphasis::Normal)),
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
                    let xml = format!(
                        "<p:sp><p:nvSpPr>{}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm><a:prstGeom prst=\"line\"><a:avLst/></a:prstGeom>{}</p:spPr></p:sp>",
                        Self::named(id, &PLAIN, "Sample"),
                        self.frame(&area),
                        self.stroke(route),
                    );
                    self.push(&xml);
                }
            }
        }
        self.text(&entry.text, "");
    }
}
