//! A disk that is full and a clock that was turned: the workshop and the commands say so, and nothing that was acknowledged is lost.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::program::program;
use crate::support::room::{ADA, BO, Room, add, open, room, titles};

/// The journal with the years of all its times set, and its check sums made again.
fn with_the_year(journal: &str, year: &str) -> String {
    let line = |line: &str| {
        let (_, text) = line.split_once(' ').unwrap();
        let mut parts = text.split("\"at\":\"");
        let mut turned = parts.next().unwrap().to_owned();
        // The first four letters of a time are its year.
        parts.for_each(|part| turned += &format!("\"at\":\"{year}{}", part.get(4..).unwrap_or(part)));
        let text = turned;
        let digest = Sha256::digest(text.as_bytes());
        let sum: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("{sum} {text}\n")
    };
    journal.lines().map(line).collect()
}

#[test]
fn a_clock_that_was_turned_changes_nothing_but_the_times() {
    for year in ["2031", "1999"] {
        let before = room();
        before.edit(ADA, 1, add("First"));
        before.edit(BO, 1, add("Second"));
        let journal = before.journal();
        let Room { dir, workshop, .. } = before;
        workshop.stop();
        let text = std::fs::read_to_string(&journal).unwrap();
        std::fs::write(&journal, with_the_year(&text, year)).unwrap();

        let after = open(dir, |_| {});
        let notes = after.workshop.notes().join("\n");
        assert!(
            !notes.contains("damaged") && !notes.contains("missing"),
            "{year}: {notes}"
        );
        // What is sent again is known, what is new comes after, and each person's undo is their own last step.
        assert_eq!(after.edit(ADA, 1, add("First"))["rev"], 1, "{year}");
        assert_eq!(after.edit(ADA, 2, add("Third"))["rev"], 3, "{year}");
        let history = after.get("/api/history");
        let entries = history["entries"].as_array().unwrap();
        let steps: Vec<u64> = entries.iter().map(|entry| entry["rev"].as_u64().unwrap()).collect();
        let mut in_order = steps.clone();
        in_order.sort_unstable();
        assert!(
            steps == in_order || steps.iter().rev().eq(&in_order),
            "{year}: {history}"
        );
        assert_eq!(steps.len(), 3, "{year}: {history}");
        assert_eq!(
            entries
                .iter()
                .filter(|entry| entry["at"].as_str().unwrap().starts_with(year))
                .count(),
            2
        );
        assert_eq!(after.post("/api/undo", &json!({"client": BO, "n": 2})).status, 200);
        assert_eq!(titles(&after.saved()), ["A", "First", "Third", "B"], "{year}");
        let answer = after.post("/api/return", &json!({"client": BO, "n": 3, "rev": 2}));
        assert_eq!(answer.status, 200, "{year}: {}", answer.text());
        let again = after.again();
        assert_eq!(titles(&again.saved()), ["A", "First", "Second", "B"], "{year}");
    }
}

#[cfg(unix)]
mod full {
    use std::path::Path;
    use std::process::{Command, Output};

    use super::*;
    use crate::support::folder::names;
    use crate::support::room::small;
    use crate::support::wire::Wire;
    use crate::workshop_kills::Process;
    use benefit_map::file;

    /// Makes every file fail that grows beyond so many blocks of 512 bytes, as a disk without room does.
    const NO_ROOM: &str = "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"";

    fn without_room(blocks: u32, folder: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new("sh");
        command.args(["-c", NO_ROOM, &blocks.to_string(), program()]);
        command.args(arguments).current_dir(folder).output().unwrap()
    }

    #[test]
    fn a_full_disk_is_said_by_every_command_that_writes_and_leaves_everything_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let map = dir.path().join("map.json");
        let text = serde_json::to_string(&small()).unwrap();
        std::fs::write(&map, &text).unwrap();
        for arguments in [
            &["fmt", "map.json"][..],
            &["draw", "map.json", "-o", "map.svg"],
            &["draw", "map.json", "-o", "map.png"],
            &["draw", "map.json", "-o", "map.html"],
            &["export", "xlsx", "map.json", "-o", "map.xlsx"],
            &["export", "tables", "map.json", "-o", "tables"],
            &["export", "dot", "map.json", "-o", "map.dot"],
            &["report", "business-case", "map.json", "-o", "case.docx"],
            &["report", "audit", "map.json", "-o", "audit.html"],
            &["seal", "map.json", "-o", "seals.json", "--by", "Ada"],
            &["register", "map.json", "-o", "register.csv"],
            &["pack", "map.json", "-o", "pack"],
            &["check", "map.json", "--write-baseline", "baseline.json"],
        ] {
            let told = without_room(0, dir.path(), arguments);
            let words = String::from_utf8_lossy(&told.stderr);
            assert_eq!(told.status.code(), Some(2), "{arguments:?}: {words}");
            assert!(
                words.starts_with("error: ") && words.contains("could not be written"),
                "{arguments:?}: {words}"
            );
            assert_eq!(std::fs::read_to_string(&map).unwrap(), text, "{arguments:?}");
            let left: Vec<String> = names(dir.path())
                .into_iter()
                .filter(|name| name != "map.json")
                .collect();
            // A folder may have been made; nothing is in it.
            for name in left {
                let inside = dir.path().join(&name);
                assert!(
                    inside.is_dir() && names(&inside).is_empty(),
                    "{arguments:?} left {name}"
                );
                std::fs::remove_dir(inside).unwrap();
            }
        }
    }

    #[test]
    fn a_full_disk_stops_the_saving_and_loses_nothing_that_was_acknowledged() {
        let dir = tempfile::tempdir().unwrap();
        let map = dir.path().join("map.json");
        std::fs::write(&map, file::write(&small())).unwrap();
        // Room for some tens of edits.
        let process = Process::start_under(&["sh", "-c", NO_ROOM, "32"], &map);
        let mut wire = Wire::open(process.address).unwrap();
        let mut acknowledged = Vec::new();
        let mut refused = 0;
        for n in 1..=400_u64 {
            let title = format!("Box {n} of a room whose disk fills up");
            let body = json!({"client": ADA, "n": n, "edit": add(&title)});
            let answer = wire.post("/api/edits", &process.key, &body).unwrap();
            match answer.status {
                200 => acknowledged.push(title),
                500 => {
                    let told = answer.json();
                    assert_eq!(told["code"], "not-saved", "{told}");
                    refused += 1;
                }
                other => panic!("{other}: {}", answer.text()),
            }
            if refused == 5 {
                break;
            }
        }
        assert!(
            acknowledged.len() > 10 && refused == 5,
            "{} taken, {refused} refused",
            acknowledged.len()
        );
        let has_all = |nodes: Vec<String>| {
            let own: Vec<&String> = nodes.iter().filter(|title| title.starts_with("Box ")).collect();
            assert!(
                acknowledged.iter().all(|title| own.contains(&title)) && own.len() == acknowledged.len(),
                "{own:?}"
            );
        };
        let of = |map: &benefit_map::map::BenefitMap| titles(map).into_iter().map(str::to_owned).collect::<Vec<_>>();
        // The server, the file and a workshop that is begun again have the same.
        let answer = wire.get("/api/map", &process.key).unwrap().json();
        has_all(of(&serde_json::from_value(answer["map"].clone()).unwrap()));
        has_all(of(&file::load(&map).unwrap().map));
        drop(process);
        let again = open(dir, |_| {});
        has_all(of(&again.saved()));
        again.edit(BO, 1, add("There is room again"));
        assert_eq!(again.saved().nodes.len(), acknowledged.len() + 3);
        let there = names(again.dir.path());
        assert!(there.iter().all(|name| name.starts_with("map.json")), "{there:?}");
    }
}
