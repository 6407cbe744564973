//! How much one edit may be: groups within groups, edits in all, and texts as long as a map may hold them.

use serde_json::Value;

use super::{Edit, Refusal};
use crate::map::limits::{self, LONGEST_ID, LONGEST_TITLE, TooLong, is_too_long};

/// How deep groups may stand within each other.
pub const DEEPEST: usize = 8;

/// The most edits that one edit may be in all, groups among them.
pub const MOST_EDITS: usize = 20_000;

/// Whether an edit keeps within the bounds. Takes time in proportion to its size.
///
/// # Errors
/// [`Refusal::TooDeep`], [`Refusal::TooMany`] or [`Refusal::TooLong`], for the first that it does not keep.
pub fn check(edit: &Edit) -> Result<(), Refusal> {
    let mut rest = vec![(edit, 0)];
    let mut count = 0;
    while let Some((edit, depth)) = rest.pop() {
        count += 1;
        if count > MOST_EDITS {
            return Err(Refusal::TooMany { most: MOST_EDITS });
        }
        texts(edit)?;
        if let Edit::Group { edits, .. } = edit {
            if depth == DEEPEST {
                return Err(Refusal::TooDeep { most: DEEPEST });
            }
            rest.extend(edits.iter().rev().map(|edit| (edit, depth + 1)));
        }
    }
    Ok(())
}

/// Whether every text of an edit is as long as a map may hold it. What takes an edit back need not keep within the other bounds.
///
/// # Errors
/// [`Refusal::TooLong`] for the first that is longer.
pub fn check_texts(edit: &Edit) -> Result<(), Refusal> {
    edit.each().into_iter().try_for_each(texts)
}

fn texts(edit: &Edit) -> Result<(), Refusal> {
    match edit {
        Edit::AddNode { title, below, .. } => {
            text("title", title)?;
            within("below", below.as_deref().unwrap_or_default(), LONGEST_ID)
        }
        Edit::Add { fields, .. } => fields.iter().try_for_each(|(field, value)| any(field, value)),
        Edit::Set { field, value, was, .. } => {
            within("field", field, LONGEST_TITLE)?;
            any(field, value)?;
            was.iter().try_for_each(|was| any(field, was))
        }
        Edit::Take { was, .. } => any("", was),
        Edit::Allow {
            rule,
            subject,
            reason,
            by,
            ..
        } => {
            text("by", by)?;
            text("rule", rule)?;
            text("subject", subject)?;
            text("reason", reason)
        }
        Edit::Disallow { rule, subject } => {
            text("rule", rule)?;
            text("subject", subject)
        }
        Edit::Group { label, .. } => within("label", label, LONGEST_TITLE),
        Edit::Remove { .. } | Edit::Link { .. } | Edit::Unlink { .. } | Edit::Arrange { .. } => Ok(()),
    }
}

/// The value of a field, with whatever stands in it.
fn any(field: &str, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::String(value) => text(field, value),
        Value::Array(entries) => entries.iter().try_for_each(|entry| any(field, entry)),
        Value::Object(fields) => fields.iter().try_for_each(|(field, value)| any(field, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn text(field: &str, value: &str) -> Result<(), Refusal> {
    match is_too_long(field, value) {
        true => within(field, value, limits::longest(field)),
        false => Ok(()),
    }
}

fn within(field: &str, value: &str, most: usize) -> Result<(), Refusal> {
    let characters = value.chars().count();
    match characters > most {
        true => Err(Refusal::TooLong(TooLong {
            // The name of a field may be no name at all.
            field: field.chars().take(LONGEST_ID).collect(),
            record: String::new(),
            characters,
            most,
        })),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn edit(value: Value) -> Edit {
        serde_json::from_value(value).unwrap()
    }

    fn nested(deep: usize) -> Edit {
        let inner = edit(json!({"do": "add-node", "kind": "enabler", "title": "x"}));
        (0..deep).fold(inner, |inner, _| Edit::group(vec![inner]))
    }

    #[test]
    fn groups_stand_eight_deep_and_no_deeper() {
        assert_eq!(check(&nested(DEEPEST)), Ok(()));
        for deep in [DEEPEST + 1, 62, 5_000] {
            assert_eq!(check(&nested(deep)), Err(Refusal::TooDeep { most: DEEPEST }));
        }
    }

    #[test]
    fn one_edit_is_not_too_many() {
        let group = |count| Edit::group(vec![nested(0); count]);
        assert_eq!(check(&group(MOST_EDITS - 1)), Ok(()));
        assert_eq!(check(&group(MOST_EDITS)), Err(Refusal::TooMany { most: MOST_EDITS }));
        let halves = Edit::group(vec![group(MOST_EDITS / 2), group(MOST_EDITS / 2)]);
        assert!(check(&halves).is_err());
    }

    #[test]
    fn every_text_of_an_edit_is_as_long_as_a_map_may_hold_it() {
        let long = "é".repeat(LONGEST_TITLE + 1);
        let text = "é".repeat(limits::LONGEST_TEXT + 1);
        for wrong in [
            json!({"do": "add-node", "kind": "enabler", "title": long}),
            json!({"do": "add-node", "kind": "enabler", "title": "x", "below": "b".repeat(101)}),
            json!({"do": "add", "what": "owner", "fields": {"name": long}}),
            json!({"do": "add", "what": "link", "fields": {"from": "a", "to": "b", "evidence": [{"source": text}]}}),
            json!({"do": "set", "what": "node a", "field": "title", "value": long}),
            json!({"do": "set", "what": "node a", "field": "title", "value": "x", "was": long}),
            json!({"do": "set", "what": "node a", "field": "description", "value": text}),
            json!({"do": "set", "what": "node a", "field": "tags", "value": ["x", long]}),
            json!({"do": "set", "what": "node a", "field": text, "value": 1}),
            json!({"do": "take", "what": "node a", "was": {"title": long}}),
            json!({"do": "allow", "rule": long, "subject": "map", "reason": "r"}),
            json!({"do": "allow", "rule": "r", "subject": "map", "reason": text}),
            json!({"do": "disallow", "rule": "r", "subject": long}),
            json!({"do": "group", "label": long, "edits": []}),
        ] {
            let refused = check(&edit(wrong.clone()));
            let Err(Refusal::TooLong(found)) = refused else {
                panic!("{wrong}: {refused:?}")
            };
            assert!(found.characters > found.most && found.field.len() <= 200, "{found:?}");
        }
        let good =
            json!({"do": "set", "what": "node a", "field": "description", "value": "é".repeat(limits::LONGEST_TEXT)});
        assert_eq!(check(&edit(good)), Ok(()));
    }
}
