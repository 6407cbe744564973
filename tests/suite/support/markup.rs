//! Markup, read tag by tag.

/// The next tag of a page, without its brackets, and what follows it; a `>` within a quoted value does not end one.
pub fn next_tag(page: &str) -> Option<(&str, &str)> {
    let rest = &page[page.find('<')?..];
    let mut quoted = false;
    let end = rest
        .char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        })
        .map(|(at, _)| at)
        .expect("every tag ends");
    Some((&rest[1..end], &rest[end + 1..]))
}
