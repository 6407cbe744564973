//! The text of a portfolio, read.

use super::model::Portfolio;
use crate::escape::json::{pretty, reason};

/// Why a text is no portfolio.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not JSON, or says something that a portfolio does not have.
    #[error("{file}:{line}:{column}: {message}")]
    Text {
        /// The file as the user gave it.
        file: String,
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong, in lower case without a full stop.
        message: String,
    },
    /// A version of the format that this program does not know.
    #[error(
        "{file}: the format is {found}, and this program reads format 1: use a newer version of the program, or correct it"
    )]
    Format {
        /// The file as the user gave it.
        file: String,
        /// What it says.
        found: u32,
    },
}

/// The portfolio in a text. `file` is its name as the user gave it. What it refers to is not looked at; that is for
/// [`check`](super::check()).
///
/// # Errors
/// [`Error::Text`] with the place of the first fault, [`Error::Format`] for another version.
pub fn read(file: &str, text: &str) -> Result<Portfolio, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let portfolio: Portfolio = serde_json::from_str(text).map_err(|error| Error::Text {
        file: file.to_owned(),
        line: error.line().max(1),
        column: error.column().max(1),
        message: reason(&error),
    })?;
    match portfolio.format {
        1 => Ok(portfolio),
        found => Err(Error::Format {
            file: file.to_owned(),
            found,
        }),
    }
}

/// The text of a portfolio, two blanks for each level; ends with a line break.
pub fn write(portfolio: &Portfolio) -> String {
    pretty(portfolio)
}
