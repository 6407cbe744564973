//! Every example map and every example program does what its page promises.

#![allow(clippy::disallowed_methods, reason = "a test reads the examples where they lie")]

use std::path::{Path, PathBuf};

use benefit_map::map::BenefitMap;

/// The folder of an example map.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder(name).join("map.json")).unwrap()
}

fn map(name: &str) -> BenefitMap {
    serde_json::from_str(&text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// All example maps, by the name of their folder.
fn names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_example_map_is_read_and_explained() {
    assert_eq!(names(), ["smart-waste", "workshop-draft"]);
    for name in names() {
        let map = map(&name);
        assert!(!map.title.is_empty(), "{name}");
        assert!(folder(&name).join("README.md").is_file(), "{name} has no README.md");
    }
}
