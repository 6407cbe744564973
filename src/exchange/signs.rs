//! Whether a line of another tool's file helps or hinders: what signs, words and arrowheads say, alike for every format.

use super::fields::Attribute;
use super::text::one_line;
use crate::map::Effect;
use crate::map::called::folded;

/// What two minus signs together mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubled {
    /// More of the minus: `--` hinders strongly (ArchiMate, influence).
    Strengthens,
    /// A product: less makes less, so `--` supports (Kumu's types of connections in causal loop diagrams).
    Cancels,
}

/// Words for a sign that say nothing else.
const SIGN_WORDS: &[(Effect, &[&str])] = &[
    (
        Effect::Hinders,
        &[
            "hinders",
            "hinder",
            "hindering",
            "negative",
            "negatively",
            "neg",
            "minus",
            "opposite",
            "opposing",
            "o",
            "inverse",
            "inversely",
            "against",
        ],
    ),
    (
        Effect::Supports,
        &[
            "supports",
            "support",
            "supporting",
            "positive",
            "positively",
            "pos",
            "plus",
            "same",
            "s",
        ],
    ),
];

/// Verbs that say a sign, and more than that.
const VERBS: &[(Effect, &[&str])] = &[
    (
        Effect::Hinders,
        &[
            "inhibits",
            "inhibit",
            "inhibition",
            "decreases",
            "decrease",
            "reduces",
            "reduce",
            "lowers",
            "lower",
            "weakens",
            "weaken",
            "prevents",
            "prevent",
            "blocks",
            "block",
            "undermines",
            "undermine",
            "threatens",
            "threaten",
            "harms",
            "harm",
            "hurts",
            "hurt",
            "breaks",
            "break",
            "impedes",
            "impede",
            "limits",
            "limit",
            "suppresses",
            "suppress",
            "represses",
            "repress",
            "dampens",
            "dampen",
            "erodes",
            "erode",
            "obstructs",
            "obstruct",
            "opposes",
            "oppose",
            "counteracts",
            "counteract",
            "works_against",
            "conflicts_with",
            "conflicts",
            "conflict",
            "contradicts",
            "stops",
            "worsens",
            "diminishes",
            "discourages",
            "hampers",
        ],
    ),
    (
        Effect::Supports,
        &[
            "increases",
            "increase",
            "raises",
            "raise",
            "strengthens",
            "strengthen",
            "promotes",
            "promote",
            "enables",
            "enable",
            "helps",
            "help",
            "contributes_to",
            "contributes",
            "leads_to",
            "causes",
            "activates",
            "activation",
            "stimulates",
            "reinforces",
            "improves",
            "makes",
            "make",
            "encourages",
        ],
    ),
];

/// What a noun may follow `positive` or `negative` as, and change nothing: `negative influence`.
const NOUNS: &[&str] = &[
    "influence",
    "effect",
    "impact",
    "correlation",
    "link",
    "connection",
    "relation",
    "relationship",
    "polarity",
    "causal",
    "feedback",
    "contribution",
];

/// Attributes of a line that may hold a sign, the surest first. `effect` is a map's own.
const ATTRIBUTES: &[&str] = &[
    "effect",
    "polarity",
    "sign",
    "valence",
    "influence",
    "influence_strength",
    "modifier",
    "correlation",
    "interaction",
    "impact",
    "strength",
    "weight",
    "edge_weight",
];

/// A sign, and whether the text says nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    effect: Effect,
    alone: bool,
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '‐' | '‑' | '﹣' | '－' | '⊖' | '➖')
}

fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋' | '⊕' | '➕')
}

/// What a text says as a whole.
fn read(text: &str, doubled: Doubled) -> Option<Reading> {
    let text = text.trim();
    let bare: String = text
        .trim_start_matches(['(', '[', '{'])
        .trim_end_matches([')', ']', '}'])
        .split_whitespace()
        .collect();
    let (minus, plus) = (
        bare.chars().filter(|c| is_minus(*c)).count(),
        bare.chars().filter(|c| is_plus(*c)).count(),
    );
    if minus + plus > 0 && minus + plus == bare.chars().count() {
        let effect = match doubled {
            Doubled::Cancels if minus % 2 == 1 => Effect::Hinders,
            Doubled::Cancels => Effect::Supports,
            // Both signs in one say neither.
            Doubled::Strengthens if minus > 0 && plus > 0 => return None,
            Doubled::Strengthens if minus > 0 => Effect::Hinders,
            Doubled::Strengthens => Effect::Supports,
        };
        return Some(Reading { effect, alone: true });
    }
    if let Some(effect) = of_number(&bare) {
        return Some(Reading { effect, alone: false });
    }
    let folded = folded(text);
    let of = |lists: &[(Effect, &[&str])], word: &str| {
        lists
            .iter()
            .find(|(_, words)| words.contains(&word))
            .map(|(effect, _)| *effect)
    };
    if let Some(effect) = of(SIGN_WORDS, &folded) {
        return Some(Reading { effect, alone: true });
    }
    if let Some((word, noun)) = folded.split_once('_')
        && NOUNS.contains(&noun)
        && let Some(effect) = of(SIGN_WORDS, word)
    {
        return Some(Reading { effect, alone: true });
    }
    of(VERBS, &folded).map(|effect| Reading { effect, alone: false })
}

/// The sign that stands before a number: `-0.5`, `−2`, `+1`. A number without one says how much, not which way.
fn of_number(text: &str) -> Option<Effect> {
    let plain: String = text.chars().map(|c| if is_minus(c) { '-' } else { c }).collect();
    if !plain.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number: f64 = plain.replace(',', ".").parse().ok()?;
    match number.is_finite() {
        true if number < 0.0 => Some(Effect::Hinders),
        true if number > 0.0 && plain.starts_with(is_plus) => Some(Effect::Supports),
        _ => None,
    }
}

/// What the type of a line says of its sign.
pub(super) fn of_word(word: &str, doubled: Doubled) -> Option<Effect> {
    read(word, doubled).map(|reading| reading.effect)
}

/// What the strength of an influence says: also a minus with more behind it, as in `-- (strongly)`.
pub(super) fn of_strength(strength: &str) -> Option<Effect> {
    let begins = || strength.trim_start().starts_with(is_minus).then_some(Effect::Hinders);
    of_word(strength, Doubled::Strengthens).or_else(begins)
}

/// The sign in a text that is written on a line, and what else the text says: nothing of `-`, `weather` of
/// `weather (-)`, and all of `reduces`.
pub(super) fn of_label(label: &str, doubled: Doubled) -> (Option<Effect>, String) {
    let label = one_line(label);
    if let Some(reading) = read(&label, doubled) {
        let rest = if reading.alone { String::new() } else { label };
        return (Some(reading.effect), rest);
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        let signed = |sign: &str| {
            read(sign, doubled)
                .filter(|reading| reading.alone)
                .map(|reading| reading.effect)
        };
        if let Some((sign, rest)) = label.strip_prefix(open).and_then(|rest| rest.split_once(close))
            && let Some(effect) = signed(sign)
        {
            return (Some(effect), rest.trim().to_owned());
        }
        if let Some((rest, sign)) = label.strip_suffix(close).and_then(|rest| rest.rsplit_once(open))
            && let Some(effect) = signed(sign)
        {
            return (Some(effect), rest.trim().to_owned());
        }
    }
    (None, label)
}

/// What a file says of the sign of one line, the surest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signs(Vec<(Effect, String)>);

impl Signs {
    /// Nothing is said.
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// Adds what something says that is less sure than all before it; `by` names it, as in "its label `-`".
    pub(super) fn add(&mut self, effect: Option<Effect>, by: impl Into<String>) {
        if let Some(effect) = effect {
            self.0.push((effect, by.into()));
        }
    }

    /// Takes what attributes say out of them, as surer than what is known so far. Those that say no sign stay; so do
    /// weights that support, which say more than that.
    pub(super) fn take_from(&mut self, attributes: &mut Vec<Attribute>) {
        let mut found = Vec::new();
        for name in ATTRIBUTES {
            attributes.retain(|attribute| {
                if folded(&attribute.name) != *name {
                    return true;
                }
                let Some(reading) = read(&attribute.text, Doubled::Strengthens) else {
                    return true;
                };
                // A number or a verb besides its sign says something that is kept or told as any other attribute is.
                let is_own = *name == "effect" && reading.alone;
                let by = match is_own {
                    true => String::new(),
                    false => format!("its {} `{}`", attribute.name, one_line(&attribute.text)),
                };
                if reading.effect == Effect::Hinders || reading.alone {
                    found.push((reading.effect, by));
                }
                !reading.alone && reading.effect == Effect::Supports
            });
        }
        self.0.splice(0..0, found);
    }

    /// The sign: the surest that is said, else support.
    pub(super) fn effect(&self) -> Effect {
        self.0.first().map_or(Effect::Supports, |(effect, _)| *effect)
    }

    /// What had to be decided: by what a line hinders where no field says so, and what says the opposite. Empty where
    /// nothing had.
    pub(super) fn how(&self) -> String {
        let Some(((first, by), rest)) = self.0.split_first() else {
            return String::new();
        };
        let opposite = rest.iter().find(|(effect, _)| effect != first);
        let shown = |by: &str| {
            if by.is_empty() {
                "its effect".to_owned()
            } else {
                by.to_owned()
            }
        };
        match opposite {
            Some((_, other)) => format!("{first} by {}, although {} says the opposite", shown(by), shown(other)),
            None if *first == Effect::Hinders && !by.is_empty() => format!("hinders by {by}"),
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Effect> {
        of_word(text, Doubled::Strengthens)
    }

    #[test]
    fn signs_words_and_numbers_are_read() {
        for text in [
            "-",
            "−",
            "–",
            "(-)",
            "[ - ]",
            "--",
            "---",
            "-1",
            "-0.5",
            "−2",
            "-0,5",
            "Negative",
            "NEG",
            "minus",
            "opposite",
            "o",
            "hinders",
            "Inhibits",
            "reduces",
            "negative influence",
            "Negative effect",
            "works against",
        ] {
            assert_eq!(of(text), Some(Effect::Hinders), "{text}");
        }
        for text in [
            "+",
            "++",
            "(+)",
            "+1",
            "positive",
            "same",
            "supports",
            "increases",
            "positive link",
        ] {
            assert_eq!(of(text), Some(Effect::Supports), "{text}");
        }
        for text in [
            "",
            "?",
            "+/-",
            "+-",
            "0",
            "0.5",
            "why",
            "less noise",
            "no",
            "-x",
            "negative people",
            "1-2",
            "nan",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn signs_multiply_where_they_say_both_ends() {
        for (text, effect) in [
            ("+", Effect::Supports),
            ("++", Effect::Supports),
            ("--", Effect::Supports),
            ("-", Effect::Hinders),
            ("+-", Effect::Hinders),
            ("-+", Effect::Hinders),
            ("−", Effect::Hinders),
        ] {
            assert_eq!(of_word(text, Doubled::Cancels), Some(effect), "{text}");
        }
    }

    #[test]
    fn a_label_keeps_what_is_no_sign() {
        for (label, effect, rest) in [
            ("-", Some(Effect::Hinders), ""),
            ("weather (-)", Some(Effect::Hinders), "weather"),
            ("(+) more shade", Some(Effect::Supports), "more shade"),
            ("[-] noise", Some(Effect::Hinders), "noise"),
            ("reduces", Some(Effect::Hinders), "reduces"),
            ("-0.5", Some(Effect::Hinders), "-0.5"),
            ("[A]", None, "[A]"),
            ("a reason", None, "a reason"),
            ("less\n noise", None, "less noise"),
        ] {
            assert_eq!(
                of_label(label, Doubled::Strengthens),
                (effect, rest.to_owned()),
                "{label}"
            );
        }
    }

    #[test]
    fn the_surest_counts_and_the_opposite_is_told() {
        let mut signs = Signs::none();
        signs.add(of("-"), "its label `-`");
        assert_eq!(
            (signs.effect(), signs.how().as_str()),
            (Effect::Hinders, "hinders by its label `-`")
        );
        let attribute = |name: &str, text: &str| Attribute::new(name, text, "line 1");
        let mut attributes = vec![
            attribute("weight", "2"),
            attribute("Polarity", "positive"),
            attribute("effect", "unclear"),
        ];
        signs.take_from(&mut attributes);
        assert_eq!(signs.effect(), Effect::Supports);
        assert_eq!(
            signs.how(),
            "supports by its Polarity `positive`, although its label `-` says the opposite"
        );
        let left: Vec<&str> = attributes.iter().map(|attribute| attribute.name.as_str()).collect();
        assert_eq!(left, ["weight", "effect"]);
        let mut plain = Signs::none();
        plain.take_from(&mut vec![attribute("effect", "hinders")]);
        assert_eq!((plain.effect(), plain.how().as_str()), (Effect::Hinders, ""));
    }
}
