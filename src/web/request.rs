//! What a request says: its address and its body.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{Uri, header};
use serde::de::DeserializeOwned;

use super::error::Refused;
use super::keys::{Role, is_client, public};

/// The longest body that is read, in bytes.
const BODY: usize = 1 << 20;
/// How long a body may take to come in.
const PATIENCE: Duration = Duration::from_secs(10);

/// The parameters of an address.
#[derive(Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Those of an address, with percent-encoding taken off.
    pub fn of(uri: &Uri) -> Self {
        let pairs = Query::try_from_uri(uri).map(|Query(pairs)| pairs);
        Self(pairs.unwrap_or_default())
    }

    /// The first of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The first of that name, as a whole number.
    pub fn number(&self, name: &str) -> Result<Option<u64>, Refused> {
        let wrong = |_| Refused::unreadable(format!("`{name}` must be a whole number"));
        self.get(name).map(str::parse).transpose().map_err(wrong)
    }
}

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(&parts.uri))
    }
}

/// The JSON of a body.
pub(super) async fn body<T: DeserializeOwned>(request: Request) -> Result<T, Refused> {
    body_up_to(request, BODY).await
}

/// The JSON of a body of at most so many bytes.
pub(super) async fn body_up_to<T: DeserializeOwned>(request: Request, most: usize) -> Result<T, Refused> {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let too_large = || {
        let why = format!("this is more than {} MiB: send it in parts", most >> 20);
        Refused::new(413, "too-large", why)
    };
    if length.is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let read = tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), most)).await;
    let slow = |_| Refused::new(408, "unreadable", "the request took too long to come in");
    let bytes = read.map_err(slow)?.map_err(|_| too_large())?;
    serde_json::from_slice(&bytes).map_err(|error| Refused::unreadable(format!("this is not understood: {error}")))
}

/// What the others know an editor's browser by.
pub(super) fn editor(client: &str) -> Result<String, Refused> {
    is_of_a_client(client).map(|()| public(Role::Edit, client))
}

/// Refuses what cannot be the id of a browser.
pub(super) fn is_of_a_client(text: &str) -> Result<(), Refused> {
    match is_client(text) {
        true => Ok(()),
        false => Err(Refused::unreadable("`client` must be 8 to 64 of A-Z, a-z, 0-9 and -")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(query: &str) -> Parameters {
        Parameters::of(&format!("/api/map?{query}").parse().unwrap())
    }

    #[test]
    fn addresses_are_taken_apart() {
        let there = parameters("key=a%20b+c&rev=12&empty=&key=other");
        assert_eq!(there.get("key"), Some("a b c"));
        assert_eq!(there.number("rev").unwrap(), Some(12));
        assert_eq!(there.get("empty"), Some(""));
        assert_eq!((there.get("none"), there.number("none").unwrap()), (None, None));
        assert_eq!(Parameters::of(&"/api/map".parse().unwrap()).get("key"), None);
    }

    #[test]
    fn what_is_broken_is_no_number_and_no_key() {
        for broken in ["%", "%4", "%zz", "%ff", "", "-1", "1e3", "99999999999999999999"] {
            let refused = parameters(&format!("rev={broken}")).number("rev").unwrap_err();
            assert_eq!((refused.status, refused.code), (400, "unreadable"), "{broken}");
        }
        let key = "0123456789abcdef";
        assert_ne!(parameters(&format!("key={key}%")).get("key"), Some(key));
    }
}
