//! Closed lists of words, such as the kinds of node: one macro, so that each word is spelled in one place.

/// Why a text is none of a closed list's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not one of {}", .words.join(", "))]
pub struct BadWord {
    /// The refused text.
    pub text: String,
    /// The words that would have been accepted, in their own order.
    pub words: &'static [&'static str],
}

/// A closed list of words: every value, its word, and what it means.
pub trait Words: Copy + PartialEq + 'static {
    /// Every value, in its own order.
    fn all() -> &'static [Self];
    /// The word as it stands in files and on the command line.
    fn word(self) -> &'static str;
    /// What the value means, in one sentence without its full stop.
    fn about(self) -> &'static str;
}

macro_rules! words {
    (
        $(#[$doc:meta])*
        $name:ident $(, by default $default:ident)? {
            $($(#[doc = $about:literal])* $variant:ident = $word:literal),* $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name {
            $($(#[doc = $about])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every value, in its own order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// Every word, in the order of [`Self::ALL`].
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word as it stands in files.
            pub fn as_str(self) -> &'static str {
                Self::WORDS[self as usize]
            }
        }

        $(impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        })?

        impl $crate::map::Words for $name {
            fn all() -> &'static [Self] {
                Self::ALL
            }
            fn word(self) -> &'static str {
                self.as_str()
            }
            fn about(self) -> &'static str {
                let about = [$(concat!($($about),*)),*][self as usize].trim();
                about.strip_suffix('.').unwrap_or(about)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::map::BadWord;
            fn from_str(text: &str) -> Result<Self, $crate::map::BadWord> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.as_str() == text)
                    .ok_or_else(|| $crate::map::BadWord { text: text.to_owned(), words: Self::WORDS })
            }
        }
    };
}
pub(crate) use words;
