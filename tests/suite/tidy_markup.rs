//! XML and HTML are written in one room: no other source holds a tag in a literal of its code.

use std::fs;
use std::path::{Path, PathBuf};

/// Every source of `src` but tests in files of their own.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The literals of the code above the tests of a source, each with its line.
fn literals(text: &str) -> Vec<(usize, String)> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let mut found = Vec::new();
    let mut chars = code.chars().peekable();
    let mut line = 1;
    let mut before = ' ';
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            // A character, not a lifetime.
            '\'' if chars.peek() == Some(&'\\') => {
                chars.next();
                chars.next();
            }
            '"' => {
                let hashes = before == '#';
                let raw = hashes || before == 'r';
                let (start, mut literal) = (line, String::new());
                while let Some(c) = chars.next() {
                    line += usize::from(c == '\n');
                    match c {
                        '\\' if !raw => literal.extend(chars.next().filter(|c| *c == '"')),
                        '"' if !hashes || chars.peek() == Some(&'#') => break,
                        c => literal.push(c),
                    }
                }
                found.push((start, literal));
            }
            _ => {}
        }
        // A quote in single quotes opens nothing.
        if c == '\'' && chars.peek() == Some(&'"') {
            chars.next();
        }
        before = c;
    }
    found
}

/// Whether a literal holds a tag of XML or HTML: an end, or a beginning with an attribute or alone.
fn holds_a_tag(literal: &str) -> bool {
    literal.match_indices('<').any(|(at, _)| {
        let rest = &literal[at + 1..];
        if let Some(end) = rest.strip_prefix('/') {
            return end.starts_with(|c: char| c.is_ascii_alphabetic() || c == '{');
        }
        // Without its end it is how a file that is read is known.
        if (rest.starts_with("?xml ") || rest.starts_with("!doctype ")) && rest.contains('>') {
            return true;
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_');
        let name = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        if !rest.starts_with(|c: char| c.is_ascii_lowercase()) {
            return false;
        }
        let after = &rest[name..];
        let attribute = after.trim_start();
        let key = attribute.find(|c| !is_name(c)).unwrap_or(attribute.len());
        let has_attribute = after.starts_with(' ') && key > 0 && attribute[key..].starts_with('=');
        has_attribute || after.starts_with('>') || after.starts_with("/>")
    })
}

#[test]
fn markup_is_written_in_its_room_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    sources(&root.join("src"), &mut paths);
    paths.sort();
    assert!(paths.len() > 200);
    let mut faults = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        if name.starts_with("src/xml/") {
            continue;
        }
        for (line, literal) in literals(&fs::read_to_string(&path).unwrap()) {
            // What stands for a file where text comes from elsewhere.
            if holds_a_tag(&literal.replace("<stdin>", "")) {
                faults.push(format!(
                    "{name}:{line}: build it with `xml::el`, which escapes: {literal}"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "markup outside `src/xml`:\n{}", faults.join("\n"));
}

#[test]
fn a_tag_is_seen_in_every_kind_of_literal_and_nowhere_else() {
    let source = r##"
        // "<b>"
        let a = "<p class=\"x\">{}</p>";
        let b = r#"  <failure type="{}"/>"#;
        let c: Vec<u8> = f('"', "less < more, <{}>, [a](<b c>), Vec<T>, <U+202E>");
        let d = "</{tag}>";
        #[cfg(test)]
mod tests { let e = "<i>"; }
    "##;
    let tags: Vec<usize> = literals(source)
        .into_iter()
        .filter(|(_, literal)| holds_a_tag(literal))
        .map(|(line, _)| line)
        .collect();
    assert_eq!(tags, [3, 4, 6]);
}
