//! Titles that name work where a change is wanted.

use super::words::{
    AS_PLANNED, ASIDES, CHANGE_WORDS, DETERMINERS, EVENTS, FINISHED, GAINS, HANDED_OVER, HELPING, LABELS, MAYBE_VERBS,
    NOUN_MARKS, OBJECTIVES, PARTICLES, PEOPLE, PRODUCTS, PROJECT_WORK, READY, SAYS, TAUGHT, VERBS, VERBS_OR_NOUNS,
    WORK_OF,
};
use crate::map::written::MONTHS;

/// What makes a title read as work, in the words of the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) enum Work {
    /// It begins as a piece of work, with such as `Deliver`, `Set up` or `Delivery of`.
    Begins(String),
    /// It ends as a piece of work that is done, with such as `completed`.
    Ends(String),
}

/// What makes the title read as work; `None` where it reads as a change, as an objective (`Reduce emissions`) or as a
/// thing. What stands before the title proper passes unread: a number, `Goal:`, `To`, `We will`, `Successfully`.
pub(in crate::check) fn work(title: &str) -> Option<Work> {
    // A longer text is no title.
    if title.len() > 400 {
        return None;
    }
    let all: Vec<&str> = title.split_whitespace().map(plain).collect();
    let words = &all[introduction(title, &all)..];
    begins(words).map(Work::Begins).or_else(|| ends(words).map(Work::Ends))
}

/// Whether the text begins with a verb that calls for something, work or an objective.
pub(super) fn is_call(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(plain).collect();
    let objective = match words[..] {
        [first, second, ..] => OBJECTIVES.has(first) && !is_noun_before(first, second),
        _ => false,
    };
    objective || matches!(work(text), Some(Work::Begins(_)))
}

/// The word without the marks round it.
pub(super) fn plain(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether the word is one of the few, in whatever case. Titles are many, so nothing is copied.
pub(super) fn is(list: &[&str], word: &str) -> bool {
    list.iter().any(|listed| listed.eq_ignore_ascii_case(word))
}

/// How many words only introduce the title: a number, `Goal:`, `To`, `We will`, `Successfully`. None where nothing else
/// would be left.
fn introduction(title: &str, words: &[&str]) -> usize {
    let mut at = 0;
    // The word that a colon follows, where all before it are labels.
    if let Some((label, _)) = title.split_once(':') {
        let count = label.split_whitespace().count();
        let named = |word: &&str| LABELS.has(word) || word.chars().all(|c| c.is_ascii_digit());
        if count < words.len() && words[..count].iter().all(named) && title[label.len() + 1..].starts_with(' ') {
            at = count;
        }
    }
    while let [first, second, ..] = words[at..] {
        let marked = || title.split_whitespace().nth(at).is_some_and(is_mark);
        let (to, will) = (first.eq_ignore_ascii_case("to"), second.eq_ignore_ascii_case("will"));
        at += match () {
            () if first.is_empty() || (first.len() <= 3 && marked()) => 1,
            () if to || first.eq_ignore_ascii_case("will") => 1,
            () if first.eq_ignore_ascii_case("we") && will && words.len() > at + 2 => 2,
            () if first.ends_with("ly") && VERBS.has(second) => 1,
            () => break,
        };
    }
    at
}

/// Whether the word numbers an entry of a list: `1.`, `(2)`, `a)`. An amount has no mark.
fn is_mark(word: &str) -> bool {
    word.ends_with(['.', ')']) && plain(word).chars().filter(|c| c.is_alphanumeric()).count() <= 2
}

fn is_amount(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the first of the words is a noun, by the second.
fn is_noun_before(first: &str, second: &str) -> bool {
    VERBS_OR_NOUNS.has(first) && NOUN_MARKS.has(second)
}

/// Whether something is said of what the words begin with: `Train services run on time`.
fn says(words: &[&str]) -> bool {
    let own = words.iter().take_while(|word| !ASIDES.has(word));
    let said = own.skip(1).any(|word| SAYS.has(word));
    said || words.last().is_some_and(|last| last.ends_with("ed") && last.len() > 4)
}

/// The words with which the title begins as work.
fn begins(words: &[&str]) -> Option<String> {
    let &[first, second, ref rest @ ..] = words else {
        return None;
    };
    if let Some((_, particle)) = PARTICLES.iter().find(|(verb, _)| verb.eq_ignore_ascii_case(first)) {
        let follows = second.eq_ignore_ascii_case(particle);
        return follows.then(|| format!("{first} {particle}"));
    }
    let (is_verb, may_be_verb) = (VERBS.has(first), MAYBE_VERBS.has(first));
    // "Design and deliver", "Plan, build and run".
    let and = is(&["and", "or", ""], second);
    if (is_verb || may_be_verb) && and && rest.len() > 1 && VERBS.has(rest[0]) {
        return Some(first.to_owned());
    }
    if second.eq_ignore_ascii_case("of") && WORK_OF.has(first) {
        return (!says(words)).then(|| format!("{first} of"));
    }
    if may_be_verb {
        let trains = is(&["train", "training", "support", "engage"], first);
        let follows = DETERMINERS.has(second)
            || is_amount(second)
            || (trains && words.iter().skip(1).take(2).any(|word| PEOPLE.has(word)))
            || (!trains && words.iter().skip(1).take(3).any(|word| EVENTS.has(word)));
        // A participle is a noun too: "Training with partners".
        let noun = first.ends_with("ing") && is(&["with", "up", "more"], second);
        return (follows && !noun && !says(words)).then(|| first.to_owned());
    }
    if !is_verb || is_noun_before(first, second) {
        return None;
    }
    // "Complete records", "Secure homes": adjectives pass, unless what follows cannot follow an adjective.
    if is(&["complete", "secure"], first) && !DETERMINERS.has(second) && !is_amount(second) {
        return None;
    }
    // "Build trust", "Create 500 jobs": what is made is the change itself.
    let makes = is(
        &["build", "create", "deliver", "develop", "secure", "provide", "produce"],
        first,
    );
    if makes && words.iter().skip(1).take(3).any(|word| GAINS.has(word)) {
        return None;
    }
    Some(first.to_owned())
}

/// The words with which the title ends as work that is done.
fn ends(words: &[&str]) -> Option<String> {
    let all = words.len();
    let words = without_plan(words);
    let (last, before) = words.split_last()?;
    let (finished, handed_over) = (FINISHED.has(last), HANDED_OVER.has(last));
    let before = without_helping(before);
    // "Fewer upgrades completed": how many is a change; "Savings delivered": that is what is wanted.
    if CHANGE_WORDS.has(words.first()?) || words.iter().any(|word| GAINS.has(word)) {
        return None;
    }
    // "Migration of records": what is said is said of the first.
    let own = before.iter().take_while(|word| !is(&["of", "by", "with"], word));
    let work = || own.clone().any(|word| PROJECT_WORK.has(word));
    if (handed_over && !before.is_empty()) || (finished && work()) {
        return Some((*last).to_owned());
    }
    if taught(words) {
        return Some((*last).to_owned());
    }
    // "Training delivered to all staff", "Users trained on the platform": to whom says nothing of what has changed.
    if let Some(at) = words
        .iter()
        .position(|word| is(&["to", "for", "across", "on", "in", "with"], word))
        && at > 1
        && !words[at..].iter().any(|word| SAYS.has(word))
    {
        let (done, before) = (words[at - 1], &words[..at - 1]);
        let made = before.iter().any(|word| PROJECT_WORK.has(word) || PRODUCTS.has(word));
        let people = before.iter().any(|word| PEOPLE.has(word));
        let to_them = is(&["to", "for", "across"], words[at]);
        let rolled_out = to_them && ends_with(&words[..at], &["rolled", "out"]);
        let taught = people && is(&["trained", "upskilled"], done);
        let held = is(&["held"], done) && made;
        if (to_them && made && (HANDED_OVER.has(done) || rolled_out)) || taught || held {
            return Some(done.to_owned());
        }
    }
    // "Project on time and on budget".
    if words.len() < all && PROJECT_WORK.has(last) {
        return Some("as planned".to_owned());
    }
    let ready = READY
        .iter()
        .filter(|ready| ends_with(words, ready))
        .max_by_key(|ready| ready.len())?;
    let before = without_helping(&words[..words.len() - ready.len()]);
    let made = before
        .last()
        .is_some_and(|word| PRODUCTS.has(word) || PROJECT_WORK.has(word));
    made.then(|| words[words.len() - ready.len()..].join(" "))
}

/// Whether the words say that people were taught, whatever they do with it: `Staff attend training`.
fn taught(words: &[&str]) -> bool {
    let [first, middle @ .., last] = words else {
        return false;
    };
    let people = PEOPLE.has(first) || middle.first().is_some_and(|word| PEOPLE.has(word));
    people && EVENTS.has(last) && middle.iter().any(|word| TAUGHT.has(word))
}

/// Whether the words end with those, in whatever case.
fn ends_with(words: &[&str], ending: &[&str]) -> bool {
    words.len() > ending.len()
        && words[words.len() - ending.len()..]
            .iter()
            .zip(ending)
            .all(|(word, listed)| listed.eq_ignore_ascii_case(word))
}

/// The words without what is said of when and how well the work was done: `on time`, `by March 2028`.
fn without_plan<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    let mut words = words;
    // "By March", "by 31 March 2028", "in 2028".
    if let Some(at) = words.iter().rposition(|word| is(&["by", "in", "before"], word)) {
        let day =
            |word: &&str| is_amount(word) || is(&MONTHS, word) || is(&["q1", "q2", "q3", "q4", "end", "of"], word);
        if at > 1 && at + 1 < words.len() && words[at + 1..].iter().all(day) {
            words = &words[..at];
        }
    }
    let planned = AS_PLANNED
        .iter()
        .filter(|said| ends_with(words, said))
        .max_by_key(|said| said.len());
    &words[..words.len() - planned.map_or(0, |said| said.len())]
}

/// The words without the verbs at their end that only help: `Staff are`, `The system is now`.
fn without_helping<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    let kept = words.iter().rposition(|word| !HELPING.has(word)).map_or(0, |at| at + 1);
    &words[..kept]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_how_the_title_is_written() {
        let begins = |text: &str| Some(Work::Begins(text.to_owned()));
        assert_eq!(work("Deliver a new app"), begins("Deliver"));
        assert_eq!(work("SET UP a control room"), begins("SET up"));
        assert_eq!(work("Goal 2: \u{2018}Create\u{2019} a safe space"), begins("Create"));
        assert_eq!(work("1.2. Delivery of training"), begins("Delivery of"));
        let done = work("Migration to cloud completed.");
        assert_eq!(done, Some(Work::Ends("completed".to_owned())));
        assert_eq!(work(&"Deliver ".repeat(100)), None);
    }

    #[test]
    fn short_and_odd_titles_pass() {
        for title in [
            "",
            "Deliver",
            ":",
            "1.",
            "- -",
            "Goal:",
            "To",
            "We will",
            "Set",
            "\u{fffd} of",
        ] {
            assert_eq!(work(title), None, "{title}");
        }
    }
}
