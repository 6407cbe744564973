//! Titles that name two changes in one.

use super::words::{
    ADJECTIVE_ENDINGS, ADJECTIVES, ASIDES, BEFORE_NOUNS, CHANGE_WORDS, COMPARATIVES, DEGREES, DO, DONE_WORDS,
    ENDS_SAID, GOES, MANY, NOUNS_LIKE_ADJECTIVES, PEOPLE, QUESTIONS, SAYS,
};
use super::work::is_call;

/// The two halves of a title that names two changes, such as `Lower cost and cleaner air`; `None` for one change, also
/// where it takes several words: `Faster and cheaper rounds`, `More rapid and better care`. English only; what can be
/// read either way passes.
pub(in crate::check) fn two_changes(title: &str) -> Option<(&str, &str)> {
    // A longer text is no title, and looking at each of its joints would take its length squared.
    if title.len() > 400 || !may_join(title) {
        return None;
    }
    [
        " and ",
        " & ",
        " + ",
        ";",
        " / ",
        ", and ",
        " and/or ",
        " as well as ",
        " while ",
        " whilst ",
        " plus ",
        ", ",
    ]
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
                || (*joint != ", " && done(left) && done(right))
                || (goes(left) && goes(right))
                || (*joint != ", " && is_call(left) && is_call(right) && !ends_in_infinitive(left))
                // "Damp repaired sooner and tenants happier", "Customers feel supported and staff stay".
                || (says_of_another(right) && (says(left) || begins(left)))
                // "Repairs done sooner and happier tenants".
                || (compares(left) && begins(right) && names_at_second(right))
    })
    .map(|(_, left, right)| (left, right))
}

/// Whether the title has a sign or a word that could join two halves: most have none.
fn may_join(title: &str) -> bool {
    title.contains([';', '&', '+', '/', ','])
        || [" and ", " as well as ", " whil", " plus "]
            .iter()
            .any(|word| title.contains(word))
}

/// Whether the text ends with `to` and a verb, which the other half goes on with: `Act to prevent and prepare for floods`.
fn ends_in_infinitive(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    matches!(&words[..], [.., to, _] if to == "to")
}

/// Whether something is said of what the text begins with: it ends in a comparison, or has a verb that is no noun.
fn says(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    subject_of(&words).is_some()
}

/// Whether the text ends in a comparison without a verb, so that what follows is not said of the same.
fn compares(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let by_comparison = match subject_of(&words) {
        // Of "faster, safer" nothing is compared yet.
        Some((subject, Said::ByComparison)) => subject.iter().any(|word| names(word)),
        _ => false,
    };
    by_comparison && !words.iter().any(|word| SAYS.contains(&word.as_str()))
}

/// Whether the second word names people or things.
fn names_at_second(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some_and(|word| names(&plain(word)))
}

/// Whether the word names many people or things, or what cannot be counted.
fn names(word: &str) -> bool {
    word.ends_with('s') || PEOPLE.contains(&word) || MANY.contains(&word)
}

/// Whether the text is a sentence by itself, about somebody or something that it names: not one that goes on about what
/// stands before it, such as `want to stay` or `much safer`.
fn says_of_another(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let Some((subject, said)) = subject_of(&words) else {
        return false;
    };
    let goes_on = |word: &String| {
        let word = word.as_str();
        DEGREES.contains(&word) || QUESTIONS.contains(&word) || COMPARATIVES.contains(&word)
    };
    // "Fewer people complain" begins with a comparison and names people all the same.
    let compared = subject.len() > 1 && ["fewer", "more"].contains(&subject[0].as_str());
    // Of "live longer" the first word is a verb; people and things are mostly many.
    (said == Said::ByVerb || subject.iter().any(|word| names(word)))
        && !subject.is_empty()
        && (compared || !goes_on(&subject[0]))
        && !subject.iter().all(|word| is_adjective(word) || goes_on(word))
}

/// How something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// By a comparison at the end: `tenants happier`.
    ByComparison,
    /// By a verb: `staff stay`.
    ByVerb,
}

/// The words of which the rest of the words says something; `None` where nothing is said.
fn subject_of(words: &[String]) -> Option<(&[String], Said)> {
    let end = words
        .iter()
        .position(|word| ASIDES.contains(&word.as_str()))
        .unwrap_or(words.len());
    let own = &words[..end];
    let last = own.last()?.as_str();
    // "Tenants happier", "repairs finished sooner", "streets much safer".
    if own.len() > 1 && COMPARATIVES.contains(&last) {
        let before = &own[..own.len() - 1];
        let kept = before
            .iter()
            .rposition(|word| !DEGREES.contains(&word.as_str()))
            .map_or(0, |at| at + 1);
        return Some((&before[..kept], Said::ByComparison));
    }
    // "Journeys more reliable".
    if let [before @ .., more, adjective] = own
        && !before.is_empty()
        && ["more", "less", "better", "well"].contains(&more.as_str())
        && is_adjective(adjective)
    {
        return Some((before, Said::ByComparison));
    }
    let verb = (0..own.len()).find(|at| {
        let word = own[*at].as_str();
        let after_noun = *at > 0 && !BEFORE_NOUNS.contains(&own[*at - 1].as_str()) && !is_adjective(&own[*at - 1]);
        match *at + 1 == own.len() {
            true => after_noun && (ENDS_SAID.contains(&word) || GOES.contains(&word)),
            // The first word may be the verb itself, of somebody who was named before.
            false => (*at == 0 || after_noun) && (SAYS.contains(&word) || DO.contains(&word)),
        }
    })?;
    Some((&own[..verb], Said::ByVerb))
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
