//! A report as PDF: pages set line by line, with bookmarks, links, a table of contents with page numbers, and tags.
//!
//! In goes a [`Report`], out come pages of A4 that [`crate::draw::pdf`] writes. Text is measured with the embedded face, and
//! set in it; lines are broken at spaces, and within a word only where it is wider than its line.

mod line;
mod page;
mod table;

use std::collections::BTreeMap;

use crate::draw::pdf::{Bookmark, Child, Document, Element, Goal, Role, write as write_document};
use crate::draw::{self, Error, Fonts};
use crate::layout::PaperSize;
use crate::map::limits::{self, TooMuch};

use super::flow::{Lie, lies};
use super::label::{self, Labels};
use super::model::{Block, Inline, ListKind, Picture, Report};
use super::parts::{ACROSS, in_parts};
use line::{Set, Style};
use page::Pages;

/// Sizes of headings, in px.
const HEADINGS: [f64; 4] = [23.0, 18.0, 15.5, 14.0];
const BODY: f64 = 14.0;
const CAPTION: f64 = 12.5;
/// Around a note and before an item, in px.
const INDENT: f64 = 22.0;
/// A picture may be made so much smaller, so that it stands on the page that leads up to it.
const ENOUGH: f64 = 0.8;
/// A heading wants so much room after it, in px.
const AFTER_HEADING: f64 = 70.0;
/// A note of less height is not broken over two pages, in px.
const SHORT_NOTE: f64 = 240.0;
pub(super) const INK: &str = "#17212b";
pub(super) const QUIET: &str = "#4d5a67";
pub(super) const STRONG: &str = "#17467d";

/// How much smaller a picture is made at most that is shown at that scale on a page of its own: its type stays readable.
fn little_smaller(whole: f64) -> f64 {
    (whole * ENOUGH).max(PaperSize::Report.least_scale()).min(whole)
}

fn above_heading(level: u8) -> f64 {
    if level == 1 { 26.0 } else { 18.0 }
}

/// Whether a report can be written as PDF in good time.
///
/// # Errors
/// [`TooMuch`] where it has more letters than are set.
pub fn within_limits(report: &Report) -> Result<(), TooMuch> {
    limits::REPORT_LETTERS.hold(report.letters())
}

/// The report as PDF.
///
/// # Errors
/// [`Error::Pdf`] where the writer of PDF refuses it, [`Error::Svg`] where a picture cannot be read back.
pub fn write(report: &Report, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let report = &*in_parts(report, ACROSS, PaperSize::Report);
    // Once to learn on which pages headings come to stand, and once with those pages in the list of contents, which
    // takes the same room whatever they are.
    let (_, places) = Setter::new(report, &BTreeMap::new()).set();
    let (document, _) = Setter::new(report, &places).set();
    write_document(&document, fonts)
}

/// The pages, from 1, on which the blocks of a report begin as PDF, by their places.
pub(super) fn page_numbers(report: &Report) -> BTreeMap<usize, usize> {
    let (_, places) = Setter::new(report, &BTreeMap::new()).set();
    places.into_iter().map(|(at, place)| (at, place.page + 1)).collect()
}

/// Where blocks begin, and under the place after the last block how many pages there are.
type Places = BTreeMap<usize, draw::pdf::Place>;

struct Setter<'r> {
    report: &'r Report,
    labels: Labels,
    /// How the pages of the blocks lie.
    lies: Vec<Lie>,
    /// Where blocks began the last time.
    known: &'r Places,
    pages: Pages,
    /// Where they begin this time.
    places: Places,
}

impl<'r> Setter<'r> {
    fn new(report: &'r Report, known: &'r Places) -> Self {
        let total = known.get(&report.blocks.len()).map_or(0, |place| place.page);
        Self {
            report,
            labels: Labels::of(report),
            lies: lies(report),
            known,
            pages: Pages::new(&report.title, total),
            places: Places::new(),
        }
    }

    fn set(mut self) -> (Document, Places) {
        let report = self.report;
        // The head lies as what it begins with.
        if let Some(first) = self.lies.first() {
            self.pages.turn(*first);
        }
        self.head();
        for (at, block) in report.blocks.iter().enumerate() {
            self.pages.turn(self.lies[at]);
            self.block(at, block);
        }
        let bookmarks = self.bookmarks();
        let mut document = self.pages.finish();
        self.places.insert(
            report.blocks.len(),
            draw::pdf::Place {
                page: document.pages.len(),
                y: 0.0,
            },
        );
        document.title.clone_from(&report.title);
        document.description.clone_from(&report.subtitle);
        document.author.clone_from(&report.author);
        document.language.clone_from(&report.language);
        document.bookmarks = bookmarks;
        (document, self.places)
    }

    fn bookmarks(&self) -> Vec<Bookmark> {
        let mut out: Vec<Bookmark> = Vec::new();
        for (at, block) in self.report.blocks.iter().enumerate() {
            let (Block::Heading { level, text, .. }, Some(place)) = (block, self.places.get(&at)) else {
                continue;
            };
            let label = self.labels.at(at);
            let bookmark = Bookmark {
                text: format!("{} {text}", label.number).trim().to_owned(),
                place: *place,
                children: Vec::new(),
            };
            match (label::level(*level), out.last_mut()) {
                (2, Some(parent)) => parent.children.push(bookmark),
                (3.., _) => {}
                _ => out.push(bookmark),
            }
        }
        out
    }

    fn head(&mut self) {
        let report = self.report;
        self.pages.space(36.0);
        self.words(&report.title, &Style::bold(32.0, INK), Role::Title);
        self.pages.space(8.0);
        if !report.subtitle.is_empty() {
            self.words(&report.subtitle, &Style::plain(17.0, QUIET), Role::Paragraph);
            self.pages.space(20.0);
        }
        for fact in &report.facts {
            let line = [
                Inline::Strong(format!("{}: ", fact.name)),
                Inline::text(fact.value.clone()),
            ];
            self.line(&line, &Style::plain(BODY, INK), 0.0, Role::Paragraph);
            self.pages.space(3.0);
        }
        self.pages.space(18.0);
    }

    fn words(&mut self, words: &str, style: &Style, role: Role) {
        self.line(&[Inline::text(words)], style, 0.0, role);
    }

    /// A line broken into as many as it takes, on as many pages; an element of its own.
    fn line(&mut self, line: &[Inline], style: &Style, indent: f64, role: Role) {
        let children = self.children(line, style, indent);
        self.pages.element(Element::new(role, children));
    }

    fn children(&mut self, line: &[Inline], style: &Style, indent: f64) -> Vec<Child> {
        let width = self.pages.width() - indent;
        let set = Set::new(self.report, &self.labels, line, style, width);
        // Where a link within the report leads, as far as that is known by now.
        let (labels, known) = (&self.labels, self.known);
        let place = |id: &str| {
            let at = labels.block_of(id)?;
            known.get(&at).map(|place| Goal::Place(*place))
        };
        self.pages.lines(&set, indent, &place)
    }

    fn mark(&mut self, at: usize) {
        self.places.insert(at, self.pages.place());
    }

    fn block(&mut self, at: usize, block: &Block) {
        match block {
            Block::Heading { level, text, .. } => {
                let level = label::level(*level);
                let size = HEADINGS[usize::from(level) - 1];
                self.together(at, size * 1.3 + AFTER_HEADING);
                self.pages.space(above_heading(level));
                self.mark(at);
                let words = format!("{}  {text}", self.labels.at(at).number);
                self.words(
                    words.trim(),
                    &Style::bold(size, STRONG),
                    Role::Heading(level, text.clone()),
                );
                self.pages.space(8.0);
            }
            Block::Paragraph(line) => {
                self.together(at, 0.0);
                self.line(line, &Style::plain(BODY, INK), 0.0, Role::Paragraph);
                self.pages.space(10.0);
            }
            Block::Note(line) => {
                let style = Style::plain(BODY, INK);
                let width = self.pages.width() - INDENT;
                let height = Set::new(self.report, &self.labels, line, &style, width).height();
                // A note has a bar beside it, which is not to be cut in two where the note is short.
                self.pages.room_for(if height < SHORT_NOTE { height } else { 40.0 });
                let top = self.pages.place();
                self.line(line, &Style::plain(BODY, INK), INDENT, Role::Note);
                self.pages.bar(top);
                self.pages.space(12.0);
            }
            Block::List { kind, items } => self.list(*kind, items),
            Block::Table(table) => {
                self.together(at, AFTER_HEADING);
                self.caption(at, &table.caption);
                self.table(table);
                self.pages.space(18.0);
            }
            Block::Picture(picture) => self.picture(at, picture),
            Block::Contents => self.contents(),
            Block::PageBreak => self.pages.next(),
        }
    }

    fn list(&mut self, kind: ListKind, items: &[Vec<Inline>]) {
        let style = Style::plain(BODY, INK);
        let mut children = Vec::new();
        for (i, item) in items.iter().enumerate() {
            self.pages.room_for(20.0);
            let sign = match kind {
                ListKind::Bullets => "•".to_owned(),
                ListKind::Numbers => format!("{}.", i + 1),
            };
            let before = self.pages.place();
            let sign_set = Set::new(self.report, &self.labels, &[Inline::text(sign)], &style, INDENT);
            let label = self.pages.lines(&sign_set, 4.0, &|_| None);
            self.pages.back_to(before);
            let body = self.children(item, &style, INDENT);
            children.push(Child::Element(Element::new(
                Role::Item,
                vec![
                    Child::Element(Element::new(Role::Label, label)),
                    Child::Element(Element::new(Role::Body, body)),
                ],
            )));
            self.pages.space(4.0);
        }
        let role = match kind {
            ListKind::Bullets => Role::Bullets,
            ListKind::Numbers => Role::Numbers,
        };
        self.pages.element(Element::new(role, children));
        self.pages.space(8.0);
    }

    /// Goes to the next page where this block does not fit here with what it leads up to; where that is more than a page
    /// has, only so much room is asked for.
    fn together(&mut self, at: usize, least: f64) {
        let wanted = match self.wanted(at) {
            wanted if wanted <= self.pages.height() => wanted,
            _ => 0.0,
        };
        self.pages.room_for(wanted.max(least));
    }

    /// How much room a block wants together with the table or the picture that it leads up to, in px; 0 for a paragraph
    /// that leads up to none.
    fn wanted(&self, at: usize) -> f64 {
        let Some(block) = self.report.blocks.get(at) else {
            return 0.0;
        };
        // What lies on pages of the other kind begins a page of its own.
        let next = |setter: &Self| match setter.lies.get(at + 1) {
            Some(lie) if *lie == setter.lies[at] => setter.wanted(at + 1),
            _ => 0.0,
        };
        match block {
            Block::Heading { level, text, .. } => {
                let level = label::level(*level);
                let style = Style::bold(HEADINGS[usize::from(level) - 1], STRONG);
                let words = format!("{}  {text}", self.labels.at(at).number);
                let own = self.height(&[Inline::text(words)], &style) + above_heading(level) + 8.0;
                own + next(self).max(AFTER_HEADING)
            }
            Block::Paragraph(line) => match next(self) {
                0.0 => 0.0,
                next => self.height(line, &Style::plain(BODY, INK)) + 10.0 + next,
            },
            Block::Table(table) => {
                let caption = match table.caption.as_str() {
                    "" => 0.0,
                    words => self.height(&[Inline::text(words)], &Style::bold(CAPTION, INK)) + 6.0,
                };
                caption + self.table_start(table)
            }
            Block::Picture(picture) => {
                let (whole, below) = self.whole(picture);
                little_smaller(whole) * picture.scene.height.max(1.0) + below
            }
            _ => 0.0,
        }
    }

    fn height(&self, line: &[Inline], style: &Style) -> f64 {
        Set::new(self.report, &self.labels, line, style, self.pages.width()).height()
    }

    /// By how much a picture is made smaller where it has a page for itself, and the room for its caption, in px.
    fn whole(&self, picture: &Picture) -> (f64, f64) {
        let (w, h) = (picture.scene.width.max(1.0), picture.scene.height.max(1.0));
        let below = if picture.caption.is_empty() { 6.0 } else { 34.0 };
        let scale = (self.pages.width() / w).min((self.pages.height() - below) / h).min(1.0);
        (scale, below)
    }

    fn caption(&mut self, at: usize, caption: &str) {
        self.mark(at);
        if caption.is_empty() {
            return;
        }
        let words = format!("{}: {caption}", self.labels.at(at).number);
        self.words(&words, &Style::bold(CAPTION, INK), Role::Caption);
        self.pages.space(6.0);
    }

    fn picture(&mut self, at: usize, picture: &Picture) {
        let scene = &picture.scene;
        let (w, h) = (scene.width.max(1.0), scene.height.max(1.0));
        let (whole, below) = self.whole(picture);
        // On what is left of this page if that makes it little smaller, else on the next one.
        let left = (self.pages.left() - below) / h;
        let scale = if left >= little_smaller(whole) {
            whole.min(left)
        } else {
            self.pages.room_for(whole * h + below);
            whole
        };
        self.mark(at);
        let mut shown = scene.clone();
        shown.paper = None;
        let child = self
            .pages
            .picture(draw::picture(&shown, picture.theme, ""), (w * scale, h * scale));
        self.pages.element(Element::new(
            Role::Figure(picture.description().to_owned()),
            vec![child],
        ));
        self.pages.space(6.0);
        if !picture.caption.is_empty() {
            let words = format!("{}: {}", self.labels.at(at).number, picture.caption);
            self.words(&words, &Style::bold(CAPTION, INK), Role::Caption);
        }
        self.pages.space(16.0);
    }

    fn contents(&mut self) {
        self.words("Contents", &Style::bold(18.0, STRONG), Role::Paragraph);
        self.pages.space(6.0);
        let mut lines = Vec::new();
        for (at, block) in self.report.blocks.iter().enumerate() {
            let Block::Heading { level, text, .. } = block else {
                continue;
            };
            let level = label::level(*level);
            if level > 2 {
                continue;
            }
            let label = self.labels.at(at);
            let words = format!("{}  {text}", label.number);
            let place = self.known.get(&at).copied();
            let indent = f64::from(level - 1) * INDENT;
            let children = self.pages.entry(words.trim(), place, indent);
            lines.push(Child::Element(Element::new(Role::ContentsLine, children)));
        }
        self.pages.element(Element::new(Role::Contents, lines));
        self.pages.space(12.0);
    }
}
