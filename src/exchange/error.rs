//! Why a file of another tool could not be read at all.

/// Why a file of another tool could not be read at all. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no text, but something known.
    #[error("it is {what}, not text: {help}")]
    NotText {
        /// What it is.
        what: &'static str,
        /// What to do.
        help: &'static str,
    },
    /// A byte that no UTF-8 text holds there.
    #[error("line {line}: the byte 0x{byte:02X} is not UTF-8: save the file again as UTF-8")]
    Encoding {
        /// The line.
        line: usize,
        /// The byte.
        byte: u8,
    },
    /// The file says that it is written in an encoding that is not read.
    #[error(
        "line 1: the file says that its encoding is `{name}`, but only UTF-8, UTF-16 and ISO-8859-1 can be read: save it again as UTF-8"
    )]
    UnknownEncoding {
        /// The name that the file gives.
        name: String,
    },
    /// The text breaks the rules of its format.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What is wrong, and what to do where that can be said.
        message: String,
    },
    /// A document type, which may define entities that grow without end or read other files.
    #[error(
        "line {line}, column {column}: the file has a document type (`<!DOCTYPE`), which is not read because it can name other files and grow without limit: take it out"
    )]
    Doctype {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// An entity that XML itself does not know.
    #[error(
        "line {line}, column {column}: the entity `&{name};` is not one that XML knows: write the character itself"
    )]
    UnknownEntity {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// Its name.
        name: String,
    },
    /// More within each other than anybody means.
    #[error(
        "line {line}, column {column}: things are nested more than {limit} deep here, which is the most that can be read"
    )]
    TooDeep {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// The limit.
        limit: usize,
    },
    /// More of something than is read.
    #[error("it holds more than {limit} {what}, which is the most that can be read: take part of it out first")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// The file is one of another format.
    #[error("it is {found}, but {wanted} is needed: {help}")]
    OtherFormat {
        /// What it is.
        found: String,
        /// What was asked for.
        wanted: &'static str,
        /// What to do.
        help: String,
    },
    /// Two things of one id, so that no relation can say which it means.
    #[error("{place}: the id `{id}` is taken by the one at {first}: give one of them another id")]
    DuplicateId {
        /// The id.
        id: String,
        /// Where the second stands.
        place: String,
        /// Where the first stands.
        first: String,
    },
    /// A thing without something that it must have.
    #[error("{place}: {what}")]
    Missing {
        /// Where it stands.
        place: String,
        /// What is missing, and what to do.
        what: String,
    },
    /// No table among those given that says what the elements are.
    #[error("{} has no table with the columns {wanted}: name it too", if .found.is_empty() { "no tables at all".to_owned() } else { .found.join(", ") })]
    NoElements {
        /// The columns that such a table has.
        wanted: &'static str,
        /// The tables that there are.
        found: Vec<String>,
    },
}
