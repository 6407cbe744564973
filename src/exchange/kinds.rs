//! Which kind of node an element of another tool's file is: by a choice of the user, by its type, or by its place.

use super::draft::Nature;
use crate::map::NodeKind;
use crate::map::called::folded;

/// What elements of a type are taken as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// Nodes of that kind.
    Kind(NodeKind),
    /// Nothing: they are left out.
    LeftOut,
}

/// What elements of one type are to be taken as, written `Type=kind` or `Type=leave-out`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The type as the file writes it; case and punctuation do not count. Empty for elements without a type.
    pub word: String,
    /// What they are taken as.
    pub taken_as: As,
}

/// Why a text is no [`Choice`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` does not name a type and a kind: write TYPE=KIND, where KIND is one of {}, leave-out", NodeKind::WORDS.join(", "))]
pub struct BadKindChoice {
    /// The refused text.
    pub text: String,
}

impl std::str::FromStr for Choice {
    type Err = BadKindChoice;
    fn from_str(text: &str) -> Result<Self, BadKindChoice> {
        let bad = || BadKindChoice { text: text.to_owned() };
        // A type may hold a `=` itself; a kind does not.
        let (word, kind) = text.rsplit_once('=').ok_or_else(bad)?;
        let taken_as = match kind.trim() {
            "leave-out" => As::LeftOut,
            kind => As::Kind(kind.parse().map_err(|_| bad())?),
        };
        Ok(Self {
            word: word.trim().to_owned(),
            taken_as,
        })
    }
}

/// What the user has chosen for the types of a file. A later choice for a type replaces an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices(Vec<Choice>);

impl Choices {
    /// These choices.
    pub fn new(choices: impl IntoIterator<Item = Choice>) -> Self {
        Self(choices.into_iter().collect())
    }

    /// What was chosen for a type.
    pub(super) fn of(&self, word: &str) -> Option<As> {
        let word = folded(word);
        let chosen = self.0.iter().rev().find(|choice| folded(&choice.word) == word);
        chosen.map(|choice| choice.taken_as)
    }

    /// The chosen types that are none of these.
    pub(super) fn unused<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Vec<String> {
        let meets = |choice: &&Choice| !words.clone().any(|word| folded(word) == folded(&choice.word));
        self.0.iter().filter(meets).map(|choice| choice.word.clone()).collect()
    }
}

/// Types of what is drawn only to join lines.
const POINTS: &[&str] = &[
    "junction",
    "dummy",
    "point",
    "connector",
    "waypoint",
    "and_junction",
    "or_junction",
];

/// What the type of an element and the groups that it stands in say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The type, or the heading that stands for it.
    pub(super) word: String,
    pub(super) nature: Nature,
    /// What had to be decided.
    pub(super) note: &'static str,
    /// The headings that name no kind, the outermost first.
    pub(super) tags: Vec<String>,
}

/// Chooses among the types of an element, the surest first, and the headings of its groups, the innermost first: what
/// names a kind counts before what does not, and a type before a heading.
pub(super) fn chosen(types: &[&str], headings: &[&str]) -> Chosen {
    let named = |texts: &[&str]| {
        let kinds = texts
            .iter()
            .filter_map(|text| Some(((*text).to_owned(), NodeKind::named(text)?)));
        kinds.into_iter().next()
    };
    let tags = headings
        .iter()
        .rev()
        .filter(|heading| NodeKind::named(heading).is_none());
    let (word, nature, note) = match (named(types), named(headings)) {
        (Some((word, kind)), heading) => {
            let differs = heading.is_some_and(|(_, other)| other != kind);
            let note = if differs {
                "by its type, although the heading of its group gives another kind"
            } else {
                ""
            };
            (word, Nature::Kind(kind), note)
        }
        (None, Some((word, kind))) => (word, Nature::Kind(kind), "by the heading of its group"),
        (None, None) => {
            let word = types.first().map(|word| (*word).to_owned()).unwrap_or_default();
            let nature = match POINTS.contains(&folded(&word).as_str()) {
                true => Nature::Point("it only joins lines, which run through it"),
                false => Nature::ByPlace,
            };
            (word, nature, "")
        }
    };
    Chosen {
        word,
        nature,
        note,
        tags: tags.map(|heading| (*heading).to_owned()).collect(),
    }
}

/// The kind that the place among the links suggests: what nothing leads to makes possible, what leads to nothing is
/// what all is for.
pub(super) fn of_place(leads_to_it: usize, follows_from_it: usize) -> NodeKind {
    match (leads_to_it, follows_from_it) {
        (0, _) => NodeKind::Enabler,
        (_, 0) => NodeKind::EndOutcome,
        _ => NodeKind::IntermediateOutcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_and_the_last_one_counts() {
        let choices =
            Choices::new(["Goal=enabler", " goal = end-outcome", "a=b=leave-out"].map(|c| c.parse().unwrap()));
        assert_eq!(choices.of("GOAL"), Some(As::Kind(NodeKind::EndOutcome)));
        assert_eq!(choices.of("a=b"), Some(As::LeftOut));
        assert_eq!(choices.of("b"), None);
        assert_eq!(choices.unused(["Goal"].into_iter()), ["a=b"]);
        for bad in ["Goal", "Goal=", "Goal=aim"] {
            assert_eq!(bad.parse::<Choice>().unwrap_err().text, bad);
        }
    }

    #[test]
    fn places_mean_kinds() {
        assert_eq!(
            [of_place(0, 1), of_place(1, 1), of_place(1, 0), of_place(0, 0)],
            [
                NodeKind::Enabler,
                NodeKind::IntermediateOutcome,
                NodeKind::EndOutcome,
                NodeKind::Enabler,
            ]
        );
    }
}
