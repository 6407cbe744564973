//! Bytes as text, whatever the tool that wrote them took for text.

use std::borrow::Cow;

use super::Error;

/// The most that is read of one file, in bytes: a hundred times the largest model that we have seen.
const MAX_BYTES: usize = 256 << 20;

/// The bytes as text, without a byte order mark: UTF-8, UTF-16 with its mark, or ISO-8859-1 where an XML declaration
/// says so.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    let not_text = |what, help| Error::NotText { what, help };
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooMany {
            what: "bytes",
            limit: MAX_BYTES,
        });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(not_text("a workbook or an archive", "unpack it, or save it as text"));
    }
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|two| pair([two[0], two[1]]));
        match char::decode_utf16(units).collect::<Result<String, _>>() {
            Ok(text) if bytes.len().is_multiple_of(2) => Ok(Cow::Owned(text)),
            _ => Err(not_text("damaged UTF-16", "save it again as UTF-8")),
        }
    };
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return wide(u16::from_le_bytes);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return wide(u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(not_text("binary", "save it as text in UTF-8"));
    }
    match declared(bytes) {
        Some(name) if ["iso-8859-1", "latin1", "latin-1"].contains(&name.as_str()) => {
            return Ok(bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into());
        }
        Some(name) if !["utf-8", "utf8", "us-ascii", "ascii"].contains(&name.as_str()) => {
            return Err(Error::UnknownEncoding { name });
        }
        _ => {}
    }
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let (good, bad) = bytes.split_at(error.valid_up_to());
        Error::Encoding {
            line: good.iter().filter(|b| **b == b'\n').count() + 1,
            byte: bad.first().copied().unwrap_or(0),
        }
    })
}

/// The encoding that an XML declaration names, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(200)];
    let head = head.strip_prefix(b"<?xml")?;
    let head = String::from_utf8_lossy(&head[..head.windows(2).position(|two| two == b"?>")?]).into_owned();
    let value = head
        .split_once("encoding")?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = value.chars().next()?;
    let (name, _) = value.get(1..)?.split_once(quote)?;
    Some(name.to_ascii_lowercase())
}

/// Line and column of a byte of a text, counted from 1; columns are characters.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_read_or_named() {
        assert_eq!(decode(b"\xEF\xBB\xBFa").unwrap(), "a");
        assert_eq!(decode(b"\xFF\xFEa\0").unwrap(), "a");
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
        assert!(decode(latin).unwrap().ends_with("<a>é</a>"));
        let other = decode(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>").unwrap_err();
        assert_eq!(
            other,
            Error::UnknownEncoding {
                name: "shift_jis".into()
            }
        );
        assert_eq!(
            decode(b"a\nb\xE9").unwrap_err(),
            Error::Encoding { line: 2, byte: 0xE9 }
        );
        assert!(decode(b"a\0").is_err() && decode(b"\xFF\xFEa").is_err() && decode(b"PK\x03\x04").is_err());
    }

    #[test]
    fn a_place_counts_characters_and_survives_any_byte() {
        assert_eq!(place("é\nxé", 5), (2, 2));
        assert_eq!(place("é\nxé", 6), (2, 3));
        assert_eq!(place("é", 1), (1, 1));
        assert_eq!(place("a", 99), (1, 2));
    }
}
