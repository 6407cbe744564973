//! The smallest pieces of JSON text: escapes, numbers, and texts cut short for messages.

/// How many bytes the escape at the beginning takes, or how many characters of it to show where it is none.
pub(super) fn escape(bytes: &[u8]) -> Result<usize, usize> {
    let unit = |at: usize| -> Option<u32> {
        if bytes.get(at..at + 2)? != b"\\u" {
            return None;
        }
        let digits = bytes.get(at + 2..at + 6)?;
        digits
            .iter()
            .try_fold(0, |sum, b| Some(sum * 16 + char::from(*b).to_digit(16)?))
    };
    match bytes.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => match unit(0) {
            Some(0xd800..=0xdbff) if matches!(unit(6), Some(0xdc00..=0xdfff)) => Ok(12),
            None | Some(0xd800..=0xdfff) => Err(6),
            Some(_) => Ok(6),
        },
        _ => Err(2),
    }
}

/// Whether `word` is a number by RFC 8259 §6.
pub(super) fn is_number(word: &str) -> bool {
    let bytes = word.as_bytes();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let digits = |from: usize| {
        bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let whole = digits(at);
    if whole == 0 || (whole > 1 && bytes[at] == b'0') {
        return false;
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return false;
        }
        at += 1 + fraction;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        let exponent = digits(at);
        if exponent == 0 {
            return false;
        }
        at += exponent;
    }
    at == bytes.len()
}

/// After a line break inside a text: whether the next line goes on with the text, or begins something else.
pub(super) fn text_goes_on(bytes: &[u8]) -> bool {
    // Further than this nobody looks for the rest of a text; the limit keeps the search linear.
    let next = bytes.iter().take(200).find(|b| !b.is_ascii_whitespace());
    next.is_some_and(|b| !matches!(b, b'"' | b'{' | b'}' | b'[' | b']'))
}

/// The text, cut to what a message can hold.
pub(super) fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
