//! What the targets share: what must hold of a map, and how files are made of the pieces that a fuzzer can change.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::sync::Once;

use benefit_map::exchange::{self, Choices, Error, Fate, Format, Import};
use benefit_map::file;
use benefit_map::map::BenefitMap;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Stands between the pieces of an input: the sign of ASCII for a record separator.
pub const SEPARATOR: u8 = 0x1e;

/// A small map with something of everything, for edits, measurements and the workshop.
pub const MODEL: &str = include_str!("../../examples/maps/workshop-draft/map.json");

/// The map of [`MODEL`].
pub fn model() -> BenefitMap {
    file::parse("map.json", MODEL).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The pieces of an input.
pub fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == SEPARATOR)
}

/// A map is written and read again to the same bytes.
pub fn sound(map: &BenefitMap) {
    let written = file::write(map);
    let again = file::parse("map.json", &written).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(file::write(&again), written);
}

/// Reads another tool's file. The map that is made of it is sound, everything of the file is accounted for, and as many nodes and links
/// come back when it goes out as DOT.
pub fn import(read: Result<Import, Error>) {
    let import = match read {
        Ok(import) => import,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    sound(&import.map);
    let kept = import
        .accounts
        .iter()
        .filter(|account| matches!(account.fate, Fate::Kept { kind: Some(_), .. }));
    assert_eq!(kept.count(), import.map.nodes.len());
    let nodes: BTreeSet<_> = import.map.nodes.iter().map(|node| &node.id).collect();
    assert_eq!(nodes.len(), import.map.nodes.len());
    let joined = |link: &benefit_map::map::Link| nodes.contains(&link.from) && nodes.contains(&link.to);
    assert!(import.map.links.iter().all(joined));
    for group in import.groups() {
        assert!(group.count > 0 && !group.to_string().is_empty());
    }
    let sent = exchange::export(&import.map, Format::Dot).text;
    let back = exchange::import_dot(sent.as_bytes(), &Choices::default());
    let back = back.unwrap_or_else(|error| panic!("{error}: {sent}"));
    assert_eq!(back.map.nodes.len(), import.map.nodes.len());
    assert_eq!(back.map.links.len(), import.map.links.len());
}

/// An archive of these parts: a fuzzer that had to change packed bytes would only ever find broken archives.
pub fn archive<'p>(parts: impl IntoIterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive
            .start_file(name, options)
            .unwrap_or_else(|error| panic!("{error}"));
        archive.write_all(bytes).unwrap_or_else(|error| panic!("{error}"));
    }
    let whole = archive.finish().unwrap_or_else(|error| panic!("{error}"));
    whole.into_inner()
}

/// Lets panics unwind that the library itself catches: libFuzzer would stop at every one of them. Those that are not caught still stop it.
pub fn let_panics_unwind() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}
