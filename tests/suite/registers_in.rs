//! Registers and logframes as people lay them out, read without help: every cell where it belongs, or said why not.

use benefit_map::map::{BenefitClass, Direction, NodeKind};
use benefit_map::table::{self, Handling, SheetKind};
use rust_xlsxwriter::Format;

use crate::support::taken::{of_csv, of_workbook, path, titles};

#[test]
fn a_register_with_its_heads_in_row_five_other_words_and_uk_dates() {
    let taken = of_workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.set_name("BRM").unwrap();
        sheet
            .write_string(0, 0, "Northern Trust – outpatients programme")
            .unwrap();
        sheet.write_string(2, 0, "Prepared by: PMO").unwrap();
        let percent = Format::new().set_num_format("0%");
        let money = Format::new().set_num_format("\"£\"#,##0");
        for (at, head) in [
            "Ref",
            "Expected benefit",
            "Accountable officer",
            "Class",
            "Current position",
            "To be",
            "UoM",
            "By when",
            "Enabling projects",
            "Status",
            "Source of data",
        ]
        .iter()
        .enumerate()
        {
            sheet.write_string(4, at as u16, *head).unwrap();
        }
        sheet.write_string(5, 0, "BEN01").unwrap();
        sheet.write_string(5, 1, "Fewer missed appointments").unwrap();
        sheet.write_string(5, 2, "Ada Nwosu").unwrap();
        sheet.write_string(5, 3, "Non-cash releasing").unwrap();
        sheet.write_number_with_format(5, 4, 0.12, &percent).unwrap();
        sheet.write_number_with_format(5, 5, 0.07, &percent).unwrap();
        sheet.write_string(5, 7, "13/04/2028").unwrap();
        sheet.write_string(5, 8, "Text reminders\nNew letters").unwrap();
        sheet.write_string(5, 9, "On plan").unwrap();
        sheet.write_string(5, 10, "Clinic system").unwrap();
        sheet.write_string(6, 0, "BEN02").unwrap();
        sheet.write_string(6, 1, "Lower printing cost").unwrap();
        sheet.write_string(6, 2, "Bo Lee").unwrap();
        sheet.write_string(6, 3, "Cash releasing").unwrap();
        sheet.write_number_with_format(6, 4, 48_000, &money).unwrap();
        sheet.write_number_with_format(6, 5, 20_000, &money).unwrap();
        sheet.write_string(6, 7, "01/04/2028").unwrap();
        sheet.write_string(6, 8, "New letters").unwrap();
        sheet.write_string(7, 0, "Total").unwrap();
        sheet.write_number(7, 4, 48_000.12).unwrap();
    });
    assert_eq!(
        titles(&taken.map),
        [
            "New letters",
            "Text reminders",
            "Fewer missed appointments",
            "Lower printing cost"
        ]
    );
    assert_eq!(path(taken.kpi("Fewer missed appointments")), "12 -> 7 by 2028-04-13, %");
    assert_eq!(
        path(taken.kpi("Lower printing cost")),
        "48000 -> 20000 by 2028-04-01, £"
    );
    assert_eq!(taken.node("Lower printing cost").id.as_str(), "ben02");
    assert_eq!(taken.node("Lower printing cost").due.unwrap().to_string(), "2028-04-01");
    assert_eq!(
        (
            taken.owner("Fewer missed appointments"),
            taken.owner("Lower printing cost")
        ),
        ("Ada Nwosu", "Bo Lee")
    );
    assert_eq!(
        taken.kpi("Lower printing cost").value.as_ref().unwrap().class,
        Some(BenefitClass::CashReleasing)
    );
    assert_eq!(
        taken.kpi("Fewer missed appointments").value.as_ref().unwrap().class,
        Some(BenefitClass::NonCashReleasing)
    );
    assert_eq!(
        taken
            .kpi("Fewer missed appointments")
            .measurement
            .as_ref()
            .unwrap()
            .source,
        "Clinic system"
    );
    assert_eq!(taken.map.currency, "GBP");
    assert_eq!(
        taken.links(),
        [
            ("New letters", "Fewer missed appointments"),
            ("New letters", "Lower printing cost"),
            ("Text reminders", "Fewer missed appointments")
        ]
    );
    assert_eq!(taken.node("New letters").kind, NodeKind::Investment);
    assert!(taken.says(Handling::LeftOut, 8, "holds sums"), "{:?}", taken.told);
    assert!(taken.says(Handling::LeftOut, 1, "above the row that names the columns"));
}

#[test]
fn merged_projects_groups_and_further_measures() {
    let taken = of_workbook(|workbook| {
        let format = Format::new();
        let sheet = workbook.add_worksheet();
        for (at, head) in [
            "Programme",
            "Benefit title",
            "SRO",
            "Measure",
            "Baseline (2025/26)",
            "Target 2027/28",
            "Target 2029/30",
            "Unit of measure",
            "Frequency",
        ]
        .iter()
        .enumerate()
        {
            sheet.write_string(0, at as u16, *head).unwrap();
        }
        sheet.merge_range(1, 0, 1, 8, "HIGHWAYS", &format).unwrap();
        sheet.merge_range(2, 0, 4, 0, "Street works", &format).unwrap();
        sheet.merge_range(2, 1, 3, 1, "Quicker repairs", &format).unwrap();
        sheet.merge_range(2, 2, 3, 2, "Cy Holt", &format).unwrap();
        for (row, measure, from, mid, to, unit) in [
            (2, "Days to repair", 21.0, 14.0, 7.0, "days"),
            (3, "Repairs right first time", 80.0, 88.0, 95.0, "%"),
            (4, "Claims settled", 340.0, 250.0, 180.0, "no."),
        ] {
            sheet.write_string(row, 3, measure).unwrap();
            sheet.write_number(row, 4, from).unwrap();
            sheet.write_number(row, 5, mid).unwrap();
            sheet.write_number(row, 6, to).unwrap();
            sheet.write_string(row, 7, unit).unwrap();
            sheet.write_string(row, 8, "Quarterly").unwrap();
        }
        sheet.write_string(4, 1, "Fewer claims").unwrap();
        sheet.write_string(4, 2, "Di Rao").unwrap();
        sheet.write_string(6, 0, "Notes: figures are provisional").unwrap();
    });
    let quicker = taken.kpis("Quicker repairs");
    assert_eq!(quicker.len(), 2);
    assert_eq!(
        path(quicker[0]),
        "21 on 2026-03-31 -> 14 by 2028-03-31 and 7 by 2030-03-31, days"
    );
    assert_eq!(
        path(quicker[1]),
        "80 on 2026-03-31 -> 88 by 2028-03-31 and 95 by 2030-03-31, %"
    );
    assert_eq!(
        (quicker[0].title.as_str(), quicker[0].direction),
        ("Days to repair", Some(Direction::Decrease))
    );
    assert_eq!(quicker[1].measurement.as_ref().unwrap().frequency, "Quarterly");
    assert_eq!(
        path(taken.kpi("Fewer claims")),
        "340 on 2026-03-31 -> 250 by 2028-03-31 and 180 by 2030-03-31, no."
    );
    assert_eq!(
        taken.links(),
        [("Street works", "Fewer claims"), ("Street works", "Quicker repairs")]
    );
    assert_eq!(titles(&taken.map).len(), 3, "{:?}", titles(&taken.map));
    assert!(taken.says(Handling::LeftOut, 2, "heading of a group"));
    assert!(taken.says(Handling::LeftOut, 7, "is a note"), "{:?}", taken.told);
}

#[test]
fn csv_with_semicolons_decimal_commas_and_a_title_row() {
    let taken = of_csv(
        "Benefits list;;;;;\n\nName of benefit;Responsible person;Baseline value;Target value;Unit;Due date\nLess noise;Eve Orr;61,5;55,25;dB;31.12.2028\nShorter queues;Fox Lee;1.250;900;minutes;30.06.2027\n",
    );
    assert_eq!(path(taken.kpi("Less noise")), "61.5 -> 55.25 by 2028-12-31, dB");
    assert_eq!(path(taken.kpi("Shorter queues")), "1250 -> 900 by 2027-06-30, minutes");
    assert_eq!(taken.owner("Shorter queues"), "Fox Lee");
}

#[test]
fn us_dates_are_read_by_what_the_whole_sheet_shows() {
    let taken = of_csv(
        "Benefit,Benefit Owner,Start Date,End Date,Baseline,Target\nA better street,Al,04/05/2026,12/31/2028,5,9\nA safer street,Bo,04/13/2026,06/07/2028,5,9\n",
    );
    let node = taken.node("A better street");
    assert_eq!(
        (node.start.unwrap().to_string(), node.due.unwrap().to_string()),
        ("2026-04-05".to_owned(), "2028-12-31".to_owned())
    );
    assert_eq!(taken.node("A safer street").due.unwrap().to_string(), "2028-06-07");
    // Where nothing shows it, the day is left out and said so.
    let taken = of_csv("Benefit,Benefit Owner,End Date,Baseline,Target\nA better street,Al,04/05/2026,5,9\n");
    assert_eq!(taken.node("A better street").due, None);
    assert!(
        taken.says(Handling::LeftOut, 2, "may be 4 May 2026 or 5 April 2026"),
        "{:?}",
        taken.told
    );
}

#[test]
fn two_rows_of_heads_are_read_together() {
    let taken = of_csv(
        "Benefit,Owner,Baseline,,Target,,KPI\n,,Value,Date,Value,Date,\nFewer falls,Gil Fay,30,31 March 2026,20,31 March 2028,Falls a month\nFewer burns,Hal Oz,8,31 March 2026,2,31 March 2029,Burns a month\n",
    );
    assert_eq!(path(taken.kpi("Fewer falls")), "30 on 2026-03-31 -> 20 by 2028-03-31, ");
    assert_eq!(path(taken.kpi("Fewer burns")), "8 on 2026-03-31 -> 2 by 2029-03-31, ");
    assert_eq!(taken.adopted.mapping.sheets[0].heads, [1, 2]);
}

#[test]
fn two_sheets_with_a_list_of_kpis_risks_and_actions() {
    let taken = of_workbook(|workbook| {
        let mut put = |name: &str, rows: &[&[&str]]| {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name).unwrap();
            for (row, cells) in rows.iter().enumerate() {
                for (at, text) in cells.iter().enumerate() {
                    sheet.write_string(row as u32, at as u16, *text).unwrap();
                }
            }
        };
        put(
            "KPIs",
            &[
                &[
                    "Benefit ref",
                    "KPI",
                    "Baseline",
                    "Target",
                    "Target date",
                    "Actual (March 2027)",
                ],
                &["B1", "Complaints", "120 a month", "60 a month", "31/03/2029", "104"],
                &["B1", "Calls", "900", "700", "31/03/2029", ""],
            ],
        );
        put(
            "Benefits",
            &[
                &["Benefit ref", "Benefit", "Owner", "Strategic objective", "Dependencies"],
                &["B1", "Fewer complaints", "Ida Moss", "A city that listens", "B2"],
                &[
                    "B2",
                    "Faster answers",
                    "Jo Park",
                    "A city that listens",
                    "The new phone system",
                ],
            ],
        );
        put(
            "Risk log",
            &[
                &[
                    "Risk ID",
                    "Risk description",
                    "Benefit affected",
                    "Likelihood",
                    "Impact",
                    "Mitigation",
                    "Risk owner",
                    "Close by",
                ],
                &[
                    "R1",
                    "Staff leave",
                    "B2",
                    "High",
                    "4",
                    "Pay review; Exit interviews",
                    "Jo Park",
                    "30/09/2027",
                ],
            ],
        );
        put(
            "Actions",
            &[
                &["Action", "Assigned to", "Due date", "Benefit"],
                &["Hire two people", "Jo Park", "30/06/2026", "Faster answers"],
                &["Write the script", "", "30/06/2026", ""],
            ],
        );
        put("Lists", &[&["Red"], &["Amber"]]);
    });
    let kinds = ["KPIs", "Benefits", "Risk log", "Actions"].map(|name| taken.is_of(name));
    assert_eq!(
        kinds,
        [
            SheetKind::Kpis,
            SheetKind::Register,
            SheetKind::Risks,
            SheetKind::Actions
        ]
    );
    let kpis: Vec<String> = taken
        .kpis("Fewer complaints")
        .into_iter()
        .map(|kpi| format!("{}: {}", kpi.title, path(kpi)))
        .collect();
    assert_eq!(
        kpis,
        [
            "Complaints: 120 -> 60 by 2029-03-31, a month",
            "Calls: 900 -> 700 by 2029-03-31, "
        ]
    );
    assert_eq!(
        taken.links(),
        [
            ("Faster answers", "A city that listens"),
            ("Faster answers", "Fewer complaints"),
            ("Fewer complaints", "A city that listens")
        ]
    );
    assert_eq!(taken.node("A city that listens").kind, NodeKind::EndOutcome);
    let risk = &taken.map.risks[0];
    assert_eq!(
        (
            risk.title.as_str(),
            risk.threatens.as_ref().unwrap().to_string().as_str()
        ),
        ("Staff leave", "b2")
    );
    assert_eq!(
        (
            risk.likelihood.unwrap().get(),
            risk.impact.unwrap().get(),
            risk.exposure()
        ),
        (4, 4, Some(16))
    );
    assert_eq!(
        risk.responses.iter().map(|one| one.action.as_str()).collect::<Vec<_>>(),
        ["Pay review", "Exit interviews"]
    );
    assert_eq!(risk.close_by.unwrap().to_string(), "2027-09-30");
    let activity = &taken.map.plans[0].activities[0];
    assert_eq!(
        (
            activity.title.as_str(),
            activity.end.unwrap().to_string().as_str(),
            activity.node.as_ref().unwrap().as_str()
        ),
        ("Hire two people", "2026-06-30", "b2")
    );
    assert!(taken.says(Handling::Fault, 3, "has no owner"), "{:?}", taken.told);
    let measured = table::measured_table(&taken.adopted, &taken.map.kpis).unwrap();
    assert_eq!(measured.rows.len(), 1);
    assert_eq!(
        measured.rows[0]
            .iter()
            .map(|cell| cell.to_text().into_owned())
            .collect::<Vec<_>>()[..3],
        ["b1-kpi", "2027-03-31", "104"]
    );
    assert!(
        taken
            .told
            .iter()
            .any(|told| told.message.contains("no row of the sheet names columns"))
    );
}

#[test]
fn percentages_that_lost_their_format_and_changes_without_a_baseline() {
    let taken = of_csv(
        "Benefit,Owner,Baseline,Target,Unit\nSatisfaction,Al,0.74,0.83,%\nSickness,Al,5.4%,4%,%\nComplaints,Al,TBC,10% reduction,\nCalls,Al,200,10% reduction,calls\nVisits,Al,40,60 hrs,days\nRate,Al,40%,10% reduction,%\n",
    );
    assert_eq!(path(taken.kpi("Satisfaction")), "74 -> 83, %");
    assert!(taken.says(Handling::Taken, 2, "was taken as 74"));
    assert_eq!(path(taken.kpi("Complaints")), "? -> 10, % reduction");
    assert_eq!(taken.kpi("Complaints").direction, Some(Direction::Increase));
    assert_eq!(path(taken.kpi("Calls")), "200 -> 180, calls");
    assert!(
        taken.says(Handling::LeftOut, 6, "is in hrs, and the unit is days"),
        "{:?}",
        taken.told
    );
    assert!(
        taken.says(Handling::LeftOut, 7, "may lead to 36 or to 30"),
        "{:?}",
        taken.told
    );
    assert_eq!(path(taken.kpi("Rate")), "40 -> , %");
}
