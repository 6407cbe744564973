//! What one head says: which column it is, the day or the year in it, and the unit of the values under it.

use super::amount::is_unit;
use super::role::{BY_WORDS, FILLERS, FREE_WORDS, HEADS, Role};
use crate::map::called::folded;
use crate::map::written::{Edge, Settled, written_day};

/// A head, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Head {
    /// As it stands there; of two rows of heads both, with a space between.
    pub(super) text: String,
    /// Which column it names.
    pub(super) role: Option<Role>,
    /// How sure that is: 2 where the dictionary has the head, 1 where only its words speak for it.
    pub(super) weight: usize,
    /// The text of the day or the year that it names: `2029` of `Target (2029)`.
    pub(super) date: Option<String>,
    /// The unit that it names: `£m` of `Baseline (£m)`.
    pub(super) unit: String,
    /// Whether it is a day or a year and nothing else.
    pub(super) is_date: bool,
}

/// What a head in one row says.
pub(super) fn head(text: &str) -> Head {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (base, date, unit) = apart(&text);
    let (role, weight) = match folded(&base).is_empty() {
        true => (None, 0),
        false => role_of(&base, &text),
    };
    Head {
        is_date: date.is_some() && folded(&base).is_empty(),
        role,
        weight,
        date,
        unit,
        text,
    }
}

/// What a head in two rows says: the one above may be of several columns.
pub(super) fn head_of_two(above: &str, below: &str) -> Head {
    let (above, below) = (above.trim(), below.trim());
    if below.is_empty() || above.is_empty() || folded(above) == folded(below) {
        return head(if below.is_empty() { above } else { below });
    }
    let whole = head(&format!("{above} {below}"));
    let own = head(below);
    let told = match (whole.weight, own.weight) {
        (2, _) => &whole,
        (_, 2) => &own,
        (1, _) => &whole,
        _ => &own,
    };
    // `Target` above `£m`, `Baseline` above a year: the lower row qualifies the upper.
    let upper = head(above);
    let (role, weight) = match told.role {
        None if upper.role.is_some_and(Role::is_value) => (upper.role, upper.weight),
        role => (role, told.weight),
    };
    Head {
        role,
        weight,
        date: whole.date.clone(),
        unit: whole.unit.clone(),
        is_date: own.is_date && role.is_none(),
        text: whole.text,
    }
}

/// The words of a head without the day and the unit that stand in it, and those.
fn apart(text: &str) -> (String, Option<String>, String) {
    let (mut base, mut date, mut unit) = (String::new(), None, String::new());
    let mut rest = text;
    while let Some(open) = rest.find(['(', '[']) {
        let Some(close) = rest[open..].find([')', ']']).map(|at| open + at) else {
            break;
        };
        let inner = rest[open + 1..close].trim();
        base.push_str(&rest[..open]);
        if date.is_none() && is_date(inner) {
            date = Some(inner.to_owned());
        } else if unit.is_empty() && is_unit(inner) {
            unit = inner.to_owned();
        } else {
            match day_in(inner) {
                Some((found, _)) if date.is_none() => date = Some(found),
                _ => base.push_str(&format!(" {inner} ")),
            }
        }
        rest = &rest[close + 1..];
    }
    base.push_str(rest);
    if date.is_none()
        && let Some((found, without)) = day_in(&base)
    {
        (date, base) = (Some(found), without);
    }
    let words: Vec<&str> = base.split_whitespace().collect();
    // `Baseline £m`, `Target %`
    if unit.is_empty()
        && let [before @ .., last] = words.as_slice()
        && !before.is_empty()
        && !last.chars().all(char::is_alphabetic)
        && is_unit(last)
    {
        unit = (*last).to_owned();
        base = before.join(" ");
    }
    (base, date, unit)
}

/// Whether the dictionary has the whole text as a head; cheap enough to be asked of every cell.
pub(super) fn is_head(text: &str) -> bool {
    text.len() <= 60 && HEADS.contains_key(folded(text).as_str())
}

/// Whether a text is a day, a month, a quarter or a year and nothing else. Five digits may be anything.
pub(super) fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits < 2 || (digits == text.len() && digits != 4) {
        return false;
    }
    let year = |text: &str| text.parse::<u32>().is_ok_and(|year| (1950..2150).contains(&year));
    match written_day(text) {
        Ok(day) => {
            let readable = day.read(Edge::Last, &Settled::Open, 4).is_ok() || day.is_open() || digits != text.len();
            readable && (digits != text.len() || year(text))
        }
        Err(_) => false,
    }
}

/// The longest run of words of a text that is a day, and the text without it.
fn day_in(text: &str) -> Option<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    for length in (1..=words.len().min(5)).rev() {
        for at in 0..=words.len() - length {
            let run = words[at..at + length].join(" ");
            let run = run.trim_matches([':', ',', ';', '-', '–', '.']);
            if is_date(run) {
                let before = words[..at].iter().copied();
                let without: Vec<&str> = before.chain(words[at + length..].iter().copied()).collect();
                return Some((run.to_owned(), without.join(" ")));
            }
        }
    }
    None
}

/// The column that a head names, and how sure that is.
fn role_of(base: &str, whole: &str) -> (Option<Role>, usize) {
    let exact = |folded: &str| HEADS.get(folded).copied();
    let plain = folded(base);
    let bare: Vec<&str> = plain
        .split('_')
        .filter(|word| !FILLERS.contains(word) && !word.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let tries = [plain.clone(), folded(whole), bare.join("_")];
    if let Some(role) = tries.iter().find_map(|text| exact(text)) {
        return (Some(role), 2);
    }
    let says = |word: &str| {
        bare.iter()
            .any(|have| *have == word || have.strip_suffix('s') == Some(word) || word.strip_suffix('s') == Some(*have))
    };
    // `Owner comments` are comments.
    if FREE_WORDS.iter().any(|word| bare.contains(word)) || bare.len() > 9 {
        return (None, 0);
    }
    let found = BY_WORDS.iter().find(|(words, _)| words.iter().all(|word| says(word)));
    match found {
        Some((_, role)) => (Some(*role), 1),
        None => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_name_columns_in_the_words_of_people() {
        for (text, role) in [
            ("Benefit ID", Role::Id),
            ("Benefit name", Role::Title),
            ("Name of the benefit owner", Role::Owner),
            ("SRO", Role::Owner),
            ("Type (cashable/non-cashable)", Role::Category),
            ("Milestone 1 (2026)", Role::Target),
            ("Baseline (£m)", Role::Baseline),
            ("Baseline date", Role::BaselineDate),
            ("Linked project(s)", Role::Project),
            ("Means of verification", Role::Source),
            ("Dis-benefits", Role::Disbenefit),
            ("Target 31 March 2029", Role::Target),
            ("2028/29 target", Role::Target),
            ("Key assumptions", Role::Assumptions),
        ] {
            assert_eq!(head(text).role, Some(role), "{text}");
        }
        for text in [
            "RAG",
            "Comments",
            "Owner comments",
            "Forecast outturn",
            "Colour",
            "2029",
        ] {
            assert_eq!(head(text).role, None, "{text}");
        }
    }

    #[test]
    fn a_head_says_the_day_and_the_unit_of_its_values() {
        for (text, date, unit) in [
            ("Milestone 1 (2026)", Some("2026"), ""),
            ("Target (2029)", Some("2029"), ""),
            ("2028/29 target", Some("2028/29"), ""),
            ("Target by 31 March 2029", Some("31 March 2029"), ""),
            ("Baseline (£m)", None, "£m"),
            ("Baseline £m 2025/26", Some("2025/26"), "£m"),
            ("Target (%)", None, "%"),
            ("Milestone 1", None, ""),
        ] {
            let head = head(text);
            assert_eq!((head.date.as_deref(), head.unit.as_str()), (date, unit), "{text}");
        }
        assert!(head("2027").is_date && head("2026/27").is_date && !head("12").is_date);
        let two = head_of_two("Baseline", "Date");
        assert_eq!(two.role, Some(Role::BaselineDate));
        let two = head_of_two("Targets", "2027");
        assert_eq!((two.role, two.date.as_deref()), (Some(Role::Target), Some("2027")));
        assert_eq!(head_of_two("Ownership", "SRO").role, Some(Role::Owner));
    }
}
