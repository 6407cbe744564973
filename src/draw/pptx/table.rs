//! Tables on a slide, as tables that can be edited.

use crate::office::emu;
use crate::scene::{Area, Emphasis, Ink, Tone, Verdict, Weight};
use crate::xml::{Element, Nodes, el};

use super::colour::{Colour, solid};
use super::drawing::{body, named, no_fill, placed, properties, run, text_box};
use super::shapes::Canvas;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What it shows, for those who listen.
    pub description: String,
    /// The heads of its columns with their parts of the width.
    pub columns: Vec<(String, f64)>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<GridCell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// What it says.
    pub text: String,
    /// The judgement that it is coloured by; its words must say it too.
    pub verdict: Option<Verdict>,
}

impl GridCell {
    /// A cell without a judgement.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            verdict: None,
        }
    }
}

/// The height of a row of one line, in px.
const ROW: f64 = 27.0;
/// What each further line of a row takes, in px.
const LINE: f64 = 19.5;
/// What a letter takes across at most in running text of 12 pt, in px.
const LETTER: f64 = 8.0;
/// Beside the words of a cell, in px.
const BESIDE: f64 = 15.0;

impl Grid {
    /// How high it is, in px, on a table that is so wide: with its head, as programs break lines or a little more.
    pub fn height(&self, width: f64) -> f64 {
        self.row_height(width, self.columns.iter().map(|(head, _)| head.as_str()))
            + self.rows.iter().map(|row| self.height_of(row, width)).sum::<f64>()
    }

    /// How high a row is, in px.
    pub fn height_of(&self, row: &[GridCell], width: f64) -> f64 {
        self.row_height(width, row.iter().map(|cell| cell.text.as_str()))
    }

    /// How many letters a line of each column takes where the table is so wide.
    pub fn letters(&self, width: f64) -> impl Iterator<Item = usize> {
        let sum: f64 = self.columns.iter().map(|(_, share)| share.max(0.01)).sum();
        let across = move |share: f64| ((width * share.max(0.01) / sum - BESIDE) / LETTER).max(1.0) as usize;
        self.columns.iter().map(move |(_, share)| across(*share))
    }

    fn row_height<'c>(&self, width: f64, cells: impl Iterator<Item = &'c str>) -> f64 {
        let lines = self.letters(width).zip(cells).map(|(across, text)| {
            text.lines()
                .map(|line| line.chars().count().div_ceil(across).max(1) as f64)
                .sum::<f64>()
        });
        ROW + LINE * (lines.fold(1.0, f64::max) - 1.0)
    }
}

impl Canvas {
    /// A line under the title, and tables below each other.
    pub fn grids(&mut self, subtitle: &str, grids: &[Grid]) {
        let Area { x, mut y, w, .. } = self.room;
        if !subtitle.is_empty() {
            self.line_of(subtitle, (x, y, w, 24.0), 1300);
            y += 34.0;
        }
        for grid in grids {
            self.grid(grid, (x, y, w));
            y += grid.height(w) + 20.0;
        }
    }

    fn line_of(&mut self, words: &str, (x, y, w, h): (f64, f64, f64, f64), size: i64) {
        let id = self.id();
        let properties = properties(&self.language, size).add(solid(self.palette.ink(Ink::Muted, Emphasis::Normal)));
        let paragraph = el("a:p").add(el("a:pPr").set("algn", "l")).add(run(words, properties));
        let words = body([0.0; 3], "square", "t", el("a:normAutofit"), paragraph);
        self.push(text_box(id, placed((x, y), (w, h)), words));
    }

    pub(super) fn grid(&mut self, grid: &Grid, (x, y, width): (f64, f64, f64)) {
        let id = self.id();
        let sum: f64 = grid.columns.iter().map(|(_, share)| share.max(0.01)).sum();
        let columns = grid.columns.iter().map(|(_, share)| {
            let width = width * share.max(0.01) / sum;
            el("a:gridCol").set("w", emu(width))
        });
        let row = |cells: Nodes, height: f64| el("a:tr").set("h", emu(height)).add(cells);
        let head = solid(self.palette.strong(Tone::Second));
        let heads = grid
            .columns
            .iter()
            .map(|(words, _)| self.cell(words, self.palette.page(), Weight::Bold, head.clone()));
        let rows = grid.rows.iter().map(|row_cells| {
            let cells = (0..grid.columns.len()).map(|i| {
                let nothing = GridCell::new("");
                let cell = row_cells.get(i).unwrap_or(&nothing);
                let (ink, weight) = match cell.verdict {
                    Some(verdict) => (self.palette.verdict(verdict), Weight::Bold),
                    None => (self.palette.ink(Ink::Text, Emphasis::Normal), Weight::Regular),
                };
                self.cell(&cell.text, ink, weight, no_fill())
            });
            row(cells.collect(), grid.height_of(row_cells, width))
        });
        let table = el("a:tbl")
            .add(el("a:tblPr").set("firstRow", 1))
            .add(el("a:tblGrid").add_all(columns))
            .add(row(heads.collect(), ROW))
            .add_all(rows);
        let data = el("a:graphicData")
            .set("uri", "http://schemas.openxmlformats.org/drawingml/2006/table")
            .add(table);
        let locks = el("a:graphicFrameLocks").set("noGrp", 1);
        let about = el("p:nvGraphicFramePr")
            .add(named(id, &format!("Table {id}")).set("descr", &grid.description))
            .add(el("p:cNvGraphicFramePr").add(locks))
            .add(el("p:nvPr"));
        let height = grid.height(width);
        let frame = el("p:xfrm").add(placed((x, y), (width, height)));
        self.push(el("p:graphicFrame").add((about, frame)).add(el("a:graphic").add(data)));
    }

    fn cell(&self, words: &str, ink: Colour, weight: Weight, fill: Element) -> Element {
        let line = |side: &'static str| el(side).set("w", 9525).add(solid(self.palette.border()));
        let none = |side: &'static str| el(side).set("w", 0).add(no_fill());
        let paragraph = |words: &str| {
            let run = match words {
                "" => el("a:endParaRPr").set("lang", &self.language).set("sz", 1200),
                words => {
                    let bold = (weight == Weight::Bold).then_some("1");
                    run(
                        words,
                        properties(&self.language, 1200).set("b", bold).add(solid(ink.clone())),
                    )
                }
            };
            el("a:p").add(run)
        };
        let mut paragraphs: Vec<Element> = words.lines().map(paragraph).collect();
        if paragraphs.is_empty() {
            paragraphs.push(paragraph(""));
        }
        let body = el("a:txBody")
            .add([el("a:bodyPr"), el("a:lstStyle")])
            .add_all(paragraphs);
        let looks = el("a:tcPr")
            .set("marL", 68580)
            .set("marR", 68580)
            .set("marT", 34290)
            .set("marB", 34290)
            .set("anchor", "ctr")
            .add([none("a:lnL"), none("a:lnR"), none("a:lnT"), line("a:lnB")])
            .add(fill);
        el("a:tc").add((body, looks))
    }
}
