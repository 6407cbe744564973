//! Colours and typeface of a house: taken by every `--theme`, seen in every format, and refused where people could not see them.

use crate::support::archive::part;
use crate::support::folder::Folder;
use crate::support::svg::contrast;

const MAP: &str = r#"{
  "format": 1, "title": "Bins", "owners": [{"id": "ann", "name": "Ann"}],
  "nodes": [{"id": "fund", "kind": "investment", "title": "Fund"}, {"id": "clean", "kind": "end-outcome", "title": "Clean", "owner": "ann", "due": "2027-01-01"}],
  "links": [{"from": "fund", "to": "clean"}],
  "kpis": [{"id": "k", "node": "clean", "baseline": {"date": "2026-01-01", "value": 10}, "targets": [{"date": "2027-01-01", "value": 5}]}]
}
"#;
const HOUSE: &str = r##"{"theme": 1, "investment": "#7A1F5C", "onward": "#123456", "typeface": "Source Sans 3"}"##;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    folder.put("house.json", HOUSE);
    folder
}

#[test]
fn every_theme_option_takes_a_file_and_every_format_shows_its_colours() {
    let folder = folder();
    for line in [
        "draw map.json --theme house.json -o map.svg",
        "draw map.json --theme house.json -o map.png",
        "draw map.json --theme house.json -o map.pdf",
        "draw map.json --theme house.json -o map.pptx",
        "draw map.json --theme house.json -o map.html",
        "plan map.json --theme house.json -o plan.svg",
        "chart map.json --theme house.json -o chart.svg",
        "pack map.json --theme house.json --formats svg -o pack",
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
    }
    let svg = std::fs::read_to_string(folder.at("map.svg")).unwrap();
    for said in [
        "#7a1f5c",
        "#123456",
        "\"Source Sans 3\",",
        "textLength=",
        "spacingAndGlyphs",
    ] {
        assert!(svg.contains(said), "{said}");
    }
    let slides = std::fs::read(folder.at("map.pptx")).unwrap();
    let theme = part(&slides, "ppt/theme/theme1.xml");
    assert!(
        theme.contains("7A1F5C") && theme.contains("typeface=\"Source Sans 3\""),
        "{theme}"
    );
    // A theme of ours leaves lines as they are.
    folder.run("draw map.json -o plain.svg");
    assert!(
        !std::fs::read_to_string(folder.at("plain.svg"))
            .unwrap()
            .contains("textLength")
    );
}

#[test]
fn what_cannot_be_seen_is_refused_with_the_pair_and_its_ratio_and_nothing_is_written() {
    let folder = folder();
    folder.put(
        "faint.json",
        r##"{"theme": 1, "enabler": "#9fc5e8", "adverse": "#eeeeee"}"##,
    );
    folder.put("odd.json", r##"{"theme": 1, "enabeler": "#123456"}"##);
    folder.put("list.json", "[]");
    let before = folder.everything();
    let ratio = contrast("#9fc5e8", "#ffffff");
    let ratio = format!(
        "a contrast of {:.2} to 1, but needs 4.5 to 1",
        (ratio * 100.0).floor() / 100.0
    );
    let cases: [(&str, &[&str]); 5] = [
        (
            "faint.json",
            &[
                "faint.json cannot be used as a theme",
                "`enabler.strong` (#9fc5e8) on `page` (#ffffff)",
                &ratio,
                "needs 3 to 1",
            ],
        ),
        ("odd.json", &["no field `enabeler`; did you mean `enabler`?"]),
        ("list.json", &["a theme begins with"]),
        ("map.json", &["no field `format`", "`theme` must be 1"]),
        ("none.json", &["cannot read the theme none.json"]),
    ];
    for (file, said) in cases {
        let ran = folder.run(&format!("draw map.json --theme {file} -o map.svg"));
        assert_eq!(ran.code, 2, "{file}: {}", ran.told);
        for said in said {
            assert!(ran.told.contains(said), "{file}: {said}: {}", ran.told);
        }
        // Each thing that is wrong has a line of its own.
        assert!(!ran.told.contains('␊'), "{file}: {}", ran.told);
        assert!(folder.everything() == before, "{file}");
    }
    // What was read is never written over.
    let ran = folder.run("draw map.json --theme house.json --format scene -o house.json");
    assert!(ran.code == 2 && folder.everything() == before, "{}", ran.told);
    let ran = folder.run("draw map.json --theme blue -o map.svg");
    assert!(
        ran.code == 2 && ran.told.contains("default, print, dark"),
        "{}",
        ran.told
    );
}

#[test]
fn a_project_names_the_theme_of_its_house_from_its_own_folder() {
    let folder = folder();
    folder.put("benefit-map.toml", "map = \"map.json\"\ntheme = \"house.json\"\n");
    let ran = folder.run("draw -o map.svg");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(
        std::fs::read_to_string(folder.at("map.svg"))
            .unwrap()
            .contains("#7a1f5c")
    );
    let ran = folder.run("schema theme");
    assert!(
        ran.code == 0 && ran.out.contains("A theme for the pictures of benefit-map"),
        "{}",
        ran.told
    );
}
