//! Every fault of a text that should be a map, found by walking its items along the table of shapes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fault::{BadDayReason, FaultKind, HELD, Part};
use super::lexeme::clip;
use super::shape::{Kind, MAP, Presence, Record, TRAJECTORY};
use super::tree::{Item, Shape, Tree};
use crate::finding::nearest;
use crate::map::{BadDay, BadNumber, Day, FORMAT, Number, is_id, slug};

/// The file as a value.
static WHOLE: Kind = Kind::Record(&MAP);

/// Faults with the bytes they are about, in the order they were met, and how many more were only counted.
pub(super) struct Found {
    pub(super) faults: Vec<(FaultKind, Range<usize>)>,
    pub(super) more: usize,
}

/// The faults of a text whose items are `tree`, apart from those of syntax.
///
/// References to nothing and ids that are taken are looked for only where something else is wrong already: in a text
/// that reads, they are for `check` to find.
pub(super) fn examine(tree: Tree<'_>, syntax: Syntax) -> Found {
    let mut walk = Walk {
        tree,
        found: Found {
            faults: Vec::new(),
            more: 0,
        },
        ids: BTreeMap::new(),
        references: Vec::new(),
    };
    walk.value(
        0,
        Place {
            field: "",
            part: Part::Whole,
        },
        &WHOLE,
    );
    if syntax == Syntax::Broken || !walk.found.faults.is_empty() {
        walk.identities();
    }
    walk.found
}

/// Whether the text is JSON at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// It is.
    Sound,
    /// It is not, so some of it may have been lost.
    Broken,
}

/// Where a value stands, for messages.
#[derive(Clone, Copy)]
struct Place {
    field: &'static str,
    part: Part,
}

/// The ids of one kind of record: where each stands first and again, and whether a record may have been missed.
#[derive(Default)]
struct Ids<'t> {
    known: BTreeMap<std::borrow::Cow<'t, str>, Vec<u32>>,
    complete: Completeness,
}

/// Whether every record of a kind was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Completeness {
    #[default]
    All,
    SomeMissed,
}

struct Walk<'t> {
    tree: Tree<'t>,
    found: Found,
    ids: BTreeMap<&'static str, Ids<'t>>,
    references: Vec<(&'static str, std::borrow::Cow<'t, str>, Range<usize>)>,
}

impl<'t> Walk<'t> {
    fn fault(&mut self, kind: FaultKind, span: Range<usize>) {
        if self.found.faults.len() < HELD {
            self.found.faults.push((kind, span));
        } else {
            self.found.more += 1;
        }
    }

    fn item(&self, at: u32) -> &'t Item {
        self.tree.item(at)
    }

    fn wrong(&mut self, at: u32, place: Place, expected: &'static str) {
        let item = self.item(at);
        let found = match item.shape {
            // Its fault has been told.
            Shape::Broken => return,
            Shape::Null => "null",
            Shape::True => "true",
            Shape::False => "false",
            Shape::Number => "a number",
            Shape::Text => "text",
            Shape::List => "a list",
            Shape::Object => "an object",
        };
        // Of a list or an object its opening bracket is shown, not all of it.
        let span = match item.shape {
            Shape::List | Shape::Object => item.start as usize..item.start as usize + 1,
            _ => item.span(),
        };
        self.fault(
            FaultKind::WrongType {
                field: place.field,
                part: place.part,
                expected,
                found,
            },
            span,
        );
    }

    /// The text at `at`, or a fault that says what was expected.
    fn text(&mut self, at: u32, place: Place, expected: &'static str) -> Option<std::borrow::Cow<'t, str>> {
        if self.item(at).shape == Shape::Text {
            Some(self.tree.string(at))
        } else {
            self.wrong(at, place, expected);
            None
        }
    }

    fn value(&mut self, at: u32, place: Place, kind: &'static Kind) {
        let span = self.item(at).span();
        match kind {
            Kind::Text => {
                self.text(at, place, "text");
            }
            Kind::Flag => {
                if !matches!(self.item(at).shape, Shape::True | Shape::False) {
                    self.wrong(at, place, "true or false");
                }
            }
            Kind::Number => self.number(at, place),
            Kind::Whole { least, most } => self.whole(at, place, *least, *most),
            Kind::Format => {
                let raw = self.tree.raw(at);
                if self.item(at).shape != Shape::Number {
                    self.wrong(at, place, "a whole number");
                } else if raw != FORMAT.to_string() {
                    self.fault(FaultKind::Format { found: clip(raw) }, span);
                }
            }
            Kind::Day => {
                if let Some(text) = self.text(at, place, "a date in quotes") {
                    let reason = match Day::new(&text) {
                        Ok(_) => return,
                        Err(BadDay::Calendar { .. }) => BadDayReason::Calendar,
                        Err(_) => BadDayReason::Shape,
                    };
                    self.fault(
                        FaultKind::BadDay {
                            text: clip(&text),
                            reason,
                        },
                        span,
                    );
                }
            }
            Kind::Id => {
                if let Some(text) = self.text(at, place, "text") {
                    self.id(&text, span);
                }
            }
            Kind::Reference(record) => {
                if let Some(text) = self.text(at, place, "text")
                    && self.id(&text, span.clone()).is_some()
                {
                    self.references.push((record.name, text, span));
                }
            }
            Kind::Threatened => self.threatened(at, place),
            Kind::Word(words) => {
                if let Some(text) = self.text(at, place, "text")
                    && !words.contains(&&*text)
                {
                    let suggestion = nearest(&text, words.iter().copied());
                    self.fault(
                        FaultKind::BadWord {
                            field: place.field,
                            text: clip(&text),
                            suggestion,
                            words,
                        },
                        span,
                    );
                }
            }
            Kind::Trajectory => {
                if self.item(at).shape == Shape::Object && !self.item(at).damaged {
                    let known = self
                        .tree
                        .members(at)
                        .filter(|(name, _)| TRAJECTORY.names.contains(&&*self.tree.string(*name)))
                        .count();
                    if known != 1 {
                        self.fault(FaultKind::Trajectory, span.start..span.start + 1);
                    }
                }
                self.record(at, place, &TRAJECTORY);
            }
            Kind::Record(record) => self.record(at, place, record),
            Kind::List(entry) => {
                if self.item(at).shape == Shape::List {
                    if self.item(at).damaged {
                        self.incomplete(entry);
                    }
                    let place = Place {
                        part: Part::Entry,
                        ..place
                    };
                    for element in self.tree.elements(at) {
                        self.value(element, place, entry);
                    }
                } else {
                    self.incomplete(entry);
                    self.wrong(at, place, "a list");
                }
            }
        }
    }

    fn number(&mut self, at: u32, place: Place) {
        if self.item(at).shape != Shape::Number {
            self.wrong(at, place, "a number");
            return;
        }
        let raw = self.tree.raw(at);
        // A number that the scanner let through and that is none has been told of as such.
        if let Err(BadNumber::Digits { .. }) = Number::new(raw) {
            self.fault(FaultKind::TooManyDigits { text: clip(raw) }, self.item(at).span());
        }
    }

    fn whole(&mut self, at: u32, place: Place, least: u64, most: u64) {
        if self.item(at).shape != Shape::Number {
            self.wrong(at, place, "a whole number");
            return;
        }
        let raw = self.tree.raw(at);
        if !raw.parse::<u64>().is_ok_and(|value| (least..=most).contains(&value)) {
            let kind = FaultKind::OutOfRange {
                field: place.field,
                text: clip(raw),
                least,
                most,
            };
            self.fault(kind, self.item(at).span());
        }
    }

    fn id(&mut self, text: &str, span: Range<usize>) -> Option<()> {
        if is_id(text) {
            return Some(());
        }
        let suggestion = slug(text).filter(|id| id.len() <= 60);
        self.fault(
            FaultKind::BadId {
                text: clip(text),
                suggestion,
            },
            span,
        );
        None
    }

    fn threatened(&mut self, at: u32, place: Place) {
        let span = self.item(at).span();
        let Some(text) = self.text(at, place, "text") else {
            return;
        };
        let ends: Vec<String> = match text.split_once("->") {
            Some((from, to)) => vec![from.trim().to_owned(), to.trim().to_owned()],
            None => vec![text.into_owned()],
        };
        for end in ends {
            if self.id(&end, span.clone()).is_none() {
                return;
            }
            self.references.push(("node", end.into(), span.clone()));
        }
    }

    /// Records of this kind may have been missed: what refers to one is not known to refer to nothing.
    fn incomplete(&mut self, kind: &'static Kind) {
        if let Kind::Record(record) = kind {
            self.missed(record);
        }
    }

    /// One record of this kind, and all that can stand in it, may have been missed.
    fn missed(&mut self, record: &'static Record) {
        self.ids.entry(record.name).or_default().complete = Completeness::SomeMissed;
        for field in record.fields {
            match &field.kind {
                Kind::Record(inner) | Kind::List(Kind::Record(inner)) => self.missed(inner),
                _ => {}
            }
        }
    }

    fn record(&mut self, at: u32, place: Place, record: &'static Record) {
        let item = self.item(at);
        if item.shape != Shape::Object {
            self.missed(record);
            self.wrong(
                at,
                place,
                if record.name == "map" {
                    "a map in curly brackets"
                } else {
                    "a record in curly brackets"
                },
            );
            return;
        }
        if item.damaged {
            self.missed(record);
        }
        let mut seen: Vec<&'static str> = Vec::with_capacity(record.fields.len());
        let mut misspelt: Vec<&'static str> = Vec::new();
        let mut id = None;
        for (name, value) in self.tree.members(at) {
            if self.item(name).shape != Shape::Text {
                continue;
            }
            let written = self.tree.string(name);
            let Some(field) = record.fields.iter().find(|field| field.name == written) else {
                let suggestion = nearest(&written, record.names.iter().copied().filter(|n| !seen.contains(n)));
                misspelt.extend(suggestion);
                let kind = FaultKind::UnknownField {
                    field: clip(&written),
                    record: record.name,
                    suggestion,
                    known: record.names,
                };
                self.fault(kind, self.item(name).span());
                continue;
            };
            if seen.contains(&field.name) {
                self.fault(FaultKind::DuplicateField { field: field.name }, self.item(name).span());
            }
            seen.push(field.name);
            let is_null = self.item(value).shape == Shape::Null;
            if !(is_null && field.presence == Presence::Nullable) {
                self.value(
                    value,
                    Place {
                        field: field.name,
                        part: Part::Whole,
                    },
                    &field.kind,
                );
            }
            if matches!(field.kind, Kind::Id) && self.item(value).shape == Shape::Text {
                id = Some(value);
            }
        }
        let ids = self.ids.entry(record.name).or_default();
        match id {
            Some(id) => ids.known.entry(self.tree.string(id)).or_default().push(id),
            None => ids.complete = Completeness::SomeMissed,
        }
        if !item.damaged {
            for field in record.fields {
                // Whoever misspelt it need not be told again that it is missing.
                let there = seen.contains(&field.name) || misspelt.contains(&field.name);
                if field.presence == Presence::Required && !there {
                    let start = item.start as usize;
                    let kind = FaultKind::MissingField {
                        record: record.name,
                        field: field.name,
                    };
                    self.fault(kind, start..start + 1);
                }
            }
        }
    }

    /// Ids that are taken, and references to nothing.
    fn identities(&mut self) {
        let lines = super::lines::Lines::new(self.tree.text);
        let mut ids = std::mem::take(&mut self.ids);
        for (record, of_kind) in &ids {
            for (id, places) in &of_kind.known {
                let first = lines.position(self.tree.text, self.item(places[0]).start as usize).0;
                for place in &places[1..] {
                    let span = self.item(*place).span();
                    self.fault(
                        FaultKind::DuplicateId {
                            record,
                            id: clip(id),
                            first,
                        },
                        span,
                    );
                }
            }
        }
        // Whoever points to the id that a bad one was meant to be is not wrong, and nobody should point to a bad one.
        for of_kind in ids.values_mut() {
            let bad: Vec<_> = of_kind.known.keys().filter(|id| !is_id(id)).cloned().collect();
            for id in bad {
                of_kind.known.remove(&id);
                match slug(&id) {
                    Some(meant) => drop(of_kind.known.entry(meant.into()).or_default()),
                    None => of_kind.complete = Completeness::SomeMissed,
                }
            }
        }
        for (record, id, span) in std::mem::take(&mut self.references) {
            let Some(of_kind) = ids.get(record) else {
                self.unknown(record, &id, None, span);
                continue;
            };
            if of_kind.complete == Completeness::All && !of_kind.known.contains_key(&id) {
                // Looking for the nearest of many ids takes long; nobody reads more than the first hundred.
                let suggestion = (self.found.faults.len() < 100)
                    .then(|| nearest(&id, of_kind.known.keys().map(|known| &**known)))
                    .flatten();
                self.unknown(record, &id, suggestion, span);
            }
        }
    }

    fn unknown(&mut self, record: &'static str, id: &str, suggestion: Option<&str>, span: Range<usize>) {
        let kind = FaultKind::UnknownReference {
            record,
            id: clip(id),
            suggestion: suggestion.map(str::to_owned),
        };
        self.fault(kind, span);
    }
}
