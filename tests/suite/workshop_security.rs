//! What the workshop promises of security (`docs/security.md`), tried from outside.

use std::time::Duration;

use benefit_map::file;
use benefit_map::web::Limits;
use serde_json::{Value, json};

use crate::support::room::{Room, open, room, small};
use crate::support::wire::{Answer, Events, Wire, header};

const CLIENT: &str = "client-of-mallory";

fn wire(room: &Room) -> Wire {
    Wire::open(room.address).unwrap()
}

fn code(answer: &Answer) -> String {
    answer.json()["code"].as_str().unwrap_or_default().to_owned()
}

/// Everything that can be asked to change something.
fn changes() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/edits",
            json!({"client": CLIENT, "n": 1, "edit": {"do": "add-node", "kind": "enabler", "title": "x"}}),
        ),
        ("/api/undo", json!({"client": CLIENT, "n": 2})),
        ("/api/redo", json!({"client": CLIENT, "n": 3})),
        ("/api/return", json!({"client": CLIENT, "n": 4, "rev": 0})),
        ("/api/file", json!({"client": CLIENT, "keep": "ours"})),
        ("/api/file", json!({"client": CLIENT, "keep": "theirs"})),
        ("/api/tidy", json!({"client": CLIENT})),
        (
            "/api/board",
            json!({"client": CLIENT, "deed": {"do": "note", "id": "note0001", "text": "x"}}),
        ),
        (
            "/api/lead",
            json!({"client": CLIENT, "do": "gather", "look": {"x": 0, "y": 0, "w": 1, "h": 1}}),
        ),
    ]
}

const READS: [&str; 9] = [
    "/api/events",
    "/api/history",
    "/api/map",
    "/api/findings",
    "/api/explain?rule=BM101",
    "/api/qr",
    "/api/export",
    "/api/export/svg",
    "/api/export/json",
];

#[test]
fn without_a_key_there_is_nothing_of_the_map() {
    let room = room();
    let halves = format!("{}{}", &room.edit[..16], &room.view[16..]);
    for key in [
        "",
        "x",
        &room.edit[1..],
        &format!("{}0", room.edit),
        &halves,
        &room.edit.to_uppercase(),
    ] {
        if key == room.edit {
            continue;
        }
        for path in READS {
            let answer = wire(&room).get(path, key).unwrap();
            assert_eq!((answer.status, code(&answer).as_str()), (403, "key"), "{path} {key}");
            let both = if path.contains('?') { "&" } else { "?" };
            let answer = wire(&room)
                .ask("GET", &format!("{path}{both}key={key}"), "", b"")
                .unwrap();
            assert_eq!(answer.status, 403, "{path} {key}");
        }
        for (path, body) in changes() {
            assert_eq!(wire(&room).post(path, key, &body).unwrap().status, 403, "{path} {key}");
        }
    }
    let page = wire(&room).ask("GET", "/", "", b"").unwrap();
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("Two boxes of a test"));
    assert_eq!(room.saved(), small());
}

#[test]
fn the_viewing_link_changes_nothing_whatever_it_sends() {
    let room = room();
    for (path, body) in changes() {
        let answer = wire(&room).post(path, &room.view, &body).unwrap();
        assert_eq!((answer.status, code(&answer).as_str()), (403, "view-only"), "{path}");
        for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] {
            let headers = format!(
                "Content-Type: application/json\r\nAuthorization: Bearer {}\r\n",
                room.view
            );
            let answer = wire(&room)
                .ask(method, path, &headers, body.to_string().as_bytes())
                .unwrap();
            assert!(
                [403, 404].contains(&answer.status),
                "{method} {path}: {}",
                answer.status
            );
        }
        // A key in the header and another in the address: one of them counts, never a mixture.
        let mixed = format!("{path}?key={}", room.view);
        let headers = "Content-Type: application/json\r\nAuthorization: Basic eDp5\r\n";
        let answer = wire(&room)
            .ask("POST", &mixed, headers, body.to_string().as_bytes())
            .unwrap();
        assert_eq!(answer.status, 403, "{path}");
    }
    let mut events = Events::open(room.address, &room.view, CLIENT).unwrap();
    let hello = events.next("hello");
    assert_eq!(
        (&hello["role"], &hello["links"]["edit"]),
        (&json!("view"), &Value::Null)
    );
    assert!(!hello.to_string().contains(&room.edit));
    assert_eq!(wire(&room).get("/api/qr?link=edit", &room.view).unwrap().status, 403);
    // Saying who one is changes no map.
    let body = json!({"client": CLIENT, "name": "Mallory"});
    assert_eq!(
        wire(&room).post("/api/presence", &room.view, &body).unwrap().status,
        200
    );
    assert_eq!(room.get("/api/map")["rev"], 0);
    assert_eq!(room.saved(), small());
}

#[test]
fn other_sites_and_other_names_are_turned_away() {
    let room = room();
    let port = room.address.port();
    let ask = |head: &str, body: &str| {
        let mut wire = wire(&room);
        let text = format!(
            "{head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        wire.send(text.as_bytes()).unwrap();
        wire.answer().unwrap()
    };
    let key = &room.edit;
    // A name that leads here is not enough (DNS rebinding): it must be ours.
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "",
        "127.0.0.1:1",
        &format!("localhost.evil.example:{port}"),
    ] {
        for path in ["/", "/api/map"] {
            let answer = ask(&format!("GET {path}?key={key} HTTP/1.1\r\nHost: {host}"), "");
            assert_eq!((answer.status, code(&answer).as_str()), (421, "host"), "{host} {path}");
        }
    }
    assert_eq!(ask(&format!("GET /api/map?key={key} HTTP/1.0"), "").status, 421);
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}")] {
        assert_eq!(
            ask(&format!("GET /api/map?key={key} HTTP/1.1\r\nHost: {host}"), "").status,
            200,
            "{host}"
        );
    }
    // A page elsewhere that knows the key still cannot change anything (cross-site requests).
    let (path, body) = &changes()[0];
    let post = |headers: &str| {
        let head = format!("POST {path}?key={key} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}");
        ask(&head, &body.to_string())
    };
    let json = "Content-Type: application/json";
    for origin in [
        "http://evil.example",
        "null",
        "http://127.0.0.1",
        &format!("http://127.0.0.1:{}", port ^ 1),
        "file://",
    ] {
        let answer = post(&format!("{json}\r\nOrigin: {origin}"));
        assert_eq!((answer.status, code(&answer).as_str()), (403, "origin"), "{origin}");
    }
    for site in ["cross-site", "same-site"] {
        assert_eq!(post(&format!("{json}\r\nSec-Fetch-Site: {site}")).status, 403, "{site}");
    }
    // What a form or a beacon can send without asking first is not taken.
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
    ] {
        assert_eq!(code(&post(&format!("Content-Type: {kind}"))), "content-type", "{kind}");
    }
    assert_eq!(room.saved(), small());
    let own = format!("{json}; charset=utf-8\r\nOrigin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin");
    assert_eq!(post(&own).status, 200);
}

#[test]
fn every_answer_tells_the_browser_what_it_may_not_do() {
    let room = room();
    for path in [
        "/",
        "/app.js",
        "/app.css",
        "/api/map",
        "/nothing",
        "/api/nothing",
        "/../Cargo.toml",
        "/api/export/..%2f..%2fmap",
    ] {
        let answer = wire(&room).get(path, &room.edit).unwrap();
        let has =
            |name: &str| header(&answer.head, name).unwrap_or_else(|| panic!("{path} has no {name}: {}", answer.head));
        let policy = has("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        assert_eq!(has("x-content-type-options"), "nosniff");
        assert_eq!(has("referrer-policy"), "no-referrer");
        assert_eq!(has("cache-control"), "no-store");
        assert_eq!(has("x-frame-options"), "DENY");
        assert!(header(&answer.head, "access-control-allow-origin").is_none());
        assert!([200, 404].contains(&answer.status), "{path} {}", answer.status);
    }
    // The page keeps to its own policy: nothing inline, nothing from elsewhere.
    let page = wire(&room).ask("GET", "/", "", b"").unwrap().text();
    let lower = page.to_lowercase();
    for banned in [
        "<style",
        " style=",
        " onclick=",
        " onload=",
        " onerror=",
        "javascript:",
        "http://",
        "https://",
    ] {
        assert!(!lower.contains(banned), "the page has {banned}");
    }
    for script in lower.match_indices("<script").map(|(at, _)| &lower[at..]) {
        let tag = script.split('>').next().unwrap_or_default();
        assert!(tag.contains(" src=\"/"), "{tag}");
    }
    // A picture that is kept and opened runs nothing either.
    let answer = wire(&room).get("/api/export/svg", &room.edit).unwrap();
    let policy = header(&answer.head, "content-security-policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("sandbox"),
        "{policy}"
    );
}

#[test]
fn what_is_no_request_is_refused_and_nothing_falls_over() {
    let room = room();
    let post = |body: &[u8]| {
        let headers = format!(
            "Content-Type: application/json\r\nAuthorization: Bearer {}\r\n",
            room.edit
        );
        wire(&room).ask("POST", "/api/edits", &headers, body).unwrap()
    };
    let deep = format!(
        "{{\"client\":\"{CLIENT}\",\"n\":1,\"edit\":{}{}}}",
        "{\"do\":\"group\",\"edits\":[".repeat(5000),
        "]}".repeat(5000)
    );
    let edit = |edit: Value| json!({"client": CLIENT, "n": 1, "edit": edit}).to_string();
    let broken = [
        "",
        "{",
        "null",
        "[]",
        "{}",
        "\u{0}",
        "{\"client\":1}",
        deep.as_str(),
        &edit(json!({"do": "replace", "map": {}})),
        &edit(json!({"do": "set", "what": "nothing at all", "field": "x", "value": 1})),
        &edit(json!({"do": "link", "from": "<script>", "to": "b"})),
        &edit(json!({"do": "link", "from": "a", "to": "b", "extra": 1})),
        &edit(json!({"do": "add-node", "kind": "wizard", "title": ""})),
        &json!({"client": "../../x", "n": 1, "edit": {"do": "unlink", "from": "a", "to": "b"}}).to_string(),
        &json!({"client": CLIENT, "n": -1, "edit": {"do": "unlink", "from": "a", "to": "b"}}).to_string(),
    ];
    for body in broken {
        let answer = post(body.as_bytes());
        let shown: String = body.chars().take(80).collect();
        assert_eq!(
            (answer.status, code(&answer).as_str()),
            (400, "unreadable"),
            "{shown}: {}",
            answer.text()
        );
    }
    assert_eq!(post(b"\xff\xfe{").status, 400);
    for (at, path) in [
        "/api/map?rev=x",
        "/api/history?before=-1",
        "/api/qr?link=other",
        "/api/findings?profile=%00",
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(wire(&room).get(path, &room.edit).unwrap().status, 400, "{at} {path}");
    }
    // Too long, told and untold.
    let long = vec![b' '; (1 << 20) + 1];
    let mut told = wire(&room);
    let head = format!(
        "POST /api/edits?key={} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n",
        room.edit, room.address
    );
    told.send(format!("{head}Content-Length: 999999999999\r\n\r\n").as_bytes())
        .unwrap();
    assert_eq!(told.answer().unwrap().status, 413);
    let mut untold = wire(&room);
    untold
        .send(format!("{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n", long.len()).as_bytes())
        .unwrap();
    let _ = untold.send(&long);
    assert_eq!(untold.answer().unwrap().status, 413);
    let mut head_too_long = wire(&room);
    let _ = head_too_long.send(format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(200_000)).as_bytes());
    assert!(head_too_long.answer().map_or(true, |answer| answer.status >= 400));
    let mut rubbish = wire(&room);
    rubbish.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n").unwrap();
    assert!(rubbish.answer().map_or(true, |answer| answer.status == 400));
    assert_eq!(room.get("/api/map")["rev"], 0);
    assert_eq!(room.saved(), small());
}

/// Texts that would be markup, script or a style if anything took them for that.
const PAYLOADS: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</text></g></svg><script>alert(1)</script>",
    "' onload='alert(1)",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;script&#62;",
    "</style><style>*{background:url(http://evil.example/)}",
    "javascript:alert(1)\u{2028}\u{0}\u{202e}]]>",
];

#[test]
fn text_from_people_is_never_markup() {
    let room = room();
    let mut n = 0;
    let mut edit = |edit: Value| {
        n += 1;
        room.edit(CLIENT, n, edit)
    };
    edit(json!({"do": "add", "what": "owner", "fields": {"id": "o", "name": "O"}}));
    edit(json!({"do": "add", "what": "partner", "fields": {"id": "p", "name": "P"}}));
    edit(json!({"do": "add", "what": "kpi", "fields": {"id": "k", "node": "b", "title": "K"}}));
    for payload in PAYLOADS {
        for (what, field) in [
            ("map", "title"),
            ("map", "purpose"),
            ("map", "currency"),
            ("node a", "title"),
            ("node a", "description"),
            ("owner o", "name"),
            ("owner o", "organisation"),
            ("partner p", "name"),
            ("kpi k", "title"),
            ("kpi k", "unit"),
            ("link a -> b", "rationale"),
        ] {
            edit(json!({"do": "set", "what": what, "field": field, "value": payload}));
        }
        edit(json!({"do": "set", "what": "node a", "field": "owner", "value": "o"}));
        edit(json!({"do": "set", "what": "node a", "field": "tags", "value": [payload]}));
        edit(json!({"do": "set", "what": "node a", "field": "partners", "value": ["p"]}));
        edit(
            json!({"do": "set", "what": "link a -> b", "field": "evidence", "value": [{"source": payload, "url": payload}]}),
        );
        let hello = room.hello();
        let picture = &hello["picture"];
        let mut pieces: Vec<&str> = ["style", "defs", "ground", "over"]
            .iter()
            .map(|part| picture[*part].as_str().unwrap())
            .collect();
        let cards = picture["cards"].as_object().unwrap().values();
        pieces.extend(cards.map(|piece| piece["svg"].as_str().unwrap()));
        for route in picture["routes"].as_object().unwrap().values() {
            // The page makes elements of these itself; what a line says when it is pointed at is a text to it.
            for (part, most) in [("look", "- "), ("head_look", "- "), ("line", ".- "), ("head", ".- ")] {
                let text = route[part].as_str().unwrap();
                let own = |c: char| c.is_ascii_alphanumeric() || most.contains(c);
                assert!(text.chars().all(own), "{part}: {text}");
            }
        }
        let export = wire(&room).get("/api/export/svg", &room.view).unwrap().text();
        pieces.push(&export);
        for piece in pieces {
            assert_inert(piece, payload);
        }
        // The style sheet is that of the theme, whatever the texts say.
        assert!(!picture["style"].as_str().unwrap().contains("evil"), "{payload}");
        assert!(!room.get("/api/findings?profile=audit").is_null());
    }
    assert_eq!(
        crate::support::folder::names(room.dir.path()),
        ["map.json", "map.json.journal", "map.json.links"]
    );
    // From the file it is no other.
    let saved = room.saved();
    assert_eq!(saved.title, PAYLOADS[7]);
    let room = room.again();
    let hello = room.hello();
    assert_inert(hello["picture"]["cards"]["a"]["svg"].as_str().unwrap(), "from the file");
    assert_eq!(room.saved(), saved);
}

/// Only elements and attributes that the drawing itself makes.
fn assert_inert(svg: &str, payload: &str) {
    const ELEMENTS: &[&str] = &[
        "svg", "g", "defs", "symbol", "path", "rect", "circle", "use", "text", "tspan", "title", "desc", "style",
        "pattern",
    ];
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        assert!(ELEMENTS.contains(&name.as_str()), "{payload}: <{name}>");
        let mut quoted = false;
        let end = tag.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let tag = &tag[..end.unwrap_or_else(|| panic!("{payload}: a tag without an end in {svg}"))];
        for (at, attribute) in tag.split('"').enumerate() {
            let name = attribute.trim().trim_end_matches('=');
            if at % 2 == 0 {
                assert!(!name.contains(" on") && !name.starts_with("on"), "{payload}: {name}");
                assert!(!name.ends_with("href") || tag.contains("href=\"#"), "{payload}: {tag}");
            }
        }
        rest = &rest[start + 1 + tag.len()..];
    }
}

fn limited(limits: Limits) -> Room {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("map.json"), file::write(&small())).unwrap();
    open(dir, |options| options.limits = limits)
}

#[test]
fn a_client_that_is_slow_on_purpose_is_dropped() {
    let room = limited(Limits {
        head: Duration::from_millis(200),
        ..Limits::default()
    });
    // Nothing at all, the half of a head, and nothing after an answer.
    let mut silent = wire(&room);
    let mut slow = wire(&room);
    slow.send(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").unwrap();
    let mut done = wire(&room);
    done.get("/api/map", &room.edit).unwrap();
    assert!(silent.is_closed() && slow.is_closed() && done.is_closed());
    // A stream of events is not held against anybody.
    let mut events = room.events(CLIENT);
    events.next("hello");
    let mut later = wire(&room);
    assert!(later.is_closed());
    room.edit(CLIENT, 1, json!({"do": "unlink", "from": "a", "to": "b"}));
    assert_eq!(events.next("map")["gone"], json!(["link a -> b"]));
}

#[test]
fn a_listener_that_does_not_read_is_dropped() {
    let room = limited(Limits {
        stalled: Duration::from_millis(300),
        ..Limits::default()
    });
    let mut events = room.events("the-one-who-reads");
    events.next("hello");
    let deaf = room.events("the-one-who-does-not");
    events.until("people", |told| told["others"] == 2);
    // Events of nearly a megabyte, until there are more than the system keeps for a connection.
    let long = "word ".repeat(6_500);
    let mut n = 0;
    let mut is_alone = false;
    while !is_alone {
        n += 1;
        assert!(n < 200, "nobody was dropped");
        let assumptions: Vec<String> = (0..28).map(|at| format!("{n} {at} {long}")).collect();
        room.edit(
            CLIENT,
            n,
            json!({"do": "set", "what": "link a -> b", "field": "assumptions", "value": assumptions}),
        );
        loop {
            let (name, data) = events.next_text().unwrap();
            is_alone |= name == "people" && data.contains("\"others\":1");
            if name == "map" {
                break;
            }
        }
    }
    drop(deaf);
}

#[test]
fn connections_have_a_cap_and_come_free_again() {
    let room = limited(Limits {
        connections: 3,
        ..Limits::default()
    });
    let mut open: Vec<Events> = (0..3).map(|n| room.events(&format!("listener-{n}"))).collect();
    for events in &mut open {
        events.next("hello");
    }
    let mut one_too_many = wire(&room);
    let answer = one_too_many.answer().unwrap();
    assert_eq!((answer.status, code(&answer).as_str()), (503, "busy"));
    open.pop();
    // The place comes free when the server has noticed.
    let mut tries = 0;
    let answer = loop {
        tries += 1;
        assert!(tries < 100_000, "the place never came free");
        let tried = wire(&room).get("/api/map", &room.edit);
        if let Ok(answer) = tried
            && answer.status != 503
        {
            break answer;
        }
    };
    assert_eq!(answer.status, 200);
}
