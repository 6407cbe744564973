//! Packs of pictures: every view under a name that stays, written only where it changed, once or at every save.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::program::program;

const MAP: &str = r#"{"format":1,"title":"Kiosks","owners":[{"id":"dir","name":"Director"}],"partners":[{"id":"clinic","name":"Clinic"}],
"nodes":[{"id":"i","kind":"investment","title":"Money"},{"id":"e","kind":"end-outcome","title":"Shorter queues","owner":"dir","partners":["clinic"]}],
"links":[{"from":"i","to":"e"}]}"#;

fn run(dir: &Path, args: &[&str]) -> (i32, String) {
    let done = Command::new(program()).current_dir(dir).args(args).output().unwrap();
    (
        done.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&done.stderr).into_owned(),
    )
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn a_pack_holds_every_view_and_leaves_what_is_the_same_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    std::fs::write(dir.join("map.json"), MAP).unwrap();
    let pack = [
        "pack",
        "map.json",
        "-o",
        "out",
        "--as-of",
        "2028-04-01",
        "--formats",
        "svg,pdf,png,pptx",
    ];
    assert_eq!(
        run(dir, &pack),
        (
            0,
            "wrote out (21 files: 21 new or changed, 0 as they were)\nopen out/index.html first\n".to_owned()
        )
    );
    let first = files(&dir.join("out"));
    for view in ["map", "overview", "outcome-e", "owner-dir", "partner-clinic"] {
        for ending in ["svg", "pdf", "png", "pptx"] {
            assert!(first.contains_key(&format!("{view}.{ending}")), "{view}.{ending}");
        }
    }
    assert_eq!(
        run(dir, &pack),
        (
            0,
            "wrote out (21 files: 0 new or changed, 21 as they were)\nopen out/index.html first\n".to_owned()
        )
    );
    // A change of what one view alone does not show leaves that one as it was.
    std::fs::write(dir.join("map.json"), MAP.replace("\"Money\"", "\"Capital\"")).unwrap();
    assert_eq!(run(dir, &pack).0, 0);
    let second = files(&dir.join("out"));
    assert_ne!(first["map.svg"], second["map.svg"]);
    assert_eq!(first["owner-dir.svg"], second["owner-dir.svg"]);
    assert_eq!(first["owner-dir.pdf"], second["owner-dir.pdf"]);
    // An archive of them is the same whenever it is made.
    let zip = [
        "pack",
        "map.json",
        "-o",
        "out.zip",
        "--as-of",
        "2028-04-01",
        "--formats",
        "svg",
    ];
    assert_eq!(run(dir, &zip).0, 0);
    let bytes = std::fs::read(dir.join("out.zip")).unwrap();
    assert_eq!(run(dir, &zip).0, 0);
    assert_eq!(std::fs::read(dir.join("out.zip")).unwrap(), bytes);
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(archive.len(), 6);
}

#[test]
fn a_pack_keeps_out_of_folders_that_hold_other_things() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    std::fs::write(dir.join("map.json"), MAP).unwrap();
    std::fs::create_dir(dir.join("home")).unwrap();
    std::fs::write(dir.join("home/map.svg"), "mine").unwrap();
    let (code, told) = run(dir, &["pack", "map.json", "-o", "home", "--formats", "svg"]);
    assert_eq!(code, 2);
    assert!(told.contains("home has other files in it"), "{told}");
    assert_eq!(std::fs::read_to_string(dir.join("home/map.svg")).unwrap(), "mine");
    let (code, _) = run(
        dir,
        &["pack", "map.json", "-o", "home", "--formats", "svg", "--replace"],
    );
    assert_eq!(code, 0);
}

#[test]
fn every_save_is_packed_also_after_one_that_cannot_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    std::fs::write(dir.join("map.json"), MAP).unwrap();
    let mut watch = Command::new(program())
        .current_dir(dir)
        .args([
            "watch",
            "map.json",
            "-o",
            "out",
            "--formats",
            "svg",
            "--as-of",
            "2028-04-01",
        ])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(watch.stderr.take().unwrap()).lines();
    // Reading blocks until there is a line: nothing here waits for time to pass.
    let mut until = |words: &str| loop {
        let line = told.next().expect("the watch goes on").unwrap();
        if line.contains(words) {
            return line;
        }
    };
    until("wrote out (6 files");
    until("watching");
    // As editors save: a new file in the place of the old one.
    let save = |text: &str| {
        std::fs::write(dir.join("new.json"), text).unwrap();
        std::fs::rename(dir.join("new.json"), dir.join("map.json")).unwrap();
    };
    save("{\"format\": 1,");
    until("error");
    save(&MAP.replace("\"Money\"", "\"Capital\""));
    let line = until("wrote out (6 files");
    assert!(!line.contains(" 0 new"), "{line}");
    assert!(
        std::fs::read_to_string(dir.join("out/map.svg"))
            .unwrap()
            .contains("Capital")
    );
    watch.kill().unwrap();
    watch.wait().unwrap();
}

#[test]
fn the_page_on_documents_holds_commands_that_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().unwrap();
    for name in ["map.json", "measurements.csv"] {
        std::fs::copy(root.join("examples/maps/smart-waste").join(name), dir.path().join(name)).unwrap();
    }
    let page = std::fs::read_to_string(root.join("docs/documents.md")).unwrap();
    let commands: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("benefit-map "))
        .collect();
    assert!(commands.len() > 9);
    for command in commands {
        let args: Vec<&str> = command.split(' ').collect();
        let (code, told) = run(dir.path(), &args);
        assert_eq!(code, 0, "{command}: {told}");
        let at = args.iter().position(|arg| *arg == "-o").unwrap();
        assert!(dir.path().join(args[at + 1]).exists(), "{command}");
    }
}
