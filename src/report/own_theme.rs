//! Colours and typeface of a house for the pictures, from a file: whatever it does not say is that of one of our own themes, and no colour is
//! taken that cannot be seen on its ground.
//!
//! Source: Web Content Accessibility Guidelines 2.2, success criteria 1.4.3 (text, 4.5 to 1) and 1.4.11 (lines and signs, 3 to 1), with the
//! relative luminance and the contrast ratio that they define.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::finding::nearest;
use crate::map::NodeKind;
use crate::scene::theme::{Colour, DEFAULT, Theme};

/// The JSON Schema of such a file.
pub const THEME_SCHEMA: &str = include_str!("../../assets/theme.schema.json");

/// The contrast of text with its ground, and of lines and signs.
const OF_TEXT: f64 = 4.5;
const OF_SHAPES: f64 = 3.0;
/// Of a stage's colour so much is in the ground of its cards, and in the line around them.
const IN_FILL: f64 = 0.05;
const IN_LINE: f64 = 0.4;
/// What is unwelcome, whatever its stage.
const UNWELCOME: &str = "disbenefit";
/// A name of a typeface is no longer.
const LONGEST_FACE: usize = 60;

/// What is wrong with a file of a theme, all of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeFaults(pub Vec<ThemeFault>);

/// One thing that is wrong with a file of a theme.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ThemeFault {
    /// No JSON, or no object.
    #[error("it is not a JSON object: {why}")]
    NoObject {
        /// What the reader of JSON says, with line and column.
        why: String,
    },
    /// No such field.
    #[error("a theme has no field `{field}`{}", .nearest.as_ref().map_or(String::new(), |name| format!("; did you mean `{name}`?")))]
    Unknown {
        /// Its name, with the names of what it is in.
        field: String,
        /// The most like it.
        nearest: Option<String>,
    },
    /// Not a value that the field can have.
    #[error("`{field}` must be {wanted}")]
    Value {
        /// The field.
        field: String,
        /// What it can have.
        wanted: &'static str,
    },
    /// Two colours that cannot be told apart well enough.
    #[error(
        "`{of}` ({colour}) on `{on}` ({ground}) has a contrast of {ratio:.2} to 1, but needs {needs} to 1: make one of them darker or lighter"
    )]
    Contrast {
        /// What is in front.
        of: String,
        /// Its colour.
        colour: String,
        /// What is behind it.
        on: String,
        /// Its colour.
        ground: String,
        /// Their contrast.
        ratio: f64,
        /// The least that it may be.
        needs: f64,
    },
}

impl std::fmt::Display for ThemeFaults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for ThemeFaults {}

/// The theme that a file gives, called `name`. `keep` gives a text the life of the program, as the texts of our own themes have it.
///
/// # Errors
/// [`ThemeFaults`]: all that is wrong with it. Contrasts are looked at only where everything else is sound.
pub fn own_theme(name: &str, text: &str, keep: impl Fn(String) -> &'static str) -> Result<Theme, ThemeFaults> {
    let refused = |why: String| ThemeFaults(vec![ThemeFault::NoObject { why }]);
    let whole: Value = serde_json::from_str(text).map_err(|error| refused(error.to_string()))?;
    let Value::Object(fields) = &whole else {
        return Err(refused("a theme begins with {\"theme\": 1, …}".to_owned()));
    };
    let mut faults = Vec::new();
    let mut theme = DEFAULT;
    theme.name = keep(name.to_owned());
    let mut colours: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = |field: &str, wanted: &'static str| {
        faults.push(ThemeFault::Value {
            field: field.to_owned(),
            wanted,
        });
    };
    if fields.get("theme").and_then(Value::as_u64) != Some(1) {
        wrong("theme", "1, the version of this format");
    }
    if let Some(base) = fields.get("based_on") {
        match base.as_str().and_then(Theme::named) {
            Some(base) => {
                theme = Theme {
                    name: theme.name,
                    ..*base
                }
            }
            None => wrong("based_on", "`default`, `print` or `dark`"),
        }
    }
    if let Some(face) = fields.get("typeface") {
        let is_name = |face: &&str| {
            !face.trim().is_empty()
                && face.chars().count() <= LONGEST_FACE
                && face.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
        };
        match face.as_str().filter(is_name) {
            Some(face) => theme.typeface = keep(face.trim().to_owned()),
            None => wrong(
                "typeface",
                "the name of one typeface, such as `Source Sans 3`: letters, digits, spaces and hyphens",
            ),
        }
    }
    let known: Vec<String> = names().into_iter().chain(tones().map(str::to_owned)).collect();
    let words: Vec<&str> = known.iter().map(String::as_str).collect();
    let unknown = |field: &str| ThemeFault::Unknown {
        field: field.to_owned(),
        nearest: nearest(field, words.iter().copied()).map(str::to_owned),
    };
    let is_part = |name: &str, field: &str| name == field || name.starts_with(&format!("{field}."));
    for (field, value) in fields {
        if ["theme", "based_on", "typeface", "$schema"].contains(&field.as_str()) {
            continue;
        }
        match words.iter().any(|name| is_part(name, field)) {
            true => flat(field, value, &mut colours, &mut faults),
            false => faults.push(unknown(field)),
        }
    }
    let strange = colours.keys().filter(|field| !words.contains(&field.as_str()));
    faults.extend(strange.map(|field| unknown(field)));
    if !faults.is_empty() {
        return Err(ThemeFaults(faults));
    }
    // A stage with one colour has the others from it, and what is said of them goes before that.
    let mut set = |field: &str, colour: String| {
        if let Some(slot) = slot(&mut theme, field) {
            *slot = keep(colour);
        }
    };
    for (field, colour) in colours.iter().filter(|(field, _)| !is_tone(field)) {
        set(field, colour.clone());
    }
    let (page, text) = (theme.page, theme.text);
    let mut set = |field: &str, colour: String| {
        if let Some(slot) = slot(&mut theme, field) {
            *slot = keep(colour);
        }
    };
    for (stage, strong) in colours.iter().filter(|(field, _)| is_tone(field)) {
        let on = match contrast(page, strong) >= contrast(text, strong) {
            true => page,
            false => text,
        };
        set(&format!("{stage}.strong"), strong.clone());
        set(&format!("{stage}.on_strong"), on.to_owned());
        set(&format!("{stage}.fill"), mixed(strong, page, IN_FILL));
        set(&format!("{stage}.line"), mixed(strong, page, IN_LINE));
    }
    let faults = contrasts(&theme);
    match faults.is_empty() {
        true => Ok(theme),
        false => Err(ThemeFaults(faults)),
    }
}

/// Colours by the names of their fields, with the names of what they are in before them.
fn flat(field: &str, value: &Value, colours: &mut BTreeMap<String, String>, faults: &mut Vec<ThemeFault>) {
    match value {
        Value::String(colour) if is_colour(colour) => {
            colours.insert(field.to_owned(), colour.to_ascii_lowercase());
        }
        Value::Object(inner) => {
            for (name, value) in inner {
                flat(&format!("{field}.{name}"), value, colours, faults);
            }
        }
        Value::Array(items) if items.len() == 4 => {
            for (at, value) in items.iter().enumerate() {
                flat(&format!("{field}.{at}"), value, colours, faults);
            }
        }
        _ => faults.push(ThemeFault::Value {
            field: field.to_owned(),
            wanted: "a colour such as `#1f3a5f`",
        }),
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The stages in their order, and what is unwelcome.
fn tones() -> impl Iterator<Item = &'static str> {
    NodeKind::ALL.iter().map(|kind| kind.as_str()).chain([UNWELCOME])
}

fn is_tone(field: &str) -> bool {
    tones().any(|tone| tone == field)
}

/// The names of every colour.
fn names() -> Vec<String> {
    let alone = [
        "page", "panel", "band", "text", "muted", "border", "onward", "back", "adverse", "good", "doubtful", "bad",
        "open",
    ];
    let mut out: Vec<String> = alone.map(str::to_owned).to_vec();
    let mut add = |of: &str, parts: &[&str]| out.extend(parts.iter().map(|part| format!("{of}.{part}")));
    for tone in tones() {
        add(tone, &["strong", "on_strong", "fill", "line"]);
    }
    add("faded", &["strip", "fill", "text", "line"]);
    for badge in ["plain", "bright", "adverse"] {
        add(&format!("badges.{badge}"), &["fill", "text", "line"]);
    }
    add(
        "chart",
        &["within", "doubtful", "fan", "steps.0", "steps.1", "steps.2", "steps.3"],
    );
    out
}

/// The colour of that name.
fn slot<'t>(theme: &'t mut Theme, name: &str) -> Option<&'t mut Colour> {
    let parts: Vec<&str> = name.split('.').collect();
    let place = |word: &str, of: &[&str]| of.iter().position(|known| *known == word);
    Some(match parts.as_slice() {
        ["page"] => &mut theme.page,
        ["panel"] => &mut theme.panel,
        ["band"] => &mut theme.band,
        ["text"] => &mut theme.text,
        ["muted"] => &mut theme.muted,
        ["border"] => &mut theme.border,
        ["onward"] => &mut theme.onward,
        ["back"] => &mut theme.back,
        ["adverse"] => &mut theme.adverse,
        ["faded", part] => match *part {
            "strip" => &mut theme.faded.strip,
            "fill" => &mut theme.faded.fill,
            "text" => &mut theme.faded.text,
            "line" => &mut theme.faded.line,
            _ => return None,
        },
        ["badges", badge, part] => {
            let plate = theme.badges.get_mut(place(badge, &["plain", "bright", "adverse"])?)?;
            match *part {
                "fill" => &mut plate.fill,
                "text" => &mut plate.text,
                "line" => &mut plate.line,
                _ => return None,
            }
        }
        ["chart", "within"] => &mut theme.zones.within,
        ["chart", "doubtful"] => &mut theme.zones.doubtful,
        ["chart", "fan"] => &mut theme.zones.fan,
        ["chart", "steps", at] => theme.zones.steps.get_mut(at.parse::<usize>().ok()?)?,
        [verdict] => theme
            .verdicts
            .get_mut(place(verdict, &["good", "doubtful", "bad", "open"])?)?,
        [tone, part] => {
            let shade = theme.tones.get_mut(tones().position(|known| known == *tone)?)?;
            match *part {
                "strong" => &mut shade.strong,
                "on_strong" => &mut shade.on_strong,
                "fill" => &mut shade.fill,
                "line" => &mut shade.line,
                _ => return None,
            }
        }
        _ => return None,
    })
}

/// Every pair of colours that are drawn one on the other and do not differ enough.
fn contrasts(theme: &Theme) -> Vec<ThemeFault> {
    let mut out = Vec::new();
    let mut hold = |(of, colour): (&str, Colour), (on, ground): (&str, Colour), needs: f64| {
        let ratio = contrast(colour, ground);
        // To the hundredth that is shown, so that no message names a ratio that would do.
        if (ratio * 100.0).floor() / 100.0 < needs {
            out.push(ThemeFault::Contrast {
                of: of.to_owned(),
                colour: colour.to_owned(),
                on: on.to_owned(),
                ground: ground.to_owned(),
                ratio: (ratio * 100.0).floor() / 100.0,
                needs,
            });
        }
    };
    for ground in [("page", theme.page), ("panel", theme.panel)] {
        for words in [("text", theme.text), ("muted", theme.muted)] {
            hold(words, ground, OF_TEXT);
        }
        for line in [
            ("onward", theme.onward),
            ("back", theme.back),
            ("adverse", theme.adverse),
        ] {
            hold(line, ground, OF_SHAPES);
        }
        for (tone, shade) in tones().zip(theme.tones) {
            // The heading of a stage is written in its colour.
            let needs = if tone == UNWELCOME { OF_SHAPES } else { OF_TEXT };
            hold((&format!("{tone}.strong"), shade.strong), ground, needs);
        }
    }
    for (tone, shade) in tones().zip(theme.tones) {
        let fill = format!("{tone}.fill");
        hold(("text", theme.text), (&fill, shade.fill), OF_TEXT);
        hold(("muted", theme.muted), (&fill, shade.fill), OF_TEXT);
        // Patterns have the sign on a disc of the page.
        let ground = match theme.texture {
            crate::scene::theme::Texture::Plain => (format!("{tone}.strong"), shade.strong),
            crate::scene::theme::Texture::Patterned => ("page".to_owned(), theme.page),
        };
        hold(
            (&format!("{tone}.on_strong"), shade.on_strong),
            (&ground.0, ground.1),
            OF_SHAPES,
        );
    }
    hold(
        ("faded.text", theme.faded.text),
        ("faded.fill", theme.faded.fill),
        OF_TEXT,
    );
    for (badge, plate) in ["plain", "bright", "adverse"].into_iter().zip(theme.badges) {
        let (text, fill) = (format!("badges.{badge}.text"), format!("badges.{badge}.fill"));
        hold((&text, plate.text), (&fill, plate.fill), OF_TEXT);
    }
    for (verdict, colour) in ["good", "doubtful", "bad", "open"].into_iter().zip(theme.verdicts) {
        hold((verdict, colour), ("page", theme.page), OF_TEXT);
        hold(
            (verdict, colour),
            ("badges.plain.fill", theme.badges[0].fill),
            OF_SHAPES,
        );
    }
    for (zone, colour) in [
        ("chart.within", theme.zones.within),
        ("chart.doubtful", theme.zones.doubtful),
        ("chart.fan", theme.zones.fan),
    ] {
        hold(("text", theme.text), (zone, colour), OF_TEXT);
        hold(("muted", theme.muted), (zone, colour), OF_TEXT);
    }
    out
}

/// Red, green and blue of a colour, from 0 to 255.
fn parts(colour: &str) -> [f64; 3] {
    [1, 3, 5].map(|at| {
        f64::from(
            colour
                .get(at..at + 2)
                .map_or(0, |two| u8::from_str_radix(two, 16).unwrap_or(0)),
        )
    })
}

/// So much of the first colour over the second.
fn mixed(over: &str, under: &str, share: f64) -> String {
    let (over, under) = (parts(over), parts(under));
    let part = |at: usize| (over[at] * share + under[at] * (1.0 - share)).round() as u8;
    format!("#{:02x}{:02x}{:02x}", part(0), part(1), part(2))
}

/// The contrast ratio of two colours, from 1 to 21.
fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of a colour.
fn luminance(colour: &str) -> f64 {
    let linear = |part: f64| {
        let part = part / 255.0;
        match part <= 0.04045 {
            true => part / 12.92,
            false => to_the_12_fifths((part + 0.055) / 1.055),
        }
    };
    let [r, g, b] = parts(colour).map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// A number from 0 to 1 to the power of 2.4, by its fifth root: the functions of the machine differ in the last bit.
fn to_the_12_fifths(x: f64) -> f64 {
    let mut root = x;
    for _ in 0..60 {
        let fourth = root * root * root * root;
        root -= (fourth * root - x) / (5.0 * fourth).max(f64::MIN_POSITIVE);
    }
    (0..12).fold(1.0, |product, _| product * root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Theme, ThemeFaults> {
        own_theme("house", text, |text| Box::leak(text.into_boxed_str()))
    }

    #[test]
    fn our_own_themes_pass_and_contrast_is_that_of_the_guidelines() {
        // Published values: black on white, and the lightest grey that may be text on white.
        assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 1e-6);
        assert!((contrast("#ffffff", "#767676") - 4.54).abs() < 0.01);
        for theme in Theme::ALL {
            assert_eq!(contrasts(theme), [], "{}", theme.name);
        }
    }

    #[test]
    fn a_stage_with_one_colour_has_the_others_from_it_and_everything_else_is_as_it_was() {
        let theme = read(r##"{"theme": 1, "enabler": "#5B2A86", "typeface": "Source Sans 3"}"##).unwrap();
        let shade = theme.tones[1];
        assert_eq!(
            (shade.strong, shade.on_strong, shade.fill),
            ("#5b2a86", "#ffffff", "#f7f4f9")
        );
        assert_eq!(theme.typeface, "Source Sans 3");
        assert_eq!(theme.tones[0], DEFAULT.tones[0]);
        let dark = read(r#"{"theme": 1, "based_on": "dark"}"#).unwrap();
        assert_eq!(dark.page, "#12181e");
    }

    #[test]
    fn all_that_is_wrong_is_said_with_the_pair_and_the_ratio() {
        let told = |text: &str| read(text).unwrap_err().to_string();
        let faint = told(r##"{"theme": 1, "muted": "#999999"}"##);
        assert!(
            faint.starts_with("`muted` (#999999) on `page` (#ffffff) has a contrast of 2.84 to 1, but needs 4.5 to 1"),
            "{faint}"
        );
        let many = told(r##"{"theme": 1, "pgae": "#ffffff", "text": "black", "based_on": "blue", "typeface": "a;b"}"##);
        for said in [
            "did you mean `page`?",
            "`text` must be a colour",
            "`based_on` must be",
            "`typeface` must be",
        ] {
            assert!(many.contains(said), "{said}: {many}");
        }
        assert!(told("[1]").contains("a theme begins with"));
        assert!(told("{").contains("line 1"), "{}", told("{"));
        assert!(told("{}").contains("`theme` must be 1"));
    }

    #[test]
    fn every_name_has_a_colour_and_the_schema_has_every_name() {
        let schema: Value = serde_json::from_str(THEME_SCHEMA).unwrap();
        for name in names() {
            let mut theme = DEFAULT;
            assert!(slot(&mut theme, &name).is_some(), "{name}");
            let mut at = &schema;
            for part in name.split('.').filter(|part| part.parse::<usize>().is_err()) {
                at = match at.get("anyOf") {
                    // One colour, or all of them.
                    Some(either) => &either[1],
                    None => at,
                };
                if let Some(target) = at.get("$ref").and_then(Value::as_str) {
                    at = &schema["$defs"][target.trim_start_matches("#/$defs/")];
                    at = at.get("anyOf").map_or(at, |either| &either[1]);
                }
                at = &at["properties"][part];
                assert!(!at.is_null(), "{name}: {part}");
            }
        }
    }
}
