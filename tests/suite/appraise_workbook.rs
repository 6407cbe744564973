//! The workbook of an appraisal, worked out again by LibreOffice.

#![allow(clippy::disallowed_methods, reason = "a test writes and reads files where it works")]

use std::process::Command;

use benefit_map::appraise::{Appraised, Assumed, appraise};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use benefit_map::table::xlsx;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::second_appraisal;
use crate::support::archive::{packed, parts};
use crate::support::folder::Folder;
use crate::support::skip::skip;

/// How many appraisals are worked out again.
const RANDOM: usize = 50;

fn appraised(map: &serde_json::Value) -> Appraised {
    let map: BenefitMap = serde_json::from_value(map.clone()).unwrap();
    appraise(&BenefitGraph::new(&map), &Assumed::default()).unwrap_or_else(|why| panic!("{why}"))
}

/// The workbook with everything that its formulas come to set to another figure, so that nothing is found that was not worked out.
fn wiped(book: &[u8]) -> Vec<u8> {
    let mut formulas = 0;
    let all: Vec<(String, Vec<u8>)> = parts(book)
        .into_iter()
        .map(|(name, part)| {
            if !name.starts_with("xl/worksheets/") || !name.ends_with(".xml") {
                return (name, part);
            }
            let text = String::from_utf8(part).unwrap();
            let mut pieces = text.split("</f><v>");
            let mut out = pieces.next().unwrap().to_owned();
            for piece in pieces {
                formulas += 1;
                out.push_str("</f><v>4711");
                out.push_str(&piece[piece.find("</v>").unwrap()..]);
            }
            (name, out.into_bytes())
        })
        .collect();
    assert!(formulas > 20, "{formulas} formulas");
    packed(&all)
}

/// The rows of the sheet `Results`: option, and the figures after the title.
fn results(name: &str, book: &[u8]) -> Vec<(String, Vec<String>)> {
    let sheets = xlsx::read_every_sheet(name, book).unwrap();
    let sheet = sheets
        .iter()
        .find(|sheet| sheet.header.first().is_some_and(|head| head == "option"));
    let rows = sheet.unwrap_or_else(|| panic!("no results in {name}")).rows.iter();
    rows.filter(|row| row.cells.len() >= 6 && !row.cells[5].is_empty())
        .map(|row| {
            let cells = row.cells.iter().map(|cell| cell.to_text().into_owned());
            let cells: Vec<String> = cells.collect();
            (cells[0].clone(), cells[2..].to_vec())
        })
        .collect()
}

/// Whether a figure of a sheet is ours to the last digit that the sheet shows.
fn is(shown: &str, ours: Decimal) -> bool {
    let shown: f64 = shown.parse().unwrap_or(f64::NAN);
    let ours = ours.to_f64().unwrap();
    // The sheet shows two places, and programs of spreadsheets keep fifteen digits.
    (shown - ours).abs() <= 0.005f64.max(ours.abs() * 1e-13)
}

#[test]
fn libreoffice_comes_to_the_same_totals_for_fifty_random_appraisals() {
    let soffice = std::env::var_os("PATH").and_then(|path| {
        let mut all = std::env::split_paths(&path).map(|dir| dir.join("soffice"));
        all.find(|file| file.is_file())
    });
    let Some(soffice) = soffice else {
        return skip("no soffice on the PATH, so no appraisal was worked out in LibreOffice");
    };
    let dir = tempfile::tempdir().unwrap();
    let settings = dir.path().join("profile/user");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(
        settings.join("registrymodifications.xcu"),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#,
    )
    .unwrap();
    let mut runner = TestRunner::deterministic();
    let maps = second_appraisal::map();
    let mut expected = Vec::new();
    let mut files = Vec::new();
    for nth in 0..RANDOM {
        let whole = appraised(&maps.new_tree(&mut runner).unwrap().current());
        let book = xlsx::appraisal("Random", &whole).unwrap();
        assert_eq!(book, xlsx::appraisal("Random", &whole).unwrap(), "the same bytes");
        let file = dir.path().join(format!("case-{nth}.xlsx"));
        std::fs::write(&file, wiped(&book)).unwrap();
        files.push(file);
        expected.push(whole);
    }
    let out = dir.path().join("out");
    let ran = Command::new(soffice)
        .arg(format!(
            "-env:UserInstallation=file://{}",
            dir.path().join("profile").display()
        ))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&out)
        .args(&files)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    for (nth, whole) in expected.iter().enumerate() {
        let name = format!("case-{nth}.xlsx");
        let book = std::fs::read(out.join(&name)).unwrap();
        let rows = results(&name, &book);
        assert_eq!(rows.len(), whole.options.len(), "{name}: {rows:?}");
        for (option, (id, figures)) in whole.options.iter().zip(&rows) {
            let total = &option.society;
            assert_eq!(*id, option.id);
            for (figure, ours) in figures.iter().zip([total.pvc, total.pvb, total.npsv]) {
                assert!(is(figure, ours), "{name} {id}: {figure} and {ours}");
            }
            let weighted = option.weighted.unwrap();
            for (figure, ours) in figures[4..6].iter().zip([weighted.pvb, weighted.npsv]) {
                assert!(is(figure, ours), "{name} {id}: {figure} and {ours}, weighted");
            }
            match total.bcr {
                // A quotient of figures that differ in their fifteenth digit differs more the smaller the divisor is.
                Some(ratio) if total.pvc > Decimal::ONE => assert!(is(&figures[3], ratio), "{name} {id}: {figures:?}"),
                Some(_) => {}
                None => assert!(
                    figures[3] == "n/a" || total.pvc.abs() < Decimal::new(1, 6),
                    "{name} {id}: {figures:?}"
                ),
            }
        }
    }
}

#[test]
fn the_workbook_of_the_example_is_all_formulas_and_says_what_has_no_value() {
    let folder = Folder::new();
    folder.put("map.json", include_str!("../../examples/maps/smart-waste/map.json"));
    let ran = folder.run("appraise map.json -o case.xlsx");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let book = std::fs::read(folder.at("case.xlsx")).unwrap();
    let sheets: Vec<(String, String)> = parts(&book)
        .into_iter()
        .filter(|(name, _)| name.starts_with("xl/worksheets/sheet"))
        .map(|(name, part)| (name, String::from_utf8(part).unwrap()))
        .collect();
    assert_eq!(sheets.len(), 7);
    // Results, years, present values and flows have no number but what a formula comes to.
    for (name, text) in &sheets[..4] {
        for cell in text.split("<c ").skip(1).map(|cell| cell.split("</c>").next().unwrap()) {
            let is_text = cell.split('>').next().unwrap().contains("t=\"s\"");
            assert!(is_text || cell.contains("<f>"), "{name}: {cell}");
        }
    }
    let words = parts(&book)
        .into_iter()
        .find(|(name, _)| name == "xl/sharedStrings.xml")
        .unwrap()
        .1;
    let words = String::from_utf8(words).unwrap();
    assert!(
        words.contains("no value in money for Cleaner neighbourhoods"),
        "{words}"
    );
}

/// The workbook of a map with some of its parts changed.
fn edited(book: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let all: Vec<(String, Vec<u8>)> = parts(book)
        .into_iter()
        .map(|(name, part)| match String::from_utf8(part.clone()) {
            Ok(text) if name.starts_with("xl/") => (name.clone(), change(&name, text).into_bytes()),
            _ => (name, part),
        })
        .collect();
    packed(&all)
}

const SMALL: &str = r#"{"format": 1, "title": "Bins", "currency": "GBP",
  "appraisal": {"base_year": "2026-27", "end": "2029-30"},
  "nodes": [{"id": "fund", "kind": "investment", "title": "Fund", "cost": [{"year": "2026-27", "amount": 100, "kind": "capital"}]},
    {"id": "clean", "kind": "end-outcome", "title": "Clean"}],
  "links": [{"from": "fund", "to": "clean"}],
  "kpis": [{"id": "litter", "node": "clean", "title": "Litter", "value": {"amounts": [{"year": "2027-28", "amount": 150}],
    "deadweight": {"share": 0.2}, "source": "ledger"}}]}"#;

/// The folder with a map and its workbook, and the bytes of that.
fn with_book() -> (Folder, Vec<u8>) {
    let folder = Folder::new();
    folder.put("map.json", SMALL);
    assert_eq!(folder.run("appraise map.json -o case.xlsx").code, 0);
    let book = std::fs::read(folder.at("case.xlsx")).unwrap();
    (folder, book)
}

#[test]
fn a_workbook_as_it_was_written_agrees_with_its_map() {
    let (folder, _) = with_book();
    let ran = folder.run("appraise map.json --verify case.xlsx");
    assert_eq!((ran.code, ran.told.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("case.xlsx and map.json agree"), "{}", ran.out);
    let json: serde_json::Value =
        serde_json::from_str(&folder.run("appraise map.json --verify case.xlsx --format json").out).unwrap();
    assert_eq!(json["same"], true);
    assert!(
        json["inputs"].as_u64().unwrap() > 20 && json["figures"].as_u64().unwrap() > 30,
        "{json}"
    );
    // The example, and random appraisals with every sort of timing, option and rate.
    folder.put("city.json", include_str!("../../examples/maps/smart-waste/map.json"));
    assert_eq!(folder.run("appraise city.json -o city.xlsx").code, 0);
    let ran = folder.run("appraise city.json --verify city.xlsx");
    assert_eq!(ran.code, 0, "{}", ran.out);
    let mut runner = TestRunner::deterministic();
    let maps = second_appraisal::map();
    for _ in 0..RANDOM {
        let whole = appraised(&maps.new_tree(&mut runner).unwrap().current());
        let book = xlsx::appraisal("Random", &whole).unwrap();
        let verified = xlsx::verify_appraisal("book.xlsx", &book, &whole).unwrap();
        assert_eq!(verified.differences, []);
    }
}

#[test]
fn what_was_changed_in_a_workbook_is_found_cell_by_cell() {
    let (folder, book) = with_book();
    let sheet = |nth: usize| format!("xl/worksheets/sheet{nth}.xml");
    let cell = |text: &str, cell: &str, from: &str, to: &str| -> String {
        let start = text
            .find(&format!("<c r=\"{cell}\""))
            .unwrap_or_else(|| panic!("no {cell}"));
        let end = start + text[start..].find("</c>").unwrap();
        let changed = text[start..end].replace(from, to);
        assert_ne!(changed, text[start..end], "{cell}: {}", &text[start..end]);
        format!("{}{changed}{}", &text[..start], &text[end..])
    };
    type Case<'a> = (&'a str, usize, &'a str, &'a str, &'a str, &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        // An input, without being calculated again.
        (
            "inputs",
            6,
            "E2",
            "<v>100</v>",
            "<v>120</v>",
            &[
                "Inputs!E2, amount, or value of a unit of node fund (Fund, 2026-27): the map has 100, the workbook has 120",
                "Results!C2, costs (PVC) of option preferred: its inputs come to 120, the workbook has 100",
            ],
        ),
        (
            "share",
            6,
            "H3",
            "<v>0.2</v>",
            "<v>0.1</v>",
            &["deadweight of kpi litter (Litter): the map has 0.2, the workbook has 0.1"],
        ),
        (
            "rate",
            7,
            "C3",
            "<v>0.035</v>",
            "<v>0.05</v>",
            &["Rates!C3, the discount rate of 2027-28: the map has 0.035, the workbook has 0.05"],
        ),
        (
            "count",
            5,
            "B3",
            "<v>1</v>",
            "<v>0</v>",
            &["Options!B3, what option preferred counts of kpi litter (Litter)"],
        ),
        // A figure alone.
        (
            "figure",
            1,
            "E2",
            "</f><v>",
            "</f><v>9",
            &["Results!E2", "Results that differ (1)"],
        ),
        // A formula that somebody bent.
        (
            "formula",
            1,
            "E2",
            "<f>D2-C2</f><v>",
            "<f>D2+C2</f><v>2",
            &["was written as =D2-C2, the workbook has =D2+C2"],
        ),
        // A number in place of a formula.
        (
            "typed",
            4,
            "C2",
            "<f>Inputs!$E2*Inputs!$N2*Inputs!P2</f>",
            "",
            &[
                "Flows!C2, amount of node fund in 2026-27: was written as a formula, the workbook has 100, typed in its place",
            ],
        ),
        (
            "text",
            6,
            "E2",
            "><v>100</v>",
            " t=\"str\"><v>many</v>",
            &["the workbook has the text `many`"],
        ),
    ];
    for (name, nth, at, from, to, parts) in cases {
        let changed = edited(&book, |part, text| match part == sheet(*nth) {
            true => cell(&text, at, from, to),
            false => text,
        });
        folder.put("changed.xlsx", changed);
        let before = folder.everything();
        let ran = folder.run("appraise map.json --verify changed.xlsx");
        assert_eq!(ran.code, 1, "{name}: {}{}", ran.out, ran.told);
        for part in *parts {
            assert!(ran.out.contains(part), "{name}: {part}\n{}", ran.out);
        }
        assert!(folder.everything() == before);
    }
    // The map has changed since.
    folder.put(
        "map.json",
        SMALL
            .replace("\"amount\": 150", "\"amount\": 160")
            .replace("\"litter\"", "\"bags\""),
    );
    let ran = folder.run("appraise map.json --verify case.xlsx");
    assert_eq!(ran.code, 1);
    for part in [
        "kpi bags (Litter): the map has it, the workbook has no row of it",
        "A3, kpi litter (Litter): the map has no such cost or value",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
}

#[test]
fn what_is_no_workbook_of_an_appraisal_is_refused() {
    let (folder, book) = with_book();
    folder.put("words.xlsx", "Dear all");
    folder.put("cut.xlsx", &book[..book.len() / 2]);
    assert_eq!(folder.run("export xlsx map.json -o tables.xlsx").code, 0);
    let renamed = edited(&book, |_, text| text.replace("optimism bias, %", "bias"));
    folder.put("renamed.xlsx", renamed);
    for (file, part) in [
        ("words.xlsx", "words.xlsx"),
        ("cut.xlsx", "cut.xlsx"),
        ("tables.xlsx", "it has no sheet `Results`"),
        (
            "renamed.xlsx",
            "cell F1 of its sheet `Inputs` does not say `optimism bias, %`",
        ),
        ("missing.xlsx", "missing.xlsx"),
    ] {
        let ran = folder.run(&format!("appraise map.json --verify {file}"));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{file}");
        assert!(ran.told.contains(part), "{file}: {part}\n{}", ran.told);
    }
}
