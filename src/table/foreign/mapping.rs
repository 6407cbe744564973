//! What every column of a file was taken as, in a form that people can correct and give again.

use serde::{Deserialize, Serialize};

use super::super::sheet::letters;
use super::role::{Role, SheetKind};

/// What the sheets of a register are, and their columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// One entry a table; a sheet with two tables has two.
    pub sheets: Vec<SheetMapping>,
}

/// What one table is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetMapping {
    /// The name of the sheet; of a CSV file its own name.
    pub sheet: String,
    /// `register`, `logframe`, `kpis`, `risks`, `actions` or `left-out`.
    pub kind: SheetKind,
    /// The row that names the columns, or two of them.
    pub heads: Vec<usize>,
    /// The columns, in their order.
    #[serde(default)]
    pub columns: Vec<ColumnMapping>,
}

/// What one column is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMapping {
    /// Its letter.
    pub column: String,
    /// Its head, by which it is found again if it has moved.
    pub head: String,
    /// What it is: a word for a field (`owner`, `baseline` …), `x-` and a name for a free field, or `left-out`.
    pub is: String,
    /// The day or the year of its values, for a baseline, a target, an actual or an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The unit of its values, where the head names one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
}

/// Why a mapping cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadMapping {
    /// The text is no mapping.
    #[error("{file}, line {line}, column {column}: {reason}: correct it, or delete the file to have a new one written")]
    Shape {
        /// The file as the user gave it.
        file: String,
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A column is said to be something that there is not.
    #[error("{file}, sheet `{sheet}`, column {column}: `{word}` is not what a column can be: write `left-out`, `x-` and a name, or one of {}", Role::WORDS.join(", "))]
    Word {
        /// The file as the user gave it.
        file: String,
        /// The sheet.
        sheet: String,
        /// The letter of the column.
        column: String,
        /// The word.
        word: String,
    },
    /// A table without a row that names its columns.
    #[error("{file}, sheet `{sheet}`: `heads` must have one or two row numbers, the lower row last")]
    Heads {
        /// The file as the user gave it.
        file: String,
        /// The sheet.
        sheet: String,
    },
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A field of the map.
    Is(Role),
    /// A free field of that name.
    Free(String),
    /// Nothing that is kept.
    LeftOut,
}

impl Meaning {
    /// The word for it in a mapping.
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Is(role) => role.as_str(),
            Self::Free(name) => name,
            Self::LeftOut => "left-out",
        }
    }

    fn of(word: &str) -> Option<Self> {
        let word = word.trim();
        if let Ok(role) = word.parse::<Role>() {
            return Some(Self::Is(role));
        }
        match word {
            "left-out" | "" => Some(Self::LeftOut),
            word => free_name(word).filter(|name| name == word).map(Self::Free),
        }
    }
}

/// The free field for a head: `x-rag-status` for `RAG status`; `None` where nothing of it can be a name.
pub(super) fn free_name(head: &str) -> Option<String> {
    let bare = head.strip_prefix("x-").unwrap_or(head);
    let name = crate::map::slug(bare)?;
    Some(format!("x-{}", crate::map::called::short(&name)))
}

impl Mapping {
    /// The mapping in a text. `file` is its name as the user gave it.
    ///
    /// # Errors
    /// [`BadMapping`] where the text is no mapping, or says of a column what there is not.
    pub fn read(file: &str, text: &str) -> Result<Self, BadMapping> {
        let mapping: Self =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| BadMapping::Shape {
                file: file.to_owned(),
                line: error.line(),
                column: error.column(),
                reason: error
                    .to_string()
                    .split(" at line ")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            })?;
        for sheet in &mapping.sheets {
            let sound = matches!(sheet.heads.as_slice(), [one] if *one > 0)
                || matches!(sheet.heads.as_slice(), [a, b] if *a > 0 && a < b);
            if !sound && sheet.kind != SheetKind::LeftOut {
                return Err(BadMapping::Heads {
                    file: file.to_owned(),
                    sheet: sheet.sheet.clone(),
                });
            }
            for column in &sheet.columns {
                if Meaning::of(&column.is).is_none() {
                    return Err(BadMapping::Word {
                        file: file.to_owned(),
                        sheet: sheet.sheet.clone(),
                        column: column.column.clone(),
                        word: column.is.clone(),
                    });
                }
            }
        }
        Ok(mapping)
    }

    /// The mapping as a text, with a line feed at its end.
    pub fn write(&self) -> String {
        // A structure with string keys always has a text.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

impl ColumnMapping {
    /// What it says of its column.
    pub(super) fn meaning(&self) -> Meaning {
        Meaning::of(&self.is).unwrap_or(Meaning::LeftOut)
    }

    /// Of a column.
    pub(super) fn new(at: usize, head: &str, meaning: &Meaning, date: Option<&str>, unit: &str) -> Self {
        Self {
            column: letters(at),
            head: head.to_owned(),
            is: meaning.word().to_owned(),
            date: date.map(str::to_owned),
            unit: unit.to_owned(),
        }
    }
}
