//! Links of the lines that a reader found: each pair of ends once, with all that is said of it.

use std::collections::HashMap;

use super::account::Fate;
use super::draft::{Course, Relation};
use super::fields::{self, Attribute, Blanks, SAYS_NOTHING, Unread};
use super::joints::{Line, Way};
use crate::map::{Evidence, Link, NodeId, NodeKind, is_blank};

/// Why a relation without a direction runs the other way.
const TURNED: &str = "turned to run with the stages, as it has no direction of its own";
/// Why it runs as it does.
const AS_WRITTEN: &str = "taken as it is written, as it has no direction of its own";

/// What one relation says, whichever boxes it joins in the end.
pub(super) struct Said {
    link: Link,
    /// What had to be decided about it.
    how: String,
}

/// Reads the fields of a relation.
pub(super) fn said(relation: &Relation, blanks: Blanks, unread: &mut Unread) -> Said {
    let id = NodeId::new("unknown").expect("a word is an id");
    let mut link = fields::read_link((&id, &id), (&relation.attributes, blanks), unread);
    let written = fields::plain(&relation.rationale);
    if blanks == Blanks::Empty && !written.is_empty() && is_blank(&written) {
        unread.left(&Attribute::new("label", written, relation.place.as_str()), SAYS_NOTHING);
    } else {
        add_text(&mut link.rationale, &written);
    }
    link.evidence.extend(relation.evidence.iter().cloned());
    let how = [relation.signs.how(), relation.note.clone()];
    Said {
        link,
        how: together(how.iter().map(String::as_str)),
    }
}

/// Texts with `; ` between them, each once, without those that say nothing.
pub(super) fn together<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut each: Vec<&str> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !each.contains(&text) {
            each.push(text);
        }
    }
    each.join("; ")
}

/// Adds a text to another as lines of its own, unless it is there already.
fn add_text(text: &mut String, more: &str) {
    let missing: Vec<&str> = more
        .lines()
        .filter(|line| !text.lines().any(|own| own == *line))
        .collect();
    if missing.is_empty() {
        return;
    }
    if text.is_empty() {
        more.clone_into(text);
        return;
    }
    *text = format!("{text}\n{}", missing.join("\n"));
}

/// The links so far, each pair of ends once.
#[derive(Default)]
pub(super) struct Links {
    pub(super) links: Vec<Link>,
    at: HashMap<(NodeId, NodeId), usize>,
}

/// A node that a line begins or ends at.
pub(super) type End<'n> = (&'n NodeId, NodeKind);

impl Links {
    /// Makes a link of a line where it can be one; what became of it, for each relation that it is made of.
    pub(super) fn add(
        &mut self,
        line: &Line,
        (mut from, mut to): (End<'_>, End<'_>),
        (relations, all): (&[Relation], &[Option<Said>]),
        unread: &mut Unread,
    ) -> Vec<(usize, Fate)> {
        let parts: Vec<(usize, &Said)> = line
            .parts
            .iter()
            .filter_map(|at| Some((*at, all[*at].as_ref()?)))
            .collect();
        let mut how: Vec<&str> = Vec::new();
        let (mut effect, mut back_effect) = (line.effect, line.back);
        if let [(at, _)] = parts.as_slice()
            && let Course::Turned(why) = relations[*at].course
        {
            how.push(why);
        }
        let against = from.1 > to.1;
        match line.course {
            Way::Either if against => how.push(TURNED),
            Way::Either => how.push(AS_WRITTEN),
            Way::Both if against => std::mem::swap(&mut effect, &mut back_effect),
            Way::Both | Way::Onward => {}
        }
        if against && line.course != Way::Onward {
            std::mem::swap(&mut from, &mut to);
        }
        if parts.len() > 1 {
            how.push("joined through a box without a text");
        }
        let mut link = Link::new(from.0.clone(), to.0.clone());
        link.effect = effect;
        for (at, said) in &parts {
            merge(&mut link, &said.link, &relations[*at], unread);
        }
        let name = format!("{} -> {}", from.0, to.0);
        let back = (line.course == Way::Both).then(|| Link {
            from: to.0.clone(),
            to: from.0.clone(),
            effect: back_effect,
            feedback: true,
            ..link.clone()
        });
        match self.take(link) {
            Taken::New => {}
            Taken::Merged => how.push("together with another relation between the same two"),
            Taken::Opposed => {
                let why = "it says the opposite of another relation between the same two, which was taken";
                return parts
                    .iter()
                    .map(|(at, _)| (*at, Fate::Fault { why: why.to_owned() }))
                    .collect();
            }
        }
        if let Some(back) = back {
            let ends = (back.from.clone(), back.to.clone());
            if !self.at.contains_key(&ends) {
                self.take(back);
                how.push("and back as feedback, since it runs both ways");
            }
        }
        let fate = |(at, said): &(usize, &Said)| {
            let how = together(std::iter::once(said.how.as_str()).chain(how.iter().copied()));
            let fate = Fate::Kept {
                id: name.clone(),
                kind: None,
                how,
            };
            (*at, fate)
        };
        parts.iter().map(fate).collect()
    }

    /// Takes a link, together with one that has the same ends.
    fn take(&mut self, link: Link) -> Taken {
        let ends = (link.from.clone(), link.to.clone());
        let Some(at) = self.at.get(&ends) else {
            self.at.insert(ends, self.links.len());
            self.links.push(link);
            return Taken::New;
        };
        let own = &mut self.links[*at];
        if own.effect != link.effect {
            return Taken::Opposed;
        }
        add_text(&mut own.rationale, &link.rationale);
        add_new(&mut own.evidence, link.evidence);
        add_new(&mut own.assumptions, link.assumptions);
        own.contribution = own.contribution.or(link.contribution);
        own.free.add(&link.free);
        Taken::Merged
    }
}

enum Taken {
    New,
    Merged,
    Opposed,
}

/// Adds what the list does not have yet; what one side says twice stays as it says it.
fn add_new<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    let before = list.len();
    for one in more {
        if !list[..before].contains(&one) {
            list.push(one);
        }
    }
}

/// Adds what a part of a line says to the link that the line becomes.
fn merge(link: &mut Link, part: &Link, relation: &Relation, unread: &mut Unread) {
    add_text(&mut link.rationale, &part.rationale);
    add_new::<Evidence>(&mut link.evidence, part.evidence.clone());
    add_new(&mut link.assumptions, part.assumptions.clone());
    link.feedback |= part.feedback;
    link.free.add(&part.free);
    match (link.contribution, part.contribution) {
        (None, contribution) => link.contribution = contribution,
        (Some(first), Some(second)) if first != second => {
            let attribute = Attribute::new("contribution", second.to_string(), relation.place.as_str());
            let why = format!("another line that is joined with this one says {first}, and a link can have only one");
            unread.left(&attribute, why);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_added_once() {
        let mut text = String::new();
        for more in ["a", "a", "b", "a\nc", ""] {
            add_text(&mut text, more);
        }
        assert_eq!(text, "a\nb\nc");
        let mut list = Vec::new();
        add_new(&mut list, vec!["a", "a"]);
        add_new(&mut list, vec!["a", "b"]);
        assert_eq!(list, ["a", "a", "b"]);
        assert_eq!(together(["x", "", "y", "x"].into_iter()), "x; y");
    }
}
