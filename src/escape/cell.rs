//! Text as the cells of spreadsheets and of CSV hold it.
//!
//! Source: ECMA-376 Part 1, 22.9.2.19 (ST_Xstring): a character that cannot stand as it is has its number between `_x` and
//! `_`, in four hexadecimal digits. Workbooks write controls so, and so do programs that make CSV of them.

use std::borrow::Cow;

use super::unseen::turns;

/// Whether the character is written by its number wherever it stands.
fn is_coded(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || turns(c) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The text with each control but white space, and each character that turns the direction of text, by its number; so too
/// what would make a line a command to a build server. [`decoded`] gives the text again.
pub fn coded(text: &str) -> Cow<'_, str> {
    if !text.contains(is_coded)
        && !text.contains('\r')
        && !text.contains("_x")
        && !text.contains("::")
        && !text.contains("##")
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut starts_line = true;
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let command = match c {
            ':' => starts_line && rest.starts_with("::"),
            '[' => {
                let before = &text.as_bytes()[..at];
                before.ends_with(b"##") || (at >= 5 && before[at - 5..].eq_ignore_ascii_case(b"##vso"))
            }
            _ => false,
        };
        // Alone it sets a terminal back to the beginning of the line.
        let alone = c == '\r' && !rest.starts_with("\r\n");
        if is_coded(c) || command || alone {
            out.push_str(&format!("_x{:04X}_", u32::from(c)));
        } else if c == '_' && number(rest).is_some() {
            out.push_str("_x005F_");
        } else {
            out.push(c);
        }
        starts_line = c == '\n' || c == '\r' || (starts_line && c.is_whitespace());
    }
    Cow::Owned(out)
}

/// The text that [`coded`] was given, or that a workbook wrote so. A number that stands for a letter or another sign of its own is
/// left as it is: nobody would have written it.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('_') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match number(from) {
            Some(c) => {
                out.push(c);
                rest = &from[7..];
            }
            None => {
                out.push('_');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character whose number the text begins with, where it is one that is written so.
fn number(text: &str) -> Option<char> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_hex || text.as_bytes().get(6) != Some(&b'_') {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (c.is_control() || turns(c) || matches!(c, '_' | ':' | '[' | '\u{fffe}' | '\u{ffff}')).then_some(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_stand_in_a_cell_has_its_number() {
        for (text, cell) in [
            ("plain", "plain"),
            ("\u{1b}[31m\u{9b}\u{202e}a", "_x001B_[31m_x009B__x202E_a"),
            ("_x001B_ _x0041_ _x", "_x005F_x001B_ _x0041_ _x"),
            ("a\n::error::b", "a\n_x003A_:error::b"),
            ("a\r\nb\rc", "a\r\nb_x000D_c"),
            ("::error::b", "_x003A_:error::b"),
            ("a ##[b ##vso[c [d", "a ##_x005B_b ##vso_x005B_c [d"),
        ] {
            assert_eq!(coded(text), cell);
            assert_eq!(decoded(cell), text);
        }
        // As programs that make CSV of workbooks write it.
        assert_eq!(decoded("two_x000D_\nlines _x0041_"), "two\r\nlines _x0041_");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "[_x001Bb5F:#\\[\r\n\u{1b}\u{202e} é]{0,24}") {
            let cell = coded(&text).into_owned();
            prop_assert_eq!(decoded(&cell), text);
            prop_assert!(!cell.contains(is_coded));
            prop_assert!(!cell.lines().any(|line| line.trim_start().starts_with("::") || line.contains("##[")));
        }
    }
}
