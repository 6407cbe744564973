//! A text in lines, as even as can be.

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

use super::measure::measure;
use crate::escape::unseen::shown;
use crate::scene::TextStyle;

/// Titles up to this number of lines are balanced; in longer ones a ragged last line is not seen.
const BALANCED_LINES: usize = 12;

/// The text as it can be shown: runs of white space, line ends among them, as one space, none at either end; the space within a
/// number, which does not break, as it is; and
/// controls, characters that turn the direction of text and those that no XML file may hold as U+FFFD.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let parts = text.split(|c: char| c.is_whitespace() && c != '\u{a0}');
    for word in parts.filter(|part| !part.chars().all(char::is_whitespace)) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(shown));
    }
    out
}

/// A part of a text up to a place where a line may end.
struct Segment {
    /// Where it begins in the text, in bytes.
    start: usize,
    /// Where it ends, after the white space that follows it.
    end: usize,
    /// With the white space that follows it, in px.
    full: f64,
    /// Without it, in px.
    bare: f64,
}

/// The text in lines no wider than `width` px, as even as can be with the fewest lines; empty for an empty text.
///
/// Lines end where the Unicode Standard lets them (Annex 14); a word wider than a whole line is cut between
/// user-perceived characters. Nothing of the text is lost but white space where a line ends. A single character wider
/// than `width` has a line to itself.
pub fn wrap(text: &str, style: TextStyle, width: f64) -> Vec<String> {
    let text = clean(text);
    let segments = segments(&text, style, width);
    let lines = fill(&segments, width);
    let count = lines.len();
    let words = |lines: Vec<(usize, usize)>| {
        lines
            .into_iter()
            .map(|(a, b)| text[a..b].trim_end().to_owned())
            .collect()
    };
    if !(2..=BALANCED_LINES).contains(&count) {
        return words(lines);
    }
    // The narrowest width, to the px, that takes no more lines: the even look of `text-wrap: balance`.
    let widest = segments.iter().map(|s| s.bare).fold(0.0, f64::max);
    let (mut low, mut high) = (widest.floor().min(width), width);
    while high - low > 1.0 {
        let middle = (low + high) / 2.0;
        if fill(&segments, middle).len() <= count {
            high = middle;
        } else {
            low = middle;
        }
    }
    words(fill(&segments, high))
}

/// The width in px of the widest part that [`wrap`] would have to cut on a narrower line; 0 for an empty text.
pub fn widest_word(text: &str, style: TextStyle) -> f64 {
    let text = clean(text);
    let widths = segments(&text, style, f64::INFINITY)
        .into_iter()
        .map(|segment| segment.bare);
    widths.fold(0.0, f64::max)
}

/// Every part that must stay on one line, cut where it is wider than a line.
fn segments(text: &str, style: TextStyle, width: f64) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut add = |start: usize, end: usize| {
        let part = &text[start..end];
        out.push(Segment {
            start,
            end,
            full: measure(part, style),
            bare: measure(part.trim_end(), style),
        });
    };
    let mut start = 0;
    for (end, _) in linebreaks(text) {
        let part = &text[start..end];
        if measure(part.trim_end(), style) <= width {
            add(start, end);
        } else {
            let (mut from, mut reached) = (0, 0.0);
            for (at, grapheme) in part.grapheme_indices(true) {
                let advance = measure(grapheme, style);
                if reached + advance > width && at > from && !grapheme.trim().is_empty() {
                    add(start + from, start + at);
                    (from, reached) = (at, 0.0);
                }
                reached += advance;
            }
            add(start + from, end);
        }
        start = end;
    }
    out
}

/// As many segments on each line as it takes, as ranges of bytes.
fn fill(segments: &[Segment], width: f64) -> Vec<(usize, usize)> {
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut reached = 0.0;
    for segment in segments {
        match lines.last_mut() {
            Some(line) if reached + segment.bare <= width => line.1 = segment.end,
            _ => {
                lines.push((segment.start, segment.end));
                reached = 0.0;
            }
        }
        reached += segment.full;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_is_one_space_and_controls_are_replaced() {
        assert_eq!(clean("  a\r\n\tb\u{0}c \u{2028}"), "a b\u{fffd}c");
        assert_eq!(wrap("", TextStyle::Card, 100.0), Vec::<String>::new());
        assert_eq!(wrap(" \n ", TextStyle::Card, 100.0), Vec::<String>::new());
    }

    #[test]
    fn lines_are_even() {
        let lines = wrap("Fill-level sensors on street bins", TextStyle::Card, 160.0);
        assert_eq!(lines, ["Fill-level sensors", "on street bins"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_and_nothing_is_lost() {
        let word = "x".repeat(400);
        let lines = wrap(&word, TextStyle::Card, 150.0);
        assert!(lines.len() > 10);
        assert_eq!(lines.concat(), word);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "\\PC{0,200}", width in 60.0..400.0f64) {
            let lines = wrap(&text, TextStyle::Card, width);
            for line in &lines {
                prop_assert!(!line.is_empty());
                let alone = line.graphemes(true).count() == 1;
                prop_assert!(alone || measure(line, TextStyle::Card) <= width + 1e-6, "{line:?}");
            }
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&clean(&text)));
        }
    }
}
