//! Commands that build servers read from the output of a program.
//!
//! Sources: GitHub, "Workflow commands for GitHub Actions", with the escapes of its toolkit (actions/toolkit,
//! `packages/core/src/command.ts`), and its runner, which takes `::name::` at the beginning of a line after any white
//! space, and `##[name]` anywhere; Microsoft, "Logging commands" of Azure Pipelines, `##vso[area.action]`.

use std::borrow::Cow;

/// A line of output as it can stand in the log of a build server: a `::` at its beginning, and a `##[` or `##vso[` anywhere, are
/// taken apart by a space. Colours before them change nothing.
pub fn harmless(line: &str) -> Cow<'_, str> {
    let mut start = 0;
    loop {
        let rest = &line[start..];
        let blank = rest.len() - rest.trim_start().len();
        let step = blank + super::terminal::colour(&rest[blank..]);
        if step == 0 {
            break;
        }
        start += step;
    }
    let begins = line[start..].starts_with("::");
    let marked = line.contains("##");
    if !begins && !marked {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 4);
    out.push_str(&line[..start]);
    let mut rest = &line[start..];
    if begins {
        out.push_str(": :");
        rest = &rest[2..];
    }
    while let Some(at) = rest.find("##") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mark = ["##[", "##vso["].into_iter().find(|mark| starts_with(from, mark));
        let length = mark.map_or(1, |mark| mark.len() - 1);
        out.push_str(&from[..length]);
        if mark.is_some() {
            out.push(' ');
        }
        rest = &from[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whatever the case of its letters.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// The text as the message of a GitHub workflow command.
pub fn data(text: &str) -> String {
    let plain = super::terminal::lines(text, super::terminal::Colours::None);
    plain.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The text as a property of a GitHub workflow command, as `title`.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_a_command() {
        for (line, harmless_one) in [
            ("::error::x", ": :error::x"),
            ("  \t::set-output name=a::b", "  \t: :set-output name=a::b"),
            ("a ::error::", "a ::error::"),
            ("##[error]x", "## [error]x"),
            (
                "a ##vso[task.setvariable]b ##[x] ##",
                "a ##vso [task.setvariable]b ## [x] ##",
            ),
            ("##VSO[x", "##VSO [x"),
            ("###[x]", "### [x]"),
            ("# a ## b", "# a ## b"),
            (":: ##[", ": : ## ["),
            ("", ""),
        ] {
            assert_eq!(harmless(line), harmless_one);
            assert_eq!(harmless(&harmless(line)), harmless_one, "once is enough");
        }
    }

    #[test]
    fn a_message_stays_in_its_command() {
        assert_eq!(data("100 %\n::error::x\u{1b}"), "100 %25%0A: :error::x␛");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
