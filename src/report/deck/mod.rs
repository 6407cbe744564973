//! A map as a presentation: the whole of it, one slide an end outcome with its line of sight, coverage and status; and what a board
//! reads: purpose, each benefit with its chart, costs, risks and the decisions asked for.

mod board;
mod status;
mod words;

use std::collections::BTreeMap;

use crate::appraise::{Assumed, appraise};
use crate::draw::pptx::{self, Content, Deck, Slide, WIDE};
use crate::graph::{BenefitGraph, Way};
use crate::layout::{self, Extent, Heading, LayoutOptions, Paper, PaperSize, Rest, TitleBlock, Turn};
use crate::map::limits::{self, TooMuch};
use crate::map::{Day, Lookup, NodeKind};
use crate::office::SlideHouse;
use crate::scene::theme::Theme;
use crate::scene::{Area, Card, Scene};
use crate::track::Standing;

use super::case::{CaseOptions, Section, section_blocks};
use super::model::{Block, Cell, Column, Report, Table};
use super::{money_chart, wording};
use words::from_blocks;

crate::map::words! {
    /// What a slide is about.
    SlideKind {
        /// What the presentation is called, and the day that it speaks of.
        Title = "title",
        /// What the map is for.
        Purpose = "purpose",
        /// The whole map.
        Overview = "overview",
        /// An end outcome with its line of sight, for each of them.
        Outcomes = "outcomes",
        /// What of the map is covered by owners and measures, and how its KPIs stand.
        Status = "status",
        /// An end outcome with its measures, a chart and what it rests on, for each of them.
        Benefits = "benefits",
        /// Costs by year.
        Costs = "costs",
        /// Charts of the appraisal: cash flow, costs to net value, and what moves it.
        Money = "money",
        /// Open risks, the gravest first.
        Risks = "risks",
        /// What a board is asked to decide.
        Decisions = "decisions",
    }
}

/// What goes into a presentation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DeckOptions<'s, 'm> {
    /// Its slides; each kind once, in this order.
    pub slides: Vec<SlideKind>,
    /// How the map is laid out. Its paper is the size of the slides; without one, slides are 16 to 9. No text on a slide is smaller
    /// than 10 pt: a map that does not fit goes on several.
    pub layout: LayoutOptions,
    /// Its colours.
    pub theme: &'static Theme,
    /// How the map stands; `None` where nothing was measured.
    pub standing: Option<&'s Standing<'m>>,
    /// What board slides are made from, and whether the whole map is condensed to its overview where it takes more than two slides; `None`
    /// for a presentation of the map alone.
    pub board: Option<CaseOptions<'s>>,
    /// The presentation whose masters and layouts the slides are made in; `None` for our own.
    pub template: Option<Box<SlideHouse>>,
}

impl DeckOptions<'_, '_> {
    /// Such slides in the usual colours, of a map of which nothing was measured.
    pub fn new(slides: Vec<SlideKind>) -> Self {
        Self {
            slides,
            layout: LayoutOptions::default(),
            theme: &crate::scene::theme::DEFAULT,
            standing: None,
            board: None,
            template: None,
        }
    }
}

/// Px in a millimetre.
const PX_IN_MM: f64 = 96.0 / 25.4;
/// A board turns over so many slides of the map; what takes more is condensed.
const MAPS_FOR_A_BOARD: usize = 2;
/// A title of more letters would not fit on two lines.
const LONGEST_TITLE: usize = 100;

impl SlideKind {
    /// The slides that a board reads.
    pub fn of_board() -> Vec<Self> {
        vec![
            Self::Title,
            Self::Purpose,
            Self::Overview,
            Self::Benefits,
            Self::Costs,
            Self::Money,
            Self::Risks,
            Self::Decisions,
        ]
    }
}

/// What slides are made with.
struct Making<'a, 'm> {
    graph: &'a BenefitGraph<'m>,
    records: Lookup<'m>,
    options: &'a DeckOptions<'a, 'm>,
    /// What a slide leaves under its title, in px.
    room: Area,
}

/// The presentation of a map. Where a map does not fit on one slide, it goes on several.
///
/// The notes of a slide hold what its boxes do not: owners, KPIs with baselines and targets, and the evidence of links.
pub fn deck<'m>(graph: &BenefitGraph<'m>, options: &DeckOptions<'_, 'm>) -> Deck {
    let map = graph.map();
    let size = options.layout.paper.map_or(WIDE, layout::Paper::millimetres);
    let making = Making {
        graph,
        records: Lookup::new(map),
        options,
        room: pptx::room(size, options.template.as_deref()),
    };
    let mut slides = Vec::new();
    let has = |kind| options.slides.contains(&kind);
    if has(SlideKind::Title) {
        slides.push(making.opening());
    }
    if has(SlideKind::Purpose) {
        slides.extend(making.section(Section::Purpose));
    }
    if has(SlideKind::Overview) {
        slides.extend(making.whole());
    }
    if has(SlideKind::Outcomes) {
        for ix in graph.of_kind(NodeKind::EndOutcome) {
            let node = graph.node(ix);
            let layout = LayoutOptions {
                focus: vec![node.id.clone()],
                depth: None,
                rest: Rest::Hidden,
                // The picture is called after what it shows.
                heading: Some(Heading {
                    title: format!("Line of sight to: {}", node.label()),
                    purpose: String::new(),
                }),
                ..options.layout.clone()
            };
            slides.extend(making.pictures(&layout));
        }
    }
    if has(SlideKind::Status) {
        slides.extend(making.status_slides());
    }
    if has(SlideKind::Benefits) {
        slides.extend(making.benefits());
    }
    if has(SlideKind::Costs) {
        slides.extend(making.section(Section::Costs));
    }
    // A board is not asked for an appraisal that nobody has made.
    if has(SlideKind::Money) && (options.board.is_none() || map.appraisal.is_some()) {
        slides.extend(money_slides(graph));
    }
    if has(SlideKind::Risks) {
        slides.extend(making.section(Section::Risks));
    }
    if has(SlideKind::Decisions) {
        slides.extend(making.section(Section::Decisions));
    }
    let as_of = options.board.as_ref().map(|case| case.as_of).or(options.layout.as_of);
    finished(
        map.title.clone(),
        slides,
        options.theme,
        size,
        as_of,
        options.template.clone(),
    )
}

/// A report as a presentation: a slide for each of its headings, and more where one does not hold what is said.
pub fn report_deck(report: &Report, theme: &'static Theme, template: Option<Box<SlideHouse>>) -> Deck {
    let room = pptx::room(WIDE, template.as_deref());
    let mut lines = Vec::new();
    lines.extend(Some(report.subtitle.clone()).filter(|text| !text.is_empty()));
    lines.extend(report.facts.iter().map(|fact| format!("{}: {}", fact.name, fact.value)));
    let opening = Slide {
        title: report.title.clone(),
        content: Content::Opening { lines },
        notes: Vec::new(),
    };
    let slides = std::iter::once(opening)
        .chain(from_blocks(&report.blocks, &report.title, room))
        .collect();
    finished(report.title.clone(), slides, theme, WIDE, None, template)
}

/// The presentation of these slides: each title once, and none longer than its place.
fn finished(
    title: String,
    mut slides: Vec<Slide>,
    theme: &'static Theme,
    size: (f64, f64),
    as_of: Option<Day>,
    template: Option<Box<SlideHouse>>,
) -> Deck {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for slide in &mut slides {
        if slide.title.chars().count() > LONGEST_TITLE {
            slide.notes.insert(0, slide.title.clone());
            let kept: String = slide.title.chars().take(LONGEST_TITLE - 1).collect();
            slide.title = format!("{}…", kept.trim_end());
        }
        let count = seen.entry(slide.title.clone()).or_default();
        *count += 1;
        if *count > 1 {
            slide.title = format!("{} ({count})", slide.title);
        }
    }
    Deck {
        footer: match as_of {
            Some(day) => format!("{title} · as of {}", day.spelled()),
            None => title.clone(),
        },
        title,
        author: String::new(),
        language: crate::map::LANGUAGE.to_owned(),
        theme,
        size,
        template,
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

impl Making<'_, '_> {
    /// The first slide.
    fn opening(&self) -> Slide {
        let map = self.graph.map();
        let mut lines = Vec::new();
        if self.options.board.is_some() {
            lines.push("Business case: paper for the board".to_owned());
        }
        let as_of = self
            .options
            .board
            .as_ref()
            .map(|case| case.as_of)
            .or(self.options.layout.as_of);
        lines.extend(as_of.map(|day| format!("As of {}", day.spelled())));
        if let Some(document) = &map.document {
            let version = Some(document.version.trim()).filter(|version| !version.is_empty());
            let said: Vec<String> = [version.map(|version| format!("Version {version}"))]
                .into_iter()
                .flatten()
                .chain([document.status.trim(), document.marking.trim()].map(str::to_owned))
                .filter(|text| !text.is_empty())
                .collect();
            lines.extend(Some(said.join(", ")).filter(|said| !said.is_empty()));
        }
        Slide {
            title: match map.title.trim() {
                "" => "Benefit map".to_owned(),
                title => title.to_owned(),
            },
            content: Content::Opening { lines },
            notes: Vec::new(),
        }
    }

    /// A section of the board's paper.
    fn section(&self, section: Section) -> Vec<Slide> {
        let Some(options) = self.case() else {
            return Vec::new();
        };
        from_blocks(&section_blocks(self.graph, &options, section), "", self.room)
    }

    /// What board slides are made from; where nobody says of which day they speak, of the first that there is: nothing was
    /// measured by then.
    fn case(&self) -> Option<CaseOptions<'_>> {
        let known = || {
            self.options
                .layout
                .as_of
                .or(self.options.standing.map(|standing| standing.as_of))
        };
        let mut options = match &self.options.board {
            Some(case) => case.clone(),
            None => CaseOptions::new(known().or_else(|| Day::new("0001-01-01").ok())?),
        };
        options.audience = Some(super::Audience::Board);
        Some(options)
    }

    /// The whole map, or for a board its overview where it takes too many slides.
    fn whole(&self) -> Vec<Slide> {
        let layout = &self.options.layout;
        if self.options.board.is_none() || layout.extent == Extent::Overview {
            return self.pictures(layout);
        }
        let natural = layout::layout(self.graph, &titled(layout));
        // Cutting a map into many sheets takes its time, and a board reads none of them.
        let may_fit = natural.width * natural.height <= 2.0 * MAPS_FOR_A_BOARD as f64 * self.room.w * self.room.h;
        if may_fit {
            let slides = self.pictures(layout);
            if slides.len() <= MAPS_FOR_A_BOARD {
                return slides;
            }
        }
        let boxes = self.graph.len();
        let overview = LayoutOptions {
            extent: Extent::Overview,
            heading: Some(Heading {
                title: "What leads to each end outcome".to_owned(),
                purpose: String::new(),
            }),
            ..layout.clone()
        };
        let mut slides = self.pictures(&overview);
        if slides.len() > MAPS_FOR_A_BOARD {
            slides = self.counts_of_sights();
        }
        if let Some(first) = slides.first_mut() {
            let told =
                format!("The whole map has {boxes} boxes, too many for {MAPS_FOR_A_BOARD} slides: it is in the annex.");
            first.notes.insert(0, told);
        }
        slides
    }

    /// How many boxes of each kind lead to each end outcome, as a table.
    fn counts_of_sights(&self) -> Vec<Slide> {
        let kinds = [
            NodeKind::Investment,
            NodeKind::Enabler,
            NodeKind::BusinessChange,
            NodeKind::IntermediateOutcome,
        ];
        let columns = std::iter::once(Column::new("End outcome", 3.0))
            .chain([Column::new("Owner", 2.0)])
            .chain(kinds.map(|kind| Column::new(kind.heading(), 1.3)));
        let mut table = Table::new("How many boxes of each kind lead to each end outcome", columns);
        for ix in self.graph.of_kind(NodeKind::EndOutcome) {
            let node = self.graph.node(ix);
            let upstream = self.graph.upstream(ix);
            let owner = node
                .owner
                .as_ref()
                .map_or("No owner yet", |id| wording::owner(&self.records, id));
            let counts = kinds.map(|kind| {
                let of_kind = self
                    .graph
                    .of_kind(kind)
                    .filter(|one| *one != ix && upstream.contains(*one));
                Cell::text(of_kind.count().to_string())
            });
            table.push([Cell::text(node.label()), Cell::text(owner)].into_iter().chain(counts));
        }
        from_blocks(&[Block::Table(table)], "What leads to each end outcome", self.room)
    }

    /// The slides of a map laid out so: one where its type keeps 10 pt, else as many as it takes.
    fn pictures(&self, layout: &LayoutOptions) -> Vec<Slide> {
        let heading = layout.heading.as_ref();
        let title = heading
            .map_or(&self.graph.map().title, |heading| &heading.title)
            .clone();
        let layout = titled(layout);
        let tenths = |px: f64| (px / PX_IN_MM * 10.0).floor().max(1.0) as u32;
        let size = PaperSize::Slide {
            width: tenths(self.room.w),
            height: tenths(self.room.h),
        };
        let whole = layout::layout(
            self.graph,
            &LayoutOptions {
                paper: None,
                ..layout.clone()
            },
        );
        let shown = (self.room.w / whole.width.max(1.0)).min(self.room.h / whole.height.max(1.0));
        let scenes = match shown >= size.least_scale() {
            true => vec![whole],
            false => layout::pages(
                self.graph,
                &LayoutOptions {
                    paper: Some(Paper {
                        size,
                        turn: Turn::Landscape,
                    }),
                    ..layout
                },
            ),
        };
        let many = scenes.len();
        let slide = |(i, scene): (usize, Scene)| Slide {
            notes: notes(self.graph, &self.records, &scene),
            title: match many {
                1 => title.clone(),
                _ => format!("{title} ({} of {many})", i + 1),
            },
            content: Content::Picture {
                titles: titles(self.graph, &scene),
                scene: Box::new(scene),
            },
        };
        scenes.into_iter().enumerate().map(slide).collect()
    }
}

/// The title is in its place on the slide, not in the picture.
fn titled(layout: &LayoutOptions) -> LayoutOptions {
    LayoutOptions {
        title: TitleBlock::LeftOut,
        ..layout.clone()
    }
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
