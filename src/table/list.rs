//! Several texts in one cell: `first; second; "a text with ; in it"`.
//!
//! A text stands in double quotes where it holds a `;`, has white space at an end, is empty, or begins with a quote;
//! a quote inside quotes is doubled, as in CSV. A quote that opens but does not close right before a `;` or the end is
//! an ordinary character, so every cell reads as some list.

/// The cell that holds the texts, in order.
pub(super) fn join<T: AsRef<str>>(texts: &[T]) -> String {
    let mut out = String::new();
    for (i, text) in texts.iter().enumerate() {
        let text = text.as_ref();
        if i > 0 {
            out.push_str("; ");
        }
        if text.is_empty() || text.contains(';') || text.starts_with('"') || text.trim() != text {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(text);
        }
    }
    out
}

/// The texts in the cell, in order. Empty places, as in `a;;b`, hold nothing; `""` holds an empty text.
pub(super) fn split(cell: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = cell.trim_start();
    while !rest.is_empty() {
        if let Some((text, after)) = quoted(rest) {
            out.push(text);
            rest = after.trim_start();
            continue;
        }
        let (text, after) = rest.split_once(';').unwrap_or((rest, ""));
        let text = text.trim_end();
        if !text.is_empty() {
            out.push(text.to_owned());
        }
        rest = after.trim_start();
    }
    out
}

/// The quoted text at the beginning, and what comes after its `;`.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut out = String::new();
    loop {
        let (piece, after) = rest.split_once('"')?;
        out.push_str(piece);
        if let Some(after) = after.strip_prefix('"') {
            out.push('"');
            rest = after;
            continue;
        }
        let after = after.trim_start();
        return if after.is_empty() {
            Some((out, after))
        } else {
            Some((out, after.strip_prefix(';')?))
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_reads_as_a_person_would_read_it() {
        assert_eq!(split("a; b ;c"), ["a", "b", "c"]);
        assert_eq!(split(" ;; a; ; "), ["a"]);
        assert_eq!(split(r#""a; b"; c"#), ["a; b", "c"]);
        assert_eq!(split(r#""Eco" tours; x"#), [r#""Eco" tours"#, "x"]);
        assert_eq!(split(r#""never closed; x"#), [r#""never closed"#, "x"]);
        assert_eq!(split("PMR Secretariat, Assembly"), ["PMR Secretariat, Assembly"]);
        assert!(split("").is_empty());
    }

    #[test]
    fn only_what_needs_quotes_has_them() {
        assert_eq!(join(&["a", "b c"]), "a; b c");
        assert_eq!(join(&["a;b", " c", "", "\"d\""]), r#""a;b"; " c"; ""; """d""""#);
    }

    proptest! {
        #[test]
        fn every_list_comes_back(texts in prop::collection::vec("[ab\"; \n\u{a0}']{0,5}", 0..5)) {
            prop_assert_eq!(split(&join(&texts)), texts);
        }

        #[test]
        fn every_cell_reads_as_some_list(cell in "[ab\"; ]{0,12}") {
            let once = split(&cell);
            prop_assert_eq!(split(&join(&once)), once);
        }
    }
}
