//! Where in its text each part of a portfolio is.

use std::collections::BTreeMap;

/// The parts of a JSON text by their pointers (RFC 6901), such as `/claims/3/measure`.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// The first byte of each part: of a field its name, of an entry of a list the entry.
    starts: BTreeMap<String, usize>,
    /// The pointers of fields that one object has more than once, each with the byte of a later one.
    pub(super) twice: Vec<(String, usize)>,
    /// The first byte of every line.
    lines: Vec<usize>,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
}

impl Places {
    /// Of a text that is JSON; of another as far as it goes.
    pub(super) fn of(text: &str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        let mut places = Self {
            lines: lines.collect(),
            ..Self::default()
        };
        places.walk(text);
        places
    }

    /// Where a part is; of one that is missing, where what it would be a part of is.
    pub(super) fn spot(&self, text: &str, pointer: &str) -> Spot {
        let mut pointer = pointer;
        loop {
            if let Some(at) = self.starts.get(pointer) {
                return self.at(text, *at);
            }
            match pointer.rfind('/') {
                Some(end) => pointer = &pointer[..end],
                None => return Spot { line: 1, column: 1 },
            }
        }
    }

    /// The place of a byte.
    pub(super) fn at(&self, text: &str, byte: usize) -> Spot {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let before = text.get(start..byte).unwrap_or_default();
        Spot {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// Goes through the text without calling itself, so that no depth of it does harm.
    fn walk(&mut self, text: &str) {
        let bytes = text.as_bytes();
        // Of every object or list that is open: its pointer, and the number of the next entry or none in an object.
        let mut open: Vec<(String, Option<usize>)> = Vec::new();
        let mut name: Option<String> = None;
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'{' | b'[' => {
                    let pointer = self.begin(&mut open, &mut name, at);
                    open.push((pointer, (bytes[at] == b'[').then_some(0)));
                }
                b'}' | b']' => {
                    open.pop();
                }
                b'"' => {
                    let end = end_of(bytes, at);
                    let is_name = matches!(open.last(), Some((_, None))) && name.is_none();
                    match (is_name, open.last()) {
                        (true, Some((parent, _))) => {
                            let pointer = format!("{parent}/{}", key(&text[at..end]));
                            match self.starts.contains_key(&pointer) {
                                true => self.twice.push((pointer.clone(), at)),
                                false => {
                                    self.starts.insert(pointer.clone(), at);
                                }
                            }
                            name = Some(pointer);
                        }
                        _ => {
                            self.begin(&mut open, &mut name, at);
                        }
                    }
                    at = end;
                    continue;
                }
                b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                    self.begin(&mut open, &mut name, at);
                    at += bytes[at..]
                        .iter()
                        .position(|byte| matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace())
                        .unwrap_or(bytes.len() - at);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Takes note of a value that begins, and gives its pointer.
    fn begin(&mut self, open: &mut [(String, Option<usize>)], name: &mut Option<String>, at: usize) -> String {
        if let Some(pointer) = name.take() {
            return pointer;
        }
        let pointer = match open.last_mut() {
            Some((parent, Some(next))) => {
                *next += 1;
                format!("{parent}/{}", *next - 1)
            }
            _ => String::new(),
        };
        self.starts.entry(pointer.clone()).or_insert(at);
        pointer
    }
}

/// The byte after a text that begins at a quote.
fn end_of(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The name of a field as a pointer has it.
fn key(quoted: &str) -> String {
    let name: String = serde_json::from_str(quoted).unwrap_or_default();
    escaped(&name)
}

/// A name as it is written in a pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_place_and_a_missing_one_that_of_the_whole_around_it() {
        let text = "{\n  \"maps\": [\n    {\"id\": \"ä\", \"file\": 1}, [true, {\"a/b\": \"}\\\"\"}]\n  ]\n}";
        let places = Places::of(text);
        let spot = |pointer: &str| {
            let spot = places.spot(text, pointer);
            (spot.line, spot.column)
        };
        assert_eq!(spot(""), (1, 1));
        assert_eq!(spot("/maps"), (2, 3));
        assert_eq!(spot("/maps/0"), (3, 5));
        assert_eq!(spot("/maps/0/file"), (3, 17));
        assert_eq!(spot("/maps/0/other"), (3, 5));
        assert_eq!(spot("/maps/1/1/a~1b"), (3, 37));
        assert_eq!(spot("/nothing/3"), (1, 1));
    }

    #[test]
    fn a_field_that_comes_twice_is_known_and_no_text_panics() {
        let text = r#"{"a": 1, "a": {"b": 2, "b": 3}}"#;
        let twice: Vec<String> = Places::of(text).twice.into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(twice, ["/a", "/a/b"]);
        for broken in ["{\"a", "[[[", "]]}", "\"\\", "{\"a\":", ""] {
            let _ = Places::of(broken);
        }
    }
}
