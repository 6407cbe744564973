//! How a workshop bears a full room: people who edit, people who look on, and a clock.
//!
//! ```text
//! cargo run --release --example workshop_load                              # 100 boxes, 5 editors, 50 viewers, 60 s
//! cargo run --release --example workshop_load -- --nodes 1000 --seconds 30
//! ```
//!
//! Starts the real `benefit-map workshop` in a process of its own on a generated map, opens a stream of events for every viewer and editor,
//! and lets every editor send edits evenly spaced. Tells how long it takes from sending an edit to its event (map and picture) having
//! come to the other clients, and to its acknowledgement; that every edit was acknowledged once, that all clients end on the same map as the
//! server, reckoned from the events alone, and how much memory the server held at most.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program that takes the time and prints what it measured"
)]

mod mirror;
#[allow(dead_code, reason = "shared with the measurement of the page")]
mod server;
#[path = "../layout_bench/staged.rs"]
#[allow(dead_code, reason = "shared with the benchmark of the layout")]
mod staged;
#[path = "../../tests/suite/support/wire.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod wire;

use std::collections::BTreeMap;
use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use benefit_map::file;
use benefit_map::map::BenefitMap;
use mirror::{Mirror, News};
use serde_json::{Value, json};
use server::{Server, tell};
use wire::{Events, Wire};

/// What is measured.
#[derive(Debug, Clone)]
struct Plan {
    nodes: usize,
    editors: usize,
    viewers: usize,
    rate: f64,
    seconds: u64,
    program: PathBuf,
}

impl Plan {
    fn from_arguments() -> Result<Self, Box<dyn Error>> {
        let mut plan = Self {
            nodes: 100,
            editors: 5,
            viewers: 50,
            rate: 4.0,
            seconds: 60,
            program: server::beside()?,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--nodes" => plan.nodes = value.parse()?,
                "--editors" => plan.editors = value.parse()?,
                "--viewers" => plan.viewers = value.parse()?,
                "--rate" => plan.rate = value.parse()?,
                "--seconds" => plan.seconds = value.parse()?,
                "--program" => plan.program = value.into(),
                other => return Err(format!("{other} is not known: see the head of this program").into()),
            }
        }
        Ok(plan)
    }
}

/// What a listener has seen: when each revision came, and what the map is in the end.
struct Seen {
    came: BTreeMap<u64, Instant>,
    own_hash: String,
    told_hash: String,
    /// What came over the line after the greeting.
    bytes: usize,
    /// What was in it.
    unpacked: usize,
    /// How many pictures that were.
    pictures: usize,
}

fn listen(server: SocketAddr, key: &str, client: &str, ready: &Barrier, last: u64) -> Seen {
    // As browsers ask: packed, where the server packs.
    let mut events = Events::open_packed(server, key, client).expect("a stream of events");
    let hello = events.next("hello");
    let mut mirror = Mirror::new(&hello);
    ready.wait();
    let (mut came, mut unpacked, mut news_came) = (BTreeMap::new(), 0, 0_usize);
    let greeted = events.came;
    while mirror.rev < last {
        let (name, data) = events.next_text().expect("the stream goes on");
        let now = Instant::now();
        unpacked += data.len();
        match name.as_str() {
            "map" => {
                news_came += 1;
                let news: News = serde_json::from_str(&data).expect("an event");
                came.extend(news.edits.iter().map(|told| (told.rev, now)));
                mirror.take(news);
            }
            "hello" => mirror = Mirror::new(&serde_json::from_str(&data).expect("an event")),
            _ => {}
        }
    }
    Seen {
        came,
        own_hash: mirror.own_hash(),
        told_hash: mirror.hash,
        bytes: events.came - greeted,
        unpacked,
        pictures: news_came,
    }
}

/// What an editor has sent: the revision that each edit got, when it was sent and how long the acknowledgement took.
fn edit(plan: &Plan, server: &Server, person: usize, ids: &[String], start: Instant) -> Vec<(u64, Instant, Duration)> {
    let mut wire = Wire::open(server.address).expect("a connection");
    let count = (plan.seconds as f64 * plan.rate) as u64;
    let every = Duration::from_secs_f64(1.0 / plan.rate);
    let client = format!("editor-number-{person}");
    // Editors do not all send at the same moment.
    let mut due = start + every.mul_f64(person as f64 / plan.editors as f64);
    let mut done = Vec::new();
    for n in 1..=count {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        due += every;
        let sent = Instant::now();
        let body = json!({"client": client, "n": n, "edit": one_edit(person, n, ids)});
        let answer = wire.post("/api/edits", &server.edit, &body).expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.text());
        done.push((answer.json()["rev"].as_u64().expect("a revision"), sent, sent.elapsed()));
    }
    done
}

/// What a room does: mostly words, now and then a box with a link, an owner, or a box less.
fn one_edit(person: usize, n: u64, ids: &[String]) -> Value {
    let some = &ids[(n as usize * 7919 + person * 104_729) % ids.len()];
    let own = format!("new-{person}-{}", n.saturating_sub(4));
    match n % 8 {
        1 => {
            json!({"do": "add-node", "id": format!("new-{person}-{n}"), "kind": "business-change", "title": format!("New box {n} of {person}"), "below": ""})
        }
        2 => json!({"do": "add", "what": "kpi", "fields": {"node": some, "title": format!("Measure {n} of {person}")}}),
        5 => json!({"do": "remove", "what": format!("node {own}")}),
        _ => {
            json!({"do": "set", "what": format!("node {some}"), "field": "title", "value": format!("Renamed by {person} in step {n}")})
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let plan = Plan::from_arguments()?;
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("map.json");
    let map: BenefitMap = staged::map(plan.nodes, staged::Pattern::Local, 7);
    file::save(&path, file::write(&map).as_bytes())?;
    let ids: Vec<String> = map.nodes.iter().map(|node| node.id.to_string()).collect();
    let server = Server::start(&plan.program, &path)?;
    println!(
        "{} boxes, {} editors at {} edits a second, {} viewers, {} s",
        plan.nodes, plan.editors, plan.rate, plan.viewers, plan.seconds
    );
    let listeners = plan.viewers + plan.editors;
    let last = plan.editors as u64 * (plan.seconds as f64 * plan.rate) as u64;
    let ready = Arc::new(Barrier::new(listeners + 1));
    let (mut done, seen) = thread::scope(|scope| {
        let listening: Vec<_> = (0..listeners)
            .map(|n| {
                let (ready, server) = (ready.clone(), &server);
                let key = if n < plan.viewers { &server.view } else { &server.edit };
                scope.spawn(move || listen(server.address, key, &format!("listener-number-{n}"), &ready, last))
            })
            .collect();
        ready.wait();
        let start = Instant::now();
        let editing: Vec<_> = (0..plan.editors)
            .map(|person| {
                let (plan, server, ids) = (&plan, &server, &ids);
                scope.spawn(move || edit(plan, server, person, ids, start))
            })
            .collect();
        let done: Vec<_> = editing
            .into_iter()
            .flat_map(|editor| editor.join().expect("an editor"))
            .collect();
        let seen: Vec<_> = listening
            .into_iter()
            .map(|listener| listener.join().expect("a listener"))
            .collect();
        (done, seen)
    });
    done.sort_by_key(|(rev, _, _)| *rev);
    let revs: Vec<u64> = done.iter().map(|(rev, _, _)| *rev).collect();
    assert_eq!(
        revs,
        (1..=last).collect::<Vec<u64>>(),
        "every edit is acknowledged once"
    );
    let whole = Wire::open(server.address)?.get("/api/map", &server.edit)?.json();
    let on_disk = file::write(&file::load(&path)?.map);
    let served: BenefitMap = serde_json::from_value(whole["map"].clone())?;
    assert_eq!(on_disk, file::write(&served), "the file is the server's map");
    let hash = whole["hash"].as_str().ok_or("no hash")?;
    let same = seen
        .iter()
        .filter(|seen| seen.own_hash == hash && seen.told_hash == hash)
        .count();

    let acknowledged: Vec<Duration> = done.iter().map(|(_, _, took)| *took).collect();
    let mut to_events = Vec::new();
    let mut missed = 0;
    for listener in &seen {
        for (rev, sent, _) in &done {
            match listener.came.get(rev) {
                Some(came) => to_events.push(came.saturating_duration_since(*sent)),
                // Whoever fell behind got everything anew instead of each event.
                None => missed += 1,
            }
        }
    }
    println!(
        "{last} edits, each acknowledged once; {same} of {listeners} clients end on the server's map, {missed} events replaced by whole maps"
    );
    tell("edit to acknowledgement", acknowledged);
    tell("edit to event at a client", to_events);
    let rate = |bytes: usize| bytes as f64 / 1024.0 / plan.seconds as f64;
    let mean = |of: fn(&Seen) -> usize| seen.iter().map(of).sum::<usize>() / listeners;
    println!(
        "{:.1} KB a second to each client ({:.1} to the one that got most), {:.1} KB unpacked, {:.1} pictures a second",
        rate(mean(|seen| seen.bytes)),
        rate(seen.iter().map(|seen| seen.bytes).max().unwrap_or(0)),
        rate(mean(|seen| seen.unpacked)),
        mean(|seen| seen.pictures) as f64 / plan.seconds as f64
    );
    println!("{} MB at most in the server", server.megabytes());
    if same < listeners {
        return Err("the clients do not agree".into());
    }
    Ok(())
}
