//! Where a map's things stand in the text it was read from.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

use super::lines::Lines;
use super::syntax::scan;
use super::tree::{Shape, Tree};
use crate::finding::{Place, Subject, Whereabouts};
use crate::map::record::{Kind, MAP, Record};

/// A text that a map was read from, with its name. Places are looked up only when the first is asked for.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    index: OnceLock<Index>,
    lines: OnceLock<Lines>,
}

impl Source {
    /// A text by its name; a byte order mark is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self {
            name: name.into(),
            text,
            index: OnceLock::new(),
            lines: OnceLock::new(),
        }
    }

    /// A text without a byte order mark whose index is known.
    pub(super) fn indexed(name: String, text: String, index: Index) -> Self {
        Self {
            name,
            text,
            index: OnceLock::from(index),
            lines: OnceLock::new(),
        }
    }

    /// What it is called, such as the path of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.text))
    }
}

/// Where the records of the text stand; small beside the text, and made of items that need not be kept.
#[derive(Debug, Clone)]
pub(super) struct Index {
    /// Every record that a subject may be, by the hash of the subject, those of one subject in the order of the text.
    records: Vec<Entry>,
    /// The fields of the map itself: name and place to show.
    top: Vec<(String, Range<usize>)>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    subject: u64,
    start: u32,
    end: u32,
}

impl Index {
    fn new(text: &str) -> Self {
        let (items, _) = scan(text);
        Self::of(Tree { text, items: &items })
    }

    /// The index of a text that was cut into items.
    pub(super) fn of(tree: Tree<'_>) -> Self {
        let mut index = Self {
            records: Vec::new(),
            top: Vec::new(),
        };
        if tree.item(0).shape == Shape::Object {
            let fields = tree
                .members(0)
                .filter(|(name, _)| tree.item(*name).shape == Shape::Text);
            let place = |(name, value)| (tree.string(name).into_owned(), shown(tree, name, value));
            index.top = fields.map(place).collect();
        }
        index.collect(tree, 0, &MAP);
        // Stable: records of one subject stay in the order of the text.
        index.records.sort_by_key(|entry| entry.subject);
        index
    }

    /// Notes the record at `at` and the records in it.
    fn collect(&mut self, tree: Tree<'_>, at: u32, record: &'static Record) {
        if tree.item(at).shape != Shape::Object {
            return;
        }
        if let Some(subject) = subject_of(tree, at, record) {
            self.note(tree, at, subject);
        }
        for (name, value) in tree.members(at) {
            // Most members of most records are no lists.
            if tree.item(value).shape != Shape::List {
                continue;
            }
            let written = tree.string(name);
            let Some(field) = record.fields.iter().find(|field| field.name == written) else {
                continue;
            };
            if let Kind::List(Kind::Record(inner)) = field.kind {
                for (n, element) in tree.elements(value).enumerate() {
                    let listed = match inner.name {
                        "allowance" => Some(Subject::Allowance(n + 1)),
                        "review" => Some(Subject::Review(n + 1)),
                        _ => None,
                    };
                    if let Some(subject) = listed {
                        self.note(tree, element, key(&subject));
                    }
                    self.collect(tree, element, inner);
                }
            }
        }
    }

    fn note(&mut self, tree: Tree<'_>, at: u32, subject: u64) {
        let item = tree.item(at);
        self.records.push(Entry {
            subject,
            start: item.start,
            end: item.end,
        });
    }

    /// The bytes of the subject's record, of several the one that is meant; `None` where there is none.
    fn record(&self, subject: &Subject, occurrence: usize) -> Option<Range<usize>> {
        let wanted = key(subject);
        let from = self.records.partition_point(|entry| entry.subject < wanted);
        let count = self.records[from..].partition_point(|entry| entry.subject == wanted);
        // Two subjects with one hash of 64 bits would be told with each other's places; in a map of a million records
        // that is one chance in 37 million.
        let entry = self.records.get(from + occurrence.min(count.checked_sub(1)?))?;
        Some(entry.start as usize..entry.end as usize)
    }
}

/// What a subject is looked up by.
fn key(subject: &Subject) -> u64 {
    let text = |word: &str, id: &str| hash(&[word, id]);
    match subject {
        Subject::Map => text("map", ""),
        Subject::Node(id) => text("node", id.as_str()),
        Subject::Owner(id) => text("owner", id.as_str()),
        Subject::Kpi(id) => text("kpi", id.as_str()),
        Subject::Risk(id) => text("risk", id.as_str()),
        Subject::Activity(id) => text("activity", id.as_str()),
        Subject::Partner(id) => text("partner", id.as_str()),
        Subject::Plan(id) => text("plan", id.as_str()),
        Subject::Link { from, to } => hash(&["link", from.as_str(), to.as_str()]),
        Subject::Review(n) => text("review", &n.to_string()),
        Subject::Allowance(n) => text("allowance", &n.to_string()),
    }
}

fn hash(parts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// What the record at `at` is looked up by; `None` for records that have no name of their own.
fn subject_of(tree: Tree<'_>, at: u32, record: &Record) -> Option<u64> {
    let text = |field: &str| {
        let (_, value) = member(tree, at, field)?;
        (tree.item(value).shape == Shape::Text).then(|| tree.string(value))
    };
    match record.name {
        // The map itself is the whole text, and needs no looking up.
        "node" | "owner" | "kpi" | "risk" | "activity" | "partner" => Some(hash(&[record.name, &text("id")?])),
        "plan" => Some(hash(&["plan", &text("owner")?])),
        "link" => Some(hash(&["link", &text("from")?, &text("to")?])),
        _ => None,
    }
}

/// Name and value of a field of the record at `at`.
fn member(tree: Tree<'_>, at: u32, field: &str) -> Option<(u32, u32)> {
    tree.members(at)
        .find(|(name, _)| tree.item(*name).shape == Shape::Text && tree.string(*name) == field)
}

impl Whereabouts for Source {
    fn place(&self, subject: &Subject, occurrence: usize, field: Option<&str>) -> Option<Place<'_>> {
        let index = self.index();
        let span = match (subject, index.record(subject, occurrence)) {
            (Subject::Map, _) => {
                let named = |(name, _): &&(String, Range<usize>)| Some(name.as_str()) == field;
                let top = self.text.len() - self.text.trim_start().len();
                let whole = top..(top + 1).min(self.text.len());
                index.top.iter().find(named).map_or(whole, |(_, span)| span.clone())
            }
            (_, Some(record)) => {
                let text = &self.text[record.clone()];
                let (items, _) = scan(text);
                let span = span_of(Tree { text, items: &items }, field);
                record.start + span.start..record.start + span.end
            }
            (_, None) => 0..0,
        };
        let lines = self.lines.get_or_init(|| Lines::new(&self.text));
        let (line, column) = lines.position(&self.text, span.start);
        Some(Place {
            file: self.name.as_str().into(),
            line,
            column,
            span,
            text: &self.text,
        })
    }
}

/// The bytes to show of a field: its value, but of a list or an object its name, since the rest may go over many lines.
fn shown(tree: Tree<'_>, name: u32, value: u32) -> Range<usize> {
    let at = match tree.item(value).shape {
        Shape::List | Shape::Object => name,
        _ => value,
    };
    tree.item(at).span()
}

/// In the text of one record, the bytes of a field's value, else of what names the record, else of its opening bracket.
fn span_of(tree: Tree<'_>, field: Option<&str>) -> Range<usize> {
    let at = 0;
    let value = field.and_then(|field| member(tree, at, field));
    let named = || {
        let (_, id) = member(tree, at, "id").or_else(|| member(tree, at, "owner"))?;
        (tree.item(id).shape == Shape::Text).then_some(id)
    };
    // A link is named by both its ends, on the same line in most files.
    let ends = || {
        let (from, to) = (member(tree, at, "from")?.1, member(tree, at, "to")?.1);
        let (from, to) = (tree.item(from).span(), tree.item(to).span());
        let (start, end) = (from.start.min(to.start), from.end.max(to.end));
        if tree.text[start..end].contains('\n') {
            Some(from)
        } else {
            Some(start..end)
        }
    };
    if let Some((name, value)) = value {
        return shown(tree, name, value);
    }
    if let Some(ends) = ends() {
        return ends;
    }
    if let Some(id) = named() {
        return tree.item(id).span();
    }
    let start = tree.item(at).start as usize;
    start..(start + 1).min(tree.text.len())
}
