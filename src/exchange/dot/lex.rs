//! The words of a DOT text, each with its place.

use super::super::Error;
use super::super::decode::place;

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
    pub(super) text: String,
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

    /// Passes what is no word: blanks and comments. A `#` begins one where it begins a line.
    fn skip(&mut self) -> Result<(), Error> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let begins_line = self.at == 0 || self.text[..self.at].ends_with('\n');
            if trimmed.starts_with("//") || (begins_line && trimmed.starts_with('#')) {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.begin = self.at;
                let end = trimmed
                    .find("*/")
                    .ok_or_else(|| self.fault("this comment never ends: close it with `*/`"))?;
                self.at += end + 2;
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
                    "`{}` begins nothing in DOT: put the name in double quotes",
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
            text: text.to_owned(),
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
        Ok(Token::Id(Id { text, bare: false }))
    }

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
                    Some((_, '\\')) => text.push('\\'),
                    Some((_, 'n' | 'l' | 'r')) => text.push('\n'),
                    // A line that goes on.
                    Some((_, '\n')) => {}
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
            match c {
                '<' => {
                    depth += 1;
                    tag.clear();
                }
                '>' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += at + 1;
                        let text = entities(&text);
                        return Ok(Token::Id(Id { text, bare: false }));
                    }
                    // What begins a line or a cell parts the words before and after it.
                    let name = tag.trim_matches('/').to_ascii_lowercase();
                    if ["br", "tr", "td", "table"].iter().any(|word| name.starts_with(word)) {
                        text.push('\n');
                    }
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

/// The longest entity that is read, with its signs: `&#x10FFFF;`.
const LONGEST_ENTITY: usize = 10;

/// A text with the entities that Graphviz reads in labels as the characters that they mean.
pub(super) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // No entity that means something is longer, so nothing is looked through twice.
        let end = rest.bytes().take(LONGEST_ENTITY).position(|b| b == b';');
        let meant = end.and_then(|end| rest.get(1..end)).and_then(|name| {
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "nbsp" => '\u{a0}',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => number.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((c, name.len() + 2))
        });
        match meant {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}
