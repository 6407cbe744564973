//! The current figures of a map in the shape of somebody's own workbook: what says the same stays as it is, to the byte.

use std::collections::BTreeMap;
use std::process::Command;

use benefit_map::map::BenefitMap;
use rust_xlsxwriter::{Color, Format, Formula, Workbook};

use crate::support::archive::parts;
use crate::support::folder::Folder;
use crate::support::skip::skip;
use crate::support::workbook::by_hand;

/// A register with colours, formats, formulas, a second sheet and an empty styled cell.
fn register() -> Vec<u8> {
    by_hand(|workbook: &mut Workbook| {
        let head = Format::new().set_bold().set_background_color(Color::RGB(0xDD_EB_F7));
        let money = Format::new().set_num_format("\"£\"#,##0");
        let percent = Format::new().set_num_format("0.0%");
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let sheet = workbook.add_worksheet();
        sheet.set_name("Benefits & more").unwrap();
        sheet.write_string(0, 0, "Wexbridge – benefits register").unwrap();
        for (at, name) in [
            "Ref", "Benefit", "Owner", "Baseline", "Target", "Unit", "End date", "Project", "RAG", "Change", "Actual",
        ]
        .iter()
        .enumerate()
        {
            sheet.write_string_with_format(2, at as u16, *name, &head).unwrap();
        }
        let end = rust_xlsxwriter::ExcelDateTime::from_ymd(2029, 3, 31).unwrap();
        sheet.write_string(3, 0, "B1").unwrap();
        sheet.write_string(3, 1, "Less agency spend").unwrap();
        sheet.write_string(3, 2, "Ada Nwosu").unwrap();
        sheet.write_number_with_format(3, 3, 212_000, &money).unwrap();
        sheet.write_number_with_format(3, 4, 120_000, &money).unwrap();
        sheet.write_string(3, 5, "£ pa").unwrap();
        sheet.write_datetime_with_format(3, 6, &end, &day).unwrap();
        sheet.write_string(3, 7, "P01 Sensors").unwrap();
        sheet.write_string(3, 8, "Green").unwrap();
        sheet
            .write_formula(3, 9, Formula::new("=E4-D4").set_result("-92000"))
            .unwrap();
        sheet.write_string(4, 0, "B2").unwrap();
        sheet.write_string(4, 1, "Less fuel").unwrap();
        sheet.write_string(4, 2, "Bo Lee").unwrap();
        sheet.write_string(4, 3, "£1.2m").unwrap();
        sheet.write_string(4, 4, "£0.9m").unwrap();
        sheet.write_string(4, 5, "£ pa").unwrap();
        sheet.write_string(4, 6, "31/03/2030").unwrap();
        sheet.write_string(4, 7, "P01 Sensors; P02 Rounds").unwrap();
        sheet.write_string(5, 0, "B3").unwrap();
        sheet.write_string(5, 1, "Happier crews").unwrap();
        sheet.write_string(5, 2, "TBC").unwrap();
        sheet.write_number_with_format(5, 3, 0.615, &percent).unwrap();
        sheet.write_number_with_format(5, 4, 0.7, &percent).unwrap();
        sheet.write_string(5, 6, "Ongoing").unwrap();
        sheet.write_string(6, 0, "Total").unwrap();
        sheet
            .write_formula(6, 3, Formula::new("=SUM(D4:D6)").set_result("212000.615"))
            .unwrap();
        let other = workbook.add_worksheet();
        other.set_name("Notes").unwrap();
        other.write_string(0, 0, "Kept as it is").unwrap();
    })
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("r.xlsx", register());
    let ran = folder.run("import register r.xlsx -o map.json");
    assert_eq!(ran.code, 0, "{}", ran.told);
    folder
}

/// The workbook that the map came from: one that is made later has another time of day in it.
fn given(folder: &Folder) -> Vec<u8> {
    std::fs::read(folder.at("r.xlsx")).unwrap()
}

/// The map changed as a value of JSON.
fn change(folder: &Folder, change: impl FnOnce(&mut BenefitMap)) {
    let text = std::fs::read_to_string(folder.at("map.json")).unwrap();
    let mut map: BenefitMap = serde_json::from_str(&text).unwrap();
    change(&mut map);
    folder.put("changed.json", benefit_map::file::write(&map));
}

/// The cells of a sheet by their places, each as it is written.
fn cells(bytes: &[u8], part: &str) -> BTreeMap<String, String> {
    let parts = parts(bytes);
    let (_, bytes) = parts.iter().find(|(name, _)| name == part).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let mut out = BTreeMap::new();
    for cell in text.split("<c ").skip(1) {
        let place = cell.split("r=\"").nth(1).unwrap().split('"').next().unwrap();
        out.insert(place.to_owned(), cell.split("</c>").next().unwrap().to_owned());
    }
    out
}

#[test]
fn with_nothing_changed_the_workbook_is_the_same_to_the_byte() {
    let folder = folder();
    let ran = folder.run("export register map.json --like r.xlsx -o out.xlsx");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(ran.told.contains("nothing differs from r.xlsx"), "{}", ran.told);
    assert_eq!(std::fs::read(folder.at("out.xlsx")).unwrap(), given(&folder));
}

#[test]
fn changed_figures_stand_in_their_cells_in_the_writing_of_the_sheet() {
    let folder = folder();
    change(&folder, |map| {
        for kpi in &mut map.kpis {
            match kpi.node.as_str() {
                "b1" => kpi.targets[0].value = 110_000.into(),
                "b2" => kpi.targets[0].value = 850_000.into(),
                _ => kpi.targets[0].value = "72.5".parse().unwrap(),
            }
        }
        for node in &mut map.nodes {
            match node.id.as_str() {
                "b1" => {
                    node.due = Some("2028-09-30".parse().unwrap());
                    node.free
                        .set("x-rag", benefit_map::map::FreeValue::Text("Amber".to_owned()));
                }
                "b2" => node.due = Some("2031-06-30".parse().unwrap()),
                "b3" => node.owner = Some("ada-nwosu".parse().unwrap()),
                _ => {}
            }
        }
    });
    let ran = folder.run("export register changed.json --like r.xlsx -o out.xlsx");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let out = std::fs::read(folder.at("out.xlsx")).unwrap();
    let (before, after) = (
        cells(&given(&folder), "xl/worksheets/sheet1.xml"),
        cells(&out, "xl/worksheets/sheet1.xml"),
    );
    let differ: Vec<&str> = after
        .iter()
        .filter(|(place, cell)| before.get(*place) != Some(cell))
        .map(|(place, _)| place.as_str())
        .collect();
    assert_eq!(differ, ["C6", "E4", "E5", "E6", "G4", "G5", "I4"]);
    assert_eq!(before.len(), after.len());
    for (place, words) in [
        ("E4", "<v>110000</v>"),
        ("E5", "£0.85m"),
        ("E6", "<v>0.725</v>"),
        ("G4", "<v>47026</v>"),
        ("G5", "30/06/2031"),
        ("C6", "Ada Nwosu"),
        ("I4", "Amber"),
    ] {
        assert!(after[place].contains(words), "{place}: {}", after[place]);
    }
    // Formats stay, and so do all other parts.
    let style = |cell: &str| {
        cell.split("s=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .map(str::to_owned)
    };
    assert_eq!(style(&before["E4"]), style(&after["E4"]));
    assert_eq!(before["J4"], after["J4"]);
    let (was, is) = (parts(&given(&folder)), parts(&out));
    assert_eq!(was.len(), is.len());
    for ((name, was), (other, is)) in was.iter().zip(&is) {
        assert_eq!(name, other);
        let may_differ = name == "xl/worksheets/sheet1.xml" || name == "xl/workbook.xml";
        assert!(may_differ || was == is, "{name}");
    }
    // What went out comes in again as the map that it is of.
    let ran = folder.run("import register out.xlsx --onto changed.json -o again.json");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let ran = folder.run("export register changed.json --like out.xlsx -o out2.xlsx");
    assert!(ran.told.contains("nothing differs"), "{}", ran.told);
}

#[test]
fn formulas_are_kept_and_what_has_no_row_is_said() {
    let folder = Folder::new();
    folder.put(
        "r.xlsx",
        by_hand(|workbook| {
            let sheet = workbook.add_worksheet();
            for (at, name) in ["Benefit", "Owner", "Baseline", "Target"].iter().enumerate() {
                sheet.write_string(0, at as u16, *name).unwrap();
            }
            sheet.write_string(1, 0, "Less fuel").unwrap();
            sheet.write_string(1, 1, "Bo").unwrap();
            sheet.write_number(1, 2, 10).unwrap();
            sheet
                .write_formula(1, 3, Formula::new("=C2*0.8").set_result("8"))
                .unwrap();
        }),
    );
    assert_eq!(folder.run("import register r.xlsx -o map.json").code, 0);
    change(&folder, |map| {
        map.kpis[0].targets[0].value = 7.into();
        let node = benefit_map::map::Node::new(
            "new".parse().unwrap(),
            benefit_map::map::NodeKind::EndOutcome,
            "Cleaner air",
        );
        map.nodes.push(node);
    });
    let ran = folder.run("export register changed.json --like r.xlsx -o out.xlsx");
    assert_eq!(ran.code, 1, "{}", ran.told);
    assert!(
        ran.told
            .contains("column Target: the cell holds a formula, which was kept; the map has `7`"),
        "{}",
        ran.told
    );
    assert!(
        ran.told.contains("`Cleaner air` has no row in the workbook"),
        "{}",
        ran.told
    );
    assert_eq!(
        std::fs::read(folder.at("out.xlsx")).unwrap(),
        std::fs::read(folder.at("r.xlsx")).unwrap()
    );
}

#[test]
fn measured_values_stand_in_the_column_of_actual_values() {
    let folder = folder();
    folder.put(
        "m.csv",
        "kpi,date,value\nb1-kpi,2027-03-31,180000\nb1-kpi,2028-03-31,150000\n",
    );
    let ran = folder.run("export register map.json --like r.xlsx --measurements m.csv --as-of 2027-12-31 -o out.xlsx");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let after = cells(
        &std::fs::read(folder.at("out.xlsx")).unwrap(),
        "xl/worksheets/sheet1.xml",
    );
    assert!(after["K4"].contains("<v>180000</v>"), "{:?}", after.get("K4"));
}

#[test]
fn another_workbook_is_refused_and_nothing_is_written() {
    let folder = folder();
    folder.put(
        "other.xlsx",
        by_hand(|workbook| {
            let sheet = workbook.add_worksheet();
            for (at, name) in ["Benefit", "Owner", "Baseline", "Target"].iter().enumerate() {
                sheet.write_string(0, at as u16, *name).unwrap();
            }
            sheet.write_string(1, 0, "Something else").unwrap();
            sheet.write_string(1, 1, "Bo").unwrap();
            sheet.write_number(1, 2, 1).unwrap();
        }),
    );
    for (line, words) in [
        (
            "export register map.json --like other.xlsx -o out.xlsx",
            "no row of other.xlsx is a benefit of map.json",
        ),
        ("export register map.json --like map.json -o out.xlsx", "map.json"),
        (
            "export register map.json --like r.xlsx -o r.xlsx",
            "r.xlsx is the input",
        ),
        ("export register map.json --like r.xlsx -o out.csv", ".csv"),
    ] {
        let before = folder.everything();
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(ran.told.contains(words), "{line}: {}", ran.told);
        assert!(folder.everything() == before, "{line}");
    }
}

#[test]
fn what_went_out_opens_in_libreoffice() {
    let folder = folder();
    change(&folder, |map| map.kpis[0].targets[0].value = 110_000.into());
    assert_eq!(
        folder
            .run("export register changed.json --like r.xlsx -o out.xlsx")
            .code,
        0
    );
    let ran = Command::new("soffice")
        .args(["--headless", "--convert-to", "csv", "--outdir", "."])
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.at("profile").display()
        ))
        .arg("out.xlsx")
        .current_dir(folder.path())
        .output();
    let Ok(ran) = ran else {
        skip("soffice is not installed");
        return;
    };
    assert!(ran.status.success(), "{ran:?}");
    let csv = String::from_utf8_lossy(&std::fs::read(folder.at("out.csv")).unwrap()).into_owned();
    assert!(csv.contains("110,000") || csv.contains("110000"), "{csv}");
    // The formula is there, with what it came to when the workbook was last calculated.
    assert!(csv.contains("-92000"), "{csv}");
}
