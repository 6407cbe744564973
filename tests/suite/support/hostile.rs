//! Words that every format has a way to get wrong, in a picture and in a document.

use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{self, LayoutOptions};
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};
use benefit_map::report::{
    Align, Block, Cell, Column, Fact, Inline, ListKind, Numbering, Picture, Report, Table, Target, Width,
};
use benefit_map::scene::{Scene, Verdict};

/// Words that every format has a way to get wrong.
pub const HOSTILE: [&str; 6] = [
    "a < b & \"c\" > 'd'",
    "</w:t></a:t></td><script>alert(1)</script>",
    "شوارع أنظف بحلول 2030",
    "Faster 🚮 pick-up 👩🏽‍🔧",
    "中文標題",
    "=HYPERLINK(\"https://a.example\") #{x} `y` *z* [l](u) $m$",
];

/// A word of 400 letters.
pub fn long_word() -> String {
    "Donaudampfschifffahrt".chars().cycle().take(400).collect()
}

/// A picture of boxes with such words.
pub fn hostile_scene() -> Scene {
    let mut map = BenefitMap::new(HOSTILE.join(" "));
    let ids = ["a", "b", "c", "d", "e", "f", "g"].map(|id| NodeId::new(id).unwrap());
    let long = long_word();
    let titles: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
    for (i, (id, title)) in ids.iter().zip(&titles).enumerate() {
        let kind = [
            NodeKind::Investment,
            NodeKind::Enabler,
            NodeKind::BusinessChange,
            NodeKind::EndOutcome,
        ][i % 4];
        map.nodes.push(Node::new(id.clone(), kind, *title));
    }
    for pair in ids.windows(2) {
        map.links.push(Link::new(pair[0].clone(), pair[1].clone()));
    }
    layout::layout(&BenefitGraph::new(&map), &LayoutOptions::default())
}

/// A report with every kind of block, and hostile words in every place that takes words.
pub fn everything() -> Report {
    let mut report = Report::new(HOSTILE[0]);
    report.subtitle = HOSTILE[1].to_owned();
    report.author = HOSTILE[5].to_owned();
    report.facts.push(Fact::new("As of", "31 March 2028"));
    report.numbering = Numbering::Decimal;
    report.push(Block::Contents);
    for (i, words) in HOSTILE.into_iter().enumerate() {
        report.push(Block::heading_at(1 + i as u8 % 3, words, format!("part-{i}")));
        report.push(Block::Paragraph(vec![
            Inline::text(words),
            Inline::Break,
            Inline::Strong(words.to_owned()),
            Inline::Emphasis(words.to_owned()),
            Inline::Code(words.to_owned()),
            Inline::Mark(Verdict::Doubtful, words.to_owned()),
            Inline::Reference("costs".to_owned()),
            Inline::Link {
                text: words.to_owned(),
                target: Target::Address("https://a.example/?q=1&r=\"2\"".to_owned()),
            },
        ]));
        report.push(Block::note(words));
        report.push(Block::list(ListKind::Bullets, [words, words]));
        report.push(Block::list(ListKind::Numbers, [words, words]));
    }
    let mut table = Table::new(
        HOSTILE[0],
        [
            Column::new(HOSTILE[1], 2.0),
            Column::new("Amount", 1.0).align(Align::End),
            Column::new("Status", 1.0).align(Align::Middle),
        ],
    );
    table.anchor = "costs".to_owned();
    table.push_group(HOSTILE[2]);
    for words in HOSTILE {
        table.push([
            Cell::text(words),
            Cell::text("1,200"),
            Cell::mark(Verdict::Bad, "Off track"),
        ]);
    }
    table.push([Cell::text(long_word())]);
    table.push_total([Cell::text("All"), Cell::text("7,200")]);
    report.push(Block::Table(table));
    report.push(Block::PageBreak);
    let mut picture = Picture::new(hostile_scene(), HOSTILE[0]);
    picture.width = Width::Landscape;
    report.push(Block::picture(picture));
    report.push(Block::picture(Picture::new(hostile_scene(), "The same again")));
    report
}
