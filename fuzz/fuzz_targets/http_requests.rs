//! Any bytes as what a browser sends to a workshop: no panic; it answers the next one, and what it holds is a map.
//!
//! `$E` and `$V` stand for the keys of the editing and the viewing link, `$H` for the address.
#![no_main]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::Duration;
use std::{fs, mem};

use benefit_map::file;
use benefit_map::web::{Options, Workshop};
use benefit_map_fuzz::MODEL;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

struct Held {
    workshop: Option<Workshop>,
    folder: TempDir,
    asked: usize,
}

static HELD: Mutex<Option<Held>> = Mutex::new(None);

/// How often it is asked whether all is well, and after how many requests a new workshop is held, so that memory stays small.
const LOOK: usize = 64;
const ANEW: usize = 4096;

const STREAM: &[u8] = b"text/event-stream";

/// A request that is whole is answered sooner.
const PATIENCE: Duration = Duration::from_millis(300);

fn begin() -> Held {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let map = folder.path().join("map.json");
    fs::write(&map, MODEL).unwrap_or_else(|error| panic!("{error}"));
    let workshop = Workshop::start(Options::new(&map)).unwrap_or_else(|error| panic!("{error}"));
    Held {
        workshop: Some(workshop),
        folder,
        asked: 0,
    }
}

fn key(link: &str) -> &str {
    link.rsplit_once('=')
        .or_else(|| link.rsplit_once('#'))
        .map_or("", |(_, key)| key)
}

fn send(workshop: &Workshop, bytes: &[u8]) -> Vec<u8> {
    let address = workshop.address();
    let mut stream = TcpStream::connect(address).unwrap_or_else(|error| panic!("{error}"));
    let _ = stream.set_nodelay(true);
    // Whoever waits for more than was sent is let go: it takes no answer to be well.
    let _ = stream.set_read_timeout(Some(PATIENCE));
    // It may close the connection at any moment, which is an answer too.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut buffer = [0; 1 << 14];
    while let Ok(count) = stream.read(&mut buffer) {
        if count == 0 || answer.len() > 1 << 20 {
            break;
        }
        answer.extend_from_slice(&buffer[..count]);
        // A stream of events has no end.
        if answer.windows(STREAM.len()).any(|part| part == STREAM) {
            break;
        }
    }
    answer
}

fn filled(bytes: &[u8], workshop: &Workshop) -> Vec<u8> {
    let address = workshop.address().to_string();
    let words = [
        (b"$E", key(workshop.edit_link().unwrap_or_default())),
        (b"$V", key(workshop.view_link())),
        (b"$H", address.as_str()),
    ];
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        match words.iter().find(|(sign, _)| rest.starts_with(*sign)) {
            Some((_, word)) => {
                out.extend_from_slice(word.as_bytes());
                rest = &rest[2..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

fuzz_target!(|bytes: &[u8]| {
    let mut held = HELD.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let held = held.get_or_insert_with(begin);
    if held.asked >= ANEW {
        let old = mem::replace(held, begin());
        if let Some(workshop) = old.workshop {
            workshop.stop();
        }
    }
    held.asked += 1;
    let Some(workshop) = &held.workshop else { return };
    let answer = send(workshop, &filled(bytes, workshop));
    assert!(
        answer.is_empty() || answer.starts_with(b"HTTP/1."),
        "{}",
        String::from_utf8_lossy(&answer)
    );
    assert!(
        !answer.starts_with(b"HTTP/1.1 500"),
        "{}",
        String::from_utf8_lossy(&answer)
    );
    if held.asked % LOOK == 0 {
        let asked = b"GET /api/map?key=$V HTTP/1.1\r\nHost: $H\r\nConnection: close\r\n\r\n";
        // A machine with other work to do may take its time.
        let answers = std::iter::repeat_with(|| send(workshop, &filled(asked, workshop)));
        let answer = answers.take(20).find(|answer| !answer.is_empty()).unwrap_or_default();
        assert!(
            answer.starts_with(b"HTTP/1.1 200"),
            "{}",
            String::from_utf8_lossy(&answer)
        );
        file::load(&held.folder.path().join("map.json")).unwrap_or_else(|error| panic!("{error}"));
    }
});
