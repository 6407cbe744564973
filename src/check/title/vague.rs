//! Titles that would suit any project.

use super::words::{ANYTHING, PRAISE, TIES, TOPICS};
use super::work::is;

/// Why a title says too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Vague {
    /// It praises what any project could praise: `Improved service`.
    Praise,
    /// It names a topic or a thing: `Training`, `Digital transformation`, `New website`.
    Topic,
}

/// WordList of the longest topic.
const MOST_IN_A_TOPIC: usize = 4;

/// What makes the title too vague for an outcome; `None` where it names somebody, something to count or a place. A figure
/// counts as something to count.
pub(in crate::check) fn vague(title: &str) -> Option<Vague> {
    // A longer text says something, if only by its length.
    if title.len() > 120 {
        return None;
    }
    // Most titles say something by their first words, so nothing is copied before that is known.
    let words = || {
        let words = title.split(|c: char| c.is_whitespace() || matches!(c, '/' | '&' | ',' | ';' | ':'));
        let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        words.filter(|word| !word.is_empty())
    };
    if words().nth(MOST_IN_A_TOPIC).is_none() {
        let all: Vec<&str> = words().collect();
        if TOPICS.has(&all.join(" ")) {
            return Some(Vague::Topic);
        }
    }
    let says_nothing = |word: &str| PRAISE.has(word) || ANYTHING.has(word) || TIES.has(word);
    if !words().all(says_nothing) || !words().any(|word| ANYTHING.has(word)) {
        return None;
    }
    match words().any(|word| PRAISE.has(word) && !is(&["digital", "strategic", "overall", "general", "new"], word)) {
        true => Some(Vague::Praise),
        false => Some(Vague::Topic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_topic_has_more_words_than_are_compared() {
        assert!(TOPICS.iter().all(|topic| topic.split(' ').count() <= MOST_IN_A_TOPIC));
    }

    #[test]
    fn what_would_suit_any_project_is_vague_and_what_names_somebody_is_not() {
        for title in [
            "Improved service",
            "Better services",
            "Improved services.",
            "Better quality of service",
            "More efficient processes",
            "Excellent service delivery",
        ] {
            assert_eq!(vague(title), Some(Vague::Praise), "{title}");
        }
        for title in [
            "Training",
            "Digital transformation",
            "Efficiency savings",
            "Efficiency",
            "Partnership working",
        ] {
            assert_eq!(vague(title), Some(Vague::Topic), "{title}");
        }
        for title in [
            "",
            "Better services for carers",
            "Fewer missed collections",
            "Savings of £2 million",
            "Improved access to dentists",
            "Higher quality of life",
            "Better health",
            "Residents use better services",
            "More training places taken up",
        ] {
            assert_eq!(vague(title), None, "{title}");
        }
    }
}
