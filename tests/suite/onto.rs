//! Tables brought onto a map that is there: what was changed in the spreadsheet comes back, and nothing else.

#![allow(clippy::disallowed_methods, reason = "a test writes maps and tables where it works")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use benefit_map::file;
use benefit_map::map::BenefitMap;
use benefit_map::table::{Decision, DecisionKind, Missing, RawTable, changes, csv, export, onto};
use proptest::prelude::*;

use crate::support::generate;
use crate::support::program::program;

fn map() -> BenefitMap {
    serde_json::from_str(
        r#"{"format": 1, "title": "Bins",
            "owners": [{"id": "ann", "name": "Ann Lee", "senior": true}],
            "nodes": [{"id": "masts", "kind": "enabler", "title": "Masts", "tags": ["pilot"],
                       "cost": [{"year": "2026-27", "amount": 10}, {"year": "2027-28", "amount": 20}]},
                      {"id": "rounds", "kind": "business-change", "title": "Rounds", "owner": "ann"}],
            "links": [{"from": "masts", "to": "rounds", "rationale": "They see which bins are full"}],
            "kpis": [{"id": "km", "node": "rounds", "title": "Distance",
                      "targets": [{"date": "2027-03-31", "value": 90}, {"date": "2028-03-31", "value": 80}]},
                     {"id": "full", "node": "rounds", "title": "Full bins"}]}"#,
    )
    .unwrap()
}

fn table(name: &str, text: &str) -> RawTable {
    csv::read(&format!("{name}.csv"), text.as_bytes()).unwrap()
}

/// The map's own tables as files would hold them.
fn tables(map: &BenefitMap) -> Vec<RawTable> {
    let tables = export(map);
    tables
        .iter()
        .map(|table| csv::read(&format!("{}.csv", table.name), &csv::write(table)).unwrap())
        .collect()
}

/// What is changed, and what had to be decided, each in words.
fn brought(tables: &[RawTable], missing: Missing) -> (BenefitMap, Vec<String>, Vec<String>) {
    let after = onto(&map(), tables, missing).unwrap();
    let changes = changes(&map(), &after.map).iter().map(ToString::to_string).collect();
    let told = after.decisions.iter().map(Decision::to_string).collect();
    (after.map, changes, told)
}

proptest! {
    /// Rows back in any order, of some tables or all: no change, and nothing to decide.
    #[test]
    fn what_was_not_changed_changes_nothing(mut map in generate::maps(), turn in 0_usize..7, without in 0_usize..20) {
        map.canonicalize();
        let mut tables = tables(&map);
        for table in tables.iter_mut().filter(|table| table.name != "arrangement" && table.header.iter().all(|c| c != "nth")) {
            let by = turn % table.rows.len().max(1);
            // Rows of one id stay in their order: nothing else tells which is which.
            let mut ids: Vec<String> = table.rows.iter().map(|row| format!("{:?}", row.cells.first())).collect();
            ids.sort();
            if ids.windows(2).all(|pair| pair[0] != pair[1]) {
                table.rows.rotate_left(by);
            }
        }
        if without < tables.len() {
            tables.remove(without);
        }
        let after = onto(&map, &tables, Missing::Prune).unwrap();
        prop_assert_eq!(&after.decisions, &[]);
        prop_assert_eq!(changes(&map, &after.map), []);
        prop_assert_eq!(file::write(&after.map), file::write(&map));
    }
}

#[test]
fn a_row_says_what_its_columns_say_and_keeps_the_rest() {
    let nodes = table("nodes", "title,id\nTaller masts,masts\nRounds,rounds\n");
    let (after, changes, told) = brought(&[nodes], Missing::Keep);
    assert_eq!(changes, ["node `masts`: title was `Masts` and is `Taller masts`"]);
    assert_eq!(told, [""; 0]);
    // The kind, the tags and the costs are as they were.
    let mut expected = map();
    expected.nodes[0].title = "Taller masts".to_owned();
    assert_eq!(after, {
        expected.canonicalize();
        expected
    });
}

#[test]
fn an_empty_cell_empties() {
    let nodes = table("nodes", "id,owner\nrounds,\nmasts,ann\n");
    let (_, changes, _) = brought(&[nodes], Missing::Keep);
    assert_eq!(
        changes,
        [
            "node `masts`: owner was nothing and is `ann`",
            "node `rounds`: owner was `ann` and is nothing"
        ]
    );
}

#[test]
fn a_cell_that_cannot_be_read_leaves_what_the_map_has() {
    let nodes = table(
        "nodes",
        "id,kind,due\nmasts,gizmo,soon\nrounds,business-change,2027-01-01\n",
    );
    let targets = table(
        "targets",
        "kpi,date,value\nkm,2027-03-31,TBC\nkm,31/31/2028,80\nfull,2028-03-31,many\n",
    );
    let costs = table("costs", "node,year,amount\nmasts,2026-27,£ten\nmasts,2027-28,\n");
    let (after, changes, told) = brought(&[nodes, targets, costs], Missing::Prune);
    assert_eq!(
        changes,
        [
            "node `rounds`: due was nothing and is 2027-01-01",
            "cost of `masts`, 2027-28 is gone",
        ]
    );
    assert_eq!(after.kpis.iter().map(|kpi| kpi.targets.len()).sum::<usize>(), 2);
    assert_eq!(
        told,
        [
            "nodes.csv, row 2, column kind: `gizmo` is not a kind of node, so what the map has, `enabler`, was kept",
            "targets.csv, row 2, column value: `TBC` cannot be read as a number, so what the map has, `90`, was kept",
            "targets.csv, row 3, column date: `31/31/2028` cannot be read as a date, so what the map has, `2028-03-31`, was kept",
            "costs.csv, row 2, column amount: `£ten` cannot be read as a number, so what the map has, `10`, was kept",
            "nodes.csv, row 2, column due: `soon` cannot be read as a date, so it was left out",
            "targets.csv, row 4, column value: `many` cannot be read as a number, so the target was left out",
            "costs.csv, row 3, column amount: the cost has no amount, so it was left out",
        ]
    );
}

#[test]
fn a_new_row_is_given_an_id_that_nothing_in_the_map_has() {
    // `Full` would be `full`, which a KPI has, whose table is not even there.
    let nodes = table(
        "nodes",
        "id,kind,title,owner\nmasts,enabler,Masts,\nrounds,business-change,Rounds,Ann Lee\n,enabler,Full,\n",
    );
    let (after, changes, told) = brought(&[nodes], Missing::Keep);
    assert!(
        after.nodes.iter().any(|node| node.id.as_str() == "full-node"),
        "{changes:?}"
    );
    assert_eq!(changes, ["node `full-node` is new"]);
    assert_eq!(
        told,
        [
            "nodes.csv, row 3, column owner: `Ann Lee` was taken as the owner `ann`",
            "nodes.csv, row 4, column id: the row has no id and was given `full-node`",
        ]
    );
}

#[test]
fn a_row_that_was_deleted_is_told_and_kept() {
    let kpis = table("kpis", "id,node,title\nfull,rounds,Full bins\n");
    let targets = table("targets", "kpi,date,value\n");
    let (after, changes, told) = brought(&[kpis, targets], Missing::Keep);
    assert_eq!(changes, [""; 0]);
    assert_eq!(after.kpis.len(), 2);
    // Its targets are part of it, so they are not told one by one.
    assert_eq!(
        told,
        ["kpis.csv: KPI `km` has no row, and was kept as it is in the map"]
    );
}

#[test]
fn pruning_takes_out_what_has_no_row_and_what_only_it_has() {
    let kpis = table("kpis", "id,node,title\nfull,rounds,Full bins\n");
    let costs = table("costs", "node,year,amount\nmasts,2027-28,20\n");
    let (after, changes, told) = brought(&[kpis, costs], Missing::Prune);
    assert_eq!(
        changes,
        [
            "KPI `km` is gone",
            "target of `km`, 2027-03-31 is gone",
            "target of `km`, 2028-03-31 is gone",
            "cost of `masts`, 2026-27 is gone"
        ]
    );
    assert_eq!(after.kpis.len(), 1);
    assert_eq!(after.links.len(), 1, "links were not spoken of");
    assert_eq!(
        told,
        [
            "kpis.csv: KPI `km` has no row, so it was deleted from the map",
            "costs.csv: cost of `masts`, 2026-27 has no row, so it was deleted from the map",
        ]
    );
}

#[test]
fn a_target_whose_day_was_changed_is_the_same_target() {
    let targets = table(
        "targets",
        "kpi,date,value\nkm,2028-09-30,80\nkm,2027-03-31,85\nfull,2028-03-31,0.05\n",
    );
    let (after, changes, told) = brought(&[targets], Missing::Keep);
    assert_eq!(told, [""; 0]);
    assert_eq!(after.kpis[1].targets.len(), 2);
    assert_eq!(
        changes,
        [
            "target of `km`, 2027-03-31: value was 90 and is 85",
            "target of `km`, 2028-09-30: date was 2028-03-31 and is 2028-09-30",
            "target of `full`, 2028-03-31 is new",
        ]
    );
}

#[test]
fn what_no_map_has_is_told_as_ever() {
    let (_, changes, told) = brought(
        &[
            table("nodez", "id\nx\n"),
            table("links", "from,to,note\nmasts,rounds,why\n"),
        ],
        Missing::Keep,
    );
    assert_eq!(changes, [""; 0]);
    assert!(
        told.iter()
            .any(|line| line.starts_with("nodez.csv: a map has no table")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|line| line.starts_with("links.csv, row 1, column note:")),
        "{told:?}"
    );
    let kinds = onto(&map(), &[table("links", "from,to\n")], Missing::Keep)
        .unwrap()
        .decisions;
    assert_eq!(kinds[0].kind, DecisionKind::RowMissing);
}

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(program()).current_dir(dir).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_commands_bring_tables_onto_the_map_that_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let canonical = file::write(&map());
    // As a person wrote it: not in canonical form, and it stays so while nothing changes.
    let by_hand = canonical.replace("\n  ", "\n      ");
    fs::write(path("map.json"), &by_hand).unwrap();
    for (export, import, name) in [
        ("xlsx", "xlsx", "map.xlsx"),
        ("tables", "tables", "t"),
        ("workbook", "workbook", "w.xlsx"),
    ] {
        assert_eq!(
            run(dir.path(), &["export", export, "map.json", "-o", name])
                .status
                .code(),
            Some(0)
        );
        let output = run(dir.path(), &["import", import, name, "-o", "map.json", "--prune"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(
            said(&output).starts_with("left map.json as it was"),
            "{}",
            said(&output)
        );
        assert_eq!(fs::read_to_string(path("map.json")).unwrap(), by_hand);
    }

    // A deleted row is told; only --prune takes it out.
    let kpis = fs::read_to_string(path("t/kpis.csv")).unwrap();
    let fewer: Vec<&str> = kpis.lines().filter(|line| !line.starts_with("full,")).collect();
    fs::write(
        path("t/kpis.csv"),
        fewer.join("\n").replace("Distance", "Distance driven"),
    )
    .unwrap();
    let output = run(
        dir.path(),
        &["import", "tables", "t", "-o", "new.json", "--onto", "map.json"],
    );
    assert!(
        said(&output).contains("KPI `full` has no row, and was kept"),
        "{}",
        said(&output)
    );
    assert!(
        said(&output).contains("changed: KPI `km`: title was `Distance` and is `Distance driven`"),
        "{}",
        said(&output)
    );
    assert_eq!(
        fs::read_to_string(path("new.json")).unwrap(),
        canonical.replace("\"Distance\"", "\"Distance driven\"")
    );
    let output = run(dir.path(), &["import", "tables", "t", "-o", "new.json", "--prune"]);
    assert!(said(&output).contains("1 record was changed"), "{}", said(&output));
    assert!(!fs::read_to_string(path("new.json")).unwrap().contains("\"full\""));

    // What is there and is no map is not written over, unless the user says so.
    fs::write(path("notes.json"), "notes").unwrap();
    let output = run(dir.path(), &["import", "tables", "t", "-o", "notes.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("--afresh"), "{}", said(&output));
    assert_eq!(fs::read_to_string(path("notes.json")).unwrap(), "notes");
    assert_eq!(
        run(dir.path(), &["import", "tables", "t", "-o", "notes.json", "--afresh"])
            .status
            .code(),
        Some(0)
    );
    assert!(
        fs::read_to_string(path("notes.json"))
            .unwrap()
            .contains("Distance driven")
    );
}
