//! Which ArchiMate element is which node, and which relation which link.
//!
//! Source: ArchiMate 3.2 (The Open Group, C226), chapters 6 (motivation), 7 (strategy), 13 (implementation and
//! migration), and appendix B for which relation is allowed between which elements. The choices are told in
//! `docs/exchange.md`.

use super::super::draft::{Course, Nature};
use super::super::fields::Attribute;
use super::super::signs::{self, Doubled, Signs};
use crate::map::{Effect, Link, NodeKind};

/// The element that a kind of node is written as.
pub(super) fn element(kind: NodeKind) -> &'static str {
    match kind {
        // "An asset owned or controlled by an individual or organization", money among them (7.2.1).
        NodeKind::Investment => "Resource",
        // "An ability that an active structure element possesses": it makes change possible (7.3.1).
        NodeKind::Enabler => "Capability",
        // "An approach or plan for configuring some capabilities and resources, to achieve a goal" (7.3.3).
        NodeKind::BusinessChange => "CourseOfAction",
        // "An end result" (6.4.2).
        NodeKind::IntermediateOutcome => "Outcome",
        // "A high-level statement of intent, direction, or desired end state" (6.4.1).
        NodeKind::EndOutcome => "Goal",
    }
}

/// The relation that a link is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RelationType {
    /// The word of the format.
    pub(super) word: &'static str,
    /// The attribute that it has besides its ends.
    pub(super) attribute: Option<(&'static str, &'static str)>,
}

/// The relation for a link between nodes of two kinds: the one that says most among those that appendix B allows.
///
/// Elements of strategy realize outcomes and goals; an outcome influences another or a goal; a resource is assigned to
/// a capability. What hinders influences, too, with a minus. An association, which is allowed between any two
/// elements, stands for the rest and for feedback.
pub(super) fn relation(from: NodeKind, to: NodeKind, link: &Link) -> RelationType {
    let hinders = link.effect == Effect::Hinders;
    let association = RelationType {
        word: "Association",
        attribute: Some(("isDirected", "true")),
    };
    let plain = |word| RelationType { word, attribute: None };
    let influence = |sign| RelationType {
        word: "Influence",
        attribute: Some(("modifier", sign)),
    };
    match (from.is_outcome(), to.is_outcome()) {
        _ if link.feedback => association,
        (_, true) if hinders => influence("-"),
        (false, true) => plain("Realization"),
        (true, true) => influence("+"),
        _ if from == NodeKind::Investment && to == NodeKind::Enabler && !hinders => plain("Assignment"),
        _ => association,
    }
}

/// What an element of a type is to a map.
pub(super) fn nature(word: &str) -> Nature {
    use NodeKind::{BusinessChange, Enabler, EndOutcome, IntermediateOutcome, Investment};
    match word {
        // "A series of actions … to achieve specific results" (13.2.1) is the effort that is put in: it realizes
        // deliverables.
        "Resource" | "WorkPackage" => Nature::Kind(Investment),
        "Capability" | "Deliverable" => Nature::Kind(Enabler),
        "CourseOfAction" => Nature::Kind(BusinessChange),
        "Outcome" => Nature::Kind(IntermediateOutcome),
        "Goal" => Nature::Kind(EndOutcome),
        "Stakeholder" => Nature::Out("a person with an interest is not a box of a benefit map"),
        "Driver" | "Assessment" => Nature::Out("a reason for change is not part of a benefit chain"),
        "Principle" | "Requirement" | "Constraint" => {
            Nature::Out("a condition on the work is not part of a benefit chain")
        }
        "Meaning" | "Value" => {
            Nature::Out("what something means or is worth to somebody is not part of a benefit chain")
        }
        "Plateau" | "Gap" | "ImplementationEvent" => Nature::Out("a point in time is not part of a benefit chain"),
        "ValueStream" => Nature::Out("a stream of work is not part of a benefit chain"),
        "Grouping" | "Location" => Nature::Out("a group is not a box"),
        "Junction" | "AndJunction" | "OrJunction" => Nature::Point("a junction is not a box, and its lines are joined"),
        _ => Nature::Out("how the organisation and its systems are built is not part of a benefit chain"),
    }
}

/// The type of an element that stands for nothing but a group without a name: a point, as lines may run through it.
pub(super) fn nature_of(word: &str, title: &str) -> Nature {
    match (word, title.trim()) {
        ("Grouping", "") => Nature::Point("a group without a name is not a box, and lines through it are joined"),
        (word, _) => nature(word),
    }
}

/// The name that version 3 of ArchiMate has for a type of relation, and what to say of one that had another before.
///
/// Source: ArchiMate 3.1, appendix E.1: "Renamed the 'used by' relationship to 'serving'". Its ends stayed as they were: a
/// service is used by a process as it serves the process.
pub(super) fn renamed(word: &str) -> (&str, &'static str) {
    match word.trim_end_matches("Relationship") {
        "Realisation" => ("Realization", "`Realisation` is Realization in ArchiMate 3"),
        "UsedBy" => ("Serving", "`UsedBy` is Serving in ArchiMate 3"),
        "Specialisation" => ("Specialization", "`Specialisation` is Specialization in ArchiMate 3"),
        word => (word, ""),
    }
}

/// Which way a relation of a type runs in a map.
pub(super) fn course(word: &str, is_directed: Option<&str>) -> Course {
    let is_directed =
        is_directed.is_some_and(|text| matches!(text.trim().to_ascii_lowercase().as_str(), "true" | "1" | "yes"));
    match word {
        "Realization" | "Influence" | "Triggering" | "Flow" | "Serving" | "Assignment" => Course::Onward,
        "Association" if is_directed => Course::Onward,
        "Association" => Course::Either,
        "Composition" | "Aggregation" => Course::Turned("turned, as the part brings about the whole"),
        "Specialization" => Course::Out("being a type of something does not bring it about"),
        "Access" => Course::Out("reading or writing data does not bring anything about"),
        _ => Course::Out("this type of relation is not known"),
    }
}

/// What an influence says of its sign, in its strength and its name; other relations have none.
pub(super) fn signs(word: &str, strengths: &[(&str, &str)], name: &str) -> (Signs, String) {
    let mut signs = Signs::none();
    if word != "Influence" {
        return (signs, name.to_owned());
    }
    for (said, strength) in strengths {
        signs.add(
            signs::of_strength(strength),
            format!("its {said} `{}`", strength.trim()),
        );
    }
    let (effect, rest) = signs::of_label(name, Doubled::Strengthens);
    signs.add(effect, format!("its name `{}`", name.trim()));
    (signs, rest)
}

/// Takes the id that a map once gave an element out of its properties.
pub(super) fn take_id(attributes: &mut Vec<Attribute>) -> Option<String> {
    let at = attributes.iter().position(|attribute| attribute.name == "id")?;
    Some(attributes.remove(at).text)
}

/// What a relation says of itself: its name, and below it its documentation.
pub(super) fn rationale(name: &str, documentation: &str) -> String {
    let (name, documentation) = (name.trim(), documentation.trim());
    match (name, documentation) {
        ("", only) | (only, "") => only.to_owned(),
        (name, documentation) if documentation.contains(name) => documentation.to_owned(),
        _ => format!("{name}\n{documentation}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::NodeId;

    #[test]
    fn what_goes_out_comes_back_as_what_it_was() {
        let mut link = Link::new(NodeId::new("a").unwrap(), NodeId::new("b").unwrap());
        for from in NodeKind::ALL {
            assert_eq!(nature(element(*from)), Nature::Kind(*from));
            for to in NodeKind::ALL {
                for (effect, feedback) in [
                    (Effect::Supports, false),
                    (Effect::Hinders, false),
                    (Effect::Supports, true),
                ] {
                    (link.effect, link.feedback) = (effect, feedback);
                    let relation = relation(*from, *to, &link);
                    let directed = relation
                        .attribute
                        .filter(|(name, _)| *name == "isDirected")
                        .map(|(_, value)| value);
                    assert_eq!(course(relation.word, directed), Course::Onward);
                }
            }
        }
    }

    #[test]
    fn the_strength_of_an_influence_has_a_sign() {
        let effect = |word, strength, name| signs(word, &[("modifier", strength)], name).0.effect();
        for strength in ["-", "--", "-2", "− ", "negative", "--- (strong)"] {
            assert_eq!(effect("Influence", strength, ""), Effect::Hinders, "{strength}");
        }
        for strength in ["+", "++", "5", "0..10", "", "medium"] {
            assert_eq!(effect("Influence", strength, ""), Effect::Supports, "{strength}");
        }
        assert_eq!(effect("Influence", "", "-"), Effect::Hinders);
        assert_eq!(effect("Realization", "-", "-"), Effect::Supports);
        assert_eq!(signs("Influence", &[], "weather (-)").1, "weather");
        assert_eq!(renamed("UsedByRelationship").0, "Serving");
    }

    #[test]
    fn only_allowed_relations_are_written() {
        // Appendix B: to motivation elements come influence and realization, the latter not from outcomes and goals;
        // assignment leads from a resource to behaviour; association is allowed everywhere.
        let mut link = Link::new(NodeId::new("a").unwrap(), NodeId::new("b").unwrap());
        for from in NodeKind::ALL {
            for to in NodeKind::ALL {
                for effect in Effect::ALL {
                    link.effect = *effect;
                    let allowed = match relation(*from, *to, &link).word {
                        "Association" => true,
                        "Influence" => to.is_outcome(),
                        "Realization" => to.is_outcome() && !from.is_outcome(),
                        "Assignment" => (*from, *to) == (NodeKind::Investment, NodeKind::Enabler),
                        _ => false,
                    };
                    assert!(allowed, "{from} -> {to}");
                }
            }
        }
    }
}
