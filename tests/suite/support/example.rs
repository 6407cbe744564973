//! The example that the project comes with, and the faces that are always there.

use std::path::Path;
use std::sync::Arc;

use benefit_map::draw::{self, Fonts};
use benefit_map::map::BenefitMap;
use benefit_map::text;

/// The faces that are always there.
pub fn fonts() -> Fonts {
    let faces: [draw::Face; 2] = [Arc::new(text::REGULAR), Arc::new(text::BOLD)];
    Fonts::new(faces)
}

pub fn example() -> BenefitMap {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste/map.json");
    benefit_map::file::load(&path).unwrap().map
}
