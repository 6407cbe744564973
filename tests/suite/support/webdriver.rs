//! A real browser, asked to do what people do, by the WebDriver protocol (W3C Recommendation) that Debian's `chromedriver` speaks.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::poll;

/// A driver and one window of a browser; both end with it.
pub struct Browser {
    driver: Child,
    session: String,
    agent: ureq::Agent,
    _profile: tempfile::TempDir,
}

/// Whose browser it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
}

impl Engine {
    /// The one that `BENEFIT_MAP_BROWSER` names, else Chromium. Tests that ask for what only Chromium has fail in another.
    fn of_environment() -> Self {
        match std::env::var("BENEFIT_MAP_BROWSER").as_deref() {
            Ok("firefox") => Self::Firefox,
            _ => Self::Chromium,
        }
    }

    /// Its driver; that of Firefox is in no package of Debian, so it is built into `target/tools`.
    fn driver(self, port: u16) -> Command {
        match self {
            Self::Chromium => {
                let mut driver = Command::new("chromedriver");
                driver.args([&format!("--port={port}"), "--silent"]);
                driver
            }
            Self::Firefox => {
                let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/geckodriver");
                let mut driver = match own.exists() {
                    true => Command::new(own),
                    false => Command::new("geckodriver"),
                };
                let to_browser = free_port().to_string();
                driver.args([
                    "--port",
                    &port.to_string(),
                    "--websocket-port",
                    &to_browser,
                    "--log",
                    "fatal",
                ]);
                driver
            }
        }
    }

    fn missing(self) -> &'static str {
        match self {
            Self::Chromium => "no chromedriver, so what needs a browser was not tested (Debian: chromium-driver)",
            Self::Firefox => "no geckodriver, so Firefox was not tested (crates.io: geckodriver; Debian: firefox-esr)",
        }
    }

    fn capabilities(self, (width, height): (u32, u32), profile: &std::path::Path, way: &str) -> Value {
        match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "timeouts": {"script": 120_000},
                "goog:chromeOptions": {"args": [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    way,
                    // Where things are is then where they stay.
                    "--force-prefers-reduced-motion",
                    format!("--user-data-dir={}", profile.display()),
                    format!("--window-size={width},{height}"),
                ]},
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "timeouts": {"script": 120_000},
                "moz:firefoxOptions": {
                    "args": ["-headless", format!("-width={width}"), format!("-height={height}")],
                    "prefs": {"ui.prefersReducedMotion": 1, "network.proxy.type": 0, "browser.aboutwelcome.enabled": false},
                },
            }),
        }
    }
}

/// A port that nobody listens at: a driver does not say which it took, if it may choose.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Browser {
    /// A window of that size, in CSS px; `None`, and a word about it, where there is no browser.
    pub fn open(width: u32, height: u32) -> Option<Self> {
        Self::open_by(width, height, "--no-pings")
    }

    /// The same, with a way to the server: an argument of Chromium.
    pub fn open_by(width: u32, height: u32, way: &str) -> Option<Self> {
        Self::open_as(Engine::of_environment(), (width, height), way)
    }

    /// The same, of that engine.
    pub fn open_as(engine: Engine, size: (u32, u32), way: &str) -> Option<Self> {
        let port = free_port();
        let spawned = engine.driver(port).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let Ok(driver) = spawned else {
            super::skip::skip(engine.missing());
            return None;
        };
        poll::until(
            || TcpStream::connect(("127.0.0.1", port)).is_ok(),
            || format!("the driver of {engine:?}, which does not listen"),
        );
        let profile = tempfile::tempdir().unwrap();
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(150)))
            .build()
            .into();
        let capabilities = engine.capabilities(size, profile.path(), way);
        let mut browser = Self {
            driver,
            session: format!("http://127.0.0.1:{port}/session"),
            agent,
            _profile: profile,
        };
        let answer = browser.call("", json!({"capabilities": {"alwaysMatch": capabilities}}));
        let id = answer["sessionId"].as_str().expect("a session").to_owned();
        browser.session = format!("{}/{id}", browser.session);
        if engine == Engine::Firefox {
            browser.fit(size);
        }
        Some(browser)
    }

    /// Makes the page so large: the size of a window of Firefox has its bars in it.
    fn fit(&self, (width, height): (u32, u32)) {
        let inner = self.run("return [outerWidth - innerWidth, outerHeight - innerHeight]");
        let beside = |i: usize| inner[i].as_u64().unwrap_or(0);
        let (width, height) = (u64::from(width) + beside(0), u64::from(height) + beside(1));
        self.call("/window/rect", json!({"width": width, "height": height}));
    }

    fn call(&self, command: &str, body: Value) -> Value {
        let value = self.ask(command, body);
        assert!(value.get("error").is_none(), "{command}: {value}");
        value
    }

    /// The driver's answer, an error of the page among them.
    fn ask(&self, command: &str, body: Value) -> Value {
        let mut response = self
            .agent
            .post(format!("{}{command}", self.session))
            .send_json(body)
            .expect("the driver answers");
        let answer: Value = response.body_mut().read_json().expect("the driver speaks JSON");
        answer["value"].clone()
    }

    pub fn go(&self, url: &str) {
        self.call("/url", json!({"url": url}));
    }

    /// Loads the page again, and waits until it is loaded: a script that asks for it may be answered by the page of before.
    pub fn reload(&self) {
        self.call("/refresh", json!({}));
    }

    /// What a script returns.
    pub fn run(&self, script: &str) -> Value {
        self.call("/execute/sync", json!({"script": script, "args": []}))
    }

    /// What a script returns once it calls its last argument.
    pub fn run_later(&self, script: &str) -> Value {
        self.call("/execute/async", json!({"script": script, "args": []}))
    }

    /// Asks for what only Chromium's own protocol has.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.call("/goog/cdp/execute", json!({"cmd": command, "params": parameters}))
    }

    /// Lets a time go by in the page.
    pub fn pause(&self, ms: u32) {
        self.run_later(&format!("setTimeout(arguments[arguments.length - 1], {ms}, 1)"));
    }

    /// Waits until an expression of the page is true.
    pub fn until(&self, expression: &str) {
        poll::until(
            || self.run(&format!("return Boolean({expression})")) == json!(true),
            || {
                let seen = self.run("return document.body.innerText.slice(0, 2000)");
                format!("{expression}\n{seen}")
            },
        );
    }

    fn act(&self, kind: &str, more: Value, actions: Vec<Value>) {
        let mut source = json!({"type": kind, "id": format!("{kind}{}", more["parameters"]["pointerType"].as_str().unwrap_or("")), "actions": actions});
        if let (Some(source), Some(more)) = (source.as_object_mut(), more.as_object()) {
            source.extend(more.clone());
        }
        self.call("/actions", json!({"actions": [source]}));
        self.drawn();
    }

    /// Waits until the page has drawn what it was asked to do: two frames, half a second at most.
    ///
    /// A page moves the focus and unfolds a part in the frame after a key. People see that before they go on; a script that goes
    /// on at once on a busy machine has its next step undone by it.
    fn drawn(&self) {
        // A press that leads to another page takes this script with it, so what the driver says of it is not looked at.
        self.ask(
            "/execute/async",
            json!({"args": [], "script": "const done = arguments[arguments.length - 1];
                requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
                setTimeout(done, 500);"}),
        );
    }

    /// Types a text, and keys by their names in braces: `{Enter}`, `{Alt+ArrowUp}`.
    pub fn keys(&self, text: &str) {
        self.keys_at(text, 0);
    }

    /// The same, as fast as people type: 90 ms a key.
    pub fn typed(&self, text: &str) {
        self.keys_at(text, 90);
    }

    fn keys_at(&self, text: &str, pause: u64) {
        let paused = |actions: &mut Vec<Value>| {
            if pause > 0 {
                actions.push(json!({"type": "pause", "duration": pause}));
            }
        };
        let mut actions = vec![];
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let is_key = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '+');
            if let Some((name, after)) = named.filter(|(name, _)| is_key(name)) {
                let parts: Vec<String> = name.split('+').map(key).collect();
                actions.extend(parts.iter().map(|k| json!({"type": "keyDown", "value": k})));
                actions.extend(parts.iter().rev().map(|k| json!({"type": "keyUp", "value": k})));
                paused(&mut actions);
                rest = after;
            } else {
                actions.push(json!({"type": "keyDown", "value": c.to_string()}));
                actions.push(json!({"type": "keyUp", "value": c.to_string()}));
                paused(&mut actions);
                rest = &rest[c.len_utf8()..];
            }
        }
        self.act("key", json!({}), actions);
    }

    /// The middle of what a selector finds first, in px of the window, once it has come to rest.
    ///
    /// People aim at what they see. A script that aims while a list unfolds or a line of news arrives presses beside it, so this
    /// looks until the place is the same for three looks of 25 ms, a second and a half at most: what never rests is aimed at as it is.
    pub fn middle(&self, selector: &str) -> (i64, i64) {
        let quoted = json!(selector);
        let at = self.run_later(&format!(
            "const done = arguments[arguments.length - 1];
             const place = () => {{ const e = document.querySelector({quoted}); if (!e) return null; const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }};
             let before = String(place()), same = 0, looks = 0;
             const look = () => {{
               const now = place();
               same = String(now) === before ? same + 1 : 0;
               before = String(now);
               if (same >= 3 || ++looks >= 60) done(now); else setTimeout(look, 25);
             }};
             setTimeout(look, 25);"
        ));
        let px = |i: usize| {
            at[i]
                .as_f64()
                .unwrap_or_else(|| panic!("nothing is {selector}"))
                .round() as i64
        };
        (px(0), px(1))
    }

    fn pointer(&self, kind: &str, path: &[(i64, i64)], presses: usize) {
        let mut actions = vec![json!({"type": "pointerMove", "duration": 0, "x": path[0].0, "y": path[0].1})];
        for press in 0..presses {
            actions.push(json!({"type": "pointerDown", "button": 0}));
            if press == 0 {
                // A drag is seen on its way, not only at its ends.
                for window in path.windows(2) {
                    for step in 1..=4 {
                        let at = |a: i64, b: i64| a + (b - a) * step / 4;
                        actions.push(json!({"type": "pointerMove", "duration": 20, "x": at(window[0].0, window[1].0), "y": at(window[0].1, window[1].1)}));
                    }
                }
            }
            actions.push(json!({"type": "pointerUp", "button": 0}));
        }
        self.act("pointer", json!({"parameters": {"pointerType": kind}}), actions);
    }

    pub fn click(&self, selector: &str) {
        self.pointer("mouse", &[self.middle(selector)], 1);
    }

    pub fn double_click(&self, at: (i64, i64)) {
        self.pointer("mouse", &[at], 2);
    }

    /// A double-click as people do it: 180 ms between the presses.
    ///
    /// On a busy machine the second press can come so late that the browser takes it for another click, as it would take that
    /// of a slow hand. The browser itself says whether it saw a double-click; if it did not, both presses are made once more.
    pub fn double_click_slowly(&self, (x, y): (i64, i64)) {
        self.run("window.doubles = 0; addEventListener('dblclick', () => { window.doubles += 1; }, {capture: true, once: true})");
        let press = || {
            [
                json!({"type": "pointerDown", "button": 0}),
                json!({"type": "pointerUp", "button": 0}),
            ]
        };
        for attempt in 0..5 {
            let mut actions = vec![json!({"type": "pointerMove", "duration": 0, "x": x, "y": y})];
            // Long enough that the presses before are not part of it.
            actions.push(json!({"type": "pause", "duration": if attempt == 0 { 0 } else { 1600 }}));
            actions.extend(press());
            actions.push(json!({"type": "pause", "duration": 180}));
            actions.extend(press());
            self.act("pointer", json!({"parameters": {"pointerType": "mouse"}}), actions);
            if self.run("return window.doubles") != json!(0) {
                return;
            }
        }
        panic!("the browser saw no double-click at {x}, {y} in five attempts");
    }

    /// Cuts the line of this browser, or joins it again.
    pub fn line(&self, is_there: bool) {
        self.devtools("Network.enable", json!({}));
        self.devtools(
            "Network.emulateNetworkConditions",
            json!({"offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
        );
    }

    pub fn hover(&self, at: (i64, i64)) {
        self.pointer("mouse", &[at], 0);
    }

    pub fn drag(&self, path: &[(i64, i64)]) {
        self.pointer("mouse", path, 1);
    }

    /// A drag, or a press where the path has one point, while a key is held.
    pub fn hold_and_drag(&self, held: &str, path: &[(i64, i64)]) {
        let key_at = |kind: &str| json!({"type": kind, "value": key(held)});
        let hold = json!({"type": "key", "id": "held", "actions": [key_at("keyDown")]});
        self.call("/actions", json!({"actions": [hold]}));
        self.pointer("mouse", path, 1);
        let let_go = json!({"type": "key", "id": "held", "actions": [key_at("keyUp")]});
        self.call("/actions", json!({"actions": [let_go]}));
    }

    pub fn right_click(&self, (x, y): (i64, i64)) {
        let actions = vec![
            json!({"type": "pointerMove", "duration": 0, "x": x, "y": y}),
            json!({"type": "pointerDown", "button": 2}),
            json!({"type": "pointerUp", "button": 2}),
        ];
        self.act("pointer", json!({"parameters": {"pointerType": "mouse"}}), actions);
    }

    /// A finger that rests on a point for so many ms.
    pub fn rest(&self, (x, y): (i64, i64), ms: u64) {
        let actions = vec![
            json!({"type": "pointerMove", "duration": 0, "x": x, "y": y}),
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pause", "duration": ms}),
            json!({"type": "pointerUp", "button": 0}),
        ];
        self.act("pointer", json!({"parameters": {"pointerType": "touch"}}), actions);
    }

    pub fn touch(&self, path: &[(i64, i64)]) {
        self.pointer("touch", path, 1);
    }

    /// Pastes a text where the focus is.
    pub fn paste(&self, text: &str) {
        let text = json!(text);
        self.run(&format!(
            "const data = new DataTransfer(); data.setData('text/plain', {text});
             document.activeElement.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}}))"
        ));
    }

    /// What axe-core finds against WCAG 2.2 AA and good practice, a line a violation.
    pub fn barriers(&self) -> Vec<String> {
        self.run(include_str!("../../vendor/axe.min.js"));
        let found = self.run_later(
            "const done = arguments[arguments.length - 1];
             axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
               .then((r) => done({found: r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')), passes: r.passes.length}), (e) => done(String(e)))",
        );
        assert!(
            found["passes"].as_u64().unwrap_or(0) > 5,
            "axe looked at the page: {found}"
        );
        found["found"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| v.as_str().unwrap().to_owned())
            .collect()
    }
}

/// A key by its name, as WebDriver writes it (17.4.2).
fn key(name: &str) -> String {
    let code = match name {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "End" => '\u{e010}',
        "Delete" => '\u{e017}',
        "F2" => '\u{e032}',
        "F10" => '\u{e03a}',
        "Space" => ' ',
        other => return other.to_owned(),
    };
    code.to_string()
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
