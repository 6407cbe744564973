//! Pictures fitted to paper, set in bands, read downward or in an order that people gave.

use std::collections::{BTreeMap, BTreeSet};

use benefit_map::draw::{scene_json, svg};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{
    Extent, Grouping, LayoutOptions, MapOrder, Paper, PaperSize, ReadingDirection, Sheets, Turn, layout, pages,
};
use benefit_map::map::{Arrangement, BenefitMap, Link, Node, NodeKind, Owner};
use benefit_map::scene::{Icon, PanelKind, Scene};
use proptest::prelude::*;

use crate::support::generate;
use crate::support::marked::{draw, everything, id, marked};
use crate::support::svg::{Picture, overlap};

/// The smallest type of a picture, in pt on its paper.
fn smallest_type(text: &str, scene: &Scene) -> f64 {
    let picture = Picture::read(text);
    let (across, _) = scene.paper.expect("it is for paper");
    let points_in_px = across / 25.4 * 72.0 / scene.width;
    let sizes = picture.words.iter().map(|words| {
        let size = picture
            .look(&words.classes, "font-size")
            .expect("every text has a size");
        size.trim_end_matches("px").parse::<f64>().unwrap()
    });
    sizes.fold(f64::MAX, f64::min) * points_in_px
}

#[test]
fn paper_is_filled_and_its_text_can_be_read() {
    let map = marked();
    let graph = BenefitGraph::new(&map);
    for size in [PaperSize::A4, PaperSize::A3, PaperSize::A2, PaperSize::Wide] {
        for turn in [Turn::Landscape, Turn::Portrait] {
            for direction in [ReadingDirection::Right, ReadingDirection::Down] {
                let paper = Paper { size, turn };
                let mut options = everything();
                options.paper = Some(paper);
                options.direction = direction;
                let scenes = pages(&graph, &options);
                let (across, down) = paper.millimetres();
                for scene in &scenes {
                    let text = svg(scene, &benefit_map::scene::theme::DEFAULT);
                    assert!(text.contains(&format!("width=\"{across}mm\"")), "{size:?}");
                    assert!(
                        (scene.width / scene.height - across / down).abs() < 0.01,
                        "{size:?} {turn:?}"
                    );
                    assert!(smallest_type(&text, scene) >= 5.999, "{size:?} {turn:?}");
                }
                if size == PaperSize::A3 {
                    assert_eq!(scenes.len(), 1, "{turn:?} {direction:?}");
                }
            }
        }
    }
}

#[test]
fn sheets_hold_every_box_once_and_name_where_links_go_on() {
    let mut map = BenefitMap::new("Long");
    let kinds = NodeKind::ALL;
    for row in 0..24 {
        for (stage, &kind) in kinds.iter().enumerate() {
            map.nodes.push(Node::new(
                id(&format!("n{stage}-{row}")),
                kind,
                format!("Box {stage} of row {row}"),
            ));
            if stage > 0 {
                for from in [row, (row + 1) % 24] {
                    map.links.push(Link::new(
                        id(&format!("n{}-{from}", stage - 1)),
                        id(&format!("n{stage}-{row}")),
                    ));
                }
            }
        }
    }
    let graph = BenefitGraph::new(&map);
    let mut options = LayoutOptions::default();
    options.paper = Some(Paper {
        size: PaperSize::A4,
        turn: Turn::Landscape,
    });
    let scenes = pages(&graph, &options);
    assert!((2..=8).contains(&scenes.len()), "{}", scenes.len());
    let place = |card: &benefit_map::scene::Card| -> Option<usize> {
        let badge = card.badges.iter().find(|b| b.symbols[0].icon == Icon::Page)?;
        badge.text.lines[0].text.strip_prefix("Page ")?.parse().ok()
    };
    let mut home = BTreeMap::new();
    for (page, scene) in scenes.iter().enumerate() {
        for card in scene.cards.iter().filter(|card| place(card).is_none()) {
            assert_eq!(home.insert(card.id.clone(), page + 1), None, "{}", card.id);
        }
        let footer = format!("Page {} of {}", page + 1, scenes.len());
        let texts = scene.texts.iter().flat_map(|t| &t.lines);
        assert!(texts.into_iter().any(|line| line.text.contains(&footer)), "{footer}");
    }
    assert_eq!(home.len(), map.nodes.len());
    let mut drawn = std::collections::BTreeSet::new();
    for scene in &scenes {
        for card in &scene.cards {
            if let Some(page) = place(card) {
                assert_eq!(home[&card.id], page, "{}", card.id);
            }
        }
        drawn.extend(scene.routes.iter().map(|r| (r.from.clone(), r.to.clone())));
    }
    assert_eq!(drawn.len(), map.links.len(), "every link is on some sheet");
    let again: Vec<String> = pages(&graph, &options).iter().map(scene_json).collect();
    assert_eq!(again, scenes.iter().map(scene_json).collect::<Vec<_>>());
}

/// A map of 24 rows, each a box a stage, all of one owner.
fn owned() -> BenefitMap {
    let mut map = BenefitMap::new("Owned");
    map.owners.push(Owner::new("ann".parse().unwrap(), "Ann"));
    for row in 0..24 {
        for (stage, &kind) in NodeKind::ALL.iter().enumerate() {
            let mut node = Node::new(
                id(&format!("n{stage}-{row}")),
                kind,
                format!("Box {stage} of row {row}"),
            );
            node.owner = Some("ann".parse().unwrap());
            map.nodes.push(node);
            if stage > 0 {
                for from in [row, (row + 1) % 24] {
                    let (from, to) = (format!("n{}-{from}", stage - 1), format!("n{stage}-{row}"));
                    map.links.push(Link::new(id(&from), id(&to)));
                }
            }
        }
    }
    map
}

#[test]
fn what_is_on_other_sheets_is_not_without_an_owner() {
    let mut map = owned();
    let names = |map: &BenefitMap| {
        let mut options = LayoutOptions::default();
        options.paper = Some(Paper {
            size: PaperSize::A4,
            turn: Turn::Landscape,
        });
        options.group_by = Some(Grouping::Owner);
        let scenes = pages(&BenefitGraph::new(map), &options);
        assert!(scenes.len() > 1);
        let texts = scenes.iter().flat_map(|scene| &scene.texts);
        let bands = texts.filter(|text| text.style == benefit_map::scene::TextStyle::Band);
        let names: BTreeSet<String> = bands
            .flat_map(|text| &text.lines)
            .map(|line| line.text.clone())
            .collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    };
    let all = names(&map);
    assert!(all == "Ann" || all == "Ann, On other pages", "{all}");
    // A box that has none says so.
    map.nodes[30].owner = None;
    assert!(names(&map).contains("No owner"));
}

#[test]
fn a_map_that_is_to_be_read_downward_is_on_every_paper() {
    let map = owned();
    for turn in [Turn::Landscape, Turn::Portrait] {
        let mut options = LayoutOptions::default();
        options.paper = Some(Paper {
            size: PaperSize::A4,
            turn,
        });
        options.direction = ReadingDirection::Down;
        let mut seen = BTreeSet::new();
        for scene in pages(&BenefitGraph::new(&map), &options) {
            let stages = scene.panels.iter().filter(|panel| panel.kind == PanelKind::Stage);
            let tops: Vec<f64> = stages.map(|panel| panel.area.y).collect();
            assert!(tops.windows(2).all(|two| two[0] < two[1]), "{turn:?} {tops:?}");
            seen.extend(scene.cards.iter().map(|card| card.id.clone()));
        }
        assert!(map.nodes.iter().all(|node| seen.contains(node.id.as_str())), "{turn:?}");
    }
}

#[test]
fn an_overview_counts_what_leads_to_each_end_outcome() {
    let map = marked();
    let mut options = LayoutOptions::default();
    options.extent = Extent::Overview;
    let scene = layout(&BenefitGraph::new(&map), &options);
    let title = |id: &str| -> String {
        let card = scene.cards.iter().find(|card| card.id == id).unwrap();
        let lines: Vec<&str> = card.texts[0].lines.iter().map(|l| l.text.as_str()).collect();
        lines.join(" ")
    };
    assert_eq!(title("overview.enabler.z"), "1 enabler");
    // The disbenefit stands against z, and so leads to it as well; no intermediate outcome leads to the disbenefit.
    assert_eq!(title("overview.intermediate-outcome.z"), "1 intermediate outcome");
    assert!(
        scene
            .cards
            .iter()
            .all(|card| card.id != "overview.intermediate-outcome.bad")
    );
    assert_eq!(title("z"), map.nodes[4].title);
    assert_eq!(scene.routes.len(), 4 + 3);
}

#[test]
fn a_map_read_downward_has_its_stages_in_rows() {
    let map = marked();
    let mut options = everything();
    options.direction = ReadingDirection::Down;
    let (scene, text) = draw(&map, &options);
    Picture::read(&text);
    let of = |id: &str| scene.cards.iter().find(|card| card.id == id).unwrap();
    for (above, below) in [("i", "e"), ("e", "c"), ("c", "m"), ("m", "z")] {
        assert!(
            of(above).y + of(above).h / 2.0 < of(below).y - of(below).h / 2.0,
            "{above} {below}"
        );
    }
    for (i, a) in scene.cards.iter().enumerate() {
        for b in &scene.cards[i + 1..] {
            assert!(
                !overlap((a.x, a.y, a.w, a.h), (b.x, b.y, b.w, b.h)),
                "{} {}",
                a.id,
                b.id
            );
        }
    }
    // Headings stand left of everything that was arranged.
    let headings = scene
        .texts
        .iter()
        .filter(|t| t.style == benefit_map::scene::TextStyle::Heading);
    let right = headings
        .flat_map(|t| &t.lines)
        .map(|l| l.x + l.width)
        .fold(0.0, f64::max);
    assert!(scene.routes.iter().flat_map(|r| &r.bezier).all(|(x, _)| *x > right));
}

#[test]
fn people_may_set_the_order() {
    let mut map = BenefitMap::new("Order");
    for name in ["a", "b", "c"] {
        map.nodes.push(Node::new(id(name), NodeKind::Enabler, name));
    }
    let graph = BenefitGraph::new(&map);
    for order in [["c", "a", "b"], ["b", "c", "a"]] {
        let mut options = LayoutOptions::default();
        options.order = order.map(id).to_vec();
        let mut cards = layout(&graph, &options).cards;
        cards.sort_by(|a, b| a.y.total_cmp(&b.y));
        assert_eq!(cards.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), order);
    }
}

#[test]
fn the_order_in_the_map_is_kept_until_it_is_to_be_forgotten() {
    let mut map = BenefitMap::new("Order");
    for name in ["a", "b", "c"] {
        map.nodes.push(Node::new(id(name), NodeKind::Enabler, name));
    }
    let mut arrangement = Arrangement::default();
    // A node that is not there, or that stands in another stage, has no say.
    arrangement.order.enabler = ["c", "gone", "a"].map(id).to_vec();
    arrangement.order.end_outcome = vec![id("b")];
    map.arrangement = Some(arrangement);
    let drawn = |options: &LayoutOptions| {
        let mut cards = layout(&BenefitGraph::new(&map), options).cards;
        cards.sort_by(|a, b| a.y.total_cmp(&b.y));
        cards.into_iter().map(|card| card.id).collect::<Vec<_>>()
    };
    let kept = drawn(&LayoutOptions::default());
    let place = |name: &str| kept.iter().position(|id| id == name).unwrap();
    assert!(place("c") < place("a"), "{kept:?}");
    let forgotten = drawn(&{
        let mut options = LayoutOptions::default();
        options.map_order = MapOrder::Forgotten;
        options
    });
    assert_eq!(forgotten, ["a", "b", "c"]);
}

/// Whether a route runs through the inside of a card that is not its own, by close samples of its curves.
fn runs_through(scene: &Scene) -> Option<(String, String, String)> {
    for route in &scene.routes {
        for piece in 0..(route.bezier.len() - 1) / 3 {
            let p = &route.bezier[3 * piece..3 * piece + 4];
            for step in 0..=64 {
                let t = f64::from(step) / 64.0;
                let u = 1.0 - t;
                let at = |i: fn(&(f64, f64)) -> f64| {
                    u * u * u * i(&p[0])
                        + 3.0 * u * u * t * i(&p[1])
                        + 3.0 * u * t * t * i(&p[2])
                        + t * t * t * i(&p[3])
                };
                let (x, y) = (at(|p| p.0), at(|p| p.1));
                for card in &scene.cards {
                    let inside = (x - card.x).abs() < card.w / 2.0 - 0.1 && (y - card.y).abs() < card.h / 2.0 - 0.1;
                    let own = card.id == route.from || card.id == route.to;
                    if inside && !own {
                        return Some((route.from.clone(), route.to.clone(), card.id.clone()));
                    }
                }
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn bands_keep_their_members_together_and_no_line_runs_through_a_box(map in generate::maps(), down in any::<bool>()) {
        let options = { let mut options = LayoutOptions::default(); options.group_by = Some(Grouping::Owner); options.direction = if down { ReadingDirection::Down } else { ReadingDirection::Right }; options };
        let scene = layout(&BenefitGraph::new(&map), &options);
        for (i, a) in scene.cards.iter().enumerate() {
            for b in &scene.cards[i + 1..] {
                prop_assert!(!overlap((a.x, a.y, a.w, a.h), (b.x, b.y, b.w, b.h)), "{} {}", a.id, b.id);
            }
        }
        prop_assert_eq!(runs_through(&scene), None);
        // Every card is in one band, and the members of a band are those of one owner.
        let bands: Vec<_> = scene.panels.iter().filter(|p| p.kind == PanelKind::Band).map(|p| p.area).collect();
        let mut owner_of = BTreeMap::new();
        for card in &scene.cards {
            let area = card.area();
            let around: Vec<usize> = (0..bands.len())
                .filter(|&i| {
                    let band = bands[i];
                    area.x >= band.x && area.x + area.w <= band.x + band.w && area.y >= band.y && area.y + area.h <= band.y + band.h
                })
                .collect();
            prop_assert_eq!(around.len(), 1, "{}", card.id);
            let node = map.nodes.iter().find(|n| n.id.as_str() == card.id).unwrap();
            let name = node.owner.as_ref().map(|id| map.owner(id).map(|o| o.name.clone()).filter(|n| !n.is_empty()).unwrap_or(id.to_string()));
            let first = owner_of.entry(around[0]).or_insert_with(|| name.clone());
            prop_assert_eq!(&*first, &name);
        }
        // Names of bands are touched by no line.
        let names = scene.texts.iter().filter(|t| t.style == benefit_map::scene::TextStyle::Band);
        for line in names.flat_map(|t| &t.lines) {
            for (x, y) in scene.routes.iter().flat_map(|r| &r.bezier) {
                let beside = *x > line.x + line.width || *x < line.x - line.width;
                prop_assert!(beside || *y > line.y || *y < line.y - 12.0);
            }
        }
    }

    #[test]
    fn no_line_runs_through_a_box_either_way(map in generate::maps(), down in any::<bool>()) {
        let options = { let mut options = LayoutOptions::default(); options.direction = if down { ReadingDirection::Down } else { ReadingDirection::Right }; options };
        prop_assert_eq!(runs_through(&layout(&BenefitGraph::new(&map), &options)), None);
    }
}

/// The number of sheets, and the smallest type on them in pt.
fn sheets_and_type(map: &BenefitMap, turn: Turn, direction: ReadingDirection) -> (usize, f64) {
    let mut options = LayoutOptions::default();
    options.paper = Some(Paper {
        size: PaperSize::A4,
        turn,
    });
    options.direction = direction;
    let scenes = pages(&BenefitGraph::new(map), &options);
    let types = scenes
        .iter()
        .map(|scene| smallest_type(&svg(scene, &benefit_map::scene::theme::DEFAULT), scene));
    (scenes.len(), types.fold(f64::MAX, f64::min))
}

/// A map of so many boxes a stage, each linked to two of the next.
fn ladder(rows: usize) -> BenefitMap {
    let mut map = BenefitMap::new("Ladder");
    for (stage, &kind) in NodeKind::ALL.iter().enumerate() {
        for row in 0..rows {
            map.nodes.push(Node::new(
                id(&format!("n{stage}-{row}")),
                kind,
                format!("Box {row} of stage {stage}"),
            ));
            if stage > 0 {
                for from in BTreeSet::from([row, (row + 1) % rows]) {
                    map.links.push(Link::new(
                        id(&format!("n{}-{from}", stage - 1)),
                        id(&format!("n{stage}-{row}")),
                    ));
                }
            }
        }
    }
    map
}

#[test]
fn paper_that_may_lie_either_way_takes_the_fewest_sheets_and_then_the_largest_type() {
    for rows in [1, 3, 6, 9, 14] {
        let map = ladder(rows);
        let mut best = (usize::MAX, 0.0_f64);
        for turn in [Turn::Landscape, Turn::Portrait] {
            for direction in [ReadingDirection::Right, ReadingDirection::Down] {
                let (sheets, least) = sheets_and_type(&map, turn, direction);
                if sheets < best.0 || sheets == best.0 && least > best.1 {
                    best = (sheets, least);
                }
            }
        }
        let (sheets, least) = sheets_and_type(&map, Turn::Either, ReadingDirection::Right);
        assert_eq!(sheets, best.0, "{rows} rows");
        assert!(
            least > 0.97 * best.1,
            "{rows} rows: {least} pt, and {} can be had",
            best.1
        );
    }
}

#[test]
fn one_picture_fills_a_shape_however_small_its_text() {
    for rows in [1, 6, 40] {
        let map = ladder(rows);
        for (width, height) in [(1920, 1080), (1080, 1920), (1000, 1000), (1600, 200)] {
            let mut options = LayoutOptions::default();
            options.paper = Some(Paper {
                size: PaperSize::Shape { width, height },
                turn: Turn::Landscape,
            });
            options.sheets = Sheets::One;
            let scenes = pages(&BenefitGraph::new(&map), &options);
            let [scene] = scenes.as_slice() else {
                panic!("{} sheets", scenes.len());
            };
            assert_eq!(scene.cards.len(), map.nodes.len());
            let shape = f64::from(width) / f64::from(height);
            assert!(
                (scene.width / scene.height / shape - 1.0).abs() < 0.001,
                "{rows} rows, {width} by {height}"
            );
            let text = svg(scene, &benefit_map::scene::theme::DEFAULT);
            let millimetres = text
                .split("mm\" xml")
                .next()
                .and_then(|before| before.rsplit('"').next())
                .unwrap();
            let px = millimetres.parse::<f64>().unwrap() / 25.4 * 96.0;
            assert!((px - f64::from(width)).abs() < 0.05, "{millimetres} mm");
            let said = scene.least_type().unwrap();
            assert!((said - smallest_type(&text, scene)).abs() < 0.001, "{said}");
        }
    }
}
