//! Titles that name two changes in one.

use super::words::{ADJECTIVE_ENDINGS, ADJECTIVES, CHANGE_WORDS, DONE_WORDS, GOES, NOUNS_LIKE_ADJECTIVES};
use super::work::is_call;

/// The two halves of a title that names two changes, such as `Lower cost and cleaner air`; `None` for one change, also
/// where it takes several words: `Faster and cheaper rounds`, `More rapid and better care`. English only; what can be
/// read either way passes.
pub(in crate::check) fn two_changes(title: &str) -> Option<(&str, &str)> {
    // A longer text is no title, and looking at each of its joints would take its length squared.
    if title.len() > 400 {
        return None;
    }
    [" and ", " & ", " + ", ";", " / ", ", and ", " and/or ", " as well as "]
        .into_iter()
        .flat_map(|joint| title.match_indices(joint).map(move |(at, _)| (at, joint)))
        .map(|(at, joint)| {
            // Of `income, savings, and debt` the comma belongs to neither.
            let left = title[..at].trim().trim_end_matches(',');
            (joint, left, title[at + joint.len()..].trim())
        })
        .find(|(joint, left, right)| {
            let words = |text: &str| text.split_whitespace().count();
            if words(left) < 2 || words(right) < 2 {
                return false;
            }
            let last = |text: &str| plain(text.split_whitespace().last().unwrap_or_default());
            let begins = |text: &str| {
                let first = plain(text.split_whitespace().next().unwrap_or_default());
                CHANGE_WORDS.contains(&first.as_str())
            };
            let done = |text: &str| DONE_WORDS.contains(&last(text).as_str());
            let goes = |text: &str| GOES.contains(&last(text).as_str());
            *joint == ";"
                // Without a noun of its own the left half waits for that of the right one.
                || (begins(left) && begins(right) && !is_adjective(&last(left)))
                || (done(left) && done(right))
                || (goes(left) && goes(right))
                || (is_call(left) && is_call(right))
        })
        .map(|(_, left, right)| (left, right))
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether the word tells only what sort of thing is meant: `rapid`, `affordable`, `safer`.
fn is_adjective(word: &str) -> bool {
    CHANGE_WORDS.contains(&word)
        || ADJECTIVES.contains(&word)
        || (!NOUNS_LIKE_ADJECTIVES.contains(&word)
            && word.len() > 4
            && ADJECTIVE_ENDINGS.iter().any(|ending| word.ends_with(ending)))
}
