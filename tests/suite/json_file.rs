//! The JSON file: what is read, what is written, where faults are told.

use benefit_map::file;
use proptest::prelude::*;

use crate::generate;

proptest! {
    #[test]
    fn what_is_written_is_the_canonical_map(map in generate::maps()) {
        let text = file::write(&map);
        let read: benefit_map::map::BenefitMap = serde_json::from_str(&text).unwrap();
        let mut canonical = map;
        canonical.canonicalize();
        prop_assert_eq!(&read, &canonical);
        prop_assert_eq!(file::write(&read), text);
    }
}
