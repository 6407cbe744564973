//! The tags of a part of a workbook with where they are, so that a part can be changed in one place and left as it is elsewhere.

use std::ops::Range;

/// How a tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Open,
    Close,
    Empty,
}

/// A tag of a text.
#[derive(Debug, Clone)]
pub(super) struct Tag<'x> {
    /// Without its prefix.
    pub(super) name: &'x str,
    /// With it.
    pub(super) whole_name: &'x str,
    pub(super) attributes: &'x str,
    pub(super) form: Form,
    /// From its first sign to behind its last.
    pub(super) span: Range<usize>,
}

/// The tags of a text in their order; comments and instructions are passed over.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find('<')?;
            let rest = &text[start + 1..];
            let skipped = [("!--", "--"), ("![CDATA[", "]]"), ("?", "?"), ("!", "")]
                .into_iter()
                .find(|(begins, _)| rest.starts_with(begins));
            if let Some((begins, ends)) = skipped {
                let ends = format!("{ends}{}", '>');
                at = start + 1 + begins.len() + rest[begins.len()..].find(&ends)? + ends.len();
                continue;
            }
            let end = start + 1 + end_of(rest)?;
            at = end + 1;
            let inner = &text[start + 1..end];
            let (inner, form) = match (inner.strip_prefix('/'), inner.strip_suffix('/')) {
                (Some(inner), _) => (inner, Form::Close),
                (None, Some(inner)) => (inner, Form::Empty),
                (None, None) => (inner, Form::Open),
            };
            let name_ends = inner.find(char::is_whitespace).unwrap_or(inner.len());
            let (whole_name, attributes) = inner.split_at(name_ends);
            return Some(Tag {
                name: whole_name.rsplit(':').next().unwrap_or(whole_name),
                whole_name,
                attributes,
                form,
                span: start..end + 1,
            });
        }
    })
}

/// Where a tag ends: at the first sign for it that is in no quotes.
fn end_of(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, b) in text.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        let key = key.trim();
        if key == name || key.rsplit_once(':').is_some_and(|(_, local)| local == name) {
            return Some(plain(value));
        }
        rest = next.trim_start();
    }
    None
}

/// A text without the references that stand for signs in it.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((name, next)) = after.split_once(';') else {
            out.push('&');
            rest = after;
            continue;
        };
        let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
        let number = number.or_else(|| name.strip_prefix('#').map(str::parse::<u32>));
        let sign = match (name, number) {
            ("amp", _) => Some('&'),
            ("lt", _) => Some('<'),
            ("gt", _) => Some('>'),
            ("quot", _) => Some('"'),
            ("apos", _) => Some('\''),
            (_, Some(Ok(number))) => char::from_u32(number),
            _ => None,
        };
        out.extend(sign);
        rest = next;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_places_and_attributes() {
        let text = "<?xml a?><!-- <b> --><x:a n=\"1 > 0 &amp; &#x41;\" r:id='z'><b/></x:a>";
        let found: Vec<_> = tags(text).collect();
        let names: Vec<(&str, Form)> = found.iter().map(|tag| (tag.name, tag.form)).collect();
        assert_eq!(names, [("a", Form::Open), ("b", Form::Empty), ("a", Form::Close)]);
        assert_eq!(attribute(found[0].attributes, "n").as_deref(), Some("1 > 0 & A"));
        assert_eq!(attribute(found[0].attributes, "id").as_deref(), Some("z"));
        assert_eq!(&text[found[1].span.clone()], "<b/>");
    }
}
