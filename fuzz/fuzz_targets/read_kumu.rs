//! Any bytes as a Kumu project: no panic; the map that is made of them is sound, and goes out as DOT and comes back with as many
//! nodes and links.
#![no_main]

use benefit_map::exchange::{Choices, Fate, Format, Import, export, import_dot, import_kumu};
use benefit_map::file;
use libfuzzer_sys::fuzz_target;

/// What must hold of a map that was brought in.
fn sound(import: &Import) {
    let written = file::write(&import.map);
    let again = file::parse("map.json", &written).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(file::write(&again), written);
    let kept = import
        .accounts
        .iter()
        .filter(|account| matches!(account.fate, Fate::Kept { kind: Some(_), .. }));
    assert_eq!(kept.count(), import.map.nodes.len());
    let nodes: std::collections::BTreeSet<_> = import.map.nodes.iter().map(|node| &node.id).collect();
    assert_eq!(nodes.len(), import.map.nodes.len());
    assert!(
        import
            .map
            .links
            .iter()
            .all(|link| nodes.contains(&link.from) && nodes.contains(&link.to))
    );
    for group in import.groups() {
        assert!(group.count > 0 && !group.to_string().is_empty());
    }
    let sent = export(&import.map, Format::Dot).text;
    let back = import_dot(sent.as_bytes(), &Choices::default()).unwrap_or_else(|error| panic!("{error}: {sent}"));
    assert_eq!(back.map.nodes.len(), import.map.nodes.len());
    assert_eq!(back.map.links.len(), import.map.links.len());
}

fuzz_target!(|bytes: &[u8]| {
    for read in [import_kumu] {
        match read(bytes, &Choices::default()) {
            Ok(import) => sound(&import),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});
