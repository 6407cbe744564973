//! Who may in: keys, hosts and origins; and the headers that keep a browser from doing more than it should.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::Ordering;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use subtle::ConstantTimeEq;

use super::answer::refusal;
use super::error::Refused;
use super::identity::Role;
use super::routes::App;

/// The keys of a workshop.
pub(super) struct Keys {
    /// `None` where nobody may edit.
    pub edit: Option<String>,
    pub view: String,
}

impl Keys {
    /// New random keys of 128 bits each.
    pub fn random(with_edit: super::Rights) -> std::io::Result<Self> {
        Ok(Self {
            edit: match with_edit {
                super::Rights::Edit => Some(random_text()?),
                super::Rights::View => None,
            },
            view: random_text()?,
        })
    }

    /// Those that were kept.
    pub fn of(kept: &super::saved_links::SavedLinks) -> Self {
        Self {
            edit: Some(kept.edit.clone()),
            view: kept.view.clone(),
        }
    }

    /// What the key allows. Takes the same time for every key of the right length.
    pub fn role(&self, key: &str) -> Option<Role> {
        let same = |other: &str| bool::from(key.as_bytes().ct_eq(other.as_bytes()));
        let (edits, views) = (self.edit.as_deref().is_some_and(same), same(&self.view));
        match (edits, views) {
            (true, _) => Some(Role::Edit),
            (false, true) => Some(Role::View),
            (false, false) => None,
        }
    }
}

/// 128 random bits in hexadecimal digits.
pub(super) fn random_text() -> std::io::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The hosts that the server answers for.
pub(super) struct Hosts {
    pub bound: SocketAddr,
    /// Names that were given: of this machine, or of a proxy before it.
    pub names: Vec<String>,
}

impl Hosts {
    /// Whether a `Host` is one of ours. A name that is none of those given is refused even if it leads here: that is how a page
    /// elsewhere would get a browser to talk to us (DNS rebinding). An address is not a name that anybody can point elsewhere.
    pub fn knows(&self, host: &str) -> bool {
        let (name, port) = split(host);
        if self.names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return true;
        }
        let is_ours = port.unwrap_or(80) == self.bound.port();
        match name.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => {
                is_ours && (address.is_loopback() || !self.bound.ip().is_loopback() || address == self.bound.ip())
            }
            Err(_) => is_ours && name.eq_ignore_ascii_case("localhost"),
        }
    }
}

/// Name and port of a `Host`.
fn split(host: &str) -> (&str, Option<u16>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && (name.ends_with(']') || !name.contains(':')) => {
            (name, port.parse().ok())
        }
        _ => (host, None),
    }
}

/// The content security policy of everything that is no download: our own files and nothing else, nothing inline, in no frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
     font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Lets a request through, or says why not; every answer gets the headers.
pub(super) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let mut response = match admitted(&app, &request) {
        Ok(role) => {
            if let Some(role) = role {
                app.is_used.store(true, Ordering::Relaxed);
                request.extensions_mut().insert(role);
            }
            next.run(request).await
        }
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

/// What the sender may do; `None` for the page's own files, which everybody may have.
fn admitted(app: &App, request: &Request) -> Result<Option<Role>, Refused> {
    let headers = request.headers();
    // RFC 9112, 3.2: which of several is meant cannot be known.
    if headers.get_all(header::HOST).iter().count() > 1 {
        let why = "a request has one `Host`, and this has several";
        return Err(Refused::new(400, "unreadable", why));
    }
    let host = text(headers, &header::HOST).unwrap_or_default();
    if !app.hosts.knows(host) {
        let why = "this server does not answer for that host name; start it with --host NAME if it should";
        return Err(Refused::new(421, "host", why));
    }
    let path = request.uri().path();
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
    if !path.starts_with("/api/") && is_read {
        return Ok(None);
    }
    let key = key_of(request).unwrap_or_default();
    let wrong = "the key of this link is not right: ask for the link again";
    let role = app.keys.role(&key).ok_or_else(|| Refused::new(403, "key", wrong))?;
    if !is_read && role == Role::View && path != "/api/presence" {
        return Err(Refused::new(403, "view-only", "this link is only for viewing"));
    }
    Ok(Some(role))
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
    super::routes::asked(request.uri().query().unwrap_or_default(), "key")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(bound: &str, names: &[&str]) -> Hosts {
        Hosts {
            bound: bound.parse().unwrap(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn a_name_that_was_not_given_is_not_ours() {
        let own = hosts("127.0.0.1:8080", &[]);
        for host in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
            assert!(own.knows(host), "{host}");
        }
        for host in [
            "",
            "evil.example:8080",
            "127.0.0.1",
            "127.0.0.1:81",
            "localhost",
            "localhost.evil.example:8080",
            "192.168.1.7:8080",
            "127.0.0.1.nip.io:8080",
            "127.0.0.1:8080@evil.example",
            ":8080",
            "::1",
        ] {
            assert!(!own.knows(host), "{host}");
        }
        let wide = hosts("0.0.0.0:8080", &["map.example.org"]);
        for host in [
            "192.168.1.7:8080",
            "map.example.org",
            "MAP.example.org:443",
            "[fe80::1]:8080",
            "localhost:8080",
        ] {
            assert!(wide.knows(host), "{host}");
        }
        for host in ["evil.example:8080", "192.168.1.7", "map.example.org.evil.example"] {
            assert!(!wide.knows(host), "{host}");
        }
    }

    #[test]
    fn only_a_whole_key_is_a_key() {
        let keys = Keys::random(super::super::Rights::Edit).unwrap();
        let edit = keys.edit.clone().unwrap();
        assert_eq!(keys.role(&edit), Some(Role::Edit));
        assert_eq!(keys.role(&keys.view), Some(Role::View));
        assert_ne!(edit, keys.view);
        assert_eq!(edit.len(), 32);
        for wrong in [
            "",
            &edit[..31],
            &format!("{edit}0"),
            &edit.to_uppercase().replace('0', "1"),
        ] {
            assert_eq!(keys.role(wrong), None, "{wrong}");
        }
        let only = Keys::random(super::super::Rights::View).unwrap();
        assert_eq!((only.role(""), only.role(&only.view)), (None, Some(Role::View)));
    }
}
