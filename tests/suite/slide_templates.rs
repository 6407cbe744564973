//! Slides for a board, in the way of somebody's own presentation: its masters, layouts, places, footer and numbers are kept, and
//! nothing is smaller than 10 pt.

use std::io::{Cursor, Write};

use benefit_map::draw::pptx;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Day, Link, Node, NodeKind};
use benefit_map::office::{Package, SlideHouse};
use benefit_map::report::CaseOptions;
use benefit_map::report::deck::{DeckOptions, SlideKind, deck};

use crate::support::archive::{check_package, part, sizes, slides};
use crate::support::example::example;
use crate::support::folder::Folder;

const NAMES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

fn kind(word: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.presentationml.{word}+xml")
}

fn shape(id: u32, place: &str, frame: Option<[i64; 4]>, words: &str) -> String {
    let frame = frame.map_or(String::new(), |[x, y, w, h]| {
        format!("<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>")
    });
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"S{id}\"/><p:cNvSpPr/><p:nvPr><p:ph {place}/></p:nvPr></p:nvSpPr><p:spPr>{frame}</p:spPr>\
         <p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
}

fn tree(shapes: &str) -> String {
    format!(
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree>"
    )
}

/// A template of another house: a violet theme, a logo on the master, a footer with a marking, and layouts of the kinds given.
fn house(layouts: &[(&str, &str)]) -> Vec<u8> {
    let mut package = Package::new();
    package.relate("", "officeDocument", "ppt/presentation.xml");
    let master = package.relate("ppt/presentation.xml", "slideMaster", "slideMasters/slideMaster1.xml");
    package.text(
        "ppt/presentation.xml",
        &kind("template.main"),
        &format!(
            "<p:presentation {NAMES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483700\" r:id=\"{master}\"/></p:sldMasterIdLst>\
             <p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
        ),
    );
    let on = "ppt/slideMasters/slideMaster1.xml";
    let ids: Vec<String> = (1..=layouts.len())
        .map(|n| package.relate(on, "slideLayout", &format!("../slideLayouts/slideLayout{n}.xml")))
        .collect();
    let ids: String = ids
        .iter()
        .enumerate()
        .map(|(n, id)| format!("<p:sldLayoutId id=\"{}\" r:id=\"{id}\"/>", 2_147_483_701 + n))
        .collect();
    let list = if layouts.is_empty() {
        String::new()
    } else {
        format!("<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>")
    };
    package.relate(on, "theme", "../theme/theme1.xml");
    package.relate(on, "image", "../media/logo.png");
    let shapes = [
        shape(
            2,
            "type=\"title\"",
            Some([600_000, 300_000, 9_000_000, 700_000]),
            "Title",
        ),
        shape(
            3,
            "type=\"body\" idx=\"1\"",
            Some([600_000, 1_200_000, 11_000_000, 4_900_000]),
            "Text",
        ),
        shape(
            4,
            "type=\"ftr\" idx=\"3\"",
            Some([600_000, 6_300_000, 6_000_000, 300_000]),
            "OFFICIAL: Northwold",
        ),
        shape(
            5,
            "type=\"sldNum\" idx=\"4\"",
            Some([11_000_000, 6_300_000, 600_000, 300_000]),
            "1",
        ),
    ];
    let colours = "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" \
        accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";
    package.text(
        on,
        &kind("slideMaster"),
        &format!(
            "<p:sldMaster {NAMES}><p:cSld>{}</p:cSld>{colours}{list}</p:sldMaster>",
            tree(&shapes.concat())
        ),
    );
    for (n, (layout, places)) in layouts.iter().enumerate() {
        let name = format!("ppt/slideLayouts/slideLayout{}.xml", n + 1);
        package.relate(&name, "slideMaster", "../slideMasters/slideMaster1.xml");
        let shapes: String = places
            .split(' ')
            .filter(|place| !place.is_empty())
            .enumerate()
            .map(|(at, place)| {
                shape(
                    at as u32 + 2,
                    &format!("type=\"{place}\" idx=\"{}\"", at + 10),
                    None,
                    "",
                )
            })
            .collect();
        package.text(
            &name,
            &kind("slideLayout"),
            &format!(
                "<p:sldLayout {NAMES} type=\"{layout}\"><p:cSld name=\"House {layout}\">{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
                tree(&shapes)
            ),
        );
    }
    let colours: Vec<(&'static str, &str)> = [
        "a:dk1",
        "a:lt1",
        "a:dk2",
        "a:lt2",
        "a:accent1",
        "a:accent2",
        "a:accent3",
        "a:accent4",
        "a:accent5",
        "a:accent6",
        "a:hlink",
        "a:folHlink",
    ]
    .into_iter()
    .zip([
        "#111111", "#ffffff", "#444444", "#eeeeee", "#5b2a86", "#5b2a86", "#7a4fa3", "#3b1a5c", "#2d6a4f", "#9d0208",
        "#5b2a86", "#5b2a86",
    ])
    .collect();
    package.xml(
        "ppt/theme/theme1.xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
        &benefit_map::office::theme("Northwold", &colours, "Verdana", None),
    );
    package.part("ppt/media/logo.png", "image/png", b"\x89PNG logo of the house".to_vec());
    package.pack().unwrap()
}

const LAYOUTS: &[(&str, &str)] = &[
    ("title", "ctrTitle subTitle ftr sldNum"),
    ("titleOnly", "title ftr sldNum"),
];

/// A map of so many boxes in five stages.
fn staged(boxes: usize) -> BenefitMap {
    let mut map = BenefitMap::new(format!("A map of {boxes} boxes"));
    let id = |n: usize| format!("n{n}").parse().unwrap();
    for n in 0..boxes {
        let title = format!("Something that box {n} of this map brings about");
        map.nodes.push(Node::new(id(n), NodeKind::ALL[n % 5], title));
        if n % 5 > 0 {
            map.links.push(Link::new(id(n - 1), id(n)));
        }
        if n >= 10 && n % 5 > 0 {
            map.links.push(Link::new(id(n - 1 - 5 * (1 + n % 2)), id(n)));
        }
    }
    map.links.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    map.links.dedup_by(|a, b| a.from == b.from && a.to == b.to);
    map
}

fn titles(slides: &[String]) -> Vec<String> {
    let title = |slide: &String| {
        let at = slide.find("itle\"").unwrap();
        let words = slide[at..].split("<a:t>").nth(1).unwrap();
        words.split("</a:t>").next().unwrap().to_owned()
    };
    slides.iter().map(title).collect()
}

fn board(map: &BenefitMap, template: Option<&[u8]>) -> Vec<u8> {
    let graph = BenefitGraph::new(map);
    let mut options = DeckOptions::new(SlideKind::of_board());
    let as_of = Day::new("2028-04-01").unwrap();
    options.layout.as_of = Some(as_of);
    options.board = Some(CaseOptions::new(as_of));
    options.template = template.map(|bytes| Box::new(SlideHouse::read(bytes).unwrap()));
    pptx::write(&deck(&graph, &options)).unwrap()
}

#[test]
fn a_deck_for_a_board_has_what_it_decides_on_with_titles_in_one_place_and_a_chart_that_can_be_edited() {
    let bytes = board(&example(), None);
    check_package(&bytes);
    let slides = slides(&bytes);
    let titles = titles(&slides);
    for title in [
        "Strategic purpose",
        "Cleaner neighbourhoods",
        "Costs and what they lead to",
        "Risks and responses",
        "Decisions asked for",
    ] {
        assert!(titles.iter().any(|known| known == title), "{title}: {titles:?}");
    }
    let mut once = titles.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), titles.len(), "{titles:?}");
    for slide in &slides {
        assert_eq!(slide.matches("<p:ph type=\"title\"/>").count(), 1);
        // The layout alone says where titles are and how large.
        let shape = slide
            .split("<p:sp>")
            .find(|shape| shape.contains("<p:ph type=\"title\"/>"))
            .unwrap();
        let shape = shape.split("</p:sp>").next().unwrap();
        assert!(shape.contains("<p:spPr/>") && !shape.contains(" sz="), "{shape}");
    }
    assert!(part(&bytes, "ppt/slides/_rels/slide4.xml.rels").len() > 10);
    let charts = slides
        .iter()
        .filter(|slide| slide.contains("drawingml/2006/chart\""))
        .count();
    assert_eq!(charts, 5, "an end outcome each");
}

#[test]
fn a_board_sees_the_map_of_the_example_with_every_box_and_every_link_on_two_slides() {
    let map = example();
    let bytes = board(&map, None);
    let slides = slides(&bytes);
    let titles = titles(&slides);
    let maps: Vec<&String> = titles
        .iter()
        .filter(|title| title.starts_with("From "))
        .take(2)
        .collect();
    assert_eq!(
        maps,
        [
            "From investments to business changes",
            "From business changes to end outcomes"
        ],
        "{titles:?}"
    );
    assert!(
        !titles.iter().any(|title| title.contains("What leads to each")),
        "{titles:?}"
    );
    let first = titles.iter().position(|title| title == maps[0]).unwrap();
    let halves = &slides[first..first + 2];
    for node in &map.nodes {
        // A shape says what it is called, though its title is broken into lines.
        let there = halves.iter().filter(|slide| slide.contains(&node.title)).count();
        let wanted = if node.kind == NodeKind::BusinessChange { 2 } else { 1 };
        assert_eq!(there, wanted, "{}", node.title);
    }
    let lines: usize = halves.iter().map(|slide| slide.matches("<p:cxnSp>").count()).sum();
    let graph = BenefitGraph::new(&map);
    let pairs: std::collections::BTreeSet<_> = graph.links().iter().map(|link| (link.from, link.to)).collect();
    // What passes no business change is on neither half, and is in the notes.
    let notes = part(&bytes, &format!("ppt/notesSlides/notesSlide{}.xml", first + 2));
    let past = notes.matches("On neither slide").count();
    assert_eq!(
        past, 1,
        "the link that feeds back from the costs to the engagement of residents"
    );
    assert!(notes.contains("Lower net cost of collection feeds back to Resident engagement programme"));
    assert_eq!(lines + past, pairs.len());
    assert!(halves.iter().flat_map(|slide| sizes(slide)).all(|size| size >= 1000));
}

#[test]
fn nothing_on_a_slide_is_smaller_than_10_points_and_all_of_a_map_is_there() {
    for boxes in [30, 150, 233] {
        let map = staged(boxes);
        let bytes = board(&map, None);
        let smallest = slides(&bytes).iter().flat_map(|slide| sizes(slide)).min().unwrap();
        assert!(smallest >= 1000, "{boxes} boxes: {smallest}");
        let graph = BenefitGraph::new(&map);
        let whole = pptx::write(&deck(&graph, &DeckOptions::new(vec![SlideKind::Overview]))).unwrap();
        let all = slides(&whole);
        let smallest = all.iter().flat_map(|slide| sizes(slide)).min().unwrap();
        assert!(smallest >= 1000, "{boxes} boxes: {smallest}");
        let words = all.concat();
        for node in &map.nodes {
            assert!(words.contains(&node.title), "{boxes}: {}", node.title);
        }
    }
}

#[test]
fn a_template_keeps_its_masters_layouts_places_theme_footer_and_numbers() {
    let template = house(LAYOUTS);
    let bytes = board(&example(), Some(&template));
    check_package(&bytes);
    let master = part(&bytes, "house/ppt/slideMasters/slideMaster1.xml");
    assert!(master.contains("OFFICIAL: Northwold"));
    assert!(part(&bytes, "house/ppt/theme/theme1.xml").contains("5B2A86"));
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
    assert!(archive.by_name("house/ppt/media/logo.png").is_ok());
    assert!(archive.by_name("ppt/slideMasters/slideMaster1.xml").is_err());
    assert!(part(&bytes, "ppt/presentation.xml").contains("id=\"2147483700\""));
    let all = slides(&bytes);
    assert!(all[0].contains("<p:ph type=\"ctrTitle\"/>") && all[0].contains("<p:ph type=\"subTitle\" idx=\"11\"/>"));
    assert!(part(&bytes, "ppt/slides/_rels/slide1.xml.rels").contains("/house/ppt/slideLayouts/slideLayout1.xml"));
    for (n, slide) in all.iter().enumerate().skip(1) {
        assert!(slide.contains("<p:ph type=\"title\"/>"), "{n}");
        assert!(
            slide.contains("<p:ph type=\"ftr\" idx=\"11\"/>") && slide.contains("OFFICIAL: Northwold"),
            "{n}"
        );
        assert!(
            slide.contains("type=\"slidenum\"") && slide.contains("<p:ph type=\"sldNum\" idx=\"12\"/>"),
            "{n}"
        );
        assert!(!slide.contains("<p:bg>"), "the ground is that of the house");
        let relations = part(&bytes, &format!("ppt/slides/_rels/slide{}.xml.rels", n + 1));
        assert!(
            relations.contains("/house/ppt/slideLayouts/slideLayout2.xml"),
            "{n}: {relations}"
        );
    }
}

#[test]
fn a_template_that_no_slide_can_be_made_in_is_refused_in_plain_words_and_nothing_is_written() {
    let folder = Folder::new();
    folder.put("map.json", serde_json::to_string(&example()).unwrap());
    folder.put("none.potx", house(&[]));
    folder.put("untitled.potx", house(&[("blank", "ftr")]));
    assert_eq!(folder.run("report business-case map.json -o word.docx").code, 0);
    std::fs::copy(folder.at("word.docx"), folder.at("word.potx")).unwrap();
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.resize(1024, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    locked.resize(2048, 0);
    folder.put("locked.potx", &locked);
    let mut program = zip::ZipWriter::new(Cursor::new(Vec::new()));
    program
        .start_file("readme.txt", zip::write::SimpleFileOptions::default())
        .unwrap();
    program.write_all(b"nothing").unwrap();
    folder.put("other.potx", program.finish().unwrap().into_inner());
    let before = folder.everything();
    for (template, words) in [
        ("none.potx", "no slide layouts"),
        ("untitled.potx", "placeholder for a title"),
        ("word.potx", "a text document"),
        ("locked.potx", "password"),
        ("other.potx", "ZIP archive"),
        ("map.json", "benefit map"),
    ] {
        for line in [
            format!("draw map.json -o deck.pptx --template {template}"),
            format!("report business-case map.json --for board -o deck.pptx --template {template}"),
        ] {
            let ran = folder.run(&line);
            assert_eq!(ran.code, 2, "{line}: {}", ran.told);
            assert!(ran.told.contains(words), "{line}: {}", ran.told);
            assert!(folder.everything() == before, "{line}");
        }
    }
    let ran = folder.run("draw map.json -o map.svg --template none.potx");
    assert!(
        ran.code == 2 && ran.told.contains("only a presentation has a template"),
        "{}",
        ran.told
    );
    folder.put("house.potx", house(LAYOUTS));
    let ran = folder.run("report profile map.json -o profiles.pptx --template house.potx");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let ran = folder.run("draw map.json -o deck.pptx --slides overview,benefits --template house.potx");
    assert_eq!(ran.code, 0, "{}", ran.told);
}

#[test]
fn a_project_names_the_template_of_its_slides_alone_or_beside_that_of_its_documents() {
    let folder = Folder::new();
    folder.put("map.json", serde_json::to_string(&example()).unwrap());
    folder.put("house.potx", house(LAYOUTS));
    assert_eq!(folder.run("report business-case map.json -o house.docx").code, 0);
    let deck = "report business-case --for board -o deck.pptx";
    let case = "report business-case --sections summary -o case.docx";
    for keys in [
        "template = \"house.potx\"\n",
        "slide-template = \"house.potx\"\n",
        "template = \"house.docx\"\nslide-template = \"house.potx\"\n",
    ] {
        folder.put("benefit-map.toml", format!("map = \"map.json\"\n{keys}"));
        for line in [deck, case] {
            let ran = folder.run(line);
            assert_eq!(ran.code, 0, "{keys}{line}: {}", ran.told);
        }
        let bytes = std::fs::read(folder.at("deck.pptx")).unwrap();
        let master = part(&bytes, "house/ppt/slideMasters/slideMaster1.xml");
        assert!(master.contains("OFFICIAL: Northwold"), "{keys}");
    }
    // What is typed wins.
    let ran = folder.run("report business-case --for board -o deck.pptx --template house.docx");
    assert!(ran.code == 2 && ran.told.contains("a text document"), "{}", ran.told);
}
