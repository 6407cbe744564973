//! The real program killed, and asked to end, at random moments: every acknowledged edit is there, the file always reads, and nothing is
//! left behind.
//!
//! Twenty times each as a rule; `BENEFIT_MAP_KILLS=100` does so a hundred times.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use benefit_map::file;
use serde_json::json;

use crate::support::program::program;
use crate::support::wire::Wire;

/// A workshop in a process of its own, which dies with the test.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
    pub key: String,
    pub view: String,
}

/// How it comes to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// By force.
    Killed,
    /// As a system ends programs.
    #[cfg(unix)]
    Asked,
}

impl Process {
    pub fn start(map: &Path) -> Self {
        Self::start_under(&[], map)
    }

    /// Started by another program, which is given the command to run after its own arguments.
    pub fn start_under(other: &[&str], map: &Path) -> Self {
        let words: Vec<&str> = [other, &[program()]].concat();
        let mut child = Command::new(words[0])
            .args(&words[1..])
            .args(["workshop", "--qr", "none"])
            .arg(map)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut link = || -> (SocketAddr, String) {
            let line = lines.next().unwrap().unwrap();
            let link = line.split_once("http://").unwrap_or_else(|| panic!("no link: {line}"));
            let (address, key) = link.1.trim().split_once("/?key=").unwrap();
            (address.parse().unwrap(), key.to_owned())
        };
        let ((address, key), (_, view)) = (link(), link());
        Self {
            child,
            address,
            key,
            view,
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn end(&mut self, end: End) {
        match end {
            End::Killed => {
                self.child.kill().unwrap();
                self.child.wait().unwrap();
            }
            #[cfg(unix)]
            End::Asked => {
                let begun = std::time::Instant::now();
                let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
                assert!(asked.unwrap().success());
                assert!(self.child.wait().unwrap().success());
                assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
            }
        }
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
fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    nothing_is_lost(End::Killed);
}

#[cfg(unix)]
#[test]
fn a_stop_at_any_moment_loses_nothing_that_was_acknowledged() {
    nothing_is_lost(End::Asked);
}

#[allow(
    clippy::print_stderr,
    reason = "whoever kills it a hundred times wants to know what that held"
)]
fn nothing_is_lost(end: End) {
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
                            Ok(answer) if answer.status == 200 => true,
                            // It is closing, which it says.
                            Ok(answer) => {
                                assert_eq!((answer.status, end == End::Killed), (503, false), "{}", answer.text());
                                false
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
            process.end(end);
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
    // Whatever was sent again is there once, and nothing is left of what was begun.
    let mut last = Process::start(&map);
    last.end(end);
    let there = crate::support::folder::names(dir.path());
    let own = |name: &&String| !["map.json", "map.json.journal", "map.json.links"].contains(&name.as_str());
    assert_eq!(there.iter().find(own), None, "{there:?}");
    let saved = file::load(&map).unwrap().map;
    let titles: BTreeSet<&str> = saved.nodes.iter().map(|node| node.title.as_str()).collect();
    assert_eq!(titles.len(), saved.nodes.len(), "an edit was done twice");
    eprintln!(
        "{kills} × {end:?}, {} edits acknowledged, {} boxes in the end",
        acknowledged.len(),
        saved.nodes.len()
    );
}
