//! Logframes and results frameworks as people lay them out, and mappings that say what columns are.

use benefit_map::map::NodeKind;
use benefit_map::table::{self, Grid, Handling, Mapping, SheetKind, xlsx};

use crate::support::taken::{of_csv, of_workbook, path, taken};
use crate::support::workbook::by_hand;

#[test]
fn a_logframe_by_word_and_number() {
    let taken = of_csv(
        "Level,Narrative summary,OVI,Baseline 2025,Milestone 2026,Target 2028,MoV,Important assumptions\n\
         Goal,Children thrive,Stunting (%),31%,,24%,Health survey,\n\
         Purpose 1,Families eat well,Meals a day,1.9,2.1,2.8,Household survey,Prices stay low\n\
         ,,Share with a garden (%),12,20,45,Household survey,Rain is normal\n\
         Output 1.1,Gardens planted,No. of gardens,0,\"1,500\",\"4,000\",Project records,Seed arrives in time\n\
         Output 1.2,Cooks trained,Cooks,0,40,120,Project records,\n\
         Activities 1.1.1,Buy seed,,,,,,Roads are open\n\
         Input,Budget of £2m,,,,,,\n",
    );
    assert_eq!(taken.is_of("r.csv"), SheetKind::Logframe);
    assert_eq!(
        taken.links(),
        [
            ("Budget of £2m", "Buy seed"),
            ("Budget of £2m", "Cooks trained"),
            ("Buy seed", "Gardens planted"),
            ("Cooks trained", "Families eat well"),
            ("Families eat well", "Children thrive"),
            ("Gardens planted", "Families eat well"),
        ]
    );
    let kinds = [
        "Children thrive",
        "Families eat well",
        "Gardens planted",
        "Budget of £2m",
    ]
    .map(|title| taken.node(title).kind);
    assert_eq!(
        kinds,
        [
            NodeKind::EndOutcome,
            NodeKind::IntermediateOutcome,
            NodeKind::Enabler,
            NodeKind::Investment
        ]
    );
    let all: Vec<String> = taken.kpis("Families eat well").into_iter().map(path).collect();
    assert_eq!(
        all,
        [
            "1.9 on 2025-12-31 -> 2.1 by 2026-12-31 and 2.8 by 2028-12-31, ",
            "12 on 2025-12-31 -> 20 by 2026-12-31 and 45 by 2028-12-31, %"
        ]
    );
    assert_eq!(
        path(taken.kpi("Gardens planted")),
        "0 on 2025-12-31 -> 1500 by 2026-12-31 and 4000 by 2028-12-31, number"
    );
    let assumed = |from: &str| {
        let id = &taken.node(from).id;
        taken
            .map
            .links
            .iter()
            .find(|link| link.from == *id)
            .unwrap()
            .assumptions
            .clone()
    };
    assert_eq!(assumed("Families eat well"), ["Prices stay low", "Rain is normal"]);
    assert_eq!(assumed("Gardens planted"), ["Seed arrives in time"]);
    assert_eq!(assumed("Buy seed"), ["Roads are open"]);
    assert_eq!(taken.node("Gardens planted").id.as_str(), "output-1.1");
}

#[test]
fn a_results_framework_with_a_column_for_each_level() {
    let taken = of_csv(
        "Outcome,Output,Activity,Indicator,Baseline,Target,Responsible\n\
         More people in work,Courses run,Hire trainers,Courses,0,40,Kim\n\
         ,,Rent rooms,,,,\n\
         ,Jobs fair held,Book the hall,Visitors,0,\"2,000\",Lou\n",
    );
    assert_eq!(
        taken.links(),
        [
            ("Book the hall", "Jobs fair held"),
            ("Courses run", "More people in work"),
            ("Hire trainers", "Courses run"),
            ("Jobs fair held", "More people in work"),
            ("Rent rooms", "Courses run"),
        ]
    );
    assert_eq!(taken.map.kpis.len(), 2);
}

#[test]
fn a_mapping_is_followed_where_the_columns_say_nothing() {
    let text = "Aaa,Bbb,Ccc,Ddd\nFewer faults,Max,7,3\nFewer calls,Nia,9,4\n";
    let grid = Grid::of_csv("r.csv", text.as_bytes()).unwrap();
    let error = table::adopt("r.csv", std::slice::from_ref(&grid), None, None)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("no row that names columns") && error.contains("Aaa, Bbb"),
        "{error}"
    );
    let mapping = r#"{"sheets": [{"sheet": "r.csv", "kind": "register", "heads": [1], "columns": [
        {"column": "A", "head": "Aaa", "is": "title"}, {"column": "B", "head": "Bbb", "is": "owner"},
        {"column": "C", "head": "Ccc", "is": "baseline", "date": "2026"}, {"column": "D", "head": "Ddd", "is": "target", "date": "March 2029", "unit": "a day"}]}]}"#;
    let mapping = Mapping::read("mapping.json", mapping).unwrap();
    let taken = taken(&[grid], Some(&mapping));
    assert_eq!(
        path(taken.kpi("Fewer calls")),
        "9 on 2026-12-31 -> 4 by 2029-03-31, a day"
    );
    assert_eq!(taken.owner("Fewer calls"), "Nia");
    assert_eq!(taken.adopted.mapping, mapping);
    for (text, words) in [
        ("{\"sheets\": [", "line 1"),
        (
            r#"{"sheets": [{"sheet": "r", "kind": "register", "heads": [1], "columns": [{"column": "A", "head": "", "is": "ownr"}]}]}"#,
            "`ownr`",
        ),
        (
            r#"{"sheets": [{"sheet": "r", "kind": "register", "heads": []}]}"#,
            "heads",
        ),
    ] {
        let error = Mapping::read("m.json", text).unwrap_err().to_string();
        assert!(error.contains("m.json") && error.contains(words), "{error}");
    }
}

#[test]
fn what_is_proposed_can_be_given_again() {
    let text = "Benefit ID,Benefit,Owner,Baseline,Target (2029),Notes\nB1,Fewer faults,Max,7,3,ask Bo\n";
    let grid = Grid::of_csv("r.csv", text.as_bytes()).unwrap();
    let first = taken(std::slice::from_ref(&grid), None);
    let written = first.adopted.mapping.write();
    let again = taken(&[grid], Some(&Mapping::read("m.json", &written).unwrap()));
    assert_eq!(again.map, first.map);
    assert_eq!(again.adopted.mapping.write(), written);
}

#[test]
fn what_is_wrong_with_a_register_is_said_in_plain_words() {
    let taken = of_csv("Benefit,Baseline,Target\nFewer faults,7,3\nFewer faults at night,5,2\n");
    assert!(
        taken
            .told
            .iter()
            .any(|told| told.handling == Handling::Fault && told.message.contains("no column names the owners"))
    );
    let taken = of_csv("Ref,Benefit,Owner,Target\nB1,Fewer faults,Al,3\nB1,Fewer calls,Al,2\n");
    assert!(
        taken.says(Handling::Fault, 3, "is also the reference of `Fewer faults`"),
        "{:?}",
        taken.told
    );
    assert_eq!(taken.map.nodes.len(), 2);
    let circular = of_workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        for (at, head) in ["Benefit", "Owner", "Baseline", "Target"].iter().enumerate() {
            sheet.write_string(0, at as u16, *head).unwrap();
        }
        sheet.write_string(1, 0, "Fewer faults").unwrap();
        sheet.write_string(1, 1, "Al").unwrap();
        sheet.write_formula(1, 2, "=D2+1").unwrap();
        sheet.write_formula(1, 3, "=C2-1").unwrap();
    });
    assert!(
        circular.says(Handling::LeftOut, 2, "refers to itself"),
        "{:?}",
        circular.told
    );
    assert_eq!(circular.map.kpis.len(), 0);
    let empty = by_hand(|workbook| {
        workbook.add_worksheet();
    });
    let error = table::adopt("e.xlsx", &xlsx::grids("e.xlsx", &empty).unwrap(), None, None).unwrap_err();
    assert!(error.to_string().contains("e.xlsx is empty"), "{error}");
}

#[test]
fn five_thousand_rows_are_read() {
    let mut text = "Ref,Benefit,Owner,Baseline,Target,End date,Project\n".to_owned();
    for n in 0..5000 {
        text.push_str(&format!(
            "B{n},Benefit number {n},Owner {},{n},{},31/03/2030,Project {}\n",
            n % 40,
            n + 1,
            n % 90
        ));
    }
    let taken = of_csv(&text);
    assert_eq!(
        (taken.map.nodes.len(), taken.map.kpis.len(), taken.map.links.len()),
        (5090, 5000, 5000)
    );
}
