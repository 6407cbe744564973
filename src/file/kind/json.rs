//! JSON by the names of its outermost fields, whole or not, sound or not.

use super::FileKind;
use crate::map::record::MAP;

/// Whether a text that begins with a bracket or a quote may be JSON. Tables begin so too, where a quote stands round every
/// cell or a marking such as `[OFFICIAL]` above the names of the columns.
pub(super) fn may_be(text: &str) -> bool {
    let after = |sign: char| text.strip_prefix(sign).map(str::trim_start);
    if let Some(inside) = after('[') {
        let word = inside.trim_start_matches(|c: char| c.is_ascii_lowercase());
        let literal = &inside[..inside.len() - word.len()];
        return match inside.chars().next() {
            None | Some('{' | '[' | ']' | '"' | '-' | '0'..='9' | '/' | '#') => true,
            _ => matches!(literal, "null" | "true" | "false"),
        };
    }
    let Some(inside) = after('"') else { return true };
    // The name of a field, or a text alone; one that never closes was cut off.
    let mut escaped = false;
    let end = inside.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    end.is_none_or(|end| {
        let rest = inside[end + 1..].trim_start();
        rest.is_empty() || rest.starts_with(':')
    })
}

/// What a text is that begins as JSON does.
pub(super) fn kind(text: &str) -> FileKind {
    // A list, and what is neither an object nor yet known not to be one: a map may have lost its first bracket.
    if text.starts_with('[') || is_literal(text) {
        return FileKind::Json;
    }
    let fields = outermost(text);
    let has = |name: &str| fields.iter().any(|field| field == name);
    if has("begin") && fields.len() == 1 {
        return FileKind::Journal;
    }
    let known = [
        (has("seals") && !has("nodes"), FileKind::Seals),
        (has("baseline"), FileKind::Baseline),
        (has("runs"), FileKind::Sarif),
        (has("findings"), FileKind::Findings),
        (has("$defs") || (has("properties") && has("type")), FileKind::Schema),
        (has("maps") && !has("nodes"), FileKind::Portfolio),
        (has("elements") && !has("nodes"), FileKind::Kumu),
        (has("format"), FileKind::Map),
        (has("edges"), FileKind::Scene),
        (
            ["as_of", "coverage", "line_of_sight", "chains", "leads_to"]
                .into_iter()
                .any(has)
                || (has("rows") && has("connections"))
                || (has("reviews") && has("nodes") && fields.len() == 3),
            FileKind::Answer,
        ),
    ];
    if let Some((_, kind)) = known.into_iter().find(|(is, _)| *is) {
        return kind;
    }
    // Without a field that can be read, its faults are the better answer.
    match fields.is_empty() || fields.iter().any(|field| MAP.names.contains(&field.as_str())) {
        true => FileKind::Map,
        false => FileKind::Json,
    }
}

/// Whether the text is a single word, number or text of JSON.
pub(super) fn is_literal(text: &str) -> bool {
    let word = text.trim_end();
    matches!(word, "null" | "true" | "false")
        || serde_json::from_str::<serde_json::Number>(word).is_ok()
        || (word.starts_with('"') && serde_json::from_str::<String>(word).is_ok())
}

/// The names of the fields of the outermost object, as far as the text goes; escapes are left as they are.
fn outermost(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    // Text that begins with the name of a field has lost its bracket.
    let mut depth = usize::from(text.starts_with('"'));
    let mut name: Option<String> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let mut word = String::new();
                let mut escaped = false;
                for c in chars.by_ref() {
                    match c {
                        _ if escaped => escaped = false,
                        '\\' => escaped = true,
                        '"' => break,
                        _ if depth == 1 => word.push(c),
                        _ => {}
                    }
                }
                name = (depth == 1).then_some(word);
            }
            ':' => names.extend(name.take()),
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // The journal of a workshop goes on with further objects; so may a file that holds one map too many.
        if depth == 0 && c == '}' {
            break;
        }
    }
    names
}
