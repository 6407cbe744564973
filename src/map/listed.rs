//! Lists of words that hundreds of thousands of texts are held against.

/// The first two letters of words, to tell at a glance that a text begins with none of them. Most texts of a map do not.
#[derive(Debug)]
pub(crate) struct Heads {
    /// For every first letter a bit for each letter that may come second.
    second: [u32; LETTERS],
}

/// The letters of English, and one place for every other sign, or for none.
const LETTERS: usize = 27;
const OTHER: usize = LETTERS - 1;

/// The place of a letter, in capitals or not.
const fn place(letter: u8) -> usize {
    match letter {
        b'a'..=b'z' => (letter - b'a') as usize,
        b'A'..=b'Z' => (letter - b'A') as usize,
        _ => OTHER,
    }
}

impl Heads {
    /// Those of words in lower case and in ASCII. A word of one letter may be followed by anything.
    pub(crate) const fn of(lists: &[&[&str]]) -> Self {
        let mut second = [0; LETTERS];
        let mut list = 0;
        while list < lists.len() {
            let mut word = 0;
            while word < lists[list].len() {
                let letters = lists[list][word].as_bytes();
                assert!(!letters.is_empty() && letters[0] < 128, "words are in ASCII");
                second[place(letters[0])] |= match letters.len() {
                    1 => u32::MAX,
                    _ => 1 << place(letters[1]),
                };
                word += 1;
            }
            list += 1;
        }
        Self { second }
    }

    /// Whether a text may begin with one of the words, in capitals or not.
    pub(crate) fn may_begin(&self, text: &str) -> bool {
        let letters = text.as_bytes();
        let Some(first) = letters.first() else { return false };
        let second = letters.get(1).map_or(OTHER, |letter| place(*letter));
        self.second[place(*first)] >> second & 1 == 1
    }
}

/// A list of words or short phrases in lower case and in ASCII, which says quickly that a word is none of them.
#[derive(Debug)]
pub(crate) struct WordList {
    listed: &'static [&'static str],
    heads: Heads,
    /// A bit for each length that a word of the list has.
    lengths: u64,
}

impl WordList {
    /// The list of those words.
    pub(crate) const fn of(listed: &'static [&'static str]) -> Self {
        let mut lengths = 0;
        let mut word = 0;
        while word < listed.len() {
            assert!(listed[word].len() < 64, "a phrase of the list is too long for it");
            lengths |= 1 << listed[word].len();
            word += 1;
        }
        Self {
            listed,
            heads: Heads::of(&[listed]),
            lengths,
        }
    }

    /// Whether the word is one of the list, in capitals or not. Nothing is copied.
    pub(crate) fn has(&self, word: &str) -> bool {
        word.len() < 64
            && self.lengths >> word.len() & 1 == 1
            && self.heads.may_begin(word)
            && self.listed.iter().any(|listed| listed.eq_ignore_ascii_case(word))
    }

    /// The words, in the order of the list.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.listed.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static WORDS: WordList = WordList::of(&["a", "t.b.c", "to be agreed", "#n/a", "zoo"]);

    #[test]
    fn a_word_is_found_in_capitals_or_not_and_no_other_is() {
        for word in WORDS.iter() {
            assert!(WORDS.has(word) && WORDS.has(&word.to_uppercase()), "{word}");
            assert!(
                !WORDS.has(&format!("{word}x")) && !WORDS.has(&format!("x{word}")),
                "{word}"
            );
        }
        for word in [
            "",
            "b",
            "ab",
            "zo",
            "zoö",
            "äoo",
            "to be agreed and more words than any phrase of such a list ever has",
        ] {
            assert!(!WORDS.has(word), "{word}");
        }
    }

    #[test]
    fn a_text_may_begin_with_a_word_only_where_its_first_letters_do() {
        static HEADS: Heads = Heads::of(&[&["to be agreed"], &["#n/a", "a"]]);
        for text in ["Tomorrow", "TO", "#name", "a", "Any", "a…"] {
            assert!(HEADS.may_begin(text), "{text}");
        }
        for text in ["", "t", "The", "#", "be", "é"] {
            assert!(!HEADS.may_begin(text), "{text}");
        }
    }
}
