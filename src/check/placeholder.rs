//! Texts that only hold the place of one that is still to come.

use super::wording;
use crate::map::{WordList, is_blank};

/// Whether a field may be left without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Something must stand there: `n/a` and a dash are placeholders as well.
    Always,
    /// A title: one that stands in brackets as a whole, `(outcome 1)`, is the sample of a form as well.
    Title,
    /// It may well have no answer: `none`, `n/a` and a dash are one.
    Perhaps,
}

/// How a text holds the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placeholder {
    /// The whole of it says nothing: `TBC`, `[name]`, `Title here`.
    Whole,
    /// It has a gap to be filled in: `Train [number] nurses`, `Reduce waits by XX%`.
    Gap,
}

/// Answers that a field may have which needs none.
static NO_ANSWER: WordList = WordList::of(&[
    "n/a",
    "n.a",
    "na",
    "none",
    "nil",
    "null",
    "not applicable",
    "nobody",
    "no one",
]);

/// WordList of which the sample texts of forms and slides are made: `Title here`, `Click to add text`, `Enter your name here`.
static OF_A_FORM: WordList = WordList::of(&[
    "a",
    "add",
    "an",
    "benefit",
    "box",
    "click",
    "description",
    "double",
    "edit",
    "enabler",
    "enter",
    "evidence",
    "here",
    "insert",
    "investment",
    "kpi",
    "measure",
    "name",
    "node",
    "note",
    "or",
    "outcome",
    "output",
    "owner",
    "put",
    "rationale",
    "reason",
    "risk",
    "source",
    "subtitle",
    "tap",
    "target",
    "text",
    "the",
    "title",
    "to",
    "type",
    "write",
    "your",
]);

/// Without one of these such words may be a title: `Benefit owner`, `Output target`.
static ASKS: WordList = WordList::of(&["click", "enter", "here", "insert", "tap"]);

/// Sample texts that are made of other words.
static SAMPLES: WordList = WordList::of(&[
    "untitled",
    "sample text",
    "dummy text",
    "example text",
    "some text",
    "new node",
    "new box",
    "blah",
    "blah blah",
]);

/// WordList of the longest sample text.
const WORDS_OF_A_SAMPLE: usize = 2;

/// With what the text of a gap begins: `[insert date]`, `[name of town]`.
const GAPS: &[&str] = &[
    "add",
    "amount",
    "area",
    "author",
    "date",
    "department",
    "enter",
    "figure",
    "fill",
    "insert",
    "name",
    "number",
    "organisation",
    "organization",
    "owner",
    "percentage",
    "place",
    "specify",
    "tba",
    "tbc",
    "tbd",
    "team",
    "title",
    "to be",
    "todo",
    "town",
    "value",
    "year",
    "your",
];

/// How the text holds the place of another; `None` where it says something, or is not there at all.
pub(super) fn placeholder(text: &str, wanted: Wanted) -> Option<Placeholder> {
    let text = text.trim();
    if wording::blank(text) {
        return None;
    }
    if is_blank(text) {
        let answers = wanted == Wanted::Perhaps && is_an_answer(text);
        return (!answers).then_some(Placeholder::Whole);
    }
    if is_a_sample(text) || (wanted == Wanted::Title && is_in_brackets(text)) {
        return Some(Placeholder::Whole);
    }
    has_a_gap(text).then_some(Placeholder::Gap)
}

/// Whether a text that says nothing says that there is nothing to say.
fn is_an_answer(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty() && !text.contains('?') || NO_ANSWER.has(bare)
}

/// Whether one pair of round brackets holds all of the text.
fn is_in_brackets(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.is_some_and(|inner| !inner.contains(['(', ')']))
}

fn is_a_sample(text: &str) -> bool {
    let begins = |words: &str| {
        text.get(..words.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(words))
    };
    if begins("lorem ipsum") {
        return true;
    }
    // Of most texts the first word is of no form, so nothing is copied before that is known.
    let words = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let of_a_form = words().all(|word| OF_A_FORM.has(word)) && words().nth(1).is_some();
    if of_a_form && words().any(|word| ASKS.has(word)) {
        return true;
    }
    words().nth(WORDS_OF_A_SAMPLE).is_none() && SAMPLES.has(&words().collect::<Vec<_>>().join(" "))
}

fn has_a_gap(text: &str) -> bool {
    // Every sign that a gap may begin with is one byte.
    if !text
        .bytes()
        .any(|byte| matches!(byte, b'x' | b'X' | b'[' | b'<' | b'{'))
    {
        return false;
    }
    let open = |word: &str| word.contains(['x', 'X']) && is_an_open_figure(word);
    if text.split_whitespace().any(open) {
        return true;
    }
    let mut rest = text;
    while let Some(open) = rest.find(['[', '<', '{']) {
        let close = match rest.as_bytes()[open] {
            b'[' => ']',
            b'<' => '>',
            _ => '}',
        };
        rest = &rest[open + 1..];
        let Some(end) = rest.find(close) else { continue };
        let inner = rest[..end].trim().to_lowercase();
        // What is followed by a round bracket is the text of a link in Markdown.
        let is_a_link = rest[end + 1..].starts_with('(');
        let begins = |gap: &str| {
            let after = inner.strip_prefix(gap);
            after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        };
        if !is_a_link && (is_open(&inner) || GAPS.iter().any(|gap| begins(gap))) {
            return true;
        }
    }
    false
}

/// Whether nothing but the letter x stands there.
fn is_open(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, 'x' | 'X'))
}

/// `XX`, `xx%`, `£X`, `£Xm`, `20XX`.
fn is_an_open_figure(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | '.' | ';' | ':' | '\'' | '"'));
    let figure = word.trim_start_matches(['£', '$', '€', '~', '<', '>', '+', '-']);
    let money = figure.len() < word.len();
    let amount = figure.trim_end_matches("bn").trim_end_matches(['%', 'm', 'k']);
    let measured = money || figure.ends_with('%');
    if is_open(amount) {
        return amount.len() > 1 || measured;
    }
    // A year of which the last figures are still open.
    let year = amount.strip_prefix("20").filter(|rest| rest.len() == 2);
    year.is_some_and(|rest| {
        rest.ends_with(['x', 'X']) && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sample_has_more_words_than_are_compared() {
        let words = |sample: &str| sample.split(' ').count();
        assert!(SAMPLES.iter().all(|sample| words(sample) <= WORDS_OF_A_SAMPLE));
    }

    #[test]
    fn a_title_in_brackets_is_the_sample_of_a_form() {
        let title = |text| placeholder(text, Wanted::Title);
        assert_eq!(title("(activity 1)"), Some(Placeholder::Whole));
        assert_eq!(title("(end benefit 2, secondary)"), Some(Placeholder::Whole));
        assert_eq!(title("TBC"), Some(Placeholder::Whole));
        for text in [
            "(Re)offending falls",
            "Fewer falls (over 65)",
            "(a) lower costs (b)",
            "Fewer falls",
        ] {
            assert_eq!(title(text), None, "{text}");
        }
        // A source may stand in brackets.
        assert_eq!(placeholder("(Smith, 2020)", Wanted::Always), None);
    }

    #[test]
    fn a_text_that_holds_the_place_of_another_is_known() {
        for text in [
            "TBC",
            "?",
            "-",
            "n/a",
            "None",
            "[name]",
            "<owner>",
            "Vacant",
            "To be confirmed (Finance)",
            "Title here",
            "Your title here",
            "Click to add text",
            "Insert description",
            "Lorem ipsum dolor sit amet",
            "Untitled",
            "Enter the reason here.",
        ] {
            assert_eq!(placeholder(text, Wanted::Always), Some(Placeholder::Whole), "{text}");
        }
        for text in [
            "Train [number] nurses",
            "Fewer falls in [name of town]",
            "Reduce waits by XX%",
            "Saves £Xm a year",
            "Done by 20XX",
            "Survey of {{year}}",
            "A trial in <insert place>, 2024",
            "Pilot [TBC] of the app",
        ] {
            assert_eq!(placeholder(text, Wanted::Always), Some(Placeholder::Gap), "{text}");
        }
    }

    #[test]
    fn what_says_something_is_none() {
        for text in [
            "",
            " \u{200b}",
            "Fewer falls",
            "Benefit owner",
            "Output target",
            "Head of Service (TBC)",
            "Enter the Gateway to work scheme",
            "Add value",
            "Here and now",
            "Type 2 diabetes found earlier",
            "Tax returns filed on time",
            "Max speed",
            "X-ray waits fall",
            "2x faster rounds",
            "As said in [1] and [Smith 2020]",
            "The [old] depot",
            "See [name of the page](https://example.org)",
            "Insert molding",
            "Fewer than <5 falls> a week",
            "Titles issued",
            "Mexico",
        ] {
            assert_eq!(placeholder(text, Wanted::Always), None, "{text}");
        }
    }

    #[test]
    fn a_field_that_needs_no_answer_may_say_so() {
        for text in ["n/a", "None.", "-", "–", "not applicable"] {
            assert_eq!(placeholder(text, Wanted::Perhaps), None, "{text}");
        }
        for text in ["TBC", "?", "to be agreed", "xxx", "[description]"] {
            assert_eq!(placeholder(text, Wanted::Perhaps), Some(Placeholder::Whole), "{text}");
        }
    }
}
