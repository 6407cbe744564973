//! Charts that can be edited (ECMA-376 part 1, 21.2): values over days, each series with its own days.

use crate::office::{Package, emu};
use crate::scene::Area;
use crate::xml::{Element, Nodes, el};

use super::super::graph::{DATA_SHEET, Graph, Series, SeriesKind};
use super::colour::{scheme, solid};
use super::drawing::{named, no_fill, no_line, placed};

/// How large the type of a chart is, in hundredths of a point: what suits a slide leaves a small chart on a page no room for its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartType {
    /// On a slide, which is read from afar.
    Slide,
    /// On a page, a few cm wide.
    Page,
}

impl ChartType {
    fn title(self) -> i64 {
        match self {
            Self::Slide => 1400,
            Self::Page => 950,
        }
    }

    fn words(self) -> i64 {
        match self {
            Self::Slide => 1100,
            Self::Page => 800,
        }
    }
}

fn val(name: &'static str, value: impl std::fmt::Display) -> Element {
    el(name).set("val", value.to_string())
}

/// Adds the part of a chart to a package, and its workbook. `part` is what the chart is called, as in `ppt/charts/chart1.xml`.
pub fn add_chart(package: &mut Package, part: &str, graph: &Graph, (sizes, language): (ChartType, &str)) {
    let workbook = (!graph.workbook.is_empty()).then(|| {
        let stem = part.rsplit('/').next().unwrap_or(part).trim_end_matches(".xml");
        let folder = part.split('/').next().unwrap_or_default();
        let name = format!("{folder}/embeddings/{stem}.xlsx");
        package.part(
            &name,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            graph.workbook.clone(),
        );
        package.relate(part, "package", &format!("../embeddings/{stem}.xlsx"))
    });
    package.xml(
        part,
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        &self::part(graph, (sizes, language), workbook),
    );
}

/// The part of a chart; it calls its workbook by that name.
fn part(graph: &Graph, (sizes, language): (ChartType, &str), workbook: Option<String>) -> Element {
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
    let source = match workbook {
        Some(_) => Source::Workbook,
        None => Source::Here,
    };
    let rows = graph.series.iter().map(|one| one.points.len()).max().unwrap_or(0);
    let series: Nodes = graph
        .series
        .iter()
        .enumerate()
        .map(|(at, one)| series(one, at, rows, source))
        .collect();
    let axis = |id: u32, other: u32, side: &str, format: &str, title: Option<Element>| {
        // The last mark is left to the program, which goes on where somebody adds a later value.
        let days = (side == "b").then_some(graph.marks);
        let grid = (side == "l")
            .then(|| el("c:majorGridlines").add(el("c:spPr").add(el("a:ln").set("w", 6350).add(solid(scheme("bg2"))))));
        el("c:valAx")
            .add(val("c:axId", id))
            .add(
                el("c:scaling")
                    .add(val("c:orientation", "minMax"))
                    .add(days.map(|days| val("c:min", days.first))),
            )
            .add(val("c:delete", 0))
            .add(val("c:axPos", side))
            .add(grid)
            .add(title)
            .add(el("c:numFmt").set("formatCode", format).set("sourceLinked", 0))
            .add(val("c:majorTickMark", "out"))
            .add(val("c:minorTickMark", "none"))
            .add(val("c:tickLblPos", "low"))
            .add(el("c:spPr").add(el("a:ln").set("w", 9525).add(solid(scheme("tx2")))))
            .add(words(sizes.words(), false))
            .add(val("c:crossAx", other))
            .add(val("c:crosses", "min"))
            .add(days.map(|days| val("c:majorUnit", days.apart)))
    };
    let unit = (!graph.unit.trim().is_empty()).then(|| said(graph.unit.trim(), sizes.words()));
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
        .add(words(sizes.words(), false));
    let chart = el("c:chart")
        .add(said(&graph.title, sizes.title()))
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
        .add(workbook.map(|id| el("c:externalData").set("r:id", id).add(val("c:autoUpdate", 0))))
}

/// Where the values of a chart are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// In the chart itself.
    Here,
    /// In its workbook, and as they were last seen in the chart too.
    Workbook,
}

/// The letters of a column of a sheet, counted from 0.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        rest => letters(rest - 1) + &last.to_string(),
    }
}

/// A series of a chart whose longest series has so many `rows`.
///
/// Each has as many rows as the longest, the last of them empty: LibreOffice leaves out every series that comes before a longer one. In a
/// workbook they are also where somebody adds what was measured next.
fn series(one: &Series, at: usize, rows: usize, source: Source) -> Element {
    let (colour, dash, marker) = match one.kind {
        SeriesKind::Planned => ("tx2", Some("lgDash"), None),
        SeriesKind::Measured => ("accent2", Some("solid"), Some("circle")),
        SeriesKind::Limit => ("accent6", Some("sysDot"), None),
        SeriesKind::Forecast => ("accent3", Some("sysDash"), None),
        SeriesKind::Target => ("tx1", None, Some("diamond")),
    };
    let stroke = match dash {
        Some(dash) => el("a:ln")
            .set(
                "w",
                match one.kind {
                    SeriesKind::Measured => 28_575,
                    SeriesKind::Limit => 12_700,
                    _ => 22_225,
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
    let cells = |column: usize, rows: (usize, usize)| {
        let column = letters(column);
        match rows {
            (first, last) if first == last => format!("{DATA_SHEET}!${column}${first}"),
            (first, last) => format!("{DATA_SHEET}!${column}${first}:${column}${last}"),
        }
    };
    let values = |column: usize, format: &str, values: Vec<String>| {
        let points = values
            .iter()
            .enumerate()
            .map(|(at, value)| el("c:pt").set("idx", at).add(el("c:v").add(value)));
        let list = |name: &'static str| {
            el(name)
                .add(el("c:formatCode").add(format))
                .add(val("c:ptCount", rows))
                .add_all(points.collect::<Vec<_>>())
        };
        match source {
            Source::Here => list("c:numLit"),
            Source::Workbook => {
                let place = cells(column, (2, rows + 1));
                el("c:numRef").add(el("c:f").add(place)).add(list("c:numCache"))
            }
        }
    };
    let name = match source {
        Source::Here => el("c:v").add(&one.name),
        Source::Workbook => {
            let point = el("c:pt").set("idx", 0).add(el("c:v").add(&one.name));
            let cache = el("c:strCache").add(val("c:ptCount", 1)).add(point);
            el("c:strRef").add(el("c:f").add(cells(2 * at + 1, (1, 1)))).add(cache)
        }
    };
    let days = one.points.iter().map(|(day, _)| day.to_string()).collect();
    let amounts = one.points.iter().map(|(_, value)| value.clone()).collect();
    el("c:ser")
        .add(val("c:idx", at))
        .add(val("c:order", at))
        .add(el("c:tx").add(name))
        .add(el("c:spPr").add(stroke))
        .add(marks)
        .add(el("c:xVal").add(values(2 * at, "dd/mm/yyyy", days)))
        .add(el("c:yVal").add(values(2 * at + 1, "General", amounts)))
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
