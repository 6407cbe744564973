//! How a workshop begins, and what is said where it cannot: a file of another kind, no folder, an address that leads elsewhere.

use std::process::Command;

use crate::support::program::program;
use crate::support::room;
use crate::support::wire::Wire;

/// What a workshop on that file says before it gives up.
fn refused(file: &std::path::Path) -> String {
    let done = Command::new(program())
        .args(["workshop", file.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert!(done.stdout.is_empty(), "{done:?}");
    String::from_utf8(done.stderr).unwrap()
}

#[test]
fn a_workbook_in_the_place_of_a_map_is_named_once_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("boxes.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "Title").unwrap();
    std::fs::write(&file, book.save_to_buffer().unwrap()).unwrap();
    let said = refused(&file);
    assert!(said.contains("workbook") && said.contains("help:"), "{said}");
    assert!(
        said.lines().count() < 6 && !said.contains("error: error") && !said.contains('␊'),
        "{said}"
    );
}

#[test]
fn a_folder_that_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let said = refused(&folder.path().join("nowhere").join("map.json"));
    assert!(said.contains("nowhere does not exist: create it"), "{said}");
}

#[test]
fn a_browser_at_a_forwarded_port_reads_a_sentence_and_programs_read_json() {
    let room = room::room();
    let ask = |accept: &str, path: &str| {
        let head = format!("Host: localhost:1\r\nAccept: {accept}\r\n");
        let mut wire = Wire::open(room.address).unwrap();
        wire.send(format!("GET {path} HTTP/1.1\r\n{head}\r\n").as_bytes())
            .unwrap();
        wire.answer().unwrap()
    };
    let page = ask("text/html,application/xhtml+xml", "/");
    assert_eq!(page.status, 421);
    assert!(
        page.text().starts_with("This workshop does not answer") && page.text().contains("--host localhost"),
        "{}",
        page.text()
    );
    for (accept, path) in [("*/*", "/"), ("text/html", "/api/map")] {
        let answer = ask(accept, path);
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (421, Some("host")),
            "{accept} {path}"
        );
    }
    room.workshop.stop();
}
