//! Pictures: what a reader of the written SVG must find, read back from its text without the code that wrote it.

use std::collections::BTreeMap;

use benefit_map::draw::{scene_json, svg};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{EmptyStages, LayoutOptions, OwnerLabel, Rest, layout};
use benefit_map::map::{BenefitMap, Effect, Link, Node, NodeKind};
use benefit_map::scene::PanelKind;
use benefit_map::scene::theme::Theme;
use proptest::prelude::*;

use crate::support::generate;
use crate::support::marked::{draw, everything, id, marked};
use crate::support::svg::{Picture, contrast, overlap};

#[test]
fn every_text_can_be_read_on_what_is_behind_it() {
    assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 1e-6);
    assert!((contrast("#ffffff", "#767676") - 4.54).abs() < 0.01);
    let map = marked();
    let graph = BenefitGraph::new(&map);
    for theme in Theme::ALL {
        for focus in [vec![], vec![id("bad")]] {
            let mut options = everything();
            options.focus = focus;
            let picture = Picture::read(&svg(&layout(&graph, &options), theme));
            let mut pairs = BTreeMap::new();
            for words in &picture.words {
                let ink = picture.look(&words.classes, "fill").expect("every text has a colour");
                // A point in the first letter.
                let at = (words.x + if words.rtl { -3.0 } else { 3.0 }, words.y - 4.0);
                let ground = picture
                    .rects
                    .iter()
                    .filter(|r| at.0 > r.x && at.0 < r.x + r.w && at.1 > r.y && at.1 < r.y + r.h)
                    .filter_map(|r| picture.look(&r.classes, "fill"))
                    .rfind(|fill| fill.starts_with('#'))
                    .expect("every text has something behind it");
                pairs.insert((ink, ground), words.text.clone());
            }
            assert!(theme.name == "print" || pairs.len() > 5, "{pairs:?}");
            for ((ink, ground), text) in pairs {
                let ratio = contrast(&ink, &ground);
                assert!(ratio >= 4.5, "{}: {ink} on {ground} is {ratio:.2} ({text})", theme.name);
            }
        }
    }
}

#[test]
fn lines_and_symbols_stand_out() {
    for theme in Theme::ALL {
        for ground in [theme.page, theme.panel] {
            for line in [theme.onward, theme.back, theme.adverse] {
                assert!(contrast(line, ground) >= 3.0, "{} {line}", theme.name);
            }
        }
        for shade in theme.tones {
            let behind = if theme.name == "print" {
                theme.page
            } else {
                shade.strong
            };
            assert!(contrast(shade.on_strong, behind) >= 3.0, "{} {shade:?}", theme.name);
        }
        for ink in theme.verdicts {
            assert!(contrast(ink, theme.badges[0].fill) >= 3.0, "{} {ink}", theme.name);
        }
    }
}

#[test]
fn titles_are_whole_and_inside_their_cards() {
    let mut map = marked();
    map.nodes[0].title = "A title that goes on and on ".repeat(180);
    map.nodes[4].title = "y".repeat(400);
    let (scene, text) = draw(&map, &LayoutOptions::default());
    let picture = Picture::read(&text);
    let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for node in &map.nodes {
        let shown: String = picture
            .words
            .iter()
            .filter(|w| w.card.as_deref() == Some(node.id.as_str()) && w.classes.iter().any(|c| c == "words"))
            .map(|w| letters(&w.text))
            .collect();
        assert_eq!(shown, letters(&node.title));
    }
    for card in &scene.cards {
        let area = card.area();
        for text in card.texts.iter().chain(card.badges.iter().map(|b| &b.text)) {
            for line in &text.lines {
                let left = match text.direction {
                    benefit_map::scene::TextDirection::LeftToRight => line.x,
                    benefit_map::scene::TextDirection::RightToLeft => line.x - line.width,
                };
                assert!(left >= area.x + benefit_map::scene::STRIP, "{line:?}");
                assert!(left + line.width <= area.x + area.w + 0.01, "{line:?}");
                assert!(line.y - 8.0 > area.y && line.y < area.y + area.h, "{line:?}");
            }
        }
    }
}

#[test]
fn text_of_the_map_is_never_markup() {
    let mut map = marked();
    map.title = "</title><script>alert(1)</script>".to_owned();
    map.nodes[0].description = "]]> \"><img src=x onerror=alert(1)>".to_owned();
    map.links[0].rationale = "<a href='x'>\u{0}\u{b}\u{ffff}".to_owned();
    let (_, text) = draw(&map, &everything());
    let picture = Picture::read(&text);
    let known = [
        "svg", "title", "desc", "style", "defs", "symbol", "path", "rect", "g", "use", "text", "tspan",
    ];
    for name in &picture.names {
        assert!(known.contains(&name.as_str()), "{name}");
    }
    assert!(!text.contains(['\u{0}', '\u{b}', '\u{ffff}']));
}

#[test]
fn the_order_of_the_file_has_no_say() {
    let map = marked();
    let (scene, text) = draw(&map, &everything());
    let mut turned = map.clone();
    turned.nodes.reverse();
    turned.links.rotate_left(3);
    turned.kpis.reverse();
    turned.owners.reverse();
    let (other, other_text) = draw(&turned, &everything());
    assert_eq!(text, other_text);
    assert_eq!(scene_json(&scene), scene_json(&other));
}

#[test]
fn the_legend_names_what_occurs_and_nothing_else() {
    let mut map = BenefitMap::new("Small");
    map.nodes = vec![
        Node::new(id("a"), NodeKind::Enabler, "A"),
        Node::new(id("b"), NodeKind::EndOutcome, "B"),
    ];
    let words = |map: &BenefitMap, options: &LayoutOptions| -> Vec<String> {
        let scene = layout(&BenefitGraph::new(map), options);
        scene
            .legend
            .iter()
            .map(|entry| entry.text.lines[0].text.clone())
            .collect()
    };
    let rails = [
        "Investments: none on this map",
        "Enabler",
        "Business changes: none on this map",
        "Intermediate outcomes: none on this map",
        "End outcome",
    ];
    assert_eq!(words(&map, &LayoutOptions::default()), rails);
    let mut columns = LayoutOptions::default();
    columns.empty_stages = EmptyStages::Column;
    assert_eq!(words(&map, &columns), ["Enabler", "End outcome"]);
    let all = words(&marked(), &everything());
    for word in [
        "Disbenefit",
        "Quick win",
        "Unintended effect",
        "Hinders",
        "Feeds back",
        "Owner",
        "KPI at risk",
        "Helps, with strong evidence",
        "only assumed",
        "Thicker: larger contribution",
    ] {
        assert!(all.iter().any(|w| w == word), "{word} in {all:?}");
    }
    let plain = words(&marked(), &LayoutOptions::default());
    assert!(plain.iter().any(|w| w == "Helps to bring about"), "{plain:?}");
    assert!(
        !plain.iter().any(|w| w.contains("evidence") || w.contains("KPI at")),
        "{plain:?}"
    );
    let mut initials = LayoutOptions::default();
    initials.owner_label = OwnerLabel::Initials;
    let initials = words(&marked(), &initials);
    assert!(initials.iter().any(|w| w == "DP Director of Place"), "{initials:?}");
}

#[test]
fn a_stage_without_boxes_is_a_rail_beside_others_and_a_column_where_that_is_asked_for() {
    let mut map = BenefitMap::new("Three stages");
    map.nodes = vec![
        Node::new(id("a"), NodeKind::Investment, "Pay for wardens in every park"),
        Node::new(id("b"), NodeKind::Enabler, "Wardens are hired"),
        Node::new(id("c"), NodeKind::EndOutcome, "Parks feel safe"),
    ];
    map.links = vec![Link::new(id("a"), id("b")), Link::new(id("b"), id("c"))];
    let graph = BenefitGraph::new(&map);
    let widths = |options: &LayoutOptions| -> Vec<f64> {
        let scene = layout(&graph, options);
        let stages = scene.panels.iter().filter(|panel| panel.kind == PanelKind::Stage);
        stages.map(|panel| panel.area.w).collect()
    };
    let rails = widths(&LayoutOptions::default());
    assert_eq!((rails[2], rails[3]), (28.0, 28.0), "{rails:?}");
    let mut columns = LayoutOptions::default();
    columns.empty_stages = EmptyStages::Column;
    let columns = widths(&columns);
    assert!(columns[2] > 100.0 && columns[3] > 100.0, "{columns:?}");
    // A map without any boxes has five columns to begin with.
    let blank = BenefitMap::new("Blank");
    let scene = layout(&BenefitGraph::new(&blank), &LayoutOptions::default());
    assert!(scene.panels.len() == 5 && scene.panels.iter().all(|panel| panel.area.w > 100.0));
}

#[test]
fn a_focus_sets_the_rest_back_or_leaves_it_out() {
    let map = marked();
    let graph = BenefitGraph::new(&map);
    let mut options = LayoutOptions::default();
    options.focus = vec![id("e")];
    let text = svg(&layout(&graph, &options), &benefit_map::scene::theme::DEFAULT);
    let picture = Picture::read(&text);
    let has = |card: &str, class: &str| {
        let mut own = picture.rects.iter().filter(|r| r.card.as_deref() == Some(card));
        own.any(|r| r.classes.iter().any(|c| c.starts_with(class)))
    };
    // The enabler leads to everything that the business change leads to; the money leads to it.
    for card in ["i", "c", "m", "z", "bad"] {
        assert!(!has(card, "plate-faded"), "{card}");
    }
    assert!(has("e", "ring-"));
    // A link past the focus is set back, though both its ends belong to the line of sight.
    assert!(text.contains("line-faded"));

    options.focus = vec![id("m")];
    options.rest = Rest::Hidden;
    let shown = |options: &LayoutOptions| -> Vec<String> {
        layout(&graph, options).cards.iter().map(|c| c.id.clone()).collect()
    };
    assert_eq!(shown(&options), ["i", "e", "c", "m", "z"]);
    options.depth = Some(1);
    assert_eq!(shown(&options), ["c", "m", "z"]);
    let mut enablers = LayoutOptions::default();
    enablers.kinds = vec![NodeKind::Enabler, NodeKind::EndOutcome];
    assert_eq!(shown(&enablers), ["e", "bad", "z"]);
    let mut owned = LayoutOptions::default();
    owned.owners = vec!["dp".parse().unwrap()];
    assert_eq!(shown(&owned), ["e"]);
    let nobody = {
        let mut options = LayoutOptions::default();
        options.focus = vec![id("nobody")];
        options
    };
    assert_eq!(shown(&nobody).len(), map.nodes.len());
}

#[test]
fn nothing_and_next_to_nothing_have_a_picture() {
    for map in [BenefitMap::default(), {
        let mut one = BenefitMap::new("One");
        one.nodes.push(Node::new(id("n"), NodeKind::Enabler, ""));
        one.links.push(Link::new(id("n"), id("n")));
        one.links.push(Link::new(id("n"), id("nowhere")));
        one
    }] {
        let (scene, text) = draw(&map, &everything());
        let picture = Picture::read(&text);
        for kind in NodeKind::ALL {
            // A heading, or the legend's word on a rail.
            let none = format!("{}: none on this map", kind.heading());
            let is_named = |word: &str| word == kind.heading() || word == none;
            assert!(picture.words.iter().any(|w| is_named(&w.text)), "{kind}");
        }
        assert!(scene.width > 100.0 && scene.height > 100.0);
        assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"));
    }
}

#[test]
fn links_that_say_the_same_are_one_line() {
    let mut map = BenefitMap::new("Two");
    map.nodes = vec![
        Node::new(id("a"), NodeKind::Enabler, "A"),
        Node::new(id("b"), NodeKind::EndOutcome, "B"),
    ];
    map.links = vec![Link::new(id("a"), id("b")); 1000];
    map.links[7].effect = Effect::Hinders;
    let scene = layout(&BenefitGraph::new(&map), &LayoutOptions::default());
    assert_eq!(scene.routes.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_map_has_a_sound_picture(map in generate::maps()) {
        let (scene, text) = draw(&map, &everything());
        Picture::read(&text);
        for (i, a) in scene.cards.iter().enumerate() {
            for b in &scene.cards[i + 1..] {
                prop_assert!(!overlap((a.x, a.y, a.w, a.h), (b.x, b.y, b.w, b.h)), "{} {}", a.id, b.id);
            }
        }
        // Two decimals at most, and no number that is none, wherever numbers stand.
        // An id of the map may look like a number, and is none.
        let parts: Vec<&str> = text.split('"').collect();
        let is_id = |name: &str| ["id=", "data-from=", "data-to="].iter().any(|end| name.ends_with(end));
        let quoted = parts.chunks_exact(2).filter(|pair| !is_id(pair[0])).map(|pair| pair[1]);
        for value in quoted.filter(|v| v.starts_with(|c: char| c == 'M' || c.is_ascii_digit() || c == '-')) {
            for number in value.split(|c: char| !c.is_ascii_digit() && c != '.') {
                let decimals = number.rsplit_once('.').map_or(0, |(_, d)| d.len());
                prop_assert!(decimals <= 2, "{value}");
            }
        }
        prop_assert!(!text.contains("NaN\"") && !text.contains("NaN ") && !text.contains("inf\""));
        let json: serde_json::Value = serde_json::from_str(&scene_json(&scene)).unwrap();
        prop_assert_eq!(json["nodes"].as_array().unwrap().len(), scene.cards.len());
        for edge in json["edges"].as_array().unwrap() {
            prop_assert_eq!(edge["bezier"].as_array().unwrap().len() % 3, 1);
        }
        // No heading is touched by a line: all of them stand above everything that was arranged.
        let headings: Vec<f64> = scene.rules.iter().filter(|r| r.tone.is_some()).map(|r| r.area.y + r.area.h).collect();
        for (_, y) in scene.routes.iter().flat_map(|r| &r.bezier) {
            prop_assert!(headings.iter().all(|h| y > h));
        }
    }
}
