//! Graphviz dot on the same boxes, in the same stages or columns; links as polylines, which is how it crosses least.
//!
//! Its drawing is read from the SVG, since its plain and JSON forms keep five digits only.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use benefit_map::map::BenefitMap;

use crate::score::{Line, Picture, Point};

/// Between boxes of one column, in px.
const BETWEEN_BOXES: f64 = 20.0;
/// Between columns, in px.
const BETWEEN_COLUMNS: f64 = 120.0;
/// Graphviz measures in inches, and writes 72 units of SVG for each; one such unit is one px here.
const INCH: f64 = 72.0;

/// What dot has to hold to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pinned {
    /// The stage of every box. Links within a stage then run up and down in it.
    Stages,
    /// The column of our drawing that every box stands in. The same as the stages, unless nodes of one stage feed each
    /// other and so take several columns.
    Columns,
}

/// What `dot -V` says of itself; `None` where there is no dot.
pub fn version() -> Option<String> {
    let output = Command::new("dot").arg("-V").output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(text.trim().trim_start_matches("dot - ").to_owned())
}

/// The map in the DOT language, with boxes as large as those of `drawn`. Nodes are named `n` and their place in the
/// map, so that no id needs quoting; links that lead to no node are left out.
pub fn source(map: &BenefitMap, drawn: &Picture, pinned: Pinned) -> String {
    let mut text = format!(
        "digraph {{ rankdir=LR; splines=polyline; nodesep={:.4}; ranksep={:.4};\n\
         node [shape=box,fixedsize=true,label=\"\"]; edge [arrowhead=none];\n",
        BETWEEN_BOXES / INCH,
        BETWEEN_COLUMNS / INCH
    );
    let mut ranks: Vec<String> = Vec::new();
    let rank_of = match pinned {
        Pinned::Stages => drawn.frames.iter().map(|frame| frame.stage).collect(),
        Pinned::Columns => columns(drawn),
    };
    for (i, (frame, rank)) in drawn.frames.iter().zip(rank_of).enumerate() {
        let _ = writeln!(text, "n{i} [width={:.5},height={:.5}];", frame.w / INCH, frame.h / INCH);
        ranks.resize(ranks.len().max(rank + 1), String::new());
        let _ = write!(ranks[rank], "; n{i}");
    }
    // An unseen node in each rank, and a chain of them: they hold the ranks apart.
    let mut chain = Vec::new();
    for (rank, members) in ranks.iter().enumerate().filter(|(_, members)| !members.is_empty()) {
        let unseen = "[width=0.01,height=0.01,style=invis]";
        let _ = writeln!(text, "{{rank=same; r{rank} {unseen}{members}}}");
        chain.push(format!("r{rank}"));
    }
    let _ = writeln!(text, "{} [style=invis,weight=0];", chain.join("->"));
    for (from, to, link) in ends(map) {
        let back = if map.links[link].feedback {
            " [constraint=false]"
        } else {
            ""
        };
        let _ = writeln!(text, "n{from}->n{to}{back};");
    }
    text.push_str("}\n");
    text
}

/// The column of every box, from the left: boxes whose centres lie one above the other share one.
fn columns(drawn: &Picture) -> Vec<usize> {
    let mut order: Vec<usize> = (0..drawn.frames.len()).collect();
    order.sort_by(|&a, &b| drawn.frames[a].x.total_cmp(&drawn.frames[b].x));
    let mut columns = vec![0; order.len()];
    for pair in order.windows(2) {
        let apart = drawn.frames[pair[1]].x - drawn.frames[pair[0]].x > 1.0;
        columns[pair[1]] = columns[pair[0]] + usize::from(apart);
    }
    columns
}

/// For every link that leads somewhere: the places of its ends among the nodes, and its own among the links.
pub fn ends(map: &BenefitMap) -> Vec<(usize, usize, usize)> {
    let mut index = std::collections::BTreeMap::new();
    for (i, node) in map.nodes.iter().enumerate() {
        index.entry(&node.id).or_insert(i);
    }
    let end = |id| index.get(id).copied();
    let links = map.links.iter().enumerate();
    links
        .filter_map(|(k, link)| Some((end(&link.from)?, end(&link.to)?, k)))
        .collect()
}

/// Runs dot on `input` and has it write `output`.
pub fn command(input: &Path, output: &Path) -> Command {
    let mut command = Command::new("dot");
    command.arg("-Tsvg").arg("-o").arg(output).arg(input);
    command
}

/// The picture in dot's SVG, with boxes as large as those of `sizes`. What cannot be made out is missing from it.
pub fn picture(map: &BenefitMap, sizes: &Picture, svg: &str) -> Picture {
    let mut picture = Picture::undrawn(map);
    picture.missing_links = ends(map).len();
    for group in svg.split("<g id=").skip(1) {
        let group = group.split("</g>").next().unwrap_or_default();
        let Some(title) = between(group, "<title>", "</title>") else {
            continue;
        };
        let title = title.replace("&#45;", "-").replace("&gt;", ">");
        if group.contains("class=\"node\"") {
            let Some(i) = index(&title) else { continue };
            let corners = numbers(between(group, "points=\"", "\"").unwrap_or_default());
            let Some((low, high)) = extent(&corners) else { continue };
            picture.frames[i].x = (low.0 + high.0) / 2.0;
            picture.frames[i].y = (low.1 + high.1) / 2.0;
            (picture.frames[i].w, picture.frames[i].h) = (sizes.frames[i].w, sizes.frames[i].h);
        } else if group.contains("class=\"edge\"") {
            let ends = title
                .split_once("->")
                .and_then(|(from, to)| Some((index(from)?, index(to)?)));
            let Some((from, to)) = ends else { continue };
            let controls = numbers(between(group, " d=\"", "\"").unwrap_or_default());
            if controls.len() > 1 {
                picture.lines.push(Line::curved(from, to, &controls));
                picture.missing_links -= 1;
            }
        }
    }
    picture
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

/// Of a node's name; `None` for the unseen ones.
fn index(name: &str) -> Option<usize> {
    name.strip_prefix('n')?.parse().ok()
}

/// The numbers of a list of points or a path, two by two. dot's paths hold `M`, `C` and absolute numbers only.
fn numbers(text: &str) -> Vec<Point> {
    let list: Vec<f64> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | 'M' | 'C'))
        .filter_map(|number| number.parse().ok())
        .collect();
    list.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

fn extent(points: &[Point]) -> Option<(Point, Point)> {
    let corners = points.iter().map(|&point| (point, point));
    corners.reduce(|(a, b), (c, d)| ((a.0.min(c.0), a.1.min(c.1)), (b.0.max(d.0), b.1.max(d.1))))
}
