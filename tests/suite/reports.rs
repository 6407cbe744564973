//! Documents about a map: what a report says is the same in every format, and text in it is never markup.

use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{self, LayoutOptions};
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};
use benefit_map::report::{
    Align, Block, Cell, Column, Fact, Inline, ListKind, Numbering, Picture, Report, Table, Target, Width, html,
    markdown,
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

/// The next tag of a page, without its brackets, and what follows it; a `>` within a quoted value does not end one.
pub fn next_tag(page: &str) -> Option<(&str, &str)> {
    let rest = &page[page.find('<')?..];
    let mut quoted = false;
    let end = rest
        .char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        })
        .map(|(at, _)| at)
        .expect("every tag ends");
    Some((&rest[1..end], &rest[end + 1..]))
}

/// Every element of a page that is opened and not closed, or closed and not opened, is a fault; ids are unique.
fn check_markup(page: &str) {
    const VOID: [&str; 4] = ["meta", "br", "col", "!doctype"];
    let mut open: Vec<String> = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut rest = page;
    while let Some((tag, after)) = next_tag(rest) {
        rest = after;
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != '/')
            .collect();
        if let Some(id) = tag.split(" id=\"").nth(1) {
            let id = id.split('"').next().unwrap();
            assert!(ids.insert(id.to_owned()), "the id {id} stands twice");
        }
        if tag.starts_with('/') {
            assert_eq!(
                open.pop().as_deref(),
                Some(name.as_str()),
                "before {}",
                &rest[..rest.len().min(80)]
            );
        } else if !tag.ends_with('/') && !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<String>::new());
    // Whatever leads to a place of the page leads to one that is there.
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(ids.contains(id), "nothing has the id {id}");
    }
}

#[test]
fn the_page_is_sound_and_stands_alone() {
    let page = html::write(&everything());
    check_markup(&page);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    for absent in ["<script", "src=", "@import", "<link"] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(page.matches("<caption").count(), 1);
    assert_eq!(page.matches("<figcaption").count(), 2);
    assert_eq!(page.matches("role=\"img\"").count(), 2);
    assert!(page.contains("Figure 2: The same again"));
    assert_eq!(html::write(&everything()), page);
}

#[test]
fn every_format_says_all_the_words() {
    let page = html::write(&everything());
    let text = markdown::write(&everything(), "case").text;
    for words in HOSTILE {
        let in_page = words
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        // Heading, paragraph (six times), note, four items of lists and a cell at least.
        assert!(
            page.matches(&in_page).count() >= 13,
            "{words}: {}",
            page.matches(&in_page).count()
        );
        let bare: String = text.chars().filter(|c| *c != '\\').collect();
        assert!(bare.matches(words).count() >= 12, "{words}");
    }
    assert!(page.contains(&long_word()) && text.contains(&long_word()));
}

#[test]
fn markdown_lets_no_markup_through() {
    let written = markdown::write(&everything(), "case");
    // A backslash before each, save in the one that is code.
    let code = format!("`{}`", HOSTILE[1]);
    assert_eq!(written.text.matches(&code).count(), 1);
    let text = written.text.replace(&code, "");
    assert_eq!(text.matches("<script").count(), text.matches("\\<script").count());
    assert_eq!(written.pictures.len(), 2);
    assert!(written.text.contains("](<case-figure-2.svg>)"));
    // A table's rows have as many borders as its head.
    let rows: Vec<&str> = written.text.lines().filter(|line| line.starts_with("| ")).collect();
    assert!(rows.len() > 8);
    for row in rows {
        let borders = row.replace("\\|", "").matches('|').count();
        assert_eq!(borders, 4, "{row}");
    }
}
