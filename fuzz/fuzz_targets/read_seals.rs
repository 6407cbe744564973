//! Any bytes as a file of seals: no panic; what is read is written and read again, and what is refused says why.
#![no_main]

use benefit_map::audit::SealBook;
use benefit_map_fuzz::sound;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match SealBook::read(text) {
        Ok(book) => {
            sound(&book.map);
            let again = SealBook::read(&book.write()).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(again.write(), book.write());
            if let Err(error) = book.refigured(None) {
                assert!(!error.to_string().is_empty());
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
