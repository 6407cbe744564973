//! Any list of edits, one a piece, on a small map: no panic; what is refused changes nothing, what is done can be taken back, and the map
//! can always be written and read again.
#![no_main]

use benefit_map::edit::{Edit, EditableMap};
use benefit_map::file;
use benefit_map::map::BenefitMap;
use benefit_map_fuzz::{model, pieces, sound};
use libfuzzer_sys::fuzz_target;

fn written(map: &EditableMap) -> String {
    let mut map: BenefitMap = map.to_map();
    map.canonicalize();
    file::write(&map)
}

fuzz_target!(|bytes: &[u8]| {
    let mut map = EditableMap::new(model());
    let mut undo = Vec::new();
    for piece in pieces(bytes).take(16) {
        let Ok(edit) = serde_json::from_slice::<Edit>(piece) else {
            continue;
        };
        let before = written(&map);
        match map.apply(&edit) {
            Ok(applied) => {
                sound(&map.to_map());
                undo.push((before, applied));
            }
            Err(refusal) => {
                assert!(!refusal.to_string().is_empty());
                assert_eq!(written(&map), before);
            }
        }
    }
    while let Some((before, applied)) = undo.pop() {
        let after = written(&map);
        let back = map
            .apply_again(&applied.inverse)
            .unwrap_or_else(|refusal| panic!("{refusal}"));
        assert_eq!(written(&map), before);
        map.apply_again(&back.inverse)
            .unwrap_or_else(|refusal| panic!("{refusal}"));
        assert_eq!(written(&map), after);
        map.apply_again(&back.edit)
            .unwrap_or_else(|refusal| panic!("{refusal}"));
    }
});
