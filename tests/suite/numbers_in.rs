//! Numbers as people write them in tables and workbooks: read as what they mean, or left out with what to write.

#![allow(clippy::disallowed_methods, reason = "a test makes its own workbooks")]

use benefit_map::map::written::{DecimalMark, Notation};
use benefit_map::map::{BenefitMap, Number};
use benefit_map::table::{Decision, DecisionKind, Handling, Import, RawTable, csv, import, xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

fn tables(files: &[(&str, &str)]) -> Vec<RawTable> {
    files
        .iter()
        .map(|(name, text)| csv::read(name, text.as_bytes()).unwrap())
        .collect()
}

fn told(decisions: &[Decision]) -> Vec<String> {
    decisions.iter().map(Decision::to_string).collect()
}

/// The costs of node `a`, in the writing of the cells, which may be quoted; `sign` stands between the cells of a row.
fn costs(sign: char, currency: &str, cells: &[&str], notation: Notation) -> Import {
    let rows: String = cells
        .iter()
        .enumerate()
        .map(|(at, cell)| format!("a{sign}{}{sign}\"{cell}\"\n", 2026 + at))
        .collect();
    let mut tables = tables(&[
        ("map.csv", &format!("title,currency\nKiosk,{currency}\n")),
        ("nodes.csv", "id,kind,title\na,investment,Grant\n"),
        ("costs.csv", &format!("node{sign}year{sign}amount\n{rows}")),
    ]);
    for table in &mut tables {
        table.notation = notation;
    }
    import(&tables).unwrap()
}

fn amounts(map: &BenefitMap) -> Vec<String> {
    map.nodes[0].cost.iter().map(|cost| cost.amount.to_string()).collect()
}

#[test]
fn german_thousands_are_no_fractions_where_the_column_has_decimal_commas() {
    let import = costs(';', "EUR", &["2.500,50", "1.234", "12.500"], Notation::default());
    assert_eq!(amounts(&import.map), ["2500.5", "1234", "12500"]);
    assert_eq!(
        told(&import.decisions),
        [
            "costs.csv, row 2, column amount: `2.500,50` was taken as 2500.5",
            "costs.csv, row 3, column amount: `1.234` was taken as 1234",
            "costs.csv, row 4, column amount: `12.500` was taken as 12500",
        ]
    );
}

#[test]
fn a_column_that_leaves_it_open_is_refused_with_what_to_declare() {
    // With `;` between its cells a file may have either sign before a fraction.
    let import = costs(';', "EUR", &["1.234", "500"], Notation::default());
    assert_eq!(amounts(&import.map), ["500"]);
    assert_eq!(
        told(&import.decisions),
        [
            "costs.csv, row 2, column amount: `1.234` may be 1234 or 1.234, and no other number of the column shows which, \
             so the cost was left out"
        ]
    );
    assert!(import.decisions[0].help.contains("--decimal point or --decimal comma"));
    let mut comma = Notation::default();
    comma.decimal = Some(DecimalMark::Comma);
    assert_eq!(
        amounts(&costs(';', "EUR", &["1.234", "500"], comma).map),
        ["1234", "500"]
    );
    assert_eq!(
        amounts(&costs(',', "EUR", &["1,234", "0,5"], comma).map),
        ["1.234", "0.5"]
    );
    let mut point = Notation::default();
    point.decimal = Some(DecimalMark::Point);
    assert_eq!(
        amounts(&costs(';', "EUR", &["1.234", "1,234"], point).map),
        ["1.234", "1234"]
    );
    let import = costs(',', "EUR", &["12,5"], point);
    assert!(amounts(&import.map).is_empty());
    assert_eq!(import.decisions[0].help, "Write 12.5, or leave --decimal out.");
}

#[test]
fn a_column_that_contradicts_itself_names_both_cells() {
    let import = costs(',', "EUR", &["1,5", "2.5", "1,234"], Notation::default());
    assert_eq!(amounts(&import.map), ["1.5", "2.5"]);
    let left: Vec<_> = import
        .decisions
        .iter()
        .filter(|d| d.handling == Handling::LeftOut)
        .collect();
    assert_eq!(
        left[0].message,
        "`1,234` may be 1234 or 1.234, and the column has both `2.5` in row 3 and `1,5` in row 2, so the cost was left out"
    );
}

#[test]
fn currencies_mixed() {
    let cells = [
        "$1,234.50",
        "EUR 500",
        "¥1,000,000",
        "£1,000.00",
        "-£5",
        "(250)",
        "£1.2m",
        "450k",
        "US$3bn",
    ];
    let import = costs(',', "GBP", &cells, Notation::default());
    assert_eq!(amounts(&import.map), ["1000", "-5", "-250", "1200000", "450000"]);
    let left: Vec<String> = import
        .decisions
        .iter()
        .filter(|d| d.handling == Handling::LeftOut)
        .map(|d| d.message.clone())
        .collect();
    assert_eq!(
        left,
        [
            "`$1,234.50` is in $, and the map's amounts are in GBP, so the cost was left out",
            "`EUR 500` is in EUR, and the map's amounts are in GBP, so the cost was left out",
            "`¥1,000,000` is in ¥, and the map's amounts are in GBP, so the cost was left out",
            "`US$3bn` is in US$, and the map's amounts are in GBP, so the cost was left out",
        ]
    );
    // A sign that several currencies share may be the map's.
    assert_eq!(
        amounts(&costs(',', "CAD", &["$5", "CA$6", "US$7"], Notation::default()).map),
        ["5", "6"]
    );
    assert_eq!(
        amounts(&costs(',', "SEK", &["5 kr", "6 kr."], Notation::default()).map),
        ["5", "6"]
    );
}

#[test]
fn a_map_that_names_no_currency_takes_one_and_never_two() {
    let import = costs(',', "", &["£5", "6"], Notation::default());
    assert_eq!(amounts(&import.map), ["5", "6"]);
    assert_eq!(import.map.currency, "");
    assert_eq!(
        told(&import.decisions)[0],
        "costs.csv: the map names no currency, and its amounts are in £: they were taken as numbers"
    );
    assert_eq!(
        import.decisions[0].help,
        "Name it in the table `map`, column `currency`: GBP."
    );
    let import = costs(',', "", &["£5", "€6", "7"], Notation::default());
    assert_eq!(amounts(&import.map), ["7"]);
    assert_eq!(
        import.decisions[0].message,
        "`£5` is in £, and the map names no currency while its amounts name both £ and €, so the cost was left out"
    );
}

/// The baseline of a KPI of that unit, as CSV has it.
fn baseline(unit: &str, cell: &str) -> (Option<String>, Vec<Decision>) {
    let import = import(&tables(&[
        ("nodes.csv", "id,kind,title\na,end-outcome,A\n"),
        (
            "kpis.csv",
            &format!("id,node,title,unit,baseline_value\nk,a,K,{unit},\"{cell}\"\n"),
        ),
    ]))
    .unwrap();
    let value = import.map.kpis[0].baseline.map(|baseline| baseline.value.to_string());
    (value, import.decisions)
}

#[test]
fn percentages_are_what_the_unit_says() {
    for (unit, cell, value) in [
        ("%", "61.5%", Some("61.5")),
        ("% of residents", "61.5 %", Some("61.5")),
        ("share", "61.5%", Some("0.615")),
        ("tonnes", "61.5%", None),
        ("", "61.5%", None),
    ] {
        let (read, decisions) = baseline(unit, cell);
        assert_eq!(read.as_deref(), value, "{cell} in {unit}");
        assert_eq!(decisions.len(), 1, "{cell} in {unit}");
    }
    let (_, decisions) = baseline("tonnes", "61.5%");
    assert_eq!(
        decisions[0].message,
        "`61.5%` is a percentage, and the KPI is measured in tonnes, so the baseline was left out"
    );
    // The advice has the value in hand.
    assert!(decisions[0].help.contains("0.615"), "{}", decisions[0].help);
}

#[test]
fn a_target_is_read_in_the_unit_of_its_kpi() {
    let import = import(&tables(&[
        ("nodes.csv", "id,kind,title\na,end-outcome,A\n"),
        ("kpis.csv", "id,node,title,unit\nk,a,K,%\nm,a,M,£m\n"),
        ("targets.csv", "kpi,date,value\nk,2030-03-31,80%\nm,2030-03-31,£1.2m\n"),
        ("trajectory.csv", "kpi,date,value\nk,2029-03-31,75 %\n"),
    ]))
    .unwrap();
    let target = |at: usize| import.map.kpis[at].targets[0].value.to_string();
    assert_eq!((target(0), target(1)), ("80".to_owned(), "1.2".to_owned()));
    assert_eq!(import.decisions.len(), 3);
}

#[test]
fn a_share_above_the_whole_is_refused_with_the_share() {
    let import = import(&tables(&[
        ("nodes.csv", "id,kind,title\na,enabler,A\nb,end-outcome,B\n"),
        ("links.csv", "from,to,contribution\na,b,60\nb,a,60%\n"),
        ("kpis.csv", "id,node,title,amber\nk,b,K,5\n"),
    ]))
    .unwrap();
    let contribution = |at: usize| import.map.links[at].contribution.map(|n| n.to_string());
    assert_eq!((contribution(0), contribution(1)), (None, Some("0.6".to_owned())));
    assert_eq!(import.map.kpis[0].tolerance, None);
    let left: Vec<_> = import
        .decisions
        .iter()
        .filter(|d| d.handling == Handling::LeftOut)
        .collect();
    assert_eq!(
        left[0].message,
        "`60` is more than the whole, which is 1, so it was left out"
    );
    assert_eq!(left[0].help, "Write 0.6 for 60%.");
    assert_eq!(left[1].help, "Write 0.05 for 5%.");
}

/// A workbook of a map in pounds with one KPI of each unit and one cost, whose numbers are shown in that format.
fn workbook(units: &[&str], value: f64, format: &str) -> Vec<u8> {
    let format = Format::new().set_num_format(format);
    let mut book = Workbook::new();
    let map = book.add_worksheet().set_name("map").unwrap();
    map.write_row(0, 0, ["title", "currency"]).unwrap();
    map.write_row(1, 0, ["Kiosk", "GBP"]).unwrap();
    let nodes = book.add_worksheet().set_name("nodes").unwrap();
    nodes.write_row(0, 0, ["id", "kind", "title"]).unwrap();
    nodes.write_row(1, 0, ["a", "end-outcome", "A"]).unwrap();
    let kpis = book.add_worksheet().set_name("kpis").unwrap();
    kpis.write_row(0, 0, ["id", "node", "title", "unit", "baseline_value"])
        .unwrap();
    for (at, unit) in units.iter().enumerate() {
        let row = at as u32 + 1;
        kpis.write_row(row, 0, [&format!("k{at}"), "a", "K", *unit]).unwrap();
        kpis.write_number_with_format(row, 4, value, &format).unwrap();
    }
    let costs = book.add_worksheet().set_name("costs").unwrap();
    costs.write_row(0, 0, ["node", "year", "amount"]).unwrap();
    costs.write_row(1, 0, ["a", "2026-27"]).unwrap();
    costs.write_number_with_format(1, 2, value, &format).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn percent_cells() {
    let bytes = workbook(&["%", "% of homes", "share", "tonnes"], 0.615, "0.0%");
    let import = import(&xlsx::read("register.xlsx", &bytes).unwrap()).unwrap();
    let values: Vec<_> = import
        .map
        .kpis
        .iter()
        .map(|kpi| kpi.baseline.map(|baseline| baseline.value.to_string()))
        .collect();
    assert_eq!(
        values,
        [
            Some("61.5".to_owned()),
            Some("61.5".to_owned()),
            Some("0.615".to_owned()),
            None
        ]
    );
    let told = told(&import.decisions);
    assert_eq!(
        told[0],
        "register.xlsx, sheet kpis, row 2, column baseline_value: `61.5%` was taken as 61.5"
    );
    assert!(
        told[3].ends_with("`61.5%` is a percentage, and the KPI is measured in tonnes, so the baseline was left out")
    );
    // A number that only looks so, with the sign as a mere text behind it, is the number.
    let bytes = workbook(&["%"], 61.5, "0.0\"%\"");
    let import = benefit_map::table::import(&xlsx::read("register.xlsx", &bytes).unwrap()).unwrap();
    assert_eq!(import.map.kpis[0].baseline.unwrap().value.to_string(), "61.5");
}

#[test]
fn cells_shown_in_another_currency_are_not_taken_as_the_maps() {
    let bytes = workbook(&["GBP"], 1.234, "[$€-407]#,##0.000");
    let import = import(&xlsx::read("b.xlsx", &bytes).unwrap()).unwrap();
    assert!(import.map.nodes[0].cost.is_empty() && import.map.kpis[0].baseline.is_none());
    assert!(
        import
            .decisions
            .iter()
            .all(|d| d.handling == Handling::LeftOut && d.message.contains("is in €"))
    );
    let bytes = workbook(&["GBP"], 1.234, "[$£-809]#,##0.000");
    let import = benefit_map::table::import(&xlsx::read("b.xlsx", &bytes).unwrap()).unwrap();
    assert_eq!(amounts(&import.map), ["1.234"]);
}

#[test]
fn years_of_costs_have_one_form() {
    let import = import(&tables(&[
        ("nodes.csv", "id,kind,title\na,investment,A\n"),
        (
            "costs.csv",
            "node,year,amount\na,FY26/27,1\na,2027/28,2\na,2028-29,3\na,2030,4\na,Year 1,5\na,2011-12,6\n",
        ),
    ]))
    .unwrap();
    let years: Vec<_> = import.map.nodes[0].cost.iter().map(|cost| cost.year.as_str()).collect();
    assert_eq!(years, ["2026-27", "2027-28", "2028-29", "2030", "Year 1", "2011-12"]);
    assert_eq!(
        told(&import.decisions),
        [
            "costs.csv, row 2, column year: `FY26/27` was taken as 2026-27",
            "costs.csv, row 3, column year: `2027/28` was taken as 2027-28",
        ]
    );
}

#[test]
fn the_example_of_the_page_on_tables_runs() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tables.md")).unwrap();
    let (_, part) = page.split_once("### A column decides").unwrap();
    let block = |language: &str| {
        let (_, after) = part.split_once(&format!("```{language}\n")).unwrap();
        after.split_once("```").unwrap().0
    };
    let import = import(&tables(&[
        ("nodes.csv", "id,kind,title\nsensors,enabler,Sensors\n"),
        ("costs.csv", block("csv")),
    ]))
    .unwrap();
    let told: Vec<String> = told(&import.decisions)
        .into_iter()
        .filter(|line| line.contains("column amount"))
        .collect();
    assert_eq!(told.join("\n") + "\n", block("text"));
    assert_eq!(import.map.nodes[0].cost[1].amount, Number::from(1234));
}

/// A column of numbers as people write them, all with the same sign before their fractions.
fn column() -> impl Strategy<Value = (char, Vec<(Number, String)>)> {
    let cell = (-9_999_999_999i64..=9_999_999_999, 0u32..=4, 0usize..5, 0usize..6);
    (prop::sample::select(vec!['.', ',']), prop::collection::vec(cell, 1..5)).prop_map(|(mark, cells)| {
        let write = |(mantissa, scale, grouping, around): (i64, u32, usize, usize)| {
            // Money has no third decimal.
            let scale = if matches!(around, 1 | 3 | 4) {
                scale.min(2)
            } else {
                scale
            };
            let number = Number::try_from(rust_decimal::Decimal::new(mantissa, scale)).unwrap();
            let text = number.decimal().abs().to_string();
            let (whole, fraction) = text.split_once('.').unwrap_or((text.as_str(), ""));
            let group = if mark == ',' { "." } else { "," };
            let between = ["", group, " ", "\u{202f}", "'"][grouping];
            let mut digits = String::new();
            for (at, digit) in whole.chars().enumerate() {
                if at > 0 && (whole.len() - at) % 3 == 0 {
                    digits.push_str(between);
                }
                digits.push(digit);
            }
            if !fraction.is_empty() {
                digits.push(mark);
                digits.push_str(fraction);
            }
            let minus = if number < Number::ZERO { "-" } else { "" };
            let text = match (around, minus) {
                (0, "-") => format!("({digits})"),
                (0, _) => format!("+{digits}"),
                (1, _) => format!("{minus}£{digits}"),
                (2, "-") => format!("−{digits}"),
                (3, _) => format!("{minus}{digits} GBP"),
                (4, _) => format!("GBP {minus}{digits}"),
                _ => format!("{minus}{digits}"),
            };
            (number, text)
        };
        (mark, cells.into_iter().map(write).collect())
    })
}

proptest! {
    #[test]
    fn a_number_is_read_as_that_number_or_refused_in_every_writing(
        (mark, cells) in column(),
        sign in prop::sample::select(vec![',', ';']),
    ) {
        let texts: Vec<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
        let import = costs(sign, "GBP", &texts, Notation::default());
        let mut read = import.map.nodes[0].cost.iter();
        let refused: Vec<usize> = import
            .decisions
            .iter()
            .filter(|d| d.kind == DecisionKind::UnreadableNumber)
            .filter_map(|d| d.row)
            .collect();
        // Where a comma stands between the cells the format is that of the map's own tables, in which 1.234 is 1.234.
        let own = sign == ',' && mark == ',' && texts.iter().all(|text| !text.contains(','));
        for (at, (number, text)) in cells.iter().enumerate() {
            if refused.contains(&(at + 2)) {
                continue;
            }
            let amount = read.next().unwrap().amount;
            prop_assert!(amount == *number || (own && text.contains('.')), "{text} was read as {amount}");
        }
        prop_assert_eq!(read.count(), 0);
    }
}
