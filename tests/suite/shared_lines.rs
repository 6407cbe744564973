//! Shared lines: what leaves one box, or reaches one, is drawn as one, and still every link can be read.

use std::collections::BTreeSet;

use benefit_map::draw;
use benefit_map::graph::BenefitGraph;
use benefit_map::layered::{Connection, Drawn, Flow, Input, Item, Options, Output, Sharing, arrange};
use benefit_map::layout::{LayoutOptions, LinkDetail, ShareLines, layout};
use benefit_map::map::BenefitMap;
use benefit_map::scene::{Head, Part, Scene, Stroke};
use benefit_map::{file, scene};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::layered::{any_map, check};
use crate::support::archive::parts;
use crate::support::program::benefit_map;
use crate::support::reader;

fn options(sharing: Sharing) -> Options {
    Options {
        sharing,
        ..Options::default()
    }
}

/// What the strokes of the picture say, held against the links.
fn read_all(input: &Input, output: &Output) -> Result<(), String> {
    check(input, output)?;
    let forward: Vec<usize> = (0..input.connections.len())
        .filter(|&k| {
            let route = &output.routes[k];
            route.len() >= 4 && route[0].0 < route[route.len() - 1].0
        })
        .collect();
    let routes: Vec<&[(f64, f64)]> = forward.iter().map(|&k| output.routes[k].as_slice()).collect();
    let box_of = |at: reader::Key, first: bool| {
        let mut found = forward.iter().filter(|&&k| {
            let route = &output.routes[k];
            reader::key(if first { route[0] } else { route[route.len() - 1] }) == at
        });
        let c = &input.connections[*found.next().expect("a line begins and ends at a box")];
        if first { c.from } else { c.to }
    };
    let said: BTreeSet<(usize, usize)> = reader::read(&routes)
        .into_iter()
        .map(|(from, to)| (box_of(from, true), box_of(to, false)))
        .collect();
    let meant: BTreeSet<(usize, usize)> = forward
        .iter()
        .map(|&k| (input.connections[k].from, input.connections[k].to))
        .collect();
    let lost: Vec<_> = meant.difference(&said).collect();
    let invented: Vec<_> = said.difference(&meant).collect();
    if lost.is_empty() && invented.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "cannot be followed: {lost:?}; read and not meant: {invented:?}"
        ))
    }
}

#[test]
fn the_reader_sees_a_join_that_is_not_meant() {
    let level = |y: f64, from: f64, to: f64| [(from + 1.0, y), (to - 1.0, y), (to, y)];
    // Two lines that have a piece in the middle in common.
    let line = |from: f64, to: f64| {
        let mut line = vec![(0.0, from)];
        line.extend([(20.0, from), (30.0, 50.0), (50.0, 50.0)]);
        line.extend(level(50.0, 50.0, 90.0));
        line.extend([(110.0, 50.0), (120.0, to), (140.0, to)]);
        line
    };
    let (a, b) = (line(0.0, 0.0), line(100.0, 100.0));
    assert_eq!(reader::read(&[&a, &b]).len(), 4);
    // Lines that only cross.
    let straight = |from: f64, to: f64| vec![(0.0, from), (50.0, from), (90.0, to), (140.0, to)];
    let (a, b) = (straight(0.0, 100.0), straight(100.0, 0.0));
    assert_eq!(reader::read(&[&a, &b]).len(), 2);
}

/// Numbers that look random and are the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A map of so many boxes a stage, with so many links at random, a part of them past stages.
fn dense(sizes: &[usize], links: usize, seed: u64) -> Input {
    let mut dice = Dice(seed * 2 + 1);
    let mut input = Input {
        stages: sizes.len(),
        empty_width: 90.0,
        ..Input::default()
    };
    for (stage, &size) in sizes.iter().enumerate() {
        for _ in 0..size {
            input.items.push(Item {
                stage,
                width: 170.0,
                height: 44.0 + 16.0 * dice.below(3) as f64,
            });
        }
    }
    let n = input.items.len();
    let mut known = BTreeSet::new();
    let most = 20 * links;
    for _ in 0..most {
        let (from, to) = (dice.below(n), dice.below(n));
        if input.items[from].stage < input.items[to].stage && known.len() < links && known.insert((from, to)) {
            input.connections.push(Connection {
                from,
                to,
                flow: Flow::Forward,
            });
        }
    }
    input
}

/// The length of all strokes, each once: shared pieces are drawn alike, so they are known by their points.
fn ink(output: &Output) -> f64 {
    let mut pieces: BTreeSet<[reader::Key; 4]> = BTreeSet::new();
    for route in &output.routes {
        for piece in route.windows(4).step_by(3) {
            pieces.insert([0, 1, 2, 3].map(|i| reader::key(piece[i])));
        }
    }
    let length = |a: reader::Key, b: reader::Key| ((a.0 - b.0) as f64).hypot((a.1 - b.1) as f64) / 100.0;
    pieces.iter().map(|p| length(p[0], p[3])).sum()
}

const SHAPES: [(&[usize], usize); 10] = [
    (&[8, 12, 9, 6], 90),
    (&[22, 22, 0, 16, 4], 215),
    (&[5, 30, 12, 8, 3], 160),
    (&[15, 15], 120),
    (&[1, 20, 1, 20, 1], 80),
    (&[6, 6, 6, 6, 6], 150),
    (&[30, 4, 30], 200),
    (&[3, 3, 3], 27),
    (&[40, 1, 1, 1, 10], 150),
    (&[12, 0, 0, 0, 12], 100),
];

#[test]
fn a_reader_of_the_strokes_finds_exactly_the_links() {
    for (sizes, links) in SHAPES {
        for seed in 1..=2 {
            let input = dense(sizes, links, seed);
            for sharing in [Sharing::Uprights, Sharing::Trunks] {
                let output = arrange(&input, &options(sharing));
                assert_eq!(read_all(&input, &output), Ok(()), "{sizes:?}, seed {seed}, {sharing:?}");
            }
        }
    }
}

#[test]
fn shared_lines_are_much_shorter_where_links_are_many_and_long() {
    let input = dense(&[22, 22, 0, 16, 4], 215, 1);
    let single = arrange(&input, &options(Sharing::Never));
    let uprights = arrange(&input, &options(Sharing::Uprights));
    let trunks = arrange(&input, &options(Sharing::Trunks));
    assert_eq!(
        (single.drawn, uprights.drawn, trunks.drawn),
        (Drawn::Apart, Drawn::Uprights, Drawn::Trunks)
    );
    assert!(ink(&trunks) < 0.75 * ink(&single), "{} {}", ink(&trunks), ink(&single));
    assert!(!uprights.joins.is_empty() && trunks.joins.is_empty());
    for join in &uprights.joins {
        assert!(join.of.iter().all(|&k| k < input.connections.len()));
    }
}

#[test]
fn lines_are_shared_by_themselves_only_where_there_are_too_many_to_follow() {
    let few = dense(&[6, 8, 6, 4], 30, 1);
    let auto = arrange(&few, &options(Sharing::Auto));
    assert_eq!(
        auto,
        arrange(&few, &options(Sharing::Never)),
        "a map that can be read stays as it is"
    );
    let many = dense(&[22, 22, 0, 16, 4], 215, 1);
    assert_eq!(arrange(&many, &options(Sharing::Auto)).drawn, Drawn::Uprights);
}

#[test]
fn lines_that_say_something_of_their_own_share_with_none() {
    let mut input = dense(&[10, 10, 10], 80, 3);
    input.apart = (0..input.connections.len()).step_by(7).collect();
    // A link of its own beside a shared one between the same two boxes.
    let twin = input.connections[1];
    input.connections.push(twin);
    input.apart.push(input.connections.len() - 1);
    for sharing in [Sharing::Uprights, Sharing::Trunks] {
        let output = arrange(&input, &options(sharing));
        assert_eq!(read_all(&input, &output), Ok(()), "{sharing:?}");
        for join in &output.joins {
            let alone = join.of.iter().filter(|k| input.apart.contains(k)).count();
            assert!(
                alone == 0 || join.of.len() > alone,
                "{join:?} joins lines of their own with nothing"
            );
        }
        // Between its ends a line of its own has no piece in common with another line.
        for &k in &input.apart {
            let inner = |k: usize| -> BTreeSet<Vec<reader::Key>> {
                let route = &output.routes[k];
                let pieces: Vec<&[(f64, f64)]> = route.windows(4).step_by(3).collect();
                let inner = pieces.get(1..pieces.len().saturating_sub(1)).unwrap_or_default();
                inner
                    .iter()
                    .map(|piece| piece.iter().map(|&p| reader::key(p)).collect())
                    .collect()
            };
            let own = inner(k);
            for other in (0..input.connections.len()).filter(|&other| other != k) {
                assert!(own.is_disjoint(&inner(other)), "{k} and {other}, {sharing:?}");
            }
        }
    }
}

#[test]
fn hard_cases_have_a_picture_that_can_be_read() {
    let item = |stage| Item {
        stage,
        width: 120.0,
        height: 40.0,
    };
    let link = |from, to, flow| Connection { from, to, flow };
    // Two boxes that link to the same 300.
    let mut two = Input {
        items: [item(0), item(0)]
            .into_iter()
            .chain((0..300).map(|_| item(1)))
            .collect(),
        stages: 2,
        ..Input::default()
    };
    two.connections = (0..600).map(|k| link(k % 2, 2 + k / 2, Flow::Forward)).collect();
    // Everything linked with everything.
    let mut all = Input {
        items: (0..80).map(|i| item(i / 40)).collect(),
        stages: 2,
        ..Input::default()
    };
    all.connections = (0..1600).map(|k| link(k / 40, 40 + k % 40, Flow::Forward)).collect();
    // One box a column, every box linked with every later one, and feedback through what a trunk passes.
    let mut chain = Input {
        items: (0..8).map(item).collect(),
        stages: 8,
        ..Input::default()
    };
    for from in 0..8 {
        chain
            .connections
            .extend((from + 1..8).map(|to| link(from, to, Flow::Forward)));
    }
    chain.connections.push(link(5, 1, Flow::Feedback));
    chain.connections.push(link(3, 3, Flow::Forward));
    for (name, input) in [("two", two), ("all", all), ("chain", chain)] {
        for sharing in [Sharing::Uprights, Sharing::Trunks, Sharing::Auto] {
            let output = arrange(&input, &options(sharing));
            let read = match output.drawn {
                // Single lines have a port in common where a box has too many.
                Drawn::Apart => check(&input, &output),
                _ if name == "all" && output.drawn == Drawn::Trunks => check(&input, &output),
                _ => read_all(&input, &output),
            };
            assert_eq!(read, Ok(()), "{name}, {sharing:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_map_can_be_read(input in any_map()) {
        for sharing in [Sharing::Uprights, Sharing::Trunks] {
            let output = arrange(&input, &options(sharing));
            prop_assert_eq!(read_all(&input, &output), Ok(()));
            prop_assert_eq!(&output, &arrange(&input, &options(sharing)));
        }
    }
}

/// A map of 50 boxes and 170 links, of which some hinder, feed back or have strong evidence.
fn dense_map() -> String {
    let kinds = [
        "investment",
        "enabler",
        "business-change",
        "intermediate-outcome",
        "end-outcome",
    ];
    let input = dense(&[12, 14, 0, 16, 8], 170, 5);
    let nodes: Vec<serde_json::Value> = input
        .items
        .iter()
        .enumerate()
        .map(|(i, item)| serde_json::json!({"id": format!("n{i}"), "kind": kinds[item.stage], "title": format!("Box number {i}")}))
        .collect();
    let links = input.connections.iter().enumerate().map(|(k, c)| {
        let mut link = serde_json::json!({"from": format!("n{}", c.from), "to": format!("n{}", c.to), "rationale": format!("Reason {k}")});
        if k % 20 == 3 {
            link["effect"] = "hinders".into();
        }
        if k % 10 == 4 {
            link["evidence"] = serde_json::json!([{"source": "A study", "strength": "weak"}]);
        }
        link
    });
    let back = serde_json::json!({"from": "n45", "to": "n20", "feedback": true});
    let links: Vec<serde_json::Value> = links.chain([back]).collect();
    serde_json::json!({"format": 1, "title": "Dense", "nodes": nodes, "links": links}).to_string()
}

fn parsed() -> BenefitMap {
    file::parse_bytes("map.json", dense_map().as_bytes()).unwrap()
}

fn drawn(share: ShareLines, detail: LinkDetail) -> Scene {
    let map = parsed();
    let mut options = LayoutOptions::default();
    options.share_lines = share;
    options.link_detail = detail;
    layout(&BenefitGraph::new(&map), &options)
}

/// The pieces of a line between its first and its last.
fn inner(route: &scene::Route) -> BTreeSet<Vec<reader::Key>> {
    let pieces: Vec<&[(f64, f64)]> = route.bezier.windows(4).step_by(3).collect();
    let inner = pieces.get(1..pieces.len().saturating_sub(1)).unwrap_or_default();
    inner
        .iter()
        .map(|piece| piece.iter().map(|&p| reader::key(p)).collect())
        .collect()
}

#[test]
fn every_link_keeps_a_line_of_its_own_to_point_at() {
    let links = parsed().links;
    for share in [
        ShareLines::Uprights,
        ShareLines::Trunks,
        ShareLines::Auto,
        ShareLines::Never,
    ] {
        let scene = drawn(share, LinkDetail::Plain);
        let svg = draw::svg(&scene, Default::default());
        for link in &links {
            let ends = format!("data-from=\"{}\" data-to=\"{}\"", link.from, link.to);
            assert!(svg.contains(&ends), "{ends} {share}");
            let route = scene
                .routes
                .iter()
                .find(|r| r.from == link.from.as_str() && r.to == link.to.as_str());
            assert!(route.is_some_and(|route| route.bezier.len() >= 4));
        }
        assert_eq!(scene.routes.len(), links.len());
        let has_dots = scene.shapes.iter().any(|shape| shape.part == Part::Join);
        assert_eq!(has_dots, svg.contains("class=\"join\""));
        assert_eq!(
            has_dots,
            scene
                .legend
                .iter()
                .any(|entry| entry.text.lines[0].text.contains("join at a dot"))
        );
        assert_eq!(
            has_dots,
            matches!(share, ShareLines::Uprights | ShareLines::Auto),
            "{share}"
        );
    }
}

#[test]
fn the_page_of_the_engine_shows_the_three_ways() {
    let titles = [
        "Repairs team",
        "Tenant app",
        "Training fund",
        "Data platform",
        "Works contract",
        "Mobile diagnostics",
        "Online booking",
        "Shared stock list",
        "Skilled operatives",
        "Repairs dashboard",
        "Tenants book repairs online",
        "Faults are found before visits",
        "Parts are on the van",
        "Managers act on weekly figures",
        "Fewer repeat visits",
        "Shorter waits",
        "Fewer missed appointments",
        "Less damp",
        "Happier tenants",
        "Lower cost of repairs",
    ];
    let kinds = [
        "investment",
        "enabler",
        "business-change",
        "intermediate-outcome",
        "end-outcome",
    ];
    let input = dense(&[5, 5, 4, 4, 2], 62, 3);
    let nodes: Vec<serde_json::Value> = (0..titles.len())
        .map(|i| serde_json::json!({"id": format!("n{i}"), "kind": kinds[input.items[i].stage], "title": titles[i]}))
        .collect();
    let links: Vec<serde_json::Value> = input
        .connections
        .iter()
        .map(|c| serde_json::json!({"from": format!("n{}", c.from), "to": format!("n{}", c.to)}))
        .collect();
    assert_eq!(links.len(), 62);
    let map = serde_json::json!({"format": 1, "title": "Repairs", "nodes": nodes, "links": links}).to_string();
    let map = file::parse_bytes("map.json", map.as_bytes()).unwrap();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/layout.md")).unwrap();
    for share in [ShareLines::Never, ShareLines::Trunks, ShareLines::Uprights] {
        let mut options = LayoutOptions::default();
        options.share_lines = share;
        let scene = layout(&BenefitGraph::new(&map), &options);
        assert_eq!((scene.routes.len(), scene.cards.len()), (62, 20));
        let svg = draw::svg(&scene, Default::default());
        let name = format!("images/shared-lines-{share}.svg");
        crate::support::golden::assert_same(&format!("docs/{name}"), &svg);
        assert!(page.contains(&format!("]({name})")), "{name}");
    }
}

#[test]
fn one_head_is_drawn_where_shared_lines_arrive() {
    let scene = drawn(ShareLines::Uprights, LinkDetail::Plain);
    for card in &scene.cards {
        let plain = |r: &&scene::Route| r.to == card.id && r.stroke == Stroke::Onward;
        let heads = scene
            .routes
            .iter()
            .filter(plain)
            .filter(|r| r.head == Head::Arrow)
            .count();
        let arrive = scene.routes.iter().filter(plain).count();
        assert_eq!(heads, arrive.min(1), "{}", card.id);
    }
}

#[test]
fn what_hinders_feeds_back_or_is_marked_has_a_line_of_its_own() {
    for (share, detail) in [
        (ShareLines::Uprights, LinkDetail::Plain),
        (ShareLines::Trunks, LinkDetail::Plain),
        (ShareLines::Uprights, LinkDetail::Evidence),
    ] {
        let scene = drawn(share, detail);
        let own = |r: &scene::Route| r.stroke != Stroke::Onward || r.dash != scene::Dash::Solid;
        let owned: Vec<usize> = (0..scene.routes.len()).filter(|&i| own(&scene.routes[i])).collect();
        assert!(owned.len() > 9);
        for i in owned {
            let pieces = inner(&scene.routes[i]);
            for j in (0..scene.routes.len()).filter(|&j| j != i) {
                assert!(
                    pieces.is_disjoint(&inner(&scene.routes[j])),
                    "{share}: {:?}",
                    scene.routes[i]
                );
            }
        }
    }
}

#[test]
fn shared_lines_go_into_every_format_and_slides_keep_a_connector_a_link() {
    let dir = TempDir::new().unwrap();
    std::fs::write(dir.path().join("map.json"), dense_map()).unwrap();
    let links = parsed().links.len();
    for way in ["uprights", "trunks", "auto"] {
        for ending in ["svg", "png", "pdf", "html", "json"] {
            let name = format!("{way}.{ending}");
            let ran = benefit_map()
                .current_dir(dir.path())
                .args(["draw", "map.json", "--share-lines", way, "-o", &name])
                .output()
                .unwrap();
            assert_eq!(
                ran.status.code(),
                Some(0),
                "{name}: {}",
                String::from_utf8_lossy(&ran.stderr)
            );
            assert!(std::fs::metadata(dir.path().join(&name)).unwrap().len() > 1_000);
        }
        if way != "auto" {
            continue;
        }
        let ran = benefit_map()
            .current_dir(dir.path())
            .args(["draw", "map.json", "--share-lines", way, "-o", "auto.pptx"])
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
        let slides = parts(&std::fs::read(dir.path().join("auto.pptx")).unwrap());
        // A dense map takes several slides, for no type is under 10 pt; a link that leads to another slide ends at a stand-in there.
        let is_slide = |name: &str| name.starts_with("ppt/slides/slide");
        let mut connectors = 0;
        for (name, bytes) in slides.iter().filter(|(name, _)| is_slide(name)) {
            let text = String::from_utf8_lossy(bytes);
            let here = text.matches("<p:cxnSp>").count();
            assert_eq!(
                text.matches("<a:stCxn").count(),
                here,
                "{way} {name}: each begins at a box"
            );
            assert_eq!(
                text.matches("<a:endCxn").count(),
                here,
                "{way} {name}: each ends at a box"
            );
            connectors += here;
        }
        assert!(connectors >= links, "{way}: {connectors} of {links}");
    }
}

#[test]
fn bands_and_shared_lines_are_not_asked_for_together() {
    let dir = TempDir::new().unwrap();
    std::fs::write(dir.path().join("map.json"), dense_map()).unwrap();
    let run = |arguments: &[&str]| {
        benefit_map()
            .current_dir(dir.path())
            .arg("draw")
            .args(arguments)
            .output()
            .unwrap()
    };
    let refused = run(&[
        "map.json",
        "--share-lines",
        "trunks",
        "--group-by",
        "tag",
        "-o",
        "map.svg",
    ]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("leave out --group-by, or --share-lines trunks"), "{said}");
    let misspelt = run(&["map.json", "--share-lines", "upright", "-o", "map.svg"]);
    assert_eq!(misspelt.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&misspelt.stderr).contains("uprights"));
    assert!(!dir.path().join("map.svg").exists());
    assert_eq!(
        run(&["map.json", "--group-by", "tag", "-o", "map.svg"]).status.code(),
        Some(0)
    );
}
