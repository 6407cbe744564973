//! Identifiers: short, stable, unique across one map, and typed by what they name.

use std::borrow::{Borrow, Cow};
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::limits::LONGEST_ID;

/// The pattern that every identifier follows, as a regular expression (ECMA 262, as JSON Schema wants it).
pub const ID_PATTERN: &str = "^[a-z0-9][a-z0-9._-]{0,99}$";

/// Why a text is not an identifier. Holds the text as it was given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not an id: {}", clipped(text), why(text))]
pub struct BadId {
    /// The refused text.
    pub text: String,
}

impl BadId {
    /// The nearest text that would be an id, or `None` where nothing of the text can be kept.
    pub fn suggestion(&self) -> Option<String> {
        slug(&self.text)
    }
}

/// The beginning of a text that is too long for a message.
fn clipped(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_ID) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

fn why(text: &str) -> String {
    match has_letters_of_an_id(text) {
        true => format!("an id has {LONGEST_ID} characters at most, but this has {}", text.len()),
        false => "an id begins with a-z or 0-9 and continues with a-z, 0-9, `.`, `_` or `-`".to_owned(),
    }
}

/// Whether `text` follows [`ID_PATTERN`].
pub fn is_id(text: &str) -> bool {
    text.len() <= LONGEST_ID && has_letters_of_an_id(text)
}

fn has_letters_of_an_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'))
}

/// An id made of a title or a name: lower case, runs of other characters as one `-`, none at either end; of a long text its first
/// words.
/// Returns `None` where the text holds no ASCII letter or digit.
///
/// ```
/// use benefit_map::map::slug;
/// assert_eq!(slug("Director of Place (South)").as_deref(), Some("director-of-place-south"));
/// assert_eq!(slug("…"), None);
/// ```
pub fn slug(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if matches!(c, '.' | '_') && !out.is_empty() && !out.ends_with('-') {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    if out.len() > LONGEST_ID {
        // It is ASCII throughout. A whole word is kept where there is one.
        let cut = out[..=LONGEST_ID].rfind('-').filter(|at| *at > 0).unwrap_or(LONGEST_ID);
        out.truncate(cut);
    }
    let kept = out.trim_end_matches(['-', '.', '_']).len();
    out.truncate(kept);
    is_id(&out).then_some(out)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "Cow<'_, str>", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The identifier, or why the text is none.
            ///
            /// # Errors
            /// [`BadId`] where the text does not follow [`ID_PATTERN`].
            pub fn new(text: impl AsRef<str>) -> Result<Self, BadId> {
                let text = text.as_ref();
                if is_id(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(BadId { text: text.to_owned() })
                }
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::new(text)
            }
        }

        impl TryFrom<Cow<'_, str>> for $name {
            type Error = BadId;
            fn try_from(text: Cow<'_, str>) -> Result<Self, BadId> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.into()
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": ID_PATTERN })
            }
        }
    )*};
}

ids! {
    /// Names a [`Node`](super::Node).
    NodeId,
    /// Names an [`Owner`](super::Owner).
    OwnerId,
    /// Names a [`Kpi`](super::Kpi).
    KpiId,
    /// Names a [`Risk`](super::Risk).
    RiskId,
    /// Names an [`Activity`](super::Activity).
    ActivityId,
    /// Names a [`Partner`](super::Partner).
    PartnerId,
    /// Names an [`AppraisalOption`](super::AppraisalOption).
    OptionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_pattern() {
        for good in ["a", "0", "n001", "25-257", "bin-sensors", "a.b_c-d"] {
            assert_eq!(NodeId::new(good).unwrap().as_str(), good);
        }
        for bad in ["", "A", "-a", ".a", "_a", "a b", "a\"b", "<a>", "é", "a\n", "\u{202e}a"] {
            assert_eq!(NodeId::new(bad).unwrap_err().text, bad);
        }
    }

    #[test]
    fn a_slug_is_an_id_or_nothing() {
        assert_eq!(slug("  Hello, World!  ").as_deref(), Some("hello-world"));
        assert_eq!(slug("v1.2_rc").as_deref(), Some("v1.2_rc"));
        assert_eq!(slug("日本"), None);
        assert_eq!(slug("日本 2026").as_deref(), Some("2026"));
        assert_eq!(slug("a-._"), Some("a".to_owned()));
        assert_eq!(slug(&"word ".repeat(40)).unwrap(), vec!["word"; 20].join("-"));
        assert_eq!(slug(&"a".repeat(500)).unwrap(), "a".repeat(LONGEST_ID));
    }

    #[test]
    fn a_bad_id_in_json_is_refused_with_its_text() {
        let error = serde_json::from_str::<NodeId>("\"Bin Sensors\"").unwrap_err();
        assert!(error.to_string().starts_with("`Bin Sensors` is not an id"));
        let long = NodeId::new("a".repeat(300)).unwrap_err().to_string();
        assert!(long.len() < 300, "{long}");
        assert!(
            long.ends_with("an id has 100 characters at most, but this has 300"),
            "{long}"
        );
    }
}
