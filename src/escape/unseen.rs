//! Characters that do something other than being seen.

/// Whether the character is a control: C0, DEL or C1, line feeds and tabs among them. A terminal obeys them, and most
/// formats of text cannot hold them.
pub fn is_control(c: char) -> bool {
    c.is_control()
}

/// Whether the character turns the direction of what follows it: an embedding, an override, an isolate, or the end of one
/// (Unicode Standard Annex 9, 2.1 to 2.5). With these a text can be made to read as another one
/// (N. Boucher, R. Anderson, "Trojan Source", USENIX Security 2023).
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the character ends a line or a paragraph without being a control: U+2028 and U+2029.
pub fn breaks(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether the character takes no room and shows nothing, so that two texts look the same and are not: marks of direction,
/// spaces of no width, tags, the byte order mark. The two joiners are not among them, for letters and emoji need them;
/// see [`is_idle_joiner`].
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether the character is a joiner, or the opposite of one, that stands where no letter or emoji asks for it.
pub fn is_idle_joiner(before: Option<char>, c: char, after: Option<char>) -> bool {
    let asks = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !c.is_control());
    matches!(c, '\u{200c}' | '\u{200d}') && !(asks(before) && asks(after))
}

/// Whether no picture, page or document may show the character: controls other than white space, characters that turn
/// the direction, and those that XML 1.0 has no place for (2.2). Such a one is shown as U+FFFD.
pub fn is_unshown(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || turns(c) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The character as a picture, a page or a document may show it.
pub fn shown(c: char) -> char {
    match is_unshown(c) {
        true => char::REPLACEMENT_CHARACTER,
        false => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_are_left_where_letters_and_emoji_need_them() {
        let idle = |text: &str| {
            let all: Vec<char> = text.chars().collect();
            is_idle_joiner(Some(all[0]), all[1], all.get(2).copied())
        };
        assert!(idle("a\u{200d}b") && idle("\u{645}\u{200c}") && idle("a\u{200c}\u{645}"));
        assert!(!idle("\u{645}\u{200c}\u{646}") && !idle("\u{1f468}\u{200d}\u{1f469}"));
    }

    #[test]
    fn what_is_not_shown_is_replaced_and_white_space_is_not() {
        let text: String = "a\n\t\u{1b}\u{9b}\u{7f}\u{202e}\u{2066}\u{ffff}é\u{200f}"
            .chars()
            .map(shown)
            .collect();
        assert_eq!(text, "a\n\t\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}é\u{200f}");
    }
}
