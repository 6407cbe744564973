//! Charts that people can edit in Word: each a part with its workbook, two of them beside each other.

use crate::draw::Graph;
use crate::draw::pptx::{ChartType, add_chart};
use crate::office::{Package, emu};
use crate::xml::{Element, Nodes, el};

use super::super::model::Picture;
use super::super::native::editable;
use super::body::Body;
use super::pieces::{About, keep_next};
use super::val;

/// Charts beside each other.
const BESIDE: usize = 2;
/// How high a chart is, as a share of its width.
const SHAPE: f64 = 0.72;
/// Of the width of the text so much is left between charts.
const GAP: f64 = 0.02;

impl Body<'_> {
    /// The charts of a picture in place of it, in a text that is so many px wide; the caption comes after them.
    pub(super) fn charts(&mut self, package: &mut Package, picture: &Picture, width: f64) {
        let width = width * (1.0 / BESIDE as f64 - GAP);
        for row in picture.graphs.chunks(BESIDE) {
            let mut runs = Nodes::new();
            for graph in row {
                runs.push(self.chart(package, graph, (width, width * SHAPE)));
            }
            let about = About {
                keeping: Some(keep_next()),
                spacing: vec![
                    el("w:spacing")
                        .set("w:after", 60)
                        .set("w:line", 240)
                        .set("w:lineRule", "auto"),
                    val("w:jc", "start"),
                ],
            };
            let paragraph = self.paragraph("Normal", about, runs, "");
            self.push(paragraph);
        }
    }

    /// The run that shows a chart.
    fn chart(&mut self, package: &mut Package, graph: &Graph, (w, h): (f64, f64)) -> Element {
        let number = self.next_drawing();
        let name = format!("charts/chart{number}.xml");
        add_chart(
            package,
            &format!("word/{name}"),
            &editable(graph.clone()),
            (ChartType::Page, self.language()),
        );
        let id = package.relate("word/document.xml", "chart", &name);
        let chart = el("c:chart")
            .set("xmlns:c", "http://schemas.openxmlformats.org/drawingml/2006/chart")
            .set("r:id", id);
        let data = el("a:graphicData")
            .set("uri", "http://schemas.openxmlformats.org/drawingml/2006/chart")
            .add(chart);
        let distance = ["distT", "distB", "distL", "distR"].map(|side| (side, 0));
        let about = el("wp:docPr")
            .set("id", number)
            .set("name", &graph.title)
            .set("descr", &graph.description);
        let inline = el("wp:inline")
            .set_all(distance)
            .add(el("wp:extent").set("cx", emu(w)).set("cy", emu(h)))
            .add((about, el("wp:cNvGraphicFramePr")))
            .add(el("a:graphic").add(data));
        el("w:r").add(el("w:drawing").add(inline))
    }
}
