//! JSON text as a flat tree with places, and every syntax fault of the text in one go.
//!
//! The grammar is RFC 8259. Where the text breaks it, the fault is noted and reading goes on in the way that the writer
//! most likely meant, so that the rest of the file is still read. No recursion: the depth of the text costs no stack.

use std::ops::Range;

use super::lexeme::{clip, escape, is_number, text_goes_on};
use super::syntax_fault::SyntaxFault;
use super::tree::{Item, Shape};

/// Brackets within brackets that are read; the format itself needs eight.
pub(super) const MAX_DEPTH: usize = 100;

/// After so many syntax faults the text is not JSON, and reading stops.
const MAX_FAULTS: usize = 1000;

/// The items of `text` and its faults, each with the bytes that it is about, in the order they were met.
/// `text` must be shorter than 4 GiB.
pub(super) fn scan(text: &str) -> (Vec<Item>, Vec<(SyntaxFault, Range<usize>)>) {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        items: Vec::with_capacity(text.len() / 12),
        faults: Vec::new(),
        open: Vec::new(),
        derailed: 0,
        last_end: 0,
    };
    scanner.run();
    (scanner.items, scanner.faults)
}

/// A list or an object that is still open.
struct Frame {
    item: u32,
    shape: Shape,
    /// An entry was read, and no comma since.
    full: bool,
    /// The last comma, where nothing followed it yet.
    comma: Option<usize>,
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    items: Vec<Item>,
    faults: Vec<(SyntaxFault, Range<usize>)>,
    open: Vec<Frame>,
    /// After a fault that may bring others with it, no more such faults are told up to here: the end of the line.
    derailed: usize,
    /// Where the last token ended.
    last_end: usize,
}

impl<'t> Scanner<'t> {
    fn run(&mut self) {
        self.space();
        if self.at == self.bytes.len() {
            if self.faults.is_empty() {
                self.soft(SyntaxFault::Empty, 0..0);
            }
            self.push(Shape::Broken, self.at, self.at);
            return;
        }
        self.value();
        while !self.open.is_empty() {
            self.space();
            if self.faults.len() >= MAX_FAULTS {
                self.faults.push((SyntaxFault::TooMany, self.at..self.at));
                self.stop();
                return;
            }
            let object = self.frame().shape == Shape::Object;
            if self.open.len() > MAX_DEPTH {
                let start = self.items[self.items.len() - 1].start as usize;
                self.soft(SyntaxFault::TooDeep, start..start + 1);
                self.stop();
                return;
            }
            match self.bytes.get(self.at) {
                None => {
                    // One fault for all that is open: the innermost bracket, where the search begins.
                    let last = &self.items[self.open[self.open.len() - 1].item as usize];
                    let start = last.start as usize;
                    self.hard(
                        SyntaxFault::Unclosed {
                            bracket: if object { '{' } else { '[' },
                        },
                        start..start + 1,
                    );
                    self.stop();
                    return;
                }
                Some(b',') => self.comma(),
                Some(b'}') if object => self.close(),
                Some(b']') if !object => self.close(),
                Some(b'}' | b']') => self.mismatch(),
                Some(b':') => self.colon(),
                Some(_) => {
                    if object {
                        self.member();
                    } else {
                        self.begin_entry();
                        self.value();
                    }
                }
            }
        }
        self.space();
        if self.faults.len() >= MAX_FAULTS {
            self.faults.push((SyntaxFault::TooMany, self.at..self.at));
        } else if self.at < self.bytes.len() {
            let end = self.line_end();
            self.hard(SyntaxFault::MoreText, self.at..end);
        }
    }

    /// Reading ends here: all that is open lacks something.
    fn stop(&mut self) {
        let next = self.items.len() as u32;
        for frame in self.open.drain(..) {
            let item = &mut self.items[frame.item as usize];
            item.damaged = true;
            item.end = self.at as u32;
            item.next = next;
        }
    }

    fn push(&mut self, shape: Shape, start: usize, end: usize) -> u32 {
        let index = self.items.len() as u32;
        self.items.push(Item {
            shape,
            escaped: false,
            quote: 1,
            damaged: false,
            start: start as u32,
            end: end as u32,
            next: index + 1,
        });
        index
    }

    /// A fault that brings no others with it.
    fn soft(&mut self, fault: SyntaxFault, span: Range<usize>) {
        // Beyond the limit reading stops at the next chance: one text can hold millions of bad escapes before it.
        if self.faults.len() < MAX_FAULTS {
            self.faults.push((fault, span));
        }
    }

    /// A fault after which the rest of the line may be read wrongly.
    fn hard(&mut self, fault: SyntaxFault, span: Range<usize>) {
        if self.at >= self.derailed {
            self.soft(fault, span);
            self.derailed = self.line_end();
        } else {
            self.damage();
        }
    }

    /// Something of the innermost list or object is lost.
    fn damage(&mut self) {
        if let Some(frame) = self.open.last() {
            self.items[frame.item as usize].damaged = true;
        }
    }

    fn line_end(&self) -> usize {
        self.bytes[self.at..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(self.bytes.len(), |n| self.at + n)
    }

    fn here(&self) -> char {
        self.text[self.at..].chars().next().unwrap_or(' ')
    }

    /// Skips white space, and what people take for white space.
    fn space(&mut self) {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(b'/') if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => {
                    self.comment();
                    if self.faults.len() >= MAX_FAULTS {
                        return;
                    }
                }
                Some(128..) => {
                    let character = self.here();
                    if !(character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}' | '\u{2060}')) {
                        return;
                    }
                    let start = self.at;
                    while self.here() == character {
                        self.at += character.len_utf8();
                    }
                    self.soft(SyntaxFault::Space { character }, start..self.at);
                    if self.faults.len() >= MAX_FAULTS {
                        return;
                    }
                }
                _ => return,
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        if self.bytes[self.at + 1] == b'/' {
            self.at = self.line_end();
            let shown = self.text[start..self.at].trim_end().len();
            self.soft(SyntaxFault::Comment, start..start + shown);
        } else if let Some(length) = self.text[start + 2..].find("*/") {
            self.at = start + 2 + length + 2;
            self.soft(SyntaxFault::Comment, start..self.at);
        } else {
            self.at = self.bytes.len();
            self.soft(SyntaxFault::UnclosedComment, start..start + 2);
        }
    }

    fn frame(&mut self) -> &mut Frame {
        self.open.last_mut().expect("called within a list or an object")
    }

    fn comma(&mut self) {
        let at = self.at;
        if self.decimal_comma() {
            return;
        }
        let frame = self.frame();
        let full = std::mem::replace(&mut frame.full, false);
        frame.comma = Some(at);
        if !full {
            self.hard(SyntaxFault::ExtraComma, at..at + 1);
        }
        self.at += 1;
    }

    /// A comma within a number, as in `0,5` or `12,000`: between fields it can be nothing else before a digit.
    fn decimal_comma(&mut self) -> bool {
        let last = self.items.len() - 1;
        let touches = self.items[last].shape == Shape::Number && self.items[last].end as usize == self.at;
        let object = self.frame().shape == Shape::Object;
        if !(object && touches && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit)) {
            return false;
        }
        let rest = &self.text[self.at..];
        let length = rest
            .find(|c: char| !matches!(c, '0'..='9' | ',' | '.'))
            .unwrap_or(rest.len());
        let (start, end) = (
            self.items[last].start as usize,
            self.at + rest[..length].trim_end_matches(',').len(),
        );
        let text = clip(&self.text[start..end]);
        self.hard(SyntaxFault::MalformedNumber { text }, start..end);
        self.items[last].shape = Shape::Broken;
        self.items[last].end = end as u32;
        (self.at, self.last_end) = (end, end);
        true
    }

    fn close(&mut self) {
        if let Some(comma) = self.frame().comma {
            self.soft(SyntaxFault::TrailingComma, comma..comma + 1);
        }
        self.at += 1;
        self.last_end = self.at;
        self.pop(self.at);
    }

    /// Ends the innermost list or object.
    fn pop(&mut self, end: usize) {
        let next = self.items.len() as u32;
        if let Some(frame) = self.open.pop() {
            let item = &mut self.items[frame.item as usize];
            item.end = end as u32;
            item.next = next;
        }
    }

    /// A closing bracket of the wrong kind: either a bracket before it was not closed, or it is one too many.
    fn mismatch(&mut self) {
        let found = self.bytes[self.at];
        let wanted = if found == b'}' { Shape::Object } else { Shape::List };
        let parent = self.open.iter().rposition(|frame| frame.shape == wanted);
        // It cannot be the end of the whole file where more follows.
        let ends_all = parent == Some(0) && self.bytes[self.at + 1..].iter().any(|b| !b.is_ascii_whitespace());
        match parent {
            Some(parent) if !ends_all => {
                while self.open.len() > parent + 1 {
                    self.unclosed();
                }
            }
            _ => {
                self.hard(
                    SyntaxFault::Unexpected {
                        text: char::from(found).to_string(),
                    },
                    self.at..self.at + 1,
                );
                self.at += 1;
            }
        }
    }

    /// The innermost bracket was not closed: tells it and ends it before the present place.
    fn unclosed(&mut self) {
        self.damage();
        let frame = &self.open[self.open.len() - 1];
        let bracket = if frame.shape == Shape::Object { '{' } else { '[' };
        let start = self.items[frame.item as usize].start as usize;
        self.hard(SyntaxFault::Unclosed { bracket }, start..start + 1);
        self.pop(self.at);
    }

    /// A colon where none belongs; in a list it shows that the list was not closed before the name of a field.
    fn colon(&mut self) {
        let last = self.items.len() - 1;
        let frames = self.open.len();
        let frame = &self.open[frames - 1];
        let in_list_of_object =
            frame.shape == Shape::List && frames > 1 && self.open[frames - 2].shape == Shape::Object;
        let name = self.items[last];
        // The name must be the last thing that was read, and not stand inside a record before the colon.
        let direct = last > frame.item as usize && name.end as usize == self.last_end;
        if in_list_of_object && frame.full && name.shape == Shape::Text && direct {
            self.items.pop();
            self.at = name.start as usize;
            self.unclosed();
            self.frame().full = false;
            self.frame().comma = None;
            self.member();
        } else {
            self.hard(SyntaxFault::Unexpected { text: ":".to_owned() }, self.at..self.at + 1);
            self.damage();
            self.at += 1;
        }
    }

    /// An entry begins: a comma must have stood before it, unless it is the first.
    fn begin_entry(&mut self) {
        let frame = self.frame();
        frame.comma = None;
        if std::mem::replace(&mut frame.full, true) {
            let end = self.last_end;
            if self.at >= self.derailed {
                self.soft(SyntaxFault::MissingComma, end..end);
            }
        }
    }

    /// The name of a field and its value.
    fn member(&mut self) {
        let start = self.at;
        let frames = self.open.len();
        match self.here() {
            '{' if frames > 1
                && self.open[frames - 2].shape == Shape::List
                && self.frame().item as usize + 1 < self.items.len() =>
            {
                // The next record of a list: the one before it was not closed.
                self.unclosed();
                self.frame().full = false;
                return;
            }
            '{' | '[' => {
                let found = self.here().to_string();
                self.hard(SyntaxFault::ExpectedField { found }, start..start + 1);
                self.damage();
                self.begin_entry();
                self.push(Shape::Broken, start, start);
                self.value();
                return;
            }
            '"' | '\'' | '“' | '”' | '„' | '‘' | '’' => {
                self.begin_entry();
                self.string();
            }
            _ => {
                let word = self.word();
                self.at += word.len();
                let told = self.faults.len();
                self.space();
                if self.bytes.get(self.at) != Some(&b':') {
                    // What the space held is told when it is read again.
                    self.faults.truncate(told);
                    self.at = start;
                    self.hard(
                        SyntaxFault::ExpectedField { found: clip(word) },
                        start..start + word.len(),
                    );
                    self.damage();
                    self.at = start + word.len();
                    self.last_end = self.at;
                    // Something did follow the comma.
                    self.frame().comma = None;
                    return;
                }
                self.begin_entry();
                self.soft(
                    SyntaxFault::UnquotedField { name: clip(word) },
                    start..start + word.len(),
                );
                let name = self.push(Shape::Text, start, start + word.len());
                self.items[name as usize].quote = 0;
                self.last_end = start + word.len();
            }
        }
        if self.items[self.items.len() - 1].shape == Shape::Broken {
            self.damage();
        }
        let name_end = self.last_end;
        self.space();
        let colon = self.bytes.get(self.at) == Some(&b':');
        if !colon && start < self.derailed {
            // Most likely no name at all, but the rest of something else.
            let name = self.items.len() - 1;
            self.items[name].shape = Shape::Broken;
        }
        let after = if colon {
            self.at += 1;
            self.at
        } else {
            // The rest of a line that is lost already, even where white space has led on to the next.
            if start >= self.derailed {
                self.hard(SyntaxFault::MissingColon, name_end..name_end);
            } else {
                self.damage();
            }
            name_end
        };
        self.space();
        match self.bytes.get(self.at) {
            None | Some(b',' | b'}' | b']') => {
                if colon {
                    self.hard(SyntaxFault::MissingValue, after..after);
                }
                self.push(Shape::Broken, after, after);
                self.last_end = after;
            }
            Some(b':') => {
                self.hard(SyntaxFault::Unexpected { text: ":".to_owned() }, self.at..self.at + 1);
                self.at += 1;
                self.push(Shape::Broken, after, after);
                self.last_end = self.at;
            }
            Some(_) => self.value(),
        }
    }

    /// One value; always moves on by a character at least.
    fn value(&mut self) {
        let start = self.at;
        match self.here() {
            open @ ('{' | '[') => {
                let shape = if open == '{' { Shape::Object } else { Shape::List };
                self.at += 1;
                let item = self.push(shape, start, self.at);
                self.open.push(Frame {
                    item,
                    shape,
                    full: false,
                    comma: None,
                });
            }
            '"' | '\'' | '“' | '”' | '„' | '‘' | '’' => self.string(),
            _ => {
                let word = self.word();
                let end = start + word.len();
                let shape = match word {
                    "null" => Shape::Null,
                    "true" => Shape::True,
                    "false" => Shape::False,
                    _ if is_number(word) => Shape::Number,
                    _ => {
                        let text = clip(word);
                        let fault = if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
                            SyntaxFault::MalformedNumber { text }
                        } else if word.len() == 1 && !word.starts_with(char::is_alphanumeric) {
                            SyntaxFault::Unexpected { text }
                        } else {
                            SyntaxFault::UnknownWord { text }
                        };
                        self.hard(fault, start..end);
                        Shape::Broken
                    }
                };
                self.push(shape, start, end);
                self.at = end;
                self.last_end = end;
            }
        }
    }

    /// What stands here up to white space, a bracket, a comma, a colon, a quote or a comment; one character at least.
    fn word(&self) -> &'t str {
        let rest = &self.text[self.at..];
        let first = self.here().len_utf8().min(rest.len());
        let stops = |(n, c): (usize, char)| {
            c.is_whitespace()
                || matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"')
                || (c == '/' && matches!(rest.as_bytes().get(n + 1), Some(b'/' | b'*')))
        };
        let end = rest.char_indices().find(|at| stops(*at)).map_or(rest.len(), |(n, _)| n);
        &rest[..end.max(first)]
    }

    /// A text in quotes of any kind; becomes [`Shape::Broken`] where it has a fault of its own.
    fn string(&mut self) {
        let start = self.at;
        let open = self.here();
        let closers: &[&str] = match open {
            '"' => &["\""],
            '\'' => &["'"],
            '‘' | '’' => &["’", "‘"],
            _ => &["”", "“"],
        };
        let quote = open.len_utf8();
        self.at += quote;
        if open != '"' {
            self.soft(SyntaxFault::Quotes { quote: open }, start..start + quote);
        }
        let (mut escaped, mut broken, mut control) = (false, false, false);
        loop {
            if open == '"' {
                // Most of a file is spent here.
                let rest = &self.bytes[self.at..];
                let special = |byte: &u8| matches!(byte, 0..=31 | b'"' | b'\\');
                self.at += rest.iter().position(special).unwrap_or(rest.len());
            }
            let Some(byte) = self.bytes.get(self.at) else {
                self.hard(SyntaxFault::UnclosedText, start..start + quote);
                broken = true;
                break;
            };
            match byte {
                b'\\' => {
                    escaped = true;
                    let length = escape(&self.bytes[self.at..]);
                    if let Err(length) = length {
                        // Neither a line break nor the closing quote belongs to the escape.
                        let part = self.text[self.at..].chars().take(length);
                        let text: String = part.take_while(|c| *c >= ' ' && *c != '"').collect();
                        let end = self.at + text.len();
                        self.soft(SyntaxFault::BadEscape { text }, self.at..end);
                        broken = true;
                        self.at = end;
                    } else if let Ok(length) = length {
                        self.at += length;
                    }
                }
                b'\n' | b'\r' if !text_goes_on(&self.bytes[self.at..]) => {
                    // The quote is missing; a comma at the end of the line was meant to stand after it.
                    let inner = self.text[start + quote..self.at].trim_end();
                    self.at = start + quote + inner.strip_suffix(',').unwrap_or(inner).len();
                    self.hard(SyntaxFault::UnclosedText, start..start + quote);
                    broken = true;
                    break;
                }
                0..=31 => {
                    let character = char::from(*byte);
                    if !control {
                        let fault = match character {
                            '\n' | '\r' => SyntaxFault::LineBreak,
                            _ => SyntaxFault::ControlCharacter { character },
                        };
                        self.soft(fault, self.at..self.at + 1);
                    }
                    (control, broken) = (true, true);
                    self.at += 1;
                }
                _ => {
                    if let Some(closer) = closers.iter().find(|c| self.bytes[self.at..].starts_with(c.as_bytes())) {
                        self.at += closer.len();
                        break;
                    }
                    self.at += 1;
                }
            }
        }
        let shape = if broken { Shape::Broken } else { Shape::Text };
        let at = self.push(shape, start, self.at);
        let item = &mut self.items[at as usize];
        item.escaped = escaped;
        item.quote = quote as u8;
        self.last_end = self.at;
    }
}
