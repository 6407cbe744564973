//! Any bytes as tables of Archi or Kumu: no panic; the map that is made of them is sound, and everything is accounted for.
//!
//! The bytes 0x1e stand between the tables.
#![no_main]

use benefit_map::exchange::{Choices, Row, Sheet, import_archi_csv, import_kumu_sheets, without_comments};
use benefit_map::table::csv;
use benefit_map_fuzz::{import, pieces};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let names = ["elements.csv", "relations.csv", "properties.csv", "connections.csv"];
    let sheets: Vec<Sheet> = pieces(bytes)
        .zip(names)
        .filter_map(|(bytes, name)| {
            let table = csv::read(name, &without_comments(bytes)).ok()?;
            let rows = table.rows.into_iter().map(|row| Row {
                number: row.number,
                cells: row.cells.iter().map(|cell| cell.to_text().into_owned()).collect(),
            });
            Some(Sheet {
                name: name.to_owned(),
                header: table.header,
                rows: rows.collect(),
            })
        })
        .collect();
    import(import_archi_csv(&sheets, &Choices::default()));
    import(import_kumu_sheets(&sheets, &Choices::default()));
});
