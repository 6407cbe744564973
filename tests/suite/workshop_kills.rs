//! The real program killed at random moments: every acknowledged edit is there, and the file always reads.
//!
//! Twenty times as a rule; `BENEFIT_MAP_KILLS=100` kills it a hundred times.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use benefit_map::file;
use serde_json::json;

use crate::wire::Wire;

/// A workshop in a process of its own, which dies with the test.
struct Process {
    child: Child,
    address: SocketAddr,
    key: String,
}

impl Process {
    fn start(map: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_benefit-map"))
            .args(["workshop", "--qr", "none"])
            .arg(map)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let link = line
            .split_once("http://")
            .unwrap_or_else(|| panic!("no link: {line}"))
            .1;
        let (address, key) = link.trim().split_once("/?key=").unwrap();
        Self {
            child,
            address: address.parse().unwrap(),
            key: key.to_owned(),
        }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Numbers that look random and are the same in every run (SplitMix64, Steele et al. 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

#[test]
#[allow(
    clippy::print_stderr,
    reason = "whoever kills it a hundred times wants to know what that held"
)]
fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    let kills: u64 = std::env::var("BENEFIT_MAP_KILLS").map_or(20, |kills| kills.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let map = dir.path().join("map.json");
    let mut dice = Dice(7);
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    // The last edit of each person, where its answer did not come: sent again after the start, as a page does.
    let mut unanswered: Vec<Option<u64>> = vec![None; 3];
    for round in 0..kills {
        let mut process = Process::start(&map);
        let (told, answers) = mpsc::channel();
        let (address, key) = (process.address, process.key.clone());
        std::thread::scope(|scope| {
            for (person, again) in unanswered.iter().enumerate() {
                let (told, key, again) = (told.clone(), &key, *again);
                scope.spawn(move || {
                    let Ok(mut wire) = Wire::open(address) else { return };
                    let first = again.unwrap_or(round * 1000 + 1);
                    for n in std::iter::once(first).chain(round * 1000 + 2..(round + 1) * 1000) {
                        let title = format!("Box {n} of {person}");
                        let edit = json!({"do": "add-node", "kind": "enabler", "title": title});
                        let body = json!({"client": format!("person-{person}"), "n": n, "edit": edit});
                        let is_done = match wire.post("/api/edits", key, &body) {
                            Ok(answer) => {
                                assert_eq!(answer.status, 200, "{}", answer.text());
                                true
                            }
                            Err(_) => false,
                        };
                        let _ = told.send((person, n, title, is_done));
                        if !is_done {
                            return;
                        }
                    }
                });
            }
            drop(told);
            unanswered = vec![None; 3];
            let mut take = |(person, n, title, is_done): (usize, u64, String, bool)| match is_done {
                true => drop(acknowledged.insert(title)),
                false => unanswered[person] = Some(n),
            };
            // After some answers, and then at any moment of the next few milliseconds.
            for answer in answers.iter().take(dice.roll(12) as usize) {
                take(answer);
            }
            if let Ok(answer) = answers.recv_timeout(Duration::from_micros(dice.roll(9000))) {
                take(answer);
            }
            process.kill();
            answers.iter().for_each(take);
        });
        let saved = match file::load(&map) {
            Ok(document) => document.map,
            Err(error) => panic!("round {round}: {error}"),
        };
        let titles: Vec<&str> = saved.nodes.iter().map(|node| node.title.as_str()).collect();
        for title in &acknowledged {
            let times = titles.iter().filter(|other| *other == title).count();
            assert_eq!(times, 1, "round {round}: `{title}` is there {times} times");
        }
    }
    assert!(
        acknowledged.len() as u64 > kills,
        "{} edits in {kills} rounds",
        acknowledged.len()
    );
    // Whatever was sent again is there once.
    let last = Process::start(&map);
    drop(last);
    let saved = file::load(&map).unwrap().map;
    let titles: BTreeSet<&str> = saved.nodes.iter().map(|node| node.title.as_str()).collect();
    assert_eq!(titles.len(), saved.nodes.len(), "an edit was done twice");
    eprintln!(
        "{kills} kills, {} edits acknowledged, {} boxes in the end",
        acknowledged.len(),
        saved.nodes.len()
    );
}
