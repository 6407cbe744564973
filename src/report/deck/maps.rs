//! The map on slides: with all that its boxes say, with their titles alone, or as the numbers of what leads to each end outcome.

use std::collections::BTreeMap;

use crate::draw::pptx::{Content, Slide};
use crate::graph::{BenefitGraph, Way};
use crate::layout::{
    self, Extent, Heading, LayoutOptions, OwnerLabel, Paper, PaperSize, ReadingDirection, TitleBlock, Turn,
};
use crate::map::{Lookup, NodeKind};
use crate::scene::{Card, Scene};

use super::super::model::{Block, Cell, Column, Table};
use super::super::wording;
use super::words::from_blocks;
use super::{Making, close};

/// Px in a millimetre.
const PX_IN_MM: f64 = 96.0 / 25.4;
/// A board turns over so many slides of the map; what takes more is condensed.
const MAPS_FOR_A_BOARD: usize = 2;

impl Making<'_, '_> {
    /// The whole map. For a board it is on one slide or two: with all that its boxes say, else with their titles alone, else in two halves
    /// that meet at the business changes; where none of these keeps 10 pt, its overview, or the numbers of that as a table.
    pub(super) fn whole(&self) -> Vec<Slide> {
        let layout = &self.options.layout;
        if self.options.board.is_none() || layout.extent == Extent::Overview {
            return self.pictures(layout);
        }
        let natural = layout::layout(self.graph, &titled(layout));
        // Cutting a map into many sheets takes its time, and a board reads none of them.
        let is_near = |slides: usize| natural.width * natural.height <= 2.0 * slides as f64 * self.room.w * self.room.h;
        if self.shown_at(&natural) >= self.slide_size().least_scale() {
            return self.pictures(layout);
        }
        if is_near(2 * MAPS_FOR_A_BOARD)
            && let Some(slides) = self.titles_alone()
        {
            return slides;
        }
        if is_near(MAPS_FOR_A_BOARD) {
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

    /// The map with the titles of its boxes alone, on one slide or in two halves; `None` where that does not fit.
    fn titles_alone(&self) -> Option<Vec<Slide>> {
        let map = self.graph.map();
        let mut bare = map.clone();
        bare.kpis.clear();
        for node in &mut bare.nodes {
            (node.quick_win, node.unintended) = (false, false);
        }
        let bare = BenefitGraph::new(&bare);
        let drawn = |kinds: &[NodeKind]| {
            let layout = LayoutOptions {
                kinds: kinds.to_vec(),
                // With words of its own a half has no room for stages that are on the other.
                stage_words: kinds.iter().map(|kind| (*kind, kind.heading().to_owned())).collect(),
                owner_label: OwnerLabel::Hidden,
                paper: None,
                direction: ReadingDirection::Right,
                ..titled(&self.options.layout)
            };
            close::drawn_close(layout::layout(&bare, &layout), (self.room.w, self.room.h))
        };
        let slide = |title: String, scene: Scene| Slide {
            notes: notes(self.graph, &self.records, &scene),
            title,
            content: Content::Picture {
                titles: titles(self.graph, &scene),
                scene: Box::new(scene),
            },
        };
        if let Some(scene) = drawn(&[]) {
            return Some(vec![slide("From investments to end outcomes".to_owned(), scene)]);
        }
        let (work, outcomes) = NodeKind::ALL.split_at(NodeKind::BusinessChange.stage() + 1);
        self.graph.of_kind(NodeKind::BusinessChange).next()?;
        let changes_and_outcomes = [&[NodeKind::BusinessChange], outcomes].concat();
        let mut slides = vec![
            slide("From investments to business changes".to_owned(), drawn(work)?),
            slide(
                "From business changes to end outcomes".to_owned(),
                drawn(&changes_and_outcomes)?,
            ),
        ];
        // A link that passes the stage in the middle is on neither half.
        let past = |from: NodeKind, to: NodeKind| {
            from.stage() < NodeKind::BusinessChange.stage() && to.stage() > NodeKind::BusinessChange.stage()
        };
        let links = self.graph.links().iter();
        let left_out = links
            .filter(|link| {
                let (from, to) = (self.graph.kind(link.from), self.graph.kind(link.to));
                past(from, to) || past(to, from)
            })
            .map(|link| {
                let (from, to) = (self.graph.node(link.from), self.graph.node(link.to));
                let leads = if link.link.feedback {
                    "feeds back to"
                } else {
                    "leads to"
                };
                format!(
                    "On neither slide, as it passes no business change: {} {leads} {}.",
                    from.label(),
                    to.label()
                )
            });
        let left_out: Vec<String> = left_out.collect();
        slides.last_mut()?.notes.splice(0..0, left_out);
        Some(slides)
    }

    /// What a slide leaves for a picture, as a size of paper.
    fn slide_size(&self) -> PaperSize {
        let tenths = |px: f64| (px / PX_IN_MM * 10.0).floor().max(1.0) as u32;
        PaperSize::Slide {
            width: tenths(self.room.w),
            height: tenths(self.room.h),
        }
    }

    /// How large a picture is shown on a slide: px of the slide in one of its px.
    fn shown_at(&self, scene: &Scene) -> f64 {
        (self.room.w / scene.width.max(1.0)).min(self.room.h / scene.height.max(1.0))
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
    pub(super) fn pictures(&self, layout: &LayoutOptions) -> Vec<Slide> {
        let heading = layout.heading.as_ref();
        let title = heading
            .map_or(&self.graph.map().title, |heading| &heading.title)
            .clone();
        let layout = titled(layout);
        let size = self.slide_size();
        let whole = layout::layout(
            self.graph,
            &LayoutOptions {
                paper: None,
                ..layout.clone()
            },
        );
        let scenes = match self.shown_at(&whole) >= size.least_scale() {
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
            let (baseline, target) = (
                wording::baseline(graph.map().language(), kpi),
                wording::target(graph.map().language(), kpi),
            );
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
