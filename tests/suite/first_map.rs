//! The pages for the first hour: every command runs as printed, what is printed is what comes out, and the pictures are what is drawn.

use std::fmt::Write as _;
use std::path::Path;

use benefit_map::check::{Options, Profile, check};
use benefit_map::draw;
use benefit_map::file;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::map::BenefitMap;

use crate::support::folder::Folder;
use crate::support::golden::assert_same;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn svg(map: &BenefitMap) -> String {
    draw::svg(
        &layout(&BenefitGraph::new(map), &LayoutOptions::default()),
        Default::default(),
    )
}

/// A folder with the maps of the tutorial.
fn first_map() -> Folder {
    let folder = Folder::new();
    for entry in std::fs::read_dir(root().join("examples/maps/first-map")).unwrap() {
        let path = entry.unwrap().path();
        folder.put(
            path.file_name().unwrap().to_str().unwrap(),
            std::fs::read(&path).unwrap(),
        );
    }
    folder
}

/// The page with what each command prints put in below it.
fn with_output(page: &str, folder: &Folder) -> (String, Vec<(String, i32)>) {
    let (mut out, mut ran) = (String::new(), Vec::new());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("```sh\n") {
        let (commands, after) = after.split_once("```\n").unwrap();
        let _ = write!(out, "{before}```sh\n{commands}```\n");
        let mut printed = String::new();
        for line in commands.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(words[0], "benefit-map", "{line}");
            let result = folder.run_words(&words[1..]);
            assert!(result.code < 2, "{line}: {}", result.told);
            printed += &result.out;
            ran.push((line.to_owned(), result.code));
        }
        rest = after;
        if let Some(block) = after.strip_prefix("\n```text\n") {
            let (_, after) = block.split_once("```\n").unwrap();
            let _ = write!(out, "\n```text\n{printed}```\n");
            rest = after;
        }
    }
    (out + rest, ran)
}

#[test]
fn every_command_of_the_first_map_runs_and_prints_what_the_page_shows() {
    let page = std::fs::read_to_string(root().join("docs/first-map.md")).unwrap();
    let (with_output, ran) = with_output(&page, &first_map());
    assert_same("docs/first-map.md", &with_output);
    assert!(ran.len() >= 10, "{ran:?}");
    // It leads from a map that fails to one that passes.
    let code = |line: &str| {
        ran.iter()
            .find(|(command, _)| command == line)
            .unwrap_or_else(|| panic!("{line}"))
            .1
    };
    assert_eq!(code("benefit-map check 1-draft.json --profile workshop"), 1);
    assert_eq!(code("benefit-map check 2-chains.json --profile workshop"), 0);
    assert_eq!(code("benefit-map check 3-words.json --profile outline"), 1);
    assert_eq!(code("benefit-map check 4-outline.json --profile outline"), 0);
    assert_eq!(
        code("benefit-map check 4-outline.json --profile business-case --next"),
        1
    );
    assert_eq!(code("benefit-map check map.json --profile business-case"), 0);
}

#[test]
fn the_pictures_of_the_first_map_are_what_is_drawn() {
    let page = std::fs::read_to_string(root().join("docs/first-map.md")).unwrap();
    for step in ["1-draft", "2-chains", "3-words", "4-outline", "map"] {
        let path = root().join(format!("examples/maps/first-map/{step}.json"));
        let document = file::load(&path).unwrap();
        assert_eq!(
            file::write(&document.map),
            std::fs::read_to_string(&path).unwrap(),
            "{step} is not canonical"
        );
        let picture = format!("images/first-map/{step}.svg");
        assert_same(&format!("docs/{picture}"), &svg(&document.map));
        assert!(page.contains(&format!("]({picture})")), "{step} is not shown");
    }
}

/// The pairs of the gallery: the name of the fixtures, the heading and the lesson.
const GALLERY: &[(&str, &str, &str)] = &[
    (
        "thing-without-change",
        "A thing without a change",
        "Insulation alone lowers no bill while people heat as before. Ask who does what differently, and put that between the thing and the outcome.",
    ),
    (
        "work-as-outcome",
        "Work among the outcomes",
        "Visits can be ticked off whether or not anything changes. Name what is different for the tenants.",
    ),
    (
        "vague-outcome",
        "An outcome that would suit any project",
        "Nobody can own, measure or miss an improved service. Name who is better off and what they would notice.",
    ),
    (
        "two-in-one",
        "Two outcomes in one box",
        "Each may come without the other, so each needs a measure and an owner of its own.",
    ),
    (
        "loop",
        "A loop",
        "If two boxes cause each other, nothing on the map starts. Decide which comes first. If they really reinforce each other, mark one of the links with `feedback`.",
    ),
    (
        "loose-ends",
        "Loose ends",
        "A box without a path to an end outcome is work that nobody can explain. Link it, or take it out.",
    ),
    (
        "half-a-measure",
        "Half a measure",
        "A target without a unit, a baseline or a day can be neither met nor missed.",
    ),
];

/// What an outline case finds in the structure, the line of sight and the measures of a map that it does have.
fn findings(map: &BenefitMap) -> Vec<String> {
    let report = check(&BenefitGraph::new(map), &Options::new(Profile::Outline));
    let shown = report.findings.iter().filter(|finding| {
        let family = &finding.code[..3];
        matches!(family, "BM1" | "BM2") || (family == "BM4" && finding.code != "BM401")
    });
    shown
        .map(|finding| format!("- [`{}`](rules/{}.md) {}", finding.code, finding.rule, finding.message))
        .collect()
}

#[test]
fn the_gallery_shows_what_is_found_in_its_maps() {
    let mut page = String::from(
        "# Good and bad maps\n\nThe usual slips, each with what a check finds and a map without it. Shown are the findings of \
         the profile `outline` about boxes, links\nand measures; owners and reasons are left out to keep the maps small. What \
         each kind of box means is in [the method](method.md).\n",
    );
    for (name, heading, lesson) in GALLERY {
        let _ = write!(page, "\n## {heading}\n\n{lesson}\n");
        for (which, word) in [("bad", "Poor"), ("good", "Better")] {
            let path = root().join(format!("tests/fixtures/gallery/{name}-{which}.json"));
            let map = file::load(&path).unwrap().map;
            assert_same(&format!("docs/images/gallery/{name}-{which}.svg"), &svg(&map));
            let found = findings(&map);
            assert_eq!(found.is_empty(), which == "good", "{name}-{which}: {found:?}");
            let titles: Vec<&str> = map.nodes.iter().map(|node| node.title.as_str()).collect();
            let _ = write!(
                page,
                "\n{word}:\n\n![{}](images/gallery/{name}-{which}.svg)\n\n{}\n",
                titles.join("; "),
                match found.is_empty() {
                    true => "No findings.".to_owned(),
                    false => found.join("\n"),
                }
            );
        }
    }
    assert_same("docs/gallery.md", &page);
}
