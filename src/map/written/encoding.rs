//! Bytes as text: UTF-8, UTF-16 with its mark, or the Windows-1252 of older spreadsheets.

use std::borrow::Cow;

/// What the bytes of a text were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16 in either order, with its mark.
    Utf16,
    /// Windows-1252, of which Latin-1 (ISO-8859-1) is a part as far as text goes.
    Windows1252,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotUtf8 {
    /// They hold zero bytes, or UTF-16 that breaks off.
    Binary,
    /// UTF-8 with a byte that it cannot hold, at this place.
    At(usize),
}

/// What Windows-1252 has in the place of the control characters of Latin-1; `\0` where it has nothing.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The bytes as text, without a byte order mark. Bytes that are no UTF-8 are Windows-1252 where each of them is a
/// character of it, and nothing in the rest looks like UTF-8: a file that is UTF-8 but for one byte is damaged, and
/// would be read as rubbish.
///
/// # Errors
/// What the bytes are instead.
pub(crate) fn decode_text(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), NotUtf8> {
    if let Some(text) = utf16(bytes) {
        return match text {
            Some(text) => Ok((Cow::Owned(text), Encoding::Utf16)),
            None => Err(NotUtf8::Binary),
        };
    }
    let marked = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let bytes = marked.unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(NotUtf8::Binary);
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(error) => error,
    };
    match windows_1252(bytes) {
        Some(text) if marked.is_none() && !has_long_utf8(bytes) => Ok((Cow::Owned(text), Encoding::Windows1252)),
        _ => Err(NotUtf8::At(error.valid_up_to())),
    }
}

/// What bytes that begin with the mark of UTF-16 say, in the order of the mark; `None` where they have no such mark, and within it where
/// they break off or are no UTF-16.
pub(crate) fn utf16(bytes: &[u8]) -> Option<Option<String>> {
    let pair = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|two| pair([two[0], two[1]]));
    let text = char::decode_utf16(units).collect::<Result<String, _>>();
    Some(text.ok().filter(|_| bytes.len().is_multiple_of(2)))
}

/// The bytes as Windows-1252; `None` where one of them is no character of it.
pub(crate) fn windows_1252(bytes: &[u8]) -> Option<String> {
    bytes
        .iter()
        .map(|byte| match byte {
            0x80..=0x9F => Some(HIGH[usize::from(byte - 0x80)]).filter(|c| *c != '\0'),
            byte => Some(char::from(*byte)),
        })
        .collect()
}

/// Whether a sequence of several bytes among them is a character of UTF-8.
fn has_long_utf8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_they_are() {
        let read = |bytes: &'static [u8]| decode_text(bytes).map(|(text, encoding)| (text.into_owned(), encoding));
        let is = |text: &str, encoding| Ok((text.to_owned(), encoding));
        assert_eq!(read(b"\xEF\xBB\xBFa"), is("a", Encoding::Utf8));
        assert_eq!(read("café £".as_bytes()), is("café £", Encoding::Utf8));
        assert_eq!(read(b"\xFF\xFEa\0"), is("a", Encoding::Utf16));
        assert_eq!(
            read(b"Caf\xE9 \xA35 \x96 don\x92t"),
            is("Café £5 – don’t", Encoding::Windows1252)
        );
        // Not a character of Windows-1252; UTF-8 with one byte astray; zero bytes; half a UTF-16 unit.
        assert_eq!(read(b"ab\x81"), Err(NotUtf8::At(2)));
        assert_eq!(read("café é\u{fc}".as_bytes()), is("café éü", Encoding::Utf8));
        assert_eq!(read(b"caf\xC3\xA9 \xE9t\xE9"), Err(NotUtf8::At(6)));
        assert_eq!(read(b"a\0b"), Err(NotUtf8::Binary));
        assert_eq!(read(b"\xFF\xFEa"), Err(NotUtf8::Binary));
    }
}
