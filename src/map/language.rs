//! The language of a map, as a BCP 47 tag in the one form that is written: `en-GB`, `cy`, `sr-Latn-RS`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The language of a map that names none.
pub const LANGUAGE: &str = "en-GB";

/// The longest tag, in characters: a language, a script, a region and variants fit (RFC 5646, 4.4.1).
pub const LONGEST_TAG: usize = 35;

/// The pattern of a tag, as a regular expression (ECMA 262, as JSON Schema wants it). Letters may be large or small.
const PATTERN: &str =
    "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$";

/// The languages of two letters (ISO 639-1).
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// What people write in place of a tag, in small letters, and what they mean.
const NAMES: &[(&str, &str)] = &[
    ("english", "en-GB"),
    ("british", "en-GB"),
    ("british english", "en-GB"),
    ("american", "en-US"),
    ("american english", "en-US"),
    ("welsh", "cy"),
    ("cymraeg", "cy"),
    ("irish", "ga"),
    ("gaeilge", "ga"),
    ("gaelic", "gd"),
    ("scottish gaelic", "gd"),
    ("danish", "da"),
    ("dansk", "da"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("finnish", "fi"),
    ("suomi", "fi"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("german", "de-DE"),
    ("deutsch", "de-DE"),
    ("italian", "it"),
    ("italiano", "it"),
    ("norwegian", "nb"),
    ("norsk", "nb"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("spanish", "es"),
    ("español", "es"),
    ("swedish", "sv"),
    ("svenska", "sv"),
];

/// The tag of a language. It is well formed, and a language of two letters is one of ISO 639-1; whether a region or a language of
/// three letters exists is not looked up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
pub struct Language {
    /// The letters, with zeros behind them.
    tag: [u8; LONGEST_TAG],
    length: u8,
}

/// Why a text is not the tag of a language. Holds the text as it was given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not the tag of a language: {}", clipped(text), self.help())]
pub struct BadLanguage {
    /// The refused text.
    pub text: String,
}

impl BadLanguage {
    /// The tag that was most likely meant: `de-DE` for `german`, `en-GB` for `en_GB`.
    pub fn suggestion(&self) -> Option<Language> {
        let text = self.text.trim();
        if text.len() > 2 * LONGEST_TAG {
            return None;
        }
        let lower = text.to_lowercase();
        let named = NAMES.iter().find(|(name, _)| *name == lower).map(|(_, tag)| *tag);
        // What systems call a locale has an underscore, and its encoding behind a point.
        let bare = text
            .split(['.', '@'])
            .next()
            .unwrap_or_default()
            .replace(['_', ' '], "-");
        let region = bare.strip_suffix("-UK").or_else(|| bare.strip_suffix("-uk"));
        let british = region.map(|language| format!("{language}-GB"));
        named
            .into_iter()
            .chain(british.as_deref())
            .chain([bare.as_str()])
            .find_map(|tag| Language::new(tag).ok())
    }

    /// What to write.
    pub fn help(&self) -> String {
        let meant = self
            .suggestion()
            .map(|tag| format!("did you mean `{tag}`? "))
            .unwrap_or_default();
        format!("{meant}write a language and, where it matters, a region, as in `en-GB`, `cy` or `fr-CA`")
    }
}

/// The beginning of a text that is too long for a message.
fn clipped(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_TAG) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

impl Language {
    /// The language of that tag, whose letters become large and small as they are usually written: `en-GB` for `EN-gb`.
    ///
    /// ```
    /// use benefit_map::map::Language;
    /// assert_eq!(Language::new("de-ch")?.as_str(), "de-CH");
    /// assert_eq!(Language::new("german").unwrap_err().suggestion(), Language::new("de-DE").ok());
    /// # Ok::<(), benefit_map::map::BadLanguage>(())
    /// ```
    ///
    /// # Errors
    /// [`BadLanguage`] where the text is not a language with, where wanted, a script, a region and variants (RFC 5646, 2.1), where
    /// its two letters name no language, and for `UK` as a region, which is written `GB`.
    pub fn new(text: &str) -> Result<Self, BadLanguage> {
        Self::read(text).ok_or_else(|| BadLanguage { text: text.to_owned() })
    }

    fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST_TAG {
            return None;
        }
        let mut parts = text.split('-').peekable();
        let letters = |part: &str, most: std::ops::RangeInclusive<usize>| {
            most.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        };
        let mut tag = parts.next().filter(|part| letters(part, 2..=3))?.to_ascii_lowercase();
        if tag.len() == 2 && !TWO_LETTERS.split_whitespace().any(|known| known == tag) {
            return None;
        }
        let mut add = |part: &str| {
            tag.push('-');
            tag.push_str(part);
        };
        if let Some(script) = parts.next_if(|part| letters(part, 4..=4)) {
            let (first, rest) = script.split_at(1);
            add(&(first.to_ascii_uppercase() + &rest.to_ascii_lowercase()));
        }
        let is_number = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        if let Some(region) = parts.next_if(|part| letters(part, 2..=2) || is_number(part)) {
            let region = region.to_ascii_uppercase();
            if region == "UK" {
                return None;
            }
            add(&region);
        }
        for variant in parts {
            let begins_with_digit = variant.len() == 4 && variant.starts_with(|c: char| c.is_ascii_digit());
            let is_variant = (5..=8).contains(&variant.len()) || begins_with_digit;
            if !is_variant || !variant.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return None;
            }
            add(&variant.to_ascii_lowercase());
        }
        let mut out = Self {
            tag: [0; LONGEST_TAG],
            length: tag.len() as u8,
        };
        out.tag[..tag.len()].copy_from_slice(tag.as_bytes());
        Some(out)
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        // It is made of ASCII letters, digits and hyphens.
        std::str::from_utf8(&self.tag[..usize::from(self.length)]).unwrap_or(LANGUAGE)
    }

    /// The language alone: `de` of `de-CH`.
    pub fn primary(&self) -> &str {
        let tag = self.as_str();
        tag.split('-').next().unwrap_or(tag)
    }

    /// Whether it is English of any region: the language of the words that we add to those of a map.
    pub fn is_english(&self) -> bool {
        self.primary() == "en"
    }
}

impl Default for Language {
    /// [`LANGUAGE`].
    fn default() -> Self {
        const BRITISH: &[u8] = LANGUAGE.as_bytes();
        let mut tag = [0; LONGEST_TAG];
        tag[..BRITISH.len()].copy_from_slice(BRITISH);
        Self {
            tag,
            length: BRITISH.len() as u8,
        }
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.as_str())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Language {
    type Err = BadLanguage;
    fn from_str(text: &str) -> Result<Self, BadLanguage> {
        Self::new(text)
    }
}

impl TryFrom<Cow<'_, str>> for Language {
    type Error = BadLanguage;
    fn try_from(text: Cow<'_, str>) -> Result<Self, BadLanguage> {
        Self::new(&text)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> String {
        language.as_str().to_owned()
    }
}

impl JsonSchema for Language {
    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": PATTERN, "maxLength": LONGEST_TAG })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_written_in_one_form() {
        for (text, written) in [
            ("en-GB", "en-GB"),
            ("EN-gb", "en-GB"),
            ("cy", "cy"),
            ("fr-ca", "fr-CA"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("ca-ES-valencia", "ca-ES-valencia"),
            ("de-CH-1996", "de-CH-1996"),
            ("gsw", "gsw"),
        ] {
            let language = Language::new(text).unwrap();
            assert_eq!(language.as_str(), written);
            assert_eq!(serde_json::to_string(&language).unwrap(), format!("\"{written}\""));
        }
        assert_eq!(Language::default(), Language::new(LANGUAGE).unwrap());
        assert_eq!(Language::new("de-AT").unwrap().primary(), "de");
    }

    #[test]
    fn what_is_no_tag_is_refused_with_what_was_meant() {
        for (text, meant) in [
            ("german", Some("de-DE")),
            ("Deutsch", Some("de-DE")),
            ("en_GB", Some("en-GB")),
            ("de_AT.UTF-8", Some("de-AT")),
            ("en-UK", Some("en-GB")),
            ("en_uk", Some("en-GB")),
            ("en GB", Some("en-GB")),
            (" cy ", Some("cy")),
            ("", None),
            ("e", None),
            ("xx", None),
            ("en-", None),
            ("en-GB-", None),
            ("-en", None),
            ("x-mine", None),
            ("en-GB-u-ca-buddhist", None),
            ("deutsch(land)", None),
            ("<b>en</b>", None),
            ("\"><script>", None),
            ("français canadien", None),
        ] {
            let refused = Language::new(text).unwrap_err();
            assert_eq!(
                refused.suggestion().map(|tag| tag.to_string()).as_deref(),
                meant,
                "{text}"
            );
        }
        let long = Language::new(&"a".repeat(300)).unwrap_err();
        assert!(long.to_string().chars().count() < 200, "{long}");
        assert_eq!(
            Language::new("german").unwrap_err().to_string(),
            "`german` is not the tag of a language: did you mean `de-DE`? write a language and, where it matters, a region, as in \
             `en-GB`, `cy` or `fr-CA`"
        );
    }
}
