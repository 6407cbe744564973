//! Pages that are being filled, from top to bottom.

use crate::draw::pdf::{Child, Document, Element, Goal, Link, Page, Piece, Place, Role};
use crate::scene::{Area, TextDirection};
use crate::xml::{self, el};

use super::super::flow::Lie;
use super::line::{Run, Set, Style, To, line_width, px, sheet, width, words_at};
use super::{BODY, QUIET, STRONG};

/// A4 in px.
const SHORT: f64 = 793.7;
const LONG: f64 = 1122.52;
/// Left and right of the text, in px: 20 mm; less on pages that lie across.
const SIDE: f64 = 75.6;
const SIDE_ACROSS: f64 = 53.0;
/// Above and under the text, in px.
const TOP: f64 = 68.0;
const TOP_ACROSS: f64 = 53.0;
/// From the text to the foot of the page, in px.
const FOOT: f64 = 26.0;

/// How far a line begins from the left side of its cell, by the room of the cell and how far the line reaches.
pub(super) type Shift = fn(f64, f64) -> f64;

/// A rule along a row of cells: measures in px.
pub(super) struct Rule {
    pub edge: Edge,
    pub from: f64,
    pub to: f64,
    pub weight: f64,
    pub ink: &'static str,
}

/// An edge of a row, on the inside of which a rule lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Top,
    Foot,
}

impl Rule {
    /// The rule in a row that is so high.
    fn at(&self, height: f64) -> xml::Element {
        let (y, shift) = match self.edge {
            Edge::Top => (0.0, None),
            Edge::Foot => (height, Some(format!("translate(0 -{})", self.weight))),
        };
        el("rect")
            .set("x", px(self.from))
            .set("y", px(y))
            .set("width", px(self.to - self.from))
            .set("height", self.weight.to_string())
            .set("transform", shift)
            .set("fill", self.ink)
    }
}

/// Pages, the last of which is being filled.
pub(super) struct Pages {
    document: Document,
    /// How far the last page is filled, in px from its top.
    y: f64,
    across: Lie,
    title: String,
    total: usize,
}

impl Pages {
    pub fn new(title: &str, total: usize) -> Self {
        let mut pages = Self {
            document: Document::default(),
            y: 0.0,
            across: Lie::Standing,
            title: title.to_owned(),
            total,
        };
        pages.begin();
        pages
    }

    pub fn finish(self) -> Document {
        self.document
    }

    fn begin(&mut self) {
        let (width, height) = self.size();
        let number = self.document.pages.len() + 1;
        let words = if self.total > 0 {
            format!("{}  ·  Page {number} of {}", self.title, self.total)
        } else {
            format!("{}  ·  Page {number}", self.title)
        };
        let shown = width - 2.0 * self.side();
        let foot = sheet(shown, 16.0).add(words_at(&words, (0.0, 12.0), &Style::plain(10.5, QUIET)));
        let piece = Piece {
            svg: foot,
            area: Area {
                x: self.side(),
                y: height - self.top() + FOOT - 8.0,
                w: shown,
                h: 16.0,
            },
        };
        self.document.pages.push(Page {
            width,
            height,
            pieces: vec![piece],
            links: Vec::new(),
        });
        self.y = self.top();
    }

    /// How wide and how high a page is.
    fn size(&self) -> (f64, f64) {
        match self.across {
            Lie::Standing => (SHORT, LONG),
            Lie::Across => (LONG, SHORT),
            Lie::Foldout => (2.0 * SHORT, LONG),
        }
    }

    fn side(&self) -> f64 {
        match self.across {
            Lie::Standing => SIDE,
            Lie::Across | Lie::Foldout => SIDE_ACROSS,
        }
    }

    fn top(&self) -> f64 {
        match self.across {
            Lie::Standing => TOP,
            Lie::Across | Lie::Foldout => TOP_ACROSS,
        }
    }

    fn last(&mut self) -> &mut Page {
        let at = self.document.pages.len() - 1;
        &mut self.document.pages[at]
    }

    fn number(&self) -> usize {
        self.document.pages.len() - 1
    }

    fn is_fresh(&self) -> bool {
        self.y <= self.top() + 0.5
    }

    /// From here on pages lie so.
    pub fn turn(&mut self, wanted: Lie) {
        if wanted == self.across {
            return;
        }
        // An empty page of the other kind is taken back.
        if self.is_fresh() && self.last().pieces.len() == 1 {
            self.document.pages.pop();
        }
        self.across = wanted;
        self.begin();
    }

    /// What follows begins on a new page, unless this one is empty.
    pub fn next(&mut self) {
        if !self.is_fresh() {
            self.begin();
        }
    }

    /// How wide text is, in px.
    pub fn width(&self) -> f64 {
        self.size().0 - 2.0 * self.side()
    }

    /// How high the text of a page is, in px.
    pub fn height(&self) -> f64 {
        self.size().1 - 2.0 * self.top()
    }

    /// How much of that is left.
    pub fn left(&self) -> f64 {
        self.top() + self.height() - self.y
    }

    /// Goes to the next page where so much room is not left, unless no page has it.
    pub fn room_for(&mut self, height: f64) {
        if self.left() < height {
            self.next();
        }
    }

    /// Room between things; none at the top of a page.
    pub fn space(&mut self, height: f64) {
        if !self.is_fresh() || self.number() == 0 {
            self.y += height;
        }
    }

    pub fn place(&self) -> Place {
        Place {
            page: self.number(),
            y: self.y,
        }
    }

    /// Goes back up to where something else on the same page began.
    pub fn back_to(&mut self, place: Place) {
        if place.page == self.number() {
            self.y = place.y;
        } else {
            self.y = self.top();
        }
    }

    pub fn element(&mut self, element: Element) {
        self.document.elements.push(element);
    }

    /// A piece on the last page, at `x` px from the text's left side and where the page is filled to.
    fn put(&mut self, svg: xml::Element, x: f64, size: (f64, f64)) -> Child {
        let area = Area {
            x: self.side() + x,
            y: self.y,
            w: size.0.max(1.0),
            h: size.1.max(1.0),
        };
        let page = self.number();
        let pieces = &mut self.last().pieces;
        pieces.push(Piece { svg, area });
        Child::Piece(page, pieces.len() - 1)
    }

    /// A picture of that size, from the left side of the text.
    pub fn picture(&mut self, svg: xml::Element, size: (f64, f64)) -> Child {
        let x = ((self.width() - size.0) / 2.0).max(0.0);
        let child = self.put(svg, x, size);
        self.y += size.1;
        child
    }

    /// Lines `indent` px from the left side, on as many pages as it takes: their pieces, and their links after them.
    pub fn lines(&mut self, set: &Set, indent: f64, place_of: &dyn Fn(&str) -> Option<Goal>) -> Vec<Child> {
        let leading = set.style.leading();
        let mut out = Vec::new();
        let mut at = 0;
        while at < set.lines.len() {
            // `as` cuts: whole lines only.
            let fit = (self.left() / leading).max(0.0) as usize;
            let fit = match unbroken(fit, set.lines.len() - at, at) {
                0 if self.is_fresh() => fit.max(1),
                0 => {
                    self.begin();
                    continue;
                }
                fit => fit,
            };
            let end = (at + fit).min(set.lines.len());
            out.push(self.put(
                set.svg(at..end, |_| 0.0),
                indent,
                (set.width, (end - at) as f64 * leading),
            ));
            for (i, line) in set.lines[at..end].iter().enumerate() {
                let top = self.y + i as f64 * leading;
                out.extend(self.links(line, set, (indent, top), place_of));
            }
            self.y += (end - at) as f64 * leading;
            at = end;
        }
        out
    }

    /// The links of a line that begins there.
    pub fn links(
        &mut self,
        line: &[Run],
        set: &Set,
        (x, y): (f64, f64),
        place_of: &dyn Fn(&str) -> Option<Goal>,
    ) -> Vec<Child> {
        if set.direction == TextDirection::RightToLeft {
            return Vec::new();
        }
        let side = self.side();
        let page = self.number();
        let mut out = Vec::new();
        for run in line {
            let to = match &run.to {
                Some(To::Address(address)) => Some(Goal::Address(address.clone())),
                Some(To::Block(id)) => place_of(id),
                None => None,
            };
            let Some(to) = to else { continue };
            let links = &mut self.last().links;
            links.push(Link {
                area: Area {
                    x: side + x + run.x,
                    y,
                    w: run.width.max(1.0),
                    h: set.style.leading(),
                },
                to,
                words: run.words.trim().to_owned(),
            });
            out.push(Child::Element(Element::new(
                Role::Link,
                vec![Child::Link(page, links.len() - 1)],
            )));
        }
        out
    }

    /// A bar beside what stands between there and here, on the last page.
    pub fn bar(&mut self, top: Place) {
        let from = if top.page == self.number() { top.y } else { self.top() };
        let height = (self.y - from).max(1.0);
        let bar = el("rect").set("width", 4).set("height", px(height)).set("fill", STRONG);
        let svg = sheet(4.0, height).add(bar);
        let y = self.y;
        self.y = from;
        self.put(svg, 4.0, (4.0, height));
        self.y = y;
    }

    /// A line of the list of contents: words, dots, and the page that it leads to.
    pub fn entry(&mut self, words: &str, place: Option<Place>, indent: f64) -> Vec<Child> {
        let style = Style::plain(BODY - 1.0, super::INK);
        let height = style.leading() + 2.0;
        self.room_for(height);
        let room = self.width();
        let number = place.map_or(String::new(), |place| (place.page + 1).to_string());
        let number_width = width(&number, style.size, style.weight);
        let mut shown = words.to_owned();
        let mut reach = width(&shown, style.size, style.weight);
        while reach > room - indent - 60.0 && shown.chars().count() > 2 {
            shown.pop();
            reach = width(&format!("{shown}…"), style.size, style.weight);
        }
        if shown.len() < words.len() {
            shown.push('…');
        }
        let y = style.size * 1.02;
        let (from, to) = (
            indent + reach + 8.0,
            (room - number_width - 8.0).max(indent + reach + 8.5),
        );
        let dots = el("path")
            .set("d", format!("M{from:.2} {y:.2}H{to:.2}"))
            .set("stroke", QUIET)
            .set("stroke-width", "0.8")
            .set("stroke-dasharray", "1 4");
        let svg = sheet(room, height)
            .add(words_at(&shown, (indent, y), &style))
            .add(dots)
            .add(words_at(&number, (room - number_width, y), &style));
        let mut out = vec![self.put(svg, 0.0, (room, height))];
        if let Some(place) = place {
            let (page, side, y) = (self.number(), self.side(), self.y);
            let links = &mut self.last().links;
            links.push(Link {
                area: Area {
                    x: side + indent,
                    y,
                    w: room - indent,
                    h: height,
                },
                to: Goal::Place(place),
                words: words.to_owned(),
            });
            out.push(Child::Element(Element::new(
                Role::Link,
                vec![Child::Link(page, links.len() - 1)],
            )));
        }
        self.y += height;
        out
    }

    /// Cells side by side, each with its lines, with a ground and a rule under them; returns the pieces of each cell.
    pub fn cells(&mut self, cells: &[(Set, f64, Shift)], ground: &str, rule: &Rule) -> Vec<Vec<Child>> {
        let pad = 5.0;
        let height = cells.iter().map(|(set, ..)| set.height()).fold(0.0, f64::max) + 2.0 * pad;
        let room = self.width();
        let svg = sheet(room, height)
            .add(
                el("rect")
                    .set("width", px(room))
                    .set("height", px(height))
                    .set("fill", ground),
            )
            .add(rule.at(height));
        self.put(svg, 0.0, (room, height));
        let top = self.y;
        let mut out = Vec::new();
        for (set, x, place) in cells {
            self.y = top + pad;
            let mut children = Vec::new();
            if set.lines.iter().any(|line| !line.is_empty()) {
                let svg = set.svg(0..set.lines.len(), |used| place(set.width, used));
                children.push(self.put(svg, *x, (set.width, set.height())));
                for (i, line) in set.lines.iter().enumerate() {
                    let shift = place(set.width, line_width(line));
                    let y = self.y + i as f64 * set.style.leading();
                    children.extend(self.links(line, set, (x + shift, y), &|_| None));
                }
            }
            out.push(children);
        }
        self.y = top + height;
        out
    }
}

/// How many of the lines of a paragraph that are left go onto a page that has room for `fit` of them: so many that no line is alone
/// at the foot of this page or at the head of the next, where that can be. `set_before` of its lines are on pages before this one.
fn unbroken(fit: usize, left: usize, set_before: usize) -> usize {
    match (fit, left.saturating_sub(fit)) {
        (_, 0) => left,
        (1 | 2, 1) | (1, _) if set_before == 0 => 0,
        (3.., 1) => fit - 1,
        _ => fit,
    }
}

#[cfg(test)]
mod tests {
    use super::unbroken;

    #[test]
    fn no_line_of_a_paragraph_is_alone_on_a_page() {
        for (fit, left, set_before, goes) in [
            (9, 4, 0, 4),
            (4, 4, 0, 4),
            (3, 4, 0, 2),
            (2, 4, 0, 2),
            (1, 4, 0, 0),
            (1, 1, 0, 1),
            (2, 3, 0, 0),
            (0, 3, 0, 0),
            // What goes on from the page before has lines there already.
            (1, 4, 5, 1),
            (40, 41, 5, 39),
        ] {
            assert_eq!(unbroken(fit, left, set_before), goes, "{fit} {left} {set_before}");
        }
    }
}
