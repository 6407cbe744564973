//! A map as a presentation: the whole of it, one slide an end outcome with its line of sight, coverage and status; and what a board
//! reads: purpose, each benefit with its chart, costs, risks and the decisions asked for.

mod board;
mod close;
mod maps;
mod place;
mod status;
mod words;

use std::collections::BTreeMap;

use crate::appraise::{Assumed, appraise};
use crate::draw::pptx::{self, Content, Deck, Slide, WIDE};
use crate::graph::BenefitGraph;
use crate::layout::{self, Heading, LayoutOptions, PaperSize, Rest};
use crate::map::limits::{self, TooMuch};
use crate::map::{Day, Language, Lookup, NodeKind};
use crate::office::SlideHouse;
use crate::scene::theme::Theme;
use crate::scene::{Area, Line, Scene};
use crate::track::Standing;

use super::case::{CaseOptions, Section, section_blocks};
use super::model::{Block, Report};
use super::money_chart;
use super::parts::in_parts;
use words::from_blocks;

pub use place::{programme_slides, project_slides};

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
        slides.extend(making.purpose());
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
        (map.language().as_str(), as_of),
        options.template.clone(),
    )
}

/// A report as a presentation: a slide for each of its headings, and more where one does not hold what is said.
pub fn report_deck(report: &Report, theme: &'static Theme, template: Option<Box<SlideHouse>>) -> Deck {
    let room = pptx::room(WIDE, template.as_deref());
    let report = &*in_parts(report, (room.w, room.h), PaperSize::Wide);
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
    finished(
        report.title.clone(),
        slides,
        theme,
        WIDE,
        (&report.language, None),
        template,
    )
}

/// The presentation of these slides: each title once, and none longer than its place.
fn finished(
    title: String,
    mut slides: Vec<Slide>,
    theme: &'static Theme,
    size: (f64, f64),
    (language, as_of): (&str, Option<Day>),
    template: Option<Box<SlideHouse>>,
) -> Deck {
    let written = Language::new(language).unwrap_or_default();
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
            Some(day) => format!("{title} · as of {}", written.day(day)),
            None => title.clone(),
        },
        title,
        author: String::new(),
        language: language.to_owned(),
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
        lines.extend(as_of.map(|day| format!("As of {}", self.records.language().day(day))));
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

    /// What the programme is for; for a board with what a reader who stops there must know.
    fn purpose(&self) -> Vec<Slide> {
        let Some(options) = self.case() else {
            return Vec::new();
        };
        let mut blocks = section_blocks(self.graph, &options, Section::Purpose);
        if self.options.board.is_some() {
            let summary = section_blocks(self.graph, &options, Section::Summary).into_iter();
            // What needs attention has a slide of its own, or is asked for among the decisions.
            let words = summary.take_while(|block| !matches!(block, Block::Table(_)));
            let mut words: Vec<Block> = words
                .filter(|block| matches!(block, Block::Paragraph(_) | Block::List { .. }))
                .collect();
            // The line that leads up to a table says nothing without it.
            if matches!(words.as_slice(), [.., Block::List { .. }, Block::Paragraph(_)]) {
                words.pop();
            }
            blocks.extend(words);
        }
        from_blocks(&blocks, "", self.room)
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
    // What a picture is called is in the place of the slide for it.
    let untitled = |mut scene: Scene| {
        let words = |lines: &[Line]| {
            lines
                .iter()
                .map(|line| line.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        scene.texts.retain(|text| words(&text.lines) != scene.title);
        scene
    };
    let slide = |scene: Scene| Slide {
        title: scene.title.clone(),
        notes: vec![scene.description.clone()],
        content: Content::Picture {
            titles: BTreeMap::new(),
            scene: Box::new(scene),
        },
    };
    scenes.into_iter().flatten().map(untitled).map(slide).collect()
}
