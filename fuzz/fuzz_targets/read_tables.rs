//! Any bytes as tables: no panic; the map that is made of them is written and read again to the same bytes.
//!
//! The first byte says which tables there are, and the bytes 0x1e (record separator) stand between them.
#![no_main]

use benefit_map::file;
use benefit_map::table::{TABLES, csv, import};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let names = std::iter::once("nodes").chain(TABLES.iter().copied().cycle().skip(usize::from(*first) % TABLES.len()));
    let tables: Vec<_> = (rest.split(|byte| *byte == 0x1e).take(8).zip(names))
        .filter_map(|(bytes, name)| csv::read(&format!("{name}.csv"), bytes).ok())
        .collect();
    let Ok(imported) = import(&tables) else {
        return;
    };
    for decision in &imported.decisions {
        assert!(!decision.to_string().is_empty());
    }
    let written = file::write(&imported.map);
    let read = file::parse("map.json", &written).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(file::write(&read), written);
});
