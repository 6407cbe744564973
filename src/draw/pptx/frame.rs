//! What stands around the matter of a slide: its title, its footer, its number; and the room that they leave.

use crate::office::{Place, SlideHouse, SlideLayout};
use crate::scene::{Area, Emphasis, Ink};
use crate::xml::{Element, el};

use super::colour::solid;
use super::drawing::{body, held, named, place, placed, properties, run, shape, text_box};
use super::graph;
use super::parts::{FOOT, FOOTER, HEAD, MARGIN, NUMBER};
use super::shapes::Canvas;
use super::{Graph, Grid, slide_size};

/// Between things on a slide, in px.
const GAP: f64 = 20.0;
/// A chart takes so much of the width where words stand beside it.
const OF_CHART: f64 = 0.58;

/// What a slide of that size in millimetres leaves under its title and above its foot, in px; of a template its own.
pub fn room(millimetres: (f64, f64), template: Option<&SlideHouse>) -> Area {
    let (w, h) = slide_size(millimetres, template);
    match template {
        Some(house) => {
            let [x, y, w, h] = house.content.area.map(|emu| emu as f64 / 9525.0);
            Area { x, y, w, h }
        }
        None => Area {
            x: MARGIN,
            y: HEAD,
            w: (w - 2.0 * MARGIN).max(1.0),
            h: (h - HEAD - FOOT).max(1.0),
        },
    }
}

/// The element of a place of a template.
fn of_house(place: &Place) -> Element {
    let kind = Some(place.kind.as_str()).filter(|kind| !kind.is_empty());
    let index = Some(place.index.as_str()).filter(|index| !index.is_empty());
    el("p:ph").set("type", kind).set("idx", index)
}

impl Canvas {
    /// Words in a place of the layout, which says where they are and how they look.
    fn in_place(&mut self, name: &str, place: Element, paragraphs: Vec<Element>) {
        let id = self.id();
        let words = el("p:txBody")
            .add([el("a:bodyPr"), el("a:lstStyle")])
            .add_all(paragraphs);
        let name = named(id, &format!("{name} {id}"));
        self.push(shape(name, held(&[]), Some(place), el("p:spPr"), Some(words)));
    }

    fn paragraph_in_place(&self, words: &str) -> Element {
        el("a:p").add(run(words, el("a:rPr").set("lang", &self.language)))
    }

    pub fn title(&mut self, words: &str, layout: Option<&SlideLayout>) {
        let kind = layout.map_or("title", |layout| layout.title.as_str());
        let paragraph = self.paragraph_in_place(words);
        self.in_place("Title", place(kind), vec![paragraph]);
    }

    /// The lines of the first slide: in the place of the layout for them, or under the title.
    pub fn opening(&mut self, lines: &[String], layout: Option<&SlideLayout>) {
        let paragraphs: Vec<Element> = lines.iter().map(|line| self.paragraph_in_place(line)).collect();
        if paragraphs.is_empty() {
            return;
        }
        match layout.and_then(|layout| layout.text.as_ref()) {
            Some(place) => self.in_place("Subtitle", of_house(place), paragraphs),
            None => {
                let lines: Vec<(String, String)> = lines.iter().map(|line| (String::new(), line.clone())).collect();
                self.lines(&lines, self.room, 1800);
            }
        }
    }

    /// Paragraphs in an area: what carries weight, and the rest, in type of that many hundredths of a point.
    fn lines(&mut self, lines: &[(String, String)], area: Area, size: i64) {
        let id = self.id();
        let paragraphs = lines.iter().map(|(strong, rest)| {
            let ink = || solid(self.palette.ink(Ink::Text, Emphasis::Normal));
            let spaced = el("a:spcAft").add(el("a:spcPts").set("val", 600));
            let about = el("a:pPr").set("algn", "l").add(spaced).add(el("a:buNone"));
            let strong = (!strong.is_empty()).then(|| {
                let properties = properties(&self.language, size).set("b", 1).add(ink());
                run(strong, properties)
            });
            let rest = (!rest.is_empty()).then(|| run(rest, properties(&self.language, size).add(ink())));
            el("a:p").add(about).add(strong).add(rest)
        });
        let paragraphs: Vec<Element> = paragraphs.collect();
        let words = body([0.0; 3], "square", "t", el("a:noAutofit"), paragraphs);
        let frame = placed((area.x, area.y), (area.w, area.h));
        self.push(text_box(id, frame, words));
    }

    /// Tables across, and under them a chart, with words beside it where there are both. The chart comes with the name that the slide
    /// calls its part by.
    pub fn mixed(&mut self, grids: &[Grid], chart: Option<(String, &Graph)>, lines: &[(String, String)]) {
        let mut rest = self.room;
        for grid in grids {
            self.grid(grid, (rest.x, rest.y, rest.w));
            let taken = (grid.height(rest.w) + GAP).min(rest.h);
            rest.y += taken;
            rest.h -= taken;
        }
        let mut beside = rest;
        if let Some((relation, graph)) = chart {
            let mut area = rest;
            if !lines.is_empty() {
                area.w = rest.w * OF_CHART;
                beside.x = rest.x + area.w + GAP;
                beside.w = rest.w - area.w - GAP;
            }
            let id = self.id();
            self.push(graph::frame(id, &relation, graph, &area));
        }
        if !lines.is_empty() {
            self.lines(lines, beside, 1400);
        }
    }

    /// The footer and the number of the slide, where the layout keeps places for them.
    pub fn foot(&mut self, layout: Option<&SlideLayout>, own: &str, number: usize) {
        let (footer, place_of_number) = match layout {
            None => (
                Some((place("ftr").set("sz", "quarter").set("idx", FOOTER), own.to_owned())),
                Some(place("sldNum").set("sz", "quarter").set("idx", NUMBER)),
            ),
            Some(layout) => (
                (layout.footer.as_ref()).map(|(place, words)| {
                    let words = if words.is_empty() { own } else { words };
                    (of_house(place), words.to_owned())
                }),
                layout.number.as_ref().map(of_house),
            ),
        };
        // Not every program takes the looks of a footer from the layout; those of a house are its own.
        let own_looks = layout.is_none();
        let looks = |language: &str| {
            let properties = el("a:rPr").set("lang", language);
            match own_looks {
                true => properties.set("sz", 1000).add(el("a:latin").set("typeface", "+mn-lt")),
                false => properties,
            }
        };
        let side = |side: &str| own_looks.then(|| el("a:pPr").set("algn", side));
        if let Some((place, words)) = footer.filter(|(_, words)| !words.is_empty()) {
            let paragraph = el("a:p").add(side("l")).add(run(&words, looks(&self.language)));
            self.in_place("Footer", place, vec![paragraph]);
        }
        if let Some(place) = place_of_number {
            let field = el("a:fld")
                .set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
                .set("type", "slidenum")
                .add(looks(&self.language))
                .add(el("a:t").add(number.to_string()));
            self.in_place("Slide number", place, vec![el("a:p").add(side("r")).add(field)]);
        }
    }
}
