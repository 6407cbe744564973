//! Any bytes as the parts of a Word document: no panic; what serves as a template gives a document whose parts are XML.
//!
//! The pieces between the bytes 0x1e are the styles, the text, the lists and the theme.
#![no_main]

use std::io::{Cursor, Read};
use std::sync::Arc;

use benefit_map::draw::{Face, Fonts};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Day};
use benefit_map::report::{CaseOptions, business_case, docx};
use benefit_map::text::{BOLD, REGULAR};
use benefit_map_fuzz::{archive, pieces};
use libfuzzer_sys::fuzz_target;
use quick_xml::Reader;
use quick_xml::events::Event;

const NAMES: [&str; 4] = [
    "word/styles.xml",
    "word/document.xml",
    "word/numbering.xml",
    "word/theme/theme1.xml",
];

fn is_xml(text: &[u8]) -> bool {
    let mut reader = Reader::from_reader(text);
    let mut buffer = Vec::new();
    let mut depth = 0i64;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return depth == 0,
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth -= 1,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let given: Vec<(&str, &[u8])> = NAMES.into_iter().zip(pieces(bytes)).collect();
    let template = match docx::Template::read(&archive(given.iter().copied())) {
        Ok(template) => template,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let map = BenefitMap::new("Template");
    let graph = BenefitGraph::new(&map);
    let options = CaseOptions::new(Day::new("2026-11-01").unwrap_or_else(|error| panic!("{error}")));
    let fonts = Fonts::new([Arc::new(REGULAR) as Face, Arc::new(BOLD)]);
    let written = docx::write(&business_case(&graph, &options), &fonts, Some(&template));
    let written = written.unwrap_or_else(|error| panic!("{error}"));
    let mut package = zip::ZipArchive::new(Cursor::new(written)).unwrap_or_else(|error| panic!("{error}"));
    let mut document = Vec::new();
    let mut part = package
        .by_name("word/document.xml")
        .unwrap_or_else(|error| panic!("{error}"));
    part.read_to_end(&mut document)
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(is_xml(&document));
});
