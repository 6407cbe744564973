//! How soon an edit in one browser is painted there and in another, and how soon the page of the workshop is there.
//!
//! ```text
//! cargo run --release --example workshop_paint                      # 100 boxes, 80 edits
//! cargo run --release --example workshop_paint -- --nodes 1000
//! ```
//!
//! Starts the real `benefit-map workshop` on a generated map and two headless Chromiums of their own. In the first, somebody renames boxes and adds
//! some, by keyboard; the clock runs from the press of Enter there to the end of the frame in which the first and the second browser have painted the new
//! words.
//! Then the page is loaded over and over: from the beginning of the navigation to the first paint, and to the end of the first frame with the map.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program that takes the time and prints what it measured"
)]

#[path = "../../tests/suite/support/poll.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod poll;
#[path = "../workshop_load/server.rs"]
#[allow(dead_code, reason = "shared with the measurement of a full room")]
mod server;
#[path = "../../tests/suite/support/skip.rs"]
mod skip;
#[path = "../layout_bench/staged.rs"]
#[allow(dead_code, reason = "shared with the benchmark of the layout")]
mod staged;
#[path = "../../tests/suite/support/webdriver.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod webdriver;
#[path = "../../tests/suite/support/wire.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod wire;

use std::error::Error;
use std::time::Duration;

use benefit_map::file;
use benefit_map::map::BenefitMap;
use serde_json::Value;
use server::{Server, tell};
use webdriver::Browser;
use wire::Events;

/// How often the page is loaded.
const LOADS: usize = 15;

/// What watches for words in a box, and notes when the frame that has them was painted.
const WATCH: &str = "
    window.wait = null;
    const channel = new MessageChannel();
    let then = null;
    channel.port1.onmessage = () => then();
    new MutationObserver(() => {
        const { wait } = window;
        if (!wait || wait.seen) return;
        const box = [...document.querySelectorAll(wait.box)].pop();
        if (!box || !box.textContent.includes(wait.words)) return;
        wait.seen = true;
        // What is posted in a frame comes after the frame was painted.
        requestAnimationFrame(() => {
            then = () => { wait.at = performance.timeOrigin + performance.now(); };
            channel.port2.postMessage(null);
        });
    }).observe(document.querySelector('#world'), { childList: true, subtree: true });";

/// The same for the first picture of a page, and for the bytes that it took without the stream of events.
const FIRST: &str = "
    new PerformanceObserver((list) => {
        if (!list.getEntriesByName('painted').length) return;
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => { window.firstPicture = performance.now(); };
            channel.port2.postMessage(null);
        });
    }).observe({ type: 'mark', buffered: true });";

fn page(server: &Server, name: &str) -> Option<Browser> {
    let page = Browser::open(1440, 900)?;
    page.go(&server.edit_link());
    page.until("document.querySelector('#my-name')");
    page.keys(name);
    page.keys("{Enter}");
    page.until("!document.querySelector('#my-name')");
    page.run("document.querySelector('dialog')?.close()");
    page.until("!document.querySelector('dialog')");
    Some(page)
}

/// Edits in one browser, seen there and in the other: how long each took.
fn edits(here: &Browser, there: &Browser, ids: &[String], count: usize) -> (Vec<Duration>, Vec<Duration>) {
    here.run("addEventListener('keydown', (e) => { if (e.key === 'Enter') window.sent = performance.timeOrigin + e.timeStamp; }, true)");
    here.run(WATCH);
    there.run(WATCH);
    let (mut own, mut took) = (Vec::new(), Vec::new());
    for n in 0..count {
        let words = format!("w{n}x");
        let id = &ids[(n * 7919) % ids.len()];
        let is_new = n % 4 == 3;
        let wanted = if is_new {
            format!("{{ box: '[data-node=\"{words}\"]', words: '{words}' }}")
        } else {
            format!("{{ box: '[data-node=\"{id}\"]', words: '{words}' }}")
        };
        there.run(&format!("window.wait = {wanted}"));
        // Where it is made, a box has another id until the server has given it one.
        let at_once = format!("{{ box: '[data-node^=\"~new\"], [data-node=\"{words}\"]', words: '{words}' }}");
        let wanted = if is_new { &at_once } else { &wanted };
        here.run(&format!("window.wait = {wanted}"));
        here.run(&format!("document.querySelector('[data-node=\"{id}\"]').focus()"));
        here.keys(if is_new { "n" } else { "{F2}" });
        here.until("document.activeElement?.matches('.entry')");
        here.keys(&words);
        here.keys("{Enter}");
        there.until("window.wait.at");
        let sent = here.run("return window.sent").as_f64().unwrap_or(0.0);
        let at = there.run("return window.wait.at").as_f64().unwrap_or(0.0);
        took.push(Duration::from_secs_f64((at - sent).max(0.0) / 1000.0));
        here.until("window.wait.at");
        let at = here.run("return window.wait.at").as_f64().unwrap_or(0.0);
        own.push(Duration::from_secs_f64((at - sent).max(0.0) / 1000.0));
        if is_new {
            here.until("document.activeElement?.matches('.entry')");
            here.keys("{Escape}");
        }
    }
    (own, took)
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut nodes, mut count, mut program) = (100, 80, server::beside()?);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--nodes" => nodes = value.parse()?,
            "--edits" => count = value.parse()?,
            "--program" => program = value.into(),
            other => return Err(format!("{other} is not known: see the head of this program").into()),
        }
    }
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("map.json");
    let map: BenefitMap = staged::map(nodes, staged::Pattern::Local, 7);
    file::save(&path, file::write(&map).as_bytes())?;
    let ids: Vec<String> = map.nodes.iter().map(|node| node.id.to_string()).collect();
    let server = Server::start(&program, &path)?;
    let hello = Events::open(server.address, &server.edit, "one-who-looks-in")?
        .next_text()?
        .1
        .len();
    let (Some(here), Some(there)) = (page(&server, "Ada"), page(&server, "Bo")) else {
        return Err("this needs chromium and chromedriver on the PATH".into());
    };
    println!(
        "{nodes} boxes, {} links, two browsers, {count} edits, {LOADS} loads",
        map.links.len()
    );
    let (own, other) = edits(&here, &there, &ids, count);
    tell("Enter to painted in the same browser", own);
    tell("Enter to painted in the other", other);

    there.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        serde_json::json!({"source": FIRST}),
    );
    let (mut first, mut whole, mut bytes) = (Vec::new(), Vec::new(), 0.0_f64);
    for _ in 0..LOADS {
        there.go(&server.edit_link());
        there.until("window.firstPicture && performance.getEntriesByName('first-contentful-paint').length");
        let told = there.run(
            "const sum = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((all, e) => all + (e.transferSize || 0), 0);
             return [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.firstPicture, sum]",
        );
        let number = |at: usize| told.get(at).and_then(Value::as_f64).unwrap_or(0.0);
        first.push(Duration::from_secs_f64(number(0) / 1000.0));
        whole.push(Duration::from_secs_f64(number(1) / 1000.0));
        bytes = bytes.max(number(2));
    }
    tell("navigation to first paint", first);
    tell("navigation to the map painted", whole);
    let kilo = 1024.0;
    println!(
        "{:.0} KB for the page and {:.0} KB for the map and its picture",
        bytes / kilo,
        hello as f64 / kilo
    );
    Ok(())
}
