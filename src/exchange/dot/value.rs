//! Names and values of DOT as the texts that they stand for: escapes, entities, records and markup.

use super::super::entities;
use super::super::text::one_line;

/// A name or a value as it stands in a file: of a text in quotes with its escapes, of markup the text in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Value {
    pub(super) text: String,
    /// Whether it is markup (`<…>`), in which a backslash is a backslash.
    pub(super) markup: bool,
}

/// What the escapes of a label stand for (graphviz.org/docs/attr-types/escString).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Names<'n> {
    /// `\N`: the node, as it is written.
    pub(super) node: &'n str,
    /// `\G`: the graph, or the cluster of a cluster's label.
    pub(super) graph: &'n str,
    /// `\T` and `\H`: the tail and the head of an edge; `\E` is made of them.
    pub(super) ends: Option<(&'n str, &'n str, &'static str)>,
    /// `\L`: the label itself.
    pub(super) label: &'n str,
}

impl Value {
    /// The text with the escapes that stand for a sign or the end of a line; others stay.
    pub(super) fn plain(&self) -> String {
        match self.markup {
            true => self.text.clone(),
            false => plain(&self.text),
        }
    }

    /// The text of a label, in one line.
    pub(super) fn label(&self, names: Names<'_>) -> String {
        match self.markup {
            true => one_line(&self.text),
            false => one_line(&entities::decoded(&escaped(&self.text, names))),
        }
    }

    /// The texts of the fields of a record label, in one line: braces, bars and ports are layout.
    pub(super) fn record(&self, names: Names<'_>) -> String {
        if self.markup {
            return self.label(names);
        }
        let mut fields = String::with_capacity(self.text.len());
        let mut chars = self.text.chars();
        let mut port = false;
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some(sign @ ('{' | '}' | '|' | '<' | '>' | ' ')) if !port => fields.push(sign),
                    Some(other) if !port => fields.extend(['\\', other]),
                    _ => {}
                },
                '<' => port = true,
                '>' => port = false,
                _ if port => {}
                '{' | '}' | '|' => fields.push('\n'),
                c => fields.push(c),
            }
        }
        one_line(&entities::decoded(&escaped(&fields, names)))
    }
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, false) => out.push(c),
            _ => match chars.next() {
                Some('\\') => out.push('\\'),
                Some('n' | 'l' | 'r') => out.push('\n'),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
        }
    }
    out
}

/// A text with every escape of Graphviz: a sign that stands for nothing else stands for itself.
fn escaped(text: &str, names: Names<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match (chars.next(), names.ends) {
            (Some('n' | 'l' | 'r'), _) => out.push('\n'),
            // A name is a text as any other, with escapes of its own.
            (Some('N'), None) => out.push_str(&plain(names.node)),
            (Some('G'), _) => out.push_str(&plain(names.graph)),
            (Some('T'), Some((tail, ..))) => out.push_str(&plain(tail)),
            (Some('H'), Some((_, head, _))) => out.push_str(&plain(head)),
            (Some('E'), Some((tail, head, arrow))) => {
                out.push_str(&format!("{}{arrow}{}", plain(tail), plain(head)));
            }
            (Some('L'), _) => out.push_str(names.label),
            (Some(other), _) => out.push(other),
            (None, _) => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value {
            text: text.to_owned(),
            markup: false,
        }
    }

    const NAMES: Names<'static> = Names {
        node: "Ramp built",
        graph: "Main Street",
        ends: None,
        label: "",
    };

    #[test]
    fn escapes_stand_for_names_and_ends_of_lines() {
        for (text, says) in [
            ("\\N at \\G", "Ramp built at Main Street"),
            ("one\\ltwo\\r", "one two"),
            ("C:\\\\new \\x", "C:\\new x"),
            ("&uuml;&amp;lt;", "ü&lt;"),
            ("\\\\N", "\\N"),
        ] {
            assert_eq!(value(text).label(NAMES), says);
        }
        let ends = Names {
            ends: Some(("a", "b", "->")),
            ..Names::default()
        };
        assert_eq!(value("\\T to \\H: \\E").label(ends), "a to b: a->b");
        assert_eq!(value("a\\nb \\N \\\\").plain(), "a\nb \\N \\");
    }

    #[test]
    fn the_fields_of_a_record_are_its_text() {
        for (text, says) in [
            ("{Seats|<n>40 benches|{by|March}}", "Seats 40 benches by March"),
            ("<a>Longer visits", "Longer visits"),
            ("<f0> left|<f1> |<f2> right", "left right"),
            ("a \\| b \\{c\\} \\<d\\>", "a | b {c} <d>"),
            ("\\N|<p>", "Ramp built"),
            ("one\\ntwo|three", "one two three"),
        ] {
            assert_eq!(value(text).record(NAMES), says);
        }
    }
}
