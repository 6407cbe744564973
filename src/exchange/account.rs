//! What became of everything in a file of another tool.

use std::collections::BTreeMap;
use std::fmt;

use crate::map::{BenefitMap, NodeKind, words};

words! {
    /// What an account speaks of, in the order in which a report tells it.
    What {
        /// A box of the file.
        Element = "element",
        /// A line of the file.
        Relation = "relation",
        /// A field that boxes or lines of the file have.
        Attribute = "attribute",
        /// A view, a group or something else that is neither.
        Other = "other",
    }
}

/// A map, and what became of everything in the file that it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The map, in its canonical order.
    pub map: BenefitMap,
    /// One for each element and each relation of the file, in the order of the file; then one for each sort of
    /// attribute that was left out, and for what else there was.
    pub accounts: Vec<Account>,
    /// The types that were chosen a kind for and that no element has.
    pub unused: Vec<String>,
}

/// What became of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// What it is.
    pub what: What,
    /// Its id in the file; empty where it has none.
    pub id: String,
    /// Its type there, as the file writes it; empty where it has none.
    pub word: String,
    /// Its title, or for an attribute how often it occurs.
    pub title: String,
    /// Where it stands, such as `line 12` or `elements.csv, row 3`.
    pub place: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is in the map.
    Kept {
        /// The id of the node, or `from -> to` of the link.
        id: String,
        /// The kind of the node; `None` for a link.
        kind: Option<NodeKind>,
        /// What had to be decided; empty where nothing had.
        how: String,
    },
    /// It is not in the map.
    LeftOut {
        /// Why, and how to keep it where it can be kept.
        why: String,
    },
}

/// Things that the same became of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they are.
    pub what: What,
    /// Their types in the file, each with its number; one where they are in the map, several where they are not.
    pub words: Vec<(String, usize)>,
    /// Whether they are in the map.
    pub kept: bool,
    /// What they were kept as, or why they were left out.
    pub outcome: String,
    /// How many.
    pub count: usize,
}

impl Import {
    /// The accounts, gathered: what was kept by its type and what it became, then what was left out by the reason.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: BTreeMap<(bool, What, &str, String), BTreeMap<&str, usize>> = BTreeMap::new();
        for account in &self.accounts {
            let word = account.word.as_str();
            let key = match &account.fate {
                Fate::Kept { kind, how, .. } => {
                    let kept = kind.map_or("link", NodeKind::as_str);
                    let outcome = match how.as_str() {
                        "" => kept.to_owned(),
                        how => format!("{kept}, {how}"),
                    };
                    (false, account.what, word, outcome)
                }
                Fate::LeftOut { why } => (true, account.what, "", why.clone()),
            };
            *groups.entry(key).or_default().entry(word).or_default() += 1;
        }
        let group = |((left, what, _, outcome), words): ((bool, What, &str, String), BTreeMap<&str, usize>)| Group {
            what,
            count: words.values().sum(),
            words: words
                .into_iter()
                .map(|(word, count)| (word.to_owned(), count))
                .collect(),
            kept: !left,
            outcome,
        };
        groups.into_iter().map(group).collect()
    }

    /// How many things of that sort the file has, and how many of them are in the map.
    pub fn count(&self, what: What) -> (usize, usize) {
        let of_it = || self.accounts.iter().filter(move |account| account.what == what);
        let kept = of_it().filter(|account| matches!(account.fate, Fate::Kept { .. }));
        (of_it().count(), kept.count())
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = if self.count == 1 { "" } else { "s" };
        let name = |word: &str| {
            if word.is_empty() {
                "without a type".to_owned()
            } else {
                format!("`{word}`")
            }
        };
        match (self.kept, self.what) {
            (true, what) => write!(
                f,
                "{} {what}{many} {} as {}",
                self.count,
                name(&self.words[0].0),
                self.outcome
            ),
            (false, What::Attribute) => {
                let names: Vec<&str> = self.words.iter().map(|(word, _)| word.as_str()).collect();
                write!(f, "the field{many} {}: {}", names.join(", "), self.outcome)
            }
            (false, What::Other) => {
                let each = self.words.iter().map(|(word, count)| format!("{count} × {word}"));
                write!(f, "{}: {}", each.collect::<Vec<_>>().join(", "), self.outcome)
            }
            (false, what) => {
                let each = self.words.iter().map(|(word, count)| format!("{count} {}", name(word)));
                write!(
                    f,
                    "{} {what}{many}: {} ({})",
                    self.count,
                    self.outcome,
                    each.collect::<Vec<_>>().join(", ")
                )
            }
        }
    }
}
