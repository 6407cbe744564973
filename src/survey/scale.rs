//! The scales that people answer on, and how an answer is written.

use crate::map::words;

words! {
    /// What a question is answered on.
    Scale {
        /// Four points, from strongly disagree (1) to strongly agree (4).
        Agreement = "agreement",
        /// Yes, partly or no.
        Checklist = "checklist",
        /// Four points, from not at all sure (1) to very sure (4).
        Confidence = "confidence",
    }
}

impl Scale {
    /// Everything that may be answered, in words: the points, lowest first, then [`DONT_KNOW`] and [`NOT_APPLICABLE`].
    pub fn answers(self) -> &'static [&'static str] {
        match self {
            Self::Agreement => &[
                "strongly disagree",
                "tend to disagree",
                "tend to agree",
                "strongly agree",
                DONT_KNOW,
                NOT_APPLICABLE,
            ],
            Self::Checklist => &["no", "partly", "yes", DONT_KNOW, NOT_APPLICABLE],
            Self::Confidence => &[
                "not at all sure",
                "not very sure",
                "fairly sure",
                "very sure",
                DONT_KNOW,
                NOT_APPLICABLE,
            ],
        }
    }

    /// The words of its points, lowest first. The number of an answer is its place among them, from 1.
    pub fn points(self) -> &'static [&'static str] {
        let all = self.answers();
        &all[..all.len() - 2]
    }

    /// The word of a point; `not known` for a number that is not a point.
    pub fn word_of(self, point: u8) -> &'static str {
        let at = usize::from(point).checked_sub(1);
        at.and_then(|at| self.points().get(at)).copied().unwrap_or("not known")
    }

    /// Whether its points may be written as numbers. On a checklist nobody could say whether 1 is yes or no.
    pub fn has_numbers(self) -> bool {
        self != Self::Checklist
    }

    /// What may be written as an answer, in words for a message.
    pub fn choices(self) -> String {
        let points = self
            .points()
            .iter()
            .enumerate()
            .map(|(at, word)| match self.has_numbers() {
                true => format!("{} ({word})", at + 1),
                false => (*word).to_owned(),
            });
        let mut all: Vec<String> = points.collect();
        all.push(DONT_KNOW.to_owned());
        format!("{} or {NOT_APPLICABLE}", all.join(", "))
    }

    /// What an answer says, or `None` where it is not an answer on this scale. Capitals, white space and the form of an
    /// apostrophe make no difference; a number may be followed by its word, as in `4 strongly agree`.
    ///
    /// ```
    /// use benefit_map::survey::{Reply, Scale};
    /// assert_eq!(Scale::Agreement.read("Tend to agree"), Some(Reply::Point(3)));
    /// assert_eq!(Scale::Agreement.read("1"), Some(Reply::Point(1)));
    /// assert_eq!(Scale::Agreement.read("5"), None);
    /// assert_eq!(Scale::Checklist.read("don’t know"), Some(Reply::DontKnow));
    /// ```
    pub fn read(self, text: &str) -> Option<Reply> {
        if text.trim().starts_with(['-', '−', '–']) {
            return None;
        }
        let plain: String = text.to_lowercase().replace(['’', '‘', '`', '\''], "");
        let plain = plain.replace(['-', '–', '—', ':', '(', ')', ',', '.', '_'], " ");
        let words: Vec<&str> = plain.split_whitespace().collect();
        let plain = words.join(" ");
        match plain.as_str() {
            "dont know" | "do not know" | "dk" | "?" => return Some(Reply::DontKnow),
            "not applicable" | "n/a" | "na" | "n a" | "does not apply" => return Some(Reply::NotApplicable),
            _ => {}
        }
        let (number, rest) = match plain.split_once(' ') {
            Some((number, rest)) => (number, rest),
            None => (plain.as_str(), ""),
        };
        let at = |word: &str| self.points().iter().zip(1u8..).find(|(point, _)| **point == word);
        if let Some((_, point)) = at(&plain) {
            return Some(Reply::Point(point));
        }
        let point = number.parse::<u8>().ok().filter(|_| self.has_numbers())?;
        let known = (1..=self.points().len()).contains(&usize::from(point));
        // A whole number that a spreadsheet wrote as `3.0` is one; `3.5` is between two points.
        let agrees = matches!(rest, "" | "0") || at(rest).is_some_and(|(_, named)| named == point);
        (known && agrees).then_some(Reply::Point(point))
    }
}

/// How somebody says that they cannot answer.
pub const DONT_KNOW: &str = "don't know";

/// How somebody says that a question does not fit.
pub const NOT_APPLICABLE: &str = "not applicable";

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reply {
    /// A point of the scale, from 1 for the lowest.
    Point(u8),
    /// They cannot say.
    DontKnow,
    /// The question does not fit here.
    NotApplicable,
}

impl Reply {
    /// The answer as a table has it: a number where the scale has numbers, else the words.
    pub fn written(self, scale: Scale) -> String {
        match self {
            Self::Point(point) if scale.has_numbers() => point.to_string(),
            Self::Point(point) => scale.word_of(point).to_owned(),
            Self::DontKnow => DONT_KNOW.to_owned(),
            Self::NotApplicable => NOT_APPLICABLE.to_owned(),
        }
    }

    /// The answer in words.
    pub fn words(self, scale: Scale) -> &'static str {
        match self {
            Self::Point(point) => scale.word_of(point),
            Self::DontKnow => DONT_KNOW,
            Self::NotApplicable => NOT_APPLICABLE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_that_is_written_is_read_as_the_same() {
        for scale in Scale::ALL.iter().copied() {
            let points = (1..).take(scale.points().len()).map(Reply::Point);
            for reply in points.chain([Reply::DontKnow, Reply::NotApplicable]) {
                assert_eq!(scale.read(&reply.written(scale)), Some(reply), "{scale:?}");
                assert_eq!(scale.read(&reply.words(scale).to_uppercase()), Some(reply), "{scale:?}");
            }
        }
    }

    #[test]
    fn what_people_and_spreadsheets_write_is_understood_and_other_scales_are_not() {
        for (text, reply) in [
            (" 3.0 ", Some(Reply::Point(3))),
            ("4 – Strongly agree", Some(Reply::Point(4))),
            ("strongly  AGREE", Some(Reply::Point(4))),
            ("Don’t know", Some(Reply::DontKnow)),
            ("N/A", Some(Reply::NotApplicable)),
            ("4 strongly disagree", None),
            ("0", None),
            ("5", None),
            ("7", None),
            ("-1", None),
            ("2.5", None),
            ("2,5", None),
            ("yes", None),
            ("agree", None),
            ("", None),
        ] {
            assert_eq!(Scale::Agreement.read(text), reply, "{text:?}");
        }
        for text in ["1", "3", "strongly agree", "maybe"] {
            assert_eq!(Scale::Checklist.read(text), None, "{text}");
        }
        assert_eq!(Scale::Confidence.read("Not very sure"), Some(Reply::Point(2)));
        assert_eq!(Scale::Confidence.read("unsure"), None, "it may be a point or no answer");
    }
}
