//! Markdown: CommonMark with the tables of GitHub.

use super::unseen::shown;

/// Whether words begin a line, where more signs have a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the beginning of a line, or it is not known.
    Start,
    /// After other words.
    Within,
}

/// The text as Markdown that shows it: one line, trimmed, that may begin a line.
pub fn line(text: &str) -> String {
    escape(text.trim(), Place::Start)
}

/// The text as Markdown that shows it, on one line: a backslash before each sign that Markdown, HTML, a table or a template
/// would take for its own, and before what begins a command to a build server.
pub fn escape(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    // Only after nothing but blanks does a sign begin a line.
    let mut at_start = place == Place::Start;
    let mut digits = 0;
    let mut before = ' ';
    for c in text.chars() {
        let begins = at_start && matches!(c, '#' | '+' | '-' | '=' | ':' | '%');
        // `1.` and `1)` would begin a list.
        let numbers = at_start && digits > 0 && matches!(c, '.' | ')');
        let sign = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '{' | '}'
        );
        // `{%` begins a command in many templates, `##` one to a build server.
        let follows = matches!((before, c), ('{', '%') | ('#', '#'));
        if begins || numbers || sign || follows {
            out.push('\\');
        }
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c => out.push(shown(c)),
        }
        at_start &= c.is_whitespace() || c.is_ascii_digit();
        digits = match c.is_ascii_digit() {
            true => digits + 1,
            false => 0,
        };
        before = c;
    }
    out
}

/// The text between more backticks than it holds in a row, on one line; the border of a table is escaped.
pub fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            c => shown(c),
        })
        .collect();
    let text = text.replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Words that lead to an address, where that is safe ([`super::is_safe_link`]); else the words alone. `words` are Markdown
/// already.
pub fn link(words: &str, address: &str) -> String {
    match super::is_safe_link(address) {
        true => format!("[{words}](<{}>)", super::address::percent_encoded(address)),
        false => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_and_never_markup() {
        for (text, shown) in [
            ("x | <b>*y*</b>\nz", "x \\| \\<b\\>\\*y\\*\\</b\\> z"),
            ("# 5-6", "\\# 5-6"),
            ("12. x", "12\\. x"),
            ("12) x", "12\\) x"),
            ("v1.2", "v1.2"),
            ("::error::x", "\\::error::x"),
            ("a ##[error]", "a #\\#\\[error\\]"),
            ("{{ x }} {% y %}", "\\{\\{ x \\}\\} \\{\\% y %\\}"),
            ("\u{1b}[31m\u{202e}", "\u{fffd}\\[31m\u{fffd}"),
            ("- x - y", "\\- x - y"),
            ("~~~", "\\~\\~\\~"),
        ] {
            assert_eq!(line(text), shown);
        }
        assert_eq!(escape("- x", Place::Within), "- x");
    }

    #[test]
    fn code_and_links_hold_what_they_are_given() {
        assert_eq!(code("a`b|"), "``a`b\\|``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(link("x", "https://a|b(c)"), "[x](<https://a%7Cb%28c%29>)");
        assert_eq!(link("x", "javascript:alert(1)"), "x");
    }
}
