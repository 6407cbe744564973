//! Who may in: keys, hosts and origins; and the headers that keep a browser from doing more than it should.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Rights;
use super::answer::{refusal, words};
use super::error::Refused;
use super::folder::OpenMap;
use super::front::Front;
use super::keys::Role;
use super::request::Parameters;
use super::routes::{About, Route, Serves, Who};

/// The content security policy of everything that is no download: our own files and nothing else, nothing inline, in no frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
     font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Lets a request through, or says why not; every answer gets the headers.
pub(super) async fn guard(State(serves): State<Serves>, mut request: Request, next: Next) -> Response {
    let mut response = match entered(&serves, &mut request).await {
        // A map stays open at least until its request is answered.
        Ok(_open) => next.run(request).await,
        // What a browser shows as a page is words, not JSON: the page itself comes from an address that is ours.
        Err(refused) if is_page(&request) => words(&refused),
        Err(refused) => refusal(&refused),
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CACHE_CONTROL, "no-store");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    );
    response
}

/// Lets a request in, and gives it what it is about; `None` where that is no map.
async fn entered(serves: &Serves, request: &mut Request) -> Result<Option<Arc<OpenMap>>, Refused> {
    let front = serves.front();
    let Some(mut role) = admitted(front, request)? else {
        return Ok(None);
    };
    front.is_used.store(true, Ordering::Relaxed);
    let mut open = None;
    if let Some(route) = matched(request) {
        match (serves, route.about) {
            (Serves::Map(app), _) => {
                request.extensions_mut().insert(app.clone());
            }
            (Serves::Folder(folder), About::Folder) => {
                request.extensions_mut().insert(folder.clone());
            }
            (Serves::Folder(folder), About::Map) => {
                let parameters = Parameters::of(request.uri());
                let entered = folder.enter(parameters.get("map").unwrap_or_default(), role).await?;
                let app = entered.room.app.clone();
                if app.named.rights == Rights::View {
                    role = Role::View;
                }
                if let (Role::View, Who::Editors) = (role, route.who) {
                    let why = app.named.why_view.as_deref();
                    return Err(Refused::view_only(why.unwrap_or("this link is only for viewing")));
                }
                request.extensions_mut().insert(app);
                open = Some(entered);
            }
        }
    }
    request.extensions_mut().insert(role);
    Ok(open)
}

/// Whether a browser asks for a page to show.
fn is_page(request: &Request) -> bool {
    let accepts = text(request.headers(), &header::ACCEPT).unwrap_or_default();
    *request.method() == Method::GET && accepts.contains("text/html") && !request.uri().path().starts_with("/api/")
}

/// What the sender may do; `None` for the page's own files, which everybody may have.
fn admitted(front: &Front, request: &Request) -> Result<Option<Role>, Refused> {
    let headers = request.headers();
    // RFC 9112, 3.2: which of several is meant cannot be known.
    if headers.get_all(header::HOST).iter().count() > 1 {
        let why = "a request has one `Host`, and this has several";
        return Err(Refused::new(400, "unreadable", why));
    }
    let host = text(headers, &header::HOST).unwrap_or_default();
    if !front.hosts.knows(host) {
        let why = "this workshop does not answer at the address that your browser asked for, such as a forwarded port: start it with \
                   --host and the name in that address, such as --host localhost, or open the link that it printed";
        return Err(Refused::new(421, "host", why));
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read {
        same_site(headers, host)?;
        let kind = text(headers, &header::CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Refused::new(
                415,
                "content-type",
                "send JSON, as `Content-Type: application/json`",
            ));
        }
    }
    let who = match matched(request) {
        Some(route) => route.who,
        None if is_read && !request.uri().path().starts_with("/api/") => return Ok(None),
        None if is_read => Who::Viewers,
        None => Who::Editors,
    };
    let key = key_of(request).unwrap_or_default();
    let wrong = "the key of this link is not right: ask for the link again";
    let role = front.keys.role(&key).ok_or_else(|| Refused::new(403, "key", wrong))?;
    match (who, role) {
        (Who::Editors, Role::View) => Err(Refused::view_only("this link is only for viewing")),
        (Who::Editors, Role::Edit) | (Who::Viewers, _) => Ok(Some(role)),
    }
}

/// The route that a request will be answered by; `None` for the page's own files, and where there is nothing.
fn matched(request: &Request) -> Option<&'static Route> {
    let path = request.extensions().get::<MatchedPath>()?;
    Route::of(request.method(), path.as_str())
}

/// A browser says where a request comes from; only our own page may change anything.
fn same_site(headers: &HeaderMap, host: &str) -> Result<(), Refused> {
    let foreign = || Refused::new(403, "origin", "another site's page may not do this");
    if let Some(origin) = text(headers, &header::ORIGIN) {
        let own = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        if !own.is_some_and(|own| own.eq_ignore_ascii_case(host)) {
            return Err(foreign());
        }
    }
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(foreign()),
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// The key of a request, from its header or its address.
fn key_of(request: &Request) -> Option<String> {
    if let Some(given) = text(request.headers(), &header::AUTHORIZATION) {
        return given.strip_prefix("Bearer ").map(|key| key.trim().to_owned());
    }
    Parameters::of(request.uri()).get("key").map(str::to_owned)
}
