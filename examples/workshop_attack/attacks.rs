//! The attacks, one by one.

use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use benefit_map::map::BenefitMap;
use serde_json::json;

use crate::staged::{self, Pattern};
use crate::wire::Wire;
use crate::{Failure, Keeps, Siege, tell};

/// How many steps of history there are where old states are asked for.
const HISTORY: u64 = 45_000;
/// How many people make them.
const AT_ONCE: u64 = 32;

/// Viewers ask for the map and for old states all the time, while people edit.
pub fn polls(program: &Path) -> Result<(), Failure> {
    let map = staged::map(100, Pattern::Local, 7);
    let ids: Vec<String> = map.nodes.iter().map(|node| node.id.to_string()).collect();
    let siege = Siege::begin(program, &map)?;
    let begun = Instant::now();
    thread::scope(|scope| {
        for person in 0..AT_ONCE {
            let (siege, ids) = (&siege, &ids);
            scope.spawn(move || {
                let mut wire = Wire::open(siege.server.address).expect("a connection");
                for n in 1..=HISTORY / AT_ONCE {
                    let some = &ids[(n * 7919 + person * 104_729) as usize % ids.len()];
                    let value = format!("Renamed by {person} in step {n}");
                    let edit =
                        json!({"do": "set", "what": format!("node {some}"), "field": "description", "value": value});
                    let body = json!({"client": format!("history-{person}"), "n": n, "edit": edit});
                    siege.change(&mut wire, "/api/edits", &body).expect("it is taken");
                }
            });
        }
    });
    let steps = siege.rev.load(Ordering::Relaxed);
    println!("  {steps} steps of history in {:.0} s", begun.elapsed().as_secs_f64());
    let polling = |siege: &Siege| {
        thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| siege.poll(|_| "/api/map".to_owned()));
            }
            for asker in 0..20_u64 {
                scope.spawn(move || siege.poll(|n| format!("/api/map?rev={}", (n * 7919 + asker * 2221) % steps)));
            }
        });
    };
    let measure = |siege: &Siege, seconds: u64| -> Vec<Duration> {
        thread::scope(|scope| {
            let editing: Vec<_> = (0..4)
                .map(|person| scope.spawn(move || siege.edits(&format!("{seconds}-{person}"), 5.0, seconds * 5)))
                .collect();
            editing
                .into_iter()
                .flat_map(|one| one.join().expect("an editor"))
                .collect()
        })
    };
    tell("  edits with nobody else there", measure(&siege, 10));
    thread::scope(|scope| {
        scope.spawn(|| polling(&siege));
        tell("  edits while 16 poll and 20 ask for old states", measure(&siege, 30));
        siege.is_over.store(true, Ordering::Relaxed);
    });
    siege.is_over.store(false, Ordering::Relaxed);
    siege.told_statuses();
    siege.stop_amid(
        |siege| {
            thread::scope(|scope| {
                scope.spawn(|| polling(siege));
                scope.spawn(|| siege.edits("at-the-end", 200.0, 10_000));
            });
        },
        Keeps::Boxes,
    )
}

/// Boxes with one title, as many as a request may hold.
fn many() -> serde_json::Value {
    let boxes = vec![json!({"do": "add-node", "kind": "enabler", "title": "Same box"}); 19_000];
    json!({"do": "group", "label": "paste", "edits": boxes})
}

/// One request of 1 MiB of boxes with one title.
pub fn paste(program: &Path) -> Result<(), Failure> {
    let siege = Siege::begin(program, &staged::map(100, Pattern::Local, 7))?;
    let body = json!({"client": "who-pastes", "n": 1, "edit": many()});
    let mut wire = Wire::open(siege.server.address)?;
    let begun = Instant::now();
    let answer = siege.change(&mut wire, "/api/edits", &body).ok_or("it was refused")?;
    println!(
        "  a request of {} bytes, {} boxes of one title: {:.2} s",
        body.to_string().len(),
        answer.json()["ids"].as_array().map_or(0, Vec::len),
        begun.elapsed().as_secs_f64()
    );
    for (what, n) in [("undo", 2), ("redo", 3)] {
        let begun = Instant::now();
        let body = json!({"client": "who-pastes", "n": n});
        siege
            .change(&mut wire, &format!("/api/{what}"), &body)
            .ok_or("it was refused")?;
        println!("  {what}: {:.2} s", begun.elapsed().as_secs_f64());
    }
    siege.stop_amid(
        |siege| {
            thread::scope(|scope| {
                scope.spawn(|| siege.edits("at-the-end", 50.0, 10_000));
                let Ok(mut wire) = Wire::open(siege.server.address) else {
                    return;
                };
                for n in 4.. {
                    let body = json!({"client": "who-pastes", "n": n, "edit": many()});
                    if siege.change(&mut wire, "/api/edits", &body).is_none() {
                        return;
                    }
                }
            });
        },
        Keeps::Boxes,
    )
}

/// A viewer who listens and does not read.
fn listen(siege: &Siege, n: usize) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(siege.server.address)?;
    write!(
        stream,
        "GET /api/events?key={}&client=who-does-not-read-{n} HTTP/1.1\r\nHost: {}\r\n\r\n",
        siege.server.view, siege.server.address
    )?;
    Ok(stream)
}

/// 400 viewers who listen and do not read, on a map of 20,000 boxes.
pub fn watchers(program: &Path) -> Result<(), Failure> {
    let siege = Siege::begin(program, &staged::map(20_000, Pattern::Local, 7))?;
    println!("  {} MB before", siege.server.megabytes());
    let streams: Vec<TcpStream> = (0..400).map(|n| listen(&siege, n)).collect::<Result<_, _>>()?;
    tell("  edits with 400 who do not read", siege.edits("in-the-midst", 1.0, 20));
    println!("  {} MB with 400 who do not read", siege.server.megabytes());
    drop(streams);
    siege.stop_amid(
        |siege| {
            let _streams: Vec<_> = (0..400).map(|n| listen(siege, n)).collect();
            siege.edits("at-the-end", 10.0, 10_000);
        },
        Keeps::Boxes,
    )
}

/// 300 returns on a map of 1.4 MB, four at a time.
pub fn returns(program: &Path) -> Result<(), Failure> {
    let siege = Siege::begin(program, &staged::map(5_000, Pattern::Local, 7))?;
    siege.edits("at-first", 100.0, 1);
    println!("  {} MB before", siege.server.megabytes());
    let one = |siege: &Siege, person: usize, from: u64, most: u64| {
        let Ok(mut wire) = Wire::open(siege.server.address) else {
            return;
        };
        for n in from..from + most {
            let body = json!({"client": format!("who-returns-{person}"), "n": n, "rev": n % 2});
            if siege.change(&mut wire, "/api/return", &body).is_none() || !siege.goes_on() {
                return;
            }
        }
    };
    let four = |siege: &Siege, from: u64, most: u64| {
        thread::scope(|scope| {
            for person in 0..4 {
                scope.spawn(move || one(siege, person, from, most));
            }
        });
    };
    let begun = Instant::now();
    four(&siege, 1, 75);
    println!(
        "  {} steps after 300 returns, {:.1} s",
        siege.rev.load(Ordering::Relaxed),
        begun.elapsed().as_secs_f64()
    );
    siege.stop_amid(|siege| four(siege, 76, 10_000), Keeps::Steps)
}

/// 8 viewers who export pictures of a hostile map at a time.
pub fn pictures(program: &Path) -> Result<(), Failure> {
    let mut map: BenefitMap = staged::map(1_000, Pattern::Local, 7);
    for (n, node) in map.nodes.iter_mut().enumerate() {
        // As long as a title may be, in one word and in many.
        node.title = match n % 2 {
            0 => "W".repeat(1_000),
            _ => "W ".repeat(500).trim_end().to_owned(),
        };
    }
    let siege = Siege::begin(program, &map)?;
    println!("  {} MB before", siege.server.megabytes());
    let eight = |siege: &Siege| {
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| siege.poll(|_| "/api/export/png".to_owned()));
            }
        });
    };
    thread::scope(|scope| {
        scope.spawn(|| eight(&siege));
        tell("  edits while 8 export pictures", siege.edits("in-the-midst", 2.0, 60));
        siege.is_over.store(true, Ordering::Relaxed);
    });
    siege.is_over.store(false, Ordering::Relaxed);
    siege.told_statuses();
    siege.statuses.lock().unwrap_or_else(PoisonError::into_inner).clear();
    siege.stop_amid(
        |siege| {
            thread::scope(|scope| {
                scope.spawn(|| eight(siege));
                scope.spawn(|| siege.edits("at-the-end", 20.0, 10_000));
            });
        },
        Keeps::Boxes,
    )
}
