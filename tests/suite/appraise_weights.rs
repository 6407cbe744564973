//! Weights by who gains: in the command, in documents, in the workbook and in tables, always beside the figures without weights.

#![allow(clippy::disallowed_methods, reason = "a test reads the files that a command wrote")]

use benefit_map::appraise::welfare_weight;
use serde_json::{Value, json};

use crate::support::archive::{packed, parts};
use crate::support::folder::Folder;

/// The worked example of the page with the weights that the page adds to it.
fn page_map() -> Value {
    let page = include_str!("../../docs/appraisal.md");
    let blocks: Vec<Value> = page
        .split("```json\n")
        .skip(1)
        .map(|rest| serde_json::from_str(rest.split_once("```").unwrap().0).unwrap())
        .collect();
    let of = |field: &str| {
        let holds = |block: &&Value| block.get(field).is_some();
        blocks.iter().find(holds).unwrap()[field].clone()
    };
    let mut map = blocks[0].clone();
    map["appraisal"]["weights"] = of("weights");
    map["kpis"][0]["value"]["beneficiaries"] = of("beneficiaries");
    map
}

fn folder(map: &Value) -> Folder {
    let folder = Folder::new();
    folder.put("map.json", serde_json::to_string_pretty(map).unwrap());
    folder
}

fn bytes(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.at(name)).unwrap()
}

fn text(folder: &Folder, name: &str) -> String {
    String::from_utf8(bytes(folder, name)).unwrap()
}

fn json_of(map: &Value) -> Value {
    let ran = folder(map).run("appraise map.json --format json");
    assert_eq!(ran.code, 0, "{}", ran.told);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn the_example_of_the_page_comes_to_what_it_says() {
    let whole = json_of(&page_map());
    let option = &whole["options"][0];
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{value}"));
    // By hand: 30 a year from the fourth to the tenth year, at 3.5%.
    let plain: f64 = (3..10).map(|year| 30.0 / 1.035f64.powi(year)).sum();
    let weight = 0.4 + 0.6 * 2f64.powf(1.3);
    assert!((number(&option["pvb"]) - plain).abs() < 1e-9);
    let weighted = &option["weighted"];
    assert!((number(&weighted["pvb"]) - plain * weight).abs() < 1e-8, "{weighted}");
    assert!((number(&weighted["npsv"]) - (plain * weight - number(&option["pvc"]))).abs() < 1e-8);
    assert_eq!(weighted["pvc"], option["pvc"]);
    assert!((number(&whole["weights"]["groups"][0]["weight"]) - 2.462_288_827).abs() < 1e-9);
    assert_eq!(whole["weights"]["elasticity"], 1.3);
    let page = include_str!("../../docs/appraisal.md");
    let shown = [number(&weighted["pvb"]), number(&weighted["npsv"])].map(|figure| format!("| {figure:.4} |"));
    for figure in shown {
        assert!(page.contains(&figure), "{figure}");
    }
    // The published function of the library is the same weight.
    let of_library = welfare_weight(30_000.0, 15_000.0).unwrap();
    assert!((number(&whole["weights"]["groups"][0]["weight"]) - of_library).abs() < 1e-11);
}

#[test]
fn a_map_without_weights_has_no_weighted_figures() {
    let mut map = page_map();
    map["appraisal"].as_object_mut().unwrap().remove("weights");
    map["kpis"][0]["value"].as_object_mut().unwrap().remove("beneficiaries");
    let whole = json_of(&map);
    assert_eq!(
        (&whole["weights"], &whole["options"][0]["weighted"]),
        (&Value::Null, &Value::Null)
    );
    let folder = folder(&map);
    assert!(!folder.run("appraise map.json").out.contains("eighted"));
    let ran = folder.run("appraise map.json --explain weighted-npsv");
    assert_eq!(ran.code, 2);
    assert!(ran.told.contains("the map has no weights"), "{}", ran.told);
    assert_eq!(folder.run("appraise map.json -o case.xlsx").code, 0);
    let sheets = parts(&bytes(&folder, "case.xlsx"));
    assert_eq!(
        sheets
            .iter()
            .filter(|(name, _)| name.starts_with("xl/worksheets/sheet"))
            .count(),
        7
    );
}

#[test]
fn both_figures_are_shown_and_explained_down_to_the_sources() {
    let folder = folder(&page_map());
    let shown = folder.run("appraise map.json").out;
    for part in [
        "Weights by who gains (Household survey, 2025)",
        "2.4623 = (30,000 ÷ 15,000) to the power of 1.3",
        "Weighted by who gains: benefits 321, net value 126, ratio 1.65 (1 of 1 benefit says which groups gain)",
        "What no group has counts once, and so do costs.",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    // The unweighted ones stand above them.
    assert!(shown.find("171").unwrap() < shown.find("321").unwrap());
    let tree = folder.run("appraise map.json --explain weighted-npsv").out;
    for part in [
        "126.50",
        "171.24 × 1.8774",
        "0.6",
        "Works register, 2026",
        "Household survey, 2025",
        "194.98",
    ] {
        assert!(tree.contains(part), "{part}\n{tree}");
    }
}

#[test]
fn the_business_case_has_both_side_by_side() {
    let folder = folder(&page_map());
    assert_eq!(folder.run("report business-case map.json -o case.md").code, 0);
    let shown = text(&folder, "case.md");
    for part in [
        "Weighted by who gains: present values, in GBP",
        "Benefits, weighted",
        "Lowest fifth of incomes",
        "2\\.4623",
        "Source: Household survey, 2025.",
        "never in their place",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

/// What the change does to the map is refused with these words.
fn refused(change: impl FnOnce(&mut Value), words: &[&str]) {
    let mut map = page_map();
    change(&mut map);
    let folder = folder(&map);
    let ran = folder.run("appraise map.json");
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.told);
    for word in words {
        assert!(ran.told.contains(word), "{word}\n{}", ran.told);
    }
    // The rules say the same of it.
    let found = folder.run("check map.json").out;
    assert!(found.contains(words[0]), "{found}");
}

#[test]
fn what_cannot_be_used_is_refused_with_its_place() {
    let weights = |change: fn(&mut Value)| move |map: &mut Value| change(&mut map["appraisal"]["weights"]);
    let groups = |change: fn(&mut Value)| move |map: &mut Value| change(&mut map["appraisal"]["weights"]["groups"]);
    let gains = |change: fn(&mut Value)| move |map: &mut Value| change(&mut map["kpis"][0]["value"]["beneficiaries"]);
    refused(
        weights(|all| all["elasticity"] = json!(13)),
        &["elasticity of the weights is 13", "1.3"],
    );
    refused(
        weights(|all| all["elasticity"] = json!(-1)),
        &["elasticity of the weights is -1"],
    );
    refused(
        weights(|all| all["elasticity"] = json!(1.305)),
        &["elasticity of the weights is 1.305"],
    );
    refused(
        weights(|all| all["median_income"] = json!(0)),
        &["the median income is 0"],
    );
    refused(
        |map| {
            drop(
                map["appraisal"]["weights"]
                    .as_object_mut()
                    .unwrap()
                    .remove("median_income"),
            )
        },
        &["no median income", "`median_income`"],
    );
    refused(groups(|all| all[0]["income"] = json!(0)), &["has an income of 0"]);
    refused(
        groups(|all| all[0]["income"] = json!(250)),
        &["has a weight of 504.6, more than 100"],
    );
    refused(groups(|all| all[0]["income"] = json!(1e-9)), &["more than 100"]);
    refused(
        groups(|all| all[0]["weight"] = json!(2.4)),
        &["both an income and a weight"],
    );
    refused(
        groups(|all| drop(all[0].as_object_mut().unwrap().remove("income"))),
        &["neither an income nor a weight"],
    );
    refused(
        groups(|all| *all = json!([{"name": "Lowest fifth of incomes", "weight": 0}])),
        &["has a weight of 0"],
    );
    refused(groups(|all| all[0]["name"] = json!(" ")), &["has no name"]);
    refused(
        groups(|all| {
            let twice = all[0].clone();
            all.as_array_mut().unwrap().push(twice);
        }),
        &["two groups are called `Lowest fifth of incomes`"],
    );
    refused(
        weights(|all| all["groups"] = json!([])),
        &["the weights have no groups"],
    );
    refused(
        groups(|all| {
            *all = (0..101)
                .map(|nth| json!({"name": format!("g{nth}"), "weight": 1}))
                .collect()
        }),
        &["101 groups, and 100 is the most"],
    );
    refused(
        |map| drop(map["appraisal"].as_object_mut().unwrap().remove("weights")),
        &["the appraisal has no weights", "`beneficiaries`"],
    );
    refused(
        gains(|all| all[0]["group"] = json!("Lowest tenth")),
        &["names the group `Lowest tenth`", "kpi spend"],
    );
    refused(gains(|all| all[0]["share"] = json!(60)), &["is 60", "0.4 is 40%"]);
    refused(gains(|all| all[0]["share"] = json!(-0.1)), &["is -0.1"]);
    refused(
        gains(|all| {
            let twice = all[0].clone();
            all.as_array_mut().unwrap().push(twice);
        }),
        &["`Lowest fifth of incomes` twice"],
    );
    refused(
        |map| {
            map["appraisal"]["weights"]["groups"]
                .as_array_mut()
                .unwrap()
                .push(json!({"name": "Others", "weight": 1}));
            map["kpis"][0]["value"]["beneficiaries"]
                .as_array_mut()
                .unwrap()
                .push(json!({"group": "Others", "share": 0.5}));
        },
        &["come to 1.1"],
    );
}

#[test]
fn weights_come_back_from_tables_and_from_a_workbook() {
    let folder = folder(&page_map());
    assert_eq!(folder.run("fmt map.json").code, 0);
    for (out, back) in [
        ("export tables map.json -o tables", "import tables tables -o back.json"),
        ("export xlsx map.json -o map.xlsx", "import xlsx map.xlsx -o again.json"),
    ] {
        assert_eq!(folder.run(out).code, 0, "{}", folder.run(out).told);
        let ran = folder.run(back);
        assert_eq!(ran.code, 0, "{}", ran.told);
        let file = back.rsplit(' ').next().unwrap();
        assert_eq!(text(&folder, file), text(&folder, "map.json"));
    }
    let table = text(&folder, "tables/beneficiaries.csv");
    assert!(table.contains("spend,Lowest fifth of incomes,0.6,"), "{table}");
}

/// A workbook with a piece of one sheet replaced.
fn edited(book: &[u8], sheet: usize, cell: &str, (from, to): (&str, &str)) -> Vec<u8> {
    let name = format!("xl/worksheets/sheet{sheet}.xml");
    let all: Vec<(String, Vec<u8>)> = parts(book)
        .into_iter()
        .map(|(part, bytes)| {
            if part != name {
                return (part, bytes);
            }
            let text = String::from_utf8(bytes).unwrap();
            let start = text
                .find(&format!("<c r=\"{cell}\""))
                .unwrap_or_else(|| panic!("no {cell}"));
            let end = start + text[start..].find("</c>").unwrap();
            let changed = text[start..end].replace(from, to);
            assert_ne!(changed, text[start..end], "{cell}: {}", &text[start..end]);
            (
                part,
                format!("{}{changed}{}", &text[..start], &text[end..]).into_bytes(),
            )
        })
        .collect();
    packed(&all)
}

#[test]
fn what_was_changed_of_weights_in_a_workbook_is_found() {
    let mut map = page_map();
    let groups = map["appraisal"]["weights"]["groups"].as_array_mut().unwrap();
    groups.push(json!({"name": "Everybody else", "weight": 0.8}));
    let folder = folder(&map);
    assert_eq!(folder.run("appraise map.json -o case.xlsx").code, 0);
    let ran = folder.run("appraise map.json --verify case.xlsx");
    assert_eq!(ran.code, 0, "{}", ran.out);
    let book = bytes(&folder, "case.xlsx");
    type Case<'a> = (usize, &'a str, (&'a str, &'a str), &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (
            8,
            "B2",
            ("15000", "12000"),
            &[
                "the income of Lowest fifth of incomes: the map has 15,000, the workbook has 12,000",
                "Groups!C2",
            ],
        ),
        (
            8,
            "C3",
            ("0.8", "0.9"),
            &["the weight of Everybody else: the map has 0.8, the workbook has 0.9"],
        ),
        (8, "D2", ("30000", "31000"), &["the median income: the map has 30,000"]),
        (
            8,
            "E2",
            ("1.3", "1.5"),
            &["the elasticity of the weights: the map has 1.3"],
        ),
        (
            9,
            "C4",
            ("0.6", "0.5"),
            &[
                "the share of Lowest fifth of incomes in kpi spend (Spend on second visits): the map has 0.6",
                "Weights!B4",
            ],
        ),
        (
            1,
            "G2",
            ("</f><v>", "</f><v>9"),
            &[
                "Results!G2, benefits, weighted of option preferred",
                "Results that differ (1)",
            ],
        ),
        (
            1,
            "H2",
            ("</f><v>", "</f><v>9"),
            &["Results!H2, net value, weighted of option preferred"],
        ),
        (
            1,
            "I2",
            ("</f><v>", "</f><v>9"),
            &["Results!I2, ratio, weighted of option preferred"],
        ),
    ];
    for (sheet, cell, change, found) in cases {
        folder.put("edited.xlsx", edited(&book, *sheet, cell, *change));
        let ran = folder.run("appraise map.json --verify edited.xlsx");
        assert_eq!(ran.code, 1, "{sheet} {cell}: {}{}", ran.out, ran.told);
        for part in *found {
            assert!(ran.out.contains(part), "{sheet} {cell}: {part}\n{}", ran.out);
        }
    }
    // A workbook that was made before the map had weights.
    let mut before = map.clone();
    before["appraisal"].as_object_mut().unwrap().remove("weights");
    before["kpis"][0]["value"]
        .as_object_mut()
        .unwrap()
        .remove("beneficiaries");
    folder.put("before.json", before.to_string());
    assert_eq!(folder.run("appraise before.json -o before.xlsx").code, 0);
    let ran = folder.run("appraise map.json --verify before.xlsx");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the weights by who gains"), "{}", ran.out);
    let ran = folder.run("appraise before.json --verify case.xlsx");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the weights by who gains"), "{}", ran.out);
}
