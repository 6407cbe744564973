//! Any bytes as tables: no panic; the map that is made of them, and the one that they are brought onto, is written and read again to the
//! same bytes.
//!
//! The first byte says which tables there are; the bytes 0x1e stand between them.
#![no_main]

use benefit_map::table::{Missing, TABLES, csv, import, onto};
use benefit_map_fuzz::{model, pieces, sound};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let names = std::iter::once("nodes").chain(TABLES.iter().copied().cycle().skip(usize::from(*first) % TABLES.len()));
    let tables: Vec<_> = (pieces(rest).take(8).zip(names))
        .filter_map(|(bytes, name)| csv::read(&format!("{name}.csv"), bytes).ok())
        .collect();
    let map = model();
    for imported in [
        import(&tables),
        onto(&map, &tables, Missing::Keep),
        onto(&map, &tables, Missing::Prune),
    ] {
        let Ok(imported) = imported else { continue };
        for decision in &imported.decisions {
            assert!(!decision.to_string().is_empty());
        }
        sound(&imported.map);
    }
});
