//! Tables on a slide, as tables that can be edited.

use crate::office::{emu, text};
use crate::scene::{Emphasis, Ink, Tone, Verdict};

use super::colour::solid;
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
        self.line_of(title, "<p:ph type=\"title\"/>", (MARGIN, 34.0, width, 44.0), 2400);
        let mut y = 84.0;
        if !subtitle.is_empty() {
            self.line_of(subtitle, "", (MARGIN, y, width, 24.0), 1300);
            y += 34.0;
        }
        for grid in grids {
            self.grid(grid, (MARGIN, y, width));
            y += (grid.rows.len() + 1) as f64 * ROW + 20.0;
        }
    }

    fn line_of(&mut self, words: &str, place: &str, (x, y, w, h): (f64, f64, f64, f64), size: u32) {
        let id = self.id();
        let (boxed, locks) = match place {
            "" => (" txBox=\"1\"", ""),
            _ => ("", "<a:spLocks noGrp=\"1\"/>"),
        };
        let bold = if place.is_empty() { "" } else { " b=\"1\"" };
        let ink = self
            .palette
            .ink(if place.is_empty() { Ink::Muted } else { Ink::Text }, Emphasis::Normal);
        let xml = format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Text {id}\"/><p:cNvSpPr{boxed}>{locks}</p:cNvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:pPr algn=\"l\"/><a:r><a:rPr lang=\"{}\" sz=\"{size}\"{bold}>{}</a:rPr><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>",
            emu(x),
            emu(y),
            emu(w),
            emu(h),
            self.language,
            solid(&ink),
            text(words),
        );
        self.push(&xml);
    }

    fn grid(&mut self, grid: &Grid, (x, y, width): (f64, f64, f64)) {
        let id = self.id();
        let sum: f64 = grid.columns.iter().map(|(_, share)| share.max(0.01)).sum();
        let columns: String = grid
            .columns
            .iter()
            .map(|(_, share)| format!("<a:gridCol w=\"{}\"/>", emu(width * share.max(0.01) / sum)))
            .collect();
        let row = |cells: String| format!("<a:tr h=\"{}\">{cells}</a:tr>", emu(ROW));
        let head = solid(&self.palette.strong(Tone::Second));
        let heads: String = grid
            .columns
            .iter()
            .map(|(words, _)| self.cell(words, &solid(&self.palette.page()), " b=\"1\"", &head))
            .collect();
        let mut rows = row(heads);
        for cells in &grid.rows {
            let cells: String = (0..grid.columns.len())
                .map(|i| {
                    let nothing = GridCell::new("");
                    let cell = cells.get(i).unwrap_or(&nothing);
                    let ink = match cell.verdict {
                        Some(verdict) => self.palette.verdict(verdict),
                        None => self.palette.ink(Ink::Text, Emphasis::Normal),
                    };
                    let bold = if cell.verdict.is_some() { " b=\"1\"" } else { "" };
                    self.cell(&cell.text, &solid(&ink), bold, "<a:noFill/>")
                })
                .collect();
            rows.push_str(&row(cells));
        }
        let height = (grid.rows.len() + 1) as f64 * ROW;
        let xml = format!(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"Table {id}\" descr=\"{}\"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></p:xfrm><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr firstRow=\"1\"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
            text(&grid.description),
            emu(x),
            emu(y),
            emu(width),
            emu(height),
        );
        self.push(&xml);
    }

    fn cell(&self, words: &str, ink: &str, bold: &str, fill: &str) -> String {
        let line = |side: &str| format!("<a:{side} w=\"9525\">{}</a:{side}>", solid(&self.palette.border()));
        let none = |side: &str| format!("<a:{side} w=\"0\"><a:noFill/></a:{side}>");
        let run = match words {
            "" => format!("<a:endParaRPr lang=\"{}\" sz=\"1200\"/>", self.language),
            words => format!(
                "<a:r><a:rPr lang=\"{}\" sz=\"1200\"{bold}>{ink}</a:rPr><a:t>{}</a:t></a:r>",
                self.language,
                text(words)
            ),
        };
        format!(
            "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></a:txBody><a:tcPr marL=\"68580\" marR=\"68580\" marT=\"34290\" marB=\"34290\" anchor=\"ctr\">{}{}{}{}{fill}</a:tcPr></a:tc>",
            none("lnL"),
            none("lnR"),
            none("lnT"),
            line("lnB"),
        )
    }
}
