//! Everything brought together: cards arranged by the engine, with headings, title, legend and footer around them.

use std::collections::BTreeMap;

use crate::graph::BenefitGraph;
use crate::map::{KpiId, NodeKind};
use crate::scene::{Card, Emphasis, Form, Marker, Part, Point, Route, Scene, Shape, TextStyle};

use super::arranged::{Arranged, Request};
use super::card::{self, Density, Facts};
use super::content::{Content, Entry};
use super::furniture::{self, Frame};
use super::groups::Groups;
use super::line;
use super::owners::Owners;
use super::{EmptyStages, LayoutOptions, MapOrder, OwnerLabel, ReadingDirection, words};
use crate::layered::{Connection, Earlier, Effort, Flow, Spacing};
use crate::text::{clean, measure};

/// Gaps between columns are so much wider where bands send lines far up and down, in px.
const FOR_BANDS: f64 = 40.0;

/// No gap is wider for its lines than this where cards are set close, in px.
const COMPACT_GAP: f64 = 96.0;

/// The same where they are set as close as can be read.
const TIGHT_GAP: f64 = 48.0;

/// How a picture is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub density: Density,
    /// Gaps between columns, or between rows, are wider than usual by so many px.
    pub stretch: f64,
    pub effort: Effort,
}

impl Setting {
    /// As wide as the picture is by itself, and with the best order that there is time for.
    pub fn natural(density: Density) -> Self {
        Self {
            density,
            stretch: 0.0,
            effort: Effort::Full,
        }
    }

    /// What is enough to know how large the picture becomes.
    pub fn trial(density: Density) -> Self {
        Self {
            effort: Effort::Quick,
            ..Self::natural(density)
        }
    }
}

/// Cards and lines in their places, without anything around them.
pub(super) struct Drawing<'g, 'm> {
    pub graph: &'g BenefitGraph<'m>,
    pub options: &'g LayoutOptions,
    pub content: &'g Content<'g, 'm>,
    pub arranged: Arranged,
    pub density: Density,
    cards: Vec<Card>,
    owners: Owners<'m>,
    groups: Option<Groups>,
}

impl<'g, 'm> Drawing<'g, 'm> {
    pub fn new(
        graph: &'g BenefitGraph<'m>,
        options: &'g LayoutOptions,
        content: &'g Content<'g, 'm>,
        setting: Setting,
    ) -> Self {
        let Setting {
            density,
            stretch,
            effort,
        } = setting;
        let owners = Owners::new(graph);
        let cards = cards(graph, options, content, &owners, density);
        let kinds: Vec<NodeKind> = content.entries.iter().map(|e| e.kind(graph)).collect();
        let groups = options.group_by.map(|by| Groups::new(graph, content, &owners, by));
        let connections = content
            .ties
            .iter()
            .map(|tie| Connection {
                from: tie.from,
                to: tie.to,
                flow: if tie.link.link.feedback {
                    Flow::Feedback
                } else {
                    Flow::Forward
                },
            })
            .collect();
        let arranged = Arranged::new(Request {
            empty: empty_extent(options, &kinds),
            kinds,
            stages: content.stages,
            connections,
            direction: options.direction,
            spacing: spacing(
                options.direction,
                density,
                stretch + if groups.is_some() { FOR_BANDS } else { 0.0 },
            ),
            sharing: options.share_lines.into(),
            effort,
            apart: content
                .ties
                .iter()
                .enumerate()
                .filter(|(_, tie)| !line::is_plain(options, tie.link.link))
                .map(|(k, _)| k)
                .collect(),
            groups: groups.as_ref().map(|groups| groups.of.clone()),
            earlier: earlier(graph, options, content),
            cards: &cards,
        });
        Self {
            graph,
            options,
            content,
            arranged,
            density,
            cards,
            owners,
            groups,
        }
    }

    /// The name of a group.
    pub fn group_name(&self, group: usize) -> &str {
        self.groups.as_ref().map_or("", |groups| groups.names[group].as_str())
    }

    /// The picture, at least so wide and so high, in px.
    pub fn scene(&self, least: Point) -> Scene {
        let frame = Frame::new(self, least);
        let (dx, dy) = frame.origin;
        let mut cards = self.cards.clone();
        for (card, &(x, y)) in cards.iter_mut().zip(&self.arranged.centres) {
            card.move_by(x + dx - card.x, y + dy - card.y);
        }
        let ties = self.content.ties.iter().zip(&self.arranged.curves);
        let mut routes: Vec<Route> = ties
            .filter_map(|(tie, curve)| line::route(self.graph, self.options, self.content, tie, curve, (dx, dy)))
            .collect();
        line::merge_heads(&mut routes);
        let mut scene = Scene {
            language: self.graph.map().language().to_string(),
            title: title(self.graph, self.options),
            description: words::description(self.graph, self.options, self.content),
            routes,
            shapes: self.dots((dx, dy)),
            cards,
            ..Scene::default()
        };
        frame.furnish(&mut scene, self);
        scene
    }

    /// The dots where shared lines join, save those between lines that are set back.
    fn dots(&self, (dx, dy): Point) -> Vec<Shape> {
        let is_seen = |of: &[usize]| of.iter().any(|&k| self.content.ties[k].emphasis != Emphasis::Faded);
        let seen = self.arranged.joins.iter().filter(|(_, of)| is_seen(of));
        seen.map(|&((x, y), _)| Shape {
            part: Part::Join,
            form: Form::Marker(Marker::Knot, (x + dx, y + dy)),
        })
        .collect()
    }

    /// Initials with their names, where initials are shown.
    pub fn spelled_owners(&self) -> Vec<String> {
        if self.options.owner_label != OwnerLabel::Initials {
            return Vec::new();
        }
        let shown = self.content.entries.iter().filter_map(|entry| match entry {
            Entry::Node(ix, _) => self.graph.node(*ix).owner.as_ref(),
            Entry::Elsewhere(_) => None,
        });
        self.owners.spelled(shown)
    }
}

/// The title of the map, or a word for it where it has none.
pub(super) fn title(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> String {
    let heading = options.heading.as_ref();
    match clean(heading.map_or(&graph.map().title, |heading| &heading.title)) {
        empty if empty.is_empty() => "Benefit map".to_owned(),
        title => title,
    }
}

fn spacing(direction: ReadingDirection, density: Density, stretch: f64) -> Spacing {
    let (between_items, between_columns) = match (density, direction) {
        (Density::Usual, ReadingDirection::Right) => (18.0, 76.0),
        (Density::Usual, ReadingDirection::Down) => (20.0, 72.0),
        (Density::Compact, ReadingDirection::Right) => (12.0, 54.0),
        (Density::Compact, ReadingDirection::Down) => (12.0, 54.0),
        (Density::Tight(_), _) => (8.0, 32.0),
    };
    let usual = Spacing::default();
    Spacing {
        between_items,
        between_columns: between_columns + stretch,
        // Panels of stages side by side never touch.
        beside_empty: ((between_columns + stretch) / 2.0).max(2.0 * furniture::PANEL_PAD + 4.0),
        // Where room is short, large type goes before gentle lines.
        widest_gap: match density {
            Density::Usual => usual.widest_gap,
            Density::Compact => COMPACT_GAP,
            Density::Tight(_) => TIGHT_GAP,
        },
        ..usual
    }
}

/// A stage without cards is a rail, or as wide as its heading.
fn empty_extent(options: &LayoutOptions, kinds: &[NodeKind]) -> f64 {
    match options.direction {
        ReadingDirection::Down => 56.0,
        ReadingDirection::Right if options.empty_stages == EmptyStages::Rail && !kinds.is_empty() => furniture::RAIL,
        ReadingDirection::Right => NodeKind::ALL
            .iter()
            .filter(|kind| !kinds.contains(kind))
            .map(|kind| furniture::HEADING_INDENT + measure(kind.heading(), TextStyle::Heading))
            .fold(0.0, f64::max)
            .ceil(),
    }
}

/// The order that people gave, as the engine takes it.
fn earlier(graph: &BenefitGraph<'_>, options: &LayoutOptions, content: &Content<'_, '_>) -> Option<Earlier> {
    let of_map = graph
        .map()
        .arrangement
        .iter()
        .filter(|_| options.map_order == MapOrder::Kept);
    let of_map = of_map.flat_map(|arrangement| arrangement.order.iter().map(|(_, id)| id));
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    // What is asked for now goes before what the map holds.
    for (place, id) in options.order.iter().chain(of_map).enumerate() {
        places.entry(id.as_str()).or_insert(place);
    }
    if places.is_empty() {
        return None;
    }
    Some(Earlier {
        places: content
            .entries
            .iter()
            .map(|e| places.get(e.id(graph)).copied())
            .collect(),
    })
}

fn cards(
    graph: &BenefitGraph<'_>,
    options: &LayoutOptions,
    content: &Content<'_, '_>,
    owners: &Owners<'_>,
    density: Density,
) -> Vec<Card> {
    let mut kpis: BTreeMap<&str, Vec<&KpiId>> = BTreeMap::new();
    for kpi in &graph.map().kpis {
        kpis.entry(kpi.node.as_str()).or_default().push(&kpi.id);
    }
    for ids in kpis.values_mut() {
        ids.sort();
    }
    let words: Vec<String> = content
        .entries
        .iter()
        .map(|entry| match entry {
            Entry::Node(ix, _) => card::shown_title(graph.node(*ix)),
            Entry::Elsewhere(elsewhere) => elsewhere.title.clone(),
        })
        .collect();
    let mut widths = Vec::with_capacity(words.len());
    for stage in content.entries.chunk_by(|a, b| a.kind(graph) == b.kind(graph)) {
        let from = widths.len();
        widths.extend(card::widths(&words[from..from + stage.len()], density));
    }
    let entries = content.entries.iter().zip(words.iter().zip(widths));
    entries
        .map(|(entry, (title, width))| {
            let (ix, emphasis) = match entry {
                Entry::Node(ix, emphasis) => (*ix, *emphasis),
                Entry::Elsewhere(elsewhere) => return card::stand_in(elsewhere, width),
            };
            let node = graph.node(ix);
            let measured_by = kpis.get(node.id.as_str()).map_or(&[][..], Vec::as_slice);
            let signal = |&id: &&KpiId| options.signals.get(id).copied();
            let mut facts = Facts {
                kpis: measured_by.len(),
                signals: measured_by.iter().filter_map(signal).collect(),
                mark: options.marks.nodes.get(&node.id).copied(),
                ..Facts::default()
            };
            if let (Some(owner), OwnerLabel::Name | OwnerLabel::Initials) = (&node.owner, options.owner_label) {
                facts.owner = owners.name(owner).to_owned();
                facts.organisation = owners.organisation(owner).to_owned();
                if options.owner_label == OwnerLabel::Initials {
                    facts.initials = owners.initials(owner).to_owned();
                }
            }
            card::card(node, title, &facts, emphasis, (width, density))
        })
        .collect()
}
