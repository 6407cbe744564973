//! The words of a DOT text, each with its place.

use super::super::decode::place;
use super::super::{Error, entities};
use super::value::Value;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a value.
    Id(Id),
    /// `->`
    Arrow,
    /// `--`
    Line,
    /// One of `{ } [ ] = ; , :`
    Sign(char),
    /// Nothing more.
    End,
}

/// A name or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id {
    pub(super) value: Value,
    /// Whether it stands bare, so that it may be a keyword.
    pub(super) bare: bool,
}

/// Reads words from left to right.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Where the word begins that was read last.
    begin: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, begin: 0 }
    }

    /// Line and column of the word that was read last.
    pub(super) fn place(&self) -> (usize, usize) {
        place(self.text, self.begin)
    }

    /// The byte at which the word begins that was read last.
    pub(super) fn begin(&self) -> usize {
        self.begin
    }

    pub(super) fn fault(&self, message: impl Into<String>) -> Error {
        let (line, column) = self.place();
        Error::Syntax {
            line,
            column,
            message: message.into(),
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Passes what is no word: blanks and comments, also those that a `#` begins, wherever it stands.
    fn skip(&mut self) -> Result<(), Error> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") || trimmed.starts_with('#') {
                self.at += trimmed.find(['\n', '\r']).unwrap_or(trimmed.len());
            } else if let Some(comment) = trimmed.strip_prefix("/*") {
                self.begin = self.at;
                let end = comment
                    .find("*/")
                    .ok_or_else(|| self.fault("this comment never ends: close it with `*/`"))?;
                self.at += end + 4;
            } else {
                return Ok(());
            }
        }
    }

    /// The next word.
    pub(super) fn next(&mut self) -> Result<Token, Error> {
        self.skip()?;
        self.begin = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(Token::End);
        };
        let token = match first {
            '{' | '}' | '[' | ']' | '=' | ';' | ',' | ':' => {
                self.at += 1;
                Token::Sign(first)
            }
            '-' if rest.starts_with("->") => {
                self.at += 2;
                Token::Arrow
            }
            '-' if rest.starts_with("--") => {
                self.at += 2;
                Token::Line
            }
            '"' => self.strings()?,
            '<' => self.markup()?,
            c if is_name(c) || c == '.' || c == '-' => self.bare()?,
            c => {
                return Err(self.fault(format!(
                    "`{}` does not begin anything in DOT: put the name in double quotes",
                    c.escape_debug()
                )));
            }
        };
        Ok(token)
    }

    /// A name or a number without quotes.
    fn bare(&mut self) -> Result<Token, Error> {
        let rest = self.rest();
        let number = rest.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
        let body = rest.strip_prefix('-').unwrap_or(rest);
        let length = match number {
            true => {
                body.find(|c: char| !c.is_ascii_digit() && c != '.')
                    .unwrap_or(body.len())
                    + rest.len()
                    - body.len()
            }
            false => rest.find(|c: char| !is_name(c)).unwrap_or(rest.len()),
        };
        let text = &rest[..length];
        if number && !text.contains(|c: char| c.is_ascii_digit()) {
            return Err(self.fault(format!(
                "`{text}` is neither a number nor a name: put it in double quotes"
            )));
        }
        self.at += length;
        Ok(Token::Id(Id {
            value: Value {
                text: text.to_owned(),
                markup: false,
            },
            bare: true,
        }))
    }

    /// Texts in double quotes, put together where a `+` stands between them.
    fn strings(&mut self) -> Result<Token, Error> {
        let mut text = self.string()?;
        loop {
            let before = self.at;
            self.skip()?;
            if !self.rest().starts_with('+') {
                self.at = before;
                break;
            }
            self.at += 1;
            self.skip()?;
            if !self.rest().starts_with('"') {
                return Err(self.fault("a text in double quotes must follow the `+`"));
            }
            text.push_str(&self.string()?);
        }
        let value = Value { text, markup: false };
        Ok(Token::Id(Id { value, bare: false }))
    }

    /// A text in double quotes. Only what ends it or a line is read here: what other escapes mean depends on where the
    /// text stands.
    fn string(&mut self) -> Result<String, Error> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    return Ok(text);
                }
                '\\' => match chars.next() {
                    Some((_, '"')) => text.push('"'),
                    // A line that goes on.
                    Some((_, '\n')) => {}
                    Some((at, '\r')) => {
                        if self.rest()[at + 1..].starts_with('\n') {
                            chars.next();
                        }
                    }
                    Some((_, other)) => text.extend(['\\', other]),
                    None => break,
                },
                c => text.push(c),
            }
        }
        Err(self.fault("this text never ends: close it with a double quote"))
    }

    /// A label in the markup of Graphviz, as the text in it.
    fn markup(&mut self) -> Result<Token, Error> {
        let rest = self.rest();
        let mut depth = 0usize;
        let mut text = String::new();
        let mut tag = String::new();
        for (at, c) in rest.char_indices() {
            // A comment holds no tags, and ends with `-->` alone.
            if tag.starts_with("!--") && !(c == '>' && tag.ends_with("--") && tag.len() >= 5) {
                tag.push(c);
                continue;
            }
            match c {
                '<' => {
                    depth += 1;
                    tag.clear();
                }
                '>' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += at + 1;
                        let text = entities::decoded(&text);
                        let value = Value { text, markup: true };
                        return Ok(Token::Id(Id { value, bare: false }));
                    }
                    // What begins a line or a cell parts the words before and after it.
                    let name = tag.trim_matches('/').to_ascii_lowercase();
                    if ["br", "tr", "td", "table", "hr", "vr"]
                        .iter()
                        .any(|word| name.starts_with(word))
                    {
                        text.push('\n');
                    }
                    tag.clear();
                }
                c if depth == 1 => text.push(c),
                c => tag.push(c),
            }
        }
        Err(self.fault("this label never ends: close it with `>`"))
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()
}
