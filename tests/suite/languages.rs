//! A map in another language: what names it, what is written as its readers write, and what never changes.

use benefit_map::draw;
use benefit_map::file;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::map::{BenefitMap, Day, Language};
use benefit_map::report::{CaseOptions, business_case, docx, html};
use benefit_map::scene::theme::Theme;
use serde_json::json;

use crate::support::archive::part;
use crate::support::example::fonts;
use crate::support::folder::Folder;

/// A small map with a date, a sum of money and figures over a thousand.
fn map(language: Option<&str>) -> BenefitMap {
    let mut map = json!({
        "format": 1, "title": "Warme Wohnungen", "currency": "EUR",
        "period": {"start": "2026-03-01", "end": "2031-12-31"},
        "owners": [{"id": "amt", "name": "Leiterin des Wohnungsamts", "senior": true}],
        "nodes": [
            {"id": "geld", "kind": "investment", "title": "Zuschuss", "cost": [{"year": "2026-27", "amount": 1_234_567.5}]},
            {"id": "daemmung", "kind": "enabler", "title": "Gedämmte Dächer", "due": "2027-03-31"},
            {"id": "waerme", "kind": "end-outcome", "title": "Weniger Menschen frieren", "owner": "amt"}
        ],
        "links": [{"from": "geld", "to": "daemmung"}, {"from": "daemmung", "to": "waerme"}],
        "kpis": [{"id": "faelle", "node": "waerme", "title": "Fälle", "unit": "Fälle", "direction": "decrease",
            "baseline": {"date": "2026-03-01", "value": 5200}, "targets": [{"date": "2028-12-31", "value": 3100}]}]
    });
    if let Some(language) = language {
        map["language"] = language.into();
    }
    serde_json::from_value(map).unwrap()
}

fn day() -> Day {
    Day::new("2026-11-23").unwrap()
}

fn case(map: &BenefitMap) -> benefit_map::report::Report {
    business_case(&BenefitGraph::new(map), &CaseOptions::new(day()))
}

#[test]
fn pictures_and_documents_name_the_language_and_write_its_days_and_numbers() {
    for (language, tag, period, target, cost) in [
        (
            None,
            "en-GB",
            "1 March 2026 to 31 December 2031",
            "3,100",
            "€1,234,567.50",
        ),
        (
            Some("de-DE"),
            "de-DE",
            "1. März 2026 to 31. Dezember 2031",
            "3.100",
            "1.234.567,50\u{a0}€",
        ),
        (
            Some("cy"),
            "cy",
            "1 Mawrth 2026 to 31 Rhagfyr 2031",
            "3,100",
            "€1,234,567.50",
        ),
    ] {
        let map = map(language);
        let graph = BenefitGraph::new(&map);
        let svg = draw::svg(&layout(&graph, &LayoutOptions::default()), <&Theme>::default());
        assert!(svg.contains(&format!("lang=\"{tag}\"")), "{tag}");
        assert!(svg.contains(period), "{tag}: {svg}");

        let report = case(&map);
        let page = html::write(&report);
        assert!(
            page.starts_with(&format!("<!doctype html>\n<html lang=\"{tag}\">")),
            "{tag}"
        );
        for words in [period, target, cost] {
            assert!(page.contains(words), "{tag}: {words}");
        }
        // Our own words are marked where the page is in another language.
        assert_eq!(
            page.contains("<th scope=\"col\" lang=\"en-GB\">"),
            language.is_some(),
            "{tag}"
        );

        let document = docx::write(&report, &fonts(), None).unwrap();
        assert!(
            part(&document, "word/styles.xml").contains(&format!("<w:lang w:val=\"{tag}\"")),
            "{tag}"
        );
        assert!(
            part(&document, "docProps/core.xml").contains(&format!("<dc:language>{tag}<")),
            "{tag}"
        );
    }
}

#[test]
fn a_map_without_a_language_is_as_it_was() {
    let without = map(None);
    let british = map(Some("en-GB"));
    assert_eq!(html::write(&case(&without)), html::write(&case(&british)));
    assert!(!file::write(&without).contains("language"));
    assert_eq!(without.language(), Language::default());
}

#[test]
fn tables_keep_the_language_and_write_days_and_numbers_as_ever() {
    let german = map(Some("de-DE"));
    let folder = Folder::new();
    folder.put("map.json", file::write(&german));
    let ran = folder.run("export tables map.json -o tables");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let read = |name: &str| std::fs::read_to_string(folder.at(name)).unwrap();
    let about = read("tables/map.csv");
    assert!(about.contains(",de-DE,") && about.contains("2026-03-01"), "{about}");
    assert!(read("tables/costs.csv").contains("1234567.5"));
    // What people write in the cell is understood, and reported.
    folder.put("tables/map.csv", about.replace("de-DE", "German"));
    let ran = folder.run("import tables tables -o back.json");
    let said = ran.out + &ran.told;
    assert!(said.contains("`German` was taken as de-DE"), "{said}");
    assert_eq!(read("back.json"), file::write(&german));
}

#[test]
fn a_wrong_tag_is_refused_with_its_place_and_what_was_meant() {
    let folder = Folder::new();
    let long = "a".repeat(300);
    for (written, meant) in [
        ("german", "`de-DE`"),
        ("en_GB", "`en-GB`"),
        ("", "as in `en-GB`"),
        (long.as_str(), "as in `en-GB`"),
    ] {
        let text = format!("{{\n  \"format\": 1,\n  \"language\": \"{written}\"\n}}\n");
        folder.put("map.json", &text);
        let ran = folder.run("check map.json");
        let said = ran.out + &ran.told;
        assert_ne!(ran.code, 0, "{written}");
        for words in ["is not the tag of a language", "map.json:3:15", meant] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert_eq!(std::fs::read_to_string(folder.at("map.json")).unwrap(), text);
    }
}
