//! Lines for people folded to the width of a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How far a line goes on under its beginning, in columns.
const HANG: usize = 2;

/// Every line of a text in lines of at most `width` columns: broken between words, and within a word that is longer than a line.
/// What goes on stands two columns in from where the line began. Colours take no room. An address (`https://…`) is never broken,
/// since it could not be followed.
pub fn fold(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for whole in text.split_inclusive('\n') {
        let (line, end) = match whole.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (whole, ""),
        };
        let mut lines = fold_line(line, width).into_iter();
        out.push_str(&lines.next().unwrap_or_default());
        for more in lines {
            out.push('\n');
            out.push_str(&more);
        }
        out.push_str(end);
    }
    out
}

/// A line in lines of at most that width.
pub fn fold_line(line: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    if shown_width(line) <= width {
        return vec![line.to_owned()];
    }
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut folding = Folding {
        lines: Vec::new(),
        line: " ".repeat(indent.min(width / 2)),
        column: indent.min(width / 2),
        hang: (indent + HANG).min(width / 2),
        is_blank: true,
        width,
    };
    let mut gap = 0;
    for word in line.trim_start_matches(' ').split(' ') {
        if !word.is_empty() {
            folding.word(gap, word);
            gap = 0;
        }
        gap += 1;
    }
    folding.finish()
}

/// How many columns a text takes; colours take none.
pub fn shown_width(text: &str) -> usize {
    pieces(text).map(|(_, width)| width).sum()
}

struct Folding {
    lines: Vec<String>,
    line: String,
    column: usize,
    hang: usize,
    /// Whether the line has nothing but its indent.
    is_blank: bool,
    width: usize,
}

impl Folding {
    fn word(&mut self, gap: usize, word: &str) {
        let gap = if self.is_blank { 0 } else { gap };
        let room = self.width.saturating_sub(self.column);
        let long = shown_width(word);
        if gap + long > room && !self.is_blank {
            // An opening word that would stand alone is no better than a broken one.
            self.next_line();
            return self.word(0, word);
        }
        self.line.push_str(&" ".repeat(gap));
        self.column += gap;
        self.is_blank = false;
        if long <= self.width.saturating_sub(self.column) || word.contains("://") {
            self.line.push_str(word);
            self.column += long;
            return;
        }
        for (piece, wide) in pieces(word) {
            if wide > 0 && self.column + wide > self.width && self.column > self.hang {
                self.next_line();
            }
            self.line.push_str(piece);
            self.column += wide;
            self.is_blank = false;
        }
    }

    fn next_line(&mut self) {
        let next = " ".repeat(self.hang);
        let line = std::mem::replace(&mut self.line, next);
        self.lines.push(line.trim_end_matches(' ').to_owned());
        self.column = self.hang;
        self.is_blank = true;
    }

    fn finish(mut self) -> Vec<String> {
        self.lines.push(self.line);
        self.lines
    }
}

/// What a text is made of, each with its width: what is seen as one character, and colours, which take no room.
fn pieces(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let length = match rest.strip_prefix("\x1b[") {
            Some(after) => {
                2 + after
                    .find(|c: char| c.is_ascii_alphabetic())
                    .map_or(after.len(), |at| at + 1)
            }
            None => rest.graphemes(true).next()?.len(),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        let width = if piece.starts_with('\x1b') { 0 } else { piece.width() };
        Some((piece, width))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_long_words_within() {
        let text = "  as of 2028-04-01: of 3 KPIs 1 missed\nshort\nan-id-that-is-longer-than-the-line x\n";
        assert_eq!(
            fold(text, 16),
            "  as of\n    2028-04-01:\n    of 3 KPIs 1\n    missed\nshort\nan-id-that-is-lo\n  nger-than-the-\n  line x\n"
        );
        assert_eq!(fold("one  two\n", 8), "one  two\n");
    }

    #[test]
    fn colours_take_no_room_and_addresses_stay_whole() {
        assert_eq!(fold("\x1b[1;31mmissed\x1b[0m: it", 10), "\x1b[1;31mmissed\x1b[0m: it");
        assert_eq!(
            fold("see https://example.org/a/long/way now", 12),
            "see\n  https://example.org/a/long/way\n  now"
        );
    }

    #[test]
    fn no_line_is_wider_and_no_letter_is_lost() {
        let text = "日本語のとても長い題名 👩‍👩‍👧 e\u{301}tude [an-id_of-many.letters]   and  blanks \x1b[1mbold\x1b[0m";
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for width in 4..100 {
            let folded = fold_line(text, width);
            assert!(
                folded.iter().all(|line| shown_width(line) <= width),
                "{width}: {folded:?}"
            );
            assert_eq!(letters(&folded.concat()), letters(text), "{width}");
        }
    }
}
