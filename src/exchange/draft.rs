//! From what a reader found to a map: kinds, ids and links are settled here, alike for every format.

use std::collections::{HashMap, HashSet};

use super::Error;
use super::account::{Account, Fate, Import, What};
use super::days;
use super::fields::{self, Attribute, Blanks, People, SAYS_NOTHING, Unread, plain};
use super::joints::{self, Ends, Line, Pair, Way};
use super::kinds::{self, As, Choices};
use super::links::{Links, Said, said, together};
use super::signs::Signs;
use super::text::Ids;
use crate::map::limits::TooLong;
use crate::map::{
    BenefitMap, Effect, Evidence, NamedKind, NodeId, NodeKind, cut_long_texts, group_digits, is_blank, is_id, too_long,
};

/// The most elements, and the most relations, that are read of one file.
const MAX_RECORDS: usize = 1_000_000;

/// A box that a reader found.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// What relations name it by; unique in the file.
    pub(super) key: String,
    /// Where it stands.
    pub(super) place: String,
    /// Its type as the file writes it.
    pub(super) word: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) attributes: Vec<Attribute>,
    /// The id that a map once gave it.
    pub(super) own_id: Option<String>,
    /// A text that makes a better id than the title.
    pub(super) short_name: Option<String>,
    pub(super) nature: Nature,
    /// What the reader had to decide; empty where nothing.
    pub(super) note: String,
}

/// What an element is to a map by itself, before the user's choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Nature {
    /// A node of that kind.
    Kind(NodeKind),
    /// A node whose kind is seen by its place.
    #[default]
    ByPlace,
    /// A point, a junction or something else that is not read: lines are joined through it.
    Point(&'static str),
    /// A box without a text: a point where lines lead to it and away from it, else a node.
    Textless,
    /// No node.
    Out(&'static str),
}

/// A line that a reader found.
#[derive(Debug, Default)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) place: String,
    /// Its type as the file writes it.
    pub(super) word: String,
    pub(super) from: String,
    pub(super) to: String,
    /// What is written on it.
    pub(super) rationale: String,
    pub(super) attributes: Vec<Attribute>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) signs: Signs,
    /// The sign of the way back where that is another; only of one that runs both ways.
    pub(super) back: Option<Effect>,
    pub(super) course: Course,
    /// What the reader had to decide; empty where nothing.
    pub(super) note: String,
}

/// Which way a relation runs in a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Course {
    /// As in the file.
    #[default]
    Onward,
    /// The other way, for the reason given.
    Turned(&'static str),
    /// Either way: it is made to run with the stages.
    Either,
    /// Both ways: onward, and back as feedback.
    Both,
    /// Not at all.
    Out(&'static str),
}

/// All that a reader found.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) purpose: String,
    pub(super) attributes: Vec<Attribute>,
    pub(super) elements: Vec<Element>,
    pub(super) relations: Vec<Relation>,
    /// Attributes of what is neither an element nor a relation, such as a group.
    pub(super) unread: Unread,
    /// Accounts of what is neither.
    pub(super) others: Vec<Account>,
}

/// An element on its way to be a node.
enum Standing {
    Node { id: NodeId, kind: NodeKind, how: String },
    Out(String),
}

const GUESSED: &str = "its kind was guessed from its place among the links";
const NO_PLACE: &str = "its kind is not known, because no line with a direction leads to it or from it";
const JOINED: &str = "it has no text, so the lines through it are joined";
const NO_WAY_ON: &str = "no line leads on from the box without a text at its end";

impl Draft {
    /// Tells of something that is neither an element nor a relation.
    pub(super) fn leave_out(&mut self, word: &str, title: impl Into<String>, place: String, why: &str) {
        self.other(word, title.into(), place, Fate::LeftOut { why: why.to_owned() });
    }

    /// Tells of something that is neither, and that is wrong.
    pub(super) fn fault(&mut self, word: &str, title: impl Into<String>, place: String, why: &str) {
        self.other(word, title.into(), place, Fate::Fault { why: why.to_owned() });
    }

    /// Tells how the file as a whole was read.
    pub(super) fn note(&mut self, word: &str, how: impl Into<String>) {
        let fate = Fate::Kept {
            id: String::new(),
            kind: None,
            how: how.into(),
        };
        self.other(word, String::new(), String::new(), fate);
    }

    fn other(&mut self, word: &str, title: String, place: String, fate: Fate) {
        self.others.push(Account {
            what: What::Other,
            id: String::new(),
            word: word.to_owned(),
            title,
            place,
            fate,
        });
    }

    /// The map, and an account of everything.
    pub(super) fn finish(mut self, choices: &Choices) -> Result<Import, Error> {
        let over = |count, what| match count > MAX_RECORDS {
            true => Err(Error::TooMany {
                what,
                limit: MAX_RECORDS,
            }),
            false => Ok(()),
        };
        over(self.elements.len(), "elements")?;
        over(self.relations.len(), "relations")?;
        let blanks = match fields::written_here(&self.attributes) {
            true => Blanks::Kept,
            false => Blanks::Empty,
        };
        for relation in &mut self.relations {
            relation.signs.take_from(&mut relation.attributes);
        }
        let by_key = keys(&self.elements)?;
        let mut natures = natures(&self.elements, choices);
        let (mut ends, mut fates) = ends(&self.relations, &natures, &by_key);
        settle_textless(&mut natures, &self.relations, &ends);
        let is_point: Vec<bool> = natures
            .iter()
            .map(|nature| matches!(nature, Nature::Point(_)))
            .collect();
        // A line from a point to itself joins nothing.
        for (end, fate) in ends.iter_mut().zip(&mut fates) {
            if let Some((from, to)) = *end
                && from == to
            {
                *end = None;
                *fate = Some(left("it leads from an element to itself"));
            }
        }
        let lines = joints::lines(
            &self.relations,
            &Ends {
                of: &ends,
                is_point: &is_point,
            },
        )?;
        let standings = standings(&self.elements, &natures, &lines);

        let mut people = People::default();
        let mut unread = std::mem::take(&mut self.unread);
        days::settle(&mut self.elements, &mut unread);
        let mut map = BenefitMap::new(self.title.trim());
        map.purpose = plain(&self.purpose);
        fields::read_map(&mut map, &self.attributes, &mut people, &mut unread);
        let mut accounts = Vec::with_capacity(self.elements.len() + self.relations.len());
        for (element, standing) in self.elements.iter().zip(&standings) {
            let fate = match standing {
                Standing::Node { id, kind, how } => {
                    let title = plain(&element.title);
                    let attributes = (element.attributes.as_slice(), blanks);
                    let mut node = fields::read_node((id, *kind, &title), attributes, &mut people, &mut unread);
                    node.description = plain(&element.description);
                    if blanks == Blanks::Empty && !node.description.is_empty() && is_blank(&node.description) {
                        let said = std::mem::take(&mut node.description);
                        unread.left(
                            &Attribute::new("description", said, element.place.as_str()),
                            SAYS_NOTHING,
                        );
                    }
                    if let Some(named) = NamedKind::of(&element.word).filter(|_| kind.is_outcome()) {
                        node.disbenefit |= named.disbenefit;
                        node.unintended |= named.unintended;
                    }
                    map.nodes.push(node);
                    Fate::Kept {
                        id: id.to_string(),
                        kind: Some(*kind),
                        how: how.clone(),
                    }
                }
                Standing::Out(why) => left(why),
            };
            accounts.push(Account {
                what: What::Element,
                id: element.key.clone(),
                word: element.word.clone(),
                title: element.title.clone(),
                place: element.place.clone(),
                fate,
            });
        }
        map.links = self.links(&lines, &standings, (&ends, &mut fates), blanks, &mut unread);
        for (relation, fate) in self.relations.iter().zip(fates) {
            accounts.push(Account {
                what: What::Relation,
                id: relation.id.clone(),
                word: relation.word.clone(),
                title: plain(&relation.rationale),
                place: relation.place.clone(),
                fate: fate.unwrap_or_else(|| left(NO_WAY_ON)),
            });
        }
        accounts.extend(unread.into_each().map(|one| Account {
            what: What::Attribute,
            id: String::new(),
            word: one.name,
            title: one.text,
            place: one.place,
            fate: match one.became.is_empty() {
                true => Fate::LeftOut { why: one.why },
                false => Fate::Kept {
                    id: one.became,
                    kind: None,
                    how: one.why,
                },
            },
        }));
        accounts.extend(self.others);
        people.settle(&mut map);
        accounts.extend(shorten(&mut map));
        map.canonicalize();
        Ok(Import {
            unused: choices.unused(self.elements.iter().map(|element| element.word.as_str())),
            map,
            accounts,
        })
    }

    /// The links of the lines; what became of each relation goes to `fates`.
    fn links(
        &self,
        lines: &[Line],
        standings: &[Standing],
        (ends, fates): (&[Pair], &mut [Option<Fate>]),
        blanks: Blanks,
        unread: &mut Unread,
    ) -> Vec<crate::map::Link> {
        let read = |(relation, end): (&Relation, &Pair)| end.map(|_| said(relation, blanks, unread));
        let all: Vec<Option<Said>> = self.relations.iter().zip(ends).map(read).collect();
        let mut links = Links::default();
        for line in lines {
            let [from, to] = [line.from, line.to].map(|at| match &standings[at] {
                Standing::Node { id, kind, .. } => Some((id, *kind)),
                Standing::Out(_) => None,
            });
            let (Some(from), Some(to)) = (from, to) else { continue };
            for (at, fate) in links.add(line, (from, to), (&self.relations, &all), unread) {
                fates[at] = Some(match fates[at].take() {
                    Some(before) => both(before, fate),
                    None => fate,
                });
            }
        }
        links.links
    }
}

/// Cuts texts that are longer than a map may hold, each with an account of it.
fn shorten(map: &mut BenefitMap) -> Vec<Account> {
    let found = too_long(map);
    if found.is_empty() {
        return Vec::new();
    }
    cut_long_texts(map);
    let account = |found: TooLong| Account {
        what: What::Other,
        id: found.record.clone(),
        word: found.field.clone(),
        title: found.to_string(),
        place: String::new(),
        fate: Fate::LeftOut {
            why: format!(
                "what is over {} characters of a text",
                group_digits(&found.most.to_string())
            ),
        },
    };
    found.into_iter().map(account).collect()
}

fn left(why: &str) -> Fate {
    Fate::LeftOut { why: why.to_owned() }
}

/// What became of a relation that is part of two lines.
fn both(before: Fate, after: Fate) -> Fate {
    match (before, after) {
        (
            Fate::Kept { id, kind, how },
            Fate::Kept {
                id: other, how: more, ..
            },
        ) => Fate::Kept {
            id: format!("{id}, {other}"),
            kind,
            how: together(how.split("; ").chain(more.split("; "))),
        },
        (fault @ Fate::Fault { .. }, _) | (_, fault @ Fate::Fault { .. }) => fault,
        (kept @ Fate::Kept { .. }, _) | (_, kept) => kept,
    }
}

/// Where each key stands.
fn keys(elements: &[Element]) -> Result<HashMap<&str, usize>, Error> {
    let mut by_key = HashMap::with_capacity(elements.len());
    for (at, element) in elements.iter().enumerate() {
        if let Some(first) = by_key.insert(element.key.as_str(), at) {
            let first: &Element = &elements[first];
            return Err(Error::DuplicateId {
                id: element.key.clone(),
                place: element.place.clone(),
                first: first.place.clone(),
            });
        }
    }
    Ok(by_key)
}

/// What each element is, by the user's choice before all else.
fn natures(elements: &[Element], choices: &Choices) -> Vec<Nature> {
    let of = |element: &Element| match choices.of(&element.word) {
        Some(As::Kind(kind)) => Nature::Kind(kind),
        Some(As::LeftOut) => Nature::Out("left out by --kind"),
        None => element.nature,
    };
    elements.iter().map(of).collect()
}

/// The ends of each relation that can be a line, and what becomes of those that cannot.
fn ends(relations: &[Relation], natures: &[Nature], by_key: &HashMap<&str, usize>) -> (Vec<Pair>, Vec<Option<Fate>>) {
    let ids: HashSet<&str> = relations.iter().map(|relation| relation.id.as_str()).collect();
    let of = |relation: &Relation| {
        if let Course::Out(why) = relation.course {
            return (None, Some(left(why)));
        }
        let mut places = Vec::with_capacity(2);
        for (end, key) in [("begins", &relation.from), ("ends", &relation.to)] {
            match by_key.get(key.as_str()) {
                Some(at) if matches!(natures[*at], Nature::Out(_)) => {
                    return (None, Some(left(&format!("it {end} at an element that is left out"))));
                }
                Some(at) => places.push(*at),
                None if !key.is_empty() && ids.contains(key.as_str()) => {
                    return (
                        None,
                        Some(left(&format!("it {end} at a relation, and a link joins two boxes"))),
                    );
                }
                None => {
                    let why = format!("it {end} at something that is not an element of the file");
                    return (None, Some(Fate::Fault { why }));
                }
            }
        }
        (Some((places[0], places[1])), None)
    };
    relations.iter().map(of).unzip()
}

/// Makes points of the boxes without a text that lines lead to and away from, and nodes of the others.
fn settle_textless(natures: &mut [Nature], relations: &[Relation], ends: &[Pair]) {
    // Lines that may lead to it, lines that may lead away, and all.
    let mut degrees = vec![(0usize, 0usize, 0usize); natures.len()];
    for (relation, end) in relations.iter().zip(ends) {
        let Some((from, to)) = *end else { continue };
        if from == to {
            continue;
        }
        let (on, back) = match relation.course {
            Course::Onward => (1, 0),
            Course::Turned(_) => (0, 1),
            _ => (1, 1),
        };
        degrees[from].0 += back;
        degrees[from].1 += on;
        degrees[to].0 += on;
        degrees[to].1 += back;
        degrees[from].2 += 1;
        degrees[to].2 += 1;
    }
    for (nature, (into, out, all)) in natures.iter_mut().zip(degrees) {
        if *nature == Nature::Textless {
            *nature = match into > 0 && out > 0 && all > 1 {
                true => Nature::Point(JOINED),
                false => Nature::ByPlace,
            };
        }
    }
}

/// What becomes of each element.
fn standings(elements: &[Element], natures: &[Nature], lines: &[Line]) -> Vec<Standing> {
    let mut degrees = vec![(0usize, 0usize); elements.len()];
    for line in lines {
        match line.course {
            // Nobody has said which way it runs, so it says nothing of its ends.
            Way::Either => {}
            Way::Onward => {
                degrees[line.from].1 += 1;
                degrees[line.to].0 += 1;
            }
            Way::Both => {
                for end in [line.from, line.to] {
                    degrees[end].0 += 1;
                    degrees[end].1 += 1;
                }
            }
        }
    }
    let is_node = |nature: &Nature| !matches!(nature, Nature::Out(_) | Nature::Point(_));
    let mut ids = Ids::default();
    // The ids that a map once gave come first, so that nothing takes them away.
    let own: Vec<Option<NodeId>> = elements
        .iter()
        .zip(natures)
        .map(|(element, nature)| {
            let id = element.own_id.as_deref().filter(|id| is_id(id) && is_node(nature))?;
            ids.take_exactly(id).then(|| NodeId::new(id).ok()).flatten()
        })
        .collect();
    let each = elements.iter().zip(natures).zip(degrees).zip(own);
    each.map(|(((element, nature), (leads, follows)), own)| {
        let (kind, how) = match nature {
            Nature::Out(why) | Nature::Point(why) => return Standing::Out((*why).to_owned()),
            Nature::Kind(kind) => (*kind, ""),
            Nature::ByPlace | Nature::Textless if leads + follows == 0 => (NodeKind::Enabler, NO_PLACE),
            Nature::ByPlace | Nature::Textless => (kinds::of_place(leads, follows), GUESSED),
        };
        let id = own.unwrap_or_else(|| {
            let names = [
                element.short_name.as_deref().unwrap_or(""),
                &element.title,
                &element.key,
            ];
            NodeId::new(ids.take(&names, "node")).expect("a slug is an id")
        });
        let how = together([element.note.as_str(), how].into_iter());
        Standing::Node { id, kind, how }
    })
    .collect()
}
