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
use super::sheet::{Form, Natural, Sheet, Trial, tried, ways};
use super::{Extent, Fitted, LayoutOptions, Paper, ReadingDirection, Sheets, Shown, Turn};

/// The map is not cut into more parts than this along the way that it is read: chains would fall to pieces.
const MOST_ALONG: usize = 4;
/// A picture of this part of the size that fits may still fit once its cards are set as close as can be read.
const WITHIN_REACH: f64 = 0.75;
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
pub(super) fn fitted(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Fitted {
    let Some(paper) = options.paper else {
        return Fitted {
            scenes: vec![one(graph, options)],
            direction: options.direction,
        };
    };
    with_extent(graph, options, |graph, options, selection| {
        let downward = LayoutOptions {
            direction: ReadingDirection::Down,
            ..options.clone()
        };
        let forms = forms(options, &downward, paper);
        let content = whole(graph, options, selection);
        let (form, scenes) = match options.sheets {
            Sheets::One => alone(graph, &forms, &content),
            Sheets::AsNeeded => {
                let turn = paper.turn;
                on_one(graph, &forms, &content, turn).unwrap_or_else(|| cut(graph, &forms, selection, &content, turn))
            }
        };
        Fitted {
            scenes,
            direction: form.options.direction,
        }
    })
}

/// The ways in which a map may be on a paper, the one to have first.
fn forms<'o>(options: &'o LayoutOptions, downward: &'o LayoutOptions, paper: Paper) -> Vec<Form<'o>> {
    // To the right is what is drawn where nobody asks for anything; downward is asked for, and kept.
    let ways = match options.direction {
        ReadingDirection::Right => vec![options, downward],
        ReadingDirection::Down => vec![options],
    };
    let turns = match paper.turn {
        Turn::Either => vec![Turn::Landscape, Turn::Portrait],
        turn => vec![turn],
    };
    let of_way = |options: &'o LayoutOptions| {
        turns.clone().into_iter().map(move |turn| Form {
            options,
            sheet: Sheet::new(Paper { turn, ..paper }, options.sheets),
        })
    };
    ways.into_iter().flat_map(of_way).collect()
}

/// The largest type first; those of one size stay in their order.
fn by_type<T>(trials: &mut [(T, f64)]) {
    trials.sort_by(|(_, a), (_, b)| b.total_cmp(a));
}

/// The map on one sheet, where it fits.
///
/// Where the form is free, it is the form with the largest type; else the first that has room. Cards are set as close as can be
/// read only where nothing calmer has room.
fn on_one<'f, 'o>(
    graph: &BenefitGraph<'_>,
    forms: &'f [Form<'o>],
    content: &Content<'_, '_>,
    turn: Turn,
) -> Option<(&'f Form<'o>, Vec<Scene>)> {
    let fit = |trials: &[(&'f Form<'o>, Trial)]| {
        let mut trials: Vec<_> = trials
            .iter()
            .filter(|(form, trial)| trial.may_reach(form.sheet.least_scale))
            .map(|&(form, trial)| ((form, trial), trial.worth()))
            .collect();
        by_type(&mut trials);
        trials.iter().find_map(|((form, trial), _)| {
            let scene = form.fit(graph, content, trial, form.sheet.least_scale)?;
            Some((*form, vec![scene]))
        })
    };
    let roomy = [Density::Usual, Density::Compact];
    // What is weighed against each other; the first that has room is had.
    let rounds: Vec<(Vec<&Form<'_>>, &[Density])> = match turn {
        Turn::Either => vec![(forms.iter().collect(), &roomy)],
        Turn::Landscape | Turn::Portrait => forms
            .iter()
            .flat_map(|form| roomy.chunks(1).map(move |density| (vec![form], density)))
            .collect(),
    };
    let mut seen = Vec::new();
    for (forms, densities) in rounds {
        let trials: Vec<_> = densities
            .iter()
            .flat_map(|&density| tried(graph, &forms, content, density))
            .collect();
        if let Some(fitted) = fit(&trials) {
            return Some(fitted);
        }
        seen.extend(trials);
    }
    // Closer cards make no picture so much smaller that one which is far too large fits.
    let is_near = |form: &Form<'_>, trial: &Trial| {
        trial.density() == Density::Compact && trial.scale >= WITHIN_REACH * form.sheet.least_scale
    };
    let near: Vec<&Form<'_>> = seen
        .iter()
        .filter(|(form, trial)| is_near(form, trial))
        .map(|(form, _)| *form)
        .collect();
    Density::tight().find_map(|density| fit(&tried(graph, &near, content, density)))
}

/// The map on one sheet however small that makes it: in the form and the setting with the largest type.
fn alone<'f, 'o>(
    graph: &BenefitGraph<'_>,
    forms: &'f [Form<'o>],
    content: &Content<'_, '_>,
) -> (&'f Form<'o>, Vec<Scene>) {
    let settings = [Density::Usual, Density::Compact].into_iter().chain(Density::tight());
    let forms: Vec<&Form<'_>> = forms.iter().collect();
    let mut trials: Vec<_> = settings
        .flat_map(|density| tried(graph, &forms, content, density))
        .map(|(form, trial)| ((form, trial), trial.worth()))
        .collect();
    by_type(&mut trials);
    let ((form, trial), _) = &trials[0];
    (*form, form.fit(graph, content, trial, 0.0).into_iter().collect())
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

/// As few sheets as it takes: of several ways to cut into so many the one with the largest type where the form is free, else the
/// first.
fn cut<'f, 'o>(
    graph: &BenefitGraph<'_>,
    forms: &'f [Form<'o>],
    selection: &Selection,
    whole: &Content<'_, '_>,
    turn: Turn,
) -> (&'f Form<'o>, Vec<Scene>) {
    let all: Vec<&Form<'_>> = forms.iter().collect();
    let ways: Vec<&[&Form<'_>]> = ways(&all).collect();
    let drawings: Vec<Drawing<'_, '_>> = ways
        .iter()
        .map(|way| Drawing::new(graph, way[0].options, whole, Setting::trial(Density::Compact)))
        .collect();
    let places: Vec<_> = drawings.iter().map(|drawing| places(graph, drawing)).collect();
    let nodes = places[0].len();
    // As many sheets as the picture covers, were nothing said twice.
    let covered = forms[0].sheet.covered_by(&drawings[0]);
    let most_with_titles = (2 * covered + 2).min(SHEETS_WITH_TITLES);
    for (detail, most) in [(Detail::Titles, most_with_titles), (Detail::Pages, nodes)] {
        let mut count = 2.max(covered / 2);
        while count <= most {
            let mut divided = ways.iter().zip(&places).flat_map(|(way, places)| {
                (1..=count.min(MOST_ALONG))
                    .filter(|along| count.is_multiple_of(*along))
                    .filter_map(move |along| {
                        let cells = grid(graph, places, along, count / along);
                        Divided::tried(graph, way, selection, &cells, detail)
                    })
            });
            let chosen = match turn {
                Turn::Either => {
                    let divided: Vec<_> = divided.collect();
                    let on = |form| {
                        divided
                            .iter()
                            .filter_map(move |pages| Some(((form, pages), pages.scale_on(form)?)))
                    };
                    let mut weighed: Vec<_> = forms.iter().flat_map(on).collect();
                    by_type(&mut weighed);
                    weighed.iter().find_map(|((form, pages), _)| pages.drawn(graph, form))
                }
                Turn::Landscape | Turn::Portrait => divided.find_map(|pages| pages.drawn(graph, pages.way[0])),
            };
            if let Some(chosen) = chosen {
                return chosen;
            }
            count = (count + 1).max(count * 11 / 10);
        }
    }
    // What is too large even alone can only be drawn smaller.
    let form = &forms[0];
    let cells = grid(graph, &places[0], 1, nodes.max(1));
    let scenes: Option<Vec<Scene>> = (0..cells.pages())
        .map(|page| {
            let content = page_content(graph, selection, &cells, page, Detail::Pages);
            let natural = Natural::of(graph, form.options, &content, Density::Compact);
            form.fit(graph, &content, &form.trial(natural), 0.0)
        })
        .collect();
    match scenes {
        Some(scenes) if !scenes.is_empty() => (form, scenes),
        _ => {
            let natural = Natural::of(graph, form.options, whole, Density::Compact);
            (
                form,
                form.fit(graph, whole, &form.trial(natural), 0.0).into_iter().collect(),
            )
        }
    }
}

fn page_content<'g, 'm>(
    graph: &'g BenefitGraph<'m>,
    selection: &Selection,
    division: &Division<'g, 'm>,
    page: usize,
    detail: Detail,
) -> Content<'g, 'm> {
    Content::page(graph, selection, division, page, detail).with_stages_in_use(graph)
}

/// The sheets of a map that is cut and read one way, tried for the forms that are read so.
struct Divided<'s, 'f, 'o, 'g, 'm> {
    way: &'s [&'f Form<'o>],
    pages: Vec<(Content<'g, 'm>, Natural)>,
}

impl<'s, 'f, 'o, 'g, 'm> Divided<'s, 'f, 'o, 'g, 'm> {
    /// `None` as soon as one sheet is too full in every form: no look at the others.
    fn tried(
        graph: &'g BenefitGraph<'m>,
        way: &'s [&'f Form<'o>],
        selection: &Selection,
        division: &Division<'g, 'm>,
        detail: Detail,
    ) -> Option<Self> {
        let page = |page| {
            let content = page_content(graph, selection, division, page, detail);
            let natural = Natural::of(graph, way[0].options, &content, Density::Compact);
            let has_room = |form: &&Form<'_>| form.trial(natural).may_reach(form.sheet.least_scale);
            way.iter().any(has_room).then_some((content, natural))
        };
        let pages: Option<Vec<_>> = (0..division.pages()).map(page).collect();
        Some(Self { way, pages: pages? })
    }

    /// How large the smallest of the sheets would be drawn in a form; `None` where it is not read so, or one is too full in it.
    fn scale_on(&self, form: &Form<'_>) -> Option<f64> {
        let is_of_way = std::ptr::eq(self.way[0].options, form.options);
        let trials = self.pages.iter().map(|(_, natural)| form.trial(*natural));
        let reaches = trials.clone().all(|trial| trial.may_reach(form.sheet.least_scale));
        (is_of_way && reaches).then(|| trials.map(|trial| trial.scale).fold(f64::MAX, f64::min))
    }

    /// Every sheet, or `None` where one of them would be drawn too small after all.
    fn drawn(&self, graph: &BenefitGraph<'_>, form: &'f Form<'o>) -> Option<(&'f Form<'o>, Vec<Scene>)> {
        let fit = |(content, natural): &(Content<'_, '_>, Natural)| {
            form.fit(graph, content, &form.trial(*natural), form.sheet.least_scale)
        };
        let scenes: Option<Vec<_>> = self.pages.iter().map(fit).collect();
        Some((form, scenes?))
    }
}
