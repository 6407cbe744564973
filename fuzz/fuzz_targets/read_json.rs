//! Any bytes as a map file: no panic; what reads is written and read again to the same bytes; what does not read says why.
#![no_main]

use benefit_map::file::Document;
use benefit_map_fuzz::sound;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Document::parse("map.json", bytes) {
        Ok(document) => sound(&document.map),
        Err(faults) => {
            assert!(faults.count() > 0);
            for fault in faults.list() {
                assert!(!fault.kind.message().is_empty());
                assert!(fault.line > 0 && fault.column > 0 && fault.span.start <= fault.span.end);
            }
            assert!(faults.to_string().contains("cannot be read"));
        }
    }
});
