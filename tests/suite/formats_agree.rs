//! One scene in every format: boxes stand in the same places to the px, and words are drawn whatever letters they have.

use std::process::Command;
use std::sync::Arc;

use benefit_map::draw::pdf::of_scenes;
use benefit_map::draw::pptx;
use benefit_map::draw::{self, EMOJI, Face, Fonts, Resolution};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{self, LayoutOptions};
use benefit_map::map::{BenefitMap, Node, NodeId, NodeKind};
use benefit_map::report::deck::{DeckOptions, SlideKind, deck};
use benefit_map::scene::theme::DEFAULT;
use benefit_map::scene::{Area, Scene};
use benefit_map::text;

use crate::support::example::{example, fonts};
use crate::support::foreign::{converted, there};
use crate::support::pixels::{Pixels, alike, rgb};

/// How far a side of a box may stand from where the scene has it, in px of the scene.
const WITHIN: f64 = 1.0;

/// The first page of a PDF, `scale` pixels to a px of the scene.
fn page(pdf: &[u8], scale: f64) -> Pixels {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.pdf");
    std::fs::write(&path, pdf).unwrap();
    let done = Command::new("pdftoppm")
        .args([
            "-r",
            &(96.0 * scale).to_string(),
            "-f",
            "1",
            "-l",
            "1",
            "-png",
            "-singlefile",
        ])
        .arg(&path)
        .arg(dir.path().join("a"))
        .status()
        .unwrap();
    assert!(done.success());
    Pixels::png(&std::fs::read(dir.path().join("a.png")).unwrap())
}

/// How far the colour reaches from a point in a direction, in px of the scene.
fn reach(pixels: &Pixels, colour: [u8; 3], from: (f64, f64), step: (f64, f64), scale: f64) -> f64 {
    let mut steps = 0;
    let at = |n: i32| {
        let n = f64::from(n);
        pixels.at(from.0 * scale + step.0 * n, from.1 * scale + step.1 * n)
    };
    while alike(at(steps), colour) {
        steps += 1;
        assert!(steps < 4000, "the colour ends somewhere");
    }
    f64::from(steps) / scale
}

/// Looks for the sides of every strip, from within it, where `origin` is the corner of the scene, in px of it.
fn look(what: &str, pixels: &Pixels, scene: &Scene, scale: f64, origin: (f64, f64)) {
    for card in &scene.cards {
        let Area { x, y, h, .. } = card.area();
        let (x, y) = (x + origin.0, y + origin.1);
        let colour = rgb(DEFAULT.shade(card.tone).strong);
        let (low, inside) = (y + h - 8.0, x + 24.0);
        let side = |from: (f64, f64), step: (f64, f64)| reach(pixels, colour, from, step, scale);
        let found = [
            ("left", x + 14.0 - side((x + 14.0, low), (-1.0, 0.0)), x),
            (
                "right of the strip",
                x + 14.0 + side((x + 14.0, low), (1.0, 0.0)),
                x + 28.0,
            ),
            ("top", y + 4.0 - side((inside, y + 4.0), (0.0, -1.0)), y),
            ("bottom", low + side((inside, low), (0.0, 1.0)), y + h),
        ];
        for (name, found, wanted) in found {
            assert!(
                (found - wanted).abs() <= WITHIN,
                "{what}, {}, {name}: {found} and not {wanted}",
                card.id
            );
        }
    }
}

#[test]
fn boxes_stand_in_the_same_places_in_png_pdf_and_slides() {
    let map = example();
    let graph = BenefitGraph::new(&map);
    let scene = layout::layout(&graph, &LayoutOptions::default());
    let png = draw::png(&scene, &DEFAULT, &fonts(), Resolution::Scale(2.0)).unwrap();
    look("PNG", &Pixels::png(&png), &scene, 2.0, (0.0, 0.0));
    if !there("pdftoppm") {
        return;
    }
    let pdf = draw::pdf::write(&of_scenes(std::slice::from_ref(&scene), &DEFAULT).unwrap(), &fonts()).unwrap();
    look("PDF", &page(&pdf, 2.0), &scene, 2.0, (0.0, 0.0));
    if !there("soffice") {
        return;
    }
    // On a slide a picture is as large as it goes, in the middle of what the title leaves. Type under 10 pt is not drawn there, so
    // the map is one that fits.
    let mut small = BenefitMap::new("Wardens");
    let stages = [
        ("pay", NodeKind::Investment, "Pay for wardens"),
        ("wardens", NodeKind::Enabler, "Wardens are hired"),
        ("lights", NodeKind::Enabler, "Paths are lit"),
        ("safe", NodeKind::EndOutcome, "Parks feel safe"),
    ];
    for (id, kind, title) in stages {
        small.nodes.push(Node::new(NodeId::new(id).unwrap(), kind, title));
    }
    let graph = BenefitGraph::new(&small);
    let mut options = DeckOptions::new(vec![SlideKind::Overview]);
    options.layout = LayoutOptions::default();
    options.theme = &DEFAULT;
    let made = deck(&graph, &options);
    let pptx::Content::Picture { scene, .. } = &made.slides[0].content else {
        panic!("a map of four boxes fits on a slide: {:?}", made.slides[0].content);
    };
    assert_eq!(scene.cards.len(), small.nodes.len());
    let room = pptx::room(made.size, None);
    let shown = (room.w / scene.width).min(room.h / scene.height);
    assert!(shown * 13.0 >= 10.0 * 96.0 / 72.0 - 0.01, "10 pt: {shown}");
    let origin = (
        (room.x + room.w / 2.0) / shown - scene.width / 2.0,
        (room.y + room.h / 2.0) / shown - scene.height / 2.0,
    );
    let pixels = page(&converted("a.pptx", &pptx::write(&made).unwrap()), 3.0);
    look("slide", &pixels, scene, 3.0 * shown, origin);
}

#[cfg(feature = "web")]
#[test]
fn boxes_stand_in_the_same_places_in_a_browser() {
    let scene = layout::layout(&BenefitGraph::new(&example()), &LayoutOptions::default());
    let Some(browser) = crate::support::webdriver::Browser::open(1900, 1400) else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.svg");
    std::fs::write(&path, draw::svg(&scene, &DEFAULT)).unwrap();
    browser.go(&format!("file://{}", path.display()));
    let found = browser.run(
        "return Array.from(document.querySelectorAll('[data-id]'), (g) => {
           const r = g.querySelector('rect').getBoundingClientRect();
           return [g.dataset.id, r.x, r.y, r.width, r.height];
         })",
    );
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), scene.cards.len());
    for card in &scene.cards {
        let Area { x, y, w, h } = card.area();
        let there = found.iter().find(|f| f[0] == card.id.as_str()).unwrap();
        for (i, wanted) in [x, y, w, h].into_iter().enumerate() {
            let at = there[i + 1].as_f64().unwrap();
            assert!((at - wanted).abs() <= WITHIN, "{}: {at} and not {wanted}", card.id);
        }
    }
}

#[test]
fn emoji_are_drawn_and_not_left_out() {
    let faces: [Face; 3] = [Arc::new(text::REGULAR), Arc::new(text::BOLD), Arc::new(EMOJI)];
    let drawn = |title: &str, fonts: &Fonts| {
        let mut map = BenefitMap::new("Emoji");
        map.nodes
            .push(Node::new(NodeId::new("n").unwrap(), NodeKind::Enabler, title));
        let scene = layout::layout(&BenefitGraph::new(&map), &LayoutOptions::default());
        draw::png(&scene, &DEFAULT, fonts, Resolution::Scale(2.0)).unwrap()
    };
    let with = Fonts::new(faces);
    // A bin, a train, and a mechanic of several characters: each its own picture, where an empty box would be the same.
    let titles = ["\u{1f6ae}", "\u{1f686}", "\u{1f469}\u{1f3fd}\u{200d}\u{1f527}"];
    let pictures = titles.map(|title| drawn(title, &with));
    assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2] && pictures[0] != pictures[2]);
    for (title, picture) in titles.into_iter().zip(&pictures) {
        assert_ne!(*picture, drawn(title, &fonts()), "{title} is not the empty box");
    }
}
