//! The text of a portfolio, read and written, and its schema.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::faults::misfits;
use super::model::Portfolio;
use super::place::{Places, Spot};
use crate::escape::json::{pretty, reason};

/// Where the JSON Schema of the format says that it is; a name, not an address that is fetched.
pub const SCHEMA_ID: &str = "https://benefit-map.example/schema/portfolio-1.schema.json";

/// Of how many faults of one text each is given; of the rest the number.
const MOST_FAULTS: usize = 100;

/// Why a text is no portfolio.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not JSON, or says something that a portfolio does not have.
    #[error("{}", lines(file, faults, *more))]
    Text {
        /// The file as the user gave it.
        file: String,
        /// Every fault, in the order of the text.
        faults: Vec<Fault>,
        /// How many more there are.
        more: usize,
    },
    /// A version of the format that this program does not know.
    #[error(
        "{file}: the format is {found}, and this program reads format 1: use a newer version of the program, or correct it"
    )]
    Format {
        /// The file as the user gave it.
        file: String,
        /// What it says.
        found: u64,
    },
}

/// One fault of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Where it is.
    pub spot: Spot,
    /// What is wrong, in lower case without a full stop.
    pub message: String,
}

fn lines(file: &str, faults: &[Fault], more: usize) -> String {
    let mut out = String::new();
    for fault in faults {
        if !out.is_empty() {
            out.push('\n');
        }
        out += &format!("{file}:{}:{}: {}", fault.spot.line, fault.spot.column, fault.message);
    }
    if more > 0 {
        out += &format!("\n{file}: {more} more faults");
    }
    out
}

/// A portfolio with the text that it was read from, so that each thing in it has its place.
#[derive(Debug, Clone)]
pub struct Source {
    file: String,
    text: String,
    places: Places,
}

impl Source {
    /// The file as the user gave it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the portfolio is, by its pointer (RFC 6901): `/claims/3/measure`. Of a part that is left out, where the
    /// whole around it is.
    pub fn spot(&self, pointer: &str) -> Spot {
        self.places.spot(&self.text, pointer)
    }
}

/// The portfolio in a text. `file` is its name as the user gave it. What it refers to is not looked at; that is for
/// [`check`](super::check()).
///
/// # Errors
/// [`Error::Text`] with the place of every fault, [`Error::Format`] for another version.
pub fn read(file: &str, text: &str) -> Result<Portfolio, Error> {
    read_with_places(file, text).map(|(portfolio, _)| portfolio)
}

/// As [`read`], with where each thing is.
///
/// # Errors
/// As [`read`].
pub fn read_with_places(file: &str, text: &str) -> Result<(Portfolio, Source), Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let places = Places::of(text);
    let failed = |mut faults: Vec<Fault>| {
        faults.sort_by_key(|fault| fault.spot);
        let more = faults.len().saturating_sub(MOST_FAULTS);
        faults.truncate(MOST_FAULTS);
        Error::Text {
            file: file.to_owned(),
            faults,
            more,
        }
    };
    // The reader counts columns in bytes.
    let by_reader = |error: &serde_json::Error| {
        let before: usize = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let mut byte = (before + error.column().saturating_sub(1)).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        Fault {
            spot: places.at(text, byte),
            message: reason(error),
        }
    };
    let value: Value = serde_json::from_str(text).map_err(|error| failed(vec![by_reader(&error)]))?;
    if let Some(found) = value.get("format").and_then(Value::as_u64).filter(|found| *found != 1) {
        return Err(Error::Format {
            file: file.to_owned(),
            found,
        });
    }
    let schema = serde_json::to_value(schema_of()).unwrap_or_default();
    let misfits = misfits(&schema, &value).into_iter().map(|misfit| Fault {
        spot: places.spot(text, &misfit.pointer),
        message: misfit.message,
    });
    let mut faults: Vec<Fault> = misfits.collect();
    faults.extend(places.twice.iter().map(|(pointer, byte)| {
        let name = pointer.rsplit('/').next().unwrap_or_default();
        Fault {
            spot: places.at(text, *byte),
            message: format!("the field `{name}` is there already: take one of the two out"),
        }
    }));
    if !faults.is_empty() {
        return Err(failed(faults));
    }
    let portfolio = serde_json::from_str(text).map_err(|error| failed(vec![by_reader(&error)]))?;
    let source = Source {
        file: file.to_owned(),
        text: text.to_owned(),
        places,
    };
    Ok((portfolio, source))
}

/// The text of a portfolio in its one form, two blanks for each level; ends with a line break. Reading it and writing it again
/// changes nothing.
pub fn write(portfolio: &Portfolio) -> String {
    pretty(portfolio)
}

fn schema_of() -> schemars::Schema {
    let mut schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Portfolio>();
    schema.insert("$id".to_owned(), SCHEMA_ID.into());
    schema.insert("title".to_owned(), "Portfolio of benefit maps".into());
    schema
}

/// The JSON Schema (2020-12) of the file, two blanks for each level; ends with a line break.
pub fn schema() -> String {
    pretty(&schema_of())
}
