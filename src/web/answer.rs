//! Answers: JSON, refusals in plain words, and files to keep.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;

use super::error::Refused;
use super::wire;

/// A refusal with its status.
pub(super) fn refusal(refused: &Refused) -> Response {
    let mut response = value(&wire::Refusal {
        code: refused.code,
        refused: &refused.why,
    });
    *response.status_mut() = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// A refusal in words, for people who see it as a page.
pub(super) fn words(refused: &Refused) -> Response {
    let mut letters = refused.why.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let mut response = content("text/plain; charset=utf-8", format!("{first}{}.\n", letters.as_str()));
    *response.status_mut() = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// A value as JSON.
pub(super) fn value(value: &impl Serialize) -> Response {
    content("application/json", serde_json::to_string(value).unwrap_or_default())
}

/// A body of that media type.
pub(super) fn content(kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A file to keep, which no browser shows as a page of ours.
pub(super) fn download(kind: &'static str, name: &str, body: impl Into<Body>) -> Response {
    let mut response = content(kind, body);
    let headers = response.headers_mut();
    let name = format!("attachment; filename=\"{name}\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    response
}

/// The answer, or the refusal.
pub(super) fn either(answer: Result<Response, Refused>) -> Response {
    answer.unwrap_or_else(|refused| refusal(&refused))
}
