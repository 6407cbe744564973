//! What stands on one picture: nodes, links between them, and what continues on another page.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{BenefitGraph, GraphLink, NodeIx};
use crate::map::{Effect, NodeKind};
use crate::scene::Emphasis;

use super::select::Selection;
use crate::text::clean;

/// A card to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    /// A node of the map.
    Node(NodeIx, Emphasis),
    /// A stand-in for what is on another page.
    Elsewhere(Elsewhere),
}

/// A stand-in for what is on another page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Elsewhere {
    /// No other card of the picture has it.
    pub id: String,
    pub kind: NodeKind,
    pub title: String,
    /// Where to look: `Page 3`.
    pub place: String,
}

impl Entry {
    pub fn kind(&self, graph: &BenefitGraph<'_>) -> NodeKind {
        match self {
            Self::Node(ix, _) => graph.node(*ix).kind,
            Self::Elsewhere(elsewhere) => elsewhere.kind,
        }
    }

    pub fn id<'s>(&'s self, graph: &BenefitGraph<'s>) -> &'s str {
        match self {
            Self::Node(ix, _) => graph.id(*ix).as_str(),
            Self::Elsewhere(elsewhere) => &elsewhere.id,
        }
    }
}

/// A link between two cards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tie<'g, 'm> {
    /// The card that it leaves, as an index into the entries.
    pub from: usize,
    /// The card that it enters, as an index into the entries.
    pub to: usize,
    pub link: &'g GraphLink<'m>,
    pub emphasis: Emphasis,
}

/// Everything on one picture.
pub(super) struct Content<'g, 'm> {
    /// By stage, then id: the order of the map's list has no say in the picture.
    pub entries: Vec<Entry>,
    /// By the ids of their ends; of several between the same ends, by what they do.
    pub ties: Vec<Tie<'g, 'm>>,
    /// The kinds that have a stage on the picture, in order and without a gap.
    pub stages: &'static [NodeKind],
    /// Number of this page, from 1, and of all; `None` where there is one picture.
    pub page: Option<(usize, usize)>,
}

/// How much is said of what is on another page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// A card for every node, with its title and its page.
    Titles,
    /// One card a stage, with the pages.
    Pages,
}

/// A map divided into pages: what stands on each, gone through once for all of them.
pub(super) struct Division<'g, 'm> {
    /// The page from 0 of every node of the graph.
    page_of: Vec<usize>,
    /// The nodes of each page, in the order of the graph.
    nodes: Vec<Vec<NodeIx>>,
    /// The links with an end on each page, in the order of the graph.
    links: Vec<Vec<&'g GraphLink<'m>>>,
}

impl<'g, 'm> Division<'g, 'm> {
    /// `page_of` holds a page from 0 for every node of the graph, and no page for one that is not shown.
    pub fn new(graph: &'g BenefitGraph<'m>, page_of: Vec<usize>, pages: usize) -> Self {
        let mut nodes = vec![Vec::new(); pages];
        for ix in graph.nodes() {
            if let Some(page) = nodes.get_mut(page_of[ix.index()]) {
                page.push(ix);
            }
        }
        let mut links: Vec<Vec<&'g GraphLink<'m>>> = vec![Vec::new(); pages];
        for link in graph.links() {
            let (from, to) = (page_of[link.from.index()], page_of[link.to.index()]);
            if let Some(page) = links.get_mut(from) {
                page.push(link);
            }
            if let Some(page) = links.get_mut(to).filter(|_| from != to) {
                page.push(link);
            }
        }
        Self { page_of, nodes, links }
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.nodes.len()
    }
}

impl<'g, 'm> Content<'g, 'm> {
    /// Everything that is selected.
    pub fn whole(graph: &'g BenefitGraph<'m>, selection: &Selection) -> Self {
        let entries = graph
            .nodes()
            .filter_map(|ix| Some(Entry::Node(ix, selection.node(ix)?)))
            .collect();
        Self::tied(graph, graph.links().iter(), selection, entries, None, |ix| {
            Some(ix.index() as u64)
        })
    }

    /// One of several pages.
    pub fn page(
        graph: &'g BenefitGraph<'m>,
        selection: &Selection,
        division: &Division<'g, 'm>,
        page: usize,
        detail: Detail,
    ) -> Self {
        let (page_of, pages) = (&division.page_of, division.nodes.len());
        let is_here = |ix: NodeIx| page_of[ix.index()] == page;
        let mut entries: Vec<Entry> = division.nodes[page]
            .iter()
            .filter_map(|&ix| Some(Entry::Node(ix, selection.node(ix)?)))
            .collect();
        let links = &division.links[page];
        let beyond: BTreeSet<NodeIx> = links
            .iter()
            .filter(|link| selection.link(link).is_some())
            .filter_map(|link| match (is_here(link.from), is_here(link.to)) {
                (true, false) => Some(link.to),
                (false, true) => Some(link.from),
                _ => None,
            })
            .collect();
        match detail {
            Detail::Titles => entries.extend(beyond.iter().map(|&ix| {
                let node = graph.node(ix);
                let title = clean(&node.title);
                Entry::Elsewhere(Elsewhere {
                    id: node.id.to_string(),
                    kind: node.kind,
                    title: if title.is_empty() { node.id.to_string() } else { title },
                    place: format!("Page {}", page_of[ix.index()] + 1),
                })
            })),
            Detail::Pages => {
                let mut by_kind: BTreeMap<NodeKind, BTreeSet<usize>> = BTreeMap::new();
                for &ix in &beyond {
                    by_kind
                        .entry(graph.node(ix).kind)
                        .or_default()
                        .insert(page_of[ix.index()] + 1);
                }
                entries.extend(by_kind.into_iter().map(|(kind, pages)| {
                    Entry::Elsewhere(Elsewhere {
                        // No id of a node begins so.
                        id: format!("~{kind}"),
                        kind,
                        title: ranges(&pages),
                        place: "Other pages".to_owned(),
                    })
                }));
            }
        }
        let links = links.iter().copied();
        Self::tied(graph, links, selection, entries, Some((page + 1, pages)), |ix| {
            match (is_here(ix) || detail == Detail::Titles, beyond.contains(&ix)) {
                (true, _) => Some(ix.index() as u64),
                (false, true) => Some(u64::MAX - graph.node(ix).kind as u64),
                (false, false) => None,
            }
        })
        .without_far_ties(graph, page_of, page)
    }

    /// `key` names the card that a node stands on.
    fn tied(
        graph: &'g BenefitGraph<'m>,
        links: impl Iterator<Item = &'g GraphLink<'m>>,
        selection: &Selection,
        mut entries: Vec<Entry>,
        page: Option<(usize, usize)>,
        key: impl Fn(NodeIx) -> Option<u64>,
    ) -> Self {
        entries.sort_by(|a, b| (a.kind(graph), a.id(graph)).cmp(&(b.kind(graph), b.id(graph))));
        let places: BTreeMap<u64, usize> = entries
            .iter()
            .enumerate()
            .filter_map(|(i, entry)| match entry {
                Entry::Node(ix, _) => Some((ix.index() as u64, i)),
                Entry::Elsewhere(e) if e.id.starts_with('~') => Some((u64::MAX - e.kind as u64, i)),
                Entry::Elsewhere(e) => Some((graph.find(&e.id)?.index() as u64, i)),
            })
            .collect();
        let mut ties: Vec<Tie<'g, 'm>> = links
            .filter_map(|link| {
                Some(Tie {
                    from: *places.get(&key(link.from)?)?,
                    to: *places.get(&key(link.to)?)?,
                    link,
                    emphasis: selection.link(link)?,
                })
            })
            .collect();
        // Entries are in the order of stage and id, so that places tell the order of ids within a stage.
        ties.sort_by(|a, b| {
            let key = |t: &Tie<'g, 'm>| (t.from, t.to, t.link.link.effect, t.link.link.feedback);
            (key(a).cmp(&key(b))).then_with(|| a.link.link.rationale.cmp(&b.link.link.rationale))
        });
        // Links that say the same of the same two nodes are one line: a second one would tell a reader nothing.
        let look = |tie: &Tie<'g, 'm>| {
            let link = tie.link;
            (link.from, link.to, link.link.effect, link.link.feedback)
        };
        ties.dedup_by(|a, b| look(a) == look(b));
        let stages = NodeKind::ALL;
        Self {
            entries,
            ties,
            stages,
            page,
        }
    }

    /// Leaves out the stages before the first card and after the last.
    pub fn with_stages_in_use(mut self, graph: &BenefitGraph<'_>) -> Self {
        if let (Some(first), Some(last)) = (self.entries.first(), self.entries.last()) {
            self.stages = &NodeKind::ALL[first.kind(graph).stage()..=last.kind(graph).stage()];
        }
        self
    }

    /// Leaves out links both of whose ends are on other pages, and all but one of those that look alike between a
    /// card and a stand-in.
    fn without_far_ties(mut self, graph: &BenefitGraph<'_>, page_of: &[usize], page: usize) -> Self {
        self.ties.retain(|tie| {
            let is_here = |ix: NodeIx| page_of[ix.index()] == page;
            is_here(tie.link.from) || is_here(tie.link.to)
        });
        let look = |tie: &Tie<'_, '_>| -> (usize, usize, Effect, bool) {
            (tie.from, tie.to, tie.link.link.effect, tie.link.link.feedback)
        };
        let stands_in = |i: usize| self.entries[i].id(graph).starts_with('~');
        let mut kept: Vec<Tie<'g, 'm>> = Vec::with_capacity(self.ties.len());
        for tie in &self.ties {
            let is_twice = kept.last().is_some_and(|last| look(last) == look(tie));
            if !(is_twice && (stands_in(tie.from) || stands_in(tie.to))) {
                kept.push(*tie);
            }
        }
        self.ties = kept;
        self
    }
}

/// Numbers as they are listed in print: `2, 4–6`.
fn ranges(numbers: &BTreeSet<usize>) -> String {
    let numbers: Vec<usize> = numbers.iter().copied().collect();
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    let words: Vec<String> = runs
        .map(|run| match run {
            [one] => one.to_string(),
            [first, .., last] => format!("{first}\u{2013}{last}"),
            [] => String::new(),
        })
        .collect();
    let noun = if numbers.len() == 1 { "page" } else { "pages" };
    format!("On {noun} {}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_pages_are_drawn_together() {
        assert_eq!(ranges(&BTreeSet::from([2, 4, 5, 6, 9])), "On pages 2, 4\u{2013}6, 9");
        assert_eq!(ranges(&BTreeSet::from([7])), "On page 7");
    }
}
