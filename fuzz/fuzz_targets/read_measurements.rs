//! Any bytes as measurements of a small map: no panic; every row is taken, or told of; what stands of them can be looked at.
#![no_main]

use benefit_map::graph::BenefitGraph;
use benefit_map::map::Day;
use benefit_map::map::written::Notation;
use benefit_map::table::stream;
use benefit_map::track::{self, Intake};
use benefit_map_fuzz::{model, pieces};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let map = model();
    let day = Day::new("2026-11-01").unwrap_or_else(|error| panic!("{error}"));
    let mut intake = Intake::new(&map, Notation::default())
        .keeping_rows()
        .looking_from(day, day);
    for (at, bytes) in pieces(bytes).take(3).enumerate() {
        let name = format!("measurements-{at}.csv");
        match stream::measurements(&name, bytes, &mut intake) {
            Ok(cut) => cut
                .decisions
                .iter()
                .for_each(|told| assert!(!told.to_string().is_empty())),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    let taken = intake.finish();
    let known = &taken.measurements;
    for kpi in &map.kpis {
        let days: Vec<Day> = known.of(&kpi.id).iter().map(|observed| observed.date).collect();
        assert!(days.is_sorted());
    }
    let graph = BenefitGraph::new(&map);
    let standing = track::standing(&graph, known, day);
    assert_eq!(standing.kpis.len(), map.kpis.len());
});
