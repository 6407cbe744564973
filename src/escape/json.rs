//! JSON whose text can be printed.

use std::borrow::Cow;
use std::fmt::Write;

use serde::Serialize;

use super::unseen::{breaks, is_hidden, turns};

/// What the reader of JSON says of a text, without the place (` at line 1 column 0`) that it adds: whoever tells it knows the place,
/// and says it once.
pub fn reason(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// A value as a JSON file that can be printed: the fields in the order of the type, two spaces a level, a final line break.
/// The value holds texts, numbers and lists of them alone, which JSON can hold; one that it cannot hold gives an empty file.
pub fn pretty(value: &impl Serialize) -> String {
    let mut json = printable(serde_json::to_string_pretty(value).unwrap_or_default());
    json.push('\n');
    json
}

/// The same with the fields of every object in the order of the alphabet, as the answers for programs have them: a field
/// keeps its place whatever comes to stand before it in a type.
pub fn document(value: &impl Serialize) -> String {
    pretty(&serde_json::to_value(value).unwrap_or_default())
}

/// A finished JSON text with everything that is not seen, and what a build server would take for a command, written by its
/// number, as `\u202e`; C0 controls were written so already. It says the same: outside its strings JSON has none of these.
pub fn printable(json: String) -> String {
    match printed(&json) {
        Cow::Owned(changed) => changed,
        Cow::Borrowed(_) => json,
    }
}

fn printed(json: &str) -> Cow<'_, str> {
    let is_odd = |c: char| (c.is_control() && c > '\u{1f}') || turns(c) || breaks(c) || is_hidden(c);
    if json.bytes().all(|b| b < 0x7f) && !json.contains("##") {
        return Cow::Borrowed(json);
    }
    let mut out = String::new();
    let mut done = 0;
    for (at, c) in json.char_indices() {
        // The sign before the bracket of `##[` and `##vso[`.
        let commands = c == '[' && {
            let before = &json.as_bytes()[..at];
            before.ends_with(b"##") || (at >= 5 && before[at - 5..].eq_ignore_ascii_case(b"##vso"))
        };
        if !commands && !is_odd(c) {
            continue;
        }
        out.push_str(&json[done..at]);
        done = at + c.len_utf8();
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    if done == 0 {
        return Cow::Borrowed(json);
    }
    out.push_str(&json[done..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_the_same_and_can_be_printed() {
        let text = "é\u{9b}\u{202e}\u{7f}\u{1b}\u{e0041}\u{2028} ##[error] ##vso[x] [##] 👨\u{200d}👩";
        let json = serde_json::to_string(&[text]).unwrap();
        let shown = printable(json);
        assert_eq!(
            shown,
            "[\"é\\u009b\\u202e\\u007f\\u001b\\udb40\\udc41\\u2028 ##\\u005berror] ##vso\\u005bx] [##] 👨\u{200d}👩\"]"
        );
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).unwrap(), [text]);
        assert_eq!(printable("[\"a\"]".to_owned()), "[\"a\"]");
    }
}
