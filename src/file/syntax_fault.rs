//! What can break the grammar of JSON.

/// What breaks the grammar of JSON, the facts of it in fields. Long texts are cut.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxFault {
    /// There is nothing in the file.
    Empty,
    /// A comment, which JSON does not have.
    Comment,
    /// A comment that is never closed.
    UnclosedComment,
    /// A comma after the last entry.
    TrailingComma,
    /// A comma with nothing before it.
    ExtraComma,
    /// Two entries without a comma between them.
    MissingComma,
    /// No colon after the name of a field.
    MissingColon,
    /// Nothing after the colon.
    MissingValue,
    /// Something else where the name of a field is wanted.
    ExpectedField {
        /// What stands there.
        found: String,
    },
    /// The name of a field without quotes.
    UnquotedField {
        /// The name.
        name: String,
    },
    /// Single or curly quotes.
    Quotes {
        /// The quote that was found.
        quote: char,
    },
    /// A word that is not `true`, `false` or `null`, or text without quotes.
    UnknownWord {
        /// The word.
        text: String,
    },
    /// Something like a number that is none in JSON.
    MalformedNumber {
        /// The text.
        text: String,
    },
    /// A backslash with something after it that means nothing.
    BadEscape {
        /// The backslash and what follows it.
        text: String,
    },
    /// A control character inside a text.
    ControlCharacter {
        /// The character.
        character: char,
    },
    /// A line break inside a text.
    LineBreak,
    /// White space that JSON does not have, such as a no-break space.
    Space {
        /// The character.
        character: char,
    },
    /// A text without its closing quote.
    UnclosedText,
    /// A bracket that is never closed.
    Unclosed {
        /// The bracket.
        bracket: char,
    },
    /// Something that has no meaning where it stands.
    Unexpected {
        /// What stands there.
        text: String,
    },
    /// The file goes on after its value.
    MoreText,
    /// Brackets within brackets, deeper than is read; nothing after this place was read.
    TooDeep,
    /// So many faults that nothing after this place was read.
    TooMany,
}
