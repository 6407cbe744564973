//! Charts that can be edited (ECMA-376 part 1, 21.2): values over days, each series with its own days.

use crate::office::emu;
use crate::scene::Area;
use crate::xml::{Element, Nodes, el};

use super::colour::{scheme, solid};
use super::drawing::{named, no_fill, no_line, placed};

/// A chart of values over days.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// What it is called.
    pub title: String,
    /// What it shows, for those who listen.
    pub description: String,
    /// What the values are counted in; empty for nothing.
    pub unit: String,
    /// Its series, the one at the back first.
    pub series: Vec<Series>,
}

/// Values over days.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What the legend calls it.
    pub name: String,
    /// How it looks.
    pub kind: SeriesKind,
    /// Days, counted as spreadsheets do from the end of 1899, and values in their own writing.
    pub points: Vec<(i64, String)>,
}

/// What a series shows, by which it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesKind {
    /// What was planned: a dashed line.
    Planned,
    /// What was measured: a line with dots.
    Measured,
    /// Where the trend leads: a dotted line.
    Forecast,
    /// What is to be reached: marks alone.
    Target,
}

/// The smallest type of a chart, in hundredths of a point.
const TYPE: i64 = 1100;

fn val(name: &'static str, value: impl std::fmt::Display) -> Element {
    el(name).set("val", value.to_string())
}

/// The part of a chart.
pub(super) fn part(graph: &Graph, language: &str) -> Element {
    let words = |size: i64, bold: bool| {
        let properties = el("a:defRPr")
            .set("sz", size)
            .set("b", if bold { 1 } else { 0 })
            .add(solid(scheme("tx1")));
        el("c:txPr").add([el("a:bodyPr"), el("a:lstStyle")]).add(
            el("a:p")
                .add(el("a:pPr").add(properties))
                .add(el("a:endParaRPr").set("lang", language)),
        )
    };
    let said = |words: &str, size: i64| {
        let run = el("a:r")
            .add(
                el("a:rPr")
                    .set("lang", language)
                    .set("sz", size)
                    .set("b", 1)
                    .add(solid(scheme("tx1"))),
            )
            .add(el("a:t").add(words));
        let rich = el("c:rich")
            .add([el("a:bodyPr"), el("a:lstStyle")])
            .add(el("a:p").add(run));
        el("c:title").add(el("c:tx").add(rich)).add(val("c:overlay", 0))
    };
    let series: Nodes = graph
        .series
        .iter()
        .enumerate()
        .map(|(at, one)| series(one, at))
        .collect();
    let axis = |id: u32, other: u32, side: &str, format: &str, title: Option<Element>| {
        let grid = (side == "l")
            .then(|| el("c:majorGridlines").add(el("c:spPr").add(el("a:ln").set("w", 6350).add(solid(scheme("bg2"))))));
        el("c:valAx")
            .add(val("c:axId", id))
            .add(el("c:scaling").add(val("c:orientation", "minMax")))
            .add(val("c:delete", 0))
            .add(val("c:axPos", side))
            .add(grid)
            .add(title)
            .add(el("c:numFmt").set("formatCode", format).set("sourceLinked", 0))
            .add(val("c:majorTickMark", "out"))
            .add(val("c:minorTickMark", "none"))
            .add(val("c:tickLblPos", "low"))
            .add(el("c:spPr").add(el("a:ln").set("w", 9525).add(solid(scheme("tx2")))))
            .add(words(TYPE, false))
            .add(val("c:crossAx", other))
            .add(val("c:crosses", "min"))
    };
    let unit = (!graph.unit.trim().is_empty()).then(|| said(graph.unit.trim(), TYPE));
    let plot = el("c:plotArea")
        .add(el("c:layout"))
        .add(
            el("c:scatterChart")
                .add(val("c:scatterStyle", "lineMarker"))
                .add(val("c:varyColors", 0))
                .add(series)
                .add(val("c:axId", 1))
                .add(val("c:axId", 2)),
        )
        .add(axis(1, 2, "b", "mmm\\ yy", None))
        .add(axis(2, 1, "l", "#,##0.###", unit));
    let legend = el("c:legend")
        .add(val("c:legendPos", "b"))
        .add(val("c:overlay", 0))
        .add(words(TYPE, false));
    let chart = el("c:chart")
        .add(said(&graph.title, 1400))
        .add(val("c:autoTitleDeleted", 0))
        .add(plot)
        .add(legend)
        .add(val("c:plotVisOnly", 1))
        .add(val("c:dispBlanksAs", "gap"));
    el("c:chartSpace")
        .set("xmlns:c", "http://schemas.openxmlformats.org/drawingml/2006/chart")
        .set("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .set(
            "xmlns:r",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        )
        .add(val("c:roundedCorners", 0))
        .add(chart)
        .add(el("c:spPr").add([no_fill(), no_line()]))
}

fn series(one: &Series, at: usize) -> Element {
    let (colour, dash, marker) = match one.kind {
        SeriesKind::Planned => ("tx2", Some("lgDash"), None),
        SeriesKind::Measured => ("accent2", Some("solid"), Some("circle")),
        SeriesKind::Forecast => ("accent3", Some("sysDash"), None),
        SeriesKind::Target => ("tx1", None, Some("diamond")),
    };
    let stroke = match dash {
        Some(dash) => el("a:ln")
            .set(
                "w",
                if one.kind == SeriesKind::Measured {
                    28_575
                } else {
                    22_225
                },
            )
            .add(solid(scheme(colour)))
            .add(el("a:prstDash").set("val", dash)),
        None => no_line(),
    };
    let marks = match marker {
        Some(symbol) => el("c:marker")
            .add(val("c:symbol", symbol))
            .add(val("c:size", if symbol == "diamond" { 10 } else { 5 }))
            .add(
                el("c:spPr")
                    .add(solid(scheme(colour)))
                    .add(el("a:ln").add(solid(scheme(colour)))),
            ),
        None => el("c:marker").add(val("c:symbol", "none")),
    };
    let values = |format: &str, values: Vec<String>| {
        let points = values
            .iter()
            .enumerate()
            .map(|(at, value)| el("c:pt").set("idx", at).add(el("c:v").add(value)));
        el("c:numLit")
            .add(el("c:formatCode").add(format))
            .add(val("c:ptCount", values.len()))
            .add_all(points.collect::<Vec<_>>())
    };
    let days = one.points.iter().map(|(day, _)| day.to_string()).collect();
    let amounts = one.points.iter().map(|(_, value)| value.clone()).collect();
    el("c:ser")
        .add(val("c:idx", at))
        .add(val("c:order", at))
        .add(el("c:tx").add(el("c:v").add(&one.name)))
        .add(el("c:spPr").add(stroke))
        .add(marks)
        .add(el("c:xVal").add(values("dd/mm/yyyy", days)))
        .add(el("c:yVal").add(values("General", amounts)))
        .add(val("c:smooth", 0))
}

/// The frame of a chart on a slide, which calls its part by that name.
pub(super) fn frame(id: u32, relation: &str, graph: &Graph, area: &Area) -> Element {
    let data = el("a:graphicData")
        .set("uri", "http://schemas.openxmlformats.org/drawingml/2006/chart")
        .add(
            el("c:chart")
                .set("xmlns:c", "http://schemas.openxmlformats.org/drawingml/2006/chart")
                .set("r:id", relation),
        );
    let about = el("p:nvGraphicFramePr")
        .add(named(id, &format!("Chart {id}")).set("descr", &graph.description))
        .add(el("p:cNvGraphicFramePr").add(el("a:graphicFrameLocks").set("noGrp", 1)))
        .add(el("p:nvPr"));
    let place = el("p:xfrm").add(placed((area.x, area.y), (area.w, area.h)));
    debug_assert!(emu(area.w) >= 0);
    el("p:graphicFrame").add((about, place)).add(el("a:graphic").add(data))
}
