//! How money becomes outcomes: the map as a whole, each end outcome with its line of sight, evidence and assumptions.

use crate::graph::{NodeIx, NodeSet};
use crate::layout::{self, Extent, Heading, LayoutOptions, Paper, PaperSize, Rest, TitleBlock, Turn};
use crate::map::{Node, NodeKind};
use crate::scene::Scene;

use super::super::model::{Block, Cell, Column, Inline, Picture, Table, Target, Width};
use super::super::{chart, wording};
use super::{Case, Section, summary};

/// A picture no wider than this, in px, goes on a page that stands, and keeps type of 7 pt there.
const WIDE: f64 = 890.0;
/// The widest and highest picture that keeps its type on a page that lies across.
const ACROSS: (f64, f64) = (1414.0, 728.0);
/// The same on one that is folded in.
const FOLDED: (f64, f64) = (2060.0, 1200.0);
/// How much larger than a page a picture may be to be tried on it with its cards set closer.
const CLOSER: f64 = 1.35;
/// A board turns over so many pages of the map; what takes more is an overview, or one sentence.
const PAGES_FOR_A_BOARD: usize = 2;

/// The most boxes of one picture: more would take hundreds of pages, and time that grows with their square.
const MOST_BOXES: usize = 2_000;
/// The most boxes that all lines of sight show together.
const MOST_DRAWN: usize = 4_000;
/// The most lines of sight that are drawn: nobody turns over more pages of pictures.
const MOST_SIGHTS: usize = 100;

/// The section on the map as a whole.
pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![Block::heading_at(1, "How the benefits come about", "chains")];
    let mut how = match case.is_short() {
        true => Vec::new(),
        false => vec![Inline::text(
            "The map reads from left to right: investments pay for enablers, enablers make business changes possible, and changes in the way of working bring about intermediate outcomes and, through them, the end outcomes. ",
        )],
    };
    how.push(Inline::text(
        "An arrow says that the first helps to bring about the second.",
    ));
    if case.has(Section::Evidence) {
        how.push(Inline::text(" Its reason and its evidence are in "));
        how.push(Inline::Reference("evidence".to_owned()));
        how.push(Inline::text("."));
    }
    how.push(Inline::text(" A dashed red line works against what it leads to."));
    out.push(Block::Paragraph(how));
    if map.nodes.is_empty() {
        out.push(Block::note("The map has no boxes yet."));
        return out;
    }
    if map.nodes.len() > MOST_BOXES {
        out.push(Block::note(format!(
            "The map has {}. A picture in this document has {} at most, so the whole map is not shown.",
            wording::counted(map.nodes.len(), "box", "boxes"),
            case.map.language().digits(&MOST_BOXES.to_string())
        )));
        return out;
    }
    if !case.is_short() {
        out.extend(pictures(case, &base(case), "The benefit map", "map"));
        return out;
    }
    let caption = "The benefit map";
    let natural = layout::layout(case.graph, &titled(&base(case), caption));
    // Cutting a map into many sheets takes its time, and a board reads none of them.
    let may_fit = natural.width * natural.height <= 2.0 * PAGES_FOR_A_BOARD as f64 * ACROSS.0 * ACROSS.1;
    if may_fit {
        let whole = on_paper(case, &base(case), caption, "map");
        if whole.len() <= PAGES_FOR_A_BOARD {
            out.extend(whole);
            return out;
        }
    }
    let overview = LayoutOptions {
        extent: Extent::Overview,
        ..base(case)
    };
    let caption = "Each end outcome, and how many boxes of each kind lead to it";
    let condensed = on_paper(case, &overview, caption, "map");
    out.push(Block::note(format!(
        "The whole map has {}, too many for a page of this size: it is in the annex.",
        wording::counted(map.nodes.len(), "box", "boxes")
    )));
    if condensed.len() <= PAGES_FOR_A_BOARD {
        out.extend(condensed);
    }
    out
}

fn base(case: &Case<'_, '_>) -> LayoutOptions {
    LayoutOptions {
        signals: case
            .options
            .measurements
            .map(|known| chart::signals(case.map, known, case.options.as_of))
            .unwrap_or_default(),
        ..LayoutOptions::default()
    }
}

/// The section on what leads to each end outcome.
pub(super) fn sights(case: &Case<'_, '_>) -> Vec<Block> {
    let mut out = vec![Block::heading_at(1, "What leads to each end outcome", "sights")];
    let base = base(case);
    let all = case.graph.len();
    let (mut drawn, mut sights) = (0, 0);
    for ix in case.graph.of_kind(NodeKind::EndOutcome) {
        let node = case.graph.node(ix);
        out.push(Block::heading(2, node.label()));
        let upstream = case.graph.upstream(ix);
        out.push(Block::text(sight(case, ix, &upstream)));
        let boxes = upstream.len();
        let is_whole = upstream.len() + usize::from(!upstream.contains(ix)) == all;
        if is_whole && case.has(Section::Map) && all <= MOST_BOXES {
            out.push(Block::Paragraph(vec![
                Inline::text("Everything on the map leads to it: see "),
                Inline::Reference("map".to_owned()),
                Inline::text("."),
            ]));
            continue;
        }
        if boxes > MOST_BOXES || drawn + boxes > MOST_DRAWN || sights == MOST_SIGHTS {
            out.push(Block::note(
                "Its line of sight is too large to be drawn here, or too many are drawn already.",
            ));
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
    if out.len() == 1 {
        out.push(Block::note("The map has no end outcomes yet."));
    }
    out
}

/// The map laid out so: one picture where it keeps its type on a page of the document or on one that is folded in, else as many
/// of those as it takes.
fn pictures(case: &Case<'_, '_>, options: &LayoutOptions, caption: &str, anchor: &str) -> Vec<Block> {
    let options = titled(options, caption);
    let whole = layout::layout(case.graph, &options);
    let keeps_type = |room: (f64, f64)| whole.width <= room.0 && whole.height <= room.1;
    if keeps_type(ACROSS) {
        return blocks_of(vec![whole], caption, anchor);
    }
    // Cards set closer take a quarter less room at best. What is larger would be cut into many sheets for nothing.
    if whole.width <= CLOSER * ACROSS.0 && whole.height <= CLOSER * ACROSS.1 {
        let closer = sheets(case, &options, PaperSize::Report);
        if closer.len() == 1 {
            return blocks_of(closer, caption, anchor);
        }
    }
    match keeps_type(FOLDED) {
        true => blocks_of(vec![whole], caption, anchor),
        false => blocks_of(sheets(case, &options, PaperSize::Foldout), caption, anchor),
    }
}

/// The same on pages of the document alone.
fn on_paper(case: &Case<'_, '_>, options: &LayoutOptions, caption: &str, anchor: &str) -> Vec<Block> {
    let options = titled(options, caption);
    let whole = layout::layout(case.graph, &options);
    match whole.width <= ACROSS.0 && whole.height <= ACROSS.1 {
        true => blocks_of(vec![whole], caption, anchor),
        false => blocks_of(sheets(case, &options, PaperSize::Report), caption, anchor),
    }
}

/// The picture is called after what it shows; title and purpose of the map stand in the text.
fn titled(options: &LayoutOptions, caption: &str) -> LayoutOptions {
    LayoutOptions {
        title: TitleBlock::LeftOut,
        heading: Some(Heading {
            title: caption.to_owned(),
            purpose: String::new(),
        }),
        ..options.clone()
    }
}

fn sheets(case: &Case<'_, '_>, options: &LayoutOptions, size: PaperSize) -> Vec<Scene> {
    let paper = Paper {
        size,
        turn: Turn::Landscape,
    };
    let options = LayoutOptions {
        paper: Some(paper),
        ..options.clone()
    };
    layout::pages(case.graph, &options)
}

/// Scenes as pictures with captions, each on the page that it needs.
fn blocks_of(scenes: Vec<Scene>, caption: &str, anchor: &str) -> Vec<Block> {
    let many = scenes.len();
    let block = |(i, scene): (usize, Scene)| {
        let caption = match many {
            1 => caption.to_owned(),
            _ => format!("{caption}, part {} of {many}", i + 1),
        };
        let mut picture = Picture::new(scene, caption);
        let (w, h) = (picture.scene.width, picture.scene.height);
        picture.width = match () {
            () if w <= WIDE => Width::Text,
            () if w <= ACROSS.0 && h <= ACROSS.1 => Width::Landscape,
            () => Width::Foldout,
        };
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
        Some(day) => out.push_str(&format!(", by {}.", case.map.language().day(day))),
        None => out.push('.'),
    }
    for kpi in case.records.kpis_of(&node.id) {
        out.push_str(&format!(" It is measured by {}", lower(kpi.label())));
        let (from, to) = (
            wording::baseline(case.map.language(), kpi),
            wording::target(case.map.language(), kpi),
        );
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

/// The section on reasons, evidence and assumptions.
pub(super) fn evidence(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    if map.links.is_empty() {
        return vec![
            Block::heading_at(1, "Evidence and assumptions", "evidence"),
            Block::note("The map has no links yet."),
        ];
    }
    let mut out = vec![
        Block::heading_at(1, "Evidence and assumptions", "evidence"),
        Block::text(
            "Why each step should work, and the evidence that it does. A step without evidence relies on its reason alone.",
        ),
    ];
    let mut table = Table::new(
        "Reason and evidence of the links",
        [
            Column::new("From", 2.0),
            Column::new("Why it brings this about", 4.0),
            Column::new("Evidence", 4.4),
            summary::number_column("Share", 0.8),
        ],
    );
    table.width = Width::Landscape;
    table.anchor = "links".to_owned();
    let mut unsaid = 0;
    for kind in NodeKind::ALL {
        for ix in case.graph.of_kind(*kind) {
            let mut links: Vec<_> = case.graph.links_of(ix, crate::graph::Way::Upstream).collect();
            let all = links.len();
            links.retain(|link| says_something(link.link));
            unsaid += all - links.len();
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
    match (table.rows.is_empty(), unsaid) {
        (true, _) => out.push(Block::note("No link has a reason or evidence yet.")),
        (false, 0) => {}
        (false, n) => out.push(Block::note(format!(
            "The table leaves out {} without a reason or evidence.",
            wording::counted(n, "link", "links")
        ))),
    }
    if !table.rows.is_empty() {
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

/// Whether there is more to say of a link than that it is there.
fn says_something(link: &crate::map::Link) -> bool {
    let works_otherwise = link.feedback || link.effect == crate::map::Effect::Hinders;
    let is_argued = !link.rationale.trim().is_empty() || !link.evidence.is_empty();
    works_otherwise || is_argued || link.contribution.is_some()
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
