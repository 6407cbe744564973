//! Pictures for documents: every format has the same boxes in the same places, opens elsewhere, and holds all words.

use std::collections::BTreeMap;

use benefit_map::draw::pdf::of_scenes;
use benefit_map::draw::pptx::{self, Content, Deck};
use benefit_map::draw::{self, Resolution};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{self, LayoutOptions, Paper, PaperSize, ReadingDirection, Turn};
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};
use benefit_map::report::deck::{DeckOptions, SlideKind, deck};
use benefit_map::scene::theme::{DEFAULT, Theme};
use benefit_map::scene::{Card, Scene};

use crate::support::archive::{attribute, check_package, part};
use crate::support::example::{example, fonts};
use crate::support::foreign::{converted, there, told_of_pdf, words_of_pdf};
use crate::support::hostile::{HOSTILE, hostile_scene, long_word};
use crate::support::pixels::{Pixels, alike, rgb};

fn scene_of(map: &BenefitMap) -> Scene {
    layout::layout(&BenefitGraph::new(map), &LayoutOptions::default())
}

/// The strip of every card begins, ends, and stands as high as the scene says, to the px.
fn check_cards(pixels: &Pixels, scene: &Scene, scale: f64, theme: &Theme) {
    for card in &scene.cards {
        let area = card.area();
        let strip = rgb(theme.shade(card.tone).strong);
        let at = |x: f64, y: f64| pixels.at(x * scale, y * scale);
        let (x, y) = (area.x, area.y + area.h - 8.0);
        assert!(
            alike(at(x + 1.5, y), strip),
            "{}: the strip begins late: {:?}",
            card.id,
            at(x + 1.5, y)
        );
        assert!(!alike(at(x - 1.5, y), strip), "{}: the strip begins early", card.id);
        assert!(alike(at(x + 26.5, y), strip), "{}: the strip ends early", card.id);
        assert!(!alike(at(x + 29.5, y), strip), "{}: the strip ends late", card.id);
        let (x, top, bottom) = (area.x + 20.0, area.y, area.y + area.h);
        assert!(alike(at(x, top + 1.5), strip), "{}: the card begins late", card.id);
        assert!(!alike(at(x, top - 1.5), strip), "{}: the card begins early", card.id);
        assert!(alike(at(x, bottom - 1.5), strip), "{}: the card ends early", card.id);
        assert!(!alike(at(x, bottom + 1.5), strip), "{}: the card ends late", card.id);
    }
}

#[test]
fn boxes_stand_in_a_png_where_the_scene_has_them() {
    let scene = scene_of(&example());
    for scale in [1.0, 2.0] {
        let bytes = draw::png(&scene, &DEFAULT, &fonts(), Resolution::Scale(scale)).unwrap();
        let pixels = Pixels::png(&bytes);
        assert_eq!(pixels.width, (scene.width * scale) as usize);
        check_cards(&pixels, &scene, scale, &DEFAULT);
    }
    // The same picture at 192 pixels to the inch, which it says.
    let twice = draw::png(&scene, &DEFAULT, &fonts(), Resolution::Dpi(192.0)).unwrap();
    assert_eq!(
        twice,
        draw::png(&scene, &DEFAULT, &fonts(), Resolution::Scale(2.0)).unwrap()
    );
    let info = png::Decoder::new(std::io::Cursor::new(&twice)).read_info().unwrap();
    assert_eq!(info.info().pixel_dims.unwrap().xppu, 7559);
    assert_eq!(
        info.info().utf8_text[0].get_text().unwrap(),
        "Smart waste collection in Wexbridge"
    );
}

#[test]
fn boxes_stand_in_a_pdf_where_the_scene_has_them() {
    if !there("pdftoppm") {
        return;
    }
    let scene = scene_of(&example());
    let bytes = draw::pdf::write(&of_scenes(std::slice::from_ref(&scene), &DEFAULT).unwrap(), &fonts()).unwrap();
    check_cards(&Pixels::pdf(&bytes), &scene, 1.0, &DEFAULT);
}

#[test]
fn a_pdf_can_be_searched_and_listened_to_and_is_always_the_same() {
    let scenes = layout::pages(&BenefitGraph::new(&example()), &{
        let mut options = LayoutOptions::default();
        options.paper = Some(Paper {
            size: PaperSize::A4,
            turn: Turn::Portrait,
        });
        options
    });
    let write = || draw::pdf::write(&of_scenes(&scenes, &DEFAULT).unwrap(), &fonts()).unwrap();
    let bytes = write();
    assert_eq!(bytes, write());
    if there("pdftotext") {
        let told = told_of_pdf(&bytes);
        for line in ["Title:Smartwaste", "Tagged:yes", &format!("Pages:{}", scenes.len())] {
            assert!(told.contains(line), "{line}: {told}");
        }
        assert!(!told.contains("CreationDate"), "{told}");
        let words = words_of_pdf(&bytes);
        for card in scenes.iter().flat_map(|s| &s.cards) {
            let line = &card.texts[0].lines[0].text;
            assert!(words.contains(&line.replace(' ', "")), "{line}");
        }
    }
}

fn options(slides: &[SlideKind]) -> DeckOptions<'static, 'static> {
    let mut options = DeckOptions::new(slides.to_vec());
    options.layout = LayoutOptions::default();
    options.theme = &DEFAULT;
    options
}

/// The shapes of a slide that bear the words of cards: by id, their frames in px.
fn plates(slide: &str) -> BTreeMap<String, [f64; 4]> {
    slide
        .split("<p:grpSp>")
        .skip(1)
        .map(|group| {
            let plate = group.split("<p:sp>").nth(1).unwrap();
            let frame = ["x", "y", "cx", "cy"].map(|n| attribute(plate, n).parse::<f64>().unwrap() / 9525.0);
            (attribute(plate, "id"), frame)
        })
        .collect()
}

/// Every connector is glued to two cards, at sites where it begins and ends.
fn check_glue(slide: &str) -> usize {
    let plates = plates(slide);
    let sites: BTreeMap<String, Vec<(f64, f64)>> = slide
        .split("<p:grpSp>")
        .skip(1)
        .map(|group| {
            let plate = group.split("<p:sp>").nth(1).unwrap();
            let (x, y) = (attribute(plate, "x"), attribute(plate, "y"));
            let sites = plate.split("<a:pos ").skip(1).map(|pos| {
                let at = |name: &str, from: &str| {
                    (attribute(pos, name).parse::<f64>().unwrap() + from.parse::<f64>().unwrap()) / 9525.0
                };
                (at("x", &x), at("y", &y))
            });
            (attribute(plate, "id"), sites.collect())
        })
        .collect();
    let connectors: Vec<&str> = slide.split("<p:cxnSp>").skip(1).collect();
    for connector in &connectors {
        let frame = connector.split("<a:xfrm").nth(1).unwrap();
        let turned = frame.split('>').next().unwrap().contains("rot=\"5400000\"");
        let [x, y, w, h] = ["x", "y", "cx", "cy"].map(|n| attribute(frame, n).parse::<f64>().unwrap() / 9525.0);
        let head = frame.split('>').next().unwrap();
        let flip = |word: &str| if head.contains(word) { -1.0 } else { 1.0 };
        // The frame before it is turned about its centre, from its first to its last corner.
        let half = (w / 2.0 * flip("flipH"), h / 2.0 * flip("flipV"));
        let centre = (x + w / 2.0, y + h / 2.0);
        let corner = |sign: f64| {
            let (u, v) = (half.0 * sign, half.1 * sign);
            if turned {
                (centre.0 - v, centre.1 + u)
            } else {
                (centre.0 + u, centre.1 + v)
            }
        };
        for (word, at) in [("<a:stCxn ", corner(-1.0)), ("<a:endCxn ", corner(1.0))] {
            let glued = connector
                .split(word)
                .nth(1)
                .expect("every connector is glued at both ends");
            let (id, site) = (attribute(glued, "id"), attribute(glued, "idx"));
            assert!(plates.contains_key(&id), "{id} is no card");
            let site = sites[&id][site.parse::<usize>().unwrap()];
            let distance = (site.0 - at.0).abs().max((site.1 - at.1).abs());
            assert!(
                distance < 1.0,
                "an end is {distance} px from its site: {at:?} {site:?} {connector:.400}"
            );
        }
    }
    connectors.len()
}

#[test]
fn boxes_and_links_stand_on_a_slide_where_the_scene_has_them() {
    let map = example();
    let graph = BenefitGraph::new(&map);
    for direction in [ReadingDirection::Right, ReadingDirection::Down] {
        let mut options = options(&[SlideKind::Overview]);
        options.layout = {
            let mut options = LayoutOptions::default();
            options.direction = direction;
            options
        };
        let made = deck(&graph, &options);
        let Content::Picture { scene, .. } = &made.slides[0].content else {
            panic!("a map is a picture")
        };
        let bytes = pptx::write(&made).unwrap();
        check_package(&bytes);
        let slide = part(&bytes, "ppt/slides/slide1.xml");
        let room = pptx::room(made.size, None);
        let scale = (room.w / scene.width).min(room.h / scene.height);
        let origin = (
            room.x + (room.w - scene.width * scale) / 2.0,
            room.y + (room.h - scene.height * scale) / 2.0,
        );
        let mut frames: Vec<[f64; 4]> = plates(&slide).into_values().collect();
        let mut wanted: Vec<[f64; 4]> = scene
            .cards
            .iter()
            .map(Card::area)
            .map(|a| [origin.0 + a.x * scale, origin.1 + a.y * scale, a.w * scale, a.h * scale])
            .collect();
        let order = |a: &[f64; 4], b: &[f64; 4]| (a[0].round(), a[1]).partial_cmp(&(b[0].round(), b[1])).unwrap();
        frames.sort_by(order);
        wanted.sort_by(order);
        assert_eq!(frames.len(), wanted.len());
        for (frame, wanted) in frames.iter().zip(&wanted) {
            for (a, b) in frame.iter().zip(wanted) {
                assert!((a - b).abs() < 1.0, "{frame:?} {wanted:?}");
            }
        }
        assert_eq!(check_glue(&slide), scene.routes.len());
        assert_eq!(pptx::write(&deck(&graph, &options)).unwrap(), bytes);
    }
}

#[test]
fn a_presentation_has_a_slide_for_everything_asked_for() {
    let map = example();
    let graph = BenefitGraph::new(&map);
    let deck = deck(
        &graph,
        &options(&[SlideKind::Overview, SlideKind::Outcomes, SlideKind::Status]),
    );
    let bytes = pptx::write(&deck).unwrap();
    check_package(&bytes);
    // The whole map, five end outcomes, and what the map covers; none of them in type that nobody reads.
    assert!(deck.slides.len() >= 7);
    let last = deck.slides.len();
    for n in 1..=last {
        let slide = part(&bytes, &format!("ppt/slides/slide{n}.xml"));
        assert_eq!(slide.matches("type=\"title\"").count(), 1, "slide {n}");
        check_glue(&slide);
    }
    let slide = part(&bytes, "ppt/slides/slide1.xml");
    assert!(slide.contains("<a:schemeClr val=\"accent1\"/>"));
    let notes = part(&bytes, "ppt/notesSlides/notesSlide1.xml");
    assert!(notes.contains("Owner: "), "{notes}");
    let notes: String = (1..=last)
        .map(|n| part(&bytes, &format!("ppt/notesSlides/notesSlide{n}.xml")))
        .collect();
    for words in ["Owner: Director of Place", "baseline 5,200 km", "Evidence that"] {
        assert!(notes.contains(words), "{words}");
    }
    assert!(part(&bytes, &format!("ppt/slides/slide{last}.xml")).contains("<a:t>10 of 10</a:t>"));
    if there("soffice") && there("pdftotext") {
        let words = words_of_pdf(&converted("deck.pptx", &bytes));
        for node in &map.nodes {
            assert!(words.contains(&node.title.replace(' ', "")), "{}", node.title);
        }
    }
}

#[test]
fn no_words_break_a_picture_in_any_format() {
    let scene = hostile_scene();
    let fonts = fonts();
    for theme in Theme::ALL {
        assert!(draw::png(&scene, theme, &fonts, Resolution::Scale(0.5)).is_ok());
        assert!(draw::pdf::write(&of_scenes(std::slice::from_ref(&scene), theme).unwrap(), &fonts).is_ok());
    }
    let mut map = BenefitMap::new(HOSTILE[0]);
    let long = long_word();
    for (i, words) in HOSTILE.into_iter().chain([long.as_str()]).enumerate() {
        map.nodes.push(Node::new(
            NodeId::new(format!("n{i}")).unwrap(),
            NodeKind::ALL[i % 5],
            words,
        ));
    }
    let ids: Vec<NodeId> = map.nodes.iter().map(|n| n.id.clone()).collect();
    map.links
        .extend(ids.windows(2).map(|pair| Link::new(pair[0].clone(), pair[1].clone())));
    let graph = BenefitGraph::new(&map);
    let made = deck(
        &graph,
        &options(&[SlideKind::Overview, SlideKind::Outcomes, SlideKind::Status]),
    );
    let bytes = pptx::write(&made).unwrap();
    check_package(&bytes);
    let parts = (1..)
        .map(|n| format!("ppt/slides/slide{n}.xml"))
        .take(made.slides.len());
    let slide: String = parts.map(|name| part(&bytes, &name)).collect();
    for words in HOSTILE.into_iter().chain([long.as_str()]) {
        let escaped = words
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        assert!(slide.contains(&format!("<a:t>{escaped}</a:t>")), "{words}");
    }
    if there("soffice") && there("pdftotext") {
        let words = words_of_pdf(&converted("hostile.pptx", &bytes));
        assert!(words.contains("a<b&\"c\">'d'") && words.contains("<script>alert(1)</script>"));
    }
}

#[test]
fn a_picture_too_large_is_refused_before_it_is_drawn() {
    let mut scene = scene_of(&example());
    (scene.width, scene.height) = (20_000.0, 19_000.0);
    for (scale, words) in [
        (2.0, "no side may have more than 30,000"),
        (1.1, "400 million"),
        (1e300, "30,000"),
        (0.0, "not a scale"),
        (f64::NAN, "not a scale"),
        (-1.0, "not a scale"),
    ] {
        let error = draw::png(&scene, &DEFAULT, &fonts(), Resolution::Scale(scale)).unwrap_err();
        assert!(error.to_string().contains(words), "{scale}: {error}");
    }
}

#[test]
fn without_a_wish_a_large_picture_is_as_large_as_it_may_be() {
    let mut scene = Scene {
        width: 100.0,
        height: 100.0,
        ..Scene::default()
    };
    assert_eq!(Resolution::within_limits(&scene, 2.0), Resolution::Scale(2.0));
    for (width, height) in [(4545.0, 23_955.0), (9_000.0, 8_999.0), (30_000.0, 3.0)] {
        (scene.width, scene.height) = (width, height);
        let Resolution::Scale(scale) = Resolution::within_limits(&scene, 2.0) else {
            panic!("a scale was asked for")
        };
        let (across, down) = ((width * scale).ceil(), (height * scale).ceil());
        assert!(
            across.max(down) <= 30_000.0 && across * down <= 1e8,
            "{width} {height} {scale}"
        );
        assert!(
            across.max(down) > 29_000.0 || across * down > 0.9e8,
            "{width} {height} {scale}"
        );
    }
}

#[test]
fn an_empty_map_is_a_picture_too() {
    let map = BenefitMap::new("");
    let graph = BenefitGraph::new(&map);
    let scene = scene_of(&map);
    assert!(draw::png(&scene, &DEFAULT, &fonts(), Resolution::Scale(1.0)).is_ok());
    assert!(draw::pdf::write(&of_scenes(&[scene], &DEFAULT).unwrap(), &fonts()).is_ok());
    let empty: Deck = deck(
        &graph,
        &options(&[SlideKind::Overview, SlideKind::Outcomes, SlideKind::Status]),
    );
    check_package(&pptx::write(&empty).unwrap());
}
