//! What stands around the cards: title block, headings, panels, legend and footer.

use crate::graph::BenefitGraph;
use crate::map::NodeKind;
use crate::scene::{Area, Ink, Panel, PanelKind, Rule, Scene, Symbol, Text, TextDirection, TextStyle, Tone};

use super::card::kind_icon;
use super::engine::Output;
use super::select::Selection;
use super::text::{clean, height, typeset};
use super::{LayoutOptions, compose, legend, words};

/// Around the whole picture, in px.
const MARGIN: f64 = 32.0;
/// From the side of a column to the side of its panel, in px.
const PANEL_PAD: f64 = 10.0;
/// Lines keep this far from the edge of the picture, in px.
const EDGE: f64 = 12.0;

/// The purpose is not set wider than this, in px: longer lines are hard to read.
const PURPOSE_WIDTH: f64 = 900.0;
/// The picture is not narrower than this, in px, so that title and footer have room.
const LEAST_WIDTH: f64 = 640.0;

/// Everything around the cards, made before they are moved to their places.
pub(super) struct Frame {
    /// Left side of what was arranged, in px.
    pub left: f64,
    /// Upper side of what was arranged, in px.
    pub top: f64,
    width: f64,
    arranged_height: f64,
    panels: Vec<Panel>,
    texts: Vec<Text>,
    symbols: Vec<Symbol>,
    rules: Vec<Rule>,
    footer_left: String,
    footer_right: String,
}

/// One stage, with all its columns.
struct Stage {
    kind: NodeKind,
    left: f64,
    width: f64,
    nodes: usize,
}

impl Frame {
    /// The frame for what the engine arranged.
    pub fn new(graph: &BenefitGraph<'_>, options: &LayoutOptions, selection: &Selection, output: &Output) -> Self {
        // Panels stand on the margin, below the title; lanes run in the margin as far as it has room for them.
        let stages = stages(graph, selection, output);
        let first = stages.iter().map(|s| s.left).reduce(f64::min).unwrap_or(0.0);
        let last = stages.iter().map(|s| s.left + s.width).reduce(f64::max).unwrap_or(0.0);
        let left = (MARGIN + PANEL_PAD - first).max(EDGE);
        let width = (left + last + PANEL_PAD + MARGIN)
            .max(left + output.width + EDGE)
            .max(LEAST_WIDTH);
        let mut texts = Vec::new();
        let mut y = MARGIN;
        let mut put = |text: &str, style: TextStyle, ink: Ink, room: f64, y: f64| {
            let mut text = typeset(text, style, ink, MARGIN, room, y);
            if text.direction == TextDirection::RightToLeft {
                text.move_by(width - 2.0 * MARGIN - room, 0.0);
            }
            let bottom = y + height(&text);
            texts.push(text);
            bottom
        };
        let room = width - 2.0 * MARGIN;
        y = put(&compose::title(graph), TextStyle::Title, Ink::Text, room, y);
        let purpose = clean(&graph.map().purpose);
        if !purpose.is_empty() {
            y = put(
                &purpose,
                TextStyle::Purpose,
                Ink::Muted,
                room.min(PURPOSE_WIDTH),
                y + 4.0,
            );
        }
        y += 22.0;

        let panel_top = y;
        let (mut symbols, mut rules) = (Vec::new(), Vec::new());
        let mut lowest: f64 = 0.0;
        let heading_top = panel_top + 14.0;
        for stage in &stages {
            let tone = Tone::of_kind(stage.kind.stage());
            let x = left + stage.left;
            symbols.push(Symbol {
                icon: kind_icon(stage.kind),
                x,
                y: heading_top + 2.0,
                size: 16.0,
                ink: Ink::Tone(tone),
            });
            let indent = 23.0;
            let heading = typeset(
                stage.kind.heading(),
                TextStyle::Heading,
                Ink::Tone(tone),
                x + indent,
                (stage.width - indent).max(80.0),
                heading_top,
            );
            lowest = lowest.max(height(&heading));
            texts.push(heading);
        }
        let rule_top = heading_top + lowest + 7.0;
        for stage in &stages {
            rules.push(Rule {
                area: Area {
                    x: left + stage.left,
                    y: rule_top,
                    w: stage.width,
                    h: 3.0,
                },
                tone: Some(Tone::of_kind(stage.kind.stage())),
            });
        }
        let top = rule_top + 3.0 + 20.0;
        let mut arranged_height = output.height;
        if selection.shown() == 0 {
            arranged_height = arranged_height.max(120.0);
        }
        for stage in stages.iter().filter(|stage| stage.nodes == 0) {
            texts.push(typeset(
                "None on this map",
                TextStyle::Note,
                Ink::Muted,
                left + stage.left,
                stage.width,
                top,
            ));
            arranged_height = arranged_height.max(24.0);
        }
        let panels = stages
            .iter()
            .map(|stage| Panel {
                area: Area {
                    x: left + stage.left - PANEL_PAD,
                    y: panel_top,
                    w: stage.width + 2.0 * PANEL_PAD,
                    h: top + arranged_height + 18.0 - panel_top,
                },
                kind: PanelKind::Stage,
            })
            .collect();
        Self {
            left,
            top,
            width,
            arranged_height,
            panels,
            texts,
            symbols,
            rules,
            footer_left: footer_left(graph, options, selection),
            footer_right: options
                .as_of
                .map_or(String::new(), |day| format!("As of {}", words::day(day))),
        }
    }

    /// Puts the frame into the scene, under and around the cards, and settles the scene's size.
    ///
    /// `owners` are initials with their names, for the legend.
    pub fn furnish(self, scene: &mut Scene, owners: Vec<String>) {
        scene.panels = self.panels;
        scene.texts = self.texts;
        scene.symbols = self.symbols;
        scene.rules = self.rules;
        let mut y = self.top + self.arranged_height + 18.0 + 20.0;
        let room = self.width - 2.0 * MARGIN;
        scene.legend = legend::legend(scene, owners, MARGIN, room, y);
        if let Some(bottom) = scene.legend.iter().map(|e| e.area.y + e.area.h).reduce(f64::max) {
            y = bottom + 16.0;
        }
        if !self.footer_left.is_empty() || !self.footer_right.is_empty() {
            scene.rules.push(Rule {
                area: Area {
                    x: MARGIN,
                    y,
                    w: room,
                    h: 1.0,
                },
                tone: None,
            });
            y += 10.0;
            let half = room / 2.0 - 10.0;
            let mut right = typeset(&self.footer_right, TextStyle::Footer, Ink::Muted, 0.0, half, y);
            for line in &mut right.lines {
                line.x = MARGIN + room - line.width;
            }
            let left = typeset(&self.footer_left, TextStyle::Footer, Ink::Muted, MARGIN, half, y);
            y += height(&left).max(height(&right));
            scene
                .texts
                .extend([left, right].into_iter().filter(|t| !t.lines.is_empty()));
        }
        scene.width = self.width.ceil();
        scene.height = (y + MARGIN - 8.0).ceil();
    }
}

/// The stages from left to right, each with all its columns.
fn stages(graph: &BenefitGraph<'_>, selection: &Selection, output: &Output) -> Vec<Stage> {
    NodeKind::ALL
        .iter()
        .filter_map(|&kind| {
            let columns = || output.columns.iter().filter(|c| c.stage == kind.stage());
            let left = columns().map(|c| c.x).reduce(f64::min)?;
            let right = columns().map(|c| c.x + c.width).reduce(f64::max)?;
            Some(Stage {
                kind,
                left,
                width: right - left,
                nodes: graph.of_kind(kind).filter(|&ix| selection.node(ix).is_some()).count(),
            })
        })
        .collect()
}

fn footer_left(graph: &BenefitGraph<'_>, options: &LayoutOptions, selection: &Selection) -> String {
    let mut parts = Vec::new();
    let period = graph.map().period;
    match period.map(|p| (p.start, p.end)) {
        Some((Some(start), Some(end))) => parts.push(format!("{} to {}", words::day(start), words::day(end))),
        Some((Some(start), None)) => parts.push(format!("From {}", words::day(start))),
        Some((None, Some(end))) => parts.push(format!("Until {}", words::day(end))),
        _ => {}
    }
    if selection.shown() < graph.len() {
        parts.push(format!(
            "{} of {} shown",
            selection.shown(),
            words::count(graph.len(), "box", "boxes")
        ));
    }
    let source = clean(&options.source);
    if !source.is_empty() {
        parts.push(format!("Source: {source}"));
    }
    parts.join("  \u{b7}  ")
}
