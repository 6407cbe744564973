//! A workshop of the real program, and browsers at its page.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use benefit_map::file;
use benefit_map::map::{BenefitMap, Node, NodeKind};
use serde_json::{Value, json};

use super::poll;
use super::program::program;
use super::webdriver::{Browser, Engine};

/// A workshop of a map in a folder of its own.
pub struct Room {
    server: Child,
    pub edit: String,
    pub view: String,
    pub file: PathBuf,
    _folder: tempfile::TempDir,
}

/// Begins a workshop; gives its process and its two links.
pub fn begin(file: &Path, options: &[&str]) -> (Child, String, String) {
    let mut server = Command::new(program())
        .args(["workshop", file.to_str().unwrap()])
        .args(options)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let mut link = |word: &str| {
        let line = lines.next().expect("two links").unwrap();
        line.strip_prefix(word)
            .unwrap_or_else(|| panic!("{line}"))
            .trim()
            .to_owned()
    };
    let (edit, view) = (link("edit"), link("view"));
    (server, edit, view)
}

impl Room {
    pub fn open(map: &str) -> Self {
        Self::open_with(map, &[])
    }

    /// The same, as the options say.
    pub fn open_with(map: &str, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("map.json");
        std::fs::write(&file, map).unwrap();
        let (server, edit, view) = begin(&file, options);
        Self {
            edit,
            view,
            server,
            file,
            _folder: folder,
        }
    }

    /// Ends the server as a failing machine would.
    pub fn kill(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }

    /// Waits until it has ended by itself; whether it ended well.
    pub fn ended(&mut self) -> bool {
        self.server.wait().unwrap().success()
    }

    /// Begins it again.
    pub fn again(&mut self, options: &[&str]) {
        (self.server, self.edit, self.view) = begin(&self.file, options);
    }

    /// What the history lists, the newest first, once it leads up to what is saved.
    ///
    /// The map's file is written before its steps are listed, so a test that saw the file would otherwise ask too early.
    pub fn history(&self) -> Vec<Value> {
        let ask = |path: &str| -> Value {
            let url = self.edit.replace("/?", path);
            let text = ureq::get(&url).call().unwrap().body_mut().read_to_string().unwrap();
            serde_json::from_str(&text).unwrap()
        };
        let given = || -> BenefitMap { serde_json::from_value(ask("/api/map?")["map"].clone()).unwrap() };
        poll::until(
            || file::write(&given()) == file::write(&self.map()),
            || format!("the server to give out the map that is saved, not {:?}", given()),
        );
        ask("/api/history?")["entries"].as_array().unwrap().clone()
    }

    /// An edit by a program that takes part, as another person would make it; its answer.
    pub fn another(&self, n: u64, edit: &Value) -> Value {
        let url = self.edit.replace("/?", "/api/edits?");
        let body = json!({"client": "another-person-1", "n": n, "edit": edit});
        let mut answer = ureq::post(&url).send_json(body).unwrap();
        answer.body_mut().read_json().unwrap()
    }

    /// What is saved.
    pub fn map(&self) -> BenefitMap {
        serde_json::from_slice(&std::fs::read(&self.file).unwrap()).unwrap()
    }

    /// Waits until what is saved is as it should be.
    pub fn until(&self, what: &str, is: impl Fn(&BenefitMap) -> bool) {
        poll::until(|| is(&self.map()), || format!("{what}: {:#?}", self.map()));
    }

    /// A browser at the page, past the first questions.
    pub fn browser(&self, link: &str, name: &str, size: (u32, u32)) -> Option<Browser> {
        Some(self.entered(Browser::open(size.0, size.1)?, link, name))
    }

    /// The same in a browser of that engine.
    pub fn browser_of(&self, engine: Engine, link: &str, name: &str) -> Option<Browser> {
        Some(self.entered(Browser::open_as(engine, DESK, "--no-pings")?, link, name))
    }

    fn entered(&self, browser: Browser, link: &str, name: &str) -> Browser {
        browser.go(link);
        browser.until("document.querySelector('#my-name')");
        browser.keys(name);
        browser.keys("{Enter}");
        browser.until("!document.querySelector('#my-name')");
        browser.run("document.querySelector('dialog')?.close()");
        browser.until("!document.querySelector('dialog')");
        browser
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

pub const EMPTY: &str = r#"{"format": 1, "title": "Libraries open on Sundays"}"#;

pub const SMALL: &str = r#"{"format": 1, "title": "Libraries open on Sundays", "nodes": [
  {"id": "fund", "kind": "investment", "title": "Sunday fund"},
  {"id": "kiosks", "kind": "enabler", "title": "Kiosks"}, {"id": "cards", "kind": "enabler", "title": "Door cards"},
  {"id": "desk", "kind": "business-change", "title": "Loans without a desk"},
  {"id": "readers", "kind": "end-outcome", "title": "More readers"}],
  "links": [{"from": "fund", "to": "kiosks"}, {"from": "kiosks", "to": "desk"}]}"#;

pub const DESK: (u32, u32) = (1440, 900);

/// Presses a button of the details or of a dialog by its words, wherever it is folded away.
pub fn press(page: &Browser, words: &str) {
    let quoted = json!(words);
    let button = format!(
        "[...document.querySelectorAll('#panel button, dialog button, #together button, #strip button, #notice button')].find((b) => b.textContent === {quoted})"
    );
    page.until(&button);
    page.run(&format!(
        "for (const b of document.querySelectorAll('#pressed')) b.id = '';
         const b = {button}; b.id = 'pressed';
         for (let up = b.closest('details'); up; up = up.parentElement.closest('details')) up.open = true;
         b.scrollIntoView({{block: 'center'}})"
    ));
    page.click("#pressed");
}

/// Types a chain of boxes by keyboard alone, from an end outcome to the left, each box with Shift and Tab after it.
pub fn type_chain(page: &Browser, titles: &[&str]) {
    page.run("document.querySelector('[data-add=\"end-outcome\"]').focus()");
    page.keys("{Enter}");
    for (at, title) in (1..).zip(titles) {
        page.until("document.activeElement?.matches('.entry') && document.activeElement.value === ''");
        page.typed(title);
        page.keys(if at == titles.len() { "{Enter}" } else { "{Shift+Tab}" });
    }
    page.keys("{Escape}");
}

/// Whether boxes of these titles lead to each other, the last to the one before it and so on.
pub fn is_chain(map: &BenefitMap, titles: &[&str]) -> bool {
    let id = |title: &str| titled(map, title).map(|node| node.id.as_str());
    titles.windows(2).all(|pair| match (id(pair[1]), id(pair[0])) {
        (Some(from), Some(to)) => has_link(map, from, to),
        _ => false,
    })
}

pub fn titled<'m>(map: &'m BenefitMap, title: &str) -> Option<&'m Node> {
    map.nodes.iter().find(|n| n.title == title)
}

pub fn has_link(map: &BenefitMap, from: &str, to: &str) -> bool {
    map.links.iter().any(|l| l.from.as_str() == from && l.to.as_str() == to)
}

/// Whether people put the node below all other enablers.
pub fn is_lowest_enabler(map: &BenefitMap, id: &str) -> bool {
    let order = map.arrangement.as_ref().map(|a| a.order.of(NodeKind::Enabler));
    order.is_some_and(|order| order.last().is_some_and(|last| last.as_str() == id))
}

pub fn at(id: &str) -> String {
    format!("[data-node=\"{id}\"]")
}
