//! Ids as people write them: made where there is none, mended where it is not one, found behind a name.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use super::super::decision::shown;
use super::super::{DecisionKind, Handling};
use super::reader::{Log, Row, What};
use crate::map::called::{plain as key, short};
use crate::map::{BadId, is_blank, is_id, slug};

/// Every id of the map, whatever it names: an id is unique across all of them.
#[derive(Debug, Default)]
pub(super) struct Taken {
    ids: BTreeSet<String>,
    /// How far each base has been counted, so that ten thousand rows of one title are not ten thousand searches.
    counted: BTreeMap<String, u32>,
}

impl Taken {
    /// Keeps the id of a row from being given to another.
    pub(super) fn reserve(&mut self, id: &str) {
        if is_id(id) {
            self.ids.insert(id.to_owned());
        }
    }

    /// The id nearest to `base` that nothing has yet: `kcc`, then `kcc-partner`, then `kcc-partner-2`.
    fn unique(&mut self, base: &str, what: &str) -> String {
        let mut id = base.to_owned();
        if self.ids.contains(base) {
            let n = self.counted.entry(base.to_owned()).or_insert(0);
            while self.ids.contains(&id) {
                *n += 1;
                id = match *n {
                    1 => format!("{base}-{what}"),
                    n => format!("{base}-{what}-{n}"),
                };
            }
        }
        self.ids.insert(id.clone());
        id
    }
}

/// What a reference becomes that names nothing known and is no id itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// A new record of that name: people and organisations.
    Make,
    /// The nearest id, which may name nothing; `check` finds it.
    Mend,
}

/// The records of one table, by all that cells call them.
#[derive(Debug)]
pub(super) struct Names<I> {
    /// In messages: `node`.
    what: &'static str,
    unknown: Unknown,
    /// Ids that were none, as they were written, and ids made for names.
    mended: BTreeMap<String, I>,
    /// Names, and the titles of rows that have no other name, in lower case.
    named: BTreeMap<String, I>,
    /// Titles, in lower case, and the one record that has each; `None` where several have it.
    titled: BTreeMap<String, Option<I>>,
    /// The rows in which ids stand.
    rows: BTreeMap<String, usize>,
    /// Names that have been told already.
    told: BTreeSet<String>,
    /// Records made for a name, in the order met.
    pub(super) made: Vec<(I, String)>,
}

impl<I: FromStr<Err = BadId> + Clone + std::fmt::Display> Names<I> {
    pub(super) fn new(what: &'static str, unknown: Unknown) -> Self {
        Self {
            what,
            unknown,
            mended: BTreeMap::new(),
            named: BTreeMap::new(),
            titled: BTreeMap::new(),
            rows: BTreeMap::new(),
            told: BTreeSet::new(),
            made: Vec::new(),
        }
    }

    /// The id of a row's own record: the one that stands there, or one made from it, from the name or from the row.
    pub(super) fn define(&mut self, row: &Row<'_>, name: &str, taken: &mut Taken, log: &mut Log) -> Option<I> {
        let text = row.text("id");
        let id = if let Ok(id) = text.parse::<I>() {
            if row.number_in_sheet() > 0
                && let Some(first) = self
                    .rows
                    .insert(text.clone(), row.number_in_sheet())
                    .filter(|first| *first > 0)
            {
                let what = What {
                    kind: DecisionKind::DuplicateId,
                    handling: Handling::Fault,
                    message: format!("the id `{id}` is also that of row {first}"),
                    help: "Give one of the two rows an id of its own, or clear it: a row without an id is given one.",
                };
                row.say(log, Some("id"), what);
            }
            id
        } else if let Some(id) = self.mended.get(&text).filter(|_| !text.is_empty()) {
            // The same text twice is the same id twice, which `check` finds.
            id.clone()
        } else {
            let base = slug(if text.is_empty() { name } else { &text })
                .map_or_else(|| format!("{}-{}", self.what, row.number_in_sheet()), |id| short(&id));
            let id = taken.unique(&base, self.what);
            let what = if text.is_empty() {
                What {
                    kind: DecisionKind::IdMade,
                    handling: Handling::Taken,
                    message: format!("the row has no id and was given `{id}`"),
                    help: "Give it an id of its own, so that its title can change.",
                }
            } else {
                What {
                    kind: DecisionKind::IdMended,
                    handling: Handling::Taken,
                    message: format!(
                        "`{}` is not an id and became `{id}`, here and wherever it is used",
                        shown(&text)
                    ),
                    help: "Write ids with a-z, 0-9, `.`, `_` and `-`.",
                }
            };
            row.say(log, Some("id"), what);
            let made = id.parse::<I>().ok()?;
            if text.is_empty() {
                self.named.entry(key(name)).or_insert_with(|| made.clone());
            } else {
                self.mended.insert(text, made.clone());
            }
            made
        };
        if self.unknown == Unknown::Mend && !name.is_empty() {
            let known = self.titled.entry(key(name)).or_insert_with(|| Some(id.clone()));
            if known.as_ref().is_some_and(|known| known.to_string() != id.to_string()) {
                *known = None;
            }
        }
        if self.unknown == Unknown::Make && !name.is_empty() {
            self.named.entry(key(name)).or_insert_with(|| id.clone());
        }
        Some(id)
    }

    /// The record that the text in a cell means. `None` for an empty text, and where no id can be made of it.
    pub(super) fn refer(
        &mut self,
        text: &str,
        row: &Row<'_>,
        column: &str,
        taken: &mut Taken,
        log: &mut Log,
    ) -> Option<I> {
        if text.is_empty() {
            return None;
        }
        if let Ok(id) = text.parse::<I>()
            && (self.unknown == Unknown::Mend || !is_blank(text) || taken.ids.contains(text))
        {
            return Some(id);
        }
        if let Some(id) = self.mended.get(text) {
            return Some(id.clone());
        }
        if is_blank(text) {
            let what = What {
                kind: DecisionKind::BlankWord,
                handling: Handling::Taken,
                message: format!(
                    "`{}` does not name anyone or anything, and was taken as empty",
                    shown(text)
                ),
                help: "",
            };
            row.say(log, Some(column), what);
            return None;
        }
        let by_title = self.titled.get(&key(text)).and_then(Option::as_ref);
        if let Some(id) = self.named.get(&key(text)).or(by_title) {
            if self.told.insert(text.to_owned()) {
                let what = What {
                    kind: DecisionKind::NameForId,
                    handling: Handling::Taken,
                    message: format!("`{}` was taken as the {} `{id}`", shown(text), self.what),
                    help: "",
                };
                row.say(log, Some(column), what);
            }
            return Some(id.clone());
        }
        let base = slug(text).map(|id| short(&id));
        match self.unknown {
            Unknown::Make => {
                let base = base.unwrap_or_else(|| format!("{}-{}", self.what, self.made.len() + 1));
                let id = taken.unique(&base, self.what);
                let several = text.contains(';');
                let what = What {
                    kind: DecisionKind::NameMadeRecord,
                    handling: Handling::Taken,
                    message: format!(
                        "`{}` {} and became the {} `{id}`",
                        shown(text),
                        if several {
                            "may be several names"
                        } else {
                            "is a name, not an id,"
                        },
                        self.what
                    ),
                    help: if several {
                        "Name the one person who answers for it."
                    } else {
                        ""
                    },
                };
                row.say(log, Some(column), what);
                let made = id.parse::<I>().ok()?;
                self.mended.insert(text.to_owned(), made.clone());
                self.named.insert(key(text), made.clone());
                self.made.push((made.clone(), text.to_owned()));
                Some(made)
            }
            Unknown::Mend => {
                let made = base.and_then(|id| id.parse::<I>().ok());
                let (kind, handling, message) = match &made {
                    Some(id) => (
                        DecisionKind::IdMended,
                        Handling::Taken,
                        format!("`{}` is not an id and became `{id}`", shown(text)),
                    ),
                    None => (
                        DecisionKind::UnreadableId,
                        Handling::LeftOut,
                        format!("no id can be made of `{}`, so it was left out", shown(text)),
                    ),
                };
                let what = What {
                    kind,
                    handling,
                    message,
                    help: "Write ids with a-z, 0-9, `.`, `_` and `-`.",
                };
                row.say(log, Some(column), what);
                if let Some(id) = &made {
                    self.mended.insert(text.to_owned(), id.clone());
                }
                made
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_unique() {
        let mut taken = Taken::default();
        taken.reserve("kcc");
        taken.reserve("Not an id");
        assert_eq!(taken.unique("kcc", "owner"), "kcc-owner");
        assert_eq!(taken.unique("kcc", "owner"), "kcc-owner-2");
        assert_eq!(taken.unique("new", "owner"), "new");
    }
}
