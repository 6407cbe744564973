//! What a workshop bears from those who mean it ill, in figures: how long edits take meanwhile, how much memory it takes, and how soon it
//! ends.
//!
//! ```text
//! cargo run --release --example workshop_attack                     # everything
//! cargo run --release --example workshop_attack -- paste pictures   # only these
//! ```
//!
//! `polls`: viewers ask for the map and for old states all the time. `paste`: a request of 1 MiB of boxes with one title. `watchers`:
//! viewers listen and do not read. `returns`: 300 returns on a large map. `pictures`: viewers export pictures of a hostile map. Each
//! begins the real `benefit-map workshop` in a process of its own, asks it to end in the midst of it, begins it again, and looks
//! whether everything is there that was acknowledged.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program that takes the time and prints what it measured"
)]

mod attacks;
#[path = "../workshop_load/server.rs"]
#[allow(dead_code, reason = "shared with the measurement of a full room")]
mod server;
#[path = "../layout_bench/staged.rs"]
#[allow(dead_code, reason = "shared with the benchmark of the layout")]
mod staged;
#[path = "../../tests/suite/support/wire.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod wire;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use benefit_map::file;
use benefit_map::map::BenefitMap;
use serde_json::{Value, json};
use server::{Server, tell};
use wire::{Answer, Wire};

type Failure = Box<dyn Error + Send + Sync>;

/// A workshop under attack, and what it acknowledged.
pub struct Siege {
    program: PathBuf,
    dir: tempfile::TempDir,
    server: Server,
    /// Becomes true when everybody is to leave off.
    is_over: AtomicBool,
    /// The titles of boxes that were acknowledged.
    titles: Mutex<Vec<String>>,
    /// The highest revision that was acknowledged.
    rev: AtomicU64,
    /// How often each status was answered, those of edits left out.
    statuses: Mutex<BTreeMap<u16, u64>>,
}

impl Siege {
    fn begin(program: &Path, map: &BenefitMap) -> Result<Self, Failure> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("map.json");
        file::save(&path, file::write(map).as_bytes())?;
        let begun = Instant::now();
        let server = Server::start(program, &path).map_err(|error| error.to_string())?;
        println!(
            "  {} boxes, {:.1} MB; begun in {:.2} s",
            map.nodes.len(),
            file::write(map).len() as f64 / 1e6,
            begun.elapsed().as_secs_f64()
        );
        Ok(Self {
            program: program.to_owned(),
            dir,
            server,
            is_over: AtomicBool::new(false),
            titles: Mutex::default(),
            rev: AtomicU64::new(0),
            statuses: Mutex::default(),
        })
    }

    fn goes_on(&self) -> bool {
        !self.is_over.load(Ordering::Relaxed)
    }

    /// Sends an edit and takes note of what was acknowledged; `None` where nothing was.
    fn change(&self, wire: &mut Wire, path: &str, body: &Value) -> Option<Answer> {
        let answer = wire.post(path, &self.server.edit, body).ok()?;
        if answer.status != 200 {
            return None;
        }
        let rev = answer.json()["rev"].as_u64()?;
        self.rev.fetch_max(rev, Ordering::Relaxed);
        if let Some(title) = body["edit"]["title"].as_str() {
            let mut titles = self.titles.lock().unwrap_or_else(PoisonError::into_inner);
            titles.push(title.to_owned());
        }
        Some(answer)
    }

    /// A viewer's request that is made again and again until it is over.
    fn poll(&self, path: impl Fn(u64) -> String) {
        let mut wire = None;
        for n in 0.. {
            if !self.goes_on() {
                return;
            }
            let answer = match &mut wire {
                Some(wire) => Wire::get(wire, &path(n), &self.server.view),
                None => match Wire::open(self.server.address) {
                    Ok(new) => wire.insert(new).get(&path(n), &self.server.view),
                    Err(error) => Err(error),
                },
            };
            match answer {
                Ok(answer) => {
                    let mut statuses = self.statuses.lock().unwrap_or_else(PoisonError::into_inner);
                    *statuses.entry(answer.status).or_default() += 1;
                }
                Err(_) => wire = None,
            }
        }
    }

    /// Edits that add a box each, so many a second, until it is over or there were so many; how long each took.
    fn edits(&self, person: &str, rate: f64, most: u64) -> Vec<Duration> {
        let Ok(mut wire) = Wire::open(self.server.address) else {
            return Vec::new();
        };
        let every = Duration::from_secs_f64(1.0 / rate);
        let mut due = Instant::now();
        let mut took = Vec::new();
        for n in 1..=most {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            due += every;
            if !self.goes_on() {
                break;
            }
            let edit = json!({"do": "add-node", "kind": "enabler", "title": format!("Box {n} of {person}")});
            let sent = Instant::now();
            let body = json!({"client": format!("client-{person}"), "n": n, "edit": edit});
            if self.change(&mut wire, "/api/edits", &body).is_none() {
                break;
            }
            took.push(sent.elapsed());
        }
        took
    }

    fn told_statuses(&self) {
        let statuses = self.statuses.lock().unwrap_or_else(PoisonError::into_inner);
        let told: Vec<String> = statuses
            .iter()
            .map(|(status, times)| format!("{times} × {status}"))
            .collect();
        println!("  answered: {}", told.join(", "));
    }

    /// Asks the workshop to end while `attack` goes on, begins it again, and looks what is there.
    fn stop_amid(&self, attack: impl Fn(&Self) + Sync, keeps: Keeps) -> Result<(), Failure> {
        println!("  {} MB at most", self.server.megabytes());
        let Self { program, dir, .. } = self;
        let map = dir.path().join("map.json");
        let took = thread::scope(|scope| {
            let attacking = scope.spawn(|| attack(self));
            thread::sleep(Duration::from_millis(1500));
            let took = self.server.stop();
            self.is_over.store(true, Ordering::Relaxed);
            attacking.join().map_err(|_| "the attack failed")?;
            took
        })?;
        println!("  asked to end meanwhile: over in {:.2} s", took.as_secs_f64());
        if took > Duration::from_secs(5) {
            return Err("it took longer than 5 s to end".into());
        }
        let begun = Instant::now();
        let server = Server::start(program, &map).map_err(|error| error.to_string())?;
        let again = begun.elapsed();
        let told = Wire::open(server.address)?.get("/api/map", &server.edit)?.json();
        let (rev, acknowledged) = (told["rev"].as_u64(), self.rev.load(Ordering::Relaxed));
        if rev < Some(acknowledged) {
            return Err(format!("step {acknowledged} was acknowledged, and there is only {rev:?}").into());
        }
        let saved = file::load(&map)?.map;
        let there: std::collections::BTreeSet<&str> = saved.nodes.iter().map(|node| node.title.as_str()).collect();
        let titles = self.titles.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Keeps::Boxes, Some(lost)) = (keeps, titles.iter().find(|title| !there.contains(title.as_str()))) {
            return Err(format!("`{lost}` was acknowledged, and is not there").into());
        }
        let mut left: Vec<String> = std::fs::read_dir(dir.path())?
            .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_, _>>()?;
        left.retain(|name| !["map.json", "map.json.journal", "map.json.links"].contains(&name.as_str()));
        if !left.is_empty() {
            return Err(format!("{left:?} were left behind").into());
        }
        println!(
            "  begun again in {:.2} s with {acknowledged} steps, {} acknowledged boxes among them all there; journal {:.1} MB",
            again.as_secs_f64(),
            titles.len(),
            std::fs::metadata(dir.path().join("map.json.journal"))?.len() as f64 / 1e6,
        );
        Ok(())
    }
}

/// Whether boxes that were added stay.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeps {
    Boxes,
    /// Somebody returns to earlier states.
    Steps,
}

/// Tries it on the program, and prints what it measured.
type Attack = fn(&Path) -> Result<(), Failure>;

/// What may be tried, by its name.
const ATTACKS: [(&str, Attack); 5] = [
    ("polls", attacks::polls),
    ("paste", attacks::paste),
    ("watchers", attacks::watchers),
    ("returns", attacks::returns),
    ("pictures", attacks::pictures),
];

fn main() -> Result<(), Failure> {
    let program = server::beside().map_err(|error| error.to_string())?;
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for name in &wanted {
        if ATTACKS.iter().all(|(known, _)| known != name) {
            return Err(format!("{name} is not known: see the head of this program").into());
        }
    }
    for (name, attack) in ATTACKS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            println!("{name}");
            attack(&program)?;
        }
    }
    Ok(())
}
