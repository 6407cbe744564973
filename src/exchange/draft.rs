//! From what a reader found to a map: kinds, ids and links are settled here, alike for every format.

use std::collections::HashMap;

use super::Error;
use super::account::{Account, Fate, Import, What};
use super::fields::{self, Attribute, People, Unread};
use super::kinds::{self, As, Choices};
use super::text::Ids;
use crate::map::limits::TooLong;
use crate::map::{
    BenefitMap, Effect, Evidence, Link, NamedKind, NodeId, NodeKind, cut_long_texts, group_digits, is_id, too_long,
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
}

/// What an element is to a map by itself, before the user's choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Nature {
    /// A node of that kind.
    Kind(NodeKind),
    /// A node whose kind is seen by its place.
    #[default]
    ByPlace,
    /// No node.
    Out(&'static str),
}

/// A line that a reader found.
#[derive(Debug)]
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
    pub(super) hinders: bool,
    pub(super) course: Course,
}

/// Which way a relation runs in a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// As in the file.
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
    /// Accounts of what is neither.
    pub(super) others: Vec<Account>,
}

/// An element on its way to be a node.
enum Standing {
    Node {
        id: NodeId,
        kind: NodeKind,
        how: &'static str,
    },
    Out(String),
}

const GUESSED: &str = "its kind guessed by its place among the links";

impl Draft {
    /// Tells of something that is neither an element nor a relation.
    pub(super) fn leave_out(&mut self, word: &str, title: String, place: String, why: &str) {
        self.others.push(Account {
            what: What::Other,
            id: String::new(),
            word: word.to_owned(),
            title,
            place,
            fate: Fate::LeftOut { why: why.to_owned() },
        });
    }

    /// The map, and an account of everything.
    pub(super) fn finish(self, choices: &Choices) -> Result<Import, Error> {
        let over = |count, what| match count > MAX_RECORDS {
            true => Err(Error::TooMany {
                what,
                limit: MAX_RECORDS,
            }),
            false => Ok(()),
        };
        over(self.elements.len(), "elements")?;
        over(self.relations.len(), "relations")?;
        let by_key = keys(&self.elements)?;
        let standings = standings(&self.elements, &self.relations, &by_key, choices);
        let (mut people, mut unread) = (People::default(), Unread::default());
        let mut map = BenefitMap::new(self.title.trim());
        map.purpose = plain(&self.purpose);
        fields::read_map(&mut map, &self.attributes, &mut people, &mut unread);
        let mut accounts = Vec::with_capacity(self.elements.len() + self.relations.len());
        for (element, standing) in self.elements.iter().zip(&standings) {
            let fate = match standing {
                Standing::Node { id, kind, how } => {
                    let title = plain(&element.title);
                    let mut node =
                        fields::read_node((id, *kind, &title), &element.attributes, &mut people, &mut unread);
                    node.description = plain(&element.description);
                    if let Some(named) = NamedKind::of(&element.word).filter(|_| kind.is_outcome()) {
                        node.disbenefit |= named.disbenefit;
                        node.unintended |= named.unintended;
                    }
                    map.nodes.push(node);
                    Fate::Kept {
                        id: id.to_string(),
                        kind: Some(*kind),
                        how: (*how).to_owned(),
                    }
                }
                Standing::Out(why) => Fate::LeftOut { why: why.clone() },
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
        let mut links = Links::default();
        for relation in &self.relations {
            let ends = [&relation.from, &relation.to].map(|key| by_key.get(key.as_str()).map(|at| &standings[*at]));
            accounts.push(Account {
                what: What::Relation,
                id: relation.id.clone(),
                word: relation.word.clone(),
                title: relation.rationale.clone(),
                place: relation.place.clone(),
                fate: links.add(relation, ends, &mut unread),
            });
        }
        map.links = links.links;
        accounts.extend(unread.into_sorts().map(|(name, why, count)| Account {
            what: What::Attribute,
            id: String::new(),
            word: name,
            title: format!("{count} times"),
            place: String::new(),
            fate: Fate::LeftOut { why },
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
                "what goes beyond {} characters of a text",
                group_digits(&found.most.to_string())
            ),
        },
    };
    found.into_iter().map(account).collect()
}

/// A text with line feeds alone between its lines, and nothing around it.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
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

/// What becomes of each element.
fn standings(
    elements: &[Element],
    relations: &[Relation],
    by_key: &HashMap<&str, usize>,
    choices: &Choices,
) -> Vec<Standing> {
    let natures: Vec<Nature> = elements
        .iter()
        .map(|element| match choices.of(&element.word) {
            Some(As::Kind(kind)) => Nature::Kind(kind),
            Some(As::LeftOut) => Nature::Out("left out by --kind"),
            None => element.nature,
        })
        .collect();
    let mut degrees = vec![(0usize, 0usize); elements.len()];
    for relation in relations {
        let (Some(&from), Some(&to)) = (by_key.get(relation.from.as_str()), by_key.get(relation.to.as_str())) else {
            continue;
        };
        let in_map = |at: usize| !matches!(natures[at], Nature::Out(_));
        if from == to || !in_map(from) || !in_map(to) {
            continue;
        }
        let (from, to) = match relation.course {
            Course::Out(_) => continue,
            Course::Turned(_) => (to, from),
            Course::Onward | Course::Either | Course::Both => (from, to),
        };
        degrees[from].1 += 1;
        degrees[to].0 += 1;
    }
    let mut ids = Ids::default();
    // The ids that a map once gave come first, so that nothing takes them away.
    let own: Vec<Option<NodeId>> = elements
        .iter()
        .zip(&natures)
        .map(|(element, nature)| {
            let id = element
                .own_id
                .as_deref()
                .filter(|id| is_id(id) && !matches!(nature, Nature::Out(_)))?;
            ids.take_exactly(id).then(|| NodeId::new(id).ok()).flatten()
        })
        .collect();
    let each = elements.iter().zip(natures).zip(degrees).zip(own);
    each.map(|(((element, nature), (leads, follows)), own)| {
        let (kind, how) = match nature {
            Nature::Out(why) => return Standing::Out(why.to_owned()),
            Nature::Kind(kind) => (kind, ""),
            Nature::ByPlace => (kinds::of_place(leads, follows), GUESSED),
        };
        let id = own.unwrap_or_else(|| {
            let names = [
                element.short_name.as_deref().unwrap_or(""),
                &element.title,
                &element.key,
            ];
            NodeId::new(ids.take(&names, "node")).expect("a slug is an id")
        });
        Standing::Node { id, kind, how }
    })
    .collect()
}

/// The links so far, each pair of ends once.
#[derive(Default)]
struct Links {
    links: Vec<Link>,
    at: HashMap<(NodeId, NodeId), usize>,
}

impl Links {
    /// Makes a link of a relation where it can be one.
    fn add(&mut self, relation: &Relation, ends: [Option<&Standing>; 2], unread: &mut Unread) -> Fate {
        let left = |why: String| Fate::LeftOut { why };
        if let Course::Out(why) = relation.course {
            return left(why.to_owned());
        }
        let mut nodes = Vec::with_capacity(2);
        for (end, standing) in ["begins", "ends"].into_iter().zip(ends) {
            match standing {
                Some(Standing::Node { id, kind, .. }) => nodes.push((id, *kind)),
                Some(Standing::Out(_)) => return left(format!("it {end} at an element that is left out")),
                None => return left(format!("it {end} at nothing that the file has as an element")),
            }
        }
        let (mut from, mut to) = (nodes[0], nodes[1]);
        let mut how = "";
        match relation.course {
            Course::Turned(why) => {
                (from, to) = (to, from);
                how = why;
            }
            Course::Either if from.1 > to.1 => {
                (from, to) = (to, from);
                how = "turned to run with the stages, as it has no direction of its own";
            }
            _ => {}
        }
        if from.0 == to.0 {
            return left("it leads from an element to itself".to_owned());
        }
        let name = format!("{} -> {}", from.0, to.0);
        let ends = (from.0.clone(), to.0.clone());
        let mut link = fields::read_link((from.0, to.0), &relation.attributes, unread);
        if link.rationale.is_empty() {
            link.rationale = plain(&relation.rationale);
        }
        if relation.hinders {
            link.effect = Effect::Hinders;
        }
        link.evidence.extend(relation.evidence.iter().cloned());
        if let Some(at) = self.at.get(&ends) {
            return match merge(&mut self.links[*at], link) {
                true => Fate::Kept {
                    id: name,
                    kind: None,
                    how: "together with another relation between the same two".to_owned(),
                },
                false => left("another relation between the same two says the opposite".to_owned()),
            };
        }
        if relation.course == Course::Both {
            let back = (to.0.clone(), from.0.clone());
            if !self.at.contains_key(&back) {
                let mut feedback = Link {
                    from: to.0.clone(),
                    to: from.0.clone(),
                    ..link.clone()
                };
                feedback.feedback = true;
                self.at.insert(back, self.links.len());
                self.links.push(feedback);
                how = "and back as feedback, since it runs both ways";
            }
        }
        self.at.insert(ends, self.links.len());
        self.links.push(link);
        Fate::Kept {
            id: name,
            kind: None,
            how: how.to_owned(),
        }
    }
}

/// Adds what a second relation between the same two nodes says; `false` where it says the opposite.
fn merge(link: &mut Link, other: Link) -> bool {
    if link.effect != other.effect || link.feedback != other.feedback {
        return false;
    }
    if link.rationale.is_empty() {
        link.rationale = other.rationale;
    } else if !other.rationale.is_empty() && other.rationale != link.rationale {
        link.rationale = format!("{}\n{}", link.rationale, other.rationale);
    }
    let new = |evidence: &Evidence| !link.evidence.contains(evidence);
    let more: Vec<Evidence> = other.evidence.into_iter().filter(new).collect();
    link.evidence.extend(more);
    let new = |assumption: &String| !link.assumptions.contains(assumption);
    let more: Vec<String> = other.assumptions.into_iter().filter(new).collect();
    link.assumptions.extend(more);
    link.contribution = link.contribution.or(other.contribution);
    true
}
