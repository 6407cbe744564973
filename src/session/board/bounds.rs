//! What texts and subjects on a board may be.

use super::BoardRefusal;

/// The longest subject, in bytes.
const SUBJECT: usize = 300;

/// A text without space around it; refused where nothing is left or it is too long.
pub(super) fn within(text: &str, most: usize, what: &'static str) -> Result<String, BoardRefusal> {
    let text = text.trim();
    let length = text.chars().count();
    match length {
        0 => Err(BoardRefusal::Empty { what }),
        _ if length > most => Err(BoardRefusal::TooLong { what, length, most }),
        _ => Ok(text.to_owned()),
    }
}

/// Refuses what can be the subject of no note: `node ID`, `link FROM -> TO` or nothing.
pub(super) fn is_subject(about: Option<&str>) -> Result<(), BoardRefusal> {
    let is_one = |about: &str| about.len() <= SUBJECT && (about.starts_with("node ") || about.starts_with("link "));
    match about.is_none_or(is_one) {
        true => Ok(()),
        false => Err(BoardRefusal::BadSubject),
    }
}

/// Refuses what no dot can be given to: boxes and notes.
pub(super) fn is_votable(subject: &str) -> Result<(), BoardRefusal> {
    let is_one = subject.len() <= SUBJECT && (subject.starts_with("node ") || subject.starts_with("note "));
    match is_one {
        true => Ok(()),
        false => Err(BoardRefusal::BadSubject),
    }
}
