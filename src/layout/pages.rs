//! One picture of any size, or as many sheets of paper as it takes.

use crate::graph::{BenefitGraph, NodeIx, Way};
use crate::map::NodeKind;
use crate::map::limits::{self, TooMuch};
use crate::scene::{Point, Scene};

use super::card::Density;
use super::compose::{Drawing, Setting};
use super::content::{Content, Detail, Division, Entry};
use super::overview::overview;
use super::select::Selection;
use super::{Extent, LayoutOptions, Paper, ReadingDirection, Shown};

/// Px in a millimetre: 96 to the inch.
const PX_IN_MM: f64 = 96.0 / 25.4;
/// A small map is not blown up more than this.
const MOST_SCALE: f64 = 1.25;
/// A quickly ordered picture of this part of the size that fits is looked at again with the best order.
const NEARLY: f64 = 0.9;
/// Gaps are not widened more than this, in px.
const MOST_STRETCH: f64 = 130.0;
/// The map is not cut into more parts than this along the way that it is read: chains would fall to pieces.
const MOST_ALONG: usize = 4;
/// With more sheets than this, stand-ins name sheets instead of boxes: nobody follows so many boxes across sheets. So
/// they do where links are so many that cards for their other ends would double the sheets.
const SHEETS_WITH_TITLES: usize = 24;

/// What the picture of what is selected would show, or the most that its overview may.
pub(super) fn shown(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Shown {
    let selection = Selection::new(graph, options);
    let boxes = graph.nodes().filter(|ix| selection.node(*ix).is_some());
    if options.extent == Extent::Overview {
        let ends = boxes.filter(|ix| graph.kind(*ix) == NodeKind::EndOutcome).count();
        let stages = NodeKind::ALL.len();
        return Shown {
            boxes: ends * stages,
            lines: ends * (stages - 1),
        };
    }
    let links = graph.links().iter().filter(|link| selection.link(link).is_some());
    let mut lines: Vec<_> = links
        .map(|link| (link.from, link.to, link.link.effect, link.link.feedback))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    Shown {
        boxes: boxes.count(),
        lines: lines.len(),
    }
}

/// Whether what leads to the end outcomes of an overview can be gone through for all of them. Counts until it knows.
pub(super) fn overview_within_limits(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Result<(), TooMuch> {
    let selection = Selection::new(graph, options);
    let mut looks = 0;
    for end in graph.of_kind(NodeKind::EndOutcome) {
        if selection.node(end).is_some() {
            looks += graph.reach([end], Way::Upstream).len();
            limits::OVERVIEW_BOXES.hold(looks)?;
        }
    }
    Ok(())
}

/// All that is selected. A picture whose stages have words of its own has no others: a programme has no enablers.
fn whole<'g, 'm>(graph: &'g BenefitGraph<'m>, options: &LayoutOptions, selection: &Selection) -> Content<'g, 'm> {
    let content = Content::whole(graph, selection);
    match options.stage_words.is_empty() {
        true => content,
        false => content.with_stages_in_use(graph),
    }
}

/// The picture of what is selected, or of its overview.
pub(super) fn one(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Scene {
    with_extent(graph, options, |graph, options, selection| {
        let content = whole(graph, options, selection);
        Drawing::new(graph, options, &content, Setting::natural(Density::Usual)).scene((0.0, 0.0))
    })
}

/// The same on paper.
pub(super) fn fitted(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Vec<Scene> {
    let Some(paper) = options.paper else {
        return vec![one(graph, options)];
    };
    with_extent(graph, options, |graph, options, selection| {
        let sheet = Sheet::new(paper);
        let downward = LayoutOptions {
            direction: ReadingDirection::Down,
            ..options.clone()
        };
        // To the right is what is drawn where nobody asks for anything; downward is asked for, and kept.
        let ways = match options.direction {
            ReadingDirection::Right => vec![options, &downward],
            ReadingDirection::Down => vec![options],
        };
        let content = whole(graph, options, selection);
        for options in &ways {
            for density in [Density::Usual, Density::Compact] {
                let least = sheet.least_scale;
                if sheet.may_hold(graph, options, &content, density, least)
                    && let Some(scene) = sheet.fit(graph, options, &content, density, least)
                {
                    return vec![scene];
                }
            }
        }
        cut(graph, &ways, selection, &content, &sheet)
    })
}

/// Calls with the map itself, or with its overview.
fn with_extent<T>(
    graph: &BenefitGraph<'_>,
    options: &LayoutOptions,
    draw: impl Fn(&BenefitGraph<'_>, &LayoutOptions, &Selection) -> T,
) -> T {
    let selection = Selection::new(graph, options);
    match options.extent {
        Extent::Whole => draw(graph, options, &selection),
        Extent::Overview => {
            let map = overview(graph, &selection);
            let graph = BenefitGraph::new(&map);
            // What the filters leave out is already gone, and a condensed node has neither owner nor partner.
            let options = LayoutOptions {
                owners: Vec::new(),
                partners: Vec::new(),
                kinds: Vec::new(),
                ..options.clone()
            };
            let selection = Selection::new(&graph, &options);
            draw(&graph, &options, &selection)
        }
    }
}

/// A sheet of paper in px.
struct Sheet {
    width: f64,
    height: f64,
    millimetres: (f64, f64),
    /// No picture is drawn smaller on it than this, unless it cannot be cut any further.
    least_scale: f64,
}

impl Sheet {
    fn new(paper: Paper) -> Self {
        let millimetres = paper.millimetres();
        Self {
            width: millimetres.0 * PX_IN_MM,
            height: millimetres.1 * PX_IN_MM,
            millimetres,
            least_scale: paper.size.least_scale(),
        }
    }

    /// The picture on the sheet, its gaps widened to the sheet; `None` where it would be drawn smaller than `least`.
    fn fit(
        &self,
        graph: &BenefitGraph<'_>,
        options: &LayoutOptions,
        content: &Content<'_, '_>,
        density: Density,
        least: f64,
    ) -> Option<Scene> {
        // How wide the gaps may be is known from a quick order: the long search is made once.
        let trial = Drawing::new(graph, options, content, Setting::trial(density));
        let natural = trial.scene((0.0, 0.0));
        let scale = self.scale(&natural);
        let room = |scale: f64| ((self.width / scale).floor(), (self.height / scale).floor());
        let slack = match options.direction {
            ReadingDirection::Right => room(scale).0 - natural.width,
            ReadingDirection::Down => room(scale).1 - natural.height,
        };
        let stretch = (slack / trial.arranged.gaps.max(1) as f64).floor().min(MOST_STRETCH);
        let drawn = |stretch: f64| {
            let setting = Setting {
                stretch,
                ..Setting::natural(density)
            };
            let drawing = Drawing::new(graph, options, content, setting);
            let scale = self.scale(&drawing.scene((0.0, 0.0)));
            (drawing, scale)
        };
        let (mut drawing, mut reached) = drawn(if stretch >= 1.0 { stretch } else { 0.0 });
        if reached < scale && stretch >= 1.0 {
            (drawing, reached) = drawn(0.0);
        }
        if reached < least {
            return None;
        }
        // The quick order may need more room than the best one, which keeps the type as large as it must be.
        let room = room(scale.max(least).min(reached));
        let mut scene = drawing.scene(room);
        // To the last px of the sheet's shape, which whole px may miss.
        let shape = self.width / self.height;
        scene.width = scene.width.max(scene.height * shape);
        scene.height = scene.height.max(scene.width / shape);
        scene.paper = Some(self.millimetres);
        Some(scene)
    }

    /// Whether the picture may be drawn no smaller than `least` on the sheet, by an order that was not looked for long: with the
    /// best one the gaps are somewhat narrower.
    fn may_hold(
        &self,
        graph: &BenefitGraph<'_>,
        options: &LayoutOptions,
        content: &Content<'_, '_>,
        density: Density,
        least: f64,
    ) -> bool {
        let trial = Drawing::new(graph, options, content, Setting::trial(density));
        self.scale(&trial.scene((0.0, 0.0))) >= NEARLY * least
    }

    /// How many sheets the picture covers at the least scale.
    fn covered_by(&self, drawing: &Drawing<'_, '_>) -> usize {
        let natural = drawing.scene((0.0, 0.0));
        let (across, down) = (natural.width / self.width, natural.height / self.height);
        // `as` holds at the ends of the range.
        (across * down * self.least_scale * self.least_scale).ceil() as usize
    }

    fn scale(&self, scene: &Scene) -> f64 {
        (self.width / scene.width)
            .min(self.height / scene.height)
            .min(MOST_SCALE)
    }
}

/// Where each node is in the whole picture: along the way it is read, and across it.
fn places(graph: &BenefitGraph<'_>, drawing: &Drawing<'_, '_>) -> Vec<(Point, NodeIx)> {
    let mut places: Vec<(Point, NodeIx)> = drawing
        .content
        .entries
        .iter()
        .zip(&drawing.arranged.centres)
        .filter_map(|(entry, &(x, y))| match (entry, drawing.options.direction) {
            (Entry::Node(ix, _), ReadingDirection::Right) => Some(((x, y), *ix)),
            (Entry::Node(ix, _), ReadingDirection::Down) => Some(((y, x), *ix)),
            (Entry::Elsewhere(_), _) => None,
        })
        .collect();
    places.sort_by(|(a, i), (b, j)| a.1.total_cmp(&b.1).then_with(|| graph.id(*i).cmp(graph.id(*j))));
    places
}

/// The pages: the picture cut into so many parts along
/// the way that it is read, each with whole columns, and each of them into so many parts across it, with as many nodes.
fn grid<'g, 'm>(
    graph: &'g BenefitGraph<'m>,
    places: &[(Point, NodeIx)],
    along: usize,
    across: usize,
) -> Division<'g, 'm> {
    let mut columns: Vec<f64> = places.iter().map(|((x, _), _)| *x).collect();
    columns.sort_by(f64::total_cmp);
    // Cards of one column are centred in it, to the px.
    columns.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    let part = |x: f64| columns.partition_point(|c| *c < x - 1.0) * along / columns.len();
    let mut parts: Vec<Vec<NodeIx>> = vec![Vec::new(); along];
    for ((x, _), ix) in places {
        parts[part(*x)].push(*ix);
    }
    let mut cells: Vec<Vec<NodeIx>> = Vec::new();
    for part in parts {
        let first = cells.len();
        for (place, ix) in part.iter().enumerate() {
            let cell = first + place * across / part.len();
            cells.resize(cells.len().max(cell + 1), Vec::new());
            cells[cell].push(*ix);
        }
    }
    cells.retain(|cell| !cell.is_empty());
    let mut page_of = vec![usize::MAX; graph.len()];
    for (page, cell) in cells.iter().enumerate() {
        for ix in cell {
            page_of[ix.index()] = page;
        }
    }
    Division::new(graph, page_of, cells.len())
}

/// As few sheets as it takes, read one of these ways, of which the first is the one to have.
fn cut(
    graph: &BenefitGraph<'_>,
    ways: &[&LayoutOptions],
    selection: &Selection,
    whole: &Content<'_, '_>,
    sheet: &Sheet,
) -> Vec<Scene> {
    let drawings: Vec<Drawing<'_, '_>> = ways
        .iter()
        .map(|options| Drawing::new(graph, options, whole, Setting::trial(Density::Compact)))
        .collect();
    let places: Vec<_> = drawings.iter().map(|drawing| places(graph, drawing)).collect();
    let nodes = places[0].len();
    // As many sheets as the picture covers, were nothing said twice.
    let covered = sheet.covered_by(&drawings[0]);
    let most_with_titles = (2 * covered + 2).min(SHEETS_WITH_TITLES);
    for (detail, most) in [(Detail::Titles, most_with_titles), (Detail::Pages, nodes)] {
        let mut count = 2.max(covered / 2);
        while count <= most {
            for (options, places) in ways.iter().zip(&places) {
                for along in (1..=count.min(MOST_ALONG)).filter(|along| count.is_multiple_of(*along)) {
                    let cells = grid(graph, places, along, count / along);
                    let least = sheet.least_scale;
                    if let Some(scenes) = sheets(graph, options, selection, &cells, detail, sheet, least) {
                        return scenes;
                    }
                }
            }
            count = (count + 1).max(count * 11 / 10);
        }
    }
    // What is too large even alone can only be drawn smaller.
    let cells = grid(graph, &places[0], 1, nodes.max(1));
    let scenes = sheets(graph, ways[0], selection, &cells, Detail::Pages, sheet, 0.0).unwrap_or_default();
    if scenes.is_empty() {
        return sheet
            .fit(graph, ways[0], whole, Density::Compact, 0.0)
            .into_iter()
            .collect();
    }
    scenes
}

/// Every sheet, or `None` where one of them would be drawn smaller than `least`.
fn sheets(
    graph: &BenefitGraph<'_>,
    options: &LayoutOptions,
    selection: &Selection,
    division: &Division<'_, '_>,
    detail: Detail,
    sheet: &Sheet,
    least: f64,
) -> Option<Vec<Scene>> {
    let contents: Vec<Content<'_, '_>> = (0..division.pages())
        .map(|page| Content::page(graph, selection, division, page, detail).with_stages_in_use(graph))
        .collect();
    // No long search for pages of which the last one is too full.
    let may_hold = |content| sheet.may_hold(graph, options, content, Density::Compact, least);
    if !contents.iter().all(may_hold) {
        return None;
    }
    contents
        .iter()
        .map(|content| sheet.fit(graph, options, content, Density::Compact, least))
        .collect()
}
