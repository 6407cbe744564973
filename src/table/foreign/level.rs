//! Which level of a logframe a cell names: its word, its number, and the title that may follow.

use crate::map::NodeKind;

/// A level of a results chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    /// Its word in the singular.
    pub(super) word: &'static str,
    pub(super) kind: NodeKind,
    /// How near the work it is, among levels of one kind: activities stand below outputs.
    pub(super) depth: usize,
    /// The parts of its number: 1 and 1 of `Output 1.1`.
    pub(super) number: Vec<String>,
    /// What follows in the cell.
    pub(super) title: String,
}

/// The words for levels that logframes have, the highest first, with what each is on a map.
const WORDS: &[(&str, NodeKind, usize)] = &[
    ("impact", NodeKind::EndOutcome, 0),
    ("super goal", NodeKind::EndOutcome, 0),
    ("overall objective", NodeKind::EndOutcome, 0),
    ("overall goal", NodeKind::EndOutcome, 0),
    ("development objective", NodeKind::EndOutcome, 0),
    ("strategic objective", NodeKind::EndOutcome, 0),
    ("long term outcome", NodeKind::EndOutcome, 0),
    ("ultimate outcome", NodeKind::EndOutcome, 0),
    ("goal", NodeKind::EndOutcome, 0),
    ("intermediate outcome", NodeKind::IntermediateOutcome, 2),
    ("immediate outcome", NodeKind::IntermediateOutcome, 3),
    ("short term outcome", NodeKind::IntermediateOutcome, 3),
    ("medium term outcome", NodeKind::IntermediateOutcome, 2),
    ("intermediate result", NodeKind::IntermediateOutcome, 2),
    ("specific objective", NodeKind::IntermediateOutcome, 1),
    ("project development objective", NodeKind::EndOutcome, 0),
    ("pdo", NodeKind::EndOutcome, 0),
    ("purpose", NodeKind::IntermediateOutcome, 1),
    ("outcome", NodeKind::IntermediateOutcome, 1),
    ("result", NodeKind::IntermediateOutcome, 2),
    ("objective", NodeKind::EndOutcome, 0),
    ("output", NodeKind::Enabler, 4),
    ("deliverable", NodeKind::Enabler, 4),
    ("component", NodeKind::Enabler, 4),
    ("sub output", NodeKind::Enabler, 5),
    ("activity", NodeKind::Enabler, 6),
    ("activities", NodeKind::Enabler, 6),
    ("task", NodeKind::Enabler, 7),
    ("input", NodeKind::Investment, 8),
    ("resource", NodeKind::Investment, 8),
    ("enabler", NodeKind::Enabler, 4),
    ("business change", NodeKind::BusinessChange, 3),
    ("end outcome", NodeKind::EndOutcome, 0),
    ("investment", NodeKind::Investment, 8),
];

/// The level that a cell begins with; `None` where it begins with none. What follows the number is the title: `Output 1.1: Farmers
/// trained`. A word without a number counts only where it is all that there is, or a sign follows it: `Outcomes improve` is no level.
pub(super) fn level_of(text: &str) -> Option<Level> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let lower = lower.replace(['-', '_'], " ");
    let fits = |word: &str| {
        let rest = lower.strip_prefix(word)?;
        let rest = rest
            .strip_prefix("(s)")
            .or_else(|| rest.strip_prefix('s'))
            .unwrap_or(rest);
        (!rest.starts_with(char::is_alphabetic)).then_some(text.len() - rest.len())
    };
    // The longest word that the text begins with.
    let found = WORDS
        .iter()
        .filter_map(|(word, kind, depth)| Some((fits(word)?, *word, *kind, *depth)));
    let (end, word, kind, depth) = found.max_by_key(|(end, ..)| *end)?;
    let rest = text[end..].trim_start();
    let rest = ["no. ", "no.", "nr ", "number ", "#"]
        .iter()
        .find_map(|word| {
            rest.to_lowercase()
                .starts_with(word)
                .then(|| rest[word.len()..].trim_start())
        })
        .unwrap_or(rest);
    let length = rest
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(rest.len());
    let (mut number, mut after) = (&rest[..length], &rest[length..]);
    // `Outcome A`, `Output 1a`
    let mut letters = after.chars();
    if let (Some(letter), next) = (letters.next(), letters.next())
        && letter.is_ascii_alphabetic()
        && next.is_none_or(|c| !c.is_alphanumeric() && (number.is_empty() || c != ' ') || matches!(c, ':' | '.' | ')'))
        && (number.is_empty() && (next.is_none() || next != Some(' ')) || !number.is_empty())
    {
        number = &rest[..=length];
        after = &rest[length + 1..];
    }
    let parts: Vec<String> = number
        .split('.')
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    let sign = after.trim_start().chars().next();
    let is_parted = sign.is_some_and(|c| matches!(c, ':' | '-' | '–' | '—' | ')' | '.' | '|'));
    let title =
        after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | ')' | '.' | '|'));
    (title.is_empty() || is_parted || !parts.is_empty()).then(|| Level {
        word,
        kind,
        depth,
        number: parts,
        title: title.trim_end().to_owned(),
    })
}

/// The number that a title begins with, and the rest: `1.1` and `Farmers trained`.
pub(super) fn numbered(text: &str) -> Option<(Vec<String>, &str)> {
    let text = text.trim();
    let length = text.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let (number, rest) = text.split_at(length);
    let parts: Vec<String> = number
        .split('.')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | ')'));
    // `5 sites open` is a title; `1.` and `1.2` are numbers.
    (!parts.is_empty() && number.contains('.') && rest.starts_with(char::is_alphabetic)).then_some((parts, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_a_word_a_number_and_perhaps_a_title() {
        for (text, depth, number, title) in [
            ("Impact", 0, "", ""),
            ("Outcome 1", 1, "1", ""),
            ("OUTPUT 1.1", 4, "1.1", ""),
            ("Activity 1.1.1", 6, "1.1.1", ""),
            ("Outputs", 4, "", ""),
            ("Output 1.1: Farmers trained", 4, "1.1", "Farmers trained"),
            ("Outcome 2 – Farm incomes rise", 1, "2", "Farm incomes rise"),
            ("Outcome 1 Farm incomes rise", 1, "1", "Farm incomes rise"),
            ("Specific objective 1", 1, "1", ""),
            ("Outcome A", 1, "a", ""),
            ("Goal: Less poverty", 0, "", "Less poverty"),
        ] {
            let level = level_of(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (level.depth, level.number.join("."), level.title.as_str()),
                (depth, number.to_owned(), title),
                "{text}"
            );
        }
        for text in [
            "Outcomes improve for all",
            "Impacted residents",
            "Input data is clean",
            "Reduced overtime",
            "£3.2m programme budget",
        ] {
            assert_eq!(level_of(text), None, "{text}");
        }
        assert_eq!(numbered("1.1 Farmers trained").unwrap().1, "Farmers trained");
        assert_eq!(numbered("5 sites open"), None);
    }
}
