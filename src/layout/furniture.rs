//! What stands around the cards: title block, headings, panels, legend and footer.

use crate::graph::BenefitGraph;
use crate::layered::Band;
use crate::map::NodeKind;
use crate::scene::{Area, Ink, Panel, PanelKind, Point, Rule, Scene, Symbol, Text, TextDirection, TextStyle, Tone};

use super::arranged::Span;
use super::card::{Density, kind_icon};
use super::compose::{self, Drawing};
use super::content::Entry;
use super::{EmptyStages, LayoutOptions, ReadingDirection, TitleBlock, legend};
use crate::text::{clean, count, height, typeset};

/// The symbol of a stage at its heading, in px.
const HEADING_SYMBOL: f64 = 16.0;
/// From the left side of a heading to its words, in px: its symbol stands there.
pub(super) const HEADING_INDENT: f64 = 23.0;

/// Around the whole picture, in px.
const MARGIN: f64 = 32.0;
/// The same where room is shortest.
const TIGHT_MARGIN: f64 = 20.0;
/// From the side of a column to the side of its panel, in px.
pub(super) const PANEL_PAD: f64 = 10.0;
/// The width of a stage that is drawn as a rail, in px: with the panel around it 28.
pub(super) const RAIL: f64 = 28.0 - 2.0 * PANEL_PAD;
/// Lines keep this far from the edge of the picture, in px.
const EDGE: f64 = 12.0;
/// Room for the headings beside the cards, where the map is read downward, in px.
const GUTTER: f64 = 150.0;
/// Under the last card, in px.
const FOOT: f64 = 18.0;

/// The purpose is not set wider than this, in px: longer lines are hard to read.
const PURPOSE_WIDTH: f64 = 900.0;
/// The same where room is shortest: a line more costs more than a long line.
const TIGHT_PURPOSE_WIDTH: f64 = 1_300.0;
/// The picture is not narrower than this, in px, so that title and footer have room.
const LEAST_WIDTH: f64 = 640.0;

/// Everything around the cards, made before they are moved to their places.
#[derive(Default)]
pub(super) struct Frame {
    /// Where the top left corner of what was arranged comes to stand, in px.
    pub origin: Point,
    /// Around the whole picture, in px.
    margin: f64,
    purpose_width: f64,
    width: f64,
    least_height: f64,
    /// Lower side of the panels, in px.
    bottom: f64,
    panels: Vec<Panel>,
    texts: Vec<Text>,
    symbols: Vec<Symbol>,
    rules: Vec<Rule>,
    footer: (String, String),
}

impl Frame {
    /// The frame for what the engine arranged; the whole at least so wide and so high, in px.
    pub fn new(drawing: &Drawing<'_, '_>, least: Point) -> Self {
        let (margin, purpose_width) = match drawing.density {
            Density::Usual | Density::Compact => (MARGIN, PURPOSE_WIDTH),
            Density::Tight(_) => (TIGHT_MARGIN, TIGHT_PURPOSE_WIDTH),
        };
        let mut frame = Self {
            least_height: least.1,
            margin,
            purpose_width,
            footer: footer(drawing),
            ..Self::default()
        };
        let natural = match drawing.options.direction {
            ReadingDirection::Right => {
                natural_width(&drawing.arranged.stages, drawing.arranged.width, margin) + band_gutter(drawing)
            }
            ReadingDirection::Down => 2.0 * margin + GUTTER + drawing.arranged.width + PANEL_PAD,
        };
        frame.width = natural.max(LEAST_WIDTH).max(least.0).ceil();
        let slack = frame.width - natural;
        let top = match drawing.options.title {
            TitleBlock::Shown => frame.title_block(drawing.graph, drawing.options),
            TitleBlock::LeftOut => margin,
        };
        match drawing.options.direction {
            ReadingDirection::Right => frame.headings_above(drawing, top, slack),
            ReadingDirection::Down => frame.headings_beside(drawing, top, slack),
        }
        frame
    }

    /// Title and purpose; gives back where the next thing may begin.
    fn title_block(&mut self, graph: &BenefitGraph<'_>, options: &LayoutOptions) -> f64 {
        let room = self.width - 2.0 * self.margin;
        let mut put = |text: &str, style: TextStyle, ink: Ink, wide: f64, y: f64| {
            let mut text = typeset(text, style, ink, self.margin, wide, y);
            if text.direction == TextDirection::RightToLeft {
                text.move_by(room - wide, 0.0);
            }
            let bottom = y + height(&text);
            self.texts.push(text);
            bottom
        };
        let mut y = put(
            &compose::title(graph, options),
            TextStyle::Title,
            Ink::Text,
            room,
            self.margin,
        );
        let heading = options.heading.as_ref();
        let purpose = clean(heading.map_or(&graph.map().purpose, |heading| &heading.purpose));
        if !purpose.is_empty() {
            let wide = room.min(self.purpose_width);
            y = put(&purpose, TextStyle::Purpose, Ink::Muted, wide, y + 4.0);
        }
        y + 22.0
    }

    /// The heading of a stage, with its symbol; gives back its lower side.
    fn heading(&mut self, drawing: &Drawing<'_, '_>, stage: &Span, x: f64, room: f64, top: f64) -> f64 {
        self.heading_symbol(stage, x, top);
        let tone = Tone::of_kind(stage.kind.stage());
        let words = typeset(
            drawing.options.heading_of(stage.kind),
            TextStyle::Heading,
            Ink::Tone(tone),
            x + HEADING_INDENT,
            room - HEADING_INDENT,
            top,
        );
        let bottom = top + height(&words);
        self.texts.push(words);
        bottom
    }

    fn heading_symbol(&mut self, stage: &Span, x: f64, top: f64) {
        self.symbols.push(Symbol {
            icon: kind_icon(stage.kind),
            x,
            y: top + 2.0,
            size: HEADING_SYMBOL,
            ink: Ink::Tone(Tone::of_kind(stage.kind.stage())),
        });
    }

    /// Says that a stage has no cards, and whether the map has none or this picture.
    fn note_none(&mut self, drawing: &Drawing<'_, '_>, stage: &Span, x: f64, room: f64, top: f64) {
        let words = none(drawing, stage.kind);
        self.texts
            .push(typeset(words, TextStyle::Note, Ink::Muted, x, room, top));
    }

    /// Columns with their headings above them.
    fn headings_above(&mut self, drawing: &Drawing<'_, '_>, top: f64, slack: f64) {
        let arranged = &drawing.arranged;
        let first = arranged.stages.first().map_or(0.0, |s| s.start);
        // Panels stand on the margin, below the title; lanes run in the margin as far as it has room for them.
        let left = (self.margin + PANEL_PAD - first).max(EDGE) + band_gutter(drawing) + (slack / 2.0).floor();
        let heading_top = top + 14.0;
        let mut lowest = heading_top;
        for stage in &arranged.stages {
            let x = left + stage.start;
            if is_rail(drawing, stage) {
                self.heading_symbol(stage, x + (stage.extent - HEADING_SYMBOL) / 2.0, heading_top);
            } else {
                lowest = lowest.max(self.heading(drawing, stage, x, stage.extent.max(100.0), heading_top));
            }
        }
        let rule_top = lowest + 7.0;
        let empty: Vec<&Span> = arranged
            .stages
            .iter()
            .filter(|stage| is_empty(drawing, stage) && !is_rail(drawing, stage))
            .collect();
        let mut cards_top = rule_top + 3.0 + 20.0;
        if !empty.is_empty() {
            // Above all that was arranged, that no line runs through the words.
            for stage in &empty {
                self.note_none(
                    drawing,
                    stage,
                    left + stage.start,
                    stage.extent.max(100.0),
                    rule_top + 11.0,
                );
            }
            cards_top += 16.0;
        }
        let arranged_height = arranged.height.max(if shown(drawing) == 0 { 100.0 } else { 0.0 });
        self.origin = (left, cards_top);
        self.bottom = cards_top + arranged_height + FOOT;
        let panels_left = left + first - PANEL_PAD;
        for stage in &arranged.stages {
            let rule = stage.extent.max(HEADING_SYMBOL);
            self.rules.push(Rule {
                area: Area {
                    x: left + stage.start - (rule - stage.extent) / 2.0,
                    y: rule_top,
                    w: rule,
                    h: 3.0,
                },
                tone: Some(Tone::of_kind(stage.kind.stage())),
            });
            self.panels.push(Panel {
                area: Area {
                    x: left + stage.start - PANEL_PAD,
                    y: top,
                    w: stage.extent + 2.0 * PANEL_PAD,
                    h: self.bottom - top,
                },
                kind: PanelKind::Stage,
            });
        }
        let last = arranged.stages.last().map_or(0.0, |s| left + s.start + s.extent);
        for &Band {
            group,
            y: start,
            height: extent,
        } in &arranged.bands
        {
            let x = panels_left - band_gutter(drawing);
            let area = Area {
                x,
                y: cards_top + start,
                w: last + PANEL_PAD - x,
                h: extent,
            };
            self.band(drawing.group_name(group), area, band_gutter(drawing) - 24.0);
        }
    }

    /// A band with its name in the upper left corner, `room` px wide.
    fn band(&mut self, name: &str, area: Area, room: f64) {
        self.panels.push(Panel {
            area,
            kind: PanelKind::Band,
        });
        let name = typeset(name, TextStyle::Band, Ink::Text, area.x + 12.0, room, area.y + 10.0);
        self.texts.push(name);
    }

    /// Rows with their headings at the left.
    fn headings_beside(&mut self, drawing: &Drawing<'_, '_>, top: f64, slack: f64) {
        let arranged = &drawing.arranged;
        let first = arranged.stages.first().map_or(0.0, |s| s.start);
        // Names of bands stand above them.
        let names: Vec<Text> = arranged
            .bands
            .iter()
            .map(|band| {
                let (name, extent) = (drawing.group_name(band.group), band.height);
                typeset(name, TextStyle::Band, Ink::Text, 0.0, (extent - 8.0).max(60.0), top)
            })
            .collect();
        let names_height = names.iter().map(height).reduce(f64::max).map_or(0.0, |h| h + 8.0);
        let cards_top = top + names_height + (PANEL_PAD - first).max(0.0);
        self.origin = (self.margin + GUTTER + (slack / 2.0).floor(), cards_top);
        let panel_width = self.width - 2.0 * self.margin;
        for stage in &arranged.stages {
            let y = cards_top + stage.start - PANEL_PAD;
            let area = Area {
                x: self.margin,
                y,
                w: panel_width,
                h: stage.extent + 2.0 * PANEL_PAD,
            };
            self.panels.push(Panel {
                area,
                kind: PanelKind::Stage,
            });
            self.rules.push(Rule {
                area: Area { w: 4.0, ..area },
                tone: Some(Tone::of_kind(stage.kind.stage())),
            });
            let (x, room) = (self.margin + 16.0, GUTTER - 28.0);
            let bottom = self.heading(drawing, stage, x, room, y + 12.0);
            if is_empty(drawing, stage) {
                self.note_none(drawing, stage, x, room, bottom);
            }
        }
        let last = arranged.stages.last().map_or(0.0, |s| s.start + s.extent);
        self.bottom = cards_top + (last + PANEL_PAD).max(arranged.height);
        for (mut name, band) in names.into_iter().zip(&arranged.bands) {
            let (start, extent) = (band.y, band.height);
            let x = self.origin.0 + start;
            name.move_by(x + 4.0, 0.0);
            self.texts.push(name);
            let y = cards_top + first - PANEL_PAD;
            self.panels.push(Panel {
                area: Area {
                    x,
                    y,
                    w: extent,
                    h: last + PANEL_PAD + cards_top - y,
                },
                kind: PanelKind::Band,
            });
        }
    }

    /// Puts the frame into the scene, under and around the cards, and settles the scene's size.
    pub fn furnish(self, scene: &mut Scene, drawing: &Drawing<'_, '_>) {
        let extra = legend::Extra {
            options: drawing.options,
            owners: drawing.spelled_owners(),
            most_money: most_money(drawing),
            rails: drawing
                .arranged
                .stages
                .iter()
                .filter(|stage| is_rail(drawing, stage))
                .map(|stage| (stage.kind, none(drawing, stage.kind)))
                .collect(),
        };
        scene.panels = self.panels;
        scene.texts = self.texts;
        scene.symbols = self.symbols;
        scene.rules = self.rules;
        let mut y = self.bottom + 20.0;
        let room = self.width - 2.0 * self.margin;
        scene.legend = legend::legend(scene, extra, self.margin, room, y);
        if let Some(bottom) = scene.legend.iter().map(|e| e.area.y + e.area.h).reduce(f64::max) {
            y = bottom + 16.0;
        }
        let half = room / 2.0 - 10.0;
        let mut right = typeset(&self.footer.1, TextStyle::Footer, Ink::Muted, 0.0, half, 0.0);
        for line in &mut right.lines {
            line.x = self.margin + room - line.width;
        }
        let mut left = typeset(&self.footer.0, TextStyle::Footer, Ink::Muted, self.margin, half, 0.0);
        let footer_height = height(&left).max(height(&right));
        if footer_height > 0.0 {
            // On a page that is higher than the picture, the footer stands at its foot.
            y = y.max(self.least_height - self.margin + 8.0 - footer_height - 10.0);
            scene.rules.push(Rule {
                area: Area {
                    x: self.margin,
                    y,
                    w: room,
                    h: 1.0,
                },
                tone: None,
            });
            y += 10.0;
            left.move_by(0.0, y);
            right.move_by(0.0, y);
            y += footer_height;
            scene
                .texts
                .extend([left, right].into_iter().filter(|t| !t.lines.is_empty()));
        }
        scene.width = self.width;
        scene.height = (y + self.margin - 8.0).max(self.least_height).ceil();
    }
}

/// How wide the picture is where nothing asks for more: columns on the margins, and lanes inside the edge.
fn natural_width(stages: &[Span], arranged: f64, margin: f64) -> f64 {
    let first = stages.first().map_or(0.0, |s| s.start);
    let last = stages.last().map_or(0.0, |s| s.start + s.extent);
    let left = (margin + PANEL_PAD - first).max(EDGE);
    (left + last + PANEL_PAD + margin).max(left + arranged + EDGE)
}

/// Room for the names of bands beside the cards, in px.
fn band_gutter(drawing: &Drawing<'_, '_>) -> f64 {
    if drawing.arranged.bands.is_empty() { 0.0 } else { GUTTER }
}

/// How many nodes of the map are shown.
fn shown(drawing: &Drawing<'_, '_>) -> usize {
    let entries = &drawing.content.entries;
    entries.iter().filter(|entry| matches!(entry, Entry::Node(..))).count()
}

fn is_empty(drawing: &Drawing<'_, '_>, stage: &Span) -> bool {
    let entries = &drawing.content.entries;
    entries.iter().all(|entry| entry.kind(drawing.graph) != stage.kind)
}

/// What the link that leads to benefits worth most is worth, of those that are shown.
fn most_money(drawing: &Drawing<'_, '_>) -> Option<String> {
    let ties = drawing.content.ties.iter().map(|tie| tie.link.link);
    let worth = ties.filter_map(|link| drawing.options.money.get(&(link.from.clone(), link.to.clone())));
    worth
        .max_by(|a, b| a.share.total_cmp(&b.share))
        .map(|most| most.figure.clone())
}

/// Whether a stage is drawn as a narrow rail instead of a column: it has no cards, and others have some.
fn is_rail(drawing: &Drawing<'_, '_>, stage: &Span) -> bool {
    let options = drawing.options;
    options.direction == ReadingDirection::Right
        && options.empty_stages == EmptyStages::Rail
        && !drawing.content.entries.is_empty()
        && is_empty(drawing, stage)
}

/// That a stage has no cards: the map has none, or this picture.
fn none(drawing: &Drawing<'_, '_>, kind: NodeKind) -> &'static str {
    match drawing.graph.of_kind(kind).next() {
        None => "None on this map",
        Some(_) => "None shown",
    }
}

/// What stands at the left and at the right of the footer.
fn footer(drawing: &Drawing<'_, '_>) -> (String, String) {
    let (graph, options) = (drawing.graph, drawing.options);
    let mut left = Vec::new();
    match graph.map().period.map(|p| (p.start, p.end)) {
        Some((Some(start), Some(end))) => left.push(format!(
            "{} to {}",
            graph.map().language().day(start),
            graph.map().language().day(end)
        )),
        Some((Some(start), None)) => left.push(format!("From {}", graph.map().language().day(start))),
        Some((None, Some(end))) => left.push(format!("Until {}", graph.map().language().day(end))),
        _ => {}
    }
    let shown = shown(drawing);
    if shown < graph.len() {
        left.push(format!("{shown} of {} shown", count(graph.len(), "box", "boxes")));
    }
    let source = clean(&options.source);
    if !source.is_empty() {
        left.push(format!("Source: {source}"));
    }
    let mut right = Vec::new();
    if let Some(day) = options.as_of {
        right.push(format!("As of {}", graph.map().language().day(day)));
    }
    if let Some((page, pages)) = drawing.content.page {
        right.push(format!("Page {page} of {pages}"));
    }
    (left.join(" \u{b7} "), right.join(" \u{b7} "))
}
