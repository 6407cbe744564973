//! Tables on a slide, as tables that can be edited.

use crate::office::emu;
use crate::scene::{Emphasis, Ink, Tone, Verdict, Weight};
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

/// Around everything, in px.
const MARGIN: f64 = 48.0;
/// The height of a row, in px; programs make it higher where words want it.
const ROW: f64 = 27.0;

impl Canvas {
    /// A title, a line under it, and tables below each other.
    pub fn grids(&mut self, title: &str, subtitle: &str, grids: &[Grid]) {
        let width = self.size.0 - 2.0 * MARGIN;
        self.line_of(title, Some("title"), (MARGIN, 34.0, width, 44.0), 2400);
        let mut y = 84.0;
        if !subtitle.is_empty() {
            self.line_of(subtitle, None, (MARGIN, y, width, 24.0), 1300);
            y += 34.0;
        }
        for grid in grids {
            self.grid(grid, (MARGIN, y, width));
            y += (grid.rows.len() + 1) as f64 * ROW + 20.0;
        }
    }

    fn line_of(&mut self, words: &str, place: Option<&str>, (x, y, w, h): (f64, f64, f64, f64), size: i64) {
        let id = self.id();
        let ink = match place {
            Some(_) => Ink::Text,
            None => Ink::Muted,
        };
        let properties = properties(&self.language, size)
            .set("b", place.map(|_| "1"))
            .add(solid(self.palette.ink(ink, Emphasis::Normal)));
        let paragraph = el("a:p").add(el("a:pPr").set("algn", "l")).add(run(words, properties));
        let words = body([0.0; 3], "square", "t", el("a:normAutofit"), paragraph);
        self.push(text_box(id, ("Text", "Text"), place, placed((x, y), (w, h)), words));
    }

    fn grid(&mut self, grid: &Grid, (x, y, width): (f64, f64, f64)) {
        let id = self.id();
        let sum: f64 = grid.columns.iter().map(|(_, share)| share.max(0.01)).sum();
        let columns = grid.columns.iter().map(|(_, share)| {
            let width = width * share.max(0.01) / sum;
            el("a:gridCol").set("w", emu(width))
        });
        let row = |cells: Nodes| el("a:tr").set("h", emu(ROW)).add(cells);
        let head = solid(self.palette.strong(Tone::Second));
        let heads = grid
            .columns
            .iter()
            .map(|(words, _)| self.cell(words, self.palette.page(), Weight::Bold, head.clone()));
        let rows = grid.rows.iter().map(|cells| {
            let cells = (0..grid.columns.len()).map(|i| {
                let nothing = GridCell::new("");
                let cell = cells.get(i).unwrap_or(&nothing);
                let (ink, weight) = match cell.verdict {
                    Some(verdict) => (self.palette.verdict(verdict), Weight::Bold),
                    None => (self.palette.ink(Ink::Text, Emphasis::Normal), Weight::Regular),
                };
                self.cell(&cell.text, ink, weight, no_fill())
            });
            row(cells.collect())
        });
        let table = el("a:tbl")
            .add(el("a:tblPr").set("firstRow", 1))
            .add(el("a:tblGrid").add_all(columns))
            .add(row(heads.collect()))
            .add_all(rows);
        let data = el("a:graphicData")
            .set("uri", "http://schemas.openxmlformats.org/drawingml/2006/table")
            .add(table);
        let locks = el("a:graphicFrameLocks").set("noGrp", 1);
        let about = el("p:nvGraphicFramePr")
            .add(named(id, &format!("Table {id}")).set("descr", &grid.description))
            .add(el("p:cNvGraphicFramePr").add(locks))
            .add(el("p:nvPr"));
        let height = (grid.rows.len() + 1) as f64 * ROW;
        let frame = el("p:xfrm").add(placed((x, y), (width, height)));
        self.push(el("p:graphicFrame").add((about, frame)).add(el("a:graphic").add(data)));
    }

    fn cell(&self, words: &str, ink: Colour, weight: Weight, fill: Element) -> Element {
        let line = |side: &'static str| el(side).set("w", 9525).add(solid(self.palette.border()));
        let none = |side: &'static str| el(side).set("w", 0).add(no_fill());
        let run = match words {
            "" => el("a:endParaRPr").set("lang", &self.language).set("sz", 1200),
            words => {
                let bold = (weight == Weight::Bold).then_some("1");
                run(words, properties(&self.language, 1200).set("b", bold).add(solid(ink)))
            }
        };
        let body = el("a:txBody")
            .add([el("a:bodyPr"), el("a:lstStyle")])
            .add(el("a:p").add(run));
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
