//! How money becomes outcomes: the map as a whole, each end outcome with its line of sight, evidence and assumptions.

use crate::graph::{NodeIx, NodeSet};
use crate::layout::{self, Heading, LayoutOptions, Paper, PaperSize, Rest, TitleBlock, Turn};
use crate::map::{Node, NodeKind, group_digits};
use crate::scene::Scene;

use super::super::model::{Block, Cell, Column, Inline, Picture, Table, Target, Width};
use super::super::{chart, wording};
use super::{Case, summary};

/// A picture wider than this, in px, has a page that lies across: on a page that stands its type would be too small.
const WIDE: f64 = 900.0;
/// A picture is shown whole as long as its type keeps about 5 pt on a page that lies across; else it goes on several.
const WIDEST: f64 = 2000.0;
/// The same for its height.
const HIGHEST: f64 = 1350.0;

/// The most boxes of one picture: more would take hundreds of pages, and time that grows with their square.
const MOST_BOXES: usize = 2_000;
/// The most boxes that all lines of sight show together.
const MOST_DRAWN: usize = 4_000;
/// The most lines of sight that are drawn: nobody turns over more pages of pictures.
const MOST_SIGHTS: usize = 100;

/// The section on the map, and that on evidence.
pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![Block::heading_at(1, "How the benefits come about", "chains")];
    out.push(Block::Paragraph(vec![
        Inline::text("The map reads from left to right: investments pay for enablers, enablers make business changes possible, and changes in the way of working bring about intermediate outcomes and, through them, the end outcomes. An arrow says that the first helps to bring about the second; its reason and its evidence are in "),
        Inline::Reference("evidence".to_owned()),
        Inline::text(". A dashed red line works against what it leads to."),
    ]));
    if map.nodes.is_empty() {
        out.push(Block::note("The map has no boxes yet."));
        out.extend(evidence(case));
        return out;
    }
    let base = LayoutOptions {
        signals: case
            .options
            .measurements
            .map(|known| chart::signals(map, known, case.options.as_of))
            .unwrap_or_default(),
        ..LayoutOptions::default()
    };
    out.push(Block::heading_at(2, "The whole map", "whole-map"));
    if map.nodes.len() > MOST_BOXES {
        out.push(Block::note(format!(
            "The map has {}. A picture in this document has {} at most, so the whole map is not shown. `benefit-map draw` draws it.",
            wording::counted(map.nodes.len(), "box", "boxes"),
            group_digits(&MOST_BOXES.to_string())
        )));
    } else {
        out.extend(pictures(case, &base, "The benefit map", "map"));
    }
    let (mut drawn, mut sights) = (0, 0);
    for ix in case.graph.of_kind(NodeKind::EndOutcome) {
        let node = case.graph.node(ix);
        out.push(Block::heading(2, format!("Line of sight: {}", node.label())));
        let upstream = case.graph.upstream(ix);
        out.push(Block::text(sight(case, ix, &upstream)));
        let boxes = upstream.len();
        if boxes > MOST_BOXES || drawn + boxes > MOST_DRAWN || sights == MOST_SIGHTS {
            out.push(Block::note(format!(
                "Its line of sight is not drawn here: `benefit-map draw` with `--focus {} --only` draws it.",
                node.id
            )));
            continue;
        }
        drawn += boxes;
        sights += 1;
        let options = LayoutOptions {
            focus: vec![node.id.clone()],
            rest: Rest::Hidden,
            ..base.clone()
        };
        let caption = format!("What leads to “{}”", node.label());
        out.extend(pictures(case, &options, &caption, &format!("sight-{}", node.id)));
    }
    out.extend(evidence(case));
    out
}

/// The map laid out so, as one picture or as many as it takes.
fn pictures(case: &Case<'_, '_>, options: &LayoutOptions, caption: &str, anchor: &str) -> Vec<Block> {
    let graph = case.graph;
    let mut options = LayoutOptions {
        title: TitleBlock::LeftOut,
        // The picture is called after what it shows; title and purpose stand in the text.
        heading: Some(Heading {
            title: caption.to_owned(),
            purpose: String::new(),
        }),
        ..options.clone()
    };
    let whole = layout::layout(graph, &options);
    let scenes = if whole.width <= WIDEST && whole.height <= HIGHEST {
        vec![whole]
    } else {
        options.paper = Some(Paper {
            size: PaperSize::A4,
            turn: Turn::Landscape,
        });
        layout::pages(graph, &options)
    };
    let many = scenes.len();
    let block = |(i, scene): (usize, Scene)| {
        let caption = match many {
            1 => caption.to_owned(),
            _ => format!("{caption}, part {} of {many}", i + 1),
        };
        let mut picture = Picture::new(scene, caption);
        if picture.scene.width > WIDE {
            picture.width = Width::Landscape;
        }
        if i == 0 {
            picture.anchor = anchor.to_owned();
        }
        Block::picture(picture)
    };
    scenes.into_iter().enumerate().map(block).collect()
}

/// What leads to an end outcome, in words.
fn sight(case: &Case<'_, '_>, ix: NodeIx, upstream: &NodeSet) -> String {
    let node = case.graph.node(ix);
    let of = |kind: NodeKind| -> Vec<&str> {
        let nodes = upstream.iter().filter(|at| *at != ix);
        let nodes = nodes.map(|at| case.graph.node(at)).filter(|node| node.kind == kind);
        nodes.map(Node::label).collect()
    };
    let investments = of(NodeKind::Investment);
    let mut out = match investments.len() {
        0 => "No investment leads to this outcome.".to_owned(),
        _ => format!(
            "It rests on {} ({}), {} and {}.",
            wording::counted(investments.len(), "investment", "investments"),
            wording::row(&investments),
            wording::counted(of(NodeKind::Enabler).len(), "enabler", "enablers"),
            wording::counted(
                of(NodeKind::BusinessChange).len(),
                "business change",
                "business changes"
            ),
        ),
    };
    match &node.owner {
        Some(owner) => out.push_str(&format!(" {} answers for it", wording::owner(&case.records, owner))),
        None => out.push_str(" It has no owner"),
    }
    match node.due {
        Some(day) => out.push_str(&format!(", by {}.", day.spelled())),
        None => out.push('.'),
    }
    for kpi in case.records.kpis_of(&node.id) {
        out.push_str(&format!(" It is measured by {}", lower(kpi.label())));
        let (from, to) = (wording::baseline(kpi), wording::target(kpi));
        match (from.as_str(), to.as_str()) {
            ("", "") => {}
            (from, "") => out.push_str(&format!(", from {from}")),
            ("", to) => out.push_str(&format!(", to reach {to}")),
            (from, to) => out.push_str(&format!(", from {from} to {to}")),
        }
        out.push('.');
    }
    out
}

/// With a small letter where the second is one too: not `KPI`, not `I`.
fn lower(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().collect::<String>() + &words[first.len_utf8()..]
        }
        _ => words.to_owned(),
    }
}

fn evidence(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![
        Block::heading_at(1, "Evidence and assumptions", "evidence"),
        Block::text(
            "Why each step should work, and the evidence that it does. A step without evidence relies on its reason alone.",
        ),
    ];
    let mut table = Table::new(
        "Reason and evidence of every link",
        [
            Column::new("From", 2.0),
            Column::new("Why it brings this about", 4.0),
            Column::new("Evidence", 4.4),
            summary::number_column("Share", 0.8),
        ],
    );
    table.width = Width::Landscape;
    table.anchor = "links".to_owned();
    for kind in NodeKind::ALL {
        for ix in case.graph.of_kind(*kind) {
            let links: Vec<_> = case.graph.links_of(ix, crate::graph::Way::Upstream).collect();
            if links.is_empty() {
                continue;
            }
            let node = case.graph.node(ix);
            table.push_group(format!("Leads to: {} ({})", node.label(), kind.label().to_lowercase()));
            for link in links {
                table.push([
                    Cell::text(case.graph.node(link.from).label()),
                    Cell(reason(link.link)),
                    Cell(sources(link.link)),
                    Cell::text(
                        link.link
                            .contribution
                            .map_or(String::new(), |share| format!("{}%", (share.to_f64() * 100.0).round())),
                    ),
                ]);
            }
        }
    }
    if table.rows.is_empty() {
        out.push(Block::note("The map has no links yet."));
    } else {
        out.push(Block::Table(table));
    }
    let mut assumed = Table::new(
        "Assumptions, and the steps that rest on them",
        [Column::new("Assumption", 4.0), Column::new("Step", 4.0)],
    );
    for link in &map.links {
        for assumption in &link.assumptions {
            assumed.push([
                Cell::text(assumption),
                Cell::text(format!(
                    "{} → {}",
                    wording::title(&case.records, &link.from),
                    wording::title(&case.records, &link.to)
                )),
            ]);
        }
    }
    out.push(Block::heading(2, "Assumptions"));
    if assumed.rows.is_empty() {
        out.push(Block::text("No assumptions are recorded."));
    } else {
        out.push(Block::Table(assumed));
    }
    out
}

fn reason(link: &crate::map::Link) -> Vec<Inline> {
    let mut words = link.rationale.trim().to_owned();
    if link.effect == crate::map::Effect::Hinders {
        words = format!("Works against it. {words}");
    }
    if link.feedback {
        words = format!("Feeds back. {words}");
    }
    if words.is_empty() {
        vec![Inline::Emphasis("No reason is recorded.".to_owned())]
    } else {
        vec![Inline::text(words)]
    }
}

fn sources(link: &crate::map::Link) -> Vec<Inline> {
    let mut out = Vec::new();
    for evidence in &link.evidence {
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        if let Some(strength) = evidence.strength {
            out.push(Inline::Mark(
                summary::strength(strength),
                wording::capital(strength.as_str()),
            ));
            out.push(Inline::text(": "));
        }
        out.push(if evidence.url.is_empty() {
            Inline::text(evidence.source.clone())
        } else {
            Inline::Link {
                text: evidence.source.clone(),
                target: Target::Address(evidence.url.clone()),
            }
        });
    }
    if out.is_empty() {
        out.push(Inline::Emphasis("None".to_owned()));
    }
    out
}
