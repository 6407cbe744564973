//! Parts of a stream that never ends, each as it is and packed: packed once, and sent to everybody who unpacks.
//!
//! A packed stream is one member of gzip (RFC 1952) whose blocks (RFC 1951) are made one part at a time. No part refers to an earlier
//! one and each ends on a whole byte, so parts can be put together in any order, and each can be read as soon as it has come.
//! Packing gives away nothing: what only one listener may know is in parts of its own, which are stored as they are.

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use flate2::{Compress, Compression, FlushCompress, Status};

/// What begins a packed stream: no name, no time, no system.
const HEAD: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// The most that a stored block holds.
const STORED: usize = 0xffff;
/// Shorter parts are not worth packing, in bytes.
const SHORT: usize = 256;
/// Packing must not keep the news waiting: higher levels save a tenth and take four times as long.
const LEVEL: u32 = 2;

/// How a listener takes its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// As it is.
    Plain,
    /// Packed.
    Gzip,
}

impl Coding {
    /// What a request with these headers asks for (RFC 9110, 12.5.3).
    pub fn asked(headers: &HeaderMap) -> Self {
        let all = headers.get_all(header::ACCEPT_ENCODING).iter();
        let is_gzip = all
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|one| {
                let mut parts = one.split(';').map(str::trim);
                let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
                let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f64>().ok());
                is_gzip && weight.is_none_or(|weight| weight > 0.0)
            });
        if is_gzip { Self::Gzip } else { Self::Plain }
    }

    /// What such a stream begins with.
    pub fn head(self) -> Option<Bytes> {
        (self == Self::Gzip).then(|| Bytes::from_static(HEAD))
    }

    /// A part that only one listener gets.
    pub fn alone(self, plain: Bytes) -> Bytes {
        match self {
            Self::Plain => plain,
            Self::Gzip => stored(&plain).into(),
        }
    }

    /// A part for many, as it is sent.
    pub fn shared(self, plain: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Plain => plain,
            Self::Gzip => packed(&plain),
        }
    }
}

/// A part for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    plain: Bytes,
    packed: Bytes,
}

impl Part {
    pub fn new(plain: Vec<u8>) -> Self {
        let packed = packed(&plain).into();
        Self {
            plain: plain.into(),
            packed,
        }
    }

    /// How it is sent.
    pub fn coded(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Plain => self.plain.clone(),
            Coding::Gzip => self.packed.clone(),
        }
    }

    /// How many bytes are held for it.
    pub fn held(&self) -> usize {
        self.plain.len() + self.packed.len()
    }

    /// How many bytes a browser gets of it.
    pub fn sent(&self) -> usize {
        self.packed.len()
    }
}

/// Blocks that hold bytes as they are.
fn stored(plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() + 5 * (1 + plain.len() / STORED));
    for block in plain.chunks(STORED) {
        let length = block.len() as u16;
        out.push(0);
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    out
}

/// Blocks that hold them in less.
fn packed(plain: &[u8]) -> Vec<u8> {
    if plain.len() < SHORT {
        return stored(plain);
    }
    let mut packer = Compress::new(Compression::new(LEVEL), false);
    let mut out = Vec::with_capacity(plain.len() / 4 + 64);
    loop {
        let taken = usize::try_from(packer.total_in()).unwrap_or(usize::MAX);
        let rest = plain.get(taken..).unwrap_or_default();
        match packer.compress_vec(rest, &mut out, FlushCompress::Sync) {
            Ok(Status::Ok) if out.len() == out.capacity() => out.reserve(out.len().max(64)),
            // All is taken and nothing waits; that nothing was to be done says the same.
            Ok(Status::Ok | Status::BufError) => break,
            Ok(Status::StreamEnd) | Err(_) => return stored(plain),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use axum::http::HeaderValue;
    use flate2::read::GzDecoder;

    use super::*;

    /// What a reader has as soon as these bytes have come.
    fn read(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        // The stream goes on: its end is missing.
        let _ = GzDecoder::new(bytes).read_to_end(&mut out);
        out
    }

    #[test]
    fn parts_in_any_order_are_read_as_soon_as_they_come() {
        let mut noise = 1_u32;
        let mut random = || {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as u8
        };
        let parts: Vec<Vec<u8>> = vec![
            b"event: beat\ndata: {}\n\n".to_vec(),
            b"M250 212c12 0 ".repeat(20_000),
            (0..200_000).map(|_| random()).collect(),
            vec![b'x'; STORED],
            vec![b'y'; SHORT],
            Vec::new(),
        ];
        for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [1, 1, 0, 2, 1, 3]] {
            let (mut sent, mut expected) = (Coding::Gzip.head().unwrap().to_vec(), Vec::new());
            for at in order {
                sent.extend_from_slice(&Part::new(parts[at].clone()).coded(Coding::Gzip));
                sent.extend_from_slice(&Coding::Gzip.alone(parts[at].clone().into()));
                expected.extend_from_slice(&parts[at]);
                expected.extend_from_slice(&parts[at]);
                assert!(read(&sent) == expected, "{order:?} at {at}");
            }
        }
        let repeated = Part::new(parts[1].clone());
        assert!(repeated.sent() * 20 < parts[1].len(), "{}", repeated.sent());
        assert_eq!(repeated.coded(Coding::Plain), parts[1]);
        let noisy = Part::new(parts[2].clone());
        assert!(noisy.sent() < parts[2].len() + 1_000, "{}", noisy.sent());
    }

    #[test]
    fn who_does_not_unpack_gets_it_as_it_is() {
        let asked = |accepts| {
            let value = HeaderValue::from_static(accepts);
            Coding::asked(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, value)]))
        };
        for accepts in ["gzip", "br, gzip", "deflate;q=0.5, GZIP;q=0.1"] {
            assert_eq!(asked(accepts), Coding::Gzip, "{accepts}");
        }
        for accepts in ["", "br", "gzip;q=0", "gzip; q=0.0", "xgzip"] {
            assert_eq!(asked(accepts), Coding::Plain, "{accepts}");
        }
        assert_eq!(Coding::asked(&HeaderMap::new()), Coding::Plain);
    }
}
