//! Registers: one row a KPI in every format, so that no number stands beside another's name.

use std::collections::BTreeMap;

use benefit_map::table::{RawTable, csv, xlsx};
use serde_json::Value;

use crate::support::archive::part;
use crate::support::folder::Folder;
use crate::support::foreign::{there, words_of_pdf};

/// A KPI of the map: id, node, title, unit, baseline, targets and further fields. Every number of it is used once.
type Kpi = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<i64>,
    &'static [(&'static str, i64)],
    &'static str,
);

const KPIS: &[Kpi] = &[
    (
        "poverty",
        "health",
        "Households in which nobody lives under the poverty line, counted over every neighbourhood of the programme",
        "% of households",
        Some(46),
        &[("2028-03-31", 55), ("2031-03-31", 71)],
        "",
    ),
    (
        "deaths",
        "health",
        "Deaths under five",
        "per 1,000 births",
        Some(184),
        &[("2030-03-31", 123)],
        "",
    ),
    (
        "water",
        "health",
        "Safe water at home",
        "%",
        Some(88),
        &[("2029-03-31", 95)],
        "",
    ),
    (
        "pressure",
        "health",
        "Blood pressure within range",
        "mmHg",
        None,
        &[],
        r#", "direction": "maintain", "band": {"lower": 111, "upper": 137}"#,
    ),
    (
        "wait",
        "access",
        "Days to a first appointment",
        "days",
        Some(21),
        &[("2027-03-31", 14), ("2028-03-31", 7)],
        "",
    ),
    (
        "kept",
        "access",
        "Appointments kept",
        "%",
        Some(81),
        &[("2028-03-31", 92)],
        "",
    ),
    (
        "cars",
        "travel",
        "Car journeys to hubs",
        "journeys",
        Some(1200),
        &[("2028-03-31", 1300)],
        "",
    ),
];

const MEASURED: &str = "kpi,date,value\npoverty,2027-03-31,47\ndeaths,2027-03-31,172\nwait,2028-02-29,13\nkept,2027-12-31,90\n\
                        cars,2027-12-31,1507\npressure,2028-01-31,143\n";

fn map() -> String {
    let kpis: Vec<String> = KPIS
        .iter()
        .map(|(id, node, title, unit, baseline, targets, more)| {
            let targets: Vec<String> = targets
                .iter()
                .map(|(day, value)| format!(r#"{{"date": "{day}", "value": {value}}}"#))
                .collect();
            let baseline = baseline
                .map(|value| format!(r#", "baseline": {{"date": "2026-03-31", "value": {value}}}"#))
                .unwrap_or_default();
            format!(
                r#"{{"id": "{id}", "node": "{node}", "title": "{title}", "unit": "{unit}"{baseline}, "targets": [{}]{more}}}"#,
                targets.join(", ")
            )
        })
        .collect();
    format!(
        r#"{{"format": 1, "title": "Healthy places", "currency": "GBP",
        "owners": [{{"id": "gp", "name": "Head of Primary Care"}}, {{"id": "ph", "name": "Head of Public Health"}}],
        "nodes": [
          {{"id": "fund", "kind": "investment", "title": "Fund", "cost": [{{"year": "2026-27", "amount": 900000}}]}},
          {{"id": "hubs", "kind": "enabler", "title": "Hubs"}},
          {{"id": "teams", "kind": "business-change", "title": "Teams work together"}},
          {{"id": "access", "kind": "intermediate-outcome", "title": "People are seen sooner", "owner": "gp", "due": "2028-03-31"}},
          {{"id": "travel", "kind": "intermediate-outcome", "title": "More journeys by car", "unintended": true}},
          {{"id": "calm", "kind": "intermediate-outcome", "title": "Staff stay longer", "due": "2029-03-31"}},
          {{"id": "noise", "kind": "business-change", "title": "Noise at night", "disbenefit": true}},
          {{"id": "health", "kind": "end-outcome", "title": "Healthier lives", "owner": "ph", "due": "2030-03-31"}}],
        "links": [
          {{"from": "fund", "to": "hubs"}}, {{"from": "hubs", "to": "teams"}}, {{"from": "teams", "to": "access"}},
          {{"from": "teams", "to": "travel"}}, {{"from": "teams", "to": "calm"}}, {{"from": "access", "to": "health"}},
          {{"from": "travel", "to": "health", "effect": "hinders"}}, {{"from": "calm", "to": "health"}}],
        "kpis": [{}]}}"#,
        kpis.join(",\n")
    )
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("map.json", map());
    folder.put("m.csv", MEASURED);
    folder
}

/// The rows of a table by the names of its columns.
fn rows(table: &RawTable) -> Vec<BTreeMap<&str, String>> {
    let of = |row: &benefit_map::table::RawRow| {
        let cells = row.cells.iter().map(|cell| cell.to_text().into_owned());
        // A row may end before the table does.
        let cells = cells.chain(std::iter::repeat(String::new()));
        table.header.iter().map(String::as_str).zip(cells).collect()
    };
    table.rows.iter().map(of).collect()
}

/// How many rows a register of the map must have, counted from its JSON: one a KPI of each benefit, one for a benefit without.
fn rows_wanted(map: &str, disbenefits: &[&str]) -> usize {
    let map: Value = serde_json::from_str(map).unwrap();
    let nodes = map["nodes"].as_array().unwrap().iter();
    let benefits = nodes.filter(|node| {
        node["kind"].as_str().unwrap().ends_with("outcome") || disbenefits.contains(&node["id"].as_str().unwrap())
    });
    let kpis = map["kpis"].as_array().unwrap();
    benefits
        .map(|node| kpis.iter().filter(|kpi| kpi["node"] == node["id"]).count().max(1))
        .sum()
}

#[test]
fn a_register_has_one_row_a_kpi_with_its_own_numbers() {
    let folder = folder();
    let ran = folder.run("register map.json -o r.csv");
    assert_eq!(ran.code, 0, "{ran:?}");
    let table = csv::read("r.csv", &std::fs::read(folder.at("r.csv")).unwrap()).unwrap();
    let rows = rows(&table);
    assert_eq!(rows.len(), rows_wanted(&map(), &["noise"]));
    for (id, node, title, unit, baseline, targets, _) in KPIS {
        let own: Vec<_> = rows.iter().filter(|row| row["kpi"] == *id).collect();
        let [row] = own.as_slice() else { panic!("{id}: {own:?}") };
        // The cells of the benefit stand in every row, so that a filter keeps the names with the numbers.
        assert_eq!(
            (row["id"].as_str(), row["kpi_title"].as_str(), row["unit"].as_str()),
            (*node, *title, *unit)
        );
        assert!(!row["title"].is_empty() && !row["class"].is_empty(), "{id}");
        assert_eq!(
            row["baseline"],
            baseline.map(|value| value.to_string()).unwrap_or_default(),
            "{id}"
        );
        let last = targets.last();
        assert_eq!(
            row["final_target"],
            last.map(|(_, value)| value.to_string()).unwrap_or_default(),
            "{id}"
        );
        assert_eq!(
            row["final_target_date"],
            last.map(|(day, _)| *day).unwrap_or_default(),
            "{id}"
        );
    }
    // No cell holds two lines of which each is of another KPI.
    for column in [
        "kpi",
        "kpi_title",
        "unit",
        "baseline",
        "targets",
        "final_target",
        "measured_by",
    ] {
        assert!(rows.iter().all(|row| !row[column].contains('\n')), "{column}");
    }
    // Without measurements nothing is said of how they stand, not even by the head of a column.
    for column in ["last_value", "status", "reason", "forecast"] {
        assert!(!table.header.iter().any(|head| head == column), "{column}");
    }
}

#[test]
fn the_target_at_the_due_day_stands_beside_the_final_one() {
    let folder = folder();
    assert_eq!(folder.run("register map.json -o r.csv").code, 0);
    let table = csv::read("r.csv", &std::fs::read(folder.at("r.csv")).unwrap()).unwrap();
    let of = |kpi: &str| {
        let row = rows(&table).into_iter().find(|row| row["kpi"] == kpi).unwrap();
        (
            row["target_at_due"].clone(),
            row["target_at_due_from"].clone(),
            row["final_target"].clone(),
        )
    };
    let told = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    // Due between the targets 55 and 71: 730 of 1095 days gone, 55 + 16 * 730 / 1095 = 65.67.
    assert_eq!(of("poverty"), told("65.67", "planned path", "71"));
    assert_eq!(of("deaths"), told("123", "target", "123"));
    assert_eq!(of("water"), told("95", "final target", "95"));
    assert_eq!(of("wait"), told("7", "target", "7"));
    // No due day, and what is to be kept within a band.
    assert_eq!(of("cars"), told("", "", "1300"));
    assert_eq!(of("pressure"), told("", "", ""));
}

#[test]
fn an_unintended_effect_that_hinders_is_a_disbenefit_everywhere() {
    let folder = folder();
    assert_eq!(folder.run("register map.json -o r.csv").code, 0);
    let table = csv::read("r.csv", &std::fs::read(folder.at("r.csv")).unwrap()).unwrap();
    let rows = rows(&table);
    let travel = rows.iter().find(|row| row["id"] == "travel").unwrap();
    assert_eq!(travel["class"], "disbenefit, unintended");
    let access = rows.iter().find(|row| row["id"] == "access").unwrap();
    assert_eq!(
        (access["class"].as_str(), access["disbenefits"].as_str()),
        ("benefit", "More journeys by car")
    );
    let told = folder.run("register map.json --format markdown").out;
    assert!(
        told.contains("**More journeys by car**<br>*Disbenefit, unintended*"),
        "{told}"
    );
    assert!(
        told.contains("**Business changes that are disbenefits**") && told.contains("**Noise at night**"),
        "{told}"
    );
}

#[test]
fn with_measurements_each_kpi_has_its_last_value_status_and_reason() {
    let folder = folder();
    let asked = "register map.json --measurements m.csv --as-of 2028-04-15";
    let ran = folder.run(&format!("{asked} -o r.csv"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let table = csv::read("r.csv", &std::fs::read(folder.at("r.csv")).unwrap()).unwrap();
    let rows = rows(&table);
    for line in MEASURED.lines().skip(1) {
        let [kpi, day, value] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let row = rows.iter().find(|row| row["kpi"] == kpi).unwrap();
        assert_eq!(
            (row["last_value"].as_str(), row["last_date"].as_str()),
            (value, day),
            "{kpi}"
        );
        assert!(!row["status"].is_empty() && !row["reason"].is_empty(), "{kpi}");
    }
    let water = rows.iter().find(|row| row["kpi"] == "water").unwrap();
    assert_eq!(
        (water["status"].as_str(), water["last_value"].as_str()),
        ("no-data", "")
    );
    assert!(water["reason"].starts_with("nothing measured"), "{water:?}");
    // The reason is in the words of `status`, save that these are broken into lines.
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let status = folder.run("status map.json --measurements m.csv --as-of 2028-04-15 --format csv");
    assert_eq!(status.code, 0);
    let plain = squeezed(
        &folder
            .run("status map.json --measurements m.csv --as-of 2028-04-15")
            .out,
    );
    let pressure = rows.iter().find(|row| row["kpi"] == "pressure").unwrap();
    assert!(plain.contains(&squeezed(&pressure["reason"])), "{pressure:?} {plain}");
    let deaths = rows.iter().find(|row| row["kpi"] == "deaths").unwrap();
    for word in deaths["reason"].split_whitespace() {
        assert!(plain.contains(word), "{word} is not in {plain}");
    }
}

#[test]
fn a_workbook_register_is_a_form_with_numbers_and_words_as_heads() {
    let folder = folder();
    let ran = folder.run("register map.json --measurements m.csv --as-of 2028-04-15 -o r.xlsx");
    assert_eq!(ran.code, 0, "{ran:?}");
    let bytes = std::fs::read(folder.at("r.xlsx")).unwrap();
    let tables = xlsx::read_every_sheet("r.xlsx", &bytes).unwrap();
    let form = tables.iter().find(|table| table.file.contains("Register")).unwrap();
    assert!(form.header.iter().all(|head| !head.contains('_')), "{:?}", form.header);
    let rows = rows(form);
    assert_eq!(rows.len(), rows_wanted(&map(), &["noise"]));
    for (_, _, title, _, baseline, ..) in KPIS {
        let row = rows.iter().find(|row| row["KPI"] == *title).unwrap();
        assert_eq!(
            row["Baseline"],
            baseline.map(|value| value.to_string()).unwrap_or_default()
        );
    }
    // Numbers are numbers: each stands in the sheet as a value, not among the texts.
    let strings = part(&bytes, "xl/sharedStrings.xml");
    assert!(!strings.contains(">184<") && !strings.contains(">1507<"), "{strings}");
    // One page of A3 wide.
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(
        sheet.contains("paperSize=\"8\"") && sheet.contains("fitToHeight=\"0\""),
        "{sheet}"
    );
    assert!(sheet.contains("as of 2028-04-15"), "{sheet}");
    let benefits = tables.iter().find(|table| table.name == "benefits").unwrap();
    assert_eq!(benefits.rows.len(), 5);
}

#[test]
fn a_benefit_with_several_kpis_is_one_cell_over_their_rows() {
    let folder = folder();
    let asked = "--measurements m.csv --as-of 2028-04-15";
    for command in ["register", "report business-case"] {
        for format in ["html", "docx", "pdf", "md"] {
            let ran = folder.run(&format!("{command} map.json {asked} -o out.{format}"));
            assert_eq!(ran.code, 0, "{command} {format}: {ran:?}");
        }
        // HTML: the cell of the benefit with four KPIs spans four rows and heads them; each KPI heads its own.
        let page = std::fs::read_to_string(folder.at("out.html")).unwrap();
        let from = page.find("<strong>Healthier lives</strong><br>").unwrap();
        let head = page[..from].rfind('<').unwrap();
        assert!(
            page[head..from].starts_with("<th scope=\"rowgroup\" rowspan=\"4\""),
            "{}",
            &page[head..from]
        );
        for (_, _, title, unit, baseline, ..) in KPIS {
            let row = page.split("<tr>").find(|row| {
                row.contains(&format!(
                    "<th scope=\"row\" dir=\"auto\">{title}</th><td dir=\"auto\">{unit}</td>"
                ))
            });
            let row = row.unwrap_or_else(|| panic!("{command}: no row of {title}"));
            let row = row.split("</tr>").next().unwrap();
            let said = baseline.map_or("<em>Not set</em>".to_owned(), |value| {
                format!("{}<br>31 Mar 2026", benefit_map::map::group_digits(&value.to_string()))
            });
            assert!(row.contains(&said), "{title}: {row}");
        }
        // Word: a merged cell that begins once and goes on three times.
        let document = part(&std::fs::read(folder.at("out.docx")).unwrap(), "word/document.xml");
        let tail = &document[document.find("Healthier lives</w:t></w:r><w:r><w:br/>").unwrap()..];
        let rows: Vec<&str> = tail.split("<w:tr>").take(5).collect();
        for (at, row) in rows[1..4].iter().enumerate() {
            assert_eq!(row.matches("<w:vMerge/>").count(), 2, "{command}: row {at}: {row}");
        }
        assert_eq!(rows[4].matches("<w:vMerge/>").count(), 0, "{command}: {}", rows[4]);
        // Markdown knows no merged cells: the benefit stands in every row.
        let text = std::fs::read_to_string(folder.at("out.md")).unwrap();
        let named = text
            .lines()
            .filter(|line| line.starts_with("| **Healthier lives**<br>"));
        assert_eq!(named.count(), 4, "{command}: {text}");
    }
    if there("pdftotext") {
        let words = words_of_pdf(&std::fs::read(folder.at("out.pdf")).unwrap());
        for (_, _, title, ..) in KPIS {
            assert!(words.contains(&title.replace(' ', "")), "{title}");
        }
    }
}

#[test]
fn a_register_of_a_map_from_outside_has_a_row_for_every_kpi_of_an_outcome() {
    let map = include_str!("../../examples/maps/smart-waste/map.json");
    let folder = Folder::new();
    folder.put("map.json", map);
    assert_eq!(folder.run("register map.json -o r.csv").code, 0);
    let table = csv::read("r.csv", &std::fs::read(folder.at("r.csv")).unwrap()).unwrap();
    assert_eq!(table.rows.len(), rows_wanted(map, &[]));
}

#[test]
fn the_tables_of_kpis_in_the_case_say_why() {
    let folder = folder();
    let ran = folder.run("report business-case map.json --measurements m.csv --as-of 2028-04-15 -o case.md");
    assert_eq!(ran.code, 0, "{ran:?}");
    let text = std::fs::read_to_string(folder.at("case.md")).unwrap();
    let attention =
        "| Blood pressure within range | 143 mmHg on 31 Jan 2028 | ▲ At risk<br>Outside its band, 111 to 137";
    assert!(text.contains(attention), "{text}");
    let unmeasured = "| Not measured | ○ No data<br>Nothing measured; 2 periods overdue |";
    assert!(text.contains(unmeasured), "{text}");
    // Every status in a table has its reason after it.
    for line in text.lines().filter(|line| line.starts_with('|')) {
        for sign in ["■ Off track", "▲ At risk", "○ No data", "■ Missed"] {
            for after in line.split(sign).skip(1) {
                assert!(after.starts_with("<br>"), "{line}");
            }
        }
    }
}

#[test]
fn slides_of_status_name_what_each_kpi_is_of_and_the_notes_say_why() {
    let folder = folder();
    let ran = folder.run("draw map.json --slides status --measurements m.csv --as-of 2028-04-15 -o deck.pptx");
    assert_eq!(ran.code, 0, "{ran:?}");
    let bytes = std::fs::read(folder.at("deck.pptx")).unwrap();
    let slide = part(&bytes, "ppt/slides/slide1.xml");
    for (_, _, title, ..) in KPIS {
        let row = slide.split("<a:tr ").find(|row| row.contains(title)).unwrap();
        let of = ["Healthier lives", "People are seen sooner", "More journeys by car"];
        assert_eq!(of.iter().filter(|name| row.contains(**name)).count(), 1, "{row}");
    }
    let notes = part(&bytes, "ppt/notesSlides/notesSlide1.xml");
    assert!(
        notes.contains("Safe water at home (Healthier lives): no data: nothing measured"),
        "{notes}"
    );
}
