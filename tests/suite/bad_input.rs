//! Whatever comes in, there is a clear answer: a map, or faults and errors with what to do; nothing is half written.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use benefit_map::check::{Options, Profile, check};
use benefit_map::draw::svg;
use benefit_map::file::{self, FaultKind, Faults, SyntaxFault};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};
use benefit_map::scene::theme::Theme;
use tempfile::TempDir;

use crate::support::folder::names;
use crate::support::program::program;

fn run(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.env_remove("NO_COLOR").env("SOURCE_DATE_EPOCH", "1774958400"); // 2026-03-31
    command.current_dir(dir).args(args).output().unwrap()
}

fn faults(bytes: &[u8]) -> Faults {
    file::parse_bytes("map.json", bytes).unwrap_err()
}

/// The only fault of a text.
fn fault(bytes: &[u8]) -> FaultKind {
    let faults = faults(bytes);
    assert_eq!(faults.count(), 1, "{faults}");
    faults.list()[0].kind.clone()
}

#[test]
fn what_is_no_map_stops_the_program_and_touches_nothing() {
    let dir = TempDir::new().unwrap();
    let utf16: Vec<u8> = "{\"format\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = "[".repeat(100_000);
    let inputs: [(&str, &[u8], &str); 8] = [
        ("empty.json", b"", "the file is empty"),
        ("blank.json", b" \n\t ", "the file is empty"),
        (
            "null.json",
            b"null",
            "the file must hold a map in curly brackets, but holds null",
        ),
        (
            "latin-1.json",
            b"{\"format\": 1, \"title\": \"Caf\xe9\"}",
            "the byte e9 is not UTF-8 text",
        ),
        ("utf-16.json", &utf16, "the file is written in UTF-16"),
        ("deep.json", deep.as_bytes(), "brackets are nested more than 100 deep"),
        (
            "picture.json",
            &[0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13],
            "this is a PNG picture",
        ),
        ("cut.json", b"{\"format\": 1, \"nodes\": [", "this `[` is never closed"),
    ];
    fs::write(dir.path().join("out.svg"), "before").unwrap();
    for (name, bytes, _) in inputs {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let before = names(dir.path());
    for (name, bytes, message) in inputs {
        for args in [
            &["check", name][..],
            &["draw", name, "-o", "out.svg"],
            &["fmt", name],
            &["kpis", name, "--format", "csv", "-o", "out.svg"],
        ] {
            let output = run(dir.path(), args);
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
            assert!(told.contains(message) && told.contains(name), "{args:?}: {told}");
            assert!(
                !told.contains("panicked") && output.stdout.is_empty(),
                "{args:?}: {told}"
            );
        }
        assert_eq!(fs::read(dir.path().join(name)).unwrap(), bytes);
    }
    assert_eq!(fs::read(dir.path().join("out.svg")).unwrap(), b"before");
    assert_eq!(names(dir.path()), before);
}

#[test]
fn a_folder_is_no_file() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("folder")).unwrap();
    fs::write(dir.path().join("map.json"), "{\"format\": 1}").unwrap();
    for args in [
        &["check", "folder"][..],
        &["draw", "map.json", "-o", "folder"],
        &["check", "missing.json"],
        &["draw", "map.json", "-o", "missing/out.svg"],
    ] {
        let output = run(dir.path(), args);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(
            told.contains("folder") || told.contains("no such file"),
            "{args:?}: {told}"
        );
    }
    assert_eq!(names(dir.path()), ["folder", "map.json"]);
    assert!(names(&dir.path().join("folder")).is_empty());
}

#[test]
fn a_line_of_two_hundred_megabytes_is_read_and_its_faults_found() {
    let long = "é".repeat(100_000_000);
    let text = format!("{{\"format\": 1, \"title\": \"{long}\", \"nods\": []}}");
    let faults = faults(text.as_bytes());
    let places: Vec<_> = faults.list().iter().map(|fault| (fault.line, fault.column)).collect();
    // 24 characters stand before the title's own, its quote among them, then `", `.
    assert_eq!(places, [(1, 24), (1, 24 + 100_000_000 + 3 + 1)]);
    assert!(
        faults
            .to_string()
            .contains("has 100,000,000 characters, and 1,000 is the most")
    );
    assert!(faults.to_string().len() < 2_000);
}

#[test]
fn a_text_that_is_all_faults_is_given_up_soon() {
    let many = 300_000;
    for text in [
        format!("{{\"format\": 1, \"title\": \"{}\"}}", "\\q".repeat(many)),
        "//\n".repeat(many),
        format!("[{}", "]\u{a0}".repeat(many)),
        "{\n".repeat(many),
        "\"\n".repeat(many),
        format!("[{{{}{}", "]".repeat(many), " ".repeat(many)),
        ", ".repeat(many),
    ] {
        let faults = faults(text.as_bytes());
        assert!(
            (1..=1_002).contains(&faults.count()),
            "{} {}",
            &text[..8],
            faults.count()
        );
        assert!(faults.to_string().len() < 200_000);
    }
}

#[test]
fn deep_nesting_is_told_once_whatever_the_brackets() {
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "[{\"a\":".repeat(50_000) + &"}]".repeat(50_000),
    ] {
        let faults = faults(text.as_bytes());
        let deep = |kind: &FaultKind| matches!(kind, FaultKind::Syntax(SyntaxFault::TooDeep));
        assert_eq!(
            faults.list().iter().filter(|fault| deep(&fault.kind)).count(),
            1,
            "{faults}"
        );
        assert!(faults.count() <= 3, "{faults}");
    }
}

#[test]
fn a_million_links_between_two_nodes_are_read_checked_and_drawn() {
    let link = r#"{"from":"a","to":"b"}"#;
    let links = vec![link; 1_000_000].join(",");
    let nodes = r#"{"id":"a","kind":"investment"},{"id":"b","kind":"end-outcome"}"#;
    let map = file::parse(
        "map.json",
        &format!(r#"{{"format":1,"nodes":[{nodes}],"links":[{links}]}}"#),
    )
    .unwrap();
    let graph = BenefitGraph::new(&map);
    let report = check(&graph, &Options::new(Profile::Audit));
    assert!(!report.findings.is_empty(), "the links say the same, over and over");
    let scene = layout(&graph, &LayoutOptions::default());
    assert_eq!(scene.cards.len(), 2);
    assert!(svg(&scene, <&Theme>::default()).ends_with("</svg>\n"));
}

#[test]
fn an_id_with_anything_else_in_it_is_refused_with_one_that_would_do() {
    for (id, suggestion) in [
        ("say \\\"hi\\\"", Some("say-hi")),
        ("<b>", Some("b")),
        ("שלום", None),
        ("🚮", None),
        ("\\u202ea", Some("a")),
        ("", None),
    ] {
        let text = format!(r#"{{"format": 1, "nodes": [{{"id": "{id}", "kind": "enabler"}}]}}"#);
        let FaultKind::BadId { suggestion: found, .. } = fault(text.as_bytes()) else {
            panic!("{id}");
        };
        assert_eq!(found.as_deref(), suggestion, "{id}");
        let report = faults(text.as_bytes()).to_string();
        assert!(!report.contains('\u{202e}'), "{report:?}");
    }
}

#[test]
fn any_title_is_kept_as_it_is_and_drawn() {
    let titles = [
        "\"quotes\" & <angle brackets> ]]> --".to_owned(),
        "<script>alert(1)</script>".to_owned(),
        "שלום עולם (1)".to_owned(),
        "\u{202e}turned\u{202c}".to_owned(),
        "👩🏽‍🔧🚮 é e\u{301}".to_owned(),
        "x".repeat(1_000),
        "word ".repeat(199) + "end",
        "\u{0}\u{1}\u{7f}\u{ffff}".to_owned(),
    ];
    let mut map = BenefitMap::new("Titles");
    for (n, title) in titles.iter().enumerate() {
        let id = NodeId::new(format!("n{n}")).unwrap();
        let kind = NodeKind::ALL[n % 5];
        map.nodes.push(Node::new(id.clone(), kind, title.clone()));
        if n > 0 && n % 5 != 0 {
            let before = NodeId::new(format!("n{}", n - 1)).unwrap();
            map.links.push(Link::new(before, id));
        }
    }
    let text = file::write(&map);
    let read = file::parse("map.json", &text).unwrap();
    assert_eq!(file::write(&read), text);
    for title in &titles {
        assert!(read.nodes.iter().any(|node| node.title == *title), "{title}");
    }
    let graph = BenefitGraph::new(&read);
    check(&graph, &Options::new(Profile::Audit));
    let scene = layout(&graph, &LayoutOptions::default());
    let drawn = svg(&scene, <&Theme>::default());
    assert!(!drawn.contains("<script") && !drawn.contains(['\u{0}', '\u{1}', '\u{ffff}']));
}

#[test]
fn a_save_that_fails_leaves_what_was_there() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("map.json");
    fs::write(&path, "before").unwrap();
    fs::create_dir(dir.path().join("folder")).unwrap();

    let into_folder = file::save(&dir.path().join("folder"), b"x").unwrap_err().to_string();
    assert!(
        into_folder.ends_with("folder could not be written: it is a folder, but a file is needed"),
        "{into_folder}"
    );
    let no_folder = file::save(&dir.path().join("none/map.json"), b"x")
        .unwrap_err()
        .to_string();
    assert!(
        no_folder.ends_with("could not be written: its folder does not exist; create it first"),
        "{no_folder}"
    );
    let again = file::save_new(&path, b"x").unwrap_err();
    assert!(matches!(again, file::Error::Exists { .. }), "{again}");
    assert!(matches!(file::load(dir.path()), Err(file::Error::Io { .. })));

    assert_eq!(fs::read(&path).unwrap(), b"before");
    assert_eq!(names(dir.path()), ["folder", "map.json"]);

    file::save(&path, b"after").unwrap();
    file::save_new(&dir.path().join("new.json"), b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"after");
    assert_eq!(fs::read(dir.path().join("new.json")).unwrap(), b"new");
    assert_eq!(names(dir.path()), ["folder", "map.json", "new.json"]);
}

#[cfg(unix)]
#[test]
fn a_save_keeps_permissions_and_symbolic_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = TempDir::new().unwrap();
    let (real, link) = (dir.path().join("real.json"), dir.path().join("link.json"));
    fs::write(&real, "before").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.json", &link).unwrap();

    file::save(&link, b"after").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&real).unwrap(), b"after");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(names(dir.path()), ["link.json", "real.json"]);

    // Also a link to nothing is something that is there.
    let dangling = dir.path().join("dangling.json");
    symlink("nothing.json", &dangling).unwrap();
    assert!(matches!(
        file::save_new(&dangling, b"x"),
        Err(file::Error::Exists { .. })
    ));
    assert!(!dir.path().join("nothing.json").exists());
}

#[test]
fn the_report_of_a_hurried_file_shows_each_fault_under_its_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/faults/map.json");
    let text = fs::read_to_string(path).unwrap();
    let faults = faults(text.as_bytes());
    let report = faults.to_string();
    crate::support::golden::assert_same("tests/golden/faults.txt", &format!("{report}\n"));
    // Places counted by hand in the file.
    let places: Vec<_> = faults.list().iter().map(|fault| (fault.line, fault.column)).collect();
    let counted = [
        (3, 3),
        (4, 44),
        (6, 12),
        (9, 84),
        (10, 30),
        (11, 55),
        (11, 77),
        (12, 12),
        (12, 61),
        (12, 63),
        (13, 5),
        (13, 33),
        (13, 52),
        (13, 54),
        (16, 31),
        (17, 57),
        (20, 61),
        (20, 84),
        (23, 35),
        (23, 69),
        (23, 82),
    ];
    assert_eq!(places, counted);
    let lines: Vec<&str> = text.lines().collect();
    for (line, column) in counted {
        let at = report.find(&format!("--> map.json:{line}:{column}\n")).unwrap();
        let shown: Vec<&str> = report[at..].lines().take(4).collect();
        assert!(shown[2].ends_with(lines[line - 1]), "{shown:?}");
    }
}

/// A report that a person can read, whatever the size of the file.
fn is_short(faults: &Faults) {
    let report = faults.to_string();
    assert!(faults.count() > 0 && report.len() < 200_000, "{}", report.len());
    assert!(report.lines().all(|line| line.chars().count() < 400), "{report}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_is_longer_than_a_map_may_be_is_refused_unread() {
    // It is sparse: no disk is filled.
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("long.json");
    let file = fs::File::create_new(&path).unwrap();
    file.set_len(file::MAX_BYTES + 1).unwrap();
    assert!(matches!(file::load(&path), Err(file::Error::TooLarge { .. })));
}

#[test]
fn very_much_of_any_one_thing_is_told_shortly() {
    for piece in [
        "a",
        "0",
        "-",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "'",
        "\\",
        "/",
        "//",
        "/*",
        "/**/",
        "\"\\",
        "\u{a0}",
        "“",
        "{\"a\":",
        "[{",
        "{\"a\":1},",
        "\"a\":",
        "\"a\" ",
        "1 ",
        "1,",
        "[],",
        "é",
        "\u{0}",
        "\"\n",
        "\n",
        "x\n",
        "\"a\": [\n",
        "}{",
        "{\"format\":1,",
        "{\"nodes\":[{\"id\":",
        "\r",
        "\"title\":1,",
        "\"titl\":1,",
    ] {
        let many = piece.repeat(50_000 / piece.len());
        for before in ["", "\"", "{\"format\": 1,", "{\"format\": 1, \"nodes\": ["] {
            is_short(&faults(format!("{before}{many}").as_bytes()));
        }
    }
}

#[test]
fn thousands_of_mistaken_ids_are_told_shortly() {
    let node = |n: usize| format!("{{\"id\": \"node-{n}\", \"kind\": \"enabler\"}}");
    let link = |n: usize| format!("{{\"from\": \"nodes-{n}\", \"to\": \"nodes-{n}\"}}");
    let nodes: Vec<String> = (0..2_000).map(node).collect();
    let links: Vec<String> = (0..2_000).map(link).collect();
    let (nodes, links) = (nodes.join(","), links.join(","));
    let nowhere =
        faults(format!("{{\"format\": 1, \"bad\": 1, \"nodes\": [{nodes}], \"links\": [{links}]}}").as_bytes());
    assert_eq!(nowhere.count(), 4_001);
    assert!(nowhere.to_string().contains("did you mean `node-0`?"), "{nowhere}");
    is_short(&nowhere);
}
