//! Titles that name two changes in one.

use super::words::{
    ADJECTIVE_ENDINGS, ADJECTIVES, ASIDES, BEFORE_NOUNS, CHANGE_WORDS, COMPARATIVES, DEGREES, DO, DONE_WORDS,
    ENDS_SAID, GOES, MANY, NOUNS_LIKE_ADJECTIVES, PEOPLE, QUESTIONS, SAYS,
};
use super::work::{is, is_call, plain};

/// The two halves of a title that names two changes, such as `Lower cost and cleaner air`; `None` for one change, also
/// where it takes several words: `Faster and cheaper rounds`, `More rapid and better care`. English only; what can be
/// read either way passes.
pub(in crate::check) fn two_changes(title: &str) -> Option<(&str, &str)> {
    // A longer text is no title, and looking at each of its joints would take its length squared.
    if title.len() > 400 {
        return None;
    }
    joints(title)
        .into_iter()
        .map(|(at, joint)| {
            // Of `income, savings, and debt` the comma belongs to neither.
            let left = title[..at].trim().trim_end_matches(',');
            (joint, left, title[at + joint.len()..].trim())
        })
        .find(|(joint, left, right)| {
            let one_word = |text: &str| text.split_whitespace().nth(1).is_none();
            if one_word(right) || one_word(left) {
                return false;
            }
            let begins = |text| CHANGE_WORDS.has(first(text));
            let done = |text| DONE_WORDS.has(last(text));
            let goes = |text| GOES.has(last(text));
            *joint == ";"
                // Without a noun of its own the left half waits for that of the right one.
                || (begins(left) && begins(right) && !is_adjective(last(left)))
                || (*joint != ", " && done(left) && done(right))
                || (goes(left) && goes(right))
                || (*joint != ", " && is_call(left) && is_call(right) && !ends_in_infinitive(left))
                // "Damp repaired sooner and tenants happier", "Customers feel supported and staff stay".
                || (says_of_another(right) && (says(left) || begins(left)))
                // "Repairs done sooner and happier tenants".
                || (begins(right) && names_at_second(right) && compares(left))
        })
        .map(|(_, left, right)| (left, right))
}

/// What may join two halves, the surest first.
const JOINTS: [&str; 12] = [
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
];

/// Where the title has a joint, and which: the surest first, each from left to right. Most titles have none, so they are
/// gone through once for all.
fn joints(title: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (at, pair) in title.as_bytes().windows(2).enumerate() {
        // Of the words and signs that a space may come before, each has a first letter of its own.
        let may_begin = match pair[0] {
            b' ' => matches!(pair[1], b'a' | b'w' | b'p' | b'&' | b'+' | b'/'),
            sign => matches!(sign, b';' | b','),
        };
        if !may_begin {
            continue;
        }
        for (rank, joint) in JOINTS.iter().enumerate() {
            let begins = joint.as_bytes();
            if begins[0] == pair[0]
                && begins.get(1).is_none_or(|next| *next == pair[1])
                && title[at..].starts_with(joint)
            {
                found.push((rank, at));
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(rank, at)| (at, JOINTS[rank])).collect()
}

/// Whether the text ends with `to` and a verb, which the other half goes on with: `Act to prevent and prepare for floods`.
fn ends_in_infinitive(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(plain).collect();
    matches!(words[..], [.., to, _] if to.eq_ignore_ascii_case("to"))
}

/// Whether something is said of what the text begins with: it ends in a comparison, or has a verb that is no noun.
fn says(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(plain).collect();
    subject_of(&words).is_some()
}

/// Whether the text ends in a comparison without a verb, so that what follows is not said of the same.
fn compares(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(plain).collect();
    let by_comparison = match subject_of(&words) {
        // Of "faster, safer" nothing is compared yet.
        Some((subject, Said::ByComparison)) => subject.iter().any(|word| names(word)),
        _ => false,
    };
    by_comparison && !words.iter().any(|word| SAYS.has(word))
}

/// Whether the second word names people or things.
fn names_at_second(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some_and(|word| names(plain(word)))
}

/// Whether the word names many people or things, or what cannot be counted.
fn names(word: &str) -> bool {
    word.ends_with(['s', 'S']) || PEOPLE.has(word) || MANY.has(word)
}

/// Whether the text is a sentence by itself, about somebody or something that it names: not one that goes on about what
/// stands before it, such as `want to stay` or `much safer`.
fn says_of_another(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(plain).collect();
    let Some((subject, said)) = subject_of(&words) else {
        return false;
    };
    let goes_on = |word: &str| DEGREES.has(word) || QUESTIONS.has(word) || COMPARATIVES.has(word);
    // "Fewer people complain" begins with a comparison and names people all the same.
    let compared = subject.len() > 1 && is(&["fewer", "more"], subject[0]);
    // Of "live longer" the first word is a verb; people and things are mostly many.
    (said == Said::ByVerb || subject.iter().any(|word| names(word)))
        && !subject.is_empty()
        && (compared || !goes_on(subject[0]))
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
fn subject_of<'w, 't>(words: &'w [&'t str]) -> Option<(&'w [&'t str], Said)> {
    let end = words.iter().position(|word| ASIDES.has(word)).unwrap_or(words.len());
    let own = &words[..end];
    let last = *own.last()?;
    // "Tenants happier", "repairs finished sooner", "streets much safer".
    if own.len() > 1 && COMPARATIVES.has(last) {
        let before = &own[..own.len() - 1];
        let kept = before
            .iter()
            .rposition(|word| !DEGREES.has(word))
            .map_or(0, |at| at + 1);
        return Some((&before[..kept], Said::ByComparison));
    }
    // "Journeys more reliable".
    if let [before @ .., more, adjective] = own
        && !before.is_empty()
        && is(&["more", "less", "better", "well"], more)
        && is_adjective(adjective)
    {
        return Some((before, Said::ByComparison));
    }
    let verb = (0..own.len()).find(|at| {
        let word = own[*at];
        let after_noun = *at > 0 && !BEFORE_NOUNS.has(own[*at - 1]) && !is_adjective(own[*at - 1]);
        match *at + 1 == own.len() {
            true => after_noun && (ENDS_SAID.has(word) || GOES.has(word)),
            // The first word may be the verb itself, of somebody who was named before.
            false => (*at == 0 || after_noun) && (SAYS.has(word) || DO.has(word)),
        }
    })?;
    Some((&own[..verb], Said::ByVerb))
}

fn first(text: &str) -> &str {
    plain(text.split_whitespace().next().unwrap_or_default())
}

fn last(text: &str) -> &str {
    plain(text.split_whitespace().next_back().unwrap_or_default())
}

/// Whether the word tells only what sort of thing is meant: `rapid`, `affordable`, `safer`.
fn is_adjective(word: &str) -> bool {
    CHANGE_WORDS.has(word)
        || ADJECTIVES.has(word)
        || (!NOUNS_LIKE_ADJECTIVES.has(word)
            && word.len() > 4
            && ADJECTIVE_ENDINGS.iter().any(|ending| {
                let end = word.len().checked_sub(ending.len()).and_then(|at| word.get(at..));
                end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_joint_is_found_where_it_is() {
        for joint in JOINTS {
            let title = format!("Some words{joint}more words");
            assert!(joints(&title).contains(&("Some words".len(), joint)), "{joint:?}");
        }
        let found = joints("a, and b; c");
        assert_eq!(found, [(2, " and "), (8, ";"), (1, ", and "), (1, ", ")]);
        for title in ["", " ", ",", "Fewer whales", "Cost,income", "Band"] {
            assert!(joints(title).is_empty(), "{title}");
        }
    }
}
