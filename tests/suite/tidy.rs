//! The shape of the house: who may import whom, what has one home only, and what a reader may rely on.
//!
//! Reads the project's own sources as text, with comments and literals blanked out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms that import nothing and that every other room may import, without an entry in the table.
const FOR_ALL: &[&str] = &["escape"];

/// The one home, or the few, of what reaches outside or weighs much: what is written in the code, and where it may be.
const HOMES: &[(&str, &[&str])] = &[
    ("petgraph::", &["graph"]),
    ("num_bigint::", &["graph"]),
    ("csv::", &["table"]),
    ("calamine::", &["table"]),
    ("rust_xlsxwriter::", &["table"]),
    ("zip::", &["table", "office", "bin"]),
    ("quick_xml::", &["xml", "office", "exchange"]),
    ("resvg::", &["draw"]),
    ("krilla::", &["draw"]),
    ("krilla_svg::", &["draw"]),
    ("png::", &["draw"]),
    ("fontdb::", &["draw", "bin"]),
    ("sha2::", &["map", "report"]),
    ("axum::", &["web"]),
    ("tokio::", &["web"]),
    ("hyper::", &["web"]),
    ("hyper_util::", &["web"]),
    ("qrcode::", &["web"]),
    ("notify::", &["bin", "web"]),
    ("skrifa::", &["text", "draw"]),
    ("annotate_snippets::", &["finding"]),
    ("tempfile::", &["file", "web"]),
    ("schemars::", &["map", "file", "portfolio"]),
    ("clap::", &["bin"]),
    ("clap_complete::", &["bin"]),
    ("clap_mangen::", &["bin"]),
    ("anyhow::", &["bin"]),
    ("std::fs", &["file", "bin", "web"]),
    ("std::env", &["bin"]),
    ("std::io::stdin", &["bin"]),
    ("SystemTime", &["bin", "web"]),
    ("Instant", &["bin", "web"]),
    ("ZonedDateTime", &["bin"]),
];

/// The one place where a test waits.
const WAITS: &str = "tests/suite/support/poll.rs";

/// Files that may pass the length that is read in one sitting: tables, where every line is an entry.
const TABLES: &[&str] = &[];

/// The length of a file that is read in one sitting, in lines.
const ONE_SITTING: usize = 600;

/// Who may `use crate::…` whom, as the table of rooms in `docs/architecture.md` says; a folder of `src` that is not
/// there fails. The binary is not in it: it sees the public API alone.
fn may_import() -> BTreeMap<String, Vec<String>> {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let mut rooms = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| `src/")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [room, _, imports] = cells[..] else {
            panic!("a row of three cells: {line}")
        };
        let room = room.trim_matches('`').trim_start_matches("src/").trim_end_matches('/');
        let imports: Vec<String> = match imports {
            "nothing" => Vec::new(),
            "the public API" => continue,
            list => list.split(", ").map(str::to_owned).collect(),
        };
        rooms.insert(room.to_owned(), imports);
    }
    for (room, imports) in &rooms {
        for other in imports {
            assert!(rooms.contains_key(other), "{room} may import {other}, which is no room");
        }
    }
    assert!(rooms.len() > 15, "the table of rooms: {rooms:?}");
    rooms
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `dir` whose name ends so, in order of path.
fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// Rust source with comments, strings and character literals blanked out, line for line.
fn code_of(text: &str) -> String {
    #[derive(PartialEq)]
    enum In {
        Code,
        Line,
        Block(u32),
        Str,
        Raw(usize),
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut state = In::Code;
    let mut i = 0;
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    while i < chars.len() {
        let c = chars[i];
        let mut step = 1;
        match state {
            In::Code if c == '/' && at(i + 1) == '/' => state = In::Line,
            In::Code if c == '/' && at(i + 1) == '*' => state = In::Block(1),
            In::Code if c == '"' => state = In::Str,
            In::Code
                if c == 'r' && (at(i + 1) == '"' || at(i + 1) == '#') && !at(i.wrapping_sub(1)).is_alphanumeric() =>
            {
                let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
                if at(i + 1 + hashes) == '"' {
                    state = In::Raw(hashes);
                    step = 2 + hashes;
                } else {
                    out.push(c);
                }
            }
            In::Code if c == '\'' => {
                // A character literal, unless it is a lifetime.
                if at(i + 1) == '\\' {
                    step = 2 + chars[i + 2..].iter().position(|c| *c == '\'').map_or(0, |p| p + 1);
                } else if at(i + 2) == '\'' {
                    step = 3;
                } else {
                    out.push(c);
                }
            }
            In::Code if c != '\n' => out.push(c),
            In::Line if c == '\n' => state = In::Code,
            In::Block(depth) if c == '*' && at(i + 1) == '/' => {
                state = if depth == 1 { In::Code } else { In::Block(depth - 1) };
                step = 2;
            }
            In::Block(depth) if c == '/' && at(i + 1) == '*' => {
                state = In::Block(depth + 1);
                step = 2;
            }
            In::Str if c == '\\' => step = 2,
            In::Str if c == '"' => state = In::Code,
            In::Raw(hashes)
                if c == '"' && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes =>
            {
                state = In::Code;
                step = 1 + hashes;
            }
            _ => {}
        }
        for passed in &chars[i..(i + step).min(chars.len())] {
            if *passed == '\n' {
                out.push('\n');
            }
        }
        i += step;
    }
    out
}

/// Every source of the library and the binary: its path, its room and its code.
fn sources() -> Vec<(String, String, String)> {
    files(&root().join("src"), ".rs")
        .into_iter()
        .map(|path| {
            let name = shown(&path);
            let room = name.split('/').nth(1).unwrap().to_owned();
            (name, room, code_of(&fs::read_to_string(path).unwrap()))
        })
        .collect()
}

/// The rooms named by `crate::room` and `crate::{room, …}` in a piece of code, with line numbers.
fn rooms_named(code: &str) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        let before = code[..start].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || before == '_' || before == '$' {
            continue;
        }
        let line = code[..start].matches('\n').count() + 1;
        let rest = &code[start + "crate::".len()..];
        let word = |s: &str| {
            s.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        };
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut part = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (depth == 1 && c == ',') {
                    named.push((line, word(part.trim())));
                    part.clear();
                } else {
                    part.push(c);
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            named.push((line, word(rest)));
        }
    }
    named.retain(|(_, name)| !name.is_empty());
    named
}

fn none(faults: Vec<String>, rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n  {}", faults.join("\n  "));
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let table = may_import();
    let mut faults = Vec::new();
    for (name, room, code) in sources() {
        if room == "lib.rs" || room == "bin" {
            continue;
        }
        let Some(allowed) = table.get(room.as_str()) else {
            faults.push(format!("{name}: the folder `{room}` is not in the table of imports"));
            continue;
        };
        for (line, other) in rooms_named(&code) {
            let for_all = FOR_ALL.contains(&other.as_str());
            if other != room && !for_all && !allowed.contains(&other) {
                faults.push(format!("{name}:{line}: `{room}` may not import `{other}`"));
            }
        }
        // The root is not to be reached by climbing either.
        let depth = name.matches('/').count() - usize::from(name.ends_with("/mod.rs"));
        if code.contains(&vec!["super"; depth + 1].join("::")) {
            faults.push(format!("{name}: climbs out of its room by `super`"));
        }
    }
    none(faults, "who may import whom");
}

#[test]
fn the_table_of_imports_has_no_loop() {
    // Lowest first: everyone imports only rooms that come before it in some order.
    let rooms = may_import();
    let mut placed: BTreeSet<&String> = BTreeSet::new();
    while placed.len() < rooms.len() {
        let next: Vec<&String> = rooms
            .iter()
            .filter(|(room, needs)| !placed.contains(room) && needs.iter().all(|n| placed.contains(n)))
            .map(|(room, _)| room)
            .collect();
        assert!(!next.is_empty(), "a loop among the rooms that are not in {placed:?}");
        placed.extend(next);
    }
}

#[test]
fn the_binary_uses_the_public_api_only() {
    for (name, room, code) in sources() {
        if room == "bin" {
            for (line, other) in rooms_named(&code) {
                if other.starts_with(char::is_uppercase) {
                    continue; // an item of main.rs itself
                }
                let own = Path::new("src/bin/benefit-map").join(&other);
                let own = root().join(own);
                assert!(
                    own.is_dir() || own.with_extension("rs").is_file(),
                    "{name}:{line}: `crate::{other}` is no module of the binary"
                );
            }
        }
    }
}

#[test]
fn each_thing_has_its_one_home() {
    let mut faults = Vec::new();
    for (name, room, code) in sources() {
        for (what, homes) in HOMES {
            if homes.contains(&room.as_str()) {
                continue;
            }
            for (start, _) in code.match_indices(what) {
                let before = code[..start].chars().next_back().unwrap_or(' ');
                // `super::zip::` and `crate::table::csv::` are our own modules, not the crate.
                if before.is_alphanumeric() || before == '_' || before == ':' {
                    continue;
                }
                let line = code[..start].matches('\n').count() + 1;
                faults.push(format!("{name}:{line}: `{what}` belongs to {}", homes.join(" and ")));
            }
        }
    }
    none(faults, "one home each");
}

/// `BENEFIT_MAP_PROGRAM` chooses which program is tried, so all tests ask in one place where it is.
#[test]
fn tests_start_the_program_that_is_named() {
    let asks = concat!("CARGO_BIN_", "EXE_benefit-map");
    let who: Vec<String> = files(&root().join("tests"), ".rs")
        .iter()
        .filter(|path| fs::read_to_string(path).unwrap().contains(asks))
        .map(|path| shown(path))
        .collect();
    assert_eq!(who, ["tests/suite/support/program.rs"]);
}

/// What reads and writes files in the binary without a word to the one who takes note of what is read.
const PAST_THE_GUARD: &[&str] = &[
    "fs::read(",
    "fs::read_to_string",
    "fs::read_dir",
    "fs::write",
    "fs::copy",
    "fs::rename",
    "fs::create_dir",
    "fs::remove",
    "File::open",
    "File::create",
    "OpenOptions",
    "file::load",
    "file::read(",
    "file::save",
    "stdin()",
];

#[test]
fn commands_read_and_write_by_way_of_files() {
    let mut faults = Vec::new();
    for (name, room, code) in sources() {
        if room != "bin" || name.ends_with("/files.rs") {
            continue;
        }
        for what in PAST_THE_GUARD {
            for (start, _) in code.match_indices(what) {
                let line = code[..start].matches('\n').count() + 1;
                faults.push(format!(
                    "{name}:{line}: `{what}` passes by `Files`, which keeps what is read from being lost"
                ));
            }
        }
    }
    none(faults, "the binary's files go through one guard");
}

#[test]
fn no_parameter_is_a_bare_bool() {
    let mut faults = Vec::new();
    for (name, _, code) in sources() {
        for (start, _) in code.match_indices("fn ") {
            if code[..start]
                .chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || c == '_')
            {
                continue;
            }
            let Some(open) = code[start..].find('(') else { continue };
            let mut depth = 0;
            let mut arguments = String::new();
            for c in code[start + open..].chars() {
                match c {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                arguments.push(c);
            }
            // A single bool is what the function is about (a cell of yes or no); beside others it is a switch.
            let arguments = arguments.replace(char::is_whitespace, "");
            let all: Vec<&str> = arguments
                .trim_start_matches('(')
                .split(',')
                .filter(|a| !a.is_empty())
                .collect();
            if all.len() > 1 && all.iter().any(|a| a.ends_with(":bool")) {
                let line = code[..start].matches('\n').count() + 1;
                faults.push(format!(
                    "{name}:{line}: a bool says nothing at the call; use an enum or an options struct"
                ));
            }
        }
    }
    none(faults, "no bool parameters");
}

#[test]
fn a_file_is_read_in_one_sitting() {
    let mut faults = Vec::new();
    for folder in ["src", "tests", "examples", "benches"] {
        let folder = root().join(folder);
        if !folder.is_dir() {
            continue;
        }
        for path in files(&folder, ".rs") {
            let name = shown(&path);
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            if lines > ONE_SITTING && !TABLES.contains(&name.as_str()) {
                faults.push(format!("{name}: {lines} lines"));
            }
        }
    }
    none(faults, "files that can be read in one sitting");
}

#[test]
fn names_say_what_they_are() {
    for path in files(&root().join("src"), ".rs") {
        let name = shown(&path);
        for word in ["util", "helper", "manager", "misc", "common"] {
            assert!(
                !name.contains(word),
                "{name}: a `{word}` could hold anything; name the idea"
            );
        }
    }
}

#[test]
fn nothing_is_switched_off_or_unfinished() {
    let everywhere = ["#[ignore", "todo!(", "unimplemented!(", "dbg!(", "#[should_panic"];
    let mut faults = Vec::new();
    for folder in ["src", "tests", "examples", "benches"] {
        // A benchmark may wait for the process that it times; nothing else waits for time to pass, nor turns in a circle.
        let waits: &[&str] = match folder {
            "src" | "tests" => &["thread::sleep", "yield_now", "spin_loop"],
            _ => &[],
        };
        let folder = root().join(folder);
        if !folder.is_dir() {
            continue;
        }
        for path in files(&folder, ".rs") {
            let code = code_of(&fs::read_to_string(&path).unwrap());
            let waits = if shown(&path) == WAITS { &[] } else { waits };
            for word in everywhere.iter().chain(waits) {
                if code.contains(word) {
                    faults.push(format!("{}: `{word}`", shown(&path)));
                }
            }
        }
    }
    none(faults, "nothing switched off");
}

#[test]
fn every_room_says_what_it_is_for() {
    for room in may_import().into_keys() {
        let door = root().join("src").join(&room).join("mod.rs");
        if let Ok(text) = fs::read_to_string(&door) {
            let purpose = text.lines().take_while(|line| line.starts_with("//!")).count();
            assert!(
                purpose >= 3,
                "src/{room}/mod.rs: say in a few lines what goes in, what comes out, and what is absent"
            );
        }
    }
}

#[test]
fn every_path_that_the_pages_for_engineers_name_is_there() {
    for page in ["docs/architecture.md", "docs/layout.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let named = text.split('`').skip(1).step_by(2);
        let paths: Vec<&str> = named
            .filter(|name| {
                ["src/", "tests/", "docs/", "scripts/", "benches/"]
                    .iter()
                    .any(|top| name.starts_with(top))
            })
            .filter(|name| !name.contains(char::is_whitespace) && !name.contains("SLUG"))
            .collect();
        assert!(!paths.is_empty(), "{page} names no path");
        for path in paths {
            assert!(root().join(path).exists(), "{page}: there is no `{path}`");
        }
    }
}

#[test]
fn the_architecture_page_is_true() {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    // Every room is told of, and every room that is told of is there.
    let told: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `src/")?.split('`').next())
        .map(|room| room.trim_end_matches('/').to_owned())
        .collect();
    let there: BTreeSet<String> = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        told, there,
        "the table of rooms in docs/architecture.md against the folders of src"
    );

    // Every invariant names the test that holds it, and that test exists.
    let tests: String = files(&root().join("tests/suite"), ".rs")
        .iter()
        .chain(&files(&root().join("src"), ".rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let mut invariants = 0;
    for paragraph in page
        .split("\n\n")
        .filter(|p| p.trim_start().starts_with("**Invariant:"))
    {
        invariants += 1;
        let (_, held) = paragraph
            .split_once("Held by ")
            .unwrap_or_else(|| panic!("no test is named: {paragraph}"));
        let named: Vec<&str> = held.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test is named: {paragraph}");
        for test in named {
            let function = test.rsplit("::").next().unwrap();
            assert!(tests.contains(&format!("fn {function}(")), "no test is called `{test}`");
        }
    }
    assert!(invariants >= 8, "{invariants} invariants are too few to be all");
}

#[test]
fn decisions_are_numbered_once() {
    let mut numbers = BTreeSet::new();
    for path in files(&root().join("docs/decisions"), ".md") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let number = name.split('-').next().unwrap().to_owned();
        assert!(
            number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()),
            "{name}: begin with four digits"
        );
        assert!(numbers.insert(number.clone()), "{name}: the number is taken");
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with(&format!("# {number} ")),
            "{name}: the heading begins with the number"
        );
    }
    assert!(!numbers.is_empty());
}

#[test]
fn the_blanking_of_comments_and_literals_works() {
    let code = code_of(
        "let a = \"crate::x\"; // crate::y\n/* crate::z /* */ */ let b = 'c'; let c: &'static str = r#\"crate::w\"#; crate::v::f('\\'')",
    );
    assert!(
        !code.contains("crate::x")
            && !code.contains("crate::y")
            && !code.contains("crate::z")
            && !code.contains("crate::w")
    );
    assert_eq!(rooms_named(&code), [(2, "v".to_owned())]);
    assert_eq!(
        rooms_named("use crate::{map::{A, B}, graph, finding::F};")
            .into_iter()
            .map(|(_, r)| r)
            .collect::<Vec<_>>(),
        ["map", "graph", "finding"]
    );
}
