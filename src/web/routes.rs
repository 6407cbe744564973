//! What can be asked of the server: one table of all routes, and the router that is made of it.

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, Method};
use axum::middleware;
use axum::routing::{MethodRouter, get, post};

use super::answer::{content, refusal};
use super::app::App;
use super::error::Refused;
use super::folder::{self, Folder};
use super::front::Front;
use super::guard::guard;
use super::{beside, export, handlers, link, listeners, measured, page, tables, views, what_if};

/// Who may send a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Everybody who has either link.
    Viewers,
    /// Who has the link that edits.
    Editors,
}

/// What a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// A map.
    Map,
    /// The folder that maps are in.
    Folder,
}

/// What a listener serves.
#[derive(Clone)]
pub(super) enum Serves {
    /// One map.
    Map(App),
    /// The maps of a folder, each opened when somebody asks for it.
    Folder(Arc<Folder>),
}

impl Serves {
    pub fn front(&self) -> &Front {
        match self {
            Self::Map(app) => &app.front,
            Self::Folder(folder) => folder.front(),
        }
    }
}

/// One thing that can be asked.
pub(super) struct Route {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    pub about: About,
    handler: fn() -> MethodRouter,
}

/// Makes a table: what all of it is about; method, path, who may, what answers.
macro_rules! routes {
    ($about:ident: $($method:ident $path:literal $who:ident $handler:path),* $(,)?) => {
        &[$(Route {
            method: routes!(@method $method),
            path: $path,
            who: Who::$who,
            about: About::$about,
            handler: || $method($handler),
        }),*]
    };
    (@method get) => { Method::GET };
    (@method post) => { Method::POST };
}

/// Everything that can be asked of a map but the page's own files, which everybody may have.
pub(super) static ROUTES: &[Route] = routes![Map:
    get  "/api/events"          Viewers listeners::events,
    post "/api/edits"           Editors handlers::edits,
    post "/api/undo"            Editors handlers::undo,
    post "/api/redo"            Editors handlers::redo,
    post "/api/return"          Editors handlers::go_back,
    get  "/api/history"         Viewers handlers::history,
    get  "/api/map"             Viewers handlers::map,
    post "/api/presence"        Viewers handlers::presence,
    post "/api/table"           Editors tables::read,
    post "/api/tidy"            Editors handlers::tidy,
    post "/api/board"           Editors beside::board,
    post "/api/lead"            Editors beside::lead,
    post "/api/file"            Editors handlers::settle,
    post "/api/measurements"    Editors measured::hand_in,
    get  "/api/status"          Viewers measured::status,
    get  "/api/chart"           Viewers measured::picture,
    get  "/api/findings"        Viewers handlers::found,
    get  "/api/explain"         Viewers handlers::explain,
    get  "/api/what-if"         Viewers what_if::ask,
    post "/api/close"           Editors handlers::close,
    get  "/api/qr"              Viewers link::qr,
    get  "/api/view"            Viewers views::view,
    get  "/api/export"          Viewers export::formats,
    get  "/api/export/{format}" Viewers export::export,
];

/// What can be asked of a folder besides.
pub(super) static ROUTES_OF_FOLDERS: &[Route] = routes![Folder:
    get  "/api/folder"           Viewers folder::events,
    post "/api/folder/new"       Editors folder::new_map,
    get  "/api/folder/dashboard" Viewers folder::dashboard,
];

impl Route {
    /// The route of a request, by the path that it matched; `HEAD` is a `GET` without the answer's body.
    pub fn of(method: &Method, path: &str) -> Option<&'static Route> {
        let method = match *method {
            Method::HEAD => &Method::GET,
            ref other => other,
        };
        ROUTES
            .iter()
            .chain(ROUTES_OF_FOLDERS)
            .find(|route| route.method == *method && route.path == path)
    }
}

pub(super) fn router(serves: Serves) -> Router {
    let of_folders: &[Route] = match &serves {
        Serves::Map(_) => &[],
        Serves::Folder(_) => ROUTES_OF_FOLDERS,
    };
    let mut router = Router::new();
    for route in ROUTES.iter().chain(of_folders) {
        router = router.route(route.path, (route.handler)());
    }
    let files: Vec<page::PageFile> = match &serves {
        Serves::Map(_) => page::files().copied().collect(),
        Serves::Folder(_) => page::files_of_folders().collect(),
    };
    for (path, kind, body) in files {
        let sent = page::Sent::new(path, kind, body);
        let serve = move |headers: HeaderMap| async move { sent.to(&headers) };
        router = router.route(path, get(serve));
    }
    let description = || async { content("application/json", page::DESCRIPTION.as_str()) };
    router = router.route("/description.json", get(description));
    router = router.route(
        "/templates.json",
        get(|| async { content("application/json", page::TEMPLATES.as_str()) }),
    );
    router = router.route(
        "/sets.json",
        get(|| async { content("application/json", page::SETS.as_str()) }),
    );
    for template in page::templates() {
        let serve = move || async move { content("application/json", template.json) };
        router = router.route(&format!("/templates/{}.json", template.name), get(serve));
    }
    let unknown = || async { refusal(&Refused::new(404, "unknown", "there is nothing at this address")) };
    router
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(middleware::from_fn_with_state(serves, guard))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};

    use super::super::{Options, Workshop};
    use super::*;

    /// A request to one route, right in everything until something of it is made wrong.
    struct Asked<'r> {
        method: &'r str,
        path: String,
        host: String,
        key: Option<&'r str>,
        headers: &'r [&'r str],
    }

    impl Asked<'_> {
        /// The status and the code of the refusal.
        fn status(&self, address: SocketAddr) -> (u16, String) {
            let mut stream = TcpStream::connect(address).unwrap();
            let Self { method, path, host, .. } = self;
            let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
            if let Some(key) = self.key {
                text += &format!("Authorization: Bearer {key}\r\n");
            }
            if !self.headers.is_empty() {
                text += &(self.headers.join("\r\n") + "\r\n");
            }
            let body = if *method == "POST" { "{}" } else { "" };
            text += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
            stream.write_all(text.as_bytes()).unwrap();
            let mut answer = Vec::new();
            // A stream of events goes on: its head is enough.
            let mut part = [0; 4096];
            while !answer.windows(4).any(|four| four == b"\r\n\r\n") || !is_whole(&answer) {
                match stream.read(&mut part).unwrap() {
                    0 => break,
                    read => answer.extend_from_slice(&part[..read]),
                }
            }
            let answer = String::from_utf8_lossy(&answer).into_owned();
            let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            let refused = serde_json::from_str::<serde_json::Value>(body).unwrap_or_default();
            (status, refused["code"].as_str().unwrap_or_default().to_owned())
        }
    }

    /// Whether an answer that says how long it is has come in whole; of others the head is enough.
    fn is_whole(answer: &[u8]) -> bool {
        let text = String::from_utf8_lossy(answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            return false;
        };
        let length = head
            .lines()
            .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        length.is_none_or(|length: usize| body.len() >= length)
    }

    fn key(link: &str) -> &str {
        link.split_once("key=").unwrap().1
    }

    #[test]
    fn each_route_refuses_a_wrong_key_host_site_and_method() {
        let folder = tempfile::tempdir().unwrap();
        let workshop = Workshop::start(Options::new(folder.path().join("map.json"))).unwrap();
        let address = workshop.address();
        let (edit, view) = (key(workshop.edit_link().unwrap()), key(workshop.view_link()));
        let json: &[&str] = &["Content-Type: application/json"];
        for route in ROUTES {
            let path = route.path.replace("{format}", "svg");
            let is_post = route.method == Method::POST;
            let name = format!("{} {path}", route.method);
            let right = || Asked {
                method: route.method.as_str(),
                path: path.clone(),
                host: address.to_string(),
                key: Some(edit),
                headers: if is_post { json } else { &[] },
            };
            let refused = |status: u16, code: &str| (status, code.to_owned());
            // Right in everything: answered, or refused for what the body says.
            let answered = right().status(address);
            let asks_for_more =
                matches!(answered.0, 400 | 404) && (is_post || ["/api/explain", "/api/chart"].contains(&route.path));
            assert!(answered.0 == 200 || asks_for_more, "{name}: {answered:?}");
            for wrong in [
                None,
                Some(""),
                Some("0123456789abcdef0123456789abcdef"),
                Some(&edit[..31]),
            ] {
                let asked = Asked { key: wrong, ..right() };
                assert_eq!(
                    asked.status(address),
                    refused(403, "key"),
                    "{name} with the key {wrong:?}"
                );
            }
            let viewing = Asked {
                key: Some(view),
                ..right()
            }
            .status(address);
            match route.who {
                Who::Editors => assert_eq!(viewing, refused(403, "view-only"), "{name}"),
                Who::Viewers => assert_eq!(viewing, answered, "{name}"),
            }
            let host = format!("evil.example:{}", address.port());
            let asked = Asked { host, ..right() };
            assert_eq!(asked.status(address), refused(421, "host"), "{name}");
            // Another method is nothing that can be asked.
            for method in ["PUT", "DELETE", "PATCH", if is_post { "GET" } else { "POST" }] {
                let headers = if method == "GET" { &[] } else { json };
                let asked = Asked {
                    method,
                    headers,
                    ..right()
                };
                assert_eq!(
                    asked.status(address),
                    refused(404, "unknown"),
                    "{method} instead of {name}"
                );
            }
            if is_post {
                let foreign = ["Content-Type: application/json", "Origin: http://evil.example"];
                let asked = Asked {
                    headers: &foreign,
                    ..right()
                };
                assert_eq!(asked.status(address), refused(403, "origin"), "{name}");
                let form = ["Content-Type: application/x-www-form-urlencoded"];
                let asked = Asked {
                    headers: &form,
                    ..right()
                };
                assert_eq!(asked.status(address), refused(415, "content-type"), "{name}");
            }
        }
        workshop.stop();
    }

    #[test]
    fn each_route_is_in_the_protocol_once() {
        let page = include_str!("../../docs/workshop-protocol.md");
        for (at, route) in ROUTES.iter().enumerate() {
            let path = route.path.replace("{format}", "svg");
            let named = format!("{} {path}", route.method);
            assert!(page.contains(&named), "{named} is not in docs/workshop-protocol.md");
            let again = ROUTES[at + 1..].iter().find(|other| other.path == route.path);
            assert!(again.is_none(), "{named} is in the table twice");
            assert_eq!(
                Route::of(&route.method, route.path).map(|found| found.who),
                Some(route.who)
            );
            assert_eq!(
                Route::of(&Method::HEAD, route.path).is_some(),
                route.method == Method::GET
            );
        }
    }
}
