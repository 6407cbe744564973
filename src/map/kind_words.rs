//! Which kind of node a word or a heading means, in the usual words of benefit maps, logic models and logframes.
//!
//! One list for all: what tables, drawings and models of other tools call their boxes. Each word has one meaning here,
//! also where its users have several:
//!
//! - `outcome`, `benefit` and `result` alone are intermediate outcomes: the end is called end, final, ultimate or
//!   long-term. The `results` of a logframe of the European Commission are its outputs; they are not read as such.
//! - `impact`, `goal`, `objective` and `aim` alone are end outcomes; a `specific objective` is an intermediate one (the
//!   logframe's purpose), and what is short-term or intermediate is so whatever noun follows.
//! - An `investment objective` or `spending objective` is what money is spent for (HM Treasury, Green Book), so an end
//!   outcome, and no investment.
//! - `measure` and `support` are something done, not something measured or somebody in favour.
//! - An `enabling change` is an enabler (Ward and Daniel, benefits dependency network); any other change a business
//!   change.
//! - `driver`, `risk`, `assumption`, `KPI`, `indicator`, `stakeholder`, `participant`, `vision` and `strategy` are no kinds of
//!   node.

use super::NodeKind;

/// The kind of node that a word or a heading means, and what else it says of the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedKind {
    /// The kind.
    pub kind: NodeKind,
    /// Whether it says that somebody sees the outcome as negative: `Disbenefits`.
    pub disbenefit: bool,
    /// Whether it says that nobody aims at the outcome: `Unintended consequences`.
    pub unintended: bool,
}

use NodeKind::{BusinessChange, Enabler, EndOutcome, IntermediateOutcome, Investment};

/// Words in the singular that mean a kind by themselves; words may also run together.
const WORDS: &[(NodeKind, &[&str])] = &[
    (
        Investment,
        &[
            "investment",
            "input",
            "resource",
            "funding",
            "fund",
            "budget",
            "grant",
            "cost",
            "money",
            "expenditure",
        ],
    ),
    (
        Enabler,
        &[
            "enabler",
            "it enabler",
            "is it enabler",
            "enabling project",
            "enabling activity",
            "enabling change",
            "output",
            "deliverable",
            "product",
            "project",
            "programme",
            "program",
            "workstream",
            "work package",
            "capability",
            "intervention",
            "support",
            "activity",
            "action",
            "task",
            "initiative",
            "measure",
            "technology",
        ],
    ),
    (
        BusinessChange,
        &[
            "business change",
            "change",
            "organisational change",
            "organizational change",
            "operational change",
            "process change",
            "change in practice",
            "practice",
            "working practice",
            "way of working",
            "ways of working",
            "new way of working",
            "new ways of working",
        ],
    ),
    (
        IntermediateOutcome,
        &[
            "intermediate",
            "factor",
            "short term",
            "medium term",
            "mid term",
            "specific objective",
            "sub goal",
            "sub objective",
            "key result",
        ],
    ),
    (EndOutcome, &["long term", "success factor"]),
];

/// Nouns for what is brought about, with the kind of each where no stage stands before it.
const RESULTS: &[(&str, NodeKind)] = &[
    ("outcome", IntermediateOutcome),
    ("benefit", IntermediateOutcome),
    ("result", IntermediateOutcome),
    ("effect", IntermediateOutcome),
    ("consequence", IntermediateOutcome),
    ("impact", EndOutcome),
    ("goal", EndOutcome),
    ("objective", EndOutcome),
    ("aim", EndOutcome),
];

/// What stands before such a noun and says the stage.
const STAGES: &[(&str, NodeKind)] = &[
    ("intermediate", IntermediateOutcome),
    ("intermediary", IntermediateOutcome),
    ("interim", IntermediateOutcome),
    ("immediate", IntermediateOutcome),
    ("initial", IntermediateOutcome),
    ("early", IntermediateOutcome),
    ("short term", IntermediateOutcome),
    ("short", IntermediateOutcome),
    ("medium term", IntermediateOutcome),
    ("medium", IntermediateOutcome),
    ("mid term", IntermediateOutcome),
    ("short and medium term", IntermediateOutcome),
    ("short to medium term", IntermediateOutcome),
    ("end", EndOutcome),
    ("final", EndOutcome),
    ("ultimate", EndOutcome),
    ("overall", EndOutcome),
    ("strategic", EndOutcome),
    ("long term", EndOutcome),
    ("longer term", EndOutcome),
    ("long", EndOutcome),
];

/// What may stand before such a noun and says nothing of the stage.
const TOPICS: &[&str] = &[
    "business",
    "investment",
    "spending",
    "policy",
    "corporate",
    "organisational",
    "organizational",
    "service",
    "customer",
    "user",
    "citizen",
    "community",
    "public",
    "social",
    "economic",
    "environmental",
    "financial",
    "development",
    "wider",
    "direct",
    "indirect",
];

/// What may stand before any word and changes nothing.
const EMPTY: &[&str] = &[
    "key",
    "main",
    "planned",
    "intended",
    "expected",
    "desired",
    "anticipated",
    "project",
    "programme",
    "program",
];

/// Words after which a word of [`EMPTY`] means something else: key measures are KPIs.
const NOT_AFTER_EMPTY: &[&str] = &["measure", "support", "factor", "change"];

impl NodeKind {
    /// The kind that a word or a heading means: the map's own words and other usual ones, in the singular or the plural,
    /// with a number before or after it, whatever the case and whatever stands between the words. `None` where it means
    /// none, or may mean several.
    ///
    /// ```
    /// use benefit_map::map::NodeKind;
    ///
    /// assert_eq!(NodeKind::named("Business changes"), Some(NodeKind::BusinessChange));
    /// assert_eq!(NodeKind::named("OUTPUT 1.1"), Some(NodeKind::Enabler));
    /// assert_eq!(NodeKind::named("Long-term outcomes"), Some(NodeKind::EndOutcome));
    /// assert_eq!(NodeKind::named("Drivers"), None);
    /// ```
    pub fn named(text: &str) -> Option<NodeKind> {
        NamedKind::of(text).map(|named| named.kind)
    }
}

impl NamedKind {
    /// What a word or a heading says, as [`NodeKind::named`] reads it.
    pub fn of(text: &str) -> Option<NamedKind> {
        if text.len() > 200 {
            return None;
        }
        // What stands in brackets at the end is part of the name, or an aside: `Outcomes (long term)`, `Inputs (£)`.
        let text = text.trim();
        let aside = text
            .strip_suffix([')', ']'])
            .and_then(|rest| rest.rsplit_once(['(', '[']));
        if let Some((head, aside)) = aside {
            let (head, aside) = (words(head), words(aside));
            return of_words(&[aside.clone(), head.clone()].concat()).or_else(|| of_words(&head));
        }
        of_words(&words(text)).or_else(|| {
            // `Outcomes – short term`, `Outcomes: long-term`.
            let (head, tail) = text
                .split_once(" - ")
                .or_else(|| text.split_once(['–', '—', ':', ',']))?;
            let (head, tail) = (words(head), words(tail));
            STAGES
                .iter()
                .any(|(stage, _)| *stage == tail.join(" "))
                .then(|| of_words(&[tail, head].concat()))?
        })
    }
}

/// The words of a text in lower case; a capital within a word begins another, as in `EndOutcome`.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    let letters: Vec<char> = text.chars().collect();
    for (at, c) in letters.iter().copied().enumerate() {
        // A point between digits is part of a number: `1.1`.
        let is_inner_point =
            c == '.' && before.is_ascii_digit() && letters.get(at + 1).is_some_and(char::is_ascii_digit);
        if c.is_alphanumeric() || is_inner_point {
            let goes_on = (before.is_alphanumeric() || before == '.') && !(before.is_lowercase() && c.is_uppercase());
            if !goes_on || words.is_empty() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = if is_inner_point || c.is_alphanumeric() { c } else { ' ' };
    }
    words
}

fn of_words(words: &[String]) -> Option<NamedKind> {
    let words = without_numbers(words);
    let (mut words, mut disbenefit, mut unintended) = (words.to_vec(), false, false);
    // What is said of an outcome besides its stage.
    words.retain(|word| match word.as_str() {
        "unintended" => {
            unintended = true;
            false
        }
        "negative" | "adverse" => {
            disbenefit = true;
            false
        }
        _ => true,
    });
    let (first, last) = (words.first()?.clone(), words.len() - 1);
    if words[last].starts_with("disbenefit") {
        disbenefit = true;
        words[last] = words[last].replacen("disbenefit", "benefit", 1);
    } else if last > 0 && words[last - 1] == "dis" && words[last].starts_with("benefit") {
        disbenefit = true;
        words.remove(last - 1);
    }
    let kind = kind_of(&words).or_else(|| {
        let rest = &words[1..];
        let bare = EMPTY.contains(&first.as_str()) && !rest.is_empty();
        let means_another = rest
            .last()
            .is_some_and(|word| NOT_AFTER_EMPTY.contains(&singular(word).as_str()));
        (bare && !means_another).then(|| kind_of(rest)).flatten()
    })?;
    // Only of an outcome can it be said that it is unwelcome.
    if (disbenefit || unintended) && !kind.is_outcome() {
        return None;
    }
    Some(NamedKind {
        kind,
        disbenefit,
        unintended,
    })
}

/// The words without a number before or after them: `1. Inputs`, `Output 1.1`, `Outcome A`, `Stage 2: Outputs`.
fn without_numbers(all: &[String]) -> &[String] {
    let is_number = |word: &String| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        word.len() - digits.len() <= 1 && digits.len() <= 8 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            || matches!(word.as_str(), "ii" | "iii" | "iv" | "vi")
    };
    let mut words = all;
    while let [rest @ .., last] = words
        && !rest.is_empty()
        && is_number(last)
    {
        words = rest;
    }
    // `Outcome no. 2`
    if let [rest @ .., last] = words
        && !rest.is_empty()
        && rest.len() < all.len() - 1
        && matches!(last.as_str(), "no" | "nr" | "number")
    {
        words = rest;
    }
    if let [first, number, rest @ ..] = words
        && matches!(first.as_str(), "stage" | "level" | "step" | "column")
        && is_number(number)
        && !rest.is_empty()
    {
        return rest;
    }
    while let [first, rest @ ..] = words
        && !rest.is_empty()
        && is_number(first)
    {
        words = rest;
    }
    words
}

/// The kind of words that say nothing but the kind.
fn kind_of(words: &[String]) -> Option<NodeKind> {
    let (last, before) = words.split_last()?;
    let last = singular(last);
    let whole = before.concat() + &last;
    // Words that run together are the same words: `EndOutcome`, `businesschange`.
    let same = |text: &str| text.split(' ').eq(words.iter().map(String::as_str)) || text.replace(' ', "") == whole;
    if let Some((kind, _)) = WORDS.iter().find(|(_, own)| own.iter().any(|word| same(word))) {
        return Some(*kind);
    }
    if let Some((_, kind)) = RESULTS.iter().find(|(noun, _)| *noun == whole) {
        return Some(*kind);
    }
    let of_noun = RESULTS
        .iter()
        .filter_map(|(noun, kind)| Some((whole.strip_suffix(noun)?, *kind)));
    of_noun.into_iter().find_map(|(before, alone)| {
        let stage = |text: &str| STAGES.iter().find(|(stage, _)| stage.replace(' ', "") == text);
        let topic = TOPICS.iter().find_map(|topic| before.strip_suffix(topic));
        match (stage(before), topic) {
            (Some((_, kind)), _) => Some(*kind),
            (None, Some("")) => Some(alone),
            (None, Some(before)) => stage(before).map(|(_, kind)| *kind),
            (None, None) => None,
        }
    })
}

/// A word in the singular.
fn singular(word: &str) -> String {
    match word {
        "ways" | "process" | "business" => word.to_owned(),
        word if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        word if word.ends_with('s') && !word.ends_with("ss") => word[..word.len() - 1].to_owned(),
        word => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_singular_plural_and_numbered() {
        for (kind, texts) in [
            (
                Investment,
                "Inputs|input|Resources|RESOURCES (£)|1. Inputs|Grants|Planned inputs|Stage 1: Inputs",
            ),
            (
                Enabler,
                "Projects|Activities|Activity 1.1.1|Outputs|Output 1.1|OUTPUT #3|Products|Deliverables|Key deliverables|\
                 Enablers|Capabilities|IS/IT enablers|Enabling changes|Project outputs|Programmes|Work packages|Measures",
            ),
            (
                BusinessChange,
                "Business changes|business_change|BusinessChange|business-changes|Changes|New ways of working|\
                 Process changes|Practices|Way of working",
            ),
            (
                IntermediateOutcome,
                "Outcomes|Outcome 1|Outcome A|Short-term outcomes|short term outcome|ShortTermOutcomes|Medium-term|\
                 Mid-term outcomes|Intermediate outcomes|Immediate outcomes|Results|Result 2|Expected results|Benefits|\
                 Business benefits|Financial benefits|Short-term impacts|Specific objectives|Outcomes (short term)|\
                 Outcomes (1-3 years)|Outcomes – medium term|Outcomes: short-term|Short-term outcomes (1 to 3 years)|\
                 Short- and medium-term outcomes|Key results|Factors|Benefits 2030|Outcome no. 2",
            ),
            (
                EndOutcome,
                "Long-term outcomes|Long term|Longer-term outcomes|Ultimate outcome|ultimate outcomes|End outcomes|\
                 Final outcomes|Impacts|Impact 1|Goals|Objectives|Strategic objectives|Strategic goal|End benefits|\
                 Investment objectives|Spending objectives|Outcomes (end)|Long-term social outcomes|Aims|Success factors",
            ),
        ] {
            for text in texts.split('|') {
                assert_eq!(NodeKind::named(text), Some(kind), "{text}");
            }
        }
        for kind in NodeKind::ALL {
            for text in [
                kind.as_str(),
                kind.label(),
                kind.heading(),
                &kind.heading().to_uppercase(),
            ] {
                assert_eq!(NodeKind::named(text), Some(*kind), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_kind_or_more_than_a_kind_means_none() {
        for text in [
            "",
            "1",
            "A",
            "Drivers",
            "Risks",
            "KPIs",
            "Key measures",
            "Phase 1",
            "Outcome: cleaner streets",
            "Outcomes and impacts",
            "Output quality",
            "Business",
            "Strategic",
            "End",
            "Short",
            "Einflussfaktoren",
            "Negative activity",
            "Housing project",
            "Climate change",
            "Street",
        ] {
            assert_eq!(NodeKind::named(text), None, "{text}");
        }
        assert_eq!(NodeKind::named(&"outcome ".repeat(10_000)), None);
    }

    #[test]
    fn what_is_unwelcome_or_unintended_is_said_too() {
        let of = |text: &str| NamedKind::of(text).map(|named| (named.kind, named.disbenefit, named.unintended));
        for text in [
            "Disbenefits",
            "dis-benefit",
            "DisBenefit 2",
            "Negative outcomes",
            "Adverse effects",
        ] {
            assert_eq!(of(text), Some((IntermediateOutcome, true, false)), "{text}");
        }
        assert_eq!(of("Unintended consequences"), Some((IntermediateOutcome, false, true)));
        assert_eq!(of("Unintended negative impacts"), Some((EndOutcome, true, true)));
        assert_eq!(of("Long-term disbenefits"), Some((EndOutcome, true, false)));
        assert_eq!(of("Benefits"), Some((IntermediateOutcome, false, false)));
    }
}
