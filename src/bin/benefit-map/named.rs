//! What an option names on a map: by its id, or by the name or title that people know it by.

use std::fmt::Display;

use anyhow::{Result, bail};
use benefit_map::finding::nearest;
use benefit_map::map::{BenefitMap, Kpi, Node, Owner, Partner};

/// A record that can be named on the command line.
pub trait Named {
    /// What it is, for one and for many.
    const WHAT: (&'static str, &'static str);
    /// Whether people call its words a name or a title.
    const WORDS: &'static str;
    /// The records of a map.
    fn all(map: &BenefitMap) -> &[Self]
    where
        Self: Sized;
    /// Its id.
    fn id(&self) -> &str;
    /// What people call it.
    fn name(&self) -> &str;
}

macro_rules! named {
    ($($record:ident: $one:literal, $many:literal, $list:ident, $name:ident as $words:literal;)*) => {
        $(impl Named for $record {
            const WHAT: (&'static str, &'static str) = ($one, $many);
            const WORDS: &'static str = $words;

            fn all(map: &BenefitMap) -> &[Self] {
                &map.$list
            }

            fn id(&self) -> &str {
                self.id.as_str()
            }

            fn name(&self) -> &str {
                &self.$name
            }
        })*
    };
}

named! {
    Node: "node", "nodes", nodes, title as "title";
    Owner: "owner", "owners", owners, name as "name";
    Partner: "partner", "partners", partners, name as "name";
    Kpi: "KPI", "KPIs", kpis, title as "title";
}

/// The records that an option names, in its order: each by its id, else by the one name that is the same but for case and blanks.
///
/// # Errors
/// Names what is not on the map, with the id or the name that is nearest, and what several records are called.
pub fn find_all<'m, T: Named>(
    option: &str,
    wanted: &[String],
    map: &'m BenefitMap,
    file: &impl Display,
) -> Result<Vec<&'m T>> {
    wanted.iter().map(|text| find(option, text, map, file)).collect()
}

/// The one record that an option names; see [`find_all`].
pub fn find<'m, T: Named>(option: &str, text: &str, map: &'m BenefitMap, file: &impl Display) -> Result<&'m T> {
    let all = T::all(map);
    if let Some(found) = all.iter().find(|record| record.id() == text) {
        return Ok(found);
    }
    let (one, many) = T::WHAT;
    let called: Vec<&T> = all.iter().filter(|record| same(record.name(), text)).collect();
    match called.as_slice() {
        [only] => return Ok(only),
        [] => {}
        several => {
            let ids: Vec<&str> = several.iter().map(|record| record.id()).collect();
            bail!(
                "{option} names `{text}`, which {} {many} of {file} are called: use an id, {}",
                several.len(),
                ids.join(" or ")
            );
        }
    }
    let known = all.iter().flat_map(|record| [record.id(), record.name()]);
    let hint = match nearest(text, known.filter(|known| !known.is_empty())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{file} has the ids and {}s of all {many}", T::WORDS),
    };
    bail!(
        "{option} names `{text}`, but {file} has no {one} with that id or {}: {hint}",
        T::WORDS
    )
}

/// Whether two names are the same but for case and blanks.
fn same(one: &str, other: &str) -> bool {
    let folded = |text: &str| {
        text.split_whitespace()
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join(" ")
    };
    !other.trim().is_empty() && folded(one) == folded(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> BenefitMap {
        let text = r#"{"format": 1, "title": "t", "owners": [{"id": "dir", "name": "Director of Place"},
            {"id": "a", "name": "Ann"}, {"id": "b", "name": "Ann"}, {"id": "ann", "name": "Director"}]}"#;
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn an_owner_is_found_by_id_and_by_name() {
        let map = map();
        let found = |text: &str| find::<Owner>("--owner", text, &map, &"map.json").map(|owner| owner.id.to_string());
        assert_eq!(found("dir").unwrap(), "dir");
        assert_eq!(found(" director  of PLACE").unwrap(), "dir");
        assert_eq!(found("ann").unwrap(), "ann", "an id comes before a name");
        assert_eq!(
            found("Ann").unwrap_err().to_string(),
            "--owner names `Ann`, which 2 owners of map.json are called: use an id, a or b"
        );
        assert_eq!(
            found("Director of Plaice").unwrap_err().to_string(),
            "--owner names `Director of Plaice`, but map.json has no owner with that id or name: did you mean `Director of Place`?"
        );
        assert!(found("").is_err() && found("zzzzzzzz").unwrap_err().to_string().ends_with("of all owners"));
    }
}
