//! Registers and templates that are not what one hopes for: each is said in plain words, and nothing is written by halves.

use benefit_map::map::BenefitMap;
use rust_xlsxwriter::Formula;

use crate::support::archive::{packed, parts};
use crate::support::folder::Folder;
use crate::support::workbook::{by_hand, own_register, sheet};

const HEADS: [&str; 7] = ["Ref", "Benefit", "Owner", "Baseline", "Target", "Unit", "Due date"];

fn map_of(folder: &Folder) -> BenefitMap {
    serde_json::from_slice(&std::fs::read(folder.at("map.json")).unwrap()).unwrap()
}

/// An Office file with a password is no archive: it begins as files of before 2007 do, and names what is encrypted.
fn locked() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    bytes
}

#[test]
fn a_register_or_a_template_with_a_password_says_so_and_what_to_do() {
    let folder = Folder::new();
    folder.put("locked.xlsx", locked());
    folder.put("locked.docx", locked());
    folder.put("map.json", r#"{"format": 1, "title": "Bins"}"#);
    let before = folder.everything();
    for line in [
        "import register locked.xlsx -o new.json",
        "import register locked.xlsx -o new.json --mapping mapping.json --actuals actuals.csv",
        "import xlsx locked.xlsx -o new.json",
        "status map.json -m locked.xlsx",
        "report business-case map.json -o case.docx --template locked.docx",
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(
            ran.told.contains("password") && ran.told.contains("locked."),
            "{line}: {}",
            ran.told
        );
        assert!(folder.everything() == before, "{line}");
    }
}

#[test]
fn macros_of_a_register_are_left_out_and_its_cells_are_read() {
    let folder = Folder::new();
    let mut all = parts(&own_register());
    all.push(("xl/vbaProject.bin".to_owned(), b"macros".to_vec()));
    folder.put("own.xlsm", packed(&all));
    let ran = folder.run("import register own.xlsm -o map.json");
    assert_ne!(ran.code, 2, "{}", ran.told);
    assert!(
        ran.told.contains("macros") || ran.out.contains("macros"),
        "{}{}",
        ran.out,
        ran.told
    );
    let map = map_of(&folder);
    assert!(map.nodes.iter().any(|node| node.title == "Fewer bins"));
    assert_eq!(map.owners[0].name, "Ann Ash");
}

#[test]
fn a_register_without_a_column_of_owners_is_read_and_its_benefits_are_said_to_have_none() {
    let folder = Folder::new();
    folder.put(
        "own.xlsx",
        by_hand(|workbook| {
            let sheet = sheet(workbook, "Register", &["Ref", "Benefit", "Baseline", "Target", "Unit"]);
            for (row, title) in [(1, "Fewer missed collections"), (2, "Cleaner streets")] {
                sheet.write_string(row, 0, format!("B{row}")).unwrap();
                sheet.write_string(row, 1, title).unwrap();
                sheet.write_number(row, 2, 120).unwrap();
                sheet.write_number(row, 3, 60).unwrap();
                sheet.write_string(row, 4, "bins").unwrap();
            }
        }),
    );
    let ran = folder.run("import register own.xlsx -o map.json");
    assert_ne!(ran.code, 2, "{}", ran.told);
    let told = format!("{}{}", ran.out, ran.told);
    assert!(told.contains("no column names the owners"), "{told}");
    assert!(told.contains("no owner"), "{told}");
    let map = map_of(&folder);
    assert!(map.owners.is_empty());
    assert!(
        map.nodes
            .iter()
            .any(|node| node.title == "Cleaner streets" && node.owner.is_none())
    );
}

#[test]
fn five_thousand_rows_are_read_and_each_is_there() {
    const ROWS: u32 = 5_000;
    let folder = Folder::new();
    folder.put(
        "large.xlsx",
        by_hand(|workbook| {
            let sheet = sheet(workbook, "Register", &HEADS);
            for row in 1..=ROWS {
                sheet.write_string(row, 0, format!("B{row}")).unwrap();
                sheet
                    .write_string(row, 1, format!("Benefit number {row} of the town"))
                    .unwrap();
                sheet.write_string(row, 2, "Ada Nwosu").unwrap();
                sheet.write_number(row, 3, row).unwrap();
                sheet.write_number(row, 4, row + 5).unwrap();
                sheet.write_string(row, 5, "bins").unwrap();
                sheet.write_string(row, 6, "31/03/2030").unwrap();
            }
        }),
    );
    let ran = folder.run("import register large.xlsx -o map.json");
    assert_ne!(ran.code, 2, "{}", ran.told);
    let map = map_of(&folder);
    assert_eq!((map.nodes.len(), map.kpis.len(), map.owners.len()), (5_000, 5_000, 1));
    let last = map.kpis.iter().find(|kpi| kpi.node.as_str() == "b5000").unwrap();
    assert_eq!(last.targets[0].value, 5_005.into());
}

#[test]
fn formulas_that_run_in_a_circle_hang_nothing() {
    let folder = Folder::new();
    folder.put(
        "circular.xlsx",
        by_hand(|workbook| {
            let sheet = sheet(workbook, "Register", &HEADS);
            for (row, title) in [(1, "Fewer missed collections"), (2, "Cleaner streets")] {
                sheet.write_string(row, 0, format!("B{row}")).unwrap();
                sheet.write_string(row, 1, title).unwrap();
                sheet.write_string(row, 2, "Ada Nwosu").unwrap();
                let other = Formula::new(format!("=D{}", 4 - row)).set_result("#REF!");
                sheet.write_formula(row, 3, other).unwrap();
                sheet.write_number(row, 4, 60).unwrap();
                sheet.write_string(row, 5, "bins").unwrap();
            }
        }),
    );
    let ran = folder.run("import register circular.xlsx -o map.json");
    assert_ne!(ran.code, 2, "{}", ran.told);
    let map = map_of(&folder);
    assert_eq!(map.nodes.len(), 2);
    // What no formula came to is no number.
    assert!(map.kpis.iter().all(|kpi| kpi.baseline.is_none()), "{:?}", map.kpis);
}

#[test]
fn a_word_template_without_styles_is_refused_and_one_without_ours_is_completed() {
    let folder = Folder::new();
    folder.put("map.json", include_str!("../../examples/maps/smart-waste/map.json"));
    assert_eq!(
        folder
            .run("report business-case map.json --sections summary,costs -o own.docx")
            .code,
        0
    );
    let own = parts(&std::fs::read(folder.at("own.docx")).unwrap());
    let bare: Vec<(String, Vec<u8>)> = own
        .iter()
        .filter(|(name, _)| name != "word/styles.xml")
        .cloned()
        .collect();
    folder.put("bare.docx", packed(&bare));
    let few: Vec<(String, Vec<u8>)> = own
        .iter()
        .map(|(name, bytes)| match name.as_str() {
            "word/styles.xml" => {
                let words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
                (name.clone(), format!("<w:styles xmlns:w=\"{words}\"/>").into_bytes())
            }
            _ => (name.clone(), bytes.clone()),
        })
        .collect();
    folder.put("few.docx", packed(&few));
    let before = folder.everything();
    let ran = folder.run("report business-case map.json -o case.docx --template bare.docx");
    assert_eq!(ran.code, 2, "{}", ran.told);
    assert!(
        ran.told.contains("bare.docx cannot be used as a template") && ran.told.contains("no styles"),
        "{}",
        ran.told
    );
    assert!(folder.everything() == before);
    // Styles that a template lacks are ours.
    let ran = folder.run("report business-case map.json --sections summary,costs -o case.docx --template few.docx");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let styles = crate::support::archive::part(&std::fs::read(folder.at("case.docx")).unwrap(), "word/styles.xml");
    assert!(
        styles.contains("Report Table") && styles.contains("heading 1"),
        "{styles}"
    );
}
