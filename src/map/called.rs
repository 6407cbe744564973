//! What people call a record where its id is meant: the code that its id was made of, or its title.

use std::collections::{BTreeMap, BTreeSet};

use super::slug;

/// The records of one sort, by all that they are called.
#[derive(Debug, Clone, Default)]
pub(crate) struct Callings {
    what: &'static str,
    ids: BTreeMap<String, usize>,
    titles: BTreeMap<String, Vec<usize>>,
}

/// Which record a text calls, by its place among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Called {
    /// The one that has it as its id.
    Id(usize),
    /// The one whose id was made of such a code, or whose title it is.
    Otherwise(usize),
    /// More than one of them: nobody can say which.
    Several(Vec<usize>),
    /// None of them.
    Nothing,
}

impl Callings {
    /// Of records with their ids and titles, each named `what` where its id had to be told from another's: `kpi`.
    pub(crate) fn new<'r>(what: &'static str, records: impl IntoIterator<Item = (&'r str, &'r str)>) -> Self {
        let mut callings = Self {
            what,
            ..Self::default()
        };
        for (at, (id, title)) in records.into_iter().enumerate() {
            // Of several with one id the first stands for it.
            callings.ids.entry(id.to_owned()).or_insert(at);
            let title = plain(title);
            if !title.is_empty() {
                callings.titles.entry(title).or_default().push(at);
            }
        }
        callings
    }

    /// The record that the text calls. White space around it means nothing, and neither does its case, where it is no id
    /// itself.
    pub(crate) fn find(&self, text: &str) -> Called {
        let text = text.trim();
        if let Some(at) = self.ids.get(text) {
            return Called::Id(*at);
        }
        let mut found: Vec<usize> = Vec::new();
        if let Some(base) = slug(text).map(|id| short(&id)) {
            found.extend(self.ids.get(&base));
            // An id that something else had already was given the name of its sort, and then a number.
            let named = format!("{base}-{}", self.what);
            let numbered = format!("{named}-");
            let from_here = self.ids.range(named.clone()..);
            let alike = from_here
                .take_while(|(id, _)| id.starts_with(&named))
                .filter(|(id, _)| {
                    let rest = id.strip_prefix(&numbered);
                    **id == named || rest.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
                });
            found.extend(alike.map(|(_, at)| at));
        }
        found.extend(self.titles.get(&plain(text)).into_iter().flatten());
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Called::Nothing,
            [one] => Called::Otherwise(*one),
            _ => Called::Several(found),
        }
    }
}

/// An id that is not among those given, made from a text, or from `otherwise` where it has no letters; it is given then.
pub(crate) fn fresh_id(given: &mut BTreeSet<String>, text: &str, otherwise: &str) -> String {
    let base = slug(text).map_or_else(|| otherwise.to_owned(), |id| short(&id));
    let mut id = base.clone();
    let mut number = 1;
    while !given.insert(id.clone()) {
        number += 1;
        id = format!("{base}-{number}");
    }
    id
}

/// A name without what people write differently: case, and how much white space.
pub(crate) fn plain(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// A name with all that people write differently taken away: lower case, and all between letters and digits as one `_`.
pub(crate) fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    if out.ends_with('_') {
        out.pop();
    }
    out
}

/// An id that a person can still read out: cut between words at 48 characters.
pub(crate) fn short(id: &str) -> String {
    const MOST: usize = 48;
    let Some(head) = id.get(..=MOST).filter(|_| id.len() > MOST) else {
        return id.to_owned();
    };
    let end = head.rfind('-').filter(|at| *at > 0).unwrap_or(MOST);
    head[..end].trim_end_matches(['.', '_', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_found_by_the_code_that_its_id_was_made_of_and_by_its_title() {
        let callings = Callings::new(
            "kpi",
            [
                ("e1-kpi", "Carbon"),
                ("c-l-01", "Cost"),
                ("c-l-01-kpi", "Cost"),
                ("lower-cost", "Distance driven"),
                ("e1-kpi-note", ""),
            ],
        );
        for (text, called) in [
            ("e1-kpi", Called::Id(0)),
            ("E1", Called::Otherwise(0)),
            (" Lower-Cost ", Called::Otherwise(3)),
            ("distance  Driven", Called::Otherwise(3)),
            ("C&L 01", Called::Several(vec![1, 2])),
            ("Cost", Called::Several(vec![1, 2])),
            ("E2", Called::Nothing),
            ("", Called::Nothing),
            ("…", Called::Nothing),
        ] {
            assert_eq!(callings.find(text), called, "{text}");
        }
    }

    #[test]
    fn ids_stay_short() {
        assert_eq!(short(&"a".repeat(60)), "a".repeat(48));
        assert_eq!(
            short(&format!("{}-bcd-efg", "a".repeat(42))),
            format!("{}-bcd", "a".repeat(42))
        );
    }
}
