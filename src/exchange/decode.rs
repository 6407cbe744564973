//! Bytes as text, whatever the tool that wrote them took for text.

use std::borrow::Cow;

use super::Error;
use crate::map::written::{utf16, windows_1252};

/// The most that is read of one file, in bytes: a hundred times the largest model that we have seen.
const MAX_BYTES: usize = 256 << 20;

/// Text, and what had to be decided to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    /// How the bytes were taken, where they are no UTF-8 or not what they say.
    pub(super) note: Option<String>,
}

/// Where a file says in which encoding it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    /// In an XML declaration.
    ByXml,
    /// In the attribute `charset` of a graph (graphviz.org/docs/attrs/charset).
    ByCharset,
    /// Nowhere.
    Nowhere,
}

/// The names of encodings of which Windows-1252 is read in their place: its characters where they have only controls.
const WESTERN: &[&str] = &[
    "iso-8859-1",
    "iso_8859-1",
    "iso8859-1",
    "iso-ir-100",
    "latin1",
    "latin-1",
    "l1",
    "windows-1252",
    "cp1252",
    "ansi",
];
/// Those that say no more than that a text is one: some programs write `utf-16` over UTF-8.
const UNICODE: &[&str] = &["utf-8", "utf8", "us-ascii", "ascii", "utf-16"];
/// How the names of encodings begin in which plain letters may stand for others.
const SHIFTED: &[&str] = &["iso-2022", "hz", "utf-7"];

/// The bytes as text, without a byte order mark: UTF-8, UTF-16 with its mark, or Windows-1252 (of which ISO-8859-1 is a
/// part as far as text goes) where the file says so or where they can be nothing else.
pub(super) fn decode(bytes: &[u8], declared: Declared) -> Result<Decoded<'_>, Error> {
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
    if let Some(text) = utf16(bytes) {
        let text = text.ok_or_else(|| not_text("damaged UTF-16", "save it again as UTF-8"))?;
        return Ok(Decoded {
            text: Cow::Owned(text),
            note: None,
        });
    }
    let marked = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let bytes = marked.unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(not_text("binary", "save it as text in UTF-8"));
    }
    let name = match declared {
        Declared::ByXml => by_xml(bytes),
        Declared::ByCharset => by_charset(bytes),
        Declared::Nowhere => None,
    };
    let is_western = name.as_deref().is_some_and(|name| WESTERN.contains(&name));
    if let Some(name) = &name
        && !is_western
        && !UNICODE.contains(&name.as_str())
        && (!bytes.is_ascii() || SHIFTED.iter().any(|start| name.starts_with(start)))
    {
        return Err(Error::UnknownEncoding { name: name.clone() });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => {
            // What is UTF-8 throughout, with characters of several bytes, is no Latin-1.
            let note = (is_western && !text.is_ascii()).then(|| {
                let name = name.unwrap_or_default();
                format!("read as UTF-8, which it is, although the file says `{name}`")
            });
            let text = Cow::Borrowed(text);
            return Ok(Decoded { text, note });
        }
        Err(error) => error,
    };
    let damaged = marked.is_some() || bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    match windows_1252(bytes) {
        Some(text) if is_western => Ok(Decoded {
            text: text.into(),
            note: Some(format!("read as `{}`, as the file says", name.unwrap_or_default())),
        }),
        Some(text) if !damaged => Ok(Decoded {
            text: text.into(),
            note: Some("read as Windows-1252, as it is not UTF-8".to_owned()),
        }),
        _ => {
            let (good, bad) = bytes.split_at(error.valid_up_to());
            Err(Error::Encoding {
                line: good.iter().filter(|b| **b == b'\n').count() + 1,
                byte: bad.first().copied().unwrap_or(0),
            })
        }
    }
}

/// The encoding that the attribute `charset` of a graph names, in lower case.
fn by_charset(bytes: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"charset";
    let mut rest = bytes;
    while let Some(at) = rest.windows(NAME.len()).position(|seven| seven == NAME) {
        rest = &rest[at + NAME.len()..];
        let value = rest.trim_ascii_start();
        if let Some(value) = value.strip_prefix(b"=") {
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").unwrap_or(value);
            let end = value
                .iter()
                .position(|b| !b.is_ascii_alphanumeric() && !b"-_.".contains(b));
            let name = &value[..end.unwrap_or(value.len()).min(40)];
            return Some(String::from_utf8_lossy(name).to_ascii_lowercase());
        }
    }
    None
}

/// The encoding that an XML declaration names, in lower case.
fn by_xml(bytes: &[u8]) -> Option<String> {
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

    fn text(bytes: &[u8], declared: Declared) -> Result<(String, bool), Error> {
        decode(bytes, declared).map(|decoded| (decoded.text.into_owned(), decoded.note.is_some()))
    }

    #[test]
    fn encodings_are_read_or_named() {
        let plain = |text: &str| Ok((text.to_owned(), false));
        let told = |text: &str| Ok((text.to_owned(), true));
        assert_eq!(text(b"\xEF\xBB\xBFa", Declared::ByXml), plain("a"));
        assert_eq!(text(b"\xFF\xFEa\0", Declared::ByXml), plain("a"));
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?>\xE9\x93";
        assert!(text(latin, Declared::ByXml).unwrap().0.ends_with("é“"));
        assert_eq!(
            text(b"graph{charset=latin1 \xE9}", Declared::ByCharset),
            told("graph{charset=latin1 é}")
        );
        assert_eq!(
            text(b"charset = \"UTF-8\" \xE9", Declared::ByCharset),
            told("charset = \"UTF-8\" é")
        );
        assert_eq!(
            text("charset=l1 é".as_bytes(), Declared::ByCharset),
            told("charset=l1 é")
        );
        assert_eq!(text(b"a\nb\xE9", Declared::Nowhere), told("a\nbé"));
        let other = |name: &str| Err(Error::UnknownEncoding { name: name.to_owned() });
        assert_eq!(
            text(
                b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x93</a>",
                Declared::ByXml
            ),
            other("shift_jis")
        );
        assert_eq!(text(b"graph{charset=big5 \xA4}", Declared::ByCharset), other("big5"));
        let damaged = |line, byte| Err(Error::Encoding { line, byte });
        assert_eq!(text(b"a\nb\x81", Declared::Nowhere), damaged(2, 0x81));
        assert_eq!(text(b"caf\xC3\xA9 \xE9", Declared::Nowhere), damaged(1, 0xE9));
        for bytes in [b"a\0".as_slice(), b"\xFF\xFEa", b"PK\x03\x04"] {
            assert!(decode(bytes, Declared::Nowhere).is_err());
        }
    }

    #[test]
    fn a_place_counts_characters_and_survives_any_byte() {
        assert_eq!(place("é\nxé", 5), (2, 2));
        assert_eq!(place("é\nxé", 6), (2, 3));
        assert_eq!(place("é", 1), (1, 1));
        assert_eq!(place("a", 99), (1, 2));
    }
}
