//! Words that stand where something is still missing: `TBC`, `n/a`, `vacant`, `?`.
//!
//! One list for all: what is read from tables, what coverage counts, and what rules ask for.

use super::listed::Heads;

/// Texts that say nothing, in lower case, without white space, brackets or points around them.
const BLANK: &[&str] = &[
    "tbc",
    "tbd",
    "tba",
    "tbf",
    "t.b.c",
    "t.b.d",
    "t.b.a",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "to be defined",
    "to be agreed",
    "to be advised",
    "to be announced",
    "to be appointed",
    "to be assigned",
    "to be completed",
    "to be established",
    "to be identified",
    "to be recruited",
    "to be set",
    "to follow",
    "to do",
    "todo",
    "yet to be confirmed",
    "yet to be agreed",
    "yet to be decided",
    "n/a",
    "n.a",
    "na",
    "n/k",
    "nk",
    "#n/a",
    "not applicable",
    "not available",
    "not agreed",
    "not assigned",
    "not known",
    "not set",
    "not stated",
    "not yet agreed",
    "not yet appointed",
    "not yet assigned",
    "not yet confirmed",
    "not yet known",
    "not yet set",
    "none",
    "none yet",
    "nil",
    "null",
    "nan",
    "unknown",
    "unassigned",
    "unallocated",
    "undefined",
    "unspecified",
    "vacant",
    "vacancy",
    "vacant post",
    "post vacant",
    "nobody",
    "no one",
    "no owner",
    "pending",
    "awaiting",
    "awaiting confirmation",
    "xx",
    "xxx",
    "xxxx",
    "placeholder",
    "lorem ipsum",
];

/// Words that make a blank of all that is put after them as an aside: `TBC (Finance)`, `Vacant - recruiting`.
const BEFORE_AN_ASIDE: &[&str] = &["tbc", "tbd", "tba", "tbf", "vacant", "to be confirmed", "to be agreed"];

static HEADS: Heads = Heads::of(&[BLANK, BEFORE_AN_ASIDE]);

/// What may be around such a word.
fn is_around(c: char) -> bool {
    match c {
        '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}' | '.' | '?' | '!' | '*' | '_' | '-' | ':' | ';' | ',' => true,
        '…' | '–' | '—' | '\'' | '"' | '`' => true,
        _ => c.is_whitespace(),
    }
}

/// Whether a text says nothing: it is empty, has neither letter nor digit (`?`, `–`, `...`), is a word for what is still
/// missing (`TBC`, `n/a`, `vacant`, `to be confirmed` …), also with an aside after it (`TBC (Finance)`), or is a gap to
/// be filled in (`[name]`, `<owner>`).
pub fn is_blank(text: &str) -> bool {
    let text = text.trim();
    if !text.chars().any(char::is_alphanumeric) {
        return true;
    }
    for (open, close) in [('[', ']'), ('<', '>'), ('{', '}')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inner.contains([open, close])
        {
            return true;
        }
    }
    // Most texts are none of these words by their first letters, and a map has hundreds of thousands of texts.
    if !HEADS.may_begin(text.trim_start_matches(is_around)) {
        return false;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let text = words.join(" ");
    let bare = text.trim_matches(is_around);
    BLANK.contains(&bare)
        || BEFORE_AN_ASIDE.iter().any(|word| {
            bare.strip_prefix(word).is_some_and(|rest| {
                rest.trim_start()
                    .starts_with(['(', '[', '-', '–', '—', ',', ':', ';', '/', '?', '.'])
            })
        })
}

#[cfg(test)]
mod tests {
    use super::{BEFORE_AN_ASIDE, BLANK, is_blank};

    #[test]
    fn every_word_is_blank_in_capitals_and_in_brackets() {
        for word in BLANK.iter().chain(BEFORE_AN_ASIDE) {
            assert!(word.len() > 1 && word.is_ascii(), "{word}");
            assert!(
                is_blank(&word.to_uppercase()) && is_blank(&format!(" ({word}) ")),
                "{word}"
            );
        }
    }

    #[test]
    fn words_for_what_is_missing_are_blank_however_they_are_written() {
        for text in [
            "",
            "  ",
            "?",
            "???",
            "-",
            "–",
            "—",
            "…",
            "...",
            "TBC",
            "tbc.",
            " T.B.C. ",
            "(TBC)",
            "[TBC]",
            "tbd",
            "TBA",
            "n/a",
            "N/A",
            "n.a.",
            "#N/A",
            "Not applicable",
            "to  be\u{a0}confirmed",
            "To be confirmed?",
            "Vacant",
            "vacant post",
            "TBC (Finance)",
            "TBC - new post",
            "Vacant – recruiting",
            "[name]",
            "<owner>",
            "*unknown*",
            "None",
            "xxx",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn what_says_something_is_not_blank() {
        for text in [
            "0",
            "5",
            "Director of Place",
            "Vacant land brought into use",
            "Fewer vacant homes",
            "Not known to police before",
            "None of the sites is flooded",
            "Na Li",
            "Head of Service (TBC)",
            "[a] and [b]",
            "Pending cases closed",
            "TBC Bank survey 2025",
            "X-ray waits",
        ] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
