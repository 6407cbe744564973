//! From a word that somebody typed to what it means.

use super::{SUBJECTS, Subject, TERMS, Term};
use crate::finding::nearest;
use crate::map::NodeKind;

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A part of the method.
    Subject(&'static Subject),
    /// A term of the field on which no subject has a page of its own.
    Term(&'static Term),
}

impl Answer {
    /// The page in Markdown; ends with a line break.
    pub fn page(&self) -> String {
        match self {
            Self::Subject(subject) => subject.page(),
            Self::Term(term) => term.page(),
        }
    }
}

/// A word that means no subject and no term.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a subject or a term{}", .nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default())]
pub struct UnknownSubject {
    /// The text as it was given.
    pub text: String,
    /// The word that is most like it, where one is.
    pub nearest: Option<&'static str>,
}

/// What a word means: a subject by its name or another usual word for it, a term by any of its names, or a kind of box as
/// tables and other tools name it. Case, plurals and what joins the words are not looked at.
///
/// ```
/// use benefit_map::method::explain;
/// assert!(explain("Business changes").unwrap().page().starts_with("# Business change\n"));
/// assert!(explain("golden thread").unwrap().page().starts_with("# Line of sight\n"));
/// assert_eq!(explain("enablr").unwrap_err().nearest, Some("enabler"));
/// ```
///
/// # Errors
/// [`UnknownSubject`] where it means none of them, with the word that was perhaps meant.
pub fn explain(word: &str) -> Result<Answer, UnknownSubject> {
    let wanted = plain(word);
    let subject = |wanted: &str| {
        SUBJECTS
            .iter()
            .find(|subject| names(subject).any(|name| plain(name) == wanted))
    };
    let term = |wanted: &str| {
        TERMS
            .iter()
            .find(|term| names_of(term).any(|name| plain(name) == wanted))
    };
    let by_name = |wanted: &str| {
        let own = SUBJECTS.iter().find(|subject| plain(subject.name) == wanted);
        (own.map(|subject| Answer::Subject(subject)))
            .or_else(|| term(wanted).map(Answer::Term).filter(|_| subject(wanted).is_none()))
            .or_else(|| subject(wanted).map(|subject| Answer::Subject(subject)))
    };
    by_name(&wanted)
        .or_else(|| by_name(&singular(&wanted)))
        .or_else(|| NodeKind::named(word).map(|kind| Answer::Subject(of_kind(kind))))
        .ok_or_else(|| UnknownSubject {
            text: word.to_owned(),
            nearest: nearest(&wanted, words()),
        })
}

/// The subject about a kind of box.
pub fn of_kind(kind: NodeKind) -> &'static Subject {
    use super::kinds;
    match kind {
        NodeKind::Investment => &kinds::INVESTMENT,
        NodeKind::Enabler => &kinds::ENABLER,
        NodeKind::BusinessChange => &kinds::BUSINESS_CHANGE,
        NodeKind::IntermediateOutcome => &kinds::INTERMEDIATE_OUTCOME,
        NodeKind::EndOutcome => &kinds::END_OUTCOME,
    }
}

/// Every word that is understood, the names of subjects first.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    let own = SUBJECTS.iter().map(|subject| subject.name);
    let others = SUBJECTS.iter().flat_map(|subject| subject.aliases.iter().copied());
    own.chain(TERMS.iter().flat_map(names_of)).chain(others)
}

fn names(subject: &Subject) -> impl Iterator<Item = &'static str> {
    std::iter::once(subject.name).chain(subject.aliases.iter().copied())
}

fn names_of(term: &'static Term) -> impl Iterator<Item = &'static str> {
    std::iter::once(term.name).chain(term.also.iter().copied())
}

/// The words of a text in lower case with a blank between them, without an article before them.
fn plain(text: &str) -> String {
    // A longer text is no word that anyone asks for.
    let text: String = text.chars().take(200).collect();
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    match &words[..] {
        [article, rest @ ..] if !rest.is_empty() && matches!(article.as_str(), "a" | "an" | "the") => rest.join(" "),
        all => all.join(" "),
    }
}

/// The same with its last word in the singular.
fn singular(text: &str) -> String {
    match text {
        text if text.ends_with("ies") => format!("{}y", &text[..text.len() - 3]),
        text if text.ends_with('s') && !text.ends_with("ss") => text[..text.len() - 1].to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_people_try_lead_to_a_page() {
        for (word, heading) in [
            ("enabler", "Enabler"),
            ("ENABLERS", "Enabler"),
            ("business-change", "Business change"),
            ("business_changes", "Business change"),
            ("way of working", "Business change"),
            ("outcomes", "Outcome"),
            ("an outcome", "Outcome"),
            ("output", "Output"),
            ("intermediate outcome", "Intermediate outcome"),
            ("impact", "End outcome"),
            ("long-term outcomes", "End outcome"),
            ("funding", "Investment"),
            ("KPI", "A good measure"),
            ("kpis", "A good measure"),
            ("measures", "A good measure"),
            ("rationale", "A good reason on a link"),
            ("reasons", "A good reason on a link"),
            ("owner", "A good owner"),
            ("SRO", "Senior responsible owner"),
            ("theory of change", "Theory of change"),
            ("dis-benefits", "Disbenefit"),
            ("benefits map", "Benefit map"),
            ("logframe", "Logic model"),
            ("CSF", "Critical success factor"),
            ("targets", "Target"),
            ("order", "The order to work in"),
            ("workshop", "How strict a check is"),
        ] {
            let page = explain(word).unwrap_or_else(|error| panic!("{error}")).page();
            assert!(page.starts_with(&format!("# {heading}\n\n")), "{word}: {page}");
        }
    }

    #[test]
    fn slips_name_the_likely_word_and_nonsense_names_none() {
        for (slip, meant) in [
            ("enablr", "enabler"),
            ("bussiness change", "business change"),
            ("baselin", "baseline"),
            ("investmnet", "investment"),
        ] {
            assert_eq!(plain(explain(slip).unwrap_err().nearest.unwrap()), meant, "{slip}");
        }
        assert_eq!(explain("xyzzy").unwrap_err().nearest, None);
        assert_eq!(explain("").unwrap_err().nearest, None);
        assert!(explain(&"word ".repeat(100_000)).is_err());
    }

    #[test]
    fn every_name_leads_to_its_own_subject_and_every_term_to_a_page() {
        for subject in SUBJECTS {
            assert_eq!(explain(subject.name), Ok(Answer::Subject(subject)));
            for alias in subject.aliases {
                assert!(explain(alias).is_ok(), "{alias}");
            }
        }
        for term in TERMS {
            for name in names_of(term) {
                assert!(explain(name).is_ok(), "{name}");
            }
            let more = SUBJECTS.iter().any(|subject| subject.name == term.see);
            assert!(
                more || term.see.is_empty(),
                "{}: `{}` is not a subject",
                term.name,
                term.see
            );
        }
        assert!(
            TERMS.is_sorted_by_key(|term| term.name.to_lowercase()),
            "the glossary is in order"
        );
    }
}
