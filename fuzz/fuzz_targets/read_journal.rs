//! Any bytes as the journal of a workshop: no panic; the workshop begins or says why not, and the map's file is a map afterwards.
//!
//! The map's file is the small one. Where the workshop does not begin, map and journal are as they were.
#![no_main]

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use benefit_map::file;
use benefit_map::web::{Options, Workshop};
use benefit_map_fuzz::MODEL;
use libfuzzer_sys::fuzz_target;

/// Workshops that are closing: that takes a moment, in which the next begin.
static CLOSING: AtomicUsize = AtomicUsize::new(0);
const MOST_CLOSING: usize = 48;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let map = folder.path().join("map.json");
    let journal = folder.path().join("map.json.journal");
    fs::write(&map, MODEL).unwrap_or_else(|error| panic!("{error}"));
    fs::write(&journal, bytes).unwrap_or_else(|error| panic!("{error}"));
    match Workshop::start(Options::new(&map)) {
        Ok(workshop) => {
            file::load(&map).unwrap_or_else(|error| panic!("{error}"));
            while CLOSING.load(Ordering::SeqCst) >= MOST_CLOSING {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            CLOSING.fetch_add(1, Ordering::SeqCst);
            std::thread::spawn(move || {
                workshop.stop();
                drop(folder);
                CLOSING.fetch_sub(1, Ordering::SeqCst);
            });
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert_eq!(fs::read(&map).ok().as_deref(), Some(MODEL.as_bytes()));
            assert_eq!(fs::read(&journal).ok().as_deref(), Some(bytes));
        }
    }
});
