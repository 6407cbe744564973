//! Text on its way: broken into lines, folded for comparing, made into ids.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::map::slug;

/// The longest id that is made of a title.
const ID_LENGTH: usize = 48;

/// A text in lines of about so many columns, broken between words, and within one only where it is longer than a line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0;
    for word in text.split_whitespace() {
        let wide = word.width();
        if width > 0 && width + 1 + wide > columns {
            lines.push(String::new());
            width = 0;
        }
        if width > 0 {
            lines.last_mut().expect("one is there").push(' ');
            width += 1;
        }
        if wide <= columns {
            lines.last_mut().expect("one is there").push_str(word);
            width += wide;
            continue;
        }
        for letter in word.graphemes(true) {
            if width > 0 && width + letter.width() > columns {
                lines.push(String::new());
                width = 0;
            }
            lines.last_mut().expect("one is there").push_str(letter);
            width += letter.width();
        }
    }
    lines
}

/// A text in one line: every run of white space is one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it fits into a message: in one line, and no longer than 60 characters.
pub(super) fn shortened(text: &str) -> String {
    let line = one_line(text);
    match line.chars().count() > 60 {
        true => line.chars().take(59).chain(['…']).collect(),
        false => line,
    }
}

/// Ids that are taken, and the number that was last put behind one.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    numbers: BTreeMap<String, usize>,
}

impl Ids {
    /// The first id that can be made of the texts and is not taken; a number follows where they all are.
    pub(super) fn take(&mut self, texts: &[&str], otherwise: &str) -> String {
        let base = texts
            .iter()
            .find_map(|text| short_slug(text))
            .unwrap_or_else(|| otherwise.to_owned());
        if self.taken.insert(base.clone()) {
            return base;
        }
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            *number += 1;
            let id = format!("{base}-{number}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// Takes an id as it is; `false` where it is taken already.
    pub(super) fn take_exactly(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }
}

/// A slug that ends with a whole word, if one can be had.
fn short_slug(text: &str) -> Option<String> {
    let whole = slug(&plain_letters(text))?;
    if whole.len() <= ID_LENGTH {
        return Some(whole);
    }
    let cut = whole[..ID_LENGTH].rfind('-').unwrap_or(ID_LENGTH);
    slug(&whole[..cut])
}

/// Letters with marks as the plain letters that people write for them where there are no others.
const LETTERS: &[(&str, &str)] = &[
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("ß", "ss"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ø", "o"),
    ("þ", "th"),
    ("ð", "d"),
    ("ł", "l"),
    ("đ", "d"),
    ("àáâãåāăą", "a"),
    ("çćĉċč", "c"),
    ("ď", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľ", "l"),
    ("ñńņň", "n"),
    ("òóôõōŏő", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťț", "t"),
    ("ùúûũūŭůűų", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
];

fn plain_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match LETTERS.iter().find(|(marked, _)| !c.is_ascii() && marked.contains(c)) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(c),
        }
    }
    out
}

/// A number in px with two decimals at most.
pub(super) fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_within_long_ones() {
        assert_eq!(wrap("one two  three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(wrap(&"w".repeat(400), 24).len(), 17);
    }

    #[test]
    fn ids_are_short_and_unique() {
        let mut ids = Ids::default();
        assert_eq!(ids.take(&["日本", "Fewer calls!"], "node"), "fewer-calls");
        assert_eq!(ids.take(&["fewer calls"], "node"), "fewer-calls-2");
        assert_eq!(
            ids.take(&["Qualität für Straßen: é"], "node"),
            "qualitaet-fuer-strassen-e"
        );
        assert_eq!(ids.take(&["…"], "node"), "node");
        let long = ids.take(
            &["A very long title that goes on and on and never comes to an end"],
            "node",
        );
        assert_eq!(long, "a-very-long-title-that-goes-on-and-on-and-never");
        assert_eq!(ids.take(&[&"x".repeat(400)], "node"), "x".repeat(48));
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (1.0, "1"),
            (0.126, "0.13"),
            (-0.001, "0"),
            (10.5, "10.5"),
            (100.0, "100"),
        ] {
            assert_eq!(decimal(value), text);
        }
    }
}
