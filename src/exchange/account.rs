//! What became of everything in a file of another tool.

use std::collections::BTreeMap;
use std::fmt;

use super::fields::NO_FIELD;
use super::text::shortened;
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
        /// The id of the node, or `from -> to` of the link, or of several with commas between them; empty for what is
        /// neither.
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
    /// It is not in the map, since the file contradicts itself.
    Fault {
        /// What is wrong.
        why: String,
    },
}

words! {
    /// What became of a thing, in a word; the order is that in which it is told.
    Outcome {
        /// It is in the map.
        Kept = "kept",
        /// It is not in the map.
        LeftOut = "left out",
        /// It is not in the map, since the file contradicts itself.
        Fault = "fault",
    }
}

impl Fate {
    /// The word for it.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Kept { .. } => Outcome::Kept,
            Self::LeftOut { .. } => Outcome::LeftOut,
            Self::Fault { .. } => Outcome::Fault,
        }
    }

    /// What had to be decided, or why it is not in the map; empty where there is nothing to say.
    pub fn why(&self) -> &str {
        match self {
            Self::Kept { how, .. } => how,
            Self::LeftOut { why } | Self::Fault { why } => why,
        }
    }
}

/// Things that the same became of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they are.
    pub what: What,
    /// Their types in the file, each with its number; one where they are in the map, several where they are not.
    pub words: Vec<(String, usize)>,
    /// What became of them.
    pub outcome: Outcome,
    /// What they were kept as, or why they were left out.
    pub why: String,
    /// How many.
    pub count: usize,
    /// The first few, with their places, where they are told each by itself.
    pub examples: Vec<String>,
}

/// How many examples a group has at most.
const EXAMPLES: usize = 3;

impl Import {
    /// The accounts, gathered: what was kept by its type and what it became, then what was left out by the reason.
    pub fn groups(&self) -> Vec<Group> {
        type Gathered<'a> = (BTreeMap<&'a str, usize>, Vec<String>);
        let mut groups: BTreeMap<(Outcome, What, &str, String), Gathered<'_>> = BTreeMap::new();
        for account in &self.accounts {
            let word = account.word.as_str();
            let outcome = account.fate.outcome();
            let key = match &account.fate {
                Fate::Kept { how, .. } if matches!(account.what, What::Other | What::Attribute) => {
                    (outcome, account.what, word, how.clone())
                }
                Fate::Kept { kind, how, .. } => {
                    let kept = kind.map_or("link", NodeKind::as_str);
                    let became = match how.as_str() {
                        "" => kept.to_owned(),
                        how => format!("{kept}, {how}"),
                    };
                    (outcome, account.what, word, became)
                }
                Fate::LeftOut { why } | Fate::Fault { why } => (outcome, account.what, "", why.clone()),
            };
            let (words, examples) = groups.entry(key).or_default();
            *words.entry(word).or_default() += 1;
            // A field that no map has is told of once, whatever it says.
            let is_value = account.what == What::Attribute && account.fate.why() != NO_FIELD;
            let is_each = is_value || outcome == Outcome::Fault;
            if is_each && examples.len() < EXAMPLES {
                let mut title = shortened(&account.title);
                if let Fate::Kept { id, .. } = &account.fate {
                    title = format!("{title}` as `{id}");
                }
                examples.push(match (title.as_str(), account.place.as_str()) {
                    ("", place) => place.to_owned(),
                    (title, "") => format!("`{title}`"),
                    (title, place) => format!("`{title}` at {place}"),
                });
            }
        }
        let group =
            |((outcome, what, _, why), (words, examples)): ((Outcome, What, &str, String), Gathered<'_>)| Group {
                what,
                count: words.values().sum(),
                words: words
                    .into_iter()
                    .map(|(word, count)| (word.to_owned(), count))
                    .collect(),
                outcome,
                why,
                examples,
            };
        groups.into_iter().map(group).collect()
    }

    /// Whether the file contradicts itself somewhere.
    pub fn has_faults(&self) -> bool {
        self.accounts
            .iter()
            .any(|account| account.fate.outcome() == Outcome::Fault)
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
        match (self.outcome, self.what) {
            (Outcome::Kept, What::Other) => write!(f, "{}: {}", self.words[0].0, self.why)?,
            (Outcome::Kept, What::Attribute) => write!(f, "the field {}: {}", self.words[0].0, self.why)?,
            (Outcome::Kept, what) => {
                write!(
                    f,
                    "{} {what}{many} {} as {}",
                    self.count,
                    name(&self.words[0].0),
                    self.why
                )?;
            }
            (_, What::Attribute) => {
                let names: Vec<&str> = self.words.iter().map(|(word, _)| word.as_str()).collect();
                let fields = if names.len() == 1 { "field" } else { "fields" };
                write!(f, "the {fields} {}: {}", names.join(", "), self.why)?;
            }
            (_, What::Other) => {
                let each = self.words.iter().map(|(word, count)| format!("{count} × {word}"));
                write!(f, "{}: {}", each.collect::<Vec<_>>().join(", "), self.why)?;
            }
            (_, what) => {
                let each = self.words.iter().map(|(word, count)| format!("{count} {}", name(word)));
                write!(
                    f,
                    "{} {what}{many}: {} ({})",
                    self.count,
                    self.why,
                    each.collect::<Vec<_>>().join(", ")
                )?;
            }
        }
        if self.examples.is_empty() {
            return Ok(());
        }
        let more = match self.count.saturating_sub(self.examples.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        write!(f, " ({}{more})", self.examples.join(", "))
    }
}
