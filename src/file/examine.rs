//! Every fault of a text that should be a map, found by walking its items along the table of shapes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fault::{BadDayReason, FaultKind, HELD, Part};
use super::lexeme::clip;
use super::tree::{Item, Shape, Tree};
use crate::finding::nearest;
use crate::map::record::{KPI, Kind, LINK, MAP, NODE, Presence, Record, TRAJECTORY};
use crate::map::{BadDay, BadLanguage, BadNumber, Day, FORMAT, Language, Number, is_free_name, is_id, limits, slug};

/// How many ids are compared in search of those that were meant, so that many mistakes in a large map cost little.
const LOOKS: usize = 200_000;

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
    // Of a map that is too large nothing more is looked for: it is not read whatever else it says.
    let too_much = |(kind, _): &(FaultKind, _)| matches!(kind, FaultKind::TooMuch(_));
    let is_small = !walk.found.faults.iter().any(too_much);
    if is_small && (syntax == Syntax::Broken || !walk.found.faults.is_empty()) {
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

/// The ids of one kind of record in the order of the text, and whether a record may have been missed.
#[derive(Default)]
struct Ids {
    items: Vec<u32>,
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
    ids: BTreeMap<&'static str, Ids>,
    /// What kind of record each text names that names one or two.
    references: Vec<(&'static Record, u32)>,
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
    fn text(&mut self, at: u32, place: Place, expected: &'static str) -> Option<Cow<'t, str>> {
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
                if let Some(text) = self.text(at, place, "text")
                    && limits::is_too_long(place.field, &text)
                {
                    let kind = FaultKind::TooLong {
                        field: place.field,
                        characters: text.chars().count(),
                        most: limits::longest(place.field),
                    };
                    // Of a long text its beginning is shown, not all of it.
                    self.fault(kind, span.start..span.start + 1);
                }
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
            Kind::Language => {
                if let Some(text) = self.text(at, place, "text")
                    && let Err(bad) = Language::new(&text)
                {
                    let bad = BadLanguage { text: clip(&bad.text) };
                    self.fault(FaultKind::BadLanguage(bad), span);
                }
            }
            Kind::Id => {
                if let Some(text) = self.text(at, place, "text") {
                    self.id(&text, span);
                }
            }
            Kind::Reference(record) => {
                if let Some(text) = self.text(at, place, "text")
                    && self.id(&text, span)
                {
                    self.references.push((record, at));
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
                    let all = self.tree.members(at).count();
                    let known = self
                        .tree
                        .members(at)
                        .filter(|(name, _)| TRAJECTORY.names.contains(&&*self.tree.string(*name)))
                        .count();
                    // One name that is unknown is told as that, and may have been meant for the one that is wanted.
                    if known > 1 || (known == 0 && all == 0) {
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
                    let mut count = 0;
                    for element in self.tree.elements(at) {
                        self.value(element, place, entry);
                        count += 1;
                    }
                    self.counted(at, entry, count);
                } else {
                    self.incomplete(entry);
                    self.wrong(at, place, "a list");
                }
            }
        }
    }

    /// A list of so many records; a fault where a map has fewer at most.
    fn counted(&mut self, list: u32, entry: &'static Kind, count: usize) {
        let Kind::Record(record) = entry else { return };
        let limit = if std::ptr::eq(*record, &NODE) {
            &limits::BOXES
        } else if std::ptr::eq(*record, &LINK) {
            &limits::LINKS
        } else if std::ptr::eq(*record, &KPI) {
            &limits::KPIS
        } else {
            return;
        };
        if let Err(too_much) = limit.hold(count) {
            let start = self.item(list).start as usize;
            self.fault(FaultKind::TooMuch(too_much), start..start + 1);
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

    /// Whether the text is an id; a fault where it is not.
    fn id(&mut self, text: &str, span: Range<usize>) -> bool {
        if is_id(text) {
            return true;
        }
        let characters = text.chars().count();
        if characters > limits::LONGEST_ID {
            // Of a long text its beginning is shown, not all of it.
            self.fault(FaultKind::LongId { characters }, span.start..span.start + 1);
            return false;
        }
        let suggestion = slug(text).filter(|id| id.len() <= 60);
        self.fault(
            FaultKind::BadId {
                text: clip(text),
                suggestion,
            },
            span,
        );
        false
    }

    fn threatened(&mut self, at: u32, place: Place) {
        let span = self.item(at).span();
        let Some(text) = self.text(at, place, "text") else {
            return;
        };
        if ends_of(&text).all(|end| self.id(end, span.clone())) {
            self.references.push((&NODE, at));
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
        self.missed_within(record);
    }

    /// Records that stand in one of this kind may have been missed.
    fn missed_within(&mut self, record: &'static Record) {
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
        // A bit for each field; and where in the table the next name is looked for, since files mostly keep its order.
        let (mut seen, mut meant, mut expected) = (0u32, 0u32, 0);
        let mut id = None;
        let mut free: BTreeSet<Cow<'t, str>> = BTreeSet::new();
        for (name, value) in self.tree.members(at) {
            if self.item(name).shape != Shape::Text {
                continue;
            }
            let written = self.tree.string(name);
            let (before, after) = record.fields.split_at(expected);
            let found = (after
                .iter()
                .position(|field| field.name == written)
                .map(|n| expected + n))
            .or_else(|| before.iter().position(|field| field.name == written));
            let Some(n) = found else {
                if record.free && written.starts_with("x-") {
                    if !free.insert(written.clone()) {
                        let field = written.into_owned().into();
                        self.fault(FaultKind::DuplicateField { field }, self.item(name).span());
                        continue;
                    }
                    self.free(&written, name, value);
                    continue;
                }
                meant |= self.unknown_field(record, seen | meant, &written, name);
                if matches!(self.item(value).shape, Shape::List | Shape::Object | Shape::Broken) {
                    // It may hold what a known field was meant to hold.
                    self.missed_within(record);
                }
                continue;
            };
            expected = n + 1;
            let field = &record.fields[n];
            if seen & 1 << n != 0 {
                self.fault(
                    FaultKind::DuplicateField {
                        field: field.name.into(),
                    },
                    self.item(name).span(),
                );
            }
            seen |= 1 << n;
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
        if record.fields.iter().any(|field| matches!(field.kind, Kind::Id)) {
            let ids = self.ids.entry(record.name).or_default();
            match id {
                Some(id) => ids.items.push(id),
                None => ids.complete = Completeness::SomeMissed,
            }
        }
        if !item.damaged {
            for (n, field) in record.fields.iter().enumerate() {
                if field.presence == Presence::Required && (seen | meant) & 1 << n == 0 {
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

    /// Looks at a field of people's own: its name, and that its value is a text, a number, or true or false.
    fn free(&mut self, written: &str, name: u32, value: u32) {
        if !is_free_name(written) {
            let suggestion = slug(written).filter(|name| is_free_name(name));
            let field = clip(written);
            self.fault(FaultKind::BadFreeName { field, suggestion }, self.item(name).span());
            return;
        }
        let place = Place {
            field: "x-…",
            part: Part::Whole,
        };
        match self.item(value).shape {
            Shape::Text => self.value(value, place, &Kind::Text),
            Shape::Number => self.number(value, place),
            Shape::True | Shape::False | Shape::Null | Shape::Broken => {}
            Shape::List | Shape::Object => self.wrong(value, place, "a text, a number, true or false"),
        }
    }

    /// Tells of a field that `record` does not have, and gives the bit of the one that was meant, if any.
    /// `taken` has the bits of the fields that it cannot have been.
    fn unknown_field(&mut self, record: &'static Record, taken: u32, written: &str, name: u32) -> u32 {
        let free = (record.names.iter().enumerate()).filter(|(n, _)| taken & 1 << n == 0);
        // Nobody reads what is only counted.
        let read = self.found.faults.len() < HELD;
        let suggestion = read.then(|| nearest(written, free.map(|(_, name)| *name))).flatten();
        let kind = FaultKind::UnknownField {
            field: clip(written),
            record: record.name,
            suggestion,
            known: record.names,
        };
        self.fault(kind, self.item(name).span());
        let meant = record.names.iter().position(|name| Some(*name) == suggestion);
        meant.map_or(0, |n| 1 << n)
    }

    /// Ids that are taken, and references to nothing.
    fn identities(&mut self) {
        let tree = self.tree;
        let lines = super::lines::Lines::new(tree.text);
        let ids = std::mem::take(&mut self.ids);
        let mut known: BTreeMap<&str, Option<BTreeSet<Cow<'t, str>>>> = BTreeMap::new();
        for (record, of_kind) in &ids {
            let mut first: BTreeMap<Cow<'t, str>, u32> = BTreeMap::new();
            for at in &of_kind.items {
                let id = tree.string(*at);
                if let Some(first) = first.get(&id) {
                    let kind = FaultKind::DuplicateId {
                        record,
                        id: clip(&id),
                        first: lines.position(tree.text, self.item(*first).start as usize).0,
                    };
                    self.fault(kind, self.item(*at).span());
                } else {
                    first.insert(id, *at);
                }
            }
            // Whoever points to the id that a bad one was meant to be is not wrong, and nobody should point to a bad
            // one. Where nobody can tell what it was meant to be, it may be any.
            let meant = first.into_keys().map(|id| match is_id(&id) {
                true => Some(id),
                false => slug(&id).map(Cow::Owned),
            });
            let meant: Option<BTreeSet<Cow<'t, str>>> = meant.collect();
            if of_kind.complete == Completeness::All {
                known.insert(record, meant);
            } else {
                known.insert(record, None);
            }
        }
        let mut looks = LOOKS;
        for (record, at) in std::mem::take(&mut self.references) {
            let known = match known.get(record.name) {
                Some(None) => continue,
                Some(Some(known)) => Some(known),
                None => None,
            };
            let text = tree.string(at);
            for id in ends_of(&text) {
                if known.is_some_and(|known| known.contains(id)) {
                    continue;
                }
                let many = known.map_or(0, BTreeSet::len);
                let suggestion = (looks >= many)
                    .then(|| nearest(id, known.into_iter().flatten().map(|known| &**known)))
                    .flatten()
                    .map(str::to_owned);
                looks = looks.saturating_sub(many);
                let kind = FaultKind::UnknownReference {
                    record: record.name,
                    id: clip(id),
                    suggestion,
                };
                self.fault(kind, self.item(at).span());
            }
        }
    }
}

/// The id in a text that names a node or a link, or the two with an arrow between.
fn ends_of(text: &str) -> impl Iterator<Item = &str> {
    let (from, to) = match text.split_once("->") {
        Some((from, to)) => (from.trim(), Some(to.trim())),
        None => (text, None),
    };
    std::iter::once(from).chain(to)
}
