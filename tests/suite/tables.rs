//! A map as tables, out and back, and the tables that people bring.

use benefit_map::map::BenefitMap;
use benefit_map::table::{Decision, RawTable, csv, export, import};
use proptest::prelude::*;

use super::generate;

/// The map as CSV files, by name.
fn written(map: &BenefitMap) -> Vec<(String, Vec<u8>)> {
    export(map)
        .iter()
        .map(|table| (format!("{}.csv", table.name), csv::write(table)))
        .collect()
}

fn read(files: &[(String, Vec<u8>)]) -> Vec<RawTable> {
    files
        .iter()
        .map(|(name, bytes)| csv::read(name, bytes).unwrap())
        .collect()
}

/// The map in the texts of files, and what was decided, each as it is displayed.
fn brought(files: &[(&str, &str)]) -> (BenefitMap, Vec<String>) {
    let tables: Vec<RawTable> = files
        .iter()
        .map(|(name, text)| csv::read(name, text.as_bytes()).unwrap())
        .collect();
    let import = import(&tables).unwrap();
    let told = import.decisions.iter().map(Decision::to_string).collect();
    (import.map, told)
}

proptest! {
    #[test]
    fn out_and_back_loses_nothing(mut map in generate::maps()) {
        map.canonicalize();
        let files = written(&map);
        let back = import(&read(&files)).unwrap();
        prop_assert_eq!(&back.decisions, &[]);
        prop_assert_eq!(&back.map, &map);
        prop_assert_eq!(written(&back.map), files);
    }
}

#[test]
fn a_name_where_an_id_is_meant_becomes_an_owner() {
    let (map, told) = brought(&[("nodes.csv", "Title,KIND,Owner\nA,Business Change,Director of Place\n")]);
    assert_eq!(map.owners[0].name, "Director of Place");
    assert_eq!(told.len(), 2, "{told:?}");
}
