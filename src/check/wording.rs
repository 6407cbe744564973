//! How things of the map are named in a message, and what a title's words give away.

use crate::map::Node;

/// Characters of a title that a message shows.
const SHOWN: usize = 60;
/// Steps of a chain that a message shows whole; a longer one loses its middle.
const STEPS: usize = 24;

/// The title in backticks, or the id where there is none; a long title is cut.
pub(super) fn name(node: &Node) -> String {
    if blank(&node.title) {
        return format!("`{}`", node.id);
    }
    quoted(&node.title)
}

/// The text in backticks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("`{}…`", text[..at].trim_end()),
        None => format!("`{text}`"),
    }
}

/// Whether a reader sees nothing at all.
pub(super) fn blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
}

/// The nodes with arrows between them; of a very long chain the two ends.
pub(super) fn chain<'m>(nodes: impl ExactSizeIterator<Item = &'m Node>) -> String {
    let count = nodes.len();
    let mut out = String::new();
    for (at, node) in nodes.enumerate() {
        if count > STEPS && at >= STEPS / 2 && at < count - STEPS / 2 {
            if at == STEPS / 2 {
                out += &format!(" -> ({} more)", count - STEPS);
            }
            continue;
        }
        if at > 0 {
            out += " -> ";
        }
        out += &name(node);
    }
    out
}

/// `1 node`, `2 nodes`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `1 box`, `2 boxes`.
pub(super) fn boxes(number: usize) -> String {
    match number {
        1 => "1 box".to_owned(),
        n => format!("{n} boxes"),
    }
}

/// Verbs that begin a piece of work, and seldom anything else.
const VERBS: &[&str] = &[
    "achieve",
    "adopt",
    "allocate",
    "appoint",
    "automate",
    "build",
    "buy",
    "centralise",
    "centralize",
    "complete",
    "conduct",
    "consolidate",
    "construct",
    "coordinate",
    "create",
    "decommission",
    "deliver",
    "deploy",
    "develop",
    "digitise",
    "digitize",
    "eliminate",
    "embed",
    "enable",
    "encourage",
    "enhance",
    "ensure",
    "establish",
    "evaluate",
    "expand",
    "extend",
    "facilitate",
    "gather",
    "hire",
    "identify",
    "implement",
    "improve",
    "increase",
    "install",
    "integrate",
    "introduce",
    "invest",
    "maintain",
    "maximise",
    "maximize",
    "migrate",
    "minimise",
    "minimize",
    "modernise",
    "modernize",
    "organise",
    "organize",
    "outsource",
    "prepare",
    "procure",
    "produce",
    "promote",
    "provide",
    "publish",
    "purchase",
    "recruit",
    "redesign",
    "reduce",
    "refurbish",
    "replace",
    "secure",
    "simplify",
    "standardise",
    "standardize",
    "streamline",
    "strengthen",
    "undertake",
    "upgrade",
    "upskill",
    "write",
    // What is being done, in words that are no adjectives and no trades.
    "achieving",
    "adopting",
    "appointing",
    "automating",
    "conducting",
    "consolidating",
    "constructing",
    "creating",
    "delivering",
    "deploying",
    "developing",
    "digitising",
    "digitizing",
    "eliminating",
    "enhancing",
    "ensuring",
    "establishing",
    "expanding",
    "facilitating",
    "implementing",
    "installing",
    "integrating",
    "introducing",
    "investing",
    "launching",
    "maximising",
    "maximizing",
    "migrating",
    "minimising",
    "minimizing",
    "modernising",
    "modernizing",
    "organising",
    "organizing",
    "preparing",
    "procuring",
    "producing",
    "promoting",
    "providing",
    "recruiting",
    "redesigning",
    "reducing",
    "replacing",
    "simplifying",
    "standardising",
    "standardizing",
    "streamlining",
    "strengthening",
    "undertaking",
    "upgrading",
    "upskilling",
];

/// Words that are verbs only where an article or the like follows: "launch the portal", but "launch costs".
const MAYBE_VERBS: &[&str] = &[
    "change",
    "commission",
    "design",
    "draft",
    "engage",
    "hold",
    "launch",
    "lead",
    "make",
    "manage",
    "monitor",
    "open",
    "pilot",
    "plan",
    "raise",
    "review",
    "run",
    "start",
    "support",
    "test",
    "train",
    "trial",
    "use",
    "work",
];

const DETERMINERS: &[&str] = &[
    "a", "all", "an", "each", "every", "more", "new", "our", "the", "their", "up", "with",
];

/// After these the verbs of the next list name a thing: "increase in visits".
const NOUN_MARKS: &[&str] = &["in", "of", "by", "to", "from", "and", "or", "is", "are"];
const VERBS_OR_NOUNS: &[&str] = &["build", "buy", "hire", "increase", "produce", "purchase", "upgrade"];

/// Words that name the two-word verbs whose first word alone says nothing: "set up", "roll out", "carry out".
const PARTICLES: &[(&str, &str)] = &[
    ("carry", "out"),
    ("put", "in"),
    ("roll", "out"),
    ("scale", "up"),
    ("set", "up"),
];

/// The word with which the title begins as a piece of work, such as `Deliver` or `Set up`; `None` where it reads as a
/// change or as a thing. English only; what can be read either way passes.
pub(super) fn work_word(title: &str) -> Option<String> {
    let mut words = title.split_whitespace();
    let first = words.next()?;
    let second = words.next()?.to_lowercase();
    let lower = first.to_lowercase();
    if let Some((_, particle)) = PARTICLES.iter().find(|(verb, _)| *verb == lower) {
        return (second == *particle).then(|| format!("{first} {particle}"));
    }
    if MAYBE_VERBS.contains(&lower.as_str()) {
        return DETERMINERS.contains(&second.as_str()).then(|| first.to_owned());
    }
    if !VERBS.contains(&lower.as_str()) {
        return None;
    }
    // "Complete records", "Secure homes": adjectives pass, unless what follows cannot follow an adjective.
    if ["complete", "secure"].contains(&lower.as_str()) && !DETERMINERS.contains(&second.as_str()) {
        return None;
    }
    if VERBS_OR_NOUNS.contains(&lower.as_str()) && NOUN_MARKS.contains(&second.as_str()) {
        return None;
    }
    Some(first.to_owned())
}

/// Words that begin a change: participles and comparatives.
const CHANGE_WORDS: &[&str] = &[
    "accelerated",
    "better",
    "cheaper",
    "cleaner",
    "cut",
    "decreased",
    "easier",
    "enhanced",
    "expanded",
    "extended",
    "faster",
    "fewer",
    "fuller",
    "greater",
    "greener",
    "happier",
    "healthier",
    "higher",
    "improved",
    "increased",
    "less",
    "longer",
    "lower",
    "lowered",
    "more",
    "quicker",
    "quieter",
    "raised",
    "reduced",
    "safer",
    "shorter",
    "simpler",
    "slower",
    "smaller",
    "smarter",
    "stronger",
    "strengthened",
    "warmer",
    "wider",
];

/// Words that end a change that is told as done: "sensors installed".
const DONE_WORDS: &[&str] = &[
    "adopted",
    "agreed",
    "appointed",
    "automated",
    "built",
    "closed",
    "completed",
    "created",
    "cut",
    "delivered",
    "deployed",
    "developed",
    "digitised",
    "digitized",
    "eliminated",
    "established",
    "improved",
    "increased",
    "installed",
    "integrated",
    "introduced",
    "launched",
    "procured",
    "published",
    "recruited",
    "redesigned",
    "reduced",
    "replaced",
    "retired",
    "trained",
    "upgraded",
];

/// The two halves of a title that tells of two changes, such as `Lower cost and cleaner air`; `None` for one change,
/// also where it takes several words: `Faster and cheaper rounds`. English only; what can be read either way passes.
pub(super) fn two_changes(title: &str) -> Option<(&str, &str)> {
    // A longer text is no title, and looking at each of its joints would take its length squared.
    if title.len() > 400 {
        return None;
    }
    [" and ", " & ", " + ", ";", " / ", ", and ", " as well as "]
        .into_iter()
        .flat_map(|joint| title.match_indices(joint).map(move |(at, _)| (at, joint)))
        .map(|(at, joint)| (joint, title[..at].trim(), title[at + joint.len()..].trim()))
        .find(|(joint, left, right)| {
            let words = |text: &str| text.split_whitespace().count();
            if words(left) < 2 || words(right) < 2 {
                return false;
            }
            let begins = |text: &str| {
                let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
                CHANGE_WORDS.contains(&first.as_str())
            };
            let ends = |text: &str| {
                let last = text.split_whitespace().last().unwrap_or_default();
                let last = last.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                DONE_WORDS.contains(&last.as_str())
            };
            let works = |text: &str| work_word(text).is_some();
            *joint == ";"
                || (begins(left) && begins(right))
                || (ends(left) && ends(right))
                || (works(left) && works(right))
        })
        .map(|(_, left, right)| (left, right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{NodeId, NodeKind};

    #[test]
    fn work_is_told_from_change() {
        for work in [
            "Deliver a new app",
            "Implement route planning",
            "Improve access to services",
            "Reducing emissions from the fleet",
            "Set up a control room",
            "Roll out tablets",
            "Launch the portal",
            "Create safe routes",
            "Increase recycling",
        ] {
            assert!(work_word(work).is_some(), "{work}");
        }
        // From published maps, and from what people write on sticky notes.
        for change in [
            "Improved access",
            "Fewer missed collections",
            "Increase in healthy relationships",
            "Support for families",
            "Launch costs stay low",
            "Training completed",
            "Building safety is better",
            "Growing economy",
            "Improving air quality",
            "Complete records for every home",
            "Set of standards agreed",
            "Academic progress",
            "Seabirds",
            "Deliver",
            "Avoid further justice system involvement",
            "Enabling environment for small firms",
            "",
        ] {
            assert_eq!(work_word(change), None, "{change}");
        }
    }

    #[test]
    fn two_changes_are_told_from_one() {
        for two in [
            "Lower cost and cleaner air",
            "Increased knowledge of mental health and reduced stigmas",
            "Sensors installed and crews trained",
            "Install sensors and train the crews",
            "Fewer complaints; higher trust in the service",
            "Shorter waits & fewer visits",
        ] {
            assert!(two_changes(two).is_some(), "{two}");
        }
        for one in [
            "Faster and cheaper rounds",
            "Healthier, more independent and safer seniors",
            "Improved interpersonal and planning skills",
            "Assessments + Screening Tools",
            "Increased access to community, health and housing resources",
            "Improved physical and mental health",
            "Research and development",
            "Fewer slips, trips and falls",
            "Plan; review",
            "and",
        ] {
            assert_eq!(two_changes(one), None, "{one}");
        }
    }

    #[test]
    fn names_and_chains_stay_short() {
        let node = |title: &str| Node::new(NodeId::new("n1").unwrap(), NodeKind::Enabler, title);
        assert_eq!(name(&node(" \u{200b} ")), "`n1`");
        assert_eq!(name(&node("Sensors")), "`Sensors`");
        assert!(name(&node(&"é".repeat(5000))).chars().count() < 70);
        let nodes = vec![node("a"); 1000];
        let shown = chain(nodes.iter());
        assert!(shown.contains("(976 more)") && shown.len() < 300, "{shown}");
        assert_eq!(chain(nodes[..2].iter()), "`a` -> `a`");
    }
}
