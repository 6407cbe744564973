//! An import takes nothing out that a fault may hide, says what it would do, and takes words for what is missing as empty.

use std::path::Path;
use std::process::{Command, Output};

use benefit_map::map::BenefitMap;
use benefit_map::table::{Decision, DecisionKind, Handling, Missing, RawTable, csv, import, onto, xlsx};
use rust_xlsxwriter::{Format, Workbook};
use tempfile::TempDir;

use crate::support::program::program;

fn tables(files: &[(&str, &str)]) -> Vec<RawTable> {
    files
        .iter()
        .map(|(name, text)| csv::read(name, text.as_bytes()).unwrap())
        .collect()
}

fn told(decisions: &[Decision]) -> Vec<String> {
    decisions.iter().map(Decision::to_string).collect()
}

fn map() -> BenefitMap {
    serde_json::from_str(
        r#"{"format": 1, "title": "M", "owners": [{"id": "dir", "name": "Director of Place"}],
            "nodes": [{"id": "grant", "kind": "investment", "title": "Grant", "owner": "dir",
                       "cost": [{"year": "2026-27", "amount": 5}, {"year": "2027-28", "amount": 6}]},
                      {"id": "lower-cost", "kind": "end-outcome", "title": "Lower cost", "owner": "dir"}]}"#,
    )
    .unwrap()
}

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(program()).args(args).current_dir(dir).output().unwrap()
}

#[test]
fn prune_takes_nothing_out_of_a_table_with_a_fault() {
    let costs = "node,year,amount\ngrant,2026-27,5\n,2027-28,6\n";
    let files = tables(&[
        ("costs.csv", costs),
        ("nodes.csv", "id,kind,title\ngrant,investment,Grant\n"),
    ]);
    let after = onto(&map(), &files, Missing::Prune).unwrap();
    // The cost of the second year is kept, and so are the nodes, of which the unreadable row may speak.
    assert_eq!(after.map.nodes.iter().map(|node| node.cost.len()).sum::<usize>(), 2);
    assert_eq!(after.map.nodes.len(), 2);
    assert!(
        told(&after.decisions)
            .iter()
            .any(|line| line.contains("but was kept, because something"))
    );
    // Without a fault it is taken out.
    let files = tables(&[("costs.csv", "node,year,amount\ngrant,2026-27,5\n")]);
    let after = onto(&map(), &files, Missing::Prune).unwrap();
    assert_eq!(after.map.nodes[0].cost.len(), 1);
}

#[test]
fn cells_merged_downward_mean_the_same_for_each_row() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let nodes = book.add_worksheet().set_name("nodes").unwrap();
    nodes.write_row(0, 0, ["id", "kind", "title", "owner"]).unwrap();
    nodes.write_row(1, 0, ["grant", "investment", "Grant"]).unwrap();
    nodes
        .write_row(2, 0, ["lower-cost", "end-outcome", "Lower cost"])
        .unwrap();
    nodes.merge_range(1, 3, 2, 3, "dir", &plain).unwrap();
    let costs = book.add_worksheet().set_name("costs").unwrap();
    costs.write_row(0, 0, ["node", "year", "amount"]).unwrap();
    costs.merge_range(1, 0, 2, 0, "grant", &plain).unwrap();
    costs.write_row(1, 1, ["2026-27", "5"]).unwrap();
    costs.write_row(2, 1, ["2027-28", "6"]).unwrap();
    let sheets = xlsx::read("b.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let after = onto(&map(), &sheets, Missing::Prune).unwrap();
    let mut before = map();
    before.canonicalize();
    assert_eq!(after.map, before, "{:?}", told(&after.decisions));
    let merged: Vec<String> = told(&after.decisions)
        .into_iter()
        .filter(|line| line.contains("merged"))
        .collect();
    assert_eq!(
        merged,
        [
            "b.xlsx, sheet nodes, row 2, column owner: the cells D2 to D3 are merged: `dir` was taken for each of their rows",
            "b.xlsx, sheet costs, row 2, column node: the cells A2 to A3 are merged: `grant` was taken for each of their rows",
        ]
    );
}

#[test]
fn words_for_what_is_missing_make_no_owner() {
    let import = import(&tables(&[
        (
            "nodes.csv",
            "id,kind,title,owner,partners\na,end-outcome,A,TBC,n/a\nb,enabler,B,Vacant,\nc,enabler,C,?,\n",
        ),
        ("links.csv", "from,to,rationale\nb,a,To be confirmed\n"),
        (
            "kpis.csv",
            "id,node,title,frequency,responsible,source\nk,a,K,tbc,vacant,–\n",
        ),
    ]))
    .unwrap();
    assert!(import.map.owners.is_empty() && import.map.partners.is_empty());
    assert!(import.map.nodes.iter().all(|node| node.owner.is_none()));
    assert_eq!(import.map.links[0].rationale, "");
    assert_eq!(import.map.kpis[0].measurement, None);
    let blank = import.decisions.iter().filter(|d| d.kind == DecisionKind::BlankWord);
    assert_eq!(blank.count(), 8);
}

#[test]
fn an_id_that_stands_twice_is_a_fault() {
    let import = import(&tables(&[(
        "nodes.csv",
        "id,kind,title\na,enabler,A\nb,enabler,B\na,enabler,A\n",
    )]))
    .unwrap();
    let faults: Vec<_> = import
        .decisions
        .iter()
        .filter(|d| d.handling == Handling::Fault)
        .collect();
    assert_eq!(faults.len(), 1);
    assert_eq!(
        faults[0].to_string(),
        "nodes.csv, row 4, column id: the id `a` is also that of row 2"
    );
}

#[test]
fn kpi_codes_and_measurements_are_found_in_any_case_and_kpis_by_their_titles() {
    let after = onto(
        &map(),
        &tables(&[("nodes.csv", "id,title\nLower-Cost ,Lower costs\n")]),
        Missing::Keep,
    )
    .unwrap();
    assert_eq!(after.map.nodes.len(), 2);
    assert_eq!(after.map.nodes[1].title, "Lower costs");
    let import = import(&tables(&[
        ("nodes.csv", "id,kind,title\na,end-outcome,A\n"),
        ("kpis.csv", "id,node,title\nE1,a,Carbon\nC&L 01,a,Cost per visit\n"),
        (
            "targets.csv",
            "kpi,date,value\nE1,2026-12-31,60\nC&L 01,2026-12-31,4\nCost per  Visit,2027-12-31,3\n",
        ),
    ]))
    .unwrap();
    let targets: Vec<usize> = import.map.kpis.iter().map(|kpi| kpi.targets.len()).collect();
    assert_eq!(targets, [1, 2]);
}

#[test]
fn csv_preamble() {
    let table = csv::read(
        "nodes.csv",
        b"Benefits of the square,,\n,,\nid,kind,title\na,enabler,Seats\nb,end-outcome,Trade grows\n",
    )
    .unwrap();
    let import = import(&[table]).unwrap();
    assert_eq!(import.map.nodes.len(), 2);
    assert_eq!(
        told(&import.decisions),
        ["nodes.csv, row 1: 2 rows above the column names were left out: row 3 names them"]
    );
}

#[test]
fn faults_make_the_exit_code_one_and_a_dry_run_writes_nothing() {
    let dir = TempDir::new().unwrap();
    let tables = dir.path().join("t");
    std::fs::create_dir(&tables).unwrap();
    std::fs::write(tables.join("nodes.csv"), "id,kind,title\na,enabler,A\na,enabler,A\n").unwrap();
    let output = run(dir.path(), &["import", "tables", "t", "-o", "map.json", "--dry-run"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!dir.path().join("map.json").exists());
    let output = run(dir.path(), &["import", "tables", "t", "-o", "map.json"]);
    assert_eq!(output.status.code(), Some(1));
    let before = std::fs::read(dir.path().join("map.json")).unwrap();
    std::fs::write(tables.join("nodes.csv"), "id,kind,title\na,enabler,Another\n").unwrap();
    let output = run(dir.path(), &["import", "tables", "t", "-o", "map.json", "--dry-run"]);
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(
        err.contains("Another") && err.contains("nothing was written (--dry-run)"),
        "{err}"
    );
    assert_eq!(std::fs::read(dir.path().join("map.json")).unwrap(), before);
}

#[test]
fn nothing_kept() {
    let dir = TempDir::new().unwrap();
    std::fs::create_dir(dir.path().join("t")).unwrap();
    std::fs::write(dir.path().join("t/nodes.csv"), "id,kind,title\n").unwrap();
    let output = run(dir.path(), &["import", "tables", "t", "-o", "map.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!dir.path().join("map.json").exists());
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("so no map was written")
    );
}

#[test]
fn headings_totals_and_notes_make_no_boxes() {
    let rows = "id,kind,title\nA. INVESTMENTS,,\na,investment,Grant\nb,enabler,Seats\nc,end-outcome,Trade grows\nd,enabler,Lamps\n\
                e,enabler,Trees\nf,enabler,Paths\nTotal,,\n,,Figures are provisional.\n,,Signs\ng,,\n";
    let import = import(&tables(&[("nodes.csv", rows)])).unwrap();
    let ids: Vec<&str> = import.map.nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c", "d", "e", "f", "g"]);
    let notes: Vec<_> = import
        .decisions
        .iter()
        .filter(|d| d.kind == DecisionKind::NoteRow)
        .collect();
    let handled: Vec<_> = notes.iter().map(|d| (d.row.unwrap(), d.handling)).collect();
    // What could be a box is a fault: nobody need miss it.
    assert_eq!(
        handled,
        [
            (2, Handling::LeftOut),
            (9, Handling::LeftOut),
            (10, Handling::LeftOut),
            (11, Handling::Fault)
        ]
    );
    // A list of titles alone is a list of boxes.
    let import = benefit_map::table::import(&tables(&[("nodes.csv", "title\nTotal waste\nLess noise\n")])).unwrap();
    assert_eq!(import.map.nodes.len(), 2);
}

#[test]
fn a_sheet_of_another_name_is_known_by_its_columns() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Benefits").unwrap();
    sheet.write_row(0, 0, ["id", "kind", "title"]).unwrap();
    sheet.write_row(1, 0, ["a", "enabler", "Seats"]).unwrap();
    let notes = book.add_worksheet().set_name("Notes").unwrap();
    notes.write_row(0, 0, ["anything", "title"]).unwrap();
    let import = import(&xlsx::read("b.xlsx", &book.save_to_buffer().unwrap()).unwrap()).unwrap();
    assert_eq!(import.map.nodes.len(), 1);
    assert_eq!(
        told(&import.decisions),
        [
            "b.xlsx, sheet Benefits: it has the columns of the table `nodes`, and was taken as that",
            "b.xlsx, sheet Notes: a map has no table `notes`, so it was left out",
        ]
    );
}
