//! A file of the page on its way to a browser: lean, and packed where the browser unpacks it.

use std::io::Write;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::lean::lean;
use crate::web::answer::content;
use crate::web::coding::Coding;

/// A file of the page, ready to be sent as often as somebody asks.
#[derive(Clone)]
pub(in crate::web) struct Sent {
    kind: &'static str,
    plain: Bytes,
    packed: Bytes,
}

impl Sent {
    /// The file at an address, of a media type.
    pub fn new(path: &str, kind: &'static str, text: &'static str) -> Self {
        let plain = Bytes::from(lean(path, text));
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Writing to memory does not fail; a file that were not packed is sent as it is.
        let packed = encoder.write_all(&plain).and_then(|()| encoder.finish());
        Self {
            kind,
            packed: packed.map_or_else(|_| Bytes::new(), Bytes::from),
            plain,
        }
    }

    /// The answer to a request with these headers.
    pub fn to(&self, headers: &HeaderMap) -> Response {
        let is_packed = !self.packed.is_empty() && Coding::asked(headers) == Coding::Gzip;
        let body = if is_packed { &self.packed } else { &self.plain };
        let mut response = content(self.kind, body.clone());
        let answer = response.headers_mut();
        answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if is_packed {
            answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::super::files;
    use super::*;

    fn asked(accepts: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepts))])
    }

    #[test]
    fn a_file_is_packed_for_who_unpacks_it() {
        let text: &'static str = "const x = 1;\n";
        let sent = Sent::new("/x.js", "text/javascript", text);
        let answer = sent.to(&asked("gzip"));
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip");
        let answer = sent.to(&asked("br"));
        assert!(!answer.headers().contains_key(header::CONTENT_ENCODING));
        assert_eq!(answer.headers()[header::VARY], "accept-encoding");
        let mut unpacked = String::new();
        let mut reader = flate2::read::GzDecoder::new(&sent.packed[..]);
        std::io::Read::read_to_string(&mut reader, &mut unpacked).unwrap();
        assert_eq!(unpacked, "const x=1;\n");
    }

    #[test]
    fn all_of_the_page_is_small_where_it_is_packed() {
        let files = files().map(|(path, kind, text)| Sent::new(path, kind, text));
        let (packed, plain) = files.fold((0, 0), |(packed, plain), sent| {
            (packed + sent.packed.len(), plain + sent.plain.len())
        });
        assert!(
            (30_000..140_000).contains(&packed),
            "the page is {packed} bytes: phones load it, too"
        );
        // What is loaded at once and what is loaded later, each at the most that it may be.
        assert!(plain < 330_000, "the page is {plain} bytes where it is not packed");
    }
}
