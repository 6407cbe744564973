//! Rows of totals, notes and sources that stand under a list are no records; a box with such a name is one.

use benefit_map::table::{DecisionKind, Handling, Import, csv, import, xlsx};
use rust_xlsxwriter::Workbook;

use crate::support::folder::Folder;

const HEAD: &str = "id,kind,title,owner\na,investment,Grant,\nb,enabler,Seats,\nc,end-outcome,Trade grows,\n";

fn of(table: &str, text: &str) -> Import {
    let nodes = csv::read("nodes.csv", HEAD.as_bytes()).unwrap();
    match table {
        "nodes" => import(&[csv::read("nodes.csv", text.as_bytes()).unwrap()]).unwrap(),
        _ => import(&[nodes, csv::read(&format!("{table}.csv"), text.as_bytes()).unwrap()]).unwrap(),
    }
}

/// The rows that were left out as no records.
fn set_aside(import: &Import) -> Vec<usize> {
    let notes = import.decisions.iter().filter(|d| d.kind == DecisionKind::NoteRow);
    let left_out = notes.filter(|d| d.handling == Handling::LeftOut);
    left_out.filter_map(|d| d.row).collect()
}

#[test]
fn xlsx_footer_rows_with_two_filled_cells_make_no_boxes() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("nodes").unwrap();
    for (at, row) in [
        ["id", "kind", "title"],
        ["a", "enabler", "Seats"],
        ["b", "end-outcome", "Trade grows"],
        ["Total", "", "2 benefits"],
        ["", "", ""],
        ["Figures are provisional.", "", ""],
    ]
    .iter()
    .enumerate()
    {
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet
                .write(u32::try_from(at).unwrap(), u16::try_from(column).unwrap(), *text)
                .unwrap();
        }
    }
    let import = import(&xlsx::read("book.xlsx", &book.save_to_buffer().unwrap()).unwrap()).unwrap();
    let ids: Vec<&str> = import.map.nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"], "{:?}", import.decisions);
    assert_eq!(set_aside(&import), [4, 6]);
    assert!(
        import.decisions[0]
            .to_string()
            .contains("row 4: the row begins with `Total` and has only figures next to it, so it was left out"),
        "{}",
        import.decisions[0]
    );
}

#[test]
fn xlsx_footer_totals_and_notes_are_known_in_many_spellings() {
    for row in [
        "Total,,3,",
        "TOTAL:,,3 boxes,",
        "Grand total,,3,12",
        "Sub-total,,2,",
        "subtotal (2026-27),,2,",
        "Sum,,£1.2m,",
        ",,Total costs,500000",
        ",,Total benefits for 2026-27,12",
        "Total of all outputs and outcomes,,5,",
        "Notes:,,Figures are provisional,",
        "Source: Office for National Statistics,,,2024",
        "Source:,,Office for National Statistics,",
        "Page 1 of 3,,,3 March 2026",
        ",,Page 2/3,",
        "Prepared by,,Ann,",
    ] {
        let import = of("nodes", &format!("{HEAD}{row}\n"));
        if row.contains("all outputs and") {
            // `all` and `and` say nothing of figures: it is open, and told.
            assert_eq!(import.map.nodes.len(), 4, "{row}");
            continue;
        }
        assert_eq!(import.map.nodes.len(), 3, "{row}: {:?}", import.decisions);
        assert_eq!(set_aside(&import), [5], "{row}");
    }
}

#[test]
fn xlsx_footer_a_box_with_the_name_of_a_total_stays() {
    for (row, title) in [
        (",,Total emissions fall,Ann", "Total emissions fall"),
        ("d,,Total emissions fall,", "Total emissions fall"),
        ("total,,Total emissions fall,", "Total emissions fall"),
        ("total,end-outcome,Total,", "Total"),
        ("Total,end-outcome,3,", "3"),
        ("d,enabler,Sum of all fears,5", "Sum of all fears"),
        ("note,enabler,Notes: a place to write,", "Notes: a place to write"),
        (",,Source of funding is found,Ann", "Source of funding is found"),
    ] {
        let import = of("nodes", &format!("{HEAD}{row}\n"));
        assert_eq!(import.map.nodes.len(), 4, "{row}: {:?}", import.decisions);
        assert_eq!(import.map.nodes[3].title, title, "{row}");
        assert_eq!(set_aside(&import), [0; 0], "{row}");
    }
    // Alone in its row it may be a box that somebody began: it is left out, and a fault.
    let import = of("nodes", &format!("{HEAD},,Total emissions fall,\n"));
    let fault = import.decisions.iter().find(|d| d.row == Some(5)).unwrap();
    assert_eq!((fault.kind, fault.handling), (DecisionKind::NoteRow, Handling::Fault));
}

#[test]
fn xlsx_footer_sums_are_known_by_their_numbers_in_every_table() {
    for (table, text, row) in [
        (
            "costs",
            "node,year,amount\na,2026-27,100\nb,2026-27,250.5\nTotal,,350.5\n",
            4,
        ),
        (
            "costs",
            "node,year,amount\na,2026-27,100\nb,2026-27,250.5\nTotal of everything,,350.5\n",
            4,
        ),
        ("kpis", "id,node,title,unit\nk,c,Stalls,n\nTotal,,1 KPI,\n", 3),
        ("owners", "id,name,organisation\nann,Ann,Council\nTotal:,1,\n", 3),
        ("links", "from,to,rationale\na,b,so\nb,c,so\nTotal,2 links,\n", 4),
    ] {
        let import = of(table, text);
        assert_eq!(set_aside(&import), [row], "{table}: {:?}", import.decisions);
        assert!(
            !import
                .decisions
                .iter()
                .any(|d| d.handling == Handling::Fault && d.row == Some(row)),
            "{table}: {:?}",
            import.decisions
        );
    }
    // No sum, and no figures alone: the reference is missing, and told.
    let import = of(
        "costs",
        "node,year,amount\na,2026-27,100\nb,2026-27,250\nTotal of everything,,999\n",
    );
    assert_eq!(set_aside(&import), [0; 0]);
    assert!(
        import.decisions.iter().any(|d| d.kind == DecisionKind::NoSuchRecord),
        "{:?}",
        import.decisions
    );
    // Sums between the rows too, each of its own part.
    let import = of(
        "costs",
        "node,year,amount\na,2026-27,100\nb,2026-27,200\nSum of capital works,,300\nc,2026-27,50\nb,2027-28,60\nSum of running it,,110\nGrand total,,410\n",
    );
    assert_eq!(set_aside(&import), [4, 7, 8]);
}

#[test]
fn xlsx_footer_and_binary_a_binary_workbook_is_no_damaged_one() {
    use std::io::Write;
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for part in ["[Content_Types].xml", "xl/workbook.bin"] {
        book.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        book.write_all(b"\x83\x01\x00").unwrap();
    }
    let folder = Folder::new();
    folder.put("book.xlsb", book.finish().unwrap().into_inner());
    let ran = folder.run("import xlsx book.xlsb -o map.json");
    assert_eq!(ran.code, 2, "{}", ran.told);
    assert!(
        ran.told.contains("binary") && ran.told.contains("save it as"),
        "{}",
        ran.told
    );
    assert!(
        !ran.told.contains("damaged") && !folder.at("map.json").exists(),
        "{}",
        ran.told
    );
}
