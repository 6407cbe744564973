//! What keeps a text from being a map, where, and what to do.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::kind::FileKind;
use super::lines::Lines;
use super::syntax_fault::SyntaxFault;
use crate::finding::snippet::{Message, Style, render_within};
use crate::finding::{Place, Severity};
use crate::map::limits::{LONGEST_ID, TooMuch};
use crate::map::{BadLanguage, FORMAT, MAX_DIGITS, group_digits};

/// How many faults are shown; the rest are counted.
const SHOWN: usize = 100;

/// How many faults are held; the rest are counted.
pub(super) const HELD: usize = 10_000;

/// One thing that keeps a text from being a map, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The bytes that it covers of the text, a byte order mark left out; empty where something is missing.
    pub span: Range<usize>,
}

/// What is wrong, the facts of it in fields. Long texts from the file are cut.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// There is more of something than is read.
    TooMuch(TooMuch),
    /// Bytes that are not UTF-8.
    Encoding {
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The file is written in UTF-16.
    Utf16,
    /// The file is of another kind than a map.
    OtherKind {
        /// What it is.
        kind: FileKind,
    },
    /// The text is not JSON.
    Syntax(SyntaxFault),
    /// A field that the record does not have.
    UnknownField {
        /// The field.
        field: String,
        /// What kind of record it stands in.
        record: &'static str,
        /// The field that was most likely meant.
        suggestion: Option<&'static str>,
        /// The fields of such a record.
        known: &'static [&'static str],
    },
    /// A field that stands twice in a record.
    DuplicateField {
        /// The field.
        field: Cow<'static, str>,
    },
    /// A field of people's own whose name is none.
    BadFreeName {
        /// The name.
        field: String,
        /// The nearest name.
        suggestion: Option<String>,
    },
    /// A record without a field that it must have.
    MissingField {
        /// What kind of record it is.
        record: &'static str,
        /// The field.
        field: &'static str,
    },
    /// A value of another type than the field has.
    WrongType {
        /// The field; empty for the file as a whole.
        field: &'static str,
        /// Whether it is the field itself or an entry of its list.
        part: Part,
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// A text that is no date.
    BadDay {
        /// The text.
        text: String,
        /// Whether it looks like a date, of which the calendar has no such day.
        reason: BadDayReason,
    },
    /// A text that is not the tag of a language.
    BadLanguage(BadLanguage),
    /// A text that is no id.
    BadId {
        /// The text.
        text: String,
        /// The nearest id.
        suggestion: Option<String>,
    },
    /// An id that is longer than ids may be.
    LongId {
        /// How many characters it has.
        characters: usize,
    },
    /// A text that is longer than its field may hold.
    TooLong {
        /// The field.
        field: &'static str,
        /// How many characters the text has.
        characters: usize,
        /// How many it may have.
        most: usize,
    },
    /// A text that is none of the words of a field.
    BadWord {
        /// The field.
        field: &'static str,
        /// The text.
        text: String,
        /// The word that was most likely meant.
        suggestion: Option<&'static str>,
        /// The words of the field.
        words: &'static [&'static str],
    },
    /// A number that takes more digits to write out than are kept.
    TooManyDigits {
        /// The number.
        text: String,
    },
    /// A whole number outside its bounds.
    OutOfRange {
        /// The field.
        field: &'static str,
        /// The number.
        text: String,
        /// The least that is accepted.
        least: u64,
        /// The most that is accepted.
        most: u64,
    },
    /// A trajectory without a path, or with two.
    Trajectory,
    /// Something else that the types of the map do not accept.
    Other {
        /// What it is.
        message: String,
    },
    /// A file of another format than this version reads.
    Format {
        /// The format.
        found: String,
    },
    /// An id that nothing has.
    UnknownReference {
        /// What the id should name.
        record: &'static str,
        /// The id.
        id: String,
        /// The id that was most likely meant.
        suggestion: Option<String>,
    },
    /// An id that another record of the kind has already.
    DuplicateId {
        /// What kind of record it is.
        record: &'static str,
        /// The id.
        id: String,
        /// The line of the first record of that id.
        first: usize,
    },
}

/// Which part of a field something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The field itself.
    Whole,
    /// An entry of its list.
    Entry,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadDayReason {
    /// It is not written `YYYY-MM-DD`.
    Shape,
    /// The calendar has no such day.
    Calendar,
}

impl FaultKind {
    /// What is wrong: one phrase without a full stop, texts of the file in backticks.
    pub fn message(&self) -> String {
        match self {
            Self::TooMuch(much) => {
                let (limit, grouped) = (much.limit, |count: usize| group_digits(&count.to_string()));
                format!(
                    "{} has {} {} at most, but this one has {}",
                    limit.of,
                    grouped(limit.most),
                    limit.counted,
                    grouped(much.have)
                )
            }
            Self::Encoding { bytes } => {
                let hex: Vec<String> = bytes.iter().map(|b| format!("{b:02x}")).collect();
                let (noun, are) = if bytes.len() == 1 {
                    ("byte", "is")
                } else {
                    ("bytes", "are")
                };
                format!("the {noun} {} {are} not UTF-8 text", hex.join(" "))
            }
            Self::Utf16 => "the file is written in UTF-16".to_owned(),
            Self::OtherKind { kind } => match kind {
                FileKind::Json | FileKind::Text => format!("this is {}", kind.label()),
                kind => format!("this is {}, and not a benefit map", kind.label()),
            },
            Self::Syntax(fault) => syntax_message(fault),
            Self::UnknownField { field, record, .. } => format!("{} has no field `{field}`", article(record)),
            Self::DuplicateField { field } => format!("the field `{field}` is there twice in one record"),
            Self::BadFreeName { field, .. } => format!("`{field}` cannot be the name of a field of your own"),
            Self::MissingField { record, field } => format!("the field `{field}` of {} is missing", article(record)),
            Self::WrongType {
                field: "",
                expected,
                found,
                ..
            } => format!("the file must hold {expected}, but holds {found}"),
            Self::WrongType {
                field,
                part: Part::Whole,
                expected,
                found,
            } => format!("`{field}` must be {expected}, but is {found}"),
            Self::WrongType {
                field,
                part: Part::Entry,
                expected,
                found,
            } => format!("each entry of `{field}` must be {expected}, but this is {found}"),
            Self::BadDay {
                text,
                reason: BadDayReason::Shape,
            } => format!("`{text}` is not a date"),
            Self::BadDay {
                text,
                reason: BadDayReason::Calendar,
            } => format!("`{text}` is not a date in the calendar"),
            Self::BadLanguage(bad) => format!("`{}` is not the tag of a language", bad.text),
            Self::BadId { text, .. } => format!("`{text}` is not an id"),
            Self::LongId { characters } => {
                let characters = group_digits(&characters.to_string());
                format!("an id has {LONGEST_ID} characters at most, and this has {characters}")
            }
            Self::TooLong {
                field,
                characters,
                most,
            } => format!(
                "`{field}` has {} characters, and {} is the most",
                group_digits(&characters.to_string()),
                group_digits(&most.to_string())
            ),
            Self::BadWord { field, text, .. } => format!("`{text}` is not one of the words for `{field}`"),
            Self::TooManyDigits { text } => {
                format!("`{text}` has more than {MAX_DIGITS} digits, which is more than a spreadsheet keeps")
            }
            Self::OutOfRange {
                field,
                text,
                least,
                most,
            } => format!("`{field}` must be a whole number from {least} to {most}, but is {text}"),
            Self::Trajectory => "a trajectory must hold either `profile` or `points`".to_owned(),
            Self::Other { message } => message.clone(),
            Self::Format { found } => format!("format {found} is not known"),
            Self::UnknownReference { record, id, .. } => format!("the map has no {record} `{id}`"),
            Self::DuplicateId { record, id, first } => {
                format!("the id `{id}` is taken by the {record} of line {first}")
            }
        }
    }

    /// What to do about it: one sentence; empty where the message says it.
    pub fn help(&self) -> String {
        let meant = |suggestion: Option<&str>| suggestion.map_or(String::new(), |s| format!("did you mean `{s}`? "));
        match self {
            Self::TooMuch(much) => much.limit.instead.to_owned(),
            Self::Encoding { .. } | Self::Utf16 => "save the file with the encoding UTF-8".to_owned(),
            Self::OtherKind { kind } => kind.advice().to_owned(),
            Self::Syntax(fault) => syntax_help(fault),
            Self::UnknownField {
                suggestion: Some(field),
                ..
            } => format!("did you mean `{field}`?"),
            Self::UnknownField { record, known, .. } => {
                format!("the fields of {} are {}", article(record), known.join(", "))
            }
            Self::DuplicateField { .. } => "keep one of the two".to_owned(),
            Self::BadFreeName { suggestion, .. } => format!(
                "{}write `x-`, then a letter or a digit, then a-z, 0-9, `.`, `_` or `-`, as in `x-rag`",
                meant(suggestion.as_deref())
            ),
            Self::MissingField { field: "format", .. } => format!("write \"format\": {FORMAT} at the top of the file"),
            Self::MissingField { field, .. } => format!("add \"{field}\" to the record"),
            Self::WrongType { field: "", .. } => "a map begins with {\"format\": 1, \"title\": …}".to_owned(),
            Self::WrongType {
                expected: "text",
                found: "a number" | "true" | "false",
                ..
            } => "put it in quotes".to_owned(),
            Self::WrongType { found: "null", .. } => "leave the field out if there is nothing to say".to_owned(),
            Self::WrongType {
                expected: "true or false",
                ..
            } => "write true or false, without quotes".to_owned(),
            Self::WrongType {
                expected: "a number" | "a whole number",
                ..
            } => "write digits, without quotes or separators".to_owned(),
            Self::WrongType {
                expected: "a date in quotes",
                ..
            } => "write a date as \"YYYY-MM-DD\", as in \"2026-04-01\"".to_owned(),
            Self::WrongType { expected: "a list", .. } => "put it in square brackets".to_owned(),
            Self::WrongType { expected: "text", .. } => "write one text in quotes".to_owned(),
            Self::WrongType { .. } => "write its fields in curly brackets, as {\"name\": value}".to_owned(),
            Self::BadLanguage(bad) => bad.help(),
            Self::BadDay { .. } => "write a date as YYYY-MM-DD, as in 2026-04-01".to_owned(),
            Self::BadId { suggestion, .. } => format!(
                "{}an id begins with a-z or 0-9 and continues with a-z, 0-9, `.`, `_` or `-`",
                meant(suggestion.as_deref())
            ),
            Self::LongId { .. } => "give it a short one: titles say the rest".to_owned(),
            Self::TooLong { field: "title", .. } => "shorten it, or move the rest to another field".to_owned(),
            Self::TooLong { .. } => "shorten it".to_owned(),
            Self::BadWord { suggestion, words, .. } => {
                format!("{}the words are {}", meant(*suggestion), words.join(", "))
            }
            Self::TooManyDigits { .. } => "round it".to_owned(),
            Self::OutOfRange { .. } | Self::Other { .. } => String::new(),
            Self::Trajectory => {
                "write {\"profile\": \"linear\"} or {\"points\": [{\"date\": \"2026-04-01\", \"value\": 1}]}".to_owned()
            }
            Self::Format { .. } => format!("this version reads format {FORMAT}: use a newer version to read the file"),
            Self::UnknownReference { suggestion, record, .. } => match suggestion {
                Some(id) => format!("did you mean `{id}`?"),
                None => format!("add the {record}, or correct the id"),
            },
            Self::DuplicateId { .. } => "give one of the two another id".to_owned(),
        }
    }
}

fn article(record: &str) -> String {
    if record == "map" {
        "the map".to_owned()
    } else if record.starts_with(['a', 'e', 'i', 'o']) {
        format!("an {record}")
    } else {
        format!("a {record}")
    }
}

fn syntax_message(fault: &SyntaxFault) -> String {
    match fault {
        SyntaxFault::Empty => "the file is empty".to_owned(),
        SyntaxFault::Comment => "a comment: JSON has none".to_owned(),
        SyntaxFault::UnclosedComment => "a comment that is never closed: JSON has no comments".to_owned(),
        SyntaxFault::TrailingComma => "a comma after the last entry".to_owned(),
        SyntaxFault::ExtraComma => "a comma with nothing before it".to_owned(),
        SyntaxFault::MissingComma => "a comma is missing after this entry".to_owned(),
        SyntaxFault::MissingColon => "a colon is missing after the name of the field".to_owned(),
        SyntaxFault::MissingValue => "the field has no value".to_owned(),
        SyntaxFault::ExpectedField { found } => format!("expected the name of a field in quotes, found `{found}`"),
        SyntaxFault::UnquotedField { name } => format!("the name of the field `{name}` is not in quotes"),
        SyntaxFault::Quotes { quote } => format!("`{quote}` is not a quotation mark of JSON"),
        SyntaxFault::UnknownWord { text } => format!("`{text}` is not a value"),
        SyntaxFault::MalformedNumber { text } => format!("`{text}` is not a number as JSON writes it"),
        SyntaxFault::BadEscape { text } => format!("`{text}` means nothing in a text"),
        SyntaxFault::ControlCharacter { character } => {
            format!("a text contains the control character U+{:04X}", u32::from(*character))
        }
        SyntaxFault::LineBreak => "a text continues past the end of its line".to_owned(),
        SyntaxFault::Space { character } => {
            format!("the character U+{:04X} is between values", u32::from(*character))
        }
        SyntaxFault::UnclosedText => "the closing quote of this text is missing".to_owned(),
        SyntaxFault::Unclosed { bracket } => format!("this `{bracket}` is never closed"),
        SyntaxFault::Unexpected { text } => format!("unexpected `{text}`"),
        SyntaxFault::MoreText => "the file goes on after the end of the map".to_owned(),
        SyntaxFault::TooDeep => {
            format!("brackets are nested more than {} deep", super::syntax::MAX_DEPTH)
        }
        SyntaxFault::TooMany => "there are so many faults that the rest was not read".to_owned(),
    }
}

fn syntax_help(fault: &SyntaxFault) -> String {
    match fault {
        SyntaxFault::Empty => "a map begins with {\"format\": 1, \"title\": …}".to_owned(),
        SyntaxFault::Comment | SyntaxFault::UnclosedComment => {
            "delete it, or keep the words in a `description`".to_owned()
        }
        SyntaxFault::TrailingComma | SyntaxFault::ExtraComma => "delete the comma".to_owned(),
        SyntaxFault::MissingComma => "add a comma".to_owned(),
        SyntaxFault::MissingColon => "add a colon".to_owned(),
        SyntaxFault::MissingValue => "add the value, or delete the field".to_owned(),
        SyntaxFault::ExpectedField { .. } => {
            "a field is a name in quotes, a colon and a value; write a quote within a text as \\\"".to_owned()
        }
        SyntaxFault::UnquotedField { name } => format!("write \"{name}\""),
        SyntaxFault::Quotes { .. } => "use straight double quotes".to_owned(),
        SyntaxFault::UnknownWord { text } => match text.to_lowercase().as_str() {
            "true" | "yes" => "write true".to_owned(),
            "false" | "no" => "write false".to_owned(),
            "none" | "nil" | "nan" | "undefined" | "null" | "n/a" | "tbc" => "leave the field out".to_owned(),
            _ => "put a text in double quotes".to_owned(),
        },
        SyntaxFault::MalformedNumber { .. } => {
            "write digits, with a point before the decimals and without separators; put a date in quotes".to_owned()
        }
        SyntaxFault::BadEscape { .. } => "write a backslash as \\\\".to_owned(),
        SyntaxFault::ControlCharacter { character } => {
            if *character == '\t' {
                "write a tab as \\t".to_owned()
            } else {
                "delete it".to_owned()
            }
        }
        SyntaxFault::LineBreak => "write a line break as \\n".to_owned(),
        SyntaxFault::Space { .. } => "use ordinary spaces".to_owned(),
        SyntaxFault::UnclosedText => "add the quote".to_owned(),
        SyntaxFault::Unclosed { bracket } => {
            format!("add `{}` where it ends", if *bracket == '{' { '}' } else { ']' })
        }
        SyntaxFault::Unexpected { .. } => "delete it".to_owned(),
        SyntaxFault::MoreText => "a file holds one map: delete the rest, or the bracket too many before it".to_owned(),
        SyntaxFault::TooDeep => "a map needs at most eight".to_owned(),
        SyntaxFault::TooMany => "check that this is a map".to_owned(),
    }
}

/// All faults of one text, in the order of their places. There is one at least.
///
/// [`fmt::Display`] gives the whole report without colours, [`Faults::render`] with or without. After 10,000 faults
/// the rest are only counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    name: String,
    text: String,
    list: Vec<Fault>,
    uncounted: usize,
}

impl Faults {
    /// Faults by their bytes in the text, in any order; `more` were found and dropped.
    pub(super) fn new(
        name: &str,
        text: &str,
        lines: &Lines,
        mut found: Vec<(FaultKind, Range<usize>)>,
        more: usize,
    ) -> Self {
        found.sort_by_key(|(_, span)| (span.start, span.end));
        let more = more + found.len().saturating_sub(HELD);
        found.truncate(HELD);
        let list = found
            .into_iter()
            .map(|(kind, span)| {
                let (line, column) = lines.position(text, span.start);
                Fault {
                    kind,
                    line,
                    column,
                    span,
                }
            })
            .collect();
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            list,
            uncounted: more,
        }
    }

    /// The name of the text, as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The faults, in the order of their places; at most 10,000.
    pub fn list(&self) -> &[Fault] {
        &self.list
    }

    /// How many faults there are, those that are not listed included.
    pub fn count(&self) -> usize {
        self.list.len() + self.uncounted
    }

    /// Where a fault of the list stands, with the text about it.
    pub fn place(&self, fault: &Fault) -> Place<'_> {
        Place {
            file: self.name.as_str().into(),
            line: fault.line,
            column: fault.column,
            span: fault.span.clone(),
            text: &self.text,
        }
    }

    /// The report: each fault with its line and a caret under its place, the first hundred, and a closing line that
    /// says how many there are. Ends without a line break.
    pub fn render(&self, style: Style) -> String {
        self.render_within(style, None)
    }

    /// As [`Faults::render`]; of the line of a fault no more is shown than fits a width in columns, where there is one.
    pub fn render_within(&self, style: Style, width: Option<usize>) -> String {
        let shown = |message: &str, place: Option<&Place<'_>>, help: &str| {
            let said = Message {
                level: Severity::Error,
                code: None,
                message,
                place,
                help,
            };
            render_within(&said, style, width)
        };
        let mut out = String::new();
        for fault in self.list.iter().take(SHOWN) {
            let (message, help) = (fault.kind.message(), fault.kind.help());
            out += &shown(&message, Some(&self.place(fault)), &help);
            out += "\n\n";
        }
        let count = self.count();
        let noun = if count == 1 { "fault" } else { "faults" };
        let rest = count.saturating_sub(SHOWN);
        let file = shown(
            &match rest {
                0 => format!("`{}` cannot be read: {count} {noun}", self.name),
                _ => format!(
                    "`{}` cannot be read: {count} {noun}, {rest} of them not shown",
                    self.name
                ),
            },
            None,
            "",
        );
        out + &file
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Style::Plain))
    }
}

impl std::error::Error for Faults {}
