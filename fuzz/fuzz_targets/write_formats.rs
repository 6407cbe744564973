//! Any map that can be read, in every format that it is written in: no panic; what is XML is well formed, and a picture and tables come of it.
#![no_main]

use benefit_map::exchange::{Format, export};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::{check, draw, file, table};
use libfuzzer_sys::fuzz_target;
use quick_xml::Reader;
use quick_xml::events::Event;

fn well_formed(text: &str) {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{error}: {text}"),
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(map) = file::parse_bytes("map.json", bytes) else {
        return;
    };
    for format in [Format::Drawio, Format::Archimate, Format::Graphml] {
        well_formed(&export(&map, format).text);
    }
    assert!(!export(&map, Format::Mermaid).text.is_empty());
    let graph = BenefitGraph::new(&map);
    well_formed(&draw::svg(
        &layout(&graph, &LayoutOptions::default()),
        Default::default(),
    ));
    for finding in check::check(&graph, &check::Options::new(check::Profile::Audit)).findings {
        assert!(!finding.message.is_empty());
    }
    let tables = table::export(&map);
    let raw: Vec<_> = tables
        .iter()
        .map(|one| {
            let name = format!("{}.csv", one.name);
            table::csv::read(&name, &table::csv::write(one)).unwrap_or_else(|error| panic!("{error}"))
        })
        .collect();
    let back = table::import(&raw);
    if !map.nodes.is_empty() {
        back.unwrap_or_else(|error| panic!("{error}"));
    }
});
