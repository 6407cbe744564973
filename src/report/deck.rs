//! A map as a presentation: the whole of it, one slide an end outcome with its line of sight, coverage and status.

use std::collections::{BTreeMap, BTreeSet};

use crate::appraise::{Assumed, appraise};
use crate::draw::pptx::{Content, Deck, Grid, GridCell, Slide, WIDE};
use crate::graph::{BenefitGraph, Way};
use crate::layout::{self, Heading, LayoutOptions, Paper, PaperSize, Rest, Turn};
use crate::map::limits::{self, TooMuch};
use crate::map::{BenefitMap, Day, Kpi, Lookup, Node, NodeId, NodeKind, Promise};
use crate::scene::theme::Theme;
use crate::scene::{Card, Scene};
use crate::track::{Outlook, Standing, Status};

use super::{chart, money_chart, wording};

crate::map::words! {
    /// What a slide is about.
    SlideKind {
        /// The whole map.
        Overview = "overview",
        /// An end outcome with its line of sight, for each of them.
        Outcomes = "outcomes",
        /// What of the map is covered by owners and measures, and how its KPIs stand.
        Status = "status",
        /// Charts of the appraisal: cash flow, costs to net value, and what moves it.
        Money = "money",
    }
}

/// What goes into a presentation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DeckOptions<'s, 'm> {
    /// Its slides; each kind once, in this order.
    pub slides: Vec<SlideKind>,
    /// How the map is laid out. Its paper is the size of the slides, and no text on it is smaller than 10 pt; without
    /// one, slides are 16 to 9, and a map stands on one of them as long as its text keeps 4 pt.
    pub layout: LayoutOptions,
    /// Its colours.
    pub theme: &'static Theme,
    /// How the map stands; `None` where nothing was measured.
    pub standing: Option<&'s Standing<'m>>,
}

impl DeckOptions<'_, '_> {
    /// Such slides in the usual colours, of a map of which nothing was measured.
    pub fn new(slides: Vec<SlideKind>) -> Self {
        Self {
            slides,
            layout: LayoutOptions::default(),
            theme: &crate::scene::theme::DEFAULT,
            standing: None,
        }
    }
}

/// Px in a millimetre.
const PX_IN_MM: f64 = 96.0 / 25.4;
/// A px of a map is shown at least so large on a slide: its smallest type of 13 px then has 4 pt.
const LEAST_SHOWN: f64 = 0.41;

/// The presentation of a map. Where a map does not fit on one slide, it goes on several.
///
/// The notes of a slide hold what its boxes do not: owners, KPIs with baselines and targets, and the evidence of links.
pub fn deck<'m>(graph: &BenefitGraph<'m>, options: &DeckOptions<'_, 'm>) -> Deck {
    let map = graph.map();
    let records = Lookup::new(map);
    let mut slides = Vec::new();
    if options.slides.contains(&SlideKind::Overview) {
        slides.extend(pictures(graph, &records, &options.layout));
    }
    if options.slides.contains(&SlideKind::Outcomes) {
        for ix in graph.of_kind(NodeKind::EndOutcome) {
            let node = graph.node(ix);
            let layout = LayoutOptions {
                focus: vec![node.id.clone()],
                depth: None,
                rest: Rest::Hidden,
                // The picture is called after what it shows.
                heading: Some(Heading {
                    title: format!("Line of sight to: {}", node.label()),
                    purpose: node.description.clone(),
                }),
                ..options.layout.clone()
            };
            slides.extend(pictures(graph, &records, &layout));
        }
    }
    if options.slides.contains(&SlideKind::Status) {
        slides.extend(status_slides(graph, &records, options.standing));
    }
    if options.slides.contains(&SlideKind::Money) {
        slides.extend(money_slides(graph));
    }
    Deck {
        title: map.title.clone(),
        author: String::new(),
        language: crate::map::LANGUAGE.to_owned(),
        theme: options.theme,
        size: options.layout.paper.map_or(WIDE, layout::Paper::millimetres),
        slides,
    }
}

/// Whether a presentation can be made in good time.
///
/// # Errors
/// [`TooMuch`] where a picture would have more than a picture has, or all slides together more boxes than a presentation has.
pub fn within_limits(graph: &BenefitGraph<'_>, options: &DeckOptions<'_, '_>) -> Result<(), TooMuch> {
    let mut boxes = 0;
    if options.slides.contains(&SlideKind::Overview) {
        layout::within_limits(graph, &options.layout)?;
        let shown = layout::shown(graph, &options.layout);
        limits::SLIDES_LINES.hold(shown.lines)?;
        boxes += shown.boxes;
    }
    limits::SLIDES_BOXES.hold(boxes)?;
    if options.slides.contains(&SlideKind::Outcomes) {
        for ix in graph.of_kind(NodeKind::EndOutcome) {
            boxes += graph.upstream(ix).len();
            limits::SLIDES_BOXES.hold(boxes)?;
        }
    }
    Ok(())
}

/// The slides of a map laid out so.
fn pictures(graph: &BenefitGraph<'_>, records: &Lookup<'_>, layout: &LayoutOptions) -> Vec<Slide> {
    let heading = layout.heading.as_ref();
    let title = heading.map_or(&graph.map().title, |heading| &heading.title);
    let scenes = match layout.paper {
        Some(_) => layout::pages(graph, layout),
        None => {
            let whole = layout::layout(graph, layout);
            let shown = (WIDE.0 * PX_IN_MM / whole.width.max(1.0)).min(WIDE.1 * PX_IN_MM / whole.height.max(1.0));
            if shown >= LEAST_SHOWN {
                vec![whole]
            } else {
                let paper = Paper {
                    size: PaperSize::Wide,
                    turn: Turn::Landscape,
                };
                let layout = LayoutOptions {
                    paper: Some(paper),
                    ..layout.clone()
                };
                layout::pages(graph, &layout)
            }
        }
    };
    let many = scenes.len();
    let slide = |(i, scene): (usize, Scene)| Slide {
        notes: notes(graph, records, &scene),
        title: match many {
            1 => title.clone(),
            _ => format!("{title} ({} of {many})", i + 1),
        },
        content: Content::Picture {
            titles: titles(graph, &scene),
            scene: Box::new(scene),
        },
    };
    scenes.into_iter().enumerate().map(slide).collect()
}

/// The charts of the preferred option, a slide each; a slide that says why where there is no appraisal.
fn money_slides(graph: &BenefitGraph<'_>) -> Vec<Slide> {
    let whole = match appraise(graph, &Assumed::default()) {
        Ok(whole) => whole,
        Err(why) => {
            return vec![Slide {
                title: "Economic appraisal".to_owned(),
                content: Content::Grids {
                    subtitle: format!("The map cannot be appraised as it is: {why}"),
                    grids: Vec::new(),
                },
                notes: Vec::new(),
            }];
        }
    };
    let Some(option) = whole.preferred() else {
        return Vec::new();
    };
    let scenes = [
        Some(money_chart::flow(&whole, option)),
        Some(money_chart::waterfall(&whole, option)),
        money_chart::tornado(&whole, option),
    ];
    let slide = |scene: Scene| Slide {
        title: scene.title.clone(),
        notes: vec![scene.description.clone()],
        content: Content::Picture {
            titles: BTreeMap::new(),
            scene: Box::new(scene),
        },
    };
    scenes.into_iter().flatten().map(slide).collect()
}

/// What the cards of a picture are called.
fn titles(graph: &BenefitGraph<'_>, scene: &Scene) -> BTreeMap<String, String> {
    let cards = scene.cards.iter().filter_map(|card| graph.find(&card.id));
    cards
        .map(|ix| graph.node(ix))
        .map(|node| (node.id.to_string(), crate::text::clean(node.label())))
        .collect()
}

/// What stands behind the boxes and lines of a picture, in the order of its cards.
fn notes(graph: &BenefitGraph<'_>, records: &Lookup<'_>, scene: &Scene) -> Vec<String> {
    let mut out = Vec::new();
    for Card { id, .. } in &scene.cards {
        let Some(ix) = graph.find(id) else { continue };
        let node = graph.node(ix);
        let mut line = format!("{} ({})", node.label(), node.kind.label().to_lowercase());
        if let Some(owner) = &node.owner {
            line.push_str(&format!(". Owner: {}", wording::owner(records, owner)));
        }
        for kpi in records.kpis_of(&node.id) {
            line.push_str(&format!(". KPI: {}", kpi.label()));
            let (baseline, target) = (wording::baseline(kpi), wording::target(kpi));
            if !baseline.is_empty() {
                line.push_str(&format!(", baseline {baseline}"));
            }
            if !target.is_empty() {
                line.push_str(&format!(", target {target}"));
            }
        }
        line.push('.');
        out.push(line);
        for link in graph
            .links_of(ix, Way::Upstream)
            .filter(|link| !link.link.evidence.is_empty())
        {
            let sources: Vec<String> = link
                .link
                .evidence
                .iter()
                .map(|evidence| match evidence.strength {
                    Some(strength) => format!("{} ({strength})", evidence.source),
                    None => evidence.source.clone(),
                })
                .collect();
            out.push(format!(
                "Evidence that {} leads to it: {}.",
                graph.node(link.from).label(),
                sources.join("; ").trim_end_matches('.')
            ));
        }
    }
    out
}

/// How many KPIs stand on a slide under what the map covers, and how many on one of their own.
const UNDER_COVERAGE: usize = 10;
const ON_A_SLIDE: usize = 20;

/// What the map covers, and every KPI with its status, those that need most attention first.
fn status_slides(graph: &BenefitGraph<'_>, records: &Lookup<'_>, standing: Option<&Standing<'_>>) -> Vec<Slide> {
    let map = graph.map();
    let mut first = vec![coverage(map)];
    let mut first_notes: Vec<String> = Vec::new();
    let mut others: Vec<(Vec<Grid>, Vec<String>)> = Vec::new();
    let subtitle = match standing {
        Some(standing) => format!(
            "As of {}: {}.",
            standing.as_of.spelled(),
            counts(standing).unwrap_or_else(|| "nothing is measured".to_owned())
        ),
        None => "No measurements were given: this slide shows what the map covers.".to_owned(),
    };
    if let Some(standing) = standing {
        let mut worst: Vec<_> = standing.kpis.iter().collect();
        worst.sort_by_key(|outlook| outlook.status);
        let rows: Vec<Vec<GridCell>> = worst
            .iter()
            .map(|outlook| {
                let kpi = outlook.kpi;
                let last = outlook.last.map(|o| wording::dated(kpi, o.value, Some(o.date)));
                vec![
                    GridCell {
                        text: wording::status(outlook.status),
                        verdict: Some(chart::verdict(outlook.status)),
                    },
                    GridCell::new(kpi.label()),
                    GridCell::new(wording::title(records, &kpi.node)),
                    GridCell::new(last.unwrap_or_else(|| "not measured".to_owned())),
                    GridCell::new(wording::target(kpi)),
                ]
            })
            .collect();
        // Why, in the words of `status`, is too long for a slide and is there to be said.
        let why = |outlook: &&Outlook<'_>| {
            let (kpi, status) = (outlook.kpi, wording::status(outlook.status));
            let facts = outlook.facts(Day::spelled);
            let (title, of) = (kpi.label(), wording::title(records, &kpi.node));
            format!("{title} ({of}): {}: {facts}.", status.to_lowercase())
        };
        let (under, rest) = rows.split_at(rows.len().min(UNDER_COVERAGE));
        let (first_worst, other_worst) = worst.split_at(under.len());
        if !under.is_empty() {
            first.push(kpis(under));
            first_notes = first_worst.iter().map(why).collect();
        }
        // As many on each of the others, so that none is left with a row or two.
        let each = rest.len().div_ceil(rest.len().div_ceil(ON_A_SLIDE).max(1)).max(1);
        others.extend(
            rest.chunks(each)
                .zip(other_worst.chunks(each))
                .map(|(rows, worst)| (vec![kpis(rows)], worst.iter().map(why).collect())),
        );
    }
    let many = 1 + others.len();
    std::iter::once((first, first_notes))
        .chain(others)
        .enumerate()
        .map(|(i, (grids, notes))| Slide {
            title: match many {
                1 => "Coverage and status".to_owned(),
                _ => format!("Coverage and status ({} of {many})", i + 1),
            },
            content: Content::Grids {
                subtitle: if i == 0 { subtitle.clone() } else { String::new() },
                grids,
            },
            notes,
        })
        .collect()
}

fn kpis(rows: &[Vec<GridCell>]) -> Grid {
    Grid {
        description: "KPIs with their status, last values and targets, those that need most attention first".to_owned(),
        columns: [
            ("Status", 1.1),
            ("KPI", 3.2),
            ("Of", 2.7),
            ("Last value", 2.6),
            ("Target", 2.6),
        ]
        .map(|(head, share)| (head.to_owned(), share))
        .to_vec(),
        rows: rows.to_vec(),
    }
}

/// How many KPIs have each status, worst first; `None` without KPIs.
fn counts(standing: &Standing<'_>) -> Option<String> {
    let mut of_status: BTreeMap<Status, usize> = BTreeMap::new();
    for outlook in &standing.kpis {
        *of_status.entry(outlook.status).or_default() += 1;
    }
    let told: Vec<String> = of_status
        .into_iter()
        .map(|(status, n)| format!("{n} {}", wording::status(status).to_lowercase()))
        .collect();
    (!told.is_empty()).then(|| wording::row(&told))
}

/// How many boxes of each stage have an owner, a KPI, a baseline, a target, and evidence on a link that leads to them. What
/// counts as each is what counts for the coverage of an audit.
fn coverage(map: &BenefitMap) -> Grid {
    let owners = map.named_owners();
    let records = Lookup::new(map);
    let graph = BenefitGraph::new(map);
    let mut backed: BTreeSet<&str> = BTreeSet::new();
    for pair in graph.pairs() {
        if pair.flows && pair.backing.is_evidence() {
            backed.insert(graph.id(pair.to).as_str());
        }
    }
    let rows = NodeKind::ALL
        .iter()
        .map(|&kind| {
            let nodes: Vec<&Node> = map.nodes.iter().filter(|node| node.kind == kind).collect();
            let of = |has: &dyn Fn(&&&Node) -> bool| {
                let n = nodes.iter().filter(has).count();
                GridCell::new(format!("{n} of {}", nodes.len()))
            };
            let kpis = |id: &NodeId, wanted: fn(&Kpi) -> bool| {
                let all = records.kpis_of(id);
                !all.is_empty() && all.iter().all(|kpi| wanted(kpi))
            };
            vec![
                GridCell::new(kind.heading()),
                of(&|node| owners.answering(node.owner.as_ref()).is_some()),
                of(&|node| kpis(&node.id, |_| true)),
                of(&|node| kpis(&node.id, |kpi| kpi.dated_baseline().is_some())),
                of(&|node| kpis(&node.id, |kpi| kpi.promise() == Promise::Dated)),
                if kind == NodeKind::Investment {
                    GridCell::new("–")
                } else {
                    of(&|node| backed.contains(node.id.as_str()))
                },
            ]
        })
        .collect();
    Grid {
        description: "How many boxes of each stage have an owner, a KPI, a baseline, a target and evidence".to_owned(),
        columns: [
            ("Stage", 3.0),
            ("With an owner", 1.7),
            ("With a KPI", 1.7),
            ("With a baseline", 1.7),
            ("With a dated target", 2.0),
            ("With evidence", 1.7),
        ]
        .map(|(head, share)| (head.to_owned(), share))
        .to_vec(),
        rows,
    }
}
