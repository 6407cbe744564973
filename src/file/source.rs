//! Where a map's things stand in the text it was read from.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::lines::Lines;
use super::shape::{Kind, MAP, Record};
use super::syntax::scan;
use super::tree::{Item, Shape, Tree};
use crate::finding::{Place, Subject, Whereabouts};
use crate::map::{ActivityId, KpiId, NodeId, OwnerId, PartnerId, RiskId};

/// A text that a map was read from, with its name. Places are looked up only when the first is asked for.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    index: OnceLock<Index>,
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

/// The items of the text, and where each subject's records are among them.
#[derive(Debug, Clone)]
struct Index {
    items: Vec<Item>,
    lines: Lines,
    records: HashMap<Subject, Vec<u32>>,
}

impl Index {
    fn new(text: &str) -> Self {
        let (items, _) = scan(text);
        let mut index = Self {
            items: Vec::new(),
            lines: Lines::new(text),
            records: HashMap::new(),
        };
        index.collect(Tree { text, items: &items }, 0, &MAP);
        index.items = items;
        index
    }

    /// Notes the record at `at` and the records in it.
    fn collect(&mut self, tree: Tree<'_>, at: u32, record: &'static Record) {
        if tree.item(at).shape != Shape::Object {
            return;
        }
        if let Some(subject) = subject_of(tree, at, record) {
            self.records.entry(subject).or_default().push(at);
        }
        for (name, value) in tree.members(at) {
            let written = tree.string(name);
            let Some(field) = record.fields.iter().find(|field| field.name == written) else {
                continue;
            };
            if let Kind::List(Kind::Record(inner)) = field.kind
                && tree.item(value).shape == Shape::List
            {
                for (n, element) in tree.elements(value).enumerate() {
                    if inner.name == "allowance" {
                        self.records.entry(Subject::Allowance(n + 1)).or_default().push(element);
                    }
                    self.collect(tree, element, inner);
                }
            }
        }
    }
}

/// What findings call the record at `at`; `None` for records that have no name of their own.
fn subject_of(tree: Tree<'_>, at: u32, record: &Record) -> Option<Subject> {
    let text = |field: &str| {
        let (_, value) = member(tree, at, field)?;
        (tree.item(value).shape == Shape::Text).then(|| tree.string(value))
    };
    match record.name {
        "map" => Some(Subject::Map),
        "node" => NodeId::new(text("id")?).ok().map(Subject::Node),
        "owner" => OwnerId::new(text("id")?).ok().map(Subject::Owner),
        "kpi" => KpiId::new(text("id")?).ok().map(Subject::Kpi),
        "risk" => RiskId::new(text("id")?).ok().map(Subject::Risk),
        "activity" => ActivityId::new(text("id")?).ok().map(Subject::Activity),
        "partner" => PartnerId::new(text("id")?).ok().map(Subject::Partner),
        "plan" => OwnerId::new(text("owner")?).ok().map(Subject::Plan),
        "link" => {
            let (from, to) = (NodeId::new(text("from")?).ok()?, NodeId::new(text("to")?).ok()?);
            Some(Subject::Link { from, to })
        }
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
        let tree = Tree {
            text: &self.text,
            items: &index.items,
        };
        let span = match index.records.get(subject) {
            Some(records) => {
                let at = records[occurrence.min(records.len() - 1)];
                span_of(tree, at, field)
            }
            None => 0..0,
        };
        let (line, column) = index.lines.position(&self.text, span.start);
        Some(Place {
            file: self.name.as_str().into(),
            line,
            column,
            span,
            text: &self.text,
        })
    }
}

/// The bytes of a field's value, else of what names the record, else of its opening bracket.
fn span_of(tree: Tree<'_>, at: u32, field: Option<&str>) -> Range<usize> {
    let value = field
        .and_then(|field| member(tree, at, field))
        .map(|(name, value)| match tree.item(value).shape {
            // Of a list or an object the name of the field is shown: the rest may go over many lines.
            Shape::List | Shape::Object => name,
            _ => value,
        });
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
    if let Some(value) = value {
        return tree.item(value).span();
    }
    if let Some(ends) = ends() {
        return ends;
    }
    if at != 0
        && let Some(id) = named()
    {
        return tree.item(id).span();
    }
    let start = tree.item(at).start as usize;
    start..(start + 1).min(tree.text.len())
}
