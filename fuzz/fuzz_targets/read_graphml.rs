//! Any bytes as GraphML: no panic; the map that is made of them is sound, and everything is accounted for.
#![no_main]

use benefit_map::exchange::{Choices, import_graphml};
use benefit_map_fuzz::import;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| import(import_graphml(bytes, &Choices::default())));
