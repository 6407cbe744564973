//! How long the texts of a map may be: one table for files, tables, other tools' files and edits.
//!
//! Generous enough for every map that people read, and small enough that no single text fills a picture, a page or the memory.

use super::group_digits;

/// The longest id, in characters.
pub const LONGEST_ID: usize = 100;

/// The longest title, name or other short text, in characters.
pub const LONGEST_TITLE: usize = 1_000;

/// The longest text of any other field, such as a description, in characters: as much as a cell of a workbook holds.
pub const LONGEST_TEXT: usize = 32_767;

/// Fields that name or label something: they are drawn, listed and put into tables whole.
const TITLES: &[&str] = &[
    "$schema",
    "title",
    "name",
    "organisation",
    "currency",
    "unit",
    "year",
    "cost_centre",
    "frequency",
    "tags",
    "rule",
    "subject",
    "fingerprint",
];

/// The most characters that a text may have in the field of that name, as the file names it; in a list, each of its texts.
pub fn longest(field: &str) -> usize {
    match TITLES.contains(&field) {
        true => LONGEST_TITLE,
        false => LONGEST_TEXT,
    }
}

/// Whether the text is longer than the field of that name may hold.
pub fn is_too_long(field: &str, text: &str) -> bool {
    let most = longest(field);
    // A character takes a byte at least, so most texts need not be counted.
    text.len() > most && text.chars().nth(most).is_some()
}

/// A text that is longer than its field may hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` has {} characters, and {} is the most", grouped(*characters), grouped(*most))]
pub struct TooLong {
    /// The field, as the file names it.
    pub field: String,
    /// The id of the record that it stands in; empty where that has none.
    pub record: String,
    /// How many characters the text has.
    pub characters: usize,
    /// How many it may have.
    pub most: usize,
}

fn grouped(count: usize) -> String {
    group_digits(&count.to_string())
}

/// Cuts a text to what the field of that name may hold; whether anything had to go.
pub fn cut(field: &str, text: &mut String) -> bool {
    match text.char_indices().nth(longest(field)) {
        Some((end, _)) if is_too_long(field, text) => {
            text.truncate(end);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{ID_PATTERN, NodeId};

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let title = "é".repeat(LONGEST_TITLE);
        assert!(!is_too_long("title", &title));
        let mut longer = format!("{title}é");
        assert!(is_too_long("title", &longer));
        assert!(!is_too_long("description", &longer));
        assert!(cut("title", &mut longer));
        assert_eq!(longer, title);
        assert!(!cut("title", &mut longer));
    }

    #[test]
    fn the_pattern_of_ids_says_how_long_they_may_be() {
        assert!(ID_PATTERN.ends_with(&format!("{{0,{}}}$", LONGEST_ID - 1)));
        assert!(NodeId::new("a".repeat(LONGEST_ID)).is_ok());
        assert!(NodeId::new("a".repeat(LONGEST_ID + 1)).is_err());
    }
}
